//! Finds the objects of a dump in the catalog (PostgreSQL: getSchemaData).

use std::collections::HashSet;

use super::Options;
use super::objects::{Kind, Object, Objects};
use super::pattern::Patterns;
use crate::catalog::acl::Acl;
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::oid::{Oid, fixed};

struct Collector<'a> {
    catalog: &'a Catalog,
    options: &'a Options,
    patterns: Patterns,
    objects: Objects,
    members: HashSet<ObjectAddress>,
    /// A partitioned index and the attachment of one of its parts.
    key_attachments: Vec<(usize, usize)>,
}

impl<'a> Collector<'a> {
    fn namespace_name(&self, oid: Oid) -> Option<String> {
        self.catalog.get::<PgNamespace>(oid).map(|row| row.nspname.to_string())
    }

    /// PostgreSQL: selectDumpableNamespace.
    fn namespace_dumped(&self, oid: Oid) -> bool {
        let Some(name) = self.namespace_name(oid) else { return false };
        let patterns = &self.patterns;
        if !patterns.tables.is_empty() || patterns.exclude_schemas.iter().any(|p| p.matches(&name))
        {
            return false;
        }
        if !patterns.schemas.is_empty() {
            return patterns.schemas.iter().any(|p| p.matches(&name));
        }
        !(name.starts_with("pg_") || name == "information_schema")
    }

    /// Whether nothing restricts the dump to some schemas or tables (PostgreSQL: include_everything).
    fn everything(&self) -> bool {
        self.patterns.schemas.is_empty() && self.patterns.tables.is_empty()
    }

    fn member(&self, class: Class, oid: Oid) -> bool {
        self.members.contains(&ObjectAddress::new(class, oid))
    }

    fn add(
        &mut self,
        kind: Kind,
        class: Class,
        oid: Oid,
        namespace: Option<Oid>,
        name: &str,
    ) -> usize {
        let dumped = match namespace {
            Some(namespace) => self.namespace_dumped(namespace),
            None => self.everything(),
        };
        let id = self.objects.list.len();
        self.objects.list.push(Object {
            kind,
            class,
            oid,
            other: Oid::INVALID,
            namespace: namespace.and_then(|oid| self.namespace_name(oid)),
            name: name.to_string(),
            tie: Vec::new(),
            relkind: 0,
            dump: dumped && !self.member(class, oid),
            acl_only: false,
            deps: Vec::new(),
            parent: None,
            shell: None,
            is_separate: false,
            taken_apart: false,
        });
        self.objects.index.insert((class, oid), id);
        id
    }

    /// Adds a part of a relation, dumped when the relation is.
    fn add_part(
        &mut self,
        kind: Kind,
        class: Class,
        oid: Oid,
        relid: Oid,
        name: &str,
    ) -> Option<usize> {
        let class_row = self.catalog.get::<PgClass>(relid)?;
        let parent = self.objects.find(Class::Relation, relid);
        let dumped = parent.is_some_and(|parent| self.objects.list[parent].dump);
        let table = class_row.relname.to_string();
        let id = self.add(kind, class, oid, Some(class_row.relnamespace), name);
        let object = &mut self.objects.list[id];
        object.dump = dumped;
        object.tie.push(table);
        object.parent = parent;
        Some(id)
    }

    fn user<R: Stored>(&self) -> Vec<std::sync::Arc<R>> {
        self.catalog.iter::<R>().filter(|row| !row.oid().is_builtin()).cloned().collect()
    }

    fn type_tie(&self, typid: Oid) -> Vec<String> {
        match self.catalog.get::<PgType>(typid) {
            Some(row) => vec![
                self.namespace_name(row.typnamespace).unwrap_or_default(),
                row.typname.to_string(),
            ],
            None => vec![String::new(), String::new()],
        }
    }

    fn schemas_and_extensions(&mut self) {
        for row in self.catalog.iter::<PgExtension>() {
            let id = self.add(Kind::Extension, Class::Extension, row.oid, None, &row.extname);
            self.objects.list[id].dump &= !row.oid.is_builtin();
        }
        for row in self.catalog.iter::<PgNamespace>() {
            let dumped = self.namespace_dumped(row.oid);
            let id = self.add(Kind::Namespace, Class::Namespace, row.oid, None, &row.nspname);
            let object = &mut self.objects.list[id];
            object.dump =
                dumped && !self.members.contains(&ObjectAddress::new(Class::Namespace, row.oid));
        }
    }

    fn relations(&mut self) {
        for row in self.user::<PgClass>() {
            if !matches!(row.relkind, b'r' | b'p' | b'v' | b'm' | b'S' | b'f' | b'c')
                || row.relpersistence == b't'
            {
                continue;
            }
            let id = self.add(
                Kind::Table,
                Class::Relation,
                row.oid,
                Some(row.relnamespace),
                &row.relname,
            );
            let wanted = self.table_wanted(&row);
            let object = &mut self.objects.list[id];
            object.relkind = row.relkind;
            object.dump =
                (object.dump || !self.options.tables.is_empty()) && wanted && row.relkind != b'c';
        }
        // An owned sequence goes with its table.
        let owned: Vec<(Oid, Oid)> = self
            .catalog
            .depend()
            .iter()
            .filter(|e| {
                e.dependent.class == Class::Relation
                    && e.referenced.class == Class::Relation
                    && e.referenced.sub != 0
                    && matches!(e.kind, DependType::Auto | DependType::Internal)
            })
            .map(|e| (e.dependent.object, e.referenced.object))
            .collect();
        for (sequence, table) in owned {
            let (Some(sequence), Some(table)) = (
                self.objects.find(Class::Relation, sequence),
                self.objects.find(Class::Relation, table),
            ) else {
                continue;
            };
            if self.objects.list[sequence].relkind == b'S' {
                let dump = self.objects.list[table].dump;
                self.objects.list[sequence].dump |= dump;
            }
        }
    }

    fn table_wanted(&self, row: &PgClass) -> bool {
        if self.patterns.tables.is_empty() {
            return true;
        }
        let schema = self.namespace_name(row.relnamespace).unwrap_or_default();
        !self.member(Class::Relation, row.oid)
            && self.patterns.tables.iter().any(|pattern| pattern.matches_in(&schema, &row.relname))
    }

    fn routines_and_types(&mut self) {
        for row in self.user::<PgProc>() {
            // The constructors of a range type come with it.
            let address = ObjectAddress::new(Class::Proc, row.oid);
            if self
                .catalog
                .depend()
                .references_of(address)
                .any(|entry| entry.kind == DependType::Internal)
            {
                continue;
            }
            let kind = if row.prokind == b'a' { Kind::Aggregate } else { Kind::Function };
            let id = self.add(kind, Class::Proc, row.oid, Some(row.pronamespace), &row.proname);
            let mut tie = vec![format!("{:05}", row.proargtypes.len())];
            for typid in &row.proargtypes {
                tie.extend(self.type_tie(*typid));
            }
            self.objects.list[id].tie = tie;
        }
        for row in self.user::<PgType>() {
            let relation = self.catalog.get::<PgClass>(row.typrelid);
            let own_name = relation.is_some_and(|class| class.relkind != b'c');
            let array = lsyscache::is_true_array_type(&row)
                && self.catalog.get::<PgType>(row.typelem).is_some_and(|e| e.typarray == row.oid);
            let dummy = own_name || array || row.typtype == b'm';
            let kind = if dummy { Kind::DummyType } else { Kind::Type };
            let id = self.add(kind, Class::Type, row.oid, Some(row.typnamespace), &row.typname);
            if !dummy && (row.typtype == b'b' || row.typtype == b'r') && row.typisdefined {
                self.add_shell(id, &row);
            }
        }
    }

    /// The shell type that a base type's input function needs first.
    fn add_shell(&mut self, type_id: usize, row: &PgType) {
        let shell = self.objects.list.len();
        let mut object = self.objects.list[type_id].clone();
        object.kind = Kind::ShellType;
        object.dump = false;
        object.deps = Vec::new();
        self.objects.list.push(object);
        self.objects.list[type_id].shell = Some(shell);
        if row.typtype == b'b' {
            self.objects.list[type_id].deps.push(shell);
        }
        if let Some(namespace) = self.objects.find(Class::Namespace, row.typnamespace) {
            self.objects.list[shell].deps.push(namespace);
        }
    }

    fn named_objects(&mut self) {
        macro_rules! plain {
            ($row:ident, $kind:ident, $namespace:expr, $name:ident) => {
                for row in self.user::<$row>() {
                    let namespace: fn(&$row) -> Option<Oid> = $namespace;
                    self.add(Kind::$kind, $row::CLASS, row.oid, namespace(&row), &row.$name);
                }
            };
        }
        plain!(PgLanguage, Language, |_| None, lanname);
        plain!(PgCollation, Collation, |r| Some(r.collnamespace), collname);
        plain!(PgAm, AccessMethod, |_| None, amname);
        plain!(PgConversion, Conversion, |r| Some(r.connamespace), conname);
        plain!(PgTsParser, TsParser, |r| Some(r.prsnamespace), prsname);
        plain!(PgTsTemplate, TsTemplate, |r| Some(r.tmplnamespace), tmplname);
        plain!(PgTsDict, TsDict, |r| Some(r.dictnamespace), dictname);
        plain!(PgTsConfig, TsConfig, |r| Some(r.cfgnamespace), cfgname);
        plain!(PgForeignDataWrapper, Fdw, |_| None, fdwname);
        plain!(PgForeignServer, ForeignServer, |_| None, srvname);
        plain!(PgEventTrigger, EventTrigger, |_| None, evtname);
        plain!(PgPublication, Publication, |_| None, pubname);
        plain!(PgSubscription, Subscription, |_| None, subname);
        for row in self.user::<PgOperator>() {
            let id = self.add(
                Kind::Operator,
                Class::Operator,
                row.oid,
                Some(row.oprnamespace),
                &row.oprname,
            );
            let mut tie = vec![if row.oprkind == b'l' { "0" } else { "1" }.to_string()];
            tie.extend(self.type_tie(row.oprleft));
            tie.extend(self.type_tie(row.oprright));
            self.objects.list[id].tie = tie;
        }
        for row in self.user::<PgOpclass>() {
            self.add(Kind::Opclass, Class::Opclass, row.oid, Some(row.opcnamespace), &row.opcname);
        }
        for row in self.user::<PgOpfamily>() {
            self.add(
                Kind::Opfamily,
                Class::Opfamily,
                row.oid,
                Some(row.opfnamespace),
                &row.opfname,
            );
        }
        for row in self.user::<PgCast>() {
            // A range type's cast to its multirange comes with it.
            let range = self.catalog.get::<PgRange>(row.castsource);
            if range.is_some_and(|range| range.rngmultitypid == row.casttarget) {
                continue;
            }
            let name = |typid| {
                self.catalog.get::<PgType>(typid).map_or("", |t| t.typname.as_str()).to_string()
            };
            let name = format!("{} {}", name(row.castsource), name(row.casttarget));
            self.add(Kind::Cast, Class::Cast, row.oid, None, &name);
        }
        for row in self.user::<PgTransform>() {
            let typname = self.catalog.get::<PgType>(row.trftype).map(|t| t.typname.to_string());
            let language =
                self.catalog.get::<PgLanguage>(row.trflang).map(|l| l.lanname.to_string());
            let name = format!("{} {}", typname.unwrap_or_default(), language.unwrap_or_default());
            self.add(Kind::Transform, Class::Transform, row.oid, None, &name);
        }
        for row in self.user::<PgDefaultAcl>() {
            let namespace = row.defaclnamespace.valid();
            let name = char::from(row.defaclobjtype).to_string();
            let id = self.add(Kind::DefaultAcl, Class::DefaultAcl, row.oid, namespace, &name);
            let role = self.catalog.get::<PgAuthid>(row.defaclrole);
            self.objects.list[id].tie = vec![role.map_or(String::new(), |r| r.rolname.to_string())];
        }
    }

    fn table_parts(&mut self) {
        for row in self.user::<PgAttrdef>() {
            let Some(class) = self.catalog.get::<PgClass>(row.adrelid).cloned() else { continue };
            let Some(id) =
                self.add_part(Kind::AttrDef, Class::Attrdef, row.oid, class.oid, &class.relname)
            else {
                continue;
            };
            self.objects.list[id].tie = vec![format!("{:05}", row.adnum)];
            let column = class.attribute(row.adnum);
            let printed = column.is_some_and(|a| a.attislocal || class.relispartition);
            let inherited = column.is_some_and(|a| a.attgenerated != 0)
                && !class.relispartition
                && self.inherited_generation(&class, row.adnum);
            self.objects.list[id].dump &= !inherited;
            if class.relkind == b'v' || !printed {
                self.objects.list[id].is_separate = true;
            } else if let Some(table) = self.objects.list[id].parent {
                self.objects.require(table, id);
            }
        }
        for class in self.user::<PgClass>() {
            self.suppressed_defaults(&class);
        }
        for row in self.user::<PgConstraint>() {
            self.constraint(&row);
        }
        for row in self.user::<PgIndex>() {
            let Some(class) = self.catalog.get::<PgClass>(row.indexrelid).cloned() else {
                continue;
            };
            self.add_part(Kind::Index, Class::Relation, class.oid, row.indrelid, &class.relname);
        }
        for row in self.user::<PgStatisticExt>() {
            let (name, namespace) = (&row.stxname, Some(row.stxnamespace));
            let id = self.add(Kind::Statistics, Class::StatisticExt, row.oid, namespace, name);
            let table = self.objects.find(Class::Relation, row.stxrelid);
            self.objects.list[id].dump &= table.is_some_and(|table| self.objects.list[table].dump);
        }
        for row in self.user::<PgRewrite>() {
            let Some(id) =
                self.add_part(Kind::Rule, Class::Rewrite, row.oid, row.ev_class, &row.rulename)
            else {
                continue;
            };
            let Some(table) = self.objects.list[id].parent else { continue };
            let view = matches!(self.objects.list[table].relkind, b'v' | b'm');
            if view && row.ev_type == b'1' && row.is_instead {
                self.objects.require(table, id);
            } else {
                self.objects.require(id, table);
                self.objects.list[id].is_separate = true;
            }
        }
        for row in self.user::<PgTrigger>() {
            if row.tgisinternal || row.tgparentid.is_valid() && !self.trigger_differs(&row) {
                continue;
            }
            self.add_part(Kind::Trigger, Class::Trigger, row.oid, row.tgrelid, &row.tgname);
        }
        for row in self.user::<PgPolicy>() {
            self.add_part(Kind::Policy, Class::Policy, row.oid, row.polrelid, &row.polname);
        }
        for row in self.user::<PgClass>().into_iter().filter(|row| row.relrowsecurity) {
            if let Some(table) = self.objects.find(Class::Relation, row.oid) {
                let id = self.add_unregistered(Kind::RowSecurity, row.oid, &row.relname, table);
                self.objects.require(id, table);
            }
        }
        for row in self.user::<PgPublicationRel>() {
            let name = self.catalog.get::<PgClass>(row.prrelid).map(|class| class.relname.clone());
            let publication = self.catalog.get::<PgPublication>(row.prpubid);
            let publication = publication.map_or(String::new(), |p| p.pubname.to_string());
            let (oid, relid) = (row.oid, row.prrelid);
            let name = name.unwrap_or_default();
            if let Some(id) =
                self.add_part(Kind::PublicationRel, Class::PublicationRel, oid, relid, &name)
            {
                self.objects.list[id].tie = vec![publication];
                self.objects.list[id].other = relid;
                let dumped = self.objects.list[id].dump;
                // Before 17 a table that is left out was left out of its publications.
                let old = self.catalog.version().major() < 17;
                self.objects.list[id].dump = self.everything() && (dumped || !old);
            }
        }
        for row in self.user::<PgPublicationNamespace>() {
            let name = self.namespace_name(row.pnnspid).unwrap_or_default();
            let class = Class::PublicationNamespace;
            let id = self.add(Kind::PublicationNamespace, class, row.oid, None, &name);
            let publication = self.catalog.get::<PgPublication>(row.pnpubid);
            self.objects.list[id].tie =
                vec![publication.map_or(String::new(), |p| p.pubname.to_string())];
            self.objects.list[id].other = row.pnnspid;
            self.objects.list[id].dump = self.everything();
        }
    }

    /// Whether a partition's copy of a trigger is enabled in another way than its parent's.
    fn trigger_differs(&self, row: &PgTrigger) -> bool {
        self.catalog
            .get::<PgTrigger>(row.tgparentid)
            .is_some_and(|parent| parent.tgenabled != row.tgenabled)
    }

    /// Inherited columns that are not printed and lack the default that they inherit (PostgreSQL: flagInhAttrs).
    fn suppressed_defaults(&mut self, class: &PgClass) {
        if class.relispartition {
            return;
        }
        let Some(table) = self.objects.find(Class::Relation, class.oid) else { return };
        for a in class.live_attributes() {
            if !a.attislocal && super::tables::lacks_inherited_default(self.catalog, class, a) {
                let id = self.add_unregistered(Kind::AttrDef, class.oid, &class.relname, table);
                let object = &mut self.objects.list[id];
                object.other = Oid(u32::try_from(a.attnum).unwrap_or_default());
                object.tie = vec![format!("{:05}", a.attnum)];
                self.objects.require(id, table);
            }
        }
    }

    /// Whether a parent has the same generated column (PostgreSQL: flagInhAttrs).
    fn inherited_generation(&self, class: &PgClass, attnum: i16) -> bool {
        let Some(column) = class.attribute(attnum) else { return false };
        self.catalog.find_all::<PgInherits>(&class.oid).any(|parent| {
            self.catalog
                .get::<PgClass>(parent.inhparent)
                .and_then(|parent| parent.attribute_named(&column.attname))
                .is_some_and(|parent| parent.attgenerated != 0)
        })
    }

    fn add_unregistered(&mut self, kind: Kind, oid: Oid, name: &str, parent: usize) -> usize {
        let id = self.objects.list.len();
        let mut object = self.objects.list[parent].clone();
        object.kind = kind;
        object.oid = oid;
        object.name = name.to_string();
        object.tie = Vec::new();
        object.deps = Vec::new();
        object.parent = Some(parent);
        object.shell = None;
        object.is_separate = false;
        self.objects.list.push(object);
        id
    }

    fn constraint(&mut self, row: &PgConstraint) {
        let name = row.conname.as_str();
        if row.contypid.is_valid() {
            let Some(domain) = self.catalog.get::<PgType>(row.contypid).cloned() else { return };
            let namespace = Some(domain.typnamespace);
            let id = self.add(Kind::Constraint, Class::Constraint, row.oid, namespace, name);
            let parent = self.objects.find(Class::Type, domain.oid);
            self.objects.list[id].parent = parent;
            self.objects.list[id].tie = vec!["0".to_string(), domain.typname.to_string()];
            match parent {
                Some(parent) if row.convalidated => self.objects.require(parent, id),
                Some(_) | None => self.objects.list[id].is_separate = true,
            }
            return;
        }
        let kind = if row.contype == b'f' { Kind::FkConstraint } else { Kind::Constraint };
        if row.contype == b't' || row.contype == b'n' && row.convalidated {
            return;
        }
        // Keys inherited from a partitioned table come with it.
        if row.contype == b'f' && row.conparentid.is_valid() {
            return;
        }
        let Some(id) = self.add_part(kind, Class::Constraint, row.oid, row.conrelid, name) else {
            return;
        };
        let table = self.objects.list[id].tie.pop().unwrap_or_default();
        self.objects.list[id].tie = vec!["1".to_string(), table];
        match row.contype {
            b'c' | b'n' if row.convalidated => {
                if let Some(parent) = self.objects.list[id].parent {
                    self.objects.require(parent, id);
                }
            }
            b'c' | b'n' => {
                self.objects.list[id].is_separate = true;
                self.objects.list[id].dump &= row.conislocal;
            }
            _ => self.objects.list[id].is_separate = true, // keys are always on their own
        }
    }

    /// Built-in objects and members of extensions whose privileges are not the initial ones any more (PostgreSQL:
    /// DUMP_COMPONENT_ACL of checkExtensionMembership and of pg_catalog).
    fn changed_privileges(&mut self) {
        let options = self.options;
        if options.no_privileges
            || !self.patterns.tables.is_empty()
            || !self.patterns.schemas.is_empty()
        {
            return;
        }
        let catalog = self.catalog;
        for row in catalog.iter::<PgProc>() {
            let kind = if row.prokind == b'a' { Kind::Aggregate } else { Kind::Function };
            let address = ObjectAddress::new(Class::Proc, row.oid);
            self.acl_object(kind, address, Some(row.pronamespace), &row.proname, &row.proacl);
        }
        for row in catalog.iter::<PgClass>() {
            if !matches!(row.relkind, b'r' | b'p' | b'v' | b'm' | b'S' | b'f') {
                continue;
            }
            let address = ObjectAddress::new(Class::Relation, row.oid);
            let columns = row.attributes.iter().any(|a| {
                let address = ObjectAddress::column(row.oid, a.attnum);
                a.attacl != self.initial_privileges(address).unwrap_or_default()
            });
            let (namespace, name) = (Some(row.relnamespace), &row.relname);
            if columns && self.is_kept(address, namespace) {
                self.add_acl_object(Kind::Table, address, namespace, name);
            } else {
                self.acl_object(Kind::Table, address, namespace, name, &row.relacl);
            }
        }
        for row in catalog.iter::<PgType>() {
            let address = ObjectAddress::new(Class::Type, row.oid);
            self.acl_object(Kind::Type, address, Some(row.typnamespace), &row.typname, &row.typacl);
        }
        // pg_dump reads procedural languages only: not internal, c and sql.
        for row in catalog.iter::<PgLanguage>().filter(|row| row.lanispl) {
            let address = ObjectAddress::new(Class::Language, row.oid);
            self.acl_object(Kind::Language, address, None, &row.lanname, &row.lanacl);
        }
        for row in catalog.iter::<PgForeignDataWrapper>() {
            let address = ObjectAddress::new(Class::ForeignDataWrapper, row.oid);
            self.acl_object(Kind::Fdw, address, None, &row.fdwname, &row.fdwacl);
        }
        for row in catalog.iter::<PgNamespace>() {
            let address = ObjectAddress::new(Class::Namespace, row.oid);
            if row.nspname == "pg_catalog" || self.member(Class::Namespace, row.oid) {
                self.acl_object(Kind::Namespace, address, None, &row.nspname, &row.nspacl);
            }
        }
    }

    fn initial_privileges(&self, address: ObjectAddress) -> Option<Acl> {
        self.catalog.find::<PgInitPrivs>(&address).map(|row| row.initprivs.clone())
    }

    /// Whether the object is left out but for its privileges.
    fn is_kept(&self, address: ObjectAddress, namespace: Option<Oid>) -> bool {
        self.member(address.class, address.object)
            || address.object.is_builtin()
                && namespace.is_none_or(|oid| oid == fixed::PG_CATALOG_NAMESPACE)
                && self.namespace_name(address.object).is_none_or(|name| name != "public")
    }

    fn acl_object(
        &mut self,
        kind: Kind,
        address: ObjectAddress,
        namespace: Option<Oid>,
        name: &str,
        acl: &Acl,
    ) {
        let initial = self.initial_privileges(address).unwrap_or_default();
        if *acl != initial && self.is_kept(address, namespace) {
            self.add_acl_object(kind, address, namespace, name);
        }
    }

    fn add_acl_object(
        &mut self,
        kind: Kind,
        address: ObjectAddress,
        namespace: Option<Oid>,
        name: &str,
    ) {
        let found = self.objects.find(address.class, address.object);
        let id =
            found.unwrap_or_else(|| self.add(kind, address.class, address.object, namespace, name));
        self.objects.list[id].dump = true;
        self.objects.list[id].acl_only = true;
    }

    /// Attachments of partitions and of their indexes (PostgreSQL: flagInhTables, flagInhIndexes).
    fn attachments(&mut self) {
        for row in self.user::<PgInherits>() {
            let (Some(child), Some(parent)) = (
                self.objects.find(Class::Relation, row.inhrelid),
                self.objects.find(Class::Relation, row.inhparent),
            ) else {
                continue;
            };
            let kind = match (self.objects.list[child].kind, self.objects.list[parent].kind) {
                (Kind::Index, Kind::Index) => Kind::IndexAttach,
                (Kind::Table, Kind::Table) if self.is_partition(row.inhrelid) => Kind::TableAttach,
                _ => continue, // ordinary inheritance
            };
            let name = self.objects.list[child].name.clone();
            let id = self.add_unregistered(kind, row.inhrelid, &name, child);
            self.objects.require(id, child);
            self.objects.require(id, parent);
            if kind == Kind::IndexAttach {
                let tables = [self.objects.list[child].parent, self.objects.list[parent].parent];
                for table in tables.into_iter().flatten() {
                    self.objects.require(id, table);
                }
                self.key_attachments.push((parent, id));
            }
        }
    }

    fn is_partition(&self, relid: Oid) -> bool {
        self.catalog.get::<PgClass>(relid).is_some_and(|class| class.relispartition)
    }
}

impl Objects {
    /// Everything there is, in no order yet.
    pub(super) fn collect(catalog: &Catalog, options: &Options) -> Objects {
        let members = catalog
            .depend()
            .iter()
            .filter(|entry| entry.kind == DependType::Extension)
            .map(|entry| entry.dependent)
            .collect();
        let objects = Objects::new();
        let patterns = Patterns::read(options);
        let mut collector =
            Collector { catalog, options, patterns, objects, members, key_attachments: Vec::new() };
        collector.schemas_and_extensions();
        collector.relations();
        collector.routines_and_types();
        collector.named_objects();
        collector.table_parts();
        collector.attachments();
        collector.changed_privileges();
        let attachments = std::mem::take(&mut collector.key_attachments);
        let mut objects = collector.objects;
        objects.catalog_dependencies(catalog);
        objects.foreign_keys_after_attachments(catalog, &attachments);
        objects.boundaries();
        objects
    }
}

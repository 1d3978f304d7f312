//! What messages call an object (PostgreSQL: getObjectDescription, catalog/objectaddress.c; regproc.c).

use crate::catalog::format_type::format_type_be;
use crate::catalog::namespace::SearchPath;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::{Name, quote_identifier, quote_qualified_identifier};
use crate::pg::oid::Oid;

/// What messages call the object, such as `table t` or `column c of table t`; names are qualified where the search
/// path does not reach them (PostgreSQL: getObjectDescription). None when there is no such object.
pub fn get_object_description(
    catalog: &Catalog,
    path: &SearchPath,
    address: ObjectAddress,
) -> Option<String> {
    Describer { catalog, path }.describe(address)
}

/// What messages call a relation (PostgreSQL: getRelationDescription).
pub fn get_relation_description(
    catalog: &Catalog,
    path: &SearchPath,
    relation: Oid,
) -> Option<String> {
    Describer { catalog, path }.relation(relation)
}

/// A function with its argument types (PostgreSQL: format_procedure).
pub fn format_procedure(catalog: &Catalog, path: &SearchPath, function: Oid) -> Option<String> {
    Describer { catalog, path }.procedure(function)
}

/// An operator with its argument types (PostgreSQL: format_operator).
pub fn format_operator(catalog: &Catalog, path: &SearchPath, operator: Oid) -> Option<String> {
    Describer { catalog, path }.operator(operator)
}

struct Describer<'a> {
    catalog: &'a Catalog,
    path: &'a SearchPath,
}

impl Describer<'_> {
    fn describe(&self, address: ObjectAddress) -> Option<String> {
        let oid = address.object;
        let catalog = self.catalog;
        Some(match address.class {
            Class::Relation if address.sub != 0 => {
                let relation = self.relation(oid)?;
                format!("column {} of {relation}", self.column(oid, address.sub)?)
            }
            Class::Relation => self.relation(oid)?,
            Class::Proc | Class::Aggregate => format!("function {}", self.procedure(oid)?),
            Class::Type => {
                catalog.get::<PgType>(oid)?;
                format!("type {}", self.type_name(oid))
            }
            Class::Cast => {
                let row = catalog.get::<PgCast>(oid)?;
                let (from, to) = (self.type_name(row.castsource), self.type_name(row.casttarget));
                format!("cast from {from} to {to}")
            }
            Class::Collation => {
                let row = catalog.get::<PgCollation>(oid)?;
                self.named::<PgCollation>("collation", row.collnamespace, &row.collname)
            }
            Class::Constraint => {
                let row = catalog.get::<PgConstraint>(oid)?;
                match row.conrelid.valid() {
                    Some(id) => format!("constraint {} on {}", row.conname, self.relation(id)?),
                    None => format!("constraint {}", row.conname),
                }
            }
            Class::Conversion => {
                let row = catalog.get::<PgConversion>(oid)?;
                self.named::<PgConversion>("conversion", row.connamespace, &row.conname)
            }
            Class::Attrdef => {
                let row = catalog.get::<PgAttrdef>(oid)?;
                let column = ObjectAddress::column(row.adrelid, row.adnum);
                format!("default value for {}", self.describe(column)?)
            }
            Class::Language => format!("language {}", catalog.get::<PgLanguage>(oid)?.lanname),
            Class::Largeobject => format!("large object {oid}"),
            Class::Operator => format!("operator {}", self.operator(oid)?),
            Class::Opclass => {
                let row = catalog.get::<PgOpclass>(oid)?;
                let same = |schema: Oid| (row.opcmethod, schema, row.opcname.clone());
                let visible = self.visible(row.opcnamespace, |schema| {
                    catalog.find::<PgOpclass>(&same(schema)).is_some()
                });
                let name = self.qualified(row.opcnamespace, &row.opcname, visible);
                let method = self.access_method(row.opcmethod);
                format!("operator class {name} for access method {method}")
            }
            Class::Opfamily => self.operator_family(oid)?,
            Class::Am => format!("access method {}", catalog.get::<PgAm>(oid)?.amname),
            Class::Amop => {
                let row = catalog.get::<PgAmop>(oid)?;
                format!(
                    "operator {} ({}, {}) of {}: {}",
                    row.amopstrategy,
                    self.type_name(row.amoplefttype),
                    self.type_name(row.amoprighttype),
                    self.operator_family(row.amopfamily)?,
                    self.operator(row.amopopr)?
                )
            }
            Class::Amproc => {
                let row = catalog.get::<PgAmproc>(oid)?;
                format!(
                    "function {} ({}, {}) of {}: {}",
                    row.amprocnum,
                    self.type_name(row.amproclefttype),
                    self.type_name(row.amprocrighttype),
                    self.operator_family(row.amprocfamily)?,
                    self.procedure(row.amproc)?
                )
            }
            Class::Rewrite => {
                let row = catalog.get::<PgRewrite>(oid)?;
                format!("rule {} on {}", row.rulename, self.relation(row.ev_class)?)
            }
            Class::Trigger => {
                let row = catalog.get::<PgTrigger>(oid)?;
                format!("trigger {} on {}", row.tgname, self.relation(row.tgrelid)?)
            }
            Class::Policy => {
                let row = catalog.get::<PgPolicy>(oid)?;
                format!("policy {} on {}", row.polname, self.relation(row.polrelid)?)
            }
            Class::Namespace => format!("schema {}", catalog.get::<PgNamespace>(oid)?.nspname),
            Class::StatisticExt => {
                let row = catalog.get::<PgStatisticExt>(oid)?;
                self.named::<PgStatisticExt>("statistics object", row.stxnamespace, &row.stxname)
            }
            Class::TsParser => {
                let row = catalog.get::<PgTsParser>(oid)?;
                self.named::<PgTsParser>("text search parser", row.prsnamespace, &row.prsname)
            }
            Class::TsDict => {
                let row = catalog.get::<PgTsDict>(oid)?;
                self.named::<PgTsDict>("text search dictionary", row.dictnamespace, &row.dictname)
            }
            Class::TsTemplate => {
                let row = catalog.get::<PgTsTemplate>(oid)?;
                let (schema, name) = (row.tmplnamespace, &row.tmplname);
                self.named::<PgTsTemplate>("text search template", schema, name)
            }
            Class::TsConfig => {
                let row = catalog.get::<PgTsConfig>(oid)?;
                let (schema, name) = (row.cfgnamespace, &row.cfgname);
                self.named::<PgTsConfig>("text search configuration", schema, name)
            }
            Class::Authid => format!("role {}", catalog.get::<PgAuthid>(oid)?.rolname),
            Class::AuthMembers => {
                let row = catalog.get::<PgAuthMembers>(oid)?;
                let (member, role) = (self.role(row.member)?, self.role(row.roleid)?);
                format!("membership of role {member} in role {role}")
            }
            Class::Database => format!("database {}", catalog.get::<PgDatabase>(oid)?.datname),
            Class::Tablespace => {
                format!("tablespace {}", catalog.get::<PgTablespace>(oid)?.spcname)
            }
            Class::ForeignDataWrapper => {
                let row = catalog.get::<PgForeignDataWrapper>(oid)?;
                format!("foreign-data wrapper {}", row.fdwname)
            }
            Class::ForeignServer => {
                format!("server {}", catalog.get::<PgForeignServer>(oid)?.srvname)
            }
            Class::UserMapping => {
                let row = catalog.get::<PgUserMapping>(oid)?;
                let server = &catalog.get::<PgForeignServer>(row.umserver)?.srvname;
                let user = match row.umuser.valid() {
                    Some(user) => self.role(user)?,
                    None => Name::fixed("public"),
                };
                format!("user mapping for {user} on server {server}")
            }
            Class::DefaultAcl => self.default_privileges(catalog.get::<PgDefaultAcl>(oid)?)?,
            Class::Extension => format!("extension {}", catalog.get::<PgExtension>(oid)?.extname),
            Class::EventTrigger => {
                format!("event trigger {}", catalog.get::<PgEventTrigger>(oid)?.evtname)
            }
            Class::Publication => {
                format!("publication {}", catalog.get::<PgPublication>(oid)?.pubname)
            }
            Class::PublicationNamespace => {
                let row = catalog.get::<PgPublicationNamespace>(oid)?;
                let schema = &catalog.get::<PgNamespace>(row.pnnspid)?.nspname;
                let publication = &catalog.get::<PgPublication>(row.pnpubid)?.pubname;
                format!("publication of schema {schema} in publication {publication}")
            }
            Class::PublicationRel => {
                let row = catalog.get::<PgPublicationRel>(oid)?;
                let publication = &catalog.get::<PgPublication>(row.prpubid)?.pubname;
                let relation = self.relation(row.prrelid)?;
                format!("publication of {relation} in publication {publication}")
            }
            Class::Subscription => {
                format!("subscription {}", catalog.get::<PgSubscription>(oid)?.subname)
            }
            Class::Transform => {
                let row = catalog.get::<PgTransform>(oid)?;
                let language = &catalog.get::<PgLanguage>(row.trflang)?.lanname;
                format!("transform for {} language {language}", self.type_name(row.trftype))
            }
            // These rows belong to another object and are never named on their own.
            Class::DbRoleSetting
            | Class::Enum
            | Class::ForeignTable
            | Class::Index
            | Class::Inherits
            | Class::InitPrivs
            | Class::PartitionedTable
            | Class::Range
            | Class::Seclabel
            | Class::Sequence => return None,
        })
    }

    fn default_privileges(&self, row: &PgDefaultAcl) -> Option<String> {
        let objects = match row.defaclobjtype {
            b'r' => "relations",
            b'S' => "sequences",
            b'f' => "functions",
            b'T' => "types",
            b'n' => "schemas",
            // 'L' is the one kind that is left.
            _ => "large objects",
        };
        let role = self.role(row.defaclrole)?;
        let mut text = format!("default privileges on new {objects} belonging to role {role}");
        if let Some(schema) = row.defaclnamespace.valid() {
            let schema = &self.catalog.get::<PgNamespace>(schema)?.nspname;
            text.push_str(&format!(" in schema {schema}"));
        }
        Some(text)
    }

    fn relation(&self, oid: Oid) -> Option<String> {
        let row = self.catalog.get::<PgClass>(oid)?;
        let kind = match row.relkind {
            b'r' | b'p' => "table",
            b'i' | b'I' => "index",
            b'S' => "sequence",
            b't' => "toast table",
            b'v' => "view",
            b'm' => "materialized view",
            b'c' => "composite type",
            b'f' => "foreign table",
            // No other kind is ever stored.
            _ => "relation",
        };
        Some(self.named::<PgClass>(kind, row.relnamespace, &row.relname))
    }

    fn column(&self, relation: Oid, attnum: i32) -> Option<Name> {
        let row = self.catalog.get::<PgClass>(relation)?;
        let attnum = i16::try_from(attnum).ok()?;
        match attnum {
            1.. => row.attribute(attnum).filter(|a| !a.attisdropped).map(|a| a.attname.clone()),
            -1 => Some(Name::fixed("ctid")),
            -2 => Some(Name::fixed("xmin")),
            -3 => Some(Name::fixed("cmin")),
            -4 => Some(Name::fixed("xmax")),
            -5 => Some(Name::fixed("cmax")),
            -6 => Some(Name::fixed("tableoid")),
            // There are no others.
            _ => None,
        }
    }

    fn procedure(&self, oid: Oid) -> Option<String> {
        let row = self.catalog.get::<PgProc>(oid)?;
        let visible = self.visible(row.pronamespace, |schema| {
            self.catalog
                .find_all::<PgProc>(&row.proname)
                .any(|other| other.pronamespace == schema && other.proargtypes == row.proargtypes)
        });
        let name = self.qualified(row.pronamespace, &row.proname, visible);
        let types: Vec<String> = row.proargtypes.iter().map(|id| self.type_name(*id)).collect();
        Some(format!("{name}({})", types.join(",")))
    }

    fn operator(&self, oid: Oid) -> Option<String> {
        let row = self.catalog.get::<PgOperator>(oid)?;
        let visible = self.visible(row.oprnamespace, |schema| {
            self.catalog.find_all::<PgOperator>(&row.oprname).any(|other| {
                other.oprnamespace == schema
                    && other.oprleft == row.oprleft
                    && other.oprright == row.oprright
            })
        });
        let side = |id: Oid| id.valid().map_or("NONE".to_string(), |id| self.type_name(id));
        let schema = match (visible, self.catalog.get::<PgNamespace>(row.oprnamespace)) {
            (false, Some(schema)) => format!("{}.", quote_identifier(&schema.nspname)),
            (true, _) | (false, None) => String::new(),
        };
        Some(format!("{schema}{}({},{})", row.oprname, side(row.oprleft), side(row.oprright)))
    }

    fn operator_family(&self, oid: Oid) -> Option<String> {
        let row = self.catalog.get::<PgOpfamily>(oid)?;
        let same = |schema: Oid| (row.opfmethod, schema, row.opfname.clone());
        let visible = self.visible(row.opfnamespace, |schema| {
            self.catalog.find::<PgOpfamily>(&same(schema)).is_some()
        });
        let name = self.qualified(row.opfnamespace, &row.opfname, visible);
        Some(format!(
            "operator family {name} for access method {}",
            self.access_method(row.opfmethod)
        ))
    }

    fn access_method(&self, oid: Oid) -> Name {
        self.catalog.get::<PgAm>(oid).map_or(Name::default(), |row| row.amname.clone())
    }

    fn role(&self, oid: Oid) -> Option<Name> {
        self.catalog.get::<PgAuthid>(oid).map(|row| row.rolname.clone())
    }

    fn type_name(&self, oid: Oid) -> String {
        format_type_be(self.catalog, self.path, oid)
    }

    /// `kind name`, the name qualified unless the search path reaches it.
    fn named<R: Stored + Row<Key = (Oid, Name)>>(
        &self,
        kind: &str,
        namespace: Oid,
        name: &Name,
    ) -> String {
        let visible = self
            .visible(namespace, |schema| self.catalog.find::<R>(&(schema, name.clone())).is_some());
        format!("{kind} {}", self.qualified(namespace, name, visible))
    }

    /// Whether a bare name reaches the object of that schema: no schema before it in the path has one like it.
    fn visible(&self, namespace: Oid, has_one: impl Fn(Oid) -> bool) -> bool {
        self.path.contains(namespace)
            && self.path.schemas.iter().find(|schema| has_one(**schema)) == Some(&namespace)
    }

    fn qualified(&self, namespace: Oid, name: &Name, visible: bool) -> String {
        let schema = self.catalog.get::<PgNamespace>(namespace).filter(|_| !visible);
        quote_qualified_identifier(schema.map(|row| row.nspname.as_str()), name)
    }
}

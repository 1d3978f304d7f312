//! What CREATE EXTENSION makes: the control file's facts, and the recorded objects put into a catalog.

use super::extension_files::EXTENSIONS;
use super::load::{Loader, Oids};
use super::names::Names;
use super::{File, file, tsv};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::version::Version;

/// An extension's control file, as the version of PostgreSQL has it (PostgreSQL: ExtensionControlFile).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    pub name: &'static str,
    /// Who ships it: `contrib` (with PostgreSQL), `pgvector`, `debian`.
    pub origin: &'static str,
    pub default_version: &'static str,
    pub available_versions: Vec<&'static str>,
    pub relocatable: bool,
    /// The schema that the control file fixes.
    pub schema: Option<&'static str>,
    pub requires: Vec<&'static str>,
    pub superuser: bool,
    pub trusted: bool,
    pub comment: Option<String>,
    /// Whether its objects are known; when not, what it defines is Unknown.
    pub recorded: bool,
}

/// An extension that is available, with its recorded objects.
pub struct Extension {
    pub control: Control,
    version: Version,
    files: &'static [File],
}

/// Where an extension's objects go.
pub struct Placement<'a> {
    /// The oid of the pg_extension row; the objects get the oids after it.
    pub extension: Oid,
    pub schema: Oid,
    pub owner: Oid,
    /// The extensions that this one requires, with the schemas they are in.
    pub required: &'a [(Name, Oid)],
}

/// The extension of that name, where PostgreSQL's version or one of its packagers has it.
pub fn extension(name: &str, version: Version) -> Option<Extension> {
    let place = EXTENSIONS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    let (name, files) = EXTENSIONS[place];
    Some(Extension { control: control(name, files, version)?, version, files })
}

/// Every extension that could be created, by name (PostgreSQL: pg_available_extensions).
pub fn available_extensions(version: Version) -> impl Iterator<Item = Control> {
    EXTENSIONS.iter().filter_map(move |(name, files)| control(name, files, version))
}

fn control(name: &'static str, files: &[File], version: Version) -> Option<Control> {
    let row = tsv::rows::<12>(file(files, "control"), version).next()?;
    let [origin, default_version, relocatable, schema, requires, superuser, trusted, comment, ..] =
        row;
    let [.., available, recorded, _, _] = row;
    Some(Control {
        name,
        origin,
        default_version,
        available_versions: tsv::list(available).collect(),
        relocatable: tsv::boolean(relocatable),
        schema: (schema != tsv::NULL).then_some(schema),
        requires: tsv::list(requires).collect(),
        superuser: tsv::boolean(superuser),
        trusted: tsv::boolean(trusted),
        comment: tsv::text(comment).map(Into::into),
        recorded: tsv::boolean(recorded),
    })
}

impl Extension {
    /// Puts the extension's objects into the catalog as its members. The pg_extension row is already there.
    pub fn install(&self, catalog: &mut Catalog, placement: &Placement<'_>) {
        let mut names = Names::default();
        names.schemas.insert("@extschema@", placement.schema);
        for (name, schema) in placement.required {
            if let Some(known) = self.required_schema(name) {
                names.schemas.insert(known, *schema);
            }
        }
        let base = placement.extension.0;
        let mut loader = Loader {
            catalog,
            version: self.version,
            files: self.files,
            oids: Oids::Extension { base, last: base },
            names,
            owner: placement.owner,
            loaded: Vec::new(),
        };
        loader.all();
        let (names, loaded, oids) = (loader.names, loader.loaded, loader.oids);
        if let Oids::Extension { last, .. } = oids {
            catalog.next_oid = catalog.next_oid.max(last + 1);
        }
        self.configure(catalog, &names, placement);
        for address in loaded {
            add_dependencies(catalog, address, placement);
        }
    }

    /// How the recorded files write the schema of an extension that this one requires: `@extschema:name@`.
    fn required_schema(&self, name: &str) -> Option<&'static str> {
        const PREFIX: &str = "@extschema:";
        self.files.iter().find_map(|(_, text)| {
            text.match_indices(PREFIX).find_map(|(at, _)| {
                let end = text[at + PREFIX.len()..].find('@')?;
                let whole = &text[at..at + PREFIX.len() + end + 1];
                (&whole[PREFIX.len()..whole.len() - 1] == name).then_some(whole)
            })
        })
    }

    /// PostgreSQL: pg_extension_config_dump, which the script calls.
    fn configure(&self, catalog: &mut Catalog, names: &Names, placement: &Placement<'_>) {
        let Some(row) = tsv::rows::<12>(file(self.files, "control"), self.version).next() else {
            return;
        };
        let [.., config, _] = row;
        for line in config.split("\\n").filter(|line| !line.is_empty()) {
            let (table, condition) = line.split_once(':').unwrap_or((line, ""));
            let table = names.relation(catalog, table);
            catalog.update::<PgExtension>(placement.extension, |row| {
                row.extconfig.push(table);
                row.extcondition.push(condition.into());
            });
        }
    }
}

/// How a loaded object hangs on the extension: as a member, or on the member that it is a part of.
fn add_dependencies(catalog: &mut Catalog, address: ObjectAddress, placement: &Placement<'_>) {
    let extension = ObjectAddress::new(Class::Extension, placement.extension);
    let Some((referenced, kind)) = holder(catalog, address, extension) else { return };
    catalog.add_dependency(DependEntry { dependent: address, referenced, kind });
    if let Some(schema) = schema_of(catalog, address).filter(|_| kind == DependType::Extension) {
        let referenced = ObjectAddress::new(Class::Namespace, schema);
        let kind = DependType::Normal;
        catalog.add_dependency(DependEntry { dependent: address, referenced, kind });
    }
    if !placement.owner.is_builtin() && has_owner(address.class) {
        let referenced = ObjectAddress::new(Class::Authid, placement.owner);
        let kind = DependType::Owner;
        catalog.add_dependency(DependEntry { dependent: address, referenced, kind });
    }
}

/// The object that a loaded one goes away with, None for rows that are a part of another row.
fn holder(
    catalog: &Catalog,
    address: ObjectAddress,
    extension: ObjectAddress,
) -> Option<(ObjectAddress, DependType)> {
    let oid = address.object;
    let part_of = |class, oid, kind| Some((ObjectAddress::new(class, oid), kind));
    let member = Some((extension, DependType::Extension));
    match address.class {
        Class::Type => {
            let row = catalog.get::<PgType>(oid)?;
            let is_array = catalog.get::<PgType>(row.typelem).is_some_and(|e| e.typarray == oid);
            let relation = catalog.get::<PgClass>(row.typrelid);
            if is_array {
                part_of(Class::Type, row.typelem, DependType::Internal)
            } else if relation.is_some_and(|relation| relation.relkind != b'c') {
                part_of(Class::Relation, row.typrelid, DependType::Internal)
            } else if row.typtype == b'm' {
                let range = catalog.find_second::<PgRange>(oid).next()?;
                part_of(Class::Type, range.rngtypid, DependType::Internal)
            } else {
                member
            }
        }
        Class::Relation => {
            let row = catalog.get::<PgClass>(oid)?;
            match row.relkind {
                b'i' | b'I' => {
                    let table = catalog.get::<PgIndex>(oid)?.indrelid;
                    let constraint = catalog.find_all::<PgConstraint>(&table);
                    match constraint.into_iter().find(|constraint| constraint.conindid == oid) {
                        Some(row) => part_of(Class::Constraint, row.oid, DependType::Internal),
                        None => part_of(Class::Relation, table, DependType::Auto),
                    }
                }
                b'c' => part_of(Class::Type, row.reltype, DependType::Internal),
                _ => member, // tables, views and sequences, whatever they are
            }
        }
        Class::Constraint => {
            let row = catalog.get::<PgConstraint>(oid)?;
            if row.conrelid.is_valid() {
                part_of(Class::Relation, row.conrelid, DependType::Auto)
            } else {
                part_of(Class::Type, row.contypid, DependType::Auto)
            }
        }
        Class::Trigger => {
            part_of(Class::Relation, catalog.get::<PgTrigger>(oid)?.tgrelid, DependType::Auto)
        }
        Class::Amop => {
            let family = catalog.get::<PgAmop>(oid)?.amopfamily;
            if family.is_builtin() {
                member
            } else {
                part_of(Class::Opfamily, family, DependType::Auto)
            }
        }
        Class::Amproc => {
            let family = catalog.get::<PgAmproc>(oid)?.amprocfamily;
            if family.is_builtin() {
                member
            } else {
                part_of(Class::Opfamily, family, DependType::Auto)
            }
        }
        Class::Am
        | Class::Cast
        | Class::Collation
        | Class::Conversion
        | Class::EventTrigger
        | Class::ForeignDataWrapper
        | Class::ForeignServer
        | Class::Language
        | Class::Namespace
        | Class::Opclass
        | Class::Operator
        | Class::Opfamily
        | Class::Proc
        | Class::Transform
        | Class::TsConfig
        | Class::TsDict
        | Class::TsParser
        | Class::TsTemplate => member,
        // Rows that stand under another object's oid or go with it, and what no extension was recorded with.
        Class::Aggregate
        | Class::Attrdef
        | Class::AuthMembers
        | Class::Authid
        | Class::Database
        | Class::DbRoleSetting
        | Class::DefaultAcl
        | Class::Enum
        | Class::Extension
        | Class::ForeignTable
        | Class::Index
        | Class::Inherits
        | Class::InitPrivs
        | Class::Largeobject
        | Class::PartitionedTable
        | Class::Policy
        | Class::Publication
        | Class::PublicationNamespace
        | Class::PublicationRel
        | Class::Range
        | Class::Rewrite
        | Class::Seclabel
        | Class::Sequence
        | Class::StatisticExt
        | Class::Subscription
        | Class::Tablespace
        | Class::UserMapping => None,
    }
}

fn schema_of(catalog: &Catalog, address: ObjectAddress) -> Option<Oid> {
    let oid = address.object;
    let schema = match address.class {
        Class::Type => catalog.get::<PgType>(oid)?.typnamespace,
        Class::Proc => catalog.get::<PgProc>(oid)?.pronamespace,
        Class::Relation => catalog.get::<PgClass>(oid)?.relnamespace,
        Class::Operator => catalog.get::<PgOperator>(oid)?.oprnamespace,
        Class::Opclass => catalog.get::<PgOpclass>(oid)?.opcnamespace,
        Class::Opfamily => catalog.get::<PgOpfamily>(oid)?.opfnamespace,
        Class::TsDict => catalog.get::<PgTsDict>(oid)?.dictnamespace,
        Class::TsTemplate => catalog.get::<PgTsTemplate>(oid)?.tmplnamespace,
        Class::TsConfig => catalog.get::<PgTsConfig>(oid)?.cfgnamespace,
        Class::TsParser => catalog.get::<PgTsParser>(oid)?.prsnamespace,
        _ => return None, // the other kinds that extensions bring are in no schema
    };
    Some(schema)
}

fn has_owner(class: Class) -> bool {
    !matches!(
        class,
        Class::Cast | Class::Am | Class::Transform | Class::TsParser | Class::TsTemplate
    )
}

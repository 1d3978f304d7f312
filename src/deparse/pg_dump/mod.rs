//! A whole schema as `pg_dump --schema-only` prints it (PostgreSQL: src/bin/pg_dump).

mod acl;
mod archive;
mod collect;
mod comments;
mod foreign;
mod functions;
mod indexes;
mod objects;
mod operators;
mod others;
pub mod parts;
mod pattern;
mod sequences;
mod sort;
mod tables;
mod types;
mod views;

use std::collections::HashSet;

use crate::catalog::*;
use crate::deparse::ruleutils::Deparse;
use crate::pg::name::quoting;
use crate::pg::oid::Oid;
use archive::Archive;
pub use objects::Kind;
use objects::Objects;
pub use pattern::matches;

/// What is dumped and how (pg_dump's options of the same names).
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub no_owner: bool,
    pub no_privileges: bool,
    pub no_comments: bool,
    pub clean: bool,
    pub if_exists: bool,
    pub quote_all_identifiers: bool,
    /// Patterns of schemas and tables, as psql's `\d` takes them.
    pub schemas: Vec<String>,
    pub exclude_schemas: Vec<String>,
    pub tables: Vec<String>,
    /// Empty for all.
    pub sections: Vec<Section>,
    pub restrict_key: String,
}

/// A part of a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    PreData,
    Data,
    PostData,
}

/// One dump being made.
pub(super) struct Dump<'a> {
    catalog: &'a Catalog,
    options: &'a Options,
    deparse: Deparse<'a>,
    archive: Archive,
    /// Views printed without their query first, and constraints, defaults and rules printed on their own.
    dummy_views: HashSet<Oid>,
    separate: HashSet<(Class, Oid)>,
    postponed: HashSet<Oid>,
}

use crate::catalog::objectaddress::Class;

/// The dump's text.
pub fn dump(catalog: &Catalog, options: &Options) -> String {
    let version = catalog.version().major();
    quoting(options.quote_all_identifiers, version, || quoted_dump(catalog, options))
}

fn quoted_dump(catalog: &Catalog, options: &Options) -> String {
    let mut objects = Objects::collect(catalog, options);
    let order = sort::sort(&mut objects);
    let mut dump = Dump::new(catalog, options, &objects);
    for index in order {
        let object = &objects.list[index];
        if object.acl_only {
            dump.privileges(object.kind, object.oid);
        } else if object.dump {
            dump.object(object.kind, object.oid, object.other);
        }
    }
    dump.archive.print(catalog, options)
}

impl<'a> Dump<'a> {
    /// A printer of objects that were sorted.
    fn new(catalog: &'a Catalog, options: &'a Options, objects: &Objects) -> Dump<'a> {
        Dump {
            catalog,
            options,
            deparse: Deparse::for_dump(catalog),
            archive: Archive::default(),
            dummy_views: objects.dummy_views(),
            separate: objects.separate(),
            postponed: objects.postponed(),
        }
    }
}

impl Dump<'_> {
    /// PostgreSQL: dumpDumpableObject.
    fn object(&mut self, kind: Kind, oid: Oid, other: Oid) {
        match kind {
            Kind::Namespace => self.namespace(oid),
            Kind::Extension => self.extension(oid),
            Kind::Language => self.language(oid),
            Kind::Collation => self.collation(oid),
            Kind::Transform => self.transform(oid),
            Kind::Type => self.type_(oid),
            Kind::ShellType => self.shell_type(oid),
            Kind::Cast => self.cast(oid),
            Kind::Function => self.function(oid),
            Kind::Aggregate => self.aggregate(oid),
            Kind::AccessMethod => self.access_method(oid),
            Kind::Operator => self.operator(oid),
            Kind::Opfamily => self.opfamily(oid),
            Kind::Opclass => self.opclass(oid),
            Kind::Conversion => self.conversion(oid),
            Kind::TsParser => self.ts_parser(oid),
            Kind::TsTemplate => self.ts_template(oid),
            Kind::TsDict => self.ts_dict(oid),
            Kind::TsConfig => self.ts_config(oid),
            Kind::Fdw => self.foreign_data_wrapper(oid),
            Kind::ForeignServer => self.foreign_server(oid),
            Kind::Table => self.table(oid),
            Kind::TableAttach => self.table_attach(oid),
            Kind::AttrDef if other.is_valid() => self.null_default(oid, other),
            Kind::AttrDef => self.attrdef(oid),
            Kind::Constraint | Kind::FkConstraint => self.constraint(oid),
            Kind::Index => self.index(oid),
            Kind::IndexAttach => self.index_attach(oid),
            Kind::Statistics => self.statistics(oid),
            Kind::Rule => self.rule(oid),
            Kind::Trigger => self.trigger(oid),
            Kind::RowSecurity => self.row_security(oid),
            Kind::Policy => self.policy(oid),
            Kind::Publication => self.publication(oid),
            Kind::PublicationRel => self.publication_rel(oid, other),
            Kind::PublicationNamespace => self.publication_namespace(oid, other),
            Kind::Subscription => self.subscription(oid),
            Kind::DefaultAcl => self.default_acl(oid),
            Kind::EventTrigger => self.event_trigger(oid),
            Kind::DummyType | Kind::PreDataBoundary | Kind::PostDataBoundary => {}
        }
    }

    /// The privileges alone of an object that is there before.
    fn privileges(&mut self, kind: Kind, oid: Oid) {
        let catalog = self.catalog;
        match kind {
            Kind::Namespace => {
                if let Some(row) = catalog.get::<PgNamespace>(oid) {
                    self.namespace_acl(row);
                }
            }
            Kind::Table => {
                if let Some(class) = catalog.get::<PgClass>(oid) {
                    self.table_acl(class);
                }
            }
            Kind::Type => {
                if let Some(row) = catalog.get::<PgType>(oid) {
                    self.type_acl(row);
                }
            }
            Kind::Function | Kind::Aggregate => {
                if let Some(proc) = catalog.get::<PgProc>(oid) {
                    self.any_routine_acl(proc);
                }
            }
            Kind::Language => {
                if let Some(row) = catalog.get::<PgLanguage>(oid) {
                    self.language_acl(row);
                }
            }
            Kind::Fdw => {
                if let Some(row) = catalog.get::<PgForeignDataWrapper>(oid) {
                    let (name, owner) = (row.fdwname.clone(), row.fdwowner);
                    self.foreign_acl("FOREIGN DATA WRAPPER", oid, &name, owner, &row.fdwacl);
                }
            }
            _ => {} // the other kinds have no privileges
        }
    }

    /// The role's name.
    fn role(&self, oid: Oid) -> String {
        self.catalog.get::<PgAuthid>(oid).map_or_else(|| oid.to_string(), |r| r.rolname.to_string())
    }

    /// PostgreSQL: fmtQualifiedDumpable.
    fn relation(&self, oid: Oid) -> String {
        self.deparse.qualified_relation_name(oid)
    }
}

//! The one table of object kinds, and the address of an object or of one of its columns.

use super::*;

/// The catalog that an object stands in (PostgreSQL: classId of an ObjectAddress).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    Am,
    Aggregate,
    Amop,
    Amproc,
    Attrdef,
    AuthMembers,
    Authid,
    Cast,
    /// Tables, views, indexes, sequences, composite types; `sub` is a column's number.
    Relation,
    Collation,
    Constraint,
    Conversion,
    Database,
    DbRoleSetting,
    DefaultAcl,
    Enum,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignServer,
    ForeignTable,
    Index,
    Inherits,
    InitPrivs,
    Language,
    Largeobject,
    Namespace,
    Opclass,
    Operator,
    Opfamily,
    PartitionedTable,
    Policy,
    Proc,
    Publication,
    PublicationNamespace,
    PublicationRel,
    Range,
    Rewrite,
    Seclabel,
    Sequence,
    StatisticExt,
    Subscription,
    Tablespace,
    Transform,
    Trigger,
    TsConfig,
    TsDict,
    TsParser,
    TsTemplate,
    Type,
    UserMapping,
}

/// An object, or with `sub` one of its columns (PostgreSQL: ObjectAddress).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectAddress {
    pub class: Class,
    pub object: Oid,
    pub sub: i32,
}

impl ObjectAddress {
    /// A whole object.
    pub const fn new(class: Class, object: Oid) -> ObjectAddress {
        ObjectAddress { class, object, sub: 0 }
    }

    /// A column of a relation.
    pub fn column(relation: Oid, attnum: i16) -> ObjectAddress {
        ObjectAddress { class: Class::Relation, object: relation, sub: i32::from(attnum) }
    }

    pub(super) fn lowest(self) -> ObjectAddress {
        ObjectAddress { class: Class::Am, object: Oid::INVALID, sub: i32::MIN }
    }
}

/// Whether the catalog holds the object (for a column: its relation).
pub(super) fn exists(catalog: &Catalog, address: ObjectAddress) -> bool {
    fn has<R: Stored>(catalog: &Catalog, oid: Oid) -> bool {
        catalog.get::<R>(oid).is_some()
    }
    let check: fn(&Catalog, Oid) -> bool = match address.class {
        Class::Am => has::<PgAm>,
        Class::Aggregate => has::<PgAggregate>,
        Class::Amop => has::<PgAmop>,
        Class::Amproc => has::<PgAmproc>,
        Class::Attrdef => has::<PgAttrdef>,
        Class::AuthMembers => has::<PgAuthMembers>,
        Class::Authid => has::<PgAuthid>,
        Class::Cast => has::<PgCast>,
        Class::Relation => has::<PgClass>,
        Class::Collation => has::<PgCollation>,
        Class::Constraint => has::<PgConstraint>,
        Class::Conversion => has::<PgConversion>,
        Class::Database => has::<PgDatabase>,
        Class::DbRoleSetting => has::<PgDbRoleSetting>,
        Class::DefaultAcl => has::<PgDefaultAcl>,
        Class::Enum => has::<PgEnum>,
        Class::EventTrigger => has::<PgEventTrigger>,
        Class::Extension => has::<PgExtension>,
        Class::ForeignDataWrapper => has::<PgForeignDataWrapper>,
        Class::ForeignServer => has::<PgForeignServer>,
        Class::ForeignTable => has::<PgForeignTable>,
        Class::Index => has::<PgIndex>,
        Class::Inherits => has::<PgInherits>,
        Class::InitPrivs => has::<PgInitPrivs>,
        Class::Language => has::<PgLanguage>,
        Class::Largeobject => has::<PgLargeobject>,
        Class::Namespace => has::<PgNamespace>,
        Class::Opclass => has::<PgOpclass>,
        Class::Operator => has::<PgOperator>,
        Class::Opfamily => has::<PgOpfamily>,
        Class::PartitionedTable => has::<PgPartitionedTable>,
        Class::Policy => has::<PgPolicy>,
        Class::Proc => has::<PgProc>,
        Class::Publication => has::<PgPublication>,
        Class::PublicationNamespace => has::<PgPublicationNamespace>,
        Class::PublicationRel => has::<PgPublicationRel>,
        Class::Range => has::<PgRange>,
        Class::Rewrite => has::<PgRewrite>,
        Class::Seclabel => has::<PgSeclabel>,
        Class::Sequence => has::<PgSequence>,
        Class::StatisticExt => has::<PgStatisticExt>,
        Class::Subscription => has::<PgSubscription>,
        Class::Tablespace => has::<PgTablespace>,
        Class::Transform => has::<PgTransform>,
        Class::Trigger => has::<PgTrigger>,
        Class::TsConfig => has::<PgTsConfig>,
        Class::TsDict => has::<PgTsDict>,
        Class::TsParser => has::<PgTsParser>,
        Class::TsTemplate => has::<PgTsTemplate>,
        Class::Type => has::<PgType>,
        Class::UserMapping => has::<PgUserMapping>,
    };
    check(catalog, address.object)
}

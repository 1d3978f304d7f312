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

/// All classes, in their order.
const CLASSES: [Class; 51] = [
    Class::Am,
    Class::Aggregate,
    Class::Amop,
    Class::Amproc,
    Class::Attrdef,
    Class::AuthMembers,
    Class::Authid,
    Class::Cast,
    Class::Relation,
    Class::Collation,
    Class::Constraint,
    Class::Conversion,
    Class::Database,
    Class::DbRoleSetting,
    Class::DefaultAcl,
    Class::Enum,
    Class::EventTrigger,
    Class::Extension,
    Class::ForeignDataWrapper,
    Class::ForeignServer,
    Class::ForeignTable,
    Class::Index,
    Class::Inherits,
    Class::InitPrivs,
    Class::Language,
    Class::Largeobject,
    Class::Namespace,
    Class::Opclass,
    Class::Operator,
    Class::Opfamily,
    Class::PartitionedTable,
    Class::Policy,
    Class::Proc,
    Class::Publication,
    Class::PublicationNamespace,
    Class::PublicationRel,
    Class::Range,
    Class::Rewrite,
    Class::Seclabel,
    Class::Sequence,
    Class::StatisticExt,
    Class::Subscription,
    Class::Tablespace,
    Class::Transform,
    Class::Trigger,
    Class::TsConfig,
    Class::TsDict,
    Class::TsParser,
    Class::TsTemplate,
    Class::Type,
    Class::UserMapping,
];

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

    /// The address in 56 bits, which compare as addresses do.
    pub(super) fn pack(self) -> u64 {
        let least = if self.sub < 0 { i16::MIN } else { i16::MAX };
        let sub = i16::try_from(self.sub).unwrap_or(least) as u16 ^ 0x8000;
        (self.class as u64) << 48 | u64::from(self.object.0) << 16 | u64::from(sub)
    }

    pub(super) fn unpack(packed: u64) -> ObjectAddress {
        ObjectAddress {
            class: CLASSES[(packed >> 48) as usize % CLASSES.len()],
            object: Oid((packed >> 16) as u32),
            sub: i32::from((packed as u16 ^ 0x8000) as i16),
        }
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

//! Object identifiers, and the few whose values PostgreSQL's sources fix by name.

use std::fmt;

/// An object identifier (PostgreSQL: Oid). Built-in objects keep their real values; user objects start at 16384.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Oid(pub u32);

impl Oid {
    /// No object (PostgreSQL: InvalidOid).
    pub const INVALID: Oid = Oid(0);
    /// The first oid that user objects get (PostgreSQL: FirstNormalObjectId).
    pub const FIRST_NORMAL: Oid = Oid(16384);

    /// PostgreSQL: OidIsValid.
    pub fn is_valid(self) -> bool {
        self.0 != 0
    }

    /// None for InvalidOid.
    pub fn valid(self) -> Option<Oid> {
        self.is_valid().then_some(self)
    }

    /// Whether the object was made at initdb (PostgreSQL: oid < FirstNormalObjectId).
    pub fn is_builtin(self) -> bool {
        self < Self::FIRST_NORMAL
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Fixed oids (PostgreSQL: catalog/*.dat, `oid_symbol`).
pub mod fixed {
    use super::Oid;

    pub const PG_CATALOG_NAMESPACE: Oid = Oid(11);
    pub const PG_TOAST_NAMESPACE: Oid = Oid(99);
    pub const PG_PUBLIC_NAMESPACE: Oid = Oid(2200);
    pub const BOOTSTRAP_SUPERUSERID: Oid = Oid(10);
    pub const DEFAULT_COLLATION_OID: Oid = Oid(100);
    pub const C_COLLATION_OID: Oid = Oid(950);
    pub const HEAP_TABLE_AM_OID: Oid = Oid(2);
    pub const BTREE_AM_OID: Oid = Oid(403);
    pub const HASH_AM_OID: Oid = Oid(405);
    pub const GIST_AM_OID: Oid = Oid(783);
    pub const GIN_AM_OID: Oid = Oid(2742);
    pub const SPGIST_AM_OID: Oid = Oid(4000);
    pub const BRIN_AM_OID: Oid = Oid(3580);
    pub const INTERNAL_LANGUAGE_ID: Oid = Oid(12);
    pub const C_LANGUAGE_ID: Oid = Oid(13);
    pub const SQL_LANGUAGE_ID: Oid = Oid(14);
    pub const DEFAULT_TABLESPACE_OID: Oid = Oid(1663);

    pub const BOOLOID: Oid = Oid(16);
    pub const BYTEAOID: Oid = Oid(17);
    pub const CHAROID: Oid = Oid(18);
    pub const NAMEOID: Oid = Oid(19);
    pub const INT8OID: Oid = Oid(20);
    pub const INT2OID: Oid = Oid(21);
    pub const INT2VECTOROID: Oid = Oid(22);
    pub const INT4OID: Oid = Oid(23);
    pub const REGPROCOID: Oid = Oid(24);
    pub const TEXTOID: Oid = Oid(25);
    pub const OIDOID: Oid = Oid(26);
    pub const TIDOID: Oid = Oid(27);
    pub const XIDOID: Oid = Oid(28);
    pub const CIDOID: Oid = Oid(29);
    pub const OIDVECTOROID: Oid = Oid(30);
    pub const JSONOID: Oid = Oid(114);
    pub const XMLOID: Oid = Oid(142);
    pub const PG_NODE_TREEOID: Oid = Oid(194);
    pub const FLOAT4OID: Oid = Oid(700);
    pub const FLOAT8OID: Oid = Oid(701);
    pub const UNKNOWNOID: Oid = Oid(705);
    pub const MONEYOID: Oid = Oid(790);
    pub const INETOID: Oid = Oid(869);
    pub const CIDROID: Oid = Oid(650);
    pub const ACLITEMOID: Oid = Oid(1033);
    pub const BPCHAROID: Oid = Oid(1042);
    pub const VARCHAROID: Oid = Oid(1043);
    pub const DATEOID: Oid = Oid(1082);
    pub const TIMEOID: Oid = Oid(1083);
    pub const TIMESTAMPOID: Oid = Oid(1114);
    pub const TIMESTAMPTZOID: Oid = Oid(1184);
    pub const INTERVALOID: Oid = Oid(1186);
    pub const TIMETZOID: Oid = Oid(1266);
    pub const BITOID: Oid = Oid(1560);
    pub const VARBITOID: Oid = Oid(1562);
    pub const NUMERICOID: Oid = Oid(1700);
    pub const REFCURSOROID: Oid = Oid(1790);
    pub const REGPROCEDUREOID: Oid = Oid(2202);
    pub const REGOPEROID: Oid = Oid(2203);
    pub const REGOPERATOROID: Oid = Oid(2204);
    pub const REGCLASSOID: Oid = Oid(2205);
    pub const REGTYPEOID: Oid = Oid(2206);
    pub const REGROLEOID: Oid = Oid(4096);
    pub const REGNAMESPACEOID: Oid = Oid(4089);
    pub const REGCOLLATIONOID: Oid = Oid(4191);
    pub const REGCONFIGOID: Oid = Oid(3734);
    pub const REGDICTIONARYOID: Oid = Oid(3769);
    pub const RECORDOID: Oid = Oid(2249);
    pub const RECORDARRAYOID: Oid = Oid(2287);
    pub const CSTRINGOID: Oid = Oid(2275);
    pub const ANYOID: Oid = Oid(2276);
    pub const ANYARRAYOID: Oid = Oid(2277);
    pub const VOIDOID: Oid = Oid(2278);
    pub const TRIGGEROID: Oid = Oid(2279);
    pub const EVENT_TRIGGEROID: Oid = Oid(3838);
    pub const LANGUAGE_HANDLEROID: Oid = Oid(2280);
    pub const INTERNALOID: Oid = Oid(2281);
    pub const ANYELEMENTOID: Oid = Oid(2283);
    pub const ANYNONARRAYOID: Oid = Oid(2776);
    pub const ANYENUMOID: Oid = Oid(3500);
    pub const ANYRANGEOID: Oid = Oid(3831);
    pub const ANYMULTIRANGEOID: Oid = Oid(4537);
    pub const ANYCOMPATIBLEOID: Oid = Oid(5077);
    pub const ANYCOMPATIBLEARRAYOID: Oid = Oid(5078);
    pub const ANYCOMPATIBLENONARRAYOID: Oid = Oid(5079);
    pub const ANYCOMPATIBLERANGEOID: Oid = Oid(5080);
    pub const ANYCOMPATIBLEMULTIRANGEOID: Oid = Oid(4538);
    pub const FDW_HANDLEROID: Oid = Oid(3115);
    pub const INDEX_AM_HANDLEROID: Oid = Oid(325);
    pub const TABLE_AM_HANDLEROID: Oid = Oid(269);
    pub const TSM_HANDLEROID: Oid = Oid(3310);
    pub const UUIDOID: Oid = Oid(2950);
    pub const TSVECTOROID: Oid = Oid(3614);
    pub const TSQUERYOID: Oid = Oid(3615);
    pub const JSONBOID: Oid = Oid(3802);
    pub const JSONPATHOID: Oid = Oid(4072);
    pub const TEXTARRAYOID: Oid = Oid(1009);
    pub const INT4ARRAYOID: Oid = Oid(1007);
    pub const NAMEARRAYOID: Oid = Oid(1003);
    pub const CHARARRAYOID: Oid = Oid(1002);
    pub const OIDARRAYOID: Oid = Oid(1028);
    pub const CSTRINGARRAYOID: Oid = Oid(1263);
}

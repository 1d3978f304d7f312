//! Short questions to the catalog about one object (PostgreSQL: utils/cache/lsyscache.c, typcache.c).

use super::*;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// PostgreSQL: get_rel_name.
pub fn get_rel_name(catalog: &Catalog, relid: Oid) -> Option<&Name> {
    catalog.get::<PgClass>(relid).map(|r| &r.relname)
}

/// PostgreSQL: get_rel_namespace.
pub fn get_rel_namespace(catalog: &Catalog, relid: Oid) -> Option<Oid> {
    catalog.get::<PgClass>(relid).map(|r| r.relnamespace)
}

/// 0 when there is no such relation (PostgreSQL: get_rel_relkind).
pub fn get_rel_relkind(catalog: &Catalog, relid: Oid) -> u8 {
    catalog.get::<PgClass>(relid).map_or(0, |r| r.relkind)
}

/// PostgreSQL: get_namespace_name.
pub fn get_namespace_name(catalog: &Catalog, namespace: Oid) -> Option<&Name> {
    catalog.get::<PgNamespace>(namespace).map(|n| &n.nspname)
}

/// The type whose rows the relation holds (PostgreSQL: get_rel_type_id).
pub fn get_rel_type_id(catalog: &Catalog, relid: Oid) -> Oid {
    catalog.get::<PgClass>(relid).map_or(Oid::INVALID, |r| r.reltype)
}

/// PostgreSQL: get_attname.
pub fn get_attname(catalog: &Catalog, relid: Oid, attnum: i16) -> Option<Name> {
    if attnum < 0 {
        return system_attribute(attnum).map(|a| a.attname);
    }
    catalog.get::<PgClass>(relid)?.attribute(attnum).map(|a| a.attname.clone())
}

/// The column's number; 0 when the relation has none of that name (PostgreSQL: get_attnum).
pub fn get_attnum(catalog: &Catalog, relid: Oid, attname: &str) -> i16 {
    let Some(class) = catalog.get::<PgClass>(relid) else { return 0 };
    match class.attribute_named(attname) {
        Some(attribute) => attribute.attnum,
        None => system_attribute_by_name(attname).map_or(0, |a| a.attnum),
    }
}

/// Type, typmod and collation of a column (PostgreSQL: get_atttypetypmodcoll).
pub fn get_atttypetypmodcoll(
    catalog: &Catalog,
    relid: Oid,
    attnum: i16,
) -> Option<(Oid, i32, Oid)> {
    if attnum < 0 {
        return system_attribute(attnum).map(|a| (a.atttypid, -1, Oid::INVALID));
    }
    let class = catalog.get::<PgClass>(relid)?;
    class.attribute(attnum).map(|a| (a.atttypid, a.atttypmod, a.attcollation))
}

/// A system column (PostgreSQL: SystemAttributeDefinition, catalog/heap.c).
#[derive(Debug, Clone)]
pub struct SystemAttribute {
    pub attname: Name,
    pub attnum: i16,
    pub atttypid: Oid,
}

/// PostgreSQL: SysAtt, in order of -attnum.
const SYSTEM_ATTRIBUTES: [(&str, i16, Oid); 6] = [
    ("ctid", -1, fixed::TIDOID),
    ("xmin", -2, fixed::XIDOID),
    ("cmin", -3, fixed::CIDOID),
    ("xmax", -4, fixed::XIDOID),
    ("cmax", -5, fixed::CIDOID),
    ("tableoid", -6, fixed::OIDOID),
];

fn make_system_attribute(row: &(&'static str, i16, Oid)) -> SystemAttribute {
    SystemAttribute { attname: Name::fixed(row.0), attnum: row.1, atttypid: row.2 }
}

/// PostgreSQL: SystemAttributeDefinition.
pub fn system_attribute(attnum: i16) -> Option<SystemAttribute> {
    SYSTEM_ATTRIBUTES.iter().find(|row| row.1 == attnum).map(make_system_attribute)
}

/// PostgreSQL: SystemAttributeByName.
pub fn system_attribute_by_name(attname: &str) -> Option<SystemAttribute> {
    SYSTEM_ATTRIBUTES.iter().find(|row| row.0 == attname).map(make_system_attribute)
}

fn pg_type(catalog: &Catalog, typid: Oid) -> Option<&PgType> {
    catalog.get::<PgType>(typid).map(std::convert::AsRef::as_ref)
}

/// The type under all domains (PostgreSQL: getBaseType).
pub fn get_base_type(catalog: &Catalog, typid: Oid) -> Oid {
    get_base_type_and_typmod(catalog, typid, -1).0
}

/// PostgreSQL: getBaseTypeAndTypmod.
pub fn get_base_type_and_typmod(catalog: &Catalog, typid: Oid, typmod: i32) -> (Oid, i32) {
    let (mut typid, mut typmod) = (typid, typmod);
    while let Some(row) = pg_type(catalog, typid) {
        if row.typtype != b'd' {
            break;
        }
        typmod = row.typtypmod;
        typid = row.typbasetype;
    }
    (typid, typmod)
}

/// The element type; InvalidOid unless the type is a true array (PostgreSQL: get_element_type).
pub fn get_element_type(catalog: &Catalog, typid: Oid) -> Oid {
    match pg_type(catalog, typid) {
        Some(row) if is_true_array_type(row) => row.typelem,
        Some(_) | None => Oid::INVALID,
    }
}

/// PostgreSQL: IsTrueArrayType.
pub fn is_true_array_type(row: &PgType) -> bool {
    const ARRAY_SUBSCRIPT_HANDLER: Oid = Oid(6179);
    // Before version 14 types have no subscripting function.
    row.typelem.is_valid()
        && row.typlen == -1
        && (row.typsubscript == ARRAY_SUBSCRIPT_HANDLER || !row.typsubscript.is_valid())
}

/// PostgreSQL: get_base_element_type.
pub fn get_base_element_type(catalog: &Catalog, typid: Oid) -> Oid {
    get_element_type(catalog, get_base_type(catalog, typid))
}

/// PostgreSQL: get_array_type.
pub fn get_array_type(catalog: &Catalog, typid: Oid) -> Oid {
    pg_type(catalog, typid).map_or(Oid::INVALID, |row| row.typarray)
}

/// The array type to use for elements of the type: arrays are their own (PostgreSQL: get_promoted_array_type).
pub fn get_promoted_array_type(catalog: &Catalog, typid: Oid) -> Oid {
    match get_array_type(catalog, typid).valid() {
        Some(array) => array,
        None if get_element_type(catalog, typid).is_valid() => typid,
        None => Oid::INVALID,
    }
}

/// PostgreSQL: get_typcollation.
pub fn get_typcollation(catalog: &Catalog, typid: Oid) -> Oid {
    pg_type(catalog, typid).map_or(Oid::INVALID, |row| row.typcollation)
}

/// PostgreSQL: type_is_collatable.
pub fn type_is_collatable(catalog: &Catalog, typid: Oid) -> bool {
    get_typcollation(catalog, typid).is_valid()
}

/// 0 when there is no such type (PostgreSQL: get_typtype).
pub fn get_typtype(catalog: &Catalog, typid: Oid) -> u8 {
    pg_type(catalog, typid).map_or(0, |row| row.typtype)
}

/// Whether rows of the type have columns: composite, or RECORD (PostgreSQL: type_is_rowtype).
pub fn type_is_rowtype(catalog: &Catalog, typid: Oid) -> bool {
    typid == fixed::RECORDOID
        || match get_typtype(catalog, typid) {
            b'c' => true,
            b'd' => get_typtype(catalog, get_base_type(catalog, typid)) == b'c',
            _ => false, // no other kind of type has columns
        }
}

/// PostgreSQL: type_is_enum.
pub fn type_is_enum(catalog: &Catalog, typid: Oid) -> bool {
    get_typtype(catalog, typid) == b'e'
}

/// PostgreSQL: type_is_range.
pub fn type_is_range(catalog: &Catalog, typid: Oid) -> bool {
    get_typtype(catalog, typid) == b'r'
}

/// PostgreSQL: type_is_multirange.
pub fn type_is_multirange(catalog: &Catalog, typid: Oid) -> bool {
    get_typtype(catalog, typid) == b'm'
}

/// Category and whether it is preferred (PostgreSQL: get_type_category_preferred).
pub fn get_type_category_preferred(catalog: &Catalog, typid: Oid) -> (u8, bool) {
    pg_type(catalog, typid).map_or((0, false), |row| (row.typcategory, row.typispreferred))
}

/// The relation of a composite type (PostgreSQL: get_typ_typrelid).
pub fn get_typ_typrelid(catalog: &Catalog, typid: Oid) -> Oid {
    pg_type(catalog, typid).map_or(Oid::INVALID, |row| row.typrelid)
}

/// PostgreSQL: get_range_subtype.
pub fn get_range_subtype(catalog: &Catalog, typid: Oid) -> Oid {
    catalog.get::<PgRange>(typid).map_or(Oid::INVALID, |row| row.rngsubtype)
}

/// PostgreSQL: get_range_multirange.
pub fn get_range_multirange(catalog: &Catalog, typid: Oid) -> Oid {
    catalog.get::<PgRange>(typid).map_or(Oid::INVALID, |row| row.rngmultitypid)
}

/// PostgreSQL: get_multirange_range.
pub fn get_multirange_range(catalog: &Catalog, typid: Oid) -> Oid {
    catalog.find_second::<PgRange>(typid).next().map_or(Oid::INVALID, |row| row.rngtypid)
}

/// The function's name (PostgreSQL: get_func_name).
pub fn get_func_name(catalog: &Catalog, funcid: Oid) -> Option<&Name> {
    catalog.get::<PgProc>(funcid).map(|p| &p.proname)
}

/// PostgreSQL: get_func_rettype.
pub fn get_func_rettype(catalog: &Catalog, funcid: Oid) -> Oid {
    catalog.get::<PgProc>(funcid).map_or(Oid::INVALID, |p| p.prorettype)
}

/// PostgreSQL: get_func_retset.
pub fn get_func_retset(catalog: &Catalog, funcid: Oid) -> bool {
    catalog.get::<PgProc>(funcid).is_some_and(|p| p.proretset)
}

/// The function that an operator calls (PostgreSQL: get_opcode).
pub fn get_opcode(catalog: &Catalog, opno: Oid) -> Oid {
    catalog.get::<PgOperator>(opno).map_or(Oid::INVALID, |o| o.oprcode)
}

/// PostgreSQL: get_opname.
pub fn get_opname(catalog: &Catalog, opno: Oid) -> Option<&Name> {
    catalog.get::<PgOperator>(opno).map(|o| &o.oprname)
}

/// PostgreSQL: get_commutator.
pub fn get_commutator(catalog: &Catalog, opno: Oid) -> Oid {
    catalog.get::<PgOperator>(opno).map_or(Oid::INVALID, |o| o.oprcom)
}

/// PostgreSQL: get_negator.
pub fn get_negator(catalog: &Catalog, opno: Oid) -> Oid {
    catalog.get::<PgOperator>(opno).map_or(Oid::INVALID, |o| o.oprnegate)
}

/// PostgreSQL: get_collation_name.
pub fn get_collation_name(catalog: &Catalog, collation: Oid) -> Option<&Name> {
    catalog.get::<PgCollation>(collation).map(|c| &c.collname)
}

/// PostgreSQL: get_opclass_family.
pub fn get_opclass_family(catalog: &Catalog, opclass: Oid) -> Oid {
    catalog.get::<PgOpclass>(opclass).map_or(Oid::INVALID, |o| o.opcfamily)
}

/// PostgreSQL: get_opclass_input_type.
pub fn get_opclass_input_type(catalog: &Catalog, opclass: Oid) -> Oid {
    catalog.get::<PgOpclass>(opclass).map_or(Oid::INVALID, |o| o.opcintype)
}

/// The family's operator for the types and the strategy (PostgreSQL: get_opfamily_member).
pub fn get_opfamily_member(
    catalog: &Catalog,
    opfamily: Oid,
    lefttype: Oid,
    righttype: Oid,
    strategy: i16,
) -> Oid {
    catalog
        .find_all::<PgAmop>(&opfamily)
        .find(|row| {
            row.amopstrategy == strategy
                && row.amoplefttype == lefttype
                && row.amoprighttype == righttype
                && row.amoppurpose == b's'
        })
        .map_or(Oid::INVALID, |row| row.amopopr)
}

/// The family's support function (PostgreSQL: get_opfamily_proc).
pub fn get_opfamily_proc(
    catalog: &Catalog,
    opfamily: Oid,
    lefttype: Oid,
    righttype: Oid,
    procnum: i16,
) -> Oid {
    catalog
        .find_all::<PgAmproc>(&opfamily)
        .find(|row| {
            row.amprocnum == procnum
                && row.amproclefttype == lefttype
                && row.amprocrighttype == righttype
        })
        .map_or(Oid::INVALID, |row| row.amproc)
}

/// The families that an operator stands in, with its strategy there.
pub fn amop_of_operator(catalog: &Catalog, opno: Oid) -> impl Iterator<Item = &PgAmop> {
    catalog.find_second::<PgAmop>(opno).map(std::convert::AsRef::as_ref)
}

/// PostgreSQL: op_in_opfamily.
pub fn op_in_opfamily(catalog: &Catalog, opno: Oid, opfamily: Oid) -> bool {
    amop_of_operator(catalog, opno).any(|a| a.amopfamily == opfamily && a.amoppurpose == b's')
}

/// The strategy of an operator in a family, 0 when it is not in it (PostgreSQL: get_op_opfamily_strategy).
pub fn get_op_opfamily_strategy(catalog: &Catalog, opno: Oid, opfamily: Oid) -> i16 {
    amop_of_operator(catalog, opno)
        .find(|a| a.amopfamily == opfamily && a.amoppurpose == b's')
        .map_or(0, |a| a.amopstrategy)
}

/// For an ordering operator its btree family, the type it orders and whether it is `<` or `>` (PostgreSQL:
/// get_ordering_op_properties).
pub fn get_ordering_op_properties(catalog: &Catalog, opno: Oid) -> Option<(Oid, Oid, i16)> {
    amop_of_operator(catalog, opno)
        .find(|a| {
            a.amopmethod == fixed::BTREE_AM_OID
                && matches!(a.amopstrategy, 1 | 5)
                && a.amoplefttype == a.amoprighttype
        })
        .map(|a| (a.amopfamily, a.amoplefttype, a.amopstrategy))
}

/// The equality operator that goes with an ordering operator, and whether that one sorts downwards (PostgreSQL:
/// get_equality_op_for_ordering_op).
pub fn get_equality_op_for_ordering_op(catalog: &Catalog, opno: Oid) -> Option<(Oid, bool)> {
    let (opfamily, opcintype, strategy) = get_ordering_op_properties(catalog, opno)?;
    get_opfamily_member(catalog, opfamily, opcintype, opcintype, 3)
        .valid()
        .map(|eqop| (eqop, strategy == 5))
}

/// A btree `<` or `>` that goes with an equality operator (PostgreSQL: get_ordering_op_for_equality_op).
pub fn get_ordering_op_for_equality_op(catalog: &Catalog, opno: Oid, use_lhs_type: bool) -> Oid {
    amop_of_operator(catalog, opno)
        .filter(|a| a.amopmethod == fixed::BTREE_AM_OID && a.amopstrategy == 3)
        .find_map(|a| {
            let typid = if use_lhs_type { a.amoplefttype } else { a.amoprighttype };
            get_opfamily_member(catalog, a.amopfamily, typid, typid, 1).valid()
        })
        .unwrap_or(Oid::INVALID)
}

/// The btree and hash families whose equality the operator is, and those whose inequality it negates; with the
/// strategy as btree numbers it, 6 for `<>` (PostgreSQL: get_op_index_interpretation).
pub fn get_op_index_interpretation(catalog: &Catalog, opno: Oid) -> Vec<(Oid, i16)> {
    let mut found: Vec<(Oid, i16)> = amop_of_operator(catalog, opno)
        .filter(|a| a.amopmethod == fixed::BTREE_AM_OID)
        .map(|a| (a.amopfamily, a.amopstrategy))
        .collect();
    if found.is_empty()
        && let Some(negator) = get_negator(catalog, opno).valid()
    {
        found = amop_of_operator(catalog, negator)
            .filter(|a| a.amopmethod == fixed::BTREE_AM_OID && a.amopstrategy == 3)
            .map(|a| (a.amopfamily, 6))
            .collect();
    }
    found
}

/// The default operator class of an access method for a type (PostgreSQL: GetDefaultOpClass,
/// commands/indexcmds.c).
pub fn get_default_opclass(catalog: &Catalog, typid: Oid, amoid: Oid) -> Option<Oid> {
    let typid = get_base_type(catalog, typid);
    let defaults = || catalog.find_second::<PgOpclass>(amoid).filter(|opclass| opclass.opcdefault);
    if let Some(exact) = defaults().filter(|opclass| opclass.opcintype == typid).last() {
        return Some(exact.oid);
    }
    let category = get_type_category_preferred(catalog, typid).0;
    let (mut preferred, mut compatible) = (Vec::new(), Vec::new());
    for opclass in defaults() {
        if is_binary_coercible(catalog, typid, opclass.opcintype) {
            let (other, ispreferred) = get_type_category_preferred(catalog, opclass.opcintype);
            if other == category && ispreferred {
                preferred.push(opclass.oid);
            } else {
                compatible.push(opclass.oid);
            }
        }
    }
    match (preferred.as_slice(), compatible.as_slice()) {
        ([one], _) | ([], [one]) => Some(*one),
        _ => None, // none, or several alike
    }
}

/// Whether a value of one type is one of the other as it stands (PostgreSQL: IsBinaryCoercible,
/// parser/parse_coerce.c; here because operator classes need it).
pub fn is_binary_coercible(catalog: &Catalog, srctype: Oid, targettype: Oid) -> bool {
    is_binary_coercible_with_cast(catalog, srctype, targettype).0
}

/// Also the cast that says so, if it is one (PostgreSQL: IsBinaryCoercibleWithCast).
pub fn is_binary_coercible_with_cast(
    catalog: &Catalog,
    srctype: Oid,
    targettype: Oid,
) -> (bool, Oid) {
    let none = Oid::INVALID;
    if srctype == targettype || matches!(targettype, fixed::ANYOID | fixed::ANYELEMENTOID) {
        return (true, none);
    }
    if targettype == fixed::ANYCOMPATIBLEOID {
        return (true, none);
    }
    let srctype = if srctype.is_valid() { get_base_type(catalog, srctype) } else { srctype };
    if srctype == targettype {
        return (true, none);
    }
    let is_array = || is_type_array(catalog, srctype);
    let holds = match targettype {
        fixed::ANYARRAYOID | fixed::ANYCOMPATIBLEARRAYOID => is_array(),
        fixed::ANYNONARRAYOID | fixed::ANYCOMPATIBLENONARRAYOID => !is_array(),
        fixed::ANYENUMOID => type_is_enum(catalog, srctype),
        fixed::ANYRANGEOID | fixed::ANYCOMPATIBLERANGEOID => type_is_range(catalog, srctype),
        fixed::ANYMULTIRANGEOID | fixed::ANYCOMPATIBLEMULTIRANGEOID => {
            type_is_multirange(catalog, srctype)
        }
        fixed::RECORDOID => get_typtype(catalog, srctype) == b'c',
        fixed::RECORDARRAYOID => {
            let element = get_element_type(catalog, srctype);
            element.is_valid() && get_typtype(catalog, element) == b'c'
        }
        _ => false, // other types match through casts alone
    };
    if holds {
        return (true, none);
    }
    match catalog.find::<PgCast>(&(srctype, targettype)) {
        Some(cast) if cast.castmethod == b'b' && cast.castcontext == b'i' => (true, cast.oid),
        Some(_) | None => (false, none),
    }
}

fn is_type_array(catalog: &Catalog, typid: Oid) -> bool {
    get_element_type(catalog, typid).is_valid()
}

/// Whether the type can be hashed, sorted, compared for equality by default (PostgreSQL: lookup_type_cache). Found
/// operators are InvalidOid where there are none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TypeOperators {
    pub btree_opfamily: Oid,
    pub btree_opintype: Oid,
    pub hash_opfamily: Oid,
    pub eq_opr: Oid,
    pub lt_opr: Oid,
    pub gt_opr: Oid,
    pub cmp_proc: Oid,
    pub hash_proc: Oid,
}

/// PostgreSQL: lookup_type_cache (utils/cache/typcache.c).
pub fn lookup_type_cache(catalog: &Catalog, typid: Oid) -> TypeOperators {
    lookup_type_cache_to_depth(catalog, typid, 0)
}

fn lookup_type_cache_to_depth(catalog: &Catalog, typid: Oid, depth: u32) -> TypeOperators {
    let mut entry = TypeOperators::default();
    if let Some(opclass) = get_default_opclass(catalog, typid, fixed::BTREE_AM_OID) {
        let family = get_opclass_family(catalog, opclass);
        let intype = get_opclass_input_type(catalog, opclass);
        entry.btree_opfamily = family;
        entry.btree_opintype = intype;
        entry.eq_opr = get_opfamily_member(catalog, family, intype, intype, 3);
        entry.lt_opr = get_opfamily_member(catalog, family, intype, intype, 1);
        entry.gt_opr = get_opfamily_member(catalog, family, intype, intype, 5);
        entry.cmp_proc = get_opfamily_proc(catalog, family, intype, intype, 1);
    }
    if let Some(opclass) = get_default_opclass(catalog, typid, fixed::HASH_AM_OID) {
        let family = get_opclass_family(catalog, opclass);
        let intype = get_opclass_input_type(catalog, opclass);
        entry.hash_opfamily = family;
        if !entry.eq_opr.is_valid() {
            entry.eq_opr = get_opfamily_member(catalog, family, intype, intype, 1);
        }
        entry.hash_proc = get_opfamily_proc(catalog, family, intype, intype, 1);
    }
    const ARRAY_EQ: Oid = Oid(1070);
    const RECORD_EQ: Oid = Oid(2988);
    const RANGE_EQ: Oid = Oid(3882);
    const MULTIRANGE_EQ: Oid = Oid(2860);
    let parts: Vec<Oid> = match entry.eq_opr {
        ARRAY_EQ => vec![get_base_element_type(catalog, typid)],
        RANGE_EQ => vec![get_range_subtype(catalog, get_base_type(catalog, typid))],
        MULTIRANGE_EQ => {
            let range = get_multirange_range(catalog, get_base_type(catalog, typid));
            vec![get_range_subtype(catalog, range)]
        }
        RECORD_EQ if typid != fixed::RECORDOID => {
            let relid = get_typ_typrelid(catalog, get_base_type(catalog, typid));
            let class = catalog.get::<PgClass>(relid);
            class.map_or(Vec::new(), |c| c.live_attributes().map(|a| a.atttypid).collect())
        }
        _ => Vec::new(), // a type that is not made of others
    };
    let ranged = matches!(entry.eq_opr, RANGE_EQ | MULTIRANGE_EQ);
    for part in parts {
        if depth > 20 {
            break;
        }
        let below = lookup_type_cache_to_depth(catalog, part, depth + 1);
        if !ranged {
            if !below.eq_opr.is_valid() {
                entry.eq_opr = Oid::INVALID;
            }
            if !below.cmp_proc.is_valid() {
                entry.lt_opr = Oid::INVALID;
                entry.gt_opr = Oid::INVALID;
                entry.cmp_proc = Oid::INVALID;
            }
        }
        if !below.hash_proc.is_valid() {
            entry.hash_proc = Oid::INVALID;
        }
    }
    entry
}

/// Whether an equality operator can be hashed for the input type (PostgreSQL: op_hashjoinable).
pub fn op_hashjoinable(catalog: &Catalog, opno: Oid, inputtype: Oid) -> bool {
    const ARRAY_EQ: Oid = Oid(1070);
    const RECORD_EQ: Oid = Oid(2988);
    match opno {
        ARRAY_EQ | RECORD_EQ => lookup_type_cache(catalog, inputtype).hash_proc.is_valid(),
        _ => catalog.get::<PgOperator>(opno).is_some_and(|o| o.oprcanhash), // the rest say so
    }
}

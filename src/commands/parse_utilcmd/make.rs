//! Raw nodes that PostgreSQL makes up itself (PostgreSQL: nodes/makefuncs.c).

use crate::catalog::lsyscache::{get_namespace_name, get_typcollation};
use crate::catalog::{Catalog, PgCollation, PgType};
use crate::nodes::accessors::make_string;
use crate::nodes::tree::{
    CollateClause, ColumnDef, ConstrType, Constraint, DefElem, DefElemAction, Node, RangeVar,
    TypeName,
};
use crate::nodes::{ParseLoc, Str};
use crate::pg::oid::Oid;

/// A constraint of that kind with nothing else said.
pub fn make_constraint(contype: ConstrType) -> Constraint {
    Constraint {
        contype,
        conname: None,
        deferrable: false,
        initdeferred: false,
        is_enforced: true,
        skip_validation: false,
        initially_valid: true,
        is_no_inherit: false,
        raw_expr: None,
        cooked_expr: None,
        generated_when: 0,
        generated_kind: 0,
        nulls_not_distinct: false,
        keys: Vec::new(),
        without_overlaps: false,
        including: Vec::new(),
        exclusions: Vec::new(),
        options: Vec::new(),
        indexname: None,
        indexspace: None,
        reset_default_tblspc: false,
        access_method: None,
        where_clause: None,
        pktable: None,
        fk_attrs: Vec::new(),
        pk_attrs: Vec::new(),
        fk_with_period: false,
        pk_with_period: false,
        fk_matchtype: b's',
        fk_upd_action: b'a',
        fk_del_action: b'a',
        fk_del_set_cols: Vec::new(),
        old_conpfeqop: Vec::new(),
        location: ParseLoc::NONE,
    }
}

/// PostgreSQL: makeNotNullConstraint.
pub fn make_not_null_constraint(column: &str) -> Constraint {
    Constraint { keys: vec![make_string(column)], ..make_constraint(ConstrType::ConstrNotnull) }
}

/// PostgreSQL: makeDefElem.
pub fn make_def_elem(name: &str, arg: Option<Node>) -> Node {
    Node::DefElem(Box::new(DefElem {
        defnamespace: None,
        defname: Some(name.into()),
        arg,
        defaction: DefElemAction::DefelemUnspec,
        location: ParseLoc::NONE,
        arg_location: ParseLoc::NONE,
    }))
}

/// PostgreSQL: makeRangeVar.
pub fn make_range_var(schema: Option<&str>, name: &str, relpersistence: u8) -> RangeVar {
    RangeVar {
        catalogname: None,
        schemaname: schema.map(Str::new),
        relname: Some(Str::new(name)),
        inh: true,
        relpersistence,
        alias: None,
        location: ParseLoc::NONE,
    }
}

/// The type's full name, by which it is found again (PostgreSQL: makeTypeNameFromOid).
pub fn make_type_name_from_oid(catalog: &Catalog, type_oid: Oid, typmod: i32) -> TypeName {
    let mut names = Vec::new();
    if let Some(row) = catalog.get::<PgType>(type_oid) {
        names.extend(get_namespace_name(catalog, row.typnamespace).map(|n| make_string(n)));
        names.push(make_string(&row.typname));
    }
    TypeName {
        names,
        setof: false,
        pct_type: false,
        typmods: Vec::new(),
        typemod: typmod,
        array_bounds: Vec::new(),
        location: ParseLoc::NONE,
    }
}

/// The collation's full name.
pub fn collation_names(catalog: &Catalog, collation: Oid) -> Vec<Node> {
    let Some(row) = catalog.get::<PgCollation>(collation) else { return Vec::new() };
    get_namespace_name(catalog, row.collnamespace)
        .map(|n| make_string(n))
        .into_iter()
        .chain([make_string(&row.collname)])
        .collect()
}

/// A column of that type; its collation is said where it is not the type's own (PostgreSQL: makeColumnDef).
pub fn make_column_def(
    catalog: &Catalog,
    name: &str,
    type_oid: Oid,
    typmod: i32,
    collation: Oid,
) -> ColumnDef {
    let coll_clause = (collation.is_valid() && collation != get_typcollation(catalog, type_oid))
        .then(|| {
            Box::new(CollateClause {
                arg: None,
                collname: collation_names(catalog, collation),
                location: ParseLoc::NONE,
            })
        });
    ColumnDef {
        colname: Some(Str::new(name)),
        type_name: Some(Box::new(make_type_name_from_oid(catalog, type_oid, typmod))),
        compression: None,
        inhcount: 0,
        is_local: true,
        is_not_null: false,
        is_from_type: false,
        storage: 0,
        storage_name: None,
        raw_default: None,
        cooked_default: None,
        identity: 0,
        identity_sequence: None,
        generated: 0,
        coll_clause,
        constraints: Vec::new(),
        fdwoptions: Vec::new(),
        location: ParseLoc::NONE,
    }
}

//! Values assigned to columns, to their fields and elements.

use std::sync::Arc;

use super::placeholder;
use crate::catalog::lsyscache::{get_base_type_and_typmod, get_typcollation};
use crate::catalog::{PgClass, PgType};
use crate::findings::{PgError, PgResult};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::{
    CoercionContext, CoercionForm, Const, Expr, FieldStore, TargetEntry,
};
use crate::nodes::tree::{Node, ResTarget};
use crate::parser::errors::error_at;
use crate::parser::parse_coerce::{coerce_to_domain, coerce_to_target_type};
use crate::parser::parse_expr::{transform_container_subscripts, transform_container_type};
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{attname_att_num, make_var, system_attribute_by_name};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The relation that the statement changes.
pub fn target_relation(pstate: &ParseState) -> Option<Arc<PgClass>> {
    pstate.catalog().get::<PgClass>(pstate.target_relation).cloned()
}

/// A NULL of the given type (PostgreSQL: makeNullConst).
pub fn make_null_const(type_id: Oid, typmod: i32, collation: Oid) -> Expr {
    Expr::Const(Const {
        consttype: type_id,
        consttypmod: typmod,
        constcollid: collation,
        value: None,
        location: ParseLoc::NONE,
    })
}

/// Fits a value to the column it is assigned to (PostgreSQL: transformAssignedExpr).
pub fn transform_assigned_expr(
    pstate: &mut ParseState,
    expr: Expr,
    kind: ExprKind,
    colname: &str,
    attrno: i16,
    indirection: &[Node],
    location: i32,
) -> PgResult<Expr> {
    let saved = std::mem::replace(&mut pstate.expr_kind, kind);
    let result = assigned_expr(pstate, expr, kind, colname, attrno, indirection, location);
    pstate.expr_kind = saved;
    result
}

fn assigned_expr(
    pstate: &mut ParseState,
    mut expr: Expr,
    kind: ExprKind,
    colname: &str,
    attrno: i16,
    indirection: &[Node],
    location: i32,
) -> PgResult<Expr> {
    let relation = target_relation(pstate);
    let Some(attr) = relation.as_ref().and_then(|r| r.attribute(attrno)) else {
        return error_at(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot assign to system column \"{colname}\""),
            location,
        );
    };
    let (attrtype, attrtypmod, attrcoll) = (attr.atttypid, attr.atttypmod, attr.attcollation);
    if let Expr::SetToDefault { type_id, type_mod, collation, .. } = &mut expr {
        (*type_id, *type_mod, *collation) = (attrtype, attrtypmod, attrcoll);
        let what = match indirection.first() {
            None => None,
            Some(Node::AIndices(_)) => Some("cannot set an array element to DEFAULT"),
            Some(_) => Some("cannot set a subfield to DEFAULT"),
        };
        if let Some(message) = what {
            return error_at(sqlstate::FEATURE_NOT_SUPPORTED, message, location);
        }
    }
    if !indirection.is_empty() {
        let base = if kind == ExprKind::InsertTarget {
            make_null_const(attrtype, attrtypmod, attrcoll)
        } else {
            let rtindex = pstate.target_nsitem.as_ref().map_or(0, |item| item.rtindex);
            let mut var = make_var(rtindex, attrno, attrtype, attrtypmod, attrcoll, 0);
            var.location = ParseLoc(location);
            Expr::Var(var)
        };
        let target = Target {
            name: colname,
            is_subscripting: false,
            type_id: attrtype,
            typmod: attrtypmod,
            collation: attrcoll,
            context: CoercionContext::CoercionAssignment,
            location,
        };
        return transform_assignment_indirection(pstate, Some(base), target, indirection, expr);
    }
    let type_id = expr_type(&expr);
    let position = expr_location(&expr);
    let coerced = coerce_to_target_type(
        pstate,
        expr,
        type_id,
        attrtype,
        attrtypmod,
        CoercionContext::CoercionAssignment,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    match coerced {
        Some(expr) => Ok(expr),
        None => Err(PgError::new(
            sqlstate::DATATYPE_MISMATCH,
            format!(
                "column \"{colname}\" is of type {} but expression is of type {}",
                pstate.shared.format_type(attrtype),
                pstate.shared.format_type(type_id)
            ),
        )
        .hint("You will need to rewrite or cast the expression.")
        .at(position)
        .into()),
    }
}

/// PostgreSQL: updateTargetListEntry.
pub fn update_target_list_entry(
    pstate: &mut ParseState,
    te: &mut TargetEntry,
    colname: &str,
    attrno: i16,
    indirection: &[Node],
    location: i32,
) -> PgResult<()> {
    let expr = std::mem::replace(&mut te.expr, placeholder());
    let kind = ExprKind::UpdateTarget;
    te.expr = transform_assigned_expr(pstate, expr, kind, colname, attrno, indirection, location)?;
    te.resno = attrno;
    te.resname = Some(Name::new(colname));
    Ok(())
}

/// What a field or element assignment assigns to.
#[derive(Clone, Copy)]
pub struct Target<'t> {
    pub name: &'t str,
    pub is_subscripting: bool,
    pub type_id: Oid,
    pub typmod: i32,
    pub collation: Oid,
    pub context: CoercionContext,
    pub location: i32,
}

/// An assignment to a field or an element (PostgreSQL: transformAssignmentIndirection).
pub fn transform_assignment_indirection(
    pstate: &mut ParseState,
    base: Option<Expr>,
    target: Target,
    indirection: &[Node],
    rhs: Expr,
) -> PgResult<Expr> {
    let subscripts = indirection.iter().take_while(|n| matches!(n, Node::AIndices(_))).count();
    let base = |target: &Target| {
        base.unwrap_or(Expr::CaseTestExpr {
            type_id: target.type_id,
            type_mod: target.typmod,
            collation: target.collation,
        })
    };
    if subscripts > 0 {
        if let Some(Node::AStar) = indirection.get(subscripts) {
            return row_expansion_refused(target.location);
        }
        let base = base(&target);
        return assign_subscripts(pstate, base, target, indirection, subscripts, rhs);
    }
    match indirection.first() {
        Some(Node::AStar) => row_expansion_refused(target.location),
        Some(field) => {
            let base = base(&target);
            assign_field(pstate, base, target, field.str_val(), &indirection[1..], rhs)
        }
        None => coerce_rhs(pstate, target, rhs),
    }
}

fn row_expansion_refused<T>(location: i32) -> PgResult<T> {
    error_at(
        sqlstate::FEATURE_NOT_SUPPORTED,
        "row expansion via \"*\" is not supported here",
        location,
    )
}

fn assign_field(
    pstate: &mut ParseState,
    base: Expr,
    target: Target,
    field: &str,
    rest: &[Node],
    rhs: Expr,
) -> PgResult<Expr> {
    let catalog = pstate.catalog();
    let (base_type, base_typmod) = get_base_type_and_typmod(catalog, target.type_id, target.typmod);
    let row = catalog.get::<PgType>(base_type).and_then(|t| catalog.get::<PgClass>(t.typrelid));
    let (name, location) = (target.name, target.location);
    let type_name = || pstate.shared.format_type(target.type_id);
    let Some(row) = row else {
        let why = format!("because its type {} is not a composite type", type_name());
        return error_at(
            sqlstate::DATATYPE_MISMATCH,
            format!("cannot assign to field \"{field}\" of column \"{name}\" {why}"),
            location,
        );
    };
    let Some(attr) = row.attribute_named(field) else {
        if system_attribute_by_name(field).is_some() && row.relkind != b'c' && row.relkind != b'v' {
            return error_at(
                sqlstate::UNDEFINED_COLUMN,
                format!("cannot assign to system column \"{field}\""),
                location,
            );
        }
        let why = format!("because there is no such column in data type {}", type_name());
        return error_at(
            sqlstate::UNDEFINED_COLUMN,
            format!("cannot assign to field \"{field}\" of column \"{name}\" {why}"),
            location,
        );
    };
    let inner = Target {
        name: field,
        is_subscripting: false,
        type_id: attr.atttypid,
        typmod: attr.atttypmod,
        collation: attr.attcollation,
        ..target
    };
    let attnum = attr.attnum;
    let rhs = transform_assignment_indirection(pstate, None, inner, rest, rhs)?;
    let store = Expr::FieldStore(Box::new(FieldStore {
        arg: base,
        newvals: vec![rhs],
        fieldnums: vec![attnum],
        resulttype: base_type,
    }));
    if base_type == target.type_id {
        return Ok(store);
    }
    coerce_to_domain(
        pstate,
        store,
        Some((base_type, base_typmod)),
        target.type_id,
        CoercionContext::CoercionImplicit,
        CoercionForm::CoerceImplicitCast,
        location,
        false,
    )
}

/// PostgreSQL: transformAssignmentSubscripts.
fn assign_subscripts(
    pstate: &mut ParseState,
    base: Expr,
    target: Target,
    indirection: &[Node],
    subscripts: usize,
    rhs: Expr,
) -> PgResult<Expr> {
    let (container_type, container_typmod) =
        transform_container_type(pstate.catalog(), target.type_id, target.typmod);
    let mut sbsref = transform_container_subscripts(
        pstate,
        base,
        container_type,
        container_typmod,
        &indirection[..subscripts],
        true,
    )?;
    let collation = if container_type == target.type_id {
        target.collation
    } else {
        get_typcollation(pstate.catalog(), container_type)
    };
    let inner = Target {
        is_subscripting: true,
        type_id: sbsref.refrestype,
        typmod: sbsref.reftypmod,
        collation,
        ..target
    };
    let rhs =
        transform_assignment_indirection(pstate, None, inner, &indirection[subscripts..], rhs)?;
    sbsref.refassgnexpr = Some(rhs);
    sbsref.refrestype = container_type;
    sbsref.reftypmod = container_typmod;
    let result = Expr::SubscriptingRef(Box::new(sbsref));
    if container_type == target.type_id {
        return Ok(result);
    }
    let coerced = coerce_to_target_type(
        pstate,
        result,
        container_type,
        target.type_id,
        target.typmod,
        target.context,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    match coerced {
        Some(expr) => Ok(expr),
        None => error_at(
            sqlstate::CANNOT_COERCE,
            format!(
                "cannot cast type {} to {}",
                pstate.shared.format_type(container_type),
                pstate.shared.format_type(target.type_id)
            ),
            target.location,
        ),
    }
}

fn coerce_rhs(pstate: &mut ParseState, target: Target, rhs: Expr) -> PgResult<Expr> {
    let rhs_type = expr_type(&rhs);
    let coerced = coerce_to_target_type(
        pstate,
        rhs,
        rhs_type,
        target.type_id,
        target.typmod,
        target.context,
        CoercionForm::CoerceImplicitCast,
        -1,
    )?;
    if let Some(expr) = coerced {
        return Ok(expr);
    }
    let (name, wanted) = (target.name, pstate.shared.format_type(target.type_id));
    let got = pstate.shared.format_type(rhs_type);
    let message = if target.is_subscripting {
        format!(
            "subscripted assignment to \"{name}\" requires type {wanted} but expression is of type {got}"
        )
    } else {
        format!("subfield \"{name}\" is of type {wanted} but expression is of type {got}")
    };
    Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message)
        .hint("You will need to rewrite or cast the expression.")
        .at(target.location)
        .into())
}

/// One column of an INSERT's list, checked.
pub struct InsertTarget<'n> {
    pub name: Name,
    pub attrno: i16,
    pub indirection: &'n [Node],
    pub location: i32,
}

/// The columns that INSERT gives values for: those of its list, or all (PostgreSQL: checkInsertTargets).
pub fn check_insert_targets<'n>(
    pstate: &ParseState,
    cols: &'n [Node],
) -> PgResult<Vec<InsertTarget<'n>>> {
    let Some(relation) = target_relation(pstate) else { return Ok(Vec::new()) };
    if cols.is_empty() {
        let all = relation.live_attributes().map(|attr| InsertTarget {
            name: attr.attname.clone(),
            attrno: attr.attnum,
            indirection: &[],
            location: -1,
        });
        return Ok(all.collect());
    }
    let mut out: Vec<InsertTarget> = Vec::with_capacity(cols.len());
    for node in cols {
        let Node::ResTarget(col) = node else { continue };
        let name = col.name.as_ref().map(Name::from).unwrap_or_default();
        let Some(attrno) = attname_att_num(&relation, &name, false) else {
            return error_at(
                sqlstate::UNDEFINED_COLUMN,
                format!("column \"{name}\" of relation \"{}\" does not exist", relation.relname),
                col.location.0,
            );
        };
        if is_assigned_twice(&out, attrno, col) {
            return error_at(
                sqlstate::DUPLICATE_COLUMN,
                format!("column \"{name}\" specified more than once"),
                col.location.0,
            );
        }
        let location = col.location.0;
        out.push(InsertTarget { name, attrno, indirection: &col.indirection, location });
    }
    Ok(out)
}

/// A whole column may be given once; its fields and elements many times, but not beside the whole.
fn is_assigned_twice(before: &[InsertTarget], attrno: i16, col: &ResTarget) -> bool {
    before.iter().any(|other| {
        other.attrno == attrno && (col.indirection.is_empty() || other.indirection.is_empty())
    })
}

//! ON CONFLICT: which rows conflict.

use crate::catalog::PgConstraint;
use crate::catalog::namespace::{get_opclass_oid, is_catalog_or_toast_namespace};
use crate::findings::{PgError, PgResult};
use crate::nodes::accessors::make_string;
use crate::nodes::node_funcs::expr_location;
use crate::nodes::primnodes::{Expr, InferenceElem, OnConflictAction};
use crate::nodes::tree::{ColumnRef, InferClause, Node, OnConflictClause, SortByDir, SortByNulls};
use crate::parser::errors::error_at;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_target::target_relation;
use crate::parser::parse_type::lookup_collation;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// What ON CONFLICT infers the arbiter index from.
#[derive(Default)]
pub struct Arbiter {
    pub elems: Vec<InferenceElem>,
    pub where_: Option<Expr>,
    pub constraint: Oid,
}

/// PostgreSQL: transformOnConflictArbiter.
pub fn transform_on_conflict_arbiter(
    pstate: &mut ParseState,
    clause: &OnConflictClause,
) -> PgResult<Arbiter> {
    let location = clause.location.0;
    if clause.action == OnConflictAction::OnconflictUpdate && clause.infer.is_none() {
        return Err(PgError::new(
            sqlstate::SYNTAX_ERROR,
            "ON CONFLICT DO UPDATE requires inference specification or constraint name",
        )
        .hint("For example, ON CONFLICT (column_name).")
        .at(location)
        .into());
    }
    let Some(relation) = target_relation(pstate) else { return Ok(Arbiter::default()) };
    if is_catalog_or_toast_namespace(relation.relnamespace) && relation.oid.is_builtin() {
        return error_at(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "ON CONFLICT is not supported with system catalog tables",
            location,
        );
    }
    let mut arbiter = Arbiter::default();
    let Some(infer) = &clause.infer else { return Ok(arbiter) };
    arbiter.elems = resolve_unique_index_expr(pstate, infer)?;
    if let Some(condition) = &infer.where_clause {
        arbiter.where_ = Some(transform_expr(pstate, condition, ExprKind::IndexPredicate)?);
    }
    if let Some(name) = &infer.conname {
        let found = pstate
            .catalog()
            .find_all::<PgConstraint>(&relation.oid)
            .find(|c| c.conrelid == relation.oid && c.conname == name.as_str());
        let Some(constraint) = found else {
            return Err(PgError::new(
                sqlstate::UNDEFINED_OBJECT,
                format!("constraint \"{name}\" for table \"{}\" does not exist", relation.relname),
            )
            .into());
        };
        arbiter.constraint = constraint.oid;
    }
    Ok(arbiter)
}

/// PostgreSQL: resolve_unique_index_expr.
fn resolve_unique_index_expr(
    pstate: &mut ParseState,
    infer: &InferClause,
) -> PgResult<Vec<InferenceElem>> {
    let location = infer.location.0;
    let mut out = Vec::with_capacity(infer.index_elems.len());
    for node in &infer.index_elems {
        let Node::IndexElem(elem) = node else { continue };
        let refused = if elem.ordering != SortByDir::SortbyDefault {
            Some("ASC/DESC is not allowed in ON CONFLICT clause")
        } else if elem.nulls_ordering != SortByNulls::SortbyNullsDefault {
            Some("NULLS FIRST/LAST is not allowed in ON CONFLICT clause")
        } else {
            None
        };
        if let Some(message) = refused {
            return error_at(sqlstate::INVALID_COLUMN_REFERENCE, message, location);
        }
        let kind = ExprKind::IndexExpression;
        let expr = match (&elem.expr, &elem.name) {
            (Some(expr), _) => transform_expr(pstate, expr, kind)?,
            (None, name) => {
                let fields = vec![make_string(name.as_deref().unwrap_or_default())];
                let column = ColumnRef { fields, location: infer.location };
                transform_expr(pstate, &Node::ColumnRef(Box::new(column)), kind)?
            }
        };
        let infercollid = if elem.collation.is_empty() {
            Oid::INVALID
        } else {
            lookup_collation(&pstate.shared, &elem.collation, expr_location(&expr))?
        };
        let inferopclass = if elem.opclass.is_empty() {
            Oid::INVALID
        } else {
            let found = get_opclass_oid(&pstate.shared, fixed::BTREE_AM_OID, &elem.opclass, false)?;
            found.unwrap_or(Oid::INVALID)
        };
        out.push(InferenceElem { expr, infercollid, inferopclass });
    }
    Ok(out)
}

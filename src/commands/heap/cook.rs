//! Default, generation and CHECK expressions from raw tree to analysed (PostgreSQL: cookDefault and cookConstraint,
//! catalog/heap.c).

use crate::catalog::PgClass;
use crate::catalog::format_type::format_type_be;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_location, expr_type, walk_expr};
use crate::nodes::primnodes::{Expr, RteKind};
use crate::nodes::tree::{CoercionContext, CoercionForm, Node};
use crate::parser::inline_function::contain_mutable_functions_after_planning;
use crate::parser::parse_coerce::{coerce_to_boolean, coerce_to_target_type};
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The analysed expression of a column's default or generation clause (PostgreSQL: cookDefault).
pub fn cook_default(
    pstate: &mut ParseState,
    raw: &Node,
    column: Option<(Oid, i32)>,
    name: &str,
    generated: u8,
) -> PgResult<Expr> {
    if let Node::Analyzed(expr) = raw {
        return Ok((**expr).clone());
    }
    let kind = if generated != 0 { ExprKind::GeneratedColumn } else { ExprKind::ColumnDefault };
    let mut expr = transform_expr(pstate, raw, kind)?;
    if generated != 0 {
        check_nested_generated(pstate, &expr)?;
        if contain_mutable_functions_after_planning(&pstate.shared, &expr)? {
            return Err(PgError::new(
                sqlstate::INVALID_OBJECT_DEFINITION,
                "generation expression is not immutable",
            )
            .into());
        }
        if generated == b'v' {
            check_virtual_generated_security(&expr)?;
        }
    }
    if let Some((type_oid, typmod)) = column {
        let from = expr_type(&expr);
        let coerced = coerce_to_target_type(
            pstate,
            expr,
            from,
            type_oid,
            typmod,
            CoercionContext::CoercionAssignment,
            CoercionForm::CoerceImplicitCast,
            -1,
        )?;
        let Some(coerced) = coerced else {
            let shared = &pstate.shared;
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!(
                    "column \"{name}\" is of type {} but default expression is of type {}",
                    format_type_be(shared.catalog, shared.path, type_oid),
                    format_type_be(shared.catalog, shared.path, from)
                ),
            )
            .hint("You will need to rewrite or cast the expression.")
            .into());
        };
        expr = coerced;
    }
    assign_expr_collations(pstate, &mut expr)?;
    Ok(expr)
}

/// The analysed expression of a CHECK constraint (PostgreSQL: cookConstraint).
pub fn cook_constraint(pstate: &mut ParseState, raw: &Node, relname: &str) -> PgResult<Expr> {
    if let Node::Analyzed(expr) = raw {
        return Ok((**expr).clone());
    }
    let expr = transform_expr(pstate, raw, ExprKind::CheckConstraint)?;
    let mut expr = coerce_to_boolean(pstate, expr, "CHECK")?;
    assign_expr_collations(pstate, &mut expr)?;
    if pstate.rtable.len() != 1 {
        return Err(PgError::new(
            sqlstate::INVALID_COLUMN_REFERENCE,
            format!("only table \"{relname}\" can be referenced in check constraint"),
        )
        .into());
    }
    Ok(expr)
}

/// A generation expression must not use generated columns or the whole row (PostgreSQL: check_nested_generated).
fn check_nested_generated(pstate: &ParseState, expr: &Expr) -> PgResult<()> {
    let mut refused: Option<PgError> = None;
    walk_expr(expr, &mut |node| {
        let Expr::Var(var) = node else { return false };
        if var.varlevelsup != 0 {
            return false;
        }
        let rte = (var.varno as usize).checked_sub(1).and_then(|at| pstate.rtable.get(at));
        let Some(RteKind::Relation { relid, .. }) = rte.map(|rte| &rte.kind) else {
            return false;
        };
        let refuse = |message: String, detail: &str| {
            PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message)
                .detail(detail)
                .at(var.location.0)
        };
        if var.varattno == 0 {
            refused = Some(refuse(
                "cannot use whole-row variable in column generation expression".to_string(),
                "This would cause the generated column to depend on its own value.",
            ));
            return true;
        }
        let attribute = pstate
            .shared
            .catalog
            .get::<PgClass>(*relid)
            .and_then(|class| class.attribute(var.varattno));
        if let Some(attribute) = attribute.filter(|attribute| attribute.attgenerated != 0) {
            refused = Some(refuse(
                format!(
                    "cannot use generated column \"{}\" in column generation expression",
                    attribute.attname
                ),
                "A generated column cannot reference another generated column.",
            ));
            return true;
        }
        false
    });
    refused.map_or(Ok(()), |error| Err(error.into()))
}

/// A virtual column's expression must use built-in functions and types only (PostgreSQL:
/// check_virtual_generated_security).
fn check_virtual_generated_security(expr: &Expr) -> PgResult<()> {
    let mut refused: Option<PgError> = None;
    walk_expr(expr, &mut |node| {
        let functions: &[Oid] = match node {
            Expr::FuncExpr(e) => &[e.funcid],
            Expr::OpExpr(e) | Expr::DistinctExpr(e) | Expr::NullIfExpr(e) => &[e.opfuncid],
            Expr::ScalarArrayOpExpr(e) => &[e.opfuncid],
            // Aggregates and window functions are refused before; other nodes call what their type brings.
            _ => &[],
        };
        let refuse = |what: &str| {
            PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("generation expression uses user-defined {what}"),
            )
            .detail(format!(
                "Virtual generated columns that make use of user-defined {what}s are not yet \
                 supported."
            ))
            .at(expr_location(node))
        };
        if functions.iter().any(|function| !function.is_builtin()) {
            refused = Some(refuse("function"));
        } else if !expr_type(node).is_builtin() {
            refused = Some(refuse("type"));
        }
        refused.is_some()
    });
    refused.map_or(Ok(()), |error| Err(error.into()))
}

/// The columns of the query's first relation that the expression uses, each once, in the order of their first use
/// (PostgreSQL: pull_var_clause with list_union).
pub fn pull_var_attnums(expr: &Expr) -> Vec<i16> {
    let mut attnums = Vec::new();
    walk_expr(expr, &mut |node| {
        if let Expr::Var(var) = node
            && var.varlevelsup == 0
            && !attnums.contains(&var.varattno)
        {
            attnums.push(var.varattno);
        }
        false
    });
    attnums
}

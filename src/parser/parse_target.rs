//! Output columns: `*` expanded, names figured out, values fitted to the columns they are assigned to (PostgreSQL:
//! parser/parse_target.c).

mod assign;
mod colname;
mod star;

pub use assign::*;
pub use colname::{figure_colname, figure_index_colname};
pub use star::{expand_record_variable, expand_row_reference};

use crate::findings::PgResult;
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{CoercionContext, CoercionForm, Expr, RteKind, TargetEntry, Var};
use crate::nodes::tree::Node;
use crate::parser::parse_coerce::coerce_type;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{
    get_cte_for_rte, get_rte_by_range_table_posn, get_tle_by_resno, make_target_entry,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use star::{Star, expand_column_ref_star, expand_indirection_star};

/// DEFAULT before it is known what for.
fn set_to_default(node: &crate::nodes::tree::SetToDefault) -> Expr {
    Expr::SetToDefault {
        type_id: Oid::INVALID,
        type_mod: -1,
        collation: Oid::INVALID,
        location: node.location,
    }
}

/// One output column; `expr` where the node is analysed already (PostgreSQL: transformTargetEntry).
pub fn transform_target_entry(
    pstate: &mut ParseState,
    node: &Node,
    expr: Option<Expr>,
    kind: ExprKind,
    colname: Option<Name>,
    resjunk: bool,
) -> PgResult<TargetEntry> {
    let expr = match (expr, node) {
        (Some(expr), _) => expr,
        (None, Node::SetToDefault(default)) if kind == ExprKind::UpdateSource => {
            set_to_default(default)
        }
        (None, _) => transform_expr(pstate, node, kind)?,
    };
    let colname = match colname {
        None if !resjunk => Some(figure_colname(node, Some(&expr))),
        given => given,
    };
    let entry = make_target_entry(expr, pstate.next_resno, colname, resjunk);
    pstate.next_resno += 1;
    Ok(entry)
}

/// Whether the node is `something.*`, and of which form.
fn star_of(node: &Node) -> Option<Star<'_>> {
    match node {
        Node::ColumnRef(cref) if matches!(cref.fields.last(), Some(Node::AStar)) => {
            Some(Star::Column(cref))
        }
        Node::AIndirection(ind) if matches!(ind.indirection.last(), Some(Node::AStar)) => {
            Some(Star::Indirection(ind))
        }
        _ => None, // any other expression gives one column
    }
}

/// PostgreSQL: transformTargetList.
pub fn transform_target_list(
    pstate: &mut ParseState,
    target_list: &[Node],
    kind: ExprKind,
) -> PgResult<Vec<TargetEntry>> {
    let expand = kind != ExprKind::UpdateSource;
    let mut out = Vec::with_capacity(target_list.len());
    for node in target_list {
        let Node::ResTarget(target) = node else { continue };
        let Some(value) = &target.val else { continue };
        match star_of(value).filter(|_| expand) {
            Some(Star::Column(cref)) => out.extend(expand_column_ref_star(pstate, cref)?),
            Some(Star::Indirection(ind)) => {
                let fields = expand_indirection_star(pstate, ind, kind)?;
                for (name, expr) in fields {
                    out.push(make_target_entry(expr, pstate.next_resno, Some(name), false));
                    pstate.next_resno += 1;
                }
            }
            None => {
                let name = target.name.as_ref().map(Name::from);
                out.push(transform_target_entry(pstate, value, None, kind, name, false)?);
            }
        }
    }
    out.append(&mut pstate.multiassign_exprs);
    Ok(out)
}

/// The expressions of VALUES or ROW(…), with `something.*` expanded (PostgreSQL: transformExpressionList).
pub fn transform_expression_list(
    pstate: &mut ParseState,
    exprs: &[Node],
    kind: ExprKind,
    allow_default: bool,
) -> PgResult<Vec<Expr>> {
    let mut out = Vec::with_capacity(exprs.len());
    for node in exprs {
        match (star_of(node), node) {
            (Some(Star::Column(cref)), _) => {
                out.extend(expand_column_ref_star(pstate, cref)?.into_iter().map(|te| te.expr));
            }
            (Some(Star::Indirection(ind)), _) => {
                let fields = expand_indirection_star(pstate, ind, kind)?;
                out.extend(fields.into_iter().map(|(_, expr)| expr));
            }
            (None, Node::SetToDefault(default)) if allow_default => {
                out.push(set_to_default(default));
            }
            (None, _) => out.push(transform_expr(pstate, node, kind)?),
        }
    }
    Ok(out)
}

/// Literals whose type nothing has decided become text (PostgreSQL: resolveTargetListUnknowns).
pub fn resolve_target_list_unknowns(
    pstate: &mut ParseState,
    target_list: &mut [TargetEntry],
) -> PgResult<()> {
    for te in target_list {
        if expr_type(&te.expr) == fixed::UNKNOWNOID {
            let expr = std::mem::replace(&mut te.expr, placeholder());
            te.expr = coerce_type(
                pstate,
                expr,
                fixed::UNKNOWNOID,
                fixed::TEXTOID,
                -1,
                CoercionContext::CoercionImplicit,
                CoercionForm::CoerceImplicitCast,
                -1,
            )?;
        }
    }
    Ok(())
}

/// Stands in a tree for the moment that its expression is taken out.
pub(super) fn placeholder() -> Expr {
    Expr::CaseTestExpr { type_id: Oid::INVALID, type_mod: -1, collation: Oid::INVALID }
}

/// Which table's column each output column is (PostgreSQL: markTargetListOrigins).
pub fn mark_target_list_origins(pstate: &ParseState, target_list: &mut [TargetEntry]) {
    for te in target_list {
        if let Expr::Var(var) = &te.expr
            && let Some((table, column)) = target_origin(pstate, var)
        {
            te.resorigtbl = table;
            te.resorigcol = column;
        }
    }
}

/// PostgreSQL: markTargetListOrigin.
fn target_origin(pstate: &ParseState, var: &Var) -> Option<(Oid, i16)> {
    let rte = get_rte_by_range_table_posn(pstate, var.varno, var.varlevelsup)?;
    match &rte.kind {
        RteKind::Relation { relid, .. } => Some((*relid, var.varattno)),
        RteKind::Subquery { query, .. } => {
            let te = get_tle_by_resno(&query.target_list, var.varattno)?;
            Some((te.resorigtbl, te.resorigcol))
        }
        RteKind::Cte { name, levels_up, self_reference: false, .. } => {
            let cte = get_cte_for_rte(pstate, name, levels_up + var.varlevelsup)?;
            let cte = cte.borrow();
            let te = get_tle_by_resno(cte_target_list(&cte.ctequery), var.varattno)?;
            Some((te.resorigtbl, te.resorigcol))
        }
        RteKind::Group { exprs } => match exprs.get((var.varattno as usize).checked_sub(1)?)? {
            Expr::Var(inner) => target_origin(pstate, inner),
            _ => None, // an expression comes from no single column
        },
        RteKind::Cte { .. }
        | RteKind::Join(_)
        | RteKind::Function { .. }
        | RteKind::TableFunc(_)
        | RteKind::Values { .. }
        | RteKind::NamedTuplestore { .. }
        | RteKind::Result => None,
    }
}

/// What a member of WITH gives: its output, or its RETURNING (PostgreSQL: GetCTETargetList).
pub fn cte_target_list(query: &crate::nodes::primnodes::Query) -> &[TargetEntry] {
    use crate::nodes::primnodes::CmdType;
    if query.command_type == CmdType::CmdSelect {
        &query.target_list
    } else {
        &query.returning_list
    }
}

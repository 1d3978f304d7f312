//! Which query an aggregate belongs to, by the variables it uses (PostgreSQL: check_agg_arguments,
//! parser/parse_agg.c; locate_agg_of_level, rewrite/rewriteManip.c).

use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{
    NodeRef, expr_location, expression_tree_walker, query_tree_walker, walk_expr,
};
use crate::nodes::primnodes::{Expr, Query, TargetEntry};
use crate::parser::errors::error_at;
use crate::pg::sqlstate as state;

/// What an aggregate's arguments refer to, in queries above the one that it stands in.
#[derive(Default)]
struct Levels {
    var: Option<u32>,
    agg: Option<u32>,
    error: Option<Box<PgError>>,
}

impl Levels {
    fn visit(&mut self, node: NodeRef<'_>, sublevels_up: u32) -> bool {
        let expr = match node {
            NodeRef::Expr(expr) => expr,
            NodeRef::Query(query) => {
                return query_tree_walker(query, 0, &mut |n| self.visit(n, sublevels_up + 1));
            }
        };
        let lower = |slot: &mut Option<u32>, level: u32| {
            if let Some(level) = level.checked_sub(sublevels_up) {
                *slot = Some(slot.map_or(level, |old| old.min(level)));
            }
        };
        match expr {
            Expr::Var(var) => lower(&mut self.var, var.varlevelsup),
            Expr::Aggref(agg) => lower(&mut self.agg, agg.agglevelsup),
            Expr::GroupingFunc(grouping) => lower(&mut self.agg, grouping.agglevelsup),
            Expr::FuncExpr(func) if sublevels_up == 0 && func.funcretset => self.set(expr),
            Expr::OpExpr(op) if sublevels_up == 0 && op.opretset => self.set(expr),
            Expr::WindowFunc(wfunc) if sublevels_up == 0 => {
                self.error.get_or_insert_with(|| {
                    let message = "aggregate function calls cannot contain window function calls";
                    Box::new(PgError::new(state::GROUPING_ERROR, message).at(wfunc.location.0))
                });
            }
            _ => {} // says nothing of levels itself
        }
        self.error.is_some() || expression_tree_walker(expr, &mut |n| self.visit(n, sublevels_up))
    }

    fn set(&mut self, expr: &Expr) {
        self.error.get_or_insert_with(|| {
            let message =
                "aggregate function calls cannot contain set-returning function calls";
            Box::new(
                PgError::new(state::FEATURE_NOT_SUPPORTED, message)
                    .hint("You might be able to move the set-returning function into a LATERAL FROM item.")
                    .at(expr_location(expr)),
            )
        });
    }

    fn finish(self) -> PgResult<Levels> {
        match self.error {
            Some(error) => Err((*error).into()),
            None => Ok(self),
        }
    }
}

fn nested<T>(location: i32) -> PgResult<T> {
    error_at(state::GROUPING_ERROR, "aggregate function calls cannot be nested", location)
}

/// How many queries up an aggregate with these arguments belongs (PostgreSQL: check_agg_arguments).
pub(super) fn check_agg_arguments(
    directargs: &[Expr],
    args: &[TargetEntry],
    filter: &Option<Expr>,
) -> PgResult<u32> {
    let mut levels = Levels::default();
    for entry in args {
        levels.visit(NodeRef::Expr(&entry.expr), 0);
    }
    if let Some(filter) = filter {
        levels.visit(NodeRef::Expr(filter), 0);
    }
    let levels = levels.finish()?;
    let agglevel = match (levels.var, levels.agg) {
        (None, None) => 0,
        (Some(level), None) | (None, Some(level)) => level,
        (Some(var), Some(agg)) => var.min(agg),
    };
    if levels.agg == Some(agglevel) {
        let location = args
            .iter()
            .map(|te| &te.expr)
            .chain(filter)
            .find_map(|expr| locate_agg_of_level(expr, agglevel));
        return nested(location.unwrap_or(-1));
    }
    if directargs.is_empty() {
        return Ok(agglevel);
    }
    let mut direct = Levels::default();
    for expr in directargs {
        direct.visit(NodeRef::Expr(expr), 0);
    }
    let direct = direct.finish()?;
    if direct.var.is_some_and(|level| level < agglevel) {
        let message =
            "outer-level aggregate cannot contain a lower-level variable in its direct arguments";
        let location = directargs.iter().find_map(|expr| {
            let mut found = None;
            walk_expr(expr, &mut |e| {
                if let Expr::Var(var) = e
                    && Some(var.varlevelsup) == direct.var
                {
                    found = Some(var.location.0);
                }
                found.is_some()
            });
            found
        });
        return error_at(state::GROUPING_ERROR, message, location.unwrap_or(-1));
    }
    if direct.agg.is_some_and(|level| level <= agglevel) {
        let level = direct.agg.unwrap_or(0);
        let location = directargs.iter().find_map(|expr| locate_agg_of_level(expr, level));
        return nested(location.unwrap_or(-1));
    }
    Ok(agglevel)
}

/// Where an aggregate of the query so many levels up stands in the expression (PostgreSQL: locate_agg_of_level).
pub fn locate_agg_of_level(expr: &Expr, levelsup: u32) -> Option<i32> {
    locate_agg(NodeRef::Expr(expr), levelsup)
}

/// The same in a query.
pub fn locate_agg_in_query(query: &Query, levelsup: u32) -> Option<i32> {
    let mut found = None;
    query_tree_walker(query, 0, &mut |node| {
        found = locate_agg(node, levelsup);
        found.is_some()
    });
    found
}

fn locate_agg(node: NodeRef<'_>, levelsup: u32) -> Option<i32> {
    let expr = match node {
        NodeRef::Expr(expr) => expr,
        NodeRef::Query(query) => return locate_agg_in_query(query, levelsup + 1),
    };
    match expr {
        Expr::Aggref(agg) if agg.agglevelsup == levelsup && agg.location.0 >= 0 => {
            return Some(agg.location.0);
        }
        Expr::GroupingFunc(grouping)
            if grouping.agglevelsup == levelsup && grouping.location.0 >= 0 =>
        {
            return Some(grouping.location.0);
        }
        _ => {} // look below
    }
    let mut found = None;
    expression_tree_walker(expr, &mut |child| {
        found = locate_agg(child, levelsup);
        found.is_some()
    });
    found
}

/// PostgreSQL: contain_aggs_of_level.
pub fn contain_aggs_of_level(expr: &Expr, levelsup: u32) -> bool {
    contains_agg(NodeRef::Expr(expr), levelsup)
}

fn contains_agg(node: NodeRef<'_>, levelsup: u32) -> bool {
    match node {
        NodeRef::Query(query) => {
            query_tree_walker(query, 0, &mut |n| contains_agg(n, levelsup + 1))
        }
        NodeRef::Expr(Expr::Aggref(agg)) if agg.agglevelsup == levelsup => true,
        NodeRef::Expr(Expr::GroupingFunc(g)) if g.agglevelsup == levelsup => true,
        NodeRef::Expr(expr) => expression_tree_walker(expr, &mut |n| contains_agg(n, levelsup)),
    }
}

/// Where the first window function stands (PostgreSQL: locate_windowfunc).
pub fn locate_windowfunc(exprs: &[Expr]) -> Option<i32> {
    exprs.iter().find_map(|expr| {
        let mut found = None;
        walk_expr(expr, &mut |e| {
            if let Expr::WindowFunc(wfunc) = e {
                found = Some(wfunc.location.0);
            }
            found.is_some()
        });
        found
    })
}

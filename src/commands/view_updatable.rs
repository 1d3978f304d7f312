//! Whether a view can be written through without rules or triggers (PostgreSQL: view_query_is_auto_updatable,
//! rewrite/rewriteHandler.c).

use crate::nodes::primnodes::{Expr, JoinTreeNode, Query, RteKind, TargetEntry};

/// Why the view is not automatically updatable; None when it is. `check_cols`: at least one column must be.
pub fn not_auto_updatable(query: &Query, check_cols: bool) -> Option<&'static str> {
    if !query.distinct_clause.is_empty() {
        return Some("Views containing DISTINCT are not automatically updatable.");
    }
    if !query.group_clause.is_empty() || !query.grouping_sets.is_empty() {
        return Some("Views containing GROUP BY are not automatically updatable.");
    }
    if query.having_qual.is_some() {
        return Some("Views containing HAVING are not automatically updatable.");
    }
    if query.set_operations.is_some() {
        return Some(
            "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.",
        );
    }
    if !query.cte_list.is_empty() {
        return Some("Views containing WITH are not automatically updatable.");
    }
    if query.limit_offset.is_some() || query.limit_count.is_some() {
        return Some("Views containing LIMIT or OFFSET are not automatically updatable.");
    }
    if query.has_aggs {
        return Some("Views that return aggregate functions are not automatically updatable.");
    }
    if query.has_window_funcs {
        return Some("Views that return window functions are not automatically updatable.");
    }
    if query.has_target_srfs {
        return Some("Views that return set-returning functions are not automatically updatable.");
    }
    const SINGLE: &str =
        "Views that do not select from a single table or view are not automatically updatable.";
    let [JoinTreeNode::RangeTblRef(index)] = query.jointree.fromlist.as_slice() else {
        return Some(SINGLE);
    };
    let Some(base) = query.rtable.get((*index as usize).wrapping_sub(1)) else {
        return Some(SINGLE);
    };
    match &base.kind {
        RteKind::Relation { relkind: b'r' | b'f' | b'v' | b'p', tablesample, .. } => {
            if tablesample.is_some() {
                return Some("Views containing TABLESAMPLE are not automatically updatable.");
            }
        }
        // Subqueries, functions, joins and the like are no single table.
        _ => return Some(SINGLE),
    }
    if check_cols {
        let mut found = false;
        for target in &query.target_list {
            found |= column_is_updatable(*index, target);
        }
        if !found {
            return Some("Views that have no updatable columns are not automatically updatable.");
        }
    }
    None
}

/// PostgreSQL: view_col_is_auto_updatable.
fn column_is_updatable(base: u32, target: &TargetEntry) -> bool {
    match &target.expr {
        Expr::Var(var) => {
            !target.resjunk && var.varno == base && var.varlevelsup == 0 && var.varattno > 0
        }
        // Only plain columns of the base relation can be written.
        _ => false,
    }
}

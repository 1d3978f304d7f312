//! Which views can be changed, and which of their columns.

use super::{Assigned, Change, Rules, check_generated, check_relation, view_has_instead_trigger};
use crate::catalog::{PgClass, PgRewrite};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::{CmdType, Expr, JoinTreeNode, Query, RteKind, TargetEntry, Var};
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

const NOT_SINGLE: &str =
    "Views that do not select from a single table or view are not automatically updatable.";

/// The query of a view (PostgreSQL: get_view_query).
pub(super) fn get_view_query<'c>(shared: &Shared<'c>, relid: Oid) -> Option<&'c Query> {
    let rule = shared.catalog.find_all::<PgRewrite>(&relid).find(|rule| rule.ev_type == b'1')?;
    rule.ev_action.first()
}

/// The only table of a view's query, and its index; None with the reason when there is none such.
fn base_relation(query: &Query) -> Result<(Oid, u32), &'static str> {
    let [JoinTreeNode::RangeTblRef(rtindex)] = query.jointree.fromlist.as_slice() else {
        return Err(NOT_SINGLE);
    };
    match query.rtable.get((*rtindex as usize).wrapping_sub(1)).map(|rte| &rte.kind) {
        Some(RteKind::Relation { relid, relkind: b'r' | b'f' | b'v' | b'p', tablesample }) => {
            if tablesample.is_some() {
                return Err("Views containing TABLESAMPLE are not automatically updatable.");
            }
            Ok((*relid, *rtindex))
        }
        _ => Err(NOT_SINGLE), // a function, a subquery, a materialized view
    }
}

/// Why the view cannot be changed, None if it can (PostgreSQL: view_query_is_auto_updatable).
pub fn view_query_is_auto_updatable(query: &Query, check_cols: bool) -> Option<&'static str> {
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
    let rtindex = match base_relation(query) {
        Ok((_, rtindex)) => rtindex,
        Err(reason) => return Some(reason),
    };
    let updatable = |te: &TargetEntry| column_is_updatable(te, rtindex).is_ok();
    if check_cols && !query.target_list.iter().any(updatable) {
        return Some("Views that have no updatable columns are not automatically updatable.");
    }
    None
}

/// The column of the base relation that a view's column is, or why it is none (PostgreSQL:
/// view_col_is_auto_updatable).
fn column_is_updatable(te: &TargetEntry, rtindex: u32) -> Result<&Var, &'static str> {
    if te.resjunk {
        return Err("Junk view columns are not updatable.");
    }
    match &te.expr {
        Expr::Var(var) if var.varno == rtindex && var.varlevelsup == 0 => match var.varattno {
            0 => Err("View columns that return whole-row references are not updatable."),
            ..0 => Err("View columns that refer to system columns are not updatable."),
            1.. => Ok(var),
        },
        _ => Err("View columns that are not columns of their base relation are not updatable."), // an expression
    }
}

/// PostgreSQL: error_view_not_updatable.
fn view_not_updatable(class: &PgClass, change: &Change, detail: Option<&str>) -> Stop {
    let command = match change.command {
        CmdType::CmdMerge => {
            change.query.merge_action_list.first().map_or(CmdType::CmdUpdate, |a| a.command_type)
        }
        other => other,
    };
    let (verb, doing, event) = match command {
        CmdType::CmdInsert => ("insert into", "inserting into", "INSERT"),
        CmdType::CmdDelete => ("delete from", "deleting from", "DELETE"),
        _ => ("update", "updating", "UPDATE"), // rows are changed in place
    };
    let error = PgError::new(
        sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!("cannot {verb} view \"{}\"", class.relname),
    );
    let error = match detail {
        Some(detail) => error.detail(detail),
        None => error,
    };
    Stop::from(if change.command == CmdType::CmdMerge {
        error.hint(format!(
            "To enable {doing} the view using MERGE, provide an INSTEAD OF {event} trigger."
        ))
    } else {
        error.hint(format!(
            "To enable {doing} the view, provide an INSTEAD OF {event} trigger or an unconditional ON {event} DO INSTEAD rule."
        ))
    })
}

/// PostgreSQL: process_matched_tle.
fn assigned_twice(shared: &Shared, relid: Oid, attno: i16) -> Stop {
    let class = shared.catalog.get::<PgClass>(relid);
    let name = class.and_then(|c| c.attribute(attno)).map(|a| a.attname.clone());
    PgError::new(
        sqlstate::SYNTAX_ERROR,
        format!("multiple assignments to same column \"{}\"", name.unwrap_or_default()),
    )
    .into()
}

fn has_instead_triggers(shared: &Shared, relid: Oid, change: &Change) -> bool {
    if change.command != CmdType::CmdMerge {
        return view_has_instead_trigger(shared, relid, change.command);
    }
    change
        .query
        .merge_action_list
        .iter()
        .all(|action| view_has_instead_trigger(shared, relid, action.command_type))
}

/// PostgreSQL: rewriteTargetView.
pub(super) fn check_target_view(
    shared: &Shared,
    class: &PgClass,
    change: &Change,
    rules: &Rules,
    depth: u32,
) -> PgResult<()> {
    if has_instead_triggers(shared, class.oid, change) {
        return Ok(());
    }
    if rules.conditional_instead {
        let detail = "Views with conditional DO INSTEAD rules are not automatically updatable.";
        return Err(view_not_updatable(class, change, Some(detail)));
    }
    let Some(view) = get_view_query(shared, class.oid) else {
        return Err(Stop::Unknown(format!("the query of view {} is not known", class.relname)));
    };
    let writes = match change.command {
        CmdType::CmdDelete => false,
        CmdType::CmdMerge => change
            .query
            .merge_action_list
            .iter()
            .any(|a| matches!(a.command_type, CmdType::CmdInsert | CmdType::CmdUpdate)),
        _ => true, // INSERT and UPDATE
    };
    if let Some(detail) = view_query_is_auto_updatable(view, writes) {
        return Err(view_not_updatable(class, change, Some(detail)));
    }
    if change.command == CmdType::CmdMerge
        && change.query.merge_action_list.iter().any(|action| {
            action.command_type != CmdType::CmdNothing
                && view_has_instead_trigger(shared, class.oid, action.command_type)
        })
    {
        let message = format!("cannot merge into view \"{}\"", class.relname);
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message)
            .detail(
                "MERGE is not supported for views with INSTEAD OF triggers for some actions but not all.",
            )
            .hint(
                "To enable merging into the view, either provide a full set of INSTEAD OF triggers or drop the \
                 existing INSTEAD OF triggers.",
            )
            .into());
    }
    let (base, rtindex) =
        base_relation(view).map_err(|detail| view_not_updatable(class, change, Some(detail)))?;
    let mut assigned: Vec<Assigned> = Vec::with_capacity(change.assigned.len());
    let mut given = change.assigned.clone();
    if change.command == CmdType::CmdInsert {
        // A default of the view's own is a value like any other.
        for attribute in class.live_attributes().filter(|a| a.attdef.is_valid()) {
            if !given.iter().any(|value| value.attno == attribute.attnum) {
                given.push(Assigned { attno: attribute.attnum, is_default: true });
            }
        }
    }
    for value in &given {
        let Some(te) = view.target_list.iter().find(|te| te.resno == value.attno) else {
            continue;
        };
        match column_is_updatable(te, rtindex) {
            Ok(var)
                if change.command != CmdType::CmdMerge
                    && assigned.iter().any(|known| known.attno == var.varattno) =>
            {
                return Err(assigned_twice(shared, base, var.varattno));
            }
            Ok(var) => assigned.push(Assigned { attno: var.varattno, ..*value }),
            Err(detail) => {
                let verb = match change.command {
                    CmdType::CmdInsert => "insert into",
                    CmdType::CmdMerge => "merge into",
                    _ => "update", // the only other command that assigns
                };
                let name = class.attribute(value.attno).map(|a| a.attname.clone());
                return Err(PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    format!(
                        "cannot {verb} column \"{}\" of view \"{}\"",
                        name.unwrap_or_default(),
                        class.relname
                    ),
                )
                .detail(detail)
                .into());
            }
        }
    }
    let below = Change {
        query: change.query,
        command: change.command,
        overriding: change.overriding,
        assigned,
    };
    if depth > 100 {
        return Ok(());
    }
    if let Some(base_class) = shared.catalog.get::<PgClass>(base) {
        check_generated(base_class, &below)?;
    }
    check_relation(shared, base, &below, depth + 1)
}

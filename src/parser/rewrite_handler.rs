//! What the rewriter and the planner refuse in a statement that is about to run: views that cannot be changed, values
//! for generated columns, ON CONFLICT without an index (PostgreSQL: rewrite/rewriteHandler.c).

mod arbiter;
mod row_marks;
mod views;

use crate::catalog::{PgClass, PgRewrite, PgTrigger};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::node_funcs::{NodeRef, expression_tree_walker, query_tree_walker};
use crate::nodes::primnodes::{
    CmdType, Expr, OverridingKind, Query, RangeTblEntry, RteKind, TargetEntry,
};
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// One column that a statement gives a value.
#[derive(Clone, Copy, PartialEq)]
struct Assigned {
    attno: i16,
    /// DEFAULT, or a column of VALUES that holds nothing but DEFAULT.
    is_default: bool,
}

/// What is done to a relation.
struct Change<'q> {
    query: &'q Query,
    command: CmdType,
    overriding: OverridingKind,
    assigned: Vec<Assigned>,
}

/// Checks a statement that is about to be executed (PostgreSQL: QueryRewrite, and infer_arbiter_indexes of the planner).
pub fn query_rewrite(shared: &Shared, query: &Query) -> PgResult<()> {
    for cte in &query.cte_list {
        if cte.ctequery.command_type != CmdType::CmdSelect {
            query_rewrite(shared, &cte.ctequery)?;
        }
    }
    row_marks::check_row_marks(shared, query)?;
    if !matches!(
        query.command_type,
        CmdType::CmdInsert | CmdType::CmdUpdate | CmdType::CmdDelete | CmdType::CmdMerge
    ) {
        return Ok(());
    }
    let target = query.rtable.get((query.result_relation as usize).wrapping_sub(1));
    let Some(RangeTblEntry { kind: RteKind::Relation { relid, .. }, .. }) = target else {
        return Ok(());
    };
    if query.command_type == CmdType::CmdMerge {
        let mut merged = Vec::new();
        for action in &query.merge_action_list {
            let change = Change {
                query,
                command: action.command_type,
                overriding: action.override_,
                assigned: assigned(shared, query, *relid, &action.target_list)?,
            };
            if let Some(class) = shared.catalog.get::<PgClass>(*relid) {
                check_generated(class, &change)?;
            }
            if matches!(change.command, CmdType::CmdInsert | CmdType::CmdUpdate) {
                merged.extend(change.assigned);
            }
        }
        let merge = Change {
            query,
            command: CmdType::CmdMerge,
            overriding: OverridingKind::OverridingNotSet,
            assigned: merged,
        };
        return check_relation(shared, *relid, &merge, 0);
    }
    let mut change = Change {
        query,
        command: query.command_type,
        overriding: query.override_,
        assigned: assigned(shared, query, *relid, &query.target_list)?,
    };
    if let Some(conflict) = &query.on_conflict
        && is_view(shared, *relid)
    {
        for te in &conflict.on_conflict_set {
            if !change.assigned.iter().any(|known| known.attno == te.resno) {
                change.assigned.push(Assigned { attno: te.resno, is_default: true });
            }
        }
    }
    check_relation(shared, *relid, &change, 0)?;
    if let Some(conflict) = &query.on_conflict {
        let update = Change {
            query,
            command: CmdType::CmdUpdate,
            overriding: OverridingKind::OverridingNotSet,
            assigned: assigned(shared, query, *relid, &conflict.on_conflict_set)?,
        };
        if let Some(class) = shared.catalog.get::<PgClass>(*relid) {
            check_generated(class, &update)?;
            if class.relkind != b'v' {
                arbiter::infer_arbiter_indexes(shared, class, query, conflict)?;
            }
        }
    }
    Ok(())
}

/// The columns assigned to; two whole assignments to one are refused (PostgreSQL: process_matched_tle).
fn assigned(
    shared: &Shared,
    query: &Query,
    relid: Oid,
    target_list: &[TargetEntry],
) -> PgResult<Vec<Assigned>> {
    let mut out: Vec<Assigned> = Vec::with_capacity(target_list.len());
    let mut partial: Vec<i16> = Vec::new();
    for te in target_list.iter().filter(|te| !te.resjunk) {
        let is_partial = is_part_assignment(&te.expr);
        if out.iter().any(|other| other.attno == te.resno) {
            if !is_partial || !partial.contains(&te.resno) {
                let class = shared.catalog.get::<PgClass>(relid);
                let name = class.and_then(|c| c.attribute(te.resno)).map(|a| a.attname.clone());
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!("multiple assignments to same column \"{}\"", name.unwrap_or_default()),
                )
                .into());
            }
            continue;
        }
        if is_partial {
            partial.push(te.resno);
        }
        out.push(Assigned { attno: te.resno, is_default: is_default(query, &te.expr) });
    }
    Ok(out)
}

fn is_part_assignment(expr: &Expr) -> bool {
    match expr {
        Expr::FieldStore(_) => true,
        Expr::SubscriptingRef(subscript) => subscript.refassgnexpr.is_some(),
        Expr::CoerceToDomain(coerce) => is_part_assignment(&coerce.arg),
        _ => false, // the whole column
    }
}

/// Whether the value is DEFAULT, in every row if it comes from VALUES (PostgreSQL: findDefaultOnlyColumns).
fn is_default(query: &Query, expr: &Expr) -> bool {
    match expr {
        Expr::SetToDefault { .. } => true,
        Expr::Var(var) if var.varlevelsup == 0 && var.varattno > 0 => {
            let rte = query.rtable.get((var.varno as usize).wrapping_sub(1));
            let Some(RangeTblEntry { kind: RteKind::Values { lists, .. }, .. }) = rte else {
                return false;
            };
            let column = var.varattno as usize - 1;
            lists.iter().all(|row| matches!(row.get(column), Some(Expr::SetToDefault { .. })))
        }
        _ => false, // any other value
    }
}

/// Only DEFAULT may go into generated columns (PostgreSQL: rewriteTargetListIU).
fn check_generated(class: &PgClass, change: &Change) -> PgResult<()> {
    for attribute in class.live_attributes() {
        let Some(value) = change.assigned.iter().find(|a| a.attno == attribute.attnum) else {
            continue;
        };
        if value.is_default {
            continue;
        }
        let name = &attribute.attname;
        let always = attribute.attidentity == b'a';
        let refused = match change.command {
            CmdType::CmdInsert => {
                always && change.overriding == OverridingKind::OverridingNotSet
                    || attribute.attgenerated != 0
            }
            CmdType::CmdUpdate => always || attribute.attgenerated != 0,
            _ => false, // nothing is assigned
        };
        if !refused {
            continue;
        }
        let insert = change.command == CmdType::CmdInsert;
        let message = if insert {
            format!("cannot insert a non-DEFAULT value into column \"{name}\"")
        } else {
            format!("column \"{name}\" can only be updated to DEFAULT")
        };
        let error = PgError::new(sqlstate::GENERATED_ALWAYS, message);
        return Err(Stop::from(if attribute.attgenerated != 0 {
            error.detail(format!("Column \"{name}\" is a generated column."))
        } else {
            let error = error.detail(format!(
                "Column \"{name}\" is an identity column defined as GENERATED ALWAYS."
            ));
            if insert { error.hint("Use OVERRIDING SYSTEM VALUE to override.") } else { error }
        }));
    }
    Ok(())
}

fn is_view(shared: &Shared, relid: Oid) -> bool {
    shared.catalog.get::<PgClass>(relid).is_some_and(|class| class.relkind == b'v')
}

/// Rules on the relation for the command, and whether they replace it.
struct Rules {
    /// Whether any of them does something.
    any: bool,
    instead: bool,
    conditional_instead: bool,
    returning: bool,
}

fn event_type(command: CmdType) -> u8 {
    match command {
        CmdType::CmdUpdate => b'2',
        CmdType::CmdInsert => b'3',
        CmdType::CmdDelete => b'4',
        _ => 0, // rules know no other command
    }
}

/// PostgreSQL: matchLocks and fireRules.
fn rules_of(shared: &Shared, relid: Oid, command: CmdType) -> Rules {
    let mut rules =
        Rules { any: false, instead: false, conditional_instead: false, returning: false };
    let event = event_type(command);
    for rule in shared.catalog.find_all::<PgRewrite>(&relid) {
        if rule.ev_type != event || !matches!(rule.ev_enabled, b'O' | b'A') {
            continue;
        }
        rules.any |= rule.ev_action.iter().any(|a| a.command_type != CmdType::CmdNothing);
        rules.returning |= rule.ev_action.iter().any(|action| !action.returning_list.is_empty());
        if rule.is_instead {
            if rule.ev_qual.is_some() {
                rules.conditional_instead = true;
            } else {
                rules.instead = true;
            }
        }
    }
    rules
}

/// PostgreSQL: view_has_instead_trigger.
fn view_has_instead_trigger(shared: &Shared, relid: Oid, command: CmdType) -> bool {
    const INSTEAD: i16 = 64;
    let event = match command {
        CmdType::CmdInsert => 4,
        CmdType::CmdDelete => 8,
        CmdType::CmdUpdate => 16,
        _ => return true, // no other command has triggers of its own
    };
    shared
        .catalog
        .find_all::<PgTrigger>(&relid)
        .any(|t| t.tgtype & INSTEAD != 0 && t.tgtype & event != 0)
}

/// Rules, then the relation itself or what lies under a view (PostgreSQL: RewriteQuery).
fn check_relation(shared: &Shared, relid: Oid, change: &Change, depth: u32) -> PgResult<()> {
    let Some(class) = shared.catalog.get::<PgClass>(relid) else { return Ok(()) };
    if class.relkind != b'v' || depth == 0 {
        check_generated(class, change)?;
    }
    if change.command == CmdType::CmdMerge
        && shared
            .catalog
            .find_all::<PgRewrite>(&relid)
            .any(|rule| rule.ev_type != b'1' && matches!(rule.ev_enabled, b'O' | b'A'))
    {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot execute MERGE on relation \"{}\"", class.relname),
        )
        .detail("MERGE is not supported for relations with rules.")
        .into());
    }
    let rules = rules_of(shared, relid, change.command);
    if class.relkind == b'v' && !rules.instead {
        views::check_target_view(shared, class, change, &rules, depth)?;
    } else if !rules.instead {
        check_valid_result_rel(class)?;
    }
    if (rules.instead || rules.conditional_instead)
        && !change.query.returning_list.is_empty()
        && !rules.returning
    {
        let command = match change.command {
            CmdType::CmdInsert => "INSERT",
            CmdType::CmdUpdate => "UPDATE",
            _ => "DELETE", // rules know no other command
        };
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot perform {command} RETURNING on relation \"{}\"", class.relname),
        )
        .hint(format!(
            "You need an unconditional ON {command} DO INSTEAD rule with a RETURNING clause."
        ))
        .into());
    }
    let mut on_relation = shared.catalog.find_all::<PgRewrite>(&relid);
    let mut updates = || on_relation.any(|rule| rule.ev_type == event_type(CmdType::CmdUpdate));
    if change.query.on_conflict.is_some() && (rules.any || updates()) {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "INSERT with ON CONFLICT clause cannot be used with table that has INSERT or UPDATE rules",
        )
        .into());
    }
    Ok(())
}

/// Kinds of relation whose rows cannot be changed by hand (PostgreSQL: CheckValidResultRel, executor/execMain.c).
fn check_valid_result_rel(class: &PgClass) -> PgResult<()> {
    let what = match class.relkind {
        b'S' => "sequence",
        b't' => "TOAST relation",
        b'm' => "materialized view",
        _ => return Ok(()), // tables of all kinds
    };
    Err(PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot change {what} \"{}\"", class.relname),
    )
    .into())
}

/// A materialized view without data cannot be read (PostgreSQL: ExecOpenScanRelation, executor/execUtils.c).
pub fn check_populated(shared: &Shared, query: &Query) -> PgResult<()> {
    match unpopulated(shared, query, &mut Vec::new()) {
        None => Ok(()),
        Some(name) => Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("materialized view \"{name}\" has not been populated"),
        )
        .hint("Use the REFRESH MATERIALIZED VIEW command.")
        .into()),
    }
}

fn unpopulated(shared: &Shared, query: &Query, seen: &mut Vec<Oid>) -> Option<String> {
    for (i, rte) in query.rtable.iter().enumerate() {
        let RteKind::Relation { relid, relkind, .. } = rte.kind else { continue };
        if i + 1 == query.result_relation as usize || !matches!(relkind, b'm' | b'v') {
            continue;
        }
        let class = shared.catalog.get::<PgClass>(relid)?;
        if relkind == b'm' && !class.relispopulated {
            return Some(class.relname.to_string());
        }
        if relkind == b'v' && !seen.contains(&relid) {
            seen.push(relid);
            let rule = shared.catalog.find_all::<PgRewrite>(&relid).find(|r| r.ev_type == b'1');
            let found = rule
                .and_then(|r| r.ev_action.first())
                .and_then(|view| unpopulated(shared, view, seen));
            if found.is_some() {
                return found;
            }
        }
    }
    let mut found = None;
    query_tree_walker(query, 0, &mut |node| {
        found = below(shared, node, seen);
        found.is_some()
    });
    found
}

fn below(shared: &Shared, node: NodeRef<'_>, seen: &mut Vec<Oid>) -> Option<String> {
    match node {
        NodeRef::Query(query) => unpopulated(shared, query, seen),
        NodeRef::Expr(expr) => {
            let mut found = None;
            expression_tree_walker(expr, &mut |child| {
                found = below(shared, child, seen);
                found.is_some()
            });
            found
        }
    }
}

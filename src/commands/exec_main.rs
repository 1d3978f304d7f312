//! Who may run a query: privileges on its relations and functions, also behind views and rules, and row security
//! (PostgreSQL: ExecCheckPermissions, executor/execMain.c; fireRIRrules and rewriteTargetView,
//! rewrite/rewriteHandler.c; rewrite/rowsecurity.c).

mod privileges;
mod replica_identity;
mod row_security;
mod rules;
mod sequences;

use std::collections::BTreeSet;

use super::Context;
use super::command_tag::query_tag;
use crate::catalog::acl::privilege;
use crate::catalog::guc::settings::parse_bool;
use crate::catalog::{Catalog, PgClass, PgRewrite, PgTrigger};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::node_funcs::{NodeRef, expression_tree_walker, query_tree_walker};
use crate::nodes::primnodes::{
    CmdType, Expr, JoinTreeNode, Permissions, Query, RangeTblEntry, RteKind, TargetEntry,
};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
pub(super) use privileges::check_function;
pub(super) use row_security::RowSecurity;
pub(super) use rules::check_one_query;

/// Attribute numbers are noted above this one (PostgreSQL: FirstLowInvalidHeapAttributeNumber).
const FIRST_LOW_INVALID_ATTRIBUTE: i16 = -7;

/// How many queries one statement may come to behind its views and policies before nothing is said of it.
const MOST_QUERIES: usize = 20_000;

/// How deeply views may lie in one another before nothing is said.
const MOST_DEPTH: usize = 400;

/// Checks an analysed statement that is about to run.
pub fn exec_check_permissions(context: &Context, query: &Query) -> PgResult<()> {
    check_as(context, query, context.session.current_user)
}

/// As `exec_check_permissions`, as a role of its own: a materialized view's owner.
pub fn check_as(context: &Context, query: &Query, user: Oid) -> PgResult<()> {
    let mut rewrite = Rewrite::new(context, user);
    rewrite.statement(query, user)?;
    if rewrite.queries >= MOST_QUERIES {
        return unknown("the privileges of a query with that many views are not worked out");
    }
    let Rewrite { checks, functions, locked, changed, denied, .. } = rewrite;
    if context.session.transaction.read_only {
        check_read_only(context, query, &checks)?;
    }
    for check in &checks {
        privileges::check_relation(context, check)?;
    }
    for relid in locked {
        check_valid_row_mark_rel(context, relid)?;
    }
    for (relid, command, all_rows) in changed {
        replica_identity::check_tree(context, relid, command, all_rows)?;
    }
    for call in &functions {
        privileges::check_call(context, *call, user)?;
    }
    sequences::check_values_read(context, query, user)?;
    denied.map_or(Ok(()), |table| row_security::refuse_row(context, table))
}

/// Only temporary tables are written in a read-only transaction (PostgreSQL: ExecCheckXactReadOnly).
fn check_read_only(context: &Context, query: &Query, checks: &[Check]) -> PgResult<()> {
    for check in checks.iter().filter(|check| check.perms.required & !privilege::SELECT != 0) {
        let class = context.catalog.get::<PgClass>(check.relid);
        if class.is_none_or(|class| Some(class.relnamespace) != context.session.temp_namespace) {
            return context.session.transaction.prevent_if_read_only(query_tag(query));
        }
    }
    Ok(())
}

/// PostgreSQL: CheckValidRowMarkRel.
fn check_valid_row_mark_rel(context: &Context, relid: Oid) -> PgResult<()> {
    let Some(class) = context.catalog.get::<PgClass>(relid) else { return Ok(()) };
    let what = match class.relkind {
        b'S' => "sequence",
        b't' => "TOAST relation",
        b'm' => "materialized view",
        _ => return Ok(()), // tables, and views, whose own tables are locked
    };
    Err(PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot lock rows in {what} \"{}\"", class.relname),
    )
    .into())
}

/// COPY of a table's columns: what the role may, and whether row security applies (PostgreSQL: DoCopy).
pub(super) fn check_copy(
    context: &Context,
    class: &PgClass,
    columns: &[i16],
    is_from: bool,
) -> PgResult<RowSecurity> {
    let user = context.session.current_user;
    let numbers: Vec<i16> = columns.iter().map(|n| n - FIRST_LOW_INVALID_ATTRIBUTE).collect();
    let perms = if is_from {
        Permissions {
            required: privilege::INSERT,
            inserted_cols: numbers,
            ..Permissions::default()
        }
    } else {
        Permissions {
            required: privilege::SELECT,
            selected_cols: numbers,
            ..Permissions::default()
        }
    };
    privileges::check_relation(context, &Check { relid: class.oid, user, perms })?;
    row_security::check_enable_rls(context, class, user)
}

/// Whether the INSERT has rows of its own: VALUES or DEFAULT VALUES.
fn gives_rows(query: &Query) -> bool {
    query.jointree.quals.is_none()
        && query.jointree.fromlist.iter().all(|node| match node {
            JoinTreeNode::RangeTblRef(rti) => {
                let rte = query.rtable.get((*rti as usize).wrapping_sub(1));
                matches!(rte.map(|rte| &rte.kind), Some(RteKind::Values { .. }))
            }
            JoinTreeNode::Join(_) => false,
        })
}

/// One relation with the privileges that the role needs on it (PostgreSQL: RTEPermissionInfo).
struct Check {
    relid: Oid,
    user: Oid,
    perms: Permissions,
}

/// What calls a function, as errors name it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    function: Oid,
    aggregate: bool,
}

/// Follows a statement through views, rules and policies.
struct Rewrite<'c> {
    context: &'c Context<'c>,
    catalog: &'c Catalog,
    /// The role that runs the statement.
    user: Oid,
    checks: Vec<Check>,
    functions: BTreeSet<Call>,
    /// Views already followed for a role.
    followed: BTreeSet<(Oid, Oid, bool)>,
    /// Tables whose policies are being expanded (PostgreSQL: activeRIRs).
    active: Vec<Oid>,
    /// Tables and events whose rules are being expanded (PostgreSQL: rewrite_events).
    rewriting: Vec<(Oid, u8)>,
    queries: usize,
    depth: usize,
    /// Whether the view being followed is read FOR UPDATE or FOR SHARE (PostgreSQL: markQueryForLocking).
    locking: bool,
    /// Relations that are read FOR UPDATE or FOR SHARE.
    locked: Vec<Oid>,
    /// Tables whose rows are updated or deleted, and whether all of them.
    changed: Vec<(Oid, CmdType, bool)>,
    /// A table that row security lets no row into, though the statement has rows for it.
    denied: Option<Oid>,
}

/// Whether the view reads as its user rather than its owner (PostgreSQL: RelationHasSecurityInvoker).
fn is_security_invoker(class: &PgClass) -> bool {
    let option = class.reloptions.iter().find(|(name, _)| name.as_ref() == "security_invoker");
    option.is_some_and(|(_, value)| parse_bool(value).unwrap_or(false))
}

impl<'c> Rewrite<'c> {
    fn new(context: &'c Context<'c>, user: Oid) -> Rewrite<'c> {
        Rewrite {
            context,
            catalog: context.catalog,
            user,
            checks: Vec::new(),
            functions: BTreeSet::new(),
            followed: BTreeSet::new(),
            active: Vec::new(),
            rewriting: Vec::new(),
            queries: 0,
            depth: 0,
            locking: false,
            locked: Vec::new(),
            changed: Vec::new(),
            denied: None,
        }
    }

    /// A statement or a data-modifying WITH query: its rules first (PostgreSQL: RewriteQuery).
    fn statement(&mut self, query: &Query, user: Oid) -> PgResult<()> {
        let event = rules::event(query.command_type);
        let target = result_relation(query);
        let Some((relid, _)) = target.filter(|_| event != 0) else {
            return self.query(query, user);
        };
        let mut instead = false;
        for rule in self.catalog.find_all::<PgRewrite>(&relid) {
            if rule.ev_type != event || !matches!(rule.ev_enabled, b'O' | b'A') {
                continue;
            }
            instead |= rule.is_instead && rule.ev_qual.is_none();
            let class = self.catalog.get::<PgClass>(relid);
            let owner = class.map_or(user, |class| class.relowner);
            let acts = rule.ev_action.iter().any(|a| a.command_type != CmdType::CmdNothing);
            if acts && self.rewriting.contains(&(relid, event)) {
                let name = class.map_or("", |class| class.relname.as_str());
                let message =
                    format!("infinite recursion detected in rules for relation \"{name}\"");
                return Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into());
            }
            self.rewriting.push((relid, event));
            for action in rule.ev_action.iter().filter(|a| a.command_type != CmdType::CmdNothing) {
                self.entries(query, user, None)?;
                self.rule_action(action, owner)?;
            }
            self.rewriting.pop();
        }
        if instead { Ok(()) } else { self.query(query, user) }
    }

    /// A rule's action, read as the owner of the rule's relation.
    fn rule_action(&mut self, action: &Query, owner: Oid) -> PgResult<()> {
        if !self.enter() {
            return Ok(());
        }
        let result = self.statement(action, owner);
        self.depth -= 1;
        result
    }

    fn enter(&mut self) -> bool {
        if self.depth >= MOST_DEPTH || self.queries >= MOST_QUERIES {
            self.queries = MOST_QUERIES;
            return false;
        }
        self.queries += 1;
        self.depth += 1;
        true
    }

    /// A query and everything in it (PostgreSQL: fireRIRrules).
    fn query(&mut self, query: &Query, user: Oid) -> PgResult<()> {
        if !self.enter() {
            return Ok(());
        }
        let result = self.query_inside(query, user);
        self.depth -= 1;
        result
    }

    fn query_inside(&mut self, query: &Query, user: Oid) -> PgResult<()> {
        let target = result_relation(query);
        self.entries(query, user, target.map(|(_, index)| index))?;
        if let Some((relid, index)) = target {
            let perms = query.rtable[index].perms.clone();
            self.target(relid, perms, query, user)?;
        }
        self.expressions(NodeRef::Query(query), user)
    }

    /// The relations of the range table; `target` is the one that is written, whose view is not read.
    fn entries(&mut self, query: &Query, user: Oid, target: Option<usize>) -> PgResult<()> {
        for (index, rte) in query.rtable.iter().enumerate() {
            let RteKind::Relation { relid, relkind, .. } = rte.kind else { continue };
            if is_rule_entry(query, rte, index) {
                continue;
            }
            let mut perms = rte.perms.clone();
            if self.locking && perms.required != 0 {
                perms.required |= privilege::UPDATE;
            }
            self.require(relid, user, perms);
            let locked = query.row_marks.iter().any(|mark| mark.rti as usize == index + 1);
            if locked || self.locking {
                self.locked.push(relid);
            }
            if target == Some(index) {
                continue;
            }
            if relkind == b'v' {
                self.view(relid, self.locking || locked)?;
            } else if matches!(relkind, b'r' | b'p') && rte.perms.required != 0 {
                row_security::policies_for_entry(self, relid, rte, query, user)?;
            }
        }
        Ok(())
    }

    fn require(&mut self, relid: Oid, user: Oid, perms: Permissions) {
        if perms.required != 0 {
            self.checks.push(Check { relid, user, perms });
        }
    }

    /// The role that a view's relations are read as, when it is read as `user`.
    fn view_user(&self, class: &PgClass) -> Oid {
        if is_security_invoker(class) { self.user } else { class.relowner }
    }

    /// Reads a view (PostgreSQL: ApplyRetrieveRule).
    fn view(&mut self, relid: Oid, locking: bool) -> PgResult<()> {
        let Some(class) = self.catalog.get::<PgClass>(relid) else { return Ok(()) };
        let owner = self.view_user(class);
        // Behind a policy a view is followed again: it may lead back to the policy's table.
        if !self.followed.insert((relid, owner, locking)) && self.active.is_empty() {
            return Ok(());
        }
        let Some(query) = view_query(self.catalog, relid) else { return Ok(()) };
        let outer = std::mem::replace(&mut self.locking, locking);
        let result = self.query(query, owner);
        self.locking = outer;
        result
    }

    /// The relation that is written, down through views (PostgreSQL: rewriteTargetView).
    fn target(&mut self, relid: Oid, perms: Permissions, query: &Query, user: Oid) -> PgResult<()> {
        let (mut relid, mut perms, mut user) = (relid, perms, user);
        for _ in 0..MOST_DEPTH {
            let Some(class) = self.catalog.get::<PgClass>(relid) else { return Ok(()) };
            if class.relkind != b'v' {
                self.note_change(relid, query);
                return row_security::policies_for_target(self, class, &perms, query, user);
            }
            if self.has_instead_trigger(relid, query) {
                return if query.command_type == CmdType::CmdInsert {
                    Ok(())
                } else {
                    self.view(relid, false)
                };
            }
            let Some(view) = view_query(self.catalog, relid) else { return Ok(()) };
            let [JoinTreeNode::RangeTblRef(rtindex)] = view.jointree.fromlist.as_slice() else {
                return Ok(());
            };
            let Some(rte) = view.rtable.get((*rtindex as usize).wrapping_sub(1)) else {
                return Ok(());
            };
            let RteKind::Relation { relid: base, .. } = rte.kind else { return Ok(()) };
            user = self.view_user(class);
            perms = Permissions {
                required: perms.required,
                selected_cols: rte.perms.selected_cols.clone(),
                inserted_cols: view_columns(&perms.inserted_cols, &view.target_list),
                updated_cols: view_columns(&perms.updated_cols, &view.target_list),
            };
            self.require(base, user, perms.clone());
            if let Some(qual) = &view.jointree.quals {
                self.qual(qual, user)?;
            }
            relid = base;
        }
        Ok(())
    }

    /// Notes that the statement updates or deletes rows of the table.
    fn note_change(&mut self, relid: Oid, query: &Query) {
        let commands: Vec<CmdType> = match query.command_type {
            CmdType::CmdMerge => query.merge_action_list.iter().map(|a| a.command_type).collect(),
            command => vec![command],
        };
        let all_rows = query.command_type != CmdType::CmdMerge && query.jointree.quals.is_none();
        for command in commands {
            if matches!(command, CmdType::CmdUpdate | CmdType::CmdDelete) {
                self.changed.push((relid, command, all_rows));
            }
        }
    }

    fn has_instead_trigger(&self, relid: Oid, query: &Query) -> bool {
        const INSTEAD: i16 = 64;
        let event = |command: CmdType| match command {
            CmdType::CmdInsert => 4,
            CmdType::CmdDelete => 8,
            CmdType::CmdUpdate => 16,
            _ => 0, // no other command has triggers of its own
        };
        let wanted = match query.command_type {
            CmdType::CmdMerge => {
                query.merge_action_list.iter().fold(0, |all, a| all | event(a.command_type))
            }
            command => event(command),
        };
        let mut triggers = self.catalog.find_all::<PgTrigger>(&relid);
        triggers.any(|t| t.tgtype & INSTEAD != 0 && t.tgtype & wanted != 0)
    }

    /// Functions that are called, and the queries that stand in expressions and range tables.
    fn expressions(&mut self, node: NodeRef<'_>, user: Oid) -> PgResult<()> {
        let mut result = Ok(());
        let mut visit = |child: NodeRef<'_>| {
            result = match child {
                NodeRef::Query(query) if query.result_relation != 0 => {
                    check_one_query(self.catalog, query, "data-modifying statements in WITH")
                        .and_then(|()| self.statement(query, user))
                }
                NodeRef::Query(query) => self.query(query, user),
                NodeRef::Expr(expr) => {
                    self.functions.extend(called(expr));
                    self.expressions(child, user)
                }
            };
            result.is_err()
        };
        match node {
            NodeRef::Query(query) => query_tree_walker(query, 0, &mut visit),
            NodeRef::Expr(expr) => expression_tree_walker(expr, &mut visit),
        };
        result
    }

    /// A qualification and everything in it.
    fn qual(&mut self, qual: &Expr, user: Oid) -> PgResult<()> {
        self.functions.extend(called(qual));
        self.expressions(NodeRef::Expr(qual), user)
    }
}

/// The function that the expression itself calls.
fn called(expr: &Expr) -> Option<Call> {
    let function = match expr {
        Expr::FuncExpr(call) => call.funcid,
        Expr::OpExpr(op) | Expr::DistinctExpr(op) | Expr::NullIfExpr(op) => op.opfuncid,
        Expr::ScalarArrayOpExpr(op) => op.opfuncid,
        Expr::WindowFunc(call) => call.winfnoid,
        Expr::Aggref(call) => call.aggfnoid,
        _ => return None, // no other expression calls a function by its name
    };
    Some(Call { function, aggregate: matches!(expr, Expr::Aggref(_)) })
}

/// The relation that the query writes, and where it stands in the range table.
fn result_relation(query: &Query) -> Option<(Oid, usize)> {
    let index = (query.result_relation as usize).checked_sub(1)?;
    match query.rtable.get(index)?.kind {
        RteKind::Relation { relid, .. } => Some((relid, index)),
        _ => None, // nothing else can be written
    }
}

/// OLD and NEW of a rule's action, which ask for nothing (PostgreSQL: transformRuleStmt).
fn is_rule_entry(query: &Query, rte: &RangeTblEntry, index: usize) -> bool {
    let name = |at: usize| query.rtable.get(at).map(|rte| rte.eref.aliasname.as_str());
    let rule = name(0) == Some("old") && name(1) == Some("new");
    rule && index < 2 && !rte.in_from_cl
}

fn view_query(catalog: &Catalog, relid: Oid) -> Option<&Query> {
    let rule = catalog.find_all::<PgRewrite>(&relid).find(|rule| rule.ev_type == b'1')?;
    rule.ev_action.first()
}

/// A view's columns as its base relation's (PostgreSQL: adjust_view_column_set).
fn view_columns(columns: &[i16], target_list: &[TargetEntry]) -> Vec<i16> {
    let mut mapped = Vec::with_capacity(columns.len());
    for column in columns {
        let attnum = column + FIRST_LOW_INVALID_ATTRIBUTE;
        for te in target_list.iter().filter(|te| !te.resjunk) {
            if let Expr::Var(var) = &te.expr
                && (attnum == 0 || te.resno == attnum)
            {
                mapped.push(var.varattno - FIRST_LOW_INVALID_ATTRIBUTE);
            }
        }
    }
    mapped
}

/// Whether the privileges include reading.
fn reads(perms: &Permissions) -> bool {
    perms.required & privilege::SELECT != 0
}

//! Statements that read and write rows: analysed as PostgreSQL does, not executed (PostgreSQL: parse_analyze and
//! QueryRewrite as exec_simple_query calls them).

use super::effects::may_change_catalog;
use super::exec_main::exec_check_permissions;
use super::query_relation::{QueryColumn, query_columns};
use super::{Context, contents, pl_host};
use crate::executor::{self, refuse_constants};
use crate::findings::{PgResult, unknown};
use crate::nodes::node_funcs::walk_query;
use crate::nodes::primnodes::{CmdType, Expr, Query};
use crate::nodes::tree::{CreateTableAsStmt, Node, ObjectType, SelectStmt};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_node::ParamSource;
use crate::parser::rewrite_handler::{check_populated, query_rewrite};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE at top level.
pub fn optimizable(context: &mut Context, statement: &Node) -> PgResult<()> {
    if let Node::SelectStmt(select) = statement
        && let Some(create) = select_into(select)
    {
        return super::createas::create_table_as(context, &create, ParamSource::None);
    }
    let query = parse_analyze(context.shared(), statement, ParamSource::None)?;
    if pl_host::calls_bodies(context, &query) {
        query_rewrite(&context.shared(), &query)?;
        refuse_constants(&context.shared(), &query)?;
        exec_check_permissions(context, &query)?;
        check_populated(&context.shared(), &query)?;
        return pl_host::run_query(context, &query);
    }
    check_effects(context, &query)
}

/// A row of an answer as a client gets it: columns' names and texts, None for NULL.
pub type AnswerRow = Vec<(Name, Option<String>)>;

/// What a query answers, without running it in earnest; nothing where it is no query or cannot be told.
pub fn answer(context: &Context, statement: &Node) -> Option<Vec<AnswerRow>> {
    if !matches!(statement, Node::SelectStmt(select) if select_into(select).is_none()) {
        return None;
    }
    let shared = context.shared();
    let query = parse_analyze(shared, statement, ParamSource::None).ok()?;
    let columns = query_columns(&query);
    let rows = executor::evaluate(&query, shared).ok()?;
    let text = |row: Vec<_>| -> Option<AnswerRow> {
        let named = columns.iter().zip(&row);
        let cell = |(column, value): (&QueryColumn, _)| {
            Some((column.name.clone(), executor::printed(shared, value, column.type_oid)?))
        };
        named.map(cell).collect()
    };
    rows.into_iter().map(text).collect()
}

/// `SELECT … INTO t` as the CREATE TABLE AS that it is (PostgreSQL: transformOptionalSelectInto).
pub fn select_into(select: &SelectStmt) -> Option<CreateTableAsStmt> {
    let mut leftmost = select;
    while let Some(left) = &leftmost.larg {
        leftmost = left;
    }
    let into = leftmost.into_clause.clone()?;
    let mut query = select.clone();
    take_into(&mut query);
    Some(CreateTableAsStmt {
        query: Some(Node::SelectStmt(Box::new(query))),
        into: Some(into),
        objtype: ObjectType::ObjectTable,
        is_select_into: true,
        if_not_exists: false,
    })
}

fn take_into(select: &mut SelectStmt) {
    let mut leftmost = select;
    loop {
        leftmost.into_clause = None;
        match &mut leftmost.larg {
            Some(left) => leftmost = left,
            None => return,
        }
    }
}

/// What the rewriter and the executor refuse of an analysed query, what it does to rows that are known, and whether
/// running it could change the catalog in ways that cannot be told.
pub fn check_effects(context: &mut Context, query: &Query) -> PgResult<()> {
    query_rewrite(&context.shared(), query)?;
    refuse_constants(&context.shared(), query)?;
    exec_check_permissions(context, query)?;
    check_populated(&context.shared(), query)?;
    let mut functions: Vec<Oid> = Vec::new();
    walk_query(query, &mut |expr| {
        match expr {
            Expr::FuncExpr(call) => functions.push(call.funcid),
            Expr::OpExpr(operation) => functions.push(operation.opfuncid),
            // No other expression calls a function of the user's.
            _ => {}
        }
        false
    });
    if let Some(reason) = may_change_catalog(context, &functions) {
        // A query whose rows can be told without calling them calls none (a branch of CASE that is not taken).
        let told = query.command_type == CmdType::CmdSelect
            && executor::evaluate(query, context.shared()).is_ok();
        if !told {
            return unknown(reason);
        }
    }
    contents::carry_out(context, query).map(drop)
}

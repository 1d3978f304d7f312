//! PREPARE, EXECUTE and DEALLOCATE, cursors, and EXPLAIN (PostgreSQL: commands/prepare.c, portalcmds.c, explain.c).

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::Context;
use super::define::{def_get_boolean, def_get_string, def_name};
use super::dml::check_effects;
use super::query_relation::{QueryColumn, query_columns};
use crate::catalog::format_type::format_type_be;
use crate::catalog::guc::PreparedStatement;
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::node_funcs::{expr_location, expr_type};
use crate::nodes::primnodes::{CoercionContext, CoercionForm, Query};
use crate::nodes::tree::{
    ClosePortalStmt, DeallocateStmt, DeclareCursorStmt, DefElem, ExecuteStmt, ExplainStmt,
    FetchStmt, Node, PrepareStmt,
};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_coerce::coerce_to_target_type;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParamSource, ParseState};
use crate::parser::parse_type::typename_type_id;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

/// PostgreSQL: PrepareQuery.
pub fn prepare_query(context: &mut Context, stmt: &PrepareStmt) -> PgResult<()> {
    let name = stmt.name.as_ref().map(Name::from).unwrap_or_default();
    if name.is_empty() {
        let message = "invalid statement name: must not be empty";
        return refuse(sqlstate::INVALID_PREPARED_STATEMENT_DEFINITION, message);
    }
    let Some(source) = &stmt.query else { return unknown("PREPARE without a statement") };
    let mut types = Vec::with_capacity(stmt.argtypes.len());
    for argument in &stmt.argtypes {
        if let Node::TypeName(type_name) = argument {
            types.push(typename_type_id(&context.shared(), type_name)?);
        }
    }
    let types = Rc::new(RefCell::new(types));
    let params = ParamSource::Variable(types.clone());
    let query = parse_analyze(context.shared(), source, params)?;
    let types = types.borrow().clone();
    for (index, type_oid) in types.iter().enumerate() {
        if !type_oid.is_valid() || *type_oid == fixed::UNKNOWNOID {
            let message = format!("could not determine data type of parameter ${}", index + 1);
            return refuse(sqlstate::INDETERMINATE_DATATYPE, message);
        }
    }
    if context.session.prepared.contains_key(&name) {
        let message = format!("prepared statement \"{name}\" already exists");
        return refuse(sqlstate::DUPLICATE_PREPARED_STATEMENT, message);
    }
    let source = Arc::new(source.clone());
    context.session.prepared.insert(name, Arc::new(PreparedStatement { query, types, source }));
    Ok(())
}

fn fetch_prepared(context: &Context, name: &str) -> PgResult<Arc<PreparedStatement>> {
    match context.session.prepared.get(name) {
        Some(prepared) => Ok(prepared.clone()),
        None => {
            let message = format!("prepared statement \"{name}\" does not exist");
            refuse(sqlstate::INVALID_SQL_STATEMENT_NAME, message)
        }
    }
}

/// PostgreSQL: ExecuteQuery.
pub fn execute_query(context: &mut Context, stmt: &ExecuteStmt) -> PgResult<()> {
    let name = stmt.name.as_deref().unwrap_or_default();
    let prepared = fetch_prepared(context, name)?;
    evaluate_params(context, name, &prepared.types, &stmt.params)?;
    let query = revalidate(context, &prepared)?;
    check_effects(context, &query)
}

/// The statement as it is analysed now; what it gives must be what it gave (PostgreSQL: RevalidateCachedQuery,
/// utils/cache/plancache.c).
fn revalidate(context: &Context, prepared: &PreparedStatement) -> PgResult<Query> {
    let types = Rc::new(RefCell::new(prepared.types.clone()));
    let query = parse_analyze(context.shared(), &prepared.source, ParamSource::Variable(types))?;
    if query_columns(&query) != query_columns(&prepared.query) {
        let message = "cached plan must not change result type";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    Ok(query)
}

/// The columns that EXECUTE gives to CREATE TABLE AS.
pub fn execute_columns(context: &mut Context, stmt: &ExecuteStmt) -> PgResult<Vec<QueryColumn>> {
    let name = stmt.name.as_deref().unwrap_or_default();
    let prepared = fetch_prepared(context, name)?;
    if prepared.query.command_type != crate::nodes::primnodes::CmdType::CmdSelect {
        return refuse(sqlstate::WRONG_OBJECT_TYPE, "prepared statement is not a SELECT");
    }
    evaluate_params(context, name, &prepared.types, &stmt.params)?;
    revalidate(context, &prepared).map(|query| query_columns(&query))
}

/// PostgreSQL: EvaluateParams.
fn evaluate_params(context: &Context, name: &str, types: &[Oid], params: &[Node]) -> PgResult<()> {
    if types.is_empty() {
        return Ok(()); // what is given is not looked at
    }
    if params.len() != types.len() {
        let message = format!("wrong number of parameters for prepared statement \"{name}\"");
        let detail = format!("Expected {} parameters but got {}.", types.len(), params.len());
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, message).detail(detail).into());
    }
    let mut pstate = ParseState::new(context.shared(), None);
    for (index, (param, type_oid)) in params.iter().zip(types).enumerate() {
        let expr = transform_expr(&mut pstate, param, ExprKind::ExecuteParameter)?;
        let given = expr_type(&expr);
        let location = expr_location(&expr);
        let coerced = coerce_to_target_type(
            &pstate,
            expr,
            given,
            *type_oid,
            -1,
            CoercionContext::CoercionAssignment,
            CoercionForm::CoerceImplicitCast,
            -1,
        )?;
        if coerced.is_none() {
            let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
            let message = format!(
                "parameter ${} of type {} cannot be coerced to the expected type {}",
                index + 1,
                text(given),
                text(*type_oid)
            );
            return Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message)
                .hint("You will need to rewrite or cast the expression.")
                .at(location)
                .into());
        }
    }
    Ok(())
}

/// PostgreSQL: DeallocateQuery.
pub fn deallocate_query(context: &mut Context, stmt: &DeallocateStmt) -> PgResult<()> {
    match &stmt.name {
        None => context.session.prepared.clear(),
        Some(name) => {
            fetch_prepared(context, name)?;
            context.session.prepared.remove(name.as_str());
        }
    }
    Ok(())
}

/// PostgreSQL: CURSOR_OPT_HOLD.
const CURSOR_OPT_HOLD: i32 = 32;

/// PostgreSQL: PerformCursorOpen; `statement` is the whole of DECLARE.
pub fn declare_cursor(
    context: &mut Context,
    statement: &Node,
    stmt: &DeclareCursorStmt,
) -> PgResult<()> {
    parse_analyze(context.shared(), statement, ParamSource::None)?;
    let is_held = stmt.options & CURSOR_OPT_HOLD != 0;
    let name = stmt.portalname.as_ref().map(Name::from).unwrap_or_default();
    if name.is_empty() {
        let message = "invalid cursor name: must not be empty";
        return refuse(sqlstate::INVALID_CURSOR_NAME, message);
    }
    if !is_held && !context.session.in_transaction_block && !context.session.in_function {
        let message = "DECLARE CURSOR can only be used in transaction blocks";
        return refuse(sqlstate::NO_ACTIVE_SQL_TRANSACTION, message);
    }
    if context.session.cursors.contains_key(&name) {
        let message = format!("cursor \"{name}\" already exists");
        return refuse(sqlstate::DUPLICATE_CURSOR, message);
    }
    context.session.cursors.insert(name, is_held);
    Ok(())
}

fn check_cursor(context: &Context, name: &str) -> PgResult<()> {
    if context.session.cursors.contains_key(name) {
        return Ok(());
    }
    refuse(sqlstate::INVALID_CURSOR_NAME, format!("cursor \"{name}\" does not exist"))
}

/// PostgreSQL: PerformPortalFetch.
pub fn fetch(context: &Context, stmt: &FetchStmt) -> PgResult<()> {
    check_cursor(context, stmt.portalname.as_deref().unwrap_or_default())
}

/// PostgreSQL: PerformPortalClose.
pub fn close_portal(context: &mut Context, stmt: &ClosePortalStmt) -> PgResult<()> {
    match &stmt.portalname {
        None => context.session.cursors.clear(),
        Some(name) => {
            check_cursor(context, name)?;
            context.session.cursors.remove(name.as_str());
        }
    }
    Ok(())
}

/// PostgreSQL: ExplainQuery.
pub fn explain_query(context: &mut Context, stmt: &ExplainStmt) -> PgResult<()> {
    let Some(source) = &stmt.query else { return unknown("EXPLAIN without a statement") };
    let generic = is_generic_plan(context, &stmt.options);
    // The contained statement is analysed before the options are read.
    let query = match source {
        Node::SelectStmt(select) => match super::dml::select_into(select) {
            Some(create) => Some(analyse_contained(context, generic, create.query.as_ref())?),
            None => Some(analyse_contained(context, generic, Some(source))?),
        },
        Node::InsertStmt(_) | Node::UpdateStmt(_) | Node::DeleteStmt(_) | Node::MergeStmt(_) => {
            Some(analyse_contained(context, generic, Some(source))?)
        }
        Node::CreateTableAsStmt(create) => match &create.query {
            Some(Node::ExecuteStmt(_)) | None => None,
            Some(query) => Some(analyse_contained(context, generic, Some(query))?),
        },
        Node::DeclareCursorStmt(declare) => {
            Some(analyse_contained(context, generic, declare.query.as_ref())?)
        }
        Node::RefreshMatViewStmt(_) | Node::ExecuteStmt(_) => None,
        other => return unknown(format!("EXPLAIN of {}", other.tag_name())),
    };
    let analyze = explain_options(context, &stmt.options)?;
    if let Node::ExecuteStmt(execute) = source {
        return execute_query(context, execute);
    }
    if let Node::CreateTableAsStmt(create) = source
        && let Some(into) = &create.into
        && super::createas::relation_exists(context, into, create.if_not_exists)?
    {
        return Ok(());
    }
    match (query, analyze) {
        (Some(query), true) => {
            check_effects(context, &query)?;
            if let Node::CreateTableAsStmt(create) = source {
                super::createas::create_table_as(context, create, ParamSource::None)?;
            }
            Ok(())
        }
        (Some(query), false) => {
            crate::parser::rewrite_handler::query_rewrite(&context.shared(), &query)?;
            // Nothing is written, so that a read-only transaction lets it be.
            let read_only = std::mem::take(&mut context.session.transaction.read_only);
            let result = super::exec_main::exec_check_permissions(context, &query);
            context.session.transaction.read_only = read_only;
            result
        }
        (None, _) => Ok(()),
    }
}

/// EXPLAIN (GENERIC_PLAN) lets `$1` stand for anything (PostgreSQL: transformExplainStmt).
fn is_generic_plan(context: &Context, options: &[Node]) -> bool {
    context.catalog.version().major() >= 16
        && options.iter().any(|option| match option {
            Node::DefElem(def) => {
                def_name(def) == "generic_plan" && def_get_boolean(def).unwrap_or(false)
            }
            _ => false, // options are all DefElem
        })
}

fn analyse_contained(
    context: &Context,
    generic: bool,
    source: Option<&Node>,
) -> PgResult<crate::nodes::primnodes::Query> {
    match source {
        Some(source) if generic => {
            parse_analyze(context.shared(), source, ParamSource::Variable(Rc::default()))
        }
        Some(source) => parse_analyze(context.shared(), source, ParamSource::None),
        None => unknown("EXPLAIN without a statement"),
    }
}

/// Whether ANALYZE is asked for (PostgreSQL: ParseExplainOptionList).
fn explain_options(context: &Context, options: &[Node]) -> PgResult<bool> {
    let version = context.catalog.version().major();
    let mut analyze = false;
    let (mut wal, mut timing, mut generic, mut serialize) = (false, None, false, false);
    for option in options {
        let Node::DefElem(def) = option else { continue };
        match def_name(def) {
            "analyze" => analyze = def_get_boolean(def)?,
            "verbose" | "costs" | "buffers" | "settings" | "summary" => {
                def_get_boolean(def)?;
            }
            "memory" if version >= 17 => {
                def_get_boolean(def)?;
            }
            "wal" => wal = def_get_boolean(def)?,
            "timing" => timing = Some(def_get_boolean(def)?),
            "generic_plan" if version >= 16 => generic = def_get_boolean(def)?,
            "serialize" if version >= 17 => {
                serialize = match &def.arg {
                    None => true,
                    Some(_) => match def_get_string(def)?.as_str() {
                        "off" | "none" => false,
                        "text" | "binary" => true,
                        other => return bad_value(def, other),
                    },
                };
            }
            "format" => {
                let value = def_get_string(def)?;
                if !matches!(value.as_str(), "text" | "xml" | "json" | "yaml") {
                    return bad_value(def, &value);
                }
            }
            other => {
                let message = format!("unrecognized EXPLAIN option \"{other}\"");
                return Err(PgError::new(sqlstate::SYNTAX_ERROR, message)
                    .at(def.location.0)
                    .into());
            }
        }
    }
    let needs = |what: &str| -> PgResult<bool> {
        let message = format!("EXPLAIN option {what} requires ANALYZE");
        refuse(sqlstate::INVALID_PARAMETER_VALUE, message)
    };
    if wal && !analyze {
        return needs("WAL");
    }
    if timing == Some(true) && !analyze {
        return needs("TIMING");
    }
    if serialize && !analyze {
        return needs("SERIALIZE");
    }
    if generic && analyze {
        let message = "EXPLAIN options ANALYZE and GENERIC_PLAN cannot be used together";
        return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
    }
    Ok(analyze)
}

fn bad_value<T>(def: &DefElem, value: &str) -> PgResult<T> {
    let message =
        format!("unrecognized value for EXPLAIN option \"{}\": \"{value}\"", def_name(def));
    Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).at(def.location.0).into())
}

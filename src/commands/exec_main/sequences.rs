//! Sequences that a statement is certain to read: calls with a constant, and defaults of columns that an INSERT of given
//! rows leaves out (PostgreSQL: nextval_internal and its kin, commands/sequence.c).

use super::{gives_rows, result_relation};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{aclcheck_error, object_aclcheck};
use crate::catalog::lsyscache::get_func_name;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAttrdef, PgClass};
use crate::commands::Context;
use crate::commands::tablecmds::alter_errors::errdetail_relkind_not_supported;
use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::{CmdType, Datum, Expr, Query};
use crate::nodes::tree::ObjectType;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Checks the sequences whose values the statement takes for certain.
pub(super) fn check_values_read(context: &Context, query: &Query, user: Oid) -> PgResult<()> {
    match query.command_type {
        CmdType::CmdSelect
            if query.jointree.fromlist.is_empty() && query.jointree.quals.is_none() =>
        {
            query.target_list.iter().try_for_each(|te| check_expr(context, &te.expr, user))
        }
        CmdType::CmdInsert if gives_rows(query) => {
            query.target_list.iter().try_for_each(|te| check_expr(context, &te.expr, user))?;
            check_defaults(context, query, user)
        }
        _ => Ok(()), // whether a row is made depends on data
    }
}

fn check_defaults(context: &Context, query: &Query, user: Oid) -> PgResult<()> {
    let Some((relid, _)) = result_relation(query) else { return Ok(()) };
    let Some(class) = context.catalog.get::<PgClass>(relid) else { return Ok(()) };
    for attribute in class.live_attributes().filter(|a| a.attgenerated == 0) {
        let given = query.target_list.iter().find(|te| te.resno == attribute.attnum);
        if given.is_some_and(|te| !matches!(te.expr, Expr::SetToDefault { .. })) {
            continue;
        }
        let mut defaults = context.catalog.find_all::<PgAttrdef>(&relid);
        if let Some(default) = defaults.find(|row| row.adnum == attribute.attnum) {
            check_expr(context, &default.adbin, user)?;
        }
    }
    Ok(())
}

/// A call of nextval, currval or setval that is evaluated whenever the expression is.
fn check_expr(context: &Context, expr: &Expr, user: Oid) -> PgResult<()> {
    let mut expr = expr;
    loop {
        match expr {
            Expr::RelabelType(relabel) => expr = &relabel.arg,
            Expr::CoerceViaIO(coerce) => expr = &coerce.arg,
            Expr::FuncExpr(call) => {
                let name = if call.funcid.is_builtin() {
                    get_func_name(context.catalog, call.funcid)
                } else {
                    None
                };
                let mode = match name.map(|name| name.as_str()) {
                    Some("nextval") => privilege::USAGE | privilege::UPDATE,
                    Some("currval") => privilege::SELECT | privilege::USAGE,
                    Some("setval") => privilege::UPDATE,
                    // A cast around the call.
                    Some(_) if call.args.len() == 1 => {
                        expr = &call.args[0];
                        continue;
                    }
                    _ => return Ok(()),
                };
                return match call.args.first() {
                    Some(Expr::Const(constant)) => match constant.value {
                        Some(Datum::Oid(sequence)) => {
                            check_sequence(context, sequence, mode, user)?;
                            check_read_only(context, sequence, mode)
                        }
                        _ => Ok(()), // NULL
                    },
                    _ => Ok(()), // which sequence depends on data
                };
            }
            _ => return Ok(()), // what else is called is not looked into
        }
    }
}

fn check_sequence(context: &Context, sequence: Oid, mode: u32, user: Oid) -> PgResult<()> {
    let Some(class) = context.catalog.get::<PgClass>(sequence) else { return Ok(()) };
    let address = ObjectAddress::new(Class::Relation, sequence);
    if class.relkind != b'S' {
        return Err(not_a_sequence(context, class).into());
    }
    if object_aclcheck(context.catalog, address, user, mode) {
        return Ok(());
    }
    Err(aclcheck_error(ObjectType::ObjectSequence, &class.relname).into())
}

/// Only a temporary sequence moves in a read-only transaction.
fn check_read_only(context: &Context, sequence: Oid, mode: u32) -> PgResult<()> {
    let namespace = context.catalog.get::<PgClass>(sequence).map(|class| class.relnamespace);
    if mode & privilege::UPDATE == 0 || namespace == context.session.temp_namespace {
        return Ok(());
    }
    let call = if mode & privilege::USAGE == 0 { "setval()" } else { "nextval()" };
    context.session.transaction.prevent_if_read_only(call)
}

/// PostgreSQL: validate_relation_as_sequence (access/sequence/sequence.c).
fn not_a_sequence(context: &Context, class: &PgClass) -> PgError {
    let name = &class.relname;
    if context.catalog.version().major() >= 17 {
        PgError::new(sqlstate::WRONG_OBJECT_TYPE, format!("cannot open relation \"{name}\""))
            .detail(errdetail_relkind_not_supported(class.relkind))
    } else {
        PgError::new(sqlstate::WRONG_OBJECT_TYPE, format!("\"{name}\" is not a sequence"))
    }
}

//! Functions of large objects: which of these there are, and what is refused of others (PostgreSQL: libpq/be-fsstubs.c,
//! storage/large_object/inv_api.c).

use super::Context;
use super::dependency::{DeletionFlags, perform_deletion, record_dependency_on_owner};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::value::Value;
use crate::catalog::{PgLargeobject, PgProc};
use crate::executor;
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::node_funcs::walk_query;
use crate::nodes::primnodes::{CmdType, Expr, FuncExpr, Query};
use crate::nodes::tree::DropBehavior;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Makes and removes the large objects that the query's functions make and remove.
pub fn carry_out(context: &mut Context, query: &Query) -> PgResult<()> {
    let mut calls: Vec<&FuncExpr> = Vec::new();
    let mut total = 0;
    for target in &query.target_list {
        if let Expr::FuncExpr(call) = &target.expr
            && is_of_large_objects(context, call)
        {
            calls.push(call);
        }
    }
    walk_query(query, &mut |expr| {
        total +=
            usize::from(matches!(expr, Expr::FuncExpr(call) if is_of_large_objects(context, call)));
        false
    });
    if total == 0 {
        return Ok(());
    }
    let once = query.command_type == CmdType::CmdSelect
        && query.jointree.fromlist.is_empty()
        && query.jointree.quals.is_none();
    if !once || calls.len() < total {
        return unknown(
            "which large objects it makes or needs depends on more than is followed here",
        );
    }
    calls.into_iter().try_for_each(|call| carry_out_call(context, call))
}

fn is_of_large_objects(context: &Context, call: &FuncExpr) -> bool {
    call.funcid.is_builtin()
        && context.catalog.get::<PgProc>(call.funcid).is_some_and(|row| {
            matches!(
                row.proname.as_str(),
                "lo_create"
                    | "lo_creat"
                    | "lo_import"
                    | "lo_from_bytea"
                    | "lo_unlink"
                    | "lo_open"
                    | "lo_get"
                    | "lo_put"
                    | "lo_export"
            )
        })
}

fn carry_out_call(context: &mut Context, call: &FuncExpr) -> PgResult<()> {
    let Some(name) = context.catalog.get::<PgProc>(call.funcid).map(|row| row.proname.clone())
    else {
        return unknown("a function is gone");
    };
    let args = executor::arguments(call, context.shared())?;
    if args.iter().any(Value::is_null) {
        return Ok(()); // all of them are strict
    }
    // lo_import takes the number after the file's name.
    let at = usize::from(name == "lo_import");
    let number = match args.get(at) {
        _ if name == "lo_creat" => Some(0), // its argument is a mode
        None => Some(0),
        Some(value) => value.as_int().and_then(|number| u32::try_from(number).ok()),
    };
    let Some(oid) = number.map(Oid) else {
        return unknown("which large object it speaks of is not known here");
    };
    let is_there = context.catalog.get::<PgLargeobject>(oid).is_some();
    match name.as_str() {
        "lo_create" | "lo_creat" | "lo_import" | "lo_from_bytea" => {
            if is_there {
                let constraint = "pg_largeobject_metadata_oid_index";
                let message =
                    format!("duplicate key value violates unique constraint \"{constraint}\"");
                return Err(PgError::new(sqlstate::UNIQUE_VIOLATION, message)
                    .detail(format!("Key (oid)=({oid}) already exists."))
                    .into());
            }
            let oid = if oid.is_valid() { oid } else { context.catalog.new_oid() };
            let lomowner = context.session.current_user;
            context.catalog.put(PgLargeobject { oid, lomowner, lomacl: None });
            let address = ObjectAddress::new(Class::Largeobject, oid);
            record_dependency_on_owner(context.catalog, address, lomowner);
            Ok(())
        }
        _ if !is_there => {
            let message = format!("large object {oid} does not exist");
            Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into())
        }
        "lo_unlink" => {
            let address = ObjectAddress::new(Class::Largeobject, oid);
            perform_deletion(context, address, DropBehavior::DropCascade, DeletionFlags::default())
        }
        _ => Ok(()), // its contents are data
    }
}

//! ALTER FUNCTION, PROCEDURE and ROUTINE, and the settings that a routine carries (PostgreSQL: AlterFunction,
//! commands/functioncmds.c).

use std::sync::Arc;

use super::Context;
use super::define::def_get_boolean;
use super::dependency::{delete_dependency_records_for_class, record_dependency_on};
use super::functioncmds::{
    CommonAttributes, compute_common_attribute, interpret_func_parallel, interpret_func_support,
    interpret_func_volatility, positive,
};
use super::support::{check_owner, superuser};
use crate::catalog::PgProc;
use crate::catalog::depend::DependType;
use crate::catalog::guc::settings;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::tree::{AlterFunctionStmt, DefElem, Node, VariableSetKind, VariableSetStmt};
use crate::parser::lookup_func::lookup_func_with_args;
use crate::pg::name::Name;
use crate::pg::sqlstate;

/// Applies one SET or RESET clause to a routine's settings (PostgreSQL: update_proconfig_value).
pub fn update_config(
    context: &Context,
    def: &DefElem,
    config: &mut Vec<(Name, Arc<str>)>,
) -> PgResult<()> {
    let Some(Node::VariableSetStmt(stmt)) = &def.arg else {
        return unknown("SET without a setting");
    };
    if stmt.kind == VariableSetKind::VarResetAll {
        config.clear();
        return Ok(());
    }
    let name = stmt.name.as_deref().unwrap_or_default().to_ascii_lowercase();
    let value = set_value(context, &name, stmt)?;
    settings::check(context.catalog.version(), &name, value.as_deref())?;
    config.retain(|(existing, _)| *existing != name.as_str());
    if let Some(value) = value {
        config.push((Name::new(&name), Arc::from(value.as_str())));
    }
    Ok(())
}

/// PostgreSQL: ExtractSetVariableArgs.
fn set_value(context: &Context, name: &str, stmt: &VariableSetStmt) -> PgResult<Option<String>> {
    match stmt.kind {
        VariableSetKind::VarSetValue => settings::flatten(name, &stmt.args).map(Some),
        VariableSetKind::VarSetCurrent => {
            if let Some(value) = context.session.get(name) {
                return Ok(Some(value.to_string()));
            }
            match settings::find(context.catalog.version(), name) {
                Some(setting) => Ok(setting.boot_val.clone()),
                None => Err(settings::unrecognized(name).into()),
            }
        }
        VariableSetKind::VarSetDefault
        | VariableSetKind::VarSetMulti
        | VariableSetKind::VarReset
        | VariableSetKind::VarResetAll => Ok(None),
    }
}

/// PostgreSQL: AlterFunction.
pub fn alter_function(context: &mut Context, stmt: &AlterFunctionStmt) -> PgResult<ObjectAddress> {
    let Some(function) = &stmt.func else { return unknown("ALTER FUNCTION without a name") };
    let found = lookup_func_with_args(&context.shared(), stmt.objtype, function, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)).cloned() else {
        return unknown("the function is not in the catalog");
    };
    let address = ObjectAddress::new(Class::Proc, row.oid);
    let name = super::define::name_list_to_string(&function.objname);
    check_owner(context, address, stmt.objtype, &name)?;
    if row.prokind == b'a' {
        let message = format!("\"{name}\" is an aggregate function");
        return Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into());
    }
    let mut attributes = CommonAttributes::default();
    let mut set_items = Vec::new();
    for action in &stmt.actions {
        if let Node::DefElem(def) = action {
            compute_common_attribute(row.prokind == b'p', def, &mut attributes, &mut set_items)?;
        }
    }
    let new = altered(context, &row, &attributes, &set_items)?;
    if new.prosupport != row.prosupport {
        delete_dependency_records_for_class(
            context.catalog,
            address,
            Class::Proc,
            DependType::Normal,
        );
        let support = ObjectAddress::new(Class::Proc, new.prosupport);
        record_dependency_on(context.catalog, address, support, DependType::Normal);
    }
    context.catalog.put(new);
    Ok(address)
}

fn altered(
    context: &Context,
    row: &PgProc,
    attributes: &CommonAttributes,
    set_items: &[&DefElem],
) -> PgResult<PgProc> {
    let mut new = row.clone();
    if let Some(def) = attributes.volatility {
        new.provolatile = interpret_func_volatility(def)?;
    }
    if let Some(def) = attributes.strict {
        new.proisstrict = def_get_boolean(def)?;
    }
    if let Some(def) = attributes.security {
        new.prosecdef = def_get_boolean(def)?;
    }
    if let Some(def) = attributes.leakproof {
        new.proleakproof = def_get_boolean(def)?;
        if new.proleakproof && !superuser(context) {
            let message = "only superuser can define a leakproof function";
            return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message).into());
        }
    }
    if let Some(def) = attributes.cost {
        new.procost = positive(def, "COST")?;
    }
    if let Some(def) = attributes.rows {
        new.prorows = positive(def, "ROWS")?;
        if !row.proretset {
            let message = "ROWS is not applicable when function does not return a set";
            return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).into());
        }
    }
    if let Some(def) = attributes.support {
        new.prosupport = interpret_func_support(context, def)?;
    }
    if let Some(def) = attributes.parallel {
        new.proparallel = interpret_func_parallel(def)?;
    }
    for item in set_items {
        update_config(context, item, &mut new.proconfig)?;
    }
    Ok(new)
}

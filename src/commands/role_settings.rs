//! Settings kept for roles and databases (PostgreSQL: AlterSetting, catalog/pg_db_role_setting.c).

use std::sync::Arc;

use crate::catalog::PgDbRoleSetting;
use crate::catalog::guc::settings;
use crate::commands::Context;
use crate::findings::PgResult;
use crate::nodes::tree::{VariableSetKind, VariableSetStmt};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// Keeps, changes or forgets a setting of a role, a database, or a role in a database (PostgreSQL: AlterSetting).
pub fn alter_setting(
    context: &mut Context,
    database: Oid,
    role: Oid,
    stmt: &VariableSetStmt,
) -> PgResult<()> {
    let found = context.catalog.find::<PgDbRoleSetting>(&(database, role)).cloned();
    let mut config = found.as_ref().map_or_else(Vec::new, |row| row.setconfig.clone());
    let name = stmt.name.as_deref().unwrap_or_default().to_ascii_lowercase();
    match stmt.kind {
        VariableSetKind::VarResetAll => config.clear(),
        VariableSetKind::VarSetValue => {
            let value = settings::flatten(&name, &stmt.args)?;
            check(context, &name, Some(&value))?;
            put(&mut config, &name, value.as_str().into());
        }
        VariableSetKind::VarSetCurrent => {
            let current = context.session.get(&name).cloned();
            check(context, &name, current.as_deref())?;
            if let Some(current) = current {
                put(&mut config, &name, current);
            }
        }
        VariableSetKind::VarSetDefault
        | VariableSetKind::VarReset
        | VariableSetKind::VarSetMulti => {
            check(context, &name, None)?;
            config.retain(|(known, _)| *known != name.as_str());
        }
    }
    match found {
        Some(row) if config.is_empty() => context.catalog.remove::<PgDbRoleSetting>(row.oid),
        Some(row) => {
            context.catalog.put(PgDbRoleSetting { setconfig: config, ..row.as_ref().clone() })
        }
        None if config.is_empty() => {}
        None => {
            let oid = context.catalog.new_oid();
            context.catalog.put(PgDbRoleSetting {
                oid,
                setdatabase: database,
                setrole: role,
                setconfig: config,
            });
        }
    }
    Ok(())
}

/// Whether the setting may be kept with that value (PostgreSQL: validate_option_array_item, utils/misc/guc.c).
fn check(context: &Context, name: &str, value: Option<&str>) -> PgResult<()> {
    settings::check(context.catalog.version(), name, value)
}

/// Sets the setting, in its place if it is there (PostgreSQL: GUCArrayAdd).
fn put(config: &mut Vec<(Name, Arc<str>)>, name: &str, value: Arc<str>) {
    match config.iter_mut().find(|(known, _)| *known == name) {
        Some((_, old)) => *old = value,
        None => config.push((Name::new(name), value)),
    }
}

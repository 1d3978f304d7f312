//! SET, RESET, SHOW and set_config(): what they do to the session (PostgreSQL: utils/misc/guc_funcs.c,
//! commands/variable.c).

use super::Session;
use crate::catalog::guc::{SessionState, settings};
use crate::catalog::{Catalog, PgDbRoleSetting};
use crate::commands::set_role::assign_user;
use crate::findings::{Notice, PgResult};
use crate::nodes::tree::{Node, SelectStmt, VariableSetKind, VariableSetStmt, VariableShowStmt};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

impl Session {
    /// PostgreSQL: ExecSetVariableStmt.
    pub(super) fn variable_set(
        &mut self,
        stmt: &VariableSetStmt,
        notices: &mut Vec<Notice>,
    ) -> PgResult<()> {
        use VariableSetKind::*;
        if stmt.is_local && !self.in_transaction() {
            notices.push(Notice::warning(
                sqlstate::NO_ACTIVE_SQL_TRANSACTION,
                "SET LOCAL can only be used in transaction blocks",
            ));
        }
        let name = stmt.name.as_deref().unwrap_or("").to_ascii_lowercase();
        match stmt.kind {
            VarSetValue => {
                let value = settings::flatten(&name, &stmt.args)?;
                self.assign(&name, Some(&value), stmt.is_local)
            }
            VarSetDefault | VarReset => self.assign(&name, None, stmt.is_local),
            VarSetCurrent => match settings::find(self.catalog.version(), &name) {
                Some(_) => Ok(()),
                None if name.contains('.') => Ok(()),
                None => Err(settings::unrecognized(&name).into()),
            },
            VarSetMulti => self.set_transaction(&name, stmt, notices),
            VarResetAll => {
                let names: Vec<Name> = self.state.iter().map(|(name, _)| name.clone()).collect();
                for name in names.iter().filter(|n| *n != "role" && *n != "session_authorization") {
                    self.state.set_session(name, None);
                }
                apply_role_settings(&self.catalog, &mut self.state);
                Ok(())
            }
        }
    }

    /// SET TRANSACTION, SET SESSION CHARACTERISTICS and SET TRANSACTION SNAPSHOT.
    fn set_transaction(
        &mut self,
        name: &str,
        stmt: &VariableSetStmt,
        notices: &mut Vec<Notice>,
    ) -> PgResult<()> {
        if name != "session characteristics" && !self.in_transaction() {
            notices.push(Notice::warning(
                sqlstate::NO_ACTIVE_SQL_TRANSACTION,
                "SET TRANSACTION can only be used in transaction blocks",
            ));
        }
        match name {
            "transaction" => self.set_characteristics(&stmt.args),
            "transaction snapshot" => {
                let id = settings::flatten(name, &stmt.args)?;
                let major = self.catalog.version().major();
                self.state.transaction.import_snapshot(&id, major)
            }
            _ => {
                for option in &stmt.args {
                    let Node::DefElem(option) = option else { continue };
                    let name = option.defname.as_deref().unwrap_or_default();
                    let value = settings::flatten(name, option.arg.as_slice())?;
                    self.assign(&format!("default_{name}"), Some(&value), false)?;
                }
                Ok(())
            }
        }
    }

    /// Checks and sets one setting; `local` until the transaction ends.
    pub(super) fn assign(&mut self, name: &str, value: Option<&str>, local: bool) -> PgResult<()> {
        if matches!(name, "role" | "session_authorization") {
            return self.assign_user(name, value, local);
        }
        settings::check(self.catalog.version(), name, value)?;
        if let Some(value) = value
            && matches!(
                name,
                "transaction_read_only" | "transaction_isolation" | "transaction_deferrable"
            )
        {
            return self.state.transaction.assign(name, value);
        }
        if local {
            if self.in_transaction() {
                self.state.set_local(name, value);
            }
        } else {
            self.state.set_session(name, value);
        }
        Ok(())
    }

    /// SET ROLE and SET SESSION AUTHORIZATION; with LOCAL until the transaction ends.
    fn assign_user(&mut self, name: &str, value: Option<&str>, local: bool) -> PgResult<()> {
        let in_transaction = self.in_transaction();
        assign_user(&self.catalog, &mut self.state, name, value, local, in_transaction)
    }

    /// `SELECT set_config('name', 'value', local), …` without a FROM.
    pub(super) fn select_set_config(
        &mut self,
        stmt: &SelectStmt,
        _notices: &mut Vec<Notice>,
    ) -> PgResult<()> {
        for call in stmt.target_list.iter().filter_map(set_config_call) {
            let (name, value, local) = call;
            let name = name.to_ascii_lowercase();
            self.assign(&name, value, local)?;
        }
        Ok(())
    }
}

/// What ALTER ROLE SET and ALTER DATABASE SET give a new session, the more specific last (PostgreSQL:
/// process_settings, utils/init/postinit.c).
pub(super) fn apply_role_settings(catalog: &Catalog, state: &mut SessionState) {
    let none = Oid::INVALID;
    for key in [
        (none, none),
        (state.database, none),
        (none, state.session_user),
        (state.database, state.session_user),
    ] {
        let Some(row) = catalog.find::<PgDbRoleSetting>(&key).cloned() else { continue };
        for (name, value) in &row.setconfig {
            state.set(&name.to_ascii_lowercase(), Some(value));
        }
    }
}

/// PostgreSQL: GetPGVariable: SHOW of a setting that does not exist is refused.
pub(super) fn show(catalog: &Catalog, stmt: &VariableShowStmt) -> PgResult<()> {
    let name = stmt.name.as_deref().unwrap_or("all");
    if name.eq_ignore_ascii_case("all")
        || settings::find(catalog.version(), name).is_some()
        || name.contains('.')
    {
        return Ok(());
    }
    Err(settings::unrecognized(name).into())
}

/// Whether a SELECT does nothing but call set_config with constants.
pub(super) fn is_set_config(stmt: &SelectStmt) -> bool {
    !stmt.target_list.is_empty()
        && stmt.from_clause.is_empty()
        && stmt.where_clause.is_none()
        && stmt.target_list.iter().all(|target| set_config_call(target).is_some())
}

/// The three constant arguments of a call of set_config.
fn set_config_call(target: &Node) -> Option<(&str, Option<&str>, bool)> {
    let Node::ResTarget(target) = target else { return None };
    let Some(Node::FuncCall(call)) = &target.val else { return None };
    let names: Vec<&str> = call.funcname.iter().filter_map(string).collect();
    if !matches!(names.as_slice(), ["set_config"] | ["pg_catalog", "set_config"])
        || call.args.len() != 3
    {
        return None;
    }
    let name = constant_text(&call.args[0])??;
    let value = constant_text(&call.args[1])?;
    let local = constant_bool(&call.args[2])?;
    Some((name, value, local))
}

fn string(node: &Node) -> Option<&str> {
    match node {
        Node::String(text) => Some(text),
        _ => None, // not a name
    }
}

/// A string constant, cast or not; the inner None is NULL.
fn constant_text(node: &Node) -> Option<Option<&str>> {
    match node {
        Node::TypeCast(cast) => constant_text(cast.arg.as_ref()?),
        Node::AConst(constant) => match constant.val.as_deref() {
            None => Some(None),
            Some(Node::String(text)) => Some(Some(text)),
            Some(_) => None,
        },
        _ => None, // not a constant
    }
}

fn constant_bool(node: &Node) -> Option<bool> {
    match node {
        Node::AConst(constant) => match constant.val.as_deref() {
            Some(Node::Boolean(value)) => Some(*value),
            _ => None, // not a boolean constant
        },
        Node::TypeCast(cast) => match cast.arg.as_ref()? {
            Node::AConst(constant) => match constant.val.as_deref() {
                Some(Node::String(text)) => settings::parse_bool(text),
                _ => None, // not a boolean constant
            },
            other => constant_bool(other),
        },
        _ => None, // not a constant
    }
}

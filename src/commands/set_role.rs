//! SET ROLE and SET SESSION AUTHORIZATION (PostgreSQL: check_role, assign_role and check_session_authorization,
//! commands/variable.c).

use crate::catalog::aclchk::{is_member_of_role, member_can_set_role};
use crate::catalog::guc::SessionState;
use crate::catalog::{Catalog, PgAuthid};
use crate::findings::{PgError, PgResult};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Sets `role` or `session_authorization`; with `local` until the transaction ends.
pub fn assign_user(
    catalog: &Catalog,
    state: &mut SessionState,
    name: &str,
    value: Option<&str>,
    local: bool,
    in_transaction: bool,
) -> PgResult<()> {
    let before = state.clone();
    match name {
        "role" => set_role(catalog, state, value.unwrap_or("none"))?,
        _ => set_session_authorization(catalog, state, value)?, // the only other
    }
    if local && !in_transaction {
        *state = before;
    } else if local {
        state.hide_users(&before);
    } else {
        state.keep_users();
    }
    Ok(())
}

fn set_role(catalog: &Catalog, state: &mut SessionState, role: &str) -> PgResult<()> {
    let user = if role == "none" { state.session_user } else { find_role(catalog, role)? };
    if !may_set_role(catalog, state.session_user, user) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied to set role \"{role}\""),
        )
        .into());
    }
    state.current_user = user;
    state.set_session("role", Some(role).filter(|role| *role != "none"));
    Ok(())
}

fn set_session_authorization(
    catalog: &Catalog,
    state: &mut SessionState,
    role: Option<&str>,
) -> PgResult<()> {
    let user = match role {
        Some(role) if role != "default" => find_role(catalog, role)?,
        _ => fixed::BOOTSTRAP_SUPERUSERID, // DEFAULT: who connected
    };
    state.session_user = user;
    state.current_user = user;
    state.set_session("role", None);
    Ok(())
}

/// Before 16 membership was enough, whatever its options.
fn may_set_role(catalog: &Catalog, session_user: Oid, role: Oid) -> bool {
    if catalog.version().major() >= 16 {
        member_can_set_role(catalog, session_user, role)
    } else {
        is_member_of_role(catalog, session_user, role)
    }
}

/// The role of that name (PostgreSQL: ERRCODE_INVALID_PARAMETER_VALUE of the role settings).
fn find_role(catalog: &Catalog, role: &str) -> PgResult<Oid> {
    match catalog.find::<PgAuthid>(&Name::new(role)) {
        Some(row) => Ok(row.oid),
        None => Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("role \"{role}\" does not exist"),
        )
        .into()),
    }
}

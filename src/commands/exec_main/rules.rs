//! What a changing query becomes by its table's rules, where one query must be left: in WITH and in COPY (PostgreSQL:
//! the part of RewriteQuery about data-modifying WITH, rewrite/rewriteHandler.c; BeginCopyTo, commands/copyto.c).

use super::result_relation;
use crate::catalog::{Catalog, PgRewrite};
use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::{CmdType, Query};
use crate::pg::sqlstate;

/// The rules that the query fires: pg_rewrite's number of the event.
pub(super) fn event(command: CmdType) -> u8 {
    match command {
        CmdType::CmdUpdate => b'2',
        CmdType::CmdInsert => b'3',
        CmdType::CmdDelete => b'4',
        _ => 0, // rules know no other command that changes rows
    }
}

/// Refuses rules that make none or several of one query.
pub(in crate::commands) fn check_one_query(
    catalog: &Catalog,
    query: &Query,
    place: &str,
) -> PgResult<()> {
    let event = event(query.command_type);
    let Some((relid, _)) = result_relation(query).filter(|_| event != 0) else { return Ok(()) };
    let (mut instead, mut also, mut conditional, mut actions) = (false, false, false, 0);
    for rule in catalog.find_all::<PgRewrite>(&relid) {
        if rule.ev_type != event || !matches!(rule.ev_enabled, b'O' | b'A') {
            continue;
        }
        let real = rule.ev_action.iter().filter(|a| a.command_type != CmdType::CmdNothing).count();
        actions += real;
        match (rule.is_instead, &rule.ev_qual) {
            (true, None) => instead = true,
            (true, Some(_)) => conditional |= real > 0,
            (false, _) => also |= real > 0,
        }
    }
    let left = actions + usize::from(!instead);
    let what = match left {
        0 => "DO INSTEAD NOTHING",
        1 => return Ok(()),
        _ if conditional => "conditional DO INSTEAD",
        _ if also => "DO ALSO",
        _ => "multi-statement DO INSTEAD",
    };
    let message = format!("{what} rules are not supported for {place}");
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}

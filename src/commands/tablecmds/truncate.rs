//! TRUNCATE and LOCK TABLE: what they check (PostgreSQL: ExecuteTruncate, commands/tablecmds.c; LockTableCommand,
//! commands/lockcmds.c).

use super::alter_errors::errdetail_relkind_not_supported;
use super::inherit_tree::find_all_inheritors;
use super::support::{refuse_system_relation, rel_name, relation};
use crate::catalog::acl::privilege::{DELETE, INSERT, MAINTAIN, SELECT, TRUNCATE, UPDATE};
use crate::catalog::aclchk::object_aclcheck;
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint};
use crate::commands::Context;
use crate::commands::trigger_exec::{Event, Firing};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{DropBehavior, LockStmt, Node, TruncateStmt};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: ExecuteTruncate.
pub fn execute_truncate(context: &mut Context, stmt: &TruncateStmt) -> PgResult<()> {
    let mut relations: Vec<Oid> = Vec::new();
    for node in &stmt.relations {
        let Node::RangeVar(range) = node else { continue };
        let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else { continue };
        let class = relation(context.catalog, relid)?;
        truncate_check_rel(context, &class, true)?;
        if relations.contains(&relid) {
            continue;
        }
        relations.push(relid);
        if range.inh {
            for (child, _) in find_all_inheritors(context.catalog, relid) {
                if relations.contains(&child) {
                    continue;
                }
                let class = relation(context.catalog, child)?;
                truncate_check_rel(context, &class, false)?;
                relations.push(child);
            }
        } else if class.relkind == b'p' {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                "cannot truncate only a partitioned table",
            )
            .hint(
                "Do not specify the ONLY keyword, or use TRUNCATE ONLY on the partitions directly.",
            )
            .into());
        }
    }
    if stmt.behavior == DropBehavior::DropCascade {
        cascade(context, &mut relations)?;
    } else {
        heap_truncate_check_fks(context, &relations)?;
    }
    let firing = |relid: &Oid| Firing { relid: *relid, event: Event::Truncate, updated: &[] };
    for relid in &relations {
        firing(relid).before_statement(context)?;
    }
    for relid in &relations {
        context.catalog.set_contents(*relid, Some(Vec::new()));
    }
    for relid in &relations {
        firing(relid).after_statement(context, None, None)?;
    }
    Ok(())
}

fn cascade(context: &mut Context, relations: &mut Vec<Oid>) -> PgResult<()> {
    loop {
        let more = heap_truncate_find_fks(context, relations);
        if more.is_empty() {
            return Ok(());
        }
        for relid in more {
            let class = relation(context.catalog, relid)?;
            context.notice(Notice::notice(format!(
                "truncate cascades to table \"{}\"",
                class.relname
            )));
            truncate_check_rel(context, &class, true)?;
            relations.push(relid);
        }
    }
}

/// PostgreSQL: truncate_check_rel, truncate_check_perms.
fn truncate_check_rel(context: &Context, class: &PgClass, permissions: bool) -> PgResult<()> {
    if !matches!(class.relkind, b'r' | b'p' | b'f') {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is not a table", class.relname),
        )
        .into());
    }
    refuse_system_relation(context, class)?;
    let address = ObjectAddress::new(Class::Relation, class.oid);
    let role = context.session.current_user;
    if permissions && !object_aclcheck(context.catalog, address, role, TRUNCATE) {
        return Err(permission_denied(class).into());
    }
    Ok(())
}

fn permission_denied(class: &PgClass) -> PgError {
    let noun = super::support::relkind_noun(class.relkind);
    PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("permission denied for {noun} {}", class.relname),
    )
}

/// The tables outside of `relations` with foreign keys to some of them, by oid. PostgreSQL: heap_truncate_find_FKs
/// (catalog/heap.c).
fn heap_truncate_find_fks(context: &Context, relations: &[Oid]) -> Vec<Oid> {
    let mut found: Vec<Oid> = relations
        .iter()
        .flat_map(|relid| context.catalog.find_second::<PgConstraint>(*relid))
        .filter(|row| row.contype == b'f' && !relations.contains(&row.conrelid))
        .map(|row| row.conrelid)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// PostgreSQL: heap_truncate_check_FKs (catalog/heap.c).
fn heap_truncate_check_fks(context: &Context, relations: &[Oid]) -> PgResult<()> {
    for relid in relations {
        let others = heap_truncate_find_fks(context, std::slice::from_ref(relid));
        let Some(other) = others.into_iter().find(|other| !relations.contains(other)) else {
            continue;
        };
        let (referencing, table) =
            (rel_name(context.catalog, other), rel_name(context.catalog, *relid));
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot truncate a table referenced in a foreign key constraint",
        )
        .detail(format!("Table \"{referencing}\" references \"{table}\"."))
        .hint(format!(
            "Truncate table \"{referencing}\" at the same time, or use TRUNCATE ... CASCADE."
        ))
        .into());
    }
    Ok(())
}

/// PostgreSQL: LockTableCommand (commands/lockcmds.c).
pub fn lock_table_command(context: &mut Context, stmt: &LockStmt) -> PgResult<()> {
    if !context.session.in_transaction_block && !context.session.in_function {
        return Err(PgError::new(
            sqlstate::NO_ACTIVE_SQL_TRANSACTION,
            "LOCK TABLE can only be used in transaction blocks",
        )
        .into());
    }
    const ACCESS_SHARE: i32 = 1;
    const ROW_SHARE: i32 = 2;
    const ROW_EXCLUSIVE: i32 = 3;
    for node in &stmt.relations {
        let Node::RangeVar(range) = node else { continue };
        let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else { continue };
        let class = relation(context.catalog, relid)?;
        if !matches!(class.relkind, b'r' | b'p' | b'v') {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!("cannot lock relation \"{}\"", class.relname),
            )
            .detail(errdetail_relkind_not_supported(class.relkind))
            .into());
        }
        let mut mask = MAINTAIN | UPDATE | DELETE | TRUNCATE;
        if stmt.mode <= ROW_EXCLUSIVE {
            mask |= INSERT;
        }
        if stmt.mode <= ACCESS_SHARE || stmt.mode <= ROW_SHARE {
            mask |= SELECT;
        }
        let address = ObjectAddress::new(Class::Relation, relid);
        let role = context.session.current_user;
        let allowed = [MAINTAIN, UPDATE, DELETE, TRUNCATE, INSERT, SELECT]
            .into_iter()
            .filter(|bit| mask & bit != 0)
            .any(|bit| object_aclcheck(context.catalog, address, role, bit));
        if !allowed {
            return Err(permission_denied(&class).into());
        }
    }
    Ok(())
}

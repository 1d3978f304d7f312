//! Row security: whether it applies to a role, which policies do, and where they lead (PostgreSQL: check_enable_rls,
//! utils/misc/rls.c; get_row_security_policies, rewrite/rowsecurity.c).

use super::{Rewrite, gives_rows, reads};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{has_privs_of_role, object_ownercheck, policies_apply};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgPolicy, PgTrigger};
use crate::commands::Context;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::walk_expr;
use crate::nodes::primnodes::{CmdType, Expr, Permissions, Query, RangeTblEntry};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Whether a table's policies apply.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum RowSecurity {
    None,
    Enabled,
}

/// Whether the table's policies apply to the role; refused where row_security is off and they would (PostgreSQL:
/// check_enable_rls).
pub(in crate::commands) fn check_enable_rls(
    context: &Context,
    class: &PgClass,
    user: Oid,
) -> PgResult<RowSecurity> {
    let catalog = &*context.catalog;
    if !policies_apply(catalog, class, user) {
        return Ok(RowSecurity::None);
    }
    if context.session.flag("row_security", true) {
        return Ok(RowSecurity::Enabled);
    }
    let owns = object_ownercheck(catalog, ObjectAddress::new(Class::Relation, class.oid), user);
    let error = PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!(
            "query would be affected by row-level security policy for table \"{}\"",
            class.relname
        ),
    );
    Err(if owns {
        error.hint(
            "To disable the policy for the table's owner, use ALTER TABLE NO FORCE ROW LEVEL SECURITY.",
        )
    } else {
        error
    }
    .into())
}

/// Policies of a relation that is only read.
pub(super) fn policies_for_entry<'c>(
    rewrite: &mut Rewrite<'c>,
    relid: Oid,
    rte: &RangeTblEntry,
    query: &Query,
    user: Oid,
) -> PgResult<()> {
    let Some(class) = rewrite.catalog.get::<PgClass>(relid) else { return Ok(()) };
    if check_enable_rls(rewrite.context, class, user)? == RowSecurity::None {
        return Ok(());
    }
    let locks = query.has_for_update && rte.perms.required & privilege::UPDATE != 0;
    let mut quals = applicable(rewrite, class, b'r', user).quals;
    if locks {
        quals.extend(applicable(rewrite, class, b'w', user).quals);
    }
    expand(rewrite, relid, &quals, user)
}

/// Policies of the table that is written.
pub(super) fn policies_for_target<'c>(
    rewrite: &mut Rewrite<'c>,
    class: &'c PgClass,
    perms: &Permissions,
    query: &Query,
    user: Oid,
) -> PgResult<()> {
    if check_enable_rls(rewrite.context, class, user)? == RowSecurity::None {
        return Ok(());
    }
    let commands: &[u8] = match query.command_type {
        CmdType::CmdInsert if query.on_conflict.is_some() => b"aw",
        CmdType::CmdInsert => b"a",
        CmdType::CmdUpdate => b"w",
        CmdType::CmdDelete => b"d",
        _ => b"awd", // MERGE
    };
    let mut quals: Vec<&'c Expr> = Vec::new();
    for command in commands {
        let policies = applicable(rewrite, class, *command, user);
        if *command == b'a' && query.command_type == CmdType::CmdInsert {
            quals.extend(&policies.checks);
            if !policies.permissive && gives_rows(query) {
                rewrite.denied.get_or_insert(class.oid);
            }
        } else {
            quals.extend(&policies.quals);
            if *command == b'w' {
                quals.extend(&policies.checks);
            }
        }
    }
    if reads(perms) {
        quals.extend(applicable(rewrite, class, b'r', user).quals);
    }
    expand(rewrite, class.oid, &quals, user)
}

/// The expressions of the policies for a command.
struct Applicable<'c> {
    quals: Vec<&'c Expr>,
    checks: Vec<&'c Expr>,
    /// Whether any of them allows anything.
    permissive: bool,
}

/// PostgreSQL: get_policies_for_relation.
fn applicable<'c>(
    rewrite: &Rewrite<'c>,
    class: &PgClass,
    command: u8,
    user: Oid,
) -> Applicable<'c> {
    let mut found = Applicable { quals: Vec::new(), checks: Vec::new(), permissive: false };
    for policy in rewrite.catalog.find_all::<PgPolicy>(&class.oid) {
        let concerns = policy.polcmd == b'*' || policy.polcmd == command;
        let mut roles = policy.polroles.iter();
        if !concerns
            || !roles
                .any(|role| !role.is_valid() || has_privs_of_role(rewrite.catalog, user, *role))
        {
            continue;
        }
        found.permissive |= policy.polpermissive;
        found.quals.extend(policy.polqual.as_deref());
        found.checks.extend(policy.polwithcheck.as_deref().or(policy.polqual.as_deref()));
    }
    found
}

/// Follows the policies' own queries (PostgreSQL: fireRIRrules, where securityQuals have sublinks).
fn expand<'c>(
    rewrite: &mut Rewrite<'c>,
    relid: Oid,
    quals: &[&'c Expr],
    user: Oid,
) -> PgResult<()> {
    let has_sublink = |expr: &Expr| walk_expr(expr, &mut |inner| matches!(inner, Expr::SubLink(_)));
    let mut queries = quals.iter().filter(|qual| has_sublink(qual)).peekable();
    if queries.peek().is_some() && rewrite.active.contains(&relid) {
        let name = rewrite.catalog.get::<PgClass>(relid).map(|class| class.relname.clone());
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!(
                "infinite recursion detected in policy for relation \"{}\"",
                name.unwrap_or_default()
            ),
        )
        .into());
    }
    for qual in quals {
        if !has_sublink(qual) {
            rewrite.qual(qual, user)?;
        }
    }
    rewrite.active.push(relid);
    let mut result = Ok(());
    for qual in queries {
        result = rewrite.qual(qual, user);
        if result.is_err() {
            break;
        }
    }
    rewrite.active.pop();
    result
}

/// A row that no policy lets in (PostgreSQL: ExecWithCheckOptions, executor/execMain.c), unless a trigger may take it away.
pub(super) fn refuse_row(context: &Context, table: Oid) -> PgResult<()> {
    const BEFORE_ROW_INSERT: i16 = 1 | 2 | 4;
    let mut triggers = context.catalog.find_all::<PgTrigger>(&table);
    if triggers.any(|t| t.tgtype & BEFORE_ROW_INSERT == BEFORE_ROW_INSERT) {
        return Ok(());
    }
    let name = context.catalog.get::<PgClass>(table).map(|class| class.relname.clone());
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!(
            "new row violates row-level security policy for table \"{}\"",
            name.unwrap_or_default()
        ),
    )
    .into())
}

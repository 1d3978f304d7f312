//! Row security policies (PostgreSQL: commands/policy.c).

use std::sync::Arc;

use super::Context;
use super::tablecmds::support::{refuse_system_relation, relation, require_owner};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgPolicy};
use crate::commands::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_expr,
};
use crate::findings::{Notice, PgError, PgResult, Stop};
use crate::nodes::primnodes::{Expr, RangeTblEntry};
use crate::nodes::tree::{
    AlterPolicyStmt, CreatePolicyStmt, Node, RangeVar, RenameStmt, RoleSpecType,
};
use crate::parser::parse_clause::transform_where_clause;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: parse_policy_command.
fn parse_policy_command(name: Option<&str>) -> u8 {
    match name.unwrap_or("all") {
        "select" => b'r',
        "insert" => b'a',
        "update" => b'w',
        "delete" => b'd',
        _ => b'*', // "all", the grammar's only other word
    }
}

fn syntax<T>(message: &str) -> PgResult<T> {
    Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
}

/// The roles; InvalidOid stands for PUBLIC. PostgreSQL: policy_role_list_to_array.
fn policy_roles(context: &Context, roles: &[Node]) -> PgResult<Vec<Oid>> {
    let mut oids = Vec::with_capacity(roles.len());
    for node in roles {
        let Node::RoleSpec(role) = node else { continue };
        if role.roletype == RoleSpecType::RolespecPublic {
            if roles.len() != 1 {
                context.notice(Notice {
                    hint: Some("All roles are members of the PUBLIC role.".to_string()),
                    ..Notice::warning(
                        sqlstate::INVALID_PARAMETER_VALUE,
                        "ignoring specified roles other than PUBLIC",
                    )
                });
            }
            return Ok(vec![Oid::INVALID]);
        }
        oids.push(super::user::get_rolespec_oid(context, role, false)?);
    }
    if oids.is_empty() {
        oids.push(Oid::INVALID);
    }
    Ok(oids)
}

/// The table, which the current user must own. PostgreSQL: RangeVarCallbackForPolicy.
fn policy_table(context: &Context, range: Option<&RangeVar>) -> PgResult<Option<Arc<PgClass>>> {
    let Some(range) = range else { return Ok(None) };
    let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(None);
    };
    let class = relation(context.catalog, relid)?;
    require_owner(context, &class)?;
    refuse_system_relation(context, &class)?;
    if !matches!(class.relkind, b'r' | b'p') {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is not a table", class.relname),
        )
        .into());
    }
    Ok(Some(class))
}

type Qual = (Option<Arc<Expr>>, Vec<RangeTblEntry>);

/// USING or WITH CHECK, analysed.
fn policy_qual(context: &Context, class: &Arc<PgClass>, qual: Option<&Node>) -> PgResult<Qual> {
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, false)?;
    add_ns_item_to_query(&mut pstate, item, false, true, true);
    let Some(mut expr) = transform_where_clause(&mut pstate, qual, ExprKind::Policy, "POLICY")?
    else {
        return Ok((None, pstate.rtable));
    };
    assign_expr_collations(&pstate, &mut expr)?;
    Ok((Some(Arc::new(expr)), pstate.rtable))
}

fn find_policy(context: &Context, class: &PgClass, name: &str) -> Option<Arc<PgPolicy>> {
    context.catalog.find_all::<PgPolicy>(&class.oid).find(|row| row.polname == name).cloned()
}

fn already_exists(name: &str, class: &PgClass) -> PgError {
    PgError::new(
        sqlstate::DUPLICATE_OBJECT,
        format!("policy \"{name}\" for table \"{}\" already exists", class.relname),
    )
}

fn does_not_exist(name: &str, class: &PgClass) -> PgError {
    PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!("policy \"{name}\" for table \"{}\" does not exist", class.relname),
    )
}

/// PostgreSQL: CreatePolicy.
pub fn create_policy(context: &mut Context, stmt: &CreatePolicyStmt) -> PgResult<()> {
    let command = parse_policy_command(stmt.cmd_name.as_deref());
    if matches!(command, b'r' | b'd') && stmt.with_check.is_some() {
        return syntax("WITH CHECK cannot be applied to SELECT or DELETE");
    }
    if command == b'a' && stmt.qual.is_some() {
        return syntax("only WITH CHECK expression allowed for INSERT");
    }
    let roles = policy_roles(context, &stmt.roles)?;
    let Some(class) = policy_table(context, stmt.table.as_deref())? else { return Ok(()) };
    // CREATE and ALTER POLICY know no source text.
    let qual = policy_qual(context, &class, stmt.qual.as_ref()).map_err(Stop::without_place)?;
    let with_check =
        policy_qual(context, &class, stmt.with_check.as_ref()).map_err(Stop::without_place)?;
    let name = stmt.policy_name.as_deref().unwrap_or_default();
    if find_policy(context, &class, name).is_some() {
        return Err(already_exists(name, &class).into());
    }
    let oid = context.catalog.new_oid();
    record_policy_dependencies(context, oid, class.oid, &qual, &with_check, &roles)?;
    context.catalog.put(PgPolicy {
        oid,
        polname: Name::new(name),
        polrelid: class.oid,
        polcmd: command,
        polpermissive: stmt.permissive,
        polroles: roles,
        polqual: qual.0,
        polwithcheck: with_check.0,
        rtable: Arc::new(qual.1),
    });
    Ok(())
}

fn record_policy_dependencies(
    context: &mut Context,
    oid: Oid,
    relid: Oid,
    qual: &Qual,
    with_check: &Qual,
    roles: &[Oid],
) -> PgResult<()> {
    let policy = ObjectAddress::new(Class::Policy, oid);
    let table = ObjectAddress::new(Class::Relation, relid);
    record_dependency_on(context.catalog, policy, table, DependType::Auto);
    for (expr, rtable) in [qual, with_check] {
        if let Some(expr) = expr {
            let kind = DependType::Normal;
            record_dependency_on_expr(context.catalog, policy, expr, rtable, kind)?;
        }
    }
    for role in roles.iter().filter(|role| role.is_valid()) {
        context.catalog.add_dependency(DependEntry {
            dependent: policy,
            referenced: ObjectAddress::new(Class::Authid, *role),
            kind: DependType::Policy,
        });
    }
    Ok(())
}

/// PostgreSQL: AlterPolicy.
pub fn alter_policy(context: &mut Context, stmt: &AlterPolicyStmt) -> PgResult<()> {
    let roles = match stmt.roles.is_empty() {
        true => None,
        false => Some(policy_roles(context, &stmt.roles)?),
    };
    let Some(class) = policy_table(context, stmt.table.as_deref())? else { return Ok(()) };
    // CREATE and ALTER POLICY know no source text.
    let qual = policy_qual(context, &class, stmt.qual.as_ref()).map_err(Stop::without_place)?;
    let with_check =
        policy_qual(context, &class, stmt.with_check.as_ref()).map_err(Stop::without_place)?;
    let name = stmt.policy_name.as_deref().unwrap_or_default();
    let Some(policy) = find_policy(context, &class, name) else {
        return Err(does_not_exist(name, &class).into());
    };
    if matches!(policy.polcmd, b'r' | b'd') && stmt.with_check.is_some() {
        return syntax("only USING expression allowed for SELECT, DELETE");
    }
    if policy.polcmd == b'a' && stmt.qual.is_some() {
        return syntax("only WITH CHECK expression allowed for INSERT");
    }
    let mut row = (*policy).clone();
    if let Some(roles) = roles {
        row.polroles = roles;
    }
    let rtable = qual.1.clone();
    if qual.0.is_some() {
        row.polqual = qual.0;
        row.rtable = Arc::new(rtable.clone());
    }
    if with_check.0.is_some() {
        row.polwithcheck = with_check.0;
    }
    let address = ObjectAddress::new(Class::Policy, row.oid);
    delete_dependency_records_for(context.catalog, address, false);
    super::dependency::delete_shared_dependency_records_for(context.catalog, address);
    let qual = (row.polqual.clone(), row.rtable.to_vec());
    let with_check = (row.polwithcheck.clone(), rtable);
    record_policy_dependencies(context, row.oid, class.oid, &qual, &with_check, &row.polroles)?;
    context.catalog.put(row);
    Ok(())
}

/// ALTER POLICY … RENAME TO. PostgreSQL: rename_policy.
pub fn rename_policy(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(class) = policy_table(context, stmt.relation.as_deref())? else { return Ok(()) };
    let old = stmt.subname.as_deref().unwrap_or_default();
    let new = stmt.newname.as_deref().unwrap_or_default();
    if find_policy(context, &class, new).is_some() {
        return Err(already_exists(new, &class).into());
    }
    let Some(policy) = find_policy(context, &class, old) else {
        return Err(does_not_exist(old, &class).into());
    };
    context.catalog.update::<PgPolicy>(policy.oid, |row| row.polname = Name::new(new));
    Ok(())
}

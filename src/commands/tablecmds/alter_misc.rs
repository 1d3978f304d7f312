//! ALTER TABLE's subcommands that change flags and properties of the relation itself (PostgreSQL:
//! commands/tablecmds.c).

use super::alter::AtCmd;
use super::alter_column::update_attribute;
use super::support::{perform_set_options, rel_name, relation, user_column};
use crate::catalog::namespace::{get_am_type_oid, get_relname_relid, get_tablespace_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    PgClass, PgConstraint, PgForeignTable, PgIndex, PgPublicationRel, PgRewrite, PgTrigger,
};
use crate::commands::Context;
use crate::commands::dependency::{get_owned_sequences, record_dependency_on_tablespace};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{AlterTableType, Node};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

fn fail<T>(sqlstate: sqlstate::SqlState, message: String) -> PgResult<T> {
    Err(PgError::new(sqlstate, message).into())
}

/// PostgreSQL: ATPrepChangePersistence.
pub(super) fn check_change_persistence(
    context: &Context,
    relid: Oid,
    to_logged: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    match class.relpersistence {
        b't' => {
            return fail(
                sqlstate::INVALID_TABLE_DEFINITION,
                format!(
                    "cannot change logged status of table \"{}\" because it is temporary",
                    class.relname
                ),
            );
        }
        b'p' if to_logged => return Ok(()),
        b'u' if !to_logged => return Ok(()),
        _ => {} // it changes
    }
    // One FOR ALL TABLES does not count (PostgreSQL: GetRelationPublications).
    let published = context.catalog.find_second::<PgPublicationRel>(relid).next().is_some();
    if !to_logged && published {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "cannot change table \"{}\" to unlogged because it is part of a publication",
                class.relname
            ),
        )
        .detail("Unlogged relations cannot be replicated.")
        .into());
    }
    let persistence =
        |oid: Oid| context.catalog.get::<PgClass>(oid).map_or(b'p', |class| class.relpersistence);
    let refuse = |other: Oid, to: &str, kind: &str| {
        fail(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!(
                "could not change table \"{}\" to {to} because it references {kind} table \"{}\"",
                class.relname,
                rel_name(context.catalog, other)
            ),
        )
    };
    if to_logged {
        for row in context.catalog.find_all::<PgConstraint>(&relid) {
            if row.contype == b'f' && row.confrelid != relid && persistence(row.confrelid) != b'p' {
                return refuse(row.confrelid, "logged", "unlogged");
            }
        }
    } else {
        for row in context.catalog.find_second::<PgConstraint>(relid) {
            if row.contype == b'f' && row.conrelid != relid && persistence(row.conrelid) == b'p' {
                return refuse(row.conrelid, "unlogged", "logged");
            }
        }
    }
    Ok(())
}

/// The table, its indexes and its sequences get the new persistence. PostgreSQL: ATRewriteTables,
/// SequenceChangePersistence.
pub(super) fn set_persistence(context: &mut Context, relid: Oid, persistence: u8) -> PgResult<()> {
    let mut relations = vec![relid];
    relations.extend(context.catalog.find_all::<PgIndex>(&relid).map(|index| index.indexrelid));
    if context.catalog.version().major() >= 15 {
        relations.extend(get_owned_sequences(context.catalog, relid, 0, None));
    }
    for relation in relations {
        context.catalog.update::<PgClass>(relation, |class| class.relpersistence = persistence);
    }
    Ok(())
}

/// The index that CLUSTER ON or REPLICA IDENTITY USING names.
fn index_of_table(context: &Context, class: &PgClass, name: &str) -> PgResult<Oid> {
    match get_relname_relid(context.catalog, name, class.relnamespace) {
        Some(oid) => Ok(oid),
        None => fail(
            sqlstate::UNDEFINED_OBJECT,
            format!("index \"{name}\" for table \"{}\" does not exist", class.relname),
        ),
    }
}

/// PostgreSQL: ATExecClusterOn with check_index_is_clusterable (commands/cluster.c).
pub(super) fn at_exec_cluster_on(context: &mut Context, relid: Oid, name: &str) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let oid = index_of_table(context, &class, name)?;
    check_index_is_clusterable(context, &class, oid)?;
    if class.relkind == b'p' {
        return fail(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot mark index clustered in partitioned table".into(),
        );
    }
    mark_index_clustered(context, relid, Some(oid));
    Ok(())
}

/// PostgreSQL: check_index_is_clusterable (commands/cluster.c).
pub(crate) fn check_index_is_clusterable(
    context: &Context,
    class: &PgClass,
    oid: Oid,
) -> PgResult<()> {
    let index_class = relation(context.catalog, oid)?;
    let name = &index_class.relname;
    let index = context.catalog.get::<PgIndex>(oid).filter(|row| row.indrelid == class.oid);
    let Some(index) = index else {
        return fail(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{name}\" is not an index for table \"{}\"", class.relname),
        );
    };
    let reason = if !matches!(index_class.relam, fixed::BTREE_AM_OID | fixed::GIST_AM_OID) {
        format!(
            "cannot cluster on index \"{name}\" because access method does not support clustering"
        )
    } else if index.indpred.is_some() {
        format!("cannot cluster on partial index \"{name}\"")
    } else if !index.indisvalid {
        format!("cannot cluster on invalid index \"{name}\"")
    } else {
        return Ok(());
    };
    fail(sqlstate::FEATURE_NOT_SUPPORTED, reason)
}

/// PostgreSQL: mark_index_clustered (commands/cluster.c).
pub(crate) fn mark_index_clustered(context: &mut Context, relid: Oid, index: Option<Oid>) {
    let indexes: Vec<(Oid, bool)> = context
        .catalog
        .find_all::<PgIndex>(&relid)
        .map(|row| (row.indexrelid, row.indisclustered))
        .collect();
    for (oid, clustered) in indexes {
        let wanted = index == Some(oid);
        if wanted != clustered {
            context.catalog.update::<PgIndex>(oid, |row| row.indisclustered = wanted);
        }
    }
}

/// PostgreSQL: ATExecDropCluster.
pub(super) fn at_exec_drop_cluster(context: &mut Context, relid: Oid) -> PgResult<()> {
    if relation(context.catalog, relid)?.relkind == b'p' {
        return fail(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot mark index clustered in partitioned table".into(),
        );
    }
    mark_index_clustered(context, relid, None);
    Ok(())
}

/// PostgreSQL: ATPrepSetAccessMethod.
pub(super) fn at_exec_set_access_method(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let default = context
        .session
        .get("default_table_access_method")
        .map_or_else(|| "heap".to_string(), ToString::to_string);
    let relkind = relation(context.catalog, relid)?.relkind;
    let oid = match cmd.cmd.name.as_deref() {
        Some(name) => get_am_type_oid(context.catalog, name, Some(b't'), false)?,
        None if relkind == b'p' => None,
        None => get_am_type_oid(context.catalog, &default, Some(b't'), false)?,
    };
    let oid = oid.unwrap_or(Oid::INVALID);
    context.catalog.update::<PgClass>(relid, |class| class.relam = oid);
    if oid.is_valid() {
        use crate::catalog::depend::DependType;
        crate::commands::dependency::record_dependency_on(
            context.catalog,
            ObjectAddress::new(Class::Relation, relid),
            ObjectAddress::new(Class::Am, oid),
            DependType::Normal,
        );
    }
    Ok(())
}

/// PostgreSQL: ATPrepSetTableSpace with ATExecSetTableSpace.
pub(super) fn at_exec_set_table_space(
    context: &mut Context,
    relid: Oid,
    name: &str,
) -> PgResult<()> {
    let oid = get_tablespace_oid(context.catalog, name, false)?.unwrap_or(Oid::INVALID);
    if name == "pg_global" {
        return fail(
            sqlstate::INVALID_PARAMETER_VALUE,
            "only shared relations can be placed in pg_global tablespace".into(),
        );
    }
    use crate::catalog::acl::privilege::CREATE;
    let address = ObjectAddress::new(Class::Tablespace, oid);
    let role = context.session.current_user;
    if !crate::catalog::aclchk::object_aclcheck(context.catalog, address, role, CREATE) {
        return fail(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied for tablespace {name}"),
        );
    }
    let stored = if oid == fixed::DEFAULT_TABLESPACE_OID { Oid::INVALID } else { oid };
    context.catalog.update::<PgClass>(relid, |class| class.reltablespace = stored);
    record_dependency_on_tablespace(
        context.catalog,
        ObjectAddress::new(Class::Relation, relid),
        stored,
    );
    Ok(())
}

/// SET and RESET of storage parameters. PostgreSQL: ATExecSetRelOptions.
pub(super) fn at_exec_set_rel_options(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let definitions = cmd.cmd.def.as_ref().map_or(&[][..], Node::list);
    if definitions.is_empty() && cmd.cmd.subtype != AlterTableType::AtReplaceRelOptions {
        return Ok(());
    }
    perform_set_options(context, &class, definitions, cmd.cmd.subtype)
}

/// PostgreSQL: ATExecEnableDisableTrigger.
pub(super) fn at_exec_enable_disable_trigger(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    use AlterTableType::*;
    let (fires_when, skip_system, by_name) = match cmd.cmd.subtype {
        AtEnableTrig => (b'O', false, true),
        AtEnableAlwaysTrig => (b'A', false, true),
        AtEnableReplicaTrig => (b'R', false, true),
        AtDisableTrig => (b'D', false, true),
        AtEnableTrigAll => (b'O', false, false),
        AtDisableTrigAll => (b'D', false, false),
        AtEnableTrigUser => (b'O', true, false),
        _ => (b'D', true, false), // AtDisableTrigUser
    };
    let name = by_name.then(|| cmd.name().to_string());
    enable_disable_trigger(
        context,
        relid,
        name.as_deref(),
        None,
        fires_when,
        skip_system,
        cmd.cmd.recurse,
    )
}

/// PostgreSQL: EnableDisableTrigger (commands/trigger.c).
fn enable_disable_trigger(
    context: &mut Context,
    relid: Oid,
    name: Option<&str>,
    parent: Option<Oid>,
    fires_when: u8,
    skip_system: bool,
    recurse: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let superuser = crate::commands::support::superuser(context);
    let mut chosen = Vec::new();
    for trigger in context.catalog.find_all::<PgTrigger>(&relid) {
        if name.is_some_and(|name| trigger.tgname != name)
            || parent.is_some_and(|parent| trigger.tgparentid != parent)
        {
            continue;
        }
        if trigger.tgisinternal {
            if skip_system {
                continue;
            }
            if !superuser {
                return fail(
                    sqlstate::INSUFFICIENT_PRIVILEGE,
                    format!("permission denied: \"{}\" is a system trigger", trigger.tgname),
                );
            }
        }
        chosen.push((trigger.oid, trigger.tgtype));
    }
    if let (Some(name), true) = (name, chosen.is_empty()) {
        return fail(
            sqlstate::UNDEFINED_OBJECT,
            format!("trigger \"{name}\" for table \"{}\" does not exist", class.relname),
        );
    }
    for (oid, tgtype) in chosen {
        context.catalog.update::<PgTrigger>(oid, |row| row.tgenabled = fires_when);
        if recurse && class.relkind == b'p' && tgtype & 1 != 0 {
            let partitions = super::inherit_tree::find_inheritance_children(context.catalog, relid);
            for partition in partitions {
                enable_disable_trigger(
                    context,
                    partition,
                    None,
                    Some(oid),
                    fires_when,
                    skip_system,
                    recurse,
                )?;
            }
        }
    }
    Ok(())
}

/// PostgreSQL: EnableDisableRule (rewrite/rewriteDefine.c).
pub(super) fn at_exec_enable_disable_rule(
    context: &mut Context,
    relid: Oid,
    name: &str,
    subtype: AlterTableType,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let enabled = match subtype {
        AlterTableType::AtEnableRule => b'O',
        AlterTableType::AtEnableAlwaysRule => b'A',
        AlterTableType::AtEnableReplicaRule => b'R',
        _ => b'D', // AtDisableRule
    };
    let rule = context
        .catalog
        .find_all::<PgRewrite>(&relid)
        .find(|rule| rule.rulename == name)
        .map(|rule| rule.oid);
    let Some(rule) = rule else {
        return fail(
            sqlstate::UNDEFINED_OBJECT,
            format!("rule \"{name}\" for relation \"{}\" does not exist", class.relname),
        );
    };
    context.catalog.update::<PgRewrite>(rule, |row| row.ev_enabled = enabled);
    Ok(())
}

/// PostgreSQL: ATExecReplicaIdentity.
pub(super) fn at_exec_replica_identity(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let Some(Node::ReplicaIdentityStmt(stmt)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    let index = if stmt.identity_type == b'i' {
        let class = relation(context.catalog, relid)?;
        let name = stmt.name.as_deref().unwrap_or_default();
        let oid = index_of_table(context, &class, name)?;
        check_replica_index(context, &class, oid)?;
        Some(oid)
    } else {
        None
    };
    relation_mark_replica_identity(context, relid, stmt.identity_type, index);
    Ok(())
}

/// PostgreSQL: relation_mark_replica_identity.
pub(super) fn relation_mark_replica_identity(
    context: &mut Context,
    relid: Oid,
    identity: u8,
    index: Option<Oid>,
) {
    context.catalog.update::<PgClass>(relid, |class| class.relreplident = identity);
    let indexes: Vec<(Oid, bool)> = context
        .catalog
        .find_all::<PgIndex>(&relid)
        .map(|row| (row.indexrelid, row.indisreplident))
        .collect();
    for (oid, marked) in indexes {
        let wanted = index == Some(oid);
        if wanted != marked {
            context.catalog.update::<PgIndex>(oid, |row| row.indisreplident = wanted);
        }
    }
}

fn check_replica_index(context: &Context, class: &PgClass, oid: Oid) -> PgResult<()> {
    let name = rel_name(context.catalog, oid);
    let index = context.catalog.get::<PgIndex>(oid).filter(|row| row.indrelid == class.oid);
    let Some(index) = index else {
        return fail(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{name}\" is not an index for table \"{}\"", class.relname),
        );
    };
    let unfit = if !index.indisunique {
        Some("non-unique")
    } else if !index.indimmediate {
        None
    } else if !index.indexprs.is_empty() {
        Some("expression")
    } else if index.indpred.is_some() {
        Some("partial")
    } else {
        None
    };
    if let Some(kind) = unfit {
        let state = if kind == "non-unique" {
            sqlstate::WRONG_OBJECT_TYPE
        } else {
            sqlstate::FEATURE_NOT_SUPPORTED
        };
        return fail(state, format!("cannot use {kind} index \"{name}\" as replica identity"));
    }
    if !index.indimmediate {
        return fail(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot use non-immediate index \"{name}\" as replica identity"),
        );
    }
    let keys = usize::try_from(index.indnkeyatts).unwrap_or(0).min(index.indkey.len());
    for attnum in &index.indkey[..keys] {
        let Some(column) = class.attribute(*attnum) else { continue };
        if !column.attnotnull {
            return fail(
                sqlstate::WRONG_OBJECT_TYPE,
                format!(
                    "index \"{name}\" cannot be used as replica identity because column \"{}\" is \
                     nullable",
                    column.attname
                ),
            );
        }
    }
    Ok(())
}

/// ENABLE, DISABLE, FORCE and NO FORCE ROW LEVEL SECURITY. PostgreSQL: ATExecSetRowSecurity,
/// ATExecForceNoForceRowSecurity.
pub(super) fn set_row_security(
    context: &mut Context,
    relid: Oid,
    enabled: Option<bool>,
    forced: Option<bool>,
) -> PgResult<()> {
    context.catalog.update::<PgClass>(relid, |class| {
        class.relrowsecurity = enabled.unwrap_or(class.relrowsecurity);
        class.relforcerowsecurity = forced.unwrap_or(class.relforcerowsecurity);
    });
    Ok(())
}

/// A foreign table's OPTIONS. PostgreSQL: ATExecGenericOptions.
pub(super) fn at_exec_generic_options(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let Some(table) = context.catalog.get::<PgForeignTable>(relid) else { return Ok(()) };
    let definitions = cmd.cmd.def.as_ref().map_or(&[][..], Node::list);
    let options =
        crate::commands::foreigncmds::transform_generic_options(&table.ftoptions, definitions)?;
    context.catalog.update::<PgForeignTable>(relid, |row| row.ftoptions = options);
    Ok(())
}

/// A foreign table's column's OPTIONS. PostgreSQL: ATExecAlterColumnGenericOptions.
pub(super) fn at_exec_alter_column_generic_options(
    context: &mut Context,
    relid: Oid,
    name: &str,
    cmd: &AtCmd,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    let definitions = cmd.cmd.def.as_ref().map_or(&[][..], Node::list);
    let options = crate::commands::foreigncmds::transform_generic_options(
        &column.attfdwoptions,
        definitions,
    )?;
    let attnum = column.attnum;
    update_attribute(context, relid, attnum, |attribute| attribute.attfdwoptions = options.into());
    Ok(())
}

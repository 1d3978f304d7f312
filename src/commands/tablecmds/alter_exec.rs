//! The second phase of ALTER TABLE: each subcommand handed to what carries it out (PostgreSQL: ATExecCmd,
//! commands/tablecmds.c).

use super::alter::{AtCmd, Pass, WorkQueue};
use super::support::relation;
use super::{
    alter_column, alter_constraint, alter_identity, alter_inherit, alter_misc, alter_not_null,
    alter_partition, alter_type, at_parse,
};
use crate::commands::Context;
use crate::findings::PgResult;
use crate::nodes::tree::{AlterTableType, Node, RangeVar};

/// PostgreSQL: ATExecCmd.
pub(super) fn at_exec_cmd(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    cmd: AtCmd,
    pass: Pass,
    range: Option<&RangeVar>,
) -> PgResult<()> {
    use AlterTableType::*;
    let relid = queue.tables[at].relid;
    let class = relation(context.catalog, relid)?;
    let name = cmd.cmd.name.clone().unwrap_or_default();
    let name = name.as_str();
    match cmd.cmd.subtype {
        AtAddColumn | AtAddColumnToView => {
            alter_column::at_exec_add_column(context, queue, at, cmd, false, Some(pass)).map(drop)
        }
        AtColumnDefault => alter_column::at_exec_column_default(context, relid, name, &cmd),
        AtCookedColumnDefault => {
            alter_column::at_exec_cooked_column_default(context, relid, cmd.cmd.num, &cmd)
        }
        AtAddIdentity => {
            let recurse = cmd.cmd.recurse;
            match at_parse::at_parse_transform_cmd(context, queue, at, cmd, false, Some(pass))? {
                Some(cmd) => {
                    alter_identity::at_exec_add_identity(context, relid, &cmd, recurse, false)
                }
                None => Ok(()),
            }
        }
        AtSetIdentity => {
            let recurse = cmd.cmd.recurse;
            match at_parse::at_parse_transform_cmd(context, queue, at, cmd, false, Some(pass))? {
                Some(cmd) => {
                    alter_identity::at_exec_set_identity(context, relid, &cmd, recurse, false)
                }
                None => Ok(()),
            }
        }
        AtDropIdentity => {
            let missing_ok = cmd.cmd.missing_ok;
            let recurse = cmd.cmd.recurse;
            alter_identity::at_exec_drop_identity(context, relid, name, missing_ok, recurse, false)
        }
        AtDropNotNull => {
            alter_not_null::at_exec_drop_not_null(context, relid, name, cmd.cmd.recurse)
        }
        AtSetNotNull => {
            alter_not_null::at_exec_set_not_null(context, relid, None, name, cmd.cmd.recurse, false)
        }
        AtSetExpression => alter_column::at_exec_set_expression(context, queue, at, name, &cmd),
        AtDropExpression => {
            alter_column::at_exec_drop_expression(context, relid, name, cmd.cmd.missing_ok)
        }
        AtSetStatistics => alter_column::at_exec_set_statistics(context, relid, &cmd),
        AtSetOptions => alter_column::at_exec_set_options(context, relid, name, &cmd, false),
        AtResetOptions => alter_column::at_exec_set_options(context, relid, name, &cmd, true),
        AtSetStorage => alter_column::at_exec_set_storage(context, relid, name, &cmd),
        AtSetCompression => alter_column::at_exec_set_compression(context, relid, name, &cmd),
        AtDropColumn => alter_column::at_exec_drop_column(
            context,
            relid,
            name,
            cmd.cmd.behavior,
            cmd.cmd.recurse,
            false,
            cmd.cmd.missing_ok,
        ),
        AtAddIndex => alter_constraint::at_exec_add_index(context, relid, &cmd, false),
        AtReAddIndex => super::alter_rebuild::without_position(
            alter_constraint::at_exec_add_index(context, relid, &cmd, true),
        ),
        AtAddConstraint => {
            let recurse = cmd.cmd.recurse;
            let cmd = if pass == Pass::AddConstr {
                at_parse::at_parse_transform_cmd(context, queue, at, cmd, recurse, Some(pass))?
            } else {
                Some(cmd)
            };
            match cmd {
                Some(cmd) => {
                    alter_constraint::at_exec_add_constraint(context, relid, &cmd, recurse, false)
                }
                None => Ok(()),
            }
        }
        AtReAddConstraint => super::alter_rebuild::without_position(
            alter_constraint::at_exec_add_constraint(context, relid, &cmd, true, true),
        ),
        AtReAddDomainConstraint => Ok(()),
        AtReAddComment => super::alter_rebuild::at_exec_re_add_comment(context, relid, &cmd),
        AtReAddStatistics => super::alter_rebuild::at_exec_re_add_statistics(context, relid, &cmd),
        AtAddIndexConstraint => {
            alter_constraint::at_exec_add_index_constraint(context, relid, &cmd)
        }
        AtAlterConstraint => {
            alter_constraint::at_exec_alter_constraint(context, relid, &cmd, cmd.cmd.recurse)
        }
        AtValidateConstraint => alter_constraint::at_exec_validate_constraint(
            context,
            relid,
            name,
            cmd.cmd.recurse,
            false,
        ),
        AtDropConstraint => alter_constraint::at_exec_drop_constraint(
            context,
            relid,
            name,
            cmd.cmd.behavior,
            cmd.cmd.recurse,
            cmd.cmd.missing_ok,
        ),
        AtAlterColumnType => alter_type::at_exec_alter_column_type(context, queue, at, &cmd),
        AtAlterColumnGenericOptions => {
            alter_misc::at_exec_alter_column_generic_options(context, relid, name, &cmd)
        }
        AtChangeOwner => super::alter_owner::at_exec_change_owner_cmd(context, relid, &cmd),
        AtClusterOn => alter_misc::at_exec_cluster_on(context, relid, name),
        AtDropCluster => alter_misc::at_exec_drop_cluster(context, relid),
        AtSetLogged => alter_misc::set_persistence(context, relid, b'p'),
        AtSetUnLogged => alter_misc::set_persistence(context, relid, b'u'),
        AtDropOids => Ok(()),
        AtSetAccessMethod => alter_misc::at_exec_set_access_method(context, relid, &cmd),
        AtSetTableSpace => alter_misc::at_exec_set_table_space(context, relid, name),
        AtSetRelOptions | AtResetRelOptions | AtReplaceRelOptions => {
            alter_misc::at_exec_set_rel_options(context, relid, &cmd)
        }
        AtEnableTrig | AtEnableAlwaysTrig | AtEnableReplicaTrig | AtDisableTrig
        | AtEnableTrigAll | AtDisableTrigAll | AtEnableTrigUser | AtDisableTrigUser => {
            alter_misc::at_exec_enable_disable_trigger(context, relid, &cmd)
        }
        AtEnableRule | AtEnableAlwaysRule | AtEnableReplicaRule | AtDisableRule => {
            alter_misc::at_exec_enable_disable_rule(context, relid, name, cmd.cmd.subtype)
        }
        AtAddInherit => alter_inherit::at_exec_add_inherit(context, relid, &cmd),
        AtDropInherit => alter_inherit::at_exec_drop_inherit(context, relid, &cmd),
        AtAddOf => alter_inherit::at_exec_add_of(context, relid, &cmd),
        AtDropOf => alter_inherit::at_exec_drop_of(context, relid),
        AtReplicaIdentity => alter_misc::at_exec_replica_identity(context, relid, &cmd),
        AtEnableRowSecurity => alter_misc::set_row_security(context, relid, Some(true), None),
        AtDisableRowSecurity => alter_misc::set_row_security(context, relid, Some(false), None),
        AtForceRowSecurity => alter_misc::set_row_security(context, relid, None, Some(true)),
        AtNoForceRowSecurity => alter_misc::set_row_security(context, relid, None, Some(false)),
        AtGenericOptions => alter_misc::at_exec_generic_options(context, relid, &cmd),
        AtAttachPartition => {
            let Some(Node::PartitionCmd(part)) = cmd.cmd.def.as_ref() else { return Ok(()) };
            if class.relkind == b'I' {
                super::alter_partition_index::at_exec_attach_partition_idx(context, relid, part)
            } else {
                alter_partition::at_exec_attach_partition(context, relid, part, range)
            }
        }
        AtDetachPartition | AtDetachPartitionFinalize => {
            let Some(Node::PartitionCmd(part)) = cmd.cmd.def.as_ref() else { return Ok(()) };
            let finalize = cmd.cmd.subtype == AtDetachPartitionFinalize;
            alter_partition::at_exec_detach_partition(context, relid, part, finalize)
        }
    }
}

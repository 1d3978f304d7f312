//! ALTER TABLE and its kin: the statement's phases, and what each subcommand may be asked of (PostgreSQL: AlterTable
//! and ATController, commands/tablecmds.c).

use std::sync::Arc;

use super::alter_errors::{target, target_of, wrong_relkind};
use super::inherit_tree::find_all_inheritors;
use super::support::{refuse_system_relation, relation, require_owner};
use super::{alter_exec, alter_type, at_parse};
use crate::catalog::PgClass;
use crate::catalog::namespace::range_var_get_relid;
use crate::commands::support::prevent_in_transaction_block;
use crate::commands::{Context, contents};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{
    AlterTableCmd, AlterTableStmt, AlterTableType, ConstrType, Node, ObjectType, RangeVar,
};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The passes in which the subcommands are carried out (PostgreSQL: AlterTablePass).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pass {
    Drop,
    AlterType,
    AddCol,
    SetExpression,
    OldIndex,
    OldConstr,
    AddConstr,
    ColAttrs,
    AddIndexConstr,
    AddIndex,
    AddOtherConstr,
    Misc,
}

const PASSES: [Pass; 12] = [
    Pass::Drop,
    Pass::AlterType,
    Pass::AddCol,
    Pass::SetExpression,
    Pass::OldIndex,
    Pass::OldConstr,
    Pass::AddConstr,
    Pass::ColAttrs,
    Pass::AddIndexConstr,
    Pass::AddIndex,
    Pass::AddOtherConstr,
    Pass::Misc,
];

/// One subcommand on its way through the phases.
#[derive(Debug, Clone)]
pub(crate) struct AtCmd {
    pub cmd: AlterTableCmd,
    /// An expression that is already analysed: the USING of a type change, or a copied default.
    pub cooked: Option<Arc<Expr>>,
    /// The index that ADD CONSTRAINT … USING INDEX names, once found.
    pub index_oid: Oid,
    /// What a rebuilt index or constraint keeps of the one it stands for.
    pub old: Option<Arc<OldObject>>,
}

/// What a rebuilt index or constraint keeps of the one it stands for.
#[derive(Debug, Clone, Default)]
pub(crate) struct OldObject {
    pub comment: Option<Arc<str>>,
    pub inhcount: i16,
    pub is_local: bool,
}

impl AtCmd {
    pub(crate) fn new(cmd: AlterTableCmd) -> AtCmd {
        AtCmd { cmd, cooked: None, index_oid: Oid::INVALID, old: None }
    }

    /// A subcommand that PostgreSQL makes up itself.
    pub(crate) fn made(subtype: AlterTableType, name: Option<&str>, def: Option<Node>) -> AtCmd {
        AtCmd::new(AlterTableCmd {
            subtype,
            name: name.map(Into::into),
            num: 0,
            newowner: None,
            def,
            behavior: crate::nodes::tree::DropBehavior::DropRestrict,
            missing_ok: false,
            recurse: false,
        })
    }

    pub(crate) fn name(&self) -> &str {
        self.cmd.name.as_deref().unwrap_or_default()
    }
}

/// The work queued for one relation (PostgreSQL: AlteredTableInfo).
pub(crate) struct AlteredTable {
    pub relid: Oid,
    /// The row as it was before the statement (PostgreSQL: oldDesc).
    pub old: Arc<PgClass>,
    pub subcmds: Vec<(Pass, AtCmd)>,
    pub changed_constraints: Vec<Oid>,
    pub changed_indexes: Vec<Oid>,
    pub changed_statistics: Vec<Oid>,
    pub replica_identity_index: Option<Oid>,
    pub cluster_on_index: Option<Oid>,
    pub after_stmts: Vec<Node>,
    pub persistence_changed: bool,
    pub access_method_changed: bool,
    pub tablespace_changed: bool,
    /// Whether the table's rows are written anew or checked, so that pending trigger events matter.
    pub rewrite: bool,
}

impl AlteredTable {
    pub(crate) fn push(&mut self, pass: Pass, cmd: AtCmd) {
        self.subcmds.push((pass, cmd));
    }

    fn of_pass(&self, pass: Pass) -> Vec<AtCmd> {
        self.subcmds.iter().filter(|(p, _)| *p == pass).map(|(_, cmd)| cmd.clone()).collect()
    }
}

/// Everything one ALTER TABLE has to do.
#[derive(Default)]
pub(crate) struct WorkQueue {
    pub tables: Vec<AlteredTable>,
}

impl WorkQueue {
    /// The entry of a relation, made when it is not there. PostgreSQL: ATGetQueueEntry.
    pub(crate) fn entry(&mut self, class: &Arc<PgClass>) -> usize {
        if let Some(at) = self.tables.iter().position(|table| table.relid == class.oid) {
            return at;
        }
        self.tables.push(AlteredTable {
            relid: class.oid,
            old: class.clone(),
            subcmds: Vec::new(),
            changed_constraints: Vec::new(),
            changed_indexes: Vec::new(),
            changed_statistics: Vec::new(),
            replica_identity_index: None,
            cluster_on_index: None,
            after_stmts: Vec::new(),
            persistence_changed: false,
            access_method_changed: false,
            tablespace_changed: false,
            rewrite: false,
        });
        self.tables.len() - 1
    }
}

/// ALTER TABLE and the statements that share its tree. PostgreSQL: ProcessUtilitySlow's AlterTableStmt
/// (tcop/utility.c) and AlterTable (commands/tablecmds.c).
pub fn alter_table_stmt(context: &mut Context, stmt: &AlterTableStmt) -> PgResult<()> {
    if stmt.cmds.iter().any(detaches_concurrently) {
        prevent_in_transaction_block(context, "ALTER TABLE ... DETACH CONCURRENTLY")?;
    }
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = alter_table_lookup_relation(context, range, stmt.objtype, stmt.missing_ok)?
    else {
        return Ok(());
    };
    let cmds = stmt.cmds.iter().filter_map(|node| match node {
        Node::AlterTableCmd(cmd) => Some(AtCmd::new((**cmd).clone())),
        _ => None, // the grammar puts nothing else there
    });
    let before = contents::before_alter(context, relid);
    at_controller(context, relid, cmds.collect(), range.inh, Some(range))?;
    for (relid, before) in before {
        contents::after_alter(context, relid, Some(before))?;
    }
    Ok(())
}

fn detaches_concurrently(node: &Node) -> bool {
    let Node::AlterTableCmd(cmd) = node else { return false };
    cmd.subtype == AlterTableType::AtDetachPartition
        && matches!(&cmd.def, Some(Node::PartitionCmd(part)) if part.concurrent)
}

/// Finds the relation; None with a notice under IF EXISTS. PostgreSQL: AlterTableLookupRelation.
fn alter_table_lookup_relation(
    context: &mut Context,
    range: &RangeVar,
    objtype: ObjectType,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let Some(relid) = range_var_get_relid(&context.shared(), range, missing_ok)? else {
        let name = range.relname.as_deref().unwrap_or_default();
        context.notice(Notice::notice(format!("relation \"{name}\" does not exist, skipping")));
        return Ok(None);
    };
    let class = relation(context.catalog, relid)?;
    check_relation_for_alter(context, &class, objtype, AlterKind::Other)?;
    Ok(Some(relid))
}

/// Which statement asks, where the checks differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AlterKind {
    Rename,
    SetSchema,
    Other,
}

/// PostgreSQL: RangeVarCallbackForAlterRelation (commands/tablecmds.c).
pub(crate) fn check_relation_for_alter(
    context: &Context,
    class: &PgClass,
    objtype: ObjectType,
    kind: AlterKind,
) -> PgResult<()> {
    require_owner(context, class)?;
    refuse_system_relation(context, class)?;
    let relkind = class.relkind;
    let wrong = |what: &str| -> PgResult<()> {
        Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is not {what}", class.relname),
        )
        .into())
    };
    // ALTER TABLE is taken for most kinds of relation; the narrower statements insist on theirs.
    match objtype {
        ObjectType::ObjectSequence if relkind != b'S' => return wrong("a sequence"),
        ObjectType::ObjectView if relkind != b'v' => return wrong("a view"),
        ObjectType::ObjectMatview if relkind != b'm' => return wrong("a materialized view"),
        ObjectType::ObjectForeignTable if relkind != b'f' => return wrong("a foreign table"),
        ObjectType::ObjectType if relkind != b'c' => return wrong("a composite type"),
        ObjectType::ObjectIndex if !matches!(relkind, b'i' | b'I') && kind != AlterKind::Rename => {
            return wrong("an index");
        }
        _ => {} // ALTER TABLE, or the kind that was asked for
    }
    if objtype != ObjectType::ObjectType && relkind == b'c' {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is a composite type", class.relname),
        )
        .hint("Use ALTER TYPE instead.")
        .into());
    }
    if kind == AlterKind::SetSchema {
        check_set_schema(class)?;
    }
    Ok(())
}

fn check_set_schema(class: &PgClass) -> PgResult<()> {
    let (what, hint) = match class.relkind {
        b'i' | b'I' => ("index", "Change the schema of the table instead."),
        b'c' => ("composite type", "Use ALTER TYPE instead."),
        b't' => ("TOAST table", "Change the schema of the table instead."),
        _ => return Ok(()), // every other kind can be moved
    };
    Err(PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot change schema of {what} \"{}\"", class.relname),
    )
    .hint(hint)
    .into())
}

/// The phases: prepare, change the catalog pass by pass, then what has to come last. PostgreSQL: ATController.
fn at_controller(
    context: &mut Context,
    relid: Oid,
    cmds: Vec<AtCmd>,
    recurse: bool,
    range: Option<&RangeVar>,
) -> PgResult<()> {
    let mut queue = WorkQueue::default();
    let class = relation(context.catalog, relid)?;
    for cmd in cmds {
        at_prep_cmd(context, &mut queue, &class, cmd, recurse, false)?;
    }
    at_rewrite_catalogs(context, &mut queue, range)?;
    for table in queue.tables.iter().filter(|table| table.rewrite) {
        alter_type::find_row_type_dependencies(context, &table.old)?;
    }
    let after: Vec<Node> =
        queue.tables.iter_mut().flat_map(|table| std::mem::take(&mut table.after_stmts)).collect();
    for stmt in after {
        crate::commands::utility::process_node(context, &stmt)?;
    }
    Ok(())
}

fn at_rewrite_catalogs(
    context: &mut Context,
    queue: &mut WorkQueue,
    range: Option<&RangeVar>,
) -> PgResult<()> {
    for pass in PASSES {
        let mut at = 0;
        // Tables may be added to the queue on the way.
        while at < queue.tables.len() {
            let cmds = queue.tables[at].of_pass(pass);
            if !cmds.is_empty() {
                for cmd in cmds {
                    alter_exec::at_exec_cmd(context, queue, at, cmd, pass, range)?;
                }
                if matches!(pass, Pass::AlterType | Pass::SetExpression) {
                    super::alter_rebuild::at_post_alter_type_cleanup(context, queue, at)?;
                }
            }
            at += 1;
        }
    }
    Ok(())
}

/// Checks a subcommand's permissions, recurses where that is done early, and queues it in its pass. PostgreSQL:
/// ATPrepCmd.
pub(crate) fn at_prep_cmd(
    context: &mut Context,
    queue: &mut WorkQueue,
    class: &Arc<PgClass>,
    mut cmd: AtCmd,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    use AlterTableType::*;
    let at = queue.entry(class);
    refuse_pending_detach(context, class, cmd.cmd.subtype)?;
    if let Some(allowed) = allowed_targets(context, cmd.cmd.subtype) {
        at_simple_permissions(context, cmd.cmd.subtype, class, allowed)?;
    }
    let subtype = cmd.cmd.subtype;
    let pass = match subtype {
        AtAddColumn | AtAddColumnToView => {
            super::alter_column::at_prep_add_column(context, class, recursing)?;
            recurse_composite(context, queue, class, &cmd, recurse, recursing)?;
            cmd.cmd.recurse |= recurse && subtype == AtAddColumn;
            Pass::AddCol
        }
        AtColumnDefault => {
            at_simple_recursion(context, queue, class, &cmd, recurse)?;
            if cmd.cmd.def.is_some() { Pass::AddOtherConstr } else { Pass::Drop }
        }
        AtCookedColumnDefault => Pass::AddOtherConstr,
        AtAddIdentity => {
            cmd.cmd.recurse |= recurse;
            Pass::AddOtherConstr
        }
        AtSetIdentity => {
            cmd.cmd.recurse |= recurse;
            Pass::Misc
        }
        AtDropIdentity => {
            cmd.cmd.recurse |= recurse;
            Pass::Drop
        }
        AtDropNotNull => {
            cmd.cmd.recurse |= recurse;
            if context.catalog.version().major() < 18 {
                at_simple_recursion(context, queue, class, &cmd, recurse)?;
            }
            Pass::Drop
        }
        AtSetNotNull => {
            cmd.cmd.recurse |= recurse;
            Pass::ColAttrs
        }
        AtSetExpression => {
            at_simple_recursion(context, queue, class, &cmd, recurse)?;
            Pass::SetExpression
        }
        AtDropExpression => {
            at_simple_recursion(context, queue, class, &cmd, recurse)?;
            super::alter_column::at_prep_drop_expression(context, class, &cmd, recurse, recursing)?;
            Pass::Drop
        }
        AtSetStatistics | AtSetStorage => {
            at_simple_recursion(context, queue, class, &cmd, recurse)?;
            Pass::Misc
        }
        AtDropColumn => {
            super::alter_column::at_prep_drop_column(class, recursing)?;
            recurse_composite(context, queue, class, &cmd, recurse, recursing)?;
            cmd.cmd.recurse |= recurse;
            Pass::Drop
        }
        AtAddIndex => Pass::AddIndex,
        AtAddConstraint => {
            super::alter_constraint::at_prep_add_primary_key(context, queue, class, &cmd, recurse)?;
            cmd.cmd.recurse |= recurse;
            Pass::AddConstr
        }
        AtAddIndexConstraint => Pass::AddIndexConstr,
        AtDropConstraint => {
            cmd.cmd.recurse |= recurse;
            Pass::Drop
        }
        AtAlterColumnType => {
            let Some(transformed) =
                at_parse::at_parse_transform_cmd(context, queue, at, cmd, recurse, None)?
            else {
                return Ok(());
            };
            cmd = transformed;
            alter_type::at_prep_alter_column_type(context, queue, class, &cmd, recurse, recursing)?;
            Pass::AlterType
        }
        AtSetLogged | AtSetUnLogged => {
            prep_change_persistence(context, queue, at, subtype)?;
            Pass::Misc
        }
        AtDropOids => Pass::Drop,
        AtSetAccessMethod => {
            if std::mem::replace(&mut queue.tables[at].access_method_changed, true) {
                return Err(PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    "cannot have multiple SET ACCESS METHOD subcommands",
                )
                .into());
            }
            Pass::Misc
        }
        AtSetTableSpace => {
            if std::mem::replace(&mut queue.tables[at].tablespace_changed, true) {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    "cannot have multiple SET TABLESPACE subcommands",
                )
                .into());
            }
            Pass::Misc
        }
        AtAddInherit => {
            super::alter_inherit::at_prep_add_inherit(class)?;
            Pass::Misc
        }
        AtAlterConstraint | AtValidateConstraint => {
            cmd.cmd.recurse |= recurse;
            Pass::Misc
        }
        AtEnableTrig | AtEnableAlwaysTrig | AtEnableReplicaTrig | AtDisableTrig
        | AtEnableTrigAll | AtDisableTrigAll | AtEnableTrigUser | AtDisableTrigUser => {
            cmd.cmd.recurse |= recurse;
            Pass::Misc
        }
        AtSetOptions
        | AtResetOptions
        | AtSetCompression
        | AtAlterColumnGenericOptions
        | AtChangeOwner
        | AtClusterOn
        | AtDropCluster
        | AtSetRelOptions
        | AtResetRelOptions
        | AtReplaceRelOptions
        | AtEnableRule
        | AtEnableAlwaysRule
        | AtEnableReplicaRule
        | AtDisableRule
        | AtDropInherit
        | AtAddOf
        | AtDropOf
        | AtReplicaIdentity
        | AtEnableRowSecurity
        | AtDisableRowSecurity
        | AtForceRowSecurity
        | AtNoForceRowSecurity
        | AtGenericOptions
        | AtAttachPartition
        | AtDetachPartition
        | AtDetachPartitionFinalize
        | AtReAddComment => Pass::Misc,
        AtReAddIndex => Pass::OldIndex,
        AtReAddConstraint | AtReAddDomainConstraint | AtReAddStatistics => Pass::OldConstr,
    };
    queue.tables[at].push(pass, cmd);
    Ok(())
}

/// PostgreSQL: "cannot alter partition … with an incomplete detach".
fn refuse_pending_detach(
    context: &Context,
    class: &PgClass,
    subtype: AlterTableType,
) -> PgResult<()> {
    let pending = class.relispartition
        && context
            .catalog
            .find::<crate::catalog::PgInherits>(&class.oid)
            .is_some_and(|row| row.inhdetachpending);
    if pending && subtype != AlterTableType::AtDetachPartitionFinalize {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("cannot alter partition \"{}\" with an incomplete detach", class.relname),
        )
        .hint("Use ALTER TABLE ... DETACH PARTITION ... FINALIZE to complete the pending detach operation.")
        .into());
    }
    Ok(())
}

/// The kinds of relation that ATPrepCmd lets a subcommand through for; None where it does not ask.
fn allowed_targets(context: &Context, subtype: AlterTableType) -> Option<u16> {
    use AlterTableType::*;
    use target::*;
    let tables = TABLE | PARTITIONED_TABLE;
    Some(match subtype {
        AtAddColumn | AtDropColumn | AtAlterColumnType => tables | COMPOSITE_TYPE | FOREIGN_TABLE,
        AtAddColumnToView => VIEW,
        AtColumnDefault | AtAddIdentity | AtSetIdentity | AtDropIdentity => {
            tables | VIEW | FOREIGN_TABLE
        }
        AtCookedColumnDefault
        | AtDropNotNull
        | AtSetNotNull
        | AtSetExpression
        | AtDropExpression
        | AtAddConstraint
        | AtDropConstraint
        | AtDropOids
        | AtAddInherit
        | AtDropInherit
        | AtValidateConstraint
        | AtEnableTrig
        | AtEnableAlwaysTrig
        | AtEnableReplicaTrig
        | AtDisableTrig
        | AtEnableTrigAll
        | AtDisableTrigAll
        | AtEnableTrigUser
        | AtDisableTrigUser => tables | FOREIGN_TABLE,
        AtSetStatistics => tables | MATVIEW | INDEX | PARTITIONED_INDEX | FOREIGN_TABLE,
        AtSetOptions | AtResetOptions | AtSetStorage => tables | MATVIEW | FOREIGN_TABLE,
        AtSetCompression | AtClusterOn | AtDropCluster | AtSetAccessMethod | AtReplicaIdentity => {
            tables | MATVIEW
        }
        AtAddIndex | AtAddIndexConstraint | AtAlterConstraint | AtEnableRule
        | AtEnableAlwaysRule | AtEnableReplicaRule | AtDisableRule | AtAddOf | AtDropOf
        | AtEnableRowSecurity | AtDisableRowSecurity | AtForceRowSecurity
        | AtNoForceRowSecurity => tables,
        AtSetLogged | AtSetUnLogged => {
            if context.catalog.version().major() < 18 {
                tables | SEQUENCE
            } else {
                TABLE | SEQUENCE
            }
        }
        AtSetTableSpace => tables | MATVIEW | INDEX | PARTITIONED_INDEX,
        AtSetRelOptions | AtResetRelOptions | AtReplaceRelOptions => {
            tables | VIEW | MATVIEW | INDEX
        }
        AtAlterColumnGenericOptions | AtGenericOptions => FOREIGN_TABLE,
        AtAttachPartition | AtDetachPartition | AtDetachPartitionFinalize => {
            // Before 18 a plain table is refused later, with a message of its own.
            let index =
                if subtype == AtAttachPartition { PARTITIONED_INDEX } else { PARTITIONED_TABLE };
            let before_18 = context.catalog.version().major() < 18;
            PARTITIONED_TABLE | index | if before_18 { TABLE } else { 0 }
        }
        AtChangeOwner
        | AtReAddIndex
        | AtReAddConstraint
        | AtReAddDomainConstraint
        | AtReAddComment
        | AtReAddStatistics => return None,
    })
}

/// PostgreSQL: ATSimplePermissions.
pub(crate) fn at_simple_permissions(
    context: &Context,
    subtype: AlterTableType,
    class: &PgClass,
    allowed: u16,
) -> PgResult<()> {
    if target_of(class.relkind) & allowed == 0 {
        return Err(wrong_relkind(context.catalog.version(), subtype, class, allowed).into());
    }
    require_owner(context, class)?;
    refuse_system_relation(context, class)
}

/// Queues the subcommand for every descendant too. PostgreSQL: ATSimpleRecursion.
fn at_simple_recursion(
    context: &mut Context,
    queue: &mut WorkQueue,
    class: &Arc<PgClass>,
    cmd: &AtCmd,
    recurse: bool,
) -> PgResult<()> {
    if !recurse {
        return Ok(());
    }
    for (child, _) in find_all_inheritors(context.catalog, class.oid) {
        if child == class.oid {
            continue;
        }
        let child = relation(context.catalog, child)?;
        at_prep_cmd(context, queue, &child, cmd.clone(), false, true)?;
    }
    Ok(())
}

/// Composite types: tables OF the type follow under CASCADE. PostgreSQL: ATTypedTableRecursion.
pub(crate) fn recurse_composite(
    context: &mut Context,
    queue: &mut WorkQueue,
    class: &Arc<PgClass>,
    cmd: &AtCmd,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let _ = (recurse, recursing);
    if class.relkind != b'c' {
        return Ok(());
    }
    let typed = super::alter_inherit::find_typed_table_dependencies(
        context,
        class.reltype,
        &class.relname,
        cmd.cmd.behavior,
    )?;
    for table in typed {
        let table = relation(context.catalog, table)?;
        at_prep_cmd(context, queue, &table, cmd.clone(), true, true)?;
    }
    Ok(())
}

/// Whether the constraint is one that is made with an index.
pub(crate) fn is_index_constraint(contype: ConstrType) -> bool {
    matches!(
        contype,
        ConstrType::ConstrPrimary | ConstrType::ConstrUnique | ConstrType::ConstrExclusion
    )
}

/// PostgreSQL: ATPrepChangePersistence.
fn prep_change_persistence(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    subtype: AlterTableType,
) -> PgResult<()> {
    if std::mem::replace(&mut queue.tables[at].persistence_changed, true) {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot change persistence setting twice",
        )
        .into());
    }
    let relid = queue.tables[at].relid;
    super::alter_misc::check_change_persistence(
        context,
        relid,
        subtype == AlterTableType::AtSetLogged,
    )
}

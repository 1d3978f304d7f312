//! The messages that ALTER TABLE's subcommands share, and the relation kinds they are allowed on.

use crate::catalog::PgClass;
use crate::findings::PgError;
use crate::nodes::tree::AlterTableType;
use crate::pg::sqlstate;
use crate::pg::version::Version;

/// The kinds of relation that a subcommand may be asked of (PostgreSQL: ATT_*, commands/tablecmds.c).
pub(crate) mod target {
    pub const TABLE: u16 = 0x0001;
    pub const VIEW: u16 = 0x0002;
    pub const MATVIEW: u16 = 0x0004;
    pub const INDEX: u16 = 0x0008;
    pub const COMPOSITE_TYPE: u16 = 0x0010;
    pub const FOREIGN_TABLE: u16 = 0x0020;
    pub const PARTITIONED_INDEX: u16 = 0x0040;
    pub const SEQUENCE: u16 = 0x0080;
    pub const PARTITIONED_TABLE: u16 = 0x0100;
}

/// The bit of a relation's kind; 0 for a kind that no subcommand takes.
pub(super) fn target_of(relkind: u8) -> u16 {
    match relkind {
        b'r' => target::TABLE,
        b'p' => target::PARTITIONED_TABLE,
        b'v' => target::VIEW,
        b'm' => target::MATVIEW,
        b'i' => target::INDEX,
        b'I' => target::PARTITIONED_INDEX,
        b'c' => target::COMPOSITE_TYPE,
        b'f' => target::FOREIGN_TABLE,
        b'S' => target::SEQUENCE,
        _ => 0, // a TOAST table
    }
}

/// PostgreSQL: errdetail_relkind_not_supported (catalog/pg_class.c).
pub(crate) fn errdetail_relkind_not_supported(relkind: u8) -> &'static str {
    match relkind {
        b'r' => "This operation is not supported for tables.",
        b'i' => "This operation is not supported for indexes.",
        b'S' => "This operation is not supported for sequences.",
        b'v' => "This operation is not supported for views.",
        b'm' => "This operation is not supported for materialized views.",
        b'c' => "This operation is not supported for composite types.",
        b'f' => "This operation is not supported for foreign tables.",
        b'p' => "This operation is not supported for partitioned tables.",
        b'I' => "This operation is not supported for partitioned indexes.",
        _ => "This operation is not supported for TOAST tables.", // 't', the only kind left
    }
}

/// The relation's kind is not one the subcommand takes. PostgreSQL: ATSimplePermissions (commands/tablecmds.c), and
/// before version 15 ATWrongRelkindError.
pub(super) fn wrong_relkind(
    version: Version,
    subtype: AlterTableType,
    relation: &PgClass,
    allowed: u16,
) -> PgError {
    if version.major() < 15 {
        let what = old_wording(allowed);
        return PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is not {what}", relation.relname),
        );
    }
    match alter_table_type_to_string(subtype) {
        Some(action) => PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!(
                "ALTER action {action} cannot be performed on relation \"{}\"",
                relation.relname
            ),
        )
        .detail(errdetail_relkind_not_supported(relation.relkind)),
        None => PgError::new(
            sqlstate::INTERNAL_ERROR,
            format!("invalid ALTER action attempted on relation \"{}\"", relation.relname),
        ),
    }
}

fn old_wording(allowed: u16) -> String {
    let names = [
        (target::TABLE, "table"),
        (target::VIEW, "view"),
        (target::MATVIEW, "materialized view"),
        (target::INDEX, "index"),
        (target::COMPOSITE_TYPE, "composite type"),
        (target::FOREIGN_TABLE, "foreign table"),
    ];
    let kinds: Vec<&str> =
        names.iter().filter(|(bit, _)| allowed & bit != 0).map(|(_, name)| *name).collect();
    match kinds.as_slice() {
        [] => "of the wrong type".to_string(),
        [one] => format!("a {one}"),
        [one, two] => format!("a {one} or {two}"),
        [first @ .., last] => format!("a {}, or {last}", first.join(", ")),
    }
}

/// How a subcommand is called in messages. PostgreSQL: alter_table_type_to_string (commands/tablecmds.c).
pub(super) fn alter_table_type_to_string(subtype: AlterTableType) -> Option<&'static str> {
    use AlterTableType::*;
    Some(match subtype {
        AtAddColumn | AtAddColumnToView => "ADD COLUMN",
        AtColumnDefault | AtCookedColumnDefault => "ALTER COLUMN ... SET DEFAULT",
        AtDropNotNull => "ALTER COLUMN ... DROP NOT NULL",
        AtSetNotNull => "ALTER COLUMN ... SET NOT NULL",
        AtSetExpression => "ALTER COLUMN ... SET EXPRESSION",
        AtDropExpression => "ALTER COLUMN ... DROP EXPRESSION",
        AtSetStatistics => "ALTER COLUMN ... SET STATISTICS",
        AtSetOptions => "ALTER COLUMN ... SET",
        AtResetOptions => "ALTER COLUMN ... RESET",
        AtSetStorage => "ALTER COLUMN ... SET STORAGE",
        AtSetCompression => "ALTER COLUMN ... SET COMPRESSION",
        AtDropColumn => "DROP COLUMN",
        AtAddIndex | AtReAddIndex => return None,
        AtAddConstraint | AtReAddConstraint | AtReAddDomainConstraint | AtAddIndexConstraint => {
            "ADD CONSTRAINT"
        }
        AtAlterConstraint => "ALTER CONSTRAINT",
        AtValidateConstraint => "VALIDATE CONSTRAINT",
        AtDropConstraint => "DROP CONSTRAINT",
        AtReAddComment => return None,
        AtAlterColumnType => "ALTER COLUMN ... SET DATA TYPE",
        AtAlterColumnGenericOptions => "ALTER COLUMN ... OPTIONS",
        AtChangeOwner => "OWNER TO",
        AtClusterOn => "CLUSTER ON",
        AtDropCluster => "SET WITHOUT CLUSTER",
        AtSetAccessMethod => "SET ACCESS METHOD",
        AtSetLogged => "SET LOGGED",
        AtSetUnLogged => "SET UNLOGGED",
        AtDropOids => "SET WITHOUT OIDS",
        AtSetTableSpace => "SET TABLESPACE",
        AtSetRelOptions => "SET",
        AtResetRelOptions => "RESET",
        AtReplaceRelOptions => return None,
        AtEnableTrig => "ENABLE TRIGGER",
        AtEnableAlwaysTrig => "ENABLE ALWAYS TRIGGER",
        AtEnableReplicaTrig => "ENABLE REPLICA TRIGGER",
        AtDisableTrig => "DISABLE TRIGGER",
        AtEnableTrigAll => "ENABLE TRIGGER ALL",
        AtDisableTrigAll => "DISABLE TRIGGER ALL",
        AtEnableTrigUser => "ENABLE TRIGGER USER",
        AtDisableTrigUser => "DISABLE TRIGGER USER",
        AtEnableRule => "ENABLE RULE",
        AtEnableAlwaysRule => "ENABLE ALWAYS RULE",
        AtEnableReplicaRule => "ENABLE REPLICA RULE",
        AtDisableRule => "DISABLE RULE",
        AtAddInherit => "INHERIT",
        AtDropInherit => "NO INHERIT",
        AtAddOf => "OF",
        AtDropOf => "NOT OF",
        AtReplicaIdentity => "REPLICA IDENTITY",
        AtEnableRowSecurity => "ENABLE ROW SECURITY",
        AtDisableRowSecurity => "DISABLE ROW SECURITY",
        AtForceRowSecurity => "FORCE ROW SECURITY",
        AtNoForceRowSecurity => "NO FORCE ROW SECURITY",
        AtGenericOptions => "OPTIONS",
        AtAttachPartition => "ATTACH PARTITION",
        AtDetachPartition => "DETACH PARTITION",
        AtDetachPartitionFinalize => "DETACH PARTITION ... FINALIZE",
        AtAddIdentity => "ALTER COLUMN ... ADD IDENTITY",
        AtSetIdentity => "ALTER COLUMN ... SET",
        AtDropIdentity => "ALTER COLUMN ... DROP IDENTITY",
        AtReAddStatistics => return None,
    })
}

/// `column "x" of relation "t" does not exist`.
pub(crate) fn no_such_column(name: &str, relation: &PgClass) -> PgError {
    PgError::new(
        sqlstate::UNDEFINED_COLUMN,
        format!("column \"{name}\" of relation \"{}\" does not exist", relation.relname),
    )
}

/// `column "x" of relation "t" already exists`.
pub(crate) fn column_exists(name: &str, relation: &PgClass) -> PgError {
    PgError::new(
        sqlstate::DUPLICATE_COLUMN,
        format!("column \"{name}\" of relation \"{}\" already exists", relation.relname),
    )
}

/// `cannot alter system column "x"`.
pub(crate) fn cannot_alter_system_column(name: &str) -> PgError {
    PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, format!("cannot alter system column \"{name}\""))
}

/// `constraint "x" of relation "t" does not exist`.
pub(crate) fn no_such_constraint(name: &str, relation: &PgClass) -> PgError {
    PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!("constraint \"{name}\" of relation \"{}\" does not exist", relation.relname),
    )
}

/// The number of a system column. PostgreSQL: SystemAttributeByName (catalog/heap.c).
pub(crate) fn system_attribute_by_name(name: &str) -> Option<i16> {
    Some(match name {
        "ctid" => -1,
        "xmin" => -2,
        "cmin" => -3,
        "xmax" => -4,
        "cmax" => -5,
        "tableoid" => -6,
        _ => return None, // any other name is not a system column's
    })
}

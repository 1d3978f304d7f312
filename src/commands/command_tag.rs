//! Which commands write, for which of them event triggers fire, and what a command is called (PostgreSQL:
//! ClassifyUtilityCommandAsReadOnly and CreateCommandTag, tcop/utility.c, and tcop/cmdtaglist.h).

use super::dml::select_into;
use crate::nodes::primnodes::{CmdType, Query};
use crate::nodes::tree::{LockClauseStrength, Node, ObjectType};

/// The tag of a command that a read-only transaction refuses; None of one that it lets run.
pub fn writing_command(statement: &Node) -> Option<String> {
    let fixed = match statement {
        Node::AlterTableStmt(stmt) => return Some(alter(stmt.objtype)),
        Node::DropStmt(stmt) => return Some(format!("DROP {}", object_words(stmt.remove_type))),
        Node::RenameStmt(stmt) => {
            let renamed = match stmt.rename_type {
                ObjectType::ObjectColumn => stmt.relation_type,
                other => other,
            };
            return Some(alter(renamed));
        }
        Node::AlterObjectDependsStmt(stmt) => return Some(alter(stmt.object_type)),
        Node::AlterObjectSchemaStmt(stmt) => return Some(alter(stmt.object_type)),
        Node::AlterOwnerStmt(stmt) => return Some(alter(stmt.object_type)),
        Node::AlterTableMoveAllStmt(stmt) => return Some(alter(stmt.objtype)),
        Node::AlterFunctionStmt(stmt) => return Some(alter(stmt.objtype)),
        Node::DefineStmt(stmt) => return Some(format!("CREATE {}", object_words(stmt.kind))),
        Node::CreateTableAsStmt(stmt) => match (stmt.is_select_into, stmt.objtype) {
            (true, _) => "SELECT INTO",
            (false, ObjectType::ObjectMatview) => "CREATE MATERIALIZED VIEW",
            (false, _) => "CREATE TABLE AS",
        },
        Node::CreateFunctionStmt(stmt) if stmt.is_procedure => "CREATE PROCEDURE",
        Node::CreateFunctionStmt(_) => "CREATE FUNCTION",
        Node::GrantStmt(stmt) if stmt.is_grant => "GRANT",
        Node::GrantStmt(_) => "REVOKE",
        Node::GrantRoleStmt(stmt) if stmt.is_grant => "GRANT ROLE",
        Node::GrantRoleStmt(_) => "REVOKE ROLE",
        Node::AlterCollationStmt(_) => "ALTER COLLATION",
        Node::AlterDatabaseRefreshCollStmt(_)
        | Node::AlterDatabaseSetStmt(_)
        | Node::AlterDatabaseStmt(_) => "ALTER DATABASE",
        Node::AlterDefaultPrivilegesStmt(_) => "ALTER DEFAULT PRIVILEGES",
        Node::AlterDomainStmt(_) => "ALTER DOMAIN",
        Node::AlterEnumStmt(_) | Node::AlterTypeStmt(_) => "ALTER TYPE",
        Node::AlterEventTrigStmt(_) => "ALTER EVENT TRIGGER",
        Node::AlterExtensionContentsStmt(_) | Node::AlterExtensionStmt(_) => "ALTER EXTENSION",
        Node::AlterFdwStmt(_) => "ALTER FOREIGN DATA WRAPPER",
        Node::AlterForeignServerStmt(_) => "ALTER SERVER",
        Node::AlterOpFamilyStmt(_) => "ALTER OPERATOR FAMILY",
        Node::AlterOperatorStmt(_) => "ALTER OPERATOR",
        Node::AlterPolicyStmt(_) => "ALTER POLICY",
        Node::AlterPublicationStmt(_) => "ALTER PUBLICATION",
        Node::AlterRoleSetStmt(_) | Node::AlterRoleStmt(_) => "ALTER ROLE",
        Node::AlterSeqStmt(_) => "ALTER SEQUENCE",
        Node::AlterStatsStmt(_) => "ALTER STATISTICS",
        Node::AlterSubscriptionStmt(_) => "ALTER SUBSCRIPTION",
        Node::AlterTSConfigurationStmt(_) => "ALTER TEXT SEARCH CONFIGURATION",
        Node::AlterTSDictionaryStmt(_) => "ALTER TEXT SEARCH DICTIONARY",
        Node::AlterTableSpaceOptionsStmt(_) => "ALTER TABLESPACE",
        Node::AlterUserMappingStmt(_) => "ALTER USER MAPPING",
        Node::CommentStmt(_) => "COMMENT",
        Node::CompositeTypeStmt(_) | Node::CreateEnumStmt(_) | Node::CreateRangeStmt(_) => {
            "CREATE TYPE"
        }
        Node::CreateAmStmt(_) => "CREATE ACCESS METHOD",
        Node::CreateCastStmt(_) => "CREATE CAST",
        Node::CreateConversionStmt(_) => "CREATE CONVERSION",
        Node::CreateDomainStmt(_) => "CREATE DOMAIN",
        Node::CreateEventTrigStmt(_) => "CREATE EVENT TRIGGER",
        Node::CreateExtensionStmt(_) => "CREATE EXTENSION",
        Node::CreateFdwStmt(_) => "CREATE FOREIGN DATA WRAPPER",
        Node::CreateForeignServerStmt(_) => "CREATE SERVER",
        Node::CreateForeignTableStmt(_) => "CREATE FOREIGN TABLE",
        Node::CreateOpClassStmt(_) => "CREATE OPERATOR CLASS",
        Node::CreateOpFamilyStmt(_) => "CREATE OPERATOR FAMILY",
        Node::CreatePLangStmt(_) => "CREATE LANGUAGE",
        Node::CreatePolicyStmt(_) => "CREATE POLICY",
        Node::CreatePublicationStmt(_) => "CREATE PUBLICATION",
        Node::CreateRoleStmt(_) => "CREATE ROLE",
        Node::CreateSchemaStmt(_) => "CREATE SCHEMA",
        Node::CreateSeqStmt(_) => "CREATE SEQUENCE",
        Node::CreateStatsStmt(_) => "CREATE STATISTICS",
        Node::CreateStmt(_) => "CREATE TABLE",
        Node::CreateSubscriptionStmt(_) => "CREATE SUBSCRIPTION",
        Node::CreateTableSpaceStmt(_) => "CREATE TABLESPACE",
        Node::CreateTransformStmt(_) => "CREATE TRANSFORM",
        Node::CreateTrigStmt(_) => "CREATE TRIGGER",
        Node::CreateUserMappingStmt(_) => "CREATE USER MAPPING",
        Node::CreatedbStmt(_) => "CREATE DATABASE",
        Node::DropOwnedStmt(_) => "DROP OWNED",
        Node::DropRoleStmt(_) => "DROP ROLE",
        Node::DropSubscriptionStmt(_) => "DROP SUBSCRIPTION",
        Node::DropTableSpaceStmt(_) => "DROP TABLESPACE",
        Node::DropUserMappingStmt(_) => "DROP USER MAPPING",
        Node::DropdbStmt(_) => "DROP DATABASE",
        Node::ImportForeignSchemaStmt(_) => "IMPORT FOREIGN SCHEMA",
        Node::IndexStmt(_) => "CREATE INDEX",
        Node::ReassignOwnedStmt(_) => "REASSIGN OWNED",
        Node::RefreshMatViewStmt(_) => "REFRESH MATERIALIZED VIEW",
        Node::RuleStmt(_) => "CREATE RULE",
        Node::SecLabelStmt(_) => "SECURITY LABEL",
        Node::TruncateStmt(_) => "TRUNCATE TABLE",
        Node::SelectStmt(stmt) if select_into(stmt).is_some() => "SELECT INTO",
        Node::ViewStmt(_) => "CREATE VIEW",
        // Queries are asked when they run; every other command is no writer.
        _ => return None,
    };
    Some(fixed.to_string())
}

/// A command's tag where event triggers fire for it; None for every other statement (PostgreSQL:
/// EventTriggerSupportsObjectType, and event_trigger_ok of cmdtaglist.h).
pub fn ddl_tag(statement: &Node) -> Option<String> {
    let fires = match statement {
        Node::AlterObjectSchemaStmt(stmt) => is_of_database(stmt.object_type),
        Node::AlterOwnerStmt(stmt) => is_of_database(stmt.object_type),
        Node::CommentStmt(stmt) => is_of_database(stmt.objtype),
        Node::DropStmt(stmt) => is_of_database(stmt.remove_type),
        Node::GrantStmt(stmt) => is_of_database(stmt.objtype),
        Node::RenameStmt(stmt) => is_of_database(stmt.rename_type),
        Node::SecLabelStmt(stmt) => is_of_database(stmt.objtype),
        Node::AlterDatabaseRefreshCollStmt(_)
        | Node::AlterDatabaseSetStmt(_)
        | Node::AlterDatabaseStmt(_)
        | Node::AlterEventTrigStmt(_)
        | Node::AlterRoleSetStmt(_)
        | Node::AlterRoleStmt(_)
        | Node::AlterTableSpaceOptionsStmt(_)
        | Node::CreateEventTrigStmt(_)
        | Node::CreateRoleStmt(_)
        | Node::CreateTableSpaceStmt(_)
        | Node::CreatedbStmt(_)
        | Node::DropRoleStmt(_)
        | Node::DropTableSpaceStmt(_)
        | Node::DropdbStmt(_)
        | Node::GrantRoleStmt(_)
        | Node::ReassignOwnedStmt(_)
        | Node::TruncateStmt(_) => false,
        _ => true, // every other command that writes
    };
    fires.then(|| writing_command(statement)).flatten()
}

/// Whether event triggers fire for objects of that kind: those of one database, event triggers excepted.
fn is_of_database(object: ObjectType) -> bool {
    !matches!(
        object,
        ObjectType::ObjectDatabase
            | ObjectType::ObjectEventTrigger
            | ObjectType::ObjectParameterAcl
            | ObjectType::ObjectRole
            | ObjectType::ObjectTablespace
    )
}

/// The tag of an analysed query (PostgreSQL: CreateCommandTag).
pub fn query_tag(query: &Query) -> &'static str {
    match query.command_type {
        CmdType::CmdInsert => "INSERT",
        CmdType::CmdUpdate => "UPDATE",
        CmdType::CmdDelete => "DELETE",
        CmdType::CmdMerge => "MERGE",
        _ => match query.row_marks.first().map(|mark| mark.strength) {
            None | Some(LockClauseStrength::LcsNone) => "SELECT",
            Some(LockClauseStrength::LcsForkeyshare) => "SELECT FOR KEY SHARE",
            Some(LockClauseStrength::LcsForshare) => "SELECT FOR SHARE",
            Some(LockClauseStrength::LcsFornokeyupdate) => "SELECT FOR NO KEY UPDATE",
            Some(LockClauseStrength::LcsForupdate) => "SELECT FOR UPDATE",
        },
    }
}

/// PostgreSQL: AlterObjectTypeCommandTag.
fn alter(object: ObjectType) -> String {
    match object {
        ObjectType::ObjectAttribute => "ALTER TYPE".to_string(),
        ObjectType::ObjectColumn | ObjectType::ObjectTabconstraint => "ALTER TABLE".to_string(),
        ObjectType::ObjectDomconstraint => "ALTER DOMAIN".to_string(),
        other => format!("ALTER {}", object_words(other)),
    }
}

fn object_words(object: ObjectType) -> &'static str {
    match object {
        ObjectType::ObjectAccessMethod => "ACCESS METHOD",
        ObjectType::ObjectAggregate => "AGGREGATE",
        ObjectType::ObjectCast => "CAST",
        ObjectType::ObjectCollation => "COLLATION",
        ObjectType::ObjectConversion => "CONVERSION",
        ObjectType::ObjectDatabase => "DATABASE",
        ObjectType::ObjectDomain => "DOMAIN",
        ObjectType::ObjectEventTrigger => "EVENT TRIGGER",
        ObjectType::ObjectExtension => "EXTENSION",
        ObjectType::ObjectFdw => "FOREIGN DATA WRAPPER",
        ObjectType::ObjectForeignServer => "SERVER",
        ObjectType::ObjectForeignTable => "FOREIGN TABLE",
        ObjectType::ObjectFunction => "FUNCTION",
        ObjectType::ObjectIndex => "INDEX",
        ObjectType::ObjectLanguage => "LANGUAGE",
        ObjectType::ObjectLargeobject => "LARGE OBJECT",
        ObjectType::ObjectMatview => "MATERIALIZED VIEW",
        ObjectType::ObjectOpclass => "OPERATOR CLASS",
        ObjectType::ObjectOperator => "OPERATOR",
        ObjectType::ObjectOpfamily => "OPERATOR FAMILY",
        ObjectType::ObjectPolicy => "POLICY",
        ObjectType::ObjectProcedure => "PROCEDURE",
        ObjectType::ObjectPublication => "PUBLICATION",
        ObjectType::ObjectRole => "ROLE",
        ObjectType::ObjectRoutine => "ROUTINE",
        ObjectType::ObjectRule => "RULE",
        ObjectType::ObjectSchema => "SCHEMA",
        ObjectType::ObjectSequence => "SEQUENCE",
        ObjectType::ObjectSubscription => "SUBSCRIPTION",
        ObjectType::ObjectStatisticExt => "STATISTICS",
        ObjectType::ObjectTable => "TABLE",
        ObjectType::ObjectTablespace => "TABLESPACE",
        ObjectType::ObjectTransform => "TRANSFORM",
        ObjectType::ObjectTrigger => "TRIGGER",
        ObjectType::ObjectTsconfiguration => "TEXT SEARCH CONFIGURATION",
        ObjectType::ObjectTsdictionary => "TEXT SEARCH DICTIONARY",
        ObjectType::ObjectTsparser => "TEXT SEARCH PARSER",
        ObjectType::ObjectTstemplate => "TEXT SEARCH TEMPLATE",
        ObjectType::ObjectType => "TYPE",
        ObjectType::ObjectUserMapping => "USER MAPPING",
        ObjectType::ObjectView => "VIEW",
        _ => "OBJECT", // parts of other objects, which no command names alone
    }
}

//! What PostgreSQL calls each command of DDL, for event triggers (PostgreSQL: CreateCommandTag, tcop/utility.c, and
//! tcop/cmdtaglist.h).

use crate::nodes::tree::{Node, ObjectType as Kind};

/// The name of a kind of object in a command's tag.
fn noun(kind: Kind) -> Option<&'static str> {
    use Kind::*;
    Some(match kind {
        ObjectAccessMethod => "ACCESS METHOD",
        ObjectAggregate => "AGGREGATE",
        ObjectCast => "CAST",
        ObjectCollation => "COLLATION",
        ObjectConversion => "CONVERSION",
        ObjectDomain | ObjectDomconstraint => "DOMAIN",
        ObjectExtension => "EXTENSION",
        ObjectFdw => "FOREIGN DATA WRAPPER",
        ObjectForeignServer => "SERVER",
        ObjectForeignTable => "FOREIGN TABLE",
        ObjectFunction => "FUNCTION",
        ObjectIndex => "INDEX",
        ObjectLanguage => "LANGUAGE",
        ObjectLargeobject => "LARGE OBJECT",
        ObjectMatview => "MATERIALIZED VIEW",
        ObjectOpclass => "OPERATOR CLASS",
        ObjectOperator => "OPERATOR",
        ObjectOpfamily => "OPERATOR FAMILY",
        ObjectPolicy => "POLICY",
        ObjectProcedure => "PROCEDURE",
        ObjectPublication => "PUBLICATION",
        ObjectRoutine => "ROUTINE",
        ObjectRule => "RULE",
        ObjectSchema => "SCHEMA",
        ObjectSequence => "SEQUENCE",
        ObjectStatisticExt => "STATISTICS",
        ObjectSubscription => "SUBSCRIPTION",
        ObjectTable | ObjectTabconstraint => "TABLE",
        ObjectTransform => "TRANSFORM",
        ObjectTrigger => "TRIGGER",
        ObjectTsconfiguration => "TEXT SEARCH CONFIGURATION",
        ObjectTsdictionary => "TEXT SEARCH DICTIONARY",
        ObjectTsparser => "TEXT SEARCH PARSER",
        ObjectTstemplate => "TEXT SEARCH TEMPLATE",
        Kind::ObjectType | ObjectAttribute => "TYPE",
        ObjectUserMapping => "USER MAPPING",
        ObjectView => "VIEW",
        ObjectColumn => "TABLE",
        // Objects that databases share, and parts that no command is named for.
        ObjectAmop
        | ObjectAmproc
        | ObjectDatabase
        | ObjectDefault
        | ObjectDefacl
        | ObjectEventTrigger
        | ObjectParameterAcl
        | ObjectPublicationNamespace
        | ObjectPublicationRel
        | ObjectRole
        | ObjectTablespace => return None,
    })
}

/// A command's tag where event triggers fire for it; None for every other statement.
pub fn ddl_tag(statement: &Node) -> Option<String> {
    let fixed = match statement {
        Node::CreateStmt(_) => "CREATE TABLE",
        Node::CreateForeignTableStmt(_) => "CREATE FOREIGN TABLE",
        Node::IndexStmt(_) => "CREATE INDEX",
        Node::CreateSeqStmt(_) => "CREATE SEQUENCE",
        Node::AlterSeqStmt(_) => "ALTER SEQUENCE",
        Node::AlterTableStmt(stmt) => {
            return noun(stmt.objtype).map(|noun| format!("ALTER {noun}"));
        }
        Node::DropStmt(stmt) => return noun(stmt.remove_type).map(|noun| format!("DROP {noun}")),
        Node::CommentStmt(stmt) => {
            return noun_of_part(stmt.objtype).map(|_| "COMMENT".to_string());
        }
        Node::SecLabelStmt(_) => "SECURITY LABEL",
        Node::CreateSchemaStmt(_) => "CREATE SCHEMA",
        Node::RenameStmt(stmt) => {
            let kind = match stmt.rename_type {
                Kind::ObjectColumn => stmt.relation_type,
                kind => kind,
            };
            return noun(kind).map(|noun| format!("ALTER {noun}"));
        }
        Node::AlterObjectSchemaStmt(stmt) => {
            return noun(stmt.object_type).map(|noun| format!("ALTER {noun}"));
        }
        Node::AlterOwnerStmt(stmt) => {
            return noun(stmt.object_type).map(|noun| format!("ALTER {noun}"));
        }
        Node::CreateTrigStmt(_) => "CREATE TRIGGER",
        Node::CreatePolicyStmt(_) => "CREATE POLICY",
        Node::AlterPolicyStmt(_) => "ALTER POLICY",
        Node::RuleStmt(_) => "CREATE RULE",
        Node::CreateStatsStmt(_) => "CREATE STATISTICS",
        Node::AlterStatsStmt(_) => "ALTER STATISTICS",
        Node::CreatePublicationStmt(_) => "CREATE PUBLICATION",
        Node::AlterPublicationStmt(_) => "ALTER PUBLICATION",
        Node::CreateSubscriptionStmt(_) => "CREATE SUBSCRIPTION",
        Node::AlterSubscriptionStmt(_) => "ALTER SUBSCRIPTION",
        Node::DropSubscriptionStmt(_) => "DROP SUBSCRIPTION",
        Node::GrantStmt(stmt) => {
            noun(stmt.objtype)?;
            if stmt.is_grant { "GRANT" } else { "REVOKE" }
        }
        Node::AlterDefaultPrivilegesStmt(_) => "ALTER DEFAULT PRIVILEGES",
        Node::DropOwnedStmt(_) => "DROP OWNED",
        Node::CreateExtensionStmt(_) => "CREATE EXTENSION",
        Node::AlterExtensionStmt(_) | Node::AlterExtensionContentsStmt(_) => "ALTER EXTENSION",
        Node::CreateEnumStmt(_) | Node::CompositeTypeStmt(_) | Node::CreateRangeStmt(_) => {
            "CREATE TYPE"
        }
        Node::AlterEnumStmt(_) | Node::AlterTypeStmt(_) => "ALTER TYPE",
        Node::CreateDomainStmt(_) => "CREATE DOMAIN",
        Node::AlterDomainStmt(_) => "ALTER DOMAIN",
        Node::CreateFdwStmt(_) => "CREATE FOREIGN DATA WRAPPER",
        Node::CreateForeignServerStmt(_) => "CREATE SERVER",
        Node::AlterForeignServerStmt(_) => "ALTER SERVER",
        Node::CreateUserMappingStmt(_) => "CREATE USER MAPPING",
        Node::CreateFunctionStmt(stmt) if stmt.is_procedure => "CREATE PROCEDURE",
        Node::CreateFunctionStmt(_) => "CREATE FUNCTION",
        Node::AlterFunctionStmt(stmt) => {
            return noun(stmt.objtype).map(|noun| format!("ALTER {noun}"));
        }
        Node::CreateTableAsStmt(stmt) if stmt.is_select_into => "SELECT INTO",
        Node::CreateTableAsStmt(stmt) if stmt.objtype == Kind::ObjectMatview => {
            "CREATE MATERIALIZED VIEW"
        }
        Node::CreateTableAsStmt(_) => "CREATE TABLE AS",
        Node::RefreshMatViewStmt(_) => "REFRESH MATERIALIZED VIEW",
        Node::ViewStmt(_) => "CREATE VIEW",
        Node::DefineStmt(stmt) => return noun(stmt.kind).map(|noun| format!("CREATE {noun}")),
        Node::CreateCastStmt(_) => "CREATE CAST",
        Node::CreateOpClassStmt(_) => "CREATE OPERATOR CLASS",
        Node::CreateOpFamilyStmt(_) => "CREATE OPERATOR FAMILY",
        _ => return None, // what is no DDL, or rarely met
    };
    Some(fixed.to_string())
}

fn noun_of_part(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::ObjectDatabase
        | Kind::ObjectRole
        | Kind::ObjectTablespace
        | Kind::ObjectEventTrigger => None,
        _ => Some("COMMENT"), // every object of one database
    }
}

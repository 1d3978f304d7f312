//! One statement, dispatched to what carries it out (PostgreSQL: standard_ProcessUtility, tcop/utility.c).

use super::{
    Context, aclcmds, alter, comment, dbcommands, dropcmds, extension, owned, rolemembers, schemacmds, tablespace, typecmds, user,
};
use crate::findings::{PgResult, unknown};
use crate::nodes::RawStmt;
use crate::nodes::tree::Node;

/// Carries out one statement: what it does to the catalog, or why it is refused. Transaction control and settings
/// are the session's and never come here.
pub fn process_utility(context: &mut Context, statement: &RawStmt) -> PgResult<()> {
    match &statement.stmt {
        Node::DropStmt(stmt) => dropcmds::exec_drop_stmt(context, stmt),
        Node::CommentStmt(stmt) => comment::comment_object(context, stmt),
        Node::SecLabelStmt(stmt) => comment::exec_sec_label_stmt(context, stmt),
        Node::CreateSchemaStmt(stmt) => schemacmds::create_schema_command(context, stmt),
        Node::RenameStmt(stmt) => alter::exec_rename_stmt(context, stmt),
        Node::AlterObjectSchemaStmt(stmt) => alter::exec_alter_object_schema_stmt(context, stmt),
        Node::AlterOwnerStmt(stmt) => alter::exec_alter_owner_stmt(context, stmt),
        Node::AlterObjectDependsStmt(stmt) => alter::exec_alter_object_depends_stmt(context, stmt),
        Node::GrantStmt(stmt) => aclcmds::execute_grant_stmt(context, stmt),
        Node::GrantRoleStmt(stmt) => rolemembers::grant_role(context, stmt),
        Node::AlterDefaultPrivilegesStmt(stmt) => {
            aclcmds::exec_alter_default_privileges_stmt(context, stmt)
        }
        Node::CreateRoleStmt(stmt) => user::create_role(context, stmt),
        Node::AlterRoleStmt(stmt) => user::alter_role(context, stmt),
        Node::AlterRoleSetStmt(stmt) => user::alter_role_set(context, stmt),
        Node::DropRoleStmt(stmt) => user::drop_role(context, stmt),
        Node::DropOwnedStmt(stmt) => owned::drop_owned_objects(context, stmt),
        Node::ReassignOwnedStmt(stmt) => owned::reassign_owned_objects(context, stmt),
        Node::CreateExtensionStmt(stmt) => extension::create_extension(context, stmt),
        Node::AlterExtensionStmt(stmt) => extension::exec_alter_extension_stmt(context, stmt),
        Node::AlterExtensionContentsStmt(stmt) => {
            extension::exec_alter_extension_contents_stmt(context, stmt)
        }
        Node::CreatedbStmt(stmt) => dbcommands::createdb(context, stmt),
        Node::AlterDatabaseStmt(stmt) => dbcommands::alter_database(context, stmt),
        Node::AlterDatabaseSetStmt(stmt) => dbcommands::alter_database_set(context, stmt),
        Node::AlterDatabaseRefreshCollStmt(stmt) => {
            let name = stmt.dbname.as_deref().unwrap_or_default();
            dbcommands::alter_database_refresh_coll(context, name)
        }
        Node::DropdbStmt(stmt) => dbcommands::dropdb(context, stmt),
        Node::CreateTableSpaceStmt(stmt) => tablespace::create_table_space(context, stmt),
        Node::DropTableSpaceStmt(stmt) => tablespace::drop_table_space(context, stmt),
        Node::AlterTableSpaceOptionsStmt(stmt) => {
            tablespace::alter_table_space_options(context, stmt)
        }
        Node::AlterSystemStmt(stmt) => tablespace::alter_system(context, stmt),
        Node::CreateEnumStmt(stmt) => typecmds::define_enum(context, stmt).map(drop),
        Node::AlterEnumStmt(stmt) => typecmds::alter_enum(context, stmt).map(drop),
        // Everything that no arm above carries out is said to be unknown, never ok.
        other => unknown(not_modelled(other)),
    }
}

fn not_modelled(statement: &Node) -> String {
    format!("{} is not modelled", statement.tag_name())
}

//! One statement, dispatched to what carries it out (PostgreSQL: standard_ProcessUtility, tcop/utility.c).

use super::{Context, comment, dropcmds, schemacmds, typecmds};
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
        Node::CreateEnumStmt(stmt) => typecmds::define_enum(context, stmt).map(drop),
        Node::AlterEnumStmt(stmt) => typecmds::alter_enum(context, stmt).map(drop),
        // Everything that no arm above carries out is said to be unknown, never ok.
        other => unknown(not_modelled(other)),
    }
}

fn not_modelled(statement: &Node) -> String {
    format!("{} is not modelled", statement.tag_name())
}

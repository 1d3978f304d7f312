//! One statement, dispatched to what carries it out (PostgreSQL: standard_ProcessUtility, tcop/utility.c).

use super::{Context, typecmds};
use crate::findings::{PgResult, unknown};
use crate::nodes::RawStmt;
use crate::nodes::tree::Node;

/// Carries out one statement: what it does to the catalog, or why it is refused. Transaction control and settings
/// are the session's and never come here.
pub fn process_utility(context: &mut Context, statement: &RawStmt) -> PgResult<()> {
    match &statement.stmt {
        Node::CreateEnumStmt(stmt) => typecmds::define_enum(context, stmt).map(drop),
        Node::AlterEnumStmt(stmt) => typecmds::alter_enum(context, stmt).map(drop),
        // Everything that no arm above carries out is said to be unknown, never ok.
        other => unknown(not_modelled(other)),
    }
}

fn not_modelled(statement: &Node) -> String {
    format!("{} is not modelled", statement.tag_name())
}

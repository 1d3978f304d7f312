//! CREATE TABLE AS, SELECT INTO and CREATE MATERIALIZED VIEW (PostgreSQL: commands/createas.c).

use super::Context;
use crate::findings::{PgResult, unknown};
use crate::nodes::tree::CreateTableAsStmt;

/// PostgreSQL: ExecCreateTableAs.
pub fn create_table_as(_context: &mut Context, _stmt: &CreateTableAsStmt) -> PgResult<()> {
    unknown("CREATE TABLE AS is not modelled")
}

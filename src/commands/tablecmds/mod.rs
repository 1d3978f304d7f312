//! Tables: making, altering, truncating (PostgreSQL: commands/tablecmds.c).

pub mod alter;
mod alter_column;
mod alter_constraint;
pub(crate) mod alter_errors;
mod alter_exec;
mod alter_identity;
mod alter_inherit;
mod alter_misc;
pub mod alter_namespace;
mod alter_not_null;
pub mod alter_owner;
mod alter_partition;
mod alter_partition_index;
mod alter_rebuild;
pub mod alter_type;
mod at_parse;
pub(crate) mod foreign_key;
pub(crate) mod foreign_key_clone;
mod foreign_key_match;
mod foreign_key_triggers;
pub(crate) mod inherit_tree;
mod raw_expr;
pub mod rename;
pub(crate) mod support;
pub mod truncate;
pub mod create;

pub(crate) use alter_column::statistics_target;
pub(crate) use alter_misc::{check_index_is_clusterable, mark_index_clustered};

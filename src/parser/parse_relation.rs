//! Range table entries and the names that reach them (PostgreSQL: parser/parse_relation.c).

mod entries;
mod expand;
mod lookup;
mod missing;

pub use entries::*;
pub use expand::*;
pub use lookup::*;
pub use missing::{error_missing_column, error_missing_rte};

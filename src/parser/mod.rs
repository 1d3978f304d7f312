//! Parse analysis: names become objects and expressions get types, file by file as in PostgreSQL's src/backend/parser.

pub mod errors;
pub mod funcapi;
pub mod literals;
pub mod parse_coerce;
pub mod lookup_func;
pub mod parse_node;
pub mod parse_relation;
pub mod parse_type;
pub mod typmod;

//! Parse analysis: names become objects and expressions get types, file by file as in PostgreSQL's src/backend/parser.

pub mod analyze;
pub mod clauses;
pub mod errors;
pub mod funcapi;
pub mod inline_function;
pub mod jsonpath;
pub mod literals;
pub mod lookup_func;
pub mod parse_agg;
pub mod parse_clause;
pub mod parse_coerce;
pub mod parse_collate;
pub mod parse_cte;
pub mod parse_expr;
pub mod parse_func;
pub mod parse_jsontable;
pub mod parse_merge;
pub mod parse_node;
pub mod parse_oper;
pub mod parse_relation;
pub mod parse_target;
pub mod parse_type;
pub mod rewrite_handler;
pub mod typmod;

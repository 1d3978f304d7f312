//! Parse analysis: names become objects and expressions get types, file by file as in PostgreSQL's src/backend/parser.

pub mod parse_node;

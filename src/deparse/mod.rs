//! The only way from the catalog back to SQL: expressions and queries as ruleutils.c prints them, whole schemas as
//! pg_dump prints them.

pub mod describe;
pub mod pg_dump;
pub mod ruleutils;

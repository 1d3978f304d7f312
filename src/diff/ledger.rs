//! Tables in which migration tools keep what they have run: no part of anybody's schema.

use super::portrait::Owner;
use crate::source::order::records::{is_record, is_record_schema};

/// Whether the object is a migration tool's own.
pub fn is_ledger(owner: &Owner) -> bool {
    let (schema, name) = owner.name.split_once('.').unwrap_or(("", &owner.name));
    let name = name.strip_suffix("_id_seq").unwrap_or(name);
    match owner.kind {
        "schema" => is_record_schema(name),
        _ => is_record(schema, name), // a table, its sequence or its type
    }
}

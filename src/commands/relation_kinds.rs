//! What an operation does not support, said by the relation's kind (PostgreSQL: errdetail_relkind_not_supported,
//! catalog/pg_class.c).

/// PostgreSQL: errdetail_relkind_not_supported.
pub fn relkind_not_supported(relkind: u8) -> &'static str {
    match relkind {
        b'r' => "This operation is not supported for tables.",
        b'i' => "This operation is not supported for indexes.",
        b'S' => "This operation is not supported for sequences.",
        b't' => "This operation is not supported for TOAST tables.",
        b'v' => "This operation is not supported for views.",
        b'm' => "This operation is not supported for materialized views.",
        b'c' => "This operation is not supported for composite types.",
        b'f' => "This operation is not supported for foreign tables.",
        b'p' => "This operation is not supported for partitioned tables.",
        // PostgreSQL knows one more kind.
        _ => "This operation is not supported for partitioned indexes.",
    }
}

//! pg_dump headers.

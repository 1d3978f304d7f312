//! Privileges as the catalogs store them (PostgreSQL: AclItem, utils/acl.h).

use std::sync::Arc;

use crate::pg::oid::Oid;

/// What one role may do with one object, granted by one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AclItem {
    /// InvalidOid stands for PUBLIC.
    pub grantee: Oid,
    pub grantor: Oid,
    /// Bits of `privilege`.
    pub privileges: u32,
    /// The privileges that the grantee may pass on.
    pub grant_options: u32,
}

/// An object's privileges in PostgreSQL's order; None means the defaults of its kind.
pub type Acl = Option<Arc<Vec<AclItem>>>;

/// The privilege bits, in the order in which aclitemout prints them (PostgreSQL: ACL_ALL_RIGHTS_STR).
pub mod privilege {
    pub const INSERT: u32 = 1 << 0;
    pub const SELECT: u32 = 1 << 1;
    pub const UPDATE: u32 = 1 << 2;
    pub const DELETE: u32 = 1 << 3;
    pub const TRUNCATE: u32 = 1 << 4;
    pub const REFERENCES: u32 = 1 << 5;
    pub const TRIGGER: u32 = 1 << 6;
    pub const EXECUTE: u32 = 1 << 7;
    pub const USAGE: u32 = 1 << 8;
    pub const CREATE: u32 = 1 << 9;
    pub const CREATE_TEMP: u32 = 1 << 10;
    pub const CONNECT: u32 = 1 << 11;
    pub const SET: u32 = 1 << 12;
    pub const ALTER_SYSTEM: u32 = 1 << 13;
    pub const MAINTAIN: u32 = 1 << 14;
    /// The letters of the bits above, in order (PostgreSQL: ACL_ALL_RIGHTS_STR).
    pub const LETTERS: &str = "arwdDxtXUCTcsAm";
}

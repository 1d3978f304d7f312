//! What everything that reads the catalog for one statement shares.

use std::cell::RefCell;

use super::Catalog;
use super::guc::SessionState;
use super::namespace::SearchPath;
use crate::findings::Notice;

/// What every level of one statement's analysis shares.
#[derive(Clone, Copy)]
pub struct Shared<'a> {
    pub catalog: &'a Catalog,
    pub session: &'a SessionState,
    pub path: &'a SearchPath,
    /// Notices that analysis raises (identifier truncation, implicit behaviour).
    pub notices: &'a RefCell<Vec<Notice>>,
}

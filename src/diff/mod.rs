//! Two catalogs compared by what their objects mean: never by oids, never by text.
//!
//! `portrait::draw` turns a catalog into named objects with named facts, `compare` pairs the objects of two such
//! pictures and lists where they differ, `migrations` counts which files of a folder the other side lacks.

mod canon;
mod compare;
pub mod doubt;
pub mod gone;
mod ledger;
pub mod migrations;
mod names;
mod portrait;

use crate::catalog::Catalog;
use crate::catalog::objectaddress::ObjectAddress;
use crate::source::Span;

pub use compare::compare;
pub use portrait::{Fact, Key, Owner, Part, Picture, Portrait, draw};

/// What is compared beside the schema itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Privileges (GRANT, default privileges).
    pub grants: bool,
    /// Who owns what.
    pub owners: bool,
}

/// How a difference matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The first side has it, the second has not.
    Missing,
    /// The second side has it, the first has not.
    Extra,
    /// Both have it, not alike.
    Different,
    /// It behaves the same: order of columns, names that the system makes, comments.
    Cosmetic,
}

impl Class {
    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Missing => "missing",
            Class::Extra => "extra",
            Class::Different => "different",
            Class::Cosmetic => "cosmetic",
        }
    }
}

/// What one side has, and which statement made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Has {
    pub text: String,
    pub made_by: Option<Span>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The object, or the table whose part it is.
    pub owner: Owner,
    /// The part of the object: a column, a constraint, an index …
    pub part: Option<Part>,
    pub class: Class,
    /// Which fact differs, as "type" or "default"; None when the whole object is missing or extra.
    pub fact: Option<&'static str>,
    pub a: Option<Has>,
    pub b: Option<Has>,
    /// A statement whose effects are not known and that may explain it: whether it is the first side's, and where.
    pub doubt: Option<(bool, Span)>,
    /// The statement by which the side that lacks the thing dropped or renamed it.
    pub gone: Option<Span>,
}

/// Where a side's object was made (`created`) or last changed.
fn made_by(catalog: &Catalog, address: ObjectAddress, created: bool) -> Option<Span> {
    let provenance = catalog.provenance(address)?;
    Some(if created { provenance.created } else { provenance.changed })
}

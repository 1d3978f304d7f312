//! Two catalogs compared by what their objects mean: never by oids, never by text.
//!
//! `portrait::draw` turns a catalog into named objects with named facts, `compare` pairs the objects of two such
//! pictures and lists where they differ, `migrations` counts which files of a folder the other side lacks.

pub mod breaks;
mod canon;
mod compare;
pub mod coverage;
pub mod doubt;
pub mod gone;
pub mod judge;
mod ledger;
pub mod matrix;
pub mod migrations;
mod names;
pub mod platform;
mod portrait;
pub mod renames;

use crate::catalog::Catalog;
use crate::catalog::objectaddress::ObjectAddress;
use crate::source::Span;

pub use compare::compare;
pub use ledger::is_ledger as is_tools_own;
pub use portrait::{Fact, Key, Owner, Part, Picture, Portrait, draw, draw_some};

/// What is compared, and what counts as a difference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Privileges (GRANT, default privileges).
    pub grants: bool,
    /// Who owns what.
    pub owners: bool,
    /// Whether comments count; else they are cosmetic.
    pub comments: bool,
    /// Whether the order of columns counts; else it is cosmetic.
    pub column_order: bool,
    /// Whether names of constraints and indexes that are alike otherwise count; else they are cosmetic.
    pub names: bool,
    /// Which schemas and tables are compared.
    pub scope: Scope,
    /// Schemas that were given another name: what texts (bodies, search paths) still call each, and its name now.
    pub schema_names: Vec<(String, String)>,
}

/// Which objects are compared: patterns as `pg_dump` takes them; nothing means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    pub schemas: Vec<String>,
    pub exclude_schemas: Vec<String>,
    pub tables: Vec<String>,
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
    /// As PostgreSQL prints it.
    pub text: String,
    pub made_by: Option<Span>,
    /// The object in that side's catalog.
    pub address: ObjectAddress,
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
    /// The other side's thing that this may be under another name, or is.
    pub rename: Option<Rename>,
    /// Which side is the stronger or the safer, where a fact decides it.
    pub stronger: Option<Stronger>,
    /// What cannot work, or must be made again, because of it.
    pub breaks: Vec<Broken>,
    /// What else must be known to judge it.
    pub notes: Vec<String>,
}

impl Difference {
    /// Whether the whole object or part is on one side only.
    pub fn is_whole(&self) -> bool {
        matches!(self.class, Class::Missing | Class::Extra)
    }

    /// Whether one side alone has it, and no statement of that side made it.
    pub fn was_there_before(&self) -> bool {
        let has = self.a.as_ref().or(self.b.as_ref());
        self.is_whole() && has.is_some_and(|has| has.made_by.is_none())
    }
}

/// One thing under two names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The name on the other side.
    pub other: String,
    /// The RENAME that proves it: whether it is the first side's, and where. None for a guess.
    pub proven: Option<(bool, Span)>,
    /// Why it is taken for the same.
    pub evidence: String,
}

/// A side that is better in one respect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stronger {
    /// Whether it is the first side.
    pub first: bool,
    pub why: String,
}

/// Something that depends on what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Whether it is the first side's.
    pub first: bool,
    /// As "view public.v".
    pub what: String,
    pub how: &'static str,
}

impl Broken {
    /// Whether it fails as things are: it is on the side that lacks what it names.
    pub fn fails(&self, difference: &Difference) -> bool {
        match difference.class {
            Class::Missing => !self.first,
            Class::Extra => self.first,
            Class::Different | Class::Cosmetic => false,
        }
    }
}

/// Where a side's object was made (`created`) or last changed.
fn made_by(catalog: &Catalog, address: ObjectAddress, created: bool) -> Option<Span> {
    let provenance = catalog.provenance(address)?;
    Some(if created { provenance.created } else { provenance.changed })
}

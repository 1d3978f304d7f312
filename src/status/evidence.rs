//! What each migration changed: the folder is run in order, and the objects that a file touched are drawn before and
//! after it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    Catalog, PgAttrdef, PgClass, PgConstraint, PgEnum, PgIndex, PgInherits, PgPolicy, PgRewrite,
    PgStatisticExt, PgTrigger,
};
use crate::diff::{self, Fact, Key, Picture, Portrait, draw_some};
use crate::history::{Event, Moment};
use crate::nodes::RawStmt;
use crate::nodes::tree::Node;
use crate::session::Outcome;
use crate::source::Span;

/// One thing that a migration did.
#[derive(Debug, Clone)]
pub struct Change {
    pub key: Key,
    pub what: What,
    pub span: Option<Span>,
}

/// What it did to the object.
#[derive(Debug, Clone)]
pub enum What {
    Added(Portrait),
    Removed,
    /// A fact that was another before.
    Altered {
        before: Fact,
        after: Fact,
    },
}

/// A migration and what it did.
pub struct Migration {
    /// Index of the file in the plan.
    pub file: usize,
    pub changes: Vec<Change>,
    /// Why there are no changes, when there are none.
    pub quiet: &'static str,
    pub failed: Vec<Span>,
    pub unknown: usize,
}

/// What a file did while it ran.
struct Seen {
    after: Catalog,
    /// Everything that it touched, with the statement that did so last.
    touched: BTreeMap<ObjectAddress, Span>,
    failed: Vec<Span>,
    unknown: usize,
    data: bool,
    grants: bool,
}

/// Watches a folder being run.
pub struct Recorder {
    start: Catalog,
    files: BTreeMap<usize, Seen>,
}

impl Recorder {
    pub fn new(start: &Catalog) -> Recorder {
        Recorder { start: start.clone(), files: BTreeMap::new() }
    }

    /// Notes what happened.
    pub fn see(&mut self, moment: &Moment) {
        let Event::Statement { statement, parsed, execution, session, .. } = &moment.event else {
            return;
        };
        let seen = self.files.entry(moment.file).or_insert_with(|| Seen {
            after: session.catalog.clone(),
            touched: BTreeMap::new(),
            failed: Vec::new(),
            unknown: 0,
            data: false,
            grants: false,
        });
        seen.after = session.catalog.clone();
        for address in &execution.touched {
            seen.touched.insert(*address, statement.span);
        }
        match execution.outcome {
            Outcome::Error(_) => seen.failed.push(statement.span),
            Outcome::Unknown(_) => seen.unknown += 1,
            Outcome::Ok | Outcome::Empty => {}
        }
        for raw in parsed.as_deref().unwrap_or_default() {
            seen.data |= is_data(raw);
            seen.grants |= is_grant(raw);
        }
    }

    /// What each of so many files changed.
    pub fn finish(self, files: usize, options: &diff::Options) -> Vec<Migration> {
        let mut before = self.start;
        let mut by_file = self.files;
        (0..files)
            .map(|file| match by_file.remove(&file) {
                Some(seen) => {
                    let migration = migration(file, &before, &seen, options);
                    before = seen.after;
                    migration
                }
                None => Migration {
                    file,
                    changes: Vec::new(),
                    quiet: "it holds no statement",
                    failed: Vec::new(),
                    unknown: 0,
                },
            })
            .collect()
    }
}

fn is_data(raw: &RawStmt) -> bool {
    matches!(
        raw.stmt,
        Node::InsertStmt(_)
            | Node::UpdateStmt(_)
            | Node::DeleteStmt(_)
            | Node::MergeStmt(_)
            | Node::CopyStmt(_)
            | Node::TruncateStmt(_)
            | Node::SelectStmt(_)
    )
}

fn is_grant(raw: &RawStmt) -> bool {
    matches!(
        raw.stmt,
        Node::GrantStmt(_)
            | Node::GrantRoleStmt(_)
            | Node::AlterDefaultPrivilegesStmt(_)
            | Node::AlterOwnerStmt(_)
            | Node::CreateRoleStmt(_)
    )
}

fn migration(file: usize, before: &Catalog, seen: &Seen, options: &diff::Options) -> Migration {
    let mut wanted: BTreeSet<ObjectAddress> = BTreeSet::new();
    for address in seen.touched.keys() {
        wanted.insert(owner(before, *address));
        wanted.insert(owner(&seen.after, *address));
    }
    let (old, new) =
        (draw_some(before, options, &wanted), draw_some(&seen.after, options, &wanted));
    let changes = changes(&old, &new, &seen.touched);
    let quiet = match (seen.data, seen.grants) {
        (true, _) => "it changes data only, which a schema doesn't show",
        (false, true) => "it changes owners, roles or privileges only, which are not compared",
        (false, false) => "it changes nothing that a dump shows",
    };
    Migration { file, changes, quiet, failed: seen.failed.clone(), unknown: seen.unknown }
}

/// The object whose part the address is.
fn owner(catalog: &Catalog, address: ObjectAddress) -> ObjectAddress {
    let oid = address.object;
    let relation = match address.class {
        Class::Relation | Class::Index => catalog.get::<PgIndex>(oid).map(|row| row.indrelid),
        Class::Constraint => {
            let row = catalog.get::<PgConstraint>(oid);
            if let Some(row) = row.filter(|row| row.contypid.is_valid()) {
                return ObjectAddress::new(Class::Type, row.contypid);
            }
            row.map(|row| row.conrelid)
        }
        Class::Attrdef => catalog.get::<PgAttrdef>(oid).map(|row| row.adrelid),
        Class::Trigger => catalog.get::<PgTrigger>(oid).map(|row| row.tgrelid),
        Class::Policy => catalog.get::<PgPolicy>(oid).map(|row| row.polrelid),
        Class::Rewrite => catalog.get::<PgRewrite>(oid).map(|row| row.ev_class),
        Class::StatisticExt => catalog.get::<PgStatisticExt>(oid).map(|row| row.stxrelid),
        Class::Inherits => catalog.get::<PgInherits>(oid).map(|row| row.inhrelid),
        Class::Enum => {
            let row = catalog.get::<PgEnum>(oid);
            return row.map_or(address, |row| ObjectAddress::new(Class::Type, row.enumtypid));
        }
        Class::Type => catalog
            .iter::<PgClass>()
            .find(|row| row.relkind == b'c' && row.reltype == oid)
            .map(|row| row.oid),
        _ => None, // an object by itself, or one that a picture shows nothing of
    };
    let class =
        if matches!(address.class, Class::Sequence | Class::ForeignTable | Class::PartitionedTable)
        {
            Class::Relation
        } else {
            address.class
        };
    relation.map_or(ObjectAddress::new(class, oid), |oid| ObjectAddress::new(Class::Relation, oid))
}

fn changes(old: &Picture, new: &Picture, touched: &BTreeMap<ObjectAddress, Span>) -> Vec<Change> {
    let span = |address: ObjectAddress| {
        touched
            .get(&address)
            .or_else(|| touched.get(&ObjectAddress::new(address.class, address.object)))
            .copied()
    };
    let mut changes = Vec::new();
    for (key, portrait) in &old.portraits {
        let change = |what, address| Change { key: key.clone(), what, span: span(address) };
        match new.portraits.get(key) {
            None => changes.push(change(What::Removed, portrait.address)),
            Some(now) => {
                for after in now.facts.iter().filter(|fact| !fact.cosmetic) {
                    let Some(before) = fact(portrait, after.name).filter(|was| !same(was, after))
                    else {
                        continue;
                    };
                    let what = What::Altered { before: before.clone(), after: after.clone() };
                    changes.push(change(what, after.address));
                }
            }
        }
    }
    for (key, portrait) in &new.portraits {
        if !old.portraits.contains_key(key) {
            let span = new
                .catalog
                .provenance(portrait.address)
                .map(|provenance| provenance.created)
                .or_else(|| span(portrait.address));
            changes.push(Change { key: key.clone(), what: What::Added(portrait.clone()), span });
        }
    }
    changes.retain(|change| !diff::is_tools_own(&change.key.owner));
    changes.sort_by_key(|change| change.span.map(|span| (span.source, span.start)));
    changes
}

/// The fact of that name.
pub(super) fn fact<'a>(portrait: &'a Portrait, name: &str) -> Option<&'a Fact> {
    portrait.facts.iter().find(|fact| fact.name == name)
}

/// Whether two facts are the same by text or by meaning.
pub(super) fn same(a: &Fact, b: &Fact) -> bool {
    a.value == b.value || a.meaning.is_some() && a.meaning == b.meaning
}

//! What each migration changed: the folder is run in order, and the objects that a file touched are drawn before and
//! after it.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    Catalog, PgAmop, PgAmproc, PgAttrdef, PgClass, PgConstraint, PgEnum, PgIndex, PgInherits,
    PgPolicy, PgPublicationNamespace, PgPublicationRel, PgRewrite, PgStatisticExt, PgTrigger,
    PgType,
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
        (false, true) => "it changes roles only, or privileges that no dump shows",
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
        Class::PublicationRel => {
            let row = catalog.get::<PgPublicationRel>(oid);
            return row.map_or(address, |row| ObjectAddress::new(Class::Publication, row.prpubid));
        }
        Class::PublicationNamespace => {
            let row = catalog.get::<PgPublicationNamespace>(oid);
            return row.map_or(address, |row| ObjectAddress::new(Class::Publication, row.pnpubid));
        }
        Class::Amop => {
            let row = catalog.get::<PgAmop>(oid);
            return row.map_or(address, |row| ObjectAddress::new(Class::Opfamily, row.amopfamily));
        }
        Class::Amproc => {
            let row = catalog.get::<PgAmproc>(oid);
            return row.map_or(address, |row| ObjectAddress::new(Class::Opfamily, row.amprocfamily));
        }
        Class::Enum => {
            let row = catalog.get::<PgEnum>(oid);
            return row.map_or(address, |row| ObjectAddress::new(Class::Type, row.enumtypid));
        }
        Class::Type => catalog
            .get::<PgType>(oid)
            .and_then(|row| catalog.get::<PgClass>(row.typrelid))
            .filter(|row| row.relkind == b'c')
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

/// Facts that a dump does not print, or that follow from others.
const NO_EVIDENCE: [&str; 3] =
    ["version", "defined here as well as inherited", "name of its NOT NULL"];

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
                let lost = portrait.facts.iter().map(|fact| fact.name);
                let lost = lost.filter(|name| now.facts.iter().all(|fact| fact.name != *name));
                for name in now.facts.iter().map(|fact| fact.name).chain(lost) {
                    let (before, after) = (fact(portrait, name), fact(now, name));
                    if NO_EVIDENCE.contains(&name) || same(&before, &after) {
                        continue;
                    }
                    let address = after.address;
                    changes.push(change(What::Altered { before, after }, address));
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

/// The fact of that name; one that is not drawn is none.
pub(super) fn fact(portrait: &Portrait, name: &'static str) -> Fact {
    let found = portrait.facts.iter().find(|fact| fact.name == name);
    found.cloned().unwrap_or_else(|| Fact {
        name,
        value: "none".to_string(),
        meaning: None,
        cosmetic: false,
        address: portrait.address,
    })
}

/// Whether two facts are the same by text or by meaning.
pub(super) fn same(a: &Fact, b: &Fact) -> bool {
    a.value == b.value || a.meaning.is_some() && a.meaning == b.meaning
}

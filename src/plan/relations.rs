//! Tables, views and sequences made with all their parts, and what dropping them costs.

use super::build::{Builder, made, stage_of};
use super::{Risk, Stage};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

impl Builder<'_> {
    /// A table, view or sequence with all its parts.
    pub(super) fn create_relation(&mut self, new: ObjectAddress) {
        let Some(class) = self.to.class(new.object) else { return };
        if class.relkind == b'S' {
            return self.create_sequence(new, &class);
        }
        let dummy = self.to.parts.is_dummy_view(new.object);
        let printed = self.to.parts.print(Kind::Table, new.object, Oid::INVALID);
        let place = self.to.place(Kind::Table, new.object);
        let object = self.to.label(new);
        let mut sql = self.without_defaults(new, made(&printed));
        if class.relkind == b'm' {
            for one in &mut sql {
                if let Some(query) = one.strip_suffix("\n  WITH NO DATA;") {
                    *one = format!("{query};"); // a dump fills it later
                }
            }
        }
        let at = self.make_step(Stage::Additions, object, new, place, sql);
        if class.relkind == b'm' {
            self.risk(at, Risk::Medium, "its query is run to fill it");
        }
        for a in class.live_attributes().filter(|a| a.attidentity != 0) {
            let column = ObjectAddress::column(new.object, a.attnum);
            if let Some(sequence) = self.to.identity_sequence(column) {
                let printed = self.to.parts.print(Kind::Table, sequence, Oid::INVALID);
                let place = self.to.place(Kind::Table, sequence);
                let object = format!("identity of {}.{}", self.to.relation(new.object), a.attname);
                let identity = relation(sequence);
                let step =
                    self.make_step(Stage::Additions, object, identity, place, made(&printed));
                self.edges.push((at, step));
            }
        }
        let parts = self.to.parts_of(new);
        let mut before_attaching = Vec::new();
        let mut attach = None;
        for part in parts {
            let member = matches!(part.kind, Kind::PublicationRel);
            let returns = part.kind == Kind::Rule && class.relkind == b'v' && !dummy;
            if !part.stands_alone || member || returns && self.is_return(part.address.object) {
                continue;
            }
            let mut needs = vec![new];
            if part.kind == Kind::TableAttach {
                needs.extend(self.parents(new.object).into_iter().map(relation));
            }
            let step = self.create_part(part, &needs);
            match part.kind {
                Kind::TableAttach => {
                    attach = step;
                    let parent = self.parents(new.object).first().copied();
                    let pair = parent.zip(step);
                    self.attached.extend(pair.map(|(parent, step)| (parent, new.object, step)));
                }
                Kind::Index => {
                    before_attaching.extend(step);
                    self.attach_index(part.address);
                }
                Kind::Constraint => before_attaching.extend(step),
                _ => {} // whenever
            }
        }
        if let Some(attach) = attach
            && self.parents(new.object).iter().any(|parent| self.was_there(relation(*parent)))
        {
            for step in before_attaching {
                self.edges.push((step, attach));
            }
            self.risk(attach, Risk::Medium, "SHARE UPDATE EXCLUSIVE lock on the parent; ACCESS EXCLUSIVE on a default partition, which is scanned");
        }
        let statistics: Vec<ObjectAddress> = self
            .to
            .key_of
            .get(&new)
            .map(|key| key.owner.clone())
            .into_iter()
            .flat_map(|owner| {
                let first = Key { owner: owner.clone(), part: None };
                self.to
                    .portraits
                    .range(first..)
                    .take_while(move |(key, _)| key.owner == owner)
                    .filter(|(key, _)| {
                        key.part.as_ref().is_some_and(|part| part.kind == "statistics")
                    })
                    .map(|(_, portrait)| portrait.address)
                    .collect::<Vec<_>>()
            })
            .collect();
        for address in statistics {
            let step = self.create_plain(Kind::Statistics, address);
            self.steps[step].stage = Stage::Additions;
        }
    }

    fn is_return(&self, rule: Oid) -> bool {
        self.to.catalog.get::<PgRewrite>(rule).is_some_and(|row| row.ev_type == b'1')
    }

    /// Whether an object of the second catalog is in the first one already.
    pub(super) fn was_there(&self, new: ObjectAddress) -> bool {
        self.to.key_of.get(&new).is_some_and(|key| self.from.portraits.contains_key(key))
    }

    pub(super) fn parents(&self, oid: Oid) -> Vec<Oid> {
        let mut rows: Vec<_> = self.to.catalog.find_all::<PgInherits>(&oid).collect();
        rows.sort_by_key(|row| row.inhseqno);
        rows.iter().map(|row| row.inhparent).collect()
    }

    /// The index of a new partition becomes a part of its parent's, where that is new too.
    fn attach_index(&mut self, index: ObjectAddress) {
        for part in self.to.parts_of(index) {
            if part.kind != Kind::IndexAttach {
                continue;
            }
            let Some(parent) = self.parents(index.object).first().copied() else { continue };
            let table = self.to.catalog.get::<PgIndex>(parent).map(|row| row.indrelid);
            if table.is_some_and(|table| self.was_there(relation(table))) {
                continue; // ATTACH PARTITION of the table sees to it
            }
            let mut needs = vec![index, relation(parent)];
            for oid in [index.object, parent] {
                let key = self.to.catalog.depend().references_of(relation(oid)).find(|entry| {
                    entry.kind == DependType::Internal
                        && entry.referenced.class == Class::Constraint
                });
                needs.extend(key.map(|entry| entry.referenced));
            }
            let step = self.create_part(part, &needs);
            self.index_attached.extend(table.zip(step));
        }
    }

    /// An index of a table that is there.
    pub(super) fn create_index(&mut self, new: ObjectAddress) {
        let Some(class) = self.to.class(new.object) else { return };
        let Some(index) = self.to.catalog.get::<PgIndex>(new.object).cloned() else { return };
        let printed = self.to.print(new);
        let mut sql = made(&printed);
        if class.relkind == b'I' {
            for one in &mut sql {
                if one.starts_with("CREATE ") {
                    *one = one.replacen(" ON ONLY ", " ON ", 1);
                }
            }
        }
        let object = self.to.label(new);
        let place = self.to.place(Kind::Index, new.object);
        let at = self.make_step(Stage::Indexes, object, new, place, sql);
        self.online_index(at, &class, &index);
    }

    /// A constraint of a table or domain that is there.
    pub(super) fn create_constraint(&mut self, new: ObjectAddress) {
        let Some(row) = self.to.catalog.get::<PgConstraint>(new.object).cloned() else { return };
        let kind = if row.contype == b'f' { Kind::FkConstraint } else { Kind::Constraint };
        let printed = self.to.print(new);
        let mut sql = made(&printed);
        let table = self.to.class(row.conrelid);
        if table.as_ref().is_some_and(|table| table.relkind == b'p') {
            for one in &mut sql {
                *one = one.replacen("ALTER TABLE ONLY ", "ALTER TABLE ", 1);
            }
        }
        if row.contypid.is_valid() {
            let key = self.to.key_of.get(&new).map(|key| key.owner.name.clone());
            let name = quote_identifier(&row.conname).into_owned();
            if let (Some(domain), Some(text)) = (key, self.to.catalog.comment(new).cloned()) {
                let text = crate::deparse::ruleutils::simple_quote_literal(&text);
                sql.push(format!("COMMENT ON CONSTRAINT {name} ON DOMAIN {domain} IS {text};"));
            }
        } else if row.contype == b'c' {
            sql.retain(|one| !one.is_empty());
        }
        let object = self.to.label(new);
        let place = self.to.place(kind, new.object);
        let at = self.make_step(stage_of(kind), object, new, place, sql);
        self.online_constraint(at, &row);
    }

    /// The lock and the danger of dropping something.
    pub(super) fn assess_drop(&mut self, at: usize, old: ObjectAddress) {
        let name = |oid: Oid| self.from.relation(oid);
        let (risk, why) = match old.class {
            Class::Relation if old.sub != 0 => {
                let mut why =
                    format!("ACCESS EXCLUSIVE lock on {}, for a moment", name(old.object));
                let parts = self.parts_on(old);
                if !parts.is_empty() {
                    why.push_str(&format!("; it takes {} along", parts.join(", ")));
                }
                (Risk::High, why)
            }
            Class::Relation => match self.from.class(old.object).map(|class| class.relkind) {
                Some(b'r' | b'p') => {
                    (Risk::High, format!("ACCESS EXCLUSIVE lock on {}", name(old.object)))
                }
                Some(b'S') => (Risk::Medium, "its position is forgotten".to_string()),
                Some(b'i' | b'I') => {
                    (Risk::Medium, "queries that used it become slower".to_string())
                }
                _ => (Risk::Low, "queries that name it fail".to_string()), // views, foreign tables
            },
            Class::Constraint => match self.from.catalog.get::<PgConstraint>(old.object) {
                Some(row) if row.conrelid.is_valid() => {
                    let mut tables = name(row.conrelid);
                    if row.confrelid.is_valid() && row.confrelid != row.conrelid {
                        tables = format!("{tables} and {}", name(row.confrelid));
                    }
                    let why = format!(
                        "ACCESS EXCLUSIVE lock on {tables}, for a moment; rows are no longer checked"
                    );
                    (Risk::Medium, why)
                }
                _ => (Risk::Low, "values are no longer checked".to_string()), // a domain's
            },
            Class::Extension => (Risk::High, "all its objects go with it".to_string()),
            Class::Policy => (Risk::Medium, "who sees which rows changes".to_string()),
            Class::Trigger => (Risk::Medium, "what it did is no longer done".to_string()),
            _ => (Risk::Low, "whatever uses it without PostgreSQL knowing fails".to_string()), // plain objects
        };
        self.risk(at, risk, why);
        self.check_drop(at, old);
        self.online_drop(at, old);
    }

    /// Indexes and constraints of the first catalog that a column takes with it.
    fn parts_on(&self, column: ObjectAddress) -> Vec<String> {
        let has = |attnums: &[i16]| attnums.iter().any(|attnum| i32::from(*attnum) == column.sub);
        let catalog = self.from.catalog;
        let constraints = catalog
            .find_all::<PgConstraint>(&column.object)
            .filter(|row| row.contype != b'n' && has(&row.conkey))
            .map(|row| ObjectAddress::new(Class::Constraint, row.oid));
        let indexes = catalog
            .find_all::<PgIndex>(&column.object)
            .filter(|row| has(&row.indkey))
            .map(|row| relation(row.indexrelid));
        let parts = constraints.chain(indexes).filter_map(|address| {
            let part = self.from.key_of.get(&address)?.part.as_ref()?;
            Some(format!("{} {}", part.kind, part.name))
        });
        let mut parts: Vec<String> = parts.collect();
        parts.sort();
        parts
    }

    /// The lock that a part of a new table, or a new part of one that is there, takes on tables that are there.
    pub(super) fn assess_part(&mut self, at: usize, new: ObjectAddress) {
        let catalog = self.to.catalog;
        let (lock, table) = match new.class {
            Class::Constraint => {
                let row = catalog.get::<PgConstraint>(new.object);
                ("SHARE ROW EXCLUSIVE", row.map(|row| row.confrelid))
            }
            Class::Trigger => {
                ("SHARE ROW EXCLUSIVE", catalog.get::<PgTrigger>(new.object).map(|row| row.tgrelid))
            }
            Class::Policy => {
                ("ACCESS EXCLUSIVE", catalog.get::<PgPolicy>(new.object).map(|row| row.polrelid))
            }
            Class::Rewrite => {
                ("ACCESS EXCLUSIVE", catalog.get::<PgRewrite>(new.object).map(|row| row.ev_class))
            }
            _ => return, // said otherwise
        };
        if let Some(table) = table.filter(|table| self.was_there(relation(*table))) {
            if new.class == Class::Trigger {
                // A condition on whole rows must not meet generated columns that go.
                let old = self.to.key_of.get(&relation(table)).cloned();
                let old = old.and_then(|key| self.from.portraits.get(&key)).map(|p| p.address);
                let class = old.and_then(|old| self.from.class(old.object));
                for a in class.iter().flat_map(PgClass::live_attributes) {
                    let oid = class.as_ref().map_or(Oid::INVALID, |class| class.oid);
                    if a.attgenerated != 0 {
                        self.needs_gone.push((at, ObjectAddress::column(oid, a.attnum)));
                    }
                }
            }
            let table = self.to.relation(table);
            self.risk(at, Risk::Low, format!("{lock} lock on {table}, for a moment"));
        }
    }

    /// Drops the object and makes it again, for there is no statement that changes it.
    pub(super) fn replace(&mut self, key: &Key, a: &Portrait, b: &Portrait, why: &str) -> usize {
        let drop = self.drop_object(a.address, Some(key), Some(why));
        self.steps[drop].stage = Stage::Rewrites;
        let before = std::mem::replace(&mut self.at_once, true);
        let made = self.create_object(b.address, Some(why));
        self.at_once = before;
        for at in made {
            self.steps[at].stage = Stage::Rewrites;
            self.edges.push((drop, at));
        }
        drop
    }
}

/// A relation's address.
pub(super) fn relation(oid: Oid) -> ObjectAddress {
    ObjectAddress::new(Class::Relation, oid)
}

//! The steps: what is only in one catalog is made or taken away, what differs is altered.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::side::{Side, dump_options, label};
use super::split::statements;
use super::{Left, Options, Plan, Risk, Stage, Statement, Step, Verb, order};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::deparse::pg_dump::parts::{Part, Printed};
use crate::diff::{self, Key, Owner, Portrait};
use crate::pg::oid::Oid;

/// A plan being made.
pub(super) struct Builder<'a> {
    pub from: Side<'a>,
    pub to: Side<'a>,
    pub options: &'a Options,
    pub steps: Vec<Step>,
    /// Steps by what they take away, of the first catalog.
    pub dropped: HashMap<ObjectAddress, usize>,
    /// Steps that alter something, by what it is in the first catalog.
    pub altered: HashMap<ObjectAddress, Vec<usize>>,
    /// Steps by what they make or alter, of the second catalog.
    pub made: HashMap<ObjectAddress, Vec<usize>>,
    /// Which step comes before which, beside what dependencies say.
    pub edges: Vec<(usize, usize)>,
    /// What a step needs made beside what its objects depend on.
    pub needs: Vec<(usize, ObjectAddress)>,
    /// What must be gone or altered, of the first catalog, before a step.
    pub needs_gone: Vec<(usize, ObjectAddress)>,
    /// Shell types by the type.
    pub shells: HashMap<ObjectAddress, usize>,
    pub left: Vec<Left>,
    /// Types that are made again under columns that stay.
    pub rebuilt: HashSet<ObjectAddress>,
    /// What holds until such a type and its columns have been seen to.
    pub unfinished: HashMap<ObjectAddress, String>,
    /// Columns of the first catalog that get another type.
    pub unsettled: HashSet<ObjectAddress>,
    /// Tables whose parents have been seen to.
    pub moved: HashSet<ObjectAddress>,
    /// Partitions attached to tables of the second catalog: the table, the partition, the step.
    pub attached: Vec<(Oid, Oid, usize)>,
    /// Indexes attached to those of new partitioned tables: the table, the step.
    pub index_attached: Vec<(Oid, usize)>,
    /// Steps that detach partitions of the first catalog.
    pub detached: HashMap<Oid, usize>,
    /// Routines of the first catalog that go while another that the same calls reach comes.
    pub succeeded: HashSet<ObjectAddress>,
    /// Indexes of the first catalog that constraints of the second take over.
    pub taken_over: HashSet<Oid>,
    /// Sequences of the first catalog that an alteration takes away: those of dropped identities.
    pub freed: Vec<(ObjectAddress, usize)>,
    /// Set while something is made again within a transaction.
    pub at_once: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn run(from: &'a Catalog, to: &'a Catalog, options: &'a Options) -> Plan {
        let printing = dump_options(&options.compare);
        let mut builder = Builder {
            from: Side::new(from, &printing, diff::draw(from, &options.compare)),
            to: Side::new(to, &printing, diff::draw(to, &options.compare)),
            options,
            steps: Vec::new(),
            dropped: HashMap::new(),
            altered: HashMap::new(),
            made: HashMap::new(),
            edges: Vec::new(),
            needs: Vec::new(),
            needs_gone: Vec::new(),
            shells: HashMap::new(),
            left: Vec::new(),
            rebuilt: HashSet::new(),
            unfinished: HashMap::new(),
            unsettled: HashSet::new(),
            freed: Vec::new(),
            at_once: false,
            moved: HashSet::new(),
            attached: Vec::new(),
            index_attached: Vec::new(),
            detached: HashMap::new(),
            succeeded: HashSet::new(),
            taken_over: HashSet::new(),
        };
        builder.pairs();
        builder.succeed_overloads();
        builder.recreate_dependents();
        builder.break_circles_of_keys();
        builder.attach_before_indexes();
        builder.make_room_for_partitions();
        let roles = builder.missing_roles();
        let mut plan = order::arrange(builder);
        plan.roles = roles;
        plan.version = to.version().major();
        plan
    }

    fn pairs(&mut self) {
        let keys: BTreeSet<Key> =
            self.from.portraits.keys().chain(self.to.portraits.keys()).cloned().collect();
        let renamed = self.renamed(&keys);
        for key in keys {
            if diff::is_tools_own(&key.owner) && !self.on_both_sides(&key.owner) {
                continue;
            }
            let a = self.from.portraits.get(&key).cloned();
            let b = self.to.portraits.get(&key).cloned();
            match (a, b) {
                _ if self.owner_is_replaced(&key) => {} // made again with it
                (Some(a), Some(b)) => self.both(&key, &a, &b),
                _ if renamed.contains(&key) => {}
                (Some(a), None) if key.part.is_none() || self.stays(&key.owner) => {
                    self.missing(&key, &a)
                }
                (None, Some(b)) if key.part.is_none() || self.stays(&key.owner) => {
                    self.extra(&key, &b)
                }
                _ => {} // comes or goes with its owner
            }
        }
    }

    fn on_both_sides(&self, owner: &Owner) -> bool {
        let whole = Key { owner: owner.clone(), part: None };
        self.from.portraits.contains_key(&whole) && self.to.portraits.contains_key(&whole)
    }

    /// Whether what the part belongs to is dropped and made again whole.
    fn owner_is_replaced(&self, key: &Key) -> bool {
        let whole = Key { owner: key.owner.clone(), part: None };
        let owner = key.part.as_ref().and_then(|_| self.from.portraits.get(&whole));
        owner.is_some_and(|owner| self.dropped.contains_key(&owner.address))
    }

    fn stays(&self, owner: &Owner) -> bool {
        self.on_both_sides(owner)
    }

    /// Constraints and indexes that are the same but for their names.
    fn renamed(&mut self, keys: &BTreeSet<Key>) -> BTreeSet<Key> {
        let mut lone: BTreeMap<(&Owner, &'static str), (Vec<&Key>, Vec<&Key>)> = BTreeMap::new();
        for key in keys {
            let Some(part) = &key.part else { continue };
            if !matches!(part.kind, "constraint" | "index") || !self.stays(&key.owner) {
                continue;
            }
            let entry = lone.entry((&key.owner, part.kind)).or_default();
            match (self.from.portraits.contains_key(key), self.to.portraits.contains_key(key)) {
                (true, false) => entry.0.push(key),
                (false, true) => entry.1.push(key),
                _ => {} // on both sides
            }
        }
        let mut done = BTreeSet::new();
        for (_, (gone, new)) in lone {
            for old in gone {
                let Some(a) = self.from.portraits.get(old).cloned() else { continue };
                let same = |b: &Portrait| {
                    a.likeness.is_some() && a.likeness == b.likeness && {
                        let matter = |portrait: &Portrait| -> Vec<(&'static str, String)> {
                            let facts = portrait.facts.iter().filter(|fact| !fact.cosmetic);
                            facts.map(|fact| (fact.name, fact.value.clone())).collect()
                        };
                        matter(&a) == matter(b)
                    }
                };
                let found = new.iter().find(|key| {
                    !done.contains(**key) && self.to.portraits.get(**key).is_some_and(same)
                });
                let Some(found) = found else { continue };
                let Some(b) = self.to.portraits.get(*found).cloned() else { continue };
                done.insert(old.clone());
                done.insert((*found).clone());
                self.rename(old, found, &a, &b);
            }
        }
        done
    }

    fn both(&mut self, key: &Key, a: &Portrait, b: &Portrait) {
        let changed = changed_facts(a, b);
        if !changed.is_empty() {
            self.alter(key, a, b, &changed);
        }
    }

    fn missing(&mut self, key: &Key, a: &Portrait) {
        if self.goes_with_another(key, a) {
            return;
        }
        self.drop_object(a.address, Some(key), None);
    }

    fn extra(&mut self, key: &Key, b: &Portrait) {
        if self.comes_with_another(key, b) {
            return;
        }
        self.create_object(b.address, None);
    }

    /// Says that a difference stays, and why.
    pub(super) fn leave(&mut self, key: &Key, what: &str, why: &str) {
        let what = if what.is_empty() { label(key) } else { format!("{}: {what}", label(key)) };
        self.left.push(Left { what, why: why.to_string() });
    }

    /// Adds a step.
    pub(super) fn step(
        &mut self,
        verb: Verb,
        stage: Stage,
        object: String,
        sql: Vec<String>,
    ) -> usize {
        let statements = sql.into_iter().map(Statement::together).collect();
        self.steps.push(Step {
            verb,
            stage,
            object,
            statements,
            risk: Risk::Low,
            why: Vec::new(),
            loses: None,
            because: None,
            before: Vec::new(),
            after: Vec::new(),
            held_back: false,
            old: Vec::new(),
            new: Vec::new(),
            place: 0,
        });
        self.steps.len() - 1
    }

    /// Adds a step that changes an object in place.
    pub(super) fn alter_step(
        &mut self,
        stage: Stage,
        key: &Key,
        a: ObjectAddress,
        b: ObjectAddress,
        sql: Vec<String>,
    ) -> usize {
        let at = self.step(Verb::Alter, stage, label(key), sql);
        self.steps[at].old.push(a);
        self.steps[at].new.push(b);
        let table = ObjectAddress { sub: 0, ..b };
        let place = self.to.kind(table).map_or(0, |kind| self.to.place(kind, table.object));
        self.steps[at].place = place;
        self.altered.entry(a).or_default().push(at);
        self.made.entry(b).or_default().push(at);
        at
    }

    /// Adds a step that makes something.
    pub(super) fn make_step(
        &mut self,
        stage: Stage,
        object: String,
        new: ObjectAddress,
        place: i64,
        sql: Vec<String>,
    ) -> usize {
        let at = self.step(Verb::Create, stage, object, sql);
        self.steps[at].new.push(new);
        self.steps[at].place = place;
        self.made.entry(new).or_default().push(at);
        at
    }

    pub(super) fn risk(&mut self, step: usize, risk: Risk, why: impl Into<String>) {
        let step = &mut self.steps[step];
        step.risk = step.risk.max(risk);
        step.why.push(why.into());
    }

    /// Says when the step's statements have something to do.
    pub(super) fn only_if(&mut self, step: usize, condition: Option<String>) {
        for one in &mut self.steps[step].statements {
            one.only_if.clone_from(&condition);
        }
    }

    /// Takes an object away.
    pub(super) fn drop_object(
        &mut self,
        old: ObjectAddress,
        key: Option<&Key>,
        because: Option<&str>,
    ) -> usize {
        if let Some(step) = self.dropped.get(&old) {
            return *step;
        }
        let object = key.map_or_else(|| self.from.label(old), label);
        let sql = if old.sub != 0 {
            self.drop_column(old)
        } else {
            match self.drop_shared(old) {
                Some(sql) => sql,
                None => vec![self.from.drop_statement(old)],
            }
        };
        let (stage, loses) = self.loss(old);
        let at = self.step(Verb::Drop, stage, object, sql);
        let kind = self.from.kind(ObjectAddress { sub: 0, ..old });
        self.steps[at].place = -kind.map_or(0, |kind| self.from.place(kind, old.object));
        self.steps[at].old.push(old);
        self.steps[at].because = because.map(str::to_string);
        if because.is_none() {
            self.steps[at].loses = loses;
        }
        self.dropped.insert(old, at);
        self.assess_drop(at, old);
        at
    }

    /// Makes an object with all that belongs to it.
    pub(super) fn create_object(
        &mut self,
        new: ObjectAddress,
        because: Option<&str>,
    ) -> Vec<usize> {
        if self
            .made
            .get(&new)
            .is_some_and(|made| made.iter().any(|step| self.steps[*step].verb == Verb::Create))
        {
            return Vec::new();
        }
        let first = self.steps.len();
        if new.sub != 0 {
            self.add_column(new);
        } else {
            match self.to.kind(new) {
                Some(Kind::Table) => self.create_relation(new),
                Some(Kind::Index) => self.create_index(new),
                Some(Kind::Constraint | Kind::FkConstraint) => self.create_constraint(new),
                Some(Kind::Type) => self.create_type(new),
                Some(Kind::Publication) => self.create_publication(new),
                Some(Kind::PublicationRel) => self.create_shared(new),
                Some(kind) => {
                    self.create_plain(kind, new);
                }
                None => self.create_shared(new),
            }
        }
        let made: Vec<usize> = (first..self.steps.len()).collect();
        for at in &made {
            self.steps[*at].because = because.map(str::to_string);
        }
        made
    }

    /// Makes an object that is printed whole.
    pub(super) fn create_plain(&mut self, kind: Kind, new: ObjectAddress) -> usize {
        let printed = self.to.print(new);
        let object = self.to.label(new);
        let place = self.to.place(kind, new.object);
        let sql = self.without_defaults(new, made(&printed));
        let at = self.make_step(stage_of(kind), object, new, place, sql);
        self.assess_part(at, new);
        at
    }

    /// Indexes and keys of a new partitioned table come after its partitions, as in a dump.
    fn attach_before_indexes(&mut self) {
        let mut of_parent: HashMap<Oid, Vec<usize>> = HashMap::new();
        for (parent, _, attach) in &self.attached {
            if !self.was_there(ObjectAddress::new(Class::Relation, *parent)) {
                of_parent.entry(*parent).or_default().push(*attach);
            }
        }
        // Where a tree of new partitions goes below a table that is there, its indexes are whole, and so valid, before:
        // else the table's would be made for it again (PostgreSQL: AttachPartitionEnsureIndexes).
        let there = |parent: &Oid| self.was_there(ObjectAddress::new(Class::Relation, *parent));
        let below_there: HashMap<Oid, usize> = self
            .attached
            .iter()
            .filter(|(parent, ..)| there(parent))
            .map(|(_, partition, attach)| (*partition, *attach))
            .collect();
        for (table, index) in &self.index_attached {
            let above = self.with_ancestors(*table);
            let attaches = above.iter().filter_map(|table| below_there.get(table));
            self.edges.extend(attaches.map(|attach| (*index, *attach)));
        }
        for (address, steps) in &self.made {
            let table = match address.class {
                Class::Relation => {
                    self.to.catalog.get::<PgIndex>(address.object).map(|row| row.indrelid)
                }
                Class::Constraint => self
                    .to
                    .catalog
                    .get::<PgConstraint>(address.object)
                    .filter(|row| matches!(row.contype, b'p' | b'u' | b'x'))
                    .map(|row| row.conrelid),
                _ => None, // nothing else makes an index
            };
            for attach in table.and_then(|table| of_parent.get(&table)).into_iter().flatten() {
                self.edges.extend(steps.iter().map(|step| (*attach, *step)));
            }
        }
    }

    /// A table of the second catalog and what it is a partition of, upwards.
    fn with_ancestors(&self, table: Oid) -> Vec<Oid> {
        let mut all = vec![table];
        while let Some(parent) = all.last().and_then(|table| self.parents(*table).first().copied())
            && !all.contains(&parent)
        {
            all.push(parent);
        }
        all
    }

    /// Makes a part as the dump has it.
    pub(super) fn create_part(&mut self, part: Part, needs: &[ObjectAddress]) -> Option<usize> {
        let printed = self.to.parts.print(part.kind, part.address.object, part.other);
        let sql = made(&printed);
        if sql.is_empty() {
            return None;
        }
        let attachment =
            matches!(part.kind, Kind::TableAttach | Kind::IndexAttach | Kind::RowSecurity);
        let object = match part.kind {
            Kind::TableAttach => format!("partition {}", self.to.relation(part.address.object)),
            Kind::IndexAttach => {
                format!("index partition {}", self.to.relation(part.address.object))
            }
            Kind::RowSecurity => {
                format!("row security of {}", self.to.relation(part.address.object))
            }
            _ => self.to.label(part.address), // objects of their own
        };
        let place = self.to.place(part.kind, part.address.object);
        let at = self.step(Verb::Create, Stage::Additions, object, sql);
        self.steps[at].place = place;
        if !attachment {
            self.steps[at].new.push(part.address);
            self.made.entry(part.address).or_default().push(at);
            self.assess_part(at, part.address);
        }
        for need in needs {
            self.needs.push((at, *need));
        }
        Some(at)
    }

    /// What dropping the object costs, and in which phase it stands.
    fn loss(&self, old: ObjectAddress) -> (Stage, Option<String>) {
        let text = match old.class {
            Class::Relation if old.sub != 0 => self
                .from
                .column(old)
                .filter(|(class, a)| matches!(class.relkind, b'r' | b'p') && a.attgenerated == 0)
                .map(|(class, a)| {
                    format!("the values of {}.{}", self.from.relation(class.oid), a.attname)
                }),
            Class::Relation => match self.from.class(old.object).map(|class| class.relkind) {
                Some(b'r' | b'p') => {
                    Some(format!("the rows of {}", self.from.relation(old.object)))
                }
                Some(b'S') if self.becomes_identity(old) => None,
                Some(b'S') => Some(format!("the position of {}", self.from.relation(old.object))),
                _ => None, // views, indexes, foreign tables hold nothing of their own
            },
            Class::Extension => Some(format!("whatever {} keeps", self.from.label(old))),
            _ => None, // nothing else holds data
        };
        match text {
            Some(text) => (Stage::Losses, Some(text)),
            None => (Stage::Removals, None),
        }
    }

    /// Whether a sequence's column stays and gets numbers otherwise, which go on behind the highest value.
    fn becomes_identity(&self, sequence: ObjectAddress) -> bool {
        self.from.catalog.depend().references_of(sequence).any(|entry| {
            let owner = entry.referenced;
            let column = owner.class == Class::Relation && owner.sub > 0;
            let after = column.then(|| self.counterpart(owner)).flatten();
            after.and_then(|after| self.to.column(after)).is_some_and(|(_, a)| a.attidentity != 0)
        })
    }

    /// Roles that the second catalog's owners and grantees need and the first lacks.
    fn missing_roles(&self) -> Vec<String> {
        let mut roles: Vec<String> = self
            .to
            .catalog
            .iter::<PgAuthid>()
            .filter(|row| !row.oid.is_builtin())
            .filter(|row| self.from.catalog.find::<PgAuthid>(&row.rolname).is_none())
            .map(|row| crate::pg::name::quote_identifier(&row.rolname).into_owned())
            .filter(|name| {
                self.steps.iter().flat_map(|step| &step.statements).any(|one| {
                    one.sql
                        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
                        .any(|word| word == name)
                })
            })
            .collect();
        roles.sort();
        roles
    }
}

/// Names of facts that differ, in their order.
pub(super) fn changed_facts(a: &Portrait, b: &Portrait) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = a.facts.iter().map(|fact| fact.name).collect();
    names.extend(
        b.facts
            .iter()
            .map(|fact| fact.name)
            .filter(|name| !a.facts.iter().any(|fact| fact.name == *name)),
    );
    names.retain(|name| {
        let value = |portrait: &Portrait| {
            portrait.facts.iter().find(|fact| fact.name == *name).map(|fact| fact.value.clone())
        };
        value(a) != value(b)
    });
    names
}

/// The statements that make what was printed, with its owner after it.
pub(super) fn made(printed: &[Printed]) -> Vec<String> {
    let mut sql = Vec::new();
    for entry in printed {
        sql.extend(statements(&entry.made));
        sql.extend(entry.owner.as_ref().map(|owner| owner.trim().to_string()));
    }
    sql
}

/// The phase in which a new object of the kind is made.
pub(super) fn stage_of(kind: Kind) -> Stage {
    match kind {
        Kind::Namespace
        | Kind::Language
        | Kind::Collation
        | Kind::Transform
        | Kind::Extension
        | Kind::Type
        | Kind::ShellType
        | Kind::Cast
        | Kind::Function
        | Kind::Aggregate
        | Kind::AccessMethod
        | Kind::Operator
        | Kind::Opclass
        | Kind::Opfamily
        | Kind::Conversion
        | Kind::TsParser
        | Kind::TsTemplate
        | Kind::TsDict
        | Kind::TsConfig
        | Kind::Fdw
        | Kind::ForeignServer => Stage::Foundations,
        Kind::Table
        | Kind::TableAttach
        | Kind::DummyType
        | Kind::AttrDef
        | Kind::PreDataBoundary
        | Kind::PostDataBoundary
        | Kind::Statistics
        | Kind::Rule
        | Kind::Trigger
        | Kind::RowSecurity
        | Kind::Policy
        | Kind::Publication
        | Kind::PublicationRel
        | Kind::PublicationNamespace
        | Kind::Subscription
        | Kind::EventTrigger => Stage::Additions,
        Kind::Index | Kind::IndexAttach => Stage::Indexes,
        Kind::Constraint | Kind::FkConstraint => Stage::Constraints,
        Kind::DefaultAcl => Stage::Access,
    }
}

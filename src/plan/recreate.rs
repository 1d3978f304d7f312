//! What depends on something that goes or changes, and stays: it is taken down before and put back after.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Builder;
use super::{Risk, Stage, Verb};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;

/// A step for which others are taken down.
struct Cause {
    stage: Stage,
    object: String,
    /// What holds while the step is still to be done.
    asked: Option<String>,
}

impl Builder<'_> {
    /// The object of the second catalog that has the same name.
    pub(super) fn counterpart(&self, old: ObjectAddress) -> Option<ObjectAddress> {
        if let Some(key) = self.from.key_of.get(&old) {
            return self.to.portraits.get(key).map(|portrait| portrait.address);
        }
        if old.class == Class::PublicationRel {
            let row = self.from.catalog.get::<PgPublicationRel>(old.object)?;
            let table = self.counterpart(ObjectAddress::new(Class::Relation, row.prrelid))?;
            let publication =
                self.counterpart(ObjectAddress::new(Class::Publication, row.prpubid))?;
            let mut rows = self.to.catalog.iter::<PgPublicationRel>();
            let found =
                rows.find(|row| row.prrelid == table.object && row.prpubid == publication.object)?;
            return Some(ObjectAddress::new(Class::PublicationRel, found.oid));
        }
        if old.class != Class::Attrdef {
            return None;
        }
        let row = self.from.catalog.get::<PgAttrdef>(old.object)?;
        let column = self.counterpart(ObjectAddress::column(row.adrelid, row.adnum))?;
        let (_, a) = self.to.column(column)?;
        a.attdef.valid().map(|oid| ObjectAddress::new(Class::Attrdef, oid))
    }

    /// Whether what depends on the step's objects must be out of the way while it runs.
    pub(super) fn unsettles(&self, step: usize) -> bool {
        let step = &self.steps[step];
        step.verb == Verb::Alter && step.old.iter().any(|old| self.unsettled.contains(old))
    }

    /// Takes down and puts back, until nothing that goes is needed by anything that stays.
    pub(super) fn recreate_dependents(&mut self) {
        let mut at = 0;
        while at < self.steps.len() {
            let step = &self.steps[at];
            let (verb, stage, object) = (step.verb, step.stage, step.object.clone());
            let first = step.statements.first();
            let asked =
                first.and_then(|one| one.only_if.clone().or_else(|| super::guard::to_do(&one.sql)));
            let stage = if stage >= Stage::Removals { Stage::Rewrites } else { stage };
            let cause = Cause { stage, object, asked };
            let olds = step.old.clone();
            for old in olds {
                if verb == Verb::Drop {
                    let dropped = |address: ObjectAddress| self.dropped.contains_key(&address);
                    for address in self.from.with_belongings(old, &dropped) {
                        self.take_down(old, address, &cause);
                    }
                } else if verb == Verb::Alter && self.unsettled.contains(&old) {
                    self.take_down(old, old, &cause);
                }
            }
            at += 1;
        }
        self.steps.iter_mut().for_each(|step| {
            if step.verb == Verb::Drop && step.because.is_some() && step.stage >= Stage::Removals {
                step.stage = Stage::Rewrites;
            }
        });
    }

    /// Takes down what depends on `address`, which goes with `cause`.
    fn take_down(&mut self, cause: ObjectAddress, address: ObjectAddress, reason: &Cause) {
        let alters = !self.dropped.contains_key(&cause);
        let entries: Vec<_> = self.from.catalog.depend().dependents_of(address).collect();
        for entry in entries {
            let dependent = entry.dependent;
            if entry.referenced != address && address.sub != 0 || dependent.object == address.object
            {
                continue;
            }
            let misread = alters && self.misreads(address, dependent);
            if alters && !misread && self.rebuilt_by_server(dependent, entry.kind) {
                continue;
            }
            if !alters && entry.kind != DependType::Normal {
                continue; // it goes with it
            }
            let known = |candidate: ObjectAddress| self.is_unit(candidate);
            let Some(unit) = self.from.resolve(dependent, &known) else { continue };
            if unit == cause || self.dropped.contains_key(&unit) {
                continue;
            }
            // An object that is no longer there, and whose dependent is altered: that alteration is enough.
            let cause_is_back =
                alters || self.counterpart(cause).is_some() || self.succeeded.contains(&cause);
            if !cause_is_back && self.altered.contains_key(&unit) {
                continue;
            }
            // What goes with a column that is dropped later is in the way now.
            let part = matches!(self.from.kind(unit), Some(Kind::Index | Kind::Constraint));
            if part && self.counterpart(unit).is_none() {
                let because = format!("it would stand in the way of {}", reason.object);
                let drop = self.drop_object(unit, None, Some(&because));
                self.steps[drop].stage = reason.stage;
                self.only_if(drop, reason.asked.clone());
                continue;
            }
            self.recreate(unit, reason);
        }
    }

    /// Whether the server, which makes an index or CHECK constraint again from its text, would read that with a type
    /// that has other operators.
    fn misreads(&self, column: ObjectAddress, dependent: ObjectAddress) -> bool {
        let from = self.from.catalog;
        let has_text = match dependent.class {
            Class::Constraint => {
                from.get::<PgConstraint>(dependent.object).is_some_and(|row| row.contype == b'c')
            }
            Class::Relation => from
                .get::<PgIndex>(dependent.object)
                .is_some_and(|row| row.indpred.is_some() || !row.indexprs.is_empty()),
            _ => false, // handled otherwise
        };
        let before = self.from.column(column).filter(|_| has_text);
        let after = self.counterpart(column).and_then(|column| self.to.column(column));
        let (Some((_, before)), Some((_, after))) = (before, after) else { return false };
        let types =
            (from.get::<PgType>(before.atttypid), self.to.catalog.get::<PgType>(after.atttypid));
        let (Some(old), Some(new)) = types else { return false };
        old.typcategory != new.typcategory
            || old.typtype == b'e' && self.type_in_to(old.oid) != Some(new.oid)
    }

    /// Indexes and constraints that ALTER COLUMN TYPE makes again by itself (PostgreSQL: RememberAllDependentForRebuilding).
    fn rebuilt_by_server(&self, dependent: ObjectAddress, kind: DependType) -> bool {
        match dependent.class {
            Class::Constraint | Class::StatisticExt => true,
            Class::Relation => true, // indexes and owned sequences
            Class::Type => true,
            Class::Attrdef => {
                let row = self.from.catalog.get::<PgAttrdef>(dependent.object);
                row.is_none_or(|row| {
                    let column = ObjectAddress::column(row.adrelid, row.adnum);
                    self.from.column(column).is_none_or(|(_, a)| a.attgenerated == 0)
                })
            }
            _ => kind == DependType::Internal, // views, rules, triggers, policies, functions are in the way
        }
    }

    /// Whether an address is something that can be taken down by itself.
    fn is_unit(&self, address: ObjectAddress) -> bool {
        if address.class == Class::Attrdef {
            let row = self.from.catalog.get::<PgAttrdef>(address.object);
            return row.is_some_and(|row| {
                let column = ObjectAddress::column(row.adrelid, row.adnum);
                self.from.column(column).is_some_and(|(_, a)| a.attgenerated == 0)
            });
        }
        address.class == Class::PublicationRel || self.from.key_of.contains_key(&address)
    }

    /// Drops the object and makes it again as the second catalog has it.
    fn recreate(&mut self, old: ObjectAddress, cause: &Cause) {
        let stage = cause.stage;
        let Some(new) = self.counterpart(old) else {
            return; // it goes anyway, or the difference is another's
        };
        let because = format!("it depends on {}", cause.object);
        let is_table = old.class == Class::Relation
            && old.sub == 0
            && self
                .from
                .class(old.object)
                .is_some_and(|class| matches!(class.relkind, b'r' | b'p'));
        if is_table {
            return; // never: its rows would go
        }
        if old.sub != 0 {
            let generated = self.from.column(old).is_some_and(|(_, a)| a.attgenerated != 0);
            if !generated {
                if self.types_of(old).iter().any(|typ| self.rebuilt.contains(typ)) {
                    self.retype(old, new, stage);
                }
                return;
            }
        }
        self.forget_alterations(old, new);
        let drop = if old.class == Class::Attrdef {
            self.drop_default(old)
        } else {
            self.drop_object(old, None, Some(&because))
        };
        self.steps[drop].because = Some(because.clone());
        self.steps[drop].stage = stage;
        self.steps[drop].loses = None;
        if new.class != Class::Attrdef {
            self.only_if(drop, cause.asked.clone());
        }
        let made = if new.class == Class::Attrdef {
            vec![self.set_default(new)]
        } else {
            let before = std::mem::replace(&mut self.at_once, true);
            let made = self.create_object(new, Some(&because));
            self.at_once = before;
            made
        };
        for at in made {
            self.steps[at].because = Some(because.clone());
            self.steps[at].stage = stage;
            self.edges.push((drop, at));
        }
        if let Some(class) = (old.sub == 0).then(|| self.from.class(old.object)).flatten()
            && old.class == Class::Relation
            && class.relkind == b'm'
        {
            self.risk(drop, Risk::Medium, "the materialized view is filled anew");
        }
    }

    /// What was planned to alter the object is moot: it is made again whole.
    fn forget_alterations(&mut self, old: ObjectAddress, new: ObjectAddress) {
        let same = |address: &ObjectAddress, whole: ObjectAddress| {
            address.class == whole.class
                && address.object == whole.object
                && (whole.sub == 0 || address.sub == whole.sub)
        };
        let of_old: BTreeSet<usize> = self
            .altered
            .iter()
            .filter(|(address, _)| same(address, old))
            .flat_map(|(_, steps)| steps.iter().copied())
            .collect();
        for at in of_old {
            if self.steps[at].verb == Verb::Alter {
                self.steps[at].statements.clear();
                self.steps[at].old.clear();
                self.steps[at].new.clear();
            }
        }
        self.altered.retain(|address, _| !same(address, old));
        let steps = &self.steps;
        for made in self.made.values_mut() {
            made.retain(|at| !steps[*at].statements.is_empty());
        }
        self.made.retain(|address, made| !made.is_empty() || !same(address, new));
    }

    /// Foreign keys among tables that all go and refer to each other: the keys go first.
    pub(super) fn break_circles_of_keys(&mut self) {
        let tables: BTreeSet<_> = self
            .dropped
            .keys()
            .filter(|old| old.class == Class::Relation && old.sub == 0)
            .map(|old| old.object)
            .collect();
        let mut referenced: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for table in &tables {
            for row in self.from.catalog.find_all::<PgConstraint>(table) {
                if row.contype == b'f' && row.confrelid != *table && tables.contains(&row.confrelid)
                {
                    referenced.entry(row.confrelid).or_default().insert(*table);
                }
            }
        }
        let mut left = tables.clone();
        loop {
            let free: Vec<_> = left
                .iter()
                .filter(|table| {
                    referenced.get(table).is_none_or(|by| by.iter().all(|by| !left.contains(by)))
                })
                .copied()
                .collect();
            if free.is_empty() {
                break;
            }
            for table in free {
                left.remove(&table);
            }
        }
        let keys: Vec<_> = left
            .iter()
            .flat_map(|table| self.from.catalog.find_all::<PgConstraint>(table))
            .filter(|row| row.contype == b'f' && left.contains(&row.confrelid))
            .filter(|row| row.confrelid != row.conrelid && !row.conparentid.is_valid())
            .map(|row| (row.oid, row.conrelid))
            .collect();
        for (key, table) in keys {
            let old = ObjectAddress::new(Class::Constraint, key);
            let at =
                self.drop_object(old, None, Some("its table and the one it refers to both go"));
            let owner = ObjectAddress::new(Class::Relation, table);
            let loses = self.dropped.get(&owner).and_then(|at| self.steps[*at].loses.clone());
            self.steps[at].stage = Stage::Losses;
            self.steps[at].loses = loses;
        }
    }
}

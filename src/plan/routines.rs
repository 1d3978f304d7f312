//! Functions and procedures: replaced where PostgreSQL lets them be, made again where not.

use std::collections::HashMap;

use super::build::Builder;
use super::split::statements;
use super::{Risk, Stage, Verb};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::diff::{Key, Portrait};
use crate::pg::name::Name;

impl Builder<'_> {
    pub(super) fn alter_function(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let (Some(old), Some(new)) = (
            self.from.catalog.get::<PgProc>(a.address.object).cloned(),
            self.to.catalog.get::<PgProc>(b.address.object).cloned(),
        ) else {
            return;
        };
        let own = facts.iter().any(|fact| !matches!(*fact, "comment" | "owner" | "privileges"));
        if own && !self.may_replace_function(&old, &new) {
            let why =
                "CREATE OR REPLACE cannot change what it returns or how its arguments are called";
            let drop = self.replace(key, a, b, why);
            let deparse = self.to.parts.deparse();
            let types: Vec<String> =
                new.proargtypes.iter().map(|typid| deparse.type_name(*typid)).collect();
            let name = key.owner.name.split('(').next().unwrap_or("");
            let asked = super::guard::is_other_routine(
                &format!("{name}({})", types.join(", ")),
                (&deparse.type_name(new.prorettype), new.proretset),
                &deparse.function_identity_arguments(&new),
                (new.prokind, new.pronargdefaults),
            );
            self.only_if(drop, Some(asked));
            return;
        }
        if own {
            let printed = self.to.print(b.address);
            let text = printed.first().map_or("", |entry| &entry.made);
            let word = if new.prokind == b'p' { "PROCEDURE" } else { "FUNCTION" };
            let sql = statements(text)
                .into_iter()
                .map(|one| {
                    one.replacen(&format!("CREATE {word}"), &format!("CREATE OR REPLACE {word}"), 1)
                })
                .collect();
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
            self.risk(at, Risk::Low, "calls from here on run the new body");
            if old.provolatile != new.provolatile && new.provolatile != b'i' {
                self.risk(
                    at,
                    Risk::Medium,
                    "indexes and generated columns that use it need an immutable function",
                );
            }
        }
        self.alter_common(key, a, b, facts);
    }

    /// Where a routine goes and another comes that some of the same calls would reach, the first goes before: with
    /// both there the calls would be ambiguous, or reach the old one.
    pub(super) fn succeed_overloads(&mut self) {
        let mut gone: HashMap<(Name, Name), Vec<(PgProc, usize)>> = HashMap::new();
        let named = |catalog: &Catalog, row: &PgProc| {
            let schema = catalog.get::<PgNamespace>(row.pronamespace)?;
            Some((schema.nspname.clone(), row.proname.clone()))
        };
        for (old, at) in self.dropped.iter().filter(|(old, _)| old.class == Class::Proc) {
            let Some(row) = self.from.catalog.get::<PgProc>(old.object) else { continue };
            if let Some(name) = named(self.from.catalog, row) {
                gone.entry(name).or_default().push((PgProc::clone(row), *at));
            }
        }
        let mut edges = Vec::new();
        for (new, made) in self.made.iter().filter(|(new, _)| new.class == Class::Proc) {
            let Some(row) = self.to.catalog.get::<PgProc>(new.object) else { continue };
            let name = named(self.to.catalog, row);
            for (old, drop) in name.and_then(|name| gone.get(&name)).into_iter().flatten() {
                let (few, many) = calls(old);
                let (least, most) = calls(row);
                if few <= most && least <= many {
                    self.succeeded.insert(ObjectAddress::new(Class::Proc, old.oid));
                    let creates = made.iter().filter(|at| self.steps[**at].verb == Verb::Create);
                    edges.extend(creates.map(|at| (*drop, *at)));
                }
            }
        }
        self.edges.extend(edges);
    }

    /// PostgreSQL: ProcedureCreate (catalog/pg_proc.c), the checks of a replacement.
    fn may_replace_function(&self, old: &PgProc, new: &PgProc) -> bool {
        let typname = |old_side: bool, typid| {
            let side = if old_side { &self.from } else { &self.to };
            side.parts.deparse().type_name(typid)
        };
        let types = |old_side: bool, row: &PgProc| -> Vec<String> {
            let all = row.proallargtypes.as_ref().unwrap_or(&row.proargtypes);
            all.iter().map(|typid| typname(old_side, *typid)).collect()
        };
        let named = |row: &PgProc| row.proargnames.clone().unwrap_or_default();
        let keeps_names = {
            let (before, after) = (named(old), named(new));
            before.iter().enumerate().all(|(at, name)| {
                name.is_empty() || after.get(at).is_some_and(|other| other == name)
            })
        };
        old.prokind == new.prokind
            && old.proretset == new.proretset
            && typname(true, old.prorettype) == typname(false, new.prorettype)
            && types(true, old) == types(false, new)
            && old.proargmodes == new.proargmodes
            && keeps_names
            && old.proargdefaults.len() <= new.proargdefaults.len()
    }
}

/// With how many arguments a routine can be called.
fn calls(row: &PgProc) -> (usize, usize) {
    let all = row.proargtypes.len();
    let most = if row.provariadic.is_valid() { usize::MAX } else { all };
    (all.saturating_sub(usize::try_from(row.pronargdefaults).unwrap_or(0)), most)
}

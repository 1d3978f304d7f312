//! Which migrations' changes a dump shows.
//!
//! A change that a later migration overwrites says nothing by itself; a removal says something only where the thing
//! had been there.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Change, Migration, What, fact, same};
use super::{Judged, Lacking, Verdict};
use crate::diff::{Class, Difference, Key, Picture, Portrait};

/// What the dump says of one change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Present,
    Absent,
    /// A later migration changed it again.
    Overwritten(usize),
    /// It is gone, which is a sign only if that earlier migration made it here.
    GoneAfter(usize),
    Nothing,
}

/// Where each object and fact is changed, in order: index of the migration, and of the change in it.
type Uses<'a> = BTreeMap<&'a Key, Vec<(usize, usize)>>;

/// What the dump shows of every migration.
pub fn judge(migrations: &[Migration], dump: &Picture) -> Vec<Judged> {
    let mut uses: Uses = BTreeMap::new();
    for (index, migration) in migrations.iter().enumerate() {
        for (at, change) in migration.changes.iter().enumerate() {
            uses.entry(&change.key).or_default().push((index, at));
        }
    }
    let signs: Vec<Vec<Sign>> = migrations
        .iter()
        .enumerate()
        .map(|(index, migration)| {
            let sign = |change| sign(migrations, &uses, dump, index, change);
            migration.changes.iter().map(sign).collect()
        })
        .collect();
    let mut judged: Vec<Judged> = Vec::with_capacity(migrations.len());
    for (index, migration) in migrations.iter().enumerate() {
        let verdict = judged_by(migration, &signs[index], &judged);
        judged.push(verdict);
    }
    settle_superseded(&mut judged);
    judged
}

fn sign(
    migrations: &[Migration],
    uses: &Uses,
    dump: &Picture,
    index: usize,
    change: &Change,
) -> Sign {
    let empty = Vec::new();
    let of_key = uses.get(&change.key).unwrap_or(&empty);
    let change_at = |place: &(usize, usize)| &migrations[place.0].changes[place.1];
    let later = |wanted: &dyn Fn(&What) -> bool| {
        of_key
            .iter()
            .filter(|place| place.0 > index)
            .find(|place| wanted(&change_at(place).what))
            .map(|place| place.0)
    };
    let there = dump.portraits.get(&change.key);
    match &change.what {
        What::Added(portrait) => {
            if there.is_some() || has_alike(dump, &change.key, portrait) {
                return Sign::Present;
            }
            later(&|what| matches!(what, What::Removed)).map_or(Sign::Absent, Sign::Overwritten)
        }
        What::Removed => {
            if there.is_some() {
                let again = later(&|what| matches!(what, What::Added(_)));
                return again.map_or(Sign::Absent, Sign::Overwritten);
            }
            let made = of_key
                .iter()
                .rev()
                .filter(|place| place.0 < index)
                .find(|place| matches!(change_at(place).what, What::Added(_)));
            made.map_or(Sign::Nothing, |place| Sign::GoneAfter(place.0))
        }
        What::Altered { before, after } => {
            let Some(now) = there.and_then(|portrait| fact(portrait, after.name)) else {
                return later(&|what| matches!(what, What::Removed))
                    .map_or(Sign::Nothing, Sign::Overwritten);
            };
            if same(now, after) {
                return Sign::Present;
            }
            let altered =
                later(&|what| matches!(what, What::Altered { after: next, .. } if same(now, next)));
            match altered {
                Some(later) => Sign::Overwritten(later),
                None if same(now, before) => Sign::Absent,
                None => Sign::Nothing, // changed by no migration: named elsewhere
            }
        }
    }
}

/// Whether the dump has the constraint or index under another name.
fn has_alike(dump: &Picture, key: &Key, portrait: &Portrait) -> bool {
    let Some(part) = &key.part else { return false };
    if portrait.likeness.is_none() {
        return false;
    }
    let first = Key { owner: key.owner.clone(), part: None };
    dump.portraits
        .range(&first..)
        .take_while(|(other, _)| other.owner == key.owner)
        .filter(|(other, _)| other.part.as_ref().is_some_and(|other| other.kind == part.kind))
        .any(|(_, other)| other.likeness == portrait.likeness && same_facts(other, portrait))
}

fn same_facts(a: &Portrait, b: &Portrait) -> bool {
    let matter = |portrait: &Portrait| portrait.facts.iter().filter(|fact| !fact.cosmetic).count();
    matter(a) == matter(b)
        && a.facts
            .iter()
            .filter(|was| !was.cosmetic)
            .all(|was| fact(b, was.name).is_some_and(|now| same(was, now)))
}

fn judged_by(migration: &Migration, signs: &[Sign], earlier: &[Judged]) -> Judged {
    let mut judged =
        Judged { verdict: Verdict::Applied, present: 0, absent: Vec::new(), lacking: Vec::new() };
    let mut superseded = None;
    for (at, (change, sign)) in migration.changes.iter().zip(signs).enumerate() {
        match sign {
            Sign::Present => judged.present += 1,
            Sign::Absent => {
                judged.absent.push(at);
                judged.lacking.push(lacking(change));
            }
            Sign::GoneAfter(made) => {
                let was_there = earlier
                    .get(*made)
                    .is_some_and(|made| matches!(made.verdict, Verdict::Applied | Verdict::Partly));
                judged.present += usize::from(was_there);
            }
            Sign::Overwritten(by) => superseded = superseded.max(Some(*by)),
            Sign::Nothing => {}
        }
    }
    judged.verdict = match (judged.present, judged.lacking.len(), superseded) {
        (0, 0, Some(by)) => Verdict::Superseded(by),
        (0, 0, None) if migration.changes.is_empty() && !migration.failed.is_empty() => {
            Verdict::Unclear("its statements fail when the folder is run in order")
        }
        (0, 0, None) if migration.changes.is_empty() && migration.unknown > 0 => {
            Verdict::Unclear("what it does is not known")
        }
        (0, 0, None) if migration.changes.is_empty() => Verdict::Unclear(migration.quiet),
        (0, 0, None) => Verdict::Unclear("what it changed was never there, or is changed by hand"),
        (_, 0, _) => Verdict::Applied,
        (0, _, _) => Verdict::NotApplied,
        (_, _, _) => Verdict::Partly,
    };
    // A table that is missing is missing with its columns: they are not named one by one.
    let whole: BTreeSet<String> = migration
        .changes
        .iter()
        .zip(signs)
        .filter(|(change, sign)| **sign == Sign::Absent && change.key.part.is_none())
        .map(|(change, _)| format!(" of {}", name(&Key { part: None, ..change.key.clone() })))
        .collect();
    judged.lacking.retain(|lacking| !whole.iter().any(|of| lacking.what.ends_with(of.as_str())));
    judged
}

/// What a migration undid of an earlier one that did not run never was there.
fn settle_superseded(judged: &mut [Judged]) {
    for index in (0..judged.len()).rev() {
        if let Verdict::Superseded(by) = judged[index].verdict
            && judged[by].verdict == Verdict::NotApplied
        {
            judged[index].verdict = Verdict::NotApplied;
        }
    }
}

fn lacking(change: &Change) -> Lacking {
    let name = name(&change.key);
    let what = match &change.what {
        What::Added(_) => name,
        What::Removed => format!("removal of {name}"),
        What::Altered { before, after } => {
            format!("{} of {name}: {} instead of {}", after.name, before.value, after.value)
        }
    };
    Lacking { what, span: change.span }
}

fn name(key: &Key) -> String {
    let owner = format!("{} {}", key.owner.kind, key.owner.name);
    match &key.part {
        Some(part) => format!("{} {} of {owner}", part.kind, part.name),
        None => owner,
    }
}

/// The differences that no migration that is lacking explains: what somebody changed by hand, or other files did.
pub fn unexplained(
    migrations: &[Migration],
    judged: &[Judged],
    differences: Vec<Difference>,
) -> Vec<Difference> {
    let mut pending: BTreeSet<&Key> = BTreeSet::new();
    for (migration, judged) in migrations.iter().zip(judged) {
        let changes = migration.changes.iter().enumerate();
        let not_there = changes
            .filter(|(at, _)| judged.verdict == Verdict::NotApplied || judged.absent.contains(at));
        pending.extend(not_there.map(|(_, change)| &change.key));
    }
    let explained = |difference: &Difference| {
        let whole = Key { owner: difference.owner.clone(), part: None };
        let part = Key { owner: difference.owner.clone(), part: difference.part.clone() };
        pending.contains(&part) || difference.is_whole() && pending.contains(&whole)
    };
    differences
        .into_iter()
        .filter(|difference| difference.class != Class::Cosmetic && !explained(difference))
        .collect()
}

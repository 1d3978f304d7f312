//! Which migrations' changes a dump shows.
//!
//! Each object, and each fact of it, has a history: the states that one migration after the other gave it. What the
//! dump has is held against all of these states. Where it fits one only, every migration up to there ran and none
//! behind it; where it fits several (a thing that was made and dropped again), the migrations between can't be told
//! by it, and the folder's order decides: what lies before the last that ran, ran.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::{Change, Migration, What, fact, same};
use super::{Judged, Lacking, Shows, Verdict};
use crate::diff::platform::LeftOut;
use crate::diff::{Class, Difference, Key, Picture, Portrait};

/// What the dump says of one change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Present,
    Absent,
    /// It is not there, and a later migration takes it away.
    Overwritten(usize),
    /// Only a later migration makes what is there: this one ran, or was left out.
    Passed(usize),
    /// It is gone, which is a sign only if that earlier migration made it here.
    GoneAfter(usize),
    /// It fits the states before and after the change.
    Either,
    Nothing,
    /// The dump was made without what would show it.
    Hidden,
}

/// A change's place: the migration, and the change in it.
type Place = (usize, usize);

/// Where each object is changed, in order.
type Uses<'a> = BTreeMap<&'a Key, Vec<Place>>;

struct Judging<'a> {
    migrations: &'a [Migration],
    dump: &'a Picture<'a>,
    shows: Shows,
    left_out: &'a [LeftOut],
    uses: Uses<'a>,
}

/// What the dump shows of every migration; `left_out` are schemas that it says nothing of.
pub fn judge(
    migrations: &[Migration],
    dump: &Picture,
    shows: Shows,
    left_out: &[LeftOut],
) -> Vec<Judged> {
    let mut uses: Uses = BTreeMap::new();
    for (index, migration) in migrations.iter().enumerate() {
        for (at, change) in migration.changes.iter().enumerate() {
            uses.entry(&change.key).or_default().push((index, at));
        }
    }
    let judging = Judging { migrations, dump, shows, left_out, uses };
    let signs: Vec<Vec<Sign>> = migrations
        .iter()
        .enumerate()
        .map(|(index, migration)| {
            let changes = migration.changes.iter().enumerate();
            changes.map(|(at, change)| judging.sign((index, at), change)).collect()
        })
        .collect();
    let mut judged: Vec<Judged> = Vec::with_capacity(migrations.len());
    for (index, migration) in migrations.iter().enumerate() {
        let verdict = judged_by(migration, &signs[index], &judged);
        judged.push(verdict);
    }
    settle_by_order(&signs, &mut judged);
    judged
}

impl Judging<'_> {
    fn change(&self, place: &Place) -> &Change {
        &self.migrations[place.0].changes[place.1]
    }

    fn sign(&self, place: Place, change: &Change) -> Sign {
        let left_out = self.left_out.iter().any(|left| left.holds(&change.key.owner));
        if left_out || !self.shows.shows(change) {
            return Sign::Hidden;
        }
        let of_key = self.uses.get(&change.key).map_or(&[][..], Vec::as_slice);
        let there = self.dump.portraits.get(&change.key);
        match &change.what {
            What::Added(portrait) => self.added(place, change, portrait, of_key, there),
            What::Removed => self.removed(place, of_key, there),
            What::Altered { before, after } => {
                let Some(there) = there else {
                    return self
                        .next(of_key, place, |what| matches!(what, What::Removed))
                        .map_or(Sign::Nothing, Sign::Overwritten);
                };
                self.altered(place, of_key, (before, after), &fact(there, after.name))
            }
        }
    }

    /// The first later migration that does such a thing to the object.
    fn next(
        &self,
        of_key: &[Place],
        place: Place,
        wanted: impl Fn(&What) -> bool,
    ) -> Option<usize> {
        let mut later = of_key.iter().filter(|other| **other > place);
        later.find(|other| wanted(&self.change(other).what)).map(|other| other.0)
    }

    fn added(
        &self,
        place: Place,
        change: &Change,
        portrait: &Portrait,
        of_key: &[Place],
        there: Option<&Portrait>,
    ) -> Sign {
        let removed = self.next(of_key, place, |what| matches!(what, What::Removed));
        let Some(there) = there else {
            return match removed {
                Some(later) => Sign::Overwritten(later),
                None if self.has_alike(&change.key, portrait) => Sign::Present,
                None => Sign::Absent,
            };
        };
        // It may be the one that an earlier migration made and that this one's folder dropped in between.
        let earlier = of_key.iter().rev().filter(|other| **other < place).find_map(|other| {
            match &self.change(other).what {
                What::Added(earlier) => Some(earlier),
                What::Removed | What::Altered { .. } => None,
            }
        });
        match earlier.map(|earlier| (same_facts(there, earlier), same_facts(there, portrait))) {
            None | Some((false, _)) => Sign::Present,
            Some((true, false)) => Sign::Absent,
            Some((true, true)) => Sign::Either,
        }
    }

    fn removed(&self, place: Place, of_key: &[Place], there: Option<&Portrait>) -> Sign {
        let made =
            of_key.iter().rev().filter(|other| **other < place).find_map(|other| {
                match &self.change(other).what {
                    What::Added(portrait) => Some((other.0, portrait)),
                    What::Removed | What::Altered { .. } => None,
                }
            });
        let Some(there) = there else {
            return match made {
                // What one migration makes and drops leaves no sign.
                Some((by, _)) if by == place.0 => Sign::Nothing,
                Some((by, _)) => Sign::GoneAfter(by),
                None => Sign::Present, // it was there before the first migration
            };
        };
        let again = of_key.iter().filter(|other| **other > place).find_map(|other| {
            match &self.change(other).what {
                What::Added(portrait) => Some((other.0, portrait)),
                What::Removed | What::Altered { .. } => None,
            }
        });
        let Some((again, later)) = again else { return Sign::Absent };
        let is_first = made.is_some_and(|(_, made)| same_facts(there, made));
        match (is_first, same_facts(there, later)) {
            (true, false) => Sign::Absent,
            (false, true) => Sign::Passed(again),
            _ => Sign::Either, // the two can't be told apart
        }
    }

    /// Which of the values that the migrations gave the fact, one after the other, the dump has.
    fn altered(
        &self,
        place: Place,
        of_key: &[Place],
        (before, after): (&crate::diff::Fact, &crate::diff::Fact),
        now: &crate::diff::Fact,
    ) -> Sign {
        let (mut earlier, mut own, mut later) = (same(now, before), same(now, after), None);
        for other in of_key {
            let value = match &self.change(other).what {
                What::Altered { after: value, .. } if value.name == after.name => value,
                What::Added(portrait) => &fact(portrait, after.name),
                What::Altered { .. } | What::Removed => continue,
            };
            match other.cmp(&place) {
                _ if !same(now, value) => {}
                std::cmp::Ordering::Less => earlier = true,
                std::cmp::Ordering::Equal => own = true,
                std::cmp::Ordering::Greater => later = later.or(Some(other.0)),
            }
        }
        // The value before the first of them is none that a migration gave.
        let first = of_key.iter().take_while(|other| **other < place).find_map(|other| match &self
            .change(other)
            .what
        {
            What::Altered { before, .. } if before.name == after.name => Some(before),
            What::Altered { .. } | What::Added(_) | What::Removed => None,
        });
        earlier |= first.is_some_and(|value| same(now, value));
        match (earlier, own, later) {
            (false, true, _) => Sign::Present,
            (false, false, Some(by)) => Sign::Passed(by),
            (true, false, None) => Sign::Absent,
            (true, false, Some(by)) => Sign::Overwritten(by),
            (true, true, _) => Sign::Either,
            (false, false, None) => Sign::Nothing, // changed by no migration: named elsewhere
        }
    }

    /// Whether the dump has the constraint or index under another name, and one that no migration gives.
    fn has_alike(&self, key: &Key, portrait: &Portrait) -> bool {
        let Some(part) = &key.part else { return false };
        if portrait.likeness.is_none() {
            return false;
        }
        let first = Key { owner: key.owner.clone(), part: None };
        self.dump
            .portraits
            .range(&first..)
            .take_while(|(other, _)| other.owner == key.owner)
            .filter(|(other, _)| other.part.as_ref().is_some_and(|other| other.kind == part.kind))
            .filter(|(other, _)| !self.uses.contains_key(other))
            .any(|(_, other)| other.likeness == portrait.likeness && same_facts(other, portrait))
    }
}

fn same_facts(a: &Portrait, b: &Portrait) -> bool {
    let within = |a: &Portrait, b: &Portrait| {
        let mut matter = a.facts.iter().filter(|was| !was.cosmetic);
        matter.all(|was| same(was, &fact(b, was.name)))
    };
    within(a, b) && within(b, a)
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
            Sign::Overwritten(by) | Sign::Passed(by) => superseded = superseded.max(Some(*by)),
            Sign::Either | Sign::Nothing | Sign::Hidden => {}
        }
    }
    let hidden = signs.iter().all(|sign| *sign == Sign::Hidden);
    judged.verdict = match (judged.present, judged.lacking.len(), superseded) {
        (0, 0, Some(by)) => Verdict::Superseded(by),
        (0, 0, None) if migration.changes.is_empty() && !migration.failed.is_empty() => {
            Verdict::Unclear("its statements fail when the folder is run in order")
        }
        (0, 0, None) if migration.changes.is_empty() && migration.unknown > 0 => {
            Verdict::Unclear("what it does is not known")
        }
        (0, 0, None) if migration.changes.is_empty() => Verdict::Unclear(migration.quiet),
        (0, 0, None) if hidden => Verdict::Unclear("it changes only what the dump leaves out"),
        (0, 0, None) => Verdict::Unclear(UNDONE),
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

/// Why a migration that takes away what is not there can't be told.
const UNDONE: &str = "what it changed was never there, or is changed by hand";

/// Why one of two that cancel each other out can't be told.
const CANCELLED: &str =
    "another migration undoes it, and with both or with neither the schema is this";

/// Decides by the folder's order what leaves no sign of its own: what a later migration took away again, and the
/// taking away. Before the last migration that ran all did, but for what plainly did not; behind one that did not run
/// none did.
fn settle_by_order(signs: &[Vec<Sign>], judged: &mut [Judged]) {
    let ran = |judged: &Judged| matches!(judged.verdict, Verdict::Applied | Verdict::Partly);
    let mut last = judged.iter().rposition(ran);
    let first_not = judged.iter().position(|one| one.verdict == Verdict::NotApplied);
    let undone = |judged: &Judged| judged.verdict == Verdict::Unclear(UNDONE);
    // What is gone although the migration that made it is among those that ran was taken away.
    for index in 0..judged.len() {
        let taken = signs[index].iter().any(|sign| match sign {
            Sign::GoneAfter(made) => {
                last >= Some(*made) && judged[*made].verdict != Verdict::NotApplied
            }
            _ => false, // nothing that is gone
        });
        if taken && undone(&judged[index]) {
            judged[index].verdict = Verdict::Applied;
            last = last.max(Some(index));
        }
    }
    for index in 0..judged.len() {
        let within = last >= Some(index);
        let behind = |other: usize| first_not.is_some_and(|first| first < other);
        match judged[index].verdict {
            Verdict::Superseded(by) if !within => {
                if behind(by) || judged[by].verdict == Verdict::NotApplied {
                    judged[index].verdict = Verdict::NotApplied;
                }
            }
            Verdict::Superseded(by) if judged[by].verdict == Verdict::NotApplied => {
                judged[index].verdict = Verdict::NotApplied;
            }
            Verdict::Unclear(UNDONE) if !within && behind(index) => {
                judged[index].verdict = Verdict::NotApplied;
            }
            Verdict::Unclear(UNDONE) if within && signs[index].contains(&Sign::Either) => {
                judged[index].verdict = Verdict::Applied;
            }
            Verdict::Unclear(UNDONE)
                if signs[index].iter().any(|s| matches!(s, Sign::Either | Sign::GoneAfter(_))) =>
            {
                judged[index].verdict = Verdict::Unclear(CANCELLED);
            }
            _ => {} // the catalog tells, or nothing does
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
        .filter(|difference| difference.class != Class::Cosmetic && !Shows::hides(difference))
        .filter(|difference| !explained(difference))
        .collect()
}

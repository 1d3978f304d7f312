//! Two pictures laid over each other.

use std::collections::{BTreeMap, BTreeSet};

use super::portrait::{Fact, Key, Owner, Part, Picture, Portrait, shown};
use super::{Class, Difference, Has, ledger, made_by};
use crate::catalog::Catalog;
use crate::catalog::objectaddress::{Class as ObjectClass, ObjectAddress};
use crate::pg::oid::Oid;

/// Where two pictures differ, by object and part.
pub fn compare(a: &Picture, b: &Picture) -> Vec<Difference> {
    let mut comparison = Comparison { a, b, differences: Vec::new() };
    let owners: BTreeSet<&Owner> =
        a.portraits.keys().chain(b.portraits.keys()).map(|key| &key.owner).collect();
    for owner in owners {
        let first = comparison.differences.len();
        comparison.object(owner);
        comparison.differences[first..].sort_by(|a, b| a.part.cmp(&b.part));
    }
    comparison.differences
}

/// Whether both have the object alike.
pub(super) fn agree(a: &Picture, b: &Picture, owner: &Owner) -> bool {
    let mut comparison = Comparison { a, b, differences: Vec::new() };
    comparison.object(owner);
    comparison.differences.iter().all(|difference| difference.class == Class::Cosmetic)
}

/// The parts of one object, by kind and name.
type Parts<'a> = BTreeMap<&'a Part, &'a Portrait>;

struct Comparison<'a> {
    a: &'a Picture<'a>,
    b: &'a Picture<'a>,
    differences: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    fn object(&mut self, owner: &Owner) {
        let whole = Key { owner: owner.clone(), part: None };
        match (self.a.portraits.get(&whole), self.b.portraits.get(&whole)) {
            (Some(a), Some(b)) => {
                self.facts(owner, None, a, b);
                self.parts(owner);
            }
            (Some(a), None) => {
                let brief = whole_brief(&parts_of(self.a, owner), a);
                let has = has(self.a.catalog, a, brief);
                let (class, fact) = whole_class(owner, Class::Missing);
                self.push(owner, None, class, fact, Some(has), None);
            }
            (None, Some(b)) => {
                let brief = whole_brief(&parts_of(self.b, owner), b);
                let has = has(self.b.catalog, b, brief);
                let (class, fact) = whole_class(owner, Class::Extra);
                self.push(owner, None, class, fact, None, Some(has));
            }
            (None, None) => {}
        }
    }

    fn parts(&mut self, owner: &Owner) {
        let (of_a, of_b) = (parts_of(self.a, owner), parts_of(self.b, owner));
        let mut only_a: Parts = BTreeMap::new();
        for (part, a) in &of_a {
            match of_b.get(part) {
                Some(b) => self.facts(owner, Some(part), a, b),
                None => {
                    only_a.insert(part, a);
                }
            }
        }
        let mut only_b: Parts = of_b
            .iter()
            .filter(|(part, _)| !of_a.contains_key(*part))
            .map(|(part, b)| (*part, *b))
            .collect();
        self.renamed(owner, &mut only_a, &mut only_b);
        self.alike(owner, &mut only_a, &mut only_b);
        for (part, a) in only_a {
            let has = has(self.a.catalog, a, part_brief(self.a.catalog, a));
            self.push(owner, Some(part), Class::Missing, None, Some(has), None);
        }
        for (part, b) in only_b {
            let has = has(self.b.catalog, b, part_brief(self.b.catalog, b));
            self.push(owner, Some(part), Class::Extra, None, None, Some(has));
        }
        self.column_order(owner, &of_a, &of_b);
    }

    /// Constraints and indexes that are the same but for their names.
    fn renamed(&mut self, owner: &Owner, only_a: &mut Parts<'a>, only_b: &mut Parts<'a>) {
        let pairs = pair(only_a, only_b, |a, b| {
            a.likeness.is_some() && a.likeness == b.likeness && same_facts(&a.facts, &b.facts)
        });
        for (part_a, part_b) in pairs {
            let (Some(a), Some(b)) = (only_a.remove(part_a), only_b.remove(part_b)) else {
                continue;
            };
            let (a, b) = (
                has(self.a.catalog, a, part_a.name.clone()),
                has(self.b.catalog, b, part_b.name.clone()),
            );
            let class = if self.a.options.names { Class::Different } else { Class::Cosmetic };
            self.push(owner, Some(part_a), class, Some("name"), Some(a), Some(b));
        }
    }

    /// Constraints and indexes with other names that are about the same columns: one thing that differs.
    fn alike(&mut self, owner: &Owner, only_a: &mut Parts<'a>, only_b: &mut Parts<'a>) {
        let pairs = pair(only_a, only_b, |a, b| match (&a.likeness, &b.likeness) {
            (Some((class, columns)), Some((other, others))) if class == other => {
                match class.as_str() {
                    "check" => false,
                    "primary key" => true,
                    "index" | "unique" | "exclusion" => columns == others,
                    _ => !columns.is_disjoint(others), // foreign keys to one table
                }
            }
            _ => false, // only constraints and indexes are alike
        });
        for (part_a, part_b) in pairs {
            let (Some(a), Some(b)) = (only_a.remove(part_a), only_b.remove(part_b)) else {
                continue;
            };
            self.facts(owner, Some(part_a), a, b);
        }
    }

    fn facts(&mut self, owner: &Owner, part: Option<&Part>, a: &Portrait, b: &Portrait) {
        let find = |facts: &'_ [Fact], name: &str| facts.iter().position(|fact| fact.name == name);
        let mut names: Vec<&'static str> = a.facts.iter().map(|fact| fact.name).collect();
        names.extend(
            b.facts.iter().map(|fact| fact.name).filter(|name| find(&a.facts, name).is_none()),
        );
        for name in names {
            let (fact_a, fact_b) = (
                find(&a.facts, name).map(|at| &a.facts[at]),
                find(&b.facts, name).map(|at| &b.facts[at]),
            );
            let class = match (fact_a, fact_b) {
                (Some(a), Some(b)) if a == b => continue,
                (Some(a), Some(b)) if a.means_the_same(b) => Class::Cosmetic,
                (Some(fact), _) | (None, Some(fact)) if fact.cosmetic => Class::Cosmetic,
                _ => Class::Different, // a fact that matters
            };
            let side = |catalog: &Catalog, portrait: &Portrait, fact: Option<&Fact>| Has {
                text: fact.map_or_else(|| "none".to_string(), |fact| fact.value.clone()),
                made_by: fact
                    .and_then(|fact| made_by(catalog, fact.address, false))
                    .or_else(|| made_by(catalog, portrait.address, false)),
                address: fact.map_or(portrait.address, |fact| fact.address),
            };
            let (mut a, mut b) = (side(self.a.catalog, a, fact_a), side(self.b.catalog, b, fact_b));
            let texts = (
                fact_a.and_then(|fact| shown(self.a.catalog, fact.address, name)),
                fact_b.and_then(|fact| shown(self.b.catalog, fact.address, name)),
            );
            // Where PostgreSQL would print both alike, what is compared tells the difference.
            if texts.0 != texts.1 || texts.0.is_none() {
                a.text = texts.0.unwrap_or(a.text);
                b.text = texts.1.unwrap_or(b.text);
            }
            self.push(owner, part, class, Some(name), Some(a), Some(b));
        }
    }

    /// Whether the columns that both have stand in another order.
    fn column_order(&mut self, owner: &Owner, of_a: &Parts, of_b: &Parts) {
        let order = |own: &Parts, other: &Parts| {
            let mut columns: Vec<(i16, String)> = own
                .iter()
                .filter(|(part, _)| part.kind == "column" && other.contains_key(*part))
                .map(|(part, portrait)| (portrait.position, part.name.clone()))
                .collect();
            columns.sort();
            columns.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        let (a, b) = (order(of_a, of_b), order(of_b, of_a));
        if a == b {
            return;
        }
        let whole = Key { owner: owner.clone(), part: None };
        let side = |picture: &Picture, columns: Vec<String>| Has {
            text: columns.join(", "),
            made_by: picture
                .portraits
                .get(&whole)
                .and_then(|portrait| made_by(picture.catalog, portrait.address, true)),
            address: picture.portraits.get(&whole).map_or(NOWHERE, |portrait| portrait.address),
        };
        let (a, b) = (side(self.a, a), side(self.b, b));
        let class = if self.a.options.column_order { Class::Different } else { Class::Cosmetic };
        self.push(owner, None, class, Some("order of columns"), Some(a), Some(b));
    }

    fn push(
        &mut self,
        owner: &Owner,
        part: Option<&Part>,
        class: Class,
        fact: Option<&'static str>,
        a: Option<Has>,
        b: Option<Has>,
    ) {
        let (owner, part) = (owner.clone(), part.cloned());
        self.differences.push(Difference {
            owner,
            part,
            class,
            fact,
            a,
            b,
            doubt: None,
            gone: None,
            rename: None,
            stronger: None,
            breaks: Vec::new(),
            notes: Vec::new(),
        });
    }
}

/// A migration tool's own table on one side alone is no drift.
fn whole_class(owner: &Owner, class: Class) -> (Class, Option<&'static str>) {
    if ledger::is_ledger(owner) {
        (Class::Cosmetic, Some("the migration tool's own"))
    } else {
        (class, None)
    }
}

fn has(catalog: &Catalog, portrait: &Portrait, text: String) -> Has {
    Has { text, made_by: made_by(catalog, portrait.address, true), address: portrait.address }
}

/// A part in short, for when the other side has none.
fn part_brief(catalog: &Catalog, portrait: &Portrait) -> String {
    shown(catalog, portrait.address, "definition").unwrap_or_else(|| portrait.brief.clone())
}

/// What stands for an object that is in no picture.
const NOWHERE: ObjectAddress = ObjectAddress::new(ObjectClass::Relation, Oid::INVALID);

fn parts_of<'a>(picture: &'a Picture, owner: &Owner) -> Parts<'a> {
    let first = Key { owner: owner.clone(), part: None };
    picture
        .portraits
        .range(&first..)
        .take_while(|(key, _)| key.owner == *owner)
        .filter_map(|(key, portrait)| Some((key.part.as_ref()?, portrait)))
        .collect()
}

/// The facts that say most about an object without parts.
const HEADLINES: [&str; 8] =
    ["values", "attributes", "of", "query", "returns", "calls", "function", "privileges"];

/// What a missing object consists of.
fn whole_brief(parts: &Parts, portrait: &Portrait) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for part in parts.keys() {
        *counts.entry(part.kind).or_default() += 1;
    }
    let plural = |kind: &str, count: usize| match (kind, count) {
        (_, 1) => format!("1 {kind}"),
        ("index", _) => format!("{count} indexes"),
        ("policy", _) => format!("{count} policies"),
        ("statistics", _) => format!("{count} statistics"),
        (kind, _) => format!("{count} {kind}s"),
    };
    let counts: Vec<String> = counts.into_iter().map(|(kind, count)| plural(kind, count)).collect();
    if !counts.is_empty() {
        return counts.join(", ");
    }
    let headline = portrait.facts.iter().find(|fact| HEADLINES.contains(&fact.name));
    headline.map_or_else(|| portrait.brief.clone(), |fact| fact.value.clone())
}

/// Pairs of parts of one kind that match, each used once.
fn pair<'a>(
    only_a: &Parts<'a>,
    only_b: &Parts<'a>,
    matches: impl Fn(&Portrait, &Portrait) -> bool,
) -> Vec<(&'a Part, &'a Part)> {
    let mut pairs: Vec<(&Part, &Part)> = Vec::new();
    let mut used: BTreeSet<&Part> = BTreeSet::new();
    for (part_a, a) in only_a {
        let found = only_b.iter().find(|(part_b, b)| {
            part_b.kind == part_a.kind && !used.contains(**part_b) && matches(a, b)
        });
        if let Some((part_b, _)) = found {
            used.insert(part_b);
            pairs.push((part_a, part_b));
        }
    }
    pairs
}

/// Whether all facts that matter are alike.
fn same_facts(a: &[Fact], b: &[Fact]) -> bool {
    let mut a = a.iter().filter(|fact| !fact.cosmetic);
    let mut b = b.iter().filter(|fact| !fact.cosmetic);
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.name == b.name && a.means_the_same(b) => {}
            _ => return false, // one has more, or they differ
        }
    }
}

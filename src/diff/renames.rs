//! One thing under two names: proven where a side's own statements renamed it, else a guess with its evidence.

use std::collections::BTreeMap;

use super::gone::bare_name;
use super::portrait::{Key, Owner, Part, Picture, Portrait};
use super::{Class, Difference, Rename};
use crate::catalog::objectaddress::ObjectAddress;
use crate::pg::name::quote_identifier;
use crate::session::{Gone, GoneKind};
use crate::source::Span;

/// Names that a side's objects had before a RENAME.
#[derive(Debug, Clone, Default)]
pub struct PastNames {
    names: BTreeMap<ObjectAddress, Vec<(String, Span)>>,
}

impl PastNames {
    /// Takes in what a statement renamed.
    pub fn add(&mut self, gone: &Gone, span: Span) {
        if let GoneKind::Renamed(_) = gone.kind {
            self.names.entry(gone.address).or_default().push((gone.name.to_string(), span));
        }
    }

    fn of(&self, address: ObjectAddress, name: &str) -> Option<Span> {
        let names = self.names.get(&address)?;
        names.iter().rev().find(|(past, _)| past == name).map(|(_, span)| *span)
    }
}

/// A thing that has one name on the first side and another on the second.
#[derive(Debug, Clone)]
pub struct Renamed {
    /// The difference as it is told.
    pub difference: Difference,
    /// What gives the second side's thing the first side's name.
    pub sql: String,
    /// What takes that back.
    pub back: String,
}

/// The renames among what one side lacks and the other has besides.
pub fn proven(differences: &[Difference], of_a: &PastNames, of_b: &PastNames) -> Vec<Renamed> {
    pairs(differences, |missing, extra| {
        let (a, b) = (missing.a.as_ref()?, extra.b.as_ref()?);
        let of_a = of_a.of(a.address, bare_name(extra)).map(|span| (true, span));
        let of_b = || of_b.of(b.address, bare_name(missing)).map(|span| (false, span));
        let proven = of_a.or_else(of_b)?;
        let evidence = "a RENAME in its history".to_string();
        Some(Rename { other: String::new(), proven: Some(proven), evidence })
    })
}

/// Renames that nothing proves: things alike in all but their names, each with one possible counterpart.
pub fn guessed(differences: &[Difference], a: &Picture, b: &Picture) -> Vec<Renamed> {
    let evidence = |missing: &Difference, extra: &Difference| {
        let key = |difference: &Difference| Key {
            owner: difference.owner.clone(),
            part: difference.part.clone(),
        };
        let (key_a, key_b) = (key(missing), key(extra));
        let (of_a, of_b) = (a.portraits.get(&key_a)?, b.portraits.get(&key_b)?);
        let evidence = match &missing.part {
            Some(_) => alike(of_a, of_b),
            None => whole_alike(a, &key_a, of_a, b, &key_b, of_b),
        };
        evidence.map(|evidence| Rename { other: String::new(), proven: None, evidence })
    };
    let found = pairs(differences, evidence);
    let count = |name: &str, of: fn(&Renamed) -> String| {
        found.iter().filter(|renamed| of(renamed) == name).count()
    };
    let first = |renamed: &Renamed| target(&renamed.difference, true);
    let second = |renamed: &Renamed| target(&renamed.difference, false);
    found
        .iter()
        .filter(|renamed| {
            count(&first(renamed), first) == 1 && count(&second(renamed), second) == 1
        })
        .cloned()
        .collect()
}

/// Renames that somebody asks for, by the second side's names and the first's.
pub fn asked(differences: &[Difference], wanted: &[(String, String)]) -> Vec<Renamed> {
    pairs(differences, |missing, extra| {
        let full = |difference: &Difference| match &difference.part {
            Some(part) => format!("{}.{}", difference.owner.name, part.name),
            None => difference.owner.name.clone(),
        };
        let (new, old) = (full(missing), full(extra));
        let fits = wanted.iter().any(|(from, to)| is_called(&old, from) && is_called(&new, to));
        let evidence = "asked for".to_string();
        fits.then_some(Rename { other: String::new(), proven: None, evidence })
    })
}

/// Whether the name is that one: with or without its schema, arguments left out.
pub fn is_called(name: &str, said: &str) -> bool {
    let name = name.split('(').next().unwrap_or(name);
    name == said || name.strip_suffix(said).is_some_and(|rest| rest.ends_with('.'))
}

/// What identifies one end of a rename.
fn target(difference: &Difference, first: bool) -> String {
    let name = if first {
        difference.part.as_ref().map_or(&difference.owner.name, |part| &part.name)
    } else {
        difference.rename.as_ref().map_or(&difference.owner.name, |rename| &rename.other)
    };
    let owner = if difference.part.is_some() { difference.owner.name.as_str() } else { "" };
    format!("{} {owner} {name}", difference.owner.kind)
}

/// Tells each of the two ends of a guess about the other.
pub fn mark(differences: &mut [Difference], guesses: &[Renamed]) {
    for guess in guesses {
        let Some(rename) = &guess.difference.rename else { continue };
        let own = &guess.difference;
        let own_name = own.part.as_ref().map_or(&own.owner.name, |part| &part.name);
        for difference in differences.iter_mut().filter(|difference| difference.is_whole()) {
            let name = difference.part.as_ref().map_or(&difference.owner.name, |part| &part.name);
            let same_place = difference.owner.kind == own.owner.kind
                && difference.part.as_ref().map(|part| part.kind)
                    == own.part.as_ref().map(|part| part.kind)
                && (own.part.is_none() || difference.owner == own.owner);
            if !same_place {
                continue;
            }
            let other = match difference.class {
                Class::Missing if name == own_name => rename.other.clone(),
                Class::Extra if *name == rename.other => own_name.clone(),
                _ => continue, // neither end
            };
            difference.rename = Some(Rename { other, ..rename.clone() });
        }
    }
}

/// Missing and extra things of one kind and place for which `judge` finds a reason.
fn pairs(
    differences: &[Difference],
    judge: impl Fn(&Difference, &Difference) -> Option<Rename>,
) -> Vec<Renamed> {
    let mut extras: BTreeMap<(&str, Option<&Owner>, &str), Vec<&Difference>> = BTreeMap::new();
    let place = |difference: &'_ Difference| -> Option<(&'static str, &'static str)> {
        let kind = difference.owner.kind;
        match &difference.part {
            None => can_be_renamed(kind).then_some((kind, "")),
            Some(part) => (part.kind == "column").then_some((kind, "column")),
        }
    };
    for extra in differences.iter().filter(|difference| difference.class == Class::Extra) {
        let Some((kind, part)) = place(extra) else { continue };
        let owner = extra.part.as_ref().map(|_| &extra.owner);
        extras.entry((kind, owner, part)).or_default().push(extra);
    }
    let mut found = Vec::new();
    for missing in differences.iter().filter(|difference| difference.class == Class::Missing) {
        let Some((kind, part)) = place(missing) else { continue };
        let owner = missing.part.as_ref().map(|_| &missing.owner);
        for extra in extras.get(&(kind, owner, part)).into_iter().flatten() {
            let same_schema = schema(&missing.owner.name) == schema(&extra.owner.name);
            if let Some(rename) = judge(missing, extra).filter(|_| same_schema) {
                found.push(renamed(missing, extra, rename));
            }
        }
    }
    found
}

fn can_be_renamed(kind: &str) -> bool {
    matches!(
        kind,
        "table"
            | "foreign table"
            | "view"
            | "materialized view"
            | "sequence"
            | "type"
            | "domain"
            | "function"
            | "procedure"
    )
}

/// What stands before the last dot, arguments left out.
fn schema(name: &str) -> &str {
    let name = name.split('(').next().unwrap_or(name);
    name.rsplit_once('.').map_or("", |(schema, _)| schema)
}

/// What gives the one's thing the other's name.
fn rename_sql(old: &Difference, new: &Difference) -> String {
    let new = quote_identifier(bare_name(new)).into_owned();
    let name = &old.owner.name;
    match (&old.part, old.owner.kind) {
        (Some(part), _) => format!("ALTER TABLE {name} RENAME COLUMN {} TO {new}", part.name),
        (None, "type" | "domain") => format!("ALTER TYPE {name} RENAME TO {new}"),
        (None, "function" | "procedure") => format!("ALTER ROUTINE {name} RENAME TO {new}"),
        (None, kind) => format!("ALTER {} {name} RENAME TO {new}", kind.to_uppercase()), // relations
    }
}

fn renamed(missing: &Difference, extra: &Difference, rename: Rename) -> Renamed {
    let other = extra.part.as_ref().map_or(&extra.owner.name, |part| &part.name).clone();
    let has = |has: &Option<super::Has>, name: &str| {
        has.clone().map(|has| super::Has { text: name.to_string(), ..has })
    };
    let own = missing.part.as_ref().map_or(&missing.owner.name, |part| &part.name);
    let difference = Difference {
        class: Class::Different,
        fact: Some("name"),
        a: has(&missing.a, own),
        b: has(&extra.b, &other),
        doubt: None,
        gone: rename.proven.map(|(_, span)| span),
        rename: Some(Rename { other, ..rename }),
        ..missing.clone()
    };
    Renamed { difference, sql: rename_sql(extra, missing), back: rename_sql(missing, extra) }
}

/// Whether two columns differ in their names alone.
fn alike(a: &Portrait, b: &Portrait) -> Option<String> {
    let same = a.facts.len() == b.facts.len()
        && a.facts
            .iter()
            .zip(&b.facts)
            .all(|(a, b)| a.cosmetic || a.name == b.name && a.means_the_same(b));
    let place = if a.position == b.position { " and the same place" } else { "" };
    same.then(|| format!("the same type, default and nullability{place}"))
}

/// Whether two objects of other names are alike: tables by their columns, the rest by all that is said of them.
fn whole_alike(
    a: &Picture,
    key_a: &Key,
    of_a: &Portrait,
    b: &Picture,
    key_b: &Key,
    of_b: &Portrait,
) -> Option<String> {
    let columns = |picture: &Picture, key: &Key| -> BTreeMap<Part, String> {
        let parts = picture.portraits.range(key.clone()..);
        parts
            .take_while(|(other, _)| other.owner == key.owner)
            .filter_map(|(other, portrait)| {
                let part = other.part.clone().filter(|part| part.kind == "column")?;
                Some((part, portrait.facts.first()?.value.clone()))
            })
            .collect()
    };
    if key_a.owner.kind.ends_with("table") {
        let (of_a, of_b) = (columns(a, key_a), columns(b, key_b));
        let common = of_a.iter().filter(|(part, kind)| of_b.get(*part) == Some(*kind)).count();
        let all = of_a.len().max(of_b.len());
        return (all > 1 && common * 10 >= all * 7)
            .then(|| format!("{common} of {all} columns have the same name and type"));
    }
    let telling = of_a.facts.len() > 1;
    alike(of_a, of_b).filter(|_| telling).map(|_| "alike in everything but the name".to_string())
}

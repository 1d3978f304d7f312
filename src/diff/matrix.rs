//! Objects by environment: which sides have the same, which have something else, which have nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::agree;
use super::ledger;
use super::portrait::{Key, Owner, Picture};

/// One object over all sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub owner: Owner,
    /// For each side the number of the first side that has the same; None where it has none.
    pub like: Vec<Option<usize>>,
}

/// The objects on which not all sides agree, those with one pattern together.
pub fn rows(pictures: &[&Picture]) -> Vec<Row> {
    let owners: BTreeSet<&Owner> = pictures
        .iter()
        .flat_map(|picture| picture.portraits.keys())
        .filter(|key| key.part.is_none())
        .map(|key| &key.owner)
        .collect();
    let mut rows: Vec<Row> = Vec::new();
    for owner in owners {
        if ledger::is_ledger(owner) {
            continue;
        }
        let mut like: Vec<Option<usize>> = Vec::with_capacity(pictures.len());
        for (side, picture) in pictures.iter().enumerate() {
            if !picture.portraits.contains_key(&Key { owner: owner.clone(), part: None }) {
                like.push(None);
                continue;
            }
            let firsts: BTreeSet<usize> = like.iter().flatten().copied().collect();
            let same = firsts.into_iter().find(|first| agree(pictures[*first], picture, owner));
            like.push(Some(same.unwrap_or(side)));
        }
        if like.iter().any(|one| *one != Some(0)) {
            rows.push(Row { owner: owner.clone(), like });
        }
    }
    rows.sort_by(|a, b| (&a.like, &a.owner).cmp(&(&b.like, &b.owner)));
    rows
}

/// How many objects of each kind each side has.
pub fn inventory(pictures: &[&Picture]) -> BTreeMap<&'static str, Vec<usize>> {
    let mut counts: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (side, picture) in pictures.iter().enumerate() {
        for key in picture.portraits.keys() {
            let kind = key.part.as_ref().map_or(key.owner.kind, |part| part.kind);
            counts.entry(kind).or_insert_with(|| vec![0; pictures.len()])[side] += 1;
        }
    }
    counts
}

/// A table over all sides: how many columns each has, None where there is no such table.
pub fn tables(pictures: &[&Picture]) -> BTreeMap<String, Vec<Option<usize>>> {
    let mut tables: BTreeMap<String, Vec<Option<usize>>> = BTreeMap::new();
    for (side, picture) in pictures.iter().enumerate() {
        for key in picture.portraits.keys().filter(|key| key.owner.kind.ends_with("table")) {
            let row =
                tables.entry(key.owner.name.clone()).or_insert_with(|| vec![None; pictures.len()]);
            let count = row[side].get_or_insert(0);
            *count += usize::from(key.part.as_ref().is_some_and(|part| part.kind == "column"));
        }
    }
    tables
}

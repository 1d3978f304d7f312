//! Which files of a migration folder the other side lacks, wholly or in part.

use std::collections::BTreeMap;

use super::portrait::{Key, Picture, Portrait};
use super::{Class, Difference, made_by};
use crate::source::{SourceId, Span};

/// How much of what a file made the other side has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    pub source: SourceId,
    /// Objects and parts that this file was the last to make or change.
    pub made: usize,
    /// How many of them the other side lacks or has otherwise.
    pub lacking: usize,
}

impl Applied {
    /// Whether nothing of the file has arrived.
    pub fn not_at_all(&self) -> bool {
        self.lacking == self.made
    }
}

/// The files of one side of which something is lacking on the other; `first` tells which side it is.
pub fn lacking(side: &Picture, differences: &[Difference], first: bool) -> Vec<Applied> {
    let mut made: BTreeMap<SourceId, usize> = BTreeMap::new();
    for (key, portrait) in &side.portraits {
        if let Some(span) = maker(side, key, portrait) {
            *made.entry(span.source).or_default() += 1;
        }
    }
    let mut lacking: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for difference in differences.iter().filter(|difference| difference.class != Class::Cosmetic) {
        let has = if first { &difference.a } else { &difference.b };
        let lacked = difference.gone.filter(|_| has.is_none());
        let Some(span) = has.as_ref().and_then(|has| has.made_by).or(lacked) else { continue };
        if !seen.insert((&difference.owner, &difference.part)) {
            continue;
        }
        let whole = difference.part.is_none() && difference.fact.is_none();
        let count =
            if whole && has.is_some() { parts_made_in(side, difference, span.source) } else { 1 };
        *lacking.entry(span.source).or_default() += count;
    }
    lacking
        .into_iter()
        .map(|(source, count)| {
            let made = made.get(&source).copied().unwrap_or(0).max(count);
            Applied { source, made, lacking: count }
        })
        .collect()
}

/// The missing object and those of its parts that the same file made.
fn parts_made_in(side: &Picture, difference: &Difference, source: SourceId) -> usize {
    side.portraits
        .iter()
        .filter(|(key, portrait)| {
            key.owner == difference.owner
                && maker(side, key, portrait).is_some_and(|span| span.source == source)
        })
        .count()
        .max(1)
}

/// The statement that made a table, or that last changed anything else: a table's row also changes with its parts.
fn maker(side: &Picture, key: &Key, portrait: &Portrait) -> Option<Span> {
    let table = key.part.is_none() && key.owner.kind.ends_with("table");
    made_by(side.catalog, portrait.address, table)
}

//! Names that were probably meant: close in spelling, or singular against plural.

use std::collections::BTreeSet;

/// The best candidate for a misspelt name, if one is near enough.
pub(super) fn nearest<'a>(
    wanted: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = wanted.to_lowercase();
    let mut best: BTreeSet<(usize, &str)> = BTreeSet::new();
    for candidate in candidates.filter(|candidate| *candidate != wanted) {
        if let Some(distance) = distance(&lower, &candidate.to_lowercase()) {
            best.insert((distance, candidate));
        }
    }
    best.first().map(|(_, name)| *name)
}

/// How far two names are apart: 0 for another case or number, else the edits; None when it is too far to be meant.
fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    if wanted == candidate || plural(wanted, candidate) || plural(candidate, wanted) {
        return Some(0);
    }
    if wanted.replace('_', "") == candidate.replace('_', "") {
        return Some(1);
    }
    let limit = (wanted.chars().count() / 3).clamp(1, 3);
    let edits = levenshtein(wanted, candidate, limit)?;
    Some(edits)
}

/// Whether the second is the English plural of the first.
fn plural(one: &str, many: &str) -> bool {
    many.strip_suffix('s') == Some(one)
        || many.strip_suffix("es") == Some(one)
        || one.strip_suffix('y').is_some_and(|stem| many.strip_suffix("ies") == Some(stem))
}

/// The edit distance, when it is at most `limit`.
fn levenshtein(a: &str, b: &str, limit: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().collect();
    if a.chars().count().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = if x == *y { diagonal } else { diagonal + 1 };
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row.last().copied().filter(|edits| *edits <= limit)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn singular_against_plural_and_typos_are_near() {
        let names = ["users", "orders", "companies", "order_items"];
        assert_eq!(nearest("user", names.into_iter()), Some("users"));
        assert_eq!(nearest("company", names.into_iter()), Some("companies"));
        assert_eq!(nearest("OrderItems", names.into_iter()), Some("order_items"));
        assert_eq!(nearest("ordrs", names.into_iter()), Some("orders"));
        assert_eq!(nearest("invoice", names.into_iter()), None);
    }
}

//! Flyway's and refinery's names: `V1_2__title.sql`, `R__title.sql`, `U1__title.sql`, `B5__title.sql`.

use std::cmp::Ordering;

use super::names::stem;

/// What the letter in front says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Prefix {
    Versioned,
    Repeatable,
    Undo,
    Baseline,
}

/// A name that follows the pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct FlywayName {
    pub prefix: Prefix,
    /// With dots between its parts; empty for repeatable ones.
    pub version: String,
    pub title: String,
}

/// Reads a name; `None` where it follows another pattern.
pub(super) fn parse(name: &str) -> Option<FlywayName> {
    let stem = stem(name);
    let (first, rest) = (stem.chars().next()?, stem.get(1..)?);
    let (version, title) = rest.split_once("__")?;
    let prefix = match first {
        'V' | 'v' => Prefix::Versioned,
        'R' => Prefix::Repeatable,
        'U' => Prefix::Undo,
        'B' => Prefix::Baseline,
        _ => return None, // Another name.
    };
    let version = version.replace('_', ".");
    let numeric = !version.is_empty()
        && version
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if (prefix == Prefix::Repeatable) != version.is_empty() || !(version.is_empty() || numeric) {
        return None;
    }
    Some(FlywayName { prefix, version, title: title.replace('_', " ") })
}

/// Compares versions part by part as numbers; a missing part is 0.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.split('.'), b.split('.'));
    loop {
        let (x, y) = match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (x, y) => (x.unwrap_or("0"), y.unwrap_or("0")),
        };
        let (x, y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
        let compared = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
        if compared != Ordering::Equal {
            return compared;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Prefix, compare, parse};
    use std::cmp::Ordering;

    #[test]
    fn names_are_read() {
        let name = parse("V1_2__add_users.sql").unwrap();
        assert_eq!((name.version.as_str(), name.title.as_str()), ("1.2", "add users"));
        assert_eq!(parse("R__views.sql").unwrap().prefix, Prefix::Repeatable);
        assert_eq!(parse("B10__base.sql").unwrap().prefix, Prefix::Baseline);
        assert_eq!(parse("V0001.Name.up.sql"), None);
        assert_eq!(parse("Views__a.sql"), None);
    }

    #[test]
    fn versions_compare_by_parts() {
        assert_eq!(compare("1.10", "1.9"), Ordering::Greater);
        assert_eq!(compare("1", "1.0"), Ordering::Equal);
        assert_eq!(compare("01", "1"), Ordering::Equal);
        assert_eq!(compare("2.0.1", "2.1"), Ordering::Less);
    }
}

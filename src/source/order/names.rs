//! Versions in file names: finding them, comparing them, and what is irregular about a set of them.

use std::cmp::Ordering;

/// A number in a file's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Version {
    /// As it stands there.
    pub digits: String,
    /// What stands behind it, without the extension.
    pub title: String,
}

impl Version {
    /// Compared as a number, of any length.
    pub fn number(&self) -> (usize, &str) {
        let significant = self.digits.trim_start_matches('0');
        (significant.len(), significant)
    }
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The name without `.sql`, `.up.sql` and their like.
pub(super) fn stem(name: &str) -> &str {
    let lower = name.to_ascii_lowercase();
    for ending in [".up.sql", ".down.sql", ".pgsql", ".sql"] {
        if lower.ends_with(ending) && name.len() > ending.len() {
            return &name[..name.len() - ending.len()];
        }
    }
    name
}

/// The number that a file's name starts with, perhaps behind a letter or a word (`V0001.Name`).
pub(super) fn version(name: &str) -> Option<Version> {
    let stem = stem(name);
    let start = stem.find(|c: char| c.is_ascii_digit())?;
    let before = &stem[..start];
    if !before.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '_') || before.len() > 12
    {
        return None;
    }
    let rest = &stem[start..];
    let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let title = rest[length..].trim_start_matches(['_', '-', '.', ' ']).to_string();
    Some(Version { digits: rest[..length].to_string(), title })
}

/// The number that a name starts with, as most tools want it.
pub(super) fn leading_version(name: &str) -> Option<Version> {
    version(name).filter(|_| name.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a number is a date and time as tools write them: `20240131120000`, or a Unix time.
pub(super) fn is_timestamp(digits: &str) -> bool {
    (10..=17).contains(&digits.len())
}

/// Compares names with the numbers in them as numbers: `v2` before `v10`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        match (left.chars().next(), right.chars().next()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (n, rest) = number(left);
                let (m, other) = number(right);
                let compared = n.len().cmp(&m.len()).then_with(|| n.cmp(m));
                if compared != Ordering::Equal {
                    return compared;
                }
                (left, right) = (rest, other);
            }
            // A folder's separator comes before all else, so that `a/b` precedes `a-b/c`.
            (Some(x), Some(y)) if x != y => {
                return (x != '/', x).cmp(&(y != '/', y));
            }
            (Some(x), Some(_)) => {
                left = &left[x.len_utf8()..];
                right = &right[x.len_utf8()..];
            }
        }
    }
}

fn number(text: &str) -> (&str, &str) {
    let length = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..length].trim_start_matches('0'), &text[length..])
}

/// The numbers that are missing in a set of consecutive ones; none where it is not such a set.
pub(super) fn gaps(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let span = (last - first) as usize + 1;
    let missing = span - numbers.len();
    if missing == 0 || missing * 4 > numbers.len().max(4) {
        return Vec::new();
    }
    let mut have = numbers.iter().peekable();
    (first..=last).filter(|n| have.next_if(|&h| h == n).is_none()).collect()
}

/// The half of a migration that a file's name says it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Half {
    Up,
    Down,
    /// The name says nothing.
    Whole,
}

/// Tells `x.up.sql` and `x.down.sql`.
pub(super) fn half(name: &str) -> Half {
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".sql").unwrap_or(&lower);
    match stem.rsplit_once('.').map(|(_, last)| last) {
        Some("up" | "do") => Half::Up,
        Some("down" | "undo" | "rollback" | "revert") => Half::Down,
        _ => Half::Whole, // Most names.
    }
}

/// What the up half of `x_down.sql` would be called, or of `rollback_x.sql`.
pub(super) fn partners(name: &str) -> Vec<String> {
    let lower = name.to_ascii_lowercase();
    let Some(stem) = lower.strip_suffix(".sql") else { return Vec::new() };
    let mut found = Vec::new();
    for sign in ['_', '-'] {
        for word in ["down", "undo", "rollback", "revert"] {
            if let Some(base) = stem.strip_suffix(&format!("{sign}{word}")) {
                found.extend([format!("{base}.sql"), format!("{base}{sign}up.sql")]);
            }
            if let Some(base) = stem.strip_prefix(&format!("{word}{sign}")) {
                found.push(format!("{base}.sql"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Half, gaps, half, natural, partners, version};
    use std::cmp::Ordering;

    #[test]
    fn numbers_in_names_compare_as_numbers() {
        assert_eq!(natural("v2/a.sql", "v10/a.sql"), Ordering::Less);
        assert_eq!(natural("10_b.sql", "9_a.sql"), Ordering::Greater);
        assert_eq!(natural("01", "1"), Ordering::Less);
    }

    #[test]
    fn versions_stand_at_the_start() {
        let digits = |name| version(name).map(|v| v.digits);
        assert_eq!(digits("0001_init.up.sql"), Some("0001".to_string()));
        assert_eq!(digits("V0001.Name.up.sql"), Some("0001".to_string()));
        assert_eq!(digits("migration-2-0001-20211003.sql"), Some("2".to_string()));
        assert_eq!(digits("init.sql"), None);
    }

    #[test]
    fn only_nearly_whole_sets_have_gaps() {
        assert_eq!(gaps(vec![1, 2, 3, 5]), [4]);
        assert_eq!(gaps(vec![10, 20, 30]), [0u32; 0]);
    }

    #[test]
    fn halves_are_told_by_the_name() {
        assert_eq!(half("1_a.up.sql"), Half::Up);
        assert_eq!(half("1_a.down.sql"), Half::Down);
        assert_eq!(half("1_slow_down.sql"), Half::Whole);
        assert!(partners("1_a_down.sql").contains(&"1_a_up.sql".to_string()));
        assert_eq!(half("1_a.sql"), Half::Whole);
    }
}

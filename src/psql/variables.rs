//! psql's variables: what is known of them, and how a value is quoted into SQL.

use std::collections::BTreeMap;

use crate::pg::name::Name;

/// What is known of a variable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    Known(&'a str),
    /// It is set, but to what only a server or the shell knows.
    Undecided,
    Unset,
}

/// The variables of one psql run.
#[derive(Clone, Debug)]
pub struct Variables {
    values: BTreeMap<String, Option<String>>,
    /// Prefixes under which a query whose answer is unknown has set variables.
    undecided_prefixes: Vec<String>,
}

impl Default for Variables {
    fn default() -> Variables {
        let mut values = BTreeMap::new();
        for (name, value) in
            [("AUTOCOMMIT", "on"), ("ON_ERROR_ROLLBACK", "off"), ("VERBOSITY", "default")]
        {
            values.insert(name.to_string(), Some(value.to_string()));
        }
        Variables { values, undecided_prefixes: Vec::new() }
    }
}

impl Variables {
    pub fn get(&self, name: &str) -> Value<'_> {
        match self.values.get(name) {
            Some(Some(value)) => Value::Known(value),
            Some(None) => Value::Undecided,
            None if self.may_be_set(name) => Value::Undecided,
            None => Value::Unset,
        }
    }

    fn may_be_set(&self, name: &str) -> bool {
        let digits = name.bytes().all(|b| b.is_ascii_digit());
        !digits && self.undecided_prefixes.iter().any(|prefix| name.starts_with(prefix.as_str()))
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_string(), Some(value.to_string()));
    }

    /// It has a value that nobody here knows (`\getenv`, `\prompt`, a backtick).
    pub fn set_undecided(&mut self, name: &str) {
        self.values.insert(name.to_string(), None);
    }

    pub fn unset(&mut self, name: &str) {
        if name == "AUTOCOMMIT" {
            self.set(name, "on");
        } else {
            self.values.remove(name);
        }
    }

    /// A query of unknown answer went through `\gset prefix`.
    pub(super) fn set_undecided_prefix(&mut self, prefix: &str) {
        self.undecided_prefixes.push(prefix.to_string());
    }

    /// The query that was sent last, by `\gset prefix`, has answered this row (nothing, where it failed or gave no
    /// or several rows); a NULL unsets its variable.
    pub fn set_from_row(&mut self, prefix: &str, row: &[(Name, Option<String>)]) {
        if let Some(at) = self.undecided_prefixes.iter().rposition(|known| known == prefix) {
            self.undecided_prefixes.remove(at);
        }
        for (column, value) in row {
            let name = format!("{prefix}{column}");
            match value {
                Some(value) => self.set(&name, value),
                None => self.unset(&name),
            }
        }
    }

    /// Whether statements commit on their own; `None` when that is undecided.
    pub fn autocommit(&self) -> Option<bool> {
        match self.get("AUTOCOMMIT") {
            Value::Known(value) => Some(boolean(value) != Some(false)),
            Value::Undecided => None,
            Value::Unset => Some(true),
        }
    }
}

/// PostgreSQL: PQescapeLiteral (interfaces/libpq/fe-exec.c).
pub(super) fn quote_literal(value: &str) -> String {
    let doubled = value.replace('\'', "''");
    if doubled.contains('\\') {
        format!(" E'{}'", doubled.replace('\\', "\\\\"))
    } else {
        format!("'{doubled}'")
    }
}

/// The literal that stands for `:'name'` where only a server or the shell knows what it says.
pub(super) fn undecided_literal(name: &str) -> String {
    quote_literal(&format!(":'{name}'"))
}

/// PostgreSQL: PQescapeIdentifier (interfaces/libpq/fe-exec.c).
pub(super) fn quote_identifier(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}

/// PostgreSQL: ParseVariableBool (bin/psql/variables.c).
pub(super) fn boolean(value: &str) -> Option<bool> {
    let word = value.trim().to_ascii_lowercase();
    let abbreviates = |full: &str, least: usize| word.len() >= least && full.starts_with(&word);
    if abbreviates("true", 1) || abbreviates("yes", 1) || word == "on" || word == "1" {
        Some(true)
    } else if abbreviates("false", 1)
        || abbreviates("no", 1)
        || abbreviates("off", 2)
        || word == "0"
    {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{boolean, quote_literal};

    #[test]
    fn booleans_are_psqls() {
        assert_eq!(["t", "YES", "on", "1", " tr "].map(boolean), [Some(true); 5]);
        assert_eq!(["f", "n", "off", "0", "of"].map(boolean), [Some(false); 5]);
        assert_eq!(["", "o", "2", "truely", ":x"].map(boolean), [None; 5]);
    }

    #[test]
    fn a_backslash_makes_an_escape_string() {
        assert_eq!(quote_literal("it's"), "'it''s'");
        assert_eq!(quote_literal("a\\b"), " E'a\\\\b'");
    }
}

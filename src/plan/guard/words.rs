//! The words of a statement that we wrote or that the dump did: names with their quotes and schemas, literals whole.

/// A statement's words; parentheses, commas and the semicolon are words of their own.
pub(super) struct Words(Vec<String>);

/// Kinds of relations, longest first.
const RELATIONS: [&str; 7] =
    ["MATERIALIZED VIEW", "FOREIGN TABLE", "UNLOGGED TABLE", "TABLE", "VIEW", "SEQUENCE", "INDEX"];

impl Words {
    pub(super) fn of(sql: &str) -> Words {
        let mut words = vec![String::new()];
        let mut quote = None;
        for c in sql.chars() {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(c),
                (None, '(' | ')' | ',' | ';') => {
                    words.push(c.to_string());
                    words.push(String::new());
                    continue;
                }
                (None, c) if c.is_whitespace() => {
                    words.push(String::new());
                    continue;
                }
                (None, '$') if words.last().is_some_and(String::is_empty) => break, // a body
                (None, _) => {}
            }
            if let Some(last) = words.last_mut() {
                last.push(c);
            }
        }
        words.retain(|word| !word.is_empty());
        Words(words)
    }

    /// The word at that place, or nothing.
    pub(super) fn at(&self, at: usize) -> &str {
        self.0.get(at).map_or("", String::as_str)
    }

    /// Whether the statement begins with these words.
    pub(super) fn starts(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(at, word)| self.at(at) == *word)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.iter().any(|other| other == word)
    }

    /// The place behind the first occurrence of these words.
    pub(super) fn behind(&self, words: &[&str]) -> Option<usize> {
        let at = self.0.windows(words.len()).position(|window| window == words)?;
        Some(at + words.len())
    }

    /// The word after the first occurrence of these words.
    pub(super) fn follows(&self, words: &[&str]) -> Option<&str> {
        self.0.get(self.behind(words)?).map(String::as_str)
    }

    /// The words from a place up to a parenthesis, comma, or one of these words, as one text.
    pub(super) fn until(&self, from: usize, ends: &[&str]) -> String {
        let mut text = String::new();
        let mut depth = 0;
        for word in self.0.iter().skip(from) {
            match word.as_str() {
                "(" => depth += 1,
                ")" if depth == 0 => break,
                ")" => depth -= 1,
                "," | ";" if depth == 0 => break,
                word if depth == 0 && ends.contains(&word) => break,
                _ => {} // a part of it
            }
            let tight = matches!(word.as_str(), "(" | ")" | ",") || text.ends_with('(');
            if !text.is_empty() && !tight {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// The kind of relation and its name that stand at a place; ONLY and IF [NOT] EXISTS are passed over.
    pub(super) fn relation(&self, at: usize) -> Option<(&'static str, &str)> {
        let kind = RELATIONS.into_iter().find(|kind| {
            kind.split(' ').enumerate().all(|(offset, word)| self.at(at + offset) == word)
        })?;
        let mut at = at + kind.split(' ').count();
        while matches!(self.at(at), "ONLY" | "IF" | "NOT" | "EXISTS" | "CONCURRENTLY") {
            at += 1;
        }
        let shown = if kind == "UNLOGGED TABLE" { "TABLE" } else { kind };
        Some((shown, self.at(at)))
    }
}

/// The part of a statement before any expression.
pub(super) fn head(sql: &str) -> &str {
    let end = sql.find(['(', '\'']).unwrap_or(sql.len());
    &sql[..end]
}

/// A qualified name's two halves, as they are written.
pub(super) fn qualified(name: &str) -> Option<(String, String)> {
    let mut quoted = false;
    for (at, c) in name.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => return Some((name[..at].to_string(), name[at + 1..].to_string())),
            _ => {} // a part of a name
        }
    }
    None
}

/// A name without its quotes.
pub(super) fn plain(name: &str) -> String {
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(name) => name.replace("\"\"", "\""),
        None => name.to_string(),
    }
}

//! Tools that keep a list of their files: Drizzle's journal.

use serde_json::Value;

/// An entry of `meta/_journal.json`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub index: i64,
    /// When it was generated; Drizzle runs what is younger than the youngest that it has run.
    pub when: i64,
    /// The file's name without `.sql`.
    pub tag: String,
}

/// Reads Drizzle's journal; `Err` says what is wrong with it.
pub(super) fn drizzle(text: &str) -> Result<Vec<Entry>, String> {
    let json: Value = serde_json::from_str(text).map_err(|e| format!("is no valid JSON: {e}"))?;
    let entries = json.get("entries").and_then(Value::as_array);
    let entries = entries.ok_or("has no list of entries")?;
    let mut list = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        let number = |key: &str| entry.get(key).and_then(Value::as_i64);
        let tag = entry.get("tag").and_then(Value::as_str);
        let tag = tag.ok_or_else(|| format!("has no tag in its entry {position}"))?;
        list.push(Entry {
            index: number("idx").unwrap_or(position as i64),
            when: number("when").unwrap_or(0),
            tag: tag.to_string(),
        });
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::drizzle;

    #[test]
    fn the_journal_is_read_in_its_own_order() {
        let text = r#"{"entries": [{"idx": 0, "when": 5, "tag": "0000_a"},
                                   {"idx": 1, "when": 4, "tag": "0001_b"}]}"#;
        let entries = drizzle(text).unwrap();
        assert_eq!(entries[1].tag, "0001_b");
        assert_eq!(entries[1].when, 4);
        assert!(drizzle("{").is_err());
        assert!(drizzle("{}").is_err());
    }
}

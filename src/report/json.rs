//! Findings as data: the documented, versioned schema of `--format json` (README.md, section JSON).

use serde_json::{Value, json};

use crate::findings::{Finding, Label};
use crate::source::{Sources, Span};

/// The version of the schema; raised when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// One finding.
pub fn finding(sources: &Sources, finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.0,
        "level": finding.level.as_str(),
        "message": finding.message,
        "sqlstate": finding.sqlstate,
        "path": finding.path,
        "place": finding.place.as_ref().map(|place| label(sources, place)),
        "related": finding.related.iter().map(|place| label(sources, place)).collect::<Vec<_>>(),
        "notes": finding.notes,
        "help": finding.help,
    })
}

fn label(sources: &Sources, label: &Label) -> Value {
    let mut value = span(sources, label.span);
    value["text"] = json!(label.text);
    value
}

/// A place: bytes and lines in the file, lines and columns from 1, columns in characters.
pub fn span(sources: &Sources, span: Span) -> Value {
    let source = sources.get(span.source);
    let start = source.line_col(span.start);
    let end = source.line_col(span.end);
    json!({
        "file": source.name(),
        "offset": source.offset(span.start),
        "length": source.offset(span.end) - source.offset(span.start),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}

//! The exact prediction, one JSON line a statement (`pgreckon replay --format jsonl`).

use serde_json::{Value, json};

use crate::findings::PgError;
use crate::psql::Statement;
use crate::session::{Execution, Outcome};
use crate::source::Sources;

/// One statement's prediction. `offset` and `length` are bytes from the statement's first token, `position` is
/// 1-based characters in the statement.
pub fn line(sources: &Sources, statement: &Statement, execution: &Execution) -> Value {
    let source = sources.get(statement.span.source);
    let start = source.offset(statement.span.start);
    let length = source.offset(statement.span.end) - start;
    let error = execution.outcome.error();
    let text = |field: fn(&PgError) -> Option<&str>| error.and_then(field);
    let (outcome, reason) = match &execution.outcome {
        Outcome::Ok => ("ok", None),
        Outcome::Error(_) => ("error", None),
        Outcome::Unknown(reason) => ("unknown", Some(reason.as_str())),
        Outcome::Empty => ("skipped", None),
    };
    let notices: Vec<Value> = execution
        .notices
        .iter()
        .map(|notice| {
            json!({"severity": notice.severity.as_str(), "sqlstate": notice.sqlstate.as_str(), "message": notice.message})
        })
        .collect();
    json!({
        "file": source.name(),
        "offset": start,
        "length": length,
        "line": source.line_col(statement.span.start).line,
        "outcome": outcome,
        "sqlstate": error.map(|error| error.sqlstate.to_string()),
        "message": text(|error| Some(&error.message)),
        "detail": text(|error| error.detail.as_deref()),
        "hint": text(|error| error.hint.as_deref()),
        "position": error.and_then(|error| error.position).map(|at| characters(statement.text(), at)),
        "notices": notices,
        "reason": reason,
    })
}

/// The 1-based character at a byte offset.
fn characters(text: &str, offset: u32) -> usize {
    let mut end = (offset as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].chars().count() + 1
}

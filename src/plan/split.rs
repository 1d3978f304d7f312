//! A text of several statements as single statements.

use crate::psql::{Segment, segments};
use crate::source::SourceId;

/// The statements of a text, each with its semicolon; comments alone are none.
pub(super) fn statements(text: &str) -> Vec<String> {
    segments(SourceId(0), text)
        .iter()
        .filter_map(|segment| match segment {
            Segment::Statement(statement) => Some(format!("{};", statement.text().trim())),
            Segment::CopyData(_) | Segment::Meta(_) | Segment::Note(_) => None,
        })
        .collect()
}

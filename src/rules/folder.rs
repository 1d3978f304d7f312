//! What is irregular about a migration folder or a dump file: duplicate versions, gaps, order, unreadable files.

use crate::findings::{Finding, Label, Level, RuleId};
use crate::source::order::{Irregularity, Plan, PlanNote};

/// One finding for each irregularity that was met while planning.
pub fn findings(plan: &Plan) -> Vec<Finding> {
    plan.notes.iter().map(finding).collect()
}

fn finding(note: &PlanNote) -> Finding {
    let (rule, level) = match note.kind {
        Irregularity::DuplicateVersion => ("duplicate-version", Level::Error),
        Irregularity::Gap => ("version-gap", Level::Note),
        Irregularity::OutOfOrder => ("out-of-order-version", Level::Warning),
        Irregularity::Missing => ("missing-migration", Level::Error),
        Irregularity::Unreadable => ("unreadable-file", Level::Error),
        Irregularity::Ignored => ("ignored-file", Level::Note),
        Irregularity::Malformed => ("malformed-migration", Level::Error),
        Irregularity::Undecided => ("undecided-migration", Level::Warning),
        Irregularity::Assumed => ("assumed-order", Level::Note),
    };
    let mut finding = Finding::new(RuleId(rule), level, note.message.clone());
    finding.path = Some(note.path.clone());
    finding.place = note.span.map(|span| Label { span, text: "here".to_string() });
    finding.related = note
        .related
        .iter()
        .map(|span| Label { span: *span, text: "and here".to_string() })
        .collect();
    finding.help = Some(note.help.clone()).filter(|help| !help.is_empty());
    finding
}

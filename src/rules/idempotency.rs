//! `run-once-only`: statements that cannot be run twice, found by running each again on its own result.

use crate::findings::{Finding, Level, RuleId};
use crate::psql::Statement;
use crate::session::Rerun;

/// The rule's name.
pub const RULE: RuleId = RuleId("run-once-only");

/// The finding for a statement whose second run fails or changes something again; None when it can be run twice.
pub fn finding(statement: &Statement, rerun: &Rerun) -> Option<Finding> {
    let first_line = statement.text().lines().next().unwrap_or("");
    let place = statement.source_span(0, first_line.len() as u32);
    match rerun {
        Rerun::Same | Rerun::Unknown(_) => None,
        Rerun::Fails(error) => {
            let message = format!("cannot be run twice: {}", error.message);
            let mut finding =
                Finding::new(RULE, Level::Note, message).at(place, "the second run fails here");
            finding.sqlstate = Some(error.sqlstate.to_string());
            Some(finding.help(advice(&error.sqlstate.to_string())))
        }
        Rerun::Changes(what) => {
            let message = format!("run twice, it changes the schema twice: {}", what.join(", "));
            Some(Finding::new(RULE, Level::Note, message).at(place, "the second run changes more"))
        }
    }
}

fn advice(sqlstate: &str) -> &'static str {
    match sqlstate {
        "42P07" | "42P06" | "42710" | "42701" => {
            "IF NOT EXISTS, or a guard that looks first, makes it repeatable"
        }
        "42P01" | "42703" | "42704" | "42883" | "3F000" => "IF EXISTS makes it repeatable",
        "42723" => "CREATE OR REPLACE makes it repeatable",
        _ => "guard it by what it changes", // no clause of PostgreSQL's own helps
    }
}

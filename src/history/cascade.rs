//! Which failures follow from an earlier failure, or from a statement whose effects are not known.

use std::collections::BTreeSet;

use crate::catalog::{Catalog, PgProc};
use crate::nodes::tree::{AlterTableType, Node};
use crate::nodes::{RawParseError, RawStmt};
use crate::pg::name::Name;
use crate::psql::Statement;
use crate::session::{Execution, Outcome};
use crate::source::{Sources, Span};

/// An earlier statement that a failure follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// The statement that failed first.
    pub cause: Span,
    /// What it would have made.
    pub name: String,
}

/// What failed statements would have made, and what unknown ones may have made.
#[derive(Default)]
pub(super) struct Cascade {
    /// Names that a failed statement would have brought, and where it stands.
    missing: Vec<(String, Span)>,
    /// Statements whose effects are unknown, with the bodies of the functions that they name, in lower case.
    unknown: Vec<(Span, String)>,
}

/// How many unknown statements are remembered; past that, the oldest count for all.
const UNKNOWN_LIMIT: usize = 4_096;

impl Cascade {
    /// Notes what the statement leaves behind, and says what its failure follows from. A failure over a name that
    /// an unknown statement may have made becomes unknown itself.
    pub(super) fn judge(
        &mut self,
        sources: &Sources,
        statement: &Statement,
        parsed: &Result<Vec<RawStmt>, RawParseError>,
        execution: &mut Execution,
        catalog: &Catalog,
    ) -> Option<Consequence> {
        match &execution.outcome {
            Outcome::Unknown(_) => {
                self.note_unknown(statement, catalog);
                None
            }
            Outcome::Error(error) => {
                let named =
                    if is_absence(error.sqlstate.as_str()) { quoted(&error.message) } else { None };
                let consequence = named.and_then(|name| self.cause(name));
                let doubtful =
                    named.filter(|_| consequence.is_none()).and_then(|name| self.maker(name));
                match parsed {
                    // It may have been made after all.
                    Ok(_) if doubtful.is_some() => {
                        self.note_unknown(statement, catalog);
                    }
                    Ok(statements) => {
                        for raw in statements {
                            made_by(&raw.stmt, &mut |name| {
                                self.missing.push((name.to_string(), statement.span))
                            });
                        }
                    }
                    Err(_) => {}
                }
                if let (Some(span), Some(name)) = (doubtful, named) {
                    let line = sources.line_col(span).line;
                    let file = sources.get(span.source).name();
                    execution.outcome = Outcome::Unknown(format!(
                        "\"{name}\" may come from the statement at {file}:{line}, whose effects are not known"
                    ));
                }
                consequence
            }
            Outcome::Ok | Outcome::Empty => None,
        }
    }

    fn note_unknown(&mut self, statement: &Statement, catalog: &Catalog) {
        if self.unknown.len() < UNKNOWN_LIMIT {
            self.unknown.push((statement.span, reach(statement.text(), catalog)));
        }
    }

    fn cause(&self, name: &str) -> Option<Consequence> {
        let last = last_part(name);
        let (name, cause) = self.missing.iter().rev().find(|(missing, _)| missing == last)?;
        Some(Consequence { cause: *cause, name: name.clone() })
    }

    /// An unknown statement that speaks of the name.
    fn maker(&self, name: &str) -> Option<Span> {
        let wanted = last_part(name).to_ascii_lowercase();
        if wanted.is_empty() {
            return None;
        }
        self.unknown.iter().find(|(_, text)| contains_word(text, &wanted)).map(|(span, _)| *span)
    }
}

/// What a statement may run: its text, and the bodies of the user's functions that it names.
fn reach(text: &str, catalog: &Catalog) -> String {
    let mut reached = text.to_ascii_lowercase();
    let words: BTreeSet<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    for word in words {
        for proc in catalog
            .find_all::<PgProc>(&Name::new(&word.to_lowercase()))
            .filter(|proc| !proc.oid.is_builtin())
        {
            reached.push(' ');
            reached.push_str(&proc.prosrc.to_ascii_lowercase());
        }
    }
    reached
}

/// SQLSTATEs that say something is not there: undefined table, column, function, object, schema.
fn is_absence(state: &str) -> bool {
    matches!(state, "42P01" | "42703" | "42883" | "42704" | "3F000")
}

/// The first quoted name of a message, or the function's of "function f(integer) does not exist".
fn quoted(message: &str) -> Option<&str> {
    if let Some(start) = message.find('"') {
        let rest = &message[start + 1..];
        return rest.find('"').map(|end| &rest[..end]);
    }
    let rest = message.strip_prefix("function ").or_else(|| message.strip_prefix("procedure "))?;
    rest.find('(').map(|end| &rest[..end])
}

fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether the text, in lower case, has the word.
fn contains_word(text: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(inside)
            && !text[at + word.len()..].chars().next().is_some_and(inside)
    })
}

/// The names that a statement would have brought about.
fn made_by(statement: &Node, add: &mut dyn FnMut(&str)) {
    let last = |names: &[Node], add: &mut dyn FnMut(&str)| {
        if let Some(Node::String(name)) = names.last() {
            add(name);
        }
    };
    match statement {
        Node::CreateStmt(stmt) => {
            stmt.relation.iter().flat_map(|r| r.relname.as_deref()).for_each(add)
        }
        Node::ViewStmt(stmt) => stmt.view.iter().flat_map(|r| r.relname.as_deref()).for_each(add),
        Node::CreateTableAsStmt(stmt) => {
            let relation = stmt.into.as_ref().and_then(|into| into.rel.as_ref());
            relation.iter().flat_map(|r| r.relname.as_deref()).for_each(add);
        }
        Node::CreateSeqStmt(stmt) => {
            stmt.sequence.iter().flat_map(|r| r.relname.as_deref()).for_each(add)
        }
        Node::IndexStmt(stmt) => stmt.idxname.as_deref().into_iter().for_each(add),
        Node::CreateFunctionStmt(stmt) => last(&stmt.funcname, add),
        Node::CreateEnumStmt(stmt) => last(&stmt.type_name, add),
        Node::CreateDomainStmt(stmt) => last(&stmt.domainname, add),
        Node::CreateRangeStmt(stmt) => last(&stmt.type_name, add),
        Node::CompositeTypeStmt(stmt) => {
            stmt.typevar.iter().flat_map(|r| r.relname.as_deref()).for_each(add)
        }
        Node::DefineStmt(stmt) => last(&stmt.defnames, add),
        Node::CreateSchemaStmt(stmt) => stmt.schemaname.as_deref().into_iter().for_each(add),
        Node::CreateRoleStmt(stmt) => stmt.role.as_deref().into_iter().for_each(add),
        Node::CreateTrigStmt(stmt) => stmt.trigname.as_deref().into_iter().for_each(add),
        Node::CreatePolicyStmt(stmt) => stmt.policy_name.as_deref().into_iter().for_each(add),
        Node::RenameStmt(stmt) => stmt.newname.as_deref().into_iter().for_each(add),
        Node::AlterTableStmt(stmt) => {
            for command in &stmt.cmds {
                let Node::AlterTableCmd(command) = command else { continue };
                match (command.subtype, &command.def) {
                    (AlterTableType::AtAddColumn, Some(Node::ColumnDef(column))) => {
                        column.colname.as_deref().into_iter().for_each(&mut *add);
                    }
                    (AlterTableType::AtAddConstraint, Some(Node::Constraint(constraint))) => {
                        constraint.conname.as_deref().into_iter().for_each(&mut *add);
                    }
                    _ => {} // the other subcommands make nothing with a name of its own
                }
            }
        }
        _ => {} // statements that make nothing that a later one could miss by name
    }
}

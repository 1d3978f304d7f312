//! Statements with psql variables that only a server or the shell knows: where what they say does not matter.

use crate::nodes::tree::{DefElem, Node};
use crate::nodes::{RawParseError, RawStmt};
use crate::psql::Statement;
use crate::session::{Execution, Outcome};

/// How much of a statement's outcome hangs on the strings that are not known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// None: the name of a file, or a password.
    None,
    /// A value in an expression: it may be refused, and is no name of an object.
    Value,
    /// What the statement does is not known.
    Whole,
}

/// Why the statement cannot be executed as it stands: a variable says what it does.
pub(super) fn hinders(
    statement: &Statement,
    parsed: &Result<Vec<RawStmt>, RawParseError>,
) -> Option<String> {
    if statement.doubtful {
        return Some(
            "whether it is run hangs on an \\if of a value that is not known here".to_string(),
        );
    }
    if statement.undecided.is_empty() {
        return None;
    }
    let statements = parsed.as_ref().ok()?;
    statements.iter().any(|raw| weight(&raw.stmt) == Weight::Whole).then(|| reason(statement))
}

/// An error that may come from a value which is not known is none.
pub(super) fn doubt(
    statement: &Statement,
    parsed: &Result<Vec<RawStmt>, RawParseError>,
    execution: &mut Execution,
) {
    let Some(error) = execution.outcome.error() else { return };
    if statement.undecided.is_empty() {
        return;
    }
    let sure = parsed
        .as_ref()
        .is_ok_and(|statements| statements.iter().all(|raw| weight(&raw.stmt) == Weight::None));
    let told = statement.undecided.iter().any(|name| error.message.contains(&format!(":'{name}'")));
    if !sure || told {
        execution.outcome = Outcome::Unknown(reason(statement));
    }
}

fn reason(statement: &Statement) -> String {
    format!("the psql variable {} is not known here", statement.undecided.join(", "))
}

fn weight(statement: &Node) -> Weight {
    match statement {
        Node::CopyStmt(stmt) if stmt.query.is_none() && stmt.where_clause.is_none() => Weight::None,
        Node::LoadStmt(_) => Weight::None,
        Node::CreateFunctionStmt(stmt) if is_c(&stmt.options) => Weight::None,
        Node::CreateRoleStmt(stmt) if has(&stmt.options, "password") => Weight::Value,
        Node::AlterRoleStmt(stmt) if has(&stmt.options, "password") => Weight::Value,
        Node::CopyStmt(_)
        | Node::SelectStmt(_)
        | Node::InsertStmt(_)
        | Node::UpdateStmt(_)
        | Node::DeleteStmt(_)
        | Node::MergeStmt(_) => Weight::Value,
        _ => Weight::Whole, // a name, an option or a body
    }
}

fn def_elems(options: &[Node]) -> impl Iterator<Item = &DefElem> {
    options.iter().filter_map(|option| match option {
        Node::DefElem(def) => Some(&**def),
        _ => None, // options are DefElems
    })
}

fn has(options: &[Node], name: &str) -> bool {
    def_elems(options).any(|def| def.defname.as_deref() == Some(name))
}

/// LANGUAGE C: the string names the file that has the function.
fn is_c(options: &[Node]) -> bool {
    def_elems(options).any(|def| match (def.defname.as_deref(), &def.arg) {
        (Some("language"), Some(Node::String(language))) => language.eq_ignore_ascii_case("c"),
        _ => false, // another option
    })
}

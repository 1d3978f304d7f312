//! What grammars older than the linked one refuse: a table of syntax by the version that brought it, and recognisers
//! for what no pattern of tokens can tell.

mod numbers;
mod pattern;
mod subqueries;

use std::ops::Range;
use std::sync::LazyLock;

use super::tokens::{Kind, Token, tokens};
use super::tree::{AlterTableStmt, ColumnDef, ConstrType, Constraint, CreateStmt, Node};
use super::{RawParseError, RawStmt};
use crate::pg::version::Version;
use pattern::Pattern;

/// A place where an older grammar stops.
struct Stop {
    /// Index of the token at which it notices.
    noticed: usize,
    /// The bytes that it points at.
    near: Range<usize>,
    /// What it says; None for "syntax error at or near".
    message: Option<&'static str>,
}

/// A line of the table.
struct Syntax {
    since: u32,
    gate: &'static str,
    pattern: Pattern,
    message: Option<&'static str>,
}

static SYNTAX: LazyLock<Vec<Syntax>> = LazyLock::new(|| {
    let lines = include_str!("syntax.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(syntax).collect()
});

fn syntax(line: &'static str) -> Option<Syntax> {
    let mut cells = line.split('\t');
    let since = cells.next()?.parse().ok()?;
    let gate = cells.next()?;
    let pattern = Pattern::read(cells.next()?)?;
    let message = cells.next().filter(|message| *message != "-");
    Some(Syntax { since, gate, pattern, message })
}

/// A statement's tokens, and where each group of parentheses or brackets ends.
struct Text<'a> {
    sql: &'a str,
    tokens: Vec<Token>,
    /// For an opening token the index of the closing one; else the token's own.
    close: Vec<usize>,
    /// How many groups are open before each token.
    depth: Vec<usize>,
}

impl<'a> Text<'a> {
    fn read(sql: &'a str) -> Option<Text<'a>> {
        let tokens = tokens(sql).ok()?;
        let mut close: Vec<usize> = (0..tokens.len()).collect();
        let mut depth = vec![0; tokens.len()];
        let mut open: Vec<usize> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            let text = &sql[token.start..token.end];
            if matches!(text, ")" | "]")
                && let Some(start) = open.pop()
            {
                close[start] = index;
            }
            depth[index] = open.len();
            if matches!(text, "(" | "[") {
                open.push(index);
            }
        }
        Some(Text { sql, tokens, close, depth })
    }

    fn text(&self, at: usize) -> &'a str {
        &self.sql[self.range(at)]
    }

    fn range(&self, at: usize) -> Range<usize> {
        self.tokens.get(at).map_or(self.sql.len()..self.sql.len(), |token| token.start..token.end)
    }

    fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::End, |token| token.kind)
    }

    /// Whether the token is that unquoted word, given in upper case, or that symbol.
    fn is(&self, at: usize, word: &str) -> bool {
        matches!(self.kind(at), Kind::Word | Kind::Symbol)
            && self.text(at).eq_ignore_ascii_case(word)
    }

    fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }
}

/// The answer of an older version's grammar to text that the linked grammar accepts; None when it accepts it too.
pub fn refused(version: Version, sql: &str, statements: &[RawStmt]) -> Option<RawParseError> {
    if version == Version::NEWEST {
        return None;
    }
    let text = Text::read(sql)?;
    let mut stops: Vec<Stop> = Vec::new();
    for line in SYNTAX.iter().filter(|line| line.since > version.major()) {
        if line.gate == "-" || statements.iter().any(|raw| holds(&raw.stmt, line.gate)) {
            let found = line.pattern.find(&text);
            stops.extend(found.map(|at| Stop {
                noticed: at,
                near: text.range(at),
                message: line.message,
            }));
        }
    }
    if version.major() < 16 {
        stops.extend(numbers::refused(&text, version));
        stops.extend(subqueries::without_alias(&text));
    }
    let stop = stops.into_iter().min_by_key(|stop| stop.noticed)?;
    Some(error(&text, &stop))
}

fn error(text: &Text, stop: &Stop) -> RawParseError {
    let near = &text.sql[stop.near.clone()];
    let message = match stop.message {
        Some(message) if message.ends_with("at or near") => format!("{message} \"{near}\""),
        Some(message) => message.to_string(),
        None if near.is_empty() => "syntax error at end of input".to_string(),
        None => format!("syntax error at or near \"{near}\""),
    };
    let position = text.sql[..stop.near.start].chars().count() + 1;
    RawParseError { message, position: u32::try_from(position).ok() }
}

/// Whether the statement holds what a line of the table asks for.
fn holds(stmt: &Node, gate: &str) -> bool {
    let wants = |node: &Node| match node {
        Node::ColumnDef(column) => column_holds(column, gate),
        Node::Constraint(constraint) => {
            gate != "not-null" && constraint_holds(constraint, gate)
                || gate == "not-null" && constraint.contype == ConstrType::ConstrNotnull
        }
        Node::ATAlterConstraint(alter) => gate == "unenforced" && alter.alter_enforceability,
        _ => false, // nothing else has such syntax
    };
    match stmt {
        Node::CreateStmt(create) => create_holds(create, &wants),
        Node::CreateForeignTableStmt(create) => create_holds(&create.base, &wants),
        Node::AlterTableStmt(alter) => alter_holds(alter, &wants),
        Node::CreateDomainStmt(create) => create.constraints.iter().any(wants),
        Node::CreateSchemaStmt(create) => create.schema_elts.iter().any(|stmt| holds(stmt, gate)),
        _ => false, // no other statement defines columns
    }
}

fn create_holds(create: &CreateStmt, wants: &dyn Fn(&Node) -> bool) -> bool {
    create.table_elts.iter().chain(&create.constraints).any(wants)
}

fn alter_holds(alter: &AlterTableStmt, wants: &dyn Fn(&Node) -> bool) -> bool {
    alter.cmds.iter().any(|command| match command {
        Node::AlterTableCmd(command) => command.def.as_ref().is_some_and(wants),
        _ => false, // ALTER TABLE holds commands alone
    })
}

fn column_holds(column: &ColumnDef, gate: &str) -> bool {
    let constraints = || {
        column.constraints.iter().any(|node| match node {
            Node::Constraint(constraint) => constraint_holds(constraint, gate),
            _ => false, // a column's list holds constraints and its collation
        })
    };
    match gate {
        "compression" => column.compression.is_some(),
        "storage" => column.storage_name.is_some(),
        _ => constraints(), // what constraints may hold
    }
}

fn constraint_holds(constraint: &Constraint, gate: &str) -> bool {
    gate == "unenforced"
        && (constraint.contype == ConstrType::ConstrAttrNotEnforced
            || matches!(constraint.contype, ConstrType::ConstrCheck | ConstrType::ConstrForeign)
                && !constraint.is_enforced)
}

#[cfg(test)]
mod tests {
    use super::SYNTAX;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("syntax.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), SYNTAX.len());
    }
}

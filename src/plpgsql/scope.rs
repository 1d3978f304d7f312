//! What names stand for while a body is compiled (PostgreSQL: plpgsql_ns_*, pl_funcs.c): enough to refuse what is not a
//! variable, is a constant or is of the wrong kind.

use crate::findings::PgResult;

/// What a declared type makes of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    Scalar {
        collatable: bool,
    },
    Refcursor,
    Row,
    /// Nothing is known of it; nothing is refused.
    Unknown,
}

/// What types are called, for a parser that knows no catalog.
pub trait Types {
    /// The kind of the type that a declaration names, with `%TYPE` of a table's column and `%ROWTYPE`.
    fn kind(&mut self, type_name: &str) -> PgResult<TypeKind>;
    /// The type's name for a message.
    fn format(&mut self, type_name: &str) -> String;
}

/// What a variable is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Symbol {
    pub kind: TypeKind,
    pub constant: bool,
    /// The arguments of a bound cursor.
    pub cursor: Option<Vec<String>>,
}

impl Symbol {
    pub(super) fn new(kind: TypeKind) -> Symbol {
        Symbol { kind, constant: false, cursor: None }
    }
}

/// What EXIT and CONTINUE may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LevelKind {
    Block,
    Loop,
    Other,
}

/// The names of one block or loop.
#[derive(Debug)]
struct Level {
    label: Option<String>,
    kind: LevelKind,
    names: Vec<(String, Symbol)>,
}

/// The levels in force, innermost last.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    levels: Vec<Level>,
}

impl Scopes {
    pub(super) fn push(&mut self, label: Option<&str>, kind: LevelKind) {
        self.levels.push(Level { label: label.map(str::to_string), kind, names: Vec::new() });
    }

    pub(super) fn pop(&mut self) {
        self.levels.pop();
    }

    pub(super) fn add(&mut self, name: &str, symbol: Symbol) {
        if let Some(level) = self.levels.last_mut() {
            level.names.push((name.to_string(), symbol));
        }
    }

    /// Whether the innermost level has the name.
    pub(super) fn has_here(&self, name: &str) -> bool {
        self.levels.last().is_some_and(|level| level.find(name).is_some())
    }

    /// What a dotted name stands for: a field of a row is a scalar that may be assigned to.
    pub(super) fn lookup(&self, names: &[String]) -> Option<Symbol> {
        let field = || Some(Symbol::new(TypeKind::Unknown));
        let is_row = |symbol: &Symbol| matches!(symbol.kind, TypeKind::Row | TypeKind::Unknown);
        for level in self.levels.iter().rev() {
            let labelled = level.label.as_deref() == names.first().map(String::as_str);
            match names {
                [name] => {
                    if let Some(symbol) = level.find(name) {
                        return Some(symbol.clone());
                    }
                }
                [first, rest @ ..] => {
                    if level.find(first).is_some_and(is_row) {
                        return field();
                    }
                    if labelled && let Some(symbol) = level.find(&rest[0]) {
                        match rest.len() {
                            1 => return Some(symbol.clone()),
                            _ if is_row(symbol) => return field(),
                            _ => {} // a scalar has no fields
                        }
                    }
                }
                [] => return None,
            }
        }
        None
    }

    /// The kind of the level that has the label.
    pub(super) fn label(&self, label: &str) -> Option<LevelKind> {
        let found = self.levels.iter().rev().find(|level| level.label.as_deref() == Some(label))?;
        Some(found.kind)
    }

    pub(super) fn in_loop(&self) -> bool {
        self.levels.iter().any(|level| level.kind == LevelKind::Loop)
    }
}

impl Level {
    fn find(&self, name: &str) -> Option<&Symbol> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, symbol)| symbol)
    }
}

//! The names that a body's SQL sees when it is looked at without running it: variables by scope with their types, and
//! what each means in a query (PostgreSQL: plpgsql_ns_lookup, pl_funcs.c, and plpgsql_parser_setup, pl_comp.c).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::catalog::Catalog;
use crate::catalog::lsyscache::{get_typ_typrelid, get_typcollation, type_is_rowtype};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::primnodes::{Const, Datum, Expr, Param, ParamKind};
use crate::nodes::tree::{ColumnRef, Node};
use crate::parser::funcapi::{TupleDesc, lookup_rowtype_tupdesc};
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::parser::parse_node::ParamHook;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// What a name means that is a variable and a column (PostgreSQL: PLpgSQL_resolve_option).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VariableConflict {
    #[default]
    Error,
    UseVariable,
    UseColumn,
}

/// The last `#variable_conflict` before the body proper.
pub fn variable_conflict(body: &str) -> VariableConflict {
    let mut found = VariableConflict::Error;
    for line in body.lines().map(str::trim_start) {
        let Some(option) = line.strip_prefix('#') else {
            if line.is_empty() || line.starts_with("--") {
                continue;
            }
            break;
        };
        let mut words = option.split_whitespace();
        if words.next() == Some("variable_conflict") {
            found = match words.next() {
                Some("use_variable") => VariableConflict::UseVariable,
                Some("use_column") => VariableConflict::UseColumn,
                _ => VariableConflict::Error, // the default, said aloud
            };
        }
    }
    found
}

/// Columns of a row that a record variable holds.
#[derive(Debug, Clone, PartialEq)]
pub struct RowShape {
    pub columns: Rc<TupleDesc>,
    /// The row's own type, RECORD for a query's row.
    pub row_type: Oid,
}

/// A variable of the body.
#[derive(Debug, Clone)]
pub struct Variable {
    pub name: String,
    /// InvalidOid where it is not known.
    pub type_id: Oid,
    pub typmod: i32,
    /// What a record holds at this point; None where that is not known.
    pub shape: Option<RowShape>,
    /// A value that never changes, such as TG_TABLE_NAME's for one trigger.
    pub value: Option<Rc<str>>,
    /// What a bound cursor reads, and its arguments.
    pub cursor: Option<Rc<CursorShape>>,
    /// Where it is declared; None for parameters and the like.
    pub declared: Option<usize>,
    pub used: Cell<bool>,
}

/// A bound cursor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CursorShape {
    pub arguments: usize,
    pub shape: Option<RowShape>,
}

impl Variable {
    /// A variable of a type.
    pub fn new(name: &str, type_id: Oid, typmod: i32) -> Variable {
        Variable {
            name: name.to_string(),
            type_id,
            typmod,
            shape: None,
            value: None,
            cursor: None,
            declared: None,
            used: Cell::new(false),
        }
    }

    /// Whether nothing can be said of its type.
    pub fn is_unknown(&self) -> bool {
        !self.type_id.is_valid() || is_polymorphic_type(self.type_id)
    }

    /// Whether it holds whole rows (PostgreSQL: PLPGSQL_NSTYPE_REC).
    pub fn is_row(&self, catalog: &Catalog) -> bool {
        self.type_id == fixed::RECORDOID || type_is_rowtype(catalog, self.type_id)
    }

    /// The columns of the row that it holds.
    pub fn row(&self, catalog: &Catalog) -> Option<RowShape> {
        if self.type_id == fixed::RECORDOID {
            return self.shape.clone();
        }
        let columns = lookup_rowtype_tupdesc(catalog, self.type_id)?;
        Some(RowShape { columns: Rc::new(columns), row_type: self.type_id })
    }
}

/// The names of one block.
#[derive(Debug, Clone, Default)]
struct Level {
    label: Option<String>,
    names: Vec<(String, usize)>,
}

/// All variables of a body, and those in scope.
pub struct Names<'c> {
    catalog: &'c Catalog,
    pub variables: Vec<Variable>,
    levels: Vec<Level>,
    pub conflict: VariableConflict,
    /// `$n` of EXECUTE … USING, while a dynamic command is looked at.
    pub parameters: Option<Vec<(Oid, i32)>>,
    /// Columns reached through variables that hold a table's rows, with their places.
    pub touched: RefCell<Vec<(ObjectAddress, i32)>>,
}

/// What a name was found to be, and how many of its parts it took.
enum Found {
    Variable(usize, usize),
}

impl<'c> Names<'c> {
    /// No names yet but the level of the function itself, under the function's name.
    pub fn new(catalog: &'c Catalog, function: &str, conflict: VariableConflict) -> Names<'c> {
        Names {
            catalog,
            variables: Vec::new(),
            levels: vec![Level { label: Some(function.to_string()), names: Vec::new() }],
            conflict,
            parameters: None,
            touched: RefCell::new(Vec::new()),
        }
    }

    pub fn push(&mut self, label: Option<&str>) {
        self.levels.push(Level { label: label.map(str::to_string), names: Vec::new() });
    }

    pub fn pop(&mut self) {
        self.levels.pop();
    }

    /// Adds a variable to the innermost level; its number.
    pub fn add(&mut self, variable: Variable) -> usize {
        let number = self.variables.len();
        self.alias(&variable.name.clone(), number);
        self.variables.push(variable);
        number
    }

    /// Another name of a variable.
    pub fn alias(&mut self, name: &str, number: usize) {
        if let Some(level) = self.levels.last_mut() {
            level.names.push((name.to_string(), number));
        }
    }

    /// The variable of that name in an outer level or the same, if there is one.
    pub fn visible(&self, name: &str) -> Option<usize> {
        self.levels.iter().rev().find_map(|level| level.find(name))
    }

    /// The variable that a dotted name means, and the field that is left over.
    pub fn lookup(&self, names: &[String]) -> Option<(usize, Option<String>)> {
        let first = names.first()?;
        let Found::Variable(number, used) =
            self.find(first, names.get(1).map(String::as_str), names.get(2).map(String::as_str))?;
        (names.len() <= used + 1).then(|| (number, names.get(used).cloned()))
    }

    /// PostgreSQL: plpgsql_ns_lookup.
    fn find(&self, first: &str, second: Option<&str>, third: Option<&str>) -> Option<Found> {
        for level in self.levels.iter().rev() {
            if let Some(number) = level.find(first)
                && (second.is_none() || self.is_row(number))
            {
                return Some(Found::Variable(number, 1));
            }
            if let Some(second) = second
                && level.label.as_deref() == Some(first)
                && let Some(number) = level.find(second)
                && (third.is_none() || self.is_row(number))
            {
                return Some(Found::Variable(number, 2));
            }
        }
        None
    }

    fn is_row(&self, number: usize) -> bool {
        let variable = &self.variables[number];
        variable.is_unknown() || variable.is_row(self.catalog)
    }

    /// PostgreSQL: resolve_column_ref (pl_comp.c).
    fn resolve(&self, reference: &ColumnRef, must_have_field: bool) -> Option<PgResult<Expr>> {
        let part = |index: usize| match reference.fields.get(index) {
            Some(Node::String(name)) => Some(name.as_str()),
            _ => None, // a star, or nothing
        };
        let (scalar, whole, field) = match reference.fields.as_slice() {
            [Node::String(_)] => (1, 1, None),
            [Node::String(_), Node::AStar] => (0, 1, None),
            [Node::String(_), Node::String(name)] => (2, 2, Some((1, name.as_str()))),
            [Node::String(_), Node::String(_), Node::AStar] => (0, 2, None),
            [Node::String(_), Node::String(_), Node::String(name)] => {
                (0, 0, Some((2, name.as_str())))
            }
            _ => return None, // longer names are columns
        };
        let has_star = matches!(reference.fields.last(), Some(Node::AStar));
        let second = if has_star && reference.fields.len() == 2 { Some("*") } else { part(1) };
        let third = if has_star && reference.fields.len() == 3 { Some("*") } else { part(2) };
        let Found::Variable(number, used) = self.find(part(0)?, second, third)?;
        let variable = &self.variables[number];
        variable.used.set(true);
        let location = reference.location;
        if variable.is_unknown() {
            return Some(unknown(format!("the type of \"{}\" is not known", variable.name)));
        }
        let is_row = variable.is_row(self.catalog);
        if !is_row {
            return (used == scalar).then(|| Ok(self.param(variable, location)));
        }
        if used == whole {
            if has_star
                && variable.row(self.catalog).is_none_or(|row| row.row_type == fixed::RECORDOID)
            {
                return Some(unknown(format!(
                    "the columns of \"{}\" are a query's",
                    variable.name
                )));
            }
            return Some(Ok(self.param(variable, location)));
        }
        let (_, field) = field.filter(|(wanted, _)| *wanted == used)?;
        self.field(variable, field, location, must_have_field)
    }

    /// A field of a row that a variable holds.
    fn field(
        &self,
        variable: &Variable,
        name: &str,
        location: ParseLoc,
        must_exist: bool,
    ) -> Option<PgResult<Expr>> {
        let Some(row) = variable.row(self.catalog) else {
            return Some(unknown(format!("what \"{}\" holds is not known here", variable.name)));
        };
        let Some((index, column)) = row
            .columns
            .iter()
            .enumerate()
            .find(|(_, column)| !column.dropped && column.name == name)
        else {
            return must_exist.then(|| Err(no_field(&variable.name, name).at(location.0).into()));
        };
        let relation = get_typ_typrelid(self.catalog, row.row_type);
        if relation.is_valid() {
            let column =
                ObjectAddress { class: Class::Relation, object: relation, sub: index as i32 + 1 };
            self.touched.borrow_mut().push((column, location.0));
        }
        Some(Ok(Expr::Param(Param {
            kind: ParamKind::Extern,
            id: 0,
            type_id: column.type_id,
            type_mod: column.typmod,
            collid: column.collation,
            location,
        })))
    }

    /// A variable in an expression (PostgreSQL: make_datum_param).
    fn param(&self, variable: &Variable, location: ParseLoc) -> Expr {
        let collid = get_typcollation(self.catalog, variable.type_id);
        if let Some(value) = &variable.value {
            return Expr::Const(Const {
                consttype: variable.type_id,
                consttypmod: -1,
                constcollid: collid,
                value: Some(Datum::Text(value.as_ref().into())),
                location,
            });
        }
        let type_id = match (&variable.shape, variable.type_id) {
            (Some(shape), fixed::RECORDOID) => shape.row_type,
            (_, type_id) => type_id,
        };
        Expr::Param(Param {
            kind: ParamKind::Extern,
            id: 0,
            type_id,
            type_mod: variable.typmod,
            collid,
            location,
        })
    }
}

/// PostgreSQL's error for a field that a record has not.
pub fn no_field(record: &str, field: &str) -> PgError {
    PgError::new(
        sqlstate::UNDEFINED_COLUMN,
        format!("record \"{record}\" has no field \"{field}\""),
    )
}

impl Level {
    fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().rev().find(|(known, _)| known == name).map(|(_, number)| *number)
    }
}

/// Lends the names to parse analysis.
pub struct Hook<'n, 'c>(pub &'n Names<'c>);

impl ParamHook for Hook<'_, '_> {
    fn pre_columnref(&self, reference: &ColumnRef) -> Option<PgResult<Expr>> {
        if self.0.parameters.is_some() || self.0.conflict != VariableConflict::UseVariable {
            return None;
        }
        self.0.resolve(reference, false)
    }

    fn post_columnref(&self, reference: &ColumnRef, found: bool) -> Option<PgResult<Expr>> {
        let names = self.0;
        if names.parameters.is_some()
            || names.conflict == VariableConflict::UseVariable
            || (found && names.conflict == VariableConflict::UseColumn)
        {
            return None;
        }
        names.resolve(reference, !found)
    }

    fn paramref(&self, number: i32, location: i32) -> Option<PgResult<Expr>> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let (type_id, typmod) = match &self.0.parameters {
            Some(parameters) => *parameters.get(index)?,
            None => {
                let variable = &self.0.variables[self.0.visible(&format!("${number}"))?];
                variable.used.set(true);
                (variable.type_id, variable.typmod)
            }
        };
        if !type_id.is_valid() || is_polymorphic_type(type_id) {
            return Some(unknown(format!("the type of ${number} is not known")));
        }
        Some(Ok(Expr::Param(Param {
            kind: ParamKind::Extern,
            id: number,
            type_id,
            type_mod: typmod,
            collid: get_typcollation(self.0.catalog, type_id),
            location: ParseLoc(location),
        })))
    }
}

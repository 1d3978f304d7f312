//! The names that a running body's SQL sees: variables by scope with their types and values, and the parameters of
//! EXECUTE … USING.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::ast::Source;
use super::names::{VariableConflict, no_field};
use crate::catalog::Catalog;
use crate::catalog::lsyscache::{get_typcollation, type_is_rowtype};
use crate::executor::{Value, is_reg};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::primnodes::{CoercionForm, Const, Datum, Expr, Param, ParamKind, RowExpr};
use crate::nodes::tree::{ColumnRef, Node};
use crate::parser::parse_coerce::is_polymorphic_type;
use crate::parser::parse_node::ParamHook;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// A column of a row: its name and its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub name: Arc<str>,
    /// InvalidOid where it is not known.
    pub type_id: Oid,
    pub typmod: i32,
}

/// The columns of a row.
pub type Fields = Rc<[Field]>;

/// A value with its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    pub value: Value,
    pub type_id: Oid,
    pub typmod: i32,
    /// The columns of a row of no declared type.
    pub fields: Option<Fields>,
}

impl Typed {
    pub fn new(value: Value, type_id: Oid) -> Typed {
        Typed { value, type_id, typmod: -1, fields: None }
    }
}

/// A query's columns and its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    pub fields: Fields,
    pub rows: Vec<Vec<Value>>,
}

/// A variable: its type, InvalidOid where it is not known, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    pub type_id: Oid,
    pub typmod: i32,
    pub value: Value,
    pub not_null: bool,
    /// The columns of a row: its type's, or those of what a record was given last.
    pub fields: Option<Fields>,
    /// What a cursor reads.
    pub cursor: Option<Cursor>,
}

/// A cursor: its query, the names of its arguments, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    pub source: Source,
    pub arguments: Vec<(String, Oid)>,
    pub state: CursorState,
}

/// Where a cursor stands.
#[derive(Debug, Clone, PartialEq)]
pub enum CursorState {
    Closed,
    /// Open before the first row, at a row (from 1), or behind the last.
    Open {
        rows: Rc<Rows>,
        at: usize,
    },
    /// Open; its rows depend on data.
    Unknown,
}

impl Variable {
    pub fn new(type_id: Oid, value: Value) -> Variable {
        Variable { type_id, typmod: -1, value, not_null: false, fields: None, cursor: None }
    }

    pub fn of(typed: Typed) -> Variable {
        let Typed { value, type_id, typmod, fields } = typed;
        Variable { typmod, fields, ..Variable::new(type_id, value) }
    }

    pub fn text(text: &str) -> Variable {
        Variable::new(fixed::TEXTOID, Value::text(text))
    }

    pub fn unknown() -> Variable {
        Variable::new(Oid::INVALID, Value::Unknown)
    }

    pub fn cursor(source: Source, arguments: Vec<(String, Oid)>) -> Variable {
        let cursor = Cursor { source, arguments, state: CursorState::Closed };
        Variable { cursor: Some(cursor), ..Variable::new(fixed::REFCURSOROID, Value::Null) }
    }

    /// Whether nothing can be said of its type.
    pub fn is_untyped(&self) -> bool {
        !self.type_id.is_valid() || is_polymorphic_type(self.type_id)
    }

    /// Whether a whole row goes into it.
    pub fn is_row(&self) -> bool {
        self.type_id == fixed::RECORDOID || self.fields.is_some()
    }

    pub fn typed(&self) -> Typed {
        Typed {
            value: self.value.clone(),
            type_id: self.type_id,
            typmod: self.typmod,
            fields: self.fields.clone(),
        }
    }
}

/// The names of one block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    pub label: Option<String>,
    pub variables: BTreeMap<String, Variable>,
    /// Other names of variables: the scope's number and the name there.
    pub aliases: BTreeMap<String, (usize, String)>,
}

/// Where a variable is: its scope's number and its name there.
pub type Place = (usize, String);

/// Everything that SQL in a body can refer to, innermost scope last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Variables {
    pub scopes: Vec<Scope>,
    /// `$1` … of EXECUTE … USING; None outside of a dynamic command.
    pub parameters: Option<Vec<Variable>>,
    pub conflict: VariableConflict,
}

impl Variables {
    pub fn innermost(&mut self) -> &mut Scope {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    /// Declares a variable in the innermost scope.
    pub fn declare(&mut self, name: &str, variable: Variable) {
        let scope = self.innermost();
        scope.aliases.remove(name);
        scope.variables.insert(name.to_string(), variable);
    }

    fn place_in(&self, number: usize, name: &str) -> Option<Place> {
        let scope = self.scopes.get(number)?;
        if scope.variables.contains_key(name) {
            return Some((number, name.to_string()));
        }
        scope.aliases.get(name).cloned()
    }

    /// The variable that a dotted name begins with, and how many of its parts it takes (PostgreSQL: plpgsql_ns_lookup).
    pub fn find(&self, names: &[&str]) -> Option<(Place, usize)> {
        let first = names.first()?;
        for number in (0..self.scopes.len()).rev() {
            if let Some(place) = self.place_in(number, first) {
                let row = self.at(&place).is_some_and(|found| found.is_row() || found.is_untyped());
                if names.len() == 1 || row {
                    return Some((place, 1));
                }
            }
            if let Some(second) = names.get(1)
                && self.scopes[number].label.as_deref() == Some(*first)
                && let Some(place) = self.place_in(number, second)
            {
                return Some((place, 2));
            }
        }
        None
    }

    pub fn at(&self, place: &Place) -> Option<&Variable> {
        self.scopes.get(place.0)?.variables.get(&place.1)
    }

    pub fn at_mut(&mut self, place: &Place) -> Option<&mut Variable> {
        self.scopes.get_mut(place.0)?.variables.get_mut(&place.1)
    }

    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.find(&[name]).and_then(|(place, _)| self.at(&place))
    }

    /// Gives a variable a value; a name that is not declared is passed over.
    pub fn assign(&mut self, name: &str, value: Value) {
        if let Some((place, _)) = self.find(&[name])
            && let Some(variable) = self.at_mut(&place)
        {
            variable.value = value;
        }
    }

    /// Replaces a variable.
    pub fn set(&mut self, name: &str, variable: Variable) {
        if let Some((place, _)) = self.find(&[name])
            && let Some(old) = self.at_mut(&place)
        {
            *old = variable;
        }
    }

    /// Makes unknown whatever differs in the other.
    pub fn blur(&mut self, other: &Variables) {
        for (scope, theirs) in self.scopes.iter_mut().zip(&other.scopes) {
            for (name, variable) in &mut scope.variables {
                let Some(their) = theirs.variables.get(name) else { continue };
                if their.value != variable.value {
                    variable.value = Value::Unknown;
                }
                if their.fields != variable.fields {
                    variable.fields = None;
                }
                if their.cursor != variable.cursor
                    && let Some(cursor) = &mut variable.cursor
                {
                    cursor.state = CursorState::Unknown;
                }
            }
        }
    }
}

/// Lends the variables to parse analysis (PostgreSQL: plpgsql_parser_setup, pl_comp.c).
pub struct Names<'v> {
    pub variables: &'v Variables,
    pub catalog: &'v Catalog,
}

impl Names<'_> {
    /// PostgreSQL: resolve_column_ref.
    fn resolve(&self, reference: &ColumnRef, must_have_field: bool) -> Option<PgResult<Expr>> {
        let has_star = matches!(reference.fields.last(), Some(Node::AStar));
        let names: Vec<&str> = reference
            .fields
            .iter()
            .filter_map(|field| match field {
                Node::String(name) => Some(name.as_str()),
                _ => None, // the star
            })
            .collect();
        if names.len() + usize::from(has_star) != reference.fields.len() {
            return None;
        }
        let ((number, name), used) = if has_star {
            let mut wanted = names.clone();
            wanted.push("*");
            self.variables.find(&wanted)?
        } else {
            self.variables.find(&names)?
        };
        let variable = self.variables.at(&(number, name.clone()))?;
        let location = reference.location;
        if variable.is_untyped() {
            return Some(unknown(format!("the type of \"{name}\" is not known here")));
        }
        match names.len() - used {
            0 => Some(self.whole(variable, &name, location)),
            1 if !has_star && variable.is_row() => {
                self.field(variable, &name, names[used], location, must_have_field)
            }
            _ => None, // longer names are columns
        }
    }

    fn whole(&self, variable: &Variable, name: &str, location: ParseLoc) -> PgResult<Expr> {
        let is_record = variable.type_id == fixed::RECORDOID;
        match (&variable.fields, &variable.value) {
            (None, Value::Null) if is_record => Err(not_assigned(name)),
            (None, _) if is_record => unknown(format!("what \"{name}\" holds is not known here")),
            (Some(fields), Value::Record(values)) => {
                let type_id = variable.type_id;
                Ok(self.row(fields, values, type_id, location))
            }
            _ => Ok(self.constant(variable.type_id, variable.typmod, &variable.value, location)),
        }
    }

    fn row(
        &self,
        fields: &Fields,
        values: &[(Arc<str>, Value)],
        row_typeid: Oid,
        location: ParseLoc,
    ) -> Expr {
        let args = fields
            .iter()
            .zip(values)
            .map(|(field, (_, value))| self.constant(field.type_id, field.typmod, value, location));
        Expr::RowExpr(Box::new(RowExpr {
            args: args.collect(),
            row_typeid,
            row_format: CoercionForm::CoerceImplicitCast,
            colnames: fields.iter().map(|field| Name::new(&field.name)).collect(),
            location,
        }))
    }

    fn field(
        &self,
        variable: &Variable,
        name: &str,
        field: &str,
        location: ParseLoc,
        must_exist: bool,
    ) -> Option<PgResult<Expr>> {
        let Some(fields) = &variable.fields else {
            return Some(if variable.value.is_null() {
                Err(not_assigned(name))
            } else {
                unknown(format!("what \"{name}\" holds is not known here"))
            });
        };
        let Some(index) = fields.iter().position(|known| &*known.name == field) else {
            return must_exist.then(|| Err(no_field(name, field).at(location.0).into()));
        };
        let value = match &variable.value {
            Value::Record(values) => {
                values.get(index).map_or(Value::Unknown, |(_, value)| value.clone())
            }
            Value::Null => Value::Null,
            _ => Value::Unknown, // a row that is not known
        };
        if !fields[index].type_id.is_valid() {
            return Some(unknown(format!("the type of \"{name}.{field}\" is not known here")));
        }
        Some(Ok(self.constant(fields[index].type_id, fields[index].typmod, &value, location)))
    }

    /// A value as an expression: a constant, or a parameter where it is unknown.
    fn constant(&self, type_id: Oid, typmod: i32, value: &Value, location: ParseLoc) -> Expr {
        let collid = get_typcollation(self.catalog, type_id);
        let is_row = matches!(value, Value::Record(_));
        if let Value::Record(values) = value
            && !value.is_untold()
            && type_is_rowtype(self.catalog, type_id)
            && let Some(columns) =
                crate::parser::funcapi::lookup_rowtype_tupdesc(self.catalog, type_id)
            && columns.len() == values.len()
        {
            let fields: Fields = columns.iter().map(field_of).collect();
            return self.row(&fields, values, type_id, location);
        }
        if value.is_untold() || is_row {
            let (kind, id, type_mod) = (ParamKind::Extern, 0, typmod);
            return Expr::Param(Param { kind, id, type_id, type_mod, collid, location });
        }
        let value = match value {
            Value::Int(oid) if is_reg(type_id) => Some(Datum::Oid(Oid(*oid as u32))),
            value => value.to_text().map(|text| Datum::Text(Arc::from(text))), // as it prints
        };
        let (consttype, consttypmod) = (type_id, typmod);
        Expr::Const(Const { consttype, consttypmod, constcollid: collid, value, location })
    }
}

/// A row type's column.
pub fn field_of(column: &crate::parser::funcapi::TupleAttr) -> Field {
    Field {
        name: Arc::from(column.name.as_str()),
        type_id: if column.dropped { fixed::INT4OID } else { column.type_id },
        typmod: column.typmod,
    }
}

/// PostgreSQL: instantiate_empty_record_variable.
pub fn not_assigned(name: &str) -> crate::findings::Stop {
    let message = format!("record \"{name}\" is not assigned yet");
    PgError::new(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message)
        .detail("The tuple structure of a not-yet-assigned record is indeterminate.")
        .into()
}

impl ParamHook for Names<'_> {
    fn pre_columnref(&self, reference: &ColumnRef) -> Option<PgResult<Expr>> {
        if self.variables.conflict != VariableConflict::UseVariable {
            return None;
        }
        self.resolve(reference, false)
    }

    fn post_columnref(&self, reference: &ColumnRef, found: bool) -> Option<PgResult<Expr>> {
        let conflict = self.variables.conflict;
        if conflict == VariableConflict::UseVariable
            || (found && conflict == VariableConflict::UseColumn)
        {
            return None;
        }
        if found && matches!(reference.fields.last(), Some(Node::AStar)) {
            return None;
        }
        self.resolve(reference, !found)
    }

    fn paramref(&self, number: i32, location: i32) -> Option<PgResult<Expr>> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let found = match &self.variables.parameters {
            Some(parameters) => parameters.get(index)?,
            None => self.variables.get(&format!("${number}"))?,
        };
        let location = ParseLoc(location);
        if found.is_untyped() {
            return Some(unknown(format!("the type of ${number} is not known here")));
        }
        Some(Ok(match (&found.fields, &found.value) {
            (Some(fields), Value::Record(values)) => {
                self.row(fields, values, found.type_id, location)
            }
            _ => self.constant(found.type_id, found.typmod, &found.value, location),
        }))
    }
}

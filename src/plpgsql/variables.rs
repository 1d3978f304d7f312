//! The names that a body's SQL sees: variables by scope, and the parameters of EXECUTE … USING.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::ast::Source;
use crate::executor::{Value, is_reg};
use crate::findings::PgResult;
use crate::nodes::ParseLoc;
use crate::nodes::primnodes::{CoercionForm, Const, Datum, Expr, Param, ParamKind, RowExpr};
use crate::nodes::tree::{ColumnRef, Node};
use crate::parser::parse_node::ParamHook;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// A variable: its type, InvalidOid for a record or where it is not known, and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    pub type_id: Oid,
    pub value: Value,
    /// What a cursor reads.
    pub cursor: Option<Cursor>,
}

/// A cursor: its query, the names of its arguments, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    pub source: Source,
    pub arguments: Vec<String>,
    pub state: CursorState,
}

/// Where a cursor stands.
#[derive(Debug, Clone, PartialEq)]
pub enum CursorState {
    Closed,
    /// Open before the first row, at a row (from 1), or behind the last.
    Open {
        names: Rc<Vec<Arc<str>>>,
        rows: Rc<Vec<Vec<Value>>>,
        at: usize,
    },
    /// Open; its rows depend on data.
    Unknown,
}

impl Variable {
    pub fn new(type_id: Oid, value: Value) -> Variable {
        Variable { type_id, value, cursor: None }
    }

    pub fn unknown() -> Variable {
        Variable::new(Oid::INVALID, Value::Unknown)
    }

    pub fn cursor(source: Source, arguments: Vec<String>) -> Variable {
        let cursor = Cursor { source, arguments, state: CursorState::Closed };
        Variable { type_id: fixed::REFCURSOROID, value: Value::Null, cursor: Some(cursor) }
    }

    /// Whether a whole row goes into it.
    pub fn is_row(&self) -> bool {
        self.type_id == fixed::RECORDOID
            || !self.type_id.is_valid()
            || matches!(self.value, Value::Record(_))
    }
}

/// The names of one block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    pub label: Option<String>,
    pub variables: BTreeMap<String, Variable>,
}

/// Everything that SQL in a body can refer to, innermost scope last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Variables {
    pub scopes: Vec<Scope>,
    /// `$1` … of EXECUTE … USING.
    pub parameters: Vec<Variable>,
}

impl Variables {
    pub fn innermost(&mut self) -> &mut BTreeMap<String, Variable> {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last].variables
    }

    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.scopes.iter().rev().find_map(|scope| scope.variables.get(name))
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut Variable> {
        self.scopes.iter_mut().rev().find_map(|scope| scope.variables.get_mut(name))
    }

    /// Gives a variable a value; a name that is not declared is passed over.
    pub fn assign(&mut self, name: &str, value: Value) {
        if let Some(variable) = self.get_mut(name) {
            variable.value = value;
        }
    }

    /// Replaces a variable.
    pub fn set(&mut self, name: &str, variable: Variable) {
        if let Some(old) = self.get_mut(name) {
            *old = variable;
        }
    }

    /// Gives a field of a record a value.
    pub fn assign_field(&mut self, name: &str, field: &str, value: Value) {
        let Some(variable) = self.get_mut(name) else { return };
        match &mut variable.value {
            Value::Record(fields) => {
                match fields.iter_mut().find(|(known, _)| known.as_ref() == field) {
                    Some((_, old)) => *old = value,
                    None => fields.push((Arc::from(field), value)),
                }
            }
            other => *other = Value::Unknown,
        }
    }

    /// Makes unknown whatever differs in the other.
    pub fn blur(&mut self, other: &Variables) {
        for (scope, theirs) in self.scopes.iter_mut().zip(&other.scopes) {
            for (name, variable) in &mut scope.variables {
                if theirs.variables.get(name).is_some_and(|their| their.value != variable.value) {
                    variable.value = Value::Unknown;
                }
            }
        }
    }
}

/// What a name means in SQL of the body: the variable's present value as a constant.
impl ParamHook for Variables {
    fn pre_columnref(&self, _reference: &ColumnRef) -> Option<PgResult<Expr>> {
        None
    }

    fn post_columnref(&self, reference: &ColumnRef, found: bool) -> Option<PgResult<Expr>> {
        if found {
            return None;
        }
        let names: Vec<&str> = reference
            .fields
            .iter()
            .filter_map(|field| match field {
                Node::String(name) => Some(name.as_str()),
                _ => None, // a star
            })
            .collect();
        if names.len() != reference.fields.len() {
            return None;
        }
        let location = reference.location;
        match names.as_slice() {
            [name] => self
                .get(name)
                .map(|variable| Ok(constant(variable.type_id, &variable.value, location))),
            [first, second] => {
                if let Some(variable) = self.get(first) {
                    return Some(Ok(field(variable, second, location)));
                }
                let scope = self
                    .scopes
                    .iter()
                    .rev()
                    .find(|scope| scope.label.as_deref() == Some(*first))?;
                scope
                    .variables
                    .get(*second)
                    .map(|variable| Ok(constant(variable.type_id, &variable.value, location)))
            }
            _ => None, // longer names are columns
        }
    }

    fn paramref(&self, number: i32, location: i32) -> Option<Expr> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let found = self.parameters.get(index).or_else(|| self.get(&format!("${number}")))?;
        Some(constant(found.type_id, &found.value, ParseLoc(location)))
    }
}

fn field(variable: &Variable, name: &str, location: ParseLoc) -> Expr {
    match &variable.value {
        Value::Record(fields) => match fields.iter().find(|(known, _)| known.as_ref() == name) {
            Some((_, value)) => constant(Oid::INVALID, value, location),
            None => constant(Oid::INVALID, &Value::Unknown, location),
        },
        _ => constant(Oid::INVALID, &Value::Unknown, location), // a row that is not known
    }
}

/// A value as an expression: a constant, or a parameter where it is unknown.
fn constant(type_id: Oid, value: &Value, location: ParseLoc) -> Expr {
    let natural = match value {
        Value::Bool(_) => fixed::BOOLOID,
        Value::Int(number) if i32::try_from(*number).is_ok() => fixed::INT4OID,
        Value::Int(_) => fixed::INT8OID,
        Value::Float(_) => fixed::FLOAT8OID,
        Value::Array(_) => fixed::TEXTARRAYOID,
        Value::Record(_) => fixed::RECORDOID,
        Value::Text(_) | Value::Null | Value::Unknown => fixed::TEXTOID,
    };
    let type_id = type_id.valid().unwrap_or(natural);
    let collid = if matches!(type_id, fixed::TEXTOID | fixed::VARCHAROID | fixed::BPCHAROID) {
        fixed::DEFAULT_COLLATION_OID
    } else if type_id == fixed::NAMEOID {
        fixed::C_COLLATION_OID
    } else {
        Oid::INVALID
    };
    if let Value::Record(fields) = value
        && !fields.is_empty()
        && fields.iter().all(|(_, field)| !matches!(field, Value::Unknown | Value::Record(_)))
    {
        return Expr::RowExpr(Box::new(RowExpr {
            args: fields.iter().map(|(_, field)| constant(Oid::INVALID, field, location)).collect(),
            row_typeid: fixed::RECORDOID,
            row_format: CoercionForm::CoerceExplicitCall,
            colnames: fields.iter().map(|(name, _)| Name::new(name)).collect(),
            location,
        }));
    }
    let text = match value {
        Value::Unknown | Value::Record(_) => {
            return Expr::Param(Param {
                kind: ParamKind::Extern,
                id: 0,
                type_id,
                type_mod: -1,
                collid,
                location,
            });
        }
        value => value.to_text(),
    };
    let value = match value {
        Value::Int(oid) if is_reg(type_id) => Some(Datum::Oid(Oid(*oid as u32))),
        _ => text.map(|text| Datum::Text(Arc::from(text))), // every other value as it prints
    };
    Expr::Const(Const { consttype: type_id, consttypmod: -1, constcollid: collid, value, location })
}

//! Assignments: to variables, fields of rows and members of arrays (PostgreSQL: exec_assign_value, exec_move_row).

use std::sync::Arc;

use super::Machine;
use super::sql::members;
use crate::catalog::guc::budget::{ITEM_LIMIT, TEXT_LIMIT};
use crate::executor::Value;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::ast::{IntoTarget, Sql};
use crate::plpgsql::names::no_field;
use crate::plpgsql::variables::{Field, Fields, Rows, Typed, Variable, not_assigned};

/// What a target names below its variable.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Field(String),
    Element(String),
    Slice(String, String),
}

/// A target's dotted name and what follows it.
fn split_target(text: &str) -> (Vec<String>, Vec<Step>) {
    let (mut names, mut steps): (Vec<String>, Vec<Step>) = (Vec::new(), Vec::new());
    let mut chars = text.trim().char_indices().peekable();
    let text = text.trim();
    let mut part = String::new();
    let mut has_part = false;
    let close =
        |part: &mut String, has: &mut bool, names: &mut Vec<String>, steps: &mut Vec<Step>| {
            if std::mem::take(has) {
                let name = std::mem::take(part);
                if steps.is_empty() { names.push(name) } else { steps.push(Step::Field(name)) }
            }
        };
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                has_part = true;
                while let Some((_, c)) = chars.next() {
                    if c != '"' {
                        part.push(c);
                    } else if chars.next_if(|(_, c)| *c == '"').is_some() {
                        part.push('"');
                    } else {
                        break;
                    }
                }
            }
            '.' => close(&mut part, &mut has_part, &mut names, &mut steps),
            '[' => {
                close(&mut part, &mut has_part, &mut names, &mut steps);
                let (mut depth, mut end, mut colon) = (1, text.len(), None);
                for (at, c) in chars.by_ref() {
                    match c {
                        '[' | '(' => depth += 1,
                        ']' | ')' => depth -= 1,
                        ':' if depth == 1 && colon.is_none() => colon = Some(at),
                        _ => {} // part of the subscript
                    }
                    if depth == 0 {
                        end = at;
                        break;
                    }
                }
                let inside = |from: usize, to: usize| text.get(from..to).unwrap_or("").to_string();
                let is_cast = colon.is_some_and(|colon| text[colon..].starts_with("::"));
                steps.push(match colon {
                    Some(colon) if !is_cast => {
                        Step::Slice(inside(at + 1, colon), inside(colon + 1, end))
                    }
                    _ => Step::Element(inside(at + 1, end)), // one member
                });
            }
            c if c.is_whitespace() => {}
            c => {
                has_part = true;
                part.extend(c.to_lowercase());
            }
        }
    }
    close(&mut part, &mut has_part, &mut names, &mut steps);
    (names, steps)
}

impl Machine<'_> {
    /// Assigns to `name`, `record.field`, `array[1]` and what these make together.
    pub(super) fn set(&mut self, target: &str, typed: Typed) -> PgResult<()> {
        let (names, mut steps) = split_target(target);
        let parts: Vec<&str> = names.iter().map(String::as_str).collect();
        let Some((place, used)) = self.variables.find(&parts) else {
            return unknown(format!("the variable \"{target}\" is not known"));
        };
        let mut path: Vec<Step> = names[used..].iter().cloned().map(Step::Field).collect();
        path.append(&mut steps);
        let name = place.1.clone();
        if path.is_empty() {
            return self.set_at(&place, &name, typed);
        }
        let Some(variable) = self.variables.at(&place).cloned() else { return Ok(()) };
        let whole = Typed { ..variable.typed() };
        let value = match self.changed(&name, whole, &path, typed)? {
            Some(value) => value,
            None => Value::Unknown,
        };
        if let Some(variable) = self.variables.at_mut(&place) {
            variable.value = value;
        }
        Ok(())
    }

    pub(super) fn set_variable(&mut self, name: &str, typed: Typed) -> PgResult<()> {
        match self.variables.find(&[name]) {
            Some((place, _)) => self.set_at(&place, name, typed),
            None => Ok(()),
        }
    }

    fn set_at(&mut self, place: &(usize, String), name: &str, typed: Typed) -> PgResult<()> {
        refuse_huge(&typed.value)?;
        let Some(variable) = self.variables.at(place).cloned() else { return Ok(()) };
        let mut new = variable.clone();
        if variable.is_row() {
            self.set_row(name, &mut new, typed)?;
        } else if variable.is_untyped() {
            new.value = typed.value;
        } else {
            // Untyped NULL is NULL of any type; a domain still has its say.
            let typed = match typed.type_id.is_valid() {
                true => typed,
                false => Typed { type_id: fixed::UNKNOWNOID, ..typed },
            };
            new.value = self.converted(typed, variable.type_id, variable.typmod)?;
        }
        self.check_not_null(name, &new, &new.value)?;
        if let Some(old) = self.variables.at_mut(place) {
            *old = new;
        }
        Ok(())
    }

    /// A row into a row variable (PostgreSQL: exec_move_row_from_datum).
    fn set_row(&mut self, name: &str, variable: &mut Variable, typed: Typed) -> PgResult<()> {
        let is_record = variable.type_id == fixed::RECORDOID;
        match typed.value {
            Value::Null => {
                variable.value = Value::Null;
                if is_record && typed.fields.is_some() {
                    variable.fields = typed.fields;
                } else if is_record && !typed.type_id.is_valid() {
                    variable.fields = None;
                }
            }
            Value::Record(values) => {
                let given = match typed.fields {
                    Some(fields) => Some(fields),
                    None => self.host.fields_of(typed.type_id),
                };
                let Some(given) = given else {
                    variable.value = Value::Unknown;
                    if is_record {
                        variable.fields = None;
                    }
                    return Ok(());
                };
                if is_record {
                    variable.fields = Some(given);
                    variable.value = Value::Record(values);
                } else if let Some(wanted) = variable.fields.clone() {
                    let values = values.into_iter().map(|(_, value)| value).collect();
                    variable.value = self.row_as(&wanted, &given, values)?;
                }
            }
            Value::Unknown => {
                variable.value = Value::Unknown;
                if is_record {
                    variable.fields = typed.fields;
                }
            }
            _ => {
                let message = "cannot assign non-composite value to a record variable".to_string();
                let _ = name;
                return Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message).into());
            }
        }
        Ok(())
    }

    /// A row's values as those of another row type, by position (PostgreSQL: exec_move_row_from_fields).
    fn row_as(&mut self, wanted: &Fields, given: &Fields, values: Vec<Value>) -> PgResult<Value> {
        let mut out = Vec::with_capacity(wanted.len());
        let mut from = given
            .iter()
            .zip(values)
            .filter(|(field, _)| !field.name.starts_with("........pg.dropped."));
        for field in wanted.iter() {
            let dropped = field.name.starts_with("........pg.dropped.");
            let value = match if dropped { None } else { from.next() } {
                Some((source, value)) => {
                    let typed =
                        Typed { typmod: source.typmod, ..Typed::new(value, source.type_id) };
                    self.converted(typed, field.type_id, field.typmod)?
                }
                None => Value::Null,
            };
            out.push((field.name.clone(), value));
        }
        Ok(Value::Record(out))
    }

    /// The whole with one part changed; None where it cannot be told.
    fn changed(
        &mut self,
        name: &str,
        whole: Typed,
        path: &[Step],
        new: Typed,
    ) -> PgResult<Option<Value>> {
        let Some((step, rest)) = path.split_first() else {
            return self.converted(new, whole.type_id, whole.typmod).map(Some);
        };
        match step {
            Step::Field(field) => self.changed_field(name, whole, field, rest, new),
            Step::Element(index) => self.changed_element(name, whole, index, rest, new),
            Step::Slice(lower, upper) => self.changed_slice(whole, lower, upper, rest, new),
        }
    }

    fn changed_field(
        &mut self,
        name: &str,
        whole: Typed,
        field: &str,
        rest: &[Step],
        new: Typed,
    ) -> PgResult<Option<Value>> {
        let fields = match whole.fields {
            Some(fields) => fields,
            None if whole.type_id == fixed::RECORDOID && whole.value.is_null() => {
                return Err(not_assigned(name));
            }
            None => match self.host.fields_of(whole.type_id) {
                Some(fields) => fields,
                None => return Ok(None),
            },
        };
        let Some(index) = fields.iter().position(|known| &*known.name == field) else {
            return Err(no_field(name, field).into());
        };
        let mut values = match whole.value {
            Value::Record(values) => values,
            Value::Null => fields.iter().map(|field| (field.name.clone(), Value::Null)).collect(),
            _ => fields.iter().map(|field| (field.name.clone(), Value::Unknown)).collect(), // untold
        };
        let Some((_, old)) = values.get(index) else { return Ok(None) };
        let part = Typed {
            value: old.clone(),
            type_id: fields[index].type_id,
            typmod: fields[index].typmod,
            fields: None,
        };
        let value = self.changed(name, part, rest, new)?;
        values[index].1 = value.unwrap_or(Value::Unknown);
        Ok(Some(Value::Record(values)))
    }

    fn subscript(&mut self, text: &str) -> PgResult<Option<i64>> {
        let typed = self.text_value(text)?;
        match self.converted(typed, fixed::INT4OID, -1)? {
            Value::Null => {
                let message = "array subscript in assignment must not be null";
                Err(PgError::new(sqlstate::NULL_VALUE_NOT_ALLOWED, message).into())
            }
            value => Ok(value.as_int()),
        }
    }

    fn changed_element(
        &mut self,
        name: &str,
        whole: Typed,
        index: &str,
        rest: &[Step],
        new: Typed,
    ) -> PgResult<Option<Value>> {
        let element = self.host.element_type(whole.type_id);
        if !element.is_valid() {
            return Ok(None); // jsonb and other types with subscripts of their own
        }
        let Some(index) = self.subscript(index)? else { return Ok(None) };
        if matches!(rest.first(), Some(Step::Element(_) | Step::Slice(..))) {
            return Ok(None); // arrays of several dimensions
        }
        let mut items = match whole.value {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            _ => return Ok(None), // an array that is not known
        };
        let Some(index) = usize::try_from(index).ok().and_then(|index| index.checked_sub(1)) else {
            return Ok(None); // another lower bound
        };
        if index >= ITEM_LIMIT || items.iter().any(|item| matches!(item, Value::Array(_))) {
            return Ok(None);
        }
        if items.is_empty() && index > 0 {
            return Ok(None); // its lower bound is the subscript
        }
        while items.len() <= index {
            items.push(Value::Null);
        }
        let part = Typed { typmod: whole.typmod, ..Typed::new(items[index].clone(), element) };
        items[index] = self.changed(name, part, rest, new)?.unwrap_or(Value::Unknown);
        Ok(Some(Value::Array(items)))
    }

    fn changed_slice(
        &mut self,
        whole: Typed,
        lower: &str,
        upper: &str,
        rest: &[Step],
        new: Typed,
    ) -> PgResult<Option<Value>> {
        let bounds = (self.subscript(lower)?, self.subscript(upper)?);
        let (Some(lower), Some(upper), [], Value::Array(mut items)) =
            (bounds.0, bounds.1, rest, whole.value)
        else {
            return Ok(None);
        };
        let (Value::Array(given), true) = (self.converted(new, whole.type_id, -1)?, lower >= 1)
        else {
            return Ok(None);
        };
        let count = usize::try_from(upper - lower + 1).unwrap_or(0);
        let start = lower as usize - 1;
        if given.len() < count {
            let message = "source array too small";
            return Err(PgError::new(sqlstate::ARRAY_SUBSCRIPT_ERROR, message).into());
        }
        if start + count > ITEM_LIMIT || items.iter().any(|item| matches!(item, Value::Array(_))) {
            return Ok(None);
        }
        while items.len() < start + count {
            items.push(Value::Null);
        }
        for (place, item) in items[start..start + count].iter_mut().zip(given) {
            *place = item;
        }
        Ok(Some(Value::Array(items)))
    }

    /// What was assigned is not known any more.
    pub(super) fn forget(&mut self, targets: &[Sql], fields: Option<Fields>) {
        for target in targets {
            let (names, _) = split_target(&target.text);
            let parts: Vec<&str> = names.iter().map(String::as_str).collect();
            let Some((place, used)) = self.variables.find(&parts) else { continue };
            let Some(variable) = self.variables.at_mut(&place) else { continue };
            if let (Some(field), Value::Record(values)) = (names.get(used), &mut variable.value)
                && let Some((_, value)) = values.iter_mut().find(|(name, _)| **name == **field)
            {
                *value = Value::Unknown;
                continue;
            }
            variable.value = Value::Unknown;
            if variable.type_id == fixed::RECORDOID {
                variable.fields.clone_from(&fields);
            }
        }
    }

    /// Puts a row into its targets: one record, or one value each.
    pub(super) fn put_row(
        &mut self,
        targets: &[Sql],
        fields: &Fields,
        row: Option<Vec<Value>>,
    ) -> PgResult<()> {
        if let [target] = targets {
            let (names, steps) = split_target(&target.text);
            let parts: Vec<&str> = names.iter().map(String::as_str).collect();
            let found = self.variables.find(&parts).filter(|(_, used)| *used == names.len());
            let place = found.map(|(place, _)| place);
            let variable = place.as_ref().and_then(|place| self.variables.at(place)).cloned();
            if let (Some(place), Some(variable), true) = (place, variable, steps.is_empty())
                && variable.is_row()
            {
                let value = row_value(fields, row);
                let typed =
                    Typed { fields: Some(fields.clone()), ..Typed::new(value, fixed::RECORDOID) };
                // One column of the variable's own row type is the row.
                if let (Value::Record(values), [only]) = (&typed.value, &**fields)
                    && only.type_id == variable.type_id
                    && variable.type_id != fixed::RECORDOID
                    && let Some((_, inner)) = values.first()
                {
                    let typed = Typed::new(inner.clone(), only.type_id);
                    return self.set_at(&place, &names.join("."), typed);
                }
                return self.set_at(&place, &names.join("."), typed);
            }
        }
        let mut values = row.into_iter().flatten();
        let mut fields = fields.iter();
        for target in targets {
            let typed = match (fields.next(), values.next()) {
                (Some(field), Some(value)) => {
                    Typed { typmod: field.typmod, ..Typed::new(value, field.type_id) }
                }
                _ => Typed::new(Value::Null, Oid::INVALID), // fewer columns than targets
            };
            self.set(&target.text, typed)?;
        }
        Ok(())
    }

    pub(super) fn into(&mut self, into: &IntoTarget, answer: PgResult<Rows>) -> PgResult<()> {
        use crate::findings::Stop;
        let answer = match answer {
            Err(Stop::Unknown(reason)) => {
                self.reason = reason;
                None
            }
            Err(stop) => return Err(stop),
            Ok(answer) => Some(answer),
        };
        let Some(answer) = answer else {
            self.forget(&into.targets, None);
            // Without STRICT no row is no error, so FOUND alone is undecided.
            self.set_found(None);
            if into.strict {
                return unknown("whether there is exactly one row depends on data");
            }
            return Ok(());
        };
        self.check_row_count(into, answer.rows.len())?;
        let count = answer.rows.len().min(1) as i64;
        let row = answer.rows.into_iter().next();
        self.put_row(&into.targets, &answer.fields, row)?;
        self.set_found(Some(count));
        Ok(())
    }

    pub(super) fn check_row_count(&self, into: &IntoTarget, count: usize) -> PgResult<()> {
        if into.strict && count == 0 {
            return Err(PgError::new(sqlstate::NO_DATA_FOUND, "query returned no rows").into());
        }
        if into.strict && count > 1 {
            return Err(too_many_rows());
        }
        Ok(())
    }

    /// The members of a list as the fields and the row that they make.
    pub(super) fn list_row(&mut self, text: &str) -> PgResult<(Fields, Vec<Value>)> {
        let (mut fields, mut row) = (Vec::new(), Vec::new());
        for (_, member) in members(text) {
            let typed = self.text_value(&member)?;
            fields.push(Field { name: Arc::from(""), type_id: typed.type_id, typmod: -1 });
            row.push(typed.value);
        }
        Ok((fields.into(), row))
    }
}

/// PostgreSQL: exec_stmt_execsql, of more rows than INTO takes.
pub(super) fn too_many_rows() -> Stop {
    PgError::new(sqlstate::TOO_MANY_ROWS, "query returned more than one row")
        .hint("Make sure the query returns a single row, or use LIMIT 1.")
        .into()
}

/// A row as one value; without a row NULL in each column.
pub(super) fn row_value(fields: &Fields, row: Option<Vec<Value>>) -> Value {
    let values = row.unwrap_or_else(|| vec![Value::Null; fields.len()]);
    Value::Record(fields.iter().map(|field| field.name.clone()).zip(values).collect())
}

fn refuse_huge(value: &Value) -> PgResult<()> {
    let is_huge = match value {
        Value::Text(text) => text.len() > TEXT_LIMIT,
        Value::Array(items) => items.len() > ITEM_LIMIT,
        _ => false, // other values do not grow
    };
    if is_huge { unknown("a value is larger than is followed here") } else { Ok(()) }
}

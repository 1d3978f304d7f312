//! Casts between types, as far as values are held here (PostgreSQL: pg_cast's functions, and the input functions).

use std::sync::Arc;

use super::expr::Evaluator;
use super::functions;
use crate::catalog::decimal::Decimal;
use crate::catalog::lsyscache::{get_base_type, get_element_type};
use crate::catalog::value::Value;
use crate::catalog::{PgConstraint, PgType};
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::primnodes::{CmdType, Const, Datum, Expr, Param, ParamKind, Query};
use crate::parser::literals::input_function_call;
use crate::parser::parse_node::Shared;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// A value as a constant of the type.
pub fn constant(value: &Value, type_id: Oid, typmod: i32) -> Expr {
    let location = ParseLoc::NONE;
    if value.is_untold() || matches!(value, Value::Record(_)) {
        let kind = ParamKind::Extern;
        let (type_mod, collid) = (typmod, Oid::INVALID);
        return Expr::Param(Param { kind, id: 0, type_id, type_mod, collid, location });
    }
    let value = match value {
        Value::Int(oid) if functions::is_reg(type_id) => Some(Datum::Oid(Oid(*oid as u32))),
        value => value.to_text().map(|text| Datum::Text(Arc::from(text))), // as it prints
    };
    let constcollid = match type_id {
        fixed::TEXTOID | fixed::VARCHAROID | fixed::BPCHAROID => fixed::DEFAULT_COLLATION_OID,
        _ => Oid::INVALID, // no text
    };
    Expr::Const(Const { consttype: type_id, consttypmod: typmod, constcollid, value, location })
}

/// As the type's output function prints it, None for NULL; nothing where the value cannot be told.
pub fn printed(shared: Shared, value: &Value, type_id: Oid) -> Option<Option<String>> {
    match value {
        Value::Int(oid) if functions::is_reg(type_id) => {
            Some(functions::reg_out(shared, *oid, type_id).to_text())
        }
        value => (!value.is_untold()).then(|| value.to_text()), // as it is held
    }
}

fn is_number(type_id: Oid) -> bool {
    matches!(
        type_id,
        fixed::INT2OID
            | fixed::INT4OID
            | fixed::INT8OID
            | fixed::NUMERICOID
            | fixed::FLOAT4OID
            | fixed::FLOAT8OID
    )
}

pub(super) fn out_of_range(type_id: Oid) -> Stop {
    let name = match type_id {
        fixed::INT2OID => "smallint",
        fixed::INT4OID => "integer",
        _ => "bigint", // what is left
    };
    PgError::new(sqlstate::NUMERIC_VALUE_OUT_OF_RANGE, format!("{name} out of range")).into()
}

/// A whole number in the range of its type.
pub(super) fn in_range(number: Option<i64>, type_id: Oid) -> PgResult<Value> {
    let fits = |number: &i64| match type_id {
        fixed::INT2OID => i16::try_from(*number).is_ok(),
        fixed::INT4OID => i32::try_from(*number).is_ok(),
        _ => true, // bigint
    };
    number.filter(fits).map(Value::Int).ok_or_else(|| out_of_range(type_id))
}

/// A domain's condition over a value; None where it cannot be told.
pub fn over_domain_value(expr: &Expr, shared: Shared, value: Value) -> PgResult<Option<Value>> {
    let query = Query::new(CmdType::CmdSelect);
    let mut evaluator = Evaluator::over(shared, &query);
    if value.is_untold() {
        return Ok(None);
    }
    evaluator.domain_value = Some(value);
    match evaluator.expr(expr) {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Unknown(_)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

impl Evaluator<'_> {
    /// A value as one of another type.
    pub(super) fn cast(&self, value: Value, from: Oid, to: Oid) -> PgResult<Value> {
        let catalog = self.shared.catalog;
        let (from, base) = (get_base_type(catalog, from), get_base_type(catalog, to));
        if value.is_null() || from == base {
            return Ok(value);
        }
        if is_number(from) && is_number(base) {
            return number(value, base);
        }
        let value = self.output_form(value, from, base);
        match (&value, base) {
            (Value::Bool(value), fixed::INT4OID) => return Ok(Value::Int(i64::from(*value))),
            (Value::Int(value), fixed::BOOLOID) => return Ok(Value::Bool(*value != 0)),
            (Value::Int(_), _) if functions::is_reg(base) || base == fixed::OIDOID => {
                return Ok(value);
            }
            (Value::Int(_), fixed::INT8OID | fixed::INT4OID) => return Ok(value),
            _ => {} // by their texts
        }
        let category = |oid| catalog.get::<PgType>(oid).map_or(0, |row| row.typcategory);
        let is_date = |oid| {
            matches!(
                oid,
                fixed::DATEOID
                    | fixed::TIMESTAMPOID
                    | fixed::TIMESTAMPTZOID
                    | fixed::TIMEOID
                    | fixed::TIMETZOID
                    | fixed::INTERVALOID
            )
        };
        let Some(text) = value.to_text() else { return Ok(Value::Null) };
        if is_date(from) && is_date(base) {
            return super::datetime::cast(&text, from, base);
        }
        if functions::is_reg(base) {
            return functions::reg_in(self.shared, &text, base);
        }
        if category(base) == b'S' {
            if from == fixed::BPCHAROID {
                return Ok(functions::typed(self.shared, text.trim_end_matches(' '), base));
            }
            return match category(from) {
                b'I' => unknown("a network address is not written out"),
                _ => Ok(functions::typed(self.shared, &text, base)),
            };
        }
        self.read(&text, base)
    }

    /// A text read as a value of the type (PostgreSQL: InputFunctionCall).
    pub(super) fn read(&self, text: &str, type_id: Oid) -> PgResult<Value> {
        match input_function_call(&self.shared, type_id, text, -1).map_err(Stop::without_place)? {
            Datum::Text(text) => Ok(functions::typed(self.shared, &text, type_id)),
            Datum::Oid(oid) => Ok(Value::Int(i64::from(oid.0))),
            Datum::Raw(text) => functions::unread(self.shared, &text, type_id),
        }
    }

    /// An array with each member cast.
    pub(super) fn array_cast(&self, value: Value, from: Oid, to: Oid) -> PgResult<Value> {
        let catalog = self.shared.catalog;
        let (from, to) = (get_element_type(catalog, from), get_element_type(catalog, to));
        self.members_cast(value, from, to)
    }

    fn members_cast(&self, value: Value, from: Oid, to: Oid) -> PgResult<Value> {
        match value {
            Value::Array(items) => {
                let cast = |item| self.members_cast(item, from, to);
                Ok(Value::Array(items.into_iter().map(cast).collect::<PgResult<_>>()?))
            }
            Value::Null => Ok(Value::Null),
            value if from.is_valid() && to.is_valid() => self.cast(value, from, to),
            value => Ok(value), // no array
        }
    }

    /// A value that a domain's constraints allow (PostgreSQL: ExecEvalConstraintNotNull, ExecEvalConstraintCheck).
    pub(super) fn domain(&mut self, value: Value, domain: Oid) -> PgResult<Value> {
        let catalog = self.shared.catalog;
        let mut levels = Vec::new();
        let mut at = domain;
        while let Some(row) = catalog.get::<PgType>(at).filter(|row| row.typtype == b'd') {
            levels.push(at);
            at = row.typbasetype;
        }
        // A base domain's constraints come first.
        for level in levels.into_iter().rev() {
            let Some(row) = catalog.get::<PgType>(level) else { continue };
            let name = &row.typname;
            if row.typnotnull && value.is_null() {
                let message = format!("domain {name} does not allow null values");
                return Err(PgError::new(sqlstate::NOT_NULL_VIOLATION, message).into());
            }
            let mut checks: Vec<_> = catalog
                .find_all::<PgConstraint>(&level)
                .filter(|check| check.contype == b'c')
                .collect();
            checks.sort_by(|a, b| a.conname.cmp(&b.conname));
            for check in checks {
                let Some(condition) = &check.conbin else { continue };
                let query = Query::new(CmdType::CmdSelect);
                let mut inner = Evaluator::over(self.shared, &query);
                inner.domain_value = Some(value.clone());
                if inner.expr(condition)?.as_bool() == Some(false) {
                    let message = format!(
                        "value for domain {name} violates check constraint \"{}\"",
                        check.conname
                    );
                    return Err(PgError::new(sqlstate::CHECK_VIOLATION, message).into());
                }
            }
        }
        Ok(value)
    }
}

fn number(value: Value, to: Oid) -> PgResult<Value> {
    Ok(match (to, value) {
        (fixed::NUMERICOID, Value::Int(number)) => Value::Numeric(Decimal::whole(number)),
        (fixed::NUMERICOID, Value::Float(number)) => match Decimal::parse(&format!("{number}")) {
            Some(number) => Value::Numeric(number),
            None => return unknown("a floating-point number is not written out"),
        },
        (fixed::FLOAT4OID | fixed::FLOAT8OID, Value::Int(number)) => Value::Float(number as f64),
        (fixed::FLOAT4OID | fixed::FLOAT8OID, Value::Numeric(number)) => {
            Value::Float(number.to_f64())
        }
        (fixed::FLOAT4OID | fixed::FLOAT8OID, value) => value,
        (_, Value::Numeric(number)) => return in_range(number.to_i64(), to),
        (_, Value::Float(number)) if number.abs() < 9e18 => {
            return in_range(Some(number.round_ties_even() as i64), to);
        }
        (_, Value::Float(_)) => return Err(out_of_range(to)),
        (_, Value::Int(number)) => return in_range(Some(number), to),
        (_, value) => value, // NaN and the like stay as they print
    })
}

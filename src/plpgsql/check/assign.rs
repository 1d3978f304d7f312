//! Where values go: assignments, INTO, RETURN (PostgreSQL: exec_assign_value, exec_move_row, exec_stmt_return and its
//! sisters, pl_exec.c).

use super::body::Checker;
use super::words::dotted;
use crate::catalog::lsyscache::{get_element_type, type_is_rowtype};
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{CoercionContext, CoercionForm, Const, Datum, Expr, Query};
use crate::parser::funcapi::{TupleAttr, TupleDesc, get_expr_result_tupdesc};
use crate::parser::parse_coerce::{coerce_to_target_type, is_polymorphic_type};
use crate::parser::parse_node::ParseState;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::plpgsql::ast::{Source, Sql};
use crate::plpgsql::names::{RowShape, no_field};
use std::rc::Rc;

/// What an assignment goes to.
enum Target {
    /// A whole variable, by its number.
    Variable(usize),
    /// Something of a type: a field or an element.
    Part(Oid, i32),
}

impl Checker<'_> {
    /// The type of a record's field.
    pub(super) fn field_type(&mut self, number: usize, field: &str) -> PgResult<(Oid, i32)> {
        let variable = &self.names.variables[number];
        if variable.is_unknown() {
            return unknown("a variable's type is not known");
        }
        let Some(row) = variable.row(self.shared.catalog) else {
            return unknown(format!("what \"{}\" holds is not known here", variable.name));
        };
        match row.columns.iter().find(|column| !column.dropped && column.name == field) {
            Some(column) => Ok((column.type_id, column.typmod)),
            None => Err(no_field(&variable.name, field).into()),
        }
    }

    /// What a target's text names; None where it is not known.
    fn target(&mut self, target: &Sql) -> Option<Target> {
        let (names, rest) = dotted(&target.text)?;
        let (number, field) = self.names.lookup(&names)?;
        self.names.variables[number].used.set(true);
        let subscripted = rest.trim_start().starts_with('[');
        let (type_id, typmod) = match field {
            None if !subscripted => return Some(Target::Variable(number)),
            None => (self.names.variables[number].type_id, -1),
            Some(field) => {
                let found = self.field_type(number, &field);
                self.touch_field(number, &field, target.offset);
                self.take(found, target.offset)?
            }
        };
        if !subscripted {
            return Some(Target::Part(type_id, typmod));
        }
        let element = get_element_type(self.shared.catalog, type_id);
        element.is_valid().then_some(Target::Part(element, -1))
    }

    /// Notes that a column of a table's row was assigned to.
    fn touch_field(&mut self, number: usize, field: &str, offset: usize) {
        let catalog = self.shared.catalog;
        let Some(row) = self.names.variables[number].row(catalog) else { return };
        let relation = crate::catalog::lsyscache::get_typ_typrelid(catalog, row.row_type);
        let place = row.columns.iter().position(|column| !column.dropped && column.name == field);
        if let (true, Some(index)) = (relation.is_valid(), place) {
            self.touch(
                crate::catalog::objectaddress::ObjectAddress::column(relation, index as i16 + 1),
                offset,
            );
        }
    }

    pub(super) fn assignment(&mut self, target: &Sql, value: &Sql) {
        let target = self.target(target);
        let Some(query) = self.expression(value) else {
            if let Some(Target::Variable(number)) = target {
                self.names.variables[number].shape = None;
            }
            return;
        };
        match target {
            Some(Target::Variable(number)) => {
                let (type_id, typmod) = {
                    let variable = &self.names.variables[number];
                    (variable.type_id, variable.typmod)
                };
                self.fits(&query, type_id, typmod, value.offset);
                let shape =
                    query.target_list.first().and_then(|target| self.row_value(&target.expr));
                if type_id == fixed::RECORDOID {
                    self.names.variables[number].shape = shape;
                }
            }
            Some(Target::Part(type_id, typmod)) => self.fits(&query, type_id, typmod, value.offset),
            None => {}
        }
    }

    /// The row that a composite value is.
    fn row_value(&self, expr: &Expr) -> Option<RowShape> {
        let columns = get_expr_result_tupdesc(self.shared.catalog, expr)?;
        Some(RowShape { columns: Rc::new(columns), row_type: expr_type(expr) })
    }

    /// An expression whose value goes to something of a type.
    pub(super) fn assigned_value(&mut self, value: &Sql, type_id: Oid, typmod: i32) {
        if let Some(query) = self.expression(value) {
            self.fits(&query, type_id, typmod, value.offset);
        }
    }

    /// Whether an expression's value can go to something of a type (PostgreSQL: exec_assign_value).
    fn fits(&mut self, query: &Query, type_id: Oid, typmod: i32, offset: usize) {
        if !type_id.is_valid() || is_polymorphic_type(type_id) {
            return;
        }
        let Some(target) = query.target_list.first() else { return };
        let catalog = self.shared.catalog;
        let is_null = matches!(&target.expr, Expr::Const(value) if value.value.is_none());
        let source = expr_type(&target.expr);
        if is_null || source == type_id {
            return;
        }
        if type_is_rowtype(catalog, type_id) {
            if !type_is_rowtype(catalog, source)
                && source != fixed::UNKNOWNOID
                && source != fixed::TEXTOID
            {
                let message = "cannot assign non-composite value to a record variable";
                self.fails(PgError::new(sqlstate::DATATYPE_MISMATCH, message), offset);
            }
            return;
        }
        if let Expr::Const(Const { value: Some(Datum::Text(_)), consttype, .. }) = &target.expr
            && matches!(*consttype, fixed::TEXTOID | fixed::UNKNOWNOID)
        {
            let found = self.literal(&target.expr, type_id, typmod);
            self.take(found, offset);
        }
    }

    /// Whether a string can be read as a type.
    fn literal(&self, expr: &Expr, type_id: Oid, typmod: i32) -> PgResult<()> {
        let pstate = ParseState::new(self.shared, None);
        let mut literal = expr.clone();
        if let Expr::Const(value) = &mut literal {
            value.consttype = fixed::UNKNOWNOID;
        }
        let (context, form) =
            (CoercionContext::CoercionAssignment, CoercionForm::CoerceImplicitCast);
        let unknown = fixed::UNKNOWNOID;
        match coerce_to_target_type(&pstate, literal, unknown, type_id, typmod, context, form, -1) {
            Err(Stop::Error(error)) if error.sqlstate.class() == "22" => Err(Stop::Error(error)),
            // Other errors would come from elsewhere.
            _ => Ok(()),
        }
    }

    /// INTO: one row variable takes the row, else each variable its column (PostgreSQL: exec_move_row).
    pub(super) fn into(&mut self, targets: &[Sql], shape: Option<RowShape>) {
        if let [target] = targets
            && let Some((names, rest)) = dotted(&target.text)
            && rest.trim().is_empty()
            && let Some((number, None)) = self.names.lookup(&names)
        {
            let catalog = self.shared.catalog;
            let variable = &mut self.names.variables[number];
            variable.used.set(true);
            if variable.type_id == fixed::RECORDOID {
                let nested = |shape: &RowShape| {
                    shape.columns.len() == 1 && type_is_rowtype(catalog, shape.columns[0].type_id)
                };
                // Whether a row of one row is taken apart is left open.
                variable.shape = shape.filter(|shape| !nested(shape));
            }
            return;
        }
        for target in targets {
            self.target(target);
        }
    }

    /// FOREACH over an array.
    pub(super) fn foreach(&mut self, targets: &[Sql], slice: usize, array: &Sql) {
        let Some(query) = self.expression(array) else { return self.into(targets, None) };
        let type_id =
            query.target_list.first().map_or(Oid::INVALID, |target| expr_type(&target.expr));
        let catalog = self.shared.catalog;
        let base = crate::catalog::lsyscache::get_base_type(catalog, type_id);
        let element = get_element_type(catalog, base);
        if !element.is_valid() && type_id.is_valid() && !is_polymorphic_type(type_id) {
            let message = format!(
                "FOREACH expression must yield an array, not type {}",
                self.shared.format_type(type_id)
            );
            self.fails(PgError::new(sqlstate::DATATYPE_MISMATCH, message), array.offset);
            return;
        }
        let columns = crate::parser::funcapi::lookup_rowtype_tupdesc(catalog, element);
        let shape = columns
            .filter(|_| slice == 0)
            .map(|columns| RowShape { columns: Rc::new(columns), row_type: element });
        self.into(targets, shape);
    }

    // RETURN.

    pub(super) fn return_value(&mut self, value: &Sql) {
        let Some(query) = self.expression(value) else { return };
        let Some(target) = query.target_list.first() else { return };
        let (source, result) = (expr_type(&target.expr), self.proc.prorettype);
        let is_null = matches!(&target.expr, Expr::Const(value) if value.value.is_none());
        if is_null || source == fixed::UNKNOWNOID {
            return;
        }
        let catalog = self.shared.catalog;
        if result == fixed::TRIGGEROID {
            if !type_is_rowtype(catalog, source) {
                let message =
                    "cannot return non-composite value from function returning composite type";
                self.fails(PgError::new(sqlstate::DATATYPE_MISMATCH, message), value.offset);
            } else if let (Some(row), Some(expected)) =
                (self.row_value(&target.expr), self.trigger_row.clone())
                && row.row_type != expected.row_type
            {
                let what =
                    "returned row structure does not match the structure of the triggering table";
                self.same_row(&row.columns, &expected.columns, what, value.offset);
            }
            return;
        }
        if !type_is_rowtype(catalog, result) {
            return self.fits(&query, result, -1, value.offset);
        }
        if !type_is_rowtype(catalog, source) {
            let message =
                "cannot return non-composite value from function returning composite type";
            self.fails(PgError::new(sqlstate::DATATYPE_MISMATCH, message), value.offset);
        } else if let (Some(row), Some(expected)) =
            (self.row_value(&target.expr), self.result.clone())
            && row.row_type != result
        {
            let what = "returned record type does not match expected record type";
            self.same_row(&row.columns, &expected, what, value.offset);
        }
    }

    pub(super) fn return_next(&mut self, value: &Sql) {
        let Some(query) = self.expression(value) else { return };
        let Some(target) = query.target_list.first() else { return };
        let source = expr_type(&target.expr);
        let Some(expected) = self.result.clone() else { return };
        let is_row = type_is_rowtype(self.shared.catalog, source);
        match (is_row, self.row_value(&target.expr)) {
            (true, Some(row)) if row.row_type != self.proc.prorettype => {
                let what = "wrong record type supplied in RETURN NEXT";
                self.same_row(&row.columns, &expected, what, value.offset);
            }
            (true, _) => {}
            (false, _) => match expected.as_slice() {
                [column] => self.fits(&query, column.type_id, column.typmod, value.offset),
                _ if source == fixed::UNKNOWNOID => {}
                _ => {
                    let message =
                        "cannot return non-composite value from function returning composite type";
                    self.fails(PgError::new(sqlstate::DATATYPE_MISMATCH, message), value.offset);
                }
            },
        }
    }

    pub(super) fn return_query(&mut self, source: &Source) {
        let offset = match source {
            Source::Query(query) => query.offset,
            Source::Dynamic { command, .. } => command.offset,
        };
        let Some(row) = self.source(source) else { return };
        if let Some(expected) = self.result.clone() {
            let what = "structure of query does not match function result type";
            self.same_row(&row.columns, &expected, what, offset);
        }
    }

    /// Whether a row's columns are the expected ones (PostgreSQL: build_attrmap_by_position).
    fn same_row(&mut self, actual: &TupleDesc, expected: &TupleDesc, what: &str, offset: usize) {
        let live = |columns: &TupleDesc| -> Vec<TupleAttr> {
            columns.iter().filter(|column| !column.dropped).cloned().collect()
        };
        let (actual, expected) = (live(actual), live(expected));
        if expected
            .iter()
            .chain(&actual)
            .any(|c| is_polymorphic_type(c.type_id) || !c.type_id.is_valid())
        {
            return;
        }
        let refused =
            |detail: String| PgError::new(sqlstate::DATATYPE_MISMATCH, what).detail(detail);
        for (index, (have, want)) in actual.iter().zip(&expected).enumerate() {
            let same =
                have.type_id == want.type_id && (want.typmod < 0 || have.typmod == want.typmod);
            if !same {
                let place = self.column_label(&want.name, index + 1);
                let detail = format!(
                    "Returned type {} does not match expected type {} in column {place}.",
                    self.shared.format_type_mod(have.type_id, have.typmod),
                    self.shared.format_type_mod(want.type_id, want.typmod),
                );
                return self.fails(refused(detail), offset);
            }
        }
        if actual.len() != expected.len() {
            let detail = format!(
                "Number of returned columns ({}) does not match expected column count ({}).",
                actual.len(),
                expected.len()
            );
            self.fails(refused(detail), offset);
        }
    }

    /// Since PostgreSQL 18 the message names the column.
    fn column_label(&self, name: &Name, position: usize) -> String {
        if self.shared.catalog.version().major() >= 18 {
            format!("\"{name}\" (position {position})")
        } else {
            position.to_string()
        }
    }
}

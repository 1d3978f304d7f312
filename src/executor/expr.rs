//! Expressions evaluated over the present rows, with SQL's three-valued logic.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::functions;
use super::index::{Candidates, ValueIndex, is_exact};
use super::operators;
use super::query::{Binding, Cache, Frame, Row};
use crate::catalog::shared::Called;
use crate::catalog::value::Value;
use crate::catalog::{PgOperator, PgProc, PgType};
use crate::findings::{PgResult, Stop, unknown};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::*;
use crate::parser::parse_node::Shared;
use crate::pg::oid::fixed;

/// What an evaluation carries.
pub(super) struct Evaluator<'a> {
    pub shared: Shared<'a>,
    pub frames: Vec<Frame<'a>>,
    /// The members of the group that aggregates run over, innermost last.
    pub group: Vec<Vec<Binding>>,
    /// What is made once for the whole statement.
    pub cache: Rc<RefCell<Cache>>,
    /// The outermost query level of which a column was read, by its place in `frames`.
    pub lowest_frame: usize,
    /// The one row that a range table entry of the outermost query counts with.
    pub fixed: Option<(u32, Row)>,
    /// What VALUE stands for in a domain's constraint.
    pub domain_value: Option<Value>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn expr(&mut self, expr: &'a Expr) -> PgResult<Value> {
        match expr {
            Expr::Const(constant) => self.constant(constant),
            Expr::Var(var) => self.var(var),
            Expr::BoolExpr(expr) => self.bool_expr(expr),
            Expr::OpExpr(expr) => {
                let mut args = self.exprs(&expr.args)?;
                if self
                    .shared
                    .catalog
                    .get::<PgOperator>(expr.opno)
                    .is_some_and(|row| row.oprname == "||")
                {
                    args = self.printed(&expr.args, args);
                }
                operators::apply(self.shared, expr.opno, &args)
            }
            Expr::DistinctExpr(expr) => {
                let args = self.exprs(&expr.args)?;
                Ok(Value::Bool(!same(&args[0], &args[1])))
            }
            Expr::NullIfExpr(expr) => {
                let mut args = self.exprs(&expr.args)?;
                Ok(if same(&args[0], &args[1]) { Value::Null } else { args.swap_remove(0) })
            }
            Expr::ScalarArrayOpExpr(expr) => self.any_all(expr),
            Expr::FuncExpr(call) => self.function(call),
            Expr::RelabelType(relabel) => {
                let value = self.expr(&relabel.arg)?;
                Ok(self.output_form(value, expr_type(&relabel.arg), relabel.resulttype))
            }
            Expr::CoerceViaIO(cast) => {
                let value = self.expr(&cast.arg)?;
                self.cast(value, expr_type(&cast.arg), cast.resulttype)
            }
            Expr::ArrayCoerceExpr(cast) => {
                let value = self.expr(&cast.arg)?;
                self.array_cast(value, expr_type(&cast.arg), cast.resulttype)
            }
            Expr::CoerceToDomain(cast) => {
                let value = self.expr(&cast.arg)?;
                self.domain(value, cast.resulttype)
            }
            Expr::CoerceToDomainValue { .. } => match &self.domain_value {
                Some(value) => Ok(value.clone()),
                None => unknown("a domain's value is not known"),
            },
            Expr::NamedArgExpr(named) => self.expr(&named.arg),
            Expr::CollateExpr(collate) => self.expr(&collate.arg),
            Expr::NullTest(test) => {
                let wanted = test.nulltesttype == NullTestType::IsNull;
                Ok(Value::Bool(match self.expr(&test.arg)? {
                    // A row is null when all of its fields are, and not null when none is (PostgreSQL: ExecEvalRowNullInt).
                    Value::Record(fields) if fields.iter().any(|(_, f)| *f == Value::Unknown) => {
                        return unknown("a row is not known");
                    }
                    Value::Record(fields) => {
                        fields.iter().all(|(_, field)| field.is_null() == wanted)
                    }
                    value => value.is_null() == wanted,
                }))
            }
            Expr::BooleanTest(test) => {
                let value = self.expr(&test.arg)?.as_bool();
                Ok(Value::Bool(match test.booltesttype {
                    BoolTestType::IsTrue => value == Some(true),
                    BoolTestType::IsNotTrue => value != Some(true),
                    BoolTestType::IsFalse => value == Some(false),
                    BoolTestType::IsNotFalse => value != Some(false),
                    BoolTestType::IsUnknown => value.is_none(),
                    BoolTestType::IsNotUnknown => value.is_some(),
                }))
            }
            Expr::CoalesceExpr(coalesce) => {
                for arg in &coalesce.args {
                    let value = self.expr(arg)?;
                    if !value.is_null() {
                        return Ok(value);
                    }
                }
                Ok(Value::Null)
            }
            Expr::CaseExpr(case) => self.case(case),
            Expr::ArrayExpr(array) => Ok(Value::Array(self.exprs(&array.elements)?)),
            Expr::RowExpr(row) => {
                let values = self.exprs(&row.args)?;
                let names = row.colnames.iter().map(|name| Arc::from(name.as_str()));
                let names = names.chain(std::iter::repeat(Arc::from("")));
                Ok(Value::Record(names.zip(values).collect()))
            }
            Expr::SubLink(link) => self.sublink(link),
            Expr::MinMaxExpr(expr) => {
                let values = self.exprs(&expr.args)?;
                let mut best = Value::Null;
                for value in values {
                    let order = value.compare(&best);
                    let wins = best.is_null()
                        || (expr.op == MinMaxOp::IsGreatest
                            && order == Some(std::cmp::Ordering::Greater))
                        || (expr.op == MinMaxOp::IsLeast
                            && order == Some(std::cmp::Ordering::Less));
                    if wins && !value.is_null() {
                        best = value;
                    }
                }
                Ok(best)
            }
            Expr::SQLValueFunction(function) => functions::sql_value(self.shared, function.op),
            Expr::Aggref(aggregate) => self.aggregate(aggregate),
            Expr::SubscriptingRef(subscript) => self.subscript(subscript),
            Expr::FieldSelect(select) => match self.expr(&select.arg)? {
                Value::Record(fields) => {
                    let index = usize::try_from(select.fieldnum).unwrap_or(0).saturating_sub(1);
                    Ok(fields.into_iter().nth(index).map_or(Value::Null, |(_, value)| value))
                }
                Value::Null => Ok(Value::Null),
                _ => unknown("a field of a row that is not read"),
            },
            // Everything else is rare in guards.
            _ => unknown("an expression of this form is not run"),
        }
    }

    fn exprs(&mut self, exprs: &'a [Expr]) -> PgResult<Vec<Value>> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn constant(&self, constant: &Const) -> PgResult<Value> {
        match &constant.value {
            None => Ok(Value::Null),
            Some(Datum::Oid(oid)) => Ok(Value::Int(i64::from(oid.0))),
            Some(Datum::Text(text)) => Ok(functions::typed(self.shared, text, constant.consttype)),
            Some(Datum::Raw(text)) => functions::unread(self.shared, text, constant.consttype),
        }
    }

    fn var(&mut self, var: &'a Var) -> PgResult<Value> {
        let depth = self.frames.len().checked_sub(1 + var.varlevelsup as usize);
        let Some(depth) = depth.filter(|depth| *depth < self.frames.len()) else {
            return unknown("a column of an outer query is not known");
        };
        self.lowest_frame = self.lowest_frame.min(depth);
        let frame = &self.frames[depth];
        let query = frame.query;
        match query.rtable.get(var.varno as usize - 1).map(|rte| &rte.kind) {
            Some(RteKind::Join(join)) if var.varattno > 0 => {
                match join.joinaliasvars.get(var.varattno as usize - 1) {
                    Some(alias) => self.at_level(depth, alias),
                    None => unknown("a column of a join is not known"),
                }
            }
            Some(RteKind::Join(_)) => unknown("a join's row is not known"),
            Some(RteKind::Group { exprs }) => match exprs.get(var.varattno as usize - 1) {
                Some(expr) => self.at_level(depth, expr),
                None => unknown("a grouped column is not known"),
            },
            entry => {
                let Some(slot) = frame.binding.get(var.varno as usize) else {
                    return unknown("a column is not known");
                };
                let Some(row) = slot else { return Ok(Value::Null) };
                if var.varattno == 0 {
                    if entry.is_none() || row.contains(&Value::Unknown) {
                        return unknown("a row is not known");
                    }
                    let names = query.rtable[var.varno as usize - 1].eref.colnames.iter();
                    let fields =
                        names.map(|name| Arc::from(name.as_str())).zip(row.iter().cloned());
                    return Ok(Value::Record(fields.collect()));
                }
                let value =
                    usize::try_from(var.varattno).ok().and_then(|number| row.get(number - 1));
                match value {
                    Some(Value::Unknown) | None => unknown("a value is not known"),
                    Some(value) => Ok(value.clone()),
                }
            }
        }
    }

    /// The value of an expression of an outer query level.
    fn at_level(&mut self, depth: usize, expr: &'a Expr) -> PgResult<Value> {
        let inner = self.frames.split_off(depth + 1);
        let value = self.expr(expr);
        self.frames.extend(inner);
        value
    }

    fn bool_expr(&mut self, expr: &'a BoolExpr) -> PgResult<Value> {
        if expr.boolop == BoolExprType::NotExpr {
            let value = self.expr(&expr.args[0])?.as_bool();
            return Ok(value.map_or(Value::Null, |value| Value::Bool(!value)));
        }
        let decisive = expr.boolop == BoolExprType::OrExpr;
        let mut null = false;
        let mut undecided = None;
        for arg in &expr.args {
            match self.expr(arg) {
                Ok(value) => match value.as_bool() {
                    Some(value) if value == decisive => return Ok(Value::Bool(decisive)),
                    Some(_) => {}
                    None => null = true,
                },
                // Another member may decide all the same.
                Err(stop) => undecided = Some(stop),
            }
        }
        match undecided {
            Some(stop) => Err(stop),
            None if null => Ok(Value::Null),
            None => Ok(Value::Bool(!decisive)),
        }
    }

    fn any_all(&mut self, expr: &'a ScalarArrayOpExpr) -> PgResult<Value> {
        let left = self.expr(&expr.args[0])?;
        let right = match self.expr(&expr.args[1])? {
            Value::Array(items) => items,
            Value::Text(text) => functions::array_in(&text),
            _ => return Ok(Value::Null), // a NULL array
        };
        let mut null = false;
        for item in right {
            match operators::apply(self.shared, expr.opno, &[left.clone(), item])?.as_bool() {
                Some(value) if value == expr.use_or => return Ok(Value::Bool(value)),
                Some(_) => {}
                None => null = true,
            }
        }
        Ok(if null { Value::Null } else { Value::Bool(!expr.use_or) })
    }

    fn case(&mut self, case: &'a CaseExpr) -> PgResult<Value> {
        let subject = match &case.arg {
            Some(arg) => Some(self.expr(arg)?),
            None => None,
        };
        for arm in &case.args {
            let holds = match (&subject, &arm.expr) {
                // CASE x WHEN y compares a CaseTestExpr, which stands for x, with y.
                (Some(subject), Expr::OpExpr(comparison)) if comparison.args.len() == 2 => {
                    let right = self.expr(&comparison.args[1])?;
                    operators::apply(self.shared, comparison.opno, &[subject.clone(), right])?
                }
                _ => self.expr(&arm.expr)?, // a condition of its own
            };
            if holds.as_bool() == Some(true) {
                return self.expr(&arm.result);
            }
        }
        self.expr(&case.defresult)
    }

    /// The rows of a subquery in an expression: made once where they depend on no row of the queries around it.
    fn subquery_rows(&mut self, link: &'a SubLink) -> PgResult<Rc<Vec<Row>>> {
        let cache = Rc::clone(&self.frame().cache);
        let address = std::ptr::from_ref(link) as usize;
        if let Some(rows) = cache.borrow().subqueries.get(&address) {
            return Ok(Rc::clone(rows));
        }
        let group = std::mem::take(&mut self.group);
        let before = std::mem::replace(&mut self.lowest_frame, usize::MAX);
        let rows = self.query(&link.subselect);
        self.group = group;
        let depends = self.lowest_frame < self.frames.len();
        self.lowest_frame = self.lowest_frame.min(before);
        let rows: Rc<Vec<Row>> = Rc::new(rows?.into_iter().map(Rc::new).collect());
        if !depends {
            cache.borrow_mut().subqueries.insert(address, Rc::clone(&rows));
        }
        Ok(rows)
    }

    fn sublink(&mut self, link: &'a SubLink) -> PgResult<Value> {
        let rows = self.subquery_rows(link)?;
        let first = |row: &Row| row.first().cloned().unwrap_or(Value::Null);
        match link.sub_link_type {
            SubLinkType::ExistsSublink => Ok(Value::Bool(!rows.is_empty())),
            SubLinkType::ExprSublink => match rows.as_slice() {
                [] => Ok(Value::Null),
                [only] => Ok(first(only)),
                _ => Err(crate::findings::PgError::new(
                    crate::pg::sqlstate::CARDINALITY_VIOLATION,
                    "more than one row returned by a subquery used as an expression",
                )
                .into()),
            },
            SubLinkType::ArraySublink => Ok(Value::Array(rows.iter().map(first).collect())),
            SubLinkType::AnySublink | SubLinkType::AllSublink => {
                let Some(Expr::OpExpr(test)) = &link.testexpr else {
                    return unknown("a row comparison with a subquery is not run");
                };
                let left = self.expr(&test.args[0])?;
                let any = link.sub_link_type == SubLinkType::AnySublink;
                let mut null = false;
                let mut rows_to_test = rows.iter().collect::<Vec<_>>();
                if any && is_exact(self.shared.catalog, test.opno) {
                    let index = self.subquery_index(&rows, link);
                    if let Candidates::Some(positions) = index.candidates(&left) {
                        null = !rows.is_empty() && (left.is_null() || index.has_nulls());
                        rows_to_test = positions.into_iter().map(|at| &rows[at]).collect();
                    }
                }
                self.count(rows_to_test.len())?;
                for row in rows_to_test {
                    match operators::apply(self.shared, test.opno, &[left.clone(), first(row)])?
                        .as_bool()
                    {
                        Some(value) if value == any => return Ok(Value::Bool(value)),
                        Some(_) => {}
                        None => null = true,
                    }
                }
                Ok(if null { Value::Null } else { Value::Bool(!any) })
            }
            _ => unknown("a subquery of this form is not run"), // row comparisons, CTEs
        }
    }

    /// The index of a subquery's rows by their only column.
    fn subquery_index(&mut self, rows: &Rc<Vec<Row>>, link: &'a SubLink) -> Rc<ValueIndex> {
        let at = (Rc::as_ptr(rows) as usize, std::ptr::from_ref(link) as usize);
        let cache = Rc::clone(&self.frame().cache);
        if let Some((_, found)) = cache.borrow().indexes.get(&at) {
            return Rc::clone(found);
        }
        let values = rows.iter().map(|row| row.first().cloned().unwrap_or(Value::Null));
        let made = Rc::new(ValueIndex::new(values));
        cache.borrow_mut().indexes.insert(at, (Rc::clone(rows), Rc::clone(&made)));
        made
    }

    fn subscript(&mut self, subscript: &'a SubscriptingRef) -> PgResult<Value> {
        if subscript.refassgnexpr.is_some() {
            return unknown("an assignment to a part of a value is not run");
        }
        let mut value = match self.expr(&subscript.refexpr)? {
            Value::Null => return Ok(Value::Null),
            value @ Value::Array(_) => value,
            Value::Text(text) if text.starts_with('[') => return self.bounded(&text, subscript),
            _ => return unknown("a subscript of this form is not run"), // jsonb
        };
        if !subscript.reflowerindexpr.is_empty() {
            return self.slice(value, subscript);
        }
        for index in &subscript.refupperindexpr {
            let Some(index) = index else { return unknown("a slice is not run") };
            let index = self.expr(index)?.as_int().and_then(|index| usize::try_from(index).ok());
            let Value::Array(items) = value else { return Ok(Value::Null) };
            value = index
                .and_then(|index| items.get(index.checked_sub(1)?).cloned())
                .unwrap_or(Value::Null);
        }
        match value {
            Value::Array(_) => Ok(Value::Null), // fewer subscripts than dimensions
            value => Ok(value),
        }
    }

    /// A member of an array that does not begin with 1, as it prints.
    fn bounded(&mut self, text: &str, subscript: &'a SubscriptingRef) -> PgResult<Value> {
        let bounds = text.strip_prefix('[').and_then(|rest| rest.split_once("]="));
        let lower = bounds.and_then(|(bounds, _)| bounds.split_once(':')?.0.parse::<i64>().ok());
        let ([Some(index)], [], Some(lower)) =
            (&*subscript.refupperindexpr, &*subscript.reflowerindexpr, lower)
        else {
            return unknown("a subscript of this form is not run");
        };
        let index = self.expr(index)?.as_int().and_then(|index| index.checked_sub(lower));
        let mut items = functions::array_in(text).into_iter();
        let item = index.and_then(|index| items.nth(usize::try_from(index).ok()?));
        Ok(match item.as_ref().and_then(Value::to_text) {
            Some(text) => functions::typed(self.shared, &text, subscript.refrestype),
            None => Value::Null,
        })
    }

    fn slice(&mut self, value: Value, subscript: &'a SubscriptingRef) -> PgResult<Value> {
        let (Value::Array(items), [lower], [upper]) =
            (value, &*subscript.reflowerindexpr, &*subscript.refupperindexpr)
        else {
            return unknown("a slice of several dimensions is not run");
        };
        let mut bound = |expr: &'a Option<Expr>, default: i64| match expr {
            Some(expr) => self.expr(expr).map(|value| value.as_int()),
            None => Ok(Some(default)),
        };
        let (Some(lower), Some(upper)) = (bound(lower, 1)?, bound(upper, items.len() as i64)?)
        else {
            return Ok(Value::Null);
        };
        let start = usize::try_from(lower.max(1) - 1).unwrap_or(0).min(items.len());
        let end = usize::try_from(upper.max(0)).unwrap_or(0).min(items.len());
        Ok(Value::Array(items.get(start..end.max(start)).unwrap_or_default().to_vec()))
    }

    /// The values of a call's arguments in the order of the parameters, defaults included; Value::Unknown where one
    /// cannot be told (PostgreSQL: expand_function_arguments).
    pub(super) fn arguments(&mut self, call: &FuncExpr) -> PgResult<Vec<Value>> {
        let Some(proc) = self.shared.catalog.get::<PgProc>(call.funcid) else {
            return unknown("a function is gone");
        };
        // The query outlives the call, but not for the compiler: arguments are copied.
        let mut values: Vec<Option<Value>> =
            vec![None; proc.proargtypes.len().max(call.args.len())];
        let is_named = |arg: &Expr| matches!(arg, Expr::NamedArgExpr(_));
        for (index, arg) in call.args.iter().enumerate() {
            let place = match arg {
                Expr::NamedArgExpr(named) => usize::try_from(named.argnumber).unwrap_or(index),
                _ => index, // by position
            };
            let value = self.in_place(arg)?;
            if let Some(slot) = values.get_mut(place) {
                *slot = Some(value);
            }
        }
        let defaults = &proc.proargdefaults;
        let first = proc.proargtypes.len().saturating_sub(defaults.len());
        let width = if call.args.iter().any(is_named) || !defaults.is_empty() {
            values.len()
        } else {
            call.args.len()
        };
        let mut out = Vec::with_capacity(width);
        for (index, value) in values.into_iter().take(width).enumerate() {
            out.push(match (value, index.checked_sub(first).and_then(|at| defaults.get(at))) {
                (Some(value), _) => value,
                (None, Some(default)) => self.told(default)?,
                (None, None) => Value::Unknown,
            });
        }
        Ok(out)
    }

    /// An expression's value over the present rows, whoever owns the expression.
    fn in_place(&mut self, expr: &Expr) -> PgResult<Value> {
        let mut inner = Evaluator {
            shared: self.shared,
            frames: self.frames.clone(),
            group: self.group.clone(),
            cache: Rc::clone(&self.cache),
            lowest_frame: self.lowest_frame,
            fixed: self.fixed.clone(),
            domain_value: self.domain_value.clone(),
        };
        let value = match inner.expr(expr) {
            Err(Stop::Unknown(_)) => Ok(Value::Unknown),
            other => other,
        };
        self.lowest_frame = inner.lowest_frame;
        value
    }

    /// Runs a function of the user's.
    fn call_user(&mut self, call: &FuncExpr, proc: &PgProc) -> PgResult<Called> {
        let Some(caller) = self.shared.caller else {
            return unknown(format!("what the function {} gives is not known here", proc.proname));
        };
        let args = self.arguments(call).or_else(|stop| inlined_first(proc, stop))?;
        caller.call(self.shared, call, args)
    }

    /// The values of a set-returning function in a target list.
    pub(super) fn function_values(&mut self, call: &'a FuncExpr) -> PgResult<Vec<Value>> {
        let proc = self.shared.catalog.get::<PgProc>(call.funcid);
        if let Some(proc) = proc
            && !proc.oid.is_builtin()
        {
            return Ok(self.call_user(call, proc)?.into_values());
        }
        let rows = self.function_rows(call)?;
        if rows.iter().any(|row| row.len() > 1) {
            return unknown("rows of several columns in one are not run");
        }
        Ok(rows.into_iter().map(|mut row| row.pop().unwrap_or(Value::Null)).collect())
    }

    fn function(&mut self, call: &'a FuncExpr) -> PgResult<Value> {
        let Some(proc) = self.shared.catalog.get::<PgProc>(call.funcid) else {
            return unknown("a function is gone");
        };
        if !proc.oid.is_builtin() {
            let values = self.call_user(call, proc)?.into_values();
            return match values.into_iter().next().unwrap_or(Value::Null) {
                Value::Unknown => {
                    unknown(format!("what the function {} gives depends on data", proc.proname))
                }
                value => Ok(value),
            };
        }
        let args = self.exprs(&call.args)?;
        if let Some(value) = self.json_function(call, proc, &args) {
            return value;
        }
        if call.args.len() == 1 && call.funcformat != CoercionForm::CoerceExplicitCall {
            let from = expr_type(&call.args[0]);
            return self.cast(
                args.into_iter().next().unwrap_or(Value::Null),
                from,
                call.funcresulttype,
            );
        }
        let args = match proc.proname.as_str() {
            "quote_literal" | "quote_nullable" => self.printed(&call.args, args),
            // These print by the type's output function, which no cast to text is for a boolean.
            "format" | "concat" | "concat_ws" => {
                let shown = self.printed(&call.args, args.clone());
                let by_output =
                    |(arg, shown)| if matches!(arg, Value::Bool(_)) { arg } else { shown };
                args.into_iter().zip(shown).map(by_output).collect()
            }
            _ => args, // functions of fixed types
        };
        functions::call(self.shared, proc, &args, call.funcvariadic)
    }

    /// Arguments of functions that print whatever they get: reg* values become names.
    fn printed(&self, exprs: &[Expr], values: Vec<Value>) -> Vec<Value> {
        let types = exprs.iter().map(expr_type);
        types
            .zip(values)
            .map(|(type_id, value)| self.output_form(value, type_id, fixed::TEXTOID))
            .collect()
    }

    /// The rows of a set-returning function.
    pub(super) fn function_rows(&mut self, call: &'a FuncExpr) -> PgResult<Vec<Vec<Value>>> {
        let Some(proc) = self.shared.catalog.get::<PgProc>(call.funcid) else {
            return unknown("a function is gone");
        };
        if !proc.oid.is_builtin() {
            return Ok(self.call_user(call, proc)?.rows);
        }
        let args = self.exprs(&call.args)?;
        functions::rows(self.shared, proc, &args)
    }

    /// A reg* value becomes its name where text is wanted.
    pub(super) fn output_form(
        &self,
        value: Value,
        from: crate::pg::oid::Oid,
        to: crate::pg::oid::Oid,
    ) -> Value {
        let textual =
            self.shared.catalog.get::<PgType>(to).is_some_and(|row| row.typcategory == b'S');
        match value {
            value @ Value::Int(_) if textual => functions::output(self.shared, value, from),
            Value::Bool(value) if textual && from == fixed::BOOLOID => {
                Value::text(if value { "true" } else { "false" })
            }
            other => other,
        }
    }

    fn aggregate(&mut self, aggregate: &'a Aggref) -> PgResult<Value> {
        let Some(members) = self.group.last().cloned() else {
            return unknown("an aggregate stands outside of a group");
        };
        if aggregate.agglevelsup != 0 {
            return unknown("an aggregate of an outer query is not run");
        }
        let saved = self.frame().binding.clone();
        let mut values: Vec<(Vec<Value>, Vec<Value>)> = Vec::new();
        for member in members {
            self.frame().binding = member;
            if let Some(filter) = &aggregate.aggfilter
                && self.expr(filter)?.as_bool() != Some(true)
            {
                continue;
            }
            let mut row = Vec::new();
            for argument in &aggregate.args {
                row.push(self.expr(&argument.expr)?);
            }
            let mut keys = Vec::new();
            for clause in &aggregate.aggorder {
                let target = aggregate
                    .args
                    .iter()
                    .position(|target| target.ressortgroupref == clause.tle_sort_group_ref);
                keys.extend(target.map(|index| row[index].clone()));
            }
            let shown = row
                .iter()
                .zip(&aggregate.args)
                .filter(|(_, target)| !target.resjunk)
                .map(|(value, _)| value.clone())
                .collect();
            if !aggregate.aggdistinct.is_empty() && values.iter().any(|(other, _)| *other == shown)
            {
                continue;
            }
            values.push((shown, keys));
        }
        self.frame().binding = saved;
        let reverse: Vec<bool> =
            aggregate.aggorder.iter().map(|clause| clause.reverse_sort).collect();
        values.sort_by(|(_, a), (_, b)| {
            let pairs = a.iter().zip(b).zip(&reverse);
            pairs
                .map(|((x, y), reverse)| {
                    let order = x.compare(y).unwrap_or(std::cmp::Ordering::Equal);
                    if *reverse { order.reverse() } else { order }
                })
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let rows: Vec<Vec<Value>> = values.into_iter().map(|(row, _)| row).collect();
        let name = self
            .shared
            .catalog
            .get::<PgProc>(aggregate.aggfnoid)
            .map_or("", |proc| proc.proname.as_str());
        match self.json_aggregate(name, aggregate, &rows) {
            Some(value) => value,
            None => functions::aggregate(name, aggregate.aggstar, &rows),
        }
    }
}

/// An argument that fails may never be evaluated: a body in SQL may take the call's place (PostgreSQL: inline_function).
fn inlined_first<T>(proc: &PgProc, stop: Stop) -> PgResult<T> {
    match stop {
        Stop::Error(_) if proc.prolang == fixed::SQL_LANGUAGE_ID && !proc.proretset => {
            unknown(format!("whether {} evaluates its arguments", proc.proname))
        }
        stop => Err(stop),
    }
}

/// `IS NOT DISTINCT FROM`.
fn same(a: &Value, b: &Value) -> bool {
    match (a.is_null(), b.is_null()) {
        (true, true) => true,
        (false, false) => a.compare(b) == Some(std::cmp::Ordering::Equal),
        (true, false) | (false, true) => false,
    }
}

//! Calls: functions, SQL's own call syntaxes, aggregates, window functions (PostgreSQL: get_func_expr,
//! get_func_sql_syntax, get_agg_expr, get_windowfunc_expr).

use super::context::Context;
use crate::catalog::PgProc;
use crate::nodes::primnodes::*;
use crate::pg::oid::{Oid, fixed};

impl<'a> Context<'a> {
    fn call_name(&self, funcid: Oid) -> String {
        let grouping_word = self.in_group_by
            && self
                .catalog()
                .get::<PgProc>(funcid)
                .is_some_and(|proc| proc.proname == "cube" || proc.proname == "rollup");
        self.deparse.function_name(funcid, grouping_word)
    }

    /// PostgreSQL: get_func_expr.
    pub(super) fn func_expr(&mut self, expr: &'a Expr, call: &'a FuncExpr, show_implicit: bool) {
        match (call.funcformat, call.args.first()) {
            (CoercionForm::CoerceImplicitCast, Some(arg)) if !show_implicit => {
                self.rule_expr_paren(arg, false, expr, false);
                return;
            }
            (CoercionForm::CoerceImplicitCast | CoercionForm::CoerceExplicitCast, Some(arg)) => {
                let typmod = length_coercion(call);
                self.coercion_expr(expr, arg, call.funcresulttype, typmod);
                return;
            }
            (CoercionForm::CoerceSqlSyntax, _) => {
                if self.catalog().version().major() >= 14 && self.func_sql_syntax(call) {
                    return;
                }
            }
            (CoercionForm::CoerceExplicitCall, _)
            | (CoercionForm::CoerceImplicitCast | CoercionForm::CoerceExplicitCast, None) => {}
        }
        let name = self.call_name(call.funcid);
        self.put(&name);
        self.put("(");
        for (i, arg) in call.args.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            if call.funcvariadic && i + 1 == call.args.len() {
                self.put("VARIADIC ");
            }
            self.rule_expr(arg, true);
        }
        self.put(")");
    }

    /// PostgreSQL: get_func_sql_syntax.
    fn func_sql_syntax(&mut self, call: &'a FuncExpr) -> bool {
        let Some(proc) = self.catalog().get::<PgProc>(call.funcid) else { return false };
        if proc.pronamespace != fixed::PG_CATALOG_NAMESPACE {
            return false;
        }
        let args = call.args.as_slice();
        match (proc.proname.as_str(), args) {
            ("timezone", [zone, value]) => {
                self.pieces(&[("(", value), (" AT TIME ZONE ", zone)], ")")
            }
            ("timezone", [value]) => self.pieces(&[("(", value)], " AT LOCAL)"),
            ("overlaps", [a, b, c, d]) => {
                self.pieces(&[("((", a), (", ", b), (") OVERLAPS (", c), (", ", d)], "))");
            }
            ("extract", [Expr::Const(field), value]) => {
                self.put("EXTRACT(");
                self.plain_text(field);
                self.pieces(&[(" FROM ", value)], ")");
            }
            ("is_normalized", [value]) => self.pieces(&[("(", value)], " IS NORMALIZED)"),
            ("is_normalized", [value, Expr::Const(form)]) => {
                self.pieces(&[("(", value)], " IS ");
                self.plain_text(form);
                self.put(" NORMALIZED)");
            }
            ("pg_collation_for", [value]) => self.pieces(&[("COLLATION FOR (", value)], ")"),
            ("normalize", [value]) => self.pieces(&[("NORMALIZE(", value)], ")"),
            ("normalize", [value, Expr::Const(form)]) => {
                self.pieces(&[("NORMALIZE(", value)], ", ");
                self.plain_text(form);
                self.put(")");
            }
            ("overlay", [a, b, c]) => {
                self.pieces(&[("OVERLAY(", a), (" PLACING ", b), (" FROM ", c)], ")");
            }
            ("overlay", [a, b, c, d]) => {
                let pieces = [("OVERLAY(", a), (" PLACING ", b), (" FROM ", c), (" FOR ", d)];
                self.pieces(&pieces, ")");
            }
            ("position", [whole, part]) => {
                self.pieces(&[("POSITION((", part), (") IN (", whole)], "))");
            }
            ("substring", [a, b, c]) if self.is_text(proc, 1) => {
                self.pieces(&[("SUBSTRING(", a), (" SIMILAR ", b), (" ESCAPE ", c)], ")");
            }
            ("substring", [a, b, c]) => {
                self.pieces(&[("SUBSTRING(", a), (" FROM ", b), (" FOR ", c)], ")");
            }
            ("substring", [a, b]) if !self.is_text(proc, 1) => {
                self.pieces(&[("SUBSTRING(", a), (" FROM ", b)], ")")
            }
            ("btrim", [value]) => self.pieces(&[("TRIM(BOTH FROM ", value)], ")"),
            ("ltrim", [value]) => self.pieces(&[("TRIM(LEADING FROM ", value)], ")"),
            ("rtrim", [value]) => self.pieces(&[("TRIM(TRAILING FROM ", value)], ")"),
            ("btrim", [value, chars]) => {
                self.pieces(&[("TRIM(BOTH ", chars), (" FROM ", value)], ")");
            }
            ("ltrim", [value, chars]) => {
                self.pieces(&[("TRIM(LEADING ", chars), (" FROM ", value)], ")");
            }
            ("rtrim", [value, chars]) => {
                self.pieces(&[("TRIM(TRAILING ", chars), (" FROM ", value)], ")");
            }
            ("system_user", []) => self.put("SYSTEM_USER"),
            ("xmlexists", [path, document]) => {
                self.pieces(&[("XMLEXISTS((", path), (") PASSING (", document)], "))");
            }
            _ => return false, // printed as an ordinary call
        }
        true
    }

    fn is_text(&self, proc: &PgProc, index: usize) -> bool {
        proc.proargtypes.get(index) == Some(&fixed::TEXTOID)
    }

    fn pieces(&mut self, pieces: &[(&str, &'a Expr)], end: &str) {
        for (before, expr) in pieces {
            self.put(before);
            self.rule_expr(expr, false);
        }
        self.put(end);
    }

    /// A constant that the grammar takes as a word.
    fn plain_text(&mut self, constant: &Const) {
        if let Some(Datum::Text(text) | Datum::Raw(text)) = &constant.value {
            self.put(text);
        }
    }

    /// PostgreSQL: get_agg_expr_helper.
    pub(super) fn agg_expr(
        &mut self,
        aggref: &'a Aggref,
        funcname: Option<&str>,
        options: &str,
        json_object: bool,
    ) {
        let name = match funcname {
            Some(name) => name.to_string(),
            None => self.call_name(aggref.aggfnoid),
        };
        self.put(&name);
        self.put(if aggref.aggdistinct.is_empty() { "(" } else { "(DISTINCT " });
        if aggref.aggkind == b'n' {
            self.aggregate_arguments(aggref, json_object);
        } else {
            self.rule_list(&aggref.aggdirectargs, true);
            self.put(") WITHIN GROUP (ORDER BY ");
            self.rule_orderby(&aggref.aggorder, &aggref.args, false);
        }
        self.put(options);
        if let Some(filter) = &aggref.aggfilter {
            self.put(") FILTER (WHERE ");
            self.rule_expr(filter, false);
        }
        self.put(")");
    }

    fn aggregate_arguments(&mut self, aggref: &'a Aggref, json_object: bool) {
        if aggref.aggstar {
            self.put("*");
        }
        let args = aggref.args.iter().filter(|target| !target.resjunk);
        let count = args.clone().count();
        for (i, target) in args.enumerate() {
            if json_object && i >= 2 {
                break;
            }
            if i > 0 {
                self.put(if json_object { " : " } else { ", " });
            }
            if aggref.aggvariadic && i + 1 == count {
                self.put("VARIADIC ");
            }
            self.rule_expr(&target.expr, true);
        }
        if !aggref.aggorder.is_empty() {
            self.put(" ORDER BY ");
            self.rule_orderby(&aggref.aggorder, &aggref.args, false);
        }
    }

    /// PostgreSQL: get_windowfunc_expr_helper.
    pub(super) fn window_func(
        &mut self,
        call: &'a WindowFunc,
        funcname: Option<&str>,
        options: &str,
        json_object: bool,
    ) {
        let name = match funcname {
            Some(name) => name.to_string(),
            None => self.call_name(call.winfnoid),
        };
        self.put(&name);
        self.put("(");
        if call.winstar {
            self.put("*");
        } else if let (true, [key, value, ..]) = (json_object, call.args.as_slice()) {
            self.pieces(&[("", key), (" : ", value)], "");
        } else {
            self.rule_list(&call.args, true);
        }
        self.put(options);
        if let Some(filter) = &call.aggfilter {
            self.put(") FILTER (WHERE ");
            self.rule_expr(filter, false);
        }
        self.put(") OVER ");
        let window = self.window_clause.iter().find(|window| window.winref == call.winref);
        match window.map(|window| (window, &window.name)) {
            Some((_, Some(name))) => self.put_identifier(name),
            Some((window, None)) => self.rule_windowspec(window, self.target_list),
            None => self.put("(?)"),
        }
    }
}

/// The typmod that the cast imposes, -1 without one (PostgreSQL: exprIsLengthCoercion).
fn length_coercion(call: &FuncExpr) -> i32 {
    let Some(Expr::Const(constant)) = call.args.get(1).filter(|_| call.args.len() <= 3) else {
        return -1;
    };
    match &constant.value {
        Some(Datum::Text(text) | Datum::Raw(text)) if constant.consttype == fixed::INT4OID => {
            text.parse().unwrap_or(-1)
        }
        Some(_) | None => -1,
    }
}

//! SQL/JSON (PostgreSQL: get_json_constructor, get_json_expr_options and their kin).

use super::context::{Context, simple_quote_literal};
use crate::nodes::primnodes::*;
use crate::pg::oid::fixed;

impl<'a> Context<'a> {
    pub(super) fn json_value(&mut self, e: &'a JsonValueExpr) {
        self.rule_expr(&e.raw_expr, false);
        self.json_format(&e.format);
    }

    /// PostgreSQL: get_json_format.
    fn json_format(&mut self, format: &JsonFormat) {
        let word = match format.format_type {
            JsonFormatType::JsFormatDefault => return,
            JsonFormatType::JsFormatJson => " FORMAT JSON",
            JsonFormatType::JsFormatJsonb => " FORMAT JSONB",
        };
        self.put(word);
        self.put(match format.encoding {
            JsonEncoding::JsEncDefault => "",
            JsonEncoding::JsEncUtf8 => " ENCODING UTF8",
            JsonEncoding::JsEncUtf16 => " ENCODING UTF16",
            JsonEncoding::JsEncUtf32 => " ENCODING UTF32",
        });
    }

    /// PostgreSQL: get_json_returning.
    fn json_returning(&mut self, returning: &JsonReturning, json_by_default: bool) {
        if !returning.typid.is_valid() {
            return;
        }
        let text = self.deparse.type_with_typmod(returning.typid, returning.typmod);
        self.put(" RETURNING ");
        self.put(&text);
        let usual = if returning.typid == fixed::JSONBOID {
            JsonFormatType::JsFormatJsonb
        } else {
            JsonFormatType::JsFormatJson
        };
        if !json_by_default || returning.format.format_type != usual {
            self.json_format(&returning.format);
        }
    }

    /// PostgreSQL: get_json_constructor.
    pub(super) fn json_constructor(&mut self, e: &'a JsonConstructorExpr) {
        let name = match e.constructor {
            JsonConstructorType::ObjectAgg => {
                return self.json_aggregate(e, "JSON_OBJECTAGG", true);
            }
            JsonConstructorType::ArrayAgg => return self.json_aggregate(e, "JSON_ARRAYAGG", false),
            JsonConstructorType::Object => "JSON_OBJECT",
            JsonConstructorType::Array => "JSON_ARRAY",
            JsonConstructorType::Parse => "JSON",
            JsonConstructorType::Scalar => "JSON_SCALAR",
            JsonConstructorType::Serialize => "JSON_SERIALIZE",
        };
        self.put(name);
        self.put("(");
        for (i, arg) in e.args.iter().enumerate() {
            if i > 0 {
                let pair = e.constructor == JsonConstructorType::Object && i % 2 == 1;
                self.put(if pair { " : " } else { ", " });
            }
            self.rule_expr(arg, true);
        }
        let options = self.json_options(e);
        self.put(&options);
        self.put(")");
    }

    /// PostgreSQL: get_json_constructor_options.
    fn json_options(&mut self, e: &JsonConstructorExpr) -> String {
        let saved = std::mem::take(&mut self.buf);
        if e.absent_on_null {
            let object = matches!(
                e.constructor,
                JsonConstructorType::Object | JsonConstructorType::ObjectAgg
            );
            self.put(if object { " ABSENT ON NULL" } else { "" });
        } else if matches!(
            e.constructor,
            JsonConstructorType::Array | JsonConstructorType::ArrayAgg
        ) {
            self.put(" NULL ON NULL");
        }
        if e.unique {
            self.put(" WITH UNIQUE KEYS");
        }
        // JSON() and JSON_SCALAR() always return json.
        if !matches!(e.constructor, JsonConstructorType::Parse | JsonConstructorType::Scalar) {
            self.json_returning(&e.returning, true);
        }
        std::mem::replace(&mut self.buf, saved)
    }

    /// PostgreSQL: get_json_agg_constructor.
    fn json_aggregate(&mut self, e: &'a JsonConstructorExpr, name: &str, object: bool) {
        let options = self.json_options(e);
        match &e.func {
            Some(Expr::Aggref(aggref)) => self.agg_expr(aggref, Some(name), &options, object),
            Some(Expr::WindowFunc(call)) => self.window_func(call, Some(name), &options, object),
            // Parse analysis makes only these.
            Some(_) | None => self.put("???"),
        }
    }

    pub(super) fn json_is_predicate(&mut self, e: &'a JsonIsPredicate) {
        self.put("(");
        self.rule_expr(&e.expr, true);
        self.put(match e.item_type {
            JsonValueType::JsTypeAny => " IS JSON",
            JsonValueType::JsTypeObject => " IS JSON OBJECT",
            JsonValueType::JsTypeArray => " IS JSON ARRAY",
            JsonValueType::JsTypeScalar => " IS JSON SCALAR",
        });
        self.put(if e.unique_keys { " WITH UNIQUE KEYS)" } else { ")" });
    }

    pub(super) fn json_expr(&mut self, e: &'a JsonExpr, show_implicit: bool) {
        self.put(match e.op {
            JsonExprOp::JsonExistsOp => "JSON_EXISTS(",
            JsonExprOp::JsonQueryOp => "JSON_QUERY(",
            JsonExprOp::JsonValueOp => "JSON_VALUE(",
            JsonExprOp::JsonTableOp => "JSON_TABLE(",
        });
        self.rule_expr(&e.formatted_expr, show_implicit);
        self.put(", ");
        match &e.path_spec {
            Expr::Const(path) => self.constant(path, -1),
            path => self.rule_expr(path, show_implicit),
        }
        for (i, (value, name)) in e.passing_values.iter().zip(&e.passing_names).enumerate() {
            self.put(if i == 0 { " PASSING " } else { ", " });
            self.rule_expr(value, show_implicit);
            self.put(" AS ");
            self.put_identifier(name);
        }
        let exists = e.op == JsonExprOp::JsonExistsOp;
        if !exists || e.returning.typid != fixed::BOOLOID {
            self.json_returning(&e.returning, e.op == JsonExprOp::JsonQueryOp);
        }
        let usual = if exists {
            JsonBehaviorType::JsonBehaviorFalse
        } else {
            JsonBehaviorType::JsonBehaviorNull
        };
        self.json_expr_options(e, usual);
        self.put(")");
    }

    /// PostgreSQL: get_json_expr_options.
    fn json_expr_options(&mut self, e: &'a JsonExpr, usual: JsonBehaviorType) {
        if e.op == JsonExprOp::JsonQueryOp {
            match e.wrapper {
                JsonWrapper::JswConditional => self.put(" WITH CONDITIONAL WRAPPER"),
                JsonWrapper::JswUnconditional => self.put(" WITH UNCONDITIONAL WRAPPER"),
                JsonWrapper::JswUnspec | JsonWrapper::JswNone => self.put(" WITHOUT WRAPPER"),
            }
            self.put(if e.omit_quotes { " OMIT QUOTES" } else { " KEEP QUOTES" });
        }
        for (behavior, on) in [(&e.on_empty, "EMPTY"), (&e.on_error, "ERROR")] {
            if let Some(behavior) = behavior.as_ref().filter(|b| b.btype != usual) {
                self.json_behavior(behavior, on);
            }
        }
    }

    /// PostgreSQL: get_json_behavior.
    fn json_behavior(&mut self, behavior: &'a JsonBehavior, on: &str) {
        self.put(match behavior.btype {
            JsonBehaviorType::JsonBehaviorNull => " NULL",
            JsonBehaviorType::JsonBehaviorError => " ERROR",
            JsonBehaviorType::JsonBehaviorEmpty => " EMPTY",
            JsonBehaviorType::JsonBehaviorTrue => " TRUE",
            JsonBehaviorType::JsonBehaviorFalse => " FALSE",
            JsonBehaviorType::JsonBehaviorUnknown => " UNKNOWN",
            JsonBehaviorType::JsonBehaviorEmptyArray => " EMPTY ARRAY",
            JsonBehaviorType::JsonBehaviorEmptyObject => " EMPTY OBJECT",
            JsonBehaviorType::JsonBehaviorDefault => " DEFAULT ",
        });
        if let (JsonBehaviorType::JsonBehaviorDefault, Some(expr)) =
            (behavior.btype, &behavior.expr)
        {
            self.rule_expr(expr, false);
        }
        self.put(" ON ");
        self.put(on);
    }

    /// XMLTABLE or JSON_TABLE in FROM (PostgreSQL: get_tablefunc).
    pub(super) fn table_func(&mut self, function: &'a TableFunc) {
        match function.functype {
            TableFuncType::XmlTable => self.xml_table(function),
            TableFuncType::JsonTable => self.json_table(function),
        }
    }

    fn xml_table(&mut self, f: &'a TableFunc) {
        self.put("XMLTABLE(");
        for (i, (uri, name)) in f.ns_uris.iter().zip(&f.ns_names).enumerate() {
            self.put(if i == 0 { "XMLNAMESPACES (" } else { ", " });
            match name {
                Some(name) => {
                    self.rule_expr(uri, true);
                    self.put(" AS ");
                    self.put_identifier(name);
                }
                None => {
                    self.put("DEFAULT ");
                    self.rule_expr(uri, true);
                }
            }
        }
        self.put(if f.ns_uris.is_empty() { "(" } else { "), (" });
        if let Some(row) = &f.rowexpr {
            self.rule_expr(row, true);
        }
        self.put(") PASSING (");
        self.rule_expr(&f.docexpr, true);
        self.put(")");
        for (i, name) in f.colnames.iter().enumerate() {
            self.put(if i == 0 { " COLUMNS " } else { ", " });
            self.put_identifier(name);
            self.put(" ");
            if usize::try_from(f.ordinalitycol) == Ok(i) {
                self.put("FOR ORDINALITY");
                continue;
            }
            self.column_type(&f.columns, i);
            if let Some(Some(default)) = f.coldefexprs.get(i) {
                self.put(" DEFAULT (");
                self.rule_expr(default, true);
                self.put(")");
            }
            if let Some(Some(path)) = f.colexprs.get(i) {
                self.put(" PATH (");
                self.rule_expr(path, true);
                self.put(")");
            }
            if f.notnulls.iter().any(|n| usize::try_from(*n) == Ok(i)) {
                self.put(" NOT NULL");
            }
        }
        self.put(")");
    }

    pub(super) fn column_type(&mut self, columns: &RteColumns, index: usize) {
        let typid = columns.types.get(index).copied().unwrap_or_default();
        let typmod = columns.typmods.get(index).copied().unwrap_or(-1);
        let text = self.deparse.type_with_typmod(typid, typmod);
        self.put(&text);
    }

    /// PostgreSQL: get_json_table.
    fn json_table(&mut self, f: &'a TableFunc) {
        let Expr::JsonExpr(e) = &f.docexpr else { return };
        self.put("JSON_TABLE(");
        let step = super::context::PRETTYINDENT_VAR;
        if self.pretty_indent {
            self.indent_level += step;
        }
        self.keyword("", 0, 0, 0);
        self.rule_expr(&e.formatted_expr, true);
        self.put(", ");
        if let Expr::Const(path) = &e.path_spec {
            self.constant(path, -1);
        }
        if let Some(plan) = &f.plan
            && let JsonTablePlan::PathScan { path_name, .. } = plan.as_ref()
        {
            self.put(" AS ");
            self.put_identifier(path_name);
        }
        if !e.passing_values.is_empty() {
            self.put(if self.pretty_indent { "" } else { " " });
            self.keyword("PASSING ", 0, 0, 0);
            if self.pretty_indent {
                self.indent_level += step;
            }
            for (i, (value, name)) in e.passing_values.iter().zip(&e.passing_names).enumerate() {
                self.put(if i > 0 { ", " } else { "" });
                self.keyword("", 0, 0, 0);
                self.rule_expr(value, false);
                self.put(" AS ");
                self.put_identifier(name);
            }
            if self.pretty_indent {
                self.indent_level -= step;
            }
        }
        if let Some(plan) = &f.plan {
            self.json_table_columns(f, plan);
        }
        if let Some(behavior) =
            e.on_error.as_ref().filter(|b| b.btype != JsonBehaviorType::JsonBehaviorEmptyArray)
        {
            self.json_behavior(behavior, "ERROR");
        }
        if self.pretty_indent {
            self.indent_level -= step;
        }
        self.keyword(")", 0, 0, 0);
    }

    /// PostgreSQL: get_json_table_columns.
    fn json_table_columns(&mut self, f: &'a TableFunc, plan: &'a JsonTablePlan) {
        let JsonTablePlan::PathScan { col_min, col_max, child, .. } = plan else { return };
        let step = super::context::PRETTYINDENT_VAR;
        self.put(if self.pretty_indent { "" } else { " " });
        self.keyword("COLUMNS (", 0, 0, 0);
        if self.pretty_indent {
            self.indent_level += step;
        }
        let mut separator = "";
        let range = (*col_min).max(0)..=*col_max;
        for column in range.filter(|_| *col_min >= 0) {
            let Ok(index) = usize::try_from(column) else { continue };
            self.put(separator);
            separator = ", ";
            self.keyword("", 0, 0, 0);
            self.json_table_column(f, index);
        }
        if let Some(child) = child {
            self.json_table_nested(f, child, separator);
        }
        if self.pretty_indent {
            self.indent_level -= step;
        }
        self.keyword(")", 0, 0, 0);
    }

    fn json_table_column(&mut self, f: &'a TableFunc, index: usize) {
        if let Some(name) = f.colnames.get(index) {
            self.put_identifier(name);
        }
        self.put(" ");
        let Some(Some(Expr::JsonExpr(e))) = f.colvalexprs.get(index) else {
            return self.put("FOR ORDINALITY");
        };
        self.column_type(&f.columns, index);
        let usual = match e.op {
            JsonExprOp::JsonExistsOp => {
                self.put(" EXISTS");
                JsonBehaviorType::JsonBehaviorFalse
            }
            JsonExprOp::JsonQueryOp => {
                let json = matches!(e.returning.typid, fixed::JSONOID | fixed::JSONBOID);
                if !json || e.format.format_type != JsonFormatType::JsFormatDefault {
                    self.put(" FORMAT JSON");
                }
                JsonBehaviorType::JsonBehaviorNull
            }
            JsonExprOp::JsonValueOp | JsonExprOp::JsonTableOp => JsonBehaviorType::JsonBehaviorNull,
        };
        self.put(" PATH ");
        if let Expr::Const(path) = &e.path_spec {
            self.constant(path, -1);
        }
        self.json_expr_options(e, usual);
    }

    /// PostgreSQL: get_json_table_nested_columns.
    fn json_table_nested(&mut self, f: &'a TableFunc, plan: &'a JsonTablePlan, separator: &str) {
        match plan {
            JsonTablePlan::PathScan { path, path_name, .. } => {
                self.put(separator);
                self.keyword("NESTED PATH ", 0, 0, 0);
                self.put(&simple_quote_literal(path));
                self.put(" AS ");
                self.put_identifier(path_name);
                self.json_table_columns(f, plan);
            }
            JsonTablePlan::SiblingJoin { left, right } => {
                self.json_table_nested(f, left, separator);
                self.json_table_nested(f, right, ", ");
            }
        }
    }
}

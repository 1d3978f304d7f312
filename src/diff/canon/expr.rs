//! One canonical spelling for each expression.

use super::{Canon, What};
use crate::nodes::primnodes::{
    Aggref, BoolExprType, BoolTestType, CoercionForm, Const, Datum, Expr, FuncExpr, MinMaxOp,
    NullTestType, OpExpr, RteKind, SQLValueFunction, SQLValueFunctionOp, ScalarArrayOpExpr,
    SubLink, SubLinkType, SubscriptingRef, Var, WindowFunc, XmlExpr,
};
use crate::pg::name::{quote_identifier, quote_literal};
use crate::pg::oid::{Oid, fixed};

impl<'a> Canon<'a> {
    /// The expression's spelling.
    pub(super) fn expr(&mut self, expr: &'a Expr) -> String {
        match expr {
            Expr::Var(var) => self.var(var),
            Expr::Const(constant) => self.constant(constant),
            Expr::Param(param) => format!("${}", param.id),
            Expr::Aggref(aggref) => self.aggref(aggref),
            Expr::GroupingFunc(grouping) => format!("GROUPING({})", self.list(&grouping.args)),
            Expr::WindowFunc(window) => self.window_func(window),
            Expr::MergeSupportFunc { .. } => "MERGE_ACTION()".to_string(),
            Expr::SubscriptingRef(subscript) => self.subscript(subscript),
            Expr::FuncExpr(func) => self.func(func),
            Expr::NamedArgExpr(named) => {
                let value = self.expr(&named.arg);
                format!("{} => {value}", quote_identifier(&named.name))
            }
            Expr::OpExpr(op) => self.operator(op, None),
            Expr::DistinctExpr(op) => self.operator(op, Some("IS DISTINCT FROM")),
            Expr::NullIfExpr(op) => format!("NULLIF({})", self.list(&op.args)),
            Expr::ScalarArrayOpExpr(op) => self.array_operator(op),
            Expr::BoolExpr(bool_expr) => self.bool_expr(bool_expr.boolop, &bool_expr.args),
            Expr::SubLink(sublink) => self.sublink(sublink),
            Expr::FieldSelect(field) => {
                let arg = self.expr(&field.arg);
                format!("({arg}).{}", field.fieldnum)
            }
            Expr::FieldStore(store) => {
                let (arg, values) = (self.expr(&store.arg), self.list(&store.newvals));
                format!("FIELDSTORE({arg}, {:?}, {values})", store.fieldnums)
            }
            Expr::RelabelType(relabel) => {
                let arg = self.expr(&relabel.arg);
                if relabel.resulttypmod < 0 && self.names.is_text_or_array(relabel.resulttype) {
                    return arg;
                }
                self.cast(arg, relabel.resulttype, relabel.resulttypmod)
            }
            Expr::CoerceViaIO(coerce) => {
                let arg = self.expr(&coerce.arg);
                self.cast(arg, coerce.resulttype, -1)
            }
            Expr::ArrayCoerceExpr(coerce) => {
                let arg = self.expr(&coerce.arg);
                if coerce.resulttypmod < 0 && self.names.is_text_or_array(coerce.resulttype) {
                    return arg;
                }
                self.cast(arg, coerce.resulttype, coerce.resulttypmod)
            }
            Expr::ConvertRowtypeExpr(convert) => {
                let arg = self.expr(&convert.arg);
                self.cast(arg, convert.resulttype, -1)
            }
            Expr::CoerceToDomain(coerce) => {
                let arg = self.expr(&coerce.arg);
                self.cast(arg, coerce.resulttype, coerce.resulttypmod)
            }
            Expr::CollateExpr(collate) => {
                let arg = self.expr(&collate.arg);
                format!("({arg} COLLATE {})", self.names.collation(collate.coll_oid))
            }
            Expr::CaseExpr(case) => {
                let mut text = "CASE".to_string();
                if let Some(arg) = &case.arg {
                    text = format!("{text} {}", self.expr(arg));
                }
                for when in &case.args {
                    let (expr, result) = (self.expr(&when.expr), self.expr(&when.result));
                    text.push_str(&format!(" WHEN {expr} THEN {result}"));
                }
                format!("{text} ELSE {} END", self.expr(&case.defresult))
            }
            Expr::CaseTestExpr { .. } => "CASETEST".to_string(),
            Expr::ArrayExpr(array) => {
                let elements = self.list(&array.elements);
                if array.elements.is_empty() {
                    return self.cast("ARRAY[]".into(), array.array_typeid, -1);
                }
                format!("ARRAY[{elements}]")
            }
            Expr::RowExpr(row) => format!("ROW({})", self.list(&row.args)),
            Expr::RowCompareExpr(compare) => {
                let (left, right) = (self.list(&compare.largs), self.list(&compare.rargs));
                format!("(ROW({left}) {:?} ROW({right}))", compare.cmptype)
            }
            Expr::CoalesceExpr(coalesce) => format!("COALESCE({})", self.list(&coalesce.args)),
            Expr::MinMaxExpr(minmax) => {
                let name = match minmax.op {
                    MinMaxOp::IsGreatest => "GREATEST",
                    MinMaxOp::IsLeast => "LEAST",
                };
                format!("{name}({})", self.list(&minmax.args))
            }
            Expr::SQLValueFunction(function) => sql_value_function(function),
            Expr::XmlExpr(xml) => self.xml(xml),
            Expr::JsonValueExpr(value) => self.json_value(value),
            Expr::JsonConstructorExpr(constructor) => self.json_constructor(constructor),
            Expr::JsonIsPredicate(predicate) => self.json_is(predicate),
            Expr::JsonExpr(json) => self.json_expr(json),
            Expr::NullTest(test) => {
                let arg = self.expr(&test.arg);
                match test.nulltesttype {
                    NullTestType::IsNull => format!("({arg} IS NULL)"),
                    NullTestType::IsNotNull => format!("({arg} IS NOT NULL)"),
                }
            }
            Expr::BooleanTest(test) => {
                let arg = self.expr(&test.arg);
                format!("({arg} {})", boolean_test(test.booltesttype))
            }
            Expr::CoerceToDomainValue { .. } => "VALUE".to_string(),
            Expr::SetToDefault { .. } => "DEFAULT".to_string(),
            Expr::CurrentOfExpr { cursor_name, cursor_param, .. } => match cursor_name {
                Some(name) => format!("CURRENT OF {}", quote_identifier(name)),
                None => format!("CURRENT OF ${cursor_param}"),
            },
            Expr::NextValueExpr { seqid, .. } => {
                format!("nextval('{}'::regclass)", self.names.relation(*seqid))
            }
            Expr::ReturningExpr(returning) => self.expr(&returning.retexpr),
        }
    }

    /// Expressions separated by commas.
    pub(super) fn list(&mut self, exprs: &'a [Expr]) -> String {
        let parts: Vec<String> = exprs.iter().map(|expr| self.expr(expr)).collect();
        parts.join(", ")
    }

    pub(super) fn option(&mut self, expr: &'a Option<Expr>, before: &str) -> String {
        expr.as_ref().map_or_else(String::new, |expr| format!("{before}{}", self.expr(expr)))
    }

    /// A column, through joins and GROUP BY down to where it comes from.
    fn var(&mut self, var: &Var) -> String {
        let Some(level) = self.scopes.len().checked_sub(1 + var.varlevelsup as usize) else {
            return format!("?{}.{}", var.varno, var.varattno);
        };
        let Some(entry) = self.scopes[level].entries.get((var.varno as usize).wrapping_sub(1))
        else {
            return format!("?{}.{}", var.varno, var.varattno);
        };
        let index = usize::try_from(var.varattno - 1).ok();
        let column = match (&entry.what, index) {
            (What::Relation(relid), _) => self.column(*relid, var.varattno),
            (What::Rte(rte), index) => match (&rte.kind, index) {
                (RteKind::Relation { relid, .. }, _) => self.column(*relid, var.varattno),
                (RteKind::Join(join), Some(index)) if index < join.joinaliasvars.len() => {
                    return self.at_level(level, &join.joinaliasvars[index]);
                }
                (RteKind::Group { exprs }, Some(index)) if index < exprs.len() => {
                    return self.at_level(level, &exprs[index]);
                }
                (_, Some(index)) => match rte.eref.colnames.get(index) {
                    Some(name) => quote_identifier(name).into_owned(),
                    None => format!("?{}", var.varattno),
                },
                (_, None) => "*".to_string(), // the whole row
            },
        };
        let outer = var.varlevelsup > 0;
        let returning = match var.varreturningtype {
            crate::nodes::primnodes::VarReturningType::Default => "",
            crate::nodes::primnodes::VarReturningType::Old => "old.",
            crate::nodes::primnodes::VarReturningType::New => "new.",
        };
        let prefix = match (entry.prefix.as_str(), outer) {
            ("", true) => format!("^{}.", var.varlevelsup),
            ("", false) => String::new(),
            (prefix, _) => format!("{prefix}."),
        };
        format!("{returning}{prefix}{column}")
    }

    fn column(&self, relation: Oid, attnum: i16) -> String {
        if attnum == 0 { "*".to_string() } else { self.names.column(relation, attnum) }
    }

    /// An expression of an outer query level, seen from there.
    fn at_level(&mut self, level: usize, expr: &'a Expr) -> String {
        let inner = self.scopes.split_off(level + 1);
        let text = self.expr(expr);
        self.scopes.extend(inner);
        text
    }

    fn constant(&self, constant: &Const) -> String {
        let kind = constant.consttype;
        match &constant.value {
            None => "NULL".to_string(),
            Some(Datum::Oid(oid)) => {
                self.typed(quote_literal(&self.names.object_of_type(kind, *oid)), kind)
            }
            Some(Datum::Text(text) | Datum::Raw(text)) => match kind {
                fixed::BOOLOID => match text.chars().next() {
                    Some('t' | 'T' | 'y' | 'Y' | '1') => "true".to_string(),
                    _ => "false".to_string(), // a boolean's other spellings all mean false
                },
                fixed::INT4OID => text.to_string(),
                _ if is_numeric(kind) => self.typed(text.to_string(), kind),
                _ if self.names.is_text_like(kind) => quote_literal(text),
                _ => self.typed(quote_literal(text), kind), // every other type is named
            },
        }
    }

    fn typed(&self, literal: String, kind: Oid) -> String {
        format!("{literal}::{}", self.names.plain_type(kind))
    }

    fn cast(&self, arg: String, kind: Oid, typmod: i32) -> String {
        let name = self.names.type_(kind, typmod);
        if arg == "NULL" || arg.ends_with(&format!("::{name}")) {
            return arg;
        }
        if let Some(number) = arg.split("::").next().filter(|text| is_number(text))
            && is_numeric(kind)
        {
            return format!("{number}::{name}");
        }
        format!("{arg}::{name}")
    }

    fn func(&mut self, func: &'a FuncExpr) -> String {
        let is_cast = matches!(
            func.funcformat,
            CoercionForm::CoerceExplicitCast | CoercionForm::CoerceImplicitCast
        );
        if is_cast && let Some(first) = func.args.first() {
            let length = func.args.get(1).and_then(|arg| match arg {
                Expr::Const(Const {
                    value: Some(Datum::Text(text) | Datum::Raw(text)), ..
                }) => text.parse::<i32>().ok(),
                _ => None, // not a length coercion
            });
            let arg = self.expr(first);
            let implicit = func.funcformat == CoercionForm::CoerceImplicitCast;
            if implicit && length.is_some() {
                return arg; // the column's own type says the length
            }
            return self.cast(arg, func.funcresulttype, length.unwrap_or(-1));
        }
        let args = self.list(&func.args);
        let variadic = if func.funcvariadic { "VARIADIC " } else { "" };
        let name = self.names.function_name(func.funcid);
        // Before 14 EXTRACT is date_part: the same value in another type.
        let name = if name == "\"extract\"" && func.funcid.is_builtin() {
            "date_part".into()
        } else {
            name
        };
        format!("{name}({variadic}{args})")
    }

    fn operator(&mut self, op: &'a OpExpr, instead: Option<&str>) -> String {
        let name = match instead {
            Some(name) => name.to_string(),
            None => self.names.operator(op.opno),
        };
        match op.args.as_slice() {
            [arg] => format!("({name} {})", self.expr(arg)),
            [left, right] => {
                let (mut left, mut right) = (self.expr(left), self.expr(right));
                if matches!(name.as_str(), "=" | "<>" | "<" | "<=" | ">" | ">=") {
                    // A number is compared in the type of the other side.
                    (left, right) = (bare_number(left), bare_number(right));
                }
                format!("({left} {name} {right})")
            }
            args => format!("{name}({})", self.list(args)),
        }
    }

    fn array_operator(&mut self, op: &'a ScalarArrayOpExpr) -> String {
        let name = self.names.operator(op.opno);
        let quantor = if op.use_or { "ANY" } else { "ALL" };
        match op.args.as_slice() {
            [left, right] => {
                let (left, right) = (self.expr(left), self.expr(right));
                format!("({left} {name} {quantor} ({right}))")
            }
            args => format!("{name} {quantor} ({})", self.list(args)),
        }
    }

    fn bool_expr(&mut self, kind: BoolExprType, args: &'a [Expr]) -> String {
        let word = match kind {
            BoolExprType::AndExpr => " AND ",
            BoolExprType::OrExpr => " OR ",
            BoolExprType::NotExpr => return format!("(NOT {})", self.list(args)),
        };
        let mut parts = Vec::new();
        self.flatten(kind, args, &mut parts);
        format!("({})", parts.join(word))
    }

    /// `a AND (b AND c)` means `a AND b AND c`.
    fn flatten(&mut self, kind: BoolExprType, args: &'a [Expr], parts: &mut Vec<String>) {
        for arg in args {
            match arg {
                Expr::BoolExpr(inner) if inner.boolop == kind => {
                    self.flatten(kind, &inner.args, parts);
                }
                _ => parts.push(self.expr(arg)), // any other operand stands alone
            }
        }
    }

    fn subscript(&mut self, subscript: &'a SubscriptingRef) -> String {
        let mut text = format!("({})", self.expr(&subscript.refexpr));
        let slices = !subscript.reflowerindexpr.is_empty();
        for (at, upper) in subscript.refupperindexpr.iter().enumerate() {
            let upper = self.option(upper, "");
            if slices {
                let lower = subscript.reflowerindexpr.get(at);
                let lower = lower.map_or_else(String::new, |lower| self.option(lower, ""));
                text.push_str(&format!("[{lower}:{upper}]"));
            } else {
                text.push_str(&format!("[{upper}]"));
            }
        }
        text
    }

    fn aggref(&mut self, aggref: &'a Aggref) -> String {
        let name = self.names.function_name(aggref.aggfnoid);
        let direct = self.list(&aggref.aggdirectargs);
        let args: Vec<String> = aggref
            .args
            .iter()
            .filter(|target| !target.resjunk)
            .map(|target| self.expr(&target.expr))
            .collect();
        let distinct = if aggref.aggdistinct.is_empty() { "" } else { "DISTINCT " };
        let args = if aggref.aggstar { "*".to_string() } else { args.join(", ") };
        let order = self.sort_clause(&aggref.aggorder, &aggref.args, " ORDER BY ");
        let filter = self.option(&aggref.aggfilter, " FILTER WHERE ");
        let text = match aggref.aggkind {
            b'n' => format!("{name}({distinct}{args}{order})"),
            _ => format!("{name}({direct}) WITHIN GROUP ({args}{order})"), // ordered-set kinds
        };
        format!("{text}{filter}")
    }

    fn window_func(&mut self, window: &'a WindowFunc) -> String {
        let name = self.names.function_name(window.winfnoid);
        let args = if window.winstar { "*".to_string() } else { self.list(&window.args) };
        let filter = self.option(&window.aggfilter, " FILTER WHERE ");
        let over = self.window_of(window.winref);
        format!("{name}({args}){filter} OVER ({over})")
    }

    fn sublink(&mut self, sublink: &'a SubLink) -> String {
        let test = self.option(&sublink.testexpr, "");
        let query = self.query(&sublink.subselect, true);
        match sublink.sub_link_type {
            SubLinkType::ExistsSublink => format!("EXISTS ({query})"),
            SubLinkType::AllSublink => format!("({test} ALL ({query}))"),
            SubLinkType::AnySublink => format!("({test} ANY ({query}))"),
            SubLinkType::RowcompareSublink => format!("({test} ROW ({query}))"),
            SubLinkType::ArraySublink => format!("ARRAY({query})"),
            SubLinkType::ExprSublink | SubLinkType::MultiexprSublink | SubLinkType::CteSublink => {
                format!("({query})")
            }
        }
    }

    fn xml(&mut self, xml: &'a XmlExpr) -> String {
        let name = xml.name.as_ref().map_or("", |name| name.as_str());
        let named: Vec<String> = xml
            .named_args
            .iter()
            .zip(&xml.arg_names)
            .map(|(arg, name)| format!("{} AS {}", self.expr(arg), quote_identifier(name)))
            .collect();
        let args = self.list(&xml.args);
        format!(
            "{:?}({name}; {}; {args}; {:?} {})",
            xml.op,
            named.join(", "),
            xml.xmloption,
            xml.indent
        )
    }
}

/// `CURRENT_TIMESTAMP` and `now()` are the same function.
fn sql_value_function(function: &SQLValueFunction) -> String {
    let precision = function.typmod;
    match function.op {
        SQLValueFunctionOp::SvfopCurrentDate => "CURRENT_DATE".to_string(),
        SQLValueFunctionOp::SvfopCurrentTime => "CURRENT_TIME".to_string(),
        SQLValueFunctionOp::SvfopCurrentTimeN => format!("CURRENT_TIME({precision})"),
        SQLValueFunctionOp::SvfopCurrentTimestamp => "now()".to_string(),
        SQLValueFunctionOp::SvfopCurrentTimestampN => format!("CURRENT_TIMESTAMP({precision})"),
        SQLValueFunctionOp::SvfopLocaltime => "LOCALTIME".to_string(),
        SQLValueFunctionOp::SvfopLocaltimeN => format!("LOCALTIME({precision})"),
        SQLValueFunctionOp::SvfopLocaltimestamp => "LOCALTIMESTAMP".to_string(),
        SQLValueFunctionOp::SvfopLocaltimestampN => format!("LOCALTIMESTAMP({precision})"),
        SQLValueFunctionOp::SvfopCurrentRole
        | SQLValueFunctionOp::SvfopCurrentUser
        | SQLValueFunctionOp::SvfopUser => "CURRENT_USER".to_string(),
        SQLValueFunctionOp::SvfopSessionUser => "SESSION_USER".to_string(),
        SQLValueFunctionOp::SvfopCurrentCatalog => "CURRENT_CATALOG".to_string(),
        SQLValueFunctionOp::SvfopCurrentSchema => "CURRENT_SCHEMA".to_string(),
    }
}

fn boolean_test(kind: BoolTestType) -> &'static str {
    match kind {
        BoolTestType::IsTrue => "IS TRUE",
        BoolTestType::IsNotTrue => "IS NOT TRUE",
        BoolTestType::IsFalse => "IS FALSE",
        BoolTestType::IsNotFalse => "IS NOT FALSE",
        BoolTestType::IsUnknown => "IS UNKNOWN",
        BoolTestType::IsNotUnknown => "IS NOT UNKNOWN",
    }
}

fn is_numeric(kind: Oid) -> bool {
    matches!(
        kind,
        fixed::INT2OID
            | fixed::INT4OID
            | fixed::INT8OID
            | fixed::FLOAT4OID
            | fixed::FLOAT8OID
            | fixed::NUMERICOID
    )
}

/// `5::numeric` without its type; whatever is no number stays.
fn bare_number(text: String) -> String {
    match text.split_once("::") {
        Some((number, "numeric" | "double precision")) if is_number(number) => number.to_string(),
        Some(_) | None => text,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'))
}

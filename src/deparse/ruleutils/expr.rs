//! Expressions of every kind (PostgreSQL: get_rule_expr).

use super::context::{Context, PRETTYINDENT_VAR, simple_quote_literal};
use crate::catalog::{PgClass, lsyscache};
use crate::nodes::node_funcs::{expr_type, expr_typmod, strip_implicit_coercions};
use crate::nodes::primnodes::*;
use crate::pg::oid::{Oid, fixed};

impl<'a> Context<'a> {
    /// PostgreSQL: get_rule_expr.
    pub(super) fn rule_expr(&mut self, expr: &'a Expr, show_implicit: bool) {
        match expr {
            Expr::Var(var) => {
                self.variable(var, 0, false);
            }
            Expr::Const(constant) => self.constant(constant, 0),
            Expr::Param(param) => self.parameter(param),
            Expr::Aggref(e) => self.agg_expr(e, None, "", false),
            Expr::GroupingFunc(e) => self.call_with_list("GROUPING", &e.args),
            Expr::WindowFunc(e) => self.window_func(e, None, "", false),
            Expr::MergeSupportFunc { .. } => self.put("MERGE_ACTION()"),
            Expr::SubscriptingRef(e) => self.subscripting(e, show_implicit),
            Expr::FuncExpr(e) => self.func_expr(expr, e, show_implicit),
            Expr::NamedArgExpr(e) => {
                self.put_identifier(&e.name);
                self.put(" => ");
                self.rule_expr(&e.arg, show_implicit);
            }
            Expr::OpExpr(e) => self.oper_expr(expr, e),
            Expr::DistinctExpr(e) => self.infix(expr, &e.args, " IS DISTINCT FROM ", true),
            Expr::NullIfExpr(e) => self.call_with_list("NULLIF", &e.args),
            Expr::ScalarArrayOpExpr(e) => self.scalar_array_op(expr, e),
            Expr::BoolExpr(e) => self.bool_expr(expr, e),
            Expr::SubLink(e) => self.sublink_expr(e),
            Expr::FieldSelect(e) => {
                let bare = matches!(e.arg, Expr::SubscriptingRef(_) | Expr::FieldSelect(_));
                self.put(if bare { "" } else { "(" });
                self.rule_expr(&e.arg, true);
                self.put(if bare { "." } else { ")." });
                let name = self.field_name(&e.arg, e.fieldnum, 0);
                self.put_identifier(&name);
            }
            Expr::FieldStore(e) => {
                let row = e.newvals.len() != 1;
                self.put(if row { "ROW(" } else { "" });
                self.rule_list(&e.newvals, show_implicit);
                self.put(if row { ")" } else { "" });
            }
            Expr::RelabelType(e) => {
                let cast = (e.resulttype, e.resulttypmod, e.relabelformat);
                self.maybe_cast(expr, &e.arg, cast, show_implicit);
            }
            Expr::CoerceViaIO(e) => {
                self.maybe_cast(expr, &e.arg, (e.resulttype, -1, e.coerceformat), show_implicit);
            }
            Expr::ArrayCoerceExpr(e) => {
                let cast = (e.resulttype, e.resulttypmod, e.coerceformat);
                self.maybe_cast(expr, &e.arg, cast, show_implicit);
            }
            Expr::ConvertRowtypeExpr(e) => {
                self.maybe_cast(expr, &e.arg, (e.resulttype, -1, e.convertformat), show_implicit);
            }
            Expr::CoerceToDomain(e) => {
                let cast = (e.resulttype, e.resulttypmod, e.coercionformat);
                self.maybe_cast(expr, &e.arg, cast, show_implicit);
            }
            Expr::CollateExpr(e) => {
                self.paren("(");
                self.rule_expr_paren(&e.arg, show_implicit, expr, false);
                let name = self.deparse.collation_name(e.coll_oid);
                self.put(" COLLATE ");
                self.put(&name);
                self.paren(")");
            }
            Expr::CaseExpr(e) => self.case_expr(e),
            Expr::CaseTestExpr { .. } => self.put("CASE_TEST_EXPR"),
            Expr::ArrayExpr(e) => {
                self.put("ARRAY[");
                self.rule_list(&e.elements, true);
                self.put("]");
                if e.elements.is_empty() {
                    self.type_suffix(e.array_typeid, -1);
                }
            }
            Expr::RowExpr(e) => self.row_expr(e),
            Expr::RowCompareExpr(e) => {
                self.put("(ROW(");
                self.rule_list_toplevel(&e.largs, true);
                let operator = e.opnos.first().map(|opno| self.deparse.operator_name(*opno));
                self.put(") ");
                self.put(&operator.unwrap_or_default());
                self.put(" ROW(");
                self.rule_list_toplevel(&e.rargs, true);
                self.put("))");
            }
            Expr::CoalesceExpr(e) => self.call_with_list("COALESCE", &e.args),
            Expr::MinMaxExpr(e) => {
                let name = match e.op {
                    MinMaxOp::IsGreatest => "GREATEST",
                    MinMaxOp::IsLeast => "LEAST",
                };
                self.call_with_list(name, &e.args);
            }
            Expr::SQLValueFunction(e) => self.sql_value_function(e),
            Expr::XmlExpr(e) => self.xml_expr(e),
            Expr::JsonValueExpr(e) => self.json_value(e),
            Expr::JsonConstructorExpr(e) => self.json_constructor(e),
            Expr::JsonIsPredicate(e) => self.json_is_predicate(e),
            Expr::JsonExpr(e) => self.json_expr(e, show_implicit),
            Expr::NullTest(e) => self.null_test(expr, e),
            Expr::BooleanTest(e) => {
                self.paren("(");
                self.rule_expr_paren(&e.arg, false, expr, false);
                self.put(match e.booltesttype {
                    BoolTestType::IsTrue => " IS TRUE",
                    BoolTestType::IsNotTrue => " IS NOT TRUE",
                    BoolTestType::IsFalse => " IS FALSE",
                    BoolTestType::IsNotFalse => " IS NOT FALSE",
                    BoolTestType::IsUnknown => " IS UNKNOWN",
                    BoolTestType::IsNotUnknown => " IS NOT UNKNOWN",
                });
                self.paren(")");
            }
            Expr::CoerceToDomainValue { .. } => self.put("VALUE"),
            Expr::SetToDefault { .. } => self.put("DEFAULT"),
            Expr::CurrentOfExpr { cursor_name, cursor_param, .. } => {
                self.put("CURRENT OF ");
                match cursor_name {
                    Some(name) => self.put_identifier(name),
                    None => self.put(&format!("${cursor_param}")),
                }
            }
            Expr::NextValueExpr { seqid, .. } => {
                let name = simple_quote_literal(&self.deparse.relation_name(*seqid));
                self.put(&format!("nextval({name})"));
            }
            Expr::ReturningExpr(e) => self.rule_expr(&e.retexpr, show_implicit),
        }
    }

    /// PostgreSQL: get_rule_expr on a list.
    pub(super) fn rule_list(&mut self, list: &'a [Expr], show_implicit: bool) {
        for (i, expr) in list.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            self.rule_expr(expr, show_implicit);
        }
    }

    /// A whole-row reference must not read as `t.*` there (PostgreSQL: get_rule_expr_toplevel).
    pub(super) fn rule_expr_toplevel(&mut self, expr: &'a Expr, show_implicit: bool) {
        match expr {
            Expr::Var(var) => {
                self.variable(var, 0, true);
            }
            // Only references are special there.
            _ => self.rule_expr(expr, show_implicit),
        }
    }

    /// PostgreSQL: get_rule_list_toplevel.
    pub(super) fn rule_list_toplevel(&mut self, list: &'a [Expr], show_implicit: bool) {
        for (i, expr) in list.iter().enumerate() {
            if i > 0 {
                self.put(", ");
            }
            self.rule_expr_toplevel(expr, show_implicit);
        }
    }

    fn call_with_list(&mut self, name: &str, args: &'a [Expr]) {
        self.put(name);
        self.put("(");
        self.rule_list(args, true);
        self.put(")");
    }

    fn type_suffix(&mut self, typid: Oid, typmod: i32) {
        let text = self.deparse.type_with_typmod(typid, typmod);
        self.put("::");
        self.put(&text);
    }

    fn maybe_cast(
        &mut self,
        expr: &'a Expr,
        arg: &'a Expr,
        cast: (Oid, i32, CoercionForm),
        show_implicit: bool,
    ) {
        let (typid, typmod, form) = cast;
        if form == CoercionForm::CoerceImplicitCast && !show_implicit {
            self.rule_expr_paren(arg, false, expr, false);
        } else {
            self.coercion_expr(expr, arg, typid, typmod);
        }
    }

    /// PostgreSQL: get_coercion_expr.
    pub(super) fn coercion_expr(&mut self, expr: &'a Expr, arg: &'a Expr, typid: Oid, typmod: i32) {
        match arg {
            Expr::Const(constant) if constant.consttype == typid && constant.consttypmod == -1 => {
                self.constant(constant, -1);
            }
            // Anything else is shown in full, in parentheses.
            _ => {
                self.paren("(");
                self.rule_expr_paren(arg, false, expr, false);
                self.paren(")");
            }
        }
        self.type_suffix(typid, typmod);
    }

    fn infix(&mut self, expr: &'a Expr, args: &'a [Expr], word: &str, show_implicit: bool) {
        self.paren("(");
        for (i, arg) in args.iter().enumerate() {
            if i > 0 {
                self.put(word);
            }
            self.rule_expr_paren(arg, show_implicit, expr, i == 0);
        }
        self.paren(")");
    }

    /// PostgreSQL: get_oper_expr.
    fn oper_expr(&mut self, expr: &'a Expr, e: &'a OpExpr) {
        let name = self.deparse.operator_name(e.opno);
        if let [arg] = e.args.as_slice() {
            self.paren("(");
            self.put(&name);
            self.put(" ");
            self.rule_expr_paren(arg, true, expr, true);
            self.paren(")");
        } else {
            self.infix(expr, &e.args, &format!(" {name} "), true);
        }
    }

    fn scalar_array_op(&mut self, expr: &'a Expr, e: &'a ScalarArrayOpExpr) {
        let [left, right] = e.args.as_slice() else { return };
        self.paren("(");
        self.rule_expr_paren(left, true, expr, false);
        let name = self.deparse.operator_name(e.opno);
        self.put(" ");
        self.put(&name);
        self.put(if e.use_or { " ANY (" } else { " ALL (" });
        self.rule_expr_paren(right, true, expr, false);
        if matches!(right, Expr::SubLink(s) if s.sub_link_type == SubLinkType::ExprSublink) {
            self.type_suffix(expr_type(right), expr_typmod(right));
        }
        self.put(")");
        self.paren(")");
    }

    fn bool_expr(&mut self, expr: &'a Expr, e: &'a BoolExpr) {
        match e.boolop {
            BoolExprType::AndExpr => self.infix(expr, &e.args, " AND ", false),
            BoolExprType::OrExpr => self.infix(expr, &e.args, " OR ", false),
            BoolExprType::NotExpr => {
                self.paren("(");
                self.put("NOT ");
                if let Some(arg) = e.args.first() {
                    self.rule_expr_paren(arg, false, expr, true);
                }
                self.paren(")");
            }
        }
    }

    fn subscripting(&mut self, e: &'a SubscriptingRef, show_implicit: bool) {
        let bare = matches!(e.refexpr, Expr::Var(_) | Expr::FieldSelect(_));
        self.put(if bare { "" } else { "(" });
        self.rule_expr(&e.refexpr, show_implicit);
        self.put(if bare { "" } else { ")" });
        self.subscripts(e);
        if let Some(value) = &e.refassgnexpr {
            self.put(" := ");
            self.rule_expr(value, show_implicit);
        }
    }

    /// PostgreSQL: printSubscripts.
    pub(super) fn subscripts(&mut self, e: &'a SubscriptingRef) {
        for (i, upper) in e.refupperindexpr.iter().enumerate() {
            self.put("[");
            if let Some(lower) = e.reflowerindexpr.get(i) {
                if let Some(lower) = lower {
                    self.rule_expr(lower, false);
                }
                self.put(":");
            }
            if let Some(upper) = upper {
                self.rule_expr(upper, false);
            }
            self.put("]");
        }
    }

    fn case_expr(&mut self, e: &'a CaseExpr) {
        self.keyword("CASE", 0, PRETTYINDENT_VAR, 0);
        if let Some(arg) = &e.arg {
            self.put(" ");
            self.rule_expr(arg, true);
        }
        let space = if self.pretty_indent { "" } else { " " };
        for when in &e.args {
            let mut condition = &when.expr;
            if let (Some(_), Expr::OpExpr(op)) = (&e.arg, condition)
                && let [left, right] = op.args.as_slice()
                && matches!(strip_implicit_coercions(left), Expr::CaseTestExpr { .. })
            {
                condition = right;
            }
            self.put(space);
            self.keyword("WHEN ", 0, 0, 0);
            self.rule_expr(condition, false);
            self.put(" THEN ");
            self.rule_expr(&when.result, true);
        }
        self.put(space);
        self.keyword("ELSE ", 0, 0, 0);
        self.rule_expr(&e.defresult, true);
        self.put(space);
        self.keyword("END", -PRETTYINDENT_VAR, 0, 0);
    }

    fn row_expr(&mut self, e: &'a RowExpr) {
        let relid = lsyscache::get_typ_typrelid(self.catalog(), e.row_typeid);
        let class = match e.row_typeid {
            fixed::RECORDOID => None,
            _ => self.catalog().get::<PgClass>(relid), // a named row type
        };
        self.put("ROW(");
        let mut separator = "";
        for (i, arg) in e.args.iter().enumerate() {
            let attribute = class.and_then(|class| class.attributes.get(i));
            if attribute.is_some_and(|a| a.attisdropped) {
                continue;
            }
            self.put(separator);
            separator = ", ";
            self.rule_expr_toplevel(arg, true);
        }
        let added =
            class.map_or(&[][..], |class| class.attributes.get(e.args.len()..).unwrap_or(&[]));
        for _ in added.iter().filter(|a| !a.attisdropped) {
            self.put(separator);
            separator = ", ";
            self.put("NULL");
        }
        self.put(")");
        if e.row_format == CoercionForm::CoerceExplicitCast {
            self.type_suffix(e.row_typeid, -1);
        }
    }

    fn null_test(&mut self, expr: &'a Expr, e: &'a NullTest) {
        self.paren("(");
        self.rule_expr_paren(&e.arg, true, expr, false);
        let plain = e.argisrow || !lsyscache::type_is_rowtype(self.catalog(), expr_type(&e.arg));
        self.put(match (e.nulltesttype, plain) {
            (NullTestType::IsNull, true) => " IS NULL",
            (NullTestType::IsNotNull, true) => " IS NOT NULL",
            (NullTestType::IsNull, false) => " IS NOT DISTINCT FROM NULL",
            (NullTestType::IsNotNull, false) => " IS DISTINCT FROM NULL",
        });
        self.paren(")");
    }

    fn sql_value_function(&mut self, e: &SQLValueFunction) {
        use SQLValueFunctionOp::*;
        let word = match e.op {
            SvfopCurrentDate => "CURRENT_DATE",
            SvfopCurrentTime | SvfopCurrentTimeN => "CURRENT_TIME",
            SvfopCurrentTimestamp | SvfopCurrentTimestampN => "CURRENT_TIMESTAMP",
            SvfopLocaltime | SvfopLocaltimeN => "LOCALTIME",
            SvfopLocaltimestamp | SvfopLocaltimestampN => "LOCALTIMESTAMP",
            SvfopCurrentRole => "CURRENT_ROLE",
            SvfopCurrentUser => "CURRENT_USER",
            SvfopUser => "USER",
            SvfopSessionUser => "SESSION_USER",
            SvfopCurrentCatalog => "CURRENT_CATALOG",
            SvfopCurrentSchema => "CURRENT_SCHEMA",
        };
        self.put(word);
        if matches!(
            e.op,
            SvfopCurrentTimeN | SvfopCurrentTimestampN | SvfopLocaltimeN | SvfopLocaltimestampN
        ) {
            self.put(&format!("({})", e.typmod));
        }
    }

    fn xml_expr(&mut self, e: &'a XmlExpr) {
        self.put(match e.op {
            XmlExprOp::IsXmlconcat => "XMLCONCAT(",
            XmlExprOp::IsXmlelement => "XMLELEMENT(",
            XmlExprOp::IsXmlforest => "XMLFOREST(",
            XmlExprOp::IsXmlparse => "XMLPARSE(",
            XmlExprOp::IsXmlpi => "XMLPI(",
            XmlExprOp::IsXmlroot => "XMLROOT(",
            XmlExprOp::IsXmlserialize => "XMLSERIALIZE(",
            XmlExprOp::IsDocument => "",
        });
        if matches!(e.op, XmlExprOp::IsXmlparse | XmlExprOp::IsXmlserialize) {
            self.put(match e.xmloption {
                XmlOptionType::XmloptionDocument => "DOCUMENT ",
                XmlOptionType::XmloptionContent => "CONTENT ",
            });
        }
        let mut need_comma = false;
        if let Some(name) = &e.name {
            self.put("NAME ");
            self.put_identifier(&map_xml_name_to_sql_identifier(name));
            need_comma = true;
        }
        if !e.named_args.is_empty() {
            if e.op != XmlExprOp::IsXmlforest {
                self.put(if need_comma { ", XMLATTRIBUTES(" } else { "XMLATTRIBUTES(" });
                need_comma = false;
            }
            for (arg, name) in e.named_args.iter().zip(&e.arg_names) {
                self.put(if need_comma { ", " } else { "" });
                self.rule_expr(arg, true);
                self.put(" AS ");
                self.put_identifier(&map_xml_name_to_sql_identifier(name));
                need_comma = true;
            }
            if e.op != XmlExprOp::IsXmlforest {
                self.put(")");
            }
        }
        if !e.args.is_empty() {
            self.put(if need_comma { ", " } else { "" });
            self.xml_arguments(e);
        }
        if e.op == XmlExprOp::IsXmlserialize {
            let text = self.deparse.type_with_typmod(e.type_id, e.typmod);
            self.put(" AS ");
            self.put(&text);
            if self.catalog().version().major() >= 16 {
                self.put(if e.indent { " INDENT" } else { " NO INDENT" });
            }
        }
        self.put(if e.op == XmlExprOp::IsDocument { " IS DOCUMENT" } else { ")" });
    }

    fn xml_arguments(&mut self, e: &'a XmlExpr) {
        let boolean = |expr: &Expr| match expr {
            Expr::Const(Const { value: Some(Datum::Text(text)), .. }) => {
                Some(text.starts_with('t'))
            }
            _ => None, // parse analysis makes constants of these
        };
        match (e.op, e.args.as_slice()) {
            (XmlExprOp::IsXmlparse, [value, preserve]) => {
                self.rule_expr(value, true);
                let preserve = boolean(preserve) == Some(true);
                self.put(if preserve { " PRESERVE WHITESPACE" } else { " STRIP WHITESPACE" });
            }
            (XmlExprOp::IsXmlroot, [value, version, standalone]) => {
                self.rule_expr(value, true);
                self.put(", VERSION ");
                match version {
                    Expr::Const(constant) if constant.value.is_none() => self.put("NO VALUE"),
                    _ => self.rule_expr(version, false), // a version that was given
                }
                if let Expr::Const(Const { value: Some(Datum::Text(text)), .. }) = standalone {
                    self.put(match text.as_ref() {
                        "0" => ", STANDALONE YES",
                        "1" => ", STANDALONE NO",
                        "2" => ", STANDALONE NO VALUE",
                        _ => "", // 3: not given
                    });
                }
            }
            (XmlExprOp::IsDocument, [value]) => self.rule_expr(value, true),
            (_, args) => self.rule_list(args, true), // the other forms take a plain list
        }
    }

    /// PostgreSQL: get_sublink_expr.
    fn sublink_expr(&mut self, e: &'a SubLink) {
        let array = e.sub_link_type == SubLinkType::ArraySublink;
        self.put(if array { "ARRAY(" } else { "(" });
        let mut operator = None;
        match &e.testexpr {
            Some(Expr::OpExpr(op)) => {
                self.operand(op);
                operator = Some(op.opno);
            }
            Some(Expr::BoolExpr(all)) => {
                self.put("(");
                for (i, arg) in all.args.iter().enumerate() {
                    self.put(if i > 0 { ", " } else { "" });
                    if let Expr::OpExpr(op) = arg {
                        self.operand(op);
                        operator = operator.or(Some(op.opno));
                    }
                }
                self.put(")");
            }
            Some(Expr::RowCompareExpr(row)) => {
                self.put("(");
                self.rule_list(&row.largs, true);
                self.put(")");
                operator = row.opnos.first().copied();
            }
            // Parse analysis makes only these.
            Some(_) | None => {}
        }
        let name = operator.map(|opno| self.deparse.operator_name(opno)).unwrap_or_default();
        let need_paren = match e.sub_link_type {
            SubLinkType::ExistsSublink => {
                self.put("EXISTS ");
                true
            }
            SubLinkType::AnySublink => {
                let text = if name == "=" { " IN ".to_string() } else { format!(" {name} ANY ") };
                self.put(&text);
                true
            }
            SubLinkType::AllSublink => {
                self.put(&format!(" {name} ALL "));
                true
            }
            SubLinkType::RowcompareSublink => {
                self.put(&format!(" {name} "));
                true
            }
            SubLinkType::ExprSublink
            | SubLinkType::MultiexprSublink
            | SubLinkType::ArraySublink
            | SubLinkType::CteSublink => false,
        };
        self.put(if need_paren { "(" } else { "" });
        self.subquery(&e.subselect, None, false);
        self.put(if need_paren { "))" } else { ")" });
    }

    fn operand(&mut self, op: &'a OpExpr) {
        if let Some(left) = op.args.first() {
            self.rule_expr(left, true);
        }
    }

    /// A function in FROM; anything that does not look like a call as a CAST (PostgreSQL: get_rule_expr_funccall).
    pub(super) fn rule_expr_funccall(&mut self, expr: &'a Expr, show_implicit: bool) {
        if looks_like_function(expr) {
            self.rule_expr(expr, show_implicit);
            return;
        }
        self.put("CAST(");
        self.rule_expr(expr, false);
        let text = self.deparse.type_with_typmod(expr_type(expr), expr_typmod(expr));
        self.put(" AS ");
        self.put(&text);
        self.put(")");
    }
}

/// Whether the expression prints as the grammar's func_expr (PostgreSQL: looks_like_function).
pub(super) fn looks_like_function(expr: &Expr) -> bool {
    match expr {
        Expr::FuncExpr(call) => matches!(
            call.funcformat,
            CoercionForm::CoerceExplicitCall | CoercionForm::CoerceSqlSyntax
        ),
        Expr::Aggref(_)
        | Expr::GroupingFunc(_)
        | Expr::WindowFunc(_)
        | Expr::MergeSupportFunc { .. }
        | Expr::CoalesceExpr(_)
        | Expr::MinMaxExpr(_)
        | Expr::NullIfExpr(_)
        | Expr::SQLValueFunction(_)
        | Expr::XmlExpr(_)
        | Expr::JsonExpr(_)
        | Expr::JsonConstructorExpr(_) => true,
        _ => false, // operators, casts and the rest need parentheses
    }
}

/// PostgreSQL: map_xml_name_to_sql_identifier (utils/adt/xml.c).
fn map_xml_name_to_sql_identifier(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes()[at..].get(6) == Some(&b'_'));
        let found =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match found {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push('_');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

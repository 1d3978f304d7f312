//! An analysed expression turned back into the raw one that would be written for it, with implicit casts left out as
//! PostgreSQL leaves them out when it deparses (PostgreSQL: get_rule_expr, utils/adt/ruleutils.c).

use super::at_parse::make_type_name_from_oid;
use super::support::namespace_name;
use crate::catalog::{Catalog, PgClass, PgOperator, PgProc};
use crate::findings::{PgResult, unknown};
use crate::nodes::ParseLoc;
use crate::nodes::accessors::{make_func_call, make_string};
use crate::nodes::node_funcs::expr_is_length_coercion;
use crate::nodes::primnodes::{BoolExprType, Const, Datum, Expr};
use crate::nodes::tree::{
    AArrayExpr, AConst, AExpr, AExprKind, BoolExpr, BooleanTest, CaseExpr, CaseWhen, CoalesceExpr,
    CoercionForm, CollateClause, ColumnRef, FuncCall, MinMaxExpr, Node, NullTest, SQLValueFunction,
    TypeCast,
};
use crate::pg::oid::{Oid, fixed};

/// The raw expression; its Vars are columns of `class`.
pub(super) fn raw_of_expr(catalog: &Catalog, expr: &Expr, class: &PgClass) -> PgResult<Node> {
    Writer { catalog, class }.expr(expr, false)
}

struct Writer<'a> {
    catalog: &'a Catalog,
    class: &'a PgClass,
}

impl Writer<'_> {
    fn expr(&self, expr: &Expr, show_implicit: bool) -> PgResult<Node> {
        let none = ParseLoc::NONE;
        Ok(match expr {
            Expr::Var(var) => {
                let Some(column) = self.class.attribute(var.varattno) else {
                    return unknown("a whole-row reference in an expression to be rebuilt");
                };
                let fields = vec![make_string(&column.attname)];
                Node::ColumnRef(Box::new(ColumnRef { fields, location: none }))
            }
            Expr::Const(constant) => self.constant(constant),
            Expr::FuncExpr(e) => {
                let first = e.args.first();
                match (e.funcformat, first) {
                    (CoercionForm::CoerceImplicitCast, Some(arg)) if !show_implicit => {
                        self.expr(arg, false)?
                    }
                    (
                        CoercionForm::CoerceImplicitCast | CoercionForm::CoerceExplicitCast,
                        Some(arg),
                    ) => {
                        let typmod = expr_is_length_coercion(expr).unwrap_or(-1);
                        self.cast(arg, e.funcresulttype, typmod)?
                    }
                    _ => self.function(e.funcid, &e.args, e.funcvariadic)?, // an ordinary call
                }
            }
            Expr::OpExpr(e) => self.operator(AExprKind::AexprOp, e.opno, &e.args)?,
            Expr::DistinctExpr(e) => self.operator(AExprKind::AexprDistinct, e.opno, &e.args)?,
            Expr::NullIfExpr(e) => self.operator(AExprKind::AexprNullif, e.opno, &e.args)?,
            Expr::ScalarArrayOpExpr(e) => {
                let kind = if e.use_or { AExprKind::AexprOpAny } else { AExprKind::AexprOpAll };
                self.operator(kind, e.opno, &e.args)?
            }
            Expr::BoolExpr(e) => Node::BoolExpr(Box::new(BoolExpr {
                boolop: match e.boolop {
                    BoolExprType::AndExpr => BoolExprType::AndExpr,
                    BoolExprType::OrExpr => BoolExprType::OrExpr,
                    BoolExprType::NotExpr => BoolExprType::NotExpr,
                },
                args: self.list(&e.args, false)?,
                location: none,
            })),
            Expr::NullTest(e) => Node::NullTest(Box::new(NullTest {
                arg: Some(self.expr(&e.arg, true)?),
                nulltesttype: e.nulltesttype,
                argisrow: false,
                location: none,
            })),
            Expr::BooleanTest(e) => Node::BooleanTest(Box::new(BooleanTest {
                arg: Some(self.expr(&e.arg, false)?),
                booltesttype: e.booltesttype,
                location: none,
            })),
            Expr::RelabelType(e) => {
                if e.relabelformat == CoercionForm::CoerceImplicitCast && !show_implicit {
                    self.expr(&e.arg, false)?
                } else {
                    self.cast(&e.arg, e.resulttype, e.resulttypmod)?
                }
            }
            Expr::CoerceViaIO(e) => {
                if e.coerceformat == CoercionForm::CoerceImplicitCast && !show_implicit {
                    self.expr(&e.arg, false)?
                } else {
                    self.cast(&e.arg, e.resulttype, -1)?
                }
            }
            Expr::ArrayCoerceExpr(e) => {
                if e.coerceformat == CoercionForm::CoerceImplicitCast && !show_implicit {
                    self.expr(&e.arg, false)?
                } else {
                    self.cast(&e.arg, e.resulttype, e.resulttypmod)?
                }
            }
            Expr::CoerceToDomain(e) => {
                if e.coercionformat == CoercionForm::CoerceImplicitCast && !show_implicit {
                    self.expr(&e.arg, false)?
                } else {
                    self.cast(&e.arg, e.resulttype, e.resulttypmod)?
                }
            }
            Expr::CollateExpr(e) => {
                let name = self.catalog.get::<crate::catalog::PgCollation>(e.coll_oid);
                let collname = name.map_or_else(Vec::new, |row| {
                    let schema = namespace_name(self.catalog, row.collnamespace);
                    vec![make_string(&schema), make_string(&row.collname)]
                });
                Node::CollateClause(Box::new(CollateClause {
                    arg: Some(self.expr(&e.arg, show_implicit)?),
                    collname,
                    location: none,
                }))
            }
            Expr::ArrayExpr(e) => {
                let array = Node::AArrayExpr(Box::new(AArrayExpr {
                    elements: self.list(&e.elements, true)?,
                    list_start: none,
                    list_end: none,
                    location: none,
                }));
                // Its elements say its type, so that a cast around it reaches them.
                if !e.elements.is_empty() {
                    return Ok(array);
                }
                Node::TypeCast(Box::new(TypeCast {
                    arg: Some(array),
                    type_name: Some(Box::new(make_type_name_from_oid(
                        self.catalog,
                        e.array_typeid,
                        -1,
                    ))),
                    location: none,
                }))
            }
            Expr::CoalesceExpr(e) => Node::CoalesceExpr(Box::new(CoalesceExpr {
                args: self.list(&e.args, true)?,
                location: none,
            })),
            Expr::MinMaxExpr(e) => Node::MinMaxExpr(Box::new(MinMaxExpr {
                op: e.op,
                args: self.list(&e.args, true)?,
                location: none,
            })),
            Expr::SQLValueFunction(e) => Node::SQLValueFunction(Box::new(SQLValueFunction {
                op: e.op,
                typmod: e.typmod,
                location: none,
            })),
            Expr::CaseExpr(e) if e.arg.is_none() => {
                let mut args = Vec::new();
                for when in &e.args {
                    args.push(Node::CaseWhen(Box::new(CaseWhen {
                        expr: Some(self.expr(&when.expr, false)?),
                        result: Some(self.expr(&when.result, true)?),
                        location: none,
                    })));
                }
                Node::CaseExpr(Box::new(CaseExpr {
                    arg: None,
                    args,
                    defresult: Some(self.expr(&e.defresult, true)?),
                    location: none,
                }))
            }
            _ => return unknown("an expression that cannot be rebuilt after a type change"),
        })
    }

    fn list(&self, exprs: &[Expr], show_implicit: bool) -> PgResult<Vec<Node>> {
        exprs.iter().map(|expr| self.expr(expr, show_implicit)).collect()
    }

    fn cast(&self, arg: &Expr, type_id: Oid, typmod: i32) -> PgResult<Node> {
        let arg = match arg {
            // A constant that is cast is written with the outer type alone where it had none of its own.
            Expr::Const(constant) if constant.consttype == type_id => {
                return Ok(self.constant(constant));
            }
            other => self.expr(other, false)?,
        };
        Ok(self.typed(arg, type_id, typmod))
    }

    fn typed(&self, arg: Node, type_id: Oid, typmod: i32) -> Node {
        Node::TypeCast(Box::new(TypeCast {
            arg: Some(arg),
            type_name: Some(Box::new(make_type_name_from_oid(self.catalog, type_id, typmod))),
            location: ParseLoc::NONE,
        }))
    }

    fn constant(&self, constant: &Const) -> Node {
        let literal = |node: Option<Node>| {
            Node::AConst(AConst { val: node.map(Box::new), location: ParseLoc::NONE })
        };
        let Some(value) = &constant.value else {
            return self.typed(literal(None), constant.consttype, constant.consttypmod);
        };
        let text = match value {
            Datum::Text(text) | Datum::Raw(text) => text.to_string(),
            Datum::Oid(oid) => oid.to_string(),
        };
        match constant.consttype {
            fixed::INT4OID => {
                if let Ok(number) = text.parse::<i32>()
                    && number >= 0
                {
                    return literal(Some(Node::Integer(number)));
                }
            }
            fixed::BOOLOID => {
                return literal(Some(Node::Boolean(text.starts_with('t'))));
            }
            fixed::NUMERICOID
                if constant.consttypmod < 0
                    && text.contains('.')
                    && text.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                return literal(Some(Node::Float(text.as_str().into())));
            }
            fixed::UNKNOWNOID => return literal(Some(make_string(&text))),
            _ => {} // every other type is written as a string and a cast
        }
        let string = literal(Some(make_string(&text)));
        self.typed(string, constant.consttype, constant.consttypmod)
    }

    fn operator(&self, kind: AExprKind, operator: Oid, args: &[Expr]) -> PgResult<Node> {
        let Some(row) = self.catalog.get::<PgOperator>(operator) else {
            return unknown("an operator that is not known");
        };
        let mut name = vec![make_string(&row.oprname)];
        if row.oprnamespace != fixed::PG_CATALOG_NAMESPACE {
            name.insert(0, make_string(&namespace_name(self.catalog, row.oprnamespace)));
        }
        let mut operands = self.list(args, true)?.into_iter();
        let (left, right) = if args.len() == 1 {
            (None, operands.next())
        } else {
            (operands.next(), operands.next())
        };
        Ok(Node::AExpr(Box::new(AExpr {
            kind,
            name,
            lexpr: left,
            rexpr: right,
            rexpr_list_start: ParseLoc::NONE,
            rexpr_list_end: ParseLoc::NONE,
            location: ParseLoc::NONE,
        })))
    }

    fn function(&self, function: Oid, args: &[Expr], variadic: bool) -> PgResult<Node> {
        let Some(row) = self.catalog.get::<PgProc>(function) else {
            return unknown("a function that is not known");
        };
        let schema = namespace_name(self.catalog, row.pronamespace);
        Ok(Node::FuncCall(Box::new(FuncCall {
            func_variadic: variadic,
            ..make_func_call(
                vec![make_string(&schema), make_string(&row.proname)],
                self.list(args, true)?,
                ParseLoc::NONE,
            )
        })))
    }
}

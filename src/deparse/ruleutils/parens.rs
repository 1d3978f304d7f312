//! Which parentheses are needed where only these are printed (PostgreSQL: isSimpleNode, get_rule_expr_paren).

use super::context::Context;
use crate::nodes::primnodes::*;

/// What an operator of one character binds like; None for all others.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Priority {
    Low,
    High,
}

impl<'a> Context<'a> {
    /// Text that is printed only where all parentheses are.
    pub(super) fn paren(&mut self, text: &str) {
        if !self.pretty_paren {
            self.put(text);
        }
    }

    /// PostgreSQL: get_rule_expr_paren.
    pub(super) fn rule_expr_paren(
        &mut self,
        expr: &'a Expr,
        show_implicit: bool,
        parent: &'a Expr,
        first: bool,
    ) {
        let needed = self.pretty_paren && !self.is_simple(expr, parent, first);
        self.put(if needed { "(" } else { "" });
        self.rule_expr(expr, show_implicit);
        self.put(if needed { ")" } else { "" });
    }

    /// PostgreSQL: isSimpleNode; `first` where the node is its parent's left operand.
    fn is_simple(&self, expr: &Expr, parent: &Expr, first: bool) -> bool {
        match expr {
            Expr::Var(_)
            | Expr::Const(_)
            | Expr::Param(_)
            | Expr::CoerceToDomainValue { .. }
            | Expr::SetToDefault { .. }
            | Expr::CurrentOfExpr { .. }
            | Expr::SubscriptingRef(_)
            | Expr::ArrayExpr(_)
            | Expr::RowExpr(_)
            | Expr::CoalesceExpr(_)
            | Expr::MinMaxExpr(_)
            | Expr::SQLValueFunction(_)
            | Expr::XmlExpr(_)
            | Expr::NextValueExpr { .. }
            | Expr::NullIfExpr(_)
            | Expr::Aggref(_)
            | Expr::GroupingFunc(_)
            | Expr::WindowFunc(_)
            | Expr::MergeSupportFunc { .. }
            | Expr::FuncExpr(_)
            | Expr::JsonConstructorExpr(_)
            | Expr::JsonExpr(_)
            | Expr::CaseExpr(_) => true,
            Expr::FieldSelect(_) => !matches!(parent, Expr::FieldSelect(_)),
            Expr::FieldStore(_) => !matches!(parent, Expr::FieldStore(_)),
            Expr::CoerceToDomain(e) => self.is_simple(&e.arg, expr, false),
            Expr::RelabelType(e) => self.is_simple(&e.arg, expr, false),
            Expr::CoerceViaIO(e) => self.is_simple(&e.arg, expr, false),
            Expr::ArrayCoerceExpr(e) => self.is_simple(&e.arg, expr, false),
            Expr::ConvertRowtypeExpr(e) => self.is_simple(&e.arg, expr, false),
            Expr::ReturningExpr(e) => self.is_simple(&e.retexpr, expr, false),
            Expr::OpExpr(op) => match parent {
                Expr::OpExpr(outer) => match (self.priority(op), self.priority(outer)) {
                    (Some(Priority::High), Some(Priority::Low)) => true,
                    (Some(Priority::Low), Some(Priority::High)) => false,
                    (Some(_), Some(_)) => first,
                    _ => false, // other operators
                },
                _ => encloses(parent),
            },
            Expr::SubLink(_)
            | Expr::NullTest(_)
            | Expr::BooleanTest(_)
            | Expr::DistinctExpr(_)
            | Expr::JsonIsPredicate(_) => encloses(parent),
            Expr::BoolExpr(e) => match parent {
                Expr::BoolExpr(outer) => match e.boolop {
                    BoolExprType::NotExpr | BoolExprType::AndExpr => {
                        outer.boolop != BoolExprType::NotExpr
                    }
                    BoolExprType::OrExpr => outer.boolop == BoolExprType::OrExpr,
                },
                _ => encloses(parent),
            },
            Expr::JsonValueExpr(e) => self.is_simple(&e.raw_expr, expr, false),
            _ => false, // in doubt with parentheses, as PostgreSQL
        }
    }

    fn priority(&self, op: &OpExpr) -> Option<Priority> {
        let row = self.catalog().get::<crate::catalog::PgOperator>(op.opno)?;
        match row.oprname.as_str() {
            "+" | "-" => Some(Priority::Low),
            "*" | "/" | "%" => Some(Priority::High),
            _ => None, // binds like any other operator
        }
    }
}

/// Whether the parent has parentheses, brackets or commas of its own around its parts.
fn encloses(parent: &Expr) -> bool {
    match parent {
        Expr::FuncExpr(call) => !matches!(
            call.funcformat,
            CoercionForm::CoerceExplicitCast
                | CoercionForm::CoerceImplicitCast
                | CoercionForm::CoerceSqlSyntax
        ),
        Expr::SubscriptingRef(_)
        | Expr::ArrayExpr(_)
        | Expr::RowExpr(_)
        | Expr::CoalesceExpr(_)
        | Expr::MinMaxExpr(_)
        | Expr::XmlExpr(_)
        | Expr::NullIfExpr(_)
        | Expr::Aggref(_)
        | Expr::GroupingFunc(_)
        | Expr::WindowFunc(_)
        | Expr::CaseExpr(_)
        | Expr::BoolExpr(_)
        | Expr::JsonExpr(_) => true,
        _ => false, // operators and casts
    }
}

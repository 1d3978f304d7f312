//! Stored expressions follow when an enum's label gets another name: PostgreSQL stores the label's oid, ours its name.

use std::sync::Arc;

use super::Context;
use crate::catalog::value::quote_array_element;
use crate::catalog::{
    PartitionBound, PgAttrdef, PgClass, PgConstraint, PgIndex, PgPartitionedTable, PgPolicy,
    PgProc, PgPublicationRel, PgRewrite, PgStatisticExt, PgTrigger, PgType, RangeDatum, Stored,
};
use crate::nodes::node_funcs::{mutate_expr_deep, mutate_query, walk_expr_deep, walk_query};
use crate::nodes::primnodes::{Const, Datum, Expr, Query};
use crate::pg::oid::Oid;

/// Gives the label its new name wherever it is stored as a constant.
pub(super) fn follow_rename(context: &mut Context, enum_type: Oid, old: &str, new: &str) {
    let array_type = context.catalog.get::<PgType>(enum_type).map_or(Oid::INVALID, |t| t.typarray);
    let relabel = Relabel { enum_type, array_type, old, new };
    relabel.each(context, |relabel, row: &mut PgAttrdef| relabel.shared(&mut row.adbin));
    relabel.each(context, |relabel, row: &mut PgConstraint| relabel.optional(&mut row.conbin));
    relabel.each(context, |relabel, row: &mut PgIndex| {
        relabel.list(&mut row.indexprs) | relabel.optional(&mut row.indpred)
    });
    relabel.each(context, |relabel, row: &mut PgPartitionedTable| relabel.list(&mut row.partexprs));
    relabel.each(context, |relabel, row: &mut PgPolicy| {
        relabel.optional(&mut row.polqual) | relabel.optional(&mut row.polwithcheck)
    });
    relabel.each(context, |relabel, row: &mut PgProc| {
        let defaults = relabel.exprs(&mut row.proargdefaults);
        defaults | row.prosqlbody.as_mut().is_some_and(|body| relabel.queries(body))
    });
    relabel.each(context, |relabel, row: &mut PgPublicationRel| relabel.optional(&mut row.prqual));
    relabel.each(context, |relabel, row: &mut PgRewrite| {
        relabel.optional(&mut row.ev_qual) | relabel.queries(&mut row.ev_action)
    });
    relabel.each(context, |relabel, row: &mut PgStatisticExt| relabel.list(&mut row.stxexprs));
    relabel.each(context, |relabel, row: &mut PgTrigger| relabel.optional(&mut row.tgqual));
    relabel.each(context, |relabel, row: &mut PgType| relabel.optional(&mut row.typdefaultbin));
    relabel.each(context, |relabel, row: &mut PgClass| {
        row.relpartbound.as_mut().is_some_and(|bound| relabel.bound(bound))
    });
    forget_rows(context, enum_type);
}

/// Rows that are known hold the old name.
fn forget_rows(context: &mut Context, enum_type: Oid) {
    let holds = |class: &&Arc<PgClass>| {
        !class.oid.is_builtin() && class.attributes.iter().any(|c| c.atttypid == enum_type)
    };
    let tables: Vec<Oid> =
        context.catalog.iter::<PgClass>().filter(holds).map(|class| class.oid).collect();
    for table in tables {
        if context.catalog.contents(table).is_some_and(|rows| !rows.is_empty()) {
            context.catalog.set_contents(table, None);
        }
    }
}

struct Relabel<'a> {
    enum_type: Oid,
    array_type: Oid,
    old: &'a str,
    new: &'a str,
}

impl Relabel<'_> {
    /// Changes those of the user's rows that `change` changes.
    fn each<R: Stored + Clone>(&self, context: &mut Context, change: fn(&Self, &mut R) -> bool) {
        let mut changed: Vec<(Oid, R)> = Vec::new();
        for row in context.catalog.iter::<R>().filter(|row| !row.oid().is_builtin()) {
            let mut copy = R::clone(row);
            if change(self, &mut copy) {
                changed.push((row.oid(), copy));
            }
        }
        for (oid, copy) in changed {
            context.catalog.update::<R>(oid, |row| *row = copy);
        }
    }

    /// The constant's text under the new name; None where it does not hold the label.
    fn renamed(&self, constant: &Const) -> Option<String> {
        let Some(Datum::Text(text) | Datum::Raw(text)) = &constant.value else { return None };
        if constant.consttype == self.enum_type {
            return (**text == *self.old).then(|| self.new.to_string());
        }
        if constant.consttype != self.array_type || !self.array_type.is_valid() {
            return None;
        }
        let (old, new) = (quote_array_element(self.old), quote_array_element(self.new));
        let elements = elements(text);
        elements.iter().any(|element| *element == old).then(|| {
            elements.iter().map(|part| if *part == old { new.as_str() } else { *part }).collect()
        })
    }

    fn expr(&self, expr: &mut Expr) -> bool {
        let holds = walk_expr_deep(expr, &mut |node| self.holds(node));
        if holds {
            mutate_expr_deep(expr, 0, &mut |node, _| self.apply(node));
        }
        holds
    }

    fn holds(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Const(constant) if self.renamed(constant).is_some())
    }

    fn apply(&self, expr: &mut Expr) {
        if let Expr::Const(constant) = expr
            && let Some(text) = self.renamed(constant)
        {
            constant.value = Some(Datum::Text(text.as_str().into()));
        }
    }

    fn shared(&self, expr: &mut Arc<Expr>) -> bool {
        let holds = walk_expr_deep(expr, &mut |node| self.holds(node));
        holds && self.expr(Arc::make_mut(expr))
    }

    fn optional(&self, expr: &mut Option<Arc<Expr>>) -> bool {
        expr.as_mut().is_some_and(|expr| self.shared(expr))
    }

    fn list(&self, exprs: &mut [Arc<Expr>]) -> bool {
        exprs.iter_mut().fold(false, |changed, expr| self.shared(expr) | changed)
    }

    fn exprs(&self, exprs: &mut [Expr]) -> bool {
        exprs.iter_mut().fold(false, |changed, expr| self.expr(expr) | changed)
    }

    fn queries(&self, queries: &mut Arc<Vec<Query>>) -> bool {
        let holds = queries.iter().any(|query| walk_query(query, &mut |node| self.holds(node)));
        if holds {
            for query in Arc::make_mut(queries) {
                mutate_query(query, 0, &mut |node, _| self.apply(node));
            }
        }
        holds
    }

    fn bound(&self, bound: &mut Arc<PartitionBound>) -> bool {
        let mut copy = PartitionBound::clone(bound);
        let changed = match &mut copy {
            PartitionBound::List(values) => self.exprs(values),
            PartitionBound::Range { lower, upper } => {
                lower.iter_mut().chain(upper).fold(false, |changed, datum| match datum {
                    RangeDatum::Value(value) => self.expr(value) | changed,
                    RangeDatum::MinValue | RangeDatum::MaxValue => changed,
                })
            }
            PartitionBound::Default | PartitionBound::Hash { .. } => false,
        };
        if changed {
            *bound = Arc::new(copy);
        }
        changed
    }
}

/// An array's text parted into its elements and what stands between them.
fn elements(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '{' | '}' | ',' if !quoted => {
                parts.extend([&text[start..at], &text[at..at + 1]]);
                start = at + 1;
            }
            _ => {} // a character of an element
        }
    }
    parts.push(&text[start..]);
    parts
}

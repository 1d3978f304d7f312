//! Stored expressions follow a renamed enum label: PostgreSQL keeps a label's oid in them, we keep its text.

use std::sync::Arc;

use super::Context;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::value::Value;
use crate::catalog::*;
use crate::nodes::node_funcs::{mutate_expr_deep, mutate_query};
use crate::nodes::primnodes::{Datum, Expr, Query};
use crate::pg::oid::Oid;

/// One label under its new name.
struct Label<'a> {
    enum_type: Oid,
    array_type: Oid,
    old: &'a str,
    new: &'a str,
}

/// Gives the label its new name in every expression, partition bound and known row that holds it.
pub(super) fn follow(context: &mut Context, enum_type: Oid, old: &str, new: &str) {
    let array_type = context.catalog.get::<PgType>(enum_type).map_or(Oid::INVALID, |t| t.typarray);
    let label = Label { enum_type, array_type, old, new };
    let mut dependents: Vec<ObjectAddress> = [enum_type, array_type]
        .into_iter()
        .filter(|oid| oid.is_valid())
        .flat_map(|oid| {
            let referenced = ObjectAddress::new(Class::Type, oid);
            context.catalog.depend().dependents_of(referenced).map(|entry| entry.dependent)
        })
        .collect();
    dependents.sort();
    dependents.dedup();
    for address in dependents {
        label.replace_in(context.catalog, address);
    }
}

impl Label<'_> {
    fn replace_in(&self, catalog: &mut Catalog, address: ObjectAddress) {
        let oid = address.object;
        match address.class {
            Class::Attrdef => catalog.update::<PgAttrdef>(oid, |row| self.shared(&mut row.adbin)),
            Class::Constraint => {
                catalog.update::<PgConstraint>(oid, |row| self.optional(&mut row.conbin));
            }
            Class::Policy => catalog.update::<PgPolicy>(oid, |row| {
                self.optional(&mut row.polqual);
                self.optional(&mut row.polwithcheck);
            }),
            Class::Rewrite => catalog.update::<PgRewrite>(oid, |row| {
                self.optional(&mut row.ev_qual);
                Arc::make_mut(&mut row.ev_action).iter_mut().for_each(|query| self.query(query));
            }),
            Class::Trigger => {
                catalog.update::<PgTrigger>(oid, |row| self.optional(&mut row.tgqual));
            }
            Class::Proc => catalog.update::<PgProc>(oid, |row| {
                row.proargdefaults.iter_mut().for_each(|expr| self.expr(expr));
                if let Some(body) = &mut row.prosqlbody {
                    Arc::make_mut(body).iter_mut().for_each(|query| self.query(query));
                }
            }),
            Class::PublicationRel => {
                catalog.update::<PgPublicationRel>(oid, |row| self.optional(&mut row.prqual));
            }
            Class::StatisticExt => catalog.update::<PgStatisticExt>(oid, |row| {
                row.stxexprs.iter_mut().for_each(|expr| self.shared(expr));
            }),
            Class::Type if oid != self.enum_type && oid != self.array_type => {
                catalog.update::<PgType>(oid, |row| self.optional(&mut row.typdefaultbin));
            }
            Class::Relation if address.sub != 0 => self.rows_and_bounds(catalog, oid),
            Class::Relation if catalog.get::<PgIndex>(oid).is_some() => {
                catalog.update::<PgIndex>(oid, |row| {
                    row.indexprs.iter_mut().for_each(|expr| self.shared(expr));
                    self.optional(&mut row.indpred);
                });
            }
            Class::Relation => {
                catalog.update::<PgPartitionedTable>(oid, |row| {
                    row.partexprs.iter_mut().for_each(|expr| self.shared(expr));
                });
            }
            _ => {} // it names the type and holds no value of it
        }
    }

    /// The known rows of a table with a column of the type, and the bounds of its partitions.
    fn rows_and_bounds(&self, catalog: &mut Catalog, table: Oid) {
        if let Some(rows) = catalog.contents(table).filter(|rows| !rows.is_empty()) {
            let class = catalog.get::<PgClass>(table).cloned();
            let is_enum = |at: usize| {
                class
                    .as_ref()
                    .and_then(|class| class.attributes.get(at))
                    .is_some_and(|column| column.atttypid == self.enum_type)
            };
            let mut rows = Vec::clone(&rows);
            for (at, value) in rows.iter_mut().flat_map(|row| row.iter_mut().enumerate()) {
                if is_enum(at) && *value == Value::text(self.old) {
                    *value = Value::text(self.new);
                }
            }
            catalog.set_contents(table, Some(rows));
        }
        let partitions: Vec<Oid> =
            catalog.find_second::<PgInherits>(table).map(|row| row.inhrelid).collect();
        for partition in partitions {
            let bound = catalog.get::<PgClass>(partition).and_then(|row| row.relpartbound.clone());
            let Some(bound) = bound else { continue };
            let mut changed = PartitionBound::clone(&bound);
            match &mut changed {
                PartitionBound::List(values) => values.iter_mut().for_each(|expr| self.expr(expr)),
                PartitionBound::Range { lower, upper } => {
                    for datum in lower.iter_mut().chain(upper) {
                        if let RangeDatum::Value(expr) = datum {
                            self.expr(expr);
                        }
                    }
                }
                PartitionBound::Default | PartitionBound::Hash { .. } => {}
            }
            if changed != *bound {
                catalog.update::<PgClass>(partition, |row| {
                    row.relpartbound = Some(Arc::new(changed));
                });
            }
        }
    }

    fn shared(&self, expr: &mut Arc<Expr>) {
        self.expr(Arc::make_mut(expr));
    }

    fn optional(&self, expr: &mut Option<Arc<Expr>>) {
        if let Some(expr) = expr {
            self.shared(expr);
        }
    }

    fn expr(&self, expr: &mut Expr) {
        mutate_expr_deep(expr, 0, &mut |node, _| self.node(node));
    }

    fn query(&self, query: &mut Query) {
        mutate_query(query, 0, &mut |node, _| self.node(node));
    }

    fn node(&self, expr: &mut Expr) {
        let Expr::Const(constant) = expr else { return };
        let (Some(Datum::Text(text)) | Some(Datum::Raw(text))) = &mut constant.value else {
            return;
        };
        if constant.consttype == self.enum_type && **text == *self.old {
            *text = Arc::from(self.new);
        } else if constant.consttype == self.array_type && self.array_type.is_valid() {
            *text = Arc::from(self.in_array(text));
        }
    }

    /// An array's text with the label under its new name.
    fn in_array(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            if matches!(c, '{' | '}' | ',') {
                out.push(c);
                continue;
            }
            let (mut element, mut written) = (String::new(), String::from(c));
            if c == '"' {
                while let Some(c) = rest.next() {
                    written.push(c);
                    match c {
                        '"' => break,
                        '\\' => {
                            let escaped = rest.next();
                            written.extend(escaped);
                            element.extend(escaped);
                        }
                        _ => element.push(c), // a part of the label
                    }
                }
            } else {
                while let Some(c) = rest.next_if(|c| !matches!(c, '{' | '}' | ',')) {
                    written.push(c);
                }
                element.clone_from(&written);
            }
            if element == self.old { quote_element(&mut out, self.new) } else { out += &written }
        }
        out
    }
}

/// An element as array_out writes it.
fn quote_element(out: &mut String, label: &str) {
    let special = |c: char| matches!(c, '"' | '\\' | '{' | '}' | ',') || c.is_ascii_whitespace();
    if !label.is_empty() && !label.contains(special) && !label.eq_ignore_ascii_case("null") {
        return out.push_str(label);
    }
    out.push('"');
    for c in label.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
}

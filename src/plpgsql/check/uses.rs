//! Which tables, columns and functions an analysed query touches, and where.

use super::Use;
use super::words::find_word;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgClass};
use crate::nodes::node_funcs::{
    NodeRef, QTW_IGNORE_JOINALIASES, expression_tree_walker, query_tree_walker, walk_expr,
};
use crate::nodes::primnodes::{Expr, Query, RteKind, Var};
use crate::pg::oid::Oid;

/// Whether the query reads tables of the user's own, whose rows a body meets only when it runs.
pub(super) fn reads_tables(query: &Query) -> bool {
    fn inside(node: NodeRef) -> bool {
        match node {
            NodeRef::Query(query) => reads_tables(query),
            NodeRef::Expr(expr) => expression_tree_walker(expr, &mut inside),
        }
    }
    let own = |kind: &RteKind| match kind {
        RteKind::Relation { relid, .. } => !relid.is_builtin(),
        _ => false, // the walker goes into the rest
    };
    query.rtable.iter().any(|rte| own(&rte.kind)) || query_tree_walker(query, 0, &mut inside)
}

/// A query and the ones around it.
struct Level<'p> {
    query: &'p Query,
    up: Option<&'p Level<'p>>,
}

/// Gathers what queries touch.
pub(super) struct Collector<'a> {
    pub catalog: &'a Catalog,
    /// The text that locations count in.
    pub text: &'a str,
    /// Where the text's first byte stands in the body.
    pub base: isize,
    pub uses: &'a mut Vec<Use>,
}

impl Collector<'_> {
    /// Everything that the query touches.
    pub(super) fn query(&mut self, query: &Query) {
        self.level(query, None);
    }

    fn level(&mut self, query: &Query, up: Option<&Level>) {
        for rte in &query.rtable {
            if let RteKind::Relation { relid, .. } = &rte.kind {
                self.relation(*relid);
                for bit in rte.perms.inserted_cols.iter().chain(&rte.perms.updated_cols) {
                    // PostgreSQL: FirstLowInvalidHeapAttributeNumber.
                    self.written_column(*relid, bit - 7);
                }
            }
        }
        let level = Level { query, up };
        query_tree_walker(query, QTW_IGNORE_JOINALIASES, &mut |node| {
            self.node(node, &level);
            false
        });
    }

    fn node(&mut self, node: NodeRef, level: &Level) {
        match node {
            NodeRef::Query(query) => self.level(query, Some(level)),
            NodeRef::Expr(expr) => {
                match expr {
                    Expr::Var(var) => self.var(var, level),
                    Expr::FuncExpr(call) => self.function(call.funcid, call.location.0),
                    Expr::Aggref(call) => self.function(call.aggfnoid, call.location.0),
                    _ => {} // other expressions name no object of a table or function
                }
                expression_tree_walker(expr, &mut |child| {
                    self.node(child, level);
                    false
                });
            }
        }
    }

    fn var(&mut self, var: &Var, level: &Level) {
        let mut level = level;
        for _ in 0..var.varlevelsup {
            let Some(up) = level.up else { return };
            level = up;
        }
        let place = (var.varno as usize).wrapping_sub(1);
        let Some(rte) = level.query.rtable.get(place) else { return };
        match &rte.kind {
            RteKind::Relation { relid, .. } => {
                self.add(ObjectAddress::column(*relid, var.varattno), var.location.0);
            }
            RteKind::Join(join) => {
                let alias = join.joinaliasvars.get((var.varattno as usize).wrapping_sub(1));
                let mut found = Vec::new();
                if let Some(alias) = alias {
                    walk_expr(alias, &mut |expr| {
                        if let Expr::Var(inner) = expr {
                            found.push(Var { location: var.location, ..inner.clone() });
                        }
                        false
                    });
                }
                for inner in found.iter().filter(|inner| inner.varno != var.varno) {
                    self.var(inner, level);
                }
            }
            _ => {} // a subquery's columns are met inside of it
        }
    }

    fn function(&mut self, function: Oid, location: i32) {
        if !function.is_builtin() {
            self.add(ObjectAddress::new(Class::Proc, function), location);
        }
    }

    fn relation(&mut self, relid: Oid) {
        if relid.is_builtin() {
            return;
        }
        let name = self.catalog.get::<PgClass>(relid).map(|class| class.relname.clone());
        let at = name.and_then(|name| find_word(self.text, name.as_str()));
        self.add(ObjectAddress::new(Class::Relation, relid), at.map_or(-1, |at| at as i32));
    }

    fn written_column(&mut self, relid: Oid, attnum: i16) {
        let class = self.catalog.get::<PgClass>(relid);
        let Some(attribute) = class.and_then(|class| class.attribute(attnum)) else { return };
        let at = find_word(self.text, attribute.attname.as_str());
        self.add(ObjectAddress::column(relid, attnum), at.map_or(-1, |at| at as i32));
    }

    fn add(&mut self, address: ObjectAddress, location: i32) {
        if address.object.is_builtin() {
            return;
        }
        let inside =
            usize::try_from(location).ok().filter(|at| *at <= self.text.len()).unwrap_or(0);
        let offset = usize::try_from(self.base + inside as isize).unwrap_or(0);
        self.uses.push(Use { address, offset });
    }
}

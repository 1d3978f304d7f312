//! Relations whose columns a query gives: views, materialized views and CREATE TABLE AS (PostgreSQL: what
//! DefineVirtualRelation and create_ctas_internal ask of DefineRelation).

use crate::nodes::node_funcs::{
    NodeRef, expr_collation, expr_type, expr_typmod, expression_tree_walker, query_tree_walker,
};
use crate::nodes::primnodes::{Query, RteKind};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// One column of a query's result.
#[derive(Debug, Clone)]
pub struct QueryColumn {
    pub name: Name,
    pub type_oid: Oid,
    pub typmod: i32,
    pub collation: Oid,
}

/// The columns that the query's result has.
pub fn query_columns(query: &Query) -> Vec<QueryColumn> {
    query
        .target_list
        .iter()
        .filter(|target| !target.resjunk)
        .map(|target| QueryColumn {
            name: target.resname.clone().unwrap_or_default(),
            type_oid: expr_type(&target.expr),
            typmod: expr_typmod(&target.expr),
            collation: expr_collation(&target.expr),
        })
        .collect()
}

/// The relations that the query and its subqueries read.
pub fn query_relations(query: &Query) -> Vec<Oid> {
    let mut found = Vec::new();
    collect_relations(NodeRef::Query(query), &mut found);
    found
}

fn collect_relations(node: NodeRef<'_>, found: &mut Vec<Oid>) {
    let mut visit = |child: NodeRef<'_>| {
        collect_relations(child, found);
        false
    };
    match node {
        NodeRef::Expr(expr) => {
            expression_tree_walker(expr, &mut visit);
        }
        NodeRef::Query(query) => {
            query_tree_walker(query, 0, &mut visit);
            for entry in &query.rtable {
                if let RteKind::Relation { relid, .. } = &entry.kind {
                    found.push(*relid);
                }
            }
        }
    }
}

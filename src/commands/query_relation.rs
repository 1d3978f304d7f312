//! Relations whose columns a query gives: views, materialized views and CREATE TABLE AS (PostgreSQL: what
//! DefineVirtualRelation and create_ctas_internal ask of DefineRelation).

use std::sync::Arc;

use super::Context;
use super::heap::{NewRelation, heap_create_with_catalog, tuple_desc_entry};
use super::support::{check_namespace_create, temporary_namespace};
use crate::catalog::PgAttribute;
use crate::catalog::namespace::{
    range_var_adjust_relation_persistence, range_var_get_creation_namespace,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::findings::PgResult;
use crate::nodes::node_funcs::{
    NodeRef, expr_collation, expr_type, expr_typmod, expression_tree_walker, query_tree_walker,
};
use crate::nodes::primnodes::{Query, RteKind};
use crate::nodes::tree::RangeVar;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// One column of a query's result.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryColumn {
    pub name: Name,
    pub type_oid: Oid,
    pub typmod: i32,
    pub collation: Oid,
}

impl QueryColumn {
    /// The column as a relation's, `index` counting from 0.
    pub fn attribute(&self, context: &Context, index: usize) -> PgAttribute {
        let name = self.name.clone();
        let entry = tuple_desc_entry(context, name, self.type_oid, self.typmod, self.collation);
        PgAttribute { attnum: i16::try_from(index + 1).unwrap_or(i16::MAX), ..entry }
    }
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

/// What a relation made from a query has beside its columns.
#[derive(Debug, Clone, Default)]
pub struct RelationExtras {
    pub reloptions: Vec<(Arc<str>, Arc<str>)>,
    pub toast_reloptions: Vec<(Arc<str>, Arc<str>)>,
    pub tablespace: Oid,
    pub access_method: Oid,
}

/// The schema for a new relation and the persistence it has there (PostgreSQL:
/// RangeVarGetAndCheckCreationNamespace).
pub fn creation_place(context: &mut Context, relation: &RangeVar) -> PgResult<(Oid, u8)> {
    let (namespace, persistence) = {
        let shared = context.shared();
        let namespace = range_var_get_creation_namespace(&shared, relation)?;
        if let Some(namespace) = namespace {
            check_namespace_create(context, namespace)?;
        }
        let adjusted =
            range_var_adjust_relation_persistence(&shared, relation.relpersistence, namespace)?;
        (namespace, adjusted)
    };
    let namespace = match namespace {
        Some(namespace) => namespace,
        None => temporary_namespace(context),
    };
    Ok((namespace, persistence))
}

/// Makes the relation (PostgreSQL: DefineRelation for a query's columns).
pub fn create_query_relation(
    context: &mut Context,
    relation: &RangeVar,
    relkind: u8,
    columns: &[QueryColumn],
    extras: RelationExtras,
) -> PgResult<ObjectAddress> {
    let (namespace, persistence) = creation_place(context, relation)?;
    for column in columns {
        super::support::check_type_usage(context, column.type_oid)?;
    }
    let attributes =
        columns.iter().enumerate().map(|(i, column)| column.attribute(context, i)).collect();
    let name = relation.relname.as_ref().map(Name::from).unwrap_or_default();
    let owner = context.session.current_user;
    let oid = heap_create_with_catalog(
        context,
        NewRelation {
            relpersistence: persistence,
            reloptions: extras.reloptions,
            toast_reloptions: extras.toast_reloptions,
            reltablespace: extras.tablespace,
            relam: extras.access_method,
            attributes,
            ..NewRelation::new(name, namespace, relkind, owner)
        },
    )?;
    Ok(ObjectAddress::new(Class::Relation, oid))
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

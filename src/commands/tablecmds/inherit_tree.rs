//! Walking the tree of inheritance and partitions (PostgreSQL: catalog/pg_inherits.c).

use crate::catalog::{Catalog, PgClass, PgInherits};
use crate::pg::oid::Oid;

/// The direct children, by oid. PostgreSQL: find_inheritance_children (catalog/pg_inherits.c).
pub(crate) fn find_inheritance_children(catalog: &Catalog, parent: Oid) -> Vec<Oid> {
    let mut children: Vec<Oid> = catalog
        .find_second::<PgInherits>(parent)
        .filter(|row| !row.inhdetachpending)
        .map(|row| row.inhrelid)
        .collect();
    children.sort_unstable();
    children
}

/// The relation itself and all its descendants, each with the number of its parents within the tree (0 for the
/// root). PostgreSQL: find_all_inheritors (catalog/pg_inherits.c).
pub(crate) fn find_all_inheritors(catalog: &Catalog, parent: Oid) -> Vec<(Oid, i32)> {
    let mut all: Vec<(Oid, i32)> = vec![(parent, 0)];
    let mut next = 0;
    while next < all.len() {
        for child in find_inheritance_children(catalog, all[next].0) {
            match all.iter_mut().find(|(oid, _)| *oid == child) {
                Some((_, parents)) => *parents += 1,
                None => all.push((child, 1)),
            }
        }
        next += 1;
    }
    all
}

/// The parents of a relation in the order of INHERITS.
pub(crate) fn parents_of(catalog: &Catalog, relation: Oid) -> Vec<Oid> {
    let mut parents: Vec<(i32, Oid)> = catalog
        .find_all::<PgInherits>(&relation)
        .map(|row| (row.inhseqno, row.inhparent))
        .collect();
    parents.sort_unstable();
    parents.into_iter().map(|(_, parent)| parent).collect()
}

/// A partition's or partitioned index's parent. PostgreSQL: get_partition_parent (catalog/partition.c).
pub(crate) fn get_partition_parent(catalog: &Catalog, relation: Oid) -> Option<Oid> {
    catalog.find::<PgInherits>(&relation).map(|row| row.inhparent)
}

/// All ancestors of a partition, nearest first. PostgreSQL: get_partition_ancestors (catalog/partition.c).
pub(crate) fn get_partition_ancestors(catalog: &Catalog, relation: Oid) -> Vec<Oid> {
    let mut ancestors = Vec::new();
    let mut current = relation;
    while catalog.get::<PgClass>(current).is_some_and(|class| class.relispartition) {
        let Some(parent) = get_partition_parent(catalog, current) else { break };
        if ancestors.contains(&parent) {
            break;
        }
        ancestors.push(parent);
        current = parent;
    }
    ancestors
}

/// Whether `sub` inherits from `superclass`, or is it. PostgreSQL: typeInheritsFrom (catalog/pg_inherits.c) for
/// relations.
pub(crate) fn inherits_from(catalog: &Catalog, sub: Oid, superclass: Oid) -> bool {
    let mut queue = vec![sub];
    let mut next = 0;
    while next < queue.len() {
        if queue[next] == superclass {
            return true;
        }
        for parent in parents_of(catalog, queue[next]) {
            if !queue.contains(&parent) {
                queue.push(parent);
            }
        }
        next += 1;
    }
    false
}

/// Whether the relation has a parent. PostgreSQL: has_superclass (catalog/pg_inherits.c).
pub(crate) fn has_superclass(catalog: &Catalog, relation: Oid) -> bool {
    catalog.find::<PgInherits>(&relation).is_some()
}

//! Rows of pg_constraint and what they depend on (PostgreSQL: catalog/pg_constraint.c).

use std::sync::Arc;

use thin_vec::ThinVec;

use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint};
use crate::commands::Context;
use crate::commands::dependency::{
    delete_dependency_records_for_class, record_dependency_on, record_dependency_on_single_rel_expr,
};
use crate::findings::PgResult;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// A constraint with everything at its usual value.
pub fn new_constraint_row(name: Name, namespace: Oid, contype: u8) -> PgConstraint {
    PgConstraint {
        oid: Oid::INVALID,
        conname: name,
        connamespace: namespace,
        contype,
        condeferrable: false,
        condeferred: false,
        conenforced: true,
        convalidated: true,
        conrelid: Oid::INVALID,
        contypid: Oid::INVALID,
        conindid: Oid::INVALID,
        conparentid: Oid::INVALID,
        confrelid: Oid::INVALID,
        confupdtype: b' ',
        confdeltype: b' ',
        confmatchtype: b' ',
        conislocal: true,
        coninhcount: 0,
        connoinherit: false,
        conperiod: false,
        conkey: ThinVec::new(),
        confkey: ThinVec::new(),
        conpfeqop: ThinVec::new(),
        conppeqop: ThinVec::new(),
        conffeqop: ThinVec::new(),
        confdelsetcols: ThinVec::new(),
        conexclop: ThinVec::new(),
        conbin: None,
    }
}

/// Puts the constraint in the catalog under a new oid (PostgreSQL: CreateConstraintEntry).
pub fn create_constraint_entry(context: &mut Context, row: PgConstraint) -> PgResult<Oid> {
    create_constraint_entry_including(context, row, &[])
}

/// As `create_constraint_entry`; `including` are columns of the index that are no keys.
pub fn create_constraint_entry_including(
    context: &mut Context,
    mut row: PgConstraint,
    including: &[i16],
) -> PgResult<Oid> {
    let catalog = &mut *context.catalog;
    row.oid = catalog.new_oid();
    let oid = row.oid;
    let myself = ObjectAddress::new(Class::Constraint, oid);
    let row = Arc::new(row);
    catalog.put_shared(row.clone());
    if row.conrelid.is_valid() {
        let mut keys = row.conkey.iter().chain(including).peekable();
        if keys.peek().is_none() {
            let relation = ObjectAddress::new(Class::Relation, row.conrelid);
            record_dependency_on(catalog, myself, relation, DependType::Auto);
        }
        for key in keys {
            let column = ObjectAddress::column(row.conrelid, *key);
            record_dependency_on(catalog, myself, column, DependType::Auto);
        }
    }
    if row.contypid.is_valid() {
        let domain = ObjectAddress::new(Class::Type, row.contypid);
        record_dependency_on(catalog, myself, domain, DependType::Auto);
    }
    if row.confrelid.is_valid() {
        if row.confkey.is_empty() {
            let relation = ObjectAddress::new(Class::Relation, row.confrelid);
            record_dependency_on(catalog, myself, relation, DependType::Normal);
        }
        for key in &row.confkey {
            let column = ObjectAddress::column(row.confrelid, *key);
            record_dependency_on(catalog, myself, column, DependType::Normal);
        }
    }
    if row.conindid.is_valid() && row.contype == b'f' {
        let index = ObjectAddress::new(Class::Relation, row.conindid);
        record_dependency_on(catalog, myself, index, DependType::Normal);
    }
    for operator in row.conpfeqop.iter().chain(&row.conppeqop).chain(&row.conffeqop) {
        let operator = ObjectAddress::new(Class::Operator, *operator);
        record_dependency_on(catalog, myself, operator, DependType::Normal);
    }
    if let Some(expr) = &row.conbin {
        record_dependency_on_single_rel_expr(
            catalog,
            myself,
            expr,
            row.conrelid,
            DependType::Normal,
            DependType::Normal,
            false,
        )?;
    }
    Ok(oid)
}

/// Makes a constraint of a partition the child of its parent's, or with None its own again (PostgreSQL:
/// ConstraintSetParentConstraint).
pub fn constraint_set_parent_constraint(
    context: &mut Context,
    child: Oid,
    parent: Option<Oid>,
    child_table: Oid,
) {
    let catalog = &mut *context.catalog;
    let myself = ObjectAddress::new(Class::Constraint, child);
    match parent {
        Some(parent) => {
            catalog.update::<PgConstraint>(child, |row| {
                row.conislocal = false;
                row.coninhcount += 1;
                row.conparentid = parent;
            });
            let parent = ObjectAddress::new(Class::Constraint, parent);
            record_dependency_on(catalog, myself, parent, DependType::PartitionPri);
            let table = ObjectAddress::new(Class::Relation, child_table);
            record_dependency_on(catalog, myself, table, DependType::PartitionSec);
        }
        None => {
            catalog.update::<PgConstraint>(child, |row| {
                row.coninhcount -= 1;
                row.conislocal = true;
                row.conparentid = Oid::INVALID;
            });
            delete_dependency_records_for_class(
                catalog,
                myself,
                Class::Constraint,
                DependType::PartitionPri,
            );
            delete_dependency_records_for_class(
                catalog,
                myself,
                Class::Relation,
                DependType::PartitionSec,
            );
        }
    }
}

/// The relation's row; Unknown when it is gone.
pub(super) fn class_of<'c>(context: &'c Context, relid: Oid) -> PgResult<&'c Arc<PgClass>> {
    match context.catalog.get::<PgClass>(relid) {
        Some(class) => Ok(class),
        None => crate::findings::unknown(format!("relation {relid} is not in the catalog")),
    }
}

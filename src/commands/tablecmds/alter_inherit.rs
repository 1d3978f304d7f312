//! INHERIT, NO INHERIT, OF and NOT OF (PostgreSQL: commands/tablecmds.c).

use std::sync::Arc;

use super::alter::{AtCmd, at_simple_permissions};
use super::alter_column::update_attribute;
use super::alter_errors::target;
use super::inherit_tree::{inherits_from, parents_of};
use super::support::{
    constraint_named, constraints_by_name, find_not_null_constraint, has_not_null_constraints,
    relation, relation_address,
};
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::namespace::range_var_get_relid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgInherits, PgTrigger};
use crate::commands::Context;
use crate::commands::dependency::record_dependency_on;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{DropBehavior, Node, RangeVar, TypeName};
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn wrong_type(message: String) -> PgError {
    PgError::new(sqlstate::WRONG_OBJECT_TYPE, message)
}

fn mismatch(message: String) -> PgError {
    PgError::new(sqlstate::DATATYPE_MISMATCH, message)
}

/// PostgreSQL: ATPrepAddInherit.
pub(super) fn at_prep_add_inherit(class: &PgClass) -> PgResult<()> {
    let message = if class.reloftype.is_valid() {
        "cannot change inheritance of typed table"
    } else if class.relispartition {
        "cannot change inheritance of a partition"
    } else if class.relkind == b'p' {
        "cannot change inheritance of partitioned table"
    } else {
        return Ok(());
    };
    Err(wrong_type(message.to_string()).into())
}

fn parent_of(context: &Context, cmd: &AtCmd) -> PgResult<Option<Arc<PgClass>>> {
    let Some(Node::RangeVar(range)) = cmd.cmd.def.as_ref() else { return Ok(None) };
    let range: &RangeVar = range;
    match range_var_get_relid(&context.shared(), range, false)? {
        Some(oid) => Ok(Some(relation(context.catalog, oid)?)),
        None => Ok(None),
    }
}

/// PostgreSQL: ATExecAddInherit.
pub(super) fn at_exec_add_inherit(context: &mut Context, relid: Oid, cmd: &AtCmd) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let Some(parent) = parent_of(context, cmd)? else { return Ok(()) };
    let allowed = target::TABLE | target::PARTITIONED_TABLE | target::FOREIGN_TABLE;
    at_simple_permissions(context, cmd.cmd.subtype, &parent, allowed)?;
    if parent.relpersistence == b't' && class.relpersistence != b't' {
        return Err(wrong_type(format!(
            "cannot inherit from temporary relation \"{}\"",
            parent.relname
        ))
        .into());
    }
    if parent.relkind == b'p' {
        return Err(wrong_type(format!(
            "cannot inherit from partitioned table \"{}\"",
            parent.relname
        ))
        .into());
    }
    if parent.relispartition {
        return Err(wrong_type("cannot inherit from a partition".to_string()).into());
    }
    if inherits_from(context.catalog, parent.oid, relid) {
        return Err(PgError::new(sqlstate::DUPLICATE_TABLE, "circular inheritance not allowed")
            .detail(format!("\"{}\" is already a child of \"{}\".", parent.relname, class.relname))
            .into());
    }
    refuse_transition_triggers(context, &class, "becoming an inheritance child")?;
    create_inheritance(context, &class, &parent, false)
}

/// A child's ROW trigger with a transition table would fire on its parent's statements.
pub(super) fn refuse_transition_triggers(
    context: &Context,
    class: &PgClass,
    what: &str,
) -> PgResult<()> {
    let trigger = context.catalog.find_all::<PgTrigger>(&class.oid).find(|trigger| {
        trigger.tgtype & 1 != 0 && (trigger.tgoldtable.is_some() || trigger.tgnewtable.is_some())
    });
    match trigger {
        Some(trigger) => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!(
                "trigger \"{}\" prevents table \"{}\" from {what}",
                trigger.tgname, class.relname
            ),
        )
        .detail("ROW triggers with transition tables are not supported in inheritance hierarchies.")
        .into()),
        None => Ok(()),
    }
}

/// PostgreSQL: CreateInheritance.
pub(super) fn create_inheritance(
    context: &mut Context,
    child: &PgClass,
    parent: &PgClass,
    is_partition: bool,
) -> PgResult<()> {
    let mut sequence = 0;
    for row in context.catalog.find_all::<PgInherits>(&child.oid) {
        if row.inhparent == parent.oid {
            return Err(PgError::new(
                sqlstate::DUPLICATE_TABLE,
                format!("relation \"{}\" would be inherited from more than once", parent.relname),
            )
            .into());
        }
        sequence = sequence.max(row.inhseqno);
    }
    merge_attributes_into_existing(context, child, parent, is_partition)?;
    merge_constraints_into_existing(context, child, parent)?;
    store_catalog_inheritance1(context, child.oid, parent.oid, sequence + 1, is_partition);
    Ok(())
}

/// PostgreSQL: StoreCatalogInheritance1.
pub(crate) fn store_catalog_inheritance1(
    context: &mut Context,
    child: Oid,
    parent: Oid,
    inhseqno: i32,
    is_partition: bool,
) {
    let oid = context.catalog.new_oid();
    context.catalog.put(PgInherits {
        oid,
        inhrelid: child,
        inhparent: parent,
        inhseqno,
        inhdetachpending: false,
    });
    let kind = if is_partition { DependType::Auto } else { DependType::Normal };
    record_dependency_on(context.catalog, relation_address(child), relation_address(parent), kind);
}

/// Every column of the parent must be in the child, alike. PostgreSQL: MergeAttributesIntoExisting.
fn merge_attributes_into_existing(
    context: &mut Context,
    child: &PgClass,
    parent: &PgClass,
    is_partition: bool,
) -> PgResult<()> {
    for theirs in parent.live_attributes() {
        let Some(ours) = child.attribute_named(&theirs.attname) else {
            return Err(
                mismatch(format!("child table is missing column \"{}\"", theirs.attname)).into()
            );
        };
        if ours.atttypid != theirs.atttypid || ours.atttypmod != theirs.atttypmod {
            return Err(mismatch(format!(
                "child table \"{}\" has different type for column \"{}\"",
                child.relname, theirs.attname
            ))
            .into());
        }
        if ours.attcollation != theirs.attcollation {
            return Err(PgError::new(
                sqlstate::COLLATION_MISMATCH,
                format!(
                    "child table \"{}\" has different collation for column \"{}\"",
                    child.relname, theirs.attname
                ),
            )
            .into());
        }
        check_not_null(context, child, parent, ours.attnum, theirs.attnum)?;
        check_generated(ours.attgenerated, theirs.attgenerated, &theirs.attname)?;
        if is_partition && theirs.attidentity != ours.attidentity && ours.attidentity != 0 {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!(
                    "table \"{}\" being attached contains an identity column \"{}\"",
                    child.relname, ours.attname
                ),
            )
            .into());
        }
        let identity = theirs.attidentity;
        update_attribute(context, child.oid, ours.attnum, |attribute| {
            attribute.attinhcount += 1;
            if is_partition {
                attribute.attislocal = false;
                attribute.attidentity = identity;
            }
        });
    }
    Ok(())
}

fn check_not_null(
    context: &Context,
    child: &PgClass,
    parent: &PgClass,
    ours: i16,
    theirs: i16,
) -> PgResult<()> {
    let (Some(mine), Some(parents)) = (child.attribute(ours), parent.attribute(theirs)) else {
        return Ok(());
    };
    if !parents.attnotnull {
        return Ok(());
    }
    if !has_not_null_constraints(context.catalog) {
        if mine.attnotnull {
            return Ok(());
        }
        return Err(mismatch(format!(
            "column \"{}\" in child table must be marked NOT NULL",
            mine.attname
        ))
        .into());
    }
    let inherits = find_not_null_constraint(context.catalog, parent.oid, theirs)
        .is_none_or(|constraint| !constraint.connoinherit);
    if inherits && find_not_null_constraint(context.catalog, child.oid, ours).is_none() {
        return Err(mismatch(format!(
            "column \"{}\" in child table \"{}\" must be marked NOT NULL",
            mine.attname, child.relname
        ))
        .into());
    }
    Ok(())
}

fn check_generated(ours: u8, theirs: u8, name: &str) -> PgResult<()> {
    let message = match (theirs != 0, ours != 0) {
        (true, false) => format!("column \"{name}\" in child table must be a generated column"),
        (false, true) => {
            format!("column \"{name}\" in child table must not be a generated column")
        }
        (true, true) if ours != theirs => {
            let kind = |generated: u8| if generated == b's' { "STORED" } else { "VIRTUAL" };
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!("column \"{name}\" inherits from generated column of different kind"),
            )
            .detail(format!("Parent column is {}, child column is {}.", kind(theirs), kind(ours)))
            .into());
        }
        (true, true) | (false, false) => return Ok(()),
    };
    Err(mismatch(message).into())
}

/// The parent's CHECK and NOT NULL constraints must be in the child. PostgreSQL: MergeConstraintsIntoExisting.
fn merge_constraints_into_existing(
    context: &mut Context,
    child: &PgClass,
    parent: &PgClass,
) -> PgResult<()> {
    for theirs in constraints_by_name(context.catalog, parent.oid) {
        if !matches!(theirs.contype, b'c' | b'n') || theirs.connoinherit {
            continue;
        }
        let ours = if theirs.contype == b'n' {
            theirs
                .conkey
                .first()
                .and_then(|attnum| parent.attribute(*attnum))
                .and_then(|column| child.attribute_named(&column.attname))
                .and_then(|column| {
                    find_not_null_constraint(context.catalog, child.oid, column.attnum)
                })
        } else {
            constraint_named(context.catalog, child.oid, &theirs.conname)
                .filter(|row| row.contype == b'c')
                .cloned()
        };
        let Some(ours) = ours else {
            let message = if theirs.contype == b'n' {
                let column = theirs.conkey.first().and_then(|attnum| parent.attribute(*attnum));
                format!(
                    "column \"{}\" in child table \"{}\" must be marked NOT NULL",
                    column.map_or("", |column| column.attname.as_str()),
                    child.relname
                )
            } else {
                format!("child table is missing constraint \"{}\"", theirs.conname)
            };
            return Err(mismatch(message).into());
        };
        if theirs.contype == b'c' && !constraints_equivalent(child, parent, &ours, &theirs) {
            return Err(mismatch(format!(
                "child table \"{}\" has different definition for check constraint \"{}\"",
                child.relname, theirs.conname
            ))
            .into());
        }
        check_mergeable(child, &ours, &theirs)?;
        let partitioned = parent.relkind == b'p';
        context.catalog.update::<PgConstraint>(ours.oid, |row| {
            row.coninhcount += 1;
            if partitioned {
                row.conislocal = false;
            }
        });
    }
    Ok(())
}

fn check_mergeable(child: &PgClass, ours: &PgConstraint, theirs: &PgConstraint) -> PgResult<()> {
    let conflict = |what: &str| -> PgResult<()> {
        Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!(
                "constraint \"{}\" conflicts with {what} constraint on child table \"{}\"",
                ours.conname, child.relname
            ),
        )
        .into())
    };
    if ours.connoinherit {
        return conflict("non-inherited");
    }
    if theirs.convalidated && ours.conenforced && !ours.convalidated {
        return conflict("NOT VALID");
    }
    if theirs.conenforced && !ours.conenforced {
        return conflict("NOT ENFORCED");
    }
    Ok(())
}

/// Whether two CHECK constraints say the same of columns of the same names. PostgreSQL: constraints_equivalent, which
/// compares the deparsed texts.
fn constraints_equivalent(
    child: &PgClass,
    parent: &PgClass,
    ours: &PgConstraint,
    theirs: &PgConstraint,
) -> bool {
    let (Some(mine), Some(parents)) = (&ours.conbin, &theirs.conbin) else { return true };
    let mut mapped = (**parents).clone();
    crate::nodes::node_funcs::mutate_expr(&mut mapped, &mut |node| {
        if let crate::nodes::primnodes::Expr::Var(var) = node {
            let name = parent.attribute(var.varattno).map(|column| &column.attname);
            if let Some(column) = name.and_then(|name| child.attribute_named(name)) {
                var.varattno = column.attnum;
            }
        }
    });
    mapped == **mine
        && ours.condeferrable == theirs.condeferrable
        && ours.condeferred == theirs.condeferred
}

/// PostgreSQL: ATExecDropInherit.
pub(super) fn at_exec_drop_inherit(context: &mut Context, relid: Oid, cmd: &AtCmd) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if class.relispartition {
        return Err(wrong_type("cannot change inheritance of a partition".to_string()).into());
    }
    let Some(parent) = parent_of(context, cmd)? else { return Ok(()) };
    remove_inheritance(context, &class, &parent)
}

/// PostgreSQL: RemoveInheritance.
pub(super) fn remove_inheritance(
    context: &mut Context,
    child: &PgClass,
    parent: &PgClass,
) -> PgResult<()> {
    let row = context
        .catalog
        .find_all::<PgInherits>(&child.oid)
        .find(|row| row.inhparent == parent.oid)
        .map(|row| row.oid);
    let Some(row) = row else {
        let message = if child.relispartition {
            format!(
                "relation \"{}\" is not a partition of relation \"{}\"",
                child.relname, parent.relname
            )
        } else {
            format!(
                "relation \"{}\" is not a parent of relation \"{}\"",
                parent.relname, child.relname
            )
        };
        return Err(PgError::new(sqlstate::UNDEFINED_TABLE, message).into());
    };
    context.catalog.remove::<PgInherits>(row);
    let is_partition = child.relispartition;
    for column in child.live_attributes() {
        if column.attinhcount > 0 && parent.attribute_named(&column.attname).is_some() {
            update_attribute(context, child.oid, column.attnum, |attribute| {
                attribute.attinhcount -= 1;
                if attribute.attinhcount == 0 {
                    attribute.attislocal = true;
                }
                if is_partition {
                    attribute.attidentity = 0;
                }
            });
        }
    }
    let theirs = constraints_by_name(context.catalog, parent.oid);
    for ours in constraints_by_name(context.catalog, child.oid) {
        let inherited = match ours.contype {
            b'c' => theirs.iter().any(|row| row.contype == b'c' && row.conname == ours.conname),
            b'n' => ours
                .conkey
                .first()
                .and_then(|attnum| child.attribute(*attnum))
                .and_then(|column| parent.attribute_named(&column.attname))
                .and_then(|column| {
                    find_not_null_constraint(context.catalog, parent.oid, column.attnum)
                })
                .is_some_and(|row| !row.connoinherit),
            _ => false, // only these two kinds are inherited by name or column
        };
        if inherited && ours.coninhcount > 0 {
            context.catalog.update::<PgConstraint>(ours.oid, |row| {
                row.coninhcount -= 1;
                if row.coninhcount == 0 {
                    row.conislocal = true;
                }
            });
        }
    }
    drop_parent_dependency(
        context,
        child.oid,
        relation_address(parent.oid),
        if is_partition { DependType::Auto } else { DependType::Normal },
    );
    Ok(())
}

/// PostgreSQL: drop_parent_dependency.
pub(super) fn drop_parent_dependency(
    context: &mut Context,
    relid: Oid,
    referenced: ObjectAddress,
    kind: DependType,
) {
    context.catalog.remove_dependency(DependEntry {
        dependent: relation_address(relid),
        referenced,
        kind,
    });
}

/// The tables OF a composite type: changed with it under CASCADE, else in the way. PostgreSQL:
/// find_typed_table_dependencies.
pub(super) fn find_typed_table_dependencies(
    context: &Context,
    type_id: Oid,
    type_name: &Name,
    behavior: DropBehavior,
) -> PgResult<Vec<Oid>> {
    let tables: Vec<Oid> =
        context.catalog.find_second::<PgClass>(type_id).map(|class| class.oid).collect();
    if behavior == DropBehavior::DropRestrict && !tables.is_empty() {
        return Err(PgError::new(
            sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
            format!("cannot alter type \"{type_name}\" because it is the type of a typed table"),
        )
        .hint("Use ALTER ... CASCADE to alter the typed tables too.")
        .into());
    }
    Ok(tables)
}

/// PostgreSQL: ATExecAddOf.
pub(super) fn at_exec_add_of(context: &mut Context, relid: Oid, cmd: &AtCmd) -> PgResult<()> {
    let Some(Node::TypeName(type_name)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    let type_name: &TypeName = type_name;
    let class = relation(context.catalog, relid)?;
    let (type_id, _) = typename_type_id_and_mod(&context.shared(), type_name)?;
    let row_type = crate::commands::parse_utilcmd::check_of_type(context, type_id)?;
    if !parents_of(context.catalog, relid).is_empty() {
        return Err(wrong_type("typed tables cannot inherit".to_string()).into());
    }
    let shape = relation(context.catalog, row_type)?;
    let mut columns = class.live_attributes();
    for wanted in shape.live_attributes() {
        let Some(column) = columns.next() else {
            return Err(mismatch(format!("table is missing column \"{}\"", wanted.attname)).into());
        };
        if column.attname != wanted.attname {
            return Err(mismatch(format!(
                "table has column \"{}\" where type requires \"{}\"",
                column.attname, wanted.attname
            ))
            .into());
        }
        if column.atttypid != wanted.atttypid
            || column.atttypmod != wanted.atttypmod
            || column.attcollation != wanted.attcollation
        {
            return Err(mismatch(format!(
                "table \"{}\" has different type for column \"{}\"",
                class.relname, wanted.attname
            ))
            .into());
        }
    }
    if let Some(extra) = columns.next() {
        return Err(mismatch(format!("table has extra column \"{}\"", extra.attname)).into());
    }
    if class.reloftype.is_valid() {
        drop_type_dependency(context, &class);
    }
    let reference = ObjectAddress::new(Class::Type, type_id);
    record_dependency_on(context.catalog, relation_address(relid), reference, DependType::Normal);
    context.catalog.update::<PgClass>(relid, |row| row.reloftype = type_id);
    Ok(())
}

fn drop_type_dependency(context: &mut Context, class: &PgClass) {
    let reference = ObjectAddress::new(Class::Type, class.reloftype);
    drop_parent_dependency(context, class.oid, reference, DependType::Normal);
}

/// PostgreSQL: ATExecDropOf.
pub(super) fn at_exec_drop_of(context: &mut Context, relid: Oid) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if !class.reloftype.is_valid() {
        return Err(wrong_type(format!("\"{}\" is not a typed table", class.relname)).into());
    }
    drop_type_dependency(context, &class);
    context.catalog.update::<PgClass>(relid, |row| row.reloftype = Oid::INVALID);
    Ok(())
}

//! An index's rows in the catalog, and those of its constraint (PostgreSQL: catalog/index.c).

use std::sync::Arc;

use super::{DefineIndexOptions, NewIndex};
use crate::catalog::depend::DependType;
use crate::catalog::lsyscache::get_element_type;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgIndex, PgInherits, PgOpclass};
use crate::commands::Context;
use crate::commands::dependency::{
    delete_dependency_records_for_class, record_dependency_on,
    record_dependency_on_single_rel_expr, record_dependency_on_tablespace,
};
use crate::commands::heap::{create_constraint_entry_including, new_attribute, new_constraint_row};
use crate::commands::naming::constraint_name_is_used;
use crate::commands::tablecmds::support::is_system_relation;
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::IndexStmt;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// Makes the index (PostgreSQL: index_create).
pub(super) fn index_create(
    context: &mut Context,
    class: &Arc<PgClass>,
    stmt: &IndexStmt,
    new: &NewIndex,
    options: &DefineIndexOptions,
) -> PgResult<Oid> {
    if is_system_relation(class) && !context.session.flag("allow_system_table_mods", false) {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "user-defined indexes on system catalog tables are not supported",
        )
        .into());
    }
    if stmt.isconstraint && constraint_name_is_used(context.catalog, class.oid, &new.name) {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!(
                "constraint \"{}\" for relation \"{}\" already exists",
                new.name, class.relname
            ),
        )
        .into());
    }
    let index = context.catalog.new_oid();
    let row = index_class_row(context, class, new, index, options.parent_index.is_valid());
    context.catalog.put(row);
    let myself = ObjectAddress::new(Class::Relation, index);
    record_dependency_on_tablespace(context.catalog, myself, new.tablespace);
    put_index_row(context, class, stmt, new, index);
    if options.parent_index.is_valid() {
        store_single_inheritance(context, index, options.parent_index);
    }
    if stmt.isconstraint {
        let contype = match (stmt.primary, stmt.unique) {
            (true, _) => b'p',
            (false, true) => b'u',
            (false, false) => b'x',
        };
        index_constraint_create(
            context,
            class.oid,
            index,
            options.parent_constraint,
            &new.name,
            contype,
            stmt.deferrable,
            stmt.initdeferred,
            stmt.iswithoutoverlaps,
            false,
        )?;
        if !new.attributes.exclusion_operators.is_empty() {
            set_exclusion_operators(context, class.oid, index, new);
        }
    } else {
        depend_on_columns(context, class, myself, new);
    }
    if options.parent_index.is_valid() {
        let parent = ObjectAddress::new(Class::Relation, options.parent_index);
        let table = ObjectAddress::new(Class::Relation, class.oid);
        record_dependency_on(context.catalog, myself, parent, DependType::PartitionPri);
        record_dependency_on(context.catalog, myself, table, DependType::PartitionSec);
    }
    record_index_dependencies(context, class, myself, new)?;
    Ok(index)
}

fn index_class_row(
    context: &Context,
    class: &PgClass,
    new: &NewIndex,
    oid: Oid,
    is_partition: bool,
) -> PgClass {
    let attributes = &new.attributes;
    let columns = new.column_names.iter().enumerate().map(|(at, name)| {
        let heap_type = attributes.types.get(at).copied().unwrap_or_default();
        let opclass = attributes.opclasses.get(at).copied().unwrap_or_default();
        let key_type =
            context.catalog.get::<PgOpclass>(opclass).map_or(Oid::INVALID, |row| row.opckeytype);
        let element = get_element_type(context.catalog, heap_type);
        let type_oid = match key_type {
            Oid::INVALID => heap_type,
            fixed::ANYELEMENTOID if element.is_valid() => element,
            fixed::ANYELEMENTOID => heap_type,
            other => other,
        };
        let typmod = if type_oid == heap_type {
            attributes.typmods.get(at).copied().unwrap_or(-1)
        } else {
            -1
        };
        let collation = attributes.collations.get(at).copied().unwrap_or_default();
        let mut column = new_attribute(name.clone(), type_oid, typmod, collation);
        column.attnum = i16::try_from(at + 1).unwrap_or(i16::MAX);
        column
    });
    PgClass {
        oid,
        relname: new.name.clone(),
        relnamespace: class.relnamespace,
        reltype: Oid::INVALID,
        reloftype: Oid::INVALID,
        relowner: class.relowner,
        relam: new.method.oid,
        reltablespace: new.tablespace,
        relpersistence: class.relpersistence,
        relkind: if class.relkind == b'p' { b'I' } else { b'i' },
        relrowsecurity: false,
        relforcerowsecurity: false,
        relreplident: b'n',
        relispartition: is_partition,
        relispopulated: true,
        relpartbound: None,
        reloptions: new.reloptions.clone(),
        toast_reloptions: Vec::new(),
        relacl: None,
        attributes: columns.collect(),
    }
}

fn put_index_row(
    context: &mut Context,
    class: &PgClass,
    stmt: &IndexStmt,
    new: &NewIndex,
    index: Oid,
) {
    let attributes = &new.attributes;
    let only = stmt.relation.as_ref().is_some_and(|range| !range.inh);
    let has_partitions = class.relkind == b'p'
        && context.catalog.find_second::<PgInherits>(class.oid).next().is_some();
    context.catalog.put(PgIndex {
        indexrelid: index,
        indrelid: class.oid,
        indnatts: i16::try_from(attributes.attnums.len()).unwrap_or(i16::MAX),
        indnkeyatts: i16::try_from(attributes.key_count).unwrap_or(i16::MAX),
        indisunique: stmt.unique,
        indnullsnotdistinct: stmt.nulls_not_distinct,
        indisprimary: stmt.primary,
        indisexclusion: new.is_exclusion || stmt.iswithoutoverlaps,
        indimmediate: !stmt.deferrable,
        indisclustered: false,
        indisvalid: !(only && has_partitions),
        indisready: true,
        indislive: true,
        indisreplident: false,
        indkey: attributes.attnums.clone(),
        indcollation: attributes.collations[..attributes.key_count].to_vec(),
        indclass: attributes.opclasses.clone(),
        indclassoptions: attributes.opclass_options.clone(),
        indoption: attributes.options.clone(),
        indexprs: attributes.exprs.clone(),
        indpred: new.predicate.clone(),
    });
}

/// PostgreSQL: StoreSingleInheritance.
pub(in crate::commands) fn store_single_inheritance(
    context: &mut Context,
    child: Oid,
    parent: Oid,
) {
    let oid = context.catalog.new_oid();
    context.catalog.put(PgInherits {
        oid,
        inhrelid: child,
        inhparent: parent,
        inhseqno: 1,
        inhdetachpending: false,
    });
}

fn depend_on_columns(
    context: &mut Context,
    class: &PgClass,
    myself: ObjectAddress,
    new: &NewIndex,
) {
    let mut simple = false;
    for attnum in new.attributes.attnums.iter().filter(|attnum| **attnum != 0) {
        let column = ObjectAddress::column(class.oid, *attnum);
        record_dependency_on(context.catalog, myself, column, DependType::Auto);
        simple = true;
    }
    if !simple {
        let table = ObjectAddress::new(Class::Relation, class.oid);
        record_dependency_on(context.catalog, myself, table, DependType::Auto);
    }
}

fn record_index_dependencies(
    context: &mut Context,
    class: &PgClass,
    myself: ObjectAddress,
    new: &NewIndex,
) -> PgResult<()> {
    let catalog = &mut *context.catalog;
    for collation in &new.attributes.collations {
        if collation.is_valid() && *collation != fixed::DEFAULT_COLLATION_OID {
            let collation = ObjectAddress::new(Class::Collation, *collation);
            record_dependency_on(catalog, myself, collation, DependType::Normal);
        }
    }
    for opclass in &new.attributes.opclasses {
        let opclass = ObjectAddress::new(Class::Opclass, *opclass);
        record_dependency_on(catalog, myself, opclass, DependType::Normal);
    }
    for expr in new.attributes.exprs.iter().chain(&new.predicate) {
        record_dependency_on_single_rel_expr(
            catalog,
            myself,
            expr,
            class.oid,
            DependType::Normal,
            DependType::Auto,
            false,
        )?;
    }
    Ok(())
}

fn set_exclusion_operators(context: &mut Context, relid: Oid, index: Oid, new: &NewIndex) {
    let constraint = super::get_index_constraint(context.catalog, relid, index);
    if let Some(oid) = constraint {
        let operators = new.attributes.exclusion_operators.clone();
        context.catalog.update::<PgConstraint>(oid, |row| row.conexclop = operators.into());
    }
}

/// Makes the constraint that an index enforces; `remove_old_dependencies` for an index that was there before
/// (PostgreSQL: index_constraint_create).
#[allow(clippy::too_many_arguments)]
pub fn index_constraint_create(
    context: &mut Context,
    relid: Oid,
    index: Oid,
    parent_constraint: Oid,
    name: &str,
    contype: u8,
    deferrable: bool,
    initdeferred: bool,
    without_overlaps: bool,
    remove_old_dependencies: bool,
) -> PgResult<Oid> {
    let myself = ObjectAddress::new(Class::Relation, index);
    if remove_old_dependencies {
        let auto = DependType::Auto;
        delete_dependency_records_for_class(context.catalog, myself, Class::Relation, auto);
    }
    let (Some(class), Some(row)) =
        (context.catalog.get::<PgClass>(relid), context.catalog.get::<PgIndex>(index).cloned())
    else {
        return crate::findings::unknown("an index that is not in the catalog");
    };
    let keys = usize::try_from(row.indnkeyatts).unwrap_or_default().min(row.indkey.len());
    let (keys, including) = row.indkey.split_at(keys);
    let inherited = parent_constraint.is_valid();
    let constraint = PgConstraint {
        condeferrable: deferrable,
        condeferred: initdeferred,
        conrelid: relid,
        conindid: index,
        conislocal: !inherited,
        coninhcount: i16::from(inherited),
        connoinherit: !inherited,
        conparentid: parent_constraint,
        conperiod: without_overlaps,
        conkey: keys.into(),
        ..new_constraint_row(Name::new(name), class.relnamespace, contype)
    };
    let oid = create_constraint_entry_including(context, constraint, including)?;
    let address = ObjectAddress::new(Class::Constraint, oid);
    record_dependency_on(context.catalog, myself, address, DependType::Internal);
    if inherited {
        let parent = ObjectAddress::new(Class::Constraint, parent_constraint);
        let table = ObjectAddress::new(Class::Relation, relid);
        record_dependency_on(context.catalog, address, parent, DependType::PartitionPri);
        record_dependency_on(context.catalog, address, table, DependType::PartitionSec);
    }
    context.catalog.update::<PgIndex>(index, |row| {
        row.indisprimary |= contype == b'p';
        row.indimmediate = !deferrable;
    });
    Ok(oid)
}

/// Whether an existing index may become the primary key (PostgreSQL: index_check_primary_key).
pub fn index_check_primary_key(
    context: &mut Context,
    relid: Oid,
    index: Oid,
    is_alter_table: bool,
    stmt: &IndexStmt,
) -> PgResult<()> {
    let (Some(class), Some(row)) = (
        context.catalog.get::<PgClass>(relid).cloned(),
        context.catalog.get::<PgIndex>(index).cloned(),
    ) else {
        return Ok(());
    };
    let options = DefineIndexOptions { is_alter_table, ..DefineIndexOptions::default() };
    let stmt = IndexStmt { nulls_not_distinct: row.indnullsnotdistinct, ..stmt.clone() };
    let keys = usize::try_from(row.indnkeyatts).unwrap_or_default().min(row.indkey.len());
    check_primary_key(context, &class, &row.indkey[..keys], &options, &stmt)
}

pub(super) fn check_primary_key(
    context: &mut Context,
    class: &PgClass,
    attnums: &[i16],
    options: &DefineIndexOptions,
    stmt: &IndexStmt,
) -> PgResult<()> {
    let invalid = |message: String| PgError::new(sqlstate::INVALID_TABLE_DEFINITION, message);
    let has_primary = context.catalog.find_all::<PgIndex>(&class.oid).any(|row| row.indisprimary);
    if (options.is_alter_table || class.relispartition) && has_primary {
        return Err(invalid(format!(
            "multiple primary keys for table \"{}\" are not allowed",
            class.relname
        ))
        .into());
    }
    if stmt.nulls_not_distinct {
        return Err(
            invalid("primary keys cannot use NULLS NOT DISTINCT indexes".to_string()).into()
        );
    }
    let since_18 = context.catalog.version().major() >= 18;
    let mut to_mark = Vec::new();
    for attnum in attnums {
        if *attnum == 0 {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "primary keys cannot be expressions",
            )
            .into());
        }
        let Some(attribute) = class.attribute(*attnum) else { continue };
        if attribute.attnotnull {
            continue;
        }
        if since_18 {
            return Err(invalid(format!(
                "primary key column \"{}\" is not marked NOT NULL",
                attribute.attname
            ))
            .into());
        }
        to_mark.push(*attnum);
    }
    if to_mark.is_empty() {
        return Ok(());
    }
    let tables =
        crate::commands::tablecmds::inherit_tree::find_all_inheritors(context.catalog, class.oid);
    for (table, _) in tables {
        let Some(child) = context.catalog.get::<PgClass>(table).cloned() else { continue };
        for attnum in &to_mark {
            let Some(name) = class.attribute(*attnum).map(|a| a.attname.clone()) else { continue };
            let Some(own) = child.attribute_named(&name).map(|a| a.attnum) else { continue };
            context.catalog.update::<PgClass>(table, |row| {
                if let Some(column) = row.attributes.iter_mut().find(|a| a.attnum == own) {
                    column.attnotnull = true;
                }
            });
        }
    }
    Ok(())
}

//! ALTER COLUMN TYPE: the conversion of values and default, and what depends on the column (PostgreSQL:
//! ATPrepAlterColumnType, ATExecAlterColumnType, commands/tablecmds.c).

use std::sync::Arc;

use super::alter::{AtCmd, WorkQueue, at_prep_cmd, recurse_composite};
use super::alter_column::update_attribute;
use super::alter_errors::{cannot_alter_system_column, no_such_column, system_attribute_by_name};
use super::alter_rebuild;
use super::inherit_tree::{find_all_inheritors, find_inheritance_children};
use super::support::{has_partition_attrs, perform_deletion, relation};
use crate::catalog::depend::DependEntry;
use crate::catalog::format_type::{format_type_be, format_type_with_typemod};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAttrdef, PgClass, PgType};
use crate::commands::Context;
use crate::commands::dependency::delete_dependency_records_for;
use crate::commands::heap::{AttributeCheck, check_attribute_type, store_attr_default};
use crate::commands::objectaddress::get_object_description;
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::ParseLoc;
use crate::nodes::node_funcs::{expr_type, strip_implicit_coercions};
use crate::nodes::primnodes::{Expr, Var, VarReturningType, VarSyntax};
use crate::nodes::tree::{
    AlterTableType, CoercionContext, CoercionForm, ColumnDef, DropBehavior, Node, TypeName,
};
use crate::parser::parse_coerce::coerce_to_target_type;
use crate::parser::parse_node::ParseState;
use crate::parser::parse_type::{get_column_def_collation, typename_type_id_and_mod};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

fn column_def(cmd: &AtCmd) -> Option<(&ColumnDef, &TypeName)> {
    match cmd.cmd.def.as_ref() {
        Some(Node::ColumnDef(def)) => def.type_name.as_deref().map(|name| (&**def, name)),
        _ => None, // the grammar gives a column definition with a type
    }
}

/// PostgreSQL: ATPrepAlterColumnType.
pub(super) fn at_prep_alter_column_type(
    context: &mut Context,
    queue: &mut WorkQueue,
    class: &Arc<PgClass>,
    cmd: &AtCmd,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    let Some((def, type_name)) = column_def(cmd) else { return Ok(()) };
    let name = cmd.name();
    // Before 18 these errors had no place.
    let since_18 = context.catalog.version().major() >= 18;
    let at = if since_18 { def.location.0 } else { -1 };
    let refuse = |state, message: String| PgError::new(state, message).at(at);
    if class.reloftype.is_valid() && !recursing {
        let message = "cannot alter column type of typed table".to_string();
        return Err(refuse(sqlstate::WRONG_OBJECT_TYPE, message).into());
    }
    let Some(column) = class.attribute_named(name) else {
        return Err(if system_attribute_by_name(name).is_some() {
            cannot_alter_system_column(name).at(at)
        } else {
            no_such_column(name, class).at(at)
        }
        .into());
    };
    if column.attgenerated != 0 && cmd.cooked.is_some() {
        return Err(refuse(
            sqlstate::INVALID_COLUMN_DEFINITION,
            "cannot specify USING when altering type of generated column".to_string(),
        )
        .detail(format!("Column \"{name}\" is a generated column."))
        .into());
    }
    if column.attinhcount > 0 && !recursing {
        let message = format!("cannot alter inherited column \"{name}\"");
        return Err(refuse(sqlstate::INVALID_TABLE_DEFINITION, message).into());
    }
    if has_partition_attrs(context.catalog, class.oid, column.attnum).is_some() {
        return Err(refuse(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!(
                "cannot alter column \"{name}\" because it is part of the partition key of \
                 relation \"{}\"",
                class.relname
            ),
        )
        .into());
    }
    let shared = context.shared();
    let placed = |stop: Stop| if since_18 { stop } else { stop.without_place() };
    let (target, typmod) = typename_type_id_and_mod(&shared, type_name).map_err(placed)?;
    crate::commands::support::check_type_usage(context, target)?;
    let collation = get_column_def_collation(&shared, def, target).map_err(placed)?;
    let check =
        AttributeCheck { is_virtual: column.attgenerated == b'v', ..AttributeCheck::default() };
    check_attribute_type(context, name, target, collation, &[class.reltype], check)?;
    if matches!(class.relkind, b'r' | b'p') && column.attgenerated != b'v' {
        check_conversion(context, class, column.attnum, cmd, target, typmod)?;
    } else if cmd.cooked.is_some() {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{}\" is not a table", class.relname),
        )
        .into());
    }
    let entry = queue.entry(class);
    if class.relkind == b'r' && column.attgenerated != b'v' {
        queue.tables[entry].rewrite = true;
    } else {
        find_row_type_dependencies(context, class)?;
    }
    if recurse {
        for (child, parents) in find_all_inheritors(context.catalog, class.oid) {
            if child == class.oid {
                continue;
            }
            let child = relation(context.catalog, child)?;
            let inherited = child.attribute_named(name).map_or(0, |column| column.attinhcount);
            if parents > i32::from(inherited) {
                return Err(PgError::new(
                    sqlstate::INVALID_TABLE_DEFINITION,
                    format!(
                        "cannot alter inherited column \"{name}\" of relation \"{}\"",
                        child.relname
                    ),
                )
                .into());
            }
            at_prep_cmd(context, queue, &child, cmd.clone(), false, true)?;
        }
    } else if !recursing && !find_inheritance_children(context.catalog, class.oid).is_empty() {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("type of inherited column \"{name}\" must be changed in child tables too"),
        )
        .into());
    }
    recurse_composite(context, queue, class, cmd, recurse, recursing)
}

/// Whether the old values, or what USING makes of them, can become values of the new type.
fn check_conversion(
    context: &Context,
    class: &PgClass,
    attnum: i16,
    cmd: &AtCmd,
    target: Oid,
    typmod: i32,
) -> PgResult<()> {
    let Some(column) = class.attribute(attnum) else { return Ok(()) };
    let value = match &cmd.cooked {
        Some(using) => (**using).clone(),
        None => Expr::Var(Var {
            varno: 1,
            varattno: attnum,
            vartype: column.atttypid,
            vartypmod: column.atttypmod,
            varcollid: column.attcollation,
            varlevelsup: 0,
            varreturningtype: VarReturningType::Default,
            syntax: VarSyntax::default(),
            location: ParseLoc::NONE,
        }),
    };
    if coerce(context, value, target, typmod)?.is_some() {
        return Ok(());
    }
    let name = cmd.name();
    let type_name = format_type_be(context.catalog, &context.path, target);
    if cmd.cooked.is_some() {
        return Err(PgError::new(
            sqlstate::DATATYPE_MISMATCH,
            format!(
                "result of USING clause for column \"{name}\" cannot be cast automatically to \
                 type {type_name}"
            ),
        )
        .hint("You might need to add an explicit cast.")
        .into());
    }
    let error = PgError::new(
        sqlstate::DATATYPE_MISMATCH,
        format!("column \"{name}\" cannot be cast automatically to type {type_name}"),
    );
    if column.attgenerated != 0 {
        return Err(error.into());
    }
    let with_typmod = format_type_with_typemod(context.catalog, &context.path, target, typmod);
    Err(error
        .hint(format!(
            "You might need to specify \"USING {}::{with_typmod}\".",
            quote_identifier(name)
        ))
        .into())
}

fn coerce(context: &Context, expr: Expr, target: Oid, typmod: i32) -> PgResult<Option<Expr>> {
    let pstate = ParseState::new(context.shared(), None);
    let source = expr_type(&expr);
    coerce_to_target_type(
        &pstate,
        expr,
        source,
        target,
        typmod,
        CoercionContext::CoercionAssignment,
        CoercionForm::CoerceImplicitCast,
        -1,
    )
}

/// What cannot change while values of it are stored.
pub enum Altered<'a> {
    Relation(&'a PgClass),
    /// A type, as format_type spells it.
    Type(String),
}

/// Columns elsewhere whose type is this relation's row type, or holds it, cannot follow.
pub(super) fn find_row_type_dependencies(context: &Context, class: &PgClass) -> PgResult<()> {
    find_composite_type_dependencies(context, class.reltype, &Altered::Relation(class))
}

/// Columns that store values of a type, or of a type that holds it. PostgreSQL: find_composite_type_dependencies.
pub fn find_composite_type_dependencies(
    context: &Context,
    type_oid: Oid,
    altered: &Altered,
) -> PgResult<()> {
    if !type_oid.is_valid() {
        return Ok(());
    }
    let mut types = vec![type_oid];
    let mut next = 0;
    while next < types.len() {
        let type_oid = types[next];
        let address = ObjectAddress::new(Class::Type, type_oid);
        next += 1;
        for DependEntry { dependent, .. } in context.catalog.depend().dependents_of(address) {
            match dependent.class {
                Class::Type if !types.contains(&dependent.object) => {
                    types.push(dependent.object);
                }
                Class::Relation => {
                    let Some(other) = context.catalog.get::<PgClass>(dependent.object) else {
                        continue;
                    };
                    // An index over an expression depends on the type as a whole.
                    let column = match i16::try_from(dependent.sub) {
                        Ok(attnum) if attnum > 0 => other.attribute(attnum),
                        _ => other.attributes.iter().find(|column| column.atttypid == type_oid),
                    };
                    let Some(column) = column.filter(|column| !column.attisdropped) else {
                        continue;
                    };
                    if matches!(other.relkind, b'r' | b'm' | b'p' | b'i' | b'I') {
                        return Err(stores_type(altered, other, &column.attname).into());
                    }
                    if other.relkind == b'c' && !types.contains(&other.reltype) {
                        types.push(other.reltype);
                    }
                }
                _ => {} // only columns and types that hold the type store values of it
            }
        }
    }
    Ok(())
}

fn stores_type(altered: &Altered, other: &PgClass, column: &str) -> PgError {
    let (what, name, uses) = match altered {
        Altered::Type(name) => ("type", name.as_str(), "uses it"),
        Altered::Relation(class) => match class.relkind {
            b'c' => ("type", class.relname.as_str(), "uses it"),
            b'f' => ("foreign table", class.relname.as_str(), "uses its row type"),
            _ => ("table", class.relname.as_str(), "uses its row type"), // tables and partitioned tables
        },
    };
    PgError::new(
        sqlstate::FEATURE_NOT_SUPPORTED,
        format!(
            "cannot alter {what} \"{name}\" because column \"{}.{column}\" {uses}",
            other.relname
        ),
    )
}

/// PostgreSQL: ATExecAlterColumnType.
pub(super) fn at_exec_alter_column_type(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    cmd: &AtCmd,
) -> PgResult<()> {
    let Some((def, type_name)) = column_def(cmd) else { return Ok(()) };
    let relid = queue.tables[at].relid;
    let class = relation(context.catalog, relid)?;
    let name = cmd.name();
    let Some(column) = class.attribute_named(name) else {
        return Err(no_such_column(name, &class).into());
    };
    let attnum = column.attnum;
    if let Some(old) = queue.tables[at].old.attribute(attnum)
        && (old.atttypid != column.atttypid || old.atttypmod != column.atttypmod)
    {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot alter type of column \"{name}\" twice"),
        )
        .into());
    }
    let (target, typmod, collation) = {
        let shared = context.shared();
        let (target, typmod) = typename_type_id_and_mod(&shared, type_name)?;
        (target, typmod, get_column_def_collation(&shared, def, target)?)
    };
    let default = converted_default(context, &class, attnum, target, typmod)?;
    let subtype = AlterTableType::AtAlterColumnType;
    remember_all_dependent_for_rebuilding(context, queue, at, subtype, &class, attnum)?;

    let address = ObjectAddress::column(relid, attnum);
    delete_dependency_records_for(context.catalog, address, false);
    let storage = context.catalog.get::<PgType>(target).map_or(b'p', |row| row.typstorage);
    let dimensions = i16::try_from(type_name.array_bounds.len()).unwrap_or(0);
    update_attribute(context, relid, attnum, |attribute| {
        attribute.atttypid = target;
        attribute.atttypmod = typmod;
        attribute.attcollation = collation;
        attribute.attndims = dimensions;
        attribute.attstorage = storage;
        attribute.attcompression = 0;
        attribute.attstattarget = attribute.attstattarget.take();
    });
    super::alter_column::add_column_dependencies(context, relid, attnum, target, collation);
    crate::commands::contents::forget_column(context, relid, attnum);
    if let Some(default) = default {
        let old = class.attribute(attnum).and_then(|column| column.attdef.valid());
        if let Some(old) = old {
            let address = ObjectAddress::new(Class::Attrdef, old);
            if class.attribute(attnum).is_some_and(|column| column.attgenerated != 0) {
                delete_dependency_records_for(context.catalog, address, false);
            }
            perform_deletion(context, address, DropBehavior::DropRestrict)?;
        }
        store_attr_default(context, relid, attnum, Arc::new(default))?;
    }
    Ok(())
}

/// The default, as an expression of the new type.
fn converted_default(
    context: &Context,
    class: &PgClass,
    attnum: i16,
    target: Oid,
    typmod: i32,
) -> PgResult<Option<Expr>> {
    let Some(column) = class.attribute(attnum) else { return Ok(None) };
    let Some(row) = context.catalog.get::<PgAttrdef>(column.attdef) else { return Ok(None) };
    let expr = strip_implicit_coercions(&row.adbin).clone();
    if let Some(expr) = coerce(context, expr, target, typmod)? {
        return Ok(Some(expr));
    }
    let what = if column.attgenerated != 0 { "generation expression" } else { "default" };
    Err(PgError::new(
        sqlstate::DATATYPE_MISMATCH,
        format!(
            "{what} for column \"{}\" cannot be cast automatically to type {}",
            column.attname,
            format_type_be(context.catalog, &context.path, target)
        ),
    )
    .into())
}

/// Finds what depends on the column: what can be made again is remembered, the rest is in the way. PostgreSQL:
/// RememberAllDependentForRebuilding.
pub(super) fn remember_all_dependent_for_rebuilding(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    subtype: AlterTableType,
    class: &PgClass,
    attnum: i16,
) -> PgResult<()> {
    let changes_type = subtype == AlterTableType::AtAlterColumnType;
    let name = class.attribute(attnum).map_or("", |column| column.attname.as_str());
    let dependents: Vec<ObjectAddress> = context
        .catalog
        .depend()
        .dependents_of(ObjectAddress::column(class.oid, attnum))
        .map(|entry| entry.dependent)
        .collect();
    for object in dependents {
        let used_by = match object.class {
            // Before 15 what depended on a generation expression was the column.
            Class::Relation if object.object == class.oid && object.sub != 0 => {
                if object.sub != i32::from(attnum) && changes_type {
                    let reader = i16::try_from(object.sub).unwrap_or(0);
                    return Err(used_by_generated(context, class, attnum, reader).into());
                }
                continue;
            }
            Class::Relation => {
                alter_rebuild::remember_index(context, &mut queue.tables[at], object.object);
                continue;
            }
            Class::Constraint => {
                alter_rebuild::remember_constraint(context, &mut queue.tables[at], object.object);
                continue;
            }
            Class::StatisticExt => {
                let known = &mut queue.tables[at].changed_statistics;
                if !known.contains(&object.object) {
                    known.push(object.object);
                }
                continue;
            }
            Class::Attrdef => {
                refuse_generated(context, class, attnum, object.object, changes_type)?;
                continue;
            }
            Class::Proc => "by a function or procedure",
            Class::Rewrite => "by a view or rule",
            Class::Trigger => "in a trigger definition",
            Class::Policy => "in a policy definition",
            Class::PublicationRel => "by a publication WHERE clause",
            _ => continue, // nothing else depends on the type of a column
        };
        if changes_type {
            let description = get_object_description(context.catalog, &context.path, object);
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("cannot alter type of a column used {used_by}"),
            )
            .detail(format!("{} depends on column \"{name}\"", description.unwrap_or_default()))
            .into());
        }
    }
    Ok(())
}

/// Another column's generation expression that reads this one.
fn refuse_generated(
    context: &Context,
    class: &PgClass,
    attnum: i16,
    default: Oid,
    changes_type: bool,
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgAttrdef>(default) else { return Ok(()) };
    if (row.adrelid == class.oid && row.adnum == attnum) || !changes_type {
        return Ok(());
    }
    Err(used_by_generated(context, class, attnum, row.adnum).into())
}

fn used_by_generated(context: &Context, class: &PgClass, attnum: i16, reader: i16) -> PgError {
    let name = |attnum: i16| class.attribute(attnum).map_or("", |column| column.attname.as_str());
    PgError::new(
        if context.catalog.version().major() >= 15 {
            sqlstate::FEATURE_NOT_SUPPORTED
        } else {
            sqlstate::SYNTAX_ERROR
        },
        "cannot alter type of a column used by a generated column",
    )
    .detail(format!(
        "Column \"{}\" is used by generated column \"{}\".",
        name(attnum),
        name(reader)
    ))
}

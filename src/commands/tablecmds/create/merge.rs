//! A new table's columns and constraints together with those of its parents (PostgreSQL: MergeAttributes,
//! commands/tablecmds.c).

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::columns::missing_column;
use crate::catalog::format_type::format_type_with_typemod;
use crate::catalog::{PgAttrdef, PgClass, PgCollation, PgConstraint};
use crate::commands::Context;
use crate::commands::heap::{
    ColumnNotNull, CookedConstraint, MAX_HEAP_ATTRIBUTE_NUMBER, column_specified_twice,
};
use crate::commands::parse_utilcmd::{make_column_def, map_variable_attnos};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::Str;
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{ColumnDef, ConstrType};
use crate::parser::parse_type::{get_column_def_collation, typename_type_id_and_mod};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// A column on its way into the table, with the default that parents hand down.
#[derive(Debug, Clone)]
pub(super) struct InheritedColumn {
    pub def: ColumnDef,
    pub cooked_default: Option<Arc<Expr>>,
    /// Parents disagree about the default.
    bogus_default: bool,
}

impl InheritedColumn {
    pub(super) fn own(def: ColumnDef) -> InheritedColumn {
        InheritedColumn { def, cooked_default: None, bogus_default: false }
    }

    fn name(&self) -> &str {
        self.def.colname.as_deref().unwrap_or_default()
    }
}

/// What the table comes to.
#[derive(Default)]
pub(super) struct Merged {
    pub columns: Vec<InheritedColumn>,
    pub constraints: Vec<CookedConstraint>,
    pub not_nulls: Vec<ColumnNotNull>,
}

fn datatype_mismatch(message: String) -> PgError {
    PgError::new(sqlstate::DATATYPE_MISMATCH, message)
}

fn invalid_column(message: String) -> PgError {
    PgError::new(sqlstate::INVALID_COLUMN_DEFINITION, message)
}

/// PostgreSQL: MergeAttributes.
pub(super) fn merge_attributes(
    context: &Context,
    mut own: Vec<InheritedColumn>,
    parents: &[Oid],
    relpersistence: u8,
    is_partition: bool,
) -> PgResult<Merged> {
    check_count(own.len())?;
    merge_duplicates(&mut own, is_partition)?;
    let partition_columns = if is_partition { std::mem::take(&mut own) } else { Vec::new() };
    let mut merged = Merged::default();
    for parent in parents {
        let Some(class) = context.catalog.get::<PgClass>(*parent).cloned() else { continue };
        check_parent(context, &class, relpersistence, is_partition)?;
        merge_parent(context, &class, is_partition, &mut merged)?;
    }
    if merged.columns.is_empty() {
        merged.columns = own;
    } else {
        for (at, column) in own.into_iter().enumerate() {
            let existing = merged.columns.iter().position(|c| c.name() == column.name());
            match existing {
                Some(existing) => {
                    merge_child_attribute(context, &mut merged.columns[existing], column, {
                        existing == at
                    })?;
                }
                None => merged.columns.push(column),
            }
        }
        check_count(merged.columns.len())?;
    }
    for column in partition_columns {
        merge_partition_column(&mut merged.columns, column)?;
    }
    for column in &merged.columns {
        if !column.bogus_default || column.def.raw_default.is_some() {
            continue;
        }
        let name = column.name();
        return Err(if column.def.generated != 0 {
            invalid_column(format!("column \"{name}\" inherits conflicting generation expressions"))
                .hint("To resolve the conflict, specify a generation expression explicitly.")
        } else {
            invalid_column(format!("column \"{name}\" inherits conflicting default values"))
                .hint("To resolve the conflict, specify a default explicitly.")
        }
        .into());
    }
    Ok(merged)
}

fn check_count(count: usize) -> PgResult<()> {
    if count > MAX_HEAP_ATTRIBUTE_NUMBER {
        return Err(PgError::new(
            sqlstate::TOO_MANY_COLUMNS,
            format!("tables can have at most {MAX_HEAP_ATTRIBUTE_NUMBER} columns"),
        )
        .into());
    }
    Ok(())
}

/// The same column twice is refused, but options of a typed table's column join it.
fn merge_duplicates(own: &mut Vec<InheritedColumn>, is_partition: bool) -> PgResult<()> {
    let mut first_at = FxHashMap::with_capacity_and_hasher(own.len(), Default::default());
    let mut kept: Vec<InheritedColumn> = Vec::with_capacity(own.len());
    let mut missing: Option<usize> = None;
    for column in std::mem::take(own) {
        let name = column.def.colname.clone().unwrap_or_default();
        match first_at.get(&name).copied() {
            Some(at) => {
                let first: &mut InheritedColumn = &mut kept[at];
                if !first.def.is_from_type {
                    // A column that is not there comes first where it stands first.
                    if let Some(missing) = missing.filter(|missing| *missing <= at) {
                        return Err(missing_column(kept[missing].name()).into());
                    }
                    return Err(column_specified_twice(&name).into());
                }
                first.def.is_not_null = column.def.is_not_null;
                first.def.raw_default = column.def.raw_default;
                first.def.constraints = column.def.constraints;
                first.def.is_from_type = false;
            }
            None => {
                if !is_partition && column.def.type_name.is_none() && missing.is_none() {
                    missing = Some(kept.len());
                }
                first_at.insert(name, kept.len());
                kept.push(column);
            }
        }
    }
    if let Some(missing) = missing {
        return Err(missing_column(kept[missing].name()).into());
    }
    *own = kept;
    Ok(())
}

fn check_parent(
    context: &Context,
    class: &PgClass,
    relpersistence: u8,
    is_partition: bool,
) -> PgResult<()> {
    let name = &class.relname;
    let refuse = |message: String| PgError::new(sqlstate::WRONG_OBJECT_TYPE, message);
    if class.relkind == b'p' && !is_partition {
        return Err(refuse(format!("cannot inherit from partitioned table \"{name}\"")).into());
    }
    if class.relispartition && !is_partition {
        return Err(refuse(format!("cannot inherit from partition \"{name}\"")).into());
    }
    if !matches!(class.relkind, b'r' | b'f' | b'p') {
        return Err(refuse(format!(
            "inherited relation \"{name}\" is not a table or foreign table"
        ))
        .into());
    }
    let parent_is_temporary = class.relpersistence == b't';
    if is_partition && !parent_is_temporary && relpersistence == b't' {
        return Err(refuse(format!(
            "cannot create a temporary relation as partition of permanent relation \"{name}\""
        ))
        .into());
    }
    if relpersistence != b't' && parent_is_temporary {
        return Err(refuse(if is_partition {
            format!(
                "cannot create a permanent relation as partition of temporary relation \"{name}\""
            )
        } else {
            format!("cannot inherit from temporary relation \"{name}\"")
        })
        .into());
    }
    crate::commands::tablecmds::support::require_owner(context, class)
}

fn merge_parent(
    context: &Context,
    class: &PgClass,
    is_partition: bool,
    merged: &mut Merged,
) -> PgResult<()> {
    let major = context.catalog.version().major();
    let mut map: Vec<i16> = vec![0; class.attributes.len()];
    let mut not_nulls: Vec<Arc<PgConstraint>> = context
        .catalog
        .find_all::<PgConstraint>(&class.oid)
        .filter(|row| row.contype == b'n' && !row.connoinherit)
        .cloned()
        .collect();
    not_nulls.sort_by(|a, b| a.conname.cmp(&b.conname));
    let mut defaults: Vec<(usize, i16)> = Vec::new();
    for attribute in class.live_attributes() {
        let mut def = make_column_def(
            context.catalog,
            &attribute.attname,
            attribute.atttypid,
            attribute.atttypmod,
            attribute.attcollation,
        );
        def.storage = attribute.attstorage;
        def.generated = attribute.attgenerated;
        def.compression = match attribute.attcompression {
            b'p' => Some(Str::new("pglz")),
            b'l' => Some(Str::new("lz4")),
            _ => None, // the default
        };
        def.is_not_null = if major >= 18 {
            not_nulls.iter().any(|row| row.conkey.first() == Some(&attribute.attnum))
        } else {
            attribute.attnotnull
        };
        if is_partition && major >= 17 {
            def.identity = attribute.attidentity;
        }
        let existing = merged.columns.iter().position(|c| c.name() == attribute.attname.as_str());
        let at = match existing {
            Some(at) => {
                merge_inherited_attribute(context, &mut merged.columns[at], &def)?;
                at
            }
            None => {
                def.inhcount = 1;
                def.is_local = false;
                merged.columns.push(InheritedColumn::own(def));
                merged.columns.len() - 1
            }
        };
        let index = usize::try_from(attribute.attnum - 1).unwrap_or_default();
        map[index] = i16::try_from(at + 1).unwrap_or(i16::MAX);
        if attribute.attdef.is_valid() {
            defaults.push((at, attribute.attnum));
        }
    }
    for (at, attnum) in defaults {
        inherit_default(context, class, &mut merged.columns[at], attnum, &map)?;
    }
    inherit_checks(context, class, &map, &mut merged.constraints)?;
    if major >= 18 {
        for row in not_nulls {
            let Some(attnum) = row.conkey.first() else { continue };
            let index = usize::try_from(*attnum - 1).unwrap_or_default();
            merged.not_nulls.push(ColumnNotNull {
                attnum: map.get(index).copied().unwrap_or_default(),
                name: Some(row.conname.clone()),
            });
        }
    }
    Ok(())
}

fn inherit_default(
    context: &Context,
    class: &PgClass,
    column: &mut InheritedColumn,
    attnum: i16,
    map: &[i16],
) -> PgResult<()> {
    let attribute = class.attribute(attnum);
    let row = attribute.and_then(|a| context.catalog.get::<PgAttrdef>(a.attdef));
    let Some(row) = row else { return Ok(()) };
    let Some(expr) = map_variable_attnos(&row.adbin, map) else {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot convert whole-row table reference",
        )
        .detail(format!(
            "Generation expression for column \"{}\" contains a whole-row reference to table \
             \"{}\".",
            column.name(),
            class.relname
        ))
        .into());
    };
    match &column.cooked_default {
        None => column.cooked_default = Some(Arc::new(expr)),
        Some(old) if **old != expr => column.bogus_default = true,
        Some(_) => {}
    }
    Ok(())
}

fn inherit_checks(
    context: &Context,
    class: &PgClass,
    map: &[i16],
    constraints: &mut Vec<CookedConstraint>,
) -> PgResult<()> {
    let mut checks: Vec<Arc<PgConstraint>> = context
        .catalog
        .find_all::<PgConstraint>(&class.oid)
        .filter(|row| row.contype == b'c' && !row.connoinherit)
        .cloned()
        .collect();
    checks.sort_by(|a, b| a.conname.cmp(&b.conname));
    for row in checks {
        let Some(expr) = row.conbin.as_ref() else { continue };
        let Some(expr) = map_variable_attnos(expr, map) else {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "cannot convert whole-row table reference",
            )
            .detail(format!(
                "Constraint \"{}\" contains a whole-row reference to table \"{}\".",
                row.conname, class.relname
            ))
            .into());
        };
        merge_check_constraint(constraints, &row.conname, expr, row.conenforced)?;
    }
    Ok(())
}

/// PostgreSQL: MergeCheckConstraint.
fn merge_check_constraint(
    constraints: &mut Vec<CookedConstraint>,
    name: &Name,
    expr: Expr,
    is_enforced: bool,
) -> PgResult<()> {
    let same = constraints.iter_mut().find(|constraint| constraint.name.as_ref() == Some(name));
    let Some(existing) = same else {
        constraints.push(CookedConstraint {
            contype: ConstrType::ConstrCheck,
            conoid: Oid::INVALID,
            name: Some(name.clone()),
            attnum: 0,
            expr: Some(Arc::new(expr)),
            is_enforced,
            skip_validation: !is_enforced,
            is_local: false,
            inhcount: 1,
            is_no_inherit: false,
        });
        return Ok(());
    };
    if existing.expr.as_deref() != Some(&expr) {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!(
                "check constraint name \"{name}\" appears multiple times but with different \
                 expressions"
            ),
        )
        .into());
    }
    existing.inhcount += 1;
    if is_enforced && !existing.is_enforced {
        existing.is_enforced = true;
        existing.skip_validation = false;
    }
    Ok(())
}

/// Type, modifier and collation of a definition.
fn shape(context: &Context, def: &ColumnDef) -> PgResult<(Oid, i32, Oid)> {
    let Some(type_name) = def.type_name.as_deref() else {
        return Err(missing_column(def.colname.as_deref().unwrap_or_default()).into());
    };
    let shared = context.shared();
    let (type_oid, typmod) = typename_type_id_and_mod(&shared, type_name)?;
    let collation = get_column_def_collation(&shared, def, type_oid)?;
    Ok((type_oid, typmod, collation))
}

/// Both definitions of a column must agree; `what` names the column as the message does.
fn check_same_shape(
    context: &Context,
    old: &ColumnDef,
    new: &ColumnDef,
    what: &str,
) -> PgResult<()> {
    let name = new.colname.as_deref().unwrap_or_default();
    let (old_type, old_typmod, old_collation) = shape(context, old)?;
    let (new_type, new_typmod, new_collation) = shape(context, new)?;
    if (old_type, old_typmod) != (new_type, new_typmod) {
        let text = |type_oid: Oid, typmod: i32| {
            format_type_with_typemod(context.catalog, &context.path, type_oid, typmod)
        };
        return Err(datatype_mismatch(format!("{what} \"{name}\" has a type conflict"))
            .detail(format!("{} versus {}", text(old_type, old_typmod), text(new_type, new_typmod)))
            .into());
    }
    if old_collation != new_collation {
        let text = |oid: Oid| {
            let row = context.catalog.get::<PgCollation>(oid);
            row.map(|row| row.collname.to_string()).unwrap_or_default()
        };
        return Err(PgError::new(
            sqlstate::COLLATION_MISMATCH,
            format!("{what} \"{name}\" has a collation conflict"),
        )
        .detail(format!("\"{}\" versus \"{}\"", text(old_collation), text(new_collation)))
        .into());
    }
    Ok(())
}

fn storage_name(storage: u8) -> &'static str {
    match storage {
        b'p' => "PLAIN",
        b'e' => "EXTERNAL",
        b'm' => "MAIN",
        _ => "EXTENDED", // there are no more
    }
}

/// Storage and compression: what one leaves open the other decides.
fn merge_storage(old: &mut ColumnDef, new: &ColumnDef, what: &str) -> PgResult<()> {
    let name = new.colname.as_deref().unwrap_or_default();
    if old.storage == 0 {
        old.storage = new.storage;
    } else if new.storage != 0 && old.storage != new.storage {
        return Err(datatype_mismatch(format!(
            "{what} \"{name}\" has a storage parameter conflict"
        ))
        .detail(format!("{} versus {}", storage_name(old.storage), storage_name(new.storage)))
        .into());
    }
    match (&old.compression, &new.compression) {
        (None, _) => old.compression = new.compression.clone(),
        (Some(a), Some(b)) if a != b => {
            return Err(datatype_mismatch(format!(
                "column \"{name}\" has a compression method conflict"
            ))
            .detail(format!("{a} versus {b}"))
            .into());
        }
        (Some(_), Some(_) | None) => {}
    }
    Ok(())
}

/// PostgreSQL: MergeInheritedAttribute.
fn merge_inherited_attribute(
    context: &Context,
    old: &mut InheritedColumn,
    new: &ColumnDef,
) -> PgResult<()> {
    let name = old.name().to_string();
    context.notice(Notice::notice(format!(
        "merging multiple inherited definitions of column \"{name}\""
    )));
    check_same_shape(context, &old.def, new, "inherited column")?;
    merge_storage(&mut old.def, new, "inherited column")?;
    if old.def.generated != new.generated {
        return Err(datatype_mismatch(format!(
            "inherited column \"{name}\" has a generation conflict"
        ))
        .into());
    }
    old.def.is_not_null |= new.is_not_null;
    old.def.inhcount += 1;
    Ok(())
}

/// A child's own definition against an inherited generated column (or none).
fn check_generation(old: &ColumnDef, new: &ColumnDef) -> PgResult<()> {
    let name = new.colname.as_deref().unwrap_or_default();
    if old.generated != 0 {
        if new.raw_default.is_some() && new.generated == 0 {
            return Err(invalid_column(format!(
                "column \"{name}\" inherits from generated column but specifies default"
            ))
            .into());
        }
        if new.identity != 0 {
            return Err(invalid_column(format!(
                "column \"{name}\" inherits from generated column but specifies identity"
            ))
            .into());
        }
    } else if new.generated != 0 {
        return Err(invalid_column(format!(
            "child column \"{name}\" specifies generation expression"
        ))
        .hint("A child table column cannot be generated unless its parent column is.")
        .into());
    }
    if old.generated != 0 && new.generated != 0 && old.generated != new.generated {
        let word = |kind: u8| if kind == b's' { "STORED" } else { "VIRTUAL" };
        return Err(invalid_column(format!(
            "column \"{name}\" inherits from generated column of different kind"
        ))
        .detail(format!(
            "Parent column is {}, child column is {}.",
            word(old.generated),
            word(new.generated)
        ))
        .into());
    }
    Ok(())
}

/// PostgreSQL: MergeChildAttribute.
fn merge_child_attribute(
    context: &Context,
    old: &mut InheritedColumn,
    new: InheritedColumn,
    same_place: bool,
) -> PgResult<()> {
    let name = new.name().to_string();
    context.notice(if same_place {
        Notice::notice(format!("merging column \"{name}\" with inherited definition"))
    } else {
        Notice {
            detail: Some(
                "User-specified column moved to the position of the inherited column.".to_string(),
            ),
            ..Notice::notice(format!(
                "moving and merging column \"{name}\" with inherited definition"
            ))
        }
    });
    check_same_shape(context, &old.def, &new.def, "column")?;
    old.def.identity = new.def.identity;
    merge_storage(&mut old.def, &new.def, "column")?;
    old.def.is_not_null |= new.def.is_not_null;
    check_generation(&old.def, &new.def)?;
    old.def.is_local = true;
    if new.def.raw_default.is_some() {
        old.def.raw_default = new.def.raw_default;
        old.cooked_default = None;
        old.bogus_default = false;
    }
    Ok(())
}

/// A partition's column options join the inherited column.
fn merge_partition_column(
    columns: &mut [InheritedColumn],
    column: InheritedColumn,
) -> PgResult<()> {
    let found = columns.iter_mut().find(|old| old.name() == column.name());
    let Some(old) = found else { return Err(missing_column(column.name()).into()) };
    old.def.is_not_null |= column.def.is_not_null;
    check_generation(&old.def, &column.def)?;
    if column.def.raw_default.is_some() {
        old.def.raw_default = column.def.raw_default;
        old.cooked_default = None;
        old.bogus_default = false;
    }
    Ok(())
}

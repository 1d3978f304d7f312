//! Defaults, CHECK and NOT NULL constraints of a relation: analysed, named, merged and stored (PostgreSQL:
//! AddRelationNewConstraints and its kin, catalog/heap.c).

use std::sync::Arc;

use thin_vec::thin_vec;

use super::cook::{cook_constraint, cook_default, pull_var_attnums};
use super::entry::{class_of, create_constraint_entry, new_constraint_row};
use crate::catalog::depend::DependType;
use crate::catalog::lsyscache::get_attnum;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAttrdef, PgClass, PgConstraint};
use crate::commands::Context;
use crate::commands::dependency::{record_dependency_on, record_dependency_on_single_rel_expr};
use crate::commands::naming::{choose_constraint_name, constraint_name_is_used};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{ConstrType, Constraint, Node};
use crate::parser::parse_node::ParseState;
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// A default or generation expression to be analysed (PostgreSQL: RawColumnDefault).
#[derive(Debug, Clone)]
pub struct RawColumnDefault {
    pub attnum: i16,
    pub raw_default: Node,
    /// 's' stored, 'v' virtual, 0 a plain default.
    pub generated: u8,
}

/// A constraint or default after analysis (PostgreSQL: CookedConstraint).
#[derive(Debug, Clone)]
pub struct CookedConstraint {
    pub contype: ConstrType,
    pub conoid: Oid,
    pub name: Option<Name>,
    /// The column of a default or NOT NULL, else 0.
    pub attnum: i16,
    pub expr: Option<Arc<Expr>>,
    pub is_enforced: bool,
    pub skip_validation: bool,
    pub is_local: bool,
    pub inhcount: i16,
    pub is_no_inherit: bool,
}

/// A NOT NULL constraint that parents hand down (PostgreSQL: CookedConstraint of old_notnulls).
#[derive(Debug, Clone)]
pub struct ColumnNotNull {
    pub attnum: i16,
    pub name: Option<Name>,
}

/// Stores what is analysed already (PostgreSQL: StoreConstraints).
pub(super) fn store_constraints(
    context: &mut Context,
    relid: Oid,
    cooked: &[CookedConstraint],
    is_internal: bool,
) -> PgResult<()> {
    for constraint in cooked {
        let Some(expr) = constraint.expr.clone() else { continue };
        if constraint.contype == ConstrType::ConstrDefault {
            store_attr_default(context, relid, constraint.attnum, expr)?;
        } else {
            let name = constraint.name.clone().unwrap_or_default();
            store_rel_check(context, relid, name, expr, constraint)?;
        }
    }
    let _ = is_internal;
    Ok(())
}

/// Gives a column its default or generation expression; returns the pg_attrdef row's oid (PostgreSQL:
/// StoreAttrDefault, catalog/pg_attrdef.c).
pub fn store_attr_default(
    context: &mut Context,
    relid: Oid,
    attnum: i16,
    expr: Arc<Expr>,
) -> PgResult<Oid> {
    let generated =
        class_of(context, relid)?.attribute(attnum).is_some_and(|a| a.attgenerated != 0);
    let major = context.catalog.version().major();
    let catalog = &mut *context.catalog;
    let oid = catalog.new_oid();
    catalog.put(PgAttrdef { oid, adrelid: relid, adnum: attnum, adbin: expr.clone() });
    catalog.update::<PgClass>(relid, |class| {
        let index = usize::try_from(attnum).ok().and_then(|n| n.checked_sub(1));
        if let Some(attribute) = index.and_then(|index| class.attributes.get_mut(index)) {
            attribute.attdef = oid;
        }
    });
    let default = ObjectAddress::new(Class::Attrdef, oid);
    let column = ObjectAddress::column(relid, attnum);
    if generated && major < 15 {
        record_dependency_on(catalog, default, column, DependType::Auto);
        let auto = DependType::Auto;
        record_dependency_on_single_rel_expr(catalog, column, &expr, relid, auto, auto, false)?;
    } else {
        let kind = if generated { DependType::Internal } else { DependType::Auto };
        record_dependency_on(catalog, default, column, kind);
        let normal = DependType::Normal;
        record_dependency_on_single_rel_expr(
            catalog, default, &expr, relid, normal, normal, false,
        )?;
    }
    Ok(oid)
}

/// PostgreSQL: StoreRelCheck.
pub fn store_rel_check(
    context: &mut Context,
    relid: Oid,
    name: Name,
    expr: Arc<Expr>,
    constraint: &CookedConstraint,
) -> PgResult<Oid> {
    let class = class_of(context, relid)?;
    if constraint.is_no_inherit && class.relkind == b'p' {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("cannot add NO INHERIT constraint to partitioned table \"{}\"", class.relname),
        )
        .into());
    }
    let row = PgConstraint {
        conrelid: relid,
        conenforced: constraint.is_enforced,
        convalidated: !constraint.skip_validation,
        conislocal: constraint.is_local,
        coninhcount: constraint.inhcount,
        connoinherit: constraint.is_no_inherit,
        conkey: pull_var_attnums(&expr).into_iter().filter(|attnum| *attnum != 0).collect(),
        conbin: Some(expr),
        ..new_constraint_row(name, class.relnamespace, b'c')
    };
    create_constraint_entry(context, row)
}

/// Stores a NOT NULL constraint and marks its column (PostgreSQL: StoreRelNotNull and set_attnotnull).
pub fn store_rel_not_null(
    context: &mut Context,
    relid: Oid,
    name: Name,
    attnum: i16,
    constraint: &CookedConstraint,
) -> PgResult<Oid> {
    let class = class_of(context, relid)?;
    let row = PgConstraint {
        conrelid: relid,
        convalidated: !constraint.skip_validation,
        conislocal: constraint.is_local,
        coninhcount: constraint.inhcount,
        connoinherit: constraint.is_no_inherit,
        conkey: thin_vec![attnum],
        ..new_constraint_row(name, class.relnamespace, b'n')
    };
    let oid = create_constraint_entry(context, row)?;
    mark_not_null(context, relid, attnum);
    Ok(oid)
}

fn mark_not_null(context: &mut Context, relid: Oid, attnum: i16) {
    context.catalog.update::<PgClass>(relid, |class| {
        if let Some(attribute) = class.attributes.iter_mut().find(|a| a.attnum == attnum) {
            attribute.attnotnull = true;
        }
    });
}

/// Analyses and stores defaults and constraints of a relation; returns those made (PostgreSQL:
/// AddRelationNewConstraints).
pub fn add_relation_new_constraints(
    context: &mut Context,
    relid: Oid,
    defaults: &[RawColumnDefault],
    constraints: &[Constraint],
    allow_merge: bool,
    is_local: bool,
    is_internal: bool,
) -> PgResult<Vec<CookedConstraint>> {
    let mut cooked = Vec::new();
    for (attnum, expr) in cook_defaults(context, relid, defaults)? {
        cooked.push(add_default(context, relid, attnum, expr, is_local)?);
    }
    let mut names: Vec<Name> = Vec::new();
    let mut not_null_names: Vec<Name> = Vec::new();
    for constraint in constraints {
        let made = match constraint.contype {
            ConstrType::ConstrCheck => {
                add_check(context, relid, constraint, allow_merge, is_local, &mut names)?
            }
            ConstrType::ConstrNotnull => {
                add_not_null(context, relid, constraint, is_local, &mut not_null_names)?
            }
            // Callers hand no other constraints to this function.
            _ => None,
        };
        cooked.extend(made);
    }
    let _ = is_internal;
    Ok(cooked)
}

/// The defaults' expressions, by column. A default of NULL is no default.
fn cook_defaults(
    context: &Context,
    relid: Oid,
    defaults: &[RawColumnDefault],
) -> PgResult<Vec<(i16, Expr)>> {
    let mut cooked = Vec::with_capacity(defaults.len());
    if defaults.is_empty() {
        return Ok(cooked);
    }
    let class = class_of(context, relid)?;
    let mut pstate = relation_parse_state(context, relid)?;
    for default in defaults {
        let Some(attribute) = class.attribute(default.attnum) else { continue };
        let expr = cook_default(
            &mut pstate,
            &default.raw_default,
            Some((attribute.atttypid, attribute.atttypmod)),
            &attribute.attname,
            default.generated,
        )?;
        let is_null = matches!(&expr, Expr::Const(value) if value.value.is_none());
        if default.generated != 0 || !is_null {
            cooked.push((default.attnum, expr));
        }
    }
    Ok(cooked)
}

fn add_default(
    context: &mut Context,
    relid: Oid,
    attnum: i16,
    expr: Expr,
    is_local: bool,
) -> PgResult<CookedConstraint> {
    let expr = Arc::new(expr);
    let conoid = store_attr_default(context, relid, attnum, expr.clone())?;
    Ok(CookedConstraint {
        contype: ConstrType::ConstrDefault,
        conoid,
        name: None,
        attnum,
        expr: Some(expr),
        is_enforced: true,
        skip_validation: false,
        is_local,
        inhcount: i16::from(!is_local),
        is_no_inherit: false,
    })
}

/// A parse state in which the relation's columns are visible.
pub(super) fn relation_parse_state<'c>(
    context: &'c Context,
    relid: Oid,
) -> PgResult<ParseState<'c>> {
    let class = class_of(context, relid)?;
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, true)?;
    add_ns_item_to_query(&mut pstate, item, false, true, true);
    Ok(pstate)
}

fn add_check(
    context: &mut Context,
    relid: Oid,
    constraint: &Constraint,
    allow_merge: bool,
    is_local: bool,
    names: &mut Vec<Name>,
) -> PgResult<Option<CookedConstraint>> {
    let Some(raw) = &constraint.raw_expr else { return Ok(None) };
    let class = class_of(context, relid)?.clone();
    let expr = {
        let mut pstate = relation_parse_state(context, relid)?;
        Arc::new(cook_constraint(&mut pstate, raw, &class.relname)?)
    };
    let name = match constraint.conname.as_deref() {
        Some(name) => {
            let name = Name::new(name);
            if names.contains(&name) {
                return Err(PgError::new(
                    sqlstate::DUPLICATE_OBJECT,
                    format!("check constraint \"{name}\" already exists"),
                )
                .into());
            }
            names.push(name.clone());
            let merged = merge_with_existing_constraint(
                context,
                relid,
                &name,
                &expr,
                allow_merge,
                is_local,
                constraint,
            )?;
            if merged {
                return Ok(None);
            }
            name
        }
        None => {
            let attnums = pull_var_attnums(&expr);
            let column = match attnums.as_slice() {
                [attnum] => class.attribute(*attnum).map(|a| a.attname.as_str()),
                _ => None, // no column or several: the table's name alone
            };
            let name = choose_constraint_name(
                context.catalog,
                &class.relname,
                column,
                "check",
                class.relnamespace,
                names,
            );
            names.push(name.clone());
            name
        }
    };
    let mut cooked = CookedConstraint {
        contype: ConstrType::ConstrCheck,
        conoid: Oid::INVALID,
        name: Some(name.clone()),
        attnum: 0,
        expr: Some(expr.clone()),
        is_enforced: constraint.is_enforced,
        skip_validation: !constraint.initially_valid,
        is_local,
        inhcount: i16::from(!is_local),
        is_no_inherit: constraint.is_no_inherit,
    };
    cooked.conoid = store_rel_check(context, relid, name, expr, &cooked)?;
    cooked.skip_validation = constraint.skip_validation;
    Ok(Some(cooked))
}

/// True when a constraint of that name and expression is there and takes this one in (PostgreSQL:
/// MergeWithExistingConstraint).
fn merge_with_existing_constraint(
    context: &mut Context,
    relid: Oid,
    name: &Name,
    expr: &Arc<Expr>,
    mut allow_merge: bool,
    is_local: bool,
    new: &Constraint,
) -> PgResult<bool> {
    let existing =
        context.catalog.find_all::<PgConstraint>(&relid).find(|row| row.conname == *name).cloned();
    let Some(existing) = existing else { return Ok(false) };
    let class = class_of(context, relid)?;
    let (relname, is_partition) = (class.relname.clone(), class.relispartition);
    let found = existing.contype == b'c' && existing.conbin.as_ref() == Some(expr);
    if is_local && !existing.conislocal && !is_partition {
        allow_merge = true;
    }
    if !found || !allow_merge {
        return Err(constraint_exists(name, &relname).into());
    }
    let conflict = |with: &str| {
        PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!(
                "constraint \"{name}\" conflicts with {with} constraint on relation \"{relname}\""
            ),
        )
    };
    if existing.connoinherit {
        return Err(conflict("non-inherited").into());
    }
    if existing.coninhcount > 0 && new.is_no_inherit {
        return Err(conflict("inherited").into());
    }
    if new.initially_valid && existing.conenforced && !existing.convalidated {
        return Err(conflict("NOT VALID").into());
    }
    let enforced = new.is_enforced;
    if is_local && enforced && !existing.conenforced
        || !is_local && !enforced && existing.conenforced
    {
        return Err(conflict("NOT ENFORCED").into());
    }
    context
        .notice(Notice::notice(format!("merging constraint \"{name}\" with inherited definition")));
    let no_inherit = new.is_no_inherit;
    context.catalog.update::<PgConstraint>(existing.oid, |row| {
        if is_partition {
            row.coninhcount = 1;
            row.conislocal = false;
        } else if is_local {
            row.conislocal = true;
        } else {
            row.coninhcount += 1;
        }
        if no_inherit {
            row.connoinherit = true;
        }
        if enforced && !row.conenforced {
            row.conenforced = true;
            row.convalidated = true;
        }
    });
    Ok(true)
}

/// PostgreSQL: `constraint "c" for relation "t" already exists`.
pub(super) fn constraint_exists(name: &str, relname: &str) -> PgError {
    PgError::new(
        sqlstate::DUPLICATE_OBJECT,
        format!("constraint \"{name}\" for relation \"{relname}\" already exists"),
    )
}

fn not_null_column(context: &Context, relid: Oid, constraint: &Constraint) -> PgResult<i16> {
    let name = constraint.keys.first().map_or("", |key| key.str_val());
    let attnum = get_attnum(context.catalog, relid, name);
    if attnum == 0 {
        let relname = &class_of(context, relid)?.relname;
        return Err(PgError::new(
            sqlstate::UNDEFINED_COLUMN,
            format!("column \"{name}\" of relation \"{relname}\" does not exist"),
        )
        .into());
    }
    if attnum < 0 {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot add not-null constraint on system column \"{name}\""),
        )
        .into());
    }
    Ok(attnum)
}

fn add_not_null(
    context: &mut Context,
    relid: Oid,
    constraint: &Constraint,
    is_local: bool,
    names: &mut Vec<Name>,
) -> PgResult<Option<CookedConstraint>> {
    let attnum = not_null_column(context, relid, constraint)?;
    if adjust_not_null_inheritance(context, relid, attnum, constraint, is_local)? {
        return Ok(None);
    }
    let class = class_of(context, relid)?;
    let name = match constraint.conname.as_deref() {
        Some(name) => {
            if constraint_name_is_used(context.catalog, relid, name) {
                return Err(constraint_exists(name, &class.relname).into());
            }
            Name::new(name)
        }
        None => choose_constraint_name(
            context.catalog,
            &class.relname,
            class.attribute(attnum).map(|a| a.attname.as_str()),
            "not_null",
            class.relnamespace,
            names,
        ),
    };
    names.push(name.clone());
    let mut cooked = not_null(Some(name.clone()), attnum, is_local, i16::from(!is_local));
    cooked.is_no_inherit = constraint.is_no_inherit;
    cooked.skip_validation = !constraint.initially_valid;
    cooked.conoid = store_rel_not_null(context, relid, name, attnum, &cooked)?;
    cooked.skip_validation = constraint.skip_validation;
    Ok(Some(cooked))
}

fn not_null(name: Option<Name>, attnum: i16, is_local: bool, inhcount: i16) -> CookedConstraint {
    CookedConstraint {
        contype: ConstrType::ConstrNotnull,
        conoid: Oid::INVALID,
        name,
        attnum,
        expr: None,
        is_enforced: true,
        skip_validation: false,
        is_local,
        inhcount,
        is_no_inherit: false,
    }
}

/// True when the column has a NOT NULL constraint that serves (PostgreSQL: AdjustNotNullInheritance,
/// catalog/pg_constraint.c).
fn adjust_not_null_inheritance(
    context: &mut Context,
    relid: Oid,
    attnum: i16,
    constraint: &Constraint,
    is_local: bool,
) -> PgResult<bool> {
    let existing = context
        .catalog
        .find_all::<PgConstraint>(&relid)
        .find(|row| row.contype == b'n' && row.conkey.first() == Some(&attnum))
        .cloned();
    let Some(existing) = existing else { return Ok(false) };
    let class = class_of(context, relid)?;
    let relname = class.relname.clone();
    let column = class.attribute(attnum).map(|a| a.attname.clone()).unwrap_or_default();
    let is_not_valid = constraint.skip_validation;
    if constraint.is_no_inherit != existing.connoinherit {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "cannot change NO INHERIT status of NOT NULL constraint \"{}\" on relation \
                 \"{relname}\"",
                existing.conname
            ),
        )
        .hint(
            "You might need to make the existing constraint inheritable using ALTER TABLE ... \
             ALTER CONSTRAINT ... INHERIT.",
        )
        .into());
    }
    if !existing.convalidated && !is_not_valid {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "incompatible NOT VALID constraint \"{}\" on relation \"{relname}\"",
                existing.conname
            ),
        )
        .hint("You might need to validate it using ALTER TABLE ... VALIDATE CONSTRAINT.")
        .into());
    }
    if is_local
        && let Some(name) = constraint.conname.as_deref()
        && existing.conname != name
    {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "cannot create not-null constraint \"{name}\" on column \"{column}\" of table \
                 \"{relname}\""
            ),
        )
        .detail(format!(
            "A not-null constraint named \"{}\" already exists for this column.",
            existing.conname
        ))
        .into());
    }
    let is_partition = class.relispartition;
    if !is_local && !(is_partition && existing.coninhcount > 0) {
        context.catalog.update::<PgConstraint>(existing.oid, |row| row.coninhcount += 1);
    } else if is_local && !existing.conislocal {
        context.catalog.update::<PgConstraint>(existing.oid, |row| row.conislocal = true);
    }
    Ok(true)
}

/// A new table's NOT NULL constraints, its own and its parents', merged by column; returns the columns
/// (PostgreSQL: AddRelationNotNullConstraints).
pub fn add_relation_not_null_constraints(
    context: &mut Context,
    relid: Oid,
    constraints: &[Constraint],
    inherited: &[ColumnNotNull],
    existing_names: &[Name],
) -> PgResult<()> {
    let mut own: Vec<Constraint> = constraints.to_vec();
    let mut inherited = inherited.to_vec();
    let mut names: Vec<Name> = existing_names.to_vec();
    let mut given: Vec<Name> = Vec::new();
    let mut next = 0;
    while next < own.len() {
        let attnum = not_null_column(context, relid, &own[next])?;
        merge_not_nulls_of_column(&mut own, next)?;
        let constraint = own[next].clone();
        let column = constraint.keys.first().map_or("", |key| key.str_val());
        let before = inherited.len();
        inherited.retain(|old| old.attnum != attnum);
        let inhcount = i16::try_from(before - inherited.len()).unwrap_or(i16::MAX);
        if inhcount > 0 && constraint.is_no_inherit {
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!("cannot define not-null constraint with NO INHERIT on column \"{column}\""),
            )
            .detail("The column has an inherited not-null constraint.")
            .into());
        }
        let class = class_of(context, relid)?;
        let name = match constraint.conname.as_deref() {
            Some(name) => {
                let name = Name::new(name);
                if given.contains(&name) {
                    return Err(constraint_exists(&name, &class.relname).into());
                }
                if constraint_name_is_used(context.catalog, relid, &name) {
                    return Err(PgError::new(
                        sqlstate::UNIQUE_VIOLATION,
                        "duplicate key value violates unique constraint \
                         \"pg_constraint_conrelid_contypid_conname_index\"",
                    )
                    .into());
                }
                given.push(name.clone());
                name
            }
            None => not_null_name(context, class, attnum, &names),
        };
        names.push(name.clone());
        let mut cooked = not_null(Some(name.clone()), attnum, true, inhcount);
        cooked.is_no_inherit = constraint.is_no_inherit;
        store_rel_not_null(context, relid, name, attnum, &cooked)?;
        next += 1;
    }
    while let Some(first) = inherited.first().cloned() {
        let (same, rest): (Vec<_>, Vec<_>) =
            inherited.into_iter().partition(|old| old.attnum == first.attnum);
        inherited = rest;
        let inhcount = i16::try_from(same.len()).unwrap_or(i16::MAX);
        let class = class_of(context, relid)?;
        let name = same
            .into_iter()
            .find_map(|old| old.name)
            .filter(|name| !names.contains(name))
            .unwrap_or_else(|| not_null_name(context, class, first.attnum, &names));
        names.push(name.clone());
        let cooked = not_null(Some(name.clone()), first.attnum, false, inhcount);
        store_rel_not_null(context, relid, name, first.attnum, &cooked)?;
    }
    Ok(())
}

fn not_null_name(context: &Context, class: &PgClass, attnum: i16, names: &[Name]) -> Name {
    choose_constraint_name(
        context.catalog,
        &class.relname,
        class.attribute(attnum).map(|a| a.attname.as_str()),
        "not_null",
        class.relnamespace,
        names,
    )
}

/// A column has one NOT NULL constraint; further ones must agree and go.
fn merge_not_nulls_of_column(own: &mut Vec<Constraint>, at: usize) -> PgResult<()> {
    let column = own[at].keys.clone();
    let shown = column.first().map_or("", |key| key.str_val()).to_string();
    let mut next = at + 1;
    while next < own.len() {
        if own[next].keys != column {
            next += 1;
            continue;
        }
        let other = own.remove(next);
        if other.is_no_inherit != own[at].is_no_inherit {
            return Err(PgError::new(
                sqlstate::SYNTAX_ERROR,
                format!(
                    "conflicting NO INHERIT declaration for not-null constraint on column \
                     \"{shown}\""
                ),
            )
            .into());
        }
        match (&own[at].conname, other.conname) {
            (None, Some(name)) => own[at].conname = Some(name),
            (Some(name), Some(other)) if *name != other => {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!("conflicting not-null constraint names \"{name}\" and \"{other}\""),
                )
                .into());
            }
            (None | Some(_), None | Some(_)) => {}
        }
    }
    Ok(())
}

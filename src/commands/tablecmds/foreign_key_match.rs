//! Which unique index a foreign key rests on, and with which operators its columns are compared (PostgreSQL:
//! transformFkeyCheckAttrs, FindFKComparisonOperators, commands/tablecmds.c).

use super::foreign_key::{KeyColumns, column_names};
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{
    get_base_type, get_collation_name, get_opclass_family, get_opclass_input_type,
    get_opfamily_member,
};
use crate::catalog::{PgClass, PgCollation, PgIndex};
use crate::commands::Context;
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::tree::{CoercionContext, Constraint};
use crate::parser::parse_coerce::can_coerce_type;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: BTEqualStrategyNumber.
const BT_EQUAL_STRATEGY: i16 = 3;

/// The primary key: its index, columns, operator classes, and whether it is WITHOUT OVERLAPS. PostgreSQL:
/// transformFkeyGetPrimaryKey.
pub(super) fn transform_fkey_get_primary_key(
    context: &Context,
    pk: &PgClass,
) -> PgResult<(Oid, Vec<i16>, Vec<Oid>, bool)> {
    let index = context
        .catalog
        .find_all::<PgIndex>(&pk.oid)
        .find(|index| index.indisprimary && index.indisvalid);
    let Some(index) = index else {
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!("there is no primary key for referenced table \"{}\"", pk.relname),
        )
        .into());
    };
    if !index.indimmediate {
        return Err(PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!("cannot use a deferrable primary key for referenced table \"{}\"", pk.relname),
        )
        .into());
    }
    let keys = key_count(index);
    Ok((
        index.indexrelid,
        index.indkey[..keys].to_vec(),
        index.indclass.iter().take(keys).copied().collect(),
        index.indisexclusion,
    ))
}

fn key_count(index: &PgIndex) -> usize {
    usize::try_from(index.indnkeyatts).unwrap_or(0).min(index.indkey.len())
}

/// The unique index over exactly these columns, its operator classes in their order, and whether it is WITHOUT
/// OVERLAPS. PostgreSQL: transformFkeyCheckAttrs.
pub(super) fn transform_fkey_check_attrs(
    context: &Context,
    pk: &PgClass,
    columns: &[i16],
    period: bool,
) -> PgResult<(Oid, Vec<Oid>, bool)> {
    let duplicate =
        columns.iter().enumerate().any(|(at, column)| columns[at + 1..].contains(column));
    if duplicate {
        return Err(PgError::new(
            sqlstate::INVALID_FOREIGN_KEY,
            "foreign key referenced-columns list must not contain duplicates",
        )
        .into());
    }
    let mut found_deferrable = false;
    for index in context.catalog.find_all::<PgIndex>(&pk.oid) {
        let keys = key_count(index);
        let kind = if period { index.indisexclusion } else { index.indisunique };
        let usable = keys == columns.len()
            && kind
            && index.indisvalid
            && index.indpred.is_none()
            && index.indexprs.is_empty();
        if !usable {
            continue;
        }
        let position = |column: &i16| index.indkey[..keys].iter().position(|key| key == column);
        let Some(positions) = columns.iter().map(position).collect::<Option<Vec<usize>>>() else {
            continue;
        };
        if period && columns.last() != index.indkey[..keys].last() {
            continue;
        }
        if !index.indimmediate {
            found_deferrable = true;
            continue;
        }
        let opclasses = positions
            .into_iter()
            .map(|at| index.indclass.get(at).copied().unwrap_or(Oid::INVALID))
            .collect();
        return Ok((index.indexrelid, opclasses, index.indisexclusion));
    }
    Err(if found_deferrable {
        PgError::new(
            sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
            format!(
                "cannot use a deferrable unique constraint for referenced table \"{}\"",
                pk.relname
            ),
        )
    } else {
        PgError::new(
            sqlstate::INVALID_FOREIGN_KEY,
            format!(
                "there is no unique constraint matching given keys for referenced table \"{}\"",
                pk.relname
            ),
        )
    }
    .into())
}

/// PostgreSQL: FindFKComparisonOperators, for every pair of columns.
pub(super) fn find_fk_comparison_operators(
    context: &Context,
    constraint: &Constraint,
    rel: &PgClass,
    pk: &PgClass,
    index: Oid,
    opclasses: &[Oid],
    columns: &mut KeyColumns,
) -> PgResult<()> {
    let method = context.catalog.get::<PgClass>(index).map(|class| class.relam);
    for (at, opclass) in opclasses.iter().enumerate() {
        let (Some(fk_column), Some(pk_column)) = (
            columns.fk.get(at).and_then(|attnum| rel.attribute(*attnum)),
            columns.pk.get(at).and_then(|attnum| pk.attribute(*attnum)),
        ) else {
            continue;
        };
        let family = get_opclass_family(context.catalog, *opclass);
        let input = get_opclass_input_type(context.catalog, *opclass);
        let strategy = match method {
            Some(fixed::BTREE_AM_OID) => BT_EQUAL_STRATEGY,
            // GiST's strategies of =, as btree_gist and the range types number them.
            Some(_) if at + 1 == opclasses.len() && columns.period => 18,
            Some(_) => match gist_equal_strategy(context, family, input) {
                Some(strategy) => strategy,
                None => return unknown("the equality operator of a GiST key is not known"),
            },
            None => BT_EQUAL_STRATEGY,
        };
        let member = |left: Oid, right: Oid| -> Option<Oid> {
            get_opfamily_member(context.catalog, family, left, right, strategy).valid()
        };
        let fk_base = get_base_type(context.catalog, fk_column.atttypid);
        let ppeqop = member(input, input);
        let mut pfeqop = member(input, fk_base);
        let mut ffeqop = pfeqop.and_then(|_| member(fk_base, fk_base));
        if pfeqop.is_none() || ffeqop.is_none() {
            let sources = [pk_column.atttypid, fk_column.atttypid];
            let implicit = CoercionContext::CoercionImplicit;
            let coercible = can_coerce_type(&context.shared(), &sources, &[input, input], implicit);
            (pfeqop, ffeqop) = if coercible { (ppeqop, ppeqop) } else { (None, None) };
        }
        let (Some(pfeqop), Some(ffeqop)) = (pfeqop, ffeqop) else {
            return Err(incompatible_types(context, constraint, rel, pk, columns, at).into());
        };
        check_collations(context, constraint, rel, pk, columns, at)?;
        columns.pfeqop.push(pfeqop);
        columns.ppeqop.push(ppeqop.unwrap_or(Oid::INVALID));
        columns.ffeqop.push(ffeqop);
    }
    Ok(())
}

/// The strategy that `=` has in a GiST family. PostgreSQL: GistTranslateCompareType.
fn gist_equal_strategy(context: &Context, family: Oid, input: Oid) -> Option<i16> {
    use crate::catalog::{PgAmop, PgOperator};
    context
        .catalog
        .find_all::<PgAmop>(&family)
        .filter(|row| {
            let any = matches!(input, fixed::ANYRANGEOID | fixed::ANYMULTIRANGEOID);
            any || (row.amoplefttype == input && row.amoprighttype == input)
        })
        .find(|row| {
            context
                .catalog
                .get::<PgOperator>(row.amopopr)
                .is_some_and(|operator| operator.oprname == "=")
        })
        .map(|row| row.amopstrategy)
}

fn names_at(rel: &PgClass, pk: &PgClass, columns: &KeyColumns, at: usize) -> (String, String) {
    let name = |class: &PgClass, attnums: &[i16]| {
        column_names(class, &attnums[at..=at])
            .first()
            .map_or_else(String::new, |node| node.str_val().to_string())
    };
    (name(rel, &columns.fk), name(pk, &columns.pk))
}

fn cannot_be_implemented(
    sqlstate: sqlstate::SqlState,
    constraint: &Constraint,
    detail: String,
) -> PgError {
    let name = constraint.conname.as_deref().unwrap_or_default();
    PgError::new(sqlstate, format!("foreign key constraint \"{name}\" cannot be implemented"))
        .detail(detail)
}

fn incompatible_types(
    context: &Context,
    constraint: &Constraint,
    rel: &PgClass,
    pk: &PgClass,
    columns: &KeyColumns,
    at: usize,
) -> PgError {
    let (fk_name, pk_name) = names_at(rel, pk, columns, at);
    let type_name = |class: &PgClass, attnum: i16| {
        let type_id = class.attribute(attnum).map_or(Oid::INVALID, |column| column.atttypid);
        format_type_be(context.catalog, &context.path, type_id)
    };
    let (fk_type, pk_type) = (type_name(rel, columns.fk[at]), type_name(pk, columns.pk[at]));
    let detail = if context.catalog.version().major() >= 18 {
        format!(
            "Key columns \"{fk_name}\" of the referencing table and \"{pk_name}\" of the \
             referenced table are of incompatible types: {fk_type} and {pk_type}."
        )
    } else {
        format!(
            "Key columns \"{fk_name}\" and \"{pk_name}\" are of incompatible types: {fk_type} \
             and {pk_type}."
        )
    };
    cannot_be_implemented(sqlstate::DATATYPE_MISMATCH, constraint, detail)
}

/// Since version 18 nondeterministic collations have to be the same on both sides.
fn check_collations(
    context: &Context,
    constraint: &Constraint,
    rel: &PgClass,
    pk: &PgClass,
    columns: &KeyColumns,
    at: usize,
) -> PgResult<()> {
    let collation = |class: &PgClass, attnum: i16| {
        class.attribute(attnum).map_or(Oid::INVALID, |column| column.attcollation)
    };
    let (fk_collation, pk_collation) =
        (collation(rel, columns.fk[at]), collation(pk, columns.pk[at]));
    let deterministic = |oid: Oid| {
        context.catalog.get::<PgCollation>(oid).is_none_or(|row| row.collisdeterministic)
    };
    let same = fk_collation == pk_collation
        || (deterministic(fk_collation) && deterministic(pk_collation));
    if same || context.catalog.version().major() < 18 {
        return Ok(());
    }
    let (fk_name, pk_name) = names_at(rel, pk, columns, at);
    let name = |oid: Oid| {
        get_collation_name(context.catalog, oid).map_or_else(String::new, ToString::to_string)
    };
    let detail = format!(
        "Key columns \"{fk_name}\" of the referencing table and \"{pk_name}\" of the referenced \
         table have incompatible collations: \"{}\" and \"{}\".  If either collation is \
         nondeterministic, then both collations have to be the same.",
        name(fk_collation),
        name(pk_collation)
    );
    Err(cannot_be_implemented(sqlstate::COLLATION_MISMATCH, constraint, detail).into())
}

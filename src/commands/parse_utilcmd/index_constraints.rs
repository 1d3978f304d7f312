//! PRIMARY KEY, UNIQUE and EXCLUDE constraints as the indexes they ask for (PostgreSQL: transformIndexConstraints,
//! parser/parse_utilcmd.c).

use super::CreateStmtContext;
use super::make::make_not_null_constraint;
use crate::catalog::lsyscache::{
    get_base_type, get_default_opclass, system_attribute_by_name, type_is_multirange, type_is_range,
};
use crate::catalog::namespace::{get_relname_relid, range_var_get_relid};
use crate::catalog::{PgClass, PgConstraint, PgIndex};
use crate::commands::Context;
use crate::findings::{PgError, PgResult};
use crate::nodes::Str;
use crate::nodes::accessors::make_string;
use crate::nodes::tree::{
    ConstrType, Constraint, IndexElem, IndexStmt, Node, SortByDir, SortByNulls,
};
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The index of a constraint: to be made, or with an oid one that is there (ADD CONSTRAINT … USING INDEX).
#[derive(Debug, Clone)]
pub struct IndexOfConstraint {
    pub stmt: IndexStmt,
    pub index_oid: Oid,
}

const NOT_FOR_CONSTRAINT: &str =
    "Cannot create a primary key or unique constraint using such an index.";

/// Turns ixconstraints into indexes, the primary key first, each shape once (PostgreSQL: transformIndexConstraints).
pub fn transform_index_constraints(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
) -> PgResult<()> {
    let mut primary: Option<IndexOfConstraint> = None;
    let mut others: Vec<IndexOfConstraint> = Vec::new();
    for constraint in std::mem::take(&mut cxt.ixconstraints) {
        if constraint.contype == ConstrType::ConstrPrimary && primary.is_some() {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                format!("multiple primary keys for table \"{}\" are not allowed", cxt.relname()),
            )
            .at(constraint.location.0)
            .into());
        }
        let index = transform_index_constraint(context, cxt, constraint)?;
        if index.stmt.primary {
            primary = Some(index);
        } else {
            others.push(index);
        }
    }
    let mut kept: Vec<IndexOfConstraint> = primary.into_iter().collect();
    for index in others {
        match kept.iter_mut().find(|prior| same_index(&prior.stmt, &index.stmt)) {
            Some(prior) => {
                prior.stmt.unique |= index.stmt.unique;
                if prior.stmt.idxname.is_none() {
                    prior.stmt.idxname = index.stmt.idxname;
                }
            }
            None => kept.push(index),
        }
    }
    cxt.indexes.extend(kept);
    Ok(())
}

fn same_index(a: &IndexStmt, b: &IndexStmt) -> bool {
    a.index_params == b.index_params
        && a.index_including_params == b.index_including_params
        && a.where_clause == b.where_clause
        && a.exclude_op_names == b.exclude_op_names
        && a.access_method == b.access_method
        && a.nulls_not_distinct == b.nulls_not_distinct
        && a.deferrable == b.deferrable
        && a.initdeferred == b.initdeferred
}

/// PostgreSQL: transformIndexConstraint.
fn transform_index_constraint(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    mut constraint: Constraint,
) -> PgResult<IndexOfConstraint> {
    let location = constraint.location.0;
    let primary = constraint.contype == ConstrType::ConstrPrimary;
    let exclusion = constraint.contype == ConstrType::ConstrExclusion;
    let mut index = empty_index_stmt();
    index.unique = !exclusion;
    index.primary = primary;
    index.nulls_not_distinct = constraint.nulls_not_distinct;
    index.isconstraint = true;
    index.iswithoutoverlaps = constraint.without_overlaps;
    index.deferrable = constraint.deferrable;
    index.initdeferred = constraint.initdeferred;
    index.idxname = constraint.conname.clone();
    index.relation = Some(Box::new(cxt.relation.clone()));
    index.access_method =
        Some(constraint.access_method.clone().unwrap_or_else(|| Str::new("btree")));
    index.options = std::mem::take(&mut constraint.options);
    index.table_space = constraint.indexspace.clone();
    index.where_clause = constraint.where_clause.take();
    index.reset_default_tblspc = constraint.reset_default_tblspc;
    let mut index_oid = Oid::INVALID;
    if let Some(name) = constraint.indexname.clone() {
        index_oid = use_index(context, cxt, &mut constraint, &name)?;
    }
    if exclusion {
        for pair in &constraint.exclusions {
            let [element, operator] = pair.list() else { continue };
            index.index_params.push(element.clone());
            index.exclude_op_names.push(operator.clone());
        }
    } else {
        transform_keys(context, cxt, &constraint, &mut index, location)?;
    }
    let including = std::mem::take(&mut constraint.including);
    for key in &including {
        let name = key.str_val();
        let known = find_key_column(context, cxt, name)?;
        if known.is_none() && !cxt.isalter {
            return Err(missing_key_column(name, location).into());
        }
        index.index_including_params.push(index_elem(name));
    }
    index.relation = Some(Box::new(cxt.relation.clone()));
    Ok(IndexOfConstraint { stmt: index, index_oid })
}

/// An index statement with nothing said.
pub(super) fn empty_index_stmt() -> IndexStmt {
    IndexStmt {
        idxname: None,
        relation: None,
        access_method: None,
        table_space: None,
        index_params: Vec::new(),
        index_including_params: Vec::new(),
        options: Vec::new(),
        where_clause: None,
        exclude_op_names: Vec::new(),
        idxcomment: None,
        unique: false,
        nulls_not_distinct: false,
        primary: false,
        isconstraint: false,
        iswithoutoverlaps: false,
        deferrable: false,
        initdeferred: false,
        transformed: false,
        concurrent: false,
        if_not_exists: false,
        reset_default_tblspc: false,
    }
}

/// A plain column of an index.
fn index_elem(name: &str) -> Node {
    Node::IndexElem(Box::new(empty_index_elem(Some(name))))
}

pub(super) fn empty_index_elem(name: Option<&str>) -> IndexElem {
    IndexElem {
        name: name.map(Str::new),
        expr: None,
        indexcolname: None,
        collation: Vec::new(),
        opclass: Vec::new(),
        opclassopts: Vec::new(),
        ordering: SortByDir::SortbyDefault,
        nulls_ordering: SortByNulls::SortbyNullsDefault,
    }
}

fn missing_key_column(name: &str, location: i32) -> PgError {
    PgError::new(
        sqlstate::UNDEFINED_COLUMN,
        format!("column \"{name}\" named in key does not exist"),
    )
    .at(location)
}

/// Where a key column of a new table comes from.
enum KeyColumn {
    /// The column with that place among the statement's own.
    Own(usize),
    System,
    /// A parent's column of that type, NOT NULL there or not.
    Inherited(Oid, bool),
}

fn find_key_column(
    context: &Context,
    cxt: &CreateStmtContext,
    name: &str,
) -> PgResult<Option<KeyColumn>> {
    let own = cxt.columns.iter().position(|column| column.colname.as_deref() == Some(name));
    if let Some(at) = own {
        return Ok(Some(KeyColumn::Own(at)));
    }
    if system_attribute_by_name(name).is_some() {
        return Ok(Some(KeyColumn::System));
    }
    for parent in &cxt.inh_relations {
        let Node::RangeVar(range) = parent else { continue };
        let relid = range_var_get_relid(&context.shared(), range, false)
            .map_err(|stop| super::with_location(stop, range.location.0))?;
        let Some(class) = relid.and_then(|oid| context.catalog.get::<PgClass>(oid)) else {
            continue;
        };
        if !matches!(class.relkind, b'r' | b'f' | b'p') {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!(
                    "inherited relation \"{}\" is not a table or foreign table",
                    range.relname.as_deref().unwrap_or_default()
                ),
            )
            .into());
        }
        if let Some(attribute) = class.attribute_named(name) {
            return Ok(Some(KeyColumn::Inherited(attribute.atttypid, attribute.attnotnull)));
        }
    }
    Ok(None)
}

fn transform_keys(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    constraint: &Constraint,
    index: &mut IndexStmt,
    location: i32,
) -> PgResult<()> {
    let primary = constraint.contype == ConstrType::ConstrPrimary;
    let since_18 = context.catalog.version().major() >= 18;
    if constraint.without_overlaps && constraint.keys.len() < 2 {
        return Err(PgError::new(
            sqlstate::SYNTAX_ERROR,
            "constraint using WITHOUT OVERLAPS needs at least two columns",
        )
        .into());
    }
    for (at, key) in constraint.keys.iter().enumerate() {
        let name = key.str_val();
        let found = find_key_column(context, cxt, name)?;
        match &found {
            Some(KeyColumn::Own(column)) if primary => {
                if since_18 {
                    own_column_not_null(cxt, *column, name)?;
                } else {
                    cxt.columns[*column].is_not_null = true;
                }
            }
            Some(KeyColumn::Inherited(_, not_null)) if primary => {
                if since_18 {
                    cxt.nnconstraints.push(make_not_null_constraint(name));
                } else if !not_null {
                    cxt.not_null_columns.push(Str::new(name));
                }
            }
            Some(_) => {}
            None if cxt.isalter => {
                if primary && !since_18 {
                    cxt.not_null_columns.push(Str::new(name));
                }
            }
            None => return Err(missing_key_column(name, location).into()),
        }
        let twice = index.index_params.iter().any(|param| {
            matches!(param, Node::IndexElem(element) if element.name.as_deref() == Some(name))
        });
        if twice {
            let what = if primary { "primary key" } else { "unique" };
            return Err(PgError::new(
                sqlstate::DUPLICATE_COLUMN,
                format!("column \"{name}\" appears twice in {what} constraint"),
            )
            .at(location)
            .into());
        }
        if constraint.without_overlaps && at + 1 == constraint.keys.len() {
            check_without_overlaps(context, cxt, found, name, location)?;
        }
        index.index_params.push(index_elem(name));
    }
    if constraint.without_overlaps {
        index.access_method = Some(Str::new("gist"));
    }
    Ok(())
}

/// A primary key's column of the new table is NOT NULL, and not only here.
fn own_column_not_null(cxt: &mut CreateStmtContext, column: usize, name: &str) -> PgResult<()> {
    if cxt.isalter {
        return Ok(());
    }
    if !cxt.columns[column].is_not_null {
        cxt.columns[column].is_not_null = true;
        cxt.nnconstraints.push(make_not_null_constraint(name));
        return Ok(());
    }
    let conflicting = cxt.nnconstraints.iter().any(|constraint| {
        constraint.is_no_inherit && constraint.keys.first().is_some_and(|k| k.str_val() == name)
    });
    if conflicting {
        return Err(PgError::new(
            sqlstate::SYNTAX_ERROR,
            format!(
                "conflicting NO INHERIT declaration for not-null constraint on column \"{name}\""
            ),
        )
        .into());
    }
    Ok(())
}

fn check_without_overlaps(
    context: &Context,
    cxt: &CreateStmtContext,
    found: Option<KeyColumn>,
    name: &str,
    location: i32,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let type_oid = match found {
        Some(KeyColumn::Own(at)) => match cxt.columns[at].type_name.as_deref() {
            Some(type_name) => typename_type_id(&context.shared(), type_name)?,
            None => Oid::INVALID,
        },
        Some(KeyColumn::Inherited(type_oid, _)) => type_oid,
        Some(KeyColumn::System) => Oid::INVALID,
        None => {
            let class = cxt.rel.and_then(|oid| catalog.get::<PgClass>(oid));
            match class.and_then(|class| class.attribute_named(name)) {
                Some(attribute) => attribute.atttypid,
                None => return Err(missing_key_column(name, location).into()),
            }
        }
    };
    let base = get_base_type(catalog, type_oid);
    if type_oid.is_valid() && (type_is_range(catalog, base) || type_is_multirange(catalog, base)) {
        return Ok(());
    }
    Err(PgError::new(
        sqlstate::DATATYPE_MISMATCH,
        format!("column \"{name}\" in WITHOUT OVERLAPS is not a range or multirange type"),
    )
    .at(location)
    .into())
}

/// ADD CONSTRAINT … USING INDEX: the index must be fit; its columns become the constraint's keys.
fn use_index(
    context: &Context,
    cxt: &mut CreateStmtContext,
    constraint: &mut Constraint,
    name: &str,
) -> PgResult<Oid> {
    let location = constraint.location.0;
    let catalog = &*context.catalog;
    let refuse = |state, message: String| PgError::new(state, message).at(location);
    let Some(heap) = cxt.rel.and_then(|oid| catalog.get::<PgClass>(oid)) else {
        return Err(refuse(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot use an existing index in CREATE TABLE".to_string(),
        )
        .into());
    };
    let Some(index_oid) = get_relname_relid(catalog, name, heap.relnamespace) else {
        return Err(
            refuse(sqlstate::UNDEFINED_OBJECT, format!("index \"{name}\" does not exist")).into()
        );
    };
    let Some(index) = catalog.get::<PgIndex>(index_oid) else {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{name}\" is not an index"),
        )
        .into());
    };
    let state = sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE;
    let kind = sqlstate::WRONG_OBJECT_TYPE;
    let taken = catalog
        .find_all::<PgConstraint>(&index.indrelid)
        .any(|row| row.conindid == index_oid && matches!(row.contype, b'p' | b'u' | b'x'));
    if taken {
        let message = format!("index \"{name}\" is already associated with a constraint");
        return Err(refuse(state, message).into());
    }
    if index.indrelid != heap.oid {
        let message = format!("index \"{name}\" does not belong to table \"{}\"", heap.relname);
        return Err(refuse(state, message).into());
    }
    if !index.indisvalid {
        return Err(refuse(state, format!("index \"{name}\" is not valid")).into());
    }
    let unfit = |message: String| refuse(kind, message).detail(NOT_FOR_CONSTRAINT);
    if !index.indisunique {
        return Err(unfit(format!("\"{name}\" is not a unique index")).into());
    }
    if !index.indexprs.is_empty() {
        return Err(unfit(format!("index \"{name}\" contains expressions")).into());
    }
    if index.indpred.is_some() {
        return Err(unfit(format!("\"{name}\" is a partial index")).into());
    }
    if !index.indimmediate && !constraint.deferrable {
        return Err(refuse(kind, format!("\"{name}\" is a deferrable index"))
            .detail("Cannot create a non-deferrable constraint using a deferrable index.")
            .into());
    }
    let method = catalog.get::<PgClass>(index_oid).map_or(Oid::INVALID, |class| class.relam);
    if method != fixed::BTREE_AM_OID {
        return Err(refuse(kind, format!("index \"{name}\" is not a btree")).into());
    }
    for (at, attnum) in index.indkey.iter().enumerate() {
        let Some(attribute) = heap.attribute(*attnum) else { continue };
        let column = attribute.attname.as_str();
        if at >= usize::try_from(index.indnkeyatts).unwrap_or_default() {
            constraint.including.push(make_string(column));
            continue;
        }
        let default = get_default_opclass(catalog, attribute.atttypid, method);
        let usual = default == index.indclass.get(at).copied()
            && index.indcollation.get(at) == Some(&attribute.attcollation)
            && index.indclassoptions.get(at).is_none_or(Vec::is_empty)
            && index.indoption.get(at).is_none_or(|option| *option == 0);
        if !usual {
            return Err(unfit(format!(
                "index \"{name}\" column number {} does not have default sorting behavior",
                at + 1
            ))
            .into());
        }
        constraint.keys.push(make_string(column));
        if constraint.contype == ConstrType::ConstrPrimary && catalog.version().major() >= 18 {
            cxt.nnconstraints.push(make_not_null_constraint(column));
        }
    }
    Ok(index_oid)
}

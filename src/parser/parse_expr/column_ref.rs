//! References to columns, whole rows and parameters (PostgreSQL: transformColumnRef, transformParamRef,
//! parser/parse_expr.c).

use crate::catalog::lsyscache::{get_typcollation, type_is_collatable};
use crate::catalog::namespace::{current_database, name_list_to_string};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::ParseLoc;
use crate::nodes::primnodes::{CoercionForm, Expr, Param, ParamKind, RowExpr, VarReturningType};
use crate::nodes::tree::{ColumnRef, Node, ParamRef, RangeVar};
use crate::parser::errors::error_at;
use crate::parser::parse_func::parse_func_or_column;
use crate::parser::parse_node::{ExprKind, NamespaceItem, ParamSource, ParseState};
use crate::parser::parse_relation::{
    col_name_to_var, error_missing_column, error_missing_rte, expand_ns_item_vars,
    get_rte_by_range_table_posn, make_whole_row_var, mark_var_for_select_priv,
    refname_namespace_item, scan_ns_item_for_column,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

/// Why a reference was not found.
enum Missing<'n> {
    Column(Option<&'n str>, &'n str),
    Table(Option<&'n str>, &'n str),
    WrongDatabase,
    TooManyNames,
}

/// PostgreSQL: transformColumnRef.
pub(super) fn transform_column_ref(pstate: &mut ParseState, cref: &ColumnRef) -> PgResult<Expr> {
    let location = cref.location.0;
    let place = match pstate.expr_kind {
        ExprKind::ColumnDefault => Some("DEFAULT expression"),
        ExprKind::PartitionBound => Some("partition bound expression"),
        _ => None, // every other place may refer to columns
    };
    if let Some(place) = place {
        let message = format!("cannot use column reference in {place}");
        return error_at(state::FEATURE_NOT_SUPPORTED, message, location);
    }
    if let (Some(value), [Node::String(name)]) = (&pstate.domain_value, cref.fields.as_slice())
        && name == "value"
    {
        let mut value = value.clone();
        if let Expr::CoerceToDomainValue { location: place, .. } = &mut value {
            *place = cref.location;
        }
        return Ok(value);
    }
    if let ParamSource::Hook(hook) = &pstate.params {
        let hook = hook.clone();
        if let Some(result) = hook.pre_columnref(cref) {
            return result;
        }
    }
    let found = match resolve(pstate, cref)? {
        Ok(expr) => {
            return post_columnref(pstate, cref, Some(expr)).map(|e| match e {
                Some(expr) => expr,
                None => null_row(location), // a found reference stays found
            });
        }
        Err(missing) => (post_columnref(pstate, cref, None)?, missing),
    };
    match found {
        (Some(expr), _) => Ok(expr),
        (None, missing) => Err(report(pstate, cref, missing)),
    }
}

fn null_row(location: i32) -> Expr {
    Expr::SetToDefault {
        type_id: fixed::UNKNOWNOID,
        type_mod: -1,
        collation: Oid::INVALID,
        location: ParseLoc(location),
    }
}

fn report(pstate: &ParseState, cref: &ColumnRef, missing: Missing) -> Stop {
    let location = cref.location.0;
    match missing {
        Missing::Column(relname, colname) => {
            error_missing_column(pstate, relname, colname, location)
        }
        Missing::Table(schema, relname) => error_missing_rte(
            pstate,
            &RangeVar {
                catalogname: None,
                schemaname: schema.map(Into::into),
                relname: Some(relname.into()),
                inh: true,
                relpersistence: b'p',
                alias: None,
                location: cref.location,
            },
        ),
        Missing::WrongDatabase => PgError::new(
            state::FEATURE_NOT_SUPPORTED,
            format!(
                "cross-database references are not implemented: {}",
                name_list_to_string(&cref.fields)
            ),
        )
        .at(location)
        .into(),
        Missing::TooManyNames => PgError::new(
            state::SYNTAX_ERROR,
            format!(
                "improper qualified name (too many dotted names): {}",
                name_list_to_string(&cref.fields)
            ),
        )
        .at(location)
        .into(),
    }
}

/// The reference as a column or row of the tables in scope.
fn resolve<'n>(
    pstate: &mut ParseState,
    cref: &'n ColumnRef,
) -> PgResult<Result<Expr, Missing<'n>>> {
    let location = cref.location.0;
    let (schema, relname, field) = match cref.fields.as_slice() {
        [name] => {
            let colname = name.str_val();
            if let Some(expr) = col_name_to_var(pstate, colname, false, location)? {
                return Ok(Ok(expr));
            }
            if let Some((item, levels_up)) =
                refname_namespace_item(pstate, None, colname, location)?
            {
                return transform_whole_row_ref(pstate, &item, levels_up, location).map(Ok);
            }
            return Ok(Err(Missing::Column(None, colname)));
        }
        [relname, field] => (None, relname.str_val(), field),
        [schema, relname, field] => (Some(schema.str_val()), relname.str_val(), field),
        [catalog, schema, relname, field] => {
            if catalog.str_val() != current_database(&pstate.shared) {
                return Ok(Err(Missing::WrongDatabase));
            }
            (Some(schema.str_val()), relname.str_val(), field)
        }
        _ => return Ok(Err(Missing::TooManyNames)), // more than PostgreSQL has levels of names
    };
    let Some((item, levels_up)) = refname_namespace_item(pstate, schema, relname, location)? else {
        return Ok(Err(Missing::Table(schema, relname)));
    };
    if matches!(field, Node::AStar) {
        return transform_whole_row_ref(pstate, &item, levels_up, location).map(Ok);
    }
    let colname = field.str_val();
    if let Some(expr) = scan_ns_item_for_column(pstate, &item, levels_up, colname, location)? {
        return Ok(Ok(expr));
    }
    // A function of the whole row may be called like a column of it.
    let row = transform_whole_row_ref(pstate, &item, levels_up, location)?;
    let last_srf = pstate.last_srf;
    let names = std::slice::from_ref(field);
    let found = parse_func_or_column(pstate, names, vec![row], last_srf, None, false, location)?;
    Ok(found.ok_or(Missing::Column(Some(relname), colname)))
}

/// All columns of a table as one value (PostgreSQL: transformWholeRowRef).
pub fn transform_whole_row_ref(
    pstate: &mut ParseState,
    item: &NamespaceItem,
    sublevels_up: u32,
    location: i32,
) -> PgResult<Expr> {
    let own_name = get_rte_by_range_table_posn(pstate, item.rtindex, sublevels_up)
        .is_none_or(|rte| rte.eref.aliasname == item.name);
    if own_name || item.returning_type != VarReturningType::Default {
        let mut var = make_whole_row_var(pstate, item.rtindex, sublevels_up, true)?;
        var.varreturningtype = item.returning_type;
        var.location = ParseLoc(location);
        mark_var_for_select_priv(pstate, &var);
        return Ok(Expr::Var(var));
    }
    let vars = expand_ns_item_vars(item, sublevels_up, location);
    for (_, var) in &vars {
        mark_var_for_select_priv(pstate, var);
    }
    let (colnames, args) = vars.into_iter().map(|(name, var)| (name, Expr::Var(var))).unzip();
    Ok(Expr::RowExpr(Box::new(RowExpr {
        args,
        row_typeid: fixed::RECORDOID,
        row_format: CoercionForm::CoerceImplicitCast,
        colnames,
        location: ParseLoc(location),
    })))
}

/// What the caller's own names say of a reference (PostgreSQL: p_post_columnref_hook).
fn post_columnref(
    pstate: &mut ParseState,
    cref: &ColumnRef,
    found: Option<Expr>,
) -> PgResult<Option<Expr>> {
    let params = pstate.params.clone();
    let hooked = match &params {
        ParamSource::None | ParamSource::Variable(_) => None,
        ParamSource::Function { .. } if found.is_some() => None,
        ParamSource::Function { name, types, names, collation } => {
            return function_parameter(pstate, cref, name, types, names, *collation);
        }
        ParamSource::Hook(hook) => hook.post_columnref(cref, found.is_some()).transpose()?,
    };
    match (found, hooked) {
        (Some(_), Some(_)) => {
            let message =
                format!("column reference \"{}\" is ambiguous", name_list_to_string(&cref.fields));
            error_at(state::AMBIGUOUS_COLUMN, message, cref.location.0)
        }
        (found, hooked) => Ok(found.or(hooked)),
    }
}

/// A SQL function's parameter by name, alone or with the function's name before or a field after it (PostgreSQL:
/// sql_fn_post_column_ref, executor/functions.c).
fn function_parameter(
    pstate: &mut ParseState,
    cref: &ColumnRef,
    function: &Name,
    types: &[Oid],
    names: &[Option<Name>],
    collation: Oid,
) -> PgResult<Option<Expr>> {
    let mut fields = cref.fields.as_slice();
    if fields.len() > 3 {
        return Ok(None);
    }
    if let [front @ .., Node::AStar] = fields {
        fields = front;
    }
    let location = cref.location.0;
    let find = |node: &Node| {
        let at = names.iter().position(|n| n.as_ref().is_some_and(|n| n == node.str_val()))?;
        let typid = *types.get(at)?;
        Some(make_param(pstate, at + 1, typid, collation, location))
    };
    let (param, subfield) = match fields {
        [name] => (find(name), None),
        [first, second] => {
            let own = if first.str_val() == function.as_str() { find(second) } else { None };
            match own {
                Some(param) => (Some(param), None),
                None => (find(first), Some(second)),
            }
        }
        [first, second, third] if first.str_val() == function.as_str() => {
            (find(second), Some(third))
        }
        _ => (None, None), // not a name of ours
    };
    let (Some(param), Some(subfield)) = (param.clone(), subfield) else { return Ok(param) };
    let last_srf = pstate.last_srf;
    let field = std::slice::from_ref(subfield);
    parse_func_or_column(pstate, field, vec![param], last_srf, None, false, location)
}

fn make_param(
    pstate: &ParseState,
    number: usize,
    type_id: Oid,
    collation: Oid,
    location: i32,
) -> Expr {
    let mut collid = get_typcollation(pstate.catalog(), type_id);
    if collation.is_valid() && type_is_collatable(pstate.catalog(), type_id) {
        collid = collation;
    }
    Expr::Param(Param {
        kind: ParamKind::Extern,
        id: i32::try_from(number).unwrap_or(0),
        type_id,
        type_mod: -1,
        collid,
        location: ParseLoc(location),
    })
}

/// `$n` (PostgreSQL: transformParamRef).
pub(super) fn transform_param_ref(pstate: &mut ParseState, pref: &ParamRef) -> PgResult<Expr> {
    let location = pref.location.0;
    let number = usize::try_from(pref.number).unwrap_or(0);
    let found = match &pstate.params {
        ParamSource::None => None,
        ParamSource::Function { types, collation, .. } => number
            .checked_sub(1)
            .and_then(|at| types.get(at))
            .map(|typid| make_param(pstate, number, *typid, *collation, location)),
        ParamSource::Variable(types) if number > 0 && number <= 65_535 => {
            let mut types = types.borrow_mut();
            if types.len() < number {
                types.resize(number, Oid::INVALID);
            }
            let typid = types[number - 1].valid().unwrap_or(fixed::UNKNOWNOID);
            drop(types);
            Some(make_param(pstate, number, typid, Oid::INVALID, location))
        }
        ParamSource::Variable(_) => None,
        ParamSource::Hook(hook) => hook.paramref(pref.number, location).transpose()?,
    };
    match found {
        Some(expr) => Ok(expr),
        None => {
            let message = format!("there is no parameter ${}", pref.number);
            error_at(state::UNDEFINED_PARAMETER, message, location)
        }
    }
}

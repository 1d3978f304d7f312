//! An index's columns: their values, operator classes, collations and order (PostgreSQL: ComputeIndexAttrs,
//! commands/indexcmds.c).

use std::sync::Arc;

use super::{AmRoutine, elements};
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{
    get_attnum, get_atttypetypmodcoll, get_commutator, get_default_opclass,
    get_op_opfamily_strategy, get_opclass_family, get_opclass_input_type, get_opfamily_member,
    is_binary_coercible, type_is_collatable,
};
use crate::catalog::namespace::{get_collation_oid, get_opclass_oid, name_list_to_string};
use crate::catalog::{PgAm, PgClass, PgOperator, PgOpfamily};
use crate::commands::Context;
use crate::commands::reloptions::{Options, transform_rel_options};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_collation, expr_type, expr_typmod};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{IndexElem, IndexStmt, Node, SortByDir, SortByNulls};
use crate::parser::inline_function::contain_mutable_functions_restricted;
use crate::parser::parse_oper::compatible_oper_opid;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// What a new index's columns come to.
#[derive(Debug, Clone, Default)]
pub(in crate::commands) struct IndexAttributes {
    /// 0 for an expression.
    pub attnums: Vec<i16>,
    pub types: Vec<Oid>,
    pub typmods: Vec<i32>,
    pub collations: Vec<Oid>,
    /// Of key columns alone.
    pub opclasses: Vec<Oid>,
    pub opclass_options: Vec<Options>,
    pub options: Vec<i16>,
    pub exprs: Vec<Arc<Expr>>,
    pub exclusion_operators: Vec<Oid>,
    pub key_count: usize,
}

fn invalid(message: &str) -> PgError {
    PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message)
}

/// PostgreSQL: ComputeIndexAttrs.
pub(super) fn compute_index_attrs(
    context: &Context,
    class: &PgClass,
    stmt: &IndexStmt,
    method: &PgAm,
    routine: AmRoutine,
) -> PgResult<IndexAttributes> {
    let mut found =
        IndexAttributes { key_count: stmt.index_params.len(), ..IndexAttributes::default() };
    for (at, element) in elements(&stmt.index_params).enumerate() {
        let collation = column_value(context, class, stmt, element, false, &mut found)?;
        let type_oid = found.types.last().copied().unwrap_or_default();
        let collation = column_collation(context, element, type_oid, collation)?;
        found.collations.push(collation);
        let opclass = resolve_op_class(context, &element.opclass, type_oid, method)?;
        found.opclasses.push(opclass);
        if let Some(operator) = stmt.exclude_op_names.get(at) {
            let operator = exclusion_operator(context, operator.list(), type_oid, opclass)?;
            found.exclusion_operators.push(operator);
        } else if stmt.iswithoutoverlaps {
            let operator = overlaps_operator(context, type_oid, opclass, at + 1 == found.key_count);
            found.exclusion_operators.push(operator);
        }
        found.options.push(column_order(element, method, routine)?);
        found.opclass_options.push(transform_rel_options(
            &[],
            &element.opclassopts,
            None,
            &[],
            false,
        )?);
    }
    for element in elements(&stmt.index_including_params) {
        column_value(context, class, stmt, element, true, &mut found)?;
        let refused = if !element.collation.is_empty() {
            "including column does not support a collation"
        } else if !element.opclass.is_empty() {
            "including column does not support an operator class"
        } else if element.ordering != SortByDir::SortbyDefault {
            "including column does not support ASC/DESC options"
        } else if element.nulls_ordering != SortByNulls::SortbyNullsDefault {
            "including column does not support NULLS FIRST/LAST options"
        } else {
            found.collations.push(Oid::INVALID);
            continue;
        };
        return Err(invalid(refused).into());
    }
    Ok(found)
}

/// The column or expression; returns its collation.
fn column_value(
    context: &Context,
    class: &PgClass,
    stmt: &IndexStmt,
    element: &IndexElem,
    is_included: bool,
    found: &mut IndexAttributes,
) -> PgResult<Oid> {
    let catalog = &*context.catalog;
    if let Some(name) = element.name.as_deref() {
        let attnum = get_attnum(catalog, class.oid, name);
        let Some((type_oid, typmod, collation)) =
            (attnum != 0).then(|| get_atttypetypmodcoll(catalog, class.oid, attnum)).flatten()
        else {
            let message = if stmt.isconstraint {
                format!("column \"{name}\" named in key does not exist")
            } else {
                format!("column \"{name}\" does not exist")
            };
            return Err(PgError::new(sqlstate::UNDEFINED_COLUMN, message).into());
        };
        found.attnums.push(attnum);
        found.types.push(type_oid);
        found.typmods.push(typmod);
        return Ok(collation);
    }
    let Some(Node::Analyzed(expr)) = &element.expr else {
        return crate::findings::unknown("an index column that is not analysed");
    };
    if is_included {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "expressions are not supported in included columns",
        )
        .into());
    }
    let collation = expr_collation(expr);
    found.types.push(expr_type(expr));
    found.typmods.push(expr_typmod(expr));
    let mut bare: &Expr = expr;
    while let Expr::CollateExpr(collate) = bare {
        bare = &collate.arg;
    }
    match bare {
        Expr::Var(var) if var.varattno != 0 => found.attnums.push(var.varattno),
        _ => {
            // An expression proper.
            found.attnums.push(0);
            if contain_mutable_functions_restricted(&context.shared(), expr)? {
                return Err(
                    invalid("functions in index expression must be marked IMMUTABLE").into()
                );
            }
            found.exprs.push(std::sync::Arc::new(bare.clone()));
        }
    }
    Ok(collation)
}

fn column_collation(
    context: &Context,
    element: &IndexElem,
    type_oid: Oid,
    own: Oid,
) -> PgResult<Oid> {
    let collation = if element.collation.is_empty() {
        own
    } else {
        get_collation_oid(&context.shared(), &element.collation, false)?.unwrap_or_default()
    };
    let collatable = type_is_collatable(context.catalog, type_oid);
    if collatable && !collation.is_valid() {
        return Err(PgError::new(
            sqlstate::INDETERMINATE_COLLATION,
            "could not determine which collation to use for index expression",
        )
        .hint("Use the COLLATE clause to set the collation explicitly.")
        .into());
    }
    if !collatable && collation.is_valid() {
        return Err(PgError::new(
            sqlstate::DATATYPE_MISMATCH,
            format!(
                "collations are not supported by type {}",
                format_type_be(context.catalog, &context.path, type_oid)
            ),
        )
        .into());
    }
    Ok(collation)
}

/// The operator class of that name, or the type's default one (PostgreSQL: ResolveOpClass).
pub fn resolve_op_class(
    context: &Context,
    names: &[Node],
    type_oid: Oid,
    method: &PgAm,
) -> PgResult<Oid> {
    let catalog = &*context.catalog;
    let type_name = || format_type_be(catalog, &context.path, type_oid);
    if names.is_empty() {
        if let Some(opclass) = get_default_opclass(catalog, type_oid, method.oid) {
            return Ok(opclass);
        }
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!(
                "data type {} has no default operator class for access method \"{}\"",
                type_name(),
                method.amname
            ),
        )
        .hint(
            "You must specify an operator class for the index or define a default operator \
             class for the data type.",
        )
        .into());
    }
    let opclass = get_opclass_oid(&context.shared(), method.oid, names, false)?;
    let opclass = opclass.unwrap_or_default();
    let input = get_opclass_input_type(catalog, opclass);
    if is_binary_coercible(catalog, type_oid, input) {
        return Ok(opclass);
    }
    Err(PgError::new(
        sqlstate::DATATYPE_MISMATCH,
        format!(
            "operator class \"{}\" does not accept data type {}",
            name_list_to_string(names),
            type_name()
        ),
    )
    .into())
}

/// EXCLUDE's WITH operator, which must be commutative and of the operator class's family.
fn exclusion_operator(
    context: &Context,
    names: &[Node],
    type_oid: Oid,
    opclass: Oid,
) -> PgResult<Oid> {
    let catalog = &*context.catalog;
    let operator = compatible_oper_opid(&context.shared(), names, type_oid, type_oid, false)?
        .unwrap_or_default();
    let name = || {
        let Some(row) = catalog.get::<PgOperator>(operator) else { return String::new() };
        let type_name = |oid: Oid| format_type_be(catalog, &context.path, oid);
        format!("{}({},{})", row.oprname, type_name(row.oprleft), type_name(row.oprright))
    };
    let refuse = |message: String| PgError::new(sqlstate::WRONG_OBJECT_TYPE, message);
    if get_commutator(catalog, operator) != operator {
        return Err(refuse(format!("operator {} is not commutative", name()))
            .detail("Only commutative operators can be used in exclusion constraints.")
            .into());
    }
    let family = get_opclass_family(catalog, opclass);
    if get_op_opfamily_strategy(catalog, operator, family) == 0 {
        let family =
            catalog.get::<PgOpfamily>(family).map(|row| row.opfname.clone()).unwrap_or_default();
        return Err(refuse(format!(
            "operator {} is not a member of operator family \"{family}\"",
            name()
        ))
        .detail(
            "The exclusion operator must be related to the index operator class for the \
             constraint.",
        )
        .into());
    }
    Ok(operator)
}

/// WITHOUT OVERLAPS: `&&` for the last column and `=` for the others (PostgreSQL: GetOperatorFromCompareType).
fn overlaps_operator(context: &Context, type_oid: Oid, opclass: Oid, is_last: bool) -> Oid {
    let family = get_opclass_family(context.catalog, opclass);
    let input = get_opclass_input_type(context.catalog, opclass);
    let strategy = if is_last { 3 } else { 18 };
    let found = get_opfamily_member(context.catalog, family, input, input, strategy);
    if found.is_valid() {
        return found;
    }
    get_opfamily_member(context.catalog, family, type_oid, type_oid, strategy)
}

fn column_order(element: &IndexElem, method: &PgAm, routine: AmRoutine) -> PgResult<i16> {
    if routine.can_order {
        let descending = element.ordering == SortByDir::SortbyDesc;
        let nulls_first = match element.nulls_ordering {
            SortByNulls::SortbyNullsDefault => descending,
            SortByNulls::SortbyNullsFirst => true,
            SortByNulls::SortbyNullsLast => false,
        };
        return Ok(i16::from(descending) | i16::from(nulls_first) << 1);
    }
    let refused = if element.ordering != SortByDir::SortbyDefault {
        "ASC/DESC"
    } else if element.nulls_ordering != SortByNulls::SortbyNullsDefault {
        "NULLS FIRST/LAST"
    } else {
        return Ok(0);
    };
    Err(PgError::new(
        sqlstate::FEATURE_NOT_SUPPORTED,
        format!("access method \"{}\" does not support {refused} options", method.amname),
    )
    .into())
}

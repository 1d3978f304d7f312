//! PARTITION BY: the key's columns, expressions, operator classes and collations (PostgreSQL: transformPartitionSpec and
//! ComputePartitionAttrs, commands/tablecmds.c; StorePartitionKey, catalog/heap.c).

use std::sync::Arc;

use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{
    get_default_opclass, system_attribute_by_name, type_is_collatable,
};
use crate::catalog::namespace::get_collation_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAm, PgClass, PgPartitionedTable};
use crate::commands::Context;
use crate::commands::dependency::{record_dependency_on, record_dependency_on_single_rel_expr};
use crate::commands::heap::{AttributeCheck, check_attribute_type, pull_var_attnums};
use crate::commands::indexcmds::resolve_op_class;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{expr_collation, expr_type};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{Node, PartitionElem, PartitionSpec, PartitionStrategy};
use crate::parser::inline_function::contain_mutable_functions_after_planning;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: PARTITION_MAX_KEYS.
const PARTITION_MAX_KEYS: usize = 32;

fn invalid(message: &str, location: i32) -> PgError {
    PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).at(location)
}

/// Analyses the key and stores it.
pub(super) fn define_partition_key(
    context: &mut Context,
    relid: Oid,
    spec: &PartitionSpec,
) -> PgResult<()> {
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else { return Ok(()) };
    if spec.part_params.len() > PARTITION_MAX_KEYS {
        return Err(PgError::new(
            sqlstate::TOO_MANY_COLUMNS,
            format!("cannot partition using more than {PARTITION_MAX_KEYS} columns"),
        )
        .into());
    }
    let strategy = match spec.strategy {
        PartitionStrategy::PartitionStrategyList => b'l',
        PartitionStrategy::PartitionStrategyRange => b'r',
        PartitionStrategy::PartitionStrategyHash => b'h',
    };
    if strategy == b'l' && spec.part_params.len() != 1 {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "cannot use \"list\" partition strategy with more than one column",
        )
        .into());
    }
    let elements: Vec<&PartitionElem> = spec
        .part_params
        .iter()
        .filter_map(|node| match node {
            Node::PartitionElem(element) => Some(element.as_ref()),
            _ => None, // the grammar puts nothing else there
        })
        .collect();
    let exprs = transform_exprs(context, &class, &elements)?;
    let mut row = PgPartitionedTable {
        partrelid: relid,
        partstrat: strategy,
        partdefid: Oid::INVALID,
        partattrs: Vec::new(),
        partclass: Vec::new(),
        partcollation: Vec::new(),
        partexprs: Vec::new(),
    };
    for (element, expr) in elements.iter().zip(exprs) {
        compute_attribute(context, &class, element, expr, &mut row)?;
    }
    store_partition_key(context, row)
}

/// PostgreSQL: transformPartitionSpec.
fn transform_exprs(
    context: &Context,
    class: &Arc<PgClass>,
    elements: &[&PartitionElem],
) -> PgResult<Vec<Option<Expr>>> {
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, true)?;
    add_ns_item_to_query(&mut pstate, item, true, true, true);
    let mut exprs = Vec::new();
    for element in elements {
        exprs.push(match &element.expr {
            Some(raw) => {
                let mut expr = transform_expr(&mut pstate, raw, ExprKind::PartitionExpression)?;
                assign_expr_collations(&pstate, &mut expr)?;
                Some(expr)
            }
            None => None,
        });
    }
    Ok(exprs)
}

fn generated_column(name: &str, location: i32) -> PgError {
    invalid("cannot use generated column in partition key", location)
        .detail(format!("Column \"{name}\" is a generated column."))
}

/// One column of PostgreSQL's ComputePartitionAttrs.
fn compute_attribute(
    context: &Context,
    class: &PgClass,
    element: &PartitionElem,
    expr: Option<Expr>,
    row: &mut PgPartitionedTable,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let location = element.location.0;
    let (type_oid, collation) = match (element.name.as_deref(), expr) {
        (Some(name), _) => named_column(class, name, location, row)?,
        (None, Some(expr)) => {
            let at = row.partattrs.len() + 1;
            expression(context, class, expr, at, location, row)?
        }
        (None, None) => return Ok(()),
    };
    let collation = if element.collation.is_empty() {
        collation
    } else {
        get_collation_oid(&context.shared(), &element.collation, false)?.unwrap_or_default()
    };
    let type_name = || format_type_be(catalog, &context.path, type_oid);
    match (type_is_collatable(catalog, type_oid), collation.is_valid()) {
        (true, false) => {
            return Err(PgError::new(
                sqlstate::INDETERMINATE_COLLATION,
                "could not determine which collation to use for partition expression",
            )
            .hint("Use the COLLATE clause to set the collation explicitly.")
            .into());
        }
        (false, true) => {
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!("collations are not supported by type {}", type_name()),
            )
            .into());
        }
        (true, true) | (false, false) => {}
    }
    row.partcollation.push(collation);
    let method = if row.partstrat == b'h' { fixed::HASH_AM_OID } else { fixed::BTREE_AM_OID };
    let opclass = if element.opclass.is_empty() {
        get_default_opclass(catalog, type_oid, method)
    } else {
        match catalog.get::<PgAm>(method) {
            Some(am) => Some(resolve_op_class(context, &element.opclass, type_oid, am)?),
            None => None,
        }
    };
    let Some(opclass) = opclass else {
        let am = if row.partstrat == b'h' { "hash" } else { "btree" };
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!(
                "data type {} has no default operator class for access method \"{am}\"",
                type_name()
            ),
        )
        .hint(format!(
            "You must specify a {am} operator class or define a default {am} operator class for \
             the data type."
        ))
        .into());
    };
    row.partclass.push(opclass);
    Ok(())
}

fn named_column(
    class: &PgClass,
    name: &str,
    location: i32,
    row: &mut PgPartitionedTable,
) -> PgResult<(Oid, Oid)> {
    let Some(attribute) = class.attribute_named(name) else {
        if system_attribute_by_name(name).is_some() {
            let message = format!("cannot use system column \"{name}\" in partition key");
            return Err(invalid(&message, location).into());
        }
        return Err(PgError::new(
            sqlstate::UNDEFINED_COLUMN,
            format!("column \"{name}\" named in partition key does not exist"),
        )
        .at(location)
        .into());
    };
    if attribute.attgenerated != 0 {
        return Err(generated_column(name, location).into());
    }
    row.partattrs.push(attribute.attnum);
    Ok((attribute.atttypid, attribute.attcollation))
}

fn expression(
    context: &Context,
    class: &PgClass,
    expr: Expr,
    at: usize,
    location: i32,
    row: &mut PgPartitionedTable,
) -> PgResult<(Oid, Oid)> {
    let (type_oid, collation) = (expr_type(&expr), expr_collation(&expr));
    let check = AttributeCheck { is_partition_key: true, ..AttributeCheck::default() };
    check_attribute_type(context, &at.to_string(), type_oid, collation, &[], check)?;
    let mut bare = &expr;
    while let Expr::CollateExpr(collate) = bare {
        bare = &collate.arg;
    }
    if let Expr::Var(var) = bare
        && var.varattno > 0
    {
        if let Some(attribute) = class.attribute(var.varattno).filter(|a| a.attgenerated != 0) {
            return Err(generated_column(&attribute.attname, location).into());
        }
        row.partattrs.push(var.varattno);
        return Ok((type_oid, collation));
    }
    for attnum in pull_var_attnums(&expr) {
        let refused = match attnum {
            0 => continue, // the whole row
            attnum if attnum < 0 => {
                "partition key expressions cannot contain system column references"
            }
            attnum => {
                let attribute = class.attribute(attnum).filter(|a| a.attgenerated != 0);
                match attribute {
                    Some(attribute) => {
                        return Err(generated_column(&attribute.attname, location).into());
                    }
                    None => continue,
                }
            }
        };
        return Err(invalid(refused, -1).into());
    }
    if contain_mutable_functions_after_planning(&context.shared(), &expr)? {
        let message = "functions in partition key expression must be marked IMMUTABLE";
        return Err(invalid(message, -1).into());
    }
    if pull_var_attnums(&expr).is_empty() {
        return Err(invalid("cannot use constant expression as partition key", -1).into());
    }
    row.partattrs.push(0);
    row.partexprs.push(Arc::new(bare.clone()));
    Ok((type_oid, collation))
}

/// PostgreSQL: StorePartitionKey.
fn store_partition_key(context: &mut Context, row: PgPartitionedTable) -> PgResult<()> {
    let relid = row.partrelid;
    let table = ObjectAddress::new(Class::Relation, relid);
    let catalog = &mut *context.catalog;
    catalog.put(row.clone());
    for opclass in &row.partclass {
        let opclass = ObjectAddress::new(Class::Opclass, *opclass);
        record_dependency_on(catalog, table, opclass, DependType::Normal);
    }
    for collation in &row.partcollation {
        if collation.is_valid() && *collation != fixed::DEFAULT_COLLATION_OID {
            let collation = ObjectAddress::new(Class::Collation, *collation);
            record_dependency_on(catalog, table, collation, DependType::Normal);
        }
    }
    for attnum in row.partattrs.iter().filter(|attnum| **attnum != 0) {
        let column = ObjectAddress::column(relid, *attnum);
        record_dependency_on(catalog, column, table, DependType::Internal);
    }
    for expr in &row.partexprs {
        record_dependency_on_single_rel_expr(
            catalog,
            table,
            expr,
            relid,
            DependType::Normal,
            DependType::Internal,
            true,
        )?;
    }
    Ok(())
}

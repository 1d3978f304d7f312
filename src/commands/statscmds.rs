//! Extended statistics (PostgreSQL: commands/statscmds.c; transformStatsStmt, parser/parse_utilcmd.c).

use std::sync::Arc;

use super::Context;
use super::naming::make_object_name;
use super::support::{check_namespace_create, creation_namespace};
use super::tablecmds::alter_errors::{errdetail_relkind_not_supported, system_attribute_by_name};
use super::tablecmds::support::{refuse_system_relation, relation, require_owner};
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::get_default_opclass;
use crate::catalog::namespace::{
    get_statistics_object_oid, name_list_to_string, range_var_get_relid,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgStatisticExt};
use crate::commands::dependency::{
    record_dependency_on, record_dependency_on_owner, record_dependency_on_single_rel_expr,
};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::node_funcs::{expr_type, walk_expr};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{AlterStatsStmt, CreateStatsStmt, Node, StatsElem};
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: STATS_MAX_DIMENSIONS.
const STATS_MAX_DIMENSIONS: usize = 8;

fn unsupported<T>(message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}

/// PostgreSQL: CreateStatistics.
pub fn create_statistics(context: &mut Context, stmt: &CreateStatsStmt) -> PgResult<()> {
    let [Node::RangeVar(range)] = stmt.relations.as_slice() else {
        let is_name = matches!(stmt.relations.first(), Some(Node::RangeVar(_)));
        let is_checked_early = context.catalog.version().major() >= 14;
        return unsupported(if stmt.relations.len() == 1 && !is_name && is_checked_early {
            "CREATE STATISTICS only supports relation names in the FROM clause"
        } else {
            "only a single relation is allowed in CREATE STATISTICS"
        });
    };
    let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(());
    };
    let class = relation(context.catalog, relid)?;
    let exprs = transform_exprs(context, &class, &stmt.exprs)?;
    if !matches!(class.relkind, b'r' | b'm' | b'f' | b'p') {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("cannot define statistics for relation \"{}\"", class.relname),
        )
        .detail(errdetail_relkind_not_supported(class.relkind))
        .into());
    }
    require_owner(context, &class)?;
    refuse_system_relation(context, &class)?;
    let (namespace, name) = if stmt.defnames.is_empty() {
        let namespace = class.relnamespace;
        (namespace, choose_name(context, &class.relname, &stmt.exprs, namespace))
    } else {
        creation_namespace(context, &stmt.defnames)?
    };
    if context.catalog.find::<PgStatisticExt>(&(namespace, name.clone())).is_some() {
        let message = format!("statistics object \"{name}\" already exists");
        if !stmt.if_not_exists {
            return Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message).into());
        }
        context.notice(Notice {
            sqlstate: sqlstate::DUPLICATE_OBJECT,
            ..Notice::notice(format!("{message}, skipping"))
        });
        return Ok(());
    }
    if !stmt.defnames.is_empty() {
        check_namespace_create(context, namespace)?;
    }
    if stmt.exprs.len() > STATS_MAX_DIMENSIONS {
        return Err(PgError::new(
            sqlstate::TOO_MANY_COLUMNS,
            format!("cannot have more than {STATS_MAX_DIMENSIONS} columns in statistics"),
        )
        .into());
    }
    let (mut keys, stxexprs) = sort_elements(context, &class, &stmt.exprs, exprs)?;
    let kinds = statistics_kinds(&stmt.stat_types, keys.len(), stxexprs.len())?;
    keys.sort_unstable();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(PgError::new(
            sqlstate::DUPLICATE_COLUMN,
            "duplicate column name in statistics definition",
        )
        .into());
    }
    let duplicate = stxexprs.iter().enumerate().any(|(at, expr)| stxexprs[at + 1..].contains(expr));
    if duplicate {
        return Err(PgError::new(
            sqlstate::DUPLICATE_COLUMN,
            "duplicate expression in statistics definition",
        )
        .into());
    }
    store(context, &class, namespace, name, keys, stxexprs, kinds)
}

/// The expressions, analysed; None for a plain column.
fn transform_exprs(
    context: &Context,
    class: &Arc<PgClass>,
    elements: &[Node],
) -> PgResult<Vec<Option<Expr>>> {
    let mut pstate = ParseState::new(context.shared(), None);
    let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, true)?;
    add_ns_item_to_query(&mut pstate, item, false, true, true);
    let mut exprs = Vec::with_capacity(elements.len());
    for element in elements {
        let Some(raw) = stats_elem(element).and_then(|element| element.expr.as_ref()) else {
            exprs.push(None);
            continue;
        };
        let mut expr = transform_expr(&mut pstate, raw, ExprKind::StatsExpression)?;
        assign_expr_collations(&pstate, &mut expr)?;
        exprs.push(Some(expr));
    }
    Ok(exprs)
}

fn stats_elem(node: &Node) -> Option<&StatsElem> {
    match node {
        Node::StatsElem(element) => Some(element),
        _ => None, // the grammar puts nothing else there
    }
}

/// PostgreSQL: ChooseExtendedStatisticName with its addition.
fn choose_name(context: &Context, relname: &str, elements: &[Node], namespace: Oid) -> Name {
    let mut addition = String::new();
    for element in elements.iter().filter_map(stats_elem) {
        if !addition.is_empty() {
            addition.push('_');
        }
        addition.push_str(element.name.as_deref().unwrap_or("expr"));
    }
    let mut pass = 0;
    loop {
        let label = if pass == 0 { "stat".to_string() } else { format!("stat{pass}") };
        let name = make_object_name(relname, Some(&addition), Some(&label));
        if context.catalog.find::<PgStatisticExt>(&(namespace, name.clone())).is_none() {
            return name;
        }
        pass += 1;
    }
}

fn has_ordering(context: &Context, type_id: Oid) -> bool {
    get_default_opclass(context.catalog, type_id, fixed::BTREE_AM_OID).is_some()
}

/// Columns, and expressions that are more than a column.
fn sort_elements(
    context: &Context,
    class: &PgClass,
    elements: &[Node],
    exprs: Vec<Option<Expr>>,
) -> PgResult<(Vec<i16>, Vec<Arc<Expr>>)> {
    let mut keys = Vec::new();
    let mut stxexprs = Vec::new();
    for (element, expr) in elements.iter().zip(exprs) {
        let name = stats_elem(element).and_then(|element| element.name.as_deref());
        match (name, expr) {
            (Some(name), _) => {
                let Some(column) = class.attribute_named(name) else {
                    if system_attribute_by_name(name).is_some() {
                        return unsupported(
                            "statistics creation on system columns is not supported",
                        );
                    }
                    return Err(PgError::new(
                        sqlstate::UNDEFINED_COLUMN,
                        format!("column \"{name}\" does not exist"),
                    )
                    .into());
                };
                check_column(context, class, column.attnum)?;
                keys.push(column.attnum);
            }
            (None, Some(Expr::Var(var))) => {
                check_column(context, class, var.varattno)?;
                keys.push(var.varattno);
            }
            (None, Some(expr)) => {
                let system = walk_expr(
                    &expr,
                    &mut |node| matches!(node, Expr::Var(var) if var.varattno < 0),
                );
                if system {
                    return unsupported("statistics creation on system columns is not supported");
                }
                let type_id = expr_type(&expr);
                if elements.len() > 1 && !has_ordering(context, type_id) {
                    return unsupported(format!(
                        "expression cannot be used in multivariate statistics because its type {} \
                         has no default btree operator class",
                        format_type_be(context.catalog, &context.path, type_id)
                    ));
                }
                stxexprs.push(Arc::new(expr));
            }
            (None, None) => {}
        }
    }
    Ok((keys, stxexprs))
}

fn check_column(context: &Context, class: &PgClass, attnum: i16) -> PgResult<()> {
    let Some(column) = class.attribute(attnum) else {
        return unsupported("statistics creation on system columns is not supported");
    };
    if column.attgenerated == b'v' {
        return unsupported("statistics creation on virtual generated columns is not supported");
    }
    if has_ordering(context, column.atttypid) {
        return Ok(());
    }
    unsupported(format!(
        "column \"{}\" cannot be used in statistics because its type {} has no default btree \
         operator class",
        column.attname,
        format_type_be(context.catalog, &context.path, column.atttypid)
    ))
}

/// What to build: 'd', 'f', 'm', 'e'.
fn statistics_kinds(types: &[Node], columns: usize, exprs: usize) -> PgResult<Vec<u8>> {
    let invalid =
        |state, message: String| -> PgResult<Vec<u8>> { Err(PgError::new(state, message).into()) };
    let single = exprs == 1 && columns == 0;
    if single && !types.is_empty() {
        return invalid(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "when building statistics on a single expression, statistics kinds may not be \
             specified"
                .into(),
        );
    }
    let mut kinds = Vec::new();
    for kind in types {
        kinds.push(match kind.str_val() {
            "ndistinct" => b'd',
            "dependencies" => b'f',
            "mcv" => b'm',
            other => {
                return invalid(
                    sqlstate::SYNTAX_ERROR,
                    format!("unrecognized statistics kind \"{other}\""),
                );
            }
        });
    }
    if types.is_empty() && !single {
        kinds = vec![b'd', b'f', b'm'];
    }
    if columns < 2 && exprs == 0 {
        return invalid(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "extended statistics require at least 2 columns".into(),
        );
    }
    if exprs > 0 {
        kinds.push(b'e');
    }
    Ok(kinds)
}

fn store(
    context: &mut Context,
    class: &PgClass,
    namespace: Oid,
    name: Name,
    keys: Vec<i16>,
    exprs: Vec<Arc<Expr>>,
    kinds: Vec<u8>,
) -> PgResult<()> {
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgStatisticExt {
        oid,
        stxname: name,
        stxnamespace: namespace,
        stxrelid: class.oid,
        stxowner: owner,
        stxkeys: keys.clone(),
        stxstattarget: None,
        stxkind: kinds,
        stxexprs: exprs.clone(),
    });
    let address = ObjectAddress::new(Class::StatisticExt, oid);
    for attnum in &keys {
        let column = ObjectAddress::column(class.oid, *attnum);
        record_dependency_on(context.catalog, address, column, DependType::Auto);
    }
    if keys.is_empty() {
        let table = ObjectAddress::new(Class::Relation, class.oid);
        record_dependency_on(context.catalog, address, table, DependType::Auto);
    }
    for expr in &exprs {
        record_dependency_on_single_rel_expr(
            context.catalog,
            address,
            expr,
            class.oid,
            DependType::Normal,
            DependType::Auto,
            false,
        )?;
    }
    let schema = ObjectAddress::new(Class::Namespace, namespace);
    record_dependency_on(context.catalog, address, schema, DependType::Normal);
    record_dependency_on_owner(context.catalog, address, owner);
    Ok(())
}

/// ALTER STATISTICS … SET STATISTICS. PostgreSQL: AlterStatistics.
pub fn alter_statistics(context: &mut Context, stmt: &AlterStatsStmt) -> PgResult<()> {
    let target = stmt.stxstattarget.as_ref().and_then(Node::int_val);
    let target = super::tablecmds::statistics_target(context, target)?;
    let found = get_statistics_object_oid(&context.shared(), &stmt.defnames, stmt.missing_ok)?;
    let Some(oid) = found else {
        let name = name_list_to_string(&stmt.defnames);
        context.notice(Notice::notice(format!(
            "statistics object \"{name}\" does not exist, skipping"
        )));
        return Ok(());
    };
    let owner = context.catalog.get::<PgStatisticExt>(oid).map(|row| row.stxowner);
    if !owner.is_none_or(|owner| super::tablecmds::support::owns(context, owner)) {
        let name = name_list_to_string(&stmt.defnames);
        return Err(super::tablecmds::support::not_owner("statistics object", &name).into());
    }
    context.catalog.update::<PgStatisticExt>(oid, |row| row.stxstattarget = target);
    Ok(())
}

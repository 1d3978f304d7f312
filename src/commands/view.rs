//! CREATE VIEW (PostgreSQL: commands/view.c, and what it uses of rewrite/rewriteDefine.c).

use std::sync::Arc;

use super::Context;
use super::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_query,
};
use super::heap::add_attribute_dependencies;
use super::query_relation::{
    QueryColumn, RelationExtras, create_query_relation, query_columns, query_relations,
};
use super::reloptions::{transform_rel_options, view_reloptions};
use super::support::check_namespace_create;
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_with_typemod;
use crate::catalog::lsyscache::get_collation_name;
use crate::catalog::namespace::{get_relname_relid, range_var_get_creation_namespace};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAttribute, PgClass, PgRewrite};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::primnodes::{CmdType, Query};
use crate::nodes::tree::{DefElem, Node, ObjectType, RangeVar, ViewCheckOption, ViewStmt};
use crate::nodes::{ParseLoc, Str};
use crate::parser::analyze::parse_analyze;
use crate::parser::parse_node::ParamSource;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

/// PostgreSQL: DefineView.
pub fn define_view(context: &mut Context, stmt: &ViewStmt) -> PgResult<ObjectAddress> {
    let (Some(view), Some(source)) = (&stmt.view, &stmt.query) else {
        return unknown("CREATE VIEW without a query");
    };
    if matches!(source, Node::SelectStmt(select) if has_into(select)) {
        let message = "views must not contain SELECT INTO";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    let mut query = parse_analyze(context.shared(), source, ParamSource::None)?;
    if query.has_modifying_cte {
        let message = "views must not contain data-modifying statements in WITH";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    let mut options = stmt.options.clone();
    if stmt.with_check_option != ViewCheckOption::NoCheckOption {
        let local = stmt.with_check_option == ViewCheckOption::LocalCheckOption;
        options.push(option("check_option", if local { "local" } else { "cascaded" }));
    }
    let checks = options.iter().any(
        |node| matches!(node, Node::DefElem(def) if def.defname.as_deref() == Some("check_option")),
    );
    if checks && let Some(hint) = super::view_updatable::not_auto_updatable(&query, true) {
        let message =
            "WITH CHECK OPTION is supported only on automatically updatable views".to_string();
        return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).hint(hint).into());
    }
    let mut aliases = stmt.aliases.iter();
    for target in query.target_list.iter_mut().filter(|target| !target.resjunk) {
        let Some(alias) = aliases.next() else { break };
        target.resname = Some(Name::new(alias.str_val()));
    }
    if aliases.next().is_some() {
        let message = "CREATE VIEW specifies more column names than columns";
        return refuse(sqlstate::SYNTAX_ERROR, message);
    }
    if view.relpersistence == b'u' {
        let message = "views cannot be unlogged because they do not have storage";
        return refuse(sqlstate::SYNTAX_ERROR, message);
    }
    let mut relation = (**view).clone();
    if relation.relpersistence == b'p' && uses_temporary_relation(context, &query) {
        relation.relpersistence = b't';
        let name = relation.relname.as_deref().unwrap_or_default();
        context.notice(Notice::notice(format!("view \"{name}\" will be a temporary view")));
    }
    define_virtual_relation(context, &relation, query, stmt.replace, &options)
}

/// Whether a SELECT, or the leftmost one of a set operation, has INTO.
fn has_into(select: &crate::nodes::tree::SelectStmt) -> bool {
    let mut select = select;
    while let Some(left) = &select.larg {
        select = left;
    }
    select.into_clause.is_some()
}

fn option(name: &str, value: &str) -> Node {
    Node::DefElem(Box::new(DefElem {
        defnamespace: None,
        defname: Some(Str::new(name)),
        arg: Some(Node::String(Str::new(value))),
        defaction: crate::nodes::tree::DefElemAction::DefelemUnspec,
        location: ParseLoc::NONE,
        arg_location: ParseLoc::NONE,
    }))
}

/// PostgreSQL: isQueryUsingTempRelation.
pub fn uses_temporary_relation(context: &Context, query: &Query) -> bool {
    query_relations(query).into_iter().any(|relid| {
        context.catalog.get::<PgClass>(relid).is_some_and(|row| row.relpersistence == b't')
    })
}

/// PostgreSQL: DefineVirtualRelation.
fn define_virtual_relation(
    context: &mut Context,
    relation: &RangeVar,
    query: Query,
    replace: bool,
    options: &[Node],
) -> PgResult<ObjectAddress> {
    let columns = query_columns(&query);
    for column in &columns {
        if crate::catalog::lsyscache::type_is_collatable(context.catalog, column.type_oid)
            && !column.collation.is_valid()
        {
            let name = &column.name;
            let message =
                format!("could not determine which collation to use for view column \"{name}\"");
            return Err(PgError::new(sqlstate::INDETERMINATE_COLLATION, message)
                .hint("Use the COLLATE clause to set the collation explicitly.")
                .into());
        }
    }
    let existing = existing_relation(context, relation)?;
    let Some(existing) = existing.filter(|_| replace) else {
        let reloptions = view_options(context, options)?;
        let extras = RelationExtras { reloptions, ..Default::default() };
        let address = create_query_relation(context, relation, b'v', &columns, extras)?;
        store_view_query(context, address.object, query, replace)?;
        return Ok(address);
    };
    replace_view(context, existing, &columns, options)?;
    store_view_query(context, existing, query, true)?;
    Ok(ObjectAddress::new(Class::Relation, existing))
}

/// The relation that stands where the new one would go (PostgreSQL: RangeVarGetAndCheckCreationNamespace).
fn existing_relation(context: &Context, relation: &RangeVar) -> PgResult<Option<Oid>> {
    let namespace = range_var_get_creation_namespace(&context.shared(), relation)?;
    let Some(namespace) = namespace else { return Ok(None) };
    check_namespace_create(context, namespace)?;
    let name = relation.relname.as_deref().unwrap_or_default();
    Ok(get_relname_relid(context.catalog, name, namespace))
}

fn replace_view(
    context: &mut Context,
    view: Oid,
    columns: &[QueryColumn],
    options: &[Node],
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgClass>(view).cloned() else {
        return unknown("the view is not in the catalog");
    };
    super::support::check_owner(
        context,
        ObjectAddress::new(Class::Relation, view),
        ObjectType::ObjectView,
        &row.relname,
    )?;
    if row.relkind != b'v' {
        return refuse(sqlstate::WRONG_OBJECT_TYPE, format!("\"{}\" is not a view", row.relname));
    }
    check_view_columns(context, columns, &row.attributes)?;
    let reloptions = view_options(context, options)?;
    let added: Vec<PgAttribute> = columns
        .iter()
        .enumerate()
        .skip(row.attributes.len())
        .map(|(index, column)| column.attribute(context, index))
        .collect();
    for attribute in &added {
        add_attribute_dependencies(context, view, attribute);
    }
    context.catalog.update::<PgClass>(view, |row| {
        row.attributes.extend(added);
        row.reloptions = reloptions;
    });
    Ok(())
}

fn view_options(context: &Context, definitions: &[Node]) -> PgResult<Vec<(Arc<str>, Arc<str>)>> {
    let options = transform_rel_options(&[], definitions, None, &[], false)?;
    view_reloptions(context.catalog.version(), &options)?;
    Ok(options)
}

/// PostgreSQL: checkViewColumns.
fn check_view_columns(context: &Context, new: &[QueryColumn], old: &[PgAttribute]) -> PgResult<()> {
    let definition = |message: String| PgError::new(sqlstate::INVALID_TABLE_DEFINITION, message);
    if new.len() < old.len() {
        return Err(definition("cannot drop columns from view".to_string()).into());
    }
    for (new, old) in new.iter().zip(old) {
        if old.attisdropped {
            return Err(definition("cannot drop columns from view".to_string()).into());
        }
        if new.name != old.attname {
            let message = format!(
                "cannot change name of view column \"{}\" to \"{}\"",
                old.attname, new.name
            );
            return Err(definition(message)
                .hint(concat!(
                    "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column ",
                    "instead."
                ))
                .into());
        }
        if (new.type_oid, new.typmod) != (old.atttypid, old.atttypmod) {
            let text = |oid: Oid, typmod: i32| {
                format_type_with_typemod(context.catalog, &context.path, oid, typmod)
            };
            return Err(definition(format!(
                "cannot change data type of view column \"{}\" from {} to {}",
                old.attname,
                text(old.atttypid, old.atttypmod),
                text(new.type_oid, new.typmod)
            ))
            .into());
        }
        if new.collation != old.attcollation {
            let text = |oid: Oid| {
                get_collation_name(context.catalog, oid)
                    .map_or("", |name| name.as_str())
                    .to_string()
            };
            return Err(definition(format!(
                "cannot change collation of view column \"{}\" from \"{}\" to \"{}\"",
                old.attname,
                text(old.attcollation),
                text(new.collation)
            ))
            .into());
        }
    }
    Ok(())
}

/// Stores a view's query as its rule _RETURN (PostgreSQL: StoreViewQuery and InsertRule).
pub fn store_view_query(
    context: &mut Context,
    view: Oid,
    query: Query,
    replace: bool,
) -> PgResult<()> {
    debug_assert_eq!(query.command_type, CmdType::CmdSelect);
    let old = context
        .catalog
        .find_all::<PgRewrite>(&view)
        .find(|rule| rule.rulename == "_RETURN")
        .map(|rule| rule.oid);
    let oid = match old {
        Some(old) => old,
        None => context.catalog.new_oid(),
    };
    let address = ObjectAddress::new(Class::Rewrite, oid);
    if replace && old.is_some() {
        delete_dependency_records_for(context.catalog, address, false);
    }
    let relation = ObjectAddress::new(Class::Relation, view);
    record_dependency_on(context.catalog, address, relation, DependType::Internal);
    record_dependency_on_query(context.catalog, address, &query, DependType::Normal)?;
    context.catalog.put(PgRewrite {
        oid,
        rulename: Name::fixed("_RETURN"),
        ev_class: view,
        ev_type: b'1',
        ev_enabled: b'O',
        is_instead: true,
        ev_qual: None,
        ev_action: Arc::new(vec![query]),
    });
    Ok(())
}

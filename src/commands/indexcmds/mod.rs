//! CREATE INDEX, and the indexes of constraints (PostgreSQL: commands/indexcmds.c).

mod attributes;
mod create;
mod partitioned;

pub use super::naming::{
    choose_constraint_name, choose_index_column_names, choose_index_name, choose_relation_name,
    make_object_name,
};
pub use attributes::resolve_op_class;
pub use create::{index_check_primary_key, index_constraint_create};
pub use partitioned::{define_cloned_index, get_index_constraint, index_set_parent_index};

use std::sync::Arc;

use super::Context;
use super::creation::creation_tablespace;
use super::parse_utilcmd::transform_index_stmt;
use super::relation_kinds::relkind_not_supported;
use super::reloptions::{Options, index_reloptions, transform_rel_options};
use super::support::{check_namespace_create, prevent_in_transaction_block};
use crate::catalog::lsyscache::get_rel_relkind;
use crate::catalog::namespace::{get_relname_relid, range_var_get_relid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAm, PgClass, PgPartitionedTable};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{IndexElem, IndexStmt, Node};
use crate::parser::inline_function::contain_mutable_functions_restricted;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use attributes::{IndexAttributes, compute_index_attrs};

/// PostgreSQL: INDEX_MAX_KEYS.
const INDEX_MAX_KEYS: usize = 32;

/// On whose behalf an index is made (PostgreSQL: the arguments of DefineIndex).
#[derive(Debug, Clone, Default)]
pub struct DefineIndexOptions {
    pub is_alter_table: bool,
    pub check_rights: bool,
    pub check_not_in_use: bool,
    pub quiet: bool,
    /// The partitioned index and its constraint that the new one belongs to.
    pub parent_index: Oid,
    pub parent_constraint: Oid,
}

impl DefineIndexOptions {
    /// As a statement of CREATE TABLE.
    pub fn for_create_table() -> DefineIndexOptions {
        DefineIndexOptions { check_rights: true, ..DefineIndexOptions::default() }
    }
}

/// What an index access method can do (PostgreSQL: IndexAmRoutine).
#[derive(Debug, Clone, Copy)]
pub(super) struct AmRoutine {
    pub can_order: bool,
    can_unique: bool,
    can_multicol: bool,
    can_include: bool,
    get_tuple: bool,
}

/// The abilities of the methods we know; an unknown one is thought able.
fn am_routine(name: &str, major: u32) -> AmRoutine {
    let none = AmRoutine {
        can_order: false,
        can_unique: false,
        can_multicol: false,
        can_include: false,
        get_tuple: false,
    };
    match name {
        "btree" => AmRoutine {
            can_order: true,
            can_unique: true,
            can_multicol: true,
            can_include: true,
            get_tuple: true,
        },
        "hash" | "hnsw" | "ivfflat" => AmRoutine { get_tuple: true, ..none },
        "gist" => AmRoutine { can_multicol: true, can_include: true, get_tuple: true, ..none },
        "spgist" => AmRoutine { can_include: major >= 14, get_tuple: true, ..none },
        "gin" | "brin" | "bloom" => AmRoutine { can_multicol: true, ..none },
        // A method of an extension.
        _ => AmRoutine {
            can_order: false,
            can_unique: true,
            can_multicol: true,
            can_include: true,
            get_tuple: true,
        },
    }
}

fn not_supported(message: String) -> PgError {
    PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message)
}

/// CREATE INDEX as a statement (PostgreSQL: ProcessUtilitySlow, T_IndexStmt).
pub fn create_index(context: &mut Context, stmt: &IndexStmt) -> PgResult<()> {
    if stmt.concurrent {
        prevent_in_transaction_block(context, "CREATE INDEX CONCURRENTLY")?;
    }
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let relid = range_var_get_relid(&context.shared(), range, false)?.unwrap_or_default();
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else { return Ok(()) };
    super::tablecmds::support::require_owner(context, &class)?;
    super::tablecmds::support::refuse_system_relation(context, &class)?;
    if class.relkind == b'p' && range.inh {
        for (child, _) in
            super::tablecmds::inherit_tree::find_all_inheritors(context.catalog, relid)
        {
            if get_rel_relkind(context.catalog, child) == b'f' && (stmt.unique || stmt.primary) {
                return Err(foreign_partition(&class.relname, &class.relname).into());
            }
        }
    }
    let stmt = transform_index_stmt(context, relid, stmt)?;
    let options = DefineIndexOptions { check_rights: true, ..DefineIndexOptions::default() };
    let index = define_index(context, relid, &stmt, &options)?;
    crate::commands::contents::check_unique_index(context, relid, index.object)
}

fn foreign_partition(table: &str, root: &str) -> PgError {
    PgError::new(
        sqlstate::WRONG_OBJECT_TYPE,
        format!("cannot create unique index on partitioned table \"{root}\""),
    )
    .detail(format!("Table \"{table}\" contains partitions that are foreign tables."))
}

fn elements(nodes: &[Node]) -> impl Iterator<Item = &IndexElem> {
    nodes.iter().filter_map(|node| match node {
        Node::IndexElem(element) => Some(element.as_ref()),
        _ => None, // the grammar puts nothing else there
    })
}

/// An index that is about to be made.
pub(super) struct NewIndex {
    pub name: Name,
    pub column_names: Vec<Name>,
    pub method: Arc<PgAm>,
    pub tablespace: Oid,
    pub reloptions: Options,
    pub attributes: IndexAttributes,
    pub predicate: Option<Arc<Expr>>,
    pub is_exclusion: bool,
}

/// Makes an index; the address of nothing when IF NOT EXISTS finds one (PostgreSQL: DefineIndex).
pub fn define_index(
    context: &mut Context,
    relid: Oid,
    stmt: &IndexStmt,
    options: &DefineIndexOptions,
) -> PgResult<ObjectAddress> {
    let stmt = &transform_index_stmt(context, relid, stmt)?;
    let keys = stmt.index_params.len();
    if keys == 0 {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "must specify at least one column",
        )
        .into());
    }
    if keys + stmt.index_including_params.len() > INDEX_MAX_KEYS {
        return Err(PgError::new(
            sqlstate::TOO_MANY_COLUMNS,
            format!("cannot use more than {INDEX_MAX_KEYS} columns in an index"),
        )
        .into());
    }
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else {
        return crate::findings::unknown(format!("relation {relid} is not in the catalog"));
    };
    let is_exclusion = !stmt.exclude_op_names.is_empty();
    check_relation(context, &class, stmt, is_exclusion)?;
    if options.check_rights {
        check_namespace_create(context, class.relnamespace)?;
    }
    let tablespace =
        creation_tablespace(context, stmt.table_space.as_deref(), class.relkind == b'p')?;
    let column_names = choose_index_column_names(
        elements(&stmt.index_params).chain(elements(&stmt.index_including_params)),
    );
    let name = match stmt.idxname.as_deref() {
        Some(name) => Name::new(name),
        None => choose_index_name(
            context.catalog,
            &class.relname,
            class.relnamespace,
            &column_names,
            is_exclusion,
            stmt.primary,
            stmt.isconstraint,
        ),
    };
    let method = access_method(context, stmt.access_method.as_deref().unwrap_or("btree"))?;
    let routine = am_routine(&method.amname, context.catalog.version().major());
    check_am_routine(&method.amname, routine, stmt, is_exclusion)?;
    let reloptions = transform_rel_options(&[], &stmt.options, None, &[], false)?;
    index_reloptions(&method.amname, &reloptions)?;
    let predicate = match &stmt.where_clause {
        Some(Node::Analyzed(expr)) => Some(expr.clone()),
        Some(_) | None => None, // transform_index_stmt analysed it
    };
    if let Some(expr) = &predicate
        && contain_mutable_functions_restricted(&context.shared(), expr)?
    {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "functions in index predicate must be marked IMMUTABLE",
        )
        .into());
    }
    let attributes = compute_index_attrs(context, &class, stmt, &method, routine)?;
    if stmt.primary {
        let keys = &attributes.attnums[..attributes.key_count];
        create::check_primary_key(context, &class, keys, options, stmt)?;
    }
    if class.relkind == b'p' && (stmt.unique || is_exclusion) {
        check_partition_key_covered(context, &class, stmt, &attributes, is_exclusion)?;
    }
    check_columns(&class, stmt, &attributes, predicate.as_deref())?;
    if let Some(existing) = get_relname_relid(context.catalog, &name, class.relnamespace) {
        if stmt.if_not_exists {
            context.notice(super::sequence::relation_exists_skipping(&name));
            return Ok(ObjectAddress::new(Class::Relation, existing));
        }
        return Err(super::heap::relation_exists(&name).into());
    }
    let new = NewIndex {
        name,
        column_names,
        method,
        tablespace,
        reloptions,
        attributes,
        predicate,
        is_exclusion,
    };
    let index = create::index_create(context, &class, stmt, &new, options)?;
    let address = ObjectAddress::new(Class::Relation, index);
    if let Some(comment) = stmt.idxcomment.as_deref() {
        context.catalog.set_comment(address, Some(comment));
    }
    let recurse = stmt.relation.as_ref().is_none_or(|range| range.inh);
    if class.relkind == b'p' && recurse {
        partitioned::define_partition_indexes(context, &class, index, options)?;
    }
    Ok(address)
}

fn check_relation(
    context: &Context,
    class: &PgClass,
    stmt: &IndexStmt,
    is_exclusion: bool,
) -> PgResult<()> {
    match class.relkind {
        b'r' | b'm' | b'p' => {}
        other => {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!("cannot create index on relation \"{}\"", class.relname),
            )
            .detail(relkind_not_supported(other))
            .into());
        }
    }
    if class.relkind == b'p' {
        let refuse = |what: String| PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, what);
        if stmt.concurrent {
            return Err(refuse(format!(
                "cannot create index on partitioned table \"{}\" concurrently",
                class.relname
            ))
            .into());
        }
        if is_exclusion && context.catalog.version().major() < 17 {
            return Err(refuse(format!(
                "cannot create exclusion constraints on partitioned table \"{}\"",
                class.relname
            ))
            .into());
        }
    }
    Ok(())
}

fn access_method(context: &Context, name: &str) -> PgResult<Arc<PgAm>> {
    if let Some(row) = context.catalog.find::<PgAm>(&Name::new(name)) {
        if row.amtype != b'i' {
            return Err(PgError::new(
                sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
                format!("access method \"{name}\" is not of type INDEX"),
            )
            .into());
        }
        return Ok(row.clone());
    }
    if name == "rtree" {
        context.notice(Notice::notice(
            "substituting access method \"gist\" for obsolete method \"rtree\"",
        ));
        return access_method(context, "gist");
    }
    let error = PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!("access method \"{name}\" does not exist"),
    );
    Err(crate::catalog::namespace::unless_unknown_extension(&context.shared(), None, error.into()))
}

fn check_am_routine(
    name: &str,
    routine: AmRoutine,
    stmt: &IndexStmt,
    is_exclusion: bool,
) -> PgResult<()> {
    let missing = if stmt.unique && !stmt.iswithoutoverlaps && !routine.can_unique {
        "unique indexes"
    } else if !stmt.index_including_params.is_empty() && !routine.can_include {
        "included columns"
    } else if stmt.index_params.len() > 1 && !routine.can_multicol {
        "multicolumn indexes"
    } else if is_exclusion && !routine.get_tuple {
        "exclusion constraints"
    } else {
        return Ok(());
    };
    Err(not_supported(format!("access method \"{name}\" does not support {missing}")).into())
}

/// A unique index of a partitioned table must hold every column of the partition key.
fn check_partition_key_covered(
    context: &Context,
    class: &PgClass,
    stmt: &IndexStmt,
    attributes: &IndexAttributes,
    is_exclusion: bool,
) -> PgResult<()> {
    let Some(key) = context.catalog.get::<PgPartitionedTable>(class.oid) else { return Ok(()) };
    let kind = if stmt.primary {
        "PRIMARY KEY"
    } else if stmt.unique {
        "UNIQUE"
    } else if is_exclusion {
        "EXCLUDE"
    } else {
        return Ok(());
    };
    for (at, partition_column) in key.partattrs.iter().enumerate() {
        if *partition_column == 0 {
            return Err(not_supported(format!(
                "unsupported {kind} constraint with partition key definition"
            ))
            .detail(format!(
                "{kind} constraints cannot be used when partition keys include expressions."
            ))
            .into());
        }
        let found = (0..attributes.key_count).any(|column| {
            attributes.attnums[column] == *partition_column
                && (key.partcollation.get(at) == attributes.collations.get(column))
        });
        if !found {
            let column = class
                .attribute(*partition_column)
                .map(|attribute| attribute.attname.clone())
                .unwrap_or_default();
            return Err(not_supported(
                "unique constraint on partitioned table must include all partitioning columns"
                    .to_string(),
            )
            .detail(format!(
                "{kind} constraint on table \"{}\" lacks column \"{column}\" which is part of \
                 the partition key.",
                class.relname
            ))
            .into());
        }
    }
    Ok(())
}

/// System columns and virtual generated ones take no index.
fn check_columns(
    class: &PgClass,
    stmt: &IndexStmt,
    attributes: &IndexAttributes,
    predicate: Option<&Expr>,
) -> PgResult<()> {
    let system = "index creation on system columns is not supported";
    let is_virtual = |attnum: i16| class.attribute(attnum).is_some_and(|a| a.attgenerated == b'v');
    for attnum in &attributes.attnums {
        if *attnum < 0 {
            return Err(not_supported(system.to_string()).into());
        }
        if is_virtual(*attnum) {
            let what = if stmt.primary {
                "primary keys"
            } else if stmt.isconstraint {
                "unique constraints"
            } else {
                "indexes"
            };
            return Err(not_supported(format!(
                "{what} on virtual generated columns are not supported"
            ))
            .into());
        }
    }
    let exprs = attributes.exprs.iter().map(Arc::as_ref).chain(predicate);
    for attnum in exprs.flat_map(super::heap::pull_var_attnums) {
        if attnum < 0 {
            return Err(not_supported(system.to_string()).into());
        }
        if is_virtual(attnum) {
            return Err(not_supported(
                "indexes on virtual generated columns are not supported".to_string(),
            )
            .into());
        }
    }
    Ok(())
}

//! CREATE TABLE carried out (PostgreSQL: DefineRelation, commands/tablecmds.c).

mod columns;
mod merge;
mod partition_key;

pub use columns::{build_desc_for_relation, get_attribute_compression, get_attribute_storage};

use std::sync::Arc;

use merge::{InheritedColumn, merge_attributes};

use crate::catalog::depend::DependType;
use crate::catalog::namespace::{get_am_type_oid, range_var_get_relid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PartitionBound, PgClass, PgIndex, PgInherits, PgPartitionedTable};
use crate::commands::Context;
use crate::commands::creation::{creation_tablespace, range_var_get_and_check_creation_namespace};
use crate::commands::define::def_name;
use crate::commands::dependency::record_dependency_on;
use crate::commands::foreigncmds::create_foreign_table;
use crate::commands::heap::{
    CookedConstraint, NewRelation, RawColumnDefault, add_relation_new_constraints,
    add_relation_not_null_constraints, heap_create_with_catalog,
};
use crate::commands::indexcmds::{DefineIndexOptions, define_index, get_index_constraint};
use crate::commands::parse_utilcmd::{
    TransformedCreate, clone_index_stmt, expand_table_like_clause, transform_create_stmt,
    transform_partition_bound,
};
use crate::commands::partition::check_new_partition_bound;
use crate::commands::reloptions::{heap_reloptions, transform_rel_options};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{
    AlterTableCmd, AlterTableStmt, AlterTableType, ConstrType, Constraint, CreateForeignTableStmt,
    CreateStmt, DropBehavior, Node, ObjectType, OnCommitAction, PartitionBoundSpec, RangeVar,
};
use crate::parser::parse_type::typename_type_id;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

pub use crate::commands::parse_utilcmd::check_of_type;

/// CREATE TABLE with all that it comes to (PostgreSQL: ProcessUtilitySlow, T_CreateStmt).
pub fn create_table(context: &mut Context, stmt: &CreateStmt) -> PgResult<()> {
    if let Some(transformed) = transform_create_stmt(context, stmt, false)? {
        carry_out(context, transformed, b'r', |_, _| Ok(()))?;
    }
    Ok(())
}

/// CREATE FOREIGN TABLE (PostgreSQL: ProcessUtilitySlow, T_CreateForeignTableStmt).
pub fn create_foreign_table_stmt(
    context: &mut Context,
    stmt: &CreateForeignTableStmt,
) -> PgResult<()> {
    if let Some(transformed) = transform_create_stmt(context, &stmt.base, true)? {
        carry_out(context, transformed, b'f', |context, relid| {
            let server = stmt.servername.as_deref().unwrap_or_default();
            create_foreign_table(context, relid, server, &stmt.options)
        })?;
    }
    Ok(())
}

/// OPTIONS (…) of something new: each name once (PostgreSQL: transformGenericOptions).
pub(super) fn generic_options(options: &[Node]) -> PgResult<Vec<(Arc<str>, Arc<str>)>> {
    let mut found: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    for option in options {
        let Node::DefElem(def) = option else { continue };
        let name = def_name(def);
        if found.iter().any(|(other, _)| &**other == name) {
            return Err(PgError::new(
                sqlstate::DUPLICATE_OBJECT,
                format!("option \"{name}\" provided more than once"),
            )
            .into());
        }
        let value = def.arg.as_ref().map_or("", Node::str_val);
        found.push((Arc::from(name), Arc::from(value)));
    }
    Ok(found)
}

fn carry_out(
    context: &mut Context,
    transformed: TransformedCreate,
    relkind: u8,
    also: impl FnOnce(&mut Context, Oid) -> PgResult<()>,
) -> PgResult<()> {
    for stmt in &transformed.before {
        run(context, stmt)?;
    }
    let mut stmt = transformed.stmt;
    let elements = std::mem::take(&mut stmt.table_elts);
    let relid = define_relation(context, &stmt, elements, relkind)?;
    let stmt = &stmt;
    check_toast_options(context, stmt, relid)?;
    also(context, relid)?;
    let options = DefineIndexOptions::for_create_table();
    for column in &transformed.not_null_columns {
        context.catalog.update::<PgClass>(relid, |class| {
            if let Some(column) = class.attributes.iter_mut().find(|a| a.attname == **column) {
                column.attnotnull = true;
            }
        });
    }
    for index in &transformed.indexes {
        define_index(context, relid, &index.stmt, &options)?;
    }
    for clause in &transformed.likeclauses {
        expand_table_like_clause(context, relid, clause)?;
    }
    if !transformed.fkconstraints.is_empty() {
        let relation = stmt.relation.as_deref().cloned();
        add_foreign_keys(context, relation, transformed.fkconstraints)?;
    }
    for stmt in &transformed.after {
        run(context, stmt)?;
    }
    Ok(())
}

/// The sequences' statements.
fn run(context: &mut Context, stmt: &Node) -> PgResult<()> {
    match stmt {
        Node::CreateSeqStmt(stmt) => {
            crate::commands::sequence::define_sequence(context, stmt)?;
            Ok(())
        }
        Node::AlterSeqStmt(stmt) => crate::commands::sequence::alter_sequence(context, stmt),
        // The transformation of CREATE TABLE makes no other statement.
        other => crate::findings::unknown(format!("{} after CREATE TABLE", other.tag_name())),
    }
}

fn add_foreign_keys(
    context: &mut Context,
    relation: Option<RangeVar>,
    constraints: Vec<Constraint>,
) -> PgResult<()> {
    let command = |constraint: Constraint| {
        Node::AlterTableCmd(Box::new(AlterTableCmd {
            subtype: AlterTableType::AtAddConstraint,
            name: None,
            num: 0,
            newowner: None,
            def: Some(Node::Constraint(Box::new(constraint))),
            behavior: DropBehavior::DropRestrict,
            missing_ok: false,
            recurse: false,
        }))
    };
    let stmt = AlterTableStmt {
        relation: relation.map(Box::new),
        cmds: constraints.into_iter().map(command).collect(),
        objtype: ObjectType::ObjectTable,
        missing_ok: false,
    };
    super::alter::alter_table_stmt(context, &stmt)
}

/// The parameters `toast.…` (PostgreSQL: the call of transformRelOptions after DefineRelation).
fn check_toast_options(context: &mut Context, stmt: &CreateStmt, relid: Oid) -> PgResult<()> {
    let options = transform_rel_options(&[], &stmt.options, Some("toast"), &["toast"], false)?;
    heap_reloptions(context.catalog.version(), b't', &options)?;
    if !options.is_empty() {
        context.catalog.update::<PgClass>(relid, |class| class.toast_reloptions = options);
    }
    Ok(())
}

/// Makes the table that a transformed CREATE TABLE describes, of those columns (PostgreSQL: DefineRelation).
pub fn define_relation(
    context: &mut Context,
    stmt: &CreateStmt,
    elements: Vec<Node>,
    relkind: u8,
) -> PgResult<Oid> {
    let Some(range) = stmt.relation.as_deref() else {
        return crate::findings::unknown("CREATE TABLE without a name");
    };
    let relkind = if stmt.partspec.is_some() { b'p' } else { relkind };
    check_persistence(context, stmt, range)?;
    let place = range_var_get_and_check_creation_namespace(context, range)?;
    let parents = parent_oids(context, &stmt.inh_relations)?;
    // A partition without one of its own has its parent's.
    let inherited = parents
        .first()
        .filter(|_| stmt.partbound.is_some() && stmt.tablespacename.is_none())
        .and_then(|parent| context.catalog.get::<PgClass>(*parent)?.reltablespace.valid());
    let reltablespace = match inherited {
        Some(tablespace) => tablespace,
        None => creation_tablespace(context, stmt.tablespacename.as_deref(), relkind == b'p')?,
    };
    let options = without_oids(&stmt.options)?;
    let reloptions = transform_rel_options(&[], &options, None, &["toast"], false)?;
    heap_reloptions(context.catalog.version(), relkind, &reloptions)?;
    let reloftype = match stmt.of_typename.as_deref() {
        Some(type_name) => {
            let oid = typename_type_id(&context.shared(), type_name)?;
            crate::commands::support::check_type_usage(context, oid)?;
            oid
        }
        None => Oid::INVALID,
    };
    let columns: Vec<InheritedColumn> = elements
        .into_iter()
        .filter_map(|node| match node {
            Node::ColumnDef(column) => Some(InheritedColumn::own(*column)),
            _ => None, // transform_create_stmt leaves columns alone
        })
        .collect();
    let is_partition = stmt.partbound.is_some();
    let mut merged =
        merge_attributes(context, columns, &parents, place.relpersistence, is_partition)?;
    let definitions = merged.columns.iter().map(|column| &column.def);
    let attributes = build_desc_for_relation(context, definitions)?;
    let relam = table_access_method(context, stmt.access_method.as_deref(), relkind)?;
    let mut cooked = Vec::new();
    let mut defaults = Vec::new();
    for (at, column) in merged.columns.iter_mut().enumerate() {
        let attnum = i16::try_from(at + 1).unwrap_or(i16::MAX);
        if let Some(raw_default) = column.def.raw_default.take() {
            let generated = column.def.generated;
            defaults.push(RawColumnDefault { attnum, raw_default, generated });
        } else if let Some(expr) = column.cooked_default.clone() {
            cooked.push(CookedConstraint {
                contype: ConstrType::ConstrDefault,
                conoid: Oid::INVALID,
                name: None,
                attnum,
                expr: Some(expr),
                is_enforced: true,
                skip_validation: false,
                is_local: true,
                inhcount: 0,
                is_no_inherit: false,
            });
        }
    }
    cooked.extend(merged.constraints);
    let owner = context.session.current_user;
    let mut relation = NewRelation::new(place.relname, place.namespace, relkind, owner);
    relation.relpersistence = place.relpersistence;
    relation.reltablespace = reltablespace;
    relation.reloftype = reloftype;
    relation.relam = relam;
    relation.attributes = attributes;
    relation.cooked_constraints = cooked;
    relation.reloptions = reloptions;
    let relid = heap_create_with_catalog(context, relation)?;
    if stmt.oncommit == OnCommitAction::OncommitDrop {
        context.session.on_commit_drop.push(relid);
    }
    if !defaults.is_empty() {
        add_relation_new_constraints(context, relid, &defaults, &[], true, true, false)?;
    }
    if let (Some(spec), Some(parent)) = (stmt.partbound.as_deref(), parents.first()) {
        bind_partition(context, relid, *parent, spec)?;
    }
    store_catalog_inheritance(context, relid, &parents, is_partition);
    if let Some(spec) = stmt.partspec.as_deref() {
        partition_key::define_partition_key(context, relid, spec)?;
    }
    if let (true, Some(parent)) = (is_partition, parents.first()) {
        clone_indexes(context, relid, *parent)?;
        crate::commands::trigger::clone_row_triggers_to_partition(context, *parent, relid)?;
        super::foreign_key_clone::clone_foreign_key_constraints(context, *parent, relid)?;
    }
    let mut names: Vec<Name> = Vec::new();
    let constraints = constraints_of(&stmt.constraints);
    if !constraints.is_empty() {
        let made =
            add_relation_new_constraints(context, relid, &[], &constraints, true, true, false)?;
        names.extend(made.into_iter().filter_map(|constraint| constraint.name));
    }
    if context.catalog.version().major() >= 18 {
        let own = constraints_of(&stmt.nnconstraints);
        add_relation_not_null_constraints(context, relid, &own, &merged.not_nulls, &names)?;
    }
    Ok(relid)
}

fn constraints_of(nodes: &[Node]) -> Vec<Constraint> {
    nodes
        .iter()
        .filter_map(|node| match node {
            Node::Constraint(constraint) => Some((**constraint).clone()),
            _ => None, // transform_create_stmt puts nothing else there
        })
        .collect()
}

fn check_persistence(context: &Context, stmt: &CreateStmt, range: &RangeVar) -> PgResult<()> {
    if stmt.oncommit != OnCommitAction::OncommitNoop && range.relpersistence != b't' {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            "ON COMMIT can only be used on temporary tables",
        )
        .into());
    }
    if stmt.partspec.is_some()
        && range.relpersistence == b'u'
        && context.catalog.version().major() >= 18
    {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "partitioned tables cannot be unlogged",
        )
        .into());
    }
    Ok(())
}

fn parent_oids(context: &Context, relations: &[Node]) -> PgResult<Vec<Oid>> {
    let mut parents = Vec::new();
    for relation in relations {
        let Node::RangeVar(range) = relation else { continue };
        let Some(parent) = range_var_get_relid(&context.shared(), range, false)? else {
            continue;
        };
        if parents.contains(&parent) {
            let name = context.catalog.get::<PgClass>(parent).map(|class| class.relname.clone());
            return Err(PgError::new(
                sqlstate::DUPLICATE_TABLE,
                format!(
                    "relation \"{}\" would be inherited from more than once",
                    name.unwrap_or_default()
                ),
            )
            .into());
        }
        parents.push(parent);
    }
    Ok(parents)
}

/// WITH (oids = false) is accepted and forgotten, WITH OIDS is not.
fn without_oids(options: &[Node]) -> PgResult<Vec<Node>> {
    let mut kept = Vec::new();
    for option in options {
        if let Node::DefElem(def) = option
            && def.defnamespace.is_none()
            && def_name(def) == "oids"
        {
            if crate::commands::define::def_get_boolean(def)? {
                return Err(PgError::new(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    "tables declared WITH OIDS are not supported",
                )
                .into());
            }
            continue;
        }
        kept.push(option.clone());
    }
    Ok(kept)
}

fn table_access_method(context: &Context, name: Option<&str>, relkind: u8) -> PgResult<Oid> {
    match (name, relkind) {
        (Some(_), b'p') if context.catalog.version().major() < 17 => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "specifying a table access method is not supported on a partitioned table",
        )
        .into()),
        (Some(name), _) => {
            Ok(get_am_type_oid(context.catalog, name, Some(b't'), false)?.unwrap_or_default())
        }
        (None, b'r' | b'm') => {
            let set = context.session.get("default_table_access_method");
            match set.filter(|name| ***name != *"heap") {
                Some(name) => {
                    Ok(get_am_type_oid(context.catalog, name, Some(b't'), false)?
                        .unwrap_or_default())
                }
                None => Ok(fixed::HEAP_TABLE_AM_OID),
            }
        }
        (None, _) => Ok(Oid::INVALID),
    }
}

/// The bound of a new partition, checked against the others and stored (PostgreSQL: StorePartitionBound).
fn bind_partition(
    context: &mut Context,
    relid: Oid,
    parent: Oid,
    spec: &PartitionBoundSpec,
) -> PgResult<()> {
    let Some(parent_class) = context.catalog.get::<PgClass>(parent).cloned() else {
        return Ok(());
    };
    if parent_class.relkind != b'p' {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!("\"{}\" is not partitioned", parent_class.relname),
        )
        .into());
    }
    let bound = transform_partition_bound(context, parent, spec)?;
    let name = context.catalog.get::<PgClass>(relid).map(|class| class.relname.clone());
    let name = name.unwrap_or_default();
    check_new_partition_bound(context, &name, parent, &bound, spec.location.0)?;
    crate::commands::contents::check_default_contents(context, parent, &bound)?;
    store_partition_bound(context, relid, parent, bound);
    Ok(())
}

/// PostgreSQL: StorePartitionBound.
pub fn store_partition_bound(
    context: &mut Context,
    relid: Oid,
    parent: Oid,
    bound: PartitionBound,
) {
    if matches!(bound, PartitionBound::Default) {
        context.catalog.update::<PgPartitionedTable>(parent, |row| row.partdefid = relid);
    }
    let bound = Arc::new(bound);
    context.catalog.update::<PgClass>(relid, |class| {
        class.relpartbound = Some(bound);
        class.relispartition = true;
    });
}

/// PostgreSQL: StoreCatalogInheritance.
fn store_catalog_inheritance(
    context: &mut Context,
    relid: Oid,
    parents: &[Oid],
    is_partition: bool,
) {
    for (at, parent) in parents.iter().enumerate() {
        let seqno = i32::try_from(at + 1).unwrap_or(i32::MAX);
        store_catalog_inheritance1(context, relid, *parent, seqno, is_partition);
    }
}

/// PostgreSQL: StoreCatalogInheritance1.
pub fn store_catalog_inheritance1(
    context: &mut Context,
    relid: Oid,
    parent: Oid,
    seqno: i32,
    is_partition: bool,
) {
    let oid = context.catalog.new_oid();
    context.catalog.put(PgInherits {
        oid,
        inhrelid: relid,
        inhparent: parent,
        inhseqno: seqno,
        inhdetachpending: false,
    });
    let kind = if is_partition { DependType::Auto } else { DependType::Normal };
    let child = ObjectAddress::new(Class::Relation, relid);
    let parent = ObjectAddress::new(Class::Relation, parent);
    record_dependency_on(context.catalog, child, parent, kind);
}

/// A new partition gets every index of its parent.
fn clone_indexes(context: &mut Context, relid: Oid, parent: Oid) -> PgResult<()> {
    let (Some(class), Some(parent_class)) = (
        context.catalog.get::<PgClass>(relid).cloned(),
        context.catalog.get::<PgClass>(parent).cloned(),
    ) else {
        return Ok(());
    };
    let map: Vec<i16> = parent_class
        .attributes
        .iter()
        .map(|attribute| {
            let found = class.attribute_named(&attribute.attname);
            found.filter(|_| !attribute.attisdropped).map_or(0, |found| found.attnum)
        })
        .collect();
    let indexes: Vec<Arc<PgIndex>> =
        context.catalog.find_all::<PgIndex>(&parent).cloned().collect();
    for index in indexes {
        if class.relkind == b'f' {
            if index.indisunique {
                return Err(PgError::new(
                    sqlstate::WRONG_OBJECT_TYPE,
                    format!(
                        "cannot create foreign partition of partitioned table \"{}\"",
                        parent_class.relname
                    ),
                )
                .detail(format!(
                    "Table \"{}\" contains indexes that are unique.",
                    parent_class.relname
                ))
                .into());
            }
            continue;
        }
        let stmt = clone_index_stmt(context.catalog, &class, index.indexrelid, &map)?;
        let options = DefineIndexOptions {
            parent_index: index.indexrelid,
            parent_constraint: get_index_constraint(context.catalog, parent, index.indexrelid)
                .unwrap_or_default(),
            ..DefineIndexOptions::default()
        };
        define_index(context, relid, &stmt, &options)?;
    }
    Ok(())
}

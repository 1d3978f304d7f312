//! Commands that keep the database in shape and change no definitions: VACUUM, ANALYZE, CLUSTER, REINDEX, DISCARD,
//! SET CONSTRAINTS (PostgreSQL: commands/vacuum.c, cluster.c, indexcmds.c, discard.c, trigger.c).

use super::Context;
use super::define::{def_get_boolean, def_get_int32, def_get_string, def_name};
use super::support::prevent_in_transaction_block;
use super::tablecmds::{check_index_is_clusterable, mark_index_clustered};
use super::trigger_exec::fire_deferred;
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{
    aclcheck_error, aclcheck_error_not_owner, object_aclcheck, object_ownercheck,
};
use crate::catalog::lsyscache::get_attnum;
use crate::catalog::namespace::{
    get_namespace_oid, get_relname_relid, get_tablespace_oid, lookup_explicit_namespace,
    range_var_get_relid,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgDatabase, PgIndex};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    ClusterStmt, ConstraintsSetStmt, DefElem, DiscardMode, DiscardStmt, Node, ObjectType, RangeVar,
    ReindexObjectType, ReindexStmt, VacuumStmt,
};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

fn unrecognized<T>(command: &str, def: &DefElem) -> PgResult<T> {
    let message = format!("unrecognized {command} option \"{}\"", def_name(def));
    Err(PgError::new(sqlstate::SYNTAX_ERROR, message).at(def.location.0).into())
}

fn named(context: &Context, relation: &RangeVar) -> PgResult<(Oid, std::sync::Arc<PgClass>)> {
    let oid = range_var_get_relid(&context.shared(), relation, false)?;
    match oid.and_then(|oid| Some((oid, context.catalog.get::<PgClass>(oid)?.clone()))) {
        Some(found) => Ok(found),
        None => unknown("a relation that is not in the catalog"),
    }
}

#[derive(Default)]
struct VacuumOptions {
    full: bool,
    analyze: bool,
    only_stats: bool,
    parallel: Option<i32>,
    disable_page_skipping: bool,
    /// BUFFER_USAGE_LIMIT is given.
    limit: bool,
    /// PROCESS_TOAST is off.
    no_toast: bool,
    /// FREEZE or SKIP_DATABASE_STATS is on, or PROCESS_MAIN off.
    other: bool,
}

/// PostgreSQL: ExecVacuum.
pub fn exec_vacuum(context: &mut Context, stmt: &VacuumStmt) -> PgResult<()> {
    let command = if stmt.is_vacuumcmd { "VACUUM" } else { "ANALYZE" };
    let options = vacuum_options(context, stmt, command)?;
    if options.full && options.parallel.is_some_and(|workers| workers > 0) {
        let message = "VACUUM FULL cannot be performed in parallel";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    for relation in vacuum_relations(stmt) {
        if stmt.is_vacuumcmd && !relation.1.is_empty() && !options.analyze {
            let message = "ANALYZE option must be specified when a column list is provided";
            return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
        }
    }
    if stmt.is_vacuumcmd {
        prevent_in_transaction_block(context, command)?;
    }
    if options.disable_page_skipping && options.full {
        let message = "VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if options.full && options.limit && !options.analyze {
        let message = "BUFFER_USAGE_LIMIT cannot be specified for VACUUM FULL";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if options.full && options.no_toast {
        let message = "PROCESS_TOAST required with VACUUM FULL";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if options.only_stats && !stmt.rels.is_empty() {
        let message = "ONLY_DATABASE_STATS cannot be specified with a list of tables";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if options.only_stats && (options.full || options.analyze || options.other) {
        let message = "ONLY_DATABASE_STATS cannot be specified with other VACUUM options";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    // Every name is looked up before any relation is worked on.
    let mut found = Vec::new();
    for (relation, columns) in vacuum_relations(stmt) {
        let (oid, row) = named(context, relation)?;
        found.push((oid, row, columns));
    }
    for (oid, row, columns) in found {
        let can = matches!(row.relkind, b'r' | b'm' | b'p')
            || (!stmt.is_vacuumcmd && row.relkind == b'f');
        if !can {
            let what = if stmt.is_vacuumcmd { "vacuum" } else { "analyze" };
            context.notice(Notice::warning(
                sqlstate::WARNING,
                format!(
                    "skipping \"{}\" --- cannot {what} non-tables or special system tables",
                    row.relname
                ),
            ));
            continue;
        }
        check_columns(context, oid, &row, columns)?;
    }
    Ok(())
}

fn vacuum_relations(stmt: &VacuumStmt) -> impl Iterator<Item = (&RangeVar, &[Node])> {
    stmt.rels.iter().filter_map(|node| match node {
        Node::VacuumRelation(entry) => {
            entry.relation.as_deref().map(|relation| (relation, entry.va_cols.as_slice()))
        }
        // The grammar puts only these there.
        _ => None,
    })
}

fn vacuum_options(context: &Context, stmt: &VacuumStmt, command: &str) -> PgResult<VacuumOptions> {
    let version = context.catalog.version().major();
    let mut options = VacuumOptions::default();
    for option in &stmt.options {
        let Node::DefElem(def) = option else { continue };
        match def_name(def) {
            "verbose" | "skip_locked" => {
                def_get_boolean(def)?;
            }
            "buffer_usage_limit" if version >= 16 => {
                def_get_string(def)?;
                options.limit = true;
            }
            _ if !stmt.is_vacuumcmd => return unrecognized(command, def),
            "analyze" => options.analyze = def_get_boolean(def)?,
            "freeze" => options.other |= def_get_boolean(def)?,
            "full" => options.full = def_get_boolean(def)?,
            "disable_page_skipping" => options.disable_page_skipping = def_get_boolean(def)?,
            "process_main" if version >= 16 => options.other |= !def_get_boolean(def)?,
            "process_toast" if version >= 14 => options.no_toast = !def_get_boolean(def)?,
            "truncate" => {
                def_get_boolean(def)?;
            }
            "index_cleanup" => {
                // From 14 on it may also be AUTO.
                let word = def.arg.as_ref().map(|_| def_get_string(def)).transpose()?;
                if version < 14 || word.is_none_or(|word| !word.eq_ignore_ascii_case("auto")) {
                    def_get_boolean(def)?;
                }
            }
            "skip_database_stats" if version >= 16 => options.other |= def_get_boolean(def)?,
            "only_database_stats" if version >= 16 => options.only_stats = def_get_boolean(def)?,
            "parallel" => options.parallel = Some(parallel_workers(def)?),
            _ => return unrecognized(command, def), // no option of PostgreSQL's
        }
    }
    Ok(options)
}

fn parallel_workers(def: &DefElem) -> PgResult<i32> {
    let refuse_at = |message: &str| -> PgResult<i32> {
        Err(PgError::new(sqlstate::SYNTAX_ERROR, message).at(def.location.0).into())
    };
    const MAX_WORKERS: i32 = 1024;
    if def.arg.is_none() {
        let message = "parallel option requires a value between 0 and 1024";
        return refuse_at(message);
    }
    let workers = def_get_int32(def)?;
    if !(0..=MAX_WORKERS).contains(&workers) {
        return refuse_at("parallel workers for vacuum must be between 0 and 1024");
    }
    Ok(workers)
}

fn check_columns(context: &Context, oid: Oid, row: &PgClass, columns: &[Node]) -> PgResult<()> {
    let mut seen = Vec::new();
    for column in columns {
        let name = column.str_val();
        let number = get_attnum(context.catalog, oid, name);
        if number == 0 {
            let message =
                format!("column \"{name}\" of relation \"{}\" does not exist", row.relname);
            return refuse(sqlstate::UNDEFINED_COLUMN, message);
        }
        if seen.contains(&number) {
            let message =
                format!("column \"{name}\" of relation \"{}\" appears more than once", row.relname);
            return refuse(sqlstate::DUPLICATE_COLUMN, message);
        }
        seen.push(number);
    }
    Ok(())
}

/// PostgreSQL: cluster.
pub fn cluster(context: &mut Context, stmt: &ClusterStmt) -> PgResult<()> {
    for param in &stmt.params {
        let Node::DefElem(def) = param else { continue };
        if def_name(def) != "verbose" {
            return unrecognized("CLUSTER", def);
        }
        def_get_boolean(def)?;
    }
    let Some(relation) = &stmt.relation else {
        return prevent_in_transaction_block(context, "CLUSTER");
    };
    let (oid, row) = named(context, relation)?;
    if !matches!(row.relkind, b'r' | b'm' | b'p') {
        let message = format!("\"{}\" is not a table or materialized view", row.relname);
        return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
    }
    let chosen = match &stmt.indexname {
        None => {
            let marked =
                context.catalog.find_all::<PgIndex>(&oid).find(|index| index.indisclustered);
            let Some(index) = marked else {
                let message =
                    format!("there is no previously clustered index for table \"{}\"", row.relname);
                return refuse(sqlstate::UNDEFINED_OBJECT, message);
            };
            index.indexrelid
        }
        Some(name) => {
            let Some(index) = get_relname_relid(context.catalog, name, row.relnamespace) else {
                let message =
                    format!("index \"{name}\" for table \"{}\" does not exist", row.relname);
                return refuse(sqlstate::UNDEFINED_OBJECT, message);
            };
            index
        }
    };
    if row.relkind == b'p' {
        prevent_in_transaction_block(context, "CLUSTER")?;
    }
    check_index_is_clusterable(context, &row, chosen)?;
    if row.relkind != b'p' {
        mark_index_clustered(context, oid, Some(chosen));
    }
    Ok(())
}

/// Since 17 MAINTAIN is enough (PostgreSQL: RangeVarCallbackMaintainsTable).
fn check_reindex(context: &Context, oid: Oid, row: &PgClass) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Relation, oid);
    let user = context.session.current_user;
    if object_ownercheck(context.catalog, address, user)
        || object_aclcheck(context.catalog, address, user, privilege::MAINTAIN)
    {
        return Ok(());
    }
    let (kind, name) = (ObjectType::ObjectTable, row.relname.as_str());
    Err(if context.catalog.version().major() >= 17 {
        aclcheck_error(kind, name)
    } else {
        aclcheck_error_not_owner(kind, name)
    }
    .into())
}

/// PostgreSQL: ExecReindex.
pub fn exec_reindex(context: &mut Context, stmt: &ReindexStmt) -> PgResult<()> {
    let mut concurrently = false;
    let mut tablespace = None;
    for param in &stmt.params {
        let Node::DefElem(def) = param else { continue };
        match def_name(def) {
            "verbose" => {
                def_get_boolean(def)?;
            }
            "concurrently" => concurrently = def_get_boolean(def)?,
            "tablespace" if context.catalog.version().major() >= 14 => {
                tablespace = Some(def_get_string(def)?);
            }
            _ => return unrecognized("REINDEX", def), // no option of PostgreSQL's
        }
    }
    if let Some(name) = &tablespace {
        get_tablespace_oid(context.catalog, name, false)?;
    }
    if concurrently {
        prevent_in_transaction_block(context, "REINDEX CONCURRENTLY")?;
    }
    match stmt.kind {
        ReindexObjectType::ReindexObjectIndex => {
            let Some(relation) = &stmt.relation else { return unknown("REINDEX without a name") };
            let (_, row) = named(context, relation)?;
            if !matches!(row.relkind, b'i' | b'I') {
                let message = format!("\"{}\" is not an index", row.relname);
                return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
            }
            if row.relkind == b'I' {
                prevent_in_transaction_block(context, "REINDEX INDEX")?;
            }
            refuse_system(concurrently && row.oid.is_builtin())?;
        }
        ReindexObjectType::ReindexObjectTable => {
            let Some(relation) = &stmt.relation else { return unknown("REINDEX without a name") };
            let (oid, row) = named(context, relation)?;
            if !matches!(row.relkind, b'r' | b'm' | b'p' | b't') {
                let message = format!("\"{}\" is not a table or materialized view", row.relname);
                return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
            }
            check_reindex(context, oid, &row)?;
            refuse_system(concurrently && row.oid.is_builtin())?;
            if row.relkind == b'p' {
                prevent_in_transaction_block(context, "REINDEX TABLE")?;
            } else if context.catalog.find_all::<PgIndex>(&oid).next().is_none() {
                let what =
                    if concurrently { "that can be reindexed concurrently" } else { "to reindex" };
                context.notice(Notice::notice(format!(
                    "table \"{}\" has no indexes {what}",
                    row.relname
                )));
            }
        }
        ReindexObjectType::ReindexObjectSchema => {
            prevent_in_transaction_block(context, "REINDEX SCHEMA")?;
            get_namespace_oid(context.catalog, stmt.name.as_deref().unwrap_or_default(), false)?;
        }
        ReindexObjectType::ReindexObjectSystem | ReindexObjectType::ReindexObjectDatabase => {
            let system = stmt.kind == ReindexObjectType::ReindexObjectSystem;
            let command = if system { "REINDEX SYSTEM" } else { "REINDEX DATABASE" };
            prevent_in_transaction_block(context, command)?;
            refuse_system(concurrently && system)?;
            let current = context
                .catalog
                .get::<PgDatabase>(context.session.database)
                .map_or("", |row| row.datname.as_str());
            if stmt.name.as_deref().is_some_and(|name| name != current) {
                let message = "can only reindex the currently open database";
                return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
            }
        }
    }
    Ok(())
}

fn refuse_system(concurrently: bool) -> PgResult<()> {
    if concurrently {
        let message = "cannot reindex system catalogs concurrently";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    Ok(())
}

/// PostgreSQL: DiscardCommand.
pub fn discard_command(context: &mut Context, stmt: &DiscardStmt) -> PgResult<()> {
    match stmt.target {
        DiscardMode::DiscardAll => {
            prevent_in_transaction_block(context, "DISCARD ALL")?;
            context.session.prepared.clear();
            context.session.cursors.clear();
            super::remove_temporary_objects(context.catalog, context.session);
            let names: Vec<_> = context.session.iter().map(|(name, _)| name.clone()).collect();
            for name in names {
                context.session.set(&name, None);
            }
            context.session.current_user = context.session.session_user;
            context.refresh_path();
            Ok(())
        }
        DiscardMode::DiscardTemp => {
            super::remove_temporary_objects(context.catalog, context.session);
            Ok(())
        }
        DiscardMode::DiscardPlans | DiscardMode::DiscardSequences => Ok(()),
    }
}

/// PostgreSQL: AfterTriggerSetState.
pub fn constraints_set(context: &mut Context, stmt: &ConstraintsSetStmt) -> PgResult<()> {
    warn_no_transaction_block(context, "SET CONSTRAINTS");
    if stmt.constraints.is_empty() {
        context.session.deferred.set_all(stmt.deferred);
    }
    for constraint in &stmt.constraints {
        let Node::RangeVar(name) = constraint else { continue };
        let schemas: Vec<Oid> = match &name.schemaname {
            Some(schema) => {
                lookup_explicit_namespace(&context.shared(), schema, false)?.into_iter().collect()
            }
            None => context.path.schemas.clone(),
        };
        let wanted = name.relname.as_deref().unwrap_or_default();
        let mut found = Vec::new();
        for schema in schemas {
            let matching = context
                .catalog
                .iter::<PgConstraint>()
                .filter(|row| row.connamespace == schema && row.conname == wanted);
            for row in matching {
                if row.condeferrable {
                    found.push(row.oid);
                } else if stmt.deferred {
                    let message = format!("constraint \"{wanted}\" is not deferrable");
                    return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        if found.is_empty() {
            let message = format!("constraint \"{wanted}\" does not exist");
            return refuse(sqlstate::UNDEFINED_OBJECT, message);
        }
        for constraint in found {
            context.session.deferred.set_one(constraint, stmt.deferred);
        }
    }
    if stmt.deferred { Ok(()) } else { fire_deferred(context, false) }
}

/// What SET CONSTRAINTS and the like say outside a transaction block (PostgreSQL: WarnNoTransactionBlock).
pub fn warn_no_transaction_block(context: &Context, command: &str) {
    if !context.session.in_transaction_block && !context.session.in_function {
        context.notice(Notice::warning(
            sqlstate::NO_ACTIVE_SQL_TRANSACTION,
            format!("{command} can only be used in transaction blocks"),
        ));
    }
}

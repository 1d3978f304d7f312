//! Indexes, constraints and statistics that are made anew after a column's type changed (PostgreSQL:
//! ATPostAlterTypeCleanup, commands/tablecmds.c). PostgreSQL writes their definitions out and parses them again; here
//! the definitions are turned back into raw nodes.

use std::sync::Arc;

use super::alter::{AlteredTable, AtCmd, OldObject, Pass, WorkQueue};
use super::alter_constraint::get_index_constraint;
use super::at_parse::{empty_constraint, range_var_of};
use super::raw_expr::raw_of_expr;
use super::support::{namespace_name, perform_multiple_deletions, relation};
use crate::catalog::lsyscache::{get_default_opclass, get_typcollation};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    Catalog, PgAm, PgClass, PgCollation, PgConstraint, PgIndex, PgOpclass, PgOperator,
    PgStatisticExt, PgTablespace,
};
use crate::commands::Context;
use crate::findings::{PgResult, Stop};
use crate::nodes::accessors::make_string;
use crate::nodes::tree::{
    AlterTableType, ConstrType, Constraint, CreateStatsStmt, DropBehavior, IndexElem, IndexStmt,
    Node, ReplicaIdentityStmt, SortByDir, SortByNulls, StatsElem,
};
use crate::pg::oid::Oid;

/// PostgreSQL: RememberIndexForRebuilding.
pub(super) fn remember_index(context: &Context, table: &mut AlteredTable, index: Oid) {
    if context.catalog.get::<PgIndex>(index).is_none() {
        return;
    }
    if let Some(constraint) = get_index_constraint(context, index) {
        remember_constraint(context, table, constraint.oid);
        return;
    }
    if !table.changed_indexes.contains(&index) {
        table.changed_indexes.push(index);
        remember_marks(context, table, index);
    }
}

/// PostgreSQL: RememberConstraintForRebuilding. A NOT NULL constraint does not speak of the type and stays.
pub(super) fn remember_constraint(context: &Context, table: &mut AlteredTable, constraint: Oid) {
    let Some(row) = context.catalog.get::<PgConstraint>(constraint) else { return };
    if row.contype == b'n' || table.changed_constraints.contains(&constraint) {
        return;
    }
    table.changed_constraints.push(constraint);
    if matches!(row.contype, b'p' | b'u' | b'x') {
        remember_marks(context, table, row.conindid);
    }
}

fn remember_marks(context: &Context, table: &mut AlteredTable, index: Oid) {
    let Some(row) = context.catalog.get::<PgIndex>(index) else { return };
    if row.indisreplident {
        table.replica_identity_index = Some(index);
    }
    if row.indisclustered {
        table.cluster_on_index = Some(index);
    }
}

/// Queues the remembered objects to be made again, and drops them. PostgreSQL: ATPostAlterTypeCleanup.
pub(super) fn at_post_alter_type_cleanup(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
) -> PgResult<()> {
    let constraints = std::mem::take(&mut queue.tables[at].changed_constraints);
    let indexes = std::mem::take(&mut queue.tables[at].changed_indexes);
    let statistics = std::mem::take(&mut queue.tables[at].changed_statistics);
    let mut objects = Vec::new();
    for oid in constraints {
        objects.push(ObjectAddress::new(Class::Constraint, oid));
        queue_constraint(context, queue, oid)?;
    }
    for oid in indexes {
        objects.push(ObjectAddress::new(Class::Relation, oid));
        let Some(index) = context.catalog.get::<PgIndex>(oid).cloned() else { continue };
        let old = old_row(queue, index.indrelid);
        let stmt = index_stmt(context, &index, old.as_deref())?;
        let comment = context.catalog.comment(ObjectAddress::new(Class::Relation, oid)).cloned();
        push_index(context, queue, index.indrelid, stmt, comment)?;
    }
    for oid in statistics {
        objects.push(ObjectAddress::new(Class::StatisticExt, oid));
        queue_statistics(context, queue, oid)?;
    }
    restore_marks(context, queue, at)?;
    if objects.is_empty() {
        return Ok(());
    }
    perform_multiple_deletions(context, &objects, DropBehavior::DropRestrict)
}

fn restore_marks(context: &Context, queue: &mut WorkQueue, at: usize) -> PgResult<()> {
    let table = &mut queue.tables[at];
    if let Some(index) = table.replica_identity_index.take() {
        let name = relation(context.catalog, index)?.relname.clone();
        let stmt = ReplicaIdentityStmt { identity_type: b'i', name: Some(name.as_str().into()) };
        let def = Some(Node::ReplicaIdentityStmt(Box::new(stmt)));
        table.push(Pass::OldConstr, AtCmd::made(AlterTableType::AtReplicaIdentity, None, def));
    }
    if let Some(index) = table.cluster_on_index.take() {
        let name = relation(context.catalog, index)?.relname.clone();
        table.push(Pass::OldConstr, AtCmd::made(AlterTableType::AtClusterOn, Some(&name), None));
    }
    Ok(())
}

fn push_index(
    context: &Context,
    queue: &mut WorkQueue,
    table: Oid,
    stmt: IndexStmt,
    comment: Option<Arc<str>>,
) -> PgResult<()> {
    let class = relation(context.catalog, table)?;
    let entry = queue.entry(&class);
    let def = Some(Node::IndexStmt(Box::new(stmt)));
    let mut cmd = AtCmd::made(AlterTableType::AtReAddIndex, None, def);
    cmd.old = Some(Arc::new(OldObject { comment, ..OldObject::default() }));
    queue.tables[entry].push(Pass::OldIndex, cmd);
    Ok(())
}

fn queue_constraint(context: &mut Context, queue: &mut WorkQueue, oid: Oid) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgConstraint>(oid).cloned() else { return Ok(()) };
    if !row.conislocal || !row.conrelid.is_valid() {
        return Ok(());
    }
    let comment = context.catalog.comment(ObjectAddress::new(Class::Constraint, oid)).cloned();
    if matches!(row.contype, b'p' | b'u' | b'x') {
        let Some(index) = context.catalog.get::<PgIndex>(row.conindid).cloned() else {
            return Ok(());
        };
        let old = old_row(queue, index.indrelid);
        let mut stmt = index_stmt(context, &index, old.as_deref())?;
        stmt.isconstraint = true;
        stmt.deferrable = row.condeferrable;
        stmt.initdeferred = row.condeferred;
        stmt.iswithoutoverlaps = row.conperiod;
        stmt.exclude_op_names = operator_names(context.catalog, &row.conexclop);
        return push_index(context, queue, row.conrelid, stmt, comment);
    }
    let class = relation(context.catalog, row.conrelid)?;
    let Some(constraint) = constraint_node(context, &class, &row)? else { return Ok(()) };
    let entry = queue.entry(&class);
    let def = Some(Node::Constraint(Box::new(constraint)));
    let mut cmd = AtCmd::made(AlterTableType::AtReAddConstraint, None, def);
    cmd.cmd.recurse = true;
    cmd.old = Some(Arc::new(OldObject {
        comment: comment.clone(),
        inhcount: row.coninhcount,
        is_local: row.conislocal,
    }));
    queue.tables[entry].push(Pass::OldConstr, cmd);
    if comment.is_some() {
        let mut cmd = AtCmd::made(AlterTableType::AtReAddComment, Some(&row.conname), None);
        cmd.old = Some(Arc::new(OldObject { comment, ..OldObject::default() }));
        queue.tables[entry].push(Pass::OldConstr, cmd);
    }
    Ok(())
}

fn operator_names(catalog: &Catalog, operators: &[Oid]) -> Vec<Node> {
    operators
        .iter()
        .filter_map(|oid| catalog.get::<PgOperator>(*oid))
        .map(|operator| {
            let schema = namespace_name(catalog, operator.oprnamespace);
            Node::List(vec![make_string(&schema), make_string(&operator.oprname)])
        })
        .collect()
}

/// A CHECK constraint or a foreign key as it would be written.
fn constraint_node(
    context: &Context,
    class: &PgClass,
    row: &PgConstraint,
) -> PgResult<Option<Constraint>> {
    let names = |class: &PgClass, columns: &[i16]| super::foreign_key::column_names(class, columns);
    let base = |contype| Constraint {
        conname: Some(row.conname.as_str().into()),
        deferrable: row.condeferrable,
        initdeferred: row.condeferred,
        is_enforced: row.conenforced,
        skip_validation: !row.convalidated,
        initially_valid: row.convalidated,
        is_no_inherit: row.connoinherit && row.contype == b'c',
        ..empty_constraint(contype)
    };
    Ok(match row.contype {
        b'c' => {
            let Some(expr) = &row.conbin else { return Ok(None) };
            Some(Constraint {
                raw_expr: Some(raw_of_expr(context.catalog, expr, class)?),
                ..base(ConstrType::ConstrCheck)
            })
        }
        b'f' => {
            let pk = relation(context.catalog, row.confrelid)?;
            Some(Constraint {
                pktable: Some(Box::new(range_var_of(context.catalog, &pk))),
                fk_attrs: names(class, &row.conkey),
                pk_attrs: names(&pk, &row.confkey),
                fk_with_period: row.conperiod,
                pk_with_period: row.conperiod,
                fk_matchtype: row.confmatchtype,
                fk_upd_action: row.confupdtype,
                fk_del_action: row.confdeltype,
                fk_del_set_cols: names(class, &row.confdelsetcols),
                ..base(ConstrType::ConstrForeign)
            })
        }
        _ => None, // the other kinds do not depend on a column's type
    })
}

/// The table's row as it was before the statement.
fn old_row(queue: &WorkQueue, table: Oid) -> Option<Arc<PgClass>> {
    queue.tables.iter().find(|entry| entry.relid == table).map(|entry| entry.old.clone())
}

/// An index as CREATE INDEX would be written, without the operator classes and collations that come by default.
fn index_stmt(context: &Context, index: &PgIndex, before: Option<&PgClass>) -> PgResult<IndexStmt> {
    let catalog = &*context.catalog;
    let class = relation(catalog, index.indexrelid)?;
    let table = relation(catalog, index.indrelid)?;
    let keys = usize::try_from(index.indnkeyatts).unwrap_or(0);
    let mut exprs = index.indexprs.iter();
    let mut params = Vec::new();
    let mut including = Vec::new();
    for (at, attnum) in index.indkey.iter().enumerate() {
        let mut element = empty_index_elem();
        let (type_id, collation) = if *attnum == 0 {
            let Some(expr) = exprs.next() else { continue };
            element.expr = Some(raw_of_expr(catalog, expr, &table)?);
            (
                crate::nodes::node_funcs::expr_type(expr),
                crate::nodes::node_funcs::expr_collation(expr),
            )
        } else {
            let Some(column) = table.attribute(*attnum) else { continue };
            element.name = Some(column.attname.as_str().into());
            // The table's row may hold the new type already; the index still has the old one's.
            let old = class.attributes.get(at);
            let type_id = old.map_or(column.atttypid, |attribute| attribute.atttypid);
            let was = before.and_then(|before| before.attribute(*attnum));
            (type_id, was.map_or(get_typcollation(catalog, type_id), |was| was.attcollation))
        };
        if at < keys {
            describe_key(catalog, index, &class, at, type_id, collation, &mut element);
            params.push(Node::IndexElem(Box::new(element)));
        } else {
            including.push(Node::IndexElem(Box::new(element)));
        }
    }
    let where_clause = match &index.indpred {
        Some(predicate) => Some(raw_of_expr(catalog, predicate, &table)?),
        None => None,
    };
    Ok(IndexStmt {
        idxname: Some(class.relname.as_str().into()),
        relation: Some(Box::new(range_var_of(catalog, &table))),
        access_method: catalog.get::<PgAm>(class.relam).map(|am| am.amname.as_str().into()),
        table_space: catalog
            .get::<PgTablespace>(class.reltablespace)
            .map(|space| space.spcname.as_str().into()),
        index_params: params,
        index_including_params: including,
        options: class
            .reloptions
            .iter()
            .map(|(name, value)| super::at_parse::def_elem(name, Some(make_string(value))))
            .collect(),
        where_clause,
        exclude_op_names: Vec::new(),
        idxcomment: None,
        unique: index.indisunique,
        nulls_not_distinct: index.indnullsnotdistinct,
        primary: index.indisprimary,
        isconstraint: false,
        iswithoutoverlaps: false,
        deferrable: false,
        initdeferred: false,
        transformed: false,
        concurrent: false,
        if_not_exists: false,
        reset_default_tblspc: true,
    })
}

fn empty_index_elem() -> IndexElem {
    IndexElem {
        name: None,
        expr: None,
        indexcolname: None,
        collation: Vec::new(),
        opclass: Vec::new(),
        opclassopts: Vec::new(),
        ordering: SortByDir::SortbyDefault,
        nulls_ordering: SortByNulls::SortbyNullsDefault,
    }
}

fn describe_key(
    catalog: &Catalog,
    index: &PgIndex,
    class: &PgClass,
    at: usize,
    type_id: Oid,
    type_collation: Oid,
    element: &mut IndexElem,
) {
    let collation = index.indcollation.get(at).copied().unwrap_or(Oid::INVALID);
    if collation.is_valid()
        && collation != type_collation
        && let Some(row) = catalog.get::<PgCollation>(collation)
    {
        let schema = namespace_name(catalog, row.collnamespace);
        element.collation = vec![make_string(&schema), make_string(&row.collname)];
    }
    let opclass = index.indclass.get(at).copied().unwrap_or(Oid::INVALID);
    let options = index.indclassoptions.get(at).filter(|options| !options.is_empty());
    if (options.is_some() || get_default_opclass(catalog, type_id, class.relam) != Some(opclass))
        && let Some(row) = catalog.get::<PgOpclass>(opclass)
    {
        let schema = namespace_name(catalog, row.opcnamespace);
        element.opclass = vec![make_string(&schema), make_string(&row.opcname)];
    }
    element.opclassopts = options
        .into_iter()
        .flatten()
        .map(|(name, value)| super::at_parse::def_elem(name, Some(make_string(value))))
        .collect();
    let bits = index.indoption.get(at).copied().unwrap_or(0);
    let (descending, nulls_first) = (bits & 1 != 0, bits & 2 != 0);
    if descending {
        element.ordering = SortByDir::SortbyDesc;
    }
    if nulls_first != descending {
        element.nulls_ordering =
            if nulls_first { SortByNulls::SortbyNullsFirst } else { SortByNulls::SortbyNullsLast };
    }
}

fn queue_statistics(context: &mut Context, queue: &mut WorkQueue, oid: Oid) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgStatisticExt>(oid).cloned() else { return Ok(()) };
    let class = relation(context.catalog, row.stxrelid)?;
    let mut exprs: Vec<Node> = row
        .stxkeys
        .iter()
        .filter_map(|attnum| class.attribute(*attnum))
        .map(|column| {
            Node::StatsElem(Box::new(StatsElem {
                name: Some(column.attname.as_str().into()),
                expr: None,
            }))
        })
        .collect();
    for expr in &row.stxexprs {
        let expr = Some(raw_of_expr(context.catalog, expr, &class)?);
        exprs.push(Node::StatsElem(Box::new(StatsElem { name: None, expr })));
    }
    let kinds = [(b'd', "ndistinct"), (b'f', "dependencies"), (b'm', "mcv")];
    let all = kinds.iter().all(|(kind, _)| row.stxkind.contains(kind));
    let stat_types = kinds
        .iter()
        .filter(|(kind, _)| !all && row.stxkind.contains(kind))
        .map(|(_, name)| make_string(name))
        .collect();
    let schema = namespace_name(context.catalog, row.stxnamespace);
    let stmt = CreateStatsStmt {
        defnames: vec![make_string(&schema), make_string(&row.stxname)],
        stat_types,
        exprs,
        relations: vec![Node::RangeVar(Box::new(range_var_of(context.catalog, &class)))],
        stxcomment: None,
        transformed: false,
        if_not_exists: false,
    };
    let entry = queue.entry(&class);
    let def = Some(Node::CreateStatsStmt(Box::new(stmt)));
    queue.tables[entry]
        .push(Pass::OldConstr, AtCmd::made(AlterTableType::AtReAddStatistics, None, def));
    Ok(())
}

/// A rebuilt constraint's comment. PostgreSQL: RebuildConstraintComment.
pub(super) fn at_exec_re_add_comment(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let found = super::support::constraint_named(context.catalog, relid, cmd.name())
        .map(|constraint| constraint.oid);
    let comment = cmd.old.as_ref().and_then(|old| old.comment.clone());
    if let (Some(oid), Some(comment)) = (found, comment) {
        let address = ObjectAddress::new(Class::Constraint, oid);
        context.catalog.set_comment(address, Some(&comment));
    }
    Ok(())
}

/// PostgreSQL: ATExecAddStatistics.
pub(super) fn at_exec_re_add_statistics(
    context: &mut Context,
    _relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let Some(Node::CreateStatsStmt(stmt)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    crate::commands::statscmds::create_statistics(context, stmt)
}

/// An error of a rebuilt definition points to text that the user never wrote.
pub(super) fn without_position<T>(result: PgResult<T>) -> PgResult<T> {
    result.map_err(|stop| match stop {
        Stop::Error(mut error) => {
            error.position = None;
            Stop::Error(error)
        }
        Stop::Unknown(reason) => Stop::Unknown(reason),
    })
}

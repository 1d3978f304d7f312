//! The parse transformation of one ALTER TABLE subcommand, done when its turn comes, so that it sees what earlier ones
//! did (PostgreSQL: ATParseTransformCmd, commands/tablecmds.c, and transformAlterTableStmt, parser/parse_utilcmd.c).

use std::sync::Arc;

use super::alter::{AtCmd, Pass, WorkQueue, is_index_constraint};
use super::alter_errors::no_such_column;
use super::inherit_tree::get_partition_ancestors;
use super::support::{namespace_name, relation};
use crate::catalog::depend::DependType;
use crate::catalog::{Catalog, PgClass, PgType};
use crate::commands::Context;
use crate::commands::define::def_name;
use crate::commands::dependency::get_owned_sequences;
use crate::commands::parse_utilcmd::{
    CreateStmtContext, generate_serial_extra_stmts, transform_check_constraints,
    transform_column_definition, transform_fk_constraints, transform_index_constraints,
    transform_table_constraint,
};
use crate::findings::PgResult;
use crate::nodes::ParseLoc;
use crate::nodes::accessors::make_string;
use crate::nodes::tree::{
    AlterSeqStmt, AlterTableType, ColumnDef, ConstrType, Constraint, DefElem, DefElemAction, Node,
    RangeVar, TypeName,
};
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::Oid;

/// What became of the subcommand itself, None when it was all turned into others. PostgreSQL: ATParseTransformCmd.
pub(super) fn at_parse_transform_cmd(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    cmd: AtCmd,
    recurse: bool,
    pass: Option<Pass>,
) -> PgResult<Option<AtCmd>> {
    let relid = queue.tables[at].relid;
    let (before, cmds, after) = transform_alter_table_stmt(context, relid, cmd, recurse)?;
    for stmt in &before {
        crate::commands::utility::process_node(context, stmt)?;
    }
    let mut own = None;
    for mut cmd in cmds {
        let wanted = match cmd.cmd.subtype {
            AlterTableType::AtAddIndex => Some(Pass::AddIndex),
            AlterTableType::AtAddIndexConstraint => Some(Pass::AddIndexConstr),
            AlterTableType::AtAddConstraint => {
                cmd.cmd.recurse |= recurse;
                match cmd.cmd.def.as_ref() {
                    Some(Node::Constraint(c)) if c.contype == ConstrType::ConstrNotnull => {
                        Some(Pass::ColAttrs)
                    }
                    Some(Node::Constraint(c)) if is_index_constraint(c.contype) => {
                        Some(Pass::AddIndexConstr)
                    }
                    _ => Some(Pass::AddOtherConstr), // CHECK and FOREIGN KEY
                }
            }
            AlterTableType::AtAlterColumnGenericOptions => Some(Pass::Misc),
            _ => pass, // the subcommand itself
        };
        match (wanted, pass) {
            (Some(wanted), Some(now)) if wanted > now => queue.tables[at].push(wanted, cmd),
            (Some(wanted), None) if cmd.cmd.subtype != AlterTableType::AtAlterColumnType => {
                queue.tables[at].push(wanted, cmd);
            }
            _ => own = Some(cmd), // its pass is this one
        }
    }
    queue.tables[at].after_stmts.extend(after);
    Ok(own)
}

type Transformed = (Vec<Node>, Vec<AtCmd>, Vec<Node>);

/// PostgreSQL: transformAlterTableStmt, for one subcommand.
fn transform_alter_table_stmt(
    context: &mut Context,
    relid: Oid,
    mut cmd: AtCmd,
    recurse: bool,
) -> PgResult<Transformed> {
    let class = relation(context.catalog, relid)?;
    let range = RangeVar { inh: recurse, ..range_var_of(context.catalog, &class) };
    let mut cxt = CreateStmtContext::for_alter(range, &class);
    let mut skip_validation = true;
    let mut cmds = Vec::new();
    match cmd.cmd.subtype {
        AlterTableType::AtAddColumn | AlterTableType::AtAddColumnToView => {
            if let Some(Node::ColumnDef(def)) = cmd.cmd.def.as_mut() {
                transform_column_definition(context, &mut cxt, def)?;
                skip_validation = def.raw_default.is_none();
                def.constraints.clear();
            }
            cmds.push(cmd);
        }
        AlterTableType::AtAddConstraint => {
            if let Some(Node::Constraint(constraint)) = cmd.cmd.def.as_ref() {
                transform_table_constraint(context, &mut cxt, constraint)?;
                skip_validation = constraint.contype != ConstrType::ConstrForeign;
            }
        }
        AlterTableType::AtAlterColumnType => {
            transform_alter_column_type(context, &mut cxt, &class, &mut cmd)?;
            cmds.push(cmd);
        }
        AlterTableType::AtAddIdentity => {
            transform_add_identity(context, &mut cxt, &class, &mut cmd)?;
            cmds.push(cmd);
        }
        AlterTableType::AtSetIdentity => {
            transform_set_identity(context, &mut cxt, &class, &mut cmd)?;
            cmds.push(cmd);
        }
        _ => cmds.push(cmd), // nothing to transform
    }
    transform_index_constraints(context, &mut cxt)?;
    transform_fk_constraints(&mut cxt, skip_validation, true);
    transform_check_constraints(&mut cxt, false);
    for index in std::mem::take(&mut cxt.indexes) {
        let subtype = if index.index_oid.is_valid() {
            AlterTableType::AtAddIndexConstraint
        } else {
            AlterTableType::AtAddIndex
        };
        let mut made = AtCmd::made(subtype, None, Some(Node::IndexStmt(Box::new(index.stmt))));
        made.index_oid = index.index_oid;
        cmds.push(made);
    }
    let constraints = std::mem::take(&mut cxt.ckconstraints)
        .into_iter()
        .chain(std::mem::take(&mut cxt.nnconstraints))
        .chain(std::mem::take(&mut cxt.fkconstraints));
    for constraint in constraints {
        cmds.push(AtCmd::made(
            AlterTableType::AtAddConstraint,
            None,
            Some(Node::Constraint(Box::new(constraint))),
        ));
    }
    Ok((cxt.blist, cmds, cxt.alist))
}

/// The relation by its full name.
pub(crate) fn range_var_of(catalog: &Catalog, class: &PgClass) -> RangeVar {
    RangeVar {
        catalogname: None,
        schemaname: Some(namespace_name(catalog, class.relnamespace).into()),
        relname: Some(class.relname.as_str().into()),
        inh: true,
        relpersistence: class.relpersistence,
        alias: None,
        location: ParseLoc::NONE,
    }
}

/// A constraint node with nothing but its kind.
pub(crate) fn empty_constraint(contype: ConstrType) -> Constraint {
    Constraint {
        contype,
        conname: None,
        deferrable: false,
        initdeferred: false,
        is_enforced: true,
        skip_validation: false,
        initially_valid: true,
        is_no_inherit: false,
        raw_expr: None,
        cooked_expr: None,
        generated_when: 0,
        generated_kind: 0,
        nulls_not_distinct: false,
        keys: Vec::new(),
        without_overlaps: false,
        including: Vec::new(),
        exclusions: Vec::new(),
        options: Vec::new(),
        indexname: None,
        indexspace: None,
        reset_default_tblspc: false,
        access_method: None,
        where_clause: None,
        pktable: None,
        fk_attrs: Vec::new(),
        pk_attrs: Vec::new(),
        fk_with_period: false,
        pk_with_period: false,
        fk_matchtype: b's',
        fk_upd_action: b'a',
        fk_del_action: b'a',
        fk_del_set_cols: Vec::new(),
        old_conpfeqop: Vec::new(),
        location: ParseLoc::NONE,
    }
}

/// A type's name by its oid. PostgreSQL: makeTypeNameFromOid (nodes/makefuncs.c).
pub(crate) fn make_type_name_from_oid(catalog: &Catalog, type_id: Oid, typmod: i32) -> TypeName {
    let (schema, name) = catalog.get::<PgType>(type_id).map_or_else(Default::default, |row| {
        (namespace_name(catalog, row.typnamespace), row.typname.to_string())
    });
    TypeName {
        names: vec![make_string(&schema), make_string(&name)],
        setof: false,
        pct_type: false,
        typmods: Vec::new(),
        typemod: typmod,
        array_bounds: Vec::new(),
        location: ParseLoc::NONE,
    }
}

/// The sequence behind an identity column, which of a partition is its topmost ancestor's. PostgreSQL:
/// getIdentitySequence (catalog/pg_depend.c).
fn get_identity_sequence(context: &Context, class: &PgClass, column: &str) -> Option<Oid> {
    let top = get_partition_ancestors(context.catalog, class.oid).last().copied();
    let table = top.and_then(|oid| context.catalog.get::<PgClass>(oid));
    let table = table.map_or(class, Arc::as_ref);
    let attnum = table.attribute_named(column)?.attnum;
    let sequences =
        get_owned_sequences(context.catalog, table.oid, attnum, Some(DependType::Internal));
    sequences.first().copied()
}

fn alter_sequence(context: &Context, sequence: Oid, options: Vec<Node>) -> PgResult<Node> {
    let class = relation(context.catalog, sequence)?;
    Ok(Node::AlterSeqStmt(Box::new(AlterSeqStmt {
        sequence: Some(Box::new(range_var_of(context.catalog, &class))),
        options,
        for_identity: true,
        missing_ok: false,
    })))
}

fn transform_alter_column_type(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    class: &Arc<PgClass>,
    cmd: &mut AtCmd,
) -> PgResult<()> {
    let name = cmd.name().to_string();
    let Some(Node::ColumnDef(def)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    if let Some(using) = &def.raw_default {
        let shared = context.shared();
        let mut pstate = ParseState::new(shared, None);
        let item = add_range_table_entry_for_relation(&mut pstate, class, None, false, true)?;
        add_ns_item_to_query(&mut pstate, item, false, true, true);
        cmd.cooked =
            Some(Arc::new(transform_expr(&mut pstate, using, ExprKind::AlterColTransform)?));
    }
    let Some(column) = class.attribute_named(&name) else {
        if super::alter_errors::system_attribute_by_name(&name).is_some() {
            return Ok(());
        }
        return Err(no_such_column(&name, class).into());
    };
    if column.attidentity == 0 {
        return Ok(());
    }
    let (Some(sequence), Some(type_name)) =
        (get_identity_sequence(context, class, &name), def.type_name.as_deref())
    else {
        return Ok(());
    };
    let type_id = typename_type_id(&context.shared(), type_name)?;
    let type_name = make_type_name_from_oid(context.catalog, type_id, -1);
    let option = def_elem("as", Some(Node::TypeName(Box::new(type_name))));
    cxt.blist.push(alter_sequence(context, sequence, vec![option])?);
    Ok(())
}

/// PostgreSQL: makeDefElem (nodes/makefuncs.c).
pub(crate) fn def_elem(name: &str, arg: Option<Node>) -> Node {
    Node::DefElem(Box::new(DefElem {
        defnamespace: None,
        defname: Some(name.into()),
        arg,
        defaction: DefElemAction::DefelemUnspec,
        location: ParseLoc::NONE,
        arg_location: ParseLoc::NONE,
    }))
}

fn transform_add_identity(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    class: &PgClass,
    cmd: &mut AtCmd,
) -> PgResult<()> {
    let Some(Node::Constraint(def)) = cmd.cmd.def.as_ref() else { return Ok(()) };
    let mut column = ColumnDef { identity: def.generated_when, ..empty_column_def(cmd.name()) };
    let options = def.options.clone();
    let Some(attribute) = class.attribute_named(cmd.name()) else {
        return Err(no_such_column(cmd.name(), class).into());
    };
    let type_id = attribute.atttypid;
    generate_serial_extra_stmts(context, cxt, &mut column, type_id, &options, true, true)?;
    cmd.cmd.def = Some(Node::ColumnDef(Box::new(column)));
    Ok(())
}

/// A column definition with nothing but its name.
pub(crate) fn empty_column_def(name: &str) -> ColumnDef {
    ColumnDef {
        colname: Some(name.into()),
        type_name: None,
        compression: None,
        inhcount: 0,
        is_local: true,
        is_not_null: false,
        is_from_type: false,
        storage: 0,
        storage_name: None,
        raw_default: None,
        cooked_default: None,
        identity: 0,
        identity_sequence: None,
        generated: 0,
        coll_clause: None,
        constraints: Vec::new(),
        fdwoptions: Vec::new(),
        location: ParseLoc::NONE,
    }
}

fn transform_set_identity(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    class: &PgClass,
    cmd: &mut AtCmd,
) -> PgResult<()> {
    let options = cmd.cmd.def.take();
    let (own, of_sequence): (Vec<Node>, Vec<Node>) = options
        .as_ref()
        .map_or(&[][..], Node::list)
        .iter()
        .cloned()
        .partition(|node| matches!(node, Node::DefElem(def) if def_name(def) == "generated"));
    cmd.cmd.def = Some(Node::List(own));
    if class.attribute_named(cmd.name()).is_none() {
        return Err(no_such_column(cmd.name(), class).into());
    }
    if let Some(sequence) = get_identity_sequence(context, class, cmd.name()) {
        cxt.blist.push(alter_sequence(context, sequence, of_sequence)?);
    }
    Ok(())
}

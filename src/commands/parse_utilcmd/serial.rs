//! The sequence behind a SERIAL or identity column (PostgreSQL: generateSerialExtraStmts, parser/parse_utilcmd.c).

use super::CreateStmtContext;
use super::make::{make_def_elem, make_range_var, make_type_name_from_oid};
use crate::catalog::PgClass;
use crate::catalog::lsyscache::get_namespace_name;
use crate::catalog::namespace::make_range_var_from_name_list;
use crate::commands::Context;
use crate::commands::define::{conflicting_def_elem, def_name};
use crate::commands::naming::choose_relation_name;
use crate::findings::PgResult;
use crate::nodes::accessors::make_string;
use crate::nodes::tree::{AlterSeqStmt, ColumnDef, CreateSeqStmt, Node};
use crate::pg::oid::Oid;
use crate::pg::version::Version;

/// Queues CREATE SEQUENCE before and ALTER SEQUENCE OWNED BY after the statement; returns the sequence's schema and
/// name.
pub fn generate_serial_extra_stmts(
    context: &mut Context,
    cxt: &mut CreateStmtContext,
    column: &mut ColumnDef,
    type_oid: Oid,
    options: &[Node],
    for_identity: bool,
    col_exists: bool,
) -> PgResult<(String, String)> {
    let mut persistence = match cxt.rel.and_then(|oid| context.catalog.get::<PgClass>(oid)) {
        Some(class) => class.relpersistence,
        None => cxt.relation.relpersistence,
    };
    let mut name_option = None;
    let mut logged_option = None;
    let mut kept: Vec<Node> = Vec::new();
    for option in options {
        let Node::DefElem(def) = option else { continue };
        let slot = match def_name(def) {
            "sequence_name" => &mut name_option,
            "logged" | "unlogged" => &mut logged_option,
            _ => {
                // The sequence's own options.
                kept.push(option.clone());
                continue;
            }
        };
        if slot.is_some() {
            return Err(conflicting_def_elem(def));
        }
        *slot = Some(def);
    }
    if let Some(def) = logged_option {
        persistence = if def_name(def) == "logged" { b'p' } else { b'u' };
    }
    let own_schema =
        get_namespace_name(context.catalog, cxt.namespace).cloned().unwrap_or_default();
    let (schema, name) = match name_option {
        Some(def) => {
            let names = def.arg.as_ref().map_or(&[][..], Node::list);
            let range = make_range_var_from_name_list(names)?;
            let schema = range.schemaname.as_deref().unwrap_or(&own_schema).to_string();
            (schema, range.relname.as_deref().unwrap_or_default().to_string())
        }
        None => {
            let column = column.colname.as_deref().unwrap_or_default();
            let name = choose_relation_name(
                context.catalog,
                cxt.relname(),
                Some(column),
                "seq",
                cxt.namespace,
                false,
            );
            (own_schema.to_string(), name.to_string())
        }
    };
    if type_oid.is_valid() {
        let type_name = make_type_name_from_oid(context.catalog, type_oid, -1);
        kept.insert(0, make_def_elem("as", Some(Node::TypeName(Box::new(type_name)))));
    }
    if cxt.owner.is_valid() {
        let owner = i32::try_from(cxt.owner.0).unwrap_or(i32::MAX);
        kept.push(make_def_elem("owner_id", Some(Node::Integer(owner))));
    }
    // Before 15 there are no unlogged sequences: that of an unlogged table is permanent.
    if persistence == b'u' && context.catalog.version() < Version::nearest(15) {
        persistence = b'p';
    }
    let sequence = make_range_var(Some(&schema), &name, persistence);
    column.identity_sequence = Some(Box::new(sequence.clone()));
    cxt.blist.push(Node::CreateSeqStmt(Box::new(CreateSeqStmt {
        sequence: Some(Box::new(sequence.clone())),
        options: kept,
        for_identity,
        if_not_exists: false,
    })));
    let owned_by = Node::List(vec![
        make_string(&schema),
        make_string(cxt.relname()),
        make_string(column.colname.as_deref().unwrap_or_default()),
    ]);
    let alter = Node::AlterSeqStmt(Box::new(AlterSeqStmt {
        sequence: Some(Box::new(sequence)),
        options: vec![make_def_elem("owned_by", Some(owned_by))],
        for_identity,
        missing_ok: false,
    }));
    if col_exists {
        cxt.blist.push(alter);
    } else {
        cxt.alist.push(alter);
    }
    Ok((schema, name))
}

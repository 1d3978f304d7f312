//! DROP of every kind of object (PostgreSQL: commands/dropcmds.c; RemoveRelations of commands/tablecmds.c).

use crate::catalog::aclchk::{aclcheck_error_not_owner, object_ownercheck, superuser_arg};
use crate::catalog::namespace::{
    lookup_namespace_no_error, make_range_var_from_name_list, name_list_to_string,
    range_var_get_relid, unless_unknown_extension,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::commands::dependency::{DeletionFlags, perform_multiple_deletions};
use crate::commands::objectaddress::{
    check_object_ownership, get_object_address, get_object_namespace, name_of,
};
use crate::commands::support::prevent_in_transaction_block;
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{DropBehavior, DropStmt, Node, ObjectType, RangeVar, TypeName};
use crate::parser::parse_node::Shared;
use crate::parser::parse_type::{
    lookup_type_name_oid, type_name_list_to_string, type_name_to_string,
};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate::{self, SqlState};

/// DROP (PostgreSQL: ExecDropStmt, tcop/utility.c).
pub fn exec_drop_stmt(context: &mut Context, stmt: &DropStmt) -> PgResult<()> {
    match stmt.remove_type {
        ObjectType::ObjectIndex if stmt.concurrent => {
            prevent_in_transaction_block(context, "DROP INDEX CONCURRENTLY")?;
            remove_relations(context, stmt)
        }
        ObjectType::ObjectIndex
        | ObjectType::ObjectTable
        | ObjectType::ObjectSequence
        | ObjectType::ObjectView
        | ObjectType::ObjectMatview
        | ObjectType::ObjectForeignTable => remove_relations(context, stmt),
        // Everything else is found by get_object_address.
        _ => remove_objects(context, stmt),
    }
}

/// PostgreSQL: RemoveObjects.
fn remove_objects(context: &mut Context, stmt: &DropStmt) -> PgResult<()> {
    let mut addresses: Vec<ObjectAddress> = Vec::with_capacity(stmt.objects.len());
    for object in &stmt.objects {
        let shared = context.shared();
        let found = get_object_address(&shared, stmt.remove_type, object, stmt.missing_ok)?;
        let Some(address) = found else {
            let message = does_not_exist_skipping(&shared, stmt.remove_type, object)?;
            context.notice(Notice::notice(message));
            continue;
        };
        if let (ObjectType::ObjectFunction, Node::ObjectWithArgs(function)) =
            (stmt.remove_type, object)
            && shared.catalog.get::<PgProc>(address.object).is_some_and(|row| row.prokind == b'a')
        {
            return Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!("\"{}\" is an aggregate function", name_of(function)),
            )
            .hint("Use DROP AGGREGATE to drop aggregate functions.")
            .into());
        }
        let owns_schema = get_object_namespace(shared.catalog, address).is_some_and(|schema| {
            let schema = ObjectAddress::new(Class::Namespace, schema);
            object_ownercheck(shared.catalog, schema, shared.session.current_user)
        });
        if !owns_schema {
            check_object_ownership(&shared, stmt.remove_type, address, object)?;
        }
        addresses.push(address);
    }
    perform_multiple_deletions(context, &addresses, stmt.behavior, DeletionFlags::default())
}

/// What IF EXISTS says of an object that is not there (PostgreSQL: does_not_exist_skipping).
fn does_not_exist_skipping(shared: &Shared, kind: ObjectType, object: &Node) -> PgResult<String> {
    let quoted = |what: &str, name: &str| format!("{what} \"{name}\" does not exist, skipping");
    let names = object.list();
    let in_schema = |what: &str| -> PgResult<String> {
        Ok(missing_schema(shared, names)?
            .unwrap_or_else(|| quoted(what, &name_list_to_string(names))))
    };
    let by_name = |what: &str| quoted(what, object.str_val());
    let of_relation = |what: &str| -> PgResult<String> {
        let Some((name, relation)) = names.split_last() else { return Ok(String::new()) };
        if let Some(message) = missing_relation(shared, relation)? {
            return Ok(message);
        }
        Ok(format!(
            "{what} \"{}\" for relation \"{}\" does not exist, skipping",
            name.str_val(),
            name_list_to_string(relation)
        ))
    };
    Ok(match (kind, object) {
        (ObjectType::ObjectAccessMethod, _) => by_name("access method"),
        (ObjectType::ObjectType | ObjectType::ObjectDomain, Node::TypeName(name)) => {
            missing_schema(shared, &name.names)?
                .unwrap_or_else(|| quoted("type", &type_name_to_string(shared, name)))
        }
        (ObjectType::ObjectCollation, _) => in_schema("collation")?,
        (ObjectType::ObjectConversion, _) => in_schema("conversion")?,
        (ObjectType::ObjectStatisticExt, _) => in_schema("statistics object")?,
        (ObjectType::ObjectTsparser, _) => in_schema("text search parser")?,
        (ObjectType::ObjectTsdictionary, _) => in_schema("text search dictionary")?,
        (ObjectType::ObjectTstemplate, _) => in_schema("text search template")?,
        (ObjectType::ObjectTsconfiguration, _) => in_schema("text search configuration")?,
        (ObjectType::ObjectSchema, _) => by_name("schema"),
        (ObjectType::ObjectExtension, _) => by_name("extension"),
        (ObjectType::ObjectLanguage, _) => by_name("language"),
        (ObjectType::ObjectEventTrigger, _) => by_name("event trigger"),
        (ObjectType::ObjectFdw, _) => by_name("foreign-data wrapper"),
        (ObjectType::ObjectForeignServer, _) => by_name("server"),
        (ObjectType::ObjectPublication, _) => by_name("publication"),
        (ObjectType::ObjectTrigger, _) => of_relation("trigger")?,
        (ObjectType::ObjectPolicy, _) => of_relation("policy")?,
        (ObjectType::ObjectRule, _) => of_relation("rule")?,
        (_, Node::ObjectWithArgs(function)) => {
            if let Some(message) = missing_schema(shared, &function.objname)? {
                return Ok(message);
            }
            if let Some(message) = missing_type(shared, &function.objargs)? {
                return Ok(message);
            }
            let name = name_of(function);
            let what = match kind {
                ObjectType::ObjectOperator => {
                    return Ok(format!("operator {name} does not exist, skipping"));
                }
                ObjectType::ObjectProcedure => "procedure",
                ObjectType::ObjectRoutine => "routine",
                ObjectType::ObjectAggregate => "aggregate",
                // A function is the one kind that is left.
                _ => "function",
            };
            let arguments = type_name_list_to_string(shared, &function.objargs);
            format!("{what} {name}({arguments}) does not exist, skipping")
        }
        (ObjectType::ObjectCast, _) => match missing_type(shared, names)? {
            Some(message) => message,
            None => {
                let types: Vec<String> =
                    type_names(names).map(|name| type_name_to_string(shared, name)).collect();
                format!("cast from type {} does not exist, skipping", types.join(" to type "))
            }
        },
        (ObjectType::ObjectTransform, _) => {
            match missing_type(shared, names.get(..1).unwrap_or_default())? {
                Some(message) => message,
                None => {
                    let name = type_names(names)
                        .next()
                        .map_or(String::new(), |name| type_name_to_string(shared, name));
                    let language = names.last().map_or("", Node::str_val);
                    format!(
                        "transform for type {name} language \"{language}\" does not exist, skipping"
                    )
                }
            }
        }
        (ObjectType::ObjectOpclass | ObjectType::ObjectOpfamily, _) => {
            let what = if kind == ObjectType::ObjectOpclass { "class" } else { "family" };
            let Some((method, name)) = names.split_first() else { return Ok(String::new()) };
            match missing_schema(shared, name)? {
                Some(message) => message,
                None => format!(
                    "operator {what} \"{}\" does not exist for access method \"{}\", skipping",
                    name_list_to_string(name),
                    method.str_val()
                ),
            }
        }
        // DROP knows no other kinds.
        _ => String::new(),
    })
}

fn type_names(nodes: &[Node]) -> impl Iterator<Item = &TypeName> {
    nodes.iter().filter_map(|node| match node {
        Node::TypeName(name) => Some(name.as_ref()),
        // NONE stands for an operand that an operator does not have.
        _ => None,
    })
}

/// PostgreSQL: schema_does_not_exist_skipping.
fn missing_schema(shared: &Shared, names: &[Node]) -> PgResult<Option<String>> {
    let relation = make_range_var_from_name_list(names)?;
    Ok(relation
        .schemaname
        .filter(|schema| lookup_namespace_no_error(shared, schema).is_none())
        .map(|schema| format!("schema \"{schema}\" does not exist, skipping")))
}

/// PostgreSQL: owningrel_does_not_exist_skipping.
fn missing_relation(shared: &Shared, names: &[Node]) -> PgResult<Option<String>> {
    if let Some(message) = missing_schema(shared, names)? {
        return Ok(Some(message));
    }
    let relation = make_range_var_from_name_list(names)?;
    if range_var_get_relid(shared, &relation, true)?.is_some() {
        return Ok(None);
    }
    let name = name_list_to_string(names);
    Ok(Some(format!("relation \"{name}\" does not exist, skipping")))
}

/// PostgreSQL: type_in_list_does_not_exist_skipping.
fn missing_type(shared: &Shared, nodes: &[Node]) -> PgResult<Option<String>> {
    for name in type_names(nodes) {
        if lookup_type_name_oid(shared, name, true)?.is_some() {
            continue;
        }
        if let Some(message) = missing_schema(shared, &name.names)? {
            return Ok(Some(message));
        }
        let name = type_name_to_string(shared, name);
        return Ok(Some(format!("type \"{name}\" does not exist, skipping")));
    }
    Ok(None)
}

/// What DROP calls a kind of relation (PostgreSQL: dropmsgstrings, commands/tablecmds.c).
struct DropWords {
    missing: SqlState,
    name: &'static str,
    command: &'static str,
}

impl DropWords {
    fn article(&self) -> &'static str {
        if self.name == "index" { "an" } else { "a" }
    }
}

fn drop_words(relkind: u8) -> Option<DropWords> {
    let (missing, name, command) = match relkind {
        b'r' | b'p' => (sqlstate::UNDEFINED_TABLE, "table", "TABLE"),
        b'S' => (sqlstate::UNDEFINED_TABLE, "sequence", "SEQUENCE"),
        b'v' => (sqlstate::UNDEFINED_TABLE, "view", "VIEW"),
        b'm' => (sqlstate::UNDEFINED_TABLE, "materialized view", "MATERIALIZED VIEW"),
        b'i' | b'I' => (sqlstate::UNDEFINED_OBJECT, "index", "INDEX"),
        b'c' => (sqlstate::UNDEFINED_OBJECT, "type", "TYPE"),
        b'f' => (sqlstate::UNDEFINED_OBJECT, "foreign table", "FOREIGN TABLE"),
        // TOAST tables have no command of their own.
        _ => return None,
    };
    Some(DropWords { missing, name, command })
}

/// PostgreSQL: RemoveRelations (commands/tablecmds.c).
fn remove_relations(context: &mut Context, stmt: &DropStmt) -> PgResult<()> {
    if stmt.concurrent {
        let refused = if stmt.objects.len() != 1 {
            Some("DROP INDEX CONCURRENTLY does not support dropping multiple objects")
        } else if stmt.behavior == DropBehavior::DropCascade {
            Some("DROP INDEX CONCURRENTLY does not support CASCADE")
        } else {
            None
        };
        if let Some(message) = refused {
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
        }
    }
    let relkind = match stmt.remove_type {
        ObjectType::ObjectIndex => b'i',
        ObjectType::ObjectSequence => b'S',
        ObjectType::ObjectView => b'v',
        ObjectType::ObjectMatview => b'm',
        ObjectType::ObjectForeignTable => b'f',
        // A table is the one kind that is left.
        _ => b'r',
    };
    let mut addresses: Vec<ObjectAddress> = Vec::with_capacity(stmt.objects.len());
    for object in &stmt.objects {
        let relation = make_range_var_from_name_list(object.list())?;
        let found = range_var_get_relid(&context.shared(), &relation, true)?;
        let Some(oid) = found else {
            report_missing(context, &relation, relkind, stmt.missing_ok)?;
            continue;
        };
        check_droppable(&context.shared(), oid, &relation, relkind)?;
        let row = context.catalog.get::<PgClass>(oid);
        if stmt.concurrent && row.is_some_and(|row| row.relkind == b'I') {
            let name = row.map_or("", |row| row.relname.as_str());
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("cannot drop partitioned index \"{name}\" concurrently"),
            )
            .into());
        }
        addresses.push(ObjectAddress::new(Class::Relation, oid));
    }
    perform_multiple_deletions(context, &addresses, stmt.behavior, DeletionFlags::default())
}

/// PostgreSQL: DropErrorMsgNonExistent.
fn report_missing(
    context: &Context,
    relation: &RangeVar,
    relkind: u8,
    missing_ok: bool,
) -> PgResult<()> {
    let shared = context.shared();
    let name = relation.relname.as_deref().unwrap_or_default();
    let schema = relation.schemaname.as_deref();
    let missing_schema = schema.filter(|name| lookup_namespace_no_error(&shared, name).is_none());
    let (state, what) = match (missing_schema, drop_words(relkind)) {
        (Some(schema), _) => (sqlstate::INVALID_SCHEMA_NAME, format!("schema \"{schema}\"")),
        (None, Some(words)) => (words.missing, format!("{} \"{name}\"", words.name)),
        (None, None) => return Ok(()),
    };
    // Whatever an unknown extension may have made, IF EXISTS ends well.
    if missing_ok {
        context.notice(Notice::notice(format!("{what} does not exist, skipping")));
        return Ok(());
    }
    let error = PgError::new(state, format!("{what} does not exist"));
    Err(unless_unknown_extension(&shared, schema, error.into()))
}

/// PostgreSQL: RangeVarCallbackForDropRelation.
fn check_droppable(shared: &Shared, oid: Oid, relation: &RangeVar, expected: u8) -> PgResult<()> {
    let Some(row) = shared.catalog.get::<PgClass>(oid) else { return Ok(()) };
    let name = relation.relname.as_deref().unwrap_or_default();
    let actual = match row.relkind {
        b'p' => b'r',
        b'I' => b'i',
        other => other,
    };
    if actual != expected {
        let Some(words) = drop_words(expected) else { return Ok(()) };
        let message = format!("\"{name}\" is not {} {}", words.article(), words.name);
        let mut error = PgError::new(sqlstate::WRONG_OBJECT_TYPE, message);
        if let Some(wrong) = drop_words(row.relkind) {
            let article = wrong.article();
            error = error
                .hint(format!("Use DROP {} to remove {article} {}.", wrong.command, wrong.name));
        }
        return Err(error.into());
    }
    let user = shared.session.current_user;
    if superuser_arg(shared.catalog, user) && !is_system_class(row) {
        return Ok(());
    }
    let owns = |class: Class, oid: Oid| {
        object_ownercheck(shared.catalog, ObjectAddress::new(class, oid), user)
    };
    if !owns(Class::Relation, oid) && !owns(Class::Namespace, row.relnamespace) {
        return Err(aclcheck_error_not_owner(get_relkind_objtype(row.relkind), name).into());
    }
    if is_system_class(row) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied: \"{name}\" is a system catalog"),
        )
        .into());
    }
    Ok(())
}

/// Whether the relation is a system catalog or a TOAST table (PostgreSQL: IsSystemClass).
pub fn is_system_class(row: &PgClass) -> bool {
    row.oid < Oid(12000) || row.relnamespace == fixed::PG_TOAST_NAMESPACE
}

/// PostgreSQL: get_relkind_objtype (catalog/objectaddress.c).
pub fn get_relkind_objtype(relkind: u8) -> ObjectType {
    match relkind {
        b'i' | b'I' => ObjectType::ObjectIndex,
        b'S' => ObjectType::ObjectSequence,
        b'v' => ObjectType::ObjectView,
        b'm' => ObjectType::ObjectMatview,
        b'f' => ObjectType::ObjectForeignTable,
        // Tables, partitioned tables, TOAST tables, and composite types, which PostgreSQL calls tables here too.
        _ => ObjectType::ObjectTable,
    }
}

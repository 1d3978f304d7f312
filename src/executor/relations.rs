//! The rows of system catalogs and of information_schema, read off the catalog. A column that is not modelled is Unknown
//! and decides nothing.

use std::collections::HashMap;
use std::sync::Arc;

use super::catalogs::options;
use super::functions;
use crate::catalog::aclchk::policies_apply;
use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::format_type::format_type_be_qualified;
use crate::catalog::value::Value;
use crate::catalog::*;
use crate::findings::{PgResult, unknown};
use crate::parser::parse_node::Shared;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

/// One row by column names.
pub(super) type Fields = Vec<(&'static str, Value)>;

/// What rows of a relation are asked for.
pub(super) enum Key {
    All,
    Nothing,
    /// Those with the oid in the column of `is_key`.
    Oid(Oid),
    /// Those with the name in the column of `is_key`.
    Name(Arc<str>),
}

impl Key {
    /// Whether a row of that name is asked for.
    fn takes(&self, name: &str) -> bool {
        match self {
            Key::All => true,
            Key::Name(wanted) => **wanted == *name,
            Key::Nothing | Key::Oid(_) => false,
        }
    }
}

/// Whether the rows of a system catalog can be asked for by the column: for each relation at most one that is an oid
/// and one that is a name.
pub(super) fn is_key(relation: &str, column: &str) -> bool {
    matches!(
        (relation, column),
        ("pg_class" | "pg_type", "oid")
            | ("pg_attribute", "attrelid")
            | ("pg_constraint", "conrelid")
            | ("pg_class", "relname")
            | ("pg_type", "typname")
            | ("pg_proc", "proname")
            | ("pg_tables" | "pg_indexes" | "pg_policies", "tablename")
            | ("pg_views", "viewname")
            | ("pg_matviews", "matviewname")
            | ("pg_sequences", "sequencename")
            | ("tables" | "columns" | "views" | "table_constraints", "table_name")
    )
}

/// All rows of a relation, in the order of its columns; with a key those that have it there.
pub(super) fn rows(
    shared: Shared,
    class: &PgClass,
    inherited: bool,
    key: &Key,
) -> PgResult<Vec<Vec<Value>>> {
    if !class.oid.is_builtin() {
        return contents(shared, class, inherited);
    }
    let schema = shared
        .catalog
        .get::<PgNamespace>(class.relnamespace)
        .map_or("", |row| row.nspname.as_str());
    let rows = match (schema, key) {
        (_, Key::Nothing) => return Ok(Vec::new()),
        ("pg_catalog", Key::Oid(oid)) => keyed(shared.catalog, &class.relname, *oid),
        ("pg_catalog", _) => system(shared, &class.relname, key),
        ("information_schema", _) => information_schema(shared, &class.relname, key),
        _ => None, // TOAST tables
    };
    let Some(rows) = rows else {
        return unknown(format!("the rows of {} are not modelled", class.relname));
    };
    let columns: HashMap<&str, usize> = class
        .attributes
        .iter()
        .enumerate()
        .map(|(index, attribute)| (attribute.attname.as_str(), index))
        .collect();
    let width = class.attributes.len();
    Ok(rows
        .into_iter()
        .map(|fields| {
            let mut row = vec![Value::Unknown; width];
            for (name, value) in fields {
                if let Some(index) = columns.get(name) {
                    row[*index] = value;
                }
            }
            row
        })
        .collect())
}

/// The known rows of a table, and of those that inherit from it where these hold none.
fn contents(shared: Shared, class: &PgClass, inherited: bool) -> PgResult<Vec<Vec<Value>>> {
    let catalog = shared.catalog;
    let depends = || format!("it depends on the rows of {}", class.relname);
    let rows = match class.relkind {
        _ if policies_apply(catalog, class, shared.session.current_user) => None,
        b'r' | b'p' if inherited => catalog.tree_rows(class.oid),
        b'r' => catalog.contents(class.oid).map(|rows| (*rows).clone()),
        b'p' => Some(Vec::new()),
        b'v' => return view_rows(shared, class.oid),
        _ => None, // foreign tables and materialized views
    };
    let Some(own) = rows else { return unknown(depends()) };
    let width = class.attributes.len();
    let wide = |row: &TableRow| {
        let mut row = row.clone();
        row.resize(width, Value::Null);
        row
    };
    Ok(own.iter().map(wide).collect())
}

/// What a view shows (PostgreSQL: ApplyRetrieveRule, rewrite/rewriteHandler.c).
pub fn view_rows(shared: Shared, view: Oid) -> PgResult<Vec<Vec<Value>>> {
    let mut rules = shared.catalog.find_all::<PgRewrite>(&view);
    let query = rules.find(|rule| rule.ev_type == b'1').and_then(|rule| rule.ev_action.first());
    match query {
        Some(query) => super::query::evaluate(query, shared),
        None => unknown("a view without a query"),
    }
}

pub(super) fn oid(oid: Oid) -> Value {
    Value::Int(i64::from(oid.0))
}

pub(super) fn text(text: &str) -> Value {
    Value::text(text)
}

pub(super) fn letter(letter: u8) -> Value {
    if letter == 0 { text("") } else { text(&char::from(letter).to_string()) }
}

pub(super) fn numbers(numbers: &[i16]) -> Value {
    Value::Array(numbers.iter().map(|number| Value::Int(i64::from(*number))).collect())
}

fn yes_no(value: bool) -> Value {
    text(if value { "YES" } else { "NO" })
}

/// The rows with the oid in the column of `is_key`.
fn keyed(catalog: &Catalog, name: &str, oid: Oid) -> Option<Vec<Fields>> {
    Some(match name {
        "pg_class" => {
            catalog.get::<PgClass>(oid).map(|row| class_fields(catalog, row)).into_iter().collect()
        }
        "pg_type" => catalog.get::<PgType>(oid).map(|row| type_fields(row)).into_iter().collect(),
        "pg_attribute" => {
            let class = catalog.get::<PgClass>(oid).into_iter();
            class.flat_map(|c| c.attributes.iter().map(|a| attribute_fields(c, a))).collect()
        }
        "pg_constraint" => {
            catalog.find_all::<PgConstraint>(&oid).map(|row| constraint_fields(row)).collect()
        }
        _ => return None, // it has no key
    })
}

/// The rows of a system catalog whose name the key takes.
fn system(shared: Shared, name: &str, key: &Key) -> Option<Vec<Fields>> {
    let catalog = shared.catalog;
    let role =
        |oid: Oid| catalog.get::<PgAuthid>(oid).map_or(Value::Null, |row| text(&row.rolname));
    let schema =
        |oid: Oid| catalog.get::<PgNamespace>(oid).map_or(Value::Null, |row| text(&row.nspname));
    Some(match name {
        "pg_namespace" => catalog
            .iter::<PgNamespace>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("nspname", text(&row.nspname)),
                    ("nspowner", oid(row.nspowner)),
                ]
            })
            .collect(),
        "pg_class" => catalog
            .iter::<PgClass>()
            .filter(|row| key.takes(&row.relname))
            .map(|row| class_fields(catalog, row))
            .collect(),
        "pg_attribute" => catalog
            .iter::<PgClass>()
            .flat_map(|class| class.attributes.iter().map(|column| attribute_fields(class, column)))
            .collect(),
        "pg_type" => catalog
            .iter::<PgType>()
            .filter(|row| key.takes(&row.typname))
            .map(|row| type_fields(row))
            .collect(),
        "pg_constraint" => {
            catalog.iter::<PgConstraint>().map(|row| constraint_fields(row)).collect()
        }
        "pg_index" => catalog.iter::<PgIndex>().map(|row| index_fields(row)).collect(),
        "pg_proc" => catalog
            .iter::<PgProc>()
            .filter(|row| key.takes(&row.proname))
            .map(|row| proc_fields(row))
            .collect(),
        "pg_trigger" => catalog
            .iter::<PgTrigger>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("tgrelid", oid(row.tgrelid)),
                    ("tgparentid", oid(row.tgparentid)),
                    ("tgname", text(&row.tgname)),
                    ("tgfoid", oid(row.tgfoid)),
                    ("tgtype", Value::Int(i64::from(row.tgtype))),
                    ("tgenabled", letter(row.tgenabled)),
                    ("tgisinternal", Value::Bool(row.tgisinternal)),
                    ("tgconstraint", oid(row.tgconstraint)),
                    ("tgconstrrelid", oid(row.tgconstrrelid)),
                ]
            })
            .collect(),
        "pg_policy" => catalog
            .iter::<PgPolicy>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("polname", text(&row.polname)),
                    ("polrelid", oid(row.polrelid)),
                    ("polcmd", letter(row.polcmd)),
                    ("polpermissive", Value::Bool(row.polpermissive)),
                    (
                        "polroles",
                        Value::Array(row.polroles.iter().map(|role| oid(*role)).collect()),
                    ),
                ]
            })
            .collect(),
        "pg_policies" => catalog
            .iter::<PgPolicy>()
            .filter_map(|row| {
                let class = catalog.get::<PgClass>(row.polrelid)?;
                if !key.takes(&class.relname) {
                    return None;
                }
                let cmd = match row.polcmd {
                    b'r' => "SELECT",
                    b'a' => "INSERT",
                    b'w' => "UPDATE",
                    b'd' => "DELETE",
                    _ => "ALL", // '*'
                };
                Some(vec![
                    ("schemaname", schema(class.relnamespace)),
                    ("tablename", text(&class.relname)),
                    ("policyname", text(&row.polname)),
                    (
                        "permissive",
                        text(if row.polpermissive { "PERMISSIVE" } else { "RESTRICTIVE" }),
                    ),
                    (
                        "roles",
                        Value::Array(
                            row.polroles
                                .iter()
                                .map(|oid| if oid.is_valid() { role(*oid) } else { text("public") })
                                .collect(),
                        ),
                    ),
                    ("cmd", text(cmd)),
                ])
            })
            .collect(),
        "pg_extension" => catalog
            .iter::<PgExtension>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("extname", text(&row.extname)),
                    ("extowner", oid(row.extowner)),
                    ("extnamespace", oid(row.extnamespace)),
                    ("extrelocatable", Value::Bool(row.extrelocatable)),
                    ("extversion", text(&row.extversion)),
                ]
            })
            .collect(),
        "pg_depend" => catalog.depend().iter().filter_map(|entry| dependency(&entry)).collect(),
        "pg_available_extensions" => builtin::available_extensions(catalog.version())
            .map(|control| {
                let installed = catalog.find::<PgExtension>(&Name::new(control.name));
                vec![
                    ("name", text(control.name)),
                    (
                        "installed_version",
                        installed.map_or(Value::Null, |row| text(&row.extversion)),
                    ),
                ]
            })
            .collect(),
        "pg_enum" => catalog
            .iter::<PgEnum>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("enumtypid", oid(row.enumtypid)),
                    ("enumsortorder", Value::Float(f64::from(row.enumsortorder))),
                    ("enumlabel", text(&row.enumlabel)),
                ]
            })
            .collect(),
        "pg_roles" | "pg_authid" => catalog
            .iter::<PgAuthid>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("rolname", text(&row.rolname)),
                    ("rolsuper", Value::Bool(row.rolsuper)),
                    ("rolinherit", Value::Bool(row.rolinherit)),
                    ("rolcreaterole", Value::Bool(row.rolcreaterole)),
                    ("rolcreatedb", Value::Bool(row.rolcreatedb)),
                    ("rolcanlogin", Value::Bool(row.rolcanlogin)),
                    ("rolreplication", Value::Bool(row.rolreplication)),
                    ("rolbypassrls", Value::Bool(row.rolbypassrls)),
                ]
            })
            .collect(),
        "pg_user" => catalog
            .iter::<PgAuthid>()
            .filter(|row| row.rolcanlogin)
            .map(|row| {
                vec![
                    ("usename", text(&row.rolname)),
                    ("usesysid", oid(row.oid)),
                    ("usesuper", Value::Bool(row.rolsuper)),
                ]
            })
            .collect(),
        "pg_auth_members" => catalog
            .iter::<PgAuthMembers>()
            .map(|row| {
                vec![
                    ("roleid", oid(row.roleid)),
                    ("member", oid(row.member)),
                    ("admin_option", Value::Bool(row.admin_option)),
                ]
            })
            .collect(),
        "pg_database" => catalog
            .iter::<PgDatabase>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("datname", text(&row.datname)),
                    ("datdba", oid(row.datdba)),
                ]
            })
            .collect(),
        "pg_language" => catalog
            .iter::<PgLanguage>()
            .map(|row| vec![("oid", oid(row.oid)), ("lanname", text(&row.lanname))])
            .collect(),
        "pg_event_trigger" => catalog
            .iter::<PgEventTrigger>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("evtname", text(&row.evtname)),
                    ("evtevent", text(&row.evtevent)),
                ]
            })
            .collect(),
        "pg_attrdef" => catalog
            .iter::<PgAttrdef>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("adrelid", oid(row.adrelid)),
                    ("adnum", Value::Int(i64::from(row.adnum))),
                ]
            })
            .collect(),
        "pg_inherits" => catalog
            .iter::<PgInherits>()
            .map(|row| {
                vec![
                    ("inhrelid", oid(row.inhrelid)),
                    ("inhparent", oid(row.inhparent)),
                    ("inhseqno", Value::Int(i64::from(row.inhseqno))),
                ]
            })
            .collect(),
        "pg_am" => catalog
            .iter::<PgAm>()
            .map(|row| vec![("oid", oid(row.oid)), ("amname", text(&row.amname))])
            .collect(),
        "pg_publication" => catalog
            .iter::<PgPublication>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("pubname", text(&row.pubname)),
                    ("puballtables", Value::Bool(row.puballtables)),
                ]
            })
            .collect(),
        "pg_publication_rel" => catalog
            .iter::<PgPublicationRel>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("prpubid", oid(row.prpubid)),
                    ("prrelid", oid(row.prrelid)),
                ]
            })
            .collect(),
        "pg_publication_tables" => publication_tables(catalog),
        "pg_cast" => catalog
            .iter::<PgCast>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("castsource", oid(row.castsource)),
                    ("casttarget", oid(row.casttarget)),
                ]
            })
            .collect(),
        "pg_tables" => of_kinds(catalog, b"rp")
            .filter(|row| key.takes(&row.relname))
            .map(|row| {
                vec![
                    ("schemaname", schema(row.relnamespace)),
                    ("tablename", text(&row.relname)),
                    ("tableowner", role(row.relowner)),
                    ("rowsecurity", Value::Bool(row.relrowsecurity)),
                    ("hasindexes", Value::Bool(catalog.find::<PgIndex>(&row.oid).is_some())),
                    ("hastriggers", Value::Bool(catalog.find::<PgTrigger>(&row.oid).is_some())),
                ]
            })
            .collect(),
        "pg_views" => of_kinds(catalog, b"v")
            .filter(|row| key.takes(&row.relname))
            .map(|row| {
                vec![
                    ("schemaname", schema(row.relnamespace)),
                    ("viewname", text(&row.relname)),
                    ("viewowner", role(row.relowner)),
                ]
            })
            .collect(),
        "pg_matviews" => of_kinds(catalog, b"m")
            .filter(|row| key.takes(&row.relname))
            .map(|row| {
                vec![
                    ("schemaname", schema(row.relnamespace)),
                    ("matviewname", text(&row.relname)),
                    ("matviewowner", role(row.relowner)),
                    ("ispopulated", Value::Bool(row.relispopulated)),
                ]
            })
            .collect(),
        "pg_sequences" => of_kinds(catalog, b"S")
            .filter(|row| key.takes(&row.relname))
            .map(|row| {
                vec![
                    ("schemaname", schema(row.relnamespace)),
                    ("sequencename", text(&row.relname)),
                    ("sequenceowner", role(row.relowner)),
                ]
            })
            .collect(),
        "pg_indexes" => of_kinds(catalog, b"iI")
            .filter_map(|row| {
                let index = catalog.get::<PgIndex>(row.oid)?;
                let table = catalog.get::<PgClass>(index.indrelid)?;
                if !key.takes(&table.relname) {
                    return None;
                }
                Some(vec![
                    ("schemaname", schema(table.relnamespace)),
                    ("tablename", text(&table.relname)),
                    ("indexname", text(&row.relname)),
                ])
            })
            .collect(),
        "pg_settings" => functions::all_settings(shared)
            .into_iter()
            .map(|(name, setting)| vec![("name", name), ("setting", setting)])
            .collect(),
        _ => return super::catalogs::rows(catalog, name),
    })
}

fn of_kinds<'c>(catalog: &'c Catalog, kinds: &'static [u8]) -> impl Iterator<Item = &'c PgClass> {
    catalog.iter::<PgClass>().map(|row| row.as_ref()).filter(|row| kinds.contains(&row.relkind))
}

fn class_fields(catalog: &Catalog, row: &PgClass) -> Fields {
    vec![
        ("oid", oid(row.oid)),
        ("relname", text(&row.relname)),
        ("relnamespace", oid(row.relnamespace)),
        ("reltype", oid(row.reltype)),
        ("reloftype", oid(row.reloftype)),
        ("relowner", oid(row.relowner)),
        ("relam", oid(row.relam)),
        ("relhasindex", Value::Bool(catalog.find::<PgIndex>(&row.oid).is_some())),
        ("relpersistence", letter(row.relpersistence)),
        ("relkind", letter(row.relkind)),
        ("relnatts", Value::Int(row.attributes.len() as i64)),
        ("relhastriggers", Value::Bool(catalog.find::<PgTrigger>(&row.oid).is_some())),
        ("relrowsecurity", Value::Bool(row.relrowsecurity)),
        ("relforcerowsecurity", Value::Bool(row.relforcerowsecurity)),
        ("relispopulated", Value::Bool(row.relispopulated)),
        ("relreplident", letter(row.relreplident)),
        ("relispartition", Value::Bool(row.relispartition)),
        ("reloptions", options(&row.reloptions)),
    ]
}

fn attribute_fields(class: &PgClass, row: &PgAttribute) -> Fields {
    vec![
        ("attrelid", oid(class.oid)),
        ("attname", text(&row.attname)),
        ("atttypid", oid(row.atttypid)),
        ("attnum", Value::Int(i64::from(row.attnum))),
        ("atttypmod", Value::Int(i64::from(row.atttypmod))),
        ("attndims", Value::Int(i64::from(row.attndims))),
        ("attnotnull", Value::Bool(row.attnotnull)),
        ("atthasdef", Value::Bool(row.attdef.is_valid())),
        ("attidentity", letter(row.attidentity)),
        ("attgenerated", letter(row.attgenerated)),
        ("attisdropped", Value::Bool(row.attisdropped)),
        ("attislocal", Value::Bool(row.attislocal)),
        ("attinhcount", Value::Int(i64::from(row.attinhcount))),
        ("attcollation", oid(row.attcollation)),
        ("attstorage", letter(row.attstorage)),
        ("attoptions", options(&row.attoptions)),
        ("attfdwoptions", options(&row.attfdwoptions)),
    ]
}

fn type_fields(row: &PgType) -> Fields {
    vec![
        ("oid", oid(row.oid)),
        ("typname", text(&row.typname)),
        ("typnamespace", oid(row.typnamespace)),
        ("typowner", oid(row.typowner)),
        ("typlen", Value::Int(i64::from(row.typlen))),
        ("typtype", letter(row.typtype)),
        ("typcategory", letter(row.typcategory)),
        ("typisdefined", Value::Bool(row.typisdefined)),
        ("typrelid", oid(row.typrelid)),
        ("typelem", oid(row.typelem)),
        ("typarray", oid(row.typarray)),
        ("typnotnull", Value::Bool(row.typnotnull)),
        ("typbasetype", oid(row.typbasetype)),
        ("typtypmod", Value::Int(i64::from(row.typtypmod))),
    ]
}

fn constraint_fields(row: &PgConstraint) -> Fields {
    vec![
        ("oid", oid(row.oid)),
        ("conname", text(&row.conname)),
        ("connamespace", oid(row.connamespace)),
        ("contype", letter(row.contype)),
        ("condeferrable", Value::Bool(row.condeferrable)),
        ("condeferred", Value::Bool(row.condeferred)),
        ("convalidated", Value::Bool(row.convalidated)),
        ("conrelid", oid(row.conrelid)),
        ("contypid", oid(row.contypid)),
        ("conindid", oid(row.conindid)),
        ("conparentid", oid(row.conparentid)),
        ("confrelid", oid(row.confrelid)),
        ("confupdtype", letter(row.confupdtype)),
        ("confdeltype", letter(row.confdeltype)),
        ("confmatchtype", letter(row.confmatchtype)),
        ("conislocal", Value::Bool(row.conislocal)),
        ("conkey", if row.conkey.is_empty() { Value::Null } else { numbers(&row.conkey) }),
        ("confkey", if row.confkey.is_empty() { Value::Null } else { numbers(&row.confkey) }),
    ]
}

fn index_fields(row: &PgIndex) -> Fields {
    vec![
        ("indexrelid", oid(row.indexrelid)),
        ("indrelid", oid(row.indrelid)),
        ("indnatts", Value::Int(i64::from(row.indnatts))),
        ("indnkeyatts", Value::Int(i64::from(row.indnkeyatts))),
        ("indisunique", Value::Bool(row.indisunique)),
        ("indisprimary", Value::Bool(row.indisprimary)),
        ("indisexclusion", Value::Bool(row.indisexclusion)),
        ("indisvalid", Value::Bool(row.indisvalid)),
        ("indisready", Value::Bool(row.indisready)),
        ("indkey", numbers(&row.indkey)),
    ]
}

fn proc_fields(row: &PgProc) -> Fields {
    vec![
        ("oid", oid(row.oid)),
        ("proname", text(&row.proname)),
        ("pronamespace", oid(row.pronamespace)),
        ("proowner", oid(row.proowner)),
        ("prolang", oid(row.prolang)),
        ("prokind", letter(row.prokind)),
        ("prosecdef", Value::Bool(row.prosecdef)),
        ("proisstrict", Value::Bool(row.proisstrict)),
        ("proretset", Value::Bool(row.proretset)),
        ("provolatile", letter(row.provolatile)),
        ("proparallel", letter(row.proparallel)),
        ("proleakproof", Value::Bool(row.proleakproof)),
        ("provariadic", oid(row.provariadic)),
        ("pronargs", Value::Int(row.proargtypes.len() as i64)),
        ("pronargdefaults", Value::Int(row.pronargdefaults.into())),
        ("prorettype", oid(row.prorettype)),
        (
            "proargtypes",
            Value::Array(row.proargtypes.iter().map(|argument| oid(*argument)).collect()),
        ),
        ("prosrc", if row.oid.is_builtin() { Value::Unknown } else { text(&row.prosrc) }),
    ]
}

fn publication_tables(catalog: &Catalog) -> Vec<Fields> {
    let mut rows = Vec::new();
    let mut add = |publication: &PgPublication, class: &PgClass| {
        let schema = catalog
            .get::<PgNamespace>(class.relnamespace)
            .map_or(Value::Null, |row| text(&row.nspname));
        rows.push(vec![
            ("pubname", text(&publication.pubname)),
            ("schemaname", schema),
            ("tablename", text(&class.relname)),
        ]);
    };
    for publication in catalog.iter::<PgPublication>() {
        for class in of_kinds(catalog, b"rp").filter(|class| !class.oid.is_builtin()) {
            let listed = catalog
                .find_all::<PgPublicationRel>(&publication.oid)
                .any(|row| row.prrelid == class.oid)
                || catalog
                    .find_all::<PgPublicationNamespace>(&publication.oid)
                    .any(|row| row.pnnspid == class.relnamespace);
            if publication.puballtables || listed {
                add(publication, class);
            }
        }
    }
    rows
}

/// The rows of a view of information_schema whose table the key takes.
fn information_schema(shared: Shared, name: &str, key: &Key) -> Option<Vec<Fields>> {
    let catalog = shared.catalog;
    let database = catalog
        .get::<PgDatabase>(shared.session.database)
        .map_or(Value::Null, |row| text(&row.datname));
    let schema =
        |oid: Oid| catalog.get::<PgNamespace>(oid).map_or(Value::Null, |row| text(&row.nspname));
    Some(match name {
        "schemata" => catalog
            .iter::<PgNamespace>()
            .map(|row| {
                vec![("catalog_name", database.clone()), ("schema_name", text(&row.nspname))]
            })
            .collect(),
        "tables" => of_kinds(catalog, b"rvfp")
            .filter(|row| key.takes(&row.relname))
            .map(|row| {
                let kind = match (row.relkind, row.relpersistence) {
                    (b'v', _) => "VIEW",
                    (b'f', _) => "FOREIGN",
                    (_, b't') => "LOCAL TEMPORARY",
                    _ => "BASE TABLE", // tables and partitioned tables
                };
                vec![
                    ("table_catalog", database.clone()),
                    ("table_schema", schema(row.relnamespace)),
                    ("table_name", text(&row.relname)),
                    ("table_type", text(kind)),
                ]
            })
            .collect(),
        "foreign_tables" => of_kinds(catalog, b"f")
            .map(|row| {
                vec![
                    ("foreign_table_catalog", database.clone()),
                    ("foreign_table_schema", schema(row.relnamespace)),
                    ("foreign_table_name", text(&row.relname)),
                ]
            })
            .collect(),
        "views" => of_kinds(catalog, b"v")
            .filter(|row| key.takes(&row.relname))
            .map(|row| {
                vec![
                    ("table_catalog", database.clone()),
                    ("table_schema", schema(row.relnamespace)),
                    ("table_name", text(&row.relname)),
                ]
            })
            .collect(),
        "columns" => of_kinds(catalog, b"rvfp")
            .filter(|row| key.takes(&row.relname))
            .flat_map(|class| class.live_attributes().map(move |column| (class, column)))
            .map(|(class, column)| {
                column_fields(catalog, &database, schema(class.relnamespace), class, column)
            })
            .collect(),
        "sequences" => of_kinds(catalog, b"S")
            .map(|row| {
                vec![
                    ("sequence_catalog", database.clone()),
                    ("sequence_schema", schema(row.relnamespace)),
                    ("sequence_name", text(&row.relname)),
                ]
            })
            .collect(),
        "routines" => catalog
            .iter::<PgProc>()
            .filter(|row| matches!(row.prokind, b'f' | b'p'))
            .map(|row| {
                let kind = if row.prokind == b'p' { text("PROCEDURE") } else { text("FUNCTION") };
                vec![
                    ("routine_catalog", database.clone()),
                    ("routine_schema", schema(row.pronamespace)),
                    ("routine_name", text(&row.proname)),
                    ("specific_schema", schema(row.pronamespace)),
                    ("specific_name", text(&format!("{}_{}", row.proname, row.oid))),
                    ("routine_type", kind),
                ]
            })
            .collect(),
        "triggers" => catalog
            .iter::<PgTrigger>()
            .filter(|row| !row.tgisinternal)
            .filter_map(|row| {
                let class = catalog.get::<PgClass>(row.tgrelid)?;
                Some(vec![
                    ("trigger_catalog", database.clone()),
                    ("trigger_schema", schema(class.relnamespace)),
                    ("trigger_name", text(&row.tgname)),
                    ("event_object_schema", schema(class.relnamespace)),
                    ("event_object_table", text(&class.relname)),
                ])
            })
            .collect(),
        "table_constraints" => table_constraints(catalog, &database, key),
        "key_column_usage" => key_columns(catalog, &database, false),
        "constraint_column_usage" => key_columns(catalog, &database, true),
        "referential_constraints" => catalog
            .iter::<PgConstraint>()
            .filter(|row| row.contype == b'f')
            .map(|row| {
                vec![
                    ("constraint_catalog", database.clone()),
                    ("constraint_schema", schema(row.connamespace)),
                    ("constraint_name", text(&row.conname)),
                    ("delete_rule", text(rule(row.confdeltype))),
                    ("update_rule", text(rule(row.confupdtype))),
                ]
            })
            .collect(),
        "check_constraints" => catalog
            .iter::<PgConstraint>()
            .filter(|row| row.contype == b'c')
            .map(|row| {
                vec![
                    ("constraint_schema", schema(row.connamespace)),
                    ("constraint_name", text(&row.conname)),
                ]
            })
            .collect(),
        "enabled_roles" => {
            catalog.iter::<PgAuthid>().map(|row| vec![("role_name", text(&row.rolname))]).collect()
        }
        _ => return None, // the caller says that it is not modelled
    })
}

fn rule(action: u8) -> &'static str {
    match action {
        b'c' => "CASCADE",
        b'n' => "SET NULL",
        b'd' => "SET DEFAULT",
        b'r' => "RESTRICT",
        _ => "NO ACTION", // 'a'
    }
}

fn table_constraints(catalog: &Catalog, database: &Value, key: &Key) -> Vec<Fields> {
    let mut rows = Vec::new();
    for row in catalog.iter::<PgConstraint>() {
        let class = catalog.get::<PgClass>(row.conrelid);
        let Some(class) = class.filter(|class| key.takes(&class.relname)) else { continue };
        let kind = match row.contype {
            b'c' | b'n' => "CHECK",
            b'f' => "FOREIGN KEY",
            b'p' => "PRIMARY KEY",
            b'u' => "UNIQUE",
            _ => continue, // exclusion constraints and constraint triggers are not in the standard's view
        };
        let schema = |oid: Oid| {
            catalog.get::<PgNamespace>(oid).map_or(Value::Null, |row| text(&row.nspname))
        };
        rows.push(vec![
            ("constraint_catalog", database.clone()),
            ("constraint_schema", schema(row.connamespace)),
            ("constraint_name", text(&row.conname)),
            ("table_catalog", database.clone()),
            ("table_schema", schema(class.relnamespace)),
            ("table_name", text(&class.relname)),
            ("constraint_type", text(kind)),
            ("is_deferrable", yes_no(row.condeferrable)),
            ("initially_deferred", yes_no(row.condeferred)),
        ]);
    }
    rows
}

/// key_column_usage, or with `used` constraint_column_usage: there a foreign key counts by what it refers to.
fn key_columns(catalog: &Catalog, database: &Value, used: bool) -> Vec<Fields> {
    let mut rows = Vec::new();
    for row in
        catalog.iter::<PgConstraint>().filter(|row| matches!(row.contype, b'p' | b'u' | b'f'))
    {
        let foreign = used && row.contype == b'f';
        let (relation, keys) =
            if foreign { (row.confrelid, &row.confkey) } else { (row.conrelid, &row.conkey) };
        let Some(class) = catalog.get::<PgClass>(relation) else { continue };
        let schema = |oid: Oid| {
            catalog.get::<PgNamespace>(oid).map_or(Value::Null, |row| text(&row.nspname))
        };
        for (index, key) in keys.iter().enumerate() {
            let Some(column) = class.attribute(*key) else { continue };
            rows.push(vec![
                ("constraint_catalog", database.clone()),
                ("constraint_schema", schema(row.connamespace)),
                ("constraint_name", text(&row.conname)),
                ("table_catalog", database.clone()),
                ("table_schema", schema(class.relnamespace)),
                ("table_name", text(&class.relname)),
                ("column_name", text(&column.attname)),
                ("ordinal_position", Value::Int(index as i64 + 1)),
            ]);
        }
    }
    rows
}

fn column_fields(
    catalog: &Catalog,
    database: &Value,
    schema: Value,
    class: &PgClass,
    column: &PgAttribute,
) -> Fields {
    let row = catalog.get::<PgType>(column.atttypid);
    let base = row
        .filter(|row| row.typtype == b'd')
        .and_then(|row| catalog.get::<PgType>(row.typbasetype))
        .or(row);
    let type_schema = base.and_then(|row| catalog.get::<PgNamespace>(row.typnamespace));
    let data_type = match base {
        Some(base) if base.typcategory == b'A' && base.typlen == -1 => text("ARRAY"),
        Some(base) if base.typnamespace == fixed::PG_CATALOG_NAMESPACE => {
            text(&format_type_be_qualified(catalog, base.oid).replace("pg_catalog.", ""))
        }
        _ => text("USER-DEFINED"), // types outside of pg_catalog
    };
    let length = match column.atttypid {
        fixed::VARCHAROID | fixed::BPCHAROID if column.atttypmod >= 4 => {
            Value::Int(i64::from(column.atttypmod) - 4)
        }
        _ => Value::Null, // no length
    };
    vec![
        ("table_catalog", database.clone()),
        ("table_schema", schema),
        ("table_name", text(&class.relname)),
        ("column_name", text(&column.attname)),
        ("ordinal_position", Value::Int(i64::from(column.attnum))),
        ("is_nullable", yes_no(!column.attnotnull)),
        ("data_type", data_type),
        ("character_maximum_length", length),
        ("udt_schema", type_schema.map_or(Value::Null, |row| text(&row.nspname))),
        ("udt_name", base.map_or(Value::Null, |row| text(&row.typname))),
        ("is_identity", yes_no(column.attidentity != 0)),
        ("is_generated", text(if column.attgenerated != 0 { "ALWAYS" } else { "NEVER" })),
        ("column_default", if column.attdef.is_valid() { Value::Unknown } else { Value::Null }),
    ]
}

/// A row of pg_depend; None for what stands in pg_shdepend.
fn dependency(entry: &DependEntry) -> Option<Vec<(&'static str, Value)>> {
    let kind = match entry.kind {
        DependType::Normal => "n",
        DependType::Auto => "a",
        DependType::Internal => "i",
        DependType::PartitionPri => "P",
        DependType::PartitionSec => "S",
        DependType::Extension => "e",
        DependType::AutoExtension => "x",
        DependType::Owner | DependType::Acl | DependType::Policy | DependType::Tablespace => {
            return None;
        }
    };
    let number = |oid: Oid| Value::Int(i64::from(oid.0));
    Some(vec![
        ("objid", number(entry.dependent.object)),
        ("objsubid", Value::Int(i64::from(entry.dependent.sub))),
        ("refobjid", number(entry.referenced.object)),
        ("refobjsubid", Value::Int(i64::from(entry.referenced.sub))),
        ("deptype", Value::text(kind)),
    ])
}

//! What must hold for a statement to have something to do, as a condition over the system catalogs.

use super::Names;
use super::words::{Words, head, plain, qualified};
use crate::catalog::objectaddress::Class;
use crate::deparse::ruleutils::simple_quote_literal as quoted;

/// Objects that only a look into the catalog guards: the words, the catalog, its column of names, and of schemas.
const NAMED: [(&str, &str, &str, &str); 12] = [
    ("CREATE PUBLICATION ", "pg_publication", "pubname", ""),
    ("CREATE SUBSCRIPTION ", "pg_subscription", "subname", ""),
    ("CREATE EVENT TRIGGER ", "pg_event_trigger", "evtname", ""),
    ("CREATE FOREIGN DATA WRAPPER ", "pg_foreign_data_wrapper", "fdwname", ""),
    ("CREATE ACCESS METHOD ", "pg_am", "amname", ""),
    ("CREATE DEFAULT CONVERSION ", "pg_conversion", "conname", "connamespace"),
    ("CREATE CONVERSION ", "pg_conversion", "conname", "connamespace"),
    ("CREATE TEXT SEARCH DICTIONARY ", "pg_ts_dict", "dictname", "dictnamespace"),
    ("CREATE TEXT SEARCH CONFIGURATION ", "pg_ts_config", "cfgname", "cfgnamespace"),
    ("CREATE TEXT SEARCH PARSER ", "pg_ts_parser", "prsname", "prsnamespace"),
    ("CREATE TEXT SEARCH TEMPLATE ", "pg_ts_template", "tmplname", "tmplnamespace"),
    ("CREATE OPERATOR FAMILY ", "pg_opfamily", "opfname", "opfnamespace"),
];

/// The condition, for statements that have no guard of their own.
pub(super) fn condition(sql: &str, all: &Names) -> Option<String> {
    let words = Words::of(sql);
    for (start, catalog, name, schema) in NAMED {
        if sql.starts_with(start) {
            let object = words.at(start.split_whitespace().count());
            return Some(format!("NOT {}", named(catalog, name, schema, object)));
        }
    }
    match words.at(0) {
        "CREATE" => created(&words, all),
        "DROP" => dropped(&words, all),
        "ALTER" => altered(&words, sql, all),
        _ => None, // COMMENT, GRANT, REVOKE, SET: they can be run again as they are
    }
}

/// PostgreSQL's oid of a relation of that name, or NULL.
pub(in crate::plan) fn relation(name: &str) -> String {
    format!("pg_catalog.to_regclass({})", quoted(name))
}

/// PostgreSQL's oid of a type of that name, or NULL.
pub(in crate::plan) fn type_oid(name: &str) -> String {
    format!("pg_catalog.to_regtype({})", quoted(name))
}

fn exists(catalog: &str, condition: &str) -> String {
    format!("EXISTS (SELECT FROM pg_catalog.{catalog} WHERE {condition})")
}

/// Whether something of the name is in the catalog.
fn named(catalog: &str, name: &str, schema: &str, object: &str) -> String {
    exists(catalog, &naming(name, schema, object))
}

/// What picks the rows of that name.
fn naming(name: &str, schema: &str, object: &str) -> String {
    match qualified(object) {
        Some((namespace, object)) if !schema.is_empty() => format!(
            "{name} = {} AND {schema} = pg_catalog.to_regnamespace({})",
            quoted(&plain(&object)),
            quoted(&namespace)
        ),
        _ => format!("{name} = {}", quoted(&plain(object))), // without a schema
    }
}

/// Whether a part of a relation is there.
fn part(catalog: &str, of: &str, name: &str, table: &str, object: &str) -> String {
    exists(catalog, &format!("{of} = {} AND {name} = {}", relation(table), quoted(&plain(object))))
}

fn method(name: &str) -> String {
    format!("(SELECT oid FROM pg_catalog.pg_am WHERE amname = {})", quoted(&plain(name)))
}

fn created(words: &Words, all: &Names) -> Option<String> {
    match words.at(1) {
        "TYPE" | "DOMAIN" => {
            // A shell is there already when the type itself is made.
            let shell = matches!(words.at(3), ";" | "");
            let defined = if shell { "" } else { " AND typisdefined" };
            let row = naming("typname", "typnamespace", words.at(2));
            Some(format!("NOT {}", exists("pg_type", &format!("{row}{defined}"))))
        }
        "POLICY" => Some(format!(
            "NOT {}",
            part("pg_policy", "polrelid", "polname", words.at(4), words.at(2))
        )),
        "TRIGGER" if all.version < 14 => {
            let table = words.follows(&["ON"])?;
            Some(format!("NOT {}", part("pg_trigger", "tgrelid", "tgname", table, words.at(2))))
        }
        "CONSTRAINT" if words.at(2) == "TRIGGER" => {
            let table = words.follows(&["ON"])?;
            Some(format!("NOT {}", part("pg_trigger", "tgrelid", "tgname", table, words.at(3))))
        }
        "CAST" => {
            let from = words.until(3, &["AS"]);
            let to = words.until(words.behind(&["AS"])?, &[]);
            let row =
                format!("castsource = {} AND casttarget = {}", type_oid(&from), type_oid(&to));
            Some(format!("NOT {}", exists("pg_cast", &row)))
        }
        "OPERATOR" if words.at(2) == "CLASS" => {
            let name = naming("opcname", "opcnamespace", words.at(3));
            let using = method(words.follows(&["USING"])?);
            Some(format!(
                "NOT {}",
                exists("pg_opclass", &format!("{name} AND opcmethod = {using}"))
            ))
        }
        "OPERATOR" => {
            let name = naming("oprname", "oprnamespace", words.at(2));
            let side = |word| match words.behind(&[word, "="]) {
                Some(at) => type_oid(&words.until(at, &[])),
                None => "0".to_string(), // a prefix operator
            };
            let row = format!(
                "{name} AND oprleft = {} AND oprright = {} AND oprcode <> 0",
                side("LEFTARG"),
                side("RIGHTARG")
            );
            Some(format!("NOT {}", exists("pg_operator", &row)))
        }
        _ => None, // it has IF NOT EXISTS or OR REPLACE
    }
}

/// DROP of a relation whose name another kind of relation takes; REVOKE and the like need nothing.
fn dropped(words: &Words, all: &Names) -> Option<String> {
    let (kind, name) = words.relation(1)?;
    if kind == "SEQUENCE" && all.sequences.iter().any(|other| other == name) {
        let row = format!("objid = {} AND deptype = 'i'", relation(name));
        return Some(format!("NOT {}", exists("pg_depend", &row)));
    }
    if kind == "INDEX" && all.constraints.iter().any(|other| other == name) {
        let row = format!("conindid = {}", relation(name));
        return Some(format!("NOT {}", exists("pg_constraint", &row)));
    }
    all.made.get(name).filter(|made| made.as_str() != kind)?;
    let letters = match kind {
        "VIEW" => "'v'",
        "MATERIALIZED VIEW" => "'m'",
        "FOREIGN TABLE" => "'f'",
        "SEQUENCE" => "'S'",
        "INDEX" => "'i', 'I'",
        _ => "'r', 'p'", // tables
    };
    Some(exists("pg_class", &format!("oid = {} AND relkind IN ({letters})", relation(name))))
}

fn inherits(child: &str, parent: &str) -> String {
    let row = format!("inhrelid = {} AND inhparent = {}", relation(child), relation(parent));
    exists("pg_inherits", &row)
}

fn altered(words: &Words, sql: &str, all: &Names) -> Option<String> {
    match words.at(1) {
        "TABLE" | "FOREIGN" => table(words, sql, all),
        "DOMAIN" => domain(words),
        "TYPE" => type_altered(words),
        "PUBLICATION" => publication(words),
        "OPERATOR" if words.at(2) == "FAMILY" => family(words),
        "DEFAULT" => {
            let schema = words.follows(&["IN", "SCHEMA"])?;
            let gone = all.schemas.iter().any(|other| other == schema);
            gone.then(|| format!("pg_catalog.to_regnamespace({}) IS NOT NULL", quoted(schema)))
        }
        _ => renamed(words), // everything else can be altered again
    }
}

/// RENAME of what has no IF EXISTS: the old name must be there.
fn renamed(words: &Words) -> Option<String> {
    let name = |catalog: &str, column: &str, schema: &str, at: usize| {
        words.follows(&["RENAME", "TO"])?;
        Some(named(catalog, column, schema, words.at(at)))
    };
    match words.at(1) {
        "SCHEMA" => name("pg_namespace", "nspname", "", 2),
        "COLLATION" => name("pg_collation", "collname", "collnamespace", 2),
        "SERVER" => name("pg_foreign_server", "srvname", "", 2),
        "STATISTICS" => name("pg_statistic_ext", "stxname", "stxnamespace", 2),
        "TRIGGER" => {
            let table = words.follows(&["ON"])?;
            Some(part("pg_trigger", "tgrelid", "tgname", table, words.at(2)))
        }
        "POLICY" if words.has("RENAME") => {
            Some(part("pg_policy", "polrelid", "polname", words.at(4), words.at(2)))
        }
        "RULE" => Some(part("pg_rewrite", "ev_class", "rulename", words.at(4), words.at(2))),
        "FUNCTION" | "PROCEDURE" | "ROUTINE" | "AGGREGATE" => {
            words.follows(&["RENAME", "TO"])?;
            let arguments = words.until(2, &["RENAME"]);
            Some(format!("pg_catalog.to_regprocedure({}) IS NOT NULL", quoted(&arguments)))
        }
        "SEQUENCE" | "VIEW" | "MATERIALIZED" | "INDEX" => {
            let moves = words.follows(&["RENAME", "TO"]).is_some()
                || words.follows(&["SET", "SCHEMA"]).is_some();
            let (_, name) = words.relation(1).filter(|_| moves)?;
            Some(format!("{} IS NOT NULL", relation(name)))
        }
        _ => None, // nothing that is renamed
    }
}

fn table(words: &Words, sql: &str, all: &Names) -> Option<String> {
    let (_, table) = words.relation(1)?;
    let constraint = |name: &str| part("pg_constraint", "conrelid", "conname", table, name);
    if words.follows(&["RENAME", "TO"]).is_some() || words.follows(&["SET", "SCHEMA"]).is_some() {
        return Some(format!("{} IS NOT NULL", relation(table)));
    }
    if let Some(column) = words.follows(&["RENAME", "COLUMN"]) {
        let there = part("pg_attribute", "attrelid", "attname", table, column);
        return Some(there.replace("WHERE ", "WHERE NOT attisdropped AND "));
    }
    if let Some(name) = words.follows(&["ADD", "CONSTRAINT"]) {
        return Some(format!("NOT {}", constraint(name)));
    }
    if let Some(name) = words.follows(&["RENAME", "CONSTRAINT"]) {
        return Some(constraint(name));
    }
    if let Some(child) = words.follows(&["ATTACH", "PARTITION"]) {
        return Some(format!("NOT {}", inherits(child, table)));
    }
    if let Some(child) = words.follows(&["DETACH", "PARTITION"]) {
        return Some(inherits(child, table));
    }
    if let Some(parent) = words.follows(&["NO", "INHERIT"]) {
        return Some(inherits(table, parent));
    }
    if let Some(parent) = words.follows(&["INHERIT"]) {
        return Some(format!("NOT {}", inherits(table, parent)));
    }
    if words.has("NOT") && words.follows(&["NOT"]) == Some("OF") {
        let row = format!("oid = {} AND reloftype <> 0", relation(table));
        return Some(exists("pg_class", &row));
    }
    let identity = |column: &str| {
        let row = format!(
            "attrelid = {} AND attname = {} AND attidentity <> ''",
            relation(table),
            quoted(&plain(column))
        );
        format!("NOT {}", exists("pg_attribute", &row))
    };
    if words.behind(&["ADD", "GENERATED"]).is_some() {
        return words.follows(&["ALTER", "COLUMN"]).map(identity);
    }
    if words.behind(&["DROP", "DEFAULT", ";"]).is_some() {
        let column = words.follows(&["ALTER", "COLUMN"])?;
        let becomes = all.identities.iter().any(|(of, name)| of == table && name == column);
        return becomes.then(|| identity(column));
    }
    type_changed(words, sql, table)
}

/// ALTER COLUMN … TYPE: not when the column has the type, for it would be computed, and the table rewritten, again.
fn type_changed(words: &Words, sql: &str, table: &str) -> Option<String> {
    let at = words.behind(&["TYPE"]).filter(|_| head(sql).contains(" ALTER COLUMN "))?;
    let column = words.at(at - 2);
    let typname = words.until(at, &["COLLATE", "USING"]);
    let as_printed = typname.replace(", ", ","); // numeric(10,2)
    if words.until(at, &["USING"]) != typname {
        return None; // another collation
    }
    let row = format!(
        "attrelid = {} AND attname = {} AND pg_catalog.format_type(atttypid, atttypmod) = {}",
        relation(table),
        quoted(&plain(column)),
        quoted(&as_printed)
    );
    Some(format!("NOT {}", exists("pg_attribute", &row)))
}

fn domain(words: &Words) -> Option<String> {
    let named = |name: &str| {
        let row =
            format!("contypid = {} AND conname = {}", type_oid(words.at(2)), quoted(&plain(name)));
        exists("pg_constraint", &row)
    };
    if let Some(name) = words.follows(&["ADD", "CONSTRAINT"]) {
        return Some(format!("NOT {}", named(name)));
    }
    if let Some(name) = words.follows(&["RENAME", "CONSTRAINT"]) {
        return Some(named(name));
    }
    words.follows(&["RENAME", "TO"]).map(|_| format!("{} IS NOT NULL", type_oid(words.at(2))))
}

fn type_altered(words: &Words) -> Option<String> {
    let of = type_oid(words.at(2));
    if let Some(label) = words.follows(&["RENAME", "VALUE"]) {
        let row = format!("enumtypid = {of} AND enumlabel = {label}");
        return Some(exists("pg_enum", &row));
    }
    if let Some(name) = words.follows(&["ADD", "ATTRIBUTE"]) {
        let there = part("pg_attribute", "attrelid", "attname", words.at(2), name);
        return Some(format!("NOT {}", there.replace("WHERE ", "WHERE NOT attisdropped AND ")));
    }
    if let Some(name) = words.follows(&["RENAME", "ATTRIBUTE"]) {
        let there = part("pg_attribute", "attrelid", "attname", words.at(2), name);
        return Some(there.replace("WHERE ", "WHERE NOT attisdropped AND "));
    }
    words.follows(&["RENAME", "TO"]).map(|_| format!("{of} IS NOT NULL"))
}

fn publication(words: &Words) -> Option<String> {
    let publication = format!(
        "(SELECT oid FROM pg_catalog.pg_publication WHERE pubname = {})",
        quoted(&plain(words.at(2)))
    );
    let member = |table: &str| {
        let row = format!("prrelid = {} AND prpubid = {publication}", relation(table));
        exists("pg_publication_rel", &row)
    };
    let schema = |name: &str| {
        let row = format!(
            "pnnspid = pg_catalog.to_regnamespace({}) AND pnpubid = {publication}",
            quoted(name)
        );
        exists("pg_publication_namespace", &row)
    };
    if let Some(name) = words.follows(&["ADD", "TABLES", "IN", "SCHEMA"]) {
        return Some(format!("NOT {}", schema(name)));
    }
    if let Some(name) = words.follows(&["DROP", "TABLES", "IN", "SCHEMA"]) {
        return Some(schema(name));
    }
    if let Some(at) = words.behind(&["ADD", "TABLE"]) {
        let at = if words.at(at) == "ONLY" { at + 1 } else { at };
        return Some(format!("NOT {}", member(words.at(at))));
    }
    if let Some(table) = words.follows(&["DROP", "TABLE"]) {
        return Some(member(table));
    }
    words.follows(&["RENAME", "TO"]).map(|_| named("pg_publication", "pubname", "", words.at(2)))
}

/// ALTER OPERATOR FAMILY … ADD: whether its first member is in the family.
fn family(words: &Words) -> Option<String> {
    let at = words.behind(&["ADD"])?;
    let family = format!(
        "(SELECT oid FROM pg_catalog.pg_opfamily WHERE {} AND opfmethod = {})",
        naming("opfname", "opfnamespace", words.at(3)),
        method(words.follows(&["USING"])?)
    );
    let number = words.at(at + 1);
    let open = (at + 2..at + 5).find(|at| words.at(*at) == "(")?;
    let left = words.until(open + 1, &[]);
    let types = words.until(open, &[]);
    let right = match types.trim_start_matches('(').split_once(',') {
        Some((_, right)) => right.split(')').next().unwrap_or("").trim().to_string(),
        None => left.clone(),
    };
    let (left, right) = (type_oid(&left), type_oid(&right));
    Some(match words.at(at) {
        "FUNCTION" => format!(
            "NOT {}",
            exists(
                "pg_amproc",
                &format!(
                    "amprocfamily = {family} AND amprocnum = {number} AND amproclefttype = {left} AND amprocrighttype = {right}"
                )
            )
        ),
        _ => format!(
            "NOT {}",
            exists(
                "pg_amop",
                &format!(
                    "amopfamily = {family} AND amopstrategy = {number} AND amoplefttype = {left} AND amoprighttype = {right}"
                )
            )
        ), // OPERATOR
    })
}

/// Whether a change of a column's type, which others are taken down for, is still to be made.
pub(in crate::plan) fn to_do(sql: &str) -> Option<String> {
    let words = Words::of(sql);
    let (_, table) = words.relation(1).filter(|_| words.at(0) == "ALTER")?;
    type_changed(&words, sql, table)
}

/// Whether a table is no partition or child of another yet.
pub(in crate::plan) fn not_attached(child: &str, parent: &str) -> String {
    format!("NOT {}", inherits(child, parent))
}

/// Whether a column has a collation of that name.
pub(in crate::plan) fn collation_is(table: &str, column: &str, collation: &str) -> String {
    let collation = format!(
        "(SELECT collname FROM pg_catalog.pg_collation WHERE pg_collation.oid = attcollation) = {}",
        quoted(collation)
    );
    let row = format!(
        "attrelid = {} AND attname = {} AND {collation}",
        relation(table),
        quoted(&plain(column))
    );
    exists("pg_attribute", &row)
}

/// Whether a column accepts nulls.
pub(in crate::plan) fn accepts_nulls(table: &str, column: &str) -> String {
    let row = format!(
        "attrelid = {} AND attname = {} AND NOT attnotnull",
        relation(table),
        quoted(&plain(column))
    );
    exists("pg_attribute", &row)
}

/// Whether the columns of a view are others than these, each a name and a type.
pub(in crate::plan) fn columns_differ(view: &str, columns: &[(String, String)]) -> String {
    let list: Vec<String> =
        columns.iter().map(|(name, typname)| quoted(&format!("{name} {typname}"))).collect();
    format!(
        "ARRAY(SELECT attname || ' ' || pg_catalog.format_type(atttypid, atttypmod) FROM pg_catalog.pg_attribute WHERE attrelid = {} AND attnum > 0 AND NOT attisdropped ORDER BY attnum) <> ARRAY[{}]::text[]",
        relation(view),
        list.join(", ")
    )
}

/// Whether a routine is there and returns another type than this, calls its arguments otherwise, or has more defaults.
pub(in crate::plan) fn is_other_routine(
    signature: &str,
    (typname, set): (&str, bool),
    arguments: &str,
    (kind, defaults): (u8, i16),
) -> String {
    let row = format!(
        "oid = pg_catalog.to_regprocedure({}) AND (prokind <> '{}' OR prorettype <> {} OR proretset <> {set} OR pronargdefaults > {defaults} OR pg_catalog.pg_get_function_identity_arguments(oid) <> {})",
        quoted(signature),
        char::from(kind),
        type_oid(typname),
        quoted(arguments)
    );
    exists("pg_proc", &row)
}

/// Whether an object belongs to another role than this; None for kinds whose owners are not asked for.
pub(in crate::plan) fn owner_is_other(class: Class, name: &str, role: &str) -> Option<String> {
    let (catalog, column, found) = match class {
        Class::Relation => ("pg_class", "relowner", relation(name)),
        Class::Type => ("pg_type", "typowner", type_oid(name)),
        Class::Proc | Class::Aggregate => {
            let found = format!("pg_catalog.to_regprocedure({})", quoted(name));
            ("pg_proc", "proowner", found)
        }
        Class::Namespace => {
            let found = format!("pg_catalog.to_regnamespace({})", quoted(name));
            ("pg_namespace", "nspowner", found)
        }
        _ => return None, // few have privileges
    };
    let row = format!(
        "oid = {found} AND pg_catalog.pg_get_userbyid({column}) <> {}",
        quoted(&plain(role))
    );
    Some(exists(catalog, &row))
}

/// Whether a materialized view has another query than this one, as PostgreSQL prints it.
pub(in crate::plan) fn query_differs(view: &str, query: &str) -> String {
    format!("pg_catalog.pg_get_viewdef({}) <> {}", relation(view), quoted(query))
}

/// Whether a type is as it was: of that kind, with those labels, or on top of that type.
pub(in crate::plan) fn still_is(
    name: &str,
    kind: u8,
    labels: &[String],
    base: Option<&str>,
) -> String {
    let base = base.map_or(String::new(), |base| {
        format!(" AND pg_catalog.format_type(typbasetype, typtypmod) = {}", quoted(base))
    });
    let row = format!("oid = {} AND typtype = '{}'{base}", type_oid(name), char::from(kind));
    let same = exists("pg_type", &row);
    if kind != b'e' {
        return same;
    }
    let labels: Vec<String> = labels.iter().map(|label| quoted(label)).collect();
    format!(
        "{same} AND ARRAY(SELECT enumlabel::text FROM pg_catalog.pg_enum WHERE enumtypid = {} ORDER BY enumsortorder) = ARRAY[{}]::text[]",
        type_oid(name),
        labels.join(", ")
    )
}

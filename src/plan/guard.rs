//! Guards, so that a plan can be run again: IF [NOT] EXISTS and OR REPLACE where the statement has them, else a
//! block that asks the catalog first.

use super::Step;
use crate::deparse::ruleutils::simple_quote_literal;

/// Guards each of the step's statements.
pub(super) fn step(step: &mut Step) {
    for one in &mut step.statements {
        one.sql = guarded(&one.sql);
    }
}

/// Statements that take IF NOT EXISTS after these words.
const IF_NOT_EXISTS: [&str; 16] = [
    "CREATE SCHEMA ",
    "CREATE TABLE ",
    "CREATE UNLOGGED TABLE ",
    "CREATE FOREIGN TABLE ",
    "CREATE SEQUENCE ",
    "CREATE UNLOGGED SEQUENCE ",
    "CREATE MATERIALIZED VIEW ",
    "CREATE COLLATION ",
    "CREATE STATISTICS ",
    "CREATE SERVER ",
    "CREATE USER MAPPING ",
    "CREATE INDEX CONCURRENTLY ",
    "CREATE UNIQUE INDEX CONCURRENTLY ",
    "CREATE INDEX ",
    "CREATE UNIQUE INDEX ",
    "CREATE EXTENSION ",
];

/// Statements that take OR REPLACE after CREATE.
const OR_REPLACE: [&str; 6] =
    ["VIEW ", "FUNCTION ", "PROCEDURE ", "AGGREGATE ", "RULE ", "TRIGGER "];

/// Kinds of two words or more, as DROP names them.
const LONG_KINDS: [&str; 12] = [
    "MATERIALIZED VIEW",
    "FOREIGN TABLE",
    "FOREIGN DATA WRAPPER",
    "TEXT SEARCH CONFIGURATION",
    "TEXT SEARCH DICTIONARY",
    "TEXT SEARCH PARSER",
    "TEXT SEARCH TEMPLATE",
    "EVENT TRIGGER",
    "INDEX CONCURRENTLY",
    "OPERATOR CLASS",
    "OPERATOR FAMILY",
    "USER MAPPING",
];

/// Objects that only a look into the catalog guards: the words, the catalog, its column of names, and of schemas.
const NAMED: [(&str, &str, &str, &str); 8] = [
    ("CREATE PUBLICATION ", "pg_publication", "pubname", ""),
    ("CREATE SUBSCRIPTION ", "pg_subscription", "subname", ""),
    ("CREATE EVENT TRIGGER ", "pg_event_trigger", "evtname", ""),
    ("CREATE FOREIGN DATA WRAPPER ", "pg_foreign_data_wrapper", "fdwname", ""),
    ("CREATE CONVERSION ", "pg_conversion", "conname", "connamespace"),
    ("CREATE TEXT SEARCH DICTIONARY ", "pg_ts_dict", "dictname", "dictnamespace"),
    ("CREATE TEXT SEARCH CONFIGURATION ", "pg_ts_config", "cfgname", "cfgnamespace"),
    ("CREATE OPERATOR FAMILY ", "pg_opfamily", "opfname", "opfnamespace"),
];

fn guarded(sql: &str) -> String {
    for words in IF_NOT_EXISTS {
        if let Some(rest) = sql.strip_prefix(words) {
            let there = rest.starts_with("IF NOT EXISTS");
            let none = words == "CREATE INDEX " && rest.starts_with("CONCURRENTLY ");
            if none {
                continue;
            }
            return if there { sql.to_string() } else { format!("{words}IF NOT EXISTS {rest}") };
        }
    }
    if let Some(rest) = sql.strip_prefix("CREATE ")
        && OR_REPLACE.iter().any(|kind| rest.starts_with(kind))
    {
        return format!("CREATE OR REPLACE {rest}");
    }
    if let Some(rest) = sql.strip_prefix("DROP ") {
        let long = LONG_KINDS.iter().find(|kind| rest.starts_with(**kind)).map(|kind| kind.len());
        let end = long.or_else(|| rest.find(' ')).unwrap_or(rest.len());
        let (kind, name) = rest.split_at(end);
        return format!("DROP {kind} IF EXISTS{name}");
    }
    for (words, with) in [
        (" ADD COLUMN ", " ADD COLUMN IF NOT EXISTS "),
        (" DROP COLUMN ", " DROP COLUMN IF EXISTS "),
        (" DROP CONSTRAINT ", " DROP CONSTRAINT IF EXISTS "),
        (" ADD VALUE ", " ADD VALUE IF NOT EXISTS "),
        (" DROP IDENTITY;", " DROP IDENTITY IF EXISTS;"),
        (" DROP EXPRESSION;", " DROP EXPRESSION IF EXISTS;"),
        (" DROP MAPPING FOR ", " DROP MAPPING IF EXISTS FOR "),
    ] {
        if sql.starts_with("ALTER ") && head(sql).contains(words) {
            return sql.replacen(words, with, 1);
        }
    }
    if let Some(rest) = sql.strip_prefix("ALTER INDEX ")
        && head(sql).contains(" RENAME TO ")
    {
        return format!("ALTER INDEX IF EXISTS {rest}");
    }
    match condition(sql) {
        Some(condition) => asked(&condition, sql),
        None => sql.to_string(),
    }
}

/// The part of a statement before any expression.
fn head(sql: &str) -> &str {
    let end = sql.find(['(', '\'']).unwrap_or(sql.len());
    &sql[..end]
}

/// The block that runs the statement where the condition holds.
fn asked(condition: &str, sql: &str) -> String {
    let mut tag = "guard".to_string();
    while sql.contains(&format!("${tag}$")) {
        tag.push('_');
    }
    format!("DO ${tag}$ BEGIN IF {condition} THEN\n{sql}\nEND IF; END ${tag}$;")
}

/// What must hold for the statement to have something to do, for those that have no guard of their own.
fn condition(sql: &str) -> Option<String> {
    let words = words(sql);
    let word = |at: usize| words.get(at).map(|word| word.as_str());
    let after = |what: &[&str]| {
        let at = words.windows(what.len()).position(|window| window == what)?;
        words.get(at + what.len())
    };
    for (start, catalog, name, schema) in NAMED {
        if sql.starts_with(start) {
            let object = word(start.split_whitespace().count())?;
            return Some(not_there(catalog, name, schema, object));
        }
    }
    match (word(0)?, word(1)?) {
        ("CREATE", "TYPE" | "DOMAIN") => {
            // A shell is there already when the type itself is made.
            let shell = words.len() <= 4;
            let name = simple_quote_literal(word(2)?);
            let defined = if shell { "" } else { " AND typisdefined" };
            Some(format!(
                "NOT EXISTS (SELECT FROM pg_catalog.pg_type WHERE oid = pg_catalog.to_regtype({name}){defined})"
            ))
        }
        ("CREATE", "POLICY") => {
            Some(part("pg_policy", "polrelid", "polname", word(4)?, word(2)?, false))
        }
        ("CREATE", "CONSTRAINT") if word(2) == Some("TRIGGER") => {
            Some(part("pg_trigger", "tgrelid", "tgname", after(&["ON"])?, word(3)?, false))
        }
        ("ALTER", "TABLE" | "FOREIGN") => {
            let skip = words
                .iter()
                .take(4)
                .filter(|word| matches!(word.as_str(), "TABLE" | "FOREIGN" | "ONLY"))
                .count();
            let table = word(1 + skip)?;
            if let Some(name) = after(&["ADD", "CONSTRAINT"]) {
                return Some(part("pg_constraint", "conrelid", "conname", table, name, false));
            }
            if let Some(name) = after(&["RENAME", "CONSTRAINT"]) {
                return Some(part("pg_constraint", "conrelid", "conname", table, name, true));
            }
            if let Some(child) = after(&["ATTACH", "PARTITION"]) {
                return Some(format!("NOT {}", inherits(child, table)));
            }
            if let Some(child) = after(&["DETACH", "PARTITION"]) {
                return Some(inherits(child, table));
            }
            if let Some(parent) = after(&["NO", "INHERIT"]) {
                return Some(inherits(table, parent));
            }
            if let Some(parent) = after(&["INHERIT"]) {
                return Some(format!("NOT {}", inherits(table, parent)));
            }
            if words.windows(2).any(|pair| pair == ["ADD", "GENERATED"]) {
                let column = after(&["ALTER", "COLUMN"])?;
                return Some(format!(
                    "NOT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = {}::regclass AND attname = {} AND attidentity <> '')",
                    simple_quote_literal(table),
                    simple_quote_literal(&plain(column))
                ));
            }
            None
        }
        ("ALTER", "DOMAIN") => {
            let of = simple_quote_literal(word(2)?);
            let (name, not) =
                match (after(&["ADD", "CONSTRAINT"]), after(&["RENAME", "CONSTRAINT"])) {
                    (Some(name), _) => (name, "NOT "),
                    (None, Some(name)) => (name, ""),
                    (None, None) => return None,
                };
            Some(format!(
                "{not}EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contypid = {of}::regtype AND conname = {})",
                simple_quote_literal(&plain(name))
            ))
        }
        ("ALTER", "TYPE") => {
            let of = simple_quote_literal(word(2)?);
            if let Some(label) = after(&["RENAME", "VALUE"]) {
                return Some(format!(
                    "EXISTS (SELECT FROM pg_catalog.pg_enum WHERE enumtypid = {of}::regtype AND enumlabel = {label})"
                ));
            }
            let attribute = |name: &String, not: &str| {
                format!(
                    "{not}EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = (SELECT typrelid FROM pg_catalog.pg_type WHERE oid = {of}::regtype) AND attname = {} AND NOT attisdropped)",
                    simple_quote_literal(&plain(name))
                )
            };
            if let Some(name) = after(&["ADD", "ATTRIBUTE"]) {
                return Some(attribute(name, "NOT "));
            }
            after(&["DROP", "ATTRIBUTE"]).map(|name| attribute(name, ""))
        }
        ("ALTER", "PUBLICATION") => {
            let publication = simple_quote_literal(&plain(word(2)?));
            let member = |table: &str, not: &str| {
                format!(
                    "{not}EXISTS (SELECT FROM pg_catalog.pg_publication_rel WHERE prrelid = {}::regclass AND prpubid = (SELECT oid FROM pg_catalog.pg_publication WHERE pubname = {publication}))",
                    simple_quote_literal(table)
                )
            };
            if let Some(table) = after(&["ADD", "TABLE", "ONLY"]) {
                return Some(member(table, "NOT "));
            }
            after(&["DROP", "TABLE"]).map(|table| member(table, ""))
        }
        _ => None, // it can be run again as it is, or PostgreSQL has no way to ask
    }
}

fn inherits(child: &str, parent: &str) -> String {
    format!(
        "EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = {}::regclass AND inhparent = {}::regclass)",
        simple_quote_literal(child),
        simple_quote_literal(parent)
    )
}

fn part(catalog: &str, of: &str, name: &str, table: &str, object: &str, there: bool) -> String {
    let not = if there { "" } else { "NOT " };
    format!(
        "{not}EXISTS (SELECT FROM pg_catalog.{catalog} WHERE {of} = {}::regclass AND {name} = {})",
        simple_quote_literal(table),
        simple_quote_literal(&plain(object))
    )
}

fn not_there(catalog: &str, name: &str, schema: &str, object: &str) -> String {
    let (namespace, object) = match qualified(object) {
        Some((namespace, object)) if !schema.is_empty() => {
            (format!(" AND {schema} = {}::regnamespace", simple_quote_literal(&namespace)), object)
        }
        _ => (String::new(), object.to_string()), // without a schema
    };
    let object = simple_quote_literal(&plain(&object));
    format!("NOT EXISTS (SELECT FROM pg_catalog.{catalog} WHERE {name} = {object}{namespace})")
}

/// A qualified name's two halves, as they are written.
fn qualified(name: &str) -> Option<(String, String)> {
    let mut quoted = false;
    for (at, c) in name.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => return Some((name[..at].to_string(), name[at + 1..].to_string())),
            _ => {} // a part of a name
        }
    }
    None
}

/// A name without its quotes.
fn plain(name: &str) -> String {
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(name) => name.replace("\"\"", "\""),
        None => name.to_string(),
    }
}

/// The words of a statement up to its first parenthesis: names with their quotes and schemas, literals whole.
fn words(sql: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in sql.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(' | ';') => {
                words.push(c.to_string());
                break;
            }
            (None, c) if c.is_whitespace() => {
                words.push(String::new());
                continue;
            }
            (None, _) => {}
        }
        if let Some(last) = words.last_mut() {
            last.push(c);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

//! Guards, so that a plan can be run again: IF [NOT] EXISTS and OR REPLACE where the statement has them, else a
//! block that asks the catalog first.

mod questions;
mod words;

use std::collections::HashMap;

pub(super) use questions::{
    accepts_nulls, collation_is, columns_differ, is_other_routine, not_attached, owner_is_other,
    query_differs, relation, still_is, to_do, type_oid,
};

use super::{Plan, Statement};
use words::{Words, head};

/// Guards each of the plan's statements.
pub(super) fn plan(plan: &mut Plan) {
    let all = Names::of(plan);
    for step in plan.phases.iter_mut().flat_map(|phase| &mut phase.steps) {
        let mut guarded = Vec::new();
        for mut one in std::mem::take(&mut step.statements) {
            guarded.extend(cleared(&one.sql));
            one.sql = match one.only_if.take() {
                Some(condition) => asked(&condition, &forms(&one.sql, &all)),
                None => with_guard(&one.sql, &all),
            };
            guarded.push(one);
        }
        step.statements = guarded;
    }
}

/// What the plan takes away and makes, by names.
struct Names {
    version: u32,
    /// Relations that are dropped, renamed or leave the schema: they are not there when the plan is run again.
    gone: Vec<String>,
    /// The kind of relation that is made under a name.
    made: HashMap<String, String>,
    /// Routines that are made, by the kind's word and the name.
    routines: Vec<(String, String)>,
    /// Schemas that are dropped.
    schemas: Vec<String>,
    /// Columns that become identities, by table and column.
    identities: Vec<(String, String)>,
    /// Constraints that are made, with their tables' schemas.
    constraints: Vec<String>,
    /// The sequences behind them.
    sequences: Vec<String>,
}

impl Names {
    fn of(plan: &Plan) -> Names {
        let mut names = Names {
            version: plan.version,
            gone: Vec::new(),
            made: HashMap::new(),
            routines: Vec::new(),
            schemas: Vec::new(),
            identities: Vec::new(),
            constraints: Vec::new(),
            sequences: Vec::new(),
        };
        for one in plan.steps().flat_map(|step| &step.statements) {
            let words = Words::of(&one.sql);
            match (words.at(0), words.at(1)) {
                ("DROP", "SCHEMA") => names.schemas.push(words.at(2).to_string()),
                ("DROP", _) => {
                    if let Some((_, name)) = words.relation(1) {
                        names.gone.push(name.to_string());
                    }
                }
                ("CREATE", "FUNCTION" | "PROCEDURE" | "AGGREGATE") => {
                    names.routines.push((words.at(1).to_string(), words.at(2).to_string()));
                }
                ("CREATE", _) => {
                    if let Some((kind, name)) = words.relation(1) {
                        names.made.insert(name.to_string(), kind.to_string());
                    }
                }
                ("ALTER", "TABLE") if words.behind(&["ADD", "GENERATED"]).is_some() => {
                    let column = words.follows(&["ALTER", "COLUMN"]);
                    if let Some(((_, table), column)) = words.relation(1).zip(column) {
                        names.identities.push((table.to_string(), column.to_string()));
                    }
                    let sequence = words.follows(&["SEQUENCE", "NAME"]);
                    names.sequences.extend(sequence.map(str::to_string));
                }
                ("ALTER", "TABLE") if words.follows(&["ADD", "CONSTRAINT"]).is_some() => {
                    let schema = words.relation(1).and_then(|(_, table)| words::qualified(table));
                    if let Some((schema, _)) = schema {
                        let name = words.follows(&["ADD", "CONSTRAINT"]).unwrap_or_default();
                        names.constraints.push(format!("{schema}.{name}"));
                    }
                }
                ("ALTER", _)
                    if words.has("RENAME") || words.follows(&["SET", "SCHEMA"]).is_some() =>
                {
                    if let Some((_, name)) = words.relation(1) {
                        names.gone.push(name.to_string());
                    }
                }
                _ => {} // neither comes nor goes
            }
        }
        names.gone.retain(|name| !names.made.contains_key(name));
        names
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
const OR_REPLACE: [&str; 10] = [
    "VIEW ",
    "FUNCTION ",
    "PROCEDURE ",
    "AGGREGATE ",
    "RULE ",
    "TRANSFORM ",
    "LANGUAGE ",
    "PROCEDURAL LANGUAGE ",
    "TRUSTED LANGUAGE ",
    "TRUSTED PROCEDURAL LANGUAGE ",
];

/// Kinds of two words or more, as DROP names them.
const LONG_KINDS: [&str; 17] = [
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
    "ACCESS METHOD",
    "PROCEDURAL LANGUAGE",
    "TRUSTED PROCEDURAL LANGUAGE",
    "TRUSTED LANGUAGE",
    "TRANSFORM",
];

/// The statement so that it can be run again.
fn with_guard(sql: &str, all: &Names) -> String {
    match questions::condition(sql, all) {
        Some(condition) => asked(&condition, &forms(sql, all)),
        None => forms(sql, all),
    }
}

/// The statement with its own guards: IF EXISTS, IF NOT EXISTS, OR REPLACE.
fn forms(sql: &str, all: &Names) -> String {
    for words in IF_NOT_EXISTS {
        if let Some(rest) = sql.strip_prefix(words) {
            let there = rest.starts_with("IF NOT EXISTS");
            if words == "CREATE INDEX " && rest.starts_with("CONCURRENTLY ") {
                continue;
            }
            return if there { sql.to_string() } else { format!("{words}IF NOT EXISTS {rest}") };
        }
    }
    if let Some(rest) = sql.strip_prefix("CREATE ") {
        let replaced = OR_REPLACE.iter().any(|kind| rest.starts_with(kind))
            || rest.starts_with("TRIGGER ") && all.version >= 14;
        return if replaced { format!("CREATE OR REPLACE {rest}") } else { sql.to_string() };
    }
    if let Some(rest) = sql.strip_prefix("DROP ") {
        let long = LONG_KINDS.iter().filter(|kind| rest.starts_with(**kind)).map(|kind| kind.len());
        let end = long.max().or_else(|| rest.find(' ')).unwrap_or(rest.len());
        let (kind, name) = rest.split_at(end);
        let words = Words::of(sql);
        let other = |(made, called): &(String, String)| made != kind && called == words.at(2);
        let routine = matches!(kind, "FUNCTION" | "PROCEDURE" | "AGGREGATE")
            && all.routines.iter().any(other);
        let kind = if routine { "ROUTINE" } else { kind };
        return format!("DROP {kind} IF EXISTS{name}");
    }
    let mut text = sql.to_string();
    for (words, with) in [
        (" ADD COLUMN ", " ADD COLUMN IF NOT EXISTS "),
        (" DROP COLUMN ", " DROP COLUMN IF EXISTS "),
        (" DROP CONSTRAINT ", " DROP CONSTRAINT IF EXISTS "),
        (" ADD VALUE ", " ADD VALUE IF NOT EXISTS "),
        (" DROP IDENTITY;", " DROP IDENTITY IF EXISTS;"),
        (" DROP EXPRESSION;", " DROP EXPRESSION IF EXISTS;"),
        (" DROP MAPPING FOR ", " DROP MAPPING IF EXISTS FOR "),
        (" DROP ATTRIBUTE ", " DROP ATTRIBUTE IF EXISTS "),
    ] {
        if sql.starts_with("ALTER ") && head(sql).contains(words) {
            text = sql.replacen(words, with, 1);
            break;
        }
    }
    let words = Words::of(sql);
    if words.at(0) == "ALTER"
        && let Some((kind, name)) = words.relation(1)
        && all.gone.iter().any(|gone| gone == name)
    {
        text = text.replacen(&format!("ALTER {kind} "), &format!("ALTER {kind} IF EXISTS "), 1);
    }
    text
}

/// What must be out of the way before the statement, which has no guard for it.
fn cleared(sql: &str) -> Option<Statement> {
    let words = Words::of(sql);
    let start = ["ALTER", "TEXT", "SEARCH", "CONFIGURATION"];
    if words.starts(&start)
        && let Some(token) = words.follows(&["ADD", "MAPPING", "FOR"])
    {
        let name = words.at(4);
        return Some(Statement::together(format!(
            "ALTER TEXT SEARCH CONFIGURATION {name} DROP MAPPING IF EXISTS FOR {token};"
        )));
    }
    // What an earlier run that was broken off has left would be taken for the finished index.
    if let Some(name) =
        words.follows(&["INDEX", "CONCURRENTLY"]).filter(|_| words.at(0) == "CREATE")
        && words::plain(name).ends_with("__new")
    {
        let table = words.follows(&["ON"])?;
        let schema = words::qualified(table).map_or(String::new(), |(schema, _)| schema + ".");
        let sql = format!("DROP INDEX CONCURRENTLY IF EXISTS {schema}{name};");
        return Some(Statement::lone(sql));
    }
    None
}

/// The block that runs the statement where the condition holds.
fn asked(condition: &str, sql: &str) -> String {
    let mut tag = "guard".to_string();
    while sql.contains(&format!("${tag}$")) {
        tag.push('_');
    }
    format!("DO ${tag}$ BEGIN IF {condition} THEN\n{sql}\nEND IF; END ${tag}$;")
}

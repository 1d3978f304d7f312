//! Storage parameters, `WITH (name = value)`: merged with old ones and checked (PostgreSQL:
//! access/common/reloptions.c).

use std::sync::Arc;

use super::define::{def_get_string, def_name};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{DefElem, Node};
use crate::pg::sqlstate;
use crate::pg::version::Version;

/// Options as the catalogs keep them: name and value.
pub type Options = Vec<(Arc<str>, Arc<str>)>;

/// What values an option takes.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Bool,
    Int(i64, i64),
    Real(f64, f64),
    Enum(&'static [&'static str], &'static str),
    /// Any text; its validator belongs to an extension or is not modelled.
    Any,
}

type Known = &'static [(&'static str, Kind)];

const INT_MAX: i64 = 2_147_483_647;
const ON_OFF_AUTO: Kind =
    Kind::Enum(ON_OFF_AUTO_WORDS, "Valid values are \"on\", \"off\", and \"auto\".");
/// `auto` and every spelling of a Boolean.
const ON_OFF_AUTO_WORDS: &[&str] = &["auto", "on", "off", "true", "false", "yes", "no", "1", "0"];
const BUFFERING: Kind =
    Kind::Enum(&["auto", "on", "off"], "Valid values are \"on\", \"off\", and \"auto\".");
const CHECK_OPTION: Kind =
    Kind::Enum(&["local", "cascaded"], "Valid values are \"local\" and \"cascaded\".");

/// Parameters of tables and of their TOAST tables.
const HEAP_AND_TOAST: Known = &[
    ("autovacuum_enabled", Kind::Bool),
    ("autovacuum_vacuum_threshold", Kind::Int(0, INT_MAX)),
    ("autovacuum_vacuum_max_threshold", Kind::Int(-1, INT_MAX)),
    ("autovacuum_vacuum_insert_threshold", Kind::Int(-1, INT_MAX)),
    ("autovacuum_vacuum_cost_delay", Kind::Real(0.0, 100.0)),
    ("autovacuum_vacuum_cost_limit", Kind::Int(1, 10_000)),
    ("autovacuum_freeze_min_age", Kind::Int(0, 1_000_000_000)),
    ("autovacuum_freeze_max_age", Kind::Int(100_000, 2_000_000_000)),
    ("autovacuum_freeze_table_age", Kind::Int(0, 2_000_000_000)),
    ("autovacuum_multixact_freeze_min_age", Kind::Int(0, 1_000_000_000)),
    ("autovacuum_multixact_freeze_max_age", Kind::Int(10_000, 2_000_000_000)),
    ("autovacuum_multixact_freeze_table_age", Kind::Int(0, 2_000_000_000)),
    ("log_autovacuum_min_duration", Kind::Int(-1, INT_MAX)),
    ("autovacuum_vacuum_scale_factor", Kind::Real(0.0, 100.0)),
    ("autovacuum_vacuum_insert_scale_factor", Kind::Real(0.0, 100.0)),
    ("vacuum_index_cleanup", ON_OFF_AUTO),
    ("vacuum_truncate", Kind::Bool),
    ("vacuum_max_eager_freeze_failure_rate", Kind::Real(0.0, 1.0)),
];

/// Parameters of tables alone.
const HEAP_ONLY: Known = &[
    ("fillfactor", Kind::Int(10, 100)),
    ("toast_tuple_target", Kind::Int(128, 8160)),
    ("autovacuum_analyze_threshold", Kind::Int(0, INT_MAX)),
    ("autovacuum_analyze_scale_factor", Kind::Real(0.0, 100.0)),
    ("user_catalog_table", Kind::Bool),
    ("parallel_workers", Kind::Int(0, 1024)),
];

const SINCE_18: &[&str] =
    &["autovacuum_vacuum_max_threshold", "vacuum_max_eager_freeze_failure_rate"];

const VIEW: Known = &[
    ("security_barrier", Kind::Bool),
    ("security_invoker", Kind::Bool),
    ("check_option", CHECK_OPTION),
];

const ATTRIBUTE: Known = &[
    ("n_distinct", Kind::Real(-1.0, f64::MAX)),
    ("n_distinct_inherited", Kind::Real(-1.0, f64::MAX)),
];

const TABLESPACE: Known = &[
    ("random_page_cost", Kind::Real(-1.0, f64::MAX)),
    ("seq_page_cost", Kind::Real(-1.0, f64::MAX)),
    ("effective_io_concurrency", Kind::Int(-1, 1000)),
    ("maintenance_io_concurrency", Kind::Int(-1, 1000)),
];

const BTREE: Known = &[
    ("fillfactor", Kind::Int(10, 100)),
    ("vacuum_cleanup_index_scale_factor", Kind::Real(-1.0, 1e10)),
    ("deduplicate_items", Kind::Bool),
];
const HASH: Known = &[("fillfactor", Kind::Int(10, 100))];
const GIST: Known = &[("fillfactor", Kind::Int(10, 100)), ("buffering", BUFFERING)];
const SPGIST: Known = &[("fillfactor", Kind::Int(10, 100))];
const GIN: Known =
    &[("fastupdate", Kind::Bool), ("gin_pending_list_limit", Kind::Int(64, INT_MAX))];
const BRIN: Known = &[("pages_per_range", Kind::Int(1, 131_072)), ("autosummarize", Kind::Bool)];
const HNSW: Known = &[("m", Kind::Int(2, 100)), ("ef_construction", Kind::Int(4, 1000))];
const IVFFLAT: Known = &[("lists", Kind::Int(1, 32_768))];

fn invalid(message: String) -> PgError {
    PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message)
}

fn def_elem(node: &Node) -> Option<&DefElem> {
    match node {
        Node::DefElem(def) => Some(def),
        _ => None, // a list of options holds nothing else
    }
}

/// The old options with those of the list put in or, when resetting, taken out (PostgreSQL: transformRelOptions).
pub fn transform_rel_options(
    old: &[(Arc<str>, Arc<str>)],
    definitions: &[Node],
    namespace: Option<&str>,
    valid_namespaces: &[&str],
    is_reset: bool,
) -> PgResult<Options> {
    let of_namespace = |def: &DefElem| def.defnamespace.as_deref() == namespace;
    let replaced = |name: &str| {
        definitions
            .iter()
            .filter_map(def_elem)
            .any(|def| of_namespace(def) && def_name(def) == name)
    };
    let mut options: Options = old.iter().filter(|(name, _)| !replaced(name)).cloned().collect();
    for def in definitions.iter().filter_map(def_elem) {
        if is_reset {
            if def.arg.is_some() {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    "RESET must not include values for parameters",
                )
                .into());
            }
            continue;
        }
        if let Some(given) = def.defnamespace.as_deref()
            && !valid_namespaces.contains(&given)
        {
            return Err(invalid(format!("unrecognized parameter namespace \"{given}\"")).into());
        }
        if !of_namespace(def) {
            continue;
        }
        let name = def_name(def);
        let value = match &def.arg {
            Some(_) => def_get_string(def)?,
            None => "true".to_string(),
        };
        if name.contains('=') {
            return Err(
                invalid(format!("invalid option name \"{name}\": must not contain \"=\"")).into()
            );
        }
        options.push((Arc::from(name), Arc::from(value)));
    }
    Ok(options)
}

/// PostgreSQL: parse_bool (utils/adt/bool.c).
pub fn parse_bool(text: &str) -> Option<bool> {
    let text = text.to_ascii_lowercase();
    let is_prefix = |word: &str, least: usize| text.len() >= least && word.starts_with(&text);
    if is_prefix("true", 1) || is_prefix("yes", 1) || text == "on" || text == "1" {
        Some(true)
    } else if is_prefix("false", 1) || is_prefix("no", 1) || is_prefix("off", 2) || text == "0" {
        Some(false)
    } else {
        None
    }
}

fn check_value(name: &str, value: &str, kind: Kind) -> PgResult<()> {
    let out_of_bounds = |low: String, high: String| {
        invalid(format!("value {value} out of bounds for option \"{name}\""))
            .detail(format!("Valid values are between \"{low}\" and \"{high}\"."))
    };
    match kind {
        Kind::Bool => {
            if parse_bool(value).is_none() {
                return Err(invalid(format!(
                    "invalid value for boolean option \"{name}\": {value}"
                ))
                .into());
            }
        }
        Kind::Int(low, high) => {
            let number = value.trim().parse::<i64>().ok().or_else(|| {
                let number: f64 = value.trim().parse().ok()?;
                (number.abs() <= 2_147_483_647.0).then_some(number.round_ties_even() as i64)
            });
            match number.filter(|number| (-INT_MAX - 1..=INT_MAX).contains(number)) {
                None => {
                    return Err(invalid(format!(
                        "invalid value for integer option \"{name}\": {value}"
                    ))
                    .into());
                }
                Some(number) if !(low..=high).contains(&number) => {
                    return Err(out_of_bounds(low.to_string(), high.to_string()).into());
                }
                Some(_) => {}
            }
        }
        Kind::Real(low, high) => match value.trim().parse::<f64>() {
            Err(_) => {
                return Err(invalid(format!(
                    "invalid value for floating point option \"{name}\": {value}"
                ))
                .into());
            }
            Ok(number) if !(low..=high).contains(&number) => {
                return Err(out_of_bounds(format!("{low:.6}"), format!("{high:.6}")).into());
            }
            Ok(_) => {}
        },
        Kind::Enum(words, detail) => {
            if !words.iter().any(|word| word.eq_ignore_ascii_case(value)) {
                return Err(invalid(format!("invalid value for enum option \"{name}\": {value}"))
                    .detail(detail)
                    .into());
            }
        }
        Kind::Any => {}
    }
    Ok(())
}

/// PostgreSQL: parseRelOptions.
fn check_options(
    options: &[(Arc<str>, Arc<str>)],
    known: impl Fn(&str) -> Option<Kind>,
) -> PgResult<()> {
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in options {
        let Some(kind) = known(name) else {
            return Err(invalid(format!("unrecognized parameter \"{name}\"")).into());
        };
        if seen.contains(&name.as_ref()) {
            return Err(invalid(format!("parameter \"{name}\" specified more than once")).into());
        }
        seen.push(name);
        check_value(name, value, kind)?;
    }
    Ok(())
}

fn find(known: Known, name: &str) -> Option<Kind> {
    known.iter().find(|(option, _)| *option == name).map(|(_, kind)| *kind)
}

/// Checks a table's options, or a view's or a TOAST table's by its relkind (PostgreSQL: heap_reloptions).
pub fn heap_reloptions(
    version: Version,
    relkind: u8,
    options: &[(Arc<str>, Arc<str>)],
) -> PgResult<()> {
    let major = version.major();
    let exists = |name: &str| major >= 18 || !SINCE_18.contains(&name);
    match relkind {
        b'v' => view_reloptions(version, options),
        b'p' => partitioned_table_reloptions(version, options),
        b't' => check_options(options, |name| find(HEAP_AND_TOAST, name).filter(|_| exists(name))),
        b'r' | b'm' => check_options(options, |name| {
            find(HEAP_ONLY, name).or_else(|| find(HEAP_AND_TOAST, name)).filter(|_| exists(name))
        }),
        // Other kinds have no options; the commands refuse them before.
        _ => Ok(()),
    }
}

/// PostgreSQL: partitioned_table_reloptions.
pub fn partitioned_table_reloptions(
    version: Version,
    options: &[(Arc<str>, Arc<str>)],
) -> PgResult<()> {
    if version.major() >= 16 && !options.is_empty() {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            "cannot specify storage parameters for a partitioned table",
        )
        .hint("Specify storage parameters for its leaf partitions instead.")
        .into());
    }
    check_options(options, |_| None)
}

/// PostgreSQL: view_reloptions.
pub fn view_reloptions(version: Version, options: &[(Arc<str>, Arc<str>)]) -> PgResult<()> {
    check_options(options, |name| {
        find(VIEW, name).filter(|_| version.major() >= 15 || name != "security_invoker")
    })
}

/// PostgreSQL: attribute_reloptions.
pub fn attribute_reloptions(options: &[(Arc<str>, Arc<str>)]) -> PgResult<()> {
    check_options(options, |name| find(ATTRIBUTE, name))
}

/// PostgreSQL: tablespace_reloptions.
pub fn tablespace_reloptions(options: &[(Arc<str>, Arc<str>)]) -> PgResult<()> {
    check_options(options, |name| find(TABLESPACE, name))
}

/// Checks an index's options by its access method's name; those of an unknown method pass (PostgreSQL:
/// index_reloptions).
pub fn index_reloptions(amname: &str, options: &[(Arc<str>, Arc<str>)]) -> PgResult<()> {
    let known = match amname {
        "btree" => BTREE,
        "hash" => HASH,
        "gist" => GIST,
        "spgist" => SPGIST,
        "gin" => GIN,
        "brin" => BRIN,
        "hnsw" => HNSW,
        "ivfflat" => IVFFLAT,
        // Methods of other extensions know their options themselves.
        _ => return check_options(options, |_| Some(Kind::Any)),
    };
    check_options(options, |name| find(known, name))
}

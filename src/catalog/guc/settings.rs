//! Which settings a version of PostgreSQL knows and what values they take (PostgreSQL: utils/misc/guc.c; recorded from
//! pg_settings).

use std::collections::HashMap;
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

use crate::catalog::builtin::{self, Setting};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::Node;
use crate::pg::sqlstate;
use crate::pg::version::Version;

type Settings = HashMap<String, Setting, FxBuildHasher>;

/// The settings of a version by lower-case name, read once.
fn settings(version: Version) -> &'static Settings {
    static SETTINGS: [OnceLock<Settings>; 6] = [const { OnceLock::new() }; 6];
    let index = (version.major() - Version::OLDEST.major()) as usize;
    SETTINGS[index].get_or_init(|| {
        builtin::settings(version)
            .map(|setting| (setting.name.to_ascii_lowercase(), setting))
            .collect()
    })
}

/// The setting of that name in that version; names are looked up without regard to case.
pub fn find(version: Version, name: &str) -> Option<&'static Setting> {
    settings(version).get(&name.to_ascii_lowercase())
}

/// Checks that a setting exists and may be set by a session, and that it takes the value (PostgreSQL:
/// set_config_with_handle). None is the default. A name with a dot is a placeholder that any session may make.
pub fn check(version: Version, name: &str, value: Option<&str>) -> PgResult<()> {
    let Some(setting) = find(version, name) else {
        // 13 takes any name with a dot.
        if is_custom_name(name) || name.contains('.') && version.major() < 14 {
            return Ok(());
        }
        if !name.contains('.') {
            return Err(unrecognized(name).into());
        }
        let message = format!("invalid configuration parameter name \"{name}\"");
        return Err(PgError::new(sqlstate::INVALID_NAME, message)
            .detail(
                "Custom parameter names must be two or more simple identifiers separated by dots.",
            )
            .into());
    };
    let refused = match setting.context {
        "internal" => Some("cannot be changed"),
        "postmaster" => Some("cannot be changed without restarting the server"),
        "sighup" => Some("cannot be changed now"),
        "backend" | "superuser-backend" => Some("cannot be set after connection start"),
        _ => None, // superuser and user: a session may set it
    };
    if let Some(why) = refused {
        let message = format!("parameter \"{}\" {why}", setting.name);
        return Err(PgError::new(sqlstate::CANT_CHANGE_RUNTIME_PARAM, message).into());
    }
    match value {
        Some(value) => check_value(setting, value),
        None => Ok(()),
    }
}

/// PostgreSQL: ERRCODE_UNDEFINED_OBJECT of find_option.
pub fn unrecognized(name: &str) -> PgError {
    PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!("unrecognized configuration parameter \"{name}\""),
    )
}

/// PostgreSQL: valid_custom_variable_name.
fn is_custom_name(name: &str) -> bool {
    name.contains('.')
        && name.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii())
                && chars.all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$' || !c.is_ascii())
        })
}

/// Checks a value by its kind (PostgreSQL: parse_and_validate_value).
pub fn check_value(setting: &Setting, value: &str) -> PgResult<()> {
    let name = setting.name;
    let bad = || {
        PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("invalid value for parameter \"{name}\": \"{value}\""),
        )
    };
    match setting.vartype {
        "bool" => match parse_bool(value) {
            Some(_) => Ok(()),
            None => Err(PgError::new(
                sqlstate::INVALID_PARAMETER_VALUE,
                format!("parameter \"{name}\" requires a Boolean value"),
            )
            .into()),
        },
        "enum" => {
            let listed = |value: &str| {
                setting.enumvals.iter().any(|allowed| allowed.eq_ignore_ascii_case(value))
            };
            // Spellings that are not listed (PostgreSQL: the `hidden` entries of its option tables).
            let hidden = match value.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => listed("on"),
                "false" | "no" | "0" => listed("off"),
                "debug" => listed("debug2"),
                _ => false, // none of these
            };
            if hidden || listed(value) {
                return Ok(());
            }
            Err(bad().hint(format!("Available values: {}.", setting.enumvals.join(", "))).into())
        }
        "integer" | "real" => {
            let number = value.trim();
            let end = number
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'x' | 'X')))
                .unwrap_or(number.len());
            let (digits, unit) = number.split_at(end);
            let plain = digits.parse::<f64>().is_ok() || digits.starts_with("0x");
            let unit_ok =
                unit.trim().is_empty() || setting.unit.is_some() || unit.starts_with(['e', 'E']);
            if !plain || !unit_ok {
                return Err(bad().into());
            }
            if unit.trim().is_empty() {
                return check_range(setting, digits);
            }
            Ok(())
        }
        "string" if name == "default_table_access_method" && value.is_empty() => Err(bad().into()),
        _ => Ok(()), // strings: what they may hold, only their own checks know
    }
}

fn check_range(setting: &Setting, digits: &str) -> PgResult<()> {
    let (Ok(number), Some(min), Some(max)) =
        (digits.parse::<f64>(), setting.min_val, setting.max_val)
    else {
        return Ok(());
    };
    let inside = min.parse().is_ok_and(|min: f64| number >= min)
        && max.parse().is_ok_and(|max: f64| number <= max);
    if inside {
        return Ok(());
    }
    let unit = setting.unit.map_or(String::new(), |unit| format!(" {unit}"));
    let message = format!(
        "{digits}{unit} is outside the valid range for parameter \"{}\" ({min}{unit} .. {max}{unit})",
        setting.name
    );
    Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).into())
}

/// PostgreSQL: parse_bool (utils/adt/bool.c): unique prefixes of the words count.
pub fn parse_bool(value: &str) -> Option<bool> {
    let value = value.trim().to_ascii_lowercase();
    let prefix =
        |word: &str, least: usize| value.len() >= least && word.starts_with(value.as_str());
    if prefix("true", 1) || prefix("yes", 1) || value == "on" || value == "1" {
        Some(true)
    } else if prefix("false", 1) || prefix("no", 1) || prefix("off", 2) || value == "0" {
        Some(false)
    } else {
        None
    }
}

/// Settings whose list is stored quoted (PostgreSQL: GUC_LIST_QUOTE).
const LIST_QUOTE: &[&str] = &[
    "search_path",
    "temp_tablespaces",
    "session_preload_libraries",
    "shared_preload_libraries",
    "local_preload_libraries",
    "unix_socket_directories",
];

/// The value that SET's arguments stand for (PostgreSQL: flatten_set_variable_args).
pub fn flatten(name: &str, args: &[Node]) -> PgResult<String> {
    if args.len() > 1 && !is_list(name) {
        let message = format!("SET {name} takes only one argument");
        return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).into());
    }
    let mut parts = Vec::with_capacity(args.len());
    for arg in args {
        let value = match arg {
            Node::TypeCast(cast) => cast.arg.as_ref(), // SET TIME ZONE INTERVAL '…'
            other => Some(other),
        };
        let Some(Node::AConst(constant)) = value else { continue };
        parts.push(match constant.val.as_deref() {
            Some(Node::Integer(number)) => number.to_string(),
            Some(Node::Float(number)) => number.to_string(),
            Some(Node::Boolean(value)) => if *value { "true" } else { "false" }.to_string(),
            Some(Node::String(text)) if LIST_QUOTE.contains(&name) => {
                crate::pg::name::quote_identifier(text).into_owned()
            }
            Some(Node::String(text)) => text.to_string(),
            _ => String::new(), // the grammar gives no other constant
        });
    }
    Ok(parts.join(", "))
}

/// Settings that take a list (PostgreSQL: GUC_LIST_INPUT).
fn is_list(name: &str) -> bool {
    LIST_QUOTE.contains(&name)
        || matches!(
            name,
            "datestyle"
                | "createrole_self_grant"
                | "restrict_nonsystem_relation_kind"
                | "synchronous_standby_names"
                | "listen_addresses"
                | "log_destination"
                | "wal_consistency_checking"
                | "debug_io_direct"
                | "synchronized_standby_slots"
        )
}

//! The reg* types: a name that stands for an object (PostgreSQL: utils/adt/regproc.c).

use crate::catalog::namespace::{
    CandidateOptions, funcname_get_candidates, get_collation_oid, get_namespace_oid, get_role_oid,
    get_ts_config_oid, get_ts_dict_oid, make_range_var_from_name_list, name_list_to_string,
    opername_get_candidates, opername_get_oprid, range_var_get_relid, unless_unknown_extension,
};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::accessors::make_string;
use crate::nodes::primnodes::Datum;
use crate::nodes::tree::Node;
use crate::parser::parse_node::Shared;
use crate::parser::parse_type::parse_type_string;
use crate::pg::name::clip;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

fn invalid_name() -> PgError {
    PgError::new(state::INVALID_NAME, "invalid name syntax")
}

/// A dotted name out of text, quotes taken off, the rest in lower case (PostgreSQL: stringToQualifiedNameList).
pub fn string_to_qualified_name_list(text: &str) -> PgResult<Vec<Node>> {
    let mut names = Vec::new();
    let mut rest = text.trim_matches(super::is_space);
    loop {
        let (name, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let mut name = String::new();
            let mut tail = quoted;
            loop {
                let end = tail.find('"').ok_or_else(invalid_name)?;
                name.push_str(&tail[..end]);
                tail = &tail[end + 1..];
                match tail.strip_prefix('"') {
                    Some(more) => {
                        name.push('"');
                        tail = more;
                    }
                    None => break,
                }
            }
            (name, tail)
        } else {
            let end = rest.find(|c: char| c == '.' || super::is_space(c)).unwrap_or(rest.len());
            if end == 0 {
                return Err(invalid_name().into());
            }
            (rest[..end].to_ascii_lowercase(), &rest[end..])
        };
        names.push(make_string(clip(&name, 63)));
        rest = after.trim_start_matches(super::is_space);
        match rest.strip_prefix('.') {
            Some(more) => rest = more.trim_start_matches(super::is_space),
            None if rest.is_empty() => return Ok(names),
            None => return Err(invalid_name().into()),
        }
    }
}

/// The relation that the text names (PostgreSQL: text_regclass).
pub fn regclass_name(shared: &Shared, text: &str) -> PgResult<Oid> {
    let names = string_to_qualified_name_list(text)?;
    let range_var = make_range_var_from_name_list(&names)?;
    Ok(range_var_get_relid(shared, &range_var, false)?.unwrap_or(Oid::INVALID))
}

/// From 16 on a schema that is missing is no error of its own (PostgreSQL: regclassin).
fn regclass(shared: &Shared, text: &str) -> PgResult<Oid> {
    regclass_name(shared, text).map_err(|stop| match stop {
        Stop::Error(error)
            if error.sqlstate == state::INVALID_SCHEMA_NAME
                && shared.catalog.version().major() >= 16 =>
        {
            let names = string_to_qualified_name_list(text).unwrap_or_default();
            let message = format!("relation \"{}\" does not exist", name_list_to_string(&names));
            PgError::new(state::UNDEFINED_TABLE, message).into()
        }
        other => other, // names that are no names, Unknown
    })
}

/// Reads a literal of one of the reg* types.
pub fn reg_in(shared: &Shared, typid: Oid, text: &str) -> PgResult<Datum> {
    if text == "-" {
        return Ok(Datum::Oid(Oid::INVALID));
    }
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits {
        return super::oid_in(text).map(|value| Datum::Oid(Oid(value)));
    }
    let oid = match typid {
        fixed::REGCLASSOID => regclass(shared, text)?,
        fixed::REGTYPEOID => parse_type_string(shared, text)?.0,
        fixed::REGPROCOID => regproc(shared, text)?,
        fixed::REGPROCEDUREOID => regprocedure(shared, text)?,
        fixed::REGOPEROID => regoper(shared, text)?,
        fixed::REGOPERATOROID => regoperator(shared, text)?,
        fixed::REGROLEOID => {
            let name = single_name(text)?;
            get_role_oid(shared.catalog, &name, false)?.unwrap_or(Oid::INVALID)
        }
        fixed::REGNAMESPACEOID => {
            let name = single_name(text)?;
            get_namespace_oid(shared.catalog, &name, false)?.unwrap_or(Oid::INVALID)
        }
        fixed::REGCOLLATIONOID => {
            let names = string_to_qualified_name_list(text)?;
            get_collation_oid(shared, &names, false)?.unwrap_or(Oid::INVALID)
        }
        fixed::REGCONFIGOID => {
            let names = string_to_qualified_name_list(text)?;
            get_ts_config_oid(shared, &names, false)?.unwrap_or(Oid::INVALID)
        }
        _ => {
            // regdictionary is the one that is left.
            let names = string_to_qualified_name_list(text)?;
            get_ts_dict_oid(shared, &names, false)?.unwrap_or(Oid::INVALID)
        }
    };
    Ok(Datum::Oid(oid))
}

fn single_name(text: &str) -> PgResult<String> {
    match string_to_qualified_name_list(text)?.as_slice() {
        [name] => Ok(name.str_val().to_string()),
        _ => Err(invalid_name().into()), // a dotted name is none
    }
}

fn schema_of(names: &[Node]) -> Option<&str> {
    names.len().checked_sub(2).map(|at| names[at].str_val())
}

fn regproc(shared: &Shared, text: &str) -> PgResult<Oid> {
    let names = string_to_qualified_name_list(text)?;
    let found = funcname_get_candidates(shared, &names, any_arguments(None))?;
    match found.as_slice() {
        [one] => Ok(one.oid),
        [] => {
            let message = format!("function \"{text}\" does not exist");
            let error = PgError::new(state::UNDEFINED_FUNCTION, message);
            Err(unless_unknown_extension(shared, schema_of(&names), error.into()))
        }
        _ => {
            // Several: the name alone does not tell.
            let message = format!("more than one function named \"{text}\"");
            Err(PgError::new(state::AMBIGUOUS_FUNCTION, message).into())
        }
    }
}

fn any_arguments<'n>(nargs: Option<usize>) -> CandidateOptions<'n> {
    CandidateOptions {
        nargs,
        argnames: &[],
        expand_variadic: false,
        expand_defaults: false,
        include_out_arguments: false,
        missing_ok: true,
    }
}

/// `name(type, …)` in its parts (PostgreSQL: parseNameAndArgTypes).
fn name_and_types(
    shared: &Shared,
    text: &str,
    allow_none: bool,
) -> PgResult<(Vec<Node>, Vec<Oid>)> {
    let bad = |message: &str| PgError::new(state::INVALID_TEXT_REPRESENTATION, message.to_string());
    let mut in_quote = false;
    let open = text.char_indices().find(|(_, c)| {
        if *c == '"' {
            in_quote = !in_quote;
        }
        *c == '(' && !in_quote
    });
    let Some((open, _)) = open else { return Err(bad("expected a left parenthesis").into()) };
    let names = string_to_qualified_name_list(&text[..open])?;
    let inner = text[open + 1..].trim_end();
    let Some(inner) = inner.strip_suffix(')') else {
        return Err(bad("expected a right parenthesis").into());
    };
    let mut types = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    let mut pieces = Vec::new();
    in_quote = false;
    for (i, c) in inner.char_indices() {
        match c {
            '"' => in_quote = !in_quote,
            '(' | '[' if !in_quote => depth += 1,
            ')' | ']' if !in_quote => depth -= 1,
            ',' if !in_quote && depth == 0 => {
                pieces.push(&inner[start..i]);
                start = i + 1;
            }
            _ => {} // part of a type's name
        }
    }
    if !(pieces.is_empty() && inner.trim().is_empty()) {
        pieces.push(&inner[start..]);
    }
    for piece in pieces {
        let piece = piece.trim();
        if piece.is_empty() {
            return Err(bad("expected a type name").into());
        }
        if allow_none && piece.eq_ignore_ascii_case("none") {
            types.push(Oid::INVALID);
        } else {
            types.push(parse_type_string(shared, piece)?.0);
        }
    }
    Ok((names, types))
}

fn regprocedure(shared: &Shared, text: &str) -> PgResult<Oid> {
    let (names, types) = name_and_types(shared, text, false)?;
    let found = funcname_get_candidates(shared, &names, any_arguments(Some(types.len())))?;
    if let Some(one) = found.iter().find(|c| c.args == types) {
        return Ok(one.oid);
    }
    let message = format!("function \"{text}\" does not exist");
    let error = PgError::new(state::UNDEFINED_FUNCTION, message);
    Err(unless_unknown_extension(shared, schema_of(&names), error.into()))
}

fn regoper(shared: &Shared, text: &str) -> PgResult<Oid> {
    let names = string_to_qualified_name_list(text)?;
    let mut found = opername_get_candidates(shared, &names, b'b', true)?;
    found.extend(opername_get_candidates(shared, &names, b'l', true)?);
    match found.as_slice() {
        [one] => Ok(one.oid),
        [] => {
            let message = format!("operator does not exist: {text}");
            let error = PgError::new(state::UNDEFINED_FUNCTION, message);
            Err(unless_unknown_extension(shared, schema_of(&names), error.into()))
        }
        _ => {
            // Several: the name alone does not tell.
            let message = format!("more than one operator named {text}");
            Err(PgError::new(state::AMBIGUOUS_FUNCTION, message).into())
        }
    }
}

fn regoperator(shared: &Shared, text: &str) -> PgResult<Oid> {
    let (names, types) = name_and_types(shared, text, true)?;
    let [left, right] = types[..] else {
        let (message, sqlstate) = if types.len() == 1 {
            ("missing argument", state::UNDEFINED_PARAMETER)
        } else {
            ("too many arguments", state::TOO_MANY_ARGUMENTS)
        };
        return Err(PgError::new(sqlstate, message)
            .hint("Provide two argument types for operator.")
            .into());
    };
    match opername_get_oprid(shared, &names, left, right)? {
        Some(oid) => Ok(oid),
        None => {
            let message = format!("operator does not exist: {text}");
            let error = PgError::new(state::UNDEFINED_FUNCTION, message);
            Err(unless_unknown_extension(shared, schema_of(&names), error.into()))
        }
    }
}

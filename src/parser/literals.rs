//! Input functions: what a literal of each type may be, and how the type prints it (PostgreSQL: the *_in functions
//! of utils/adt).

mod arrays;
mod datetime;
mod geometry;
mod json;
mod misc;
mod network;
mod numbers;
mod reg;
mod tsearch;

use super::jsonpath::jsonpath_in;
use super::parse_node::Shared;
use crate::catalog::lsyscache::{get_base_type_and_typmod, is_true_array_type};
use crate::catalog::{PgProc, PgType};
use crate::findings::{PgError, PgResult, Stop};
use crate::nodes::primnodes::Datum;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate as state;

pub use json::{Members, check_json, escape_json, jsonb_in, members, plain_text};
pub use misc::{bit_in, char_in, varbit_in};
pub use numbers::{float_in, int2_in, int4_in, int8_in, numeric_in, oid_in, strict_i64};
pub use reg::{regclass_name, string_to_qualified_name_list};
pub use tsearch::check_tsquery;

/// `invalid input syntax for type …` (PostgreSQL: errcode ERRCODE_INVALID_TEXT_REPRESENTATION).
fn invalid_syntax(type_name: &str, text: &str) -> Stop {
    PgError::new(
        state::INVALID_TEXT_REPRESENTATION,
        format!("invalid input syntax for type {type_name}: \"{text}\""),
    )
    .into()
}

/// The whitespace that C's isspace knows.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

fn trim_space(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Reads a literal as a value of the type; of a domain as one of its base type. The typmod matters to interval alone
/// when parse analysis calls (PostgreSQL: InputFunctionCall).
pub fn input_function_call(
    shared: &Shared,
    typid: Oid,
    text: &str,
    typmod: i32,
) -> PgResult<Datum> {
    input_to_depth(shared, typid, text, typmod, 0)
}

const MAX_NESTING: u32 = 64;

fn input_to_depth(
    shared: &Shared,
    typid: Oid,
    text: &str,
    typmod: i32,
    depth: u32,
) -> PgResult<Datum> {
    let raw = || Ok(Datum::Raw(text.into()));
    let done = |text: String| Ok(Datum::Text(text.into()));
    if depth > MAX_NESTING {
        return raw();
    }
    let version = shared.catalog.version().major();
    match typid {
        fixed::INT2OID | fixed::INT4OID | fixed::INT8OID | fixed::NUMERICOID
            if version < 16 && numbers::is_newly_written(text) =>
        {
            Err(invalid_syntax(&shared.format_type(typid), text))
        }
        fixed::INTERVALOID if version < 17 && text.to_ascii_lowercase().contains("inf") => {
            Err(datetime::bad_syntax("interval", text))
        }
        fixed::BOOLOID => Ok(Datum::Text(misc::bool_in(text)?.into())),
        fixed::INT2OID => done(int2_in(text)?.to_string()),
        fixed::INT4OID => done(int4_in(text)?.to_string()),
        fixed::INT8OID => done(int8_in(text)?.to_string()),
        fixed::OIDOID => done(oid_in(text)?.to_string()),
        fixed::XIDOID | fixed::CIDOID => raw(),
        fixed::FLOAT4OID => done(float_in(text, true)?),
        fixed::FLOAT8OID => done(float_in(text, false)?),
        fixed::NUMERICOID => done(numeric_in(text, typmod)?),
        fixed::TEXTOID | fixed::UNKNOWNOID | fixed::CSTRINGOID | fixed::REFCURSOROID => {
            done(text.to_string())
        }
        fixed::BPCHAROID | fixed::VARCHAROID => {
            Ok(Datum::Text(misc::char_in(text, typmod, typid == fixed::BPCHAROID)?.into()))
        }
        fixed::NAMEOID => done(crate::pg::name::clip(text, 63).to_string()),
        fixed::CHAROID => done(misc::single_char_in(text)),
        fixed::UUIDOID => done(misc::uuid_in(text)?),
        fixed::BYTEAOID => done(misc::bytea_in(text)?),
        fixed::BITOID => done(bit_in(text, typmod)?),
        fixed::VARBITOID => done(misc::varbit_in(text, typmod)?),
        fixed::JSONOID => {
            check_json(text)?;
            done(text.to_string())
        }
        fixed::JSONBOID => done(jsonb_in(text)?),
        fixed::JSONPATHOID => match jsonpath_in(text, shared.catalog.version())? {
            Some(printed) => done(printed),
            None => raw(),
        },
        fixed::DATEOID => datetime::date_in(shared, text),
        fixed::TIMEOID => datetime::time_in(text, false),
        fixed::TIMETZOID => datetime::time_in(text, true),
        fixed::TIMESTAMPOID => datetime::timestamp_in(shared, text, false),
        fixed::TIMESTAMPTZOID => datetime::timestamp_in(shared, text, true),
        fixed::INTERVALOID => datetime::interval_in(text, typmod),
        fixed::INETOID => done(network::inet_in(text, false)?),
        fixed::CIDROID => done(network::inet_in(text, true)?),
        Oid(829) => done(network::macaddr_in(text, false)?),
        Oid(774) => done(network::macaddr_in(text, true)?),
        fixed::REGCLASSOID
        | fixed::REGTYPEOID
        | fixed::REGPROCOID
        | fixed::REGPROCEDUREOID
        | fixed::REGOPEROID
        | fixed::REGOPERATOROID
        | fixed::REGROLEOID
        | fixed::REGNAMESPACEOID
        | fixed::REGCOLLATIONOID
        | fixed::REGCONFIGOID
        | fixed::REGDICTIONARYOID => reg::reg_in(shared, typid, text),
        _ => by_kind(shared, typid, text, typmod, depth), // the types that are made of others
    }
}

/// Types that are known by what they are made of.
fn by_kind(shared: &Shared, typid: Oid, text: &str, typmod: i32, depth: u32) -> PgResult<Datum> {
    let raw = || Ok(Datum::Raw(text.into()));
    let Some(row) = shared.catalog.get::<PgType>(typid) else { return raw() };
    let version = shared.catalog.version().major();
    if typid == fixed::INT2VECTOROID || typid == fixed::OIDVECTOROID {
        return numbers::vector_in(text, typid == fixed::INT2VECTOROID);
    }
    if is_true_array_type(row) && row.typtype == b'b' {
        return arrays::array_in(shared, row.typelem, text, typmod, depth);
    }
    match row.typtype {
        b'e' => misc::enum_in(shared, row, text),
        b'd' => {
            let (base, base_typmod) = get_base_type_and_typmod(shared.catalog, typid, typmod);
            input_to_depth(shared, base, text, base_typmod, depth + 1)
        }
        b'c' => arrays::record_in(shared, row, text, depth),
        b'r' => arrays::range_in(shared, row, text, depth),
        b'm' => arrays::multirange_in(shared, row, text, depth),
        b'p' => pseudo(shared, row),
        _ => {
            // Base types: those of extensions, geometry, text search, money and the like.
            let function = shared.catalog.get::<PgProc>(row.typinput);
            misc::other_in(version, function.map_or("", |p| p.proname.as_str()), row, text)
        }
    }
}

/// PostgreSQL: the input functions of pseudo-types (utils/adt/pseudotypes.c).
fn pseudo(shared: &Shared, row: &PgType) -> PgResult<Datum> {
    if row.oid == fixed::VOIDOID {
        return Ok(Datum::Text("".into()));
    }
    if row.oid == fixed::RECORDOID {
        return Err(PgError::new(
            state::FEATURE_NOT_SUPPORTED,
            "input of anonymous composite types is not implemented",
        )
        .into());
    }
    let message = format!("cannot accept a value of type {}", shared.format_type(row.oid));
    Err(PgError::new(state::FEATURE_NOT_SUPPORTED, message).into())
}

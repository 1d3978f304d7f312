//! Types as SQL spells them (PostgreSQL: utils/adt/format_type.c).

use super::lsyscache::is_true_array_type;
use super::namespace::{SearchPath, type_is_visible};
use super::{Catalog, PgNamespace, PgProc, PgType};
use crate::pg::name::quote_qualified_identifier;
use crate::pg::oid::{Oid, fixed};

/// The type's name for an error message: qualified where the search path does not find it (PostgreSQL:
/// format_type_be).
pub fn format_type_be(catalog: &Catalog, path: &SearchPath, typid: Oid) -> String {
    format_type_extended(catalog, Some(path), typid, None)
}

/// The same with its typmod (PostgreSQL: format_type_with_typemod).
pub fn format_type_with_typemod(
    catalog: &Catalog,
    path: &SearchPath,
    typid: Oid,
    typmod: i32,
) -> String {
    format_type_extended(catalog, Some(path), typid, Some(typmod))
}

/// Qualified unless SQL has a name of its own for it (PostgreSQL: format_type_be_qualified).
pub fn format_type_be_qualified(catalog: &Catalog, typid: Oid) -> String {
    format_type_extended(catalog, None, typid, None)
}

/// Without a path every type is qualified; without a typmod the type is meant as such (PostgreSQL:
/// format_type_extended).
pub fn format_type_extended(
    catalog: &Catalog,
    path: Option<&SearchPath>,
    typid: Oid,
    typmod: Option<i32>,
) -> String {
    if !typid.is_valid() {
        return "-".to_string();
    }
    let Some(row) = catalog.get::<PgType>(typid) else { return "???".to_string() };
    let array = is_true_array_type(row) && row.typstorage != b'p';
    let element = if array { catalog.get::<PgType>(row.typelem) } else { None };
    let (row, is_array) = match element {
        Some(element) => (element, true),
        None => (row, false),
    };
    let mut text = spelled_by_the_grammar(row.oid, typmod).unwrap_or_else(|| {
        let visible = path.is_some_and(|path| type_is_visible(catalog, path, row.oid));
        let schema = catalog.get::<PgNamespace>(row.typnamespace).map(|n| n.nspname.as_str());
        let schema = schema.filter(|_| !visible);
        let mut text = quote_qualified_identifier(schema, &row.typname);
        if let Some(typmod) = typmod.filter(|typmod| *typmod >= 0) {
            text.push_str(&print_typmod(catalog, row, typmod));
        }
        text
    });
    if is_array {
        text.push_str("[]");
    }
    text
}

/// The names that SQL has words for.
fn spelled_by_the_grammar(typid: Oid, typmod: Option<i32>) -> Option<String> {
    let given = typmod.filter(|typmod| *typmod >= 0);
    let length = |name: &str, typmod: i32| format!("{name}({typmod})");
    let precision = |name: &str, rest: &str| match given {
        Some(p) => format!("{name}({p}){rest}"),
        None => format!("{name}{rest}"),
    };
    Some(match typid {
        fixed::BITOID => match typmod {
            Some(typmod) if typmod >= 0 => length("bit", typmod),
            // A bare BIT means bit(1), so that the type without a limit needs quotes.
            Some(_) => "\"bit\"".to_string(),
            None => "bit".to_string(),
        },
        fixed::BOOLOID => "boolean".to_string(),
        fixed::BPCHAROID => match typmod {
            Some(typmod) if typmod >= 0 => length("character", typmod - 4),
            // A bare CHARACTER means character(1).
            Some(_) => "bpchar".to_string(),
            None => "character".to_string(),
        },
        fixed::FLOAT4OID => "real".to_string(),
        fixed::FLOAT8OID => "double precision".to_string(),
        fixed::INT2OID => "smallint".to_string(),
        fixed::INT4OID => "integer".to_string(),
        fixed::INT8OID => "bigint".to_string(),
        fixed::NUMERICOID => match given {
            Some(typmod) => format!("numeric{}", numeric_typmodout(typmod)),
            None => "numeric".to_string(),
        },
        fixed::INTERVALOID => match given {
            Some(typmod) => format!("interval{}", interval_typmodout(typmod)),
            None => "interval".to_string(),
        },
        fixed::TIMEOID => precision("time", " without time zone"),
        fixed::TIMETZOID => precision("time", " with time zone"),
        fixed::TIMESTAMPOID => precision("timestamp", " without time zone"),
        fixed::TIMESTAMPTZOID => precision("timestamp", " with time zone"),
        fixed::VARBITOID => match given {
            Some(typmod) => length("bit varying", typmod),
            None => "bit varying".to_string(),
        },
        fixed::VARCHAROID => match given {
            Some(typmod) => length("character varying", typmod - 4),
            None => "character varying".to_string(),
        },
        fixed::JSONOID => "json".to_string(),
        _ => return None, // all others go by their catalog names
    })
}

/// PostgreSQL: printTypmod, by the typmodout functions that are known.
fn print_typmod(catalog: &Catalog, row: &PgType, typmod: i32) -> String {
    if !row.typmodout.is_valid() {
        return format!("({typmod})");
    }
    match catalog.get::<PgProc>(row.typmodout).map_or("", |p| p.proname.as_str()) {
        "geometry_typmod_out" | "postgis_typmod_out" | "geography_typmod_out" => {
            postgis_typmod_out(typmod)
        }
        _ => format!("({typmod})"), // such as vector's, which print the number
    }
}

/// PostgreSQL: numerictypmodout.
pub fn numeric_typmodout(typmod: i32) -> String {
    if typmod < 4 {
        return String::new();
    }
    let packed = typmod - 4;
    let precision = (packed >> 16) & 0xffff;
    let scale = ((packed & 0x7ff) ^ 1024) - 1024;
    format!("({precision},{scale})")
}

/// PostgreSQL: intervaltypmodout.
pub fn interval_typmodout(typmod: i32) -> String {
    if typmod < 0 {
        return String::new();
    }
    let fields = (typmod >> 16) & 0x7fff;
    let precision = typmod & 0xffff;
    let (year, month, day) = (1 << 2, 1 << 1, 1 << 3);
    let (hour, minute, second) = (1 << 10, 1 << 11, 1 << 12);
    let words = [
        (year, " year"),
        (month, " month"),
        (day, " day"),
        (hour, " hour"),
        (minute, " minute"),
        (second, " second"),
        (year | month, " year to month"),
        (day | hour, " day to hour"),
        (day | hour | minute, " day to minute"),
        (day | hour | minute | second, " day to second"),
        (hour | minute, " hour to minute"),
        (hour | minute | second, " hour to second"),
        (minute | second, " minute to second"),
    ];
    let mut text =
        words.iter().find(|(mask, _)| *mask == fields).map_or("", |(_, word)| word).to_string();
    if precision != 0xffff {
        text.push_str(&format!("({precision})"));
    }
    text
}

/// PostGIS: postgis_typmod_out (liblwgeom's gserialized_typmod.c).
fn postgis_typmod_out(typmod: i32) -> String {
    let srid = ((typmod & 0x0fff_ff00) - (typmod & 0x1000_0000)) >> 8;
    let kind = (typmod & 0xfc) >> 2;
    let z = typmod & 2 != 0;
    let m = typmod & 1 != 0;
    if srid == 0 && kind == 0 && !z && !m {
        return String::new();
    }
    const KINDS: [&str; 16] = [
        "Geometry",
        "Point",
        "LineString",
        "Polygon",
        "MultiPoint",
        "MultiLineString",
        "MultiPolygon",
        "GeometryCollection",
        "CircularString",
        "CompoundCurve",
        "CurvePolygon",
        "MultiCurve",
        "MultiSurface",
        "PolyhedralSurface",
        "Triangle",
        "Tin",
    ];
    let name = usize::try_from(kind).ok().and_then(|k| KINDS.get(k)).copied().unwrap_or("Geometry");
    let mut text = format!("({name}");
    if z {
        text.push('Z');
    }
    if m {
        text.push('M');
    }
    if srid != 0 {
        text.push_str(&format!(",{srid}"));
    }
    text.push(')');
    text
}

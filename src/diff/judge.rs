//! Which side is the stronger or the safer, where a fact decides it, and what must be known besides.

use std::collections::BTreeSet;

use super::portrait::Picture;
use super::{Class, Difference, Has, Stronger};
use crate::catalog::objectaddress::Class as ObjectClass;
use crate::catalog::*;
use crate::pg::oid::{Oid, fixed};
use crate::source::Sources;

/// What judging needs to know of one side.
pub struct Judged<'a> {
    pub picture: &'a Picture<'a>,
    pub sources: &'a Sources,
    /// Whether it is a dump, which leaves out what is INVALID.
    pub is_dump: bool,
    /// Whether its end is missing.
    pub cut_short: bool,
}

/// Says of each difference which side is the stronger and why, and what else must be known.
pub fn judge(differences: &mut [Difference], a: &Judged, b: &Judged) {
    for difference in differences {
        difference.stronger =
            stronger(difference, a, b).map(|(first, why)| Stronger { first, why });
        difference.notes.extend(notes(difference, a, b));
    }
}

type Verdict = Option<(bool, String)>;

fn stronger(difference: &Difference, a: &Judged, b: &Judged) -> Verdict {
    match (&difference.a, &difference.b) {
        (Some(of_a), Some(of_b)) => {
            let catalogs = (a.picture.catalog, b.picture.catalog);
            different(difference, of_a, of_b, catalogs)
        }
        (Some(has), None) => one_sided(difference, a.picture.catalog, has).map(|why| (true, why)),
        (None, Some(has)) => one_sided(difference, b.picture.catalog, has).map(|why| (false, why)),
        (None, None) => None,
    }
}

/// What the side that has the thing gains by it.
fn one_sided(difference: &Difference, catalog: &Catalog, has: &Has) -> Option<String> {
    if !difference.is_whole() {
        return None;
    }
    let part = difference.part.as_ref()?;
    match part.kind {
        "constraint" => {
            let row = catalog.get::<PgConstraint>(has.address.object)?;
            let text = match row.contype {
                b'f' => "refuses rows that refer to nothing",
                b'u' | b'p' => "refuses duplicates",
                b'c' => "refuses rows that break the condition",
                _ => "refuses rows that conflict", // an exclusion
            };
            Some(text.to_string())
        }
        "index" => {
            let row = catalog.get::<PgIndex>(has.address.object)?;
            let unique = row.indisunique;
            Some(
                if unique { "refuses duplicates" } else { "reads by these columns need no scan" }
                    .into(),
            )
        }
        "policy" => {
            let row = catalog.get::<PgPolicy>(has.address.object)?;
            (!row.polpermissive).then(|| "restricts which rows may be seen or written".to_string())
        }
        _ => None, // a column, a trigger, statistics: neither is the stronger
    }
}

fn different(
    difference: &Difference,
    of_a: &Has,
    of_b: &Has,
    catalogs: (&Catalog, &Catalog),
) -> Verdict {
    let fact = difference.fact?;
    let (a, b) = (of_a.text.as_str(), of_b.text.as_str());
    let either = |wanted: &str, why: &str| match (a == wanted, b == wanted) {
        (true, false) => Some((true, why.to_string())),
        (false, true) => Some((false, why.to_string())),
        _ => None, // neither or both
    };
    match (of_a.address.class, fact) {
        (ObjectClass::Constraint, "definition") => {
            let a = catalogs.0.get::<PgConstraint>(of_a.address.object)?;
            let b = catalogs.1.get::<PgConstraint>(of_b.address.object)?;
            constraints(a, b, catalogs)
        }
        (ObjectClass::Relation, "definition") => {
            let a = catalogs.0.get::<PgIndex>(of_a.address.object)?;
            let b = catalogs.1.get::<PgIndex>(of_b.address.object)?;
            indexes(a, b, catalogs)
        }
        (_, "null") => either("not null", "no row can lack a value"),
        (ObjectClass::Constraint, "state") | (_, "valid") => states(a, b),
        (_, "row security") => either("yes", "policies decide which rows are seen"),
        (_, "forced row security") => either("yes", "policies bind the table's owner too"),
        (_, "kept") => either("permanently", "its rows survive a crash and are replicated"),
        (_, "security definer") => {
            either("no", "it runs with the rights of who calls it, not of its owner")
        }
        (_, "leakproof") => either("no", "it is not trusted with rows that policies hide"),
        (_, "identity") => either("always", "no value can be given by hand unless overridden"),
        (_, "enabled") => match (a, b) {
            ("no", _) => Some((false, "it is carried out".to_string())),
            (_, "no") => Some((true, "it is carried out".to_string())),
            _ => None, // on replicas, always
        },
        (_, "values") => {
            let list = |text: &'_ str| -> BTreeSet<String> {
                text.split(", ").map(str::to_string).collect()
            };
            let (a, b) = (list(a), list(b));
            superset(&a, &b, "also knows")
        }
        (_, "settings") => {
            let pinned = |text: &str| text.contains("search_path=");
            match (pinned(a), pinned(b)) {
                (true, false) => Some((true, PINNED.to_string())),
                (false, true) => Some((false, PINNED.to_string())),
                _ => None, // both or neither
            }
        }
        (_, "options") => {
            let invoker = |text: &str| {
                text.contains("security_invoker=true") || text.contains("security_invoker=on")
            };
            match (invoker(a), invoker(b)) {
                (true, false) => Some((true, INVOKER.to_string())),
                (false, true) => Some((false, INVOKER.to_string())),
                _ => None, // both or neither
            }
        }
        (ObjectClass::Relation, "type") if of_a.address.sub > 0 => {
            types(column(catalogs.0, of_a)?, column(catalogs.1, of_b)?)
        }
        _ => None, // no fact decides it
    }
}

const PINNED: &str = "its search_path is pinned: nobody can slip another's objects under it";
const INVOKER: &str = "it sees what its caller may see, row security included";

/// Whether one list holds all of the other and more.
fn superset(a: &BTreeSet<String>, b: &BTreeSet<String>, word: &str) -> Verdict {
    let more = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        let extra: Vec<&str> = one.difference(other).map(String::as_str).collect();
        format!("{word} {}", extra.join(", "))
    };
    match (a.is_superset(b), b.is_superset(a)) {
        (true, false) => Some((true, more(a, b))),
        (false, true) => Some((false, more(b, a))),
        _ => None, // equal, or neither holds the other
    }
}

fn states(a: &str, b: &str) -> Verdict {
    let weak = |text: &str| match text {
        "no" => true,
        _ => text.contains("not valid") || text.contains("not enforced"),
    };
    match (weak(a), weak(b)) {
        (false, true) => Some((true, "it is validated: all rows are known to obey".to_string())),
        (true, false) => Some((false, "it is validated: all rows are known to obey".to_string())),
        _ => None, // deferrable or not
    }
}

fn constraints(a: &PgConstraint, b: &PgConstraint, catalogs: (&Catalog, &Catalog)) -> Verdict {
    if a.contype != b.contype {
        return None;
    }
    let names = |catalog: &Catalog, row: &PgConstraint| -> BTreeSet<String> {
        let name = |attnum: &i16| lsyscache::get_attname(catalog, row.conrelid, *attnum);
        row.conkey.iter().filter_map(name).map(|name| name.to_string()).collect()
    };
    let (of_a, of_b) = (names(catalogs.0, a), names(catalogs.1, b));
    match a.contype {
        b'f' => {
            let more = superset(&of_a, &of_b, "the reference must agree in");
            more.map(|(first, why)| {
                (first, format!("{why} too, so it cannot cross from one to another"))
            })
            .or_else(|| actions(a, b))
        }
        // A key of fewer columns forbids more.
        b'p' | b'u' => superset(&of_b, &of_a, "").map(|(first, _)| {
            (first, "fewer columns must be unique by themselves: it refuses more".to_string())
        }),
        _ => None, // conditions are not weighed against each other
    }
}

fn actions(a: &PgConstraint, b: &PgConstraint) -> Verdict {
    let word = |code: u8| match code {
        b'c' => "deletes the referring rows with what they refer to",
        b'n' | b'd' => "changes the referring rows when what they refer to is deleted",
        _ => "refuses to delete what is still referred to", // no action, restrict
    };
    let careful = |code: u8| matches!(code, b'a' | b'r');
    match (careful(a.confdeltype), careful(b.confdeltype)) {
        (true, false) => {
            Some((true, format!("it {}; the other {}", word(a.confdeltype), word(b.confdeltype))))
        }
        (false, true) => {
            Some((false, format!("it {}; the other {}", word(b.confdeltype), word(a.confdeltype))))
        }
        _ if b.confmatchtype != a.confmatchtype => {
            let full = a.confmatchtype == b'f';
            Some((full, "MATCH FULL refuses keys that are null in part".to_string()))
        }
        _ => None, // alike, or of equal weight
    }
}

fn indexes(a: &PgIndex, b: &PgIndex, catalogs: (&Catalog, &Catalog)) -> Verdict {
    match (a.indisunique, b.indisunique) {
        (true, false) => return Some((true, "it is unique: it refuses duplicates".to_string())),
        (false, true) => return Some((false, "it is unique: it refuses duplicates".to_string())),
        _ => {} // both or neither
    }
    let method = |catalog: &Catalog, row: &PgIndex| -> Option<String> {
        let class = catalog.get::<PgClass>(row.indexrelid)?;
        Some(catalog.get::<PgAm>(class.relam)?.amname.to_string())
    };
    let (of_a, of_b) = (method(catalogs.0, a)?, method(catalogs.1, b)?);
    let inner = contains_values(catalogs.0, a) && contains_values(catalogs.1, b);
    match (of_a.as_str(), of_b.as_str()) {
        ("gin" | "gist", "btree" | "hash") if inner => Some((true, searches(&of_a, &of_b))),
        ("btree" | "hash", "gin" | "gist") if inner => Some((false, searches(&of_b, &of_a))),
        _ => match (&a.indpred, &b.indpred) {
            (None, Some(_)) if of_a == of_b => Some((true, WHOLE.to_string())),
            (Some(_), None) if of_a == of_b => Some((false, WHOLE.to_string())),
            _ => None, // both whole or both partial
        },
    }
}

const WHOLE: &str = "it covers all rows, the other some";

fn searches(better: &str, worse: &str) -> String {
    format!(
        "{better} finds rows by what the value contains (@>, &&, @@); {worse} only compares whole values"
    )
}

/// Whether the first key is of a type that is searched by what it contains.
fn contains_values(catalog: &Catalog, index: &PgIndex) -> bool {
    let Some(attnum) = index.indkey.first().filter(|attnum| **attnum > 0) else { return false };
    let Some(class) = catalog.get::<PgClass>(index.indrelid) else { return false };
    let Some(column) = class.attribute(*attnum) else { return false };
    let array = lsyscache::get_element_type(catalog, column.atttypid).is_valid();
    array || matches!(column.atttypid, fixed::JSONBOID | fixed::TSVECTOROID)
}

fn column<'a>(catalog: &'a Catalog, has: &Has) -> Option<&'a PgAttribute> {
    catalog.get::<PgClass>(has.address.object)?.attribute(i16::try_from(has.address.sub).ok()?)
}

/// Which of two built-in types says more about its values.
fn types(a: &PgAttribute, b: &PgAttribute) -> Verdict {
    let pair = |of_a: Oid, of_b: Oid| (a.atttypid, b.atttypid) == (of_a, of_b);
    let either = |better: Oid, worse: Oid, why: &str| {
        if pair(better, worse) {
            return Some((true, why.to_string()));
        }
        pair(worse, better).then(|| (false, why.to_string()))
    };
    let limit = |column: &PgAttribute| {
        let limited = matches!(column.atttypid, fixed::VARCHAROID | fixed::BPCHAROID);
        (limited && column.atttypmod >= 4).then(|| column.atttypmod - 4)
    };
    let text = |column: &PgAttribute| {
        matches!(column.atttypid, fixed::VARCHAROID | fixed::BPCHAROID | fixed::TEXTOID)
    };
    if text(a) && text(b) {
        let narrow = |n: i32| {
            format!("narrower: at most {n} characters; longer values of the other do not fit")
        };
        return match (limit(a), limit(b)) {
            (Some(n), None) => Some((true, narrow(n))),
            (None, Some(n)) => Some((false, narrow(n))),
            (Some(n), Some(m)) if n != m => Some((n < m, narrow(n.min(m)))),
            _ => None, // alike, or both without limit
        };
    }
    if (a.atttypid, b.atttypid) == (fixed::NUMERICOID, fixed::NUMERICOID) {
        return numerics(a.atttypmod, b.atttypmod);
    }
    const ROOM: &str = "it does not run out of numbers where the other does";
    const MOMENT: &str = "it keeps the moment, whatever the session's time zone is";
    const EXACT: &str = "it is exact, the other rounds";
    either(fixed::INT8OID, fixed::INT4OID, ROOM)
        .or_else(|| either(fixed::INT8OID, fixed::INT2OID, ROOM))
        .or_else(|| either(fixed::INT4OID, fixed::INT2OID, ROOM))
        .or_else(|| either(fixed::TIMESTAMPTZOID, fixed::TIMESTAMPOID, MOMENT))
        .or_else(|| either(fixed::NUMERICOID, fixed::FLOAT8OID, EXACT))
        .or_else(|| either(fixed::NUMERICOID, fixed::FLOAT4OID, EXACT))
        .or_else(|| either(fixed::JSONBOID, fixed::JSONOID, "it can be indexed and compared"))
        .or_else(|| either(fixed::UUIDOID, fixed::TEXTOID, "it holds nothing but UUIDs"))
        .or_else(|| either(fixed::UUIDOID, fixed::VARCHAROID, "it holds nothing but UUIDs"))
}

/// The one that holds whatever the other holds (PostgreSQL: numeric_typmod_precision, numeric_typmod_scale).
fn numerics(a: i32, b: i32) -> Verdict {
    let parts =
        |typmod: i32| ((((typmod - 4) >> 16) & 0xffff), (((typmod - 4) & 0x7ff) ^ 1024) - 1024);
    let why = "it holds every value of the other, not the other way round";
    let holds = |x: i32, y: i32| {
        let ((precision, scale), (other, others)) = (parts(x), parts(y));
        x < 4 || y >= 4 && scale >= others && precision - scale >= other - others
    };
    match (holds(a, b), holds(b, a)) {
        (true, false) => Some((true, why.to_string())),
        (false, true) => Some((false, why.to_string())),
        _ => None, // neither holds the other
    }
}

/// What a reader would get wrong without being told.
fn notes(difference: &Difference, a: &Judged, b: &Judged) -> Vec<String> {
    let mut notes = Vec::new();
    let is_index = difference.part.as_ref().is_some_and(|part| part.kind == "index");
    let (having, lacking) = match difference.class {
        Class::Missing => (a, b),
        Class::Extra => (b, a),
        Class::Different | Class::Cosmetic => return notes,
    };
    if lacking.cut_short {
        notes.push("the dump that lacks it is cut short: it may be there".to_string());
    }
    if is_index && lacking.is_dump {
        let made = difference.a.as_ref().or(difference.b.as_ref()).and_then(|has| has.made_by);
        let how = match made.filter(|_| !having.is_dump) {
            Some(span) => {
                let text = having.sources.text(span).to_ascii_uppercase();
                if text.contains("CONCURRENTLY") {
                    "it may be there all the same: it is built CONCURRENTLY, and a build that fails leaves such an index"
                } else {
                    "but this one is not built CONCURRENTLY, and then a build that fails leaves nothing"
                }
            }
            None => "it may be there all the same, after a CREATE INDEX CONCURRENTLY that failed",
        };
        notes.push(format!("pg_dump leaves out INVALID indexes; {how}"));
    }
    notes
}

//! `statement-fails`: a statement that PostgreSQL would refuse, with what it refers to, a name that was probably meant,
//! and where the thing went if it once was there.

use std::collections::BTreeMap;

use super::near;
use crate::catalog::{Catalog, PgClass, PgProc, PgType};
use crate::findings::{Finding, Level, PgError, RuleId};
use crate::history::Consequence;
use crate::nodes::fallback::{self, Opinion};
use crate::plpgsql::check::missing_name;
use crate::psql::Statement;
use crate::session::{Gone, GoneKind};
use crate::source::Span;

/// The rule's name.
pub const RULE: RuleId = RuleId("statement-fails");

/// Names that once were there, by name: what became of them and where.
#[derive(Default)]
pub struct Departed {
    names: BTreeMap<String, (Gone, Span)>,
}

impl Departed {
    /// Remembers what a statement took away.
    pub fn note(&mut self, gone: &[Gone], span: Span) {
        for gone in gone {
            self.names.insert(gone.name.to_string(), (gone.clone(), span));
        }
    }
}

/// Adds what the second parser makes of a statement that PostgreSQL's grammar refuses.
pub fn with_second_opinion(finding: Finding, statement: &Statement) -> Finding {
    match fallback::second_opinion(statement.text()) {
        Some(Opinion::Vendor(vendor)) => {
            finding.note(format!("{vendor} would read this statement; PostgreSQL does not"))
        }
        Some(Opinion::Lenient) => finding.note(
            "a less strict parser reads this statement: it may be another server's dialect, or newer than PostgreSQL 18",
        ),
        None => finding,
    }
}

/// The finding for a statement that fails.
pub fn finding(
    statement: &Statement,
    error: &PgError,
    consequence: Option<&Consequence>,
    catalog: &Catalog,
    departed: &Departed,
) -> Finding {
    let place = match error.position {
        Some(at) => {
            let end = at as usize
                + token_length(&statement.text()[(at as usize).min(statement.text().len())..]);
            statement.source_span(at, end as u32)
        }
        None => first_line(statement),
    };
    let mut finding =
        Finding::new(RULE, Level::Error, error.message.clone()).at(place, label(error));
    finding.sqlstate = Some(error.sqlstate.to_string());
    if let Some(detail) = &error.detail {
        finding = finding.note(detail.clone());
    }
    if let Some(hint) = &error.hint {
        finding = finding.help(hint.clone());
    }
    if let Some(consequence) = consequence {
        let text = format!("this failed first; it would have made \"{}\"", consequence.name);
        finding = finding.related(consequence.cause, text);
        finding.level = Level::Note;
    }
    let Some(name) = missing_name(error) else { return finding };
    if let Some((gone, span)) = departed.names.get(name) {
        let text = match &gone.kind {
            GoneKind::Dropped => format!("\"{name}\" was dropped here"),
            GoneKind::Renamed(new) => format!("\"{name}\" was renamed to \"{new}\" here"),
        };
        finding = finding.related(*span, text);
    }
    if finding.help.is_none()
        && consequence.is_none()
        && let Some(meant) = meant(error, name, catalog)
    {
        finding = finding.help(format!("there is \"{meant}\": was that meant?"));
    }
    finding
}

fn label(error: &PgError) -> String {
    match error.sqlstate.class() {
        "42" if missing_name(error).is_some() => "not there when this runs".to_string(),
        _ => format!("refused with SQLSTATE {}", error.sqlstate), // the message says the rest
    }
}

/// A name of the same kind that is near the missing one.
pub(super) fn meant<'a>(error: &PgError, name: &str, catalog: &'a Catalog) -> Option<&'a str> {
    let own = |oid: crate::pg::oid::Oid| !oid.is_builtin();
    match error.sqlstate.as_str() {
        "42P01" => near::nearest(
            name,
            catalog.iter::<PgClass>().filter(|c| own(c.oid)).map(|c| c.relname.as_str()),
        ),
        "42883" => near::nearest(
            name,
            catalog.iter::<PgProc>().filter(|p| own(p.oid)).map(|p| p.proname.as_str()),
        ),
        "42704" if error.message.starts_with("type ") => near::nearest(
            name,
            catalog.iter::<PgType>().filter(|t| t.typarray.is_valid()).map(|t| t.typname.as_str()),
        ),
        "42703" => {
            // Of the named relation's columns where the message names it, else of all.
            let relation = error.message.split('"').nth(3);
            let classes = catalog.iter::<PgClass>().filter(|c| own(c.oid));
            let columns = classes
                .filter(|class| relation.is_none_or(|relation| class.relname == relation))
                .flat_map(|class| class.live_attributes().map(|a| a.attname.as_str()));
            near::nearest(name, columns)
        }
        _ => None, // other objects have too few names for a guess
    }
}

/// The bytes of the token at the start of the text: a word, a quoted name, or one character.
pub(super) fn token_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.first() {
        None => 0,
        Some(quote @ (b'"' | b'\'')) => text[1..].find(*quote as char).map_or(1, |end| end + 2),
        Some(c) if c.is_ascii_alphanumeric() || *c == b'_' || *c >= 0x80 => text
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$' || c == '.'))
            .unwrap_or(text.len()),
        Some(_) => 1,
    }
}

/// The statement's first line.
fn first_line(statement: &Statement) -> Span {
    let end = statement.text().find('\n').unwrap_or(statement.text().len());
    statement.source_span(0, end as u32)
}

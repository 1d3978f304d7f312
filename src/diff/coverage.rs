//! How much of a dump was understood: each of its entries rendered back and compared with its text in the file.

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::deparse::pg_dump::{Options, parts::Parts};
use crate::psql::dump::{TocComment, toc_comment};
use crate::source::{SourceId, Sources, Span};

/// What became of a dump's entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    pub entries: usize,
    /// Entries that we would print otherwise, or not at all.
    pub partly: Vec<Partly>,
}

/// An entry that is not fully modelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partly {
    /// As "TABLE public.orders".
    pub what: String,
    pub place: Span,
    /// Whether it could be rendered back at all, only otherwise.
    pub rendered: bool,
}

/// Kinds of entries that hold no schema, or whose text names who ran the dump.
const PASSED_OVER: [&str; 12] = [
    "ACL",
    "DEFAULT ACL",
    "DATABASE",
    "DATABASE PROPERTIES",
    "TABLE DATA",
    "SEQUENCE SET",
    "BLOB",
    "BLOBS",
    "LARGE OBJECT",
    "MATERIALIZED VIEW DATA",
    "SECURITY LABEL",
    "STATISTICS DATA",
];

/// Renders every entry of the dump back; None where the file has no entries (their comments were taken out).
pub fn measure(sources: &Sources, source: SourceId, catalog: &Catalog) -> Option<Coverage> {
    let text = sources.get(source).text();
    let entries = entries(text);
    if entries.is_empty() {
        return None;
    }
    let options =
        Options { no_owner: true, no_privileges: true, no_comments: false, ..Options::default() };
    let mut printed: BTreeSet<String> = BTreeSet::new();
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    let mut parts = Parts::new(catalog, &options);
    let list: Vec<_> =
        parts.list().iter().map(|part| (part.kind, part.address, part.other)).collect();
    for (kind, address, other) in list {
        for entry in parts.print(kind, address.object, other) {
            known.insert((entry.desc.to_string(), entry.tag.clone()));
            printed.insert(plain(&entry.made));
        }
    }
    let mut coverage = Coverage { entries: entries.len(), partly: Vec::new() };
    let mut loose: Option<BTreeSet<String>> = None;
    for (comment, start, end) in entries {
        let own = plain(text.get(start..end).unwrap_or(""));
        if own.is_empty() || printed.contains(&own) {
            continue;
        }
        // A dump's expressions are not a fixed point: read back, casts and parentheses of theirs may move.
        let loose =
            loose.get_or_insert_with(|| printed.iter().map(|text| loosened(text)).collect());
        if loose.contains(&loosened(&own)) {
            continue;
        }
        let schema = comment.schema.map_or(String::new(), |schema| format!("{schema}."));
        let rendered = known.contains(&(comment.kind.to_string(), comment.name.to_string()));
        coverage.partly.push(Partly {
            what: format!("{} {schema}{}", comment.kind, comment.name),
            place: Span::new(source, start, end),
            rendered,
        });
    }
    Some(coverage)
}

/// The entries of a dump with the places of their statements.
fn entries(text: &str) -> Vec<(TocComment<'_>, usize, usize)> {
    let mut comments: Vec<(TocComment, usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("-- ")
            && let Some(comment) = toc_comment(line)
        {
            comments.push((comment, at, at + line.len()));
        }
        at += line.len();
    }
    let ends: Vec<usize> =
        comments.iter().skip(1).map(|(_, start, _)| *start).chain([end_of_entries(text)]).collect();
    comments
        .into_iter()
        .zip(ends)
        .filter(|((comment, _, _), _)| !comment.has_data && !PASSED_OVER.contains(&comment.kind))
        .map(|((comment, _, start), end)| (comment, start, end))
        .collect()
}

/// Where the entries end: what a tool has written behind the dump is no part of the last.
fn end_of_entries(text: &str) -> usize {
    text.rfind("-- PostgreSQL database dump complete").unwrap_or(text.len())
}

/// The statements without comments, owners and settings of the session around them.
fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let setting = line.starts_with("SET default_") || line.starts_with("RESET default_");
        let owner = line.starts_with("ALTER ") && line.contains(" OWNER TO ");
        let command = line.starts_with("\\unrestrict") || line.starts_with("\\restrict");
        if line.is_empty() || line.starts_with("--") || setting || owner || command {
            continue;
        }
        kept.push_str(line.trim_end());
        kept.push('\n');
    }
    kept
}

/// The words without parentheses, blanks, casts between the character types, and quotes, which follow a version's
/// keywords.
fn loosened(text: &str) -> String {
    let mut text = text.replace("::character varying", "").replace("::text", "");
    text = text.replace("::bpchar", "").replace("[]", "");
    text.retain(|c| !matches!(c, '(' | ')' | '"' | ' ' | '\n' | '\t'));
    text
}

//! What a dump says of itself in comments: its versions, its entries, whether it is whole, and
//! whether it is another vendor's.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::source::{SourceId, Span};

/// A pg_dump or pg_dumpall script's own account of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DumpHeader {
    pub kind: DumpKind,
    /// The server's version, as it stands in the comment: `16.4 (Debian 16.4-1)`.
    pub server: Option<String>,
    /// pg_dump's version.
    pub dumper: Option<String>,
    /// Whether the closing comment is there; without it the dump was cut off.
    pub complete: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DumpKind {
    Database,
    /// pg_dumpall's.
    Cluster,
}

impl DumpHeader {
    /// The server's major version.
    pub fn server_major(&self) -> Option<u32> {
        major(self.server.as_deref()?)
    }
}

/// `16.4` is 16; `9.6.24` is 9 (as is all that came before 10).
fn major(version: &str) -> Option<u32> {
    let digits = version.trim().find(|c: char| !c.is_ascii_digit()).unwrap_or(version.len());
    version.trim().get(..digits)?.parse().ok()
}

/// How much of a text's start and end is looked at.
const NEAR: usize = 16 << 10;

/// Reads a dump's header; `None` where a text is no dump.
pub fn header(text: &str) -> Option<DumpHeader> {
    let start = &text[..text.floor_char_boundary(NEAR)];
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(NEAR))..];
    let kind = if start.contains("-- PostgreSQL database cluster dump") {
        DumpKind::Cluster
    } else if start.contains("-- PostgreSQL database dump") {
        DumpKind::Database
    } else {
        return structure_header(start);
    };
    let closing = match kind {
        DumpKind::Database => "-- PostgreSQL database dump complete",
        DumpKind::Cluster => "-- PostgreSQL database cluster dump complete",
    };
    Some(DumpHeader {
        kind,
        server: after(text, start, "-- Dumped from database version "),
        dumper: after(text, start, "-- Dumped by pg_dump version "),
        complete: end.contains(closing),
    })
}

/// A structure.sql has lost its comments, but starts as a dump does.
fn structure_header(start: &str) -> Option<DumpHeader> {
    let mut lines = start.lines().filter(|line| {
        !line.trim().is_empty() && !line.starts_with("--") && !line.starts_with("\\restrict")
    });
    let starts = lines.next()?.starts_with("SET statement_timeout = 0;");
    let settings = start.contains("SET client_min_messages = warning;");
    (starts && settings).then_some(DumpHeader {
        kind: DumpKind::Database,
        server: None,
        dumper: None,
        complete: true,
    })
}

/// The rest of the line behind `label`; in a cluster dump the first database has it.
fn after(text: &str, start: &str, label: &str) -> Option<String> {
    let place = start.find(label).or_else(|| text.find(label))?;
    let rest = &text[place + label.len()..];
    Some(rest.lines().next().unwrap_or("").trim().to_string())
}

/// A dump's comment before an entry: `-- Name: t; Type: TABLE; Schema: public; Owner: joe`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TocComment<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    /// `None` for what is in no schema.
    pub schema: Option<&'a str>,
    /// `None` where the dump was made without owners.
    pub owner: Option<&'a str>,
    pub has_data: bool,
}

/// Reads such a comment line. Names may hold semicolons, so it is read from its end.
pub fn toc_comment(line: &str) -> Option<TocComment<'_>> {
    let (rest, has_data) = match line.strip_prefix("-- Name: ") {
        Some(rest) => (rest, false),
        None => (line.strip_prefix("-- Data for Name: ")?, true),
    };
    let rest = rest.trim_end();
    let rest = rest.rsplit_once("; Tablespace: ").map_or(rest, |(before, _)| before);
    let (rest, owner) = rest
        .rsplit_once("; Owner: ")
        .or_else(|| rest.strip_suffix("; Owner:").map(|before| (before, "")))?;
    let (rest, schema) = rest.rsplit_once("; Schema: ")?;
    let (name, kind) = rest.rsplit_once("; Type: ")?;
    let named = |text| Some(text).filter(|text: &&str| !text.is_empty() && *text != "-");
    Some(TocComment { name, kind, schema: named(schema), owner: named(owner), has_data })
}

/// The comment in front of a statement, if it is a dump's.
pub fn toc_comment_before(text: &str, statement: usize) -> Option<(TocComment<'_>, usize)> {
    let before = text.get(..statement)?.trim_end();
    let block = before.strip_suffix("--")?.trim_end();
    let start = block.rfind('\n').map_or(0, |at| at + 1);
    toc_comment(&block[start..]).map(|comment| (comment, start))
}

/// Another vendor whose SQL a text is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Vendor {
    MySql,
    MariaDb,
    SqlServer,
    Sqlite,
    Oracle,
    Cockroach,
}

impl Vendor {
    pub fn name(self) -> &'static str {
        match self {
            Vendor::MySql => "MySQL",
            Vendor::MariaDb => "MariaDB",
            Vendor::SqlServer => "SQL Server",
            Vendor::Sqlite => "SQLite",
            Vendor::Oracle => "Oracle",
            Vendor::Cockroach => "CockroachDB",
        }
    }
}

/// What a vendor's dumps hold and PostgreSQL's don't; how much each sign counts.
const SIGNS: [(Vendor, &str, u32); 27] = [
    (Vendor::MySql, "-- mysql dump ", 10),
    (Vendor::MariaDb, "-- mariadb dump ", 10),
    (Vendor::MariaDb, "-mariadb", 3),
    (Vendor::MySql, "-- mysql workbench", 10),
    (Vendor::MySql, "-- phpmyadmin sql dump", 10),
    (Vendor::MySql, "engine=innodb", 4),
    (Vendor::MySql, "engine = innodb", 4),
    (Vendor::MySql, "engine=myisam", 4),
    (Vendor::MySql, "auto_increment", 3),
    (Vendor::MySql, "/*!40", 4),
    (Vendor::MySql, "create table `", 4),
    (Vendor::MySql, "create table if not exists `", 4),
    (Vendor::MySql, "insert into `", 4),
    (Vendor::MySql, "\ndelimiter ", 3),
    (Vendor::SqlServer, "\ngo\r\n", 3),
    (Vendor::SqlServer, "\ngo\n", 3),
    (Vendor::SqlServer, "set ansi_nulls on", 5),
    (Vendor::SqlServer, "set quoted_identifier on", 4),
    (Vendor::SqlServer, "[dbo].", 4),
    (Vendor::SqlServer, "nvarchar(", 2),
    (Vendor::Sqlite, "pragma foreign_keys", 6),
    (Vendor::Sqlite, "sqlite_sequence", 5),
    (Vendor::Sqlite, "autoincrement", 3),
    (Vendor::Oracle, "varchar2(", 4),
    (Vendor::Oracle, "number(", 1),
    (Vendor::Cockroach, "crdb_internal", 5),
    (Vendor::Cockroach, "unique_rowid()", 5),
];
/// Signs that weigh less say nothing.
const ENOUGH: u32 = 4;

/// Looks for all signs at once, in any case.
fn searcher() -> Option<&'static AhoCorasick> {
    static SEARCHER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let build = || {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(SIGNS.map(|(_, sign, _)| sign))
            .ok() // signs this few and short can always be built
    };
    SEARCHER.get_or_init(build).as_ref()
}

/// Whose SQL a text is, when it is plainly not PostgreSQL's; and where that is first seen.
pub fn vendor(source: SourceId, text: &str) -> Option<(Vendor, Span)> {
    let start = &text[..text.floor_char_boundary(256 << 10)];
    if header(start).is_some() {
        return None;
    }
    let mut weights: BTreeMap<Vendor, (u32, usize)> = BTreeMap::new();
    let mut seen = [false; SIGNS.len()];
    for found in searcher()?.find_overlapping_iter(start) {
        let index = found.pattern().as_usize();
        if !std::mem::replace(&mut seen[index], true) {
            let (vendor, _, weight) = SIGNS[index];
            let at = found.start();
            let entry = weights.entry(vendor).or_insert((0, at));
            *entry = (entry.0 + weight, entry.1.min(at));
        }
    }
    let best = weights.into_iter().max_by_key(|(_, (weight, _))| *weight)?;
    let (vendor, (weight, at)) = best;
    (weight >= ENOUGH).then(|| (vendor, Span::new(source, at, at)))
}

#[cfg(test)]
mod tests {
    use super::{DumpKind, Vendor, header, toc_comment, toc_comment_before, vendor};
    use crate::source::SourceId;

    const DUMP: &str = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\n\
        -- Dumped from database version 16.4 (Debian 16.4-1)\n\
        -- Dumped by pg_dump version 17.2\n\n--\n\
        -- Name: a; b; Type: TABLE; Schema: public; Owner: joe\n--\n\nCREATE TABLE x ();\n";

    #[test]
    fn a_dump_tells_its_versions_and_whether_it_is_whole() {
        let cut = header(DUMP).unwrap();
        assert_eq!((cut.kind, cut.server_major()), (DumpKind::Database, Some(16)));
        assert_eq!(cut.dumper.as_deref(), Some("17.2"));
        assert!(!cut.complete);
        let whole = format!("{DUMP}--\n-- PostgreSQL database dump complete\n--\n");
        assert!(header(&whole).unwrap().complete);
        assert_eq!(header("SELECT 1;"), None);
    }

    #[test]
    fn entries_are_read_from_their_end() {
        let entry = toc_comment("-- Name: a; b; Type: TABLE; Schema: public; Owner: -").unwrap();
        assert_eq!((entry.name, entry.kind), ("a; b", "TABLE"));
        assert_eq!((entry.schema, entry.owner), (Some("public"), None));
        let at = DUMP.find("CREATE").unwrap();
        let (before, start) = toc_comment_before(DUMP, at).unwrap();
        assert_eq!(before.owner, Some("joe"));
        assert!(DUMP[start..].starts_with("-- Name: a; b"));
    }

    #[test]
    fn other_vendors_are_told() {
        let of = |text: &str| vendor(SourceId(0), text).map(|(vendor, _)| vendor);
        assert_eq!(
            of("CREATE TABLE `a` (id int AUTO_INCREMENT) ENGINE=InnoDB;"),
            Some(Vendor::MySql)
        );
        assert_eq!(
            of("SET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[a] (b int)\nGO\n"),
            Some(Vendor::SqlServer)
        );
        assert_eq!(of("PRAGMA foreign_keys=OFF;\nCREATE TABLE a (b);"), Some(Vendor::Sqlite));
        assert_eq!(of("CREATE TABLE a (b varchar(3));"), None);
        assert_eq!(of(DUMP), None);
    }
}

//! The table of contents and how it becomes text (PostgreSQL: pg_backup_archiver.c).

use super::{Options, Section};
use crate::catalog::Catalog;
use crate::pg::name::quote_identifier;

/// One entry (PostgreSQL: TocEntry).
#[derive(Default)]
pub(super) struct Entry {
    pub(super) tag: String,
    pub(super) desc: &'static str,
    pub(super) namespace: Option<String>,
    /// None for what has no owner; empty for the comment of such a thing.
    pub(super) owner: Option<String>,
    /// Empty for the default; None for what has no tablespace.
    pub(super) tablespace: Option<String>,
    pub(super) tableam: Option<String>,
    /// A partitioned table's access method is printed after its definition.
    pub(super) partitioned: bool,
    pub(super) post_data: bool,
    pub(super) defn: String,
    pub(super) drop: String,
    /// `FUNCTION public.f(integer)`: what ALTER … OWNER TO names; None for what has no owner of its own.
    pub(super) owned: Option<String>,
}

#[derive(Default)]
pub(super) struct Archive {
    pub(super) entries: Vec<Entry>,
}

/// When an entry is printed (PostgreSQL: RestorePass).
#[derive(PartialEq, Eq, Clone, Copy)]
enum Pass {
    Main,
    Acl,
    PostAcl,
}

impl Entry {
    /// PostgreSQL: _tocEntryRestorePass.
    fn pass(&self) -> Pass {
        match self.desc {
            "ACL" | "DEFAULT ACL" => Pass::Acl,
            "EVENT TRIGGER" => Pass::PostAcl,
            "COMMENT" if self.tag.starts_with("EVENT TRIGGER ") => Pass::PostAcl,
            _ => Pass::Main, // every other kind
        }
    }
}

impl Archive {
    pub(super) fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// PostgreSQL: RestoreArchive.
    pub(super) fn print(&self, catalog: &Catalog, options: &Options) -> String {
        let mut out = header(catalog, options);
        let wanted = |entry: &&Entry| {
            let section = if entry.post_data { Section::PostData } else { Section::PreData };
            options.sections.is_empty() || options.sections.contains(&section)
        };
        if options.clean {
            for entry in self.entries.iter().rev().filter(wanted) {
                out.push_str(&drop_statement(entry, options));
            }
        }
        let old_words = catalog.version().major() < 16;
        let mut state = State { tablespace: None, tableam: None, old_words };
        for pass in [Pass::Main, Pass::Acl, Pass::PostAcl] {
            for entry in self.entries.iter().filter(wanted).filter(|entry| entry.pass() == pass) {
                state.print(&mut out, entry, options);
            }
        }
        out.push_str("--\n-- PostgreSQL database dump complete\n--\n\n");
        out.push_str(&format!("\\unrestrict {}\n\n", options.restrict_key));
        out
    }
}

/// The newest minor release of a version that is known here.
fn release(major: u32) -> String {
    match major {
        13 => "13.23".to_string(),
        14 => "14.23".to_string(),
        15 => "15.18".to_string(),
        16 => "16.14".to_string(),
        17 => "17.10".to_string(),
        18 => "18.6".to_string(),
        other => other.to_string(),
    }
}

fn header(catalog: &Catalog, options: &Options) -> String {
    let major = catalog.version().major();
    let release = release(major);
    let mut out = format!(
        "--\n-- PostgreSQL database dump\n--\n\n\\restrict {}\n\n-- Dumped from database version {release}\n-- \
         Dumped by pg_dump version {release}\n\nSET statement_timeout = 0;\nSET lock_timeout = 0;\n\
         SET idle_in_transaction_session_timeout = 0;\n",
        options.restrict_key
    );
    if major >= 17 {
        out.push_str("SET transaction_timeout = 0;\n");
    }
    out.push_str(
        "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\
         SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n\
         SET xmloption = content;\nSET client_min_messages = warning;\nSET row_security = off;\n\n",
    );
    out
}

/// PostgreSQL: the part of RestoreArchive that drops.
fn drop_statement(entry: &Entry, options: &Options) -> String {
    let statement = entry.drop.as_str();
    if !options.if_exists || statement.is_empty() || statement.starts_with("--") {
        return statement.to_string();
    }
    if entry.desc == "DEFAULT" {
        return statement.replacen("ALTER TABLE", "ALTER TABLE IF EXISTS", 1);
    }
    let statement = if statement.starts_with("ALTER TABLE") {
        statement.replacen("ALTER TABLE", "ALTER TABLE IF EXISTS", 1)
    } else {
        statement.to_string()
    };
    let word = match entry.desc {
        "CONSTRAINT" | "CHECK CONSTRAINT" | "FK CONSTRAINT" => "DROP CONSTRAINT".to_string(),
        "INDEX ATTACH" | "TABLE ATTACH" | "ROW SECURITY" => return statement,
        "COMMENT" | "ACL" | "DEFAULT ACL" => return statement,
        desc => format!("DROP {desc}"),
    };
    statement.replacen(&word, &format!("{word} IF EXISTS"), 1)
}

/// What the printed session is set to.
struct State {
    tablespace: Option<String>,
    tableam: Option<String>,
    /// Before 16 views and sequences were altered as tables.
    old_words: bool,
}

/// A name in a comment: no line breaks (PostgreSQL: sanitize_line).
fn sanitize_line(text: Option<&str>) -> String {
    text.map_or_else(|| "-".to_string(), |text| text.replace(['\n', '\r'], " "))
}

impl State {
    /// PostgreSQL: _printTocEntry.
    fn print(&mut self, out: &mut String, entry: &Entry, options: &Options) {
        if let Some(want) = entry.tablespace.as_ref()
            && self.tablespace.as_ref() != Some(want)
        {
            let value = if want.is_empty() { "''".into() } else { quote_identifier(want) };
            out.push_str(&format!("SET default_tablespace = {value};\n\n"));
            self.tablespace = Some(want.clone());
        }
        if let Some(want) = entry.tableam.as_ref().filter(|_| !entry.partitioned)
            && self.tableam.as_ref() != Some(want)
        {
            let value = quote_identifier(want);
            out.push_str(&format!("SET default_table_access_method = {value};\n\n"));
            self.tableam = Some(want.clone());
        }
        let owner = if options.no_owner { None } else { entry.owner.as_deref() };
        out.push_str(&format!(
            "--\n-- Name: {}; Type: {}; Schema: {}; Owner: {}",
            sanitize_line(Some(&entry.tag)),
            entry.desc,
            sanitize_line(entry.namespace.as_deref()),
            sanitize_line(owner),
        ));
        if let Some(tablespace) = entry.tablespace.as_ref().filter(|name| !name.is_empty()) {
            out.push_str(&format!("; Tablespace: {}", sanitize_line(Some(tablespace))));
        }
        out.push_str("\n--\n\n");
        if !entry.defn.is_empty() {
            out.push_str(&entry.defn);
            out.push_str("\n\n");
        }
        if let (Some(owned), Some(owner)) = (&entry.owned, owner.filter(|o| !o.is_empty())) {
            let word = ["VIEW ", "SEQUENCE ", "MATERIALIZED VIEW "]
                .iter()
                .find(|word| self.old_words && owned.starts_with(**word));
            let owned = match word {
                Some(word) => format!("TABLE {}", &owned[word.len()..]),
                None => owned.clone(),
            };
            out.push_str(&format!("ALTER {owned} OWNER TO {};\n\n", quote_identifier(owner)));
        }
        if let Some(am) = entry.tableam.as_ref().filter(|am| entry.partitioned && !am.is_empty()) {
            let table = format!(
                "{}.{}",
                quote_identifier(entry.namespace.as_deref().unwrap_or("")),
                quote_identifier(&entry.tag)
            );
            let am = quote_identifier(am);
            out.push_str(&format!("ALTER TABLE {table} SET ACCESS METHOD {am};\n\n"));
        }
    }
}

//! pg_dump's custom, directory and tar archives: the SQL of their table of contents.
//!
//! The definitions stand uncompressed at the start of the file, in the order in which pg_restore
//! runs them; rows of data come after and are not read. PostgreSQL: ReadHead, ReadToc and
//! _printTocEntry (bin/pg_dump/pg_backup_archiver.c).

use std::io::Read;

/// What was read of an archive.
#[derive(Debug)]
pub(super) struct Archive {
    pub sql: Vec<u8>,
    pub note: String,
}

/// How archives start.
pub(super) const MAGIC: &[u8] = b"PGDMP";

/// Whether these are the first bytes of a tar file whose first member is a table of contents.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.len() >= 512 && head.starts_with(b"toc.dat\0") && head[257..].starts_with(b"ustar")
}

const TAR_HEADER: u64 = 512;
/// The longest definition that is believed.
const LONGEST_STRING: u64 = 512 << 20;
const MOST_ENTRIES: u64 = 50_000_000;

/// Reads the table of contents that a stream starts with.
pub(super) fn read(stream: &mut dyn Read, tar: bool) -> Result<Archive, String> {
    if tar {
        let skipped = std::io::copy(&mut stream.take(TAR_HEADER), &mut std::io::sink());
        skipped.map_err(|e| e.to_string())?;
    }
    let mut toc = Toc { stream, version: (0, 0), int_size: 4, offset_size: 8, custom: false };
    toc.read()
}

struct Toc<'a> {
    stream: &'a mut dyn Read,
    version: (u8, u8),
    int_size: u8,
    offset_size: u8,
    custom: bool,
}

/// One entry, as far as it makes SQL.
struct Entry {
    tag: String,
    kind: String,
    definition: String,
    drop_statement: String,
    namespace: String,
    tablespace: String,
    access_method: String,
    owner: String,
}

impl Toc<'_> {
    fn read(&mut self) -> Result<Archive, String> {
        let mut magic = [0u8; 5];
        self.exact(&mut magic)?;
        if magic != MAGIC {
            return Err("its table of contents does not start with PGDMP".to_string());
        }
        self.version = (self.byte()?, self.byte()?);
        let _revision = self.byte()?;
        if !((1, 10)..=(1, 16)).contains(&self.version) {
            let (major, minor) = self.version;
            return Err(format!("is an archive of the unknown format version {major}.{minor}"));
        }
        self.int_size = self.byte()?;
        self.offset_size = self.byte()?;
        if !(1..=8).contains(&self.int_size) || !(1..=8).contains(&self.offset_size) {
            return Err("its header is broken (size of integers)".to_string());
        }
        self.custom = match self.byte()? {
            1 => true,
            3 | 5 => false,
            other => return Err(format!("is an archive of the unknown kind {other}")),
        };
        if self.version >= (1, 15) {
            self.byte()?;
        } else {
            self.int()?;
        }
        for _ in 0..7 {
            self.int()?;
        }
        let database = self.string()?.unwrap_or_default();
        let server = self.string()?.unwrap_or_default();
        let dumper = self.string()?.unwrap_or_default();
        let count = u64::try_from(self.int()?).unwrap_or(0);
        if count > MOST_ENTRIES {
            return Err(format!("its table of contents claims {count} entries"));
        }
        let mut script = Script::new(&database, &server, &dumper);
        let mut later: [Vec<Entry>; 2] = [Vec::new(), Vec::new()];
        for _ in 0..count {
            let entry = self.entry()?;
            match entry.pass() {
                Pass::Main => script.add(&entry),
                Pass::Privileges => later[0].push(entry),
                Pass::Last => later[1].push(entry),
            }
        }
        for entry in later.iter().flatten() {
            script.add(entry);
        }
        script.end();
        let note = format!(
            "a pg_dump archive of database \"{database}\" with {count} entries; \
             positions are those of the script that pg_restore makes of it"
        );
        Ok(Archive { sql: script.text.into_bytes(), note })
    }

    fn entry(&mut self) -> Result<Entry, String> {
        let _dump_id = self.int()?;
        let _had_dumper = self.int()?;
        let _table_oid = self.string()?;
        let _oid = self.string()?;
        let tag = self.string()?.unwrap_or_default();
        let kind = self.string()?.unwrap_or_default();
        if self.version >= (1, 11) {
            self.int()?;
        }
        let definition = self.string()?.unwrap_or_default();
        let drop_statement = self.string()?.unwrap_or_default();
        let _copy = self.string()?;
        let namespace = self.string()?.unwrap_or_default();
        let tablespace = self.string()?.unwrap_or_default();
        let with_access_method = self.version >= (1, 14);
        let access_method = if with_access_method { self.string()? } else { None };
        if self.version >= (1, 16) {
            self.int()?;
        }
        let owner = self.string()?.unwrap_or_default();
        let _with_oids = self.string()?;
        while self.string()?.is_some() {}
        if self.custom {
            self.byte()?;
            for _ in 0..self.offset_size {
                self.byte()?;
            }
        } else {
            self.string()?;
        }
        let access_method = access_method.unwrap_or_default();
        Ok(Entry {
            tag,
            kind,
            definition,
            drop_statement,
            namespace,
            tablespace,
            access_method,
            owner,
        })
    }

    fn exact(&mut self, bytes: &mut [u8]) -> Result<(), String> {
        let ended = |_| "it ends in the middle of its table of contents".to_string();
        self.stream.read_exact(bytes).map_err(ended)
    }

    fn byte(&mut self) -> Result<u8, String> {
        let mut byte = [0u8];
        self.exact(&mut byte)?;
        Ok(byte[0])
    }

    /// A sign byte and the number, least byte first.
    fn int(&mut self) -> Result<i64, String> {
        let negative = self.byte()? != 0;
        let mut number: u64 = 0;
        for index in 0..self.int_size {
            number |= u64::from(self.byte()?) << (8 * u32::from(index));
        }
        let number = i64::try_from(number).map_err(|_| "a number in it is broken".to_string())?;
        Ok(if negative { -number } else { number })
    }

    fn string(&mut self) -> Result<Option<String>, String> {
        let Ok(length) = u64::try_from(self.int()?) else { return Ok(None) };
        if length > LONGEST_STRING {
            return Err(format!("a text in its table of contents claims {length} bytes"));
        }
        let mut bytes = Vec::new();
        let read = (&mut *self.stream).take(length).read_to_end(&mut bytes);
        match read {
            Ok(n) if n as u64 == length => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            _ => Err("it ends in the middle of its table of contents".to_string()),
        }
    }
}

/// The script that the entries make.
struct Script {
    text: String,
    tablespace: String,
    access_method: String,
}

impl Script {
    fn new(database: &str, server: &str, dumper: &str) -> Script {
        let mut text = String::from("--\n-- PostgreSQL database dump\n--\n\n");
        text.push_str(&format!("-- Dumped from database version {}\n", one_line(server)));
        text.push_str(&format!("-- Dumped by pg_dump version {}\n", one_line(dumper)));
        text.push_str(&format!("-- Database: {}\n\n", one_line(database)));
        // Of pg_restore's settings, those that decide how the definitions are read.
        for setting in [
            "check_function_bodies = false",
            "xmloption = content",
            "client_min_messages = warning",
            "row_security = off",
        ] {
            text.push_str(&format!("SET {setting};\n"));
        }
        text.push('\n');
        Script { text, tablespace: String::new(), access_method: String::new() }
    }

    /// PostgreSQL: _printTocEntry (bin/pg_dump/pg_backup_archiver.c).
    fn add(&mut self, entry: &Entry) {
        let of_database = matches!(entry.kind.as_str(), "DATABASE" | "DATABASE PROPERTIES");
        if entry.definition.trim().is_empty() || of_database {
            return;
        }
        let settings = ["ENCODING", "STDSTRINGS", "SEARCHPATH"].contains(&entry.kind.as_str());
        if !settings {
            self.header(entry);
        }
        if entry.kind == "SCHEMA" && entry.tag == "public" {
            let own = entry.definition.trim() == "CREATE SCHEMA public;";
            if own {
                self.text.push_str("-- *not* creating schema, since initdb creates it\n\n");
                return;
            }
        }
        self.storage(entry);
        self.text.push_str(entry.definition.trim_end());
        self.text.push_str("\n\n");
        if let Some(object) = entry.owned_object() {
            let owner = quote(&entry.owner);
            self.text.push_str(&format!("ALTER {object} OWNER TO {owner};\n\n"));
        }
    }

    fn header(&mut self, entry: &Entry) {
        let or_dash = |s: &str| if s.is_empty() { "-".to_string() } else { one_line(s) };
        self.text.push_str(&format!(
            "--\n-- Name: {}; Type: {}; Schema: {}; Owner: {}\n--\n\n",
            one_line(&entry.tag),
            one_line(&entry.kind),
            or_dash(&entry.namespace),
            or_dash(&entry.owner)
        ));
    }

    /// PostgreSQL: _selectTablespace, _selectTableAccessMethod (pg_backup_archiver.c).
    fn storage(&mut self, entry: &Entry) {
        if !entry.tablespace.is_empty() && entry.tablespace != self.tablespace {
            self.tablespace.clone_from(&entry.tablespace);
            let name = quote(&entry.tablespace);
            self.text.push_str(&format!("SET default_tablespace = {name};\n\n"));
        } else if entry.tablespace.is_empty() && !self.tablespace.is_empty() {
            self.tablespace.clear();
            self.text.push_str("SET default_tablespace = '';\n\n");
        }
        if !entry.access_method.is_empty() && entry.access_method != self.access_method {
            self.access_method.clone_from(&entry.access_method);
            let name = quote(&entry.access_method);
            self.text.push_str(&format!("SET default_table_access_method = {name};\n\n"));
        }
    }

    fn end(&mut self) {
        self.text.push_str("--\n-- PostgreSQL database dump complete\n--\n\n");
    }
}

/// When pg_restore runs an entry. PostgreSQL: _tocEntryRestorePass (pg_backup_archiver.c).
enum Pass {
    Main,
    Privileges,
    Last,
}

impl Entry {
    fn pass(&self) -> Pass {
        match self.kind.as_str() {
            "ACL" | "ACL LANGUAGE" | "DEFAULT ACL" => Pass::Privileges,
            "EVENT TRIGGER" | "MATERIALIZED VIEW DATA" => Pass::Last,
            "COMMENT" | "SECURITY LABEL" if self.tag.starts_with("EVENT TRIGGER ") => Pass::Last,
            _ => Pass::Main, // Every other kind of object.
        }
    }

    /// What `ALTER … OWNER TO` names. PostgreSQL: _getObjectDescription.
    fn owned_object(&self) -> Option<String> {
        const BY_NAME: [&str; 20] = [
            "COLLATION",
            "CONVERSION",
            "DOMAIN",
            "FOREIGN TABLE",
            "MATERIALIZED VIEW",
            "SEQUENCE",
            "STATISTICS",
            "TABLE",
            "TEXT SEARCH DICTIONARY",
            "TEXT SEARCH CONFIGURATION",
            "TYPE",
            "VIEW",
            "EVENT TRIGGER",
            "FOREIGN DATA WRAPPER",
            "SCHEMA",
            "SERVER",
            "PUBLICATION",
            "SUBSCRIPTION",
            "PROCEDURAL LANGUAGE",
            "DATABASE",
        ];
        const BY_SIGNATURE: [&str; 6] =
            ["AGGREGATE", "FUNCTION", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "PROCEDURE"];
        let kind = self.kind.as_str();
        if self.owner.is_empty() || self.drop_statement.is_empty() {
            return None;
        }
        if BY_NAME.contains(&kind) {
            let name = quote(&self.tag);
            return Some(if self.namespace.is_empty() {
                format!("{kind} {name}")
            } else {
                format!("{kind} {}.{name}", quote(&self.namespace))
            });
        }
        if !BY_SIGNATURE.contains(&kind) {
            return None;
        }
        let object = self.drop_statement.trim().strip_prefix("DROP ")?;
        Some(object.trim_end_matches(';').to_string())
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

/// An identifier, always quoted: whether it is a keyword is not known here.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

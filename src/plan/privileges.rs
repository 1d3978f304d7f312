//! Privileges: from one list of GRANTs to another.

use super::build::Builder;
use super::split::statements;
use crate::catalog::objectaddress::ObjectAddress;
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::deparse::pg_dump::parts::Printed;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::Oid;

/// GRANT and REVOKE of an object, of its column, or of it without its columns.
fn commands(printed: &[Printed], column: Option<&str>) -> Vec<String> {
    let wanted = |entry: &&Printed| match column {
        Some(column) => {
            entry.desc == "ACL"
                && entry.tag.starts_with("COLUMN ")
                && entry.tag.ends_with(&format!(".{column}"))
        }
        None => {
            entry.desc == "ACL" && !entry.tag.starts_with("COLUMN ") || entry.desc == "DEFAULT ACL"
        }
    };
    printed.iter().filter(wanted).flat_map(|entry| blocks(statements(&entry.made))).collect()
}

/// Commands of another grantor stay between their SET and RESET.
fn blocks(single: Vec<String>) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    let mut open = false;
    for one in single {
        let begins = one.starts_with("SET SESSION AUTHORIZATION");
        if open {
            if let Some(block) = blocks.last_mut() {
                block.push(' ');
                block.push_str(&one);
            }
            open = !one.starts_with("RESET SESSION AUTHORIZATION");
        } else {
            blocks.push(one);
            open = begins;
        }
    }
    blocks
}

/// The command that takes the other back.
fn inverse(command: &str) -> String {
    let words = |text: &str, from: &str, to: &str| text.replacen(from, to, 1);
    let mut text = command.to_string();
    if text.contains("GRANT ") && !text.contains("REVOKE ") {
        text = words(&text, "GRANT ", "REVOKE ");
        if let Some(at) = text.rfind(" TO ") {
            text.replace_range(at..at + 4, " FROM ");
        }
        return words(&text, " WITH GRANT OPTION", "");
    }
    text = words(&text, "REVOKE ", "GRANT ");
    if let Some(at) = text.rfind(" FROM ") {
        text.replace_range(at..at + 6, " TO ");
    }
    text
}

impl Builder<'_> {
    fn print_whole(&mut self, from: bool, address: ObjectAddress) -> Vec<Printed> {
        let side = if from { &mut self.from } else { &mut self.to };
        match side.kind(address) {
            Some(Kind::Table) => side.parts.print(Kind::Table, address.object, Oid::INVALID),
            _ => side.print(address), // printed by itself
        }
    }

    /// What makes the first catalog's privileges the second's; of the whole object or of a column.
    pub(super) fn privilege_statements(
        &mut self,
        a: ObjectAddress,
        b: ObjectAddress,
        column: Option<(&Name, &Name)>,
    ) -> Vec<String> {
        let quoted = |name: &Name| quote_identifier(name).into_owned();
        let (old_column, new_column) = (column.map(|c| quoted(c.0)), column.map(|c| quoted(c.1)));
        let old = commands(&self.print_whole(true, a), old_column.as_deref());
        let new = commands(&self.print_whole(false, b), new_column.as_deref());
        let mut sql: Vec<String> = old
            .iter()
            .rev()
            .filter(|command| !new.contains(command))
            .map(|command| inverse(command))
            .collect();
        sql.extend(new.into_iter().filter(|command| !old.contains(command)));
        sql.iter().flat_map(|block| statements(block)).collect()
    }

    /// The GRANTs of a new column.
    pub(super) fn column_grants(&mut self, class: &PgClass, a: &PgAttribute) -> Vec<String> {
        if a.attacl.is_none() {
            return Vec::new();
        }
        let address = super::relations::relation(class.oid);
        let printed = self.print_whole(false, address);
        let column = quote_identifier(&a.attname).into_owned();
        commands(&printed, Some(&column)).iter().flat_map(|block| statements(block)).collect()
    }
}

/// The commands that take these back, last first.
pub(super) fn taken_back(commands: &[String]) -> Vec<String> {
    let blocks = blocks(commands.to_vec());
    blocks.iter().rev().map(|block| inverse(block)).flat_map(|block| statements(&block)).collect()
}

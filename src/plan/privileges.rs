//! Privileges: from one list of GRANTs to another.

use super::build::Builder;
use super::split::statements;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::deparse::pg_dump::parts::Printed;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};

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

    /// What takes all privileges of the first catalog back, and what gives those of the second.
    pub(super) fn privileges_around(
        &mut self,
        a: ObjectAddress,
        b: ObjectAddress,
    ) -> (Vec<String>, Vec<String>) {
        let old = commands(&self.print_whole(true, a), None);
        let new = commands(&self.print_whole(false, b), None);
        let back = old.iter().rev().map(|command| inverse(command));
        let single =
            |blocks: Vec<String>| blocks.iter().flat_map(|block| statements(block)).collect();
        (single(back.collect()), single(new))
    }

    /// The statements that make an object, with what default privileges would give it taken back first.
    pub(super) fn without_defaults(&mut self, new: ObjectAddress, sql: Vec<String>) -> Vec<String> {
        if !self.options.compare.grants {
            return sql;
        }
        let Some((letter, of, target, schema)) = self.granted(new) else { return sql };
        let rows: Vec<Oid> = self
            .from
            .catalog
            .iter::<PgDefaultAcl>()
            .filter(|row| row.defaclobjtype == letter)
            .filter(|row| row.defaclrole == fixed::BOOTSTRAP_SUPERUSERID)
            .filter(|row| {
                let name = self.from.catalog.get::<PgNamespace>(row.defaclnamespace);
                name.is_none_or(|name| Some(&name.nspname) == schema.as_ref())
            })
            .map(|row| row.oid)
            .collect();
        let mut given = Vec::new();
        for oid in rows {
            let printed = self.from.print(ObjectAddress::new(Class::DefaultAcl, oid));
            for one in printed.iter().flat_map(|entry| statements(&entry.made)) {
                let start = one.find("GRANT ").into_iter().chain(one.find("REVOKE ")).min();
                let Some(start) = start else { continue };
                given.push(one[start..].replacen(
                    &format!(" ON {of} "),
                    &format!(" ON {target} "),
                    1,
                ));
            }
        }
        // Before the owner changes, who would be taken for the one who granted.
        let first = sql.iter().position(|one| {
            one.starts_with("GRANT ") || one.starts_with("REVOKE ") || one.contains(" OWNER TO ")
        });
        let mut all = sql.clone();
        let at = first.unwrap_or(all.len());
        let taken: Vec<String> = given
            .iter()
            .filter(|command| !sql.contains(command))
            .map(|command| inverse(command))
            .collect();
        all.splice(at..at, taken);
        all
    }

    /// How default privileges name the object's kind, and GRANT the object.
    fn granted(&self, new: ObjectAddress) -> Option<(u8, &'static str, String, Option<Name>)> {
        let schema =
            |oid: Oid| self.to.catalog.get::<PgNamespace>(oid).map(|row| row.nspname.clone());
        let name = |namespace: Oid, name: &Name| {
            let schema = self.to.parts.deparse().schema(namespace);
            crate::pg::name::quote_qualified_identifier(Some(schema), name)
        };
        match new.class {
            Class::Relation => {
                let class = self.to.catalog.get::<PgClass>(new.object)?;
                let qualified = name(class.relnamespace, &class.relname);
                Some(match class.relkind {
                    b'S' => (
                        b'S',
                        "SEQUENCES",
                        format!("SEQUENCE {qualified}"),
                        schema(class.relnamespace),
                    ),
                    _ => (b'r', "TABLES", format!("TABLE {qualified}"), schema(class.relnamespace)), // tables and views
                })
            }
            Class::Proc => {
                let row = self.to.catalog.get::<PgProc>(new.object)?;
                let word = if row.prokind == b'p' { "PROCEDURE" } else { "FUNCTION" };
                let arguments = self.to.parts.deparse().function_identity_arguments(row);
                let target =
                    format!("{word} {}({arguments})", name(row.pronamespace, &row.proname));
                Some((b'f', "FUNCTIONS", target, schema(row.pronamespace)))
            }
            Class::Type => {
                let row = self.to.catalog.get::<PgType>(new.object)?;
                let target = format!("TYPE {}", name(row.typnamespace, &row.typname));
                Some((b'T', "TYPES", target, schema(row.typnamespace)))
            }
            Class::Namespace => {
                let row = self.to.catalog.get::<PgNamespace>(new.object)?;
                let target = format!("SCHEMA {}", quote_identifier(&row.nspname));
                Some((b'n', "SCHEMAS", target, None))
            }
            _ => None, // nothing else has default privileges
        }
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

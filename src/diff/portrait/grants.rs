//! Privileges in words.

use std::sync::Arc;

use super::{Drawing, Portrait};
use crate::catalog::acl::{Acl, privilege};
use crate::catalog::aclchk::acldefault;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgDefaultAcl, PgNamespace};
use crate::diff::names::Names;
use crate::nodes::tree::ObjectType;
use crate::pg::oid::Oid;

/// An object's access list; one that says what none would say is none.
pub(super) fn of_object(names: &Names, class: Class, oid: Oid, owner: Oid, acl: &Acl) -> String {
    let sequence = names.catalog.get::<PgClass>(oid).is_some_and(|row| row.relkind == b'S');
    let kind = match class {
        Class::Relation if sequence => ObjectType::ObjectSequence,
        Class::Relation => ObjectType::ObjectTable,
        Class::Proc => ObjectType::ObjectFunction,
        Class::Type => ObjectType::ObjectType,
        Class::Namespace => ObjectType::ObjectSchema,
        Class::ForeignServer => ObjectType::ObjectForeignServer,
        Class::ForeignDataWrapper => ObjectType::ObjectFdw,
        Class::Language => ObjectType::ObjectLanguage,
        _ => return privileges(names, acl), // nothing else has any
    };
    let usual = privileges(names, &Some(Arc::new(acldefault(names.catalog, kind, owner))));
    let text = privileges(names, acl);
    if text == usual { "default".to_string() } else { text }
}

/// A column's access list; an empty one is none.
pub(super) fn of_column(names: &Names, acl: &Acl) -> String {
    match acl {
        Some(items) if items.is_empty() => "default".to_string(),
        _ => privileges(names, acl), // none, or some
    }
}

/// A schema's access list; the public schema's as its version's initdb made it is the default.
pub(super) fn of_schema(names: &Names, row: &PgNamespace) -> String {
    let text = privileges(names, &row.nspacl);
    let everybody = if names.catalog.version().major() >= 15 { "U" } else { "UC" };
    let owner = names.role(row.nspowner);
    let initial = format!("PUBLIC={everybody}, {owner}=UC");
    if row.nspname == "public" && text == initial { "default".to_string() } else { text }
}

/// The bits and MAINTAIN where they are all that a table had before it (17).
fn with_maintain(names: &Names, bits: u32) -> u32 {
    use privilege::{DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE};
    let all = INSERT | SELECT | UPDATE | DELETE | TRUNCATE | REFERENCES | TRIGGER;
    let whole = names.catalog.version().major() < 17 && bits & all == all;
    if whole { bits | MAINTAIN } else { bits }
}

/// An access list, sorted by role; who granted it means nothing.
pub(super) fn privileges(names: &Names, acl: &Acl) -> String {
    let Some(items) = acl else { return "default".to_string() };
    let mut parts: Vec<String> = items
        .iter()
        .map(|item| {
            let mut text = format!("{}=", names.role(item.grantee));
            let held = with_maintain(names, item.privileges);
            let passed_on = with_maintain(names, item.grant_options);
            for (bit, letter) in privilege::LETTERS.chars().enumerate() {
                if held & (1 << bit) != 0 {
                    text.push(letter);
                }
                if passed_on & (1 << bit) != 0 {
                    text.push('*');
                }
            }
            text
        })
        .collect();
    parts.sort();
    if parts.is_empty() { "none".to_string() } else { parts.join(", ") }
}

impl Drawing<'_> {
    pub(super) fn default_privileges(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgDefaultAcl>().cloned().collect();
        for row in rows {
            let schema = match row.defaclnamespace.valid() {
                Some(schema) => format!(" in schema {}", self.names.schema(schema)),
                None => String::new(),
            };
            let kind = char::from(row.defaclobjtype);
            let name = format!("of {} for {kind}{schema}", self.names.role(row.defaclrole));
            let text = privileges(self.names, &row.defaclacl);
            let mut portrait =
                Portrait::new(ObjectAddress::new(Class::DefaultAcl, row.oid), text.clone());
            portrait.fact("privileges", text);
            self.add("default privileges", name, portrait);
        }
    }
}

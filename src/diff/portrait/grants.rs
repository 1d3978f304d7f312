//! Privileges in words.

use std::sync::Arc;

use super::{Drawing, Portrait};
use crate::catalog::acl::{Acl, privilege};
use crate::catalog::aclchk::acldefault;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgDefaultAcl};
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

/// An access list, sorted by role; who granted it means nothing.
pub(super) fn privileges(names: &Names, acl: &Acl) -> String {
    let Some(items) = acl else { return "default".to_string() };
    let mut parts: Vec<String> = items
        .iter()
        .map(|item| {
            let mut text = format!("{}=", names.role(item.grantee));
            for (bit, letter) in privilege::LETTERS.chars().enumerate() {
                if item.privileges & (1 << bit) != 0 {
                    text.push(letter);
                }
                if item.grant_options & (1 << bit) != 0 {
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

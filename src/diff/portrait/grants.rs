//! Privileges in words.

use super::{Drawing, Portrait};
use crate::catalog::PgDefaultAcl;
use crate::catalog::acl::{Acl, privilege};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::diff::names::Names;

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

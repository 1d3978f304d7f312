//! COMMENT ON (PostgreSQL: dumpComment).

use super::Dump;
use super::archive::Entry;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::deparse::ruleutils::simple_quote_literal;
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

/// What stands around a comment.
pub(super) struct Commented<'n> {
    /// `TABLE`, `TRIGGER t ON` …
    pub(super) kind: &'n str,
    /// Quoted already.
    pub(super) name: &'n str,
    pub(super) namespace: Option<&'n str>,
    pub(super) owner: &'n str,
    pub(super) post_data: bool,
}

impl Dump<'_> {
    pub(super) fn comment(&mut self, class: Class, oid: Oid, what: Commented) {
        self.comment_at(ObjectAddress::new(class, oid), what);
    }

    pub(super) fn comment_at(&mut self, address: ObjectAddress, what: Commented) {
        let Some(text) = self.catalog.comment(address).cloned() else { return };
        self.comment_text(&text, what);
    }

    pub(super) fn comment_text(&mut self, text: &str, what: Commented) {
        if self.options.no_comments {
            return;
        }
        let schema =
            what.namespace.map_or_else(String::new, |n| format!("{}.", quote_identifier(n)));
        self.archive.add(Entry {
            tag: format!("{} {}", what.kind, what.name),
            desc: "COMMENT",
            namespace: what.namespace.map(str::to_string),
            owner: Some(what.owner.to_string()),
            post_data: what.post_data,
            defn: format!(
                "COMMENT ON {} {schema}{} IS {};\n",
                what.kind,
                what.name,
                simple_quote_literal(text)
            ),
            ..Entry::default()
        });
    }
}

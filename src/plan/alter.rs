//! Which statements change what, by kind of object; comments and owners, which every kind has.

use super::build::Builder;
use super::{Risk, Stage};
use crate::catalog::objectaddress::ObjectAddress;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};

impl Builder<'_> {
    /// Makes the steps for the facts in which one object differs.
    pub(super) fn alter(&mut self, key: &Key, a: &Portrait, b: &Portrait, facts: &[&'static str]) {
        let part = key.part.as_ref().map(|part| part.kind);
        match (key.owner.kind, part) {
            (_, Some("column")) => self.alter_column(key, a, b, facts),
            (_, Some("constraint")) => self.alter_constraint(key, a, b, facts),
            (_, Some("index")) => self.alter_index(key, a, b, facts),
            (_, Some("trigger")) => self.alter_trigger(key, a, b, facts),
            (_, Some("policy")) => self.alter_policy(key, a, b, facts),
            (_, Some("rule")) => self.alter_rule(key, a, b, facts),
            (_, Some("statistics")) => self.alter_statistics(key, a, b, facts),
            ("table" | "foreign table", None) => self.alter_table(key, a, b, facts),
            ("view" | "materialized view", None) => self.alter_view(key, a, b, facts),
            ("sequence", None) => self.alter_sequence(key, a, b, facts),
            ("type", None) => self.alter_type(key, a, b, facts),
            ("domain", None) => self.alter_domain(key, a, b, facts),
            ("function" | "procedure", None) => self.alter_function(key, a, b, facts),
            _ => self.alter_other(key, a, b, facts), // the rest alters a fact or two, or is made again
        }
    }

    /// Comment, owner and privileges, which many kinds have; None for another fact.
    pub(super) fn common_statements(
        &mut self,
        fact: &str,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
    ) -> Option<Vec<String>> {
        match fact {
            "comment" => Some(self.comment_statements(key, b)),
            "owner" => {
                let owner = self.owner_statements(b.address);
                if same_fact("privileges", a, b) {
                    return Some(owner);
                }
                // The new owner takes over what the old one granted: it is taken back before, and given anew.
                let (before, after) = self.privileges_around(a.address, b.address);
                Some([before, owner, after].concat())
            }
            "privileges" if !same_fact("owner", a, b) => Some(Vec::new()), // said with the owner
            "privileges" => Some(self.privilege_statements(a.address, b.address, None)),
            _ => None, // the kind's own
        }
    }

    /// Steps for comment, owner and privileges; what is left are the kind's own facts.
    pub(super) fn alter_common(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) -> Vec<&'static str> {
        let mut rest = Vec::new();
        for fact in facts {
            match self.common_statements(fact, key, a, b) {
                None => rest.push(*fact),
                Some(sql) if sql.is_empty() => {}
                Some(sql) => {
                    let at = self.alter_step(Stage::Access, key, a.address, b.address, sql);
                    self.risk(at, Risk::Low, super::tables::access_risk(fact));
                    self.owner_asked(at, fact, key, a, b);
                }
            }
        }
        rest
    }

    /// Privileges are taken back and given around a change of owner only while that is still to be made.
    pub(super) fn owner_asked(
        &mut self,
        step: usize,
        fact: &str,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
    ) {
        if fact != "owner" || same_fact("privileges", a, b) {
            return;
        }
        let owner = b.facts.iter().find(|fact| fact.name == "owner");
        let condition = owner.and_then(|owner| {
            super::guard::owner_is_other(b.address.class, &key.owner.name, &owner.value)
        });
        self.only_if(step, condition);
    }

    /// COMMENT ON …, as the second catalog has it.
    pub(super) fn comment_statements(&self, key: &Key, b: &Portrait) -> Vec<String> {
        let Some(phrase) = phrase(key) else { return Vec::new() };
        let text = match self.to.catalog.comment(b.address) {
            Some(text) => simple_quote_literal(text),
            None => "NULL".to_string(),
        };
        vec![format!("COMMENT ON {phrase} IS {text};")]
    }

    /// ALTER … OWNER TO …, as the second catalog has it.
    pub(super) fn owner_statements(&mut self, new: ObjectAddress) -> Vec<String> {
        let printed = self.to.print(new);
        printed
            .into_iter()
            .find_map(|entry| entry.owner)
            .map(|sql| sql.trim().to_string())
            .into_iter()
            .collect()
    }
}

/// Whether a fact is the same on both sides.
fn same_fact(name: &str, a: &Portrait, b: &Portrait) -> bool {
    let value = |portrait: &Portrait| {
        portrait.facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.clone())
    };
    value(a) == value(b)
}

/// What COMMENT ON names.
fn phrase(key: &Key) -> Option<String> {
    let name = &key.owner.name;
    if let Some(part) = &key.part {
        return Some(match part.kind {
            "column" => format!("COLUMN {name}.{}", part.name),
            "constraint" if key.owner.kind == "domain" => {
                format!("CONSTRAINT {} ON DOMAIN {name}", part.name)
            }
            "index" => {
                let schema = name.rsplit_once('.').map_or("", |(schema, _)| schema);
                format!("INDEX {schema}.{}", part.name)
            }
            "statistics" => format!("STATISTICS {}", part.name),
            kind => format!("{} {} ON {name}", kind.to_uppercase(), part.name),
        });
    }
    Some(match key.owner.kind {
        "foreign-data wrapper" => format!("FOREIGN DATA WRAPPER {name}"),
        "aggregate" => format!("AGGREGATE {}", name.replace("()", "(*)")),
        "cast" => {
            let (from, to) = name.split_once(" to ")?;
            format!("CAST ({from} AS {to})")
        }
        "transform" => {
            let (of, language) = name.rsplit_once(" for ")?;
            format!("TRANSFORM FOR {of} LANGUAGE {language}")
        }
        "user mapping" | "default privileges" => return None,
        kind => format!("{} {name}", kind.to_uppercase()),
    })
}

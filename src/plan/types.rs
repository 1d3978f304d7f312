//! Types and domains: altered in place, or made again under the columns that use them.

use super::build::{Builder, made};
use super::side::label;
use super::{Risk, Stage, Verb};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::Oid;

/// The labels of an enum type in their order.
pub(super) fn labels(catalog: &Catalog, typid: Oid) -> Vec<Name> {
    let mut rows: Vec<_> = catalog.find_all::<PgEnum>(&typid).cloned().collect();
    rows.sort_by(|a, b| a.enumsortorder.total_cmp(&b.enumsortorder));
    rows.into_iter().map(|row| row.enumlabel.clone()).collect()
}

impl Builder<'_> {
    /// A type, after its shell and its functions where it is a base type.
    pub(super) fn create_type(&mut self, new: ObjectAddress) {
        if self.to.is_dumped(Kind::ShellType, new.object) {
            let printed = self.to.parts.print(Kind::ShellType, new.object, Oid::INVALID);
            let place = self.to.place(Kind::ShellType, new.object);
            let at =
                self.step(Verb::Create, Stage::Foundations, self.to.label(new), made(&printed));
            self.steps[at].place = place;
            self.shells.insert(new, at);
        }
        let at = self.create_plain(Kind::Type, new);
        if let Some(shell) = self.shells.get(&new) {
            self.edges.push((*shell, at));
        }
        for part in self.to.parts_of(new) {
            if part.stands_alone && part.kind == Kind::Constraint {
                self.create_part(part, &[new]);
            }
        }
    }

    pub(super) fn alter_type(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let rest = self.alter_common(key, a, b, facts);
        match rest.as_slice() {
            [] => {}
            ["values"] => self.alter_enum(key, a, b),
            ["attributes"] => self.alter_composite(key, a, b),
            _ => self.rebuild_type(key, a, b), // ranges, base types, another kind of type
        }
    }

    fn alter_enum(&mut self, key: &Key, a: &Portrait, b: &Portrait) {
        let old = labels(self.from.catalog, a.address.object);
        let new = labels(self.to.catalog, b.address.object);
        let kept: Vec<&Name> = new.iter().filter(|label| old.contains(label)).collect();
        let name = &key.owner.name;
        if kept.len() == old.len() && kept.iter().zip(&old).all(|(a, b)| *a == b) {
            let mut sql = Vec::new();
            for (at, value) in new.iter().enumerate() {
                if old.contains(value) {
                    continue;
                }
                let place =
                    match new.get(at + 1..).unwrap_or_default().iter().find(|l| old.contains(l)) {
                        _ if at > 0 => format!(" AFTER {}", simple_quote_literal(&new[at - 1])),
                        Some(next) => format!(" BEFORE {}", simple_quote_literal(next)),
                        None => String::new(),
                    };
                sql.push(format!(
                    "ALTER TYPE {name} ADD VALUE {}{place};",
                    simple_quote_literal(value)
                ));
            }
            let at = self.alter_step(Stage::NewValues, key, a.address, b.address, sql);
            self.steps[at].statements.iter_mut().for_each(|one| one.transactional = false);
            self.risk(at, Risk::Low, "a value cannot be taken back without making the type again");
            return;
        }
        self.rebuild_type(key, a, b);
    }

    fn alter_composite(&mut self, key: &Key, a: &Portrait, b: &Portrait) {
        let class = |catalog: &Catalog, typid: Oid| {
            let row = catalog.get::<PgType>(typid)?;
            catalog.get::<PgClass>(row.typrelid).map(|class| PgClass::clone(class))
        };
        let (Some(old), Some(new)) =
            (class(self.from.catalog, a.address.object), class(self.to.catalog, b.address.object))
        else {
            return;
        };
        let name = &key.owner.name;
        let mut actions = Vec::new();
        let mut loses = false;
        for before in old.live_attributes() {
            if new.attribute_named(&before.attname).is_none() {
                actions
                    .push(format!("DROP ATTRIBUTE {} CASCADE", quote_identifier(&before.attname)));
                loses = true;
            }
        }
        for after in new.live_attributes() {
            let column = quote_identifier(&after.attname).into_owned();
            let bare = self.to.parts.column(
                &PgClass { reloftype: Oid::INVALID, ..new.clone() },
                after,
                true,
            );
            let typname = bare.strip_prefix(column.as_str()).unwrap_or(&bare).trim().to_string();
            match old.attribute_named(&after.attname) {
                None => actions.push(format!("ADD ATTRIBUTE {column} {typname} CASCADE")),
                Some(before) => {
                    let was = self.from.parts.column(
                        &PgClass { reloftype: Oid::INVALID, ..old.clone() },
                        before,
                        true,
                    );
                    if was != bare {
                        actions.push(format!("ALTER ATTRIBUTE {column} TYPE {typname} CASCADE"));
                    }
                }
            }
        }
        if actions.is_empty() {
            return self.leave(
                key,
                "the order of its attributes",
                "attributes cannot be moved in place",
            );
        }
        let sql = actions.iter().map(|action| format!("ALTER TYPE {name} {action};")).collect();
        let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
        self.risk(at, Risk::Medium, "ACCESS EXCLUSIVE lock on the tables made of it; a type that columns use cannot change an attribute's type");
        if loses {
            self.steps[at].loses =
                Some(format!("the dropped attributes of {name} in every stored value"));
        }
    }

    pub(super) fn alter_domain(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let rest = self.alter_common(key, a, b, facts);
        let name = key.owner.name.clone();
        if rest.iter().any(|fact| matches!(*fact, "of" | "collation" | "kind")) {
            return self.rebuild_type(key, a, b);
        }
        let Some(row) = self.to.catalog.get::<PgType>(b.address.object).cloned() else { return };
        for fact in rest {
            let sql = match fact {
                "null" if row.typnotnull => format!("ALTER DOMAIN {name} SET NOT NULL;"),
                "null" => format!("ALTER DOMAIN {name} DROP NOT NULL;"),
                "default" => match (&row.typdefaultbin, &row.typdefault) {
                    (Some(expr), _) => {
                        let source = self.to.parts.deparse().expression(expr, Oid::INVALID, true);
                        format!("ALTER DOMAIN {name} SET DEFAULT {source};")
                    }
                    (None, Some(text)) => {
                        format!("ALTER DOMAIN {name} SET DEFAULT {};", simple_quote_literal(text))
                    }
                    (None, None) => format!("ALTER DOMAIN {name} DROP DEFAULT;"),
                },
                other => {
                    self.leave(key, other, "there is no statement that changes this in place");
                    continue;
                }
            };
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
            if fact == "null" && row.typnotnull {
                self.risk(
                    at,
                    Risk::High,
                    "all tables with columns of the domain are scanned; fails where one is null",
                );
            } else {
                self.risk(at, Risk::Low, "for new values only");
            }
        }
    }

    /// The question whether the type has not been made again yet.
    fn as_it_was(&self, name: &str, row: &PgType, b: &Portrait) -> String {
        let deparse = self.from.parts.deparse();
        let base = deparse.type_with_typmod(row.typbasetype, row.typtypmod);
        let after = self.to.catalog.get::<PgType>(b.address.object);
        let moved = after.is_some_and(|after| {
            self.to.parts.deparse().type_with_typmod(after.typbasetype, after.typtypmod) != base
        });
        let labels: Vec<String> =
            labels(self.from.catalog, row.oid).iter().map(Name::to_string).collect();
        let base = (row.typtype == b'd' && moved).then_some(base.as_str());
        super::guard::still_is(name, row.typtype, &labels, base)
    }

    /// The type gets another name, a new one is made, columns move over, the old one goes.
    pub(super) fn rebuild_type(&mut self, key: &Key, a: &Portrait, b: &Portrait) {
        let name = key.owner.name.clone();
        let Some(row) = self.from.catalog.get::<PgType>(a.address.object).cloned() else { return };
        let domain = row.typtype == b'd';
        let word = if domain { "DOMAIN" } else { "TYPE" };
        let aside = format!("{}__old", row.typname);
        let aside = quote_identifier(&aside).into_owned();
        let schema =
            name.rsplit_once('.').map_or(String::new(), |(schema, _)| format!("{schema}."));
        let address = a.address;
        let dropped = |_: ObjectAddress| false;
        let used =
            self.from.with_belongings(address, &dropped).into_iter().any(|own| {
                self.from.catalog.depend().dependents_of(own).any(|entry| {
                    entry.dependent.class == Class::Relation && entry.dependent.sub != 0
                })
            });
        if !used {
            self.replace(key, a, b, "the type cannot be altered this way");
            return;
        }
        if row.typtype == b'r' {
            return self.leave(
                key,
                "its definition",
                "columns use the range type; move them to another type first",
            );
        }
        self.rebuilt.insert(a.address);
        if row.typarray.is_valid() {
            self.rebuilt.insert(ObjectAddress::new(Class::Type, row.typarray));
        }
        let mut renames = Vec::new();
        // The new one's NOT NULL gets the old one's name.
        for constraint in self.from.catalog.find_all::<PgConstraint>(&row.oid) {
            if domain && constraint.contype == b'n' {
                let was = quote_identifier(&constraint.conname);
                let moved = format!("{}__old", constraint.conname);
                let moved = quote_identifier(&moved);
                renames.push(format!("ALTER DOMAIN {name} RENAME CONSTRAINT {was} TO {moved};"));
            }
        }
        renames.push(format!("ALTER {word} {name} RENAME TO {aside};"));
        let rename = self.step(Verb::Drop, Stage::Rewrites, label(key), renames);
        let still = self.as_it_was(&name, &row, b);
        let unfinished = format!(
            "({still} OR {} IS NOT NULL)",
            super::guard::type_oid(&format!("{schema}{aside}"))
        );
        self.only_if(rename, Some(still));
        self.risk(rename, Risk::Medium, "the type is made again under its name");
        let drop =
            self.drop_object(a.address, Some(key), Some("the type cannot be altered this way"));
        self.steps[drop].stage = Stage::Rewrites;
        self.steps[drop].verb = Verb::Drop;
        self.steps[drop].statements =
            vec![super::Statement::together(format!("DROP {word} {schema}{aside};"))];
        self.only_if(drop, Some(unfinished.clone()));
        for rebuilt in [a.address, ObjectAddress::new(Class::Type, row.typarray)] {
            self.unfinished.insert(rebuilt, unfinished.clone());
        }
        self.edges.push((rename, drop));
        for at in self.create_object(b.address, None) {
            self.steps[at].stage = Stage::Rewrites;
            self.edges.push((rename, at));
            self.edges.push((at, drop));
        }
    }
}

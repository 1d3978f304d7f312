//! What comes and goes with something else, and parts that only have another name.

use super::build::Builder;
use super::{Risk, Stage};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::diff::{Key, Portrait};
use crate::pg::name::{Name, quote_identifier};

impl Builder<'_> {
    /// Whether a lone object of the first catalog goes with something else.
    pub(super) fn goes_with_another(&self, key: &Key, a: &Portrait) -> bool {
        let old = a.address;
        let Some(part) = &key.part else { return self.sequence_goes(old) };
        let whole = Key { owner: key.owner.clone(), part: None };
        let column_goes = |attnum: &i16| {
            let table = self.from.portraits.get(&whole).map(|portrait| portrait.address);
            table.is_some_and(|table| {
                let column = ObjectAddress::column(table.object, *attnum);
                *attnum > 0
                    && self
                        .from
                        .key_of
                        .get(&column)
                        .is_some_and(|key| !self.to.portraits.contains_key(key))
            })
        };
        match part.kind {
            "column" => {
                self.from.column(old).is_some_and(|(_, a)| !a.attislocal && a.attinhcount > 0)
            }
            "constraint" => self.from.catalog.get::<PgConstraint>(old.object).is_some_and(|row| {
                !row.conislocal && row.coninhcount > 0 || row.conkey.iter().any(column_goes)
            }),
            "index" => {
                let index = self.from.catalog.get::<PgIndex>(old.object);
                self.taken_over.contains(&old.object)
                    || index.is_some_and(|row| row.indkey.iter().any(column_goes))
                    || self.becomes_part(old)
            }
            _ => false, // dropped by name
        }
    }

    /// Whether a lone object of the second catalog comes with something else.
    pub(super) fn comes_with_another(&self, key: &Key, b: &Portrait) -> bool {
        let Some(part) = &key.part else { return false };
        match part.kind {
            "column" => {
                self.to.column(b.address).is_some_and(|(_, a)| !a.attislocal && a.attinhcount > 0)
            }
            "constraint" => {
                self.to
                    .catalog
                    .get::<PgConstraint>(b.address.object)
                    .is_some_and(|row| !row.conislocal && row.coninhcount > 0)
                    || self.was_part(key)
            }
            "index" => self.was_part(key),
            _ => false, // made by name
        }
    }

    /// Whether a sequence belongs to a column that goes.
    fn sequence_goes(&self, old: ObjectAddress) -> bool {
        self.from.catalog.depend().references_of(old).any(|entry| {
            let owned = entry.kind == DependType::Auto
                && entry.referenced.class == Class::Relation
                && entry.referenced.sub > 0
                && self.from.catalog.get::<PgSequence>(old.object).is_some();
            let key = self.from.key_of.get(&entry.referenced);
            owned && key.is_some_and(|key| !self.to.portraits.contains_key(key))
        })
    }

    /// Whether an index of that name hangs below a partitioned one in the second catalog.
    fn becomes_part(&self, old: ObjectAddress) -> bool {
        let Some(class) = self.from.class(old.object) else { return false };
        let schema = self.from.parts.deparse().schema(class.relnamespace);
        hidden(self.to.catalog, schema, &class.relname)
    }

    /// Whether the first catalog has the index or constraint as a part of a partitioned table's.
    fn was_part(&self, key: &Key) -> bool {
        let Some(part) = &key.part else { return false };
        let whole = Key { owner: key.owner.clone(), part: None };
        let Some(table) = self.from.portraits.get(&whole).map(|portrait| portrait.address) else {
            return false;
        };
        let quoted = |name: &str| quote_identifier(name) == part.name.as_str();
        if part.kind == "index" {
            self.from.catalog.find_all::<PgIndex>(&table.object).any(|index| {
                let part = self.from.catalog.find_all::<PgInherits>(&index.indexrelid).next();
                let class = self.from.class(index.indexrelid).filter(|_| part.is_some());
                class.is_some_and(|class| quoted(&class.relname))
            })
        } else {
            let mut rows = self.from.catalog.find_all::<PgConstraint>(&table.object);
            rows.any(|row| row.coninhcount > 0 && quoted(&row.conname))
        }
    }

    /// A constraint or index that has another name.
    pub(super) fn rename(&mut self, old: &Key, new: &Key, a: &Portrait, b: &Portrait) {
        let (Some(from), Some(to)) = (&old.part, &new.part) else { return };
        let sql = if from.kind == "index" {
            format!("ALTER INDEX {} RENAME TO {};", self.from.relation(a.address.object), to.name)
        } else if old.owner.kind == "domain" {
            format!(
                "ALTER DOMAIN {} RENAME CONSTRAINT {} TO {};",
                old.owner.name, from.name, to.name
            )
        } else {
            format!(
                "ALTER TABLE {} RENAME CONSTRAINT {} TO {};",
                old.owner.name, from.name, to.name
            )
        };
        let mut all = vec![sql];
        if self.to.catalog.comment(b.address) != self.from.catalog.comment(a.address) {
            all.extend(self.comment_statements(new, b));
        }
        let at = self.alter_step(Stage::Replacements, new, a.address, b.address, all);
        self.risk(at, Risk::Low, "only the name changes");
    }
}

/// Whether an index of that name is there, though no picture shows it: a part of a partitioned table's.
fn hidden(catalog: &Catalog, schema: &str, name: &Name) -> bool {
    catalog
        .find::<PgNamespace>(&Name::new(schema))
        .and_then(|schema| catalog.find::<PgClass>(&(schema.oid, name.clone())))
        .is_some_and(|class| {
            class.relkind == b'i' && catalog.find_all::<PgInherits>(&class.oid).next().is_some()
        })
}

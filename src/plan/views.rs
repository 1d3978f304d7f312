//! Views and materialized views.

use super::build::Builder;
use super::split::statements;
use super::{Risk, Stage};
use crate::catalog::objectaddress::ObjectAddress;
use crate::catalog::*;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;

impl Builder<'_> {
    /// A view's or materialized view's facts.
    pub(super) fn alter_view(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let (Some(old), Some(new)) =
            (self.from.class(a.address.object), self.to.class(b.address.object))
        else {
            return;
        };
        let word = if new.relkind == b'm' { "MATERIALIZED VIEW" } else { "VIEW" };
        let name = key.owner.name.clone();
        let query = facts.contains(&"query") || facts.contains(&"columns");
        if query && (new.relkind == b'm' || !self.may_replace_view(&old, &new)) {
            let why = if new.relkind == b'm' {
                "a materialized view's query cannot be replaced"
            } else {
                "its columns change, which CREATE OR REPLACE VIEW refuses"
            };
            let drop = self.replace(key, a, b, why);
            let deparse = self.to.parts.deparse();
            let columns: Vec<(String, String)> = new
                .live_attributes()
                .map(|a| (a.attname.to_string(), deparse.type_with_typmod(a.atttypid, a.atttypmod)))
                .collect();
            let mut asked = super::guard::columns_differ(&name, &columns);
            if new.relkind == b'm' {
                let query = deparse.view_definition(new.oid).unwrap_or_default();
                asked = format!("({asked} OR {})", super::guard::query_differs(&name, &query));
            }
            self.only_if(drop, Some(asked));
            return;
        }
        if query {
            let printed = self.to.print(b.address);
            let sql: Vec<String> = statements(printed.first().map_or("", |entry| &entry.made))
                .into_iter()
                .map(|one| one.replacen("CREATE VIEW", "CREATE OR REPLACE VIEW", 1))
                .collect();
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
            self.risk(at, Risk::Low, format!("ACCESS EXCLUSIVE lock on {name}, for a moment"));
        }
        for fact in facts {
            let mut stage = Stage::Replacements;
            let sql = match *fact {
                "query" | "columns" => continue,
                "columns' defaults" => self.view_defaults(&old, &new, &name),
                "options" if query => continue, // CREATE OR REPLACE VIEW sets them
                "options" => {
                    super::options::reloptions(word, &name, &old.reloptions, &new.reloptions, "")
                }
                "access method" => {
                    let am = self.to.catalog.get::<PgAm>(new.relam);
                    let am = am.map_or("heap", |am| am.amname.as_str());
                    vec![format!("ALTER {word} {name} SET ACCESS METHOD {};", quote_identifier(am))]
                }
                other => match self.common_statements(other, key, a, b) {
                    Some(sql) => {
                        stage = Stage::Access;
                        sql
                    }
                    None => continue,
                },
            };
            if !sql.is_empty() {
                let at = self.alter_step(stage, key, a.address, b.address, sql);
                self.risk(at, Risk::Low, "ACCESS EXCLUSIVE lock on the view, for a moment");
                self.owner_asked(at, fact, key, a, b);
            }
        }
    }

    /// Defaults of a view's columns that differ.
    fn view_defaults(&self, old: &PgClass, new: &PgClass, name: &str) -> Vec<String> {
        let source = |side: &super::side::Side, class: &PgClass, column: &str| {
            let a = class.attribute_named(column)?;
            let row = side.catalog.get::<PgAttrdef>(a.attdef)?;
            Some(side.parts.deparse().expression(&row.adbin, class.oid, true))
        };
        new.live_attributes()
            .filter_map(|a| {
                let after = source(&self.to, new, &a.attname);
                if after == source(&self.from, old, &a.attname) {
                    return None;
                }
                let start =
                    format!("ALTER VIEW {name} ALTER COLUMN {}", quote_identifier(&a.attname));
                Some(match after {
                    Some(after) => format!("{start} SET DEFAULT {after};"),
                    None => format!("{start} DROP DEFAULT;"),
                })
            })
            .collect()
    }

    /// PostgreSQL: checkViewColumns (commands/view.c).
    fn may_replace_view(&self, old: &PgClass, new: &PgClass) -> bool {
        let olds: Vec<&PgAttribute> = old.live_attributes().collect();
        let news: Vec<&PgAttribute> = new.live_attributes().collect();
        let typname = |side: &crate::deparse::ruleutils::Deparse, a: &PgAttribute| {
            side.type_with_typmod(a.atttypid, a.atttypmod)
        };
        olds.len() <= news.len()
            && olds.iter().zip(&news).all(|(a, b)| {
                a.attname == b.attname
                    && typname(self.from.parts.deparse(), a) == typname(self.to.parts.deparse(), b)
            })
            && !old.live_attributes().any(|a| {
                self.types_of(ObjectAddress::column(old.oid, a.attnum))
                    .iter()
                    .any(|typ| self.rebuilt.contains(typ))
            })
    }
}

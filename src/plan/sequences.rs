//! Sequences: made, altered, owned.

use super::build::{Builder, made};
use super::relations::relation;
use super::{Risk, Stage, Verb};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

impl Builder<'_> {
    /// A sequence; the column that owns it is named when that is there.
    pub(super) fn create_sequence(&mut self, new: ObjectAddress, class: &PgClass) {
        let printed = self.to.parts.print(Kind::Table, new.object, Oid::INVALID);
        let (owned, rest): (Vec<_>, Vec<_>) =
            printed.into_iter().partition(|entry| entry.desc == "SEQUENCE OWNED BY");
        let object = self.to.label(new);
        let place = self.to.place(Kind::Table, class.oid);
        let sql = self.without_defaults(new, made(&rest));
        let at = self.make_step(Stage::Additions, object.clone(), new, place, sql);
        if !owned.is_empty() {
            let step = self.step(Verb::Create, Stage::Additions, object, made(&owned));
            self.steps[step].place = place;
            self.edges.push((at, step));
            if let Some(column) = self.owning_column(new) {
                self.needs.push((step, column));
                if self.was_there(column)
                    && let Some((table, a)) = self.to.column(column)
                {
                    let (table, column) =
                        (self.to.relation(table.oid), quote_identifier(&a.attname).into_owned());
                    let set = self.past_the_rows(new.object, &table, &column);
                    self.steps[step].statements.push(set);
                }
            }
        }
    }

    /// The relation of the first catalog that has the name of one of the second.
    pub(super) fn relation_of_that_name(&self, new: Oid) -> Option<ObjectAddress> {
        let class = self.to.catalog.get::<PgClass>(new)?;
        let schema = self.to.catalog.get::<PgNamespace>(class.relnamespace)?;
        let schema = self.from.catalog.find::<PgNamespace>(&schema.nspname)?;
        let same = self.from.catalog.find::<PgClass>(&(schema.oid, class.relname.clone()))?;
        Some(relation(same.oid))
    }

    /// The column that owns a sequence of the second catalog.
    pub(super) fn owning_column(&self, sequence: ObjectAddress) -> Option<ObjectAddress> {
        self.to.catalog.depend().references_of(sequence).find_map(|entry| {
            let column = entry.referenced.class == Class::Relation && entry.referenced.sub > 0;
            (column && entry.kind == DependType::Auto).then_some(entry.referenced)
        })
    }

    /// A sequence's facts.
    pub(super) fn alter_sequence(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let name = key.owner.name.clone();
        for fact in facts {
            let mut stage = Stage::Replacements;
            let mut need = None;
            let sql = match *fact {
                "type" | "values" => {
                    if *fact == "values" && facts.contains(&"type") {
                        continue; // said with the type
                    }
                    let row = self.to.catalog.get::<PgSequence>(b.address.object).cloned();
                    let old = self.from.catalog.get::<PgSequence>(a.address.object).cloned();
                    let (Some(row), Some(old)) = (row, old) else { continue };
                    vec![self.sequence_change(&format!("ALTER SEQUENCE {name}"), &old, &row)]
                }
                "owned by" => {
                    need = self.owning_column(b.address);
                    let owner = match need.and_then(|column| self.to.column(column)) {
                        Some((class, a)) => format!(
                            "{}.{}",
                            self.to.relation(class.oid),
                            quote_identifier(&a.attname)
                        ),
                        None => "NONE".to_string(),
                    };
                    vec![format!("ALTER SEQUENCE {name} OWNED BY {owner};")]
                }
                "kept" => {
                    let unlogged =
                        self.to.class(b.address.object).is_some_and(|c| c.relpersistence == b'u');
                    vec![format!(
                        "ALTER SEQUENCE {name} SET {};",
                        if unlogged { "UNLOGGED" } else { "LOGGED" }
                    )]
                }
                other => match self.common_statements(other, key, a, b) {
                    Some(sql) => {
                        stage = Stage::Access;
                        sql
                    }
                    None => continue,
                },
            };
            if sql.is_empty() {
                continue;
            }
            let at = self.alter_step(stage, key, a.address, b.address, sql);
            if let Some(column) = need {
                self.needs.push((at, column));
            }
            self.risk(at, Risk::Low, "SHARE ROW EXCLUSIVE lock on the sequence, for a moment");
            self.owner_asked(at, fact, key, a, b);
        }
    }

    /// What differs between two sequences, as one statement.
    pub(super) fn sequence_change(
        &self,
        start: &str,
        old: &PgSequence,
        new: &PgSequence,
    ) -> String {
        let mut parts = Vec::new();
        if old.seqtypid != new.seqtypid {
            parts.push(format!("AS {}", self.to.parts.deparse().type_name(new.seqtypid)));
        }
        parts.push(format!("INCREMENT BY {}", new.seqincrement));
        parts.push(format!("MINVALUE {}", new.seqmin));
        parts.push(format!("MAXVALUE {}", new.seqmax));
        parts.push(format!("START WITH {}", new.seqstart));
        parts.push(format!("CACHE {}", new.seqcache));
        parts.push(if new.seqcycle { "CYCLE" } else { "NO CYCLE" }.to_string());
        format!("{start} {};", parts.join(" "))
    }
}

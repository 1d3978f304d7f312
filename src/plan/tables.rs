//! Facts of a table as a whole: storage, row security, inheritance, partitions.

use super::build::Builder;
use super::relations::relation;
use super::side::label;
use super::{Check, Risk, Stage, Statement, Verb};
use crate::catalog::objectaddress::ObjectAddress;
use crate::catalog::*;
use crate::commands::partition::{bounds_overlap, partition_bounds};
use crate::diff::{Key, Portrait};
use crate::nodes::primnodes::Expr;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::Oid;

impl Builder<'_> {
    /// Facts of a table as a whole.
    pub(super) fn alter_table(
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
        let word = if new.relkind == b'f' { "FOREIGN TABLE" } else { "TABLE" };
        let table = self.to.relation(new.oid);
        for fact in facts {
            let mut risk = (Risk::Low, format!("ACCESS EXCLUSIVE lock on {table}, for a moment"));
            let mut stage = Stage::Replacements;
            let sql = match *fact {
                "kept" => {
                    let state = if new.relpersistence == b'u' { "UNLOGGED" } else { "LOGGED" };
                    risk = (
                        Risk::High,
                        format!("{table} is rewritten under an ACCESS EXCLUSIVE lock"),
                    );
                    stage = Stage::Rewrites;
                    vec![format!("ALTER TABLE {table} SET {state};")]
                }
                "row security" => {
                    let verb = if new.relrowsecurity { "ENABLE" } else { "DISABLE" };
                    risk = (Risk::High, "who sees which rows changes at once".to_string());
                    vec![format!("ALTER TABLE {table} {verb} ROW LEVEL SECURITY;")]
                }
                "forced row security" => {
                    let verb = if new.relforcerowsecurity { "FORCE" } else { "NO FORCE" };
                    risk = (Risk::Medium, "the owner sees other rows at once".to_string());
                    vec![format!("ALTER TABLE {table} {verb} ROW LEVEL SECURITY;")]
                }
                "replica identity" => self.replica_identity(&new, &table),
                "options" => {
                    super::options::reloptions(word, &table, &old.reloptions, &new.reloptions, "")
                }
                "TOAST options" => super::options::reloptions(
                    word,
                    &table,
                    &old.toast_reloptions,
                    &new.toast_reloptions,
                    "toast.",
                ),
                "access method" => {
                    risk = (
                        Risk::High,
                        format!("{table} is rewritten under an ACCESS EXCLUSIVE lock"),
                    );
                    stage = Stage::Rewrites;
                    let am = self.to.catalog.get::<PgAm>(new.relam);
                    let am = am.map_or("heap", |am| am.amname.as_str());
                    vec![format!("ALTER TABLE {table} SET ACCESS METHOD {};", quote_identifier(am))]
                }
                "tablespace" => {
                    risk =
                        (Risk::High, format!("{table} is copied under an ACCESS EXCLUSIVE lock"));
                    stage = Stage::Rewrites;
                    let space = self.to.catalog.get::<PgTablespace>(new.reltablespace);
                    let space = space.map_or("pg_default", |row| row.spcname.as_str());
                    vec![format!("ALTER TABLE {table} SET TABLESPACE {};", quote_identifier(space))]
                }
                "of type" => {
                    if new.reloftype.is_valid() {
                        let typname = self.to.parts.deparse().type_name(new.reloftype);
                        vec![format!("ALTER TABLE {table} OF {typname};")]
                    } else {
                        vec![format!("ALTER TABLE {table} NOT OF;")]
                    }
                }
                "inherits" | "bound" => {
                    self.inheritance(key, a, b, facts);
                    continue;
                }
                "foreign options" => self.foreign_table_options(&old, &new, &table),
                "server" => {
                    let made = "the foreign table is made again for another server";
                    self.replace(key, a, b, made);
                    return;
                }
                "comment" | "owner" | "privileges" => {
                    self.common_statements(fact, key, a, b).unwrap_or_default()
                }
                "partitioned" => {
                    self.leave(key, "its partitioning", "a table cannot be made partitioned, or otherwise, in place: make another and move the rows");
                    continue;
                }
                other => {
                    self.leave(key, other, "there is no statement that changes this in place");
                    continue;
                }
            };
            if sql.is_empty() {
                continue;
            }
            if matches!(*fact, "comment" | "owner" | "privileges") {
                stage = Stage::Access;
                risk = (Risk::Low, access_risk(fact).to_string());
            }
            let at = self.alter_step(stage, key, a.address, b.address, sql);
            self.risk(at, risk.0, risk.1);
            self.owner_asked(at, fact, key, a, b);
            if *fact == "foreign options" {
                self.foreign_options_asked(at, &old, &new, &table);
            }
            if *fact == "replica identity" {
                self.needs.push((at, b.address));
                let mut indexes = self.to.catalog.find_all::<PgIndex>(&new.oid);
                let index = indexes.find(|index| index.indisreplident).map(|row| row.indexrelid);
                self.needs.extend(index.map(|index| (at, relation(index))));
            }
        }
    }

    fn replica_identity(&self, new: &PgClass, table: &str) -> Vec<String> {
        let how = match new.relreplident {
            b'n' => "NOTHING".to_string(),
            b'f' => "FULL".to_string(),
            b'i' => {
                let index =
                    self.to.catalog.find_all::<PgIndex>(&new.oid).find(|i| i.indisreplident);
                let Some(class) = index.and_then(|index| self.to.class(index.indexrelid)) else {
                    return Vec::new();
                };
                let known = |address: ObjectAddress| self.to.key_of.contains_key(&address);
                let made = self.to.resolve(relation(class.oid), &known);
                if made.is_some_and(|made| !self.was_there(made)) {
                    return Vec::new(); // said with the index
                }
                format!("USING INDEX {}", quote_identifier(&class.relname))
            }
            _ => "DEFAULT".to_string(), // 'd'
        };
        vec![format!("ALTER TABLE ONLY {table} REPLICA IDENTITY {how};")]
    }

    /// INHERIT and NO INHERIT, ATTACH and DETACH PARTITION.
    fn inheritance(&mut self, key: &Key, a: &Portrait, b: &Portrait, facts: &[&'static str]) {
        if !self.moved.insert(a.address) {
            return; // said with the other of the two facts
        }
        let (Some(old), Some(new)) =
            (self.from.class(a.address.object), self.to.class(b.address.object))
        else {
            return;
        };
        let table = self.to.relation(new.oid);
        let parents_of = |catalog: &Catalog, oid: Oid| {
            let mut rows: Vec<_> = catalog.find_all::<PgInherits>(&oid).cloned().collect();
            rows.sort_by_key(|row| row.inhseqno);
            rows.into_iter().map(|row| row.inhparent).collect::<Vec<_>>()
        };
        let before: Vec<(Oid, String)> = parents_of(self.from.catalog, old.oid)
            .into_iter()
            .map(|oid| (oid, self.from.relation(oid)))
            .collect();
        let after: Vec<(Oid, String)> = parents_of(self.to.catalog, new.oid)
            .into_iter()
            .map(|oid| (oid, self.to.relation(oid)))
            .collect();
        let moved = old.relispartition || new.relispartition;
        for (_, parent) in &before {
            let stays = after.iter().any(|(_, name)| name == parent) && !facts.contains(&"bound");
            if stays {
                continue;
            }
            let sql = if old.relispartition {
                format!("ALTER TABLE {parent} DETACH PARTITION {table};")
            } else {
                format!("ALTER TABLE {table} NO INHERIT {parent};")
            };
            let at = self.alter_step(Stage::Rewrites, key, a.address, b.address, vec![sql]);
            let why = format!(
                "ACCESS EXCLUSIVE lock on {parent} and {table}, for a moment; its rows leave {parent}"
            );
            self.risk(at, if moved { Risk::High } else { Risk::Medium }, why);
            if old.relispartition {
                self.detached.insert(old.oid, at);
            }
        }
        let first = self.steps.len();
        for (oid, parent) in &after {
            let stayed = before.iter().any(|(_, name)| name == parent) && !facts.contains(&"bound");
            if stayed {
                continue;
            }
            let sql = match &new.relpartbound {
                Some(bound) => {
                    let bound = self.to.parts.deparse().partition_bound(bound);
                    format!("ALTER TABLE {parent} ATTACH PARTITION {table} {bound};")
                }
                None => format!("ALTER TABLE {table} INHERIT {parent};"),
            };
            let at = self.step(Verb::Alter, Stage::Rewrites, label(key), vec![sql]);
            self.needs.push((at, relation(*oid)));
            self.needs.push((at, b.address));
            self.attached.extend(new.relispartition.then_some((*oid, new.oid, at)));
            match self.bound_as_check(&new, *oid) {
                Some(check) if self.options.online => {
                    self.check_before_attaching(at, (&table, parent), &check, key);
                }
                _ if !new.relispartition => {
                    let why = format!(
                        "ACCESS EXCLUSIVE lock on {table}, for a moment; its rows show in {parent}"
                    );
                    self.risk(at, Risk::Medium, why);
                }
                // Several keys, NULL, DEFAULT, HASH.
                _ => {
                    let why = format!(
                        "{table} is scanned for rows that do not fit, under an ACCESS EXCLUSIVE lock"
                    );
                    self.risk(at, Risk::High, why);
                }
            }
            for earlier in self.altered.get(&a.address).cloned().unwrap_or_default() {
                if earlier < first {
                    self.edges.push((earlier, at));
                }
            }
        }
    }

    /// Partitions whose bounds are in the way of new ones go before those come.
    pub(super) fn make_room_for_partitions(&mut self) {
        let mut edges = Vec::new();
        for (parent, partition, attach) in &self.attached {
            let new = self.to.class(*partition).and_then(|class| class.relpartbound);
            let before = self
                .to
                .key_of
                .get(&relation(*parent))
                .and_then(|key| self.from.portraits.get(key))
                .map(|portrait| portrait.address.object);
            let (Some(new), Some(before)) = (new, before) else { continue };
            for (old, bound) in partition_bounds(self.from.catalog, before) {
                let goes = self.dropped.get(&relation(old)).or_else(|| self.detached.get(&old));
                if let Some(goes) = goes.filter(|_| bounds_overlap(self.from.catalog, &new, &bound))
                {
                    edges.push((*goes, *attach));
                }
            }
        }
        self.edges.extend(edges);
    }

    /// What a partition's bound asks of each row, for one key column and plain values.
    fn bound_as_check(&self, partition: &PgClass, parent: Oid) -> Option<String> {
        let keys = self.to.catalog.get::<PgPartitionedTable>(parent)?;
        let [key] = keys.partattrs.as_slice() else { return None };
        let column = self.to.class(parent)?.attribute(*key)?.attname.clone();
        let column = quote_identifier(&column).into_owned();
        let value = |expr: &Expr| self.to.parts.deparse().expression(expr, parent, true);
        let mut all = vec![format!("{column} IS NOT NULL")];
        match partition.relpartbound.as_deref()? {
            PartitionBound::Range { lower, upper } => {
                for (datum, than) in [(lower.first()?, ">="), (upper.first()?, "<")] {
                    if let RangeDatum::Value(expr) = datum {
                        all.push(format!("{column} {than} {}", value(expr)));
                    }
                }
            }
            PartitionBound::List(values) => {
                let null = |expr: &Expr| matches!(expr, Expr::Const(c) if c.value.is_none());
                if values.iter().any(null) {
                    return None;
                }
                let list: Vec<String> = values.iter().map(value).collect();
                all.push(format!("{column} IN ({})", list.join(", ")));
            }
            PartitionBound::Default | PartitionBound::Hash { .. } => return None,
        }
        Some(all.join(" AND "))
    }

    /// Has the rows checked before, while reading and writing go on, so that ATTACH need not.
    fn check_before_attaching(
        &mut self,
        attach: usize,
        (table, parent): (&str, &str),
        check: &str,
        key: &Key,
    ) {
        let name = quote_identifier(&Name::new(&format!(
            "{}__fits",
            table.rsplit('.').next().unwrap_or(table).trim_matches('"')
        )))
        .into_owned();
        let asked = super::guard::not_attached(table, parent);
        let add = format!("ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check}) NOT VALID;");
        let first = self.step(Verb::Alter, Stage::Replacements, label(key), vec![add]);
        self.risk(first, Risk::Medium, format!("ACCESS EXCLUSIVE lock on {table}, for a moment; new rows that do not fit fail from here on"));
        self.only_if(first, Some(asked.clone()));
        let second = self.step(Verb::Alter, Stage::Replacements, label(key), Vec::new());
        let validate = format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name};");
        self.steps[second].statements = vec![Statement::lone(validate)];
        self.risk(second, Risk::Medium, format!("{table} is scanned under a SHARE UPDATE EXCLUSIVE lock, which lets reading and writing go on; fails on rows that do not fit"));
        self.only_if(second, Some(asked));
        self.steps[second].before.push(Check {
            what: format!("all rows of {table} fit"),
            sql: format!("SELECT count(*) FROM {table} WHERE ({check}) IS NOT TRUE;"),
            expect: "0".to_string(),
        });
        let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {name};");
        self.steps[attach].statements.push(Statement::together(drop));
        self.risk(attach, Risk::Medium, format!("SHARE UPDATE EXCLUSIVE lock on {parent}, ACCESS EXCLUSIVE on {table}, for a moment: the CHECK constraint saves the scan; a default partition is scanned"));
        self.edges.push((first, second));
        self.edges.push((second, attach));
    }

    fn foreign_options_asked(&mut self, at: usize, old: &PgClass, new: &PgClass, table: &str) {
        let array = format!(
            "(SELECT ftoptions FROM pg_catalog.pg_foreign_table WHERE ftrelid = {})",
            super::guard::relation(table)
        );
        let rows = (
            self.from.catalog.get::<PgForeignTable>(old.oid),
            self.to.catalog.get::<PgForeignTable>(new.oid),
        );
        if let (Some(before), Some(after)) = rows {
            let condition =
                super::options::generic_condition(&array, &before.ftoptions, &after.ftoptions);
            self.only_if(at, condition);
        }
    }

    fn foreign_table_options(&self, old: &PgClass, new: &PgClass, table: &str) -> Vec<String> {
        let options = |catalog: &Catalog, oid: Oid| {
            catalog.get::<PgForeignTable>(oid).map(|row| row.ftoptions.clone()).unwrap_or_default()
        };
        let clause = super::options::generic(
            &options(self.from.catalog, old.oid),
            &options(self.to.catalog, new.oid),
        );
        clause.map(|clause| format!("ALTER FOREIGN TABLE {table} {clause};")).into_iter().collect()
    }
}

/// Why changing owners, privileges and comments is little danger.
pub(super) fn access_risk(fact: &str) -> &'static str {
    match fact {
        "comment" => "a comment",
        "owner" => "who may alter it changes; needs membership in the new owner's role",
        _ => "who may use it changes at once", // privileges
    }
}

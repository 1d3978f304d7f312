//! Tables, views, sequences, their constraints and indexes: making, dropping, altering them.

use super::build::{Builder, made, stage_of};
use super::side::label;
use super::split::statements;
use super::{Risk, Stage, Verb};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

/// A relation's address.
pub(super) fn relation(oid: Oid) -> ObjectAddress {
    ObjectAddress::new(Class::Relation, oid)
}

impl Builder<'_> {
    /// A table, view or sequence with all its parts.
    pub(super) fn create_relation(&mut self, new: ObjectAddress) {
        let Some(class) = self.to.class(new.object) else { return };
        if class.relkind == b'S' {
            return self.create_sequence(new, &class);
        }
        let dummy = self.to.parts.is_dummy_view(new.object);
        let printed = self.to.parts.print(Kind::Table, new.object, Oid::INVALID);
        let place = self.to.place(Kind::Table, new.object);
        let object = self.to.label(new);
        let sql = self.without_defaults(new, made(&printed));
        let at = self.make_step(Stage::Additions, object, new, place, sql);
        for a in class.live_attributes().filter(|a| a.attidentity != 0) {
            let column = ObjectAddress::column(new.object, a.attnum);
            if let Some(sequence) = self.to.identity_sequence(column) {
                let printed = self.to.parts.print(Kind::Table, sequence, Oid::INVALID);
                let place = self.to.place(Kind::Table, sequence);
                let object = format!("identity of {}.{}", self.to.relation(new.object), a.attname);
                let identity = relation(sequence);
                let step =
                    self.make_step(Stage::Additions, object, identity, place, made(&printed));
                self.edges.push((at, step));
            }
        }
        let parts = self.to.parts_of(new);
        let mut before_attaching = Vec::new();
        let mut attach = None;
        for part in parts {
            let member = matches!(part.kind, Kind::PublicationRel);
            let returns = part.kind == Kind::Rule && class.relkind == b'v' && !dummy;
            if !part.stands_alone || member || returns && self.is_return(part.address.object) {
                continue;
            }
            let mut needs = vec![new];
            if part.kind == Kind::TableAttach {
                needs.extend(self.parents(new.object).into_iter().map(relation));
            }
            let step = self.create_part(part, &needs);
            match part.kind {
                Kind::TableAttach => {
                    attach = step;
                    let parent = self.parents(new.object).first().copied();
                    self.attached.extend(parent.zip(step));
                }
                Kind::Index => {
                    before_attaching.extend(step);
                    self.attach_index(part.address);
                }
                Kind::Constraint => before_attaching.extend(step),
                _ => {} // whenever
            }
        }
        if let Some(attach) = attach
            && self.parents(new.object).iter().any(|parent| self.was_there(relation(*parent)))
        {
            for step in before_attaching {
                self.edges.push((step, attach));
            }
            self.risk(attach, Risk::Medium, "SHARE UPDATE EXCLUSIVE lock on the parent; ACCESS EXCLUSIVE on a default partition, which is scanned");
        }
        let statistics: Vec<ObjectAddress> = self
            .to
            .key_of
            .get(&new)
            .map(|key| key.owner.clone())
            .into_iter()
            .flat_map(|owner| {
                let first = Key { owner: owner.clone(), part: None };
                self.to
                    .portraits
                    .range(first..)
                    .take_while(move |(key, _)| key.owner == owner)
                    .filter(|(key, _)| {
                        key.part.as_ref().is_some_and(|part| part.kind == "statistics")
                    })
                    .map(|(_, portrait)| portrait.address)
                    .collect::<Vec<_>>()
            })
            .collect();
        for address in statistics {
            let step = self.create_plain(Kind::Statistics, address);
            self.steps[step].stage = Stage::Additions;
        }
    }

    fn is_return(&self, rule: Oid) -> bool {
        self.to.catalog.get::<PgRewrite>(rule).is_some_and(|row| row.ev_type == b'1')
    }

    /// Whether an object of the second catalog is in the first one already.
    pub(super) fn was_there(&self, new: ObjectAddress) -> bool {
        self.to.key_of.get(&new).is_some_and(|key| self.from.portraits.contains_key(key))
    }

    pub(super) fn parents(&self, oid: Oid) -> Vec<Oid> {
        let mut rows: Vec<_> = self.to.catalog.find_all::<PgInherits>(&oid).collect();
        rows.sort_by_key(|row| row.inhseqno);
        rows.iter().map(|row| row.inhparent).collect()
    }

    /// The index of a new partition becomes a part of its parent's, where that is new too.
    fn attach_index(&mut self, index: ObjectAddress) {
        for part in self.to.parts_of(index) {
            if part.kind != Kind::IndexAttach {
                continue;
            }
            let Some(parent) = self.parents(index.object).first().copied() else { continue };
            let table = self.to.catalog.get::<PgIndex>(parent).map(|row| row.indrelid);
            if table.is_some_and(|table| self.was_there(relation(table))) {
                continue; // ATTACH PARTITION of the table sees to it
            }
            let mut needs = vec![index, relation(parent)];
            for oid in [index.object, parent] {
                let key = self.to.catalog.depend().references_of(relation(oid)).find(|entry| {
                    entry.kind == DependType::Internal
                        && entry.referenced.class == Class::Constraint
                });
                needs.extend(key.map(|entry| entry.referenced));
            }
            self.create_part(part, &needs);
        }
    }

    /// A sequence; the column that owns it is named when that is there.
    fn create_sequence(&mut self, new: ObjectAddress, class: &PgClass) {
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
            }
        }
    }

    /// The column that owns a sequence of the second catalog.
    pub(super) fn owning_column(&self, sequence: ObjectAddress) -> Option<ObjectAddress> {
        self.to.catalog.depend().references_of(sequence).find_map(|entry| {
            let column = entry.referenced.class == Class::Relation && entry.referenced.sub > 0;
            (column && entry.kind == DependType::Auto).then_some(entry.referenced)
        })
    }

    /// An index of a table that is there.
    pub(super) fn create_index(&mut self, new: ObjectAddress) {
        let Some(class) = self.to.class(new.object) else { return };
        let Some(index) = self.to.catalog.get::<PgIndex>(new.object).cloned() else { return };
        let printed = self.to.print(new);
        let mut sql = made(&printed);
        if class.relkind == b'I' {
            for one in &mut sql {
                if one.starts_with("CREATE ") {
                    *one = one.replacen(" ON ONLY ", " ON ", 1);
                }
            }
        }
        let object = self.to.label(new);
        let place = self.to.place(Kind::Index, new.object);
        let at = self.make_step(Stage::Indexes, object, new, place, sql);
        self.online_index(at, &class, &index);
    }

    /// A constraint of a table or domain that is there.
    pub(super) fn create_constraint(&mut self, new: ObjectAddress) {
        let Some(row) = self.to.catalog.get::<PgConstraint>(new.object).cloned() else { return };
        let kind = if row.contype == b'f' { Kind::FkConstraint } else { Kind::Constraint };
        let printed = self.to.print(new);
        let mut sql = made(&printed);
        let table = self.to.class(row.conrelid);
        if table.as_ref().is_some_and(|table| table.relkind == b'p') {
            for one in &mut sql {
                *one = one.replacen("ALTER TABLE ONLY ", "ALTER TABLE ", 1);
            }
        }
        if row.contypid.is_valid() {
            let key = self.to.key_of.get(&new).map(|key| key.owner.name.clone());
            let name = quote_identifier(&row.conname).into_owned();
            if let (Some(domain), Some(text)) = (key, self.to.catalog.comment(new).cloned()) {
                let text = crate::deparse::ruleutils::simple_quote_literal(&text);
                sql.push(format!("COMMENT ON CONSTRAINT {name} ON DOMAIN {domain} IS {text};"));
            }
        } else if row.contype == b'c' {
            sql.retain(|one| !one.is_empty());
        }
        let object = self.to.label(new);
        let place = self.to.place(kind, new.object);
        let at = self.make_step(stage_of(kind), object, new, place, sql);
        self.online_constraint(at, &row);
    }

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
                index.is_some_and(|row| row.indkey.iter().any(column_goes))
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
        hidden(
            self.to.catalog,
            &self.from.relation(class.oid),
            |oid| self.to.relation(oid),
            &class.relname,
        )
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
                self.from.class(index.indexrelid).is_some_and(|class| quoted(&class.relname))
            })
        } else {
            let mut rows = self.from.catalog.find_all::<PgConstraint>(&table.object);
            rows.any(|row| quoted(&row.conname))
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

    /// The lock and the danger of dropping something.
    pub(super) fn assess_drop(&mut self, at: usize, old: ObjectAddress) {
        let name = |oid: Oid| self.from.relation(oid);
        let (risk, why) = match old.class {
            Class::Relation if old.sub != 0 => {
                (Risk::High, format!("ACCESS EXCLUSIVE lock on {}, for a moment", name(old.object)))
            }
            Class::Relation => match self.from.class(old.object).map(|class| class.relkind) {
                Some(b'r' | b'p') => {
                    (Risk::High, format!("ACCESS EXCLUSIVE lock on {}", name(old.object)))
                }
                Some(b'S') => (Risk::Medium, "its position is forgotten".to_string()),
                Some(b'i' | b'I') => {
                    (Risk::Medium, "queries that used it become slower".to_string())
                }
                _ => (Risk::Low, "queries that name it fail".to_string()), // views, foreign tables
            },
            Class::Constraint => match self.from.catalog.get::<PgConstraint>(old.object) {
                Some(row) if row.conrelid.is_valid() => (
                    Risk::Medium,
                    format!(
                        "ACCESS EXCLUSIVE lock on {}, for a moment; rows are no longer checked",
                        name(row.conrelid)
                    ),
                ),
                _ => (Risk::Low, "values are no longer checked".to_string()), // a domain's
            },
            Class::Extension => (Risk::High, "all its objects go with it".to_string()),
            Class::Policy => (Risk::Medium, "who sees which rows changes".to_string()),
            Class::Trigger => (Risk::Medium, "what it did is no longer done".to_string()),
            _ => (Risk::Low, "whatever uses it without PostgreSQL knowing fails".to_string()), // plain objects
        };
        self.risk(at, risk, why);
        self.check_drop(at, old);
        self.online_drop(at, old);
    }

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
                "comment" => self.comment_statements(key, b),
                "owner" => self.owner_statements(b.address),
                "privileges" => self.privilege_statements(a.address, b.address, None),
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
            if *fact == "foreign options" {
                self.foreign_options_asked(at, &old, &new, &table);
            }
            if *fact == "replica identity" {
                self.needs.push((at, b.address));
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
        for (oid, parent) in &before {
            let stays = after.iter().any(|(_, name)| name == parent) && !facts.contains(&"bound");
            if stays || self.dropped.contains_key(&relation(*oid)) {
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
            let why = format!(
                "{table} is scanned for rows that do not fit, unless a CHECK constraint says so"
            );
            self.risk(at, Risk::High, why);
            for earlier in self.altered.get(&a.address).cloned().unwrap_or_default() {
                if earlier < first {
                    self.edges.push((earlier, at));
                }
            }
        }
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
            if new.relkind == b'v' {
                let columns: Vec<(String, String)> = new
                    .live_attributes()
                    .map(|a| {
                        let deparse = self.to.parts.deparse();
                        (a.attname.to_string(), deparse.type_with_typmod(a.atttypid, a.atttypmod))
                    })
                    .collect();
                self.only_if(drop, Some(super::guard::columns_differ(&name, &columns)));
            }
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

    /// Drops the object and makes it again, for there is no statement that changes it.
    pub(super) fn replace(&mut self, key: &Key, a: &Portrait, b: &Portrait, why: &str) -> usize {
        let drop = self.drop_object(a.address, Some(key), Some(why));
        self.steps[drop].stage = Stage::Rewrites;
        let before = std::mem::replace(&mut self.at_once, true);
        let made = self.create_object(b.address, Some(why));
        self.at_once = before;
        for at in made {
            self.steps[at].stage = Stage::Rewrites;
            self.edges.push((drop, at));
        }
        drop
    }
}

/// Whether an index of that name is there, though no picture shows it: a part of a partitioned table's.
fn hidden(catalog: &Catalog, qualified: &str, name_of: impl Fn(Oid) -> String, name: &str) -> bool {
    catalog.iter::<PgClass>().filter(|class| class.relkind == b'i' && class.relname == name).any(
        |class| {
            name_of(class.oid) == qualified
                && catalog.find_all::<PgInherits>(&class.oid).next().is_some()
        },
    )
}

/// Why changing owners, privileges and comments is little danger.
pub(super) fn access_risk(fact: &str) -> &'static str {
    match fact {
        "comment" => "a comment",
        "owner" => "who may alter it changes; needs membership in the new owner's role",
        _ => "who may use it changes at once", // privileges
    }
}

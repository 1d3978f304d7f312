//! The forms that let an application go on: indexes built concurrently, constraints checked after they are added.

use std::collections::BTreeSet;

use super::build::{Builder, made};
use super::relations::relation;
use super::{Check, Risk, Stage, Statement, Verb};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::diff::{Key, Portrait};
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::Oid;

/// CREATE INDEX with CONCURRENTLY.
fn concurrently(sql: &str) -> String {
    sql.replacen("INDEX ", "INDEX CONCURRENTLY ", 1)
}

impl Builder<'_> {
    /// Builds the index of a table with rows so that writing goes on.
    pub(super) fn online_index(&mut self, at: usize, class: &PgClass, index: &PgIndex) {
        let table = self.to.relation(index.indrelid);
        if index.indisunique {
            self.check_unique(at, index);
        }
        let name = self.to.relation(class.oid);
        self.steps[at].after.push(Check {
            what: format!("{name} is valid"),
            sql: format!(
                "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = '{}'::regclass;",
                name.replace('\'', "''")
            ),
            expect: "t".to_string(),
        });
        if !self.options.online || self.at_once || class.relkind != b'i' {
            let why = format!("{table} is read whole under a SHARE lock: writing waits");
            self.risk(at, Risk::High, why);
            return;
        }
        if let Some(first) = self.steps[at].statements.first_mut() {
            first.sql = concurrently(&first.sql);
            first.transactional = false;
        }
        let why = format!(
            "{table} is read twice; writing goes on; a failure leaves an invalid index to drop"
        );
        self.risk(at, if index.indisunique { Risk::Medium } else { Risk::Low }, why);
    }

    /// An index with another definition: the new one is built before the old one goes.
    pub(super) fn exchange_index(&mut self, key: &Key, a: &Portrait, b: &Portrait, valid: bool) {
        let (Some(class), Some(index)) = (
            self.to.class(b.address.object),
            self.to.catalog.get::<PgIndex>(b.address.object).cloned(),
        ) else {
            return;
        };
        let why = "an index's definition cannot be altered";
        let partitioned = class.relkind != b'i'
            || self.from.class(a.address.object).is_some_and(|old| old.relkind != b'i');
        if !self.options.online || partitioned || !valid {
            let first = self.steps.len();
            self.replace(key, a, b, why);
            self.steps[first..].iter_mut().for_each(|step| step.stage = Stage::Indexes);
            return;
        }
        let name = quote_identifier(&class.relname).into_owned();
        let aside = Name::new(&format!("{}__new", class.relname));
        let aside = quote_identifier(&aside).into_owned();
        let qualified = self.to.relation(class.oid);
        let schema = qualified.strip_suffix(name.as_str()).unwrap_or("").to_string();
        let printed = self.to.print(b.address);
        let mut rest = made(&printed).into_iter();
        let create = rest.next().unwrap_or_default();
        let create = concurrently(&create.replacen(
            &format!("INDEX {name} "),
            &format!("INDEX {aside} "),
            1,
        ));
        let mut statements = vec![
            Statement::lone(create),
            Statement::lone(format!(
                "DROP INDEX CONCURRENTLY {};",
                self.from.relation(a.address.object)
            )),
        ];
        statements
            .push(Statement::together(format!("ALTER INDEX {schema}{aside} RENAME TO {name};")));
        statements.extend(rest.map(Statement::together));
        let at = self.alter_step(Stage::Indexes, key, a.address, b.address, Vec::new());
        self.steps[at].statements = statements;
        let table = self.to.relation(index.indrelid);
        self.risk(at, Risk::Medium, format!("{table} is read twice; writing goes on; the old index stays until the new one is there"));
        if index.indisunique {
            self.check_unique(at, &index);
        }
    }

    /// Adds a constraint to a table with rows in two steps, or with an index that is built before.
    pub(super) fn online_constraint(&mut self, at: usize, row: &PgConstraint) {
        self.check_constraint(at, row);
        let Some(table) = self.to.class(row.conrelid) else {
            self.risk(at, Risk::High, "all tables with columns of the domain are scanned; fails on values that do not fit");
            return;
        };
        let name = self.to.relation(table.oid);
        let plain = table.relkind == b'r';
        let newest = self.to.catalog.version().major() >= 18;
        match row.contype {
            b'f' | b'c' => {
                self.keep_from_other_indexes(at, row);
                let other = if row.contype == b'f' {
                    format!(" and {}", self.to.relation(row.confrelid))
                } else {
                    String::new()
                };
                let lock = if row.contype == b'f' { "SHARE ROW EXCLUSIVE" } else { "ACCESS EXCLUSIVE" };
                if !row.convalidated || !row.conenforced {
                    self.risk(at, Risk::Low, format!("{lock} lock on {name}{other}, for a moment"));
                    return;
                }
                let deferred = plain || row.contype == b'c' && table.relkind == b'p' || newest && table.relkind == b'p';
                if !self.options.online || !deferred {
                    self.risk(at, Risk::High, format!("{name} is scanned under a {lock} lock{other}; fails on rows that do not fit"));
                    return;
                }
                let Some(first) = self.steps[at].statements.first_mut() else { return };
                first.sql = format!("{} NOT VALID;", first.sql.trim_end_matches(';'));
                self.risk(at, Risk::Medium, format!("{lock} lock on {name}{other}, for a moment; new rows that do not fit fail from here on"));
                self.steps[at].stage = Stage::Constraints;
                let before = std::mem::take(&mut self.steps[at].before);
                let constraint = quote_identifier(&row.conname).into_owned();
                let object = self.steps[at].object.clone();
                let sql = vec![format!("ALTER TABLE {name} VALIDATE CONSTRAINT {constraint};")];
                let validate = self.step(Verb::Alter, Stage::Validation, object, sql);
                self.steps[validate].place = self.steps[at].place;
                self.steps[validate].before = before;
                self.steps[validate].after.push(Check {
                    what: format!("{constraint} is valid"),
                    sql: format!(
                        "SELECT convalidated FROM pg_catalog.pg_constraint WHERE conrelid = '{}'::regclass AND conname = '{}';",
                        name.replace('\'', "''"),
                        row.conname.replace('\'', "''")
                    ),
                    expect: "t".to_string(),
                });
                self.risk(validate, Risk::Medium, format!("{name} is scanned under a SHARE UPDATE EXCLUSIVE lock, which lets reading and writing go on; fails on rows that do not fit"));
                self.edges.push((at, validate));
            }
            b'p' | b'u' => {
                let constraint = quote_identifier(&row.conname).into_owned();
                let word = if row.contype == b'p' { "PRIMARY KEY" } else { "UNIQUE" };
                let deferral = match (row.condeferrable, row.condeferred) {
                    (true, true) => " DEFERRABLE INITIALLY DEFERRED",
                    (true, false) => " DEFERRABLE",
                    (false, _) => "",
                };
                let using = |index: &str| {
                    format!("ALTER TABLE {name} ADD CONSTRAINT {constraint} {word} USING INDEX {index}{deferral};")
                };
                if let Some((index, index_name)) = self.index_for(row).filter(|_| plain) {
                    self.taken_over.insert(index);
                    self.made.entry(ObjectAddress::new(Class::Relation, row.conindid)).or_default().push(at);
                    if let Some(first) = self.steps[at].statements.first_mut() {
                        first.sql = using(&index_name);
                    }
                    self.risk(at, Risk::Low, format!("ACCESS EXCLUSIVE lock on {name}, for a moment; the index is there already"));
                    return;
                }
                if !self.options.online || self.at_once || !plain || row.conperiod {
                    self.risk(at, Risk::High, format!("an index of {name} is built under an ACCESS EXCLUSIVE lock; fails on duplicates"));
                    return;
                }
                let index = ObjectAddress::new(Class::Relation, row.conindid);
                let definition = self.to.parts.deparse().index_definition(row.conindid);
                let create = concurrently(&format!("{definition};"));
                let object = self.steps[at].object.clone();
                let step = self.step(Verb::Create, Stage::Indexes, object, Vec::new());
                self.steps[step].place = self.to.place(Kind::Constraint, row.oid);
                self.steps[step].statements = vec![Statement::lone(create)];
                self.steps[step].before = std::mem::take(&mut self.steps[at].before);
                self.risk(step, Risk::Medium, format!("{name} is read twice; writing goes on; a failure, on duplicates, leaves an invalid index to drop"));
                for attnum in row.conkey.iter().filter(|attnum| **attnum > 0) {
                    self.needs.push((step, ObjectAddress::column(table.oid, *attnum)));
                }
                if let Some(same) = self.relation_of_that_name(index.object) {
                    self.needs_gone.push((step, same));
                }
                self.edges.push((step, at));
                let index_name = self.to.class(row.conindid);
                let index_name = index_name.map_or(constraint.clone(), |c| quote_identifier(&c.relname).into_owned());
                if let Some(first) = self.steps[at].statements.first_mut() {
                    first.sql = using(&index_name);
                }
                self.risk(at, Risk::Low, format!("ACCESS EXCLUSIVE lock on {name}, for a moment"));
            }
            _ => self.risk(at, Risk::High, format!("{name} is scanned under an ACCESS EXCLUSIVE lock; fails on rows that do not fit")), // exclusion; NOT NULL NOT VALID
        }
    }

    /// A foreign key leans on the oldest fitting unique index: others that go must be gone before
    /// (PostgreSQL: transformFkeyCheckAttrs).
    fn keep_from_other_indexes(&mut self, at: usize, row: &PgConstraint) {
        let names = |catalog: &Catalog, table: Oid, attnums: &[i16]| -> BTreeSet<Name> {
            let class = catalog.get::<PgClass>(table);
            let name = |attnum: &i16| Some(class?.attribute(*attnum)?.attname.clone());
            attnums.iter().filter_map(name).collect()
        };
        let table = self.to.key_of.get(&relation(row.confrelid));
        let Some(table) = table.and_then(|key| self.from.portraits.get(key)) else { return };
        let table = table.address.object;
        let wanted = names(self.to.catalog, row.confrelid, &row.confkey);
        let fitting = self.from.catalog.find_all::<PgIndex>(&table).filter(|index| {
            let keys = index.indkey.get(..index.indnkeyatts as usize).unwrap_or(&index.indkey);
            index.indisunique && names(self.from.catalog, table, keys) == wanted
        });
        let fitting: Vec<_> = fitting.map(|index| relation(index.indexrelid)).collect();
        self.needs_gone.extend(fitting.into_iter().map(|index| (at, index)));
    }

    /// A unique index of the first catalog's table that is just what the constraint needs and is not wanted otherwise:
    /// its oid and its name.
    fn index_for(&self, row: &PgConstraint) -> Option<(Oid, String)> {
        let table = self.to.key_of.get(&relation(row.conrelid))?;
        let table = self.from.portraits.get(table)?.address;
        let behind_using = |definition: String| {
            definition
                .split_once(" ON ")
                .map(|(start, rest)| (start.starts_with("CREATE UNIQUE "), rest.to_string()))
        };
        let wanted = behind_using(self.to.parts.deparse().index_definition(row.conindid))?;
        self.from.catalog.find_all::<PgIndex>(&table.object).find_map(|index| {
            let key = self.from.key_of.get(&relation(index.indexrelid))?;
            let free = index.indisvalid
                && !self.to.portraits.contains_key(key)
                && key.part.as_ref().is_some_and(|part| part.kind == "index")
                && !self.taken_over.contains(&index.indexrelid);
            let same = behind_using(self.from.parts.deparse().index_definition(index.indexrelid));
            let class = self
                .from
                .class(index.indexrelid)
                .filter(|_| free && same.as_ref() == Some(&wanted))?;
            Some((index.indexrelid, quote_identifier(&class.relname).into_owned()))
        })
    }

    /// Drops an index so that writing goes on.
    pub(super) fn online_drop(&mut self, at: usize, old: ObjectAddress) {
        let plain = old.class == Class::Relation
            && old.sub == 0
            && self.from.class(old.object).is_some_and(|class| class.relkind == b'i');
        if !plain || !self.options.online || self.steps[at].because.is_some() {
            return;
        }
        for one in &mut self.steps[at].statements {
            one.sql = one.sql.replacen("DROP INDEX ", "DROP INDEX CONCURRENTLY ", 1);
            one.transactional = false;
        }
    }
}

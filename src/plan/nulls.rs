//! NOT NULL: set without blocking, dropped, renamed.

use super::build::Builder;
use super::columns::word;
use super::side::{Side, label};
use super::{Check, Risk, Stage, Verb};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;

impl Builder<'_> {
    pub(super) fn not_null_clause(&self, class: &PgClass, a: &PgAttribute) -> String {
        let row = not_null_constraint(&self.to, class, a);
        let usual = format!("{}_{}_not_null", class.relname, a.attname);
        match row {
            Some(row) if row.conname.as_str() != usual => {
                format!(" CONSTRAINT {} NOT NULL", quote_identifier(&row.conname))
            }
            Some(_) | None => " NOT NULL".to_string(),
        }
    }

    /// The steps that forbid nulls in a column of a table with rows.
    pub(super) fn set_not_null(
        &mut self,
        class: &PgClass,
        a: &PgAttribute,
        object: String,
    ) -> Vec<usize> {
        let (table, column) =
            (self.to.relation(class.oid), quote_identifier(&a.attname).into_owned());
        let newest = self.to.catalog.version().major() >= 18;
        let constraint = not_null_constraint(&self.to, class, a);
        let named = newest.then_some(constraint).flatten();
        let usual = format!("{}_{}_not_null", class.relname, a.attname);
        let name = named.as_ref().map_or(usual.clone(), |row| row.conname.to_string());
        let name = quote_identifier(&name).into_owned();
        let before = no_nulls(&table, &column);
        let inherit =
            if named.as_ref().is_some_and(|row| row.connoinherit) { " NO INHERIT" } else { "" };
        if !self.options.online || class.relkind == b'f' {
            let sql = match &named {
                Some(row)
                    if row.conname.as_str() != usual || row.connoinherit || !row.convalidated =>
                {
                    let unchecked = if row.convalidated { "" } else { " NOT VALID" };
                    format!(
                        "ALTER {} {table} ADD CONSTRAINT {name} NOT NULL {column}{inherit}{unchecked};",
                        word(class)
                    )
                }
                Some(_) | None => {
                    format!("ALTER {} {table} ALTER COLUMN {column} SET NOT NULL;", word(class))
                }
            };
            let at = self.step(Verb::Alter, Stage::Constraints, object, vec![sql]);
            self.risk(at, Risk::High, format!("{table} is scanned under an ACCESS EXCLUSIVE lock; fails where {column} is null"));
            self.steps[at].before.push(before);
            return vec![at];
        }
        let (add, validate) = if newest {
            (
                vec![format!(
                    "ALTER TABLE {table} ADD CONSTRAINT {name} NOT NULL {column}{inherit} NOT VALID;"
                )],
                vec![format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name};")],
            )
        } else {
            (
                vec![format!(
                    "ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;"
                )],
                vec![
                    format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name};"),
                    format!("ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL;"),
                    format!("ALTER TABLE {table} DROP CONSTRAINT {name};"),
                ],
            )
        };
        let first = self.step(Verb::Alter, Stage::Constraints, object.clone(), add);
        let lacking = (!newest).then(|| super::guard::accepts_nulls(&table, &a.attname));
        self.only_if(first, lacking.clone());
        self.risk(first, Risk::Medium, format!("ACCESS EXCLUSIVE lock on {table}, for a moment; new rows without {column} fail from here on"));
        if named.as_ref().is_some_and(|row| !row.convalidated) {
            return vec![first];
        }
        let second = self.step(Verb::Alter, Stage::Validation, object, validate);
        self.only_if(second, lacking);
        if let Some(last) = self.steps[second].statements.last_mut().filter(|_| !newest) {
            last.only_if = None; // DROP CONSTRAINT has IF EXISTS
        }
        self.risk(second, Risk::Medium, format!("{table} is scanned under a SHARE UPDATE EXCLUSIVE lock, which lets reading and writing go on; fails where {column} is null"));
        self.steps[second].before.push(before);
        self.edges.push((first, second));
        vec![first, second]
    }

    fn parent_not_null(&self, side: &Side, class: &PgClass, name: &str) -> bool {
        side.catalog.find_all::<PgInherits>(&class.oid).any(|row| {
            let parent = side.catalog.get::<PgClass>(row.inhparent);
            parent.and_then(|parent| parent.attribute_named(name)).is_some_and(|a| a.attnotnull)
        })
    }

    pub(super) fn change_null(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        old: (&PgClass, &PgAttribute),
        new: (&PgClass, &PgAttribute),
    ) -> Vec<usize> {
        let (table, column) =
            (self.to.relation(new.0.oid), quote_identifier(&new.1.attname).into_owned());
        let steps = if old.1.attnotnull && new.1.attnotnull {
            self.change_not_null(old, new, label(key))
        } else if new.1.attnotnull {
            if self.parent_not_null(&self.to, new.0, &new.1.attname) {
                return Vec::new(); // said of its parent
            }
            self.set_not_null(new.0, new.1, label(key))
        } else {
            if self.parent_not_null(&self.from, old.0, &old.1.attname) {
                return Vec::new();
            }
            let sql = format!("ALTER {} {table} ALTER COLUMN {column} DROP NOT NULL;", word(new.0));
            let at = self.step(Verb::Alter, Stage::Replacements, label(key), vec![sql]);
            self.risk(at, Risk::Low, format!("ACCESS EXCLUSIVE lock on {table}, for a moment"));
            let keys: Vec<ObjectAddress> = self
                .from
                .catalog
                .find_all::<PgConstraint>(&old.0.oid)
                .filter(|row| row.contype == b'p' && row.conkey.contains(&old.1.attnum))
                .map(|row| ObjectAddress::new(Class::Constraint, row.oid))
                .collect();
            for key in keys {
                self.needs_gone.push((at, key));
            }
            vec![at]
        };
        let place = self.to.place(crate::deparse::pg_dump::Kind::Table, new.0.oid);
        for at in &steps {
            self.steps[*at].old.push(a.address);
            self.steps[*at].new.push(b.address);
            self.steps[*at].place = place;
            self.altered.entry(a.address).or_default().push(*at);
            self.made.entry(b.address).or_default().push(*at);
        }
        steps
    }

    /// A NOT NULL constraint that is validated, unvalidated, or inherited otherwise.
    fn change_not_null(
        &mut self,
        old: (&PgClass, &PgAttribute),
        new: (&PgClass, &PgAttribute),
        object: String,
    ) -> Vec<usize> {
        let (table, column) =
            (self.to.relation(new.0.oid), quote_identifier(&new.1.attname).into_owned());
        let (Some(before), Some(after)) = (
            not_null_constraint(&self.from, old.0, old.1),
            not_null_constraint(&self.to, new.0, new.1),
        ) else {
            return Vec::new();
        };
        if !after.conislocal {
            return Vec::new(); // said of its parent
        }
        let mut steps = Vec::new();
        let name = quote_identifier(&after.conname).into_owned();
        if before.convalidated && !after.convalidated {
            let drop =
                format!("ALTER {} {table} ALTER COLUMN {column} DROP NOT NULL;", word(new.0));
            let at = self.step(Verb::Alter, Stage::Constraints, object.clone(), vec![drop]);
            self.risk(at, Risk::Low, format!("ACCESS EXCLUSIVE lock on {table}, for a moment"));
            steps.push(at);
            steps.extend(self.set_not_null(new.0, new.1, object));
        } else {
            let mut sql = Vec::new();
            if before.conname != after.conname {
                let was = quote_identifier(&before.conname);
                sql.push(format!("ALTER TABLE {table} RENAME CONSTRAINT {was} TO {name};"));
            }
            if before.connoinherit != after.connoinherit {
                let how = if after.connoinherit { "NO INHERIT" } else { "INHERIT" };
                sql.push(format!("ALTER TABLE {table} ALTER CONSTRAINT {name} {how};"));
            }
            if !sql.is_empty() {
                let at = self.step(Verb::Alter, Stage::Constraints, object.clone(), sql);
                let why =
                    format!("ACCESS EXCLUSIVE lock on {table} and its children, for a moment");
                self.risk(at, Risk::Low, why);
                steps.push(at);
            }
            if !before.convalidated && after.convalidated {
                let sql = vec![format!("ALTER TABLE {table} VALIDATE CONSTRAINT {name};")];
                let at = self.step(Verb::Alter, Stage::Validation, object, sql);
                self.risk(at, Risk::Medium, format!("{table} is scanned under a SHARE UPDATE EXCLUSIVE lock, which lets reading and writing go on; fails where {column} is null"));
                self.steps[at].before.push(no_nulls(&table, &column));
                steps.push(at);
            }
        }
        for pair in steps.windows(2) {
            if let [first, second] = pair {
                self.edges.push((*first, *second));
            }
        }
        steps
    }

    /// A NOT NULL constraint with another name.
    pub(super) fn rename_not_null(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        old: (&PgClass, &PgAttribute),
        new: (&PgClass, &PgAttribute),
    ) -> Option<usize> {
        let before = not_null_constraint(&self.from, old.0, old.1)?;
        let after = not_null_constraint(&self.to, new.0, new.1)?;
        if before.conname == after.conname || !after.conislocal {
            return None;
        }
        let sql = format!(
            "ALTER TABLE {} RENAME CONSTRAINT {} TO {};",
            self.to.relation(new.0.oid),
            quote_identifier(&before.conname),
            quote_identifier(&after.conname)
        );
        let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
        self.risk(at, Risk::Low, "only the name changes");
        Some(at)
    }
}

/// The constraint behind a column's NOT NULL (version 18 and later).
pub(super) fn not_null_constraint(
    side: &Side,
    class: &PgClass,
    a: &PgAttribute,
) -> Option<PgConstraint> {
    side.catalog
        .find_all::<PgConstraint>(&class.oid)
        .find(|row| row.contype == b'n' && row.conkey == [a.attnum])
        .map(|row| PgConstraint::clone(row))
}

fn no_nulls(table: &str, column: &str) -> Check {
    Check {
        what: format!("no row of {table} lacks {column}"),
        sql: format!("SELECT count(*) FROM {table} WHERE {column} IS NULL;"),
        expect: "0".to_string(),
    }
}

//! Defaults, generation expressions and identities of columns.

use super::build::Builder;
use super::columns::word;
use super::side::Side;
use super::{Risk, Stage, Statement, Verb};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};
use crate::parser::clauses::contain_volatile_functions;
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

impl Builder<'_> {
    /// The default or generation expression, as it follows a column's type.
    pub(super) fn default_clause(&self, class: &PgClass, a: &PgAttribute) -> Option<String> {
        let source = self.default_source(class, a)?;
        Some(match a.attgenerated {
            b's' => format!(" GENERATED ALWAYS AS ({source}) STORED"),
            b'v' => format!(" GENERATED ALWAYS AS ({source}) VIRTUAL"),
            _ => format!(" DEFAULT {source}"), // no generated column
        })
    }

    pub(super) fn default_source(&self, class: &PgClass, a: &PgAttribute) -> Option<String> {
        let row = self.to.catalog.get::<PgAttrdef>(a.attdef)?;
        Some(self.to.parts.deparse().expression(&row.adbin, class.oid, true))
    }

    pub(super) fn identity_clause(&self, column: ObjectAddress, a: &PgAttribute) -> String {
        let kind = if a.attidentity == b'a' { "ALWAYS" } else { "BY DEFAULT" };
        let sequence = self.to.identity_sequence(column);
        let row = sequence.and_then(|oid| self.to.catalog.get::<PgSequence>(oid));
        let Some(row) = row else { return format!("GENERATED {kind} AS IDENTITY") };
        let cycle = if row.seqcycle { " CYCLE" } else { "" };
        format!(
            "GENERATED {kind} AS IDENTITY (SEQUENCE NAME {} START WITH {} INCREMENT BY {} MINVALUE {} MAXVALUE {} CACHE {}{cycle})",
            self.to.relation(row.seqrelid),
            row.seqstart,
            row.seqincrement,
            row.seqmin,
            row.seqmax,
            row.seqcache,
        )
    }

    /// Whether the default is other for each row (PostgreSQL: ATExecAddColumn, contain_volatile_functions).
    pub(super) fn default_rewrites(&self, a: &PgAttribute) -> bool {
        let column_type_has_checks = self.to.catalog.get::<PgType>(a.atttypid).is_some_and(|row| {
            row.typtype == b'd' && self.to.catalog.find::<PgConstraint>(&row.oid).is_some()
        });
        let volatile = self
            .to
            .catalog
            .get::<PgAttrdef>(a.attdef)
            .is_some_and(|row| contain_volatile_functions(self.to.catalog, &row.adbin));
        column_type_has_checks || volatile
    }

    pub(super) fn drop_default(&mut self, old: ObjectAddress) -> usize {
        let row = self.from.catalog.get::<PgAttrdef>(old.object).cloned();
        let sql = row.and_then(|row| {
            let (class, a) = self.from.column(ObjectAddress::column(row.adrelid, row.adnum))?;
            Some(format!(
                "ALTER {} ONLY {} ALTER COLUMN {} DROP DEFAULT;",
                word(&class),
                self.from.relation(class.oid),
                quote_identifier(&a.attname)
            ))
        });
        let object = self.from.label(old);
        let at = self.step(Verb::Drop, Stage::Rewrites, object, sql.into_iter().collect());
        self.steps[at].old.push(old);
        self.dropped.insert(old, at);
        self.risk(at, Risk::Low, "new rows get no default for a moment");
        at
    }

    pub(super) fn set_default(&mut self, new: ObjectAddress) -> usize {
        let row = self.to.catalog.get::<PgAttrdef>(new.object).cloned();
        let sql = row.and_then(|row| {
            let (class, a) = self.to.column(ObjectAddress::column(row.adrelid, row.adnum))?;
            Some(format!(
                "ALTER {} ONLY {} ALTER COLUMN {} SET DEFAULT {};",
                word(&class),
                self.to.relation(class.oid),
                quote_identifier(&a.attname),
                self.default_source(&class, &a)?
            ))
        });
        let object = self.to.label(new);
        let at = self.make_step(Stage::Rewrites, object, new, 0, sql.into_iter().collect());
        self.risk(at, Risk::Low, "ACCESS EXCLUSIVE lock on the table, for a moment");
        at
    }

    pub(super) fn change_default(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        sql: String,
    ) -> usize {
        let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
        let attrdef = |side: &Side, column| {
            let (_, a) = side.column(column)?;
            a.attdef.valid().map(|oid| ObjectAddress::new(Class::Attrdef, oid))
        };
        if let Some(old) = attrdef(&self.from, a.address) {
            self.steps[at].old.push(old);
            self.altered.entry(old).or_default().push(at);
        }
        if let Some(new) = attrdef(&self.to, b.address) {
            self.steps[at].new.push(new);
            self.made.entry(new).or_default().push(at);
        }
        self.risk(at, Risk::Low, "for new rows only; a short ACCESS EXCLUSIVE lock");
        at
    }

    /// Sets a sequence behind the highest value that the rows of its column have.
    pub(super) fn past_the_rows(&self, sequence: Oid, table: &str, column: &str) -> Statement {
        let descends =
            self.to.catalog.get::<PgSequence>(sequence).is_some_and(|row| row.seqincrement < 0);
        let highest = if descends { "min" } else { "max" };
        Statement::of_rows(format!(
            "SELECT pg_catalog.setval({}, (SELECT {highest}({column}) FROM {table}));",
            simple_quote_literal(&self.to.relation(sequence))
        ))
    }
}

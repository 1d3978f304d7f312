//! Questions to ask the database before and after a step.

use super::Check;
use super::build::Builder;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::quote_identifier;
use crate::pg::oid::fixed;

impl Builder<'_> {
    /// What is lost with a table or column.
    pub(super) fn check_drop(&mut self, at: usize, old: ObjectAddress) {
        let Some(class) =
            (old.class == Class::Relation).then(|| self.from.class(old.object)).flatten()
        else {
            return;
        };
        if !matches!(class.relkind, b'r' | b'p') {
            return;
        }
        let table = self.from.relation(class.oid);
        let check = match self.from.column(old) {
            Some((_, a)) if old.sub != 0 => {
                let column = quote_identifier(&a.attname);
                Check {
                    what: format!("nothing worth keeping is in {table}.{column}"),
                    sql: format!("SELECT count({column}) FROM {table};"),
                    expect: "0, or a copy was made".to_string(),
                }
            }
            _ => Check {
                what: format!("nothing worth keeping is in {table}"),
                sql: format!("SELECT count(*) FROM {table};"),
                expect: "0, or a copy was made".to_string(),
            },
        };
        self.steps[at].before.push(check);
    }

    /// Rows that are equal where they must not be.
    pub(super) fn check_unique(&mut self, at: usize, index: &PgIndex) {
        let Some(class) = self.to.class(index.indrelid) else { return };
        let keys: Option<Vec<String>> = index
            .indkey
            .iter()
            .take(usize::try_from(index.indnkeyatts).unwrap_or(0))
            .map(|attnum| {
                class.attribute(*attnum).map(|a| quote_identifier(&a.attname).into_owned())
            })
            .collect();
        let Some(keys) = keys.filter(|_| index.indpred.is_none()) else { return };
        self.duplicates(at, &class, &keys, index.indnullsnotdistinct);
    }

    fn duplicates(&mut self, at: usize, class: &PgClass, keys: &[String], nulls: bool) {
        let table = self.to.relation(class.oid);
        let list = keys.join(", ");
        let present: Vec<String> = keys.iter().map(|key| format!("{key} IS NOT NULL")).collect();
        let present =
            if nulls { String::new() } else { format!(" WHERE {}", present.join(" AND ")) };
        self.steps[at].before.push(Check {
            what: format!("no two rows of {table} have the same {list}"),
            sql: format!(
                "SELECT {list}, count(*) FROM {table}{present} GROUP BY {list} HAVING count(*) > 1;"
            ),
            expect: "no rows".to_string(),
        });
    }

    /// Rows that a constraint refuses.
    pub(super) fn check_constraint(&mut self, at: usize, row: &PgConstraint) {
        let Some(class) = self.to.class(row.conrelid) else { return };
        let table = self.to.relation(class.oid);
        let columns = |relid, attnums: &[i16]| -> Vec<String> {
            let class = self.to.catalog.get::<PgClass>(relid);
            let name = |attnum: &i16| class.and_then(|class| class.attribute(*attnum));
            attnums
                .iter()
                .filter_map(name)
                .map(|a| quote_identifier(&a.attname).into_owned())
                .collect()
        };
        match row.contype {
            b'c' => {
                let Some(expr) = &row.conbin else { return };
                let source = self.to.parts.deparse().expression(expr, class.oid, true);
                self.steps[at].before.push(Check {
                    what: format!("all rows of {table} fit {}", row.conname),
                    sql: format!("SELECT count(*) FROM {table} WHERE NOT ({source});"),
                    expect: "0".to_string(),
                });
            }
            b'f' => {
                let own = columns(row.conrelid, &row.conkey);
                let other = columns(row.confrelid, &row.confkey);
                let join: Vec<String> =
                    own.iter().zip(&other).map(|(a, b)| format!("r.{b} = t.{a}")).collect();
                let present: Vec<String> =
                    own.iter().map(|key| format!("t.{key} IS NOT NULL")).collect();
                let target = self.to.relation(row.confrelid);
                self.steps[at].before.push(Check {
                    what: format!("every row of {table} has its row in {target}"),
                    sql: format!(
                        "SELECT count(*) FROM {table} t WHERE {} AND NOT EXISTS (SELECT FROM {target} r WHERE {});",
                        present.join(" AND "),
                        join.join(" AND ")
                    ),
                    expect: "0".to_string(),
                });
            }
            b'p' | b'u' => {
                let keys = columns(row.conrelid, &row.conkey);
                self.duplicates(at, &class, &keys, false);
            }
            _ => {} // exclusion constraints: the statement itself tells
        }
    }

    /// Values that another type cannot hold.
    pub(super) fn check_type(
        &mut self,
        at: usize,
        class: &PgClass,
        old: &PgAttribute,
        new: &PgAttribute,
    ) {
        let table = self.to.relation(class.oid);
        let column = quote_identifier(&new.attname).into_owned();
        let whole = |oid| match oid {
            fixed::INT2OID => Some(("-32768", "32767")),
            fixed::INT4OID => Some(("-2147483648", "2147483647")),
            fixed::INT8OID => Some(("-9223372036854775808", "9223372036854775807")),
            _ => None, // no whole number
        };
        let condition = if matches!(new.atttypid, fixed::VARCHAROID | fixed::BPCHAROID)
            && new.atttypmod >= 4
            && matches!(old.atttypid, fixed::TEXTOID | fixed::VARCHAROID | fixed::BPCHAROID)
            && (old.atttypmod < 0 || old.atttypmod > new.atttypmod)
        {
            format!("char_length({column}) > {}", new.atttypmod - 4)
        } else if let Some((low, high)) = whole(new.atttypid)
            && (whole(old.atttypid).is_some()
                || matches!(old.atttypid, fixed::NUMERICOID | fixed::FLOAT4OID | fixed::FLOAT8OID))
        {
            format!("{column} NOT BETWEEN {low} AND {high}")
        } else {
            return;
        };
        self.steps[at].before.push(Check {
            what: format!("every value of {table}.{column} fits"),
            sql: format!("SELECT count(*) FROM {table} WHERE {condition};"),
            expect: "0".to_string(),
        });
    }
}

//! Columns: added, dropped, and every property that changes in place.

use super::build::Builder;
use super::relations::relation;
use super::side::Side;
use super::split::statements;
use super::{Risk, Stage};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;

impl Builder<'_> {
    pub(super) fn drop_column(&mut self, old: ObjectAddress) -> Vec<String> {
        let Some((class, a)) = self.from.column(old) else { return Vec::new() };
        let (table, column) = (self.from.relation(class.oid), quote_identifier(&a.attname));
        vec![format!("ALTER {} {table} DROP COLUMN {column};", word(&class))]
    }

    pub(super) fn add_column(&mut self, new: ObjectAddress) {
        let Some((class, a)) = self.to.column(new) else { return };
        let (table, column) = (self.to.relation(class.oid), quote_identifier(&a.attname));
        let mut text = self.to.parts.column(&class, &a, true);
        let default = self.default_clause(&class, &a);
        let filled = default.is_some() || a.attidentity != 0;
        if let Some(default) = &default {
            text.push_str(default);
        }
        if a.attidentity != 0 {
            text.push_str(&format!(" {}", self.identity_clause(new, &a)));
        }
        if a.attnotnull && filled {
            text.push_str(&self.not_null_clause(&class, &a));
        }
        let mut sql = vec![format!("ALTER {} {table} ADD COLUMN {text};", word(&class))];
        sql.extend(statements(&self.to.parts.column_properties(&class, &a)));
        let key = self.to.key_of.get(&new).cloned();
        if let Some((key, portrait)) =
            key.as_ref().and_then(|key| Some((key, self.to.portraits.get(key)?.clone())))
            && self.to.catalog.comment(new).is_some()
        {
            sql.extend(self.comment_statements(key, &portrait));
        }
        sql.extend(self.column_grants(&class, &a));
        let place = self.to.place(crate::deparse::pg_dump::Kind::Table, class.oid);
        let object = self.to.label(new);
        let at = self.make_step(Stage::Additions, object, new, place, sql);
        let moment = format!("ACCESS EXCLUSIVE lock on {table}, for a moment");
        if a.attidentity != 0 || a.attgenerated == b's' || self.default_rewrites(&a) {
            self.steps[at].stage = Stage::Rewrites;
            let why =
                format!("{table} is rewritten under an ACCESS EXCLUSIVE lock to fill {column}");
            self.risk(at, Risk::High, why);
        } else {
            self.risk(at, Risk::Low, moment);
        }
        if a.attnotnull && !filled && class.relkind != b'f' {
            let why = format!("every row of {table} needs a value for {column} before");
            for step in self.set_not_null(&class, &a, object_of(&self.to, new)) {
                self.risk(step, Risk::High, why.clone());
                self.edges.push((at, step));
                self.steps[step].new.push(new);
                self.made.entry(new).or_default().push(step);
            }
        } else if a.attnotnull && !filled {
            let one = format!("ALTER FOREIGN TABLE {table} ALTER COLUMN {column} SET NOT NULL;");
            self.steps[at].statements.push(super::Statement::together(one));
        }
    }

    /// Everything that differs about a column.
    pub(super) fn alter_column(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let (Some((old_class, before)), Some((class, after))) =
            (self.from.column(a.address), self.to.column(b.address))
        else {
            return;
        };
        if class.relkind == b'v' || class.relkind == b'm' {
            return self.alter_view_column(key, a, b, facts, &class, &after);
        }
        let table = self.to.relation(class.oid);
        let column = quote_identifier(&after.attname).into_owned();
        let start = format!("ALTER {} ONLY {table} ALTER COLUMN {column}", word(&class));
        let has = |fact: &str| facts.contains(&fact);
        let mut chain: Vec<usize> = Vec::new();
        let inherited = after.attinhcount > 0 && !after.attislocal && before.attinhcount > 0;
        // A generated column that cannot be changed in place is computed again.
        let changes_kind = before.attgenerated != after.attgenerated;
        let expression = has("generated") && !changes_kind;
        let settable = self.to.catalog.version().major() >= 17;
        let keeps_values = before.attgenerated == b's' && after.attgenerated == 0;
        let uncast = has("type")
            && before.attgenerated == 0
            && after.attgenerated == 0
            && !self.keeps_values(&before, &after);
        if changes_kind && !keeps_values || expression && !settable || uncast {
            if inherited {
                return;
            }
            let at = self.drop_object(a.address, Some(key), None);
            if uncast {
                self.steps[at].why.push("no cast leads from its type to the new one: its values go; ALTER COLUMN … TYPE … USING with an expression of your own would keep them".to_string());
            }
            self.steps[at].stage =
                if before.attgenerated == 0 { Stage::Losses } else { Stage::Rewrites };
            for made in self.create_object(b.address, None) {
                self.edges.push((at, made));
            }
            return;
        }
        if keeps_values && !inherited {
            let sql =
                format!("ALTER {} {table} ALTER COLUMN {column} DROP EXPRESSION;", word(&class));
            chain.push(self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]));
        }
        if before.attidentity != 0 && after.attidentity == 0 {
            let sql = format!("ALTER TABLE {table} ALTER COLUMN {column} DROP IDENTITY;");
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
            self.risk(at, Risk::Medium, "new rows get no number by themselves");
            let sequence = self.from.identity_sequence(a.address);
            self.freed.extend(sequence.map(|oid| (relation(oid), at)));
            chain.push(at);
        }
        let retyped = has("type") || has("collation");
        if retyped {
            chain.extend(self.change_type(key, a, b));
        }
        if has("default") && !(retyped && !inherited) && !changes_kind
            || keeps_values && after.attdef.is_valid()
        {
            let sql = match self.default_source(&class, &after) {
                Some(source) => format!("{start} SET DEFAULT {source};"),
                None => format!("{start} DROP DEFAULT;"),
            };
            chain.push(self.change_default(key, a, b, sql));
        }
        if expression && !inherited {
            let source = self.default_source(&class, &after).unwrap_or_default();
            let sql = format!(
                "ALTER {} {table} ALTER COLUMN {column} SET EXPRESSION AS ({source});",
                word(&class)
            );
            let at = self.alter_step(Stage::Rewrites, key, a.address, b.address, vec![sql]);
            self.unsettled.insert(a.address);
            self.risk(
                at,
                Risk::High,
                format!(
                    "{table} is rewritten under an ACCESS EXCLUSIVE lock where the column is stored"
                ),
            );
            chain.push(at);
        }
        let mut physical = Vec::new();
        self.physical(facts, &before, &after, &start, &mut physical);
        if !physical.is_empty() {
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, physical);
            self.risk(at, Risk::Low, format!("a short lock on {table}; no row is touched"));
            chain.push(at);
        }
        if has("foreign options") {
            chain.extend(self.foreign_options(key, (a, &before), (b, &after), &table));
        }
        if has("null") {
            chain.extend(self.change_null(key, a, b, (&old_class, &before), (&class, &after)));
        } else if before.attnotnull && after.attnotnull {
            chain.extend(self.rename_not_null(key, a, b, (&old_class, &before), (&class, &after)));
        }
        if has("identity") && after.attidentity != 0 {
            let sql = if before.attidentity == 0 {
                format!(
                    "ALTER TABLE {table} ALTER COLUMN {column} ADD {};",
                    self.identity_clause(b.address, &after)
                )
            } else {
                let kind = if after.attidentity == b'a' { "ALWAYS" } else { "BY DEFAULT" };
                format!("ALTER TABLE {table} ALTER COLUMN {column} SET GENERATED {kind};")
            };
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
            if before.attidentity == 0 {
                self.risk(at, Risk::Medium, "its sequence goes on behind the highest value");
                if let Some(sequence) = self.to.identity_sequence(b.address) {
                    if let Some(same) = self.relation_of_that_name(sequence) {
                        self.needs_gone.push((at, same));
                    }
                    let set = self.past_the_rows(sequence, &table, &column);
                    self.steps[at].statements.push(set);
                }
            } else {
                self.risk(at, Risk::Low, "whether INSERT may give a value changes");
            }
            chain.push(at);
        }
        if has("identity's values") && before.attidentity != 0 && after.attidentity != 0 {
            let row = |side: &Side, column| {
                side.identity_sequence(column).and_then(|oid| {
                    side.catalog.get::<PgSequence>(oid).map(|row| PgSequence::clone(row))
                })
            };
            if let Some(new) = row(&self.to, b.address) {
                let cycle = if new.seqcycle { "SET CYCLE" } else { "SET NO CYCLE" };
                let sql = format!(
                    "ALTER TABLE {table} ALTER COLUMN {column} SET INCREMENT BY {} SET MINVALUE {} SET MAXVALUE {} SET START WITH {} SET CACHE {} {cycle};",
                    new.seqincrement, new.seqmin, new.seqmax, new.seqstart, new.seqcache
                );
                let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
                self.risk(at, Risk::Low, "the sequence's numbers");
                chain.push(at);
            }
        }
        for fact in facts.iter().filter(|fact| matches!(**fact, "comment" | "privileges")) {
            let sql = if *fact == "comment" {
                self.comment_statements(key, b)
            } else {
                self.privilege_statements(
                    relation(old_class.oid),
                    relation(class.oid),
                    Some((&before.attname, &after.attname)),
                )
            };
            if !sql.is_empty() {
                let at = self.alter_step(Stage::Access, key, a.address, b.address, sql);
                self.risk(at, Risk::Low, super::tables::access_risk(fact));
            }
        }
        for pair in chain.windows(2) {
            if let [first, second] = pair {
                self.edges.push((*first, *second));
            }
        }
    }

    /// Storage, compression, statistics target, options.
    fn physical(
        &self,
        facts: &[&'static str],
        before: &PgAttribute,
        after: &PgAttribute,
        start: &str,
        sql: &mut Vec<String>,
    ) {
        for fact in facts {
            match *fact {
                "storage" => sql.push(format!(
                    "{start} SET STORAGE {};",
                    match after.attstorage {
                        b'p' => "PLAIN",
                        b'e' => "EXTERNAL",
                        b'm' => "MAIN",
                        _ => "EXTENDED", // 'x'
                    }
                )),
                "compression" => sql.push(format!(
                    "{start} SET COMPRESSION {};",
                    match after.attcompression {
                        b'p' => "pglz",
                        b'l' => "lz4",
                        _ => "default", // none of its own
                    }
                )),
                "statistics" => {
                    let target = after.attstattarget.filter(|target| *target >= 0).unwrap_or(-1);
                    sql.push(format!("{start} SET STATISTICS {target};"));
                }
                "options" => {
                    let lists = super::options::reloptions(
                        "",
                        "",
                        &before.attoptions,
                        &after.attoptions,
                        "",
                    );
                    for list in lists {
                        let what = list.trim_start_matches("ALTER").trim();
                        sql.push(format!("{start} {what}"));
                    }
                }
                _ => {} // said elsewhere
            }
        }
    }

    /// OPTIONS of a foreign table's column.
    fn foreign_options(
        &mut self,
        key: &Key,
        (a, before): (&Portrait, &PgAttribute),
        (b, after): (&Portrait, &PgAttribute),
        table: &str,
    ) -> Option<usize> {
        let column = quote_identifier(&after.attname);
        let (old, new) = (&before.attfdwoptions, &after.attfdwoptions);
        let clause = super::options::generic(old, new)?;
        let sql = format!("ALTER FOREIGN TABLE {table} ALTER COLUMN {column} {clause};");
        let array = format!(
            "(SELECT attfdwoptions FROM pg_catalog.pg_attribute WHERE attrelid = {} AND attname = {})",
            super::guard::relation(table),
            simple_quote_literal(&after.attname)
        );
        let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
        self.risk(at, Risk::Low, "what is asked of the other server from here on");
        self.only_if(at, super::options::generic_condition(&array, old, new));
        Some(at)
    }

    /// Defaults, comments and privileges of a view's columns.
    fn alter_view_column(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
        class: &PgClass,
        after: &PgAttribute,
    ) {
        let table = self.to.relation(class.oid);
        let column = quote_identifier(&after.attname).into_owned();
        for fact in facts {
            match *fact {
                "default" => {
                    let sql = match self.default_source(class, after) {
                        Some(source) => format!(
                            "ALTER VIEW {table} ALTER COLUMN {column} SET DEFAULT {source};"
                        ),
                        None => format!("ALTER VIEW {table} ALTER COLUMN {column} DROP DEFAULT;"),
                    };
                    self.change_default(key, a, b, sql);
                }
                "comment" => {
                    let sql = self.comment_statements(key, b);
                    self.alter_step(Stage::Access, key, a.address, b.address, sql);
                }
                _ => {} // what its query makes
            }
        }
    }

    /// Whether the sequence belongs to a column, which is said after both are made.
    pub(super) fn is_owned_sequence(&self, entry: &crate::catalog::depend::DependEntry) -> bool {
        entry.kind == DependType::Auto
            && entry.dependent.class == Class::Relation
            && entry.referenced.sub > 0
            && self.to.catalog.get::<PgSequence>(entry.dependent.object).is_some()
    }
}

/// `TABLE` or `FOREIGN TABLE`.
pub(super) fn word(class: &PgClass) -> &'static str {
    if class.relkind == b'f' { "FOREIGN TABLE" } else { "TABLE" }
}

fn object_of(side: &Side, address: ObjectAddress) -> String {
    side.label(address)
}

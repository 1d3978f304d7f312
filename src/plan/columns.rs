//! Columns: added, dropped, and every property that changes in place.

use super::build::Builder;
use super::relations::relation;
use super::side::{Side, label};
use super::split::statements;
use super::{Check, Risk, Stage, Verb};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};
use crate::nodes::primnodes::CoercionContext;
use crate::parser::parse_coerce::pathway::{CoercionPath, find_coercion_pathway};
use crate::pg::name::quote_identifier;
use crate::pg::oid::{Oid, fixed};

/// `TABLE` or `FOREIGN TABLE`.
fn word(class: &PgClass) -> &'static str {
    if class.relkind == b'f' { "FOREIGN TABLE" } else { "TABLE" }
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

impl Builder<'_> {
    pub(super) fn drop_column(&mut self, old: ObjectAddress) -> Vec<String> {
        let Some((class, a)) = self.from.column(old) else { return Vec::new() };
        let (table, column) = (self.from.relation(class.oid), quote_identifier(&a.attname));
        vec![format!("ALTER {} {table} DROP COLUMN {column};", word(&class))]
    }

    /// The default or generation expression, as it follows a column's type.
    fn default_clause(&self, class: &PgClass, a: &PgAttribute) -> Option<String> {
        let source = self.default_source(class, a)?;
        Some(match a.attgenerated {
            b's' => format!(" GENERATED ALWAYS AS ({source}) STORED"),
            b'v' => format!(" GENERATED ALWAYS AS ({source}) VIRTUAL"),
            _ => format!(" DEFAULT {source}"), // no generated column
        })
    }

    fn default_source(&self, class: &PgClass, a: &PgAttribute) -> Option<String> {
        let row = self.to.catalog.get::<PgAttrdef>(a.attdef)?;
        Some(self.to.parts.deparse().expression(&row.adbin, class.oid, true))
    }

    fn identity_clause(&self, column: ObjectAddress, a: &PgAttribute) -> String {
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

    /// Whether the default is other for each row (PostgreSQL: ATExecAddColumn, contain_volatile_functions).
    fn default_rewrites(&self, a: &PgAttribute) -> bool {
        let column_type_has_checks = self.to.catalog.get::<PgType>(a.atttypid).is_some_and(|row| {
            row.typtype == b'd' && self.to.catalog.find::<PgConstraint>(&row.oid).is_some()
        });
        let address = ObjectAddress::new(Class::Attrdef, a.attdef);
        let volatile = self.to.catalog.get::<PgAttrdef>(a.attdef).is_some_and(|row| {
            let source = self.to.parts.deparse().expression(&row.adbin, row.adrelid, false);
            ["nextval(", "random(", "gen_random_uuid(", "clock_timestamp(", "uuidv7(", "uuidv4("]
                .iter()
                .any(|word| source.contains(word))
        });
        let calls = self.to.catalog.depend().references_of(address).any(|entry| {
            let row = self.to.catalog.get::<PgProc>(entry.referenced.object);
            entry.referenced.class == Class::Proc && row.is_some_and(|row| row.provolatile == b'v')
        });
        column_type_has_checks || volatile || calls
    }

    fn not_null_clause(&self, class: &PgClass, a: &PgAttribute) -> String {
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
        let before = Check {
            what: format!("no row of {table} lacks {column}"),
            sql: format!("SELECT count(*) FROM {table} WHERE {column} IS NULL;"),
            expect: "0".to_string(),
        };
        let inherit =
            if named.as_ref().is_some_and(|row| row.connoinherit) { " NO INHERIT" } else { "" };
        if !self.options.online || class.relkind == b'f' {
            let sql = match &named {
                Some(row) if row.conname.as_str() != usual || row.connoinherit => format!(
                    "ALTER {} {table} ADD CONSTRAINT {name} NOT NULL {column}{inherit};",
                    word(class)
                ),
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

    /// Types that a column of the first catalog is of: its own, and the element's.
    pub(super) fn types_of(&self, old: ObjectAddress) -> Vec<ObjectAddress> {
        let Some((_, a)) = self.from.column(old) else { return Vec::new() };
        let row = self.from.catalog.get::<PgType>(a.atttypid);
        let element = row.map_or(Oid::INVALID, |row| row.typelem);
        [a.atttypid, element]
            .into_iter()
            .filter(|oid| oid.is_valid())
            .map(|oid| ObjectAddress::new(Class::Type, oid))
            .collect()
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

    /// A column whose type is made again under the same name.
    pub(super) fn retype(&mut self, old: ObjectAddress, new: ObjectAddress, stage: Stage) {
        if self.unsettled.contains(&old) {
            return;
        }
        let Some((class, a)) = self.to.column(new) else { return };
        if a.attinhcount > 0 && !a.attislocal {
            return;
        }
        let Some(key) = self.to.key_of.get(&new).cloned() else { return };
        let sql = self.type_statement(&class, &a, Some("text"));
        let at = self.alter_step(stage, &key, old, new, vec![sql]);
        self.unsettled.insert(old);
        let table = self.to.relation(class.oid);
        self.risk(at, Risk::High, format!("{table} is rewritten under an ACCESS EXCLUSIVE lock; fails where a value is not one of the new type"));
    }

    fn type_statement(&self, class: &PgClass, a: &PgAttribute, through: Option<&str>) -> String {
        let (table, column) = (self.to.relation(class.oid), quote_identifier(&a.attname));
        let bare = self.to.parts.column(class, a, true);
        let typname = bare.strip_prefix(column.as_ref()).unwrap_or(&bare).trim().to_string();
        let plain = self.to.parts.deparse().type_with_typmod(a.atttypid, a.atttypmod);
        let array = if plain.ends_with("[]") { "[]" } else { "" };
        let using = match through {
            Some("") => format!(" USING {column}::{plain}"),
            Some(through) => format!(" USING {column}::{through}{array}::{plain}"),
            None => String::new(),
        };
        format!("ALTER {} {table} ALTER COLUMN {column} TYPE {typname}{using};", word(class))
    }

    /// The type of the second catalog that has the name of one of the first.
    fn type_in_to(&self, old: Oid) -> Option<Oid> {
        if old.is_builtin() {
            return Some(old);
        }
        if let Some(new) = self.counterpart(ObjectAddress::new(Class::Type, old)) {
            return Some(new.object);
        }
        let row = self.from.catalog.get::<PgType>(old)?;
        if row.typelem.is_valid() && row.typlen == -1 {
            let element = self.type_in_to(row.typelem)?;
            return self.to.catalog.get::<PgType>(element)?.typarray.valid();
        }
        let schema = self.from.catalog.get::<PgNamespace>(row.typnamespace)?;
        let schema = self.to.catalog.find::<PgNamespace>(&schema.nspname)?;
        self.to.catalog.find::<PgType>(&(schema.oid, row.typname.clone())).map(|row| row.oid)
    }

    fn change_type(&mut self, key: &Key, a: &Portrait, b: &Portrait) -> Option<usize> {
        let (_, before) = self.from.column(a.address)?;
        let (class, after) = self.to.column(b.address)?;
        if after.attinhcount > 0 && !after.attislocal && before.attinhcount > 0 {
            return None; // said of its parent
        }
        let table = self.to.relation(class.oid);
        let old_type = self.type_in_to(before.atttypid);
        let path = |context| {
            old_type.map_or(CoercionPath::None, |old| {
                find_coercion_pathway(self.to.catalog, after.atttypid, old, context)
            })
        };
        let assignment = path(CoercionContext::CoercionAssignment);
        let through = if assignment != CoercionPath::None {
            None
        } else if path(CoercionContext::CoercionExplicit) != CoercionPath::None {
            Some("")
        } else {
            Some("text")
        };
        let mut sql = self.type_statement(&class, &after, through);
        let generated = after.attgenerated != 0 || before.attgenerated != 0;
        if generated {
            sql = self.type_statement(&class, &after, None);
        }
        // A default is taken away and given again: it may not be castable.
        if before.attdef.is_valid()
            && !generated
            && !self.dropped.contains_key(&ObjectAddress::new(Class::Attrdef, before.attdef))
        {
            let column = quote_identifier(&after.attname);
            let tail = sql
                .split_once(" ALTER COLUMN ")
                .map_or("", |(_, tail)| tail)
                .trim_end_matches(';')
                .to_string();
            let set = self.default_source(&class, &after).map_or(String::new(), |source| {
                format!(", ALTER COLUMN {column} SET DEFAULT {source}")
            });
            sql = format!(
                "ALTER {} {table} ALTER COLUMN {column} DROP DEFAULT, ALTER COLUMN {tail}{set};",
                word(&class)
            );
        }
        let at = self.alter_step(Stage::Rewrites, key, a.address, b.address, vec![sql]);
        let of = self.from.catalog.get::<PgCollation>(before.attcollation);
        if let Some(of) =
            of.filter(|_| before.atttypid == after.atttypid && before.atttypmod == after.atttypmod)
        {
            let asked = super::guard::collation_is(&table, &after.attname, &of.collname);
            self.only_if(at, Some(asked));
        }
        self.unsettled.insert(a.address);
        let same_kind = before.atttypid == after.atttypid;
        let wider = same_kind
            && (after.atttypmod < 0
                || before.atttypmod >= 0 && after.atttypmod >= before.atttypmod)
            && matches!(after.atttypid, fixed::VARCHAROID | fixed::VARBITOID)
            || same_kind
                && after.atttypid == fixed::NUMERICOID
                && (after.atttypmod < 0
                    || before.atttypmod >= 0
                        && after.atttypmod >= before.atttypmod
                        && (after.atttypmod - 4) & 0xffff == (before.atttypmod - 4) & 0xffff);
        let relabelled = assignment == CoercionPath::Relabel && !same_kind && after.atttypmod < 0;
        let collation = before.attcollation != after.attcollation
            && same_kind
            && before.atttypmod == after.atttypmod;
        if wider || relabelled {
            self.risk(
                at,
                Risk::Medium,
                format!("ACCESS EXCLUSIVE lock on {table}, for a moment; no row is touched"),
            );
        } else if collation {
            self.risk(
                at,
                Risk::High,
                format!(
                    "the indexes of {table} on it are built again under an ACCESS EXCLUSIVE lock"
                ),
            );
        } else {
            self.risk(at, Risk::High, format!("{table} and its indexes are rewritten under an ACCESS EXCLUSIVE lock; fails where a value does not fit"));
        }
        if let Some(lost) =
            rounding(before.atttypid, after.atttypid, before.atttypmod, after.atttypmod)
        {
            self.steps[at].loses = Some(format!("{lost} of {table}.{}", after.attname));
        }
        self.check_type(at, &class, &before, &after);
        Some(at)
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
        if changes_kind && !keeps_values || expression && !settable {
            if inherited {
                return;
            }
            let at = self.drop_object(a.address, Some(key), None);
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
                self.risk(
                    at,
                    Risk::Medium,
                    "its sequence starts anew: set it past the highest value",
                );
                let sequence =
                    self.to.identity_sequence(b.address).map(|oid| self.to.relation(oid));
                self.steps[at].after.push(Check {
                    what: format!("the next number of {table}.{column} is free"),
                    sql: format!("SELECT coalesce(max({column}), 0) FROM {table};"),
                    expect: format!("less than the next value of {}", sequence.unwrap_or_default()),
                });
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
                self.risk(at, Risk::Low, super::relations::access_risk(fact));
            }
        }
        for pair in chain.windows(2) {
            if let [first, second] = pair {
                self.edges.push((*first, *second));
            }
        }
    }

    fn change_default(&mut self, key: &Key, a: &Portrait, b: &Portrait, sql: String) -> usize {
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

    fn parent_not_null(&self, side: &Side, class: &PgClass, name: &str) -> bool {
        side.catalog.find_all::<PgInherits>(&class.oid).any(|row| {
            let parent = side.catalog.get::<PgClass>(row.inhparent);
            parent.and_then(|parent| parent.attribute_named(name)).is_some_and(|a| a.attnotnull)
        })
    }

    fn change_null(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        old: (&PgClass, &PgAttribute),
        new: (&PgClass, &PgAttribute),
    ) -> Vec<usize> {
        let (table, column) =
            (self.to.relation(new.0.oid), quote_identifier(&new.1.attname).into_owned());
        let steps = if new.1.attnotnull {
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

    /// A NOT NULL constraint with another name.
    fn rename_not_null(
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

fn object_of(side: &Side, address: ObjectAddress) -> String {
    side.label(address)
}

/// What a cast by assignment rounds away without an error.
fn rounding(old: Oid, new: Oid, old_typmod: i32, new_typmod: i32) -> Option<&'static str> {
    const WHOLE: [Oid; 3] = [fixed::INT2OID, fixed::INT4OID, fixed::INT8OID];
    const FRACTIONS: [Oid; 3] = [fixed::NUMERICOID, fixed::FLOAT4OID, fixed::FLOAT8OID];
    if FRACTIONS.contains(&old) && WHOLE.contains(&new) {
        return Some("the fractions");
    }
    if old == fixed::FLOAT8OID && new == fixed::FLOAT4OID {
        return Some("the precision");
    }
    if old == fixed::NUMERICOID && new == fixed::NUMERICOID && new_typmod >= 0 {
        let scale = |typmod: i32| if typmod < 0 { i32::MAX } else { (typmod - 4) & 0x7ff };
        if scale(new_typmod) < scale(old_typmod) {
            return Some("the last decimals");
        }
    }
    let moments = [fixed::TIMESTAMPOID, fixed::TIMESTAMPTZOID];
    if moments.contains(&old) && new == fixed::DATEOID {
        return Some("the time of day");
    }
    if moments.contains(&old) && new == fixed::TIMEOID {
        return Some("the date");
    }
    None
}

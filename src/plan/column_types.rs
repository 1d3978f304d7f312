//! Types of columns: what ALTER COLUMN TYPE says, whether rows are rewritten, and what is lost.

use std::collections::HashSet;

use super::build::Builder;
use super::columns::word;
use super::{Check, Risk, Stage};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};
use crate::nodes::primnodes::CoercionContext;
use crate::parser::parse_coerce::pathway::{CoercionPath, find_coercion_pathway};
use crate::pg::name::quote_identifier;
use crate::pg::oid::{Oid, fixed};

impl Builder<'_> {
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
        let types = self.types_of(old);
        let asked = types.iter().find_map(|typ| self.unfinished.get(typ).cloned());
        self.only_if(at, asked);
        let table = self.to.relation(class.oid);
        if let Some(check) = self.labels_that_go(&table, old, &a) {
            self.steps[at].before.push(check);
        }
        self.risk(at, Risk::High, format!("{table} is rewritten under an ACCESS EXCLUSIVE lock; fails where a value is not one of the new type"));
    }

    /// Rows with labels that the enum type made anew lacks.
    fn labels_that_go(&self, table: &str, old: ObjectAddress, a: &PgAttribute) -> Option<Check> {
        let (_, before) = self.from.column(old)?;
        let was = super::types::labels(self.from.catalog, before.atttypid);
        let is = super::types::labels(self.to.catalog, a.atttypid);
        let gone: Vec<String> = was
            .iter()
            .filter(|label| !is.contains(label))
            .map(|label| simple_quote_literal(label))
            .collect();
        let column = quote_identifier(&a.attname);
        (!gone.is_empty() && !is.is_empty()).then(|| Check {
            what: format!("no row of {table} has a value of {column} that goes"),
            sql: format!(
                "SELECT count(*) FROM {table} WHERE {column}::text IN ({});",
                gone.join(", ")
            ),
            expect: "0, or UPDATE them first".to_string(),
        })
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

    /// The columns of tables below change with their parent's.
    fn with_children(&mut self, step: usize, parent: ObjectAddress) {
        let mut pending = vec![parent];
        let mut seen = HashSet::from([parent]);
        while let Some(column) = pending.pop() {
            let Some((_, a)) = self.from.column(column) else { continue };
            let below: Vec<Oid> = self
                .from
                .catalog
                .find_second::<PgInherits>(column.object)
                .map(|row| row.inhrelid)
                .collect();
            for child in below {
                let attnum = self
                    .from
                    .class(child)
                    .and_then(|class| class.attribute_named(&a.attname).map(|a| a.attnum));
                let Some(attnum) = attnum else { continue };
                let old = ObjectAddress::column(child, attnum);
                let Some(new) = self.counterpart(old).filter(|_| seen.insert(old)) else {
                    continue;
                };
                pending.push(old);
                self.unsettled.insert(old);
                self.steps[step].old.push(old);
                self.steps[step].new.push(new);
                self.altered.entry(old).or_default().push(step);
                self.made.entry(new).or_default().push(step);
            }
        }
    }

    /// The type of the second catalog that has the name of one of the first.
    pub(super) fn type_in_to(&self, old: Oid) -> Option<Oid> {
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

    /// Whether a cast leads from the old type to the new one, or the two are alike enough to be read from each other's
    /// text.
    pub(super) fn keeps_values(&self, before: &PgAttribute, after: &PgAttribute) -> bool {
        let mut old = self.from.catalog.get::<PgType>(before.atttypid);
        let mut same = old.and_then(|row| self.type_in_to(row.oid));
        while same.is_none()
            && let Some(row) = old.filter(|row| row.typtype == b'd')
        {
            old = self.from.catalog.get::<PgType>(row.typbasetype);
            same = old.and_then(|row| self.type_in_to(row.oid));
        }
        let explicit = same.is_some_and(|same| {
            let context = CoercionContext::CoercionExplicit;
            let path = find_coercion_pathway(self.to.catalog, after.atttypid, same, context);
            same == after.atttypid || path != CoercionPath::None
        });
        let (Some(old), Some(new)) = (old, self.to.catalog.get::<PgType>(after.atttypid)) else {
            return true;
        };
        let array = |row: &PgType| row.typelem.is_valid() && row.typlen == -1;
        let mut new = new;
        let mut old = old;
        if array(old) != array(new) {
            return explicit;
        }
        if array(old)
            && let (Some(a), Some(b)) = (
                self.from.catalog.get::<PgType>(old.typelem),
                self.to.catalog.get::<PgType>(new.typelem),
            )
        {
            (old, new) = (a, b);
        }
        let kinds = (old.typtype, new.typtype);
        let string = |row: &PgType| row.typcategory == b'S';
        explicit
            || string(old)
            || string(new)
            || new.typtype == b'd'
            || matches!(kinds, (b'e', b'e') | (b'c', b'c') | (b'r' | b'm', b'r' | b'm'))
    }

    pub(super) fn change_type(&mut self, key: &Key, a: &Portrait, b: &Portrait) -> Option<usize> {
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
        self.with_children(at, a.address);
        let cast = Cast { old: &before, new: &after, old_type, path: assignment };
        match cast.rows(self.to.catalog) {
            Rows::Untouched => self.risk(
                at,
                Risk::Medium,
                format!("ACCESS EXCLUSIVE lock on {table}, for a moment; no row is touched"),
            ),
            Rows::Indexes => self.risk(
                at,
                Risk::High,
                format!(
                    "the indexes of {table} on it are built again under an ACCESS EXCLUSIVE lock"
                ),
            ),
            Rows::ByTimeZone => {
                self.risk(at, Risk::High, format!("values are read in the session's time zone; with UTC no row is touched, else {table} and its indexes are rewritten under an ACCESS EXCLUSIVE lock"));
                self.steps[at].before.push(Check {
                    what: "the zone in which the values were meant".to_string(),
                    sql: "SHOW timezone;".to_string(),
                    expect: "the right one; SET timezone changes it for the session".to_string(),
                });
            }
            Rows::Rewritten => {
                self.risk(at, Risk::High, format!("{table} and its indexes are rewritten under an ACCESS EXCLUSIVE lock; fails where a value does not fit"));
                self.steps[at].why.push("where that takes too long: add a column of the new type, fill it in batches, exchange the two names".to_string());
            }
        }
        if let Some(lost) =
            rounding(before.atttypid, after.atttypid, before.atttypmod, after.atttypmod)
        {
            self.steps[at].loses = Some(format!("{lost} of {table}.{}", after.attname));
        }
        self.check_type(at, &class, &before, &after);
        Some(at)
    }
}

/// What ALTER COLUMN TYPE does to the rows (PostgreSQL: ATColumnChangeRequiresRewrite, and the support functions that
/// find a length coercion needless).
enum Rows {
    Untouched,
    /// Another collation: the indexes alone.
    Indexes,
    /// Nothing where the session's time zone is UTC.
    ByTimeZone,
    Rewritten,
}

/// One column's change of type.
struct Cast<'a> {
    old: &'a PgAttribute,
    new: &'a PgAttribute,
    /// The old type in the second catalog.
    old_type: Option<Oid>,
    path: CoercionPath,
}

impl Cast<'_> {
    fn rows(&self, catalog: &Catalog) -> Rows {
        const MOMENTS: [Oid; 2] = [fixed::TIMESTAMPOID, fixed::TIMESTAMPTZOID];
        let same = self.old_type == Some(self.new.atttypid);
        if same && self.old.atttypmod == self.new.atttypmod {
            return Rows::Indexes;
        }
        if same {
            return if self.is_wider() { Rows::Untouched } else { Rows::Rewritten };
        }
        if MOMENTS.contains(&self.old.atttypid) && MOMENTS.contains(&self.new.atttypid) {
            let keeps = self.keeps_precision();
            return if keeps { Rows::ByTimeZone } else { Rows::Rewritten };
        }
        let new = catalog.get::<PgType>(self.new.atttypid);
        let free_domain = new.is_some_and(|row| {
            row.typtype == b'd'
                && Some(row.typbasetype) == self.old_type
                && !row.typnotnull
                && row.typtypmod < 0
                && catalog.find::<PgConstraint>(&row.oid).is_none()
        });
        let relabelled = self.path == CoercionPath::Relabel
            && self.new.atttypmod < 0
            && new.is_some_and(|row| row.typtype != b'd');
        if free_domain || relabelled { Rows::Untouched } else { Rows::Rewritten }
    }

    /// PostgreSQL: varchar_support, varbit_support, numeric_support, TemporalSimplify.
    fn is_wider(&self) -> bool {
        let (old, new) = (self.old.atttypmod, self.new.atttypmod);
        match self.new.atttypid {
            fixed::VARCHAROID | fixed::VARBITOID => new < 0 || old >= 0 && new >= old,
            fixed::NUMERICOID => {
                new < 0 || old >= 0 && new >= old && (new - 4) & 0x7ff == (old - 4) & 0x7ff
            }
            fixed::TIMESTAMPOID | fixed::TIMESTAMPTZOID | fixed::TIMEOID | fixed::TIMETZOID => {
                self.keeps_precision()
            }
            _ => false, // a length coercion that PostgreSQL runs on every value
        }
    }

    fn keeps_precision(&self) -> bool {
        let (old, new) = (self.old.atttypmod, self.new.atttypmod);
        !(0..6).contains(&new) || old >= 0 && new >= old
    }
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

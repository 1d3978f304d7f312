//! Things that have another name in the second catalog: what is proven or asked for is renamed before anything else,
//! what is only alike is suggested.

use super::prove::carried_out;
use super::{Phase, Plan, Risk, Stage, Statement, Step, Verb};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff;
use crate::diff::renames::{self, PastNames, Renamed};
use crate::pg::name::{Name, quote_identifier, quote_qualified_identifier};
use crate::pg::oid::Oid;

/// A rename.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    /// What has the old name.
    pub object: String,
    pub new_name: String,
    pub sql: String,
    /// What gives the old name again.
    pub back: String,
    pub why: String,
}

impl Renaming {
    fn of(found: &Renamed) -> Renaming {
        let difference = &found.difference;
        let rename = difference.rename.as_ref();
        let other = rename.map_or("", |rename| rename.other.as_str());
        let (object, new_name) = match &difference.part {
            Some(part) => {
                (format!("{} {}.{other}", part.kind, difference.owner.name), part.name.clone())
            }
            None => (format!("{} {other}", difference.owner.kind), difference.owner.name.clone()),
        };
        Renaming {
            object,
            new_name,
            sql: format!("{};", found.sql),
            back: format!("{};", found.back),
            why: rename.map_or(String::new(), |rename| rename.evidence.clone()),
        }
    }

    /// The rename that takes this one back.
    pub fn inverse(&self) -> Renaming {
        Renaming { sql: self.back.clone(), back: self.sql.clone(), ..self.clone() }
    }
}

/// Which renames are carried out beside those that a history proves.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Pairs of an old and a new name: `schema.table`, `schema.table.column`, `schema.function`.
    pub pairs: Vec<(String, String)>,
    /// Whatever is alike in all but its name.
    pub guesses: bool,
}

/// What is known of names.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// To be carried out, in order.
    pub done: Vec<Renaming>,
    /// Alike in all but the name, with one possible counterpart.
    pub suggested: Vec<Renaming>,
    /// Pairs that were asked for and that nothing fits.
    pub unfit: Vec<(String, String)>,
}

/// The renames from one catalog to the other; the past names are the first's and the second's.
pub fn find(
    from: &Catalog,
    to: &Catalog,
    (past_from, past_to): (&PastNames, &PastNames),
    asked: &Asked,
    compare: &diff::Options,
) -> Names {
    let mut names = Names::default();
    let mut catalog = from.clone();
    let wanted = diff::draw(to, compare);
    loop {
        let there = diff::draw(&catalog, compare);
        let differences = diff::compare(&wanted, &there);
        let mut found = renames::proven(&differences, past_to, past_from);
        if found.is_empty() {
            found = renames::asked(&differences, &asked.pairs);
        }
        let guessed = renames::guessed(&differences, &wanted, &there);
        if found.is_empty() && asked.guesses {
            found.clone_from(&guessed);
        }
        let before = names.done.len();
        for renaming in found.iter().map(Renaming::of) {
            if let Some(after) = carried_out(&catalog, &renaming.sql) {
                catalog = after;
                names.done.push(renaming);
            }
        }
        if names.done.len() == before {
            names.suggested = guessed.iter().map(Renaming::of).collect();
            let fits = |pair: &&(String, String)| {
                let sought = |one: &Renaming| {
                    renames::is_called(one.object.split_once(' ').map_or("", |(_, n)| n), &pair.0)
                };
                !names.done.iter().any(sought)
            };
            names.unfit = asked.pairs.iter().filter(fits).cloned().collect();
            return names;
        }
    }
}

/// The catalog with its things under the second one's names, and what was carried out: what is known already, the
/// sequences of columns that have another sequence, and values of enum types.
pub(super) fn carry_out(
    from: &Catalog,
    to: &Catalog,
    known: &[Renaming],
) -> (Catalog, Vec<Renaming>) {
    let mut catalog = from.clone();
    let mut done = Vec::new();
    let mut carry = |catalog: &mut Catalog, renaming: Renaming| {
        if let Some(after) = carried_out(catalog, &renaming.sql) {
            *catalog = after;
            done.push(renaming);
        }
    };
    for renaming in known {
        carry(&mut catalog, renaming.clone());
    }
    for renaming in sequences(&catalog, to) {
        carry(&mut catalog, renaming);
    }
    for renaming in values(&catalog, to) {
        carry(&mut catalog, renaming);
    }
    (catalog, done)
}

/// The schema and name of a relation or type.
fn named(catalog: &Catalog, namespace: Oid, name: &Name) -> String {
    let schema = catalog.get::<PgNamespace>(namespace);
    quote_qualified_identifier(schema.map(|row| row.nspname.as_str()), name)
}

/// A relation of the second catalog that has the name of one of the first.
fn same_relation<'a>(from: &Catalog, to: &'a Catalog, oid: Oid) -> Option<&'a PgClass> {
    let class = from.get::<PgClass>(oid)?;
    let schema = from.get::<PgNamespace>(class.relnamespace)?;
    let schema = to.find::<PgNamespace>(&schema.nspname)?;
    to.find::<PgClass>(&(schema.oid, class.relname.clone())).map(|class| class.as_ref())
}

/// The column that owns a sequence.
fn owner_of(catalog: &Catalog, sequence: Oid) -> Option<ObjectAddress> {
    let address = ObjectAddress::new(Class::Relation, sequence);
    catalog.depend().references_of(address).find_map(|entry| {
        let column = entry.referenced.class == Class::Relation && entry.referenced.sub > 0;
        (column && entry.kind == DependType::Auto).then_some(entry.referenced)
    })
}

/// Sequences that one column owns on both sides, under two names: their positions must not be lost.
fn sequences(from: &Catalog, to: &Catalog) -> Vec<Renaming> {
    let mut found = Vec::new();
    for row in from.iter::<PgSequence>() {
        let Some(class) = from.get::<PgClass>(row.seqrelid) else { continue };
        if same_relation(from, to, class.oid).is_some() {
            continue;
        }
        let Some(column) = owner_of(from, class.oid) else { continue };
        let new = from.get::<PgClass>(column.object).and_then(|table| {
            let attribute = table.attribute(i16::try_from(column.sub).ok()?)?;
            let other = same_relation(from, to, column.object)?;
            let attribute = other.attribute_named(&attribute.attname)?;
            let column = ObjectAddress::column(other.oid, attribute.attnum);
            let mut owned = to.depend().dependents_of(column).filter_map(|entry| {
                let sequence = entry.kind == DependType::Auto
                    && entry.dependent.class == Class::Relation
                    && to.get::<PgSequence>(entry.dependent.object).is_some();
                to.get::<PgClass>(entry.dependent.object).filter(|_| sequence)
            });
            owned.next().filter(|_| owned.next().is_none())
        });
        let Some(new) = new.filter(|new| same_relation(to, from, new.oid).is_none()) else {
            continue;
        };
        let (old_name, new_name) = (
            named(from, class.relnamespace, &class.relname),
            named(to, new.relnamespace, &new.relname),
        );
        let back = named(from, class.relnamespace, &new.relname);
        if back != new_name {
            continue; // it moves to another schema
        }
        found.push(Renaming {
            object: format!("sequence {old_name}"),
            sql: format!("ALTER SEQUENCE {old_name} RENAME TO {};", quote_identifier(&new.relname)),
            back: format!(
                "ALTER SEQUENCE {new_name} RENAME TO {};",
                quote_identifier(&class.relname)
            ),
            new_name,
            why: "the same column owns it".to_string(),
        });
    }
    found.sort_by(|a, b| a.object.cmp(&b.object));
    found
}

/// Enum types of which one value has another name, in its old place.
fn values(from: &Catalog, to: &Catalog) -> Vec<Renaming> {
    let mut found = Vec::new();
    for row in from.iter::<PgType>().filter(|row| row.typtype == b'e' && !row.oid.is_builtin()) {
        let schema = from.get::<PgNamespace>(row.typnamespace);
        let other = schema
            .and_then(|schema| to.find::<PgNamespace>(&schema.nspname))
            .and_then(|schema| to.find::<PgType>(&(schema.oid, row.typname.clone())));
        let Some(other) = other.filter(|other| other.typtype == b'e') else { continue };
        let (old, new) = (super::types::labels(from, row.oid), super::types::labels(to, other.oid));
        let pairs: Vec<_> = old.iter().zip(&new).filter(|(a, b)| a != b).collect();
        let ([(was, is)], true) = (pairs.as_slice(), old.len() == new.len()) else { continue };
        if old.contains(is) || new.contains(was) {
            continue; // two have changed places
        }
        let name = named(from, row.typnamespace, &row.typname);
        let rename = |from: &Name, to: &Name| {
            format!(
                "ALTER TYPE {name} RENAME VALUE {} TO {};",
                simple_quote_literal(from),
                simple_quote_literal(to)
            )
        };
        found.push(Renaming {
            object: format!("value {was} of type {name}"),
            new_name: is.to_string(),
            sql: rename(was, is),
            back: rename(is, was),
            why: "taken for a rename, since all other values are the same in the same places; all rows show the new label at once".to_string(),
        });
    }
    found.sort_by(|a, b| a.object.cmp(&b.object));
    found
}

/// Puts the renames before everything else.
pub(super) fn prepend(plan: &mut Plan, done: Vec<Renaming>) {
    let count = done.len();
    if count == 0 {
        return;
    }
    let steps = done.into_iter().map(|renaming| Step {
        verb: Verb::Alter,
        stage: Stage::Names,
        object: renaming.object,
        statements: vec![Statement::together(renaming.sql)],
        risk: Risk::Medium,
        why: vec![
            format!("it is {} there: {}", renaming.new_name, renaming.why),
            "an ACCESS EXCLUSIVE lock, for a moment; whoever uses the old name fails from here on"
                .to_string(),
        ],
        loses: None,
        because: None,
        before: Vec::new(),
        after: Vec::new(),
        held_back: false,
        old: Vec::new(),
        new: Vec::new(),
        place: 0,
    });
    plan.phases.insert(0, Phase { stage: Stage::Names, steps: steps.collect() });
    for (a, b) in &mut plan.before {
        *a += count;
        *b += count;
    }
}

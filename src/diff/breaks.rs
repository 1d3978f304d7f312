//! What depends on a thing that differs: by the catalog's dependencies, and by name in the bodies of functions.

use std::collections::{BTreeMap, BTreeSet};

use super::gone::bare_name;
use super::names::Names;
use super::portrait::Picture;
use super::{Broken, Class, Difference};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class as ObjectClass, ObjectAddress};
use crate::catalog::*;
use crate::pg::oid::Oid;

/// How many dependents of one difference are told; one more says how many are left.
const SHOWN: usize = 8;

/// Fills in, for each difference that matters, what it breaks.
pub fn mark(differences: &mut [Difference], a: &Picture, b: &Picture) {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for difference in differences.iter().filter(|difference| by_name(difference)) {
        words.extend(names(difference));
    }
    let bodies = (Bodies::read(a.catalog, &words), Bodies::read(b.catalog, &words));
    for difference in differences.iter_mut() {
        let mut broken = Vec::new();
        match difference.class {
            Class::Missing => {
                dependents(&mut broken, a, true, difference, "needs it");
                bodies.1.naming(&mut broken, b, false, difference, "its body names it");
            }
            Class::Extra => {
                dependents(&mut broken, b, false, difference, "needs it");
                bodies.1.naming(&mut broken, b, false, difference, "its body names it");
            }
            Class::Different if difference.fact == Some("type") => {
                dependents(&mut broken, b, false, difference, "uses the column");
                if broken.is_empty() {
                    dependents(&mut broken, a, true, difference, "uses the column");
                }
            }
            Class::Different | Class::Cosmetic => {}
        }
        if broken.len() > SHOWN {
            let left = broken.len() - SHOWN;
            broken.truncate(SHOWN);
            let first = broken.last().is_some_and(|last| last.first);
            broken.push(Broken { first, what: format!("{left} more"), how: "likewise" });
        }
        difference.breaks = broken;
    }
}

/// Whether bodies can name the thing.
fn by_name(difference: &Difference) -> bool {
    let part = difference.part.as_ref().map(|part| part.kind);
    difference.is_whole()
        && part.is_none_or(|kind| kind == "column")
        && !matches!(
            difference.owner.kind,
            "default privileges" | "extension" | "cast" | "operator"
        )
}

/// The words that a body must hold to name the thing: its own name, for a column its table's too.
fn names(difference: &Difference) -> Vec<String> {
    let own = bare_name(difference).to_lowercase();
    match &difference.part {
        None => vec![own],
        Some(_) => {
            let table = difference.owner.name.rsplit('.').next().unwrap_or("");
            vec![own, table.trim_matches('"').to_lowercase()]
        }
    }
}

fn dependents(
    broken: &mut Vec<Broken>,
    picture: &Picture,
    first: bool,
    difference: &Difference,
    how: &'static str,
) {
    let has = if first { &difference.a } else { &difference.b };
    let Some(has) = has else { return };
    let names = Names::new(picture.catalog);
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut addresses = vec![has.address];
    if has.address.class == ObjectClass::Relation && has.address.sub == 0 {
        // A table is referred to by way of its row type too.
        let class = picture.catalog.get::<PgClass>(has.address.object);
        addresses.extend(class.map(|class| ObjectAddress::new(ObjectClass::Type, class.reltype)));
    }
    for address in addresses {
        for entry in picture.catalog.depend().dependents_of(address) {
            if entry.kind != DependType::Normal {
                continue;
            }
            let Some((what, owner)) = described(&names, entry.dependent) else { continue };
            if owner == Some(has.address.object) || !told.insert(what.clone()) {
                continue; // a part of the thing itself
            }
            broken.push(Broken { first, what, how });
        }
    }
}

/// A dependent in words, and the relation it is a part of.
fn described(names: &Names, address: ObjectAddress) -> Option<(String, Option<Oid>)> {
    let (catalog, oid) = (names.catalog, address.object);
    let part = |kind: &str, name: &str, of: Oid| {
        Some((format!("{kind} {name} of {}", names.relation(of)), Some(of)))
    };
    match address.class {
        ObjectClass::Rewrite => {
            let row = catalog.get::<PgRewrite>(oid)?;
            let class = catalog.get::<PgClass>(row.ev_class)?;
            let kind = match class.relkind {
                b'v' => "view",
                b'm' => "materialized view",
                _ => return part("rule", &row.rulename, row.ev_class), // a rule of a table
            };
            Some((format!("{kind} {}", names.relation(row.ev_class)), Some(row.ev_class)))
        }
        ObjectClass::Proc => Some((format!("function {}", names.function(oid)), None)),
        ObjectClass::Constraint => {
            let row = catalog.get::<PgConstraint>(oid)?;
            part("constraint", &row.conname, row.conrelid).filter(|_| row.conrelid.is_valid())
        }
        ObjectClass::Trigger => {
            let row = catalog.get::<PgTrigger>(oid)?;
            part("trigger", &row.tgname, row.tgrelid).filter(|_| !row.tgisinternal)
        }
        ObjectClass::Policy => {
            let row = catalog.get::<PgPolicy>(oid)?;
            part("policy", &row.polname, row.polrelid)
        }
        ObjectClass::Attrdef => {
            let row = catalog.get::<PgAttrdef>(oid)?;
            let column = names.column(row.adrelid, row.adnum);
            part("default of", &column, row.adrelid)
        }
        ObjectClass::Relation => {
            let row = catalog.get::<PgClass>(oid)?;
            match (row.relkind, address.sub) {
                (b'r' | b'p' | b'f', 0) => {
                    Some((format!("table {}", names.relation(oid)), Some(oid)))
                }
                (b'r' | b'p' | b'f', sub) => {
                    let column = names.column(oid, i16::try_from(sub).ok()?);
                    part("column", &column, oid)
                }
                _ => None, // indexes go with their tables
            }
        }
        ObjectClass::Type => {
            let row = catalog.get::<PgType>(oid)?;
            (row.typtype == b'd').then(|| (format!("domain {}", names.plain_type(oid)), None))
        }
        _ => None, // nothing that a person would miss
    }
}

/// The words of interest in the bodies of functions.
struct Bodies {
    naming: BTreeMap<String, BTreeSet<Oid>>,
}

impl Bodies {
    fn read(catalog: &Catalog, words: &BTreeSet<String>) -> Bodies {
        let mut naming: BTreeMap<String, BTreeSet<Oid>> = BTreeMap::new();
        if words.is_empty() {
            return Bodies { naming };
        }
        let own = |row: &&std::sync::Arc<PgProc>| !row.oid.is_builtin() && row.prosqlbody.is_none();
        for row in catalog.iter::<PgProc>().filter(own) {
            let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
            for word in row.prosrc.split(|c| !inside(c)).filter(|word| !word.is_empty()) {
                let word = word.to_lowercase();
                if words.contains(&word) {
                    naming.entry(word).or_default().insert(row.oid);
                }
            }
        }
        Bodies { naming }
    }

    fn naming(
        &self,
        broken: &mut Vec<Broken>,
        picture: &Picture,
        first: bool,
        difference: &Difference,
        how: &'static str,
    ) {
        if !by_name(difference) {
            return;
        }
        let mut found: Option<BTreeSet<Oid>> = None;
        for name in names(difference) {
            let own = self.naming.get(&name).cloned().unwrap_or_default();
            found = Some(found.map_or(own.clone(), |found| &found & &own));
        }
        let itself = difference.b.as_ref().map(|has| has.address);
        let names = Names::new(picture.catalog);
        for oid in found.into_iter().flatten() {
            let address = ObjectAddress::new(ObjectClass::Proc, oid);
            if itself == Some(address) {
                continue; // it calls itself
            }
            let what = format!("function {}", names.function(oid));
            if broken.iter().all(|broken| broken.what != what) {
                broken.push(Broken { first, what, how });
            }
        }
    }
}

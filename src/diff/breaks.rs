//! What depends on a thing that differs: by the catalog's dependencies, and by what the bodies of functions touch.

use std::collections::{BTreeMap, BTreeSet};

use super::gone::bare_name;
use super::names::Names;
use super::portrait::Picture;
use super::{Broken, Class, Difference};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class as ObjectClass, ObjectAddress};
use crate::catalog::*;
use crate::pg::oid::Oid;
use crate::plpgsql::check::{self, IssueKind, Report, missing_name};

/// How many dependents of one difference are told; one more says how many are left.
const SHOWN: usize = 8;

/// Fills in, for each difference that matters, what it breaks.
pub fn mark(differences: &mut [Difference], a: &Picture, b: &Picture) {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for difference in differences.iter().filter(|difference| by_name(difference)) {
        words.insert(bare_name(difference).to_lowercase());
    }
    let mut bodies = Bodies::read(a.catalog, b.catalog, &words);
    for difference in differences.iter_mut() {
        let mut broken = Vec::new();
        match difference.class {
            Class::Missing => {
                dependents(&mut broken, a, true, difference, "needs it");
                bodies.lacking(&mut broken, (a, b), false, difference);
                bodies.having(&mut broken, a, true, difference);
            }
            Class::Extra => {
                dependents(&mut broken, b, false, difference, "needs it");
                bodies.lacking(&mut broken, (b, a), true, difference);
                bodies.having(&mut broken, b, false, difference);
            }
            Class::Different if difference.fact == Some("type") => {
                dependents(&mut broken, b, false, difference, "uses the column");
                bodies.having(&mut broken, b, false, difference);
                if broken.is_empty() {
                    dependents(&mut broken, a, true, difference, "uses the column");
                    bodies.having(&mut broken, a, true, difference);
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
    (difference.is_whole() || difference.fact == Some("type"))
        && part.is_none_or(|kind| kind == "column")
        && !matches!(
            difference.owner.kind,
            "default privileges" | "extension" | "cast" | "operator"
        )
}

/// The words that a text must hold to name the thing: its own name, for a column its table's too.
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

/// The bodies of both sides' functions: which hold the words of interest, and what they touch.
struct Bodies {
    naming: [BTreeMap<String, BTreeSet<Oid>>; 2],
    /// What is known of each body that was looked at, by side.
    reports: [BTreeMap<Oid, Report>; 2],
}

impl Bodies {
    fn read(a: &Catalog, b: &Catalog, words: &BTreeSet<String>) -> Bodies {
        let naming = [words_of_bodies(a, words), words_of_bodies(b, words)];
        Bodies { naming, reports: [BTreeMap::new(), BTreeMap::new()] }
    }

    fn report(&mut self, catalog: &Catalog, first: bool, proc: &PgProc) -> &Report {
        self.reports[usize::from(!first)]
            .entry(proc.oid)
            .or_insert_with(|| check::check_as_called(catalog, proc))
    }

    /// The functions of a side whose bodies hold the thing's name.
    fn candidates(&self, first: bool, difference: &Difference) -> BTreeSet<Oid> {
        let naming = &self.naming[usize::from(!first)];
        naming.get(&bare_name(difference).to_lowercase()).cloned().unwrap_or_default()
    }

    /// The functions of the side that has the thing which touch it.
    fn having(
        &mut self,
        broken: &mut Vec<Broken>,
        picture: &Picture,
        first: bool,
        difference: &Difference,
    ) {
        let has = if first { &difference.a } else { &difference.b };
        let Some(address) = has.as_ref().map(|has| has.address).filter(|_| by_name(difference))
        else {
            return;
        };
        for proc in self.procs(picture.catalog, first, difference) {
            let itself = ObjectAddress::new(ObjectClass::Proc, proc.oid);
            let report = self.report(picture.catalog, first, &proc);
            if itself != address && touches(report, address) {
                tell(broken, picture, first, &proc, "its body uses it");
            } else if itself != address && in_a_literal(&proc.prosrc, difference) {
                tell(broken, picture, first, &proc, "its body names it in dynamic SQL");
            }
        }
    }

    /// The functions of the side that lacks the thing which fail without it.
    fn lacking(
        &mut self,
        broken: &mut Vec<Broken>,
        (having, lacking): (&Picture, &Picture),
        first: bool,
        difference: &Difference,
    ) {
        if !by_name(difference) {
            return;
        }
        let own = bare_name(difference).to_lowercase();
        for proc in self.procs(lacking.catalog, first, difference) {
            let report = self.report(lacking.catalog, first, &proc);
            let missed = report
                .issues
                .iter()
                .filter(|issue| issue.kind == IssueKind::Fails)
                .filter_map(|issue| missing_name(&issue.error))
                .any(|name| name.trim_matches('"').eq_ignore_ascii_case(&own));
            // A body with one fault is not read to its end: the other side's tells what it touches.
            let as_there = missed || self.twin_touches(having, (lacking, first), &proc, difference);
            if as_there {
                tell(broken, lacking, first, &proc, "its body uses it");
            } else if in_a_literal(&proc.prosrc, difference) {
                tell(broken, lacking, first, &proc, "its body names it in dynamic SQL");
            }
        }
    }

    /// Whether the other side's function with the same body touches the thing there.
    fn twin_touches(
        &mut self,
        having: &Picture,
        (lacking, first): (&Picture, bool),
        proc: &PgProc,
        difference: &Difference,
    ) -> bool {
        let has = if first { &difference.b } else { &difference.a };
        let Some(address) = has.as_ref().map(|has| has.address) else { return false };
        let name = Names::new(lacking.catalog).function(proc.oid);
        let names = Names::new(having.catalog);
        let twins = self.procs(having.catalog, !first, difference);
        let twin = twins.iter().find(|twin| {
            twin.proname == proc.proname
                && twin.prosrc == proc.prosrc
                && names.function(twin.oid) == name
        });
        twin.is_some_and(|twin| touches(self.report(having.catalog, !first, twin), address))
    }

    fn procs(
        &self,
        catalog: &Catalog,
        first: bool,
        difference: &Difference,
    ) -> Vec<std::sync::Arc<PgProc>> {
        let candidates = self.candidates(first, difference);
        candidates.into_iter().filter_map(|oid| catalog.get::<PgProc>(oid).cloned()).collect()
    }
}

fn words_of_bodies(catalog: &Catalog, words: &BTreeSet<String>) -> BTreeMap<String, BTreeSet<Oid>> {
    let mut naming: BTreeMap<String, BTreeSet<Oid>> = BTreeMap::new();
    if words.is_empty() {
        return naming;
    }
    let own = |row: &&std::sync::Arc<PgProc>| !row.oid.is_builtin() && row.prosqlbody.is_none();
    for row in catalog.iter::<PgProc>().filter(own) {
        for word in words_in(&row.prosrc) {
            if words.contains(&word) {
                naming.entry(word).or_default().insert(row.oid);
            }
        }
    }
    naming
}

fn words_in(text: &str) -> impl Iterator<Item = String> + '_ {
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.split(move |c| !inside(c)).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a body touches the object, or where the address is a column's, the column.
fn touches(report: &Report, address: ObjectAddress) -> bool {
    report.uses.iter().any(|touched| {
        let used = touched.address;
        used.class == address.class
            && used.object == address.object
            && (address.sub == 0 || used.sub == address.sub)
    })
}

/// Whether a body that runs texts as SQL names the thing within a text.
fn in_a_literal(body: &str, difference: &Difference) -> bool {
    if words_in(body).all(|word| word != "execute") {
        return false;
    }
    let quoted = body.split('\'').skip(1).step_by(2);
    let words: BTreeSet<String> = quoted.flat_map(words_in).collect();
    names(difference).iter().all(|name| words.contains(name))
}

fn tell(
    broken: &mut Vec<Broken>,
    picture: &Picture,
    first: bool,
    proc: &PgProc,
    how: &'static str,
) {
    let what = format!("function {}", Names::new(picture.catalog).function(proc.oid));
    if broken.iter().all(|broken| broken.what != what) {
        broken.push(Broken { first, what, how });
    }
}

//! A catalog as named objects with named facts, in an order that depends on names alone.

mod functions;
mod grants;
mod others;
mod relations;
mod scope;
mod shown;
mod tables;
mod types;

use std::collections::{BTreeMap, BTreeSet};

use super::Options;
use super::names::Names;
use crate::catalog::Catalog;
use crate::catalog::acl::Acl;
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::pg::oid::Oid;
pub(super) use shown::shown;

/// An object that stands by itself, as ("table", "public.orders").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    pub kind: &'static str,
    pub name: String,
}

/// A part of an object, as ("column", "id").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    pub kind: &'static str,
    pub name: String,
}

/// What an object or a part is found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub owner: Owner,
    pub part: Option<Part>,
}

/// One thing that is so about an object.
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: &'static str,
    /// As it is shown.
    pub value: String,
    /// What is compared first, where two values can mean the same.
    pub meaning: Option<String>,
    pub cosmetic: bool,
    /// The object whose provenance tells who made it so.
    pub address: ObjectAddress,
}

impl Fact {
    fn compared(&self) -> &str {
        self.meaning.as_deref().unwrap_or(&self.value)
    }

    /// Whether only the spelling differs.
    pub(super) fn means_the_same(&self, other: &Fact) -> bool {
        self.compared() == other.compared()
    }
}

/// Facts are the same when their texts and meanings are, whoever made them so.
impl PartialEq for Fact {
    fn eq(&self, other: &Fact) -> bool {
        (self.name, &self.value, &self.meaning) == (other.name, &other.value, &other.meaning)
    }
}

/// One object or part with its facts.
#[derive(Debug, Clone)]
pub struct Portrait {
    pub address: ObjectAddress,
    /// The whole in short, for when the other side has none.
    pub brief: String,
    pub facts: Vec<Fact>,
    /// What another part with another name must share to be the same thing: a class, and names of columns.
    pub likeness: Option<(String, BTreeSet<String>)>,
    /// The place among its siblings (a column's number).
    pub position: i16,
}

impl Portrait {
    pub(super) fn new(address: ObjectAddress, brief: impl Into<String>) -> Portrait {
        Portrait { address, brief: brief.into(), facts: Vec::new(), likeness: None, position: 0 }
    }

    pub(super) fn fact(&mut self, name: &'static str, value: impl Into<String>) {
        let (value, address) = (value.into(), self.address);
        self.facts.push(Fact { name, value, meaning: None, cosmetic: false, address });
    }

    pub(super) fn cosmetic(&mut self, name: &'static str, value: impl Into<String>) {
        let (value, address) = (value.into(), self.address);
        self.facts.push(Fact { name, value, meaning: None, cosmetic: true, address });
    }

    /// A flag, said as yes or no.
    pub(super) fn flag(&mut self, name: &'static str, value: bool) {
        self.fact(name, if value { "yes" } else { "no" });
    }

    /// A fact whose last change is another object's.
    pub(super) fn fact_of(&mut self, address: ObjectAddress, name: &'static str, value: String) {
        self.facts.push(Fact { name, value, meaning: None, cosmetic: false, address });
    }

    /// A text that is compared by its meaning first.
    pub(super) fn meaning(&mut self, name: &'static str, value: String, meaning: String) {
        let address = self.address;
        self.facts.push(Fact { name, value, meaning: Some(meaning), cosmetic: false, address });
    }
}

/// A catalog's objects.
pub struct Picture<'a> {
    pub catalog: &'a Catalog,
    pub options: Options,
    pub portraits: BTreeMap<Key, Portrait>,
}

/// Draws everything that is not built in, temporary or an extension's own.
pub fn draw<'a>(catalog: &'a Catalog, options: &Options) -> Picture<'a> {
    draw_those(catalog, options, None)
}

/// Draws the objects that are wanted alone, tables with all their parts.
pub fn draw_some<'a>(
    catalog: &'a Catalog,
    options: &Options,
    wanted: &BTreeSet<ObjectAddress>,
) -> Picture<'a> {
    draw_those(catalog, options, Some(wanted))
}

fn draw_those<'a>(
    catalog: &'a Catalog,
    options: &Options,
    wanted: Option<&BTreeSet<ObjectAddress>>,
) -> Picture<'a> {
    let members = catalog
        .depend()
        .iter()
        .filter(|entry| entry.kind == DependType::Extension)
        .map(|entry| entry.dependent)
        .collect();
    let names = Names::new(catalog);
    let mut drawing =
        Drawing { catalog, names: &names, options, members, wanted, portraits: BTreeMap::new() };
    drawing.relations();
    drawing.types();
    drawing.functions();
    drawing.others();
    if options.grants {
        drawing.default_privileges();
    }
    let mut portraits = drawing.portraits;
    scope::keep(catalog, &options.scope, &mut portraits);
    Picture { catalog, options: options.clone(), portraits }
}

struct Drawing<'a> {
    catalog: &'a Catalog,
    names: &'a Names<'a>,
    options: &'a Options,
    /// Objects that belong to extensions.
    members: BTreeSet<ObjectAddress>,
    /// The objects to draw; all when there is no list.
    wanted: Option<&'a BTreeSet<ObjectAddress>>,
    portraits: BTreeMap<Key, Portrait>,
}

impl Drawing<'_> {
    /// Whether the object is the user's own, and there for more than a session.
    fn is_own(&self, class: Class, oid: Oid) -> bool {
        let address = ObjectAddress::new(class, oid);
        !oid.is_builtin()
            && self.wanted.is_none_or(|wanted| wanted.contains(&address))
            && !self.members.contains(&address)
            && !scope::is_temporary(self.catalog, class, oid)
    }

    fn add(&mut self, kind: &'static str, name: String, portrait: Portrait) {
        self.portraits.insert(Key { owner: Owner { kind, name }, part: None }, portrait);
    }

    fn add_part(&mut self, owner: &Owner, kind: &'static str, name: String, portrait: Portrait) {
        let part = Some(Part { kind, name });
        self.portraits.insert(Key { owner: owner.clone(), part }, portrait);
    }

    /// Facts that every object has: its comment, and who owns and may use it when that is asked for.
    fn common(&self, portrait: &mut Portrait, owner: Oid, acl: &Acl) {
        self.comment(portrait);
        if self.options.owners && owner.is_valid() {
            portrait.fact("owner", self.names.role(owner));
        }
        if self.options.grants {
            let class = portrait.address.class;
            let text = grants::of_object(self.names, class, portrait.address.object, owner, acl);
            portrait.fact("privileges", text);
        }
    }

    fn comment(&self, portrait: &mut Portrait) {
        let comment = self.catalog.comment(portrait.address);
        let text = comment.map_or("none", |text| text);
        if self.options.comments {
            portrait.fact("comment", text);
        } else {
            portrait.cosmetic("comment", text);
        }
    }
}

/// Options as `name=value`, sorted, for their order means nothing.
fn options_text<N: AsRef<str>, V: AsRef<str>>(options: &[(N, V)]) -> String {
    let mut parts: Vec<String> = options
        .iter()
        .map(|(name, value)| format!("{}={}", name.as_ref(), value.as_ref()))
        .collect();
    parts.sort();
    if parts.is_empty() { "none".to_string() } else { parts.join(", ") }
}

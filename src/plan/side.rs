//! One of the two catalogs: its picture, the objects of its dump, and how addresses lead to both.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::parts::{Part, Parts, Printed};
use crate::deparse::pg_dump::{self, Kind};
use crate::diff::{self, Key, Picture, Portrait};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

/// The options with which the objects are printed.
pub(super) fn dump_options(compare: &diff::Options) -> pg_dump::Options {
    pg_dump::Options {
        quote_all_identifiers: false,
        no_owner: !compare.owners,
        no_privileges: !compare.grants,
        no_comments: false,
        ..pg_dump::Options::default()
    }
}

pub(super) struct Side<'a> {
    pub catalog: &'a Catalog,
    pub portraits: BTreeMap<Key, Portrait>,
    pub parts: Parts<'a>,
    place: HashMap<(Kind, Oid), usize>,
    by_parent: HashMap<ObjectAddress, Vec<Part>>,
    pub key_of: HashMap<ObjectAddress, Key>,
}

impl<'a> Side<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        options: &'a pg_dump::Options,
        picture: Picture<'a>,
    ) -> Side<'a> {
        let parts = Parts::new(catalog, options);
        let mut place = HashMap::new();
        let mut by_parent: HashMap<ObjectAddress, Vec<Part>> = HashMap::new();
        for (at, part) in parts.list().iter().enumerate() {
            place.insert((part.kind, part.address.object), at);
            if let Some(parent) = part.parent {
                by_parent.entry(parent).or_default().push(*part);
            }
        }
        let portraits = picture.portraits;
        let key_of =
            portraits.iter().map(|(key, portrait)| (portrait.address, key.clone())).collect();
        Side { catalog, portraits, parts, place, by_parent, key_of }
    }

    /// Where the object stands in the dump.
    pub(super) fn place(&self, kind: Kind, oid: Oid) -> i64 {
        self.place.get(&(kind, oid)).map_or(0, |at| *at as i64)
    }

    pub(super) fn is_dumped(&self, kind: Kind, oid: Oid) -> bool {
        self.place.contains_key(&(kind, oid))
    }

    /// The parts of a table, domain or view, in the order of the dump.
    pub(super) fn parts_of(&self, parent: ObjectAddress) -> Vec<Part> {
        self.by_parent.get(&parent).cloned().unwrap_or_default()
    }

    /// Which kind of object of a dump stands at an address.
    pub(super) fn kind(&self, address: ObjectAddress) -> Option<Kind> {
        let oid = address.object;
        Some(match address.class {
            Class::Relation => match self.catalog.get::<PgClass>(oid)?.relkind {
                b'i' | b'I' => Kind::Index,
                _ => Kind::Table, // whatever else is a relation
            },
            Class::Index => Kind::Index,
            Class::Proc | Class::Aggregate => match self.catalog.get::<PgProc>(oid)?.prokind {
                b'a' => Kind::Aggregate,
                _ => Kind::Function, // procedures and window functions too
            },
            Class::Constraint => match self.catalog.get::<PgConstraint>(oid)?.contype {
                b'f' => Kind::FkConstraint,
                _ => Kind::Constraint, // every other letter
            },
            Class::Attrdef => Kind::AttrDef,
            Class::Type => Kind::Type,
            Class::Namespace => Kind::Namespace,
            Class::Extension => Kind::Extension,
            Class::Language => Kind::Language,
            Class::Collation => Kind::Collation,
            Class::Transform => Kind::Transform,
            Class::Cast => Kind::Cast,
            Class::Am => Kind::AccessMethod,
            Class::Operator => Kind::Operator,
            Class::Opclass => Kind::Opclass,
            Class::Opfamily => Kind::Opfamily,
            Class::Conversion => Kind::Conversion,
            Class::TsParser => Kind::TsParser,
            Class::TsTemplate => Kind::TsTemplate,
            Class::TsDict => Kind::TsDict,
            Class::TsConfig => Kind::TsConfig,
            Class::ForeignDataWrapper => Kind::Fdw,
            Class::ForeignServer => Kind::ForeignServer,
            Class::StatisticExt => Kind::Statistics,
            Class::Rewrite => Kind::Rule,
            Class::Trigger => Kind::Trigger,
            Class::Policy => Kind::Policy,
            Class::Publication => Kind::Publication,
            Class::PublicationRel => Kind::PublicationRel,
            Class::PublicationNamespace => Kind::PublicationNamespace,
            Class::Subscription => Kind::Subscription,
            Class::DefaultAcl => Kind::DefaultAcl,
            Class::EventTrigger => Kind::EventTrigger,
            _ => return None, // rows that belong to other objects, and what is shared by all databases
        })
    }

    /// The entries of the object by itself, wherever the dump prints it.
    pub(super) fn print(&mut self, address: ObjectAddress) -> Vec<Printed> {
        let Some(kind) = self.kind(address) else { return Vec::new() };
        match kind {
            Kind::AttrDef | Kind::Constraint | Kind::FkConstraint | Kind::Rule => {
                self.parts.print_alone(kind, address.object)
            }
            Kind::Table => self.parts.print_view(address.object),
            _ => self.parts.print(kind, address.object, Oid::INVALID), // printed whole anyway
        }
    }

    /// The statement that takes the object away.
    pub(super) fn drop_statement(&mut self, address: ObjectAddress) -> String {
        let printed = self.print(address);
        let main = printed.iter().find(|entry| !matches!(entry.desc, "COMMENT" | "ACL"));
        main.map_or(String::new(), |entry| entry.dropped.trim().to_string())
    }

    pub(super) fn class(&self, oid: Oid) -> Option<PgClass> {
        self.catalog.get::<PgClass>(oid).map(|row| PgClass::clone(row))
    }

    /// `schema.table`, quoted.
    pub(super) fn relation(&self, oid: Oid) -> String {
        self.parts.deparse().qualified_relation_name(oid)
    }

    /// The column of a column's address.
    pub(super) fn column(&self, address: ObjectAddress) -> Option<(PgClass, PgAttribute)> {
        let class = self.class(address.object)?;
        let a = class.attribute(i16::try_from(address.sub).ok()?)?.clone();
        Some((class, a))
    }

    /// The sequence behind an identity column.
    pub(super) fn identity_sequence(&self, column: ObjectAddress) -> Option<Oid> {
        self.catalog.depend().dependents_of(column).find_map(|entry| {
            (entry.kind == DependType::Internal
                && self.catalog.get::<PgSequence>(entry.dependent.object).is_some()
                && entry.dependent.class == Class::Relation)
                .then_some(entry.dependent.object)
        })
    }

    /// What comes and goes with the object: whatever depends on it internally or automatically.
    pub(super) fn with_belongings(
        &self,
        address: ObjectAddress,
        own: &dyn Fn(ObjectAddress) -> bool,
    ) -> Vec<ObjectAddress> {
        let mut all = vec![address];
        let mut seen = HashSet::from([address]);
        let mut at = 0;
        while let Some(next) = all.get(at).copied() {
            at += 1;
            for entry in self.catalog.depend().dependents_of(next) {
                let belongs = matches!(
                    entry.kind,
                    DependType::Internal
                        | DependType::Auto
                        | DependType::PartitionPri
                        | DependType::PartitionSec
                        | DependType::Extension
                );
                let dependent = entry.dependent;
                if belongs && !own(dependent) && seen.insert(dependent) {
                    all.push(dependent);
                }
            }
        }
        all
    }

    /// An altered object with what is inside of it: a view's rule, a column's default, a type's array.
    pub(super) fn with_inner(&self, address: ObjectAddress) -> Vec<ObjectAddress> {
        let mut all = vec![address];
        for entry in self.catalog.depend().dependents_of(address) {
            let inner =
                entry.kind == DependType::Internal && entry.dependent.class != Class::Relation;
            if inner && entry.referenced == address && !all.contains(&entry.dependent) {
                all.push(entry.dependent);
            }
        }
        all
    }

    /// Whether an object depends directly on another.
    pub(super) fn refers(&self, dependent: ObjectAddress, referenced: ObjectAddress) -> bool {
        self.catalog.depend().references_of(dependent).any(|entry| entry.referenced == referenced)
    }

    /// The object that an address belongs to and that `known` knows: itself, its table, its owner.
    pub(super) fn resolve(
        &self,
        address: ObjectAddress,
        known: &dyn Fn(ObjectAddress) -> bool,
    ) -> Option<ObjectAddress> {
        let mut all = vec![address];
        let mut at = 0;
        while let Some(next) = all.get(at).copied() {
            at += 1;
            if known(next) {
                return Some(next);
            }
            if next.sub != 0 {
                let whole = ObjectAddress { sub: 0, ..next };
                if known(whole) {
                    return Some(whole);
                }
            }
            if at > 64 {
                return None; // nothing belongs that deep
            }
            for entry in self.catalog.depend().references_of(next) {
                let exact = entry.dependent == next;
                let belongs = matches!(
                    entry.kind,
                    DependType::Internal
                        | DependType::Auto
                        | DependType::PartitionPri
                        | DependType::Extension
                );
                if exact && belongs && !all.contains(&entry.referenced) {
                    all.push(entry.referenced);
                }
            }
        }
        None
    }

    /// What the object is called in a report.
    pub(super) fn label(&self, address: ObjectAddress) -> String {
        if let Some(key) = self.key_of.get(&address) {
            return label(key);
        }
        match address.class {
            Class::Attrdef => {
                let row = self.catalog.get::<PgAttrdef>(address.object);
                let column = row.and_then(|row| {
                    let class = self.catalog.get::<PgClass>(row.adrelid)?;
                    let a = class.attribute(row.adnum)?;
                    Some(format!("{}.{}", self.relation(class.oid), quote_identifier(&a.attname)))
                });
                format!("default of {}", column.unwrap_or_default())
            }
            Class::PublicationRel => {
                let row = self.catalog.get::<PgPublicationRel>(address.object);
                let name = row.and_then(|row| self.catalog.get::<PgPublication>(row.prpubid));
                let name =
                    name.map_or(String::new(), |row| quote_identifier(&row.pubname).into_owned());
                let table = row.map_or(String::new(), |row| self.relation(row.prrelid));
                format!("{table} in publication {name}")
            }
            Class::Relation => format!("relation {}", self.relation(address.object)),
            _ => format!("{:?} {}", address.class, address.object), // never printed: all others have portraits
        }
    }
}

/// A key as a report names it.
pub(super) fn label(key: &Key) -> String {
    match &key.part {
        None => format!("{} {}", key.owner.kind, key.owner.name),
        Some(part) if part.kind == "column" => format!("column {}.{}", key.owner.name, part.name),
        Some(part) => format!("{} {} of {}", part.kind, part.name, key.owner.name),
    }
}

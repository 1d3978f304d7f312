//! A dump's objects one by one: what makes each, what takes it away, and in which order.

use super::objects::{Kind, Objects};
use super::{Dump, Options, sort};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::Deparse;
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

/// One object of a dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub kind: Kind,
    pub address: ObjectAddress,
    /// What an attachment or a member of a publication is about.
    pub other: Oid,
    /// The table, domain or view that it is a part of.
    pub parent: Option<ObjectAddress>,
    /// Whether it is printed by itself rather than within its parent.
    pub stands_alone: bool,
}

/// One entry of the dump's table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// `TABLE`, `COMMENT`, `ACL` …
    pub desc: &'static str,
    /// What a comment or privileges are about: `COLUMN orders.total`.
    pub tag: String,
    pub made: String,
    pub dropped: String,
    /// `ALTER … OWNER TO …`, where the object has an owner of its own.
    pub owner: Option<String>,
}

/// The objects of one catalog, and their printer.
pub struct Parts<'a> {
    dump: Dump<'a>,
    list: Vec<Part>,
}

impl<'a> Parts<'a> {
    /// The objects in the order of the dump, its circles broken.
    pub fn new(catalog: &'a Catalog, options: &'a Options) -> Parts<'a> {
        let mut objects = Objects::collect(catalog, options);
        let order = sort::sort(&mut objects);
        let part = |index: &usize| {
            let object = &objects.list[*index];
            let address = ObjectAddress::new(object.class, object.oid);
            let parent = object.parent.and_then(|parent| objects.list.get(parent));
            let inline =
                matches!(object.kind, Kind::AttrDef | Kind::Constraint) && !object.is_separate;
            object.dump.then(|| Part {
                kind: object.kind,
                address,
                other: object.other,
                parent: parent.map(|parent| ObjectAddress::new(parent.class, parent.oid)),
                stands_alone: !inline && object.kind != Kind::Rule || object.is_separate,
            })
        };
        let list = order.iter().filter_map(part).collect();
        let dump = Dump::new(catalog, options, &objects);
        Parts { dump, list }
    }

    pub fn list(&self) -> &[Part] {
        &self.list
    }

    pub fn deparse(&self) -> &Deparse<'a> {
        &self.dump.deparse
    }

    /// Whether the view is first made without its query, which its rule gives it later.
    pub fn is_dummy_view(&self, oid: Oid) -> bool {
        self.dump.dummy_views.contains(&oid)
    }

    /// The entries of one object as the dump prints it.
    pub fn print(&mut self, kind: Kind, oid: Oid, other: Oid) -> Vec<Printed> {
        self.dump.object(kind, oid, other);
        self.take()
    }

    /// The entries of a default or constraint printed by itself, wherever the dump prints it.
    pub fn print_alone(&mut self, kind: Kind, oid: Oid) -> Vec<Printed> {
        let class = match kind {
            Kind::AttrDef => Class::Attrdef,
            Kind::Rule => Class::Rewrite,
            _ => Class::Constraint, // constraints of both kinds
        };
        let added = self.dump.separate.insert((class, oid));
        self.dump.object(kind, oid, Oid::INVALID);
        if added {
            self.dump.separate.remove(&(class, oid));
        }
        self.take()
    }

    /// The whole view, though the dump takes it apart.
    pub fn print_view(&mut self, oid: Oid) -> Vec<Printed> {
        let apart = self.dump.dummy_views.remove(&oid);
        self.dump.object(Kind::Table, oid, Oid::INVALID);
        if apart {
            self.dump.dummy_views.insert(oid);
        }
        self.take()
    }

    /// A column as CREATE TABLE lists it, without default and NOT NULL when `bare`.
    pub fn column(&self, class: &PgClass, a: &PgAttribute, bare: bool) -> String {
        if bare {
            return self.dump.column_text(class, a, None, None);
        }
        let default = self.dump.inline_default(a);
        let constraints = self.dump.constraints(class.oid);
        let not_null = self.dump.not_null(class, a, &constraints);
        self.dump.column_text(class, a, default, not_null)
    }

    /// Storage, compression, options of a column where they are not the usual ones.
    pub fn column_properties(&self, class: &PgClass, a: &PgAttribute) -> String {
        let qualified = self.dump.relation(class.oid);
        self.dump.one_column_properties(class, a, &qualified)
    }

    fn take(&mut self) -> Vec<Printed> {
        let entries = std::mem::take(&mut self.dump.archive.entries);
        let no_owner = self.dump.options.no_owner;
        let printed = entries.into_iter().map(|entry| {
            let role = entry.owner.as_deref().filter(|role| !no_owner && !role.is_empty());
            let owner = entry.owned.as_ref().zip(role).map(|(owned, role)| {
                format!("ALTER {owned} OWNER TO {};\n", quote_identifier(role))
            });
            let mut made = entry.defn;
            if let Some(tablespace) = entry.tablespace.filter(|name| !name.is_empty()) {
                let name = quote_identifier(&tablespace).into_owned();
                made = format!("SET default_tablespace = {name};\n{made}\nRESET default_tablespace;\n");
            }
            if let Some(am) = entry.tableam.filter(|am| !am.is_empty() && am != "heap") {
                let name = quote_identifier(&am).into_owned();
                made = format!(
                    "SET default_table_access_method = {name};\n{made}\nRESET default_table_access_method;\n"
                );
            }
            // Whoever drops one object says himself what else goes.
            let dropped = entry.drop.replace(" CASCADE;", ";");
            Printed { desc: entry.desc, tag: entry.tag, made, dropped, owner }
        });
        printed.collect()
    }
}

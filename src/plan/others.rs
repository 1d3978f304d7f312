//! The remaining kinds: what alters a fact or two of them, and the making of those that are printed with others.

use super::build::{Builder, made};
use super::options::Pair;
use super::parts::enable_word;
use super::relations::relation;
use super::{Risk, Stage};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::pg_dump::Kind;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::diff::{Key, Portrait};
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

impl Builder<'_> {
    pub(super) fn alter_other(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let rest = self.alter_common(key, a, b, facts);
        if rest.is_empty() {
            return;
        }
        let name = key.owner.name.clone();
        let only = |allowed: &[&str]| rest.iter().all(|fact| allowed.contains(fact));
        match key.owner.kind {
            "extension" => return self.alter_extension(key, a, b, &rest),
            "publication" if !self.is_for_all_tables(a, b) => {
                return self.alter_publication(key, a, b, &rest);
            }
            "event trigger" if only(&["enabled"]) => {
                let row = self.to.catalog.get::<PgEventTrigger>(b.address.object);
                let word = enable_word(row.map_or(b'O', |row| row.evtenabled));
                let sql = vec![format!("ALTER EVENT TRIGGER {name} {word};")];
                return self.change(key, a, b, sql, Risk::Medium, "what it does starts or stops");
            }
            "server" if only(&["options", "version"]) => {
                let (old, new) = (
                    self.from.catalog.get::<PgForeignServer>(a.address.object).cloned(),
                    self.to.catalog.get::<PgForeignServer>(b.address.object).cloned(),
                );
                if let (Some(old), Some(new)) = (old, new) {
                    let version = match &new.srvversion {
                        Some(version) if rest.contains(&"version") => {
                            format!(" VERSION {}", simple_quote_literal(version))
                        }
                        _ => String::new(), // as it was
                    };
                    let options = super::options::generic(&old.srvoptions, &new.srvoptions);
                    let options = options.map_or(String::new(), |options| format!(" {options}"));
                    let sql = format!("ALTER SERVER {name}{version}{options};");
                    let array = format!(
                        "(SELECT srvoptions FROM pg_catalog.pg_foreign_server WHERE srvname = {})",
                        simple_quote_literal(&new.srvname)
                    );
                    let lists = (old.srvoptions.as_slice(), new.srvoptions.as_slice());
                    return self.change_options(key, (a, b), sql, &array, lists);
                }
            }
            "foreign-data wrapper" if only(&["options"]) => {
                let (old, new) = (
                    self.from.catalog.get::<PgForeignDataWrapper>(a.address.object).cloned(),
                    self.to.catalog.get::<PgForeignDataWrapper>(b.address.object).cloned(),
                );
                if let (Some(old), Some(new)) = (old, new)
                    && let Some(options) = super::options::generic(&old.fdwoptions, &new.fdwoptions)
                {
                    let sql = format!("ALTER FOREIGN DATA WRAPPER {name} {options};");
                    let array = format!(
                        "(SELECT fdwoptions FROM pg_catalog.pg_foreign_data_wrapper WHERE fdwname = {})",
                        simple_quote_literal(&new.fdwname)
                    );
                    let lists = (old.fdwoptions.as_slice(), new.fdwoptions.as_slice());
                    return self.change_options(key, (a, b), sql, &array, lists);
                }
            }
            "user mapping" => {
                let (old, new) = (
                    self.from.catalog.get::<PgUserMapping>(a.address.object).cloned(),
                    self.to.catalog.get::<PgUserMapping>(b.address.object).cloned(),
                );
                if let (Some(old), Some(new)) = (old, new)
                    && let Some(options) = super::options::generic(&old.umoptions, &new.umoptions)
                {
                    let sql = format!("ALTER {} {options};", self.mapping(&new));
                    let user = self.to.catalog.get::<PgAuthid>(new.umuser);
                    let user = user.map_or("public", |row| row.rolname.as_str());
                    let server = self.to.catalog.get::<PgForeignServer>(new.umserver);
                    let array = format!(
                        "(SELECT umoptions FROM pg_catalog.pg_user_mappings WHERE srvname = {} AND usename = {})",
                        simple_quote_literal(server.map_or("", |row| row.srvname.as_str())),
                        simple_quote_literal(user)
                    );
                    let lists = (old.umoptions.as_slice(), new.umoptions.as_slice());
                    return self.change_options(key, (a, b), sql, &array, lists);
                }
            }
            "text search dictionary" if only(&["options"]) => {
                let (old, new) = (
                    self.from.catalog.get::<PgTsDict>(a.address.object).cloned(),
                    self.to.catalog.get::<PgTsDict>(b.address.object).cloned(),
                );
                if let (Some(old), Some(new)) = (old, new) {
                    let options = dictionary_options(&old, &new);
                    let sql = vec![format!("ALTER TEXT SEARCH DICTIONARY {name} ({options});")];
                    return self.change(
                        key,
                        a,
                        b,
                        sql,
                        Risk::Medium,
                        "stored vectors stay as they are",
                    );
                }
            }
            "text search configuration" if only(&["mappings"]) => {
                let sql = self.mapping_changes(&name, a, b);
                return self.change(
                    key,
                    a,
                    b,
                    sql,
                    Risk::Medium,
                    "stored vectors stay as they are",
                );
            }
            "subscription" if only(&["enabled", "publications"]) => {
                return self.alter_subscription(key, a, b, &rest);
            }
            "aggregate"
                if !rest
                    .iter()
                    .any(|fact| matches!(*fact, "returns" | "kind" | "direct arguments")) =>
            {
                let printed = self.to.print(b.address);
                let sql: Vec<String> =
                    super::split::statements(printed.first().map_or("", |entry| &entry.made))
                        .into_iter()
                        .map(|one| {
                            one.replacen("CREATE AGGREGATE", "CREATE OR REPLACE AGGREGATE", 1)
                        })
                        .collect();
                return self.change(key, a, b, sql, Risk::Low, "queries from here on");
            }
            "operator" if only(&["restriction", "join"]) => {
                let row = self.to.catalog.get::<PgOperator>(b.address.object).cloned();
                if let Some(row) = row {
                    let function = |oid: Oid| {
                        self.to.catalog.get::<PgProc>(oid).map_or("NONE".to_string(), |row| {
                            format!(
                                "{}.{}",
                                quote_identifier(self.to.parts.deparse().schema(row.pronamespace)),
                                quote_identifier(&row.proname)
                            )
                        })
                    };
                    let sql = vec![format!(
                        "ALTER OPERATOR {name} SET (RESTRICT = {}, JOIN = {});",
                        function(row.oprrest),
                        function(row.oprjoin)
                    )];
                    return self.change(key, a, b, sql, Risk::Low, "plans from here on");
                }
            }
            _ => {} // made again
        }
        self.replace(key, a, b, &format!("ALTER cannot change its {}", rest.join(", ")));
    }

    fn change(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        sql: Vec<String>,
        risk: Risk,
        why: &str,
    ) {
        if !sql.is_empty() {
            let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
            self.risk(at, risk, why);
        }
    }

    /// ALTER … OPTIONS, with the question that tells whether it was done.
    fn change_options(
        &mut self,
        key: &Key,
        (a, b): (&Portrait, &Portrait),
        sql: String,
        array: &str,
        (old, new): (&[Pair], &[Pair]),
    ) {
        let at = self.alter_step(Stage::Replacements, key, a.address, b.address, vec![sql]);
        self.risk(at, Risk::Medium, "connections from here on");
        self.only_if(at, super::options::generic_condition(array, old, new));
    }

    fn alter_extension(&mut self, key: &Key, a: &Portrait, b: &Portrait, facts: &[&'static str]) {
        let Some(row) = self.to.catalog.get::<PgExtension>(b.address.object).cloned() else {
            return;
        };
        let name = &key.owner.name;
        for fact in facts {
            let sql = match *fact {
                "schema" => {
                    let schema = quote_identifier(self.to.parts.deparse().schema(row.extnamespace));
                    format!("ALTER EXTENSION {name} SET SCHEMA {schema};")
                }
                "version" => {
                    let version = simple_quote_literal(&row.extversion);
                    format!("ALTER EXTENSION {name} UPDATE TO {version};")
                }
                other => {
                    self.leave(key, other, "there is no statement that changes this in place");
                    continue;
                }
            };
            self.change(key, a, b, vec![sql], Risk::Medium, "its objects change with it");
        }
    }

    fn is_for_all_tables(&self, a: &Portrait, b: &Portrait) -> bool {
        let all = |catalog: &Catalog, oid| {
            catalog.get::<PgPublication>(oid).is_some_and(|row| row.puballtables)
        };
        all(self.from.catalog, a.address.object) != all(self.to.catalog, b.address.object)
    }

    fn alter_publication(&mut self, key: &Key, a: &Portrait, b: &Portrait, facts: &[&'static str]) {
        let Some(row) = self.to.catalog.get::<PgPublication>(b.address.object).cloned() else {
            return;
        };
        let name = &key.owner.name;
        if facts.iter().any(|fact| *fact != "of") {
            let kinds = [
                (row.pubinsert, "insert"),
                (row.pubupdate, "update"),
                (row.pubdelete, "delete"),
                (row.pubtruncate, "truncate"),
            ];
            let kinds: Vec<&str> =
                kinds.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
            let mut sql = format!(
                "ALTER PUBLICATION {name} SET (publish = '{}', publish_via_partition_root = {}",
                kinds.join(", "),
                row.pubviaroot
            );
            if self.to.catalog.version().major() >= 18 {
                let stored = if row.pubgencols == b's' { "stored" } else { "none" };
                sql.push_str(&format!(", publish_generated_columns = {stored}"));
            }
            self.change(
                key,
                a,
                b,
                vec![format!("{sql});")],
                Risk::Medium,
                "subscribers get other changes from here on",
            );
        }
        if !facts.contains(&"of") {
            return;
        }
        let old = self.publication_members(true, a.address.object);
        let new = self.publication_members(false, b.address.object);
        let start = format!("ALTER PUBLICATION {name}");
        for (member, text, address, _) in &old {
            if !new.iter().any(|(other, same, ..)| other == member && same == text) {
                let sql = vec![format!("{start} DROP {member};")];
                let at = self.alter_step(Stage::Replacements, key, a.address, b.address, sql);
                self.steps[at].old.push(*address);
                self.dropped.insert(*address, at);
                self.risk(at, Risk::Medium, "subscribers no longer get its rows");
            }
        }
        for (member, text, address, sql) in new {
            if old.iter().any(|(other, same, ..)| *other == member && *same == text) {
                continue;
            }
            let at = self.alter_step(Stage::Additions, key, a.address, b.address, vec![sql]);
            self.steps[at].new.push(address);
            self.made.entry(address).or_default().push(at);
            let earlier = self.altered.get(&a.address).cloned().unwrap_or_default();
            for earlier in earlier.into_iter().filter(|earlier| *earlier < at) {
                self.edges.push((earlier, at));
            }
            self.risk(at, Risk::Medium, "subscribers get its rows after they refresh");
        }
    }

    /// The members of a publication: what DROP names, what distinguishes them, and the statement that adds them.
    fn publication_members(
        &mut self,
        from: bool,
        publication: Oid,
    ) -> Vec<(String, String, ObjectAddress, String)> {
        let side = if from { &mut self.from } else { &mut self.to };
        let catalog = side.catalog;
        let mut members = Vec::new();
        for row in catalog.iter::<PgPublicationRel>().filter(|row| row.prpubid == publication) {
            let printed = side.parts.print(Kind::PublicationRel, row.oid, row.prrelid);
            let Some(text) = printed.first().map(|entry| entry.made.trim().to_string()) else {
                continue;
            };
            let name = format!("TABLE {}", side.relation(row.prrelid));
            let address = ObjectAddress::new(Class::PublicationRel, row.oid);
            members.push((name, text.clone(), address, text));
        }
        for row in catalog.iter::<PgPublicationNamespace>().filter(|row| row.pnpubid == publication)
        {
            let printed = side.parts.print(Kind::PublicationNamespace, row.oid, row.pnnspid);
            let Some(text) = printed.first().map(|entry| entry.made.trim().to_string()) else {
                continue;
            };
            let schema = quote_identifier(side.parts.deparse().schema(row.pnnspid)).into_owned();
            let address = ObjectAddress::new(Class::PublicationNamespace, row.oid);
            members.push((format!("TABLES IN SCHEMA {schema}"), text.clone(), address, text));
        }
        members
    }

    fn alter_subscription(
        &mut self,
        key: &Key,
        a: &Portrait,
        b: &Portrait,
        facts: &[&'static str],
    ) {
        let Some(row) = self.to.catalog.get::<PgSubscription>(b.address.object).cloned() else {
            return;
        };
        let name = &key.owner.name;
        let mut sql = Vec::new();
        if facts.contains(&"publications") {
            let list: Vec<String> =
                row.subpublications.iter().map(|one| quote_identifier(one).into_owned()).collect();
            sql.push(format!(
                "ALTER SUBSCRIPTION {name} SET PUBLICATION {} WITH (refresh = false);",
                list.join(", ")
            ));
        }
        if facts.contains(&"enabled") {
            let word = if row.subenabled { "ENABLE" } else { "DISABLE" };
            sql.push(format!("ALTER SUBSCRIPTION {name} {word};"));
        }
        self.change(key, a, b, sql, Risk::High, "other rows arrive, or none");
    }

    fn mapping_changes(&self, name: &str, a: &Portrait, b: &Portrait) -> Vec<String> {
        let rows = |catalog: &Catalog, oid| {
            catalog.get::<PgTsConfig>(oid).map(|row| row.mappings.clone()).unwrap_or_default()
        };
        let dictionaries = |catalog: &Catalog, oids: &[Oid]| {
            let one = |oid: &Oid| {
                catalog.get::<PgTsDict>(*oid).map_or(String::new(), |row| {
                    let schema = catalog.get::<PgNamespace>(row.dictnamespace);
                    format!(
                        "{}.{}",
                        quote_identifier(schema.map_or("", |schema| schema.nspname.as_str())),
                        quote_identifier(&row.dictname)
                    )
                })
            };
            oids.iter().map(one).collect::<Vec<_>>().join(", ")
        };
        let old = rows(self.from.catalog, a.address.object);
        let new = rows(self.to.catalog, b.address.object);
        let start = format!("ALTER TEXT SEARCH CONFIGURATION {name}");
        let mut sql = Vec::new();
        for (token, _) in &old {
            if !new.iter().any(|(other, _)| other == token) {
                sql.push(format!("{start} DROP MAPPING FOR {};", quote_identifier(token)));
            }
        }
        for (token, list) in &new {
            let list = dictionaries(self.to.catalog, list);
            let word = match old.iter().find(|(other, _)| other == token) {
                None => "ADD",
                Some((_, before)) if dictionaries(self.from.catalog, before) == list => continue,
                Some(_) => "ALTER",
            };
            sql.push(format!(
                "{start} {word} MAPPING FOR {} WITH {list};",
                quote_identifier(token)
            ));
        }
        sql
    }

    /// A publication with its members.
    pub(super) fn create_publication(&mut self, new: ObjectAddress) {
        let at = self.create_plain(Kind::Publication, new);
        for (_, _, address, sql) in self.publication_members(false, new.object) {
            let place = self.to.place(Kind::Publication, new.object);
            let object = self.to.label(new);
            let step = self.make_step(Stage::Additions, object, address, place + 1, vec![sql]);
            self.edges.push((at, step));
        }
    }

    /// Objects that the dump prints with others: user mappings.
    pub(super) fn create_shared(&mut self, new: ObjectAddress) {
        if new.class == Class::PublicationRel {
            let Some(row) = self.to.catalog.get::<PgPublicationRel>(new.object).cloned() else {
                return;
            };
            let printed = self.to.parts.print(Kind::PublicationRel, row.oid, row.prrelid);
            let place = self.to.place(Kind::PublicationRel, row.oid);
            let object = self.to.label(new);
            self.make_step(Stage::Additions, object, new, place, made(&printed));
            return;
        }
        let Some(row) = self.to.catalog.get::<PgUserMapping>(new.object).cloned() else { return };
        let server = ObjectAddress::new(Class::ForeignServer, row.umserver);
        if self.made.get(&server).is_some_and(|made| {
            made.iter().any(|step| self.steps[*step].verb == super::Verb::Create)
        }) || !self.was_there(server)
        {
            return; // printed with its server
        }
        let options = super::options::generic(&[], &row.umoptions);
        let options =
            options.map_or(String::new(), |options| format!(" {}", options.replace("ADD ", "")));
        let sql = vec![format!("CREATE {}{options};", self.mapping(&row))];
        let object = self.to.label(new);
        self.make_step(Stage::Access, object, new, 0, sql);
    }

    fn mapping(&self, row: &PgUserMapping) -> String {
        mapping(self.to.catalog, row)
    }

    /// How an object that the dump does not drop by itself is taken away.
    pub(super) fn drop_shared(&mut self, old: ObjectAddress) -> Option<Vec<String>> {
        match old.class {
            Class::UserMapping => {
                let row = self.from.catalog.get::<PgUserMapping>(old.object)?;
                Some(vec![format!("DROP {};", mapping(self.from.catalog, row))])
            }
            Class::PublicationRel => {
                let row = self.from.catalog.get::<PgPublicationRel>(old.object)?;
                let publication = self.from.catalog.get::<PgPublication>(row.prpubid)?;
                let name = quote_identifier(&publication.pubname);
                let table = self.from.relation(row.prrelid);
                Some(vec![format!("ALTER PUBLICATION {name} DROP TABLE {table};")])
            }
            Class::DefaultAcl => {
                let printed = self.from.print(old);
                Some(super::privileges::taken_back(&made(&printed)))
            }
            Class::Relation if self.from.class(old.object).is_some_and(|c| c.relkind == b'v') => {
                Some(vec![format!(
                    "DROP VIEW {};",
                    self.from.relation(relation(old.object).object)
                )])
            }
            _ => None, // its entry of the dump says how
        }
    }
}

/// `USER MAPPING FOR role SERVER server`.
fn mapping(catalog: &Catalog, row: &PgUserMapping) -> String {
    let user = match catalog.get::<PgAuthid>(row.umuser) {
        Some(role) => quote_identifier(&role.rolname).into_owned(),
        None => "PUBLIC".to_string(),
    };
    let server = catalog.get::<PgForeignServer>(row.umserver);
    let server = server.map_or(String::new(), |row| quote_identifier(&row.srvname).into_owned());
    format!("USER MAPPING FOR {user} SERVER {server}")
}

/// What ALTER TEXT SEARCH DICTIONARY lists: new values, and names alone of what goes.
fn dictionary_options(old: &PgTsDict, new: &PgTsDict) -> String {
    let split = |text: &Option<std::sync::Arc<str>>| -> Vec<(String, String)> {
        let text = text.as_deref().unwrap_or("");
        let mut parts = Vec::new();
        let (mut start, mut quoted) = (0, false);
        for (at, c) in text.char_indices() {
            match c {
                '\'' => quoted = !quoted,
                ',' if !quoted => {
                    parts.push(&text[start..at]);
                    start = at + 1;
                }
                _ => {} // a part of an option
            }
        }
        parts.push(&text[start..]);
        parts
            .into_iter()
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.trim().to_string(), value.trim().to_string()))
            .collect()
    };
    let (old, new) = (split(&old.dictinitoption), split(&new.dictinitoption));
    let mut list: Vec<String> = new
        .iter()
        .filter(|pair| !old.contains(pair))
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let gone = old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    list.extend(gone.map(|(name, _)| name.clone()));
    list.join(", ")
}

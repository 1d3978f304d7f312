//! Schemas, extensions, publications, subscriptions, event triggers.

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

impl Dump<'_> {
    /// PostgreSQL: dumpNamespace.
    pub(super) fn namespace(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgNamespace>(oid).cloned() else { return };
        let name = quote_identifier(&row.nspname).into_owned();
        let owner = self.role(row.nspowner);
        // Before 15 nothing but its privileges is printed; named in --schema it is like any other.
        let public = row.nspname == "public" && self.options.schemas.is_empty();
        if public && self.catalog.version().major() < 15 {
            return self.namespace_acl(&row);
        }
        let initial_owner = owner == "pg_database_owner";
        if !public || !initial_owner {
            let create = !public;
            self.archive.add(Entry {
                tag: row.nspname.to_string(),
                desc: "SCHEMA",
                owner: Some(owner.clone()),
                defn: if create {
                    format!("CREATE SCHEMA {name};\n")
                } else {
                    "-- *not* creating schema, since initdb creates it\n".to_string()
                },
                drop: if create {
                    format!("DROP SCHEMA {name};\n")
                } else {
                    "-- *not* dropping schema, since initdb creates it\n".to_string()
                },
                owned: Some(format!("SCHEMA {name}")),
                ..Entry::default()
            });
        }
        let address = ObjectAddress::new(Class::Namespace, oid);
        let comment = self.catalog.comment(address).cloned();
        let what = Commented {
            kind: "SCHEMA",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: false,
        };
        // pg_dump compares the quoted name.
        let public = public && name == "public";
        match comment.as_deref() {
            Some("standard public schema") if public => {}
            Some(text) => self.comment_text(text, what),
            None if public => self.comment_text("", what),
            None => {}
        }
        self.namespace_acl(&row);
    }

    /// PostgreSQL: dumpExtension.
    pub(super) fn extension(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgExtension>(oid).cloned() else { return };
        let name = quote_identifier(&row.extname).into_owned();
        let schema = quote_identifier(self.deparse.schema(row.extnamespace)).into_owned();
        self.archive.add(Entry {
            tag: row.extname.to_string(),
            desc: "EXTENSION",
            defn: format!("CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA {schema};\n"),
            drop: format!("DROP EXTENSION {name};\n"),
            ..Entry::default()
        });
        let what = Commented {
            kind: "EXTENSION",
            name: &name,
            namespace: None,
            owner: "",
            post_data: false,
        };
        self.comment(Class::Extension, oid, what);
    }

    /// PostgreSQL: dumpPublication.
    pub(super) fn publication(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgPublication>(oid).cloned() else { return };
        let name = quote_identifier(&row.pubname).into_owned();
        let mut text = format!("CREATE PUBLICATION {name}");
        text.push_str(if row.puballtables { " FOR ALL TABLES" } else { "" });
        let published: Vec<&str> = [
            (row.pubinsert, "insert"),
            (row.pubupdate, "update"),
            (row.pubdelete, "delete"),
            (row.pubtruncate, "truncate"),
        ]
        .iter()
        .filter(|(on, _)| *on)
        .map(|(_, word)| *word)
        .collect();
        text.push_str(&format!(" WITH (publish = '{}'", published.join(", ")));
        text.push_str(if row.pubviaroot { ", publish_via_partition_root = true" } else { "" });
        text.push_str(if row.pubgencols == b's' {
            ", publish_generated_columns = stored"
        } else {
            ""
        });
        text.push_str(");\n");
        let owner = self.role(row.pubowner);
        self.archive.add(Entry {
            tag: row.pubname.to_string(),
            desc: "PUBLICATION",
            owner: Some(owner.clone()),
            post_data: true,
            defn: text,
            drop: format!("DROP PUBLICATION {name};\n"),
            owned: Some(format!("PUBLICATION {name}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "PUBLICATION",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: true,
        };
        self.comment(Class::Publication, oid, what);
    }

    /// PostgreSQL: dumpPublicationTable.
    pub(super) fn publication_rel(&mut self, oid: Oid, relid: Oid) {
        let Some(row) = self.catalog.get::<PgPublicationRel>(oid).cloned() else { return };
        let Some(publication) = self.catalog.get::<PgPublication>(row.prpubid).cloned() else {
            return;
        };
        let Some(class) = self.catalog.get::<PgClass>(relid).cloned() else { return };
        let name = quote_identifier(&publication.pubname).into_owned();
        let table = self.relation(relid);
        let mut text = format!("ALTER PUBLICATION {name} ADD TABLE ONLY {table}");
        if let Some(columns) = &row.prattrs {
            let names: Vec<String> = columns
                .iter()
                .filter_map(|attnum| class.attribute(*attnum))
                .map(|a| quote_identifier(&a.attname).into_owned())
                .collect();
            text.push_str(&format!(" ({})", names.join(", ")));
        }
        if let Some(qual) = &row.prqual {
            text.push_str(&format!(" WHERE ({})", self.deparse.expression(qual, relid, true)));
        }
        text.push_str(";\n");
        self.archive.add(Entry {
            tag: format!("{} {}", publication.pubname, class.relname),
            desc: "PUBLICATION TABLE",
            namespace: Some(self.deparse.schema(class.relnamespace).to_string()),
            owner: Some(self.role(publication.pubowner)),
            post_data: true,
            defn: text,
            ..Entry::default()
        });
    }

    /// PostgreSQL: dumpPublicationNamespace.
    pub(super) fn publication_namespace(&mut self, oid: Oid, namespace: Oid) {
        let Some(row) = self.catalog.get::<PgPublicationNamespace>(oid).cloned() else { return };
        let Some(publication) = self.catalog.get::<PgPublication>(row.pnpubid).cloned() else {
            return;
        };
        let schema = self.deparse.schema(namespace).to_string();
        let name = quote_identifier(&publication.pubname).into_owned();
        self.archive.add(Entry {
            tag: format!("{} {schema}", publication.pubname),
            desc: "PUBLICATION TABLES IN SCHEMA",
            namespace: Some(schema.clone()),
            owner: Some(self.role(publication.pubowner)),
            post_data: true,
            defn: format!(
                "ALTER PUBLICATION {name} ADD TABLES IN SCHEMA {};\n",
                quote_identifier(&schema)
            ),
            ..Entry::default()
        });
    }

    /// PostgreSQL: dumpSubscription.
    pub(super) fn subscription(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgSubscription>(oid).cloned() else { return };
        let name = quote_identifier(&row.subname).into_owned();
        let publications: Vec<String> =
            row.subpublications.iter().map(|p| quote_identifier(p).into_owned()).collect();
        let slot = match &row.subslotname {
            Some(slot) => simple_quote_literal(slot),
            None => "NONE".to_string(),
        };
        let mut text = format!(
            "CREATE SUBSCRIPTION {name} CONNECTION {} PUBLICATION {} WITH (connect = false, slot_name = {slot}",
            simple_quote_literal(&row.subconninfo),
            publications.join(", ")
        );
        text.push_str(&self.subscription_options(&row));
        text.push_str(");\n");
        let owner = self.role(row.subowner);
        self.archive.add(Entry {
            tag: row.subname.to_string(),
            desc: "SUBSCRIPTION",
            owner: Some(owner.clone()),
            post_data: true,
            defn: text,
            drop: format!("DROP SUBSCRIPTION {name};\n"),
            owned: Some(format!("SUBSCRIPTION {name}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "SUBSCRIPTION",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: true,
        };
        self.comment(Class::Subscription, oid, what);
    }

    /// What is not the default, in pg_dump's order.
    fn subscription_options(&self, row: &PgSubscription) -> String {
        let major = self.catalog.version().major();
        let value = |name: &str| {
            let found = row.suboptions.iter().find(|(option, _)| option.as_str() == name);
            found.map(|(_, value)| value.to_ascii_lowercase())
        };
        let is_on = |value: &str| matches!(value, "true" | "on" | "yes" | "1" | "t");
        let on = |name: &str| value(name).is_some_and(|value| is_on(&value));
        let mut text = String::new();
        text.push_str(if on("binary") { ", binary = true" } else { "" });
        text.push_str(match value("streaming").as_deref() {
            Some("parallel") => ", streaming = parallel",
            Some(value) if is_on(value) => ", streaming = on",
            Some(_) if major >= 18 => ", streaming = off",
            None if major >= 18 => ", streaming = parallel",
            Some(_) | None => "",
        });
        text.push_str(if on("two_phase") { ", two_phase = on" } else { "" });
        text.push_str(if on("disable_on_error") { ", disable_on_error = true" } else { "" });
        if value("password_required").is_some_and(|value| !is_on(&value)) {
            text.push_str(", password_required = false");
        }
        text.push_str(if on("run_as_owner") { ", run_as_owner = true" } else { "" });
        text.push_str(if on("failover") { ", failover = true" } else { "" });
        if let Some(commit) = value("synchronous_commit").filter(|value| value != "off") {
            text.push_str(&format!(", synchronous_commit = {}", quote_identifier(&commit)));
        }
        if let Some(origin) = value("origin").filter(|value| value != "any") {
            text.push_str(&format!(", origin = {origin}"));
        }
        text
    }

    /// PostgreSQL: dumpEventTrigger.
    pub(super) fn event_trigger(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgEventTrigger>(oid).cloned() else { return };
        let name = quote_identifier(&row.evtname).into_owned();
        let mut text =
            format!("CREATE EVENT TRIGGER {name} ON {}", quote_identifier(&row.evtevent));
        if let Some(tags) = row.evttags.as_ref().filter(|tags| !tags.is_empty()) {
            let tags: Vec<String> = tags.iter().map(|tag| simple_quote_literal(tag)).collect();
            text.push_str(&format!("\n         WHEN TAG IN ({})", tags.join(", ")));
        }
        let function = self.catalog.get::<PgProc>(row.evtfoid).map(|proc| {
            let schema = self.deparse.schema(proc.pronamespace);
            crate::pg::name::quote_qualified_identifier(Some(schema), &proc.proname)
        });
        text.push_str(&format!("\n   EXECUTE FUNCTION {}();\n", function.unwrap_or_default()));
        let word = match row.evtenabled {
            b'D' => "DISABLE",
            b'A' => "ENABLE ALWAYS",
            b'R' => "ENABLE REPLICA",
            _ => "", // 'O'
        };
        if !word.is_empty() {
            text.push_str(&format!("\nALTER EVENT TRIGGER {name} {word};\n"));
        }
        let owner = self.role(row.evtowner);
        self.archive.add(Entry {
            tag: row.evtname.to_string(),
            desc: "EVENT TRIGGER",
            owner: Some(owner.clone()),
            post_data: true,
            defn: text,
            drop: format!("DROP EVENT TRIGGER {name};\n"),
            owned: Some(format!("EVENT TRIGGER {name}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "EVENT TRIGGER",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: true,
        };
        self.comment(Class::EventTrigger, oid, what);
    }
}

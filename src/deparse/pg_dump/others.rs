//! Schemas, extensions, publications, subscriptions, event triggers.

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::pg::name::quote_identifier;
use crate::pg::oid::{Oid, fixed};

impl Dump<'_> {
    /// PostgreSQL: dumpNamespace.
    pub(super) fn namespace(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgNamespace>(oid).cloned() else { return };
        let name = quote_identifier(&row.nspname).into_owned();
        let owner = self.role(row.nspowner);
        let public = row.nspname == "public";
        let initial_owner = if self.catalog.version().major() >= 15 {
            owner == "pg_database_owner"
        } else {
            row.nspowner == fixed::BOOTSTRAP_SUPERUSERID
        };
        if !public || !initial_owner {
            let create = !public;
            self.archive.add(Entry {
                tag: row.nspname.to_string(),
                desc: "SCHEMA",
                owner: owner.clone(),
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
            owner: owner.clone(),
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
            owner: self.role(publication.pubowner),
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
            owner: self.role(publication.pubowner),
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
        for (option, value) in &row.suboptions {
            text.push_str(&format!(", {option} = {value}"));
        }
        text.push_str(");\n");
        let owner = self.role(row.subowner);
        self.archive.add(Entry {
            tag: row.subname.to_string(),
            desc: "SUBSCRIPTION",
            owner: owner.clone(),
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
            owner: owner.clone(),
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

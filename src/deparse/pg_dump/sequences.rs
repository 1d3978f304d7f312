//! Sequences and identity columns (PostgreSQL: dumpSequence).

use std::sync::Arc;

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};

impl Dump<'_> {
    /// The column that owns the sequence, and whether as its identity.
    fn owning_column(&self, oid: Oid) -> Option<(Oid, i16, bool)> {
        self.catalog.depend().references_of(ObjectAddress::new(Class::Relation, oid)).find_map(
            |entry| {
                let identity = match entry.kind {
                    DependType::Auto => false,
                    DependType::Internal => true,
                    _ => return None, // no ownership
                };
                let column = i16::try_from(entry.referenced.sub).ok().filter(|sub| *sub > 0)?;
                (entry.referenced.class == Class::Relation).then_some((
                    entry.referenced.object,
                    column,
                    identity,
                ))
            },
        )
    }

    /// PostgreSQL: dumpSequence.
    pub(super) fn sequence(&mut self, class: &PgClass) {
        let Some(row) = self.catalog.get::<PgSequence>(class.oid).cloned() else { return };
        let qualified = self.relation(class.oid);
        let owning = self.owning_column(class.oid).and_then(|(table, column, identity)| {
            let table = self.catalog.get::<PgClass>(table)?.clone();
            let column = table.attribute(column)?.attname.clone();
            Some((table, column, identity))
        });
        let (limit, typname) = match row.seqtypid {
            fixed::INT2OID => ((i64::from(i16::MIN), i64::from(i16::MAX)), Some("smallint")),
            fixed::INT4OID => ((i64::from(i32::MIN), i64::from(i32::MAX)), Some("integer")),
            _ => ((i64::MIN, i64::MAX), None), // bigint
        };
        let mut text = String::new();
        let identity = owning.as_ref().filter(|(_, _, identity)| *identity);
        if let Some((table, column, _)) = identity {
            let always = table.attribute_named(column).is_some_and(|a| a.attidentity == b'a');
            let kind = if always { "ALWAYS" } else { "BY DEFAULT" };
            text.push_str(&format!(
                "ALTER TABLE {} ALTER COLUMN {} ADD GENERATED {kind} AS IDENTITY (\n    SEQUENCE NAME {qualified}\n",
                self.relation(table.oid),
                quote_identifier(column),
            ));
            if table.relpersistence != class.relpersistence {
                let word = if class.relpersistence == b'u' { "UNLOGGED" } else { "LOGGED" };
                text.push_str(&format!("    {word}\n"));
            }
        } else {
            let unlogged = if class.relpersistence == b'u' { "UNLOGGED " } else { "" };
            text.push_str(&format!("CREATE {unlogged}SEQUENCE {qualified}\n"));
            if let Some(typname) = typname {
                text.push_str(&format!("    AS {typname}\n"));
            }
        }
        let ascending = row.seqincrement >= 0;
        let (default_min, default_max) = if ascending { (1, limit.1) } else { (limit.0, -1) };
        text.push_str(&format!(
            "    START WITH {}\n    INCREMENT BY {}\n",
            row.seqstart, row.seqincrement
        ));
        for (word, value, default) in
            [("MINVALUE", row.seqmin, default_min), ("MAXVALUE", row.seqmax, default_max)]
        {
            let line = if value == default {
                format!("    NO {word}\n")
            } else {
                format!("    {word} {value}\n")
            };
            text.push_str(&line);
        }
        text.push_str(&format!("    CACHE {}", row.seqcache));
        text.push_str(if row.seqcycle { "\n    CYCLE" } else { "" });
        text.push_str(if identity.is_some() { "\n);\n" } else { ";\n" });
        self.sequence_entries(class, text, &qualified, owning);
    }

    fn sequence_entries(
        &mut self,
        class: &PgClass,
        text: String,
        qualified: &str,
        owning: Option<(Arc<PgClass>, Name, bool)>,
    ) {
        let schema = self.deparse.schema(class.relnamespace).to_string();
        let owner = self.role(class.relowner);
        let identity = owning.as_ref().is_some_and(|(_, _, identity)| *identity);
        self.archive.add(Entry {
            tag: class.relname.to_string(),
            desc: "SEQUENCE",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            defn: text,
            drop: if identity { String::new() } else { format!("DROP SEQUENCE {qualified};\n") },
            owned: (!identity).then(|| format!("SEQUENCE {qualified}")),
            ..Entry::default()
        });
        if let Some((table, column, false)) = &owning {
            let table = self.relation(table.oid);
            let column = quote_identifier(column);
            self.archive.add(Entry {
                tag: class.relname.to_string(),
                desc: "SEQUENCE OWNED BY",
                namespace: Some(schema.clone()),
                owner: Some(owner.clone()),
                defn: format!("ALTER SEQUENCE {qualified} OWNED BY {table}.{column};\n"),
                ..Entry::default()
            });
        }
        let name = quote_identifier(&class.relname).into_owned();
        let what = Commented {
            kind: "SEQUENCE",
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::Relation, class.oid, what);
    }
}

//! Tables, views, materialized views, sequences, foreign tables: the relations as wholes.

use super::{Drawing, Owner, Portrait, options_text};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    PartitionBound, PgAttrdef, PgAttribute, PgClass, PgForeignServer, PgForeignTable, PgInherits,
    PgPartitionedTable, PgRewrite, PgSequence, PgTablespace, PgType, RangeDatum,
};
use crate::diff::canon;
use crate::pg::oid::{Oid, fixed};

impl Drawing<'_> {
    pub(super) fn relations(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgClass>().cloned().collect();
        for row in &rows {
            if !self.is_own(Class::Relation, row.oid) || row.relpersistence == b't' {
                continue;
            }
            match row.relkind {
                b'r' | b'p' | b'f' => self.table(row),
                b'v' => self.view(row, "view"),
                b'm' => self.view(row, "materialized view"),
                b'S' => self.sequence(row),
                _ => {} // indexes go with their tables, composite types with types, TOAST with nothing
            }
        }
    }

    fn table(&mut self, row: &PgClass) {
        let kind = if row.relkind == b'f' { "foreign table" } else { "table" };
        let owner = Owner { kind, name: self.names.relation(row.oid) };
        let mut portrait = Portrait::new(ObjectAddress::new(Class::Relation, row.oid), "");
        portrait.fact("kept", persistence(row.relpersistence));
        portrait.fact("partitioned", self.partition_key(row));
        portrait.fact("inherits", self.parents(row.oid));
        if let Some(bound) = &row.relpartbound {
            portrait.fact("bound", self.partition_bound(bound));
        }
        portrait.flag("row security", row.relrowsecurity);
        portrait.flag("forced row security", row.relforcerowsecurity);
        if row.relreplident != 0 {
            portrait.fact("replica identity", char::from(row.relreplident).to_string());
        }
        if row.reloftype.is_valid() {
            portrait.fact("of type", self.names.plain_type(row.reloftype));
        }
        portrait.fact("options", options_text(&row.reloptions));
        portrait.fact("TOAST options", options_text(&row.toast_reloptions));
        if row.relam.is_valid() && row.relam != fixed::HEAP_TABLE_AM_OID {
            portrait.fact("access method", self.names.access_method(row.relam));
        }
        self.tablespace(&mut portrait, row);
        if let Some(foreign) = self.catalog.get::<PgForeignTable>(row.oid) {
            let server = self.catalog.get::<PgForeignServer>(foreign.ftserver);
            portrait.fact("server", server.map_or("?", |server| server.srvname.as_str()));
            portrait.fact("foreign options", options_text(&foreign.ftoptions));
        }
        self.common(&mut portrait, row.relowner, &row.relacl);
        self.add(owner.kind, owner.name.clone(), portrait);
        self.columns(&owner, row);
        self.constraints_of(&owner, row.oid);
        self.indexes_of(&owner, row.oid);
        self.triggers_of(&owner, row.oid);
        self.policies_of(&owner, row.oid);
        self.rules_of(&owner, row.oid);
        self.statistics_of(&owner, row.oid);
    }

    fn view(&mut self, row: &PgClass, kind: &'static str) {
        let owner = Owner { kind, name: self.names.relation(row.oid) };
        let rule = self.catalog.find::<PgRewrite>(&row.oid).filter(|rule| rule.ev_type == b'1');
        let mut portrait = Portrait::new(ObjectAddress::new(Class::Relation, row.oid), "");
        let columns: Vec<String> = row
            .live_attributes()
            .map(|column| {
                format!(
                    "{} {}",
                    column.attname,
                    self.names.type_(column.atttypid, column.atttypmod)
                )
            })
            .collect();
        portrait.fact("columns", columns.join(", "));
        let query = rule.and_then(|rule| rule.ev_action.first());
        portrait.fact(
            "query",
            query.map_or_else(|| "?".into(), |query| canon::of_query(self.names, query)),
        );
        portrait.fact("options", options_text(&row.reloptions));
        if row.relkind == b'm' {
            portrait.fact("TOAST options", options_text(&row.toast_reloptions));
            if row.relam.is_valid() && row.relam != fixed::HEAP_TABLE_AM_OID {
                portrait.fact("access method", self.names.access_method(row.relam));
            }
            self.tablespace(&mut portrait, row);
        }
        self.view_columns(&mut portrait, row);
        self.common(&mut portrait, row.relowner, &row.relacl);
        self.add(owner.kind, owner.name.clone(), portrait);
        self.indexes_of(&owner, row.oid);
        self.triggers_of(&owner, row.oid);
        self.rules_of(&owner, row.oid);
        self.statistics_of(&owner, row.oid);
    }

    /// Defaults, storage, comments and privileges of a view's columns.
    fn view_columns(&self, portrait: &mut Portrait, row: &PgClass) {
        let (mut defaults, mut storage, mut privileges) = (Vec::new(), Vec::new(), Vec::new());
        for column in row.live_attributes() {
            let name = &column.attname;
            if let Some(default) = self.catalog.get::<PgAttrdef>(column.attdef) {
                let text = canon::of_relation(self.names, row.oid, &default.adbin);
                defaults.push(format!("{name}: {text}"));
            }
            if let Some(text) = self.kept_otherwise(column).filter(|_| row.relkind == b'm') {
                storage.push(format!("{name}: {text}"));
            }
            if self.options.grants && column.attacl.is_some() {
                let text = super::grants::of_column(self.names, &column.attacl);
                privileges.push(format!("{name}: {text}"));
            }
        }
        for (fact, list) in [
            ("columns' defaults", defaults),
            ("columns' storage", storage),
            ("columns' privileges", privileges),
        ] {
            if !list.is_empty() {
                portrait.fact(fact, list.join("; "));
            }
        }
        self.column_comments(portrait, row);
    }

    /// How a materialized view's column is kept, where that is not its type's usual way.
    fn kept_otherwise(&self, column: &PgAttribute) -> Option<String> {
        let kind = self.catalog.get::<PgType>(column.atttypid);
        let mut words = Vec::new();
        if kind.is_some_and(|kind| kind.typstorage != column.attstorage) {
            words.push(format!("storage {}", char::from(column.attstorage)));
        }
        if column.attcompression != 0 {
            words.push(format!("compression {}", char::from(column.attcompression)));
        }
        if !column.attoptions.is_empty() {
            words.push(options_text(&column.attoptions));
        }
        if let Some(target) = column.attstattarget.filter(|target| *target >= 0) {
            words.push(format!("statistics {target}"));
        }
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// The comments on columns that are no parts of their own: a view's, a composite type's.
    pub(super) fn column_comments(&self, portrait: &mut Portrait, row: &PgClass) {
        let comments: Vec<String> = row
            .live_attributes()
            .filter_map(|column| {
                let address = ObjectAddress::column(row.oid, column.attnum);
                let text = self.catalog.comment(address)?;
                Some(format!("{}: {text}", column.attname))
            })
            .collect();
        if comments.is_empty() {
            return;
        }
        if self.options.comments {
            portrait.fact("columns' comments", comments.join("; "));
        } else {
            portrait.cosmetic("columns' comments", comments.join("; "));
        }
    }

    /// Where the rows lie, when that is not the database's own tablespace.
    pub(super) fn tablespace(&self, portrait: &mut Portrait, row: &PgClass) {
        if let Some(tablespace) = self.catalog.get::<PgTablespace>(row.reltablespace) {
            portrait.fact("tablespace", tablespace.spcname.to_string());
        }
    }

    fn sequence(&mut self, row: &PgClass) {
        let address = ObjectAddress::new(Class::Relation, row.oid);
        let mut owned_by = "none".to_string();
        for entry in self.catalog.depend().references_of(address) {
            if entry.referenced.class == Class::Relation && entry.referenced.sub > 0 {
                match entry.kind {
                    DependType::Internal => return, // an identity column's own
                    DependType::Auto => {
                        let table = entry.referenced.object;
                        let column = self.names.column(table, entry.referenced.sub as i16);
                        owned_by = format!("{}.{column}", self.names.relation(table));
                    }
                    _ => {} // other dependencies say nothing about ownership
                }
            }
        }
        let mut portrait = Portrait::new(address, "");
        if let Some(sequence) = self.catalog.get::<PgSequence>(row.oid) {
            portrait.fact("type", self.names.plain_type(sequence.seqtypid));
            portrait.fact("values", sequence_text(sequence));
        }
        portrait.fact("owned by", owned_by);
        portrait.fact("kept", persistence(row.relpersistence));
        self.common(&mut portrait, row.relowner, &row.relacl);
        self.add("sequence", self.names.relation(row.oid), portrait);
    }

    fn parents(&self, relation: Oid) -> String {
        let mut rows: Vec<_> = self.catalog.find_all::<PgInherits>(&relation).collect();
        rows.sort_by_key(|row| row.inhseqno);
        let parents: Vec<String> =
            rows.iter().map(|row| self.names.relation(row.inhparent)).collect();
        if parents.is_empty() { "no".to_string() } else { parents.join(", ") }
    }

    fn partition_key(&self, row: &PgClass) -> String {
        let Some(key) = self.catalog.get::<PgPartitionedTable>(row.oid) else {
            return "no".to_string();
        };
        let strategy = match key.partstrat {
            b'l' => "LIST",
            b'r' => "RANGE",
            _ => "HASH", // the third and last
        };
        let mut exprs = key.partexprs.iter();
        let parts: Vec<String> = key
            .partattrs
            .iter()
            .map(|attnum| match attnum {
                0 => exprs
                    .next()
                    .map_or_else(|| "?".into(), |e| canon::of_relation(self.names, row.oid, e)),
                _ => self.names.column(row.oid, *attnum), // a plain column
            })
            .enumerate()
            .map(|(at, text)| {
                let class =
                    key.partclass.get(at).map_or(String::new(), |oid| self.names.opclass(*oid));
                let collation = key.partcollation.get(at).copied().and_then(Oid::valid);
                let collation = collation.map_or(String::new(), |oid| self.names.collation(oid));
                format!("{text} {class} {collation}").trim_end().to_string()
            })
            .collect();
        format!("{strategy} ({})", parts.join(", "))
    }

    fn partition_bound(&self, bound: &PartitionBound) -> String {
        let datum = |datum: &RangeDatum| match datum {
            RangeDatum::MinValue => "MINVALUE".to_string(),
            RangeDatum::Value(expr) => canon::alone(self.names, expr),
            RangeDatum::MaxValue => "MAXVALUE".to_string(),
        };
        let range = |data: &[RangeDatum]| data.iter().map(datum).collect::<Vec<_>>().join(", ");
        match bound {
            PartitionBound::Default => "DEFAULT".to_string(),
            PartitionBound::List(values) => {
                let mut values: Vec<String> =
                    values.iter().map(|value| canon::alone(self.names, value)).collect();
                values.sort();
                format!("IN ({})", values.join(", "))
            }
            PartitionBound::Range { lower, upper } => {
                format!("FROM ({}) TO ({})", range(lower), range(upper))
            }
            PartitionBound::Hash { modulus, remainder } => {
                format!("MODULUS {modulus}, REMAINDER {remainder}")
            }
        }
    }
}

/// A sequence's numbers.
pub(super) fn sequence_text(sequence: &PgSequence) -> String {
    format!(
        "start {} increment {} minimum {} maximum {} cache {}{}",
        sequence.seqstart,
        sequence.seqincrement,
        sequence.seqmin,
        sequence.seqmax,
        sequence.seqcache,
        if sequence.seqcycle { " cycle" } else { "" }
    )
}

fn persistence(code: u8) -> &'static str {
    match code {
        b'u' => "unlogged",
        b't' => "temporary",
        _ => "permanently", // 'p'
    }
}

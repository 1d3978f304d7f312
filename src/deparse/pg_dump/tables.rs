//! Tables, defaults, attachments of partitions (PostgreSQL: dumpTableSchema).

use std::sync::Arc;

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::{reloptions, simple_quote_literal};
use crate::nodes::primnodes::Expr;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};

/// `name 'value', …` of foreign objects, by name.
pub(super) fn generic_options(options: &[(Arc<str>, Arc<str>)], separator: &str) -> String {
    let mut options = options.to_vec();
    options.sort();
    let one = |(name, value): &(Arc<str>, Arc<str>)| {
        format!("{} {}", quote_identifier(name), simple_quote_literal(value))
    };
    options.iter().map(one).collect::<Vec<_>>().join(separator)
}

/// A column's NOT NULL as it is printed.
pub(super) struct NotNull {
    name: Option<Name>,
    no_inherit: bool,
    local: bool,
}

impl Dump<'_> {
    /// PostgreSQL: dumpTable.
    pub(super) fn table(&mut self, oid: Oid) {
        let Some(class) = self.catalog.get::<PgClass>(oid).cloned() else { return };
        if class.relkind == b'S' {
            self.sequence(&class);
        } else {
            self.table_schema(&class);
        }
        self.table_acl(&class);
    }

    pub(super) fn tablespace(&self, oid: Oid) -> String {
        match self.catalog.get::<PgTablespace>(oid) {
            Some(row) if oid != fixed::DEFAULT_TABLESPACE_OID => row.spcname.to_string(),
            Some(_) | None => String::new(),
        }
    }

    fn table_schema(&mut self, class: &PgClass) {
        let qualified = self.relation(class.oid);
        let (word, defn) = match class.relkind {
            b'v' => ("VIEW", self.view_text(class, &qualified)),
            b'm' => ("MATERIALIZED VIEW", self.table_text(class, "MATERIALIZED VIEW", &qualified)),
            b'f' => ("FOREIGN TABLE", self.table_text(class, "FOREIGN TABLE", &qualified)),
            _ => ("TABLE", self.table_text(class, "TABLE", &qualified)), // 'r' and 'p'
        };
        let schema = self.deparse.schema(class.relnamespace).to_string();
        let owner = self.role(class.relowner);
        let am = matches!(class.relkind, b'r' | b'm' | b'p')
            .then(|| self.catalog.get::<PgAm>(class.relam).map(|am| am.amname.to_string()))
            .flatten();
        let post_data = self.postponed.contains(&class.oid);
        self.archive.add(Entry {
            tag: class.relname.to_string(),
            desc: word,
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            tablespace: matches!(class.relkind, b'r' | b'p' | b'm')
                .then(|| self.tablespace(class.reltablespace)),
            tableam: am,
            partitioned: class.relkind == b'p',
            post_data,
            defn,
            drop: format!("DROP {word} {qualified};\n"),
            owned: Some(format!("{word} {qualified}")),
        });
        self.table_comments(class, word, &schema, &owner, post_data);
    }

    /// PostgreSQL: dumpTableComment.
    fn table_comments(
        &mut self,
        class: &PgClass,
        word: &str,
        schema: &str,
        owner: &str,
        post_data: bool,
    ) {
        let table = quote_identifier(&class.relname).into_owned();
        fn named<'n>(kind: &'n str, name: &'n str, whole: &Commented<'n>) -> Commented<'n> {
            Commented { kind, name, ..*whole }
        }
        let whole =
            Commented { kind: word, name: &table, namespace: Some(schema), owner, post_data };
        self.comment(Class::Relation, class.oid, named(word, &table, &whole));
        for attribute in class.live_attributes() {
            let address = ObjectAddress::column(class.oid, attribute.attnum);
            // The name in the statement is qualified as one: schema.table.column.
            let name = format!("{table}.{}", quote_identifier(&attribute.attname));
            self.comment_at(address, named("COLUMN", &name, &whole));
        }
        let constraints: Vec<Arc<PgConstraint>> =
            self.catalog.find_all::<PgConstraint>(&class.oid).cloned().collect();
        let mut inline: Vec<&Arc<PgConstraint>> = constraints
            .iter()
            .filter(|row| {
                row.contype == b'n' && row.convalidated
                    || row.contype == b'c'
                        && !self.separate.contains(&(Class::Constraint, row.oid))
                        && row.conislocal
            })
            .collect();
        inline.sort_by(|a, b| (a.contype, &a.conname).cmp(&(b.contype, &b.conname)));
        for row in inline {
            let kind = format!("CONSTRAINT {} ON", quote_identifier(&row.conname));
            self.comment(Class::Constraint, row.oid, named(&kind, &table, &whole));
        }
    }

    pub(super) fn column_collation(&self, a: &PgAttribute) -> String {
        let own = lsyscache::get_typcollation(self.catalog, a.atttypid);
        if !a.attcollation.is_valid() || a.attcollation == own {
            return String::new();
        }
        match self.catalog.get::<PgCollation>(a.attcollation) {
            Some(row) => format!(
                " COLLATE {}.{}",
                quote_identifier(self.deparse.schema(row.collnamespace)),
                quote_identifier(&row.collname)
            ),
            None => String::new(),
        }
    }

    fn table_text(&self, class: &PgClass, word: &str, qualified: &str) -> String {
        let unlogged = if class.relpersistence == b'u' { "UNLOGGED " } else { "" };
        let mut text = format!("CREATE {unlogged}{word} {qualified}");
        if class.relkind != b'm' {
            if class.reloftype.is_valid() {
                let typname = self.deparse.type_name(class.reloftype);
                text.push_str(&format!(" OF {typname}"));
            }
            let items = self.table_items(class);
            if !items.is_empty() {
                text.push_str(&format!(" (\n    {}\n)", items.join(",\n    ")));
            } else if !class.reloftype.is_valid() {
                text.push_str(" (\n)");
            }
            let parents = self.parents(class.oid);
            if !parents.is_empty() && !class.relispartition {
                let names: Vec<String> = parents.iter().map(|oid| self.relation(*oid)).collect();
                text.push_str(&format!("\nINHERITS ({})", names.join(", ")));
            }
            if let Some(key) = self.deparse.partition_key(class.oid) {
                text.push_str(&format!("\nPARTITION BY {key}"));
            }
            if let Some(foreign) = self.catalog.get::<PgForeignTable>(class.oid) {
                let server = self.catalog.get::<PgForeignServer>(foreign.ftserver);
                let name = server.map_or("", |server| server.srvname.as_str());
                text.push_str(&format!("\nSERVER {}", quote_identifier(name)));
            }
        }
        let mut options = reloptions(&class.reloptions);
        if !class.toast_reloptions.is_empty() && self.needs_toast_table(class) {
            let toast: Vec<(Arc<str>, Arc<str>)> = class.toast_reloptions.clone();
            let toast = reloptions(&toast);
            let toast: Vec<String> = toast.split(", ").map(|one| format!("toast.{one}")).collect();
            options.push_str(if options.is_empty() { "" } else { ", " });
            options.push_str(&toast.join(", "));
        }
        if !options.is_empty() {
            text.push_str(&format!("\nWITH ({options})"));
        }
        let foreign = self.catalog.get::<PgForeignTable>(class.oid);
        if let Some(foreign) = foreign.filter(|foreign| !foreign.ftoptions.is_empty()) {
            let options = generic_options(&foreign.ftoptions, ",\n    ");
            text.push_str(&format!("\nOPTIONS (\n    {options}\n)"));
        }
        if class.relkind == b'm' {
            text.push_str(&format!(" AS\n{}\n  WITH NO DATA;\n", self.view_query(class.oid)));
        } else {
            text.push_str(";\n");
        }
        text.push_str(&self.column_properties(class, qualified));
        text
    }

    /// Whether a row can become too long for a page (PostgreSQL: heapam_relation_needs_toast_table).
    fn needs_toast_table(&self, class: &PgClass) -> bool {
        let mut length = 32;
        let mut toastable = false;
        for a in class.live_attributes().filter(|a| a.attgenerated != b'v') {
            let Some(row) = self.catalog.get::<PgType>(a.atttypid) else { continue };
            if row.typlen > 0 {
                length += i32::from(row.typlen);
                continue;
            }
            toastable |= a.attstorage != b'p';
            match type_maximum_size(a.atttypid, a.atttypmod) {
                Some(size) => length += size,
                None if a.attstorage != b'p' => return true,
                None => {}
            }
        }
        toastable && length > 2032
    }

    fn parents(&self, oid: Oid) -> Vec<Oid> {
        let mut rows: Vec<_> = self.catalog.find_all::<PgInherits>(&oid).collect();
        rows.sort_by_key(|row| row.inhseqno);
        rows.iter().map(|row| row.inhparent).collect()
    }

    pub(super) fn constraints(&self, oid: Oid) -> Vec<Arc<PgConstraint>> {
        let mut rows: Vec<_> = self.catalog.find_all::<PgConstraint>(&oid).cloned().collect();
        rows.sort_by(|a, b| a.conname.cmp(&b.conname));
        rows
    }

    /// Columns and CHECK constraints, one a line.
    fn table_items(&self, class: &PgClass) -> Vec<String> {
        let constraints = self.constraints(class.oid);
        let mut items = Vec::new();
        for a in class.live_attributes() {
            let not_null = self.not_null(class, a, &constraints);
            if !(a.attislocal || class.relispartition) {
                // Before 18 it is set afterwards.
                let not_null = not_null.filter(|_| self.catalog.version().major() >= 18);
                if let Some(not_null) = not_null.filter(|n| n.local) {
                    let inherit = if not_null.no_inherit { " NO INHERIT" } else { "" };
                    let column = quote_identifier(&a.attname);
                    let name = not_null
                        .name
                        .map_or(String::new(), |n| format!("CONSTRAINT {} ", quote_identifier(&n)));
                    items.push(format!("{name}NOT NULL {column}{inherit}"));
                }
                continue;
            }
            let null = || {
                let lacking = lacks_inherited_default(self.catalog, class, a);
                lacking.then(|| " DEFAULT NULL".to_string())
            };
            let default = self.inline_default(a).or_else(null);
            let not_null = not_null.filter(|n| n.local || class.relispartition);
            if class.reloftype.is_valid() && default.is_none() && not_null.is_none() {
                continue;
            }
            items.push(self.column_text(class, a, default, not_null));
        }
        for row in constraints.iter().filter(|row| row.contype == b'c') {
            if self.separate.contains(&(Class::Constraint, row.oid))
                || !row.conislocal && !class.relispartition
            {
                continue;
            }
            let definition = self.deparse.constraint_definition(row);
            items.push(format!("CONSTRAINT {} {definition}", quote_identifier(&row.conname)));
        }
        items
    }

    pub(super) fn column_text(
        &self,
        class: &PgClass,
        a: &PgAttribute,
        default: Option<String>,
        not_null: Option<NotNull>,
    ) -> String {
        let mut text = quote_identifier(&a.attname).into_owned();
        if !class.reloftype.is_valid() {
            let typname = self.deparse.type_with_typmod(a.atttypid, a.atttypmod);
            text.push_str(&format!(" {typname}"));
        }
        if let Some(default) = default {
            text.push_str(&default);
        }
        if let Some(not_null) = not_null {
            match not_null.name {
                Some(name) => {
                    text.push_str(&format!(" CONSTRAINT {} NOT NULL", quote_identifier(&name)));
                }
                None => text.push_str(" NOT NULL"),
            }
            text.push_str(if not_null.no_inherit { " NO INHERIT" } else { "" });
        }
        text.push_str(&self.column_collation(a));
        text
    }

    pub(super) fn inline_default(&self, a: &PgAttribute) -> Option<String> {
        let row = self.catalog.get::<PgAttrdef>(a.attdef)?;
        if self.separate.contains(&(Class::Attrdef, row.oid)) {
            return None;
        }
        let source = self.deparse.expression(&row.adbin, row.adrelid, true);
        Some(match a.attgenerated {
            b's' => format!(" GENERATED ALWAYS AS ({source}) STORED"),
            b'v' => format!(" GENERATED ALWAYS AS ({source})"),
            _ => format!(" DEFAULT {source}"), // no generated column
        })
    }

    /// PostgreSQL: determineNotNullFlags.
    pub(super) fn not_null(
        &self,
        class: &PgClass,
        a: &PgAttribute,
        constraints: &[Arc<PgConstraint>],
    ) -> Option<NotNull> {
        if self.catalog.version().major() < 18 {
            let inherited = self.parents(class.oid).iter().any(|parent| {
                let parent = self.catalog.get::<PgClass>(*parent);
                let column = parent.and_then(|parent| parent.attribute_named(&a.attname));
                column.is_some_and(|column| column.attnotnull)
            });
            let local = !inherited;
            return a.attnotnull.then_some(NotNull { name: None, no_inherit: false, local });
        }
        let row = constraints.iter().find(|row| row.contype == b'n' && row.conkey == [a.attnum])?;
        if !row.convalidated {
            return None;
        }
        let usual = format!("{}_{}_not_null", class.relname, a.attname);
        let commented =
            self.catalog.comment(ObjectAddress::new(Class::Constraint, row.oid)).is_some();
        let named = commented || row.conname.as_str() != usual;
        // A valid one is printed beside parents that have it NOT VALID (PostgreSQL: flagInhAttrs).
        let of_parents = self.parents(class.oid).into_iter().filter_map(|parent| {
            let attnum = self.catalog.get::<PgClass>(parent)?.attribute_named(&a.attname)?.attnum;
            let mut rows = self.catalog.find_all::<PgConstraint>(&parent);
            rows.find(|row| row.contype == b'n' && row.conkey == [attnum])
        });
        let of_parents: Vec<bool> = of_parents.map(|row| row.convalidated).collect();
        let only_invalid = !of_parents.is_empty() && !of_parents.contains(&true);
        Some(NotNull {
            name: named.then(|| row.conname.clone()),
            no_inherit: row.connoinherit,
            local: row.conislocal || only_invalid,
        })
    }

    fn column_properties(&self, class: &PgClass, qualified: &str) -> String {
        let mut text: String = class
            .live_attributes()
            .map(|a| self.one_column_properties(class, a, qualified))
            .collect();
        if matches!(class.relkind, b'r' | b'p' | b'm') {
            match class.relreplident {
                b'n' => text.push_str(&format!(
                    "\nALTER TABLE ONLY {qualified} REPLICA IDENTITY NOTHING;\n"
                )),
                b'f' => {
                    text.push_str(&format!(
                        "\nALTER TABLE ONLY {qualified} REPLICA IDENTITY FULL;\n"
                    ));
                }
                _ => {} // the default, or set with the index
            }
        }
        if class.relforcerowsecurity {
            text.push_str(&format!("\nALTER TABLE ONLY {qualified} FORCE ROW LEVEL SECURITY;\n"));
        }
        text
    }

    /// What a column has besides type, default and NOT NULL.
    pub(super) fn one_column_properties(
        &self,
        class: &PgClass,
        a: &PgAttribute,
        qualified: &str,
    ) -> String {
        let foreign = if class.relkind == b'f' { "FOREIGN " } else { "" };
        let mut text = String::new();
        let column = quote_identifier(&a.attname);
        if self.catalog.version().major() < 18
            && !(a.attislocal || class.relispartition)
            && self.not_null(class, a, &[]).is_some_and(|not_null| not_null.local)
        {
            text.push_str(&format!(
                "ALTER {foreign}TABLE ONLY {qualified} ALTER COLUMN {column} SET NOT NULL;\n"
            ));
        }
        let mut set = |what: String| {
            text.push_str(&format!(
                "ALTER {foreign}TABLE ONLY {qualified} ALTER COLUMN {column} SET {what};\n"
            ));
        };
        if let Some(target) = a.attstattarget.filter(|target| *target >= 0) {
            set(format!("STATISTICS {target}"));
        }
        let usual = self.catalog.get::<PgType>(a.atttypid).map_or(a.attstorage, |t| t.typstorage);
        if a.attstorage != usual {
            let word = match a.attstorage {
                b'p' => "PLAIN",
                b'e' => "EXTERNAL",
                b'm' => "MAIN",
                _ => "EXTENDED", // 'x'
            };
            set(format!("STORAGE {word}"));
        }
        match a.attcompression {
            b'p' => set("COMPRESSION pglz".to_string()),
            b'l' => set("COMPRESSION lz4".to_string()),
            _ => {} // the default
        }
        if !a.attoptions.is_empty() {
            let options: Vec<String> =
                a.attoptions.iter().map(|(name, value)| format!("{name}={value}")).collect();
            set(format!("({})", options.join(", ")));
        }
        if !a.attfdwoptions.is_empty() {
            let options = generic_options(&a.attfdwoptions, ",\n    ");
            let only = if self.catalog.version().major() >= 17 { "ONLY " } else { "" };
            text.push_str(&format!(
                    "ALTER FOREIGN TABLE {only}{qualified} ALTER COLUMN {column} OPTIONS (\n    {options}\n);\n"
                ));
        }
        text
    }

    /// PostgreSQL: dumpTableAttach.
    pub(super) fn table_attach(&mut self, oid: Oid) {
        let Some(class) = self.catalog.get::<PgClass>(oid).cloned() else { return };
        let Some(parent) = self.parents(oid).first().copied() else { return };
        let Some(bound) = &class.relpartbound else { return };
        let bound = self.deparse.partition_bound(bound);
        let (parent, child) = (self.relation(parent), self.relation(oid));
        self.archive.add(Entry {
            tag: class.relname.to_string(),
            desc: "TABLE ATTACH",
            namespace: Some(self.deparse.schema(class.relnamespace).to_string()),
            owner: Some(self.role(class.relowner)),
            defn: format!("ALTER TABLE ONLY {parent} ATTACH PARTITION {child} {bound};\n"),
            ..Entry::default()
        });
    }

    /// PostgreSQL: dumpAttrDef.
    pub(super) fn attrdef(&mut self, oid: Oid) {
        if !self.separate.contains(&(Class::Attrdef, oid)) {
            return;
        }
        let Some(row) = self.catalog.get::<PgAttrdef>(oid).cloned() else { return };
        let Some(class) = self.catalog.get::<PgClass>(row.adrelid).cloned() else { return };
        let Some(a) = class.attribute(row.adnum) else { return };
        let source = self.deparse.expression(&row.adbin, row.adrelid, true);
        self.default_entry(&class, a, &source);
    }

    fn default_entry(&mut self, class: &PgClass, a: &PgAttribute, source: &str) {
        let foreign = if class.relkind == b'f' { "FOREIGN " } else { "" };
        let table = self.relation(class.oid);
        let column = quote_identifier(&a.attname);
        let start = format!("ALTER {foreign}TABLE ONLY {table} ALTER COLUMN {column}");
        self.archive.add(Entry {
            tag: format!("{} {}", class.relname, a.attname),
            desc: "DEFAULT",
            namespace: Some(self.deparse.schema(class.relnamespace).to_string()),
            owner: Some(self.role(class.relowner)),
            defn: format!("{start} SET DEFAULT {source};\n"),
            drop: format!("ALTER {foreign}TABLE {table} ALTER COLUMN {column} DROP DEFAULT;\n"),
            ..Entry::default()
        });
    }

    /// A default that an inherited column lacks on purpose.
    pub(super) fn null_default(&mut self, oid: Oid, attnum: Oid) {
        let Some(class) = self.catalog.get::<PgClass>(oid).cloned() else { return };
        let attribute = i16::try_from(attnum.0).ok().and_then(|attnum| class.attribute(attnum));
        let Some(a) = attribute else { return };
        self.default_entry(&class, a, "NULL");
    }
}

/// Whether a parent's column has a default and this one has none (PostgreSQL: flagInhAttrs).
pub(super) fn lacks_inherited_default(catalog: &Catalog, class: &PgClass, a: &PgAttribute) -> bool {
    let default = |a: &PgAttribute| catalog.get::<PgAttrdef>(a.attdef);
    if default(a).is_some() || !matches!(class.relkind, b'r' | b'p' | b'f') {
        return false;
    }
    catalog.find_all::<PgInherits>(&class.oid).any(|row| {
        let parent = catalog.get::<PgClass>(row.inhparent);
        let column = parent.and_then(|parent| parent.attribute_named(&a.attname));
        column.is_some_and(|column| {
            column.attgenerated == 0
                && default(column).is_some_and(|default| !is_null(&default.adbin))
        })
    })
}

fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Const(constant) if constant.value.is_none())
}

/// The longest value in bytes, None when there is no limit (PostgreSQL: type_maximum_size).
fn type_maximum_size(typid: Oid, typmod: i32) -> Option<i32> {
    let typmod = Some(typmod).filter(|typmod| *typmod >= 0)?;
    match typid {
        fixed::BPCHAROID | fixed::VARCHAROID => {
            Some((typmod - 4).saturating_mul(4).saturating_add(4))
        }
        fixed::VARBITOID | fixed::BITOID => Some((typmod + 7) / 8 + 8),
        fixed::NUMERICOID => Some(((typmod - 4) >> 16 & 0xffff) / 2 + 16),
        _ => None, // every other type
    }
}

//! Indexes, constraints, triggers, policies, statistics (PostgreSQL: dumpIndex, dumpConstraint, dumpTrigger,
//! dumpPolicy).

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::deparse::ruleutils::reloptions;
use crate::pg::name::{quote_identifier, quote_qualified_identifier};
use crate::pg::oid::Oid;

impl Dump<'_> {
    fn entry_for(&self, class: &PgClass, tag: String, desc: &'static str, defn: String) -> Entry {
        Entry {
            tag,
            desc,
            namespace: Some(self.deparse.schema(class.relnamespace).to_string()),
            owner: Some(self.role(class.relowner)),
            post_data: true,
            defn,
            ..Entry::default()
        }
    }

    /// The comment of a part of a table.
    fn part_comment(&mut self, address: ObjectAddress, kind: &str, name: &str, class: &PgClass) {
        let schema = self.deparse.schema(class.relnamespace).to_string();
        let owner = self.role(class.relowner);
        let what =
            Commented { kind, name, namespace: Some(&schema), owner: &owner, post_data: true };
        self.comment_at(address, what);
    }

    /// The constraint that the index belongs to.
    fn index_constraint(&self, index: &PgIndex) -> Option<std::sync::Arc<PgConstraint>> {
        self.catalog
            .find_all::<PgConstraint>(&index.indrelid)
            .find(|row| {
                row.conindid == index.indexrelid && matches!(row.contype, b'p' | b'u' | b'x')
            })
            .cloned()
    }

    /// PostgreSQL: dumpIndex.
    pub(super) fn index(&mut self, oid: Oid) {
        let Some(index) = self.catalog.get::<PgIndex>(oid).cloned() else { return };
        let Some(class) = self.catalog.get::<PgClass>(oid).cloned() else { return };
        let Some(table) = self.catalog.get::<PgClass>(index.indrelid).cloned() else { return };
        if self.index_constraint(&index).is_none() {
            let mut text = format!("{};\n", self.deparse.index_definition(oid));
            text.push_str(&self.index_properties(&index, &class));
            let mut entry = self.entry_for(&table, class.relname.to_string(), "INDEX", text);
            entry.tablespace = Some(self.tablespace(class.reltablespace));
            // A part of a partitioned index goes with that.
            if self.catalog.find_all::<PgInherits>(&oid).next().is_none() {
                entry.drop = format!("DROP INDEX {};\n", self.relation(oid));
            }
            self.archive.add(entry);
        }
        let name = quote_identifier(&class.relname).into_owned();
        self.part_comment(ObjectAddress::new(Class::Relation, oid), "INDEX", &name, &table);
    }

    fn index_properties(&self, index: &PgIndex, class: &PgClass) -> String {
        let table = self.relation(index.indrelid);
        let name = quote_identifier(&class.relname);
        let mut text = String::new();
        if index.indisclustered {
            text.push_str(&format!("\nALTER TABLE {table} CLUSTER ON {name};\n"));
        }
        for a in &class.attributes {
            if let Some(target) = a.attstattarget.filter(|target| *target >= 0) {
                text.push_str(&format!(
                    "ALTER INDEX {} ALTER COLUMN {} SET STATISTICS {target};\n",
                    self.relation(class.oid),
                    a.attnum
                ));
            }
        }
        if index.indisreplident {
            text.push_str(&format!(
                "\nALTER TABLE ONLY {table} REPLICA IDENTITY USING INDEX {name};\n"
            ));
        }
        text
    }

    /// PostgreSQL: dumpIndexAttach.
    pub(super) fn index_attach(&mut self, oid: Oid) {
        let Some(class) = self.catalog.get::<PgClass>(oid).cloned() else { return };
        let Some(row) = self.catalog.find_all::<PgInherits>(&oid).next().cloned() else { return };
        let (parent, child) = (self.relation(row.inhparent), self.relation(oid));
        let defn = format!("ALTER INDEX {parent} ATTACH PARTITION {child};\n");
        let mut entry = self.entry_for(&class, class.relname.to_string(), "INDEX ATTACH", defn);
        let parent_table = self.catalog.get::<PgIndex>(row.inhparent).map(|index| index.indrelid);
        if let Some(table) = parent_table.and_then(|oid| self.catalog.get::<PgClass>(oid)) {
            entry.owner = Some(self.role(table.relowner));
        }
        self.archive.add(entry);
    }

    /// PostgreSQL: dumpConstraint.
    pub(super) fn constraint(&mut self, oid: Oid) {
        if !self.separate.contains(&(Class::Constraint, oid)) {
            return;
        }
        let Some(row) = self.catalog.get::<PgConstraint>(oid).cloned() else { return };
        if row.contypid.is_valid() {
            return self.domain_constraint(&row);
        }
        let Some(table) = self.catalog.get::<PgClass>(row.conrelid).cloned() else { return };
        let qualified = self.relation(table.oid);
        let name = quote_identifier(&row.conname).into_owned();
        let foreign = if table.relkind == b'f' { "FOREIGN " } else { "" };
        let tag = format!("{} {}", table.relname, row.conname);
        let definition = self.deparse.constraint_definition(&row);
        let (desc, only, tail) = match row.contype {
            b'f' => {
                let only = if table.relkind == b'p' { "" } else { "ONLY " };
                ("FK CONSTRAINT", only, format!("{definition};\n"))
            }
            b'c' => ("CHECK CONSTRAINT", "", format!("{definition};\n")),
            b'n' => ("CONSTRAINT", "", format!("{definition};\n")),
            _ => ("CONSTRAINT", "ONLY ", self.key_text(&row, definition)), // 'p', 'u', 'x'
        };
        let defn =
            format!("ALTER {foreign}TABLE {only}{qualified}\n    ADD CONSTRAINT {name} {tail}");
        let mut entry = self.entry_for(&table, tag, desc, defn);
        entry.drop = format!("ALTER {foreign}TABLE {only}{qualified} DROP CONSTRAINT {name};\n");
        if matches!(row.contype, b'p' | b'u' | b'x') {
            let index = self.catalog.get::<PgClass>(row.conindid);
            let tablespace = index.map_or(Oid::INVALID, |index| index.reltablespace);
            entry.tablespace = Some(self.tablespace(tablespace));
        }
        self.archive.add(entry);
        let kind = format!("CONSTRAINT {name} ON");
        let table_name = quote_identifier(&table.relname).into_owned();
        self.part_comment(ObjectAddress::new(Class::Constraint, oid), &kind, &table_name, &table);
    }

    fn key_text(&self, row: &PgConstraint, definition: String) -> String {
        let index = self.catalog.get::<PgIndex>(row.conindid).cloned();
        let class = self.catalog.get::<PgClass>(row.conindid).cloned();
        let (Some(index), Some(class)) = (index, class) else { return format!("{definition};\n") };
        let mut text = definition;
        if row.contype != b'x' && !class.reloptions.is_empty() {
            let options = format!(" WITH ({})", reloptions(&class.reloptions));
            let at = text.find(" DEFERRABLE").unwrap_or(text.len());
            text.insert_str(at, &options);
        }
        text.push_str(";\n");
        text.push_str(&self.index_properties(&index, &class));
        text
    }

    fn domain_constraint(&mut self, row: &PgConstraint) {
        let Some(domain) = self.catalog.get::<PgType>(row.contypid).cloned() else { return };
        let schema = self.deparse.schema(domain.typnamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &domain.typname);
        let name = quote_identifier(&row.conname);
        let definition = self.deparse.constraint_definition(row);
        self.archive.add(Entry {
            tag: format!("{} {}", domain.typname, row.conname),
            desc: "CHECK CONSTRAINT",
            namespace: Some(schema),
            owner: Some(self.role(domain.typowner)),
            post_data: true,
            defn: format!("ALTER DOMAIN {qualified}\n    ADD CONSTRAINT {name} {definition};\n"),
            drop: format!("ALTER DOMAIN {qualified} DROP CONSTRAINT {name};\n"),
            ..Entry::default()
        });
    }

    /// PostgreSQL: dumpStatisticsExt.
    pub(super) fn statistics(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgStatisticExt>(oid).cloned() else { return };
        let schema = self.deparse.schema(row.stxnamespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), &row.stxname);
        let mut defn = format!("{};\n", self.deparse.statistics_definition(&row));
        if let Some(target) = row.stxstattarget.filter(|target| *target >= 0) {
            defn.push_str(&format!("ALTER STATISTICS {qualified} SET STATISTICS {target};\n"));
        }
        let owner = self.role(row.stxowner);
        self.archive.add(Entry {
            tag: row.stxname.to_string(),
            desc: "STATISTICS",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            post_data: true,
            defn,
            drop: format!("DROP STATISTICS {qualified};\n"),
            owned: Some(format!("STATISTICS {qualified}")),
            ..Entry::default()
        });
        let name = quote_identifier(&row.stxname).into_owned();
        let what = Commented {
            kind: "STATISTICS",
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: true,
        };
        self.comment(Class::StatisticExt, oid, what);
    }

    /// PostgreSQL: dumpTrigger.
    pub(super) fn trigger(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgTrigger>(oid).cloned() else { return };
        let Some(table) = self.catalog.get::<PgClass>(row.tgrelid).cloned() else { return };
        let qualified = self.relation(table.oid);
        let name = quote_identifier(&row.tgname).into_owned();
        let foreign = if table.relkind == b'f' { "FOREIGN " } else { "" };
        let mut defn = String::new();
        if !row.tgparentid.is_valid() {
            defn = format!("{};\n", self.deparse.trigger_definition(&row));
        }
        let word = match row.tgenabled {
            b'D' => "DISABLE",
            b'A' => "ENABLE ALWAYS",
            b'R' => "ENABLE REPLICA",
            _ if row.tgparentid.is_valid() => "ENABLE", // 'O', unlike its parent
            _ => "",                                    // 'O'
        };
        if !word.is_empty() {
            defn.push_str(&format!("\nALTER {foreign}TABLE {qualified} {word} TRIGGER {name};\n"));
        }
        let tag = format!("{} {}", table.relname, row.tgname);
        let mut entry = self.entry_for(&table, tag, "TRIGGER", defn);
        if !row.tgparentid.is_valid() {
            entry.drop = format!("DROP TRIGGER {name} ON {qualified};\n");
        }
        self.archive.add(entry);
        let kind = format!("TRIGGER {name} ON");
        let table_name = quote_identifier(&table.relname).into_owned();
        self.part_comment(ObjectAddress::new(Class::Trigger, oid), &kind, &table_name, &table);
    }

    pub(super) fn row_security(&mut self, oid: Oid) {
        let Some(table) = self.catalog.get::<PgClass>(oid).cloned() else { return };
        let qualified = self.relation(oid);
        let defn = format!("ALTER TABLE {qualified} ENABLE ROW LEVEL SECURITY;");
        let entry = self.entry_for(&table, table.relname.to_string(), "ROW SECURITY", defn);
        self.archive.add(entry);
    }

    /// PostgreSQL: dumpPolicy.
    pub(super) fn policy(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgPolicy>(oid).cloned() else { return };
        let Some(table) = self.catalog.get::<PgClass>(row.polrelid).cloned() else { return };
        let qualified = self.relation(table.oid);
        let name = quote_identifier(&row.polname).into_owned();
        let mut defn = format!("CREATE POLICY {name} ON {qualified}");
        defn.push_str(if row.polpermissive { "" } else { " AS RESTRICTIVE" });
        defn.push_str(match row.polcmd {
            b'r' => " FOR SELECT",
            b'a' => " FOR INSERT",
            b'w' => " FOR UPDATE",
            b'd' => " FOR DELETE",
            _ => "", // '*'
        });
        if !row.polroles.contains(&Oid::INVALID) && !row.polroles.is_empty() {
            let mut roles: Vec<Oid> = row.polroles.clone();
            roles.sort_unstable();
            let names: Vec<String> =
                roles.iter().map(|role| quote_identifier(&self.role(*role)).into_owned()).collect();
            defn.push_str(&format!(" TO {}", names.join(", ")));
        }
        for (word, expr) in [("USING", &row.polqual), ("WITH CHECK", &row.polwithcheck)] {
            if let Some(expr) = expr {
                let source = self.deparse.expression(expr, row.polrelid, true);
                defn.push_str(&format!(" {word} ({source})"));
            }
        }
        defn.push_str(";\n");
        let tag = format!("{} {}", table.relname, row.polname);
        let mut entry = self.entry_for(&table, tag, "POLICY", defn);
        entry.drop = format!("DROP POLICY {name} ON {qualified};\n");
        self.archive.add(entry);
        let kind = format!("POLICY {name} ON");
        let table_name = quote_identifier(&table.relname).into_owned();
        self.part_comment(ObjectAddress::new(Class::Policy, oid), &kind, &table_name, &table);
    }
}

//! The parts of tables: columns, constraints, indexes, triggers, policies, rules, statistics.

use std::collections::BTreeSet;

use super::{Drawing, Owner, Portrait, options_text, relations};
use crate::catalog::depend::DependType;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    PgAttrdef, PgAttribute, PgClass, PgConstraint, PgIndex, PgPolicy, PgRewrite, PgSequence,
    PgStatisticExt, PgTrigger, PgType,
};
use crate::diff::canon;
use crate::nodes::primnodes::{Expr, RangeTblEntry};
use crate::pg::name::{quote_identifier, quote_literal};
use crate::pg::oid::Oid;

impl Drawing<'_> {
    pub(super) fn columns(&mut self, owner: &Owner, class: &PgClass) {
        let not_nulls: Vec<_> = self
            .catalog
            .find_all::<PgConstraint>(&class.oid)
            .filter(|row| row.contype == b'n')
            .collect();
        for (at, column) in class.live_attributes().enumerate() {
            let address = ObjectAddress::column(class.oid, column.attnum);
            let kind = self.names.type_(column.atttypid, column.atttypmod);
            let brief = format!("{kind}{}", if column.attnotnull { " not null" } else { "" });
            let mut portrait = Portrait::new(address, brief);
            portrait.position = at as i16 + 1;
            portrait.fact("type", kind);
            portrait.fact("null", nullability(column, &not_nulls));
            self.not_null_name(&mut portrait, class, column);
            if column.attinhcount > 0 && !class.relispartition {
                let own = if column.attislocal { "yes" } else { "no" };
                portrait.cosmetic("defined here as well as inherited", own);
            }
            self.column_default(&mut portrait, class.oid, column);
            self.column_storage(&mut portrait, class.oid, column);
            self.comment(&mut portrait);
            if self.options.grants {
                portrait.fact("privileges", super::grants::of_column(self.names, &column.attacl));
            }
            self.add_part(
                owner,
                "column",
                quote_identifier(&column.attname).into_owned(),
                portrait,
            );
        }
    }

    /// The name of the constraint behind NOT NULL, where it is not the usual one.
    fn not_null_name(&self, portrait: &mut Portrait, class: &PgClass, column: &PgAttribute) {
        let row = self
            .catalog
            .find_all::<PgConstraint>(&class.oid)
            .find(|row| row.contype == b'n' && row.conkey == [column.attnum]);
        let usual = format!("{}_{}_not_null", class.relname, column.attname);
        if let Some(row) = row.filter(|row| row.conname.as_str() != usual && row.conislocal) {
            portrait.cosmetic("name of its NOT NULL", row.conname.to_string());
        }
    }

    fn column_default(&self, portrait: &mut Portrait, relation: Oid, column: &PgAttribute) {
        let default = self.catalog.get::<PgAttrdef>(column.attdef);
        let text = default.map(|row| canon::of_relation(self.names, relation, &row.adbin));
        let place =
            default.map_or(portrait.address, |row| ObjectAddress::new(Class::Attrdef, row.oid));
        let name = if column.attgenerated == 0 { "default" } else { "generated" };
        let stored = if column.attgenerated == b'v' { " virtual" } else { "" };
        let text = text.map_or_else(|| "none".to_string(), |text| format!("{text}{stored}"));
        portrait.fact_of(place, name, text);
        if column.attidentity == 0 {
            return;
        }
        portrait.fact("identity", if column.attidentity == b'a' { "always" } else { "by default" });
        for entry in self.catalog.depend().dependents_of(portrait.address) {
            if entry.kind == DependType::Internal
                && let Some(sequence) = self.catalog.get::<PgSequence>(entry.dependent.object)
            {
                portrait.fact_of(
                    entry.dependent,
                    "identity's values",
                    relations::sequence_text(sequence),
                );
            }
        }
    }

    fn column_storage(&self, portrait: &mut Portrait, _relation: Oid, column: &PgAttribute) {
        let kind = self.catalog.get::<PgType>(column.atttypid);
        if let Some(kind) = kind {
            if column.attcollation != kind.typcollation {
                portrait.fact("collation", self.names.collation(column.attcollation));
            }
            if column.attstorage != kind.typstorage {
                portrait.fact("storage", char::from(column.attstorage).to_string());
            }
        }
        if column.attcompression != 0 {
            portrait.fact("compression", char::from(column.attcompression).to_string());
        }
        if !column.attoptions.is_empty() {
            portrait.fact("options", options_text(&column.attoptions));
        }
        if !column.attfdwoptions.is_empty() {
            portrait.fact("foreign options", options_text(&column.attfdwoptions));
        }
        if let Some(target) = column.attstattarget.filter(|target| *target >= 0) {
            portrait.cosmetic("statistics", target.to_string());
        }
    }

    /// Constraints except those of NOT NULL, which columns tell, and of triggers, which triggers tell.
    pub(super) fn constraints_of(&mut self, owner: &Owner, relation: Oid) {
        let rows: Vec<_> = self.catalog.find_all::<PgConstraint>(&relation).cloned().collect();
        for row in rows {
            if row.conparentid.is_valid() || matches!(row.contype, b'n' | b't') {
                continue;
            }
            let definition = self.constraint_definition(&row);
            let mut portrait =
                Portrait::new(ObjectAddress::new(Class::Constraint, row.oid), definition.clone());
            portrait.fact("definition", definition);
            portrait.fact("state", constraint_state(&row));
            self.constraint_index(&mut portrait, row.conindid, row.contype);
            self.comment(&mut portrait);
            let columns: BTreeSet<String> =
                row.conkey.iter().map(|attnum| self.names.column(relation, *attnum)).collect();
            let class = match row.contype {
                b'f' => format!("foreign key to {}", self.names.relation(row.confrelid)),
                b'p' => "primary key".to_string(),
                b'u' => "unique".to_string(),
                b'x' => "exclusion".to_string(),
                _ => "check".to_string(), // 'c'
            };
            portrait.likeness = Some((class, columns));
            self.add_part(
                owner,
                "constraint",
                quote_identifier(&row.conname).into_owned(),
                portrait,
            );
        }
    }

    /// What is said of the index that a key or an exclusion constraint owns.
    fn constraint_index(&self, portrait: &mut Portrait, index: Oid, contype: u8) {
        if !matches!(contype, b'p' | b'u' | b'x') {
            return; // a foreign key names the index that it refers to
        }
        let Some(row) = self.catalog.get::<PgIndex>(index) else { return };
        let Some(class) = self.catalog.get::<PgClass>(index) else { return };
        portrait.fact("index options", options_text(&class.reloptions));
        self.tablespace(portrait, class);
        portrait.flag("clustered on", row.indisclustered);
        portrait.flag("replica identity", row.indisreplident);
    }

    pub(super) fn constraint_definition(&self, row: &PgConstraint) -> String {
        let columns = self.names.columns(row.conrelid, &row.conkey);
        match row.contype {
            b'p' => {
                format!("PRIMARY KEY ({columns}{}){}", overlaps(row), self.included(row.conindid))
            }
            b'u' => {
                let nulls = self
                    .catalog
                    .get::<PgIndex>(row.conindid)
                    .is_some_and(|i| i.indnullsnotdistinct);
                let nulls = if nulls { " NULLS NOT DISTINCT" } else { "" };
                format!("UNIQUE{nulls} ({columns}{}){}", overlaps(row), self.included(row.conindid))
            }
            b'f' => self.foreign_key(row, &columns),
            b'x' => {
                let index = self.catalog.get::<PgIndex>(row.conindid).cloned();
                let index = index.map_or_else(String::new, |index| self.index_definition(&index));
                let operators: Vec<String> =
                    row.conexclop.iter().map(|oid| self.names.operator(*oid)).collect();
                format!("EXCLUDE {index} WITH ({})", operators.join(", "))
            }
            _ => {
                let expr = row.conbin.as_deref().map(|expr| self.constraint_expr(row, expr));
                let inherit = if row.connoinherit { " NO INHERIT" } else { "" };
                format!("CHECK {}{inherit}", expr.unwrap_or_else(|| "?".to_string()))
            }
        }
    }

    fn constraint_expr(&self, row: &PgConstraint, expr: &Expr) -> String {
        if row.conrelid.is_valid() {
            canon::of_relation(self.names, row.conrelid, expr)
        } else {
            canon::alone(self.names, expr)
        }
    }

    fn foreign_key(&self, row: &PgConstraint, columns: &str) -> String {
        let target = self.names.relation(row.confrelid);
        let referenced = self.names.columns(row.confrelid, &row.confkey);
        let mut text = format!("FOREIGN KEY ({columns}) REFERENCES {target}({referenced})");
        if row.confmatchtype == b'f' {
            text.push_str(" MATCH FULL");
        }
        if let Some(action) = action(row.confupdtype) {
            text.push_str(&format!(" ON UPDATE {action}"));
        }
        if let Some(action) = action(row.confdeltype) {
            text.push_str(&format!(" ON DELETE {action}"));
            if !row.confdelsetcols.is_empty() {
                let columns = self.names.columns(row.conrelid, &row.confdelsetcols);
                text.push_str(&format!(" ({columns})"));
            }
        }
        text
    }

    fn included(&self, index: Oid) -> String {
        let Some(row) = self.catalog.get::<PgIndex>(index) else { return String::new() };
        let columns = row.indkey.get(row.indnkeyatts as usize..).unwrap_or(&[]);
        if columns.is_empty() {
            return String::new();
        }
        format!(" INCLUDE ({})", self.names.columns(row.indrelid, columns))
    }

    /// Indexes except those that constraints own.
    pub(super) fn indexes_of(&mut self, owner: &Owner, relation: Oid) {
        let indexes: Vec<_> = self.indexes(relation);
        for index in indexes {
            let address = ObjectAddress::new(Class::Relation, index.indexrelid);
            let internal = self.catalog.depend().references_of(address).any(|entry| {
                (entry.kind == DependType::Internal && entry.referenced.class == Class::Constraint)
                    || matches!(entry.kind, DependType::PartitionPri)
            });
            let Some(class) = self.catalog.get::<PgClass>(index.indexrelid).cloned() else {
                continue;
            };
            if internal {
                continue;
            }
            let definition = self.index_definition(&index);
            let mut portrait = Portrait::new(address, definition.clone());
            portrait.fact("definition", definition);
            portrait.fact("options", options_text(&class.reloptions));
            portrait.flag("valid", index.indisvalid);
            portrait.flag("clustered on", index.indisclustered);
            portrait.flag("replica identity", index.indisreplident);
            self.tablespace(&mut portrait, &class);
            let targets: Vec<String> = class
                .live_attributes()
                .filter_map(|column| {
                    let target = column.attstattarget.filter(|target| *target >= 0)?;
                    Some(format!("{}: {target}", column.attnum))
                })
                .collect();
            if !targets.is_empty() {
                portrait.cosmetic("statistics", targets.join(", "));
            }
            self.comment(&mut portrait);
            let columns: BTreeSet<String> = index
                .indkey
                .iter()
                .take(index.indnkeyatts.max(0) as usize)
                .map(|attnum| {
                    if *attnum == 0 {
                        "(…)".to_string()
                    } else {
                        self.names.column(relation, *attnum)
                    }
                })
                .collect();
            portrait.likeness = Some(("index".to_string(), columns));
            self.add_part(owner, "index", quote_identifier(&class.relname).into_owned(), portrait);
        }
    }

    fn indexes(&self, relation: Oid) -> Vec<PgIndex> {
        self.catalog.find_all::<PgIndex>(&relation).map(|row| PgIndex::clone(row)).collect()
    }

    fn index_definition(&self, index: &PgIndex) -> String {
        let class = self.catalog.get::<PgClass>(index.indexrelid);
        let method = class.map_or_else(String::new, |class| self.names.access_method(class.relam));
        let mut exprs = index.indexprs.iter();
        let mut keys = Vec::new();
        for (at, attnum) in index.indkey.iter().enumerate() {
            let mut key = match attnum {
                0 => exprs.next().map_or_else(
                    || "?".into(),
                    |expr| canon::of_relation(self.names, index.indrelid, expr),
                ),
                _ => self.names.column(index.indrelid, *attnum), // a plain column
            };
            if at < index.indnkeyatts.max(0) as usize {
                key.push_str(&self.index_key_options(index, at, *attnum));
            }
            keys.push(key);
        }
        let include = keys.split_off((index.indnkeyatts.max(0) as usize).min(keys.len()));
        let unique = if index.indisunique { "UNIQUE " } else { "" };
        let mut text = format!("{unique}{method} ({})", keys.join(", "));
        if !include.is_empty() {
            text.push_str(&format!(" INCLUDE ({})", include.join(", ")));
        }
        if index.indnullsnotdistinct {
            text.push_str(" NULLS NOT DISTINCT");
        }
        if let Some(predicate) = &index.indpred {
            text.push_str(&format!(
                " WHERE {}",
                canon::of_relation(self.names, index.indrelid, predicate)
            ));
        }
        text
    }

    /// Collation, operator class and direction of one key where they are not what the column has anyway.
    fn index_key_options(&self, index: &PgIndex, at: usize, attnum: i16) -> String {
        let mut text = String::new();
        let class = self.catalog.get::<PgClass>(index.indrelid);
        let column = class.and_then(|class| class.attribute(attnum));
        let collation = index.indcollation.get(at).copied().unwrap_or(Oid::INVALID);
        if let Some(column) = column
            && collation.is_valid()
            && collation != column.attcollation
        {
            text.push_str(&format!(" COLLATE {}", self.names.collation(collation)));
        }
        if let Some(opclass) = index.indclass.get(at)
            && let Some(row) = self.catalog.get::<crate::catalog::PgOpclass>(*opclass)
            && !row.opcdefault
        {
            text.push_str(&format!(" {}", self.names.opclass(*opclass)));
        }
        if let Some(options) = index.indclassoptions.get(at).filter(|options| !options.is_empty()) {
            text.push_str(&format!(" ({})", options_text(options)));
        }
        match index.indoption.get(at).copied().unwrap_or(0) & 3 {
            1 => text.push_str(" DESC NULLS LAST"),
            2 => text.push_str(" NULLS FIRST"),
            3 => text.push_str(" DESC"),
            _ => {} // ascending, nulls last
        }
        text
    }

    pub(super) fn triggers_of(&mut self, owner: &Owner, relation: Oid) {
        let rows: Vec<_> = self.catalog.find_all::<PgTrigger>(&relation).cloned().collect();
        for row in rows {
            if row.tgisinternal || row.tgparentid.is_valid() {
                continue;
            }
            let mut portrait =
                Portrait::new(ObjectAddress::new(Class::Trigger, row.oid), trigger_event(&row));
            portrait.fact("event", trigger_event(&row));
            let columns = self.names.columns(relation, &row.tgattr);
            portrait.fact("columns", if columns.is_empty() { "all".to_string() } else { columns });
            let args: Vec<String> = row.tgargs.iter().map(|arg| quote_literal(arg)).collect();
            portrait.fact(
                "calls",
                format!("{}({})", self.names.function_name(row.tgfoid), args.join(", ")),
            );
            let condition =
                row.tgqual.as_deref().map(|expr| canon::of_trigger(self.names, relation, expr));
            portrait.fact("when", condition.unwrap_or_else(|| "always".to_string()));
            portrait.fact("enabled", enabled(row.tgenabled));
            portrait.flag("deferrable", row.tgdeferrable);
            portrait.flag("initially deferred", row.tginitdeferred);
            if row.tgconstraint.is_valid() {
                portrait.flag("constraint", true);
                let from = row.tgconstrrelid.valid().map(|oid| self.names.relation(oid));
                portrait.fact("from", from.unwrap_or_else(|| "none".to_string()));
            }
            let table = |name: &Option<crate::pg::name::Name>| {
                name.as_ref().map_or("none".to_string(), |n| n.to_string())
            };
            portrait.fact(
                "transition tables",
                format!("{}, {}", table(&row.tgoldtable), table(&row.tgnewtable)),
            );
            self.comment(&mut portrait);
            self.add_part(owner, "trigger", quote_identifier(&row.tgname).into_owned(), portrait);
        }
    }

    pub(super) fn policies_of(&mut self, owner: &Owner, relation: Oid) {
        let rows: Vec<_> = self.catalog.find_all::<PgPolicy>(&relation).cloned().collect();
        for row in rows {
            let command = match row.polcmd {
                b'r' => "SELECT",
                b'a' => "INSERT",
                b'w' => "UPDATE",
                b'd' => "DELETE",
                _ => "ALL", // '*'
            };
            let mut portrait =
                Portrait::new(ObjectAddress::new(Class::Policy, row.oid), format!("for {command}"));
            portrait.fact("command", command);
            portrait.fact("kind", if row.polpermissive { "permissive" } else { "restrictive" });
            let mut roles: Vec<String> =
                row.polroles.iter().map(|oid| self.names.role(*oid)).collect();
            roles.sort();
            portrait.fact("roles", roles.join(", "));
            portrait.fact("using", self.policy_expr(&row.rtable, relation, row.polqual.as_deref()));
            portrait.fact(
                "with check",
                self.policy_expr(&row.rtable, relation, row.polwithcheck.as_deref()),
            );
            self.comment(&mut portrait);
            self.add_part(owner, "policy", quote_identifier(&row.polname).into_owned(), portrait);
        }
    }

    fn policy_expr(&self, rtable: &[RangeTblEntry], relation: Oid, expr: Option<&Expr>) -> String {
        match expr {
            None => "none".to_string(),
            Some(expr) if rtable.is_empty() => canon::of_relation(self.names, relation, expr),
            Some(expr) => canon::of_rtable(self.names, rtable, expr),
        }
    }

    pub(super) fn rules_of(&mut self, owner: &Owner, relation: Oid) {
        let rows: Vec<_> = self.catalog.find_all::<PgRewrite>(&relation).cloned().collect();
        for row in rows {
            if &*row.rulename == "_RETURN" {
                continue;
            }
            let mut portrait = Portrait::new(ObjectAddress::new(Class::Rewrite, row.oid), "");
            portrait.fact("event", char::from(row.ev_type).to_string());
            portrait.flag("instead", row.is_instead);
            portrait.fact("enabled", enabled(row.ev_enabled));
            let condition =
                row.ev_qual.as_deref().map(|expr| canon::of_trigger(self.names, relation, expr));
            portrait.fact("when", condition.unwrap_or_else(|| "always".to_string()));
            let actions: Vec<String> =
                row.ev_action.iter().map(|query| canon::of_query(self.names, query)).collect();
            portrait.fact("does", actions.join("; "));
            self.comment(&mut portrait);
            self.add_part(owner, "rule", quote_identifier(&row.rulename).into_owned(), portrait);
        }
    }

    pub(super) fn statistics_of(&mut self, owner: &Owner, relation: Oid) {
        let rows: Vec<_> = self
            .catalog
            .iter::<PgStatisticExt>()
            .filter(|row| row.stxrelid == relation)
            .cloned()
            .collect();
        for row in rows {
            let mut portrait = Portrait::new(ObjectAddress::new(Class::StatisticExt, row.oid), "");
            let mut keys = vec![self.names.columns(relation, &row.stxkeys)];
            keys.extend(
                row.stxexprs.iter().map(|expr| canon::of_relation(self.names, relation, expr)),
            );
            portrait.fact("of", keys.join(", "));
            let mut kinds = row.stxkind.clone();
            kinds.sort_unstable();
            portrait.fact("kinds", String::from_utf8_lossy(&kinds).into_owned());
            if let Some(target) = row.stxstattarget.filter(|target| *target >= 0) {
                portrait.cosmetic("statistics", target.to_string());
            }
            self.common(&mut portrait, row.stxowner, &None);
            let name = self.names.qualified(row.stxnamespace, &row.stxname);
            self.add_part(owner, "statistics", name, portrait);
        }
    }
}

/// NOT NULL, and what is special about it.
fn nullability(column: &PgAttribute, not_nulls: &[&std::sync::Arc<PgConstraint>]) -> String {
    if !column.attnotnull {
        return "nullable".to_string();
    }
    let row = not_nulls.iter().find(|row| row.conkey.first() == Some(&column.attnum));
    let mut text = "not null".to_string();
    if let Some(row) = row {
        text.push_str(if row.connoinherit { " no inherit" } else { "" });
        text.push_str(if row.convalidated { "" } else { " not valid" });
    }
    text
}

fn overlaps(row: &PgConstraint) -> &'static str {
    if row.conperiod { " WITHOUT OVERLAPS" } else { "" }
}

fn constraint_state(row: &PgConstraint) -> String {
    let mut words = vec![if row.convalidated { "valid" } else { "not valid" }];
    if !row.conenforced {
        words.push("not enforced");
    }
    if row.condeferrable {
        words.push(if row.condeferred { "initially deferred" } else { "deferrable" });
    }
    words.join(", ")
}

/// A foreign key's action where it is not NO ACTION.
fn action(code: u8) -> Option<&'static str> {
    match code {
        b'r' => Some("RESTRICT"),
        b'c' => Some("CASCADE"),
        b'n' => Some("SET NULL"),
        b'd' => Some("SET DEFAULT"),
        _ => None, // 'a'
    }
}

fn enabled(code: u8) -> &'static str {
    match code {
        b'D' => "no",
        b'R' => "on replicas",
        b'A' => "always",
        _ => "yes", // 'O'
    }
}

/// The moment and the events (PostgreSQL: TRIGGER_TYPE_* of catalog/pg_trigger.h).
fn trigger_event(row: &PgTrigger) -> String {
    let has = |bit: i16| row.tgtype & bit != 0;
    let moment = match (has(1 << 1), has(1 << 6)) {
        (true, _) => "BEFORE",
        (false, true) => "INSTEAD OF",
        (false, false) => "AFTER",
    };
    let events: Vec<&str> = [(2, "INSERT"), (3, "DELETE"), (4, "UPDATE"), (5, "TRUNCATE")]
        .into_iter()
        .filter(|(bit, _)| has(1 << bit))
        .map(|(_, name)| name)
        .collect();
    let each = if has(1) { "ROW" } else { "STATEMENT" };
    format!("{moment} {} FOR EACH {each}", events.join(" OR "))
}

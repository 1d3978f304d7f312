//! Views' queries and rules (PostgreSQL: createViewAsClause, createDummyViewAsClause, dumpRule).

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use crate::catalog::objectaddress::Class;
use crate::catalog::*;
use crate::deparse::ruleutils::reloptions;
use crate::pg::name::quote_identifier;
use crate::pg::oid::Oid;

impl Dump<'_> {
    pub(super) fn view_text(&self, class: &PgClass, qualified: &str) -> String {
        if self.dummy_views.contains(&class.oid) {
            return format!("CREATE VIEW {qualified} AS\n{};\n", self.dummy_view(class));
        }
        let options = view_options(class);
        let query = self.view_query(class.oid);
        let check = check_option(class);
        format!("CREATE VIEW {qualified}{options} AS\n{query}{check};\n")
    }

    /// PostgreSQL: createViewAsClause.
    pub(super) fn view_query(&self, oid: Oid) -> String {
        let mut text = self.deparse.view_definition(oid).unwrap_or_default();
        text.pop();
        text
    }

    /// PostgreSQL: createDummyViewAsClause.
    fn dummy_view(&self, class: &PgClass) -> String {
        let column = |a: &PgAttribute| {
            let typname = self.deparse.type_with_typmod(a.atttypid, a.atttypmod);
            let collation = self.column_collation(a);
            format!("    NULL::{typname}{collation} AS {}", quote_identifier(&a.attname))
        };
        let columns: Vec<String> = class.live_attributes().map(column).collect();
        format!("SELECT\n{}", columns.join(",\n"))
    }

    /// A view's or rule's definition on its own (PostgreSQL: dumpRule).
    pub(super) fn rule(&mut self, oid: Oid) {
        if !self.separate.contains(&(Class::Rewrite, oid)) {
            return;
        }
        let Some(row) = self.catalog.get::<PgRewrite>(oid).cloned() else { return };
        let Some(class) = self.catalog.get::<PgClass>(row.ev_class).cloned() else { return };
        let qualified = self.relation(class.oid);
        let view = class.relkind == b'v' && row.ev_type == b'1';
        let mut text = if view {
            let options = view_options(&class);
            let query = self.view_query(class.oid);
            let check = check_option(&class);
            format!("CREATE OR REPLACE VIEW {qualified}{options} AS\n{query}{check};\n")
        } else {
            format!("{}\n", self.deparse.rule_definition(&row))
        };
        let rule = quote_identifier(&row.rulename);
        let enable = match row.ev_enabled {
            b'A' => "ENABLE ALWAYS RULE",
            b'R' => "ENABLE REPLICA RULE",
            b'D' => "DISABLE RULE",
            _ => "", // 'O'
        };
        if !enable.is_empty() {
            text.push_str(&format!("ALTER TABLE {qualified} {enable} {rule};\n"));
        }
        let schema = self.deparse.schema(class.relnamespace).to_string();
        let owner = self.role(class.relowner);
        let drop = if view {
            format!("CREATE OR REPLACE VIEW {qualified} AS\n{};\n", self.dummy_view(&class))
        } else {
            format!("DROP RULE {rule} ON {qualified};\n")
        };
        self.archive.add(Entry {
            tag: format!("{} {}", class.relname, row.rulename),
            desc: "RULE",
            namespace: Some(schema.clone()),
            owner: Some(owner.clone()),
            post_data: true,
            defn: text,
            drop,
            ..Entry::default()
        });
        let kind = format!("RULE {rule} ON");
        let name = quote_identifier(&class.relname).into_owned();
        let what = Commented {
            kind: &kind,
            name: &name,
            namespace: Some(&schema),
            owner: &owner,
            post_data: true,
        };
        self.comment(Class::Rewrite, row.oid, what);
    }
}

/// ` WITH (…)` of a view.
fn view_options(class: &PgClass) -> String {
    let options: Vec<_> = class
        .reloptions
        .iter()
        .filter(|(name, _)| name.as_ref() != "check_option")
        .cloned()
        .collect();
    if options.is_empty() { String::new() } else { format!(" WITH ({})", reloptions(&options)) }
}

/// The view's WITH CHECK OPTION.
fn check_option(class: &PgClass) -> String {
    let option = class.reloptions.iter().find(|(name, _)| name.as_ref() == "check_option");
    option.map_or(String::new(), |(_, value)| {
        format!("\n  WITH {} CHECK OPTION", value.to_uppercase())
    })
}

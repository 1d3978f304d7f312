//! Foreign-data wrappers, servers and user mappings; text search (PostgreSQL: dumpForeignServer, dumpTSConfig).

use super::Dump;
use super::archive::Entry;
use super::comments::Commented;
use super::tables::generic_options;
use crate::catalog::objectaddress::Class;
use crate::catalog::*;
use crate::deparse::ruleutils::simple_quote_literal;
use crate::pg::name::{quote_identifier, quote_qualified_identifier};
use crate::pg::oid::Oid;

fn options_clause(options: &[(std::sync::Arc<str>, std::sync::Arc<str>)]) -> String {
    if options.is_empty() {
        return String::new();
    }
    format!(" OPTIONS (\n    {}\n)", generic_options(options, ",\n    "))
}

impl Dump<'_> {
    /// PostgreSQL: dumpForeignDataWrapper.
    pub(super) fn foreign_data_wrapper(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgForeignDataWrapper>(oid).cloned() else { return };
        let name = quote_identifier(&row.fdwname).into_owned();
        let mut text = format!("CREATE FOREIGN DATA WRAPPER {name}");
        for (word, function) in [("HANDLER", row.fdwhandler), ("VALIDATOR", row.fdwvalidator)] {
            if function.is_valid() {
                text.push_str(&format!(" {word} {}", self.procedure(function)));
            }
        }
        text.push_str(&options_clause(&row.fdwoptions));
        text.push_str(";\n");
        let owner = self.role(row.fdwowner);
        self.archive.add(Entry {
            tag: row.fdwname.to_string(),
            desc: "FOREIGN DATA WRAPPER",
            owner: Some(owner.clone()),
            defn: text,
            drop: format!("DROP FOREIGN DATA WRAPPER {name};\n"),
            owned: Some(format!("FOREIGN DATA WRAPPER {name}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "FOREIGN DATA WRAPPER",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::ForeignDataWrapper, oid, what);
        self.foreign_acl("FOREIGN DATA WRAPPER", oid, &row.fdwname, row.fdwowner, &row.fdwacl);
    }

    /// PostgreSQL: dumpForeignServer.
    pub(super) fn foreign_server(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgForeignServer>(oid).cloned() else { return };
        let name = quote_identifier(&row.srvname).into_owned();
        let wrapper = self.catalog.get::<PgForeignDataWrapper>(row.srvfdw);
        let wrapper = quote_identifier(wrapper.map_or("", |row| &row.fdwname)).into_owned();
        let mut text = format!("CREATE SERVER {name}");
        for (word, value) in [("TYPE", &row.srvtype), ("VERSION", &row.srvversion)] {
            if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
                text.push_str(&format!(" {word} {}", simple_quote_literal(value)));
            }
        }
        text.push_str(&format!(" FOREIGN DATA WRAPPER {wrapper}"));
        text.push_str(&options_clause(&row.srvoptions));
        text.push_str(";\n");
        let owner = self.role(row.srvowner);
        self.archive.add(Entry {
            tag: row.srvname.to_string(),
            desc: "SERVER",
            owner: Some(owner.clone()),
            defn: text,
            drop: format!("DROP SERVER {name};\n"),
            owned: Some(format!("SERVER {name}")),
            ..Entry::default()
        });
        let what = Commented {
            kind: "SERVER",
            name: &name,
            namespace: None,
            owner: &owner,
            post_data: false,
        };
        self.comment(Class::ForeignServer, oid, what);
        self.foreign_acl("FOREIGN SERVER", oid, &row.srvname, row.srvowner, &row.srvacl);
        self.user_mappings(&row, &name, &owner);
    }

    /// PostgreSQL: dumpUserMappings.
    fn user_mappings(&mut self, server: &PgForeignServer, name: &str, owner: &str) {
        let user = |oid: Oid| if oid.is_valid() { self.role(oid) } else { "public".to_string() };
        let mut rows: Vec<_> = self
            .catalog
            .iter::<PgUserMapping>()
            .filter(|row| row.umserver == server.oid)
            .map(|row| (user(row.umuser), row.clone()))
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        for (user, row) in rows {
            let quoted = quote_identifier(&user).into_owned();
            let options = options_clause(&row.umoptions);
            self.archive.add(Entry {
                tag: format!("USER MAPPING {user} SERVER {}", server.srvname),
                desc: "USER MAPPING",
                owner: Some(owner.to_string()),
                defn: format!("CREATE USER MAPPING FOR {quoted} SERVER {name}{options};\n"),
                drop: format!("DROP USER MAPPING FOR {quoted} SERVER {name};\n"),
                ..Entry::default()
            });
        }
    }

    fn text_search(
        &mut self,
        object: (Class, Oid),
        names: (Oid, &str),
        owner: Option<Oid>,
        text: TextSearch,
    ) {
        let (namespace, name) = names;
        let schema = self.deparse.schema(namespace).to_string();
        let qualified = quote_qualified_identifier(Some(&schema), name);
        let owner = owner.map(|owner| self.role(owner));
        let TextSearch { desc, parts, after } = text;
        let body = parts.join(",\n    ");
        self.archive.add(Entry {
            tag: name.to_string(),
            desc,
            namespace: Some(schema.clone()),
            owner: owner.clone(),
            defn: format!("CREATE {desc} {qualified} (\n    {body} );\n{after}"),
            drop: format!("DROP {desc} {qualified};\n"),
            owned: owner.as_ref().map(|_| format!("{desc} {qualified}")),
            ..Entry::default()
        });
        let quoted = quote_identifier(name).into_owned();
        let owner = owner.unwrap_or_default();
        let what = Commented {
            kind: desc,
            name: &quoted,
            namespace: Some(&schema),
            owner: &owner,
            post_data: false,
        };
        self.comment(object.0, object.1, what);
    }

    /// PostgreSQL: dumpTSParser.
    pub(super) fn ts_parser(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgTsParser>(oid).cloned() else { return };
        let mut parts = vec![
            format!("START = {}", self.procedure(row.prsstart)),
            format!("GETTOKEN = {}", self.procedure(row.prstoken)),
            format!("END = {}", self.procedure(row.prsend)),
        ];
        if row.prsheadline.is_valid() {
            parts.push(format!("HEADLINE = {}", self.procedure(row.prsheadline)));
        }
        parts.push(format!("LEXTYPES = {}", self.procedure(row.prslextype)));
        let text = TextSearch { desc: "TEXT SEARCH PARSER", parts, after: String::new() };
        self.text_search((Class::TsParser, oid), (row.prsnamespace, &row.prsname), None, text);
    }

    /// PostgreSQL: dumpTSTemplate.
    pub(super) fn ts_template(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgTsTemplate>(oid).cloned() else { return };
        let mut parts = Vec::new();
        if row.tmplinit.is_valid() {
            parts.push(format!("INIT = {}", self.procedure(row.tmplinit)));
        }
        parts.push(format!("LEXIZE = {}", self.procedure(row.tmpllexize)));
        let text = TextSearch { desc: "TEXT SEARCH TEMPLATE", parts, after: String::new() };
        self.text_search((Class::TsTemplate, oid), (row.tmplnamespace, &row.tmplname), None, text);
    }

    /// PostgreSQL: dumpTSDictionary.
    pub(super) fn ts_dict(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgTsDict>(oid).cloned() else { return };
        let Some(template) = self.catalog.get::<PgTsTemplate>(row.dicttemplate) else { return };
        let schema = self.deparse.schema(template.tmplnamespace);
        let template = quote_qualified_identifier(Some(schema), &template.tmplname);
        let mut parts = vec![format!("TEMPLATE = {template}")];
        if let Some(options) = &row.dictinitoption {
            parts.push(options.to_string());
        }
        let text = TextSearch { desc: "TEXT SEARCH DICTIONARY", parts, after: String::new() };
        let owner = Some(row.dictowner);
        self.text_search((Class::TsDict, oid), (row.dictnamespace, &row.dictname), owner, text);
    }

    /// PostgreSQL: dumpTSConfig.
    pub(super) fn ts_config(&mut self, oid: Oid) {
        let Some(row) = self.catalog.get::<PgTsConfig>(oid).cloned() else { return };
        let Some(parser) = self.catalog.get::<PgTsParser>(row.cfgparser) else { return };
        let schema = self.deparse.schema(parser.prsnamespace);
        let parser = quote_qualified_identifier(Some(schema), &parser.prsname);
        let own =
            quote_qualified_identifier(Some(self.deparse.schema(row.cfgnamespace)), &row.cfgname);
        let mut after = String::new();
        for (token, dictionaries) in &row.mappings {
            let names: Vec<String> =
                dictionaries.iter().map(|oid| self.dictionary_name(*oid)).collect();
            after.push_str(&format!(
                "\nALTER TEXT SEARCH CONFIGURATION {own}\n    ADD MAPPING FOR {} WITH {};\n",
                quote_identifier(token),
                names.join(", ")
            ));
        }
        let parts = vec![format!("PARSER = {parser}")];
        let text = TextSearch { desc: "TEXT SEARCH CONFIGURATION", parts, after };
        let owner = Some(row.cfgowner);
        self.text_search((Class::TsConfig, oid), (row.cfgnamespace, &row.cfgname), owner, text);
    }

    fn dictionary_name(&self, oid: Oid) -> String {
        let Some(row) = self.catalog.get::<PgTsDict>(oid) else { return String::new() };
        let schema = self.deparse.schema(row.dictnamespace);
        let builtin = schema == "pg_catalog";
        quote_qualified_identifier((!builtin).then_some(schema), &row.dictname)
    }
}

/// What differs between the kinds of text search objects.
struct TextSearch {
    desc: &'static str,
    parts: Vec<String>,
    after: String,
}

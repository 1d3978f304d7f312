//! Every other kind of object: schemas, extensions, operators, casts, collations, text search, publications …

use super::{Drawing, Portrait, options_text};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{
    PgAm, PgAmop, PgAmproc, PgCast, PgCollation, PgConversion, PgEventTrigger, PgExtension,
    PgForeignDataWrapper, PgForeignServer, PgLanguage, PgNamespace, PgOpclass, PgOperator,
    PgOpfamily, PgProc, PgPublication, PgPublicationNamespace, PgPublicationRel, PgRange,
    PgSubscription, PgTransform, PgTsConfig, PgTsDict, PgTsParser, PgTsTemplate, PgUserMapping,
};
use crate::diff::canon;
use crate::pg::name::quote_identifier;
use crate::pg::oid::{Oid, fixed};

impl Drawing<'_> {
    pub(super) fn others(&mut self) {
        self.schemas_and_extensions();
        self.operators();
        self.operator_classes();
        self.casts_and_transforms();
        self.collations_and_conversions();
        self.text_search();
        self.foreign();
        self.replication();
        self.event_triggers_and_languages();
    }

    fn portrait(&self, class: Class, oid: Oid) -> Option<Portrait> {
        self.is_own(class, oid).then(|| Portrait::new(ObjectAddress::new(class, oid), ""))
    }

    fn schemas_and_extensions(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgNamespace>().cloned().collect();
        for row in rows {
            let is_public = row.oid == fixed::PG_PUBLIC_NAMESPACE;
            if (row.nspname.starts_with("pg_temp") || row.nspname.starts_with("pg_toast_temp"))
                || (!is_public && !self.is_own(Class::Namespace, row.oid))
            {
                continue;
            }
            let mut portrait = Portrait::new(ObjectAddress::new(Class::Namespace, row.oid), "");
            if !is_public {
                self.common(&mut portrait, row.nspowner, &row.nspacl);
            } else if self.options.grants {
                portrait.fact("privileges", super::grants::of_schema(self.names, &row));
            }
            self.add("schema", quote_identifier(&row.nspname).into_owned(), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgExtension>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Extension, row.oid) else { continue };
            portrait.fact("schema", self.names.schema(row.extnamespace));
            portrait.cosmetic("version", row.extversion.to_string());
            self.add("extension", quote_identifier(&row.extname).into_owned(), portrait);
        }
    }

    fn operators(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgOperator>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Operator, row.oid) else { continue };
            portrait.fact("returns", self.names.plain_type(row.oprresult));
            portrait.fact("function", self.names.function_or_none(row.oprcode));
            portrait.fact("commutator", self.names.operator_with_types(row.oprcom));
            portrait.fact("negator", self.names.operator_with_types(row.oprnegate));
            portrait.fact("restriction", self.names.function_or_none(row.oprrest));
            portrait.fact("join", self.names.function_or_none(row.oprjoin));
            portrait.flag("hashes", row.oprcanhash);
            portrait.flag("merges", row.oprcanmerge);
            self.common(&mut portrait, row.oprowner, &None);
            self.add("operator", self.names.operator_with_types(row.oid), portrait);
        }
    }

    fn operator_classes(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgOpclass>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Opclass, row.oid) else { continue };
            let method = self.names.access_method(row.opcmethod);
            portrait.fact("for", self.names.plain_type(row.opcintype));
            portrait.flag("default", row.opcdefault);
            portrait.fact("storage", self.names.plain_type(row.opckeytype));
            portrait.fact("family", self.family(row.opcfamily));
            self.common(&mut portrait, row.opcowner, &None);
            let name = self.names.qualified(row.opcnamespace, &row.opcname);
            self.add("operator class", format!("{name} using {method}"), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgOpfamily>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Opfamily, row.oid) else { continue };
            portrait.fact("members", self.family_members(row.oid));
            self.common(&mut portrait, row.opfowner, &None);
            let name = self.names.qualified(row.opfnamespace, &row.opfname);
            let method = self.names.access_method(row.opfmethod);
            self.add("operator family", format!("{name} using {method}"), portrait);
        }
    }

    fn family(&self, oid: Oid) -> String {
        self.catalog.get::<PgOpfamily>(oid).map_or_else(
            || "?".to_string(),
            |row| self.names.qualified(row.opfnamespace, &row.opfname),
        )
    }

    /// The operators and support functions of a family.
    fn family_members(&self, family: Oid) -> String {
        let mut members: Vec<String> = Vec::new();
        for row in self.catalog.find_all::<PgAmop>(&family) {
            let operator = self.names.operator_with_types(row.amopopr);
            let purpose = if row.amoppurpose == b'o' { " for order by " } else { "" };
            let sorts = row.amopsortfamily.valid().map_or(String::new(), |oid| self.family(oid));
            members.push(format!("operator {} {operator}{purpose}{sorts}", row.amopstrategy));
        }
        for row in self.catalog.find_all::<PgAmproc>(&family) {
            let types = (row.amproclefttype, row.amprocrighttype);
            let (left, right) = (self.names.plain_type(types.0), self.names.plain_type(types.1));
            let function = self.names.function(row.amproc);
            members.push(format!("function {} ({left}, {right}) {function}", row.amprocnum));
        }
        members.sort();
        if members.is_empty() { "none".to_string() } else { members.join("; ") }
    }

    fn casts_and_transforms(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgCast>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Cast, row.oid) else { continue };
            // A range type's cast to its multirange comes with it.
            let range = self.catalog.get::<PgRange>(row.castsource);
            if range.is_some_and(|range| range.rngmultitypid == row.casttarget) {
                continue;
            }
            portrait.fact("function", self.names.function_or_none(row.castfunc));
            portrait.fact("context", char::from(row.castcontext).to_string());
            portrait.fact("method", char::from(row.castmethod).to_string());
            self.comment(&mut portrait);
            let (from, to) =
                (self.names.plain_type(row.castsource), self.names.plain_type(row.casttarget));
            self.add("cast", format!("{from} to {to}"), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgTransform>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Transform, row.oid) else { continue };
            portrait.fact("from SQL", self.names.function_or_none(row.trffromsql));
            portrait.fact("to SQL", self.names.function_or_none(row.trftosql));
            self.comment(&mut portrait);
            let name = format!(
                "{} for {}",
                self.names.plain_type(row.trftype),
                self.names.language(row.trflang)
            );
            self.add("transform", name, portrait);
        }
    }

    fn collations_and_conversions(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgCollation>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Collation, row.oid) else { continue };
            portrait.fact("provider", char::from(row.collprovider).to_string());
            let part =
                |text: &Option<std::sync::Arc<str>>| text.as_deref().unwrap_or("none").to_string();
            let locale = [&row.collcollate, &row.collctype, &row.colllocale].map(part).join(", ");
            portrait.fact("locale", locale);
            portrait.fact("rules", part(&row.collicurules));
            portrait.flag("deterministic", row.collisdeterministic);
            self.common(&mut portrait, row.collowner, &None);
            self.add("collation", self.names.qualified(row.collnamespace, &row.collname), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgConversion>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Conversion, row.oid) else { continue };
            portrait.fact("encodings", format!("{} to {}", row.conforencoding, row.contoencoding));
            portrait.fact("function", self.names.function_or_none(row.conproc));
            portrait.flag("default", row.condefault);
            self.common(&mut portrait, row.conowner, &None);
            self.add("conversion", self.names.qualified(row.connamespace, &row.conname), portrait);
        }
    }

    fn text_search(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgTsConfig>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::TsConfig, row.oid) else { continue };
            let dictionary = |oid: &Oid| self.names.object_of_type(fixed::REGDICTIONARYOID, *oid);
            let mut mappings: Vec<String> = row
                .mappings
                .iter()
                .map(|(token, dicts)| {
                    format!(
                        "{token}: {}",
                        dicts.iter().map(dictionary).collect::<Vec<_>>().join(", ")
                    )
                })
                .collect();
            mappings.sort();
            let parser = self.catalog.get::<PgTsParser>(row.cfgparser);
            portrait.fact("parser", parser.map_or("?", |parser| parser.prsname.as_str()));
            portrait.fact("mappings", mappings.join("; "));
            self.common(&mut portrait, row.cfgowner, &None);
            let name = self.names.qualified(row.cfgnamespace, &row.cfgname);
            self.add("text search configuration", name, portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgTsDict>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::TsDict, row.oid) else { continue };
            let template = self.catalog.get::<PgTsTemplate>(row.dicttemplate);
            portrait.fact("template", template.map_or("?", |template| template.tmplname.as_str()));
            portrait.fact("options", row.dictinitoption.as_deref().unwrap_or("none"));
            self.common(&mut portrait, row.dictowner, &None);
            let name = self.names.qualified(row.dictnamespace, &row.dictname);
            self.add("text search dictionary", name, portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgTsParser>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::TsParser, row.oid) else { continue };
            portrait.fact("start", self.names.function_name(row.prsstart));
            portrait.fact("token", self.names.function_name(row.prstoken));
            portrait.fact("end", self.names.function_name(row.prsend));
            portrait.fact("headline", self.names.function_or_none(row.prsheadline));
            portrait.fact("token types", self.names.function_name(row.prslextype));
            self.comment(&mut portrait);
            let name = self.names.qualified(row.prsnamespace, &row.prsname);
            self.add("text search parser", name, portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgTsTemplate>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::TsTemplate, row.oid) else { continue };
            portrait.fact("init", self.names.function_or_none(row.tmplinit));
            portrait.fact("lexize", self.names.function_name(row.tmpllexize));
            self.comment(&mut portrait);
            let name = self.names.qualified(row.tmplnamespace, &row.tmplname);
            self.add("text search template", name, portrait);
        }
    }

    fn foreign(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgForeignDataWrapper>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::ForeignDataWrapper, row.oid) else {
                continue;
            };
            portrait.fact("handler", self.names.function_or_none(row.fdwhandler));
            portrait.fact("validator", self.names.function_or_none(row.fdwvalidator));
            portrait.fact("options", options_text(&row.fdwoptions));
            self.common(&mut portrait, row.fdwowner, &row.fdwacl);
            self.add("foreign-data wrapper", quote_identifier(&row.fdwname).into_owned(), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgForeignServer>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::ForeignServer, row.oid) else { continue };
            let wrapper = self.catalog.get::<PgForeignDataWrapper>(row.srvfdw);
            portrait.fact("wrapper", wrapper.map_or("?", |wrapper| wrapper.fdwname.as_str()));
            portrait.fact("type", row.srvtype.as_deref().unwrap_or("none"));
            portrait.fact("version", row.srvversion.as_deref().unwrap_or("none"));
            portrait.fact("options", options_text(&row.srvoptions));
            self.common(&mut portrait, row.srvowner, &row.srvacl);
            self.add("server", quote_identifier(&row.srvname).into_owned(), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgUserMapping>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::UserMapping, row.oid) else { continue };
            let server = self.catalog.get::<PgForeignServer>(row.umserver);
            let mut names: Vec<&str> =
                row.umoptions.iter().map(|(name, _)| name.as_ref()).collect();
            names.sort_unstable();
            // The values may be secrets: compared, not shown.
            portrait.meaning("options", names.join(", "), options_text(&row.umoptions));
            let server = server.map_or("?", |server| server.srvname.as_str());
            self.add(
                "user mapping",
                format!("{} on {server}", self.names.role(row.umuser)),
                portrait,
            );
        }
    }

    fn replication(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgPublication>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Publication, row.oid) else { continue };
            portrait.fact("publishes", publishes(&row));
            portrait.flag("through the root", row.pubviaroot);
            portrait.flag("generated columns", row.pubgencols == b's');
            portrait.fact("of", self.publication_members(&row));
            self.common(&mut portrait, row.pubowner, &None);
            self.add("publication", quote_identifier(&row.pubname).into_owned(), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgSubscription>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Subscription, row.oid) else { continue };
            let mut publications: Vec<&str> =
                row.subpublications.iter().map(|name| name.as_str()).collect();
            publications.sort_unstable();
            portrait.fact("publications", publications.join(", "));
            portrait.flag("enabled", row.subenabled);
            portrait.fact("slot", row.subslotname.as_ref().map_or("none", |name| name.as_str()));
            // The connection may hold a password: compared, not shown.
            portrait.meaning("connection", String::new(), row.subconninfo.to_string());
            portrait.fact("options", options_text(&row.suboptions));
            self.common(&mut portrait, row.subowner, &None);
            self.add("subscription", quote_identifier(&row.subname).into_owned(), portrait);
        }
    }

    fn publication_members(&self, row: &PgPublication) -> String {
        if row.puballtables {
            return "all tables".to_string();
        }
        let mut members: Vec<String> = Vec::new();
        for table in
            self.catalog.iter::<PgPublicationRel>().filter(|table| table.prpubid == row.oid)
        {
            let mut text = self.names.relation(table.prrelid);
            if let Some(columns) = &table.prattrs {
                text.push_str(&format!(" ({})", self.names.columns(table.prrelid, columns)));
            }
            if let Some(qual) = &table.prqual {
                text.push_str(&format!(
                    " WHERE {}",
                    canon::of_relation(self.names, table.prrelid, qual)
                ));
            }
            members.push(text);
        }
        for schema in
            self.catalog.iter::<PgPublicationNamespace>().filter(|member| member.pnpubid == row.oid)
        {
            members.push(format!("schema {}", self.names.schema(schema.pnnspid)));
        }
        members.sort();
        if members.is_empty() { "nothing".to_string() } else { members.join(", ") }
    }

    fn event_triggers_and_languages(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgEventTrigger>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::EventTrigger, row.oid) else { continue };
            portrait.fact("event", row.evtevent.to_string());
            portrait.fact("calls", self.names.function_name(row.evtfoid));
            portrait.fact("enabled", char::from(row.evtenabled).to_string());
            let mut tags: Vec<String> =
                row.evttags.iter().flatten().map(|tag| tag.to_uppercase()).collect();
            tags.sort();
            portrait
                .fact("tags", if tags.is_empty() { "all".to_string() } else { tags.join(", ") });
            self.common(&mut portrait, row.evtowner, &None);
            self.add("event trigger", quote_identifier(&row.evtname).into_owned(), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgLanguage>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Language, row.oid) else { continue };
            portrait.flag("trusted", row.lanpltrusted);
            let handler = self.catalog.get::<PgProc>(row.lanplcallfoid);
            portrait.fact("handler", handler.map_or("none", |handler| handler.proname.as_str()));
            portrait.fact("inline handler", self.names.function_or_none(row.laninline));
            portrait.fact("validator", self.names.function_or_none(row.lanvalidator));
            self.common(&mut portrait, row.lanowner, &row.lanacl);
            self.add("language", quote_identifier(&row.lanname).into_owned(), portrait);
        }
        let rows: Vec<_> = self.catalog.iter::<PgAm>().cloned().collect();
        for row in rows {
            let Some(mut portrait) = self.portrait(Class::Am, row.oid) else { continue };
            portrait.fact("handler", self.names.function_name(row.amhandler));
            portrait.fact("for", if row.amtype == b'i' { "indexes" } else { "tables" });
            self.comment(&mut portrait);
            self.add("access method", quote_identifier(&row.amname).into_owned(), portrait);
        }
    }
}

fn publishes(row: &PgPublication) -> String {
    let all = [
        (row.pubinsert, "insert"),
        (row.pubupdate, "update"),
        (row.pubdelete, "delete"),
        (row.pubtruncate, "truncate"),
    ];
    all.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect::<Vec<_>>().join(", ")
}

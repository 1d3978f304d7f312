//! From recorded tables to catalog rows: access methods and operator classes, relations with their columns, indexes and
//! constraints, text search, what else an extension may bring, and what initdb makes for the whole cluster.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use thin_vec::ThinVec;

use super::load::{Loader, options, shared};
use super::tsv;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};

type Text = &'static str;

/// The tablespace of the catalogs that all databases share (PostgreSQL: GLOBALTABLESPACE_OID).
const GLOBALTABLESPACE_OID: Oid = Oid(1664);

impl Loader<'_> {
    pub(super) fn access_methods(&mut self) {
        for [oid, name, handler, kind] in self.rows::<4>("pg_am") {
            let oid = self.oid(Class::Am, oid);
            self.names.access_methods.insert(name, oid);
            let row = PgAm {
                oid,
                amname: Name::fixed(name),
                amhandler: self.proc(handler),
                amtype: tsv::letter(kind),
            };
            self.put(row);
        }
    }

    pub(super) fn operator_classes(&mut self) {
        for [oid, method, schema, name] in self.rows::<4>("pg_opfamily") {
            let oid = self.oid(Class::Opfamily, oid);
            self.names.families.insert((method, (schema, name)), oid);
            let row = PgOpfamily {
                oid,
                opfmethod: self.names.access_method(self.catalog, method),
                opfname: Name::fixed(name),
                opfnamespace: self.schema(schema),
                opfowner: self.owner,
            };
            self.put(row);
        }
        for [oid, method, schema, name, family, input, default, key] in self.rows::<8>("pg_opclass")
        {
            let oid = self.oid(Class::Opclass, oid);
            self.names.classes.insert((method, (schema, name)), oid);
            let row = PgOpclass {
                oid,
                opcmethod: self.names.access_method(self.catalog, method),
                opcname: Name::fixed(name),
                opcnamespace: self.schema(schema),
                opcowner: self.owner,
                opcfamily: self.names.family(self.catalog, method, family),
                opcintype: self.type_(input),
                opcdefault: tsv::boolean(default),
                opckeytype: self.type_(key),
            };
            self.put(row);
        }
        for [oid, method, family, left, right, strategy, purpose, operator, sort] in
            self.rows::<9>("pg_amop")
        {
            let row = PgAmop {
                oid: self.oid(Class::Amop, oid),
                amopfamily: self.names.family(self.catalog, method, family),
                amoplefttype: self.type_(left),
                amoprighttype: self.type_(right),
                amopstrategy: tsv::number(strategy),
                amoppurpose: tsv::letter(purpose),
                amopopr: self.names.operator(self.catalog, operator),
                amopmethod: self.names.access_method(self.catalog, method),
                amopsortfamily: self.names.family(self.catalog, "btree", sort),
            };
            self.put(row);
        }
        for [oid, method, family, left, right, number, function] in self.rows::<7>("pg_amproc") {
            let row = PgAmproc {
                oid: self.oid(Class::Amproc, oid),
                amprocfamily: self.names.family(self.catalog, method, family),
                amproclefttype: self.type_(left),
                amprocrighttype: self.type_(right),
                amprocnum: tsv::number(number),
                amproc: self.proc(function),
            };
            self.put(row);
        }
    }

    pub(super) fn note_relations(&mut self) -> Vec<(Oid, [Text; 20])> {
        let mut rows = Vec::new();
        for row in self.rows::<20>("pg_class") {
            let [oid, schema, name, ..] = row;
            let oid = self.oid(Class::Relation, oid);
            self.names.relations.insert((schema, name), oid);
            rows.push((oid, row));
        }
        rows
    }

    pub(super) fn relations(&mut self, rows: Vec<(Oid, [Text; 20])>) {
        let mut columns = self.columns();
        let indexes: Vec<PgIndex> =
            self.rows::<13>("pg_index").map(|row| self.index(&rows, row)).collect();
        for index in &indexes {
            if let Some(table) = columns.get(&index.indrelid) {
                let keys = index.indkey.iter().filter_map(|at| index_column(table, *at)).zip(1..);
                let keys = keys.map(|(column, attnum)| PgAttribute { attnum, ..column }).collect();
                columns.insert(index.indexrelid, keys);
            }
        }
        for (oid, row) in rows {
            let [_, schema, name, kind, persistence, reltype, oftype, am, global, ..] = row;
            let [.., rowsecurity, replident, ispartition, reloptions, acl] = row;
            let relacl = self.acl(Class::Relation, oid, acl);
            let row = PgClass {
                oid,
                relname: Name::fixed(name),
                relnamespace: self.schema(schema),
                reltype: self.type_(reltype),
                reloftype: self.type_(oftype),
                relowner: self.owner,
                relam: self.names.access_method(self.catalog, am),
                reltablespace: if tsv::boolean(global) {
                    GLOBALTABLESPACE_OID
                } else {
                    Oid::INVALID
                },
                relpersistence: tsv::letter(persistence),
                relkind: tsv::letter(kind),
                relrowsecurity: tsv::boolean(rowsecurity),
                relforcerowsecurity: false,
                relreplident: tsv::letter(replident),
                relispartition: tsv::boolean(ispartition),
                relispopulated: true,
                relpartbound: None,
                reloptions: options(reloptions),
                toast_reloptions: Vec::new(),
                relacl,
                attributes: columns.remove(&oid).unwrap_or_default(),
            };
            self.put(row);
        }
        for index in indexes {
            self.put(index);
        }
        self.constraints();
        self.sequences();
    }

    /// The columns of every relation, by its oid.
    fn columns(&self) -> FxHashMap<Oid, Vec<PgAttribute>> {
        let mut columns: FxHashMap<Oid, Vec<PgAttribute>> = FxHashMap::default();
        for row in self.rows::<12>("pg_attribute") {
            let [relation, attnum, name, type_, typmod, ndims, notnull, collation, ..] = row;
            let [.., identity, generated, storage, _] = row;
            let relation = self.names.relation(self.catalog, relation);
            let attnum = tsv::number(attnum);
            let of_relation = columns.entry(relation).or_default();
            while of_relation.len() + 1 < usize::from(attnum as u16) {
                of_relation.push(dropped_column(of_relation.len() as i16 + 1));
            }
            of_relation.push(PgAttribute {
                attname: Name::fixed(name),
                atttypid: self.type_(type_),
                attnum,
                atttypmod: tsv::number(typmod),
                attndims: tsv::number(ndims),
                attcollation: self.names.collation(self.catalog, collation),
                attstorage: tsv::letter(storage),
                attnotnull: tsv::boolean(notnull),
                attidentity: tsv::letter(identity),
                attgenerated: tsv::letter(generated),
                attisdropped: false,
                ..dropped_column(attnum)
            });
        }
        columns
    }

    fn index(&self, relations: &[(Oid, [Text; 20])], row: [Text; 13]) -> PgIndex {
        let [index, table, unique, primary, exclusion, immediate, nkeyatts, key, classes, ..] = row;
        let [.., collations, indoption, nulls_not_distinct, _] = row;
        let indexrelid = self.names.relation(self.catalog, index);
        let relation = relations.iter().find(|(oid, _)| *oid == indexrelid);
        let method = relation.map_or("btree", |(_, row)| {
            let [_, _, _, _, _, _, _, method, ..] = row;
            method
        });
        let indkey: Vec<i16> = tsv::list(key).map(tsv::number).collect();
        PgIndex {
            indexrelid,
            indrelid: self.names.relation(self.catalog, table),
            indnatts: indkey.len() as i16,
            indnkeyatts: tsv::number(nkeyatts),
            indisunique: tsv::boolean(unique),
            indnullsnotdistinct: tsv::boolean(nulls_not_distinct),
            indisprimary: tsv::boolean(primary),
            indisexclusion: tsv::boolean(exclusion),
            indimmediate: tsv::boolean(immediate),
            indisclustered: false,
            indisvalid: true,
            indisready: true,
            indislive: true,
            indisreplident: false,
            indkey,
            indcollation: tsv::list(collations)
                .map(|name| self.names.collation(self.catalog, name))
                .collect(),
            indclass: tsv::list(classes)
                .map(|name| self.names.class(self.catalog, method, name))
                .collect(),
            indclassoptions: Vec::new(),
            indoption: tsv::list(indoption).map(tsv::number).collect(),
            indexprs: Vec::new(),
            indpred: None,
        }
    }

    fn constraints(&mut self) {
        for row in self.rows::<13>("pg_constraint") {
            let [oid, schema, name, kind, table, type_, index, deferrable, deferred, key, ..] = row;
            let [.., referenced, referenced_key, _] = row;
            let foreign = kind == "f";
            let row = PgConstraint {
                oid: self.oid(Class::Constraint, oid),
                conname: Name::fixed(name),
                connamespace: self.schema(schema),
                contype: tsv::letter(kind),
                condeferrable: tsv::boolean(deferrable),
                condeferred: tsv::boolean(deferred),
                conenforced: true,
                convalidated: true,
                conrelid: self.names.relation(self.catalog, table),
                contypid: self.type_(type_),
                conindid: self.names.relation(self.catalog, index),
                conparentid: Oid::INVALID,
                confrelid: self.names.relation(self.catalog, referenced),
                confupdtype: if foreign { b'a' } else { b' ' },
                confdeltype: if foreign { b'a' } else { b' ' },
                confmatchtype: if foreign { b's' } else { b' ' },
                conislocal: true,
                coninhcount: 0,
                connoinherit: !matches!(kind, "c" | "n"),
                conperiod: false,
                conkey: tsv::list(key).map(tsv::number).collect(),
                confkey: tsv::list(referenced_key).map(tsv::number).collect(),
                conpfeqop: ThinVec::new(),
                conppeqop: ThinVec::new(),
                conffeqop: ThinVec::new(),
                confdelsetcols: ThinVec::new(),
                conexclop: ThinVec::new(),
                conbin: None,
            };
            self.put(row);
        }
    }

    fn sequences(&mut self) {
        for [relation, type_, start, increment, max, min, cache, cycle, _] in
            self.rows::<9>("pg_sequence")
        {
            let row = PgSequence {
                seqrelid: self.names.relation(self.catalog, relation),
                seqtypid: self.type_(type_),
                seqstart: tsv::number(start),
                seqincrement: tsv::number(increment),
                seqmax: tsv::number(max),
                seqmin: tsv::number(min),
                seqcache: tsv::number(cache),
                seqcycle: tsv::boolean(cycle),
            };
            self.put(row);
        }
    }

    pub(super) fn text_search(&mut self) {
        for [oid, schema, name, start, token, end, headline, lextype] in
            self.rows::<8>("pg_ts_parser")
        {
            let row = PgTsParser {
                oid: self.oid(Class::TsParser, oid),
                prsname: Name::fixed(name),
                prsnamespace: self.schema(schema),
                prsstart: self.proc(start),
                prstoken: self.proc(token),
                prsend: self.proc(end),
                prsheadline: self.proc(headline),
                prslextype: self.proc(lextype),
            };
            self.put(row);
        }
        for [oid, schema, name, init, lexize] in self.rows::<5>("pg_ts_template") {
            let row = PgTsTemplate {
                oid: self.oid(Class::TsTemplate, oid),
                tmplname: Name::fixed(name),
                tmplnamespace: self.schema(schema),
                tmplinit: self.proc(init),
                tmpllexize: self.proc(lexize),
            };
            self.put(row);
        }
        for [oid, schema, name, template, option] in self.rows::<5>("pg_ts_dict") {
            let row = PgTsDict {
                oid: self.oid(Class::TsDict, oid),
                dictname: Name::fixed(name),
                dictnamespace: self.schema(schema),
                dictowner: self.owner,
                dicttemplate: self.names.ts_template(self.catalog, template),
                dictinitoption: shared(option),
            };
            self.put(row);
        }
        self.text_search_configurations();
    }

    fn text_search_configurations(&mut self) {
        let tokens: FxHashMap<Text, Text> =
            self.rows::<2>("pg_ts_token").map(|[id, alias]| (id, alias)).collect();
        let mut mappings: FxHashMap<Text, Vec<(Name, Vec<Oid>)>> = FxHashMap::default();
        for [config, token, dictionaries] in self.rows::<3>("pg_ts_config_map") {
            let Some(alias) = tokens.get(token) else { continue };
            let dictionaries = tsv::list(dictionaries)
                .map(|name| self.names.ts_dict(self.catalog, name))
                .collect();
            mappings.entry(config).or_default().push((Name::fixed(alias), dictionaries));
        }
        for [oid, schema, name, parser] in self.rows::<4>("pg_ts_config") {
            let row = PgTsConfig {
                oid: self.oid(Class::TsConfig, oid),
                cfgname: Name::fixed(name),
                cfgnamespace: self.schema(schema),
                cfgowner: self.owner,
                cfgparser: self.names.ts_parser(self.catalog, parser),
                mappings: mappings.remove(name).unwrap_or_default(),
            };
            self.put(row);
        }
    }

    pub(super) fn rest(&mut self) {
        for [range, subtype, multirange, collation, class, canonical, diff] in
            self.rows::<7>("pg_range")
        {
            let row = PgRange {
                rngtypid: self.type_(range),
                rngsubtype: self.type_(subtype),
                rngmultitypid: self.type_(multirange),
                rngcollation: self.names.collation(self.catalog, collation),
                rngsubopc: self.names.class(self.catalog, "btree", class),
                rngcanonical: self.proc(canonical),
                rngsubdiff: self.proc(diff),
            };
            self.put(row);
        }
        for [oid, name, from, to, function, default] in self.rows::<6>("pg_conversion") {
            let row = PgConversion {
                oid: self.oid(Class::Conversion, oid),
                conname: Name::fixed(name),
                connamespace: fixed::PG_CATALOG_NAMESPACE,
                conowner: self.owner,
                conforencoding: tsv::number(from),
                contoencoding: tsv::number(to),
                conproc: self.proc(function),
                condefault: tsv::boolean(default),
            };
            self.put(row);
        }
        for [oid, type_, order, label] in self.rows::<4>("pg_enum") {
            let row = PgEnum {
                oid: self.oid(Class::Enum, oid),
                enumtypid: self.type_(type_),
                enumsortorder: tsv::number(order),
                enumlabel: Name::fixed(label),
            };
            self.put(row);
        }
        for [oid, type_, language, from, to] in self.rows::<5>("pg_transform") {
            let row = PgTransform {
                oid: self.oid(Class::Transform, oid),
                trftype: self.type_(type_),
                trflang: self.names.language(self.catalog, language),
                trffromsql: self.proc(from),
                trftosql: self.proc(to),
            };
            self.put(row);
        }
        self.foreign_data();
        self.triggers();
    }

    fn foreign_data(&mut self) {
        for [oid, name, handler, validator, wrapper_options] in
            self.rows::<5>("pg_foreign_data_wrapper")
        {
            let row = PgForeignDataWrapper {
                oid: self.oid(Class::ForeignDataWrapper, oid),
                fdwname: Name::fixed(name),
                fdwowner: self.owner,
                fdwhandler: self.proc(handler),
                fdwvalidator: self.proc(validator),
                fdwacl: None,
                fdwoptions: options(wrapper_options),
            };
            self.put(row);
        }
        for [oid, name, wrapper, kind, version, server_options] in
            self.rows::<6>("pg_foreign_server")
        {
            let wrapper = self.catalog.find::<PgForeignDataWrapper>(&Name::fixed(wrapper));
            let srvfdw = wrapper.map_or(Oid::INVALID, |row| row.oid);
            let row = PgForeignServer {
                oid: self.oid(Class::ForeignServer, oid),
                srvname: Name::fixed(name),
                srvowner: self.owner,
                srvfdw,
                srvtype: shared(kind),
                srvversion: shared(version),
                srvacl: None,
                srvoptions: options(server_options),
            };
            self.put(row);
        }
    }

    fn triggers(&mut self) {
        for [oid, relation, name, function, kind, enabled, _] in self.rows::<7>("pg_trigger") {
            let row = PgTrigger {
                oid: self.oid(Class::Trigger, oid),
                tgrelid: self.names.relation(self.catalog, relation),
                tgparentid: Oid::INVALID,
                tgname: Name::fixed(name),
                tgfoid: self.proc(function),
                tgtype: tsv::number(kind),
                tgenabled: tsv::letter(enabled),
                tgisinternal: false,
                tgconstrrelid: Oid::INVALID,
                tgconstrindid: Oid::INVALID,
                tgconstraint: Oid::INVALID,
                tgdeferrable: false,
                tginitdeferred: false,
                tgattr: Vec::new(),
                tgargs: Vec::new(),
                tgqual: None,
                tgoldtable: None,
                tgnewtable: None,
            };
            self.put(row);
        }
        for [oid, name, event, function, enabled, tags] in self.rows::<6>("pg_event_trigger") {
            let row = PgEventTrigger {
                oid: self.oid(Class::EventTrigger, oid),
                evtname: Name::fixed(name),
                evtevent: Name::fixed(event),
                evtowner: self.owner,
                evtfoid: self.proc(function),
                evtenabled: tsv::letter(enabled),
                evttags: tsv::array(tags)
                    .map(|tags| tags.iter().map(|tag| Arc::from(tag.as_str())).collect()),
            };
            self.put(row);
        }
    }

    /// What initdb makes beside the catalogs' own contents: tablespaces, databases, plpgsql, comments.
    pub(super) fn cluster(&mut self) {
        for [oid, name, owner, acl, _] in self.rows::<5>("pg_tablespace") {
            let oid = self.oid(Class::Tablespace, oid);
            let row = PgTablespace {
                oid,
                spcname: Name::fixed(name),
                spcowner: self.role(owner),
                spcacl: self.acl(Class::Tablespace, oid, acl),
                spcoptions: Vec::new(),
                location: Arc::from(""),
            };
            self.put(row);
        }
        self.databases();
        self.plpgsql();
        for (schema, comment) in [
            (fixed::PG_CATALOG_NAMESPACE, "system catalog schema"),
            (fixed::PG_TOAST_NAMESPACE, "reserved schema for TOAST tables"),
            (fixed::PG_PUBLIC_NAMESPACE, "standard public schema"),
        ] {
            let address = ObjectAddress::new(Class::Namespace, schema);
            self.catalog.comments.insert(address, Arc::from(comment));
        }
    }

    /// PostgreSQL: make_template0 and make_postgres (initdb.c), with the oids they have since 15.
    fn databases(&mut self) {
        let rows: [(Text, u32, bool, bool, Text, Text); 3] = [
            ("template1", 1, true, true, TEMPLATE_ACL, "default template for new databases"),
            ("template0", 4, true, false, TEMPLATE_ACL, "unmodifiable empty database"),
            ("postgres", 5, false, true, tsv::NULL, "default administrative connection database"),
        ];
        for (name, oid, template, allowconn, acl, comment) in rows {
            let oid = Oid(oid);
            let row = PgDatabase {
                oid,
                datname: Name::fixed(name),
                datdba: self.owner,
                encoding: 6,
                datlocprovider: b'c',
                datistemplate: template,
                datallowconn: allowconn,
                datconnlimit: -1,
                dattablespace: fixed::DEFAULT_TABLESPACE_OID,
                datcollate: Arc::from("C.UTF-8"),
                datctype: Arc::from("C.UTF-8"),
                datlocale: None,
                datacl: self.acl(Class::Database, oid, acl),
            };
            self.put(row);
            let address = ObjectAddress::new(Class::Database, oid);
            self.catalog.comments.insert(address, Arc::from(comment));
        }
    }

    /// The extension that every database has (PostgreSQL: load_plpgsql, initdb.c).
    fn plpgsql(&mut self) {
        let oid = self.oid(Class::Extension, "+");
        let row = PgExtension {
            oid,
            extname: Name::fixed("plpgsql"),
            extowner: self.owner,
            extnamespace: fixed::PG_CATALOG_NAMESPACE,
            extrelocatable: false,
            extversion: Arc::from("1.0"),
            extconfig: Vec::new(),
            extcondition: Vec::new(),
            known: true,
        };
        self.put(row);
        let extension = ObjectAddress::new(Class::Extension, oid);
        let language = self.names.language(self.catalog, "plpgsql");
        let functions = [
            self.proc("plpgsql_call_handler()"),
            self.proc("plpgsql_inline_handler(internal)"),
            self.proc("plpgsql_validator(oid)"),
        ];
        let members = functions.map(|function| ObjectAddress::new(Class::Proc, function));
        for dependent in members.into_iter().chain([ObjectAddress::new(Class::Language, language)])
        {
            let kind = depend::DependType::Extension;
            self.catalog.depend.insert(depend::DependEntry {
                dependent,
                referenced: extension,
                kind,
            });
        }
        self.catalog.comments.insert(extension, Arc::from("PL/pgSQL procedural language"));
    }
}

const TEMPLATE_ACL: Text = "{=c/postgres,postgres=CTc/postgres}";

/// An index's column is named and typed for the table's column; an expression's is not recorded.
fn index_column(table: &[PgAttribute], attnum: i16) -> Option<PgAttribute> {
    let column = table.get(usize::try_from(attnum).ok()?.checked_sub(1)?)?;
    Some(PgAttribute { attnotnull: false, attidentity: 0, ..column.clone() })
}

/// PostgreSQL: RemoveAttributeById (catalog/heap.c).
fn dropped_column(attnum: i16) -> PgAttribute {
    PgAttribute {
        attname: Name::new(&format!("........pg.dropped.{attnum}........")),
        atttypid: Oid::INVALID,
        attnum,
        atttypmod: -1,
        attndims: 0,
        attcollation: Oid::INVALID,
        attstorage: b'p',
        attcompression: 0,
        attnotnull: false,
        attdef: Oid::INVALID,
        attidentity: 0,
        attgenerated: 0,
        attisdropped: true,
        attislocal: true,
        attinhcount: 0,
        attstattarget: None,
        attacl: None,
        attoptions: ThinVec::new(),
        attfdwoptions: ThinVec::new(),
    }
}

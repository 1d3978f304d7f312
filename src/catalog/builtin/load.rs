//! From recorded tables to catalog rows: roles, schemas, collations, types, functions, operators, casts, languages.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::names::Names;
use super::{FILES, File, file, tsv};
use crate::catalog::acl::{Acl, AclItem, privilege};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::version::Version;

type Text = &'static str;

/// Where oids come from.
pub(super) enum Oids {
    /// A fixed oid stands in the row; others are counted in each catalog (the bootstrap's, and initdb's later ones).
    Builtin(FxHashMap<Class, (u32, u32)>),
    /// The row has its place after the extension's own oid; the last one seen.
    Extension { base: u32, last: u32 },
}

/// PostgreSQL: FirstGenbkiObjectId and FirstUnpinnedObjectId (access/transam.h).
const COUNTED: (u32, u32) = (10000, 12000);

/// One loading of a set of recorded tables.
pub(super) struct Loader<'c> {
    pub catalog: &'c mut Catalog,
    pub version: Version,
    pub files: &'static [File],
    pub oids: Oids,
    pub names: Names,
    pub owner: Oid,
    /// What was loaded, in the order of loading.
    pub loaded: Vec<ObjectAddress>,
}

/// The catalog of a fresh database.
pub(super) fn builtin(version: Version) -> Catalog {
    let mut catalog = Catalog::empty(version);
    let mut loader = Loader {
        catalog: &mut catalog,
        version,
        files: FILES,
        oids: Oids::Builtin(FxHashMap::default()),
        names: Names::default(),
        owner: fixed::BOOTSTRAP_SUPERUSERID,
        loaded: Vec::new(),
    };
    loader.all();
    loader.cluster();
    catalog
}

/// A cell that names a role: whoever ran initdb, or CREATE EXTENSION, is the owner.
const BOOTSTRAP_USER: &str = "postgres";

impl Loader<'_> {
    /// Loads every table.
    pub fn all(&mut self) {
        self.roles();
        self.namespaces();
        self.collations();
        let relations = self.note_relations();
        let types = self.note_types();
        let procs = self.note_procs();
        let operators = self.note_operators();
        let languages = self.note_languages();
        self.procs(procs);
        self.types(types);
        self.operators(operators);
        self.aggregates();
        self.casts();
        self.languages(languages);
        self.access_methods();
        self.operator_classes();
        self.relations(relations);
        self.text_search();
        self.rest();
    }

    pub fn rows<const N: usize>(&self, name: &str) -> impl Iterator<Item = [Text; N]> + use<N> {
        tsv::rows::<N>(file(self.files, name), self.version)
    }

    pub fn is_builtin(&self) -> bool {
        matches!(self.oids, Oids::Builtin(_))
    }

    /// The oid for a row's oid cell.
    pub fn oid(&mut self, class: Class, cell: Text) -> Oid {
        match &mut self.oids {
            Oids::Builtin(counters) => match cell.parse() {
                Ok(fixed) => Oid(fixed),
                Err(_) => {
                    let (bootstrap, initdb) = counters.entry(class).or_insert(COUNTED);
                    let counter = if cell == "+" { initdb } else { bootstrap };
                    *counter += 1;
                    Oid(*counter - 1)
                }
            },
            Oids::Extension { base, last } => {
                let oid = *base + tsv::number::<u32>(cell);
                *last = oid.max(*last);
                Oid(oid)
            }
        }
    }

    pub fn put<R: Stored>(&mut self, row: R) {
        let oid = row.oid();
        if self.is_builtin() {
            // Nobody takes the built-in catalog back: no journal.
            R::table_mut(self.catalog).load(row);
        } else {
            self.loaded.push(ObjectAddress::new(R::CLASS, oid));
            self.catalog.put(row);
        }
    }

    pub fn schema(&self, name: Text) -> Oid {
        self.names.schema(self.catalog, name).unwrap_or(Oid::INVALID)
    }

    pub fn type_(&self, reference: Text) -> Oid {
        self.names.type_(self.catalog, reference)
    }

    pub fn proc(&self, reference: Text) -> Oid {
        self.names.proc(self.catalog, reference)
    }

    pub fn role(&self, name: Text) -> Oid {
        if name == BOOTSTRAP_USER { self.owner } else { self.names.role(self.catalog, name) }
    }

    /// The privileges of an acl cell, noted as the initial ones of the object too (PostgreSQL: pg_init_privs).
    pub fn acl(&mut self, class: Class, oid: Oid, cell: Text) -> Acl {
        let items: Vec<AclItem> =
            tsv::array(cell)?.iter().filter_map(|item| self.acl_item(item)).collect();
        let acl = Some(Arc::new(items));
        if class != Class::Database {
            let own = match &self.oids {
                Oids::Builtin(_) => self.oid(Class::InitPrivs, "-"),
                Oids::Extension { .. } => oid, // pg_init_privs has no oids; the object's own will do
            };
            let privtype = if self.is_builtin() { b'i' } else { b'e' };
            let address = ObjectAddress::new(class, oid);
            self.put(PgInitPrivs { oid: own, address, privtype, initprivs: acl.clone() });
        }
        acl
    }

    /// PostgreSQL: aclparse (utils/adt/acl.c), of which the catalogs' own output needs little.
    fn acl_item(&self, item: &str) -> Option<AclItem> {
        let (grantee, rest) = item.split_once('=')?;
        let (letters, grantor) = rest.split_once('/')?;
        let role = |name: &str| match name {
            "" => Oid::INVALID,
            BOOTSTRAP_USER => self.owner,
            name => self.catalog.find::<PgAuthid>(&Name::new(name)).map_or(Oid::INVALID, |r| r.oid),
        };
        let mut privileges = 0;
        let mut grant_options = 0;
        let mut last = 0;
        for letter in letters.chars() {
            if letter == '*' {
                grant_options |= last;
            } else if let Some(bit) = privilege::LETTERS.find(letter) {
                last = 1 << bit;
                privileges |= last;
            }
        }
        Some(AclItem { grantee: role(grantee), grantor: role(grantor), privileges, grant_options })
    }

    fn roles(&mut self) {
        for row in self.rows::<10>("pg_authid") {
            let [oid, name, superuser, inherit, createrole, createdb, canlogin, replication, ..] =
                row;
            let [.., bypassrls, connlimit] = row;
            let oid = self.oid(Class::Authid, oid);
            self.names.roles.insert(name, oid);
            self.put(PgAuthid {
                oid,
                rolname: Name::fixed(name),
                rolsuper: tsv::boolean(superuser),
                rolinherit: tsv::boolean(inherit),
                rolcreaterole: tsv::boolean(createrole),
                rolcreatedb: tsv::boolean(createdb),
                rolcanlogin: tsv::boolean(canlogin),
                rolreplication: tsv::boolean(replication),
                rolbypassrls: tsv::boolean(bypassrls),
                rolconnlimit: tsv::number(connlimit),
                rolpassword: None,
                rolvaliduntil: None,
            });
        }
        for [roleid, member, grantor, admin, inherit, set] in self.rows::<6>("pg_auth_members") {
            let row = PgAuthMembers {
                oid: self.oid(Class::AuthMembers, "-"),
                roleid: self.role(roleid),
                member: self.role(member),
                grantor: self.role(grantor),
                admin_option: tsv::boolean(admin),
                inherit_option: tsv::boolean(inherit),
                set_option: tsv::boolean(set),
            };
            self.put(row);
        }
    }

    fn namespaces(&mut self) {
        for [oid, name, owner, acl] in self.rows::<4>("pg_namespace") {
            let oid = self.oid(Class::Namespace, oid);
            self.names.schemas.insert(name, oid);
            let nspacl = self.acl(Class::Namespace, oid, acl);
            let nspowner = self.role(owner);
            self.put(PgNamespace { oid, nspname: Name::fixed(name), nspowner, nspacl });
        }
    }

    fn collations(&mut self) {
        for row in self.rows::<10>("pg_collation") {
            let [oid, schema, name, provider, deterministic, encoding, collate, ctype, ..] = row;
            let [.., locale, rules] = row;
            let oid = self.oid(Class::Collation, oid);
            let row = PgCollation {
                oid,
                collname: Name::fixed(name),
                collnamespace: self.schema(schema),
                collowner: self.owner,
                collprovider: tsv::letter(provider),
                collisdeterministic: tsv::boolean(deterministic),
                collencoding: tsv::number(encoding),
                collcollate: shared(collate),
                collctype: shared(ctype),
                colllocale: shared(locale),
                collicurules: shared(rules),
                collversion: None,
            };
            self.put(row);
        }
        for [name, locale] in self.rows::<2>("pg_collation_icu") {
            let row = PgCollation {
                oid: self.oid(Class::Collation, "+"),
                collname: Name::fixed(name),
                collnamespace: fixed::PG_CATALOG_NAMESPACE,
                collowner: self.owner,
                collprovider: b'i',
                collisdeterministic: true,
                collencoding: -1,
                collcollate: None,
                collctype: None,
                colllocale: shared(locale),
                collicurules: None,
                collversion: None,
            };
            self.put(row);
        }
    }

    fn note_types(&mut self) -> Vec<(Oid, [Text; 30])> {
        let mut rows = Vec::new();
        for row in self.rows::<30>("pg_type") {
            let [oid, schema, name, ..] = row;
            let oid = self.oid(Class::Type, oid);
            self.names.types.insert((schema, name), oid);
            rows.push((oid, row));
        }
        rows
    }

    fn note_procs(&mut self) -> Vec<(Oid, [Text; 27])> {
        let mut rows = Vec::new();
        for row in self.rows::<27>("pg_proc") {
            let [oid, schema, name, arguments, ..] = row;
            let oid = self.oid(Class::Proc, oid);
            self.names.procs.insert((schema, name, arguments), oid);
            rows.push((oid, row));
        }
        rows
    }

    fn note_operators(&mut self) -> Vec<(Oid, [Text; 14])> {
        let mut rows = Vec::new();
        for row in self.rows::<14>("pg_operator") {
            let [oid, schema, name, left, right, ..] = row;
            let oid = self.oid(Class::Operator, oid);
            self.names.operators.insert((schema, name, left, right), oid);
            rows.push((oid, row));
        }
        rows
    }

    fn note_languages(&mut self) -> Vec<(Oid, [Text; 8])> {
        let mut rows = Vec::new();
        for row in self.rows::<8>("pg_language") {
            let [oid, name, ..] = row;
            let oid = self.oid(Class::Language, oid);
            self.names.languages.insert(name, oid);
            rows.push((oid, row));
        }
        rows
    }

    fn types(&mut self, rows: Vec<(Oid, [Text; 30])>) {
        for (oid, row) in rows {
            let [_, schema, name, len, byval, kind, category, preferred, defined, delim, ..] = row;
            let [_, _, _, _, _, _, _, _, _, _, relation, subscript, elem, array, input, ..] = row;
            let [
                ..,
                output,
                receive,
                send,
                modin,
                modout,
                analyze,
                align,
                storage,
                notnull,
                _,
                _,
                _,
                _,
                _,
                _,
            ] = row;
            let [.., base, typmod, ndims, collation, default, acl] = row;
            let typacl = self.acl(Class::Type, oid, acl);
            let row = PgType {
                oid,
                typname: Name::fixed(name),
                typnamespace: self.schema(schema),
                typowner: self.owner,
                typlen: tsv::number(len),
                typbyval: tsv::boolean(byval),
                typtype: tsv::letter(kind),
                typcategory: tsv::letter(category),
                typispreferred: tsv::boolean(preferred),
                typisdefined: tsv::boolean(defined),
                typdelim: tsv::letter(delim),
                typrelid: self.names.relation(self.catalog, relation),
                typsubscript: self.proc(subscript),
                typelem: self.type_(elem),
                typarray: self.type_(array),
                typinput: self.proc(input),
                typoutput: self.proc(output),
                typreceive: self.proc(receive),
                typsend: self.proc(send),
                typmodin: self.proc(modin),
                typmodout: self.proc(modout),
                typanalyze: self.proc(analyze),
                typalign: tsv::letter(align),
                typstorage: tsv::letter(storage),
                typnotnull: tsv::boolean(notnull),
                typbasetype: self.type_(base),
                typtypmod: tsv::number(typmod),
                typndims: tsv::number(ndims),
                typcollation: self.names.collation(self.catalog, collation),
                typdefaultbin: None,
                typdefault: shared(default),
                typacl,
            };
            self.put(row);
        }
    }

    fn procs(&mut self, rows: Vec<(Oid, [Text; 27])>) {
        for (oid, row) in rows {
            let [_, schema, name, arguments, result, kind, retset, volatility, strict, ..] = row;
            let [_, _, _, _, _, _, _, _, _, secdef, leakproof, parallel, language, cost, ..] = row;
            let [.., rows, variadic, support, ndefaults, _, _, _, _, _, _, _, _, _] = row;
            let [.., all, modes, argnames, source, binary, _, config, acl] = row;
            let proacl = self.acl(Class::Proc, oid, acl);
            let row = PgProc {
                oid,
                proname: Name::fixed(name),
                pronamespace: self.schema(schema),
                proowner: self.owner,
                prolang: self.names.language(self.catalog, language),
                procost: tsv::number(cost),
                prorows: tsv::number(rows),
                provariadic: self.type_(variadic),
                prosupport: self.proc(support),
                prokind: tsv::letter(kind),
                prosecdef: tsv::boolean(secdef),
                proleakproof: tsv::boolean(leakproof),
                proisstrict: tsv::boolean(strict),
                proretset: tsv::boolean(retset),
                provolatile: tsv::letter(volatility),
                proparallel: tsv::letter(parallel),
                prorettype: self.type_(result),
                proargtypes: self.names.types(self.catalog, arguments),
                proallargtypes: (all != tsv::NULL).then(|| self.names.types(self.catalog, all)),
                proargmodes: (modes != tsv::NULL).then(|| modes.as_bytes().to_vec()),
                proargnames: tsv::array(argnames)
                    .map(|names| names.iter().map(|name| Name::new(name)).collect()),
                pronargdefaults: tsv::number(ndefaults),
                proargdefaults: Vec::new(),
                protrftypes: Vec::new(),
                prosrc: shared(if source == "=" { name } else { source })
                    .unwrap_or_else(|| Arc::from("")),
                probin: shared(binary),
                prosqlbody: None,
                prosqlbody_atomic: false,
                proconfig: options(config)
                    .into_iter()
                    .map(|(name, value)| (Name::new(&name), value))
                    .collect(),
                proacl,
            };
            self.put(row);
        }
    }

    fn operators(&mut self, rows: Vec<(Oid, [Text; 14])>) {
        for (oid, row) in rows {
            let [_, schema, name, left, right, result, code, kind, merge, hash, ..] = row;
            let [.., commutator, negator, restrict, join] = row;
            let row = PgOperator {
                oid,
                oprname: Name::fixed(name),
                oprnamespace: self.schema(schema),
                oprowner: self.owner,
                oprkind: tsv::letter(kind),
                oprcanmerge: tsv::boolean(merge),
                oprcanhash: tsv::boolean(hash),
                oprleft: self.type_(left),
                oprright: self.type_(right),
                oprresult: self.type_(result),
                oprcom: self.names.operator(self.catalog, commutator),
                oprnegate: self.names.operator(self.catalog, negator),
                oprcode: self.proc(code),
                oprrest: self.proc(restrict),
                oprjoin: self.proc(join),
            };
            self.put(row);
        }
    }

    fn aggregates(&mut self) {
        for row in self.rows::<22>("pg_aggregate") {
            let [function, kind, direct, trans, finish, combine, serial, deserial, ..] = row;
            let [_, _, _, _, _, _, _, _, mtrans, minvtrans, mfinish, extra, mextra, ..] = row;
            let [.., modify, mmodify, sortop, transtype, space, mtranstype, mspace, init, minit] =
                row;
            let row = PgAggregate {
                aggfnoid: self.proc(function),
                aggkind: tsv::letter(kind),
                aggnumdirectargs: tsv::number(direct),
                aggtransfn: self.proc(trans),
                aggfinalfn: self.proc(finish),
                aggcombinefn: self.proc(combine),
                aggserialfn: self.proc(serial),
                aggdeserialfn: self.proc(deserial),
                aggmtransfn: self.proc(mtrans),
                aggminvtransfn: self.proc(minvtrans),
                aggmfinalfn: self.proc(mfinish),
                aggfinalextra: tsv::boolean(extra),
                aggmfinalextra: tsv::boolean(mextra),
                aggfinalmodify: tsv::letter(modify),
                aggmfinalmodify: tsv::letter(mmodify),
                aggsortop: self.names.operator(self.catalog, sortop),
                aggtranstype: self.type_(transtype),
                aggtransspace: tsv::number(space),
                aggmtranstype: self.type_(mtranstype),
                aggmtransspace: tsv::number(mspace),
                agginitval: shared(init),
                aggminitval: shared(minit),
            };
            self.put(row);
        }
    }

    fn casts(&mut self) {
        for [oid, source, target, function, context, method] in self.rows::<6>("pg_cast") {
            let row = PgCast {
                oid: self.oid(Class::Cast, oid),
                castsource: self.type_(source),
                casttarget: self.type_(target),
                castfunc: self.proc(function),
                castcontext: tsv::letter(context),
                castmethod: tsv::letter(method),
            };
            self.put(row);
        }
    }

    fn languages(&mut self, rows: Vec<(Oid, [Text; 8])>) {
        for (oid, [_, name, ispl, trusted, callfoid, inline, validator, acl]) in rows {
            let lanacl = self.acl(Class::Language, oid, acl);
            let row = PgLanguage {
                oid,
                lanname: Name::fixed(name),
                lanowner: self.owner,
                lanispl: tsv::boolean(ispl),
                lanpltrusted: tsv::boolean(trusted),
                lanplcallfoid: self.proc(callfoid),
                laninline: self.proc(inline),
                lanvalidator: self.proc(validator),
                lanacl,
            };
            self.put(row);
        }
    }
}

/// The text of a cell; None is null.
pub(super) fn shared(cell: Text) -> Option<Arc<str>> {
    tsv::text(cell).map(Arc::from)
}

/// The options of an array cell, `{name=value,…}`.
pub(super) fn options(cell: Text) -> Vec<(Arc<str>, Arc<str>)> {
    let elements = tsv::array(cell).unwrap_or_default();
    elements
        .iter()
        .filter_map(|element| element.split_once('='))
        .map(|(name, value)| (Arc::from(name), Arc::from(value)))
        .collect()
}

//! The row types of the system catalogs, one for each of PostgreSQL's that a schema is made of (PostgreSQL:
//! src/include/catalog/pg_*.h; the manual's chapter System Catalogs). Field names are the column names.

use std::sync::Arc;

use thin_vec::ThinVec;

use super::acl::Acl;
use super::objectaddress::{Class, ObjectAddress};
use super::table::Row;
use crate::nodes::primnodes::{Expr, Query, RangeTblEntry};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// An access method.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAm {
    pub oid: Oid,
    pub amname: Name,
    pub amhandler: Oid,
    /// 'i' index, 't' table.
    pub amtype: u8,
}

impl Row for PgAm {
    type Key = Name;
    const CLASS: Class = Class::Am;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.amname.clone()
    }
}

/// What makes a function an aggregate; stands under the function's oid.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAggregate {
    pub aggfnoid: Oid,
    /// 'n', 'o' or 'h'.
    pub aggkind: u8,
    pub aggnumdirectargs: i16,
    pub aggtransfn: Oid,
    pub aggfinalfn: Oid,
    pub aggcombinefn: Oid,
    pub aggserialfn: Oid,
    pub aggdeserialfn: Oid,
    pub aggmtransfn: Oid,
    pub aggminvtransfn: Oid,
    pub aggmfinalfn: Oid,
    pub aggfinalextra: bool,
    pub aggmfinalextra: bool,
    pub aggfinalmodify: u8,
    pub aggmfinalmodify: u8,
    pub aggsortop: Oid,
    pub aggtranstype: Oid,
    pub aggtransspace: i32,
    pub aggmtranstype: Oid,
    pub aggmtransspace: i32,
    pub agginitval: Option<Arc<str>>,
    pub aggminitval: Option<Arc<str>>,
}

impl Row for PgAggregate {
    type Key = Oid;
    const CLASS: Class = Class::Aggregate;
    fn oid(&self) -> Oid {
        self.aggfnoid
    }
    fn key(&self) -> Oid {
        self.aggfnoid
    }
}

/// An operator of an operator family.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAmop {
    pub oid: Oid,
    pub amopfamily: Oid,
    pub amoplefttype: Oid,
    pub amoprighttype: Oid,
    pub amopstrategy: i16,
    /// 's' search, 'o' ordering.
    pub amoppurpose: u8,
    pub amopopr: Oid,
    pub amopmethod: Oid,
    pub amopsortfamily: Oid,
}

impl Row for PgAmop {
    type Key = Oid;
    const CLASS: Class = Class::Amop;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.amopfamily
    }
    fn second(&self) -> Option<Oid> {
        self.amopopr.valid()
    }
}

/// A support function of an operator family.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAmproc {
    pub oid: Oid,
    pub amprocfamily: Oid,
    pub amproclefttype: Oid,
    pub amprocrighttype: Oid,
    pub amprocnum: i16,
    pub amproc: Oid,
}

impl Row for PgAmproc {
    type Key = Oid;
    const CLASS: Class = Class::Amproc;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.amprocfamily
    }
    fn second(&self) -> Option<Oid> {
        self.amproc.valid()
    }
}

/// A column's default or generation expression.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAttrdef {
    pub oid: Oid,
    pub adrelid: Oid,
    pub adnum: i16,
    pub adbin: Arc<Expr>,
}

impl Row for PgAttrdef {
    type Key = Oid;
    const CLASS: Class = Class::Attrdef;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.adrelid
    }
}

/// A role's membership in another.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAuthMembers {
    pub oid: Oid,
    pub roleid: Oid,
    pub member: Oid,
    pub grantor: Oid,
    pub admin_option: bool,
    pub inherit_option: bool,
    pub set_option: bool,
}

impl Row for PgAuthMembers {
    type Key = Oid;
    const CLASS: Class = Class::AuthMembers;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.roleid
    }
    fn second(&self) -> Option<Oid> {
        self.member.valid()
    }
}

/// A role.
#[derive(Debug, Clone, PartialEq)]
pub struct PgAuthid {
    pub oid: Oid,
    pub rolname: Name,
    pub rolsuper: bool,
    pub rolinherit: bool,
    pub rolcreaterole: bool,
    pub rolcreatedb: bool,
    pub rolcanlogin: bool,
    pub rolreplication: bool,
    pub rolbypassrls: bool,
    pub rolconnlimit: i32,
    pub rolpassword: Option<Arc<str>>,
    pub rolvaliduntil: Option<Arc<str>>,
}

impl Row for PgAuthid {
    type Key = Name;
    const CLASS: Class = Class::Authid;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.rolname.clone()
    }
}

/// A cast.
#[derive(Debug, Clone, PartialEq)]
pub struct PgCast {
    pub oid: Oid,
    pub castsource: Oid,
    pub casttarget: Oid,
    pub castfunc: Oid,
    /// 'i' implicit, 'a' assignment, 'e' explicit.
    pub castcontext: u8,
    /// 'f' function, 'b' binary, 'i' inout.
    pub castmethod: u8,
}

impl Row for PgCast {
    type Key = (Oid, Oid);
    const CLASS: Class = Class::Cast;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid) {
        (self.castsource, self.casttarget)
    }
}

/// A collation.
#[derive(Debug, Clone, PartialEq)]
pub struct PgCollation {
    pub oid: Oid,
    pub collname: Name,
    pub collnamespace: Oid,
    pub collowner: Oid,
    /// 'd' default, 'b' builtin, 'c' libc, 'i' icu.
    pub collprovider: u8,
    pub collisdeterministic: bool,
    pub collencoding: i32,
    pub collcollate: Option<Arc<str>>,
    pub collctype: Option<Arc<str>>,
    pub colllocale: Option<Arc<str>>,
    pub collicurules: Option<Arc<str>>,
    pub collversion: Option<Arc<str>>,
}

impl Row for PgCollation {
    type Key = (Oid, Name);
    const CLASS: Class = Class::Collation;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.collnamespace, self.collname.clone())
    }
}

/// A constraint of a table or a domain, by its table's or domain's oid; second: the referenced table.
#[derive(Debug, Clone, PartialEq)]
pub struct PgConstraint {
    pub oid: Oid,
    pub conname: Name,
    pub connamespace: Oid,
    /// 'c' check, 'f' foreign key, 'n' not null, 'p' primary key, 'u' unique, 't' trigger, 'x' exclusion.
    pub contype: u8,
    pub condeferrable: bool,
    pub condeferred: bool,
    pub conenforced: bool,
    pub convalidated: bool,
    pub conrelid: Oid,
    pub contypid: Oid,
    pub conindid: Oid,
    pub conparentid: Oid,
    pub confrelid: Oid,
    /// 'a' no action, 'r' restrict, 'c' cascade, 'n' set null, 'd' set default; ' ' if not a foreign key.
    pub confupdtype: u8,
    pub confdeltype: u8,
    /// 'f' full, 'p' partial, 's' simple.
    pub confmatchtype: u8,
    pub conislocal: bool,
    pub coninhcount: i16,
    pub connoinherit: bool,
    pub conperiod: bool,
    pub conkey: ThinVec<i16>,
    pub confkey: ThinVec<i16>,
    pub conpfeqop: ThinVec<Oid>,
    pub conppeqop: ThinVec<Oid>,
    pub conffeqop: ThinVec<Oid>,
    pub confdelsetcols: ThinVec<i16>,
    pub conexclop: ThinVec<Oid>,
    pub conbin: Option<Arc<Expr>>,
}

impl Row for PgConstraint {
    type Key = Oid;
    const CLASS: Class = Class::Constraint;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        if self.conrelid.is_valid() { self.conrelid } else { self.contypid }
    }
    fn second(&self) -> Option<Oid> {
        self.confrelid.valid()
    }
    fn named(&self) -> Option<(Oid, Name)> {
        Some((self.connamespace, self.conname.clone()))
    }
}

/// An encoding conversion.
#[derive(Debug, Clone, PartialEq)]
pub struct PgConversion {
    pub oid: Oid,
    pub conname: Name,
    pub connamespace: Oid,
    pub conowner: Oid,
    pub conforencoding: i32,
    pub contoencoding: i32,
    pub conproc: Oid,
    pub condefault: bool,
}

impl Row for PgConversion {
    type Key = (Oid, Name);
    const CLASS: Class = Class::Conversion;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.connamespace, self.conname.clone())
    }
}

/// A database.
#[derive(Debug, Clone, PartialEq)]
pub struct PgDatabase {
    pub oid: Oid,
    pub datname: Name,
    pub datdba: Oid,
    pub encoding: i32,
    pub datlocprovider: u8,
    pub datistemplate: bool,
    pub datallowconn: bool,
    pub datconnlimit: i32,
    pub dattablespace: Oid,
    pub datcollate: Arc<str>,
    pub datctype: Arc<str>,
    pub datlocale: Option<Arc<str>>,
    pub datacl: Acl,
}

impl Row for PgDatabase {
    type Key = Name;
    const CLASS: Class = Class::Database;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.datname.clone()
    }
}

/// Settings of a role, a database, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct PgDbRoleSetting {
    pub oid: Oid,
    pub setdatabase: Oid,
    pub setrole: Oid,
    pub setconfig: Vec<(Name, Arc<str>)>,
}

impl Row for PgDbRoleSetting {
    type Key = (Oid, Oid);
    const CLASS: Class = Class::DbRoleSetting;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid) {
        (self.setdatabase, self.setrole)
    }
}

/// What privileges new objects get.
#[derive(Debug, Clone, PartialEq)]
pub struct PgDefaultAcl {
    pub oid: Oid,
    pub defaclrole: Oid,
    pub defaclnamespace: Oid,
    /// 'r' relation, 'S' sequence, 'f' function, 'T' type, 'n' schema, 'L' large object.
    pub defaclobjtype: u8,
    pub defaclacl: Acl,
}

impl Row for PgDefaultAcl {
    type Key = (Oid, Oid);
    const CLASS: Class = Class::DefaultAcl;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid) {
        (self.defaclrole, self.defaclnamespace)
    }
}

/// A label of an enum type.
#[derive(Debug, Clone, PartialEq)]
pub struct PgEnum {
    pub oid: Oid,
    pub enumtypid: Oid,
    pub enumsortorder: f32,
    pub enumlabel: Name,
}

impl Row for PgEnum {
    type Key = Oid;
    const CLASS: Class = Class::Enum;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.enumtypid
    }
}

/// An event trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct PgEventTrigger {
    pub oid: Oid,
    pub evtname: Name,
    pub evtevent: Name,
    pub evtowner: Oid,
    pub evtfoid: Oid,
    pub evtenabled: u8,
    pub evttags: Option<Vec<Arc<str>>>,
}

impl Row for PgEventTrigger {
    type Key = Name;
    const CLASS: Class = Class::EventTrigger;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.evtname.clone()
    }
}

/// An installed extension.
#[derive(Debug, Clone, PartialEq)]
pub struct PgExtension {
    pub oid: Oid,
    pub extname: Name,
    pub extowner: Oid,
    pub extnamespace: Oid,
    pub extrelocatable: bool,
    pub extversion: Arc<str>,
    pub extconfig: Vec<Oid>,
    pub extcondition: Vec<Arc<str>>,
    /// Whether its objects were loaded; when not, what it may define is Unknown.
    pub known: bool,
}

impl Row for PgExtension {
    type Key = Name;
    const CLASS: Class = Class::Extension;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.extname.clone()
    }
}

/// A foreign-data wrapper.
#[derive(Debug, Clone, PartialEq)]
pub struct PgForeignDataWrapper {
    pub oid: Oid,
    pub fdwname: Name,
    pub fdwowner: Oid,
    pub fdwhandler: Oid,
    pub fdwvalidator: Oid,
    pub fdwacl: Acl,
    pub fdwoptions: Vec<(Arc<str>, Arc<str>)>,
}

impl Row for PgForeignDataWrapper {
    type Key = Name;
    const CLASS: Class = Class::ForeignDataWrapper;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.fdwname.clone()
    }
}

/// A foreign server.
#[derive(Debug, Clone, PartialEq)]
pub struct PgForeignServer {
    pub oid: Oid,
    pub srvname: Name,
    pub srvowner: Oid,
    pub srvfdw: Oid,
    pub srvtype: Option<Arc<str>>,
    pub srvversion: Option<Arc<str>>,
    pub srvacl: Acl,
    pub srvoptions: Vec<(Arc<str>, Arc<str>)>,
}

impl Row for PgForeignServer {
    type Key = Name;
    const CLASS: Class = Class::ForeignServer;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.srvname.clone()
    }
}

/// A foreign table's server; stands under the table's oid.
#[derive(Debug, Clone, PartialEq)]
pub struct PgForeignTable {
    pub ftrelid: Oid,
    pub ftserver: Oid,
    pub ftoptions: Vec<(Arc<str>, Arc<str>)>,
}

impl Row for PgForeignTable {
    type Key = Oid;
    const CLASS: Class = Class::ForeignTable;
    fn oid(&self) -> Oid {
        self.ftrelid
    }
    fn key(&self) -> Oid {
        self.ftrelid
    }
}

/// An index; stands under the oid of its pg_class row, key: its table.
#[derive(Debug, Clone, PartialEq)]
pub struct PgIndex {
    pub indexrelid: Oid,
    pub indrelid: Oid,
    pub indnatts: i16,
    pub indnkeyatts: i16,
    pub indisunique: bool,
    pub indnullsnotdistinct: bool,
    pub indisprimary: bool,
    pub indisexclusion: bool,
    pub indimmediate: bool,
    pub indisclustered: bool,
    pub indisvalid: bool,
    pub indisready: bool,
    pub indislive: bool,
    pub indisreplident: bool,
    /// 0 for an expression.
    pub indkey: Vec<i16>,
    pub indcollation: Vec<Oid>,
    pub indclass: Vec<Oid>,
    /// Operator class parameters by key column.
    pub indclassoptions: Vec<Vec<(Arc<str>, Arc<str>)>>,
    /// Bit 1 DESC, bit 2 NULLS FIRST.
    pub indoption: Vec<i16>,
    /// One for each 0 in indkey.
    pub indexprs: Vec<Arc<Expr>>,
    pub indpred: Option<Arc<Expr>>,
}

impl Row for PgIndex {
    type Key = Oid;
    const CLASS: Class = Class::Index;
    fn oid(&self) -> Oid {
        self.indexrelid
    }
    fn key(&self) -> Oid {
        self.indrelid
    }
}

/// A table's or index's parent, key: the child, second: the parent.
#[derive(Debug, Clone, PartialEq)]
pub struct PgInherits {
    pub oid: Oid,
    pub inhrelid: Oid,
    pub inhparent: Oid,
    pub inhseqno: i32,
    pub inhdetachpending: bool,
}

impl Row for PgInherits {
    type Key = Oid;
    const CLASS: Class = Class::Inherits;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.inhrelid
    }
    fn second(&self) -> Option<Oid> {
        self.inhparent.valid()
    }
}

/// Privileges an object had right after initdb or CREATE EXTENSION.
#[derive(Debug, Clone, PartialEq)]
pub struct PgInitPrivs {
    pub oid: Oid,
    pub address: ObjectAddress,
    /// 'i' initdb, 'e' extension.
    pub privtype: u8,
    pub initprivs: Acl,
}

impl Row for PgInitPrivs {
    type Key = ObjectAddress;
    const CLASS: Class = Class::InitPrivs;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> ObjectAddress {
        self.address
    }
}

/// A procedural language.
#[derive(Debug, Clone, PartialEq)]
pub struct PgLanguage {
    pub oid: Oid,
    pub lanname: Name,
    pub lanowner: Oid,
    pub lanispl: bool,
    pub lanpltrusted: bool,
    pub lanplcallfoid: Oid,
    pub laninline: Oid,
    pub lanvalidator: Oid,
    pub lanacl: Acl,
}

impl Row for PgLanguage {
    type Key = Name;
    const CLASS: Class = Class::Language;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.lanname.clone()
    }
}

/// A large object's metadata.
#[derive(Debug, Clone, PartialEq)]
pub struct PgLargeobject {
    pub oid: Oid,
    pub lomowner: Oid,
    pub lomacl: Acl,
}

impl Row for PgLargeobject {
    type Key = Oid;
    const CLASS: Class = Class::Largeobject;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.oid
    }
}

/// A schema.
#[derive(Debug, Clone, PartialEq)]
pub struct PgNamespace {
    pub oid: Oid,
    pub nspname: Name,
    pub nspowner: Oid,
    pub nspacl: Acl,
}

impl Row for PgNamespace {
    type Key = Name;
    const CLASS: Class = Class::Namespace;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.nspname.clone()
    }
}

/// An operator class, second: the access method.
#[derive(Debug, Clone, PartialEq)]
pub struct PgOpclass {
    pub oid: Oid,
    pub opcmethod: Oid,
    pub opcname: Name,
    pub opcnamespace: Oid,
    pub opcowner: Oid,
    pub opcfamily: Oid,
    pub opcintype: Oid,
    pub opcdefault: bool,
    pub opckeytype: Oid,
}

impl Row for PgOpclass {
    type Key = (Oid, Oid, Name);
    const CLASS: Class = Class::Opclass;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid, Name) {
        (self.opcmethod, self.opcnamespace, self.opcname.clone())
    }
    fn second(&self) -> Option<Oid> {
        self.opcmethod.valid()
    }
}

/// An operator.
#[derive(Debug, Clone, PartialEq)]
pub struct PgOperator {
    pub oid: Oid,
    pub oprname: Name,
    pub oprnamespace: Oid,
    pub oprowner: Oid,
    /// 'b' binary, 'l' prefix.
    pub oprkind: u8,
    pub oprcanmerge: bool,
    pub oprcanhash: bool,
    pub oprleft: Oid,
    pub oprright: Oid,
    /// InvalidOid: a shell operator.
    pub oprresult: Oid,
    pub oprcom: Oid,
    pub oprnegate: Oid,
    pub oprcode: Oid,
    pub oprrest: Oid,
    pub oprjoin: Oid,
}

impl Row for PgOperator {
    type Key = Name;
    const CLASS: Class = Class::Operator;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.oprname.clone()
    }
}

/// An operator family.
#[derive(Debug, Clone, PartialEq)]
pub struct PgOpfamily {
    pub oid: Oid,
    pub opfmethod: Oid,
    pub opfname: Name,
    pub opfnamespace: Oid,
    pub opfowner: Oid,
}

impl Row for PgOpfamily {
    type Key = (Oid, Oid, Name);
    const CLASS: Class = Class::Opfamily;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid, Name) {
        (self.opfmethod, self.opfnamespace, self.opfname.clone())
    }
    fn second(&self) -> Option<Oid> {
        self.opfmethod.valid()
    }
}

/// A partitioned table's key; stands under the table's oid.
#[derive(Debug, Clone, PartialEq)]
pub struct PgPartitionedTable {
    pub partrelid: Oid,
    /// 'l' list, 'r' range, 'h' hash.
    pub partstrat: u8,
    pub partdefid: Oid,
    /// 0 for an expression.
    pub partattrs: Vec<i16>,
    pub partclass: Vec<Oid>,
    pub partcollation: Vec<Oid>,
    pub partexprs: Vec<Arc<Expr>>,
}

impl Row for PgPartitionedTable {
    type Key = Oid;
    const CLASS: Class = Class::PartitionedTable;
    fn oid(&self) -> Oid {
        self.partrelid
    }
    fn key(&self) -> Oid {
        self.partrelid
    }
}

/// A row security policy, key: its table.
#[derive(Debug, Clone, PartialEq)]
pub struct PgPolicy {
    pub oid: Oid,
    pub polname: Name,
    pub polrelid: Oid,
    /// 'r' SELECT, 'a' INSERT, 'w' UPDATE, 'd' DELETE, '*' all.
    pub polcmd: u8,
    pub polpermissive: bool,
    /// InvalidOid stands for PUBLIC.
    pub polroles: Vec<Oid>,
    pub polqual: Option<Arc<Expr>>,
    pub polwithcheck: Option<Arc<Expr>>,
    /// What the expressions' Vars point to, as pg_get_expr needs it.
    pub rtable: Arc<Vec<RangeTblEntry>>,
}

impl Row for PgPolicy {
    type Key = Oid;
    const CLASS: Class = Class::Policy;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.polrelid
    }
}

/// A function, procedure, aggregate or window function.
#[derive(Debug, Clone, PartialEq)]
pub struct PgProc {
    pub oid: Oid,
    pub proname: Name,
    pub pronamespace: Oid,
    pub proowner: Oid,
    pub prolang: Oid,
    pub procost: f32,
    pub prorows: f32,
    pub provariadic: Oid,
    pub prosupport: Oid,
    /// 'f' function, 'p' procedure, 'a' aggregate, 'w' window.
    pub prokind: u8,
    pub prosecdef: bool,
    pub proleakproof: bool,
    pub proisstrict: bool,
    pub proretset: bool,
    /// 'i' immutable, 's' stable, 'v' volatile.
    pub provolatile: u8,
    /// 's' safe, 'r' restricted, 'u' unsafe.
    pub proparallel: u8,
    pub prorettype: Oid,
    /// Input arguments.
    pub proargtypes: Vec<Oid>,
    /// All arguments; None when all are IN.
    pub proallargtypes: Option<Vec<Oid>>,
    /// 'i', 'o', 'b', 'v', 't' for each of proallargtypes..
    pub proargmodes: Option<Vec<u8>>,
    /// Empty where an argument has no name.
    pub proargnames: Option<Vec<Name>>,
    /// How many of the last input arguments have defaults.
    pub pronargdefaults: i16,
    /// Those defaults; empty for a built-in function, whose defaults' texts nothing needs.
    pub proargdefaults: Vec<Expr>,
    pub protrftypes: Vec<Oid>,
    pub prosrc: Arc<str>,
    pub probin: Option<Arc<str>>,
    pub prosqlbody: Option<Arc<Vec<Query>>>,
    /// Whether the body is BEGIN ATOMIC (else a single RETURN).
    pub prosqlbody_atomic: bool,
    pub proconfig: Vec<(Name, Arc<str>)>,
    pub proacl: Acl,
}

impl Row for PgProc {
    type Key = Name;
    const CLASS: Class = Class::Proc;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.proname.clone()
    }
}

/// A publication.
#[derive(Debug, Clone, PartialEq)]
pub struct PgPublication {
    pub oid: Oid,
    pub pubname: Name,
    pub pubowner: Oid,
    pub puballtables: bool,
    pub pubinsert: bool,
    pub pubupdate: bool,
    pub pubdelete: bool,
    pub pubtruncate: bool,
    pub pubviaroot: bool,
    /// 'n' none, 's' stored.
    pub pubgencols: u8,
}

impl Row for PgPublication {
    type Key = Name;
    const CLASS: Class = Class::Publication;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.pubname.clone()
    }
}

/// A schema in a publication.
#[derive(Debug, Clone, PartialEq)]
pub struct PgPublicationNamespace {
    pub oid: Oid,
    pub pnpubid: Oid,
    pub pnnspid: Oid,
}

impl Row for PgPublicationNamespace {
    type Key = Oid;
    const CLASS: Class = Class::PublicationNamespace;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.pnpubid
    }
    fn second(&self) -> Option<Oid> {
        self.pnnspid.valid()
    }
}

/// A table in a publication.
#[derive(Debug, Clone, PartialEq)]
pub struct PgPublicationRel {
    pub oid: Oid,
    pub prpubid: Oid,
    pub prrelid: Oid,
    pub prqual: Option<Arc<Expr>>,
    pub prattrs: Option<Vec<i16>>,
}

impl Row for PgPublicationRel {
    type Key = Oid;
    const CLASS: Class = Class::PublicationRel;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.prpubid
    }
    fn second(&self) -> Option<Oid> {
        self.prrelid.valid()
    }
}

/// A range type; stands under its type's oid, second: its multirange type.
#[derive(Debug, Clone, PartialEq)]
pub struct PgRange {
    pub rngtypid: Oid,
    pub rngsubtype: Oid,
    pub rngmultitypid: Oid,
    pub rngcollation: Oid,
    pub rngsubopc: Oid,
    pub rngcanonical: Oid,
    pub rngsubdiff: Oid,
}

impl Row for PgRange {
    type Key = Oid;
    const CLASS: Class = Class::Range;
    fn oid(&self) -> Oid {
        self.rngtypid
    }
    fn key(&self) -> Oid {
        self.rngtypid
    }
    fn second(&self) -> Option<Oid> {
        self.rngmultitypid.valid()
    }
}

/// A rule; a view's query is the action of its rule _RETURN.
#[derive(Debug, Clone, PartialEq)]
pub struct PgRewrite {
    pub oid: Oid,
    pub rulename: Name,
    pub ev_class: Oid,
    /// '1' SELECT, '2' UPDATE, '3' INSERT, '4' DELETE.
    pub ev_type: u8,
    pub ev_enabled: u8,
    pub is_instead: bool,
    pub ev_qual: Option<Arc<Expr>>,
    pub ev_action: Arc<Vec<Query>>,
}

impl Row for PgRewrite {
    type Key = Oid;
    const CLASS: Class = Class::Rewrite;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.ev_class
    }
}

/// A security label.
#[derive(Debug, Clone, PartialEq)]
pub struct PgSeclabel {
    pub oid: Oid,
    pub address: ObjectAddress,
    pub provider: Name,
    pub label: Arc<str>,
}

impl Row for PgSeclabel {
    type Key = ObjectAddress;
    const CLASS: Class = Class::Seclabel;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> ObjectAddress {
        self.address
    }
}

/// A sequence's parameters; stands under its pg_class oid.
#[derive(Debug, Clone, PartialEq)]
pub struct PgSequence {
    pub seqrelid: Oid,
    pub seqtypid: Oid,
    pub seqstart: i64,
    pub seqincrement: i64,
    pub seqmax: i64,
    pub seqmin: i64,
    pub seqcache: i64,
    pub seqcycle: bool,
}

impl Row for PgSequence {
    type Key = Oid;
    const CLASS: Class = Class::Sequence;
    fn oid(&self) -> Oid {
        self.seqrelid
    }
    fn key(&self) -> Oid {
        self.seqrelid
    }
}

/// An extended statistics object, second: its table.
#[derive(Debug, Clone, PartialEq)]
pub struct PgStatisticExt {
    pub oid: Oid,
    pub stxname: Name,
    pub stxnamespace: Oid,
    pub stxrelid: Oid,
    pub stxowner: Oid,
    pub stxkeys: Vec<i16>,
    pub stxstattarget: Option<i16>,
    /// 'd' ndistinct, 'f' dependencies, 'm' mcv, 'e' expressions.
    pub stxkind: Vec<u8>,
    pub stxexprs: Vec<Arc<Expr>>,
}

impl Row for PgStatisticExt {
    type Key = (Oid, Name);
    const CLASS: Class = Class::StatisticExt;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.stxnamespace, self.stxname.clone())
    }
    fn second(&self) -> Option<Oid> {
        self.stxrelid.valid()
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq)]
pub struct PgSubscription {
    pub oid: Oid,
    pub subname: Name,
    pub subowner: Oid,
    pub subenabled: bool,
    pub subconninfo: Arc<str>,
    pub subslotname: Option<Name>,
    pub subpublications: Vec<Name>,
    pub suboptions: Vec<(Name, Arc<str>)>,
}

impl Row for PgSubscription {
    type Key = Name;
    const CLASS: Class = Class::Subscription;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.subname.clone()
    }
}

/// A tablespace.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTablespace {
    pub oid: Oid,
    pub spcname: Name,
    pub spcowner: Oid,
    pub spcacl: Acl,
    pub spcoptions: Vec<(Arc<str>, Arc<str>)>,
    pub location: Arc<str>,
}

impl Row for PgTablespace {
    type Key = Name;
    const CLASS: Class = Class::Tablespace;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Name {
        self.spcname.clone()
    }
}

/// A transform.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTransform {
    pub oid: Oid,
    pub trftype: Oid,
    pub trflang: Oid,
    pub trffromsql: Oid,
    pub trftosql: Oid,
}

impl Row for PgTransform {
    type Key = (Oid, Oid);
    const CLASS: Class = Class::Transform;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid) {
        (self.trftype, self.trflang)
    }
}

/// A trigger, key: its table.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTrigger {
    pub oid: Oid,
    pub tgrelid: Oid,
    pub tgparentid: Oid,
    pub tgname: Name,
    pub tgfoid: Oid,
    /// PostgreSQL: TRIGGER_TYPE_* bits (1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate, 64 instead).
    pub tgtype: i16,
    /// 'O' origin, 'D' disabled, 'R' replica, 'A' always.
    pub tgenabled: u8,
    pub tgisinternal: bool,
    pub tgconstrrelid: Oid,
    pub tgconstrindid: Oid,
    pub tgconstraint: Oid,
    pub tgdeferrable: bool,
    pub tginitdeferred: bool,
    pub tgattr: Vec<i16>,
    pub tgargs: Vec<Arc<str>>,
    /// Varno 1 is OLD, 2 is NEW.
    pub tgqual: Option<Arc<Expr>>,
    pub tgoldtable: Option<Name>,
    pub tgnewtable: Option<Name>,
}

impl Row for PgTrigger {
    type Key = Oid;
    const CLASS: Class = Class::Trigger;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> Oid {
        self.tgrelid
    }
    fn second(&self) -> Option<Oid> {
        self.tgconstraint.valid()
    }
}

/// A text search configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTsConfig {
    pub oid: Oid,
    pub cfgname: Name,
    pub cfgnamespace: Oid,
    pub cfgowner: Oid,
    pub cfgparser: Oid,
    /// Token type to dictionaries (PostgreSQL: pg_ts_config_map).
    pub mappings: Vec<(Name, Vec<Oid>)>,
}

impl Row for PgTsConfig {
    type Key = (Oid, Name);
    const CLASS: Class = Class::TsConfig;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.cfgnamespace, self.cfgname.clone())
    }
}

/// A text search dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTsDict {
    pub oid: Oid,
    pub dictname: Name,
    pub dictnamespace: Oid,
    pub dictowner: Oid,
    pub dicttemplate: Oid,
    pub dictinitoption: Option<Arc<str>>,
}

impl Row for PgTsDict {
    type Key = (Oid, Name);
    const CLASS: Class = Class::TsDict;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.dictnamespace, self.dictname.clone())
    }
}

/// A text search parser.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTsParser {
    pub oid: Oid,
    pub prsname: Name,
    pub prsnamespace: Oid,
    pub prsstart: Oid,
    pub prstoken: Oid,
    pub prsend: Oid,
    pub prsheadline: Oid,
    pub prslextype: Oid,
}

impl Row for PgTsParser {
    type Key = (Oid, Name);
    const CLASS: Class = Class::TsParser;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.prsnamespace, self.prsname.clone())
    }
}

/// A text search template.
#[derive(Debug, Clone, PartialEq)]
pub struct PgTsTemplate {
    pub oid: Oid,
    pub tmplname: Name,
    pub tmplnamespace: Oid,
    pub tmplinit: Oid,
    pub tmpllexize: Oid,
}

impl Row for PgTsTemplate {
    type Key = (Oid, Name);
    const CLASS: Class = Class::TsTemplate;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.tmplnamespace, self.tmplname.clone())
    }
}

/// A type, second: a domain's base type.
#[derive(Debug, Clone, PartialEq)]
pub struct PgType {
    pub oid: Oid,
    pub typname: Name,
    pub typnamespace: Oid,
    pub typowner: Oid,
    pub typlen: i16,
    pub typbyval: bool,
    /// 'b' base, 'c' composite, 'd' domain, 'e' enum, 'm' multirange, 'p' pseudo, 'r' range.
    pub typtype: u8,
    pub typcategory: u8,
    pub typispreferred: bool,
    pub typisdefined: bool,
    pub typdelim: u8,
    pub typrelid: Oid,
    pub typsubscript: Oid,
    pub typelem: Oid,
    pub typarray: Oid,
    pub typinput: Oid,
    pub typoutput: Oid,
    pub typreceive: Oid,
    pub typsend: Oid,
    pub typmodin: Oid,
    pub typmodout: Oid,
    pub typanalyze: Oid,
    pub typalign: u8,
    pub typstorage: u8,
    pub typnotnull: bool,
    pub typbasetype: Oid,
    pub typtypmod: i32,
    pub typndims: i32,
    pub typcollation: Oid,
    pub typdefaultbin: Option<Arc<Expr>>,
    pub typdefault: Option<Arc<str>>,
    pub typacl: Acl,
}

impl Row for PgType {
    type Key = (Oid, Name);
    const CLASS: Class = Class::Type;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.typnamespace, self.typname.clone())
    }
    fn second(&self) -> Option<Oid> {
        self.typbasetype.valid()
    }
}

/// A user mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct PgUserMapping {
    pub oid: Oid,
    pub umuser: Oid,
    pub umserver: Oid,
    pub umoptions: Vec<(Arc<str>, Arc<str>)>,
}

impl Row for PgUserMapping {
    type Key = (Oid, Oid);
    const CLASS: Class = Class::UserMapping;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Oid) {
        (self.umuser, self.umserver)
    }
}

/// A relation: table, view, index, sequence, composite type, with its columns (PostgreSQL: pg_class and pg_attribute).
#[derive(Debug, Clone, PartialEq)]
pub struct PgClass {
    pub oid: Oid,
    pub relname: Name,
    pub relnamespace: Oid,
    pub reltype: Oid,
    pub reloftype: Oid,
    pub relowner: Oid,
    pub relam: Oid,
    pub reltablespace: Oid,
    /// 'p' permanent, 'u' unlogged, 't' temporary.
    pub relpersistence: u8,
    /// 'r' table, 'p' partitioned table, 'i' index, 'I' partitioned index, 'S' sequence, 'v' view, 'm' materialized
    /// view, 'c' composite type, 't' TOAST table, 'f' foreign table.
    pub relkind: u8,
    pub relrowsecurity: bool,
    pub relforcerowsecurity: bool,
    /// 'd' default, 'n' nothing, 'f' full, 'i' index.
    pub relreplident: u8,
    pub relispartition: bool,
    /// False for a materialized view WITH NO DATA.
    pub relispopulated: bool,
    pub relpartbound: Option<Arc<PartitionBound>>,
    pub reloptions: Vec<(Arc<str>, Arc<str>)>,
    /// Storage parameters of the TOAST table (`toast.…`).
    pub toast_reloptions: Vec<(Arc<str>, Arc<str>)>,
    pub relacl: Acl,
    /// By attnum - 1; dropped ones stay.
    pub attributes: Vec<PgAttribute>,
}

impl PgClass {
    /// The column, dropped or not.
    pub fn attribute(&self, attnum: i16) -> Option<&PgAttribute> {
        self.attributes.get(usize::try_from(attnum).ok()?.checked_sub(1)?)
    }

    /// The column of that name that is not dropped. System columns are not among these.
    pub fn attribute_named(&self, name: &str) -> Option<&PgAttribute> {
        self.attributes.iter().find(|a| !a.attisdropped && a.attname == name)
    }

    /// The columns that are not dropped, in order.
    pub fn live_attributes(&self) -> impl Iterator<Item = &PgAttribute> {
        self.attributes.iter().filter(|a| !a.attisdropped)
    }
}

impl Row for PgClass {
    type Key = (Oid, Name);
    const CLASS: Class = Class::Relation;
    fn oid(&self) -> Oid {
        self.oid
    }
    fn key(&self) -> (Oid, Name) {
        (self.relnamespace, self.relname.clone())
    }
    fn second(&self) -> Option<Oid> {
        self.reloftype.valid()
    }
}

/// A column (PostgreSQL: pg_attribute).
#[derive(Debug, Clone, PartialEq)]
pub struct PgAttribute {
    pub attname: Name,
    pub atttypid: Oid,
    pub attnum: i16,
    pub atttypmod: i32,
    pub attndims: i16,
    pub attcollation: Oid,
    /// 'p' plain, 'e' external, 'x' extended, 'm' main.
    pub attstorage: u8,
    /// 'p' pglz, 'l' lz4, 0 default.
    pub attcompression: u8,
    pub attnotnull: bool,
    /// The pg_attrdef row of the default or the generation expression, InvalidOid without one.
    pub attdef: Oid,
    /// 'a' always, 'd' by default, 0 none.
    pub attidentity: u8,
    /// 's' stored, 'v' virtual, 0 none.
    pub attgenerated: u8,
    pub attisdropped: bool,
    pub attislocal: bool,
    pub attinhcount: i16,
    pub attstattarget: Option<i16>,
    pub attacl: Acl,
    pub attoptions: ThinVec<(Arc<str>, Arc<str>)>,
    pub attfdwoptions: ThinVec<(Arc<str>, Arc<str>)>,
}

/// A partition's bound with its analysed values (PostgreSQL: PartitionBoundSpec after transformPartitionBound).
#[derive(Debug, Clone, PartialEq)]
pub enum PartitionBound {
    Default,
    List(Vec<Expr>),
    Range { lower: Vec<RangeDatum>, upper: Vec<RangeDatum> },
    Hash { modulus: i32, remainder: i32 },
}

/// One value of a range bound (PostgreSQL: PartitionRangeDatum).
#[derive(Debug, Clone, PartialEq)]
pub enum RangeDatum {
    MinValue,
    Value(Expr),
    MaxValue,
}

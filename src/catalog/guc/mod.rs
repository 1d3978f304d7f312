//! What a session carries beside the catalog: its settings, its roles and its temporary schema (PostgreSQL: guc.c,
//! miscinit.c).

pub mod budget;
pub mod characteristics;
pub mod deferred;
pub mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::aclchk::superuser_arg;
use crate::catalog::namespace::{SearchPath, may_use};
use crate::catalog::{Catalog, PgAuthid, PgNamespace};
use crate::nodes::primnodes::Query;
use crate::nodes::tree::Node;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use characteristics::Characteristics;
use deferred::Deferred;

/// The settings in force and who is asking. Cloned at BEGIN and SAVEPOINT, put back at ROLLBACK.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionState {
    /// Values by lower-case name; a setting that is not here has its default.
    settings: BTreeMap<Name, Arc<str>>,
    /// What SET LOCAL hid: the value to put back at the transaction's end, None for the default.
    local: BTreeMap<Name, Option<Arc<str>>>,
    /// The session's and the current role that SET LOCAL hid, and the setting of that name.
    local_users: Option<(Oid, Oid, Option<Arc<str>>)>,
    /// The role that connected, or that SET SESSION AUTHORIZATION named.
    pub session_user: Oid,
    /// The role whose privileges count (PostgreSQL: GetUserId).
    pub current_user: Oid,
    /// The session's temporary schema once something was made in it.
    pub temp_namespace: Option<Oid>,
    /// The database that the session is connected to.
    pub database: Oid,
    /// Whether a transaction block is open, so that some commands are refused (25001).
    pub in_transaction_block: bool,
    /// Whether the statement runs inside a function, a DO block or a multi-statement message.
    pub in_function: bool,
    /// Whether only the extensions of PostgreSQL's own distribution and pgvector can be created, as on a stock server;
    /// else every extension counts as available (PostgreSQL decides by the files in SHAREDIR/extension).
    pub stock_extensions: bool,
    /// Statements that PREPARE made.
    pub prepared: BTreeMap<Name, Arc<PreparedStatement>>,
    /// Open cursors, and whether each is WITH HOLD.
    pub cursors: BTreeMap<Name, bool>,
    /// Temporary tables that go when the transaction commits.
    pub on_commit_drop: Vec<Oid>,
    /// Triggers that run when the transaction commits.
    pub deferred: Deferred,
    /// What the transaction was begun as.
    pub transaction: Characteristics,
    search_path_names: Vec<Name>,
}

/// A statement that PREPARE made, and the types of its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct PreparedStatement {
    pub query: Query,
    /// What was prepared, to be analysed again when it is run.
    pub source: Arc<Node>,
    pub types: Vec<Oid>,
}

impl SessionState {
    /// A session of the bootstrap superuser in the given database with all settings at their defaults.
    pub fn new(database: Oid) -> SessionState {
        SessionState {
            settings: BTreeMap::new(),
            local: BTreeMap::new(),
            local_users: None,
            session_user: fixed::BOOTSTRAP_SUPERUSERID,
            current_user: fixed::BOOTSTRAP_SUPERUSERID,
            temp_namespace: None,
            database,
            in_transaction_block: false,
            in_function: false,
            stock_extensions: false,
            prepared: BTreeMap::new(),
            cursors: BTreeMap::new(),
            on_commit_drop: Vec::new(),
            deferred: Deferred::default(),
            transaction: Characteristics::default(),
            search_path_names: vec![Name::fixed("$user"), Name::fixed("public")],
        }
    }

    /// A setting's value where it was set; the name in lower case.
    pub fn get(&self, name: &str) -> Option<&Arc<str>> {
        self.settings.get(name)
    }

    /// Sets a setting, or with None puts it back to its default. The value has been checked by the caller; of
    /// search_path it is the list as SHOW prints it.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        if name == "search_path" {
            self.search_path_names = split_identifier_list(value.unwrap_or("\"$user\", public"));
        }
        match value {
            Some(value) => self.settings.insert(Name::new(name), Arc::from(value)),
            None => self.settings.remove(name),
        };
    }

    /// All settings that were set, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, &Arc<str>)> {
        self.settings.iter()
    }

    /// A boolean setting; `default` where it was not set.
    pub fn flag(&self, name: &str, default: bool) -> bool {
        self.get(name).and_then(|value| settings::parse_bool(value)).unwrap_or(default)
    }

    /// SET: for the session; it wins over a SET LOCAL before it in the same transaction.
    pub fn set_session(&mut self, name: &str, value: Option<&str>) {
        self.local.remove(name);
        self.set(name, value);
    }

    /// SET LOCAL: until the transaction ends.
    pub fn set_local(&mut self, name: &str, value: Option<&str>) {
        let old = self.get(name).cloned();
        self.local.entry(Name::new(name)).or_insert(old);
        self.set(name, value);
    }

    /// SET LOCAL ROLE or SESSION AUTHORIZATION: the roles before it come back when the transaction ends.
    pub fn hide_users(&mut self, before: &SessionState) {
        if self.local_users.is_none() {
            let role = before.get("role").cloned();
            self.local_users = Some((before.session_user, before.current_user, role));
        }
    }

    /// SET ROLE without LOCAL: the roles stay.
    pub fn keep_users(&mut self) {
        self.local_users = None;
    }

    /// The end of a transaction: what SET LOCAL hid is in force again.
    pub fn end_local_settings(&mut self) {
        if let Some((session_user, current_user, role)) = self.local_users.take() {
            self.session_user = session_user;
            self.current_user = current_user;
            self.set("role", role.as_deref());
        }
        for (name, value) in std::mem::take(&mut self.local) {
            self.set(&name, value.as_deref());
        }
    }

    /// The names in search_path, unquoted.
    pub fn search_path_names(&self) -> &[Name] {
        &self.search_path_names
    }

    /// The schemas that search_path stands for now (PostgreSQL: recomputeNamespacePath).
    pub fn search_path(&self, catalog: &Catalog) -> SearchPath {
        let user =
            catalog.get::<PgAuthid>(self.current_user).map_or("", |role| role.rolname.as_str());
        if superuser_arg(catalog, self.current_user) {
            return SearchPath::compute(
                catalog,
                &self.search_path_names,
                user,
                self.temp_namespace,
            );
        }
        // Schemas that the role may not use are passed over.
        let usable = |name: &&Name| {
            let schema = if name.as_str() == "$user" { Name::new(user) } else { (*name).clone() };
            let found = catalog.find::<PgNamespace>(&schema);
            found.is_none_or(|row| may_use(catalog, row.oid, self.current_user))
        };
        let names: Vec<Name> = self.search_path_names.iter().filter(usable).cloned().collect();
        SearchPath::compute(catalog, &names, user, self.temp_namespace)
    }
}

/// Splits a comma-separated list of identifiers: quotes taken off, others in lower case (PostgreSQL:
/// SplitIdentifierString, utils/adt/varlena.c). A list that PostgreSQL would refuse gives the names up to the fault.
pub fn split_identifier_list(text: &str) -> Vec<Name> {
    let mut names = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, after) = if let Some(quoted) = rest.strip_prefix('"') {
            let mut name = String::new();
            let mut tail = quoted;
            loop {
                let Some(end) = tail.find('"') else { return names };
                name.push_str(&tail[..end]);
                tail = &tail[end + 1..];
                if let Some(more) = tail.strip_prefix('"') {
                    name.push('"');
                    tail = more;
                } else {
                    break;
                }
            }
            (name, tail)
        } else {
            let end =
                rest.find(|c: char| c == ',' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            (rest[..end].to_ascii_lowercase(), &rest[end..])
        };
        names.push(Name::new(&name));
        rest = after.trim_start();
        match rest.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None => break,
        }
    }
    names
}

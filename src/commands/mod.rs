//! What each statement does to the catalog (PostgreSQL: ProcessUtility, tcop/utility.c, and src/backend/commands).

pub mod define;
pub mod dependency;
mod enum_labels;
pub mod pg_enum;
pub mod pg_type;
pub mod support;
pub mod comment;
pub mod user;
pub mod tablespace;
pub mod rolemembers;
pub mod role_settings;
pub mod owned;
pub mod extension;
pub mod default_acl;
pub mod dbcommands;
pub mod alter_owner;
pub mod alter_names;
pub mod alter;
pub mod aclcmds;
pub mod dropcmds;
pub mod objectaddress;
pub mod schemacmds;
pub mod typecmds;
pub mod castcmds;
pub mod foreigncmds;
mod large_objects;
pub mod maintenance;
pub mod matview;
pub mod operatorcmds;
pub mod view_updatable;
pub mod effects;
pub mod pl_host;
pub mod creation;
pub mod heap;
pub mod indexcmds;
pub mod naming;
pub mod parse_utilcmd;
pub mod partition;
pub mod relation_kinds;
pub mod reloptions;
pub mod sequence;
pub mod tablecmds;
pub mod trigger;
pub mod set_role;
pub mod trigger_exec;
pub mod statscmds;
pub mod event_trigger;
pub mod event_trigger_exec;
pub mod policy;
pub mod publication_filter;
pub mod publicationcmds;
pub mod rewrite_define;
pub mod subscriptioncmds;
pub mod aggregatecmds;
pub mod alter_function;
pub mod basetypes;
pub mod collationcmds;
mod command_tag;
mod contents;
pub mod copy;
pub mod createas;
pub mod dml;
pub mod exec_main;
pub mod do_block;
pub mod functioncmds;
pub mod opclasscmds;
mod pg_aggregate;
pub mod pg_proc;
pub mod plpgsql_validator;
pub mod prepare;
pub mod query_relation;
pub mod rangetypes;
pub mod sql_function;
pub mod tsearchcmds;
pub mod view;
mod domain_rows;
pub mod domains;
pub mod type_alter;
pub mod utility;

use std::cell::RefCell;

use crate::catalog::Catalog;
use crate::catalog::guc::SessionState;
use crate::catalog::namespace::SearchPath;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::shared::Running;
use crate::findings::Notice;
use crate::nodes::tree::DropBehavior;
use crate::parser::parse_node::Shared;
use crate::pg::oid::Oid;

/// What a command works on: the catalog it changes, the session it runs in, and what it says on the way.
pub struct Context<'a> {
    pub catalog: &'a mut Catalog,
    pub session: &'a mut SessionState,
    /// The search path in force; a command that changes what it rests on calls `refresh_path`.
    pub path: SearchPath,
    pub notices: RefCell<Vec<Notice>>,
    /// The text that parse locations count in.
    pub sql: &'a str,
    /// What the bodies that run see of what made them run.
    pub running: Running,
}

impl<'a> Context<'a> {
    /// A context for one statement.
    pub fn new(
        catalog: &'a mut Catalog,
        session: &'a mut SessionState,
        sql: &'a str,
    ) -> Context<'a> {
        let path = session.search_path(catalog);
        let (notices, running) = (RefCell::new(Vec::new()), Running::default());
        Context { catalog, session, path, notices, sql, running }
    }

    /// What parse analysis reads.
    pub fn shared(&self) -> Shared<'_> {
        Shared {
            catalog: self.catalog,
            session: self.session,
            path: &self.path,
            notices: &self.notices,
            caller: Some(&pl_host::OnACopy),
            running: &self.running,
        }
    }

    /// Works the search path out again after a schema or a setting changed.
    pub fn refresh_path(&mut self) {
        self.path = self.session.search_path(self.catalog);
    }

    /// Says something that does not stop the statement.
    pub fn notice(&self, notice: Notice) {
        self.notices.borrow_mut().push(notice);
    }
}

/// Drops what the session made in its temporary schema (PostgreSQL: RemoveTempRelations).
pub fn remove_temporary_objects(catalog: &mut Catalog, session: &SessionState) {
    let Some(temporary) = session.temp_namespace else { return };
    let relations: Vec<_> = catalog
        .iter::<crate::catalog::PgClass>()
        .filter(|class| class.relnamespace == temporary)
        .map(|class| class.oid)
        .collect();
    drop_temporary_tables(catalog, session, &relations);
}

/// Drops relations and what depends on them (PostgreSQL: PreCommit_on_commit_actions).
pub fn drop_temporary_tables(catalog: &mut Catalog, session: &SessionState, relations: &[Oid]) {
    let mut session = session.clone();
    let mut context = Context::new(catalog, &mut session, "");
    for oid in relations {
        let address = ObjectAddress::new(Class::Relation, *oid);
        if context.catalog.exists(address) {
            // What cannot be dropped stays until the session's catalog goes; no statement is there to answer for it.
            let _ = dependency::perform_deletion(
                &mut context,
                address,
                DropBehavior::DropCascade,
                Default::default(),
            );
        }
    }
}

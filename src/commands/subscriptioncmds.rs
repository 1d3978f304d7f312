//! Subscriptions, as far as they can be made without connecting to the publisher (PostgreSQL:
//! commands/subscriptioncmds.c).

use std::sync::Arc;

use super::Context;
use super::define::{def_get_boolean, def_get_string, def_name};
use super::support::superuser;
use super::tablecmds::support::{not_owner, owns, perform_deletion};
use crate::catalog::PgSubscription;
use crate::catalog::namespace::get_subscription_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::commands::dependency::record_dependency_on_owner;
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterSubscriptionStmt, AlterSubscriptionType, CreateSubscriptionStmt, DropBehavior,
    DropSubscriptionStmt, Node,
};
use crate::pg::name::Name;
use crate::pg::sqlstate;

/// The options that a subscription has, beside those that only CREATE has, and the version that brought each.
const STORED: &[(&str, u32)] = &[
    ("binary", 14),
    ("copy_data", 0),
    ("create_slot", 0),
    ("disable_on_error", 15),
    ("failover", 17),
    ("origin", 16),
    ("password_required", 16),
    ("run_as_owner", 16),
    ("streaming", 14),
    ("synchronous_commit", 0),
    ("two_phase", 15),
];

/// What WITH (…) says.
struct Options {
    connect: bool,
    enabled: Option<bool>,
    slot_name: Option<Option<Name>>,
    stored: Vec<(Name, Arc<str>)>,
}

/// PostgreSQL: parse_subscription_options.
fn parse_subscription_options(context: &Context, options: &[Node]) -> PgResult<Options> {
    let major = context.catalog.version().major();
    let mut parsed = Options { connect: true, enabled: None, slot_name: None, stored: Vec::new() };
    let mut seen: Vec<&str> = Vec::new();
    for node in options {
        let Node::DefElem(option) = node else { continue };
        let name = def_name(option);
        if seen.contains(&name) {
            return Err(super::define::conflicting_def_elem(option));
        }
        seen.push(name);
        match name {
            "connect" => parsed.connect = def_get_boolean(option)?,
            "enabled" => parsed.enabled = Some(def_get_boolean(option)?),
            "slot_name" => {
                let slot = def_get_string(option)?;
                parsed.slot_name = Some((slot != "none").then(|| Name::new(&slot)));
            }
            name if STORED.iter().any(|(known, since)| *known == name && *since <= major) => {
                let value = match &option.arg {
                    Some(_) => def_get_string(option)?,
                    None => "true".to_string(),
                };
                parsed.stored.push((Name::new(name), Arc::from(value)));
            }
            other => {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    format!("unrecognized subscription parameter: \"{other}\""),
                )
                .into());
            }
        }
    }
    Ok(parsed)
}

/// What excludes what among CREATE's options. PostgreSQL: the tail of parse_subscription_options.
fn check_exclusive_options(options: &Options) -> PgResult<()> {
    let stored = |wanted: &str| {
        let found = options.stored.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| !matches!(value.as_ref(), "false" | "off" | "0" | "no"))
    };
    let refuse = |message: String| -> PgResult<()> {
        Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
    };
    let given = [
        ("enabled", options.enabled),
        ("create_slot", stored("create_slot")),
        ("copy_data", stored("copy_data")),
    ];
    if !options.connect
        && let Some((name, _)) = given.iter().find(|(_, value)| *value == Some(true))
    {
        return refuse(format!("connect = false and {name} = true are mutually exclusive options"));
    }
    if options.slot_name != Some(None) {
        return Ok(());
    }
    for (name, value) in &given[..2] {
        match value {
            Some(true) => {
                return refuse(format!(
                    "slot_name = NONE and {name} = true are mutually exclusive options"
                ));
            }
            None if options.connect => {
                return refuse(format!(
                    "subscription with slot_name = NONE must also set {name} = false"
                ));
            }
            Some(false) | None => {}
        }
    }
    Ok(())
}

/// PostgreSQL: CreateSubscription.
pub fn create_subscription(context: &mut Context, stmt: &CreateSubscriptionStmt) -> PgResult<()> {
    let options = parse_subscription_options(context, &stmt.options)?;
    check_exclusive_options(&options)?;
    let creates_slot = options.connect
        && !options
            .stored
            .iter()
            .any(|(name, value)| *name == "create_slot" && value.as_ref() == "false");
    if creates_slot {
        super::support::prevent_in_transaction_block(
            context,
            "CREATE SUBSCRIPTION ... WITH (create_slot = true)",
        )?;
    }
    if !superuser(context) {
        return unknown("whether the role may create subscriptions");
    }
    let name = Name::new(stmt.subname.as_deref().unwrap_or_default());
    if context.catalog.find::<PgSubscription>(&name).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("subscription \"{name}\" already exists"),
        )
        .into());
    }
    if options.connect {
        return unknown("CREATE SUBSCRIPTION connects to the publisher");
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgSubscription {
        oid,
        subname: name.clone(),
        subowner: owner,
        subenabled: options.enabled.unwrap_or(false),
        subconninfo: Arc::from(stmt.conninfo.as_deref().unwrap_or_default()),
        subslotname: options.slot_name.unwrap_or(Some(name)),
        subpublications: publications(&stmt.publication)?,
        suboptions: options.stored,
    });
    let address = ObjectAddress::new(Class::Subscription, oid);
    record_dependency_on_owner(context.catalog, address, owner);
    context.notice(Notice {
        hint: Some(
            "To initiate replication, you must manually create the replication slot, enable the \
             subscription, and refresh the subscription."
                .to_string(),
        ),
        ..Notice::warning(sqlstate::WARNING, "subscription was created, but is not connected")
    });
    Ok(())
}

/// The publications' names, each once. PostgreSQL: publicationListToArray, check_duplicates_in_publist.
fn publications(names: &[Node]) -> PgResult<Vec<Name>> {
    let mut publications: Vec<Name> = Vec::with_capacity(names.len());
    for node in names {
        let name = Name::new(node.str_val());
        if publications.contains(&name) {
            return Err(PgError::new(
                sqlstate::DUPLICATE_OBJECT,
                format!("publication name \"{name}\" used more than once"),
            )
            .into());
        }
        publications.push(name);
    }
    Ok(publications)
}

/// PostgreSQL: AlterSubscription.
pub fn alter_subscription(context: &mut Context, stmt: &AlterSubscriptionStmt) -> PgResult<()> {
    let name = stmt.subname.as_deref().unwrap_or_default();
    let Some(oid) = get_subscription_oid(context.catalog, name, false)? else { return Ok(()) };
    let owner = context.catalog.get::<PgSubscription>(oid).map(|row| row.subowner);
    if !owner.is_none_or(|owner| owns(context, owner)) {
        return Err(not_owner("subscription", name).into());
    }
    match stmt.kind {
        AlterSubscriptionType::AlterSubscriptionConnection => {
            let conninfo: Arc<str> = Arc::from(stmt.conninfo.as_deref().unwrap_or_default());
            context.catalog.update::<PgSubscription>(oid, |row| row.subconninfo = conninfo);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionEnabled => {
            let options = parse_subscription_options(context, &stmt.options)?;
            let enabled = options.enabled.unwrap_or(true);
            let slot = context.catalog.get::<PgSubscription>(oid);
            if enabled && slot.is_some_and(|row| row.subslotname.is_none()) {
                return Err(PgError::new(
                    sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "cannot enable subscription that does not have a slot name",
                )
                .into());
            }
            context.catalog.update::<PgSubscription>(oid, |row| row.subenabled = enabled);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionOptions => {
            let options = parse_subscription_options(context, &stmt.options)?;
            context.catalog.update::<PgSubscription>(oid, |row| {
                if let Some(slot) = options.slot_name {
                    row.subslotname = slot;
                }
                for (name, value) in options.stored {
                    row.suboptions.retain(|(known, _)| *known != name);
                    row.suboptions.push((name, value));
                }
            });
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionSetPublication if !refreshes(stmt) => {
            let list = publications(&stmt.publication)?;
            context.catalog.update::<PgSubscription>(oid, |row| row.subpublications = list);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionSetPublication
        | AlterSubscriptionType::AlterSubscriptionAddPublication
        | AlterSubscriptionType::AlterSubscriptionDropPublication
        | AlterSubscriptionType::AlterSubscriptionRefresh
        | AlterSubscriptionType::AlterSubscriptionSkip => {
            unknown("ALTER SUBSCRIPTION that asks the publisher")
        }
    }
}

/// Whether the publisher is asked: unless `refresh = false` says no.
fn refreshes(stmt: &AlterSubscriptionStmt) -> bool {
    !stmt.options.iter().any(|option| {
        matches!(option, Node::DefElem(def) if def.defname.as_deref() == Some("refresh")
            && matches!(def_get_boolean(def), Ok(false)))
    })
}

/// PostgreSQL: DropSubscription.
pub fn drop_subscription(context: &mut Context, stmt: &DropSubscriptionStmt) -> PgResult<()> {
    let name = stmt.subname.as_deref().unwrap_or_default();
    let found = context.catalog.find::<PgSubscription>(&Name::new(name)).cloned();
    let Some(row) = found else {
        let message = format!("subscription \"{name}\" does not exist");
        if !stmt.missing_ok {
            return Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into());
        }
        context.notice(Notice::notice(format!("{message}, skipping")));
        return Ok(());
    };
    if !owns(context, row.subowner) {
        return Err(not_owner("subscription", name).into());
    }
    if row.subslotname.is_some() {
        super::support::prevent_in_transaction_block(context, "DROP SUBSCRIPTION")?;
        return unknown("DROP SUBSCRIPTION connects to the publisher to drop the slot");
    }
    let address = ObjectAddress::new(Class::Subscription, row.oid);
    perform_deletion(context, address, DropBehavior::DropRestrict)
}

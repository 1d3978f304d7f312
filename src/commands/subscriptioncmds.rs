//! Subscriptions, as far as they can be made without connecting to the publisher (PostgreSQL:
//! commands/subscriptioncmds.c).

use std::sync::Arc;

use super::Context;
use super::define::{def_get_boolean, def_get_string, def_name};
use super::support::superuser;
use super::tablecmds::support::{not_owner, owns, perform_deletion};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{aclcheck_error, has_privs_of_role, object_aclcheck};
use crate::catalog::guc::settings::{self, parse_bool};
use crate::catalog::namespace::get_subscription_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAuthid, PgDatabase, PgSubscription};
use crate::commands::dependency::record_dependency_on_owner;
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterSubscriptionStmt, AlterSubscriptionType, CreateSubscriptionStmt, DefElem, DropBehavior,
    DropSubscriptionStmt, Node, ObjectType,
};
use crate::pg::name::Name;
use crate::pg::sqlstate::{self, SqlState};

/// The options of subscriptions, the version that brought each, and the commands that take it.
const OPTIONS: &[(&str, u32, &[Command])] = &[
    ("binary", 14, &[Command::Create, Command::Set]),
    ("connect", 0, &[Command::Create]),
    ("copy_data", 0, &[Command::Create, Command::Publication, Command::Refresh]),
    ("create_slot", 0, &[Command::Create]),
    ("disable_on_error", 15, &[Command::Create, Command::Set]),
    ("enabled", 0, &[Command::Create, Command::Enable]),
    ("failover", 17, &[Command::Create, Command::Set]),
    ("lsn", 15, &[Command::Skip]),
    ("origin", 16, &[Command::Create, Command::Set]),
    ("password_required", 16, &[Command::Create, Command::Set]),
    ("refresh", 0, &[Command::Publication]),
    ("run_as_owner", 16, &[Command::Create, Command::Set]),
    ("slot_name", 0, &[Command::Create, Command::Set]),
    ("streaming", 14, &[Command::Create, Command::Set]),
    ("synchronous_commit", 0, &[Command::Create, Command::Set]),
    ("two_phase", 15, &[Command::Create]),
    ("two_phase", 18, &[Command::Set]),
];

/// The commands that differ in the options they take.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Command {
    Create,
    Set,
    Enable,
    /// SET, ADD and DROP PUBLICATION.
    Publication,
    Refresh,
    Skip,
}

/// What WITH (…) says.
struct Options {
    connect: bool,
    enabled: Option<bool>,
    refresh: bool,
    slot_name: Option<Option<Name>>,
    stored: Vec<(Name, Arc<str>)>,
}

/// The code of what a subscription's state does not allow.
fn not_now(context: &Context) -> SqlState {
    match context.catalog.version().major() {
        13 => sqlstate::SYNTAX_ERROR,
        _ => sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
    }
}

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

/// PostgreSQL: parse_subscription_options.
fn parse_subscription_options(
    context: &Context,
    options: &[Node],
    command: Command,
) -> PgResult<Options> {
    let major = context.catalog.version().major();
    let mut parsed = Options {
        connect: true,
        enabled: None,
        refresh: true,
        slot_name: None,
        stored: Vec::new(),
    };
    let mut seen: Vec<&str> = Vec::new();
    for node in options {
        let Node::DefElem(option) = node else { continue };
        let name = def_name(option);
        let is_known = OPTIONS.iter().any(|(known, since, commands)| {
            *known == name && *since <= major && commands.contains(&command)
        });
        if !is_known {
            let message = format!("unrecognized subscription parameter: \"{name}\"");
            return refuse(sqlstate::SYNTAX_ERROR, message);
        }
        if seen.contains(&name) {
            let stop = super::define::conflicting_def_elem(option);
            return Err(if major < 15 { stop.without_place() } else { stop });
        }
        seen.push(name);
        let mut value = match &option.arg {
            Some(_) => def_get_string(option)?,
            None => "true".to_string(),
        };
        match name {
            "connect" => parsed.connect = def_get_boolean(option)?,
            "enabled" => parsed.enabled = Some(def_get_boolean(option)?),
            "refresh" => parsed.refresh = def_get_boolean(option)?,
            "slot_name" => {
                let slot = def_get_string(option)?;
                if slot != "none" {
                    check_slot_name(&slot)?;
                }
                parsed.slot_name = Some((slot != "none").then(|| Name::new(&slot)));
            }
            "streaming" if major >= 16 => check_streaming(option, &value)?,
            "origin" => {
                value = value.to_ascii_lowercase();
                if !matches!(value.as_str(), "none" | "any") {
                    let message =
                        format!("unrecognized origin value: \"{}\"", def_get_string(option)?);
                    return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
                }
            }
            "synchronous_commit" => {
                let version = context.catalog.version();
                if let Some(setting) = settings::find(version, "synchronous_commit") {
                    settings::check_value(setting, &value)?;
                }
            }
            "lsn" => check_lsn(&value)?,
            _ => {
                def_get_boolean(option)?; // the others are booleans
            }
        }
        if !matches!(name, "connect" | "enabled" | "refresh" | "slot_name" | "lsn") {
            parsed.stored.push((Name::new(name), Arc::from(value)));
        }
    }
    Ok(parsed)
}

/// PostgreSQL: ReplicationSlotValidateName.
fn check_slot_name(name: &str) -> PgResult<()> {
    if name.is_empty() {
        let message = format!("replication slot name \"{name}\" is too short");
        return refuse(sqlstate::INVALID_NAME, message);
    }
    if name.len() > 63 {
        let message = format!("replication slot name \"{name}\" is too long");
        return refuse(sqlstate::NAME_TOO_LONG, message);
    }
    let is_plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
    if name.bytes().all(is_plain) {
        return Ok(());
    }
    let message = format!("replication slot name \"{name}\" contains invalid character");
    Err(PgError::new(sqlstate::INVALID_NAME, message)
        .hint(
            "Replication slot names may only contain lower case letters, numbers, and the \
             underscore character.",
        )
        .into())
}

/// PostgreSQL: defGetStreamingMode.
fn check_streaming(option: &DefElem, value: &str) -> PgResult<()> {
    let known = ["true", "false", "on", "off", "parallel", "0", "1"];
    if option.arg.is_none() || known.iter().any(|known| known.eq_ignore_ascii_case(value)) {
        return Ok(());
    }
    let message = "streaming requires a Boolean value or \"parallel\"";
    refuse(sqlstate::SYNTAX_ERROR, message)
}

/// The place that SKIP names: `none`, or two hexadecimal numbers (PostgreSQL: pg_lsn_in).
fn check_lsn(value: &str) -> PgResult<()> {
    if value == "none" {
        return Ok(());
    }
    let hex = |part: &str| {
        let digits = part.bytes().all(|b| b.is_ascii_hexdigit());
        ((1..=8).contains(&part.len()) && digits)
            .then(|| u32::from_str_radix(part, 16).unwrap_or(0))
    };
    match value.split_once('/').map(|(high, low)| (hex(high), hex(low))) {
        Some((Some(0), Some(0))) => {
            let message = format!("invalid WAL location (LSN): {value}");
            refuse(sqlstate::INVALID_PARAMETER_VALUE, message)
        }
        Some((Some(_), Some(_))) => Ok(()),
        _ => {
            let message = format!("invalid input syntax for type pg_lsn: \"{value}\"");
            refuse(sqlstate::INVALID_TEXT_REPRESENTATION, message)
        }
    }
}

/// The form of a connection string, whose options are libpq's to know (PostgreSQL: walrcv_check_conninfo, libpq's
/// conninfo_parse).
fn check_conninfo(conninfo: &str) -> PgResult<()> {
    if conninfo.starts_with("postgresql://") || conninfo.starts_with("postgres://") {
        return Ok(());
    }
    let bad = |what: String| {
        let message = format!("invalid connection string syntax: {what}\n");
        refuse(sqlstate::SYNTAX_ERROR, message)
    };
    let is_space = |c: char| c.is_ascii_whitespace();
    let mut rest = conninfo.trim_start_matches(is_space);
    while !rest.is_empty() {
        let name_end = rest.find(|c| c == '=' || is_space(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        let Some(value) = after.trim_start_matches(is_space).strip_prefix('=') else {
            return bad(format!("missing \"=\" after \"{name}\" in connection info string"));
        };
        let value = value.trim_start_matches(is_space);
        let quoted = value.starts_with('\'');
        let mut chars = value.char_indices().skip(usize::from(quoted));
        let mut end = None;
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => drop(chars.next()),
                '\'' if quoted => end = Some(at + 1),
                c if !quoted && is_space(c) => end = Some(at),
                _ => {} // a character of the value
            }
            if end.is_some() {
                break;
            }
        }
        if quoted && end.is_none() {
            return bad("unterminated quoted string in connection info string".to_string());
        }
        rest = value[end.unwrap_or(value.len())..].trim_start_matches(is_space);
    }
    Ok(())
}

/// What excludes what among CREATE's options. PostgreSQL: the tail of parse_subscription_options.
fn check_exclusive_options(options: &Options) -> PgResult<()> {
    let stored = |wanted: &str| {
        let found = options.stored.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| !matches!(value.as_ref(), "false" | "off" | "0" | "no"))
    };
    let refuse = |message: String| refuse(sqlstate::SYNTAX_ERROR, message);
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
    let options = parse_subscription_options(context, &stmt.options, Command::Create)?;
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
    check_may_create(context, &options)?;
    let name = Name::new(stmt.subname.as_deref().unwrap_or_default());
    if context.catalog.find::<PgSubscription>(&name).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("subscription \"{name}\" already exists"),
        )
        .into());
    }
    check_conninfo(stmt.conninfo.as_deref().unwrap_or_default())?;
    let subpublications = publications(context, &stmt.publication)?;
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
        subpublications,
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

/// Refuses roles that may make no subscription, or none like this.
fn check_may_create(context: &Context, options: &Options) -> PgResult<()> {
    if superuser(context) {
        return Ok(());
    }
    let role = context.session.current_user;
    if context.catalog.version().major() < 16 {
        let message = "must be superuser to create subscriptions";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let creators = context.catalog.find::<PgAuthid>(&Name::new("pg_create_subscription"));
    if !creators.is_some_and(|creators| has_privs_of_role(context.catalog, role, creators.oid)) {
        let error = PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "permission denied to create subscription",
        )
        .detail(
            "Only roles with privileges of the \"pg_create_subscription\" role may create \
             subscriptions.",
        );
        return Err(error.into());
    }
    let database = ObjectAddress::new(Class::Database, context.session.database);
    if !object_aclcheck(context.catalog, database, role, privilege::CREATE) {
        let name = context.catalog.get::<PgDatabase>(context.session.database);
        let name = name.map_or("", |row| row.datname.as_str());
        return Err(aclcheck_error(ObjectType::ObjectDatabase, name).into());
    }
    let unprotected = options
        .stored
        .iter()
        .any(|(name, value)| *name == "password_required" && parse_bool(value) == Some(false));
    if unprotected {
        let error = PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            "password_required=false is superuser-only",
        )
        .hint(
            "Subscriptions with the password_required option set to false may only be created or \
             modified by the superuser.",
        );
        return Err(error.into());
    }
    unknown("whether the connection string of one who is no superuser holds a password")
}

/// The publications' names, each once. PostgreSQL: publicationListToArray, check_duplicates_in_publist.
fn publications(context: &Context, names: &[Node]) -> PgResult<Vec<Name>> {
    let mut publications: Vec<Name> = Vec::with_capacity(names.len());
    for node in names {
        let name = Name::new(node.str_val());
        if publications.contains(&name) {
            let state = match context.catalog.version().major() {
                13 => sqlstate::SYNTAX_ERROR,
                _ => sqlstate::DUPLICATE_OBJECT,
            };
            return refuse(state, format!("publication name \"{name}\" used more than once"));
        }
        publications.push(name);
    }
    Ok(publications)
}

/// PostgreSQL: AlterSubscription.
pub fn alter_subscription(context: &mut Context, stmt: &AlterSubscriptionStmt) -> PgResult<()> {
    let name = stmt.subname.as_deref().unwrap_or_default();
    let Some(oid) = get_subscription_oid(context.catalog, name, false)? else { return Ok(()) };
    let Some(row) = context.catalog.get::<PgSubscription>(oid).cloned() else { return Ok(()) };
    if !owns(context, row.subowner) {
        return Err(not_owner("subscription", name).into());
    }
    match stmt.kind {
        AlterSubscriptionType::AlterSubscriptionConnection => {
            check_conninfo(stmt.conninfo.as_deref().unwrap_or_default())?;
            let conninfo: Arc<str> = Arc::from(stmt.conninfo.as_deref().unwrap_or_default());
            context.catalog.update::<PgSubscription>(oid, |row| row.subconninfo = conninfo);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionEnabled => {
            let options = parse_subscription_options(context, &stmt.options, Command::Enable)?;
            let enabled = options.enabled.unwrap_or(true);
            if enabled && row.subslotname.is_none() {
                return refuse(
                    not_now(context),
                    "cannot enable subscription that does not have a slot name",
                );
            }
            context.catalog.update::<PgSubscription>(oid, |row| row.subenabled = enabled);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionOptions => {
            let options = parse_subscription_options(context, &stmt.options, Command::Set)?;
            if row.subenabled && options.slot_name == Some(None) {
                return refuse(
                    sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "cannot set slot_name = NONE for enabled subscription",
                );
            }
            let of_slot =
                |(name, _): &&(Name, Arc<str>)| *name == "failover" || *name == "two_phase";
            if let Some((name, _)) = options.stored.iter().find(of_slot) {
                if row.subenabled {
                    let message = format!("cannot set option \"{name}\" for enabled subscription");
                    return refuse(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message);
                }
                return unknown("ALTER SUBSCRIPTION that asks the publisher");
            }
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
        AlterSubscriptionType::AlterSubscriptionSetPublication => {
            let options = parse_subscription_options(context, &stmt.options, Command::Publication)?;
            let list = publications(context, &stmt.publication)?;
            check_refresh(context, &row, &options)?;
            context.catalog.update::<PgSubscription>(oid, |row| row.subpublications = list);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionAddPublication
        | AlterSubscriptionType::AlterSubscriptionDropPublication => {
            let adds = stmt.kind == AlterSubscriptionType::AlterSubscriptionAddPublication;
            let options = parse_subscription_options(context, &stmt.options, Command::Publication)?;
            let list = merge_publications(context, &row, &stmt.publication, adds)?;
            check_refresh(context, &row, &options)?;
            context.catalog.update::<PgSubscription>(oid, |row| row.subpublications = list);
            Ok(())
        }
        AlterSubscriptionType::AlterSubscriptionRefresh => {
            if !row.subenabled {
                return refuse(
                    not_now(context),
                    "ALTER SUBSCRIPTION ... REFRESH is not allowed for disabled subscriptions",
                );
            }
            parse_subscription_options(context, &stmt.options, Command::Refresh)?;
            super::support::prevent_in_transaction_block(
                context,
                "ALTER SUBSCRIPTION ... REFRESH",
            )?;
            unknown("ALTER SUBSCRIPTION that asks the publisher")
        }
        AlterSubscriptionType::AlterSubscriptionSkip => {
            parse_subscription_options(context, &stmt.options, Command::Skip)?;
            Ok(()) // where replication goes on is data
        }
    }
}

/// PostgreSQL: merge_publications.
fn merge_publications(
    context: &Context,
    row: &PgSubscription,
    names: &[Node],
    adds: bool,
) -> PgResult<Vec<Name>> {
    let mut list = row.subpublications.clone();
    let subscription = &row.subname;
    for name in publications(context, names)? {
        match (list.iter().position(|known| *known == name), adds) {
            (Some(_), true) => {
                let message =
                    format!("publication \"{name}\" is already in subscription \"{subscription}\"");
                return refuse(sqlstate::DUPLICATE_OBJECT, message);
            }
            (None, false) => {
                let message =
                    format!("publication \"{name}\" is not in subscription \"{subscription}\"");
                return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
            }
            (None, true) => list.push(name),
            (Some(at), false) => drop(list.remove(at)),
        }
    }
    if list.is_empty() {
        let message = "cannot drop all the publications from a subscription";
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    Ok(list)
}

/// Unless `refresh = false` says no, the publisher is asked which tables it publishes.
fn check_refresh(context: &Context, row: &PgSubscription, options: &Options) -> PgResult<()> {
    if !options.refresh {
        return Ok(());
    }
    if !row.subenabled {
        let error = PgError::new(
            not_now(context),
            "ALTER SUBSCRIPTION with refresh is not allowed for disabled subscriptions",
        )
        .hint("Use ALTER SUBSCRIPTION ... SET PUBLICATION ... WITH (refresh = false).");
        return Err(error.into());
    }
    super::support::prevent_in_transaction_block(context, "ALTER SUBSCRIPTION with refresh")?;
    unknown("ALTER SUBSCRIPTION that asks the publisher")
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

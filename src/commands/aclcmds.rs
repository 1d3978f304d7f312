//! GRANT and REVOKE on objects, and ALTER DEFAULT PRIVILEGES (PostgreSQL: ExecuteGrantStmt and
//! ExecAlterDefaultPrivilegesStmt, catalog/aclchk.c).

use std::sync::Arc;

use crate::catalog::acl::{Acl, AclItem, privilege};
use crate::catalog::aclchk::*;
use crate::catalog::lsyscache::get_attnum;
use crate::catalog::namespace::*;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::commands::dependency::update_acl_dependencies;
use crate::commands::dropcmds::get_relkind_objtype;
use crate::commands::objectaddress::get_object_address;
use crate::findings::{Notice, PgError, PgResult, Stop};
use crate::nodes::tree::{
    AccessPriv, DropBehavior, GrantStmt, GrantTargetType, Node, ObjectType, RangeVar,
};
use crate::parser::parse_node::Shared;
use crate::parser::parse_type::typename_type_id;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::pg::version::Version;

pub use super::default_acl::exec_alter_default_privileges_stmt;

/// A GRANT or REVOKE with its names looked up (PostgreSQL: InternalGrant).
pub(super) struct InternalGrant {
    pub is_grant: bool,
    pub kind: ObjectType,
    /// Nothing: all privileges of the kind (unless `columns` are named).
    pub all_privileges: bool,
    pub privileges: u32,
    /// Privileges on columns: the bits (0 means all) and the columns' names.
    pub columns: Vec<(u32, Vec<Name>)>,
    pub grantees: Vec<Oid>,
    pub grant_option: bool,
    pub behavior: DropBehavior,
}

/// GRANT and REVOKE on objects (PostgreSQL: ExecuteGrantStmt).
pub fn execute_grant_stmt(context: &mut Context, stmt: &GrantStmt) -> PgResult<()> {
    if stmt.objtype == ObjectType::ObjectDatabase
        && let [database] = stmt.objects.as_slice()
    {
        super::dbcommands::assume_database(context, database.str_val());
    }
    let shared = context.shared();
    if let Some(grantor) = &stmt.grantor {
        let grantor = get_rolespec_oid(&shared, grantor)?;
        if grantor != context.session.current_user {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "grantor must be current user",
            )
            .into());
        }
    }
    let objects = match stmt.targtype {
        GrantTargetType::AclTargetObject => object_names_to_oids(&shared, stmt)?,
        // The defaults have a statement of their own.
        GrantTargetType::AclTargetAllInSchema | GrantTargetType::AclTargetDefaults => {
            objects_in_schema_to_oids(&shared, stmt)?
        }
    };
    let grantees = grantees_of(&shared, &stmt.grantees)?;
    let mut grant = InternalGrant {
        is_grant: stmt.is_grant,
        kind: stmt.objtype,
        all_privileges: stmt.privileges.is_empty(),
        privileges: 0,
        columns: Vec::new(),
        grantees,
        grant_option: stmt.grant_option,
        behavior: stmt.behavior,
    };
    collect_privileges(context, &mut grant, &stmt.privileges)?;
    for object in objects {
        match object {
            Target::Parameter => {}
            Target::Object(address) if address.class == Class::Relation => {
                grant_relation(context, &grant, address.object)?;
            }
            Target::Object(address) => grant_common(context, &grant, address)?,
        }
    }
    Ok(())
}

/// What is granted on; settings are not kept as objects.
enum Target {
    Object(ObjectAddress),
    Parameter,
}

pub(super) fn grantees_of(shared: &Shared, grantees: &[Node]) -> PgResult<Vec<Oid>> {
    let roles = grantees.iter().filter_map(|node| match node {
        Node::RoleSpec(role) => Some(role),
        // The grammar puts nothing else here.
        _ => None,
    });
    roles.map(|role| get_grantee_oid(shared, role)).collect()
}

/// The kind's name in messages about privileges that it does not have (PostgreSQL: ExecuteGrantStmt's errormsg).
fn invalid_privilege_words(kind: ObjectType) -> &'static str {
    match kind {
        ObjectType::ObjectTable => "relation",
        ObjectType::ObjectSequence => "sequence",
        ObjectType::ObjectDatabase => "database",
        ObjectType::ObjectDomain => "domain",
        ObjectType::ObjectFunction => "function",
        ObjectType::ObjectLanguage => "language",
        ObjectType::ObjectLargeobject => "large object",
        ObjectType::ObjectSchema => "schema",
        ObjectType::ObjectProcedure => "procedure",
        ObjectType::ObjectRoutine => "routine",
        ObjectType::ObjectTablespace => "tablespace",
        ObjectType::ObjectType => "type",
        ObjectType::ObjectFdw => "foreign-data wrapper",
        ObjectType::ObjectForeignServer => "foreign server",
        // A setting is the one kind that is left.
        _ => "parameter",
    }
}

fn invalid_privilege(privilege: u32, what: &str) -> PgError {
    PgError::new(
        sqlstate::INVALID_GRANT_OPERATION,
        format!("invalid privilege type {} for {what}", privilege_to_string(privilege)),
    )
}

fn collect_privileges(
    context: &Context,
    grant: &mut InternalGrant,
    nodes: &[Node],
) -> PgResult<()> {
    // A table's privileges may be a sequence's: which they are is seen when the relation is.
    let allowed = match grant.kind {
        ObjectType::ObjectTable => {
            all_rights(context.catalog, ObjectType::ObjectTable)
                | all_rights(context.catalog, ObjectType::ObjectSequence)
        }
        kind => all_rights(context.catalog, kind),
    };
    for node in nodes {
        let Node::AccessPriv(access) = node else { continue };
        if !access.cols.is_empty() {
            if grant.kind != ObjectType::ObjectTable {
                return Err(PgError::new(
                    sqlstate::INVALID_GRANT_OPERATION,
                    "column privileges are only valid for relations",
                )
                .into());
            }
            let columns = access.cols.iter().map(|col| Name::new(col.str_val())).collect();
            let bits = match &access.priv_name {
                Some(_) => privilege_of(context, access)?,
                None => 0,
            };
            grant.columns.push((bits, columns));
            continue;
        }
        let bit = privilege_of(context, access)?;
        if bit & !allowed != 0 {
            return Err(invalid_privilege(bit, invalid_privilege_words(grant.kind)).into());
        }
        grant.privileges |= bit;
    }
    Ok(())
}

pub(super) fn privilege_of(context: &Context, access: &AccessPriv) -> PgResult<u32> {
    let name = access.priv_name.as_deref().unwrap_or_default();
    let since = match name {
        "maintain" => 17,
        "set" | "alter system" => 15,
        _ => 13, // as old as the oldest version that is known
    };
    if context.catalog.version() < Version::nearest(since) {
        return Err(unrecognized_privilege(name));
    }
    string_to_privilege(name)
}

fn unrecognized_privilege(name: &str) -> Stop {
    PgError::new(sqlstate::SYNTAX_ERROR, format!("unrecognized privilege type \"{name}\"")).into()
}

/// The names of the privileges' bits, in the bits' order.
const PRIVILEGE_NAMES: [(&str, u32); 15] = [
    ("insert", privilege::INSERT),
    ("select", privilege::SELECT),
    ("update", privilege::UPDATE),
    ("delete", privilege::DELETE),
    ("truncate", privilege::TRUNCATE),
    ("references", privilege::REFERENCES),
    ("trigger", privilege::TRIGGER),
    ("execute", privilege::EXECUTE),
    ("usage", privilege::USAGE),
    ("create", privilege::CREATE),
    ("temporary", privilege::CREATE_TEMP),
    ("connect", privilege::CONNECT),
    ("set", privilege::SET),
    ("alter system", privilege::ALTER_SYSTEM),
    ("maintain", privilege::MAINTAIN),
];

/// PostgreSQL: string_to_privilege.
fn string_to_privilege(name: &str) -> PgResult<u32> {
    match name {
        "temp" => Ok(privilege::CREATE_TEMP),
        // Ignored for old dumps' sake.
        "rule" => Ok(0),
        _ => PRIVILEGE_NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, bit)| *bit)
            .ok_or_else(|| unrecognized_privilege(name)),
    }
}

/// PostgreSQL: privilege_to_string.
pub(super) fn privilege_to_string(bit: u32) -> String {
    let found = PRIVILEGE_NAMES.iter().find(|(_, known)| *known == bit);
    match found {
        Some(("temporary", _)) => "TEMP".to_string(),
        Some((name, _)) => name.to_ascii_uppercase(),
        None => String::new(),
    }
}

/// PostgreSQL: objectNamesToOids.
fn object_names_to_oids(shared: &Shared, stmt: &GrantStmt) -> PgResult<Vec<Target>> {
    let catalog = shared.catalog;
    let mut targets = Vec::with_capacity(stmt.objects.len());
    for object in &stmt.objects {
        let name = object.str_val();
        let (class, oid) = match (stmt.objtype, object) {
            (ObjectType::ObjectTable | ObjectType::ObjectSequence, Node::RangeVar(relation)) => {
                (Class::Relation, relation_oid(shared, relation)?)
            }
            (ObjectType::ObjectDatabase, _) => {
                (Class::Database, get_database_oid(catalog, name, false)?)
            }
            (ObjectType::ObjectDomain | ObjectType::ObjectType, _) => {
                (Class::Type, type_oid(shared, stmt.objtype, object)?)
            }
            (ObjectType::ObjectLanguage, _) => {
                (Class::Language, get_language_oid(catalog, name, false)?)
            }
            (ObjectType::ObjectSchema, _) => {
                (Class::Namespace, get_namespace_oid(catalog, name, false)?)
            }
            (ObjectType::ObjectTablespace, _) => {
                (Class::Tablespace, get_tablespace_oid(catalog, name, false)?)
            }
            (ObjectType::ObjectFdw, _) => {
                (Class::ForeignDataWrapper, get_foreign_data_wrapper_oid(catalog, name, false)?)
            }
            (ObjectType::ObjectForeignServer, _) => {
                (Class::ForeignServer, get_foreign_server_oid(catalog, name, false)?)
            }
            (ObjectType::ObjectParameterAcl, _) => {
                targets.push(Target::Parameter);
                continue;
            }
            (kind, _) => {
                // Functions of any kind and large objects.
                if let Some(address) = get_object_address(shared, kind, object, false)? {
                    targets.push(Target::Object(address));
                }
                continue;
            }
        };
        targets.extend(oid.map(|oid| Target::Object(ObjectAddress::new(class, oid))));
    }
    Ok(targets)
}

fn relation_oid(shared: &Shared, relation: &RangeVar) -> PgResult<Option<Oid>> {
    range_var_get_relid(shared, relation, false)
}

fn type_oid(shared: &Shared, kind: ObjectType, object: &Node) -> PgResult<Option<Oid>> {
    // GRANT … ON TYPE names a type by a list of names.
    let type_name = match object {
        Node::TypeName(name) => name.as_ref().clone(),
        other => crate::commands::define::make_type_name_from_name_list(other.list()),
    };
    let oid = typename_type_id(shared, &type_name)?;
    let is_domain = shared.catalog.get::<PgType>(oid).is_some_and(|row| row.typtype == b'd');
    if kind == ObjectType::ObjectDomain && !is_domain {
        let name = shared.catalog.get::<PgType>(oid).map_or("", |row| row.typname.as_str());
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("\"{name}\" is not a domain"),
        )
        .into());
    }
    Ok(Some(oid))
}

/// PostgreSQL: objectsInSchemaToOids.
fn objects_in_schema_to_oids(shared: &Shared, stmt: &GrantStmt) -> PgResult<Vec<Target>> {
    let catalog = shared.catalog;
    let mut targets = Vec::new();
    for object in &stmt.objects {
        let Some(schema) = lookup_explicit_namespace(shared, object.str_val(), false)? else {
            continue;
        };
        let relations = |kinds: &'static [u8]| {
            catalog
                .iter::<PgClass>()
                .filter(move |row| row.relnamespace == schema && kinds.contains(&row.relkind))
                .map(|row| Target::Object(ObjectAddress::new(Class::Relation, row.oid)))
        };
        match stmt.objtype {
            ObjectType::ObjectTable => {
                for kinds in [b"r", b"v", b"m", b"f", b"p"] {
                    targets.extend(relations(kinds));
                }
            }
            ObjectType::ObjectSequence => targets.extend(relations(b"S")),
            // Functions, procedures or both.
            kind => targets.extend(
                catalog
                    .iter::<PgProc>()
                    .filter(|row| row.pronamespace == schema)
                    .filter(|row| match kind {
                        ObjectType::ObjectFunction => row.prokind != b'p',
                        ObjectType::ObjectProcedure => row.prokind == b'p',
                        // ROUTINES are both.
                        _ => true,
                    })
                    .map(|row| Target::Object(ObjectAddress::new(Class::Proc, row.oid))),
            ),
        }
    }
    Ok(targets)
}

/// PostgreSQL: restrict_and_check_grant.
#[allow(clippy::too_many_arguments)]
pub(super) fn restrict_and_check_grant(
    context: &Context,
    grant: &InternalGrant,
    available: u32,
    all: bool,
    privileges: u32,
    address: ObjectAddress,
    kind: ObjectType,
    name: &str,
    column: Option<&str>,
) -> PgResult<u32> {
    let catalog = &*context.catalog;
    let role = context.session.current_user;
    if available == 0 {
        let whole = all_rights(catalog, kind);
        let items = object_acl(catalog, address);
        let has_any = match items {
            Some((default_kind, owner, acl)) => {
                let items =
                    acl.unwrap_or_else(|| Arc::new(acldefault(catalog, default_kind, owner)));
                let mask = u64::from(whole) | grant_option_for(whole);
                aclmask(catalog, &items, role, owner, mask) != 0
            }
            None => true,
        };
        let relation_has = address.sub != 0
            && object_aclmask(catalog, ObjectAddress { sub: 0, ..address }, role, whole) != 0;
        if !has_any && !relation_has {
            return Err(match column {
                Some(column) => PgError::new(
                    sqlstate::INSUFFICIENT_PRIVILEGE,
                    format!("permission denied for column \"{column}\" of relation \"{name}\""),
                ),
                None => aclcheck_error(kind, name),
            }
            .into());
        }
    }
    let result = privileges & available;
    let of = match column {
        Some(column) => format!("column \"{column}\" of relation \"{name}\""),
        None => format!("\"{name}\""),
    };
    let (done, state) = if grant.is_grant {
        ("granted", sqlstate::WARNING_PRIVILEGE_NOT_GRANTED)
    } else {
        let state = sqlstate::WARNING_PRIVILEGE_NOT_REVOKED;
        ("revoked", state)
    };
    if result == 0 {
        let message = if grant.is_grant {
            format!("no privileges were {done} for {of}")
        } else {
            format!("no privileges could be {done} for {of}")
        };
        context.notice(Notice::warning(state, message));
    } else if !all && result != privileges {
        let message = if grant.is_grant {
            format!("not all privileges were {done} for {of}")
        } else {
            format!("not all privileges could be {done} for {of}")
        };
        context.notice(Notice::warning(state, message));
    }
    Ok(result)
}

/// Adds to or takes from a list what is granted to each grantee (PostgreSQL: merge_acl_with_grant).
pub(super) fn merge_acl_with_grant(
    catalog: &Catalog,
    grant: &InternalGrant,
    items: Vec<AclItem>,
    privileges: u32,
    grantor: Oid,
    owner: Oid,
) -> PgResult<Vec<AclItem>> {
    let mut items = items;
    for grantee in &grant.grantees {
        if grant.is_grant && grant.grant_option && *grantee == PUBLIC {
            return Err(PgError::new(
                sqlstate::INVALID_GRANT_OPERATION,
                "grant options can only be granted to roles",
            )
            .into());
        }
        // REVOKE GRANT OPTION FOR leaves the privilege; REVOKE takes both.
        let item = AclItem {
            grantee: *grantee,
            grantor,
            privileges: if grant.is_grant || !grant.grant_option { privileges } else { 0 },
            grant_options: if !grant.is_grant || grant.grant_option { privileges } else { 0 },
        };
        let change = if grant.is_grant { AclChange::Add } else { AclChange::Delete };
        items = aclupdate(catalog, &items, &item, change, owner, grant.behavior)?;
    }
    Ok(items)
}

/// GRANT on everything that is no relation (PostgreSQL: ExecGrant_common).
fn grant_common(
    context: &mut Context,
    grant: &InternalGrant,
    address: ObjectAddress,
) -> PgResult<()> {
    check_object(context, grant.kind, address)?;
    let Some((default_kind, owner, acl)) = object_acl_exact(context.catalog, address) else {
        return Ok(());
    };
    let catalog = &*context.catalog;
    let all = grant.all_privileges;
    let privileges = if all { all_rights(catalog, grant.kind) } else { grant.privileges };
    let old = acl
        .as_ref()
        .map_or_else(|| acldefault(catalog, default_kind, owner), |items| items.to_vec());
    let user = context.session.current_user;
    let (grantor, available) = select_best_grantor(catalog, user, privileges, &old, owner);
    let name = object_display_name(context, address);
    let privileges = restrict_and_check_grant(
        context, grant, available, all, privileges, address, grant.kind, &name, None,
    )?;
    let new = merge_acl_with_grant(catalog, grant, old, privileges, grantor, owner)?;
    set_acl(context, address, owner, acl, new);
    Ok(())
}

/// As `object_acl`, of a type without going to its element.
fn object_acl_exact(catalog: &Catalog, address: ObjectAddress) -> Option<(ObjectType, Oid, Acl)> {
    if address.class == Class::Type {
        let row = catalog.get::<PgType>(address.object)?;
        return Some((ObjectType::ObjectType, row.typowner, row.typacl.clone()));
    }
    object_acl(catalog, address)
}

/// What cannot be granted on for its kind (PostgreSQL: ExecGrant_Type_check, ExecGrant_Language_check).
fn check_object(context: &Context, kind: ObjectType, address: ObjectAddress) -> PgResult<()> {
    match address.class {
        Class::Type => {
            let Some(row) = context.catalog.get::<PgType>(address.object) else { return Ok(()) };
            let is_array = row.typelem.is_valid() && row.typlen == -1 && row.typcategory == b'A';
            let (message, hint) = if is_array {
                (
                    "cannot set privileges of array types",
                    "Set the privileges of the element type instead.",
                )
            } else if row.typtype == b'm' {
                (
                    "cannot set privileges of multirange types",
                    "Set the privileges of the range type instead.",
                )
            } else {
                return Ok(());
            };
            Err(PgError::new(sqlstate::INVALID_GRANT_OPERATION, message).hint(hint).into())
        }
        Class::Language => {
            let Some(row) = context.catalog.get::<PgLanguage>(address.object) else {
                return Ok(());
            };
            if row.lanpltrusted {
                return Ok(());
            }
            Err(PgError::new(
                sqlstate::WRONG_OBJECT_TYPE,
                format!("language \"{}\" is not trusted", row.lanname),
            )
            .detail(
                "GRANT and REVOKE are not allowed on untrusted languages, because only \
                 superusers can use untrusted languages.",
            )
            .into())
        }
        Class::Proc => check_routine(context, kind, address.object),
        // The others take privileges as they are.
        _ => Ok(()),
    }
}

/// Functions are found by their kind already.
fn check_routine(_context: &Context, _kind: ObjectType, _oid: Oid) -> PgResult<()> {
    Ok(())
}

fn object_display_name(context: &Context, address: ObjectAddress) -> String {
    match address.class {
        Class::Largeobject => address.object.to_string(),
        // Every other class has a name.
        _ => crate::commands::objectaddress::object_name(context.catalog, address)
            .map_or(String::new(), |name| name.to_string()),
    }
}

/// Stores a list and what it depends on.
fn set_acl(context: &mut Context, address: ObjectAddress, owner: Oid, old: Acl, new: Vec<AclItem>) {
    let new: Acl = Some(Arc::new(new));
    let catalog = &mut *context.catalog;
    put_acl(catalog, address, new.clone());
    update_acl_dependencies(catalog, address, owner, &old, &new);
}

/// Stores an object's privileges.
pub fn put_acl(catalog: &mut Catalog, address: ObjectAddress, acl: Acl) {
    let oid = address.object;
    match address.class {
        Class::Relation if address.sub != 0 => {
            let place = usize::try_from(address.sub).ok().and_then(|n| n.checked_sub(1));
            catalog.update::<PgClass>(oid, |row| {
                if let Some(column) = place.and_then(|n| row.attributes.get_mut(n)) {
                    column.attacl = acl;
                }
            });
        }
        Class::Relation => catalog.update::<PgClass>(oid, |row| row.relacl = acl),
        Class::Proc | Class::Aggregate => catalog.update::<PgProc>(oid, |row| row.proacl = acl),
        Class::Type => catalog.update::<PgType>(oid, |row| row.typacl = acl),
        Class::Namespace => catalog.update::<PgNamespace>(oid, |row| row.nspacl = acl),
        Class::Database => catalog.update::<PgDatabase>(oid, |row| row.datacl = acl),
        Class::ForeignDataWrapper => {
            catalog.update::<PgForeignDataWrapper>(oid, |row| row.fdwacl = acl);
        }
        Class::ForeignServer => catalog.update::<PgForeignServer>(oid, |row| row.srvacl = acl),
        Class::Language => catalog.update::<PgLanguage>(oid, |row| row.lanacl = acl),
        Class::Largeobject => catalog.update::<PgLargeobject>(oid, |row| row.lomacl = acl),
        Class::Tablespace => catalog.update::<PgTablespace>(oid, |row| row.spcacl = acl),
        // No other class has privileges.
        _ => {}
    }
}

/// GRANT on a relation and its columns (PostgreSQL: ExecGrant_Relation).
fn grant_relation(context: &mut Context, grant: &InternalGrant, oid: Oid) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgClass>(oid).cloned() else { return Ok(()) };
    let name = &row.relname;
    let refuse = |message: String| Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into());
    match row.relkind {
        b'i' | b'I' => return refuse(format!("\"{name}\" is an index")),
        b'c' => return refuse(format!("\"{name}\" is a composite type")),
        b'S' => {}
        // Everything else is a table here, whatever it is to others.
        _ if grant.kind == ObjectType::ObjectSequence => {
            return refuse(format!("\"{name}\" is not a sequence"));
        }
        _ => {}
    }
    let is_sequence = row.relkind == b'S';
    let kind = if is_sequence { ObjectType::ObjectSequence } else { ObjectType::ObjectTable };
    let all = grant.all_privileges;
    let mut privileges = if all { all_rights(context.catalog, kind) } else { grant.privileges };
    if !all {
        privileges = check_relation_privileges(context, grant, &row, privileges)?;
    }
    let address = ObjectAddress::new(Class::Relation, oid);
    let old = row
        .relacl
        .as_ref()
        .map_or_else(|| acldefault(context.catalog, kind, row.relowner), |items| items.to_vec());
    let user = context.session.current_user;
    // The columns' privileges as they are, before the table's are revoked.
    let mut per_column: std::collections::BTreeMap<i16, u32> = std::collections::BTreeMap::new();
    if !grant.is_grant && privileges & all_rights(context.catalog, ObjectType::ObjectColumn) != 0 {
        let bits = privileges & all_rights(context.catalog, ObjectType::ObjectColumn);
        for column in row.live_attributes().filter(|column| column.attacl.is_some()) {
            per_column.insert(column.attnum, bits);
        }
    }
    if privileges != 0 {
        let catalog = &*context.catalog;
        let (grantor, available) =
            select_best_grantor(catalog, user, privileges, &old, row.relowner);
        let shown = get_relkind_objtype(row.relkind);
        let allowed = restrict_and_check_grant(
            context, grant, available, all, privileges, address, shown, name, None,
        )?;
        let new =
            merge_acl_with_grant(catalog, grant, old.clone(), allowed, grantor, row.relowner)?;
        set_acl(context, address, row.relowner, row.relacl.clone(), new);
    }
    for (bits, columns) in &grant.columns {
        let column_rights = all_rights(context.catalog, ObjectType::ObjectColumn);
        let bits = if *bits == 0 { column_rights } else { *bits };
        if bits & !column_rights != 0 {
            return Err(invalid_privilege(bits, "column").into());
        }
        if is_sequence && bits & !privilege::SELECT != 0 {
            let message = format!("sequence \"{name}\" only supports SELECT column privileges");
            context.notice(Notice::warning(sqlstate::INVALID_GRANT_OPERATION, message));
        }
        for column in columns {
            let attnum = get_attnum(context.catalog, oid, column);
            if attnum == 0 {
                return Err(PgError::new(
                    sqlstate::UNDEFINED_COLUMN,
                    format!("column \"{column}\" of relation \"{name}\" does not exist"),
                )
                .into());
            }
            *per_column.entry(attnum).or_default() |= bits;
        }
    }
    for (attnum, bits) in per_column {
        grant_attribute(context, grant, &row, attnum, bits, &old)?;
    }
    Ok(())
}

/// Privileges that the relation's kind does not have (PostgreSQL: the checks at the top of ExecGrant_Relation).
fn check_relation_privileges(
    context: &Context,
    grant: &InternalGrant,
    row: &PgClass,
    privileges: u32,
) -> PgResult<u32> {
    let name = &row.relname;
    if grant.kind != ObjectType::ObjectTable {
        return Ok(privileges);
    }
    let sequence_rights = all_rights(context.catalog, ObjectType::ObjectSequence);
    let table_rights = all_rights(context.catalog, ObjectType::ObjectTable);
    if row.relkind == b'S' {
        if privileges & !sequence_rights != 0 {
            let message =
                format!("sequence \"{name}\" only supports USAGE, SELECT, and UPDATE privileges");
            context.notice(Notice::warning(sqlstate::INVALID_GRANT_OPERATION, message));
        }
        return Ok(privileges & sequence_rights);
    }
    if privileges & !table_rights != 0 {
        return Err(PgError::new(
            sqlstate::INVALID_GRANT_OPERATION,
            format!("invalid privilege type {} for table", "USAGE"),
        )
        .into());
    }
    Ok(privileges)
}

/// PostgreSQL: ExecGrant_Attribute.
fn grant_attribute(
    context: &mut Context,
    grant: &InternalGrant,
    row: &PgClass,
    attnum: i16,
    privileges: u32,
    relation_acl: &[AclItem],
) -> PgResult<()> {
    let Some(column) = row.attribute(attnum) else { return Ok(()) };
    let old = column.attacl.as_ref().map_or_else(Vec::new, |items| items.to_vec());
    // A role that can grant on the table can grant on the column.
    let mut merged = old.clone();
    for item in relation_acl.iter().filter(|item| item.grantee != PUBLIC) {
        merged.push(*item);
    }
    let catalog = &*context.catalog;
    let user = context.session.current_user;
    let (grantor, available) =
        select_best_grantor(catalog, user, privileges, &merged, row.relowner);
    let address = ObjectAddress::column(row.oid, attnum);
    let all = privileges == all_rights(catalog, ObjectType::ObjectColumn);
    let allowed = restrict_and_check_grant(
        context,
        grant,
        available,
        all,
        privileges,
        address,
        ObjectType::ObjectColumn,
        &row.relname,
        Some(&column.attname),
    )?;
    let new = merge_acl_with_grant(catalog, grant, old, allowed, grantor, row.relowner)?;
    let old = column.attacl.clone();
    if new.is_empty() {
        put_acl(context.catalog, address, None);
        update_acl_dependencies(context.catalog, address, row.relowner, &old, &None);
    } else {
        set_acl(context, address, row.relowner, old, new);
    }
    Ok(())
}

//! CREATE DOMAIN and ALTER DOMAIN (PostgreSQL: DefineDomain and AlterDomain*, commands/typecmds.c).

use std::sync::Arc;

use thin_vec::ThinVec;

use super::Context;
use super::define::{name_list_to_string, type_name_to_string};
use super::dependency::{
    DeletionFlags, perform_deletion, record_dependency_on, record_dependency_on_expr,
};
use super::domain_rows::{validate_check_constraint, validate_not_null_constraint};
use super::pg_type::{
    TypeRelation, builtin_proc, check_new_type_name, generate_type_dependencies, new_type_row,
    type_create,
};
use super::support::{
    check_namespace_create, check_type_owner, check_type_usage, creation_namespace,
};
use super::typecmds::{create_array_type, named_type};
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::namespace::get_collation_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgConstraint, PgType};
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::nodes::primnodes::Expr;
use crate::nodes::tree::{
    AlterDomainStmt, ConstrType, Constraint, CreateDomainStmt, DropBehavior, Node, RenameStmt,
};
use crate::parser::clauses::contain_var_clause;
use crate::parser::parse_coerce::coerce_to_boolean;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_type::typename_type_id_and_mod;
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse_at<T>(state: SqlState, message: impl Into<String>, location: i32) -> PgResult<T> {
    Err(PgError::new(state, message).at(location).into())
}

/// PostgreSQL: DefineDomain.
pub fn define_domain(context: &mut Context, stmt: &CreateDomainStmt) -> PgResult<ObjectAddress> {
    let Some(type_name) = &stmt.type_name else { return unknown("CREATE DOMAIN without a type") };
    let (namespace, name) = creation_namespace(context, &stmt.domainname)?;
    check_namespace_create(context, namespace)?;
    check_new_type_name(context, &name, namespace)?;
    // Positions in CREATE DOMAIN came with version 18.
    let located = context.catalog.version().major() >= 18;
    let place = |location: i32| if located { location } else { -1 };
    let found = typename_type_id_and_mod(&context.shared(), type_name);
    let found = if located { found } else { super::support::without_position(found) };
    let (base_oid, base_typmod) = found?;
    let Some(base) = context.catalog.get::<PgType>(base_oid).cloned() else {
        return unknown("the domain's base type is not in the catalog");
    };
    if !matches!(base.typtype, b'b' | b'c' | b'd' | b'e' | b'r' | b'm') {
        let text = type_name_to_string(type_name);
        return refuse_at(
            sqlstate::DATATYPE_MISMATCH,
            format!("\"{text}\" is not a valid base type for a domain"),
            place(type_name.location.0),
        );
    }
    check_type_usage(context, base_oid)?;
    let collation = match &stmt.coll_clause {
        Some(clause) => {
            let found = get_collation_oid(&context.shared(), &clause.collname, false)?;
            found.unwrap_or(Oid::INVALID)
        }
        None => base.typcollation,
    };
    if collation.is_valid() && !base.typcollation.is_valid() {
        let text = format_type_be(context.catalog, &context.path, base_oid);
        return refuse_at(
            sqlstate::DATATYPE_MISMATCH,
            format!("collations are not supported by type {text}"),
            place(type_name.location.0),
        );
    }
    let constraints: Vec<&Constraint> = stmt
        .constraints
        .iter()
        .filter_map(|node| match node {
            Node::Constraint(constraint) => Some(&**constraint),
            // The grammar puts only constraints there.
            _ => None,
        })
        .collect();
    let summary = read_constraints(context, &constraints, &base, base_typmod, &name, located)?;
    let default = match summary.default {
        Some(default) => default,
        None => (base.typdefaultbin.clone(), base.typdefault.clone()),
    };
    let array_oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    let row = PgType {
        typlen: base.typlen,
        typbyval: base.typbyval,
        typtype: b'd',
        typcategory: base.typcategory,
        typdelim: base.typdelim,
        typarray: array_oid,
        typinput: builtin_proc(context.catalog, "domain_in"),
        typoutput: base.typoutput,
        typreceive: builtin_proc(context.catalog, "domain_recv"),
        typsend: base.typsend,
        typanalyze: base.typanalyze,
        typalign: base.typalign,
        typstorage: base.typstorage,
        typnotnull: summary.not_null,
        typbasetype: base_oid,
        typtypmod: base_typmod,
        typndims: i32::try_from(type_name.array_bounds.len()).unwrap_or(0),
        typcollation: collation,
        typdefaultbin: default.0,
        typdefault: default.1,
        ..new_type_row(name.clone(), namespace, owner)
    };
    let address = type_create(context, row, TypeRelation::default())?;
    create_array_type(context, array_oid, address.object)?;
    for constraint in &constraints {
        match constraint.contype {
            ConstrType::ConstrCheck => {
                add_check_constraint(context, address.object, constraint)?;
            }
            ConstrType::ConstrNotnull if context.catalog.version().major() >= 17 => {
                add_not_null_constraint(context, address.object, constraint)?;
            }
            // The others stand in the type's row or were refused.
            _ => {}
        }
    }
    Ok(address)
}

#[derive(Default)]
struct Summary {
    not_null: bool,
    default: Option<(Option<Arc<Expr>>, Option<Arc<str>>)>,
}

/// The first look at a domain's constraints: what PostgreSQL refuses, the default, and whether NULL is.
fn read_constraints(
    context: &Context,
    constraints: &[&Constraint],
    base: &PgType,
    base_typmod: i32,
    name: &Name,
    located: bool,
) -> PgResult<Summary> {
    let mut summary = Summary::default();
    let mut null_defined = false;
    for constraint in constraints {
        let at = if located { constraint.location.0 } else { -1 };
        let syntax = |message: &str| refuse_at(sqlstate::SYNTAX_ERROR, message, at);
        match constraint.contype {
            ConstrType::ConstrDefault => {
                if summary.default.is_some() {
                    return syntax("multiple default expressions");
                }
                let default = match &constraint.raw_expr {
                    Some(raw) => Some(cook_domain_default(
                        context,
                        raw,
                        base.oid,
                        base_typmod,
                        name,
                        base.oid,
                    )?),
                    None => None,
                };
                summary.default =
                    Some((default.filter(|e| !is_null_constant(e)).map(Arc::new), None));
            }
            ConstrType::ConstrNotnull => {
                if null_defined && !summary.not_null {
                    return syntax("conflicting NULL/NOT NULL constraints");
                }
                if constraint.is_no_inherit {
                    return refuse_at(
                        sqlstate::INVALID_OBJECT_DEFINITION,
                        "not-null constraints for domains cannot be marked NO INHERIT",
                        at,
                    );
                }
                if null_defined && context.catalog.version().major() >= 17 {
                    return refuse_at(
                        sqlstate::INVALID_OBJECT_DEFINITION,
                        "redundant NOT NULL constraint definition",
                        at,
                    );
                }
                summary.not_null = true;
                null_defined = true;
            }
            ConstrType::ConstrNull => {
                if null_defined && summary.not_null {
                    return syntax("conflicting NULL/NOT NULL constraints");
                }
                summary.not_null = false;
                null_defined = true;
            }
            ConstrType::ConstrCheck => {
                if constraint.is_no_inherit {
                    return refuse_at(
                        sqlstate::INVALID_OBJECT_DEFINITION,
                        "check constraints for domains cannot be marked NO INHERIT",
                        at,
                    );
                }
            }
            ConstrType::ConstrUnique => {
                return syntax("unique constraints not possible for domains");
            }
            ConstrType::ConstrPrimary => {
                return syntax("primary key constraints not possible for domains");
            }
            ConstrType::ConstrExclusion => {
                return syntax("exclusion constraints not possible for domains");
            }
            ConstrType::ConstrForeign => {
                return syntax("foreign key constraints not possible for domains");
            }
            ConstrType::ConstrAttrDeferrable
            | ConstrType::ConstrAttrNotDeferrable
            | ConstrType::ConstrAttrDeferred
            | ConstrType::ConstrAttrImmediate => {
                return refuse_at(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    "specifying constraint deferrability not supported for domains",
                    at,
                );
            }
            ConstrType::ConstrGenerated | ConstrType::ConstrIdentity => {
                return refuse_at(
                    sqlstate::FEATURE_NOT_SUPPORTED,
                    "specifying GENERATED not supported for domains",
                    at,
                );
            }
            ConstrType::ConstrAttrEnforced | ConstrType::ConstrAttrNotEnforced => {
                return refuse_at(
                    sqlstate::INVALID_OBJECT_DEFINITION,
                    "specifying constraint enforceability not supported for domains",
                    at,
                );
            }
        }
    }
    Ok(summary)
}

fn is_null_constant(expr: &Expr) -> bool {
    matches!(expr, Expr::Const(constant) if constant.value.is_none())
}

fn cook_domain_default(
    context: &Context,
    raw: &Node,
    base: Oid,
    typmod: i32,
    name: &Name,
    _domain: Oid,
) -> PgResult<Expr> {
    let mut pstate = ParseState::new(context.shared(), None);
    let since_18 = context.catalog.version().major() >= 18;
    super::heap::cook_default(&mut pstate, raw, Some((base, typmod)), name, 0)
        .map_err(|stop| if since_18 { stop } else { stop.without_place() })
}

fn constraint_name_is_used(context: &Context, domain: Oid, name: &str) -> bool {
    context
        .catalog
        .find_all::<PgConstraint>(&domain)
        .any(|row| row.contypid == domain && row.conname == name)
}

/// The constraint's name, given or made up from the domain's.
fn constraint_name(
    context: &Context,
    domain: &PgType,
    constraint: &Constraint,
    label: &str,
) -> PgResult<Name> {
    match &constraint.conname {
        Some(name) => {
            if constraint_name_is_used(context, domain.oid, name) {
                let message = format!(
                    "constraint \"{name}\" for domain \"{}\" already exists",
                    domain.typname
                );
                return Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message).into());
            }
            Ok(Name::from(name))
        }
        None => Ok(super::naming::choose_constraint_name(
            context.catalog,
            &domain.typname,
            None,
            label,
            domain.typnamespace,
            &[],
        )),
    }
}

fn domain_constraint(oid: Oid, name: Name, domain: &PgType, contype: u8) -> PgConstraint {
    PgConstraint {
        oid,
        conname: name,
        connamespace: domain.typnamespace,
        contype,
        condeferrable: false,
        condeferred: false,
        conenforced: true,
        convalidated: true,
        conrelid: Oid::INVALID,
        contypid: domain.oid,
        conindid: Oid::INVALID,
        conparentid: Oid::INVALID,
        confrelid: Oid::INVALID,
        confupdtype: b' ',
        confdeltype: b' ',
        confmatchtype: b' ',
        conislocal: true,
        coninhcount: 0,
        connoinherit: false,
        conperiod: false,
        conkey: ThinVec::new(),
        confkey: ThinVec::new(),
        conpfeqop: ThinVec::new(),
        conppeqop: ThinVec::new(),
        conffeqop: ThinVec::new(),
        confdelsetcols: ThinVec::new(),
        conexclop: ThinVec::new(),
        conbin: None,
    }
}

/// PostgreSQL: domainAddCheckConstraint.
pub fn add_check_constraint(
    context: &mut Context,
    domain_oid: Oid,
    constraint: &Constraint,
) -> PgResult<Oid> {
    let Some(domain) = context.catalog.get::<PgType>(domain_oid).cloned() else {
        return unknown("the domain is not in the catalog");
    };
    let name = constraint_name(context, &domain, constraint, "check")?;
    let expr = match &constraint.raw_expr {
        Some(raw) => cook_check(context, &domain, raw).map_err(Stop::without_place)?,
        None => return unknown("CHECK without an expression"),
    };
    let oid = context.catalog.new_oid();
    let row = PgConstraint {
        convalidated: !constraint.skip_validation,
        conbin: Some(Arc::new(expr.clone())),
        ..domain_constraint(oid, name, &domain, b'c')
    };
    context.catalog.put(row);
    let address = ObjectAddress::new(Class::Constraint, oid);
    let domain = ObjectAddress::new(Class::Type, domain_oid);
    record_dependency_on(context.catalog, address, domain, DependType::Auto);
    record_dependency_on_expr(context.catalog, address, &expr, &[], DependType::Normal)?;
    Ok(oid)
}

fn cook_check(context: &Context, domain: &PgType, raw: &Node) -> PgResult<Expr> {
    let mut pstate = ParseState::new(context.shared(), None);
    pstate.domain_value = Some(Expr::CoerceToDomainValue {
        type_id: domain.typbasetype,
        type_mod: domain.typtypmod,
        // The base type's collation, as the domain's own is not settled while it is made.
        collation: crate::catalog::lsyscache::get_typcollation(context.catalog, domain.typbasetype),
        location: crate::nodes::ParseLoc::NONE,
    });
    let expr = transform_expr(&mut pstate, raw, ExprKind::DomainCheck)?;
    let mut expr = coerce_to_boolean(&pstate, expr, "CHECK")?;
    assign_expr_collations(&pstate, &mut expr)?;
    if !pstate.rtable.is_empty() || contain_var_clause(&expr) {
        let message = "cannot use table references in domain check constraint";
        return Err(PgError::new(sqlstate::INVALID_COLUMN_REFERENCE, message).into());
    }
    Ok(expr)
}

/// PostgreSQL: domainAddNotNullConstraint.
fn add_not_null_constraint(
    context: &mut Context,
    domain_oid: Oid,
    constraint: &Constraint,
) -> PgResult<Oid> {
    let Some(domain) = context.catalog.get::<PgType>(domain_oid).cloned() else {
        return unknown("the domain is not in the catalog");
    };
    let name = constraint_name(context, &domain, constraint, "not_null")?;
    let oid = context.catalog.new_oid();
    let row = PgConstraint {
        convalidated: !constraint.skip_validation,
        ..domain_constraint(oid, name, &domain, b'n')
    };
    context.catalog.put(row);
    let address = ObjectAddress::new(Class::Constraint, oid);
    let domain = ObjectAddress::new(Class::Type, domain_oid);
    record_dependency_on(context.catalog, address, domain, DependType::Auto);
    Ok(oid)
}

/// PostgreSQL: ProcessUtility's dispatch of AlterDomainStmt.
pub fn alter_domain(context: &mut Context, stmt: &AlterDomainStmt) -> PgResult<ObjectAddress> {
    let oid = named_type(context, &stmt.type_name)?;
    let domain = check_domain_owner(context, oid)?;
    match stmt.subtype {
        b'T' => alter_default(context, &domain, stmt.def.as_ref())?,
        b'N' => alter_not_null(context, &domain, false)?,
        b'O' => alter_not_null(context, &domain, true)?,
        b'C' => alter_add_constraint(context, &domain, stmt.def.as_ref())?,
        b'X' => alter_drop_constraint(context, &domain, stmt)?,
        b'V' => alter_validate_constraint(context, &domain, stmt)?,
        other => return unknown(format!("ALTER DOMAIN of kind {}", char::from(other))),
    }
    Ok(ObjectAddress::new(Class::Type, oid))
}

/// PostgreSQL: checkDomainOwner.
fn check_domain_owner(context: &Context, oid: Oid) -> PgResult<Arc<PgType>> {
    let row = context.catalog.get::<PgType>(oid).filter(|row| row.typtype == b'd').cloned();
    let Some(row) = row else {
        let text = format_type_be(context.catalog, &context.path, oid);
        let message = format!("{text} is not a domain");
        return Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into());
    };
    check_type_owner(context, oid)?;
    Ok(row)
}

/// PostgreSQL: AlterDomainDefault.
fn alter_default(context: &mut Context, domain: &PgType, raw: Option<&Node>) -> PgResult<()> {
    let default = match raw {
        Some(raw) => {
            let expr = cook_domain_default(
                context,
                raw,
                domain.typbasetype,
                domain.typtypmod,
                &domain.typname,
                domain.oid,
            )?;
            Some(expr).filter(|expr| !is_null_constant(expr)).map(Arc::new)
        }
        None => None,
    };
    context.catalog.update::<PgType>(domain.oid, |row| {
        row.typdefaultbin = default;
        row.typdefault = None;
    });
    if let Some(row) = context.catalog.get::<PgType>(domain.oid).cloned() {
        generate_type_dependencies(context, &row, TypeRelation::default(), true)?;
    }
    Ok(())
}

/// PostgreSQL: AlterDomainNotNull.
fn alter_not_null(context: &mut Context, domain: &PgType, not_null: bool) -> PgResult<()> {
    if domain.typnotnull == not_null {
        return Ok(());
    }
    if not_null {
        validate_not_null_constraint(context, domain.oid)?;
    }
    if context.catalog.version().major() >= 17 {
        if not_null {
            let constraint = not_null_constraint();
            add_not_null_constraint(context, domain.oid, &constraint)?;
        } else {
            let found = context
                .catalog
                .find_all::<PgConstraint>(&domain.oid)
                .find(|row| row.contypid == domain.oid && row.contype == b'n')
                .map(|row| row.oid);
            if let Some(found) = found {
                let address = ObjectAddress::new(Class::Constraint, found);
                perform_deletion(
                    context,
                    address,
                    DropBehavior::DropRestrict,
                    DeletionFlags::default(),
                )?;
            }
        }
    }
    context.catalog.update::<PgType>(domain.oid, |row| row.typnotnull = not_null);
    Ok(())
}

fn not_null_constraint() -> Constraint {
    Constraint {
        contype: ConstrType::ConstrNotnull,
        conname: None,
        deferrable: false,
        initdeferred: false,
        is_enforced: true,
        skip_validation: false,
        initially_valid: true,
        is_no_inherit: false,
        raw_expr: None,
        cooked_expr: None,
        generated_when: 0,
        generated_kind: 0,
        nulls_not_distinct: false,
        keys: Vec::new(),
        without_overlaps: false,
        including: Vec::new(),
        exclusions: Vec::new(),
        options: Vec::new(),
        indexname: None,
        indexspace: None,
        reset_default_tblspc: false,
        access_method: None,
        where_clause: None,
        pktable: None,
        fk_attrs: Vec::new(),
        pk_attrs: Vec::new(),
        fk_with_period: false,
        pk_with_period: false,
        fk_matchtype: 0,
        fk_upd_action: 0,
        fk_del_action: 0,
        fk_del_set_cols: Vec::new(),
        old_conpfeqop: Vec::new(),
        location: crate::nodes::ParseLoc::NONE,
    }
}

/// PostgreSQL: AlterDomainAddConstraint.
fn alter_add_constraint(
    context: &mut Context,
    domain: &PgType,
    node: Option<&Node>,
) -> PgResult<()> {
    let Some(Node::Constraint(constraint)) = node else {
        return unknown("ALTER DOMAIN ADD without a constraint");
    };
    let syntax = |message: &str| -> PgResult<()> {
        Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
    };
    match constraint.contype {
        ConstrType::ConstrCheck => {
            let oid = add_check_constraint(context, domain.oid, constraint)?;
            let check = context.catalog.get::<PgConstraint>(oid).and_then(|row| row.conbin.clone());
            match check.filter(|_| !constraint.skip_validation) {
                Some(check) => validate_check_constraint(context, domain.oid, &check),
                None => Ok(()),
            }
        }
        ConstrType::ConstrNotnull => {
            if domain.typnotnull {
                return Ok(());
            }
            add_not_null_constraint(context, domain.oid, constraint)?;
            if !constraint.skip_validation {
                validate_not_null_constraint(context, domain.oid)?;
            }
            context.catalog.update::<PgType>(domain.oid, |row| row.typnotnull = true);
            Ok(())
        }
        ConstrType::ConstrUnique => syntax("unique constraints not possible for domains"),
        ConstrType::ConstrPrimary => syntax("primary key constraints not possible for domains"),
        ConstrType::ConstrExclusion => syntax("exclusion constraints not possible for domains"),
        ConstrType::ConstrForeign => syntax("foreign key constraints not possible for domains"),
        // The grammar lets only attributes of constraints through beside these.
        _ => Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "specifying constraint deferrability not supported for domains",
        )
        .into()),
    }
}

/// PostgreSQL: AlterDomainDropConstraint.
fn alter_drop_constraint(
    context: &mut Context,
    domain: &PgType,
    stmt: &AlterDomainStmt,
) -> PgResult<()> {
    let name = stmt.name.as_deref().unwrap_or_default();
    let found = context
        .catalog
        .find_all::<PgConstraint>(&domain.oid)
        .find(|row| row.contypid == domain.oid && row.conname == name)
        .cloned();
    let Some(found) = found else {
        let text = name_list_to_string(&stmt.type_name);
        let message = format!("constraint \"{name}\" of domain \"{text}\" does not exist");
        if !stmt.missing_ok {
            return Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into());
        }
        context.notice(Notice::notice(format!("{message}, skipping")));
        return Ok(());
    };
    if found.contype == b'n' {
        context.catalog.update::<PgType>(domain.oid, |row| row.typnotnull = false);
    }
    let address = ObjectAddress::new(Class::Constraint, found.oid);
    perform_deletion(context, address, stmt.behavior, DeletionFlags::default())
}

/// PostgreSQL: AlterDomainValidateConstraint.
fn alter_validate_constraint(
    context: &mut Context,
    domain: &PgType,
    stmt: &AlterDomainStmt,
) -> PgResult<()> {
    let name = stmt.name.as_deref().unwrap_or_default();
    let text = name_list_to_string(&stmt.type_name);
    let found = context
        .catalog
        .find_all::<PgConstraint>(&domain.oid)
        .find(|row| row.contypid == domain.oid && row.conname == name)
        .cloned();
    let Some(found) = found else {
        let message = format!("constraint \"{name}\" of domain \"{text}\" does not exist");
        return Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into());
    };
    if found.contype != b'c' {
        let message =
            format!("constraint \"{name}\" of domain \"{text}\" is not a check constraint");
        return Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into());
    }
    if let Some(check) = &found.conbin {
        validate_check_constraint(context, domain.oid, check)?;
    }
    context.catalog.update::<PgConstraint>(found.oid, |row| row.convalidated = true);
    Ok(())
}

/// ALTER DOMAIN … RENAME CONSTRAINT (PostgreSQL: RenameConstraint).
pub fn rename_constraint(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(Node::List(names)) = &stmt.object else { return unknown("RENAME without a domain") };
    let oid = named_type(context, names)?;
    let domain = check_domain_owner(context, oid)?;
    let old = stmt.subname.as_deref().unwrap_or_default();
    let new = stmt.newname.as_deref().unwrap_or_default();
    let found = context
        .catalog
        .find_all::<PgConstraint>(&oid)
        .find(|row| row.contypid == oid && row.conname == old)
        .map(|row| row.oid);
    let Some(found) = found else {
        let message = format!("constraint \"{old}\" for domain {} does not exist", domain.typname);
        return Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into());
    };
    if constraint_name_is_used(context, oid, new) {
        let message = format!("constraint \"{new}\" for domain {} already exists", domain.typname);
        return Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message).into());
    }
    context.catalog.update::<PgConstraint>(found, |row| row.conname = Name::new(new));
    Ok(())
}

//! CREATE CAST and CREATE TRANSFORM (PostgreSQL: CreateCast and CreateTransform, commands/functioncmds.c).

use super::Context;
use super::define::type_name_to_string;
use super::dependency::{record_dependency_on, record_dependency_on_current_extension};
use super::support::language_named;
use super::support::{check_owner, check_type_usage, superuser};
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{get_element_type, is_binary_coercible};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgCast, PgProc, PgTransform, PgType};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::primnodes::CoercionContext;
use crate::nodes::tree::{
    CreateCastStmt, CreateTransformStmt, ObjectType, ObjectWithArgs, TypeName,
};
use crate::parser::lookup_func::lookup_func_with_args;
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    refuse(sqlstate::INVALID_OBJECT_DEFINITION, message)
}

fn type_of(context: &Context, name: Option<&TypeName>) -> PgResult<(Oid, u8)> {
    let Some(name) = name else { return unknown("CREATE CAST without a type") };
    let oid = super::support::without_position(typename_type_id(&context.shared(), name))?;
    Ok((oid, crate::catalog::lsyscache::get_typtype(context.catalog, oid)))
}

/// PostgreSQL: CreateCast.
pub fn create_cast(context: &mut Context, stmt: &CreateCastStmt) -> PgResult<ObjectAddress> {
    let (source, source_kind) = type_of(context, stmt.sourcetype.as_deref())?;
    let (target, target_kind) = type_of(context, stmt.targettype.as_deref())?;
    let name_of = |name: Option<&TypeName>| name.map(type_name_to_string).unwrap_or_default();
    if source_kind == b'p' {
        let name = name_of(stmt.sourcetype.as_deref());
        return refuse(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("source data type {name} is a pseudo-type"),
        );
    }
    if target_kind == b'p' {
        let name = name_of(stmt.targettype.as_deref());
        return refuse(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("target data type {name} is a pseudo-type"),
        );
    }
    let owns = |oid: Oid| {
        crate::catalog::aclchk::object_ownercheck(
            context.catalog,
            ObjectAddress::new(Class::Type, oid),
            context.session.current_user,
        )
    };
    if !owns(source) && !owns(target) {
        let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
        let message = format!("must be owner of type {} or type {}", text(source), text(target));
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    check_type_usage(context, source)?;
    check_type_usage(context, target)?;
    if source_kind == b'd' {
        context.notice(Notice::warning(
            sqlstate::WRONG_OBJECT_TYPE,
            "cast will be ignored because the source data type is a domain",
        ));
    } else if target_kind == b'd' {
        context.notice(Notice::warning(
            sqlstate::WRONG_OBJECT_TYPE,
            "cast will be ignored because the target data type is a domain",
        ));
    }
    let (method, function) = match (&stmt.func, stmt.inout) {
        (Some(function), _) => (b'f', cast_function(context, function, source, target)?),
        (None, true) => (b'i', Oid::INVALID),
        (None, false) => {
            check_binary_coercible_types(context, source, target, source_kind, target_kind)?;
            (b'b', Oid::INVALID)
        }
    };
    if source == target && method != b'f' {
        return invalid("source data type and target data type are the same");
    }
    if context.catalog.find::<PgCast>(&(source, target)).is_some() {
        let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
        let message =
            format!("cast from type {} to type {} already exists", text(source), text(target));
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    let castcontext = match stmt.context {
        CoercionContext::CoercionImplicit => b'i',
        CoercionContext::CoercionAssignment => b'a',
        CoercionContext::CoercionPlpgsql | CoercionContext::CoercionExplicit => b'e',
    };
    let oid = context.catalog.new_oid();
    context.catalog.put(PgCast {
        oid,
        castsource: source,
        casttarget: target,
        castfunc: function,
        castcontext,
        castmethod: method,
    });
    let address = ObjectAddress::new(Class::Cast, oid);
    for type_oid in [source, target] {
        let type_ = ObjectAddress::new(Class::Type, type_oid);
        record_dependency_on(context.catalog, address, type_, DependType::Normal);
    }
    if function.is_valid() {
        let function = ObjectAddress::new(Class::Proc, function);
        record_dependency_on(context.catalog, address, function, DependType::Normal);
    }
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(address)
}

fn cast_function(
    context: &Context,
    function: &ObjectWithArgs,
    source: Oid,
    target: Oid,
) -> PgResult<Oid> {
    let found =
        lookup_func_with_args(&context.shared(), ObjectType::ObjectFunction, function, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the cast's function is not in the catalog");
    };
    let types = &row.proargtypes;
    if types.is_empty() || types.len() > 3 {
        return invalid("cast function must take one to three arguments");
    }
    if !is_binary_coercible(context.catalog, source, types[0]) {
        return invalid(
            "argument of cast function must match or be binary-coercible from source data type",
        );
    }
    if types.get(1).is_some_and(|second| *second != fixed::INT4OID) {
        return invalid("second argument of cast function must be type integer");
    }
    if types.get(2).is_some_and(|third| *third != fixed::BOOLOID) {
        return invalid("third argument of cast function must be type boolean");
    }
    if !is_binary_coercible(context.catalog, row.prorettype, target) {
        return invalid(
            "return data type of cast function must match or be binary-coercible to target data \
             type",
        );
    }
    if row.prokind != b'f' {
        return invalid("cast function must be a normal function");
    }
    if row.proretset {
        return invalid("cast function must not return a set");
    }
    Ok(row.oid)
}

/// A cast WITHOUT FUNCTION asks for two types that are stored alike.
fn check_binary_coercible_types(
    context: &Context,
    source: Oid,
    target: Oid,
    source_kind: u8,
    target_kind: u8,
) -> PgResult<()> {
    if !superuser(context) {
        let message = "must be superuser to create a cast WITHOUT FUNCTION";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let layout = |oid: Oid| {
        context.catalog.get::<PgType>(oid).map(|row| (row.typlen, row.typbyval, row.typalign))
    };
    if layout(source) != layout(target) {
        return invalid("source and target data types are not physically compatible");
    }
    if source_kind == b'c' || target_kind == b'c' {
        return invalid("composite data types are not binary-compatible");
    }
    let is_array = |oid: Oid| get_element_type(context.catalog, oid).is_valid();
    if is_array(source) || is_array(target) {
        return invalid("array data types are not binary-compatible");
    }
    if source_kind == b'r' || target_kind == b'r' || source_kind == b'm' || target_kind == b'm' {
        return invalid("range data types are not binary-compatible");
    }
    if source_kind == b'e' || target_kind == b'e' {
        return invalid("enum data types are not binary-compatible");
    }
    if source_kind == b'd' || target_kind == b'd' {
        return invalid("domain data types must not be marked binary-compatible");
    }
    Ok(())
}

/// PostgreSQL: CreateTransform.
pub fn create_transform(
    context: &mut Context,
    stmt: &CreateTransformStmt,
) -> PgResult<ObjectAddress> {
    let (type_oid, kind) = type_of(context, stmt.type_name.as_deref())?;
    let type_text = stmt.type_name.as_deref().map(type_name_to_string).unwrap_or_default();
    if kind == b'p' {
        let message = format!("data type {type_text} is a pseudo-type");
        return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
    }
    if kind == b'd' {
        let message = format!("data type {type_text} is a domain");
        return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
    }
    check_owner(
        context,
        ObjectAddress::new(Class::Type, type_oid),
        ObjectType::ObjectType,
        &type_text,
    )?;
    check_type_usage(context, type_oid)?;
    let language = language_named(context, stmt.lang.as_deref().unwrap_or_default())?;
    let from =
        transform_function(context, stmt.fromsql.as_deref(), fixed::INTERNALOID, "FROM SQL")?;
    let to = transform_function(context, stmt.tosql.as_deref(), type_oid, "TO SQL")?;
    let old = context.catalog.find::<PgTransform>(&(type_oid, language.oid)).cloned();
    if old.is_some() && !stmt.replace {
        let text = format_type_be(context.catalog, &context.path, type_oid);
        let message =
            format!("transform for type {text} language \"{}\" already exists", language.lanname);
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    let oid = match old {
        Some(old) => old.oid,
        None => context.catalog.new_oid(),
    };
    context.catalog.put(PgTransform {
        oid,
        trftype: type_oid,
        trflang: language.oid,
        trffromsql: from,
        trftosql: to,
    });
    let address = ObjectAddress::new(Class::Transform, oid);
    super::dependency::delete_dependency_records_for(context.catalog, address, true);
    let mut needs = vec![
        ObjectAddress::new(Class::Language, language.oid),
        ObjectAddress::new(Class::Type, type_oid),
    ];
    needs.extend(
        [from, to].into_iter().filter_map(Oid::valid).map(|f| ObjectAddress::new(Class::Proc, f)),
    );
    for need in needs {
        record_dependency_on(context.catalog, address, need, DependType::Normal);
    }
    Ok(address)
}

fn transform_function(
    context: &Context,
    function: Option<&ObjectWithArgs>,
    result: Oid,
    what: &str,
) -> PgResult<Oid> {
    let Some(function) = function else { return Ok(Oid::INVALID) };
    let found =
        lookup_func_with_args(&context.shared(), ObjectType::ObjectFunction, function, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the transform's function is not in the catalog");
    };
    if row.prorettype != result {
        let wanted =
            if result == fixed::INTERNALOID { "internal" } else { "the transform data type" };
        let message = format!("return data type of {what} function must be {wanted}");
        return invalid(message);
    }
    if row.provolatile == b'v' {
        return invalid("transform function must not be volatile");
    }
    if row.prokind != b'f' {
        return invalid("transform function must be a normal function");
    }
    if row.proretset {
        return invalid("transform function must not return a set");
    }
    if row.proargtypes.len() != 1 {
        return invalid("transform function must take one argument");
    }
    if row.proargtypes[0] != fixed::INTERNALOID {
        return invalid("first argument of transform function must be type internal");
    }
    Ok(row.oid)
}

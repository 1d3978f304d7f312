//! CREATE TYPE … AS RANGE, with its multirange type and their constructors (PostgreSQL: DefineRange,
//! commands/typecmds.c).

use std::sync::Arc;

use super::Context;
use super::define::{
    conflicting_def_elem, def_get_qualified_name, def_get_type_name, def_name, name_list_to_string,
};
use super::dependency::record_dependency_on;
use super::functioncmds::Parameters;
use super::pg_proc::{NewProcedure, SqlBody, procedure_create};
use super::pg_type::{
    TypeRelation, builtin_proc, check_new_type_name, make_multirange_type_name, new_type_row,
    type_create,
};
use super::support::{check_namespace_create, creation_namespace, without_position};
use super::typecmds::create_array_type;
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{
    get_default_opclass, get_opclass_input_type, get_typcollation, get_typtype,
    is_binary_coercible, type_is_collatable,
};
use crate::catalog::namespace::{get_collation_oid, get_opclass_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgCast, PgProc, PgRange, PgType};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::tree::{CreateRangeStmt, DefElem, Node};
use crate::parser::lookup_func::lookup_func_named;
use crate::parser::parse_type::typename_type_id;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

#[derive(Default)]
struct Definition<'a> {
    subtype: Option<&'a DefElem>,
    opclass: Option<&'a DefElem>,
    collation: Option<&'a DefElem>,
    canonical: Option<&'a DefElem>,
    subdiff: Option<&'a DefElem>,
    multirange: Option<&'a DefElem>,
}

fn read_definition(params: &[Node]) -> PgResult<Definition<'_>> {
    let mut out = Definition::default();
    for param in params {
        let Node::DefElem(def) = param else { continue };
        let slot = match def_name(def) {
            "subtype" => &mut out.subtype,
            "subtype_opclass" => &mut out.opclass,
            "collation" => &mut out.collation,
            "canonical" => &mut out.canonical,
            "subtype_diff" => &mut out.subdiff,
            "multirange_type_name" => &mut out.multirange,
            other => {
                let message = format!("type attribute \"{other}\" not recognized");
                return refuse(sqlstate::SYNTAX_ERROR, message);
            }
        };
        if slot.replace(def).is_some() {
            return Err(conflicting_def_elem(def));
        }
    }
    Ok(out)
}

/// PostgreSQL: DefineRange.
pub fn define_range(context: &mut Context, stmt: &CreateRangeStmt) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.type_name)?;
    check_namespace_create(context, namespace)?;
    // A shell type is needed only where a canonical function is to be.
    let shell = context
        .catalog
        .find::<PgType>(&(namespace, name.clone()))
        .filter(|row| !row.typisdefined)
        .map(|row| row.oid);
    check_new_type_name(context, &name, namespace)?;
    let definition = read_definition(&stmt.params)?;
    let Some(subtype) = definition.subtype else {
        return refuse(sqlstate::SYNTAX_ERROR, "type attribute \"subtype\" is required");
    };
    let subtype = {
        let type_name = def_get_type_name(subtype)?;
        without_position(typename_type_id(&context.shared(), &type_name))?
    };
    if get_typtype(context.catalog, subtype) == b'p' {
        let text = format_type_be(context.catalog, &context.path, subtype);
        let message = format!("range subtype cannot be {text}");
        return refuse(sqlstate::DATATYPE_MISMATCH, message);
    }
    let opclass = find_opclass(context, definition.opclass, subtype)?;
    let collation = match (type_is_collatable(context.catalog, subtype), definition.collation) {
        (true, Some(def)) => {
            let names = def_get_qualified_name(def)?;
            get_collation_oid(&context.shared(), &names, false)?.unwrap_or(Oid::INVALID)
        }
        (true, None) => get_typcollation(context.catalog, subtype),
        (false, Some(_)) => {
            let message = "range collation specified but subtype does not support collation";
            return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
        }
        (false, None) => Oid::INVALID,
    };
    let canonical = canonical_function(context, definition.canonical, shell)?;
    let subdiff = subtype_diff_function(context, definition.subdiff, subtype)?;
    let align = match context.catalog.get::<PgType>(subtype).map(|row| row.typalign) {
        Some(b'd') => b'd',
        Some(_) | None => b'i',
    };
    let has_multirange = context.catalog.version().major() >= 14;
    let range_array = context.catalog.new_oid();
    let multirange_oid = if has_multirange { context.catalog.new_oid() } else { Oid::INVALID };
    let multirange_array = if has_multirange { context.catalog.new_oid() } else { Oid::INVALID };
    let owner = context.session.current_user;
    let row = PgType {
        typtype: b'r',
        typcategory: b'R',
        typarray: range_array,
        typinput: builtin_proc(context.catalog, "range_in"),
        typoutput: builtin_proc(context.catalog, "range_out"),
        typreceive: builtin_proc(context.catalog, "range_recv"),
        typsend: builtin_proc(context.catalog, "range_send"),
        typanalyze: builtin_proc(context.catalog, "range_typanalyze"),
        typalign: align,
        typstorage: b'x',
        ..new_type_row(name.clone(), namespace, owner)
    };
    let address = type_create(context, row, TypeRelation::default())?;
    let range = address.object;
    let multirange_name = multirange_place(context, definition.multirange, &name, namespace)?;
    if has_multirange {
        let (multirange_namespace, multirange_name) = &multirange_name;
        let row = PgType {
            oid: multirange_oid,
            typtype: b'm',
            typcategory: b'R',
            typarray: multirange_array,
            typinput: builtin_proc(context.catalog, "multirange_in"),
            typoutput: builtin_proc(context.catalog, "multirange_out"),
            typreceive: builtin_proc(context.catalog, "multirange_recv"),
            typsend: builtin_proc(context.catalog, "multirange_send"),
            typanalyze: builtin_proc(context.catalog, "multirange_typanalyze"),
            typalign: align,
            typstorage: b'x',
            ..new_type_row(multirange_name.clone(), *multirange_namespace, owner)
        };
        let relation = TypeRelation { is_dependent_type: true, ..TypeRelation::default() };
        type_create(context, row, relation)?;
    }
    let made = PgRange {
        rngtypid: range,
        rngsubtype: subtype,
        rngmultitypid: multirange_oid,
        rngcollation: collation,
        rngsubopc: opclass,
        rngcanonical: canonical,
        rngsubdiff: subdiff,
    };
    range_create(context, &made);
    create_array_type(context, range_array, range)?;
    if has_multirange {
        create_array_type(context, multirange_array, multirange_oid)?;
    }
    make_range_constructors(context, &name, namespace, range, subtype)?;
    if has_multirange {
        let (multirange_namespace, multirange_name) = &multirange_name;
        make_multirange_constructors(
            context,
            multirange_name,
            *multirange_namespace,
            multirange_oid,
            range,
        )?;
    }
    Ok(address)
}

/// PostgreSQL: findRangeSubOpclass.
fn find_opclass(context: &Context, def: Option<&DefElem>, subtype: Oid) -> PgResult<Oid> {
    let text = || format_type_be(context.catalog, &context.path, subtype);
    let Some(def) = def else {
        return match get_default_opclass(context.catalog, subtype, fixed::BTREE_AM_OID) {
            Some(found) => Ok(found),
            None => {
                let message = format!(
                    "data type {} has no default operator class for access method \"btree\"",
                    text()
                );
                Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message)
                    .hint(concat!(
                        "You must specify an operator class for the range type or define a ",
                        "default operator class for the subtype."
                    ))
                    .into())
            }
        };
    };
    let names = def_get_qualified_name(def)?;
    let found = get_opclass_oid(&context.shared(), fixed::BTREE_AM_OID, &names, false)?;
    let Some(opclass) = found else { return unknown("the operator class is not in the catalog") };
    let input = get_opclass_input_type(context.catalog, opclass);
    if !is_binary_coercible(context.catalog, subtype, input) {
        let message = format!(
            "operator class \"{}\" does not accept data type {}",
            name_list_to_string(&names),
            text()
        );
        return refuse(sqlstate::DATATYPE_MISMATCH, message);
    }
    Ok(opclass)
}

/// PostgreSQL: findRangeCanonicalFunction.
fn canonical_function(
    context: &Context,
    def: Option<&DefElem>,
    shell: Option<Oid>,
) -> PgResult<Oid> {
    let Some(def) = def else { return Ok(Oid::INVALID) };
    let Some(range) = shell else {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            "cannot specify a canonical function without a pre-created shell type",
        )
        .hint(concat!(
            "Create the type as a shell type, then create its canonicalization function, then do ",
            "a full CREATE TYPE."
        ))
        .into());
    };
    let names = def_get_qualified_name(def)?;
    let found = lookup_func_named(&context.shared(), &names, Some(&[range]), false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the canonical function is not in the catalog");
    };
    let what = crate::parser::lookup_func::signature(&context.shared(), &names, &[range]);
    if row.prorettype != range {
        let message = format!("range canonical function {what} must return range type");
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    if row.provolatile != b'i' {
        let message = format!("range canonical function {what} must be immutable");
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    Ok(row.oid)
}

/// PostgreSQL: findRangeSubtypeDiffFunction.
fn subtype_diff_function(context: &Context, def: Option<&DefElem>, subtype: Oid) -> PgResult<Oid> {
    let Some(def) = def else { return Ok(Oid::INVALID) };
    let names = def_get_qualified_name(def)?;
    let types = [subtype, subtype];
    let found = lookup_func_named(&context.shared(), &names, Some(&types), false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the subtype difference function is not in the catalog");
    };
    let what = crate::parser::lookup_func::signature(&context.shared(), &names, &types);
    if row.prorettype != fixed::FLOAT8OID {
        let message =
            format!("range subtype diff function {what} must return type double precision");
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    if row.provolatile != b'i' {
        let message = format!("range subtype diff function {what} must be immutable");
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    Ok(row.oid)
}

/// The multirange type's schema and name, given or made up.
fn multirange_place(
    context: &mut Context,
    def: Option<&DefElem>,
    range_name: &Name,
    namespace: Oid,
) -> PgResult<(Oid, Name)> {
    match def {
        Some(def) => {
            let names = def_get_qualified_name(def)?;
            let (namespace, name) = creation_namespace(context, &names)?;
            check_new_type_name(context, &name, namespace)?;
            Ok((namespace, name))
        }
        None => {
            let name = make_multirange_type_name(context.catalog, range_name, namespace)?;
            Ok((namespace, name))
        }
    }
}

/// PostgreSQL: RangeCreate (catalog/pg_range.c).
fn range_create(context: &mut Context, row: &PgRange) {
    let myself = ObjectAddress::new(Class::Type, row.rngtypid);
    let mut needs = vec![
        ObjectAddress::new(Class::Type, row.rngsubtype),
        ObjectAddress::new(Class::Opclass, row.rngsubopc),
    ];
    if let Some(collation) = row.rngcollation.valid() {
        needs.push(ObjectAddress::new(Class::Collation, collation));
    }
    for function in [row.rngcanonical, row.rngsubdiff].into_iter().filter_map(Oid::valid) {
        needs.push(ObjectAddress::new(Class::Proc, function));
    }
    for need in needs {
        record_dependency_on(context.catalog, myself, need, DependType::Normal);
    }
    if let Some(multirange) = row.rngmultitypid.valid() {
        let multirange = ObjectAddress::new(Class::Type, multirange);
        record_dependency_on(context.catalog, multirange, myself, DependType::Internal);
    }
    context.catalog.put(row.clone());
}

fn constructor(
    context: &mut Context,
    name: &Name,
    namespace: Oid,
    result: Oid,
    source: &str,
    parameters: Parameters,
) -> PgResult<Oid> {
    let variadic = parameters.variadic.is_valid();
    // The constructors belong to the bootstrap superuser, whoever makes the type.
    let user = context.session.current_user;
    context.session.current_user = fixed::BOOTSTRAP_SUPERUSERID;
    let made = procedure_create(
        context,
        NewProcedure {
            name: name.clone(),
            namespace,
            replace: false,
            result,
            returns_set: false,
            language: fixed::INTERNAL_LANGUAGE_ID,
            kind: b'f',
            security_definer: false,
            leakproof: false,
            // Only the multirange constructors refuse NULL.
            strict: variadic || source.starts_with("multirange"),
            volatility: b'i',
            parallel: b's',
            transforms: Vec::new(),
            config: Vec::new(),
            support: Oid::INVALID,
            cost: 1.0,
            rows: 0.0,
            parameters,
            body: SqlBody {
                source: Arc::from(source),
                library: None,
                queries: None,
                atomic: false,
            },
        },
    );
    context.session.current_user = user;
    let address = made?;
    let range = ObjectAddress::new(Class::Type, result);
    record_dependency_on(context.catalog, address, range, DependType::Internal);
    Ok(address.object)
}

/// PostgreSQL: makeRangeConstructors.
fn make_range_constructors(
    context: &mut Context,
    name: &Name,
    namespace: Oid,
    range: Oid,
    subtype: Oid,
) -> PgResult<()> {
    for (source, types) in [
        ("range_constructor2", vec![subtype, subtype]),
        ("range_constructor3", vec![subtype, subtype, fixed::TEXTOID]),
    ] {
        let parameters = Parameters { types, ..Parameters::default() };
        constructor(context, name, namespace, range, source, parameters)?;
    }
    Ok(())
}

/// PostgreSQL: makeMultirangeConstructors.
fn make_multirange_constructors(
    context: &mut Context,
    name: &Name,
    namespace: Oid,
    multirange: Oid,
    range: Oid,
) -> PgResult<()> {
    let array = crate::catalog::lsyscache::get_array_type(context.catalog, range);
    constructor(
        context,
        name,
        namespace,
        multirange,
        "multirange_constructor0",
        Parameters::default(),
    )?;
    let parameters = Parameters { types: vec![range], ..Parameters::default() };
    let function =
        constructor(context, name, namespace, multirange, "multirange_constructor1", parameters)?;
    make_multirange_cast(context, range, multirange, function);
    let parameters = Parameters {
        types: vec![array],
        all_types: Some(vec![array]),
        modes: Some(vec![b'v']),
        variadic: array,
        ..Parameters::default()
    };
    constructor(context, name, namespace, multirange, "multirange_constructor2", parameters)
        .map(drop)
}

/// A range casts to its multirange type (PostgreSQL: the end of DefineRange).
fn make_multirange_cast(context: &mut Context, range: Oid, multirange: Oid, function: Oid) {
    let oid = context.catalog.new_oid();
    context.catalog.put(PgCast {
        oid,
        castsource: range,
        casttarget: multirange,
        castfunc: function,
        castcontext: b'e',
        castmethod: b'f',
    });
    let cast = ObjectAddress::new(Class::Cast, oid);
    let needs = [
        ObjectAddress::new(Class::Type, range),
        ObjectAddress::new(Class::Type, multirange),
        ObjectAddress::new(Class::Proc, function),
    ];
    for need in needs {
        record_dependency_on(context.catalog, cast, need, DependType::Internal);
    }
}

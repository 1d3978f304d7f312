//! CREATE AGGREGATE, in the old and the new style (PostgreSQL: commands/aggregatecmds.c and catalog/pg_aggregate.c).

use std::sync::Arc;

use super::Context;
use super::define::{
    def_get_boolean, def_get_int64, def_get_qualified_name, def_get_string, def_get_type_name,
    def_name, type_name_to_string,
};
use super::dependency::record_dependency_on;
use super::functioncmds::{
    Parameters, Routine, interpret_func_parallel, interpret_function_parameter_list, invalid,
};
use super::pg_proc::{NewProcedure, SqlBody, procedure_create};
use super::support::{check_namespace_create, creation_namespace, superuser};
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{get_typtype, is_binary_coercible};
use crate::catalog::namespace::{
    CandidateOptions, funcname_get_candidates, name_list_to_string, opername_get_oprid,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAggregate, PgProc};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::primnodes::CoercionContext;
use crate::nodes::tree::{DefElem, DefineStmt, Node, TypeName};
use crate::parser::lookup_func::signature;
use crate::parser::parse_coerce::{
    can_coerce_type, check_valid_polymorphic_signature, is_polymorphic_type,
};
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

#[derive(Default)]
struct Definition {
    trans: Vec<Node>,
    finalfn: Vec<Node>,
    combine: Vec<Node>,
    serial: Vec<Node>,
    deserial: Vec<Node>,
    mtrans: Vec<Node>,
    minvtrans: Vec<Node>,
    mfinal: Vec<Node>,
    final_extra: bool,
    mfinal_extra: bool,
    final_modify: Option<u8>,
    mfinal_modify: Option<u8>,
    sort_operator: Vec<Node>,
    base_type: Option<TypeName>,
    hypothetical: bool,
    trans_type: Option<TypeName>,
    mtrans_type: Option<TypeName>,
    trans_space: i32,
    mtrans_space: i32,
    initial: Option<String>,
    minitial: Option<String>,
    parallel: Option<u8>,
}

fn modify(def: &DefElem) -> PgResult<Option<u8>> {
    match def_get_string(def)?.as_str() {
        "read_only" => Ok(Some(b'r')),
        "shareable" => Ok(Some(b's')),
        "read_write" => Ok(Some(b'w')),
        _ => {
            let message = format!(
                "parameter \"{}\" must be READ_ONLY, SHAREABLE, or READ_WRITE",
                def_name(def)
            );
            Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
        }
    }
}

fn read_definition(context: &Context, parameters: &[Node]) -> PgResult<Definition> {
    let mut out = Definition::default();
    for parameter in parameters {
        let Node::DefElem(def) = parameter else { continue };
        let names = || def_get_qualified_name(def);
        match def_name(def) {
            "sfunc" | "sfunc1" => out.trans = names()?,
            "finalfunc" => out.finalfn = names()?,
            "combinefunc" => out.combine = names()?,
            "serialfunc" => out.serial = names()?,
            "deserialfunc" => out.deserial = names()?,
            "msfunc" => out.mtrans = names()?,
            "minvfunc" => out.minvtrans = names()?,
            "mfinalfunc" => out.mfinal = names()?,
            "finalfunc_extra" => out.final_extra = def_get_boolean(def)?,
            "mfinalfunc_extra" => out.mfinal_extra = def_get_boolean(def)?,
            "finalfunc_modify" => out.final_modify = modify(def)?,
            "mfinalfunc_modify" => out.mfinal_modify = modify(def)?,
            "sortop" => out.sort_operator = names()?,
            "basetype" => out.base_type = Some(def_get_type_name(def)?),
            "hypothetical" => out.hypothetical = def_get_boolean(def)?,
            "stype" | "stype1" => out.trans_type = Some(def_get_type_name(def)?),
            "sspace" => out.trans_space = i32::try_from(def_get_int64(def)?).unwrap_or(0),
            "mstype" => out.mtrans_type = Some(def_get_type_name(def)?),
            "msspace" => out.mtrans_space = i32::try_from(def_get_int64(def)?).unwrap_or(0),
            "initcond" | "initcond1" => out.initial = Some(def_get_string(def)?),
            "minitcond" => out.minitial = Some(def_get_string(def)?),
            "parallel" => out.parallel = Some(interpret_func_parallel(def)?),
            other => context.notice(Notice::warning(
                sqlstate::SYNTAX_ERROR,
                format!("aggregate attribute \"{other}\" not recognized"),
            )),
        }
    }
    Ok(out)
}

fn check_definition(definition: &Definition) -> PgResult<()> {
    if definition.trans_type.is_none() {
        return invalid("aggregate stype must be specified");
    }
    if definition.trans.is_empty() {
        return invalid("aggregate sfunc must be specified");
    }
    if definition.mtrans_type.is_some() {
        if definition.mtrans.is_empty() {
            return invalid("aggregate msfunc must be specified when mstype is specified");
        }
        if definition.minvtrans.is_empty() {
            return invalid("aggregate minvfunc must be specified when mstype is specified");
        }
        return Ok(());
    }
    if !definition.mtrans.is_empty() {
        return invalid("aggregate msfunc must not be specified without mstype");
    }
    if !definition.minvtrans.is_empty() {
        return invalid("aggregate minvfunc must not be specified without mstype");
    }
    if !definition.mfinal.is_empty() {
        return invalid("aggregate mfinalfunc must not be specified without mstype");
    }
    if definition.mtrans_space != 0 {
        return invalid("aggregate msspace must not be specified without mstype");
    }
    if definition.minitial.is_some() {
        return invalid("aggregate minitcond must not be specified without mstype");
    }
    Ok(())
}

/// The aggregated arguments, and how many of them are direct ones, -1 for a plain aggregate.
fn arguments(
    context: &Context,
    stmt: &DefineStmt,
    definition: &Definition,
) -> PgResult<(Parameters, i32)> {
    if stmt.oldstyle {
        let Some(base) = &definition.base_type else {
            return invalid("aggregate input type must be specified");
        };
        let mut parameters = Parameters::default();
        if !type_name_to_string(base).eq_ignore_ascii_case("any") {
            parameters
                .types
                .push(super::support::without_position(typename_type_id(&context.shared(), base))?);
            parameters.input_names.push(Default::default());
        }
        return Ok((parameters, -1));
    }
    if definition.base_type.is_some() {
        return invalid("basetype is redundant with aggregate input type specification");
    }
    let (list, direct) = match stmt.args.as_slice() {
        [Node::List(list), Node::Integer(direct)] => (list.as_slice(), *direct),
        // `agg(*)` has no list of arguments.
        _ => (&[][..], -1),
    };
    let parameters =
        interpret_function_parameter_list(context, list, Oid::INVALID, Routine::Aggregate)?;
    Ok((parameters, direct))
}

/// PostgreSQL: DefineAggregate and AggregateCreate.
pub fn define_aggregate(context: &mut Context, stmt: &DefineStmt) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.defnames)?;
    check_namespace_create(context, namespace)?;
    let definition = read_definition(context, &stmt.definition)?;
    check_definition(&definition)?;
    let (parameters, direct) = arguments(context, stmt, &definition)?;
    let kind = match (direct, definition.hypothetical) {
        (..0, false) => b'n',
        (..0, true) => return invalid("only ordered-set aggregates can be hypothetical"),
        (_, true) => b'h',
        (_, false) => b'o',
    };
    let trans_type = transition_type(context, definition.trans_type.as_ref())?;
    let mtrans_type = match &definition.mtrans_type {
        Some(name) => transition_type(context, Some(name))?,
        None => Oid::INVALID,
    };
    check_serialization(&definition, trans_type)?;
    for state in [trans_type, mtrans_type].into_iter().filter_map(Oid::valid) {
        check_transition_signature(context, state, &parameters.types)?;
    }
    let direct_count = usize::try_from(direct).unwrap_or(0);
    let arguments = parameters.types.clone();
    // A last VARIADIC argument may be both direct and aggregated.
    let first = direct_count.min(arguments.len().saturating_sub(1));
    let aggregated: &[Oid] =
        if kind == b'n' { &arguments } else { arguments.get(first..).unwrap_or_default() };
    let mut trans_arguments = vec![trans_type];
    trans_arguments.extend(aggregated);
    let transfn = function(context, &definition.trans, &trans_arguments)?;
    check_result(context, "transition", &definition.trans, transfn, trans_type)?;
    let final_arguments = |state: Oid, extra: bool| {
        let mut types = vec![state];
        match (extra, kind) {
            (true, _) => types.extend(&arguments),
            (false, b'n') => {}
            (false, _) => types.extend(&arguments[..direct_count.min(arguments.len())]),
        }
        types
    };
    let final_types = final_arguments(trans_type, definition.final_extra);
    let finalfn = optional(context, &definition.finalfn, &final_types)?;
    let result = match context.catalog.get::<PgProc>(finalfn) {
        Some(row) if is_polymorphic_type(row.prorettype) => {
            actual_result(row.prorettype, &final_types, row, trans_type)
        }
        Some(row) => row.prorettype,
        None => trans_type,
    };
    let combine = optional(context, &definition.combine, &[trans_type, trans_type])?;
    if combine.is_valid() {
        check_result(context, "combine", &definition.combine, combine, trans_type)?;
    }
    let serial = optional(context, &definition.serial, &[fixed::INTERNALOID])?;
    let deserial = optional(context, &definition.deserial, &[fixed::BYTEAOID, fixed::INTERNALOID])?;
    let mut mtrans_arguments = vec![mtrans_type];
    mtrans_arguments.extend(aggregated);
    let mtrans = optional(context, &definition.mtrans, &mtrans_arguments)?;
    let minvtrans = optional(context, &definition.minvtrans, &mtrans_arguments)?;
    let mfinal_types = final_arguments(mtrans_type, definition.mfinal_extra);
    let mfinal = optional(context, &definition.mfinal, &mfinal_types)?;
    let sort_operator = match (definition.sort_operator.as_slice(), aggregated) {
        ([], _) => Oid::INVALID,
        (names, [only]) => match opername_get_oprid(&context.shared(), names, *only, *only)? {
            Some(found) => found,
            None => {
                let text = format_type_be(context.catalog, &context.path, *only);
                let message = format!(
                    "operator does not exist: {text} {} {text}",
                    name_list_to_string(names)
                );
                return Err(PgError::new(sqlstate::UNDEFINED_FUNCTION, message).into());
            }
        },
        (_, _) => {
            return invalid("sort operator can only be specified for single-argument aggregates");
        }
    };
    let address = procedure_create(
        context,
        NewProcedure {
            name,
            namespace,
            replace: stmt.replace,
            result,
            returns_set: false,
            language: fixed::INTERNAL_LANGUAGE_ID,
            kind: b'a',
            security_definer: false,
            leakproof: false,
            strict: false,
            volatility: b'i',
            parallel: definition.parallel.unwrap_or(b'u'),
            transforms: Vec::new(),
            config: Vec::new(),
            support: Oid::INVALID,
            cost: 1.0,
            rows: 0.0,
            parameters,
            body: SqlBody {
                source: Arc::from("aggregate_dummy"),
                library: None,
                queries: None,
                atomic: false,
            },
        },
    )?;
    let default_modify = if kind == b'n' { b'r' } else { b'w' };
    let row = PgAggregate {
        aggfnoid: address.object,
        aggkind: kind,
        aggnumdirectargs: i16::try_from(direct_count).unwrap_or(0),
        aggtransfn: transfn,
        aggfinalfn: finalfn,
        aggcombinefn: combine,
        aggserialfn: serial,
        aggdeserialfn: deserial,
        aggmtransfn: mtrans,
        aggminvtransfn: minvtrans,
        aggmfinalfn: mfinal,
        aggfinalextra: definition.final_extra,
        aggmfinalextra: definition.mfinal_extra,
        aggfinalmodify: definition.final_modify.unwrap_or(default_modify),
        aggmfinalmodify: definition.mfinal_modify.unwrap_or(default_modify),
        aggsortop: sort_operator,
        aggtranstype: trans_type,
        aggtransspace: definition.trans_space,
        aggmtranstype: mtrans_type,
        aggmtransspace: definition.mtrans_space,
        agginitval: definition.initial.as_deref().map(Arc::from),
        aggminitval: definition.minitial.as_deref().map(Arc::from),
    };
    let functions = [transfn, finalfn, combine, serial, deserial, mtrans, minvtrans, mfinal];
    for function in functions.into_iter().filter_map(Oid::valid) {
        let function = ObjectAddress::new(Class::Proc, function);
        record_dependency_on(context.catalog, address, function, DependType::Normal);
    }
    if sort_operator.is_valid() {
        let operator = ObjectAddress::new(Class::Operator, sort_operator);
        record_dependency_on(context.catalog, address, operator, DependType::Normal);
    }
    context.catalog.put(row);
    Ok(address)
}

fn transition_type(context: &Context, name: Option<&TypeName>) -> PgResult<Oid> {
    let Some(name) = name else { return invalid("aggregate stype must be specified") };
    let oid = super::support::without_position(typename_type_id(&context.shared(), name))?;
    let pseudo = get_typtype(context.catalog, oid) == b'p' && !is_polymorphic_type(oid);
    if pseudo && !(oid == fixed::INTERNALOID && superuser(context)) {
        let text = format_type_be(context.catalog, &context.path, oid);
        return invalid(format!("aggregate transition data type cannot be {text}"));
    }
    Ok(oid)
}

/// A polymorphic transition type must follow from the arguments.
fn check_transition_signature(context: &Context, state: Oid, types: &[Oid]) -> PgResult<()> {
    match check_valid_polymorphic_signature(&context.shared(), state, types) {
        None => Ok(()),
        Some(detail) => Err(PgError::new(
            sqlstate::INVALID_FUNCTION_DEFINITION,
            "cannot determine transition data type",
        )
        .detail(detail)
        .into()),
    }
}

fn check_serialization(definition: &Definition, trans_type: Oid) -> PgResult<()> {
    let (serial, deserial) = (&definition.serial, &definition.deserial);
    if serial.is_empty() != deserial.is_empty() {
        return invalid(
            "must specify both or neither of serialization and deserialization functions",
        );
    }
    if !serial.is_empty() && trans_type != fixed::INTERNALOID {
        return invalid(
            "serialization functions may be specified only when the aggregate transition data \
             type is internal",
        );
    }
    Ok(())
}

fn optional(context: &Context, names: &[Node], types: &[Oid]) -> PgResult<Oid> {
    if names.is_empty() { Ok(Oid::INVALID) } else { function(context, names, types) }
}

/// A function that serves the aggregate: its parameters take these types as they are (PostgreSQL:
/// lookup_agg_function).
fn function(context: &Context, names: &[Node], types: &[Oid]) -> PgResult<Oid> {
    let shared = context.shared();
    let options = CandidateOptions {
        nargs: Some(types.len()),
        argnames: &[],
        expand_variadic: true,
        expand_defaults: false,
        include_out_arguments: false,
        missing_ok: false,
    };
    let candidates = funcname_get_candidates(&shared, names, options)?;
    let exact = candidates.iter().find(|candidate| candidate.args == types);
    let implicit = CoercionContext::CoercionImplicit;
    let found = exact
        .or_else(|| candidates.iter().find(|c| can_coerce_type(&shared, types, &c.args, implicit)));
    let Some(found) = found else {
        let message = format!("function {} does not exist", signature(&shared, names, types));
        return Err(PgError::new(sqlstate::UNDEFINED_FUNCTION, message).into());
    };
    let Some(row) = context.catalog.get::<PgProc>(found.oid) else {
        return unknown("the aggregate's function is not in the catalog");
    };
    let converts = |(given, declared): (&Oid, &Oid)| {
        !is_polymorphic_type(*declared) && !is_binary_coercible(context.catalog, *given, *declared)
    };
    if types.iter().zip(&found.args).any(converts) {
        let text = signature(&shared, names, &found.args);
        let message = format!("function {text} requires run-time type coercion");
        return Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message).into());
    }
    if row.proretset {
        let message = format!("function {} returns a set", signature(&shared, names, types));
        return Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message).into());
    }
    Ok(found.oid)
}

/// The type that a polymorphic final function returns, as far as its arguments' equality tells.
fn actual_result(result: Oid, given: &[Oid], row: &PgProc, trans_type: Oid) -> Oid {
    row.proargtypes
        .iter()
        .zip(given)
        .find(|(declared, _)| **declared == result)
        .map_or(trans_type, |(_, given)| *given)
}

fn check_result(
    context: &Context,
    what: &str,
    names: &[Node],
    function: Oid,
    expected: Oid,
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgProc>(function) else { return Ok(()) };
    if row.prorettype == expected || is_polymorphic_type(row.prorettype) {
        return Ok(());
    }
    let message = format!(
        "return type of {what} function {} is not {}",
        name_list_to_string(names),
        format_type_be(context.catalog, &context.path, expected)
    );
    Err(PgError::new(sqlstate::DATATYPE_MISMATCH, message).into())
}

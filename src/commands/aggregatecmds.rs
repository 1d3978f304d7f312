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
use super::pg_aggregate::{Parts, check_replaced, find_functions};
use super::pg_proc::{NewProcedure, SqlBody, procedure_create};
use super::support::{check_namespace_create, check_type_usage, creation_namespace, superuser};
use crate::catalog::PgAggregate;
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::get_typtype;
use crate::catalog::namespace::{name_list_to_string, opername_get_oprid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{DefElem, DefineStmt, Node, TypeName};
use crate::parser::literals::input_function_call;
use crate::parser::parse_coerce::is_polymorphic_type;
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
    for (initial, state) in [(&definition.initial, trans_type), (&definition.minitial, mtrans_type)]
    {
        if let Some(text) = initial
            && state.is_valid()
            && get_typtype(context.catalog, state) != b'p'
        {
            input_function_call(&context.shared(), state, text, -1)?;
        }
    }
    let direct_count = usize::try_from(direct).unwrap_or(0);
    let arguments = parameters.types.clone();
    let found = find_functions(
        context,
        &Parts {
            kind,
            direct: direct_count,
            arguments: &arguments,
            variadic: parameters.variadic,
            trans: &definition.trans,
            finalfn: &definition.finalfn,
            final_extra: definition.final_extra,
            combine: &definition.combine,
            serial: &definition.serial,
            deserial: &definition.deserial,
            mtrans: &definition.mtrans,
            minvtrans: &definition.minvtrans,
            mfinal: &definition.mfinal,
            mfinal_extra: definition.mfinal_extra,
            trans_type,
            mtrans_type,
            has_initial: definition.initial.is_some(),
            has_minitial: definition.minitial.is_some(),
        },
    )?;
    let sort_operator = match (definition.sort_operator.as_slice(), arguments.as_slice()) {
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
    let states = [trans_type, mtrans_type].into_iter().filter(|state| state.is_valid());
    for used in arguments.iter().copied().chain(states).chain([found.result]) {
        check_type_usage(context, used)?;
    }
    let own_name = name.clone();
    let address = procedure_create(
        context,
        NewProcedure {
            name,
            namespace,
            replace: stmt.replace,
            result: found.result,
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
    let direct_count = i16::try_from(direct_count).unwrap_or(0);
    if let Some(old) = context.catalog.get::<PgAggregate>(address.object) {
        check_replaced(old, own_name.as_str(), kind, direct_count)?;
    }
    let default_modify = if kind == b'n' { b'r' } else { b'w' };
    let row = PgAggregate {
        aggfnoid: address.object,
        aggkind: kind,
        aggnumdirectargs: direct_count,
        aggtransfn: found.trans,
        aggfinalfn: found.finalfn,
        aggcombinefn: found.combine,
        aggserialfn: found.serial,
        aggdeserialfn: found.deserial,
        aggmtransfn: found.mtrans,
        aggminvtransfn: found.minvtrans,
        aggmfinalfn: found.mfinal,
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
    let functions = [
        found.trans,
        found.finalfn,
        found.combine,
        found.serial,
        found.deserial,
        found.mtrans,
        found.minvtrans,
        found.mfinal,
    ];
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

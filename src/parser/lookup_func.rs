//! The function or operator that a command names with its argument types (PostgreSQL: LookupFuncWithArgs,
//! parser/parse_func.c; LookupOperWithArgs, parser/parse_oper.c).

use super::parse_node::Shared;
use super::parse_type::lookup_type_name_oid;
use crate::catalog::PgProc;
use crate::catalog::namespace::{
    CandidateOptions, funcname_get_candidates, name_list_to_string, opername_get_oprid,
    unless_unknown_extension,
};
use crate::findings::{PgError, PgResult};
use crate::nodes::tree::{FunctionParameterMode, Node, ObjectType, ObjectWithArgs};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The most arguments that a function can have (PostgreSQL: FUNC_MAX_ARGS).
const FUNC_MAX_ARGS: usize = 100;

/// What a lookup found (PostgreSQL: FuncLookupError).
enum Found {
    One(Oid),
    NoSuchFunction,
    Ambiguous,
}

/// The function that a command names; None only with `missing_ok` (PostgreSQL: LookupFuncWithArgs).
pub fn lookup_func_with_args(
    shared: &Shared,
    kind: ObjectType,
    function: &ObjectWithArgs,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    if function.objargs.len() > FUNC_MAX_ARGS {
        let what = if kind == ObjectType::ObjectProcedure { "procedures" } else { "functions" };
        return Err(PgError::new(
            sqlstate::TOO_MANY_ARGUMENTS,
            format!("{what} cannot have more than {FUNC_MAX_ARGS} arguments"),
        )
        .into());
    }
    let Some(types) = argument_types(shared, &function.objargs, missing_ok)? else {
        return Ok(None);
    };
    let names = &function.objname;
    let unspecified = function.args_unspecified;
    let (asked, arguments) =
        if unspecified { (kind, None) } else { (ObjectType::ObjectRoutine, Some(&types[..])) };
    let mut found = lookup_func_name(shared, asked, names, arguments, false, missing_ok)?;
    if matches!(kind, ObjectType::ObjectProcedure | ObjectType::ObjectRoutine)
        && !function.objfuncargs.is_empty()
        && !matches!(found, Found::Ambiguous)
        && !has_parameter_mode(&function.objfuncargs)
    {
        let all = lookup_func_name(shared, kind, names, Some(&types), true, missing_ok)?;
        found = match (found, all) {
            (Found::One(a), Found::One(b)) if a != b => Found::Ambiguous,
            (_, Found::Ambiguous) => Found::Ambiguous,
            (Found::NoSuchFunction, all) => all,
            (found, _) => found,
        };
    }
    match found {
        Found::One(oid) => check_kind(shared, kind, function, &types, oid).map(Some),
        Found::NoSuchFunction if missing_ok => Ok(None),
        Found::NoSuchFunction => {
            let error = no_such_function(shared, kind, function, &types);
            let schema = names.len().checked_sub(2).map(|at| names[at].str_val());
            Err(unless_unknown_extension(shared, schema, error.into()))
        }
        Found::Ambiguous => Err(ambiguous(kind, function).into()),
    }
}

fn argument_types(shared: &Shared, nodes: &[Node], missing_ok: bool) -> PgResult<Option<Vec<Oid>>> {
    let mut types = Vec::with_capacity(nodes.len());
    for node in nodes {
        // NONE stands for an operand that an operator does not have.
        let Node::TypeName(name) = node else {
            types.push(Oid::INVALID);
            continue;
        };
        match lookup_type_name_oid(shared, name, missing_ok)? {
            Some(oid) => types.push(oid),
            None if missing_ok => return Ok(None),
            None => {
                let text = super::parse_type::type_name_to_string(shared, name);
                let message = format!("type \"{text}\" does not exist");
                let error = PgError::new(sqlstate::UNDEFINED_OBJECT, message).into();
                let schema = name.names.len().checked_sub(2).map(|at| name.names[at].str_val());
                return Err(unless_unknown_extension(shared, schema, error));
            }
        }
    }
    Ok(Some(types))
}

fn has_parameter_mode(parameters: &[Node]) -> bool {
    parameters.iter().any(|node| match node {
        Node::FunctionParameter(parameter) => {
            parameter.mode != FunctionParameterMode::FuncParamDefault
        }
        // The grammar puts nothing else here.
        _ => false,
    })
}

fn prokind(shared: &Shared, oid: Oid) -> u8 {
    shared.catalog.get::<PgProc>(oid).map_or(0, |row| row.prokind)
}

/// PostgreSQL: LookupFuncNameInternal; `arguments` None means any.
fn lookup_func_name(
    shared: &Shared,
    kind: ObjectType,
    names: &[Node],
    arguments: Option<&[Oid]>,
    include_out_arguments: bool,
    missing_ok: bool,
) -> PgResult<Found> {
    let options = CandidateOptions {
        nargs: arguments.map(<[Oid]>::len),
        argnames: &[],
        expand_variadic: false,
        expand_defaults: false,
        include_out_arguments,
        missing_ok,
    };
    let mut result = None;
    for candidate in funcname_get_candidates(shared, names, options)? {
        if arguments.is_some_and(|arguments| candidate.args != arguments) {
            continue;
        }
        if candidate.ambiguous {
            return Ok(Found::Ambiguous);
        }
        let is_procedure = prokind(shared, candidate.oid) == b'p';
        let fits = match kind {
            ObjectType::ObjectFunction | ObjectType::ObjectAggregate => !is_procedure,
            ObjectType::ObjectProcedure => is_procedure,
            // A routine is anything.
            _ => true,
        };
        if !fits {
            continue;
        }
        if result.is_some() {
            return Ok(Found::Ambiguous);
        }
        result = Some(candidate.oid);
    }
    Ok(result.map_or(Found::NoSuchFunction, Found::One))
}

/// The function of that name with exactly these argument types, or with None the only one of that name (PostgreSQL:
/// LookupFuncName).
pub fn lookup_func_named(
    shared: &Shared,
    names: &[Node],
    arguments: Option<&[Oid]>,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let kind = ObjectType::ObjectRoutine;
    match lookup_func_name(shared, kind, names, arguments, false, missing_ok)? {
        Found::One(oid) => Ok(Some(oid)),
        Found::NoSuchFunction if missing_ok => Ok(None),
        Found::NoSuchFunction => {
            let message = match arguments {
                Some(types) => {
                    format!("function {} does not exist", signature(shared, names, types))
                }
                None => {
                    format!("could not find a function named \"{}\"", name_list_to_string(names))
                }
            };
            let schema = names.len().checked_sub(2).map(|at| names[at].str_val());
            let error = PgError::new(sqlstate::UNDEFINED_FUNCTION, message);
            Err(unless_unknown_extension(shared, schema, error.into()))
        }
        Found::Ambiguous => {
            let message = format!("function name \"{}\" is not unique", name_list_to_string(names));
            Err(PgError::new(sqlstate::AMBIGUOUS_FUNCTION, message)
                .hint("Specify the argument list to select the function unambiguously.")
                .into())
        }
    }
}

/// The function's name and argument types as messages print them (PostgreSQL: func_signature_string without argument
/// names).
pub fn signature(shared: &Shared, names: &[Node], types: &[Oid]) -> String {
    let types: Vec<String> = types.iter().map(|oid| shared.format_type(*oid)).collect();
    format!("{}({})", name_list_to_string(names), types.join(", "))
}

fn check_kind(
    shared: &Shared,
    kind: ObjectType,
    function: &ObjectWithArgs,
    types: &[Oid],
    oid: Oid,
) -> PgResult<Oid> {
    let actual = prokind(shared, oid);
    let signature = || signature(shared, &function.objname, types);
    let message = match kind {
        ObjectType::ObjectFunction if actual == b'p' => {
            format!("{} is not a function", signature())
        }
        ObjectType::ObjectProcedure if actual != b'p' => {
            format!("{} is not a procedure", signature())
        }
        ObjectType::ObjectAggregate if actual != b'a' => {
            format!("function {} is not an aggregate", signature())
        }
        // What is left is of the kind asked for.
        _ => return Ok(oid),
    };
    Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, message).into())
}

fn no_such_function(
    shared: &Shared,
    kind: ObjectType,
    function: &ObjectWithArgs,
    types: &[Oid],
) -> PgError {
    let what = match kind {
        ObjectType::ObjectProcedure => "procedure",
        ObjectType::ObjectAggregate => "aggregate",
        // Of a routine PostgreSQL speaks as of a function.
        _ => "function",
    };
    let names = &function.objname;
    let message = if function.args_unspecified {
        let article = if what == "aggregate" { "an" } else { "a" };
        format!("could not find {article} {what} named \"{}\"", name_list_to_string(names))
    } else if what == "aggregate" && types.is_empty() {
        format!("aggregate {}(*) does not exist", name_list_to_string(names))
    } else {
        format!("{what} {} does not exist", signature(shared, names, types))
    };
    PgError::new(sqlstate::UNDEFINED_FUNCTION, message)
}

fn ambiguous(kind: ObjectType, function: &ObjectWithArgs) -> PgError {
    let what = match kind {
        ObjectType::ObjectProcedure => "procedure",
        ObjectType::ObjectAggregate => "aggregate",
        ObjectType::ObjectRoutine => "routine",
        // A function is the one kind that is left.
        _ => "function",
    };
    let name = name_list_to_string(&function.objname);
    let error =
        PgError::new(sqlstate::AMBIGUOUS_FUNCTION, format!("{what} name \"{name}\" is not unique"));
    if function.args_unspecified {
        error.hint(format!("Specify the argument list to select the {what} unambiguously."))
    } else {
        error
    }
}

/// The operator that a command names; None only with `missing_ok` (PostgreSQL: LookupOperWithArgs).
pub fn lookup_oper_with_args(
    shared: &Shared,
    operator: &ObjectWithArgs,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let Some(types) = argument_types(shared, &operator.objargs, missing_ok)? else {
        return Ok(None);
    };
    let (left, right) = match types[..] {
        [left, right] => (left, right),
        // The grammar gives two operands always.
        _ => (Oid::INVALID, Oid::INVALID),
    };
    let names = &operator.objname;
    let found = opername_get_oprid(shared, names, left, right)?;
    if found.is_some() || missing_ok {
        return Ok(found);
    }
    if !right.is_valid() {
        return Err(
            PgError::new(sqlstate::SYNTAX_ERROR, "postfix operators are not supported").into()
        );
    }
    let left = left.valid().map_or(String::new(), |oid| format!("{} ", shared.format_type(oid)));
    let right = shared.format_type(right);
    let name = name_list_to_string(names);
    let error = PgError::new(
        sqlstate::UNDEFINED_FUNCTION,
        format!("operator does not exist: {left}{name} {right}"),
    );
    let schema = names.len().checked_sub(2).map(|at| names[at].str_val());
    Err(unless_unknown_extension(shared, schema, error.into()))
}

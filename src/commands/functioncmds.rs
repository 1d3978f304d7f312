//! CREATE FUNCTION and CREATE PROCEDURE: parameters, attributes and body read into a new pg_proc row (PostgreSQL:
//! commands/functioncmds.c).

use std::sync::Arc;

use super::Context;
use super::alter_function::update_config;
use super::define::{
    conflicting_def_elem, def_get_boolean, def_get_numeric, def_get_qualified_name, def_get_string,
    def_name, name_list_to_string, type_name_to_string,
};
use super::pg_proc::{NewProcedure, SqlBody, procedure_create};
use super::pg_type::type_shell_make;
use super::support::language_named;
use super::support::{check_namespace_create, creation_namespace, superuser, without_position};
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::{get_base_element_type, get_element_type};
use crate::catalog::namespace::unless_unknown_extension;
use crate::catalog::objectaddress::ObjectAddress;
use crate::catalog::{PgLanguage, PgProc, PgTransform, PgType};
use crate::findings::{Notice, PgError, PgResult, Stop, unknown};
use crate::nodes::primnodes::{CmdType, Expr, Query};
use crate::nodes::tree::{
    CreateFunctionStmt, DefElem, FunctionParameter, FunctionParameterMode, Node, TypeName,
};
use crate::parser::analyze::transform_stmt;
use crate::parser::clauses::contain_var_clause;
use crate::parser::errors::with_errposition;
use crate::parser::lookup_func::lookup_func_named;
use crate::parser::parse_coerce::{coerce_to_specific_type, is_polymorphic_type};
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_expr::transform_expr;
use crate::parser::parse_node::{ExprKind, ParamSource, ParseState, Shared};
use crate::parser::parse_type::{lookup_type_name, typename_type_id};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::version::Version;

/// What a list of parameters amounts to (PostgreSQL: the results of interpret_function_parameter_list).
#[derive(Debug, Default)]
pub struct Parameters {
    /// Input arguments.
    pub types: Vec<Oid>,
    /// All arguments and their modes; None when all are IN.
    pub all_types: Option<Vec<Oid>>,
    pub modes: Option<Vec<u8>>,
    pub names: Option<Vec<Name>>,
    /// Names of the arguments that a SQL body can refer to, empty where they have none.
    pub input_names: Vec<Name>,
    pub defaults: Vec<Expr>,
    pub variadic: Oid,
    /// The result type that OUT parameters call for.
    pub required_result: Option<Oid>,
}

/// Which kind of routine the parameters belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routine {
    Function,
    Procedure,
    Aggregate,
}

pub(super) fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).into())
}

fn invalid_at<T>(message: impl Into<String>, location: i32) -> PgResult<T> {
    Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).at(location).into())
}

fn mode_char(mode: FunctionParameterMode) -> u8 {
    match mode {
        FunctionParameterMode::FuncParamIn | FunctionParameterMode::FuncParamDefault => b'i',
        FunctionParameterMode::FuncParamOut => b'o',
        FunctionParameterMode::FuncParamInout => b'b',
        FunctionParameterMode::FuncParamVariadic => b'v',
        FunctionParameterMode::FuncParamTable => b't',
    }
}

/// PostgreSQL: interpret_function_parameter_list.
pub fn interpret_function_parameter_list(
    context: &Context,
    parameters: &[Node],
    language: Oid,
    routine: Routine,
) -> PgResult<Parameters> {
    let shared = context.shared();
    let pstate = &mut ParseState::new(shared, None);
    let located = context.catalog.version() >= Version::nearest(18);
    let parameters: Vec<&FunctionParameter> = parameters
        .iter()
        .filter_map(|node| match node {
            Node::FunctionParameter(parameter) => Some(&**parameter),
            // The grammar puts only parameters there.
            _ => None,
        })
        .collect();
    let mut out = Parameters::default();
    let mut all_types = Vec::with_capacity(parameters.len());
    let mut modes = Vec::with_capacity(parameters.len());
    let mut out_count = 0;
    let mut var_count = 0;
    let mut have_names = false;
    let mut have_defaults = false;
    for (index, parameter) in parameters.iter().enumerate() {
        let Some(type_name) = &parameter.arg_type else { continue };
        let place = |location: i32| if located { location } else { -1 };
        let here = place(parameter.location.0);
        let mode = mode_char(parameter.mode);
        let toid = parameter_type(context, pstate, type_name, language, routine, located)?;
        let old = context.catalog.version() < Version::nearest(14);
        if old && routine == Routine::Procedure && mode == b'o' {
            let message = "procedures cannot have OUT arguments";
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message)
                .hint("INOUT arguments are permitted.")
                .into());
        }
        if type_name.setof {
            let message = match routine {
                Routine::Aggregate => "aggregates cannot accept set arguments",
                Routine::Procedure => "procedures cannot accept set arguments",
                Routine::Function => "functions cannot accept set arguments",
            };
            return invalid_at(message, here);
        }
        let is_input = !matches!(mode, b'o' | b't');
        if is_input {
            if var_count > 0 {
                return invalid_at("VARIADIC parameter must be the last input parameter", here);
            }
            out.types.push(toid);
        }
        if matches!(mode, b'i' | b'b' | b'v') || (routine == Routine::Procedure && mode == b'o') {
            out.input_names.push(parameter.name.as_ref().map(Name::from).unwrap_or_default());
        }
        if !matches!(mode, b'i' | b'v') {
            if routine == Routine::Procedure {
                if var_count > 0 {
                    return invalid_at("VARIADIC parameter must be the last parameter", here);
                }
                out.required_result = Some(fixed::RECORDOID);
            } else if out_count == 0 {
                out.required_result = Some(toid);
            }
            out_count += 1;
        }
        if mode == b'v' {
            out.variadic = toid;
            var_count += 1;
            let any =
                matches!(toid, fixed::ANYARRAYOID | fixed::ANYCOMPATIBLEARRAYOID | fixed::ANYOID);
            if !any && !get_element_type(context.catalog, toid).is_valid() {
                return invalid_at("VARIADIC parameter must be an array", here);
            }
        }
        all_types.push(toid);
        modes.push(mode);
        if let Some(name) = parameter.name.as_ref().filter(|name| !name.is_empty()) {
            check_duplicate_name(&parameters[..index], name, mode, here)?;
            have_names = true;
        }
        if let Some(default) = &parameter.defexpr {
            if !is_input {
                return invalid_at("only input parameters can have default values", here);
            }
            let value = transform_expr(pstate, default, ExprKind::FunctionDefault)?;
            let mut value = coerce_to_specific_type(pstate, value, toid, "DEFAULT")?;
            assign_expr_collations(pstate, &mut value)?;
            if !pstate.rtable.is_empty() || contain_var_clause(&value) {
                let message = "cannot use table references in parameter default value";
                return Err(PgError::new(sqlstate::INVALID_COLUMN_REFERENCE, message)
                    .at(here)
                    .into());
            }
            out.defaults.push(value);
            have_defaults = true;
        } else if have_defaults && is_input {
            let message = "input parameters after one with a default value must also have defaults";
            return invalid_at(message, here);
        } else if have_defaults && routine == Routine::Procedure {
            let message = "procedure OUT parameters cannot appear after one with a default value";
            return invalid_at(message, here);
        }
    }
    if out_count > 0 || var_count > 0 {
        out.all_types = Some(all_types);
        out.modes = Some(modes);
        if out_count > 1 {
            out.required_result = Some(fixed::RECORDOID);
        }
    }
    if have_names {
        let name = |p: &&FunctionParameter| p.name.as_ref().map(Name::from).unwrap_or_default();
        out.names = Some(parameters.iter().map(name).collect());
    }
    Ok(out)
}

/// Two parameters of the same name are refused where both are read or both are written.
fn check_duplicate_name(
    before: &[&FunctionParameter],
    name: &str,
    mode: u8,
    location: i32,
) -> PgResult<()> {
    let pure_in = |mode: u8| matches!(mode, b'i' | b'v');
    let pure_out = |mode: u8| matches!(mode, b'o' | b't');
    for previous in before {
        let other = mode_char(previous.mode);
        if (pure_in(mode) && pure_out(other)) || (pure_in(other) && pure_out(mode)) {
            continue;
        }
        if previous.name.as_deref() == Some(name) {
            return invalid_at(format!("parameter name \"{name}\" used more than once"), location);
        }
    }
    Ok(())
}

fn parameter_type(
    context: &Context,
    pstate: &ParseState,
    type_name: &TypeName,
    language: Oid,
    routine: Routine,
    located: bool,
) -> PgResult<Oid> {
    let location = if located { type_name.location.0 } else { -1 };
    let text = || type_name_to_string(type_name);
    let found = lookup_type_name(&pstate.shared, type_name, false);
    let found = if located { with_errposition(found, location) } else { without_position(found) };
    let Some((oid, _)) = found? else {
        let message = format!("type {} does not exist", text());
        return Err(missing_type(&pstate.shared, type_name, message, location));
    };
    let Some(row) = context.catalog.get::<PgType>(oid) else {
        return unknown("the parameter's type is not in the catalog");
    };
    super::support::check_type_usage(context, oid)?;
    if !row.typisdefined {
        if language == fixed::SQL_LANGUAGE_ID {
            let message = format!("SQL function cannot accept shell type {}", text());
            return invalid_at(message, location);
        }
        if routine == Routine::Aggregate {
            let message = format!("aggregate cannot accept shell type {}", text());
            return invalid_at(message, location);
        }
        context.notice(Notice {
            sqlstate: sqlstate::WRONG_OBJECT_TYPE,
            ..Notice::notice(format!("argument type {} is only a shell", text()))
        });
    }
    Ok(row.oid)
}

/// PostgreSQL: compute_return_type.
fn compute_return_type(
    context: &mut Context,
    return_type: &TypeName,
    language: Oid,
) -> PgResult<(Oid, bool)> {
    let text = type_name_to_string(return_type);
    let found = without_position(lookup_type_name(&context.shared(), return_type, false))?;
    if let Some((oid, _)) = found {
        let defined = context.catalog.get::<PgType>(oid).is_none_or(|row| row.typisdefined);
        if !defined {
            if language == fixed::SQL_LANGUAGE_ID {
                return invalid(format!("SQL function cannot return shell type {text}"));
            }
            context.notice(Notice {
                sqlstate: sqlstate::WRONG_OBJECT_TYPE,
                ..Notice::notice(format!("return type {text} is only a shell"))
            });
        }
        super::support::check_type_usage(context, oid)?;
        return Ok((oid, return_type.setof));
    }
    if !matches!(language, fixed::INTERNAL_LANGUAGE_ID | fixed::C_LANGUAGE_ID) {
        let message = format!("type \"{text}\" does not exist");
        return Err(missing_type(&context.shared(), return_type, message, -1));
    }
    if !return_type.typmods.is_empty() {
        let message = format!("type modifier cannot be specified for shell type \"{text}\"");
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into());
    }
    context.notice(Notice {
        sqlstate: sqlstate::UNDEFINED_OBJECT,
        detail: Some("Creating a shell type definition.".to_string()),
        ..Notice::notice(format!("type \"{text}\" is not yet defined"))
    });
    let (namespace, name) = creation_namespace(context, &return_type.names)?;
    check_namespace_create(context, namespace)?;
    let shell = type_shell_make(context, &name, namespace)?;
    Ok((shell, return_type.setof))
}

/// An error that a type is missing, unless an extension whose objects are not known may have it.
fn missing_type(shared: &Shared, name: &TypeName, message: String, location: i32) -> Stop {
    let schema = name.names.len().checked_sub(2).map(|at| name.names[at].str_val());
    let error = PgError::new(sqlstate::UNDEFINED_OBJECT, message).at(location).into();
    unless_unknown_extension(shared, schema, error)
}

/// The attributes that CREATE and ALTER share, by the option that set them.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct CommonAttributes<'a> {
    pub volatility: Option<&'a DefElem>,
    pub strict: Option<&'a DefElem>,
    pub security: Option<&'a DefElem>,
    pub leakproof: Option<&'a DefElem>,
    pub cost: Option<&'a DefElem>,
    pub rows: Option<&'a DefElem>,
    pub support: Option<&'a DefElem>,
    pub parallel: Option<&'a DefElem>,
}

fn procedure_attribute<T>(def: &DefElem) -> PgResult<T> {
    invalid_at("invalid attribute in procedure definition", def.location.0)
}

/// PostgreSQL: compute_common_attribute; `set` options are gathered by the caller.
pub(super) fn compute_common_attribute<'a>(
    is_procedure: bool,
    def: &'a DefElem,
    attributes: &mut CommonAttributes<'a>,
    set_items: &mut Vec<&'a DefElem>,
) -> PgResult<bool> {
    let (slot, allowed_in_procedure) = match def_name(def) {
        "volatility" => (&mut attributes.volatility, false),
        "strict" => (&mut attributes.strict, false),
        "security" => (&mut attributes.security, true),
        "leakproof" => (&mut attributes.leakproof, false),
        "set" => {
            set_items.push(def);
            return Ok(true);
        }
        "cost" => (&mut attributes.cost, false),
        "rows" => (&mut attributes.rows, false),
        "support" => (&mut attributes.support, false),
        "parallel" => (&mut attributes.parallel, false),
        _ => return Ok(false), // the caller's own
    };
    if is_procedure && !allowed_in_procedure {
        return procedure_attribute(def);
    }
    if slot.replace(def).is_some() {
        return Err(conflicting_def_elem(def));
    }
    Ok(true)
}

/// PostgreSQL: interpret_func_volatility.
pub(super) fn interpret_func_volatility(def: &DefElem) -> PgResult<u8> {
    Ok(match def_get_string(def)?.as_str() {
        "immutable" => b'i',
        "stable" => b's',
        _ => b'v', // the grammar knows no fourth
    })
}

/// PostgreSQL: interpret_func_parallel.
pub(super) fn interpret_func_parallel(def: &DefElem) -> PgResult<u8> {
    match def_get_string(def)?.as_str() {
        "safe" => Ok(b's'),
        "unsafe" => Ok(b'u'),
        "restricted" => Ok(b'r'),
        _ => {
            let message = "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE";
            Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
        }
    }
}

/// PostgreSQL: interpret_func_support.
pub(super) fn interpret_func_support(context: &Context, def: &DefElem) -> PgResult<Oid> {
    let names = def_get_qualified_name(def)?;
    let types = [fixed::INTERNALOID];
    let Some(oid) = lookup_func_named(&context.shared(), &names, Some(&types), false)? else {
        return unknown("the support function is not in the catalog");
    };
    let result = context.catalog.get::<PgProc>(oid).map_or(Oid::INVALID, |row| row.prorettype);
    if result != fixed::INTERNALOID {
        let message = format!(
            "support function {} must return type {}",
            name_list_to_string(&names),
            "internal"
        );
        return Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into());
    }
    Ok(oid)
}

pub(super) fn positive(def: &DefElem, what: &str) -> PgResult<f32> {
    let value = def_get_numeric(def)?;
    if value <= 0.0 {
        let message = format!("{what} must be positive");
        return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).into());
    }
    Ok(value as f32)
}

struct FunctionAttributes<'a> {
    as_clause: Option<&'a [Node]>,
    language: Option<String>,
    transform: Option<&'a DefElem>,
    is_window: bool,
    common: CommonAttributes<'a>,
    set_items: Vec<&'a DefElem>,
}

/// PostgreSQL: compute_function_attributes.
fn compute_function_attributes(
    is_procedure: bool,
    options: &[Node],
) -> PgResult<FunctionAttributes<'_>> {
    let mut as_item: Option<&DefElem> = None;
    let mut language_item: Option<&DefElem> = None;
    let mut window_item: Option<&DefElem> = None;
    let mut transform: Option<&DefElem> = None;
    let mut common = CommonAttributes::default();
    let mut set_items = Vec::new();
    for option in options {
        let Node::DefElem(def) = option else { continue };
        let slot = match def_name(def) {
            "as" => &mut as_item,
            "language" => &mut language_item,
            "transform" => &mut transform,
            "window" => {
                if window_item.is_none() && is_procedure {
                    return procedure_attribute(def);
                }
                &mut window_item
            }
            _ => {
                // Every other option of the grammar is common to CREATE and ALTER.
                compute_common_attribute(is_procedure, def, &mut common, &mut set_items)?;
                continue;
            }
        };
        if slot.replace(def).is_some() {
            return Err(conflicting_def_elem(def));
        }
    }
    let as_clause = as_item.and_then(|def| match &def.arg {
        Some(Node::List(items)) => Some(items.as_slice()),
        None | Some(_) => None, // the grammar makes a list
    });
    Ok(FunctionAttributes {
        as_clause,
        language: language_item.map(def_get_string).transpose()?,
        transform,
        is_window: window_item.map(def_get_boolean).transpose()?.unwrap_or(false),
        common,
        set_items,
    })
}

/// PostgreSQL: CreateFunction.
pub fn create_function(
    context: &mut Context,
    stmt: &CreateFunctionStmt,
) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.funcname)?;
    check_namespace_create(context, namespace)?;
    let attributes = compute_function_attributes(stmt.is_procedure, &stmt.options)?;
    let flag = |def: Option<&DefElem>| def.map(def_get_boolean).transpose();
    let volatility =
        attributes.common.volatility.map(interpret_func_volatility).transpose()?.unwrap_or(b'v');
    let is_strict = flag(attributes.common.strict)?.unwrap_or(false);
    let security = flag(attributes.common.security)?.unwrap_or(false);
    let leakproof = flag(attributes.common.leakproof)?.unwrap_or(false);
    let config = config_of(context, &attributes.set_items)?;
    let cost = attributes.common.cost.map(|def| positive(def, "COST")).transpose()?;
    let rows = attributes.common.rows.map(|def| positive(def, "ROWS")).transpose()?;
    let support =
        attributes.common.support.map(|def| interpret_func_support(context, def)).transpose()?;
    let parallel = attributes.common.parallel.map(interpret_func_parallel).transpose()?;
    let language_name = match &attributes.language {
        Some(language) => language.clone(),
        None if stmt.sql_body.is_some() => "sql".to_string(),
        None => return invalid("no language specified"),
    };
    let language = language_named(context, &language_name)?;
    check_language_usage(context, &language)?;
    if leakproof && !superuser(context) {
        let message = "only superuser can define a leakproof function";
        return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message).into());
    }
    let transforms = transform_types(context, attributes.transform, &language)?;
    let routine = if stmt.is_procedure { Routine::Procedure } else { Routine::Function };
    let parameters =
        interpret_function_parameter_list(context, &stmt.parameters, language.oid, routine)?;
    let (result, returns_set) = if stmt.is_procedure {
        (parameters.required_result.unwrap_or(fixed::VOIDOID), false)
    } else if let Some(return_type) = &stmt.return_type {
        let (result, set) = compute_return_type(context, return_type, language.oid)?;
        if let Some(required) = parameters.required_result.filter(|required| *required != result) {
            let required = format_type_be(context.catalog, &context.path, required);
            return invalid(format!(
                "function result type must be {required} because of OUT parameters"
            ));
        }
        (result, set)
    } else if let Some(required) = parameters.required_result {
        (required, false)
    } else {
        return invalid("function result type must be specified");
    };
    let body = interpret_as_clause(context, stmt, &name, &language, &attributes, &parameters)?;
    let compiled = matches!(language.oid, fixed::INTERNAL_LANGUAGE_ID | fixed::C_LANGUAGE_ID);
    if rows.is_some() && !returns_set {
        let message = "ROWS is not applicable when function does not return a set";
        return Err(PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message).into());
    }
    let kind = if stmt.is_procedure {
        b'p'
    } else if attributes.is_window {
        b'w'
    } else {
        b'f'
    };
    procedure_create(
        context,
        NewProcedure {
            name,
            namespace,
            replace: stmt.replace,
            result,
            returns_set,
            language: language.oid,
            kind,
            security_definer: security,
            leakproof,
            strict: is_strict,
            volatility,
            parallel: parallel.unwrap_or(b'u'),
            transforms,
            config,
            support: support.unwrap_or(Oid::INVALID),
            cost: cost.unwrap_or(if compiled { 1.0 } else { 100.0 }),
            rows: rows.unwrap_or(if returns_set { 1000.0 } else { 0.0 }),
            parameters,
            body,
        },
    )
}

fn config_of(context: &Context, items: &[&DefElem]) -> PgResult<Vec<(Name, Arc<str>)>> {
    let mut config = Vec::new();
    for item in items {
        update_config(context, item, &mut config)?;
    }
    Ok(config)
}

fn check_language_usage(context: &Context, language: &PgLanguage) -> PgResult<()> {
    if !language.lanpltrusted && !superuser(context) {
        let message = format!("permission denied for language {}", language.lanname);
        return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message).into());
    }
    Ok(())
}

/// The types of a TRANSFORM FOR TYPE clause; each must have a transform for the language.
fn transform_types(
    context: &Context,
    def: Option<&DefElem>,
    language: &PgLanguage,
) -> PgResult<Vec<Oid>> {
    let Some(DefElem { arg: Some(Node::List(names)), .. }) = def else { return Ok(Vec::new()) };
    let mut types = Vec::new();
    for name in names {
        let Node::TypeName(name) = name else { continue };
        let oid = without_position(typename_type_id(&context.shared(), name))?;
        let oid = get_base_element_type(context.catalog, oid).valid().unwrap_or(oid);
        let known = context.catalog.find::<PgTransform>(&(oid, language.oid)).is_some();
        if !known {
            let message = format!(
                "transform for type {} language \"{}\" does not exist",
                format_type_be(context.catalog, &context.path, oid),
                language.lanname
            );
            return Err(PgError::new(sqlstate::UNDEFINED_OBJECT, message).into());
        }
        types.push(oid);
    }
    Ok(types)
}

/// PostgreSQL: interpret_AS_clause.
fn interpret_as_clause(
    context: &Context,
    stmt: &CreateFunctionStmt,
    name: &Name,
    language: &PgLanguage,
    attributes: &FunctionAttributes,
    parameters: &Parameters,
) -> PgResult<SqlBody> {
    let text = |node: &Node| match node {
        Node::String(text) => Arc::from(text.as_str()),
        // The grammar puts only strings in AS.
        _ => Arc::from(""),
    };
    let items = match (&stmt.sql_body, attributes.as_clause) {
        (None, None) => return invalid("no function body specified"),
        (Some(_), Some(_)) => return invalid("duplicate function body specified"),
        (Some(_), None) if language.oid != fixed::SQL_LANGUAGE_ID => {
            return invalid("inline SQL function body only valid for language SQL");
        }
        (Some(body), None) => return inline_body(context, body, name, parameters),
        (None, Some(items)) => items,
    };
    let first = items.first().map(text).unwrap_or_else(|| Arc::from(""));
    if language.oid == fixed::C_LANGUAGE_ID {
        let symbol = match items.get(1).map(text) {
            Some(symbol) if &*symbol != "-" => symbol,
            None | Some(_) => Arc::from(name.as_str()),
        };
        return Ok(SqlBody { source: symbol, library: Some(first), queries: None, atomic: false });
    }
    if items.len() != 1 {
        let language = &language.lanname;
        return invalid(format!("only one AS item needed for language \"{language}\""));
    }
    let source = if language.oid == fixed::INTERNAL_LANGUAGE_ID && first.is_empty() {
        Arc::from(name.as_str())
    } else {
        first
    };
    Ok(SqlBody { source, library: None, queries: None, atomic: false })
}

/// A body written as BEGIN ATOMIC … END or as a single RETURN, analysed now.
fn inline_body(
    context: &Context,
    body: &Node,
    name: &Name,
    parameters: &Parameters,
) -> PgResult<SqlBody> {
    if parameters.types.iter().any(|type_oid| is_polymorphic_type(*type_oid)) {
        return invalid(
            "SQL function with unquoted function body cannot have polymorphic arguments",
        );
    }
    let names: Vec<Option<Name>> = input_parameter_names(parameters);
    let params = ParamSource::Function {
        name: name.clone(),
        types: &parameters.types,
        names: &names,
        collation: Oid::INVALID,
    };
    let mut queries: Vec<Query> = Vec::new();
    let mut analyse = |statement: &Node| -> PgResult<()> {
        let mut pstate = ParseState::new(context.shared(), None);
        pstate.params = params.clone();
        let query = transform_stmt(&mut pstate, statement)?;
        if query.command_type == CmdType::CmdUtility {
            let message = format!(
                "{} is not yet supported in unquoted SQL function body",
                statement_tag(statement)
            );
            return Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into());
        }
        queries.push(query);
        Ok(())
    };
    let atomic = matches!(body, Node::List(_));
    match body {
        Node::List(outer) => {
            for statements in outer {
                match statements {
                    Node::List(statements) => statements.iter().try_for_each(&mut analyse)?,
                    statement => analyse(statement)?,
                }
            }
        }
        statement => analyse(statement)?,
    }
    Ok(SqlBody { source: Arc::from(""), library: None, queries: Some(Arc::new(queries)), atomic })
}

/// The command's tag for a statement that a body may not hold yet.
fn statement_tag(statement: &Node) -> String {
    let name = statement.tag_name();
    let name = name.strip_suffix("Stmt").unwrap_or(name);
    let mut tag = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !tag.is_empty() {
            tag.push(' ');
        }
        tag.push(c.to_ascii_uppercase());
    }
    tag.replace("CREATE", "CREATE TABLE").replace("CREATE TABLE ", "CREATE ")
}

/// The names under which a SQL body reaches its input arguments, in the order of `types`.
fn input_parameter_names(parameters: &Parameters) -> Vec<Option<Name>> {
    match (&parameters.names, &parameters.modes) {
        (None, _) => vec![None; parameters.types.len()],
        (Some(names), None) => {
            names.iter().map(|n| Some(n.clone()).filter(|n| !n.is_empty())).collect()
        }
        (Some(names), Some(modes)) => names
            .iter()
            .zip(modes)
            .filter(|(_, mode)| !matches!(mode, b'o' | b't'))
            .map(|(name, _)| Some(name.clone()).filter(|name| !name.is_empty()))
            .collect(),
    }
}

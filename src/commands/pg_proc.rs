//! What makes or replaces a routine's row (PostgreSQL: ProcedureCreate, catalog/pg_proc.c).

use std::sync::Arc;

use super::Context;
use super::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_current_extension,
    record_dependency_on_expr, record_dependency_on_new_acl, record_dependency_on_owner,
    record_dependency_on_query,
};
use super::functioncmds::Parameters;
use super::objectaddress::format_procedure;
use super::sql_function::validate_function;
use super::support::check_owner;
use crate::catalog::aclchk::get_user_default_acl;
use crate::catalog::depend::DependType;
use crate::catalog::lsyscache::get_element_type;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgProc, PgTransform};
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::expr_type;
use crate::nodes::primnodes::{Expr, Query};
use crate::nodes::tree::ObjectType;
use crate::parser::parse_coerce::{
    check_valid_internal_signature, check_valid_polymorphic_signature,
};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// PostgreSQL: FUNC_MAX_ARGS.
const FUNC_MAX_ARGS: usize = 100;

/// A routine's body: text, or queries analysed when it was made.
#[derive(Debug, Clone)]
pub struct SqlBody {
    pub source: Arc<str>,
    pub library: Option<Arc<str>>,
    pub queries: Option<Arc<Vec<Query>>>,
    pub atomic: bool,
}

/// A routine to be made (PostgreSQL: ProcedureCreate's arguments).
pub struct NewProcedure {
    pub name: Name,
    pub namespace: Oid,
    pub replace: bool,
    pub result: Oid,
    pub returns_set: bool,
    pub language: Oid,
    /// pg_proc.prokind.
    pub kind: u8,
    pub security_definer: bool,
    pub leakproof: bool,
    pub strict: bool,
    pub volatility: u8,
    pub parallel: u8,
    pub transforms: Vec<Oid>,
    pub config: Vec<(Name, Arc<str>)>,
    pub support: Oid,
    pub cost: f32,
    pub rows: f32,
    pub parameters: Parameters,
    pub body: SqlBody,
}

/// PostgreSQL: ProcedureCreate.
pub fn procedure_create(context: &mut Context, new: NewProcedure) -> PgResult<ObjectAddress> {
    check_signature(context, &new)?;
    let old = context
        .catalog
        .find_all::<PgProc>(&new.name)
        .find(|row| row.pronamespace == new.namespace && row.proargtypes == new.parameters.types)
        .cloned();
    if let Some(old) = &old {
        check_replacement(context, old, &new)?;
    }
    let owner = context.session.current_user;
    let (oid, owner, acl) = match &old {
        Some(old) => (old.oid, old.proowner, old.proacl.clone()),
        None => {
            let kind = ObjectType::ObjectFunction;
            let acl = get_user_default_acl(context.catalog, kind, owner, new.namespace)?;
            (context.catalog.new_oid(), owner, acl)
        }
    };
    let row = PgProc {
        oid,
        proname: new.name,
        pronamespace: new.namespace,
        proowner: owner,
        prolang: new.language,
        procost: new.cost,
        prorows: new.rows,
        provariadic: variadic_element(context, new.parameters.variadic),
        prosupport: new.support,
        prokind: new.kind,
        prosecdef: new.security_definer,
        proleakproof: new.leakproof,
        proisstrict: new.strict,
        proretset: new.returns_set,
        provolatile: new.volatility,
        proparallel: new.parallel,
        prorettype: new.result,
        proargtypes: new.parameters.types,
        proallargtypes: new.parameters.all_types,
        proargmodes: new.parameters.modes,
        proargnames: new.parameters.names,
        pronargdefaults: new.parameters.defaults.len() as i16,
        proargdefaults: new.parameters.defaults,
        protrftypes: new.transforms,
        prosrc: new.body.source,
        probin: new.body.library,
        prosqlbody: new.body.queries,
        prosqlbody_atomic: new.body.atomic,
        proconfig: new.config,
        proacl: acl,
    };
    context.catalog.put(row.clone());
    record_dependencies(context, &row, old.is_some())?;
    validate_function(context, &row)?;
    Ok(ObjectAddress::new(Class::Proc, oid))
}

/// The element type of a VARIADIC parameter, as pg_proc.provariadic holds it.
fn variadic_element(context: &Context, array: Oid) -> Oid {
    match array {
        fixed::ANYOID => fixed::ANYOID,
        fixed::ANYARRAYOID => fixed::ANYELEMENTOID,
        fixed::ANYCOMPATIBLEARRAYOID => fixed::ANYCOMPATIBLEOID,
        array if array.is_valid() => get_element_type(context.catalog, array),
        none => none,
    }
}

/// What PostgreSQL refuses before it looks for an older definition.
fn check_signature(context: &Context, new: &NewProcedure) -> PgResult<()> {
    let types = &new.parameters.types;
    if types.len() > FUNC_MAX_ARGS {
        let message = format!("functions cannot have more than {FUNC_MAX_ARGS} arguments");
        return Err(PgError::new(sqlstate::TOO_MANY_ARGUMENTS, message).into());
    }
    let shared = context.shared();
    let check = |result: Oid| -> PgResult<()> {
        let (what, detail) = match check_valid_polymorphic_signature(&shared, result, types) {
            Some(detail) => ("cannot determine result data type", detail),
            None => match check_valid_internal_signature(&shared, result, types) {
                Some(detail) => ("unsafe use of pseudo-type \"internal\"", detail),
                None => return Ok(()),
            },
        };
        Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, what).detail(detail).into())
    };
    check(new.result)?;
    if let (Some(all), Some(modes)) = (&new.parameters.all_types, &new.parameters.modes) {
        for (argument, mode) in all.iter().zip(modes) {
            if !matches!(mode, b'i' | b'v') {
                check(*argument)?;
            }
        }
    }
    Ok(())
}

/// Whether CREATE OR REPLACE may put the new definition in the old one's place.
fn check_replacement(context: &Context, old: &PgProc, new: &NewProcedure) -> PgResult<()> {
    if !new.replace {
        let message = format!("function \"{}\" already exists with same argument types", new.name);
        return Err(PgError::new(sqlstate::DUPLICATE_FUNCTION, message).into());
    }
    let address = ObjectAddress::new(Class::Proc, old.oid);
    check_owner(context, address, ObjectType::ObjectFunction, &new.name)?;
    if old.prokind != new.kind {
        let kind = match old.prokind {
            b'a' => "an aggregate function",
            b'p' => "a procedure",
            b'w' => "a window function",
            _ => "a function", // 'f'
        };
        return Err(PgError::new(sqlstate::WRONG_OBJECT_TYPE, "cannot change routine kind")
            .detail(format!("\"{}\" is {kind}.", new.name))
            .into());
    }
    let refuse = |message: String, detail: Option<&str>| -> PgResult<()> {
        let drop = match new.kind {
            b'p' => "DROP PROCEDURE",
            b'a' => "DROP AGGREGATE",
            _ => "DROP FUNCTION", // functions of both kinds
        };
        let procedure = format_procedure(context.catalog, &context.path, old.oid);
        let procedure = procedure.unwrap_or_default();
        let mut error = PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message)
            .hint(format!("Use {drop} {procedure} first."));
        error.detail = detail.map(str::to_string);
        Err(error.into())
    };
    if new.result != old.prorettype || new.returns_set != old.proretset {
        let message = if new.kind == b'p' {
            "cannot change whether a procedure has output parameters"
        } else {
            "cannot change return type of existing function"
        };
        return refuse(message.to_string(), None);
    }
    if new.result == fixed::RECORDOID {
        let parameters = &new.parameters;
        let before = result_columns(
            old.prokind,
            old.proallargtypes.as_deref(),
            old.proargmodes.as_deref(),
            old.proargnames.as_deref(),
        );
        let after = result_columns(
            new.kind,
            parameters.all_types.as_deref(),
            parameters.modes.as_deref(),
            parameters.names.as_deref(),
        );
        if before != after {
            let detail = "Row type defined by OUT parameters is different.";
            let message = "cannot change return type of existing function".to_string();
            return refuse(message, Some(detail));
        }
    }
    let old_names = input_names(old.proargnames.as_deref(), old.proargmodes.as_deref());
    let new_names = input_names(new.parameters.names.as_deref(), new.parameters.modes.as_deref());
    for (index, name) in old_names.iter().enumerate() {
        if !name.is_empty() && new_names.get(index) != Some(name) {
            return refuse(format!("cannot change name of input parameter \"{name}\""), None);
        }
    }
    let old_count = usize::try_from(old.pronargdefaults).unwrap_or(0);
    let new_defaults = &new.parameters.defaults;
    if old_count > new_defaults.len() {
        let message = "cannot remove parameter defaults from existing function".to_string();
        return refuse(message, None);
    }
    // Built-in functions keep no expressions; what they have is compared by count alone.
    if old.proargdefaults.len() == old_count {
        let last = &new_defaults[new_defaults.len() - old_count..];
        let differs = |(old, new): (&Expr, &Expr)| expr_type(old) != expr_type(new);
        if old.proargdefaults.iter().zip(last).any(differs) {
            let message = "cannot change data type of existing parameter default value";
            return refuse(message.to_string(), None);
        }
    }
    Ok(())
}

/// The row type that OUT parameters make: names and types; None when they make none (PostgreSQL:
/// build_function_result_tupdesc_d).
pub fn result_columns(
    kind: u8,
    all_types: Option<&[Oid]>,
    modes: Option<&[u8]>,
    names: Option<&[Name]>,
) -> Option<Vec<(Name, Oid)>> {
    let (all_types, modes) = (all_types?, modes?);
    let mut columns = Vec::new();
    for (index, (type_oid, mode)) in all_types.iter().zip(modes).enumerate() {
        if matches!(mode, b'i' | b'v') {
            continue;
        }
        let name = names.and_then(|names| names.get(index)).filter(|name| !name.is_empty());
        let name = match name {
            Some(name) => name.clone(),
            None => Name::new(&format!("column{}", columns.len() + 1)),
        };
        columns.push((name, *type_oid));
    }
    // A single OUT parameter is the result itself, save for a procedure.
    (columns.len() > 1 || (kind == b'p' && !columns.is_empty())).then_some(columns)
}

/// Names of the input arguments, empty where they have none (PostgreSQL: get_func_input_arg_names).
fn input_names(names: Option<&[Name]>, modes: Option<&[u8]>) -> Vec<Name> {
    let Some(names) = names else { return Vec::new() };
    let is_input = |index: usize| {
        modes.and_then(|modes| modes.get(index)).is_none_or(|m| matches!(m, b'i' | b'b' | b'v'))
    };
    names.iter().enumerate().filter(|(i, _)| is_input(*i)).map(|(_, n)| n.clone()).collect()
}

fn record_dependencies(context: &mut Context, row: &PgProc, is_update: bool) -> PgResult<()> {
    let catalog = &mut *context.catalog;
    let myself = ObjectAddress::new(Class::Proc, row.oid);
    if is_update {
        delete_dependency_records_for(catalog, myself, true);
    }
    let mut needs = vec![
        ObjectAddress::new(Class::Namespace, row.pronamespace),
        ObjectAddress::new(Class::Language, row.prolang),
        ObjectAddress::new(Class::Type, row.prorettype),
    ];
    let transform = |catalog: &crate::catalog::Catalog, type_oid: Oid| {
        let used = row.protrftypes.contains(&type_oid);
        let found = catalog.find::<PgTransform>(&(type_oid, row.prolang))?;
        used.then(|| ObjectAddress::new(Class::Transform, found.oid))
    };
    needs.extend(transform(catalog, row.prorettype));
    let all = row.proallargtypes.as_deref().unwrap_or(&row.proargtypes);
    for type_oid in all {
        needs.push(ObjectAddress::new(Class::Type, *type_oid));
        needs.extend(transform(catalog, *type_oid));
    }
    if let Some(support) = row.prosupport.valid() {
        needs.push(ObjectAddress::new(Class::Proc, support));
    }
    for need in needs {
        record_dependency_on(catalog, myself, need, DependType::Normal);
    }
    for query in row.prosqlbody.iter().flat_map(|queries| queries.iter()) {
        record_dependency_on_query(catalog, myself, query, DependType::Normal)?;
    }
    for default in &row.proargdefaults {
        record_dependency_on_expr(catalog, myself, default, &[], DependType::Normal)?;
    }
    if !is_update {
        record_dependency_on_owner(catalog, myself, row.proowner);
        record_dependency_on_new_acl(catalog, myself, row.proowner, &row.proacl);
    }
    record_dependency_on_current_extension(catalog, context.session, myself, is_update)
}

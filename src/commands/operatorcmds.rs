//! CREATE and ALTER OPERATOR (PostgreSQL: commands/operatorcmds.c and catalog/pg_operator.c).

use std::sync::Arc;

use super::Context;
use super::define::{
    def_get_boolean, def_get_qualified_name, def_get_type_name, def_name, name_list_to_string,
};
use super::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_current_extension,
    record_dependency_on_owner,
};
use super::support::{check_namespace_create, check_owner, check_type_usage, creation_namespace};
use crate::catalog::acl::privilege;
use crate::catalog::aclchk::{aclcheck_error, object_aclcheck};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::opername_get_oprid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgOperator, PgProc};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{AlterOperatorStmt, DefElem, Node, ObjectType};
use crate::parser::lookup_func::{lookup_func_named, lookup_oper_with_args};
use crate::parser::parse_type::typename_type_id;
use crate::pg::name::{NAME_MAX_BYTES, Name};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).into())
}

#[derive(Default)]
struct Definition {
    left: Option<Oid>,
    right: Option<Oid>,
    function: Vec<Node>,
    commutator: Vec<Node>,
    negator: Vec<Node>,
    restrict: Vec<Node>,
    join: Vec<Node>,
    can_hash: bool,
    can_merge: bool,
}

fn read_definition(context: &Context, parameters: &[Node]) -> PgResult<Definition> {
    let mut out = Definition::default();
    let argument = |def: &DefElem| -> PgResult<Option<Oid>> {
        let name = def_get_type_name(def)?;
        if name.setof {
            return invalid("SETOF type not allowed for operator argument");
        }
        super::support::without_position(typename_type_id(&context.shared(), &name)).map(Some)
    };
    for parameter in parameters {
        let Node::DefElem(def) = parameter else { continue };
        match def_name(def) {
            "leftarg" => out.left = argument(def)?,
            "rightarg" => out.right = argument(def)?,
            "function" | "procedure" => out.function = def_get_qualified_name(def)?,
            "commutator" => out.commutator = def_get_qualified_name(def)?,
            "negator" => out.negator = def_get_qualified_name(def)?,
            "restrict" => out.restrict = def_get_qualified_name(def)?,
            "join" => out.join = def_get_qualified_name(def)?,
            "hashes" => out.can_hash = def_get_boolean(def)?,
            "merges" => out.can_merge = def_get_boolean(def)?,
            // Obsolete options that stand for MERGES.
            "sort1" | "sort2" | "ltcmp" | "gtcmp" => out.can_merge = true,
            other => context.notice(Notice::warning(
                sqlstate::SYNTAX_ERROR,
                format!("operator attribute \"{other}\" not recognized"),
            )),
        }
    }
    Ok(out)
}

/// PostgreSQL: DefineOperator and OperatorCreate.
pub fn define_operator(
    context: &mut Context,
    names: &[Node],
    parameters: &[Node],
) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, names)?;
    check_namespace_create(context, namespace)?;
    let definition = read_definition(context, parameters)?;
    if definition.function.is_empty() {
        return invalid("operator function must be specified");
    }
    let left = definition.left.unwrap_or(Oid::INVALID);
    let Some(right) = definition.right else {
        if definition.left.is_none() {
            return invalid("operator argument types must be specified");
        }
        return Err(PgError::new(
            sqlstate::INVALID_FUNCTION_DEFINITION,
            "operator right argument type must be specified",
        )
        .detail("Postfix operators are not supported.")
        .into());
    };
    for type_oid in [left, right].into_iter().filter_map(Oid::valid) {
        check_type_usage(context, type_oid)?;
    }
    let types: Vec<Oid> = [left, right].into_iter().filter_map(Oid::valid).collect();
    let function = lookup_func_named(&context.shared(), &definition.function, Some(&types), false)?;
    let Some(function) = function.and_then(|f| context.catalog.get::<PgProc>(f)).cloned() else {
        return unknown("the operator's function is not in the catalog");
    };
    let address = ObjectAddress::new(Class::Proc, function.oid);
    let role = context.session.current_user;
    if !object_aclcheck(context.catalog, address, role, privilege::EXECUTE) {
        let names = name_list_to_string(&definition.function);
        return Err(aclcheck_error(ObjectType::ObjectFunction, &names).into());
    }
    check_type_usage(context, function.prorettype)?;
    let restrict = estimator(context, &definition.restrict, "restriction")?;
    let join = estimator(context, &definition.join, "join")?;
    if !valid_operator_name(&name) {
        let message = format!("\"{name}\" is not a valid operator name");
        return Err(PgError::new(sqlstate::INVALID_NAME, message).into());
    }
    check_kinds(&definition, left.is_valid(), function.prorettype, restrict, join)?;
    let shell = find_operator(context, &name, namespace, left, right);
    if let Some(shell) = &shell
        && shell.oprresult.is_valid()
    {
        let message = format!("operator {name} already exists");
        return Err(PgError::new(sqlstate::DUPLICATE_FUNCTION, message).into());
    }
    let oid = match &shell {
        Some(shell) => shell.oid,
        None => context.catalog.new_oid(),
    };
    let place = (name.clone(), namespace, left, right);
    let commutator = other_operator(context, &definition.commutator, right, left, oid, &place)?;
    let negator = other_operator(context, &definition.negator, left, right, oid, &place)?;
    if negator == oid {
        return invalid("operator cannot be its own negator");
    }
    let owner = context.session.current_user;
    let row = PgOperator {
        oid,
        oprname: name,
        oprnamespace: namespace,
        oprowner: owner,
        oprkind: if left.is_valid() { b'b' } else { b'l' },
        oprcanmerge: definition.can_merge,
        oprcanhash: definition.can_hash,
        oprleft: left,
        oprright: right,
        oprresult: function.prorettype,
        oprcom: commutator,
        oprnegate: negator,
        oprcode: function.oid,
        oprrest: restrict,
        oprjoin: join,
    };
    context.catalog.put(row.clone());
    make_operator_dependencies(context, &row, shell.is_some())?;
    link_back(context, oid, commutator, negator)?;
    Ok(ObjectAddress::new(Class::Operator, oid))
}

/// What only binary or only Boolean operators may have.
fn check_kinds(
    definition: &Definition,
    binary: bool,
    result: Oid,
    restrict: Oid,
    join: Oid,
) -> PgResult<()> {
    if !binary {
        if !definition.commutator.is_empty() {
            return invalid("only binary operators can have commutators");
        }
        if join.is_valid() {
            return invalid("only binary operators can have join selectivity");
        }
        if definition.can_merge {
            return invalid("only binary operators can merge join");
        }
        if definition.can_hash {
            return invalid("only binary operators can hash");
        }
    }
    if result != fixed::BOOLOID {
        if !definition.negator.is_empty() {
            return invalid("only boolean operators can have negators");
        }
        if restrict.is_valid() {
            return invalid("only boolean operators can have restriction selectivity");
        }
        if join.is_valid() {
            return invalid("only boolean operators can have join selectivity");
        }
        if definition.can_merge {
            return invalid("only boolean operators can merge join");
        }
        if definition.can_hash {
            return invalid("only boolean operators can hash");
        }
    }
    Ok(())
}

/// PostgreSQL: validOperatorName.
fn valid_operator_name(name: &str) -> bool {
    const SPECIAL: &[char] = &['~', '!', '@', '#', '^', '&', '|', '`', '?', '%'];
    if name.is_empty() || name.len() > NAME_MAX_BYTES {
        return false;
    }
    if !name.chars().all(|c| "~!@#^&|`?+-*/%<>=".contains(c)) {
        return false;
    }
    if name.contains("/*") || name.contains("--") {
        return false;
    }
    if name.len() > 1 && name.ends_with(['+', '-']) && !name.contains(SPECIAL) {
        return false;
    }
    name != "!="
}

/// PostgreSQL: ValidateRestrictionEstimator and ValidateJoinEstimator.
fn estimator(context: &Context, names: &[Node], kind: &str) -> PgResult<Oid> {
    use fixed::{INT2OID, INT4OID, INTERNALOID, OIDOID};
    if names.is_empty() {
        return Ok(Oid::INVALID);
    }
    let shared = context.shared();
    let found = if kind == "restriction" {
        let types = [INTERNALOID, OIDOID, INTERNALOID, INT4OID];
        lookup_func_named(&shared, names, Some(&types), false)?
    } else {
        let types = [INTERNALOID, OIDOID, INTERNALOID, INT2OID, INTERNALOID];
        match lookup_func_named(&shared, names, Some(&types), true)? {
            Some(found) => Some(found),
            None => match lookup_func_named(&shared, names, Some(&types[..4]), true)? {
                Some(found) => Some(found),
                None => lookup_func_named(&shared, names, Some(&types), false)?,
            },
        }
    };
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the estimator function is not in the catalog");
    };
    if row.prorettype != fixed::FLOAT8OID {
        let name = name_list_to_string(names);
        let message = format!("{kind} estimator function {name} must return type double precision");
        return Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into());
    }
    Ok(row.oid)
}

fn find_operator(
    context: &Context,
    name: &Name,
    namespace: Oid,
    left: Oid,
    right: Oid,
) -> Option<Arc<PgOperator>> {
    context
        .catalog
        .find_all::<PgOperator>(name)
        .find(|row| row.oprnamespace == namespace && row.oprleft == left && row.oprright == right)
        .cloned()
}

/// The commutator or negator, made as a shell where it is not there (PostgreSQL: get_other_operator).
fn other_operator(
    context: &mut Context,
    names: &[Node],
    left: Oid,
    right: Oid,
    own_oid: Oid,
    own: &(Name, Oid, Oid, Oid),
) -> PgResult<Oid> {
    if names.is_empty() {
        return Ok(Oid::INVALID);
    }
    let found = opername_get_oprid(&context.shared(), names, left, right)?;
    if let Some(found) = found {
        return Ok(found);
    }
    let (namespace, name) = creation_namespace(context, names)?;
    if (&name, namespace, left, right) == (&own.0, own.1, own.2, own.3) {
        return Ok(own_oid);
    }
    check_namespace_create(context, namespace)?;
    if !valid_operator_name(&name) {
        let message = format!("\"{name}\" is not a valid operator name");
        return Err(PgError::new(sqlstate::INVALID_NAME, message).into());
    }
    let oid = context.catalog.new_oid();
    let row = PgOperator {
        oid,
        oprname: name,
        oprnamespace: namespace,
        oprowner: context.session.current_user,
        oprkind: if left.is_valid() { b'b' } else { b'l' },
        oprcanmerge: false,
        oprcanhash: false,
        oprleft: left,
        oprright: right,
        oprresult: Oid::INVALID,
        oprcom: Oid::INVALID,
        oprnegate: Oid::INVALID,
        oprcode: Oid::INVALID,
        oprrest: Oid::INVALID,
        oprjoin: Oid::INVALID,
    };
    context.catalog.put(row.clone());
    make_operator_dependencies(context, &row, false)?;
    Ok(oid)
}

/// Makes commutator and negator point back (PostgreSQL: OperatorUpd).
fn link_back(context: &mut Context, oid: Oid, commutator: Oid, negator: Oid) -> PgResult<()> {
    let update = |context: &mut Context, other: Oid, commutes: bool| -> PgResult<()> {
        let Some(row) = context.catalog.get::<PgOperator>(other).cloned() else { return Ok(()) };
        let current = if commutes { row.oprcom } else { row.oprnegate };
        if current.is_valid() {
            let taken = context.catalog.get::<PgOperator>(current).filter(|_| current != oid);
            if let Some(taken) = taken
                && context.catalog.version().major() >= 17
            {
                let what = if commutes { "commutator" } else { "negator" };
                let message = format!(
                    "{what} operator {} is already the {what} of operator {}",
                    row.oprname, taken.oprname
                );
                return Err(PgError::new(sqlstate::INVALID_FUNCTION_DEFINITION, message).into());
            }
            return Ok(());
        }
        context.catalog.update::<PgOperator>(other, |row| {
            if commutes {
                row.oprcom = oid;
            } else {
                row.oprnegate = oid;
            }
        });
        Ok(())
    };
    if commutator.is_valid() && commutator != oid {
        update(context, commutator, true)?;
    }
    if negator.is_valid() {
        update(context, negator, false)?;
    }
    Ok(())
}

/// PostgreSQL: makeOperatorDependencies.
fn make_operator_dependencies(
    context: &mut Context,
    row: &PgOperator,
    is_update: bool,
) -> PgResult<()> {
    let catalog = &mut *context.catalog;
    let myself = ObjectAddress::new(Class::Operator, row.oid);
    if is_update {
        delete_dependency_records_for(catalog, myself, true);
        super::dependency::delete_shared_dependency_records_for(catalog, myself);
    }
    let namespace = ObjectAddress::new(Class::Namespace, row.oprnamespace);
    record_dependency_on(catalog, myself, namespace, DependType::Normal);
    for type_oid in [row.oprleft, row.oprright, row.oprresult].into_iter().filter_map(Oid::valid) {
        let type_ = ObjectAddress::new(Class::Type, type_oid);
        record_dependency_on(catalog, myself, type_, DependType::Normal);
    }
    for function in [row.oprcode, row.oprrest, row.oprjoin].into_iter().filter_map(Oid::valid) {
        let function = ObjectAddress::new(Class::Proc, function);
        record_dependency_on(catalog, myself, function, DependType::Normal);
    }
    record_dependency_on_owner(catalog, myself, row.oprowner);
    record_dependency_on_current_extension(catalog, context.session, myself, is_update)
}

/// PostgreSQL: AlterOperator.
pub fn alter_operator(context: &mut Context, stmt: &AlterOperatorStmt) -> PgResult<ObjectAddress> {
    let Some(operator) = &stmt.opername else { return unknown("ALTER OPERATOR without a name") };
    let found = lookup_oper_with_args(&context.shared(), operator, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgOperator>(oid)).cloned() else {
        return unknown("the operator is not in the catalog");
    };
    let mut new = (*row).clone();
    let syntax = |message: String| -> PgResult<ObjectAddress> {
        Err(PgError::new(sqlstate::SYNTAX_ERROR, message).into())
    };
    let address = ObjectAddress::new(Class::Operator, row.oid);
    check_owner(context, address, ObjectType::ObjectOperator, &row.oprname)?;
    let place = (row.oprname.clone(), row.oprnamespace, row.oprleft, row.oprright);
    for option in &stmt.options {
        let Node::DefElem(def) = option else { continue };
        let names = match &def.arg {
            None => Vec::new(),
            Some(_) => def_get_qualified_name(def).unwrap_or_default(),
        };
        match def_name(def) {
            "restrict" => new.oprrest = estimator(context, &names, "restriction")?,
            "join" => new.oprjoin = estimator(context, &names, "join")?,
            "commutator" if context.catalog.version().major() >= 17 => {
                let (left, right) = (row.oprright, row.oprleft);
                new.oprcom = other_operator(context, &names, left, right, row.oid, &place)?;
                if row.oprcom.is_valid() && row.oprcom != new.oprcom {
                    return invalid(
                        "operator attribute \"commutator\" cannot be changed if it has already \
                         been set",
                    );
                }
            }
            "negator" if context.catalog.version().major() >= 17 => {
                let (left, right) = (row.oprleft, row.oprright);
                new.oprnegate = other_operator(context, &names, left, right, row.oid, &place)?;
                if row.oprnegate.is_valid() && row.oprnegate != new.oprnegate {
                    return invalid(
                        "operator attribute \"negator\" cannot be changed if it has already been \
                         set",
                    );
                }
            }
            "merges" => new.oprcanmerge = def_get_boolean(def)?,
            "hashes" => new.oprcanhash = def_get_boolean(def)?,
            name @ ("leftarg" | "rightarg" | "function" | "procedure" | "commutator"
            | "negator") => {
                return syntax(format!("operator attribute \"{name}\" cannot be changed"));
            }
            other => return syntax(format!("operator attribute \"{other}\" not recognized")),
        }
    }
    if new.oprresult != fixed::BOOLOID {
        if new.oprrest.is_valid() {
            return invalid("only boolean operators can have restriction selectivity");
        }
        if new.oprjoin.is_valid() {
            return invalid("only boolean operators can have join selectivity");
        }
    }
    context.catalog.put(new.clone());
    make_operator_dependencies(context, &new, true)?;
    link_back(context, new.oid, new.oprcom, new.oprnegate)?;
    Ok(address)
}

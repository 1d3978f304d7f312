//! Operator classes and families (PostgreSQL: commands/opclasscmds.c).

use std::sync::Arc;

use super::Context;
use super::dependency::{
    record_dependency_on, record_dependency_on_current_extension, record_dependency_on_owner,
};
use super::support::{check_namespace_create, creation_namespace, superuser};
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::namespace::{get_am_type_oid, get_opfamily_oid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{Catalog, PgAm, PgAmop, PgAmproc, PgOpclass, PgOperator, PgOpfamily, PgProc};
use crate::findings::{PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterOpFamilyStmt, CreateOpClassItem, CreateOpClassStmt, CreateOpFamilyStmt, Node, ObjectType,
};
use crate::parser::lookup_func::{lookup_func_with_args, lookup_oper_with_args};
use crate::parser::parse_type::typename_type_id;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;
use crate::pg::version::Version;

/// PostgreSQL: OPCLASS_ITEM_*.
const ITEM_OPERATOR: i32 = 1;
const ITEM_FUNCTION: i32 = 2;
const ITEM_STORAGE: i32 = 3;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

fn invalid<T>(message: impl Into<String>) -> PgResult<T> {
    refuse(sqlstate::INVALID_OBJECT_DEFINITION, message)
}

/// An operator or a function on its way into a family (PostgreSQL: OpFamilyMember).
#[derive(Debug, Clone)]
struct Member {
    is_func: bool,
    object: Oid,
    number: i16,
    left: Oid,
    right: Oid,
    sort_family: Oid,
}

/// What an access method allows (PostgreSQL: amstrategies, amsupport and amoptsprocnum of IndexAmRoutine).
fn limits(version: Version, name: &str) -> (i32, i32) {
    match name {
        "btree" => (5, if version.major() >= 18 { 6 } else { 5 }),
        "hash" => (1, 3),
        "gist" => match version.major() {
            ..14 => (0, 10),
            14..18 => (0, 11),
            18.. => (0, 12),
        },
        "gin" => (0, 7),
        "spgist" => (0, 7),
        "brin" => (0, 15),
        _ => (0, i32::from(i16::MAX)), // another method's limits are in its code
    }
}

fn access_method(context: &Context, name: &str) -> PgResult<Oid> {
    if context.catalog.find::<PgAm>(&Name::new(name)).is_none() {
        let message = format!("access method \"{name}\" does not exist");
        return refuse(sqlstate::UNDEFINED_OBJECT, message);
    }
    match get_am_type_oid(context.catalog, name, None, false)? {
        Some(oid) => Ok(oid),
        None => unknown("the access method is not in the catalog"),
    }
}

/// PostgreSQL: CreateOpFamily.
fn create_op_family(
    context: &mut Context,
    name: Name,
    namespace: Oid,
    method: Oid,
    method_name: &str,
) -> PgResult<ObjectAddress> {
    if context.catalog.find::<PgOpfamily>(&(method, namespace, name.clone())).is_some() {
        let message = format!(
            "operator family \"{name}\" for access method \"{method_name}\" already exists"
        );
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgOpfamily {
        oid,
        opfmethod: method,
        opfname: name,
        opfnamespace: namespace,
        opfowner: owner,
    });
    let address = ObjectAddress::new(Class::Opfamily, oid);
    let catalog = &mut *context.catalog;
    record_dependency_on(catalog, address, ObjectAddress::new(Class::Am, method), DependType::Auto);
    let namespace = ObjectAddress::new(Class::Namespace, namespace);
    record_dependency_on(catalog, address, namespace, DependType::Normal);
    record_dependency_on_owner(catalog, address, owner);
    record_dependency_on_current_extension(catalog, context.session, address, false)?;
    Ok(address)
}

fn check_superuser(context: &Context, what: &str) -> PgResult<()> {
    if superuser(context) {
        return Ok(());
    }
    refuse(sqlstate::INSUFFICIENT_PRIVILEGE, format!("must be superuser to {what}"))
}

/// PostgreSQL: DefineOpFamily.
pub fn define_op_family(
    context: &mut Context,
    stmt: &CreateOpFamilyStmt,
) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.opfamilyname)?;
    check_namespace_create(context, namespace)?;
    let method_name = stmt.amname.as_deref().unwrap_or_default();
    let method = access_method(context, method_name)?;
    check_superuser(context, "create an operator family")?;
    create_op_family(context, name, namespace, method, method_name)
}

/// PostgreSQL: DefineOpClass.
pub fn define_op_class(context: &mut Context, stmt: &CreateOpClassStmt) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.opclassname)?;
    check_namespace_create(context, namespace)?;
    let method_name = stmt.amname.as_deref().unwrap_or_default();
    let method = access_method(context, method_name)?;
    check_superuser(context, "create an operator class")?;
    let Some(datatype) = &stmt.datatype else {
        return unknown("CREATE OPERATOR CLASS without a type");
    };
    let input = super::support::without_position(typename_type_id(&context.shared(), datatype))?;
    let family = if stmt.opfamilyname.is_empty() {
        let key = (method, namespace, name.clone());
        match context.catalog.find::<PgOpfamily>(&key).map(|row| row.oid) {
            Some(found) => found,
            None => {
                let name = name.clone();
                create_op_family(context, name, namespace, method, method_name)?.object
            }
        }
    } else {
        let found = get_opfamily_oid(&context.shared(), method, &stmt.opfamilyname, false)?;
        match found {
            Some(found) => found,
            None => return unknown("the operator family is not in the catalog"),
        }
    };
    let mut operators = Vec::new();
    let mut functions = Vec::new();
    let mut storage: Option<Oid> = None;
    for item in items(&stmt.items) {
        match item.itemtype {
            ITEM_OPERATOR => {
                let member = operator_member(context, item, method_name, Some(input))?;
                add_member(context, &mut operators, member)?;
            }
            ITEM_FUNCTION => {
                let member = function_member(context, item, method_name, Some(input))?;
                add_member(context, &mut functions, member)?;
            }
            ITEM_STORAGE => {
                if storage.is_some() {
                    return invalid("storage type specified more than once");
                }
                if let Some(name) = &item.storedtype {
                    storage = Some(super::support::without_position(typename_type_id(
                        &context.shared(),
                        name,
                    ))?);
                }
            }
            _ => {} // the grammar makes no fourth
        }
    }
    let key_type = match storage {
        Some(storage) if storage == input => Oid::INVALID,
        Some(_) if !matches!(method_name, "gist" | "gin" | "spgist" | "brin") => {
            let message = format!(
                "storage type cannot be different from data type for access method \
                 \"{method_name}\""
            );
            return invalid(message);
        }
        Some(storage) => storage,
        None => Oid::INVALID,
    };
    let key = (method, namespace, name.clone());
    if context.catalog.find::<PgOpclass>(&key).is_some() {
        let message =
            format!("operator class \"{name}\" for access method \"{method_name}\" already exists");
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    if stmt.is_default {
        let other = context
            .catalog
            .find_second::<PgOpclass>(method)
            .find(|row| row.opcintype == input && row.opcdefault);
        if let Some(other) = other {
            let text = super::define::type_name_to_string(datatype);
            let message =
                format!("could not make operator class \"{name}\" be default for type {text}");
            return Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message)
                .detail(format!("Operator class \"{}\" already is the default.", other.opcname))
                .into());
        }
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgOpclass {
        oid,
        opcmethod: method,
        opcname: name,
        opcnamespace: namespace,
        opcowner: owner,
        opcfamily: family,
        opcintype: input,
        opcdefault: stmt.is_default,
        opckeytype: key_type,
    });
    let address = ObjectAddress::new(Class::Opclass, oid);
    let place = FamilyPlace { family, method, class: Some(oid), class_type: input };
    store_operators(context, &place, &operators, false)?;
    store_procedures(context, &place, &functions, false)?;
    let catalog = &mut *context.catalog;
    let namespace = ObjectAddress::new(Class::Namespace, namespace);
    record_dependency_on(catalog, address, namespace, DependType::Normal);
    let family = ObjectAddress::new(Class::Opfamily, family);
    record_dependency_on(catalog, address, family, DependType::Auto);
    for type_oid in [input, key_type].into_iter().filter_map(Oid::valid) {
        let type_ = ObjectAddress::new(Class::Type, type_oid);
        record_dependency_on(catalog, address, type_, DependType::Normal);
    }
    record_dependency_on_owner(catalog, address, owner);
    record_dependency_on_current_extension(catalog, context.session, address, false)?;
    Ok(address)
}

fn items(nodes: &[Node]) -> impl Iterator<Item = &CreateOpClassItem> {
    nodes.iter().filter_map(|node| match node {
        Node::CreateOpClassItem(item) => Some(&**item),
        // The grammar puts only these there.
        _ => None,
    })
}

/// The number of a method's function that reads the options of an operator class (PostgreSQL: amoptsprocnum).
fn options_function(name: &str) -> Option<i16> {
    match name {
        "btree" | "brin" => Some(5),
        "hash" => Some(3),
        "gist" => Some(10),
        "gin" | "spgist" => Some(7),
        _ => None, // another method says so in its code
    }
}

fn check_number(context: &Context, method: &str, number: i32, is_func: bool) -> PgResult<i16> {
    let (operators, functions) = limits(context.catalog.version(), method);
    let most = match (is_func, operators) {
        (true, _) => functions,
        (false, 0) => i32::from(i16::MAX),
        (false, most) => most,
    };
    if number <= 0 || number > most {
        let what = if is_func { "function" } else { "operator" };
        return invalid(format!("invalid {what} number {number}, must be between 1 and {most}"));
    }
    Ok(i16::try_from(number).unwrap_or(i16::MAX))
}

fn operator_member(
    context: &Context,
    item: &CreateOpClassItem,
    method: &str,
    class_type: Option<Oid>,
) -> PgResult<Member> {
    let number = check_number(context, method, item.number, false)?;
    let Some(name) = &item.name else { return unknown("an operator without a name") };
    let found = if name.objargs.is_empty() {
        let Some(input) = class_type else {
            return refuse(
                sqlstate::SYNTAX_ERROR,
                "operator argument types must be specified in ALTER OPERATOR FAMILY",
            );
        };
        let names = &name.objname;
        let found =
            crate::catalog::namespace::opername_get_oprid(&context.shared(), names, input, input)?;
        if found.is_none() {
            let text = format_type_be(context.catalog, &context.path, input);
            let names = super::define::name_list_to_string(names);
            return refuse(
                sqlstate::UNDEFINED_FUNCTION,
                format!("operator does not exist: {text} {names} {text}"),
            );
        }
        found
    } else {
        lookup_oper_with_args(&context.shared(), name, false)?
    };
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgOperator>(oid)) else {
        return unknown("the operator is not in the catalog");
    };
    let sort_family = if item.order_family.is_empty() {
        Oid::INVALID
    } else {
        let btree = fixed::BTREE_AM_OID;
        get_opfamily_oid(&context.shared(), btree, &item.order_family, false)?
            .unwrap_or(Oid::INVALID)
    };
    if row.oprkind != b'b' {
        return invalid("index operators must be binary");
    }
    if sort_family.is_valid() {
        if !matches!(method, "gist" | "spgist") {
            return invalid(format!(
                "access method \"{method}\" does not support ordering operators"
            ));
        }
    } else if row.oprresult != fixed::BOOLOID {
        return invalid("index search operators must return boolean");
    }
    Ok(Member {
        is_func: false,
        object: row.oid,
        number,
        left: row.oprleft,
        right: row.oprright,
        sort_family,
    })
}

fn class_arguments(context: &Context, item: &CreateOpClassItem) -> PgResult<Option<(Oid, Oid)>> {
    let mut types = Vec::new();
    for argument in &item.class_args {
        if let Node::TypeName(name) = argument {
            types
                .push(super::support::without_position(typename_type_id(&context.shared(), name))?);
        }
    }
    match types.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some((*only, *only))),
        [left, right] => Ok(Some((*left, *right))),
        _ => refuse(sqlstate::SYNTAX_ERROR, "one or two argument types must be specified"),
    }
}

fn function_member(
    context: &Context,
    item: &CreateOpClassItem,
    method: &str,
    class_type: Option<Oid>,
) -> PgResult<Member> {
    let number = check_number(context, method, item.number, true)?;
    let Some(name) = &item.name else { return unknown("a function without a name") };
    let kind = ObjectType::ObjectFunction;
    let found = lookup_func_with_args(&context.shared(), kind, name, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the function is not in the catalog");
    };
    let given = class_arguments(context, item)?;
    let from_arguments = check_support_function(context, method, number, row, given, class_type)?;
    let pair = given.or(from_arguments).or(class_type.map(|class_type| (class_type, class_type)));
    let Some((left, right)) = pair else {
        return invalid("associated data types must be specified for index support function");
    };
    Ok(Member { is_func: true, object: row.oid, number, left, right, sort_family: Oid::INVALID })
}

/// What a support function must be like, and the types that it says itself (PostgreSQL: assignProcTypes).
fn check_support_function(
    context: &Context,
    method: &str,
    number: i16,
    row: &PgProc,
    given: Option<(Oid, Oid)>,
    class_type: Option<Oid>,
) -> PgResult<Option<(Oid, Oid)>> {
    let types = row.proargtypes.as_slice();
    let takes_internal = types == [fixed::INTERNALOID];
    let crosses = given.is_some_and(|(left, right)| left != right);
    if options_function(method) == Some(number) {
        let what = "associated data types for operator class options parsing functions must match";
        match (class_type, given) {
            (Some(class), Some(pair)) if pair != (class, class) => {
                return invalid(format!("{what} opclass input type"));
            }
            (None, _) if crosses => return invalid(format!("left and right {what}")),
            (_, _) => {}
        }
        if row.prorettype != fixed::VOIDOID || !takes_internal {
            let message = "invalid operator class options parsing function";
            let hint = "Valid signature of operator class options parsing function is (internal) \
                        RETURNS void.";
            return Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message)
                .hint(hint)
                .into());
        }
        return Ok(None);
    }
    let order = if context.catalog.version().major() >= 18 { "ordering" } else { "btree" };
    let must = |holds: bool, message: &str| if holds { Ok(()) } else { invalid(message) };
    match (method, number) {
        ("btree", 1) => {
            let what = format!("{order} comparison functions must");
            must(types.len() == 2, &format!("{what} have two arguments"))?;
            let returns = row.prorettype == fixed::INT4OID;
            must(returns, &format!("{what} return integer"))?;
            return Ok(Some((types[0], types[1])));
        }
        ("btree", 2) => {
            let what = format!("{order} sort support functions must");
            must(takes_internal, &format!("{what} accept type \"internal\""))?;
            must(row.prorettype == fixed::VOIDOID, &format!("{what} return void"))?;
        }
        ("btree", 3) => {
            let what = format!("{order} in_range functions must");
            must(types.len() == 5, &format!("{what} have five arguments"))?;
            let returns = row.prorettype == fixed::BOOLOID;
            must(returns, &format!("{what} return boolean"))?;
            return Ok(Some((types[0], types[2])));
        }
        ("btree", 4) => {
            let what = format!("{order} equal image functions must");
            must(types.len() == 1, &format!("{what} have one argument"))?;
            must(row.prorettype == fixed::BOOLOID, &format!("{what} return boolean"))?;
            must(!crosses, &format!("{what} not be cross-type"))?;
        }
        ("btree", 6) => {
            let what = "btree skip support functions must";
            must(takes_internal, &format!("{what} accept type \"internal\""))?;
            must(row.prorettype == fixed::VOIDOID, &format!("{what} return void"))?;
            must(!crosses, &format!("{what} not be cross-type"))?;
        }
        ("hash", 1) => {
            must(types.len() == 1, "hash function 1 must have one argument")?;
            must(row.prorettype == fixed::INT4OID, "hash function 1 must return integer")?;
            return Ok(Some((types[0], types[0])));
        }
        ("hash", 2) => {
            must(types.len() == 2, "hash function 2 must have two arguments")?;
            must(row.prorettype == fixed::INT8OID, "hash function 2 must return bigint")?;
            return Ok(Some((types[0], types[0])));
        }
        (_, _) => {} // the other methods look at their functions in amvalidate alone
    }
    Ok(None)
}

/// PostgreSQL: addFamilyMember.
fn add_member(context: &Context, members: &mut Vec<Member>, member: Member) -> PgResult<()> {
    let same = |other: &Member| {
        (other.number, other.left, other.right) == (member.number, member.left, member.right)
    };
    if members.iter().any(same) {
        let what = if member.is_func { "function" } else { "operator" };
        let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
        return refuse(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!(
                "{what} number {} for ({},{}) appears more than once",
                member.number,
                text(member.left),
                text(member.right)
            ),
        );
    }
    members.push(member);
    Ok(())
}

struct FamilyPlace {
    family: Oid,
    method: Oid,
    class: Option<Oid>,
    class_type: Oid,
}

fn already_in(context: &Context, member: &Member, family: Oid) -> PgError {
    let what = if member.is_func { "function" } else { "operator" };
    let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
    let name = context
        .catalog
        .get::<PgOpfamily>(family)
        .map_or_else(String::new, |row| row.opfname.to_string());
    PgError::new(
        sqlstate::DUPLICATE_OBJECT,
        format!(
            "{what} {}({},{}) already exists in operator family \"{name}\"",
            member.number,
            text(member.left),
            text(member.right)
        ),
    )
}

/// Whether the member is held hard, and by what: its class or only the family (PostgreSQL: amadjustmembers of each
/// access method).
fn holder(catalog: &Catalog, place: &FamilyPlace, member: &Member) -> (bool, ObjectAddress) {
    let family = ObjectAddress::new(Class::Opfamily, place.family);
    let class = |oid| ObjectAddress::new(Class::Opclass, oid);
    let unadjusted = place.class.map_or((false, family), |oid| (true, class(oid)));
    let method = catalog.get::<PgAm>(place.method).map_or("", |am| am.amname.as_str());
    let number = member.number;
    let required = match method {
        _ if catalog.version().major() < 14 => return unadjusted,
        "btree" | "hash" => {
            let cross_type = member.left != member.right;
            if cross_type || member.is_func && number != 1 {
                return (false, family);
            }
            let own = place.class.filter(|_| member.left == place.class_type);
            let fits = |row: &&Arc<PgOpclass>| {
                row.opcfamily == place.family && row.opcintype == member.left
            };
            let found = own.or_else(|| catalog.iter::<PgOpclass>().find(fits).map(|row| row.oid));
            return found.map_or((false, family), |oid| (true, class(oid)));
        }
        "gist" => member.is_func && matches!(number, 1 | 2 | 5 | 6 | 7),
        "spgist" => member.is_func && matches!(number, 1..=5),
        "gin" => member.is_func && matches!(number, 2 | 3),
        _ => return unadjusted, // brin and methods of extensions adjust nothing
    };
    if required { (true, unadjusted.1) } else { (false, family) }
}

/// The objects that a member needs, and how.
fn member_dependencies(
    context: &mut Context,
    place: &FamilyPlace,
    myself: ObjectAddress,
    member: &Member,
) {
    let object_class = if member.is_func { Class::Proc } else { Class::Operator };
    let object = ObjectAddress::new(object_class, member.object);
    let (hard, owner) = holder(context.catalog, place, member);
    let kind = if hard { DependType::Internal } else { DependType::Auto };
    let on_object = if hard { DependType::Normal } else { DependType::Auto };
    record_dependency_on(context.catalog, myself, object, on_object);
    record_dependency_on(context.catalog, myself, owner, kind);
    if member.sort_family.is_valid() {
        let sort = ObjectAddress::new(Class::Opfamily, member.sort_family);
        record_dependency_on(context.catalog, myself, sort, on_object);
    }
}

/// PostgreSQL: storeOperators.
fn store_operators(
    context: &mut Context,
    place: &FamilyPlace,
    members: &[Member],
    is_add: bool,
) -> PgResult<()> {
    for member in members {
        let exists = context.catalog.find_all::<PgAmop>(&place.family).any(|row| {
            (row.amoplefttype, row.amoprighttype, row.amopstrategy)
                == (member.left, member.right, member.number)
        });
        if is_add && exists {
            return Err(already_in(context, member, place.family).into());
        }
        let oid = context.catalog.new_oid();
        context.catalog.put(PgAmop {
            oid,
            amopfamily: place.family,
            amoplefttype: member.left,
            amoprighttype: member.right,
            amopstrategy: member.number,
            amoppurpose: if member.sort_family.is_valid() { b'o' } else { b's' },
            amopopr: member.object,
            amopmethod: place.method,
            amopsortfamily: member.sort_family,
        });
        member_dependencies(context, place, ObjectAddress::new(Class::Amop, oid), member);
    }
    Ok(())
}

/// PostgreSQL: storeProcedures.
fn store_procedures(
    context: &mut Context,
    place: &FamilyPlace,
    members: &[Member],
    is_add: bool,
) -> PgResult<()> {
    for member in members {
        let exists = context.catalog.find_all::<PgAmproc>(&place.family).any(|row| {
            (row.amproclefttype, row.amprocrighttype, row.amprocnum)
                == (member.left, member.right, member.number)
        });
        if is_add && exists {
            return Err(already_in(context, member, place.family).into());
        }
        let oid = context.catalog.new_oid();
        context.catalog.put(PgAmproc {
            oid,
            amprocfamily: place.family,
            amproclefttype: member.left,
            amprocrighttype: member.right,
            amprocnum: member.number,
            amproc: member.object,
        });
        member_dependencies(context, place, ObjectAddress::new(Class::Amproc, oid), member);
    }
    Ok(())
}

/// PostgreSQL: AlterOpFamily.
pub fn alter_op_family(context: &mut Context, stmt: &AlterOpFamilyStmt) -> PgResult<()> {
    let method_name = stmt.amname.as_deref().unwrap_or_default();
    let method = access_method(context, method_name)?;
    let found = get_opfamily_oid(&context.shared(), method, &stmt.opfamilyname, false)?;
    let Some(family) = found else { return unknown("the operator family is not in the catalog") };
    check_superuser(context, "alter an operator family")?;
    if stmt.is_drop {
        return drop_members(context, stmt, family, method_name);
    }
    let mut operators = Vec::new();
    let mut functions = Vec::new();
    for item in items(&stmt.items) {
        match item.itemtype {
            ITEM_OPERATOR => {
                let member = operator_member(context, item, method_name, None)?;
                add_member(context, &mut operators, member)?;
            }
            ITEM_FUNCTION => {
                let member = function_member(context, item, method_name, None)?;
                add_member(context, &mut functions, member)?;
            }
            _ => {
                // What is left is STORAGE.
                return refuse(
                    sqlstate::SYNTAX_ERROR,
                    "STORAGE cannot be specified in ALTER OPERATOR FAMILY",
                );
            }
        }
    }
    let place = FamilyPlace { family, method, class: None, class_type: Oid::INVALID };
    store_operators(context, &place, &operators, true)?;
    store_procedures(context, &place, &functions, true)
}

/// PostgreSQL: AlterOpFamilyDrop.
fn drop_members(
    context: &mut Context,
    stmt: &AlterOpFamilyStmt,
    family: Oid,
    method: &str,
) -> PgResult<()> {
    let mut wanted: Vec<(bool, i16, Oid, Oid)> = Vec::new();
    for item in items(&stmt.items) {
        let is_func = item.itemtype == ITEM_FUNCTION;
        let number = check_number(context, method, item.number, is_func)?;
        let Some((left, right)) = class_arguments(context, item)? else {
            return refuse(sqlstate::SYNTAX_ERROR, "one or two argument types must be specified");
        };
        wanted.push((is_func, number, left, right));
    }
    for (is_func, number, left, right) in wanted {
        let address = if is_func {
            context
                .catalog
                .find_all::<PgAmproc>(&family)
                .find(|row| {
                    (row.amprocnum, row.amproclefttype, row.amprocrighttype)
                        == (number, left, right)
                })
                .map(|row| ObjectAddress::new(Class::Amproc, row.oid))
        } else {
            context
                .catalog
                .find_all::<PgAmop>(&family)
                .find(|row| {
                    (row.amopstrategy, row.amoplefttype, row.amoprighttype) == (number, left, right)
                })
                .map(|row| ObjectAddress::new(Class::Amop, row.oid))
        };
        let Some(address) = address else {
            let what = if is_func { "function" } else { "operator" };
            let text = |oid: Oid| format_type_be(context.catalog, &context.path, oid);
            let name = super::define::name_list_to_string(&stmt.opfamilyname);
            let message = format!(
                "{what} {number}({},{}) does not exist in operator family \"{name}\"",
                text(left),
                text(right)
            );
            return refuse(sqlstate::UNDEFINED_OBJECT, message);
        };
        super::dependency::perform_deletion(
            context,
            address,
            crate::nodes::tree::DropBehavior::DropRestrict,
            super::dependency::DeletionFlags::default(),
        )?;
    }
    Ok(())
}

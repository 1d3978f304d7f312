//! The object that a statement names by its kind and name (PostgreSQL: get_object_address, catalog/objectaddress.c).

use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::get_attnum;
use crate::catalog::namespace::*;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::findings::{PgError, PgResult, Stop, unknown};
use crate::nodes::tree::{Node, ObjectType, ObjectWithArgs, RangeVar, TypeName};
use crate::parser::lookup_func::{lookup_func_with_args, lookup_oper_with_args};
use crate::parser::parse_node::Shared;
use crate::parser::parse_type::{lookup_type_name, type_name_to_string, typename_type_id};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// The object of that kind and name. None only with `missing_ok`; a wrong kind is refused in any case (PostgreSQL:
/// get_object_address).
pub fn get_object_address(
    shared: &Shared,
    kind: ObjectType,
    object: &Node,
    missing_ok: bool,
) -> PgResult<Option<ObjectAddress>> {
    without_position(find(shared, kind, object, missing_ok))
}

/// Names in object addresses are looked up without a parse state, so their errors have no position.
pub(super) fn without_position<T>(result: PgResult<T>) -> PgResult<T> {
    result.map_err(|stop| match stop {
        Stop::Error(mut error) => {
            error.position = None;
            Stop::Error(error)
        }
        Stop::Unknown(reason) => Stop::Unknown(reason),
    })
}

fn find(
    shared: &Shared,
    kind: ObjectType,
    object: &Node,
    missing_ok: bool,
) -> PgResult<Option<ObjectAddress>> {
    let catalog = shared.catalog;
    let name = object.str_val();
    let names = object.list();
    let (class, oid) = match kind {
        ObjectType::ObjectIndex
        | ObjectType::ObjectSequence
        | ObjectType::ObjectTable
        | ObjectType::ObjectView
        | ObjectType::ObjectMatview
        | ObjectType::ObjectForeignTable => {
            (Class::Relation, relation_by_qualified_name(shared, kind, names, missing_ok)?)
        }
        ObjectType::ObjectAttribute | ObjectType::ObjectColumn => {
            return column(shared, names, missing_ok);
        }
        ObjectType::ObjectDefault => (Class::Attrdef, column_default(shared, names, missing_ok)?),
        ObjectType::ObjectRule
        | ObjectType::ObjectTrigger
        | ObjectType::ObjectTabconstraint
        | ObjectType::ObjectPolicy => return of_relation(shared, kind, names, missing_ok),
        ObjectType::ObjectDomconstraint => {
            (Class::Constraint, domain_constraint(shared, names, missing_ok)?)
        }
        ObjectType::ObjectDatabase => {
            (Class::Database, get_database_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectExtension => {
            (Class::Extension, get_extension_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectTablespace => {
            (Class::Tablespace, get_tablespace_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectRole => (Class::Authid, get_role_oid(catalog, name, missing_ok)?),
        ObjectType::ObjectSchema => {
            (Class::Namespace, get_namespace_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectLanguage => {
            (Class::Language, get_language_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectFdw => {
            (Class::ForeignDataWrapper, get_foreign_data_wrapper_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectForeignServer => {
            (Class::ForeignServer, get_foreign_server_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectEventTrigger => {
            (Class::EventTrigger, get_event_trigger_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectAccessMethod => {
            (Class::Am, get_am_type_oid(catalog, name, None, missing_ok)?)
        }
        ObjectType::ObjectPublication => {
            (Class::Publication, get_publication_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectSubscription => {
            (Class::Subscription, get_subscription_oid(catalog, name, missing_ok)?)
        }
        ObjectType::ObjectType | ObjectType::ObjectDomain => {
            let Node::TypeName(type_name) = object else { return malformed(kind) };
            (Class::Type, type_by_name(shared, kind, type_name, missing_ok)?)
        }
        ObjectType::ObjectAggregate
        | ObjectType::ObjectFunction
        | ObjectType::ObjectProcedure
        | ObjectType::ObjectRoutine => {
            let Node::ObjectWithArgs(function) = object else { return malformed(kind) };
            (Class::Proc, lookup_func_with_args(shared, kind, function, missing_ok)?)
        }
        ObjectType::ObjectOperator => {
            let Node::ObjectWithArgs(operator) = object else { return malformed(kind) };
            (Class::Operator, lookup_oper_with_args(shared, operator, missing_ok)?)
        }
        ObjectType::ObjectCollation => {
            (Class::Collation, get_collation_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectConversion => {
            (Class::Conversion, get_conversion_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectOpclass | ObjectType::ObjectOpfamily => {
            let Some((method, names)) = names.split_first() else { return malformed(kind) };
            let method = get_am_type_oid(catalog, method.str_val(), Some(b'i'), false)?;
            let method = method.unwrap_or(Oid::INVALID);
            if kind == ObjectType::ObjectOpclass {
                (Class::Opclass, get_opclass_oid(shared, method, names, missing_ok)?)
            } else {
                (Class::Opfamily, get_opfamily_oid(shared, method, names, missing_ok)?)
            }
        }
        ObjectType::ObjectLargeobject => {
            (Class::Largeobject, large_object(shared, object, missing_ok)?)
        }
        ObjectType::ObjectCast => (Class::Cast, cast(shared, names, missing_ok)?),
        ObjectType::ObjectTransform => (Class::Transform, transform(shared, names, missing_ok)?),
        ObjectType::ObjectTsparser => {
            (Class::TsParser, get_ts_parser_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectTsdictionary => {
            (Class::TsDict, get_ts_dict_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectTstemplate => {
            (Class::TsTemplate, get_ts_template_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectTsconfiguration => {
            (Class::TsConfig, get_ts_config_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectStatisticExt => {
            (Class::StatisticExt, get_statistics_object_oid(shared, names, missing_ok)?)
        }
        ObjectType::ObjectAmop
        | ObjectType::ObjectAmproc
        | ObjectType::ObjectDefacl
        | ObjectType::ObjectParameterAcl
        | ObjectType::ObjectPublicationNamespace
        | ObjectType::ObjectPublicationRel
        | ObjectType::ObjectUserMapping => return malformed(kind),
    };
    Ok(oid.map(|oid| ObjectAddress::new(class, oid)))
}

fn malformed<T>(kind: ObjectType) -> PgResult<T> {
    unknown(format!("a name of an object of kind {kind:?} is not understood"))
}

/// PostgreSQL: get_relation_by_qualified_name.
fn relation_by_qualified_name(
    shared: &Shared,
    kind: ObjectType,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let relation = make_range_var_from_name_list(names)?;
    let Some(oid) = range_var_get_relid(shared, &relation, missing_ok)? else { return Ok(None) };
    let Some(row) = shared.catalog.get::<PgClass>(oid) else { return Ok(None) };
    let (fits, what) = match kind {
        ObjectType::ObjectIndex => (matches!(row.relkind, b'i' | b'I'), "an index"),
        ObjectType::ObjectSequence => (row.relkind == b'S', "a sequence"),
        ObjectType::ObjectTable => (matches!(row.relkind, b'r' | b'p'), "a table"),
        ObjectType::ObjectView => (row.relkind == b'v', "a view"),
        ObjectType::ObjectMatview => (row.relkind == b'm', "a materialized view"),
        // A foreign table is the one kind that is left.
        _ => (row.relkind == b'f', "a foreign table"),
    };
    if fits {
        return Ok(Some(oid));
    }
    Err(wrong_object_type(format!("\"{}\" is not {what}", row.relname)).into())
}

fn wrong_object_type(message: String) -> PgError {
    PgError::new(sqlstate::WRONG_OBJECT_TYPE, message)
}

/// The relation that a column's, trigger's … qualified name starts with, and the last part of the name.
fn split_relation<'n>(
    shared: &Shared,
    names: &'n [Node],
    missing_ok: bool,
) -> PgResult<(Option<Oid>, &'n str, &'n [Node])> {
    let Some((last, relation)) = names.split_last() else {
        return malformed(ObjectType::ObjectColumn);
    };
    let range_var: RangeVar = make_range_var_from_name_list(relation)?;
    Ok((range_var_get_relid(shared, &range_var, missing_ok)?, last.str_val(), relation))
}

/// PostgreSQL: get_object_address_attribute.
fn column(shared: &Shared, names: &[Node], missing_ok: bool) -> PgResult<Option<ObjectAddress>> {
    if names.len() < 2 {
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, "column name must be qualified").into());
    }
    let (relation, attname, relname) = split_relation(shared, names, false)?;
    let relation = relation.unwrap_or(Oid::INVALID);
    let attnum = get_attnum(shared.catalog, relation, attname);
    if attnum != 0 {
        return Ok(Some(ObjectAddress::column(relation, attnum)));
    }
    if missing_ok {
        return Ok(None);
    }
    Err(PgError::new(
        sqlstate::UNDEFINED_COLUMN,
        format!(
            "column \"{attname}\" of relation \"{}\" does not exist",
            name_list_to_string(relname)
        ),
    )
    .into())
}

/// PostgreSQL: get_object_address_attrdef.
fn column_default(shared: &Shared, names: &[Node], missing_ok: bool) -> PgResult<Option<Oid>> {
    if names.len() < 2 {
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, "column name must be qualified").into());
    }
    let (relation, attname, relname) = split_relation(shared, names, false)?;
    let default = relation
        .and_then(|oid| shared.catalog.get::<PgClass>(oid))
        .and_then(|row| row.attribute_named(attname))
        .and_then(|column| column.attdef.valid());
    if default.is_some() || missing_ok {
        return Ok(default);
    }
    Err(PgError::new(
        sqlstate::UNDEFINED_COLUMN,
        format!(
            "default value for column \"{attname}\" of relation \"{}\" does not exist",
            name_list_to_string(relname)
        ),
    )
    .into())
}

/// A rule, trigger, constraint or policy by the relation it is on (PostgreSQL: get_object_address_relobject).
fn of_relation(
    shared: &Shared,
    kind: ObjectType,
    names: &[Node],
    missing_ok: bool,
) -> PgResult<Option<ObjectAddress>> {
    let (relation, name, _) = split_relation(shared, names, missing_ok)?;
    let Some(relation) = relation else { return Ok(None) };
    let catalog = shared.catalog;
    let Some(row) = catalog.get::<PgClass>(relation) else { return Ok(None) };
    if let Some(kinds) = unopenable(row.relkind) {
        return Err(wrong_object_type(format!("cannot open relation \"{}\"", row.relname))
            .detail(format!("This operation is not supported for {kinds}."))
            .into());
    }
    let (class, found, what, on) = match kind {
        ObjectType::ObjectRule => {
            let found = catalog.find_all::<PgRewrite>(&relation).find(|rule| rule.rulename == name);
            (Class::Rewrite, found.map(|rule| rule.oid), "rule", "relation")
        }
        ObjectType::ObjectTrigger => {
            let found = catalog.find_all::<PgTrigger>(&relation).find(|t| t.tgname == name);
            (Class::Trigger, found.map(|trigger| trigger.oid), "trigger", "table")
        }
        ObjectType::ObjectTabconstraint => {
            let found = catalog.find_all::<PgConstraint>(&relation).find(|c| c.conname == name);
            (Class::Constraint, found.map(|constraint| constraint.oid), "constraint", "table")
        }
        // A policy is the one kind that is left.
        _ => {
            let found = catalog.find_all::<PgPolicy>(&relation).find(|p| p.polname == name);
            (Class::Policy, found.map(|policy| policy.oid), "policy", "table")
        }
    };
    if found.is_some() || missing_ok {
        return Ok(found.map(|oid| ObjectAddress::new(class, oid)));
    }
    Err(PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!("{what} \"{name}\" for {on} \"{}\" does not exist", row.relname),
    )
    .into())
}

/// What table_open refuses, in the plural (PostgreSQL: validate_relation_kind, access/table/table.c).
fn unopenable(relkind: u8) -> Option<&'static str> {
    matches!(relkind, b'i' | b'I' | b'c').then(|| relkind_plural(relkind))
}

/// The kind of relation that an operation is not supported for (PostgreSQL: errdetail_relkind_not_supported).
pub fn relkind_plural(relkind: u8) -> &'static str {
    match relkind {
        b'r' => "tables",
        b'i' => "indexes",
        b'S' => "sequences",
        b't' => "TOAST tables",
        b'v' => "views",
        b'm' => "materialized views",
        b'c' => "composite types",
        b'f' => "foreign tables",
        b'p' => "partitioned tables",
        // A partitioned index is the one kind that is left.
        _ => "partitioned indexes",
    }
}

/// PostgreSQL: get_domain_constraint_oid.
fn domain_constraint(shared: &Shared, names: &[Node], missing_ok: bool) -> PgResult<Option<Oid>> {
    let [Node::TypeName(type_name), name] = names else {
        return malformed(ObjectType::ObjectDomconstraint);
    };
    let domain = type_by_name(shared, ObjectType::ObjectDomain, type_name, missing_ok)?;
    let Some(domain) = domain else { return Ok(None) };
    let found = shared
        .catalog
        .find_all::<PgConstraint>(&domain)
        .find(|row| row.contypid == domain && row.conname == name.str_val());
    if found.is_some() || missing_ok {
        return Ok(found.map(|row| row.oid));
    }
    Err(PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!(
            "constraint \"{}\" for domain {} does not exist",
            name.str_val(),
            format_type_be(shared.catalog, shared.path, domain)
        ),
    )
    .into())
}

/// PostgreSQL: get_object_address_type.
fn type_by_name(
    shared: &Shared,
    kind: ObjectType,
    type_name: &TypeName,
    missing_ok: bool,
) -> PgResult<Option<Oid>> {
    let Some((oid, _)) = lookup_type_name(shared, type_name, missing_ok)? else {
        if missing_ok {
            return Ok(None);
        }
        let name = type_name_to_string(shared, type_name);
        let missing =
            PgError::new(sqlstate::UNDEFINED_OBJECT, format!("type \"{name}\" does not exist"));
        let names = &type_name.names;
        let schema = names.len().checked_sub(2).map(|at| names[at].str_val());
        return Err(unless_unknown_extension(shared, schema, missing.into()));
    };
    let is_domain = shared.catalog.get::<PgType>(oid).is_some_and(|row| row.typtype == b'd');
    if kind == ObjectType::ObjectDomain && !is_domain {
        let name = type_name_to_string(shared, type_name);
        return Err(wrong_object_type(format!("\"{name}\" is not a domain")).into());
    }
    Ok(Some(oid))
}

fn large_object(shared: &Shared, object: &Node, missing_ok: bool) -> PgResult<Option<Oid>> {
    let number = match object {
        Node::Integer(value) => u32::try_from(*value).ok(),
        other => other.str_val().parse::<u32>().ok(),
    };
    let oid = Oid(number.unwrap_or(0));
    if shared.catalog.get::<PgLargeobject>(oid).is_some() {
        return Ok(Some(oid));
    }
    if missing_ok {
        return Ok(None);
    }
    Err(PgError::new(sqlstate::UNDEFINED_OBJECT, format!("large object {oid} does not exist"))
        .into())
}

/// PostgreSQL: get_cast_oid.
fn cast(shared: &Shared, names: &[Node], missing_ok: bool) -> PgResult<Option<Oid>> {
    let [Node::TypeName(source), Node::TypeName(target)] = names else {
        return malformed(ObjectType::ObjectCast);
    };
    let Some(source) = type_or_none(shared, source, missing_ok)? else { return Ok(None) };
    let Some(target) = type_or_none(shared, target, missing_ok)? else { return Ok(None) };
    let found = shared.catalog.find::<PgCast>(&(source, target)).map(|row| row.oid);
    if found.is_some() || missing_ok {
        return Ok(found);
    }
    let name = |oid: Oid| format_type_be(shared.catalog, shared.path, oid);
    Err(PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!("cast from type {} to type {} does not exist", name(source), name(target)),
    )
    .into())
}

/// PostgreSQL: get_transform_oid.
fn transform(shared: &Shared, names: &[Node], missing_ok: bool) -> PgResult<Option<Oid>> {
    let [Node::TypeName(type_name), language] = names else {
        return malformed(ObjectType::ObjectTransform);
    };
    let Some(type_id) = type_or_none(shared, type_name, missing_ok)? else { return Ok(None) };
    let Some(language_id) = get_language_oid(shared.catalog, language.str_val(), missing_ok)?
    else {
        return Ok(None);
    };
    let found = shared.catalog.find::<PgTransform>(&(type_id, language_id)).map(|row| row.oid);
    if found.is_some() || missing_ok {
        return Ok(found);
    }
    Err(PgError::new(
        sqlstate::UNDEFINED_OBJECT,
        format!(
            "transform for type {} language \"{}\" does not exist",
            format_type_be(shared.catalog, shared.path, type_id),
            language.str_val()
        ),
    )
    .into())
}

/// PostgreSQL: the LookupTypeNameOid that get_object_address makes for casts and transforms.
fn type_or_none(shared: &Shared, name: &TypeName, missing_ok: bool) -> PgResult<Option<Oid>> {
    if missing_ok {
        return Ok(lookup_type_name(shared, name, true)?.map(|(oid, _)| oid));
    }
    typename_type_id(shared, name).map(Some)
}

/// The schema of an object; None where its class has none (PostgreSQL: get_object_namespace).
pub fn get_object_namespace(catalog: &Catalog, address: ObjectAddress) -> Option<Oid> {
    let oid = address.object;
    match address.class {
        Class::Relation => catalog.get::<PgClass>(oid).map(|row| row.relnamespace),
        Class::Proc | Class::Aggregate => catalog.get::<PgProc>(oid).map(|row| row.pronamespace),
        Class::Type => catalog.get::<PgType>(oid).map(|row| row.typnamespace),
        Class::Collation => catalog.get::<PgCollation>(oid).map(|row| row.collnamespace),
        Class::Constraint => catalog.get::<PgConstraint>(oid).map(|row| row.connamespace),
        Class::Conversion => catalog.get::<PgConversion>(oid).map(|row| row.connamespace),
        Class::Operator => catalog.get::<PgOperator>(oid).map(|row| row.oprnamespace),
        Class::Opclass => catalog.get::<PgOpclass>(oid).map(|row| row.opcnamespace),
        Class::Opfamily => catalog.get::<PgOpfamily>(oid).map(|row| row.opfnamespace),
        Class::StatisticExt => catalog.get::<PgStatisticExt>(oid).map(|row| row.stxnamespace),
        Class::TsConfig => catalog.get::<PgTsConfig>(oid).map(|row| row.cfgnamespace),
        Class::TsDict => catalog.get::<PgTsDict>(oid).map(|row| row.dictnamespace),
        Class::TsParser => catalog.get::<PgTsParser>(oid).map(|row| row.prsnamespace),
        Class::TsTemplate => catalog.get::<PgTsTemplate>(oid).map(|row| row.tmplnamespace),
        // No other class lies in a schema.
        _ => None,
    }
}

/// The name of an object in its schema, as duplicate checks need it.
pub fn object_name(catalog: &Catalog, address: ObjectAddress) -> Option<Name> {
    let oid = address.object;
    match address.class {
        Class::Relation => catalog.get::<PgClass>(oid).map(|row| row.relname.clone()),
        Class::Proc | Class::Aggregate => catalog.get::<PgProc>(oid).map(|row| row.proname.clone()),
        Class::Type => catalog.get::<PgType>(oid).map(|row| row.typname.clone()),
        Class::Collation => catalog.get::<PgCollation>(oid).map(|row| row.collname.clone()),
        Class::Constraint => catalog.get::<PgConstraint>(oid).map(|row| row.conname.clone()),
        Class::Conversion => catalog.get::<PgConversion>(oid).map(|row| row.conname.clone()),
        Class::Database => catalog.get::<PgDatabase>(oid).map(|row| row.datname.clone()),
        Class::EventTrigger => catalog.get::<PgEventTrigger>(oid).map(|row| row.evtname.clone()),
        Class::Extension => catalog.get::<PgExtension>(oid).map(|row| row.extname.clone()),
        Class::ForeignDataWrapper => {
            catalog.get::<PgForeignDataWrapper>(oid).map(|row| row.fdwname.clone())
        }
        Class::ForeignServer => catalog.get::<PgForeignServer>(oid).map(|row| row.srvname.clone()),
        Class::Language => catalog.get::<PgLanguage>(oid).map(|row| row.lanname.clone()),
        Class::Namespace => catalog.get::<PgNamespace>(oid).map(|row| row.nspname.clone()),
        Class::Operator => catalog.get::<PgOperator>(oid).map(|row| row.oprname.clone()),
        Class::Opclass => catalog.get::<PgOpclass>(oid).map(|row| row.opcname.clone()),
        Class::Opfamily => catalog.get::<PgOpfamily>(oid).map(|row| row.opfname.clone()),
        Class::Publication => catalog.get::<PgPublication>(oid).map(|row| row.pubname.clone()),
        Class::StatisticExt => catalog.get::<PgStatisticExt>(oid).map(|row| row.stxname.clone()),
        Class::Subscription => catalog.get::<PgSubscription>(oid).map(|row| row.subname.clone()),
        Class::Tablespace => catalog.get::<PgTablespace>(oid).map(|row| row.spcname.clone()),
        Class::TsConfig => catalog.get::<PgTsConfig>(oid).map(|row| row.cfgname.clone()),
        Class::TsDict => catalog.get::<PgTsDict>(oid).map(|row| row.dictname.clone()),
        Class::TsParser => catalog.get::<PgTsParser>(oid).map(|row| row.prsname.clone()),
        Class::TsTemplate => catalog.get::<PgTsTemplate>(oid).map(|row| row.tmplname.clone()),
        // No other class is renamed or moved by a generic command.
        _ => None,
    }
}

/// The dotted name that a function or operator was given.
pub fn name_of(object: &ObjectWithArgs) -> String {
    name_list_to_string(&object.objname)
}

//! Collations, encoding conversions, access methods and languages (PostgreSQL: commands/collationcmds.c,
//! conversioncmds.c, amcmds.c, proclang.c).

use std::sync::Arc;

use super::Context;
use super::define::{
    conflicting_def_elem, def_get_boolean, def_get_qualified_name, def_get_string, def_name,
    name_list_to_string,
};
use super::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_current_extension,
    record_dependency_on_owner,
};
use super::support::{check_namespace_create, check_owner, creation_namespace, superuser};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::get_collation_oid;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAm, PgCollation, PgConversion, PgLanguage, PgProc};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterCollationStmt, CreateAmStmt, CreateConversionStmt, CreatePLangStmt, DefElem, DefineStmt,
    Node, ObjectType,
};
use crate::parser::lookup_func::lookup_func_named;
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

#[derive(Default)]
struct CollationOptions<'a> {
    from: Option<&'a DefElem>,
    locale: Option<&'a DefElem>,
    lc_collate: Option<&'a DefElem>,
    lc_ctype: Option<&'a DefElem>,
    provider: Option<&'a DefElem>,
    deterministic: Option<&'a DefElem>,
    rules: Option<&'a DefElem>,
    version: Option<&'a DefElem>,
}

fn collation_options<'a>(
    context: &Context,
    definition: &'a [Node],
) -> PgResult<CollationOptions<'a>> {
    let mut out = CollationOptions::default();
    for node in definition {
        let Node::DefElem(def) = node else { continue };
        let slot = match def_name(def) {
            "from" => &mut out.from,
            "locale" => &mut out.locale,
            "lc_collate" => &mut out.lc_collate,
            "lc_ctype" => &mut out.lc_ctype,
            "provider" => &mut out.provider,
            "deterministic" => &mut out.deterministic,
            "rules" if context.catalog.version().major() >= 16 => &mut out.rules,
            "version" => &mut out.version,
            other => {
                let message = format!("collation attribute \"{other}\" not recognized");
                return Err(PgError::new(sqlstate::SYNTAX_ERROR, message)
                    .at(def.location.0)
                    .into());
            }
        };
        if slot.replace(def).is_some() {
            return Err(conflicting_def_elem(def));
        }
    }
    Ok(out)
}

/// ALTER COLLATION … REFRESH VERSION: the collations of the operating system and of ICU are taken to be of the version
/// that they were made with (PostgreSQL: AlterCollation).
pub fn alter_collation(context: &mut Context, stmt: &AlterCollationStmt) -> PgResult<()> {
    let found = get_collation_oid(&context.shared(), &stmt.collname, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgCollation>(oid)).cloned() else {
        return unknown("a collation is gone");
    };
    let major = context.catalog.version().major();
    if row.oid == fixed::DEFAULT_COLLATION_OID && major >= 15 {
        if major == 15 {
            return refuse(sqlstate::INTERNAL_ERROR, "unexpected null in pg_collation");
        }
        let message = "cannot refresh version of default collation";
        let error = PgError::new(sqlstate::INTERNAL_ERROR, message)
            .hint("Use ALTER DATABASE ... REFRESH COLLATION VERSION instead.");
        return Err(error.into());
    }
    let address = ObjectAddress::new(Class::Collation, row.oid);
    check_owner(context, address, ObjectType::ObjectCollation, &row.collname)?;
    context.notice(Notice::notice("version has not changed"));
    Ok(())
}

/// PostgreSQL: DefineCollation.
pub fn define_collation(
    context: &mut Context,
    stmt: &DefineStmt,
) -> PgResult<Option<ObjectAddress>> {
    let (namespace, name) = creation_namespace(context, &stmt.defnames)?;
    check_namespace_create(context, namespace)?;
    let options = collation_options(context, &stmt.definition)?;
    if options.locale.is_some() && (options.lc_collate.is_some() || options.lc_ctype.is_some()) {
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, "conflicting or redundant options")
            .detail("LOCALE cannot be specified together with LC_COLLATE or LC_CTYPE.")
            .into());
    }
    if options.from.is_some() && stmt.definition.len() != 1 {
        return Err(PgError::new(sqlstate::SYNTAX_ERROR, "conflicting or redundant options")
            .detail("FROM cannot be specified together with any other options.")
            .into());
    }
    let row = match options.from {
        Some(from) => copied_collation(context, from)?,
        None => new_collation(context, &options)?,
    };
    let row = PgCollation {
        oid: Oid::INVALID,
        collname: name.clone(),
        collnamespace: namespace,
        collowner: context.session.current_user,
        ..row
    };
    if context.catalog.find::<PgCollation>(&(namespace, name.clone())).is_some() {
        return existing_collation(context, stmt, &name, row.collencoding).map(|()| None);
    }
    let oid = context.catalog.new_oid();
    let owner = row.collowner;
    context.catalog.put(PgCollation { oid, ..row });
    let address = ObjectAddress::new(Class::Collation, oid);
    let namespace = ObjectAddress::new(Class::Namespace, namespace);
    record_dependency_on(context.catalog, address, namespace, DependType::Normal);
    record_dependency_on_owner(context.catalog, address, owner);
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(Some(address))
}

fn existing_collation(
    context: &Context,
    stmt: &DefineStmt,
    name: &str,
    encoding: i32,
) -> PgResult<()> {
    let message = if encoding == -1 {
        format!("collation \"{name}\" already exists")
    } else {
        format!("collation \"{name}\" for encoding \"UTF8\" already exists")
    };
    if !stmt.if_not_exists {
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    context.notice(Notice {
        sqlstate: sqlstate::DUPLICATE_OBJECT,
        ..Notice::notice(format!("{message}, skipping"))
    });
    Ok(())
}

fn copied_collation(context: &Context, from: &DefElem) -> PgResult<PgCollation> {
    let names = def_get_qualified_name(from)?;
    let found = get_collation_oid(&context.shared(), &names, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgCollation>(oid)) else {
        return unknown("the collation is not in the catalog");
    };
    if row.collprovider == b'd' {
        let message = "collation \"default\" cannot be copied";
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    Ok((**row).clone())
}

fn new_collation(context: &Context, options: &CollationOptions) -> PgResult<PgCollation> {
    let invalid = |message: String| refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    let text = |def: Option<&DefElem>| -> PgResult<Option<Arc<str>>> {
        def.map(|def| def_get_string(def).map(Arc::from)).transpose()
    };
    let provider = match options.provider.map(def_get_string).transpose()? {
        None => b'c',
        Some(provider) => match provider.to_ascii_lowercase().as_str() {
            "builtin" if context.catalog.version().major() >= 17 => b'b',
            "icu" => b'i',
            "libc" => b'c',
            _ => return invalid(format!("unrecognized collation provider: {provider}")),
        },
    };
    let deterministic = options.deterministic.map(def_get_boolean).transpose()?.unwrap_or(true);
    let locale = text(options.locale)?;
    let rules = text(options.rules)?;
    let (mut collate, mut ctype, mut coll_locale) =
        (text(options.lc_collate)?, text(options.lc_ctype)?, None);
    match (provider, &locale) {
        (b'c', Some(locale)) => {
            collate = Some(locale.clone());
            ctype = Some(locale.clone());
        }
        (b'c', None) => {
            if collate.is_none() {
                return invalid("parameter \"lc_collate\" must be specified".to_string());
            }
            if ctype.is_none() {
                return invalid("parameter \"lc_ctype\" must be specified".to_string());
            }
        }
        (b'b', Some(locale)) => coll_locale = Some(builtin_locale(context, locale)?),
        (_, Some(locale)) => coll_locale = Some(locale.clone()),
        (_, None) => {
            return invalid("parameter \"locale\" must be specified".to_string());
        }
    }
    if !deterministic && provider != b'i' {
        let message = "nondeterministic collations not supported with this provider";
        return refuse(sqlstate::FEATURE_NOT_SUPPORTED, message);
    }
    if rules.is_some() && provider != b'i' {
        return invalid("ICU rules cannot be specified unless locale provider is ICU".to_string());
    }
    const UTF8: i32 = 6;
    Ok(PgCollation {
        oid: Oid::INVALID,
        collname: Name::default(),
        collnamespace: Oid::INVALID,
        collowner: Oid::INVALID,
        collprovider: provider,
        collisdeterministic: deterministic,
        collencoding: if provider == b'c' { UTF8 } else { -1 },
        collcollate: collate,
        collctype: ctype,
        colllocale: coll_locale,
        collicurules: rules,
        collversion: None,
    })
}

/// PostgreSQL: builtin_validate_locale (utils/adt/pg_locale.c).
fn builtin_locale(context: &Context, locale: &str) -> PgResult<Arc<str>> {
    match locale {
        "C" => Ok(Arc::from("C")),
        "C.UTF-8" | "C.UTF8" => Ok(Arc::from("C.UTF-8")),
        "PG_UNICODE_FAST" if context.catalog.version().major() >= 18 => Ok(Arc::from(locale)),
        _ => refuse(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("invalid locale name \"{locale}\" for builtin provider"),
        ),
    }
}

/// PostgreSQL: pg_char_to_encoding for the names that conversions are made with.
fn encoding_number(name: &str) -> Option<i32> {
    const NAMES: [&str; 42] = [
        "sqlascii",
        "eucjp",
        "euccn",
        "euckr",
        "euctw",
        "eucjis2004",
        "utf8",
        "muleinternal",
        "latin1",
        "latin2",
        "latin3",
        "latin4",
        "latin5",
        "latin6",
        "latin7",
        "latin8",
        "latin9",
        "latin10",
        "win1256",
        "win1258",
        "win866",
        "win874",
        "koi8r",
        "win1251",
        "win1252",
        "iso88595",
        "iso88596",
        "iso88597",
        "iso88598",
        "win1250",
        "win1253",
        "win1254",
        "win1255",
        "win1257",
        "koi8u",
        "sjis",
        "big5",
        "gbk",
        "uhc",
        "gb18030",
        "johab",
        "shiftjis2004",
    ];
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let plain = match plain.as_str() {
        "unicode" => "utf8",
        "iso88591" => "latin1",
        "iso88592" => "latin2",
        other => other,
    };
    NAMES.iter().position(|known| *known == plain).and_then(|at| i32::try_from(at).ok())
}

/// PostgreSQL: CreateConversionCommand.
pub fn create_conversion(
    context: &mut Context,
    stmt: &CreateConversionStmt,
) -> PgResult<ObjectAddress> {
    use fixed::{BOOLOID, CSTRINGOID, INT4OID, INTERNALOID, VOIDOID};
    let (namespace, name) = creation_namespace(context, &stmt.conversion_name)?;
    check_namespace_create(context, namespace)?;
    let encoding = |text: Option<&str>, what: &str| {
        let text = text.unwrap_or_default();
        match encoding_number(text) {
            Some(number) => Ok(number),
            None => refuse(
                sqlstate::UNDEFINED_OBJECT,
                format!("{what} encoding \"{text}\" does not exist"),
            ),
        }
    };
    let from = encoding(stmt.for_encoding_name.as_deref(), "source")?;
    let to = encoding(stmt.to_encoding_name.as_deref(), "destination")?;
    if from == 0 || to == 0 {
        let message = "encoding conversion to or from \"SQL_ASCII\" is not supported";
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    let newer = context.catalog.version().major() >= 14;
    let six = [INT4OID, INT4OID, CSTRINGOID, INTERNALOID, INT4OID, BOOLOID];
    let types: &[Oid] = if newer { &six } else { &six[..5] };
    let found = lookup_func_named(&context.shared(), &stmt.func_name, Some(types), false)?;
    let Some(function) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)).cloned() else {
        return unknown("the conversion function is not in the catalog");
    };
    let (expected, text) = if newer { (INT4OID, "integer") } else { (VOIDOID, "void") };
    if function.prorettype != expected {
        let name = name_list_to_string(&stmt.func_name);
        let message = format!("encoding conversion function {name} must return type {text}");
        return refuse(sqlstate::INVALID_OBJECT_DEFINITION, message);
    }
    if context.catalog.find::<PgConversion>(&(namespace, name.clone())).is_some() {
        let message = format!("conversion \"{name}\" already exists");
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    if stmt.def {
        let taken = context.catalog.iter::<PgConversion>().any(|row| {
            row.connamespace == namespace
                && row.condefault
                && (row.conforencoding, row.contoencoding) == (from, to)
        });
        if taken {
            let message = format!(
                "default conversion for {} to {} already exists",
                stmt.for_encoding_name.as_deref().unwrap_or_default(),
                stmt.to_encoding_name.as_deref().unwrap_or_default()
            );
            return refuse(sqlstate::DUPLICATE_OBJECT, message);
        }
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgConversion {
        oid,
        conname: name,
        connamespace: namespace,
        conowner: owner,
        conforencoding: from,
        contoencoding: to,
        conproc: function.oid,
        condefault: stmt.def,
    });
    let address = ObjectAddress::new(Class::Conversion, oid);
    let function = ObjectAddress::new(Class::Proc, function.oid);
    record_dependency_on(context.catalog, address, function, DependType::Normal);
    let namespace = ObjectAddress::new(Class::Namespace, namespace);
    record_dependency_on(context.catalog, address, namespace, DependType::Normal);
    record_dependency_on_owner(context.catalog, address, owner);
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(address)
}

/// PostgreSQL: CreateAccessMethod.
pub fn create_access_method(context: &mut Context, stmt: &CreateAmStmt) -> PgResult<ObjectAddress> {
    let name = stmt.amname.as_ref().map(Name::from).unwrap_or_default();
    if !superuser(context) {
        let message = format!("permission denied to create access method \"{name}\"");
        return Err(PgError::new(sqlstate::INSUFFICIENT_PRIVILEGE, message)
            .hint("Must be superuser to create an access method.")
            .into());
    }
    if context.catalog.find::<PgAm>(&name).is_some() {
        let message = format!("access method \"{name}\" already exists");
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    let types = [fixed::INTERNALOID];
    let found = lookup_func_named(&context.shared(), &stmt.handler_name, Some(&types), false)?;
    let Some(handler) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)).cloned() else {
        return unknown("the access method's handler is not in the catalog");
    };
    let (expected, text) = match stmt.amtype {
        b'i' => (fixed::INDEX_AM_HANDLEROID, "index_am_handler"),
        _ => (fixed::TABLE_AM_HANDLEROID, "table_am_handler"), // 't', the other kind
    };
    if handler.prorettype != expected {
        let message = format!("function {} must return type {text}", handler.proname);
        return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
    }
    let oid = context.catalog.new_oid();
    context.catalog.put(PgAm { oid, amname: name, amhandler: handler.oid, amtype: stmt.amtype });
    let address = ObjectAddress::new(Class::Am, oid);
    let handler = ObjectAddress::new(Class::Proc, handler.oid);
    record_dependency_on(context.catalog, address, handler, DependType::Normal);
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    Ok(address)
}

/// PostgreSQL: CreateProceduralLanguage.
pub fn create_language(context: &mut Context, stmt: &CreatePLangStmt) -> PgResult<ObjectAddress> {
    let name = stmt.plname.as_ref().map(Name::from).unwrap_or_default();
    let owner = context.session.current_user;
    if !superuser(context) {
        let message = "must be superuser to create custom procedural language";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let handler = language_function(context, &stmt.plhandler, &[])?;
    let inline = language_function(context, &stmt.plinline, &[fixed::INTERNALOID])?;
    let validator = language_function(context, &stmt.plvalidator, &[fixed::OIDOID])?;
    let result = context.catalog.get::<PgProc>(handler).map(|row| row.prorettype);
    if result != Some(fixed::LANGUAGE_HANDLEROID) {
        let function = name_list_to_string(&stmt.plhandler);
        let message = format!("function {function} must return type language_handler");
        return refuse(sqlstate::WRONG_OBJECT_TYPE, message);
    }
    let old = context.catalog.find::<PgLanguage>(&name).cloned();
    if old.is_some() && !stmt.replace {
        let message = format!("language \"{name}\" already exists");
        return refuse(sqlstate::DUPLICATE_OBJECT, message);
    }
    let (oid, owner, acl) = match &old {
        Some(old) => (old.oid, old.lanowner, old.lanacl.clone()),
        None => (context.catalog.new_oid(), owner, None),
    };
    context.catalog.put(PgLanguage {
        oid,
        lanname: name,
        lanowner: owner,
        lanispl: true,
        lanpltrusted: stmt.pltrusted,
        lanplcallfoid: handler,
        laninline: inline,
        lanvalidator: validator,
        lanacl: acl,
    });
    let address = ObjectAddress::new(Class::Language, oid);
    if old.is_some() {
        delete_dependency_records_for(context.catalog, address, true);
    } else {
        record_dependency_on_owner(context.catalog, address, owner);
    }
    record_dependency_on_current_extension(
        context.catalog,
        context.session,
        address,
        old.is_some(),
    )?;
    for function in [handler, inline, validator].into_iter().filter_map(Oid::valid) {
        let function = ObjectAddress::new(Class::Proc, function);
        record_dependency_on(context.catalog, address, function, DependType::Normal);
    }
    Ok(address)
}

fn language_function(context: &Context, names: &[Node], types: &[Oid]) -> PgResult<Oid> {
    if names.is_empty() {
        return Ok(Oid::INVALID);
    }
    let found = lookup_func_named(&context.shared(), names, Some(types), false)?;
    Ok(found.unwrap_or(Oid::INVALID))
}

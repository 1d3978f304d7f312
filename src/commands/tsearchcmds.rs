//! Text search parsers, dictionaries, templates and configurations (PostgreSQL: commands/tsearchcmds.c).

use std::sync::Arc;

use super::Context;
use super::define::{def_get_qualified_name, def_get_string, def_name, name_list_to_string};
use super::dependency::{
    delete_dependency_records_for, record_dependency_on, record_dependency_on_current_extension,
    record_dependency_on_owner,
};
use super::support::{check_namespace_create, check_owner, creation_namespace, superuser};
use crate::catalog::depend::DependType;
use crate::catalog::namespace::{
    get_ts_config_oid, get_ts_dict_oid, get_ts_parser_oid, get_ts_template_oid,
};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgProc, PgTsConfig, PgTsDict, PgTsParser, PgTsTemplate};
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::tree::{
    AlterTSConfigType, AlterTSConfigurationStmt, AlterTSDictionaryStmt, DefElem, DefineStmt, Node,
    ObjectType,
};
use crate::parser::lookup_func::lookup_func_named;
use crate::pg::name::{Name, quote_identifier};
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;
use crate::pg::sqlstate::SqlState;

fn refuse<T>(state: SqlState, message: impl Into<String>) -> PgResult<T> {
    Err(PgError::new(state, message).into())
}

fn definition<T>(message: impl Into<String>) -> PgResult<T> {
    refuse(sqlstate::INVALID_OBJECT_DEFINITION, message)
}

fn options(nodes: &[Node]) -> impl Iterator<Item = &DefElem> {
    nodes.iter().filter_map(|node| match node {
        Node::DefElem(def) => Some(&**def),
        // The grammar puts only these there.
        _ => None,
    })
}

fn already_exists<T>(what: &str, name: &str) -> PgResult<T> {
    // PostgreSQL finds this out by the unique index of the catalog alone.
    let (index, key) = match what {
        "parser" => ("pg_ts_parser_prsname_index", "prsname, prsnamespace"),
        "template" => ("pg_ts_template_tmplname_index", "tmplname, tmplnamespace"),
        "dictionary" => ("pg_ts_dict_dictname_index", "dictname, dictnamespace"),
        _ => ("pg_ts_config_cfgname_index", "cfgname, cfgnamespace"), // the fourth
    };
    let message = format!("duplicate key value violates unique constraint \"{index}\"");
    let detail = format!("Key ({key})=({name}, 2200) already exists.");
    Err(PgError::new(sqlstate::UNIQUE_VIOLATION, message).detail(detail).into())
}

fn finish(
    context: &mut Context,
    address: ObjectAddress,
    namespace: Oid,
    owner: Option<Oid>,
    needs: &[ObjectAddress],
) -> PgResult<ObjectAddress> {
    let namespace = ObjectAddress::new(Class::Namespace, namespace);
    record_dependency_on(context.catalog, address, namespace, DependType::Normal);
    if let Some(owner) = owner {
        record_dependency_on_owner(context.catalog, address, owner);
    }
    record_dependency_on_current_extension(context.catalog, context.session, address, false)?;
    for need in needs {
        record_dependency_on(context.catalog, address, *need, DependType::Normal);
    }
    Ok(address)
}

/// PostgreSQL: get_ts_parser_func and get_ts_template_func.
fn support_function(
    context: &Context,
    def: &DefElem,
    types: &[Oid],
    result: Oid,
    result_text: &str,
) -> PgResult<Oid> {
    let names = def_get_qualified_name(def)?;
    let found = lookup_func_named(&context.shared(), &names, Some(types), false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgProc>(oid)) else {
        return unknown("the text search function is not in the catalog");
    };
    if row.prorettype != result {
        let what = crate::parser::lookup_func::signature(&context.shared(), &names, types);
        return definition(format!("function {what} should return type {result_text}"));
    }
    Ok(row.oid)
}

/// PostgreSQL: DefineTSParser.
fn define_parser(context: &mut Context, stmt: &DefineStmt) -> PgResult<ObjectAddress> {
    use fixed::{INT4OID, INTERNALOID, TSQUERYOID, VOIDOID};
    if !superuser(context) {
        let message = "must be superuser to create text search parsers";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let (namespace, name) = creation_namespace(context, &stmt.defnames)?;
    let mut row = PgTsParser {
        oid: Oid::INVALID,
        prsname: name.clone(),
        prsnamespace: namespace,
        prsstart: Oid::INVALID,
        prstoken: Oid::INVALID,
        prsend: Oid::INVALID,
        prsheadline: Oid::INVALID,
        prslextype: Oid::INVALID,
    };
    for def in options(&stmt.definition) {
        let function = |types: &[Oid], result: Oid, text: &str| {
            support_function(context, def, types, result, text)
        };
        match def_name(def) {
            "start" => row.prsstart = function(&[INTERNALOID, INT4OID], INTERNALOID, "internal")?,
            "gettoken" => {
                let types = [INTERNALOID, INTERNALOID, INTERNALOID];
                row.prstoken = function(&types, INTERNALOID, "internal")?;
            }
            "end" => row.prsend = function(&[INTERNALOID], VOIDOID, "void")?,
            "headline" => {
                let types = [INTERNALOID, INTERNALOID, TSQUERYOID];
                row.prsheadline = function(&types, INTERNALOID, "internal")?;
            }
            "lextypes" => row.prslextype = function(&[INTERNALOID], INTERNALOID, "internal")?,
            other => {
                let message = format!("text search parser parameter \"{other}\" not recognized");
                return refuse(sqlstate::SYNTAX_ERROR, message);
            }
        }
    }
    for (function, what) in [
        (row.prsstart, "start"),
        (row.prstoken, "gettoken"),
        (row.prsend, "end"),
        (row.prslextype, "lextypes"),
    ] {
        if !function.is_valid() {
            return definition(format!("text search parser {what} method is required"));
        }
    }
    if context.catalog.find::<PgTsParser>(&(namespace, name.clone())).is_some() {
        return already_exists("parser", &name);
    }
    row.oid = context.catalog.new_oid();
    let functions = [row.prsstart, row.prstoken, row.prsend, row.prslextype, row.prsheadline];
    let needs: Vec<ObjectAddress> = functions
        .into_iter()
        .filter_map(Oid::valid)
        .map(|function| ObjectAddress::new(Class::Proc, function))
        .collect();
    let address = ObjectAddress::new(Class::TsParser, row.oid);
    context.catalog.put(row);
    finish(context, address, namespace, None, &needs)
}

/// PostgreSQL: DefineTSTemplate.
fn define_template(context: &mut Context, stmt: &DefineStmt) -> PgResult<ObjectAddress> {
    use fixed::INTERNALOID;
    if !superuser(context) {
        let message = "must be superuser to create text search templates";
        return refuse(sqlstate::INSUFFICIENT_PRIVILEGE, message);
    }
    let (namespace, name) = creation_namespace(context, &stmt.defnames)?;
    let (mut init, mut lexize) = (Oid::INVALID, Oid::INVALID);
    for def in options(&stmt.definition) {
        match def_name(def) {
            "init" => {
                init = support_function(context, def, &[INTERNALOID], INTERNALOID, "internal")?;
            }
            "lexize" => {
                let types = [INTERNALOID, INTERNALOID, INTERNALOID, INTERNALOID];
                lexize = support_function(context, def, &types, INTERNALOID, "internal")?;
            }
            other => {
                let message = format!("text search template parameter \"{other}\" not recognized");
                return refuse(sqlstate::SYNTAX_ERROR, message);
            }
        }
    }
    if !lexize.is_valid() {
        return definition("text search template lexize method is required");
    }
    if context.catalog.find::<PgTsTemplate>(&(namespace, name.clone())).is_some() {
        return already_exists("template", &name);
    }
    let oid = context.catalog.new_oid();
    context.catalog.put(PgTsTemplate {
        oid,
        tmplname: name,
        tmplnamespace: namespace,
        tmplinit: init,
        tmpllexize: lexize,
    });
    let needs: Vec<ObjectAddress> = [lexize, init]
        .into_iter()
        .filter_map(Oid::valid)
        .map(|function| ObjectAddress::new(Class::Proc, function))
        .collect();
    finish(context, ObjectAddress::new(Class::TsTemplate, oid), namespace, None, &needs)
}

/// Options as pg_ts_dict stores them (PostgreSQL: serialize_deflist).
fn serialize(options: &[(Name, String)]) -> Option<Arc<str>> {
    if options.is_empty() {
        return None;
    }
    let parts: Vec<String> = options
        .iter()
        .map(|(name, value)| {
            let escape = if value.contains('\\') { "E" } else { "" };
            let value = value.replace('\\', "\\\\").replace('\'', "''");
            format!("{} = {escape}'{value}'", quote_identifier(name))
        })
        .collect();
    Some(Arc::from(parts.join(", ")))
}

/// PostgreSQL: DefineTSDictionary.
fn define_dictionary(context: &mut Context, stmt: &DefineStmt) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.defnames)?;
    check_namespace_create(context, namespace)?;
    let mut template = None;
    let mut rest: Vec<(Name, String)> = Vec::new();
    for def in options(&stmt.definition) {
        if def_name(def) == "template" {
            let names = def_get_qualified_name(def)?;
            template = get_ts_template_oid(&context.shared(), &names, false)?;
        } else {
            rest.push((Name::new(def_name(def)), def_get_string(def)?));
        }
    }
    let Some(template) = template else {
        return definition("text search template is required");
    };
    if context.catalog.find::<PgTsDict>(&(namespace, name.clone())).is_some() {
        return already_exists("dictionary", &name);
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    context.catalog.put(PgTsDict {
        oid,
        dictname: name,
        dictnamespace: namespace,
        dictowner: owner,
        dicttemplate: template,
        dictinitoption: serialize(&rest),
    });
    let needs = [ObjectAddress::new(Class::TsTemplate, template)];
    let address = ObjectAddress::new(Class::TsDict, oid);
    finish(context, address, namespace, Some(owner), &needs)
}

/// PostgreSQL: DefineTSConfiguration.
fn define_configuration(context: &mut Context, stmt: &DefineStmt) -> PgResult<ObjectAddress> {
    let (namespace, name) = creation_namespace(context, &stmt.defnames)?;
    check_namespace_create(context, namespace)?;
    let (mut parser, mut source) = (None, None);
    for def in options(&stmt.definition) {
        let names = || def_get_qualified_name(def);
        match def_name(def) {
            "parser" => parser = get_ts_parser_oid(&context.shared(), &names()?, false)?,
            "copy" => source = get_ts_config_oid(&context.shared(), &names()?, false)?,
            other => {
                let message =
                    format!("text search configuration parameter \"{other}\" not recognized");
                return refuse(sqlstate::SYNTAX_ERROR, message);
            }
        }
    }
    if parser.is_some() && source.is_some() {
        return refuse(sqlstate::SYNTAX_ERROR, "cannot specify both PARSER and COPY options");
    }
    let source = source.and_then(|oid| context.catalog.get::<PgTsConfig>(oid)).cloned();
    let parser = parser.or(source.as_ref().map(|source| source.cfgparser));
    let Some(parser) = parser else {
        return definition("text search parser is required");
    };
    if context.catalog.find::<PgTsConfig>(&(namespace, name.clone())).is_some() {
        return already_exists("configuration", &name);
    }
    let oid = context.catalog.new_oid();
    let owner = context.session.current_user;
    let mappings = source.map(|source| source.mappings.clone()).unwrap_or_default();
    context.catalog.put(PgTsConfig {
        oid,
        cfgname: name,
        cfgnamespace: namespace,
        cfgowner: owner,
        cfgparser: parser,
        mappings,
    });
    let address = ObjectAddress::new(Class::TsConfig, oid);
    finish(context, address, namespace, Some(owner), &[])?;
    configuration_dependencies(context, oid);
    Ok(address)
}

/// A configuration needs its parser and every dictionary of its mappings (PostgreSQL: makeConfigurationDependencies).
fn configuration_dependencies(context: &mut Context, oid: Oid) {
    let Some(row) = context.catalog.get::<PgTsConfig>(oid).cloned() else { return };
    let address = ObjectAddress::new(Class::TsConfig, oid);
    delete_dependency_records_for(context.catalog, address, true);
    let namespace = ObjectAddress::new(Class::Namespace, row.cfgnamespace);
    record_dependency_on(context.catalog, address, namespace, DependType::Normal);
    record_dependency_on_owner(context.catalog, address, row.cfgowner);
    let parser = ObjectAddress::new(Class::TsParser, row.cfgparser);
    record_dependency_on(context.catalog, address, parser, DependType::Normal);
    for dictionary in row.mappings.iter().flat_map(|(_, dictionaries)| dictionaries) {
        let dictionary = ObjectAddress::new(Class::TsDict, *dictionary);
        record_dependency_on(context.catalog, address, dictionary, DependType::Normal);
    }
}

/// CREATE TEXT SEARCH of each kind.
pub fn define_text_search(context: &mut Context, stmt: &DefineStmt) -> PgResult<ObjectAddress> {
    match stmt.kind {
        ObjectType::ObjectTsparser => define_parser(context, stmt),
        ObjectType::ObjectTstemplate => define_template(context, stmt),
        ObjectType::ObjectTsdictionary => define_dictionary(context, stmt),
        // The caller sends only these four.
        _ => define_configuration(context, stmt),
    }
}

/// PostgreSQL: AlterTSDictionary.
pub fn alter_ts_dictionary(
    context: &mut Context,
    stmt: &AlterTSDictionaryStmt,
) -> PgResult<ObjectAddress> {
    let found = get_ts_dict_oid(&context.shared(), &stmt.dictname, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgTsDict>(oid)).cloned() else {
        return unknown("the dictionary is not in the catalog");
    };
    let address = ObjectAddress::new(Class::TsDict, row.oid);
    let name = name_list_to_string(&stmt.dictname);
    check_owner(context, address, ObjectType::ObjectTsdictionary, &name)?;
    let mut rest = row.dictinitoption.as_deref().map(deserialize).unwrap_or_default();
    for def in options(&stmt.options) {
        rest.retain(|(name, _)| *name != def_name(def));
        if def.arg.is_some() {
            rest.push((Name::new(def_name(def)), def_get_string(def)?));
        }
    }
    let stored = serialize(&rest);
    context.catalog.update::<PgTsDict>(row.oid, |row| row.dictinitoption = stored);
    Ok(address)
}

/// The options of a stored dictionary, as `serialize` wrote them (PostgreSQL: deserialize_deflist).
fn deserialize(text: &str) -> Vec<(Name, String)> {
    let mut options = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once(" = ") {
        let escaped = after.starts_with('E');
        let Some(open) = after.find('\'') else { break };
        let body = &after[open + 1..];
        let mut value = String::new();
        let mut chars = body.char_indices().peekable();
        let mut end = body.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                    chars.next();
                    value.push('\'');
                }
                '\'' => {
                    end = at + 1;
                    break;
                }
                '\\' if escaped => {
                    if let Some((_, next)) = chars.next() {
                        value.push(next);
                    }
                }
                other => value.push(other),
            }
        }
        options.push((Name::new(name.trim().trim_matches('"')), value));
        rest = body[end..].trim_start_matches([',', ' ']);
    }
    options
}

/// PostgreSQL: AlterTSConfiguration.
pub fn alter_ts_configuration(
    context: &mut Context,
    stmt: &AlterTSConfigurationStmt,
) -> PgResult<ObjectAddress> {
    let found = get_ts_config_oid(&context.shared(), &stmt.cfgname, false)?;
    let Some(row) = found.and_then(|oid| context.catalog.get::<PgTsConfig>(oid)).cloned() else {
        return unknown("the configuration is not in the catalog");
    };
    let address = ObjectAddress::new(Class::TsConfig, row.oid);
    let name = name_list_to_string(&stmt.cfgname);
    check_owner(context, address, ObjectType::ObjectTsconfiguration, &name)?;
    let tokens = token_types(context, &row, &stmt.tokentype)?;
    let mut mappings = row.mappings.clone();
    if stmt.kind == AlterTSConfigType::AlterTsconfigDropMapping {
        for token in &tokens {
            let before = mappings.len();
            mappings.retain(|(name, _)| name != token);
            if mappings.len() == before {
                let message = format!("mapping for token type \"{token}\" does not exist");
                if !stmt.missing_ok {
                    return refuse(sqlstate::UNDEFINED_OBJECT, message);
                }
                context.notice(Notice::notice(format!("{message}, skipping")));
            }
        }
    } else {
        let mut dictionaries = Vec::new();
        for names in &stmt.dicts {
            if let Node::List(names) = names {
                dictionaries.extend(get_ts_dict_oid(&context.shared(), names, false)?);
            }
        }
        change_mappings(stmt, &tokens, &dictionaries, &mut mappings)?;
    }
    context.catalog.update::<PgTsConfig>(row.oid, |row| row.mappings = mappings);
    configuration_dependencies(context, row.oid);
    Ok(address)
}

fn change_mappings(
    stmt: &AlterTSConfigurationStmt,
    tokens: &[Name],
    dictionaries: &[Oid],
    mappings: &mut Vec<(Name, Vec<Oid>)>,
) -> PgResult<()> {
    if stmt.replace {
        if let [old, new] = dictionaries {
            for (token, mapped) in mappings.iter_mut() {
                if tokens.is_empty() || tokens.contains(token) {
                    for dictionary in mapped.iter_mut().filter(|dictionary| *dictionary == old) {
                        *dictionary = *new;
                    }
                }
            }
        }
        return Ok(());
    }
    for token in tokens {
        let at = mappings.iter().position(|(name, _)| name == token);
        match (at, stmt.override_) {
            (Some(at), true) => mappings[at].1 = dictionaries.to_vec(),
            (Some(_), false) => {
                let message = "duplicate key value violates unique constraint \
                               \"pg_ts_config_map_index\"";
                return refuse(sqlstate::UNIQUE_VIOLATION, message);
            }
            (None, _) => mappings.push((token.clone(), dictionaries.to_vec())),
        }
    }
    Ok(())
}

/// The token types that the statement names; of the default parser's others are refused (PostgreSQL: getTokenTypes).
fn token_types(context: &Context, row: &PgTsConfig, names: &[Node]) -> PgResult<Vec<Name>> {
    let default_parser = context
        .catalog
        .get::<PgTsParser>(row.cfgparser)
        .is_some_and(|parser| parser.oid.is_builtin());
    const DEFAULT: [&str; 23] = [
        "asciiword",
        "word",
        "numword",
        "email",
        "url",
        "host",
        "sfloat",
        "version",
        "hword_numpart",
        "hword_part",
        "hword_asciipart",
        "blank",
        "tag",
        "protocol",
        "numhword",
        "asciihword",
        "hword",
        "url_path",
        "file",
        "float",
        "int",
        "uint",
        "entity",
    ];
    let mut tokens: Vec<Name> = Vec::new();
    for name in names {
        let name = name.str_val();
        if default_parser && !DEFAULT.contains(&name) {
            let message = format!("token type \"{name}\" does not exist");
            return refuse(sqlstate::INVALID_PARAMETER_VALUE, message);
        }
        if !tokens.iter().any(|token| token == name) {
            tokens.push(Name::new(name));
        }
    }
    Ok(tokens)
}

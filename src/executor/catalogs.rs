//! The rows of the system catalogs of rarer objects: operators, text search, foreign data, publications and the like.

use std::sync::Arc;

use super::relations::{Fields, letter, numbers, oid, text};
use crate::catalog::value::Value;
use crate::catalog::*;

/// The rows of the system catalog, None where it is not modelled.
pub(super) fn rows(catalog: &Catalog, name: &str) -> Option<Vec<Fields>> {
    operators(catalog, name)
        .or_else(|| text_search(catalog, name))
        .or_else(|| foreign_data(catalog, name))
        .or_else(|| others(catalog, name))
}

/// Options as PostgreSQL keeps them: `name=value`.
pub(super) fn options(list: &[(Arc<str>, Arc<str>)]) -> Value {
    if list.is_empty() {
        return Value::Null;
    }
    Value::Array(list.iter().map(|(name, value)| text(&format!("{name}={value}"))).collect())
}

fn operators(catalog: &Catalog, name: &str) -> Option<Vec<Fields>> {
    Some(match name {
        "pg_operator" => catalog
            .iter::<PgOperator>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("oprname", text(&row.oprname)),
                    ("oprnamespace", oid(row.oprnamespace)),
                    ("oprowner", oid(row.oprowner)),
                    ("oprkind", letter(row.oprkind)),
                    ("oprcanmerge", Value::Bool(row.oprcanmerge)),
                    ("oprcanhash", Value::Bool(row.oprcanhash)),
                    ("oprleft", oid(row.oprleft)),
                    ("oprright", oid(row.oprright)),
                    ("oprresult", oid(row.oprresult)),
                    ("oprcom", oid(row.oprcom)),
                    ("oprnegate", oid(row.oprnegate)),
                    ("oprcode", oid(row.oprcode)),
                    ("oprrest", oid(row.oprrest)),
                    ("oprjoin", oid(row.oprjoin)),
                ]
            })
            .collect(),
        "pg_opclass" => catalog
            .iter::<PgOpclass>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("opcmethod", oid(row.opcmethod)),
                    ("opcname", text(&row.opcname)),
                    ("opcnamespace", oid(row.opcnamespace)),
                    ("opcowner", oid(row.opcowner)),
                    ("opcfamily", oid(row.opcfamily)),
                    ("opcintype", oid(row.opcintype)),
                    ("opcdefault", Value::Bool(row.opcdefault)),
                    ("opckeytype", oid(row.opckeytype)),
                ]
            })
            .collect(),
        "pg_opfamily" => catalog
            .iter::<PgOpfamily>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("opfmethod", oid(row.opfmethod)),
                    ("opfname", text(&row.opfname)),
                    ("opfnamespace", oid(row.opfnamespace)),
                    ("opfowner", oid(row.opfowner)),
                ]
            })
            .collect(),
        "pg_amop" => catalog
            .iter::<PgAmop>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("amopfamily", oid(row.amopfamily)),
                    ("amoplefttype", oid(row.amoplefttype)),
                    ("amoprighttype", oid(row.amoprighttype)),
                    ("amopstrategy", Value::Int(i64::from(row.amopstrategy))),
                    ("amoppurpose", letter(row.amoppurpose)),
                    ("amopopr", oid(row.amopopr)),
                    ("amopmethod", oid(row.amopmethod)),
                    ("amopsortfamily", oid(row.amopsortfamily)),
                ]
            })
            .collect(),
        "pg_amproc" => catalog
            .iter::<PgAmproc>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("amprocfamily", oid(row.amprocfamily)),
                    ("amproclefttype", oid(row.amproclefttype)),
                    ("amprocrighttype", oid(row.amprocrighttype)),
                    ("amprocnum", Value::Int(i64::from(row.amprocnum))),
                    ("amproc", oid(row.amproc)),
                ]
            })
            .collect(),
        "pg_transform" => catalog
            .iter::<PgTransform>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("trftype", oid(row.trftype)),
                    ("trflang", oid(row.trflang)),
                    ("trffromsql", oid(row.trffromsql)),
                    ("trftosql", oid(row.trftosql)),
                ]
            })
            .collect(),
        "pg_conversion" => catalog
            .iter::<PgConversion>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("conname", text(&row.conname)),
                    ("connamespace", oid(row.connamespace)),
                    ("conowner", oid(row.conowner)),
                    ("conforencoding", Value::Int(i64::from(row.conforencoding))),
                    ("contoencoding", Value::Int(i64::from(row.contoencoding))),
                    ("conproc", oid(row.conproc)),
                    ("condefault", Value::Bool(row.condefault)),
                ]
            })
            .collect(),
        _ => return None, // not one of these
    })
}

fn text_search(catalog: &Catalog, name: &str) -> Option<Vec<Fields>> {
    let optional = |value: &Option<Arc<str>>| Value::optional(value.as_deref());
    Some(match name {
        "pg_ts_dict" => catalog
            .iter::<PgTsDict>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("dictname", text(&row.dictname)),
                    ("dictnamespace", oid(row.dictnamespace)),
                    ("dictowner", oid(row.dictowner)),
                    ("dicttemplate", oid(row.dicttemplate)),
                    ("dictinitoption", optional(&row.dictinitoption)),
                ]
            })
            .collect(),
        "pg_ts_config" => catalog
            .iter::<PgTsConfig>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("cfgname", text(&row.cfgname)),
                    ("cfgnamespace", oid(row.cfgnamespace)),
                    ("cfgowner", oid(row.cfgowner)),
                    ("cfgparser", oid(row.cfgparser)),
                ]
            })
            .collect(),
        "pg_ts_parser" => catalog
            .iter::<PgTsParser>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("prsname", text(&row.prsname)),
                    ("prsnamespace", oid(row.prsnamespace)),
                ]
            })
            .collect(),
        "pg_ts_template" => catalog
            .iter::<PgTsTemplate>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("tmplname", text(&row.tmplname)),
                    ("tmplnamespace", oid(row.tmplnamespace)),
                ]
            })
            .collect(),
        _ => return None, // not one of these
    })
}

fn foreign_data(catalog: &Catalog, name: &str) -> Option<Vec<Fields>> {
    Some(match name {
        "pg_foreign_data_wrapper" => catalog
            .iter::<PgForeignDataWrapper>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("fdwname", text(&row.fdwname)),
                    ("fdwowner", oid(row.fdwowner)),
                    ("fdwhandler", oid(row.fdwhandler)),
                    ("fdwvalidator", oid(row.fdwvalidator)),
                    ("fdwoptions", options(&row.fdwoptions)),
                ]
            })
            .collect(),
        "pg_foreign_server" => catalog
            .iter::<PgForeignServer>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("srvname", text(&row.srvname)),
                    ("srvowner", oid(row.srvowner)),
                    ("srvfdw", oid(row.srvfdw)),
                    ("srvtype", Value::optional(row.srvtype.as_deref())),
                    ("srvversion", Value::optional(row.srvversion.as_deref())),
                    ("srvoptions", options(&row.srvoptions)),
                ]
            })
            .collect(),
        "pg_user_mapping" => catalog
            .iter::<PgUserMapping>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("umuser", oid(row.umuser)),
                    ("umserver", oid(row.umserver)),
                    ("umoptions", options(&row.umoptions)),
                ]
            })
            .collect(),
        "pg_user_mappings" => catalog
            .iter::<PgUserMapping>()
            .map(|row| {
                let server = catalog.get::<PgForeignServer>(row.umserver);
                let user = catalog.get::<PgAuthid>(row.umuser);
                vec![
                    ("umid", oid(row.oid)),
                    ("srvid", oid(row.umserver)),
                    ("srvname", server.map_or(Value::Null, |server| text(&server.srvname))),
                    ("umuser", oid(row.umuser)),
                    ("usename", user.map_or(text("public"), |user| text(&user.rolname))),
                    ("umoptions", options(&row.umoptions)),
                ]
            })
            .collect(),
        "pg_foreign_table" => catalog
            .iter::<PgForeignTable>()
            .map(|row| {
                vec![
                    ("ftrelid", oid(row.ftrelid)),
                    ("ftserver", oid(row.ftserver)),
                    ("ftoptions", options(&row.ftoptions)),
                ]
            })
            .collect(),
        _ => return None, // not one of these
    })
}

fn others(catalog: &Catalog, name: &str) -> Option<Vec<Fields>> {
    Some(match name {
        "pg_subscription" => catalog
            .iter::<PgSubscription>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("subname", text(&row.subname)),
                    ("subowner", oid(row.subowner)),
                    ("subenabled", Value::Bool(row.subenabled)),
                ]
            })
            .collect(),
        "pg_publication_namespace" => catalog
            .iter::<PgPublicationNamespace>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("pnpubid", oid(row.pnpubid)),
                    ("pnnspid", oid(row.pnnspid)),
                ]
            })
            .collect(),
        "pg_rewrite" => catalog
            .iter::<PgRewrite>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("rulename", text(&row.rulename)),
                    ("ev_class", oid(row.ev_class)),
                    ("ev_type", letter(row.ev_type)),
                    ("ev_enabled", letter(row.ev_enabled)),
                    ("is_instead", Value::Bool(row.is_instead)),
                ]
            })
            .collect(),
        "pg_collation" => catalog
            .iter::<PgCollation>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("collname", text(&row.collname)),
                    ("collnamespace", oid(row.collnamespace)),
                    ("collowner", oid(row.collowner)),
                    ("collprovider", letter(row.collprovider)),
                    ("collisdeterministic", Value::Bool(row.collisdeterministic)),
                    ("collencoding", Value::Int(i64::from(row.collencoding))),
                ]
            })
            .collect(),
        "pg_statistic_ext" => catalog
            .iter::<PgStatisticExt>()
            .map(|row| {
                let kinds = row.stxkind.iter().map(|kind| letter(*kind));
                vec![
                    ("oid", oid(row.oid)),
                    ("stxname", text(&row.stxname)),
                    ("stxnamespace", oid(row.stxnamespace)),
                    ("stxrelid", oid(row.stxrelid)),
                    ("stxowner", oid(row.stxowner)),
                    ("stxkeys", numbers(&row.stxkeys)),
                    ("stxkind", Value::Array(kinds.collect())),
                ]
            })
            .collect(),
        "pg_aggregate" => catalog
            .iter::<PgAggregate>()
            .map(|row| {
                vec![
                    ("aggfnoid", oid(row.aggfnoid)),
                    ("aggkind", letter(row.aggkind)),
                    ("aggtransfn", oid(row.aggtransfn)),
                    ("aggfinalfn", oid(row.aggfinalfn)),
                    ("aggtranstype", oid(row.aggtranstype)),
                    ("agginitval", Value::optional(row.agginitval.as_deref())),
                ]
            })
            .collect(),
        "pg_range" => catalog
            .iter::<PgRange>()
            .map(|row| {
                vec![
                    ("rngtypid", oid(row.rngtypid)),
                    ("rngsubtype", oid(row.rngsubtype)),
                    ("rngmultitypid", oid(row.rngmultitypid)),
                    ("rngcollation", oid(row.rngcollation)),
                    ("rngsubopc", oid(row.rngsubopc)),
                ]
            })
            .collect(),
        "pg_sequence" => catalog
            .iter::<PgSequence>()
            .map(|row| {
                vec![
                    ("seqrelid", oid(row.seqrelid)),
                    ("seqtypid", oid(row.seqtypid)),
                    ("seqstart", Value::Int(row.seqstart)),
                    ("seqincrement", Value::Int(row.seqincrement)),
                    ("seqmax", Value::Int(row.seqmax)),
                    ("seqmin", Value::Int(row.seqmin)),
                    ("seqcache", Value::Int(row.seqcache)),
                    ("seqcycle", Value::Bool(row.seqcycle)),
                ]
            })
            .collect(),
        "pg_tablespace" => catalog
            .iter::<PgTablespace>()
            .map(|row| {
                vec![
                    ("oid", oid(row.oid)),
                    ("spcname", text(&row.spcname)),
                    ("spcowner", oid(row.spcowner)),
                    ("spcoptions", options(&row.spcoptions)),
                ]
            })
            .collect(),
        "pg_partitioned_table" => catalog
            .iter::<PgPartitionedTable>()
            .map(|row| vec![("partrelid", oid(row.partrelid))])
            .collect(),
        _ => return None, // not modelled
    })
}

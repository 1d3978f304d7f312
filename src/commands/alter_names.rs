//! Writing an object's name or schema, after a look whether another has it (PostgreSQL: report_name_conflict,
//! report_namespace_conflict, IsThereFunctionInNamespace and their like).

use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::findings::{PgError, PgResult};
use crate::pg::name::Name;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Refuses a name that another object of the class has, in that schema if the class lies in schemas.
pub fn refuse_duplicate(
    context: &Context,
    address: ObjectAddress,
    name: &str,
    namespace: Option<Oid>,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let key = Name::new(name);
    match namespace {
        None => {
            let (what, taken) = match address.class {
                Class::EventTrigger => {
                    ("event trigger", catalog.find::<PgEventTrigger>(&key).is_some())
                }
                Class::ForeignDataWrapper => {
                    ("foreign-data wrapper", catalog.find::<PgForeignDataWrapper>(&key).is_some())
                }
                Class::ForeignServer => ("server", catalog.find::<PgForeignServer>(&key).is_some()),
                Class::Language => ("language", catalog.find::<PgLanguage>(&key).is_some()),
                Class::Publication => {
                    ("publication", catalog.find::<PgPublication>(&key).is_some())
                }
                Class::Subscription => {
                    ("subscription", catalog.find::<PgSubscription>(&key).is_some())
                }
                // No other class without a schema is renamed this way.
                _ => return Ok(()),
            };
            if taken {
                return duplicate(format!("{what} \"{name}\" already exists"));
            }
            Ok(())
        }
        Some(namespace) => refuse_duplicate_in_schema(context, address, name, namespace),
    }
}

fn duplicate(message: String) -> PgResult<()> {
    Err(PgError::new(sqlstate::DUPLICATE_OBJECT, message).into())
}

fn refuse_duplicate_in_schema(
    context: &Context,
    address: ObjectAddress,
    name: &str,
    namespace: Oid,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let schema =
        catalog.get::<PgNamespace>(namespace).map_or(Name::default(), |n| n.nspname.clone());
    let key = (namespace, Name::new(name));
    let method =
        |oid: Oid| catalog.get::<PgAm>(oid).map_or(Name::default(), |am| am.amname.clone());
    let (what, taken) = match address.class {
        Class::Proc => return refuse_duplicate_function(context, address.object, name, namespace),
        Class::Relation => {
            if catalog.find::<PgClass>(&key).is_none() {
                return Ok(());
            }
            return Err(PgError::new(
                sqlstate::DUPLICATE_TABLE,
                format!("relation \"{name}\" already exists in schema \"{schema}\""),
            )
            .into());
        }
        Class::Collation => ("collation", catalog.find::<PgCollation>(&key).is_some()),
        Class::Conversion => ("conversion", catalog.find::<PgConversion>(&key).is_some()),
        Class::StatisticExt => {
            ("statistics object", catalog.find::<PgStatisticExt>(&key).is_some())
        }
        Class::TsParser => ("text search parser", catalog.find::<PgTsParser>(&key).is_some()),
        Class::TsDict => ("text search dictionary", catalog.find::<PgTsDict>(&key).is_some()),
        Class::TsTemplate => ("text search template", catalog.find::<PgTsTemplate>(&key).is_some()),
        Class::TsConfig => {
            ("text search configuration", catalog.find::<PgTsConfig>(&key).is_some())
        }
        Class::Opclass => {
            let Some(row) = catalog.get::<PgOpclass>(address.object) else { return Ok(()) };
            let key = (row.opcmethod, namespace, key.1);
            if catalog.find::<PgOpclass>(&key).is_none() {
                return Ok(());
            }
            return duplicate(format!(
                "operator class \"{name}\" for access method \"{}\" already exists in schema \
                 \"{schema}\"",
                method(row.opcmethod)
            ));
        }
        Class::Opfamily => {
            let Some(row) = catalog.get::<PgOpfamily>(address.object) else { return Ok(()) };
            let key = (row.opfmethod, namespace, key.1);
            if catalog.find::<PgOpfamily>(&key).is_none() {
                return Ok(());
            }
            return duplicate(format!(
                "operator family \"{name}\" for access method \"{}\" already exists in schema \
                 \"{schema}\"",
                method(row.opfmethod)
            ));
        }
        // Operators have no check of names; other classes lie in no schema.
        _ => return Ok(()),
    };
    if taken {
        return duplicate(format!("{what} \"{name}\" already exists in schema \"{schema}\""));
    }
    Ok(())
}

/// PostgreSQL: IsThereFunctionInNamespace.
fn refuse_duplicate_function(
    context: &Context,
    function: Oid,
    name: &str,
    namespace: Oid,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    let Some(row) = catalog.get::<PgProc>(function) else { return Ok(()) };
    let taken = catalog
        .find_all::<PgProc>(&Name::new(name))
        .any(|other| other.pronamespace == namespace && other.proargtypes == row.proargtypes);
    if !taken {
        return Ok(());
    }
    let types: Vec<String> =
        row.proargtypes.iter().map(|oid| context.shared().format_type(*oid)).collect();
    let schema = catalog.get::<PgNamespace>(namespace).map_or("", |n| n.nspname.as_str());
    Err(PgError::new(
        sqlstate::DUPLICATE_FUNCTION,
        format!("function {name}({}) already exists in schema \"{schema}\"", types.join(", ")),
    )
    .into())
}

/// Writes the object's name.
pub fn set_name(catalog: &mut Catalog, address: ObjectAddress, name: &Name) {
    let oid = address.object;
    let name = name.clone();
    match address.class {
        Class::Proc => catalog.update::<PgProc>(oid, |row| row.proname = name),
        Class::Collation => catalog.update::<PgCollation>(oid, |row| row.collname = name),
        Class::Conversion => catalog.update::<PgConversion>(oid, |row| row.conname = name),
        Class::EventTrigger => catalog.update::<PgEventTrigger>(oid, |row| row.evtname = name),
        Class::ForeignDataWrapper => {
            catalog.update::<PgForeignDataWrapper>(oid, |row| row.fdwname = name);
        }
        Class::ForeignServer => catalog.update::<PgForeignServer>(oid, |row| row.srvname = name),
        Class::Language => catalog.update::<PgLanguage>(oid, |row| row.lanname = name),
        Class::Opclass => catalog.update::<PgOpclass>(oid, |row| row.opcname = name),
        Class::Opfamily => catalog.update::<PgOpfamily>(oid, |row| row.opfname = name),
        Class::Publication => catalog.update::<PgPublication>(oid, |row| row.pubname = name),
        Class::StatisticExt => catalog.update::<PgStatisticExt>(oid, |row| row.stxname = name),
        Class::Subscription => catalog.update::<PgSubscription>(oid, |row| row.subname = name),
        Class::TsConfig => catalog.update::<PgTsConfig>(oid, |row| row.cfgname = name),
        Class::TsDict => catalog.update::<PgTsDict>(oid, |row| row.dictname = name),
        Class::TsParser => catalog.update::<PgTsParser>(oid, |row| row.prsname = name),
        Class::TsTemplate => catalog.update::<PgTsTemplate>(oid, |row| row.tmplname = name),
        // The others are renamed by commands of their own.
        _ => {}
    }
}

/// Writes the object's schema.
pub fn set_namespace(catalog: &mut Catalog, address: ObjectAddress, namespace: Oid) {
    let oid = address.object;
    match address.class {
        Class::Relation => catalog.update::<PgClass>(oid, |row| row.relnamespace = namespace),
        Class::Type => catalog.update::<PgType>(oid, |row| row.typnamespace = namespace),
        Class::Constraint => {
            catalog.update::<PgConstraint>(oid, |row| row.connamespace = namespace);
        }
        Class::Proc => catalog.update::<PgProc>(oid, |row| row.pronamespace = namespace),
        Class::Collation => {
            catalog.update::<PgCollation>(oid, |row| row.collnamespace = namespace);
        }
        Class::Conversion => {
            catalog.update::<PgConversion>(oid, |row| row.connamespace = namespace);
        }
        Class::Operator => catalog.update::<PgOperator>(oid, |row| row.oprnamespace = namespace),
        Class::Opclass => catalog.update::<PgOpclass>(oid, |row| row.opcnamespace = namespace),
        Class::Opfamily => catalog.update::<PgOpfamily>(oid, |row| row.opfnamespace = namespace),
        Class::StatisticExt => {
            catalog.update::<PgStatisticExt>(oid, |row| row.stxnamespace = namespace);
        }
        Class::TsConfig => catalog.update::<PgTsConfig>(oid, |row| row.cfgnamespace = namespace),
        Class::TsDict => catalog.update::<PgTsDict>(oid, |row| row.dictnamespace = namespace),
        Class::TsParser => catalog.update::<PgTsParser>(oid, |row| row.prsnamespace = namespace),
        Class::TsTemplate => {
            catalog.update::<PgTsTemplate>(oid, |row| row.tmplnamespace = namespace);
        }
        // Other classes lie in no schema.
        _ => {}
    }
}

//! Taking one object out of the catalog, with everything that is recorded about it (PostgreSQL: doDeletion and
//! deleteOneObject, catalog/dependency.c, and what they call).

use thin_vec::ThinVec;

use crate::catalog::depend::DependEntry;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::*;
use crate::commands::Context;
use crate::findings::{PgResult, unknown};
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// Removes the object and its dependencies, comments, labels and initial privileges (PostgreSQL: deleteOneObject).
pub(super) fn do_deletion(context: &mut Context, object: ObjectAddress) -> PgResult<()> {
    remove_object(context, object)?;
    let catalog = &mut *context.catalog;
    let entries: Vec<DependEntry> = catalog.depend().references_of(object).collect();
    for entry in entries {
        catalog.remove_dependency(entry);
    }
    delete_comments(catalog, object);
    let labels: Vec<Oid> = catalog.find_all::<PgSeclabel>(&object).map(|row| row.oid).collect();
    labels.into_iter().for_each(|oid| catalog.remove::<PgSeclabel>(oid));
    let privileges: Vec<Oid> =
        catalog.find_all::<PgInitPrivs>(&object).map(|row| row.oid).collect();
    privileges.into_iter().for_each(|oid| catalog.remove::<PgInitPrivs>(oid));
    Ok(())
}

/// Removes the comment on the object, and those on its columns when it is a whole one (PostgreSQL: DeleteComments).
pub fn delete_comments(catalog: &mut Catalog, object: ObjectAddress) {
    if catalog.comment(object).is_some() {
        catalog.set_comment(object, None);
    }
    if object.class != Class::Relation || object.sub != 0 {
        return;
    }
    let columns = catalog.get::<PgClass>(object.object).map_or(0, |row| row.attributes.len());
    for attnum in 1..=i32::try_from(columns).unwrap_or(0) {
        let column = ObjectAddress { sub: attnum, ..object };
        if catalog.comment(column).is_some() {
            catalog.set_comment(column, None);
        }
    }
}

fn remove_object(context: &mut Context, object: ObjectAddress) -> PgResult<()> {
    let oid = object.object;
    let catalog = &mut *context.catalog;
    match object.class {
        Class::Relation if object.sub != 0 => remove_attribute(catalog, oid, object.sub),
        Class::Relation => {
            delete_comments(catalog, object);
            remove_relation(catalog, oid);
        }
        Class::Proc => {
            catalog.remove::<PgAggregate>(oid);
            catalog.remove::<PgProc>(oid);
        }
        Class::Type => remove_type(catalog, oid),
        Class::Attrdef => remove_default(catalog, oid),
        Class::Constraint => catalog.remove::<PgConstraint>(oid),
        Class::Rewrite => catalog.remove::<PgRewrite>(oid),
        Class::Trigger => catalog.remove::<PgTrigger>(oid),
        Class::Policy => catalog.remove::<PgPolicy>(oid),
        Class::Cast => catalog.remove::<PgCast>(oid),
        Class::Collation => catalog.remove::<PgCollation>(oid),
        Class::Conversion => catalog.remove::<PgConversion>(oid),
        Class::Language => catalog.remove::<PgLanguage>(oid),
        Class::Operator => remove_operator(catalog, oid),
        Class::Opclass => catalog.remove::<PgOpclass>(oid),
        Class::Opfamily => catalog.remove::<PgOpfamily>(oid),
        Class::Am => catalog.remove::<PgAm>(oid),
        Class::Amop => catalog.remove::<PgAmop>(oid),
        Class::Amproc => catalog.remove::<PgAmproc>(oid),
        Class::Largeobject => catalog.remove::<PgLargeobject>(oid),
        Class::Namespace => {
            catalog.remove::<PgNamespace>(oid);
            context.refresh_path();
        }
        Class::StatisticExt => catalog.remove::<PgStatisticExt>(oid),
        Class::TsParser => catalog.remove::<PgTsParser>(oid),
        Class::TsDict => catalog.remove::<PgTsDict>(oid),
        Class::TsTemplate => catalog.remove::<PgTsTemplate>(oid),
        Class::TsConfig => catalog.remove::<PgTsConfig>(oid),
        Class::ForeignDataWrapper => catalog.remove::<PgForeignDataWrapper>(oid),
        Class::ForeignServer => catalog.remove::<PgForeignServer>(oid),
        Class::UserMapping => catalog.remove::<PgUserMapping>(oid),
        Class::DefaultAcl => catalog.remove::<PgDefaultAcl>(oid),
        Class::EventTrigger => catalog.remove::<PgEventTrigger>(oid),
        Class::Extension => catalog.remove::<PgExtension>(oid),
        Class::Publication => catalog.remove::<PgPublication>(oid),
        Class::PublicationNamespace => catalog.remove::<PgPublicationNamespace>(oid),
        Class::PublicationRel => catalog.remove::<PgPublicationRel>(oid),
        Class::Subscription => catalog.remove::<PgSubscription>(oid),
        Class::Transform => catalog.remove::<PgTransform>(oid),
        // A user's own command drops shared objects; rows that belong to another object go with it.
        Class::Aggregate
        | Class::AuthMembers
        | Class::Authid
        | Class::Database
        | Class::DbRoleSetting
        | Class::Enum
        | Class::ForeignTable
        | Class::Index
        | Class::Inherits
        | Class::InitPrivs
        | Class::PartitionedTable
        | Class::Range
        | Class::Seclabel
        | Class::Sequence
        | Class::Tablespace => {
            return unknown(format!("dropping an object of class {:?}", object.class));
        }
    }
    Ok(())
}

/// PostgreSQL: heap_drop_with_catalog, index_drop, DeleteSequenceTuple.
fn remove_relation(catalog: &mut Catalog, oid: Oid) {
    let Some(relkind) = catalog.get::<PgClass>(oid).map(|row| row.relkind) else { return };
    match relkind {
        b'i' | b'I' => catalog.remove::<PgIndex>(oid),
        b'S' => catalog.remove::<PgSequence>(oid),
        b'f' => catalog.remove::<PgForeignTable>(oid),
        b'p' => catalog.remove::<PgPartitionedTable>(oid),
        // Views, tables and composite types have no row of their own beside pg_class.
        _ => {}
    }
    let parents: Vec<(Oid, Oid)> =
        catalog.find_all::<PgInherits>(&oid).map(|row| (row.oid, row.inhparent)).collect();
    for (inherits, parent) in parents {
        catalog.remove::<PgInherits>(inherits);
        let is_default =
            catalog.get::<PgPartitionedTable>(parent).is_some_and(|row| row.partdefid == oid);
        if is_default {
            catalog.update::<PgPartitionedTable>(parent, |row| row.partdefid = Oid::INVALID);
        }
    }
    catalog.remove::<PgClass>(oid);
}

/// PostgreSQL: RemoveAttributeById.
fn remove_attribute(catalog: &mut Catalog, relation: Oid, attnum: i32) {
    let Some(place) = usize::try_from(attnum).ok().and_then(|n| n.checked_sub(1)) else { return };
    catalog.update::<PgClass>(relation, |row| {
        let Some(column) = row.attributes.get_mut(place) else { return };
        column.attname = Name::new(&format!("........pg.dropped.{attnum}........"));
        column.attisdropped = true;
        column.atttypid = Oid::INVALID;
        column.attnotnull = false;
        column.attgenerated = 0;
        column.attdef = Oid::INVALID;
        column.attstattarget = None;
        column.attacl = None;
        column.attoptions = ThinVec::new();
        column.attfdwoptions = ThinVec::new();
    });
}

/// PostgreSQL: RemoveAttrDefaultById.
fn remove_default(catalog: &mut Catalog, oid: Oid) {
    let Some(row) = catalog.get::<PgAttrdef>(oid) else { return };
    let (relation, place) = (row.adrelid, usize::try_from(row.adnum).unwrap_or(0));
    catalog.remove::<PgAttrdef>(oid);
    catalog.update::<PgClass>(relation, |class| {
        if let Some(column) = place.checked_sub(1).and_then(|n| class.attributes.get_mut(n)) {
            column.attdef = Oid::INVALID;
        }
    });
}

/// PostgreSQL: RemoveTypeById.
fn remove_type(catalog: &mut Catalog, oid: Oid) {
    match catalog.get::<PgType>(oid).map(|row| row.typtype) {
        Some(b'e') => {
            let labels: Vec<Oid> = catalog.find_all::<PgEnum>(&oid).map(|row| row.oid).collect();
            labels.into_iter().for_each(|label| catalog.remove::<PgEnum>(label));
        }
        Some(b'r') => catalog.remove::<PgRange>(oid),
        // No other kind of type has rows beside pg_type.
        Some(_) | None => {}
    }
    catalog.remove::<PgType>(oid);
}

/// PostgreSQL: RemoveOperatorById; its commutator and negator forget it (OperatorUpd).
fn remove_operator(catalog: &mut Catalog, oid: Oid) {
    let Some(row) = catalog.get::<PgOperator>(oid) else { return };
    for other in [row.oprcom, row.oprnegate].into_iter().filter(|id| id.is_valid() && *id != oid) {
        catalog.update::<PgOperator>(other, |row| {
            if row.oprcom == oid {
                row.oprcom = Oid::INVALID;
            }
            if row.oprnegate == oid {
                row.oprnegate = Oid::INVALID;
            }
        });
    }
    catalog.remove::<PgOperator>(oid);
}

//! Whether a published table's rows can be told apart when they are updated or deleted (PostgreSQL:
//! CheckCmdReplicaIdentity, executor/execReplication.c; RelationBuildPublicationDesc, utils/cache/relcache.c).

use crate::catalog::{
    Catalog, PgClass, PgIndex, PgPublication, PgPublicationNamespace, PgPublicationRel,
};
use crate::commands::Context;
use crate::commands::heap::pull_var_attnums;
use crate::commands::tablecmds::inherit_tree::{find_all_inheritors, get_partition_ancestors};
use crate::commands::tablecmds::support::is_system_relation;
use crate::findings::{PgError, PgResult};
use crate::nodes::primnodes::CmdType;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// Checks the relation and, where all of them are scanned, its children.
pub(super) fn check_tree(
    context: &Context,
    relid: Oid,
    command: CmdType,
    all_rows: bool,
) -> PgResult<()> {
    let catalog = &*context.catalog;
    if catalog.iter::<PgPublication>().next().is_none() {
        return Ok(());
    }
    let partitioned = catalog.get::<PgClass>(relid).is_some_and(|class| class.relkind == b'p');
    // Which partitions a condition leaves is the planner's to say.
    if partitioned && !all_rows {
        return Ok(());
    }
    for (oid, _) in find_all_inheritors(catalog, relid) {
        if let Some(class) = catalog.get::<PgClass>(oid) {
            check_cmd_replica_identity(context, class, command)?;
        }
    }
    Ok(())
}

/// What publications do with a table's rows (PostgreSQL: PublicationDesc).
#[derive(Default)]
struct Published {
    yes: bool,
    /// A row filter reads a column outside of the replica identity.
    filter_invalid: bool,
    /// A column list leaves out a column of the replica identity.
    columns_invalid: bool,
    /// A generated column of the replica identity is not published.
    generated_invalid: bool,
}

fn check_cmd_replica_identity(
    context: &Context,
    class: &PgClass,
    command: CmdType,
) -> PgResult<()> {
    if class.relkind != b'r' || class.relpersistence != b'p' || is_system_relation(class) {
        return Ok(());
    }
    let catalog = &*context.catalog;
    let update = command == CmdType::CmdUpdate;
    let published = published(catalog, class, update);
    let verb = if update { "update" } else { "delete from" };
    let detail = if published.filter_invalid {
        Some("Column used in the publication WHERE expression is not part of the replica identity.")
    } else if published.columns_invalid {
        Some("Column list used by the publication does not cover the replica identity.")
    } else if published.generated_invalid {
        Some("Replica identity must not contain unpublished generated columns.")
    } else {
        None
    };
    if let Some(detail) = detail {
        return Err(PgError::new(
            sqlstate::INVALID_COLUMN_REFERENCE,
            format!("cannot {verb} table \"{}\"", class.relname),
        )
        .detail(detail)
        .into());
    }
    if !published.yes || class.relreplident == b'f' || replica_index(catalog, class).is_some() {
        return Ok(());
    }
    let (what, doing) = if update { ("updates", "updating") } else { ("deletes", "deleting from") };
    Err(PgError::new(
        sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!(
            "cannot {verb} table \"{}\" because it does not have a replica identity and publishes {what}",
            class.relname
        ),
    )
    .hint(format!("To enable {doing} the table, set REPLICA IDENTITY using ALTER TABLE."))
    .into())
}

/// PostgreSQL: RelationGetReplicaIndex.
fn replica_index<'c>(catalog: &'c Catalog, class: &PgClass) -> Option<&'c PgIndex> {
    let index = catalog.find_all::<PgIndex>(&class.oid).find(|index| match class.relreplident {
        b'd' => index.indisprimary && index.indimmediate,
        b'i' => index.indisreplident,
        _ => false, // FULL and NOTHING use no index
    });
    index.map(|row| row.as_ref())
}

fn published(catalog: &Catalog, class: &PgClass, update: bool) -> Published {
    let version = catalog.version().major();
    let ancestors =
        if class.relispartition { get_partition_ancestors(catalog, class.oid) } else { Vec::new() };
    let family: Vec<&PgClass> = std::iter::once(class.oid)
        .chain(ancestors.iter().copied())
        .filter_map(|oid| catalog.get::<PgClass>(oid).map(|row| row.as_ref()))
        .collect();
    let identity: Vec<i16> = replica_index(catalog, class)
        .map(|index| index.indkey.iter().copied().filter(|key| *key > 0).collect())
        .unwrap_or_default();
    let mut found = Published::default();
    for publication in catalog.iter::<PgPublication>() {
        if !(if update { publication.pubupdate } else { publication.pubdelete })
            || !family.iter().any(|member| publishes(catalog, publication, member))
        {
            continue;
        }
        found.yes = true;
        if version < 15 {
            continue;
        }
        let root = top_most(catalog, publication, &family).unwrap_or(class);
        let publish_as = if publication.pubviaroot { root } else { class };
        let member = catalog
            .find_all::<PgPublicationRel>(&publication.oid)
            .find(|row| row.prrelid == publish_as.oid);
        let qual = member.and_then(|row| row.prqual.as_deref());
        let columns = member.and_then(|row| row.prattrs.as_deref());
        // The same column as the table through which the changes are published has it.
        let published_number = |attnum: i16| -> Option<i16> {
            let name = &class.attribute(attnum)?.attname;
            Some(publish_as.attribute_named(name)?.attnum)
        };
        if class.relreplident != b'f'
            && !publication.puballtables
            && let Some(qual) = qual
        {
            let covered: Vec<i16> = identity.iter().filter_map(|a| published_number(*a)).collect();
            found.filter_invalid |= pull_var_attnums(qual).iter().any(|a| !covered.contains(a));
        }
        let generated = |attnum: i16, kind: u8| {
            class.attribute(attnum).is_some_and(|attribute| attribute.attgenerated == kind)
        };
        if class.relreplident == b'f' {
            found.columns_invalid |= columns.is_some();
            found.generated_invalid |= version >= 18
                && class.live_attributes().any(|a| {
                    a.attgenerated == b'v'
                        || a.attgenerated == b's' && publication.pubgencols != b's'
                });
            continue;
        }
        match columns {
            Some(columns) => {
                found.columns_invalid |= identity
                    .iter()
                    .any(|a| published_number(*a).is_none_or(|number| !columns.contains(&number)));
            }
            None => {
                found.generated_invalid |= version >= 18
                    && publication.pubgencols != b's'
                    && identity.iter().any(|a| generated(*a, b's'));
            }
        }
    }
    found
}

/// Whether the publication has the table, by itself, by its schema or with all others.
fn publishes(catalog: &Catalog, publication: &PgPublication, class: &PgClass) -> bool {
    publication.puballtables
        || catalog
            .find_all::<PgPublicationRel>(&publication.oid)
            .any(|row| row.prrelid == class.oid)
        || catalog
            .find_all::<PgPublicationNamespace>(&publication.oid)
            .any(|row| row.pnnspid == class.relnamespace)
}

/// The ancestor through which changes are published (PostgreSQL: GetTopMostAncestorInPublication).
fn top_most<'c>(
    catalog: &'c Catalog,
    publication: &PgPublication,
    family: &[&'c PgClass],
) -> Option<&'c PgClass> {
    let explicit =
        |class: &&&PgClass| !publication.puballtables && publishes(catalog, publication, class);
    family.iter().skip(1).rfind(explicit).copied()
}

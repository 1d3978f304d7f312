//! ALTER TABLE's subcommands that add and drop columns and change their defaults and generation expressions
//! (PostgreSQL: commands/tablecmds.c).

use super::alter::{AtCmd, Pass, WorkQueue, at_simple_permissions};
use super::alter_errors::{
    cannot_alter_system_column, column_exists, no_such_column, system_attribute_by_name, target,
};
use super::alter_type::remember_all_dependent_for_rebuilding;
use super::at_parse::at_parse_transform_cmd;
use super::inherit_tree::find_inheritance_children;
use super::support::{
    has_partition_attrs, has_system_columns, perform_deletion, perform_multiple_deletions,
    relation, relation_address, user_column,
};
use crate::catalog::lsyscache::get_collation_name;
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgPublication, PgPublicationRel};
use crate::commands::Context;
use crate::commands::heap::{
    AttributeCheck, RawColumnDefault, add_relation_new_constraints, check_attribute_type,
    store_attr_default,
};
use crate::findings::{Notice, PgError, PgResult, Stop};
use crate::nodes::tree::{AlterTableType, ColumnDef, DropBehavior, Node};
use crate::parser::parse_type::{get_column_def_collation, typename_type_id_and_mod};
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

/// PostgreSQL: MaxHeapAttributeNumber.
const MAX_HEAP_ATTRIBUTE_NUMBER: usize = 1600;

/// PostgreSQL: ATPrepAddColumn.
pub(super) fn at_prep_add_column(
    _context: &Context,
    class: &PgClass,
    recursing: bool,
) -> PgResult<()> {
    if class.reloftype.is_valid() && !recursing {
        return Err(
            PgError::new(sqlstate::WRONG_OBJECT_TYPE, "cannot add column to typed table").into()
        );
    }
    Ok(())
}

/// Adds the column here and to the children; returns the subcommand as it was after its transformation. PostgreSQL:
/// ATExecAddColumn.
pub(super) fn at_exec_add_column(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    mut cmd: AtCmd,
    recursing: bool,
    pass: Option<Pass>,
) -> PgResult<()> {
    let relid = queue.tables[at].relid;
    let class = relation(context.catalog, relid)?;
    let recurse = cmd.cmd.recurse;
    if recursing {
        let allowed = target::TABLE | target::PARTITIONED_TABLE | target::FOREIGN_TABLE;
        at_simple_permissions(context, cmd.cmd.subtype, &class, allowed)?;
    }
    if class.relispartition && !recursing {
        return Err(
            PgError::new(sqlstate::WRONG_OBJECT_TYPE, "cannot add column to a partition").into()
        );
    }
    let Some(column) = column_def(&cmd) else { return Ok(()) };
    if column.inhcount > 0 && merge_with_existing(context, &class, column)? {
        return Ok(());
    }
    let name = column.colname.clone().unwrap_or_default();
    if !check_for_column_name_collision(context, &class, &name, cmd.cmd.missing_ok)? {
        return Ok(());
    }
    if !recursing {
        match at_parse_transform_cmd(context, queue, at, cmd, recurse, pass)? {
            Some(transformed) => cmd = transformed,
            None => return Ok(()),
        }
    }
    let Some(column) = column_def(&cmd).cloned() else { return Ok(()) };
    let children = find_inheritance_children(context.catalog, relid);
    if column.identity != 0 && recurse && class.relkind != b'p' && !children.is_empty() {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            "cannot recursively add identity column to table that has child tables",
        )
        .into());
    }
    insert_column(context, relid, &column)?;
    if let Some(raw) = &column.raw_default {
        let attnum = last_attnum(context, relid)?;
        let default =
            RawColumnDefault { attnum, raw_default: raw.clone(), generated: column.generated };
        add_relation_new_constraints(context, relid, &[default], &[], false, true, false)
            .map_err(Stop::without_place)?;
    }
    queue.tables[at].rewrite |= column.raw_default.is_some() || column.identity != 0;
    if !children.is_empty() && !recurse {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            "column must be added to child tables too",
        )
        .into());
    }
    if let (false, Some(Node::ColumnDef(def))) = (recursing, cmd.cmd.def.as_mut()) {
        def.inhcount = 1;
        def.is_local = false;
    }
    for child in children {
        let child = relation(context.catalog, child)?;
        let child_at = queue.entry(&child);
        at_exec_add_column(context, queue, child_at, cmd.clone(), true, pass)?;
    }
    Ok(())
}

fn column_def(cmd: &AtCmd) -> Option<&ColumnDef> {
    match cmd.cmd.def.as_ref() {
        Some(Node::ColumnDef(def)) => Some(def),
        _ => None, // the grammar gives these subcommands a column definition
    }
}

fn last_attnum(context: &Context, relid: Oid) -> PgResult<i16> {
    Ok(i16::try_from(relation(context.catalog, relid)?.attributes.len()).unwrap_or(i16::MAX))
}

fn collation_name(context: &Context, collation: Oid) -> String {
    get_collation_name(context.catalog, collation).map_or_else(String::new, ToString::to_string)
}

/// A child that has the column already keeps it, when it is the same. True when it was merged.
fn merge_with_existing(
    context: &mut Context,
    class: &PgClass,
    column: &ColumnDef,
) -> PgResult<bool> {
    let name = column.colname.as_deref().unwrap_or_default();
    let Some(existing) = class.attribute_named(name) else { return Ok(false) };
    if let Some(type_name) = &column.type_name {
        let (type_id, typmod) = typename_type_id_and_mod(&context.shared(), type_name)?;
        if type_id != existing.atttypid || typmod != existing.atttypmod {
            return Err(PgError::new(
                sqlstate::DATATYPE_MISMATCH,
                format!(
                    "child table \"{}\" has different type for column \"{name}\"",
                    class.relname
                ),
            )
            .into());
        }
        let collation = get_column_def_collation(&context.shared(), column, type_id)?;
        if collation != existing.attcollation {
            return Err(PgError::new(
                sqlstate::COLLATION_MISMATCH,
                format!(
                    "child table \"{}\" has different collation for column \"{name}\"",
                    class.relname
                ),
            )
            .detail(format!(
                "\"{}\" versus \"{}\"",
                collation_name(context, collation),
                collation_name(context, existing.attcollation)
            ))
            .into());
        }
    }
    let attnum = existing.attnum;
    update_attribute(context, class.oid, attnum, |attribute| attribute.attinhcount += 1);
    context.notice(Notice::notice(format!(
        "merging definition of column \"{name}\" for child \"{}\"",
        class.relname
    )));
    Ok(true)
}

/// Changes one column's row.
pub(crate) fn update_attribute(
    context: &mut Context,
    relid: Oid,
    attnum: i16,
    change: impl FnOnce(&mut crate::catalog::PgAttribute),
) {
    context.catalog.update::<PgClass>(relid, |class| {
        let index = usize::try_from(attnum).ok().and_then(|n| n.checked_sub(1));
        if let Some(attribute) = index.and_then(|index| class.attributes.get_mut(index)) {
            change(attribute);
        }
    });
}

/// False, with a notice, when the name is taken and that is fine. PostgreSQL: check_for_column_name_collision.
pub(super) fn check_for_column_name_collision(
    context: &Context,
    class: &PgClass,
    name: &str,
    if_not_exists: bool,
) -> PgResult<bool> {
    if has_system_columns(class) && system_attribute_by_name(name).is_some() {
        return Err(PgError::new(
            sqlstate::DUPLICATE_COLUMN,
            format!("column name \"{name}\" conflicts with a system column name"),
        )
        .into());
    }
    if class.attribute_named(name).is_none() {
        return Ok(true);
    }
    if !if_not_exists {
        return Err(column_exists(name, class).into());
    }
    context.notice(Notice {
        sqlstate: sqlstate::DUPLICATE_COLUMN,
        ..Notice::notice(format!(
            "column \"{name}\" of relation \"{}\" already exists, skipping",
            class.relname
        ))
    });
    Ok(false)
}

/// The new column's row and what its type makes it depend on.
fn insert_column(context: &mut Context, relid: Oid, column: &ColumnDef) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if class.attributes.len() >= MAX_HEAP_ATTRIBUTE_NUMBER {
        return Err(PgError::new(
            sqlstate::TOO_MANY_COLUMNS,
            format!("tables can have at most {MAX_HEAP_ATTRIBUTE_NUMBER} columns"),
        )
        .into());
    }
    let attributes = super::create::build_desc_for_relation(context, std::iter::once(column))?;
    let Some(mut attribute) = attributes.into_iter().next() else { return Ok(()) };
    attribute.attnum = i16::try_from(class.attributes.len() + 1).unwrap_or(i16::MAX);
    check_attribute_type(
        context,
        &attribute.attname,
        attribute.atttypid,
        attribute.attcollation,
        &[class.reltype],
        AttributeCheck { is_virtual: attribute.attgenerated == b'v', ..AttributeCheck::default() },
    )?;
    let attnum = attribute.attnum;
    let (type_id, collation) = (attribute.atttypid, attribute.attcollation);
    // NOT NULL is set by the constraint that goes with it.
    if super::support::has_not_null_constraints(context.catalog) {
        attribute.attnotnull = false;
    }
    context.catalog.update::<PgClass>(relid, |class| class.attributes.push(attribute));
    add_column_dependencies(context, relid, attnum, type_id, collation);
    Ok(())
}

/// PostgreSQL: add_column_datatype_dependency, add_column_collation_dependency.
pub(super) fn add_column_dependencies(
    context: &mut Context,
    relid: Oid,
    attnum: i16,
    type_id: Oid,
    collation: Oid,
) {
    use crate::catalog::depend::DependType;
    use crate::commands::dependency::record_dependency_on;
    let column = ObjectAddress::column(relid, attnum);
    let referenced = ObjectAddress::new(Class::Type, type_id);
    record_dependency_on(context.catalog, column, referenced, DependType::Normal);
    if collation.is_valid() && collation != crate::pg::oid::fixed::DEFAULT_COLLATION_OID {
        let referenced = ObjectAddress::new(Class::Collation, collation);
        record_dependency_on(context.catalog, column, referenced, DependType::Normal);
    }
}

/// SET DEFAULT and DROP DEFAULT. PostgreSQL: ATExecColumnDefault.
pub(super) fn at_exec_column_default(
    context: &mut Context,
    relid: Oid,
    name: &str,
    cmd: &AtCmd,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    let setting = cmd.cmd.def.is_some();
    let major = context.catalog.version().major();
    if column.attidentity != 0 {
        let mut error = PgError::new(
            sqlstate::SYNTAX_ERROR,
            format!("column \"{name}\" of relation \"{}\" is an identity column", class.relname),
        );
        if !setting {
            error = error.hint("Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead.");
        }
        return Err(error.into());
    }
    if column.attgenerated != 0 {
        let mut error = PgError::new(
            sqlstate::SYNTAX_ERROR,
            format!("column \"{name}\" of relation \"{}\" is a generated column", class.relname),
        );
        if setting && major >= 17 {
            error = error.hint("Use ALTER TABLE ... ALTER COLUMN ... SET EXPRESSION instead.");
        } else if !setting && column.attgenerated == b's' {
            error = error.hint("Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead.");
        }
        return Err(error.into());
    }
    let attnum = column.attnum;
    remove_attr_default(context, relid, attnum)?;
    if let Some(raw) = &cmd.cmd.def {
        let default = RawColumnDefault { attnum, raw_default: raw.clone(), generated: 0 };
        add_relation_new_constraints(context, relid, &[default], &[], false, true, false)
            .map_err(Stop::without_place)?;
    }
    Ok(())
}

/// Takes a column's default away. PostgreSQL: RemoveAttrDefault (catalog/pg_attrdef.c).
pub(crate) fn remove_attr_default(context: &mut Context, relid: Oid, attnum: i16) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let Some(default) = class.attribute(attnum).and_then(|a| a.attdef.valid()) else {
        return Ok(());
    };
    let address = ObjectAddress::new(Class::Attrdef, default);
    perform_deletion(context, address, DropBehavior::DropRestrict)
}

/// A default that is already analysed. PostgreSQL: ATExecCookedColumnDefault.
pub(super) fn at_exec_cooked_column_default(
    context: &mut Context,
    relid: Oid,
    attnum: i16,
    cmd: &AtCmd,
) -> PgResult<()> {
    remove_attr_default(context, relid, attnum)?;
    if let Some(expr) = &cmd.cooked {
        store_attr_default(context, relid, attnum, expr.clone())?;
    }
    Ok(())
}

/// SET EXPRESSION AS (…). PostgreSQL: ATExecSetExpression.
pub(super) fn at_exec_set_expression(
    context: &mut Context,
    queue: &mut WorkQueue,
    at: usize,
    name: &str,
    cmd: &AtCmd,
) -> PgResult<()> {
    let relid = queue.tables[at].relid;
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    let (attnum, generated) = (column.attnum, column.attgenerated);
    if generated == 0 {
        return Err(not_generated(&class, name).into());
    }
    if generated == b'v' {
        let virtual_column = |where_: &str| -> PgResult<()> {
            Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!(
                    "ALTER TABLE / SET EXPRESSION is not supported for virtual generated columns \
                     {where_}"
                ),
            )
            .detail(virtual_detail(&class, name))
            .into())
        };
        let checked = context
            .catalog
            .find_all::<PgConstraint>(&relid)
            .any(|row| row.conrelid == relid && row.contype == b'c');
        if checked {
            return virtual_column("in tables with check constraints");
        }
        let published = context.catalog.find_second::<PgPublicationRel>(relid).next().is_some()
            || context.catalog.iter::<PgPublication>().any(|row| row.puballtables);
        if published {
            return virtual_column("in tables that are part of a publication");
        }
    } else {
        queue.tables[at].rewrite = true;
        remember_all_dependent_for_rebuilding(
            context,
            queue,
            at,
            AlterTableType::AtSetExpression,
            &class,
            attnum,
        )?;
    }
    forget_generation(context, &class, attnum)?;
    if let Some(raw) = &cmd.cmd.def {
        let default = RawColumnDefault { attnum, raw_default: raw.clone(), generated };
        add_relation_new_constraints(context, relid, &[default], &[], false, true, false)
            .map_err(Stop::without_place)?;
    }
    Ok(())
}

fn not_generated(class: &PgClass, name: &str) -> PgError {
    PgError::new(
        sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
        format!("column \"{name}\" of relation \"{}\" is not a generated column", class.relname),
    )
}

fn virtual_detail(class: &PgClass, name: &str) -> String {
    format!("Column \"{name}\" of relation \"{}\" is a virtual generated column.", class.relname)
}

/// Drops the generation expression, whose column depends on it so that a plain drop would be refused.
fn forget_generation(context: &mut Context, class: &PgClass, attnum: i16) -> PgResult<()> {
    let Some(default) = class.attribute(attnum).and_then(|a| a.attdef.valid()) else {
        return Ok(());
    };
    crate::commands::dependency::delete_dependency_records_for(
        context.catalog,
        ObjectAddress::new(Class::Attrdef, default),
        false,
    );
    remove_attr_default(context, class.oid, attnum)
}

/// PostgreSQL: ATPrepDropExpression.
pub(super) fn at_prep_drop_expression(
    context: &Context,
    class: &PgClass,
    cmd: &AtCmd,
    recurse: bool,
    recursing: bool,
) -> PgResult<()> {
    if !recurse && !recursing && !find_inheritance_children(context.catalog, class.oid).is_empty() {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "ALTER TABLE / DROP EXPRESSION must be applied to child tables too",
        )
        .into());
    }
    if !recursing {
        let column = match class.attribute_named(cmd.name()) {
            Some(column) => column,
            None if system_attribute_by_name(cmd.name()).is_some() => return Ok(()),
            None => return Err(no_such_column(cmd.name(), class).into()),
        };
        if column.attinhcount > 0 {
            return Err(PgError::new(
                sqlstate::INVALID_TABLE_DEFINITION,
                "cannot drop generation expression from inherited column",
            )
            .into());
        }
    }
    Ok(())
}

/// PostgreSQL: ATExecDropExpression.
pub(super) fn at_exec_drop_expression(
    context: &mut Context,
    relid: Oid,
    name: &str,
    missing_ok: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    let old = context.catalog.version().major() < 18;
    let kind = if old { "stored generated" } else { "generated" };
    match column.attgenerated {
        b'v' => {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "ALTER TABLE / DROP EXPRESSION is not supported for virtual generated columns",
            )
            .detail(virtual_detail(&class, name))
            .into());
        }
        0 if missing_ok => {
            context.notice(Notice::notice(format!(
                "column \"{name}\" of relation \"{}\" is not a {kind} column, skipping",
                class.relname
            )));
            return Ok(());
        }
        0 => {
            return Err(PgError::new(
                sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE,
                format!(
                    "column \"{name}\" of relation \"{}\" is not a {kind} column",
                    class.relname
                ),
            )
            .into());
        }
        _ => {} // 's', a stored one, which can be made an ordinary column
    }
    let attnum = column.attnum;
    update_attribute(context, relid, attnum, |attribute| attribute.attgenerated = 0);
    forget_generation(context, &class, attnum)
}

/// PostgreSQL: ATPrepDropColumn.
pub(super) fn at_prep_drop_column(class: &PgClass, recursing: bool) -> PgResult<()> {
    if class.reloftype.is_valid() && !recursing {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            "cannot drop column from typed table",
        )
        .into());
    }
    Ok(())
}

/// PostgreSQL: ATExecDropColumn at the top level.
pub(super) fn at_exec_drop_column(
    context: &mut Context,
    relid: Oid,
    name: &str,
    behavior: DropBehavior,
    recurse: bool,
    recursing: bool,
    missing_ok: bool,
) -> PgResult<()> {
    let mut addresses = Vec::new();
    drop_column(context, relid, name, recurse, recursing, missing_ok, &mut addresses)?;
    if addresses.is_empty() {
        return Ok(());
    }
    perform_multiple_deletions(context, &addresses, behavior)
}

/// PostgreSQL: ATExecDropColumn.
fn drop_column(
    context: &mut Context,
    relid: Oid,
    name: &str,
    recurse: bool,
    recursing: bool,
    missing_ok: bool,
    addresses: &mut Vec<ObjectAddress>,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    if recursing {
        let allowed = target::TABLE | target::PARTITIONED_TABLE | target::FOREIGN_TABLE;
        at_simple_permissions(context, AlterTableType::AtDropColumn, &class, allowed)?;
    }
    let column = match class.attribute_named(name) {
        Some(column) => column,
        None if has_system_columns(&class) && system_attribute_by_name(name).is_some() => {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!("cannot drop system column \"{name}\""),
            )
            .into());
        }
        None if missing_ok => {
            context.notice(Notice::notice(format!(
                "column \"{name}\" of relation \"{}\" does not exist, skipping",
                class.relname
            )));
            return Ok(());
        }
        None => return Err(no_such_column(name, &class).into()),
    };
    if column.attinhcount > 0 && !recursing {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!("cannot drop inherited column \"{name}\""),
        )
        .into());
    }
    if has_partition_attrs(context.catalog, relid, column.attnum).is_some() {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            format!(
                "cannot drop column \"{name}\" because it is part of the partition key of \
                 relation \"{}\"",
                class.relname
            ),
        )
        .into());
    }
    let children = find_inheritance_children(context.catalog, relid);
    if !children.is_empty() && class.relkind == b'p' && !recurse {
        return Err(PgError::new(
            sqlstate::INVALID_TABLE_DEFINITION,
            "cannot drop column from only the partitioned table when partitions exist",
        )
        .hint("Do not specify the ONLY keyword.")
        .into());
    }
    for child_oid in children {
        let child = relation(context.catalog, child_oid)?;
        let Some(inherited) = child.attribute_named(name) else { continue };
        if recurse && inherited.attinhcount == 1 && !inherited.attislocal {
            drop_column(context, child_oid, name, true, true, false, addresses)?;
        } else {
            update_attribute(context, child_oid, inherited.attnum, |attribute| {
                attribute.attinhcount -= 1;
                attribute.attislocal |= !recurse;
            });
        }
    }
    addresses.push(ObjectAddress { sub: i32::from(column.attnum), ..relation_address(relid) });
    Ok(())
}

/// PostgreSQL: ATExecSetStatistics.
pub(super) fn at_exec_set_statistics(
    context: &mut Context,
    relid: Oid,
    cmd: &AtCmd,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let is_index = matches!(class.relkind, b'i' | b'I');
    if !is_index && cmd.cmd.name.is_none() {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot refer to non-index column by number",
        )
        .into());
    }
    let target = statistics_target(context, cmd.cmd.def.as_ref().and_then(Node::int_val))?;
    let column = match cmd.cmd.name.as_deref() {
        Some(name) => user_column(&class, name)?,
        None => match class.attribute(cmd.cmd.num).filter(|a| !a.attisdropped) {
            Some(column) => column,
            None => {
                return Err(PgError::new(
                    sqlstate::UNDEFINED_COLUMN,
                    format!(
                        "column number {} of relation \"{}\" does not exist",
                        cmd.cmd.num, class.relname
                    ),
                )
                .into());
            }
        },
    };
    if column.attgenerated == b'v' {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot alter statistics on virtual generated column \"{}\"", column.attname),
        )
        .into());
    }
    if let Some(index) = context.catalog.get::<crate::catalog::PgIndex>(relid).filter(|_| is_index)
    {
        let refuse = |what: &str| {
            PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                format!(
                    "cannot alter statistics on {what} column \"{}\" of index \"{}\"",
                    column.attname, class.relname
                ),
            )
        };
        if column.attnum > index.indnkeyatts {
            return Err(refuse("included").into());
        }
        let key = usize::try_from(column.attnum - 1).ok().and_then(|at| index.indkey.get(at));
        if key.is_some_and(|key| *key != 0) {
            return Err(refuse("non-expression")
                .hint("Alter statistics on table column instead.")
                .into());
        }
    }
    let attnum = column.attnum;
    update_attribute(context, relid, attnum, |attribute| attribute.attstattarget = target);
    Ok(())
}

/// Checks a statistics target; None is the default. PostgreSQL: ATExecSetStatistics.
pub(crate) fn statistics_target(context: &Context, value: Option<i32>) -> PgResult<Option<i16>> {
    const MAX_STATISTICS_TARGET: i32 = 10_000;
    let Some(value) = value.filter(|value| *value != -1) else { return Ok(None) };
    if value < 0 {
        return Err(PgError::new(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("statistics target {value} is too low"),
        )
        .into());
    }
    if value > MAX_STATISTICS_TARGET {
        context.notice(Notice::warning(
            sqlstate::INVALID_PARAMETER_VALUE,
            format!("lowering statistics target to {MAX_STATISTICS_TARGET}"),
        ));
    }
    Ok(i16::try_from(value.min(MAX_STATISTICS_TARGET)).ok())
}

/// SET (n_distinct = …) and RESET. PostgreSQL: ATExecSetOptions.
pub(super) fn at_exec_set_options(
    context: &mut Context,
    relid: Oid,
    name: &str,
    cmd: &AtCmd,
    reset: bool,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    let (attnum, old) = (column.attnum, column.attoptions.clone());
    let definitions = cmd.cmd.def.as_ref().map_or(&[][..], Node::list);
    let options =
        crate::commands::reloptions::transform_rel_options(&old, definitions, None, &[], reset)?;
    crate::commands::reloptions::attribute_reloptions(&options)?;
    update_attribute(context, relid, attnum, |attribute| attribute.attoptions = options.into());
    Ok(())
}

/// PostgreSQL: ATExecSetStorage.
pub(super) fn at_exec_set_storage(
    context: &mut Context,
    relid: Oid,
    name: &str,
    cmd: &AtCmd,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = user_column(&class, name)?;
    let (attnum, type_id) = (column.attnum, column.atttypid);
    let mode = cmd.cmd.def.as_ref().map_or("", Node::str_val);
    let storage = super::create::get_attribute_storage(context, type_id, mode)?;
    update_attribute(context, relid, attnum, |attribute| attribute.attstorage = storage);
    Ok(())
}

/// PostgreSQL: ATExecSetCompression.
pub(super) fn at_exec_set_compression(
    context: &mut Context,
    relid: Oid,
    name: &str,
    cmd: &AtCmd,
) -> PgResult<()> {
    let class = relation(context.catalog, relid)?;
    let column = match class.attribute_named(name) {
        Some(column) => column,
        None if system_attribute_by_name(name).is_some() => {
            return Err(cannot_alter_system_column(name).into());
        }
        None => return Err(no_such_column(name, &class).into()),
    };
    let (attnum, type_id) = (column.attnum, column.atttypid);
    let method = cmd.cmd.def.as_ref().map_or("", Node::str_val);
    let compression = super::create::get_attribute_compression(context, type_id, Some(method))?;
    update_attribute(context, relid, attnum, |attribute| attribute.attcompression = compression);
    Ok(())
}

//! CREATE SEQUENCE and ALTER SEQUENCE (PostgreSQL: commands/sequence.c).

use super::Context;
use super::creation::range_var_get_and_check_creation_namespace;
use super::define::{conflicting_def_elem, def_get_int64, def_name};
use super::dependency::{
    delete_dependency_records_for_class, record_dependency_on, sequence_is_owned,
};
use super::heap::{NewRelation, heap_create_with_catalog, tuple_desc_entry};
use super::relation_kinds::relkind_not_supported;
use crate::catalog::depend::DependType;
use crate::catalog::format_type::format_type_be;
use crate::catalog::lsyscache::get_attnum;
use crate::catalog::namespace::{make_range_var_from_name_list, range_var_get_relid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgSequence};
use crate::findings::{Notice, PgError, PgResult};
use crate::nodes::tree::{AlterSeqStmt, CreateSeqStmt, DefElem, Node};
use crate::parser::parse_type::typename_type_id;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate;

/// The options of one statement, each at most once.
#[derive(Default)]
struct SequenceOptions<'o> {
    as_type: Option<&'o DefElem>,
    increment: Option<&'o DefElem>,
    start: Option<&'o DefElem>,
    restart: Option<&'o DefElem>,
    max: Option<&'o DefElem>,
    min: Option<&'o DefElem>,
    cache: Option<&'o DefElem>,
    cycle: Option<&'o DefElem>,
    owned_by: Option<&'o DefElem>,
    /// The owner of the table that a SERIAL column is added to (PostgreSQL: ownerId of CreateSeqStmt).
    owner: Option<Oid>,
}

fn invalid(message: String) -> PgError {
    PgError::new(sqlstate::INVALID_PARAMETER_VALUE, message)
}

/// PostgreSQL: `relation "x" already exists, skipping`.
pub fn relation_exists_skipping(name: &str) -> Notice {
    Notice {
        sqlstate: sqlstate::DUPLICATE_TABLE,
        ..Notice::notice(format!("relation \"{name}\" already exists, skipping"))
    }
}

/// PostgreSQL: DefineSequence. None when it is there already and IF NOT EXISTS says so.
pub fn define_sequence(
    context: &mut Context,
    stmt: &CreateSeqStmt,
) -> PgResult<Option<ObjectAddress>> {
    let Some(range) = stmt.sequence.as_deref() else { return Ok(None) };
    if range.relpersistence == b'u' && context.catalog.version().major() < 15 {
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "unlogged sequences are not supported",
        )
        .into());
    }
    if stmt.if_not_exists {
        let place = range_var_get_and_check_creation_namespace(context, range)?;
        if place.existing.is_some() {
            context.notice(relation_exists_skipping(&place.relname));
            return Ok(None);
        }
    }
    let options = collect(&stmt.options)?;
    let new = PgSequence {
        seqrelid: Oid::INVALID,
        seqtypid: fixed::INT8OID,
        seqstart: 1,
        seqincrement: 1,
        seqmax: i64::MAX,
        seqmin: 1,
        seqcache: 1,
        seqcycle: false,
    };
    let row = init_params(context, &options, stmt.for_identity, new, true)?;
    let place = range_var_get_and_check_creation_namespace(context, range)?;
    let owner = options.owner.unwrap_or(context.session.current_user);
    let columns = [
        ("last_value", fixed::INT8OID),
        ("log_cnt", fixed::INT8OID),
        ("is_called", fixed::BOOLOID),
    ];
    let mut relation = NewRelation::new(place.relname, place.namespace, b'S', owner);
    relation.relpersistence = place.relpersistence;
    for (name, type_oid) in columns {
        let mut column = tuple_desc_entry(context, name.into(), type_oid, -1, Oid::INVALID);
        column.attnotnull = true;
        relation.attributes.push(column);
    }
    let relid = heap_create_with_catalog(context, relation)?;
    if let Some(owned_by) = options.owned_by {
        process_owned_by(context, relid, owned_by, stmt.for_identity)?;
    }
    context.catalog.put(PgSequence { seqrelid: relid, ..row });
    Ok(Some(ObjectAddress::new(Class::Relation, relid)))
}

/// PostgreSQL: AlterSequence.
pub fn alter_sequence(context: &mut Context, stmt: &AlterSeqStmt) -> PgResult<()> {
    let Some(range) = stmt.sequence.as_deref() else { return Ok(()) };
    let found = range_var_get_relid(&context.shared(), range, stmt.missing_ok)?;
    let Some(relid) = found else {
        let name = range.relname.as_deref().unwrap_or_default();
        context.notice(Notice::notice(format!("relation \"{name}\" does not exist, skipping")));
        return Ok(());
    };
    let Some(class) = context.catalog.get::<PgClass>(relid).cloned() else { return Ok(()) };
    super::tablecmds::support::require_owner(context, &class)?;
    if class.relkind != b'S' {
        let name = &class.relname;
        return Err(if context.catalog.version().major() >= 17 {
            PgError::new(sqlstate::WRONG_OBJECT_TYPE, format!("cannot open relation \"{name}\""))
                .detail(relkind_not_supported(class.relkind))
        } else {
            PgError::new(sqlstate::WRONG_OBJECT_TYPE, format!("\"{name}\" is not a sequence"))
        }
        .into());
    }
    let Some(old) = context.catalog.get::<PgSequence>(relid) else { return Ok(()) };
    let old = (**old).clone();
    let options = collect(&stmt.options)?;
    let row = init_params(context, &options, stmt.for_identity, old, false)?;
    if let Some(owned_by) = options.owned_by {
        process_owned_by(context, relid, owned_by, stmt.for_identity)?;
    }
    context.catalog.put(row);
    Ok(())
}

fn collect(options: &[Node]) -> PgResult<SequenceOptions<'_>> {
    let mut found = SequenceOptions::default();
    for option in options {
        let Node::DefElem(def) = option else { continue };
        let slot = match def_name(def) {
            "as" => &mut found.as_type,
            "increment" => &mut found.increment,
            "start" => &mut found.start,
            "restart" => &mut found.restart,
            "maxvalue" => &mut found.max,
            "minvalue" => &mut found.min,
            "cache" => &mut found.cache,
            "cycle" => &mut found.cycle,
            "owned_by" => &mut found.owned_by,
            "owner_id" => {
                let owner = def.arg.as_ref().and_then(Node::int_val);
                found.owner = owner.and_then(|oid| u32::try_from(oid).ok()).map(Oid);
                continue;
            }
            "sequence_name" => {
                return Err(PgError::new(
                    sqlstate::SYNTAX_ERROR,
                    "invalid sequence option SEQUENCE NAME",
                )
                .at(def.location.0)
                .into());
            }
            // LOGGED and UNLOGGED are taken out before; the grammar makes nothing else.
            _ => continue,
        };
        if slot.is_some() {
            return Err(conflicting_def_elem(def));
        }
        *slot = Some(def);
    }
    Ok(found)
}

/// The least and the greatest value of an integer type.
fn type_bounds(type_oid: Oid) -> (i64, i64) {
    match type_oid {
        fixed::INT2OID => (i64::from(i16::MIN), i64::from(i16::MAX)),
        fixed::INT4OID => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX), // checked before: bigint
    }
}

fn sequence_type(context: &Context, def: &DefElem, for_identity: bool) -> PgResult<Option<Oid>> {
    let Some(Node::TypeName(type_name)) = &def.arg else { return Ok(None) };
    let type_oid = typename_type_id(&context.shared(), type_name)?;
    if matches!(type_oid, fixed::INT2OID | fixed::INT4OID | fixed::INT8OID) {
        return Ok(Some(type_oid));
    }
    let what = if for_identity { "identity column" } else { "sequence" };
    Err(invalid(format!("{what} type must be smallint, integer, or bigint")).into())
}

/// The sequence's parameters out of the options, checked in PostgreSQL's order (PostgreSQL: init_params).
fn init_params(
    context: &Context,
    options: &SequenceOptions,
    for_identity: bool,
    mut row: PgSequence,
    is_init: bool,
) -> PgResult<PgSequence> {
    let (mut reset_max, mut reset_min) = (false, false);
    if let Some(def) = options.as_type
        && let Some(type_oid) = sequence_type(context, def, for_identity)?
    {
        if !is_init {
            let (low, high) = type_bounds(row.seqtypid);
            reset_max = row.seqmax == high;
            reset_min = row.seqmin == low;
        }
        row.seqtypid = type_oid;
    }
    if let Some(def) = options.increment {
        row.seqincrement = def_get_int64(def)?;
        if row.seqincrement == 0 {
            return Err(invalid("INCREMENT must not be zero".to_string()).into());
        }
    }
    if let Some(def) = options.cycle {
        row.seqcycle = matches!(def.arg, Some(Node::Boolean(true)));
    }
    let (low, high) = type_bounds(row.seqtypid);
    let ascending = row.seqincrement > 0;
    let given = |def: Option<&DefElem>| -> PgResult<Option<i64>> {
        def.filter(|def| def.arg.is_some()).map(def_get_int64).transpose()
    };
    match given(options.max)? {
        Some(value) => row.seqmax = value,
        None if is_init || options.max.is_some() || reset_max => {
            row.seqmax = if ascending || reset_max { high } else { -1 };
        }
        None => {}
    }
    let type_name = || format_type_be(context.catalog, &context.path, row.seqtypid);
    if !(low..=high).contains(&row.seqmax) {
        return Err(invalid(format!(
            "MAXVALUE ({}) is out of range for sequence data type {}",
            row.seqmax,
            type_name()
        ))
        .into());
    }
    match given(options.min)? {
        Some(value) => row.seqmin = value,
        None if is_init || options.min.is_some() || reset_min => {
            row.seqmin = if !ascending || reset_min { low } else { 1 };
        }
        None => {}
    }
    if !(low..=high).contains(&row.seqmin) {
        return Err(invalid(format!(
            "MINVALUE ({}) is out of range for sequence data type {}",
            row.seqmin,
            format_type_be(context.catalog, &context.path, row.seqtypid)
        ))
        .into());
    }
    if row.seqmin >= row.seqmax {
        return Err(invalid(format!(
            "MINVALUE ({}) must be less than MAXVALUE ({})",
            row.seqmin, row.seqmax
        ))
        .into());
    }
    match options.start {
        Some(def) => row.seqstart = def_get_int64(def)?,
        None if is_init => row.seqstart = if ascending { row.seqmin } else { row.seqmax },
        None => {}
    }
    check_within("START", row.seqstart, &row)?;
    if let Some(value) = given(options.restart)? {
        check_within("RESTART", value, &row)?;
    }
    if let Some(def) = options.cache {
        row.seqcache = def_get_int64(def)?;
        if row.seqcache <= 0 {
            return Err(
                invalid(format!("CACHE ({}) must be greater than zero", row.seqcache)).into()
            );
        }
    }
    Ok(row)
}

fn check_within(what: &str, value: i64, row: &PgSequence) -> PgResult<()> {
    if value < row.seqmin {
        return Err(invalid(format!(
            "{what} value ({value}) cannot be less than MINVALUE ({})",
            row.seqmin
        ))
        .into());
    }
    if value > row.seqmax {
        return Err(invalid(format!(
            "{what} value ({value}) cannot be greater than MAXVALUE ({})",
            row.seqmax
        ))
        .into());
    }
    Ok(())
}

/// OWNED BY: the sequence goes with a column, or with none (PostgreSQL: process_owned_by).
pub fn process_owned_by(
    context: &mut Context,
    sequence: Oid,
    def: &DefElem,
    for_identity: bool,
) -> PgResult<()> {
    let names = def.arg.as_ref().map_or(&[][..], Node::list);
    let kind = if for_identity { DependType::Internal } else { DependType::Auto };
    let column = match names {
        [] => None,
        [only] => {
            if only.str_val() != "none" {
                return Err(PgError::new(sqlstate::SYNTAX_ERROR, "invalid OWNED BY option")
                    .hint("Specify OWNED BY table.column or OWNED BY NONE.")
                    .into());
            }
            None
        }
        [table @ .., column] => Some(owning_column(context, sequence, table, column.str_val())?),
    };
    if kind == DependType::Auto
        && let Some(owner) = sequence_is_owned(context.catalog, sequence, DependType::Internal)
    {
        let name = |relid: Oid| {
            context.catalog.get::<PgClass>(relid).map(|c| c.relname.clone()).unwrap_or_default()
        };
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            "cannot change ownership of identity sequence",
        )
        .detail(format!(
            "Sequence \"{}\" is linked to table \"{}\".",
            name(sequence),
            name(owner.object)
        ))
        .into());
    }
    let myself = ObjectAddress::new(Class::Relation, sequence);
    delete_dependency_records_for_class(context.catalog, myself, Class::Relation, kind);
    if let Some(column) = column {
        record_dependency_on(context.catalog, myself, column, kind);
    }
    Ok(())
}

fn owning_column(
    context: &Context,
    sequence: Oid,
    table: &[Node],
    column: &str,
) -> PgResult<ObjectAddress> {
    let range = make_range_var_from_name_list(table)?;
    let relid = range_var_get_relid(&context.shared(), &range, false)?.unwrap_or_default();
    let catalog = &*context.catalog;
    let (Some(class), Some(own)) =
        (catalog.get::<PgClass>(relid), catalog.get::<PgClass>(sequence))
    else {
        return crate::findings::unknown("OWNED BY a relation that is not in the catalog");
    };
    if !matches!(class.relkind, b'r' | b'f' | b'v' | b'p') {
        return Err(PgError::new(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("sequence cannot be owned by relation \"{}\"", class.relname),
        )
        .detail(relkind_not_supported(class.relkind))
        .into());
    }
    let mismatch = |message: &str| {
        PgError::new(sqlstate::OBJECT_NOT_IN_PREREQUISITE_STATE, message.to_string())
    };
    if own.relowner != class.relowner {
        return Err(mismatch("sequence must have same owner as table it is linked to").into());
    }
    if own.relnamespace != class.relnamespace {
        return Err(mismatch("sequence must be in same schema as table it is linked to").into());
    }
    let attnum = get_attnum(catalog, relid, column);
    if attnum == 0 {
        return Err(PgError::new(
            sqlstate::UNDEFINED_COLUMN,
            format!("column \"{column}\" of relation \"{}\" does not exist", class.relname),
        )
        .into());
    }
    Ok(ObjectAddress::column(relid, attnum))
}

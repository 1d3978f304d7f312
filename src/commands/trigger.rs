//! CREATE TRIGGER, its copies on partitions, and ALTER TRIGGER … RENAME (PostgreSQL: commands/trigger.c).

use std::sync::Arc;

use thin_vec::ThinVec;

use super::Context;
use super::tablecmds::alter_errors::{errdetail_relkind_not_supported, no_such_column};
use super::tablecmds::foreign_key::map_columns;
use super::tablecmds::inherit_tree::{find_inheritance_children, has_superclass};
use super::tablecmds::support::{refuse_system_relation, relation, relkind_noun, require_owner};
use crate::catalog::acl::privilege::{EXECUTE, TRIGGER};
use crate::catalog::aclchk::object_aclcheck;
use crate::catalog::depend::DependType;
use crate::catalog::namespace::{name_list_to_string, range_var_get_relid};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgClass, PgConstraint, PgTrigger};
use crate::commands::dependency::{record_dependency_on, record_dependency_on_expr};
use crate::commands::heap::create_constraint_entry;
use crate::findings::{PgError, PgResult};
use crate::nodes::node_funcs::{mutate_expr, walk_expr};
use crate::nodes::primnodes::{Alias, Expr, RangeTblEntry};
use crate::nodes::tree::{CreateTrigStmt, Node, RenameStmt};
use crate::parser::lookup_func::lookup_func_named;
use crate::parser::parse_clause::transform_where_clause;
use crate::parser::parse_collate::assign_expr_collations;
use crate::parser::parse_node::{ExprKind, ParseState};
use crate::parser::parse_relation::{add_ns_item_to_query, add_range_table_entry_for_relation};
use crate::pg::name::Name;
use crate::pg::oid::{Oid, fixed};
use crate::pg::sqlstate::{self, SqlState};

/// PostgreSQL: TRIGGER_TYPE_* (catalog/pg_trigger.h).
pub(super) mod tgtype {
    pub const ROW: i16 = 1;
    pub const BEFORE: i16 = 2;
    pub const INSERT: i16 = 4;
    pub const DELETE: i16 = 8;
    pub const UPDATE: i16 = 16;
    pub const TRUNCATE: i16 = 32;
    pub const INSTEAD: i16 = 64;
}

/// PostgreSQL: PRS2_OLD_VARNO, PRS2_NEW_VARNO.
const OLD_VARNO: u32 = 1;
const NEW_VARNO: u32 = 2;

/// What a trigger on a partition takes from its parent's.
struct Parent {
    trigger: Oid,
    function: Oid,
    qual: Option<Arc<Expr>>,
    columns: Vec<i16>,
    enabled: u8,
}

/// CREATE TRIGGER. PostgreSQL: CreateTrigger.
pub fn create_trigger(context: &mut Context, stmt: &CreateTrigStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(());
    };
    create_trigger_firing_on(context, stmt, relid, None).map(drop)
}

fn refuse<T>(state: SqlState, message: String, detail: &str) -> PgResult<T> {
    Err(PgError::new(state, message).detail(detail).into())
}

fn unsupported<T>(message: &str) -> PgResult<T> {
    Err(PgError::new(sqlstate::FEATURE_NOT_SUPPORTED, message).into())
}

fn invalid<T>(message: &str) -> PgResult<T> {
    Err(PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message).into())
}

/// PostgreSQL: CreateTriggerFiringOn.
fn create_trigger_firing_on(
    context: &mut Context,
    stmt: &CreateTrigStmt,
    relid: Oid,
    parent: Option<&Parent>,
) -> PgResult<Oid> {
    let class = relation(context.catalog, relid)?;
    check_relation(&class, stmt)?;
    refuse_system_relation(context, &class)?;
    let constrrelid = match stmt.constrrel.as_deref() {
        Some(range) if stmt.isconstraint => {
            range_var_get_relid(&context.shared(), range, false)?.unwrap_or(Oid::INVALID)
        }
        _ => Oid::INVALID, // only constraint triggers name another table
    };
    if parent.is_none() {
        check_trigger_permission(context, relid)?;
        if constrrelid.is_valid() {
            check_trigger_permission(context, constrrelid)?;
        }
    }
    let row_bit = if stmt.row { tgtype::ROW } else { 0 };
    let kind = row_bit | stmt.timing | stmt.events;
    check_kind(stmt, kind)?;
    let (old_table, new_table) = transition_tables(context, &class, stmt, kind)?;
    let (qual, rtable) = match parent {
        Some(parent) => (parent.qual.clone(), Vec::new()),
        None => transform_when(context, &class, stmt, kind)?,
    };
    let function = match parent {
        Some(parent) => parent.function,
        None => trigger_function(context, stmt)?,
    };
    let name = Name::new(stmt.trigname.as_deref().unwrap_or_default());
    let existing = check_existing(context, &class, &name, stmt, parent.is_some())?;
    let trigger = existing.unwrap_or_else(|| context.catalog.new_oid());
    let constraint = if stmt.isconstraint {
        create_constraint_entry(context, trigger_constraint(&class, &name, stmt))?
    } else {
        Oid::INVALID
    };
    let columns = match parent {
        Some(parent) => parent.columns.clone(),
        None => trigger_columns(&class, &stmt.columns)?,
    };
    let row = PgTrigger {
        oid: trigger,
        tgrelid: relid,
        tgparentid: parent.map_or(Oid::INVALID, |parent| parent.trigger),
        tgname: name,
        tgfoid: function,
        tgtype: kind,
        tgenabled: parent.map_or(b'O', |parent| parent.enabled),
        tgisinternal: false,
        tgconstrrelid: constrrelid,
        tgconstrindid: Oid::INVALID,
        tgconstraint: constraint,
        tgdeferrable: stmt.deferrable,
        tginitdeferred: stmt.initdeferred,
        tgattr: columns.clone(),
        tgargs: stmt.args.iter().map(|arg| Arc::from(arg.str_val())).collect(),
        tgqual: qual.clone(),
        tgoldtable: old_table,
        tgnewtable: new_table,
    };
    if existing.is_some() {
        super::dependency::delete_dependency_records_for(
            context.catalog,
            ObjectAddress::new(Class::Trigger, trigger),
            true,
        );
    }
    record_trigger_dependencies(context, &row, &rtable, parent)?;
    context.catalog.put(row);
    if stmt.row && class.relkind == b'p' {
        let enabled = parent.map_or(b'O', |parent| parent.enabled);
        let recursion = Parent { trigger, function, qual, columns, enabled };
        for partition in find_inheritance_children(context.catalog, relid) {
            let mapped = mapped_parent(context, &class, partition, &recursion)?;
            create_trigger_firing_on(context, stmt, partition, Some(&mapped))?;
        }
    }
    Ok(trigger)
}

/// Which triggers a relation of this kind can have at all.
fn check_relation(class: &PgClass, stmt: &CreateTrigStmt) -> PgResult<()> {
    let name = &class.relname;
    let wrong = sqlstate::WRONG_OBJECT_TYPE;
    let instead = stmt.timing & tgtype::INSTEAD != 0;
    match class.relkind {
        b'r' | b'p' if instead => refuse(
            wrong,
            format!("\"{name}\" is a table"),
            "Tables cannot have INSTEAD OF triggers.",
        ),
        b'p' if stmt.row && !stmt.transition_rels.is_empty() => refuse(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("\"{name}\" is a partitioned table"),
            "ROW triggers with transition tables are not supported on partitioned tables.",
        ),
        b'v' if !instead && stmt.row => refuse(
            wrong,
            format!("\"{name}\" is a view"),
            "Views cannot have row-level BEFORE or AFTER triggers.",
        ),
        b'v' if stmt.events & tgtype::TRUNCATE != 0 => {
            refuse(wrong, format!("\"{name}\" is a view"), "Views cannot have TRUNCATE triggers.")
        }
        b'f' if instead => refuse(
            wrong,
            format!("\"{name}\" is a foreign table"),
            "Foreign tables cannot have INSTEAD OF triggers.",
        ),
        b'f' if stmt.isconstraint => refuse(
            wrong,
            format!("\"{name}\" is a foreign table"),
            "Foreign tables cannot have constraint triggers.",
        ),
        b'r' | b'p' | b'v' | b'f' => Ok(()),
        relkind => refuse(
            wrong,
            format!("relation \"{name}\" cannot have triggers"),
            errdetail_relkind_not_supported(relkind),
        ),
    }
}

fn check_trigger_permission(context: &Context, relid: Oid) -> PgResult<()> {
    let address = ObjectAddress::new(Class::Relation, relid);
    if object_aclcheck(context.catalog, address, context.session.current_user, TRIGGER) {
        return Ok(());
    }
    let class = relation(context.catalog, relid)?;
    Err(PgError::new(
        sqlstate::INSUFFICIENT_PRIVILEGE,
        format!("permission denied for {} {}", relkind_noun(class.relkind), class.relname),
    )
    .into())
}

fn check_kind(stmt: &CreateTrigStmt, kind: i16) -> PgResult<()> {
    if kind & tgtype::ROW != 0 && kind & tgtype::TRUNCATE != 0 {
        return unsupported("TRUNCATE FOR EACH ROW triggers are not supported");
    }
    if kind & tgtype::INSTEAD != 0 {
        if kind & tgtype::ROW == 0 {
            return unsupported("INSTEAD OF triggers must be FOR EACH ROW");
        }
        if stmt.when_clause.is_some() {
            return unsupported("INSTEAD OF triggers cannot have WHEN conditions");
        }
        if !stmt.columns.is_empty() {
            return unsupported("INSTEAD OF triggers cannot have column lists");
        }
    }
    Ok(())
}

/// The names of OLD TABLE and NEW TABLE.
fn transition_tables(
    context: &Context,
    class: &PgClass,
    stmt: &CreateTrigStmt,
    kind: i16,
) -> PgResult<(Option<Name>, Option<Name>)> {
    let (mut old, mut new): (Option<Name>, Option<Name>) = (None, None);
    for node in &stmt.transition_rels {
        let Node::TriggerTransition(transition) = node else { continue };
        if !transition.is_table {
            return Err(PgError::new(
                sqlstate::FEATURE_NOT_SUPPORTED,
                "ROW variable naming in the REFERENCING clause is not supported",
            )
            .hint("Use OLD TABLE or NEW TABLE for naming transition tables.")
            .into());
        }
        check_transition(context, class, stmt, kind)?;
        let name = Name::new(transition.name.as_deref().unwrap_or_default());
        if transition.is_new {
            if kind & (tgtype::INSERT | tgtype::UPDATE) == 0 {
                return invalid("NEW TABLE can only be specified for an INSERT or UPDATE trigger");
            }
            if new.replace(name).is_some() {
                return invalid("NEW TABLE cannot be specified multiple times");
            }
        } else {
            if kind & (tgtype::DELETE | tgtype::UPDATE) == 0 {
                return invalid("OLD TABLE can only be specified for a DELETE or UPDATE trigger");
            }
            if old.replace(name).is_some() {
                return invalid("OLD TABLE cannot be specified multiple times");
            }
        }
    }
    if old.is_some() && old == new {
        return invalid("OLD TABLE name and NEW TABLE name cannot be the same");
    }
    Ok((old, new))
}

fn check_transition(
    context: &Context,
    class: &PgClass,
    stmt: &CreateTrigStmt,
    kind: i16,
) -> PgResult<()> {
    let name = &class.relname;
    match class.relkind {
        b'f' => {
            return refuse(
                sqlstate::WRONG_OBJECT_TYPE,
                format!("\"{name}\" is a foreign table"),
                "Triggers on foreign tables cannot have transition tables.",
            );
        }
        b'v' => {
            return refuse(
                sqlstate::WRONG_OBJECT_TYPE,
                format!("\"{name}\" is a view"),
                "Triggers on views cannot have transition tables.",
            );
        }
        _ => {} // tables can
    }
    if kind & tgtype::ROW != 0 && has_superclass(context.catalog, class.oid) {
        return unsupported(if class.relispartition {
            "ROW triggers with transition tables are not supported on partitions"
        } else {
            "ROW triggers with transition tables are not supported on inheritance children"
        });
    }
    if stmt.timing != 0 {
        return invalid("transition table name can only be specified for an AFTER trigger");
    }
    if kind & tgtype::TRUNCATE != 0 {
        return invalid("TRUNCATE triggers cannot specify transition tables");
    }
    let events = kind & (tgtype::INSERT | tgtype::UPDATE | tgtype::DELETE);
    if events.count_ones() != 1 {
        return unsupported(
            "transition tables cannot be specified for triggers with more than one event",
        );
    }
    if !stmt.columns.is_empty() {
        return unsupported("transition tables cannot be specified for triggers with column lists");
    }
    Ok(())
}

type When = (Option<Arc<Expr>>, Vec<RangeTblEntry>);

/// The WHEN condition and what its Vars point to.
fn transform_when(
    context: &Context,
    class: &Arc<PgClass>,
    stmt: &CreateTrigStmt,
    kind: i16,
) -> PgResult<When> {
    if stmt.when_clause.is_none() {
        return Ok((None, Vec::new()));
    }
    let mut pstate = ParseState::new(context.shared(), None);
    for alias in ["old", "new"] {
        let alias = Alias { aliasname: Name::new(alias), colnames: Vec::new() };
        let item =
            add_range_table_entry_for_relation(&mut pstate, class, Some(&alias), false, false)?;
        add_ns_item_to_query(&mut pstate, item, false, true, true);
    }
    let when = stmt.when_clause.as_ref();
    let qual = transform_where_clause(&mut pstate, when, ExprKind::TriggerWhen, "WHEN")?;
    let Some(mut qual) = qual else { return Ok((None, Vec::new())) };
    assign_expr_collations(&pstate, &mut qual)?;
    check_when_vars(class, &qual, kind)?;
    Ok((Some(Arc::new(qual)), pstate.rtable))
}

/// Which of OLD and NEW the condition may speak of.
fn check_when_vars(class: &PgClass, qual: &Expr, kind: i16) -> PgResult<()> {
    let mut refused: Option<PgError> = None;
    walk_expr(qual, &mut |node| {
        let Expr::Var(var) = node else { return false };
        let at = var.location.0;
        let invalid = |message: &str| {
            PgError::new(sqlstate::INVALID_OBJECT_DEFINITION, message.to_string()).at(at)
        };
        let generated =
            |attnum: i16| class.attribute(attnum).is_some_and(|column| column.attgenerated != 0);
        let before = kind & tgtype::BEFORE != 0;
        const GENERATED: &str =
            "BEFORE trigger's WHEN condition cannot reference NEW generated columns";
        refused =
            if kind & tgtype::ROW == 0 {
                Some(invalid("statement trigger's WHEN condition cannot reference column values"))
            } else if var.varno == OLD_VARNO && kind & tgtype::INSERT != 0 {
                Some(invalid("INSERT trigger's WHEN condition cannot reference OLD values"))
            } else if var.varno == NEW_VARNO && kind & tgtype::DELETE != 0 {
                Some(invalid("DELETE trigger's WHEN condition cannot reference NEW values"))
            } else if var.varno == NEW_VARNO && before && var.varattno < 0 {
                Some(
                    PgError::new(
                        sqlstate::FEATURE_NOT_SUPPORTED,
                        "BEFORE trigger's WHEN condition cannot reference NEW system columns",
                    )
                    .at(at),
                )
            } else if var.varno == NEW_VARNO
                && before
                && var.varattno == 0
                && class.live_attributes().any(|column| column.attgenerated != 0)
            {
                Some(invalid(GENERATED).detail(
                    "A whole-row reference is used and the table contains generated columns.",
                ))
            } else if var.varno == NEW_VARNO && before && generated(var.varattno) {
                let name = class.attribute(var.varattno).map_or("", |c| c.attname.as_str());
                Some(invalid(GENERATED).detail(format!("Column \"{name}\" is a generated column.")))
            } else {
                None
            };
        refused.is_some()
    });
    match refused {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// The function, which must return trigger.
fn trigger_function(context: &Context, stmt: &CreateTrigStmt) -> PgResult<Oid> {
    let function = lookup_func_named(&context.shared(), &stmt.funcname, Some(&[]), false)?
        .unwrap_or(Oid::INVALID);
    let Some(row) = context.catalog.get::<crate::catalog::PgProc>(function) else {
        return Ok(function);
    };
    let address = ObjectAddress::new(Class::Proc, function);
    let name = name_list_to_string(&stmt.funcname);
    if !object_aclcheck(context.catalog, address, context.session.current_user, EXECUTE) {
        return Err(PgError::new(
            sqlstate::INSUFFICIENT_PRIVILEGE,
            format!("permission denied for function {name}"),
        )
        .into());
    }
    if row.prorettype != fixed::TRIGGEROID {
        return Err(PgError::new(
            sqlstate::INVALID_OBJECT_DEFINITION,
            format!("function {name} must return type trigger"),
        )
        .into());
    }
    Ok(function)
}

/// The trigger of that name that is there, when it may be replaced.
fn check_existing(
    context: &Context,
    class: &PgClass,
    name: &Name,
    stmt: &CreateTrigStmt,
    in_partition: bool,
) -> PgResult<Option<Oid>> {
    let existing =
        context.catalog.find_all::<PgTrigger>(&class.oid).find(|row| row.tgname == *name);
    let Some(existing) = existing else { return Ok(None) };
    let duplicate = |rest: &str| -> PgResult<Option<Oid>> {
        Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("trigger \"{name}\" for relation \"{}\" {rest}", class.relname),
        )
        .into())
    };
    if !stmt.replace {
        return duplicate("already exists");
    }
    if (existing.tgisinternal || existing.tgparentid.is_valid()) && !in_partition {
        return duplicate("is an internal or a child trigger");
    }
    if existing.tgconstraint.is_valid() {
        return duplicate("is a constraint trigger");
    }
    Ok(Some(existing.oid))
}

/// The row that a constraint trigger has in pg_constraint.
fn trigger_constraint(class: &PgClass, name: &Name, stmt: &CreateTrigStmt) -> PgConstraint {
    PgConstraint {
        oid: Oid::INVALID,
        conname: name.clone(),
        connamespace: class.relnamespace,
        contype: b't',
        condeferrable: stmt.deferrable,
        condeferred: stmt.initdeferred,
        conenforced: true,
        convalidated: true,
        conrelid: class.oid,
        contypid: Oid::INVALID,
        conindid: Oid::INVALID,
        conparentid: Oid::INVALID,
        confrelid: Oid::INVALID,
        confupdtype: b' ',
        confdeltype: b' ',
        confmatchtype: b' ',
        conislocal: true,
        coninhcount: 0,
        connoinherit: true,
        conperiod: false,
        conkey: ThinVec::new(),
        confkey: ThinVec::new(),
        conpfeqop: ThinVec::new(),
        conppeqop: ThinVec::new(),
        conffeqop: ThinVec::new(),
        confdelsetcols: ThinVec::new(),
        conexclop: ThinVec::new(),
        conbin: None,
    }
}

/// The columns of UPDATE OF.
fn trigger_columns(class: &PgClass, names: &[Node]) -> PgResult<Vec<i16>> {
    let mut columns = Vec::with_capacity(names.len());
    for node in names {
        let name = node.str_val();
        let Some(column) = class.attribute_named(name) else {
            return Err(no_such_column(name, class).into());
        };
        if columns.contains(&column.attnum) {
            return Err(PgError::new(
                sqlstate::DUPLICATE_COLUMN,
                format!("column \"{name}\" specified more than once"),
            )
            .into());
        }
        columns.push(column.attnum);
    }
    Ok(columns)
}

fn record_trigger_dependencies(
    context: &mut Context,
    row: &PgTrigger,
    rtable: &[RangeTblEntry],
    parent: Option<&Parent>,
) -> PgResult<()> {
    let catalog = &mut *context.catalog;
    let trigger = ObjectAddress::new(Class::Trigger, row.oid);
    let table = ObjectAddress::new(Class::Relation, row.tgrelid);
    let function = ObjectAddress::new(Class::Proc, row.tgfoid);
    record_dependency_on(catalog, trigger, function, DependType::Normal);
    record_dependency_on(catalog, trigger, table, DependType::Auto);
    if row.tgconstrrelid.is_valid() {
        let other = ObjectAddress::new(Class::Relation, row.tgconstrrelid);
        record_dependency_on(catalog, trigger, other, DependType::Auto);
    }
    if row.tgconstraint.is_valid() {
        let constraint = ObjectAddress::new(Class::Constraint, row.tgconstraint);
        record_dependency_on(catalog, constraint, trigger, DependType::Internal);
    }
    if let Some(parent) = parent {
        let parent = ObjectAddress::new(Class::Trigger, parent.trigger);
        record_dependency_on(catalog, trigger, parent, DependType::PartitionPri);
        record_dependency_on(catalog, trigger, table, DependType::PartitionSec);
    }
    for column in &row.tgattr {
        let column = ObjectAddress::column(row.tgrelid, *column);
        record_dependency_on(catalog, trigger, column, DependType::Normal);
    }
    match &row.tgqual {
        Some(qual) if !rtable.is_empty() => {
            record_dependency_on_expr(catalog, trigger, qual, rtable, DependType::Normal)
        }
        _ => Ok(()), // no condition, or a partition's, whose parent's trigger has recorded it
    }
}

/// The parent's trigger with the partition's column numbers.
fn mapped_parent(
    context: &Context,
    class: &PgClass,
    partition: Oid,
    parent: &Parent,
) -> PgResult<Parent> {
    let part = relation(context.catalog, partition)?;
    let qual = parent.qual.as_ref().map(|qual| {
        let mut qual = (**qual).clone();
        mutate_expr(&mut qual, &mut |node| {
            if let Expr::Var(var) = node {
                let name = class.attribute(var.varattno).map(|column| &column.attname);
                if let Some(column) = name.and_then(|name| part.attribute_named(name)) {
                    var.varattno = column.attnum;
                }
            }
        });
        Arc::new(qual)
    });
    Ok(Parent {
        trigger: parent.trigger,
        function: parent.function,
        qual,
        columns: map_columns(class, &part, &parent.columns),
        enabled: parent.enabled,
    })
}

/// A new partition gets the parent's row triggers. PostgreSQL: CloneRowTriggersToPartition (commands/tablecmds.c).
pub(crate) fn clone_row_triggers_to_partition(
    context: &mut Context,
    parent: Oid,
    partition: Oid,
) -> PgResult<()> {
    let class = relation(context.catalog, parent)?;
    let triggers: Vec<Arc<PgTrigger>> = context
        .catalog
        .find_all::<PgTrigger>(&parent)
        .filter(|row| row.tgtype & tgtype::ROW != 0 && !row.tgisinternal)
        .cloned()
        .collect();
    for row in triggers {
        let stmt = CreateTrigStmt {
            replace: false,
            isconstraint: row.tgconstraint.is_valid(),
            trigname: Some(row.tgname.as_str().into()),
            relation: None,
            funcname: Vec::new(),
            args: row.tgargs.iter().map(|arg| crate::nodes::accessors::make_string(arg)).collect(),
            row: true,
            timing: row.tgtype & (tgtype::BEFORE | tgtype::INSTEAD),
            events: row.tgtype
                & (tgtype::INSERT | tgtype::UPDATE | tgtype::DELETE | tgtype::TRUNCATE),
            columns: Vec::new(),
            when_clause: None,
            transition_rels: Vec::new(),
            deferrable: row.tgdeferrable,
            initdeferred: row.tginitdeferred,
            constrrel: None,
        };
        let origin = Parent {
            trigger: row.oid,
            function: row.tgfoid,
            qual: row.tgqual.clone(),
            columns: row.tgattr.clone(),
            enabled: row.tgenabled,
        };
        let mapped = mapped_parent(context, &class, partition, &origin)?;
        create_trigger_firing_on(context, &stmt, partition, Some(&mapped))?;
    }
    Ok(())
}

/// ALTER TRIGGER … RENAME TO. PostgreSQL: renametrig.
pub fn renametrig(context: &mut Context, stmt: &RenameStmt) -> PgResult<()> {
    let Some(range) = stmt.relation.as_deref() else { return Ok(()) };
    let Some(relid) = range_var_get_relid(&context.shared(), range, false)? else {
        return Ok(());
    };
    let class = relation(context.catalog, relid)?;
    if !matches!(class.relkind, b'r' | b'v' | b'f' | b'p') {
        return refuse(
            sqlstate::WRONG_OBJECT_TYPE,
            format!("relation \"{}\" cannot have triggers", class.relname),
            errdetail_relkind_not_supported(class.relkind),
        );
    }
    require_owner(context, &class)?;
    refuse_system_relation(context, &class)?;
    let old = stmt.subname.as_deref().unwrap_or_default();
    let new = Name::new(stmt.newname.as_deref().unwrap_or_default());
    let found =
        context.catalog.find_all::<PgTrigger>(&relid).find(|row| row.tgname == old).cloned();
    let Some(found) = found else {
        return Err(PgError::new(
            sqlstate::UNDEFINED_OBJECT,
            format!("trigger \"{old}\" for table \"{}\" does not exist", class.relname),
        )
        .into());
    };
    if found.tgparentid.is_valid() {
        let parent = context.catalog.get::<PgTrigger>(found.tgparentid).map(|row| row.tgrelid);
        let table = parent.map_or_else(String::new, |oid| {
            super::tablecmds::support::rel_name(context.catalog, oid)
        });
        return Err(PgError::new(
            sqlstate::FEATURE_NOT_SUPPORTED,
            format!("cannot rename trigger \"{old}\" on table \"{}\"", class.relname),
        )
        .hint(format!("Rename the trigger on the partitioned table \"{table}\" instead."))
        .into());
    }
    rename_trigger(context, relid, found.oid, &new)
}

/// The trigger and its copies on partitions. PostgreSQL: renametrig_internal, renametrig_partition.
fn rename_trigger(context: &mut Context, relid: Oid, trigger: Oid, new: &Name) -> PgResult<()> {
    if context.catalog.find_all::<PgTrigger>(&relid).any(|row| row.tgname == *new) {
        let class = relation(context.catalog, relid)?;
        return Err(PgError::new(
            sqlstate::DUPLICATE_OBJECT,
            format!("trigger \"{new}\" for relation \"{}\" already exists", class.relname),
        )
        .into());
    }
    context.catalog.update::<PgTrigger>(trigger, |row| row.tgname = new.clone());
    for partition in find_inheritance_children(context.catalog, relid) {
        let copy = context
            .catalog
            .find_all::<PgTrigger>(&partition)
            .find(|row| row.tgparentid == trigger)
            .map(|row| row.oid);
        if let Some(copy) = copy {
            rename_trigger(context, partition, copy, new)?;
        }
    }
    Ok(())
}

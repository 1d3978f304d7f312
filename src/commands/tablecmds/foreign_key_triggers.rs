//! The internal triggers that enforce a foreign key (PostgreSQL: createForeignKeyActionTriggers,
//! createForeignKeyCheckTriggers, commands/tablecmds.c).

use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgConstraint, PgTrigger};
use crate::commands::Context;
use crate::commands::dependency::{delete_dependency_records_for, record_dependency_on};
use crate::findings::PgResult;
use crate::pg::name::Name;
use crate::pg::oid::Oid;

/// PostgreSQL: TRIGGER_TYPE_* (catalog/pg_trigger.h).
const ROW: i16 = 1;
const INSERT: i16 = 4;
const DELETE: i16 = 8;
const UPDATE: i16 = 16;

const RI_FKEY_CHECK_INS: Oid = Oid(1644);
const RI_FKEY_CHECK_UPD: Oid = Oid(1645);
const RI_FKEY_NOACTION_DEL: Oid = Oid(1654);
const RI_FKEY_NOACTION_UPD: Oid = Oid(1655);

/// The trigger function of an action: (ON DELETE, ON UPDATE).
fn action_functions(action: u8) -> (Oid, Oid) {
    match action {
        b'r' => (Oid(1648), Oid(1649)),
        b'c' => (Oid(1646), Oid(1647)),
        b'n' => (Oid(1650), Oid(1651)),
        b'd' => (Oid(1652), Oid(1653)),
        _ => (RI_FKEY_NOACTION_DEL, RI_FKEY_NOACTION_UPD), // 'a', NO ACTION
    }
}

/// Whether ALTER CONSTRAINT's deferrability reaches a trigger with this function: the others act at once always.
pub(super) fn is_deferrable_ri_function(function: Oid) -> bool {
    [RI_FKEY_NOACTION_DEL, RI_FKEY_NOACTION_UPD, RI_FKEY_CHECK_INS, RI_FKEY_CHECK_UPD]
        .contains(&function)
}

/// The triggers on the referenced table. PostgreSQL: createForeignKeyActionTriggers.
pub(super) fn create_action_triggers(
    context: &mut Context,
    rel: Oid,
    pk: Oid,
    constraint: Oid,
    index: Oid,
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgConstraint>(constraint).cloned() else {
        return Ok(());
    };
    for (event, action, at) in [(DELETE, row.confdeltype, 0), (UPDATE, row.confupdtype, 1)] {
        let functions = action_functions(action);
        let function = if at == 0 { functions.0 } else { functions.1 };
        let deferrable = action == b'a' && row.condeferrable;
        create_ri_trigger(
            context,
            'a',
            pk,
            rel,
            constraint,
            index,
            ROW | event,
            function,
            (deferrable, deferrable && row.condeferred),
        );
    }
    Ok(())
}

/// The triggers on the referencing table. PostgreSQL: createForeignKeyCheckTriggers.
pub(super) fn create_check_triggers(
    context: &mut Context,
    rel: Oid,
    pk: Oid,
    constraint: Oid,
    index: Oid,
) -> PgResult<()> {
    let Some(row) = context.catalog.get::<PgConstraint>(constraint).cloned() else {
        return Ok(());
    };
    for (event, function) in [(INSERT, RI_FKEY_CHECK_INS), (UPDATE, RI_FKEY_CHECK_UPD)] {
        create_ri_trigger(
            context,
            'c',
            rel,
            pk,
            constraint,
            index,
            ROW | event,
            function,
            (row.condeferrable, row.condeferred),
        );
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)]
fn create_ri_trigger(
    context: &mut Context,
    letter: char,
    table: Oid,
    other: Oid,
    constraint: Oid,
    index: Oid,
    tgtype: i16,
    function: Oid,
    (tgdeferrable, tginitdeferred): (bool, bool),
) {
    let oid = context.catalog.new_oid();
    context.catalog.put(PgTrigger {
        oid,
        tgrelid: table,
        tgparentid: Oid::INVALID,
        tgname: Name::new(&format!("RI_ConstraintTrigger_{letter}_{oid}")),
        tgfoid: function,
        tgtype,
        tgenabled: b'O',
        tgisinternal: true,
        tgconstrrelid: other,
        tgconstrindid: index,
        tgconstraint: constraint,
        tgdeferrable,
        tginitdeferred,
        tgattr: Vec::new(),
        tgargs: Vec::new(),
        tgqual: None,
        tgoldtable: None,
        tgnewtable: None,
    });
    let trigger = ObjectAddress::new(Class::Trigger, oid);
    let constraint = ObjectAddress::new(Class::Constraint, constraint);
    record_dependency_on(context.catalog, trigger, constraint, DependType::Internal);
}

/// Takes a trigger away with everything recorded of it.
pub(super) fn remove_trigger(context: &mut Context, trigger: Oid) {
    delete_dependency_records_for(
        context.catalog,
        ObjectAddress::new(Class::Trigger, trigger),
        false,
    );
    context.catalog.remove::<PgTrigger>(trigger);
}

/// Takes an internal foreign key away with its triggers and those that derive from it.
pub(super) fn remove_constraint(context: &mut Context, constraint: Oid) {
    let mut pending = vec![constraint];
    while let Some(oid) = pending.pop() {
        pending.extend(
            context
                .catalog
                .iter::<PgConstraint>()
                .filter(|row| row.conparentid == oid)
                .map(|row| row.oid),
        );
        let triggers: Vec<Oid> =
            context.catalog.find_second::<PgTrigger>(oid).map(|row| row.oid).collect();
        for trigger in triggers {
            remove_trigger(context, trigger);
        }
        let address = ObjectAddress::new(Class::Constraint, oid);
        let entries: Vec<DependEntry> = context.catalog.depend().dependents_of(address).collect();
        for entry in entries {
            context.catalog.remove_dependency(entry);
        }
        delete_dependency_records_for(context.catalog, address, false);
        context.catalog.remove::<PgConstraint>(oid);
    }
}

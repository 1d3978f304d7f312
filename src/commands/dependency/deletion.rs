//! Dropping objects with what depends on them (PostgreSQL: performDeletion and findDependentObjects,
//! catalog/dependency.c).

use std::collections::HashMap;

use crate::catalog::depend::{DependEntry, DependType};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::commands::Context;
use crate::commands::objectaddress::get_object_description;
use crate::findings::{Notice, PgError, PgResult, unknown};
use crate::nodes::MAX_DEPTH;
use crate::nodes::tree::DropBehavior;
use crate::pg::oid::Oid;
use crate::pg::sqlstate;

use super::record::{is_object_pinned, is_shared};
use super::removal::do_deletion;

/// How a deletion is carried out (PostgreSQL: PERFORM_DELETION_*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeletionFlags {
    /// Nothing is said about what else is dropped (PERFORM_DELETION_QUIETLY).
    pub quietly: bool,
    /// Only what depends on the objects is dropped, not they themselves (PERFORM_DELETION_SKIP_ORIGINAL).
    pub skip_original: bool,
    /// Members of extensions may be dropped (PERFORM_DELETION_SKIP_EXTENSIONS).
    pub skip_extensions: bool,
}

/// The most dependent objects that a message lists (PostgreSQL: MAX_REPORTED_DEPS).
const MAX_REPORTED_DEPS: usize = 100;

/// How an object came to be dropped (PostgreSQL: DEPFLAG_*).
mod flag {
    pub const ORIGINAL: u32 = 1;
    pub const NORMAL: u32 = 1 << 1;
    pub const AUTO: u32 = 1 << 2;
    pub const INTERNAL: u32 = 1 << 3;
    pub const PARTITION: u32 = 1 << 4;
    pub const EXTENSION: u32 = 1 << 5;
    pub const REVERSE: u32 = 1 << 6;
    pub const IS_PART: u32 = 1 << 7;
    pub const SUBOBJECT: u32 = 1 << 8;
}

/// Drops one object (PostgreSQL: performDeletion).
pub fn perform_deletion(
    context: &mut Context,
    object: ObjectAddress,
    behavior: DropBehavior,
    flags: DeletionFlags,
) -> PgResult<()> {
    let mut search = Search::new(context, flags, &[]);
    search.find_dependent_objects(object, flag::ORIGINAL)?;
    let targets = search.targets;
    report_dependent_objects(context, &targets, behavior, flags, Some(object))?;
    delete_objects_in_list(context, &targets, flags)
}

/// Drops several objects at once, so that they may depend on each other (PostgreSQL: performMultipleDeletions).
pub fn perform_multiple_deletions(
    context: &mut Context,
    objects: &[ObjectAddress],
    behavior: DropBehavior,
    flags: DeletionFlags,
) -> PgResult<()> {
    if objects.is_empty() {
        return Ok(());
    }
    let mut search = Search::new(context, flags, objects);
    for object in objects {
        search.find_dependent_objects(*object, flag::ORIGINAL)?;
    }
    let targets = search.targets;
    let single = if let [only] = objects { Some(*only) } else { None };
    report_dependent_objects(context, &targets, behavior, flags, single)?;
    delete_objects_in_list(context, &targets, flags)
}

/// One object to be dropped (PostgreSQL: ObjectAddressExtra).
struct Target {
    object: ObjectAddress,
    flags: u32,
    /// What it depends on that is dropped too, for messages.
    dependee: Option<ObjectAddress>,
}

/// What is to be dropped, in the order of deletion, with an index by class and oid.
#[derive(Default)]
struct Targets {
    list: Vec<Target>,
    index: HashMap<(Class, Oid), Vec<usize>>,
}

impl Targets {
    /// PostgreSQL: add_exact_object_address_extra.
    fn add(&mut self, target: Target) {
        let key = (target.object.class, target.object.object);
        self.index.entry(key).or_default().push(self.list.len());
        self.list.push(target);
    }

    /// Whether the object, or the whole that it is a part of, is there; its flags are added (PostgreSQL:
    /// object_address_present_add_flags).
    fn present_add_flags(&mut self, object: ObjectAddress, flags: u32) -> bool {
        let mut present = false;
        let Some(places) = self.index.get(&(object.class, object.object)) else { return false };
        for place in places {
            let target = &mut self.list[*place];
            present |= merge_flags(target.object, &mut target.flags, object, flags);
        }
        present
    }
}

/// Compares an object with one that is already known by the same class and oid, and adds flags where they belong.
fn merge_flags(
    known: ObjectAddress,
    known_flags: &mut u32,
    object: ObjectAddress,
    flags: u32,
) -> bool {
    if known.sub == object.sub {
        *known_flags |= flags;
        true
    } else if known.sub == 0 {
        // The whole object goes, and its columns with it.
        true
    } else {
        // The whole object goes after one of its columns was found: the column need not be reported on its own.
        if object.sub == 0 && flags != 0 {
            *known_flags |= flags | flag::SUBOBJECT;
        }
        false
    }
}

/// The search for everything that a deletion takes with it.
struct Search<'a, 'c> {
    context: &'a Context<'c>,
    flags: DeletionFlags,
    /// What the user asked to drop.
    pending: &'a [ObjectAddress],
    /// The objects being visited, the innermost last, with their flags.
    stack: Vec<(ObjectAddress, u32)>,
    targets: Targets,
}

impl<'a, 'c> Search<'a, 'c> {
    fn new(
        context: &'a Context<'c>,
        flags: DeletionFlags,
        pending: &'a [ObjectAddress],
    ) -> Search<'a, 'c> {
        Search { context, flags, pending, stack: Vec::new(), targets: Targets::default() }
    }

    /// PostgreSQL: stack_address_present_add_flags.
    fn on_stack(&mut self, object: ObjectAddress, flags: u32) -> bool {
        let mut present = false;
        for (known, known_flags) in &mut self.stack {
            if known.class == object.class && known.object == object.object {
                present |= merge_flags(*known, known_flags, object, flags);
            }
        }
        present
    }

    /// PostgreSQL: findDependentObjects.
    fn find_dependent_objects(&mut self, object: ObjectAddress, flags: u32) -> PgResult<()> {
        if self.on_stack(object, flags) || self.targets.present_add_flags(object, flags) {
            return Ok(());
        }
        if self.stack.len() > MAX_DEPTH {
            return unknown("a chain of dependencies is too deep");
        }
        if is_object_pinned(object) {
            let description = describe(self.context, object);
            return Err(PgError::new(
                sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
                format!("cannot drop {description} because it is required by the database system"),
            )
            .into());
        }
        let mut flags = flags;
        let Some(partition_owner) = self.owners(object, &mut flags)? else { return Ok(()) };

        let mut dependents: Vec<(ObjectAddress, u32)> = self
            .context
            .catalog
            .depend()
            .dependents_of(object)
            .filter(|entry| !is_shared(entry.kind) && !is_part_of(entry.dependent, object))
            .map(|entry| (entry.dependent, dependent_flag(entry.kind)))
            .collect();
        // Newer objects first; a whole object before its columns.
        dependents.sort_by_key(|(object, _)| {
            (std::cmp::Reverse(object.object), object.class, object.sub.cast_unsigned())
        });
        self.stack.push((object, flags));
        for (dependent, dependent_flags) in dependents {
            self.find_dependent_objects(dependent, dependent_flags)?;
        }
        let flags = self.stack.pop().map_or(flags, |(_, flags)| flags);
        let dependee = if flags & flag::IS_PART != 0 {
            partition_owner
        } else {
            self.stack.last().map(|(object, _)| *object)
        };
        self.targets.add(Target { object, flags, dependee });
        Ok(())
    }

    /// Looks at what the object itself depends on. None when its owner is dropped in its stead; else the partition
    /// owner if there is one.
    fn owners(
        &mut self,
        object: ObjectAddress,
        flags: &mut u32,
    ) -> PgResult<Option<Option<ObjectAddress>>> {
        let mut owning: Option<ObjectAddress> = None;
        let mut partition: Option<ObjectAddress> = None;
        let entries: Vec<DependEntry> =
            self.context.catalog.depend().references_of(object).collect();
        for entry in entries {
            let other = entry.referenced;
            if is_part_of(other, object) {
                continue;
            }
            match entry.kind {
                DependType::Extension if self.flags.skip_extensions => {}
                DependType::Extension | DependType::Internal => {
                    if self.stack.is_empty() {
                        if self.pending.iter().any(|pending| covers(*pending, other)) {
                            return Ok(None);
                        }
                        if owning.is_none() || entry.kind == DependType::Extension {
                            owning = Some(other);
                        }
                    } else if !self.on_stack(other, 0) {
                        self.find_dependent_objects(other, flag::REVERSE)?;
                        self.targets.present_add_flags(object, *flags);
                        return Ok(None);
                    }
                }
                DependType::PartitionPri => {
                    *flags |= flag::IS_PART;
                    partition = Some(other);
                }
                DependType::PartitionSec => {
                    if *flags & flag::IS_PART == 0 {
                        partition = Some(other);
                    }
                    *flags |= flag::IS_PART;
                }
                DependType::Normal
                | DependType::Auto
                | DependType::AutoExtension
                | DependType::Owner
                | DependType::Acl
                | DependType::Policy
                | DependType::Tablespace => {}
            }
        }
        match owning {
            Some(owning) => {
                Err(required_by(self.context, object, partition.unwrap_or(owning)).into())
            }
            None => Ok(Some(partition)),
        }
    }
}

/// Whether `part` is a column of the whole object `whole`, or that object itself.
fn is_part_of(part: ObjectAddress, whole: ObjectAddress) -> bool {
    whole.sub == 0 && part.class == whole.class && part.object == whole.object
}

/// Whether dropping `known` drops `object` (PostgreSQL: object_address_present).
fn covers(known: ObjectAddress, object: ObjectAddress) -> bool {
    known == object || is_part_of(object, known)
}

fn dependent_flag(kind: DependType) -> u32 {
    match kind {
        DependType::Normal => flag::NORMAL,
        DependType::Auto | DependType::AutoExtension => flag::AUTO,
        DependType::Internal => flag::INTERNAL,
        DependType::PartitionPri | DependType::PartitionSec => flag::PARTITION,
        DependType::Extension => flag::EXTENSION,
        DependType::Owner | DependType::Acl | DependType::Policy | DependType::Tablespace => 0,
    }
}

fn describe(context: &Context, object: ObjectAddress) -> String {
    get_object_description(context.catalog, &context.path, object).unwrap_or_default()
}

fn required_by(context: &Context, object: ObjectAddress, owner: ObjectAddress) -> PgError {
    let (object, owner) = (describe(context, object), describe(context, owner));
    PgError::new(
        sqlstate::DEPENDENT_OBJECTS_STILL_EXIST,
        format!("cannot drop {object} because {owner} requires it"),
    )
    .hint(format!("You can drop {owner} instead."))
}

/// Refuses the deletion, or says what it takes with it (PostgreSQL: reportDependentObjects).
fn report_dependent_objects(
    context: &Context,
    targets: &Targets,
    behavior: DropBehavior,
    flags: DeletionFlags,
    original: Option<ObjectAddress>,
) -> PgResult<()> {
    for target in &targets.list {
        if target.flags & flag::IS_PART != 0
            && target.flags & flag::PARTITION == 0
            && let Some(owner) = target.dependee
        {
            return Err(required_by(context, target.object, owner).into());
        }
    }
    let cascade = behavior == DropBehavior::DropCascade;
    if cascade && flags.quietly {
        return Ok(());
    }
    let okay = flag::AUTO | flag::INTERNAL | flag::PARTITION | flag::EXTENSION;
    let reported = targets
        .list
        .iter()
        .rev()
        .filter(|target| target.flags & (flag::ORIGINAL | flag::SUBOBJECT | okay) == 0);
    let mut lines: Vec<String> = Vec::new();
    let mut unreported = 0usize;
    for target in reported {
        let Some(object) = get_object_description(context.catalog, &context.path, target.object)
        else {
            continue;
        };
        if lines.len() >= MAX_REPORTED_DEPS {
            unreported += 1;
        } else if cascade {
            lines.push(format!("drop cascades to {object}"));
        } else if let Some(dependee) = target.dependee {
            lines.push(format!("{object} depends on {}", describe(context, dependee)));
        } else {
            unreported += 1;
        }
    }
    let count = lines.len() + unreported;
    if count == 0 {
        return Ok(());
    }
    let mut detail = lines.join("\n");
    if unreported > 0 {
        let plural = if unreported == 1 { "" } else { "s" };
        detail.push_str(&format!(
            "\nand {unreported} other object{plural} (see server log for list)"
        ));
    }
    if !cascade {
        let message = match original {
            Some(object) => format!(
                "cannot drop {} because other objects depend on it",
                describe(context, object)
            ),
            None => {
                "cannot drop desired object(s) because other objects depend on them".to_string()
            }
        };
        return Err(PgError::new(sqlstate::DEPENDENT_OBJECTS_STILL_EXIST, message)
            .detail(detail)
            .hint("Use DROP ... CASCADE to drop the dependent objects too.")
            .into());
    }
    if count > 1 {
        let mut notice = Notice::notice(format!("drop cascades to {count} other objects"));
        notice.detail = Some(detail);
        context.notice(notice);
    } else {
        context.notice(Notice::notice(detail));
    }
    Ok(())
}

/// PostgreSQL: deleteObjectsInList.
fn delete_objects_in_list(
    context: &mut Context,
    targets: &Targets,
    flags: DeletionFlags,
) -> PgResult<()> {
    for target in &targets.list {
        if flags.skip_original && target.flags & flag::ORIGINAL != 0 {
            continue;
        }
        do_deletion(context, target.object)?;
    }
    Ok(())
}

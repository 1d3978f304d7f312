//! The order of the steps: nothing before what it needs, and as early a phase as that allows.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

use super::build::Builder;
use super::names::occupied_names;
use super::{Phase, Plan, Stage, Step, Verb};
use crate::catalog::objectaddress::{Class, ObjectAddress};

/// Sorts the steps into phases.
pub(super) fn arrange(builder: Builder) -> Plan {
    let before = successors(&builder);
    let stages = stages(&builder.steps, &before);
    let order = sort(&builder.steps, &before, &stages);
    let whole = |at: &&usize| !builder.steps[**at].statements.is_empty();
    let order: Vec<usize> = order.iter().filter(whole).copied().collect();
    let mut plan = Plan { left: builder.left, ..Plan::default() };
    let mut steps: Vec<Option<Step>> = builder.steps.into_iter().map(Some).collect();
    let mut new_index = HashMap::new();
    for (place, at) in order.iter().enumerate() {
        new_index.insert(*at, place);
        let Some(mut step) = steps[*at].take() else { continue };
        step.stage = stages[*at];
        match plan.phases.last_mut() {
            Some(phase) if phase.stage == step.stage => phase.steps.push(step),
            _ => plan.phases.push(Phase { stage: step.stage, steps: vec![step] }),
        }
    }
    plan.before = before
        .iter()
        .enumerate()
        .flat_map(|(at, later)| later.iter().map(move |later| (at, *later)))
        .filter_map(|(a, b)| Some((*new_index.get(&a)?, *new_index.get(&b)?)))
        .collect();
    plan
}

/// Marks the steps that lose data and those that come after them for a reason.
pub(super) fn hold_back(plan: &mut Plan) {
    let count = plan.steps().count();
    let mut held = vec![false; count];
    for (at, step) in plan.steps().enumerate() {
        held[at] = step.loses.is_some();
    }
    let mut later: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (a, b) in &plan.before {
        later[*a].push(*b);
    }
    for at in 0..count {
        if held[at] {
            for next in &later[at] {
                held[*next] = true;
            }
        }
    }
    for (at, step) in plan.phases.iter_mut().flat_map(|phase| &mut phase.steps).enumerate() {
        step.held_back = held[at];
    }
}

/// For each step those that must come after it.
fn successors(builder: &Builder) -> Vec<BTreeSet<usize>> {
    let mut before: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); builder.steps.len()];
    let mut add = |a: usize, b: usize| {
        if a != b {
            before[a].insert(b);
        }
    };
    for (a, b) in &builder.edges {
        add(*a, *b);
    }
    for (at, step) in builder.steps.iter().enumerate() {
        for maker in needed_makers(builder, at, step) {
            add(maker, at);
        }
        for earlier in unsettled_by(builder, at, step) {
            add(earlier, at);
        }
    }
    for (at, need) in &builder.needs {
        for maker in makers(builder, *need) {
            add(maker, *at);
        }
    }
    for (at, gone) in &builder.needs_gone {
        for earlier in handlers(builder, *gone) {
            add(earlier, *at);
        }
    }
    for (drop, make) in same_names(builder) {
        add(drop, make);
    }
    for (old, drop) in &builder.dropped {
        let Some(new) = builder.counterpart(*old).filter(|_| !builder.rebuilt.contains(old)) else {
            continue;
        };
        for make in builder.made.get(&new).into_iter().flatten() {
            add(*drop, *make);
        }
    }
    before
}

/// The steps that make what a new object refers to.
fn makers(builder: &Builder, address: ObjectAddress) -> Vec<usize> {
    let known = |address: ObjectAddress| builder.made.contains_key(&address);
    let mut found = builder.made.get(&address).cloned().unwrap_or_default();
    if found.is_empty() {
        let resolved = builder.to.resolve(address, &known);
        found =
            resolved.and_then(|address| builder.made.get(&address).cloned()).unwrap_or_default();
    }
    // A whole relation needs all of its columns; a column needs its relation.
    if address.class == Class::Relation && address.sub != 0 {
        let whole = ObjectAddress { sub: 0, ..address };
        let created = builder.made.get(&whole).into_iter().flatten();
        found.extend(created.filter(|at| builder.steps[**at].verb == Verb::Create));
    }
    found
}

fn needed_makers(builder: &Builder, at: usize, step: &Step) -> Vec<usize> {
    let mut found = Vec::new();
    let own = |address: ObjectAddress| builder.made.contains_key(&address);
    for new in &step.new {
        let all = match step.verb {
            Verb::Create => builder.to.with_belongings(*new, &own),
            Verb::Alter | Verb::Drop => builder.to.with_inner(*new),
        };
        let members: HashSet<ObjectAddress> = all.iter().copied().collect();
        for address in all {
            for entry in builder.to.catalog.depend().references_of(address) {
                let exact =
                    address.sub == 0 && step.verb == Verb::Create || entry.dependent == address;
                if !exact
                    || entry.referenced.object.is_builtin()
                    || members.contains(&entry.referenced)
                    || builder.is_owned_sequence(&entry)
                {
                    continue;
                }
                // A base type's functions come before it, after its shell.
                if let Some(shell) = builder.shells.get(&entry.referenced)
                    && builder.to.refers(entry.referenced, *new)
                {
                    found.push(*shell);
                    continue;
                }
                found.extend(makers(builder, entry.referenced));
            }
        }
    }
    found.retain(|maker| {
        // A step never waits for one that waits for it by being a part of it.
        *maker != at
    });
    found
}

/// The steps that drop or alter an object of the first catalog.
fn handlers(builder: &Builder, old: ObjectAddress) -> Vec<usize> {
    let known = |address: ObjectAddress| {
        builder.dropped.contains_key(&address) || builder.altered.contains_key(&address)
    };
    let Some(found) = builder.from.resolve(old, &known) else { return Vec::new() };
    let mut steps: Vec<usize> = builder.dropped.get(&found).copied().into_iter().collect();
    steps.extend(builder.altered.get(&found).into_iter().flatten());
    steps
}

/// The steps that must have dealt with what depends on what this step takes away.
fn unsettled_by(builder: &Builder, at: usize, step: &Step) -> Vec<usize> {
    if step.verb == Verb::Create || step.verb == Verb::Alter && !builder.unsettles(at) {
        return Vec::new();
    }
    let own = |address: ObjectAddress| builder.dropped.contains_key(&address);
    let mut found = Vec::new();
    for old in &step.old {
        let all = match step.verb {
            Verb::Drop => builder.from.with_belongings(*old, &own),
            Verb::Alter | Verb::Create => vec![*old],
        };
        for address in all {
            for entry in builder.from.catalog.depend().dependents_of(address) {
                let steps = handlers(builder, entry.dependent);
                if step.verb == Verb::Drop {
                    found.extend(steps);
                } else {
                    let drops =
                        steps.into_iter().filter(|at| builder.steps[*at].verb == Verb::Drop);
                    found.extend(drops);
                }
            }
        }
    }
    found
}

/// Drops and creations that share a name.
fn same_names(builder: &Builder) -> Vec<(usize, usize)> {
    let mut held: HashMap<String, Vec<usize>> = HashMap::new();
    let dropped = |address: ObjectAddress| builder.dropped.contains_key(&address);
    for (at, step) in builder.steps.iter().enumerate() {
        if step.verb != Verb::Drop {
            continue;
        }
        for old in step.old.iter().filter(|old| !builder.rebuilt.contains(*old)) {
            for address in builder.from.with_belongings(*old, &dropped) {
                for name in occupied_names(builder.from.catalog, address) {
                    held.entry(name).or_default().push(at);
                }
            }
        }
    }
    let own = |address: ObjectAddress| builder.made.contains_key(&address);
    let mut pairs = Vec::new();
    for (at, step) in builder.steps.iter().enumerate() {
        if step.verb != Verb::Create {
            continue;
        }
        for new in &step.new {
            for address in builder.to.with_belongings(*new, &own) {
                for name in occupied_names(builder.to.catalog, address) {
                    for drop in held.get(&name).into_iter().flatten() {
                        pairs.push((*drop, at));
                    }
                }
            }
        }
    }
    pairs
}

/// The phase of each step: drops as early as what waits for them, everything else as late as what it waits for.
fn stages(steps: &[Step], before: &[BTreeSet<usize>]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = steps.iter().map(|step| step.stage).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    for (at, later) in before.iter().enumerate() {
        later.iter().for_each(|later| after[*later].push(at));
    }
    let mut pending: Vec<usize> = (0..steps.len()).collect();
    while let Some(at) = pending.pop() {
        for earlier in &after[at] {
            if steps[*earlier].verb == Verb::Drop && stages[at] < stages[*earlier] {
                stages[*earlier] = stages[at];
                pending.push(*earlier);
            }
        }
    }
    // Forward, along the edges.
    let mut pending: Vec<usize> = (0..steps.len()).collect();
    let mut budget = steps.len().saturating_mul(Stage::Losses as usize + 2);
    while let Some(at) = pending.pop() {
        for later in &before[at] {
            if stages[*later] < stages[at] {
                stages[*later] = stages[at];
                if budget > 0 {
                    budget -= 1;
                    pending.push(*later);
                }
            }
        }
    }
    stages
}

/// Kahn's algorithm; among what may come next the earliest phase, then drops, then the dump's order.
fn sort(steps: &[Step], before: &[BTreeSet<usize>], stages: &[Stage]) -> Vec<usize> {
    let mut waiting = vec![0usize; steps.len()];
    for later in before.iter().flatten() {
        waiting[*later] += 1;
    }
    let rank = |at: usize| Reverse((stages[at], steps[at].verb, steps[at].place, at));
    let mut heap: BinaryHeap<_> =
        (0..steps.len()).filter(|at| waiting[*at] == 0).map(rank).collect();
    let mut done = vec![false; steps.len()];
    let mut order = Vec::with_capacity(steps.len());
    loop {
        let next = match heap.pop() {
            Some(Reverse((.., at))) => at,
            // A circle: its earliest step goes first; the proof tells whether that works.
            None => match (0..steps.len()).filter(|at| !done[*at]).map(rank).max() {
                Some(Reverse((.., at))) => at,
                None => return order,
            },
        };
        if std::mem::replace(&mut done[next], true) {
            continue;
        }
        order.push(next);
        for later in &before[next] {
            waiting[*later] = waiting[*later].saturating_sub(1);
            if waiting[*later] == 0 && !done[*later] {
                heap.push(rank(*later));
            }
        }
    }
}

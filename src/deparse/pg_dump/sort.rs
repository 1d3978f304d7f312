//! The order of a dump: by kind and name, then so that nothing comes before what it needs (PostgreSQL:
//! pg_dump_sort.c).

use std::collections::BinaryHeap;

use super::objects::{Kind, Objects};

/// Indexes of the objects in the order of the dump; marks what had to be taken apart to break circles.
pub(super) fn sort(objects: &mut Objects) -> Vec<usize> {
    let mut input: Vec<usize> = (0..objects.list.len()).collect();
    input.sort_by(|a, b| objects.compare(*a, *b));
    loop {
        match topo_sort(objects, &input) {
            Ok(order) => return order,
            Err(stuck) => {
                if !find_dependency_loops(objects, &stuck) {
                    return input; // cannot happen: what is stuck holds a circle
                }
            }
        }
    }
}

/// Knuth's algorithm, from the end, keeping the given order where it may (PostgreSQL: TopoSort).
fn topo_sort(objects: &Objects, input: &[usize]) -> Result<Vec<usize>, Vec<usize>> {
    let count = input.len();
    let mut before = vec![0usize; count];
    let mut place = vec![0usize; count];
    for (i, id) in input.iter().enumerate() {
        place[*id] = i;
        for dependency in &objects.list[*id].deps {
            before[*dependency] += 1;
        }
    }
    let mut heap: BinaryHeap<usize> = (0..count).filter(|i| before[input[*i]] == 0).collect();
    let mut output = Vec::with_capacity(count);
    while let Some(i) = heap.pop() {
        let id = input[i];
        output.push(id);
        for dependency in &objects.list[id].deps {
            before[*dependency] -= 1;
            if before[*dependency] == 0 {
                heap.push(place[*dependency]);
            }
        }
    }
    if output.len() == count {
        output.reverse();
        return Ok(output);
    }
    // In the order in which pg_dump read them, not in that of their names.
    Err((0..count).filter(|id| before[*id] != 0).collect())
}

/// PostgreSQL: findDependencyLoops.
fn find_dependency_loops(objects: &mut Objects, stuck: &[usize]) -> bool {
    let count = objects.list.len();
    let mut processed = vec![false; count];
    let mut failed = vec![usize::MAX; count];
    let mut on_path = vec![false; count];
    let mut fixed = false;
    for start in stuck {
        let path = find_loop(objects, *start, &processed, &mut failed, &mut on_path);
        for id in &path {
            on_path[*id] = false;
        }
        if !path.is_empty() {
            repair(objects, &path);
            fixed = true;
            for id in path {
                processed[id] = true;
            }
        } else {
            processed[*start] = true;
        }
    }
    fixed
}

/// The circle through an object, empty where there is none (PostgreSQL: findLoop, with a stack of its own).
fn find_loop(
    objects: &Objects,
    start: usize,
    processed: &[bool],
    failed: &mut [usize],
    on_path: &mut [bool],
) -> Vec<usize> {
    let mut path = Vec::new();
    // Which of its dependencies is tried next, for each object of the path.
    let mut next: Vec<usize> = Vec::new();
    let mut candidate = Some(start);
    loop {
        if let Some(id) = candidate.take()
            && !processed[id]
            && failed[id] != start
            && !on_path[id]
        {
            path.push(id);
            on_path[id] = true;
            next.push(0);
            if objects.list[id].deps.contains(&start) {
                return path;
            }
        }
        let (Some(id), Some(at)) = (path.last().copied(), next.last_mut()) else { return path };
        match objects.list[id].deps.get(*at) {
            Some(dependency) => {
                *at += 1;
                candidate = Some(*dependency);
            }
            None => {
                failed[id] = start;
                on_path[id] = false;
                path.pop();
                next.pop();
            }
        }
    }
}

/// PostgreSQL: repairDependencyLoop.
fn repair(objects: &mut Objects, path: &[usize]) {
    let fixed = match path {
        [only] => {
            objects.release(*only, *only);
            true
        }
        [a, b] => repair_pair(objects, *a, *b) || repair_pair(objects, *b, *a),
        _ => repair_circle(objects, path),
    };
    // Nothing better is known: cut the circle at its first object.
    if !fixed && let [first, second, ..] = path {
        objects.release(*first, *second);
    }
}

/// Two objects that need each other.
fn repair_pair(objects: &mut Objects, a: usize, b: usize) -> bool {
    match (objects.list[a].kind, objects.list[b].kind) {
        // The function comes after the type's shell (repairTypeFuncLoop).
        (Kind::Type, Kind::Function) => {
            objects.release(b, a);
            if let Some(shell) = objects.list[a].shell {
                objects.require(b, shell);
                objects.list[shell].dump = true;
            }
        }
        // What is printed within its parent needs no parent.
        (Kind::Table, Kind::Rule | Kind::AttrDef)
        | (Kind::Table | Kind::Type, Kind::Constraint)
            if objects.list[b].parent == Some(a) =>
        {
            objects.release(b, a);
        }
        _ => return false, // no other two have a repair of their own
    }
    true
}

/// Three or more objects that need each other.
fn repair_circle(objects: &mut Objects, path: &[usize]) -> bool {
    // The first of a kind in the circle whose part is in it too.
    let pair = |objects: &Objects, whole: &dyn Fn(usize) -> bool, part: Kind| {
        path.iter().copied().filter(|id| whole(*id)).find_map(|a| {
            let is_part =
                |b: &usize| objects.list[*b].kind == part && objects.list[*b].parent == Some(a);
            path.iter().copied().find(is_part).map(|b| (a, b))
        })
    };
    let is = |objects: &Objects, id: usize, kind: Kind| objects.list[id].kind == kind;
    let is_relation = |objects: &Objects, id: usize, relkind: u8| {
        objects.list[id].kind == Kind::Table && objects.list[id].relkind == relkind
    };
    // repairViewRuleMultiLoop
    let view = pair(objects, &|id| is_relation(objects, id, b'v'), Kind::Rule);
    if let Some((view, rule)) = view {
        objects.release(view, rule);
        objects.list[view].taken_apart = true;
        objects.make_separate(rule, view, true);
        return true;
    }
    // repairMatViewBoundaryMultiLoop, repairFunctionBoundaryMultiLoop
    let boundary = path.iter().position(|id| is(objects, *id, Kind::PreDataBoundary));
    if let Some(at) = boundary {
        let next = path[(at + 1) % path.len()];
        let matview = path.iter().any(|id| is_relation(objects, *id, b'm'));
        let function = path.iter().any(|id| is(objects, *id, Kind::Function));
        if matview || function {
            objects.release(path[at], next);
            let postponed = if matview {
                is_relation(objects, next, b'm')
            } else {
                is(objects, next, Kind::Function)
            };
            objects.list[next].taken_apart |= postponed;
            return true;
        }
    }
    for (whole, part, post_data) in [
        (Kind::Table, Kind::Constraint, true),
        (Kind::Table, Kind::AttrDef, false),
        (Kind::Type, Kind::Constraint, true),
    ] {
        let found = pair(objects, &|id| is(objects, id, whole), part);
        let Some((parent, part)) = found else { continue };
        objects.release(parent, part);
        objects.make_separate(part, parent, post_data);
        return true;
    }
    false
}

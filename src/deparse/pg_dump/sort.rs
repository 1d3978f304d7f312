//! The order of a dump: by kind and name, then so that nothing comes before what it needs (PostgreSQL:
//! pg_dump_sort.c).

use std::collections::BinaryHeap;

use super::collect::{Kind, Objects};

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
    Err(input.iter().copied().filter(|id| before[*id] != 0).collect())
}

/// PostgreSQL: findDependencyLoops.
fn find_dependency_loops(objects: &mut Objects, stuck: &[usize]) -> bool {
    let count = objects.list.len();
    let mut processed = vec![false; count];
    let mut failed = vec![usize::MAX; count];
    let mut fixed = false;
    for start in stuck {
        let mut path = Vec::new();
        if find_loop(objects, *start, *start, &processed, &mut failed, &mut path) {
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

/// PostgreSQL: findLoop, with a stack of its own.
fn find_loop(
    objects: &Objects,
    start: usize,
    first: usize,
    processed: &[bool],
    failed: &mut [usize],
    path: &mut Vec<usize>,
) -> bool {
    let mut on_path = vec![false; processed.len()];
    // Each level: the object and which of its dependencies is tried next.
    let mut next: Vec<usize> = Vec::new();
    let mut candidate = Some(first);
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
                return true;
            }
        }
        let (Some(id), Some(at)) = (path.last().copied(), next.last_mut()) else { return false };
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
    let kind = |objects: &Objects, id: usize| objects.list[id].kind;
    let pair = |objects: &Objects, outer: Kind, inner: Kind| {
        path.iter().copied().filter(|id| kind(objects, *id) == outer).find_map(|a| {
            path.iter()
                .copied()
                .find(|b| kind(objects, *b) == inner && objects.list[*b].parent == Some(a))
                .map(|b| (a, b))
        })
    };
    let two = path.len() == 2;
    // A base type and its input function: the function comes after the shell type.
    if let [a, b] = path {
        for (a, b) in [(*a, *b), (*b, *a)] {
            if kind(objects, a) == Kind::Type && kind(objects, b) == Kind::Function {
                objects.release(b, a);
                if let Some(shell) = objects.list[a].shell {
                    objects.require(b, shell);
                    objects.list[shell].dump = true;
                }
                return;
            }
        }
    }
    if let Some((view, rule)) = pair(objects, Kind::Table, Kind::Rule) {
        if two {
            return objects.release(rule, view);
        }
        if objects.list[view].relkind == b'v' {
            objects.release(view, rule);
            objects.list[view].taken_apart = true;
            return objects.make_separate(rule, view, true);
        }
    }
    if !two {
        let boundary = path.iter().position(|id| kind(objects, *id) == Kind::PreDataBoundary);
        let early = path.iter().any(|id| {
            let object = &objects.list[*id];
            object.kind == Kind::Function || object.kind == Kind::Table && object.relkind == b'm'
        });
        if let Some(at) = boundary.filter(|_| early) {
            let next = path[(at + 1) % path.len()];
            objects.release(path[at], next);
            objects.list[next].taken_apart = true;
            return;
        }
    }
    for (outer, inner, post_data) in [
        (Kind::Table, Kind::Constraint, true),
        (Kind::Table, Kind::AttrDef, false),
        (Kind::Type, Kind::Constraint, true),
    ] {
        let Some((parent, part)) = pair(objects, outer, inner) else { continue };
        if two {
            return objects.release(part, parent);
        }
        objects.release(parent, part);
        return objects.make_separate(part, parent, post_data);
    }
    // Nothing better is known: cut the circle at its first object.
    if let Some(first) = path.first().copied() {
        let second = path.get(1).copied().unwrap_or(first);
        objects.release(first, second);
    }
}

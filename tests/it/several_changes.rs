//! Two and more random changes at once, on one side or on both: drift names exactly what was changed on each.
//!
//! The changes are those of `tests/mutations`; `PGRECKON_SEED` throws others, `PGRECKON_PAIRS` more of them.

use std::collections::BTreeSet;

use pgreckon::history::STACK_SIZE;

use crate::schema_changes::{FILES, Mutation, apply, base, drift, dump, folder, mutations, read};

/// How many combinations are tried.
const PAIRS: usize = 40;

fn number(variable: &str, usual: usize) -> usize {
    let value = std::env::var(variable).ok();
    value.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A linear congruential generator: the same numbers for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

/// The objects that a line of drift is about: all that looks like a name.
fn objects(mutation: &Mutation) -> BTreeSet<&str> {
    mutation
        .expected
        .iter()
        .filter_map(|line| {
            let rest = line.split(", ").next().unwrap_or(line);
            let rest = rest.split(": ").next().unwrap_or(rest);
            rest.split_once(' ').map(|(_, object)| object)
        })
        .collect()
}

/// The same difference, seen from the other side.
fn turned(line: &str) -> String {
    match line.split_once(' ') {
        Some(("missing", rest)) => format!("extra {rest}"),
        Some(("extra", rest)) => format!("missing {rest}"),
        _ => line.to_string(),
    }
}

#[test]
fn several_changes_are_each_named() {
    let work = || {
        let base = base();
        let all: Vec<Mutation> = FILES
            .iter()
            .flat_map(|file| mutations(&read(&folder().join(format!("{file}.sql")))))
            .collect();
        let mut random = Random(number("PGRECKON_SEED", 5) as u64);
        let mut wrong = Vec::new();
        let mut tried = 0;
        let wanted = number("PGRECKON_PAIRS", PAIRS);
        for _ in 0..wanted * 4 {
            if tried == wanted {
                break;
            }
            // Two changes of one side, then two of the other.
            let picked: Vec<&Mutation> = (0..4).map(|_| &all[random.below(all.len())]).collect();
            let count = 2 + random.below(3);
            let picked = &picked[..count];
            let mut seen = BTreeSet::new();
            if !picked.iter().flat_map(|one| objects(one)).all(|object| seen.insert(object)) {
                continue; // they are about the same
            }
            let (mut sides, mut failed) = ([base.made.clone(), base.made.clone()], false);
            let mut expected: Vec<String> = Vec::new();
            for (at, mutation) in picked.iter().enumerate() {
                let side = at % 2;
                let (after, failures) = apply(sides[side].clone(), &mutation.sql);
                sides[side] = after;
                failed |= !failures.is_empty();
                let lines = mutation.expected.iter();
                expected
                    .extend(lines.map(|line| if side == 1 { line.clone() } else { turned(line) }));
            }
            if failed {
                continue; // one needs what another took away
            }
            tried += 1;
            let [a, b] = sides.map(|side| apply(base.start.clone(), &dump(&side)).0);
            let mut found = drift(&a, &b);
            for lines in [&mut found, &mut expected] {
                // Of two names each side sees the other's.
                for line in lines.iter_mut().filter(|line| line.ends_with(": name")) {
                    *line = line.split(", ").next().unwrap_or_default().to_string();
                }
                lines.sort();
            }
            if found != expected {
                let names: Vec<&str> = picked.iter().map(|one| one.name.as_str()).collect();
                wrong.push(format!("{names:?}\n  found {found:#?}\n  instead of {expected:#?}"));
            }
        }
        println!("{tried} combinations, {} wrong", wrong.len());
        assert!(tried * 2 >= wanted, "too few combinations fit: {tried}");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    };
    let thread = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(work);
    thread.expect("a thread starts").join().expect("every change is named");
}

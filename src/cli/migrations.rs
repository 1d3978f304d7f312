//! Which migrations of a folder bring one schema to another: chosen by what each changed, proven by running them.

use std::path::Path;

use super::input::{BaseArgs, Prepared};
use super::output::on_a_large_stack;
use super::side::Side;
use crate::catalog::Catalog;
use crate::diff::{self, Class, Difference};
use crate::history::{self, Event, Mode};
use crate::report::plan::{Migrations, difference};
use crate::report::text;
use crate::session::Outcome;
use crate::status::evidence::Recorder;
use crate::status::{Judged, Shows, Verdict, judge};

/// The migrations that give the second schema from the first; None when the folder cannot be read.
pub(super) fn choose(
    base: &BaseArgs,
    folder: &Path,
    (from, to): (&Side, &Side),
    compare: &diff::Options,
) -> Option<Migrations> {
    // What a folder does not say, it does not have.
    let everything = Shows { owners: true, privileges: true, comments: true };
    let shows = [from, to].map(|side| if side.is_dump { side.shows } else { everything });
    let (from, to) = (&from.catalog, &to.catalog);
    let mut prepared = match base.prepare(folder) {
        Ok(prepared) => prepared,
        Err(error) => {
            eprintln!("pgreckon: {}", text::clean(&error.to_string()));
            return None;
        }
    };
    let start = prepared.catalog.clone();
    let mut recorder = Recorder::new(&start);
    history::apply(
        &prepared.sources,
        &prepared.includes,
        &prepared.plan.files,
        start,
        history::Options { track: true, ..options(&prepared) },
        &mut |moment| recorder.see(&moment),
    );
    prepared.catalog = Catalog::empty(to.version());
    let count = prepared.plan.files.len();
    on_a_large_stack(|| {
        let migrations = recorder.finish(count, compare);
        let in_from = judge::judge(&migrations, &diff::draw(from, compare), shows[0], &[]);
        let in_to = judge::judge(&migrations, &diff::draw(to, compare), shows[1], &[]);
        let trial = Trial { prepared: &prepared, from, to, compare };
        let mut nearest: Option<Run> = None;
        for files in candidates(&in_from, &in_to) {
            let run = trial.run(&files);
            let better = nearest.as_ref().is_none_or(|best| run.left.len() < best.left.len());
            if !run.failed && (better || run.left.is_empty()) {
                nearest = Some(run);
            }
            if nearest.as_ref().is_some_and(|best| best.left.is_empty()) {
                break;
            }
        }
        if nearest.as_ref().is_none_or(|best| !best.left.is_empty()) {
            let run = trial.whatever_runs();
            if nearest.as_ref().is_none_or(|best| run.left.len() < best.left.len()) {
                nearest = Some(run);
            }
        }
        let best = nearest.unwrap_or_default();
        let name = |file: &usize| prepared.plan.files[*file].name.clone();
        let notes = best.files.iter().filter_map(|file| match in_from[*file].verdict {
            Verdict::Unclear(why) => {
                Some(format!("whether {} ran before can't be told: {why}", name(file)))
            }
            _ => None, // its changes tell
        });
        Some(Migrations {
            notes: notes.collect(),
            files: best.files.iter().map(name).collect(),
            proven: best.left.is_empty(),
            left: best.left.iter().map(difference).collect(),
        })
    })
}

fn options(prepared: &Prepared) -> history::Options {
    history::Options {
        mode: Mode::Check,
        track: false,
        stock_extensions: false,
        session_per_file: prepared.session_per_file,
    }
}

/// Lists of files to try, the likeliest first.
fn candidates(in_from: &[Judged], in_to: &[Judged]) -> Vec<Vec<usize>> {
    let applied = |judged: &[Judged], file: usize| judged[file].verdict == Verdict::Applied;
    let count = in_from.len();
    let Some(last) = (0..count).rev().find(|file| applied(in_to, *file)) else {
        return vec![Vec::new()];
    };
    let lacks = |file: &usize| match in_from[*file].verdict {
        Verdict::Applied | Verdict::Unclear(_) => false,
        Verdict::Superseded(by) => !applied(in_from, by) && by <= last,
        Verdict::NotApplied | Verdict::Partly => in_to[*file].verdict != Verdict::NotApplied,
    };
    let lacking: Vec<usize> = (0..=last).filter(lacks).collect();
    // What changes data alone shows nowhere; it belongs to the others when it comes after the first of them.
    let first = lacking.first().copied().unwrap_or(count);
    let unclear = |file: &usize| matches!(in_from[*file].verdict, Verdict::Unclear(_));
    let with_data: Vec<usize> = (first..=last.max(first))
        .filter(|f| lacking.contains(f) || *f <= last && unclear(f))
        .collect();
    let newest = (0..count).rev().find(|file| applied(in_from, *file));
    let range: Vec<usize> = (newest.map_or(0, |file| file + 1)..=last).collect();
    let mut all = vec![with_data, lacking, range];
    all.dedup();
    all
}

/// What running some files comes to.
#[derive(Default)]
struct Run {
    files: Vec<usize>,
    failed: bool,
    left: Vec<Difference>,
}

struct Trial<'a> {
    prepared: &'a Prepared,
    from: &'a Catalog,
    to: &'a Catalog,
    compare: &'a diff::Options,
}

impl Trial<'_> {
    fn run(&self, files: &[usize]) -> Run {
        let mut catalog = self.from.clone();
        for file in files {
            match self.apply(*file, &catalog) {
                Some(after) => catalog = after,
                None => return Run { failed: true, ..Run::default() },
            }
        }
        Run { files: files.to_vec(), failed: false, left: self.left(&catalog) }
    }

    /// Each file in its order that runs and changes something, until the second schema is there.
    fn whatever_runs(&self) -> Run {
        let mut catalog = self.from.clone();
        let mut run = Run { left: self.left(&catalog), ..Run::default() };
        let mut files = Vec::new();
        for file in 0..self.prepared.plan.files.len() {
            if run.left.is_empty() {
                break;
            }
            let Some(after) = self.apply(file, &catalog) else { continue };
            let picture = diff::draw(&after, self.compare);
            if diff::compare(&diff::draw(&catalog, self.compare), &picture).is_empty() {
                continue;
            }
            catalog = after;
            files.push(file);
            let left = self.left(&catalog);
            if left.len() < run.left.len() {
                run = Run { files: files.clone(), failed: false, left };
            }
        }
        run
    }

    /// The catalog after a file, None where a statement of it fails or cannot be told.
    fn apply(&self, file: usize, catalog: &Catalog) -> Option<Catalog> {
        let mut failed = false;
        let mut observe = |moment: history::Moment| {
            if let Event::Statement { execution, .. } = moment.event {
                failed |= !matches!(execution.outcome, Outcome::Ok | Outcome::Empty);
            }
        };
        let after = history::apply(
            &self.prepared.sources,
            &self.prepared.includes,
            std::slice::from_ref(&self.prepared.plan.files[file]),
            catalog.clone(),
            options(self.prepared),
            &mut observe,
        );
        (!failed).then_some(after)
    }

    /// What keeps a catalog from being the second one.
    fn left(&self, catalog: &Catalog) -> Vec<Difference> {
        let of_a = diff::draw(catalog, self.compare);
        let mut left = diff::compare(&of_a, &diff::draw(self.to, self.compare));
        left.retain(|left| left.class != Class::Cosmetic);
        left
    }
}

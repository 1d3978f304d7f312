//! Tools that keep a list of what they run: Drizzle's journal, Sqitch's plan, Liquibase's changelog.

use std::collections::{BTreeMap, BTreeSet};

use super::layouts::{self, Step};
use super::recognise::Choice;
use super::{Irregularity, Planner, journals, liquibase, names, sqitch};
use crate::source::discover::{Discovered, Found};

/// Drizzle runs what its journal lists.
pub(super) fn drizzle<'a>(
    planner: &mut Planner<'_>,
    files: &[&'a Found],
    folder: &str,
) -> Vec<Step<'a>> {
    let at =
        |name: &str| if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
    let journal_path = at("meta/_journal.json");
    let Some(journal) = files.iter().find(|file| file.relative == journal_path) else {
        return layouts::nested(planner, files, folder, "migration.sql");
    };
    let entries = match journals::drizzle(&layouts::text_of(planner, journal)) {
        Ok(entries) => entries,
        Err(problem) => {
            let help = "the files are run in the order of their names";
            planner.note(Irregularity::Malformed, &journal_path, problem, help);
            Vec::new()
        }
    };
    let by_tag = |tag: &str| {
        let path = at(&format!("{tag}.sql"));
        files.iter().find(|file| file.relative == path).copied()
    };
    let mut steps = Vec::new();
    let mut listed = BTreeSet::new();
    let mut youngest: Option<(i64, String)> = None;
    for entry in &entries {
        if let Some((when, tag)) = youngest.as_ref().filter(|(when, _)| *when > entry.when) {
            let message = format!(
                "{} is dated before {tag} ({} < {when}): where that has run, drizzle skips it",
                entry.tag, entry.when
            );
            let help = "generate it again on top of the latest migration";
            planner.note(
                Irregularity::OutOfOrder,
                &at(&format!("{}.sql", entry.tag)),
                message,
                help,
            );
        } else {
            youngest = Some((entry.when, entry.tag.clone()));
        }
        if !listed.insert(entry.tag.clone()) {
            let message = format!("{} is listed twice", entry.tag);
            planner.note(Irregularity::DuplicateVersion, &journal_path, message, "");
            continue;
        }
        match by_tag(&entry.tag) {
            Some(found) => steps.push(Step {
                found,
                version: Some(entry.tag.clone()),
                without_transaction: false,
            }),
            None => {
                let message = format!("lists {}.sql, which is not there", entry.tag);
                planner.note(Irregularity::Missing, &journal_path, message, "restore the file");
            }
        }
    }
    for file in files.iter().filter(|file| file.is_sql() && file.folder() == folder) {
        if entries.is_empty() {
            steps.push(Step { found: file, version: None, without_transaction: false });
        } else if !listed.contains(names::stem(file.file_name())) {
            let message = "is not in meta/_journal.json, so drizzle does not run it";
            planner.note(Irregularity::Ignored, &file.relative, message, "");
        }
    }
    steps
}

/// Sqitch deploys what its plan lists.
pub(super) fn sqitch<'a>(
    planner: &mut Planner<'_>,
    files: &[&'a Found],
    folder: &str,
) -> Vec<Step<'a>> {
    let at =
        |name: &str| if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
    let find = |path: &str| files.iter().find(|file| file.relative == path).copied();
    let conf =
        find(&at("sqitch.conf")).map(|file| layouts::text_of(planner, file)).unwrap_or_default();
    let named = sqitch::setting(&conf, "core", "plan_file").and_then(|name| find(&at(&name)));
    let Some(plan) = named.or_else(|| find(&at("sqitch.plan"))).or_else(|| {
        // Others that read such plans (pgpm) name them after the project.
        let own = |file: &&&Found| file.folder() == folder && file.file_name().ends_with(".plan");
        files.iter().find(own).copied()
    }) else {
        planner.note(Irregularity::Missing, folder, "holds no sqitch.plan", "");
        return Vec::new();
    };
    let plan_path = plan.relative.clone();
    let top = sqitch::setting(&conf, "core", "top_dir").filter(|top| top != ".");
    let deploy = sqitch::setting(&conf, "deploy", "dir")
        .or_else(|| sqitch::setting(&conf, "core", "deploy_dir"))
        .unwrap_or_else(|| match &top {
            Some(top) if find(&at("deploy")).is_none() => format!("{top}/deploy"),
            _ => "deploy".to_string(),
        });
    let changes = match sqitch::read(&layouts::text_of(planner, plan)) {
        Ok(changes) => changes,
        Err((line, problem)) => {
            let message = format!("line {line} {problem}");
            planner.note(Irregularity::Malformed, &plan_path, message, "run sqitch plan");
            return Vec::new();
        }
    };
    let mut steps = Vec::new();
    let mut used = BTreeSet::new();
    for change in changes {
        let candidates = [
            at(&format!("{deploy}/{}.sql", change.script)),
            at(&format!("deploy/{}.sql", change.script)),
        ];
        match candidates.iter().find_map(|path| find(path)) {
            Some(found) => {
                used.insert(found.relative.clone());
                let version = Some(change.script.clone());
                steps.push(Step { found, version, without_transaction: false });
            }
            None => {
                let message = format!(
                    "names \"{}\" in line {}, but {} is not there",
                    change.name, change.line, candidates[0]
                );
                planner.note(Irregularity::Missing, &plan_path, message, "restore the script");
            }
        }
    }
    let prefix = at(&format!("{deploy}/"));
    for file in files.iter().filter(|f| f.is_sql() && f.relative.starts_with(&prefix)) {
        if !used.contains(&file.relative) {
            let message = format!("is not in {}, so sqitch does not deploy it", plan.file_name());
            planner.note(Irregularity::Ignored, &file.relative, message, "");
        }
    }
    steps
}

/// Liquibase: in the order of the changelog that includes the files, or in that of their names.
pub(super) fn liquibase<'a>(
    planner: &mut Planner<'_>,
    files: &[&'a Found],
    discovered: &'a Discovered,
    choice: &Choice,
) -> Vec<Step<'a>> {
    let mut changelogs: BTreeMap<&str, Vec<&'a Found>> = BTreeMap::new();
    let mut included = BTreeSet::new();
    for file in &discovered.files {
        let name = file.file_name();
        if ![".xml", ".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let text = layouts::text_of(planner, file);
        if !text.contains("databaseChangeLog") {
            continue;
        }
        let targets = liquibase::includes(&text)
            .iter()
            .flat_map(|one| included_files(one, file, discovered))
            .collect::<Vec<_>>();
        included.extend(targets.iter().map(|target| target.relative.as_str()));
        changelogs.insert(&file.relative, targets);
    }
    let masters: Vec<&str> =
        changelogs.keys().copied().filter(|path| !included.contains(path)).collect();
    let [master] = masters.as_slice() else {
        if masters.len() > 1 {
            let message = format!("no one changelog includes the others: {}", masters.join(", "));
            let help = "the files are run in the order of their names";
            planner.note(Irregularity::Assumed, &choice.folder, message, help);
        }
        return layouts::plain(planner, files, choice);
    };
    let mut ordered: Vec<&'a Found> = Vec::new();
    let mut seen = BTreeSet::from([*master]);
    let mut waiting: Vec<&'a Found> = changelogs[master].iter().rev().copied().collect();
    while let Some(next) = waiting.pop() {
        if !seen.insert(&next.relative) {
            continue;
        }
        match changelogs.get(next.relative.as_str()) {
            Some(inner) => waiting.extend(inner.iter().rev()),
            None => ordered.push(next),
        }
    }
    for file in files.iter().filter(|f| f.is_sql() && !seen.contains(f.relative.as_str())) {
        let message = format!("is not included by {master}, so liquibase does not run it");
        planner.note(Irregularity::Ignored, &file.relative, message, "");
    }
    let sql = ordered.into_iter().filter(|file| file.is_sql());
    sql.map(|found| Step { found, version: None, without_transaction: false }).collect()
}

/// The files that an include of a changelog means.
fn included_files<'a>(
    included: &liquibase::Included,
    changelog: &Found,
    discovered: &'a Discovered,
) -> Vec<&'a Found> {
    let wanted = included.path.trim_start_matches("classpath:").trim_matches('/');
    let wanted = wanted.trim_start_matches("./");
    let beside = match changelog.folder() {
        "" => wanted.to_string(),
        folder => format!("{folder}/{wanted}"),
    };
    let ends =
        |path: &str| path == beside || path == wanted || path.ends_with(&format!("/{wanted}"));
    let matches = |file: &&Found| match included.all {
        true => ends(file.folder()),
        false => ends(&file.relative),
    };
    let found: Vec<&Found> = discovered.files.iter().filter(matches).collect();
    match found.iter().find(|file| file.relative == beside) {
        Some(exact) if !included.all => vec![exact],
        _ => found, // A folder's files, or the one whose path ends so.
    }
}

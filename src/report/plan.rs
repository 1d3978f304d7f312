//! A plan as text, as a script, and as data.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::drift::counted;
use super::json as json_report;
use super::text::{Style, clean};
use crate::diff::Difference;
use crate::plan::prove::{Failure, SETTINGS};
use crate::plan::renames::Renaming;
use crate::plan::{Check, Phase, Plan, Step};

/// What proving a plan came to.
pub struct Proven {
    pub failures: Vec<Failure>,
    pub left: Vec<Difference>,
    /// Whether steps are held back, so that differences must be left.
    pub held_back: usize,
}

impl Proven {
    fn holds(&self) -> bool {
        use crate::diff::Class;
        self.failures.is_empty() && self.left.iter().all(|left| left.class == Class::Cosmetic)
    }
}

/// What is printed.
pub struct Report<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub plan: &'a Plan,
    /// With everything that loses data too.
    pub proof: Proven,
    /// As it is printed, with that held back.
    pub safe: Option<Proven>,
    pub undo: &'a Plan,
    pub undo_proof: Proven,
    /// Things that may only have got another name.
    pub suggested: &'a [Renaming],
    /// Migrations of a folder that do the same, in order; None when that was not asked.
    pub migrations: Option<Migrations>,
}

/// Which files of a folder to run.
#[derive(Clone)]
pub struct Migrations {
    pub files: Vec<String>,
    /// Whether they were simulated and gave the second schema.
    pub proven: bool,
    /// What speaks against it.
    pub left: Vec<String>,
    /// What cannot be told of them.
    pub notes: Vec<String>,
}

/// The report for a person.
pub fn text(out: &mut dyn Write, report: &Report, style: Style) -> io::Result<()> {
    let (on, off) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    writeln!(out, "{on}from {} to {}{off}", clean(report.from), clean(report.to))?;
    if let Some(migrations) = &report.migrations {
        migration_list(out, migrations)?;
    }
    for role in &report.plan.roles {
        writeln!(out, "first: the role {} must exist", clean(role))?;
    }
    for (at, phase) in report.plan.phases.iter().enumerate() {
        writeln!(out, "\n{on}phase {}: {}{off}", at + 1, phase.stage.title())?;
        writeln!(out, "  risk {}; {}", phase.risk().as_str(), undoable(phase))?;
        for step in &phase.steps {
            step_text(out, step)?;
        }
    }
    lefts(out, report, "")?;
    writeln!(out)?;
    verdict(out, report, "")
}

fn step_text(out: &mut dyn Write, step: &Step) -> io::Result<()> {
    writeln!(out, "\n  {} ({})", clean(&step.object), step.risk.as_str())?;
    if let Some(because) = &step.because {
        writeln!(out, "    because {}", clean(because))?;
    }
    for why in &step.why {
        writeln!(out, "    {}", clean(why))?;
    }
    if let Some(loses) = &step.loses {
        writeln!(out, "    DATA IS LOST: {}", clean(loses))?;
    }
    for check in &step.before {
        check_text(out, "    before", check)?;
    }
    for one in &step.statements {
        let lone = if one.transactional { "" } else { "  -- outside of a transaction" };
        let sql = clean_sql(&one.sql).replace('\n', "\n      ");
        let held = if step.held_back { "held back: " } else { "" };
        writeln!(out, "      {held}{sql}{lone}")?;
    }
    for check in &step.after {
        check_text(out, "    after", check)?;
    }
    Ok(())
}

fn check_text(out: &mut dyn Write, when: &str, check: &Check) -> io::Result<()> {
    writeln!(
        out,
        "{when}: {} -- {}: {}",
        clean_sql(&check.sql),
        clean(&check.what),
        clean(&check.expect)
    )
}

fn undoable(phase: &Phase) -> String {
    let losses: Vec<&str> = phase.losses().collect();
    if losses.is_empty() {
        "can be undone".to_string()
    } else {
        format!("cannot be undone: {} go", clean(&losses.join(", ")))
    }
}

fn migration_list(out: &mut dyn Write, migrations: &Migrations) -> io::Result<()> {
    if migrations.proven {
        writeln!(out, "these migrations do it, in this order:")?;
    } else if migrations.files.is_empty() {
        writeln!(out, "no set of migrations does it, nor does one come nearer")?;
    } else {
        writeln!(out, "no set of migrations does it; these come nearest:")?;
    }
    for file in &migrations.files {
        writeln!(out, "  {}", clean(file))?;
    }
    for left in &migrations.left {
        writeln!(out, "  but: {}", clean(left))?;
    }
    for note in &migrations.notes {
        writeln!(out, "  note: {}", clean(note))?;
    }
    Ok(())
}

fn lefts(out: &mut dyn Write, report: &Report, mark: &str) -> io::Result<()> {
    for left in &report.plan.left {
        writeln!(out, "{mark}left: {}: {}", clean(&left.what), clean(&left.why))?;
    }
    for renaming in report.suggested {
        writeln!(
            out,
            "{mark}perhaps {} only got the name {}: {}; --rename plans it so: {}",
            clean(&renaming.object),
            clean(&renaming.new_name),
            clean(&renaming.why),
            clean(&renaming.sql)
        )?;
    }
    Ok(())
}

/// What is proven and what is not.
fn verdict(out: &mut dyn Write, report: &Report, mark: &str) -> io::Result<()> {
    let count = report.plan.steps().count();
    if report.proof.holds() {
        writeln!(
            out,
            "{mark}proven: {} run on {} give{} {}",
            counted(count, "step"),
            clean(report.from),
            if count == 1 { "s" } else { "" },
            clean(report.to)
        )?;
    } else {
        writeln!(
            out,
            "{mark}NOT proven: {} run on {} do{} not give {}",
            counted(count, "step"),
            clean(report.from),
            if count == 1 { "es" } else { "" },
            clean(report.to)
        )?;
        unproven(out, &report.proof, mark)?;
    }
    if let Some(safe) = &report.safe {
        writeln!(
            out,
            "{mark}held back since data would be lost (--allow-data-loss runs them): {}; without that {}",
            counted(safe.held_back, "step"),
            match safe.left.len() {
                1 => "1 difference stays".to_string(),
                count => format!("{count} differences stay"),
            }
        )?;
        for failure in &safe.failures {
            writeln!(
                out,
                "{mark}  without them this fails: {}: {}",
                one_line(&failure.sql),
                clean(&failure.message)
            )?;
        }
    }
    if report.undo_proof.holds() {
        writeln!(
            out,
            "{mark}proven: the undo ({}) gives {} again",
            counted(report.undo.steps().count(), "step"),
            clean(report.from)
        )?;
    } else {
        writeln!(out, "{mark}NOT proven: the undo does not give {} again", clean(report.from))?;
        unproven(out, &report.undo_proof, mark)?;
    }
    Ok(())
}

fn unproven(out: &mut dyn Write, proof: &Proven, mark: &str) -> io::Result<()> {
    for failure in &proof.failures {
        writeln!(out, "{mark}  fails: {}: {}", one_line(&failure.sql), clean(&failure.message))?;
    }
    for left in &proof.left {
        writeln!(out, "{mark}  stays: {}", difference(left))?;
    }
    Ok(())
}

fn one_line(sql: &str) -> String {
    clean(&sql.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}

/// A difference in a line.
pub fn difference(difference: &Difference) -> String {
    let mut text = format!("{} {}", difference.owner.kind, difference.owner.name);
    if let Some(part) = &difference.part {
        text.push_str(&format!(", {} {}", part.kind, part.name));
    }
    text.push_str(&format!(": {}", difference.class.as_str()));
    if let Some(fact) = difference.fact {
        text.push_str(&format!(" {fact}"));
    }
    clean(&text).to_string()
}

/// Statements keep their line breaks; other control characters go.
fn clean_sql(sql: &str) -> String {
    sql.lines().map(|line| clean(line).to_string()).collect::<Vec<_>>().join("\n")
}

/// The plan as a script for psql; what loses data is commented out unless it is allowed.
pub fn sql(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(out, "-- From {} to {}.", clean(report.from), clean(report.to))?;
    verdict(out, report, "-- ")?;
    lefts(out, report, "-- ")?;
    for role in &report.plan.roles {
        writeln!(out, "-- First: the role {} must exist.", clean(role))?;
    }
    writeln!(out, "\n\\set ON_ERROR_STOP on")?;
    writeln!(
        out,
        "-- SET lock_timeout = '3s'; -- what waits for its lock makes all that come after it wait too"
    )?;
    for setting in SETTINGS {
        writeln!(out, "{setting}")?;
    }
    script(out, report.plan, "phase")?;
    writeln!(out, "\n-- Undo, to be run instead of going on:")?;
    let mut undo = Vec::new();
    script(&mut undo, report.undo, "undo, phase")?;
    for line in String::from_utf8_lossy(&undo).lines() {
        writeln!(out, "{}", format!("-- {line}").trim_end())?;
    }
    Ok(())
}

fn script(out: &mut dyn Write, plan: &Plan, word: &str) -> io::Result<()> {
    for (at, phase) in plan.phases.iter().enumerate() {
        writeln!(
            out,
            "\n-- {word} {}: {} (risk {}; {})",
            at + 1,
            phase.stage.title(),
            phase.risk().as_str(),
            undoable(phase)
        )?;
        let mut open = false;
        for step in &phase.steps {
            for line in step.why.iter().chain(step.because.as_ref()) {
                writeln!(out, "-- {}: {}", clean(&step.object), clean(line))?;
            }
            for check in &step.before {
                check_text(out, "-- before", check)?;
            }
            if step.held_back {
                if let Some(loses) = &step.loses {
                    writeln!(out, "-- DATA IS LOST: {}", clean(loses))?;
                }
                for line in step.statements.iter().flat_map(|one| one.sql.lines()) {
                    writeln!(out, "-- {}", clean(line))?;
                }
                continue;
            }
            for one in &step.statements {
                match (open, one.transactional) {
                    (false, true) => writeln!(out, "BEGIN;")?,
                    (true, false) => writeln!(out, "COMMIT;")?,
                    (true, true) | (false, false) => {}
                }
                open = one.transactional;
                writeln!(out, "{}", clean_sql(&one.sql))?;
            }
            for check in &step.after {
                check_text(out, "-- after", check)?;
            }
        }
        if open {
            writeln!(out, "COMMIT;")?;
        }
    }
    Ok(())
}

/// The plan as data; the README documents the schema.
pub fn json(report: &Report) -> Value {
    json!({
        "schema_version": json_report::SCHEMA_VERSION,
        "pgreckon": env!("CARGO_PKG_VERSION"),
        "command": "plan",
        "from": report.from,
        "to": report.to,
        "roles": report.plan.roles,
        "settings": SETTINGS,
        "phases": phases(report.plan),
        "left": report.plan.left.iter().map(|left| json!({"what": left.what, "why": left.why})).collect::<Vec<_>>(),
        "proof": proof(&report.proof),
        "without_data_loss": report.safe.as_ref().map(proof),
        "undo": {"phases": phases(report.undo), "proof": proof(&report.undo_proof)},
        "suggested_renames": report.suggested.iter().map(|renaming| json!({
            "object": renaming.object,
            "new_name": renaming.new_name,
            "sql": renaming.sql,
            "why": renaming.why,
        })).collect::<Vec<_>>(),
        "migrations": report.migrations.as_ref().map(|migrations| json!({
            "files": migrations.files,
            "proven": migrations.proven,
            "left": migrations.left,
            "notes": migrations.notes,
        })),
    })
}

fn proof(proof: &Proven) -> Value {
    json!({
        "holds": proof.holds(),
        "held_back": proof.held_back,
        "failures": proof.failures.iter().map(|failure| json!({"sql": failure.sql, "message": failure.message})).collect::<Vec<_>>(),
        "left": proof.left.iter().map(difference).collect::<Vec<_>>(),
    })
}

fn phases(plan: &Plan) -> Vec<Value> {
    let check =
        |check: &Check| json!({"what": check.what, "sql": check.sql, "expect": check.expect});
    let checks = |checks: &[Check]| checks.iter().map(check).collect::<Vec<_>>();
    plan.phases
        .iter()
        .map(|phase| {
            json!({
                "title": phase.stage.title(),
                "risk": phase.risk().as_str(),
                "can_be_undone": phase.losses().next().is_none(),
                "steps": phase.steps.iter().map(|step| json!({
                    "object": step.object,
                    "risk": step.risk.as_str(),
                    "why": step.why,
                    "because": step.because,
                    "loses": step.loses,
                    "held_back": step.held_back,
                    "before": checks(&step.before),
                    "after": checks(&step.after),
                    "statements": step.statements.iter().map(|one| json!({"sql": one.sql, "transactional": one.transactional})).collect::<Vec<_>>(),
                })).collect::<Vec<_>>(),
            })
        })
        .collect()
}

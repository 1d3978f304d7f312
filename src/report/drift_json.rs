//! What has drifted as data: the documented schema of `drift --format json` (README.md, section JSON).

use serde_json::{Value, json};

use super::drift::{Comparison, Report, Side, letter, narrowed};
use super::drift_advice::{self as advice, priority};
use super::json;
use crate::diff::doubt::InDoubt;
use crate::diff::migrations::Applied;
use crate::diff::{Class, Difference, Has};

/// The version of the schema; raised when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 2;

/// The whole report.
pub fn json(report: &Report) -> Value {
    let all = || report.comparisons.iter().flat_map(|comparison| &comparison.differences);
    let compared: Vec<Value> = report
        .comparisons
        .iter()
        .map(|comparison| {
            json!({
                "other": comparison.other,
                "summary": summary(&mut comparison.differences.iter()),
                "not_applied": lacking(report, comparison),
                "in_doubt": in_doubt(report, comparison),
            })
        })
        .collect();
    let differences: Vec<Value> = report
        .comparisons
        .iter()
        .filter_map(|comparison| {
            let (a, b) = (report.sides.first()?, report.sides.get(comparison.other)?);
            Some(
                comparison
                    .differences
                    .iter()
                    .map(move |one| difference(a, b, comparison.other, one)),
            )
        })
        .flatten()
        .collect();
    let matrix: Vec<Value> = report
        .matrix
        .iter()
        .map(|row| {
            json!({
                "object": {"kind": row.owner.kind, "name": row.owner.name},
                "like": row.like,
            })
        })
        .collect();
    json!({
        "schema_version": SCHEMA_VERSION,
        "pgreckon": env!("CARGO_PKG_VERSION"),
        "command": "drift",
        "sides": report.sides.iter().enumerate().map(|(at, side)| side_json(at, side)).collect::<Vec<_>>(),
        "comparisons": compared,
        "differences": differences,
        "matrix": matrix,
        "tables": report.tables,
        "left_out": report.left_out.iter().map(|left| json!({"side": left.side, "schema": left.schema, "what": left.what})).collect::<Vec<_>>(),
        "summary": summary(&mut all()),
        "risk": advice::overall(report),
        "risks": risks(report),
        "recommendations": advice::recommendations(report),
        "scripts": report.scripts.iter().map(|script| json!({"other": script.other, "sql": script.sql})).collect::<Vec<_>>(),
        "status": report.statuses.iter().map(|status| json!({"side": status.side, "report": status.data})).collect::<Vec<_>>(),
        "checklist": checklist(report),
    })
}

fn summary(differences: &mut dyn Iterator<Item = &Difference>) -> Value {
    let mut counts = [0usize; 4];
    for difference in differences {
        let place = match difference.class {
            Class::Missing => 0,
            Class::Extra => 1,
            Class::Different => 2,
            Class::Cosmetic => 3,
        };
        counts[place] += 1;
    }
    let [missing, extra, different, cosmetic] = counts;
    json!({"missing": missing, "extra": extra, "different": different, "cosmetic": cosmetic})
}

fn risks(report: &Report) -> Vec<Value> {
    let one = |risk: &advice::Risk| json!({"priority": risk.priority.name(), "because": risk.because, "objects": risk.places});
    advice::risks(report).iter().map(one).collect()
}

fn checklist(report: &Report) -> Value {
    let [(_, before), (_, during), (_, after)] = advice::checklist(report);
    json!({"before": before, "during": during, "after": after})
}

fn side_json(at: usize, side: &Side) -> Value {
    let coverage = side.coverage.as_ref().map(|coverage| {
        let partly: Vec<Value> = coverage
            .partly
            .iter()
            .map(|partly| {
                json!({
                    "entry": partly.what,
                    "rendered": partly.rendered,
                    "place": json::span(side.sources, partly.place),
                })
            })
            .collect();
        json!({"entries": coverage.entries, "partly_modelled": partly})
    });
    json!({
        "letter": letter(at),
        "path": side.name,
        "tool": side.tool,
        "pg_version": side.version,
        "files": side.files,
        "statements": side.statements,
        "failed": side.failed,
        "unknown": side.unknown.values().sum::<usize>(),
        "unknown_reasons": side.unknown,
        "notes": side.notes,
        "assumed_roles": side.assumed_roles,
        "coverage": coverage,
    })
}

fn lacking(report: &Report, comparison: &Comparison) -> Vec<Value> {
    let of = |side: usize, applied: &Applied| {
        let file = report.sides.get(side).map(|side| side.sources.get(applied.source).name());
        json!({
            "side": side,
            "file": file,
            "applied": if applied.not_at_all() { "no" } else { "in part" },
            "made": applied.made,
            "lacking": applied.lacking,
        })
    };
    let own = comparison.lacking.0.iter().map(|applied| of(0, applied));
    let others = comparison.lacking.1.iter().map(|applied| of(comparison.other, applied));
    own.chain(others).collect()
}

fn in_doubt(report: &Report, comparison: &Comparison) -> Vec<Value> {
    let of = |object: &InDoubt| {
        let side = if object.first { 0 } else { comparison.other };
        let place = report.sides.get(side).map(|side| json::span(side.sources, object.statement));
        json!({
            "object": {"kind": object.owner.kind, "name": object.owner.name},
            "side": side,
            "statement": place,
        })
    };
    comparison.in_doubt.iter().map(of).collect()
}

fn difference(a: &Side, b: &Side, other: usize, difference: &Difference) -> Value {
    let has = |side: &Side, has: &Option<Has>| {
        has.as_ref().map(|has| {
            let place = has.made_by.map(|span| narrowed(side.sources, span, difference));
            json!({
                "value": has.text,
                "made_by": place.map(|span| json::span(side.sources, span)),
            })
        })
    };
    let side_of = |first: bool| if first { a } else { b };
    let letter = |first: bool| if first { "a" } else { "b" };
    let doubt = difference.doubt.map(|(first, span)| {
        json!({"side": letter(first), "statement": json::span(side_of(first).sources, span)})
    });
    let gone = difference
        .gone
        .filter(|_| difference.is_whole())
        .map(|span| json::span(side_of(difference.a.is_none()).sources, span));
    let rename = difference.rename.as_ref().map(|rename| {
        json!({
            "other": rename.other,
            "proven": rename.proven.map(|(first, span)| {
                json!({"side": letter(first), "statement": json::span(side_of(first).sources, span)})
            }),
            "evidence": rename.evidence,
        })
    });
    let stronger = difference
        .stronger
        .as_ref()
        .map(|stronger| json!({"side": letter(stronger.first), "why": stronger.why}));
    let breaks: Vec<Value> = difference
        .breaks
        .iter()
        .map(|broken| json!({"side": letter(broken.first), "what": broken.what, "how": broken.how}))
        .collect();
    json!({
        "other": other,
        "class": difference.class.as_str(),
        "priority": (difference.class != Class::Cosmetic).then(|| priority(difference).0.name()),
        "why": (difference.class != Class::Cosmetic).then(|| priority(difference).1),
        "object": {"kind": difference.owner.kind, "name": difference.owner.name},
        "part": difference.part.as_ref().map(|part| json!({"kind": part.kind, "name": part.name})),
        "fact": difference.fact,
        "a": has(a, &difference.a),
        "b": has(b, &difference.b),
        "gone": gone,
        "rename": rename,
        "stronger": stronger,
        "breaks": breaks,
        "notes": difference.notes,
        "unsure": doubt,
    })
}

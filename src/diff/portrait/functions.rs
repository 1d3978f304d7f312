//! Functions, procedures and aggregates.

use super::{Drawing, Portrait};
use crate::catalog::objectaddress::{Class, ObjectAddress};
use crate::catalog::{PgAggregate, PgProc};
use crate::diff::canon;

impl Drawing<'_> {
    pub(super) fn functions(&mut self) {
        let rows: Vec<_> = self.catalog.iter::<PgProc>().cloned().collect();
        for row in &rows {
            if !self.is_own(Class::Proc, row.oid) || self.makes_a_range(row) {
                continue;
            }
            let kind = match row.prokind {
                b'p' => "procedure",
                b'a' => "aggregate",
                _ => "function", // 'f' and 'w'
            };
            let address = ObjectAddress::new(Class::Proc, row.oid);
            let mut portrait = Portrait::new(address, "");
            portrait.fact("arguments", self.arguments(row));
            if row.prokind == b'w' {
                portrait.fact("kind", "window function");
            }
            if row.prokind == b'a' {
                self.aggregate_facts(&mut portrait, row);
            } else {
                self.function_facts(&mut portrait, row);
            }
            self.common(&mut portrait, row.proowner, &row.proacl);
            self.add(kind, self.names.function(row.oid), portrait);
        }
    }

    /// Whether the function came with a range type: its constructor.
    fn makes_a_range(&self, row: &PgProc) -> bool {
        let address = ObjectAddress::new(Class::Proc, row.oid);
        self.catalog.depend().references_of(address).any(|entry| {
            entry.kind == crate::catalog::depend::DependType::Internal
                && entry.referenced.class == Class::Type
        })
    }

    /// Names, modes, types and defaults.
    fn arguments(&self, row: &PgProc) -> String {
        let types = row.proallargtypes.as_ref().unwrap_or(&row.proargtypes);
        let modes = row.proargmodes.as_deref().unwrap_or(&[]);
        let inputs = row.proargtypes.len();
        let mut input = 0;
        let mut parts = Vec::new();
        for (at, kind) in types.iter().enumerate() {
            let mode = match modes.get(at) {
                Some(b'o') => "OUT ",
                Some(b'b') => "INOUT ",
                Some(b'v') => "VARIADIC ",
                Some(b't') => "TABLE ",
                _ => "", // 'i', or no modes at all
            };
            let name = row.proargnames.as_ref().and_then(|names| names.get(at));
            let name = name
                .filter(|name| !name.is_empty())
                .map_or_else(String::new, |name| format!("{name} "));
            let mut text = format!("{mode}{name}{}", self.names.plain_type(*kind));
            if !matches!(mode, "OUT " | "TABLE ") {
                let first = inputs.saturating_sub(row.proargdefaults.len());
                if let Some(default) =
                    usize::checked_sub(input, first).and_then(|at| row.proargdefaults.get(at))
                {
                    text.push_str(&format!(" DEFAULT {}", canon::alone(self.names, default)));
                }
                input += 1;
            }
            parts.push(text);
        }
        parts.join(", ")
    }

    fn function_facts(&self, portrait: &mut Portrait, row: &PgProc) {
        let set = if row.proretset { "SETOF " } else { "" };
        if row.prokind != b'p' {
            portrait.fact("returns", format!("{set}{}", self.names.plain_type(row.prorettype)));
        }
        portrait.fact("language", self.names.language(row.prolang));
        match &row.prosqlbody {
            Some(body) => {
                let body: Vec<String> =
                    body.iter().map(|query| canon::of_query(self.names, query)).collect();
                portrait.fact("body", body.join("; "));
            }
            None => {
                let source = self.with_schema_names(&row.prosrc, true);
                let meaning = without_edges(&source);
                portrait.meaning("body", source, meaning);
            }
        }
        portrait.fact("library", row.probin.as_deref().unwrap_or("none"));
        portrait.fact(
            "volatility",
            match row.provolatile {
                b'i' => "immutable",
                b's' => "stable",
                _ => "volatile", // 'v'
            },
        );
        portrait.fact("parallel", parallel(row.proparallel));
        portrait.flag("strict", row.proisstrict);
        portrait.flag("security definer", row.prosecdef);
        portrait.flag("leakproof", row.proleakproof);
        portrait.fact("cost", row.procost.to_string());
        portrait.fact("rows", row.prorows.to_string());
        portrait.fact("support function", self.names.function_or_none(row.prosupport));
        let transforms: Vec<String> =
            row.protrftypes.iter().map(|oid| self.names.plain_type(*oid)).collect();
        if !transforms.is_empty() {
            portrait.fact("transforms", transforms.join(", "));
        }
        let mut settings: Vec<String> = row
            .proconfig
            .iter()
            .map(|(name, value)| match name.as_str() {
                "search_path" => {
                    format!("{name}={}", self.with_schema_names(value.as_ref(), false))
                }
                _ => format!("{name}={value}"),
            })
            .collect();
        settings.sort();
        portrait.fact(
            "settings",
            if settings.is_empty() { "none".to_string() } else { settings.join(", ") },
        );
    }

    /// A text with the names that schemas have now: of a body where they stand before a dot, of a search path all.
    fn with_schema_names(&self, text: &str, qualifying: bool) -> String {
        let mut text = text.to_string();
        for (there, here) in &self.options.schema_names {
            text = renamed(&text, there, here, qualifying);
        }
        text
    }

    fn aggregate_facts(&self, portrait: &mut Portrait, row: &PgProc) {
        portrait.fact("returns", self.names.plain_type(row.prorettype));
        let Some(aggregate) = self.catalog.get::<PgAggregate>(row.oid) else { return };
        portrait.fact("kind", char::from(aggregate.aggkind).to_string());
        portrait.fact("state type", self.names.plain_type(aggregate.aggtranstype));
        portrait.fact("state function", self.names.function_or_none(aggregate.aggtransfn));
        portrait.fact("final function", self.names.function_or_none(aggregate.aggfinalfn));
        portrait.fact("combine function", self.names.function_or_none(aggregate.aggcombinefn));
        portrait.fact("initial value", aggregate.agginitval.as_deref().unwrap_or("none"));
        portrait.fact("sort operator", self.names.operator_with_types(aggregate.aggsortop));
        portrait.fact("direct arguments", aggregate.aggnumdirectargs.to_string());
        portrait.fact("state space", aggregate.aggtransspace.to_string());
        portrait.fact("serial function", self.names.function_or_none(aggregate.aggserialfn));
        portrait.fact("deserial function", self.names.function_or_none(aggregate.aggdeserialfn));
        portrait.fact(
            "final function's use",
            extra_and_modify(aggregate.aggfinalextra, aggregate.aggfinalmodify),
        );
        portrait.fact("parallel", parallel(row.proparallel));
        if aggregate.aggmtransfn.is_valid() {
            self.moving_aggregate_facts(portrait, aggregate);
        }
    }

    fn moving_aggregate_facts(&self, portrait: &mut Portrait, aggregate: &PgAggregate) {
        portrait.fact("moving state type", self.names.plain_type(aggregate.aggmtranstype));
        portrait.fact("moving state space", aggregate.aggmtransspace.to_string());
        portrait.fact("moving state function", self.names.function_or_none(aggregate.aggmtransfn));
        portrait.fact("moving inverse", self.names.function_or_none(aggregate.aggminvtransfn));
        portrait.fact("moving final function", self.names.function_or_none(aggregate.aggmfinalfn));
        portrait.fact("moving initial value", aggregate.aggminitval.as_deref().unwrap_or("none"));
        portrait.fact(
            "moving final function's use",
            extra_and_modify(aggregate.aggmfinalextra, aggregate.aggmfinalmodify),
        );
    }
}

fn parallel(code: u8) -> &'static str {
    match code {
        b's' => "safe",
        b'r' => "restricted",
        _ => "unsafe", // 'u'
    }
}

/// Whether a final function takes extra arguments, and what it does to the state.
fn extra_and_modify(extra: bool, modify: u8) -> String {
    let modify = match modify {
        b'r' => "reads the state",
        b's' => "shares the state",
        _ => "writes the state", // 'w'
    };
    format!("{modify}{}", if extra { ", extra arguments" } else { "" })
}

/// A body without line ends of another system and without blanks at lines' and the text's ends.
fn without_edges(body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_string()
}

/// The text with one identifier in another's place.
fn renamed(text: &str, there: &str, here: &str, qualifying: bool) -> String {
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(there) {
        let (before, behind) = (&rest[..at], &rest[at + there.len()..]);
        let bare = !before.ends_with(inside) && !behind.starts_with(inside);
        let follows = behind.strip_prefix('"').unwrap_or(behind);
        let wanted = bare && (!qualifying || follows.starts_with('.'));
        out.push_str(before);
        out.push_str(if wanted { here } else { there });
        rest = behind;
    }
    out.push_str(rest);
    out
}

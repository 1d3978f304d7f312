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
            None => portrait.meaning("body", row.prosrc.to_string(), without_edges(&row.prosrc)),
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
        portrait.fact(
            "parallel",
            match row.proparallel {
                b's' => "safe",
                b'r' => "restricted",
                _ => "unsafe", // 'u'
            },
        );
        portrait.flag("strict", row.proisstrict);
        portrait.flag("security definer", row.prosecdef);
        portrait.flag("leakproof", row.proleakproof);
        portrait.fact("cost", row.procost.to_string());
        portrait.fact("rows", row.prorows.to_string());
        let mut settings: Vec<String> =
            row.proconfig.iter().map(|(name, value)| format!("{name}={value}")).collect();
        settings.sort();
        portrait.fact(
            "settings",
            if settings.is_empty() { "none".to_string() } else { settings.join(", ") },
        );
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
    }
}

/// A body without line ends of another system and without blanks at lines' and the text's ends.
fn without_edges(body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_string()
}

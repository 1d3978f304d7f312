//! Differences that a DROP or a RENAME on the side that lacks the thing explains.

use std::collections::BTreeMap;

use super::{Class, Difference};
use crate::source::Span;

/// Names that a side had once, and the last statement that took each away.
#[derive(Debug, Clone, Default)]
pub struct GoneNames {
    names: BTreeMap<String, Span>,
}

impl GoneNames {
    /// Takes in one name.
    pub fn add(&mut self, name: &str, span: Span) {
        self.names.insert(name.to_string(), span);
    }

    fn of(&self, difference: &Difference) -> Option<Span> {
        self.names.get(bare_name(difference)).copied()
    }
}

/// The name without schema, arguments and quotes.
pub(super) fn bare_name(difference: &Difference) -> &str {
    bare(difference.part.as_ref().map_or(&difference.owner.name, |part| &part.name))
}

/// A name without schema, arguments and quotes.
pub(super) fn bare(name: &str) -> &str {
    let name = name.split('(').next().unwrap_or(name);
    let name = if name.ends_with('"') { name } else { name.rsplit('.').next().unwrap_or(name) };
    let name = name.rsplit(".\"").next().unwrap_or(name);
    name.trim_matches('"')
}

/// Names the statement where a thing went, for every thing that one side lacks.
pub fn mark(differences: &mut [Difference], of_a: &GoneNames, of_b: &GoneNames) {
    for difference in differences {
        difference.gone = match difference.class {
            Class::Missing => of_b.of(difference),
            Class::Extra => of_a.of(difference),
            Class::Different | Class::Cosmetic => None,
        };
    }
}

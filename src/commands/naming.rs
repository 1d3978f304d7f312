//! Names that PostgreSQL makes up for indexes, constraints and sequences, and those that are taken (PostgreSQL:
//! makeObjectName and ChooseRelationName, commands/indexcmds.c; ChooseConstraintName, catalog/pg_constraint.c).

use crate::catalog::namespace::get_relname_relid;
use crate::catalog::{Catalog, PgConstraint};
use crate::nodes::tree::IndexElem;
use crate::pg::name::{NAME_MAX_BYTES, Name, clip};
use crate::pg::oid::Oid;

/// `name1_name2_label`, the two names cut so that all of it fits (PostgreSQL: makeObjectName).
pub fn make_object_name(name1: &str, name2: Option<&str>, label: Option<&str>) -> Name {
    let overhead = label.map_or(0, |label| label.len() + 1) + usize::from(name2.is_some());
    let available = NAME_MAX_BYTES.saturating_sub(overhead);
    let (mut length1, mut length2) = (name1.len(), name2.map_or(0, str::len));
    while length1 + length2 > available {
        if length1 > length2 { length1 -= 1 } else { length2 -= 1 }
    }
    let mut name = clip(name1, length1).to_string();
    if let Some(name2) = name2 {
        name.push('_');
        name.push_str(clip(name2, length2));
    }
    if let Some(label) = label {
        name.push('_');
        name.push_str(label);
    }
    Name::new(&name)
}

/// A name for a relation that is free in the schema (PostgreSQL: ChooseRelationName).
pub fn choose_relation_name(
    catalog: &Catalog,
    name1: &str,
    name2: Option<&str>,
    label: &str,
    namespace: Oid,
    is_constraint: bool,
) -> Name {
    choose(name1, name2, label, |name| {
        get_relname_relid(catalog, name, namespace).is_none()
            && !(is_constraint && constraint_name_exists(catalog, name, namespace))
    })
}

/// A name for a constraint that is free in the schema and not among `others` (PostgreSQL: ChooseConstraintName).
pub fn choose_constraint_name(
    catalog: &Catalog,
    name1: &str,
    name2: Option<&str>,
    label: &str,
    namespace: Oid,
    others: &[Name],
) -> Name {
    choose(name1, name2, label, |name| {
        !others.contains(name) && !constraint_name_exists(catalog, name, namespace)
    })
}

fn choose(name1: &str, name2: Option<&str>, label: &str, is_free: impl Fn(&Name) -> bool) -> Name {
    let mut pass = 0u32;
    let mut name = make_object_name(name1, name2, Some(label));
    while !is_free(&name) {
        pass += 1;
        name = make_object_name(name1, name2, Some(&format!("{label}{pass}")));
    }
    name
}

/// Whether any constraint in the schema has the name (PostgreSQL: ConstraintNameExists).
pub fn constraint_name_exists(catalog: &Catalog, name: &Name, namespace: Oid) -> bool {
    catalog.find_named::<PgConstraint>(namespace, name).next().is_some()
}

/// Whether a constraint of the relation or domain has the name (PostgreSQL: ConstraintNameIsUsed).
pub fn constraint_name_is_used(catalog: &Catalog, object: Oid, name: &str) -> bool {
    catalog.find_all::<PgConstraint>(&object).any(|row| row.conname == name)
}

/// A name for an index from its table's and its columns' (PostgreSQL: ChooseIndexName).
pub fn choose_index_name(
    catalog: &Catalog,
    table: &str,
    namespace: Oid,
    columns: &[Name],
    is_exclusion: bool,
    is_primary: bool,
    is_constraint: bool,
) -> Name {
    if is_primary {
        return choose_relation_name(catalog, table, None, "pkey", namespace, true);
    }
    let label = match (is_exclusion, is_constraint) {
        (true, _) => "excl",
        (false, true) => "key",
        (false, false) => "idx",
    };
    let addition = choose_name_addition(columns);
    let is_constraint = is_exclusion || is_constraint;
    choose_relation_name(catalog, table, Some(&addition), label, namespace, is_constraint)
}

/// The columns' names joined, no longer than it takes (PostgreSQL: ChooseIndexNameAddition).
pub fn choose_name_addition(columns: &[Name]) -> String {
    let mut text = String::new();
    for column in columns {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(column);
        if text.len() > NAME_MAX_BYTES {
            break;
        }
    }
    text
}

/// Names for an index's columns, each once (PostgreSQL: ChooseIndexColumnNames).
pub fn choose_index_column_names<'e>(elements: impl Iterator<Item = &'e IndexElem>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for element in elements {
        let original =
            element.indexcolname.as_deref().or(element.name.as_deref()).unwrap_or("expr");
        let mut name = Name::new(original);
        let mut pass = 0u32;
        while names.contains(&name) {
            pass += 1;
            let number = pass.to_string();
            let room = NAME_MAX_BYTES - number.len();
            name = Name::new(&format!("{}{number}", clip(original, room)));
        }
        names.push(name);
    }
    names
}

//! A catalog as data: the documented, versioned schema of `dump --format json` (README.md, section JSON).

use serde_json::{Map, Value, json};

use super::json::SCHEMA_VERSION;
use crate::catalog::Catalog;
use crate::diff::{self, Options, Portrait};

/// Every object with its facts and parts, in order of kind and name.
pub fn catalog(catalog: &Catalog, options: &Options) -> String {
    let picture = diff::draw(catalog, options);
    let mut objects: Vec<Value> = Vec::new();
    for (key, portrait) in &picture.portraits {
        match &key.part {
            None => objects.push(json!({
                "kind": key.owner.kind,
                "name": key.owner.name,
                "facts": facts(portrait, options),
                "parts": [],
            })),
            Some(part) => {
                // An object stands right before its parts; parts of what is left out stand under its name.
                let known = objects.last().is_some_and(|object| {
                    object["kind"] == key.owner.kind && object["name"] == key.owner.name.as_str()
                });
                if !known {
                    let (kind, name) = (key.owner.kind, &key.owner.name);
                    objects.push(json!({"kind": kind, "name": name, "facts": {}, "parts": []}));
                }
                let part = json!({
                    "kind": part.kind,
                    "name": part.name,
                    "position": portrait.position,
                    "facts": facts(portrait, options),
                });
                if let Some(parts) = objects.last_mut().and_then(|o| o["parts"].as_array_mut()) {
                    parts.push(part);
                }
            }
        }
    }
    let whole = json!({
        "schema_version": SCHEMA_VERSION,
        "pgreckon": env!("CARGO_PKG_VERSION"),
        "command": "dump",
        "pg_version": catalog.version().major(),
        "objects": objects,
    });
    format!("{whole:#}\n")
}

fn facts(portrait: &Portrait, options: &Options) -> Map<String, Value> {
    let wanted = |name: &str| name != "comment" || options.comments;
    let facts = portrait.facts.iter().filter(|fact| wanted(fact.name));
    facts.map(|fact| (fact.name.to_string(), json!(fact.value))).collect()
}

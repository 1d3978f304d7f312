//! A platform's own schemas: what the platform gave there is nobody's drift, what a user made there is.

use std::collections::{BTreeMap, BTreeSet};

use super::portrait::{Key, Owner, Picture, Portrait};

/// One side, and what was there before its first statement.
pub struct Ground<'a> {
    /// What the platform gave; None where the side brings it by itself, or has none.
    pub given: Option<Picture<'a>>,
    /// Whether it is a dump: one that leaves a schema out says nothing of it.
    pub is_dump: bool,
}

/// What a user made in a platform's schema, and a dump leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which of the sides leaves it out.
    pub side: usize,
    pub schema: String,
    pub what: Vec<String>,
}

impl LeftOut {
    /// Whether the object stands in the schema.
    pub fn holds(&self, owner: &Owner) -> bool {
        schema(owner) == Some(&self.schema)
    }
}

/// Takes from all pictures what the platform gave. A dump without the schema is taken to have what the others have
/// made there, which is returned.
pub fn keep_own(
    pictures: &mut [Picture],
    grounds: &[Ground],
    schemas: &BTreeSet<&str>,
) -> Vec<LeftOut> {
    if schemas.is_empty() {
        return Vec::new();
    }
    // What a user made, or made otherwise, on a side of which it is known what was there.
    let mut own: BTreeSet<Key> = BTreeSet::new();
    let mut facts: BTreeMap<Owner, BTreeSet<&'static str>> = BTreeMap::new();
    for (picture, ground) in pictures.iter().zip(grounds) {
        for (key, portrait) in of_platform(picture, schemas) {
            match ground.given.as_ref().map(|given| given.portraits.get(key)) {
                Some(Some(was)) => {
                    let changed: BTreeSet<&'static str> = changed(was, portrait).collect();
                    if key.part.is_none() {
                        facts.entry(key.owner.clone()).or_default().extend(changed);
                    } else if !changed.is_empty() {
                        own.insert(key.clone());
                    }
                }
                Some(None) => {
                    own.insert(key.clone());
                }
                None if is_users(key, portrait, schemas) => {
                    own.insert(key.clone());
                }
                None => {}
            }
        }
    }
    let shows: Vec<BTreeSet<String>> = pictures
        .iter()
        .zip(grounds)
        .map(|(picture, ground)| shown(picture, ground, schemas, &own))
        .collect();
    // Facts of the platform's things can be held against each other only where all sides began with the same.
    facts.retain(|owner, _| {
        pictures.iter().zip(grounds).all(|(picture, ground)| {
            let key = Key { owner: owner.clone(), part: None };
            ground.given.is_some() && picture.portraits.contains_key(&key)
        })
    });
    let donors: BTreeMap<Key, Portrait> = pictures
        .iter()
        .flat_map(|picture| of_platform(picture, schemas))
        .filter(|(key, _)| own.contains(*key) || key.part.is_none())
        .map(|(key, portrait)| (key.clone(), portrait.clone()))
        .collect();
    let mut left_out = Vec::new();
    for (side, picture) in pictures.iter_mut().enumerate() {
        keep(picture, schemas, &own, &facts);
        left_out.extend(lend(picture, side, schemas, &own, &donors, &shows[side]));
    }
    left_out
}

fn of_platform<'a>(
    picture: &'a Picture,
    schemas: &'a BTreeSet<&str>,
) -> impl Iterator<Item = (&'a Key, &'a Portrait)> {
    picture.portraits.iter().filter(|(key, _)| is_platforms(&key.owner, schemas))
}

fn is_platforms(owner: &Owner, schemas: &BTreeSet<&str>) -> bool {
    schema(owner).is_some_and(|schema| schemas.contains(schema))
}

/// The schema that an object stands in, by its name.
fn schema(owner: &Owner) -> Option<&str> {
    match owner.kind {
        "schema" => Some(&owner.name),
        "default privileges" => owner.name.rsplit_once(" in schema ").map(|(_, schema)| schema),
        _ => owner.name.split('(').next()?.split_once('.').map(|(schema, _)| schema),
    }
}

fn changed<'a>(was: &'a Portrait, is: &'a Portrait) -> impl Iterator<Item = &'static str> + 'a {
    let now = is.facts.iter().filter(|fact| !fact.cosmetic);
    now.filter(|fact| {
        was.facts.iter().all(|old| old.name != fact.name || !old.means_the_same(fact))
    })
    .map(|fact| fact.name)
}

/// Whether a part of a platform's table is a user's plainly: a platform ships no policies, and its triggers call
/// functions of its own.
fn is_users(key: &Key, portrait: &Portrait, schemas: &BTreeSet<&str>) -> bool {
    match key.part.as_ref().map(|part| part.kind) {
        Some("policy") => true,
        Some("trigger") => portrait.facts.iter().any(|fact| {
            let schema = fact.value.split_once('.').map(|(schema, _)| schema);
            fact.name == "calls" && schema.is_some_and(|schema| !schemas.contains(schema))
        }),
        _ => false, // who made it can't be told
    }
}

/// The platform's schemas of which a side says what is there.
fn shown(
    picture: &Picture,
    ground: &Ground,
    schemas: &BTreeSet<&str>,
    own: &BTreeSet<Key>,
) -> BTreeSet<String> {
    if !ground.is_dump {
        return schemas.iter().map(|schema| (*schema).to_string()).collect();
    }
    let tells = |key: &&Key| ground.given.is_none() || own.contains(*key);
    let keys = of_platform(picture, schemas).map(|(key, _)| key).filter(tells);
    keys.filter_map(|key| schema(&key.owner).map(ToString::to_string)).collect()
}

/// Keeps what a user made, and the bare tables that it is a part of.
fn keep(
    picture: &mut Picture,
    schemas: &BTreeSet<&str>,
    own: &BTreeSet<Key>,
    facts: &BTreeMap<Owner, BTreeSet<&'static str>>,
) {
    let holders: BTreeSet<&Owner> = own.iter().map(|key| &key.owner).collect();
    picture.portraits.retain(|key, portrait| {
        if !is_platforms(&key.owner, schemas) || own.contains(key) {
            return true;
        }
        let compared = facts.get(&key.owner);
        if key.part.is_some() {
            return false;
        }
        portrait.facts.retain(|fact| compared.is_some_and(|names| names.contains(fact.name)));
        holders.contains(&key.owner) || !portrait.facts.is_empty()
    });
}

/// Gives a side the bare tables that it lacks, and where it leaves the schema out all that the others have made there.
fn lend(
    picture: &mut Picture,
    side: usize,
    schemas: &BTreeSet<&str>,
    own: &BTreeSet<Key>,
    donors: &BTreeMap<Key, Portrait>,
    shows: &BTreeSet<String>,
) -> Vec<LeftOut> {
    let mut lent: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for key in own {
        let Some(schema) = schema(&key.owner).filter(|schema| schemas.contains(schema)) else {
            continue;
        };
        let whole = Key { owner: key.owner.clone(), part: None };
        if key.part.is_some()
            && !own.contains(&whole)
            && !picture.portraits.contains_key(&whole)
            && let Some(holder) = donors.get(&whole)
        {
            let bare = Portrait { facts: Vec::new(), ..holder.clone() };
            picture.portraits.insert(whole, bare);
        }
        if !shows.contains(schema)
            && !picture.portraits.contains_key(key)
            && let Some(portrait) = donors.get(key)
        {
            lent.entry(schema).or_default().push(in_words(key));
            picture.portraits.insert(key.clone(), portrait.clone());
        }
    }
    lent.into_iter()
        .map(|(schema, what)| LeftOut { side, schema: schema.to_string(), what })
        .collect()
}

fn in_words(key: &Key) -> String {
    let owner = format!("{} {}", key.owner.kind, key.owner.name);
    match &key.part {
        Some(part) => format!("{} {} of {owner}", part.kind, part.name),
        None => owner,
    }
}

//! A persistent ordered map of small keys, kept in sorted chunks: `clone` is O(1), and a map that nobody shares is
//! changed where it stands. Most of the catalog's keys are oids, which grow, so that most inserts are at the end.

use std::ops::RangeInclusive;
use std::sync::Arc;

/// The most entries of a chunk.
const CHUNK: usize = 128;

/// Keys and their values side by side, ascending; never empty inside of a map.
#[derive(Debug, Clone)]
struct Chunk<K, V> {
    keys: Vec<K>,
    values: Vec<V>,
}

/// The map.
#[derive(Debug)]
pub struct Ordered<K, V> {
    /// The first key of every chunk, ascending, and the chunk.
    chunks: Arc<Vec<(K, Arc<Chunk<K, V>>)>>,
    len: usize,
}

impl<K, V> Clone for Ordered<K, V> {
    fn clone(&self) -> Self {
        Ordered { chunks: self.chunks.clone(), len: self.len }
    }
}

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Ordered { chunks: Arc::default(), len: 0 }
    }
}

impl<K: Ord + Copy, V: Clone> Ordered<K, V> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Where the key's chunk is, if there is any chunk at all: the last that does not begin after it.
    fn chunk_of(&self, key: K) -> usize {
        match self.chunks.last() {
            Some((first, _)) if *first <= key => self.chunks.len() - 1,
            _ => self.chunks.partition_point(|(first, _)| *first <= key).saturating_sub(1),
        }
    }

    pub(super) fn get(&self, key: K) -> Option<&V> {
        let (_, chunk) = self.chunks.get(self.chunk_of(key))?;
        let at = chunk.keys.binary_search(&key).ok()?;
        chunk.values.get(at)
    }

    pub(super) fn contains(&self, key: K) -> bool {
        self.get(key).is_some()
    }

    /// The value to change, copied first where a clone of the map holds it too.
    pub(super) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        let place = self.chunk_of(key);
        let at = self.chunks.get(place)?.1.keys.binary_search(&key).ok()?;
        let (_, chunk) = Arc::make_mut(&mut self.chunks).get_mut(place)?;
        Arc::make_mut(chunk).values.get_mut(at)
    }

    /// Puts the value under the key; returns what stood there.
    pub(super) fn insert(&mut self, key: K, value: V) -> Option<V> {
        let place = self.chunk_of(key);
        let chunks = Arc::make_mut(&mut self.chunks);
        let Some((first, chunk)) = chunks.get_mut(place) else {
            chunks.push((key, Arc::new(Chunk { keys: vec![key], values: vec![value] })));
            self.len += 1;
            return None;
        };
        let chunk = Arc::make_mut(chunk);
        let at = match chunk.keys.last() {
            Some(last) if *last < key => chunk.keys.len(),
            _ => match chunk.keys.binary_search(&key) {
                Ok(at) => return Some(std::mem::replace(&mut chunk.values[at], value)),
                Err(at) => at,
            },
        };
        self.len += 1;
        if chunk.keys.len() < CHUNK {
            chunk.keys.insert(at, key);
            chunk.values.insert(at, value);
            *first = chunk.keys[0];
            return None;
        }
        // Full: at the end a new chunk begins, so that ascending keys fill the chunks; else it is cut in two.
        let cut = if at == CHUNK { CHUNK } else { CHUNK / 2 };
        let mut right =
            Chunk { keys: chunk.keys.split_off(cut), values: chunk.values.split_off(cut) };
        let (part, at) = if at >= cut { (&mut right, at - cut) } else { (chunk, at) };
        part.keys.insert(at, key);
        part.values.insert(at, value);
        let right_first = right.keys[0];
        if let Some((first, chunk)) = chunks.get_mut(place) {
            *first = chunk.keys[0];
        }
        chunks.insert(place + 1, (right_first, Arc::new(right)));
        None
    }

    /// Takes the key away; returns what stood there.
    pub(super) fn remove(&mut self, key: K) -> Option<V> {
        let place = self.chunk_of(key);
        let at = self.chunks.get(place)?.1.keys.binary_search(&key).ok()?;
        let chunks = Arc::make_mut(&mut self.chunks);
        let (first, chunk) = chunks.get_mut(place)?;
        let chunk = Arc::make_mut(chunk);
        chunk.keys.remove(at);
        let old = chunk.values.remove(at);
        self.len -= 1;
        match chunk.keys.first() {
            Some(lowest) => *first = *lowest,
            None => {
                chunks.remove(place);
            }
        }
        Some(old)
    }

    /// Every entry, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.chunks
            .iter()
            .flat_map(|(_, chunk)| chunk.keys.iter().copied().zip(chunk.values.iter()))
    }

    /// The entries of a range, ascending.
    pub(super) fn range(&self, range: RangeInclusive<K>) -> impl Iterator<Item = (K, &V)> {
        let (low, high) = range.into_inner();
        let place = self.chunk_of(low);
        let start = self
            .chunks
            .get(place)
            .map_or(0, |(_, chunk)| chunk.keys.partition_point(|key| *key < low));
        let chunks = self.chunks.get(place..).unwrap_or_default();
        let entries = chunks.iter().enumerate().flat_map(move |(nth, (_, chunk))| {
            let from = if nth == 0 { start } else { 0 };
            chunk.keys[from..].iter().copied().zip(chunk.values[from..].iter())
        });
        entries.take_while(move |(key, _)| *key <= high)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A small generator of numbers, the same on every run.
    fn numbers(mut seed: u64) -> impl FnMut(u32) -> u32 {
        move |below| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((seed >> 33) as u32) % below
        }
    }

    #[test]
    fn it_is_the_standard_librarys_map() {
        for seed in 0..20 {
            let mut next = numbers(seed);
            let (mut ours, mut theirs) = (Ordered::default(), BTreeMap::new());
            let mut kept = Vec::new();
            let below = 1 + next(2_000);
            for step in 0..3_000_u32 {
                let key = if seed % 2 == 0 { next(below) } else { step / 2 };
                if next(4) == 0 {
                    assert_eq!(ours.remove(key), theirs.remove(&key));
                } else {
                    assert_eq!(ours.insert(key, step), theirs.insert(key, step));
                }
                if let (Some(one), Some(other)) = (ours.get_mut(key), theirs.get_mut(&key)) {
                    *one += 1;
                    *other += 1;
                }
                if next(500) == 0 {
                    kept.push((ours.clone(), theirs.clone()));
                }
            }
            kept.push((ours, theirs));
            for (ours, theirs) in kept {
                assert_eq!(ours.len(), theirs.len());
                assert_eq!(ours.is_empty(), theirs.is_empty());
                let entries = |(key, value): (&u32, &u32)| (*key, *value);
                assert!(
                    ours.iter().map(|(key, value)| (key, *value)).eq(theirs.iter().map(entries))
                );
                for _ in 0..50 {
                    let (low, wide) = (next(below), next(300));
                    let range = low..=low + wide;
                    assert_eq!(ours.get(low), theirs.get(&low));
                    let found = ours.range(range.clone()).map(|(key, value)| (key, *value));
                    assert!(found.eq(theirs.range(range).map(entries)));
                }
            }
        }
    }
}

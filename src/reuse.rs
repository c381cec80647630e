//! What was made before, found again by what it was made from.
//!
//! A value is kept by the hash of all that it depends on. So what is found is what would be made, and no output tells whether
//! anything was kept. Whoever owns a [`Reuse`] says when a build has ended: what it did not use goes.

use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};

/// A hash that tells contents apart (SHA-256).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Of bytes that follow one another.
    #[must_use]
    pub fn of_bytes(pieces: &[&[u8]]) -> Self {
        let mut hasher = ContentHasher::default();
        for piece in pieces {
            hasher.take(piece);
        }
        hasher.finish()
    }

    /// Of everything that a value takes for its own in [`Hash`].
    #[must_use]
    pub fn of(value: &impl Hash) -> Self {
        let mut taken = TakenBytes::default();
        value.hash(&mut taken);
        Self::of_bytes(&[&taken.0])
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The hash of bytes that come piece by piece.
#[derive(Clone, Default)]
pub struct ContentHasher(Sha256);

impl ContentHasher {
    /// Takes in a piece.
    pub fn take(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The hash of all pieces.
    #[must_use]
    pub fn finish(self) -> ContentHash {
        ContentHash(self.0.finalize().into())
    }
}

/// The bytes that a value hands to a hasher.
#[derive(Default)]
struct TakenBytes(Vec<u8>);

impl Hasher for TakenBytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.len() as u64
    }
}

/// How a build has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildEnd {
    /// All is made: what it did not use is not wanted any more.
    Made,
    /// It was given up, or the input is broken: what the last whole one used stays.
    GivenUp,
}

/// Values that were made before.
pub struct Reuse<V> {
    shelf: Mutex<Shelf<V>>,
    most: usize,
}

struct Shelf<V> {
    now: u64,
    values: FxHashMap<ContentHash, ReusedValue<V>>,
}

struct ReusedValue<V> {
    value: Arc<V>,
    /// The builds that made it and that used it last.
    made: u64,
    used: u64,
    /// It was found again since there was last too little room.
    found: bool,
}

impl<V> fmt::Debug for Reuse<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reuse").field("most", &self.most).finish_non_exhaustive()
    }
}

impl<V> Reuse<V> {
    /// Nothing yet, and never more than so many values.
    #[must_use]
    pub fn at_most(most: usize) -> Self {
        Self { shelf: Mutex::new(Shelf { now: 0, values: FxHashMap::default() }), most }
    }

    /// A value that was made before.
    pub fn get(&self, key: &ContentHash) -> Option<Arc<V>> {
        let mut shelf = self.shelf.lock().ok()?;
        let now = shelf.now;
        let kept = shelf.values.get_mut(key)?;
        kept.used = now;
        kept.found = true;
        Some(Arc::clone(&kept.value))
    }

    /// Keeps a value.
    pub fn put(&self, key: ContentHash, value: V) -> Arc<V> {
        let value = Arc::new(value);
        if let Ok(mut shelf) = self.shelf.lock() {
            shelf.make_room(self.most);
            let now = shelf.now;
            shelf.values.insert(key, ReusedValue { value: Arc::clone(&value), made: now, used: now, found: false });
        }
        value
    }

    /// A value that was made before, or is made now.
    ///
    /// # Errors
    /// As `make`.
    pub fn make<E>(&self, key: ContentHash, make: impl FnOnce() -> Result<V, E>) -> Result<Arc<V>, E> {
        match self.get(&key) {
            Some(value) => Ok(value),
            None => Ok(self.put(key, make()?)),
        }
    }

    /// Drops what is not wanted any more.
    pub fn end(&self, end: BuildEnd) {
        if let Ok(mut shelf) = self.shelf.lock() {
            let now = shelf.now;
            match end {
                BuildEnd::Made => shelf.values.retain(|_, kept| kept.used == now),
                BuildEnd::GivenUp => shelf.values.retain(|_, kept| kept.made != now),
            }
            shelf.now += 1;
        }
    }

    /// How many values are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shelf.lock().map_or(0, |shelf| shelf.values.len())
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<V> Shelf<V> {
    /// Where it is full, what was not found again since it last was goes; where all was, all goes.
    fn make_room(&mut self, most: usize) {
        if self.values.len() < most {
            return;
        }
        self.values.retain(|_, kept| std::mem::take(&mut kept.found));
        if self.values.len() >= most {
            self.values.clear();
        }
    }
}

/// Streams of bytes as an output packs them.
pub type PackedStreams = Reuse<Vec<u8>>;

#[cfg(test)]
mod tests {
    use super::{BuildEnd, ContentHash, Reuse};

    fn key(text: &str) -> ContentHash {
        ContentHash::of(&text)
    }

    #[test]
    fn what_a_build_did_not_use_goes_and_a_broken_one_drops_only_its_own() {
        let reuse = Reuse::at_most(100);
        reuse.put(key("a"), 1);
        reuse.put(key("b"), 2);
        reuse.end(BuildEnd::Made);
        assert_eq!(reuse.get(&key("a")).as_deref(), Some(&1));
        reuse.put(key("c"), 3);
        reuse.end(BuildEnd::Made);
        assert_eq!((reuse.len(), reuse.get(&key("b"))), (2, None));
        reuse.put(key("d"), 4);
        reuse.end(BuildEnd::GivenUp);
        assert_eq!((reuse.len(), reuse.get(&key("d"))), (2, None));
        let made = reuse.make::<()>(key("a"), || panic!("it is there"));
        assert_eq!(made.as_deref(), Ok(&1));
    }

    #[test]
    fn there_are_never_more_than_was_said() {
        let reuse = Reuse::at_most(10);
        reuse.put(key("often"), 0);
        for n in 0..1000 {
            assert!(reuse.get(&key("often")).is_some(), "{n}");
            reuse.put(key(&n.to_string()), n);
            assert!(reuse.len() <= 10);
        }
    }

    #[test]
    fn contents_that_differ_have_other_hashes() {
        assert_ne!(ContentHash::of(&("ab", "c")), ContentHash::of(&("a", "bc")));
        assert_eq!(ContentHash::of_bytes(&[b"ab", b"c"]), ContentHash::of_bytes(&[b"a", b"bc"]));
    }
}

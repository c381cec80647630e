//! Names of bookmarks: from block ids and value ids to what Word accepts.

use crate::model::{BlockId, BlockIndex};
use std::collections::BTreeSet;

/// Word's limit, in UTF-16 units; all characters used here take one.
const LIMIT: usize = 40;

/// The bookmark of a block.
///
/// A pure function of the id, so that a reader of the Word file finds the block again: ASCII letters, digits and Han
/// characters stay, `-` becomes `_`; an id with anything else, or too long, ends in a checksum of the whole.
#[must_use]
pub fn block_bookmark(id: &BlockId) -> String {
    bookmark("b_", &id.0)
}

/// The bookmark of a bound value, by [`crate::model::Value::id`].
#[must_use]
pub fn value_bookmark(id: &str) -> String {
    bookmark("v_", id)
}

/// The bookmark of the printed number of a table or figure, which references point to.
pub(super) fn number_bookmark(id: &BlockId) -> String {
    bookmark("r_", &id.0)
}

/// The bookmark of a line of the contents, by the index of the block that it names.
///
/// Called as Word calls its own: LibreOffice writes page numbers of contents as fields again where the name begins so.
pub(super) fn contents_bookmark(block: BlockIndex) -> String {
    format!("_Toc{:09}", 100_000_000 + block.get())
}

/// The bookmark of a footnote's first mark, which later calls of the same note point to.
pub(super) fn note_bookmark(name: &str) -> String {
    bookmark("n_", name)
}

fn bookmark(prefix: &str, id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let faithful = id.chars().all(|c| plain(c) || c == '-') && prefix.len() + id.chars().count() <= LIMIT;
    let safe = id.chars().map(|c| if plain(c) { c } else { '_' });
    if faithful {
        return prefix.chars().chain(safe).collect();
    }
    let sum = format!("_{:08x}", checksum(id));
    prefix.chars().chain(safe.take(LIMIT - prefix.len() - sum.len())).chain(sum.chars()).collect()
}

/// FNV-1a, 32 bits: short, and the same on every machine.
pub(super) fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Names and ids handed out once each in a file.
#[derive(Debug, Default)]
pub(super) struct BookmarkIds {
    names: BTreeSet<String>,
    paragraphs: BTreeSet<u32>,
    bookmarks: usize,
    drawings: usize,
}

impl BookmarkIds {
    /// The next bookmark's id (from 1), and the name, with a count after it should it be taken.
    pub(super) fn bookmark(&mut self, name: String) -> (usize, String) {
        self.bookmarks += 1;
        // Word compares names without regard to case.
        let mut unique = name;
        let mut count = 1;
        while !self.names.insert(unique.to_lowercase()) {
            count += 1;
            let tail = format!("_{count}");
            unique = unique.chars().take(LIMIT - tail.len()).chain(tail.chars()).collect();
        }
        (self.bookmarks, unique)
    }

    /// The next drawing's id, from 1.
    pub(super) fn drawing(&mut self) -> usize {
        self.drawings += 1;
        self.drawings
    }

    /// A paragraph's `w14:paraId`, from a seed: stable while the seed is. Above 0 and below 0x80000000.
    pub(super) fn paragraph(&mut self, seed: &str) -> String {
        let mut id = (checksum(seed) & 0x7fff_ffff).max(1);
        while !self.paragraphs.insert(id) {
            id = id % 0x7fff_fffe + 1;
        }
        format!("{id:08X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_word_accepts() {
        for id in ["ideology", "p-3f2a", "思想引领", "a_b", "a.b c", "", &"长".repeat(100)] {
            let name = block_bookmark(&BlockId(id.to_owned()));
            assert!(name.encode_utf16().count() <= LIMIT, "{name}");
            assert!(name.chars().all(|c| c.is_alphanumeric() || c == '_'), "{name}");
        }
        assert_eq!(block_bookmark(&BlockId("p-3f2a".to_owned())), "b_p_3f2a");
        assert_ne!(block_bookmark(&BlockId("a_b".to_owned())), block_bookmark(&BlockId("a-b".to_owned())));
    }

    #[test]
    fn a_name_is_given_once() {
        let mut ids = BookmarkIds::default();
        let (first, a) = ids.bookmark("b_X".to_owned());
        let (second, b) = ids.bookmark("b_x".to_owned());
        assert_eq!((first, second), (1, 2));
        assert_eq!((a.as_str(), b.as_str()), ("b_X", "b_x_2"));
        assert_ne!(ids.paragraph("same"), ids.paragraph("same"));
    }
}

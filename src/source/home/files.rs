//! The files of a report while they are changed.

use super::emit::Edits;
use super::outline::{Bytes, Region};
use crate::diagnostic::{FileId, Sources};
use crate::model::{BlockId, Document};
use crate::yaml::tree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// A file of YAML with blocks in it.
pub(super) struct File {
    pub(super) id: FileId,
    pub(super) text: String,
    pub(super) root: Node,
    pub(super) newline: &'static str,
    pub(super) edits: Edits,
    pub(super) regions: Vec<Region>,
    /// The regions whose row of entries changed.
    pub(super) touched: BTreeSet<usize>,
    /// Plain scalars that were changed, by where they begin.
    pub(super) plain: BTreeMap<usize, PlainScalar>,
}

/// The files of a report while they are changed.
pub(super) struct Home<'a> {
    pub(super) sources: &'a Sources,
    pub(super) document: &'a Document,
    pub(super) files: Vec<File>,
    /// Data files: replacements of values.
    pub(super) data: BTreeMap<FileId, Edits>,
    pub(super) media: Vec<(String, Vec<u8>)>,
    /// Blocks that went with the whole entry that held them.
    pub(super) gone: BTreeSet<BlockId>,
    /// Where each block was before anything went elsewhere: its file, the list of blocks in it, its place there.
    pub(super) places: BTreeMap<BlockId, (usize, usize, usize)>,
    /// Items of lists that go elsewhere in their list: before the item that has this index now.
    pub(super) moved_items: BTreeMap<BlockId, usize>,
    /// Blocks of entries that move as a whole: the first of them that stays, and all of these.
    pub(super) carried: BTreeMap<BlockId, (BlockId, BTreeSet<BlockId>)>,
    /// Why something could not be written, where that is known.
    pub(super) refusal: Option<NoPlace>,
}

/// A plain scalar that was changed.
pub(super) struct PlainScalar {
    pub(super) range: Bytes,
    pub(super) flow: bool,
    /// True for a number, which may stay one.
    pub(super) number: bool,
}

/// Why the source has no place for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPlace {
    /// Blocks there are printed for every row.
    InRows,
    /// It stands between items of a list.
    WithinList,
}

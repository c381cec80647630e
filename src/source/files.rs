//! Files as they were read before.

use super::data::KeptTable;
use crate::reuse::{BuildEnd, Reuse};
use crate::yaml::file::ReadTrees;

/// More files than any report has.
const MOST_FILES: usize = 10_000;

/// Files as they were read before: trees of YAML and the values of data files, each found again by its content.
#[derive(Debug)]
pub struct ReadFiles {
    pub(super) trees: ReadTrees,
    pub(super) data: Reuse<KeptTable>,
}

impl Default for ReadFiles {
    fn default() -> Self {
        Self { trees: ReadTrees::at_most(MOST_FILES), data: Reuse::at_most(MOST_FILES) }
    }
}

impl ReadFiles {
    /// How many files are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.trees.len() + self.data.len()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Drops what the build that has ended did not use.
    pub fn end(&self, end: BuildEnd) {
        self.trees.end(end);
        self.data.end(end);
    }
}

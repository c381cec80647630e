//! Fields and bookmarks that have begun and not ended yet.

/// A field that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenField {
    /// Which one it is of those that begin with a character of their own, from 1.
    pub(super) count: usize,
    pub(super) instruction: String,
    /// True after the mark that parts the instruction from the result.
    pub(super) result: bool,
    /// The setting of the address that its result leads to.
    pub(super) link: Option<usize>,
    /// True once its result shows something.
    pub(super) shown: bool,
    /// False where it begins in what this view leaves out: programs may leave its other marks outside of that.
    pub(super) stays: bool,
    /// What is in the place of a note's mark.
    pub(super) mark: String,
}

/// A bookmark that is open.
#[derive(Clone, Debug)]
pub(super) struct OpenMark {
    pub(super) id: String,
    pub(super) name: String,
}

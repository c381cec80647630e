//! What a person should look at in a report that was made from a file.

use crate::diagnostic::Message;
use crate::model::Item;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The words where it is.
    pub place: String,
    /// What it is.
    pub message: Message,
}

impl Remark {
    /// A remark on an item.
    pub(super) fn at(item: &Item, message: Message) -> Self {
        Self { place: item.plain().chars().take(20).collect(), message }
    }
}

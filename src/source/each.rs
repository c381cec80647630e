//! A row of the list that a report is made for again and again.

use super::data::Entry;

/// A row, with the name of what is made for it.
#[derive(Clone, Debug)]
pub struct EachRow {
    /// The name of the outputs, without an ending.
    pub name: String,
    /// What `each` is in the expressions of the report.
    pub(super) entry: Entry,
}

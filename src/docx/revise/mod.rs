//! What is put into a finished file of ours: tracked changes against an earlier manuscript, comments.

mod tree;
mod calls;
mod runs;
mod units;
mod paragraph;
mod table;
mod notes;
mod picture;
mod ending;
mod document;
mod comments;

pub use comments::{Commented, PlacedComment, with_comments};
pub use document::redline;

//! A report to start from: the text of a manuscript as YAML, its structure found again.
//!
//! The text is never changed: numbers that the program counts are left out only where it counts the same.

mod front;
mod run_in;
mod attached;
mod structure;
mod squares;
mod contents;
mod calls;
mod figures;
mod pictures;
mod remark;
mod renumbered;
mod write;
mod tables;
mod marks;
mod markdown;
mod plain;

pub use plain::{TextForm, read_text};
pub use remark::Remark;
pub use write::{Draft, draft};

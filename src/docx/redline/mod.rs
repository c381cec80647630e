//! The Word file with tracked changes: a file of ours, the manuscript that it is compared with, and what became of each stretch.

mod tree;
mod runs;
mod units;
mod paragraph;
mod table;
mod notes;
mod picture;
mod document;

pub use document::redline;

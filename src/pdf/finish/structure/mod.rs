//! The structure tree (14.7): what each marked-content sequence is.

mod extent;
mod path;
mod tree;
mod attributes;
mod write;

pub(super) use write::{Tagged, write};

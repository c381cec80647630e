//! Writing changes home: from rewrites of blocks and places to the text of the files, untouched lines byte for byte.
//!
//! Nothing is written as a tree: every change is a few bytes of the source, or lines put in, taken out or moved.

mod scalars;
mod encode;
mod datum;
mod outline;
mod emit;
mod files;
mod items;
mod within;
mod blocks;
mod tables;
mod apply;

pub use apply::{Rewritten, apply};
pub use encode::escaped;
pub(super) use encode::{Digits, Within, block_scalar, cell, said, scalar};
pub use files::NoPlace;

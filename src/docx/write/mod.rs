//! From the model to the parts of the package.

mod order;
mod instruction;
mod tree;
mod numbering;
mod parts;
mod header;
mod section;
mod media;
mod lines;
mod inline;
mod body;
mod chart;
mod contents;
mod drawn;
mod figure;
mod front;
mod official;
mod red_head;
mod signature;
mod table;
mod blocks;
mod characters;
mod document;

pub use document::{text_of, write, write_for};

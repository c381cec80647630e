//! From the model to the parts of the package.

mod order;
mod numbering;
mod parts;
mod section;
mod media;
mod lines;
mod inline;
mod body;
mod chart;
mod contents;
mod figure;
mod front;
mod official;
mod table;
mod blocks;
mod characters;
mod document;

pub use document::write;

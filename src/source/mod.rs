//! A report's YAML, its data and expressions, to the document.

mod load;
mod keys;
mod scalar;
mod inline;
mod data;
mod expression;
mod ids;
mod build;
mod front;
mod back;
mod text;
mod table;
mod chart;
mod checks;
mod meta;
mod advice;
mod schema;

pub use load::{Loaded, Options, load};
pub use schema::schema;

//! A report's YAML, its data and expressions, to the document.

mod load;
mod keys;
mod scalar;
mod markup;
mod inline;
mod rewrite;
mod radical;
mod unshaped;
mod characters;
mod shifts;
mod links;
mod breaks;
mod lines;
mod data;
mod expression;
mod ids;
mod include;
mod build;
mod refuse;
mod repeat;
mod front;
mod back;
mod text;
mod table;
mod chart;
mod checks;
mod provenance;
mod meta;
mod advice;
mod schema;
mod home;
mod draft;

pub use draft::{Draft, Remark, draft, read_text};
pub use home::{Rewritten, apply, escaped};
pub use load::{InputOptions, Loaded, load};
pub use schema::schema;

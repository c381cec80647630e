//! From trees to the manuscript: styles by name, fields, tracked changes in one view, notes, comments.

mod comments;
mod formatting;
mod equation;
mod inline;
mod manuscript;
mod styles;
mod numbering;
mod paragraph;
mod settings;
mod table;
mod view;
mod open;
mod walk;

pub(super) use manuscript::{authors, manuscript};
pub(super) use view::FieldLook;
pub use view::View;

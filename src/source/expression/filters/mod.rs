//! Filters: one table gives their names and what they do.

mod numbers;
mod numerals;
mod wording;
mod days;
mod lists;
mod top;
mod texts;
mod table;

pub(super) use table::apply;

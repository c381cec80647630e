//! OpenDocument workbooks (.ods).

mod xml;
mod book;
mod cells;

pub(super) use book::OdsBook;

//! Workbooks of Excel 5 to 2003 (.xls).

mod compound;
mod records;
mod text;
mod book;
mod cells;

pub(super) use book::XlsBook;

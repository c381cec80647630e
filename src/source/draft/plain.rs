//! Text files as a manuscript.

use super::markdown;
use super::remark::Remark;
use crate::model::{Item, Manuscript, Phrase};

/// How a text file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// Each line is a paragraph.
    Plain,
    /// Headings, lists, tables, bold and footnotes of Markdown mean something.
    Markdown,
}

/// The manuscript of a text, and what of it a report does not have.
#[must_use]
pub fn read_text(text: &str, form: TextForm) -> (Manuscript, Vec<Remark>) {
    if form == TextForm::Markdown {
        return markdown::read(text);
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let items = lines.map(|line| Item { phrase: Phrase::of(line), ..Item::default() }).collect();
    (Manuscript { items, ..Manuscript::default() }, Vec::new())
}

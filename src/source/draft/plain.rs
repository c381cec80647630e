//! Text files as a manuscript.

use super::markdown;
use super::remark::Remark;
use crate::diagnostic::say;
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
    let (text, dropped) = in_lines(text);
    let (manuscript, mut remarks) = match form {
        TextForm::Markdown => markdown::read(&text),
        TextForm::Plain => (plain(&text), Vec::new()),
    };
    if dropped > 0 {
        remarks.push(Remark {
            place: String::new(),
            message: say!(
                "文件里有 {dropped} 个控制字符，没有带过来",
                "the file has {dropped} control characters, which are not carried over"
            ),
        });
    }
    (manuscript, remarks)
}

/// A text in lines, whatever ends them: pages end with a form feed, old programs write a carriage return alone. Other characters that
/// control a device are none of a text; how many of them there were.
fn in_lines(text: &str) -> (String, usize) {
    let ends = |c: char| matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let text = text.replace("\r\n", "\n").replace(ends, "\n");
    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let count = text.chars().filter(|c| controls(*c)).count();
    (if count > 0 { text.replace(controls, "") } else { text }, count)
}

/// Each line is a paragraph.
fn plain(text: &str) -> Manuscript {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let items = lines.map(|line| Item { phrase: Phrase::of(line), ..Item::default() }).collect();
    Manuscript { items, ..Manuscript::default() }
}

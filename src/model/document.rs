//! The document: its blocks, and what they refer to.

use super::{Block, BlockId, BlockKind, Length, Text};
use crate::diagnostic::Span;
use std::collections::BTreeMap;

/// A whole report, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What is said of the document as a whole.
    pub meta: Meta,
    /// Blocks in reading order, the title first.
    pub blocks: Vec<Block>,
    /// Every use of a data value, in reading order.
    pub values: Vec<Value>,
    /// Footnotes, in the order of their first call.
    pub notes: Vec<Note>,
    /// True: a table of contents stands before the body.
    pub contents: bool,
}

impl Document {
    /// The headings with the index of their block, in reading order.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, b)| matches!(b.kind, BlockKind::Heading { .. }))
    }

    /// What bookmarks list, in reading order: headings, the glossary, attachments with what stands in them. Contents list fewer.
    #[must_use]
    pub fn listing(&self) -> Vec<Listed> {
        let mut attached = false;
        let mut listing = Vec::new();
        for (block, Block { kind, .. }) in self.blocks.iter().enumerate() {
            let (level, title, in_contents) = match kind {
                BlockKind::Heading { level, number, text } => {
                    let number = number.as_ref().map_or("", |number| &number.text);
                    (level + u8::from(attached), format!("{number}{}", text.unmarked()), !attached)
                }
                BlockKind::AttachmentMark { text: mark, .. } => {
                    attached = true;
                    let title = match self.blocks.get(block + 1).map(|next| &next.kind) {
                        Some(BlockKind::AttachmentTitle(title)) => title.unmarked(),
                        _ => String::new(),
                    };
                    (1, format!("{}\u{3000}{title}", mark.plain()), true)
                }
                BlockKind::GlossaryTitle(text) => (1, text.unmarked(), false),
                _ => continue,
            };
            listing.push(Listed { block, level, title, in_contents });
        }
        listing
    }

    /// What contents of a depth list: headings of the report itself, and attachments by their titles. Headings within attachments
    /// count from one anew, and are left to them.
    pub fn contents(&self, depth: u8) -> impl Iterator<Item = Listed> {
        self.listing().into_iter().filter(move |listed| listed.in_contents && listed.level <= depth)
    }
}

/// Something that bookmarks list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Where it begins: the index of its block.
    pub block: usize,
    /// 1 to 5.
    pub level: u8,
    /// Number and text, without the marks of notes.
    pub title: String,
    /// True when contents list it too, if they go down to its level.
    pub in_contents: bool,
}

/// The printed page number of each block, by its index in [`Document::blocks`]; empty on an unnumbered page.
///
/// Layout makes it; the Word file's contents and page references repeat it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLabels(pub Vec<String>);

impl PageLabels {
    /// The page number of a block.
    #[must_use]
    pub fn of(&self, block: usize) -> &str {
        self.0.get(block).map_or("", String::as_str)
    }
}

/// Where lines end that were broken by phrase: by the index of a block, byte offsets into its texts ([`BlockKind::texts`])
/// as one, without its number. Ascending.
///
/// Layout makes it; the Word file breaks its lines there too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SenseBreaks(pub BTreeMap<usize, Vec<usize>>);

impl SenseBreaks {
    /// The line ends of a block; empty where its text runs on.
    #[must_use]
    pub fn of(&self, block: usize) -> &[usize] {
        self.0.get(&block).map_or(&[], Vec::as_slice)
    }
}

/// The tables as they were set, by the index of the table's block.
///
/// Layout makes it; the Word file's columns are as wide, and its numbers stand on the same points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetTables(pub BTreeMap<usize, SetTable>);

/// A table that was set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetTable {
    /// The widths of its columns, between the middles of the rules at their sides.
    pub columns: Vec<Length>,
    /// How many rows of the grid its rows take, that of the head first.
    pub rows: Vec<u32>,
    /// The numbers that stand on their decimal point, by row (the head counted) and column.
    pub numbers: BTreeMap<(usize, usize), SetNumber>,
}

/// A number on its decimal point, from where the text of its cell may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SetNumber {
    /// Where it begins.
    pub start: Length,
    /// Where its point stands, or would stand behind a whole number.
    pub point: Length,
}

/// What is said of the document as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The title on one line.
    pub title: String,
    /// The issuing body, where it can be told, else the speaker.
    pub author: Option<String>,
    /// BCP 47: `zh-CN`.
    pub language: String,
    /// The one time in the outputs, in seconds since 1970-01-01 UTC: SOURCE_DATE_EPOCH, else the report's own date
    /// (its first full date, at midnight in Beijing), else 2000-01-01.
    pub timestamp: i64,
}

/// One use of a data value.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its stable name in the outputs, unique: the expression's path, with a count where it is used more than once.
    pub id: String,
    /// The expression as written.
    pub expression: String,
    /// What is printed.
    pub text: String,
    /// The place of `{{ … }}`.
    pub used: Span,
    /// Where the data defines it, for an expression that names one entry.
    pub defined: Option<Span>,
    /// The block that uses it, where it has one.
    pub block: Option<BlockId>,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name in the source.
    pub name: String,
    /// Its count in the document, from 1.
    pub count: u32,
    /// Its text.
    pub text: Text,
    /// Where it is written.
    pub span: Span,
}

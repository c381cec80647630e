//! The report as those who edit the Word file see it: paragraphs and tables in order, with their numbers written out of the text.
//!
//! Three of them meet in a merge: what was handed out, what came back, and what the source says now.

use super::token::{has_other_width, held_spaces};
use super::{BlockId, ColumnAlign, Feature, Formatted, Formatting, OffsetMap, SavedWith, Shift, WordSetting};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A text in the order of reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manuscript {
    /// Paragraphs, pictures and tables.
    pub items: Vec<Item>,
    /// Footnotes, in the order of their first call; their marks hold their names.
    pub notes: Vec<Item>,
    /// The uses of values, with the figures that each depends on.
    pub figures: Vec<Handed>,
    /// The comments that it went out with.
    pub carried: Vec<Comment>,
    /// The row that it was made for, where it is one of many reports.
    pub row: Option<RowNote>,
    /// What the file holds and no source can say: text boxes, formulas, parts of other formats.
    pub losses: Vec<Loss>,
    /// The formattings of its characters; none where that is not known.
    pub formattings: Vec<Formatting>,
    /// Features that its formattings do not tell: it comes from a file that an older version of the program wrote.
    pub untold: BTreeSet<Feature>,
    /// What is said of pages and of the file; None where that is not known.
    pub settings: Option<Vec<WordSetting>>,
    /// The program that wrote the file, as far as it matters.
    pub saved_with: SavedWith,
    /// Who saved the file last, as it says.
    pub saved_by: Option<String>,
    /// True with tracked changes.
    pub tracked: bool,
    /// The lines of its contents, and the item that each comes before.
    pub contents: Vec<(String, usize)>,
    /// Paragraphs and rows that tracked changes took out whole: their text without white space, and who did it.
    pub removed: Vec<(String, Vec<Trace>)>,
}

impl Manuscript {
    /// Who took a text out, as far as that was tracked.
    #[must_use]
    pub fn removers(&self, text: &str) -> Vec<Trace> {
        // What was taken out has lost its marks of notes.
        let bare: String =
            text.chars().filter(|c| !c.is_whitespace() && !('\u{2460}'..='\u{2473}').contains(c)).collect();
        self.removed.iter().find(|(gone, _)| *gone == bare).map(|(_, who)| who.clone()).unwrap_or_default()
    }
}

/// Which of many reports one is: what `--each` and `--name` said, and the name that came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNote {
    /// The list.
    pub list: String,
    /// The expression of the names.
    pub name: String,
    /// The name of this one.
    pub file: String,
}

/// A use of values of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handed {
    /// Its name in the outputs ([`crate::model::Value::id`]).
    pub id: String,
    /// What it prints.
    pub text: String,
    /// The figures that it depends on: how each is called, and how it is printed by itself.
    pub figures: Vec<(String, String)>,
}

/// Something that cannot be carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub what: LossKind,
    /// Its text, as far as it has one.
    pub text: String,
    /// The index of the item that holds it, or that it comes before.
    pub item: usize,
}

/// What cannot be carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// A text box.
    TextBox,
    /// A formula.
    Formula,
    /// A part of another format (altChunk), which only Word unpacks.
    OtherFormat,
    /// A drawing or an embedded object.
    Drawing,
    /// A table within a cell.
    NestedTable,
    /// An endnote.
    Endnote,
    /// A reading above or beside characters.
    Ruby,
    /// Characters that a field sets in a ring, over one another, or with a reading.
    Combined,
    /// A field that nothing ends.
    EndlessField,
    /// A character of a face of symbols, which is another one in any other face.
    Symbol,
    /// An entry of an index or of a table of authorities.
    IndexEntry,
    /// Text that is hidden, and that was not there before.
    Hidden,
    /// Text that was there before and is hidden now. It stays.
    MadeHidden,
    /// A second body of the document, which programs do not show.
    SecondBody,
    /// What is said of a text before it, in Markdown.
    FileHead,
}

/// A paragraph, a picture or a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// The block that it is of, where that is known.
    pub block: Option<BlockId>,
    /// What it is.
    pub role: ItemRole,
    /// The automatic number before it, where that is known.
    pub number: String,
    /// The names of the bookmarks in it.
    pub marks: Vec<String>,
    /// The id that Word gives the paragraph (`w14:paraId`).
    pub para_id: Option<String>,
    /// The name of its style in the Word file.
    pub style: String,
    /// The level of the outline that it has by its style or by itself, from 1.
    pub outline: Option<u8>,
    /// True in a list of the Word file.
    pub listed: bool,
    /// True in a list without a mark of its own: it goes on with the item before.
    pub goes_on: bool,
    /// Its level there, from 0.
    pub depth: usize,
    /// How far its list has counted; 0 without a number that counts.
    pub ordinal: u32,
    /// Its text.
    pub phrase: Phrase,
    /// How its characters are formatted.
    pub formats: Vec<Formatted>,
    /// The widths of a table's columns in twips.
    pub widths: Vec<i64>,
    /// How a table's columns are aligned, where its file says so.
    pub aligned: Vec<ColumnAlign>,
    /// True on pages that are wider than high.
    pub landscape: bool,
    /// The rows of a table.
    pub rows: Vec<RowText>,
    /// How many of them are its head.
    pub heads: usize,
    /// The bytes of pictures in it, with the ends of their names.
    pub pictures: Vec<Picture>,
    /// Who changed it, as far as changes were tracked.
    pub traces: Vec<Trace>,
    /// Remarks on it.
    pub comments: Vec<Comment>,
}

impl Item {
    /// All of its text: that of the cells too, a cell parted from the next by a tab, a row by a line end.
    #[must_use]
    pub fn plain(&self) -> String {
        if self.rows.is_empty() {
            return self.phrase.plain();
        }
        let row = |line: &RowText| line.cells.iter().map(|c| c.phrase.plain()).collect::<Vec<_>>().join("\t");
        self.rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    /// True for a table.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.role == ItemRole::Table
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemRole {
    /// A paragraph of the text.
    #[default]
    Paragraph,
    /// The title, or another line whose breaks the layout chooses.
    Display,
    /// A heading.
    Heading(u8),
    /// A run-in point.
    Point,
    /// An item of a numbered list, of a level from 1.
    Numbered(u8),
    /// An item of a list with bullets.
    Bullet(u8),
    /// A term of the glossary with its meaning.
    Term,
    /// The caption of a table, picture or chart.
    Caption,
    /// A table.
    Table,
    /// A picture or chart.
    Picture,
    /// A footnote.
    Note,
    /// A line that the program writes, or that repeats another one: 附件1, names of attachments, the title on a cover.
    Written,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowText {
    /// Its cells. One that another cell covers from above is left out.
    pub cells: Vec<CellText>,
    /// Who changed the row as a whole.
    pub traces: Vec<Trace>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellText {
    /// Its text; paragraphs are parted by line ends.
    pub phrase: Phrase,
    /// Its first column, from 0.
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How its characters are formatted.
    pub formats: Vec<Formatted>,
    /// How the cell itself is formatted: the index.
    pub formatting: usize,
    /// Who changed it.
    pub traces: Vec<Trace>,
    /// Remarks on it.
    pub comments: Vec<Comment>,
}

/// A picture in the Word file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its name in the package.
    pub name: String,
    /// The name of the same picture as shapes (SVG), where the package has it; empty where not.
    pub shapes: String,
    /// A checksum of its bytes.
    pub sum: u64,
    /// A checksum of its shapes; 0 without any.
    pub shapes_sum: u64,
    /// Its width and height in tenths of a millimetre; 0 where that is not known.
    pub size: (i64, i64),
    /// What is cut off at its sides, in thousandths of a percent, as the file gives it; empty for nothing.
    pub crop: String,
    /// What is said of it for those who do not see it; None where that is not known.
    pub alt: Option<String>,
    /// Its bytes, where they are at hand.
    pub data: Vec<u8>,
}

impl Picture {
    /// What a chart is called. The part that holds it is in the place of shapes, and its checksum is that of its values.
    pub const CHART: &'static str = "chart";

    /// True for a chart.
    #[must_use]
    pub fn is_chart(&self) -> bool {
        self.name == Self::CHART
    }

    /// True where it is the other picture: by its bytes, or by its shapes. Some programs draw the pixels again and keep the shapes,
    /// others keep the pixels alone.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.sum == other.sum || (self.shapes_sum != 0 && self.shapes_sum == other.shapes_sum)
    }
}

/// Who changed something, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// The author's name.
    pub author: String,
    /// The date as the file gives it.
    pub date: String,
}

/// A remark of an editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Who made it.
    pub author: String,
    /// When, as the file gives it.
    pub date: String,
    /// What it says.
    pub text: String,
    /// The words that it is about.
    pub quote: String,
    /// True when it is marked as done.
    pub resolved: bool,
    /// Answers to it.
    pub replies: Vec<Comment>,
}

impl Comment {
    /// True for the same thread in the same state, whatever words it is about: these may have been changed since.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        // Programs write the zone or leave it out.
        let date = |comment: &Self| comment.date.trim_end_matches('Z').to_owned();
        (&self.author, &self.text, self.resolved) == (&other.author, &other.text, other.resolved)
            && date(self) == date(other)
            && self.replies.len() == other.replies.len()
            && self.replies.iter().zip(&other.replies).all(|(own, other)| own.is_as(other))
    }
}

/// Text in bits of one kind each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrase {
    /// The bits; none is empty.
    pub bits: Vec<Bit>,
}

impl Phrase {
    /// A phrase of plain text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut phrase = Self::default();
        phrase.push(Bit { text: text.to_owned(), ..Bit::default() });
        phrase
    }

    /// All its characters.
    #[must_use]
    pub fn plain(&self) -> String {
        self.bits.iter().map(|bit| bit.text.as_str()).collect()
    }

    /// Some of its bytes, without their places.
    #[must_use]
    pub fn part(&self, range: &std::ops::Range<usize>) -> Self {
        let mut part = Self::default();
        let mut at = 0;
        for bit in &self.bits {
            let end = at + bit.text.len();
            let (from, to) = (range.start.max(at), range.end.min(end));
            if from < to
                && let Some(text) = bit.text.get(from - at..to - at)
            {
                part.push(Bit { text: text.to_owned(), map: None, ..bit.clone() });
            }
            at = end;
        }
        part
    }

    /// Makes ordinary spaces of those that the Word file holds a number and its unit together by.
    pub fn fold_spaces(&mut self) {
        // Most text has none of them.
        if !self.bits.iter().any(|bit| bit.text.contains(has_other_width)) {
            return;
        }
        let mut held = held_spaces(&self.plain()).into_iter();
        for bit in &mut self.bits {
            bit.text = bit.text.chars().zip(&mut held).map(|(c, held)| if held { ' ' } else { c }).collect();
        }
    }

    /// True without a character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|bit| bit.text.is_empty())
    }

    /// Adds a bit; plain text joins plain text of the same weight that has no place in the source.
    pub fn push(&mut self, bit: Bit) {
        if bit.text.is_empty() {
            return;
        }
        match self.bits.last_mut() {
            Some(last) if last.joins(&bit) => last.text.push_str(&bit.text),
            _ => self.bits.push(bit),
        }
    }

    /// The phrase without forced line ends.
    #[must_use]
    pub fn unbroken(&self) -> Self {
        let mut phrase = Self::default();
        for bit in &self.bits {
            if bit.kind != BitKind::Break {
                phrase.push(bit.clone());
            }
        }
        phrase
    }
}

/// Characters of one kind and weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bit {
    /// The characters as they are printed.
    pub text: String,
    /// True in bold by itself, not by the style of its paragraph.
    pub strong: bool,
    /// Raised or lowered.
    pub shift: Shift,
    /// Hidden in the Word file. See [`Manuscript::settle_hidden`].
    pub hidden: bool,
    /// What they are.
    pub kind: BitKind,
    /// Where each is in the source, where that is known.
    pub map: Option<OffsetMap>,
}

/// What characters look like beside their paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BitLook {
    /// Bold.
    pub strong: bool,
    /// Raised or lowered.
    pub shift: Shift,
}

impl Bit {
    /// What it looks like.
    #[must_use]
    pub const fn look(&self) -> BitLook {
        BitLook { strong: self.strong, shift: self.shift }
    }

    fn joins(&self, next: &Self) -> bool {
        let plain = |bit: &Self| bit.kind == BitKind::Text && bit.map.is_none();
        plain(self) && plain(next) && (self.look(), self.hidden) == (next.look(), next.hidden)
    }
}

/// What characters are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BitKind {
    /// Characters that somebody wrote.
    #[default]
    Text,
    /// Characters that a program writes: results of fields, numbers of captions, brackets around a date.
    Auto,
    /// The use of a bound value: its name in the outputs ([`crate::model::Value::id`]).
    Value(String),
    /// A footnote's mark: the note's name, or its count where it has none.
    Note(String),
    /// A forced line end.
    Break,
    /// A picture or another object.
    Object,
    /// Characters in the inline syntax of a source: what Markdown writes alike.
    Markup,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes_or_by_its_shapes() {
        let own = Picture { sum: 1, shapes_sum: 2, ..Picture::default() };
        assert!(own.is(&Picture { sum: 1, ..Picture::default() }), "its pixels alone");
        assert!(own.is(&Picture { sum: 3, shapes_sum: 2, ..Picture::default() }), "drawn again");
        assert!(!own.is(&Picture { sum: 3, ..Picture::default() }));
        assert!(!Picture { sum: 1, ..Picture::default() }.is(&Picture { sum: 2, ..Picture::default() }));
    }
}

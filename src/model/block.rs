//! Blocks: the parts of a report from top to bottom.

use super::{
    AttachmentName, Chart, Contents, Cover, FigureFlow, Imprint, Labelled, Length, Lie, Number, PictureFile, RedHead,
    Table, Text,
};
use crate::diagnostic::Span;

/// The stable name of a block: given in the source, or derived from its text (and place, where texts repeat).
///
/// ASCII letters, digits, `-` and `_` when derived; what the author wrote when given. Unique in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub String);

/// A block with its name and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Its stable name.
    pub id: BlockId,
    /// True when the source gives the name.
    pub named: bool,
    /// Its place in the source.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is. Headings open a section by their level; the list of blocks is flat.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// The report's title. One entry when it is to be broken by phrase, else the lines as given.
    Title(Vec<Text>),
    /// What marks the document as a whole, at the top left of its first page: 征求意见稿.
    PageMark(Text),
    /// Date and place of the meeting, with its brackets （ ）.
    Occasion(Text),
    /// Who speaks.
    Speaker(Text),
    /// 各位委员：.
    Salutation(Text),
    /// A paragraph.
    Paragraph(Text),
    /// A heading of level 1 to 4.
    Heading {
        /// 1 to 4.
        level: u8,
        /// None where the numbering of the level is off.
        number: Option<Number>,
        /// Its text, without the number.
        text: Text,
        /// What follows in the same paragraph, with the stop between them.
        run_in: Option<Text>,
    },
    /// A run-in point: 一是….
    Point {
        /// Its number.
        number: Number,
        /// The lead sentence.
        lead: Text,
        /// What follows in the same paragraph.
        text: Text,
    },
    /// An item of a list, right behind the item that its list is part of, if any.
    ListItem {
        /// 1 to 4: in how many lists it is.
        level: u8,
        /// Its number in an ordered list; None: it has a bullet.
        number: Option<Number>,
        /// Its text.
        text: Text,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// A chart.
    Chart(Chart),
    /// A cover.
    Cover(Cover),
    /// The table of contents, on pages of its own.
    Contents(Contents),
    /// The title of the glossary 名词解释.
    GlossaryTitle(Text),
    /// A term of the glossary.
    Term {
        /// Its number, which marks in the text repeat.
        number: Number,
        /// The term.
        term: Text,
        /// What it means.
        text: Text,
    },
    /// 发文机关署名、成文日期 (GB/T 9704 7.3.5).
    Signature {
        /// Who signs: an authority, or several in their order.
        authorities: Vec<Text>,
        /// When, with Arabic digits.
        date: Text,
        /// What confirms it.
        sealing: Sealing,
    },
    /// Who was there, who was excused, who sat in: 出席：… (GB/T 9704 10.3).
    Attendance {
        /// 出席：.
        label: Text,
        /// The names.
        text: Text,
        /// True for the first of several, which the others follow.
        leads: bool,
    },
    /// The red head of an official document.
    RedHead(RedHead),
    /// 主送机关.
    Addressee(Text),
    /// 附件说明: the names of the attachments.
    AttachmentNote(Vec<AttachmentName>),
    /// The imprint 版记, at the foot of an even page.
    Imprint(Imprint),
    /// The next block begins a new page.
    PageBreak,
    /// The first line of an attachment; it begins a new page.
    AttachmentMark {
        /// The whole mark: 附件1.
        text: Text,
        /// Its count, from 1; None: a single attachment, which has no number.
        count: Option<u32>,
    },
    /// The title of an attachment.
    AttachmentTitle(Text),
}

/// The texts of a block, to read or to change: with `iter` and `texts`, or with `iter_mut`, `texts_mut` and `mut`.
macro_rules! texts {
    ($kind:expr, $iter:ident, $texts:ident $(, $mut:tt)?) => {
        match $kind {
            Self::Title(lines) => lines.$iter().collect(),
            Self::PageMark(t)
            | Self::Occasion(t)
            | Self::Speaker(t)
            | Self::Salutation(t)
            | Self::Paragraph(t)
            | Self::AttachmentMark { text: t, .. }
            | Self::AttachmentTitle(t)
            | Self::GlossaryTitle(t)
            | Self::Addressee(t)
            | Self::Contents(Contents { title: t, .. })
            | Self::ListItem { text: t, .. } => vec![t],
            Self::Heading { text, run_in, .. } => std::iter::once(text).chain(run_in.$iter()).collect(),
            Self::Term { term, text, .. } => vec![term, text],
            Self::Attendance { label, text, .. } => vec![label, text],
            Self::Signature { authorities, date, .. } => authorities.$iter().chain([date]).collect(),
            Self::AttachmentNote(names) => names.$iter().flat_map(AttachmentName::$texts).collect(),
            Self::Chart(chart) => chart.$texts(),
            Self::Cover(c) => c
                .title
                .$iter()
                .chain(&$($mut)? c.subtitle)
                .chain(&$($mut)? c.authority)
                .chain(&$($mut)? c.date)
                .collect(),
            Self::RedHead(head) => head.$texts(),
            Self::Imprint(i) => {
                let copies = i.sent.$iter().chain(&$($mut)? i.copies).flat_map(Labelled::$texts);
                copies.chain([&$($mut)? i.office, &$($mut)? i.date]).collect()
            }
            Self::Point { lead, text, .. } => vec![lead, text],
            Self::Table(table) => table.$texts(),
            Self::Figure(figure) => figure.caption.$iter().collect(),
            Self::PageBreak => Vec::new(),
        }
    };
}

impl BlockKind {
    /// True for what is above the body: titles, red heads, covers, contents.
    #[must_use]
    pub const fn is_front(&self) -> bool {
        matches!(
            self,
            Self::Title(_)
                | Self::Occasion(_)
                | Self::Speaker(_)
                | Self::PageMark(_)
                | Self::Addressee(_)
                | Self::Cover(_)
                | Self::Contents(_)
                | Self::RedHead(_)
        )
    }

    /// True for a paragraph in （ ）, as the 附注 below the date of a signature is: （联系人：…） (GB/T 9704 7.3.6).
    #[must_use]
    pub fn is_bracketed(&self) -> bool {
        let Self::Paragraph(text) = self else { return false };
        let text = text.plain();
        text.starts_with('（') && text.ends_with('）')
    }

    /// The texts of a block in reading order, the automatic number aside.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        texts!(self, iter, texts)
    }

    /// The texts of a block in reading order, to change; those of [`BlockKind::texts`].
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        texts!(self, iter_mut, texts_mut, mut)
    }

    /// How it lies on its pages.
    #[must_use]
    pub fn lie(&self) -> Lie {
        match self {
            Self::Table(Table { landscape: true, .. })
            | Self::Figure(Figure { lie: Lie::Turned, .. })
            | Self::Chart(Chart { lie: Lie::Turned, .. }) => Lie::Turned,
            _ => Lie::Upright,
        }
    }

    /// Where it is in relation to the text.
    #[must_use]
    pub fn flow(&self) -> FigureFlow {
        match self {
            Self::Figure(figure) => figure.flow,
            Self::Chart(chart) => chart.flow,
            _ => FigureFlow::InPlace,
        }
    }

    /// The automatic number, if it has one.
    #[must_use]
    pub fn number(&self) -> Option<&Number> {
        match self {
            Self::Heading { number, .. } | Self::ListItem { number, .. } => number.as_ref(),
            Self::Point { number, .. } | Self::Term { number, .. } => Some(number),
            Self::Chart(c) => c.number.as_ref(),
            Self::Table(t) => t.number.as_ref(),
            Self::Figure(f) => f.number.as_ref(),
            _ => None,
        }
    }
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The file.
    pub file: PictureFile,
    /// Its caption, without 图 and number.
    pub caption: Option<Text>,
    /// 图1.
    pub number: Option<Number>,
    /// Printed width; None: its own size, at most the type area.
    pub width: Option<Length>,
    /// Alternative text for readers who do not see it.
    pub alt: String,
    /// Its place among others side by side; None: it stands alone.
    pub row: Option<SideBySide>,
    /// How it lies on its page.
    pub lie: Lie,
    /// Where it may go.
    pub flow: FigureFlow,
}

/// The place of a picture among others side by side, which are blocks right behind one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SideBySide {
    /// From 0, from the left.
    pub at: usize,
    /// How many there are.
    pub of: usize,
}

/// What confirms a signature (GB/T 9704 7.3.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sealing {
    /// Nothing.
    #[default]
    None,
    /// The seal of each authority.
    Seal,
    /// The name stamp of who signs, beside his post.
    Stamp,
}

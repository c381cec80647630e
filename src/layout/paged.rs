//! Pages as they will be printed. What PDF and preview draw, and all that they know.
//!
//! Lengths are from the page's top left, y downward.

use crate::diagnostic::Diagnostic;
use crate::font::FaceId;
use crate::model::{
    BlockId, BlockIndex, Color, Length, Lie, LinkIndex, NoteIndex, PictureIndex, RunChange, RunKind, ValueIndex,
};
use crate::printed::{PageNumber, Printed};

/// All pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PagedDocument {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The headings, attachments and the glossary with their places, in document order.
    pub outline: Vec<OutlineEntry>,
    /// What the other back ends are told of them.
    pub printed: Printed,
    /// What is not as it should be on the pages, though they are made: advice.
    pub advice: Vec<Diagnostic>,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The printed number; None on a page without one.
    pub number: Option<PageNumber>,
    /// Width of the sheet.
    pub width: Length,
    /// Height of the sheet.
    pub height: Length,
    /// Everything on it, in reading order; artifacts last.
    pub items: Vec<PageItem>,
}

impl Page {
    /// One of this width and height with nothing on it.
    #[must_use]
    pub fn blank((width, height): (Length, Length)) -> Self {
        Self { number: None, width, height, items: Vec::new() }
    }

    /// The number as it is printed; empty on a page without one.
    #[must_use]
    pub fn label(&self) -> String {
        self.number.map_or_else(String::new, |number| number.to_string())
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.items.iter().filter_map(|item| match item {
            PageItem::Line(line) => Some(line),
            PageItem::Rule(_) | PageItem::Path(_) | PageItem::Picture(_) => None,
        })
    }
}

/// Something on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum PageItem {
    /// A line of text.
    Line(Line),
    /// A straight rule.
    Rule(Rule),
    /// A drawn shape: part of a chart.
    Path(Path),
    /// A picture.
    Picture(PlacedPicture),
}

impl PageItem {
    /// It, moved to the right and down.
    #[must_use]
    pub(super) fn shifted(mut self, right: Length, down: Length) -> Self {
        match &mut self {
            Self::Line(line) => {
                line.x += right;
                line.baseline += down;
            }
            Self::Rule(rule) => {
                rule.x += right;
                rule.y += down;
            }
            Self::Path(path) => {
                let (right, down) = (right.to_pt(), down.to_pt());
                let shift = |(x, y): (f64, f64)| (x + right, y + down);
                for step in &mut path.steps {
                    *step = match *step {
                        OutlineStep::Move(x, y) => OutlineStep::Move(x + right, y + down),
                        OutlineStep::Line(x, y) => OutlineStep::Line(x + right, y + down),
                        OutlineStep::Curve(points) => OutlineStep::Curve(points.map(shift)),
                        OutlineStep::Close => OutlineStep::Close,
                    };
                }
            }
            Self::Picture(picture) => {
                picture.x += right;
                picture.y += down;
            }
        }
        self
    }
}

/// A shape of straight lines and Bézier curves.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The block it belongs to; None: it is not part of the text, but the watermark.
    pub block: Option<BlockIndex>,
    /// The value whose characters it draws: a part of the watermark.
    pub value: Option<ValueIndex>,
    /// Its outline.
    pub steps: Vec<OutlineStep>,
    /// Filled with this ink.
    pub fill: Option<Color>,
    /// Stroked with this ink and width.
    pub stroke: Option<(Color, Length)>,
}

/// A step of an outline, in points from the page's top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OutlineStep {
    /// Begins a part of the outline.
    Move(f64, f64),
    /// A straight line to a point.
    Line(f64, f64),
    /// A curve: two control points and its end.
    Curve([(f64, f64); 3]),
    /// Back to where the part began.
    Close,
}

impl OutlineStep {
    /// The points that it names.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        let named = match *self {
            Self::Move(x, y) | Self::Line(x, y) => [Some((x, y)), None, None],
            Self::Curve(points) => points.map(Some),
            Self::Close => [None; 3],
        };
        named.into_iter().flatten().map(|(x, y)| [x, y])
    }
}

/// A picture in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedPicture {
    /// Which it is; its bytes are in the model.
    pub picture: PictureIndex,
    /// Left edge.
    pub x: Length,
    /// Top edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// Turned: its top is at the left edge of the place.
    pub lie: Lie,
}

impl PlacedPicture {
    /// From its left to its right side.
    #[must_use]
    pub fn across(&self) -> Length {
        match self.lie {
            Lie::Upright => self.width,
            Lie::Turned => self.height,
        }
    }
}

/// A rule: a filled rectangle. It is an artifact: nobody reads it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Its ink.
    pub color: Color,
    /// Left edge.
    pub x: Length,
    /// Top edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// A block's text.
    Block(BlockIndex),
    /// The caption of a table, picture or chart.
    Caption(BlockIndex),
    /// The unit above a table.
    Beside(BlockIndex),
    /// What is noted below a table, and where it is from.
    Below {
        /// The table.
        block: BlockIndex,
        /// Which of its notes, from 0.
        note: u16,
    },
    /// What is written in a chart.
    Chart(BlockIndex),
    /// A cell of a table.
    Cell {
        /// The table.
        block: BlockIndex,
        /// The row, from 0; the head is row 0 where the table has one.
        row: u32,
        /// The column, from 0.
        column: u32,
    },
    /// A footnote.
    Note(NoteIndex),
    /// A line of the table of contents.
    Contents {
        /// The block of the contents.
        block: BlockIndex,
        /// The heading it leads to.
        target: BlockIndex,
    },
    /// Not part of the text.
    Artifact(Artifact),
}

impl LineKind {
    /// The block that a line is printed for; None for footnotes and for what is no part of the text.
    #[must_use]
    pub fn block(self) -> Option<BlockIndex> {
        match self {
            Self::Block(block)
            | Self::Caption(block)
            | Self::Beside(block)
            | Self::Below { block, .. }
            | Self::Chart(block)
            | Self::Cell { block, .. }
            | Self::Contents { block, .. } => Some(block),
            Self::Note(_) | Self::Artifact(_) => None,
        }
    }
}

/// What is printed but is not part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// A page number.
    PageNumber,
    /// A table's head or caption, repeated on a later page.
    Repeated,
    /// The header of a page, or its mark.
    Header,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it belongs to.
    pub kind: LineKind,
    /// True for the last line of its block's paragraph.
    pub last: bool,
    /// The characters, exactly those of the source, in reading order.
    pub text: String,
    /// Left edge of the first glyph.
    pub x: Length,
    /// The baseline, from the page's top.
    pub baseline: Length,
    /// From the left edge of the first glyph to the right edge of the last.
    pub width: Length,
    /// True: the line is turned a quarter to the left about its origin, and runs up the page, as in tables that lie on their
    /// side. `x` and `baseline` are still the place of its origin; `width` is measured along the line.
    pub turned: bool,
    /// The glyphs, run by run, left to right; together they show `text`.
    pub runs: Vec<GlyphRun>,
    /// What a reader may see of how the line was made to fit.
    pub strain: Option<Strain>,
}

/// What a reader may see of how a line was made to fit its measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strain {
    /// The gaps between its characters were opened by so much, in em.
    Opened(f64),
    /// It ends early, since it would have opened too far.
    Ragged,
    /// It ends inside a word or a number.
    Torn,
}

/// Glyphs of one face, size and look.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// Size of the em.
    pub size: Length,
    /// How far the baseline is above the line's.
    pub rise: Length,
    /// Its ink.
    pub color: Color,
    /// Drawn with fill and stroke of this width; None: filled.
    pub stroke: Option<Length>,
    /// Where its characters come from.
    pub source: RunKind,
    /// The link that it is part of.
    pub link: Option<LinkIndex>,
    /// What a version with its changes in its text says of it.
    pub change: RunChange,
    /// The glyphs, left to right.
    pub glyphs: Vec<Glyph>,
}

/// One glyph in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Its index in the face.
    pub id: u16,
    /// How many bytes of the line's text it shows (0: none of its own).
    pub bytes: u8,
    /// Its origin, in points right of the line's `x`.
    pub x: f32,
}

/// Something that bookmarks list, and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineEntry {
    /// The block.
    pub block: BlockId,
    /// 1 to 5.
    pub level: u8,
    /// Number and text.
    pub title: String,
    /// Index of the page, from 0.
    pub page: usize,
    /// Top of its first line, from the page's top.
    pub y: Length,
}

//! The values of a template.

use super::chart::Charts;
use crate::model::{Color, FontRole, FontSpec, Length, Scheme};

/// A house style.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// The name that reports use (the file's stem).
    pub name: String,
    /// Paper and margins.
    pub page: Page,
    /// The character grid.
    pub grid: Grid,
    /// Which faces play which role.
    pub fonts: FontSpec,
    /// One style a name, in the order of [`StyleName::ALL`].
    pub styles: Vec<Style>,
    /// How headings and points are numbered.
    pub numbering: Numbering,
    /// The red head of official documents.
    pub head: Head,
    /// The rules of the imprint.
    pub imprint: ImprintRules,
    /// Page numbers.
    pub page_numbers: PageNumbers,
    /// Tables.
    pub tables: Tables,
    /// Charts.
    pub charts: Charts,
    /// Pictures.
    pub figures: Figures,
    /// Rules of composition.
    pub compose: ComposeRules,
}

impl Template {
    /// The style of a name. A template that was read has all of them.
    #[must_use]
    pub fn style(&self, name: StyleName) -> &Style {
        let at = self.styles.iter().position(|s| s.name == name).unwrap_or(0);
        &self.styles[at]
    }

    /// How many rows of the grid a chart takes: there is one more on a page, for its caption.
    #[must_use]
    pub fn chart_rows(&self) -> u32 {
        self.charts.rows.min(self.grid.lines.saturating_sub(1)).max(1)
    }

    /// How high so many rows of the grid are that hold something drawn, with half the space between two rows below it.
    #[must_use]
    pub fn height_of(&self, rows: u32) -> Length {
        self.grid.pitch * f64::from(rows) - (self.grid.pitch - self.grid.cell) / 2.0
    }

    /// The fewest rows that are at least so high.
    #[must_use]
    pub fn rows_of(&self, height: Length) -> u32 {
        let high = height + (self.grid.pitch - self.grid.cell) / 2.0;
        (high / self.grid.pitch - 1e-6).ceil().max(1.0) as u32
    }
}

/// Paper and margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// Width of the paper.
    pub width: Length,
    /// Height of the paper.
    pub height: Length,
    /// 天头.
    pub top: Length,
    /// Below the type area.
    pub bottom: Length,
    /// 订口: left, or the binding side of each page where `mirror` is set.
    pub inner: Length,
    /// The other side.
    pub outer: Length,
    /// True: margins change sides on even pages.
    pub mirror: bool,
}

impl Page {
    /// Width of the type area.
    #[must_use]
    pub fn measure(&self) -> Length {
        self.width - self.inner - self.outer
    }

    /// Height of the type area.
    #[must_use]
    pub fn depth(&self) -> Length {
        self.height - self.top - self.bottom
    }

    /// Left edge of the type area on page `number` (from 1).
    #[must_use]
    pub fn left(&self, number: usize) -> Length {
        if self.mirror && number.is_multiple_of(2) { self.outer } else { self.inner }
    }
}

/// The character grid (GB/T 9704 5.2.3: 22 lines of 28 characters that fill the type area).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Characters a line.
    pub chars: u32,
    /// Lines a page.
    pub lines: u32,
    /// The cell's width, which is the body's em: 15.793 pt.
    pub cell: Length,
    /// From baseline to baseline: 29.61 pt.
    pub pitch: Length,
    /// Where the baseline stands in the cell, from its top, in em (0.88 for Han faces).
    pub ascent: f64,
}

/// The styles that blocks and their parts are set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the style of the block or part of its name")]
pub enum StyleName {
    Body,
    Title,
    Occasion,
    Speaker,
    Salutation,
    Heading1,
    Heading2,
    Heading3,
    Heading4,
    Point,
    Caption,
    TableHead,
    TableText,
    Figure,
    Footnote,
    PageNumber,
    ContentsTitle,
    Contents1,
    Contents2,
    Contents3,
    AttachmentMark,
    AttachmentTitle,
    ListItem,
    ChartText,
    CoverTitle,
    CoverSubtitle,
    CoverLine,
    GlossaryTitle,
    GlossaryEntry,
    Signature,
    SignatureDate,
    CopyNumber,
    HeadMark,
    Authority,
    DocumentNumber,
    Signer,
    Addressee,
    AttachmentNote,
    Imprint,
}

impl StyleName {
    /// All styles, in a fixed order, with the key that templates use.
    pub const ALL: [(Self, &'static str); 39] = [
        (Self::Body, "body"),
        (Self::Title, "title"),
        (Self::Occasion, "occasion"),
        (Self::Speaker, "speaker"),
        (Self::Salutation, "salutation"),
        (Self::Heading1, "heading-1"),
        (Self::Heading2, "heading-2"),
        (Self::Heading3, "heading-3"),
        (Self::Heading4, "heading-4"),
        (Self::Point, "point"),
        (Self::Caption, "caption"),
        (Self::TableHead, "table-head"),
        (Self::TableText, "table-text"),
        (Self::Figure, "figure"),
        (Self::Footnote, "footnote"),
        (Self::PageNumber, "page-number"),
        (Self::ContentsTitle, "contents-title"),
        (Self::Contents1, "contents-1"),
        (Self::Contents2, "contents-2"),
        (Self::Contents3, "contents-3"),
        (Self::AttachmentMark, "attachment-mark"),
        (Self::AttachmentTitle, "attachment-title"),
        (Self::ListItem, "list-item"),
        (Self::ChartText, "chart-text"),
        (Self::CoverTitle, "cover-title"),
        (Self::CoverSubtitle, "cover-subtitle"),
        (Self::CoverLine, "cover-line"),
        (Self::GlossaryTitle, "glossary-title"),
        (Self::GlossaryEntry, "glossary-entry"),
        (Self::Signature, "signature"),
        (Self::SignatureDate, "signature-date"),
        (Self::CopyNumber, "copy-number"),
        (Self::HeadMark, "head-mark"),
        (Self::Authority, "authority"),
        (Self::DocumentNumber, "document-number"),
        (Self::Signer, "signer"),
        (Self::Addressee, "addressee"),
        (Self::AttachmentNote, "attachment-note"),
        (Self::Imprint, "imprint"),
    ];

    /// True for the styles of headings, which break by phrase.
    #[must_use]
    pub const fn is_heading(self) -> bool {
        matches!(self, Self::Heading1 | Self::Heading2 | Self::Heading3 | Self::Heading4)
    }

    /// The style of a heading of level 1 to 4.
    #[must_use]
    pub const fn heading(level: u8) -> Self {
        match level {
            0 | 1 => Self::Heading1,
            2 => Self::Heading2,
            3 => Self::Heading3,
            _ => Self::Heading4,
        }
    }
}

/// Where lines stand between the edges of the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Both edges, the last line left.
    Justify,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// From baseline to baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leading {
    /// So many rows of the grid a line.
    Rows(f64),
    /// An exact length; the block is then filled up to whole rows of the grid, its lines in the middle of them.
    Exact(Length),
}

/// One style.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Its name.
    pub name: StyleName,
    /// The face.
    pub font: FontRole,
    /// The size.
    pub size: Length,
    /// Distance of its lines.
    pub leading: Leading,
    /// Where its lines stand.
    pub align: Align,
    /// Where the lines of a heading stand whose level has no numbers, without indent; None: as with a number.
    pub unnumbered: Option<Align>,
    /// Indent of the first line, in em of the style.
    pub first_line: f64,
    /// The rule above the first of such blocks on a page: that of footnotes; None: none.
    pub rule: Option<StyleRule>,
    /// Indent of all lines on the left, in em.
    pub indent_left: f64,
    /// Indent of all lines on the right, in em.
    pub indent_right: f64,
    /// Rows of the grid left empty above (not at the top of a page).
    pub rows_before: f64,
    /// Rows of the grid left empty below.
    pub rows_after: f64,
    /// How many lines of what follows must stand on the same page; 0: none.
    pub keep_next: u32,
    /// The fewest lines of a block at the foot and at the head of a page.
    pub orphans: u32,
    /// Emboldened.
    pub strong: bool,
    /// Its ink.
    pub color: Color,
    /// Space between the letters of a short line (工 作 报 告; a speaker's name of two characters); None: none.
    pub spread: Option<Spread>,
    /// How Word knows it.
    pub word: WordStyle,
}

impl Style {
    /// Rows of the grid that a block of so many lines takes, without those left empty above and below.
    ///
    /// Lines at an exact leading stand in the middle of the rows that hold them. A single one whose style counts empty rows
    /// beside it stands on its row, so that these are whole.
    #[must_use]
    pub fn rows(&self, lines: usize, grid: &Grid) -> f64 {
        let depth = match self.leading {
            Leading::Rows(rows) => return rows * lines.max(1) as f64,
            Leading::Exact(_) if lines <= 1 && self.rows_before + self.rows_after > 0.0 => self.size,
            Leading::Exact(leading) => leading * lines as f64,
        };
        // A hair over a whole row, from rounding in the template, is that row.
        (depth / grid.pitch - 1e-3).ceil().max(1.0)
    }
}

/// The opening of short lines. It is a matter of style: the text holds no spaces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Between two characters, in em.
    pub by: f64,
    /// Lines of at most so many characters.
    pub up_to: u32,
}

/// A rule above a block.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StyleRule {
    /// Its thickness.
    pub weight: Length,
    /// Its length.
    pub width: Length,
    /// Blank above it.
    pub above: Length,
    /// Blank below it.
    pub below: Length,
}

/// How Word knows a style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordStyle {
    /// The style id in the file: ASCII.
    pub id: String,
    /// The name by which programs match it: Word's own English name for built-in styles (`heading 1`), which Word shows in
    /// Chinese, else the Chinese name.
    pub name: String,
}

/// Numbers of headings, points, tables and so on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// By level from 1; None: the level has no numbers.
    pub headings: [Option<Scheme>; 4],
    /// Points: 一是.
    pub points: Scheme,
    /// Tables: 表1.
    pub tables: Scheme,
    /// Figures: 图1.
    pub figures: Scheme,
    /// Attachments: 附件1.
    pub attachments: Scheme,
    /// Items of ordered lists: 1..
    pub lists: Scheme,
    /// What stands before an item of an unordered list.
    pub bullet: String,
    /// Glossary terms: 1..
    pub terms: Scheme,
    /// Footnote marks: ①.
    pub notes: Scheme,
}

/// The red head of official documents (GB/T 9704 7.2.4, 7.2.7).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// From the top of the type area to that of the issuing authority: 35 mm.
    pub top: Length,
    /// Weight of the red rule.
    pub rule: Length,
    /// From the document number down to the red rule: 4 mm.
    pub gap: Length,
}

/// The rules of the imprint (GB/T 9704 7.4.1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImprintRules {
    /// Weight of the first and the last: 0.35 mm.
    pub outer: Length,
    /// Weight of those between: 0.25 mm.
    pub inner: Length,
}

/// Page numbers (GB/T 9704 7.5).
#[derive(Clone, Debug, PartialEq)]
pub struct PageNumbers {
    /// What stands before the number: `— `.
    pub before: String,
    /// What stands behind it.
    pub after: String,
    /// From the foot of the type area to the dash: 7 mm.
    pub below: Length,
    /// Indent from the outer edge, in em of the page number's style; None: centred.
    pub indent: Option<f64>,
    /// Printed on the first page too.
    pub first: bool,
    /// Those of the contents.
    pub front: FrontNumbers,
}

/// How pages before the text are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FrontNumbers {
    /// Not at all.
    #[default]
    None,
    /// i, ii, iii.
    Roman,
}

/// Which rules a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableRules {
    /// Around every cell.
    Grid,
    /// Above and below the table, and below its head (三线表).
    ThreeLine,
}

/// How tables look.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// Which rules they have.
    pub rules: TableRules,
    /// Around the table; above and below it where it has three rules.
    pub heavy: Length,
    /// Within the table.
    pub light: Length,
    /// Left and right of a cell's text at least, in em of its style.
    pub padding: f64,
    /// Above and below a cell's text at least.
    pub space: Length,
    /// A table of at most so many rows of the grid stands on one page.
    pub whole: u32,
    /// What stands before the number where the caption comes again: 续表1.
    pub continued: String,
}

/// How pictures are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Dots an inch of a picture of shapes, where a program cannot draw shapes.
    pub dpi: f64,
}

/// How lines are composed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compose {
    /// The optimum over whole paragraphs.
    #[default]
    Fine,
    /// As Word does by default.
    Word,
    /// As LibreOffice does with our Word file.
    LibreOffice,
}

/// Rules of composition that houses choose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComposeRules {
    /// The policy.
    pub policy: Compose,
    /// Gap between Han and Latin or digits, in em; 0: none, as official reports print it.
    pub cjk_latin_gap: f64,
    /// The last line of a paragraph holds at least so many Han characters where that can be had.
    pub last_line_chars: u32,
    /// An opening mark at a paragraph's start loses its left half.
    pub trim_paragraph_start: bool,
}

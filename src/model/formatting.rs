//! What a Word file looks like beyond what a source can say. Both sides of a merge have it, so that an editor's hand in it is told.

use std::collections::BTreeMap;

/// Something that formatting can do to characters or their paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// The size, in half points.
    Size,
    /// A colour that is not black.
    Colour,
    /// A highlight, or a background colour of the characters or their paragraph.
    Highlight,
    /// A line below.
    Underline,
    /// A line through.
    Strike,
    /// Slanted letters.
    Italic,
    /// Dots below or above.
    Dots,
    /// Capitals in the place of small letters.
    Capitals,
    /// Shadow, outline, glow.
    Effect,
    /// A frame of lines.
    Border,
    /// Characters that are wider or narrower.
    Scale,
    /// The face of Han characters.
    Face,
    /// The room between characters, in twips.
    Tracking,
    /// Characters above or below their line.
    Position,
    /// Characters fitted into a width, or two lines in one.
    Fitted,
    /// The indent from the left, in twips.
    IndentLeft,
    /// That from the right.
    IndentRight,
    /// That of the first line beyond the others.
    IndentFirst,
    /// The pitch of lines.
    Lines,
    /// The room above the paragraph, in twips.
    SpaceAbove,
    /// That below.
    SpaceBelow,
    /// How the paragraph is aligned.
    Alignment,
    /// A paragraph in a frame of its own: a drop cap.
    Frame,
    /// The background colour of a cell of a table.
    CellShade,
    /// The lines around a cell, beside those of the table's style.
    CellBorder,
    /// The vertical alignment of the text in a cell, and its direction.
    CellAlign,
    /// The height of a row, of its first cell.
    RowHeight,
    /// The lines of a table, of its first cell.
    TableBorder,
    /// The tab stops, each with its kind.
    Tabs,
    /// A paragraph on the page of the next one.
    KeepNext,
    /// A paragraph on one page.
    KeepLines,
    /// The level in the outline, from 1.
    Outline,
}

impl Feature {
    /// All of them, as they are called in what a Word file remembers.
    pub const NAMES: [(Self, &'static str); 32] = [
        (Self::Size, "size"),
        (Self::Colour, "colour"),
        (Self::Highlight, "highlight"),
        (Self::Underline, "underline"),
        (Self::Strike, "strike"),
        (Self::Italic, "italic"),
        (Self::Dots, "dots"),
        (Self::Capitals, "capitals"),
        (Self::Effect, "effect"),
        (Self::Border, "border"),
        (Self::Scale, "scale"),
        (Self::Face, "face"),
        (Self::Tracking, "tracking"),
        (Self::Position, "position"),
        (Self::Fitted, "fitted"),
        (Self::IndentLeft, "indent-left"),
        (Self::IndentRight, "indent-right"),
        (Self::IndentFirst, "indent-first"),
        (Self::Lines, "lines"),
        (Self::SpaceAbove, "space-above"),
        (Self::SpaceBelow, "space-below"),
        (Self::Alignment, "alignment"),
        (Self::Frame, "frame"),
        (Self::CellShade, "cell-shade"),
        (Self::CellBorder, "cell-border"),
        (Self::CellAlign, "cell-align"),
        (Self::RowHeight, "row-height"),
        (Self::TableBorder, "table-border"),
        (Self::Tabs, "tabs"),
        (Self::KeepNext, "keep-next"),
        (Self::KeepLines, "keep-lines"),
        (Self::Outline, "outline"),
    ];

    /// How many of them every Word file remembers; one that says nothing else remembers no more.
    pub const FIRST: usize = 24;
}

impl Feature {
    /// True for values that differ by no more than programs round: a point and a half.
    fn is_same(self, a: &str, b: &str) -> bool {
        let number = |value: &str| if value.is_empty() { Some(0) } else { value.parse::<i64>().ok() };
        let length = matches!(
            self,
            Self::IndentLeft
                | Self::IndentRight
                | Self::IndentFirst
                | Self::SpaceAbove
                | Self::SpaceBelow
                | Self::RowHeight
        );
        a == b || (length && number(a).zip(number(b)).is_some_and(|(a, b)| a.abs_diff(b) <= 30))
    }
}

/// How some characters are formatted: each feature that is not as it is without any.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Formatting {
    /// The features and their values, as the file gives them.
    pub features: BTreeMap<Feature, String>,
}

impl Formatting {
    /// Sets a feature, or takes it away.
    pub fn set(&mut self, feature: Feature, value: Option<String>) {
        match value {
            Some(value) => self.features.insert(feature, value),
            None => self.features.remove(&feature),
        };
    }

    /// The features that are otherwise in another formatting: before and after.
    #[must_use]
    pub fn differences(&self, after: &Self) -> BTreeMap<Feature, (String, String)> {
        let of = |f: &Self, feature| f.features.get(&feature).cloned().unwrap_or_default();
        let all = self.features.keys().chain(after.features.keys());
        all.map(|&f| (f, (of(self, f), of(after, f)))).filter(|(f, (a, b))| !f.is_same(a, b)).collect()
    }
}

/// So many characters, white space not counted, of one formatting: its index in the manuscript.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Formatted {
    /// How many.
    pub characters: usize,
    /// The index.
    pub formatting: usize,
}

/// Adds characters of a formatting to those before.
pub fn push_formatted(all: &mut Vec<Formatted>, next: Formatted) {
    if next.characters == 0 {
        return;
    }
    match all.last_mut() {
        Some(last) if last.formatting == next.formatting => last.characters += next.characters,
        _ => all.push(next),
    }
}

/// Something about the pages or the file that no source of a report says, and that both sides have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordSetting {
    /// What it is.
    pub what: WordSettingKind,
    /// Its words or measures.
    pub text: String,
    /// The index of the item that it is in, or that it comes before.
    pub item: usize,
    /// The words that lead to an address; empty where they are not known.
    pub words: String,
}

impl WordSetting {
    /// The text of a page break that a section makes.
    pub const SECTION: &'static str = "section";
}

/// What a setting is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordSettingKind {
    /// A page begins.
    #[default]
    PageBreak,
    /// The measures of pages.
    Page,
    /// What is above the text of pages.
    Header,
    /// What is below it.
    Footer,
    /// An address that words lead to.
    Link,
    /// A property of the file: its name and what it says.
    Property,
}

impl WordSettingKind {
    /// All of them, as they are called in what a Word file remembers.
    pub const NAMES: [(Self, &'static str); 6] = [
        (Self::PageBreak, "page-break"),
        (Self::Page, "page"),
        (Self::Header, "header"),
        (Self::Footer, "footer"),
        (Self::Link, "link"),
        (Self::Property, "property"),
    ];
}

/// A program that writes a Word file otherwise than it has read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SavedWith {
    /// LibreOffice counts headers and footers among the margins.
    LibreOffice,
    /// ONLYOFFICE knows fewer alignments, and moves the borders of paragraphs.
    OnlyOffice,
    /// WPS may write the lines of a table's style out in the table.
    Wps,
    /// Any other.
    #[default]
    Other,
}

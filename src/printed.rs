//! What layout tells the other back ends of the printed pages.
//!
//! The Word file repeats it: page numbers in its contents and references, the line ends of titles, the widths of columns, the
//! places within charts. It is made by [`crate::layout::compose`], once the pages are known.

use crate::model::{BlockIndex, Length, PictureIndex, roman};
use std::collections::BTreeMap;
use std::fmt;

/// What was printed of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    page_numbers: Vec<Option<PageNumber>>,
    title_breaks: BTreeMap<BlockIndex, Vec<usize>>,
    tables: BTreeMap<BlockIndex, SetTable>,
    charts: BTreeMap<BlockIndex, ChartFrame>,
    head: Option<SetHead>,
    cover: Option<SetCover>,
    pictures: BTreeMap<PictureIndex, Length>,
    /// The blocks as they follow one another in print; empty: as in the source.
    order: Vec<BlockIndex>,
    kept_ends: BTreeMap<BlockIndex, KeptEnd>,
    signatures: BTreeMap<BlockIndex, Vec<Length>>,
}

impl Printed {
    /// Puts together what was printed. `page_numbers`: for each block the number of the page that it begins on;
    /// `title_breaks`: the line ends within titles, see [`Printed::title_breaks`].
    pub(crate) fn new(
        page_numbers: Vec<Option<PageNumber>>,
        title_breaks: BTreeMap<BlockIndex, Vec<usize>>,
        tables: BTreeMap<BlockIndex, SetTable>,
        charts: BTreeMap<BlockIndex, ChartFrame>,
    ) -> Self {
        Self { page_numbers, title_breaks, tables, charts, ..Self::default() }
    }

    /// The same with an imprint that has a page to itself, without a number, wherever it is in print.
    pub(crate) fn with_imprint_apart(mut self, imprint: Option<BlockIndex>) -> Self {
        if let Some(number) = imprint.and_then(|imprint| self.page_numbers.get_mut(imprint.get())) {
            *number = None;
        }
        self
    }

    /// The same with a red head as it was set.
    pub(crate) fn with_head(self, head: Option<SetHead>) -> Self {
        Self { head, ..self }
    }

    /// The same with a cover as it was set.
    pub(crate) fn with_cover(self, cover: Option<SetCover>) -> Self {
        Self { cover, ..self }
    }

    /// How the cover was set; None without one.
    #[must_use]
    pub fn cover(&self) -> Option<SetCover> {
        self.cover
    }

    /// How the red head was set; None without one.
    #[must_use]
    pub fn head(&self) -> Option<SetHead> {
        self.head
    }

    /// The same with the widths of the pictures.
    #[must_use]
    pub(crate) fn with_pictures(self, pictures: BTreeMap<PictureIndex, Length>) -> Self {
        Self { pictures, ..self }
    }

    /// How wide a picture was printed.
    #[must_use]
    pub fn picture(&self, index: PictureIndex) -> Option<Length> {
        self.pictures.get(&index).copied()
    }

    /// The same with blocks in the order in which they were printed.
    #[must_use]
    pub(crate) fn with_order(self, order: Vec<BlockIndex>) -> Self {
        Self { order, ..self }
    }

    /// The same with all blocks in the order of the source.
    #[must_use]
    pub(crate) fn in_source_order(self) -> Self {
        self.with_order(Vec::new())
    }

    /// So many blocks in the order of print: that of the source, but for what floats behind text that fills the page before it.
    pub fn order(&self, count: usize) -> impl Iterator<Item = BlockIndex> + '_ {
        (0..count).map(|at| self.order.get(at).copied().unwrap_or(BlockIndex::new(at)))
    }

    /// The same with the widths of signatures: those of the authorities, and that of the date.
    #[must_use]
    pub(crate) fn with_signatures(self, signatures: BTreeMap<BlockIndex, Vec<Length>>) -> Self {
        Self { signatures, ..self }
    }

    /// How wide the authorities of a signature were printed, and its date; None where one of them takes several lines.
    #[must_use]
    pub fn signature(&self, block: BlockIndex) -> Option<(&[Length], Length)> {
        let (&date, authorities) = self.signatures.get(&block)?.split_last()?;
        Some((authorities, date))
    }

    /// The same with the paragraphs whose end is on the page of the signature below them though it has room on the page before, and the
    /// tables that end on the page of one.
    #[must_use]
    pub(crate) fn with_kept_ends(self, kept_ends: BTreeMap<BlockIndex, KeptEnd>) -> Self {
        Self { kept_ends, ..self }
    }

    /// How the end of a paragraph or table comes to the page of the signature below it; None where it just is there.
    #[must_use]
    pub fn kept_end(&self, block: BlockIndex) -> Option<KeptEnd> {
        self.kept_ends.get(&block).copied()
    }

    /// The tables, as they were set.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &SetTable> {
        self.tables.values()
    }

    /// The same with the page numbers of other pages.
    #[must_use]
    pub fn with_pages_of(&self, other: &Self) -> Self {
        Self { page_numbers: other.page_numbers.clone(), kept_ends: other.kept_ends.clone(), ..self.clone() }
    }

    /// The number of the page that a block begins on; None on a page without a number.
    #[must_use]
    pub fn page_number(&self, block: BlockIndex) -> Option<PageNumber> {
        self.page_numbers.get(block.get()).copied().flatten()
    }

    /// Where the lines of a title end that was broken by phrase: byte offsets into its texts
    /// ([`crate::model::BlockKind::texts`]) as one, ascending. Empty for a block whose text runs on.
    #[must_use]
    pub fn title_breaks(&self, block: BlockIndex) -> &[usize] {
        self.title_breaks.get(&block).map_or(&[], Vec::as_slice)
    }

    /// How the table of a block was set.
    #[must_use]
    pub fn table(&self, block: BlockIndex) -> Option<&SetTable> {
        self.tables.get(&block)
    }

    /// Where the parts of the chart of a block are.
    #[must_use]
    pub fn chart(&self, block: BlockIndex) -> Option<&ChartFrame> {
        self.charts.get(&block)
    }
}

/// The columns of pictures side by side of these widths: each as wide as its picture, with an equal share of what they leave of the
/// measure.
pub(crate) fn picture_columns(widths: &[Length], measure: Length) -> Vec<Length> {
    let taken: Length = widths.iter().copied().sum();
    let share = (measure - taken) / widths.len().max(1) as f64;
    widths.iter().map(|&width| width + share).collect()
}

/// How the end of a paragraph comes to the page of the signature below it, though it has room on the page before (GB/T 9704 7.3.5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptEnd {
    /// It keeps with the next. Programs that do not divide what is kept move all of the paragraph.
    WithNext,
    /// The page ends after so many bytes of its texts as one: it is all the text that the page before has, or no page holds all of it
    /// with the signature.
    Behind(usize),
}

/// A red head that was set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SetHead {
    /// The size of the issuing authority.
    pub size: Length,
    /// How wide its longest name is.
    pub names: Length,
    /// So far the title moved up towards it.
    pub rise: Length,
}

/// A cover that was set: where its texts fill the page, the space between them gives way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SetCover {
    /// Empty rows above and below its title.
    pub title: (u32, u32),
    /// The distance of the lines of its title where they are closer than by its style.
    pub leading: Option<Length>,
    /// Empty rows above and below its subtitle.
    pub subtitle: (u32, u32),
    /// Empty rows above the lines at its foot.
    pub gap: u32,
}

/// The printed number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageNumber {
    /// The count, from 1.
    pub count: u32,
    /// How it is written.
    pub style: PageNumberStyle,
}

/// How page numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageNumberStyle {
    /// 1 2 3: the text.
    Decimal,
    /// i ii iii: pages before the text.
    LowerRoman,
}

impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            PageNumberStyle::Decimal => write!(f, "{}", self.count),
            PageNumberStyle::LowerRoman => f.write_str(&roman(self.count)),
        }
    }
}

/// A table that was set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetTable {
    /// The widths of its columns, between the middles of the rules at their sides.
    pub columns: Vec<Length>,
    /// How many rows of the grid its rows take, that of the head first.
    pub rows: Vec<u32>,
    /// For each row whether it stays on the page of the next.
    pub keeps: Vec<bool>,
    /// The numbers that are aligned on their decimal point, by row (the head counted) and column.
    pub numbers: BTreeMap<(usize, usize), SetNumber>,
    /// The type it is set in, where that is smaller or closer than the styles ask for.
    pub reduced: Option<SetTableType>,
    /// Its unit, above.
    pub unit: SetAround,
    /// Its notes and its source, below.
    pub below: SetAround,
}

/// What is above or below the rows of a table: its lines are closer than those of the page's grid, and what they leave of their
/// last row is blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetAround {
    /// How many rows of the grid it takes.
    pub rows: u32,
    /// How many lines it has.
    pub lines: u32,
}

/// Smaller or closer type of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SetTableType {
    /// Size of the head.
    pub head: Length,
    /// Size of the text.
    pub text: Length,
    /// Left and right of a cell's text.
    pub padding: Length,
}

/// A number aligned on its decimal point, measured from where the text of its cell may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SetNumber {
    /// Where it begins.
    pub start: Length,
    /// Where its point is, or would be after a whole number.
    pub point: Length,
}

/// On which side of its point a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the four sides")]
pub enum Side {
    Above,
    Below,
    Left,
    Right,
    /// Within a bar, at its end.
    Inside,
    /// In the middle of a bar.
    Centre,
    /// Within a bar, where it begins.
    Base,
}

/// Where a page has put the parts of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartFrame {
    /// How many rows of the grid it takes.
    pub rows: u32,
    /// Left, top, width and height of what the axes enclose, or of the square around a pie, as shares of the chart's width
    /// and height.
    pub plot: [f64; 4],
    /// The same of the legend; None without one.
    pub legend: Option<[f64; 4]>,
    /// The size of all that is written in it.
    pub size: Length,
    /// Where the unit of the right axis begins, as a share of the chart's width; None without one.
    pub right_unit: Option<f64>,
    /// For each value of each series the side on which it is written, None at a gap; empty where values are not written but read off the axis.
    pub values: Vec<Vec<Option<Side>>>,
    /// For each slice of a pie how far its name was moved from the slice's edge, to the right and down, as shares of the chart's
    /// width and height; None where it could stay there.
    pub moved: Vec<Option<[f64; 2]>>,
    /// True where the name of each slice is on one line.
    pub level: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_written_in_their_style() {
        let written = |count, style| PageNumber { count, style }.to_string();
        assert_eq!(written(4, PageNumberStyle::Decimal), "4");
        assert_eq!(written(4, PageNumberStyle::LowerRoman), "iv");
    }
}

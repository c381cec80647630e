//! Pictures in cells: the room that they ask of their columns, and how large they are set.

use crate::layout::{PageItem, PlacedPicture};
use crate::model::{BlockIndex, CellPicture, Length, Lie, PictureIndex, PlacedCell, Table};
use crate::template::{StyleName, Template};

/// What the pictures of a column need, the blank beside them aside.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct PictureNeeds {
    /// To be as wide as they are meant to be.
    pub(super) whole: Length,
    /// At least.
    pub(super) least: Length,
}

impl PictureNeeds {
    pub(super) fn max(self, other: Self) -> Self {
        Self { whole: self.whole.max(other.whole), least: self.least.max(other.least) }
    }
}

/// What decides how large the pictures of a table are.
pub(super) struct PictureRoom {
    /// For each column the most that a picture of no given width asks of it: an equal share of the table, or no limit where the
    /// report says how wide the column is.
    shares: Vec<Option<Length>>,
    /// What a picture of no given width asks for at least.
    least: Length,
    /// How high a picture may be.
    pub(super) most: Length,
}

impl PictureRoom {
    /// In a table of so many columns in a room.
    pub(super) fn new(template: &Template, table: &Table, columns: usize, room: Length) -> Self {
        let blank = template.style(StyleName::TableText).size * (template.tables.padding * 2.0);
        let share = (room / columns.max(1) as f64 - blank).max(Length::ZERO);
        let of = |column: usize| table.columns.get(column).is_none_or(|column| column.width.is_none()).then_some(share);
        let lie = if table.landscape { Lie::Turned } else { Lie::Upright };
        Self {
            shares: (0..columns).map(of).collect(),
            least: template.figures.in_cell,
            most: template.height_of(template.lines(lie)),
        }
    }

    /// How wide the picture of a cell is meant to be.
    fn wanted(&self, placed: &PlacedCell<'_>, picture: &CellPicture) -> Length {
        let shares: Option<Length> =
            self.shares[placed.column..placed.column + placed.columns].iter().copied().sum::<Option<Length>>();
        let own = picture.file.size.0;
        let width = picture.width.unwrap_or_else(|| shares.map_or(own, |shares| own.min(shares)));
        width.min(self.most / ratio(picture))
    }

    /// What a cell asks for.
    pub(super) fn needs(&self, placed: &PlacedCell<'_>) -> PictureNeeds {
        let Some(picture) = placed.picture else { return PictureNeeds::default() };
        let whole = self.wanted(placed, picture);
        PictureNeeds { whole, least: if picture.width.is_some() { whole } else { whole.min(self.least) } }
    }

    /// How wide and how high the picture of a cell is in a room.
    pub(super) fn size(&self, placed: &PlacedCell<'_>, room: Length) -> Option<(Length, Length)> {
        let picture = placed.picture?;
        let width = self.wanted(placed, picture).min(room);
        Some((width, width * ratio(picture)))
    }
}

/// A picture of a size in its cell, which is at a place.
pub(super) fn placed(
    block: BlockIndex,
    cell: &PlacedCell<'_>,
    (width, height): (Length, Length),
    (x, y): (Length, Length),
) -> PageItem {
    let picture = PictureIndex { block, cell: Some((cell.row as u32, cell.column as u32)) };
    PageItem::Picture(PlacedPicture { picture, x, y, width, height, lie: Lie::Upright })
}

/// Its height to its width.
fn ratio(picture: &CellPicture) -> f64 {
    let (width, height) = picture.file.size;
    height / width
}

//! Tables: their cells, and the places of these.

use super::{CellPicture, Labelled, Length, Number, Text};
use crate::diagnostic::words;

words! {
    /// How the cells of a column are aligned.
    #[derive(Default)]
    pub enum ColumnAlign {
        /// Text left, or centred when short; numbers on their decimal point.
        #[default]
        Auto = "auto",
        /// Left.
        Left = "left",
        /// Centred.
        Center = "center",
        /// Right.
        Right = "right",
        /// On the decimal point.
        Decimal = "decimal",
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its caption, without 表 and number.
    pub caption: Option<Text>,
    /// 表1.
    pub number: Option<Number>,
    /// 单位：亿元, above it at its right edge.
    pub unit: Option<Labelled>,
    /// Heads over several columns.
    pub groups: Vec<ColumnGroup>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows below the head.
    pub rows: Vec<Row>,
    /// Its notes and its source, below it.
    pub below: Vec<TableLine>,
    /// On a landscape page of its own.
    pub landscape: bool,
}

impl Table {
    /// The pictures of its cells, to change.
    pub fn pictures_mut(&mut self) -> impl Iterator<Item = &mut CellPicture> {
        self.rows.iter_mut().flat_map(|row| &mut row.cells).filter_map(|cell| cell.picture.as_mut())
    }

    /// True with a head: a column with a title.
    #[must_use]
    pub fn has_head(&self) -> bool {
        !self.groups.is_empty() || self.columns.iter().any(|column| !column.title.is_empty())
    }

    /// Rows of its head; 0 for a table without.
    #[must_use]
    pub fn head_rows(&self) -> usize {
        let deepest = self.columns.iter().map(|column| column.level).max().unwrap_or(0);
        if self.has_head() { deepest + 1 } else { 0 }
    }

    /// Its texts in reading order.
    #[must_use]
    pub fn texts(&self) -> Vec<&Text> {
        let groups = self.groups.iter().map(|group| ((group.level, group.column), &group.title));
        let columns = self.columns.iter().enumerate().map(|(at, column)| ((column.level, at), &column.title));
        let mut head: Vec<((usize, usize), &Text)> = groups.chain(columns).collect();
        head.sort_by_key(|(place, _)| *place);
        let rows = self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &cell.text));
        let unit = self.unit.iter().flat_map(Labelled::texts);
        let below = self.below.iter().flat_map(|line| [&line.label, &line.text]);
        self.caption.iter().chain(unit).chain(head.into_iter().map(|(_, text)| text)).chain(rows).chain(below).collect()
    }

    /// The same, to change.
    pub fn texts_mut(&mut self) -> Vec<&mut Text> {
        let groups = self.groups.iter_mut().map(|group| ((group.level, group.column), &mut group.title));
        let columns = self.columns.iter_mut().enumerate().map(|(at, column)| ((column.level, at), &mut column.title));
        let mut head: Vec<((usize, usize), &mut Text)> = groups.chain(columns).collect();
        head.sort_by_key(|(place, _)| *place);
        let rows = self.rows.iter_mut().flat_map(|row| row.cells.iter_mut().map(|cell| &mut cell.text));
        let unit = self.unit.iter_mut().flat_map(Labelled::texts_mut);
        let below = self.below.iter_mut().flat_map(|line| [&mut line.label, &mut line.text]);
        let head = head.into_iter().map(|(_, text)| text);
        self.caption.iter_mut().chain(unit).chain(head).chain(rows).chain(below).collect()
    }

    /// The widths that the columns of a table in a room are given; None: by content. Shares fill what columns with a length
    /// leave of the room, or leave a quarter of that to the columns without a width.
    #[must_use]
    pub fn given_widths(&self, room: Length) -> Vec<Option<Length>> {
        let fixed = self.columns.iter().filter_map(|c| match c.width {
            Some(ColumnWidth::Length(length)) => Some(length),
            _ => None,
        });
        let rest = (room - fixed.sum()).max(Length::ZERO);
        let share = |column: &Column| match column.width {
            Some(ColumnWidth::Share(share)) if share.is_finite() && share > 0.0 => Some(share),
            _ => None,
        };
        let shared: f64 = self.columns.iter().filter_map(share).sum();
        let open = self.columns.iter().any(|c| share(c).is_none() && !matches!(c.width, Some(ColumnWidth::Length(_))));
        let scale = if open { (1.0 - (1.0 - shared).max(0.25)) / shared } else { 1.0 / shared };
        let width = |column: &Column| match column.width {
            Some(ColumnWidth::Length(length)) => Some(length),
            _ => share(column).map(|share| rest * (share * scale)),
        };
        self.columns.iter().map(width).collect()
    }
}

/// A head over several columns.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnGroup {
    /// Its text.
    pub title: Text,
    /// The row of the head that it is in, from 0.
    pub level: usize,
    /// Its first column.
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
}

/// A line below a table: a note, or its source.
#[derive(Clone, Debug, PartialEq)]
pub struct TableLine {
    /// 注：, 2., 资料来源：.
    pub label: Text,
    /// What it says.
    pub text: Text,
    /// How many characters it is indented: a note below the first is below that one's number.
    pub indent: u8,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its head.
    pub title: Text,
    /// How its cells are aligned.
    pub align: ColumnAlign,
    /// How wide it is; None: by content.
    pub width: Option<ColumnWidth>,
    /// What its cells without a value print; None: nothing.
    pub none_as: Option<Text>,
    /// The row of the head that its title begins in, from 0; it reaches down to the last.
    pub level: usize,
}

/// How wide a column is meant to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth {
    /// So much, between the middles of the rules at its sides.
    Length(Length),
    /// A share of what the columns with a length leave, beside the other shares.
    Share(f64),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its cells; a cell that another one covers is left out.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text; none beside a picture.
    pub text: Text,
    /// The picture that it shows.
    pub picture: Option<CellPicture>,
    /// How many columns it covers, from 1.
    pub columns: u16,
    /// How many rows it covers, from 1.
    pub rows: u16,
    /// How many levels its text is indented.
    pub indent: u8,
}

/// A cell in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedCell<'a> {
    /// Its text.
    pub text: &'a Text,
    /// The picture that it shows.
    pub picture: Option<&'a CellPicture>,
    /// Its first row, the head counted.
    pub row: usize,
    /// Its first column.
    pub column: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub columns: usize,
    /// How many levels its text is indented.
    pub indent: u8,
}

/// The cells of a table on their grid.
#[derive(Clone, Debug, PartialEq)]
pub struct TableGrid<'a> {
    /// The cells, row by row.
    pub cells: Vec<PlacedCell<'a>>,
    /// Rows, the head counted.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Rows of the head; 0 for a table without.
    pub head: usize,
}

impl<'a> TableGrid<'a> {
    /// The grid of a table. A cell that reaches past the last row or column, or into another cell, is cut there.
    #[must_use]
    pub fn new(table: &'a Table) -> Self {
        let head = table.head_rows();
        let widest = |cells: &[Cell]| cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum::<usize>();
        let columns = if table.columns.is_empty() {
            table.rows.first().map_or(0, |row| widest(&row.cells))
        } else {
            table.columns.len()
        };
        let rows = head + table.rows.len();
        let mut placed = Vec::new();
        if head > 0 {
            let title = |(column, c): (usize, &'a Column)| {
                let rows = head.saturating_sub(c.level).max(1);
                PlacedCell { text: &c.title, picture: None, row: c.level, column, rows, columns: 1, indent: 0 }
            };
            placed.extend(table.columns.iter().enumerate().map(title));
            placed.extend(table.groups.iter().map(|group| {
                let &ColumnGroup { ref title, level, column, columns } = group;
                PlacedCell { text: title, picture: None, row: level, column, rows: 1, columns, indent: 0 }
            }));
            placed.sort_by_key(|cell| (cell.row, cell.column));
        }
        // For each column the first row that no cell from above covers.
        let mut free = vec![head; columns];
        for (row, cells) in table.rows.iter().enumerate().map(|(row, r)| (row + head, &r.cells)) {
            let mut column = 0;
            for cell in cells {
                while column < columns && free[column] > row {
                    column += 1;
                }
                if column >= columns {
                    break;
                }
                let wanted = usize::from(cell.columns.max(1));
                let open = free[column..].iter().take(wanted).take_while(|&&first| first <= row).count();
                let down = usize::from(cell.rows.max(1)).min(rows - row);
                free[column..column + open].fill(row + down);
                let picture = cell.picture.as_ref();
                let (text, indent) = (&cell.text, cell.indent);
                placed.push(PlacedCell { text, picture, row, column, rows: down, columns: open, indent });
                column += open;
            }
        }
        Self { cells: placed, rows, columns, head }
    }

    /// The pictures of its cells, in reading order.
    pub fn pictures(&self) -> impl Iterator<Item = ((u32, u32), &'a CellPicture)> {
        self.cells.iter().filter_map(|cell| Some(((cell.row as u32, cell.column as u32), cell.picture?)))
    }

    /// For every row and column: true where the line below is within a cell.
    #[must_use]
    pub fn joined(&self) -> Vec<bool> {
        let mut joined = vec![false; self.rows * self.columns];
        for placed in self.cells.iter().filter(|placed| placed.rows > 1) {
            for row in placed.row..placed.row + placed.rows - 1 {
                joined[row * self.columns + placed.column..][..placed.columns].fill(true);
            }
        }
        joined
    }

    /// For every row and every line between two columns (the left one's index): true within a cell.
    #[must_use]
    pub fn merged(&self) -> Vec<bool> {
        let mut merged = vec![false; self.rows * self.columns];
        for placed in self.cells.iter().filter(|placed| placed.columns > 1) {
            for row in placed.row..placed.row + placed.rows {
                merged[row * self.columns + placed.column..][..placed.columns - 1].fill(true);
            }
        }
        merged
    }
}

/// How the cells of a column are aligned, once that is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellAlign {
    /// Both edges where there is more than one line, the last one left.
    Text,
    /// Centred.
    Center,
    /// Right.
    Right,
    /// Numbers below one another by their decimal point, in the middle of the column.
    Decimal,
}

/// A column whose cells are all this short (in em, roughly) has them in the middle.
const SHORT: f64 = 10.0;

impl TableGrid<'_> {
    /// How each column of its table is aligned.
    #[must_use]
    pub fn alignments(&self, table: &Table) -> Vec<CellAlign> {
        // Of the cells in a column alone: are there numbers, is there anything else, is all of it short.
        let mut seen = vec![(false, false, true); self.columns];
        for placed in self.cells.iter().filter(|s| s.row >= self.head && s.columns == 1) {
            let text = placed.text.plain();
            // What represents no value says nothing about the others.
            if table.columns.get(placed.column).and_then(|c| c.none_as.as_ref()).is_some_and(|t| t.plain() == text) {
                continue;
            }
            let (numbers, others, short) = &mut seen[placed.column];
            *numbers |= is_number(&text);
            *others |= !is_number(&text) && !text.chars().all(is_dash);
            // Levels show in texts that begin below one another.
            *short &= ems(&text) <= SHORT && placed.indent == 0;
        }
        let align = |column: usize| table.columns.get(column).map_or(ColumnAlign::Auto, |c| c.align);
        let of = |(column, (numbers, others, short)): (usize, (bool, bool, bool))| match align(column) {
            ColumnAlign::Center => CellAlign::Center,
            ColumnAlign::Right => CellAlign::Right,
            ColumnAlign::Decimal => CellAlign::Decimal,
            ColumnAlign::Auto if numbers && !others => CellAlign::Decimal,
            ColumnAlign::Auto if short => CellAlign::Center,
            ColumnAlign::Left | ColumnAlign::Auto => CellAlign::Text,
        };
        seen.into_iter().enumerate().map(of).collect()
    }
}

impl PlacedCell<'_> {
    /// How it is aligned in a column that is aligned so: over several columns in the middle, unless it is indented. `head`: rows
    /// of the head, in which all is in the middle.
    #[must_use]
    pub fn align(&self, column: CellAlign, head: usize) -> CellAlign {
        match (self.row < head || self.columns > 1, self.indent) {
            (true, 0) => CellAlign::Center,
            (true, _) => CellAlign::Text,
            (false, _) => column,
        }
    }
}

/// True for digits with their separators and signs.
#[must_use]
pub fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '−' | '+' | '％' | '‰'))
}

/// True for a character of the whole number before the decimal point. What follows the last one of them is the fraction, or
/// the sign of percent.
#[must_use]
pub fn is_whole(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ',' | '-' | '−' | '+')
}

/// True for a sign that a number is missing.
#[must_use]
pub const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—' | '－' | '–' | '/' | '…' | '·')
}

/// The width of a text in em, roughly: half for what is not full width.
fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

//! Where the cells of a table stand.

use crate::model::{Cell, ColumnAlign, Table, Text};

/// A cell in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot<'a> {
    /// What stands in it.
    pub(super) text: &'a Text,
    /// Its first row, the head counted.
    pub(super) row: usize,
    /// Its first column.
    pub(super) column: usize,
    /// How many rows it covers.
    pub(super) rows: usize,
    /// How many columns it covers.
    pub(super) columns: usize,
}

/// The cells of a table on their grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid<'a> {
    /// The cells, row by row.
    pub(super) spots: Vec<Spot<'a>>,
    /// Rows, the head counted.
    pub(super) rows: usize,
    /// Columns.
    pub(super) columns: usize,
    /// Rows of the head: 1, or 0 for a table without.
    pub(super) head: usize,
}

impl<'a> Grid<'a> {
    /// The grid of a table. A cell that reaches past the last row or column, or into another cell, is cut there.
    pub(super) fn new(table: &'a Table) -> Self {
        let head = usize::from(table.columns.iter().any(|column| !column.title.is_empty()));
        let widest = |cells: &[Cell]| cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum::<usize>();
        let columns = if table.columns.is_empty() {
            table.rows.first().map_or(0, |row| widest(&row.cells))
        } else {
            table.columns.len()
        };
        let rows = head + table.rows.len();
        let mut spots = Vec::new();
        if head == 1 {
            let spot = |(column, c): (usize, &'a crate::model::Column)| Spot {
                text: &c.title,
                row: 0,
                column,
                rows: 1,
                columns: 1,
            };
            spots.extend(table.columns.iter().enumerate().map(spot));
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
                spots.push(Spot { text: &cell.text, row, column, rows: down, columns: open });
                column += open;
            }
        }
        Self { spots, rows, columns, head }
    }

    /// True where the line below `row` is within a cell at `column`.
    pub(super) fn joined(&self) -> Vec<bool> {
        let mut joined = vec![false; self.rows * self.columns];
        for spot in self.spots.iter().filter(|spot| spot.rows > 1) {
            for row in spot.row..spot.row + spot.rows - 1 {
                joined[row * self.columns + spot.column..][..spot.columns].fill(true);
            }
        }
        joined
    }

    /// For every row and every line between two columns (the left one's index): true within a cell.
    pub(super) fn merged(&self) -> Vec<bool> {
        let mut merged = vec![false; self.rows * self.columns];
        for spot in self.spots.iter().filter(|spot| spot.columns > 1) {
            for row in spot.row..spot.row + spot.rows {
                merged[row * self.columns + spot.column..][..spot.columns - 1].fill(true);
            }
        }
        merged
    }
}

/// How the cells of a column stand, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
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

/// How each column stands.
pub(super) fn stands(table: &Table, grid: &Grid<'_>) -> Vec<Stand> {
    let of = |column: usize| {
        let texts = || {
            let own = grid.spots.iter().filter(move |s| s.row >= grid.head && s.column == column && s.columns == 1);
            own.map(|s| s.text.plain()).filter(|text| !text.is_empty())
        };
        match table.columns.get(column).map_or(ColumnAlign::Auto, |c| c.align) {
            ColumnAlign::Center => Stand::Center,
            ColumnAlign::Right => Stand::Right,
            ColumnAlign::Decimal => Stand::Decimal,
            ColumnAlign::Auto if texts().any(|t| is_number(&t)) && texts().all(|t| is_number(&t) || is_dash(&t)) => {
                Stand::Decimal
            }
            ColumnAlign::Auto if texts().all(|t| ems(&t) <= SHORT) => Stand::Center,
            ColumnAlign::Left | ColumnAlign::Auto => Stand::Text,
        }
    };
    (0..grid.columns).map(of).collect()
}

/// True for digits with their separators and signs.
pub(super) fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '−' | '+' | '％' | '‰'))
}

/// True for what stands where there is no number.
fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '—' | '－' | '–' | '/' | '…' | '·'))
}

/// The width of a text in em, roughly: half for what is not full width.
fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

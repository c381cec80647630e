//! Tables whose rows do not fill their grid: columns that no cell ends at go, and what a row leaves out becomes empty cells.

use crate::model::{CellText, Item};
use std::collections::BTreeSet;

/// A table whose rows fill its columns. Word lets a row begin after the first column and end before the last (ECMA-376 part 1,
/// 17.4.14 and 17.4.15), often by a hair where somebody dragged a line.
pub(super) fn squared(table: &Item) -> Item {
    let mut table = table.clone();
    let ends = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + cell.columns);
    let borders: Vec<usize> = ends.chain([0]).collect::<BTreeSet<_>>().into_iter().collect();
    let width = borders.len() - 1;
    // A border that no cell ends at is none: what begins there begins at the one before.
    let place = |border: usize| borders.partition_point(|own| *own <= border) - 1;
    table.aligned = borders[..width].iter().filter_map(|&column| table.aligned.get(column).copied()).collect();
    let mut taken: Vec<Vec<bool>> = vec![vec![false; width]; table.rows.len()];
    for (at, row) in table.rows.iter_mut().enumerate() {
        for cell in &mut row.cells {
            let (start, end) = (place(cell.column), place(cell.column + cell.columns));
            (cell.column, cell.columns) = (start, end - start);
            for covered in taken.iter_mut().skip(at).take(cell.rows) {
                covered[start..end].fill(true);
            }
        }
        let free = (0..width).filter(|&column| !taken[at][column]);
        row.cells.extend(free.map(|column| CellText { column, columns: 1, rows: 1, ..CellText::default() }));
        row.cells.sort_by_key(|cell| cell.column);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::squared;
    use crate::model::{CellText, Item, Phrase, RowText};

    fn table(rows: &[&[(&str, usize, usize, usize)]]) -> Item {
        let cell = |&(text, column, columns, rows): &(&str, usize, usize, usize)| CellText {
            phrase: Phrase::of(text),
            column,
            columns,
            rows,
            ..CellText::default()
        };
        let row = |row: &&[(&str, usize, usize, usize)]| RowText {
            cells: row.iter().map(cell).collect(),
            ..RowText::default()
        };
        Item { rows: rows.iter().map(row).collect(), ..Item::default() }
    }

    fn cells(table: &Item) -> Vec<Vec<(String, usize, usize)>> {
        let row = |row: &RowText| row.cells.iter().map(|c| (c.phrase.plain(), c.columns, c.rows)).collect();
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn a_row_that_begins_behind_a_hair_begins_at_the_first_column() {
        let made = squared(&table(&[&[("甲", 1, 1, 1), ("乙", 2, 1, 1)], &[("丙", 0, 2, 1), ("丁", 2, 1, 1)]]));
        let one = |text: &str| (text.to_owned(), 1, 1);
        assert_eq!(cells(&made), [[one("甲"), one("乙")], [one("丙"), one("丁")]]);
    }

    #[test]
    fn what_a_row_leaves_out_is_empty() {
        let made = squared(&table(&[&[("甲", 0, 1, 2), ("乙", 1, 1, 1)], &[], &[("丙", 1, 1, 1)]]));
        let one = |text: &str| (text.to_owned(), 1, 1);
        let first = vec![("甲".to_owned(), 1, 2), one("乙")];
        assert_eq!(cells(&made), [first, vec![one("")], vec![one(""), one("丙")]]);
    }
}

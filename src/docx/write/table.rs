//! Tables: a grid with widths, merged cells, a head that every page repeats.

use super::body::Body;
use super::inline::{close_bookmark, open_block};
use super::order::Extras;
use super::tree;
use crate::docx::styles::{Variant, id, variant_id};
use crate::docx::{Error, units};
use crate::model::{Block, CellAlign, Length, Table, TableGrid, Text};
use crate::printed::{SetNumber, SetTable, SetTableType};
use crate::template::{Style, StyleName};
use docx_rs::{
    HeightRule, Tab, TabValueType, TableAlignmentType, TableCell, TableCellMargins, TableLayoutType, TableRow,
    VMergeType, WidthType,
};

/// Twips that a number may begin before its place, so that rounding does not push it off its decimal point.
const SLACK: i64 = 2;

/// Writes a table and its caption above. `set`: as it was printed.
pub(super) fn write(body: &mut Body<'_>, block: &Block, table: &Table, set: &SetTable) -> Result<(), Error> {
    let captioned = table.caption.is_some() || table.number.is_some();
    if !captioned {
        body.part_tables()?;
    }
    if captioned {
        let mut p = body.begin(StyleName::Caption, &block.id.0);
        let bookmark = open_block(&mut p, &mut body.ids, &block.id);
        body.caption(block, &mut p, table.caption.as_ref());
        close_bookmark(&mut p, bookmark);
        body.emit(&p, Extras::default())?;
    }
    let grid = TableGrid::new(table);
    let widths = widths(&set.columns);
    let (lines, pitch) = (body.template.grid.lines, units::line_pitch(&body.template.page, &body.template.grid));
    let aligns = grid.alignments(table);
    let styles = Styles::new(body, set.reduced);
    // Without a caption the block's name is borne by its first cell.
    let mut unnamed = !captioned;

    let mut placed_cells = grid.cells.iter().peekable();
    // For each column the cell that comes down into it, as its last row and its columns.
    let mut above: Vec<Option<(usize, usize)>> = vec![None; grid.columns];
    let mut rows = Vec::with_capacity(grid.rows);
    for row in 0..grid.rows {
        let mut cells = Vec::with_capacity(grid.columns);
        let mut column = 0;
        while column < grid.columns {
            let seed = match row.checked_sub(grid.head) {
                Some(row) => format!("{} {row} {column}", block.id.0),
                None => format!("{} head {column}", block.id.0),
            };
            let named = std::mem::take(&mut unnamed).then_some(block);
            let covered = above[column].filter(|&(last, _)| row <= last);
            let placed =
                placed_cells.next_if(|placed| covered.is_none() && (placed.row, placed.column) == (row, column));
            let columns = placed.map(|placed| placed.columns).or(covered.map(|(_, columns)| columns)).unwrap_or(1);
            let width = widths[column..column + columns].iter().sum();
            let empty = Text::default();
            let text = placed.map_or(&empty, |placed| placed.text);
            let number = set.numbers.get(&(row, column));
            let style =
                if row < grid.head { &styles.head } else { styles.of(aligns[column], columns, number.is_some()) };
            let mut made = cell(body, style, &seed, (text, number), named, width);
            if columns > 1 {
                made = made.grid_span(columns);
            }
            made = match placed {
                Some(placed) if placed.rows > 1 => {
                    above[column] = Some((row + placed.rows - 1, columns));
                    made.vertical_merge(VMergeType::Restart)
                }
                None if covered.is_some() => made.vertical_merge(VMergeType::Continue),
                _ => made,
            };
            cells.push(made);
            column += columns;
        }
        // As high as on the printed page, and on one page; but for one that no page holds.
        let made = TableRow::new(cells);
        rows.push(match set.rows.get(row) {
            Some(&rows) if rows < lines => {
                let height = f32::from(rows as u16) * pitch as f32;
                made.cant_split().row_height(height).height_rule(HeightRule::AtLeast)
            }
            _ => made,
        });
    }
    let mut tree = tree::table(rows, id::TABLE)
        // Said by the style as well, which LibreOffice does not hear.
        .align(TableAlignmentType::Center)
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .set_grid(widths);
    if let Some(reduced) = set.reduced {
        let (above, beside) = (twips_of(body.template.tables.space), twips_of(reduced.padding));
        tree = tree.margins(TableCellMargins::new().margin(above, beside, above, beside));
    }
    body.emit(&tree, Extras { header_rows: grid.head, ..Extras::default() })?;
    body.after_table = true;
    Ok(())
}

fn twips_of(length: Length) -> usize {
    usize::try_from(units::twips(length)).unwrap_or_default()
}

/// The paragraph styles of cells.
struct Styles {
    head: String,
    text: String,
    center: String,
    right: String,
}

impl Styles {
    /// Those of a table; in smaller type where it was printed so.
    fn new(body: &Body<'_>, reduced: Option<SetTableType>) -> Self {
        let (head, text) = (body.style(StyleName::TableHead), body.style(StyleName::TableText));
        let small = |style: &Style, size: Option<Length>| {
            size.map(units::half_points).filter(|&size| size < units::half_points(style.size))
        };
        let (small_head, small_text) = (small(head, reduced.map(|t| t.head)), small(text, reduced.map(|t| t.text)));
        let of = |style: &Style, size: Option<i64>, full: Option<Variant>, small: fn(i64) -> Variant| match (size, full)
        {
            (Some(size), _) => variant_id(style, small(size)),
            (None, Some(variant)) => variant_id(style, variant),
            (None, None) => style.word.id.clone(),
        };
        Self {
            head: of(head, small_head, None, Variant::Small),
            text: of(text, small_text, None, Variant::Small),
            center: of(text, small_text, Some(Variant::Center), Variant::SmallCenter),
            right: of(text, small_text, Some(Variant::Right), Variant::SmallRight),
        }
    }

    /// The style of a cell over so many columns; `number`: it stands on its decimal point.
    fn of(&self, align: CellAlign, columns: usize, number: bool) -> &str {
        match align {
            CellAlign::Center if columns == 1 => &self.center,
            CellAlign::Text if columns == 1 => &self.text,
            CellAlign::Right if columns == 1 => &self.right,
            CellAlign::Decimal if number => &self.text,
            _ => &self.center,
        }
    }
}

fn cell(
    body: &mut Body<'_>,
    style: &str,
    seed: &str,
    (text, number): (&Text, Option<&SetNumber>),
    named: Option<&Block>,
    width: usize,
) -> TableCell {
    let mut p = body.begin_as(style, seed);
    if let Some(number) = number {
        // Word moves the number of a cell with a decimal tab stop there, without a tab, and keeps it there when it is edited.
        // LibreOffice does not, and prints it where it begins.
        let (start, point) = (units::twips(number.start), units::twips(number.point));
        p = p.indent(Some((start - SLACK).max(0) as i32), None, None, None);
        p = p.add_tab(Tab::new().val(TabValueType::Decimal).pos(point.max(0) as usize));
    }
    let bookmark = named.map(|block| open_block(&mut p, &mut body.ids, &block.id));
    body.inline.text(&mut p, &mut body.ids, text, None);
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(p)
}

/// The columns' widths in twips.
fn widths(columns: &[Length]) -> Vec<usize> {
    let (mut edge, mut last) = (Length::ZERO, 0);
    let width = |&column: &Length| {
        edge += column;
        let at = units::twips(edge);
        let width = (at - last).max(1);
        last = at;
        width as usize
    };
    columns.iter().map(width).collect()
}

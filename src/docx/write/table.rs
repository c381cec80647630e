//! Tables: a grid with widths, merged cells, a head that every page repeats.

use super::body::Body;
use super::drawn::drawn;
use super::inline::{close_bookmark, open_block, push};
use super::order::{DrawnPicture, Extras};
use super::tree;
use crate::docx::styles::{SLACK, Variant, id, variant_id};
use crate::docx::{WordError, units};
use crate::model::{Block, CellAlign, Length, PictureIndex, PlacedCell, Table, TableGrid};
use crate::printed::{SetAround, SetTable, SetTableType};
use crate::template::{Leading, Style, StyleName, TableRules, Template};
use docx_rs::{
    BorderType, HeightRule, LineSpacing, Paragraph, Tab, TabValueType, TableAlignmentType, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellMargins, TableLayoutType, TableRow, VMergeType, WidthType,
};
use std::iter::Peekable;
use std::ops::Range;
use std::slice;

/// Writes a table and its caption above. `set`: as it was printed.
pub(super) fn write(body: &mut Body<'_>, block: &Block, table: &Table, set: &SetTable) -> Result<(), WordError> {
    let captioned = table.caption.is_some() || table.number.is_some();
    if captioned {
        let mut p = body.begin(StyleName::Caption, &block.id.0);
        let bookmark = open_block(&mut p, &mut body.ids, &block.id);
        body.caption(block, &mut p, table.caption.as_ref());
        close_bookmark(&mut p, bookmark);
        body.emit(&p, Extras::default())?;
    } else if body.document.follows_table(body.index) {
        body.row_apart()?;
    } else if table.unit.is_none() {
        body.part_tables()?;
    }
    unit(body, block, table, (captioned, set.unit))?;
    let grid = TableGrid::new(table);
    let widths = widths(&set.columns);
    let mut writer = TableWriter {
        block,
        set,
        widths: &widths,
        aligns: grid.alignments(table),
        styles: CellStyles::new(body, set.reduced),
        unnamed: !captioned && table.unit.is_none(),
        above: vec![None; grid.columns],
        cells: grid.cells.iter().peekable(),
        grid: &grid,
        pictures: Vec::new(),
    };
    let rows = (0..grid.rows).map(|row| writer.row(body, row)).collect();
    let pictures = writer.pictures;
    let mut tree = tree::table(rows, id::TABLE)
        // Said by the style as well, which LibreOffice does not hear.
        .align(TableAlignmentType::Center)
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .set_grid(widths);
    if let Some(reduced) = set.reduced {
        let beside = usize::try_from(units::twips(reduced.padding) - SLACK).unwrap_or_default();
        tree = tree.margins(TableCellMargins::new().margin(0, beside, 0, beside));
    }
    body.emit(&tree, Extras { header_rows: grid.head, pictures: &pictures, ..Extras::default() })?;
    body.after_table = true;
    below(body, block, table, set.below)
}

/// What is left of the rows that lines around a table take, below the last of them.
fn spaced(body: &Body<'_>, p: Paragraph, around: SetAround) -> Paragraph {
    let pitch = units::line_pitch(&body.template.page, &body.template.grid);
    let leading = match body.style(StyleName::TableText).leading {
        Leading::Exact(leading) => units::twips(leading),
        Leading::Rows(rows) => (rows * pitch as f64).round() as i64,
    };
    let rows = i64::from(around.rows) * pitch;
    match u32::try_from(rows - i64::from(around.lines) * leading) {
        Ok(left @ 1..) => p.line_spacing(LineSpacing::new().after(left)),
        _ => p,
    }
}

/// The unit above a table, at its right edge; `named`: the caption above it has the block's name.
fn unit(
    body: &mut Body<'_>,
    block: &Block,
    table: &Table,
    (named, around): (bool, SetAround),
) -> Result<(), WordError> {
    let Some(unit) = &table.unit else { return Ok(()) };
    let style = variant_id(body.style(StyleName::TableText), Variant::Right);
    let mut p = body.begin_as(&style, &format!("{} unit", block.id.0)).keep_next(true);
    p = spaced(body, p, around);
    let bookmark = (!named).then(|| open_block(&mut p, &mut body.ids, &block.id));
    for text in unit.texts() {
        body.inline.text(&mut p, &mut body.ids, text, None);
    }
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    body.emit(&p, Extras::default())
}

/// The notes of a table and its source below it, on one page.
fn below(body: &mut Body<'_>, block: &Block, table: &Table, around: SetAround) -> Result<(), WordError> {
    let size = body.style(StyleName::TableText).size;
    for (at, line) in table.below.iter().enumerate() {
        let mut p = body.begin(StyleName::TableText, &format!("{} below {at}", block.id.0));
        if line.indent > 0 {
            let indent = i32::try_from(units::twips(size * f64::from(line.indent))).unwrap_or_default();
            p = p.indent(Some(indent), None, None, None);
        }
        if at + 1 < table.below.len() {
            p = p.keep_next(true);
        } else {
            p = body.kept(spaced(body, p, around));
        }
        for text in [&line.label, &line.text] {
            body.inline.text(&mut p, &mut body.ids, text, None);
        }
        body.emit(&p, Extras::default())?;
    }
    Ok(())
}

/// A table as it is written, row by row.
struct TableWriter<'a> {
    block: &'a Block,
    set: &'a SetTable,
    grid: &'a TableGrid<'a>,
    /// The columns' widths in twips.
    widths: &'a [usize],
    aligns: Vec<CellAlign>,
    styles: CellStyles,
    /// True where no caption has the block's name: its first cell does.
    unnamed: bool,
    /// For each column the cell that comes down into it, as its last row and its columns.
    above: Vec<Option<(usize, usize)>>,
    /// The cells that are still to come.
    cells: Peekable<slice::Iter<'a, PlacedCell<'a>>>,
    /// What is said of the pictures written so far.
    pictures: Vec<DrawnPicture>,
}

impl TableWriter<'_> {
    fn row(&mut self, body: &mut Body<'_>, row: usize) -> TableRow {
        let mut cells = Vec::with_capacity(self.grid.columns);
        let mut column = 0;
        while column < self.grid.columns {
            let (made, columns) = self.cell(body, row, column);
            cells.push(made);
            column += columns;
        }
        let made = TableRow::new(cells);
        // As high as on the printed page, and on one page; but for one that no page holds.
        match self.set.rows.get(row) {
            Some(&rows) if rows < body.template.grid.lines => {
                let height = units::row_height(rows, self.rules(body.template, row), body.template);
                made.cant_split().row_height(height as f32).height_rule(HeightRule::AtLeast)
            }
            _ => made,
        }
    }

    /// The rules that belong to a row: the one below it, and the first one's the one above. Most programs add them to its height.
    fn rules(&self, template: &Template, row: usize) -> Length {
        let tables = &template.tables;
        let last = row + 1 == self.grid.rows;
        let ruled = tables.rules == TableRules::Grid || row + 1 == self.grid.head;
        let below = match (last, ruled) {
            (true, _) => tables.heavy,
            (false, true) => tables.light,
            (false, false) => Length::ZERO,
        };
        if row == 0 { tables.heavy + below } else { below }
    }

    /// A cell, and how many columns it covers.
    fn cell(&mut self, body: &mut Body<'_>, row: usize, column: usize) -> (TableCell, usize) {
        let covered = self.above[column].filter(|&(last, _)| row <= last);
        let here = |placed: &&PlacedCell<'_>| covered.is_none() && (placed.row, placed.column) == (row, column);
        let placed = self.cells.next_if(here);
        let columns = placed.map(|placed| placed.columns).or(covered.map(|(_, columns)| columns)).unwrap_or(1);
        let paragraph = self.paragraph(body, (row, column), columns, placed);
        let width = self.widths[column..column + columns].iter().sum();
        let mut made = TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph);
        if columns > 1 {
            made = made.grid_span(columns);
        }
        let rows = placed.map_or(1, |placed| placed.rows);
        let last = covered.map_or(row + rows - 1, |(last, _)| last);
        if let Some(rule) = self.head_rule(body.template, row..last + 1, columns) {
            made = made.set_borders(rule);
        }
        made = match placed {
            Some(placed) if placed.rows > 1 => {
                self.above[column] = Some((row + placed.rows - 1, columns));
                made.vertical_merge(VMergeType::Restart)
            }
            None if covered.is_some() => made.vertical_merge(VMergeType::Continue),
            _ => made,
        };
        (made, columns)
    }

    /// The rule below a cell of a head of several rows, in a table of three rules: below the head, and below what heads several
    /// columns as far as it reaches. The table's style knows the first row alone.
    fn head_rule(&self, template: &Template, rows: Range<usize>, columns: usize) -> Option<TableCellBorders> {
        let head = self.grid.head;
        if template.tables.rules != TableRules::ThreeLine || head < 2 || rows.start >= head {
            return None;
        }
        let ruled = rows.end == head || (columns > 1 && rows.len() == 1);
        let rule = TableCellBorder::new(TableCellBorderPosition::Bottom).color("auto");
        let weight = usize::try_from(units::eighths(template.tables.light)).unwrap_or_default();
        let rule = if ruled { rule.size(weight) } else { rule.border_type(BorderType::Nil) };
        Some(TableCellBorders::with_empty().set(rule))
    }

    /// How far a cell's text is indented, in twips.
    fn indent(&self, body: &Body<'_>, placed: &PlacedCell<'_>) -> Option<i32> {
        let shows = placed.align(self.aligns[placed.column], self.grid.head) == CellAlign::Text;
        let size = self.set.reduced.map_or(body.style(StyleName::TableText).size, |reduced| reduced.text);
        let levels = if shows { placed.indent } else { 0 };
        let length = size * (f64::from(levels) * body.template.tables.indent);
        i32::try_from(units::twips(length)).ok().filter(|twips| *twips > 0)
    }

    /// The paragraph of a cell in its row and column.
    fn paragraph(
        &mut self,
        body: &mut Body<'_>,
        (row, column): (usize, usize),
        columns: usize,
        placed: Option<&PlacedCell<'_>>,
    ) -> Paragraph {
        let name = &self.block.id.0;
        let seed = match row.checked_sub(self.grid.head) {
            Some(row) => format!("{name} {row} {column}"),
            None if row == 0 => format!("{name} head {column}"),
            None => format!("{name} head {row} {column}"),
        };
        let number = self.set.numbers.get(&(row, column));
        let style = if placed.is_some_and(|placed| placed.picture.is_some()) {
            &self.styles.picture
        } else if row < self.grid.head {
            &self.styles.head
        } else {
            let align = self.aligns[column];
            let below = if columns > 1 { CellAlign::Center } else { align };
            let align = placed.map_or(below, |placed| placed.align(align, self.grid.head));
            self.styles.of(align, columns, number.is_some())
        };
        let mut p = body.begin_as(style, &seed);
        if self.set.keeps.get(row).is_some_and(|keeps| *keeps) {
            // LibreOffice 7.4 loses rows of a table that begins at the foot of a page unless its first rows keep together.
            p = p.keep_next(true);
        } else if row + 1 == self.grid.rows {
            p = body.kept(p);
        }
        if let Some(number) = number {
            // Word moves the number of a cell with a decimal tab stop there, without a tab, and keeps it there when it is edited.
            // LibreOffice does not, and prints it where it begins.
            // What the cell has to spare is before it, but for two twips, so that rounding does not push it off its point.
            let (start, point) = (units::twips(number.start) + SLACK, units::twips(number.point) + SLACK);
            p = p.indent(Some((start - 2).max(0) as i32), None, None, None);
            p = p.add_tab(Tab::new().val(TabValueType::Decimal).pos(point.max(0) as usize));
        } else if let Some(indent) = placed.and_then(|placed| self.indent(body, placed)) {
            p = p.indent(Some(indent), None, None, None);
        }
        let bookmark = std::mem::take(&mut self.unnamed).then(|| open_block(&mut p, &mut body.ids, &self.block.id));
        if let Some(PlacedCell { picture: Some(_), .. }) = placed {
            let index = PictureIndex { block: body.index, cell: Some((row as u32, column as u32)) };
            if let Some((run, said)) = drawn(body, index) {
                push(&mut p, run);
                self.pictures.push(said);
            }
        }
        if let Some(placed) = placed {
            body.inline.text(&mut p, &mut body.ids, placed.text, None);
        }
        if let Some(bookmark) = bookmark {
            close_bookmark(&mut p, bookmark);
        }
        p
    }
}

/// The paragraph styles of cells.
struct CellStyles {
    head: String,
    text: String,
    center: String,
    right: String,
    picture: String,
}

impl CellStyles {
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
            picture: variant_id(body.style(StyleName::Figure), Variant::Cell),
        }
    }

    /// The style of a cell over so many columns; `number`: it is on its decimal point.
    fn of(&self, align: CellAlign, columns: usize, number: bool) -> &str {
        match align {
            CellAlign::Center if columns == 1 => &self.center,
            CellAlign::Text => &self.text,
            CellAlign::Right if columns == 1 => &self.right,
            CellAlign::Decimal if number => &self.text,
            _ => &self.center,
        }
    }
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

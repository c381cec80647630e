//! Tables: a grid with widths, merged cells, a head that every page repeats.

use super::body::Body;
use super::inline::{close_bookmark, open_block};
use super::order::Extras;
use crate::docx::styles::{Variant, id, variant_id};
use crate::docx::{Error, units};
use crate::model::{Block, Cell, ColumnAlign, Table, Text};
use crate::template::StyleName;
use docx_rs::{TableCell, TableLayoutType, TableRow, VMergeType, WidthType};

/// A column of at most so many em is short: its text stands in the middle.
const SHORT: f64 = 10.0;

/// A place of the table's grid.
#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    /// A cell begins here.
    Cell(&'a Cell),
    /// A cell from a row above comes down here, so many columns wide.
    Covered(usize),
    /// The row is too short.
    Missing,
}

/// Writes a table and its caption above.
pub(super) fn write(body: &mut Body<'_>, block: &Block, table: &Table) -> Result<(), Error> {
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
    let page = &body.template.page;
    let measure = units::twips(if table.landscape { page.depth() } else { page.measure() });
    let places = places(table);
    let widths = widths(table, &places, measure);
    let styles: Vec<String> = (0..table.columns.len()).map(|column| cell_style(body, table, &places, column)).collect();
    let head = body.style(StyleName::TableHead).word.id.clone();
    // Without a caption the block's name is borne by its first cell.
    let mut unnamed = !captioned;

    let mut rows = Vec::with_capacity(table.rows.len() + 1);
    if table.columns.iter().any(|c| !c.title.is_empty()) {
        let mut cells = Vec::with_capacity(table.columns.len());
        for (at, column) in table.columns.iter().enumerate() {
            let seed = format!("{} head {at}", block.id.0);
            cells.push(cell(
                body,
                &head,
                &seed,
                &column.title,
                std::mem::take(&mut unnamed).then_some(block),
                widths[at],
            ));
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    let header_rows = rows.len();
    for (at, places) in places.iter().enumerate() {
        let mut cells = Vec::with_capacity(places.len());
        for &(column, place) in places {
            let seed = format!("{} {at} {column}", block.id.0);
            let span = match place {
                Place::Cell(c) => usize::from(c.columns.max(1)),
                Place::Covered(span) => span,
                Place::Missing => 1,
            };
            let end = (column + span).min(widths.len());
            let width: usize = widths[column..end].iter().sum();
            let style = &styles[column];
            let named = std::mem::take(&mut unnamed).then_some(block);
            let mut made = match place {
                Place::Cell(c) => cell(body, style, &seed, &c.text, named, width),
                _ => cell(body, style, &seed, &Text::default(), named, width),
            };
            if end - column > 1 {
                made = made.grid_span(end - column);
            }
            made = match place {
                Place::Cell(c) if c.rows > 1 => made.vertical_merge(VMergeType::Restart),
                Place::Covered(_) => made.vertical_merge(VMergeType::Continue),
                _ => made,
            };
            cells.push(made);
        }
        rows.push(TableRow::new(cells).cant_split());
    }
    let tree = docx_rs::Table::new(rows)
        .style(id::TABLE)
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .set_grid(widths);
    body.emit(&tree, Extras { header_rows, ..Extras::default() })?;
    body.after_table = true;
    Ok(())
}

fn cell(body: &mut Body<'_>, style: &str, seed: &str, text: &Text, named: Option<&Block>, width: usize) -> TableCell {
    let mut p = body.begin_as(style, seed);
    let bookmark = named.map(|block| open_block(&mut p, &mut body.ids, &block.id));
    body.inline.text(&mut p, &mut body.ids, text, None);
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    TableCell::new().width(width, WidthType::Dxa).add_paragraph(p)
}

/// A row's places, each with the column where it begins.
type Places<'a> = Vec<(usize, Place<'a>)>;

/// The texts of the cells that stand in one column alone.
fn column_texts<'a>(places: &'a [Places<'_>], column: usize) -> impl Iterator<Item = String> + 'a {
    places.iter().flatten().filter_map(move |(at, place)| match place {
        Place::Cell(cell) if *at == column && cell.columns <= 1 => Some(cell.text.plain()),
        _ => None,
    })
}

/// Where every cell stands, row by row: merged cells take their places in the rows below.
fn places(table: &Table) -> Vec<Places<'_>> {
    let columns = table.columns.len();
    // For each column: rows still covered from above, and at its first column the width of what covers it.
    let mut covered: Vec<(u16, usize)> = vec![(0, 0); columns];
    let mut all = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let mut cells = row.cells.iter();
        let mut places = Vec::with_capacity(columns);
        let mut column = 0;
        while column < columns {
            let (rows, width) = covered[column];
            if rows > 0 {
                let width = width.max(1);
                places.push((column, Place::Covered(width)));
                let end = (column + width).min(columns);
                for c in &mut covered[column..end] {
                    c.0 -= 1;
                }
                column = end;
                continue;
            }
            let Some(cell) = cells.next() else {
                places.push((column, Place::Missing));
                column += 1;
                continue;
            };
            let mut end = column;
            while end < columns && end - column < usize::from(cell.columns.max(1)) && covered[end].0 == 0 {
                end += 1;
            }
            for c in &mut covered[column..end] {
                *c = (cell.rows.max(1) - 1, end - column);
            }
            places.push((column, Place::Cell(cell)));
            column = end;
        }
        all.push(places);
    }
    all
}

/// The style of a column's cells.
fn cell_style(body: &Body<'_>, table: &Table, places: &[Places<'_>], column: usize) -> String {
    let style = body.style(StyleName::TableText);
    let texts = || column_texts(places, column);
    let variant = match table.columns[column].align {
        ColumnAlign::Center => Some(Variant::Center),
        ColumnAlign::Right | ColumnAlign::Decimal => Some(Variant::Right),
        ColumnAlign::Auto if !table.rows.is_empty() && texts().all(|t| is_number(&t)) => Some(Variant::Right),
        ColumnAlign::Auto if texts().all(|t| ems(&t) <= SHORT) => Some(Variant::Center),
        ColumnAlign::Left | ColumnAlign::Auto => None,
    };
    variant.map_or_else(|| style.word.id.clone(), |variant| variant_id(style, variant))
}

/// True for digits with their separators and signs.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '−' | '+' | '％'))
}

/// The width of a text in em, roughly: half for what is not full width.
fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// The columns' widths in twips, which fill the measure: the shares given, the rest by content.
fn widths(table: &Table, places: &[Places<'_>], measure: i64) -> Vec<usize> {
    let content = |at: usize| {
        let cells = column_texts(places, at).map(|text| ems(&text));
        // Long texts turn over; a short column still needs its cell margins.
        cells.fold(ems(&table.columns[at].title.plain()), f64::max).clamp(2.0, 20.0) + 1.0
    };
    let given: f64 = table.columns.iter().filter_map(|c| c.width).filter(|w| w.is_finite() && *w > 0.0).sum();
    let free: Vec<Option<f64>> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, c)| if c.width.is_some_and(|w| w.is_finite() && w > 0.0) { None } else { Some(content(at)) })
        .collect();
    let wanted: f64 = free.iter().flatten().sum();
    // Shares that leave nothing to the others are shares of what they leave a quarter of.
    let rest = if wanted == 0.0 { 0.0 } else { (1.0 - given).max(0.25) };
    let scale = if given > 0.0 { (1.0 - rest) / given } else { 0.0 };
    let shares = table.columns.iter().zip(&free).map(|(column, free)| match free {
        Some(content) => content / wanted * if given > 0.0 { rest } else { 1.0 },
        None => column.width.unwrap_or(0.0) * scale,
    });
    let mut edge = 0.0;
    let mut last = 0;
    shares
        .map(|share| {
            edge += share;
            let at = (edge * measure as f64).round() as i64;
            let width = (at - last).max(1);
            last = at;
            width as usize
        })
        .collect()
}

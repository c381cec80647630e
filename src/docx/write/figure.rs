//! Pictures: inline drawings with alternative text, their captions below.

use super::body::Body;
use super::drawn::{drawn, on_rows, size};
use super::inline::{close_bookmark, open_block, push};
use super::order::Extras;
use crate::docx::styles::{Variant, id, variant_id};
use crate::docx::xml::Xml;
use crate::docx::{WordError, units};
use crate::model::{Block, BlockIndex, Figure, Length, PictureIndex, SideBySide};
use crate::printed::picture_columns;
use crate::template::StyleName;

/// Writes a figure: the picture, kept with its caption. Of several side by side the first writes all.
pub(super) fn write(body: &mut Body<'_>, block: &Block, figure: &Figure) -> Result<(), WordError> {
    match figure.row {
        None => {
            let (_, height) = size(body, PictureIndex::of(body.index));
            picture(body, (body.index, block, figure), height)?;
            caption(body, block, figure)
        }
        Some(SideBySide { at: 0, of }) => row(body, body.index, of),
        Some(_) => Ok(()),
    }
}

/// The paragraph of a picture; `height`: of the highest beside it.
fn picture(body: &mut Body<'_>, (index, block, figure): Member<'_>, height: Length) -> Result<(), WordError> {
    let p = body.begin(StyleName::Figure, &block.id.0);
    // In a cell LibreOffice takes this from the paragraph only, not from its style.
    let p = if figure.row.is_some() { p.keep_next(true) } else { p };
    let mut p = on_rows(p, body, height);
    let captioned = is_captioned(figure);
    // A bookmark that begins at a picture and ends in another paragraph is lost when LibreOffice saves the file.
    let bookmark = (!captioned).then(|| open_block(&mut p, &mut body.ids, &block.id));
    let drawn = drawn(body, PictureIndex::of(index)).map(|(run, said)| {
        push(&mut p, run);
        said
    });
    if let Some(bookmark) = bookmark {
        close_bookmark(&mut p, bookmark);
    }
    body.emit(&p, Extras { pictures: drawn.as_slice(), ..Extras::default() })
}

fn is_captioned(figure: &Figure) -> bool {
    figure.caption.is_some() || figure.number.is_some()
}

/// Its caption; nothing where it has none.
fn caption(body: &mut Body<'_>, block: &Block, figure: &Figure) -> Result<(), WordError> {
    if !is_captioned(figure) {
        return Ok(());
    }
    let style = variant_id(body.style(StyleName::Caption), Variant::Below);
    let p = body.begin_as(&style, &format!("{} caption", block.id.0));
    let mut p = body.kept(p);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    body.caption(block, &mut p, figure.caption.as_ref());
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras::default())
}

/// A picture of a row, and where it is.
type Member<'a> = (BlockIndex, &'a Block, &'a Figure);

/// Writes pictures side by side: a table without rules, the pictures in its first row, their captions below.
fn row(body: &mut Body<'_>, first: BlockIndex, of: usize) -> Result<(), WordError> {
    let document = body.document;
    let members: Vec<Member<'_>> = document.figures(first, of).collect();
    let sizes: Vec<(Length, Length)> = members.iter().map(|(index, ..)| size(body, PictureIndex::of(*index))).collect();
    let widths: Vec<Length> = sizes.iter().map(|size| size.0).collect();
    let highest = sizes.iter().map(|size| size.1).fold(Length::ZERO, Length::max);
    let columns = column_widths(&picture_columns(&widths, body.template.page.measure()));
    body.part_tables()?;
    open_table(body, &columns);
    // As high as on the page; the captions keep with the pictures by the style of these.
    let height = units::row_height(body.template.rows_of(highest), Length::ZERO, body.template);
    open_row(body, Some(height));
    for (&member, column) in members.iter().zip(&columns) {
        open_cell(body, column, CellFoot::OfStyle);
        picture(body, member, highest)?;
        body.fixed("</w:tc>");
    }
    body.fixed("</w:tr>");
    if members.iter().any(|(.., figure)| is_captioned(figure)) {
        open_row(body, None);
        for (&(_, block, figure), column) in members.iter().zip(&columns) {
            open_cell(body, column, CellFoot::Open);
            if is_captioned(figure) {
                caption(body, block, figure)?;
            } else {
                body.low_paragraph(None)?;
            }
            body.fixed("</w:tc>");
        }
        body.fixed("</w:tr>");
    }
    body.fixed("</w:tbl>");
    body.after_table = true;
    Ok(())
}

fn open_table(body: &mut Body<'_>, columns: &[String]) {
    let mut xml = Xml::default();
    xml.open("w:tblPr", &[]).val("w:tblStyle", id::FIGURES);
    xml.empty("w:tblW", &[("w:w", "0"), ("w:type", "auto")]).empty("w:tblLayout", &[("w:type", "fixed")]);
    xml.close().open("w:tblGrid", &[]);
    for column in columns {
        xml.empty("w:gridCol", &[("w:w", column)]);
    }
    body.fixed("<w:tbl>");
    body.out.push(&xml.finish());
}

fn open_row(body: &mut Body<'_>, height: Option<i64>) {
    let mut xml = Xml::default();
    xml.open("w:trPr", &[]).empty("w:cantSplit", &[]);
    if let Some(height) = height {
        xml.empty("w:trHeight", &[("w:val", &height.to_string()), ("w:hRule", "atLeast")]);
    }
    body.fixed("<w:tr>");
    body.out.push(&xml.finish());
}

/// What is at the foot of a cell that is higher than what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellFoot {
    /// A picture, by the table's style.
    OfStyle,
    /// Nothing: captions begin on one row.
    Open,
}

fn open_cell(body: &mut Body<'_>, width: &str, foot: CellFoot) {
    let mut xml = Xml::default();
    xml.open("w:tcPr", &[]).empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
    if foot == CellFoot::Open {
        xml.val("w:vAlign", "top");
    }
    body.fixed("<w:tc>");
    body.out.push(&xml.finish());
}

/// Widths in twips whose edges are where they are in print.
fn column_widths(columns: &[Length]) -> Vec<String> {
    let mut edge = Length::ZERO;
    let mut last = 0;
    let width = |&column: &Length| {
        edge += column;
        let at = units::twips(edge);
        let width = (at - last).max(1).to_string();
        last = at;
        width
    };
    columns.iter().map(width).collect()
}

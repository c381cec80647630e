//! The parts of an official document below its text (GB/T 9704 clause 7): attachment note, imprint.

use super::body::Body;
use super::inline::{close_bookmark, name_number, open_block, push};
use super::order::Extras;
use super::tree;
use crate::docx::styles::{Variant, ems, hanging_indent, id, note_indents, variant_id};
use crate::docx::xml::Xml;
use crate::docx::{WordError, units};
use crate::model::{AttachmentName, Block, Imprint, Text};
use crate::template::StyleName;

/// Writes the names of the attachments, a paragraph each: the numbers are below one another, and what turns over
/// is below the first character of its name (7.3.4).
pub(super) fn attachment_note(body: &mut Body<'_>, block: &Block, names: &[AttachmentName]) -> Result<(), WordError> {
    let style = body.style(StyleName::AttachmentNote);
    let indents = note_indents(style, names);
    for (at, name) in names.iter().enumerate() {
        let seed = format!("{} {at}", block.id.0);
        // The row above belongs to the first of them.
        let id = if at == 0 { style.word.id.clone() } else { variant_id(style, Variant::Next) };
        // Those of more than half a page may be divided.
        let together = at + 1 == names.len() || names.len() <= body.template.grid.lines as usize / 2;
        let mut p = body.begin_as(&id, &seed);
        if together && body.goes_with_next() {
            p = p.keep_next(true);
        }
        let bookmark = (at == 0).then(|| open_block(&mut p, &mut body.ids, &block.id));
        body.inline.text(&mut p, &mut body.ids, &name.label, None);
        if let Some(count) = u32::try_from(at + 1).ok().filter(|_| !name.number.is_empty()) {
            name_number(&mut p, body.template.numbering.names(), count);
        }
        body.inline.text(&mut p, &mut body.ids, &name.name, None);
        if let Some(bookmark) = bookmark {
            close_bookmark(&mut p, bookmark);
        }
        // Numbers of two digits are wider than those that the style is made for.
        let own = indents.get(at).filter(|own| indents.get(at.min(1)) != Some(own));
        let own = own.map(|&(left, hanging)| {
            let mut xml = Xml::default();
            hanging_indent(&mut xml, left, hanging, style.size);
            xml.finish()
        });
        body.emit(&p, Extras { indent: own.as_ref(), ..Extras::default() })?;
    }
    Ok(())
}

/// Writes who was there, in a style of an id: what turns over is below the first name (10.3).
pub(super) fn attendance(
    body: &mut Body<'_>,
    block: &Block,
    style_id: &str,
    label: &Text,
    text: &Text,
) -> Result<(), WordError> {
    let (style, look) = (body.style(StyleName::Attendance), body.style(StyleName::AttendanceLabel));
    let mut p = body.begin_as(style_id, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    body.inline.text(&mut p, &mut body.ids, label, Some(&variant_id(look, Variant::Run)));
    body.inline.text(&mut p, &mut body.ids, text, None);
    close_bookmark(&mut p, bookmark);
    let hang = ems(&label.plain());
    let mut xml = Xml::default();
    hanging_indent(&mut xml, style.indent_left + style.first_line + hang, hang, style.size);
    body.emit(&p, Extras { indent: Some(&xml.finish()), ..Extras::default() })
}

/// Writes the imprint: a table that its style rules, at the foot of the page.
pub(super) fn imprint(body: &mut Body<'_>, block: &Block, imprint: &Imprint) -> Result<(), WordError> {
    // What floats is bound to the paragraph before it in LibreOffice, which would be on another page.
    body.low_paragraph(None)?;
    let page = &body.template.page;
    // On an even page, whose left edge is another where margins are mirrored.
    let (width, left) = (units::twips(page.measure()).to_string(), units::twips(page.left(2)).to_string());
    let mut xml = Xml::default();
    xml.open("w:tblPr", &[]).val("w:tblStyle", id::IMPRINT);
    xml.empty(
        "w:tblpPr",
        &[("w:vertAnchor", "margin"), ("w:horzAnchor", "page"), ("w:tblpX", &left), ("w:tblpYSpec", "bottom")],
    );
    xml.empty("w:tblW", &[("w:w", &width), ("w:type", "dxa")]);
    xml.empty("w:tblLayout", &[("w:type", "fixed")]);
    xml.close().open("w:tblGrid", &[]).empty("w:gridCol", &[("w:w", &width)]);
    let properties = xml.finish();
    body.fixed("<w:tbl>");
    body.out.push(&properties);
    if imprint.sent.is_some() || imprint.copies.is_some() {
        // Between addressees and copies there is no rule (7.4.2): they share a cell.
        open_row(body, &width);
        let style = variant_id(body.style(StyleName::Imprint), Variant::Copies);
        let mut named = body.template.imprint.printed;
        for (seed, list) in [("sent", &imprint.sent), ("copies", &imprint.copies)] {
            let Some(list) = list else { continue };
            let mut p = body.begin_as(&style, &format!("{} {seed}", block.id.0));
            // Without a row of its printing the first has the block's name.
            let bookmark = (!named).then(|| open_block(&mut p, &mut body.ids, &block.id));
            named = true;
            for text in list.texts() {
                body.inline.text(&mut p, &mut body.ids, text, None);
            }
            if let Some(bookmark) = bookmark {
                close_bookmark(&mut p, bookmark);
            }
            body.emit(&p, Extras::default())?;
        }
        body.fixed("</w:tc></w:tr>");
    }
    if !body.template.imprint.printed {
        body.fixed("</w:tbl>");
        body.after_table = true;
        return Ok(());
    }
    open_row(body, &width);
    // Office at the left, date at the right, by the tab of the style (7.4.3).
    let mut p = body.begin(StyleName::Imprint, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    body.inline.text(&mut p, &mut body.ids, &imprint.office, None);
    push(&mut p, tree::run(None).add_tab());
    body.inline.text(&mut p, &mut body.ids, &imprint.date, None);
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras::default())?;
    body.fixed("</w:tc></w:tr></w:tbl>");
    body.after_table = true;
    Ok(())
}

fn open_row(body: &mut Body<'_>, width: &str) {
    body.fixed("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    let mut xml = Xml::default();
    xml.open("w:tcPr", &[]).empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
    body.fixed("<w:tc>");
    body.out.push(&xml.finish());
}

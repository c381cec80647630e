//! The parts of an official document (GB/T 9704 clause 7): red head, attachment note, signature, imprint.

use super::body::Body;
use super::inline::{close_bookmark, name_number, open_block, push};
use super::lines::all_lines;
use super::order::Extras;
use super::tree;
use crate::docx::styles::{Variant, ems, hanging_indent, id, note_indents, variant_id};
use crate::docx::xml::{Markup, Xml};
use crate::docx::{WordError, units};
use crate::model::{AttachmentName, Block, Imprint, Length, RedHead, Text};
use crate::template::{Style, StyleName, signature_indents};

/// Writes the head: marks at the left, the issuing authority in red, the number, and who signs an upward document.
pub(super) fn red_head(body: &mut Body<'_>, block: &Block, head: &RedHead, breaks: &[usize]) -> Result<(), WordError> {
    let marks = [
        (StyleName::CopyNumber, &head.copy_number),
        (StyleName::HeadMark, &head.classification),
        (StyleName::HeadMark, &head.urgency),
    ];
    for (at, (style, text)) in marks.into_iter().enumerate() {
        if let Some(text) = text {
            line(body, style, &format!("{} mark {at}", block.id.0), text)?;
        }
    }
    let mut p = body.begin(StyleName::Authority, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    let authority = all_lines(&head.authority, head.before_authority(), breaks);
    let style = body.style(StyleName::Authority);
    body.write_lines(&mut p, style, &authority);
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras::default())?;

    let number = body.style(StyleName::DocumentNumber);
    let seed = format!("{} number", block.id.0);
    match &head.signer {
        None => line(body, StyleName::DocumentNumber, &seed, &head.number),
        Some(signer) => {
            // Left and right of one line, by the tab of the style (7.2.5, 7.2.6).
            let mut p = body.begin_as(&variant_id(number, Variant::Upward), &seed);
            body.inline.text(&mut p, &mut body.ids, &head.number, None);
            push(&mut p, tree::run(None).add_tab());
            let name = variant_id(body.style(StyleName::Signer), Variant::Run);
            // The label in the letters of the number, the name in its own (7.2.6).
            body.inline.text(&mut p, &mut body.ids, &signer.label, None);
            body.inline.text(&mut p, &mut body.ids, &signer.text, Some(&name));
            body.emit(&p, Extras::default())
        }
    }
}

/// Writes the names of the attachments, a paragraph each: the numbers stand below one another, and what turns over
/// stands below the first character of its name (7.3.4).
pub(super) fn attachment_note(body: &mut Body<'_>, block: &Block, names: &[AttachmentName]) -> Result<(), WordError> {
    let style = body.style(StyleName::AttachmentNote);
    let indents = note_indents(style, names);
    for (at, name) in names.iter().enumerate() {
        let seed = format!("{} {at}", block.id.0);
        // The row above belongs to the first of them.
        let id = if at == 0 { style.word.id.clone() } else { variant_id(style, Variant::Next) };
        let mut p = body.begin_as(&id, &seed);
        let bookmark = (at == 0).then(|| open_block(&mut p, &mut body.ids, &block.id));
        body.inline.text(&mut p, &mut body.ids, &name.label, None);
        if let Some(count) = u32::try_from(at + 1).ok().filter(|_| !name.number.is_empty()) {
            name_number(&mut p, &body.template.numbering.lists, count);
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

/// Writes who signs, and the date below; how far each stands from the edges depends on how long both are (7.3.5).
///
/// With a seal both are centred about the middle of the date, without one the date is set from where the authority begins: so they
/// stay together in programs that give digits other room.
pub(super) fn signature(
    body: &mut Body<'_>,
    block: &Block,
    authority: &Text,
    date: &Text,
    sealed: bool,
) -> Result<(), WordError> {
    let (signature, dated) = (body.style(StyleName::Signature), body.style(StyleName::SignatureDate));
    let (names, digits) = (ems(&authority.plain()), ems(&date.plain()));
    let (first, second) = signature_indents(body.template, names, digits, sealed);
    let room = |style: &Style| body.template.page.measure() / style.size;
    // An authority that is too long for that stands at the right edge.
    let width = second * 2.0 + digits;
    let (styles, indents) = if sealed && names <= width {
        let styles = (variant_id(signature, Variant::Sealed), variant_id(dated, Variant::Sealed));
        let indent = |style: &Style| side_indent("left", room(style) - width, style.size, true);
        (styles, (indent(signature), indent(dated)))
    } else if sealed {
        let styles = (signature.word.id.clone(), dated.word.id.clone());
        (styles, (side_indent("right", first, signature.size, false), side_indent("right", second, dated.size, false)))
    } else {
        let styles = (signature.word.id.clone(), variant_id(dated, Variant::Unsealed));
        let left = (room(dated) - second - digits).max(0.0);
        (styles, (side_indent("right", first, signature.size, false), side_indent("left", left, dated.size, true)))
    };
    let mut p = body.begin_as(&styles.0, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    body.inline.text(&mut p, &mut body.ids, authority, None);
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras { indent: Some(&indents.0), ..Extras::default() })?;
    let mut p = body.begin_as(&styles.1, &format!("{} date", block.id.0));
    body.inline.text(&mut p, &mut body.ids, date, None);
    body.emit(&p, Extras { indent: Some(&indents.1), ..Extras::default() })
}

/// An indent of so many em on one side. `alone`: the other side has none.
fn side_indent(side: &str, em: f64, size: Length, alone: bool) -> Markup {
    let (chars, twips) = (units::hundredths(em).to_string(), units::chars(em, size).to_string());
    let (by_chars, by_twips) = (format!("w:{side}Chars"), format!("w:{side}"));
    let mut attributes = vec![(by_chars.as_str(), chars.as_str()), (by_twips.as_str(), twips.as_str())];
    if alone {
        let other = if side == "left" {
            [("w:rightChars", "0"), ("w:right", "0")]
        } else {
            [("w:leftChars", "0"), ("w:left", "0")]
        };
        attributes.extend(other);
    }
    let mut xml = Xml::default();
    xml.empty("w:ind", &attributes);
    xml.finish()
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
    if let Some(copies) = &imprint.copies {
        open_row(body, &width);
        let style = variant_id(body.style(StyleName::Imprint), Variant::Copies);
        let mut p = body.begin_as(&style, &format!("{} copies", block.id.0));
        for text in copies.texts() {
            body.inline.text(&mut p, &mut body.ids, text, None);
        }
        body.emit(&p, Extras::default())?;
        body.fixed("</w:tc></w:tr>");
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

fn line(body: &mut Body<'_>, style: StyleName, seed: &str, text: &Text) -> Result<(), WordError> {
    let mut p = body.begin(style, seed);
    body.inline.text(&mut p, &mut body.ids, text, None);
    body.emit(&p, Extras::default())
}

//! The red head of an official document (GB/T 9704 7.2).

use super::body::Body;
use super::inline::{close_bookmark, open_block, push};
use super::lines::all_lines;
use super::order::Extras;
use super::tree;
use crate::docx::styles::{SLACK, Variant, authority_frame, ems, id, variant_id};
use crate::docx::xml::Xml;
use crate::docx::{WordError, units};
use crate::model::{Block, RedHead, Text};
use crate::template::StyleName;
use docx_rs::Paragraph;

/// Writes the head: marks at the left, the issuing authority in red, the number, and who signs an upward document.
pub(super) fn red_head(body: &mut Body<'_>, block: &Block, head: &RedHead, breaks: &[usize]) -> Result<(), WordError> {
    if body.template.head.letter.is_some() {
        return letter(body, block, head, breaks);
    }
    for (at, (style, text)) in marks(head).into_iter().enumerate() {
        if let Some(text) = text {
            line(body, style, &format!("{} mark {at}", block.id.0), text)?;
        }
    }
    match &head.beside {
        Some(beside) => joint(body, block, head, beside)?,
        None => authority(body, block, head, breaks)?,
    }
    let number = body.style(StyleName::DocumentNumber);
    let seed = format!("{} number", block.id.0);
    match &head.signer {
        None => line(body, StyleName::DocumentNumber, &seed, &head.number),
        Some(signer) if head.cosigners.is_empty() => {
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
        Some(signer) => {
            let mut p = body.begin_as(&variant_id(number, Variant::Upward), &seed);
            signers(body, &mut p, head, &signer.label);
            body.emit(&p, Extras::default())
        }
    }
}

/// 份号, 密级, 紧急程度 with their styles.
fn marks(head: &RedHead) -> [(StyleName, &Option<Text>); 3] {
    [
        (StyleName::CopyNumber, &head.copy_number),
        (StyleName::HeadMark, &head.classification),
        (StyleName::HeadMark, &head.urgency),
    ]
}

/// Writes the authority, a line or more.
fn authority(body: &mut Body<'_>, block: &Block, head: &RedHead, breaks: &[usize]) -> Result<(), WordError> {
    let mut p = body.begin(StyleName::Authority, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    let authority = all_lines(&head.authority, head.before_authority(), breaks);
    let style = body.style(StyleName::Authority);
    body.write_lines(&mut p, style, &authority);
    close_bookmark(&mut p, bookmark);
    let size = body.printed.head().map_or(style.size, |head| head.size);
    let shape = (marks(head).iter().filter(|(_, text)| text.is_some()).count() as u32, authority.len() as u32, size);
    let frame = body.template.head.letter.as_ref().map(|letter| authority_frame(body.template, letter, shape));
    body.emit(&p, Extras { frame: frame.as_ref(), ..Extras::default() })
}

/// Writes the head of a letter (10.1): the authority in its frame, and below the rules the marks at the left, the number at the right of
/// the first row.
fn letter(body: &mut Body<'_>, block: &Block, head: &RedHead, breaks: &[usize]) -> Result<(), WordError> {
    authority(body, block, head, breaks)?;
    let seed = format!("{} number", block.id.0);
    let mut marks = marks(head).into_iter().filter_map(|(style, text)| Some((style, text.as_ref()?)));
    let Some((style, mark)) = marks.next() else {
        return line(body, StyleName::DocumentNumber, &seed, &head.number);
    };
    let letters = variant_id(body.style(style), Variant::Run);
    let mut p = body.begin_as(&variant_id(body.style(StyleName::DocumentNumber), Variant::Letter), &seed);
    body.inline.text(&mut p, &mut body.ids, mark, Some(&letters));
    push(&mut p, tree::run(None).add_tab());
    body.inline.text(&mut p, &mut body.ids, &head.number, None);
    body.emit(&p, Extras::default())?;
    for (at, (style, text)) in marks.enumerate() {
        line(body, style, &format!("{} mark {at}", block.id.0), text)?;
    }
    Ok(())
}

/// Writes several signers in rows, the number on the last of them, each at its tab of the style (7.2.6).
fn signers(body: &mut Body<'_>, p: &mut Paragraph, head: &RedHead, label: &Text) {
    let name = variant_id(body.style(StyleName::Signer), Variant::Run);
    let rows: Vec<Vec<&Text>> = head.rows_of_signers().collect();
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            push(p, tree::line_end());
            // To where the first line is indented by its style.
            push(p, tree::run(None).add_tab());
        }
        if at + 1 == rows.len() {
            body.inline.text(p, &mut body.ids, &head.number, None);
        }
        push(p, tree::run(None).add_tab());
        if at == 0 {
            body.inline.text(p, &mut body.ids, label, None);
        } else {
            push(p, tree::run(None).add_tab());
        }
        for (column, signer) in row.iter().enumerate() {
            if column > 0 {
                push(p, tree::run(None).add_tab());
            }
            body.inline.text(p, &mut body.ids, signer, Some(&name));
        }
    }
}

/// Writes several authorities and what is beside them, in the two cells of a table without rules (7.2.4).
fn joint(body: &mut Body<'_>, block: &Block, head: &RedHead, beside: &Text) -> Result<(), WordError> {
    let set = body.printed.head().unwrap_or_default();
    let aside = set.size * (body.template.head.beside + ems(&beside.plain()));
    let widths = [set.names, aside].map(|width| units::twips(width) + 2 * SLACK);
    let mut xml = Xml::default();
    xml.open("w:tblPr", &[]).val("w:tblStyle", id::JOINT);
    let all = widths.iter().sum::<i64>().to_string();
    xml.empty("w:tblW", &[("w:w", &all), ("w:type", "dxa")]).val("w:jc", "center");
    xml.empty("w:tblLayout", &[("w:type", "fixed")]);
    xml.close().open("w:tblGrid", &[]);
    let widths = widths.map(|width| width.to_string());
    for width in &widths {
        xml.empty("w:gridCol", &[("w:w", width)]);
    }
    let properties = xml.finish();
    body.fixed("<w:tbl>");
    body.out.push(&properties);
    body.fixed("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    let style = body.style(StyleName::Authority);
    let names = variant_id(style, Variant::Names);
    open_cell(body, &widths[0]);
    for (at, name) in head.authority.iter().enumerate() {
        let seed = if at == 0 { block.id.0.clone() } else { format!("{} authority {at}", block.id.0) };
        let mut p = body.begin_as(&names, &seed);
        let bookmark = (at == 0).then(|| open_block(&mut p, &mut body.ids, &block.id));
        body.inline.text(&mut p, &mut body.ids, name, None);
        if let Some(bookmark) = bookmark {
            close_bookmark(&mut p, bookmark);
        }
        body.emit(&p, Extras::default())?;
    }
    body.fixed("</w:tc>");
    open_cell(body, &widths[1]);
    let mut p = body.begin_as(&variant_id(style, Variant::Beside), &format!("{} beside", block.id.0));
    body.inline.text(&mut p, &mut body.ids, beside, None);
    body.emit(&p, Extras::default())?;
    body.fixed("</w:tc></w:tr></w:tbl>");
    Ok(())
}

fn open_cell(body: &mut Body<'_>, width: &str) {
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

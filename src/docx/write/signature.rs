//! Who signs an official document, and when (GB/T 9704 7.3.5).

use super::body::Body;
use super::inline::{close_bookmark, open_block, push};
use super::order::Extras;
use super::tree;
use crate::docx::styles::{Variant, ems, tabs, variant_id};
use crate::docx::xml::{Markup, Xml};
use crate::docx::{WordError, units};
use crate::model::{Block, Length, Sealing, Text};
use crate::template::{Style, StyleName, seal_places, sealed_indents, stamp_place, unsealed_indents};
use docx_rs::Paragraph;

/// Writes who signs, and the date below. How far each is from the edges depends on how long both are (7.3.5).
///
/// With a seal both are centred about the middle of the date, without one the date is set from where the authority begins: so they
/// stay together in programs that give digits other room.
pub(super) fn signature(
    body: &mut Body<'_>,
    block: &Block,
    authorities: &[Text],
    date: &Text,
    sealing: Sealing,
) -> Result<(), WordError> {
    let sealed = sealing == Sealing::Seal;
    let authority = match authorities {
        _ if sealing == Sealing::Stamp => return beside_stamps(body, block, authorities, date),
        [authority] => authority,
        _ if sealed => return under_seals(body, block, authorities, date),
        _ => return below_one_another(body, block, authorities, date),
    };
    let (signature, dated) = (body.style(StyleName::Signature), body.style(StyleName::SignatureDate));
    let (names, digits) = widths(body, authorities, date);
    let names = names.first().map_or(0.0, |width| *width / signature.size);
    let digits = digits / dated.size;
    let (first, second) = if sealed {
        sealed_indents(body.template, names, digits)
    } else {
        unsealed_indents(body.template, names, digits)
    };
    let room = |style: &Style| body.template.page.measure() / style.size;
    // An authority that is too long for that is at the right edge.
    let width = second * 2.0 + digits;
    let (styles, indents) = if sealed && names <= width {
        let styles = (variant_id(signature, Variant::Sealed), variant_id(dated, Variant::Sealed));
        let indent = |style: &Style| only_left(room(style) - width, style.size);
        (styles, (indent(signature), indent(dated)))
    } else if sealed {
        let styles = (signature.word.id.clone(), dated.word.id.clone());
        (styles, (right(first, signature.size), right(second, dated.size)))
    } else {
        let styles = (signature.word.id.clone(), variant_id(dated, Variant::Unsealed));
        let left = (room(dated) - second - digits).max(0.0);
        (styles, (right(first, signature.size), left_with_room(left, second, dated.size)))
    };
    let mut p = body.begin_as(&styles.0, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    body.inline.text(&mut p, &mut body.ids, authority, None);
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras { indent: Some(&indents.0), ..Extras::default() })?;
    let mut p = date_paragraph(body, block, &styles.1);
    body.inline.text(&mut p, &mut body.ids, date, None);
    body.emit(&p, Extras { indent: Some(&indents.1), ..Extras::default() })
}

/// How wide the authorities and the date are: as they were printed, else as wide as their characters are counted.
fn widths(body: &Body<'_>, authorities: &[Text], date: &Text) -> (Vec<Length>, Length) {
    if let Some((authorities, date)) = body.printed.signature(body.index) {
        return (authorities.to_vec(), date);
    }
    let counted = |name: StyleName, text: &Text| body.style(name).size * ems(&text.plain());
    let names = authorities.iter().map(|name| counted(StyleName::Signature, name)).collect();
    (names, counted(StyleName::SignatureDate, date))
}

/// Writes posts, each in the middle of the height of its name stamp, and the date a row below (7.3.5.3).
fn beside_stamps(body: &mut Body<'_>, block: &Block, posts: &[Text], date: &Text) -> Result<(), WordError> {
    let (signature, dated) = (body.style(StyleName::Signature), body.style(StyleName::SignatureDate));
    let indent = right(stamp_place(body.template).right, signature.size);
    for (at, post) in posts.iter().enumerate() {
        let variant = if at == 0 { Variant::Stamped } else { Variant::NextStamped };
        let seed = if at == 0 { block.id.0.clone() } else { format!("{} post {at}", block.id.0) };
        let mut p = body.begin_as(&variant_id(signature, variant), &seed);
        let bookmark = (at == 0).then(|| open_block(&mut p, &mut body.ids, &block.id));
        body.inline.text(&mut p, &mut body.ids, post, None);
        if let Some(bookmark) = bookmark {
            close_bookmark(&mut p, bookmark);
        }
        body.emit(&p, Extras { indent: Some(&indent), ..Extras::default() })?;
    }
    let mut p = date_paragraph(body, block, &variant_id(dated, Variant::Stamped));
    body.inline.text(&mut p, &mut body.ids, date, None);
    body.emit(&p, Extras::default())
}

/// The paragraph of the date. A 附注 in brackets below it stays on its page.
fn date_paragraph(body: &mut Body<'_>, block: &Block, style: &str) -> Paragraph {
    let p = body.begin_as(style, &format!("{} date", block.id.0));
    if body.is_noted() { p.keep_next(true) } else { p }
}

/// An indent of so many em on the right.
fn right(em: f64, size: Length) -> Markup {
    let twips = units::chars(em, size).to_string();
    indent(&[("w:rightChars", "0"), ("w:right", &twips)])
}

/// An indent on the left for a date with `behind` em free after it. Programs set digits wider or narrower than print: a date that
/// fits exactly would break, so it may reach an em over the margin.
fn left_with_room(em: f64, behind: f64, size: Length) -> Markup {
    let over = units::chars((1.0 - behind).max(0.0), size);
    let (left, right) = (units::chars(em, size).to_string(), (-over).to_string());
    indent(&[("w:leftChars", "0"), ("w:left", &left), ("w:rightChars", "0"), ("w:right", &right)])
}

/// An indent of so many em on the left, and none on the right.
fn only_left(em: f64, size: Length) -> Markup {
    let twips = units::chars(em, size).to_string();
    indent(&[("w:leftChars", "0"), ("w:left", &twips), ("w:rightChars", "0"), ("w:right", "0")])
}

fn indent(attributes: &[(&str, &str)]) -> Markup {
    let mut xml = Xml::default();
    xml.empty("w:ind", attributes);
    xml.finish()
}

/// Writes several authorities in rows, each in the middle of its seal's place, the date below the last (7.3.5.1).
fn under_seals(body: &mut Body<'_>, block: &Block, authorities: &[Text], date: &Text) -> Result<(), WordError> {
    let (signature, dated) = (body.style(StyleName::Signature), body.style(StyleName::SignatureDate));
    let (names, digits) = widths(body, authorities, date);
    let places = seal_places(body.template, &names, digits);
    let mut xml = Xml::default();
    tabs(&mut xml, "center", places.columns.iter().copied().map(units::twips));
    let tabs = xml.finish();
    let extras = Extras { tabs: Some(&tabs), ..Extras::default() };
    let across = places.columns.len().max(1);
    for (at, row) in authorities.chunks(across).enumerate() {
        let variant = if at == 0 { Variant::Seals } else { Variant::NextSeals };
        let seed = if at == 0 { block.id.0.clone() } else { format!("{} row {at}", block.id.0) };
        let mut p = body.begin_as(&variant_id(signature, variant), &seed);
        let bookmark = (at == 0).then(|| open_block(&mut p, &mut body.ids, &block.id));
        for _ in 0..places.column(at * across, authorities.len()) {
            push(&mut p, tree::run(None).add_tab());
        }
        for name in row {
            push(&mut p, tree::run(None).add_tab());
            body.inline.text(&mut p, &mut body.ids, name, None);
        }
        if let Some(bookmark) = bookmark {
            close_bookmark(&mut p, bookmark);
        }
        body.emit(&p, extras)?;
    }
    let mut p = date_paragraph(body, block, &variant_id(dated, Variant::Seals));
    for _ in 0..across {
        push(&mut p, tree::run(None).add_tab());
    }
    body.inline.text(&mut p, &mut body.ids, date, None);
    body.emit(&p, extras)
}

/// Writes several authorities one below the other, the one in charge first, the date two characters in (7.3.5.2).
fn below_one_another(body: &mut Body<'_>, block: &Block, authorities: &[Text], date: &Text) -> Result<(), WordError> {
    let (signature, dated) = (body.style(StyleName::Signature), body.style(StyleName::SignatureDate));
    let (names, digits) = widths(body, authorities, date);
    let names = names.iter().map(|width| *width / signature.size).fold(0.0, f64::max);
    let digits = digits / dated.size;
    let (first, second) = unsealed_indents(body.template, names, digits);
    let left = |style: &Style, right: f64, wide: f64| {
        let room = body.template.page.measure() / style.size;
        left_with_room((room - right - wide).max(0.0), right, style.size)
    };
    let (first, second) = (left(signature, first, names), left(dated, second, digits));
    for (at, name) in authorities.iter().enumerate() {
        let variant = if at == 0 { Variant::Unsealed } else { Variant::Next };
        let seed = if at == 0 { block.id.0.clone() } else { format!("{} authority {at}", block.id.0) };
        let mut p = body.begin_as(&variant_id(signature, variant), &seed);
        let bookmark = (at == 0).then(|| open_block(&mut p, &mut body.ids, &block.id));
        body.inline.text(&mut p, &mut body.ids, name, None);
        if let Some(bookmark) = bookmark {
            close_bookmark(&mut p, bookmark);
        }
        body.emit(&p, Extras { indent: Some(&first), ..Extras::default() })?;
    }
    let mut p = date_paragraph(body, block, &variant_id(dated, Variant::Unsealed));
    body.inline.text(&mut p, &mut body.ids, date, None);
    body.emit(&p, Extras { indent: Some(&second), ..Extras::default() })
}

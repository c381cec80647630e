//! The cover and the glossary.

use super::body::Body;
use super::inline::{close_bookmark, open_block};
use super::lines::all_lines;
use super::numbering::Direct;
use super::order::Extras;
use crate::docx::WordError;
use crate::docx::styles::{Variant, variant_id};
use crate::model::{Block, Cover, Text};
use crate::template::StyleName;
use docx_rs::{IndentLevel, NumberingId};

/// Writes a cover: its title, what is below it, and who issues it when, at the foot of the page by their style.
pub(super) fn cover(body: &mut Body<'_>, block: &Block, cover: &Cover, breaks: &[usize]) -> Result<(), WordError> {
    let titles: usize = cover.title.iter().map(Text::len).sum();
    let mut p = body.begin(StyleName::CoverTitle, &block.id.0);
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    let lines = all_lines(&cover.title, 0, breaks);
    let style = body.style(StyleName::CoverTitle);
    body.write_lines(&mut p, style, &lines);
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras::default())?;
    let rest = [
        (StyleName::CoverSubtitle, &cover.subtitle),
        (StyleName::CoverLine, &cover.authority),
        (StyleName::CoverLine, &cover.date),
    ];
    let mut start = titles;
    // The first line at the foot carries the space above it.
    let mut footed = false;
    for (at, (style, text)) in rest.into_iter().enumerate() {
        let Some(text) = text else { continue };
        let lines = all_lines(std::slice::from_ref(text), start, breaks);
        start += text.len();
        let seed = format!("{} line {at}", block.id.0);
        let foot = style == StyleName::CoverLine && !footed;
        footed |= foot;
        let mut p = if foot {
            let id = variant_id(body.style(style), Variant::Foot);
            body.begin_as(&id, &seed)
        } else {
            body.begin(style, &seed)
        };
        let style = body.style(style);
        body.write_lines(&mut p, style, &lines);
        body.emit(&p, Extras::default())?;
    }
    Ok(())
}

/// Writes a term of the glossary, numbered by Word.
pub(super) fn term(
    body: &mut Body<'_>,
    block: &Block,
    direct: Option<Direct>,
    term: &Text,
    text: &Text,
) -> Result<(), WordError> {
    let mut p = body.begin(StyleName::GlossaryEntry, &block.id.0);
    if let Some(Direct { num, level }) = direct {
        p = p.numbering(NumberingId::new(num), IndentLevel::new(level));
    }
    let bookmark = open_block(&mut p, &mut body.ids, &block.id);
    body.inline.text(&mut p, &mut body.ids, term, None);
    body.inline.text(&mut p, &mut body.ids, text, None);
    close_bookmark(&mut p, bookmark);
    body.emit(&p, Extras::default())
}

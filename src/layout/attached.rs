//! The mark and title of an attachment, where they share a page with what it begins with.
//!
//! A wide table, picture or chart has pages of its own; mark and title are above it on the first of them, and lie as it does.

use super::flow::Flow;
use super::pages::{Foot, Unit, UnitKind};
use super::units::{title_on, with_notes};
use crate::model::{Block, BlockIndex, BlockKind, Length, Lie};
use crate::template::{Align, StyleName};

/// The units of the mark and title of the attachment that a block begins.
pub(super) fn heads(flow: &mut Flow<'_>, index: BlockIndex, lie: Lie) -> Vec<Unit> {
    let document = flow.document;
    let begun = document.attachment_begun_by(index);
    begun.into_iter().flat_map(|part| head(flow, part, lie)).collect()
}

/// How many rows of its page these take, with the footnotes that they call.
pub(super) fn rows(flow: &mut Flow<'_>, index: BlockIndex, lie: Lie) -> u32 {
    // What is wrong with them is told where they are set.
    let told = flow.diagnostics.len();
    let units = heads(flow, index, lie);
    flow.diagnostics.truncate(told);
    let notes = units.iter().fold(Foot::default(), |foot, unit| foot.and(unit.cell.notes));
    let rows: u32 = units.iter().skip_while(|unit| unit.cell.kind == UnitKind::Blank).map(|unit| unit.cell.rows).sum();
    rows + flow.notes.room(flow.template.lines(lie)).rows_of(notes.lines())
}

fn head(flow: &mut Flow<'_>, (index, block): (BlockIndex, &Block), lie: Lie) -> Vec<Unit> {
    let template = flow.template;
    let (text, name) = match &block.kind {
        BlockKind::AttachmentMark { text, .. } => (text, StyleName::AttachmentMark),
        BlockKind::AttachmentTitle(text) => (text, StyleName::AttachmentTitle),
        _ => return Vec::new(),
    };
    let style = template.style(name);
    let wider = template.measure(lie) - template.page.measure();
    let mut units = title_on(flow, (index, block), std::slice::from_ref(text), style, wider);
    let right = match style.align {
        Align::Left | Align::Justify => Length::ZERO,
        Align::Center => wider / 2.0,
        Align::Right => wider,
    };
    for line in units.iter_mut().flat_map(|unit| &mut unit.lines) {
        line.x += right;
    }
    with_notes(flow, (index, block), units)
}

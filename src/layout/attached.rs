//! What shares its page with the table, picture or chart below it: a title, headings, the mark and title of an attachment.
//!
//! Where it leaves no room for them, one page has them alone, or the caption, and the next what is below. A wide table, picture or chart has pages of its own; mark and title are above it on the first of them, and lie as it does.

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

/// How many rows the title and headings right above the next block take, once this one is set.
pub(super) fn headed(flow: &Flow<'_>, block: &Block, units: &[Unit]) -> u32 {
    let heads = matches!(
        &block.kind,
        BlockKind::Title(_)
            | BlockKind::Heading { run_in: None, .. }
            | BlockKind::AttachmentMark { .. }
            | BlockKind::AttachmentTitle(_)
    );
    if !heads {
        return 0;
    }
    // Blank rows at the head of a page are left out.
    let begun = |unit: &&Unit| unit.cell.kind != UnitKind::Lines && flow.headed == 0;
    flow.headed + taken(flow, units.iter().skip_while(begun), Lie::Upright)
}

/// How many rows of its page the title and headings right above a block take, with the footnotes that they call; on a page that lies on
/// its side, the mark and title of an attachment.
pub(super) fn rows(flow: &mut Flow<'_>, index: BlockIndex, lie: Lie) -> u32 {
    if lie == Lie::Upright {
        return flow.headed;
    }
    // What is wrong with them is told where they are set.
    let told = flow.diagnostics.len();
    let units = heads(flow, index, lie);
    flow.diagnostics.truncate(told);
    taken(flow, units.iter().skip_while(|unit| unit.cell.kind == UnitKind::Blank), lie)
}

/// The rows of units and of the footnotes that they call.
fn taken<'u>(flow: &Flow<'_>, units: impl Iterator<Item = &'u Unit>, lie: Lie) -> u32 {
    let (rows, notes) =
        units.fold((0, Foot::default()), |(rows, foot), unit| (rows + unit.cell.rows, foot.and(unit.cell.notes)));
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

//! What blocks ask of their neighbours on the pages: headings of the text below them, signatures of the text above.

use super::pages::{BlockVariants, Foot, Room, Unit, UnitKind, UnitMetrics};
use crate::model::{Block, BlockIndex, BlockKind, Document};

/// What blocks ask of their neighbours.
pub(super) fn keep_together(blocks: &[&Block], rows: u32, variants: &mut [BlockVariants]) {
    keep_with_short(variants);
    keep_with_signatures(blocks, rows, variants);
    keep_with_dates(blocks, variants);
}

/// The 附注 in brackets is on the row below the date (GB/T 9704 7.3.6): no page ends between them.
fn keep_with_dates(blocks: &[&Block], variants: &mut [BlockVariants]) {
    let is_lines = |cell: &&mut UnitMetrics| cell.kind == UnitKind::Lines;
    for (pair, block) in blocks.windows(2).zip(variants) {
        if !matches!(pair[0].kind, BlockKind::Signature { .. }) || !pair[1].kind.is_bracketed() {
            continue;
        }
        for variant in &mut block.variants {
            if let Some(date) = variant.cells.iter_mut().rfind(is_lines) {
                date.keep_next = date.keep_next.max(1);
            }
        }
    }
}

/// A heading keeps with two lines of what follows, or with all of it where that is less: a single line, a picture.
fn keep_with_short(variants: &mut [BlockVariants]) {
    let is_lines = |cell: &&UnitMetrics| cell.kind == UnitKind::Lines;
    let count = |block: &BlockVariants| {
        block.variants.first().map_or(0, |variant| variant.cells.iter().filter(is_lines).count())
    };
    let following: Vec<u32> = variants.iter().skip(1).map(|block| count(block) as u32).collect();
    for (block, following) in variants.iter_mut().zip(following).filter(|(_, following)| *following > 0) {
        for variant in &mut block.variants {
            if let Some(last) = variant.cells.iter_mut().rfind(|cell| cell.kind == UnitKind::Lines) {
                last.keep_next = last.keep_next.min(following);
            }
        }
    }
}

/// No signature is on a page without text (GB/T 9704 7.3.5.5): the block before it keeps with it, and so do the names of the
/// attachments between them, unless they take more than half a page, of `rows` rows. A picture that leaves a signature no room on its
/// page is not parted from its caption for it.
fn keep_with_signatures(blocks: &[&Block], rows: u32, variants: &mut [BlockVariants]) {
    let whole: Vec<u32> = variants.iter().map(all_rows).collect();
    let is_lines = |cell: &&mut UnitMetrics| cell.kind == UnitKind::Lines;
    for (at, below) in whole.iter().enumerate().skip(1) {
        // Of pictures side by side the first has all units.
        let shown =
            (0..at).rev().find(|&above| whole[above] > 0 || !matches!(blocks[above].kind, BlockKind::Figure(_)));
        let Some(shown) = shown else { continue };
        let block = &mut variants[shown];
        let signed = match blocks[at].kind {
            BlockKind::Signature { .. } => undivided_rows(block) + below <= rows,
            BlockKind::AttachmentNote(_) => true,
            _ => false,
        };
        for variant in block.variants.iter_mut().filter(|_| signed) {
            let count = variant.cells.iter().filter(|cell| cell.kind == UnitKind::Lines).count();
            let mut lines = variant.cells.iter_mut().filter(is_lines).rev();
            if let Some(last) = lines.next() {
                last.keep_next = last.keep_next.max(2);
            }
            if matches!(blocks[shown].kind, BlockKind::AttachmentNote(_)) && count <= rows as usize / 2 {
                lines.for_each(|cell| cell.keeps = true);
            }
        }
    }
}

/// The rows of a block.
fn all_rows(block: &BlockVariants) -> u32 {
    block.variants.first().map_or(0, |variant| variant.cells.iter().map(|cell| cell.rows).sum())
}

/// The rows at the end of a block that no page break divides.
fn undivided_rows(block: &BlockVariants) -> u32 {
    let Some(variant) = block.variants.first() else { return 0 };
    let mut rows = 0;
    for (at, cell) in variant.cells.iter().enumerate().rev() {
        rows += cell.rows;
        if at == 0 || !variant.cells[at - 1].keeps {
            break;
        }
    }
    rows
}

/// True for what is part of the text proper.
pub(super) const fn is_text(kind: &BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph(_)
            | BlockKind::Heading { .. }
            | BlockKind::Point { .. }
            | BlockKind::ListItem { .. }
            | BlockKind::Table(_)
            | BlockKind::Figure(_)
            | BlockKind::Chart(_)
    )
}

/// True for what begins an attachment.
pub(super) const fn is_attached(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::AttachmentMark { .. } | BlockKind::AttachmentTitle(_))
}

/// True for what a page may divide between any two lines.
const fn is_lines(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph(_) | BlockKind::Point { .. } | BlockKind::ListItem { .. })
}

/// The first of the text, where nothing of it is between that and the signature, or the names of attachments above one: both have
/// to have some of it on their page.
pub(super) fn sole_text(document: &Document) -> Option<BlockIndex> {
    let at = document.blocks.iter().position(|block| is_text(&block.kind))?;
    let [text, next, ..] = document.blocks.get(at..)? else { return None };
    let signed = matches!(next.kind, BlockKind::Signature { .. } | BlockKind::AttachmentNote(_));
    (signed && is_lines(&text.kind) && document.red_head().is_some()).then(|| BlockIndex::new(at))
}

/// A paragraph that a page divides though all of it has room there: a signature takes its end along.
#[derive(Clone, Copy, Debug)]
pub(super) struct TakenAlong {
    pub(super) block: BlockIndex,
    /// Its lines on pages before that of the signature.
    pub(super) before: usize,
    /// No page holds all of it with the signature.
    pub(super) divided: bool,
}

/// The paragraphs whose end is taken along. `units`: those of all blocks, by index; `ends`: those of the pages, counted in units of
/// the blocks in their order of print.
pub(super) fn taken_along(
    document: &Document,
    (units, order): (&[Vec<Unit>], &[BlockIndex]),
    ends: &[usize],
    room: Room,
) -> Vec<TakenAlong> {
    let all: Vec<UnitMetrics> = order.iter().flat_map(|block| &units[block.get()]).map(|unit| unit.cell).collect();
    let kind = |block: BlockIndex| document.block(block).map(|block| &block.kind);
    let mut found = Vec::new();
    let mut first = 0;
    for pair in order.windows(2) {
        let begin = first;
        first += units[pair[0].get()].len();
        let signed = matches!(kind(pair[1]), Some(BlockKind::Signature { .. } | BlockKind::AttachmentNote(_)));
        if !signed || !kind(pair[0]).is_some_and(is_lines) {
            continue;
        }
        let Some(at) = ends.iter().rposition(|&end| begin < end && end < first) else { continue };
        let start = at.checked_sub(1).map_or(0, |before| ends[before]);
        let page = &all[start..ends[at]];
        // Where its rest has no room there, the page just is full.
        let rest = &all[ends[at]..first];
        let rows = |cells: &[UnitMetrics]| cells.iter().map(|cell| cell.rows).sum::<u32>();
        let used = page.first().map_or(0, |top| top.lead) + rows(page) + rows(rest);
        let notes = page.iter().chain(rest).fold(Foot::default(), |foot, cell| foot.and(cell.notes));
        if rest.iter().all(|cell| cell.kind == UnitKind::Lines) && room.carried(used, notes).is_some() {
            let before = all[begin..ends[at]].iter().filter(|cell| cell.kind == UnitKind::Lines).count();
            let below: u32 = units[pair[1].get()].iter().map(|unit| unit.cell.rows).sum();
            found.push(TakenAlong { block: pair[0], before, divided: rows(&all[begin..first]) + below > room.rows });
        }
    }
    found
}

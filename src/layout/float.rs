//! Pictures and charts that let text before them which fills the page.

use super::flow::Flow;
use super::pages::{Unit, UnitKind};
use crate::model::{BlockIndex, BlockKind, Document, FigureFlow, RunKind};

/// So few rows are not filled: what follows would not begin there.
const LEAST: u32 = 2;

/// How pages are chosen for blocks in an order: their ends, counted in units.
type Choice = fn(&mut Flow<'_>, &Document, &mut [Vec<Unit>], &[BlockIndex]) -> Vec<usize>;

/// The order in which blocks are printed: that of the source, but that what floats stands behind as much of the text that follows
/// as its page before has room for. It passes no heading, no other picture and no table.
pub(super) fn order(flow: &mut Flow<'_>, document: &Document, units: &[Vec<Unit>], choose: Choice) -> Vec<BlockIndex> {
    let mut order: Vec<BlockIndex> = document.indexed().map(|(index, _)| index).collect();
    for (float, block) in document.indexed() {
        if !may_float(&block.kind) {
            continue;
        }
        let mut set = units.to_vec();
        let ends = choose(flow, document, &mut set, &order);
        let Some(empty) = rows_before(flow, &set, &order, &ends, float) else { continue };
        let Some(at) = order.iter().position(|&block| block == float) else { continue };
        let mut filled = 0;
        let mut to = at;
        while filled < empty
            && let Some(&next) = order.get(to + 1)
            && document.block(next).is_some_and(|block| is_passed(&block.kind))
        {
            filled += set[next.get()].iter().map(|unit| unit.cell.rows).sum::<u32>();
            to += 1;
        }
        order[at..=to].rotate_left(1);
    }
    order
}

/// True for what floats. The notes of a caption would be counted before those of the text.
fn may_float(kind: &BlockKind) -> bool {
    let mut called = kind.texts().into_iter().flat_map(|text| &text.runs);
    kind.flow() != FigureFlow::InPlace && !called.any(|run| matches!(run.kind, RunKind::Note(_)))
}

/// True for what floats where text follows that may come before it.
pub(super) fn may_pass(document: &Document, block: BlockIndex) -> bool {
    let next = document.block(BlockIndex::new(block.get() + 1));
    document.block(block).is_some_and(|block| may_float(&block.kind)) && next.is_some_and(|next| is_passed(&next.kind))
}

/// Text that may come before a picture which is written before it.
fn is_passed(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph(_) | BlockKind::Point { .. } | BlockKind::ListItem { .. })
}

/// The rows that are left empty on the page before a block, where it begins a page and they are worth filling.
fn rows_before(
    flow: &Flow<'_>,
    units: &[Vec<Unit>],
    order: &[BlockIndex],
    ends: &[usize],
    block: BlockIndex,
) -> Option<u32> {
    let all: Vec<&Unit> = order.iter().flat_map(|block| &units[block.get()]).collect();
    let mut start = 0;
    for &end in ends {
        let page = all.get(start..end)?;
        start = end;
        let next = all.get(end..)?.iter().find(|unit| unit.cell.kind == UnitKind::Lines)?;
        // The end of a page that is asked for is none to be filled, but that before what lies on pages of its own.
        let forced = page.iter().rev().take_while(|unit| unit.cell.kind != UnitKind::Lines);
        if next.block != block
            || forced.into_iter().any(|unit| unit.block != block && unit.cell.kind == UnitKind::PageBreak)
        {
            continue;
        }
        let lines = flow.template.grid.lines;
        let used: u32 = page.iter().map(|unit| unit.cell.rows).sum();
        let noted = page.iter().any(|unit| !unit.notes.is_empty());
        let empty = lines.saturating_sub(used);
        return (empty >= LEAST && !noted).then_some(empty);
    }
    None
}

//! Page breaks as office programs make them: each page as full as it gets, looking back only as far as a rule makes it.

use super::{Foot, Plan, Room, UnitKind, UnitMetrics};

/// Ends of the pages, counted in units.
pub(in crate::layout) fn fill(blocks: usize, cells: &[UnitMetrics], room: Room) -> Plan {
    let mut plan = Plan { variants: vec![0; blocks], ..Plan::default() };
    let (mut start, mut carried) = (0, 0);
    while start < cells.len() || carried > 0 {
        let end;
        (end, carried) = page_end(cells, start, carried, room);
        plan.ends.push(end);
        start = end;
    }
    plan
}

/// The end of the page that begins at `start` with so many lines of footnotes from the page before, and how many go on to the
/// next. Such a page may hold nothing else.
fn page_end(cells: &[UnitMetrics], start: usize, carried: u32, room: Room) -> (usize, u32) {
    let (mut used, mut blank, mut notes) = (0, 0, Foot::of([carried]));
    // The last place where the page may end.
    let mut best = None;
    let mut at = start;
    while let Some(cell) = cells.get(at) {
        match cell.kind {
            UnitKind::PageBreak if used == 0 => {}
            UnitKind::PageBreak => return (at + 1, room.overflow(used, notes)),
            UnitKind::Blank => blank += if used > 0 { cell.rows } else { 0 },
            UnitKind::Lines => {
                let lead = if used == 0 { cell.lead } else { 0 };
                let after = used + blank + lead + cell.rows;
                let called = notes.and(cell.notes);
                let fits = room.carried(after, called);
                if fits.is_none() && (used > 0 || carried > 0) {
                    return best.unwrap_or((at, room.overflow(used, notes)));
                }
                (used, blank, notes) = (after, 0, called);
            }
        }
        at += 1;
        // Empty rows go with the unit above them; a paragraph that keeps with the next takes them along.
        let joined = cell.keeps || cell.keep_next > 0 || cells.get(at).is_some_and(|next| next.kind == UnitKind::Blank);
        let kept = cell.kind == UnitKind::Blank && at >= 2 && at - 2 >= start && cells[at - 2].keep_next > 0;
        if !joined && !kept && used > 0 {
            let over = room.overflow(used, notes);
            best = Some((at, over));
            // The rest of the page is the note's.
            if over > 0 {
                break;
            }
        }
    }
    best.filter(|_| at < cells.len()).unwrap_or((at, room.overflow(used, notes)))
}

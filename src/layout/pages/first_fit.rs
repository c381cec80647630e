//! Page breaks as office programs make them: each page as full as it gets, looking back only as far as a rule makes it.

use super::{Cell, Kind, Plan, Room};

/// Ends of the pages, counted in units.
pub(in crate::layout) fn fill(strands: usize, cells: &[Cell], room: Room) -> Plan {
    let mut plan = Plan { variants: vec![0; strands], ..Plan::default() };
    let mut start = 0;
    while start < cells.len() {
        let end = page_end(cells, start, room);
        plan.ends.push(end);
        start = end;
    }
    plan
}

/// The end of the page that begins at `start`.
fn page_end(cells: &[Cell], start: usize, room: Room) -> usize {
    let (mut used, mut blank, mut notes, mut best) = (0, 0, 0, None);
    let mut at = start;
    while let Some(cell) = cells.get(at) {
        match cell.kind {
            Kind::PageBreak if used == 0 => {}
            Kind::PageBreak => return at + 1,
            Kind::Blank => blank += if used > 0 { cell.rows } else { 0 },
            Kind::Lines => {
                let lead = if used == 0 { cell.lead } else { 0 };
                let after = used + blank + lead + cell.rows;
                if after + room.foot(notes + cell.notes) > room.rows && used > 0 {
                    return best.unwrap_or(at);
                }
                (used, blank, notes) = (after, 0, notes + cell.notes);
            }
        }
        at += 1;
        // Empty rows go with what stands above them; a paragraph that keeps with the next takes them along.
        let joined = cell.keeps || cell.keep_next > 0 || cells.get(at).is_some_and(|next| next.kind == Kind::Blank);
        let kept = cell.kind == Kind::Blank && at >= 2 && at - 2 >= start && cells[at - 2].keep_next > 0;
        if !joined && !kept && used > 0 {
            best = Some(at);
        }
    }
    at
}

//! Units on their pages.

use super::{Stack, Unit};
use crate::layout::inline::Setting;
use crate::layout::notes::Notes;
use crate::layout::{Artifact, Line, LineKind, OutlineEntry, Page, PageItem, PagedDocument};
use crate::model::{Document, Listed};
use crate::printed::PageNumber;
use crate::template::{StyleName, Template};

/// Sets the units on pages that end at `ends`. `numbers`: the page numbers, one a page.
pub(in crate::layout) fn make_up(
    document: &Document,
    template: &Template,
    units: Vec<Unit>,
    ends: &[usize],
    numbers: Vec<(PageNumber, Setting)>,
    notes: &mut Notes,
) -> PagedDocument {
    let (page, grid) = (&template.page, &template.grid);
    let mut paged = PagedDocument::default();
    let mut units = units.into_iter();
    let mut start = 0;
    let mut numbers = numbers.into_iter();
    let mut listing = document.listing().into_iter().peekable();
    let room = notes.room(grid.lines);
    let foot_of_type = page.top + grid.pitch * f64::from(grid.lines - 1) + grid.cell;
    // Lines of notes that the page before has left.
    let mut carried = 0;
    for (index, &end) in ends.iter().enumerate() {
        let number = index + 1;
        let left = page.left(number);
        let mut stack = Stack::new(grid.pitch, (left, page.top), page.depth(), carried);
        for unit in units.by_ref().take(end - start) {
            let begun: Vec<Listed> =
                std::iter::from_fn(|| listing.next_if(|listed| unit.begins(listed.block))).collect();
            let Some(top) = stack.put(unit, notes) else { continue };
            for listed in begun {
                let Some(source) = document.block(listed.block) else { continue };
                let (block, y) = (source.id.clone(), page.top + top);
                paged.outline.push(OutlineEntry { block, level: listed.level, title: listed.plain(), page: index, y });
            }
        }
        let (mut items, lines);
        (items, lines, carried) = stack.finish(room);
        items.extend(notes.at_foot(lines, template, left, foot_of_type));
        start = end;
        let mut printed = None;
        if let Some((page_number, setting)) = numbers.next() {
            printed = Some(page_number);
            if number > 1 || template.page_numbers.first {
                items.push(place_number(template, number, setting));
            }
        }
        paged.pages.push(Page { number: printed, width: page.width, height: page.height, items });
    }
    paged
}

/// The page number (GB/T 9704 7.5): odd pages right, even pages left, the dash 7 mm below the type area.
pub(in crate::layout) fn place_number(template: &Template, number: usize, setting: Setting) -> PageItem {
    let (page, furniture) = (&template.page, &template.page_numbers);
    let style = template.style(StyleName::PageNumber);
    let left = page.left(number);
    let room = page.measure() - setting.width;
    let x = match furniture.indent {
        Some(indent) if number.is_multiple_of(2) => left + style.size * indent,
        Some(indent) => left + room - style.size * indent,
        None => left + room / 2.0,
    };
    // The dash is in the middle of the cell.
    let dash = style.size * (template.grid.ascent - 0.5);
    PageItem::Line(Line {
        kind: LineKind::Artifact(Artifact::PageNumber),
        last: true,
        text: setting.text,
        x,
        baseline: page.height - page.bottom + furniture.below + dash,
        width: setting.width,
        turned: false,
        strain: setting.strain,
        runs: setting.runs,
    })
}

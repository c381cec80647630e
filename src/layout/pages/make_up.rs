//! Units on their pages.

use super::part::Part;
use super::{Kind, Unit};
use crate::layout::inline::Setting;
use crate::layout::notes::Notes;
use crate::layout::{Artifact, Item, Line, LineKind, OutlineEntry, Page, PagedDocument};
use crate::model::{BlockKind, Document, Length};
use crate::template::{StyleName, Template};

/// Sets the units on pages that end at `ends`. `numbers`: the page numbers, one a page.
pub(in crate::layout) fn make_up(
    document: &Document,
    template: &Template,
    units: Vec<Unit>,
    ends: &[usize],
    numbers: Vec<(String, Setting)>,
    notes: &mut Notes,
) -> PagedDocument {
    let (page, grid) = (&template.page, &template.grid);
    let mut paged = PagedDocument::default();
    let mut units = units.into_iter();
    let mut start = 0;
    let mut numbers = numbers.into_iter();
    let mut outlined = None;
    for (index, &end) in ends.iter().enumerate() {
        let number = index + 1;
        let left = page.left(number);
        let mut items = Vec::new();
        let mut row = 0;
        let mut part: Option<Part> = None;
        let mut foot = None;
        let mut called = Vec::new();
        for unit in units.by_ref().take(end - start) {
            if unit.cell.kind != Kind::Lines {
                row += if row > 0 { unit.cell.rows } else { 0 };
                continue;
            }
            if part.as_ref().is_some_and(|part| !unit.ruled || part.block != unit.block) {
                items.extend(part.take().into_iter().flat_map(|part| part.finish(page.depth(), left, page.top)));
            }
            let head = unit.head.filter(|_| row == 0);
            row += if head.is_some() { unit.cell.lead } else { 0 };
            let top = grid.pitch * f64::from(row);
            called.extend(unit.notes);
            let block = &document.blocks[unit.block as usize];
            if let BlockKind::Heading { level, number, text } = &block.kind
                && outlined != Some(unit.block)
            {
                outlined = Some(unit.block);
                let number = number.as_ref().map_or("", |n| &n.text);
                let title = format!("{number}{}", text.plain());
                let (block, y) = (block.id.clone(), page.top + top);
                paged.outline.push(OutlineEntry { block, level: *level, title, page: index, y });
            }
            if unit.ruled {
                let part = part.get_or_insert_with(|| Part::new(unit.block));
                part.take(head.iter().flat_map(|head| head.iter().cloned()), Length::ZERO);
                part.take(unit.items, top);
            } else {
                items.extend(unit.items.into_iter().map(|item| item.shifted(left, page.top + top)));
            }
            for placed in unit.lines {
                items.push(Item::Line(Line {
                    kind: LineKind::Block(unit.block),
                    last: placed.last,
                    text: placed.setting.text,
                    x: left + placed.x,
                    baseline: page.top + top + placed.y,
                    width: placed.setting.width,
                    turned: false,
                    runs: placed.setting.runs,
                }));
            }
            row += unit.cell.rows;
            foot = unit.foot.map(|foot| (foot, grid.pitch * f64::from(row)));
        }
        if let Some(mut part) = part {
            if let Some((foot, bottom)) = foot {
                part.take(foot.iter().cloned(), bottom);
            }
            items.extend(part.finish(page.depth(), left, page.top));
        }
        items.extend(notes.at_foot(&called, template, left));
        start = end;
        let mut label = String::new();
        if let Some((text, setting)) = numbers.next() {
            label = text;
            if number > 1 || template.page_numbers.first {
                items.push(page_number(template, number, setting));
            }
        }
        paged.pages.push(Page { label, width: page.width, height: page.height, items });
    }
    paged
}

/// The page number (GB/T 9704 7.5): odd pages right, even pages left, the dash 7 mm below the type area.
fn page_number(template: &Template, number: usize, setting: Setting) -> Item {
    let (page, furniture) = (&template.page, &template.page_numbers);
    let style = template.style(StyleName::PageNumber);
    let left = page.left(number);
    let room = page.measure() - setting.width;
    let x = match furniture.indent {
        Some(indent) if number.is_multiple_of(2) => left + style.size * indent,
        Some(indent) => left + room - style.size * indent,
        None => left + room / 2.0,
    };
    // The dash stands in the middle of the cell.
    let dash = style.size * (template.grid.ascent - 0.5);
    Item::Line(Line {
        kind: LineKind::Artifact(Artifact::PageNumber),
        last: true,
        text: setting.text,
        x,
        baseline: page.height - page.bottom + furniture.below + dash,
        width: setting.width,
        turned: false,
        runs: setting.runs,
    })
}

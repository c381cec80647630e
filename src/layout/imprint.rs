//! The imprint 版记 (GB/T 9704 7.4), at the foot of the last page.

use super::flow::Flow;
use super::hung::{hung, width_of};
use super::lines::SetLine;
use super::pages::{self, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::{Artifact, Line, LineKind, Page, PageItem, PagedDocument, Rule};
use crate::model::{Block, BlockIndex, BlockKind, Document, Imprint, Length, Sealing, Single};
use crate::template::{StyleName, Template};

/// The pages with the imprint: at the foot of the last page where that is an even one and has room, else on
/// the next even page, which then has no number, nor has the blank page before it (7.5).
pub(super) fn with_imprint(flow: &mut Flow<'_>, document: &Document, mut body: PagedDocument) -> PagedDocument {
    let Some(Single { index, block, content: imprint }) = document.imprint() else { return body };
    let (height, items) = items(flow, index, block, imprint);
    let (page, grid) = (flow.template.page, flow.template.grid);
    let top = page.height - page.bottom - height;
    // A letter's has no page of its own kind (10.1).
    let even = body.pages.len().is_multiple_of(2) || !flow.template.imprint.printed;
    let foot = |last: &Page| (lowest(last) + grid.pitch / 2.0).max(seal_foot(flow.template, document, last));
    let fits = even && body.pages.last().is_some_and(|last| foot(last) <= top);
    if !fits {
        let blank = || Page::blank((page.width, page.height));
        let more = if even && flow.template.imprint.printed { 2 } else { 1 };
        body.pages.extend(std::iter::repeat_with(blank).take(more));
    }
    let left = page.left(body.pages.len());
    if let Some(last) = body.pages.last_mut() {
        let at = last.items.iter().position(is_page_number).unwrap_or(last.items.len());
        last.items.splice(at..at, items.into_iter().map(|item| item.shifted(left, top)));
    }
    body
}

/// True where the imprint has room below the text in print, but the text may end on another page in the Word file, which fills page by
/// page and repeats no caption above a table that goes on: there the imprint has a page to itself. `units`: those of the body by block;
/// `ends`: those of its pages.
pub(super) fn is_apart_in_word(
    flow: &mut Flow<'_>,
    document: &Document,
    (units, order): (&[Vec<Unit>], &[BlockIndex]),
    ends: &[usize],
) -> bool {
    let Some(imprint) = document.imprint().filter(|_| flow.template.imprint.printed) else { return false };
    let head = |block: BlockIndex| -> u32 {
        let rows = match document.block(block).map(|block| &block.kind) {
            Some(BlockKind::Table(table)) => table.head_rows(),
            _ => 0,
        };
        flow.tables.get(&block).map_or(0, |set| set.rows.iter().take(rows).sum())
    };
    let cells: Vec<UnitMetrics> = order
        .iter()
        .flat_map(|&block| {
            let head = head(block);
            units[block.get()].iter().map(move |unit| UnitMetrics { lead: unit.cell.lead.min(head), ..unit.cell })
        })
        .collect();
    let filled = pages::fill(1, &cells, flow.notes.room(flow.template.grid.lines)).ends;
    let last = |ends: &[usize]| {
        let start = ends.len().checked_sub(2).and_then(|at| ends.get(at)).copied().unwrap_or(0);
        cells[start.min(cells.len())..].iter().map(|cell| cell.rows).sum::<u32>()
    };
    if filled.len() != ends.len() || last(&filled) > last(ends) {
        return true;
    }
    // What is wrong with it is told where it is set.
    let told = flow.diagnostics.len();
    let (height, _) = items(flow, imprint.index, imprint.block, imprint.content);
    flow.diagnostics.truncate(told);
    let text = flow.template.grid.pitch * f64::from(last(ends) + SPARE);
    text + height > flow.template.page.depth()
}

/// A text that has so few rows free above the imprint may need them where programs break its lines otherwise.
const SPARE: u32 = 1;

/// The imprint, from its own top: its rules, who gets copies, who printed it and when. The last rule ends at its height.
fn items(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, imprint: &Imprint) -> (Length, Vec<PageItem>) {
    let (template, style) = (flow.template, flow.template.style(StyleName::Imprint));
    let (grid, rules, measure) = (template.grid, template.imprint, template.page.measure());
    let mut items = Vec::new();
    let mut y = Length::ZERO;
    let rule = |y: Length, height: Length| {
        PageItem::Rule(Rule { color: style.color, x: Length::ZERO, y, width: measure, height })
    };
    let line = |SetLine { setting, x }: SetLine, y: Length| {
        Line {
            kind: LineKind::Block(index),
            last: true,
            text: setting.text,
            x,
            // In the middle of its row.
            baseline: y + (grid.pitch - style.size) / 2.0 + style.size * grid.ascent,
            width: setting.width,
            turned: false,
            strain: setting.strain,
            runs: setting.runs,
        }
    };
    if rules.printed {
        items.push(rule(y, rules.outer));
        y += rules.outer;
    }
    // Between addressees and copies there is no rule (7.4.2).
    for copies in imprint.sent.iter().chain(&imprint.copies) {
        // What turns over goes on below the first character after the label (7.4.2).
        let paragraph = Paragraph::new(block).text(&copies.label, style).text(&copies.text, style);
        let hang = width_of(flow, &paragraph, copies.label.len());
        let lines = hung(flow, &paragraph, style, 0.0, hang);
        let count = lines.len();
        for (i, set) in lines.into_iter().enumerate() {
            items.push(PageItem::Line(Line { last: i + 1 == count, ..line(set, y) }));
            y += grid.pitch;
        }
    }
    if !rules.printed {
        // Its last row ends with the type area.
        return (y - (grid.pitch - style.size) / 2.0, items);
    }
    if imprint.sent.is_some() || imprint.copies.is_some() {
        items.push(rule(y, rules.inner));
        y += rules.inner;
    }
    let office = flow.lines(&Paragraph::new(block).text(&imprint.office, style), style);
    let date = flow.lines(&Paragraph::new(block).text(&imprint.date, style), style);
    let rows = office.len().max(1);
    for (i, set) in office.into_iter().enumerate() {
        items.push(PageItem::Line(line(set, y + grid.pitch * i as f64)));
    }
    y += grid.pitch * (rows - 1) as f64;
    for SetLine { setting, .. } in date {
        let x = measure - style.size * style.indent_right - setting.width;
        items.push(PageItem::Line(line(SetLine { setting, x }, y)));
    }
    y += grid.pitch;
    items.push(rule(y, rules.outer));
    (y + rules.outer, items)
}

/// The lowest ink of a page's text, page numbers aside.
fn lowest(page: &Page) -> Length {
    let below = |item: &PageItem| match item {
        PageItem::Line(line) if line.kind != LineKind::Artifact(Artifact::PageNumber) => line.baseline,
        PageItem::Rule(rule) => rule.y + rule.height,
        PageItem::Picture(picture) => picture.y + picture.height,
        PageItem::Line(_) | PageItem::Path(_) => Length::ZERO,
    };
    page.items.iter().map(below).fold(Length::ZERO, Length::max)
}

/// The lower edge of the seal over the last authority and the date of a page (7.3.5.1): both are about its middle.
fn seal_foot(template: &Template, document: &Document, page: &Page) -> Length {
    let sealed = |block: BlockIndex| {
        let kind = document.block(block).map(|block| &block.kind);
        matches!(kind, Some(BlockKind::Signature { sealing: Sealing::Seal, .. }))
    };
    let signed = page.lines().filter(|line| matches!(line.kind, LineKind::Block(block) if sealed(block)));
    let Some(date) = signed.map(|line| line.baseline).reduce(Length::max) else { return Length::ZERO };
    let (grid, size) = (&template.grid, template.style(StyleName::SignatureDate).size);
    let middle = date + size * (1.0 - grid.ascent) - (grid.pitch + size) / 2.0;
    middle + template.seals.size / 2.0
}

fn is_page_number(item: &PageItem) -> bool {
    matches!(item, PageItem::Line(line) if line.kind == LineKind::Artifact(Artifact::PageNumber))
}

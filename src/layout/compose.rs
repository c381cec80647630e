//! The document as a whole: its blocks to units, and units to pages.

use super::flow::Flow;
use super::inline::{LineFit, Piece, Setting, prepare, set_line};
use super::pages::{self, BlockVariant, BlockVariants, Plan, Room, Unit, UnitKind, UnitMetrics};
use super::{PagedDocument, RunSource};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::font::Fonts;
use crate::model::{BlockKind, Document};
use crate::template::{Compose, StyleName, Template};

/// Composes the document and makes up its pages.
///
/// # Errors
/// Every character that no font has, at its place in the source; every block that no page holds.
pub fn compose(document: &Document, template: &Template, fonts: &Fonts) -> Result<PagedDocument, Vec<Diagnostic>> {
    let mut flow = Flow::new(document, template, fonts);
    flow.set_notes(document);
    let mut blocks: Vec<Vec<Unit>> = Vec::with_capacity(document.blocks.len());
    for (index, block) in document.blocks.iter().enumerate() {
        blocks.push(flow.units_of(index as u32, block));
    }
    if !flow.diagnostics.is_empty() {
        return Err(flow.diagnostics);
    }
    let room = flow.notes.room(template.grid.lines);
    let mut strands: Vec<BlockVariants> = blocks.iter().map(|units| strand(units)).collect();
    keep_together(document, &mut strands);
    let fine = template.compose.policy == Compose::Fine;
    let mut plan = if fine { pages::plan(&strands, room) } else { first_fit(&strands, room) };
    if fine && plan.short {
        // Paragraphs that can be had a line longer or shorter may save a page from ending early.
        let mut others = Vec::with_capacity(blocks.len());
        for (index, (block, strand)) in document.blocks.iter().zip(&mut strands).enumerate() {
            let ways = flow.other_counts_of(index as u32, block);
            strand.variants.extend(ways.iter().map(|(variant, _)| variant.clone()));
            others.push(ways);
        }
        keep_together(document, &mut strands);
        plan = pages::plan(&strands, room);
        for (index, &variant) in plan.variants.iter().enumerate().filter(|(_, v)| **v > 0) {
            if let Some((_, ends)) = others[index].get(variant - 1) {
                flow.set_with(index as u32, &document.blocks[index], ends);
                blocks[index] = std::mem::take(&mut flow.units);
            }
        }
    }
    let numbers = flow.page_numbers((1..=plan.ends.len()).map(|number| number.to_string()));
    let units = blocks.into_iter().flatten().collect();
    let paged = pages::make_up(document, template, units, &plan.ends, numbers, &mut flow.notes);
    let paged = flow.with_imprint(document, paged);
    let paged = flow.with_front(document, paged);
    // What stands on the cover, in the contents and in the imprint is set only now.
    if flow.diagnostics.is_empty() {
        return Ok(PagedDocument { tables: flow.tables, frames: flow.frames, ..paged });
    }
    Err(flow.diagnostics)
}

/// What blocks ask of their neighbours.
fn keep_together(document: &Document, strands: &mut [BlockVariants]) {
    keep_with_short(strands);
    keep_with_signatures(document, strands);
}

/// A heading keeps with two lines of what follows, or with all of it where that is less: a single line, a picture.
fn keep_with_short(strands: &mut [BlockVariants]) {
    let is_lines = |cell: &&UnitMetrics| cell.kind == UnitKind::Lines;
    let count =
        |strand: &BlockVariants| strand.variants.first().map_or(0, |way| way.cells.iter().filter(is_lines).count());
    let following: Vec<u32> = strands.iter().skip(1).map(|strand| count(strand) as u32).collect();
    for (strand, following) in strands.iter_mut().zip(following).filter(|(_, following)| *following > 0) {
        for way in &mut strand.variants {
            if let Some(last) = way.cells.iter_mut().rfind(|cell| cell.kind == UnitKind::Lines) {
                last.keep_next = last.keep_next.min(following);
            }
        }
    }
}

/// No signature stands on a page without text (GB/T 9704 7.3.5.3): what stands before it takes it along, the names of the
/// attachments between them too.
fn keep_with_signatures(document: &Document, strands: &mut [BlockVariants]) {
    for (pair, strand) in document.blocks.windows(2).zip(strands) {
        let signed = matches!(pair[1].kind, BlockKind::Signature { .. } | BlockKind::AttachmentNote(_));
        for way in strand.variants.iter_mut().filter(|_| signed) {
            let mut lines = way.cells.iter_mut().filter(|cell| cell.kind == UnitKind::Lines).rev();
            if let Some(last) = lines.next() {
                last.keep_next = last.keep_next.max(2);
            }
            if matches!(pair[0].kind, BlockKind::AttachmentNote(_)) {
                lines.for_each(|cell| cell.keeps = true);
            }
        }
    }
}

/// Pages as office programs fill them.
fn first_fit(strands: &[BlockVariants], room: Room) -> Plan {
    let first = |strand: &BlockVariants| strand.variants.first().map_or_else(Vec::new, |way| way.cells.clone());
    let cells: Vec<UnitMetrics> = strands.iter().flat_map(first).collect();
    pages::fill(strands.len(), &cells, room)
}

fn strand(units: &[Unit]) -> BlockVariants {
    BlockVariants { variants: vec![BlockVariant { cost: 0, cells: units.iter().map(|u| u.cell).collect() }] }
}

impl Flow<'_> {
    /// Page numbers, set.
    pub(super) fn page_numbers(&mut self, labels: impl Iterator<Item = String>) -> Vec<(String, Setting)> {
        let style = self.template.style(StyleName::PageNumber);
        let furniture = &self.template.page_numbers;
        let mut set = Vec::new();
        for label in labels {
            let text = format!("{}{label}{}", furniture.before, furniture.after);
            let pieces = vec![Piece {
                text: &text,
                role: style.font,
                scale: 1.0,
                raise: 0.0,
                color: style.color,
                strong: style.strong,
                source: RunSource::Text,
            }];
            let Ok(prepared) = prepare(&pieces, 0.0, self.fonts, &mut self.cache) else {
                self.diagnostics.push(Diagnostic::error(
                    Code::GLYPH_MISSING,
                    None,
                    say!("字体里没有页码“{text}”中的字", "no font has the characters of the page number “{text}”"),
                    say!("改模板中的 page-numbers", "change page-numbers in the template"),
                ));
                return set;
            };
            let fit = LineFit::default();
            let setting = set_line(&prepared, &pieces, (0, prepared.items.len()), &fit, style.size, 0.0);
            set.push((label, setting));
        }
        set
    }
}

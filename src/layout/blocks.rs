//! Blocks to units: one way in for every kind of block.

use super::flow::Flow;
use super::lines::units_of as layout_units;
use super::pages::{BlockVariant, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::units::{blank, line_metrics, stack, title, with_notes};
use super::{attached, chart, figure, official, red_head, table};
use crate::diagnostic::{Code, say};
use crate::model::{Block, BlockIndex, BlockKind, Document, Length, Lie, RunKind, Text};
use crate::template::{Align, Style, StyleName, Template};
use std::collections::BTreeSet;

/// What a paragraph that is a line longer or shorter than it would be costs page make-up, before its unevenness.
const OTHER_COUNT: u64 = 12;
/// So much unevenness weighs one.
const UNEVEN: u64 = 150;

/// The units of a block, with the footnotes that it calls.
pub(super) fn units(flow: &mut Flow<'_>, index: BlockIndex, block: &Block) -> Vec<Unit> {
    let units = set(flow, index, block);
    let units = with_notes(flow, (index, block), units);
    flow.headed = attached::headed(flow, block, &units);
    units
}

fn set(flow: &mut Flow<'_>, index: BlockIndex, block: &Block) -> Vec<Unit> {
    let template = flow.template;
    match &block.kind {
        // They are set with what the attachment begins with.
        BlockKind::AttachmentMark { .. } | BlockKind::AttachmentTitle(_) if lies(flow, index) => Vec::new(),
        BlockKind::Title(lines) => title(flow, index, block, lines, template.style(StyleName::Title)),
        BlockKind::AttachmentTitle(text) => {
            title(flow, index, block, std::slice::from_ref(text), template.style(StyleName::AttachmentTitle))
        }
        BlockKind::RedHead(head) => red_head::red_head(flow, index, block, head),
        BlockKind::AttachmentNote(names) => official::attachment_note(flow, index, block, names),
        BlockKind::Attendance { label, text, leads } => {
            official::attendance(flow, (index, block), (label, text), *leads)
        }
        BlockKind::Signature { authorities, date, sealing } => {
            official::signature(flow, index, block, (authorities, date), *sealing)
        }
        BlockKind::PageBreak => vec![Unit::page_break(index)],
        // They are set when the pages of the body are known.
        BlockKind::Cover(_) | BlockKind::Contents(_) | BlockKind::Imprint(_) => Vec::new(),
        BlockKind::Table(table) => {
            let mut units = table::units(flow, index, block, table);
            // Two frames that touch look like one table.
            let apart = if flow.document.follows_table(index) { 1.0 } else { 0.0 };
            units.splice(0..0, blank(index, apart));
            units
        }
        BlockKind::Figure(figure) => figure::units(flow, index, block, figure),
        BlockKind::Chart(chart) => chart::units(flow, index, block, chart),
        _ => {
            let Some((paragraph, style)) = running(template, block) else {
                flow.refuse(
                    Code::NOT_SET,
                    block,
                    say!("PDF 排不了这项内容", "the PDF cannot set this block"),
                    say!("删去，或者换一种写法", "leave it out, or write it another way"),
                );
                return Vec::new();
            };
            let begins_page = matches!(block.kind, BlockKind::AttachmentMark { .. });
            let mut units: Vec<Unit> = begins_page.then(|| Unit::page_break(index)).into_iter().collect();
            let lines = flow.kept_lines(&paragraph, style);
            units.extend(stack(flow, index, lines, style));
            units
        }
    }
}

/// True for the mark or title of an attachment on a page that lies on its side.
fn lies(flow: &Flow<'_>, index: BlockIndex) -> bool {
    flow.document.lie(index) == Lie::Turned
}

/// The paragraph of a block that is one, and its style.
fn running<'b>(template: &'b Template, block: &'b Block) -> Option<(Paragraph<'b>, &'b Style)> {
    if let BlockKind::Heading { level, number, text, run_in: Some(rest) } = &block.kind {
        // A paragraph of the text whose first words look like a heading.
        let (heading, body) = (template.style(StyleName::heading(*level)), template.style(StyleName::Body));
        let lead = Paragraph::new(block).number(number.as_ref(), heading).text(text, heading);
        return Some((lead.resized(heading.size / body.size).text(rest, body), body));
    }
    let (name, number, texts): (_, _, Vec<&Text>) = match &block.kind {
        BlockKind::Occasion(text) => (StyleName::Occasion, None, vec![text]),
        BlockKind::PageMark(text) => (StyleName::HeadMark, None, vec![text]),
        BlockKind::Speaker(text) => (StyleName::Speaker, None, vec![text]),
        BlockKind::Salutation(text) => (StyleName::Salutation, None, vec![text]),
        BlockKind::Paragraph(text) => (StyleName::Body, None, vec![text]),
        BlockKind::AttachmentMark { text, .. } => (StyleName::AttachmentMark, None, vec![text]),
        BlockKind::Heading { level, number, text, .. } => (StyleName::heading(*level), number.as_ref(), vec![text]),
        BlockKind::ListItem { level, number, text } => (StyleName::list_item(*level), number.as_ref(), vec![text]),
        BlockKind::GlossaryTitle(text) => (StyleName::GlossaryTitle, None, vec![text]),
        BlockKind::Term { number, term, text } => (StyleName::GlossaryEntry, Some(number), vec![term, text]),
        BlockKind::Addressee(text) => (StyleName::Addressee, None, vec![text]),
        BlockKind::Point { number, lead, text } => (StyleName::Point, Some(number), vec![lead, text]),
        _ => return None,
    };
    let style = template.style(name);
    let mut paragraph = Paragraph::new(block).number(number, style);
    if let BlockKind::ListItem { level, number: None, .. } = block.kind {
        paragraph = paragraph.affix(template.numbering.bullet(level), style);
    }
    Some((texts.into_iter().fold(paragraph, |p, text| p.text(text, style)), style))
}

/// Variants of a block with other numbers of lines, each with the ends of its lines.
pub(super) fn other_variants(flow: &mut Flow<'_>, index: BlockIndex, block: &Block) -> Vec<(BlockVariant, Vec<usize>)> {
    let template = flow.template;
    let Some((paragraph, style)) =
        running(template, block).filter(|(_, style)| style.align == Align::Justify && !style.name.is_heading())
    else {
        return Vec::new();
    };
    let noted = paragraph.pieces.iter().any(|piece| matches!(piece.source, RunKind::Note(_)));
    let kept = flow.kept(&paragraph, style);
    if let Some(others) = kept.as_ref().filter(|_| !noted).and_then(|kept| kept.others.get()) {
        let plain = |lines: usize| (0..lines).map(|i| line_metrics(style, i, lines)).collect();
        return others.iter().map(|(lines, uneven, ends)| variant(*uneven, plain(*lines), ends)).collect();
    }
    let Some(text) = flow.prepared(&paragraph) else { return Vec::new() };
    let others = flow.job(&text, &paragraph, style).other_counts();
    let cells = |lines: usize, ends: &[usize]| -> Vec<UnitMetrics> {
        let (mut start, mut seen) = (0, BTreeSet::new());
        let cell = |i: usize| {
            let line = &text.items[start..ends[i]];
            start = ends[i];
            let sources = line.iter().map(|item| paragraph.pieces[item.piece as usize].source);
            let notes = flow.notes.foot(&flow.notes.called(index, sources, &mut seen));
            UnitMetrics { notes, ..line_metrics(style, i, lines) }
        };
        (0..lines).map(cell).collect()
    };
    let variants = others.iter().map(|(lines, uneven, ends)| variant(*uneven, cells(*lines, ends), ends)).collect();
    if let Some(kept) = kept {
        kept.others.get_or_init(|| others);
    }
    variants
}

fn variant(uneven: u64, cells: Vec<UnitMetrics>, ends: &[usize]) -> (BlockVariant, Vec<usize>) {
    (BlockVariant { cost: OTHER_COUNT + uneven / UNEVEN, cells }, ends.to_vec())
}

/// The units of a paragraph with given ends of its lines.
pub(super) fn units_with_ends(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, ends: &[usize]) -> Vec<Unit> {
    let Some((paragraph, style)) = running(flow.template, block) else { return Vec::new() };
    let kept = flow.kept(&paragraph, style);
    let mut set = || {
        let text = flow.prepared(&paragraph)?;
        Some(flow.job(&text, &paragraph, style).justified(ends))
    };
    let lines = match kept {
        Some(kept) => kept.with_ends(ends, || set().unwrap_or_default()),
        None => set().unwrap_or_default(),
    };
    stack(flow, index, lines, style)
}

/// Sets the footnotes.
pub(super) fn set_notes(flow: &mut Flow<'_>, document: &Document) {
    let template = flow.template;
    let style = template.style(StyleName::Footnote);
    for (index, note) in document.notes.iter().enumerate() {
        let mark = flow.note_mark(index, note.count);
        let paragraph = Paragraph { pieces: Vec::new(), runs: Vec::new(), span: note.span };
        let paragraph = paragraph.mark(&mark, style).text(&note.text, style);
        let Some(text) = flow.prepared(&paragraph) else {
            flow.notes.push(Vec::new());
            continue;
        };
        // Notes of what lies on its side are printed along it: their lines run up the page.
        let caller = flow.notes.next_caller();
        let wide = caller.map_or(Length::ZERO, |block| template.measure(document.lie(block)) - template.page.measure());
        let job = flow.job(&text, &paragraph, style);
        let shape = job.shape.wider(layout_units(wide / style.size));
        let job = job.with_shape(shape);
        let lines = job.justified(&job.optimum());
        flow.notes.push(lines);
    }
}

//! The table of contents: on pages of its own before the body, which its page numbers count.

use super::flow::Flow;
use super::inline::{EM, LineFit, Prepared, Ruler, Setting, TextPiece, prepare, set_line};
use super::lines::measure;
use super::notes::Notes;
use super::pages::{BlockVariants, Placed, Unit, UnitMetrics, make_up, plan};
use super::paragraph::{Paragraph, shifted};
use super::phrase::{LineShape, break_phrases};
use super::units::title;
use super::{Line, LineKind, Page, PageItem, PagedDocument};
use crate::model::{Block, Document, RunChange, RunKind, Shift, Single, TitlePart};
use crate::template::{Style, StyleName};

/// The pages of the contents, where the document asks for contents.
pub(super) fn contents(flow: &mut Flow<'_>, document: &Document, body: &PagedDocument) -> Vec<Page> {
    let Some(Single { index, block, content: asked }) = document.contents() else { return Vec::new() };
    let template = flow.template;
    let style = template.style(StyleName::ContentsTitle);
    let mut units = title(flow, index, block, std::slice::from_ref(&asked.title), style);
    let mut targets = Vec::new();
    let listing = document.listing();
    let listed = body.outline.iter().zip(&listing).filter(|(_, l)| l.in_contents && l.level <= asked.depth);
    for (outline, listed) in listed {
        let target = listed.block;
        let style = template.style(match outline.level {
            1 => StyleName::Contents1,
            2 => StyleName::Contents2,
            _ => StyleName::Contents3,
        });
        let label = body.pages.get(outline.page).map_or_else(String::new, Page::label);
        // What turns over goes on below the text, after the number.
        let number = document.block(target).and_then(|block| block.kind.number());
        let number = number.map_or("", |number| number.text.as_str());
        for placed in entry(flow, block, (&listed.title, number), &label, style) {
            // No page ends within an entry: its page number would be apart from it.
            let cell = UnitMetrics { rows: 1, keeps: !placed.last, ..UnitMetrics::default() };
            units.push(Unit::lines(index, cell, vec![placed]));
            targets.push(target);
        }
    }
    let plan = plan(&[BlockVariants::only(&units)], Notes::default().room(template.grid.lines));
    let mut front = make_up(document, template, units, &plan.ends, Vec::new(), &mut Notes::default());
    // The title's lines are of the block itself; the others lead to their headings.
    let lines = front.pages.iter_mut().flat_map(|page| &mut page.items).filter_map(|item| match item {
        PageItem::Line(line) => Some(line),
        _ => None,
    });
    let lines: Vec<&mut Line> = lines.collect();
    let titles = lines.len().saturating_sub(targets.len());
    for (line, target) in lines.into_iter().skip(titles).zip(targets) {
        line.kind = LineKind::Contents { block: index, target };
    }
    front.pages
}

/// The lines of one entry: the heading, dots, and the page number at the right edge.
fn entry(
    flow: &mut Flow<'_>,
    block: &Block,
    (title, numbered): (&[TitlePart], &str),
    label: &str,
    style: &Style,
) -> Vec<Placed> {
    // All its characters at once: what no font has is told of.
    let whole: String = title.iter().map(|part| part.text.as_str()).chain([".", label]).collect();
    if flow.prepared(&Paragraph::new(block).affix(&whole, style)).is_none() {
        return Vec::new();
    }
    let (measure, gap) = (measure(flow.template, style), flow.template.compose.cjk_latin_gap);
    let width = |flow: &mut Flow<'_>, text: &str| {
        prepare(&[piece(text, style, RunKind::Text, Shift::None)], gap, flow.fonts, &mut flow.cache)
            .map(|text| drawn(&text))
            .ok()
    };
    let number = width(flow, label).unwrap_or(0);
    let dot = width(flow, ".").unwrap_or(EM / 4).max(1);
    // Room for the number and a few dots before it; what is longer goes on below.
    let room = measure - number - EM * 2;
    let pieces: Vec<TextPiece<'_>> =
        title.iter().map(|part| piece(&part.text, style, RunKind::Text, part.shift)).collect();
    let stroke = flow.template.fonts.bold_stroke;
    let Ok(text) = prepare(&pieces, gap, flow.fonts, &mut flow.cache) else { return Vec::new() };
    let hang = width(flow, numbered).unwrap_or(0).min(room / 4);
    let ends = break_phrases(&text, &Ruler::new(&text), (room, room - hang), LineShape::Full);
    let y = (flow.template.grid.cell - style.size) / 2.0 + style.size * flow.template.grid.ascent;
    let point = |units: i64| style.size * (units as f64 / EM as f64);
    let count = ends.len();
    let mut start = 0;
    let mut placed = Vec::with_capacity(count);
    for (i, end) in ends.into_iter().enumerate() {
        let last = i + 1 == count;
        let hang = if i == 0 { 0 } else { hang };
        let x = style.size * style.indent_left + point(hang);
        let mut setting = set_line(&text, &pieces, (start, end), &LineFit::default(), style.size, stroke);
        if last {
            let items = &text.items[start..end];
            let used: i64 = items.iter().map(|i| i.advance - i.trim_left - i.trim_right).sum();
            // The dots end at the same place in every line.
            let dots = ((measure - hang - used - number - EM / 2) / dot).max(0);
            let dots = ".".repeat(dots as usize);
            add_number(flow, &mut setting, [&dots, label], style, (measure - hang, number));
        }
        placed.push(Placed { setting, x, y, last });
        start = end;
    }
    placed
}

/// Adds dots and page number to a line. `measure`: where it ends; `number`: the width of the number.
fn add_number(flow: &mut Flow<'_>, line: &mut Setting, parts: [&str; 2], style: &Style, (measure, number): (i64, i64)) {
    let stroke = flow.template.fonts.bold_stroke;
    let point = |units: i64| style.size * (units as f64 / EM as f64);
    for (i, part) in parts.into_iter().enumerate().filter(|(_, part)| !part.is_empty()) {
        let pieces = [piece(part, style, RunKind::Number, Shift::None)];
        let Ok(prepared) = prepare(&pieces, 0.0, flow.fonts, &mut flow.cache) else { continue };
        let end = prepared.items.len();
        let setting = set_line(&prepared, &pieces, (0, end), &LineFit::default(), style.size, stroke);
        let at = match i {
            0 => point(measure - number - EM / 4) - setting.width,
            _ => point(measure - number),
        };
        line.append(setting, at);
    }
}

/// The width of a text without gaps.
fn drawn(text: &Prepared) -> i64 {
    text.items.iter().map(|item| item.advance - item.trim_left - item.trim_right).sum()
}

fn piece<'a>(text: &'a str, style: &Style, source: RunKind, shift: Shift) -> TextPiece<'a> {
    let (scale, raise) = shifted(shift);
    TextPiece {
        text,
        role: style.font,
        scale,
        raise,
        color: style.color,
        strong: style.strong,
        source,
        link: None,
        change: RunChange::Kept,
    }
}

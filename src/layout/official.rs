//! The parts of an official document (GB/T 9704 clause 7): red head, attachment note, signature.

use super::flow::Flow;
use super::hung::{hung, width_of};
use super::lines::SetLine;
use super::pages::{Placed, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::units::{blank, stack};
use super::{PageItem, Rule};
use crate::model::{AttachmentName, Block, BlockIndex, Length, RedHead, Text};
use crate::template::{Style, StyleName, head_places, signature_indents};

/// The head (7.2): marks at the left from the first row on, the issuing authority at its place, the number so many
/// empty rows below as its style says, the red rule below that. No page break divides it.
pub(super) fn red_head(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, head: &RedHead) -> Vec<Unit> {
    let (template, grid) = (flow.template, flow.template.grid);
    let row = |rows: u32, style: &Style| {
        grid.pitch * f64::from(rows) + (grid.cell - style.size) / 2.0 + style.size * grid.ascent
    };
    let mut placed = Vec::new();
    let mut rows = 0;
    let marks = [
        (StyleName::CopyNumber, &head.copy_number),
        (StyleName::HeadMark, &head.classification),
        (StyleName::HeadMark, &head.urgency),
    ];
    for (style, text) in marks.into_iter().filter_map(|(name, text)| Some((template.style(name), text.as_ref()?))) {
        for SetLine { setting, x } in set_text(flow, block, text, style) {
            placed.push(Placed { setting, x, y: row(rows, style), last: true });
            rows += 1;
        }
    }
    let style = template.style(StyleName::Authority);
    let authority: Vec<SetLine> = head.authority.iter().flat_map(|line| set_text(flow, block, line, style)).collect();
    let places = head_places(template, rows, authority.len() as u32);
    for (i, SetLine { setting, x }) in authority.into_iter().enumerate() {
        let y = places.authority + places.leading * i as f64 + style.size * grid.ascent;
        placed.push(Placed { setting, x, y, last: true });
    }
    let numbered = template.style(StyleName::DocumentNumber);
    let y = row(places.number, numbered);
    for SetLine { setting, x } in number_line(flow, block, head, numbered) {
        placed.push(Placed { setting, x, y, last: true });
    }
    let rule = Rule {
        color: style.color,
        x: Length::ZERO,
        y: places.rule,
        width: template.page.measure(),
        height: template.head.rule,
    };
    let cell = UnitMetrics { rows: places.rows, keep_next: 1, ..UnitMetrics::default() };
    vec![Unit { items: vec![PageItem::Rule(rule)], ..Unit::lines(index, cell, placed) }]
}

/// The document's number: centred (7.2.5), or at the left, one character in, with who signs at the right (7.2.6).
fn number_line(flow: &mut Flow<'_>, block: &Block, head: &RedHead, style: &Style) -> Vec<SetLine> {
    let mut lines = set_text(flow, block, &head.number, style);
    let Some(signer) = &head.signer else { return lines };
    let name = flow.template.style(StyleName::Signer);
    for line in &mut lines {
        line.x = name.size * name.indent_right;
    }
    // The label is in the type of the number, the name in its own.
    let paragraph = Paragraph::new(block).text(&signer.label, style).text(&signer.text, name);
    let Some(text) = flow.prepared(&paragraph) else { return lines };
    lines.extend(flow.job(&text, &paragraph, name).unindented().aligned(&[text.items.len()]));
    lines
}

/// Names of attachments (7.3.4): a line that turns over goes on below the name's first character.
pub(super) fn attachment_note(
    flow: &mut Flow<'_>,
    index: BlockIndex,
    block: &Block,
    names: &[AttachmentName],
) -> Vec<Unit> {
    let style = flow.template.style(StyleName::AttachmentNote);
    let mut label = 0.0;
    let mut lines = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let mut paragraph = Paragraph::new(block);
        for text in name.texts() {
            paragraph = paragraph.text(text, style);
        }
        let (label_end, number_end) = (name.label.len(), name.label.len() + name.number.len());
        let labelled = width_of(flow, &paragraph, label_end);
        if i == 0 {
            label = labelled;
        }
        let lead = if i == 0 { style.first_line } else { style.first_line + label };
        let hang = style.first_line + label + width_of(flow, &paragraph, number_end) - labelled;
        lines.extend(hung(flow, &paragraph, style, lead, hang));
    }
    stack(flow, index, lines, style)
}

/// Who signs, and when (7.3.5), on two lines that stay together. `sealed`: a seal covers them.
pub(super) fn signature(
    flow: &mut Flow<'_>,
    index: BlockIndex,
    block: &Block,
    (authority, date): (&Text, &Text),
    sealed: bool,
) -> Vec<Unit> {
    let template = flow.template;
    let (first, second) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let signed = set_text(flow, block, authority, first);
    let dated = set_text(flow, block, date, second);
    let width =
        |lines: &[SetLine], style: &Style| lines.iter().map(|line| line.setting.width / style.size).fold(0.0, f64::max);
    let indents = signature_indents(template, width(&signed, first), width(&dated, second), sealed);
    let measure = template.page.measure();
    let last = signed.len();
    let mut units: Vec<Unit> = blank(index, first.rows_before).into_iter().collect();
    let signed = signed.into_iter().map(|line| (line, first, indents.0));
    let dated = dated.into_iter().map(|line| (line, second, indents.1));
    for (i, (SetLine { setting, .. }, style, indent)) in signed.chain(dated).enumerate() {
        let grid = &template.grid;
        let x = (measure - style.size * indent - setting.width).max(Length::ZERO);
        let y = (grid.cell - style.size) / 2.0 + style.size * grid.ascent;
        let cell = UnitMetrics { rows: 1, keeps: i < last, ..UnitMetrics::default() };
        units.push(Unit::lines(index, cell, vec![Placed { setting, x, y, last: true }]));
    }
    units
}

fn set_text(flow: &mut Flow<'_>, block: &Block, text: &Text, style: &Style) -> Vec<SetLine> {
    flow.lines(&Paragraph::new(block).text(text, style), style)
}

//! The parts of an official document below its text (GB/T 9704 7.3): attachment note, signature.

use super::flow::Flow;
use super::hung::{hung, width_of};
use super::lines::SetLine;
use super::pages::{Placed, Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::units::{blank, stack};
use crate::model::{AttachmentName, Block, BlockIndex, Length, Sealing, Text};
use crate::template::{Style, StyleName, seal_places, sealed_indents, stamp_place, unsealed_indents};

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

/// Who was there (10.3): a line that turns over goes on below the first name. `leads`: the first of several has an empty row above it.
pub(super) fn attendance(
    flow: &mut Flow<'_>,
    (index, block): (BlockIndex, &Block),
    (label, text): (&Text, &Text),
    leads: bool,
) -> Vec<Unit> {
    let template = flow.template;
    let (style, look) = (template.style(StyleName::Attendance), template.style(StyleName::AttendanceLabel));
    let paragraph = Paragraph::new(block).text(label, look).text(text, style);
    let hang = style.first_line + width_of(flow, &paragraph, label.len());
    let lines = hung(flow, &paragraph, style, style.first_line, hang);
    if leads {
        return stack(flow, index, lines, style);
    }
    stack(flow, index, lines, &Style { rows_before: 0.0, ..style.clone() })
}

/// Who signs, and when (7.3.5), on lines that stay together.
pub(super) fn signature(
    flow: &mut Flow<'_>,
    index: BlockIndex,
    block: &Block,
    (authorities, date): (&[Text], &Text),
    sealing: Sealing,
) -> Vec<Unit> {
    let template = flow.template;
    let (first, second) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let signed: Vec<Vec<SetLine>> = authorities.iter().map(|text| set_text(flow, block, text, first)).collect();
    let dated = set_text(flow, block, date, second);
    let mut rows: Vec<SignatureRow> = match (signed.len(), sealing) {
        (_, Sealing::Stamp) => beside_stamps(flow, signed, dated),
        (0 | 1, _) => single(flow, signed, dated, sealing),
        (_, Sealing::Seal) => under_seals(flow, signed, dated),
        (_, Sealing::None) => below_one_another(flow, signed, dated),
    };
    if let Some(top) = rows.first_mut() {
        top.above = first.rows_before.ceil().max(0.0) as u32;
    }
    let parted = match sealing {
        Sealing::Seal => authorities.len() > 1,
        Sealing::Stamp => true,
        Sealing::None => false,
    };
    if parted {
        rows = as_one(flow, rows);
    }
    let last = rows.len().saturating_sub(1);
    let mut units: Vec<Unit> = Vec::new();
    for (i, SignatureRow { above, lines, rows }) in rows.into_iter().enumerate() {
        units.extend(blank(index, f64::from(above)));
        let cell = UnitMetrics { rows, keeps: i < last, ..UnitMetrics::default() };
        units.push(Unit::lines(index, cell, lines));
    }
    units
}

/// A row of a signature.
struct SignatureRow {
    /// Empty rows above it.
    above: u32,
    lines: Vec<Placed>,
    /// The rows of the grid that it takes.
    rows: u32,
}

impl SignatureRow {
    fn new(lines: Vec<Placed>) -> Self {
        Self { above: 0, lines, rows: 1 }
    }
}

/// Rows with those that are empty between them as one, which no page break divides, where a page has room for it.
fn as_one(flow: &Flow<'_>, rows: Vec<SignatureRow>) -> Vec<SignatureRow> {
    let grid = &flow.template.grid;
    let total: u32 = rows.iter().enumerate().map(|(i, row)| row.rows + if i > 0 { row.above } else { 0 }).sum();
    if total >= grid.lines {
        return rows;
    }
    let mut one: Option<SignatureRow> = None;
    for row in rows {
        match &mut one {
            None => one = Some(row),
            Some(one) => {
                one.rows += row.above;
                let down = grid.pitch * f64::from(one.rows);
                one.lines.extend(row.lines.into_iter().map(|line| Placed { y: line.y + down, ..line }));
                one.rows += row.rows;
            }
        }
    }
    one.into_iter().collect()
}

/// A line with its left edge, in the middle of its cell.
fn placed(flow: &Flow<'_>, line: SetLine, style: &Style, x: Length) -> Placed {
    let grid = &flow.template.grid;
    let y = (grid.cell - style.size) / 2.0 + style.size * grid.ascent;
    Placed { setting: line.setting, x: x.max(Length::ZERO), y, last: true }
}

fn widest(lines: &[SetLine]) -> Length {
    lines.iter().map(|line| line.setting.width).fold(Length::ZERO, Length::max)
}

/// One authority, and the date below it.
fn single(flow: &Flow<'_>, signed: Vec<Vec<SetLine>>, dated: Vec<SetLine>, sealing: Sealing) -> Vec<SignatureRow> {
    let template = flow.template;
    let (first, second) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let signed: Vec<SetLine> = signed.into_iter().flatten().collect();
    let (authority, date) = (widest(&signed) / first.size, widest(&dated) / second.size);
    let indents = match sealing {
        Sealing::Seal => sealed_indents(template, authority, date),
        _ => unsealed_indents(template, authority, date),
    };
    let signed = signed.into_iter().map(|line| (line, first, indents.0));
    let dated = dated.into_iter().map(|line| (line, second, indents.1));
    let row = |(line, style, indent): (SetLine, &Style, f64)| {
        let x = template.page.measure() - style.size * indent - line.setting.width;
        SignatureRow::new(vec![placed(flow, line, style, x)])
    };
    signed.chain(dated).map(row).collect()
}

/// Posts, each in the middle of the height of a name stamp at its right, the date an empty row below (7.3.5.3).
fn beside_stamps(flow: &Flow<'_>, signed: Vec<Vec<SetLine>>, dated: Vec<SetLine>) -> Vec<SignatureRow> {
    let template = flow.template;
    let (first, second) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let (place, measure) = (stamp_place(template), template.page.measure());
    let down = template.grid.pitch * (f64::from(place.rows.saturating_sub(1)) / 2.0);
    let mut rows: Vec<SignatureRow> = Vec::new();
    for line in signed.into_iter().flatten() {
        let x = measure - first.size * place.right - line.setting.width;
        let line = placed(flow, line, first, x);
        let line = Placed { y: line.y + down, ..line };
        rows.push(SignatureRow { rows: place.rows, ..SignatureRow::new(vec![line]) });
    }
    for (at, line) in dated.into_iter().enumerate() {
        let x = measure - second.size * second.indent_right - line.setting.width;
        let row = SignatureRow::new(vec![placed(flow, line, second, x)]);
        rows.push(SignatureRow { above: u32::from(at == 0), ..row });
    }
    rows
}

/// Several without seals: one below the other, the one in charge first, the date two characters in (7.3.5.2).
fn below_one_another(flow: &Flow<'_>, signed: Vec<Vec<SetLine>>, dated: Vec<SetLine>) -> Vec<SignatureRow> {
    let template = flow.template;
    let (first, second) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let signed: Vec<SetLine> = signed.into_iter().flatten().collect();
    let (names, date) = (widest(&signed), widest(&dated));
    let indents = unsealed_indents(template, names / first.size, date / second.size);
    let measure = template.page.measure();
    let left = (measure - first.size * indents.0 - names, measure - second.size * indents.1 - date);
    let signed = signed.into_iter().map(|line| (line, first, left.0));
    let dated = dated.into_iter().map(|line| (line, second, left.1));
    signed.chain(dated).map(|(line, style, x)| SignatureRow::new(vec![placed(flow, line, style, x)])).collect()
}

/// Several, each under its seal: in rows as the seals are, the date below the last (7.3.5.1).
fn under_seals(flow: &Flow<'_>, signed: Vec<Vec<SetLine>>, dated: Vec<SetLine>) -> Vec<SignatureRow> {
    let template = flow.template;
    let (first, second) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let widths: Vec<Length> = signed.iter().map(|lines| widest(lines)).collect();
    let places = seal_places(template, &widths, widest(&dated));
    let count = signed.len();
    let centred = |line: SetLine, style: &Style, column: usize| {
        let middle = places.columns.get(column).copied().unwrap_or_default();
        let x = middle - line.setting.width / 2.0;
        placed(flow, line, style, x)
    };
    let mut rows: Vec<SignatureRow> = Vec::new();
    for (at, lines) in signed.into_iter().enumerate() {
        if at.is_multiple_of(places.columns.len().max(1)) {
            rows.push(SignatureRow { above: places.rows - 1, ..SignatureRow::new(Vec::new()) });
        }
        let column = places.column(at, count);
        if let Some(row) = rows.last_mut() {
            row.lines.extend(lines.into_iter().map(|line| centred(line, first, column)));
        }
    }
    let last = places.columns.len().saturating_sub(1);
    rows.push(SignatureRow::new(dated.into_iter().map(|line| centred(line, second, last)).collect()));
    rows
}

pub(super) fn set_text(flow: &mut Flow<'_>, block: &Block, text: &Text, style: &Style) -> Vec<SetLine> {
    flow.lines(&Paragraph::new(block).text(text, style), style)
}

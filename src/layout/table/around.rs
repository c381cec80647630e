//! What is around a table: its unit above, at its right edge; its notes and its source below.

use crate::layout::caption::Caption;
use crate::layout::flow::Flow;
use crate::layout::lines::{SetLine, units_of};
use crate::layout::paragraph::Paragraph;
use crate::layout::{Line, LineKind, PageItem};
use crate::model::{Block, BlockIndex, Length, Table, Text};
use crate::template::{Leading, Style, StyleName};

/// Where a table is in the measure.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub(super) left: Length,
    pub(super) right: Length,
}

/// The unit of a table.
pub(super) fn unit(flow: &mut Flow<'_>, at: (BlockIndex, &Block), table: &Table, sides: Sides) -> Caption {
    let Some(unit) = &table.unit else { return Caption::default() };
    let mut lines = set(flow, at.1, [&unit.label, &unit.text], sides.right - sides.left);
    for line in &mut lines {
        line.x = sides.right - line.setting.width;
    }
    placed(flow, lines.into_iter().map(|line| (LineKind::Beside(at.0), line)).collect(), Followed::ByTable)
}

/// The notes of a table and its source.
pub(super) fn below(flow: &mut Flow<'_>, at: (BlockIndex, &Block), table: &Table, sides: Sides) -> Caption {
    let size = flow.template.style(StyleName::TableText).size;
    let mut all = Vec::new();
    for (note, line) in (0..).zip(&table.below) {
        let left = sides.left + size * f64::from(line.indent);
        let mut lines = set(flow, at.1, [&line.label, &line.text], sides.right - left);
        for line in &mut lines {
            line.x += left;
        }
        let kind = LineKind::Below { block: at.0, note };
        all.extend(lines.into_iter().map(|line| (kind, line)));
    }
    placed(flow, all, Followed::ByPageEnd)
}

/// The lines of texts on a measure.
fn set(flow: &mut Flow<'_>, block: &Block, texts: [&Text; 2], measure: Length) -> Vec<SetLine> {
    let style: &Style = flow.template.style(StyleName::TableText);
    let paragraph = texts.into_iter().fold(Paragraph::new(block), |paragraph, text| paragraph.text(text, style));
    let Some(prepared) = flow.prepared(&paragraph) else { return Vec::new() };
    let job = flow.job(&prepared, &paragraph, style).on_measure(units_of(measure / style.size)).unindented();
    job.justified(&job.optimum())
}

/// What may come right after the lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Followed {
    ByTable,
    ByPageEnd,
}

/// Lines below one another, on whole rows of the grid.
fn placed(flow: &Flow<'_>, lines: Vec<(LineKind, SetLine)>, followed: Followed) -> Caption {
    let (template, count) = (flow.template, lines.len());
    let style = template.style(StyleName::TableText);
    let step = leading(style, template.grid.pitch);
    let (grid, blank) = (&template.grid, (step - style.size) / 2.0);
    // A page ends with the type of its last row, not with the space below that.
    let end = match followed {
        Followed::ByTable => Length::default(),
        Followed::ByPageEnd if count == 0 => Length::default(),
        Followed::ByPageEnd => grid.pitch - grid.cell - blank,
    };
    let rows = ((step * count as f64 + end) / grid.pitch - 1e-6).ceil().max(0.0) as u32;
    let top = blank + style.size * grid.ascent;
    let kinds: Vec<LineKind> = lines.iter().map(|line| line.0).collect();
    let item = |(at, (kind, SetLine { setting, x })): (usize, (LineKind, SetLine))| {
        PageItem::Line(Line {
            kind,
            last: kinds.get(at + 1) != Some(&kind),
            text: setting.text,
            x,
            baseline: top + step * at as f64,
            width: setting.width,
            turned: false,
            strain: setting.strain,
            runs: setting.runs,
        })
    };
    Caption { items: lines.into_iter().enumerate().map(item).collect(), rows }
}

/// The distance of the baselines of a style.
pub(super) fn leading(style: &Style, pitch: Length) -> Length {
    match style.leading {
        Leading::Rows(rows) => pitch * rows,
        Leading::Exact(leading) => leading,
    }
}

//! Captions: 表1 above a table, 图1 below a picture or chart.

use super::flow::{Flow, centred_ends};
use super::inline::EM;
use super::pages::{Unit, UnitMetrics};
use super::paragraph::Paragraph;
use super::{Artifact, Line, LineKind, PageItem};
use crate::model::{Block, BlockIndex, BlockKind, Length};
use crate::printed::SetAround;
use crate::template::{Leading, StyleName};

/// Between number and text: one em.
const GAP: &str = "\u{3000}";

/// A caption, set on rows of the grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Caption {
    /// Its lines, from the left edge of the measure and the top of its first row.
    pub(super) items: Vec<PageItem>,
    /// The rows that it takes; 0 for a block without a caption.
    pub(super) rows: u32,
}

impl Caption {
    /// Its rows and lines.
    pub(super) fn around(&self) -> SetAround {
        SetAround { rows: self.rows, lines: u32::try_from(self.items.len()).unwrap_or(u32::MAX) }
    }

    /// With something below it.
    pub(super) fn above(mut self, below: &Self, pitch: Length) -> Self {
        let down = pitch * f64::from(self.rows);
        self.items.extend(below.items.iter().cloned().map(|item| item.shifted(Length::ZERO, down)));
        self.rows += below.rows;
        self
    }
}

/// The caption of a block. `again`: the words before it where it is repeated on a later page; there it is no part of the text.
pub(super) fn caption(
    flow: &mut Flow<'_>,
    (index, block): (BlockIndex, &Block),
    measure: Length,
    again: Option<&str>,
) -> Caption {
    let text = match &block.kind {
        BlockKind::Table(table) => table.caption.as_ref(),
        BlockKind::Figure(figure) => figure.caption.as_ref(),
        BlockKind::Chart(chart) => chart.caption.as_ref(),
        _ => None,
    };
    let number = block.kind.number();
    if text.is_none() && number.is_none() {
        return Caption::default();
    }
    let template = flow.template;
    let style = template.style(StyleName::Caption);
    let mut paragraph = Paragraph::new(block).affix(again.unwrap_or_default(), style).number(number, style);
    if number.is_some() {
        paragraph = paragraph.affix(GAP, style);
    }
    if let Some(text) = text {
        paragraph = paragraph.text(text, style);
    }
    let Some(prepared) = flow.prepared(&paragraph) else { return Caption::default() };
    let room = ((measure / style.size) * EM as f64) as i64;
    let job = flow.job(&prepared, &paragraph, style).on_measure(room);
    let grid = &template.grid;
    let (step, rows_a_line) = match style.leading {
        Leading::Rows(rows) => (grid.pitch * rows, rows),
        Leading::Exact(leading) => (leading, leading / grid.pitch),
    };
    let ends = centred_ends(&job);
    let mut items = Vec::with_capacity(ends.len());
    let mut start = 0;
    for (i, &end) in ends.iter().enumerate() {
        let extent = job.ruler.extent(start, end);
        let mut setting = job.set(start..end, &extent.fit(extent.width.min(room)));
        setting.strain = job.strain(end, 0.0);
        let top = (grid.cell - style.size) / 2.0 + step * i as f64;
        items.push(PageItem::Line(Line {
            kind: if again.is_some() { LineKind::Artifact(Artifact::Repeated) } else { LineKind::Caption(index) },
            last: i + 1 == ends.len(),
            x: (measure - setting.width) / 2.0,
            baseline: top + style.size * grid.ascent,
            text: setting.text,
            width: setting.width,
            turned: false,
            strain: setting.strain,
            runs: setting.runs,
        }));
        start = end;
    }
    let rows = (rows_a_line * ends.len() as f64 - 1e-6).ceil().max(1.0) as u32;
    Caption { items, rows }
}

/// What is drawn in `rows` rows, and its caption below it.
pub(super) fn captioned(index: BlockIndex, items: Vec<PageItem>, below: Caption, rows: u32) -> Vec<Unit> {
    let mut units = Vec::new();
    if rows > 0 {
        units.push(Unit::items(index, UnitMetrics { rows, keeps: below.rows > 0, ..UnitMetrics::default() }, items));
    }
    if below.rows > 0 {
        units.push(Unit::items(index, UnitMetrics { rows: below.rows, ..UnitMetrics::default() }, below.items));
    }
    units
}

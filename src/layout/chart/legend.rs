//! The legend: what each series is drawn like, and its name.

use super::drawing::{ChartDraft, Trouble};
use super::ink::Ink;
use super::label::{ChartLabel, Hang, LabelPart};
use super::room::Rect;
use crate::layout::PageItem;
use crate::model::ChartKind;

/// A sample of a series and its name.
struct LegendEntry {
    name: ChartLabel,
    series: usize,
    /// The width of its sample.
    sample: f64,
    width: f64,
}

/// The entries, row by row.
pub(super) struct Legend {
    rows: Vec<Vec<LegendEntry>>,
    leading: f64,
    between: f64,
}

impl Legend {
    /// Sets the entries in as many rows as they need.
    pub(super) fn new(draft: &mut ChartDraft<'_, '_>) -> Result<Self, Trouble> {
        let em = draft.lettering.size;
        let between = em * draft.look.legend;
        let mut rows: Vec<Vec<LegendEntry>> = Vec::new();
        let mut used = 0.0;
        for at in draft.chart.drawing_order() {
            let series = &draft.chart.series[at];
            let look = draft.look;
            let sample = em * if series.kind == ChartKind::Line { look.sample_line } else { look.sample_bar };
            let words = &draft.flow.template.words;
            let name = draft.line(&[LabelPart::Text(&series.name), LabelPart::Affix(words.of_axis(series.axis))])?;
            let width = sample + draft.gap() + name.width;
            if width > draft.width {
                return Err(Trouble::Crowded);
            }
            let entry = LegendEntry { name, series: at, sample, width };
            match rows.last_mut() {
                Some(row) if used + between + width <= draft.width => {
                    row.push(entry);
                    used += between + width;
                }
                _ => {
                    rows.push(vec![entry]);
                    used = width;
                }
            }
        }
        Ok(Self { rows, leading: draft.lettering.leading, between })
    }

    pub(super) fn height(&self) -> f64 {
        self.leading * self.rows.len() as f64
    }

    /// The width of its widest row.
    pub(super) fn width(&self) -> f64 {
        self.rows.iter().map(|row| self.row_width(row)).fold(0.0, f64::max)
    }

    fn row_width(&self, row: &[LegendEntry]) -> f64 {
        row.iter().map(|entry| entry.width).sum::<f64>() + self.between * row.len().saturating_sub(1) as f64
    }

    /// Draws it from a height down, every row in the middle; the names go to `written`.
    pub(super) fn draw(self, draft: &ChartDraft<'_, '_>, top: f64, written: &mut Vec<PageItem>) -> Vec<PageItem> {
        let (look, block, gap) = (draft.look, draft.block, draft.gap());
        let mut ink = Ink::new(block);
        let starts: Vec<f64> = self.rows.iter().map(|row| (draft.width - self.row_width(row)) / 2.0).collect();
        for (at, (row, mut x)) in self.rows.into_iter().zip(starts).enumerate() {
            let top = top + self.leading * at as f64;
            let middle = top + self.leading / 2.0;
            for entry in row {
                let (rank, sample) = (draft.chart.rank(entry.series), entry.sample);
                if draft.chart.series[entry.series].kind == ChartKind::Line {
                    ink.line(&[(x, middle), (x + sample, middle)], look.line, look.dash(rank));
                    ink.sign(look.sign(rank), (x + sample / 2.0, middle), look.marker);
                } else {
                    let half = entry.name.figure_height() / 2.0;
                    let rect = Rect { left: x, top: middle - half, right: x + sample, bottom: middle + half };
                    ink.bar(rect, look.bar_tint(draft.chart, entry.series), look.outline);
                }
                let next = x + entry.width + self.between;
                entry.name.below(block, (x + sample + gap, top), Hang::Right, written);
                x = next;
            }
        }
        ink.items
    }
}

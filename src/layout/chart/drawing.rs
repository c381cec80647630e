//! A chart as large as its text can be, with its caption.

use super::label::{ChartLabel, LabelPart, Lettering};
use super::room::Point;
use super::{axes, pie};
use crate::diagnostic::{Code, say};
use crate::layout::Item;
use crate::layout::caption::caption;
use crate::layout::figure::captioned;
use crate::layout::flow::Flow;
use crate::layout::pages::Unit;
use crate::model::{Block, Chart, ChartFrame, ChartKind, Length, Side};
use crate::template::{Charts, StyleName};

/// From one size of text to the next smaller one.
const STEP: Length = Length::pt(0.5);

/// What is needed to draw a chart in one size of text.
pub(super) struct Draft<'d, 'f> {
    pub(super) flow: &'d mut Flow<'f>,
    pub(super) source: &'d Block,
    pub(super) block: u32,
    pub(super) chart: &'d Chart,
    pub(super) look: &'f Charts,
    pub(super) lettering: Lettering,
    pub(super) width: f64,
    pub(super) height: f64,
    /// True where the values are written beside what stands for them.
    pub(super) values: bool,
}

/// A chart, drawn.
pub(super) struct Drawing {
    pub(super) items: Vec<Item>,
    /// Left, top, width and height of the plot.
    pub(super) plot: [f64; 4],
    /// The same of the legend.
    pub(super) legend: Option<[f64; 4]>,
    pub(super) sides: Vec<Vec<Side>>,
    /// How far the names of slices were moved from where programs put them.
    pub(super) moved: Vec<Option<Point>>,
    /// True where each of them stands on one line.
    pub(super) level: bool,
}

/// Why a chart is not drawn.
pub(super) enum Trouble {
    /// A glyph is missing, which is recorded.
    Glyph,
    /// Something has no room.
    Crowded,
}

impl Draft<'_, '_> {
    /// A label in lines of at most `room`.
    pub(super) fn label(&mut self, parts: &[LabelPart<'_>], room: f64) -> Result<ChartLabel, Trouble> {
        ChartLabel::new(self.flow, self.source, &self.lettering, parts, room).ok_or(Trouble::Glyph)
    }

    /// A label on one line, however long.
    pub(super) fn line(&mut self, parts: &[LabelPart<'_>]) -> Result<ChartLabel, Trouble> {
        self.label(parts, f64::MAX)
    }

    pub(super) fn gap(&self) -> f64 {
        self.look.gap.to_pt()
    }
}

/// The units of a chart: it, and its caption on the same page. Text is made smaller where it is crowded, and where the values find
/// no room even so, they are left to the axis.
pub(in crate::layout) fn units(flow: &mut Flow<'_>, block: u32, source: &Block, chart: &Chart) -> Vec<Unit> {
    let template = flow.template;
    let (grid, look) = (&template.grid, &template.charts);
    let below = caption(flow, (block, source), template.page.measure(), None);
    let rows = template.chart_rows().min(grid.lines.saturating_sub(below.rows)).max(1);
    let (width, height) = (template.page.measure().to_pt(), template.height_of(rows).to_pt());
    let style = template.style(StyleName::ChartText);
    let least = look.smallest.min(style.size);
    let next = |size: &Length| (*size > least).then(|| (*size - STEP).max(least));
    let sizes: Vec<Length> = std::iter::successors(Some(style.size), next).collect();
    // A pie says its values beside the names of its slices.
    let ways: &[bool] = if chart.kind == ChartKind::Pie { &[true] } else { &[true, false] };
    for &values in ways {
        for &size in &sizes {
            let lettering = Lettering::new(style, size, grid.pitch, grid.ascent);
            let mut draft = Draft { flow: &mut *flow, source, block, chart, look, lettering, width, height, values };
            let drawn = if chart.kind == ChartKind::Pie { pie::draw(&mut draft) } else { axes::draw(&mut draft) };
            match drawn {
                Ok(drawing) => {
                    let shares =
                        |[left, top, wide, high]: [f64; 4]| [left / width, top / height, wide / width, high / height];
                    let (plot, legend) = (shares(drawing.plot), drawing.legend.map(shares));
                    let share = |moved: Option<Point>| moved.map(|(right, down)| [right / width, down / height]);
                    let moved = drawing.moved.into_iter().map(share).collect();
                    let frame = ChartFrame { plot, legend, size, values: drawing.sides, moved, level: drawing.level };
                    flow.frames.0.insert(block as usize, frame);
                    return captioned(block, drawing.items, below, rows);
                }
                Err(Trouble::Glyph) => return Vec::new(),
                Err(Trouble::Crowded) => {}
            }
        }
    }
    flow.refuse(
        Code::CHART_CROWDED,
        source,
        say!(
            "图里的类别太多，或者名称太长，排不下",
            "the chart has too many categories, or too long names, for its room"
        ),
        say!(
            "缩短名称、减少类别，分成几个图，或者改用表格",
            "shorten the names, draw fewer categories, several charts, or a table"
        ),
    );
    Vec::new()
}

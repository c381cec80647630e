//! A chart as large as its text can be, with its caption.

use super::drawing::{ChartDraft, Drawing, Trouble, Values};
use super::label::Lettering;
use super::room::Point;
use super::{axes, pie};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::layout::caption::{caption, captioned};
use crate::layout::flow::Flow;
use crate::layout::pages::Unit;
use crate::layout::{attached, turned};
use crate::model::{Block, BlockIndex, Chart, ChartKind, Length, Lie};
use crate::printed::ChartFrame;
use crate::template::StyleName;

/// From one size of text to the next smaller one.
const STEP: Length = Length::pt(0.5);

/// The units of a chart: it, and its caption on the same page. Text is made smaller where it is crowded, and where the values find
/// no room even so, they are left to the axis.
pub(in crate::layout) fn units(flow: &mut Flow<'_>, block: BlockIndex, source: &Block, chart: &Chart) -> Vec<Unit> {
    let template = flow.template;
    let (grid, look) = (&template.grid, &template.charts);
    let (measure, lines) = (template.measure(chart.lie), template.lines(chart.lie));
    let below = caption(flow, (block, source), measure, None);
    let noted = flow.notes.rows_below(block, &source.kind.texts(), lines);
    let around = below.rows + noted + attached::rows(flow, block, chart.lie);
    let rows = template.chart_rows(chart.lie).min(lines.saturating_sub(around)).max(1);
    let (width, height) = (measure.to_pt(), template.height_of(rows).to_pt());
    let style = template.style(StyleName::ChartText);
    let least = look.smallest.min(style.size);
    let next = |size: &Length| (*size > least).then(|| (*size - STEP).max(least));
    let sizes: Vec<Length> = std::iter::successors(Some(style.size), next).collect();
    // A pie says its values beside the names of its slices.
    let attempts: &[Values] =
        if chart.kind == ChartKind::Pie { &[Values::Written] } else { &[Values::Written, Values::OnAxis] };
    for &values in attempts {
        for &size in &sizes {
            let lettering = Lettering::new(style, size, grid.pitch, grid.ascent);
            let mut draft =
                ChartDraft { flow: &mut *flow, source, block, chart, look, lettering, width, height, values };
            let drawn = if chart.kind == ChartKind::Pie { pie::draw(&mut draft) } else { axes::draw(&mut draft) };
            match drawn {
                Ok(drawing) => {
                    if values == Values::OnAxis {
                        flow.advice.push(values_left_out(source));
                    }
                    flow.charts.insert(block, frame(&drawing, (rows, size), (width, height)));
                    return turned::lain(flow, (block, source), captioned(block, drawing.items, below, rows));
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
        if source.kind.lie() == Lie::Upright {
            say!(
                "缩短名称、减少类别，横放（landscape: true），分成几个图，或者改用表格",
                "shorten the names, draw fewer categories, lay it on its side (landscape: true), draw several charts, or a table"
            )
        } else {
            say!(
                "缩短名称、减少类别，分成几个图，或者改用表格",
                "shorten the names, draw fewer categories, several charts, or a table"
            )
        },
    );
    Vec::new()
}

fn values_left_out(source: &Block) -> Diagnostic {
    Diagnostic::advice(
        Code::VALUES_LEFT_OUT,
        source.span,
        say!(
            "图里的数挤在一起，标不下，没有标在图上，要由纵轴读出",
            "the values of the chart have no room beside each other and are left to the axis"
        ),
        say!(
            "减少类别或组数，横放（landscape: true），分成几个图，或者附一张表",
            "draw fewer categories or series, lay it on its side (landscape: true), draw several charts, or add a table"
        ),
    )
}

/// Where the parts of a chart are, as shares of its width and height.
fn frame(drawing: &Drawing, (rows, size): (u32, Length), (width, height): (f64, f64)) -> ChartFrame {
    let shares = |[left, top, wide, high]: [f64; 4]| [left / width, top / height, wide / width, high / height];
    let share = |moved: &Option<Point>| moved.map(|(right, down)| [right / width, down / height]);
    ChartFrame {
        rows,
        plot: shares(drawing.plot),
        legend: drawing.legend.map(shares),
        size,
        right_unit: drawing.right_unit.map(|left| left / width),
        values: drawing.sides.clone(),
        moved: drawing.moved.iter().map(share).collect(),
        level: drawing.level,
    }
}

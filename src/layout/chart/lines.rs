//! Lines with a sign at every point, each value on a side of its point where it has room.

use super::bars::Bar;
use super::drawing::{ChartDraft, Trouble};
use super::label::{ChartLabel, LabelPart};
use super::plot::{Plot, PlottedData};
use super::room::{Point, Rect, Taken};
use crate::model::{Chart, ChartKind, Series};
use crate::printed::Side;

/// Draws the lines of all series. At a gap a line ends, and goes on beyond it.
pub(super) fn draw(draft: &ChartDraft<'_, '_>, plot: &Plot, data: &mut PlottedData) {
    let (chart, look) = (draft.chart, draft.look);
    for (at, series) in lines(chart) {
        let (rank, points) = (chart.rank(at), plot.points(series));
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().flatten().copied().collect();
            data.lines.line(&run, look.line, look.dash(rank));
            for point in run {
                data.lines.sign(look.sign(rank), point, look.marker);
            }
        }
    }
}

/// What the lines take.
pub(super) fn taken(draft: &ChartDraft<'_, '_>, plot: &Plot) -> Taken {
    let mut taken = Taken::default();
    for (_, series) in lines(draft.chart) {
        let points = plot.points(series);
        taken.areas.extend(points.iter().flatten().map(|&point| Rect::around(point, draft.look.marker.to_pt())));
        taken.segments.extend(points.windows(2).filter_map(|pair| Some((pair[0]?, pair[1]?))));
    }
    taken
}

/// Writes the values of lines. `taken`: what lines take, and values of bars.
pub(super) fn write(
    draft: &mut ChartDraft<'_, '_>,
    plot: &Plot,
    bars: &[Bar<'_>],
    mut taken: Taken,
    data: &mut PlottedData,
) -> Result<(), Trouble> {
    let chart = draft.chart;
    taken.segments.push(((plot.left, plot.base()), (plot.right, plot.base())));
    let whole = plot.whole();
    for (at, series) in lines(chart) {
        let points = plot.points(series);
        for (category, value) in series.values.iter().enumerate() {
            let (Some(value), Some(point)) = (value, points[category]) else { continue };
            let label = draft.line(&[LabelPart::Text(&value.text)])?;
            let reach = draft.look.marker.to_pt() / 2.0 + draft.gap();
            let on_bar = |area: Rect| bars.iter().any(|bar| bar.rect.overlaps(area.grown(1.0)));
            let tried = usual(&points, category).map(|side| (side, beside(&label, point, side, reach)));
            let fits = |place: Point| {
                let area = label.figures(place);
                whole.holds(area) && taken.leaves(area.grown(1.0))
            };
            // Beside bars rather than on them.
            let free = tried.iter().find(|(_, place)| fits(*place) && !on_bar(label.figures(*place)));
            let free = free.or_else(|| tried.iter().find(|(_, place)| fits(*place))).copied();
            let Some((side, place)) = free else { return Err(Trouble::Crowded) };
            let area = label.figures(place);
            if on_bar(area) {
                data.on_bars.push(area.grown(1.0));
            }
            taken.areas.push(area);
            data.side(at, category, side);
            data.values.push((label, place));
        }
    }
    Ok(())
}

fn lines(chart: &Chart) -> impl Iterator<Item = (usize, &Series)> {
    chart.series.iter().enumerate().filter(|(_, series)| series.kind == ChartKind::Line)
}

/// The sides of a point in the order in which they are tried: a valley has its value below.
fn usual(points: &[Option<Point>], at: usize) -> [Side; 4] {
    let y = |at: usize| points.get(at).copied().flatten().map(|point| point.1);
    let lower = |other: Option<f64>| other.zip(y(at)).is_none_or(|(other, y)| other < y);
    let valley = points.iter().flatten().count() > 1 && lower(at.checked_sub(1).and_then(y)) && lower(y(at + 1));
    if valley {
        [Side::Below, Side::Above, Side::Left, Side::Right]
    } else {
        [Side::Above, Side::Below, Side::Left, Side::Right]
    }
}

/// The left end of the baseline of a value that is so far from its point.
fn beside(label: &ChartLabel, (x, y): Point, side: Side, reach: f64) -> Point {
    let (wide, high) = (label.width, label.figure_height());
    match side {
        Side::Above | Side::Inside | Side::Centre | Side::Base => (x - wide / 2.0, y - reach),
        Side::Below => (x - wide / 2.0, y + reach + high),
        Side::Left => (x - reach - wide, y + high / 2.0),
        Side::Right => (x + reach, y + high / 2.0),
    }
}

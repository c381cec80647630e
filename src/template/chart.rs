//! How charts look.

use super::section::{EM, Read as _, section};
use crate::diagnostic::{Vocabulary as _, words};
use crate::model::{Chart, ChartKind, Length};
use crate::yaml::shape::Shape;
use crate::yaml::tree::Node;

words! {
    /// The sign at a point of a line; its words are those of DrawingML too.
    pub enum Marker {
        /// ●
        Circle = "circle",
        /// ■
        Square = "square",
        /// ▲
        Triangle = "triangle",
        /// ◆
        Diamond = "diamond",
    }
}

section! {
    /// How charts look. Their text is set in the style `chart-text`.
    pub struct Charts = CHARTS ("charts", "charts") {
        /// How high a chart is, in rows of the grid.
        rows: u32 = need "rows", Shape::Integer(4, 200), "图高几行";
        /// Weight of the axes.
        axis: Length = need "axis", Shape::Length, "坐标轴的粗细";
        /// Weight of the lines at the marks of an axis.
        grid: Length = need "grid", Shape::Length, "刻度线的粗细";
        /// Weight of the lines that show data.
        line: Length = need "line", Shape::Length, "折线的粗细";
        /// Weight of the lines around bars and slices, and from slices to their names.
        outline: Length = need "outline", Shape::Length, "柱、扇形的边线和引线的粗细";
        /// The tints of black of bars by series, and of slices; at least three.
        tints: Vec<f32> = need "tints" with tints, Shape::List(&Shape::Number(0.0, 100.0), 3, 20),
            "各组柱、各块扇形的灰度：黑的百分之几";
        /// The dashes and gaps of lines by series, in weights of the line; none: unbroken.
        dashes: Vec<Vec<f64>> = need "dashes" with dashes,
            Shape::List(&Shape::List(&Shape::Number(0.1, 100.0), 0, 6), 1, 20),
            "各条折线的划和空，以线的粗细为单位；[] 为实线";
        /// The signs at the points of lines by series.
        markers: Vec<Marker> = need "markers", Shape::List(&Shape::Choice(Marker::WORDS), 1, 20), "各条折线的点";
        /// Width of a sign.
        marker: Length = need "marker", Shape::Length, "点的大小";
        /// The share of a category's room that its bars take.
        bar: f64 = need "bar", Shape::Number(0.1, 1.0), "柱占一格的几分之几";
        /// The width of a bar at most.
        widest: Length = need "widest", Shape::Length, "一根柱至多多宽";
        /// Between text and what it belongs to.
        gap: Length = need "gap", Shape::Length, "文字与所指之间的空";
        /// About how many steps an axis has.
        steps: u32 = need "steps", Shape::Integer(2, 20), "坐标轴大约分几格";
        /// At most how many lines the name of a category has.
        lines: u32 = need "lines", Shape::Integer(1, 20), "类别名称至多几行";
        /// The smallest size of text where it is crowded.
        smallest: Length = need "smallest", Shape::Length, "排不下时最小的字号";
        /// Between two entries of the legend, in em.
        legend: f64 = need "legend", EM, "图例两项之间空几字";
        /// Width of a bar's sample there, in em.
        sample_bar: f64 = need "sample-bar", EM, "图例里柱的样子宽几字";
        /// Width of a line's sample there, in em.
        sample_line: f64 = need "sample-line", EM, "图例里折线的样子宽几字";
        /// Length of either part of the line from a slice to its name, in em.
        leader: f64 = need "leader", EM, "扇形引线每段长几字";
    }
}

/// Shares of black, from hundredths.
fn tints(node: &Node) -> Option<Vec<f32>> {
    Some(Vec::<f64>::read(node)?.into_iter().map(|tint| tint as f32 / 100.0).collect())
}

/// As in PDF and SVG, an odd count of figures goes round twice.
fn dashes(node: &Node) -> Option<Vec<Vec<f64>>> {
    let dash = |dash: Vec<f64>| if dash.len() % 2 == 1 { dash.repeat(2) } else { dash };
    Some(Vec::<Vec<f64>>::read(node)?.into_iter().map(dash).collect())
}

impl Charts {
    /// How many series can be told from one another in black.
    #[must_use]
    pub fn most_series(&self, kind: ChartKind) -> usize {
        match kind {
            ChartKind::Bar => self.tints.len(),
            ChartKind::Line => self.dashes.len().max(self.markers.len()),
            ChartKind::Pie => 1,
        }
    }

    /// The share of a category's room that its bars take, where that is so wide: few bars do not become boards.
    #[must_use]
    pub fn share(&self, room: Length, series: usize) -> f64 {
        let bars = series.max(1) as f64;
        // Word knows no gap wider than five bars.
        self.bar.min((self.widest * bars / room).max(bars / (bars + 5.0)))
    }

    /// The tint at a place in the order of the template.
    #[must_use]
    pub fn tint(&self, series: usize) -> f32 {
        self.tints.get(series % self.tints.len().max(1)).copied().unwrap_or(1.0)
    }

    /// The tint of the bars of series `at`. Where lines run over bars they begin with the second tint: a line is not seen on a dark bar.
    #[must_use]
    pub fn bar_tint(&self, chart: &Chart, at: usize) -> f32 {
        self.tint(chart.rank(at) + usize::from(chart.is_mixed()))
    }

    /// The tint of slice `at` of `count`: no two neighbours have the same.
    #[must_use]
    pub fn slice_tint(&self, at: usize, count: usize) -> f32 {
        // The last slice meets the first one.
        let meets = at > 0 && at + 1 == count && at.is_multiple_of(self.tints.len().max(1));
        self.tint(if meets { at + 1 } else { at })
    }

    /// The dashes of a line.
    #[must_use]
    pub fn dash(&self, series: usize) -> &[f64] {
        self.dashes.get(series % self.dashes.len().max(1)).map_or(&[], Vec::as_slice)
    }

    /// The sign at the points of a line.
    #[must_use]
    pub fn sign(&self, series: usize) -> Marker {
        self.markers.get(series % self.markers.len().max(1)).copied().unwrap_or(Marker::Circle)
    }
}

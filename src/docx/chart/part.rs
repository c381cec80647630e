//! `word/charts/chartN.xml`: a chart as Word writes it, its values cached beside the formulas that name the workbook's cells.

use super::cells::{SHEET, column, format_code, number_format, series_head};
use crate::docx::package::OFFICE;
use crate::docx::units;
use crate::docx::xml::{Markup, Xml};
use crate::model::{Chart, ChartKind, Color, Length, Scale, Series, Text, ValueAxis};
use crate::printed::{ChartFrame, Side};
use crate::template::{StyleName, Template};

/// The axes of a chart: those of the categories and of the values at the left, which name each other, and the same at the right.
const AXES: [[&str; 2]; 2] = [["111111111", "222222222"], ["333333333", "444444444"]];

/// The part of one chart; its workbook is the relationship `rId1`. `frame`: where a page has put its parts.
pub(in crate::docx) fn part(chart: &Chart, template: &Template, frame: &ChartFrame) -> Markup {
    let (left, right) = Scale::both(chart, template.charts.steps);
    let mut writer = ChartWriter { xml: Xml::default(), chart, template, frame, left, right };
    writer.write();
    writer.xml.finish()
}

struct ChartWriter<'a> {
    xml: Xml,
    chart: &'a Chart,
    template: &'a Template,
    frame: &'a ChartFrame,
    left: Scale,
    right: Option<Scale>,
}

/// What programs need for a legend, compared with the page.
const LEGEND: f64 = 1.6;

/// What a label says.
#[derive(Clone, Copy)]
struct LabelContent {
    value: bool,
    category: bool,
}

impl ChartWriter<'_> {
    fn write(&mut self) {
        let c = "http://schemas.openxmlformats.org/drawingml/2006/chart";
        let a = "http://schemas.openxmlformats.org/drawingml/2006/main";
        let r = OFFICE.trim_end_matches('/');
        self.xml.open("c:chartSpace", &[("xmlns:c", c), ("xmlns:a", a), ("xmlns:r", r)]);
        self.val("c:date1904", "0").val("c:lang", "zh-CN").val("c:roundedCorners", "0");
        self.xml.open("c:chart", &[]);
        self.val("c:autoTitleDeleted", "1");
        self.xml.open("c:plotArea", &[]);
        self.xml.open("c:layout", &[]).open("c:manualLayout", &[]);
        // What the axes enclose, without what is written at them.
        self.val("c:layoutTarget", "inner");
        self.shares(self.frame.plot);
        self.xml.close().close();
        if self.chart.kind == ChartKind::Pie {
            self.pie();
        } else {
            self.bars();
            for axis in ValueAxis::ALL {
                self.lines(axis);
            }
            self.category_axis(ValueAxis::Left);
            self.value_axis(ValueAxis::Left, self.left);
            if let Some(right) = self.right {
                self.value_axis(ValueAxis::Right, right);
                self.category_axis(ValueAxis::Right);
            }
        }
        self.xml.close();
        if self.chart.kind != ChartKind::Pie && self.chart.series.len() > 1 {
            self.xml.open("c:legend", &[]);
            self.val("c:legendPos", "b");
            if let Some([left, top, width, height]) = self.frame.legend {
                // Programs draw longer samples, and leave out an entry that has no room.
                let wide = (width * LEGEND).min(1.0);
                let left = (left + width / 2.0 - wide / 2.0).max(0.0);
                let place = [left, top, wide, height];
                self.xml.open("c:layout", &[]).open("c:manualLayout", &[]);
                self.shares(place);
                self.xml.close().close();
            }
            self.val("c:overlay", "0");
            self.xml.close();
        }
        self.val("c:plotVisOnly", "1").val("c:dispBlanksAs", "gap");
        self.xml.close();
        self.xml.open("c:spPr", &[]).empty("a:noFill", &[]);
        self.stroke(None);
        self.xml.close();
        self.text_properties(&[]);
        self.xml.open("c:externalData", &[("r:id", "rId1")]);
        self.val("c:autoUpdate", "0");
    }

    fn val(&mut self, name: &str, value: &str) -> &mut Self {
        self.xml.empty(name, &[("val", value)]);
        self
    }

    /// A place, as shares of the chart's width and height.
    fn shares(&mut self, place: [f64; 4]) {
        self.val("c:xMode", "edge").val("c:yMode", "edge");
        for (name, share) in ["c:x", "c:y", "c:w", "c:h"].into_iter().zip(place) {
            self.val(name, &format!("{share:.4}"));
        }
    }

    fn bars(&mut self) {
        let (chart, charts) = (self.chart, &self.template.charts);
        let bars: Vec<(usize, &Series)> =
            chart.series.iter().enumerate().filter(|(_, series)| series.kind != ChartKind::Line).collect();
        if bars.is_empty() {
            return;
        }
        self.xml.open("c:barChart", &[]);
        self.val("c:barDir", "col").val("c:grouping", "clustered").val("c:varyColors", "0");
        let count = bars.len();
        for (at, series) in bars {
            self.begin_series(at, series);
            self.body(charts.bar_tint(chart, at));
            self.val("c:invertIfNegative", "0");
            self.labels(at, series, "outEnd");
            self.data(at, series);
            self.xml.close();
        }
        let [_, _, plot, _] = self.frame.plot;
        let room = self.template.measure(chart.lie) * plot / chart.categories.len().max(1) as f64;
        // The gap counts in hundredths of a bar.
        let (bars, share) = (count as f64, charts.share(room, count));
        let gap = ((1.0 - share) * bars / share * 100.0).clamp(0.0, 500.0);
        self.val("c:gapWidth", &format!("{gap:.0}")).val("c:overlap", "0");
        self.end_plot(ValueAxis::Left);
    }

    /// The lines on an axis.
    fn lines(&mut self, axis: ValueAxis) {
        let (chart, charts) = (self.chart, &self.template.charts);
        let on_axis = |series: &Series| series.kind == ChartKind::Line && series.axis == axis;
        if !chart.series.iter().any(on_axis) {
            return;
        }
        self.xml.open("c:lineChart", &[]);
        self.val("c:grouping", "standard").val("c:varyColors", "0");
        for (at, series) in chart.series.iter().enumerate().filter(|(_, series)| on_axis(series)) {
            let rank = chart.rank(at);
            self.begin_series(at, series);
            self.xml.open("c:spPr", &[]).open("a:ln", &[("w", &units::emu(charts.line).to_string()), ("cap", "flat")]);
            self.fill(Color::BLACK);
            self.dashes(charts.dash(rank));
            self.xml.empty("a:round", &[]).close().close().open("c:marker", &[]);
            // Programs take whole points from 2 to 72.
            let size = charts.marker.to_pt().round().clamp(2.0, 72.0);
            self.val("c:symbol", charts.sign(rank).word()).val("c:size", &size.to_string());
            self.xml.open("c:spPr", &[]);
            self.fill(Color::BLACK);
            self.stroke(None);
            self.xml.close().close();
            self.labels(at, series, "t");
            self.data(at, series);
            self.val("c:smooth", "0");
            self.xml.close();
        }
        self.val("c:marker", "1");
        self.end_plot(axis);
    }

    /// The axes that bars or lines go by.
    fn end_plot(&mut self, axis: ValueAxis) {
        let [categories, values] = axes(axis);
        self.val("c:axId", categories).val("c:axId", values);
        self.xml.close();
    }

    /// Dashes and gaps, in thousandths of a hundredth of the line's weight.
    fn dashes(&mut self, dashes: &[f64]) {
        if dashes.is_empty() {
            self.xml.empty("a:prstDash", &[("val", "solid")]);
            return;
        }
        self.xml.open("a:custDash", &[]);
        for pair in dashes.chunks_exact(2) {
            let [dash, gap] = [pair[0], pair[1]].map(|length| format!("{:.0}", length * 100_000.0));
            self.xml.empty("a:ds", &[("d", &dash), ("sp", &gap)]);
        }
        self.xml.close();
    }

    /// The first series: a pie has no other.
    fn pie(&mut self) {
        self.xml.open("c:pieChart", &[]);
        self.val("c:varyColors", "1");
        if let Some(series) = self.chart.series.first() {
            self.begin_series(0, series);
            let count = self.chart.categories.len();
            for at in 0..count {
                self.xml.open("c:dPt", &[]);
                self.val("c:idx", &at.to_string()).val("c:bubble3D", "0");
                self.body(self.template.charts.slice_tint(at, count));
                self.xml.close();
            }
            self.labels(0, series, "outEnd");
            self.data(0, series);
            self.xml.close();
        }
        self.val("c:firstSliceAng", "0");
        self.xml.close();
    }

    /// The look of bars and slices.
    fn body(&mut self, tint: f32) {
        self.xml.open("c:spPr", &[]);
        self.fill(Color::gray(tint));
        self.stroke(Some((self.template.charts.outline, Color::BLACK)));
        self.xml.close();
    }

    fn begin_series(&mut self, at: usize, series: &Series) {
        self.xml.open("c:ser", &[]);
        self.val("c:idx", &at.to_string()).val("c:order", &at.to_string());
        self.xml.open("c:tx", &[]).open("c:strRef", &[]);
        self.xml.text("c:f", &[], &format!("{SHEET}!${}$1", column(at + 1)));
        self.strings(&[series_head(series, &self.template.words)]);
        self.xml.close().close();
    }

    /// Categories and values: where they are in the workbook, and what is there.
    fn data(&mut self, at: usize, series: &Series) {
        let chart = self.chart;
        let last = chart.categories.len() + 1;
        self.xml.open("c:cat", &[]).open("c:strRef", &[]);
        self.xml.text("c:f", &[], &format!("{SHEET}!$A$2:$A${last}"));
        self.strings(&chart.categories.iter().map(Text::plain).collect::<Vec<_>>());
        self.xml.close().close();
        let letters = column(at + 1);
        self.xml.open("c:val", &[]).open("c:numRef", &[]);
        self.xml.text("c:f", &[], &format!("{SHEET}!${letters}$2:${letters}${last}"));
        self.xml.open("c:numCache", &[]).text("c:formatCode", &[], "General");
        self.val("c:ptCount", &chart.categories.len().to_string());
        for (at, value) in series.values.iter().take(chart.categories.len()).enumerate() {
            let Some(value) = value else { continue };
            self.xml.open("c:pt", &[("idx", &at.to_string())]).text("c:v", &[], &value.digits()).close();
        }
        self.xml.close().close().close();
    }

    fn strings(&mut self, strings: &[String]) {
        self.xml.open("c:strCache", &[]);
        self.val("c:ptCount", &strings.len().to_string());
        for (at, text) in strings.iter().enumerate() {
            self.xml.open("c:pt", &[("idx", &at.to_string())]).text("c:v", &[], text).close();
        }
        self.xml.close();
    }

    /// The values of a series beside what represents them, each on the side where the page has it and with its own decimals;
    /// `usual`: the side of most. A pie's have the names of their slices.
    fn labels(&mut self, at: usize, series: &Series, usual: &str) {
        self.xml.open("c:dLbls", &[]);
        let pie = self.chart.kind == ChartKind::Pie;
        let unit = self.chart.unit.as_ref().filter(|_| pie).map(Text::plain).unwrap_or_default().replace('"', "");
        let unit = if unit.is_empty() { unit } else { format!("\"{unit}\"") };
        let sides = self.frame.values.get(at).map_or(&[][..], Vec::as_slice);
        let shown = LabelContent { value: pie || !sides.is_empty(), category: pie };
        let common = series.given().next().map_or_else(|| "0".to_owned(), format_code);
        for (at, value) in series.values.iter().enumerate().filter(|_| shown.value) {
            let Some(value) = value else { continue };
            let place = match (sides.get(at).copied().flatten(), series.kind) {
                (Some(Side::Inside), ChartKind::Bar) => "inEnd",
                (Some(Side::Centre), ChartKind::Bar) => "ctr",
                (Some(Side::Base), ChartKind::Bar) => "inBase",
                (Some(Side::Below), ChartKind::Line) => "b",
                (Some(Side::Left), ChartKind::Line) => "l",
                (Some(Side::Right), ChartKind::Line) => "r",
                _ => usual,
            };
            let format = format_code(value);
            let moved = self.frame.moved.get(at).copied().flatten();
            if place != usual || format != common || moved.is_some() {
                self.xml.open("c:dLbl", &[]);
                self.val("c:idx", &at.to_string());
                if let Some([right, down]) = moved {
                    self.xml.open("c:layout", &[]).open("c:manualLayout", &[]);
                    self.val("c:x", &format!("{right:.4}")).val("c:y", &format!("{down:.4}"));
                    self.xml.close().close();
                }
                self.label(&format!("{format}{unit}"), place, shown);
                self.xml.close();
            }
        }
        self.label(&format!("{common}{unit}"), usual, shown);
        if pie {
            self.val("c:showLeaderLines", "1");
        }
        self.xml.close();
    }

    fn label(&mut self, format: &str, place: &str, shown: LabelContent) {
        self.xml.empty("c:numFmt", &[("formatCode", format), ("sourceLinked", "0")]);
        // Paper where the lines of the grid would run through.
        self.xml.open("c:spPr", &[]);
        self.fill(Color::default());
        self.stroke(None);
        self.xml.close();
        if shown.category && self.frame.level {
            // Some programs would turn over what is on one line here.
            self.text_properties(&[("wrap", "none")]);
        }
        self.val("c:dLblPos", place).val("c:showLegendKey", "0");
        self.val("c:showVal", flag(shown.value)).val("c:showCatName", flag(shown.category));
        self.val("c:showSerName", "0").val("c:showPercent", "0").val("c:showBubbleSize", "0");
        if shown.category {
            self.xml.text("c:separator", &[], " ");
        }
    }

    /// The axis of the categories; that which goes with the right axis is not shown.
    fn category_axis(&mut self, axis: ValueAxis) {
        let [own, crossed] = axes(axis);
        self.xml.open("c:catAx", &[]);
        self.begin_axis(own, "b", None);
        self.xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
        self.val("c:majorTickMark", "none").val("c:minorTickMark", "none").val("c:tickLblPos", "low");
        self.axis_line();
        // The names of categories are level, however narrow their room.
        self.text_properties(&[("rot", "0"), ("vert", "horz")]);
        self.val("c:crossAx", crossed).val("c:crosses", "autoZero").val("c:auto", "0");
        self.val("c:lblAlgn", "ctr").val("c:lblOffset", "100").val("c:noMultiLvlLbl", "1");
        self.xml.close();
    }

    fn value_axis(&mut self, axis: ValueAxis, scale: Scale) {
        let [crossed, own] = axes(axis);
        let (place, crosses) = if axis == ValueAxis::Left { ("l", "autoZero") } else { ("r", "max") };
        self.xml.open("c:valAx", &[]);
        self.begin_axis(own, place, Some(scale));
        if axis == ValueAxis::Left {
            self.xml.open("c:majorGridlines", &[]).open("c:spPr", &[]);
            self.stroke(Some((self.template.charts.grid, Color::BLACK)));
            self.xml.close().close();
        }
        if let Some(unit) = self.chart.unit_of(axis) {
            let said = format!("{}{}", self.template.words.unit, unit.plain());
            let left = if axis == ValueAxis::Left { None } else { self.frame.right_unit };
            self.unit(&said, left.unwrap_or_default());
        }
        let places = scale.places;
        let format = number_format(places, scale.percent, scale.grouped);
        self.xml.empty("c:numFmt", &[("formatCode", &format), ("sourceLinked", "0")]);
        self.val("c:majorTickMark", "none").val("c:minorTickMark", "none").val("c:tickLblPos", "nextTo");
        self.axis_line();
        self.val("c:crossAx", crossed).val("c:crosses", crosses).val("c:crossBetween", "between");
        self.val("c:majorUnit", &format!("{:.places$}", scale.step));
        self.xml.close();
    }

    /// What the values are counted in, at the head of their axis, from a share of the chart's width on; level, as Han text is.
    fn unit(&mut self, said: &str, left: f64) {
        self.xml.open("c:title", &[]).open("c:tx", &[]).open("c:rich", &[]);
        self.xml.empty("a:bodyPr", &[("rot", "0"), ("vert", "horz")]).empty("a:lstStyle", &[]);
        self.xml.open("a:p", &[]).open("a:pPr", &[]);
        self.run_properties("a:defRPr");
        self.xml.close().open("a:r", &[]);
        self.run_properties("a:rPr");
        self.xml.text("a:t", &[], said).close().close().close().close();
        self.xml.open("c:layout", &[]).open("c:manualLayout", &[]);
        let left = if left > 0.0 { format!("{left:.4}") } else { "0".to_owned() };
        self.val("c:xMode", "edge").val("c:yMode", "edge").val("c:x", &left).val("c:y", "0");
        self.xml.close().close();
        self.val("c:overlay", "0");
        self.xml.close();
    }

    /// `scale`: what an axis of values runs over; the axis of categories that goes with the right one is not shown.
    fn begin_axis(&mut self, own: &str, place: &str, scale: Option<Scale>) {
        self.val("c:axId", own);
        self.xml.open("c:scaling", &[]);
        self.val("c:orientation", "minMax");
        if let Some(Scale { low, high, places, .. }) = scale {
            self.val("c:max", &format!("{high:.places$}")).val("c:min", &format!("{low:.places$}"));
        }
        self.xml.close();
        let hidden = own == AXES[1][0];
        self.val("c:delete", flag(hidden)).val("c:axPos", place);
    }

    fn axis_line(&mut self) {
        self.xml.open("c:spPr", &[]);
        self.stroke(Some((self.template.charts.axis, Color::BLACK)));
        self.xml.close();
    }

    fn fill(&mut self, color: Color) {
        self.xml.open("a:solidFill", &[]);
        self.val("a:srgbClr", &units::rgb(color));
        self.xml.close();
    }

    fn stroke(&mut self, line: Option<(Length, Color)>) {
        match line {
            Some((width, color)) => {
                self.xml.open("a:ln", &[("w", &units::emu(width).to_string())]);
                self.fill(color);
            }
            None => {
                self.xml.open("a:ln", &[]).empty("a:noFill", &[]);
            }
        }
        self.xml.close();
    }

    fn text_properties(&mut self, body: &[(&str, &str)]) {
        self.xml.open("c:txPr", &[]).empty("a:bodyPr", body).empty("a:lstStyle", &[]);
        self.xml.open("a:p", &[]).open("a:pPr", &[]);
        self.run_properties("a:defRPr");
        self.xml.close().empty("a:endParaRPr", &[("lang", "zh-CN")]).close().close();
    }

    fn run_properties(&mut self, name: &'static str) {
        let style = self.template.style(StyleName::ChartText);
        // Hundredths of a point.
        let size = (units::half_points(self.frame.size) * 50).to_string();
        let bold = flag(style.strong);
        let mut attributes = vec![("sz", size.as_str()), ("b", bold)];
        if name == "a:rPr" {
            attributes.insert(0, ("lang", "zh-CN"));
        }
        self.xml.open(name, &attributes);
        self.fill(style.color);
        if let Some(fonts) = self.template.fonts.role(style.font) {
            self.xml.empty("a:latin", &[("typeface", &fonts.office_latin)]);
            self.xml.empty("a:ea", &[("typeface", &fonts.office)]);
        }
        self.xml.close();
    }
}

/// The axes of categories and of values that go with a value axis.
fn axes(axis: ValueAxis) -> [&'static str; 2] {
    match axis {
        ValueAxis::Left => AXES[0],
        ValueAxis::Right => AXES[1],
    }
}

fn flag(on: bool) -> &'static str {
    if on { "1" } else { "0" }
}

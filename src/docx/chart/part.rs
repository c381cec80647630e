//! `word/charts/chartN.xml`: a chart as Word writes it, its values cached beside the formulas that name the workbook's cells.

use super::{Look, SHEET, column, decimal, format_code};
use crate::docx::package::OFFICE;
use crate::docx::units;
use crate::docx::xml::Xml;
use crate::model::{Chart, ChartKind, Color, Length, Series};
use crate::template::{StyleName, Template};

/// The two axes of a chart, which name each other.
const AXES: [&str; 2] = ["111111111", "222222222"];
/// The shapes that tell the lines of a chart from one another where all ink is black.
const MARKERS: [&str; 5] = ["circle", "square", "triangle", "diamond", "x"];

/// The part of one chart; its workbook is the relationship `rId1`.
pub(in crate::docx) fn part(chart: &Chart, template: &Template) -> String {
    let mut writer = Writer { xml: Xml::part(), chart, template, look: Look::of(template) };
    writer.write();
    writer.xml.finish()
}

struct Writer<'a> {
    xml: Xml,
    chart: &'a Chart,
    template: &'a Template,
    look: Look,
}

impl Writer<'_> {
    fn write(&mut self) {
        let c = "http://schemas.openxmlformats.org/drawingml/2006/chart";
        let a = "http://schemas.openxmlformats.org/drawingml/2006/main";
        let r = OFFICE.trim_end_matches('/');
        self.xml.open("c:chartSpace", &[("xmlns:c", c), ("xmlns:a", a), ("xmlns:r", r)]);
        self.val("c:date1904", "0").val("c:lang", "zh-CN").val("c:roundedCorners", "0");
        self.xml.open("c:chart", &[]);
        self.val("c:autoTitleDeleted", "1");
        self.xml.open("c:plotArea", &[]).empty("c:layout", &[]);
        match self.chart.kind {
            ChartKind::Bar => self.bars(),
            ChartKind::Line => self.lines(),
            ChartKind::Pie => self.pie(),
        }
        if self.chart.kind != ChartKind::Pie {
            self.category_axis();
            self.value_axis();
        }
        self.xml.close();
        if self.chart.kind != ChartKind::Pie && self.chart.series.len() > 1 {
            self.xml.open("c:legend", &[]);
            self.val("c:legendPos", "b").val("c:overlay", "0");
            self.xml.close();
        }
        self.val("c:plotVisOnly", "1").val("c:dispBlanksAs", "gap");
        self.xml.close();
        self.xml.open("c:spPr", &[]).empty("a:noFill", &[]);
        self.stroke(None);
        self.xml.close();
        self.text_properties();
        self.xml.open("c:externalData", &[("r:id", "rId1")]);
        self.val("c:autoUpdate", "0");
    }

    fn val(&mut self, name: &str, value: &str) -> &mut Self {
        self.xml.empty(name, &[("val", value)]);
        self
    }

    fn bars(&mut self) {
        self.xml.open("c:barChart", &[]);
        self.val("c:barDir", "col").val("c:grouping", "clustered").val("c:varyColors", "0");
        let chart = self.chart;
        for (at, series) in chart.series.iter().enumerate() {
            self.begin_series(at, series);
            self.xml.open("c:spPr", &[]);
            self.fill(self.tint(at));
            self.xml.close();
            self.val("c:invertIfNegative", "0");
            self.labels(&format_code(&series.values), Some("outEnd"), false);
            self.data(at, series);
            self.xml.close();
        }
        self.val("c:gapWidth", "100").val("c:axId", AXES[0]).val("c:axId", AXES[1]);
        self.xml.close();
    }

    fn lines(&mut self) {
        self.xml.open("c:lineChart", &[]);
        self.val("c:grouping", "standard").val("c:varyColors", "0");
        let chart = self.chart;
        for (at, series) in chart.series.iter().enumerate() {
            let color = self.tint(at);
            self.begin_series(at, series);
            self.xml.open("c:spPr", &[]);
            self.stroke(Some((self.look.line, color)));
            self.xml.close().open("c:marker", &[]);
            self.val("c:symbol", MARKERS[at % MARKERS.len()]).val("c:size", "6");
            self.xml.open("c:spPr", &[]);
            self.fill(color);
            self.stroke(Some((self.look.axis, color)));
            self.xml.close().close();
            self.labels(&format_code(&series.values), Some("t"), false);
            self.data(at, series);
            self.val("c:smooth", "0");
            self.xml.close();
        }
        self.val("c:marker", "1").val("c:axId", AXES[0]).val("c:axId", AXES[1]);
        self.xml.close();
    }

    /// The first series: a pie has no other.
    fn pie(&mut self) {
        self.xml.open("c:pieChart", &[]);
        self.val("c:varyColors", "1");
        if let Some(series) = self.chart.series.first() {
            self.begin_series(0, series);
            for at in 0..self.chart.categories.len() {
                self.xml.open("c:dPt", &[]);
                self.val("c:idx", &at.to_string()).val("c:bubble3D", "0");
                self.xml.open("c:spPr", &[]);
                self.fill(self.tint(at));
                // White between the slices.
                self.stroke(Some((self.look.axis, Color::default())));
                self.xml.close().close();
            }
            let unit = self.chart.unit.as_deref().unwrap_or("").replace('"', "");
            self.labels(&format!("{}\"{unit}\"", format_code(&series.values)), Some("outEnd"), true);
            self.data(0, series);
            self.xml.close();
        }
        self.val("c:firstSliceAng", "0");
        self.xml.close();
    }

    fn begin_series(&mut self, at: usize, series: &Series) {
        self.xml.open("c:ser", &[]);
        self.val("c:idx", &at.to_string()).val("c:order", &at.to_string());
        self.xml.open("c:tx", &[]).open("c:strRef", &[]);
        self.xml.text("c:f", &[], &format!("{SHEET}!${}$1", column(at + 1)));
        self.strings([series.name.as_str()].into_iter());
        self.xml.close().close();
    }

    /// Categories and values: where they stand in the workbook, and what stands there.
    fn data(&mut self, at: usize, series: &Series) {
        let chart = self.chart;
        let last = chart.categories.len() + 1;
        self.xml.open("c:cat", &[]).open("c:strRef", &[]);
        self.xml.text("c:f", &[], &format!("{SHEET}!$A$2:$A${last}"));
        self.strings(chart.categories.iter().map(String::as_str));
        self.xml.close().close();
        let letters = column(at + 1);
        self.xml.open("c:val", &[]).open("c:numRef", &[]);
        self.xml.text("c:f", &[], &format!("{SHEET}!${letters}$2:${letters}${last}"));
        self.xml.open("c:numCache", &[]).text("c:formatCode", &[], &format_code(&series.values));
        self.val("c:ptCount", &chart.categories.len().to_string());
        for (at, value) in series.values.iter().take(chart.categories.len()).enumerate() {
            if let Some(value) = decimal(value) {
                self.xml.open("c:pt", &[("idx", &at.to_string())]).text("c:v", &[], value).close();
            }
        }
        self.xml.close().close().close();
    }

    fn strings<'s>(&mut self, strings: impl ExactSizeIterator<Item = &'s str>) {
        self.xml.open("c:strCache", &[]);
        self.val("c:ptCount", &strings.len().to_string());
        for (at, text) in strings.enumerate() {
            self.xml.open("c:pt", &[("idx", &at.to_string())]).text("c:v", &[], text).close();
        }
        self.xml.close();
    }

    /// The values beside what stands for them; in a pie with their categories.
    fn labels(&mut self, format: &str, place: Option<&str>, category: bool) {
        self.xml.open("c:dLbls", &[]);
        self.xml.empty("c:numFmt", &[("formatCode", format), ("sourceLinked", "0")]);
        self.xml.open("c:spPr", &[]).empty("a:noFill", &[]);
        self.stroke(None);
        self.xml.close();
        if let Some(place) = place {
            self.val("c:dLblPos", place);
        }
        let category = if category { "1" } else { "0" };
        self.val("c:showLegendKey", "0").val("c:showVal", "1").val("c:showCatName", category);
        self.val("c:showSerName", "0").val("c:showPercent", "0").val("c:showBubbleSize", "0");
        self.xml.close();
    }

    fn category_axis(&mut self) {
        self.xml.open("c:catAx", &[]);
        self.begin_axis(0, "b");
        self.xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
        self.val("c:majorTickMark", "none").val("c:minorTickMark", "none").val("c:tickLblPos", "low");
        self.axis_line();
        self.val("c:crossAx", AXES[1]).val("c:crosses", "autoZero").val("c:auto", "0");
        self.val("c:lblAlgn", "ctr").val("c:lblOffset", "100").val("c:noMultiLvlLbl", "1");
        self.xml.close();
    }

    fn value_axis(&mut self) {
        self.xml.open("c:valAx", &[]);
        self.begin_axis(1, "l");
        self.xml.open("c:majorGridlines", &[]).open("c:spPr", &[]);
        self.stroke(Some((self.look.grid, Color::BLACK)));
        self.xml.close().close();
        if let Some(unit) = &self.chart.unit {
            // Upright, as Han text stands.
            self.xml.open("c:title", &[]).open("c:tx", &[]).open("c:rich", &[]);
            self.xml.empty("a:bodyPr", &[("rot", "0"), ("vert", "horz")]).empty("a:lstStyle", &[]);
            self.xml.open("a:p", &[]).open("a:pPr", &[]);
            self.run_properties("a:defRPr");
            self.xml.close().open("a:r", &[]);
            self.run_properties("a:rPr");
            self.xml.text("a:t", &[], unit).close().close().close().close();
            self.val("c:overlay", "0");
            self.xml.close();
        }
        self.xml.empty("c:numFmt", &[("formatCode", "General"), ("sourceLinked", "0")]);
        self.val("c:majorTickMark", "none").val("c:minorTickMark", "none").val("c:tickLblPos", "nextTo");
        self.axis_line();
        self.val("c:crossAx", AXES[0]).val("c:crosses", "autoZero").val("c:crossBetween", "between");
        self.xml.close();
    }

    fn begin_axis(&mut self, axis: usize, place: &str) {
        self.val("c:axId", AXES[axis]);
        self.xml.open("c:scaling", &[]);
        self.val("c:orientation", "minMax");
        self.xml.close();
        self.val("c:delete", "0").val("c:axPos", place);
    }

    fn axis_line(&mut self) {
        self.xml.open("c:spPr", &[]);
        self.stroke(Some((self.look.axis, Color::BLACK)));
        self.xml.close();
    }

    /// The tint of series or slice `at`; past the last they begin again.
    fn tint(&self, at: usize) -> Color {
        let tints = &self.look.tints;
        Color::gray(tints.get(at % tints.len().max(1)).copied().unwrap_or(1.0))
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

    fn text_properties(&mut self) {
        self.xml.open("c:txPr", &[]).empty("a:bodyPr", &[]).empty("a:lstStyle", &[]);
        self.xml.open("a:p", &[]).open("a:pPr", &[]);
        self.run_properties("a:defRPr");
        self.xml.close().empty("a:endParaRPr", &[("lang", "zh-CN")]).close().close();
    }

    fn run_properties(&mut self, name: &'static str) {
        let style = self.template.style(StyleName::ChartText);
        // Hundredths of a point.
        let size = (units::half_points(style.size) * 50).to_string();
        let bold = if style.strong { "1" } else { "0" };
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

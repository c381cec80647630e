//! Charts from data: what they show, and on what scale.

use super::{FigureFlow, Lie, Number, Text, grouped};
use crate::diagnostic::words;
use std::fmt::Write as _;

words! {
    /// How a chart draws its data.
    pub enum ChartKind {
        /// Columns side by side.
        Bar = "bar",
        /// A line a series.
        Line = "line",
        /// A pie of one series.
        Pie = "pie",
    }
}

words! {
    /// The value axis that a series is measured on.
    pub enum ValueAxis {
        /// The axis at the left, which every chart has.
        Left = "left",
        /// A second one at the right, with a scale of its own.
        Right = "right",
    }
}

/// A chart from data.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// How it is drawn; single series may be drawn in another way.
    pub kind: ChartKind,
    /// Its caption, without 图 and number.
    pub caption: Option<Text>,
    /// 图1; charts and pictures count together.
    pub number: Option<Number>,
    /// What the values are counted in: 件, 亿元.
    pub unit: Option<Text>,
    /// What those on the right axis are counted in.
    pub right_unit: Option<Text>,
    /// The names along the axis, or of the slices.
    pub categories: Vec<Text>,
    /// The data.
    pub series: Vec<Series>,
    /// Alternative text for readers who do not see it; empty: [`Chart::alternative_text`] makes it from the data.
    pub alt: String,
    /// How it lies on its page.
    pub lie: Lie,
    /// Where it may go.
    pub flow: FigureFlow,
}

/// A row of data in a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: Text,
    /// How it is drawn: as the chart, or as a line over its bars.
    pub kind: ChartKind,
    /// What it is measured on.
    pub axis: ValueAxis,
    /// Its values, one a category; None where there is none, which is a gap.
    pub values: Vec<Option<Quantity>>,
}

impl Series {
    /// The values that there are.
    pub fn given(&self) -> impl Iterator<Item = &Quantity> {
        self.values.iter().flatten()
    }
}

/// A value of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// As it is printed: digits with a sign and a decimal point where it has them, such as `-12.50`, with commas between thousands and
    /// with `%` where the data has them.
    pub text: Text,
}

impl Quantity {
    /// What is drawn: of 12.5% 12.5.
    #[must_use]
    pub fn amount(&self) -> f64 {
        self.digits().parse().unwrap_or_default()
    }

    /// The number alone.
    #[must_use]
    pub fn digits(&self) -> String {
        self.text.plain().trim_end_matches('%').replace(',', "")
    }

    /// True with commas between its thousands.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.text.plain().contains(',')
    }

    /// True for a share, which is drawn in percent.
    #[must_use]
    pub fn is_percent(&self) -> bool {
        self.text.plain().ends_with('%')
    }
}

impl Chart {
    /// The texts in reading order.
    pub(super) fn texts(&self) -> Vec<&Text> {
        let series = self.series.iter().flat_map(|s| std::iter::once(&s.name).chain(s.given().map(|v| &v.text)));
        self.caption.iter().chain(&self.unit).chain(&self.right_unit).chain(&self.categories).chain(series).collect()
    }

    /// Those of [`Chart::texts`], to change.
    pub(super) fn texts_mut(&mut self) -> Vec<&mut Text> {
        let series = self
            .series
            .iter_mut()
            .flat_map(|s| std::iter::once(&mut s.name).chain(s.values.iter_mut().flatten().map(|v| &mut v.text)));
        let units = self.unit.iter_mut().chain(&mut self.right_unit);
        self.caption.iter_mut().chain(units).chain(&mut self.categories).chain(series).collect()
    }

    /// The series on an axis.
    pub fn on(&self, axis: ValueAxis) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(move |series| series.axis == axis)
    }

    /// True when it has an axis at the right.
    #[must_use]
    pub fn has_right_axis(&self) -> bool {
        self.on(ValueAxis::Right).next().is_some()
    }

    /// What the values of a series are counted in.
    #[must_use]
    pub fn unit_of(&self, axis: ValueAxis) -> Option<&Text> {
        match axis {
            ValueAxis::Left => self.unit.as_ref(),
            ValueAxis::Right => self.right_unit.as_ref(),
        }
    }

    /// The series in the order in which they are drawn and listed: bars, lines on the left axis, lines on the right one. Programs list
    /// the series of a chart in no other order.
    #[must_use]
    pub fn drawing_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.series.len()).collect();
        order.sort_by_key(|&at| (self.series[at].kind == ChartKind::Line, self.series[at].axis));
        order
    }

    /// How many series that are drawn like series `at` come before it: tints are given to bars, dashes and signs to lines.
    #[must_use]
    pub fn rank(&self, at: usize) -> usize {
        let kind = self.series.get(at).map(|series| series.kind);
        self.series.iter().take(at).filter(|series| Some(series.kind) == kind).count()
    }

    /// True when some series are bars and others lines.
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        let lines = self.series.iter().filter(|series| series.kind == ChartKind::Line).count();
        lines > 0 && lines < self.series.len()
    }

    /// The text for readers who do not see it: that of the report, else its caption and every value.
    #[must_use]
    pub fn alternative_text(&self) -> String {
        if !self.alt.is_empty() {
            return self.alt.clone();
        }
        let kind = match self.kind {
            ChartKind::Bar | ChartKind::Line if self.is_mixed() => "柱形和折线图",
            ChartKind::Bar => "柱形图",
            ChartKind::Line => "折线图",
            ChartKind::Pie => "饼图",
        };
        let caption = self.caption.as_ref().map(|text| format!("：{}", text.plain())).unwrap_or_default();
        let unit = |axis| self.unit_of(axis).map(Text::plain).unwrap_or_default();
        let mut text = format!("{kind}{caption}。");
        for (at, category) in self.categories.iter().enumerate() {
            let values = self.series.iter().filter_map(|series| {
                let value = series.values.get(at)?.as_ref();
                let value = value.map_or_else(|| "无数据".to_owned(), |value| value.text.plain() + &unit(series.axis));
                let name = if self.series.len() > 1 { series.name.plain() + " " } else { String::new() };
                Some(format!("{name}{value}"))
            });
            let values = values.collect::<Vec<_>>().join("，");
            let end = if at + 1 == self.categories.len() { "。" } else { "；" };
            // Writing into a string cannot fail.
            write!(text, "{}：{values}{end}", category.plain()).unwrap_or_default();
        }
        text
    }
}

/// The values that an axis runs over, and its steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The lowest value on it.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// From one mark to the next: 1, 2 or 5 times a power of ten.
    pub step: f64,
    /// How many decimals its marks have.
    pub places: usize,
    /// True where all values are shares: its marks are in percent.
    pub percent: bool,
    /// True where a value has commas between its thousands: the marks have them too.
    pub grouped: bool,
}

/// A line whose values lie within this share of their largest would be flat on an axis that begins at zero: its axis begins
/// below the smallest. It is the share that Word goes by.
const FLAT: f64 = 1.0 / 6.0;

impl Scale {
    /// The scales of a chart: of the axis at the left, and of the one at the right.
    #[must_use]
    pub fn both(chart: &Chart, steps: u32) -> (Self, Option<Self>) {
        let left = Self::of(chart, ValueAxis::Left, steps);
        let right = chart.has_right_axis().then(|| Self::of(chart, ValueAxis::Right, steps).like(&left));
        (left, right)
    }

    /// The scale of the values on an axis, in about so many steps. Bars begin at zero: their lengths are compared.
    #[must_use]
    pub fn of(chart: &Chart, axis: ValueAxis, steps: u32) -> Self {
        let quantities = || chart.on(axis).flat_map(Series::given);
        let amounts = || quantities().map(Quantity::amount).filter(|v| v.is_finite());
        let bars = chart.on(axis).any(|series| series.kind != ChartKind::Line);
        let (mut low, mut high) =
            (amounts().fold(f64::INFINITY, f64::min), amounts().fold(f64::NEG_INFINITY, f64::max));
        if low > high {
            (low, high) = (0.0, 0.0);
        }
        let far = low.abs().max(high.abs());
        let flat = !bars && low < high && low * high > 0.0 && high - low < far * FLAT;
        if !flat {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low >= high {
            high = low + 1.0;
        }
        let whole = quantities().all(|v| v.amount().fract() == 0.0);
        let least = (high - low) / f64::from(steps.max(1));
        let (step, places) = nice(if whole { least.max(1.0) } else { least });
        let (mut foot, mut head) = ((low / step + SLACK).floor(), (high / step - SLACK).ceil());
        // The value below a negative bar must not touch the names at the foot.
        if low < 0.0 && low / step - foot < 0.5 {
            foot -= 1.0;
        }
        // That above a bar just short of the uppermost line would run through it.
        let of_bars = chart.on(axis).filter(|series| series.kind != ChartKind::Line).flat_map(Series::given);
        let mut short = of_bars.map(Quantity::amount).filter(|v| *v > 0.0).map(|v| head - v / step);
        if short.any(|short| short > SLACK && short < ROOM) {
            head += 1.0;
        }
        let mut values = quantities().peekable();
        let percent = values.peek().is_some() && values.all(Quantity::is_percent);
        let grouped = quantities().any(Quantity::is_grouped);
        Self { low: foot * step, high: head * step, step, places, percent, grouped }
    }

    /// The same values in as many steps as another scale has, so that the lines at its marks are at the marks of both; unchanged where
    /// that would press the values together.
    fn like(self, other: &Self) -> Self {
        let count = |scale: &Self| ((scale.high - scale.low) / scale.step).round();
        let (mine, wanted) = (count(&self), count(other));
        let mut least = (self.high - self.low) / wanted.max(1.0);
        if self.places == 0 {
            least = least.max(1.0);
        }
        let (mut step, mut places) = nice(least);
        // The foot moves down to a whole step, and the head may need another step then.
        for _ in 0..3 {
            let low = (self.low / step + SLACK).floor() * step;
            let high = low + step * wanted;
            if high >= self.high - step * SLACK {
                let fits = high - low <= (self.high - self.low) * PRESSED || mine >= wanted;
                return if fits { Self { low, high, step, places, ..self } } else { self };
            }
            (step, places) = nice(step * 1.5);
        }
        self
    }

    /// The marks from the lowest to the highest, with what is written beside them.
    #[must_use]
    pub fn marks(&self) -> Vec<(f64, String)> {
        let count = ((self.high - self.low) / self.step).round().clamp(0.0, 100.0) as u32;
        let mark = |at: u32| {
            let value = self.low + self.step * f64::from(at);
            // No −0.
            let value = if value.abs() < self.step / 2.0 { 0.0 } else { value };
            let text = format!("{value:.*}", self.places);
            let text = if self.grouped { grouped(&text) } else { text };
            (value, text + if self.percent { "%" } else { "" })
        };
        (0..=count).map(mark).collect()
    }

    /// How far up the scale a value is: 0 at its foot, 1 at its head.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// The part of a step that a value needs above its bar.
const ROOM: f64 = 0.4;

/// A scale that is matched to another one may be longer than it need be by this factor.
const PRESSED: f64 = 1.6;

/// What sums of binary fractions may be off by, in steps.
const SLACK: f64 = 1e-9;

/// The first of 1, 2, 5 times a power of ten that is no less than `least`, and its decimals.
fn nice(least: f64) -> (f64, usize) {
    let mut exponent = 0i32;
    // By multiplication, not by logarithms: those differ from machine to machine in the last digit.
    while exponent < 300 && 10f64.powi(exponent + 1) <= least {
        exponent += 1;
    }
    while exponent > -30 && 10f64.powi(exponent) > least {
        exponent -= 1;
    }
    let power = 10f64.powi(exponent);
    let step = [1.0, 2.0, 5.0].map(|n| n * power).into_iter().find(|step| *step >= least * (1.0 - SLACK));
    match step {
        Some(step) => (step, usize::try_from(-exponent).unwrap_or(0)),
        None => (power * 10.0, usize::try_from(-exponent - 1).unwrap_or(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind, amounts: &[f64]) -> Chart {
        let value = |amount: &f64| {
            let map = crate::model::Origin::Whole(crate::diagnostic::Span {
                file: crate::diagnostic::FileId(0),
                start: 0,
                end: 0,
            });
            let run = crate::model::Run::new(amount.to_string(), crate::model::RunKind::Text, map);
            Some(Quantity { text: Text { runs: vec![run] } })
        };
        let values = amounts.iter().map(value).collect();
        Chart {
            kind,
            caption: None,
            number: None,
            unit: None,
            right_unit: None,
            categories: Vec::new(),
            series: vec![Series { name: Text::default(), kind, axis: ValueAxis::Left, values }],
            alt: String::new(),
            lie: Lie::Upright,
            flow: FigureFlow::InPlace,
        }
    }

    fn marks(kind: ChartKind, amounts: &[f64]) -> Vec<String> {
        Scale::of(&chart(kind, amounts), ValueAxis::Left, 5).marks().into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn scales_go_by_ones_twos_and_fives() {
        assert_eq!(marks(ChartKind::Bar, &[41.0, 71.0]), ["0", "20", "40", "60", "80"]);
        assert_eq!(marks(ChartKind::Bar, &[41.0, 78.0]), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(marks(ChartKind::Bar, &[0.3, 0.12]), ["0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(marks(ChartKind::Bar, &[3.0, -2.5]), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(marks(ChartKind::Bar, &[-30.0, -7.0]), ["-40", "-30", "-20", "-10", "0"]);
        assert_eq!(marks(ChartKind::Bar, &[1.0, 2.0]), ["0", "1", "2"]);
        assert_eq!(marks(ChartKind::Bar, &[0.0]), ["0", "1"]);
        assert_eq!(marks(ChartKind::Bar, &[]), ["0", "1"]);
        assert_eq!(marks(ChartKind::Bar, &[7.9e28]).len(), 6);
        assert_eq!(marks(ChartKind::Bar, &[1e-28]).len(), 6);
    }

    #[test]
    fn a_value_has_room_below_the_uppermost_line() {
        assert_eq!(marks(ChartKind::Bar, &[75.0, 40.0]).last().map(String::as_str), Some("100"));
        assert_eq!(marks(ChartKind::Bar, &[80.0, 40.0]).last().map(String::as_str), Some("80"));
        assert_eq!(marks(ChartKind::Bar, &[71.0, 40.0]).last().map(String::as_str), Some("80"));
        // A lower bar may be the one whose value comes to the line.
        assert_eq!(marks(ChartKind::Bar, &[80.0, 75.0]).last().map(String::as_str), Some("100"));
    }

    #[test]
    fn the_right_axis_has_the_steps_of_the_left_one() {
        let mut both = chart(ChartKind::Bar, &[1200.0, 1350.0, 1500.0]);
        let mut line = chart(ChartKind::Line, &[3.2, 11.8, -1.0]).series.remove(0);
        line.axis = ValueAxis::Right;
        both.series.push(line);
        let (left, right) = Scale::both(&both, 5);
        let right = right.map(|scale| scale.marks().len());
        assert_eq!(right, Some(left.marks().len()));
    }

    #[test]
    fn flat_lines_leave_zero_and_bars_never() {
        assert_eq!(marks(ChartKind::Line, &[1000.0, 1030.0]), ["1000", "1010", "1020", "1030"]);
        assert_eq!(marks(ChartKind::Bar, &[1000.0, 1030.0]), ["0", "500", "1000", "1500"]);
        assert_eq!(marks(ChartKind::Line, &[600.0, 1030.0])[0], "0");
        assert_eq!(marks(ChartKind::Line, &[5.0, 5.0])[0], "0");
    }

    #[test]
    fn shares_run_from_foot_to_head() {
        let scale = Scale::of(&chart(ChartKind::Bar, &[-2.0, 4.0]), ValueAxis::Left, 5);
        assert!(scale.share(scale.low).abs() < 1e-12 && (scale.share(scale.high) - 1.0).abs() < 1e-12);
    }
}

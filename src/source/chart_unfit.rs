//! What charts cannot show.

use super::build::Builder;
use super::chart_series::{Drawn, FoundValue, SeriesRow};
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{ChartKind, ValueAxis};
use crate::yaml::tree::Node;

impl Builder<'_> {
    /// What a chart of this kind cannot show.
    pub(super) fn refuse_unfit(&mut self, kind: ChartKind, drawn: &Drawn) {
        for row in drawn.series.iter().filter(|row| row.lacks_values()) {
            let name = row.name.plain();
            self.unfit(
                row.span,
                say!("“{name}”一个数也没有", "\"{name}\" has no value at all"),
                say!("补上数据，或者删去这组数", "give the values, or remove this series"),
            );
        }
        if kind == ChartKind::Pie {
            self.refuse_unfit_pie(drawn);
            return;
        }
        for kind in [ChartKind::Bar, ChartKind::Line] {
            let alike = || drawn.series.iter().filter(move |row| row.manner.kind == kind);
            let (found, most) = (alike().count(), self.template.charts.most_series(kind));
            if let Some(over) = alike().nth(most) {
                self.unfit(
                    over.span,
                    say!(
                        "图里有 {found} 组数，单色印刷只分得清 {most} 组",
                        "the chart has {found} series; black print tells {most} apart"
                    ),
                    say!("分成几个图，或者改用表格", "make several charts of it, or a table"),
                );
            }
        }
    }

    fn refuse_unfit_pie(&mut self, drawn: &Drawn) {
        if let Some(second) = drawn.series.get(1) {
            let found = drawn.series.len();
            self.unfit(
                second.span,
                say!("饼图只能有一组数，这里有 {found} 组", "a pie shows one series, not {found}"),
                say!("只留一组，或者改用 kind: bar", "keep one, or use kind: bar"),
            );
            return;
        }
        let Some(row) = drawn.series.first() else { return };
        if row.manner.kind != ChartKind::Pie || row.manner.axis != ValueAxis::Left {
            self.unfit(
                row.span,
                say!("饼图没有轴，也没有别的画法", "a pie has no axes, and is drawn in one way"),
                say!("删去 kind、axis，或者改用 kind: bar", "remove kind and axis, or use kind: bar"),
            );
        }
        for (value, span) in &row.values {
            match value {
                FoundValue::Value(value) if value.amount() < 0.0 => {
                    let text = value.text.plain();
                    self.unfit(
                        *span,
                        say!("饼图里不能有负数 {text}", "a pie cannot show the negative value {text}"),
                        say!("改用 kind: bar", "use kind: bar"),
                    );
                }
                FoundValue::Gap => self.unfit(
                    *span,
                    say!("饼图的这一类没有数", "this slice of the pie has no value"),
                    say!("补上数据，或者不画这一类", "give the value, or leave the category out"),
                ),
                _ => {}
            }
        }
        let all = row.values.iter().all(|(value, _)| matches!(value, FoundValue::Value(v) if v.amount() == 0.0));
        if all && !row.values.is_empty() {
            self.unfit(
                row.span,
                say!("饼图的数全是 0", "all values of the pie are 0"),
                say!("检查数据，或者删去图表", "check the data, or remove the chart"),
            );
        }
    }

    /// Bars of two axes would overlap, and an axis needs a series.
    pub(super) fn refuse_unfit_axes(&mut self, body: &Node, drawn: &Drawn) {
        let on = |axis: ValueAxis| move |row: &&SeriesRow| row.manner.axis == axis;
        let right: Vec<&SeriesRow> = drawn.series.iter().filter(on(ValueAxis::Right)).collect();
        if let Some(row) = right.iter().find(|row| row.manner.kind == ChartKind::Bar) {
            self.unfit(
                row.span,
                say!(
                    "柱只能按左轴画：两个轴的柱会叠在一起",
                    "bars go by the left axis: bars of two axes would overlap"
                ),
                say!("给这组数写 kind: line，或者删去 axis", "give this series kind: line, or remove axis"),
            );
        }
        if let (Some(row), true) = (right.first(), right.len() == drawn.series.len()) {
            self.unfit(
                row.span,
                say!("各组数都按右轴，左轴空着", "all series are on the right axis; the left one is empty"),
                say!("一组以上按左轴：删去它的 axis", "put one at least on the left axis: remove its axis"),
            );
        }
        if let (Some(unit), true) = (body.get("right-unit"), right.is_empty()) {
            self.unfit(
                unit.span,
                say!("没有按右轴的数，right-unit 没有用处", "right-unit has no use: no series is on the right axis"),
                say!("给一组数写 axis: right，或者删去 right-unit", "give a series axis: right, or remove right-unit"),
            );
        }
    }

    fn unfit(&mut self, span: Span, message: Message, hint: Message) {
        self.diagnostics.push(Diagnostic::error(Code::CHART_UNFIT, span, message, hint));
    }
}

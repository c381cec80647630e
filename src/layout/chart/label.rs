//! What is written in a chart.

use super::room::{Point, Rect};
use crate::layout::flow::Flow;
use crate::layout::inline::Setting;
use crate::layout::paragraph::Paragraph;
use crate::layout::table::PreparedCell;
use crate::layout::{Line, LineKind, PageItem};
use crate::model::{Block, BlockIndex, CellAlign, Length, Text};
use crate::template::{Leading, Style};

/// How high figures are, in em: those of Latin faces reach two thirds of the em and a little more.
const FIGURE: f64 = 0.7;

/// How text is set in a chart.
pub(super) struct Lettering {
    style: Style,
    /// From line to line.
    pub(super) leading: f64,
    /// The em.
    pub(super) size: f64,
    ascent: f64,
}

impl Lettering {
    /// A style in another size, its leading in proportion.
    pub(super) fn new(style: &Style, size: Length, pitch: Length, ascent: f64) -> Self {
        let leading = match style.leading {
            Leading::Rows(rows) => pitch * rows,
            Leading::Exact(leading) => leading,
        };
        let leading = leading * (size / style.size);
        let style = Style { size, leading: Leading::Exact(leading), ..style.clone() };
        Self { style, leading: leading.to_pt(), size: size.to_pt(), ascent }
    }
}

/// A part of what a label says.
#[derive(Clone, Copy)]
pub(super) enum LabelPart<'a> {
    /// Text of the report.
    Text(&'a Text),
    /// Words of the template beside it.
    Affix(&'a str),
}

/// Text, set in lines.
pub(super) struct ChartLabel {
    lines: Vec<Setting>,
    /// The width of its longest line.
    pub(super) width: f64,
    leading: f64,
    size: f64,
    ascent: f64,
}

/// How the lines of a label are aligned at its place.
#[derive(Clone, Copy)]
pub(super) enum Hang {
    /// To the right of it.
    Right,
    /// To the left of it.
    Left,
    /// In the middle of it.
    Middle,
}

impl ChartLabel {
    /// Sets a label in lines of at most `room`; None where a glyph is missing, which is recorded.
    pub(super) fn new(
        flow: &mut Flow<'_>,
        block: &Block,
        lettering: &Lettering,
        parts: &[LabelPart<'_>],
        room: f64,
    ) -> Option<Self> {
        let style = &lettering.style;
        let paragraph = parts.iter().fold(Paragraph::new(block), |paragraph, part| match part {
            LabelPart::Text(text) => paragraph.text(text, style),
            LabelPart::Affix(text) => paragraph.affix(text, style),
        });
        let content = PreparedCell::new(flow, paragraph, style)?;
        let room = content.natural().min(Length::pt(room.max(0.0)));
        let lines: Vec<Setting> =
            content.lines(flow, room, CellAlign::Center).into_iter().map(|line| line.setting).collect();
        let width = lines.iter().map(|line| line.width.to_pt()).fold(0.0, f64::max);
        let Lettering { leading, size, ascent, .. } = *lettering;
        Some(Self { lines, width, leading, size, ascent })
    }

    pub(super) fn lines(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn height(&self) -> f64 {
        self.leading * self.lines.len() as f64
    }

    /// The ink of figures whose baseline begins at a place.
    pub(super) fn figures(&self, (x, y): Point) -> Rect {
        Rect { left: x, top: y - self.size * FIGURE, right: x + self.width, bottom: y }
    }

    /// How high figures are.
    pub(super) fn figure_height(&self) -> f64 {
        self.size * FIGURE
    }

    /// Its lines below a height.
    pub(super) fn below(self, block: BlockIndex, (x, top): Point, hang: Hang, items: &mut Vec<PageItem>) {
        let first = top + (self.leading - self.size) / 2.0 + self.size * self.ascent;
        self.at(block, (x, first), hang, items);
    }

    /// Its lines, the first one on a baseline.
    pub(super) fn at(self, block: BlockIndex, (x, baseline): Point, hang: Hang, items: &mut Vec<PageItem>) {
        let count = self.lines.len();
        for (at, setting) in self.lines.into_iter().enumerate() {
            let width = setting.width.to_pt();
            let x = match hang {
                Hang::Right => x,
                Hang::Left => x - width,
                Hang::Middle => x - width / 2.0,
            };
            items.push(PageItem::Line(Line {
                kind: LineKind::Chart(block),
                last: at + 1 == count,
                x: Length::pt(x),
                baseline: Length::pt(baseline + self.leading * at as f64),
                text: setting.text,
                width: setting.width,
                turned: false,
                strain: setting.strain,
                runs: setting.runs,
            }));
        }
    }
}

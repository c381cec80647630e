//! The text of a cell: measured, and set in lines.

use crate::layout::flow::{Flow, centred_ends};
use crate::layout::inline::{Character, Class, EM, Extent, OFFICE_GAP, Prepared, Ruler};
use crate::layout::lines::SetLine;
use crate::layout::paragraph::Paragraph;
use crate::model::{CellAlign, Length, is_whole};
use crate::template::Style;

/// What widths lose when they are added up, in units.
const ROUNDING: f64 = 8.0;

/// A cell's text, ready for breaking.
pub(in crate::layout) struct CellText<'a> {
    pub(in crate::layout) style: &'a Style,
    paragraph: Paragraph<'a>,
    text: Prepared,
}

impl<'a> CellText<'a> {
    /// None where a glyph is missing, which is recorded.
    pub(in crate::layout) fn new(flow: &mut Flow<'_>, paragraph: Paragraph<'a>, style: &'a Style) -> Option<Self> {
        let text = flow.prepared(&paragraph)?;
        Some(Self { style, paragraph, text })
    }

    fn length(&self, units: i64) -> Length {
        self.style.size * (units as f64 / EM as f64)
    }

    /// Its width on one line.
    pub(in crate::layout) fn natural(&self) -> Length {
        self.length(Ruler::new(&self.text).extent(0, self.text.items.len()).width)
    }

    /// Its width on one line in an office program, which sets Han and Latin apart whatever the file asks.
    pub(super) fn natural_in_office(&self) -> Length {
        let meets = |pair: &&[Character]| {
            let (a, b) = (pair[0].class, pair[1].class);
            a.is_western() && b == Class::Han || a == Class::Han && b.is_western()
        };
        let gaps = self.text.items.windows(2).filter(meets).count() as f64;
        self.natural() + self.style.size * (gaps * OFFICE_GAP)
    }

    /// The width of the widest piece that no line divides, as narrow as it can be set.
    pub(super) fn narrowest(&self) -> Length {
        self.widest_piece(|extent| extent.least())
    }

    /// The same in an office program, which sets every mark full.
    pub(super) fn narrowest_in_office(&self) -> Length {
        self.widest_piece(|extent| extent.width)
    }

    fn widest_piece(&self, width: impl Fn(Extent) -> i64) -> Length {
        let ruler = Ruler::new(&self.text);
        let items = &self.text.items;
        let mut start = 0;
        let mut widest = 0;
        for end in 1..=items.len() {
            if end == items.len() || items[end].before.is_allowed() {
                widest = widest.max(width(ruler.extent(start, end)));
                start = end;
            }
        }
        self.length(widest)
    }

    /// How far the decimal point stands from the left edge, and the width of all.
    pub(in crate::layout) fn point(&self) -> (Length, Length) {
        let ruler = Ruler::new(&self.text);
        let items = &self.text.items;
        let end = items.iter().position(|item| !is_whole(item.c)).unwrap_or(items.len());
        (self.length(ruler.extent(0, end).width), self.natural())
    }

    /// Its lines in a room of some width, from the left edge of the room.
    pub(in crate::layout) fn lines(&self, flow: &Flow<'_>, room: Length, align: CellAlign) -> Vec<SetLine> {
        // A column as wide as its text holds it, whatever its width was rounded to.
        let measure = ((room / self.style.size) * EM as f64 + ROUNDING).floor().max(0.0) as i64;
        let job = flow.job(&self.text, &self.paragraph, self.style).on_measure(measure);
        let ends = if job.ruler.extent(0, self.text.items.len()).width <= measure {
            vec![self.text.items.len()]
        } else if align == CellAlign::Center {
            centred_ends(&job)
        } else {
            job.optimum()
        };
        let mut lines = Vec::with_capacity(ends.len());
        let mut start = 0;
        for (i, &end) in ends.iter().enumerate() {
            let extent = job.ruler.extent(start, end);
            let full = align == CellAlign::Text && i + 1 < ends.len();
            let fit = extent.fit(if full { measure } else { extent.width.min(measure) });
            let setting = job.set(start..end, &fit);
            let rest = room - setting.width;
            let x = match align {
                CellAlign::Text => Length::ZERO,
                CellAlign::Center | CellAlign::Decimal => (rest / 2.0).max(Length::ZERO),
                CellAlign::Right => rest.max(Length::ZERO),
            };
            lines.push(SetLine { setting, x });
            start = end;
        }
        lines
    }
}

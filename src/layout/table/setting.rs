//! The text of a cell: measured, and set in lines.

use crate::layout::flow::Flow;
use crate::layout::inline::{
    Character, Class, EM, OFFICE_GAP, Opportunity, Prepared, RAGGED, Ruler, break_lines, break_ragged, is_wide,
};
use crate::layout::lines::{LineJob, SetLine};
use crate::layout::paragraph::Paragraph;
use crate::layout::phrase::{LineShape, break_phrases, phrase_ends};
use crate::model::{CellAlign, Length, is_number, is_whole};
use crate::template::Style;

/// What widths lose when they are added up, in units.
const ROUNDING: f64 = 8.0;

/// A cell narrower than so many characters is not justified: few gaps would take all that is left.
const NARROW: i64 = 10 * EM;

/// A cell's text, ready for breaking.
pub(in crate::layout) struct PreparedCell<'a> {
    pub(in crate::layout) style: &'a Style,
    /// Its size: the style's, or less.
    pub(in crate::layout) size: Length,
    paragraph: Paragraph<'a>,
    text: Prepared,
    /// Where a phrase of a head ends, before each character; None: wherever a line may.
    phrases: Option<Vec<bool>>,
    /// What stands before its lines, in units of its em.
    indent: i64,
}

/// What a cell needs, in units of its em; of several cells the most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellWidths {
    /// On one line.
    pub(super) natural: i64,
    /// The same in an office program, which sets Han and Latin apart whatever the file asks.
    pub(super) natural_office: i64,
    /// The widest phrase of a head, word, or number with its unit.
    pub(super) word: i64,
    /// The same in an office program, which sets every mark full.
    pub(super) word_office: i64,
    /// The widest thing that is never divided.
    pub(super) firm: i64,
    /// The same in an office program.
    pub(super) firm_office: i64,
    /// A number that is all that is in the cell, in an office program.
    pub(super) number: i64,
    /// The widest thing with a digit that is never divided, in an office program, which sets it apart from what is beside it.
    pub(super) figure: i64,
}

impl CellWidths {
    /// The same behind so much blank.
    fn behind(self, indent: i64) -> Self {
        Self {
            natural: self.natural + indent,
            natural_office: self.natural_office + indent,
            word: self.word + indent,
            word_office: self.word_office + indent,
            firm: self.firm + indent,
            firm_office: self.firm_office + indent,
            number: self.number,
            figure: self.figure + indent,
        }
    }

    pub(super) fn max(self, other: Self) -> Self {
        Self {
            natural: self.natural.max(other.natural),
            natural_office: self.natural_office.max(other.natural_office),
            word: self.word.max(other.word),
            word_office: self.word_office.max(other.word_office),
            firm: self.firm.max(other.firm),
            firm_office: self.firm_office.max(other.firm_office),
            number: self.number.max(other.number),
            figure: self.figure.max(other.figure),
        }
    }
}

impl<'a> PreparedCell<'a> {
    /// None where a glyph is missing, which is recorded.
    pub(in crate::layout) fn new(flow: &mut Flow<'_>, paragraph: Paragraph<'a>, style: &'a Style) -> Option<Self> {
        let text = flow.prepared(&paragraph)?;
        Some(Self { style, size: style.size, paragraph, text, phrases: None, indent: 0 })
    }

    /// The same with so many em before its lines.
    pub(super) fn indented(self, em: f64) -> Self {
        Self { indent: (em * EM as f64).round() as i64, ..self }
    }

    /// Keeps phrases whole from now on, as a head does.
    pub(super) fn keep_phrases(&mut self) {
        self.phrases = Some(phrase_ends(&self.text));
    }

    fn length(&self, units: i64) -> Length {
        self.size * (units as f64 / EM as f64)
    }

    /// Its width on one line.
    pub(in crate::layout) fn natural(&self) -> Length {
        self.length(self.longest(&Ruler::new(&self.text)))
    }

    /// The width of its longest line, where lines end only where they are made to.
    fn longest(&self, ruler: &Ruler<'_>) -> i64 {
        self.text.segments().into_iter().map(|part| ruler.extent(part.start, part.end).width).max().unwrap_or(0)
    }

    /// What it needs.
    pub(super) fn widths(&self) -> CellWidths {
        let ruler = Ruler::new(&self.text);
        let items = &self.text.items;
        let natural = self.longest(&ruler);
        let meets = |pair: &&[Character]| {
            let (a, b) = (pair[0].class, pair[1].class);
            a.is_western() && b == Class::Han || a == Class::Han && b.is_western()
        };
        let gaps = items.windows(2).filter(meets).count() as f64;
        let natural_office = natural + (gaps * OFFICE_GAP * EM as f64) as i64;
        let mut widths = CellWidths { natural, natural_office, ..CellWidths::default() };
        let (mut word, mut firm) = (0, 0);
        for end in 1..=items.len() {
            let before = items.get(end).map(|item| item.before);
            if before.is_none_or(|before| before.is_allowed() || before.divides_word()) {
                let extent = ruler.extent(firm, end);
                widths.firm = widths.firm.max(extent.least());
                widths.firm_office = widths.firm_office.max(extent.width);
                firm = end;
            }
            let divides = |before: Opportunity| match before {
                Opportunity::Unit | Opportunity::Hyphen => false,
                Opportunity::Letter => true,
                _ => before.is_allowed() && self.phrases.as_ref().is_none_or(|phrases| phrases[end]),
            };
            if before.is_none_or(divides) {
                let extent = ruler.extent(word, end);
                widths.word = widths.word.max(extent.least());
                widths.word_office = widths.word_office.max(extent.width);
                word = end;
            }
        }
        widths.figure = figure(items, &ruler);
        let plain: String = items.iter().map(|item| item.c).collect();
        if is_number(&plain) {
            widths.number = widths.firm_office;
        }
        if items.is_empty() { widths } else { widths.behind(self.indent) }
    }

    /// What a number has before its decimal point, and behind it, in units of its em.
    pub(super) fn around_point(&self) -> (i64, i64) {
        let ruler = Ruler::new(&self.text);
        let items = &self.text.items;
        let end = items.iter().position(|item| !is_whole(item.c)).unwrap_or(items.len());
        let before = ruler.extent(0, end).width;
        (before, self.longest(&ruler) - before)
    }

    /// How far the decimal point is from the left edge, and the width of all.
    pub(in crate::layout) fn point(&self) -> (Length, Length) {
        (self.length(self.around_point().0), self.natural())
    }

    /// The ends of its lines.
    fn ends(job: &LineJob<'_>, align: CellAlign) -> Vec<usize> {
        let measure = job.shape.rest;
        job.by_segment(|text, ruler, shape| {
            let count = text.items.len();
            if ruler.extent(0, count).width <= measure {
                vec![count]
            } else if align == CellAlign::Center {
                break_phrases(text, ruler, (measure, measure), LineShape::Cell)
            } else if align == CellAlign::Text && measure >= NARROW {
                break_lines(text, ruler, shape)
            } else if align == CellAlign::Text {
                break_phrases(text, ruler, (measure, measure), LineShape::Narrow)
            } else {
                break_ragged(text, ruler, shape)
            }
        })
    }

    /// Its lines in a room of some width, from the left edge of the room.
    pub(in crate::layout) fn lines(&self, flow: &Flow<'_>, room: Length, align: CellAlign) -> Vec<SetLine> {
        let indent = self.length(self.indent);
        let room = room - indent;
        // A column as wide as its text holds it, whatever its width was rounded to.
        let measure = ((room / self.size) * EM as f64 + ROUNDING).floor().max(0.0) as i64;
        let job = flow.job(&self.text, &self.paragraph, self.style).on_measure(measure).in_size(self.size);
        let ends = Self::ends(&job, align);
        let mut lines = Vec::with_capacity(ends.len());
        let mut start = 0;
        for (i, &end) in ends.iter().enumerate() {
            let extent = job.ruler.extent(start, end);
            let last = i + 1 == ends.len() || self.text.is_broken(end);
            let spread = align == CellAlign::Text && measure >= NARROW && !last;
            let full = spread && extent.opening(measure) <= RAGGED;
            let fit = extent.fit(if full { measure } else { extent.width.min(measure) });
            let mut setting = job.set(start..end, &fit);
            setting.strain = job.strain(end, if full { extent.opening(measure) } else { 0.0 });
            let rest = room - setting.width;
            let x = match align {
                CellAlign::Text => indent,
                CellAlign::Center | CellAlign::Decimal => (rest / 2.0).max(Length::ZERO),
                CellAlign::Right => rest.max(Length::ZERO),
            };
            lines.push(SetLine { setting, x });
            start = end;
        }
        lines
    }
}

/// The widest thing with a digit that an office program does not divide. It sets digits apart from Han beside them, and holds an opening
/// bracket to the number before it, as UAX #14 does (LB30).
fn figure(items: &[Character], ruler: &Ruler<'_>) -> i64 {
    let (mut start, mut widest) = (0, 0);
    for end in 1..=items.len() {
        let held = |item: &Character| item.class == Class::Open && items[end - 1].class.is_western();
        let ends =
            items.get(end).is_none_or(|item| (item.before.is_allowed() || item.before.divides_word()) && !held(item));
        if !ends {
            continue;
        }
        if items[start..end].iter().any(|item| item.c.is_ascii_digit()) {
            let beside = &items[start.saturating_sub(1)..(end + 1).min(items.len())];
            let apart = beside.windows(2).filter(|pair| is_wide(pair[0].c) != is_wide(pair[1].c));
            let gaps = (apart.count() as f64 * OFFICE_GAP * EM as f64) as i64;
            widest = widest.max(ruler.extent(start, end).width + gaps);
        }
        start = end;
    }
    widest
}

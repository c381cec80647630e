//! How a stretch of text fits a line: what its blanks can give, what its gaps must take (CLREQ 3.2.2).

use super::EM;
use super::class::{Class, is_han};
use super::prepare::{Character, Prepared};

/// Where a line gives way, in CLREQ's order for shortening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    /// The mark at the line's end, to a half.
    LineEnd = 0,
    /// Word spaces, to a quarter em.
    WordSpace = 1,
    /// Middle dots, to a half.
    Middle = 2,
    /// Brackets and quotation marks, on their outer side, to a half.
    Bracket = 3,
    /// ，、； to a half.
    Comma = 4,
    /// The gap between Han and Latin, to an eighth of an em.
    HanLatin = 5,
    /// 。？！： to a half.
    Stop = 6,
}

const TIERS: usize = 7;
const WORD_SPACE_FLOOR: i64 = EM / 4;
const WORD_SPACE_CEILING: i64 = EM / 2;
const HAN_LATIN_FLOOR: i64 = EM / 8;
const HAN_LATIN_CEILING: i64 = EM / 2;

impl Tier {
    /// The tier of a mark within the line.
    pub(crate) const fn of(class: Class) -> Option<Self> {
        match class {
            Class::Space => Some(Self::WordSpace),
            Class::Middle => Some(Self::Middle),
            Class::Open | Class::Close => Some(Self::Bracket),
            Class::Comma => Some(Self::Comma),
            Class::Stop => Some(Self::Stop),
            _ => None,
        }
    }
}

/// What a stretch of text measures and how far it can give and take.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extent {
    /// Width with every mark full.
    pub(crate) width: i64,
    gives: [i64; TIERS],
    takes_space: i64,
    takes_gap: i64,
    gaps: i64,
    points: i64,
}

/// How a line is fitted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct LineFit {
    /// What each tier gives, as a share of what it can (0 to 1).
    pub(crate) give: [f64; TIERS],
    /// What the word spaces take, as a share of what they can.
    pub(crate) space: f64,
    /// What the Han–Latin gaps take, as a share of what they can.
    pub(crate) gap: f64,
    /// What every remaining gap takes more, in units.
    pub(crate) open: f64,
    /// How much narrower the sentence marks within the line are on average, in em.
    pub(crate) depth: f64,
    /// True when the line has sentence marks within it.
    pub(crate) pointed: bool,
    /// The width in the end; more than the measure only where nothing can give.
    pub(crate) width: i64,
}

impl LineFit {
    /// What a word space takes more, in units.
    pub(crate) fn more_space(&self, item: &Character) -> f64 {
        self.space * (WORD_SPACE_CEILING - item.advance).max(0) as f64
    }

    /// What the Han–Latin gap before an item becomes, in units.
    pub(crate) fn glue(&self, item: &Character) -> f64 {
        let glue = item.glue as f64;
        let give = (item.glue - HAN_LATIN_FLOOR).max(0) as f64 * self.give[Tier::HanLatin as usize];
        let take = if item.glue > 0 { (HAN_LATIN_CEILING - item.glue).max(0) as f64 * self.gap } else { 0.0 };
        glue - give + take
    }
}

impl Extent {
    fn add(&mut self, item: &Character) {
        self.width += item.advance - item.trim_left - item.trim_right + item.glue;
        self.gives[Tier::HanLatin as usize] += (item.glue - HAN_LATIN_FLOOR).max(0);
        if item.glue > 0 {
            self.takes_gap += (HAN_LATIN_CEILING - item.glue).max(0);
        }
        if let Some(tier) = Tier::of(item.class) {
            self.gives[tier as usize] += item.blank_left + item.blank_right;
        }
        if item.class == Class::Space {
            self.gives[Tier::WordSpace as usize] += (item.advance - WORD_SPACE_FLOOR).max(0);
            self.takes_space += (WORD_SPACE_CEILING - item.advance).max(0);
        }
        self.gaps += i64::from(item.opens);
        self.points += i64::from(item.class.is_point() && item.blank_right > 0);
    }

    /// The least width.
    pub(crate) fn least(&self) -> i64 {
        self.width - self.gives.iter().sum::<i64>()
    }

    /// The mean opening of the gaps on `measure`, in em; 0 where the line is full.
    pub(crate) fn opening(&self, measure: i64) -> f64 {
        let rest = measure - self.width - self.takes_space - self.takes_gap;
        if rest <= 0 { 0.0 } else { rest as f64 / (self.gaps.max(1) * EM) as f64 }
    }

    /// Fits it to `measure`, where nothing else can give by closing the gaps: a line that was broken by other metrics than
    /// these stays within the measure.
    pub(crate) fn fit_closed(&self, measure: i64) -> LineFit {
        let mut fit = self.fit(measure);
        if fit.width > measure && self.gaps > 0 {
            fit.open = (measure - fit.width) as f64 / self.gaps as f64;
            fit.width = measure;
        }
        fit
    }

    /// Fits it to `measure`.
    pub(crate) fn fit(&self, measure: i64) -> LineFit {
        let mut fit = LineFit { width: measure, pointed: self.points > 0, ..LineFit::default() };
        let mut need = measure - self.width;
        if need >= 0 {
            let take = |need: &mut i64, can: i64| {
                let taken = (*need).min(can);
                *need -= taken;
                if can > 0 { taken as f64 / can as f64 } else { 0.0 }
            };
            fit.space = take(&mut need, self.takes_space);
            fit.gap = take(&mut need, self.takes_gap);
            if self.gaps > 0 {
                fit.open = need as f64 / self.gaps as f64;
            } else {
                fit.width = measure - need;
            }
            return fit;
        }
        let mut points = 0;
        for (tier, &can) in self.gives.iter().enumerate() {
            let given = (-need).min(can);
            if given > 0 {
                need += given;
                fit.give[tier] = given as f64 / can as f64;
                if tier == Tier::Comma as usize || tier == Tier::Stop as usize {
                    points += given;
                }
            }
        }
        if self.points > 0 {
            fit.depth = points as f64 / (self.points * EM) as f64;
        }
        fit.width = measure - need;
        fit
    }
}

/// Answers for any stretch of a paragraph in constant time.
#[derive(Debug)]
pub(crate) struct Ruler<'a> {
    text: &'a Prepared,
    sums: Vec<Extent>,
}

impl<'a> Ruler<'a> {
    pub(crate) fn new(text: &'a Prepared) -> Self {
        let mut sums = Vec::with_capacity(text.items.len() + 1);
        let mut at = Extent::default();
        sums.push(at);
        for item in &text.items {
            at.add(item);
            sums.push(at);
        }
        Self { text, sums }
    }

    /// The end of the ink of a line `start..end`: word spaces at its end are not drawn.
    pub(crate) fn trimmed(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        while end > start && matches!(self.text.items[end - 1].class, Class::Space | Class::Break) {
            end -= 1;
        }
        end
    }

    /// The line `start..end`.
    pub(crate) fn extent(&self, start: usize, end: usize) -> Extent {
        let end = self.trimmed(start, end);
        let (a, b) = (&self.sums[start], &self.sums[end]);
        let mut extent = Extent {
            width: b.width - a.width,
            gives: std::array::from_fn(|t| b.gives[t] - a.gives[t]),
            takes_space: b.takes_space - a.takes_space,
            takes_gap: b.takes_gap - a.takes_gap,
            gaps: b.gaps - a.gaps,
            points: b.points - a.points,
        };
        if end == start {
            return extent;
        }
        let (first, last) = (&self.text.items[start], &self.text.items[end - 1]);
        // At the line's start: no gap before it, and the blank that a neighbour took is back, able to give.
        extent.width += first.trim_left - first.glue;
        extent.gaps -= i64::from(first.opens);
        extent.gives[Tier::HanLatin as usize] -= (first.glue - HAN_LATIN_FLOOR).max(0);
        if first.glue > 0 {
            extent.takes_gap -= (HAN_LATIN_CEILING - first.glue).max(0);
        }
        extent.gives[Tier::Bracket as usize] += first.trim_left;
        // At its end: the mark's right half is back too, and is the first to go.
        extent.width += last.trim_right;
        if last.class.has_blank_right() {
            if let Some(tier) = Tier::of(last.class) {
                extent.gives[tier as usize] -= last.blank_right;
            }
            extent.points -= i64::from(last.class.is_point() && last.blank_right > 0);
            extent.gives[Tier::LineEnd as usize] += last.end_blank();
        }
        if let Some((_, _, advance)) = self.text.hyphen(end) {
            extent.width += advance;
        }
        extent
    }

    /// True when a last line `start..` is a single Han character or less, its marks aside (`least`: 2).
    pub(crate) fn is_lonely(&self, start: usize, least: u32) -> bool {
        let line = &self.text.items[start..];
        line.len() <= least as usize + 1 && line.iter().filter(|i| is_han(i.c)).count() < least as usize
    }

    /// The natural width of everything before a position, no line edges counted.
    pub(crate) fn before(&self, position: usize) -> i64 {
        self.sums[position].width
    }
}

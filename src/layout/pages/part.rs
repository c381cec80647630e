//! The part of a table that stands on one page.
//!
//! A table's rules stand in the middle between two rows of the grid, so that its text stands on the rows. At the head and the
//! foot of a page that would be outside the type area: there the whole part is set closer by what is missing, half the space
//! between two rows at most.

use crate::layout::{Item, Rule};
use crate::model::Length;

/// What of a table stands on one page, from the left edge and the top of the type area.
pub(in crate::layout) struct Part {
    /// The table.
    pub(in crate::layout) block: u32,
    rules: Vec<Rule>,
    others: Vec<Item>,
}

impl Part {
    /// Nothing of a table yet.
    pub(in crate::layout) fn new(block: u32) -> Self {
        Self { block, rules: Vec::new(), others: Vec::new() }
    }

    /// Takes in items whose places count from `top`.
    pub(in crate::layout) fn take(&mut self, items: impl IntoIterator<Item = Item>, top: Length) {
        for item in items {
            match item.shifted(Length::ZERO, top) {
                Item::Rule(rule) => self.add(rule),
                other => self.others.push(other),
            }
        }
    }

    /// Adds a rule; one that goes on where another ended makes it longer.
    fn add(&mut self, rule: Rule) {
        let near = |a: Length, b: Length| (a - b).abs() < Length::pt(0.01);
        // The rules of a row are as many as its columns: what goes on is among the last few.
        let above = self.rules.iter_mut().rev().take(250).find(|r| {
            near(r.x, rule.x) && near(r.width, rule.width) && near(r.y + r.height, rule.y) && r.color == rule.color
        });
        match above {
            Some(above) => above.height = rule.y + rule.height - above.y,
            None => self.rules.push(rule),
        }
    }

    /// The items on the page: rules, then what stands between them. `depth`: that of the type area; `left`, `top`: its corner.
    pub(in crate::layout) fn finish(self, depth: Length, left: Length, top: Length) -> impl Iterator<Item = Item> {
        let fit = Fit::new(&self.rules, depth);
        let rules = self.rules.into_iter().map(move |mut rule| {
            // A rule across keeps its weight.
            let (top, bottom) = (fit.at(rule.y), fit.at(rule.y + rule.height));
            if rule.height > rule.width {
                (rule.y, rule.height) = (top, bottom - top);
            } else {
                rule.y = fit.at(rule.y + rule.height / 2.0) - rule.height / 2.0;
            }
            Item::Rule(rule)
        });
        let others = self.others.into_iter().map(move |mut item| {
            if let Item::Line(line) = &mut item {
                line.baseline = fit.at(line.baseline);
            }
            item
        });
        rules.chain(others).map(move |item| item.shifted(left, top))
    }
}

/// How what stands between `from` is brought between `to`.
#[derive(Clone, Copy)]
struct Fit {
    from: (Length, Length),
    to: (Length, Length),
}

impl Fit {
    fn new(rules: &[Rule], depth: Length) -> Self {
        let edge = |first: Length, pick: fn(Length, Length) -> Length, of: fn(&Rule) -> Length| {
            rules.iter().map(of).fold(first, pick)
        };
        let start = rules.first().map_or(Length::ZERO, |r| r.y);
        let from = (edge(start, Length::min, |r| r.y), edge(start, Length::max, |r| r.y + r.height));
        Self { from, to: (from.0.max(Length::ZERO), from.1.min(depth)) }
    }

    fn at(&self, y: Length) -> Length {
        let (from, to) = (self.from, self.to);
        if y < from.0 || y > from.1 || from.1 <= from.0 {
            return y;
        }
        to.0 + (to.1 - to.0) * ((y - from.0) / (from.1 - from.0))
    }
}

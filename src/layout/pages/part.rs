//! The part of a table on one page.
//!
//! A table's rules are in the middle between two rows of the grid, so that its text is on the rows. At the head and the
//! foot of a page that would be outside the type area: there the whole part is set closer by what is missing, half the space
//! between two rows at most.

use crate::layout::{PageItem, Rule};
use crate::model::{BlockIndex, Length};

/// The part of a table on one page, from the left edge and the top of the type area.
pub(in crate::layout) struct TablePart {
    /// The table.
    pub(in crate::layout) block: BlockIndex,
    rules: Vec<Rule>,
    others: Vec<PageItem>,
}

impl TablePart {
    /// Nothing of a table yet.
    pub(in crate::layout) fn new(block: BlockIndex) -> Self {
        Self { block, rules: Vec::new(), others: Vec::new() }
    }

    /// Takes in items whose places count from `top`.
    pub(in crate::layout) fn take(&mut self, items: impl IntoIterator<Item = PageItem>, top: Length) {
        for item in items {
            match item.shifted(Length::ZERO, top) {
                PageItem::Rule(rule) => self.add(rule),
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

    /// The items on the page: rules, then what is between them. `depth`: that of the type area; `left`, `top`: its corner.
    pub(in crate::layout) fn finish(self, depth: Length, left: Length, top: Length) -> impl Iterator<Item = PageItem> {
        let fit = PartFit::new(&self.rules, depth);
        let rules = self.rules.into_iter().map(move |mut rule| {
            // A rule across keeps its weight.
            let (top, bottom) = (fit.at(rule.y), fit.at(rule.y + rule.height));
            if rule.height > rule.width {
                (rule.y, rule.height) = (top, bottom - top);
            } else {
                rule.y = fit.at(rule.y + rule.height / 2.0) - rule.height / 2.0;
            }
            PageItem::Rule(rule)
        });
        let others = self.others.into_iter().map(move |mut item| {
            match &mut item {
                PageItem::Line(line) => line.baseline = fit.at(line.baseline),
                PageItem::Picture(picture) => {
                    picture.y = fit.at(picture.y + picture.height / 2.0) - picture.height / 2.0;
                }
                PageItem::Rule(_) | PageItem::Path(_) => {}
            }
            item
        });
        rules.chain(others).map(move |item| item.shifted(left, top))
    }
}

/// How heights between `from` are mapped to heights between `to`.
#[derive(Clone, Copy)]
struct PartFit {
    from: (Length, Length),
    to: (Length, Length),
}

impl PartFit {
    /// The middles of the first and the last rule come to where these rules are within the depth.
    fn new(rules: &[Rule], depth: Length) -> Self {
        // Of rules on the same place the heaviest reaches farthest: where they are, and half of what they weigh.
        let across = || rules.iter().filter(|rule| rule.height <= rule.width);
        let middle = |rule: &Rule| (rule.y + rule.height / 2.0, rule.height / 2.0);
        let edge = |rule: &Rule| (rule.y.to_pt(), (rule.y + rule.height).to_pt());
        let first = across().min_by(|a, b| edge(a).0.total_cmp(&edge(b).0)).map(middle).unwrap_or_default();
        let last = across().max_by(|a, b| edge(a).1.total_cmp(&edge(b).1)).map(middle).unwrap_or_default();
        let to = (first.0.max(first.1), last.0.min(depth - last.1));
        Self { from: (first.0, last.0), to }
    }

    fn at(&self, y: Length) -> Length {
        let (from, to) = (self.from, self.to);
        if y <= from.0 || from.1 <= from.0 {
            return y + to.0 - from.0;
        }
        if y >= from.1 {
            return y + to.1 - from.1;
        }
        to.0 + (to.1 - to.0) * ((y - from.0) / (from.1 - from.0))
    }
}

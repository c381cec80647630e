//! What is known of blocks from where they are printed: the boxes of pictures and tables, the bullets of lists.

use crate::layout::{Line, LineKind, OutlineStep, PageItem, PagedDocument, Path, Rule};
use crate::model::{BlockIndex, BlockKind, Document as Report, Length, RunKind};
use crate::pdf::tag::Tag;
use crate::pdf::units;
use std::collections::BTreeMap;

/// A rule so far from the lines of a table, in points, is none of the table's.
const NEAR: f64 = 36.0;

/// How far a line's ink may reach below its baseline, in em.
const DESCENT: f64 = 0.25;

/// A box on a page, in points from its top left.
#[derive(Clone, Copy, Debug)]
struct ElementExtent {
    page: usize,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl ElementExtent {
    fn with(self, other: Self) -> Self {
        Self {
            page: self.page,
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// What is known of blocks from where they are printed.
#[derive(Debug, Default)]
pub(super) struct ElementPlaces {
    /// None: on more than one page, where a box says nothing (table 345).
    boxes: BTreeMap<Tag, Option<ElementExtent>>,
    bullets: BTreeMap<BlockIndex, String>,
    heights: Vec<Length>,
}

impl ElementPlaces {
    /// Of the pages.
    pub(super) fn of(report: &Report, paged: &PagedDocument) -> Self {
        let mut places = Self { heights: paged.pages.iter().map(|page| page.height).collect(), ..Self::default() };
        for (page, printed) in paged.pages.iter().enumerate() {
            // Rules since the last line, and the table that this line is part of.
            let mut rules: Vec<ElementExtent> = Vec::new();
            let mut table: Option<BlockIndex> = None;
            for item in &printed.items {
                match item {
                    PageItem::Rule(rule) => rules.push(of_rule(page, rule)),
                    PageItem::Picture(picture) => {
                        let (left, top) = (picture.x.to_pt(), picture.y.to_pt());
                        let (right, bottom) = (left + picture.width.to_pt(), top + picture.height.to_pt());
                        let extent = ElementExtent { page, left, top, right, bottom };
                        places.add(Tag::picture(picture.picture), extent);
                        if let Some(block) = picture.picture.cell.map(|_| picture.picture.block) {
                            places.add(Tag::Block(block), extent);
                            places.rules(block, &rules);
                            rules.clear();
                            table = Some(block);
                        }
                    }
                    PageItem::Path(path) => {
                        if let Some((block, extent)) = path.block.zip(of_path(page, path)) {
                            places.add(Tag::Block(block), extent);
                        }
                    }
                    PageItem::Line(line) => {
                        let now = if let LineKind::Cell { block, .. } = line.kind { Some(block) } else { None };
                        if let Some(table) = table.filter(|_| !matches!(line.kind, LineKind::Note(_))) {
                            places.rules(table, &rules);
                        }
                        if let Some(block) = now {
                            places.add(Tag::Block(block), of_line(page, line));
                            places.rules(block, &rules);
                        }
                        rules.clear();
                        table = now;
                        places.line(report, page, line);
                    }
                }
            }
            if let Some(table) = table {
                places.rules(table, &rules);
            }
        }
        places
    }

    /// The box of a picture, chart or table that is on one page, as an attribute has it: left, bottom, right and top edge.
    pub(super) fn bbox(&self, tag: Tag) -> Option<[f32; 4]> {
        let extent = self.boxes.get(&tag).copied().flatten()?;
        let height = *self.heights.get(extent.page)?;
        let up = |y: f64| units::height(height, Length::pt(y));
        Some([units::number(extent.left), up(extent.bottom), units::number(extent.right), up(extent.top)])
    }

    /// The bullet that an item of a list has.
    pub(super) fn bullet(&self, block: BlockIndex) -> Option<&str> {
        self.bullets.get(&block).map(String::as_str)
    }

    fn line(&mut self, report: &Report, page: usize, line: &Line) {
        match line.kind {
            LineKind::Chart(block) => self.add(Tag::Block(block), of_line(page, line)),
            LineKind::Block(block) => {
                let kind = report.block(block).map(|block| &block.kind);
                let bulleted = matches!(kind, Some(BlockKind::ListItem { number: None, .. }));
                if bulleted && line.runs.first().is_some_and(|run| run.source == RunKind::Number) {
                    self.bullets.insert(block, line.text.chars().take(1).collect());
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, tag: Tag, extent: ElementExtent) {
        let known = self.boxes.entry(tag).or_insert(Some(extent));
        *known = known.filter(|known| known.page == extent.page).map(|known| known.with(extent));
    }

    /// Takes those rules to a table that are right beside its lines.
    fn rules(&mut self, table: BlockIndex, rules: &[ElementExtent]) {
        for &rule in rules {
            let near = self.boxes.get(&Tag::Block(table)).copied().flatten().is_some_and(|lines| {
                rule.page == lines.page
                    && rule.right > lines.left - NEAR
                    && rule.left < lines.right + NEAR
                    && rule.bottom > lines.top - NEAR
                    && rule.top < lines.bottom + NEAR
            });
            if near {
                self.add(Tag::Block(table), rule);
            }
        }
    }
}

fn of_rule(page: usize, rule: &Rule) -> ElementExtent {
    let (left, top) = (rule.x.to_pt(), rule.y.to_pt());
    ElementExtent { page, left, top, right: left + rule.width.to_pt(), bottom: top + rule.height.to_pt() }
}

fn of_line(page: usize, line: &Line) -> ElementExtent {
    let size = line.runs.iter().map(|run| run.size).fold(Length::ZERO, Length::max).to_pt();
    let over = line.runs.iter().map(|run| run.rise + run.size).fold(Length::ZERO, Length::max).to_pt();
    let (x, y, width) = (line.x.to_pt(), line.baseline.to_pt(), line.width.to_pt());
    if line.turned {
        return ElementExtent { page, left: x - over, top: y - width, right: x + size * DESCENT, bottom: y };
    }
    ElementExtent { page, left: x, top: y - over, right: x + width, bottom: y + size * DESCENT }
}

fn of_path(page: usize, path: &Path) -> Option<ElementExtent> {
    let half = path.stroke.map_or(0.0, |(_, width)| width.to_pt() / 2.0);
    let around =
        |&(x, y): &(f64, f64)| ElementExtent { page, left: x - half, top: y - half, right: x + half, bottom: y + half };
    let points = path.steps.iter().flat_map(|step| match *step {
        OutlineStep::Move(x, y) | OutlineStep::Line(x, y) => vec![(x, y)],
        // Within the hull of its control points.
        OutlineStep::Curve(points) => points.to_vec(),
        OutlineStep::Close => Vec::new(),
    });
    points.map(|point| around(&point)).reduce(ElementExtent::with)
}

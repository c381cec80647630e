//! The cover: a page of its own, title in its upper part, who issues it and when at its foot.

use super::flow::Flow;
use super::notes::Notes;
use super::pages::{BlockVariant, BlockVariants, Unit, UnitKind, UnitMetrics, make_up, page_number, plan};
use super::{Page, PagedDocument};
use crate::model::{BlockKind, Document, roman};
use crate::template::{FrontNumbers, StyleName};

impl Flow<'_> {
    /// The pages with those before the body, if there are any: cover, then contents. There is an even number of them, so that
    /// the body begins on the right. The cover carries no number; the contents do where the template says so, in a count of
    /// their own that takes in the cover, so that odd numbers stand on the right here too.
    pub(super) fn with_front(&mut self, document: &Document, body: PagedDocument) -> PagedDocument {
        let mut pages = self.cover(document);
        let first = pages.len() + 1;
        let mut contents = self.contents(document, &body);
        if self.template.page_numbers.front == FrontNumbers::Roman {
            let last = first + contents.len();
            let numbers = self.page_numbers((first..last).map(|number| roman(number as u32)));
            for ((page, number), (label, setting)) in contents.iter_mut().zip(first..).zip(numbers) {
                page.label = label;
                page.items.push(page_number(self.template, number, setting));
            }
        }
        pages.extend(contents);
        if !pages.len().is_multiple_of(2) {
            let (width, height) = (self.template.page.width, self.template.page.height);
            pages.push(Page { label: String::new(), width, height, items: Vec::new() });
        }
        let shift = pages.len();
        pages.extend(body.pages);
        let mut outline = body.outline;
        for entry in &mut outline {
            entry.page += shift;
        }
        PagedDocument { pages, outline, ..body }
    }

    /// The cover's page; more only where a title is longer than a page.
    fn cover(&mut self, document: &Document) -> Vec<Page> {
        let asked = document.blocks.iter().enumerate().find_map(|(index, block)| match &block.kind {
            BlockKind::Cover(cover) => Some((index as u32, block, cover)),
            _ => None,
        });
        let Some((index, block, cover)) = asked else { return Vec::new() };
        self.title(index, block, &cover.title, self.template.style(StyleName::CoverTitle));
        if let Some(subtitle) = &cover.subtitle {
            let style = self.template.style(StyleName::CoverSubtitle);
            self.title(index, block, std::slice::from_ref(subtitle), style);
        }
        let mut units = self.take_units();
        let style = self.template.style(StyleName::CoverLine);
        for line in cover.authority.iter().chain(&cover.date) {
            self.title(index, block, std::slice::from_ref(line), style);
        }
        // Between the lines at the foot there is no blank, only below them.
        let foot: Vec<Unit> = self.take_units().into_iter().filter(|unit| unit.cell.kind == UnitKind::Lines).collect();
        let rows = |units: &[Unit]| units.iter().map(|unit| unit.cell.rows).sum::<u32>();
        let below = style.rows_after.ceil().max(0.0) as u32;
        let gap = self.template.grid.lines.saturating_sub(rows(&units) + rows(&foot) + below);
        if !foot.is_empty() {
            units.push(Unit::blank(index, gap));
            units.extend(foot);
        }
        // Blank rows count at the head of this page too.
        for unit in units.iter_mut().filter(|unit| unit.cell.kind == UnitKind::Blank) {
            unit.cell = UnitMetrics { kind: UnitKind::Lines, keeps: true, ..unit.cell };
        }
        let cells = units.iter().map(|u| u.cell).collect();
        let strand = BlockVariants { variants: vec![BlockVariant { cost: 0, cells }] };
        let plan = plan(&[strand], Notes::default().room(self.template.grid.lines));
        make_up(document, self.template, units, &plan.ends, Vec::new(), &mut Notes::default()).pages
    }
}

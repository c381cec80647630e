//! The cover: a page of its own, title in its upper part, who issues it and when at its foot.

use super::Page;
use super::flow::Flow;
use super::notes::Notes;
use super::pages::{BlockVariants, Unit, UnitKind, UnitMetrics, make_up, plan};
use super::units::title;
use crate::model::{Document, Single};
use crate::template::StyleName;

/// The cover's page; more only where a title is longer than a page.
pub(super) fn cover(flow: &mut Flow<'_>, document: &Document) -> Vec<Page> {
    let Some(Single { index, block, content: cover }) = document.cover() else { return Vec::new() };
    let template = flow.template;
    let mut units = title(flow, index, block, &cover.title, template.style(StyleName::CoverTitle));
    if let Some(subtitle) = &cover.subtitle {
        let style = template.style(StyleName::CoverSubtitle);
        units.extend(title(flow, index, block, std::slice::from_ref(subtitle), style));
    }
    let style = template.style(StyleName::CoverLine);
    // Between the lines at the foot there is no blank, only below them.
    let mut foot: Vec<Unit> = Vec::new();
    for line in cover.authority.iter().chain(&cover.date) {
        let units = title(flow, index, block, std::slice::from_ref(line), style);
        foot.extend(units.into_iter().filter(|unit| unit.cell.kind == UnitKind::Lines));
    }
    let rows = |units: &[Unit]| units.iter().map(|unit| unit.cell.rows).sum::<u32>();
    let below = style.rows_after.ceil().max(0.0) as u32;
    let gap = template.grid.lines.saturating_sub(rows(&units) + rows(&foot) + below);
    if !foot.is_empty() {
        units.push(Unit::blank(index, gap));
        units.extend(foot);
    }
    // Blank rows count at the head of this page too.
    for unit in units.iter_mut().filter(|unit| unit.cell.kind == UnitKind::Blank) {
        unit.cell = UnitMetrics { kind: UnitKind::Lines, keeps: true, ..unit.cell };
    }
    let plan = plan(&[BlockVariants::only(&units)], Notes::default().room(template.grid.lines));
    make_up(document, template, units, &plan.ends, Vec::new(), &mut Notes::default()).pages
}

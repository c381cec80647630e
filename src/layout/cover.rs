//! The cover: a page of its own, title in its upper part, who issues it and when at its foot.

use super::Page;
use super::flow::Flow;
use super::notes::Notes;
use super::pages::{BlockVariants, Unit, UnitKind, UnitMetrics, make_up, plan};
use super::units::title;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{Document, Single};
use crate::printed::SetCover;
use crate::template::{Leading, Style, StyleName};

/// The leading of a cover's title that has too many lines, in sizes of its type.
const CLOSE: f64 = 1.3;

/// The cover's page; more only where a title is longer than a page.
pub(super) fn cover(flow: &mut Flow<'_>, document: &Document) -> Vec<Page> {
    let Some(Single { index, block, content: cover }) = document.cover() else { return Vec::new() };
    let template = flow.template;
    let style = template.style(StyleName::CoverTitle);
    let closer = style.size * CLOSE;
    let close = Style { leading: Leading::Exact(closer), ..style.clone() };
    let head = |flow: &mut Flow<'_>, style: &Style| {
        let mut units = title(flow, index, block, &cover.title, style);
        let titles = units.len();
        if let Some(subtitle) = &cover.subtitle {
            let style = template.style(StyleName::CoverSubtitle);
            units.extend(title(flow, index, block, std::slice::from_ref(subtitle), style));
        }
        (units, titles)
    };
    let mut set = SetCover::default();
    let (mut units, mut titles) = head(flow, style);
    let style = template.style(StyleName::CoverLine);
    // Between the lines at the foot there is no blank, only below them.
    let mut foot: Vec<Unit> = Vec::new();
    for line in cover.authority.iter().chain(&cover.date) {
        let units = title(flow, index, block, std::slice::from_ref(line), style);
        foot.extend(units.into_iter().filter(|unit| unit.cell.kind == UnitKind::Lines));
    }
    let rows = |units: &[Unit]| units.iter().map(|unit| unit.cell.rows).sum::<u32>();
    let below = style.rows_after.ceil().max(0.0) as u32;
    // A cover is one page: the blank above its texts goes first, then the space between the lines of its title.
    let lines = template.grid.lines;
    let over = (rows(&units) + rows(&foot)).saturating_sub(lines);
    give_up_blanks(&mut units, over);
    if rows(&units) + rows(&foot) > lines {
        (units, titles) = head(flow, &close);
        set.leading = Some(closer);
        let over = (rows(&units) + rows(&foot)).saturating_sub(lines);
        give_up_blanks(&mut units, over);
    }
    let most = rows(&units) + rows(&foot);
    if most > lines {
        let over = most - lines;
        flow.advice.push(Diagnostic::advice(
            Code::COVER_TOO_LONG,
            block.span,
            say!(
                "封面一页排不下，多出 {over} 行，排到了第二页",
                "the cover has {over} lines more than a page and goes on over a second"
            ),
            say!("缩短题目、副题，或者少列单位", "shorten title and subtitle, or name fewer authorities"),
        ));
    }
    let gap = lines.saturating_sub(rows(&units) + rows(&foot) + below);
    let (above, below) = units.split_at(titles);
    (set.title, set.subtitle, set.gap) = (blanks(above), blanks(below), gap);
    flow.cover = Some(set);
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

/// Empty rows above and below the lines of some units.
fn blanks(units: &[Unit]) -> (u32, u32) {
    let blank = |unit: &&Unit| unit.cell.kind == UnitKind::Blank;
    let rows = |sum: u32, unit: &Unit| sum + unit.cell.rows;
    (units.iter().take_while(blank).fold(0, rows), units.iter().rev().take_while(blank).fold(0, rows))
}

/// Takes so many rows from blank units, as far as there are any.
fn give_up_blanks(units: &mut [Unit], mut rows: u32) {
    for unit in units.iter_mut().filter(|unit| unit.cell.kind == UnitKind::Blank) {
        let less = unit.cell.rows.min(rows);
        unit.cell.rows -= less;
        rows -= less;
    }
}

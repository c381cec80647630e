//! Pictures: on whole rows of the grid, with their caption below.

use super::caption::{Caption, caption};
use super::flow::Flow;
use super::pages::{Unit, UnitMetrics};
use super::{Item, Picture};
use crate::model::{Block, Figure, Length};
use crate::template::{Align, StyleName};

/// The units of a picture: it, and its caption on the same page.
pub(super) fn units(flow: &mut Flow<'_>, index: u32, block: &Block, figure: &Figure) -> Vec<Unit> {
    let template = flow.template;
    let (page, grid) = (&template.page, &template.grid);
    let below = caption(flow, (index, block), page.measure(), None);
    let (own, own_height) = figure.size;
    let ratio = own_height / own;
    let most = template.height_of(grid.lines.saturating_sub(below.rows).max(1));
    let width = figure.width.unwrap_or(own).min(page.measure()).min(most / ratio);
    let height = width * ratio;
    let rows = template.rows_of(height);
    let style = template.style(StyleName::Figure);
    let x = match style.align {
        Align::Right => page.measure() - width,
        Align::Center => (page.measure() - width) / 2.0,
        _ => Length::ZERO,
    };
    let y = (template.height_of(rows) - height) / 2.0;
    captioned(index, vec![Item::Picture(Picture { block: index, x, y, width, height })], below, rows)
}

/// What is drawn in `rows` rows, and its caption below it.
pub(super) fn captioned(index: u32, items: Vec<Item>, below: Caption, rows: u32) -> Vec<Unit> {
    let mut units = Vec::new();
    if rows > 0 {
        units.push(Unit::items(index, UnitMetrics { rows, keeps: below.rows > 0, ..UnitMetrics::default() }, items));
    }
    if below.rows > 0 {
        units.push(Unit::items(index, UnitMetrics { rows: below.rows, ..UnitMetrics::default() }, below.items));
    }
    units
}

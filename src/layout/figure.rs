//! Pictures: on whole rows of the grid, with their caption below.

use super::caption::{caption, captioned};
use super::flow::Flow;
use super::pages::Unit;
use super::{PageItem, PlacedPicture};
use crate::model::{Block, BlockIndex, Figure, Length};
use crate::template::{Align, StyleName};

/// The units of a picture: it, and its caption on the same page.
pub(super) fn units(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, figure: &Figure) -> Vec<Unit> {
    let template = flow.template;
    let (page, grid) = (&template.page, &template.grid);
    let below = caption(flow, (index, block), page.measure(), None);
    let (own, own_height) = figure.file.size;
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
    captioned(index, vec![PageItem::Picture(PlacedPicture { block: index, x, y, width, height })], below, rows)
}

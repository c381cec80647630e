//! Pictures: on whole rows of the grid, with their captions below; alone or side by side.

use super::caption::{Caption, caption, captioned};
use super::flow::Flow;
use super::pages::Unit;
use super::{PageItem, PlacedPicture, attached, turned};
use crate::model::{Block, BlockIndex, Figure, FigureFlow, Length, Lie, NoteIndex, PictureIndex, SideBySide};
use crate::printed::picture_columns;
use crate::template::{Align, StyleName};

/// How often a row of pictures is tried whose captions leave it less room.
const ATTEMPTS: usize = 3;

/// The units of a picture: it, and its caption on the same page.
pub(super) fn units(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, figure: &Figure) -> Vec<Unit> {
    match figure.row {
        None => alone(flow, index, block, figure),
        Some(SideBySide { at: 0, of }) => row(flow, index, of),
        // Set with the first.
        Some(_) => Vec::new(),
    }
}

fn alone(flow: &mut Flow<'_>, index: BlockIndex, block: &Block, figure: &Figure) -> Vec<Unit> {
    let template = flow.template;
    let (measure, lines) = (template.measure(figure.lie), template.lines(figure.lie));
    let below = caption(flow, (index, block), measure, None);
    let (own, _) = figure.file.size;
    let ratio = ratio(figure);
    // It shares its page with the headings above it, unless it is to be so wide, or floats to another page.
    let above = match (figure.lie, figure.width) {
        (Lie::Upright, Some(_)) => 0,
        (Lie::Upright, None) if figure.flow != FigureFlow::InPlace => 0,
        _ => attached::rows(flow, index, figure.lie),
    };
    let noted = flow.notes.rows_below(index, &block.kind.texts(), lines);
    let most = template.height_of(lines.saturating_sub(below.rows + above + noted).max(1));
    let width = figure.width.unwrap_or(own).min(measure).min(most / ratio);
    let height = width * ratio;
    let rows = template.rows_of(height);
    let style = template.style(StyleName::Figure);
    let x = match style.align {
        Align::Right => measure - width,
        Align::Center => (measure - width) / 2.0,
        _ => Length::ZERO,
    };
    let y = (template.height_of(rows) - height) / 2.0;
    let picture = PlacedPicture { picture: PictureIndex::of(index), x, y, width, height, lie: Lie::Upright };
    let units = captioned(index, vec![PageItem::Picture(picture)], below, rows);
    turned::lain(flow, (index, block), units)
}

/// The units of pictures side by side, `of` of them from `first` on: all equally high where no widths are given, standing on one
/// line, the captions each below its own.
fn row(flow: &mut Flow<'_>, first: BlockIndex, of: usize) -> Vec<Unit> {
    let document = flow.document;
    let members: Vec<(BlockIndex, &Block, &Figure)> = document.figures(first, of).collect();
    let template = flow.template;
    let measure = template.page.measure();
    let figures: Vec<&Figure> = members.iter().map(|(.., figure)| *figure).collect();
    let room = measure - template.figures.gap * of as f64;
    let page = template.grid.lines;
    let noted: u32 = members.iter().map(|(at, block, _)| flow.notes.rows_below(*at, &block.kind.texts(), page)).sum();
    let mut below = Caption::default();
    let mut widths = Vec::new();
    for attempt in 0..ATTEMPTS {
        let most = template.height_of(page.saturating_sub(below.rows.max(1) + noted).max(1));
        widths = side_by_side(&figures, room, most);
        let known = below.rows;
        below = captions(flow, &members, &picture_columns(&widths, measure));
        if attempt > 0 && below.rows <= known {
            break;
        }
    }
    let highest =
        widths.iter().zip(&figures).map(|(&width, figure)| width * ratio(figure)).fold(Length::ZERO, Length::max);
    let rows = template.rows_of(highest);
    let foot = (template.height_of(rows) + highest) / 2.0;
    let mut left = Length::ZERO;
    let mut items = Vec::with_capacity(of);
    for (((block, _, figure), &width), column) in members.iter().zip(&widths).zip(picture_columns(&widths, measure)) {
        let height = width * ratio(figure);
        let (x, y) = (left + (column - width) / 2.0, foot - height);
        let picture = PictureIndex::of(*block);
        items.push(PageItem::Picture(PlacedPicture { picture, x, y, width, height, lie: Lie::Upright }));
        left += column;
    }
    let mut units = captioned(first, items, below, rows);
    // The others have no units to carry the notes that they call.
    let notes: Vec<NoteIndex> =
        members.iter().flat_map(|(index, block, _)| flow.notes.of_block(*index, &block.kind)).collect();
    if let Some(shown) = units.first_mut() {
        shown.cell.notes = flow.notes.foot(&notes);
        shown.notes = notes;
    }
    units
}

/// The captions of pictures in their columns.
fn captions(flow: &mut Flow<'_>, members: &[(BlockIndex, &Block, &Figure)], columns: &[Length]) -> Caption {
    let mut all = Caption::default();
    let mut left = Length::ZERO;
    for (&(index, block, _), &column) in members.iter().zip(columns) {
        let own = caption(flow, (index, block), column, None);
        all.items.extend(own.items.into_iter().map(|item| item.shifted(left, Length::ZERO)));
        all.rows = all.rows.max(own.rows);
        left += column;
    }
    all
}

/// The widths of pictures side by side in a room, none higher than `most`. Where some are given, the others share what they leave.
fn side_by_side(figures: &[&Figure], room: Length, most: Length) -> Vec<Length> {
    let given: Length = figures.iter().filter_map(|figure| figure.width).sum();
    let others = figures.iter().filter(|figure| figure.width.is_none()).count();
    if given > Length::ZERO {
        let share = (room - given) / others.max(1) as f64;
        let width = |figure: &&Figure| figure.width.unwrap_or(share.min(figure.file.size.0)).min(most / ratio(figure));
        return figures.iter().map(width).collect();
    }
    let across: f64 = figures.iter().map(|figure| 1.0 / ratio(figure)).sum();
    let own = figures.iter().map(|figure| figure.file.size.1).fold(Length::ZERO, Length::max);
    let height = (room / across).min(own).min(most);
    figures.iter().map(|figure| height / ratio(figure)).collect()
}

/// Its height to its width.
fn ratio(figure: &Figure) -> f64 {
    let (width, height) = figure.file.size;
    height / width
}

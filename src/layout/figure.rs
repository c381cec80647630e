//! Pictures: on whole rows of the grid, with their captions below; alone or side by side.

use super::caption::{Caption, caption, captioned};
use super::flow::Flow;
use super::pages::Unit;
use super::{PageItem, PlacedPicture, attached, float, turned};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::{Block, BlockIndex, Figure, Length, Lie, NoteIndex, PictureIndex, SideBySide};
use crate::printed::picture_columns;
use crate::template::{Align, StyleName};

/// What shares a picture's page leaves it so many rows, or there is nothing to be seen in it.
const LEAST_ROWS: u32 = 3;

/// A picture that what shares its page makes smaller than this part of its size is told, though nobody wrote a width.
const TOLD_BELOW: f64 = 0.5;

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
    // It shares its page with the headings above it, unless it floats to another page.
    let floats = float::may_pass(flow.document, index);
    let above = if floats && figure.lie == Lie::Upright { 0 } else { attached::rows(flow, index, figure.lie) };
    let noted = flow.notes.rows_below(index, &block.kind.texts(), lines);
    let Some(left) = rows_left(flow, block, lines, below.rows + above + noted) else { return Vec::new() };
    let ratio = ratio(figure);
    let wanted = figure.width.unwrap_or(figure.file.size.0).min(measure);
    let width = wanted.min(template.height_of(left) / ratio);
    tell_small(flow, block, figure, (wanted, width));
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

/// The rows of a page of `lines` that are left for pictures; None, which is told, where what is around them leaves too few.
fn rows_left(flow: &mut Flow<'_>, block: &Block, lines: u32, around: u32) -> Option<u32> {
    let left = lines.saturating_sub(around);
    if left >= LEAST_ROWS.min(lines) {
        return Some(left);
    }
    flow.refuse(
        Code::TEXT_OUT_OF_PLACE,
        block,
        say!(
            "图题、图题的脚注和上面的标题太长，一页里没有图的位置",
            "its caption, the notes of that and the headings above it are so long that a page has no room for the picture"
        ),
        say!(
            "缩短图题，把说明写进正文，或者在标题与图之间写一段文字",
            "shorten the caption, write what it says in the text, or write a paragraph between the heading and the picture"
        ),
    );
    None
}

/// Tells of a picture without a written width that what shares its page makes far smaller than it is by itself. `wanted`: its width by
/// itself.
fn tell_small(flow: &mut Flow<'_>, block: &Block, figure: &Figure, (wanted, width): (Length, Length)) {
    let template = flow.template;
    let alone = wanted.min(template.height_of(template.lines(figure.lie)) / ratio(figure));
    if figure.width.is_some() || width >= alone * TOLD_BELOW {
        return;
    }
    let printed = width.to_mm();
    flow.advice.push(Diagnostic::advice(
        Code::PICTURE_SMALLER,
        block.span,
        say!(
            "图题、图题的脚注和上面的标题同图在一页，图缩到了 {printed:.0}mm 宽，不到本来的一半",
            "the caption, its notes and the headings above leave the picture so little of the page that it is printed {printed:.0}mm wide, less than half its size"
        ),
        say!(
            "缩短图题，把说明写进正文，或者在标题与图之间写一段文字",
            "shorten the caption, write what it says in the text, or write a paragraph between the heading and the picture"
        ),
    ));
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
    let around = noted + attached::rows(flow, first, Lie::Upright);
    // Narrower pictures have longer captions, which leave them less room: until the rows that are left for captions hold them.
    let mut reserved = 1;
    let (widths, below) = loop {
        let Some(left) = rows_left(flow, members[0].1, page, reserved + around) else { return Vec::new() };
        let widths = side_by_side(&figures, room, template.height_of(left));
        let below = captions(flow, &members, &picture_columns(&widths, measure));
        if below.rows <= reserved {
            break (widths, below);
        }
        reserved = below.rows;
    };
    let unbound = side_by_side(&figures, room, Length::pt(f64::from(u16::MAX)));
    for (((_, block, figure), &width), &wanted) in members.iter().zip(&widths).zip(&unbound) {
        tell_small(flow, block, figure, (wanted, width));
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

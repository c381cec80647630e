//! Rules of GB/T 9704 that no single style can say.

use super::house::Template;
use super::parts::LetterRules;
use super::style::Leading;
use super::style_name::StyleName;
use crate::model::Length;

/// The date begins so far right of the authority, in em (GB/T 9704 7.3.5.2).
const SHIFT: f64 = 2.0;

/// The right indents of a sealed signature's authority and date, in em, when they are so many em long (7.3.5.1): the date at its
/// style's indent, the authority in the middle above it.
#[must_use]
pub fn sealed_indents(template: &Template, authority: f64, date: f64) -> (f64, f64) {
    let right = template.style(StyleName::SignatureDate).indent_right;
    ((right + (date - authority) / 2.0).max(0.0), right)
}

/// The right indents of a signature's authority and date without a seal, in em, when they are so many em long (7.3.5.2): the
/// authority at its style's indent, the date beginning two characters right of where the authority begins; where the date is the
/// longer one, it takes that indent, and the authority moves left.
#[must_use]
pub fn unsealed_indents(template: &Template, authority: f64, date: f64) -> (f64, f64) {
    let signature = template.style(StyleName::Signature).indent_right;
    if date > authority {
        return (signature + date + SHIFT - authority, signature);
    }
    (signature, (signature + authority - SHIFT - date).max(0.0))
}

/// Between a post and the name stamp at its right, in em (GB/T 9704 7.3.5.3).
const POST_APART: f64 = 2.0;

/// The place of a name stamp, and of the post beside it (GB/T 9704 7.3.5.3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StampPlace {
    /// The rows that it takes.
    pub rows: u32,
    /// The right indent of the post, in em: beyond the stamp, which is as far from the right edge as the date.
    pub right: f64,
}

/// The place of a name stamp in a template.
#[must_use]
pub fn stamp_place(template: &Template) -> StampPlace {
    let (post, date) = (template.style(StyleName::Signature), template.style(StyleName::SignatureDate));
    let (seals, pitch) = (&template.seals, template.grid.pitch);
    let right = (date.size * date.indent_right + seals.stamp_width) / post.size + POST_APART;
    StampPlace { rows: (seals.stamp_height / pitch - 1e-6).ceil().max(1.0) as u32, right }
}

/// What a red head holds, as far as its places depend on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadShape {
    /// Marks above the authority.
    pub marks: u32,
    /// Lines of the authority.
    pub lines: u32,
    /// The size of the authority: its style's, or a smaller one.
    pub size: Length,
    /// Rows of signers; the number is on the last of them. At least 1.
    pub rows: u32,
}

/// The places of the parts of a red head, from the top of the type area (GB/T 9704 7.2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadPlaces {
    /// Upper edge of the issuing authority's first line; a letter's is above the type area.
    pub authority: Length,
    /// From one line of the authority to the next.
    pub leading: Length,
    /// Upper edge of the first row.
    pub top: Length,
    /// The first row of signers, from 0: that of the document's number where there is one row of them or none.
    pub first: u32,
    /// The row of the document's number, from 0.
    pub number: u32,
    /// Upper edge of the red rule.
    pub rule: Length,
    /// The rows that the head takes.
    pub rows: u32,
    /// So far the title moves up into them, so that it is as many rows below the head as its style says.
    pub rise: Length,
}

/// From line to line of an issuing authority of a size: in the proportion of its style.
#[must_use]
pub fn head_leading(template: &Template, size: Length) -> Length {
    let style = template.style(StyleName::Authority);
    let leading = match style.leading {
        Leading::Exact(leading) => leading,
        Leading::Rows(rows) => template.grid.pitch * rows,
    };
    if size == style.size { leading } else { leading * (size / style.size) }
}

/// The places in a head of a shape.
///
/// The authority is at its place from the top (7.2.4), the number so many empty rows below as its style says (7.2.5), the
/// rule at its distance from the number (7.2.7).
#[must_use]
pub fn head_places(template: &Template, shape: HeadShape) -> HeadPlaces {
    if let Some(letter) = &template.head.letter {
        return letter_places(template, letter, shape);
    }
    let grid = &template.grid;
    let numbered = template.style(StyleName::DocumentNumber);
    let leading = head_leading(template, shape.size);
    let authority = template.head.top.max(grid.pitch * f64::from(shape.marks));
    let foot = authority + leading * f64::from(shape.lines.saturating_sub(1)) + shape.size;
    let first = ((foot / grid.pitch - 1e-6).ceil() + numbered.rows_before).max(0.0) as u32;
    let number = first + shape.rows.saturating_sub(1);
    let rule = grid.pitch * f64::from(number) + (grid.cell + numbered.size) / 2.0 + template.head.gap;
    let rows = ((rule + template.head.rule) / grid.pitch).ceil() as u32;
    HeadPlaces { authority, leading, top: Length::ZERO, first, number, rule, rows, rise: Length::ZERO }
}

/// The height of the type of the body between two of its lines (GB/T 9704 5.2.3).
const BETWEEN: f64 = 7.0 / 8.0;

/// The places in the head of a letter (10.1): the authority at its place from the paper's edge, the double rule below it, then the marks
/// at the left and the number at the right, row by row.
fn letter_places(template: &Template, letter: &LetterRules, shape: HeadShape) -> HeadPlaces {
    let (grid, head) = (&template.grid, &template.head);
    let leading = head_leading(template, shape.size);
    let authority = head.top - template.page.top;
    let foot = authority + leading * f64::from(shape.lines.saturating_sub(1)) + shape.size;
    let rule = foot + head.gap;
    let top = rule + letter.height(head.rule) + grid.cell * BETWEEN;
    let end = top + grid.pitch * f64::from(shape.marks.max(1));
    let rows = (end / grid.pitch - 1e-6).ceil().max(0.0) as u32;
    let rise = grid.pitch * f64::from(rows) - end;
    HeadPlaces { authority, leading, top, first: 0, number: 0, rule, rows, rise }
}

/// Between two signers beside one another, in em.
const SIGNERS_APART: f64 = 1.0;

/// Where several signers are, from the left edge of the type area (GB/T 9704 7.2.6).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignerPlaces {
    /// The label 签发人：.
    pub label: Length,
    /// The first and the second name of a row.
    pub columns: [Length; 2],
}

/// The places of signers whose label and names, in order, are so many em wide: the second of a row ends at its style's indent.
#[must_use]
pub fn signer_places(template: &Template, label: f64, names: &[f64]) -> SignerPlaces {
    let style = template.style(StyleName::Signer);
    let widest = |from: usize| names.iter().skip(from).step_by(2).copied().fold(0.0, f64::max);
    let (first, second) = (widest(0), widest(1));
    let second = template.page.measure() - style.size * (style.indent_right + second);
    let first = second - style.size * (first + SIGNERS_APART);
    SignerPlaces { label: first - style.size * label, columns: [first, second] }
}

/// Where several authorities sign under their seals, from the left edge of the type area (GB/T 9704 7.3.5.1).
#[derive(Clone, Debug, PartialEq)]
pub struct SealPlaces {
    /// The middle of each column.
    pub columns: Vec<Length>,
    /// From one row of authorities to the next, in rows of the grid.
    pub rows: u32,
}

impl SealPlaces {
    /// The column of authority `index` (from 0) of `count`. The last row ends in the last column, where the date is below it.
    #[must_use]
    pub fn column(&self, index: usize, count: usize) -> usize {
        let across = self.columns.len().max(1);
        let last = count.saturating_sub(1) / across * across;
        if index < last { index % across } else { index - last + across - (count - last) }
    }
}

/// The places of authorities of these widths, above a date of this one.
///
/// The date is at its indent from the right, the last authority in the middle above it; the others are to the left and
/// above, in columns that part names and seals: in as few rows as have room, each of no more than the template's number.
#[must_use]
pub fn seal_places(template: &Template, widths: &[Length], date: Length) -> SealPlaces {
    let (seals, count) = (&template.seals, widths.len());
    let fewest = count.div_ceil(seals.across.max(1) as usize).max(1);
    let columns = (fewest..=count)
        .find_map(|rows| seal_columns(template, widths, date, count.div_ceil(rows)))
        .unwrap_or_else(|| vec![last_column(template, widths, date)]);
    let pitch = template.grid.pitch;
    SealPlaces { columns, rows: ((seals.size + seals.apart) / pitch).ceil().max(1.0) as u32 }
}

/// The middle of the last column: above the date, and further left where one of these names would leave the type area.
fn last_column(template: &Template, names: &[Length], date: Length) -> Length {
    let (dated, measure) = (template.style(StyleName::SignatureDate), template.page.measure());
    let side = widest(names, template.seals.size) / 2.0;
    (measure - dated.size * dated.indent_right - date / 2.0).min(measure - side).max(side)
}

/// The widest of names, or `least` where that is wider.
fn widest(names: &[Length], least: Length) -> Length {
    names.iter().copied().fold(least, Length::max)
}

/// The middles of so many columns; None where names of these widths have no room in them.
fn seal_columns(template: &Template, widths: &[Length], date: Length, across: usize) -> Option<Vec<Length>> {
    let (seals, measure) = (&template.seals, template.page.measure());
    let rows: Vec<&[Length]> = widths.chunks(across).collect();
    // A short row is the last, and ends in the last column.
    let named = |column: usize| {
        let in_row = move |row: &&[Length]| column.checked_sub(across - row.len()).map(|at| row[at]);
        rows.iter().filter_map(in_row).collect::<Vec<Length>>()
    };
    let last = last_column(template, &named(across - 1), date);
    if across == 1 {
        return Some(vec![last]);
    }
    // Names keep a character apart, seals what the template says.
    let apart = template.style(StyleName::Signature).size;
    let between = |column: usize| {
        let lacking = |row: &&[Length]| across - row.len();
        let pairs = rows.iter().filter(|row| column >= lacking(row)).map(|row| &row[column - lacking(row)..][..2]);
        pairs.map(|pair| (pair[0] + pair[1]) / 2.0 + apart).fold(seals.size + seals.apart, Length::max)
    };
    let least: Vec<Length> = (1..across).map(|column| between(column - 1)).collect();
    let sides: Vec<Length> = (0..across).map(|column| widest(&named(column), seals.size) / 2.0).collect();
    // As wide as the page allows, but no wider than columns that part it evenly.
    let even = (evened(&least, last - sides[0])).min(measure / across as f64);
    let columns = |steps: &[Length]| -> Option<Vec<Length>> {
        let left_of = |column: usize| steps.iter().skip(column).copied().sum::<Length>();
        let columns: Vec<Length> = (0..across).map(|column| last - left_of(column)).collect();
        let fit = |(middle, side): (&Length, &Length)| *side <= *middle + Length::pt(0.01);
        columns.iter().zip(&sides).all(fit).then_some(columns)
    };
    let steps: Vec<Length> = least.iter().map(|&step| step.max(even)).collect();
    columns(&steps).or_else(|| columns(&least))
}

/// The width that steps of at least these widths get alike, so that all together have `room`.
fn evened(least: &[Length], room: Length) -> Length {
    let mut wide: Vec<Length> = least.to_vec();
    wide.sort_by(|a, b| b.to_pt().total_cmp(&a.to_pt()));
    let mut room = room;
    for (at, &step) in wide.iter().enumerate() {
        let even = room / (wide.len() - at) as f64;
        if step <= even {
            return even;
        }
        room -= step;
    }
    Length::ZERO
}

//! Type in the figures of an office program, as the Word file carries them: whole half points of size, twips of spacing.
//!
//! Shared by the back end that writes them and by the policies of composition that break lines as the programs will.

use super::page::PageSetup;
use super::style::Style;
use crate::model::Length;

/// Twentieths of a point, rounded.
#[must_use]
pub fn twips(length: Length) -> i64 {
    (length.to_pt() * 20.0).round() as i64
}

/// Halves of a point, rounded: the unit of `w:sz`.
#[must_use]
pub fn half_points(length: Length) -> i64 {
    (length.to_pt() * 2.0).round() as i64
}

/// The space after every character, in twips, that turns a size which `w:sz` can say into the size that is meant.
///
/// Rounded down, so that a line of the grid never holds a character less: 15.793 pt is 三号 (16 pt) with −5.
#[must_use]
pub fn tracking(size: Length) -> i64 {
    let said = Length::pt(half_points(size) as f64 / 2.0);
    ((size - said).to_pt() * 20.0).floor() as i64
}

/// The tracking of a size as a `w:charSpace` of the grid: 1/4096 of a point.
#[must_use]
pub fn char_space(size: Length) -> i64 {
    let said = Length::pt(half_points(size) as f64 / 2.0);
    ((size - said).to_pt() * 4096.0).floor() as i64
}

/// Twips from character to character: the size that is said and its tracking.
#[must_use]
pub fn advance(size: Length) -> i64 {
    half_points(size) * 10 + tracking(size)
}

/// Twips of so many characters of a style.
#[must_use]
pub fn chars(em: f64, size: Length) -> i64 {
    (em * advance(size) as f64).round() as i64
}

/// Twips between the margins: what programs compute from the rounded paper and margins.
#[must_use]
pub fn measure(page: &PageSetup) -> i64 {
    twips(page.width) - twips(page.inner) - twips(page.outer)
}

/// Twips that the first and the other lines of a style may fill.
#[must_use]
pub fn lines(page: &PageSetup, style: &Style) -> (i64, i64) {
    let rest = measure(page) - chars(style.indent_left, style.size) - chars(style.indent_right, style.size);
    (rest - chars(style.first_line, style.size), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn body_size_is_three_hao_with_a_quarter_point_off() {
        let size = Length::pt(15.793);
        assert_eq!((half_points(size), tracking(size), advance(size), chars(2.0, size)), (32, -5, 315, 630));
        assert_eq!(tracking(Length::pt(22.0)), 0);
    }
}

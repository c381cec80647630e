//! From lengths to the numbers of a PDF: points from the page's bottom left (8.3.2.3), written with three decimals.
//!
//! A thousandth of a point is a third of a micrometre; more digits would be noise that every reader has to skip.

use crate::model::Length;

/// Decimals of a coordinate: 0.001 pt.
const STEP: f64 = 1000.0;
/// Decimals of a kern: a tenth of a thousandth of an em, at 16 pt less than 0.002 pt.
const KERN_STEP: f64 = 10.0;

/// A number as the file will hold it, and so as readers will add it up: one that lopdf writes in as few digits as it takes.
pub(super) fn number(points: f64) -> f32 {
    ((points * STEP).round() / STEP) as f32
}

/// A length.
pub(super) fn length(length: Length) -> f32 {
    number(length.to_pt())
}

/// A height above the page's bottom edge, of something so far below its top.
pub(super) fn height(page: Length, below_top: Length) -> f32 {
    number((page - below_top).to_pt())
}

/// A kern of a TJ operator, in thousandths of an em to the left (9.4.3), that moves the pen by so many points to the right.
pub(super) fn kern(points: f64, size: f64) -> f32 {
    let units = -points * 1000.0 / size;
    // Adding zero turns -0, which would be written as such, into 0.
    ((units * KERN_STEP).round() / KERN_STEP) as f32 + 0.0
}

/// A width in thousandths of an em (9.7.4.3). Four decimals: widths of a 2048-unit face are exact to the last unit.
pub(super) fn width(units: f64) -> f32 {
    ((units * 10_000.0).round() / 10_000.0) as f32
}

//! How large so many pixels are printed.

use crate::model::Length;

/// Pixels an inch of a picture that does not say, as office programs take it.
const DENSITY: f64 = 96.0;
/// Densities outside this range are mistakes of the program that wrote the file.
const DENSITIES: std::ops::RangeInclusive<f64> = 20.0..=5000.0;

/// The printed size of so many pixels at so many an inch across and down.
pub(super) fn printed_size((width, height): (u32, u32), density: Option<(f64, f64)>) -> (Length, Length) {
    let plausible = |(across, down): &(f64, f64)| DENSITIES.contains(across) && DENSITIES.contains(down);
    let (across, down) = density.filter(plausible).unwrap_or((DENSITY, DENSITY));
    let side = |pixels: u32, density: f64| Length::pt(f64::from(pixels) * 72.0 / density);
    (side(width, across), side(height, down))
}

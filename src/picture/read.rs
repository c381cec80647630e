//! A picture file becomes a value of the model: checked whole, turned upright, freed of what is not seen.

use super::{Fault, jpeg, png, svg};
use crate::model::{Length, PictureFile};

/// Pixels an inch of a picture that does not say, as office programs take it.
const DENSITY: f64 = 96.0;
/// Densities outside this range are mistakes of the program that wrote the file.
const DENSITIES: std::ops::RangeInclusive<f64> = 20.0..=5000.0;

/// Reads a picture file; None for a file that is neither PNG, JPEG nor SVG. `name`: as the report names it.
///
/// # Errors
/// What is wrong with a damaged file or one that cannot be printed as it looks, and what to do about it.
pub fn read(name: &str, data: &[u8]) -> Result<Option<PictureFile>, Fault> {
    let picture = if data.starts_with(png::SIGNATURE) {
        png::read(data)
    } else if data.starts_with(jpeg::SIGNATURE) {
        jpeg::read(data)
    } else if svg::is_svg(data) {
        svg::read(data)
    } else {
        return Ok(None);
    }?;
    Ok(Some(PictureFile { name: name.to_owned(), ..picture }))
}

/// The printed size of so many pixels at so many an inch across and down.
pub(super) fn printed_size((width, height): (u32, u32), density: Option<(f64, f64)>) -> (Length, Length) {
    let plausible = |(across, down): &(f64, f64)| DENSITIES.contains(across) && DENSITIES.contains(down);
    let (across, down) = density.filter(plausible).unwrap_or((DENSITY, DENSITY));
    let side = |pixels: u32, density: f64| Length::pt(f64::from(pixels) * 72.0 / density);
    (side(width, across), side(height, down))
}

//! A picture file becomes a value of the model: checked whole, turned upright, freed of what is not seen.

use super::{FileFault, jpeg, png, svg};
use crate::model::PictureFile;

/// Reads a picture file; None for a file that is neither PNG, JPEG nor SVG. `name`: as the report names it.
///
/// # Errors
/// What is wrong with a damaged file or one that cannot be printed as it looks, and what to do about it.
pub fn read(name: &str, data: &[u8]) -> Result<Option<PictureFile>, FileFault> {
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

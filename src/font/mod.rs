//! Faces: found, mapped, asked for coverage and metrics, and cut down to what a document uses.

mod places;
mod error;
mod sfnt;
mod names;
mod variable;
mod catalog;
mod face;
mod gsub;
mod marks;
mod fonts;
mod subset;
mod office;

pub use error::FaceError;
pub use face::{Embedding, Face, Metrics};
pub use fonts::{FaceId, Fonts, GlyphInfo, Script};
pub use places::font_directories;
pub use subset::{FontUsage, GlyphSet, Subset, SubsetError};

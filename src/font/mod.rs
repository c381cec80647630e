//! Faces: found, mapped, asked for coverage and metrics, and cut down to what a document uses.

mod places;
mod sfnt;
mod names;
mod variable;
mod catalog;
mod face;
mod gsub;
mod marks;
mod fonts;
mod subset;

pub use face::{Embedding, Face, FaceError, Metrics};
pub use fonts::{FaceId, Fonts, GlyphInfo, Script};
pub use places::font_directories;
pub use subset::{FontUsage, GlyphSet, Subset, SubsetError};

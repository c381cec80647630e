//! Faces: found, mapped, asked for coverage and metrics, and cut down to what a document uses.

mod places;
mod error;
mod sfnt;
mod names;
mod variable;
mod catalog;
mod face_id;
mod face;
mod gsub;
mod marks;
mod subset;
mod cuts;
mod fonts;
mod office;
mod outline;

pub use cuts::{CutFace, PackedFace};
pub use error::FaceError;
pub use face::{Embedding, Face, Metrics};
pub use face_id::FaceId;
pub use fonts::{Fonts, GlyphInfo, Script};
pub use outline::GlyphStep;
pub use places::font_directories;
pub use subset::{FontUsage, GlyphSet, Subset, SubsetError};

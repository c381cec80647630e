//! The Word file: `model::Document` and `template::Template` become the parts of a DOCX.
//!
//! docx-rs builds the trees of paragraphs, runs and tables; everything else (styles, numbering, sections, settings,
//! properties, the package) is written here, because docx-rs cannot say it or says it in the wrong order.

mod chart;
mod error;
mod fonts;
mod footer;
mod head;
mod latent;
mod lines;
mod names;
mod official;
mod package;
mod shelf;
mod styles;
mod table_styles;
mod units;
mod variant;
mod write;
mod xml;

pub use error::Error;
pub use fonts::EmbeddedFace;
pub use names::{block_bookmark, value_bookmark};
pub use write::{Options, Profile, write};

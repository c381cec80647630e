//! The Word file: `model::Document` and `template::Template` become the parts of a DOCX.
//!
//! docx-rs builds the trees of paragraphs, runs and tables; everything else (styles, numbering, sections, settings,
//! properties, the package) is written here, because docx-rs cannot say it or says it in the wrong order.

mod bookmark;
mod chart;
mod error;
mod fonts;
mod language;
mod options;
mod package;
mod seal;
pub mod handout;
mod handout_looks;
pub mod read;
mod revise;
mod styles;
mod units;
mod write;
mod xml;

pub use bookmark::{block_bookmark, value_bookmark};
pub use error::WordError;
pub use fonts::EmbeddedFace;
pub use options::{HandedOut, Packing, Profile, Protection, WordExtras, WordOptions};
pub use revise::{Commented, PlacedComment, redline, with_comments};
pub use seal::{Authorship, authorship};
pub use write::{text_of, write, write_for};

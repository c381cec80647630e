//! The PDF, from the pages.
//!
//! `subsetter` cuts the faces down to the glyphs that are used, `printpdf` writes the content of the pages, `finish` builds the
//! rest of the file with `lopdf`: everything that concerns the document as a whole. Clauses are those of ISO 32000-1:2008.

mod error;
mod options;
mod units;
mod fields;
mod cluster;
mod language;
mod link;
mod tag;
mod tagger;
mod faces;
mod shape;
mod content;
mod pages;
mod finish;
mod write;
mod own;
mod verify;

pub use error::PdfError;
pub use options::{Imposition, PdfExtras, PdfOptions, PdfProfile, Press, PressMarks, RedInk};
pub use own::{facts, is_own};
pub use verify::{VerifyCheck, VerifyError, VerifyFinding, VerifyReport, VerifyRules, verify};
pub use write::{write, write_for};

//! From the document to pages: lines broken, justified and set on the grid.

mod paged;

pub use paged::{Artifact, Glyph, GlyphRun, Item, Line, LineKind, OutlineEntry, Page, PagedDocument, Rule, RunSource};

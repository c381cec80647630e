//! From the document to pages: lines broken, justified and set on the grid.

mod paged;
mod inline;
mod paragraph;
mod flow;
mod said;
mod notes;
mod contents;
mod cover;
mod official;
mod phrase;
mod caption;
mod table;
mod figure;
mod chart;
mod pages;
mod compose;
mod drift;

pub use compose::compose;
pub use drift::{Drift, PartedPage};
pub use paged::{
    Artifact, Glyph, GlyphRun, Item, Line, LineKind, OutlineEntry, Page, PagedDocument, Path, Picture, Rule, RunSource,
    Step,
};
pub use said::{page_labels, sense_breaks};

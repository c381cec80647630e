//! From the document to pages: lines broken, justified and set on the grid.

mod paged;
mod inline;
mod paragraph;
mod words;
mod phrase;
mod pages;
mod kept;
mod notes;
mod lines;
mod flow;
mod hung;
mod units;
mod caption;
mod attached;
mod turned;
mod table;
mod figure;
mod chart;
mod official;
mod red_head;
mod blocks;
mod page_numbers;
mod imprint;
mod contents;
mod cover;
mod front;
mod furniture;
mod printed;
mod bounds;
mod float;
mod together;
mod parted;
mod advice;
mod compose;
mod fitted;
mod drift;
mod strokes;
mod bars;

pub use bars::{ChangedPlace, ChangedText, add_bars};
pub use compose::{compose, compose_with};
pub use drift::{Drift, PartedPage};
pub use fitted::compose_fitted;
pub use kept::SetParagraphs;
pub use paged::{
    Artifact, Glyph, GlyphRun, Line, LineKind, OutlineEntry, OutlineStep, Page, PageItem, PagedDocument, Path,
    PlacedPicture, Rule, Strain,
};
pub use strokes::add_strokes;

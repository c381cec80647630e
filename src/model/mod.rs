//! The report as plain values, after every number, reference and data value has been resolved.
//!
//! Both back ends read this and nothing earlier: layout (and through it the PDF) and the Word writer.
//! Nothing here knows YAML, fonts, pages or XML.

mod block;
mod color;
mod document;
mod fonts;
mod inline;
mod length;
mod number;
mod picture;
mod special;

pub use block::{Block, BlockId, BlockKind, Cell, Column, ColumnAlign, Figure, Row, Table};
pub use color::Color;
pub use document::{Document, Meta, Note, PageLabels, SenseBreaks, Value};
pub use fonts::{FontRole, FontSpec, RoleFonts};
pub use inline::{OffsetMap, Run, RunKind, Text};
pub use length::Length;
pub use number::{Number, NumberFormat, Scheme, chinese};
pub use picture::{PictureHead, PictureKind};
pub use special::{Chart, ChartKind, Cover, Imprint, RedHead, Series};

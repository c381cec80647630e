//! The report as plain values, after every number, reference and data value has been resolved.
//!
//! Both back ends read this and nothing earlier: layout (and through it the PDF) and the Word writer.
//! Nothing here knows YAML, fonts, pages or XML.

mod picture;
mod placing;
mod block;
mod chart;
mod color;
mod document;
mod statistics;
mod fact;
mod fonts;
mod formatting;
mod index;
mod inline;
mod length;
mod manuscript;
mod hidden;
mod marked;
mod number;
mod script;
mod shift;
mod rewrite;
mod special;
mod table;
mod token;
mod typed;
mod unit;

pub use block::{Block, BlockId, BlockKind, Figure, Sealing, SideBySide};
pub use chart::{Chart, ChartKind, Quantity, Scale, Series, ValueAxis};
pub use color::Color;
pub use document::{Document, Furniture, Listed, Meta, Note, Single, Value};
pub use fact::{Check, Fact, FactKind};
pub use fonts::{FontRole, FontSpec, RoleFonts};
pub use formatting::{Feature, Formatted, Formatting, SavedWith, WordSetting, WordSettingKind, push_formatted};
pub use hidden::HiddenIn;
pub use index::{BlockIndex, CheckIndex, LinkIndex, NoteIndex, ValueIndex};
pub use inline::{Link, OffsetMap, Origin, Run, RunChange, RunKind, Text, TitlePart};
pub use length::Length;
pub use manuscript::{
    Bit, BitKind, BitLook, CellText, Comment, Handed, Item, ItemRole, Loss, LossKind, Manuscript, Phrase, Picture,
    RowNote, RowText, Trace,
};
pub use marked::{Mark, Marked, MarkedPiece, MarkedStep, NotePair, PARAGRAPH_END, RowStep};
pub(crate) use number::grouped;
pub use number::{Number, NumberFormat, Scheme, chinese, roman};
pub use picture::{CellPicture, PictureFile, PictureIndex, PictureKind, Raster, ShownPicture};
pub use placing::{FigureFlow, Lie};
pub use rewrite::{NewBlock, Rewrite};
pub use script::{chinese_context, in_chinese, is_chinese, is_ideograph, is_shared_mark};
pub use shift::{Shift, unshifted};
pub use special::{AttachmentName, Contents, Cover, Imprint, Labelled, RedHead};
pub use statistics::Statistics;
pub use table::{
    Cell, CellAlign, Column, ColumnAlign, ColumnGroup, ColumnWidth, PlacedCell, Row, Table, TableGrid, TableLine,
    is_dash, is_number, is_whole,
};
pub(crate) use token::{Joint, held_spaces, is_space, joints};
pub use typed::{TypedForm, TypedNumber, typed_number, typed_part};
pub use unit::{UnitUse, units};

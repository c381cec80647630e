//! One paragraph to lines: prepare → break → justify.
//!
//! Lengths in here are whole numbers of 1/65536 em of the paragraph, so that sums are exact and every machine breaks alike.

mod class;
mod prepare;
mod opportunity;
mod measure;
mod optimum;
mod script;
mod first_fit;
mod justify;
#[cfg(test)]
mod optimum_test;
#[cfg(test)]
mod first_fit_test;
#[cfg(test)]
mod oracle_test;

pub(crate) use class::{Class, is_han, is_wide};
pub(crate) use first_fit::{OFFICE_GAP, OfficeMetrics, OfficeText, is_hanging};
pub(crate) use justify::{Setting, set_line};
pub(crate) use measure::{LineFit, Ruler};
pub(crate) use opportunity::Opportunity;
pub(crate) use optimum::{ParagraphShape, RAGGED, VISIBLE, break_lines, break_ragged, other_counts};
pub(crate) use prepare::{Character, GlyphCache, Prepared, TextPiece, prepare, prepare_chinese};

/// One em in layout units. Divides evenly by 2048 and nearly so by 1000, the two sizes of em that fonts are drawn on.
pub(crate) const EM: i64 = 65_536;

/// Half an em: what two adjacent marks lose, and the most that a mark can give.
pub(crate) const HALF: i64 = EM / 2;

//! The figures of a report: where the data defines each, and where the pages print it.

mod places;
mod entry;
mod since;
mod csv;
mod proof;
mod tagged;
mod find;

pub use csv::write as figures_csv;
pub use entry::{BoxEntry, CheckEntry, Coverage, FigureEntry, FigureReport, FigureUse, SourcePlace, TypedDigits};
pub use find::{FiguresOutcome, FiguresRequest, figures, figures_json};
pub use proof::write as figures_sheet;
pub use since::{Changed, Difference, ListedFigure};
pub(super) use tagged::tagged;

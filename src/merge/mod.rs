//! Bringing an editor's changes home: three manuscripts (handed out, returned, ours) to changes, and what each writes where.
//!
//! Nothing here knows Word files or YAML: manuscripts come from one, and rewrites go to the other.

mod token;
mod diff;
mod rise;
mod likeness;
mod align;
mod bits;
mod numeral;
mod three;
mod bound;
mod own;
mod notes;
mod text;
mod whole;
mod review;
mod planner;
mod values;
mod plan;
mod hidden;
mod returned;
mod order;
mod remarks;
mod contents;
mod pictures;
mod formatting;
mod settings;
mod lists;
mod automatic;
mod kept;
mod insert;
mod table_sides;
mod columns;
mod table;
mod under;
mod unmarked;
mod show;
mod again;
mod mark;
mod ink;
mod inked;

pub use align::Stats;
pub use hidden::settle_hidden;
pub use ink::InkedSides;
pub use inked::{Inked, inked};
pub use mark::{Grain, MarkedSides, marked, outline};
pub use own::attach;
pub use planner::in_order;
pub use returned::Returned;
pub use review::{Change, ChangeKind, EditorText, Review, Status, ValueChange};
pub use show::{differences, line_origins};
pub use unmarked::unmarked;

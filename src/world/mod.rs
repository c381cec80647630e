//! Files, fonts, environment and time. The only place that touches them.

mod surroundings;
mod file;
mod system;
mod seen;
mod turn;
mod leftovers;
mod durable;
mod replace;
mod run;

pub use durable::Durable;
pub use file::Pieces;
pub use replace::{OutputSet, ReplaceError, still};
pub use run::{ProgramCall, ProgramResult};
pub use surroundings::{Place, World, plain_path};
pub use system::{Glance, LARGEST_FILE, SystemWorld};
pub use turn::Turn;

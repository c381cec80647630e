//! Files, fonts, environment and time. The only place that touches them.

mod surroundings;
mod file;
mod system;
mod seen;
mod turn;
mod leftovers;
mod replace;

pub use file::Pieces;
pub use replace::{OutputSet, ReplaceError, still};
pub use surroundings::{Place, World};
pub use system::{Glance, LARGEST_FILE, SystemWorld};
pub use turn::Turn;

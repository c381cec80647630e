//! YAML as a tree with places, its errors in the words of people who write reports, and what may be written where.

pub mod file;
pub mod tree;
mod error;
mod commas;
mod properties;
pub(crate) mod slip;
pub mod units;
pub mod near;
mod refusal;
pub mod shape;
pub mod overlay;

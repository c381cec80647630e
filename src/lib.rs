//! dinggao 定稿: one YAML source of a formal Chinese report, its print-ready PDF and its Word file.
//!
//! The modules in reading order; `docs/architecture.md` has the map.

pub mod world;
pub mod diagnostic;
pub mod yaml;
pub mod model;
pub mod picture;
pub mod template;
pub mod source;
pub mod font;
pub mod layout;
pub mod pdf;
pub mod docx;
pub mod preview;
pub mod pipeline;
pub mod cli;

pub use pipeline::{build, check};

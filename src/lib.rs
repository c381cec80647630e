//! dinggao 定稿: one YAML source of a formal Chinese report, its print-ready PDF and its Word file.
//!
//! ```
//! use dinggao::pipeline::{Destination, Request};
//! use dinggao::world::SystemWorld;
//!
//! // data/report.yaml to a PDF and a Word file, with one figure changed for this run.
//! let request = Request { set: vec![("proposals.received".into(), "130".into())], ..Request::default() };
//! let folder = tempfile::tempdir().expect("a folder");
//! let outcome = dinggao::build(&SystemWorld::new(), &request, &Destination::folder(folder.path()));
//! assert!(!outcome.failed(), "{:?}", outcome.diagnostics);
//! assert_eq!((outcome.pages, folder.path().join("report.docx").is_file()), (16, true));
//! ```
//!
//! The modules in reading order; `docs/architecture.md` has the map.

pub mod world;
pub mod reuse;
pub mod diagnostic;
pub mod yaml;
pub mod model;
pub mod picture;
pub mod template;
pub mod source;
pub mod font;
pub mod printed;
pub mod layout;
pub mod pdf;
pub mod docx;
pub mod merge;
pub mod preview;
pub mod pipeline;
pub mod cli;

pub use pipeline::{build, check};

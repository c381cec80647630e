//! Places in source files, and what is wrong there.

mod code;
mod message;
mod quoted;
mod render;
mod source;
mod words;

pub use code::Code;
pub use message::{Diagnostic, Language, Message, Severity};
pub use quoted::quoted;
pub use render::{diagnostics_json, render_human, render_json, visible};
pub use source::{FileId, Position, SourceFile, Sources, Span, cell_name};
pub use words::Vocabulary;

pub(crate) use message::{counted, say};
pub(crate) use words::words;

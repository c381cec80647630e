//! The integration tests: one binary, one module a part.

mod cli;
mod docx;
mod pdf;
mod font;
mod preview;
mod laws;
mod layout;
mod tidy;
mod source;
mod tables;
mod charts;

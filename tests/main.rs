//! The integration tests: one binary, one module a part.

mod cli;
mod docx;
mod font;
mod tidy;
mod pdf;

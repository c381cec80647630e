//! The integration tests: one binary, one module a part.

mod docx;
mod font;
mod tidy;
mod pdf;

//! The integration tests: one binary, one module a part.

mod docx;
mod tidy;
mod pdf;

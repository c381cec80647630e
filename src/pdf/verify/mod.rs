//! Any PDF held against the clauses of PDF/X-4 and against the rules of a structure that is read aloud.
//!
//! What PDF/A and PDF/UA ask, veraPDF checks; its rules are not written here a second time. What is here is what no free program
//! checks. ISO 15930-7 is cited by the numbers of its clauses, ISO 32000-1 where that says it.

mod check;
mod file;
mod xmp;
mod inks;
mod glyphs;
mod content;
mod input;
mod press;
mod structure;
mod report;

pub use check::{VerifyCheck, VerifyFinding, VerifyRules};
pub use file::VerifyError;
pub use report::{VerifyReport, verify};

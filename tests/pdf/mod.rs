//! What the PDF writer promises, read back from the bytes.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests, which clippy does not take for tests"
)]

pub(crate) mod reader;
mod sheet;
mod document;
mod damage;
mod faults;
mod figures;
mod links;
mod page;
mod press;
mod press_faults;
mod press_places;
mod verify;
mod circles;
mod gaps;

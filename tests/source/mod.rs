//! Reading reports: bad ones, good ones, mutated ones.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests: a case that cannot be read fails the test")]

pub(crate) mod case;
pub(crate) mod memory;
mod errors;
mod documents;
pub(crate) mod workbooks;
mod forms;
mod mutated;

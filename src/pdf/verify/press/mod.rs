//! The clauses of PDF/X-4.

mod metadata;
mod intent;
mod boxes;
mod objects;

use super::check::Findings;
use super::input::VerifyInput;

/// Holds a file against all of them.
pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) {
    metadata::check(input, found);
    intent::check(input, found);
    boxes::check(input, found);
    objects::check(input, found);
}

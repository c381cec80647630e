//! The rules of a structure that is read aloud.

mod tree;
mod document;
mod marks;
mod lists;
mod tables;
mod figures;
mod notes;

use super::check::Findings;
use super::file::VerifyError;
use super::input::VerifyInput;
use tree::StructureTree;

/// Holds a file against all of them.
pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) -> Result<(), VerifyError> {
    document::check(input, found);
    let Some(tree) = StructureTree::read(input, found)? else { return Ok(()) };
    marks::check(input, &tree, found);
    lists::check(&tree, found);
    tables::check(&tree, found);
    figures::check(&tree, found);
    notes::check(input, &tree, found);
    Ok(())
}

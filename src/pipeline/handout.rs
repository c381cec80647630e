//! The Word file with what it must remember of the report, to be merged when it comes back.

use crate::docx::read::{ReadError, View, WordDocument};
use crate::model::{Document, Manuscript};
use crate::printed::Printed;
use crate::template::Template;
use crate::{docx, merge};

/// Writes the Word file, reads it as it will be read when it comes back, and puts that into it.
pub(super) fn write(
    document: &Document,
    template: &Template,
    printed: &Printed,
    options: &docx::WordOptions<'_>,
) -> Result<Vec<u8>, docx::WordError> {
    // Without faces: the text is the same, and they take long to pack.
    let plain = docx::WordOptions { faces: Vec::new(), ..options.clone() };
    let bytes = docx::write(document, template, printed, &plain)?;
    let manuscript = own(document, &bytes).map_err(|e| docx::WordError::Part(e.diagnostic("docx").message.en))?;
    docx::write(document, template, printed, &docx::WordOptions { handout: Some(manuscript), ..options.clone() })
}

/// The manuscript of a Word file that a document was written to.
pub(super) fn own(document: &Document, bytes: &[u8]) -> Result<Manuscript, ReadError> {
    let mut manuscript = WordDocument::open(bytes)?.manuscript(&View::Accepted)?;
    manuscript.figures = document.handed();
    merge::attach(document, &mut manuscript, docx::block_bookmark);
    Ok(manuscript)
}

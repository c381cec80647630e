//! What no part may hold.

use crate::docx::{WordError, xml};
use crate::model::{BlockKind, Document};

/// Refuses characters that XML cannot hold, wherever the document has text.
pub(super) fn forbidden(document: &Document) -> Result<(), WordError> {
    let meta = [Some(&document.meta.title), document.meta.author.as_ref()];
    for text in meta.into_iter().flatten() {
        if let Some((_, character)) = xml::forbidden(text) {
            return Err(WordError::Character { character, span: None });
        }
    }
    let charts = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Chart(chart) => Some((chart.alt.as_str(), block.span)),
        _ => None,
    });
    for (said, span) in document.pictures().map(|picture| (picture.alt, picture.span)).chain(charts) {
        if let Some((_, character)) = xml::forbidden(said) {
            return Err(WordError::Character { character, span: Some(span) });
        }
    }
    let notes = document.notes.iter().map(|note| &note.text);
    for text in document.blocks.iter().flat_map(|b| b.kind.texts()).chain(notes) {
        for run in &text.runs {
            if let Some((at, character)) = xml::forbidden(&run.text) {
                let span = run.map.span(at, at + character.len_utf8());
                return Err(WordError::Character { character, span: Some(span) });
            }
        }
    }
    Ok(())
}

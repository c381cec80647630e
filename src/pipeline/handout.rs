//! The Word file with what it must remember of the report, to be merged when it comes back.

use super::request::Request;
use crate::docx::read::{ReadError, View, WordDocument};
use crate::model::{Document, Manuscript};
use crate::printed::Printed;
use crate::reuse::PackedStreams;
use crate::template::Template;
use crate::{docx, merge};
use std::path::{Path, PathBuf};
use time::OffsetDateTime;

/// Writes the Word file with what it remembers: its own text, as it will be read when it comes back.
pub(super) fn write(
    document: &Document,
    template: &Template,
    printed: &Printed,
    options: &docx::WordOptions<'_>,
    (comments, streams): (&[docx::PlacedComment], Option<&PackedStreams>),
) -> Result<docx::Commented, docx::WordError> {
    let remember = |own| remembered(document, own);
    let extras = docx::WordExtras { remember: Some(&remember), streams };
    let bytes = docx::write_for(document, template, printed, options, extras)?;
    if comments.is_empty() {
        return Ok(docx::Commented { bytes, left: Vec::new() });
    }
    docx::with_comments(&bytes, comments)
}

/// Seconds from Greenwich to Beijing, whose days the report's dates are.
const BEIJING: i64 = 8 * 3600;

/// What a file that goes out says of it.
pub(super) fn handed_out(request: &Request, document: &Document) -> Option<docx::HandedOut> {
    let name = request.handout.clone()?;
    let day = OffsetDateTime::from_unix_timestamp(document.meta.timestamp.saturating_add(BEIJING)).ok();
    let date = day.map(|d| d.date().to_string()).unwrap_or_default();
    Some(docx::HandedOut { name, date, protection: request.word.protection })
}

/// What a Word file of ours remembers, to be kept beside the report.
pub(super) fn base(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = WordDocument::open(bytes).ok()?.custom(docx::handout::NAMESPACE)?;
    Some(format!("{text}\n").into_bytes())
}

/// Where the text of a hand-out is kept.
pub(super) fn place(report: &Path, name: &str) -> PathBuf {
    folder(report).join(format!("{name}.json"))
}

/// The folder of what went out and what came home.
pub(super) fn folder(report: &Path) -> PathBuf {
    report.parent().unwrap_or(Path::new("")).join("handouts")
}

/// The manuscript of a Word file that a document was written to.
pub(super) fn own(document: &Document, bytes: &[u8]) -> Result<Manuscript, ReadError> {
    Ok(remembered(document, WordDocument::open(bytes)?.manuscript(&View::Accepted)?))
}

/// What a Word file remembers of a document, from its own text.
fn remembered(document: &Document, mut own: Manuscript) -> Manuscript {
    own.figures = document.handed();
    merge::attach(document, &mut own, docx::block_bookmark);
    own
}

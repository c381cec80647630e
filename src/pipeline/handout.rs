//! The Word file with what it must remember of the report, to be merged when it comes back.

use super::request::Request;
use crate::docx::read::WordDocument;
use crate::model::{Comment, Document, Manuscript, RowNote};
use crate::printed::Printed;
use crate::reuse::PackedStreams;
use crate::template::Template;
use crate::{docx, merge};
use std::path::{Path, PathBuf};
use time::OffsetDateTime;

/// What a Word file is written with beside its report.
#[derive(Clone, Copy, Default)]
pub(super) struct WrittenWith<'a> {
    /// Comments that it carries.
    pub(super) comments: &'a [docx::PlacedComment],
    /// Which of many reports it is.
    pub(super) row: Option<&'a RowNote>,
    /// Parts that were packed before.
    pub(super) streams: Option<&'a PackedStreams>,
}

/// Writes the Word file with what it remembers: its own text, as it will be read when it comes back.
pub(super) fn write(
    document: &Document,
    template: &Template,
    printed: &Printed,
    options: &docx::WordOptions<'_>,
    with: &WrittenWith<'_>,
) -> Result<docx::Commented, docx::WordError> {
    let &WrittenWith { comments, row, streams } = with;
    let carried: Vec<Comment> = comments.iter().map(|placed| placed.comment.clone()).collect();
    let remember = |own| Manuscript { row: row.cloned(), carried: carried.clone(), ..remembered(document, own) };
    let extras = docx::WordExtras { remember: Some(&remember), streams, only: None };
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

/// Where the text of a hand-out is kept; `one`: the name of one of many reports.
pub(super) fn place(report: &Path, name: &str, one: Option<&str>) -> PathBuf {
    let one = one.map(|one| format!("-{one}")).unwrap_or_default();
    folder(report).join(format!("{name}{one}.json"))
}

/// The folder of what went out and what came home.
pub(super) fn folder(report: &Path) -> PathBuf {
    report.parent().unwrap_or(Path::new("")).join("handouts")
}

/// What a Word file remembers of a document, from its own text.
pub(super) fn remembered(document: &Document, mut own: Manuscript) -> Manuscript {
    own.figures = document.handed();
    merge::attach(document, &mut own, docx::block_bookmark);
    own
}

//! The entry.

use super::context::{Context, PageContent};
use super::writer::PageWriter;
use crate::layout::{Page, PageItem};
use crate::pdf::PdfError;
use crate::pdf::tagger::Tagger;

/// Writes a page down; `number` from 1. Without a tagger nothing is tagged.
pub(in crate::pdf) fn write<'a>(
    page: &'a Page,
    number: usize,
    context: Context<'a>,
    tagger: Option<&mut Tagger<'a>>,
) -> Result<PageContent, PdfError> {
    let mut writer = PageWriter {
        number,
        height: page.height,
        context,
        tagger,
        content: PageContent::default(),
        open: None,
        fill: None,
        outline: None,
        thickness: None,
        font: None,
        rise: 0.0,
        stroked: false,
        joined: false,
        over: None,
    };
    for item in &page.items {
        match item {
            PageItem::Line(line) => writer.line(line)?,
            PageItem::Rule(rule) => writer.rule(rule)?,
            PageItem::Path(path) => writer.path(path)?,
            PageItem::Picture(picture) => writer.picture(picture)?,
        }
    }
    writer.close();
    Ok(writer.content)
}

//! The entry.

use super::writer::PageWriter;
use crate::font::FaceId;
use crate::layout::{Page, PageItem};
use crate::model::BlockIndex;
use crate::pdf::PdfError;
use crate::pdf::faces::SubsetFaces;
use crate::pdf::link::{Destinations, PageLink};
use crate::pdf::shape::Inks;
use crate::pdf::tag::ContentMark;
use crate::pdf::tagger::Tagger;
use printpdf::Op;
use std::collections::BTreeSet;

/// What all pages are written with.
#[derive(Clone, Copy, Debug)]
pub(in crate::pdf) struct Context<'a> {
    /// The faces.
    pub(in crate::pdf) faces: &'a SubsetFaces,
    /// Where links lead.
    pub(in crate::pdf) destinations: &'a Destinations,
    /// How colours are written.
    pub(in crate::pdf) inks: Inks,
}

/// The content of a page.
#[derive(Debug, Default)]
pub(in crate::pdf) struct PageContent {
    /// The operators.
    pub(in crate::pdf) ops: Vec<Op>,
    /// What each marked-content sequence is part of, by MCID.
    pub(in crate::pdf) marks: Vec<ContentMark>,
    /// The links on it.
    pub(in crate::pdf) links: Vec<PageLink>,
    /// The faces it is set in.
    pub(in crate::pdf) faces: BTreeSet<FaceId>,
    /// The blocks whose pictures are on it.
    pub(in crate::pdf) pictures: BTreeSet<BlockIndex>,
}

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

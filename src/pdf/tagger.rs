//! Tags for the runs of lines, as pages are written one after the other.

use super::fields::PrintedFields;
use super::tag::{self, ApartKind, Tag};
use crate::layout::{GlyphRun, Line, LineKind};
use crate::model::{BlockIndex, BlockKind, Document, RunKind};
use std::collections::BTreeMap;

/// Tells what each run of each line is part of.
#[derive(Debug)]
pub(super) struct Tagger<'a> {
    report: &'a Document,
    /// The blocks of several fields that have begun.
    fields: BTreeMap<BlockIndex, Option<PrintedFields>>,
}

impl<'a> Tagger<'a> {
    /// Before the first page.
    pub(super) fn new(report: &'a Document) -> Self {
        Self { report, fields: BTreeMap::new() }
    }

    /// What content calls a tag: its structure type, but that a footnote and its mark go by one name, so that they can be told
    /// from text by the content alone.
    pub(super) fn role(&self, tag: Tag) -> Option<&'static str> {
        tag::role(self.report, if let Tag::NoteLabel(note) = tag { Tag::Note(note) } else { tag })
    }

    /// What the next run of a line is part of; `text`: its characters. To be asked once for every run, in order.
    pub(super) fn tag(&mut self, line: &Line, run: &GlyphRun, text: &str) -> Result<Tag, ApartKind> {
        let whole = Tag::of(line.kind)?;
        let automatic = run.source == RunKind::Number;
        match (whole, line.kind) {
            (Tag::Block(block), LineKind::Block(_)) => {
                let Some(kind) = self.report.block(block).map(|block| &block.kind) else { return Ok(whole) };
                if let BlockKind::ListItem { .. } | BlockKind::Term { .. } = kind {
                    return Ok(if automatic { Tag::Label(block) } else { whole });
                }
                if automatic && matches!(kind, BlockKind::Heading { run_in: Some(_), .. }) {
                    // The number is the heading's.
                    return Ok(Tag::Field(block, 0));
                }
                let fields = self.fields.entry(block).or_insert_with(|| PrintedFields::new(kind));
                Ok(fields.as_mut().map_or(whole, |fields| Tag::Field(block, fields.take(text))))
            }
            (Tag::Entry(..), _) if automatic && !text.is_empty() && text.bytes().all(|byte| byte == b'.') => {
                Err(ApartKind::Leader)
            }
            (Tag::Note(note), _) if automatic => Ok(Tag::NoteLabel(note)),
            _ => Ok(whole),
        }
    }
}

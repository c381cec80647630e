//! Applies rewrites to the files of a report, in memory.

use super::datum::{DataForm, datum};
use super::emit::{self, AtEnd, Edits};
use super::encode::{PLAIN, Within, in_scalar, inline, is_escaped, is_plain};
use super::files::{File, Home, NoPlace, PlainScalar};
use super::outline::{Bytes, Region, bodies, region};
use super::scalars::{ScalarStyle, content_end, content_start, holding};
use crate::diagnostic::{FileId, Sources, Span};
use crate::model::{BitLook, Block, BlockId, Document, Phrase, Rewrite, Shift};
use crate::yaml::tree::{Kind, Node, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What came of rewrites.
#[derive(Clone, Debug, Default)]
pub struct Rewritten {
    /// The files that changed, whole.
    pub files: BTreeMap<FileId, String>,
    /// New files, by their path relative to the report's folder.
    pub media: Vec<(String, Vec<u8>)>,
    /// For each rewrite, true where it was written.
    pub done: Vec<bool>,
    /// Why one was not, where that is known.
    pub refusal: Option<NoPlace>,
}

/// Applies rewrites, as many as can be.
#[must_use]
pub fn apply(sources: &Sources, document: &Document, rewrites: &[Rewrite]) -> Rewritten {
    let mut home = Home {
        sources,
        document,
        files: Vec::new(),
        data: BTreeMap::new(),
        media: Vec::new(),
        gone: BTreeSet::new(),
        places: BTreeMap::new(),
        moved_items: BTreeMap::new(),
        carried: BTreeMap::new(),
        refusal: None,
    };
    home.open(rewrites);
    home.note_places();
    home.carry(rewrites);
    let mut done = vec![false; rewrites.len()];
    let mut sorted: Vec<usize> = (0..rewrites.len()).collect();
    sorted.sort_by_key(|&at| order(&rewrites[at]));
    let sorted = behind_their_anchors(rewrites, &sorted);
    let deletions = sorted.iter().position(|&at| matches!(rewrites[at], Rewrite::Delete { .. }));
    for (count, &at) in sorted.iter().enumerate() {
        if deletions == Some(count) {
            home.delete_entries(rewrites);
        }
        // A text that is printed several times is written once.
        let text = matches!(rewrites[at], Rewrite::Text { .. });
        let known = sorted[..count].iter().find(|&&other| text && rewrites[other] == rewrites[at]);
        done[at] = match known {
            Some(&other) => done[other],
            None => home.one(&rewrites[at]),
        };
    }
    Rewritten { files: home.finish(), media: home.media, done, refusal: home.refusal }
}

/// When a rewrite is written. Characters first: what is moved or divided takes them along.
fn order(rewrite: &Rewrite) -> u8 {
    match rewrite {
        Rewrite::Text { .. }
        | Rewrite::Link { .. }
        | Rewrite::Cell { .. }
        | Rewrite::Value { .. }
        | Rewrite::Picture { .. } => 0,
        Rewrite::DeleteRow { .. } | Rewrite::MoveRow { .. } | Rewrite::InsertRow { .. } => 1,
        Rewrite::InsertColumn { .. } | Rewrite::DeleteColumn { .. } | Rewrite::MoveColumn { .. } => 2,
        Rewrite::Split { .. } | Rewrite::Join { .. } => 3,
        Rewrite::Delete { .. } => 4,
        Rewrite::Insert { .. } | Rewrite::Move { .. } => 5,
        Rewrite::Note { .. } => 6,
    }
}

/// The same order, but what goes behind a block that is moved itself comes after that.
fn behind_their_anchors(rewrites: &[Rewrite], sorted: &[usize]) -> Vec<usize> {
    let mut movers: BTreeMap<&BlockId, usize> = BTreeMap::new();
    for &at in sorted {
        if let Rewrite::Move { block, .. } = &rewrites[at] {
            movers.entry(block).or_insert(at);
        }
    }
    let anchor = |at: usize| match &rewrites[at] {
        Rewrite::Move { after, .. } | Rewrite::Insert { after, .. } => after.as_ref(),
        _ => None,
    };
    let mut order = Vec::with_capacity(sorted.len());
    let mut placed = vec![false; rewrites.len()];
    for &at in sorted {
        let mut chain = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next.filter(|&at| !std::mem::replace(&mut placed[at], true)) {
            chain.push(at);
            next = anchor(at).and_then(|block| movers.get(block)).copied();
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

impl Home<'_> {
    /// Takes in the files that hold blocks, with the row of these where rewrites change it.
    fn open(&mut self, rewrites: &[Rewrite]) {
        let rows_change = rewrites.iter().any(|rewrite| order(rewrite) > 0);
        let mut held: BTreeMap<FileId, Vec<&Block>> = BTreeMap::new();
        for block in &self.document.blocks {
            held.entry(block.span.file).or_default().push(block);
        }
        for note in &self.document.notes {
            held.entry(note.span.file).or_default();
        }
        for (id, blocks) in held {
            let Some(source) = self.sources.get(id) else { continue };
            let Some(root) = parse(self.sources, id, &mut Vec::new()) else { continue };
            let text = source.text.to_string();
            let mut regions = Vec::new();
            for list in bodies(&root).into_iter().filter(|_| rows_change) {
                regions.extend(region(&text, list, &blocks));
            }
            let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
            let edits = Edits::default();
            self.files.push(File {
                id,
                text,
                root,
                newline,
                edits,
                regions,
                touched: BTreeSet::new(),
                plain: BTreeMap::new(),
            });
        }
    }

    fn note_places(&mut self) {
        for (f, file) in self.files.iter().enumerate() {
            for (r, region) in file.regions.iter().enumerate() {
                for (e, entry) in region.entries.iter().enumerate() {
                    self.places.extend(entry.blocks.iter().map(|block| (block.clone(), (f, r, e))));
                }
            }
        }
    }

    fn one(&mut self, rewrite: &Rewrite) -> bool {
        match rewrite {
            Rewrite::Text { span, look, with } => self.text(*span, *look, with),
            Rewrite::Link { span, address } => self.link(*span, address),
            Rewrite::Cell { block, row, cell, with } => self.set_cell(block, *row, *cell, with),
            Rewrite::Value { span, before, after } => self.value(*span, before, after),
            Rewrite::InsertRow { block, at, cells } => self.insert_row(block, *at, cells),
            Rewrite::DeleteRow { block, row } => self.delete_row(block, *row),
            Rewrite::MoveRow { block, row, to } => self.move_row(block, *row, *to),
            Rewrite::InsertColumn { block, at, cells } => self.insert_column(block, *at, cells),
            Rewrite::DeleteColumn { block, column } => self.delete_column(block, *column),
            Rewrite::MoveColumn { block, column, to } => self.move_column(block, *column, *to),
            Rewrite::Split { block, span, before, after, second } => self.split((block, *second), *span, before, after),
            Rewrite::Join { first, second, between } => self.join(first, second, between),
            Rewrite::Delete { block } => self.gone.contains(block) || self.delete(block),
            Rewrite::Move { block, after } => self.displace(block, after.as_ref()),
            Rewrite::Insert { after, what } => self.insert(after.as_ref(), what),
            Rewrite::Note { name, text } => {
                let text = self.said(text);
                self.add_named("notes", name, &text)
            }
            Rewrite::Picture { block, at, ending, data } => {
                let document = self.document;
                let Some((own, _)) = document.indexed().find(|(_, b)| b.id == *block) else { return false };
                let mut pictures = document.pictures().filter(|picture| picture.index.block == own);
                let Some(picture) = pictures.nth(*at) else { return false };
                let (image, span) = (picture.file.name.clone(), picture.span);
                let Some(place) = self.image_place(span, &image) else { return false };
                let name = self.new_file(ending, data);
                self.replace(place, &Phrase::of(&name), PLAIN)
            }
        }
    }

    /// Where a figure names its file.
    fn image_place(&self, span: Span, image: &str) -> Option<Span> {
        fn search(node: &Node, span: Span, image: &str) -> Option<Span> {
            match &node.kind {
                Kind::List(items) => items.iter().find_map(|n| search(n, span, image)),
                Kind::Map(entries) => entries.iter().find_map(|(key, value)| {
                    let inside = span.start <= value.span.start && value.span.end <= span.end;
                    if key.name == "image" && inside && value.kind == Kind::Text(image.to_owned()) {
                        return Some(value.span);
                    }
                    search(value, span, image)
                }),
                _ => None,
            }
        }
        let file = self.files.iter().find(|f| f.id == span.file)?;
        search(&file.root, span, image)
    }

    /// The name of a new file beside the report.
    pub(super) fn new_file(&mut self, ending: &str, data: &[u8]) -> String {
        let sum = data.iter().fold(0x811c_9dc5_u32, |hash, b| (hash ^ u32::from(*b)).wrapping_mul(0x0100_0193));
        let name = format!("media/{sum:08x}.{ending}");
        if !self.media.iter().any(|(known, _)| *known == name) {
            self.media.push((name.clone(), data.to_vec()));
        }
        name
    }

    /// Replaces characters of a text.
    fn text(&mut self, mut span: Span, look: (BitLook, BitLook), with: &Phrase) -> bool {
        let Some(file) = self.files.iter().find(|f| f.id == span.file) else { return false };
        // A backslash goes with the character that it takes as it is.
        if is_escaped(&file.text, span.start as usize) {
            span.start -= 1;
            span.end = span.end.max(span.start);
            if span.end == span.start + 1 && file.text.as_bytes().get(span.start as usize) == Some(&b'\\') {
                // A point between the backslash and its character is one before both.
                span.end = span.start;
            }
        }
        self.replace(span, with, look)
    }

    pub(super) fn replace(&mut self, span: Span, with: &Phrase, look: (BitLook, BitLook)) -> bool {
        let sources = self.sources;
        let Some(file) = self.files.iter_mut().find(|f| f.id == span.file) else { return false };
        let Some(held) = holding(&file.text, &file.root, span) else { return false };
        let (mut look, mut at) = (look, span);
        // Plain text after bold, raised or lowered text goes after the marks.
        let plain = with.bits.first().is_some_and(|bit| bit.look() == BitLook::default());
        if span.start == span.end && plain {
            for mark in ["</sup>", "</sub>", "**"] {
                let closes = if mark == "**" { look.0.strong } else { look.0.shift != Shift::None };
                if closes && file.text[at.start as usize..].starts_with(mark) {
                    let length = mark.len() as u32;
                    at = Span { start: at.start + length, end: at.end + length, ..at };
                    look = PLAIN;
                }
            }
        }
        let pieces = inline(sources, with, look);
        let mut put = in_scalar(&pieces, held.style);
        let (mut start, mut end) = (at.start as usize, at.end as usize);
        // Marks that would hold nothing go.
        for (open, close) in [("<sup>", "</sup>"), ("<sub>", "</sub>"), ("**", "**")] {
            if put.starts_with(close)
                && file.text[..start].ends_with(open)
                && !is_escaped(&file.text, start - open.len())
            {
                put.drain(..close.len());
                start -= open.len();
            }
            if put.ends_with(open) && file.text[end..].starts_with(close) {
                put.truncate(put.len() - open.len());
                end += close.len();
            }
            let around = file.text[..start].ends_with(open) && file.text[end..].starts_with(close);
            if put.is_empty() && start < end && around && !is_escaped(&file.text, start - open.len()) {
                start -= open.len();
                end += close.len();
            }
        }
        if held.style == ScalarStyle::Plain {
            let range = content_start(&held) as usize..content_end(&file.text, &held) as usize;
            let number = matches!(held.node.kind, Kind::Number(_));
            file.plain.insert(range.start, PlainScalar { range, flow: held.flow, number });
        }
        file.edits.add(start..end, put)
    }

    /// Makes words lead to an address.
    fn link(&mut self, span: Span, address: &str) -> bool {
        let words = self.sources.text(span);
        // What would end the link early, or mean something in a scalar.
        if words.contains(['[', ']', '\\', '\n'])
            || address.contains(|c: char| c.is_whitespace() || "()\"'\\".contains(c))
        {
            return false;
        }
        let Some(file) = self.files.iter_mut().find(|f| f.id == span.file) else { return false };
        let Some(held) = holding(&file.text, &file.root, span) else { return false };
        if held.style == ScalarStyle::Plain {
            let range = content_start(&held) as usize..content_end(&file.text, &held) as usize;
            let number = matches!(held.node.kind, Kind::Number(_));
            file.plain.insert(range.start, PlainScalar { range, flow: held.flow, number });
        }
        file.edits.add(span.start as usize..span.end as usize, format!("[{words}]({address})"))
    }

    /// Changes a value where it is defined: the same characters as were printed must be there.
    fn value(&mut self, span: Span, before: &str, after: &str) -> bool {
        let Some(source) = self.sources.get(span.file) else { return false };
        let text = source.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let is = |ending: &str| Path::new(&source.path).extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
        let form = if is("json") {
            DataForm::Json
        } else if is("yaml") || is("yml") {
            DataForm::Yaml
        } else {
            DataForm::Delimited
        };
        let Some(put) = datum(text, (before, after), form) else { return false };
        let range = span.start as usize..span.end as usize;
        if let Some(file) = self.files.iter_mut().find(|f| f.id == span.file) {
            return file.edits.add(range, put);
        }
        self.data.entry(span.file).or_default().add(range, put)
    }

    /// The files that changed.
    fn finish(&mut self) -> BTreeMap<FileId, String> {
        let mut changed = BTreeMap::new();
        self.files.iter_mut().for_each(File::quote);
        for file in &self.files {
            let mut out = String::new();
            let mut at = 0;
            let touched = file.regions.iter().enumerate().filter(|(r, _)| file.touched.contains(r)).map(|(_, r)| r);
            let ranges = outside(touched.clone());
            for range in ranges {
                out.push_str(&file.edits.render(&file.text, &(at..range.start), AtEnd::Left));
                if let Some(region) = touched.clone().find(|r| r.lines == range) {
                    if !out.is_empty() && !out.ends_with('\n') {
                        out.push_str(file.newline);
                    }
                    out.push_str(&emit::region(&file.text, &file.edits, region, file.newline));
                }
                at = range.end;
            }
            out.push_str(&file.edits.render(&file.text, &(at..file.text.len()), AtEnd::Included));
            if out != file.text {
                changed.insert(file.id, out);
            }
        }
        for (&id, edits) in &self.data {
            if let Some(source) = self.sources.get(id) {
                let out = edits.render(&source.text, &(0..source.text.len()), AtEnd::Included);
                changed.insert(id, out);
            }
        }
        changed
    }
}

impl File {
    /// Puts plain scalars into quotation marks that would no longer be read as they are written.
    fn quote(&mut self) {
        for scalar in std::mem::take(&mut self.plain).into_values() {
            let edited = self.edits.text(&self.text, &scalar.range);
            let one_line = edited.lines().map(str::trim).collect::<Vec<_>>().join(" ");
            let numeric = !one_line.is_empty() && one_line.chars().all(|c| c.is_ascii_digit() || c == '.');
            if (is_plain(&one_line, if scalar.flow { Within::Flow } else { Within::Block }) && !numeric)
                || (scalar.number && numeric)
            {
                continue;
            }
            self.edits.forget(scalar.range.clone());
            self.edits.add(scalar.range, format!("'{}'", edited.replace('\'', "''")));
        }
    }
}

/// Leaves a region as it is written out of what a file's other text is.
fn outside<'r>(regions: impl Iterator<Item = &'r Region>) -> Vec<Bytes> {
    let mut lines: Vec<Bytes> = regions.map(|r| r.lines.clone()).collect();
    lines.sort_by_key(|l| l.start);
    lines
}

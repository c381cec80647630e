//! Bars in the margin beside lines that have changed.

use super::strokes::shows_change;
use super::{Line, LineKind, Page, PageItem, PagedDocument, Rule};
use crate::model::{BlockIndex, Color, Length, NoteIndex};
use crate::template::Template;
use std::ops::Range;

/// The width of a bar.
const WIDTH: Length = Length::pt(1.5);
/// From the bar to the type area.
const GAP: Length = Length::mm(4.0);

/// Where something has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedPlace {
    /// In a block's text or caption.
    Block(BlockIndex),
    /// In a row of a table.
    Row {
        /// The table.
        block: BlockIndex,
        /// The row, from 0 with the head.
        row: u32,
    },
    /// In a footnote.
    Note(NoteIndex),
}

/// What has changed in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedText {
    /// Where.
    pub place: ChangedPlace,
    /// The text there; empty: all of its lines count as changed.
    pub text: String,
    /// The stretches that changed, in bytes; an empty one where something is gone.
    pub stretches: Vec<Range<usize>>,
}

/// Puts bars beside the lines that show what has changed.
pub fn add_bars(paged: &mut PagedDocument, template: &Template, changes: &[ChangedText]) {
    let mut marked: Vec<Vec<bool>> = paged.pages.iter().map(|p| vec![false; p.items.len()]).collect();
    for change in changes {
        mark(paged, change, &mut marked);
    }
    // What shows its changes in its text has bars beside it, too.
    for (page, marked) in paged.pages.iter().zip(&mut marked) {
        for (item, flag) in page.items.iter().zip(marked) {
            *flag |= matches!(item, PageItem::Line(line) if shows_change(line));
        }
    }
    for (number, (page, marked)) in paged.pages.iter_mut().zip(&marked).enumerate() {
        let lines = page.items.iter().zip(marked).filter(|(_, changed)| **changed);
        let mut spans: Vec<(Length, Length)> = lines
            .filter_map(|(item, _)| if let PageItem::Line(line) = item { Some(extent(line)) } else { None })
            .collect();
        spans.sort_by(|a, b| a.0.to_pt().total_cmp(&b.0.to_pt()));
        let inner = template.page.mirror && number % 2 == 1;
        let left = if inner { template.page.outer } else { template.page.inner };
        bars(page, &spans, (left - GAP - WIDTH).max(Length::ZERO));
    }
}

/// From the top to the foot of a line.
fn extent(line: &Line) -> (Length, Length) {
    if line.turned {
        return (line.baseline - line.width, line.baseline);
    }
    let size = line.runs.iter().map(|r| r.size).fold(Length::ZERO, Length::max);
    (line.baseline - size * 0.95, line.baseline + size * 0.25)
}

/// One bar for lines that follow each other.
fn bars(page: &mut Page, spans: &[(Length, Length)], x: Length) {
    let mut joined: Vec<(Length, Length)> = Vec::new();
    for &(top, foot) in spans {
        match joined.last_mut() {
            Some(last) if (top - last.1).to_pt() < (foot - top).to_pt() => last.1 = last.1.max(foot),
            _ => joined.push((top, foot)),
        }
    }
    for (top, foot) in joined {
        let rule = Rule { color: Color::BLACK, x, y: top, width: WIDTH, height: foot - top };
        page.items.push(PageItem::Rule(rule));
    }
}

/// Marks the lines of one change.
fn mark(paged: &PagedDocument, change: &ChangedText, marked: &mut [Vec<bool>]) {
    let belongs = |kind: LineKind| match (change.place, kind) {
        (
            ChangedPlace::Block(b),
            LineKind::Block(own)
            | LineKind::Caption(own)
            | LineKind::Beside(own)
            | LineKind::Below { block: own, .. }
            | LineKind::Chart(own),
        ) => own == b,
        (ChangedPlace::Row { block, row }, LineKind::Cell { block: own, row: at, .. }) => own == block && at == row,
        // An imprint and a head of several authorities are tables in the Word file alone.
        (ChangedPlace::Row { block, .. }, LineKind::Block(own)) => own == block,
        (ChangedPlace::Note(note), LineKind::Note(own)) => own == note,
        _ => false,
    };
    let mut lines: Vec<(usize, usize, Range<usize>)> = Vec::new();
    let mut said = String::new();
    for (number, page) in paged.pages.iter().enumerate() {
        for (at, item) in page.items.iter().enumerate() {
            if let PageItem::Line(line) = item
                && belongs(line.kind)
            {
                let start = said.len();
                said.extend(line.text.chars().filter(|c| !c.is_whitespace()));
                lines.push((number, at, start..said.len()));
            }
        }
    }
    let (text, stretches) = squeezed(change);
    let offset = if text.is_empty() { None } else { said.find(&text) };
    for (page, at, range) in lines {
        let changed = offset.is_none_or(|offset| {
            stretches.iter().any(|s| {
                let (from, to) = (s.start + offset, (s.end + offset).max(s.start + offset + 1));
                // What is gone after the last character is marked there.
                let from = from.min((offset + text.len()).saturating_sub(1));
                from < range.end && to > range.start
            })
        });
        if changed && let Some(flag) = marked.get_mut(page).and_then(|p| p.get_mut(at)) {
            *flag = true;
        }
    }
}

/// The text without white space, and the stretches in it.
fn squeezed(change: &ChangedText) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut at: Vec<usize> = Vec::with_capacity(change.text.len() + 1);
    for c in change.text.chars() {
        at.extend(std::iter::repeat_n(text.len(), c.len_utf8()));
        if !c.is_whitespace() {
            text.push(c);
        }
    }
    at.push(text.len());
    let place = |byte: usize| at.get(byte).copied().unwrap_or(text.len());
    let stretches = change.stretches.iter().map(|s| place(s.start)..place(s.end)).collect();
    (text, stretches)
}

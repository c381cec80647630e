//! Footnotes: set once, printed at the foot of the page that first calls them, and on the next page where that has no room.

use super::inline::Setting;
use super::lines::SetLine;
use super::pages::{Foot, Placed, ROW, Room};
use super::{GlyphRun, Line, LineKind, PageItem, Rule};
use crate::model::{BlockIndex, BlockKind, Document, Length, NoteIndex, RunKind, Text};
use crate::template::{Leading, StyleName, Template};
use std::collections::{BTreeSet, VecDeque};

/// Notes below a picture or chart that fills its page take at most one part in this many, if they can continue on the next page.
const MOST_OF_PAGE: u32 = 4;

/// The footnotes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The lines of each note that has not been called yet.
    set: Vec<Vec<NoteLine>>,
    /// The block that first calls each note.
    callers: Vec<Option<BlockIndex>>,
    /// Lines of notes that were called and wait for their page.
    waiting: VecDeque<NoteLine>,
    /// What divides notes from text takes so much, in thousandths of a row.
    divider: u32,
    /// A line of a note, in thousandths of a row.
    line: u32,
}

/// A line of a note.
#[derive(Debug)]
struct NoteLine {
    note: NoteIndex,
    setting: Setting,
    x: Length,
    /// The note's last one.
    last: bool,
}

impl Notes {
    /// Where each note is first called.
    pub(super) fn new(document: &Document, template: &Template) -> Self {
        let mut callers = vec![None; document.notes.len()];
        for (index, block) in document.indexed() {
            for run in block.kind.texts().into_iter().flat_map(|text| &text.runs) {
                if let RunKind::Note(note) = run.kind
                    && let Some(caller @ None) = callers.get_mut(note.get())
                {
                    *caller = Some(index);
                }
            }
        }
        let style = template.style(StyleName::Footnote);
        let divider = style.rule.map_or(Length::ZERO, |rule| rule.above + rule.weight + rule.below);
        let divider = thousandths(divider, template);
        Self { callers, divider, line: thousandths(leading(template), template), ..Self::default() }
    }

    /// The block that first calls the note that is to be set next.
    pub(super) fn next_caller(&self) -> Option<BlockIndex> {
        self.callers.get(self.set.len()).copied().flatten()
    }

    /// Takes in the lines of the next note.
    pub(super) fn push(&mut self, lines: Vec<SetLine>) {
        let (note, count) = (NoteIndex::new(self.set.len()), lines.len());
        let line = |(i, SetLine { setting, x })| NoteLine { note, setting, x, last: i + 1 == count };
        self.set.push(lines.into_iter().enumerate().map(line).collect());
    }

    /// What a page of so many rows holds.
    pub(super) fn room(&self, rows: u32) -> Room {
        Room { rows, divider: self.divider, line: self.line }
    }

    /// The notes that these sources of a line call for the first time in the document, `seen` being those of the lines
    /// of the block before it.
    pub(super) fn called(
        &self,
        block: BlockIndex,
        sources: impl Iterator<Item = RunKind>,
        seen: &mut BTreeSet<NoteIndex>,
    ) -> Vec<NoteIndex> {
        sources
            .filter_map(|source| if let RunKind::Note(note) = source { Some(note) } else { None })
            .filter(|&note| self.callers.get(note.get()) == Some(&Some(block)) && seen.insert(note))
            .collect()
    }

    /// The notes that a block calls first, whatever part of it.
    pub(super) fn of_block(&self, block: BlockIndex, kind: &BlockKind) -> Vec<NoteIndex> {
        let sources = kind.texts().into_iter().flat_map(|text| &text.runs).map(|run| run.kind);
        self.called(block, sources, &mut BTreeSet::new())
    }

    /// The lines of some notes; none of those that are on a page already.
    pub(super) fn foot(&self, notes: &[NoteIndex]) -> Foot {
        Foot::of(notes.iter().filter_map(|&note| self.set.get(note.get())).map(|lines| lines.len() as u32))
    }

    /// How many rows the notes of some texts of a block take at the foot of the page that calls them: what is as high as a page leaves
    /// them free. Notes that take more than a part of the page may go on to the next one, as far as pages do that.
    pub(super) fn rows_below(&self, block: BlockIndex, texts: &[&Text], page: u32) -> u32 {
        let sources = texts.iter().flat_map(|text| &text.runs).map(|run| run.kind);
        let foot = self.foot(&self.called(block, sources, &mut BTreeSet::new()));
        let room = self.room(page);
        let all = room.rows_of(foot.lines());
        if all <= page / MOST_OF_PAGE { all } else { room.rows_of(foot.least()) }
    }

    /// Some notes are called on the page in hand.
    pub(super) fn call(&mut self, notes: &[NoteIndex]) {
        for &note in notes {
            self.waiting.extend(self.set.get_mut(note.get()).map(std::mem::take).unwrap_or_default());
        }
    }

    /// So many lines of the notes that were called, at the foot of a page whose type area ends at `foot`, and the rule above
    /// them.
    pub(super) fn at_foot(&mut self, count: u32, template: &Template, left: Length, foot: Length) -> Vec<PageItem> {
        let count = self.waiting.len().min(count as usize);
        if count == 0 {
            return Vec::new();
        }
        let (grid, style) = (&template.grid, template.style(StyleName::Footnote));
        let leading = leading(template);
        let mut top = foot - leading * (count as f64 - 1.0) - style.size;
        let mut items = Vec::with_capacity(count + 1);
        if let Some(rule) = style.rule {
            let y = top - rule.below - rule.weight;
            items.push(PageItem::Rule(Rule { color: style.color, x: left, y, width: rule.width, height: rule.weight }));
        }
        for NoteLine { note, setting, x, last } in self.waiting.drain(..count) {
            items.push(PageItem::Line(Line {
                kind: LineKind::Note(note),
                last,
                text: setting.text,
                x: left + x,
                baseline: top + style.size * grid.ascent,
                width: setting.width,
                turned: false,
                strain: setting.strain,
                runs: setting.runs,
            }));
            top += leading;
        }
        items
    }
}

/// The sources of a line's runs.
pub(super) fn sources(placed: &Placed) -> impl Iterator<Item = RunKind> + '_ {
    placed.setting.runs.iter().map(|run: &GlyphRun| run.source)
}

fn leading(template: &Template) -> Length {
    match template.style(StyleName::Footnote).leading {
        Leading::Exact(leading) => leading,
        Leading::Rows(rows) => template.grid.pitch * rows,
    }
}

fn thousandths(height: Length, template: &Template) -> u32 {
    (height / template.grid.pitch * f64::from(ROW)).ceil().max(0.0) as u32
}

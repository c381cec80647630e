//! The new document with its changes in its own text: what is gone in its old place, what came marked as new.

use super::ink::{InkedSides, gone_lines, gone_runs, ink_texts, renew};
use crate::model::{
    Bit, BitKind, Block, BlockId, BlockIndex, BlockKind, Cell, Document, Mark, Marked, MarkedPiece, MarkedStep,
    NoteIndex, PARAGRAPH_END, Phrase, Row, RowStep, RunKind, Table, Text,
};
use std::collections::BTreeSet;

/// A document with its changes in its text.
#[derive(Clone, Debug)]
pub struct Inked {
    /// The document.
    pub document: Document,
    /// Where each block of the new document is in it.
    pub places: Vec<BlockIndex>,
    /// Blocks of the new document all of whose changes can be seen in their text.
    pub shown: BTreeSet<BlockIndex>,
    /// Footnotes of the same kind.
    pub shown_notes: BTreeSet<NoteIndex>,
}

/// Puts changes into the text of a document.
#[must_use]
pub fn inked(document: &Document, sides: &InkedSides<'_>, marked: &Marked) -> Inked {
    let mut inker = Inker {
        sides,
        blocks: document.blocks.clone(),
        gone: Vec::new(),
        shown: BTreeSet::new(),
        unshown: BTreeSet::new(),
    };
    inker.steps(document, &marked.steps);
    let mut notes = document.notes.clone();
    let mut shown_notes = BTreeSet::new();
    for (at, note) in notes.iter_mut().enumerate() {
        let Some(pair) = marked.notes.iter().find(|pair| pair.new == at) else {
            renew(&mut note.text);
            shown_notes.insert(NoteIndex::new(at));
            continue;
        };
        let both = (&sides.old.notes[pair.old].phrase, &sides.new.notes[pair.new].phrase);
        if ink_texts(&mut [&mut note.text], both, &pair.pieces, (note.span, sides)) {
            shown_notes.insert(NoteIndex::new(at));
        }
    }
    let Inker { blocks, gone, shown, unshown, .. } = inker;
    let (blocks, places) = with_gone(blocks, gone);
    let mut inked = Inked {
        document: Document { blocks, notes, ..document.clone() },
        shown: shown.difference(&unshown).copied().collect(),
        places,
        shown_notes,
    };
    inked.follow();
    inked
}

impl Inked {
    /// Lets references and marks of terms lead to where their blocks are now.
    fn follow(&mut self) {
        let places = &self.places;
        let to = |block: BlockIndex| places.get(block.get()).copied().unwrap_or(block);
        let blocks = self.document.blocks.iter_mut().flat_map(|block| block.kind.texts_mut());
        for run in
            blocks.chain(self.document.notes.iter_mut().map(|note| &mut note.text)).flat_map(|text| &mut text.runs)
        {
            run.kind = match run.kind {
                RunKind::Reference(block) => RunKind::Reference(to(block)),
                RunKind::Term(block) => RunKind::Term(to(block)),
                kind => kind,
            };
        }
    }
}

struct Inker<'a> {
    sides: &'a InkedSides<'a>,
    /// Those of the new document.
    blocks: Vec<Block>,
    /// Paragraphs that are gone, and the block that each comes before.
    gone: Vec<(usize, Block)>,
    shown: BTreeSet<BlockIndex>,
    unshown: BTreeSet<BlockIndex>,
}

impl Inker<'_> {
    fn steps(&mut self, document: &Document, steps: &[MarkedStep]) {
        let block = |j: usize| {
            let id = self.sides.owned.items.get(j)?.block.as_ref()?;
            document.blocks.iter().position(|block| block.id == *id)
        };
        let block_of: Vec<Option<usize>> = (0..self.sides.owned.items.len()).map(block).collect();
        let mut waiting: Vec<usize> = Vec::new();
        let mut last = 0;
        for step in steps {
            let first = match step {
                MarkedStep::Gone { old, .. } => {
                    waiting.push(*old);
                    continue;
                }
                MarkedStep::Kept { new, .. } => new.first().copied(),
                MarkedStep::New { new, .. } | MarkedStep::Table { new, .. } => Some(*new),
            };
            if let Some(at) = first.and_then(|j| block_of[j]) {
                self.leave(&mut waiting, at);
                last = at + 1;
            }
            self.step(step, &block_of);
        }
        self.leave(&mut waiting, last);
    }

    fn step(&mut self, step: &MarkedStep, block_of: &[Option<usize>]) {
        match step {
            MarkedStep::Gone { .. } => {}
            MarkedStep::New { new: j, .. } => {
                let Some(at) = block_of[*j] else { return };
                let texts = body_texts(&mut self.blocks[at].kind);
                let textual = !texts.is_empty()
                    && !self.sides.new.items[*j].phrase.bits.iter().any(|b| b.kind == BitKind::Object);
                texts.into_iter().for_each(renew);
                self.tell(at, textual);
            }
            MarkedStep::Kept { old, new, pieces } => {
                let both = old.len() == 1 && new.len() == 1;
                if pieces.iter().all(|piece| piece.mark == Mark::Same) && both {
                    return;
                }
                self.paragraph(block_of, (old, new), pieces);
            }
            MarkedStep::Table { old, new, rows } => {
                let Some(at) = block_of[*new] else { return };
                let same = |row: &RowStep| matches!(row, RowStep::Kept { cells, .. } if cells.iter().flatten().all(|p| p.mark == Mark::Same));
                if !rows.iter().all(same) {
                    let shown = self.table(at, (*old, *new), rows);
                    self.tell(at, shown);
                }
            }
        }
    }

    fn tell(&mut self, at: usize, shown: bool) {
        if shown {
            self.shown.insert(BlockIndex::new(at))
        } else {
            self.unshown.insert(BlockIndex::new(at))
        };
    }

    /// Paragraphs that both have.
    fn paragraph(&mut self, block_of: &[Option<usize>], (old, new): (&[usize], &[usize]), pieces: &[MarkedPiece]) {
        let olds: Vec<&Phrase> = old.iter().map(|&i| &self.sides.old.items[i].phrase).collect();
        let before = joined(&olds);
        let mut start = 0;
        for (count, &j) in new.iter().enumerate() {
            let phrase = &self.sides.new.items[j].phrase;
            let end = start + phrase.plain().len();
            let next = end + PARAGRAPH_END.len_utf8();
            let last = count + 1 == new.len();
            // What is gone at the end of one belongs to it.
            let own: Vec<MarkedPiece> = pieces
                .iter()
                .filter(|piece| {
                    piece.new.start >= start && (piece.new.start < next || last)
                        || piece.new.start < start && piece.new.end > start
                })
                .map(|piece| MarkedPiece {
                    new: piece.new.start.clamp(start, end) - start..piece.new.end.clamp(start, end) - start,
                    ..piece.clone()
                })
                .collect();
            start = next;
            let Some(at) = block_of[j] else { continue };
            let block = &mut self.blocks[at];
            let span = block.span;
            let whole = old.len() == 1 && new.len() == 1;
            let marks = ((&before, phrase), own.as_slice(), (span, self.sides));
            let inked = match &mut block.kind {
                // A line of its own above or below it.
                BlockKind::Table(table) => {
                    let below = table.below.iter_mut().map(|line| vec![&mut line.label, &mut line.text]);
                    let mut lines = table.caption.iter_mut().map(|caption| vec![caption]).chain(below);
                    lines.any(|mut texts| ink_texts(&mut texts, marks.0, marks.1, marks.2))
                }
                kind => ink_texts(&mut body_texts(kind), marks.0, marks.1, marks.2),
            };
            self.tell(at, inked && whole);
        }
    }

    /// A table whose columns stayed; false where it is left as it is.
    fn table(&mut self, at: usize, (old, new): (usize, usize), rows: &[RowStep]) -> bool {
        let (before, after) = (&self.sides.old.items[old], &self.sides.new.items[new]);
        let block = &mut self.blocks[at];
        let span = block.span;
        let BlockKind::Table(table) = &mut block.kind else { return false };
        let heads = table.head_rows();
        if after.rows.len() != heads + table.rows.len() {
            return false;
        }
        let mut made = table.clone();
        let mut more: Vec<(usize, Row)> = Vec::new();
        let mut next = 0;
        for step in rows {
            match step {
                RowStep::Gone(i) => {
                    let cell = |c: &crate::model::CellText| Cell {
                        text: Text { runs: gone_runs(&c.phrase, self.sides, span) },
                        picture: None,
                        columns: u16::try_from(c.columns).unwrap_or(1),
                        rows: 1,
                        indent: 0,
                    };
                    let gone = &before.rows[*i].cells;
                    let wide: usize = gone.iter().map(|c| c.columns).sum();
                    // A row within cells that reach over it has no place of its own, and one that they reached into no cells.
                    if is_within_cell(table, next) || wide != table.columns.len() {
                        return false;
                    }
                    more.push((next, Row { cells: gone.iter().map(cell).collect() }));
                }
                RowStep::New(j) => {
                    let Some(row) = j.checked_sub(heads).and_then(|at| made.rows.get_mut(at)) else { return false };
                    row.cells.iter_mut().for_each(|cell| renew(&mut cell.text));
                    next = j + 1 - heads;
                }
                RowStep::Kept { old: i, new: j, cells } => {
                    let changed = cells.iter().flatten().any(|piece| piece.mark != Mark::Same);
                    let mut texts: Vec<&mut Text> = match j.checked_sub(heads) {
                        Some(at) => {
                            next = at + 1;
                            made.rows[at].cells.iter_mut().map(|cell| &mut cell.text).collect()
                        }
                        None if heads == 1 => made.columns.iter_mut().map(|column| &mut column.title).collect(),
                        None if changed => return false,
                        None => continue,
                    };
                    if !changed {
                        continue;
                    }
                    if texts.len() != cells.len() {
                        return false;
                    }
                    for (k, (text, pieces)) in texts.iter_mut().zip(cells).enumerate() {
                        if pieces.iter().all(|piece| piece.mark == Mark::Same) {
                            continue;
                        }
                        let both = (&before.rows[*i].cells[k].phrase, &after.rows[*j].cells[k].phrase);
                        if !ink_texts(&mut [text], both, pieces, (span, self.sides)) {
                            return false;
                        }
                    }
                }
            }
        }
        for (at, row) in more.into_iter().rev() {
            made.rows.insert(at, row);
        }
        *table = made;
        true
    }

    /// Leaves what is gone before a block, or before the next where it cannot stand.
    fn leave(&mut self, waiting: &mut Vec<usize>, at: usize) {
        let at = self.room(at);
        for i in waiting.drain(..) {
            let Some(span) = self.blocks.get(at).or(self.blocks.last()).map(|block| block.span) else { return };
            for runs in gone_lines(&self.sides.old.items[i], self.sides, span) {
                let id = BlockId(format!("gone {}", self.gone.len()));
                let kind = BlockKind::Paragraph(Text { runs });
                self.gone.push((at, Block { id, named: false, span, kind }));
            }
        }
    }

    /// The place for a paragraph beside blocks that hold together.
    fn room(&self, mut at: usize) -> usize {
        while self.blocks.get(at).is_some_and(|block| is_front(&block.kind)) {
            at += 1;
        }
        while at > 0 {
            let held = match (&self.blocks[at - 1].kind, self.blocks.get(at).map(|block| &block.kind)) {
                (BlockKind::AttachmentMark { .. }, _) => true,
                (_, Some(BlockKind::Figure(figure))) => figure.row.is_some_and(|row| row.at > 0),
                (_, Some(BlockKind::Attendance { leads, .. })) => !leads,
                _ => false,
            };
            if !held {
                break;
            }
            at -= 1;
        }
        at
    }
}

/// Blocks with those that are gone among them, and where the others are then.
fn with_gone(blocks: Vec<Block>, gone: Vec<(usize, Block)>) -> (Vec<Block>, Vec<BlockIndex>) {
    let mut gone = gone;
    gone.sort_by_key(|(at, _)| *at);
    let mut gone = gone.into_iter().peekable();
    let (mut all, mut places) = (Vec::new(), Vec::new());
    let count = blocks.len();
    for (at, block) in blocks.into_iter().enumerate() {
        while let Some((_, paragraph)) = gone.next_if(|(before, _)| *before <= at) {
            all.push(paragraph);
        }
        places.push(BlockIndex::new(all.len()));
        all.push(block);
    }
    all.extend(gone.filter(|(before, _)| *before >= count).map(|(_, paragraph)| paragraph));
    (all, places)
}

/// True where a cell above a row of the body reaches down into it.
fn is_within_cell(table: &Table, row: usize) -> bool {
    table.rows[..row.min(table.rows.len())]
        .iter()
        .enumerate()
        .any(|(at, above)| above.cells.iter().any(|cell| at + usize::from(cell.rows) > row))
}

/// True for the parts before the body, which have their own places.
fn is_front(kind: &BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Title(_)
            | BlockKind::PageMark(_)
            | BlockKind::Occasion(_)
            | BlockKind::Speaker(_)
            | BlockKind::Addressee(_)
            | BlockKind::Cover(_)
            | BlockKind::Contents(_)
            | BlockKind::RedHead(_)
    )
}

/// The texts in which changes are shown: those of running text, of tables and of captions.
fn body_texts(kind: &mut BlockKind) -> Vec<&mut Text> {
    match kind {
        BlockKind::Salutation(_)
        | BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::Point { .. }
        | BlockKind::ListItem { .. }
        | BlockKind::Term { .. } => kind.texts_mut(),
        BlockKind::Table(table) => table.texts_mut(),
        BlockKind::Figure(figure) => figure.caption.iter_mut().collect(),
        BlockKind::Chart(chart) => chart.caption.iter_mut().collect(),
        _ => Vec::new(),
    }
}

fn joined(phrases: &[&Phrase]) -> Phrase {
    let mut all = Phrase::default();
    for (at, phrase) in phrases.iter().enumerate() {
        if at > 0 {
            all.bits.push(Bit { text: PARAGRAPH_END.to_string(), kind: BitKind::Break, ..Bit::default() });
        }
        all.bits.extend(phrase.bits.iter().cloned());
    }
    all
}

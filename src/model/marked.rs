//! Two manuscripts as one: the new text in order, with what is gone in its place.

use super::{BitKind, Manuscript, Phrase};
use std::collections::BTreeSet;
use std::ops::Range;

/// Stands between paragraphs whose texts are compared as one.
pub const PARAGRAPH_END: char = '\u{2029}';

/// Two manuscripts, compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Paragraphs, pictures and tables in the order of reading.
    pub steps: Vec<MarkedStep>,
    /// Footnotes that both have.
    pub notes: Vec<NotePair>,
}

impl Marked {
    /// The names of the notes that the new text calls for the first time where the old one does: Word's own footnote stays in its
    /// place. All further calls of a note are fields that lead to the first.
    #[must_use]
    pub fn notes_in_place(&self, new: &Manuscript) -> BTreeSet<String> {
        let mut walk = NoteWalk::default();
        for step in &self.steps {
            match step {
                MarkedStep::Gone { .. } => {}
                MarkedStep::Kept { new: items, pieces, .. } => {
                    let mut start = 0;
                    for item in items.iter().filter_map(|&at| new.items.get(at)) {
                        walk.see(&item.phrase, start, pieces);
                        start += item.phrase.plain().len() + PARAGRAPH_END.len_utf8();
                    }
                }
                MarkedStep::New { new: at, .. } => {
                    let Some(item) = new.items.get(*at) else { continue };
                    walk.see(&item.phrase, 0, &[]);
                    item.rows.iter().flat_map(|row| &row.cells).for_each(|cell| walk.see(&cell.phrase, 0, &[]));
                }
                MarkedStep::Table { new: at, rows, .. } => {
                    for row in rows {
                        let (at_row, pieces) = match row {
                            RowStep::Gone(_) => continue,
                            RowStep::New(row) => (*row, [].as_slice()),
                            RowStep::Kept { new: row, cells, .. } => (*row, cells.as_slice()),
                        };
                        let Some(row) = new.items.get(*at).and_then(|item| item.rows.get(at_row)) else { continue };
                        for (column, cell) in row.cells.iter().enumerate() {
                            walk.see(&cell.phrase, 0, pieces.get(column).map_or(&[], Vec::as_slice));
                        }
                    }
                }
            }
        }
        walk.in_place
    }
}

/// The calls of notes in the order of reading.
#[derive(Default)]
struct NoteWalk {
    called: BTreeSet<String>,
    in_place: BTreeSet<String>,
}

impl NoteWalk {
    /// Takes in a phrase that begins at a byte of the text that the pieces are of.
    fn see(&mut self, phrase: &Phrase, start: usize, pieces: &[MarkedPiece]) {
        let mut at = start;
        for bit in &phrase.bits {
            let own = at..at + bit.text.len();
            at = own.end;
            let BitKind::Note(name) = &bit.kind else { continue };
            let same = |p: &MarkedPiece| p.mark == Mark::Same && p.new.start <= own.start && own.end <= p.new.end;
            if self.called.insert(name.clone()) && pieces.iter().any(same) {
                self.in_place.insert(name.clone());
            }
        }
    }
}

/// A step on the way through both manuscripts. Numbers are indices of their items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkedStep {
    /// What both have; more than one on a side where a paragraph was split or paragraphs were joined.
    Kept {
        /// In the old manuscript.
        old: Vec<usize>,
        /// In the new one.
        new: Vec<usize>,
        /// How the texts differ, [`PARAGRAPH_END`] between paragraphs.
        pieces: Vec<MarkedPiece>,
    },
    /// What only the old one has.
    Gone {
        /// The item.
        old: usize,
        /// The number of the move that took it away.
        moved: Option<usize>,
    },
    /// What only the new one has.
    New {
        /// The item.
        new: usize,
        /// The number of the move that brought it.
        moved: Option<usize>,
    },
    /// A table whose columns stayed.
    Table {
        /// In the old manuscript.
        old: usize,
        /// In the new one.
        new: usize,
        /// Its rows.
        rows: Vec<RowStep>,
    },
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowStep {
    /// Both have it.
    Kept {
        /// In the old table.
        old: usize,
        /// In the new one.
        new: usize,
        /// How the texts of its cells differ.
        cells: Vec<Vec<MarkedPiece>>,
    },
    /// A row that only the old table has.
    Gone(usize),
    /// A row that only the new table has.
    New(usize),
}

/// A footnote that both have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotePair {
    /// In the old manuscript.
    pub old: usize,
    /// In the new one.
    pub new: usize,
    /// How the texts differ.
    pub pieces: Vec<MarkedPiece>,
}

/// A stretch of text, in bytes of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedPiece {
    /// What became of it.
    pub mark: Mark,
    /// In the old text; empty for what is new.
    pub old: Range<usize>,
    /// In the new text; empty for what is gone.
    pub new: Range<usize>,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stayed.
    Same,
    /// It stayed, and became bold or plain.
    Weight,
    /// It is gone.
    Gone,
    /// It is new.
    New,
}

impl Mark {
    /// True where the characters stayed.
    #[must_use]
    pub const fn stays(self) -> bool {
        matches!(self, Self::Same | Self::Weight)
    }
}

impl MarkedStep {
    /// True where nothing differs.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let same = |pieces: &[MarkedPiece]| pieces.iter().all(|p| p.mark == Mark::Same);
        match self {
            Self::Kept { old, new, pieces } => old.len() == new.len() && same(pieces),
            Self::Gone { .. } | Self::New { .. } => false,
            Self::Table { rows, .. } => {
                rows.iter().all(|r| matches!(r, RowStep::Kept { cells, .. } if cells.iter().all(|c| same(c))))
            }
        }
    }
}

//! Changes to a report, said of its blocks and of the places of its texts: what a merge asks of the source.

use super::{BitLook, BlockId, ItemRole, Phrase};
use crate::diagnostic::Span;

/// One change to the source.
#[derive(Clone, Debug, PartialEq)]
pub enum Rewrite {
    /// Characters of one text are replaced.
    Text {
        /// The bytes that go.
        span: Span,
        /// What the text before `span` looks like at its end, and the text after it at its beginning.
        look: (BitLook, BitLook),
        /// What comes.
        with: Phrase,
    },
    /// Words lead to an address.
    Link {
        /// The words.
        span: Span,
        /// The address.
        address: String,
    },
    /// The paragraph is divided here.
    Split {
        /// The block.
        block: BlockId,
        /// The bytes at its place that go.
        span: Span,
        /// What comes before the division in their place.
        before: Phrase,
        /// What comes after it.
        after: Phrase,
        /// What the second half is.
        second: ItemRole,
    },
    /// A block takes in the text of the one after it.
    Join {
        /// The first block.
        first: BlockId,
        /// The block that goes.
        second: BlockId,
        /// What is between both texts.
        between: Phrase,
    },
    /// A block goes.
    Delete {
        /// The block.
        block: BlockId,
    },
    /// A block is in another place.
    Move {
        /// The block.
        block: BlockId,
        /// The block that it is after; None: before the first.
        after: Option<BlockId>,
    },
    /// A new block.
    Insert {
        /// The block that it is after; None: before the first of the body.
        after: Option<BlockId>,
        /// What it is.
        what: NewBlock,
    },
    /// A cell without a place of its own gets a text.
    Cell {
        /// The table.
        block: BlockId,
        /// The row below the head, from 0; None: of the head.
        row: Option<usize>,
        /// The cell in its row, from 0.
        cell: usize,
        /// The text.
        with: Phrase,
    },
    /// A new row of a table.
    InsertRow {
        /// The table.
        block: BlockId,
        /// Stands before this row below the head, from 0.
        at: usize,
        /// Its cells.
        cells: Vec<Phrase>,
    },
    /// A row of a table goes.
    DeleteRow {
        /// The table.
        block: BlockId,
        /// The row below the head, from 0.
        row: usize,
    },
    /// A row of a table is in another place.
    MoveRow {
        /// The table.
        block: BlockId,
        /// The row below the head, from 0.
        row: usize,
        /// Stands before this row as they are now.
        to: usize,
    },
    /// A new column of a table.
    InsertColumn {
        /// The table.
        block: BlockId,
        /// Stands before this column, from 0.
        at: usize,
        /// Its head and the cells below.
        cells: Vec<Phrase>,
    },
    /// A column of a table goes.
    DeleteColumn {
        /// The table.
        block: BlockId,
        /// The column, from 0.
        column: usize,
    },
    /// A column of a table is in another place.
    MoveColumn {
        /// The table.
        block: BlockId,
        /// The column, from 0.
        column: usize,
        /// It comes before this column of the table as it is now.
        to: usize,
    },
    /// A new footnote.
    Note {
        /// Its name.
        name: String,
        /// Its text.
        text: Phrase,
    },
    /// Another picture: the file's new bytes are under a new name beside the report.
    Picture {
        /// The figure, or the table.
        block: BlockId,
        /// Which of its pictures, from 0.
        at: usize,
        /// The end of its name.
        ending: String,
        /// Its bytes.
        data: Vec<u8>,
    },
    /// A value, where the data defines it.
    Value {
        /// Where.
        span: Span,
        /// What it is now.
        before: String,
        /// What it becomes.
        after: String,
    },
}

/// A block that the report does not have yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewBlock {
    /// What it is.
    pub role: ItemRole,
    /// Its text.
    pub text: Phrase,
    /// The rows of a table, cell by cell, the head first.
    pub rows: Vec<Vec<Phrase>>,
    /// A picture: the end of its name, its bytes.
    pub picture: Option<(String, Vec<u8>)>,
}

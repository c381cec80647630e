//! What is to be merged, and what came of it.

use super::ours::ReportRow;
use crate::diagnostic::{Diagnostic, Sources};
use crate::merge::{Review, Status};
use crate::model::Document;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is to be merged.
#[derive(Clone, Debug, Default)]
pub struct MergeRequest {
    /// The files that came back.
    pub revised: Vec<PathBuf>,
    /// The report's source.
    pub report: PathBuf,
    /// Writes what is clean.
    pub apply: bool,
    /// Writes bound figures where they are defined.
    pub values: bool,
    /// Only the changes of these names.
    pub only: Vec<String>,
    /// Only the changes of this author.
    pub author: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct MergeOutcome {
    /// The files that places point into.
    pub sources: Sources,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was found.
    pub review: Review,
    /// What the files were compared with.
    pub compared: Vec<Base>,
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// The source as it was read, for the uses of values.
    pub document: Option<Document>,
    /// Which of many reports came back; of several files, the first.
    pub(super) row: Option<ReportRow>,
    /// Where each use of a value is printed: page and line, by the value's name in the outputs.
    pub printed: BTreeMap<String, (usize, usize)>,
}

/// What a file was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// What it remembers itself.
    Own,
    /// What is kept in `handouts/`.
    Kept,
    /// Itself with all tracked changes rejected.
    Rejected,
    /// The source as it is: nobody knows what was handed out.
    Source,
}

impl Base {
    /// Its word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Kept => "kept",
            Self::Rejected => "rejected",
            Self::Source => "source",
        }
    }
}

impl MergeOutcome {
    /// True when nothing could be compared.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// True where people must decide between two sides.
    #[must_use]
    pub fn conflicts(&self) -> bool {
        self.review.changes.iter().any(|c| c.status == Status::Conflict)
    }
}

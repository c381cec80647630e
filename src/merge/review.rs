//! What a merge finds, for people and programs.

use super::align::Stats;
use crate::diagnostic::{Message, Span};
use crate::model::{Comment, Document, Rewrite, Trace, Value};

/// All that was found in one or more files.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// How the paragraphs were found again.
    pub alignment: Stats,
    /// The share of what was handed out that the source still has, from 0 to 1.
    pub kept: f64,
    /// What was changed.
    pub changes: Vec<Change>,
}

impl Review {
    /// How many figures the editor changed that the data does not have yet.
    #[must_use]
    pub fn open_values(&self) -> usize {
        let is_open = |change: &&Change| change.value.is_some() && change.status != Status::Already;
        self.changes.iter().filter(is_open).count()
    }
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its name, the same in every run as long as it is the same change.
    pub id: String,
    /// What was done.
    pub kind: ChangeKind,
    /// What becomes of it.
    pub status: Status,
    /// The block that it is in.
    pub block: Option<String>,
    /// The heading that it is under.
    pub section: String,
    /// The row and column of a table, from 1; rows of the head are 0, -1 and so on.
    pub cell: (Option<i64>, Option<i64>),
    /// Where the changed text begins in the source.
    pub span: Option<Span>,
    /// The text before, as printed.
    pub before: String,
    /// The text after, as printed.
    pub after: String,
    /// The three texts of a conflict: handed out, theirs, ours.
    pub sides: Option<[String; 3]>,
    /// The texts of editors who changed the same differently, in the order of their files; none where one side is the source.
    pub editors: Vec<EditorText>,
    /// The names of the files that it came in, where several were merged.
    pub files: Vec<String>,
    /// Who made it, with dates.
    pub traces: Vec<Trace>,
    /// Remarks on it.
    pub comments: Vec<Comment>,
    /// The bound figure that it changes.
    pub value: Option<ValueChange>,
    /// Why it is not applied.
    pub reason: Option<Message>,
    /// What is written where, when it is applied.
    pub rewrites: Vec<Rewrite>,
}

/// What one of several editors wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorText {
    /// Who wrote it; the name of the file where it does not say.
    pub author: String,
    /// The text, as printed.
    pub text: String,
}

/// A bound figure that an editor changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueChange {
    /// The name of its use ([`crate::model::Value::id`]).
    pub id: String,
    /// What `figures` calls it: its path in the data; of a computed one its expression.
    pub name: String,
    /// Where the data defines it; None for an expression.
    pub defined: Option<Span>,
    /// What was printed.
    pub before: String,
    /// What the editor wrote.
    pub after: String,
}

impl ValueChange {
    /// The uses of the same figure.
    pub fn uses<'d>(&self, document: &'d Document) -> impl Iterator<Item = &'d Value> {
        let (defined, id) = (self.defined, self.id.clone());
        let expression = document.values.iter().find(|v| v.id == id).map(|v| v.expression.as_str());
        document.values.iter().filter(move |value| match defined {
            Some(span) => value.defined == Some(span),
            None => Some(value.expression.as_str()) == expression,
        })
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Characters were changed.
    Edited,
    /// Something new.
    Inserted,
    /// Something gone.
    Deleted,
    /// In another place.
    Moved,
    /// One paragraph became several.
    Split,
    /// Several became one.
    Merged,
    /// A bound figure was changed.
    Value,
    /// Another picture.
    Picture,
    /// A remark on text that nobody changed.
    Comment,
    /// Another look, or a number that is automatic.
    Format,
    /// Both sides changed the same differently.
    Conflict,
}

impl ChangeKind {
    /// As it is called in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Value => "value",
            Self::Picture => "picture",
            Self::Comment => "comment",
            Self::Format => "format",
            Self::Conflict => "conflict",
        }
    }
}

/// What becomes of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It would be applied.
    Clean,
    /// It was applied.
    Applied,
    /// A person decides, or `--values`.
    Proposed,
    /// The source has it.
    Already,
    /// Both sides changed the same differently.
    Conflict,
    /// It cannot be carried over.
    Unsupported,
}

impl Status {
    /// As it is called in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Applied => "applied",
            Self::Proposed => "proposed",
            Self::Already => "already",
            Self::Conflict => "conflict",
            Self::Unsupported => "unsupported",
        }
    }
}

impl Change {
    /// True for one that the source could take in, or is in conflict with.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Status::Clean | Status::Conflict)
    }

    /// A change of a kind, of which nothing else is known.
    #[must_use]
    pub(super) fn new(kind: ChangeKind, status: Status) -> Self {
        Self {
            id: String::new(),
            kind,
            status,
            block: None,
            section: String::new(),
            cell: (None, None),
            span: None,
            before: String::new(),
            after: String::new(),
            sides: None,
            editors: Vec::new(),
            files: Vec::new(),
            traces: Vec::new(),
            comments: Vec::new(),
            value: None,
            reason: None,
            rewrites: Vec::new(),
        }
    }
}

//! What a Word file is made from, and what a caller may choose of it.

use super::fonts::EmbeddedFace;
use crate::diagnostic::words;
use crate::model::{BlockIndex, Document, Manuscript};
use crate::printed::Printed;
use crate::reuse::PackedStreams;
use crate::template::Template;
use std::collections::BTreeSet;

words! {
    /// How the character grid is written.
    #[derive(Default)]
    pub enum Profile {
        /// A grid of lines, and characters tracked by their styles: Word, WPS and LibreOffice all lay out 28 × 22.
        #[default]
        Portable = "portable",
        /// A grid of lines and characters, which Word's page setup shows as 28 × 22; LibreOffice does not follow it.
        Word = "word",
    }
}

words! {
    /// What those who get a file may do with it without taking the protection off. There is no password.
    pub enum Protection {
        /// Comment.
        Comments = "comments",
        /// Change it, each change tracked.
        Tracked = "tracked",
    }
}

/// A file that goes out to be revised: changes in it are tracked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// What this hand-out is called.
    pub name: String,
    /// The report's date, as in 2024-01-08.
    pub date: String,
    /// What is allowed, where not everything is.
    pub protection: Option<Protection>,
}

/// How the parts of a file are packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// Compressed.
    #[default]
    Deflated,
    /// Not at all: they are read at once, and nobody gets the file.
    Loose,
}

/// What a caller may choose of a Word file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordOptions<'a> {
    /// How the character grid is written.
    pub profile: Profile,
    /// Shades values bound to data, by a character style.
    pub mark_values: bool,
    /// Faces that the file carries; a role without one is written with its office's font name.
    pub faces: Vec<EmbeddedFace<'a>>,
    /// Set for a file that goes out to be revised.
    pub handed_out: Option<HandedOut>,
    /// Makes the part of footnotes even where no note is called: notes may be put into it.
    pub notes_always: bool,
    /// The names of paragraph styles that the file has even where its own text uses none of them: what is gone is put into it.
    pub styles_always: BTreeSet<String>,
    /// How its parts are packed.
    pub packing: Packing,
}

/// What else a file is written with.
#[derive(Clone, Copy, Default)]
pub struct WordExtras<'a> {
    /// Makes of the file's own text, as it will be read when it comes back, what the file remembers to be merged then; None: it
    /// remembers nothing.
    pub remember: Option<&'a dyn Fn(Manuscript) -> Manuscript>,
    /// Parts that were packed before.
    pub streams: Option<&'a PackedStreams>,
    /// The blocks that are written; None: all.
    pub only: Option<&'a BTreeSet<BlockIndex>>,
}

/// What a Word file is made from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    /// What was printed, which the Word file repeats.
    pub(super) printed: &'a Printed,
    pub(super) options: &'a WordOptions<'a>,
}

//! What is asked for, and what came of it.

use crate::diagnostic::{Diagnostic, Sources, words};
use crate::docx::{Profile, Protection};
use crate::layout::Drift;
use crate::model::Statistics;
use crate::pdf::{self, Press};
use crate::template::Compose;
use crate::world::Durable;
use std::path::PathBuf;

/// What is to be made of which report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The report's source.
    pub report: PathBuf,
    /// A template in place of the report's own: a name or a file.
    pub template: Option<String>,
    /// A font folder that goes before all others.
    pub fonts: Option<PathBuf>,
    /// A policy in place of the template's own.
    pub compose: Option<Compose>,
    /// Data values for this run: dotted name and value as typed.
    pub set: Vec<(String, String)>,
    /// The outputs.
    pub formats: Formats,
    /// How the PDF is written.
    pub pdf: PdfFile,
    /// How the Word file is written.
    pub word: WordFile,
    /// The name of a hand-out: changes in the Word file are tracked, and its text is kept in `handouts/`.
    pub handout: Option<String>,
    /// Compare the pages of the optimum with those of the other policies.
    pub drift: bool,
}

impl Request {
    /// What `dinggao build` makes without options of a report: the PDF and the Word file, with the report's own template.
    #[must_use]
    pub fn new(report: impl Into<PathBuf>) -> Self {
        Self {
            report: report.into(),
            template: None,
            fonts: None,
            compose: None,
            set: Vec::new(),
            formats: Formats { pdf: true, docx: true, png: None },
            pdf: PdfFile::default(),
            word: WordFile::default(),
            handout: None,
            drift: false,
        }
    }
}

impl Default for Request {
    /// What `dinggao build` makes without arguments: the PDF and the Word file of `data/report.yaml`.
    fn default() -> Self {
        Self::new("data/report.yaml")
    }
}

words! {
    /// Which characters of its faces a Word file carries.
    #[derive(Default)]
    pub enum Carried {
        /// Those of the text, Latin letters, digits and common marks.
        #[default]
        Used = "used",
        /// Also the 3,755 common Han characters (GB 2312, level 1), so that editors can type.
        Common = "common",
    }
}

/// How the PDF is written. All but the profile is for a press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfFile {
    /// What it is made for. For a press, margins are mirrored.
    pub profile: pdf::PdfProfile,
    /// Boxes, marks and sheets.
    pub press: Press,
    /// The file of the press profile, in place of the program's own.
    pub icc: Option<PathBuf>,
    /// Only the pages from one to another, by their places from 1.
    pub pages: Option<(usize, usize)>,
    /// As many copies as there are numbers from one to another, each with its own.
    pub copies: Option<(u32, u32)>,
    /// Where these go.
    pub copy_files: CopyFiles,
}

/// Where numbered copies go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CopyFiles {
    /// All into one file, one behind the other.
    #[default]
    One,
    /// Each into a file of its own.
    Each,
}

/// How the Word file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFile {
    /// How its character grid is written.
    pub profile: Profile,
    /// Shades values bound to data.
    pub mark_values: bool,
    /// Carries the faces that the pages are printed with: these characters of them.
    pub embed_fonts: Option<Carried>,
    /// What those who get a hand-out may do with it, where not everything is allowed.
    pub protection: Option<Protection>,
    /// Carries the comments that merges brought home.
    pub merged_comments: bool,
}

/// Which outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// The printed document.
    pub pdf: bool,
    /// The Word file.
    pub docx: bool,
    /// Its pages as pictures, at so many dots an inch.
    pub png: Option<u32>,
}

/// Where outputs go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The folder of the outputs; they are named after the report.
    pub folder: PathBuf,
    /// The name of the outputs; None: that of the report.
    pub stem: Option<String>,
    /// The file for the places of all lines.
    pub layout: Option<PathBuf>,
    /// The file for the names of the files that were read.
    pub depfile: Option<PathBuf>,
    /// What becomes of files in these places that are not as this program wrote them.
    pub foreign: Foreign,
    /// When the outputs are safe from a loss of power.
    pub durable: Durable,
}

/// What becomes of a file in an output's place that this program did not write, or that was changed since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foreign {
    /// It stays, and nothing is written.
    #[default]
    Refuse,
    /// A Word file that was changed stays and the other outputs are written; other files as [`Foreign::Refuse`].
    Wait,
    /// It is replaced.
    Replace,
}

impl Destination {
    /// The outputs alone, in a folder.
    #[must_use]
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            stem: None,
            layout: None,
            depfile: None,
            foreign: Foreign::Refuse,
            durable: Durable::AtOnce,
        }
    }
}

/// What came of a request.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// What is wrong, and advice.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the other policies' pages part from the optimum's, if that was asked for.
    pub drift: Vec<Drift>,
    /// How many pages the document has.
    pub pages: usize,
    /// How much there is in it; None where nothing was made.
    pub statistics: Option<Statistics>,
    /// The documents that were put in place: PDF, Word file, pictures by page.
    pub outputs: Vec<PathBuf>,
    /// True where it was given up, since something that it read had changed; nothing was written.
    pub superseded: bool,
    /// The Word file that was left alone, since it was changed after it was written; see [`Foreign::Wait`].
    pub waiting: Option<PathBuf>,
}

impl Outcome {
    /// True when nothing was made.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

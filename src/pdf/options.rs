//! What a caller may choose of a PDF.

use crate::diagnostic::words;
use crate::model::Length;
use crate::reuse::PackedStreams;

words! {
    /// What a PDF is made for.
    #[derive(Default)]
    pub enum PdfProfile {
        /// Archives and readers: PDF/A-2a and PDF/UA-1.
        #[default]
        Archive = "archive",
        /// A press: PDF/X-4 and PDF/A-2b.
        Print = "print",
    }
}

words! {
    /// What is printed beside the trimmed page for those who print and cut.
    #[derive(Default)]
    pub enum PressMarks {
        /// Nothing.
        #[default]
        None = "none",
        /// Crop marks, registration marks, colour bars, and fold marks where sheets are folded.
        All = "all",
    }
}

/// What a caller may choose of a PDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfOptions {
    /// What it is made for.
    pub profile: PdfProfile,
    /// What a press needs; only of use for [`PdfProfile::Print`].
    pub press: Press,
}

/// What else a file is written with.
#[derive(Clone, Copy, Debug, Default)]
pub struct PdfExtras<'a> {
    /// The figures on its pages as JSON, which the file keeps, for [`super::facts`].
    pub facts: Option<&'a [u8]>,
    /// Streams that were packed before.
    pub streams: Option<&'a PackedStreams>,
}

/// What a press needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Press {
    /// How far ink may reach beyond the trimmed page.
    pub bleed: Length,
    /// What is printed beside it.
    pub marks: PressMarks,
    /// The ICC profile of the press, CMYK of class `prtr`; None: offset on uncoated paper, FOGRA29.
    pub icc: Option<Vec<u8>>,
    /// How pages are put on sheets; None: one by one.
    pub imposition: Option<Imposition>,
    /// How many copies of the report the pages are, one after another, each of as many pages. Each copy has sheets of its own.
    pub copies: usize,
    /// The thickness of the paper, by which the pages of inner sheets move to the fold.
    pub paper: Length,
    /// What the red of a head is printed with.
    pub red: RedInk,
}

impl Eq for Press {}

impl Default for Press {
    fn default() -> Self {
        Self {
            bleed: Length::mm(3.0),
            marks: PressMarks::None,
            icc: None,
            imposition: None,
            copies: 1,
            paper: Length::ZERO,
            red: RedInk::default(),
        }
    }
}

/// How pages are put on sheets of twice their width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imposition {
    /// Sheets that lie in one another and are folded once.
    Booklet,
    /// Two pages side by side, in order.
    TwoUp,
    /// Booklets of so many pages, a multiple of four, to be bound one after another.
    Signatures(usize),
}

impl Imposition {
    /// From `booklet`, `2up` or `signatures=16`; None for anything else.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word.split_once('=') {
            None if word == "booklet" => Some(Self::Booklet),
            None if word == "2up" => Some(Self::TwoUp),
            Some(("signatures", pages)) => {
                let pages: usize = pages.parse().ok()?;
                (pages > 0 && pages.is_multiple_of(4)).then_some(Self::Signatures(pages))
            }
            _ => None,
        }
    }
}

/// What the red of a head is printed with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RedInk {
    /// The inks of the press, as the template mixes them.
    #[default]
    Process,
    /// An ink of its own, by its name.
    Spot(String),
}

impl RedInk {
    /// From `process` or `spot:NAME`; None for anything else, and for a name that an ink of the press has.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        // 8.6.6.4: All is every ink, None is none; a name has at most 127 bytes.
        const TAKEN: [&str; 6] = ["All", "None", "Cyan", "Magenta", "Yellow", "Black"];
        const LONGEST: usize = 127;
        if word == "process" {
            return Some(Self::Process);
        }
        let name = word.strip_prefix("spot:")?.trim();
        let sound = !name.is_empty() && name.len() <= LONGEST && !name.chars().any(char::is_control);
        let free = TAKEN.iter().all(|taken| !taken.eq_ignore_ascii_case(name));
        (sound && free).then(|| Self::Spot(name.to_owned()))
    }
}

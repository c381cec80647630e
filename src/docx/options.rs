//! What a caller may choose of a Word file.

use super::fonts::EmbeddedFace;
use crate::diagnostic::words;
use crate::model::{ChartFrames, PageLabels, SenseBreaks, SetTables};

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

/// What a caller may choose of a Word file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options<'a> {
    /// How the character grid is written.
    pub profile: Profile,
    /// Shades values bound to data, by a character style.
    pub mark_values: bool,
    /// The page numbers of the printed pages, which the contents repeat.
    pub pages: PageLabels,
    /// The line ends of titles and the like on the printed pages, kept in the Word file.
    pub breaks: SenseBreaks,
    /// How tables were printed; one that is not among them is estimated.
    pub tables: SetTables,
    /// Where the printed pages have the parts of charts, which the Word file repeats.
    pub frames: ChartFrames,
    /// Faces that the file carries; a role without one is written with its office's font name.
    pub faces: Vec<EmbeddedFace<'a>>,
}

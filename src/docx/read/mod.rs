//! Word files that come back: parts to trees (`parse`), trees to a [`crate::model::Manuscript`] (`lift`).
//!
//! Files of Word, WPS, LibreOffice, ONLYOFFICE, Pages and Google Docs, of people who mean well and of others: every size is bounded.

mod error;
mod lift;
mod parse;

pub use error::ReadError;
pub use lift::View;

use crate::model::Manuscript;
use lift::FieldLook;
use parse::OpenedPackage;

/// A Word file that was opened.
pub struct WordDocument<'a> {
    package: OpenedPackage<'a>,
}

impl<'a> WordDocument<'a> {
    /// Opens a Word file.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        Ok(Self { package: OpenedPackage::open(bytes)? })
    }

    /// The parts of a Word file that this program has just written, by name. They can be read once.
    pub(super) fn of_parts(parts: Vec<(String, Vec<u8>)>) -> WordDocument<'static> {
        WordDocument { package: OpenedPackage::of_parts(parts) }
    }

    /// Its text, tracked changes seen in one of the ways to see them. What is hidden is named and left out.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn manuscript(&mut self, view: &View) -> Result<Manuscript, ReadError> {
        let mut manuscript = self.with_hidden(view)?;
        manuscript.settle_hidden(&|_, _| Vec::new());
        Ok(manuscript)
    }

    /// The same with what is hidden in its place.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn with_hidden(&mut self, view: &View) -> Result<Manuscript, ReadError> {
        lift::manuscript(&mut self.package, view, FieldLook::Own)
    }

    /// Its text for a report that begins with it: what fields show is text like all other.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn draft(&mut self) -> Result<Manuscript, ReadError> {
        let mut manuscript = lift::manuscript(&mut self.package, &View::Accepted, FieldLook::Styled)?;
        manuscript.settle_hidden(&|_, _| Vec::new());
        Ok(manuscript)
    }

    /// The names of those who tracked changes.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn authors(&mut self) -> Result<Vec<String>, ReadError> {
        lift::authors(&mut self.package)
    }

    /// The custom part whose root element is in a namespace: its text.
    pub fn custom(&mut self, namespace: &str) -> Option<String> {
        self.package.custom(namespace)
    }
}

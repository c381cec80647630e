//! What checks look at.

use super::content::survey;
use super::file::{Reached, VerifiedFile, VerifyError, VerifyPage, inflated};
use super::inks::Survey;
use super::xmp::XmpValues;
use lopdf::{Dictionary, Object};

/// What checks look at.
pub(super) struct VerifyInput<'a> {
    pub(super) file: &'a VerifiedFile,
    pub(super) catalog: &'a Dictionary,
    pub(super) pages: Vec<VerifyPage<'a>>,
    pub(super) reached: Vec<Reached<'a>>,
    pub(super) survey: Survey<'a>,
    /// None: no packet, or one that cannot be read.
    pub(super) xmp: Option<XmpValues>,
}

impl<'a> VerifyInput<'a> {
    /// Of a file.
    pub(super) fn of(file: &'a VerifiedFile) -> Result<Self, VerifyError> {
        let catalog = file.catalog().ok_or_else(|| VerifyError::Unreadable { cause: "no catalog".to_owned() })?;
        let pages = file.pages()?;
        let survey = survey(file, &pages)?;
        let xmp = match file.stream(catalog, b"Metadata") {
            Some(stream) => XmpValues::read(&inflated(stream)?),
            None => None,
        };
        Ok(Self { file, catalog, pages, reached: file.reached()?, survey, xmp })
    }

    /// A value of the packet.
    pub(super) fn metadata(&self, space: &str, name: &str) -> Option<&str> {
        self.xmp.as_ref()?.get(space, name)
    }

    /// The dictionaries of annotations of a page.
    pub(super) fn annotations(&self, page: &VerifyPage<'a>) -> Vec<(&'a Object, &'a Dictionary)> {
        let annotations = self.file.array(page.dictionary, b"Annots").unwrap_or_default();
        annotations.iter().filter_map(|object| Some((object, self.file.dictionary(object)?))).collect()
    }
}

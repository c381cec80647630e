//! What a page is written with, and what comes of it.

use crate::font::FaceId;
use crate::model::{Color, PictureIndex};
use crate::pdf::faces::SubsetFaces;
use crate::pdf::link::{Destinations, PageLink};
use crate::pdf::shape::Inks;
use crate::pdf::tag::ContentMark;
use crate::reuse::PackedStreams;
use printpdf::Op;
use std::collections::BTreeSet;

/// What all pages are written with.
#[derive(Clone, Copy, Debug)]
pub(in crate::pdf) struct Context<'a> {
    /// The faces.
    pub(in crate::pdf) faces: &'a SubsetFaces,
    /// Where links lead.
    pub(in crate::pdf) destinations: &'a Destinations,
    /// How colours are written.
    pub(in crate::pdf) inks: Inks,
    /// Streams that were packed before.
    pub(in crate::pdf) streams: Option<&'a PackedStreams>,
}

/// The content of a page.
#[derive(Debug, Default)]
pub(in crate::pdf) struct PageContent {
    /// The operators.
    pub(in crate::pdf) ops: Vec<Op>,
    /// What each marked-content sequence is part of, by MCID.
    pub(in crate::pdf) marks: Vec<ContentMark>,
    /// The links on it.
    pub(in crate::pdf) links: Vec<PageLink>,
    /// The faces it is set in.
    pub(in crate::pdf) faces: BTreeSet<FaceId>,
    /// The pictures on it.
    pub(in crate::pdf) pictures: BTreeSet<PictureIndex>,
    /// The colour that the spot colour stands for.
    pub(in crate::pdf) red: Option<Color>,
}

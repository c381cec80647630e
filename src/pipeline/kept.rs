//! What one build leaves to the next in the same process: open faces, paragraphs as they were set, trees of files, packed streams.
//!
//! All of it is found again by what it was made from, so that no output tells whether anything was kept.

use super::request::{Outcome, Request};
use crate::diagnostic::Diagnostic;
use crate::font::{Fonts, font_directories};
use crate::layout::SetParagraphs;
use crate::model::FontSpec;
use crate::reuse::{BuildEnd, ContentHash, PackedStreams};
use crate::source::ReadFiles;
use crate::world::World;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// More streams than the longest report has.
const MOST_STREAMS: usize = 1 << 14;

/// What one build leaves to the next. For faces it asks a world of its own: as long as that one would give the same answers, they
/// are as good as what a new build would read. All else is known by its content.
pub struct KeptWork<'w> {
    world: &'w dyn World,
    fonts: Mutex<Option<KeptFonts>>,
    files: ReadFiles,
    streams: PackedStreams,
    written: Mutex<BTreeMap<PathBuf, ContentHash>>,
}

/// Faces, and what they were opened for.
struct KeptFonts {
    spec: FontSpec,
    given: Option<PathBuf>,
    report: PathBuf,
    carried: bool,
    open: OpenFonts,
}

/// Faces, and what was set in them by earlier builds.
#[derive(Clone)]
pub(super) struct OpenFonts {
    pub(super) fonts: Arc<Fonts>,
    pub(super) paragraphs: Option<Arc<SetParagraphs>>,
}

/// What a step of a build is given of what is kept.
#[derive(Clone, Copy, Default)]
pub(super) struct KeptParts<'a> {
    pub(super) paragraphs: Option<&'a SetParagraphs>,
    pub(super) streams: Option<&'a PackedStreams>,
}

impl<'w> KeptWork<'w> {
    /// Nothing yet.
    #[must_use]
    pub fn new(world: &'w dyn World) -> Self {
        Self {
            world,
            fonts: Mutex::new(None),
            files: ReadFiles::default(),
            streams: PackedStreams::at_most(MOST_STREAMS),
            written: Mutex::default(),
        }
    }

    /// How many values are kept.
    #[must_use]
    pub fn held(&self) -> usize {
        let open = self.open();
        let paragraphs = open.as_ref().and_then(|open| open.paragraphs.as_ref()).map_or(0, |set| set.len());
        self.files.len() + self.streams.len() + paragraphs + open.map_or(0, |open| open.fonts.cuts())
    }

    fn open(&self) -> Option<OpenFonts> {
        self.fonts.lock().ok()?.as_ref().map(|fonts| fonts.open.clone())
    }

    /// The trees of files.
    pub(super) fn files(&self) -> &ReadFiles {
        &self.files
    }

    /// Streams as they were packed.
    pub(super) fn streams(&self) -> &PackedStreams {
        &self.streams
    }

    /// True for the content that an earlier build has put in place.
    pub(super) fn has_written(&self, bytes: &[u8]) -> bool {
        let content = ContentHash::of_bytes(&[bytes]);
        self.written.lock().is_ok_and(|written| written.values().any(|known| *known == content))
    }

    /// Takes in what a build has put into a place.
    pub(super) fn wrote(&self, path: &Path, content: ContentHash) {
        if let Ok(mut written) = self.written.lock() {
            written.insert(path.to_owned(), content);
        }
    }

    /// Drops what the build that has ended did not use.
    pub(super) fn end(&self, outcome: &Outcome) {
        let end = if outcome.failed() || outcome.superseded { BuildEnd::GivenUp } else { BuildEnd::Made };
        self.files.end(end);
        self.streams.end(end);
        if let Some(open) = self.open() {
            open.fonts.end(end);
            open.paragraphs.iter().for_each(|paragraphs| paragraphs.end(end));
        }
    }
}

/// The faces of a report: those that are open, or new ones.
pub(super) fn fonts(
    world: &dyn World,
    kept: Option<&KeptWork<'_>>,
    request: &Request,
    spec: &FontSpec,
) -> Result<OpenFonts, Vec<Diagnostic>> {
    let carried = request.word.embed_fonts.is_some();
    let open = |world: &dyn World| -> Result<Arc<Fonts>, Vec<Diagnostic>> {
        let folder = request.report.parent().unwrap_or(Path::new(""));
        let dirs = font_directories(world, request.fonts.as_deref(), folder)?;
        let fonts = Fonts::load(world, spec, &dirs)?;
        Ok(Arc::new(if carried { fonts.carried() } else { fonts }))
    };
    let alone = || Ok(OpenFonts { fonts: open(world)?, paragraphs: None });
    let Some(kept) = kept else { return alone() };
    let Ok(mut slot) = kept.fonts.lock() else { return alone() };
    if let Some(known) = slot.as_ref()
        && known.spec == *spec
        && (&known.given, &known.report, known.carried) == (&request.fonts, &request.report, carried)
    {
        return Ok(known.open.clone());
    }
    // What was set in other faces is of no use in these.
    let open = OpenFonts { fonts: open(kept.world)?, paragraphs: Some(Arc::default()) };
    let (given, report) = (request.fonts.clone(), request.report.clone());
    *slot = Some(KeptFonts { spec: spec.clone(), given, report, carried, open: open.clone() });
    Ok(open)
}

//! What one build leaves to the next in the same process: faces that are open.

use super::request::Request;
use crate::diagnostic::Diagnostic;
use crate::font::{Fonts, font_directories};
use crate::model::FontSpec;
use crate::world::World;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// What one build leaves to the next. It asks a world of its own for what it keeps: as long as that one would give the same
/// answers, it is as good as what a new build would read.
pub struct KeptFaces<'w> {
    world: &'w dyn World,
    fonts: Mutex<Option<OpenFonts>>,
}

/// Faces, and what they were opened for.
struct OpenFonts {
    spec: FontSpec,
    given: Option<PathBuf>,
    report: PathBuf,
    carried: bool,
    fonts: Arc<Fonts>,
}

impl<'w> KeptFaces<'w> {
    /// Nothing yet.
    #[must_use]
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, fonts: Mutex::new(None) }
    }
}

/// The faces of a report: those that are open, or new ones.
pub(super) fn fonts(
    world: &dyn World,
    kept: Option<&KeptFaces<'_>>,
    request: &Request,
    spec: &FontSpec,
) -> Result<Arc<Fonts>, Vec<Diagnostic>> {
    let carried = request.word.embed_fonts.is_some();
    let open = |world: &dyn World| -> Result<Arc<Fonts>, Vec<Diagnostic>> {
        let folder = request.report.parent().unwrap_or(Path::new(""));
        let dirs = font_directories(world, request.fonts.as_deref(), folder)?;
        let fonts = Fonts::load(world, spec, &dirs)?;
        Ok(Arc::new(if carried { fonts.carried() } else { fonts }))
    };
    let Some(kept) = kept else { return open(world) };
    let Ok(mut slot) = kept.fonts.lock() else { return open(world) };
    if let Some(known) = slot.as_ref()
        && known.spec == *spec
        && (&known.given, &known.report, known.carried) == (&request.fonts, &request.report, carried)
    {
        return Ok(Arc::clone(&known.fonts));
    }
    let fonts = open(kept.world)?;
    let (given, report) = (request.fonts.clone(), request.report.clone());
    *slot = Some(OpenFonts { spec: spec.clone(), given, report, carried, fonts: Arc::clone(&fonts) });
    Ok(fonts)
}

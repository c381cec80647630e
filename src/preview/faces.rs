//! The faces that the pages use, cut down to the glyphs on them: fontdue builds every outline of a face when it
//! opens it, which of a whole Chinese face would be tens of thousands.

use super::PreviewError;
use crate::font::{FaceId, FontUsage, Fonts, Subset};
use crate::layout::{GlyphRun, Page, PagedDocument};
use std::collections::BTreeMap;

/// A face as it is drawn.
pub(super) struct DrawnFace {
    subset: Subset,
    font: fontdue::Font,
}

impl DrawnFace {
    /// A glyph at so many pixels an em: left edge and bottom edge in pixels from its origin, width, and the ink of each pixel
    /// row by row from the top. None: a glyph that is not in the pages.
    pub(super) fn draw(&self, glyph: u16, em: f32) -> Option<(i32, i32, usize, Vec<u8>)> {
        let glyph = self.subset.glyph(glyph)?;
        let (metrics, ink) = self.font.rasterize_indexed(glyph, em);
        Some((metrics.xmin, metrics.ymin, metrics.width, ink))
    }
}

fn runs(paged: &PagedDocument) -> impl Iterator<Item = &GlyphRun> {
    paged.pages.iter().flat_map(Page::lines).flat_map(|line| &line.runs)
}

/// Opens the faces of the pages; `pixels` are those of a point.
pub(super) fn open(
    paged: &PagedDocument,
    fonts: &Fonts,
    pixels: f64,
) -> Result<BTreeMap<FaceId, DrawnFace>, PreviewError> {
    let mut usage = FontUsage::new();
    let mut largest: BTreeMap<FaceId, f64> = BTreeMap::new();
    for run in runs(paged) {
        let glyphs = usage.entry(run.face).or_default();
        run.glyphs.iter().for_each(|glyph| glyphs.insert(glyph.id));
        let em = largest.entry(run.face).or_default();
        *em = em.max(run.size.to_pt() * pixels);
    }
    let mut faces = BTreeMap::new();
    for (id, glyphs) in usage {
        let face = fonts.face(id).ok_or(PreviewError::NoFace { face: id })?;
        let subset = Subset::new(face, &glyphs).map_err(PreviewError::Subset)?;
        let settings = fontdue::FontSettings {
            collection_index: 0,
            // The size at which curves become polygons.
            scale: largest.get(&id).map_or(40.0, |&em| em.clamp(1.0, 2000.0) as f32),
            // With substitutions fontdue would look for glyphs that a subset does not have.
            load_substitutions: false,
        };
        let font = fontdue::Font::from_bytes(subset.with_character_map(), settings)
            .map_err(|cause| PreviewError::Face { face: id, cause })?;
        faces.insert(id, DrawnFace { subset, font });
    }
    Ok(faces)
}

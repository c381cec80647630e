//! The faces that are used, cut down to the glyphs that are used.
//!
//! In the file each is a composite font whose character codes are CIDs, and whose CIDs are the glyph indices of the subset:
//! `Identity-H` (9.7.5.2) and `CIDToGIDMap /Identity` (9.7.4.2). CIDs ascend with the glyph index in the whole face, so the same
//! glyphs make the same subset in whatever order a document uses them.

use super::cluster::{Clusters, GlyphCluster, Mismatch};
use super::{PdfError, units};
use crate::font::{CutFace, Face, FaceId, Fonts, GlyphSet};
use crate::layout::{Line, PagedDocument};
use std::sync::Arc;

/// One face as the file embeds it.
#[derive(Debug)]
pub(super) struct SubsetFace {
    /// The face it was cut from.
    pub(super) id: FaceId,
    /// The name that content streams call it by.
    pub(super) resource: String,
    /// The subset, an OpenType file of `glyf` or `CFF ` outlines.
    pub(super) cut: Arc<CutFace>,
    /// What its glyphs are, by CID. The first is `.notdef`.
    pub(super) glyphs: Vec<SubsetGlyph>,
    /// From the glyph index in the whole face to the CID; 0 for those left out.
    cids: Vec<u16>,
}

/// One glyph of a subset.
#[derive(Debug)]
pub(super) struct SubsetGlyph {
    /// Its advance in thousandths of an em, as the file says it.
    pub(super) width: f32,
    /// The characters that readers take it for (9.10.3). None for one that never shows characters by itself.
    pub(super) text: Option<Box<str>>,
}

impl SubsetFace {
    /// The CID of a glyph of the whole face, with what is known of it. None: it is not in the subset.
    pub(super) fn glyph(&self, id: u16) -> Option<(u16, &SubsetGlyph)> {
        let cid = self.cids.get(usize::from(id)).copied().filter(|&cid| cid != 0)?;
        Some((cid, self.glyphs.get(usize::from(cid))?))
    }
}

/// The faces of a document, by [`FaceId`]; None for those it does not use.
#[derive(Debug)]
pub(super) struct SubsetFaces(Vec<Option<SubsetFace>>);

impl SubsetFaces {
    /// A face that is used.
    pub(super) fn get(&self, id: FaceId) -> Option<&SubsetFace> {
        self.0.get(usize::from(id.0))?.as_ref()
    }

    /// The faces that are used, in the order of their ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = &SubsetFace> {
        self.0.iter().flatten()
    }
}

/// What a document uses of a face.
#[derive(Default)]
struct Usage {
    /// By glyph index in the whole face: 0 when unused, else 1 + an index into `glyphs`.
    slots: Vec<u16>,
    /// The glyphs in the order of their first use, with the text that each showed first.
    glyphs: Vec<(u16, Option<Box<str>>)>,
}

impl Usage {
    fn take(&mut self, cluster: GlyphCluster<'_>) {
        for glyph in cluster.glyphs {
            let at = usize::from(glyph.id);
            if self.slots.len() <= at {
                self.slots.resize(at + 1, 0);
            }
            if self.slots[at] == 0 {
                self.glyphs.push((glyph.id, None));
                // At most 65,535 glyphs besides .notdef, which `collect` refuses.
                self.slots[at] = self.glyphs.len() as u16;
            }
            // A glyph that shows characters together with others is named by the ActualText around them.
            if cluster.glyphs.len() == 1 && !cluster.text.is_empty() {
                let text = &mut self.glyphs[usize::from(self.slots[at]) - 1].1;
                text.get_or_insert_with(|| cluster.text.into());
            }
        }
    }
}

/// Cuts the faces down to the glyphs on the pages.
pub(super) fn subset(paged: &PagedDocument, fonts: &Fonts) -> Result<SubsetFaces, PdfError> {
    let usages = collect(paged, fonts)?;
    let cut = |(usage, (id, face)): (Usage, (FaceId, &Face))| {
        if usage.glyphs.is_empty() { Ok(None) } else { cut(id, usage, (face, fonts)).map(Some) }
    };
    Ok(SubsetFaces(usages.into_iter().zip(fonts.faces()).map(cut).collect::<Result<_, _>>()?))
}

fn collect(paged: &PagedDocument, fonts: &Fonts) -> Result<Vec<Usage>, PdfError> {
    let mut usages: Vec<Usage> = fonts.faces().map(|_| Usage::default()).collect();
    for (page, number) in paged.pages.iter().zip(1..) {
        for line in page.lines() {
            take(&mut usages, line).map_err(|fault| match fault {
                RunFault::Face(face) => PdfError::NoFace { page: number, face },
                RunFault::Notdef(face) => PdfError::NoGlyph { face, glyph: 0 },
                RunFault::Text => PdfError::Text { page: number, line: line.text.clone() },
            })?;
        }
    }
    Ok(usages)
}

fn take(usages: &mut [Usage], line: &Line) -> Result<(), RunFault> {
    let mut clusters = Clusters::new(line);
    for run in &line.runs {
        let usage = usages.get_mut(usize::from(run.face.0)).ok_or(RunFault::Face(run.face))?;
        clusters.run(run, |cluster| {
            if cluster.glyphs.iter().any(|glyph| glyph.id == 0) {
                return Err(RunFault::Notdef(run.face));
            }
            usage.take(cluster);
            Ok(())
        })?;
    }
    Ok(clusters.end()?)
}

/// What can be wrong with a run, before the page is known.
enum RunFault {
    Face(FaceId),
    Notdef(FaceId),
    Text,
}

impl From<Mismatch> for RunFault {
    fn from(_: Mismatch) -> Self {
        Self::Text
    }
}

fn cut(id: FaceId, usage: Usage, (face, fonts): (&Face, &Fonts)) -> Result<SubsetFace, PdfError> {
    let width = |glyph: u16| {
        let known = glyph < face.glyph_count();
        let width = || units::width(f64::from(face.advance(glyph)) * 1000.0);
        known.then(width).ok_or(PdfError::NoGlyph { face: id, glyph })
    };
    let mut used = usage.glyphs;
    used.sort_unstable_by_key(|&(glyph, _)| glyph);
    let mut glyphs = Vec::with_capacity(used.len() + 1);
    glyphs.push(SubsetGlyph { width: width(0)?, text: None });
    let mut set = GlyphSet::default();
    let mut ids = Vec::with_capacity(used.len());
    for (glyph, text) in used {
        glyphs.push(SubsetGlyph { width: width(glyph)?, text });
        set.insert(glyph);
        ids.push(glyph);
    }
    let cut = fonts.cut(id, &set).ok_or(PdfError::NoFace { page: 0, face: id })?;
    let cut = cut.map_err(|cause| PdfError::Subset { face: id, cause })?;
    let mut cids = usage.slots;
    cids.fill(0);
    for glyph in ids {
        cids[usize::from(glyph)] = cut.subset.glyph(glyph).ok_or(PdfError::NoGlyph { face: id, glyph })?;
    }
    Ok(SubsetFace { id, resource: format!("F{}", id.0), cut, glyphs, cids })
}

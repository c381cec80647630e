//! From pages to pictures.

use super::PreviewError;
use super::canvas::{Canvas, Shade, Shades};
use super::faces::{self, DrawnFace};
use super::mark;
use super::shape::Polygons;
use super::stamp::GlyphStamp;
use crate::font::{FaceId, Fonts};
use crate::layout::{Line, OutlineStep, Page, PageItem, PagedDocument, Path};
use crate::model::{Color, Document, Lie};
use crate::picture::{self, Pixels};
use std::collections::{BTreeMap, HashMap};

/// Resolutions that pictures can be drawn at, in dots an inch.
const RESOLUTIONS: std::ops::RangeInclusive<f64> = 10.0..=2400.0;
/// The longest side of a picture, in pixels.
const LONGEST: f64 = 20_000.0;
/// The largest em that is drawn, in steps of the fine grid.
const LARGEST_EM: f64 = 4_000.0;

/// The farthest that something may lie from the page's corner, in pixels or steps of the fine grid.
const FARTHEST: f64 = 1e6;

/// Draws all pages as PNG files: greyscale, or in colour where a page has an ink other than black.
///
/// # Errors
/// As [`Renderer::open`] and [`Renderer::page`].
pub fn render(
    document: &Document,
    paged: &PagedDocument,
    fonts: &Fonts,
    dpi: f64,
) -> Result<Vec<Vec<u8>>, PreviewError> {
    let mut pictures = Renderer::open(document, paged, fonts, dpi)?;
    paged.pages.iter().zip(1..).map(|(page, number)| pictures.page(page, number)).collect()
}

/// Draws pages one by one, so that only one picture is in memory.
pub struct Renderer<'a> {
    document: &'a Document,
    faces: BTreeMap<FaceId, DrawnFace>,
    /// Pixels of a point.
    pixels: f64,
    /// Dots a metre, as PNG writes them.
    per_metre: u32,
    /// Steps of the fine grid a pixel: glyphs are placed to within a quarter of a pixel at common resolutions.
    fine: usize,
    stamps: HashMap<StampKey, GlyphStamp>,
}

/// What makes two stamps the same: face, glyph, the bits of em and pen in steps of the fine grid, and whether it is turned.
type StampKey = (FaceId, u16, u32, u32, bool);

impl<'a> Renderer<'a> {
    /// Opens the faces that pages use, for pictures of `dpi` dots an inch.
    ///
    /// # Errors
    /// A resolution outside 10 to 2400, and faces that cannot be drawn.
    pub fn open(document: &'a Document, paged: &PagedDocument, fonts: &Fonts, dpi: f64) -> Result<Self, PreviewError> {
        if !RESOLUTIONS.contains(&dpi) {
            return Err(PreviewError::Resolution { dpi });
        }
        let pixels = dpi / 72.0;
        let fine = match dpi {
            ..200.0 => 4,
            ..400.0 => 2,
            _ => 1,
        };
        let faces = faces::open(paged, fonts, pixels * fine as f64)?;
        let per_metre = (dpi / 0.0254).round() as u32;
        Ok(Self { document, faces, pixels, per_metre, fine, stamps: HashMap::new() })
    }

    /// One page as a PNG file; `number` (from 1) is what errors call it.
    ///
    /// # Errors
    /// A page without a sensible size, lengths that are no numbers, and what the PNG encoder refuses.
    pub fn page(&mut self, page: &Page, number: usize) -> Result<Vec<u8>, PreviewError> {
        let side = |points: f64| {
            let pixels = (points * self.pixels).round();
            (1.0..=LONGEST).contains(&pixels).then_some(pixels as usize).ok_or(PreviewError::PageSize { page: number })
        };
        let shown = self.shown(page, number)?;
        let color = inks(page).any(|ink| !ink.is_gray()) || shown.iter().any(|(_, shown)| is_colored(shown));
        let shades = if color { Shades::Colors } else { Shades::Grays };
        let mut canvas = Canvas::new(side(page.width.to_pt())?, side(page.height.to_pt())?, shades);
        let mut shown = shown.into_iter();
        for item in &page.items {
            match item {
                PageItem::Line(line) => self.line(&mut canvas, line, number)?,
                PageItem::Rule(rule) => {
                    let sides = [rule.x, rule.y, rule.width, rule.height].map(|length| length.to_pt() * self.pixels);
                    if !sides.iter().all(|length| length.is_finite()) {
                        return Err(PreviewError::Length { page: number });
                    }
                    canvas.rectangle(sides, shade(rule.color));
                }
                PageItem::Path(path) => self.path(&mut canvas, path, number)?,
                PageItem::Picture(_) => {
                    if let Some((place, pixels)) = shown.next() {
                        canvas.picture(&pixels, place);
                    }
                }
            }
        }
        self.encode(&canvas).map_err(PreviewError::Png)
    }

    /// The pictures of a page in their order, each with its place in pixels.
    fn shown(&self, page: &Page, number: usize) -> Result<Vec<([f64; 4], Pixels)>, PreviewError> {
        let mut shown = Vec::new();
        for item in &page.items {
            let PageItem::Picture(at) = item else { continue };
            let place = [at.x, at.y, at.width, at.height].map(|length| length.to_pt() * self.pixels);
            if !place.iter().all(|length| length.abs() < FARTHEST) {
                return Err(PreviewError::Length { page: number });
            }
            let fault = || PreviewError::Picture { page: number };
            let file = self.document.picture(at.picture).ok_or_else(fault)?.file;
            let [width, height] = [place[2], place[3]].map(|side| side.round().clamp(1.0, LONGEST) as u32);
            let pixels = match at.lie {
                Lie::Upright => picture::pixels(file, (width, height)),
                Lie::Turned => picture::pixels(file, (height, width)).map(|pixels| pixels.turned()),
            };
            shown.push((place, pixels.ok_or_else(fault)?));
        }
        Ok(shown)
    }

    fn path(&self, canvas: &mut Canvas, path: &Path, number: usize) -> Result<(), PreviewError> {
        let sound = |(x, y): (f64, f64)| (x * self.pixels).abs() < FARTHEST && (y * self.pixels).abs() < FARTHEST;
        let all_sound = path.steps.iter().all(|step| match *step {
            OutlineStep::Move(x, y) | OutlineStep::Line(x, y) => sound((x, y)),
            OutlineStep::Curve(points) => points.into_iter().all(sound),
            OutlineStep::Close => true,
        });
        let pen = path.stroke.map(|(color, width)| (color, width.to_pt() * self.pixels));
        if !all_sound || pen.is_some_and(|(_, width)| !(0.0..FARTHEST).contains(&width)) {
            return Err(PreviewError::Length { page: number });
        }
        if let Some(color) = path.fill {
            canvas.fill(&Polygons::filled(&path.steps, self.pixels), shade(color));
        }
        if let Some((color, width)) = pen {
            canvas.fill(&Polygons::stroked(&path.steps, self.pixels, width), shade(color));
        }
        Ok(())
    }

    fn line(&mut self, canvas: &mut Canvas, line: &Line, number: usize) -> Result<(), PreviewError> {
        let fine = self.pixels * self.fine as f64;
        let steps = self.fine;
        for run in &line.runs {
            let em = run.size.to_pt() * fine;
            let pen = run.stroke.map_or(0.0, |width| width.to_pt() * fine);
            if !(em > 0.0 && em <= LARGEST_EM && (0.0..=em).contains(&pen)) {
                return Err(PreviewError::Length { page: number });
            }
            for glyph in &run.glyphs {
                let (along, rise) = (f64::from(glyph.x), run.rise.to_pt());
                let (right, down) = if line.turned { (-rise, -along) } else { (along, -rise) };
                let (x, y) = ((line.x.to_pt() + right) * fine, (line.baseline.to_pt() + down) * fine);
                if !(x.abs() < FARTHEST && y.abs() < FARTHEST) {
                    return Err(PreviewError::Length { page: number });
                }
                let stamp =
                    self.stamp((run.face, glyph.id, (em as f32).to_bits(), (pen as f32).to_bits(), line.turned))?;
                canvas.stamp(stamp, x.round() as i64, y.round() as i64, steps, shade(run.color));
            }
        }
        Ok(())
    }

    fn stamp(&mut self, key: StampKey) -> Result<&GlyphStamp, PreviewError> {
        use std::collections::hash_map::Entry;
        let (id, glyph, em, pen, turned) = key;
        let (em, pen) = (f32::from_bits(em), f32::from_bits(pen));
        match self.stamps.entry(key) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(empty) => {
                let face = self.faces.get(&id).ok_or(PreviewError::NoFace { face: id })?;
                let drawn = face.draw(glyph, em).ok_or(PreviewError::NoGlyph { face: id, glyph })?;
                let (left, bottom, width, ink) = drawn;
                let plain = GlyphStamp::new(left, bottom, width, ink);
                // Half of the stroke falls outside the outline.
                let stamp = if pen > 0.0 { plain.emboldened(pen / 2.0) } else { plain };
                Ok(empty.insert(if turned { stamp.turned() } else { stamp }))
            }
        }
    }

    fn encode(&self, canvas: &Canvas) -> Result<Vec<u8>, png::EncodingError> {
        let mut file = Vec::new();
        let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut file, side(canvas.width), side(canvas.height));
        encoder.set_color(if canvas.channels == 1 { png::ColorType::Grayscale } else { png::ColorType::Rgb });
        encoder.set_depth(png::BitDepth::Eight);
        // The encoder's fast ways are made for photographs; these pages are four times smaller and no slower as plain deflate.
        encoder.set_deflate_compression(png::DeflateCompression::Level(3));
        encoder.set_filter(png::Filter::NoFilter);
        let dots = png::PixelDimensions { xppu: self.per_metre, yppu: self.per_metre, unit: png::Unit::Meter };
        encoder.set_pixel_dims(Some(dots));
        encoder.add_text_chunk(mark::KEYWORD.to_owned(), mark::PROGRAM.to_owned())?;
        let mut writer = encoder.write_header()?;
        writer.write_image_data(canvas.shades())?;
        writer.finish()?;
        Ok(file)
    }
}

/// All inks of a page.
fn inks(page: &Page) -> impl Iterator<Item = Color> {
    page.items.iter().flat_map(|item| {
        let (runs, others) = match item {
            PageItem::Line(line) => (line.runs.as_slice(), [None, None]),
            PageItem::Rule(rule) => ([].as_slice(), [Some(rule.color), None]),
            PageItem::Path(path) => ([].as_slice(), [path.fill, path.stroke.map(|(color, _)| color)]),
            PageItem::Picture(_) => ([].as_slice(), [None, None]),
        };
        runs.iter().map(|run| run.color).chain(others.into_iter().flatten())
    })
}

/// True for a picture with an opaque pixel that is not grey.
fn is_colored(pixels: &Pixels) -> bool {
    pixels.rgba.chunks_exact(4).any(|p| p[3] > 0 && (p[0] != p[1] || p[1] != p[2]))
}

/// What a screen shows of an ink.
fn shade(ink: Color) -> Shade {
    ink.to_rgb().map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
}

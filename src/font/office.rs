//! Faces for office documents: the characters that are asked for and no others, under the name of the face.
//!
//! Office programs know nothing of a face's alternate forms and borrow nothing as the pages do. So the marks of Chinese text are
//! there in their full-width forms, and what the role borrows from other faces is in the file, scaled to its em. Outlines are drawn
//! afresh, without parts and without hints: glyphs of faces of all kinds fit in.

use super::face::Face;
use super::face_id::FaceId;
use super::fonts::{Fonts, GlyphInfo, Script};
use crate::model::FontRole;
use kurbo::{Affine, BezPath, CubicBez, Point};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use ttf_parser::{GlyphId, OutlineBuilder};
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{Bbox, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::{FontBuilder, types};

/// Han characters and what belongs to them begin here; below are letters, digits and signs.
const EAST_ASIAN: char = '\u{2e80}';
/// So far a curve of two points may be from one of three, in units of the face.
const ACCURACY: f64 = 0.5;

impl Fonts {
    /// A file of the face that the first of `uses` has, with the glyphs of `characters` as the uses draw them, each in the first
    /// that has it. A Latin use has no East Asian characters.
    ///
    /// # Errors
    /// A file that was changed since it was opened, or is damaged where a glyph is.
    pub fn office_face(&self, uses: &[(FontRole, Script)], characters: &BTreeSet<char>) -> io::Result<Vec<u8>> {
        let base = uses.first().and_then(|&(role, script)| self.of_role(role, script));
        let base = base.ok_or_else(|| io::Error::other("a role without a face"))?;
        let drawn = |&character: &char| {
            let wanted = |script| script == Script::Han || character < EAST_ASIAN;
            let mut uses = uses.iter().filter(|&&(_, script)| wanted(script));
            let glyph = uses.find_map(|&(role, script)| self.glyph(role, script, character))?;
            Some((character, glyph))
        };
        let glyphs: BTreeMap<char, GlyphInfo> = characters.iter().filter_map(drawn).collect();
        let outlines = self.outlines(base, glyphs.values())?;
        let mut file = OfficeFace::default();
        file.add(&outlines.blank, f64::from(base.advance(0)) * outlines.units)?;
        let mut map = Vec::with_capacity(glyphs.len());
        for (character, glyph) in glyphs {
            let none = BezPath::new();
            let path = outlines.paths.get(&(glyph.face, glyph.glyph)).unwrap_or(&none);
            let path = Affine::translate((0.0, f64::from(glyph.rise) * outlines.units)) * path.clone();
            let index = file.add(&path, f64::from(glyph.advance) * outlines.units)?;
            map.push((character, types::GlyphId::new(index)));
        }
        file.finish(base, map)
    }

    /// The outlines of glyphs in the units of `base`.
    fn outlines<'g>(&self, base: &Face, glyphs: impl Iterator<Item = &'g GlyphInfo>) -> io::Result<OfficeOutlines> {
        let mut wanted: BTreeMap<FaceId, BTreeSet<u16>> = BTreeMap::new();
        for glyph in glyphs {
            wanted.entry(glyph.face).or_default().insert(glyph.glyph);
        }
        let units = f64::from(base.units_per_em());
        let mut paths = BTreeMap::new();
        for (id, glyphs) in wanted {
            let Some(face) = self.face(id) else { continue };
            for (glyph, path) in paths_of(face, &glyphs, units)? {
                paths.insert((id, glyph), path);
            }
        }
        let blank = paths_of(base, &BTreeSet::from([0]), units)?.remove(&0).unwrap_or_default();
        Ok(OfficeOutlines { units, blank, paths })
    }
}

/// Outlines, in so many units to the em.
struct OfficeOutlines {
    units: f64,
    /// What represents a character that is not there.
    blank: BezPath,
    paths: BTreeMap<(FaceId, u16), BezPath>,
}

/// The outlines of glyphs of one face, in so many units to the em.
fn paths_of(face: &Face, glyphs: &BTreeSet<u16>, units: f64) -> io::Result<BTreeMap<u16, BezPath>> {
    let (bytes, index) = face.excerpt(glyphs.iter().copied())?;
    let parsed = ttf_parser::Face::parse(&bytes, index).map_err(|error| damaged(&error))?;
    let scale = Affine::scale(units / f64::from(face.units_per_em()));
    let path = |&glyph: &u16| {
        let mut pen = Pen::default();
        // None is a blank glyph.
        let _ = parsed.outline_glyph(GlyphId(glyph), &mut pen);
        (glyph, scale * pen.path)
    };
    Ok(glyphs.iter().map(path).collect())
}

/// Draws a path of lines and curves of two points.
#[derive(Default)]
struct Pen {
    path: BezPath,
    at: Point,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = Point::new(x.into(), y.into());
        self.path.move_to(self.at);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = Point::new(x.into(), y.into());
        self.path.line_to(self.at);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.at = Point::new(x.into(), y.into());
        self.path.quad_to(Point::new(x1.into(), y1.into()), self.at);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (a, b) = (Point::new(x1.into(), y1.into()), Point::new(x2.into(), y2.into()));
        let curve = CubicBez::new(self.at, a, b, Point::new(x.into(), y.into()));
        for (_, _, part) in curve.to_quads(ACCURACY) {
            self.path.quad_to(part.p1, part.p2);
        }
        self.at = curve.p3;
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}

/// A file as it grows, glyph by glyph.
#[derive(Default)]
struct OfficeFace {
    outlines: GlyfLocaBuilder,
    metrics: Vec<LongMetric>,
    points: u16,
    contours: u16,
}

impl OfficeFace {
    /// Adds a glyph, and gives its index.
    fn add(&mut self, path: &BezPath, advance: f64) -> io::Result<u32> {
        let index = self.metrics.len() as u32;
        let glyph = if path.is_empty() {
            Glyph::Empty
        } else {
            Glyph::Simple(SimpleGlyph::from_bezpath(path).map_err(|error| damaged(&format!("{error:?}")))?)
        };
        if let Glyph::Simple(simple) = &glyph {
            let count = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
            self.points =
                self.points.max(count(simple.contours.iter().map(write_fonts::tables::glyf::Contour::len).sum()));
            self.contours = self.contours.max(count(simple.contours.len()));
        }
        let left = glyph.bbox().map_or(0, |Bbox { x_min, .. }| x_min);
        self.metrics.push(LongMetric::new(advance.round().clamp(0.0, f64::from(u16::MAX)) as u16, left));
        self.outlines.add_glyph(&glyph).map_err(|error| damaged(&error))?;
        Ok(index)
    }

    /// The file: names and figures are those of `base`.
    fn finish(self, base: &Face, map: Vec<(char, types::GlyphId)>) -> io::Result<Vec<u8>> {
        let count = u16::try_from(self.metrics.len()).map_err(|error| damaged(&error))?;
        let (glyf, loca, format) = self.outlines.build();
        let mut head = base.raw_table(*b"head")?;
        patch(&mut head, 50, format as u16);
        let mut hhea = base.raw_table(*b"hhea")?;
        patch(&mut hhea, 34, count);
        let mut post = base.raw_table(*b"post").unwrap_or_default();
        // Version 3: without names of glyphs.
        post.resize(32, 0);
        patch(&mut post, 0, 3);
        patch(&mut post, 2, 0);
        // Version 1; no parts, no hints, two zones.
        let maxp: Vec<u8> = [1, 0, count, self.points, self.contours, 0, 0, 2]
            .into_iter()
            .chain([0; 8])
            .flat_map(u16::to_be_bytes)
            .collect();
        let mut builder = FontBuilder::new();
        builder.add_table(&glyf).map_err(|error| damaged(&error))?;
        builder.add_table(&loca).map_err(|error| damaged(&error))?;
        builder.add_table(&Hmtx::new(self.metrics, Vec::new())).map_err(|error| damaged(&error))?;
        builder
            .add_table(&Cmap::from_mappings(map).map_err(|error| damaged(&error))?)
            .map_err(|error| damaged(&error))?;
        let raw = [(b"head", head), (b"hhea", hhea), (b"post", post), (b"maxp", maxp)];
        for (tag, table) in raw {
            builder.add_raw(types::Tag::new(tag), table);
        }
        for tag in [b"OS/2", b"name"] {
            builder.add_raw(types::Tag::new(tag), base.raw_table(*tag)?);
        }
        Ok(builder.build())
    }
}

/// Writes two bytes of a table, where it has them.
fn patch(table: &mut [u8], at: usize, value: u16) {
    if let Some(bytes) = table.get_mut(at..at + 2) {
        bytes.copy_from_slice(&value.to_be_bytes());
    }
}

fn damaged(cause: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, cause.to_string())
}

//! One face of a file: coverage, widths and what a PDF has to say about it.
//!
//! A `ttf_parser::Face` borrows the tables and parses every one when made, so none is kept: the tables are, and each question parses
//! the header of the one or two that it concerns. Outlines, most of a file, are read glyph by glyph as they are asked for.

use super::error::FaceError;
use super::names::decode;
use super::sfnt::{Directory, Outlines};
use crate::world::Pieces;
use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use ttf_parser::{GlyphId, Permissions, RawFaceTables, Rect, cmap, hmtx, name_id};

/// What the font's makers allow (OpenType, OS/2 `fsType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// Embedding and installing.
    Installable,
    /// Embedding in documents that can be edited.
    Editable,
    /// Embedding in documents that can only be read and printed.
    PreviewAndPrint,
    /// No embedding without the maker's leave.
    Restricted,
}

/// Figures of a face. Lengths in em, y upward; ascent and descent are the typographic ones where it has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Highest point of its line.
    pub ascent: f32,
    /// Lowest point of its line, negative.
    pub descent: f32,
    /// Height of capital letters.
    pub cap_height: f32,
    /// The box around all glyphs: left, bottom, right, top.
    pub bbox: [f32; 4],
    /// Slant in degrees, counter-clockwise: negative for italics.
    pub italic_angle: f32,
    /// 100 to 900; 400 is regular.
    pub weight: u16,
    /// True when the face says that it has serifs.
    pub serif: bool,
    /// Slanted.
    pub italic: bool,
    /// All glyphs have one width.
    pub monospaced: bool,
}

impl Metrics {
    /// Before they are read.
    const UNKNOWN: Self = Self {
        ascent: 0.0,
        descent: 0.0,
        cap_height: 0.0,
        bbox: [0.0; 4],
        italic_angle: 0.0,
        weight: 400,
        serif: false,
        italic: false,
        monospaced: false,
    };
}

/// Tables that are read when a face is opened, where it has them; the first four it must have.
const TABLES: [&[u8; 4]; 9] = [b"head", b"hhea", b"maxp", b"hmtx", b"cmap", b"GSUB", b"OS/2", b"post", b"loca"];

/// What else the subsetter takes of a face.
const KEPT: [&[u8; 4]; 4] = [b"name", b"cvt ", b"fpgm", b"prep"];

/// A face.
#[derive(Debug)]
pub struct Face {
    file: Pieces,
    path: PathBuf,
    index: u32,
    directory: Directory,
    tables: BTreeMap<[u8; 4], Vec<u8>>,
    /// PostScript outlines, once they are asked for: they cannot be read glyph by glyph.
    postscript: OnceLock<Option<Vec<u8>>>,
    units_per_em: u16,
    glyphs: NonZeroU16,
    h_metrics: u16,
    /// The subtable of `cmap` that maps Unicode, the fullest if there are several.
    unicode: u16,
    /// The subtable of `cmap` with variation sequences (format 14).
    variations: Option<u16>,
    names: Names,
    metrics: Metrics,
}

/// What a face is called.
#[derive(Debug)]
struct Names {
    postscript: String,
    family: String,
    /// The name of the family of at most four cuts that the face belongs to.
    legacy_family: Option<String>,
}

impl Names {
    /// Those of the table `name`. `stem`: the name of the file, for what has no name.
    fn read(table: Option<&[u8]>, stem: &str) -> Self {
        let table = table.and_then(ttf_parser::name::Table::parse);
        let all = |id: u16| -> Vec<String> {
            let of_id = table.iter().flat_map(|t| t.names.into_iter()).filter(|n| n.name_id == id);
            of_id.filter_map(|n| decode(&n)).collect()
        };
        let first = |id: u16| all(id).into_iter().next();
        let postscript = first(name_id::POST_SCRIPT_NAME).unwrap_or_else(|| stem.to_owned());
        let legacy = all(name_id::FAMILY);
        let family = first(name_id::TYPOGRAPHIC_FAMILY).or_else(|| legacy.first().cloned());
        Self {
            family: family.unwrap_or_else(|| postscript.clone()),
            postscript,
            // Windows knows names of 31 units at most (LF_FACESIZE); the name in another language may be shorter.
            legacy_family: legacy.into_iter().find(|n| n.encode_utf16().count() < 32),
        }
    }
}

impl Face {
    /// Opens face `index` of a file (0 in a file of one). `path` is what messages and missing names go by.
    ///
    /// # Errors
    /// A file that is damaged or has no Unicode map or outlines.
    pub fn open(path: &Path, file: &Pieces, index: u32) -> Result<Self, FaceError> {
        let directory = Directory::read(file, index)?;
        let tables = read_tables(file, &directory)?;
        let (unicode, variations) = choose_maps(tables.get(b"cmap").map_or(&[], Vec::as_slice));
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("font");
        let names = Names::read(directory.table(file, *b"name").as_deref(), stem);
        let mut face = Self {
            path: path.to_owned(),
            index,
            units_per_em: 0,
            glyphs: NonZeroU16::MIN,
            h_metrics: 0,
            unicode: unicode.ok_or(FaceError::NoUnicode)?,
            variations,
            names,
            metrics: Metrics::UNKNOWN,
            directory,
            tables,
            postscript: OnceLock::new(),
            file: file.clone(),
        };
        let [head, hhea, maxp] = face.required();
        let parsed = ttf_parser::Face::from_raw_tables(RawFaceTables {
            head,
            hhea,
            maxp,
            os2: face.table(*b"OS/2"),
            post: face.table(*b"post"),
            ..RawFaceTables::default()
        })
        .map_err(FaceError::Malformed)?;
        let (units, glyphs, h_metrics) =
            (parsed.units_per_em(), parsed.tables().maxp.number_of_glyphs, parsed.tables().hhea.number_of_metrics);
        let mut metrics = figures(&parsed, face.table(*b"OS/2").unwrap_or_default());
        face.units_per_em = units;
        face.glyphs = glyphs;
        face.h_metrics = h_metrics;
        if face.hmtx().is_none() {
            return Err(FaceError::Table("hmtx"));
        }
        let truetype = face.has(*b"glyf") && face.has(*b"loca");
        if !truetype && !face.has(*b"CFF ") && !face.has(*b"CFF2") {
            return Err(FaceError::NoOutlines);
        }
        file.check().map_err(|_| FaceError::Changed)?;
        if metrics.cap_height <= 0.0 {
            // Old faces do not say; the letter H does.
            let top = face.glyph('H').and_then(|h| face.bounds(h)).map(|b| b[3]);
            metrics.cap_height = top.unwrap_or(metrics.ascent);
        }
        face.metrics = metrics;
        Ok(face)
    }

    /// The whole file.
    ///
    /// # Errors
    /// As the system says; a file that was changed since it was opened.
    pub fn whole(&self) -> io::Result<Vec<u8>> {
        let bytes = self.file.read(0..self.file.length())?;
        self.file.check()?;
        Ok(bytes)
    }

    /// A file of this face with everything that a subset of these glyphs is made of, and no other outlines; and which face of it.
    pub(super) fn excerpt(&self, glyphs: impl Iterator<Item = u16>) -> io::Result<(Vec<u8>, u32)> {
        let damaged = || io::Error::new(io::ErrorKind::InvalidData, "damaged outlines");
        if self.is_cff2() {
            return Ok((self.whole()?, self.index));
        }
        let mut tables = self.tables.clone();
        for tag in [b"cmap", b"GSUB"] {
            tables.remove(tag);
        }
        for tag in KEPT {
            tables.extend(self.directory.table(&self.file, *tag).map(|table| (*tag, table)));
        }
        if let (Some(loca), Some(glyf)) = (self.table(*b"loca"), self.directory.range(*b"glyf")) {
            let outlines = Outlines::new(self.required()[0], loca, glyf);
            let wanted = glyphs.chain([0]);
            let (loca, glyf) = outlines.only(&self.file, wanted).ok_or_else(damaged)?;
            tables.extend([(*b"loca", loca), (*b"glyf", glyf)]);
        } else {
            let cff = self.directory.table(&self.file, *b"CFF ").ok_or_else(damaged)?;
            tables.insert(*b"CFF ", cff);
        }
        self.file.check()?;
        Ok((self.directory.file_of(&tables), 0))
    }

    /// A table as it is in the file.
    ///
    /// # Errors
    /// As the system says; a table that is not there, a file that was changed since it was opened.
    pub(super) fn raw_table(&self, tag: [u8; 4]) -> io::Result<Vec<u8>> {
        let missing = || io::Error::new(io::ErrorKind::InvalidData, String::from_utf8_lossy(&tag).into_owned());
        let table = self.directory.table(&self.file, tag).ok_or_else(missing)?;
        self.file.check()?;
        Ok(table)
    }

    /// True for a face of a collection.
    #[must_use]
    pub fn is_in_collection(&self) -> bool {
        self.file.read(0..4).is_ok_and(|magic| magic == b"ttcf")
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Which face of a collection; 0 in a file of one.
    #[must_use]
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The PostScript name, ASCII in sound fonts.
    #[must_use]
    pub fn postscript_name(&self) -> &str {
        &self.names.postscript
    }

    /// The name that programs know the face by which count four cuts a family, and whether it is a bold one among them.
    /// None where it has no name that they take.
    #[must_use]
    pub fn legacy_name(&self) -> Option<(&str, bool)> {
        let name = self.names.legacy_family.as_deref()?;
        // A heavy cut with a family name of its own is that family's regular one.
        Some((name, self.metrics.weight >= 600 && *name == self.names.family))
    }

    /// The family's name.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.names.family
    }

    /// Units of the face in an em.
    #[must_use]
    pub fn units_per_em(&self) -> u16 {
        self.units_per_em
    }

    /// How many glyphs it has.
    #[must_use]
    pub fn glyph_count(&self) -> u16 {
        self.glyphs.get()
    }

    /// Its figures.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// True for PostScript outlines (CFF), false for TrueType ones.
    #[must_use]
    pub fn is_cff(&self) -> bool {
        self.has(*b"CFF ")
    }

    /// True for a face with axes.
    #[must_use]
    pub fn is_variable(&self) -> bool {
        self.directory.range(*b"fvar").is_some()
    }

    /// True for a variable face with outlines that only a variable format has (CFF2).
    pub(super) fn is_cff2(&self) -> bool {
        self.has(*b"CFF2")
    }

    /// What its makers allow; also false for subsetting where they forbid that.
    #[must_use]
    pub fn embedding(&self) -> (Embedding, bool) {
        let Some(table) = self.table(*b"OS/2").and_then(ttf_parser::os2::Table::parse) else {
            return (Embedding::Installable, true);
        };
        let allowed = match table.permissions() {
            Some(Permissions::Restricted) => Embedding::Restricted,
            Some(Permissions::PreviewAndPrint) => Embedding::PreviewAndPrint,
            Some(Permissions::Editable) => Embedding::Editable,
            Some(Permissions::Installable) | None => Embedding::Installable,
        };
        (
            if table.is_outline_embedding_allowed() { allowed } else { Embedding::Restricted },
            table.is_subsetting_allowed(),
        )
    }

    /// The glyph of a character.
    #[must_use]
    pub fn glyph(&self, character: char) -> Option<u16> {
        let map = self.cmap()?.subtables.get(self.unicode)?;
        map.glyph_index(u32::from(character)).map(|g| g.0).filter(|&g| g != 0 && g < self.glyphs.get())
    }

    /// The glyph of a character followed by a variation selector, where the face has one of its own for the two.
    pub(super) fn variation(&self, character: char, selector: char) -> Option<u16> {
        let map = self.cmap()?.subtables.get(self.variations?)?;
        match map.glyph_variation_index(u32::from(character), u32::from(selector))? {
            cmap::GlyphVariationResult::Found(glyph) => Some(glyph.0).filter(|&g| g < self.glyphs.get()),
            cmap::GlyphVariationResult::UseDefault => None,
        }
    }

    /// Advance width in em; 0 for a glyph that the face does not have.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> f32 {
        let advance = self.hmtx().and_then(|t| t.advance(GlyphId(glyph))).unwrap_or(0);
        f32::from(advance) / f32::from(self.units_per_em)
    }

    /// The box around a glyph in em: left, bottom, right, top. None for a blank one.
    #[must_use]
    pub fn bounds(&self, glyph: u16) -> Option<[f32; 4]> {
        let [head, hhea, maxp] = self.required();
        if let (Some(loca), Some(glyf)) = (self.table(*b"loca"), self.directory.range(*b"glyf")) {
            let range = Outlines::new(head, loca, glyf).range(glyph).filter(|_| glyph < self.glyphs.get())?;
            let head =
                self.file.read(range.start..range.start.checked_add(10).filter(|end| *end <= range.end)?).ok()?;
            let number = |at: usize| Some(i16::from_be_bytes([*head.get(at)?, *head.get(at + 1)?]));
            let rect = Rect { x_min: number(2)?, y_min: number(4)?, x_max: number(6)?, y_max: number(8)? };
            return Some(in_em(rect, self.units_per_em));
        }
        let outlines = self.postscript.get_or_init(|| {
            let tag = if self.is_cff2() { *b"CFF2" } else { *b"CFF " };
            self.directory.table(&self.file, tag)
        });
        let outlines = outlines.as_deref();
        let face = ttf_parser::Face::from_raw_tables(RawFaceTables {
            head,
            hhea,
            maxp,
            cff: outlines.filter(|_| !self.is_cff2()),
            cff2: outlines.filter(|_| self.is_cff2()),
            ..RawFaceTables::default()
        });
        face.ok()?.glyph_bounding_box(GlyphId(glyph)).map(|rect| in_em(rect, self.units_per_em))
    }

    /// The glyphs after the face's own substitutions.
    pub(super) fn substitute(&self, glyphs: &mut Vec<u16>, features: &[&[u8; 4]]) {
        let Some(gsub) = self.table(*b"GSUB") else { return };
        let [head, hhea, maxp] = self.required();
        let tables = RawFaceTables { head, hhea, maxp, gsub: Some(gsub), ..RawFaceTables::default() };
        let Ok(face) = ttf_parser::Face::from_raw_tables(tables) else { return };
        if let Some(gsub) = &face.tables().gsub {
            super::gsub::apply(gsub, features, glyphs);
            glyphs.retain(|&g| g < self.glyphs.get());
        }
    }

    fn required(&self) -> [&[u8]; 3] {
        [b"head", b"hhea", b"maxp"].map(|tag| self.table(*tag).unwrap_or_default())
    }

    fn table(&self, tag: [u8; 4]) -> Option<&[u8]> {
        self.tables.get(&tag).map(Vec::as_slice)
    }

    fn has(&self, tag: [u8; 4]) -> bool {
        self.directory.range(tag).is_some()
    }

    fn cmap(&self) -> Option<cmap::Table<'_>> {
        cmap::Table::parse(self.table(*b"cmap")?)
    }

    fn hmtx(&self) -> Option<hmtx::Table<'_>> {
        hmtx::Table::parse(self.h_metrics, self.glyphs, self.table(*b"hmtx")?)
    }
}

/// The tables that are read when a face is opened.
fn read_tables(file: &Pieces, directory: &Directory) -> Result<BTreeMap<[u8; 4], Vec<u8>>, FaceError> {
    let mut tables = BTreeMap::new();
    for tag in TABLES {
        tables.extend(directory.table(file, *tag).map(|table| (*tag, table)));
    }
    let required = [(b"head", "head"), (b"hhea", "hhea"), (b"maxp", "maxp"), (b"hmtx", "hmtx"), (b"cmap", "cmap")];
    match required.into_iter().find(|(tag, _)| !tables.contains_key(*tag)) {
        Some((_, name)) => Err(FaceError::Table(name)),
        None => Ok(tables),
    }
}

/// The Unicode subtable and the one with variation sequences.
fn choose_maps(data: &[u8]) -> (Option<u16>, Option<u16>) {
    let Some(table) = cmap::Table::parse(data) else { return (None, None) };
    let (mut unicode, mut variations, mut best) = (None, None, 0);
    for i in 0..table.subtables.len() {
        let Some(subtable) = table.subtables.get(i).filter(cmap::Subtable::is_unicode) else { continue };
        let rank = match subtable.format {
            cmap::Format::UnicodeVariationSequences(_) => {
                variations = Some(i);
                continue;
            }
            cmap::Format::SegmentedCoverage(_) | cmap::Format::TrimmedArray(_) => 3,
            cmap::Format::SegmentMappingToDeltaValues(_) => 2,
            _ => 1,
        };
        if rank > best {
            (unicode, best) = (Some(i), rank);
        }
    }
    (unicode, variations)
}

fn figures(face: &ttf_parser::Face<'_>, os2: &[u8]) -> Metrics {
    let em = f32::from(face.units_per_em());
    // PANOSE of Latin text faces (serif style 2 to 10), else IBM's family class (1 to 5 and 7).
    let serif = match (os2.get(30), os2.get(32), os2.get(33)) {
        (_, Some(2), Some(style @ 2..=15)) => *style <= 10,
        (class, _, _) => matches!(class, Some(1..=5 | 7)),
    };
    Metrics {
        ascent: f32::from(face.typographic_ascender().unwrap_or_else(|| face.ascender())) / em,
        descent: f32::from(face.typographic_descender().unwrap_or_else(|| face.descender())) / em,
        cap_height: face.capital_height().map_or(0.0, |h| f32::from(h) / em),
        bbox: in_em(face.global_bounding_box(), face.units_per_em()),
        italic_angle: face.italic_angle(),
        weight: face.weight().to_number(),
        serif,
        italic: face.is_italic() || face.italic_angle() != 0.0,
        monospaced: face.is_monospaced(),
    }
}

fn in_em(rect: Rect, units_per_em: u16) -> [f32; 4] {
    [rect.x_min, rect.y_min, rect.x_max, rect.y_max].map(|v| f32::from(v) / f32::from(units_per_em))
}

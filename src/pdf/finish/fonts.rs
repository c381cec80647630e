//! Fonts: each a Type 0 font with one descendant (9.7), its program a subset, its text in a ToUnicode map.

use super::fingerprint::Fingerprint;
use super::object::{deflate, deflated, name, number, packed};
use super::sfnt;
use crate::font::{Face, Fonts, PackedFace};
use crate::pdf::faces::{SubsetFace, SubsetFaces, SubsetGlyph};
use crate::pdf::{PdfError, units};
use crate::reuse::PackedStreams;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::fmt::Write as _;
use ttf_parser::{RawFace, Tag};

/// The width that readers take for CIDs that `W` leaves out: that of a full-width character.
const DEFAULT_WIDTH: f32 = 1000.0;

/// Flags of a font descriptor (9.8.2, table 123).
mod flag {
    pub(super) const FIXED_PITCH: i64 = 1;
    pub(super) const SERIF: i64 = 1 << 1;
    /// Glyphs outside the Adobe standard Latin character set: every Chinese face.
    pub(super) const SYMBOLIC: i64 = 1 << 2;
    /// Glyphs of that set alone. One of the two is set, never both.
    pub(super) const NONSYMBOLIC: i64 = 1 << 5;
    pub(super) const ITALIC: i64 = 1 << 6;
}

/// Writes the fonts; each with the name that content streams call it by, in the order of the faces.
pub(super) fn write<'a>(
    file: &mut Document,
    fonts: &Fonts,
    faces: &'a SubsetFaces,
    streams: Option<&PackedStreams>,
) -> Result<Vec<(&'a SubsetFace, ObjectId)>, PdfError> {
    faces.iter().map(|face| Ok((face, font(file, fonts, face, streams)?))).collect()
}

fn font(
    file: &mut Document,
    fonts: &Fonts,
    subset: &SubsetFace,
    streams: Option<&PackedStreams>,
) -> Result<ObjectId, PdfError> {
    let no_face = || PdfError::NoFace { page: 0, face: subset.id };
    let face = fonts.face(subset.id).ok_or_else(no_face)?;
    let whole = &subset.cut.subset.bytes;
    let raw = RawFace::parse(whole, 0).map_err(|cause| PdfError::Face { face: subset.id, cause })?;
    // The bare table, as 9.9 (table 126) has it for CIDFontType0C. subsetter makes the charset of every subset the identity, so that
    // CIDs are glyph indices here as well.
    let cff = raw.table(Tag::from_bytes(b"CFF "));
    let program = subset.cut.packed(|subset| packed_face(&subset.bytes, cff))?;
    let base = format!("{}+{}", program.tag, post_script_name(face));

    let mut descriptor = descriptor(face, subset, &base);
    let (kind, key, about) = if cff.is_some() {
        ("CIDFontType0", "FontFile3", dictionary! { "Subtype" => "CIDFontType0C" })
    } else {
        ("CIDFontType2", "FontFile2", dictionary! { "Length1" => super::object::count(program.length)? })
    };
    descriptor.set(key, file.add_object(deflated(about, program.bytes.clone())));
    let descriptor = file.add_object(descriptor);

    let mut descendant = dictionary! {
        "Type" => "Font",
        "Subtype" => kind,
        "BaseFont" => name(base.as_str()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
        "DW" => number(DEFAULT_WIDTH),
    };
    let widths = widths(&subset.glyphs)?;
    if !widths.is_empty() {
        descendant.set("W", widths);
    }
    if kind == "CIDFontType2" {
        descendant.set("CIDToGIDMap", "Identity");
    }
    let descendant = file.add_object(descendant);
    let to_unicode = deflated(Dictionary::new(), packed(streams, to_unicode(&subset.glyphs).as_bytes())?);
    let to_unicode = file.add_object(to_unicode);
    Ok(file.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => name(base),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => to_unicode,
    }))
}

/// The program of a subset: its bare table of outlines, or the tables that a PDF uses.
fn packed_face(whole: &[u8], cff: Option<&[u8]>) -> Result<PackedFace, PdfError> {
    let mut fingerprint = Fingerprint::new();
    fingerprint.bytes(whole);
    let lean = if cff.is_none() { sfnt::lean(whole) } else { None };
    let program = cff.or(lean.as_deref()).unwrap_or(whole);
    Ok(PackedFace { tag: fingerprint.tag(), length: program.len(), bytes: deflate(program)? })
}

/// The PostScript name of a face, as far as a name may hold it: ASCII without spaces and delimiters.
fn post_script_name(face: &Face) -> String {
    let ascii = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let clean: String = face.postscript_name().chars().filter(ascii).collect();
    if clean.is_empty() { "Unnamed".to_owned() } else { clean }
}

fn descriptor(face: &Face, subset: &SubsetFace, base: &str) -> Dictionary {
    let metrics = face.metrics();
    let scaled = |em: f32, round: fn(f64) -> f64| number(units::width(round(f64::from(em) * 1000.0)));
    // The box must hold the glyphs: it is rounded outward, but not for what single precision adds to a whole number.
    let floor: fn(f64) -> f64 = |v| (v + 0.001).floor();
    let ceil: fn(f64) -> f64 = |v| (v - 0.001).ceil();
    let [left, bottom, right, top] = metrics.bbox;
    let latin = subset.glyphs.iter().filter_map(|g| g.text.as_deref()).all(str::is_ascii);
    let set = |on: bool, flag: i64| if on { flag } else { 0 };
    let flags = set(metrics.monospaced, flag::FIXED_PITCH)
        | set(metrics.serif, flag::SERIF)
        | if latin { flag::NONSYMBOLIC } else { flag::SYMBOLIC }
        | set(metrics.italic, flag::ITALIC);
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name(base),
        "Flags" => flags,
        "FontBBox" => vec![scaled(left, floor), scaled(bottom, floor), scaled(right, ceil), scaled(top, ceil)],
        "ItalicAngle" => number(units::width(f64::from(metrics.italic_angle))),
        "Ascent" => scaled(metrics.ascent, f64::round),
        "Descent" => scaled(metrics.descent, f64::round),
        "CapHeight" => scaled(metrics.cap_height, f64::round),
        // No table of a font holds the width of its stems; producers compute it from the weight.
        "StemV" => number(units::width((10.0 + 220.0 * (f64::from(metrics.weight) - 50.0) / 900.0).round())),
    }
}

/// The widths of all CIDs but those of the default width (9.7.4.3).
fn widths(glyphs: &[SubsetGlyph]) -> Result<Vec<Object>, PdfError> {
    let mut all = Vec::new();
    let mut rest =
        glyphs.iter().map(|glyph| glyph.width).enumerate().filter(|&(_, width)| width != DEFAULT_WIDTH).peekable();
    while let Some((first, width)) = rest.next() {
        let mut run = vec![number(width)];
        while let Some((_, width)) = rest.next_if(|&(cid, _)| cid == first + run.len()) {
            run.push(number(width));
        }
        all.push(super::object::count(first)?);
        all.push(Object::Array(run));
    }
    Ok(all)
}

/// The ToUnicode map (9.10.3): from the codes, which are CIDs, to UTF-16BE; at most a hundred entries a section, as the clause
/// on CMaps that it refers to has it.
fn to_unicode(glyphs: &[SubsetGlyph]) -> String {
    const HEAD: &str = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
        /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    const FOOT: &str = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    let mapped: Vec<(usize, &str)> =
        glyphs.iter().enumerate().filter_map(|(cid, glyph)| Some((cid, glyph.text.as_deref()?))).collect();
    let mut map = String::from(HEAD);
    for section in mapped.chunks(100) {
        push(&mut map, format_args!("{} beginbfchar\n", section.len()));
        for (cid, text) in section {
            push(&mut map, format_args!("<{cid:04X}> <"));
            text.encode_utf16().for_each(|unit| push(&mut map, format_args!("{unit:04X}")));
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str(FOOT);
    map
}

fn push(to: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    if to.write_fmt(what).is_err() {
        debug_assert!(false, "a string refused text");
    }
}

//! The table directory of a font file (OpenType, "Font file"), and files made of some of the tables.

use super::error::FaceError;
use crate::world::Pieces;
use std::collections::BTreeMap;
use std::ops::Range;
use ttf_parser::FaceParsingError;

/// The head of a directory, and the size of its records.
const HEAD: u64 = 12;
const RECORD: u64 = 16;
/// No format of fonts has more tables; a damaged directory may say 65,535.
const MOST_TABLES: u64 = 256;
/// No collection has more faces.
const MOST_FACES: u32 = 256;

/// How many faces a file has: 1 unless it is a collection.
pub(super) fn faces(file: &Pieces) -> u32 {
    collection(file).unwrap_or(1)
}

fn collection(file: &Pieces) -> Option<u32> {
    let head = file.read(0..HEAD).ok()?;
    (head.get(..4)? == b"ttcf").then(|| number(&head, 8).unwrap_or(0).min(MOST_FACES))
}

/// Where the tables of a face are in its file.
#[derive(Clone, Debug)]
pub(super) struct Directory {
    version: [u8; 4],
    tables: BTreeMap<[u8; 4], Range<u64>>,
    /// True where a table ends past the end of the file.
    cut: bool,
}

impl Directory {
    /// The directory of face `index`.
    pub(super) fn read(file: &Pieces, index: u32) -> Result<Self, FaceError> {
        let cut = || FaceError::Malformed(FaceParsingError::MalformedFont);
        let at = match collection(file) {
            Some(count) if index < count => {
                let place = HEAD + 4 * u64::from(index);
                let bytes = file.read(place..place + 4).map_err(|_| cut())?;
                u64::from(number(&bytes, 0).ok_or_else(cut)?)
            }
            None if index == 0 => 0,
            _ => return Err(FaceError::Malformed(FaceParsingError::FaceIndexOutOfBounds)),
        };
        let head = file.read(at..at + HEAD).map_err(|_| cut())?;
        let version: [u8; 4] = head.get(..4).and_then(|v| v.try_into().ok()).ok_or_else(cut)?;
        if ![*b"\0\x01\0\0", *b"OTTO", *b"true"].contains(&version) {
            return Err(FaceError::Malformed(FaceParsingError::UnknownMagic));
        }
        let count = number(&head, 4).map_or(0, |n| u64::from(n >> 16)).min(MOST_TABLES);
        let records = file.read(at + HEAD..at + HEAD + count * RECORD).map_err(|_| cut())?;
        let (mut tables, mut cut) = (BTreeMap::new(), false);
        for record in records.chunks_exact(RECORD as usize) {
            let (Some(tag), Some(start), Some(length)) = (record.get(..4), number(record, 8), number(record, 12))
            else {
                continue;
            };
            let range = u64::from(start)..u64::from(start) + u64::from(length);
            cut |= range.end > file.length();
            if let (Ok(tag), true) = (tag.try_into(), range.end <= file.length()) {
                tables.entry(tag).or_insert(range);
            }
        }
        Ok(Self { version, tables, cut })
    }

    /// True where the file ends before a table does.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// Where a table is.
    pub(super) fn range(&self, tag: [u8; 4]) -> Option<Range<u64>> {
        self.tables.get(&tag).cloned()
    }

    /// A table.
    pub(super) fn table(&self, file: &Pieces, tag: [u8; 4]) -> Option<Vec<u8>> {
        file.read(self.range(tag)?).ok()
    }

    /// A file of one face, of these tables.
    pub(super) fn file_of(&self, tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
        let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
        let mut file = self.version.to_vec();
        file.extend(count.to_be_bytes());
        // What speeds a binary search, and no reader of today looks at.
        file.extend([0; 6]);
        let mut place = HEAD + RECORD * u64::from(count);
        for (tag, table) in tables {
            file.extend(tag);
            file.extend([0; 4]);
            for field in [place, table.len() as u64] {
                file.extend(u32::try_from(field).unwrap_or(u32::MAX).to_be_bytes());
            }
            place += (table.len() as u64).next_multiple_of(4);
        }
        for table in tables.values() {
            file.extend(table);
            file.resize(file.len().next_multiple_of(4), 0);
        }
        file
    }
}

/// The places of outlines in the table `glyf`, as `loca` gives them.
pub(super) struct Outlines<'a> {
    loca: &'a [u8],
    long: bool,
    glyf: Range<u64>,
}

impl<'a> Outlines<'a> {
    pub(super) fn new(head: &[u8], loca: &'a [u8], glyf: Range<u64>) -> Self {
        // indexToLocFormat
        Self { loca, long: head.get(50..52).is_some_and(|format| format != [0, 0]), glyf }
    }

    /// How many glyphs have a place.
    fn glyphs(&self) -> usize {
        (self.loca.len() / if self.long { 4 } else { 2 }).saturating_sub(1)
    }

    fn at(&self, index: usize) -> Option<u64> {
        if self.long {
            number(self.loca, index * 4).map(u64::from)
        } else {
            let two = self.loca.get(index * 2..index * 2 + 2)?;
            Some(u64::from(u16::from_be_bytes([two[0], two[1]])) * 2)
        }
    }

    /// Where a glyph's outline is in the file: empty for a blank glyph; None where there is no sound place.
    pub(super) fn range(&self, glyph: u16) -> Option<Range<u64>> {
        let (from, to) = (self.at(usize::from(glyph))?, self.at(usize::from(glyph) + 1)?);
        let sound = from <= to && self.glyf.start + to <= self.glyf.end;
        sound.then(|| self.glyf.start + from..self.glyf.start + to)
    }

    /// `loca` and `glyf` with these glyphs and their parts alone; the others are blank. None where one of them is damaged.
    pub(super) fn only(&self, file: &Pieces, glyphs: impl Iterator<Item = u16>) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut outlines: BTreeMap<u16, Vec<u8>> = BTreeMap::new();
        let mut open: Vec<u16> = glyphs.collect();
        while let Some(glyph) = open.pop() {
            if outlines.contains_key(&glyph) {
                continue;
            }
            let outline = file.read(self.range(glyph)?).ok()?;
            open.extend(parts(&outline)?);
            outlines.insert(glyph, outline);
        }
        let (mut loca, mut glyf) = (Vec::with_capacity(self.loca.len()), Vec::new());
        for glyph in 0..=self.glyphs() {
            let place = u32::try_from(glyf.len()).ok()?;
            if self.long {
                loca.extend(place.to_be_bytes());
            } else {
                loca.extend(u16::try_from(place / 2).ok()?.to_be_bytes());
            }
            if let Some(outline) = u16::try_from(glyph).ok().and_then(|g| outlines.get(&g)) {
                glyf.extend(outline);
                glyf.resize(glyf.len().next_multiple_of(2), 0);
            }
        }
        Some((loca, glyf))
    }
}

/// The glyphs that a composite one is put together from (OpenType, `glyf`); None where it is cut off.
fn parts(outline: &[u8]) -> Option<Vec<u16>> {
    const WORDS: u16 = 0x0001;
    const MORE: u16 = 0x0020;
    const SCALE: [(u16, usize); 3] = [(0x0008, 2), (0x0040, 4), (0x0080, 8)];
    let short = |at: usize| Some(u16::from_be_bytes([*outline.get(at)?, *outline.get(at + 1)?]));
    let mut parts = Vec::new();
    if outline.is_empty() || short(0)? < 0x8000 {
        return Some(parts);
    }
    let mut at = 10;
    loop {
        let flags = short(at)?;
        parts.push(short(at + 2)?);
        let scale = SCALE.iter().find(|(flag, _)| flags & flag != 0).map_or(0, |(_, size)| *size);
        at += 4 + if flags & WORDS == 0 { 2 } else { 4 } + scale;
        if flags & MORE == 0 {
            return Some(parts);
        }
    }
}

/// A 32-bit number.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes)
}

//! What a document uses of its faces, and faces cut down to that.

use super::face::Face;
use super::face_id::FaceId;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use ttf_parser::{RawFace, Tag};

/// Glyphs of one face.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct GlyphSet {
    /// One bit a glyph.
    words: Vec<u64>,
}

impl GlyphSet {
    /// Adds a glyph.
    pub fn insert(&mut self, glyph: u16) {
        let word = usize::from(glyph / 64);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (glyph % 64);
    }

    /// The glyphs, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        let bits = |(word, bits): (u16, &u64)| {
            let bits = *bits;
            (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| word * 64 + bit)
        };
        (0..1024).zip(&self.words).flat_map(bits)
    }

    /// How many glyphs.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }
}

impl FromIterator<u16> for GlyphSet {
    fn from_iter<I: IntoIterator<Item = u16>>(glyphs: I) -> Self {
        let mut set = Self::default();
        glyphs.into_iter().for_each(|glyph| set.insert(glyph));
        set
    }
}

/// The glyphs that a document uses of each face.
pub type FontUsage = BTreeMap<FaceId, GlyphSet>;

/// Why a face could not be cut down.
#[derive(Debug)]
pub enum SubsetError {
    /// The face is damaged where a used glyph is, or has outlines of a kind that cannot be cut down.
    Face {
        /// The face's PostScript name.
        face: String,
        /// What the subsetter says.
        reason: subsetter::Error,
    },
    /// The face's file could not be read, or was changed since it was opened.
    File {
        /// The face's PostScript name.
        face: String,
        /// What the system says.
        cause: std::io::Error,
    },
}

impl fmt::Display for SubsetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Face { face, reason } => write!(f, "{face}: {reason}"),
            Self::File { face, cause } => write!(f, "{face}: {cause}"),
        }
    }
}

impl std::error::Error for SubsetError {}

/// A face with the used glyphs alone. Glyph 0 is kept; the used glyphs follow in ascending order, then the parts of
/// composite ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subset {
    /// The file: TrueType or CFF, without `cmap` (a PDF says itself which glyph is which character).
    pub bytes: Vec<u8>,
    /// The old indices of the glyphs 0, 1, 2 …
    glyphs: Vec<u16>,
}

impl Subset {
    /// Cuts a face down to the glyphs of `used`.
    ///
    /// # Errors
    /// A face that is damaged or of an unknown kind.
    pub fn new(face: &Face, used: &GlyphSet) -> Result<Self, SubsetError> {
        let glyphs: Vec<u16> = std::iter::once(0).chain(used.iter().filter(|&g| g != 0)).collect();
        let mapper = subsetter::GlyphRemapper::new_from_glyphs(&glyphs);
        let excerpt = face.excerpt(used.iter());
        let (file, index) =
            excerpt.map_err(|cause| SubsetError::File { face: face.postscript_name().to_owned(), cause })?;
        if !has_sound_names(&file, index) {
            let reason = subsetter::Error::MalformedFont;
            return Err(SubsetError::Face { face: face.postscript_name().to_owned(), reason });
        }
        let result = if face.is_cff2() {
            // Only instancing turns these outlines into some that PDF knows; without coordinates, the default instance.
            subsetter::subset_with_variations(&file, index, &[], &mapper)
        } else {
            subsetter::subset(&file, index, &mapper)
        };
        let bytes = result.map_err(|reason| SubsetError::Face { face: face.postscript_name().to_owned(), reason })?;
        Ok(Self { bytes, glyphs })
    }

    /// The new index of an old one; None for a glyph that was not asked for.
    #[must_use]
    pub fn glyph(&self, old: u16) -> Option<u16> {
        self.glyphs.binary_search(&old).ok().and_then(|new| u16::try_from(new).ok())
    }

    /// Old indices in the order of the new ones: `[0, …]`.
    #[must_use]
    pub fn glyphs(&self) -> &[u16] {
        &self.glyphs
    }

    /// The file with a character map (`cmap`, format 12) in which the character U+10000 + n is glyph n, for readers that know
    /// no glyphs but those of characters. No text uses these code points.
    #[must_use]
    pub fn with_character_map(&self) -> Vec<u8> {
        const HEADER: usize = 12;
        const RECORD: usize = 16;
        let long = |at: usize| -> u32 {
            let bytes = self.bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
            bytes.map_or(0, u32::from_be_bytes)
        };
        let count = usize::from(self.bytes.get(5).copied().unwrap_or(0));
        let map = character_map(self.glyphs.len());
        let mut file = self.bytes.get(..HEADER).unwrap_or_default().to_vec();
        if let Some(tables) = file.get_mut(4..6) {
            // searchRange and the two fields after it speed a search that no reader of today makes; they stay as they were.
            tables.copy_from_slice(&u16::try_from(count + 1).unwrap_or(u16::MAX).to_be_bytes());
        }
        let padded = self.bytes.len().next_multiple_of(4);
        let mut records: Vec<[u32; 4]> = (0..count)
            .map(|i| HEADER + i * RECORD)
            .map(|at| [long(at), long(at + 4), long(at + 8) + RECORD as u32, long(at + 12)])
            .collect();
        let sum =
            map.chunks(4).fold(0u32, |sum, chunk| sum.wrapping_add(chunk.try_into().map_or(0, u32::from_be_bytes)));
        records.push([u32::from_be_bytes(*b"cmap"), sum, (padded + RECORD) as u32, map.len() as u32]);
        records.sort_unstable();
        file.extend(records.iter().flatten().flat_map(|field| field.to_be_bytes()));
        file.extend_from_slice(self.bytes.get(HEADER + count * RECORD..).unwrap_or_default());
        file.resize(padded + RECORD, 0);
        file.extend_from_slice(&map);
        file
    }
}

/// A `cmap` table with one subtable of format 12 (Windows, full Unicode) for glyphs 1 to `glyphs` - 1.
fn character_map(glyphs: usize) -> Vec<u8> {
    let mut table = Vec::with_capacity(40);
    // version 0, one encoding record: platform 3, encoding 10; the subtable is at 12.
    for field in [0u16, 1, 3, 10] {
        table.extend(field.to_be_bytes());
    }
    table.extend(12u32.to_be_bytes());
    let last = u32::try_from(glyphs.saturating_sub(1)).unwrap_or(0);
    let groups = u32::from(last > 0);
    table.extend(12u16.to_be_bytes());
    table.extend(0u16.to_be_bytes());
    for field in [16 + 12 * groups, 0, groups] {
        table.extend(field.to_be_bytes());
    }
    if groups == 1 {
        for field in [0x1_0001, 0x1_0000 + last, 1] {
            table.extend(field.to_be_bytes());
        }
    }
    table
}

/// False for names that reach past what the table `name` can hold: the subsetter adds up their places and lengths in 16 bits
/// (OpenType, `name`: six bytes of head, records of twelve with length and place at eight and ten).
fn has_sound_names(file: &[u8], index: u32) -> bool {
    let table = RawFace::parse(file, index).ok().and_then(|face| face.table(Tag::from_bytes(b"name")));
    let Some(table) = table else { return true };
    let number = |at: usize| table.get(at..at + 2).map(|b| u32::from(u16::from_be_bytes([b[0], b[1]])));
    let count = number(2).unwrap_or(0) as usize;
    let names: BTreeSet<(u32, u32)> = (0..count).map_while(|i| number(14 + i * 12).zip(number(16 + i * 12))).collect();
    let most = u32::from(u16::MAX);
    let total: u32 = names.iter().map(|(length, _)| length).sum();
    total <= most && names.iter().all(|(length, place)| length + place <= most)
}

//! Type 3 fonts: which of their glyphs text shows (ISO 32000-1, 9.6.5).

use super::file::VerifiedFile;
use lopdf::{Dictionary, Object};
use std::collections::{BTreeMap, BTreeSet};

/// The names of a font's glyphs, by code.
pub(super) struct GlyphNames<'a>(BTreeMap<u8, &'a [u8]>);

impl<'a> GlyphNames<'a> {
    /// Those that the differences of its encoding name; a Type 3 font has all its names there.
    pub(super) fn of(file: &'a VerifiedFile, font: &'a Dictionary) -> Self {
        let encoding = file.sub(font, b"Encoding");
        let differences = encoding.and_then(|encoding| file.array(encoding, b"Differences")).unwrap_or_default();
        let mut names = BTreeMap::new();
        let mut code = 0;
        for item in differences {
            match file.follow(item) {
                Object::Name(name) => {
                    if let Ok(code) = u8::try_from(code) {
                        names.insert(code, name.as_slice());
                    }
                    code = i64::saturating_add(code, 1);
                }
                first => code = first.as_i64().unwrap_or(code),
            }
        }
        Self(names)
    }

    /// The name of a glyph.
    pub(super) fn get(&self, code: u8) -> Option<&'a [u8]> {
        self.0.get(&code).copied()
    }
}

/// The codes that an operator shows.
pub(super) fn shown(operands: &[Object]) -> BTreeSet<u8> {
    let mut codes = BTreeSet::new();
    for operand in operands {
        match operand {
            Object::String(text, _) => codes.extend(text),
            Object::Array(items) => {
                codes.extend(items.iter().filter_map(|item| item.as_str().ok()).flatten());
            }
            _ => {}
        }
    }
    codes
}

/// True for a glyph that says that it has a shape alone, `d1`, and takes the colour of the text.
pub(super) fn is_uncoloured(content: &[u8]) -> bool {
    content.split(u8::is_ascii_whitespace).find(|word| matches!(*word, b"d0" | b"d1")) == Some(b"d1")
}

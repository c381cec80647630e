//! The stable codes. A code, once given, keeps its meaning; `docs/errors.md` explains each.

/// A stable code: `D` and three digits. D1 YAML, D2 the report's structure, D3 text and expressions, D4 data, D5 template,
/// D6 fonts, D7 layout, D8 files and outputs, D9 advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl Code {
    /// A character that no font has.
    pub const GLYPH_MISSING: Self = Self("D601");
    /// No font directory was found.
    pub const FONTS_NOT_FOUND: Self = Self("D602");
    /// None of the faces that a role names is in the font directories.
    pub const FACE_NOT_FOUND: Self = Self("D603");
    /// A font file that cannot be used.
    pub const FACE_UNUSABLE: Self = Self("D604");
}

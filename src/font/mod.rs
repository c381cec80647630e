//! Faces: found, mapped, asked for coverage and metrics, and cut down to what a document uses.

use crate::diagnostic::Diagnostic;
use crate::model::{FontRole, FontSpec};
use crate::world::{FileData, World};
use std::path::PathBuf;

/// A face in [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub u8);

/// One glyph as a role draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlyphInfo {
    /// The face it comes from.
    pub face: FaceId,
    /// Its index in that face.
    pub glyph: u16,
    /// Its advance in em.
    pub advance: f32,
    /// How far its baseline stands above the line's, in em (negative: lowered).
    pub rise: f32,
}

/// Which face of a role draws a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Han characters and Chinese marks, full width: the Han face; “ ” ‘ ’ — … · in their full-width forms.
    Han,
    /// Digits and Latin: the role's Latin face, where it has one.
    Latin,
}

/// The faces of a document.
#[derive(Debug)]
pub struct Fonts {
    /// Files of the faces.
    pub data: Vec<FileData>,
}

impl Fonts {
    /// Opens the faces of all roles from the first directory that has them.
    ///
    /// # Errors
    /// Every role without a face, every file that is no font.
    pub fn load(world: &dyn World, spec: &FontSpec, dirs: &[PathBuf]) -> Result<Self, Vec<Diagnostic>> {
        let _ = (world, spec, dirs);
        Ok(Self { data: Vec::new() })
    }

    /// The glyph of a character in a role; None when neither the role's faces nor its fallbacks have it.
    #[must_use]
    pub fn glyph(&self, role: FontRole, script: Script, character: char) -> Option<GlyphInfo> {
        let _ = (role, script, character);
        None
    }

    /// The glyphs of a doubled mark (`——`, `……`) that is to look like one: one or two glyphs, two em together.
    #[must_use]
    pub fn pair(&self, role: FontRole, mark: char) -> Option<([GlyphInfo; 2], usize)> {
        let _ = (role, mark);
        None
    }
}

//! Which faces play which role. Names only; `font` finds and opens them.

use crate::diagnostic::words;

words! {
    /// The part a typeface plays in an official document.
    pub enum FontRole {
        /// Titles.
        Title = "小标宋" ("标题"),
        /// Body text.
        Body = "仿宋" ("正文"),
        /// First-level headings.
        Hei = "黑体" ("一级标题"),
        /// Second-level headings, date line and speaker.
        Kai = "楷体" ("二级标题"),
        /// Page numbers, tables.
        Song = "宋体" ("页码、表格"),
    }
}

/// The faces of one role.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleFonts {
    /// The role.
    pub role: FontRole,
    /// Names of the Han face (file stem, full name, PostScript name or family), best first; the first that a font
    /// directory has is used, so that an office's own licensed face goes before the open one.
    pub faces: Vec<String>,
    /// Names of the face for digits and Latin letters, best first; empty: the Han face draws them.
    pub latin: Vec<String>,
    /// Faces asked in turn for a character that the others lack.
    pub fallback: Vec<String>,
    /// The name written into Word files for East Asian text.
    pub office: String,
    /// The name written into Word files for Latin text.
    pub office_latin: String,
}

/// All roles of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct FontSpec {
    /// One entry a role, in the order of [`FontRole::ALL`].
    pub roles: Vec<RoleFonts>,
    /// How far a fallback glyph is lowered to sit on the line of the face it replaces, in em.
    pub fallback_drop: f64,
    /// Width of the stroke that emboldens a face without a bold cut, in em.
    pub bold_stroke: f64,
}

impl FontSpec {
    /// The entry of a role.
    #[must_use]
    pub fn role(&self, role: FontRole) -> Option<&RoleFonts> {
        self.roles.iter().find(|r| r.role == role)
    }
}

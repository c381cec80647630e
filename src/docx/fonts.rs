//! Faces that a Word file carries: obfuscated as ECMA-376 part 4, 4.1 says, so that they are not fonts ready for use.

use super::bookmark::checksum;
use crate::model::FontRole;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A face to be embedded. Its makers must allow that in documents that can be edited; it has TrueType outlines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedFace<'a> {
    /// The role it plays.
    pub role: FontRole,
    /// True for the role's digits and Latin letters, false for its Han characters.
    pub latin: bool,
    /// The name by which programs find it.
    pub family: String,
    /// A bold cut of that family.
    pub bold: bool,
    /// The file has some of its characters.
    pub subset: bool,
    /// The font file.
    pub data: Cow<'a, [u8]>,
}

/// The embedded faces of a file, each font file once.
#[derive(Debug)]
pub(super) struct Faces<'a> {
    faces: &'a [EmbeddedFace<'a>],
    files: Vec<&'a EmbeddedFace<'a>>,
}

impl<'a> Faces<'a> {
    pub(super) fn new(faces: &'a [EmbeddedFace<'a>]) -> Self {
        let mut files: Vec<&EmbeddedFace<'_>> = Vec::new();
        for face in faces {
            if !files.iter().any(|f| f.family == face.family && f.bold == face.bold) {
                files.push(face);
            }
        }
        Self { faces, files }
    }

    /// The faces that represent font files, in the order of their parts.
    pub(super) fn files(&self) -> &[&'a EmbeddedFace<'a>] {
        &self.files
    }

    /// The name of a role's face for Latin characters, where it is embedded.
    pub(super) fn latin_name(&self, role: FontRole) -> Option<&str> {
        self.faces.iter().find(|f| f.role == role && f.latin).map(|f| f.family.as_str())
    }

    /// The name of a role's face for Chinese characters, where it is embedded.
    pub(super) fn han_name(&self, role: FontRole) -> Option<&str> {
        self.han(role).map(|f| f.family.as_str())
    }

    /// True where a role's Han face is embedded as the bold cut of its family.
    pub(super) fn is_bold(&self, role: FontRole) -> bool {
        self.han(role).is_some_and(|f| f.bold)
    }

    fn han(&self, role: FontRole) -> Option<&EmbeddedFace<'a>> {
        self.faces.iter().find(|f| f.role == role && !f.latin)
    }
}

impl EmbeddedFace<'_> {
    /// The key of its obfuscation: the same for the same face.
    pub(super) fn guid(&self) -> String {
        let mut digits = String::with_capacity(32);
        for part in 0..4 {
            let sum = checksum(&format!("{} {} {part}", self.family, self.bold));
            // Writing to a string does not fail.
            if write!(digits, "{sum:08X}").is_err() {
                break;
            }
        }
        let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
        format!("{{{}-{}-{}-{}-{}}}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
    }

    /// The first 32 bytes, each mixed with a byte of the key, which runs backward.
    pub(super) fn obfuscated_head(&self) -> Vec<u8> {
        let digits: Vec<u8> = self.guid().chars().filter_map(|c| c.to_digit(16)).map(|d| d as u8).collect();
        let key: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).rev().collect();
        self.data.iter().take(32).zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect()
    }
}

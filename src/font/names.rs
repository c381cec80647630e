//! Names of faces: how files write them, and when two are the same.

use ttf_parser::{PlatformId, name};

/// True for names that differ in nothing but the case of Latin letters.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The text of a name record, where its encoding is Unicode or it is ASCII (PostScript names are, in any encoding).
pub(super) fn decode(record: &name::Name<'_>) -> Option<String> {
    if record.is_unicode() {
        return record.to_string().filter(|s| !s.is_empty());
    }
    let ascii = record.platform_id == PlatformId::Macintosh && record.name.is_ascii() && !record.name.is_empty();
    ascii.then(|| record.name.iter().map(|&b| char::from(b)).collect())
}

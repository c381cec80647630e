//! Rows and columns that a sheet does not show. They are data like others, of which their office should know: a filter that was
//! left on hides rows that a sum counts.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use memchr::memmem;
use zip::ZipArchive;

/// So many bytes of a sheet are looked through; a longer one is not worth the time.
const MOST_BYTES: u64 = 8 << 20;

/// What a sheet hides, by its index from 0.
#[derive(Debug, Default)]
pub(super) struct HiddenParts {
    /// Rows.
    pub rows: BTreeSet<u32>,
    /// The first and the last of neighbouring columns.
    pub columns: Vec<(u32, u32)>,
}

impl HiddenParts {
    /// True for a column that is not shown.
    pub(super) fn has_column(&self, column: u32) -> bool {
        self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// What a sheet of an .xlsx workbook hides, as far as that is found.
pub(super) fn of_xlsx(bytes: &[u8], sheet: &str) -> HiddenParts {
    part_of(bytes, sheet).map(|text| of_part(&text)).unwrap_or_default()
}

/// The text of a sheet, its end perhaps cut off.
fn part_of(bytes: &[u8], sheet: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = |name: &str| {
        let mut text = Vec::new();
        archive.by_name(name).ok()?.take(MOST_BYTES).read_to_end(&mut text).ok()?;
        Some(text)
    };
    let book = part("xl/workbook.xml")?;
    let named = |tag: &&[u8]| value(tag, b"name").is_some_and(|name| unescaped(name).as_deref() == Some(sheet));
    let id = value(tags(&book, b"<sheet ").find(named)?, b"r:id")?.to_vec();
    let relations = part("xl/_rels/workbook.xml.rels")?;
    let target = tags(&relations, b"<Relationship ").find(|tag| value(tag, b"Id") == Some(&id))?;
    let target = unescaped(value(target, b"Target")?)?;
    match target.strip_prefix('/') {
        Some(whole) => part(whole),
        None => part(&format!("xl/{target}")),
    }
}

fn of_part(text: &[u8]) -> HiddenParts {
    let mut parts = HiddenParts::default();
    if memmem::find(text, b"hidden=").is_none() {
        return parts;
    }
    let hides = |tag: &[u8]| value(tag, b"hidden").is_some_and(|v| matches!(v, b"1" | b"true"));
    let index =
        |tag: &[u8], name: &[u8]| std::str::from_utf8(value(tag, name)?).ok()?.parse::<u32>().ok()?.checked_sub(1);
    for tag in tags(text, b"<col ").filter(|tag| hides(tag)) {
        parts.columns.extend(index(tag, b"min").zip(index(tag, b"max")));
    }
    parts.rows = tags(text, b"<row ").filter(|tag| hides(tag)).filter_map(|tag| index(tag, b"r")).collect();
    parts
}

/// The tags that begin so, each up to its end.
fn tags<'a>(text: &'a [u8], start: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    memmem::find_iter(text, start).filter_map(|at| {
        let tag = &text[at..];
        Some(&tag[..memchr::memchr(b'>', tag)?])
    })
}

/// The value of an attribute of a tag.
fn value<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let sign = [b" ", name, b"="].concat();
    let rest = &tag[memmem::find(tag, &sign)? + sign.len()..];
    let (quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    Some(&rest[..memchr::memchr(*quote, rest)?])
}

fn unescaped(text: &[u8]) -> Option<String> {
    Some(quick_xml::escape::unescape(std::str::from_utf8(text).ok()?).ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let text = br#"<cols><col min="2" max="3" width="0" hidden="1"/><col min="5" max="5"/></cols>
            <row r="1"><c r="A1"/></row><row r="3" hidden="1" ht="12"/><row r="4" hidden="0"/><row hidden='true' r='9'>"#;
        let parts = of_part(text);
        assert_eq!(parts.rows.iter().copied().collect::<Vec<_>>(), [2, 8]);
        assert_eq!(parts.columns, [(1, 2)]);
        assert!(parts.has_column(2) && !parts.has_column(3));
    }
}

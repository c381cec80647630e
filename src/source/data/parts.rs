//! The parts of an .xlsx workbook by what they are, and the tags in them.

use std::io::{Cursor, Read as _};

use memchr::memmem;
use zip::ZipArchive;

/// The most bytes of a part that names the others.
const MOST_BYTES: u64 = 8 << 20;

/// The parts of a workbook.
pub(super) type BookArchive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The name of the part of a sheet.
pub(super) fn part_of(archive: &mut BookArchive<'_>, sheet: &str) -> Option<String> {
    let book = small(archive, "xl/workbook.xml")?;
    let named = |tag: &&[u8]| value(tag, b"name").is_some_and(|name| unescaped(name).as_deref() == Some(sheet));
    let id = value(tags(&book, b"sheet ").find(named)?, b"r:id")?.to_vec();
    related(archive, |tag| value(tag, b"Id") == Some(&id))
}

/// The name of the part of the texts that sheets share.
pub(super) fn strings_of(archive: &mut BookArchive<'_>) -> Option<String> {
    related(archive, |tag| value(tag, b"Type").is_some_and(|kind| kind.ends_with(b"/sharedStrings")))
}

/// The name of the part that a relation of the workbook leads to.
fn related(archive: &mut BookArchive<'_>, wanted: impl Fn(&[u8]) -> bool) -> Option<String> {
    let relations = small(archive, "xl/_rels/workbook.xml.rels")?;
    let target = tags(&relations, b"Relationship ").find(|tag| wanted(tag))?;
    let target = unescaped(value(target, b"Target")?)?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

fn small(archive: &mut BookArchive<'_>, name: &str) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(MOST_BYTES).read_to_end(&mut text).ok()?;
    Some(text)
}

/// The tags that begin so, each up to its end; after a prefix too, as some programs write one.
pub(super) fn tags<'a>(text: &'a [u8], start: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let opens = |at: usize| match text.get(at.wrapping_sub(1)) {
        Some(b'<') => true,
        Some(b':') => {
            let before = &text[..at - 1];
            let prefix = before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            prefix > 0 && before.len() > prefix && before[before.len() - prefix - 1] == b'<'
        }
        _ => false,
    };
    memmem::find_iter(text, start).filter(move |at| opens(*at)).filter_map(|at| {
        let tag = &text[at..];
        Some(&tag[..memchr::memchr(b'>', tag)?])
    })
}

/// The value of an attribute of a tag.
pub(super) fn value<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let sign = [b" ", name, b"="].concat();
    let rest = &tag[memmem::find(tag, &sign)? + sign.len()..];
    let (quote, rest) = rest.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    Some(&rest[..memchr::memchr(*quote, rest)?])
}

fn unescaped(text: &[u8]) -> Option<String> {
    Some(quick_xml::escape::unescape(std::str::from_utf8(text).ok()?).ok()?.into_owned())
}

/// A text with the characters that a workbook writes as `_x000D_`.
pub(super) fn typed(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        if let Some(c) = code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
            out.push(c);
            rest = &rest[at + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    out.push_str(rest);
    out.into()
}

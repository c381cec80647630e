//! What tells an untouched Word file from one that an editor has worked in: a hash of its parts among its own properties.
//!
//! The hash is of what the parts hold, not of how the zip stores them: a gateway that repacks the file changes nothing. It keeps
//! no forger out; editors are no forgers.

use crate::reuse::{ContentHash, ContentHasher};
use quick_xml::events::Event;
use quick_xml::name::QName;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};
use zip::ZipArchive;

/// The part that holds the hash, and is not hashed.
pub(super) const PROPERTIES: &str = "docProps/custom.xml";
/// The property that holds the hash.
pub(super) const PROPERTY: &str = "Content";
/// The property that names the program.
pub(super) const PRODUCER: &str = "Producer";

/// More than any report holds, unpacked: what is larger is none of ours.
const MOST_BYTES: u64 = 1 << 30;
/// The properties are a few lines.
const MOST_PROPERTIES: u64 = 1 << 20;

/// Whose work a Word file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authorship {
    /// This program wrote it, and nobody has changed it since.
    Untouched,
    /// This program wrote it, and it has been saved by another since.
    Revised,
    /// Another program wrote it, or it is no Word file.
    Foreign,
}

/// The properties with another hash.
pub(super) fn resealed(properties: &str, seal: &str) -> String {
    let key = format!("name=\"{PROPERTY}\"");
    let place = properties.find(&key).and_then(|at| {
        let from = at + properties[at..].find("<vt:lpwstr>")? + "<vt:lpwstr>".len();
        Some(from..from + properties[from..].find('<')?)
    });
    match place {
        Some(place) => format!("{}{seal}{}", &properties[..place.start], &properties[place.end..]),
        None => properties.to_owned(),
    }
}

/// Whose work a file is.
#[must_use]
pub fn authorship(bytes: &[u8]) -> Authorship {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return Authorship::Foreign };
    let Some(properties) = properties(&mut zip) else { return Authorship::Foreign };
    if !properties.get(PRODUCER).is_some_and(|by| by.starts_with(concat!(env!("CARGO_PKG_NAME"), " "))) {
        return Authorship::Foreign;
    }
    match (properties.get(PROPERTY), Seal::of(&mut zip)) {
        (Some(carried), Ok(seal)) if *carried == seal.finish() => Authorship::Untouched,
        _ => Authorship::Revised,
    }
}

/// The hash of a package.
#[derive(Debug, Default)]
pub(super) struct Seal {
    /// Each part's hash, by name: programs that repack a file choose an order of their own.
    parts: BTreeMap<String, ContentHash>,
}

impl Seal {
    /// Takes in a part.
    pub(super) fn part(&mut self, name: &str, content: ContentHash) {
        if name != PROPERTIES {
            self.parts.insert(name.to_owned(), content);
        }
    }

    /// The hash, in hexadecimal digits.
    pub(super) fn finish(&self) -> String {
        let mut all = Vec::new();
        for (name, part) in &self.parts {
            all.extend_from_slice(name.as_bytes());
            // A zero byte is in no name.
            all.push(0);
            all.extend_from_slice(part.bytes());
        }
        format!("{:?}", ContentHash::of_bytes(&[&all]))
    }

    fn of(zip: &mut ZipArchive<Cursor<&[u8]>>) -> io::Result<Self> {
        let mut seal = Self::default();
        let mut left = MOST_BYTES;
        let mut piece = vec![0; 1 << 16];
        for index in 0..zip.len() {
            let mut part = zip.by_index(index)?;
            if part.is_dir() {
                continue;
            }
            let name = part.name()?.into_owned();
            let mut hasher = ContentHasher::default();
            loop {
                let read = part.read(&mut piece)?;
                if read == 0 {
                    break;
                }
                left = left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
                hasher.take(piece.get(..read).unwrap_or_default());
            }
            seal.part(&name, hasher.finish());
        }
        Ok(seal)
    }
}

/// The custom properties of text, by name (ECMA-376 part 1, 22.3). None where the package has none that can be read.
fn properties(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Option<BTreeMap<String, String>> {
    let mut text = String::new();
    zip.by_name(PROPERTIES).ok()?.take(MOST_PROPERTIES).read_to_string(&mut text).ok()?;
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut all = BTreeMap::new();
    let mut name = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) if element.local_name().as_ref() == "property" => {
                let given = element.attributes().flatten().find(|a| a.key == QName("name"))?;
                name = given.value.into_owned();
            }
            Event::Text(value) => {
                let value = value.into_inner();
                if !value.trim().is_empty() {
                    all.insert(name.clone(), value.trim().to_owned());
                }
            }
            Event::Eof => return Some(all),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Authorship, ContentHash, Seal, authorship};
    use std::io::{Cursor, Write as _};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn custom(seal: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><Properties xmlns:vt=\"t\"><property name=\"Producer\"><vt:lpwstr>dinggao 9</vt:lpwstr></property>\
             <property name=\"Content\"><vt:lpwstr>{seal}</vt:lpwstr></property></Properties>"
        )
    }

    fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn seal(parts: &[(&str, &str)]) -> String {
        let mut seal = Seal::default();
        for (name, text) in parts {
            seal.part(name, ContentHash::of_bytes(&[text.as_bytes()]));
        }
        seal.finish()
    }

    #[test]
    fn any_change_of_a_part_breaks_the_seal_and_packing_anew_does_not() {
        let custom = custom(&seal(&[("a.xml", "one"), ("b.xml", "two")]));
        let of = |parts: &[(&str, &str)]| authorship(&zip(parts));
        let own = ("docProps/custom.xml", custom.as_str());
        assert_eq!(of(&[("a.xml", "one"), ("b.xml", "two"), own]), Authorship::Untouched);
        assert_eq!(of(&[own, ("b.xml", "two"), ("a.xml", "one")]), Authorship::Untouched);
        assert_eq!(of(&[("a.xml", "onE"), ("b.xml", "two"), own]), Authorship::Revised);
        assert_eq!(of(&[("a.xml", "one"), own]), Authorship::Revised);
        assert_eq!(of(&[("a.xml", "one"), ("b.xml", "two"), ("c.xml", ""), own]), Authorship::Revised);
        assert_eq!(of(&[("a.xml", "one"), ("b.xml", "two")]), Authorship::Foreign);
        assert_eq!(of(&[("a.xml", "one"), ("docProps/custom.xml", "<Properties/>")]), Authorship::Foreign);
        assert_eq!(authorship(b"PK no zip"), Authorship::Foreign);
    }
}

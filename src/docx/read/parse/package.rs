//! The zip: parts by name, within limits; relationships.

use super::super::ReadError;
use super::tree::{Ns, tree};
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// More entries than any report has: a thousand pictures are possible.
const MOST_ENTRIES: usize = 10_000;
/// The most bytes of one part of XML. A thousand pages have about 40 MB.
const MOST_XML: u64 = 96 << 20;
/// The most bytes of a picture.
const MOST_PICTURE: u64 = 64 << 20;
/// The most bytes that all parts read together may have.
const MOST_IN_ALL: u64 = 256 << 20;
/// Parts beyond the first size that shrank to less than one in so many are made to do harm: text shrinks to a fortieth at most.
const SUSPECT: (u64, u64) = (8 << 20, 400);

/// An opened package.
pub(in super::super) struct OpenedPackage<'a> {
    store: PartStore<'a>,
    /// Index by the name in lower case, without a leading slash.
    names: BTreeMap<String, usize>,
    read: u64,
    /// The addresses outside the package that a part leads to, by their ids.
    addresses: BTreeMap<String, BTreeMap<String, String>>,
    /// The main part.
    pub(in super::super) main: String,
}

/// Where the parts are.
enum PartStore<'a> {
    /// In a file.
    Zip(ZipArchive<Cursor<&'a [u8]>>),
    /// In memory, as they were written. Each is handed over to the first who asks for it.
    Written(Vec<Option<Vec<u8>>>),
}

impl<'a> OpenedPackage<'a> {
    /// Parts that this program has just written, by name. Each can be read once.
    pub(in super::super) fn of_parts(parts: Vec<(String, Vec<u8>)>) -> Self {
        let names = parts.iter().enumerate().map(|(index, (name, _))| (plain(name), index)).collect();
        let store = PartStore::Written(parts.into_iter().map(|(_, bytes)| Some(bytes)).collect());
        let (addresses, main) = (BTreeMap::new(), "word/document.xml".to_owned());
        Self { store, names, read: 0, addresses, main }
    }

    /// Opens a package and finds its main part.
    pub(in super::super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(ReadError::Ole);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::NotZip)?;
        if zip.len() > MOST_ENTRIES {
            return Err(ReadError::Limit { what: "entries" });
        }
        let mut names = BTreeMap::new();
        for index in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(index) {
                // The first of two entries of one name is the one that Word reads.
                names.entry(plain(&name)).or_insert(index);
            }
        }
        let (addresses, main) = (BTreeMap::new(), String::new());
        let mut package = Self { store: PartStore::Zip(zip), names, read: 0, addresses, main };
        let main = package.relationships("")?.into_iter().find(|r| r.kind.ends_with("/officeDocument"));
        let main = main.map_or_else(|| "word/document.xml".to_owned(), |r| r.target);
        if !package.has(&main) || !is_text(&main) {
            return Err(ReadError::NotWord);
        }
        package.main = main;
        Ok(package)
    }

    /// True for a part that is there.
    pub(in super::super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// The names of all parts, in lower case.
    fn names(&self) -> Vec<String> {
        self.names.keys().cloned().collect()
    }

    fn bytes(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(&index) = self.names.get(&plain(name)) else { return Ok(None) };
        let damaged = |cause: String| ReadError::Xml { part: name.to_owned(), cause };
        let zip = match &mut self.store {
            PartStore::Zip(zip) => zip,
            PartStore::Written(parts) => return Ok(parts.get_mut(index).and_then(Option::take)),
        };
        let entry = zip.by_index(index).map_err(|e| damaged(e.to_string()))?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        if size > most || self.read + size > MOST_IN_ALL || (size > SUSPECT.0 && size / packed.max(1) > SUSPECT.1) {
            return Err(ReadError::Limit { what: "size" });
        }
        // The size in the head may lie.
        let mut bytes = Vec::with_capacity(size.min(1 << 24) as usize);
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
        self.read += bytes.len() as u64;
        if bytes.len() as u64 > most || self.read > MOST_IN_ALL {
            return Err(ReadError::Limit { what: "size" });
        }
        Ok(Some(bytes))
    }

    /// A part of XML as text; None where it is not there.
    pub(in super::super) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(name, MOST_XML)? else { return Ok(None) };
        let bytes = match bytes.as_slice() {
            [0xef, 0xbb, 0xbf, rest @ ..] => rest.to_vec(),
            [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
            _ => bytes,
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| ReadError::Xml { part: name.to_owned(), cause: "not UTF-8".to_owned() })?;
        Ok(Some(text))
    }

    /// The bytes of a picture; None where it is not there.
    pub(in super::super) fn picture(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.bytes(name, MOST_PICTURE)
    }

    /// The relationships of a part; those of the package for an empty name. External ones are [`Self::addresses`].
    pub(in super::super) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(xml) = self.xml(&name)? else { return Ok(Vec::new()) };
        let root = tree(&xml, &name)?;
        let mut found = Vec::new();
        for element in root.elements().filter(|e| e.is(Ns::Other, "Relationship")) {
            let of = |key| element.attribute(key).unwrap_or_default().to_owned();
            if of("TargetMode") == "External" {
                self.addresses.entry(part.to_owned()).or_default().insert(of("Id"), of("Target"));
                continue;
            }
            found.push(Relationship { id: of("Id"), kind: of("Type"), target: resolve(folder, &of("Target")) });
        }
        Ok(found)
    }

    /// The addresses outside the package that a part leads to, by their ids. Its relationships must have been read.
    pub(in super::super) fn addresses(&self, part: &str) -> BTreeMap<String, String> {
        self.addresses.get(part).cloned().unwrap_or_default()
    }

    /// The text of the custom part whose root is in a namespace.
    pub(in super::super) fn custom(&mut self, namespace: &str) -> Option<String> {
        for name in self.names() {
            let numbered = name.strip_prefix("customxml/item").and_then(|n| n.strip_suffix(".xml"));
            if !numbered.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) {
                continue;
            }
            // Another program's part that cannot be read is none of ours.
            let Ok(Some(xml)) = self.xml(&name) else { continue };
            if !xml.contains(namespace) {
                continue;
            }
            let Ok(root) = tree(&xml, &name) else { continue };
            if *root.namespace == *namespace {
                return Some(root.all_text());
            }
        }
        None
    }
}

/// What a part refers to.
#[derive(Clone, Debug)]
pub(in super::super) struct Relationship {
    /// Its id in the part.
    pub(in super::super) id: String,
    /// Its type, a URI.
    pub(in super::super) kind: String,
    /// The part that it leads to.
    pub(in super::super) target: String,
}

fn is_text(name: &str) -> bool {
    let name = plain(name);
    !name.starts_with("xl/") && !name.starts_with("ppt/")
}

fn plain(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

fn wide(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Vec<u8> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|&pair| read(pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>().into_bytes()
}

/// A target from the folder of its part: without `.` and `..`.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(piece),
        }
    }
    parts.retain(|p| !p.is_empty());
    parts.join("/")
}

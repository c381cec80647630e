//! The part of an OpenDocument workbook that holds its sheets, read as a stream.

use std::io::{BufRead, BufReader, Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::BytesStart;
use zip::ZipArchive;

/// The most bytes of the part. A hundred thousand rows have about 100 MB.
const MOST_XML: u64 = 256 << 20;
/// The most bytes of the list of parts.
const MOST_LIST: u64 = 1 << 20;

/// A stream of XML.
pub(super) type OdsXml<'a> = Reader<&'a mut dyn BufRead>;

/// Calls `read` with the part that holds the sheets.
pub(super) fn content<T>(
    bytes: &[u8],
    read: impl FnOnce(&mut OdsXml<'_>) -> Result<T, quick_xml::Error>,
) -> Result<T, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| e.to_string())?;
    let mut list = String::new();
    if let Ok(part) = zip.by_name("META-INF/manifest.xml") {
        part.take(MOST_LIST).read_to_string(&mut list).map_err(|e| e.to_string())?;
    }
    if list.contains("encryption-data") {
        return Err("it has a password".to_owned());
    }
    let part = zip.by_name("content.xml").map_err(|e| e.to_string())?;
    if part.size() > MOST_XML {
        return Err("it is too large".to_owned());
    }
    let mut source = BufReader::new(part.take(MOST_XML));
    let mut reader = Reader::from_reader(&mut source as &mut dyn BufRead);
    reader.config_mut().expand_empty_elements = true;
    read(&mut reader).map_err(|e| e.to_string())
}

/// The value of an attribute, by its name with the prefix that all offices write.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(quick_xml::escape::unescape(&attribute.value).ok()?.into_owned())
}

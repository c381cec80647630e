//! Objects, made from what we know.

use crate::pdf::{PdfError, content};
use crate::reuse::{ContentHash, PackedStreams};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};
use std::io::Write as _;

/// How hard streams are deflated: a level higher takes half as long again for one per cent.
const LEVEL: u32 = 6;

/// Deflates the bytes of a stream (FlateDecode, 7.4.4).
pub(in crate::pdf) fn deflate(bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(LEVEL));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The bytes of a stream, deflated: as they were packed before, where they are the same.
pub(super) fn packed(streams: Option<&PackedStreams>, bytes: &[u8]) -> Result<Vec<u8>, PdfError> {
    let Some(streams) = streams else { return deflate(bytes) };
    let key = ContentHash::of_bytes(&[b"FlateDecode\n", bytes]);
    streams.make(key, || deflate(bytes)).map(|packed| packed.to_vec())
}

/// A stream of bytes that have been deflated.
pub(super) fn deflated(mut dictionary: Dictionary, bytes: Vec<u8>) -> Stream {
    dictionary.set("Filter", "FlateDecode");
    Stream::new(dictionary, bytes).with_compression(false)
}

/// A number: an integer where it is one.
pub(super) fn number(value: f32) -> Object {
    if value.fract() == 0.0 && value.abs() < 1e6 { Object::Integer(value as i64) } else { Object::Real(value) }
}

/// A text string (7.9.2.2): ASCII as it is, which PDFDocEncoding has in the same places, everything else in UTF-16BE.
pub(super) fn text(text: &str) -> Object {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
    } else {
        Object::String(content::utf16(text), StringFormat::Hexadecimal)
    }
}

/// A name.
pub(super) fn name(name: impl Into<Vec<u8>>) -> Object {
    Object::Name(name.into())
}

/// A destination (12.3.2.2): a height on a page, at the zoom that the reader has.
pub(super) fn destination(page: ObjectId, top: f32) -> Vec<Object> {
    vec![Object::Reference(page), name("XYZ"), Object::Integer(0), number(top), Object::Null]
}

/// An index or a count.
pub(super) fn count(value: usize) -> Result<Object, PdfError> {
    i64::try_from(value).map(Object::Integer).map_err(|_| PdfError::TooLarge)
}

//! Damage to a PDF: one thing changed.

use super::reader;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

/// Breaks one thing.
pub(super) type Break = fn(&mut Document);

pub(super) fn catalog(file: &mut Document) -> &mut Dictionary {
    file.catalog_mut().unwrap()
}

pub(super) fn page(file: &mut Document) -> &mut Dictionary {
    let id = reader::pages(file)[0];
    file.get_dictionary_mut(id).unwrap()
}

pub(super) fn info(file: &mut Document) -> &mut Dictionary {
    let id = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    file.get_dictionary_mut(id).unwrap()
}

/// The packet with a text replaced.
pub(super) fn packet(file: &mut Document, from: &str, to: &str) {
    let id = catalog(file).get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = file.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    let text = String::from_utf8(stream.content.clone()).unwrap();
    assert!(text.contains(from), "{from}");
    stream.set_content(text.replace(from, to).into_bytes());
}

/// The output intent for a press.
pub(super) fn intent(file: &mut Document) -> &mut Dictionary {
    let id = catalog(file).get(b"OutputIntents").unwrap().as_array().unwrap()[0].as_reference().unwrap();
    file.get_dictionary_mut(id).unwrap()
}

/// The profile with some bytes changed.
pub(super) fn profile(file: &mut Document, at: usize, bytes: &[u8]) {
    let id = intent(file).get(b"DestOutputProfile").unwrap().as_reference().unwrap();
    let stream = file.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    let mut content = stream.decompressed_content().unwrap();
    content[at..at + bytes.len()].copy_from_slice(bytes);
    stream.set_plain_content(content);
}

/// Hangs an object where a reader of the whole file finds it.
pub(super) fn hang(file: &mut Document, object: impl Into<Object>) {
    let id = file.add_object(object);
    catalog(file).set("PieceInfo", id);
}

/// A stream with one key more.
pub(super) fn stream(file: &mut Document, mut dictionary: Dictionary, key: &str, value: impl Into<Object>) {
    dictionary.set(key, value);
    hang(file, Stream::new(dictionary, Vec::new()));
}

/// More content on the first page, and resources for it.
pub(super) fn paint(file: &mut Document, content: &str, kind: &str, resources: Dictionary) {
    let stream = file.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
    let page = page(file);
    let mut contents = page.get(b"Contents").unwrap().as_array().unwrap().clone();
    contents.push(stream.into());
    page.set("Contents", contents);
    let known = page.get(b"Resources").unwrap().clone();
    let mut known = reader::dict(file, &known);
    known.set(kind, resources);
    self::page(file).set("Resources", known);
}

pub(super) fn image() -> Dictionary {
    dictionary! { "Subtype" => "Image" }
}

pub(super) fn form() -> Dictionary {
    dictionary! { "Subtype" => "Form" }
}

pub(super) fn state(file: &mut Document, key: &str, value: impl Into<Object>) {
    let mut state = dictionary! { "Type" => "ExtGState" };
    state.set(key, value);
    hang(file, state);
}

pub(super) fn name(name: &str) -> Object {
    Object::Name(name.into())
}

/// A space by the profile of the press, of so many colours.
pub(super) fn profiled(file: &mut Document, parts: i64) -> Object {
    let id = intent(file).get(b"DestOutputProfile").unwrap().as_reference().unwrap();
    let mut stream = file.get_object(id).unwrap().as_stream().unwrap().clone();
    stream.dict.set("N", parts);
    Object::Array(vec![name("ICCBased"), file.add_object(stream).into()])
}

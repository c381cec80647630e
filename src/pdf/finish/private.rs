//! The figures on the pages, kept in the file for this program: private data of an application (14.5).
//!
//! An attachment would be the better known place. But PDF/A-2 allows no attachment that is not itself PDF/A, and PDF/A-3, which
//! does, is not taken by every archive; private data are no attachment, and every part of PDF/A leaves them alone. So the claim of
//! the file stays what it is, and anyone who opens it sees no paper clip.

use super::metadata::Time;
use super::object::{deflate, deflated};
use crate::pdf::PdfError;
use lopdf::{Dictionary, Document, Object, dictionary};

/// Under whose name the data are.
const OWNER: &[u8] = b"Dinggao";
/// More than any report's figures take.
const MOST: usize = 1 << 28;

/// Puts facts into a file; the value of the catalog's PieceInfo.
pub(super) fn facts(file: &mut Document, facts: &[u8], time: Time) -> Result<Dictionary, PdfError> {
    let stream = deflated(Dictionary::new(), deflate(facts)?);
    let stream = file.add_object(stream);
    let data = dictionary! { "LastModified" => time.pdf(), "Private" => stream };
    let mut pieces = Dictionary::new();
    pieces.set(OWNER, Object::Dictionary(data));
    Ok(pieces)
}

/// The facts that a file holds; None for a file without any, and for what is no PDF.
pub(in crate::pdf) fn read(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Document::load_mem(bytes).ok()?;
    let follow = |object: &Object| match object {
        Object::Reference(id) => file.get_object(*id).ok().cloned(),
        other => Some(other.clone()),
    };
    let catalog = file.catalog().ok()?;
    let pieces = follow(catalog.get(b"PieceInfo").ok()?)?;
    let own = follow(pieces.as_dict().ok()?.get(OWNER).ok()?)?;
    let private = follow(own.as_dict().ok()?.get(b"Private").ok()?)?;
    let stream = private.as_stream().ok()?;
    stream.decompressed_content_with_limit(MOST).ok()
}

//! The cross-reference stream (7.5.8) at the end of a file, deflated: lopdf writes it as it is.

use super::object::deflate;
use crate::pdf::PdfError;
use memchr::memmem;

/// The file with its last object, the cross-reference stream, deflated. What is written in another way stays as it is.
pub(super) fn deflated(mut file: Vec<u8>) -> Result<Vec<u8>, PdfError> {
    let Some((start, object)) = deflated_object(&file)? else { return Ok(file) };
    file.truncate(start);
    file.extend(object);
    Ok(file)
}

/// The predictor whose rows are each the difference from the row above (7.4.4.4): entries of neighbours differ little.
const UP: u8 = 12;

/// The bytes of an entry: the sum of the widths of its fields.
fn entry_width(dictionary: &[u8]) -> Option<usize> {
    const WIDTHS: &[u8] = b"/W[";
    let from = memmem::find(dictionary, WIDTHS)? + WIDTHS.len();
    let widths = dictionary.get(from..from + dictionary.get(from..)?.iter().position(|&b| b == b']')?)?;
    let sum =
        std::str::from_utf8(widths).ok()?.split_whitespace().map(|w| w.parse::<usize>().ok()).sum::<Option<_>>()?;
    (sum > 0).then_some(sum)
}

/// Each row as the tag of its filter and its difference from the row above.
fn differences(entries: &[u8], width: usize) -> Vec<u8> {
    const FILTER_UP: u8 = 2;
    let mut out = Vec::with_capacity(entries.len() + entries.len() / width);
    let mut above = vec![0; width];
    for row in entries.chunks_exact(width) {
        out.push(FILTER_UP);
        out.extend(row.iter().zip(&above).map(|(&byte, &up)| byte.wrapping_sub(up)));
        above.copy_from_slice(row);
    }
    out
}

fn deflated_object(file: &[u8]) -> Result<Option<(usize, Vec<u8>)>, PdfError> {
    let Some((start, dictionary, entries)) = parts(file) else { return Ok(None) };
    let Some(width) = entry_width(dictionary).filter(|&width| entries.len() % width == 0) else { return Ok(None) };
    let entries = deflate(&differences(entries, width))?;
    let mut object = dictionary.to_vec();
    let parameters = format!("/DecodeParms<</Predictor {UP}/Columns {width}>>");
    object.extend(format!("/Filter/FlateDecode{parameters}/Length {}>>stream\n", entries.len()).into_bytes());
    object.extend(entries);
    object.extend(format!("\nendstream\nendobj\n\nstartxref\n{start}\n%%EOF\n").into_bytes());
    Ok(Some((start, object)))
}

/// Where the object begins, its dictionary up to the length, and its entries.
fn parts(file: &[u8]) -> Option<(usize, &[u8], &[u8])> {
    const LENGTH: &[u8] = b"/Length ";
    const STREAM: &[u8] = b">>stream\n";
    let from = memmem::rfind(file, b"startxref")?;
    let number = std::str::from_utf8(file.get(from..)?).ok()?.split_whitespace().nth(1)?;
    let start: usize = number.parse().ok()?;
    let object = file.get(start..from)?;
    let head = memmem::find(object, STREAM)?;
    let length = memmem::rfind(object.get(..head)?, LENGTH)?;
    let bytes: usize = std::str::from_utf8(object.get(length + LENGTH.len()..head)?).ok()?.trim().parse().ok()?;
    let body = head + STREAM.len();
    Some((start, object.get(..length)?, object.get(body..body + bytes)?))
}

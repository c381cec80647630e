//! What the file says of itself.

use crate::diagnostic::say;
use crate::pdf::verify::check::{Findings, VerifyCheck};
use crate::pdf::verify::input::VerifyInput;
use crate::pdf::verify::xmp::ns;
use lopdf::Object;

const VERSION: &str = "PDF/X-4";

pub(super) fn check(input: &VerifyInput<'_>, found: &mut Findings) {
    version(input, found);
    let document = &input.file.document;
    if document.was_encrypted() || document.is_encrypted() {
        found.whole(VerifyCheck::ENCRYPTED, say!("文件已加密", "the file is encrypted"));
    }
    let id = document.trailer.get(b"ID").ok().map(|id| input.file.follow(id));
    let halves = id.and_then(|id| id.as_array().ok()).map(Vec::as_slice).unwrap_or_default();
    let sound = halves.len() == 2 && halves.iter().all(|half| half.as_str().is_ok_and(|bytes| !bytes.is_empty()));
    if !sound {
        found.whole(VerifyCheck::FILE_ID, say!("没有 ID，或者不是两段", "there is no ID, or it is not of two strings"));
    }
    trapped(input, found);
    if input.xmp.is_none() {
        found.whole(
            VerifyCheck::METADATA,
            say!("没有元数据，或者不是 XML", "there are no metadata, or they are no XML"),
        );
        return;
    }
    match input.metadata(ns::PDFX_ID, "GTS_PDFXVersion") {
        Some(VERSION) => {}
        Some(other) => {
            found.whole(
                VerifyCheck::IDENTIFICATION,
                say!("GTS_PDFXVersion 是“{other}”", "GTS_PDFXVersion is {other:?}"),
            );
        }
        None => found.whole(VerifyCheck::IDENTIFICATION, say!("没有 GTS_PDFXVersion", "there is no GTS_PDFXVersion")),
    }
    let asked = [
        (VerifyCheck::TITLE, ns::DC, "title"),
        (VerifyCheck::DATES, ns::XMP, "CreateDate"),
        (VerifyCheck::DATES, ns::XMP, "ModifyDate"),
        (VerifyCheck::DATES, ns::XMP, "MetadataDate"),
        (VerifyCheck::DOCUMENT_ID, ns::MEDIA, "DocumentID"),
        (VerifyCheck::DOCUMENT_ID, ns::MEDIA, "VersionID"),
        (VerifyCheck::DOCUMENT_ID, ns::MEDIA, "RenditionClass"),
    ];
    for (check, space, name) in asked {
        if input.metadata(space, name).is_none() {
            found.whole(check, say!("没有 {name}", "there is no {name}"));
        }
    }
    info(input, found);
}

/// The version of the header, or a later one of the catalog (7.5.2).
fn version(input: &VerifyInput<'_>, found: &mut Findings) {
    let number = |version: &str| {
        let (major, minor) = version.split_once('.')?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    };
    let header = number(&input.file.document.version);
    let catalog = input.file.name(input.catalog, b"Version").and_then(|name| number(std::str::from_utf8(name).ok()?));
    let later = header.max(catalog);
    if later.is_none_or(|later| later > (1, 6)) {
        let version = later.map_or_else(|| "?".to_owned(), |(major, minor)| format!("{major}.{minor}"));
        found.whole(VerifyCheck::VERSION, say!("版本是 {version}", "the version is {version}"));
    }
}

fn trapped(input: &VerifyInput<'_>, found: &mut Findings) {
    let value = input.file.info().and_then(|info| input.file.value(info, b"Trapped"));
    let info = value.and_then(|value| match value {
        Object::Name(name) => std::str::from_utf8(name).ok(),
        _ => None,
    });
    let packet = input.metadata(ns::PDF, "Trapped");
    let sound = |value: Option<&str>| matches!(value, Some("True" | "False"));
    // What there is no packet for is told of the packet.
    let same = packet == info || input.xmp.is_none();
    if !(sound(info) && same) {
        let (info, packet) = (info.unwrap_or("-"), packet.unwrap_or("-"));
        found.whole(
            VerifyCheck::TRAPPED,
            say!(
                "信息字典是 {info}，元数据是 {packet}",
                "{info} in the information dictionary, {packet} in the metadata"
            ),
        );
    }
}

/// What both the information dictionary and the packet say has to be the same.
fn info(input: &VerifyInput<'_>, found: &mut Findings) {
    let Some(info) = input.file.info() else { return };
    let pairs: [(&str, &str, &str); 3] =
        [("Title", ns::DC, "title"), ("CreationDate", ns::XMP, "CreateDate"), ("ModDate", ns::XMP, "ModifyDate")];
    for (key, space, name) in pairs {
        let (Some(old), Some(new)) = (input.file.text(info, key.as_bytes()), input.metadata(space, name)) else {
            continue;
        };
        let same = if key == "Title" { old.trim() == new } else { moment(&old) == moment(new) };
        if !same {
            found.whole(
                VerifyCheck::INFO_AGREES,
                say!("{key} 是“{old}”，{name} 是“{new}”", "{key} is {old:?}, {name} is {new:?}"),
            );
        }
    }
}

/// A date as its digits and the sign of its zone: `D:20240108000000+08'00'` and `2024-01-08T00:00:00+08:00` alike. What is left out
/// at the end is zero; Z is no distance from it.
fn moment(date: &str) -> String {
    let date = date.trim_start_matches("D:");
    let zone = date
        .char_indices()
        .find(|&(at, c)| matches!(c, '+' | 'Z') || c == '-' && at > 10)
        .map_or(date.len(), |at| at.0);
    let (time, zone) = date.split_at(zone);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let sign = if zone.starts_with('-') { '-' } else { '+' };
    // Fractions of a second, which only one of the two can have, do not count.
    let whole = time.split_once('.').map_or(time, |(whole, _)| whole);
    let (time, zone) = (digits(whole), digits(zone));
    let sign = if zone.chars().all(|c| c == '0') { '+' } else { sign };
    format!("{time:0<14}{sign}{zone:0<4}")
}

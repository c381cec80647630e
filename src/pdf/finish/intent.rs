//! Output intents (14.11.5): what the colours of a file mean.

use super::object::{deflate, deflated};
use crate::pdf::PdfError;
use lopdf::{Document, Object, dictionary};

/// sRGB (IEC 61966-2-1).
const SRGB: &[u8] = include_bytes!("../../../profiles/srgb.icc");

/// That of an archive's file: its colours are those of a screen.
pub(super) fn archive(file: &mut Document) -> Result<Object, PdfError> {
    let profile = deflated(dictionary! { "N" => 3 }, deflate(SRGB)?);
    let profile = file.add_object(profile);
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB IEC61966-2.1"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    Ok(Object::Array(vec![Object::Reference(file.add_object(intent))]))
}

//! Output intents (14.11.5): what the colours of a file mean.

use super::object::{deflate, deflated, packed};
use super::press::PressInks;
use crate::pdf::PdfError;
use crate::reuse::PackedStreams;
use lopdf::{Document, Object, dictionary};

/// sRGB (IEC 61966-2-1).
const SRGB: &[u8] = include_bytes!("../profiles/srgb.icc");

/// That of an archive's file: its colours are those of a screen.
pub(super) fn archive(file: &mut Document, streams: Option<&PackedStreams>) -> Result<Object, PdfError> {
    let profile = deflated(dictionary! { "N" => 3 }, packed(streams, SRGB)?);
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

/// Those of a press: one for PDF/X and one for PDF/A, of one profile (ISO 19005-2 6.2.3).
pub(super) fn print(file: &mut Document, inks: &PressInks) -> Result<Object, PdfError> {
    let profile = deflated(dictionary! { "N" => 4 }, deflate(&inks.icc)?);
    let profile = file.add_object(profile);
    let mut intents = Vec::new();
    for kind in ["GTS_PDFX", "GTS_PDFA1"] {
        let mut intent = dictionary! {
            "Type" => "OutputIntent",
            "S" => kind,
            "OutputConditionIdentifier" => Object::string_literal(inks.condition.as_str()),
            "Info" => Object::string_literal(inks.condition.as_str()),
            "DestOutputProfile" => profile,
        };
        if inks.registered {
            intent.set("RegistryName", Object::string_literal("http://www.color.org"));
        }
        intents.push(Object::Reference(file.add_object(intent)));
    }
    Ok(Object::Array(intents))
}

//! Pictures of shapes in the inks of a press.

use super::inks::PressInks;
use crate::pdf::{PdfError, units};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream};

/// The form of a picture of shapes with its colours as inks and nothing transparent; None where it has gradients, patterns or
/// transparency, which are drawn as pixels instead.
pub(in crate::pdf::finish) fn pressed(
    file: &Document,
    form: &Stream,
    inks: &PressInks,
) -> Result<Option<Stream>, PdfError> {
    let plain = form.decompressed_content().ok().or_else(|| Some(form.content.clone()));
    let Some(content) = plain.and_then(|content| Content::decode(&content).ok()) else { return Ok(None) };
    let resources = form.dict.get(b"Resources").map(|resources| dictionary(file, resources)).unwrap_or_default();
    let states = resources.get(b"ExtGState").map(|states| dictionary(file, states)).unwrap_or_default();
    let mut operations = Vec::with_capacity(content.operations.len());
    for Operation { operator, operands } in content.operations {
        match operator.as_str() {
            // Spaces of the screen: each colour names its own now.
            "cs" | "CS" if is_named(&operands, b"Pattern") => return Ok(None),
            "sc" | "scn" | "rg" | "g" | "SC" | "SCN" | "RG" | "G" => {
                let Some(light) = light(&operands) else { return Ok(None) };
                let operator = if operator.starts_with(char::is_uppercase) { "K" } else { "k" };
                let parts = inks.color(light)?.map(|part| Object::Real(units::number(f64::from(part))));
                operations.push(Operation::new(operator, parts.to_vec()));
            }
            "gs" if !is_opaque(file, &states, &operands) => return Ok(None),
            "gs" | "cs" | "CS" | "ri" => {}
            "Do" | "sh" | "BI" => return Ok(None),
            _ => operations.push(Operation { operator, operands }),
        }
    }
    let Ok(content) = (Content { operations }).encode() else { return Ok(None) };
    let mut dict = form.dict.clone();
    for key in [b"Group".as_slice(), b"Filter", b"Length", b"Resources"] {
        dict.remove(key);
    }
    dict.set("Resources", Dictionary::new());
    let mut pressed = Stream::new(dict, content);
    pressed.compress().map_err(|cause| PdfError::Write(std::io::Error::other(cause)))?;
    Ok(Some(pressed))
}

fn dictionary(file: &Document, object: &Object) -> Dictionary {
    file.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok()).cloned().unwrap_or_default()
}

fn is_named(operands: &[Object], name: &[u8]) -> bool {
    operands.first().and_then(|operand| operand.as_name().ok()) == Some(name)
}

fn light(operands: &[Object]) -> Option<[f32; 3]> {
    let numbers: Option<Vec<f32>> = operands.iter().map(|operand| operand.as_float().ok()).collect();
    match *numbers?.as_slice() {
        [gray] => Some([gray; 3]),
        [r, g, b] => Some([r, g, b]),
        _ => None,
    }
}

/// True for a state in which nothing shows through.
fn is_opaque(file: &Document, states: &Dictionary, operands: &[Object]) -> bool {
    let name = operands.first().and_then(|operand| operand.as_name().ok());
    let Some(state) = name.and_then(|name| states.get(name).ok()) else { return false };
    dictionary(file, state).iter().all(|(key, value)| match key.as_slice() {
        b"ca" | b"CA" => value.as_float().is_ok_and(|opacity| opacity >= 1.0),
        b"SMask" => value.as_name().is_ok_and(|name| name == b"None"),
        b"BM" => value.as_name().is_ok_and(|name| name == b"Normal"),
        _ => true,
    })
}

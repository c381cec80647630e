//! Inks that are not those of the press alone: one of its own for the red, and all of them for registration marks.

use crate::model::Color;
use crate::pdf::pages::WrittenPage;
use crate::pdf::{PdfError, units};
use lopdf::{Object, dictionary};

/// A separation (8.6.6.4): an ink by its name, and what a press that does not have it mixes in its place.
pub(in crate::pdf::finish) fn separation(name: &str, alternate: Color) -> Object {
    let part = |part: f32| Object::Real(units::number(f64::from(part.clamp(0.0, 1.0))));
    let Color { cyan, magenta, yellow, black } = alternate;
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![Object::Integer(0), Object::Integer(1)],
        "C0" => vec![Object::Integer(0); 4],
        "C1" => [cyan, magenta, yellow, black].map(part).to_vec(),
        "N" => 1,
    };
    let named = |name: &str| Object::Name(name.into());
    Object::Array(vec![named("Separation"), named(name), named("DeviceCMYK"), Object::Dictionary(tint)])
}

/// The one colour that all pages have.
pub(in crate::pdf::finish) fn red(pages: &[WrittenPage]) -> Result<Color, PdfError> {
    let mut reds = pages.iter().zip(1..).filter_map(|(page, number)| Some((page.red?, number)));
    let (red, _) = reds.next().ok_or(PdfError::NoRed)?;
    match reds.find(|(other, _)| *other != red) {
        Some((_, page)) => Err(PdfError::SecondRed { page }),
        None => Ok(red),
    }
}

//! Page labels (12.4.2): readers call pages by their printed numbers.

use super::object::{count, text};
use crate::layout::Page;
use crate::pdf::PdfError;
use crate::printed::{PageNumber, PageNumberStyle};
use lopdf::{Dictionary, Object, dictionary};

/// A range of pages that are numbered one after the other.
fn range(number: Option<PageNumber>) -> Dictionary {
    let mut range = Dictionary::new();
    if let Some(PageNumber { count, style }) = number {
        range.set(
            "S",
            match style {
                PageNumberStyle::Decimal => "D",
                PageNumberStyle::LowerRoman => "r",
            },
        );
        if count != 1 {
            range.set("St", i64::from(count));
        }
    }
    range
}

/// The number tree of the labels: an entry where a range begins, that is where a number does not follow from the one before.
pub(super) fn tree(pages: &[Page]) -> Result<Dictionary, PdfError> {
    let mut numbers = Vec::new();
    let mut expected = None;
    for (index, page) in pages.iter().enumerate() {
        if page.number.is_none() || page.number != expected {
            numbers.push(count(index)?);
            numbers.push(Object::Dictionary(range(page.number)));
        }
        expected = page.number.map(|number| PageNumber { count: number.count + 1, ..number });
    }
    Ok(dictionary! { "Nums" => numbers })
}

/// The labels of sheets, each with its name alone.
pub(super) fn named(names: &[String]) -> Result<Dictionary, PdfError> {
    let mut numbers = Vec::with_capacity(names.len() * 2);
    for (index, name) in names.iter().enumerate() {
        numbers.push(count(index)?);
        numbers.push(Object::Dictionary(dictionary! { "P" => text(name) }));
    }
    Ok(dictionary! { "Nums" => numbers })
}

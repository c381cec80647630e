//! Page labels (12.4.2): readers call pages by their printed numbers.

use super::object::{count, text};
use crate::layout::Page;
use crate::model::from_roman;
use crate::pdf::Error;
use lopdf::{Dictionary, Object, dictionary};

/// A label as a prefix and a number behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct PageLabel<'a> {
    prefix: &'a str,
    number: Option<u32>,
    /// In lower-case Roman numerals.
    roman: bool,
}

impl<'a> PageLabel<'a> {
    fn new(label: &'a str) -> Self {
        if let Some(count) = from_roman(label) {
            return Self { prefix: "", number: Some(count), roman: true };
        }
        let digits = label.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (prefix, number) = label.split_at(label.len() - digits);
        // Readers write numbers without leading zeros, and from 1.
        match number.parse() {
            Ok(count) if !number.starts_with('0') => Self { prefix, number: Some(count), roman: false },
            _ => Self { prefix: label, number: None, roman: false },
        }
    }

    /// The label of the next page of the same range.
    fn next(self) -> Option<Self> {
        Some(Self { number: Some(self.number?.checked_add(1)?), ..self })
    }

    fn dictionary(self) -> Dictionary {
        let mut range = Dictionary::new();
        if let Some(number) = self.number {
            range.set("S", if self.roman { "r" } else { "D" });
            if number != 1 {
                range.set("St", i64::from(number));
            }
        }
        if !self.prefix.is_empty() {
            range.set("P", text(self.prefix));
        }
        range
    }
}

/// The number tree of the labels: an entry where a range begins, that is where a label does not follow from the one before.
pub(super) fn tree(pages: &[Page]) -> Result<Dictionary, Error> {
    let mut numbers = Vec::new();
    let mut expected = None;
    for (index, page) in pages.iter().enumerate() {
        let label = PageLabel::new(&page.label);
        if expected != Some(label) {
            numbers.push(count(index)?);
            numbers.push(Object::Dictionary(label.dictionary()));
        }
        expected = label.next();
    }
    Ok(dictionary! { "Nums" => numbers })
}

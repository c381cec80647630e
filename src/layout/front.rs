//! The pages before the body: cover, then contents.

use super::contents::contents;
use super::cover::cover;
use super::flow::Flow;
use super::page_numbers::set_numbers;
use super::pages::place_number;
use super::{Page, PagedDocument};
use crate::model::{Document, Length};
use crate::printed::PageNumberStyle;
use crate::template::FrontNumbers;

/// The pages with those before the body, if there are any. There is an even number of them, so that
/// the body begins on the right. The cover carries no number; the contents do where the template says so, in a count of
/// their own that takes in the cover, so that odd numbers are on the right here too.
pub(super) fn with_front(flow: &mut Flow<'_>, document: &Document, body: PagedDocument) -> PagedDocument {
    let template = flow.template;
    let mut pages = cover(flow, document);
    let first = pages.len() + 1;
    let mut contents = contents(flow, document, &body);
    // They were made up as if they were the first pages: the binding is on the other side where a cover is before them.
    for (page, place) in contents.iter_mut().zip(1..) {
        let over = template.page.left(first - 1 + place) - template.page.left(place);
        page.items = std::mem::take(&mut page.items).into_iter().map(|item| item.shifted(over, Length::ZERO)).collect();
    }
    if template.page_numbers.front == FrontNumbers::Roman {
        let last = first + contents.len();
        let numbers = set_numbers(flow, PageNumberStyle::LowerRoman, first..last);
        for ((page, place), (number, setting)) in contents.iter_mut().zip(first..).zip(numbers) {
            page.number = Some(number);
            page.items.push(place_number(template, place, setting));
        }
    }
    pages.extend(contents);
    if !pages.len().is_multiple_of(2) {
        let (width, height) = (template.page.width, template.page.height);
        pages.push(Page { number: None, width, height, items: Vec::new() });
    }
    let shift = pages.len();
    pages.extend(body.pages);
    let mut outline = body.outline;
    for entry in &mut outline {
        entry.page += shift;
    }
    PagedDocument { pages, outline, ..body }
}

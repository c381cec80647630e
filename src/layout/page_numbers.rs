//! Page numbers, set before their pages are known.

use super::flow::{Flow, FurnitureType};
use super::inline::Setting;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::model::RunKind;
use crate::printed::{PageNumber, PageNumberStyle};
use crate::template::StyleName;

/// Sets page numbers as the template writes them.
pub(super) fn set_numbers(
    flow: &mut Flow<'_>,
    style: PageNumberStyle,
    counts: impl Iterator<Item = usize>,
) -> Vec<(PageNumber, Setting)> {
    let look = FurnitureType::of(flow.template.style(StyleName::PageNumber));
    let furniture = &flow.template.page_numbers;
    let mut set = Vec::new();
    for count in counts {
        let number = PageNumber { count: count as u32, style };
        let text = format!("{}{number}{}", furniture.before, furniture.after);
        let Some(setting) = flow.furniture_line(&[(&text, RunKind::Text)], &look) else {
            flow.diagnostics.push(Diagnostic::error(
                Code::GLYPH_MISSING,
                None,
                say!("字体里没有页码“{text}”中的字", "no font has the characters of the page number “{text}”"),
                say!("改模板中的 page-numbers", "change page-numbers in the template"),
            ));
            return set;
        };
        set.push((number, setting));
    }
    set
}

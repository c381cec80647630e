//! Page numbers, set before their pages are known.

use super::flow::Flow;
use super::inline::{LineFit, Setting, TextPiece, prepare, set_line};
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
    let type_style = flow.template.style(StyleName::PageNumber);
    let furniture = &flow.template.page_numbers;
    let mut set = Vec::new();
    for count in counts {
        let number = PageNumber { count: count as u32, style };
        let text = format!("{}{number}{}", furniture.before, furniture.after);
        let pieces = [TextPiece {
            text: &text,
            role: type_style.font,
            scale: 1.0,
            raise: 0.0,
            color: type_style.color,
            strong: type_style.strong,
            source: RunKind::Text,
            link: None,
        }];
        let Ok(prepared) = prepare(&pieces, 0.0, flow.fonts, &mut flow.cache) else {
            flow.diagnostics.push(Diagnostic::error(
                Code::GLYPH_MISSING,
                None,
                say!("字体里没有页码“{text}”中的字", "no font has the characters of the page number “{text}”"),
                say!("改模板中的 page-numbers", "change page-numbers in the template"),
            ));
            return set;
        };
        let fit = LineFit::default();
        let setting = set_line(&prepared, &pieces, (0, prepared.items.len()), &fit, type_style.size, 0.0);
        set.push((number, setting));
    }
    set
}

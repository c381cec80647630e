//! What the styles must know of a document's own lines.

use crate::docx::options::Input;
use crate::model::{BlockKind, Text};
use crate::template::StyleName;

/// How many lines the first block of a style has: as given, or as layout broke them.
pub(super) fn line_count(input: Input<'_>, name: StyleName) -> usize {
    line_counts(input, name).next().unwrap_or(1)
}

/// How many lines each block of a style has whose lines are given or broken by phrase.
pub(super) fn line_counts(input: Input<'_>, name: StyleName) -> impl Iterator<Item = usize> {
    input.document.indexed().filter_map(move |(index, block)| {
        let breaks = input.printed.title_breaks(index);
        Some(match (&block.kind, name) {
            (BlockKind::Title(lines), StyleName::Title) => lines_in(lines, 0, breaks),
            (BlockKind::Cover(cover), StyleName::CoverTitle) => lines_in(&cover.title, 0, breaks),
            (BlockKind::RedHead(head), StyleName::Authority) => {
                lines_in(&head.authority, head.before_authority(), breaks)
            }
            (BlockKind::AttachmentTitle(text), StyleName::AttachmentTitle) => {
                lines_in(std::slice::from_ref(text), 0, breaks)
            }
            _ => return None,
        })
    })
}

/// How many lines given texts take: as given, and as layout broke them further. `start`: how many bytes of the block are before
/// them.
pub(in crate::docx) fn lines_in(texts: &[Text], mut start: usize, breaks: &[usize]) -> usize {
    let mut lines = texts.len().max(1);
    for text in texts {
        let end = start + text.len();
        lines += breaks.iter().filter(|&&b| start < b && b < end).count();
        start = end;
    }
    lines
}

/// How far an occasion reaches past both edges, in em: layout set it on one line by closing up its brackets, which other
/// programs leave wide, with gaps of a quarter between Han characters and digits.
pub(super) fn overhang(input: Input<'_>) -> f64 {
    let template = input.template;
    let style = template.style(StyleName::Occasion);
    let room = template.page.measure() / style.size - style.indent_left - style.indent_right;
    let over = input.document.indexed().find_map(|(index, block)| match &block.kind {
        BlockKind::Occasion(text) if input.printed.title_breaks(index).is_empty() => Some(wide(&text.plain()) - room),
        _ => None,
    });
    // Half of it on either side, to the next half of an em; a line that is much too long turns over all the same.
    over.filter(|over| *over > 0.0 && *over < 4.0).map_or(0.0, |over| over.ceil() / 2.0)
}

/// The width of a text in em as programs set it that close up nothing.
fn wide(text: &str) -> f64 {
    let mut width = 0.0;
    let mut before: Option<char> = None;
    for c in text.chars() {
        width += if c.is_ascii() { 0.5 } else { 1.0 };
        if before.is_some_and(|b| b.is_ascii() != c.is_ascii()) {
            width += 0.25;
        }
        before = Some(c);
    }
    width
}

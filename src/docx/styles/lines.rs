//! What the styles must know of a document's own lines.

use crate::docx::options::Options;
use crate::model::{BlockKind, Document, Text};
use crate::template::{StyleName, Template};

/// How many lines the first block of a style has: as given, or as layout broke them.
pub(super) fn line_count(document: &Document, template: &Template, options: &Options<'_>, name: StyleName) -> usize {
    line_counts(document, template, options, name).next().unwrap_or(1)
}

/// How many lines each block of a style has that stands on lines of its own.
pub(super) fn line_counts<'a>(
    document: &'a Document,
    template: &'a Template,
    options: &'a Options<'_>,
    name: StyleName,
) -> impl Iterator<Item = usize> + 'a {
    document.blocks.iter().enumerate().filter_map(move |(at, block)| {
        let texts = match (&block.kind, name) {
            (BlockKind::Title(lines), StyleName::Title) => lines.as_slice(),
            (BlockKind::Cover(cover), StyleName::CoverTitle) => &cover.title,
            (BlockKind::RedHead(head), StyleName::Authority) => &head.authority,
            (BlockKind::AttachmentTitle(text), StyleName::AttachmentTitle) => std::slice::from_ref(text),
            _ => return None,
        };
        Some(lines_in(template, name, texts, options.breaks.of(at)))
    })
}

/// How many lines given texts take in a style: as given, and as layout broke them further.
pub(in crate::docx) fn lines_in(template: &Template, name: StyleName, texts: &[Text], breaks: &[usize]) -> usize {
    let mut start = 0;
    let mut broken = 0;
    for text in texts {
        let end = start + text.len();
        broken += breaks.iter().filter(|&&b| start < b && b < end).count();
        start = end;
    }
    let style = template.style(name);
    let guess = |text: &Text| {
        let em = text.plain().chars().count() as f64;
        (style.size * em / template.page.measure()).ceil().max(1.0) as usize
    };
    // Without layout, a line that is too long turns over where it must.
    texts.len().max(1) + if broken > 0 { broken } else { texts.iter().map(|t| guess(t) - 1).sum() }
}

/// How far an occasion reaches past both edges, in em: layout set it on one line by closing up its brackets, which other
/// programs leave wide, with gaps of a quarter between Han characters and digits.
pub(super) fn overhang(document: &Document, template: &Template, options: &Options<'_>) -> f64 {
    let style = template.style(StyleName::Occasion);
    let room = template.page.measure() / style.size - style.indent_left - style.indent_right;
    let over = document.blocks.iter().enumerate().find_map(|(at, block)| match &block.kind {
        BlockKind::Occasion(text) if options.breaks.of(at).is_empty() => Some(wide(&text.plain()) - room),
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

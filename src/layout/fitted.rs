//! Titles, captions and other short texts that leave their place: set smaller, by the steps of the template.

use super::PagedDocument;
use super::compose::compose_with;
use super::kept::SetParagraphs;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::font::Fonts;
use crate::model::{Block, BlockKind, Document, Length};
use crate::template::{StyleName, Template};

/// What is said of a text that has no room in its place.
const WITHOUT_ROOM: [Code; 4] =
    [Code::TEXT_OUT_OF_PLACE, Code::NOT_SET, Code::FIRST_PAGE_WITHOUT_TEXT, Code::COVER_TOO_LONG];

/// Composes in the type of a template; where a text leaves its place, in the largest of its style's steps in which it does not. The
/// template then has the sizes that were taken, for all that is made by it.
///
/// # Errors
/// Those of [`super::compose`] in the smallest type.
pub fn compose_fitted(
    document: &Document,
    template: &mut Template,
    fonts: &Fonts,
    kept: Option<&SetParagraphs>,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let full = template.style(StyleName::Title).size;
    loop {
        let made = compose_with(document, template, fonts, kept);
        let said = match &made {
            Ok(paged) => &paged.advice,
            Err(errors) => errors,
        };
        let is_for_room = |diagnostic: &&Diagnostic| WITHOUT_ROOM.contains(&diagnostic.code);
        let others = made.is_err() && !said.iter().all(|diagnostic| is_for_room(&diagnostic));
        let mut smaller = false;
        for style in said.iter().filter(is_for_room).flat_map(|diagnostic| styles(document, diagnostic)) {
            smaller |= !others && template.step_down(style);
        }
        if !smaller {
            return made.map(|mut paged| {
                paged.advice.extend(small_title(document, template, full));
                paged
            });
        }
    }
}

/// Tells of the title of an official document that is smaller than it should be, so that the first page has text.
fn small_title(document: &Document, template: &Template, full: Length) -> Option<Diagnostic> {
    let size = template.style(StyleName::Title).size;
    document.red_head().filter(|_| size < full)?;
    let title = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Title(_)))?;
    let (size, full) = (size.to_pt(), full.to_pt());
    Some(Diagnostic::advice(
        Code::TITLE_SMALLER,
        title.span,
        say!(
            "标题用了 {size} 磅，比规定的 {full} 磅小，首页才有正文（GB/T 9704 7.3.1：标题用二号字）",
            "the title is set in {size} pt instead of {full} pt, so that the first page has text (GB/T 9704 7.3.1)"
        ),
        say!(
            "缩短标题；联合行文机关多的，减少 authority 里的机关；主送机关用 sent-to 移到版记",
            "shorten the title, name fewer authorities, or move addressees to the imprint by sent-to"
        ),
    ))
}

/// The styles whose smaller type may help.
fn styles(document: &Document, diagnostic: &Diagnostic) -> Vec<StyleName> {
    if diagnostic.code == Code::FIRST_PAGE_WITHOUT_TEXT {
        return vec![StyleName::Title];
    }
    let blocks = document.blocks.iter().filter(|block| Some(block.span) == diagnostic.span);
    let mut styles: Vec<StyleName> = blocks.flat_map(|block| styles_of(block).iter().copied()).collect();
    styles.dedup();
    styles
}

const fn styles_of(block: &Block) -> &'static [StyleName] {
    match block.kind {
        BlockKind::Title(_) => &[StyleName::Title],
        BlockKind::AttachmentTitle(_) => &[StyleName::AttachmentTitle],
        BlockKind::Cover(_) => &[StyleName::CoverTitle, StyleName::CoverSubtitle, StyleName::CoverLine],
        BlockKind::RedHead(_) => {
            &[StyleName::CopyNumber, StyleName::HeadMark, StyleName::DocumentNumber, StyleName::Signer]
        }
        BlockKind::Imprint(_) => &[StyleName::Imprint],
        BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Chart(_) => &[StyleName::Caption],
        _ => &[],
    }
}

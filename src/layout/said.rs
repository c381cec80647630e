//! What pages say as plain values, for outputs that have none.

use super::{LineKind, PagedDocument};
use crate::model::{BlockKind, Document, PageLabels, SenseBreaks};

/// The printed page number of each block: that of its first line.
#[must_use]
pub fn page_labels(document: &Document, paged: &PagedDocument) -> PageLabels {
    let mut labels = vec![None; document.blocks.len()];
    for page in &paged.pages {
        for line in page.lines() {
            let block = match line.kind {
                LineKind::Block(block)
                | LineKind::Caption(block)
                | LineKind::Chart(block)
                | LineKind::Cell { block, .. }
                | LineKind::Contents { block, .. } => block,
                LineKind::Note(_) | LineKind::Artifact(_) => continue,
            };
            if let Some(label @ None) = labels.get_mut(block as usize) {
                *label = Some(page.label.clone());
            }
        }
    }
    PageLabels(labels.into_iter().map(Option::unwrap_or_default).collect())
}

/// Where the lines of titles end that were broken by phrase. Lines that the source gives are not among them, nor those of
/// headings, which fill their lines and break anew wherever they are edited.
#[must_use]
pub fn sense_breaks(document: &Document, paged: &PagedDocument) -> SenseBreaks {
    let mut breaks = SenseBreaks::default();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for line in paged.pages.iter().flat_map(super::Page::lines) {
        let LineKind::Block(block) = line.kind else { continue };
        let block = block as usize;
        let sensible = match document.blocks.get(block).map(|b| &b.kind) {
            Some(BlockKind::Title(lines)) => lines.len() == 1,
            Some(BlockKind::Occasion(_) | BlockKind::AttachmentTitle(_) | BlockKind::Cover(_)) => true,
            _ => false,
        };
        if !sensible {
            continue;
        }
        let before = ends.last().filter(|(b, _)| *b == block).map_or(0, |&(_, end)| end);
        if before > 0 && !between_texts(document, block, before) {
            breaks.0.entry(block).or_default().push(before);
        }
        ends.push((block, before + line.text.len()));
    }
    breaks
}

/// True where one text of a block ends and the next begins.
fn between_texts(document: &Document, block: usize, offset: usize) -> bool {
    let mut end = 0;
    document.blocks.get(block).is_some_and(|b| {
        b.kind.texts().into_iter().any(|text| {
            end += text.len();
            end == offset
        })
    })
}

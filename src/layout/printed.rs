//! From the pages to what the other back ends are told of them.

use super::together::{TakenAlong, sole_text};
use super::{LineKind, Page, PageItem};
use crate::model::{Block, BlockIndex, BlockKind, Document, Length, PictureIndex, RunKind, Text};
use crate::printed::{ChartFrame, KeptEnd, PageNumber, Printed, SetTable};
use std::collections::BTreeMap;

/// What was printed. `tables`, `charts`: as they were set.
pub(super) fn printed(
    document: &Document,
    pages: &[Page],
    tables: BTreeMap<BlockIndex, SetTable>,
    charts: BTreeMap<BlockIndex, ChartFrame>,
) -> Printed {
    Printed::new(page_numbers(document, pages), title_breaks(document, pages), tables, charts)
        .with_pictures(pictures(pages))
        .with_signatures(signatures(document, pages))
}

/// The widths of the authorities and of the date of signatures that have each on one line.
fn signatures(document: &Document, pages: &[Page]) -> BTreeMap<BlockIndex, Vec<Length>> {
    let signed = document.indexed().filter_map(|(index, block)| match &block.kind {
        BlockKind::Signature { authorities, .. } => Some((index, authorities.len() + 1)),
        _ => None,
    });
    let widths = |block: BlockIndex| -> Vec<Length> {
        let lines = pages.iter().flat_map(Page::lines).filter(|line| line.kind == LineKind::Block(block));
        lines.map(|line| line.width).collect()
    };
    signed
        .map(|(index, lines)| (index, lines, widths(index)))
        .filter(|(_, lines, widths)| widths.len() == *lines)
        .map(|(index, _, widths)| (index, widths))
        .collect()
}

/// How paragraphs and the ends of tables come to the page of the signature below them.
pub(super) fn kept_ends(document: &Document, pages: &[Page], taken: &[TakenAlong]) -> BTreeMap<BlockIndex, KeptEnd> {
    let sole = sole_text(document);
    let tables = document.indexed().zip(document.indexed().skip(1)).filter(|((_, above), (_, below))| {
        matches!(above.kind, BlockKind::Table(_))
            && matches!(below.kind, BlockKind::Signature { .. } | BlockKind::AttachmentNote(_))
    });
    let shared = tables.filter(|((table, _), (signature, _))| {
        pages.iter().any(|page| {
            let is_of = |block: BlockIndex| page.lines().any(|line| line.kind.block() == Some(block));
            is_of(*table) && is_of(*signature)
        })
    });
    let with_next = shared.map(|((table, _), _)| (table, KeptEnd::WithNext));
    taken
        .iter()
        .map(|&TakenAlong { block, before, divided }| {
            let lines = pages.iter().flat_map(Page::lines).filter(|line| line.kind == LineKind::Block(block));
            let first: String = lines.take(before).map(|line| line.text.as_str()).collect();
            let kind = document.block(block).map(|block| &block.kind);
            let number = kind.and_then(BlockKind::number).map_or("", |number| number.text.as_str());
            let first = first.strip_prefix(number).unwrap_or(&first);
            let texts = kind.map(BlockKind::texts).unwrap_or_default();
            let written: String = texts.iter().map(|text| text.plain()).collect();
            let end =
                if (sole == Some(block) || divided) && written.starts_with(first) && !is_within(&texts, first.len()) {
                    KeptEnd::Behind(first.len())
                } else {
                    KeptEnd::WithNext
                };
            (block, end)
        })
        .chain(with_next)
        .collect()
}

/// True for a byte of texts within a value, a mark or a reference, which have to stay whole.
fn is_within(texts: &[&Text], offset: usize) -> bool {
    let mut start = 0;
    texts.iter().flat_map(|text| &text.runs).any(|run| {
        let begin = start;
        start += run.text.len();
        begin < offset && offset < start && run.kind != RunKind::Text
    })
}

/// The widths of the pictures.
fn pictures(pages: &[Page]) -> BTreeMap<PictureIndex, Length> {
    let items = pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| if let PageItem::Picture(p) = item { Some((p.picture, p.across())) } else { None })
        .collect()
}

/// For each block the number of the page that its first line is on.
fn page_numbers(document: &Document, pages: &[Page]) -> Vec<Option<PageNumber>> {
    let mut numbers = vec![None; document.blocks.len()];
    for page in pages {
        for line in page.lines() {
            let Some(block) = line.kind.block() else { continue };
            if let Some(number @ None) = numbers.get_mut(block.get()) {
                *number = Some(page.number);
            }
        }
    }
    numbers.into_iter().map(Option::flatten).collect()
}

/// Where the lines of titles and authorities end that were broken by phrase. Ends of given lines are not among them, nor those of
/// headings, which fill their lines and break again wherever they are edited.
fn title_breaks(document: &Document, pages: &[Page]) -> BTreeMap<BlockIndex, Vec<usize>> {
    let mut breaks: BTreeMap<BlockIndex, Vec<usize>> = BTreeMap::new();
    let mut ends: Option<(BlockIndex, usize)> = None;
    for line in pages.iter().flat_map(Page::lines) {
        let LineKind::Block(block) = line.kind else { continue };
        let is_title = |block: &Block| {
            matches!(
                block.kind,
                BlockKind::Title(_)
                    | BlockKind::Occasion(_)
                    | BlockKind::AttachmentTitle(_)
                    | BlockKind::Cover(_)
                    | BlockKind::RedHead(_)
            )
        };
        if !document.block(block).is_some_and(is_title) {
            continue;
        }
        let before = ends.filter(|&(other, _)| other == block).map_or(0, |(_, end)| end);
        if before > 0 && !is_between_texts(document, block, before) {
            breaks.entry(block).or_default().push(before);
        }
        ends = Some((block, before + line.text.len()));
    }
    breaks
}

/// True where one text of a block ends and the next begins.
fn is_between_texts(document: &Document, block: BlockIndex, offset: usize) -> bool {
    let mut end = 0;
    document.block(block).is_some_and(|block| {
        block.kind.texts().into_iter().any(|text| {
            end += text.len();
            end == offset
        })
    })
}

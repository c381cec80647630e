//! What belongs together and is on different pages all the same, because no page holds it: told, wherever it comes from.

use super::together::is_text;
use super::{LineKind, Page, PageItem, PagedDocument};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::model::{Block, BlockIndex, BlockKind, Document, Lie};

/// The pages that something is on, from 0: the first and the last.
type Pages = Option<(usize, usize)>;

/// On which pages the parts of a block are.
#[derive(Clone, Copy, Debug, Default)]
struct PartPages {
    /// Its text; of a table the rows of the body, of a picture or chart what is drawn.
    body: Pages,
    /// Its caption.
    caption: Pages,
    /// What is noted below a table.
    below: Pages,
}

/// Tells of captions, notes of tables, and headings that are not on the page of what they belong to.
pub(super) fn told(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let parts = parts(document, paged);
    document.indexed().filter_map(|(index, block)| parted(document, &parts, (index, block), paged)).collect()
}

fn parts(document: &Document, paged: &PagedDocument) -> Vec<PartPages> {
    let mut parts = vec![PartPages::default(); document.blocks.len()];
    for (at, page) in paged.pages.iter().enumerate() {
        for item in &page.items {
            let Some((block, part)) = part_of(document, item) else { continue };
            let Some(parts) = parts.get_mut(block.get()) else { continue };
            let pages = match part {
                BlockPart::Body => &mut parts.body,
                BlockPart::Caption => &mut parts.caption,
                BlockPart::Below => &mut parts.below,
            };
            *pages = Some((pages.map_or(at, |(first, _)| first), at));
        }
    }
    parts
}

enum BlockPart {
    Body,
    Caption,
    Below,
}

/// The block that something on a page is printed for, and the part of it that it is; None for a head of a table.
fn part_of(document: &Document, item: &PageItem) -> Option<(BlockIndex, BlockPart)> {
    match item {
        PageItem::Picture(placed) => Some((placed.picture.block, BlockPart::Body)),
        PageItem::Path(path) => path.block.map(|block| (block, BlockPart::Body)),
        PageItem::Rule(_) => None,
        PageItem::Line(line) => match line.kind {
            LineKind::Block(block) | LineKind::Chart(block) => Some((block, BlockPart::Body)),
            LineKind::Caption(block) => Some((block, BlockPart::Caption)),
            LineKind::Below { block, .. } => Some((block, BlockPart::Below)),
            LineKind::Cell { block, row, .. } => {
                let BlockKind::Table(table) = &document.block(block)?.kind else { return None };
                (row as usize >= table.head_rows()).then_some((block, BlockPart::Body))
            }
            LineKind::Beside(_) | LineKind::Note(_) | LineKind::Contents { .. } | LineKind::Artifact(_) => None,
        },
    }
}

/// What is parted of a block.
fn parted(
    document: &Document,
    parts: &[PartPages],
    (index, block): (BlockIndex, &Block),
    paged: &PagedDocument,
) -> Option<Diagnostic> {
    let own = parts.get(index.get())?;
    let (first, last) = own.body?;
    let label = |page: usize| paged.pages.get(page).map(Page::label).unwrap_or_default();
    let (pages, (message, hint)) = match &block.kind {
        BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Chart(_)
            if own.caption.is_some_and(|(_, caption)| caption != first) =>
        {
            ((own.caption?.1, first), caption_parted())
        }
        BlockKind::Table(_) if own.below.is_some_and(|(below, _)| below != last) => {
            ((own.below?.0, last), below_parted())
        }
        BlockKind::Heading { .. } | BlockKind::Title(_) => {
            let next = BlockIndex::new(index.get() + 1);
            let kept = document.block(next).is_some_and(|block| is_kept(document, (next, block)));
            let below = parts.get(next.get())?;
            let page = below.caption.or(below.body)?.0.min(below.body?.0);
            // What floats lets text come before it.
            let passed =
                parts.iter().skip(next.get() + 1).take(FLOATS).any(|other| other.body.is_some_and(|o| o.0 == last));
            if !kept || page == last || passed {
                return None;
            }
            ((last, page), heading_parted())
        }
        _ => return None,
    };
    let (one, other) = (label(pages.0), label(pages.1));
    let Message { zh, en } = message;
    let message = say!("{zh}：一个在第 {one} 页，一个在第 {other} 页", "{en}: they are on pages {one} and {other}");
    Some(Diagnostic::advice(Code::PARTED, block.span, message, hint))
}

/// So many blocks after a heading are looked at for text that has come before what floats.
const FLOATS: usize = 40;

/// True for what a heading above it has to share a page with: not what begins a page by itself.
fn is_kept(document: &Document, (index, block): (BlockIndex, &Block)) -> bool {
    is_text(&block.kind) && document.lie(index) == Lie::Upright
}

fn caption_parted() -> (Message, Message) {
    (
        say!("题和图、表的内容分在两页", "the caption is parted from what it is the caption of"),
        say!("缩短题，或者把图、表缩小一些", "shorten the caption, or make the picture or table smaller"),
    )
}

fn below_parted() -> (Message, Message) {
    (
        say!(
            "表下的注、资料来源和表的末行分在两页",
            "the notes and source below the table are parted from its last row"
        ),
        say!(
            "缩短注，少合并几行，或者把末行的图缩小一些",
            "shorten the notes, merge fewer rows, or make the picture of the last row smaller"
        ),
    )
}

fn heading_parted() -> (Message, Message) {
    (
        say!("标题和它下面的内容分在两页", "the heading is parted from what is below it"),
        say!(
            "缩短标题，或者把下面的图、表缩小一些",
            "shorten the heading, or make the picture or table below it smaller"
        ),
    )
}

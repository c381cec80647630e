//! What is not as it should be on the pages, though they can be printed: told with its place and its page.

use super::inline::VISIBLE;
use super::pages::{Unit, UnitKind};
use super::{Line, LineKind, Page, PageItem, PagedDocument, Strain, parted};
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{
    Block, BlockIndex, BlockKind, Document, Figure, FigureFlow, Length, NoteIndex, RunKind, Sealing, ShownPicture,
};
use crate::template::{Compose, Template};
use std::collections::{BTreeMap, BTreeSet};

/// A line opened by more than this is told of by itself; of those that are seen to open by less, the worst.
const FAR: f64 = 2.0 * VISIBLE;

/// A picture that is narrower by more than this is not as wide as it was to be.
const SEEN: Length = Length::mm(0.1);

/// So many characters of a line are quoted.
const QUOTED: usize = 12;

/// Rows left empty at the foot of a page before a block.
pub(super) struct EmptyRows {
    /// The block.
    block: BlockIndex,
    rows: u32,
}

/// The pages that end early before a picture, chart or table.
pub(super) fn empty_pages(units: &[Unit], ends: &[usize], document: &Document, template: &Template) -> Vec<EmptyRows> {
    let Some(least) = template.figures.empty_rows else { return Vec::new() };
    let mut start = 0;
    let mut found = Vec::new();
    for &end in ends {
        let page = &units[start..end.min(units.len())];
        start = end;
        let Some(next) = units.get(end) else { break };
        let forced = page.last().is_some_and(|unit| unit.cell.kind == UnitKind::PageBreak)
            || next.cell.kind == UnitKind::PageBreak;
        let kind = document.block(next.block).map(|block| &block.kind);
        let large = matches!(kind, Some(BlockKind::Figure(_) | BlockKind::Chart(_) | BlockKind::Table(_)));
        let used: u32 = page.iter().map(|unit| unit.cell.rows).sum();
        let rows = template.grid.lines.saturating_sub(used);
        if large && !forced && rows >= least && page.iter().all(|unit| unit.notes.is_empty()) {
            found.push(EmptyRows { block: next.block, rows });
        }
    }
    found
}

/// What is to be told of the pages.
pub(super) fn advise(
    document: &Document,
    template: &Template,
    paged: &PagedDocument,
    empty: &[EmptyRows],
) -> Vec<Diagnostic> {
    let mut advice = pictures(document, template, paged);
    advice.extend(narrower(document, paged));
    advice.extend(parted::told(document, paged));
    advice.extend(document.pictures().filter_map(undescribed));
    advice.extend(empty.iter().filter_map(|empty| {
        let block = document.block(empty.block)?;
        let (rows, page) = (empty.rows, page_of(paged, empty.block).unwrap_or_default());
        let may_float = matches!(&block.kind, BlockKind::Figure(Figure { row: None, .. }) | BlockKind::Chart(_))
            && block.kind.flow() == FigureFlow::InPlace;
        let hint = if may_float {
            say!(
                "写 float: true，让后面的文字先排；或者缩小一些，挪动位置",
                "set float: true, so that text that follows comes first; or make it smaller, or move it"
            )
        } else {
            say!("缩小一些，或者挪动位置，让后面的文字先排", "make it smaller, or move it behind text that follows")
        };
        Some(Diagnostic::advice(
            Code::PAGE_LEFT_EMPTY,
            block.span,
            say!(
                "排不下，移到了第 {page} 页，前一页空出 {rows} 行",
                "it has no room and goes to page {page}; the page before has {rows} empty lines"
            ),
            hint,
        ))
    }));
    advice.extend(document.indexed().filter_map(|(index, block)| lonely_signature((index, block), paged)));
    advice.extend(notes_overleaf(document, paged));
    // Office programs' own lines are what they are.
    if template.compose.policy == Compose::Fine {
        advice.extend(strained(document, paged));
    }
    advice
}

/// The first page with something of a signature and none of the text before it (GB/T 9704 7.3.5.5), and whether the signature has
/// other pages.
fn without_text(index: BlockIndex, paged: &PagedDocument) -> Option<(&Page, SignedOver)> {
    let before = |item: &PageItem| block_of_item(item).is_some_and(|block| block < index);
    let mut pages = paged.pages.iter().filter(|page| begins(page, index));
    let count = pages.clone().count();
    let page = pages.find(|page| !page.items.iter().any(before))?;
    Some((page, if count > 1 { SignedOver::Pages } else { SignedOver::Page }))
}

/// How many pages a signature takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SignedOver {
    Page,
    Pages,
}

/// Seals that need more than a page: one of their pages is without text, whatever is before them.
pub(super) fn seals_without_text(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let signed = document.indexed().filter_map(|(index, block)| {
        let BlockKind::Signature { sealing: Sealing::Seal | Sealing::Stamp, .. } = block.kind else { return None };
        let (page, _) = without_text(index, paged).filter(|(_, over)| *over == SignedOver::Pages)?;
        let label = page.label();
        Some(Diagnostic::error(
            Code::SEALS_WITHOUT_TEXT,
            block.span,
            say!(
                "印章太多，一页排不下：第 {label} 页只有署名和印章，没有正文（GB/T 9704 7.3.5.5）",
                "so many seals need more than a page: page {label} has names and seals and no text (GB/T 9704 7.3.5.5)"
            ),
            say!(
                "署名用规范化简称，使一排能排两三个；或者减少盖章的机关；印件上不盖章的，去掉 sealed: true、stamp: true",
                "sign with short names, so that two or three go in a row; or let fewer authorities seal; or leave out sealed: true and stamp: true where the print has no seals"
            ),
        ))
    });
    signed.collect()
}

/// A signature on a page that has none of the text before it.
fn lonely_signature((index, block): (BlockIndex, &Block), paged: &PagedDocument) -> Option<Diagnostic> {
    if !matches!(block.kind, BlockKind::Signature { .. }) {
        return None;
    }
    let (page, _) = without_text(index, paged)?;
    let label = page.label();
    Some(Diagnostic::advice(
        Code::SIGNATURE_ALONE,
        block.span,
        say!(
            "落款独占第 {label} 页，这一页没有正文（GB/T 9704 7.3.5.5）",
            "the signature is alone on page {label}, without text (GB/T 9704 7.3.5.5)"
        ),
        say!(
            "增减几个字，或者把前面的图、表缩小一些",
            "change a few words, or make the picture or table before it smaller"
        ),
    ))
}

/// Footnotes of which nothing is on the page that first calls them: what calls them fills it.
fn notes_overleaf(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let mut called: BTreeMap<NoteIndex, &Page> = BTreeMap::new();
    for page in &paged.pages {
        for run in page.lines().flat_map(|line| &line.runs) {
            if let RunKind::Note(note) = run.source {
                called.entry(note).or_insert(page);
            }
        }
    }
    let mut begun = BTreeSet::new();
    let mut advice = Vec::new();
    for page in &paged.pages {
        for line in page.lines() {
            let LineKind::Note(note) = line.kind else { continue };
            let from = called.get(&note).filter(|from| begun.insert(note) && !std::ptr::eq(**from, page));
            let Some((from, source)) = from.zip(document.note(note)) else { continue };
            let (name, is, was) = (&source.name, page.label(), from.label());
            advice.push(Diagnostic::advice(
                Code::NOTE_OVERLEAF,
                source.span,
                say!(
                    "第 {was} 页引用的脚注“{name}”那一页排不下，印在第 {is} 页",
                    "the note \"{name}\" has no room on page {was}, which calls it, and is on page {is}"
                ),
                say!(
                    "把这句话写进正文或表下的注，或者把引用它的图、表缩小一些",
                    "write it in the text or in the note of the table, or make what calls it smaller"
                ),
            ));
        }
    }
    advice
}

/// A picture that nothing describes to those who do not see it (ISO 14289-1 7.3).
fn undescribed(picture: ShownPicture<'_>) -> Option<Diagnostic> {
    let name = &picture.file.name;
    picture.alt.trim().is_empty().then(|| {
        Diagnostic::advice(
            Code::PICTURE_UNDESCRIBED,
            picture.span,
            say!(
                "图片 {name} 没有替代文字，读屏软件只能读图题或文件名",
                "{name} has no alternative text: a screen reader has only its caption or file name"
            ),
            say!("写 alt: 图里画的是什么", "add alt: with what the picture shows"),
        )
    })
}

/// Lines that a reader sees were made to fit.
fn strained(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    let mut opened: Vec<(f64, &Page, &Line)> = Vec::new();
    for page in &paged.pages {
        for line in page.lines() {
            match line.strain {
                None => {}
                Some(Strain::Opened(by)) if by <= FAR => opened.push((by, page, line)),
                Some(strain) => advice.extend(told(document, page, line, strain, 1)),
            }
        }
    }
    let worst = opened.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    if let Some(&(by, page, line)) = worst {
        advice.extend(told(document, page, line, Strain::Opened(by), opened.len()));
    }
    advice
}

/// `count`: how many lines there are of the kind, this one the worst.
fn told(document: &Document, page: &Page, line: &Line, strain: Strain, count: usize) -> Option<Diagnostic> {
    let span = span_of(document, line)?;
    let label = page.label();
    let quoted: String = line.text.chars().take(QUOTED).collect();
    let hint = say!("改动几个字，或者换一种写法", "change a few words");
    Some(match strain {
        Strain::Opened(by) => {
            let others = count - 1;
            let (zh, en) = if others > 0 {
                (format!("（这样的还有 {others} 行）"), format!(" (there are {others} more)"))
            } else {
                (String::new(), String::new())
            };
            Diagnostic::advice(
                Code::LINE_OPENED,
                span,
                say!(
                    "第 {label} 页“{quoted}……”一行字距拉开 {by:.2} 字，看得出来{zh}",
                    "page {label}, “{quoted}…”: the line is opened by {by:.2} em, which is seen{en}"
                ),
                hint,
            )
        }
        Strain::Ragged => Diagnostic::advice(
            Code::LINE_OPENED,
            span,
            say!(
                "第 {label} 页“{quoted}……”一行排不满：后面的词太长，又不能拆开",
                "page {label}, “{quoted}…”: the line ends early, since the word behind it is too long and cannot be divided"
            ),
            hint,
        ),
        Strain::Torn => Diagnostic::advice(
            Code::WORD_TORN,
            span,
            say!(
                "第 {label} 页“{quoted}……”一行末尾的词或数字比行还长，只好拆开",
                "page {label}, “{quoted}…”: the word or number at the line's end is longer than a line and was torn"
            ),
            hint,
        ),
    })
}

/// Pictures with fewer dots an inch than print asks for.
fn pictures(document: &Document, template: &Template, paged: &PagedDocument) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for (page, item) in paged.pages.iter().flat_map(|page| page.items.iter().map(move |item| (page, item))) {
        let PageItem::Picture(picture) = item else { continue };
        let Some(ShownPicture { file, span, .. }) = document.picture(picture.picture) else { continue };
        let Some(raster) = file.raster else { continue };
        let across = raster.width;
        let dpi = f64::from(across) / (picture.across().to_mm() / 25.4);
        if dpi >= template.figures.least_dpi - 0.5 {
            continue;
        }
        let (least, width, label) = (template.figures.least_dpi, picture.across().to_mm(), page.label());
        let sharp = f64::from(across) / least * 25.4;
        advice.push(Diagnostic::advice(
            Code::PICTURE_COARSE,
            span,
            say!(
                "第 {label} 页的图印 {width:.0} mm 宽，每英寸只有 {dpi:.0} 点，不到 {least:.0} 点，印出来会模糊",
                "page {label}: the picture is printed {width:.0} mm wide, with {dpi:.0} dots an inch; under {least:.0} it looks blurred"
            ),
            say!("换一张大些的图，或者印小到 {sharp:.0} mm 宽", "take a larger picture, or print it at most {sharp:.0} mm wide"),
        ));
    }
    advice
}

/// Pictures that are narrower than somebody wrote, because what shares their page or their row of a table leaves no more.
fn narrower(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    for (page, item) in paged.pages.iter().flat_map(|page| page.items.iter().map(move |item| (page, item))) {
        let PageItem::Picture(placed) = item else { continue };
        let Some(shown) = document.picture(placed.picture) else { continue };
        let Some(width) = shown.width.filter(|width| *width - placed.across() > SEEN) else { continue };
        let (written, printed, label) = (width.to_mm(), placed.across().to_mm().floor(), page.label());
        let (zh, en) = if shown.index.cell.is_some() {
            ("栏宽、表头、题和注", "its column, or the head, caption and notes of the table, leave")
        } else {
            ("图题、图题的脚注和上面的标题", "its caption, the notes of that and the headings above it leave")
        };
        advice.push(Diagnostic::advice(
            Code::PICTURE_SMALLER,
            shown.span,
            say!(
                "图宽写的是 {written:.0}mm，第 {label} 页除去{zh}，只印得下 {printed:.0}mm",
                "the picture is to be {written:.0}mm wide; {en} it {printed:.0}mm on page {label}"
            ),
            say!(
                "width 写 {printed:.0}mm 以内；要宽些，就把同在一页的这些缩短",
                "write a width of {printed:.0}mm at most; for more, shorten what shares its page"
            ),
        ));
    }
    advice
}

/// The page on which a block begins.
fn page_of(paged: &PagedDocument, block: BlockIndex) -> Option<String> {
    paged.pages.iter().find(|page| begins(page, block)).map(Page::label)
}

/// True for a page with something of a block.
fn begins(page: &Page, block: BlockIndex) -> bool {
    page.items.iter().any(|item| block_of_item(item) == Some(block))
}

fn block_of_item(item: &PageItem) -> Option<BlockIndex> {
    match item {
        PageItem::Line(line) => block_of(line),
        PageItem::Picture(placed) => Some(placed.picture.block),
        PageItem::Path(path) => path.block,
        PageItem::Rule(_) => None,
    }
}

fn block_of(line: &Line) -> Option<BlockIndex> {
    match line.kind {
        LineKind::Contents { target, .. } => Some(target),
        kind => kind.block(),
    }
}

/// Where a line is written.
fn span_of(document: &Document, line: &Line) -> Option<Span> {
    if let LineKind::Note(note) = line.kind {
        return document.note(note).map(|note| note.span);
    }
    block_of(line).and_then(|block| document.block(block)).map(|block| block.span)
}

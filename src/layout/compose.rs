//! The document as a whole: its blocks to units, and units to pages.

use super::advice::{advise, empty_pages, seals_without_text};
use super::blocks;
use super::bounds;
use super::float;
use super::flow::Flow;
use super::front::with_front;
use super::furniture::furnish;
use super::imprint::{is_apart_in_word, with_imprint};
use super::kept::SetParagraphs;
use super::page_numbers::set_numbers;
use super::pages::{self, BlockVariants, Plan, Room, Unit, UnitKind, UnitMetrics};
use super::printed::{kept_ends, printed};
use super::red_head;
use super::together::{TakenAlong, is_attached, is_text, keep_together, sole_text, taken_along};
use super::{LineKind, Page, PagedDocument};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::font::Fonts;
use crate::model::{Block, BlockIndex, BlockKind, Document, Note, NoteIndex, RunKind, Single};
use crate::printed::PageNumberStyle;
use crate::template::{Compose, NotesRestart, Template};
use std::collections::{BTreeMap, BTreeSet};

/// Composes the document and makes up its pages.
///
/// # Errors
/// Every character that no font has, at its place in the source; every block that no page holds.
pub fn compose(document: &Document, template: &Template, fonts: &Fonts) -> Result<PagedDocument, Vec<Diagnostic>> {
    compose_with(document, template, fonts, None)
}

/// The same; paragraphs that are `kept` from an earlier build in these faces are not set anew.
///
/// # Errors
/// As [`compose`].
pub fn compose_with(
    document: &Document,
    template: &Template,
    fonts: &Fonts,
    kept: Option<&SetParagraphs>,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let paged = numbered(document, template, (fonts, kept))?;
    let wrong = notes_without_page(document, &paged);
    if wrong.is_empty() { Ok(paged) } else { Err(wrong) }
}

/// Composes with the numbers that footnotes have by the template.
fn numbered(
    document: &Document,
    template: &Template,
    (fonts, kept): (&Fonts, Option<&SetParagraphs>),
) -> Result<PagedDocument, Vec<Diagnostic>> {
    if template.numbering.notes_restart == NotesRestart::None || document.notes.is_empty() {
        return compose_numbered(document, template, (fonts, kept), &[]);
    }
    // Pages decide the numbers of footnotes, and numbers may be wide enough to move a page's end.
    let mut counts: Vec<u32> = document.notes.iter().map(|note| note.count).collect();
    for _ in 0..ATTEMPTS {
        let paged = compose_numbered(document, template, (fonts, kept), &counts)?;
        let found = counts_by_page(&paged, counts.len());
        if found == counts {
            let wrong = calls_of_other_pages(document, &paged);
            return if wrong.is_empty() { Ok(paged) } else { Err(wrong) };
        }
        counts = found;
    }
    Err(vec![Diagnostic::error(
        Code::NOT_SET,
        document.notes[0].span,
        say!(
            "脚注号每页从头编时，页码与编号互相牵动，排不稳",
            "with footnotes numbered anew on each page, pages and numbers go on moving each other"
        ),
        say!(
            "改模板的 notes-restart 为 none，或者增删几个字",
            "set notes-restart to none in the template, or change a few words"
        ),
    )])
}

/// How often pages are made for the sake of the numbers on them.
const ATTEMPTS: usize = 6;

/// The number of each footnote on the page where it begins.
fn counts_by_page(paged: &PagedDocument, notes: usize) -> Vec<u32> {
    let mut counts = vec![0; notes];
    for page in &paged.pages {
        let mut count = 0;
        for line in page.lines() {
            if let LineKind::Note(note) = line.kind
                && let Some(number @ 0) = counts.get_mut(note.get())
            {
                count += 1;
                *number = count;
            }
        }
    }
    counts
}

/// Footnotes that are on no page: what calls them is no part of the text, such as a cover, an imprint or a watermark.
fn notes_without_page(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let mut set = vec![false; document.notes.len()];
    for line in paged.pages.iter().flat_map(Page::lines) {
        if let LineKind::Note(note) = line.kind
            && let Some(set) = set.get_mut(note.get())
        {
            *set = true;
        }
    }
    let missing = document.notes.iter().enumerate().zip(set).filter(|(_, set)| !set);
    let refused = |((at, note), _): ((usize, &Note), bool)| {
        let texts = document.blocks.iter().flat_map(|block| block.kind.texts());
        let call = texts
            .flat_map(|text| &text.runs)
            .find(|run| matches!(run.kind, RunKind::Note(called) if called.get() == at))
            .map(|run| run.map.whole());
        let name = &note.name;
        Diagnostic::error(
            Code::NOT_SET,
            call.or(Some(note.span)),
            say!(
                "脚注“{name}”印不出来：引用它的地方（封面、目录的题目、版记、页角的标记、水印）下面没有脚注",
                "the note \"{name}\" cannot be printed: a cover, the title of the contents, an imprint, a mark and a watermark have no notes"
            ),
            say!(
                "把 [^{name}] 移到正文里，或者把这句话直接写出来",
                "call [^{name}] in the text, or write its words where it is called"
            ),
        )
    };
    missing.map(refused).collect()
}

/// Footnotes that are called again on a later page, where their number is another note's.
fn calls_of_other_pages(document: &Document, paged: &PagedDocument) -> Vec<Diagnostic> {
    let mut first: BTreeMap<NoteIndex, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (at, page) in paged.pages.iter().enumerate() {
        for line in page.lines() {
            for run in &line.runs {
                let RunKind::Note(note) = run.source else { continue };
                let begun = *first.entry(note).or_insert(at);
                if begun == at {
                    continue;
                }
                // The head of a table that goes on has no block: it is the note that is pointed at.
                let texts = line.kind.block().map(|block| document.blocks[block.get()].kind.texts());
                let runs = texts.into_iter().flatten().flat_map(|text| &text.runs);
                let call = runs.rev().find(|run| run.kind == RunKind::Note(note)).map(|run| run.map.whole());
                let (name, was, is) = (&document.notes[note.get()].name, begun + 1, at + 1);
                wrong.push(Diagnostic::error(
                    Code::NOT_SET,
                    call.or(Some(document.notes[note.get()].span)),
                    say!(
                        "脚注“{name}”在第 {was} 页引用过，第 {is} 页又引用：脚注号每页从头编，那一页的这个号是别的脚注",
                        "the note \"{name}\" of page {was} is called on page {is} too, where its number is another note's"
                    ),
                    say!(
                        "另写一条脚注，或者把模板的 notes-restart 改为 none",
                        "write another note, or set notes-restart to none in the template"
                    ),
                ));
            }
        }
    }
    wrong
}

/// Composes with footnotes numbered by these counts; none: by those of the document.
fn compose_numbered(
    document: &Document,
    template: &Template,
    (fonts, kept): (&Fonts, Option<&SetParagraphs>),
    counts: &[u32],
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let mut flow = Flow::new(document, template, fonts).with_kept(kept).with_note_counts(counts);
    blocks::set_notes(&mut flow, document);
    let mut units: Vec<Vec<Unit>> = Vec::with_capacity(document.blocks.len());
    for (index, block) in document.indexed() {
        units.push(blocks::units(&mut flow, index, block));
    }
    if !flow.diagnostics.is_empty() {
        return Err(flow.diagnostics);
    }
    let order = float::order(&mut flow, document, &units, choose_pages);
    let ends = choose_pages_below_head(&mut flow, document, &mut units, &order);
    if !flow.diagnostics.is_empty() {
        return Err(flow.diagnostics);
    }
    let room = flow.notes.room(template.grid.lines);
    let taken = taken_along(document, (&units, &order), &ends, room);
    let apart = is_apart_in_word(&mut flow, document, (&units, &order), &ends);
    let numbers = set_numbers(&mut flow, PageNumberStyle::Decimal, 1..=ends.len());
    let units: Vec<Unit> = order.iter().flat_map(|block| std::mem::take(&mut units[block.get()])).collect();
    let gaps = empty_pages(&units, &ends, document, template);
    let paged = pages::make_up(document, template, units, &ends, numbers, &mut flow.notes);
    let mut paged = with_imprint(&mut flow, document, paged);
    if let (Some(first), Some(_)) = (paged.pages.first_mut(), document.red_head()) {
        first.items.extend(red_head::foot_rules(template));
    }
    let body = paged.pages.len();
    let paged = with_front(&mut flow, document, paged);
    let paged = furnish(&mut flow, document, paged, body);
    // What is on the cover, in the contents and in the imprint is set only now.
    let mut wrong = flow.diagnostics;
    if wrong.is_empty() {
        wrong = bounds::check(document, template, &paged);
    }
    if wrong.is_empty() {
        wrong = seals_without_text(document, &paged);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut advice = flow.advice;
    advice.extend(advise(document, template, &paged, &gaps));
    let printed = printed(document, &paged.pages, flow.tables, flow.charts)
        .with_imprint_apart(document.imprint().filter(|_| apart).map(|imprint| imprint.index))
        .with_head(flow.head)
        .with_cover(flow.cover)
        .with_order(order)
        .with_kept_ends(kept_ends(document, &paged.pages, &taken));
    Ok(PagedDocument { printed, advice, ..paged })
}

/// The ends of the pages below a red head in the largest type that leaves the first page some text, as GB/T 9704 7.3.3 asks.
fn choose_pages_below_head(
    flow: &mut Flow<'_>,
    document: &Document,
    units: &mut Vec<Vec<Unit>>,
    order: &[BlockIndex],
) -> Vec<usize> {
    let Some(Single { index, block, content: head }) = document.red_head() else {
        return choose_pages(flow, document, units, order);
    };
    if !document.blocks.iter().take_while(|block| !is_attached(&block.kind)).any(|block| is_text(&block.kind)) {
        flow.refuse(
            Code::FIRST_PAGE_WITHOUT_TEXT,
            block,
            say!("首页没有正文：正文里一段文字也没有", "the first page has no text: the document has none"),
            say!("在 body 里写上正文（GB/T 9704 7.3.3）", "write the text in body (GB/T 9704 7.3.3)"),
        );
        return Vec::new();
    }
    let sizes = red_head::sizes(flow, block, head);
    let set = units.clone();
    // By the rules first; a line of the only text alone on its page is better than a page without text.
    for divided in std::iter::once(None).chain(sole_text(document).map(Some)) {
        flow.divided = divided;
        for &size in &sizes {
            units.clone_from(&set);
            if let Some(text) = divided.and_then(|text| units.get_mut(text.get())) {
                for unit in text {
                    unit.cell.keeps = false;
                }
            }
            flow.head_size = Some(size);
            if let Some(units) = units.get_mut(index.get()) {
                *units = blocks::units(flow, index, block);
            }
            let ends = choose_pages(flow, document, units, order);
            if text_on_first_page(document, units, &ends) {
                raise_title(flow, document, units);
                return ends;
            }
        }
    }
    if flow.diagnostics.is_empty() {
        refuse_first_page(flow, block, document, units);
    }
    Vec::new()
}

/// Reports what keeps the text off the first page: what is above it, or what it must keep with.
fn refuse_first_page(flow: &mut Flow<'_>, head: &Block, document: &Document, units: &[Vec<Unit>]) {
    match takes_text_along(flow, document, units) {
        None => flow.refuse(
            Code::FIRST_PAGE_WITHOUT_TEXT,
            head,
            say!(
                "首页没有正文：红头、标题和主送机关占满了首页",
                "the first page has no text: head, title and addressees fill it"
            ),
            say!(
                "缩短标题；主送机关多的，用 sent-to 移到版记；联合行文机关多的，减少 authority 里的机关，或者在模板的 head: steps 里加更小的字号",
                "shorten the title; move many addressees to the imprint by sent-to; name fewer authorities, or add smaller sizes to head: steps in the template"
            ),
        ),
        Some(block) if matches!(block.kind, BlockKind::AttachmentNote(_)) => flow.refuse(
            Code::FIRST_PAGE_WITHOUT_TEXT,
            block,
            say!(
                "首页没有正文：正文太短，首页排不下附件说明，仅有的正文随它转到了下一页",
                "the first page has no text: the text is so short that the names of the attachments, which have no room there, take it along to the next page"
            ),
            say!(
                "正文再写一两行；或者缩短附件名称、标题，主送机关用 sent-to 移到版记，使首页排得下附件说明",
                "write a line or two more of text; or make room for the names by shorter ones, a shorter title, or addressees in the imprint by sent-to"
            ),
        ),
        Some(block) => flow.refuse(
            Code::FIRST_PAGE_WITHOUT_TEXT,
            block,
            say!(
                "首页没有正文：正文只有一行，首页排不下落款，仅有的正文随落款转到了下一页（落款不能独占一页）",
                "the first page has no text: the text is a single line, and the signature, which has no room there and may not have a page to itself, takes it along to the next page"
            ),
            say!(
                "正文再写一行，如另起一段写“特此通知。”；或者缩短标题，主送机关用 sent-to 移到版记，使首页排得下落款",
                "write another line of text, as a paragraph such as 特此通知。; or make room for the signature by a shorter title, or addressees in the imprint by sent-to"
            ),
        ),
    }
}

/// The signature or the names of attachments for whose sake alone the text is not on the first page.
fn takes_text_along<'d>(flow: &Flow<'_>, document: &'d Document, units: &[Vec<Unit>]) -> Option<&'d Block> {
    let follows = document.blocks.iter().skip(1).zip(&document.blocks).find(|(_, text)| is_text(&text.kind))?.0;
    let keeps = matches!(follows.kind, BlockKind::Signature { .. } | BlockKind::AttachmentNote(_));
    let room = flow.notes.room(flow.template.grid.lines);
    let variants: Vec<BlockVariants> = units.iter().map(|units| BlockVariants::only(units)).collect();
    let alone = first_fit(&variants, room).ends;
    (keeps && text_on_first_page(document, units, &alone)).then_some(follows)
}

/// Moves the title up to its place below a head that ends between two rows.
fn raise_title(flow: &Flow<'_>, document: &Document, units: &mut [Vec<Unit>]) {
    let rise = flow.head.map(|head| head.rise).unwrap_or_default();
    let title = document.blocks.iter().position(|block| matches!(block.kind, BlockKind::Title(_)));
    for line in title.and_then(|at| units.get_mut(at)).into_iter().flatten().flat_map(|unit| &mut unit.lines) {
        line.y -= rise;
    }
}

/// True where the first page holds a line of the text proper, or the document has none.
fn text_on_first_page(document: &Document, units: &[Vec<Unit>], ends: &[usize]) -> bool {
    let first = document.blocks.iter().position(|block| is_text(&block.kind));
    first.is_none_or(|block| {
        let above = units.iter().take(block).map(Vec::len).sum::<usize>();
        let within = units.get(block).and_then(|units| units.iter().position(|unit| unit.cell.kind == UnitKind::Lines));
        above + within.unwrap_or(0) < ends.first().copied().unwrap_or(0)
    })
}

/// The ends of the pages, counted in units of the blocks in their order of print. Paragraphs that a page takes in another number of
/// lines are set again.
fn choose_pages(flow: &mut Flow<'_>, document: &Document, units: &mut [Vec<Unit>], order: &[BlockIndex]) -> Vec<usize> {
    let room = flow.notes.room(flow.template.grid.lines);
    let blocks: Vec<&Block> = order.iter().filter_map(|&block| document.block(block)).collect();
    let mut variants: Vec<BlockVariants> = order.iter().map(|block| BlockVariants::only(&units[block.get()])).collect();
    keep_together(&blocks, room.rows, &mut variants);
    match flow.template.compose.policy {
        Compose::Fine => {}
        Compose::Word => return first_fit(&variants, room).ends,
        Compose::LibreOffice => return with_whole_paragraphs(flow, document, (units, order), &mut variants),
    }
    let plan = flow.plan(&variants, room);
    if !plan.short {
        return plan.ends;
    }
    // Paragraphs that can be had a line longer or shorter may save a page from ending early.
    let mut others = Vec::with_capacity(units.len());
    for ((&index, block), variants) in order.iter().zip(&blocks).zip(&mut variants) {
        let found = blocks::other_variants(flow, index, block);
        variants.variants.extend(found.iter().map(|(variant, _)| variant.clone()));
        others.push(found);
    }
    keep_together(&blocks, room.rows, &mut variants);
    let plan = flow.plan(&variants, room);
    let chosen = plan.variants.iter().zip(&others);
    for ((&index, block), (&variant, others)) in order.iter().zip(&blocks).zip(chosen).filter(|(_, (v, _))| **v > 0) {
        if let Some((_, ends)) = others.get(variant - 1) {
            units[index.get()] = blocks::units_with_ends(flow, index, block, ends);
        }
    }
    plan.ends
}

/// Pages as LibreOffice fills them: a paragraph that keeps with the next goes to the page of that with all its lines.
fn with_whole_paragraphs(
    flow: &Flow<'_>,
    document: &Document,
    (units, order): (&[Vec<Unit>], &[BlockIndex]),
    variants: &mut [BlockVariants],
) -> Vec<usize> {
    let room = flow.notes.room(flow.template.grid.lines);
    let mut whole: BTreeSet<BlockIndex> = flow.divided.into_iter().collect();
    loop {
        let ends = first_fit(variants, room).ends;
        let mut more = false;
        let whole_ones = taken_along(document, (units, order), &ends, room).into_iter().filter(|taken| !taken.divided);
        for TakenAlong { block, .. } in whole_ones {
            let at = order.iter().position(|&other| other == block);
            if let Some(set) = at.and_then(|at| variants.get_mut(at)).filter(|_| whole.insert(block)) {
                set.variants.iter_mut().flat_map(|variant| &mut variant.cells).for_each(|cell| cell.keeps = true);
                more = true;
            }
        }
        if !more {
            return ends;
        }
    }
}

/// Pages as office programs fill them.
fn first_fit(variants: &[BlockVariants], room: Room) -> Plan {
    let first = |block: &BlockVariants| block.variants.first().map_or_else(Vec::new, |variant| variant.cells.clone());
    let cells: Vec<UnitMetrics> = variants.iter().flat_map(first).collect();
    pages::fill(variants.len(), &cells, room)
}

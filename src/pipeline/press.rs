//! What a press asks for: its profile, some of the pages, numbered copies.

use super::request::{CopyFiles, PdfFile};
use crate::diagnostic::{Code, Diagnostic, Message, say};
use crate::font::Fonts;
use crate::layout::{self, Page, PagedDocument};
use crate::model::{BlockKind, Document, Origin, Run, RunKind, Text};
use crate::pdf::{PdfOptions, Press};
use crate::template::Template;
use crate::world::World;
use std::borrow::Cow;

/// Digits of the number of a copy (GB/T 9704 7.2.1).
const DIGITS: usize = 6;

/// How the PDF is to be written, the profile of the press being read.
pub(super) fn options(world: &dyn World, asked: &PdfFile) -> Result<PdfOptions, Vec<Diagnostic>> {
    let copies = match (asked.copies, asked.copy_files) {
        (Some((first, last)), CopyFiles::One) => (first..=last).count(),
        _ => 1,
    };
    let mut press = Press { copies, ..asked.press.clone() };
    if let Some(path) = &asked.icc {
        let read = world.read(path).map_err(|cause| {
            let (name, Message { zh, en }) = (path.display(), Message::of_io(&cause));
            vec![Diagnostic::error(
                Code::NOT_FOR_PRESS,
                None,
                say!("印刷特性文件 {name} 读不出来：{zh}", "the press profile {name} cannot be read: {en}"),
                say!("写上印刷厂给的 .icc 文件的路径", "give the path of the .icc file of the press"),
            )]
        })?;
        press.icc = Some(read);
    }
    Ok(PdfOptions { profile: asked.profile, press })
}

/// The most pages that all copies of one run have: some 600 kB of memory each.
const MOST_PAGES: usize = 4000;

/// The pages of a file.
pub(super) struct PrintedPages<'a> {
    /// The number of the copy, where it has a file of its own.
    pub(super) number: Option<u32>,
    pub(super) pages: Cow<'a, PagedDocument>,
}

/// The pages that are asked for: some of them, or all of them once for each copy; a file for each, or one for all.
pub(super) fn selected<'a>(
    document: &Document,
    template: &Template,
    fonts: &Fonts,
    paged: &'a PagedDocument,
    asked: &PdfFile,
) -> Result<Vec<PrintedPages<'a>>, Vec<Diagnostic>> {
    let Some((first, last)) = asked.copies else {
        return Ok(vec![PrintedPages { number: None, pages: some(paged, asked.pages)? }]);
    };
    let of_copy = some(paged, asked.pages)?.pages.len();
    let count = (last - first) as usize + 1;
    if count.saturating_mul(of_copy) > MOST_PAGES {
        return Err(vec![too_many(count, of_copy, first)]);
    }
    let mut each = Vec::new();
    let mut all = PagedDocument::default();
    for number in first..=last {
        let copy = numbered(document, number).ok_or_else(unnumbered)?;
        let paged = layout::compose(&copy, template, fonts)?;
        let pages = some(&paged, asked.pages)?.into_owned();
        match asked.copy_files {
            CopyFiles::One => {
                // Printed on both sides, a copy does not begin on the back of another.
                if asked.press.imposition.is_none() && all.pages.len() % 2 == 1 {
                    all.pages.extend(pages.pages.first().map(|page| Page::blank((page.width, page.height))));
                }
                all.pages.extend(pages.pages);
            }
            CopyFiles::Each => each.push(PrintedPages { number: Some(number), pages: Cow::Owned(pages) }),
        }
    }
    if asked.copy_files == CopyFiles::One {
        each.push(PrintedPages { number: None, pages: Cow::Owned(all) });
    }
    Ok(each)
}

/// More copies than one run prints.
fn too_many(count: usize, pages: usize, first: u32) -> Diagnostic {
    let next = u32::try_from((MOST_PAGES / pages).max(1)).unwrap_or(1);
    let last = first.saturating_add(next) - 1;
    Diagnostic::error(
        Code::NOT_FOR_PRESS,
        None,
        say!(
            "{count} 份、每份 {pages} 页，一次最多印 {MOST_PAGES} 页",
            "{count} copies of {pages} pages: one run prints {MOST_PAGES} pages at most"
        ),
        say!(
            "分几次印：--copies {first:0DIGITS$}-{last:0DIGITS$}，再印后面的",
            "print them in parts: --copies {first:0DIGITS$}-{last:0DIGITS$}, then the next"
        ),
    )
}

/// What a copy's file is called by, behind the report's name.
pub(super) fn copy_suffix(number: Option<u32>) -> String {
    number.map_or_else(String::new, |number| format!("-{number:0DIGITS$}"))
}

/// The pages from one to another.
fn some(paged: &PagedDocument, pages: Option<(usize, usize)>) -> Result<Cow<'_, PagedDocument>, Vec<Diagnostic>> {
    let Some((first, last)) = pages else { return Ok(Cow::Borrowed(paged)) };
    let count = paged.pages.len();
    let Some(chosen) = first.checked_sub(1).and_then(|first| paged.pages.get(first..last)) else {
        return Err(vec![Diagnostic::error(
            Code::PAGES_MISSING,
            None,
            say!("没有第 {first} 至 {last} 页，一共 {count} 页", "there are no pages {first} to {last}, only {count}"),
            say!("改 --pages；页数从封面起数", "change --pages; pages count from the cover on"),
        )]);
    };
    let outline = paged.outline.iter().filter(|entry| (first..=last).contains(&(entry.page + 1))).cloned();
    let outline = outline.map(|entry| layout::OutlineEntry { page: entry.page + 1 - first, ..entry }).collect();
    Ok(Cow::Owned(PagedDocument { pages: chosen.to_vec(), outline, ..PagedDocument::default() }))
}

/// The document with another number of the copy; None for one without a place for it.
fn numbered(document: &Document, number: u32) -> Option<Document> {
    let mut copy = document.clone();
    let head = copy.blocks.iter_mut().find_map(|block| match &mut block.kind {
        BlockKind::RedHead(head) => Some((head, block.span)),
        _ => None,
    });
    let (head, span) = head?;
    let text = head.copy_number.as_mut()?;
    let text_of = format!("{number:0DIGITS$}");
    *text = Text { runs: vec![Run::new(text_of, RunKind::Text, Origin::Whole(span))] };
    Some(copy)
}

fn unnumbered() -> Vec<Diagnostic> {
    vec![Diagnostic::error(
        Code::COPIES_UNNUMBERED,
        None,
        say!("报告没有份号，--copies 无处可印", "the report has no copy number for --copies to print"),
        say!(
            "在红头里写 copy-number: \"000001\"，或者不用 --copies",
            "give the head a copy number, or leave --copies out"
        ),
    )]
}

/// What the writer refused.
pub(super) fn refused(message: Message) -> Diagnostic {
    let hint =
        say!("改模板或印刷选项，或者不用 --pdf print", "change the template or the options, or leave --pdf print out");
    Diagnostic::error(Code::NOT_FOR_PRESS, None, message, hint)
}

//! The last look at the pages: no line leaves its place, and none is printed over another.
//!
//! Whatever sets text sees to this itself. What nobody thought of is refused here, so that no page is wrong in silence.

use super::{Line, LineKind, Page, PageItem, PagedDocument};
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{Document, Length};
use crate::template::Template;
use std::collections::BTreeMap;

/// How far a line may reach out of the type area, in em: marks hang by half an em, raised and lowered text by less.
const HANG: f64 = 1.0;
/// How much of an em two lines may come into each other: closer lines than that cannot be read.
const OVERLAP: f64 = 0.45;
/// How many characters of a line a message quotes.
const QUOTED: usize = 8;

/// An error for every block with a line out of its place.
pub(super) fn check(document: &Document, template: &Template, paged: &PagedDocument) -> Vec<Diagnostic> {
    // One error for a place, with the first of its lines: a red head is one block of several fields.
    let mut wrong: BTreeMap<Option<Span>, &Line> = BTreeMap::new();
    for page in &paged.pages {
        for line in page.lines().filter(|line| leaves(line, page, template)).chain(printed_over(page)) {
            wrong.entry(place(document, line)).or_insert(line);
        }
    }
    wrong.into_iter().map(|(place, line)| too_long(place, line)).collect()
}

fn too_long(place: Option<Span>, line: &Line) -> Diagnostic {
    let quoted: String = line.text.trim().chars().take(QUOTED).collect();
    Diagnostic::error(
        Code::TEXT_OUT_OF_PLACE,
        place,
        say!("“{quoted}……”文字太长，排不进它的位置", "“{quoted}…”: the text is too long for its place"),
        say!("缩短文字，或者分成几段", "shorten it, or make several paragraphs of it"),
    )
}

fn place(document: &Document, line: &Line) -> Option<Span> {
    let block = match line.kind {
        LineKind::Block(block)
        | LineKind::Caption(block)
        | LineKind::Beside(block)
        | LineKind::Below { block, .. }
        | LineKind::Chart(block)
        | LineKind::Cell { block, .. }
        | LineKind::Contents { block, .. } => block,
        LineKind::Note(note) => return document.notes.get(note.get()).map(|note| note.span),
        LineKind::Artifact(_) => return None,
    };
    document.blocks.get(block.get()).map(|block| block.span)
}

/// A box around a line: left, top, right, bottom in points.
fn extent(line: &Line) -> [f64; 4] {
    let size = size(line);
    let (x, y, width) = (line.x.to_pt(), line.baseline.to_pt(), line.width.to_pt());
    // Figures and Han characters are between these about their baseline.
    let (up, down) = (size * 0.8, size * 0.15);
    if line.turned { [x - up, y - width, x + down, y] } else { [x, y - up, x + width, y + down] }
}

fn size(line: &Line) -> f64 {
    line.runs.iter().map(|run| run.size).fold(Length::ZERO, Length::max).to_pt()
}

/// True for a line that reaches out of the type area; what is no part of the text must stay on the page.
fn leaves(line: &Line, page: &Page, template: &Template) -> bool {
    let [left, top, right, bottom] = extent(line);
    let (width, height) = (page.width.to_pt(), page.height.to_pt());
    let area = &template.page;
    let (side, above, below) = if matches!(line.kind, LineKind::Artifact(_)) {
        (0.0, 0.0, 0.0)
    } else {
        let hang = HANG * size(line);
        let side = area.inner.min(area.outer).to_pt();
        (side - hang, area.top.to_pt() - hang, area.bottom.to_pt() - hang)
    };
    left < side || top < above || right > width - side || bottom > height - below
}

/// Lines that are printed over another of their page. Figures in charts may cross lines of the drawing, and each other's corners.
fn printed_over(page: &Page) -> impl Iterator<Item = &Line> {
    let mut lines: Vec<(&Line, [f64; 4], f64)> = page
        .items
        .iter()
        .filter_map(|item| match item {
            PageItem::Line(line) if !line.turned && !line.text.trim().is_empty() => {
                Some((line, extent(line), size(line)))
            }
            _ => None,
        })
        .collect();
    lines.sort_by(|a, b| a.1[1].total_cmp(&b.1[1]));
    let mut wrong = Vec::new();
    for (at, (line, a, size)) in lines.iter().enumerate() {
        for (other, b, others) in lines.iter().skip(at + 1).take_while(|(_, b, _)| b[1] < a[3]) {
            let em = size.min(*others);
            let across = a[2].min(b[2]) - a[0].max(b[0]);
            let down = a[3].min(b[3]) - a[1].max(b[1]);
            if across > OVERLAP * em && down > OVERLAP * em {
                wrong.push(if other.text.len() > line.text.len() { *other } else { *line });
            }
        }
    }
    wrong.into_iter()
}

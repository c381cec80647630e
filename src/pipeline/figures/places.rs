//! Where the pages print the values of the data, and where the other digits of the pages come from.

use crate::font::Fonts;
use crate::layout::{Artifact, GlyphRun, Line, LineKind, OutlineStep, PageItem, PagedDocument};
use crate::model::{BlockIndex, BlockKind, Document, RunKind, ValueIndex};
use std::collections::{BTreeMap, BTreeSet};

/// A rectangle on a page, in points from its top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rectangle {
    /// From 1.
    pub(super) page: usize,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// One place where a value is printed: as many boxes as it takes lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Occurrence {
    pub(super) value: ValueIndex,
    /// The block that it is printed for; none for a footnote, and for what is printed again on a later page.
    pub(super) block: Option<BlockIndex>,
    /// From 1.
    pub(super) page: usize,
    /// The line on its page, from 1; None where it is drawn behind the lines, in the watermark.
    pub(super) line: Option<usize>,
    pub(super) boxes: Vec<Rectangle>,
}

/// Digits on a page that a person has typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) page: usize,
    pub(super) line: usize,
    pub(super) digits: String,
    /// The text of the line.
    pub(super) text: String,
    pub(super) block: Option<BlockIndex>,
}

/// What the pages print of the data.
#[derive(Clone, Debug, Default)]
pub(super) struct FigurePlaces {
    /// In the order of the pages.
    pub(super) occurrences: Vec<Occurrence>,
    /// How many runs of digits come from the data.
    pub(super) bound: usize,
    /// How many the program counts.
    pub(super) automatic: usize,
    pub(super) typed: Vec<Typed>,
}

/// Finds them. `is_data`: whether a value depends on the data.
pub(super) fn places(
    document: &Document,
    paged: &PagedDocument,
    fonts: &Fonts,
    is_data: impl Fn(ValueIndex) -> bool,
) -> FigurePlaces {
    let mut found = FigurePlaces::default();
    let mut open: BTreeMap<(ValueIndex, Spot), usize> = BTreeMap::new();
    let mut titles: BTreeMap<BlockIndex, Vec<(char, RunKind)>> = BTreeMap::new();
    let mut labelled: BTreeSet<(BlockIndex, u16)> = BTreeSet::new();
    for (page, number) in paged.pages.iter().zip(1..) {
        for (line, at) in page.lines().filter(|line| !line.runs.is_empty()).zip(1..) {
            let mut marks = marks(line, fonts);
            if let LineKind::Below { block, note } = line.kind
                && labelled.insert((block, note))
            {
                let label = label(document, block, note);
                marks.iter_mut().take(label).for_each(|mark| mark.source = RunKind::Number);
            }
            if let LineKind::Contents { target, .. } = line.kind {
                let title = titles.entry(target).or_insert_with(|| title(document, target));
                retitle(&mut marks, title);
            }
            count(&marks, line, (number, at), &is_data, &mut found);
            for (value, rectangle) in boxes(&marks, line, number) {
                let spot = Spot::of(line.kind, number);
                let slot = *open.entry((value, spot)).or_insert_with(|| {
                    let block = line.kind.block();
                    found.occurrences.push(Occurrence {
                        value,
                        block,
                        page: number,
                        line: Some(at),
                        boxes: Vec::new(),
                    });
                    found.occurrences.len() - 1
                });
                found.occurrences[slot].boxes.push(rectangle);
            }
        }
        found.occurrences.extend(page.items.iter().filter_map(|item| drawn(item, number)));
    }
    found
}

/// A value that is drawn in the watermark.
fn drawn(item: &PageItem, page: usize) -> Option<Occurrence> {
    let PageItem::Path(path) = item else { return None };
    let value = path.value?;
    let points = || path.steps.iter().flat_map(OutlineStep::points);
    let of = |f: fn(f64, f64) -> f64, axis: usize| points().map(|point| point[axis]).reduce(f);
    let (left, top) = (of(f64::min, 0)?, of(f64::min, 1)?);
    let (right, bottom) = (of(f64::max, 0)?, of(f64::max, 1)?);
    let rectangle = Rectangle { page, x: left, y: top, width: right - left, height: bottom - top };
    Some(Occurrence { value, block: None, page, line: None, boxes: vec![rectangle] })
}

/// How many characters the program has put before a note below a table: 注：1.
fn label(document: &Document, block: BlockIndex, note: u16) -> usize {
    let Some(BlockKind::Table(table)) = document.block(block).map(|block| &block.kind) else { return 0 };
    table.below.get(usize::from(note)).map_or(0, |line| line.label.plain().chars().count())
}

/// What a value is printed in: the same value is printed in several where a heading is in the contents too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Text,
    Contents,
    /// Printed again, on this page.
    Again(usize),
}

impl Spot {
    fn of(kind: LineKind, page: usize) -> Self {
        match kind {
            LineKind::Contents { .. } => Self::Contents,
            LineKind::Artifact(_) => Self::Again(page),
            _ => Self::Text,
        }
    }
}

/// A character of a line with its place along it, in points.
struct FigureMark {
    c: char,
    source: RunKind,
    from: f64,
    to: f64,
    /// Baseline above the line's, and the size of the em.
    rise: f64,
    size: f64,
}

fn marks(line: &Line, fonts: &Fonts) -> Vec<FigureMark> {
    let mut marks = Vec::new();
    let mut rest = line.text.as_str();
    for run in &line.runs {
        for (at, glyph) in run.glyphs.iter().enumerate() {
            let (shown, behind) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
            rest = behind;
            let to = end_of(run, at, fonts);
            // What a header repeats of the title is counted there.
            let source = match (line.kind, run.source) {
                (LineKind::Artifact(Artifact::PageNumber), _)
                | (LineKind::Artifact(Artifact::Header), RunKind::Text) => RunKind::Number,
                (_, source) => source,
            };
            marks.extend(shown.chars().map(|c| FigureMark {
                c,
                source,
                from: f64::from(glyph.x),
                to,
                rise: run.rise.to_pt(),
                size: run.size.to_pt(),
            }));
        }
    }
    marks
}

/// The right edge of a glyph.
fn end_of(run: &GlyphRun, at: usize, fonts: &Fonts) -> f64 {
    let Some(glyph) = run.glyphs.get(at) else { return 0.0 };
    let advance = fonts.face(run.face).map_or(0.0, |face| face.advance(glyph.id));
    f64::from(glyph.x) + f64::from(advance) * run.size.to_pt()
}

/// The characters of a heading, as contents repeat them.
fn title(document: &Document, target: BlockIndex) -> Vec<(char, RunKind)> {
    let Some(block) = document.block(target) else { return Vec::new() };
    let number = block.kind.number().map_or("", |number| number.text.as_str());
    let mut title: Vec<(char, RunKind)> = number.chars().map(|c| (c, RunKind::Number)).collect();
    let mut blocks = vec![block];
    // 附件1 is followed by the title of the attachment, a block of its own.
    blocks.extend(document.blocks.get(target.get() + 1).filter(|_| number.is_empty()));
    for text in blocks.iter().flat_map(|block| block.kind.texts()) {
        for run in text.runs.iter().filter(|run| !matches!(run.kind, RunKind::Note(_) | RunKind::Term(_))) {
            title.extend(run.text.chars().map(|c| (c, run.kind)));
        }
    }
    title.reverse();
    title
}

/// Gives the characters of a line of contents the sources that they have in their heading. `title`: what is left of it, last
/// character first.
fn retitle(marks: &mut [FigureMark], title: &mut Vec<(char, RunKind)>) {
    for mark in marks.iter_mut().filter(|mark| mark.source == RunKind::Text && !mark.c.is_whitespace()) {
        while title.last().is_some_and(|(c, _)| c.is_whitespace()) {
            title.pop();
        }
        if title.last().is_some_and(|(c, _)| *c == mark.c) {
            mark.source = title.pop().map_or(RunKind::Text, |(_, kind)| kind);
        }
    }
}

/// The highest and lowest that characters reach from their baseline, in em: the cell of a Han character.
const ABOVE: f64 = 0.88;
const BELOW: f64 = 0.12;

/// The boxes of the values on a line.
fn boxes(marks: &[FigureMark], line: &Line, page: usize) -> Vec<(ValueIndex, Rectangle)> {
    let mut found = Vec::new();
    for group in marks.chunk_by(|a, b| a.source == b.source) {
        let Some(RunKind::Value(value)) = group.first().map(|mark| mark.source) else { continue };
        let over =
            |f: fn(f64, f64) -> f64, of: &dyn Fn(&FigureMark) -> f64| group.iter().map(of).reduce(f).unwrap_or(0.0);
        let (from, to) = (over(f64::min, &|m| m.from), over(f64::max, &|m| m.to));
        let (above, below) =
            (over(f64::max, &|m| m.rise + m.size * ABOVE), over(f64::max, &|m| m.size * BELOW - m.rise));
        let (x, y) = (line.x.to_pt(), line.baseline.to_pt());
        let rectangle = if line.turned {
            Rectangle { page, x: x - above, y: y - to, width: above + below, height: to - from }
        } else {
            Rectangle { page, x: x + from, y: y - above, width: to - from, height: above + below }
        };
        found.push((value, rectangle));
    }
    found
}

/// Counts the runs of digits of a line. A run that a person has typed a part of is typed.
fn count(
    marks: &[FigureMark],
    line: &Line,
    (page, at): (usize, usize),
    is_data: &impl Fn(ValueIndex) -> bool,
    found: &mut FigurePlaces,
) {
    let digit = |mark: &FigureMark| mark.c.is_ascii_digit() || ('０'..='９').contains(&mark.c);
    // 16.7 is one number, and so is 1,234.
    let within = |at: usize| {
        let digits = marks[at + 1..].iter().take_while(|mark| digit(mark)).count();
        let divides = marks[at].c == '.' && digits > 0 || marks[at].c == ',' && digits == 3;
        divides && at.checked_sub(1).is_some_and(|before| digit(&marks[before]))
    };
    let counted: Vec<(bool, &FigureMark)> =
        marks.iter().enumerate().map(|(at, mark)| (digit(mark) || within(at), mark)).collect();
    for run in counted.chunk_by(|a, b| a.0 == b.0).filter(|run| run.first().is_some_and(|first| first.0)) {
        let run: Vec<&FigureMark> = run.iter().map(|(_, mark)| *mark).collect();
        if run.iter().any(|mark| mark.source == RunKind::Text && digit(mark)) {
            let digits = run.iter().map(|mark| mark.c).collect();
            let (text, block) = (line.text.clone(), line.kind.block());
            found.typed.push(Typed { page, line: at, digits, text, block });
        } else if run.iter().any(|mark| matches!(mark.source, RunKind::Value(value) if is_data(value))) {
            found.bound += 1;
        } else {
            found.automatic += 1;
        }
    }
}

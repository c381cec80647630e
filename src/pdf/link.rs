//! Links within the document: which runs of glyphs lead somewhere, and where to (12.5.6.5).

use crate::layout::{GlyphRun, Line, LineKind, OutlineStep, PageItem, PagedDocument};
use crate::model::{BlockIndex, Document, Length, Link, LinkIndex, NoteIndex, RunKind};
use std::collections::BTreeMap;

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LinkTarget {
    /// Where a block begins.
    Block(BlockIndex),
    /// Where a footnote begins.
    Note(NoteIndex),
    /// Where a footnote is called first.
    Call(NoteIndex),
    /// An address.
    Address(LinkIndex),
}

impl LinkTarget {
    /// That of a run: a line of the contents leads to its heading, a reference and a glossary mark to what they name, a footnote's
    /// mark to the note, and the note's own mark back.
    pub(super) fn of(line: &Line, run: &GlyphRun) -> Option<Self> {
        match (line.kind, run.source) {
            (LineKind::Artifact(_), _) => None,
            _ if run.link.is_some() => run.link.map(Self::Address),
            (LineKind::Contents { target, .. }, _) => Some(Self::Block(target)),
            (_, RunKind::Reference(block) | RunKind::Term(block)) => Some(Self::Block(block)),
            (_, RunKind::Note(note)) => Some(Self::Note(note)),
            (LineKind::Note(note), RunKind::Number) => Some(Self::Call(note)),
            _ => None,
        }
    }
}

/// A place on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkPlace {
    /// The index of the page.
    pub(super) page: usize,
    /// Its height below the page's top.
    pub(super) y: Length,
}

/// The places of everything that links lead to, and the addresses.
#[derive(Debug, Default)]
pub(super) struct Destinations {
    places: BTreeMap<LinkTarget, LinkPlace>,
    addresses: Vec<String>,
}

impl Destinations {
    /// The first place of each block and footnote on the pages.
    pub(super) fn of(report: &Document, paged: &PagedDocument) -> Self {
        let addresses = report.links.iter().map(Link::uri).collect();
        let mut destinations = Self { addresses, ..Self::default() };
        for (index, page) in paged.pages.iter().enumerate() {
            let mut put = |target, y| {
                let destination = destinations.places.entry(target).or_insert(LinkPlace { page: index, y });
                if destination.page == index {
                    destination.y = destination.y.min(y);
                }
            };
            for item in &page.items {
                match item {
                    PageItem::Line(line) => {
                        let y = top(line);
                        if let LineKind::Note(note) = line.kind {
                            put(LinkTarget::Note(note), y);
                        } else if let Some(block) = line.kind.block() {
                            put(LinkTarget::Block(block), y);
                        }
                        for run in &line.runs {
                            if let RunKind::Note(note) = run.source {
                                put(LinkTarget::Call(note), y);
                            }
                        }
                    }
                    PageItem::Picture(picture) => put(LinkTarget::Block(picture.picture.block), picture.y),
                    PageItem::Path(path) => {
                        if let Some(block) = path.block {
                            put(LinkTarget::Block(block), Length::pt(highest(&path.steps)));
                        }
                    }
                    PageItem::Rule(_) => {}
                }
            }
        }
        destinations
    }

    /// Where a target leads; None for one that is not printed.
    pub(super) fn get(&self, target: LinkTarget) -> Option<Lead> {
        match target {
            LinkTarget::Address(link) => self.addresses.get(link.get()).cloned().map(Lead::Address),
            _ => self.places.get(&target).copied().map(Lead::Place),
        }
    }
}

/// The upper edge of a line.
fn top(line: &Line) -> Length {
    if line.turned {
        return line.baseline - line.width;
    }
    line.baseline - line.runs.iter().map(|run| run.rise + run.size).fold(Length::ZERO, Length::max)
}

fn highest(steps: &[OutlineStep]) -> f64 {
    let height = |step: &OutlineStep| match *step {
        OutlineStep::Move(_, y) | OutlineStep::Line(_, y) => y,
        OutlineStep::Curve(points) => points[2].1,
        OutlineStep::Close => f64::INFINITY,
    };
    steps.iter().map(height).fold(f64::INFINITY, f64::min)
}

/// The description of a link: its text, without the dots of contents.
pub(super) fn description(line: &Line, written: &str) -> String {
    let whole = match line.kind {
        LineKind::Contents { .. } => {
            written.split("..").map(|part| part.trim_matches('.')).collect::<Vec<_>>().join(" ")
        }
        _ => written.to_owned(),
    };
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a link leads, as the file says it.
#[derive(Clone, Debug)]
pub(super) enum Lead {
    /// A place on a page.
    Place(LinkPlace),
    /// A URI.
    Address(String),
}

/// A link on a page.
#[derive(Clone, Debug)]
pub(super) struct PageLink {
    /// Its left, bottom, right and top edge, in points from the page's bottom left.
    pub(super) edges: [f32; 4],
    /// Where it leads.
    pub(super) lead: Lead,
    /// Its description for readers who do not see it.
    pub(super) text: String,
}

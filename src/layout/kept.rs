//! Paragraphs, tables and page breaks as they were set before.
//!
//! A paragraph is known by its template, its style and its pieces; nothing else says how its lines come out in the same faces. The
//! choice of page breaks is known by what page make-up knows of the units. A table is known by its template, the pieces of its cells and
//! their places, and the room that it has; one with pictures is set anew.

use super::inline::TextPiece;
use super::lines::SetLine;
use super::pages::{self, BlockVariants, Plan, Room};
use crate::model::Length;
use crate::printed::SetTable;
use crate::reuse::{BuildEnd, ContentHash, Reuse};
use crate::template::{StyleName, Template};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, OnceLock};

/// More paragraphs than the longest report has.
const MOST_PARAGRAPHS: usize = 1 << 16;
/// More tables than the longest report has.
const MOST_TABLES: usize = 1 << 12;
/// Tables that many reports may have in common.
const FEW_TABLES: usize = 16;
/// The choices of page breaks of a few builds: one has two, and more where type is tried in sizes.
const MOST_PLANS: usize = 64;
/// The templates of a few builds.
const MOST_TEMPLATES: usize = 8;

/// Paragraphs that were set before, all in the same faces.
#[derive(Debug)]
pub struct SetParagraphs {
    templates: Mutex<KnownTemplates>,
    pub(super) paragraphs: Reuse<KeptParagraph>,
    pub(super) set_tables: Reuse<KeptRows>,
    plans: Reuse<Plan>,
}

/// The rows of a table that were set.
#[derive(Clone, Debug)]
pub(super) struct KeptRows {
    /// The edges of its columns, from its left, and where that is in the measure.
    pub(super) edges: Vec<Length>,
    pub(super) left: Length,
    /// Its lines, by cell.
    pub(super) lines: Vec<Vec<SetLine>>,
    /// Rows of the page's grid that each row takes.
    pub(super) heights: Vec<u32>,
    /// The sizes of its head and its text, and the blanks of a cell.
    pub(super) sizes: [Length; 3],
    /// What the other back ends know of it.
    pub(super) set: SetTable,
}

/// Templates, the one used last at the end, each with a number that no other has had.
#[derive(Debug, Default)]
struct KnownTemplates {
    next: u64,
    known: Vec<(u64, Arc<Template>)>,
}

/// Another number of lines that a paragraph can be set in: how many, how much more uneven than the best, and their ends.
pub(super) type OtherCount = (usize, u64, Vec<usize>);

/// A paragraph that was set.
#[derive(Debug)]
pub(super) struct KeptParagraph {
    /// Its lines.
    pub(super) lines: Vec<SetLine>,
    /// The other ways to set it, once they were asked for.
    pub(super) others: OnceLock<Vec<OtherCount>>,
    /// The lines of the way that page make-up chose last, with their ends.
    chosen: Mutex<Option<(Vec<usize>, Vec<SetLine>)>>,
}

impl KeptParagraph {
    pub(super) fn new(lines: Vec<SetLine>) -> Self {
        Self { lines, others: OnceLock::new(), chosen: Mutex::default() }
    }

    /// Its lines with given ends, made by `set` unless they were chosen last.
    pub(super) fn with_ends(&self, ends: &[usize], set: impl FnOnce() -> Vec<SetLine>) -> Vec<SetLine> {
        let Ok(mut chosen) = self.chosen.lock() else { return set() };
        match chosen.as_ref() {
            Some((known, lines)) if known == ends => lines.clone(),
            _ => chosen.insert((ends.to_vec(), set())).1.clone(),
        }
    }
}

impl Default for SetParagraphs {
    fn default() -> Self {
        Self { set_tables: Reuse::at_most(MOST_TABLES), ..Self::at_most(MOST_PARAGRAPHS) }
    }
}

impl SetParagraphs {
    /// Nothing yet, and never more than so many paragraphs; of tables, which differ from report to report, a few.
    #[must_use]
    pub fn at_most(paragraphs: usize) -> Self {
        let (paragraphs, plans) = (Reuse::at_most(paragraphs), Reuse::at_most(MOST_PLANS));
        Self { templates: Mutex::default(), paragraphs, set_tables: Reuse::at_most(FEW_TABLES), plans }
    }

    /// How many paragraphs, tables and choices of page breaks are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paragraphs.len() + self.set_tables.len() + self.plans.len()
    }

    /// True without any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Drops what the build that has ended did not use.
    pub fn end(&self, end: BuildEnd) {
        self.paragraphs.end(end);
        self.set_tables.end(end);
        self.plans.end(end);
    }

    /// The number of a template, by which its paragraphs are known.
    pub(super) fn template(&self, template: &Template) -> u64 {
        let Ok(mut templates) = self.templates.lock() else { return u64::MAX };
        if let Some(at) = templates.known.iter().position(|(_, known)| **known == *template) {
            let found = templates.known.remove(at);
            let number = found.0;
            templates.known.push(found);
            return number;
        }
        if templates.known.len() >= MOST_TEMPLATES {
            templates.known.remove(0);
        }
        let number = templates.next;
        templates.next += 1;
        templates.known.push((number, Arc::new(template.clone())));
        number
    }

    /// The best page breaks.
    pub(super) fn plan(&self, blocks: &[BlockVariants], room: Room) -> Plan {
        let made = self.plans.make::<Infallible>(ContentHash::of(&(blocks, room)), || Ok(pages::plan(blocks, room)));
        let Ok(plan) = made;
        Plan::clone(&plan)
    }
}

/// What a paragraph is known by.
pub(super) fn paragraph_key(template: u64, style: StyleName, pieces: &[TextPiece<'_>]) -> ContentHash {
    ContentHash::of(&(template, style, pieces))
}

//! Footnotes: set once, printed at the foot of the page that first calls them.

use super::inline::Setting;
use super::pages::Placed;
use super::{GlyphRun, Item, Line, LineKind, Rule, RunSource};
use crate::model::{BlockKind, Document, Length, RunKind};
use crate::template::{Leading, StyleName, Template};
use std::collections::BTreeSet;

/// A thousandth of a row of the grid: what heights at the foot of a page are counted in.
pub(super) const ROW: u32 = 1_000;

/// The footnotes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The lines of each note, with their left edges.
    pub(super) set: Vec<Vec<(Setting, Length)>>,
    /// The height of each note, in thousandths of a row.
    heights: Vec<u32>,
    /// The block that first calls each note.
    callers: Vec<Option<u32>>,
    /// What divides notes from text takes so much, in thousandths of a row.
    pub(super) divider: u32,
}

impl Notes {
    /// Where each note is first called.
    pub(super) fn new(document: &Document, template: &Template) -> Self {
        let mut callers = vec![None; document.notes.len()];
        for (index, block) in document.blocks.iter().enumerate() {
            for run in block.kind.texts().into_iter().flat_map(|text| &text.runs) {
                if let RunKind::Note(note) = run.kind
                    && let Some(caller @ None) = callers.get_mut(note)
                {
                    *caller = Some(index as u32);
                }
            }
        }
        let style = template.style(StyleName::Footnote);
        let divider = style.rule.map_or(Length::ZERO, |rule| rule.above + rule.weight + rule.below);
        let divider = thousandths(divider, template);
        Self { callers, divider, ..Self::default() }
    }

    /// Takes in the lines of the next note.
    pub(super) fn push(&mut self, lines: Vec<(Setting, Length)>, template: &Template) {
        let height = leading(template) * lines.len() as f64;
        self.heights.push(thousandths(height, template));
        self.set.push(lines);
    }

    /// The notes that these sources of a line call for the first time in the document, `seen` being those of the lines
    /// of the block before it.
    pub(super) fn called(
        &self,
        block: u32,
        sources: impl Iterator<Item = RunSource>,
        seen: &mut BTreeSet<u32>,
    ) -> Vec<u32> {
        sources
            .filter_map(|source| if let RunSource::Note(note) = source { Some(note) } else { None })
            .filter(|&note| self.callers.get(note as usize) == Some(&Some(block)) && seen.insert(note))
            .collect()
    }

    /// The notes that a block calls first, whatever part of it.
    pub(super) fn of_block(&self, block: u32, kind: &BlockKind) -> Vec<u32> {
        let sources = kind.texts().into_iter().flat_map(|text| &text.runs).filter_map(|run| match run.kind {
            RunKind::Note(note) => Some(RunSource::Note(note as u32)),
            _ => None,
        });
        self.called(block, sources, &mut BTreeSet::new())
    }

    /// The height of some notes, in thousandths of a row.
    pub(super) fn height(&self, notes: &[u32]) -> u32 {
        notes.iter().filter_map(|&note| self.heights.get(note as usize)).sum()
    }

    /// The notes of a page at its foot, on the last row of the type area, and the rule above them.
    pub(super) fn at_foot(&mut self, notes: &[u32], template: &Template, left: Length) -> Vec<Item> {
        if notes.is_empty() {
            return Vec::new();
        }
        let (page, grid, style) = (&template.page, &template.grid, template.style(StyleName::Footnote));
        let lines: usize = notes.iter().filter_map(|&note| self.set.get(note as usize)).map(Vec::len).sum();
        let leading = leading(template);
        let foot = page.top + grid.pitch * f64::from(grid.lines - 1) + grid.cell;
        let mut top = foot - leading * (lines as f64 - 1.0) - style.size;
        let mut items = Vec::with_capacity(lines + 1);
        if let Some(rule) = style.rule {
            let y = top - rule.below - rule.weight;
            items.push(Item::Rule(Rule { color: style.color, x: left, y, width: rule.width, height: rule.weight }));
        }
        for &note in notes {
            let set = self.set.get_mut(note as usize).map(std::mem::take).unwrap_or_default();
            let count = set.len();
            for (i, (setting, x)) in set.into_iter().enumerate() {
                items.push(Item::Line(Line {
                    kind: LineKind::Note(note),
                    last: i + 1 == count,
                    text: setting.text,
                    x: left + x,
                    baseline: top + style.size * grid.ascent,
                    width: setting.width,
                    turned: false,
                    runs: setting.runs,
                }));
                top += leading;
            }
        }
        items
    }
}

/// The sources of a line's runs.
pub(super) fn sources(placed: &Placed) -> impl Iterator<Item = RunSource> + '_ {
    placed.setting.runs.iter().map(|run: &GlyphRun| run.source)
}

fn leading(template: &Template) -> Length {
    match template.style(StyleName::Footnote).leading {
        Leading::Exact(leading) => leading,
        Leading::Rows(rows) => template.grid.pitch * rows,
    }
}

fn thousandths(height: Length, template: &Template) -> u32 {
    (height / template.grid.pitch * f64::from(ROW)).ceil().max(0.0) as u32
}

//! What was handed out and what came back, compared with a source as often as it is asked.

use super::align::{Alignment, Bookmarks, align};
use super::hidden::settle_hidden;
use super::plan::FormattingChanges;
use super::planner::{Planner, in_order, name, reads_alike};
use super::review::Review;
use crate::model::{Comment, Document, Manuscript};
use std::collections::{BTreeMap, BTreeSet};

/// What was handed out and what came back, each paragraph with its other side.
#[derive(Clone, Debug)]
pub struct Returned {
    base: Manuscript,
    theirs: Manuscript,
    to_theirs: Alignment,
}

impl Returned {
    /// Finds the paragraphs of one in the other.
    #[must_use]
    pub fn new(base: Manuscript, mut theirs: Manuscript) -> Self {
        theirs.formattings.iter_mut().for_each(|f| f.features.retain(|feature, _| !base.untold.contains(feature)));
        forget(&mut theirs, &base.carried);
        settle_hidden(&base, &mut theirs);
        let to_theirs = align(&base.items, &theirs.items, Bookmarks::Carried);
        Self { base, theirs, to_theirs }
    }

    /// What was handed out.
    #[must_use]
    pub fn base(&self) -> &Manuscript {
        &self.base
    }

    /// What came back.
    #[must_use]
    pub fn theirs(&self) -> &Manuscript {
        &self.theirs
    }

    /// How sure it is that the two belong together, from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        self.to_theirs.stats.confidence
    }

    /// Leaves aside who saved the file where it is this name.
    pub fn forget_saver(&mut self, name: Option<&str>) {
        self.theirs.saved_by = self.theirs.saved_by.take().filter(|by| Some(by.as_str()) != name);
    }

    /// Compares with the source as it is. `ours` and the base know their blocks; `document` is what `ours` was made from.
    #[must_use]
    pub fn review(&self, document: &Document, ours: &Manuscript) -> Review {
        self.reviewed(document, ours, FormattingChanges::Told)
    }

    /// How many changes the source has not taken in yet, and could, or is in conflict with.
    #[must_use]
    pub fn open_changes(&self, document: &Document, ours: &Manuscript) -> usize {
        let review = self.reviewed(document, ours, FormattingChanges::Aside);
        review.changes.iter().filter(|change| change.is_open()).count()
    }

    /// How many figures of theirs the data does not have yet.
    #[must_use]
    pub fn open_values(&self, document: &Document, ours: &Manuscript) -> usize {
        self.reviewed(document, ours, FormattingChanges::Aside).open_values()
    }

    fn reviewed(&self, document: &Document, ours: &Manuscript, formatting: FormattingChanges) -> Review {
        let base = &self.base;
        let theirs = &*super::notes::named_alike(base, &self.theirs, ours);
        // A source that reads as their file has all of their changes, whatever its own bookmarks say.
        let to_ours = if reads_alike(&theirs.items, &ours.items) {
            self.to_theirs.clone()
        } else if reads_alike(&base.items, &ours.items) {
            let same = Alignment::of_same(&base.items, &ours.items);
            same.unwrap_or_else(|| align(&base.items, &ours.items, Bookmarks::Carried))
        } else {
            align(&base.items, &ours.items, Bookmarks::Derived)
        };
        let mut planner = Planner {
            document,
            base,
            theirs,
            ours,
            roles: BTreeMap::new(),
            parts: Vec::new(),
            part_of_theirs: vec![None; theirs.items.len()],
            changes: Vec::new(),
            told: BTreeSet::new(),
            restyled: BTreeSet::new(),
            to_theirs: &self.to_theirs,
            to_ours,
        };
        planner.plan(formatting);
        let mut changes = in_order(document, planner.changes);
        name(&mut changes);
        Review { alignment: self.to_theirs.stats, kept: planner.to_ours.stats.confidence, changes }
    }
}

/// Leaves aside the comments that went out with a file and came back as they were.
fn forget(theirs: &mut Manuscript, carried: &[Comment]) {
    if carried.is_empty() {
        return;
    }
    let is_new = |comment: &Comment| !carried.iter().any(|own| own.is_as(comment));
    for item in theirs.items.iter_mut().chain(&mut theirs.notes) {
        item.comments.retain(is_new);
        item.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.comments.retain(is_new));
    }
}

//! Footnotes by the names that all sides know.

use super::planner::same_text;
use crate::model::{BitKind, Item, Manuscript, Phrase};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Their manuscript, its notes named as the base or ours name the same note. Programs that lose bookmarks leave no names; a new
/// note has none, until the source has it too.
pub(super) fn named_alike<'m>(base: &Manuscript, theirs: &'m Manuscript, ours: &Manuscript) -> Cow<'m, Manuscript> {
    let mark = |note: &Item| note.marks.first().cloned().unwrap_or_default();
    let mut taken: BTreeSet<String> = theirs.notes.iter().map(mark).collect();
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    // A name that no other side has is none: it came with text from another report.
    let known: BTreeSet<String> = base.notes.iter().chain(&ours.notes).map(mark).collect();
    let is_nameless = |note: &Item| mark(note).starts_with('#') || !known.contains(&mark(note));
    let mut nameless: Vec<usize> = (0..theirs.notes.len()).filter(|&at| is_nameless(&theirs.notes[at])).collect();
    for known in [base, ours] {
        nameless.retain(|&at| {
            let note = &theirs.notes[at];
            let same =
                |own: &&Item| same_text(&own.phrase.plain(), &note.phrase.plain()) && !taken.contains(&mark(own));
            let Some(own) = known.notes.iter().find(same) else { return true };
            renamed.insert(mark(note), mark(own));
            taken.insert(mark(own));
            false
        });
    }
    // Those that were changed, where all lack names: by their order among what is left.
    if !theirs.notes.is_empty() && theirs.notes.iter().all(|n| mark(n).starts_with('#')) {
        let mut left = base.notes.iter().map(mark).filter(|m| !taken.contains(m));
        let count = base.notes.len();
        if theirs.notes.len() == count {
            for at in nameless {
                if let Some(name) = left.next() {
                    renamed.insert(mark(&theirs.notes[at]), name);
                }
            }
        }
    }
    if renamed.is_empty() {
        return Cow::Borrowed(theirs);
    }
    let mut theirs = theirs.clone();
    let rename = |phrase: &mut Phrase| {
        for bit in &mut phrase.bits {
            if let BitKind::Note(name) = &mut bit.kind
                && let Some(known) = renamed.get(name)
            {
                name.clone_from(known);
            }
        }
    };
    for item in &mut theirs.items {
        rename(&mut item.phrase);
        item.rows.iter_mut().flat_map(|r| &mut r.cells).for_each(|c| rename(&mut c.phrase));
    }
    for note in &mut theirs.notes {
        if let Some(known) = note.marks.first().and_then(|m| renamed.get(m)).cloned() {
            note.marks = vec![known];
        }
    }
    Cow::Owned(theirs)
}

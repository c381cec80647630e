//! Words that an editor hid: those that were there before stay, new ones are told of alone.

use super::align::{Bookmarks, align};
use super::diff::hunks;
use crate::model::{HiddenIn, Item, Manuscript};

/// Shows what is hidden in theirs and was in the base, and takes out the rest. Hiding is formatting: it deletes nothing, and what was
/// typed hidden is not to be printed.
pub fn settle_hidden(base: &Manuscript, theirs: &mut Manuscript) {
    if !theirs.hides() {
        return;
    }
    let found = align(&base.items, &theirs.items, Bookmarks::Carried);
    let names: Vec<Option<String>> = theirs.notes.iter().map(|note| note.marks.first().cloned()).collect();
    theirs.settle_hidden(&|place, text| {
        let before: String = match place {
            HiddenIn::Item(j) => {
                let group = found.of_b[j].map(|group| &found.groups[group].a);
                group.into_iter().flatten().map(|&i| base.items[i].plain()).collect()
            }
            HiddenIn::Note(at) => {
                let own = base.notes.iter().find(|note| note.marks.first() == names[at].as_ref());
                own.map(Item::plain).unwrap_or_default()
            }
        };
        was_there(&before, text)
    });
}

/// Whether each character of a text was there before.
fn was_there(before: &str, text: &str) -> Vec<bool> {
    let pieces = |text: &str| -> Vec<String> { text.chars().map(String::from).collect() };
    let (before, text) = (pieces(before), pieces(text));
    let mut stays = vec![true; text.len()];
    for hunk in hunks(before.iter().map(String::as_str), text.iter().map(String::as_str)) {
        stays[hunk.after].fill(false);
    }
    stays
}

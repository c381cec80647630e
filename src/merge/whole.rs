//! What is written whole or not at all: a sentence that they changed in several places and that cannot be written in one of them.

use super::planner::PARAGRAPH;
use super::three::{Merge, Stretch};
use super::{bound, text};
use crate::model::Phrase;

/// The shortest text between two changes that parts them where a sentence ends in it, in characters.
const APART: usize = 4;

/// Joins the changes of each sentence in which a figure of the data is replaced by other words: half of them is nothing that
/// anybody wrote.
pub(super) fn sentences(merge: &mut Merge, ours: &Phrase, theirs: &Phrase) {
    let theirs = &bound::carried(ours, theirs, &merge.edits);
    let loses = |stretch: &Stretch| text::write(ours, theirs, stretch).loses_value;
    if !merge.edits.iter().any(loses) {
        return;
    }
    let (our_text, their_text) = (ours.plain(), theirs.plain());
    let mut rows: Vec<Vec<Stretch>> = Vec::new();
    for stretch in std::mem::take(&mut merge.edits) {
        let last = rows.last_mut().filter(|row| {
            row.last().is_some_and(|last| !parts(our_text.get(last.ours.end..stretch.ours.start).unwrap_or_default()))
        });
        match last {
            Some(row) => row.push(stretch),
            None => rows.push(vec![stretch]),
        }
    }
    for row in rows {
        let ([first, .., last], true) = (row.as_slice(), row.iter().any(loses)) else {
            merge.edits.extend(row);
            continue;
        };
        let same = |pair: &[Stretch]| {
            our_text.get(pair[0].ours.end..pair[1].ours.start)
                == their_text.get(pair[0].theirs.end..pair[1].theirs.start)
        };
        let whole = Stretch {
            base: first.base.start..last.base.end,
            theirs: first.theirs.start..last.theirs.end,
            ours: first.ours.start..last.ours.end,
        };
        // Where the source says something else in between, both have changed the sentence.
        if row.windows(2).all(same) { &mut merge.edits } else { &mut merge.clashes }.push(whole);
    }
    merge.clashes.sort_by_key(|stretch| stretch.base.start);
}

/// True for a text between two changes that parts them: a sentence ends in it.
fn parts(between: &str) -> bool {
    between.contains(['。', '！', '？', '；', PARAGRAPH]) && between.chars().count() >= APART
}

//! What is written whole or not at all: a sentence that they changed in several places and that cannot be written in one of them.

use super::planner::PARAGRAPH;
use super::three::{Merge, Stretch};
use super::{bound, text};
use crate::model::Phrase;

/// The shortest text between two changes that parts them where a sentence ends in it, in characters.
const APART: usize = 4;

/// Joins the changes of each sentence in which a figure of the data is replaced by other words, or in conflict: half of them is
/// nothing that anybody wrote.
pub(super) fn sentences(merge: &mut Merge, ours: &Phrase, theirs: &Phrase) {
    let theirs = &bound::carried(ours, theirs, &merge.edits);
    let loses = |stretch: &Stretch| text::write(ours, theirs, stretch).loses_value;
    let of_figure = |stretch: &Stretch| !bound::values(ours, &stretch.ours).is_empty();
    if !merge.edits.iter().any(loses) && !merge.clashes.iter().any(of_figure) {
        return;
    }
    let (our_text, their_text) = (ours.plain(), theirs.plain());
    let edits = std::mem::take(&mut merge.edits).into_iter().map(|stretch| (stretch, StretchOutcome::Edit));
    let clashes = std::mem::take(&mut merge.clashes).into_iter().map(|stretch| (stretch, StretchOutcome::Clash));
    let mut all: Vec<(Stretch, StretchOutcome)> = edits.chain(clashes).collect();
    all.sort_by_key(|(stretch, _)| (stretch.ours.start, stretch.base.start));
    let mut rows: Vec<Vec<(Stretch, StretchOutcome)>> = Vec::new();
    for (stretch, outcome) in all {
        let last = rows.last_mut().filter(|row| {
            row.last()
                .is_some_and(|(last, _)| !parts(our_text.get(last.ours.end..stretch.ours.start).unwrap_or_default()))
        });
        match last {
            Some(row) => row.push((stretch, outcome)),
            None => rows.push(vec![(stretch, outcome)]),
        }
    }
    for row in rows {
        let whole = row.iter().any(|(stretch, outcome)| match outcome {
            StretchOutcome::Edit => loses(stretch),
            StretchOutcome::Clash => of_figure(stretch),
        });
        let ([(first, _), .., (last, _)], true) = (row.as_slice(), whole) else {
            for (stretch, outcome) in row {
                if outcome == StretchOutcome::Edit { &mut merge.edits } else { &mut merge.clashes }.push(stretch);
            }
            continue;
        };
        let same = |pair: &[(Stretch, StretchOutcome)]| {
            our_text.get(pair[0].0.ours.end..pair[1].0.ours.start)
                == their_text.get(pair[0].0.theirs.end..pair[1].0.theirs.start)
        };
        let stretch = Stretch {
            base: first.base.start..last.base.end,
            theirs: first.theirs.start..last.theirs.end,
            ours: first.ours.start..last.ours.end,
        };
        // Where the source says something else in it, both have changed the sentence.
        let theirs_alone = row.iter().all(|(_, outcome)| *outcome == StretchOutcome::Edit) && row.windows(2).all(same);
        if theirs_alone { &mut merge.edits } else { &mut merge.clashes }.push(stretch);
    }
    merge.clashes.sort_by_key(|stretch| stretch.base.start);
}

/// What came of a stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StretchOutcome {
    Edit,
    Clash,
}

/// True for a text between two changes that parts them: a sentence ends in it.
fn parts(between: &str) -> bool {
    between.contains(['。', '！', '？', '；', PARAGRAPH]) && between.chars().count() >= APART
}

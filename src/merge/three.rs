//! The three-way merge of one text: what one side changed and the other did not is taken, what both changed alike is there
//! already, what they changed differently is left to people.

use super::bits::placed;
use super::diff::{Hunk, hunks, without_islands};
use super::numeral::grows;
use super::token::{PhraseToken, each, tokens};
use crate::model::{Bit, BitKind, Phrase};
use std::collections::BTreeSet;
use std::ops::Range;

/// A stretch of each of the three texts, in bytes of [`Phrase::plain`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) base: Range<usize>,
    pub(super) theirs: Range<usize>,
    pub(super) ours: Range<usize>,
}

/// What came of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Merge {
    /// What they changed and we did not.
    pub(super) edits: Vec<Stretch>,
    /// What both changed differently.
    pub(super) clashes: Vec<Stretch>,
    /// What both changed alike.
    pub(super) already: Vec<Stretch>,
    /// Stretches of ours, alike but for their weight: true where they made it bold.
    pub(super) weights: Vec<(Range<usize>, bool)>,
}

impl Merge {
    /// Leaves to people what takes out one of some things.
    pub(super) fn hold(&mut self, base: &Phrase, theirs: &Phrase, holds: &dyn Fn(&BitKind) -> bool) {
        let stays = |kind: &BitKind| theirs.bits.iter().any(|bit| bit.kind == *kind);
        let takes_out = |stretch: &Stretch| {
            placed(base).any(|(start, bit)| {
                start < stretch.base.end
                    && stretch.base.start < start + bit.text.len()
                    && !stays(&bit.kind)
                    && holds(&bit.kind)
            })
        };
        let (held, rest) = std::mem::take(&mut self.edits).into_iter().partition(takes_out);
        self.edits = rest;
        self.clashes.extend::<Vec<Stretch>>(held);
        self.clashes.sort_by_key(|stretch| stretch.base.start);
    }

    /// True where they changed nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.clashes.is_empty() && self.already.is_empty() && self.weights.is_empty()
    }
}

/// Hunks of both sides that touch the same stretch of the base.
#[derive(Default)]
struct Cluster {
    theirs: Vec<Hunk>,
    ours: Vec<Hunk>,
}

/// Merges.
pub(super) fn three_way(base: &Phrase, theirs: &Phrase, ours: &Phrase) -> Merge {
    let (b, t, o) = (tokens(base), tokens(theirs), tokens(ours));
    let our_hunks = differ(&b, &o);
    let wholes = wholes(base, ours, [&b, &o], &our_hunks);
    let (base_text, their_text, our_text) = (base.plain(), theirs.plain(), ours.plain());
    // Characters beside a value that become part of it change it.
    let our_hunks = widened(our_hunks, &wholes, &|at, own| grows(&base_text, byte(&b, at), &our_text, byte(&o, own)));
    let their_hunks =
        widened(differ(&b, &t), &wholes, &|at, own| grows(&base_text, byte(&b, at), &their_text, byte(&t, own)));
    let mut merge = Merge::default();
    let (mut shift_t, mut shift_o) = (0_isize, 0_isize);
    for cluster in clusters(&their_hunks, &our_hunks) {
        let all = || cluster.theirs.iter().chain(&cluster.ours);
        let start = all().map(|h| h.before.start).min().unwrap_or(0);
        let end = all().map(|h| h.before.end).max().unwrap_or(0);
        let grown = |hunks: &[Hunk]| {
            hunks.iter().map(|h| h.after.len().cast_signed() - h.before.len().cast_signed()).sum::<isize>()
        };
        let (grown_t, grown_o) = (grown(&cluster.theirs), grown(&cluster.ours));
        let range = |shift: isize, grown: isize| {
            let from = start.saturating_add_signed(shift);
            from..end.saturating_add_signed(shift + grown).max(from)
        };
        let (in_t, in_o) = (range(shift_t, grown_t), range(shift_o, grown_o));
        shift_t += grown_t;
        shift_o += grown_o;
        let stretch = Stretch { base: bytes(&b, &(start..end)), theirs: bytes(&t, &in_t), ours: bytes(&o, &in_o) };
        if cluster.theirs.is_empty() {
            continue;
        }
        if cluster.ours.is_empty() {
            merge.edits.push(stretch);
        } else if keys(&t, &in_t).eq(keys(&o, &in_o)) {
            merge.already.push(stretch);
        } else {
            merge.clashes.push(stretch);
        }
    }
    merge.weights = weights([(base, &b), (theirs, &t), (ours, &o)], &their_hunks, &our_hunks);
    if invents(theirs, ours, &merge.edits) {
        // A figure that nobody wrote: the edits are left to people, all of them.
        merge.clashes.append(&mut merge.edits);
        merge.clashes.sort_by_key(|s| s.base.start);
    }
    merge
}

fn differ(before: &[PhraseToken], after: &[PhraseToken]) -> Vec<Hunk> {
    without_islands(hunks(before.iter().map(|t| t.key.as_str()), after.iter().map(|t| t.key.as_str())))
}

/// The tokens of the base that are one value, in the base or in ours: they are changed together.
fn wholes(base: &Phrase, ours: &Phrase, [b, o]: [&[PhraseToken]; 2], our_hunks: &[Hunk]) -> Vec<Range<usize>> {
    let of = |phrase: &Phrase, tokens: &[PhraseToken]| -> Vec<Range<usize>> {
        let values = placed(phrase).filter(|(_, bit)| matches!(bit.kind, BitKind::Value(_)));
        let range = |(start, bit): (usize, &Bit)| {
            let end = start + bit.text.len();
            tokens.partition_point(|t| t.range.end <= start)..tokens.partition_point(|t| t.range.start < end)
        };
        values.map(range).collect()
    };
    let mut to_base: Vec<Option<usize>> = vec![None; o.len()];
    for (at, own) in equal(b.len(), our_hunks).into_iter().enumerate() {
        if let Some(place) = own.and_then(|own| to_base.get_mut(own)) {
            *place = Some(at);
        }
    }
    let mut found = of(base, b);
    for range in of(ours, o) {
        let ends = (
            to_base.get(range.start).copied().flatten(),
            range.end.checked_sub(1).and_then(|e| to_base.get(e).copied().flatten()),
        );
        if let (Some(first), Some(last)) = ends
            && last + 1 - first == range.len()
        {
            found.push(first..last + 1);
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    found
}

/// Hunks that go over the whole of each value that they touch. `grows`: whether the text at a border between two tokens, of the
/// base and of the other side, makes the value another one.
fn widened(mut hunks: Vec<Hunk>, wholes: &[Range<usize>], grows: &dyn Fn(usize, usize) -> bool) -> Vec<Hunk> {
    for whole in wholes.iter().filter(|whole| !whole.is_empty()) {
        let touches = |hunk: &Hunk| {
            let (before, after) = (&hunk.before, &hunk.after);
            (before.start < whole.end && whole.start < before.end)
                || (before.end == whole.start && !after.is_empty() && grows(before.end, after.end))
                || (before.start == whole.end && !after.is_empty() && grows(before.start, after.start))
        };
        let Some(mut first) = hunks.iter().position(touches) else { continue };
        let mut last = hunks.iter().rposition(touches).unwrap_or(first);
        // What was changed right beside a value that was changed too may be part of it.
        first -= usize::from(first > 0 && hunks[first - 1].before.end == whole.start);
        last += usize::from(hunks.get(last + 1).is_some_and(|next| next.before.start == whole.end));
        let (from, to) = (&hunks[first], &hunks[last]);
        let start = whole.start.min(from.before.start);
        let end = whole.end.max(to.before.end);
        let after = from.after.start - (from.before.start - start)..to.after.end + (end - to.before.end);
        hunks.splice(first..=last, [Hunk { before: start..end, after }]);
    }
    hunks
}

/// Where a token begins; behind the last, where the text ends.
fn byte(tokens: &[PhraseToken], at: usize) -> usize {
    tokens.get(at).map_or_else(|| tokens.last().map_or(0, |t| t.range.end), |t| t.range.start)
}

fn keys<'t>(tokens: &'t [PhraseToken], range: &Range<usize>) -> impl Iterator<Item = &'t str> {
    tokens.get(range.clone()).unwrap_or_default().iter().map(|t| t.key.as_str())
}

/// The bytes of a range of tokens.
fn bytes(tokens: &[PhraseToken], range: &Range<usize>) -> Range<usize> {
    let end = tokens.last().map_or(0, |t| t.range.end);
    let at = |index: usize| tokens.get(index).map_or(end, |t| t.range.start);
    let start = at(range.start);
    start..if range.is_empty() { start } else { tokens.get(range.end - 1).map_or(end, |t| t.range.end) }
}

/// Puts hunks together that meet, in the order of the base.
fn clusters(theirs: &[Hunk], ours: &[Hunk]) -> Vec<Cluster> {
    let mut all: Vec<(&Hunk, bool)> = theirs.iter().map(|h| (h, true)).chain(ours.iter().map(|h| (h, false))).collect();
    all.sort_by_key(|(h, mine)| (h.before.start, h.before.end, !*mine));
    let mut found: Vec<Cluster> = Vec::new();
    for (hunk, is_theirs) in all {
        let joins = found.last().is_some_and(|last| {
            let others = if is_theirs { &last.ours } else { &last.theirs };
            others.iter().any(|other| meet(&hunk.before, &other.before))
        });
        if !joins {
            found.push(Cluster::default());
        }
        if let Some(last) = found.last_mut() {
            if is_theirs { last.theirs.push(hunk.clone()) } else { last.ours.push(hunk.clone()) }
        }
    }
    found
}

/// True where two changes are about the same place: their stretches overlap, or both put something in at one point.
fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    if a.is_empty() && b.is_empty() {
        return a.start == b.start;
    }
    let inside = |point: usize, range: &Range<usize>| range.start < point && point < range.end;
    if a.is_empty() {
        return inside(a.start, b);
    }
    if b.is_empty() {
        return inside(b.start, a);
    }
    a.start.max(b.start) < a.end.min(b.end)
}

/// True where the merged text has a figure that neither side has.
fn invents(theirs: &Phrase, ours: &Phrase, edits: &[Stretch]) -> bool {
    if edits.is_empty() {
        return false;
    }
    let (their_text, our_text) = (theirs.plain(), ours.plain());
    let known: BTreeSet<String> = figures(&their_text).chain(figures(&our_text)).collect();
    let merged = apply(&our_text, &their_text, edits);
    figures(&merged).any(|figure| !known.contains(&figure))
}

fn figures(text: &str) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    each(text, |_, key, figure| found.extend(figure.then(|| key.to_owned())));
    found.into_iter()
}

/// Our text with their edits.
pub(super) fn apply(ours: &str, theirs: &str, edits: &[Stretch]) -> String {
    let mut merged = String::with_capacity(ours.len());
    let mut at = 0;
    for edit in edits {
        merged.push_str(ours.get(at..edit.ours.start).unwrap_or_default());
        merged.push_str(theirs.get(edit.theirs.clone()).unwrap_or_default());
        at = edit.ours.end;
    }
    merged.push_str(ours.get(at..).unwrap_or_default());
    merged
}

/// Stretches of ours that they made bold, or took the weight from, and that nobody changed otherwise.
fn weights(
    [(base, b), (theirs, t), (ours, o)]: [(&Phrase, &[PhraseToken]); 3],
    their_hunks: &[Hunk],
    our_hunks: &[Hunk],
) -> Vec<(Range<usize>, bool)> {
    let strong = |phrase: &Phrase| -> Vec<bool> {
        phrase.bits.iter().flat_map(|bit| std::iter::repeat_n(bit.strong, bit.text.len())).collect()
    };
    let (base, theirs, ours) = (strong(base), strong(theirs), strong(ours));
    let to_theirs = equal(b.len(), their_hunks);
    let to_ours = equal(b.len(), our_hunks);
    let mut found: Vec<(Range<usize>, bool)> = Vec::new();
    for (index, token) in b.iter().enumerate().filter(|(_, token)| token.text) {
        let (Some(Some(in_t)), Some(Some(in_o))) = (to_theirs.get(index), to_ours.get(index)) else { continue };
        let (Some(their), Some(our)) = (t.get(*in_t), o.get(*in_o)) else { continue };
        for at in 0..token.range.len() {
            let place = our.range.start + at;
            let (Some(was), Some(is), Some(own)) =
                (base.get(token.range.start + at), theirs.get(their.range.start + at), ours.get(place))
            else {
                continue;
            };
            if was == is || own != was {
                continue;
            }
            match found.last_mut() {
                Some((range, strong)) if range.end == place && strong == is => range.end += 1,
                _ => found.push((place..place + 1, *is)),
            }
        }
    }
    found
}

/// For each token of the base, the same token of the other side.
fn equal(count: usize, hunks: &[Hunk]) -> Vec<Option<usize>> {
    let mut to = vec![None; count];
    let mut at = (0, 0);
    let rest = Hunk { before: count..count, after: usize::MAX..usize::MAX };
    for hunk in hunks.iter().chain([&rest]) {
        while at.0 < hunk.before.start {
            to[at.0] = Some(at.1);
            at = (at.0 + 1, at.1 + 1);
        }
        at = (hunk.before.end, hunk.after.end);
    }
    to
}

#[cfg(test)]
mod tests {
    use super::{Merge, apply, three_way};
    use crate::model::Phrase;

    fn merge(base: &str, theirs: &str, ours: &str) -> (Merge, String) {
        let merge = three_way(&Phrase::of(base), &Phrase::of(theirs), &Phrase::of(ours));
        let text = apply(ours, theirs, &merge.edits);
        (merge, text)
    }

    #[test]
    fn edits_of_both_sides_are_taken() {
        let (merge, text) = merge(
            "全年收到提案126件，立案119件。",
            "全年共收到提案126件，立案119件。",
            "全年收到提案126件，立案120件。",
        );
        assert!(merge.clashes.is_empty());
        assert_eq!(text, "全年共收到提案126件，立案120件。");
    }

    #[test]
    fn one_figure_changed_by_both_is_a_conflict() {
        let (merge, text) = merge("增长5.4%。", "增长6.2%。", "增长6.4%。");
        assert_eq!((merge.clashes.len(), text.as_str()), (1, "增长6.4%。"));
        let (merge, _) = merge_dates();
        assert_eq!(merge.clashes.len(), 1);
    }

    fn merge_dates() -> (Merge, String) {
        merge("于2024年1月8日召开", "于2024年10月8日召开", "于2025年1月8日召开")
    }

    #[test]
    fn what_both_changed_alike_is_there() {
        let (merge, text) = merge("一二三四", "一二五四", "一二五四");
        assert_eq!((merge.already.len(), merge.clashes.len(), text.as_str()), (1, 0, "一二五四"));
    }

    #[test]
    fn figures_are_not_glued_together() {
        let (merge, text) = merge("共甲件", "共4甲件", "共甲6件");
        assert!(merge.clashes.is_empty(), "{merge:?}");
        assert_eq!(text, "共4甲6件");
        let (merge, text) = super::tests::merge("共甲乙件", "共4乙件", "共甲6件");
        assert_eq!(text, "共甲6件", "{merge:?}");
        assert_eq!(merge.clashes.len(), 1);
    }
}

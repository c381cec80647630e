//! Bound values in an edited text: which words of theirs are in the place of each.

use super::bits::{place, placed, slice};
use super::numeral::{is_percent, joins, numerals, same_form, scale};
use super::three::Stretch;
use crate::model::{Bit, BitKind, Item, Phrase};
use std::ops::Range;

/// A value of a phrase: where it begins, and itself.
pub(super) type BoundBit<'p> = (usize, &'p Bit);

/// The values of ours that some bytes touch.
pub(super) fn values<'p>(ours: &'p Phrase, range: &Range<usize>) -> Vec<BoundBit<'p>> {
    let touches = |start: usize, bit: &Bit| start < range.end && start + bit.text.len() > range.start;
    placed(ours).filter(|(start, bit)| matches!(bit.kind, BitKind::Value(_)) && touches(*start, bit)).collect()
}

/// What is in the place of values.
pub(super) enum Places {
    /// Of each, in order, its bytes in the new text.
    InOrder(Vec<Range<usize>>),
    /// The same values in another order: of each its bytes.
    Exchanged(Vec<Range<usize>>),
    /// Other words.
    Lost,
}

/// Finds what is in the place of values in a new text. `old`: the stretch of ours that holds them, `start` where it begins.
pub(super) fn find(values: &[BoundBit<'_>], old: &str, start: usize, new: &str) -> Places {
    let (was, is) = (numerals(old), numerals(new));
    let text = |bit: &BoundBit<'_>| bit.1.text.clone();
    let behind = |value: &BoundBit<'_>| old.get(value.0 - start + value.1.text.len()..).unwrap_or_default();
    let all: Vec<Vec<Range<usize>>> = values.iter().map(|v| candidates(&v.1.text, behind(v), new, &is)).collect();
    // As many numbers as before: each is in its own place.
    let counted = |at: usize| -> Option<Range<usize>> {
        let value = &values[at];
        let from = value.0 - start;
        let first = was.iter().position(|r| r.end > from && r.start < from + value.1.text.len())?;
        let number = is.get(first).filter(|_| was.len() == is.len())?;
        all[at].iter().find(|r| r.start <= number.start && number.end <= r.end).cloned()
    };
    let exact = |at: usize| -> Option<Range<usize>> {
        let mut same = all[at].iter().filter(|r| new[(*r).clone()] == values[at].1.text);
        same.next().filter(|_| same.next().is_none()).cloned()
    };
    let ascending = |ranges: &[Range<usize>]| ranges.windows(2).all(|w| w[0].end <= w[1].start);
    let unchanged: Option<Vec<Range<usize>>> = (0..values.len()).map(exact).collect();
    let in_order: Option<Vec<Range<usize>>> = (0..values.len()).map(counted).collect();
    if let Some(same) = &unchanged
        && values.len() > 1
        && !ascending(same)
    {
        let mut sorted = same.clone();
        sorted.sort_by_key(|r| r.start);
        if ascending(&sorted) {
            return Places::Exchanged(same.clone());
        }
    }
    if let Some(found) = unchanged.or(in_order).filter(|found| ascending(found)) {
        return Places::InOrder(found);
    }
    let ([value], [candidates]) = (values, all.as_slice()) else { return Places::Lost };
    if let [only] = candidates.as_slice() {
        return Places::InOrder(vec![only.clone()]);
    }
    // A text that is a value is replaced as a whole; a number by words is none any more.
    let whole = text(value) == old && !new.is_empty();
    let number = numerals(old).first().is_some_and(|r| *r == (0..old.len()));
    let all = 0..new.len();
    if whole && !number { Places::InOrder(vec![all]) } else { Places::Lost }
}

/// True where each value that was changed is another one of its form, and nothing else was changed together with it: characters that
/// were put in beside it may be part of it. What multiplies a value changes it. `edges`: of ours and theirs, what is before, between
/// and after; `rest` is what follows on both sides.
pub(super) fn are_apart(values: &[BoundBit<'_>], texts: &[&str], edges: &[(&str, &str)], rest: &str) -> bool {
    let behind = |at: usize, edge: &str| if at + 1 == edges.len() { format!("{edge}{rest}") } else { edge.to_owned() };
    let scaled =
        values.iter().zip(texts).zip(edges.iter().enumerate().skip(1)).any(|(((_, bit), text), (at, edge))| {
            scale(&bit.text, &behind(at, edge.0)) != scale(text, &behind(at, edge.1))
        });
    if scaled {
        return false;
    }
    let mut changed = values.iter().zip(texts).filter(|((_, bit), text)| bit.text != **text).peekable();
    changed.peek().is_none()
        || (changed.all(|((_, bit), text)| same_form(&bit.text, text)) && edges.iter().all(|(own, their)| own == their))
}

/// Where a text could have a value of this form: the same words, with any numbers in the places of its own.
fn candidates(value: &str, behind: &str, new: &str, numbers: &[Range<usize>]) -> Vec<Range<usize>> {
    let own = numerals(value);
    // Not within a longer word, unless that is so in ours.
    let apart = |range: &Range<usize>| {
        let (inner, rest) = (&new[range.clone()], &new[range.end..]);
        let same = rest.chars().next().is_some_and(|c| behind.starts_with(c));
        let counts_alike = behind.is_empty() || scale(inner, rest) == scale(value, behind);
        counts_alike && (same || !joins(inner, rest)) && !joins(&new[..range.start], inner)
    };
    let (Some(first), Some(last)) = (own.first(), own.last()) else {
        return new.match_indices(value).map(|(at, found)| at..at + found.len()).filter(apart).collect();
    };
    let (head, tail) = (&value[..first.start], &value[last.end..]);
    let between: Vec<&str> = own.windows(2).map(|w| &value[w[0].end..w[1].start]).collect();
    let fits = |window: &[Range<usize>]| -> Option<Range<usize>> {
        let (from, to) = (window.first()?.start, window.last()?.end);
        let inner = window.windows(2).map(|w| &new[w[0].end..w[1].start]);
        if !new[..from].ends_with(head) || !new[to..].starts_with(tail) || !inner.eq(between.iter().copied()) {
            return None;
        }
        let percent = new[to..].chars().next().filter(|c| tail.is_empty() && is_percent(*c) && !behind.starts_with(*c));
        Some(from - head.len()..to + tail.len() + percent.map_or(0, char::len_utf8))
    };
    numbers.windows(own.len()).filter_map(fits).filter(apart).collect()
}

/// The one place in a text that somebody wrote where a value stands as it is printed.
pub(super) fn exact_place(value: &str, text: &Phrase) -> Option<Range<usize>> {
    let plain = text.plain();
    let written = |range: &Range<usize>| {
        let mut touched = placed(text).filter(|(at, bit)| *at < range.end && range.start < at + bit.text.len());
        touched.all(|(_, bit)| bit.kind == BitKind::Text)
    };
    let found = candidates(value, "", &plain, &numerals(&plain));
    let mut same = found.into_iter().filter(|range| plain[range.clone()] == *value && written(range));
    same.next().filter(|_| same.next().is_none())
}

/// Their text with the values of ours that edits take out in one place and put in at another: they stay what they are.
pub(super) fn carried(ours: &Phrase, theirs: &Phrase, edits: &[Stretch]) -> Phrase {
    let mut found: Vec<(Range<usize>, &Bit)> = Vec::new();
    let (our_text, their_text) = (ours.plain(), theirs.plain());
    for edit in edits {
        let gone = values(ours, &edit.ours).into_iter().filter(|(at, bit)| {
            let text = &their_text[edit.theirs.clone()];
            bit.map.is_some() && whole(edit, *at, bit) && candidates(&bit.text, "", text, &numerals(text)).is_empty()
        });
        for (at, bit) in gone {
            let others = edits.iter().filter(|other| *other != edit);
            let mut places = others.flat_map(|other| {
                let from = other.theirs.start;
                their_text[other.theirs.clone()]
                    .match_indices(&bit.text)
                    .map(move |(at, text)| from + at..from + at + text.len())
            });
            let place = places.find(|place| {
                let (before, after) = (&their_text[..place.start], &their_text[place.end..]);
                let end = at + bit.text.len();
                let near = our_text[..at].chars().next_back() == before.chars().next_back()
                    || our_text[end..].chars().next() == after.chars().next();
                let apart = found.iter().all(|(known, _)| known.end <= place.start || place.end <= known.start);
                near && apart && !joins(before, &their_text[place.start..]) && !joins(&their_text[..place.end], after)
            });
            found.extend(place.map(|place| (place, bit)));
        }
    }
    found.into_iter().fold(theirs.clone(), |phrase, (place, bit)| with_value(&phrase, &place, bit))
}

fn whole(edit: &Stretch, at: usize, bit: &Bit) -> bool {
    edit.ours.start <= at && at + bit.text.len() <= edit.ours.end
}

/// The value of a data file that a cell prints as a whole, where the source says no more than which rows there are: all such cells
/// of a table have one place.
pub(super) fn of_rows<'c>(table: &Item, cell: &'c Phrase) -> Option<(&'c str, &'c str)> {
    let [bit] = cell.bits.as_slice() else { return None };
    let BitKind::Value(name) = &bit.kind else { return None };
    let cells = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.phrase.bits);
    let mut others = cells.filter(|other| other.kind != bit.kind && matches!(other.kind, BitKind::Value(_)));
    let shared = others.any(|other| place(other).is_some() && place(other) == place(bit));
    shared.then_some((name.as_str(), bit.text.as_str()))
}

/// A phrase with a value in the place of the same characters.
pub(super) fn with_value(phrase: &Phrase, place: &Range<usize>, value: &Bit) -> Phrase {
    let mut made = Phrase::default();
    let mut put = false;
    for (start, bit) in placed(phrase) {
        let end = start + bit.text.len();
        for (part, inside) in [
            (start..place.start.min(end), false),
            (place.start.max(start)..place.end.min(end), true),
            (place.end.max(start)..end, false),
        ] {
            if part.start >= part.end {
                continue;
            }
            if !inside {
                made.push(slice(bit, &(part.start - start..part.end - start)));
            } else if !std::mem::replace(&mut put, true) {
                made.push(Bit { strong: bit.strong, shift: bit.shift, ..value.clone() });
            }
        }
    }
    made
}

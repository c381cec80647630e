//! A row of entries as lines again: headings hold what follows them, columns as deep as that asks.

use super::outline::{BlockEntry, Bytes, Hold, Region};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Replacements of bytes of a file, by where they begin and in the order in which they were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits {
    by_start: BTreeMap<(usize, usize), (usize, String)>,
    /// Which of them put an item into a list: beside a text, not into it.
    items: BTreeSet<(usize, usize)>,
    /// Which of these stand on lines of their own behind an item, and stay with it whatever comes of what follows.
    behind: BTreeSet<(usize, usize)>,
    /// How many were asked for.
    count: usize,
}

/// What becomes of text that is put in at the end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtEnd {
    /// It is part of the range.
    Included,
    /// It is part of the range that begins there.
    Left,
}

/// The side of an item of a list in brackets that its comma is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comma {
    Before,
    Behind,
}

impl Comma {
    /// An item with its comma on this side.
    fn beside(self, item: &str) -> String {
        let bare = item.trim_start_matches(',').trim();
        let bare = bare.strip_suffix(',').unwrap_or(bare);
        let at = item.find(bare).unwrap_or(0);
        let gap = if at > 0 { &item[..at] } else { &item[at + bare.len()..] };
        match self {
            Self::Before => format!("{gap}{bare}"),
            Self::Behind => format!("{bare}{gap}"),
        }
    }
}

/// More edits than a file has.
const ITEMS: usize = 1_000_000;

impl Edits {
    /// Replaces bytes. False where others replace some of them already.
    pub(super) fn add(&mut self, range: Bytes, with: String) -> bool {
        let meets = |(&(start, _), (end, _)): (&(usize, usize), &(usize, String))| {
            start.max(range.start) < (*end).min(range.end)
                || (range.is_empty() && start < range.start && range.start < *end)
                || (start == *end && range.start < start && start < range.end)
        };
        if self.by_start.iter().any(meets) {
            return false;
        }
        let count = self.count;
        self.count += 1;
        // What is put in at a point is before what is replaced from there on.
        let order = if range.is_empty() { count } else { count + ITEMS };
        self.by_start.insert((range.start, order), (range.end, with));
        true
    }

    /// Puts an item into a list. False where others replace that place already.
    pub(super) fn put(&mut self, at: usize, item: String) -> bool {
        let key = (at, self.count);
        let done = self.add(at..at, item);
        if done {
            self.items.insert(key);
        }
        done
    }

    /// Puts an item into a list as lines behind another item. False where others replace that place already.
    pub(super) fn put_behind(&mut self, at: usize, item: String) -> bool {
        let key = (at, self.count);
        let done = self.put(at, item);
        if done {
            self.behind.insert(key);
        }
        done
    }

    /// Drops what was asked for within some bytes. Items that stand beside them stay.
    pub(super) fn forget(&mut self, range: Bytes) {
        let items = &self.items;
        let beside = |key: &(usize, usize)| items.contains(key) && (key.0 == range.start || key.0 == range.end);
        self.by_start.retain(|key, (end, _)| key.0 < range.start || *end > range.end || beside(key));
    }

    /// True where just these bytes go.
    pub(super) fn takes_out(&self, range: &Bytes) -> bool {
        let mut own = self.by_start.range((range.start, 0)..(range.start, usize::MAX));
        own.any(|(_, (end, with))| *end == range.end && with.is_empty())
    }

    /// Puts items of a list in brackets elsewhere that stood at some bytes of it, each with its comma on a side.
    pub(super) fn hand_on(&mut self, from: &RangeInclusive<usize>, to: usize, comma: Comma) {
        let moved: Vec<_> = self.items.iter().filter(|key| from.contains(&key.0)).copied().collect();
        for key in moved {
            self.items.remove(&key);
            if let Some((_, item)) = self.by_start.remove(&key) {
                self.put(to, comma.beside(&item));
            }
        }
    }

    /// The characters of a text of the file as they are now.
    pub(super) fn text(&self, text: &str, range: &Bytes) -> String {
        let own = self.by_start.iter().filter(|(key, _)| !self.items.contains(key));
        let own = own.map(|(key, replaced)| (*key, replaced.clone())).collect();
        Self { by_start: own, ..Self::default() }.render(text, range, AtEnd::Included)
    }

    /// Bytes of the file with what was replaced in them. `at_end` says what becomes of text that is put in at the
    /// end of the range.
    pub(super) fn render(&self, text: &str, range: &Bytes, at_end: AtEnd) -> String {
        let mut out = String::new();
        let mut at = range.start;
        for (key @ &(start, _), (end, with)) in self.by_start.range((range.start, 0)..) {
            let behind = self.behind.contains(key);
            if behind && start == range.start {
                continue;
            }
            let at_border = start == range.end && start == *end;
            if at_border && at_end == AtEnd::Left && !behind {
                continue;
            }
            if !(start < range.end || at_border) || *end > range.end {
                break;
            }
            out.push_str(text.get(at..start).unwrap_or_default());
            out.push_str(with);
            at = (*end).max(at);
        }
        out.push_str(text.get(at..range.end).unwrap_or_default());
        out
    }
}

/// Writes a region with its entries as they are now.
pub(super) fn region(text: &str, edits: &Edits, region: &Region, newline: &str) -> String {
    let mut out = String::new();
    write(&mut out, (text, edits, newline), &region.entries, region.indent);
    out
}

type EditedText<'a> = (&'a str, &'a Edits, &'a str);

fn write(out: &mut String, source: EditedText<'_>, entries: &[BlockEntry], indent: usize) {
    let mut at = 0;
    while let Some(entry) = entries.get(at) {
        let open = entry.level.filter(|_| entry.hold == Hold::Open);
        let below = open.map_or(0, |level| held(&entries[at + 1..], level));
        one(out, source, entry, &entries[at + 1..at + 1 + below], indent);
        at += 1 + below;
    }
}

/// How many entries stand in the body of a heading that they follow. What the file has beside it stays there, unless a heading
/// that follows is in the body.
fn held(entries: &[BlockEntry], level: usize) -> usize {
    let all = entries.iter().take_while(|e| e.level.is_none_or(|other| other > level)).count();
    let first = entries[..all].iter().rposition(|e| e.level.is_some()).map_or(0, |last| last + 1);
    first + entries[first..all].iter().take_while(|e| e.beside.is_none_or(|own| own > level)).count()
}

fn one(out: &mut String, source: EditedText<'_>, entry: &BlockEntry, below: &[BlockEntry], indent: usize) {
    let (text, edits, newline) = source;
    let shift = indent.cast_signed() - entry.indent.cast_signed();
    let lines = |range: &Bytes| shifted(&edits.render(text, range, AtEnd::Left), shift);
    if let Some(new) = &entry.new {
        ended(out, newline);
        out.push_str(&shifted(&new.replace('\n', newline), indent.cast_signed()));
        ended(out, newline);
    } else {
        out.push_str(&lines(&entry.prefix));
        ended(out, newline);
        out.push_str(&lines(&entry.head));
    }
    if !below.is_empty() {
        ended(out, newline);
        if let Some(body) = &entry.body {
            out.push_str(&lines(body));
        } else {
            out.push_str(&" ".repeat(indent + 2));
            out.push_str("body:");
            out.push_str(newline);
        }
        let inner = entry.inner.map_or(indent + 4, |inner| indent + inner.saturating_sub(entry.indent));
        write(out, source, below, inner);
    }
    if entry.new.is_none() && !entry.tail.is_empty() {
        ended(out, newline);
        out.push_str(&lines(&entry.tail));
    }
}

/// Sees to it that what follows begins a line.
fn ended(out: &mut String, newline: &str) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(newline);
    }
}

/// Lines moved to the right, or to the left as far as they have room.
pub(super) fn shifted(lines: &str, shift: isize) -> String {
    if shift == 0 {
        return lines.to_owned();
    }
    let mut out = String::with_capacity(lines.len() + 64);
    for line in lines.split_inclusive('\n') {
        if line.trim().is_empty() {
            out.push_str(line);
        } else if shift > 0 {
            out.push_str(&" ".repeat(shift.unsigned_abs()));
            out.push_str(line);
        } else {
            let blank = line.len() - line.trim_start_matches(' ').len();
            out.push_str(&line[blank.min(shift.unsigned_abs())..]);
        }
    }
    out
}

//! The blocks of a body as one row of entries, each with the lines that it is on.
//!
//! Headings hold what is below them only by their level: a row is easy to change, and nests again by itself.

use super::scalars::opens;
use crate::model::{Block, BlockId, BlockKind};
use crate::yaml::tree::{Kind, Node};
use std::ops::Range;

/// Bytes of a file.
pub(super) type Bytes = Range<usize>;

/// A block, or several that are in one list item.
#[derive(Clone, Debug)]
pub(super) struct BlockEntry {
    /// The blocks in it.
    pub(super) blocks: Vec<BlockId>,
    /// Its level, for a heading and for what may hold one.
    pub(super) level: Option<usize>,
    /// How it holds its blocks.
    pub(super) hold: Hold,
    /// In how many bodies it stands, with that of the report, where it stands beside a heading and not in its body.
    pub(super) beside: Option<usize>,
    /// The bytes that an alias of YAML stands for.
    pub(super) alias: Option<Bytes>,
    /// The column of its dash.
    pub(super) indent: usize,
    /// Blank lines and comments before it.
    pub(super) prefix: Bytes,
    /// Its lines, up to its body.
    pub(super) head: Bytes,
    /// The line `body:`.
    pub(super) body: Option<Bytes>,
    /// The column of the dashes in its body.
    pub(super) inner: Option<usize>,
    /// What follows its body.
    pub(super) tail: Bytes,
    /// Lines that the file does not have: as for column 0, with the level of a heading.
    pub(super) new: Option<String>,
}

/// How an entry holds its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// What follows may become part of it: a heading with its body in lines, a paragraph.
    Open,
    /// It stays as it is, at the depth of its list: a heading with its body in brackets, an `include`, an `if`, an alias.
    Closed,
    /// The same, and its text is there for other blocks too: an `each`, an `if` with `else`.
    Shared,
}

impl BlockEntry {
    /// True where a block is its last one.
    pub(super) fn ends_with(&self, block: &BlockId) -> bool {
        self.blocks.last().is_none_or(|last| last == block)
    }

    /// Lines that the file does not have, with the level of a heading.
    pub(super) fn new(lines: String, level: Option<usize>) -> Self {
        Self {
            blocks: Vec::new(),
            level,
            hold: Hold::Open,
            beside: None,
            alias: None,
            indent: 0,
            prefix: 0..0,
            head: 0..0,
            body: None,
            inner: None,
            tail: 0..0,
            new: Some(lines),
        }
    }
}

/// A list of blocks in a file.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// The lines of its entries.
    pub(super) lines: Bytes,
    /// The column of its dashes.
    pub(super) indent: usize,
    /// Its entries in order.
    pub(super) entries: Vec<BlockEntry>,
}

impl Region {
    /// Puts an entry into the row: beside a heading where the one before it is.
    pub(super) fn put(&mut self, at: usize, mut entry: BlockEntry) {
        let before = at.checked_sub(1).and_then(|b| self.entries.get(b));
        entry.beside = before.filter(|b| b.level.is_none() || b.hold != Hold::Open).and_then(|b| b.beside);
        self.entries.insert(at, entry);
    }
}

/// The lists of blocks in a file: the body of a report and those of its attachments, or the file itself where it is included.
pub(super) fn bodies(root: &Node) -> Vec<&Node> {
    if matches!(root.kind, Kind::List(_)) {
        return vec![root];
    }
    let mut found: Vec<&Node> = root.get("body").into_iter().collect();
    if let Some(Kind::List(items)) = root.get("attachments").map(|n| &n.kind) {
        found.extend(items.iter().filter_map(|item| item.get("body")));
    }
    found
}

/// The region of a list, if it is written as lines with dashes.
pub(super) fn region(text: &str, list: &Node, blocks: &[&Block]) -> Option<Region> {
    let Kind::List(items) = &list.kind else { return None };
    let first = items.first()?;
    if opens(text, list, '[') {
        return None;
    }
    let (dash, indent) = dash(text, first.span.start as usize)?;
    let start = prefix_start(text, dash);
    let mut entries = Vec::new();
    let end = walk(text, items, start, level_of(items, blocks), &BlocksByPlace::of(blocks), &mut entries)?;
    share(&mut entries, blocks);
    Some(Region { lines: start..end, indent, entries })
}

/// The level of headings in a list: of a file that is included below a heading it is not the first.
fn level_of(items: &[Node], blocks: &[&Block]) -> usize {
    let level = |item: &Node| {
        let inside = |b: &&&Block| item.span.start <= b.span.start && b.span.start < item.span.end;
        blocks.iter().filter(inside).find_map(|b| match b.kind {
            BlockKind::Heading { level, .. } => Some(usize::from(level)),
            _ => None,
        })
    };
    items.iter().filter(|item| item.get("heading").is_some()).find_map(level).unwrap_or(1)
}

/// The blocks of a file by where they begin, page breaks aside: start, place in the document, name.
struct BlocksByPlace<'b>(Vec<(usize, usize, &'b BlockId)>);

impl<'b> BlocksByPlace<'b> {
    fn of(blocks: &[&'b Block]) -> Self {
        let counted = blocks.iter().enumerate().filter(|(_, b)| !matches!(b.kind, BlockKind::PageBreak));
        let mut all: Vec<_> = counted.map(|(at, b)| (b.span.start as usize, at, &b.id)).collect();
        all.sort_unstable_by_key(|&(start, at, _)| (start, at));
        Self(all)
    }

    /// The names of those that begin in some bytes, in the order of the document.
    fn within(&self, from: usize, to: usize) -> Vec<BlockId> {
        let first = self.0.partition_point(|(start, ..)| *start < from);
        let mut inside: Vec<_> = self.0[first..].iter().take_while(|(start, ..)| *start < to).collect();
        inside.sort_unstable_by_key(|(_, at, _)| *at);
        inside.into_iter().map(|(.., id)| (*id).clone()).collect()
    }
}

/// Adds the entries of a list that begins at `at`; returns where it ends.
fn walk(
    text: &str,
    items: &[Node],
    mut at: usize,
    level: usize,
    blocks: &BlocksByPlace<'_>,
    entries: &mut Vec<BlockEntry>,
) -> Option<usize> {
    let mut headed = false;
    for item in items {
        // What an alias stands for is above it.
        let alias = ((item.span.start as usize) < at).then_some(item.span.start as usize..item.span.end as usize);
        let (dash, indent) = if alias.is_some() { next_dash(text, at)? } else { dash(text, item.span.start as usize)? };
        let end = line_end(text, if alias.is_some() { dash } else { last_character(text, item) });
        let body = item.get("heading").and(item.get("body")).filter(|b| {
            let inside = |node: &Node| (dash..end).contains(&(node.span.start as usize));
            matches!(&b.kind, Kind::List(items) if items.first().is_some_and(inside))
                && alias.is_none()
                && inside(b)
                && !opens(text, b, '[')
                && !opens(text, item, '{')
        });
        let mut entry = BlockEntry {
            blocks: Vec::new(),
            level: item.get("heading").map(|_| level),
            hold: Hold::Open,
            beside: headed.then_some(level),
            alias,
            indent,
            prefix: at..dash,
            head: dash..end,
            body: None,
            inner: None,
            tail: end..end,
            new: None,
        };
        let Some(Kind::List(inner)) = body.map(|b| &b.kind) else {
            entry.blocks = blocks.within(dash, end);
            if item.get("body").or(item.get("include")).is_some() {
                entry.level = Some(level);
                let shared = item.get("each").or(item.get("else")).is_some();
                entry.hold = if shared { Hold::Shared } else { Hold::Closed };
            }
            headed |= entry.level.is_some();
            entries.push(entry);
            at = end;
            continue;
        };
        let (first, column) = self::dash(text, inner.first()?.span.start as usize)?;
        let inside = prefix_start(text, first);
        let key = line_start(text, inside.saturating_sub(1));
        entry.head = dash..key;
        entry.body = Some(key..inside);
        entry.inner = Some(column);
        entry.blocks = blocks.within(dash, key);
        let place = entries.len();
        headed = true;
        entries.push(entry);
        let behind = walk(text, inner, inside, level + 1, blocks, entries)?;
        if let Some(entry) = entries.get_mut(place) {
            entry.tail = behind..end.max(behind);
        }
        at = end.max(behind);
    }
    Some(at)
}

/// Gives entries that are aliases their blocks: a block that is printed again is that of the next entry which prints it. Where
/// it is printed more often than that, as the rows of `each` are, no entry has it.
fn share(entries: &mut [BlockEntry], blocks: &[&Block]) {
    if entries.iter().all(|entry| entry.alias.is_none()) {
        return;
    }
    let again =
        |b: &Block, entry: &BlockEntry| entry.alias.as_ref().is_some_and(|a| a.contains(&(b.span.start as usize)));
    let mut done: Vec<crate::diagnostic::Span> = Vec::new();
    for block in blocks {
        if done.contains(&block.span) || !entries.iter().any(|entry| again(block, entry)) {
            continue;
        }
        done.push(block.span);
        let same: Vec<&BlockId> = blocks.iter().filter(|b| b.span == block.span).map(|b| &b.id).collect();
        let holders: Vec<usize> = (0..entries.len())
            .filter(|&at| again(block, &entries[at]) || entries[at].blocks.contains(&block.id))
            .collect();
        for entry in entries.iter_mut() {
            entry.blocks.retain(|id| !same.contains(&id));
        }
        if holders.len() == same.len() {
            for (at, id) in holders.into_iter().zip(same) {
                entries[at].blocks.push(id.clone());
            }
        }
    }
}

/// The next line that begins with a dash: its start, and the dash's column. Only blank lines and comments may come before it.
fn next_dash(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut line = from;
    loop {
        let rest = text.get(line..).filter(|rest| !rest.is_empty())?;
        let content = rest.lines().next().unwrap_or_default();
        let column = content.len() - content.trim_start_matches(' ').len();
        if content[column..].starts_with('-') {
            return Some((line, column));
        }
        if !content.trim().is_empty() && !content[column..].starts_with('#') {
            return None;
        }
        line = line_end(text, line);
    }
}

/// The dash before a list item: the start of its line, and its column.
fn dash(text: &str, start: usize) -> Option<(usize, usize)> {
    let mut line = line_start(text, start);
    loop {
        let rest = text.get(line..)?;
        let column = rest.len() - rest.trim_start_matches(' ').len();
        if line + column < start && rest[column..].starts_with('-') && rest[column + 1..].starts_with([' ', '\n', '\r'])
        {
            return Some((line, column));
        }
        line = line_start(text, line.checked_sub(1)?);
    }
}

/// Where the blank lines and comments before a line begin.
fn prefix_start(text: &str, line: usize) -> usize {
    let mut start = line;
    while let Some(before) = start.checked_sub(1).map(|b| line_start(text, b)) {
        let content = text[before..start].trim();
        if content.is_empty() || content.starts_with('#') {
            start = before;
        } else {
            break;
        }
    }
    start
}

pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1)
}

/// After the line end that follows.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|t| t.find('\n')).map_or(text.len(), |i| at + i + 1)
}

/// The last character of a node that is no white space: of a list or map in brackets, the bracket that closes it.
pub(super) fn last_character(text: &str, node: &Node) -> usize {
    let (start, end) = (node.span.start as usize, (node.span.end as usize).min(text.len()));
    let slice = text.get(start..end).unwrap_or_default();
    let own = start + slice.trim_end().char_indices().next_back().map_or(0, |(i, _)| i);
    // What an alias stands for is above.
    let inside = |n: &&Node| start <= n.span.start as usize;
    let inner = match &node.kind {
        Kind::List(items) => items.last().filter(inside).map(|n| last_character(text, n)),
        Kind::Map(entries) => entries.last().map(|(_, n)| n).filter(inside).map(|n| last_character(text, n)),
        _ => return own,
    };
    let close = if opens(text, node, '[') {
        ']'
    } else if opens(text, node, '{') {
        '}'
    } else {
        return inner.map_or(own, |i| i.max(own));
    };
    let from = inner.map_or(start, |i| i + text.get(i..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8));
    text.get(from..).and_then(|t| t.find(close)).map_or(own, |i| from + i)
}

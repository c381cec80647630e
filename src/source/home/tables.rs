//! Lists of YAML changed in place, in lines or in brackets; rows, columns and cells of tables by them.

use super::emit::{AtEnd, Comma};
use super::encode::{Digits, PLAIN, Within, block_scalar, in_scalar, inline, scalar};
use super::files::{File, Home};
use super::outline::{Bytes, last_character, line_end, line_start};
use super::scalars::{ScalarStyle, opens, style};
use crate::model::{BlockId, BlockKind, Phrase};
use crate::yaml::tree::{Kind, Node};

/// Where the last character of a node ends.
fn end_of(text: &str, node: &Node) -> usize {
    let at = last_character(text, node);
    at + text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8)
}

/// What becomes of a text that is long for a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LongText {
    Folded,
    Kept,
}

impl Home<'_> {
    /// Puts a text into a list at an index.
    pub(super) fn put_into(&mut self, file: usize, list: &Node, at: usize, text: &str) -> bool {
        let flow = opens(&self.files[file].text, list, '[');
        let written = if flow { scalar(text, Within::Flow, Digits::Quoted) } else { text.to_owned() };
        self.put_item(file, list, at, &written, if flow { LongText::Kept } else { LongText::Folded })
    }

    /// Puts an item into a list at an index.
    fn put_item(&mut self, f: usize, list: &Node, at: usize, item: &str, long: LongText) -> bool {
        let file = &mut self.files[f];
        let text = &file.text;
        let Kind::List(items) = &list.kind else { return false };
        if opens(text, list, '[') {
            let (place, put) = match (at.checked_sub(1).and_then(|b| items.get(b)), items.first()) {
                (Some(before), Some(first)) => {
                    // On lines of their own where the others are.
                    let line = line_start(text, first.span.start as usize);
                    let apart = items
                        .get(1)
                        .is_some_and(|second| text[end_of(text, first)..second.span.start as usize].contains('\n'));
                    let margin = first.span.start as usize - line;
                    let gap = if apart { format!(",{}{}", file.newline, " ".repeat(margin)) } else { ", ".to_owned() };
                    (end_of(text, before), format!("{gap}{item}"))
                }
                (None, Some(first)) => (first.span.start as usize, format!("{item}, ")),
                (_, None) => (list.span.start as usize + 1, item.to_owned()),
            };
            return file.edits.put(place, put);
        }
        let Some(first) = items.first() else { return false };
        let Some((dash, indent)) = dash_of(text, first) else { return false };
        let place = match at.checked_sub(1).and_then(|b| items.get(b)) {
            Some(before) => line_end(text, last_character(text, before)),
            None => dash,
        };
        let gap = if place > 0 && !text[..place].ends_with('\n') { file.newline } else { "" };
        let item = if long == LongText::Folded {
            block_scalar(item, indent + 2).replace('\n', file.newline)
        } else {
            item.to_owned()
        };
        let put = format!("{gap}{}- {item}{}", " ".repeat(indent), file.newline);
        if at > 0 { file.edits.put_behind(place, put) } else { file.edits.put(place, put) }
    }

    /// Takes an item out of a list.
    pub(super) fn remove_from(&mut self, f: usize, list: &Node, at: usize) -> bool {
        let Some(range) = self.item_range(f, list, at) else { return false };
        let File { text, edits, .. } = &mut self.files[f];
        let Some(items) = list.as_list().filter(|items| at < items.len()) else { return false };
        if !opens(text, list, '[') {
            edits.forget(range.clone());
            return edits.add(range, String::new());
        }
        // Characters that are put in at the border of an item beside it belong to that one.
        let own = items[at].span.start as usize..end_of(text, &items[at]);
        edits.forget(own.clone());
        // What is put in between goes to the end that stays, with its comma.
        if range.start < own.start {
            let gone = (0..at).filter(|&b| items[b].span.start as usize >= range.start);
            gone.for_each(|b| edits.forget(items[b].span.start as usize..items[b + 1].span.start as usize));
            edits.hand_on(&(range.start + 1..=own.start), range.end, Comma::Before);
        } else {
            edits.hand_on(&(own.start + 1..=own.end), range.end, Comma::Behind);
        }
        edits.add(range, String::new())
    }

    /// The bytes that go with an item.
    fn item_range(&self, f: usize, list: &Node, at: usize) -> Option<Bytes> {
        let text = &self.files[f].text;
        let Kind::List(items) = &list.kind else { return None };
        let item = items.get(at)?;
        if items.len() < 2 {
            return None;
        }
        if opens(text, list, '[') {
            if let Some(next) = items.get(at + 1) {
                return Some(item.span.start as usize..next.span.start as usize);
            }
            // The comma before the last one goes, unless it has gone with the item before.
            let edits = &self.files[f].edits;
            let goes = |b: usize| edits.takes_out(&(items[b].span.start as usize..items[b + 1].span.start as usize));
            let first = (0..at).rev().take_while(|&b| goes(b)).last().unwrap_or(at);
            let before = items.get(first.checked_sub(1)?)?;
            return Some(end_of(text, before)..end_of(text, item));
        }
        let (dash, _) = dash_of(text, item)?;
        Some(dash..line_end(text, last_character(text, item)))
    }

    /// The value of a table's block, and a key in it.
    fn table_list(&self, block: &BlockId, key: &str) -> Option<(usize, Node)> {
        let own = self.document.blocks.iter().find(|b| b.id == *block)?;
        if !matches!(own.kind, BlockKind::Table(_)) {
            return None;
        }
        let f = self.files.iter().position(|f| f.id == own.span.file)?;
        let table = table_at(&self.files[f].root, own.span.start)?;
        table.get(key).cloned().map(|n| (f, n))
    }

    /// A cell that has no characters of its own yet.
    pub(super) fn set_cell(&mut self, block: &BlockId, row: Option<usize>, cell: usize, with: &Phrase) -> bool {
        let Some((f, list)) = self.table_list(block, if row.is_some() { "rows" } else { "columns" }) else {
            return false;
        };
        let Kind::List(rows) = &list.kind else { return false };
        let node = match row {
            Some(row) => match rows.get(row).map(|r| &r.get("cells").unwrap_or(r).kind) {
                Some(Kind::List(cells)) => cells.get(cell),
                _ => None,
            },
            None => rows.get(cell),
        };
        let Some(node) = node else { return false };
        let node = node.get("text").or(node.get("title")).unwrap_or(node);
        let written = self.cell(with);
        let range = node.span.start as usize..node.span.end as usize;
        let text = &self.files[f].text[range.clone()];
        // A cell that is left out in brackets has no bytes.
        if text.contains(['\n', ',', '[', ']']) {
            return false;
        }
        let written = match style(&self.files[f].text, node) {
            ScalarStyle::Double if !text.is_empty() => {
                format!("\"{}\"", in_scalar(&inline(self.sources, with, PLAIN), ScalarStyle::Double))
            }
            _ => written,
        };
        self.files[f].edits.add(range, written)
    }

    /// A new row.
    pub(super) fn insert_row(&mut self, block: &BlockId, at: usize, cells: &[Phrase]) -> bool {
        let Some((f, list)) = self.table_list(block, "rows") else { return false };
        let row = format!("[{}]", cells.iter().map(|c| self.cell(c)).collect::<Vec<_>>().join(", "));
        self.put_item(f, &list, at, &row, LongText::Kept)
    }

    /// A row goes.
    pub(super) fn delete_row(&mut self, block: &BlockId, row: usize) -> bool {
        self.table_list(block, "rows").is_some_and(|(f, list)| self.remove_from(f, &list, row))
    }

    /// A row is in another place.
    pub(super) fn move_row(&mut self, block: &BlockId, row: usize, to: usize) -> bool {
        self.table_list(block, "rows").is_some_and(|(f, list)| self.move_item(f, &list, row, to))
    }

    /// An item of a list is in another place: before the item that has an index now.
    pub(super) fn move_item(&mut self, f: usize, list: &Node, from: usize, to: usize) -> bool {
        let Kind::List(items) = &list.kind else { return false };
        let Some(item) = items.get(from) else { return false };
        let text = &self.files[f].text;
        let own = item.span.start as usize..end_of(text, item);
        // Items on several lines would need their columns changed.
        if text[own.clone()].contains('\n') {
            return false;
        }
        // A comment at the end of its line goes along.
        let end = if opens(text, list, '[') { own.end } else { line_end(text, own.end) };
        let line = own.start..own.end + text[own.end..end].trim_end().len();
        let written = self.files[f].edits.render(text, &line, AtEnd::Included);
        self.remove_from(f, list, from) && self.put_item(f, list, to, &written, LongText::Kept)
    }

    /// A new column.
    pub(super) fn insert_column(&mut self, block: &BlockId, at: usize, cells: &[Phrase]) -> bool {
        self.each_row(block, cells.len(), |home, f, list, row| {
            let cell = home.cell(&cells[row]);
            home.put_item(f, list, at, &cell, LongText::Kept)
        })
    }

    /// A column goes.
    pub(super) fn delete_column(&mut self, block: &BlockId, column: usize) -> bool {
        self.each_row(block, 0, |home, f, list, _| home.remove_from(f, list, column))
    }

    /// A column is in another place.
    pub(super) fn move_column(&mut self, block: &BlockId, column: usize, to: usize) -> bool {
        self.each_row(block, 0, |home, f, list, _| home.move_item(f, list, column, to))
    }

    /// Does something with the list of heads and that of each row. `wanted`: how many there must be; 0: any.
    fn each_row(
        &mut self,
        block: &BlockId,
        wanted: usize,
        mut act: impl FnMut(&mut Self, usize, &Node, usize) -> bool,
    ) -> bool {
        let Some((f, rows)) = self.table_list(block, "rows") else { return false };
        let mut lists: Vec<Node> = self.table_list(block, "columns").into_iter().map(|(_, n)| n).collect();
        let Kind::List(items) = rows.kind else { return false };
        lists.extend(items.into_iter().map(|row| row.get("cells").cloned().unwrap_or(row)));
        // Heads over several columns do not go by columns.
        if lists.iter().any(|list| {
            list.as_list()
                .is_some_and(|list| list.iter().any(|n| n.get("columns").is_some_and(|c| c.as_list().is_some())))
        }) {
            return false;
        }
        if wanted > 0 && lists.len() != wanted {
            return false;
        }
        lists.iter().enumerate().all(|(at, list)| act(self, f, list, at))
    }
}

/// The dash before a list item: the start of its line, and its column.
pub(super) fn dash_of(text: &str, item: &Node) -> Option<(usize, usize)> {
    let mut line = line_start(text, item.span.start as usize);
    loop {
        let rest = text.get(line..)?;
        let column = rest.len() - rest.trim_start_matches(' ').len();
        if line + column < item.span.start as usize && rest[column..].starts_with('-') {
            return Some((line, column));
        }
        line = line_start(text, line.checked_sub(1)?);
    }
}

/// The map below `table:` of the block at a place.
fn table_at(node: &Node, start: u32) -> Option<&Node> {
    match &node.kind {
        Kind::List(items) => {
            items.iter().find(|i| i.span.start <= start && start < i.span.end).and_then(|i| table_at(i, start))
        }
        Kind::Map(entries) => {
            if node.span.start == start
                && let Some(table) = node.get("table")
            {
                return Some(table);
            }
            entries
                .iter()
                .find(|(_, v)| v.span.start <= start && start < v.span.end)
                .and_then(|(_, v)| table_at(v, start))
        }
        _ => None,
    }
}

//! Items of lists put in, taken out and moved within the lists of the source.

use super::encode::PLAIN;
use super::files::Home;
use super::scalars::{ScalarStyle, content_end, content_start, holding};
use crate::diagnostic::Span;
use crate::model::{BlockId, BlockKind, ItemRole, Phrase};
use crate::yaml::tree::{Kind, Node};

impl Home<'_> {
    /// Puts an item elsewhere in its list; None where it leaves the list.
    pub(super) fn displace_item(&mut self, block: &BlockId, after: Option<&BlockId>) -> Option<bool> {
        let place = |id: &BlockId| self.document.blocks.iter().position(|b| b.id == *id);
        let (own, before) = (place(block)?, place(after?)?);
        let (f, _, _) = self.find(block)?;
        let root = self.files[f].root.clone();
        let blocks = &self.document.blocks;
        let (list, from) = list_of(&root, blocks[own].span)?;
        let Kind::List(items) = &list.kind else { return None };
        if !matches!(blocks[own].kind, BlockKind::ListItem { .. }) || items.len() < 2 {
            return None;
        }
        let deeper = |at: usize, than: usize| match (blocks.get(at).map(|b| &b.kind), &blocks[than].kind) {
            (Some(BlockKind::ListItem { level, .. }), BlockKind::ListItem { level: other, .. }) => level > other,
            _ => false,
        };
        if items[from].get("list").is_some() || deeper(before + 1, before) {
            // The list within either would go along, or come to another item.
            return Some(false);
        }
        let to = match list_of(&root, blocks[before].span) {
            Some((other, at)) if other.span == list.span => {
                self.moved_items.get(&blocks[before].id).copied().unwrap_or(at + 1)
            }
            // What stands before the list: the first place in it.
            _ if blocks.get(before + 1).is_some_and(|b| items.first().is_some_and(|i| i.span == b.span)) => 0,
            _ => return None,
        };
        self.moved_items.insert(block.clone(), to);
        Some(self.move_item(f, list, from, to))
    }

    /// Takes an item out, unless items of a list in it would stay; None where the block is no item of a list, or the only one.
    pub(super) fn delete_item(&mut self, block: &BlockId) -> Option<bool> {
        self.list_item(block, |home, file, list, at| {
            let holds = list.as_list().and_then(|items| items.get(at)).is_some_and(|item| item.get("list").is_some());
            !holds && home.remove_from(file, list, at)
        })
    }

    /// Puts a new item of a level behind a block; None where that is no item of a list.
    pub(super) fn insert_item(&mut self, after: &BlockId, role: ItemRole, text: &Phrase) -> Option<bool> {
        let wanted = match role {
            ItemRole::Bullet(level) => (level, false),
            ItemRole::Numbered(level) => (level, true),
            _ => return None,
        };
        let blocks = &self.document.blocks;
        let own = blocks.iter().position(|b| b.id == *after)?;
        let of = |at: usize| match blocks.get(at).map(|b| &b.kind) {
            Some(BlockKind::ListItem { level, number, .. }) => Some((*level, number.is_some())),
            _ => None,
        };
        let (above, below) = (of(own), of(own + 1));
        let text = self.said(text);
        // Behind an item that was moved is where that goes.
        if let Some(&to) = self.moved_items.get(after)
            && above == Some(wanted)
        {
            return self.list_item(after, |home, file, list, _| home.put_into(file, list, to, &text));
        }
        let level = wanted.0;
        // Behind which item, or before which: those of its own level, which what follows must not be part of.
        let (beside, first) = match above {
            Some((above, _)) if level <= above => {
                ((0..=own).rev().find(|&at| of(at).is_none_or(|(other, _)| other <= level))?, false)
            }
            // The list has to be there: in the item, or behind the paragraph.
            Some(_) => (own + 1, true),
            None => (below.filter(|_| below == Some(wanted)).map(|_| own + 1)?, true),
        };
        let (beside, first) = match of(beside) {
            Some(found) if found == wanted => (beside, first),
            // Another list begins behind this one.
            Some(found) if found.0 == level && !first && below == Some(wanted) => (own + 1, true),
            // It is a list of its own.
            Some(found) if found.0 == level && !first && level == 1 => return None,
            _ => return Some(false),
        };
        if !first && below.is_some_and(|(below, _)| below > level) {
            return Some(false);
        }
        let beside = blocks[beside].id.clone();
        self.list_item(&beside, |home, file, list, at| home.put_into(file, list, at + usize::from(!first), &text))
    }

    /// Divides an item in two; None where the block is no item of a list.
    pub(super) fn split_item(&mut self, block: &BlockId, span: Span, before: &Phrase, after: &Phrase) -> Option<bool> {
        let own = self.document.blocks.iter().find(|b| b.id == *block)?;
        if !matches!(own.kind, BlockKind::ListItem { .. }) {
            return None;
        }
        let own = own.span;
        Some(self.divide(own, span, before, after).unwrap_or(false))
    }

    fn divide(&mut self, own: Span, span: Span, before: &Phrase, after: &Phrase) -> Option<bool> {
        let f = self.files.iter().position(|file| file.id == own.file)?;
        let root = self.files[f].root.clone();
        let (list, at) = list_of(&root, own)?;
        let item = list.as_list()?.get(at)?;
        let file = &mut self.files[f];
        let held = holding(&file.text, &root, span)?;
        let (start, end) = (content_start(&held), content_end(&file.text, &held));
        // The list in an item stays with the second half.
        let has_list = item.get("list").is_some();
        let new = if has_list { start..span.start } else { span.end..end };
        let range = new.start as usize..new.end as usize;
        let written = unwritten(&file.edits.text(&file.text, &range), held.style)?;
        file.edits.forget(range);
        let (text, stays, place) = if has_list {
            (written + &self.said(before), after, Span { start, ..span })
        } else {
            (self.said(after) + &written, before, Span { end, ..span })
        };
        Some(self.replace(place, stays, PLAIN) && self.put_into(f, list, at + usize::from(!has_list), &text))
    }

    /// Does something with the list of YAML that a list item's block stands in: its file, the list, its place in it. None where
    /// the block is no item of a list.
    pub(super) fn list_item(
        &mut self,
        block: &BlockId,
        act: impl FnOnce(&mut Self, usize, &Node, usize) -> bool,
    ) -> Option<bool> {
        let own = self.document.blocks.iter().find(|b| b.id == *block)?;
        if !matches!(own.kind, BlockKind::ListItem { .. }) {
            return None;
        }
        let (f, r, e) = self.find(block)?;
        let root = self.files[f].root.clone();
        let Some((list, at)) = list_of(&root, own.span) else { return Some(false) };
        let Kind::List(items) = &list.kind else { return Some(false) };
        if items.len() < 2 && self.files[f].regions[r].entries[e].blocks.len() < 2 {
            // The only item: the whole entry.
            return None;
        }
        Some(act(self, f, list, at))
    }
}

/// The inline syntax that characters of a scalar stand for; None where escapes of YAML would have to be read.
pub(super) fn unwritten(written: &str, style: ScalarStyle) -> Option<String> {
    let bare = match style {
        ScalarStyle::Single => written.replace("''", "'"),
        ScalarStyle::Double if written.contains('\\') => return None,
        ScalarStyle::Plain | ScalarStyle::Block | ScalarStyle::Double => written.to_owned(),
    };
    let mut text = String::new();
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // A line end between two Latin words is a space.
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        if text.ends_with(is_latin) && line.starts_with(is_latin) {
            text.push(' ');
        }
        text.push_str(line);
    }
    Some(text)
}

/// The innermost list that has an item at a place, and the item's index.
fn list_of(node: &Node, span: Span) -> Option<(&Node, usize)> {
    match &node.kind {
        Kind::List(items) => items.iter().enumerate().find_map(|(at, item)| {
            let holds = item.span.start <= span.start && span.end <= item.span.end;
            if !holds {
                return None;
            }
            list_of(item, span).or((item_span(item) == span).then_some((node, at)))
        }),
        Kind::Map(entries) => entries.iter().find_map(|(_, value)| list_of(value, span)),
        _ => None,
    }
}

/// The place of the block that an item is: without the list in it.
fn item_span(item: &Node) -> Span {
    match (item.get("list"), item.get("text")) {
        (Some(_), Some(text)) => item.head().to(text.span),
        _ => item.span,
    }
}

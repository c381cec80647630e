//! Blocks put into bodies, and taken out of them, that one entry of the row holds: those of `if`, and bodies in brackets.

use super::emit::shifted;
use super::files::{Home, NoPlace};
use super::outline::{BlockEntry, bodies, last_character, line_end};
use super::scalars::opens;
use super::tables::dash_of;
use crate::diagnostic::Span;
use crate::model::{Block, BlockId, BlockKind, ItemRole, NewBlock};
use crate::yaml::tree::{Kind, Node};

/// What holds a list of blocks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Report,
    Heading,
    If,
    Each,
}

/// A list of blocks on the way from a file to one of them, and the index of the item that holds it.
#[derive(Clone, Copy)]
struct BodyStep<'n> {
    list: &'n Node,
    at: usize,
    holder: Holder,
    item: &'n Node,
}

/// The lists that a place is in, the outermost first.
fn way(root: &Node, place: u32) -> Vec<BodyStep<'_>> {
    let mut steps = Vec::new();
    let mut lists: Vec<(&Node, Holder)> = bodies(root).into_iter().map(|list| (list, Holder::Report)).collect();
    loop {
        let found = lists.iter().find_map(|&(list, holder)| {
            let holds = |item: &&Node| item.span.start <= place && place < item.span.end;
            let (at, item) = list.as_list()?.iter().enumerate().find(|(_, item)| holds(item))?;
            Some(BodyStep { list, at, holder, item })
        });
        let Some(step) = found else { return steps };
        steps.push(step);
        let holder = ["heading", "if", "each"].iter().position(|key| step.item.get(key).is_some());
        lists = match holder.and_then(|at| [Holder::Heading, Holder::If, Holder::Each].get(at)) {
            Some(&holder) => ["body", "else"].iter().filter_map(|key| Some((step.item.get(key)?, holder))).collect(),
            None => Vec::new(),
        };
    }
}

/// The blocks of a body below a heading.
fn body_of(item: &Node) -> Option<&Node> {
    item.get("heading").and(item.get("body")).filter(|body| body.as_list().is_some_and(|items| !items.is_empty()))
}

impl Home<'_> {
    /// A block, and the lists within its entry that it is in.
    fn inner<'n>(&self, block: &BlockId, entry: &BlockEntry, root: &'n Node) -> Option<(&Block, Vec<BodyStep<'n>>)> {
        if entry.alias.is_some() || entry.new.is_some() {
            return None;
        }
        let block = self.document.blocks.iter().find(|b| b.id == *block)?;
        let mut steps = way(root, block.span.start);
        let own = steps.iter().position(|step| entry.head.contains(&(step.item.span.start as usize)))?;
        Some((block, steps.split_off(own + 1)))
    }

    /// The blocks that an item holds.
    fn held(&self, item: Span) -> Vec<&BlockId> {
        let inside = |b: &&Block| b.span.file == item.file && item.start <= b.span.start && b.span.start < item.end;
        self.document.blocks.iter().filter(inside).map(|b| &b.id).collect()
    }

    /// Puts a new block behind one that its entry holds beside others; None where it belongs into the row of entries.
    pub(super) fn insert_within(&mut self, after: &BlockId, what: &NewBlock) -> Option<bool> {
        let (f, r, e) = self.find(after)?;
        let root = self.files[f].root.clone();
        let entry = &self.files[f].regions[r].entries[e];
        let (block, steps) = self.inner(after, entry, &root)?;
        let is_last = entry.ends_with(after);
        let Some(deepest) = steps.last() else {
            if !is_last && matches!(block.kind, BlockKind::ListItem { .. }) {
                self.refusal = Some(NoPlace::WithinList);
            }
            return (!is_last).then_some(false);
        };
        if steps.iter().any(|step| step.holder == Holder::Each) {
            if is_last {
                return None;
            }
            self.refusal = Some(NoPlace::InRows);
            return Some(false);
        }
        // What follows all that a condition holds does not depend on it.
        if is_last && steps.iter().all(|step| step.holder == Holder::If) {
            return None;
        }
        let ends_item = body_of(deepest.item).is_some() || self.held(deepest.item.span).last() == Some(&after);
        if !ends_item {
            self.refusal = Some(NoPlace::WithinList);
            return Some(false);
        }
        let Some((list, at)) = target(&steps, entry.level.unwrap_or(1), what.role) else {
            return (!is_last).then_some(false);
        };
        if opens(&self.files[f].text, list, '[') {
            if what.role != ItemRole::Paragraph {
                return (!is_last).then_some(false);
            }
            let text = self.said(&what.text);
            return Some(self.put_into(f, list, at, &text));
        }
        Some(self.put_lines(f, list, at, what).is_some())
    }

    /// Puts a new block into a list that is written as lines.
    fn put_lines(&mut self, f: usize, list: &Node, at: usize, what: &NewBlock) -> Option<()> {
        let Kind::List(items) = &list.kind else { return None };
        let (dash, indent) = dash_of(&self.files[f].text, items.first()?)?;
        let lines = self.lines(what)?;
        let file = &mut self.files[f];
        let place = match at.checked_sub(1).and_then(|before| items.get(before)) {
            Some(before) => line_end(&file.text, last_character(&file.text, before)),
            None => dash,
        };
        let gap = if file.text[..place].ends_with('\n') { "" } else { file.newline };
        let lines = shifted(&lines, indent.cast_signed()).replace('\n', file.newline);
        file.edits.put(place, format!("{gap}{lines}")).then_some(())
    }

    /// Takes a block out of a body that its entry holds; None where it is a whole entry.
    pub(super) fn delete_within(&mut self, block: &BlockId) -> Option<bool> {
        let (f, r, e) = self.find(block)?;
        let root = self.files[f].root.clone();
        let entry = &self.files[f].regions[r].entries[e];
        let (_, steps) = self.inner(block, entry, &root)?;
        let deepest = steps.last()?;
        if steps.iter().any(|step| step.holder == Holder::Each) {
            self.refusal = Some(NoPlace::InRows);
            return Some(false);
        }
        if self.held(deepest.item.span).len() > 1 {
            return Some(false);
        }
        if deepest.list.as_list().is_some_and(|items| items.len() > 1) {
            return Some(self.remove_from(f, deepest.list, deepest.at));
        }
        // The only block of a condition goes with it, unless there is another one for the other case.
        let head = entry.head.clone();
        let both = way(&root, deepest.item.span.start);
        let holder = both.iter().find(|step| head.contains(&(step.item.span.start as usize)))?;
        let whole = steps.len() == 1 && deepest.holder == Holder::If && holder.item.get("else").is_none();
        (!whole).then_some(false)
    }
}

/// The list that a new block of a role goes into, and its index there. `depth`: how many bodies the first list is in.
fn target<'n>(steps: &[BodyStep<'n>], depth: usize, role: ItemRole) -> Option<(&'n Node, usize)> {
    let deepest = steps.last()?;
    let level_of = |at: usize| depth + steps[..=at].iter().filter(|step| step.holder == Holder::Heading).count();
    let body = body_of(deepest.item);
    let ItemRole::Heading(level) = role else {
        return Some(body.map_or((deepest.list, deepest.at + 1), |body| (body, 0)));
    };
    let level = usize::from(level.max(1));
    if let Some(body) = body {
        return (level == level_of(steps.len() - 1) + 1).then_some((body, 0));
    }
    for (at, step) in steps.iter().enumerate().rev() {
        if level_of(at) == level {
            return Some((step.list, step.at + 1));
        }
        if step.at + 1 < step.list.as_list().map_or(0, <[Node]>::len) {
            return None;
        }
    }
    None
}

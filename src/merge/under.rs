//! Every text stays under a heading that it has on one of the sides: moves that would take it elsewhere are proposed.

use super::planner::Planner;
use super::review::{Change, ChangeKind, Status};
use crate::diagnostic::say;
use crate::model::{BlockId, BlockKind, ItemRole, Rewrite};
use std::collections::{BTreeMap, BTreeSet};

/// The heading above a block, or none above the first one.
type HeadingAbove = Option<BlockId>;

impl Planner<'_> {
    /// Proposes the moves after which a text would be under a heading that it has neither in the source nor in their file.
    pub(super) fn under_their_headings(&mut self) {
        let source: Vec<BlockId> = self.document.blocks.iter().map(|block| block.id.clone()).collect();
        let own = self.heads(&source, &BTreeSet::new());
        let their = self.their_heads();
        while let Some(head) = self.torn_from(&source, &own, &their) {
            let above = |block: &BlockId| {
                let of = |heads: &BTreeMap<BlockId, HeadingAbove>| {
                    heads.get(block).is_some_and(|h| h.as_ref() == Some(&head))
                };
                *block == head || of(&own) || of(&their)
            };
            let mut torn = |change: &&mut Change| moves(change).any(above);
            for change in self.changes.iter_mut().filter(&mut torn) {
                change.status = Status::Proposed;
                change.rewrites.clear();
                change.reason = Some(say!(
                    "源文件也改动了有关各节里段落的位置，照样移动会使文字落到别的标题下；请人工移动",
                    "the source has changed the order in these sections too, and text would come under another heading; move it by hand"
                ));
            }
        }
    }

    /// A block of a move that takes text from under its heading: the heading itself where it was moved.
    fn torn_from(
        &self,
        source: &[BlockId],
        own: &BTreeMap<BlockId, HeadingAbove>,
        their: &BTreeMap<BlockId, HeadingAbove>,
    ) -> Option<BlockId> {
        let moved: BTreeSet<&BlockId> = self.changes.iter().flat_map(moves).collect();
        if moved.is_empty() {
            return None;
        }
        let (order, gone) = self.blocks_as_written(source);
        self.heads(&order, &gone).iter().find_map(|(block, head)| {
            let (before, there) = (own.get(block)?, their.get(block)?);
            if head == before || head == there || !head.as_ref().is_none_or(|head| self.was_there(head)) {
                return None;
            }
            let of_moved = [before, head].into_iter().flatten().find(|head| moved.contains(head));
            of_moved.or_else(|| moved.get(block).copied()).cloned()
        })
    }

    /// True of a block that was handed out: below a heading that the source put in, their text is where it was.
    fn was_there(&self, block: &BlockId) -> bool {
        let own = |&k: &usize| self.ours.items[k].block.as_ref() == Some(block);
        self.parts.iter().any(|part| part.ours.iter().any(own))
    }

    /// The blocks in the order in which they would be written, and those that go.
    fn blocks_as_written(&self, source: &[BlockId]) -> (Vec<BlockId>, BTreeSet<BlockId>) {
        let mut order = source.to_vec();
        let mut gone = BTreeSet::new();
        let mut waiting: Vec<(&BlockId, Option<&BlockId>)> = Vec::new();
        for rewrite in self.changes.iter().filter(|c| c.status == Status::Clean).flat_map(|c| &c.rewrites) {
            match rewrite {
                Rewrite::Delete { block } | Rewrite::Join { second: block, .. } => {
                    gone.insert(block.clone());
                }
                Rewrite::Move { block, after } => waiting.push((block, after.as_ref())),
                _ => {}
            }
        }
        while !waiting.is_empty() {
            // What goes after a block that is moved itself comes after that.
            let free =
                |(_, after): &(&BlockId, Option<&BlockId>)| !waiting.iter().any(|(other, _)| Some(*other) == *after);
            let (block, after) = waiting.remove(waiting.iter().position(free).unwrap_or(0));
            order.retain(|other| other != block);
            let at = after.and_then(|after| order.iter().position(|other| other == after)).map_or(0, |at| at + 1);
            order.insert(at, block.clone());
        }
        (order, gone)
    }

    /// The heading above each block that is no heading, in an order.
    fn heads(&self, order: &[BlockId], gone: &BTreeSet<BlockId>) -> BTreeMap<BlockId, HeadingAbove> {
        let mut heads = BTreeMap::new();
        let mut last = None;
        for block in order.iter().filter(|block| !gone.contains(*block)) {
            if self.kind_of(Some(block)).is_some_and(is_head) {
                last = Some(block.clone());
            } else {
                heads.insert(block.clone(), last.clone());
            }
        }
        heads
    }

    /// The same in their file, for what is under a heading that the source has.
    fn their_heads(&self) -> BTreeMap<BlockId, HeadingAbove> {
        let mut heads = BTreeMap::new();
        let mut last = Some(None);
        for (j, item) in self.theirs.items.iter().enumerate() {
            let part = self.part_of_theirs[j].map(|part| &self.parts[part]);
            let own = part.map_or(&[][..], |part| &part.ours);
            let blocks: Vec<&BlockId> = own.iter().filter_map(|&k| self.ours.items[k].block.as_ref()).collect();
            let role =
                part.map(|part| self.base.items[part.base[0]].role).or_else(|| self.roles.get(&item.style).copied());
            if blocks.iter().any(|block| self.kind_of(Some(block)).is_some_and(is_head)) {
                last = Some(blocks.first().map(|block| (*block).clone()));
            } else if matches!(role, Some(ItemRole::Heading(_))) || item.outline.is_some() {
                last = None;
            } else if let Some(head) = &last {
                heads.extend(blocks.into_iter().map(|block| (block.clone(), head.clone())));
            }
        }
        heads
    }
}

/// The blocks that a change would move.
fn moves(change: &Change) -> impl Iterator<Item = &BlockId> {
    let moved = change.kind == ChangeKind::Moved && change.status == Status::Clean;
    change.rewrites.iter().filter(move |_| moved).filter_map(|rewrite| match rewrite {
        Rewrite::Move { block, .. } => Some(block),
        _ => None,
    })
}

/// True of what begins a section.
const fn is_head(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Heading { .. } | BlockKind::AttachmentMark { .. } | BlockKind::AttachmentTitle(_))
}

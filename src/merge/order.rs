//! What they took out, put in and moved.

use super::insert;
use super::planner::{OwnCopy, Planner, ThreeSides, same_text};
use super::review::{Change, ChangeKind, Status};
use crate::diagnostic::{Message, say};
use crate::model::{BlockId, BlockKind, FigureFlow, ItemRole, Rewrite, Trace};
use std::collections::{BTreeMap, BTreeSet};

impl Planner<'_> {
    /// What they took out.
    pub(super) fn deletions(&mut self) {
        let mut by_block: BTreeMap<Option<BlockId>, (Vec<usize>, usize)> = BTreeMap::new();
        for item in &self.base.items {
            by_block.entry(item.block.clone()).or_default().1 += 1;
        }
        for part in &self.parts {
            if part.theirs.is_empty() {
                for &i in &part.base {
                    by_block.entry(self.base.items[i].block.clone()).or_default().0.push(i);
                }
            }
        }
        let mut gone: Vec<(Option<BlockId>, Vec<usize>, bool)> = Vec::new();
        for (block, (items, count)) in by_block {
            if block.is_none() {
                gone.extend(items.into_iter().map(|i| (None, vec![i], true)));
            } else if !items.is_empty() {
                let whole = items.len() == count;
                gone.push((block, items, whole));
            }
        }
        gone.sort_by_key(|(_, items, _)| items.first().copied());
        for (block, items, whole) in gone {
            self.deletion(block.as_ref(), &items, whole);
        }
    }

    fn deletion(&mut self, block: Option<&BlockId>, items: &[usize], whole: bool) {
        let i = items[0];
        let mut change = self.change(ChangeKind::Deleted, Status::Clean, i, None);
        let text: Vec<String> = items.iter().map(|&i| self.base.items[i].plain()).collect();
        change.traces = text.iter().flat_map(|t| self.theirs.removers(t)).collect();
        change.traces.dedup();
        if change.traces.is_empty() {
            let saved = self.theirs.saved_by.iter();
            change.traces = saved.map(|a| Trace { author: a.clone(), date: String::new() }).collect();
        }
        change.before = text.join("\n");
        let ours: Vec<usize> =
            items.iter().filter_map(|&i| self.to_ours.of_a[i]).flat_map(|g| self.to_ours.groups[g].b.clone()).collect();
        if ours.is_empty() {
            change.status = Status::Already;
            self.changes.push(change);
            return;
        }
        let own: Vec<String> = ours.iter().map(|&k| self.ours.items[k].plain()).collect();
        let moved = |i: &usize| self.to_ours.of_a[*i].is_some_and(|g| self.to_ours.groups[g].moved);
        let moved = items.iter().any(moved);
        let notes = items.iter().flat_map(|&i| self.base.items[i].phrase.bits.iter());
        let noted = notes.into_iter().any(|bit| self.is_note_of_ours(&bit.kind));
        if moved || noted || !same_text(&own.concat(), &text.concat()) {
            change.kind = ChangeKind::Conflict;
            change.status = Status::Conflict;
            change.sides = Some([text.join("\n"), String::new(), own.join("\n")]);
            if moved {
                change.reason =
                    Some(say!("对方删去了这一段，源文件移动了它", "this paragraph was deleted; the source moved it"));
            }
            self.changes.push(change);
            return;
        }
        let target = ours.first().and_then(|&k| self.ours.items[k].block.clone()).or_else(|| block.cloned());
        let role = self.base.items[i].role;
        match target {
            Some(target) if whole && role != ItemRole::Written => {
                change.rewrites.push(Rewrite::Delete { block: target });
            }
            _ => {
                change.status = Status::Unsupported;
                change.reason = Some(say!(
                    "只删去了一部分（题注、图或程序写的行），请在源文件里改",
                    "only a part was deleted (a caption, a picture, a line of the program); change it in the source"
                ));
            }
        }
        self.changes.push(change);
    }

    /// What they put in, and what they moved, in their order.
    pub(super) fn order(&mut self) {
        let mut skip: BTreeSet<usize> = BTreeSet::new();
        for j in 0..self.theirs.items.len() {
            if skip.contains(&j) {
                continue;
            }
            match self.part_of_theirs[j] {
                None => insert::inserted(self, j, &mut skip),
                Some(index) => {
                    let part = self.parts[index].clone();
                    if part.moved_by_them && part.theirs.first() == Some(&j) {
                        self.moved(&part, j);
                    }
                }
            }
        }
    }

    pub(super) fn moved(&mut self, part: &ThreeSides, j: usize) {
        let i = part.base[0];
        let Some(&k) = part.ours.first() else {
            self.moved_and_gone(i, j);
            return;
        };
        // A picture or table goes with its caption: the block is moved once.
        let block = self.ours.items[k].block.clone();
        let told = |c: &Change| {
            let whole = c.kind == ChangeKind::Moved && c.cell == (None, None);
            whole && c.block.is_some() && c.block == block.as_ref().map(|b| b.0.clone())
        };
        if self.changes.iter().any(told) {
            return;
        }
        if self.torn(i) {
            self.moved_away(i, j);
            return;
        }
        let after = self.anchor(j);
        let here = self.before_ours(k);
        // What follows a block that was moved goes along with it.
        if after == here
            && let Some(leader) = self.moved_before(j, after.as_ref())
            && let Some(block) = &block
        {
            let leader = &mut self.changes[leader];
            if leader.status == Status::Clean {
                leader.rewrites.push(Rewrite::Move { block: block.clone(), after });
                for text in [&mut leader.before, &mut leader.after] {
                    text.push('\n');
                }
                let (before, after) = (self.base.items[i].plain(), self.theirs.items[j].plain());
                leader.before.push_str(&before);
                leader.after.push_str(&after);
            }
            return;
        }
        let mut change = self.change(ChangeKind::Moved, Status::Clean, i, Some(j));
        (change.before, change.after) = (self.base.items[i].plain(), self.theirs.items[j].plain());
        if after == here {
            change.status = Status::Already;
        } else if part.moved_by_us {
            change.kind = ChangeKind::Conflict;
            change.status = Status::Conflict;
            change.sides = Some([self.base.items[i].plain(), self.theirs.items[j].plain(), self.ours.items[k].plain()]);
            change.reason =
                Some(say!("两边把这一段移到了不同的地方", "both sides moved this paragraph, to different places"));
        } else if let Some(reason) = self.no_place(j) {
            change.status = Status::Proposed;
            change.reason = Some(reason);
        } else if let Some(block) = block {
            // What we divided goes as a whole.
            let own = part.ours.iter().filter_map(|&k| self.ours.items[k].block.clone());
            let mut after = after;
            for block in [block].into_iter().chain(own) {
                if after.as_ref() != Some(&block) {
                    change.rewrites.push(Rewrite::Move { block: block.clone(), after });
                }
                after = Some(block);
            }
        } else {
            change.status = Status::Unsupported;
        }
        // Edits of the same paragraph belong to it.
        let id = change.block.clone();
        let edits = self.changes.iter().position(|c| {
            c.block == id
                && c.status == Status::Clean
                && matches!(c.kind, ChangeKind::Edited)
                && id.is_some()
                && c.cell == (None, None)
        });
        if let Some(at) = edits.filter(|_| change.status == Status::Clean) {
            let edit = self.changes.remove(at);
            change.before = edit.before;
            change.after = edit.after;
            change.comments = edit.comments;
            let mut rewrites = edit.rewrites;
            rewrites.append(&mut change.rewrites);
            change.rewrites = rewrites;
        }
        self.changes.push(change);
    }

    /// They moved a line away from the table, picture or signature that it is an item with.
    fn moved_away(&mut self, i: usize, j: usize) {
        let mut change = self.change(ChangeKind::Moved, Status::Unsupported, i, Some(j));
        (change.before, change.after) = (self.base.items[i].plain(), self.theirs.items[j].plain());
        change.reason = Some(say!(
            "这一行与它的表（图、署名等）是一项，不能单独移开；请在源文件里改",
            "this line is one item with its table, picture or signature and cannot be moved away from it; change it in the source"
        ));
        self.changes.push(change);
    }

    /// The source no longer has what they have.
    pub(super) fn gone_here(&mut self, part: &ThreeSides, i: usize, j: usize) {
        let before: Vec<String> = part.base.iter().map(|&i| self.base.items[i].plain()).collect();
        let after: Vec<String> = part.theirs.iter().map(|&j| self.theirs.items[j].plain()).collect();
        if before == after || same_text(&before.concat(), &after.concat()) {
            return;
        }
        let after_text = after.join("\n");
        if self.put_in_by_us(&after_text) {
            // Nothing of the old words is left on our side either.
            let mut change = self.change(ChangeKind::Edited, Status::Already, i, Some(j));
            (change.before, change.after) = (before.join("\n"), after_text);
            self.changes.push(change);
            return;
        }
        let mut change = self.change(ChangeKind::Conflict, Status::Conflict, i, Some(j));
        change.before = before.join("\n");
        change.after = after_text;
        change.sides = Some([change.before.clone(), change.after.clone(), String::new()]);
        change.reason = Some(say!("源文件里已经没有这一段", "the source no longer has this paragraph"));
        self.changes.push(change);
    }

    /// They moved what the source no longer has; where they edited it too, that has been told.
    fn moved_and_gone(&mut self, i: usize, j: usize) {
        let (before, after) = (self.base.items[i].plain(), self.theirs.items[j].plain());
        if !same_text(&before, &after) {
            return;
        }
        let mut change = self.change(ChangeKind::Conflict, Status::Conflict, i, Some(j));
        change.sides = Some([before.clone(), after.clone(), String::new()]);
        (change.before, change.after) = (before, after);
        change.reason = Some(say!(
            "对方移动了这一段，源文件里已经没有这一段",
            "this paragraph was moved; the source no longer has it"
        ));
        self.changes.push(change);
    }

    /// The change that moves the item before one of theirs, which is there as on our side.
    pub(super) fn moved_before(&self, j: usize, block: Option<&BlockId>) -> Option<usize> {
        // What they put in between goes along too.
        let part = (0..j).rev().find_map(|before| self.part_of_theirs[before]).map(|part| &self.parts[part])?;
        if !part.moved_by_them {
            return None;
        }
        let moves = |c: &Change| {
            c.kind == ChangeKind::Moved
                && (c.block.as_deref() == block.map(|b| b.0.as_str())
                    || c.rewrites.iter().any(|r| matches!(r, Rewrite::Move { block: b, .. } if Some(b) == block)))
        };
        self.changes.iter().rposition(moves)
    }

    /// The block of ours that is before one of ours.
    pub(super) fn before_ours(&self, k: usize) -> Option<BlockId> {
        let own = &self.ours.items[k].block;
        self.ours.items[..k].iter().rev().map(|item| &item.block).find(|block| *block != own).cloned().flatten()
    }

    /// The block of ours after which something of theirs is.
    pub(super) fn anchor(&self, j: usize) -> Option<BlockId> {
        let block = self.known_anchor(j);
        self.put_in_between(j, block.as_ref()).or(block)
    }

    /// The last of what both sides put in between a block and one of theirs.
    fn put_in_between(&self, j: usize, block: Option<&BlockId>) -> Option<BlockId> {
        let own = self.own_behind(block);
        if own.is_empty() {
            return None;
        }
        let new = (0..j).rev().take_while(|&before| self.part_of_theirs[before].is_none());
        new.into_iter().find_map(|before| {
            let text = self.theirs.items[before].plain();
            let same = own.iter().map(|&k| &self.ours.items[k]).rfind(|item| same_text(&item.plain(), &text))?;
            same.block.clone()
        })
    }

    /// The block above something of theirs that was there before.
    fn known_anchor(&self, j: usize) -> Option<BlockId> {
        let own = self.part_of_theirs[j].map(|p| self.parts[p].ours.clone()).unwrap_or_default();
        let own = own.first().and_then(|&k| self.ours.items[k].block.clone());
        let mut above = (0..j).rev().filter_map(|before| {
            let part = &self.parts[self.part_of_theirs[before]?];
            let item = &self.ours.items[*part.ours.last()?];
            // An attachment without a title begins behind its mark.
            let mark = || matches!(self.kind_of(item.block.as_ref()), Some(BlockKind::AttachmentMark { .. }));
            item.block.clone().filter(|block| Some(block) != own.as_ref() && (item.role != ItemRole::Written || mark()))
        });
        let first = above.next()?;
        let first = self.joined_into(first);
        let passed = self.floats(&first).then(|| above.find(|block| !self.floats(block))).flatten();
        let comes_later = |block: &BlockId| self.place(block) > self.place(&first);
        Some(passed.filter(comes_later).unwrap_or(first))
    }

    /// The block that takes a block in where they joined the two; else the block itself.
    fn joined_into(&self, block: BlockId) -> BlockId {
        let mut at = block;
        for rewrite in self.changes.iter().rev().flat_map(|change| change.rewrites.iter().rev()) {
            if let Rewrite::Join { first, second, .. } = rewrite
                && *second == at
            {
                at = first.clone();
            }
        }
        at
    }

    /// True of a picture or chart that text may pass: where it was printed, text stands above it that comes after it in the source.
    fn floats(&self, id: &BlockId) -> bool {
        self.place(id).is_some_and(|at| self.document.blocks[at].kind.flow() == FigureFlow::Floating)
    }

    /// What a block of the source is.
    pub(super) fn kind_of(&self, id: Option<&BlockId>) -> Option<&BlockKind> {
        Some(&self.document.blocks[self.place(id?)?].kind)
    }

    /// Why the source has no place for a block where something of theirs is: it is within a block, or in what programs write.
    pub(super) fn no_place(&self, j: usize) -> Option<Message> {
        let above = (0..j).rev().find_map(|at| self.part_of_theirs[at]);
        let below = (j + 1..self.theirs.items.len())
            .find_map(|at| self.part_of_theirs[at].filter(|own| Some(*own) != self.part_of_theirs[j]));
        let block = |part: usize, at: fn(&[usize]) -> Option<&usize>| {
            at(&self.parts[part].base).and_then(|&i| self.base.items[i].block.as_ref())
        };
        let second = below.and_then(|below| block(below, <[usize]>::first));
        if self.kind_of(second).is_some_and(BlockKind::is_front) {
            return Some(say!(
                "这里在正文之前（标题、报告人、主送机关等各行之间），源文件在这里没有放段落和表格的地方；请人工放到该放的地方",
                "this is above the body (between the lines of the title, the speaker, the addressee): the source has no place for a paragraph or table here; put it where it belongs by hand"
            ));
        }
        let above = above?;
        let first = block(above, <[usize]>::last);
        if Some(above) != below && first.is_some() && first == second {
            return Some(say!(
                "这里是一项的中间（题注与表、图之间，署名的各行之间等），源文件在这里没有放段落的地方；请人工放到该放的地方",
                "this is within one item (between a caption and its table or picture, between the lines of a signature): the source has no place for a paragraph here; put it where it belongs by hand"
            ));
        }
        let written = match (self.kind_of(first), self.kind_of(second)) {
            (Some(BlockKind::AttachmentNote(_)), _) => true,
            (Some(BlockKind::AttachmentMark { .. }), next) => matches!(next, Some(BlockKind::AttachmentTitle(_))),
            _ => false,
        };
        written.then(|| {
            say!(
                "附件说明、附件号由程序写出，源文件在它们后面没有放段落的地方；请人工放到该放的地方",
                "the program writes the names and marks of attachments: the source has no place for a paragraph behind them; put it where it belongs by hand"
            )
        })
    }

    /// True where the lines of a block are not together in their file any more.
    fn torn(&self, i: usize) -> bool {
        let Some(block) = &self.base.items[i].block else { return false };
        let own = |at: &usize| self.base.items[*at].block.as_ref() == Some(block);
        let before = (0..i).rev().take_while(own).count();
        let behind = (i..self.base.items.len()).take_while(own).count();
        let lines = (i - before..i + behind).filter_map(|at| {
            let group = &self.to_theirs.groups[self.to_theirs.of_a[at]?];
            Some((*group.b.first()?, *group.b.last()?))
        });
        let lines: Vec<(usize, usize)> = lines.collect();
        let known = |mut between: std::ops::Range<usize>| between.any(|at| self.part_of_theirs[at].is_some());
        lines.windows(2).any(|pair| {
            let (end, next) = (pair[0].1, pair[1].0);
            pair[0] != pair[1] && (next <= end || known(end + 1..next))
        })
    }

    fn place(&self, id: &BlockId) -> Option<usize> {
        self.document.blocks.iter().position(|block| block.id == *id)
    }

    /// The items of ours that neither the base nor they have, after a block: what the source put in there.
    pub(super) fn own_behind(&self, anchor: Option<&BlockId>) -> Vec<usize> {
        let last = self.ours.items.iter().rposition(|item| item.block.as_ref() == anchor && anchor.is_some());
        let start = last.map_or(0, |at| at + 1);
        (start..self.ours.items.len()).take_while(|&k| self.to_ours.of_b[k].is_none()).collect()
    }

    /// Where the source has put in a text that they put in.
    pub(super) fn copy(&self, j: usize, text: &str) -> OwnCopy {
        let copies: Vec<usize> = (0..self.ours.items.len())
            .filter(|&k| self.to_ours.of_b[k].is_none() && same_text(&self.ours.items[k].plain(), text))
            .collect();
        if copies.is_empty() {
            return OwnCopy::None;
        }
        let place = self.neighbours(j);
        let at = |k: usize, place: [Option<usize>; 2]| {
            let own = self.own_neighbours(k);
            own == place || own.into_iter().zip(place).any(|(own, there)| own.is_some() && own == there)
        };
        if copies.iter().any(|&k| at(k, place)) {
            return OwnCopy::Here;
        }
        // Another of theirs says the same, and is there.
        let others: Vec<[Option<usize>; 2]> = (0..self.theirs.items.len())
            .filter(|&other| other != j && self.part_of_theirs[other].is_none())
            .filter(|&other| same_text(&self.theirs.items[other].plain(), text))
            .map(|other| self.neighbours(other))
            .collect();
        let elsewhere = copies.iter().any(|&k| !others.iter().any(|place| at(k, *place)));
        if elsewhere { OwnCopy::Elsewhere } else { OwnCopy::None }
    }

    /// The parts before and behind one of theirs that the source has too.
    fn neighbours(&self, j: usize) -> [Option<usize>; 2] {
        let part = |at: usize| self.part_of_theirs[at].filter(|&part| !self.parts[part].ours.is_empty());
        [(0..j).rev().find_map(part), (j + 1..self.theirs.items.len()).find_map(part)]
    }

    /// The parts before and behind one of ours that they have too.
    fn own_neighbours(&self, k: usize) -> [Option<usize>; 2] {
        let part = |at: usize| {
            let i = *self.to_ours.groups[self.to_ours.of_b[at]?].a.first()?;
            let j = *self.to_theirs.groups[self.to_theirs.of_a[i]?].b.first()?;
            self.part_of_theirs[j]
        };
        [(0..k).rev().find_map(part), (k + 1..self.ours.items.len()).find_map(part)]
    }

    /// True for a text that the source put in too.
    pub(super) fn put_in_by_us(&self, text: &str) -> bool {
        self.ours
            .items
            .iter()
            .enumerate()
            .any(|(k, item)| self.to_ours.of_b[k].is_none() && same_text(&item.plain(), text))
    }
}

//! From three manuscripts to changes: what each side did to every paragraph, and what is written where.

use super::bits::cut;
use super::planner::{PARAGRAPH, Planner, ThreeSides, first_place, joined, place_at, same_text, traces};
use super::review::{Change, ChangeKind, Status, ValueChange};
use super::text::Written;
use super::three::{Merge, Stretch, apply, three_way};
use super::{bound, insert, table, text, whole};
use crate::diagnostic::{Message, Span, say};
use crate::model::{BlockKind, Item, ItemRole, Phrase};
use std::collections::BTreeMap;

/// What is done about formatting, which no source takes in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FormattingChanges {
    Told,
    Aside,
}

impl Planner<'_> {
    /// Finds all changes.
    pub(super) fn plan(&mut self, formatting: FormattingChanges) {
        self.roles = self.styles();
        self.parts = self.make_parts();
        for (index, part) in self.parts.iter().enumerate() {
            for &j in &part.theirs {
                self.part_of_theirs[j] = Some(index);
            }
        }
        self.texts();
        self.automatic();
        self.deletions();
        self.order();
        self.under_their_headings();
        self.notes();
        self.losses();
        self.contents();
        if formatting == FormattingChanges::Told {
            self.formatting();
        }
        self.lists();
        self.settings();
        self.comments();
    }

    /// What each style of their file is used for, by the paragraphs that are known.
    fn styles(&self) -> BTreeMap<String, ItemRole> {
        let mut votes: BTreeMap<String, BTreeMap<ItemRole, usize>> = BTreeMap::new();
        for group in &self.to_theirs.groups {
            if let ([i], [j]) = (group.a.as_slice(), group.b.as_slice()) {
                let (own, their) = (&self.base.items[*i], &self.theirs.items[*j]);
                if !matches!(own.role, ItemRole::Table | ItemRole::Picture | ItemRole::Written) {
                    *votes.entry(their.style.clone()).or_default().entry(own.role).or_default() += 1;
                }
            }
        }
        let most = |votes: BTreeMap<ItemRole, usize>| votes.into_iter().max_by_key(|(_, n)| *n).map(|(role, _)| role);
        votes.into_iter().filter_map(|(style, votes)| most(votes).map(|role| (style, role))).collect()
    }

    /// Puts together what either side sees as one.
    fn make_parts(&self) -> Vec<ThreeSides> {
        let count = self.base.items.len();
        let mut leader: Vec<usize> = (0..count).collect();
        let groups = self.to_theirs.groups.iter().chain(&self.to_ours.groups);
        for group in groups.filter(|g| g.a.len() > 1) {
            let first = find(&leader, group.a[0]);
            for &i in &group.a[1..] {
                let other = find(&leader, i);
                let (low, high) = (first.min(other), first.max(other));
                leader[high] = low;
            }
        }
        let mut parts: BTreeMap<usize, ThreeSides> = BTreeMap::new();
        for i in 0..count {
            let part = parts.entry(find(&leader, i)).or_default();
            part.base.push(i);
            if let Some(g) = self.to_theirs.of_a[i] {
                let group = &self.to_theirs.groups[g];
                part.theirs.extend(&group.b);
                part.moved_by_them |= group.moved;
            }
            if let Some(g) = self.to_ours.of_a[i] {
                let group = &self.to_ours.groups[g];
                part.ours.extend(&group.b);
                part.moved_by_us |= group.moved;
            }
        }
        let mut parts: Vec<ThreeSides> = parts.into_values().collect();
        for part in &mut parts {
            for side in [&mut part.theirs, &mut part.ours] {
                side.sort_unstable();
                side.dedup();
            }
        }
        parts
    }

    /// The changes within paragraphs, tables and pictures that all three sides have.
    fn texts(&mut self) {
        for index in 0..self.parts.len() {
            let part = self.parts[index].clone();
            let (Some(&i), Some(&j)) = (part.base.first(), part.theirs.first()) else { continue };
            let (base, theirs) = (&self.base.items[i], &self.theirs.items[j]);
            let Some(&k) = part.ours.first() else {
                self.gone_here(&part, i, j);
                continue;
            };
            match (base.role, theirs.role) {
                (ItemRole::Table, ItemRole::Table) => {
                    table::compare(self, i, j, k);
                    self.table_pictures((i, j, k));
                }
                (ItemRole::Picture, _) | (_, ItemRole::Picture) => self.picture(i, j, k),
                _ => self.paragraph(&part),
            }
        }
    }

    /// A change of an item of the base, or of one of theirs.
    pub(super) fn change(&mut self, kind: ChangeKind, status: Status, i: usize, j: Option<usize>) -> Change {
        let mut change = Change::new(kind, status);
        let item = &self.base.items[i];
        let ours = self.to_ours.of_a[i].and_then(|g| self.to_ours.groups[g].b.first()).map(|&k| &self.ours.items[k]);
        change.block = ours.and_then(|o| o.block.clone()).or_else(|| item.block.clone()).map(|b| b.0);
        change.section = self.section_of(i);
        change.span = ours.and_then(|o| first_place(&o.phrase)).or_else(|| self.block_span(change.block.as_deref()));
        if let Some(theirs) = j.map(|j| &self.theirs.items[j]) {
            change.traces = traces(theirs, self.theirs);
        }
        change
    }

    /// Where a block is.
    pub(super) fn block_span(&self, block: Option<&str>) -> Option<Span> {
        let block = block?;
        self.document.blocks.iter().find(|b| b.id.0 == block).map(|b| b.span)
    }

    /// One paragraph, or several that one side sees as one.
    fn paragraph(&mut self, part: &ThreeSides) {
        let (i, j) = (part.base[0], part.theirs[0]);
        let role = self.base.items[i].role;
        let mut theirs = joined(&self.theirs.items, &part.theirs);
        let base = joined(&self.base.items, &part.base);
        if role == ItemRole::Display {
            self.broken_line(part, &theirs);
            theirs = theirs.unbroken();
        }
        self.typed_number(part, &mut theirs);
        if part.theirs.len() != part.base.len()
            && matches!(role, ItemRole::Display | ItemRole::Caption | ItemRole::Written)
        {
            self.other_lines(part);
            return;
        }
        if role == ItemRole::Written {
            self.written(part, &base, &theirs);
            return;
        }
        self.other_style(i, j);
        if base.plain() == theirs.plain() && text::alike(&base, &theirs) {
            return;
        }
        // The white space behind its number is the template's.
        if role == ItemRole::Caption && same_text(&base.plain(), &theirs.plain()) {
            self.broken(part, [&base, &theirs]);
            return;
        }
        let ours = joined(&self.ours.items, &part.ours);
        let mut merge = three_way(&base, &theirs, &ours);
        merge.hold(&base, &theirs, &|kind| self.is_note_of_ours(kind));
        // Of paragraphs that one side joined or divided and the other moved, nothing is taken where both are not.
        if !merge.clashes.is_empty() && part.base.len() > 1 && (part.moved_by_them || part.moved_by_us) {
            merge.clashes.append(&mut merge.edits);
            merge.clashes.sort_by_key(|stretch| stretch.base.start);
        }
        if merge.is_empty() {
            return;
        }
        whole::sentences(&mut merge, &ours, &theirs);
        let kind = match part.theirs.len().cmp(&part.base.len()) {
            std::cmp::Ordering::Greater => ChangeKind::Split,
            std::cmp::Ordering::Less => ChangeKind::Merged,
            std::cmp::Ordering::Equal => ChangeKind::Edited,
        };
        let mut notes = Vec::new();
        insert::named(self, &mut theirs, &mut notes);
        let told = self.changes.len();
        self.tell(part, kind, &merge, [&base, &theirs, &ours]);
        if let Some(change) = self.changes[told..].iter_mut().find(|c| c.status == Status::Clean) {
            change.rewrites.append(&mut notes);
        }
    }

    /// A line that has its own place on the page, divided or joined with the one beside it.
    fn other_lines(&mut self, part: &ThreeSides) {
        let divided = part.theirs.len() > part.base.len();
        let kind = if divided { ChangeKind::Split } else { ChangeKind::Merged };
        let mut change = self.change(kind, Status::Unsupported, part.base[0], Some(part.theirs[0]));
        let lines =
            |items: &[Item], at: &[usize]| at.iter().map(|&at| items[at].plain()).collect::<Vec<_>>().join("\n");
        change.before = lines(&self.base.items, &part.base);
        change.after = lines(&self.theirs.items, &part.theirs);
        change.reason = Some(say!(
            "这一行单独成一项（标题、题注、单位、注、署名之类），不能分成几段，也不能与别的行并成一段；请在源文件里改",
            "this line is an item of its own (a title, a caption, a unit, a note, a signature); it cannot be divided or joined with another one: change it in the source"
        ));
        self.take_comments(part.theirs[0], &mut change);
        self.changes.push(change);
    }

    /// A line end that they typed into a line of a signature or the like, where programs write none.
    fn broken_line(&mut self, part: &ThreeSides, theirs: &Phrase) {
        let block = self.base.items[part.base[0]].block.clone();
        let whole = matches!(
            self.kind_of(block.as_ref()),
            Some(BlockKind::Signature { .. } | BlockKind::Attendance { .. } | BlockKind::Addressee(_))
        );
        if !whole || !theirs.plain().trim().contains('\n') {
            return;
        }
        let mut change = self.change(ChangeKind::Format, Status::Unsupported, part.base[0], Some(part.theirs[0]));
        (change.before, change.after) = (self.base.items[part.base[0]].plain(), theirs.plain());
        change.reason = Some(say!(
            "这一行里的换行带不回来：这里在哪里换行由程序定",
            "a line end in this line is not carried over: the program breaks it"
        ));
        self.changes.push(change);
    }

    /// A line end or a tab that they typed into a caption or a line below a table.
    fn broken(&mut self, part: &ThreeSides, [base, theirs]: [&Phrase; 2]) {
        let typed = |phrase: &Phrase| phrase.plain().trim().matches(['\n', '\t']).count();
        if typed(theirs) <= typed(base) {
            return;
        }
        let mut change = self.change(ChangeKind::Format, Status::Unsupported, part.base[0], Some(part.theirs[0]));
        (change.before, change.after) = (base.plain(), theirs.plain());
        change.reason = Some(say!(
            "题注和表下各行里的换行和制表符带不回来，请在源文件里写 <br>",
            "a line end or tab in a caption, or in a line below a table, is not carried over; write <br> in the source"
        ));
        self.take_comments(part.theirs[0], &mut change);
        self.changes.push(change);
    }

    /// Makes the changes of a text that was merged.
    fn tell(&mut self, part: &ThreeSides, kind: ChangeKind, merge: &Merge, [base, theirs, ours]: [&Phrase; 3]) {
        let (i, j) = (part.base[0], part.theirs[0]);
        let shown = |phrase: &Phrase| phrase.plain().replace(PARAGRAPH, "\n");
        let (our_text, their_text) = (ours.plain(), theirs.plain());
        if !merge.clashes.is_empty() {
            let mut change = self.change(ChangeKind::Conflict, Status::Conflict, i, Some(j));
            change.before = shown(ours);
            change.after = shown(theirs);
            change.sides = Some([shown(base), shown(theirs), shown(ours)]);
            change.span = merge.clashes.first().and_then(|c| place_at(ours, c.ours.start)).or(change.span);
            self.take_comments(j, &mut change);
            self.changes.push(change);
        }
        if merge.edits.is_empty() && merge.clashes.is_empty() && !merge.already.is_empty() {
            let mut change = self.change(kind, Status::Already, i, Some(j));
            (change.before, change.after) = (shown(base), shown(theirs));
            self.take_comments(j, &mut change);
            self.changes.push(change);
        }
        let carried = bound::carried(ours, theirs, &merge.edits);
        let theirs = &carried;
        let mut plain: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        let mut rewrites = Vec::new();
        let mut refused: Vec<(Stretch, Message, Option<ValueChange>)> = Vec::new();
        let mut values = Vec::new();
        for stretch in &merge.edits {
            let breaks =
                |phrase: &Phrase, range: &std::ops::Range<usize>| phrase.plain()[range.clone()].contains(PARAGRAPH);
            if breaks(theirs, &stretch.theirs) || breaks(ours, &stretch.ours) {
                match insert::parted(self, part, [theirs, ours], stretch) {
                    Some(mut found) => {
                        plain.push((stretch.ours.clone(), their_text[stretch.theirs.clone()].to_owned()));
                        rewrites.append(&mut found);
                    }
                    None => refused.push((stretch.clone(), hard_to_part(), None)),
                }
                continue;
            }
            let mut written = text::write(ours, theirs, stretch);
            if text::is_shift(ours, theirs, stretch) {
                self.tell_shift(part, [ours, theirs], stretch, written);
                continue;
            }
            values.append(&mut written.values);
            match written.refused {
                Some(reason) => refused.push((stretch.clone(), reason, self.lost_value(written.lost.as_ref()))),
                None if written.rewrites.is_empty() => {}
                None => plain.append(&mut written.texts),
            }
            rewrites.append(&mut written.rewrites);
        }
        if !plain.is_empty() {
            let mut change = self.change(kind, Status::Clean, i, Some(j));
            change.before = shown(ours);
            change.after = text::replaced(&our_text, &plain).replace(PARAGRAPH, "\n");
            change.span = plain.first().and_then(|(range, _)| place_at(ours, range.start)).or(change.span);
            change.rewrites = rewrites;
            self.take_comments(j, &mut change);
            self.changes.push(change);
        }
        self.tell_values(part, ours, &values);
        for (stretch, reason, lost) in refused {
            let status = if lost.is_some() { Status::Proposed } else { Status::Unsupported };
            let kind = if lost.is_some() { ChangeKind::Value } else { kind };
            let mut change = self.change(kind, status, i, Some(j));
            change.before = shown(ours);
            change.after = apply(&our_text, &their_text, std::slice::from_ref(&stretch)).replace(PARAGRAPH, "\n");
            change.span = place_at(ours, stretch.ours.start).or(change.span);
            change.reason = Some(reason);
            change.value = lost;
            self.changes.push(change);
        }
        self.tell_weights(part, ours, &merge.weights);
    }

    /// Words that they raised or lowered, or no longer.
    fn tell_shift(&mut self, part: &ThreeSides, [ours, theirs]: [&Phrase; 2], stretch: &Stretch, written: Written) {
        let mut change = self.change(ChangeKind::Format, Status::Clean, part.base[0], Some(part.theirs[0]));
        change.before = text::with_shifts(ours, &stretch.ours);
        change.after = text::with_shifts(theirs, &stretch.theirs);
        change.span = place_at(ours, stretch.ours.start).or(change.span);
        change.rewrites = written.rewrites;
        if let Some(reason) = written.refused {
            change.status = Status::Unsupported;
            change.reason = Some(reason);
        }
        self.changes.push(change);
    }

    /// Words that they made bold, or plain.
    fn tell_weights(&mut self, part: &ThreeSides, ours: &Phrase, weights: &[(std::ops::Range<usize>, bool)]) {
        if weights.is_empty() {
            return;
        }
        let mut change = self.change(ChangeKind::Format, Status::Clean, part.base[0], Some(part.theirs[0]));
        text::weigh(&mut change, ours, weights);
        if !self.may_be_bold(part) {
            text::refuse_bold(&mut change);
        }
        self.changes.push(change);
    }

    /// True where the source can say what is bold: in text, also in that of a paragraph that begins with its heading.
    fn may_be_bold(&self, part: &ThreeSides) -> bool {
        let block = part.ours.first().and_then(|&k| self.ours.items[k].block.as_ref());
        match self.base.items[part.base[0]].role {
            ItemRole::Heading(_) => self
                .document
                .blocks
                .iter()
                .any(|b| Some(&b.id) == block && matches!(&b.kind, BlockKind::Heading { run_in: Some(_), .. })),
            role => matches!(
                role,
                ItemRole::Paragraph | ItemRole::Point | ItemRole::Bullet(_) | ItemRole::Numbered(_) | ItemRole::Term
            ),
        }
    }

    /// A number typed where it is automatic: the same one is no change, another one is told. A text may begin with such words itself.
    fn typed_number(&mut self, part: &ThreeSides, theirs: &mut Phrase) {
        let base = &self.base.items[part.base[0]];
        let number = base.number.clone();
        let (own, plain) = (base.phrase.plain(), theirs.plain());
        if number.is_empty() {
            return;
        }
        if let Some(length) = insert::own_number(base, &self.theirs.items[part.theirs[0]]) {
            *theirs = cut(theirs, &(length..plain.len()));
            return;
        }
        let bare = plain.trim_start();
        if bare.starts_with(number.trim_end()) {
            return;
        }
        if let Some((length, typed)) = insert::typed_number(bare, base.role)
            && !own.starts_with(&typed)
            && insert::typed_number(&own, base.role).is_none()
        {
            let mut change = self.change(ChangeKind::Format, Status::Unsupported, part.base[0], Some(part.theirs[0]));
            (change.before, change.after) = (number, typed);
            change.reason = Some(say!("序号由程序编排，不能改", "numbers are automatic and cannot be changed"));
            self.changes.push(change);
            let from = plain.len() - bare.len() + length;
            *theirs = cut(theirs, &(from..plain.len()));
        }
    }

    /// A paragraph that the program writes, or that repeats another one.
    fn written(&mut self, part: &ThreeSides, base: &Phrase, theirs: &Phrase) {
        let (before, after) = (base.unbroken().plain(), theirs.unbroken().plain());
        if same_text(&before, &after) {
            return;
        }
        // The same words were changed where they come from, and nothing else here.
        let elsewhere = self.theirs.items.iter().enumerate().any(|(at, item)| {
            let new = item.phrase.unbroken().plain();
            let group = self.to_theirs.of_b[at].map(|group| &self.to_theirs.groups[group]);
            let old = group.and_then(|group| group.a.first()).map(|&i| self.base.items[i].phrase.unbroken().plain());
            let beside = old.as_deref().and_then(|old| before.strip_suffix(old)).zip(after.strip_suffix(new.as_str()));
            !part.theirs.contains(&at) && !new.is_empty() && beside.is_some_and(|(own, their)| same_text(own, their))
        });
        let mut change = self.change(ChangeKind::Edited, Status::Unsupported, part.base[0], Some(part.theirs[0]));
        (change.before, change.after) = (before, after);
        change.reason =
            Some(say!("这一行由程序写出，请改它的来源", "the program writes this line; change where it comes from"));
        if elsewhere {
            change.status = Status::Already;
            change.reason = None;
        }
        self.changes.push(change);
    }

    /// A paragraph that they made a heading, or a heading that they made a paragraph.
    fn other_style(&mut self, i: usize, j: usize) {
        let (own, their) = (&self.base.items[i], &self.theirs.items[j]);
        let heading = |role: ItemRole| matches!(role, ItemRole::Heading(_));
        let Some(&role) = self.roles.get(&their.style) else { return };
        if own.style == their.style || role == own.role || !(heading(role) || heading(own.role)) {
            return;
        }
        // Another program's name for the same style.
        if self.base.items.iter().all(|item| item.style != their.style) {
            return;
        }
        self.restyled.insert(j);
        let mut change = self.change(ChangeKind::Format, Status::Unsupported, i, Some(j));
        (change.before, change.after) = (own.style.clone(), their.style.clone());
        change.reason = Some(say!(
            "段落换了样式（标题与正文之间），请在源文件里改",
            "the paragraph has another style (heading or text); change it in the source"
        ));
        self.changes.push(change);
    }

    pub(super) fn take_comments(&mut self, j: usize, change: &mut Change) {
        if self.told.insert(j) {
            change.comments.clone_from(&self.theirs.items[j].comments);
        }
    }
}

fn hard_to_part() -> Message {
    say!("这里的分段或并段请在源文件里改", "divide or join these paragraphs in the source")
}

fn find(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}

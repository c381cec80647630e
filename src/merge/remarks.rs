//! Footnotes, remarks, and what cannot be carried over.

use super::planner::{Planner, first_place, same_text, traces};
use super::review::{Change, ChangeKind, Status};
use super::three::{Merge, apply, three_way};
use super::{text, whole};
use crate::diagnostic::{Message, say};
use crate::model::{BitKind, BlockId, Comment, Item, Loss, LossKind, Phrase, Trace};
use std::collections::BTreeMap;

impl Planner<'_> {
    /// Footnotes: those of the base by their names, new ones with the paragraph that calls them.
    pub(super) fn notes(&mut self) {
        let named = |notes: &[Item]| -> BTreeMap<String, usize> {
            notes.iter().enumerate().filter_map(|(at, n)| n.marks.first().map(|m| (m.clone(), at))).collect()
        };
        let (theirs, ours) = (named(&self.theirs.notes), named(&self.ours.notes));
        for at in 0..self.base.notes.len() {
            let base = &self.base.notes[at];
            let Some(mark) = base.marks.first().cloned() else { continue };
            // Programs that lose bookmarks keep the order.
            let their = theirs.get(&mark).or_else(|| theirs.get(&format!("#{}", at + 1))).copied();
            let Some(their) = their else { continue };
            let own = ours.get(&mark).copied();
            let (base_text, their_text) = (&base.phrase, &self.theirs.notes[their].phrase);
            if base_text.plain() == their_text.plain() && text::alike(base_text, their_text) {
                self.note_comments(own, their);
                continue;
            }
            let Some(own) = own else {
                self.note_gone(base_text.plain(), their);
                continue;
            };
            let our_text = &self.ours.notes[own].phrase;
            let mut merge = three_way(base_text, their_text, our_text);
            whole::sentences(&mut merge, our_text, their_text);
            let block = self.ours.notes[own].block.clone();
            let (base_text, their_text, our_text) = (base_text.clone(), their_text.clone(), our_text.clone());
            self.note(&merge, [&base_text, &their_text, &our_text], block, their);
        }
        // Those that are new go with the paragraphs that call them, remarks on them alone.
        let known = |note: &Item| self.base.notes.iter().any(|own| own.marks.first() == note.marks.first());
        let new: Vec<usize> = (0..self.theirs.notes.len()).filter(|&at| !known(&self.theirs.notes[at])).collect();
        let unnamed = self.theirs.notes.iter().all(|n| n.marks.first().is_some_and(|m| m.starts_with('#')));
        for at in new.into_iter().filter(|&at| !unnamed || at >= self.base.notes.len()) {
            self.note_comments(None, at);
        }
    }

    /// True for the call of a note whose text the source has changed.
    pub(super) fn is_note_of_ours(&self, kind: &BitKind) -> bool {
        let BitKind::Note(name) = kind else { return false };
        let text =
            |notes: &[Item]| notes.iter().find(|note| note.marks.first() == Some(name)).map(|note| note.phrase.plain());
        text(&self.base.notes).zip(text(&self.ours.notes)).is_some_and(|(was, is)| !same_text(&was, &is))
    }

    /// A change of one of their notes.
    pub(super) fn note_change(&self, kind: ChangeKind, status: Status, their: usize) -> Change {
        let mut change = of_note(kind, status);
        let note = &self.theirs.notes[their];
        let own = self.ours.notes.iter().find(|own| own.marks.first() == note.marks.first());
        change.block = own.and_then(|n| n.block.as_ref()).map(|b| format!("note:{}", b.0));
        change.span = own.and_then(|n| first_place(&n.phrase));
        change.traces = traces(note, self.theirs);
        change
    }

    /// Remarks on a note that nobody changed.
    fn note_comments(&mut self, own: Option<usize>, their: usize) {
        let note = &self.theirs.notes[their];
        if note.comments.is_empty() {
            return;
        }
        let mut change = of_note(ChangeKind::Comment, Status::Proposed);
        let own = own.map(|own| &self.ours.notes[own]);
        change.block = own.and_then(|n| n.block.as_ref()).map(|b| format!("note:{}", b.0));
        change.span = own.and_then(|n| first_place(&n.phrase));
        (change.before, change.after) = (note.phrase.plain(), note.phrase.plain());
        change.traces = remarked(&note.comments);
        change.comments.clone_from(&note.comments);
        self.changes.push(change);
    }

    /// They changed a note that the source no longer has.
    fn note_gone(&mut self, base: String, their: usize) {
        let note = &self.theirs.notes[their];
        let mut change = of_note(ChangeKind::Conflict, Status::Conflict);
        change.traces = traces(note, self.theirs);
        change.comments.clone_from(&note.comments);
        (change.before, change.after) = (base.clone(), note.phrase.plain());
        change.sides = Some([base, change.after.clone(), String::new()]);
        change.reason = Some(say!("源文件里已经没有这条脚注", "the source no longer has this note"));
        self.changes.push(change);
    }

    fn note(&mut self, merge: &Merge, [base, theirs, ours]: [&Phrase; 3], block: Option<BlockId>, their: usize) {
        let mut change = of_note(ChangeKind::Edited, Status::Clean);
        change.block = block.map(|b| format!("note:{}", b.0));
        change.traces = traces(&self.theirs.notes[their], self.theirs);
        change.comments.clone_from(&self.theirs.notes[their].comments);
        change.span = first_place(ours);
        (change.before, change.after) = (ours.plain(), apply(&ours.plain(), &theirs.plain(), &merge.edits));
        if !merge.clashes.is_empty() {
            let mut conflict = change.clone();
            conflict.kind = ChangeKind::Conflict;
            conflict.status = Status::Conflict;
            conflict.after = theirs.plain();
            conflict.sides = Some([base.plain(), theirs.plain(), ours.plain()]);
            self.changes.push(conflict);
        }
        if merge.edits.is_empty() {
            self.note_weights(merge, &change, ours);
            if merge.clashes.is_empty() && !merge.already.is_empty() {
                change.status = Status::Already;
                change.before = base.plain();
                self.changes.push(change);
            }
            return;
        }
        self.note_weights(merge, &change, ours);
        let (mut values, mut texts, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for stretch in &merge.edits {
            let mut written = text::write(ours, theirs, stretch);
            change.rewrites.append(&mut written.rewrites);
            values.append(&mut written.values);
            let Some(reason) = written.refused else {
                texts.append(&mut written.texts);
                continue;
            };
            refused.push(Change {
                kind: if written.loses_value { ChangeKind::Value } else { change.kind },
                status: if written.loses_value { Status::Proposed } else { Status::Unsupported },
                reason: Some(reason),
                value: self.lost_value(written.lost.as_ref()),
                after: apply(&ours.plain(), &theirs.plain(), std::slice::from_ref(stretch)),
                rewrites: Vec::new(),
                ..change.clone()
            });
        }
        for value in &values {
            let mut told =
                Change { kind: ChangeKind::Value, status: Status::Proposed, rewrites: Vec::new(), ..change.clone() };
            self.fill_value(&mut told, ours, value);
            self.changes.push(told);
        }
        if !change.rewrites.is_empty() {
            change.after = text::replaced(&ours.plain(), &texts);
            self.changes.push(change);
        }
        self.changes.append(&mut refused);
    }

    /// Words of a note that they made bold, or plain.
    fn note_weights(&mut self, merge: &Merge, of: &Change, ours: &Phrase) {
        if !merge.weights.is_empty() {
            let mut told = Change { kind: ChangeKind::Format, ..of.clone() };
            text::weigh(&mut told, ours, &merge.weights);
            self.changes.push(told);
        }
    }

    /// What their file holds that cannot be carried over and was not in what was handed out.
    pub(super) fn losses(&mut self) {
        let mut known: Vec<&Loss> = self.base.losses.iter().collect();
        let losses: Vec<Loss> = self.theirs.losses.clone();
        for loss in &losses {
            let same = |k: &&Loss| k.what == loss.what && k.text == loss.text;
            if let Some(at) = known.iter().position(same) {
                known.remove(at);
                continue;
            }
            let mut change = self.change_near(ChangeKind::Inserted, loss.item);
            if loss.what == LossKind::MadeHidden {
                change.kind = ChangeKind::Format;
                change.before.clone_from(&loss.text);
            }
            change.after.clone_from(&loss.text);
            change.reason = Some(what(loss.what));
            self.changes.push(change);
        }
    }

    /// Remarks on what nobody changed.
    pub(super) fn comments(&mut self) {
        for j in 0..self.theirs.items.len() {
            let item = &self.theirs.items[j];
            let mut found: Vec<Comment> = if self.told.contains(&j) { Vec::new() } else { item.comments.clone() };
            for cell in item.rows.iter().flat_map(|r| &r.cells) {
                found.extend(cell.comments.iter().cloned());
            }
            if found.is_empty() {
                continue;
            }
            let part = self.part_of_theirs[j].map(|p| self.parts[p].clone()).unwrap_or_default();
            let mut change = match part.base.first() {
                Some(&i) => self.change(ChangeKind::Comment, Status::Proposed, i, None),
                None => Change::new(ChangeKind::Comment, Status::Proposed),
            };
            let plain = self.theirs.items[j].plain();
            (change.before, change.after) = (plain.clone(), plain);
            change.traces = remarked(&found);
            change.comments = found;
            self.changes.push(change);
        }
    }
}

fn of_note(kind: ChangeKind, status: Status) -> Change {
    let mut change = Change::new(kind, status);
    "脚注".clone_into(&mut change.section);
    change
}

/// Who made remarks, and when.
fn remarked(comments: &[Comment]) -> Vec<Trace> {
    comments.iter().map(|c| Trace { author: c.author.clone(), date: c.date.clone() }).collect()
}

/// What cannot be carried over, in words.
fn what(kind: LossKind) -> Message {
    match kind {
        LossKind::TextBox => say!("文本框带不回来", "text boxes are not carried over"),
        LossKind::Formula => say!("公式带不回来", "formulas are not carried over"),
        LossKind::OtherFormat => {
            say!("嵌入的其他格式文档（altChunk）读不了", "a part of another format (altChunk) is not read")
        }
        LossKind::Drawing => say!("图形或嵌入对象带不回来", "drawings and embedded objects are not carried over"),
        LossKind::NestedTable => say!("格子里的表格带不回来", "a table within a cell is not carried over"),
        LossKind::Endnote => say!("尾注带不回来，请改用脚注", "endnotes are not carried over; use footnotes"),
        LossKind::Ruby => say!("字上的注音带不回来", "a reading above characters is not carried over"),
        LossKind::Combined => say!(
            "带圈字符、合并字符和域排的拼音带不回来，只留下字",
            "a ring around characters, combined characters and readings set by a field are not carried over, the characters are"
        ),
        LossKind::EndlessField => say!(
            "这里有一个没有结束的域，文件可能坏了，请核对后面的文字",
            "a field here has no end; the file may be damaged: check the text after it"
        ),
        LossKind::Symbol => say!(
            "符号字体里的字符带不回来，请改用普通字符",
            "a character of a face of symbols is not carried over; use an ordinary one"
        ),
        LossKind::MadeHidden => say!(
            "这些字设成了隐藏，这带不回来，字照旧印：不要的话请在源文件里删去",
            "these words were hidden, which is not carried over, and they are printed as before: delete them in the source if they are not wanted"
        ),
        LossKind::Hidden => {
            say!(
                "隐藏的文字带不回来：不印的话请删去",
                "hidden text is not carried over; delete what is not to be printed"
            )
        }
        LossKind::IndexEntry => say!("索引项带不回来", "entries of an index are not carried over"),
        LossKind::FileHead => say!("文件开头的说明带不回来", "what is said of a text before it is not carried over"),
        LossKind::SecondBody => say!(
            "文件里有第二个正文，没有读；别的程序也不显示",
            "the file has a second body, which is not read; other programs do not show it either"
        ),
    }
}

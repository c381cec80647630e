//! Several files at once: changes that two of them share, conflicts between their editors, and places that the first ones have moved.

use super::ours::Ours;
use crate::diagnostic::{Position, Span, say};
use crate::merge::{self, Change, ChangeKind, EditorText, Status};
use std::collections::BTreeMap;

/// Puts the places of changes that were found in `now` where they are in `first`, the source as it is.
pub(super) fn placed(changes: &mut [Change], now: &Ours, first: &Ours) {
    let mut origins: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut moved = |span: Span| -> Option<Span> {
        let new = now.sources.get(span.file)?;
        let (file, old) = first.sources.iter().find(|(_, file)| file.path == new.path)?;
        let lines = origins
            .entry(new.path.clone())
            .or_insert_with(|| merge::line_origins(old.text.as_ref(), new.text.as_ref()));
        let position = new.position(span.start);
        let line = lines.get(position.line.checked_sub(1)?).copied()?;
        let start = old.offset(Position { line, column: position.column });
        Some(Span { file, start, end: start })
    };
    for change in changes {
        change.span = change.span.and_then(&mut moved);
        if let Some(value) = &mut change.value {
            value.defined = value.defined.and_then(&mut moved);
        }
        if let (Some(block), Some(span)) = (&mut change.block, change.span) {
            let blocks = &first.document.blocks;
            // The name of a block comes from its first words, which an editor may have changed.
            let before = |b: &&crate::model::Block| b.span.file == span.file && b.span.start <= span.start;
            if !block.starts_with("note:")
                && !blocks.iter().any(|b| b.id.0 == *block)
                && let Some(known) = blocks.iter().filter(before).max_by_key(|b| b.span.start)
            {
                block.clone_from(&known.id.0);
            }
        }
    }
}

/// Adds the changes of a file to those of the files before: one that both made has both authors.
pub(super) fn together(all: &mut Vec<Change>, new: Vec<Change>) {
    for mut change in new {
        let same = |c: &&mut Change| {
            change.status == Status::Already
                && matches!(c.status, Status::Clean | Status::Applied)
                && c.block == change.block
                && c.cell == change.cell
                && (c.after == change.after || c.before == change.before)
        };
        if let Some(known) = all.iter_mut().find(same) {
            known.traces.extend(change.traces);
            known.traces.sort();
            known.traces.dedup();
            known.comments.extend(change.comments);
            known.files.extend(change.files);
            continue;
        }
        change.editors = rivals(all, &change);
        let alike = all.iter().filter(|c| c.id == change.id || c.id.starts_with(&format!("{}-", change.id))).count();
        if alike > 0 {
            change.id = format!("{}-{}", change.id, alike + 1);
        }
        all.push(change);
    }
}

/// The texts of the editors in a conflict: those from earlier files, and this one. Empty for a conflict with the source.
fn rivals(all: &[Change], conflict: &Change) -> Vec<EditorText> {
    let Some([_, theirs, ours]) = &conflict.sides else { return Vec::new() };
    let before = all.iter().filter(|c| {
        matches!(c.status, Status::Clean | Status::Applied) && c.block == conflict.block && c.cell == conflict.cell
    });
    let text = |change: &Change, text: &str| EditorText { author: editor(change), text: text.to_owned() };
    let mut found: Vec<EditorText> = before.map(|c| text(c, &c.after)).collect();
    // What the source says now must be what the last of them made of it.
    if found.last().is_none_or(|last| last.text != *ours) {
        return Vec::new();
    }
    found.push(text(conflict, theirs));
    found
}

/// Makes conflicts of what changes one figure to different values in several places, or in the files of several editors: all of them are
/// left to people. `compared`: whether two changes are held against each other.
pub(super) fn value_conflicts(changes: &mut [Change], compared: &dyn Fn(&Change, &Change) -> bool) {
    let key = |change: &Change| -> Option<(Span, (String, String))> {
        let value = change.value.as_ref().filter(|_| change.kind == ChangeKind::Value)?;
        Some((value.defined?, (value.before.clone(), value.after.clone())))
    };
    let keys: Vec<_> = changes.iter().map(key).collect();
    let rivals = |at: usize| -> Vec<usize> {
        let Some((span, (before, after))) = &keys[at] else { return Vec::new() };
        // The same value may be printed in two ways.
        let differs = |other: usize| {
            keys[other].as_ref().is_some_and(|(place, (was, is))| place == span && was == before && is != after)
        };
        (0..changes.len()).filter(|&other| differs(other) && compared(&changes[at], &changes[other])).collect()
    };
    let found: Vec<Vec<usize>> = (0..changes.len()).map(rivals).collect();
    let sides: Vec<Vec<EditorText>> = found.iter().enumerate().map(|(at, rivals)| sides(changes, at, rivals)).collect();
    for (at, editors) in sides.into_iter().enumerate().filter(|(at, _)| !found[*at].is_empty()) {
        let change = &mut changes[at];
        change.sides = Some([change.before.clone(), change.after.clone(), change.before.clone()]);
        change.status = Status::Conflict;
        change.kind = ChangeKind::Conflict;
        change.editors = editors;
        change.rewrites.clear();
        change.reason =
            Some(say!("同一个数在几处改成了不同的值", "one figure was changed to different values in several places"));
    }
}

/// Who wants what of a figure, where they are several editors.
fn sides(changes: &[Change], at: usize, rivals: &[usize]) -> Vec<EditorText> {
    let mut all: Vec<usize> = rivals.to_vec();
    all.push(at);
    all.sort_unstable();
    let mut found: Vec<EditorText> = Vec::new();
    for change in all.into_iter().map(|at| &changes[at]) {
        let side = EditorText { author: editor(change), text: change.after.clone() };
        if !found.contains(&side) {
            found.push(side);
        }
    }
    let one = found.iter().all(|side| side.author == found[0].author);
    if one { Vec::new() } else { found }
}

/// Who made a change; the files that it came in, where they do not say.
fn editor(change: &Change) -> String {
    let mut names: Vec<&str> = change.traces.iter().map(|t| t.author.as_str()).filter(|a| !a.is_empty()).collect();
    names.dedup();
    if names.is_empty() { change.files.join("、") } else { names.join("、") }
}

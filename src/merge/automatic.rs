//! Numbers that programs write into a text: those of captions, and of what references lead to.

use super::planner::{Planner, ThreeSides};
use super::review::{ChangeKind, Status};
use crate::diagnostic::say;
use crate::model::{BitKind, Item, ItemRole, Phrase};
use std::collections::BTreeSet;

impl Planner<'_> {
    /// Automatic numbers that they typed otherwise.
    pub(super) fn automatic(&mut self) {
        let stays = self.numbers_stay();
        let printed = self.printed();
        for part in self.parts.clone() {
            let ThreeSides { base, theirs, .. } = &part;
            let ([i], [j]) = (base.as_slice(), theirs.as_slice()) else { continue };
            let (own, their) = (&self.base.items[*i], &self.theirs.items[*j]);
            if own.is_table() || own.role == ItemRole::Written {
                continue;
            }
            let (before, after) = (numbers(&own.phrase), numbers(&their.phrase));
            // Where they put in or took out what is numbered, programs count anew.
            let known = |number: &String| !stays && printed.contains(number);
            let typed = |(old, new): (&String, &String)| old != new && !new.is_empty() && !known(new);
            if before.len() != after.len() || !before.iter().zip(&after).any(typed) {
                continue;
            }
            let (before, after) = (own.phrase.plain(), their.phrase.plain());
            let mut change = self.change(ChangeKind::Format, Status::Unsupported, *i, Some(*j));
            (change.before, change.after) = (before, after);
            change.reason = Some(say!("序号由程序编排，不能改", "numbers are automatic and cannot be changed"));
            self.changes.push(change);
        }
    }

    /// True where they have put in, taken out and moved nothing that is numbered.
    fn numbers_stay(&self) -> bool {
        let kept = |group: Option<usize>| {
            group.is_some_and(|g| {
                let group = &self.to_theirs.groups[g];
                !group.moved && group.a.len() == 1 && group.b.len() == 1
            })
        };
        let gone = self.base.items.iter().zip(&self.to_theirs.of_a).any(|(item, group)| counts(item) && !kept(*group));
        let new = self.theirs.items.iter().zip(&self.to_theirs.of_b).any(|(item, group)| counts(item) && !kept(*group));
        !gone && !new
    }

    /// The numbers that their captions and headings print.
    fn printed(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for item in &self.theirs.items {
            if self.roles.get(&item.style) == Some(&ItemRole::Caption) {
                // A reference says 表1, where only the number of the caption is automatic.
                let mut before = String::new();
                for bit in &item.phrase.bits {
                    before.extend(bit.text.chars().filter(|c| !c.is_whitespace()));
                    if bit.kind == BitKind::Auto {
                        all.insert(before.clone());
                    }
                }
                all.extend(numbers(&item.phrase));
            }
            all.insert(item.number.chars().filter(|c| !c.is_whitespace()).collect());
        }
        all
    }
}

/// True for what is numbered, or may be.
fn counts(item: &Item) -> bool {
    item.ordinal > 0
        || item.outline.is_some()
        || matches!(item.role, ItemRole::Heading(_) | ItemRole::Caption)
        || !numbers(&item.phrase).is_empty()
}

/// The numbers that programs wrote into a phrase, without white space.
fn numbers(phrase: &Phrase) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut goes_on = false;
    for bit in &phrase.bits {
        let is_auto = bit.kind == BitKind::Auto;
        if is_auto {
            let text = bit.text.chars().filter(|c| !c.is_whitespace());
            match found.last_mut().filter(|_| goes_on) {
                Some(last) => last.extend(text),
                None => found.push(text.collect()),
            }
        }
        goes_on = is_auto;
    }
    found
}

//! Pages, headers and footers, addresses and properties of the file: what they changed is told.

use super::planner::{Planner, section};
use super::review::{Change, ChangeKind, Status};
use super::text;
use crate::diagnostic::{Message, say};
use crate::model::{Rewrite, SavedWith, WordSetting, WordSettingKind};
use std::collections::BTreeSet;

/// What measures may differ by, in millimetres: programs round.
const ROUNDED: f64 = 0.9;

impl Planner<'_> {
    /// What they changed of pages and of the file.
    pub(super) fn settings(&mut self) {
        let (Some(base), Some(theirs)) = (self.base.settings.clone(), self.theirs.settings.clone()) else { return };
        self.page_breaks(&base, &theirs);
        for kind in [WordSettingKind::Page, WordSettingKind::Header, WordSettingKind::Footer, WordSettingKind::Link] {
            let of =
                |all: &[WordSetting]| -> Vec<WordSetting> { all.iter().filter(|s| s.what == kind).cloned().collect() };
            let (mut gone, mut new) = (of(&base), of(&theirs));
            new.retain(|their| {
                let at = gone.iter().position(|own| same(own, their));
                // A page's measures and the text of a footer may be said again for each section.
                let again =
                    at.is_none() && kind != WordSettingKind::Link && of(&base).iter().any(|own| same(own, their));
                if let Some(at) = at {
                    gone.remove(at);
                }
                at.is_none() && !again
            });
            if kind != WordSettingKind::Link {
                let all = of(&theirs);
                gone.retain(|own| !all.iter().any(|their| same(own, their)));
            }
            self.tell_settings(kind, &gone, &new);
        }
        self.properties(&base, &theirs);
    }

    fn tell_settings(&mut self, kind: WordSettingKind, gone: &[WordSetting], new: &[WordSetting]) {
        for at in 0..gone.len().max(new.len()) {
            let (old, new) = (gone.get(at), new.get(at));
            let mut change = match (old, new) {
                (None, Some(new)) if kind == WordSettingKind::Link && self.has_link(new) => continue,
                (None, Some(new)) if kind == WordSettingKind::Link && self.write_link(new) => continue,
                (_, Some(new)) => self.change_near(ChangeKind::Format, new.item),
                (Some(old), None) => {
                    // A link that went with its paragraph is told with that.
                    if kind == WordSettingKind::Link && self.to_theirs.of_a.get(old.item).copied().flatten().is_none() {
                        continue;
                    }
                    self.change(ChangeKind::Format, Status::Unsupported, old.item.min(self.base.items.len() - 1), None)
                }
                (None, None) => continue,
            };
            if !matches!(kind, WordSettingKind::Link) {
                (change.block, change.span) = (None, None);
                change.section.clear();
            }
            change.before = old.map(|s| s.text.clone()).unwrap_or_default();
            change.after = new.map(|s| s.text.clone()).unwrap_or_default();
            change.reason = Some(reason(kind));
            self.changes.push(change);
        }
    }

    /// The paragraph of ours that is theirs, and of the base.
    fn same_paragraph(&self, j: usize) -> Option<(usize, usize)> {
        let part = &self.parts[(*self.part_of_theirs.get(j)?)?];
        match (part.base.as_slice(), part.ours.as_slice()) {
            (&[i], &[k]) => Some((i, k)),
            _ => None,
        }
    }

    /// True where ours leads to the address in the same paragraph.
    fn has_link(&self, link: &WordSetting) -> bool {
        let own = |k: usize| self.ours.settings.iter().flatten().filter(move |s| s.item == k);
        self.same_paragraph(link.item).is_some_and(|(_, k)| own(k).any(|s| s.what == link.what && same(s, link)))
    }

    /// Writes a link home where the words that lead to the address were there before and are there once.
    fn write_link(&mut self, link: &WordSetting) -> bool {
        let Some((i, k)) = self.same_paragraph(link.item) else { return false };
        let (base, ours) = (&self.base.items[i], &self.ours.items[k]);
        let once = |text: &str| text.matches(link.words.as_str()).count() == 1;
        let known = ["http://", "https://", "mailto:"].iter().any(|scheme| link.text.starts_with(scheme));
        let plain = ours.phrase.plain();
        if link.words.trim().is_empty() || !known || ours.is_table() || !once(&base.phrase.plain()) || !once(&plain) {
            return false;
        }
        let start = plain.find(&link.words).unwrap_or_default();
        let Some(span) = text::written_place(&ours.phrase, &(start..start + link.words.len())) else { return false };
        let mut change = self.change(ChangeKind::Format, Status::Clean, i, Some(link.item));
        change.span = Some(span);
        change.before.clone_from(&link.words);
        change.after = format!("[{}]({})", link.words, link.text);
        change.rewrites.push(Rewrite::Link { span, address: link.text.clone() });
        self.changes.push(change);
        true
    }

    /// Pages that they begin where none began, and the other way round.
    fn page_breaks(&mut self, base: &[WordSetting], theirs: &[WordSetting]) {
        let of = |all: &[WordSetting]| -> BTreeSet<usize> {
            all.iter().filter(|s| s.what == WordSettingKind::PageBreak).map(|s| s.item).collect()
        };
        let (own, their) = (of(base), of(theirs));
        // LibreOffice ends a section where its page style changes behind a table: no hand has put that in.
        let typed = |j: usize| {
            self.theirs.saved_with != SavedWith::LibreOffice
                || theirs.iter().any(|s| s.item == j && s.what == WordSettingKind::PageBreak && s.text.is_empty())
        };
        let new: Vec<usize> = their.iter().copied().filter(|&j| j < self.theirs.items.len() && typed(j)).collect();
        for j in new {
            let first = self.part_of_theirs[j].and_then(|p| self.parts[p].base.first().copied());
            if first.is_none_or(|i| !own.contains(&i)) {
                let mut change = self.change_near(ChangeKind::Format, j);
                change.after = self.theirs.items[j].plain();
                change.before.clone_from(&change.after);
                change.reason = Some(say!(
                    "这一段前面新加的分页带不回来：请在源文件里加 - page-break: true",
                    "the page break that was put in before this is not carried over; write - page-break: true in the source"
                ));
                self.changes.push(change);
            }
        }
        for &i in own.iter().filter(|&&i| i < self.base.items.len()) {
            let Some(group) = self.to_theirs.of_a[i] else { continue };
            let Some(&j) = self.to_theirs.groups[group].b.first() else { continue };
            if !their.contains(&j) {
                let mut change = self.change(ChangeKind::Format, Status::Unsupported, i, Some(j));
                change.before = self.base.items[i].plain();
                change.after.clone_from(&change.before);
                change.reason = Some(say!(
                    "这一段前面的分页被去掉了，带不回来：请在源文件或模板里改",
                    "the page break before this was taken out, which is not carried over; change the source or the template"
                ));
                self.changes.push(change);
            }
        }
    }

    /// Properties that say something else. One that is gone was dropped by a program.
    fn properties(&mut self, base: &[WordSetting], theirs: &[WordSetting]) {
        for their in theirs
            .iter()
            .filter(|s| s.what == WordSettingKind::Property && !base.contains(&WordSetting { item: 0, ..(*s).clone() }))
        {
            let name = their.text.split(':').next().unwrap_or_default();
            let old = base.iter().find(|s| s.what == their.what && s.text.split(':').next() == Some(name));
            let mut change = Change::new(ChangeKind::Format, Status::Unsupported);
            change.before = old.map(|s| s.text.clone()).unwrap_or_default();
            change.after.clone_from(&their.text);
            change.reason = Some(reason(WordSettingKind::Property));
            self.changes.push(change);
        }
    }

    /// A change that cannot be carried, at one of their items, where the source has no place for it.
    pub(super) fn change_near(&self, kind: ChangeKind, item: usize) -> Change {
        let mut change = Change::new(kind, Status::Unsupported);
        let near = item.min(self.theirs.items.len().saturating_sub(1));
        change.section = section(&self.theirs.items, near);
        change.block = (0..=near).rev().find_map(|j| {
            let part = &self.parts[(*self.part_of_theirs.get(j)?)?];
            self.ours.items[*part.ours.first()?].block.clone().map(|b| b.0)
        });
        change.span = self.block_span(change.block.as_deref());
        change
    }
}

/// True for settings that say the same, but for what programs round.
fn same(a: &WordSetting, b: &WordSetting) -> bool {
    if a.what == WordSettingKind::Link {
        return a.text.trim_end_matches('/') == b.text.trim_end_matches('/');
    }
    if a.what != WordSettingKind::Page {
        return a.text == b.text;
    }
    let numbers = |text: &str| -> Vec<f64> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter_map(|n| n.parse().ok()).collect()
    };
    let (a, b) = (numbers(&a.text), numbers(&b.text));
    // Some programs say less.
    a.iter().zip(&b).all(|(x, y)| (x - y).abs() <= ROUNDED)
}

fn reason(kind: WordSettingKind) -> Message {
    match kind {
        WordSettingKind::PageBreak | WordSettingKind::Page => say!(
            "纸张、页边距、分节和分栏由模板定，带不回来",
            "the template says what paper, margins, sections and columns are; they are not carried over"
        ),
        WordSettingKind::Header | WordSettingKind::Footer => say!(
            "页眉、页脚和水印由源文件和模板定，带不回来",
            "the source and the template say what headers, footers and watermarks are; they are not carried over"
        ),
        WordSettingKind::Link => {
            say!(
                "超链接的地址带不回来，请在源文件里改",
                "the address of a link is not carried over; change it in the source"
            )
        }
        WordSettingKind::Property => say!(
            "文件属性由源文件定，带不回来",
            "the source says what the properties of the file are; they are not carried over"
        ),
    }
}

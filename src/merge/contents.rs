//! Words that they typed into the contents, which programs make from the headings.

use super::planner::Planner;
use super::review::ChangeKind;
use crate::diagnostic::say;
use crate::model::Manuscript;
use std::collections::BTreeSet;

impl Planner<'_> {
    /// Lines of their contents that are no heading of any side.
    pub(super) fn contents(&mut self) {
        // Of a file that nobody has handed out, contents may have been made long ago.
        if self.theirs.contents.is_empty() || self.base.settings.is_none() {
            return;
        }
        let sides = [self.base, self.theirs, self.ours];
        let handed: BTreeSet<String> = self.ours.contents.iter().map(|(line, _)| entry(line)).collect();
        let headings: BTreeSet<String> = sides.into_iter().flat_map(headings).collect();
        for (line, item) in &self.theirs.contents {
            let entry = entry(line);
            // Some programs write a space before the page number.
            let unpaged = entry.trim_end_matches(|c: char| c.is_ascii_digit());
            let known = handed.contains(&entry) || [entry.as_str(), unpaged].iter().any(|e| is_heading(e, &headings));
            if entry.is_empty() || known {
                continue;
            }
            let mut change = self.change_near(ChangeKind::Inserted, *item);
            words(line).trim().clone_into(&mut change.after);
            change.reason = Some(say!(
                "目录由程序按标题编排，写在目录里的字带不回来；请改标题",
                "the program makes the contents from the headings; what is typed into them is not carried over: change the heading"
            ));
            self.changes.push(change);
        }
    }
}

/// The texts of a manuscript that contents may name, each with its number.
fn headings(manuscript: &Manuscript) -> impl Iterator<Item = String> + '_ {
    let items = manuscript.items.iter().filter(|item| item.rows.is_empty() && !item.phrase.is_empty());
    items.flat_map(|item| {
        let (plain, numbered) = (bare(&item.phrase.plain()), bare(&format!("{}{}", item.number, item.phrase.plain())));
        [plain, numbered]
    })
}

/// True for a line that is a heading, the heading at the beginning of a paragraph, or the mark and the title of an attachment.
fn is_heading(entry: &str, headings: &BTreeSet<String>) -> bool {
    let begins = |text: &str| headings.range(text.to_owned()..).next().is_some_and(|known| known.starts_with(text));
    let marked = |(at, _): (usize, char)| headings.contains(&entry[..at]) && begins(&entry[at..]);
    begins(entry) || entry.char_indices().skip(1).any(marked)
}

/// The words of a line, without the number of its page.
fn words(line: &str) -> &str {
    let is_page = |rest: &str| rest.chars().all(|c| c.is_ascii() || c.is_whitespace());
    line.rsplit_once('\t').filter(|(_, rest)| is_page(rest)).map_or(line, |(words, _)| words)
}

fn entry(line: &str) -> String {
    bare(words(line))
}

/// Characters that are compared: no white space, no marks of notes.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !('\u{2460}'..='\u{2473}').contains(c)).collect()
}

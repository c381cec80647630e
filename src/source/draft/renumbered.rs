//! Words that name a table or figure by a number that is now another's.

use super::remark::Remark;
use crate::diagnostic::say;
use crate::model::{Item, Phrase};
use std::collections::BTreeMap;

/// What becomes of the numbers of captions.
#[derive(Default)]
pub(super) struct Renumbered {
    /// The number that the program counts, by 图 or 表 and the number so far; None for what is not carried over.
    now: BTreeMap<(char, String), Option<usize>>,
}

impl Renumbered {
    /// Takes in a caption. `now`: the number that the program counts.
    pub(super) fn add(&mut self, was: (char, String), now: Option<usize>) {
        self.now.entry(was).or_insert(now);
    }

    /// Tells of the words of a text that name a table or figure whose number is another one now.
    pub(super) fn tell(&self, items: &[Item], remarks: &mut Vec<Remark>) {
        for item in items {
            let cells = item.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.phrase);
            for phrase in std::iter::once(&item.phrase).chain(cells) {
                self.tell_phrase(item, phrase, remarks);
            }
        }
    }

    fn tell_phrase(&self, item: &Item, phrase: &Phrase, remarks: &mut Vec<Remark>) {
        let plain = phrase.plain();
        // At the start of a paragraph it is a caption, or as good as one.
        for (at, word) in plain.char_indices().skip(1).filter(|(_, c)| matches!(c, '图' | '表')) {
            let behind = &plain[at + word.len_utf8()..];
            let end = behind.find(|c| !is_caption_number(c)).unwrap_or(behind.len());
            let typed = behind[..end].trim_end_matches(['-', '.']);
            let message = match self.now.get(&(word, typed.to_owned())) {
                Some(None) => say!(
                    "这里说到{word}{typed}，它没有带过来，请核对",
                    "{word}{typed} is named here, which is not carried over; please check"
                ),
                Some(Some(now)) if *now.to_string() != *typed => say!(
                    "这里说到{word}{typed}，程序把它编为{word}{now}，请改正",
                    "{word}{typed} is named here, which the program counts as {word}{now}; please correct it"
                ),
                _ => continue,
            };
            remarks.push(Remark::at(item, message));
        }
    }
}

/// True for a character of a caption's number.
pub(super) fn is_caption_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '.') || "一二三四五六七八九十".contains(c)
}

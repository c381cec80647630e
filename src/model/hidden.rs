//! Characters that somebody hid: which of them stay in a text.

use super::{Bit, BitKind, Formatted, Item, ItemRole, Loss, LossKind, Manuscript, Phrase, push_formatted};

/// Where hidden characters are: the index of an item or of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenIn {
    /// A paragraph or a table.
    Item(usize),
    /// A footnote.
    Note(usize),
}

/// What becomes of the hidden characters of one item.
struct Settling<'a> {
    /// Whether each character of the item stays.
    stays: &'a [bool],
    /// The next of them.
    at: usize,
    losses: Vec<(LossKind, String)>,
}

impl Manuscript {
    /// True where characters are hidden.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.items.iter().chain(&self.notes).any(hides)
    }

    /// Shows the hidden characters that stay, and takes out the others; both are told as losses. `stays` is given a place and all of
    /// its text, and says of each character whether it stays; what it does not say goes.
    pub fn settle_hidden(&mut self, stays: &dyn Fn(HiddenIn, &str) -> Vec<bool>) {
        let count = self.items.len();
        let mut losses = Vec::new();
        let notes = self.notes.iter_mut().enumerate().map(|(at, note)| (HiddenIn::Note(at), note));
        let items = self.items.iter_mut().enumerate().map(|(at, item)| (HiddenIn::Item(at), item));
        for (place, item) in items.chain(notes).filter(|(_, item)| hides(item)) {
            let index = if let HiddenIn::Item(at) = place { at } else { count };
            let told = settle(item, &stays(place, &item.plain()));
            losses.extend(told.into_iter().map(|(what, text)| Loss { what, text, item: index }));
        }
        if losses.is_empty() {
            return;
        }
        self.losses.append(&mut losses);
        self.close_up();
    }

    /// Removes the paragraphs of which nothing is left.
    fn close_up(&mut self) {
        let is_nothing = |item: &Item| !item.is_table() && item.phrase.is_empty() && item.pictures.is_empty();
        let gone: Vec<usize> = (0..self.items.len()).filter(|&at| is_nothing(&self.items[at])).collect();
        for &at in gone.iter().rev() {
            let item = self.items.remove(at);
            // A comment on it stays with its neighbour.
            if let Some(neighbour) = self.items.get_mut(at.saturating_sub(1)) {
                neighbour.comments.extend(item.comments);
            }
        }
        let moved = |at: &mut usize| *at -= gone.partition_point(|gone| *gone < *at);
        self.losses.iter_mut().for_each(|loss| moved(&mut loss.item));
        self.settings.iter_mut().flatten().for_each(|setting| moved(&mut setting.item));
        self.contents.iter_mut().for_each(|(_, at)| moved(at));
    }
}

fn hides(item: &Item) -> bool {
    let phrase = |phrase: &Phrase| phrase.bits.iter().any(|bit| bit.hidden);
    phrase(&item.phrase) || item.rows.iter().flat_map(|row| &row.cells).any(|cell| phrase(&cell.phrase))
}

/// Settles one item, and says what was lost.
fn settle(item: &mut Item, stays: &[bool]) -> Vec<(LossKind, String)> {
    let mut settling = Settling { stays, at: 0, losses: Vec::new() };
    if item.rows.is_empty() {
        settling.phrase(&mut item.phrase, &mut item.formats);
    }
    for row in &mut item.rows {
        for cell in &mut row.cells {
            settling.phrase(&mut cell.phrase, &mut cell.formats);
            // The sign between cells, or between rows.
            settling.at += 1;
        }
    }
    if !item.pictures.is_empty() && item.phrase.bits.iter().all(|bit| bit.kind == BitKind::Object) {
        item.role = ItemRole::Picture;
    }
    settling.losses
}

impl Settling<'_> {
    fn phrase(&mut self, phrase: &mut Phrase, formats: &mut Vec<Formatted>) {
        if !phrase.bits.iter().any(|bit| bit.hidden) {
            self.at += phrase.plain().chars().count();
            return;
        }
        let shown = self.shown(phrase);
        let mut shown = shown.into_iter();
        let each: Vec<usize> = formats.iter().flat_map(|f| std::iter::repeat_n(f.formatting, f.characters)).collect();
        let (mut each, mut left, mut settled) = (each.into_iter(), Vec::new(), Phrase::default());
        for bit in std::mem::take(&mut phrase.bits) {
            let is_formatted = !matches!(bit.kind, BitKind::Note(_) | BitKind::Object | BitKind::Break);
            let mut text = String::new();
            for (c, stays) in bit.text.chars().zip(shown.by_ref()) {
                let formatting = if is_formatted && !c.is_whitespace() { each.next() } else { None };
                if stays {
                    text.push(c);
                    if let Some(formatting) = formatting {
                        push_formatted(&mut left, Formatted { characters: 1, formatting });
                    }
                }
            }
            settled.push(Bit { text, hidden: false, ..bit });
        }
        *phrase = settled;
        *formats = left;
    }

    /// Whether each character of a phrase is in it from now on.
    fn shown(&mut self, phrase: &Phrase) -> Vec<bool> {
        let mut shown = Vec::new();
        for run in phrase.bits.chunk_by(|a, b| a.hidden == b.hidden) {
            let text: String = run.iter().map(|bit| bit.text.as_str()).collect();
            let places = self.at..self.at + text.chars().count();
            self.at = places.end;
            if !run[0].hidden {
                shown.extend(places.map(|_| true));
                continue;
            }
            let mut stays: Vec<bool> = places.map(|at| self.stays.get(at).copied().unwrap_or(false)).collect();
            // A few characters among new ones are alike by chance.
            if stays.iter().filter(|stays| **stays).count() * 2 < stays.len() {
                stays.fill(false);
            }
            for (kind, wanted) in [(LossKind::MadeHidden, true), (LossKind::Hidden, false)] {
                let said: String = text.chars().zip(&stays).filter(|(_, s)| **s == wanted).map(|(c, _)| c).collect();
                if !said.trim().is_empty() {
                    self.losses.push((kind, said.trim().to_owned()));
                }
            }
            shown.extend(stays);
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(before: &str, words: &str, after: &str) -> Item {
        let bit = |text: &str, hidden| Bit { text: text.to_owned(), hidden, ..Bit::default() };
        let bits = vec![bit(before, false), bit(words, true), bit(after, false)];
        let formats = [(before, 0), (words, 1), (after, 0)].into_iter().filter(|(text, _)| !text.is_empty());
        let formats = formats.map(|(t, formatting)| Formatted { characters: t.chars().count(), formatting }).collect();
        Item {
            phrase: Phrase { bits: bits.into_iter().filter(|b| !b.text.is_empty()).collect() },
            formats,
            ..Item::default()
        }
    }

    fn losses(manuscript: &Manuscript) -> Vec<(LossKind, &str, usize)> {
        manuscript.losses.iter().map(|l| (l.what, l.text.as_str(), l.item)).collect()
    }

    #[test]
    fn hidden_words_that_were_there_stay_and_new_ones_go() {
        let mut text = Manuscript {
            items: vec![hidden("", "全新的一段", ""), hidden("甲乙", "丙丁", "戊")],
            ..Manuscript::default()
        };
        text.settle_hidden(&|place, plain| match place {
            HiddenIn::Item(1) => vec![true; plain.chars().count()],
            _ => Vec::new(),
        });
        assert_eq!(text.items.iter().map(Item::plain).collect::<Vec<_>>(), ["甲乙丙丁戊"]);
        assert_eq!(losses(&text), [(LossKind::Hidden, "全新的一段", 0), (LossKind::MadeHidden, "丙丁", 0)]);
        assert!(!text.hides());
    }

    #[test]
    fn formattings_stay_with_their_characters() {
        let mut text = Manuscript { items: vec![hidden("甲乙", "丙丁", "戊")], ..Manuscript::default() };
        text.settle_hidden(&|_, _| Vec::new());
        assert_eq!(text.items[0].plain(), "甲乙戊");
        assert_eq!(text.items[0].formats, [Formatted { characters: 3, formatting: 0 }]);
    }
}

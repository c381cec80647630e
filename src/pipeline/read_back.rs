//! What a source says once changes are written: nothing but what either side said, as often, in their order, at its level.

use crate::diagnostic::{Message, say};
use crate::merge::{Change, ChangeKind};
use crate::model::{BitKind, Item, ItemRole, Manuscript, Phrase};
use rustc_hash::{FxHashMap, FxHashSet};

/// That a change is left to people.
pub(super) fn by_hand() -> Message {
    say!("这处改动不能稳妥地写进源文件，请人工改", "this cannot be written into the source safely; change it by hand")
}

/// What a text says, by its paragraphs and cells.
pub(super) struct SaidTexts(FxHashMap<String, SaidText>);

/// A text that is there once or more.
#[derive(Default)]
struct SaidText {
    /// How often, in paragraphs, cells and notes.
    count: usize,
    /// How many paragraphs say it, and where the last of them is.
    paragraphs: usize,
    at: usize,
    /// The level of a heading.
    level: Option<u8>,
}

impl SaidTexts {
    pub(super) fn of(manuscript: &Manuscript) -> Self {
        let mut found: FxHashMap<String, SaidText> = FxHashMap::default();
        let body = manuscript.items.len();
        let items = manuscript.items.iter().chain(&manuscript.notes).enumerate().filter(|(_, item)| is_text(item));
        for (at, item) in items {
            if !item.rows.is_empty() {
                for cell in item.rows.iter().flat_map(|row| &row.cells) {
                    found.entry(said(&cell.phrase)).or_default().count += 1;
                }
                continue;
            }
            let text = found.entry(said(&item.phrase)).or_default();
            text.count += 1;
            if at < body {
                text.paragraphs += 1;
                text.at = at;
                text.level = if let ItemRole::Heading(level) = item.role { Some(level) } else { None };
            }
        }
        Self(found)
    }

    fn count(&self, text: &str) -> Option<usize> {
        self.0.get(text).map(|text| text.count)
    }

    /// The paragraph of a text that is there once.
    fn place(&self, text: &str) -> Option<&SaidText> {
        self.0.get(text).filter(|said| said.paragraphs == 1 && !text.is_empty())
    }
}

/// Why a text is not what changes lead to, if it is not. `before`: the source as it was; `theirs`: the file.
pub(super) fn read_back(
    now: &SaidTexts,
    [before, theirs]: [&SaidTexts; 2],
    changes: &[&Change],
) -> Result<(), Message> {
    let mut new: FxHashMap<String, usize> = FxHashMap::default();
    let mut placed: FxHashSet<String> = FxHashSet::default();
    for change in changes {
        for text in change.after.split(['\n', '\t']).map(bare) {
            if matches!(change.kind, ChangeKind::Inserted | ChangeKind::Moved) {
                placed.insert(text.clone());
            }
            *new.entry(text).or_default() += 1;
        }
    }
    let wrong = |(text, said): (&String, &SaidText)| {
        let sides = [before.count(text), theirs.count(text), new.get(text).copied()];
        if sides == [None; 3] {
            return Some((text.clone(), by_hand()));
        }
        let [ours, their, new] = sides.map(Option::unwrap_or_default);
        (said.count > ours + their.max(new)).then(|| (text.clone(), written_once()))
    };
    // The first of them by its text: no order of a map shows.
    let first = now.0.iter().filter(|(text, _)| !text.is_empty()).filter_map(wrong);
    if let Some((_, reason)) = first.min_by(|(a, _), (b, _)| a.cmp(b)) {
        return Err(reason);
    }
    let mut last: Option<&str> = None;
    let mut order: Vec<(&str, &SaidText)> =
        now.0.keys().filter_map(|text| Some((text.as_str(), now.place(text)?))).collect();
    order.sort_unstable_by_key(|(_, said)| said.at);
    for (text, own) in order {
        // What was put somewhere is behind what it was behind there, as far as both sides have that.
        let follows = |side: &SaidTexts| Some(side.place(last?)?.at < side.place(text)?.at);
        if placed.contains(text) && follows(theirs) == Some(false) && follows(before) != Some(true) {
            return Err(by_hand());
        }
        // A heading keeps its level.
        if before.place(text).is_some_and(|was| was.level != own.level) {
            return Err(by_hand());
        }
        last = Some(text);
    }
    Ok(())
}

fn written_once() -> Message {
    say!(
        "这段文字在源文件里写一处、印出多处，只改了其中的一处，请人工改",
        "the source has this text once and prints it several times; only one of them was changed: change it by hand"
    )
}

/// False for what repeats another text: names of attachments, the title on a cover.
fn is_text(item: &Item) -> bool {
    item.role != ItemRole::Written
}

/// A phrase as it is compared.
fn said(phrase: &Phrase) -> String {
    let bits = phrase.bits.iter().filter(|b| !matches!(b.kind, BitKind::Auto | BitKind::Note(_) | BitKind::Object));
    let mut said = String::with_capacity(phrase.bits.iter().map(|bit| bit.text.len()).sum());
    bits.for_each(|bit| add_bare(&bit.text, &mut said));
    said
}

/// Characters that are compared: no white space, no marks of notes, no numbers of what is numbered.
fn bare(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    add_bare(text, &mut bare);
    bare
}

fn add_bare(text: &str, bare: &mut String) {
    let is_left_out = |c: char| c.is_whitespace() || ('\u{2460}'..='\u{2473}').contains(&c);
    text.split(is_left_out).for_each(|part| bare.push_str(part));
}

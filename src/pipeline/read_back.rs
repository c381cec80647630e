//! What a source says once changes are written: nothing but what either side said, as often, in their order, at its level.

use crate::diagnostic::{Message, say};
use crate::merge::{Change, ChangeKind};
use crate::model::{BitKind, Item, ItemRole, Manuscript, Phrase};
use std::collections::{BTreeMap, BTreeSet};

/// That a change is left to people.
pub(super) fn by_hand() -> Message {
    say!("这处改动不能稳妥地写进源文件，请人工改", "this cannot be written into the source safely; change it by hand")
}

/// Why a manuscript is not what changes lead to, if it is not. `before`: the source as it was; `theirs`: the file.
pub(super) fn read_back(
    now: &Manuscript,
    [before, theirs]: [&Manuscript; 2],
    changes: &[&Change],
) -> Result<(), Message> {
    let mut known: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (side, manuscript) in [before, theirs].into_iter().enumerate() {
        texts(manuscript).for_each(|text| known.entry(text).or_default()[side] += 1);
    }
    let mut placed: BTreeSet<String> = BTreeSet::new();
    for change in changes {
        let texts: Vec<String> = change.after.split(['\n', '\t']).map(bare).collect();
        if matches!(change.kind, ChangeKind::Inserted | ChangeKind::Moved) {
            placed.extend(texts.iter().cloned());
        }
        for text in texts {
            known.entry(text).or_default()[2] += 1;
        }
    }
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    texts(now).for_each(|text| *said.entry(text).or_default() += 1);
    for (text, count) in said.iter().filter(|(text, _)| !text.is_empty()) {
        let Some(&[ours, their, new]) = known.get(text) else { return Err(by_hand()) };
        if *count > ours + their.max(new) {
            return Err(say!(
                "这段文字在源文件里写一处、印出多处，只改了其中的一处，请人工改",
                "the source has this text once and prints it several times; only one of them was changed: change it by hand"
            ));
        }
    }
    let (now, before, theirs) = (places(now), places(before), places(theirs));
    let mut last: Option<(&str, usize)> = None;
    let mut order: Vec<(&str, usize)> = now.iter().map(|(text, place)| (text.as_str(), place.at)).collect();
    order.sort_by_key(|(_, at)| *at);
    for (text, at) in order {
        // What was put somewhere is behind what it was behind there, as far as both sides have that.
        let follows = |side: &BTreeMap<String, TextPlace>| {
            let (first, _) = last?;
            Some(side.get(first)?.at < side.get(text)?.at)
        };
        if placed.contains(text) && follows(&theirs) == Some(false) && follows(&before) != Some(true) {
            return Err(by_hand());
        }
        // A heading keeps its level.
        if before.get(text).is_some_and(|place| place.level != now[text].level) {
            return Err(by_hand());
        }
        last = Some((text, at));
    }
    Ok(())
}

/// Where a text is that is there once.
struct TextPlace {
    at: usize,
    /// The level of a heading.
    level: Option<u8>,
}

/// The places of the paragraphs whose text is there once, what the program writes aside.
fn places(manuscript: &Manuscript) -> BTreeMap<String, TextPlace> {
    let mut found: BTreeMap<String, Option<TextPlace>> = BTreeMap::new();
    for (at, item) in manuscript.items.iter().enumerate().filter(|(_, item)| is_text(item) && item.rows.is_empty()) {
        let level = if let ItemRole::Heading(level) = item.role { Some(level) } else { None };
        let place = Some(TextPlace { at, level });
        found.entry(said(&item.phrase)).and_modify(|known| *known = None).or_insert(place);
    }
    found.into_iter().filter(|(text, _)| !text.is_empty()).filter_map(|(text, place)| Some((text, place?))).collect()
}

/// False for what repeats another text: names of attachments, the title on a cover.
fn is_text(item: &Item) -> bool {
    item.role != ItemRole::Written
}

/// The texts of paragraphs and cells, without white space, marks and what programs write.
fn texts(manuscript: &Manuscript) -> impl Iterator<Item = String> + '_ {
    let item = |item: &Item| -> Vec<String> {
        if item.rows.is_empty() {
            vec![said(&item.phrase)]
        } else {
            item.rows.iter().flat_map(|r| &r.cells).map(|c| said(&c.phrase)).collect()
        }
    };
    manuscript.items.iter().chain(&manuscript.notes).filter(|item| is_text(item)).flat_map(item)
}

/// A phrase as it is compared.
fn said(phrase: &Phrase) -> String {
    let bits = phrase.bits.iter().filter(|b| !matches!(b.kind, BitKind::Auto | BitKind::Note(_) | BitKind::Object));
    bare(&bits.map(|b| b.text.as_str()).collect::<String>())
}

/// Characters that are compared: no white space, no marks of notes, no numbers of what is numbered.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !('\u{2460}'..='\u{2473}').contains(c)).collect()
}

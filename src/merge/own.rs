//! A manuscript read from a Word file of ours, and the document that it was written from: which block each item is, and where
//! each character is in the source.

use super::bits::slice;
use crate::model::{
    Bit, BitKind, Block, BlockId, BlockKind, Document, Item, ItemRole, Manuscript, OffsetMap, Origin, Phrase, Run,
    RunKind, Text,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// Stands for a mark that is not compared by its characters.
const MARK: char = '\u{1}';

/// Gives the items of a manuscript their blocks, roles, numbers and places. `bookmark`: the name of a block's bookmark.
pub fn attach(document: &Document, manuscript: &mut Manuscript, bookmark: fn(&BlockId) -> String) {
    let by_mark: BTreeMap<String, usize> = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| !matches!(b.kind, BlockKind::PageBreak))
        .map(|(at, b)| (bookmark(&b.id), at))
        .collect();
    let owners = owners(&manuscript.items, &by_mark, document);
    let mut start = 0;
    while start < manuscript.items.len() {
        let owner = owners[start];
        let end = (start..manuscript.items.len()).find(|&at| owners[at] != owner).unwrap_or(manuscript.items.len());
        if let Some(block) = owner.and_then(|at| document.blocks.get(at)) {
            own(document, block, &mut manuscript.items[start..end]);
        }
        start = end;
    }
    for (note, item) in document.notes.iter().zip(&mut manuscript.notes) {
        item.block = Some(BlockId(note.name.clone()));
        item.role = ItemRole::Note;
        place(document, (&[&note.text], ""), &mut [&mut item.phrase]);
    }
}

/// The block of each item: that of its bookmark, else of the item before; a picture is of the caption below it, and what is
/// before the authority of an official document is of its head.
fn owners(items: &[Item], by_mark: &BTreeMap<String, usize>, document: &Document) -> Vec<Option<usize>> {
    let marked = |item: &Item| item.marks.iter().find_map(|m| by_mark.get(m).copied());
    let mut owners = Vec::with_capacity(items.len());
    let mut last = None;
    for (at, item) in items.iter().enumerate() {
        let own = marked(item);
        let next = items.get(at + 1).and_then(marked).filter(|&n| {
            matches!(document.blocks[n].kind, BlockKind::Figure(_) | BlockKind::Chart(_))
                && item.role == ItemRole::Picture
        });
        last = own.or(next).or(last);
        owners.push(last);
    }
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::RedHead(head) = &block.kind else { continue };
        let lines = [&head.copy_number, &head.classification, &head.urgency].into_iter().flatten().count();
        if let Some(first) = owners.iter().position(|o| *o == Some(index)) {
            let from = first.saturating_sub(lines);
            owners[from..first].fill(Some(index));
        }
    }
    owners
}

/// One block and its items.
fn own(document: &Document, block: &Block, items: &mut [Item]) {
    let role = role(&block.kind);
    let mut first_text = true;
    for item in items.iter_mut() {
        item.block = Some(block.id.clone());
        item.role = match (&block.kind, item.role) {
            (_, ItemRole::Table | ItemRole::Picture) => item.role,
            (BlockKind::Table(_) | BlockKind::Figure(_) | BlockKind::Chart(_), _) => ItemRole::Caption,
            _ => role,
        };
        if item.role == ItemRole::Display {
            item.phrase = item.phrase.unbroken();
        }
        if std::mem::take(&mut first_text)
            && !matches!(item.role, ItemRole::Caption | ItemRole::Table | ItemRole::Picture)
            && let Some(number) = block.kind.number()
        {
            item.number.clone_from(&number.text);
        }
    }
    if let BlockKind::Table(table) = &block.kind {
        let head = table.head_rows();
        if let Some(item) = items.iter_mut().find(|i| i.role == ItemRole::Table) {
            item.heads = head;
        }
    }
    if let BlockKind::Cover(cover) = &block.kind {
        // Title and cover say the same; it is changed at the title.
        let title: String = cover.title.iter().map(Text::plain).collect();
        for item in items.iter_mut().filter(|i| i.phrase.plain() == title) {
            item.role = ItemRole::Written;
        }
    }
    if role == ItemRole::Written {
        return;
    }
    let texts = block.kind.texts();
    let mut phrases: Vec<&mut Phrase> = Vec::new();
    for item in items.iter_mut().filter(|i| i.role != ItemRole::Written) {
        if item.rows.is_empty() {
            phrases.push(&mut item.phrase);
        } else {
            phrases.extend(item.rows.iter_mut().flat_map(|r| &mut r.cells).map(|c| &mut c.phrase));
        }
    }
    let number = block.kind.number().map_or("", |number| number.text.trim_end());
    place(document, (&texts, number), &mut phrases);
}

fn role(kind: &BlockKind) -> ItemRole {
    match kind {
        BlockKind::Heading { level, .. } => ItemRole::Heading(*level),
        BlockKind::Point { .. } => ItemRole::Point,
        BlockKind::ListItem { level, number: Some(_), .. } => ItemRole::Numbered(*level),
        BlockKind::ListItem { level, number: None, .. } => ItemRole::Bullet(*level),
        BlockKind::Term { .. } => ItemRole::Term,
        BlockKind::Paragraph(_) | BlockKind::Salutation(_) | BlockKind::Addressee(_) => ItemRole::Paragraph,
        BlockKind::Table(_) => ItemRole::Table,
        BlockKind::AttachmentMark { .. } | BlockKind::AttachmentNote(_) => ItemRole::Written,
        _ => ItemRole::Display,
    }
}

/// Finds texts in phrases, in order, and gives the characters their places. A number that is printed before a text is none of it,
/// whatever the text begins with.
fn place(document: &Document, (texts, number): (&[&Text], &str), phrases: &mut [&mut Phrase]) {
    let mut at = (0, 0);
    for text in texts {
        let wanted = said_by_runs(&text.runs);
        let wanted = wanted.trim();
        if wanted.is_empty() {
            continue;
        }
        let found = (at.0..phrases.len()).find_map(|index| {
            let have = said(&phrases[index].bits);
            let from = if index == at.0 { at.1 } else { 0 };
            let behind = if have.starts_with(number) { number.len().max(from) } else { from };
            let find = |from: usize| have.get(from..).and_then(|rest| rest.find(wanted)).map(|start| from + start);
            find(behind).or_else(|| find(from)).map(|start| (index, start))
        });
        let Some((index, start)) = found else { continue };
        let range = start..start + wanted.len();
        put(document, text, phrases[index], &range);
        at = (index, range.end);
    }
}

/// The characters of bits for comparison: marks represent themselves, forced line ends are left out.
fn said(bits: &[Bit]) -> String {
    let mut said = String::with_capacity(bits.iter().map(|bit| bit.text.len()).sum());
    for bit in bits {
        match bit.kind {
            BitKind::Note(_) => said.push(MARK),
            _ => add_said(&bit.text, &mut said),
        }
    }
    said
}

/// The same of runs.
fn said_by_runs(runs: &[Run]) -> String {
    let mut said = String::with_capacity(runs.iter().map(|run| run.text.len()).sum());
    for run in runs {
        match run.kind {
            RunKind::Note(_) => said.push(MARK),
            _ => add_said(&run.text, &mut said),
        }
    }
    said
}

fn add_said(text: &str, said: &mut String) {
    text.split(['\n', '\r']).for_each(|line| said.push_str(line));
}

/// Puts a text with its places over the characters of a phrase that are found at `range` of [`said`].
fn put(document: &Document, text: &Text, phrase: &mut Phrase, range: &Range<usize>) {
    let mut bits: Vec<Bit> = Vec::new();
    let mut at = 0;
    let mut names = Vec::new();
    let mut rest = Vec::new();
    for bit in std::mem::take(&mut phrase.bits) {
        let length = said(std::slice::from_ref(&bit)).len();
        let end = at + length;
        let (from, to) = (range.start.clamp(at, end), range.end.clamp(at, end));
        if from < to {
            if let BitKind::Note(name) = &bit.kind {
                names.push((name.clone(), bit.text.clone()));
            }
            if from > at {
                bits.push(slice(&bit, &(0..from - at)));
            }
            if end > to {
                rest.push(slice(&bit, &(to - at..length)));
            }
        } else if at < range.start || (length == 0 && at == range.start) {
            bits.push(bit);
        } else if at >= range.end {
            rest.push(bit);
        }
        // Forced line ends within the text come again with its own characters.
        at = end;
    }
    let mut names = names.into_iter();
    let mut own: Vec<Bit> = text.runs.iter().map(|r| of_run(r, document)).collect();
    for bit in &mut own {
        if let BitKind::Note(name) = &mut bit.kind
            && let Some((read, mark)) = names.next()
        {
            *name = read;
            // The mark as other files of Word are read, whatever the template counts notes with.
            bit.text = mark;
        }
    }
    let mut whole = Phrase { bits: own };
    trim(&mut whole);
    bits.extend(whole.bits);
    bits.extend(rest);
    phrase.bits = bits;
}

fn trim(phrase: &mut Phrase) {
    if let Some(first) = phrase.bits.first_mut() {
        let blank = first.text.len() - first.text.trim_start().len();
        if blank > 0 && first.kind == BitKind::Text {
            *first = slice(first, &(blank..first.text.len()));
        }
    }
    if let Some(last) = phrase.bits.last_mut() {
        let kept = last.text.trim_end().len();
        if kept < last.text.len() && last.kind == BitKind::Text {
            *last = slice(last, &(0..kept));
        }
    }
    phrase.bits.retain(|bit| !bit.text.is_empty());
}

/// A run of the model as a bit.
fn of_run(run: &Run, document: &Document) -> Bit {
    let kind = match run.kind {
        RunKind::Text => BitKind::Text,
        RunKind::Break => BitKind::Break,
        RunKind::Value(at) => BitKind::Value(document.values.get(at.get()).map_or_else(String::new, |v| v.id.clone())),
        RunKind::Reference(_) | RunKind::Term(_) | RunKind::Number => BitKind::Auto,
        RunKind::Note(at) => BitKind::Note(format!("#{}", at.get() + 1)),
    };
    let whole = run.map.whole();
    let map = match &run.map {
        // What the program writes has an empty place.
        _ if whole.start >= whole.end => None,
        Origin::Text(map) => Some(map.clone()),
        // Text of which no character has its place cannot be changed there.
        Origin::Whole(_) if kind == BitKind::Text => None,
        Origin::Whole(span) => Some(OffsetMap::in_step(*span)),
    };
    Bit { text: run.text.clone(), strong: run.strong, shift: run.shift, kind, map, hidden: false }
}

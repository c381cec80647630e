//! Two manuscripts as one, for a version with its changes marked.

use super::again::{self, CallSide};
use super::align::{Alignment, Bookmarks, align};
use super::diff::{hunks, without_islands};
use super::notes::named_alike;
use super::planner::joined;
use super::token::{PhraseToken, tokens};
use crate::model::{
    Bit, BitKind, Item, ItemRole, Manuscript, Mark, Marked, MarkedPiece, MarkedStep, NotePair, Phrase, Picture,
    RowStep, RowText,
};
use std::collections::BTreeSet;

/// How finely changes are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Word by word.
    Words,
    /// A changed paragraph or table as a whole.
    Blocks,
}

/// Two manuscripts that were compared.
pub struct MarkedSides {
    /// The old one with the notes named as in the new one.
    pub old: Manuscript,
    /// Both as one, as their pages show it: calls of a note are alike, whatever their number.
    pub marked: Marked,
    /// Both as one, as a Word file must have it: the first call of a note is the footnote, the others lead to it.
    pub in_word: Marked,
}

/// Compares two manuscripts.
#[must_use]
pub fn marked(old: &Manuscript, new: &Manuscript, grain: Grain) -> MarkedSides {
    let old = named_alike(new, old, new).into_owned();
    let alignment = align(&old.items, &new.items, Bookmarks::Derived);
    let marked = both(&old, new, &alignment, grain);
    let in_word =
        if again::any(&old) || again::any(new) { in_word(&old, new, &alignment, grain) } else { marked.clone() };
    MarkedSides { old, marked, in_word }
}

/// What a Word file must have. Where the footnote itself is in another place than before, all that leads to it is gone and new: it
/// leads to another mark then.
fn in_word(old: &Manuscript, new: &Manuscript, alignment: &Alignment, grain: Grain) -> Marked {
    let names: BTreeSet<String> = new.notes.iter().filter_map(|note| note.marks.first().cloned()).collect();
    let mut elsewhere = BTreeSet::new();
    loop {
        let [was, now] =
            [(old, CallSide::Old), (new, CallSide::New)].map(|(m, side)| again::told_apart(m, side, &elsewhere));
        let marked = both(&was, &now, alignment, grain);
        let in_place = marked.notes_in_place(new);
        let before = elsewhere.len();
        elsewhere.extend(names.difference(&in_place).cloned());
        if elsewhere.len() == before {
            return marked;
        }
    }
}

fn both(old: &Manuscript, new: &Manuscript, alignment: &Alignment, grain: Grain) -> Marked {
    let steps = steps(old, new, alignment, grain);
    let mut notes = Vec::new();
    for (at, note) in new.notes.iter().enumerate() {
        let name = note.marks.first();
        if let Some(was) = old.notes.iter().position(|n| name.is_some() && n.marks.first() == name) {
            notes.push(NotePair { old: was, new: at, pieces: pieces(&old.notes[was].phrase, &note.phrase, &[], &[]) });
        }
    }
    Marked { steps, notes }
}

/// Marks of the text in their order: what stayed in place holds the rest apart.
fn steps(old: &Manuscript, new: &Manuscript, alignment: &Alignment, grain: Grain) -> Vec<MarkedStep> {
    let mut steps = Vec::new();
    let contiguous = |indices: &[usize]| indices.windows(2).all(|w| w[0] + 1 == w[1]);
    let stays: Vec<bool> = alignment.groups.iter().map(|g| !g.moved && contiguous(&g.a) && contiguous(&g.b)).collect();
    let mut at_old = 0;
    let mut at_new = 0;
    let mut order: Vec<usize> = (0..alignment.groups.len()).filter(|&g| stays[g]).collect();
    order.sort_by_key(|&g| alignment.groups[g].b.first().copied());
    let moved = |group: Option<usize>| {
        let group = group?;
        let found = &alignment.groups[group];
        (found.moved && found.a.len() == 1 && found.b.len() == 1).then_some(group)
    };
    let between = |steps: &mut Vec<MarkedStep>, olds: std::ops::Range<usize>, news: std::ops::Range<usize>| {
        steps.extend(olds.map(|i| MarkedStep::Gone { old: i, moved: moved(alignment.of_a[i]) }));
        steps.extend(news.map(|j| MarkedStep::New { new: j, moved: moved(alignment.of_b[j]) }));
    };
    for g in order {
        let group = &alignment.groups[g];
        let (Some(&i), Some(&j)) = (group.a.first(), group.b.first()) else { continue };
        if i < at_old || j < at_new {
            // Parts that reach over each other: they are told as gone and new with what follows.
            continue;
        }
        between(&mut steps, at_old..i, at_new..j);
        at_old = i + group.a.len();
        at_new = j + group.b.len();
        steps.extend(kept(old, new, (&group.a, &group.b), grain));
    }
    between(&mut steps, at_old..old.items.len(), at_new..new.items.len());
    pair_moves(&mut steps);
    steps
}

/// A move has both its halves, and is of text.
fn pair_moves(steps: &mut [MarkedStep]) {
    let (mut gone, mut came) = (Vec::new(), Vec::new());
    for step in steps.iter() {
        match step {
            MarkedStep::Gone { moved: Some(m), .. } => gone.push(*m),
            MarkedStep::New { moved: Some(m), .. } => came.push(*m),
            _ => {}
        }
    }
    for step in steps {
        if let MarkedStep::Gone { moved, .. } | MarkedStep::New { moved, .. } = step {
            *moved = moved.filter(|m| gone.contains(m) && came.contains(m));
        }
    }
}

/// What both sides have, in place.
fn kept(old: &Manuscript, new: &Manuscript, (a, b): (&[usize], &[usize]), grain: Grain) -> Vec<MarkedStep> {
    let apart = || {
        let gone = a.iter().map(|&old| MarkedStep::Gone { old, moved: None });
        gone.chain(b.iter().map(|&new| MarkedStep::New { new, moved: None })).collect::<Vec<MarkedStep>>()
    };
    let (first_old, first_new) = (&old.items[a[0]], &new.items[b[0]]);
    let whole = if first_new.is_table() {
        if !first_old.is_table() || a.len() != 1 || b.len() != 1 {
            return apart();
        }
        let Some(rows) = rows(first_old, first_new) else { return apart() };
        MarkedStep::Table { old: a[0], new: b[0], rows }
    } else {
        let sums = |items: &[Item], at: &[usize]| -> Vec<String> {
            at.iter().flat_map(|&i| &items[i].pictures).map(picture_key).collect()
        };
        let pieces = pieces(&joined(&old.items, a), &joined(&new.items, b), &sums(&old.items, a), &sums(&new.items, b));
        MarkedStep::Kept { old: a.to_vec(), new: b.to_vec(), pieces }
    };
    if grain == Grain::Blocks && !whole.is_same() { apart() } else { vec![whole] }
}

/// What tells a picture apart. Charts are told apart later: one that has changed is marked as such, not as gone and new.
fn picture_key(picture: &Picture) -> String {
    if picture.is_chart() {
        format!("{CHART}{}", picture.sum)
    } else {
        format!("{} {}", picture.sum, picture.data.len())
    }
}

/// Before the checksum of a chart.
const CHART: &str = "chart ";

/// How two phrases differ. `pictures`: what tells the pictures in them apart.
fn pieces(old: &Phrase, new: &Phrase, old_pictures: &[String], new_pictures: &[String]) -> Vec<MarkedPiece> {
    let (a, b) = (keyed(old, old_pictures), keyed(new, new_pictures));
    // Charts are alike, whatever they show.
    let keys = |tokens: &[(String, PhraseToken)]| {
        let of = |key: &String| if is_chart(key) { CHART.to_owned() } else { key.clone() };
        tokens.iter().map(|t| of(&t.0)).collect::<Vec<_>>()
    };
    let (ka, kb) = (keys(&a), keys(&b));
    let found = without_islands(hunks(ka.iter().map(String::as_str), kb.iter().map(String::as_str)));
    let bytes = |tokens: &[(String, PhraseToken)], range: &std::ops::Range<usize>| {
        let end = tokens.last().map_or(0, |t| t.1.range.end);
        let start = tokens.get(range.start).map_or(end, |t| t.1.range.start);
        start..range.end.checked_sub(1).and_then(|at| tokens.get(at)).map_or(start, |t| t.1.range.end).max(start)
    };
    let mut pieces = Vec::new();
    let mut push = |mark: Mark, old: std::ops::Range<usize>, new: std::ops::Range<usize>| {
        if !(old.is_empty() && new.is_empty()) {
            pieces.push(MarkedPiece { mark, old, new });
        }
    };
    let mut at = (0, 0);
    for hunk in &found {
        for (mark, count) in weights(&a[at.0..hunk.before.start], &b[at.1..hunk.after.start]) {
            push(mark, bytes(&a, &(at.0..at.0 + count)), bytes(&b, &(at.1..at.1 + count)));
            at = (at.0 + count, at.1 + count);
        }
        let (gone, came) = (bytes(&a, &hunk.before), bytes(&b, &hunk.after));
        let (point_old, point_new) = (gone.end..gone.end, came.start..came.start);
        push(Mark::Gone, gone, point_new);
        push(Mark::New, point_old, came);
        at = (hunk.before.end, hunk.after.end);
    }
    for (mark, count) in weights(&a[at.0..], &b[at.1..]) {
        push(mark, bytes(&a, &(at.0..at.0 + count)), bytes(&b, &(at.1..at.1 + count)));
        at = (at.0 + count, at.1 + count);
    }
    pieces
}

/// True for the key of a chart.
fn is_chart(key: &str) -> bool {
    key.strip_prefix("\u{1}picture ").is_some_and(|picture| picture.starts_with(CHART))
}

/// Tokens that stayed, in rows of one kind: with the same weight, or with another one.
fn weights(a: &[(String, PhraseToken)], b: &[(String, PhraseToken)]) -> Vec<(Mark, usize)> {
    let mut found: Vec<(Mark, usize)> = Vec::new();
    let mut last = None;
    for ((old_key, old), (new_key, new)) in a.iter().zip(b) {
        let redrawn = is_chart(old_key) && old_key != new_key;
        let changed = (redrawn || (old.text && old.strong != new.strong)).then_some(old.strong);
        match found.last_mut().filter(|_| last == Some(changed)) {
            Some((_, count)) => *count += 1,
            None => found.push((if changed.is_some() { Mark::Weight } else { Mark::Same }, 1)),
        }
        last = Some(changed);
    }
    found
}

/// The tokens of a phrase with what makes them equal here: numbers that a program writes count by their characters, pictures by
/// their bytes.
fn keyed(phrase: &Phrase, pictures: &[String]) -> Vec<(String, PhraseToken)> {
    let plain = phrase.plain();
    let mut pictures = pictures.iter();
    let key = |token: &PhraseToken| {
        let said = plain.get(token.range.clone()).unwrap_or_default();
        if said == "\u{fffc}" {
            return format!("\u{1}picture {}", pictures.next().map_or("", String::as_str));
        }
        let note = token.key.starts_with("\u{1}note");
        // A forced line end and the end of a paragraph are two things.
        if token.text || note { token.key.clone() } else { format!("\u{1}{said}") }
    };
    let mut key = key;
    tokens(phrase).into_iter().map(|t| (key(&t), t)).collect()
}

/// The rows of two tables; None where they cannot be compared row by row: other columns, other merges.
fn rows(old: &Item, new: &Item) -> Option<Vec<RowStep>> {
    let as_items = |item: &Item| -> Vec<Item> {
        let text = |row: &RowText| row.cells.iter().map(|c| c.phrase.plain()).collect::<Vec<_>>().join("\t");
        item.rows.iter().map(|r| Item { phrase: Phrase::of(&text(r)), ..Item::default() }).collect()
    };
    let width = |item: &Item| item.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns).max();
    if width(old) != width(new) || !old.pictures.is_empty() || !new.pictures.is_empty() {
        return None;
    }
    let single = |row: &RowText| Some(row.cells.len()) == width(new) && row.cells.iter().all(|c| c.rows == 1);
    let shape = |row: &RowText| row.cells.iter().map(|c| (c.column, c.columns, c.rows)).collect::<Vec<_>>();
    let alignment = align(&as_items(old), &as_items(new), Bookmarks::Derived);
    let mut found = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let stay = alignment.groups.iter().filter(|g| !g.moved && g.a.len() == 1 && g.b.len() == 1);
    let mut pairs: Vec<(usize, usize)> = stay.map(|g| (g.a[0], g.b[0])).collect();
    pairs.sort_unstable();
    pairs.push((old.rows.len(), new.rows.len()));
    for (i, j) in pairs {
        let free = (at_old..i).all(|i| single(&old.rows[i])) && (at_new..j).all(|j| single(&new.rows[j]));
        if free {
            found.extend((at_old..i).map(RowStep::Gone));
            found.extend((at_new..j).map(RowStep::New));
        } else if i - at_old == j - at_new {
            // Rows with merged cells stay where they are, their cells changed.
            for (i, j) in (at_old..i).zip(at_new..j) {
                if shape(&old.rows[i]) != shape(&new.rows[j]) {
                    return None;
                }
                found.push(row(old, new, i, j));
            }
        } else {
            return None;
        }
        if i < old.rows.len() {
            if shape(&old.rows[i]) != shape(&new.rows[j]) {
                return None;
            }
            found.push(row(old, new, i, j));
        }
        (at_old, at_new) = (i + 1, j + 1);
    }
    Some(found)
}

fn row(old: &Item, new: &Item, i: usize, j: usize) -> RowStep {
    let both = old.rows[i].cells.iter().zip(&new.rows[j].cells);
    RowStep::Kept { old: i, new: j, cells: both.map(|(a, b)| pieces(&a.phrase, &b.phrase, &[], &[])).collect() }
}

/// What a version with marked changes must read as, one line for each paragraph and cell: marks of notes by the note that they
/// call, and no charts, which cannot be marked.
#[must_use]
pub fn outline(manuscript: &Manuscript) -> Vec<String> {
    let said = |phrase: &Phrase| -> String {
        let bits = phrase.bits.iter().filter(|b| b.kind != BitKind::Object);
        let text = |bit: &Bit| match &bit.kind {
            BitKind::Note(name) => {
                let count = manuscript.notes.iter().position(|note| note.marks.first() == Some(name));
                count.map_or("※".to_owned(), |at| format!("※{at}"))
            }
            _ => bit.text.clone(),
        };
        bits.map(text).collect()
    };
    let mut lines = Vec::new();
    for item in manuscript.items.iter().chain(&manuscript.notes) {
        let kind = match item.role {
            ItemRole::Table => "table",
            ItemRole::Note => "note",
            _ => "",
        };
        if item.rows.is_empty() {
            let pictures =
                item.pictures.iter().filter(|p| p.sum != 0 && !p.is_chart()).map(|p| format!("\t{:016x}", p.sum));
            let text = said(&item.phrase).trim().to_owned();
            if !text.is_empty() || !item.pictures.is_empty() {
                lines.push(format!("{kind}\t{text}{}", pictures.collect::<String>()));
            }
        }
        for row in &item.rows {
            let cells = row.cells.iter().map(|c| format!("{}+{}×{} {}", c.column, c.columns, c.rows, said(&c.phrase)));
            lines.push(format!("{kind}\t{}", cells.collect::<Vec<_>>().join("\t")));
        }
    }
    lines.retain(|line| line.trim() != "");
    lines
}

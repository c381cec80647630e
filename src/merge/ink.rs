//! Changes in one text: characters that came marked as new, those that are gone put back in their old place.

use crate::diagnostic::Span;
use crate::model::{
    Bit, BitKind, Item, ItemRole, Manuscript, Mark, MarkedPiece, Origin, PARAGRAPH_END, Phrase, Run, RunChange,
    RunKind, Shift, Text,
};
use std::collections::BTreeSet;
use std::ops::Range;

/// Printed in place of a character that no face has.
const GETA: char = '〓';
/// Printed in place of a deleted picture.
const PICTURE: &str = "（图）";

/// What is compared, and what its faces have.
pub struct InkedSides<'a> {
    /// The old text, as it was compared.
    pub old: &'a Manuscript,
    /// The new one, as it was compared.
    pub new: &'a Manuscript,
    /// The new one with the blocks of its items.
    pub owned: &'a Manuscript,
    /// True for a character that can be printed.
    pub has: &'a dyn Fn(char) -> bool,
}

/// Marks all of a text as new.
pub(super) fn renew(text: &mut Text) {
    for run in &mut text.runs {
        run.change = RunChange::New;
    }
}

/// Shows pieces in texts that print the new phrase. False where they print something else, or not all can be seen.
pub(super) fn ink_texts(
    texts: &mut [&mut Text],
    (old, new): (&Phrase, &Phrase),
    pieces: &[MarkedPiece],
    (span, sides): (Span, &InkedSides<'_>),
) -> bool {
    let Some(spots) = spots(texts, new) else { return false };
    let mut inks: Vec<TextInk> = texts.iter().map(|_| TextInk::default()).collect();
    let mut seen = true;
    for piece in pieces {
        match piece.mark {
            Mark::Same => {}
            Mark::Weight => seen = false,
            Mark::New => {
                let mut any = false;
                for spot in spots.iter().filter(|spot| piece.new.contains(&spot.byte)) {
                    inks[spot.text].new.push(spot.at..spot.at + spot.length);
                    any = true;
                }
                seen &= any;
            }
            Mark::Gone => {
                let runs = gone_runs(&old.part(&piece.old), sides, span);
                seen &= !runs.is_empty();
                let (text, at) = match spots.iter().find(|spot| spot.byte >= piece.new.start) {
                    Some(spot) => (spot.text, spot.at),
                    None => spots.last().map_or((0, 0), |spot| (spot.text, spot.at + spot.length)),
                };
                if let Some(ink) = inks.get_mut(text) {
                    ink.gone.extend(runs.into_iter().map(|run| (at, run)));
                }
            }
        }
    }
    for (text, ink) in texts.iter_mut().zip(inks) {
        ink.put(text);
    }
    seen
}

/// A character of a phrase, and where a text prints it.
struct PrintedCharacter {
    /// In the phrase.
    byte: usize,
    /// Which text.
    text: usize,
    /// In that text.
    at: usize,
    length: usize,
}

/// Where each character of a phrase is printed, white space and marks of notes aside. None where the texts print something else.
fn spots(texts: &[&mut Text], phrase: &Phrase) -> Option<Vec<PrintedCharacter>> {
    let mut said: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    for bit in &phrase.bits {
        if !matches!(bit.kind, BitKind::Note(_) | BitKind::Object) {
            said.extend(bit.text.char_indices().map(|(at, c)| (start + at, c)).filter(|(_, c)| !c.is_whitespace()));
        }
        start += bit.text.len();
    }
    let mut spots = Vec::new();
    let mut printed = Vec::new();
    for (text, content) in texts.iter().enumerate() {
        let mut at = 0;
        for run in &content.runs {
            for (offset, c) in run.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                if !matches!(run.kind, RunKind::Note(_)) {
                    printed.push(c);
                    spots.push(PrintedCharacter { byte: 0, text, at: at + offset, length: c.len_utf8() });
                }
            }
            at += run.text.len();
        }
    }
    // The number of a caption comes before its text.
    let skipped = said.len().checked_sub(printed.len())?;
    for ((spot, c), (byte, own)) in spots.iter_mut().zip(&printed).zip(&said[skipped..]) {
        if c != own {
            return None;
        }
        spot.byte = *byte;
    }
    Some(spots)
}

/// What is shown in one text.
#[derive(Default)]
struct TextInk {
    new: Vec<Range<usize>>,
    gone: Vec<(usize, Run)>,
}

impl TextInk {
    fn put(mut self, text: &mut Text) {
        if self.new.is_empty() && self.gone.is_empty() {
            return;
        }
        self.gone.sort_by_key(|(at, _)| *at);
        let mut gone = self.gone.into_iter().peekable();
        let mut out: Vec<Run> = Vec::new();
        let mut start = 0;
        for run in &text.runs {
            let end = start + run.text.len();
            let edges = self.new.iter().flat_map(|range| [range.start, range.end]);
            let mut cuts: BTreeSet<usize> =
                edges.chain(gone.clone().map(|(at, _)| at)).filter(|at| (start..end).contains(at)).collect();
            cuts.extend([start, end]);
            let cuts: Vec<usize> = cuts.into_iter().collect();
            for pair in cuts.windows(2) {
                while let Some((_, run)) = gone.next_if(|(at, _)| *at <= pair[0]) {
                    out.push(run);
                }
                let mut part = run.part(pair[0] - start, pair[1] - start);
                if self.new.iter().any(|range| range.start <= pair[0] && pair[1] <= range.end) {
                    part.change = RunChange::New;
                }
                // One underline for characters that follow each other.
                match out.last_mut().filter(|last| alike(last, &part)) {
                    Some(last) => last.text.push_str(&part.text),
                    None => out.push(part),
                }
            }
            start = end;
        }
        out.extend(gone.map(|(_, run)| run));
        text.runs = out;
    }
}

/// True for runs that can be one: new text, whose places nobody asks for.
fn alike(a: &Run, b: &Run) -> bool {
    a.change == RunChange::New
        && b.change == RunChange::New
        && (a.kind, a.strong, a.shift, a.link) == (b.kind, b.strong, b.shift, b.link)
        && a.kind == RunKind::Text
}

/// What an item that is gone said, line by line.
pub(super) fn gone_lines(item: &Item, sides: &InkedSides<'_>, span: Span) -> Vec<Vec<Run>> {
    if item.rows.is_empty() {
        let mut runs = gone_runs(&Phrase::of(&item.number), sides, span);
        runs.extend(gone_runs(&item.phrase, sides, span));
        let heavy = matches!(item.role, ItemRole::Heading(_)) || item.outline.is_some();
        for run in &mut runs {
            run.strong |= heavy;
        }
        return if runs.is_empty() { Vec::new() } else { vec![runs] };
    }
    let line = |row: &crate::model::RowText| {
        let mut runs: Vec<Run> = Vec::new();
        for (at, cell) in row.cells.iter().enumerate() {
            if at > 0 {
                runs.push(gone_run("\u{3000}".to_owned(), &Bit::default(), span));
            }
            runs.extend(gone_runs(&cell.phrase, sides, span));
        }
        runs
    };
    item.rows.iter().map(line).collect()
}

/// Deleted characters, as runs. The text of a footnote that was deleted with its mark follows the mark.
pub(super) fn gone_runs(phrase: &Phrase, sides: &InkedSides<'_>, span: Span) -> Vec<Run> {
    let mut runs = Vec::new();
    for bit in &phrase.bits {
        let text: String = match bit.kind {
            BitKind::Object => PICTURE.to_owned(),
            BitKind::Note(_) => bit.text.clone(),
            _ => bit.text.chars().filter(|c| !c.is_control() && *c != PARAGRAPH_END).collect(),
        };
        let text: String = text.chars().map(|c| printable(c, sides)).collect();
        if text.is_empty() {
            continue;
        }
        let shift = if matches!(bit.kind, BitKind::Note(_)) { Shift::Raised } else { bit.shift };
        runs.push(Run { shift, ..gone_run(text, bit, span) });
        if let BitKind::Note(name) = &bit.kind
            && !sides.new.notes.iter().any(|note| note.marks.first() == Some(name))
            && let Some(note) = sides.old.notes.iter().find(|note| note.marks.first() == Some(name))
        {
            let says: String =
                note.phrase.plain().chars().filter(|c| !c.is_control()).map(|c| printable(c, sides)).collect();
            runs.push(gone_run(format!("（{says}）"), &Bit::default(), span));
        }
    }
    runs
}

fn gone_run(text: String, bit: &Bit, span: Span) -> Run {
    let run = Run::new(text, RunKind::Text, Origin::Whole(span));
    Run { strong: bit.strong, shift: bit.shift, change: RunChange::Gone, ..run }
}

/// A character, or its substitute where no face has it.
fn printable(c: char, sides: &InkedSides<'_>) -> char {
    let known = |c: &char| c.is_whitespace() || (sides.has)(*c);
    [c, GETA, '?'].into_iter().find(known).unwrap_or(' ')
}

//! From stretches of a text to what is written where: characters in the source, values at their definition, or what a person
//! must decide.

use super::bits::{self, Gap, cut, gap, is_written, placed};
use super::bound::{self, BoundBit, Places};
use super::numeral::grows;
use super::review::{Change, Status};
use super::three::Stretch;
use crate::diagnostic::{Message, Span, say};
use crate::model::{Bit, BitKind, BitLook, Phrase, Rewrite, Shift};
use std::ops::Range;

/// What an edit comes to.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// Characters replaced in the source.
    pub(super) rewrites: Vec<Rewrite>,
    /// What stands where in ours then, values aside: the bytes that go, and what comes.
    pub(super) texts: Vec<(Range<usize>, String)>,
    /// Values changed: the name of the use, what was printed, what is wanted.
    pub(super) values: Vec<(String, String, String)>,
    /// Why it cannot be written.
    pub(super) refused: Option<Message>,
    /// True when a value is replaced by other words.
    pub(super) loses_value: bool,
    /// The first of such values: the name of the use, what was printed, the words in the place of all of them.
    pub(super) lost: Option<(String, String, String)>,
}

/// Writes one edit home. `ours` has places, `theirs` the new characters.
pub(super) fn write(ours: &Phrase, theirs: &Phrase, stretch: &Stretch) -> Written {
    // Characters that are raised or lowered now are others.
    let raised = is_shift(ours, theirs, stretch);
    let (from, to) = if raised { (0, 0) } else { trimmed(ours, theirs, stretch) };
    let whole = stretch.ours.start + from..stretch.ours.end - to;
    let new = stretch.theirs.start + from..stretch.theirs.end - to;
    let values = bound::values(ours, &whole);
    let mut incoming = cut(theirs, &new);
    // A reference that is in another place in the same stretch is still that reference.
    for bit in incoming.bits.iter_mut().filter(|bit| bit.kind == BitKind::Auto && bit.map.is_none()) {
        let same = placed(ours).find(|(start, own)| {
            whole.contains(start) && own.kind == BitKind::Auto && own.text == bit.text && own.map.is_some()
        });
        bit.map = same.and_then(|(_, own)| own.map.clone());
    }
    if values.is_empty() || new.is_empty() {
        let mut written = Written::default();
        replace(ours, &whole, &incoming, &mut written);
        written.texts.push((whole, incoming.plain()));
        return written;
    }
    with_values(ours, &whole, incoming, &values)
}

/// A text with others in the places of some of its bytes, in order.
pub(super) fn replaced(text: &str, texts: &[(Range<usize>, String)]) -> String {
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in texts {
        made.push_str(text.get(at..range.start).unwrap_or_default());
        made.push_str(new);
        at = range.end;
    }
    made.push_str(text.get(at..).unwrap_or_default());
    made
}

/// True for characters that stay and are raised or lowered, or no longer.
pub(super) fn is_shift(ours: &Phrase, theirs: &Phrase, stretch: &Stretch) -> bool {
    let (own, their) = (cut(ours, &stretch.ours), cut(theirs, &stretch.theirs));
    let shifts = |phrase: &Phrase| -> Vec<Shift> {
        phrase.bits.iter().flat_map(|bit| std::iter::repeat_n(bit.shift, bit.text.len())).collect()
    };
    !stretch.ours.is_empty() && own.plain() == their.plain() && shifts(&own) != shifts(&their)
}

/// Some words with the marks of those that are raised or lowered.
pub(super) fn with_shifts(phrase: &Phrase, range: &Range<usize>) -> String {
    let said = |bit: &Bit| match bit.shift {
        Shift::None => bit.text.clone(),
        Shift::Raised => format!("<sup>{}</sup>", bit.text),
        Shift::Lowered => format!("<sub>{}</sub>", bit.text),
    };
    cut(phrase, range).bits.iter().map(said).collect()
}

/// How many bytes at both ends of a stretch are alike; a value or another thing that is one stays whole, also where characters
/// beside it become part of it.
fn trimmed(ours: &Phrase, theirs: &Phrase, stretch: &Stretch) -> (usize, usize) {
    let (our_text, their_text) = (ours.plain(), theirs.plain());
    let (old, new) = (&our_text[stretch.ours.clone()], &their_text[stretch.theirs.clone()]);
    let common = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        a.zip(b).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum()
    };
    let mut front = common(&mut old.chars(), &mut new.chars());
    let rest = old.len().min(new.len()) - front;
    let mut back = common(&mut old.chars().rev(), &mut new.chars().rev()).min(rest);
    while !old.is_char_boundary(old.len() - back) || !new.is_char_boundary(new.len() - back) {
        back -= 1;
    }
    let grows = |at: usize, their: usize| grows(&our_text, at, &their_text, their);
    loop {
        let before = (front, back);
        for (start, bit) in placed(ours).filter(|(_, bit)| bit.kind != BitKind::Text) {
            let end = start + bit.text.len();
            let value = matches!(bit.kind, BitKind::Value(_));
            let (from, to) = (stretch.ours.start + front, stretch.ours.end - back);
            if start < from
                && (from < end || (from == end && value && grows(end, stretch.theirs.start + front)))
                && stretch.ours.start <= start
            {
                front = start - stretch.ours.start;
            }
            if to < end
                && (start < to || (start == to && value && grows(start, stretch.theirs.end - back)))
                && end <= stretch.ours.end
            {
                back = stretch.ours.end - end;
            }
        }
        if before == (front, back) {
            return before;
        }
    }
}

/// An edit that goes over values: what is in the place of each is its new value, what is between is text.
fn with_values(ours: &Phrase, whole: &Range<usize>, mut incoming: Phrase, values: &[BoundBit<'_>]) -> Written {
    let mut written = Written::default();
    let (old, new) = (ours.plain()[whole.clone()].to_owned(), incoming.plain());
    let names = |bit: &Bit| if let BitKind::Value(name) = &bit.kind { name.clone() } else { String::new() };
    let within = |(start, bit): &BoundBit<'_>| whole.start <= *start && start + bit.text.len() <= whole.end;
    let places = if values.iter().all(within) { bound::find(values, &old, whole.start, &new) } else { Places::Lost };
    let found = match places {
        Places::InOrder(found) => found,
        Places::Exchanged(found) => {
            for (place, (_, bit)) in found.iter().zip(values) {
                incoming = bound::with_value(&incoming, place, bit);
            }
            replace(ours, whole, &incoming, &mut written);
            written.texts.push((whole.clone(), new));
            return written;
        }
        Places::Lost => {
            written.loses_value = true;
            written.lost = values.first().map(|(_, bit)| (names(bit), bit.text.clone(), new));
            written.refused = Some(say!(
                "数据里的数被别的文字代替了，请人工改写",
                "a figure of the data was replaced by other words; rewrite it by hand"
            ));
            return written;
        }
    };
    let edges = edges(whole, new.len(), values, &found);
    let texts: Vec<&str> = found.iter().map(|place| &new[place.clone()]).collect();
    let our_text = ours.plain();
    let beside: Vec<(&str, &str)> =
        edges.iter().map(|(own, their)| (&our_text[own.clone()], &new[their.clone()])).collect();
    if !bound::are_apart(values, &texts, &beside, &our_text[whole.end..]) {
        written.loses_value = true;
        written.lost = values.first().map(|(_, bit)| (names(bit), bit.text.clone(), new.clone()));
        written.refused = Some(say!(
            "数据里的数和紧挨着的字一起改了，或者换了写法（万、百分号、千位逗号、全角之类），整处请人工改",
            "a figure of the data was changed together with what touches it, or is written in another way (万, a percent sign, commas, wide digits); rewrite the whole by hand"
        ));
        return written;
    }
    for ((_, bit), after) in values.iter().zip(texts) {
        if after != bit.text {
            written.values.push((names(bit), bit.text.clone(), after.to_owned()));
        }
    }
    for (own, their) in edges {
        edge(ours, &own, &cut(&incoming, &their), &mut written);
    }
    written
}

/// What is before, between and behind values: the bytes of ours and those of the new text.
fn edges(
    whole: &Range<usize>,
    length: usize,
    values: &[BoundBit<'_>],
    found: &[Range<usize>],
) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut our_at, mut new_at) = (whole.start, 0);
    let mut edges = Vec::with_capacity(values.len() + 1);
    for ((start, bit), place) in values.iter().zip(found) {
        edges.push((our_at..*start, new_at..place.start));
        our_at = start + bit.text.len();
        new_at = place.end;
    }
    edges.push((our_at..whole.end, new_at..length));
    edges
}

/// Text between values, where it differs.
fn edge(ours: &Phrase, range: &Range<usize>, text: &Phrase, written: &mut Written) {
    if ours.plain()[range.clone()] != text.plain() {
        replace(ours, range, text, written);
        written.texts.push((range.clone(), text.plain()));
    }
}

/// Replaces some bytes of ours.
fn replace(ours: &Phrase, range: &Range<usize>, with: &Phrase, written: &mut Written) {
    let foreign = with.bits.iter().any(|bit| bit.map.is_none() && matches!(bit.kind, BitKind::Object | BitKind::Auto));
    if foreign {
        written.refused =
            Some(say!("这里新放了图或域，请人工改写", "a picture or a field was put in here; rewrite it by hand"));
        return;
    }
    if range.is_empty() {
        let look = with.bits.first().map(Bit::look).unwrap_or_default();
        match gap(ours, range.start, look) {
            Some(Gap { at, look }) => {
                written.rewrites.push(Rewrite::Text { span: at, look: (look, look), with: with.clone() });
            }
            None => written.refused = Some(written_by_program()),
        }
        return;
    }
    match spans(ours, range) {
        Some(pieces) => {
            // All that is new goes into the first text that is touched, unless that is a later one's place.
            let mut with = Some(with.clone());
            for (span, look) in pieces {
                written.rewrites.push(Rewrite::Text { span, look, with: with.take().unwrap_or_default() });
            }
        }
        None => written.refused = Some(written_by_program()),
    }
}

fn written_by_program() -> Message {
    say!(
        "这些字由程序编排（编号、括号、目录之类），改不到源文件里",
        "these characters are written by the program (numbers, brackets, contents); the source has no place for them"
    )
}

/// A place that goes, with the look at its two ends.
type RemovedPlace = (Span, (BitLook, BitLook));

/// The places of some bytes of ours: one for each text of the source that they touch. None where a character has none.
fn spans(ours: &Phrase, range: &Range<usize>) -> Option<Vec<RemovedPlace>> {
    let mut pieces: Vec<RemovedPlace> = Vec::new();
    for (start, bit) in placed(ours) {
        let end = start + bit.text.len();
        let (from, to) = (range.start.max(start), range.end.min(end));
        if from >= to {
            continue;
        }
        let map = bit.map.as_ref()?;
        let span = if is_written(bit) { map.span(from - start, to - start) } else { bits::place(bit)? };
        match pieces.last_mut() {
            // The next run of the same text: only marks of weight can be between.
            Some((last, look)) if last.file == span.file && last.end <= span.start && span.start - last.end <= 4 => {
                last.end = span.end;
                look.1 = bit.look();
            }
            _ => pieces.push((span, (bit.look(), bit.look()))),
        }
    }
    Some(pieces)
}

/// The one place in the source of some bytes of ours that somebody wrote there.
pub(super) fn written_place(ours: &Phrase, range: &Range<usize>) -> Option<Span> {
    let written = placed(ours).all(|(start, bit)| {
        let apart = range.end <= start || start + bit.text.len() <= range.start;
        apart || (is_written(bit) && bit.look() == BitLook::default())
    });
    match spans(ours, range)?.as_slice() {
        [(span, _)] if written => Some(*span),
        _ => None,
    }
}

/// Gives or takes bold: the same characters, with marks around them.
fn embolden(ours: &Phrase, range: &Range<usize>, strong: bool) -> Option<Vec<Rewrite>> {
    // A value has one weight.
    let divided = |(start, bit): (usize, &Bit)| {
        let end = start + bit.text.len();
        let touched = start < range.end && range.start < end;
        bit.kind != BitKind::Text && touched && (start < range.start || range.end < end)
    };
    if placed(ours).any(divided) {
        return None;
    }
    let text = cut(ours, range);
    let pieces = spans(ours, range)?;
    let [(span, ends)] = pieces.as_slice() else { return None };
    let with = Phrase { bits: text.bits.into_iter().map(|bit| Bit { strong, ..bit }).collect() };
    Some(vec![Rewrite::Text { span: *span, look: *ends, with }])
}

/// Says in a change which words they made bold, or plain, and what writes that home.
pub(super) fn weigh(change: &mut Change, ours: &Phrase, weights: &[(Range<usize>, bool)]) {
    let words = |strong: bool| -> String {
        let all = weights.iter().filter(|(_, s)| *s == strong).map(|(range, _)| cut(ours, range).plain());
        all.collect::<Vec<_>>().join("、")
    };
    let mark = |strong: bool| {
        let words = words(strong);
        if words.is_empty() { words } else { format!("**{words}**") }
    };
    (change.before, change.after) = (mark(false), mark(true));
    if change.before.is_empty() {
        change.before = words(true);
    }
    if change.after.is_empty() {
        change.after = words(false);
    }
    for (range, strong) in weights {
        if let Some(mut rewrites) = embolden(ours, range, *strong) {
            change.rewrites.append(&mut rewrites);
        } else {
            change.status = Status::Unsupported;
            change.reason = Some(say!("这里的粗体改不到源文件里", "the source has no place for this bold"));
        }
    }
}

/// Says of a change of bold that the template decides.
pub(super) fn refuse_bold(change: &mut Change) {
    change.rewrites.clear();
    change.status = Status::Unsupported;
    change.reason =
        Some(say!("这里的粗体由模板定，带不回来", "the template says what is bold here; it is not carried over"));
}

/// True where bold and raised or lowered characters are the same too.
pub(super) fn alike(a: &Phrase, b: &Phrase) -> bool {
    let looks = |p: &Phrase| -> Vec<(usize, BitLook)> {
        let mut found: Vec<(usize, BitLook)> = Vec::new();
        for bit in p.bits.iter().filter(|b| matches!(b.kind, BitKind::Text | BitKind::Value(_))) {
            match found.last_mut() {
                Some((length, look)) if *look == bit.look() => *length += bit.text.len(),
                _ => found.push((bit.text.len(), bit.look())),
            }
        }
        found
    };
    looks(a) == looks(b)
}

//! Headings that the text follows in one paragraph: 一、工作情况。今年以来……

use crate::model::{Item, Phrase, TypedForm, TypedNumber};
use std::collections::BTreeMap;

/// The most characters of such a heading.
const LONGEST: usize = 24;

/// How many bytes of a text are number, heading and stop, where it begins with a heading that text follows.
fn lead(plain: &str, number: &TypedNumber) -> Option<usize> {
    let words = plain.get(number.length..)?;
    let stop = words.find('。')?;
    let (heading, behind) = (&words[..stop], &words[stop + '。'.len_utf8()..]);
    // 一、二季度 is no number, and what holds a number or a colon is a sentence.
    let sentence = |c: char| c.is_ascii_digit() || "：；！？“”".contains(c);
    let counts_on = heading.starts_with(|c: char| "〇一二三四五六七八九十百".contains(c));
    let fits = !heading.is_empty() && heading.chars().count() <= LONGEST && !heading.contains(sentence) && !counts_on;
    (fits && !behind.trim().is_empty()).then_some(number.length + stop + '。'.len_utf8())
}

/// True for a text that begins with a heading.
pub(super) fn leads(plain: &str, number: &TypedNumber) -> bool {
    number.form != TypedForm::Point && lead(plain, number).is_some()
}

/// A heading without its number, and what follows it in its paragraph. The program writes the stop between them.
pub(super) fn divided(item: &Item, number: Option<&TypedNumber>) -> (Phrase, Phrase) {
    let (phrase, plain) = (&item.phrase, item.phrase.plain());
    let start = number.map_or(0, |number| number.length);
    match number.filter(|_| item.outline.is_none()).and_then(|number| lead(&plain, number)) {
        Some(end) => (phrase.part(&(start..end - '。'.len_utf8())), phrase.part(&(end..plain.len()))),
        None => (phrase.part(&(start..plain.len())), Phrase::default()),
    }
}

/// Those of some headings that text follows and whose numbers are not in order, or that are alone of their form: paragraphs that
/// begin with a number.
pub(super) fn out_of_order(items: &[Item], typed: &[Option<TypedNumber>], headings: &[bool]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut last: BTreeMap<TypedForm, (u32, bool)> = BTreeMap::new();
    let mut kept: BTreeMap<TypedForm, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate().filter(|(at, _)| headings[*at]) {
        let Some(number) = typed[at].as_ref().filter(|number| number.form != TypedForm::Point) else { continue };
        let alone = item.outline.is_some() || !leads(&item.phrase.plain(), number);
        let follows = match last.get(&number.form) {
            None => number.count == 1,
            Some((count, ordered)) => *ordered && number.count == count + 1,
        };
        if alone || follows {
            // What is below a heading begins anew.
            last.retain(|form, _| *form <= number.form);
            kept.entry(number.form).or_default().push(at);
        } else {
            found.push(at);
        }
        last.insert(number.form, (number.count, alone || follows));
    }
    let single = kept.into_values().filter(|all| all.len() == 1).flatten();
    found.extend(single.filter(|&at| {
        let number = typed[at].as_ref();
        items[at].outline.is_none() && number.is_some_and(|number| leads(&items[at].phrase.plain(), number))
    }));
    found
}

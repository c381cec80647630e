//! Text in the pieces that an edit can change: a number with its unit, a date, a title in 《》, a Latin word, one Han character.

use crate::model::{Bit, BitKind, Phrase, Shift, UnitUse, units};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PhraseToken {
    /// Its bytes in [`Phrase::plain`].
    pub(super) range: Range<usize>,
    /// What makes it equal to another: its characters, or the name of what it represents.
    pub(super) key: String,
    /// True in bold.
    pub(super) strong: bool,
    /// True for a number, date or percentage.
    pub(super) figure: bool,
    /// True for characters that somebody wrote.
    pub(super) text: bool,
}

/// The longest title in 《》 that is kept whole, in characters.
const LONGEST_TITLE: usize = 100;

/// What may be between a number and its unit.
const SCALES: [char; 7] = ['万', '亿', '千', '百', '余', '多', '来'];

/// The units that belong to a number, by their first characters.
static COUNTED: LazyLock<FxHashMap<char, Vec<&str>>> = LazyLock::new(|| {
    let mut all: FxHashMap<char, Vec<&str>> = FxHashMap::default();
    for unit in units(UnitUse::Counted) {
        if let Some(first) = unit.chars().next() {
            all.entry(first).or_default().push(unit);
        }
    }
    all
});

/// The tokens of a phrase.
pub(super) fn tokens(phrase: &Phrase) -> Vec<PhraseToken> {
    let plain = phrase.plain();
    let mut found = Vec::new();
    let mut start = 0;
    let mut bits = phrase.bits.iter().peekable();
    while let Some(bit) = bits.next() {
        let from = start;
        start += bit.text.len();
        let key = match &bit.kind {
            BitKind::Text | BitKind::Value(_) => {
                // Written characters are cut together: a value and the unit after it are one.
                let same = |b: &&Bit| matches!(b.kind, BitKind::Text | BitKind::Value(_)) && b.shift == bit.shift;
                while let Some(next) = bits.next_if(same) {
                    start += next.text.len();
                }
                let before = found.len();
                cut(&plain[from..start], from, &mut found);
                for token in &mut found[before..] {
                    match bit.shift {
                        Shift::None => {}
                        Shift::Raised => token.key.insert_str(0, "\u{1}^"),
                        Shift::Lowered => token.key.insert_str(0, "\u{1}_"),
                    }
                }
                continue;
            }
            BitKind::Markup => bit.text.clone(),
            BitKind::Auto => "\u{1}auto".to_owned(),
            BitKind::Note(name) => format!("\u{1}note {name}"),
            BitKind::Break => "\n".to_owned(),
            BitKind::Object => "\u{1}object".to_owned(),
        };
        let range = from..start;
        found.push(PhraseToken { range, key, strong: bit.strong, figure: false, text: false });
    }
    weigh(phrase, &mut found);
    found
}

/// The tokens of plain text.
pub(super) fn of_text(text: &str) -> Vec<PhraseToken> {
    let mut found = Vec::new();
    cut(text, 0, &mut found);
    found
}

/// Gives each token the weight of its first character.
fn weigh(phrase: &Phrase, tokens: &mut [PhraseToken]) {
    let mut at = 0;
    let mut tokens = tokens.iter_mut().peekable();
    for bit in &phrase.bits {
        let end = at + bit.text.len();
        while let Some(token) = tokens.next_if(|t| t.range.start < end) {
            token.strong = bit.strong;
        }
        at = end;
    }
}

fn cut(text: &str, offset: usize, found: &mut Vec<PhraseToken>) {
    each(text, |start, key, figure| {
        let range = offset + start..offset + start + key.len();
        found.push(PhraseToken { range, key: key.to_owned(), strong: false, figure, text: true });
    });
}

/// Gives each token of a text: where it begins, its characters, true for a figure.
pub(super) fn each(text: &str, mut take: impl FnMut(usize, &str, bool)) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, figure) = if c.is_ascii_digit() || is_wide_digit(c) {
            (number(rest), true)
        } else if c == '《' {
            (title(rest).unwrap_or(c.len_utf8()), false)
        } else if c.is_ascii_alphabetic() {
            (rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()), false)
        } else if c == ' ' {
            (rest.find(|c| c != ' ').unwrap_or(rest.len()), false)
        } else if c == '…' || c == '—' {
            (rest.find(|x| x != c).unwrap_or(rest.len()), false)
        } else {
            (c.len_utf8(), false)
        };
        take(at, &rest[..length], figure);
        at += length;
    }
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// The length of 《…》, where it is closed and not too long.
fn title(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices().take(LONGEST_TITLE) {
        match c {
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
            '\n' => return None,
            _ => {}
        }
    }
    None
}

/// The length of a number with what belongs to it: a date, a percentage, a unit.
fn number(text: &str) -> usize {
    let mut at = digits(text);
    if let Some(date) = date(text, at) {
        return date;
    }
    if text[at..].starts_with(['%', '％', '‰']) {
        return at + text[at..].chars().next().map_or(0, char::len_utf8);
    }
    while let Some(c) = text[at..].chars().next().filter(|c| SCALES.contains(c)) {
        at += c.len_utf8();
    }
    let units = text[at..].chars().next().and_then(|first| COUNTED.get(&first));
    let matching = units.into_iter().flatten().filter(|unit| text[at..].starts_with(**unit));
    at + matching.map(|unit| unit.len()).max().unwrap_or(0)
}

/// The length of digits with decimal point and thousands.
fn digits(text: &str) -> usize {
    let digit = |c: char| c.is_ascii_digit() || is_wide_digit(c);
    let mut at = 0;
    loop {
        at += text[at..].find(|c| !digit(c)).unwrap_or(text.len() - at);
        let rest = &text[at..];
        let point = rest.chars().next().filter(|c| matches!(c, '.' | ',' | '．'));
        match point {
            Some(point) if rest[point.len_utf8()..].starts_with(digit) => at += point.len_utf8(),
            _ => return at,
        }
    }
}

/// The length of a date that begins with a number of so many bytes: 2024年, 2024年1月8日, 1月8日.
fn date(text: &str, number: usize) -> Option<usize> {
    let mut at = number;
    let mut found = None;
    for (unit, end) in [('年', false), ('月', false), ('日', true)] {
        let rest = &text[at..];
        if rest.starts_with(unit) {
            at += unit.len_utf8();
            found = Some(at);
            let more = text[at..].find(|c: char| !(c.is_ascii_digit() || is_wide_digit(c))).unwrap_or(text.len() - at);
            if end || more == 0 {
                break;
            }
            at += more;
        } else if found.is_some() {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::of_text;

    fn cut(text: &str) -> Vec<String> {
        of_text(text).into_iter().map(|t| t.key).collect()
    }

    #[test]
    fn atoms_stay_whole() {
        assert_eq!(cut("收到126件"), ["收", "到", "126件"]);
        assert_eq!(cut("2024年1月8日在"), ["2024年1月8日", "在"]);
        assert_eq!(cut("1月8日"), ["1月8日"]);
        assert_eq!(cut("2023年，"), ["2023年", "，"]);
        assert_eq!(cut("增长5.4%、1,234.5亿元"), ["增", "长", "5.4%", "、", "1,234.5亿元"]);
        assert_eq!(cut("《论语》与G108"), ["《论语》", "与", "G108"]);
        assert_eq!(cut("300余条"), ["300余条"]);
        assert_eq!(cut("《未完"), ["《", "未", "完"]);
    }
}

//! Which characters are Chinese, and which of the marks that Chinese and Latin type share belong to Chinese text.
//!
//! The layout, the Word file and the reader of the source all decide by this: a quotation mark that is Chinese in one file
//! and Latin in the other would move every line after it.

use std::collections::BTreeMap;

/// True for Han characters, kana, Chinese marks, full-width forms and the symbols that Chinese type sets in a full cell.
/// Not for the marks that Latin shares (“ ” ‘ ’ — … ·): those depend on what is around them.
#[must_use]
pub const fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{312f}'
        | '\u{3190}'..='\u{a4cf}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe1f}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3ffff}'
        | '\u{2103}' | '\u{2109}' | '\u{2116}' | '\u{203b}' | '\u{2e3a}'
        | '\u{2160}'..='\u{218f}'
        | '\u{2190}'..='\u{21ff}'
        | '\u{2460}'..='\u{24ff}'
        | '\u{25a0}'..='\u{27bf}')
}

/// True for a Han character.
#[must_use]
pub const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// True for the marks that are full width in Chinese text and narrow among Latin letters.
#[must_use]
pub const fn is_shared_mark(c: char) -> bool {
    is_quote(c) || matches!(c, '—' | '…' | '·')
}

const fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

/// What is beside a mark, across spaces and other marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Chinese,
    Latin,
    Nothing,
}

/// For each character whether it is in Chinese text. False only for shared marks of Latin phrases.
///
/// Quotation marks go by the nearest letters on both sides, across spaces, digits and marks that say nothing; a pair is Latin when
/// neither of the two touches Chinese, and pairs side by side (“A”“B”“C”) are of one kind. A ’ after a letter that closes nothing is an apostrophe, a ” after a digit that
/// closes nothing the sign of inches. The other shared marks are Latin between two Latin letters, digits or marks (23·7).
#[must_use]
pub fn chinese_context(text: &[char]) -> Vec<bool> {
    let mut chinese = vec![true; text.len()];
    if !text.iter().any(|&c| is_shared_mark(c)) {
        return chinese;
    }
    let before = beside(text.iter());
    let after: Vec<Beside> = beside(text.iter().rev()).into_iter().rev().collect();
    let latin_at = |i: Option<usize>| i.and_then(|i| text.get(i)).is_some_and(char::is_ascii_alphanumeric);
    let mut open: Vec<usize> = Vec::new();
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, &c) in text.iter().enumerate() {
        let (left, right) = (latin_at(i.checked_sub(1)), latin_at(Some(i + 1)));
        chinese[i] = match c {
            '·' | '—' | '…' | '’' if left && right => false,
            '—' | '…' => {
                !(before[i] == Beside::Latin && after[i] == Beside::Latin && {
                    // Chinese quotation marks may hold letters alone: “A”——“B”.
                    let narrow = |j: usize| text[j].is_ascii() || (is_quote(text[j]) && (j > i || !chinese[j]));
                    let other = |j: &usize| text[*j] != c && text[*j] != ' ';
                    let (last, next) = ((0..i).rev().find(other), (i + 1..text.len()).find(other));
                    last.is_some_and(narrow) && next.is_some_and(narrow)
                })
            }
            '“' | '‘' => {
                open.push(i);
                is_chinese_between(before[i], after[i])
            }
            '”' | '’' => {
                let partner = if c == '”' { '“' } else { '‘' };
                let own = is_chinese_between(before[i], after[i]);
                match open.iter().rposition(|&at| text[at] == partner) {
                    Some(at) => {
                        let begin = open[at];
                        let beside = begin.checked_sub(1).is_some_and(|end| pairs.contains_key(&end) && chinese[end]);
                        let both = own || chinese[begin] || beside;
                        chinese[begin] = both;
                        if both {
                            make_row_chinese(&mut chinese, &pairs, begin);
                        }
                        pairs.insert(i, begin);
                        open.truncate(at);
                        both
                    }
                    None if c == '’' => own && !left,
                    None => own && !text.get(i.wrapping_sub(1)).is_some_and(char::is_ascii_digit),
                }
            }
            _ => true,
        };
    }
    chinese
}

/// Makes the pairs right before a Chinese one Chinese as well. `pairs`: where each pair begins, by its end.
fn make_row_chinese(chinese: &mut [bool], pairs: &BTreeMap<usize, usize>, mut from: usize) {
    while let Some(end) = from.checked_sub(1).filter(|end| !chinese[*end])
        && let Some(&begin) = pairs.get(&end)
    {
        (chinese[begin], chinese[end]) = (true, true);
        from = begin;
    }
}

/// The same of a text; nothing is in Chinese text where no character is Chinese.
#[must_use]
pub fn in_chinese(text: &str) -> Vec<bool> {
    if !text.contains(is_shared_mark) {
        return vec![text.contains(is_chinese); text.chars().count()];
    }
    let chars: Vec<char> = text.chars().collect();
    if chars.iter().copied().any(is_chinese) { chinese_context(&chars) } else { vec![false; chars.len()] }
}

const fn is_chinese_between(before: Beside, after: Beside) -> bool {
    match (before, after) {
        (Beside::Chinese, _) | (_, Beside::Chinese) | (Beside::Nothing, Beside::Nothing) => true,
        (Beside::Latin, _) | (_, Beside::Latin) => false,
    }
}

/// For each character the nearest one before it that is Chinese or Latin.
fn beside<'a>(text: impl Iterator<Item = &'a char>) -> Vec<Beside> {
    let mut last = Beside::Nothing;
    text.map(|&c| {
        let here = last;
        if is_chinese(c) && c != '\u{3000}' {
            last = Beside::Chinese;
        } else if c.is_alphabetic() {
            last = Beside::Latin;
        }
        here
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shared marks of a text, those in Chinese text as 汉.
    fn marks(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let context = chinese_context(&chars);
        let shared = chars.iter().zip(context).filter(|(c, _)| is_shared_mark(**c));
        shared.map(|(_, chinese)| if chinese { '汉' } else { 'a' }).collect()
    }

    #[test]
    fn latin_phrases_have_latin_marks() {
        assert_eq!(marks("写道 The so-called “safe system” approach isn’t new，并"), "aaa");
        assert_eq!(marks("引用了 John O’Neill 的 “Vision Zero” plan。"), "a汉汉");
        assert_eq!(marks("规格为 21.5” 显示器、rock ’n’ roll 乐队、the students’ union。"), "aaaa");
        assert_eq!(marks("发布“Global status report on road safety”，其中"), "汉汉");
        assert_eq!(marks("He said “don’t ‘go’ there” — again…"), "aaaaaa汉");
    }

    #[test]
    fn chinese_text_keeps_its_marks() {
        assert_eq!(marks("“5”、“6”和“A”"), "汉汉汉汉汉汉");
        assert_eq!(marks("抗“23·7”洪灾"), "汉a汉");
        assert_eq!(marks("“是‘真’抓”——好……"), "汉汉汉汉汉汉汉汉");
        assert_eq!(marks("“5”——“6”、“7”"), "汉汉汉汉汉汉汉汉");
        assert_eq!(marks("“”"), "汉汉");
        assert_eq!(marks("评为“A”“B”“C”三个等级"), "汉汉汉汉汉汉");
        assert_eq!(marks("“A”“B”“C”三级"), "汉汉汉汉汉汉");
        assert_eq!(marks("使用“Word”“Excel”"), "汉汉汉汉");
        assert_eq!(marks("写道 the “A”“B” plan，并"), "aaaa");
        assert_eq!(marks("（“GDP”）增长“"), "汉汉汉");
    }
}

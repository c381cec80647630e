//! Where a line may break: UAX #14, tailored for Chinese as GB/T 15834 and CLREQ ask.

use super::class::{Class, is_han};
use crate::model::{Joint, joints};

/// What a break before a character is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opportunity {
    /// No break.
    Never,
    /// Inside a Latin word or number, only where nothing else fits.
    Emergency,
    /// Inside a Latin word, with a hyphen, where a line would open.
    Hyphen,
    /// Inside a code or a part of an address, without a hyphen, where a line would open.
    Letter,
    /// Between a number and its Han unit: allowed where every other break is worse.
    Unit,
    /// After a mark of an address: allowed, and needs no hyphen.
    Part,
    /// Allowed, though a reader would rather have it elsewhere (before ……).
    Poor,
    /// Allowed.
    Free,
}

impl Opportunity {
    /// True where a line may end without breaking a word.
    pub(crate) const fn is_allowed(self) -> bool {
        matches!(self, Self::Unit | Self::Part | Self::Poor | Self::Free)
    }

    /// True where a word is divided that could be whole: only where a line would open.
    pub(crate) const fn divides_word(self) -> bool {
        matches!(self, Self::Hyphen | Self::Letter)
    }
}

/// For each character of `text`, what a break before it is worth. `han`: whether it is part of Chinese text.
pub(crate) fn opportunities(text: &str, han: &[bool]) -> Vec<Opportunity> {
    // UAX #14 knows “ ” ‘ ’ as quotation marks of either side and ～ as an ideograph. In Chinese text they are opening and
    // closing marks and a connector: characters of the right class and the same length in bytes take their place.
    let chars: Vec<char> = text.chars().collect();
    let stand_in = |(i, &c): (usize, &char)| match c {
        '～' => '〜',
        '“' | '”' | '‘' | '’' if han.get(i) != Some(&true) => c,
        '“' => '「',
        '”' => '」',
        '‘' => '『',
        '’' => '』',
        _ => c,
    };
    let tailored: String = chars.iter().enumerate().map(stand_in).collect();
    let mut allowed = vec![false; text.len() + 1];
    for (offset, _) in unicode_linebreak::linebreaks(&tailored) {
        allowed[offset] = true;
    }
    let mut offset = 0;
    let mut result = Vec::with_capacity(chars.len());
    for i in 0..chars.len() {
        result.push(if i == 0 {
            Opportunity::Never
        } else {
            judge(&chars, i, allowed[offset], han.get(i) == Some(&true))
        });
        offset += chars[i].len_utf8();
    }
    let joints = joints(&chars);
    hyphenate(&chars, &joints, &mut result);
    for (result, joint) in result.iter_mut().zip(&joints).skip(1) {
        *result = match (*joint, *result) {
            (None, judged) => judged,
            // Where Unicode lets it break, a thing longer than a line is torn before it is torn elsewhere.
            (Some(Joint::Whole), Opportunity::Never) => Opportunity::Never,
            (Some(Joint::Whole), _) => Opportunity::Emergency,
            (Some(Joint::Unit), judged) => {
                if judged.is_allowed() {
                    Opportunity::Unit
                } else {
                    judged
                }
            }
            (Some(Joint::Part), _) => Opportunity::Part,
            (Some(Joint::Letter), _) => Opportunity::Letter,
        };
    }
    result
}

/// The fewest letters of a word that is hyphenated, and the fewest on either side of the hyphen.
const WORD: usize = 6;
const SIDE: usize = 2;

/// Latin words may be divided between syllables (Liang's patterns), names in capitals may not.
fn hyphenate(chars: &[char], joints: &[Option<Joint>], result: &mut [Opportunity]) {
    let mut start = 0;
    while start < chars.len() {
        let letters = chars[start..].iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let word = &chars[start..start + letters];
        let joined = |i: Option<&char>| i.is_some_and(char::is_ascii_alphanumeric);
        let whole = !joined(start.checked_sub(1).and_then(|i| chars.get(i))) && !joined(chars.get(start + letters));
        let typed = joints.get(start + 1).is_some_and(Option::is_some);
        if letters >= WORD && whole && !typed && word.iter().skip(1).all(char::is_ascii_lowercase) {
            let text: String = word.iter().collect();
            let mut at = 0;
            for syllable in hypher::hyphenate(&text, hypher::Lang::English) {
                at += syllable.len();
                if at >= SIDE && at + SIDE <= letters {
                    result[start + at] = Opportunity::Hyphen;
                }
            }
        }
        start += letters.max(1);
    }
}

/// Marks that may not begin a line (GB/T 15834-2011 5.1.1–5.1.3, 5.1.6, 5.1.7, 5.1.9: points, closing marks, connectors, the middle dot, the solidus).
const fn never_starts(c: char) -> bool {
    matches!(
        c,
        '·' | '・'
            | '～'
            | '〜'
            | '／'
            | '/'
            | '–'
            | '，'
            | '、'
            | '；'
            | '。'
            | '．'
            | '？'
            | '！'
            | '：'
            | '”'
            | '’'
    )
}

/// A break between characters `i - 1` and `i`, given what UAX #14 says of it. `han`: whether `i` is part of Chinese text.
fn judge(chars: &[char], i: usize, uax: bool, han: bool) -> Opportunity {
    let (prev, c) = (chars[i - 1], chars[i]);
    // —— and …… are one mark; a single dash between numbers or names is a connector.
    let dash = matches!(c, '—' | '…');
    if dash && (prev == c || chars.get(i + 1) != Some(&c)) {
        return Opportunity::Never;
    }
    let connects = c == '－' && prev.is_ascii_digit();
    if never_starts(c) || connects || matches!(prev, '／' | '/') {
        return Opportunity::Never;
    }
    let word = |c: char| c.is_alphanumeric() && !is_han(c);
    // UAX #14 holds an opening bracket to a word or number before it, which is right for f(x), and its LB30 excepts the wide
    // ones, which the library does not: a line may end before （, 《 and “ whatever is before them (GDP（国内生产总值）).
    let word_or_number = (prev.is_alphanumeric() && !is_han(prev)) || matches!(prev, '%' | '％' | '‰' | '℃' | '°');
    if !uax && word_or_number && Class::of(c, han) == Class::Open {
        return Opportunity::Free;
    }
    // UAX #14 lets no ellipsis begin a line; only the strict level of CLREQ asks for that, GB/T 15834 5.1.5 that …… is not torn.
    if !uax && dash && is_han(prev) {
        return Opportunity::Poor;
    }
    if !uax {
        // A word or number longer than a line has to be broken somewhere.
        return if word(prev) && word(c) { Opportunity::Emergency } else { Opportunity::Never };
    }
    // A number keeps to 第 or 约 before it, to its range, and to what it counts.
    let range = c.is_ascii_digit() && matches!(prev, '第' | '～' | '—' | '－' | '约' | '近');
    if range || (prev.is_ascii_digit() && is_han(c)) {
        return Opportunity::Unit;
    }
    if dash { Opportunity::Poor } else { Opportunity::Free }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` where a line may break, `:` where it rather would not, `-` where it may with a hyphen.
    fn marked(text: &str) -> String {
        let han = vec![true; text.chars().count()];
        let mut out = String::new();
        for (c, before) in text.chars().zip(opportunities(text, &han)) {
            match before {
                Opportunity::Free => out.push('|'),
                Opportunity::Poor | Opportunity::Unit => out.push(':'),
                Opportunity::Part => out.push('\\'),
                Opportunity::Hyphen => out.push('-'),
                Opportunity::Letter => out.push('^'),
                Opportunity::Never | Opportunity::Emergency => {}
            }
            out.push(c);
        }
        out
    }

    #[test]
    fn names_and_numbers_hold_together() {
        assert_eq!(marked("〔2024〕5号"), "〔2024〕5号");
        assert_eq!(marked("在G108线"), "在|G108:线");
        assert_eq!(marked("抓1+3+N区"), "抓|1+3+N|区");
        assert_eq!(marked("降63%～68%左"), "降|63%～:68%|左");
        assert_eq!(marked("的PM2.5值"), "的|PM2.5:值");
        assert_eq!(marked("“23·7”灾"), "“23·7”|灾");
        assert_eq!(marked("共1,234.5万元"), "共|1,234.5:万:元");
        assert_eq!(marked("第36辑"), "第:36:辑");
        assert_eq!(marked("共10⁶ kg"), "共|10⁶ kg");
    }

    #[test]
    fn marks_stand_where_they_may() {
        assert_eq!(marked("《诤友》，好。"), "《诤|友》，|好。");
        assert_eq!(marked("好——坏……吗？"), "好:——|坏:……|吗？");
        assert_eq!(marked("甲·乙／丙～丁"), "甲·|乙／丙～|丁");
        assert_eq!(marked("说‘是’（否）"), "说|‘是’|（否）");
        assert_eq!(marked("GDP（12%）降3%（含G7“乙”）"), "GDP|（12%）|降|3%|（含|G7|“乙”）");
    }

    #[test]
    fn long_words_are_divided_between_syllables() {
        assert_eq!(marked("称typography学"), "称|ty-pog-ra-phy|学");
        assert_eq!(marked("称UNESCO处"), "称|UNESCO|处");
    }
}

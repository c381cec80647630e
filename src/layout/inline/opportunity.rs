//! Where a line may break: UAX #14, tailored for Chinese as GB/T 15834 and CLREQ ask.

use super::class::is_han;

/// What a break before a character is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opportunity {
    /// No break.
    Never,
    /// Inside a Latin word or number, only where nothing else fits.
    Emergency,
    /// Allowed, though a reader would rather have it elsewhere (between a number and its unit).
    Poor,
    /// Allowed.
    Free,
}

impl Opportunity {
    /// True where a line may end without breaking a word.
    pub(crate) const fn is_allowed(self) -> bool {
        matches!(self, Self::Poor | Self::Free)
    }
}

/// For each character of `text`, what a break before it is worth. `han`: whether it stands in Chinese text.
pub(crate) fn opportunities(text: &str, han: &[bool]) -> Vec<Opportunity> {
    // UAX #14 knows “ ” ‘ ’ as quotation marks of either side and ～ as an ideograph. In Chinese text they are opening and
    // closing marks and a connector: stand-ins of the right class and the same length in bytes take their place.
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
        result.push(if i == 0 { Opportunity::Never } else { judge(&chars, i, allowed[offset]) });
        offset += chars[i].len_utf8();
    }
    result
}

/// Marks that may not begin a line (GB/T 15834-2011 5.1: points, closing marks, connectors, the middle dot, the solidus).
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

/// A break between characters `i - 1` and `i`, given what UAX #14 says of it.
fn judge(chars: &[char], i: usize, uax: bool) -> Opportunity {
    let (prev, c) = (chars[i - 1], chars[i]);
    // —— and …… are one mark; a single dash between numbers or names is a connector.
    let dash = matches!(c, '—' | '…');
    if dash && (prev == c || chars.get(i + 1) != Some(&c)) {
        return Opportunity::Never;
    }
    if never_starts(c) || matches!(prev, '／' | '/') {
        return Opportunity::Never;
    }
    let word = |c: char| c.is_alphanumeric() && !is_han(c);
    if !uax {
        // A word or number longer than a line has to be broken somewhere.
        return if word(prev) && word(c) { Opportunity::Emergency } else { Opportunity::Never };
    }
    // 〔2024〕5号 is one name.
    if prev == '〕' && c.is_ascii_digit() {
        return Opportunity::Never;
    }
    // A number keeps to its unit, to 第 or 约 before it and to its range, where that costs nothing else.
    let poor = (prev.is_ascii_digit() && is_han(c))
        || (c.is_ascii_digit() && matches!(prev, '第' | '～' | '—' | '－' | '约' | '近'))
        || dash;
    if poor { Opportunity::Poor } else { Opportunity::Free }
}

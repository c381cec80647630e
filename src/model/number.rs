//! Automatic numbers: how a count is written.

/// How a count is turned into characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFormat {
    /// 一 二 … 十 十一 … 一百〇一.
    Chinese,
    /// 1 2 3.
    Decimal,
    /// ① ② ③, up to ㊿; digits from there on.
    Circled,
}

impl NumberFormat {
    /// Writes `count` (from 1).
    #[must_use]
    pub fn write(self, count: u32) -> String {
        match self {
            Self::Chinese => chinese(count),
            Self::Decimal => count.to_string(),
            Self::Circled => match count {
                // Unicode has them in three places.
                1..=20 => char::from_u32(0x2460 + count - 1).map_or_else(String::new, String::from),
                21..=35 => char::from_u32(0x3251 + count - 21).map_or_else(String::new, String::from),
                36..=50 => char::from_u32(0x32b1 + count - 36).map_or_else(String::new, String::from),
                _ => count.to_string(),
            },
        }
    }
}

/// A numbering scheme of one level: how the count is written, and the text around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// How the count is written.
    pub format: NumberFormat,
    /// So many counts of the levels above are written before it, with points between: one for `1.1`.
    pub above: usize,
    /// The text before it, such as `（`.
    pub before: String,
    /// The text after it, such as `、`, `）` or `是`.
    pub after: String,
}

impl Scheme {
    /// The whole number as it is printed.
    #[must_use]
    pub fn write(&self, count: u32) -> String {
        self.write_below(&[], count)
    }

    /// The same below headings of these counts, level by level from the first.
    #[must_use]
    pub fn write_below(&self, above: &[u32], count: u32) -> String {
        let from = above.len().saturating_sub(self.above);
        let counts = above.iter().skip(from).chain([&count]).map(|count| self.format.write(*count));
        format!("{}{}{}", self.before, counts.collect::<Vec<_>>().join("."), self.after)
    }
}

/// An automatic number, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The count, from 1.
    pub count: u32,
    /// What is printed: `一、`, `（二）`, `三是`.
    pub text: String,
    /// The bare form for references: `一`, `（二）`.
    pub bare: String,
}

/// `count` in lower-case Roman numerals, as pages before the text are numbered; in digits past what they can say.
#[must_use]
pub fn roman(count: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&count) {
        return count.to_string();
    }
    let mut rest = count;
    let mut written = String::new();
    for (worth, letters) in STEPS {
        while rest >= worth {
            written.push_str(letters);
            rest -= worth;
        }
    }
    written
}

/// `count` in Han numerals as headings use them (GB/T 9704 7.3.3; Word's `chineseCounting`): 十, 十一, 二十, 一百〇一.
#[must_use]
pub fn chinese(count: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u32| DIGITS.get(n as usize).copied().unwrap_or("");
    match count {
        0..=9 => digit(count).to_owned(),
        10..=99 => {
            let (tens, ones) = (count / 10, count % 10);
            let tens = if tens == 1 { "" } else { digit(tens) };
            let ones = if ones == 0 { "" } else { digit(ones) };
            format!("{tens}十{ones}")
        }
        100..=999 => {
            let (hundreds, rest) = (count / 100, count % 100);
            let rest = match rest {
                0 => String::new(),
                1..=9 => format!("〇{}", digit(rest)),
                10..=19 => format!("一{}", chinese(rest)),
                _ => chinese(rest),
            };
            format!("{}百{rest}", digit(hundreds))
        }
        // A thousand sections is past what Word counts in Han numerals.
        _ => count.to_string(),
    }
}

/// `1234567.5` as `1,234,567.5`.
pub(crate) fn grouped(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |d| ("-", d));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |i| digits.split_at(i));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals() {
        for (count, numerals) in [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (40, "xl"), (1999, "mcmxcix")] {
            assert_eq!(roman(count), numerals);
        }
        assert_eq!(roman(4000), "4000");
    }
}

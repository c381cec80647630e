//! Numbers that people type where a program counts: 一、 （一） 1. （1） 一是.

/// A number in front of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedNumber {
    /// The number with its marks: （二）.
    pub text: String,
    /// Its bytes, white space after it counted.
    pub length: usize,
    /// What it counts.
    pub count: u32,
    /// Its form.
    pub form: TypedForm,
}

/// The forms of typed numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypedForm {
    /// 第一编, 第一篇
    Volume,
    /// 第一章, 第一部分
    Chapter,
    /// 第一节
    Section,
    /// 一、
    Han,
    /// （一）
    HanBrackets,
    /// 1.
    Digits,
    /// （1）
    DigitsBrackets,
    /// 一是
    Point,
}

/// The number that is typed before a text.
#[must_use]
pub fn typed_number(text: &str) -> Option<TypedNumber> {
    let numeral = |c: char| "〇一二三四五六七八九十百".contains(c);
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let (open, rest) = match text.strip_prefix(['（', '(']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let han = rest.find(|c| !numeral(c)).unwrap_or(rest.len());
    let digits = rest.find(|c| !digit(c)).unwrap_or(rest.len());
    let length = han.max(digits);
    let mark = rest[length..].chars().next().filter(|_| length > 0)?;
    let behind = &rest[length + mark.len_utf8()..];
    let form = match (open, han > 0, mark) {
        (true, true, '）' | ')') => TypedForm::HanBrackets,
        (true, false, '）' | ')') => TypedForm::DigitsBrackets,
        (false, true, '、') => TypedForm::Han,
        (false, true, '是' | '要') => TypedForm::Point,
        // 1.5 is no number of a heading.
        (false, false, '.' | '．' | '、') if !behind.starts_with(digit) => TypedForm::Digits,
        _ => return None,
    };
    let end = text.len() - behind.len();
    let blank = behind.len() - behind.trim_start().len();
    let count = count_of(&rest[..length])?;
    Some(TypedNumber { text: text[..end].to_owned(), length: end + blank, count, form })
}

/// What parts of a text are called, each with its form.
const PARTS: [(&str, TypedForm); 5] = [
    ("部分", TypedForm::Chapter),
    ("编", TypedForm::Volume),
    ("篇", TypedForm::Volume),
    ("章", TypedForm::Chapter),
    ("节", TypedForm::Section),
];

/// The number of a part before a text: 第一章　, with the white space that divides it from its title.
#[must_use]
pub fn typed_part(text: &str) -> Option<TypedNumber> {
    let rest = text.strip_prefix('第')?;
    let is_numeral = |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c);
    let length = rest.find(|c| !is_numeral(c))?;
    let (numeral, behind) = rest.split_at(length);
    let (name, form) = PARTS.into_iter().find(|(name, _)| behind.starts_with(name))?;
    let title = behind[name.len()..].trim_start();
    let length = text.len() - title.len();
    Some(TypedNumber { text: text[..length].to_owned(), length, count: count_of(numeral)?, form })
}

/// The count that Han numerals or digits say.
fn count_of(numeral: &str) -> Option<u32> {
    let ascii = |c: char| char::from_digit(u32::from(c).checked_sub(0xff10)?, 10).or(Some(c));
    let narrow: String = numeral.chars().map(|c| if c.is_ascii() { Some(c) } else { ascii(c) }.unwrap_or(c)).collect();
    narrow.parse().ok().or_else(|| (1..=199).find(|&n| super::chinese(n) == numeral))
}

#[cfg(test)]
mod tests {
    use super::{TypedForm, typed_number, typed_part};

    #[test]
    fn forms_and_counts() {
        let read = |text: &str| typed_number(text).map(|n| (n.form, n.count, n.length));
        assert_eq!(read("一、总体要求"), Some((TypedForm::Han, 1, 6)));
        assert_eq!(read("（十二） 改革"), Some((TypedForm::HanBrackets, 12, 13)));
        assert_eq!(read("3.工作"), Some((TypedForm::Digits, 3, 2)));
        assert_eq!(read("（4）工作"), Some((TypedForm::DigitsBrackets, 4, 7)));
        assert_eq!(read("二是抓落实"), Some((TypedForm::Point, 2, 6)));
        assert_eq!(read("1.5倍"), None);
        assert_eq!(read("2023年"), None);
        assert_eq!(read("一年来"), None);
        let read = |text: &str| typed_part(text).map(|n| (n.form, n.count, n.text));
        assert_eq!(read("第十二章　罚则"), Some((TypedForm::Chapter, 12, "第十二章　".to_owned())));
        assert_eq!(read("第2部分 要求"), Some((TypedForm::Chapter, 2, "第2部分 ".to_owned())));
        assert_eq!(read("第一条　为了"), None);
    }
}

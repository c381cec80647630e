//! Han numerals (GB/T 15835-2011): of counts, of years and codes, and the formal ones of money.

const PLAIN: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const CODE: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const FORMAL: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];

/// How numerals are written.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct NumeralStyle {
    /// Nought to nine.
    pub digits: [&'static str; 10],
    /// Ten, hundred, thousand.
    steps: [&'static str; 3],
    /// True where 12 is 十二 and not 一十二.
    short_ten: bool,
}

/// As counts are written: 十二, 一百零一.
pub(in crate::source) const COUNT: NumeralStyle =
    NumeralStyle { digits: PLAIN, steps: ["十", "百", "千"], short_ten: true };
/// As money is written: 壹拾贰.
pub(in crate::source) const MONEY: NumeralStyle =
    NumeralStyle { digits: FORMAL, steps: ["拾", "佰", "仟"], short_ten: false };
/// As number formats of workbooks write them: 一十二, 一百〇一.
pub(in crate::source) const OFFICE: NumeralStyle =
    NumeralStyle { digits: CODE, steps: ["十", "百", "千"], short_ten: false };

/// A whole number in Han numerals, as counts are written: `12` as 十二.
pub(in crate::source) fn count(number: u64) -> String {
    written(number, &COUNT)
}

/// A whole number in the numerals of a style.
pub(in crate::source) fn written(number: u64, style: &NumeralStyle) -> String {
    spelled(number, style, NumeralPlace::First)
}

/// Digits one by one: 2024 as 二〇二四.
pub(in crate::source) fn code(digits: &str) -> String {
    one_by_one(digits, &CODE)
}

/// Digits one by one, in the numerals of a style.
pub(in crate::source) fn one_by_one(text: &str, digits: &[&str; 10]) -> String {
    text.bytes().filter_map(|b| digits.get(usize::from(b.wrapping_sub(b'0')))).copied().collect()
}

/// Where the numeral of a part is in the whole: 十 begins it, 一十 comes later.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumeralPlace {
    First,
    Later,
}

fn spelled(number: u64, style: &NumeralStyle, position: NumeralPlace) -> String {
    for (power, name) in [(100_000_000_u64, "亿"), (10_000, "万")] {
        if number >= power {
            let (high, low) = (number / power, number % power);
            let zero = if low > 0 && low < power / 10 { style.digits[0] } else { "" };
            let rest = if low == 0 { String::new() } else { spelled(low, style, NumeralPlace::Later) };
            return format!("{}{name}{zero}{rest}", spelled(high, style, position));
        }
    }
    for (power, step) in [(1000, 2), (100, 1), (10, 0)] {
        if number >= power {
            let (high, low) = (number / power, number % power);
            let zero = if low > 0 && low < power / 10 { style.digits[0] } else { "" };
            let rest = if low == 0 { String::new() } else { spelled(low, style, NumeralPlace::Later) };
            let digit = if power == 10 && high == 1 && position == NumeralPlace::First && style.short_ten {
                ""
            } else {
                style.digits[usize::try_from(high).unwrap_or(0).min(9)]
            };
            return format!("{digit}{}{zero}{rest}", style.steps[step]);
        }
    }
    style.digits[usize::try_from(number).unwrap_or(0).min(9)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cardinals of CLDR's rules for zh, and those for money.
    #[test]
    fn counts_are_spelled_as_in_cldr() {
        for (number, plain, formal) in [
            (0, "零", "零"),
            (10, "十", "壹拾"),
            (12, "十二", "壹拾贰"),
            (20, "二十", "贰拾"),
            (101, "一百零一", "壹佰零壹"),
            (110, "一百一十", "壹佰壹拾"),
            (1001, "一千零一", "壹仟零壹"),
            (1010, "一千零一十", "壹仟零壹拾"),
            (1100, "一千一百", "壹仟壹佰"),
            (10_010, "一万零一十", "壹万零壹拾"),
            (120_000, "十二万", "壹拾贰万"),
            (100_000_001, "一亿零一", "壹亿零壹"),
            (110_000_000, "一亿一千万", "壹亿壹仟万"),
            (123_456_789, "一亿二千三百四十五万六千七百八十九", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖"),
        ] {
            assert_eq!((count(number).as_str(), written(number, &MONEY).as_str()), (plain, formal));
        }
        assert_eq!(code("2024"), "二〇二四");
    }
}

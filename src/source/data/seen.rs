//! Numbers whose file holds what an office shows of them.

use super::cell::number;
use super::decimal::Decimal;
use super::number_format::MINUS_SIGNS;
use super::numerals;

/// Tens, hundreds, … by which what is shown may be smaller than the value: thousands, 万, millions, 亿.
const SCALES: [u32; 5] = [0, 3, 4, 6, 8];

/// The value with what is shown of it; None where the one is not the other rounded.
pub(super) fn seen(value: &Decimal, shown: &str) -> Option<Decimal> {
    let shown = shown.trim();
    if let Some((mantissa, exponent)) = shown.split_once(['E', 'e'])
        && let Ok(exponent) = exponent.parse::<i64>()
    {
        let decimals = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let places = i64::try_from(decimals).ok()? - exponent;
        let number = Decimal::parse(shown)?;
        return agrees(value, &number, places)
            .then(|| value.clone().shown_as(Some(shown), u32::try_from(places.max(0)).ok()));
    }
    if let Some(number) = number(shown) {
        let places = number.places()?;
        if !agrees(value, &number, i64::from(places)) {
            return None;
        }
        let bare = value.clone().shown_as(None, Some(places));
        return Some(if bare.print()? == shown { bare } else { value.clone().shown_as(Some(shown), Some(places)) });
    }
    if is_fraction(value, shown) || is_han(value, shown) {
        return Some(value.clone().shown_as(Some(shown), value.needed()));
    }
    // Words around the digits: ¥1,234.50, 12件, 3.5万.
    let digit = |c: char| c.is_ascii_digit();
    let Some((first, last)) = shown.find(digit).zip(shown.rfind(digit).map(|last| last + 1)) else {
        // Books of account show nothing as a dash.
        let dash = value.is_zero() && shown.contains(['-', '\u{2212}', '—', '–']);
        return dash.then(|| value.clone().shown_as(Some(shown), Some(0)));
    };
    let Some(core) = number(&shown[first..last]) else {
        // Dashes and blanks among the many digits of a code: 138-0013-8000.
        let digits: String = shown.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let code = digits.len() >= 7 && digits.trim_start_matches('0') == value.digits(0) && value.needed() == Some(0);
        return code.then(|| value.clone().shown_as(Some(shown), Some(0)));
    };
    let signed = shown[..first].contains(['-', '\u{2212}', '(', '（']);
    let negative = signed || value.is_negative() && shown[..first].contains(MINUS_SIGNS);
    let core = if negative { core.negated()? } else { core };
    let places = i64::from(core.places()?);
    let percent = i64::from(shown[last..].contains('%')) * 2;
    SCALES.iter().find_map(|&scale| {
        let shift = i64::from(scale) - percent;
        let number = core.times(&Decimal::parse(&format!("1e{shift}"))?)?;
        let reach = places - shift;
        agrees(value, &number, reach).then(|| value.clone().shown_as(Some(shown), u32::try_from(reach.max(0)).ok()))
    })
}

/// True for `1 1/2` where it is the value itself, not near it.
fn is_fraction(value: &Decimal, shown: &str) -> bool {
    let (minus, bare) = shown.strip_prefix('-').map_or((false, shown), |bare| (true, bare));
    let of = || {
        let (left, denominator) = bare.split_once('/')?;
        let (wholes, numerator) = left.trim().rsplit_once(' ').unwrap_or(("0", left.trim()));
        let digits =
            |text: &str| text.trim().bytes().all(|b| b.is_ascii_digit()).then(|| Decimal::parse(text.trim()))?;
        let part = digits(numerator)?.over(&digits(denominator)?)?;
        let all = digits(wholes)?.plus(&part)?;
        if minus { all.negated() } else { Some(all) }
    };
    of().is_some_and(|fraction| fraction == *value)
}

/// True where a whole value stands in Han numerals, with words around them perhaps.
fn is_han(value: &Decimal, shown: &str) -> bool {
    let Some(count) = value.to_integer().and_then(|count| u64::try_from(count).ok()) else { return false };
    let numeral = |c: char| "〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟".contains(c);
    let Some((first, last)) = shown.find(numeral).zip(shown.rfind(numeral)) else { return false };
    let end = last + shown[last..].chars().next().map_or(0, char::len_utf8);
    let styles = [&numerals::OFFICE, &numerals::COUNT, &numerals::MONEY];
    let digits = value.digits(0);
    let is_it = |text: &str| {
        styles.iter().any(|style| {
            numerals::written(count, style) == text || numerals::one_by_one(&digits, &style.digits) == text
        })
    };
    is_it(&shown[first..end])
}

/// True where `shown` is `value` rounded to so many decimals, whichever way a half goes.
fn agrees(value: &Decimal, shown: &Decimal, places: i64) -> bool {
    let half = Decimal::parse(&format!("5e{}", -places - 1));
    let apart = value.minus(shown).and_then(|difference| difference.absolute());
    half.zip(apart).is_some_and(|(half, apart)| apart <= half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_the_value_rounded() {
        for (value, shown, printed) in [
            ("12.5", "12.50", "12.50"),
            ("0.125", "12.5%", "12.5%"),
            ("1234.5", "1,234.50", "1,234.50"),
            ("-12.5", "(12.50)", "(12.50)"),
            ("1234.5", "¥1,234.50", "¥1,234.50"),
            ("12", "12件", "12件"),
            ("123456", "12.3万", "12.3万"),
            ("12345", "1.23E+04", "1.23E+04"),
            ("0.00012", "1.2E-04", "1.2E-04"),
            ("-1234.5", "-¥1,234.50", "-¥1,234.50"),
            ("2.675", "2.68", "2.68"),
            ("0", "¥-", "¥-"),
            ("-0.25", "↓25.0%", "↓25.0%"),
            ("0.25", "▲25.0%", "▲25.0%"),
            ("13800138000", "138-0013-8000", "138-0013-8000"),
            ("0.5", "1/2", "1/2"),
            ("-1.25", "-1 1/4", "-1 1/4"),
            ("125", "一百二十五", "一百二十五"),
            ("2024", "二〇二四", "二〇二四"),
            ("12", "壹拾贰元整", "壹拾贰元整"),
        ] {
            let found = seen(&Decimal::parse(value).unwrap(), shown).and_then(|n| n.print());
            assert_eq!(found.as_deref(), Some(printed), "{value} {shown}");
        }
        for (value, shown) in [
            ("12.5", "13.5"),
            ("12.5", "###"),
            ("0.125", "12.6%"),
            ("5", ""),
            ("12", "1/2"),
            ("3", "-"),
            ("0.33", "1/3"),
            ("13", "十二"),
        ] {
            assert!(seen(&Decimal::parse(value).unwrap(), shown).is_none(), "{value} {shown}");
        }
    }
}

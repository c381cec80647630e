//! What the text of a cell means.

use std::sync::Arc;

use super::datum::{Datum, Day, Entry};
use super::day::read_day;
use super::decimal::Decimal;
use super::grid::{broken, written};
use super::options::{ColumnForm, ColumnKind};
use super::scaled::rewritten;
use crate::diagnostic::{Code, Span, say};
use crate::model::grouped;

/// A number where the text is plainly one; 007 and 1e5 stay text, as codes and names.
pub(super) fn plain(text: &str) -> Datum {
    if text.is_empty() {
        return Datum::Null;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && (digits == "0" || digits.starts_with("0.") || !digits.starts_with('0'));
    match Decimal::parse(text).filter(|_| plain) {
        Some(number) => Datum::Number(number),
        None => Datum::Text(text.into()),
    }
}

/// A cell of a column whose kind is given.
pub(super) fn typed(entry: Entry, form: ColumnForm, code: Code) -> Entry {
    let read = read_as(entry, form, code);
    match read.datum {
        Datum::Number(number) if form.thousands => Entry { datum: Datum::Number(in_groups(number)), ..read },
        _ => read,
    }
}

/// A number with so many decimals, in the unit that its cell shows.
fn with_decimals(number: Decimal, decimals: Option<u32>) -> Decimal {
    match decimals {
        Some(_) => rewritten(&number, decimals, false).unwrap_or_else(|| number.shown_as(None, decimals)),
        None => number,
    }
}

/// A number with commas between its thousands; percent is left as it is.
fn in_groups(number: Decimal) -> Decimal {
    if let Some(scaled) = rewritten(&number, None, true).filter(|_| !number.is_percent()) {
        return scaled;
    }
    match number.places().filter(|_| !number.is_percent()) {
        Some(places) => {
            let shown = grouped(&number.digits(places));
            number.shown_as(Some(&shown), Some(places))
        }
        None => number,
    }
}

fn read_as(entry: Entry, ColumnForm { kind, decimals, .. }: ColumnForm, code: Code) -> Entry {
    let Some(span) = entry.span.filter(|_| !matches!(entry.datum, Datum::Null | Datum::Broken(_))) else {
        return entry;
    };
    let datum = match kind {
        ColumnKind::Auto => match entry.datum {
            Datum::Number(number) => Datum::Number(with_decimals(number, decimals)),
            other => other,
        },
        ColumnKind::Text => match &entry.datum {
            Datum::Text(text) => Datum::Text(Arc::clone(text)),
            _ => Datum::Text(written(&entry).into()),
        },
        ColumnKind::Number => match &entry.datum {
            Datum::Number(number) => Datum::Number(with_decimals(number.clone(), decimals)),
            _ => match number(&written(&entry)) {
                Some(number) => Datum::Number(with_decimals(number, decimals)),
                None => return no_number(&entry, span, code),
            },
        },
        ColumnKind::Date => match &entry.datum {
            Datum::Day(day) => {
                let shown = super::day::chinese(day.date).into();
                Datum::Day(Arc::new(Day { shown, ..(**day).clone() }))
            }
            _ => match day(&written(&entry)) {
                Some(day) => Datum::Day(Arc::new(day)),
                None => return no_day(&entry, span, code),
            },
        },
    };
    Entry { datum, span: entry.span }
}

fn no_number(entry: &Entry, span: Span, code: Code) -> Entry {
    let text: String = written(entry).chars().take(24).collect();
    broken(
        code,
        span,
        say!("“{text}”不是数字", "\"{text}\" is no number"),
        say!(
            "改正这一格；没有数的记号写进 none，例如 none: [\"~\"]",
            "correct the cell; put marks for no value under none, such as none: [\"~\"]"
        ),
    )
}

fn no_day(entry: &Entry, span: Span, code: Code) -> Entry {
    let text: String = written(entry).chars().take(24).collect();
    broken(
        code,
        span,
        say!("“{text}”不是日期", "\"{text}\" is no date"),
        say!("写成 2024-01-08 或 2024年1月8日", "write 2024-01-08 or 2024年1月8日"),
    )
}

/// A day as systems and people write it: 20240108 and full-width digits too.
fn day(text: &str) -> Option<Day> {
    let plain: String = text.chars().filter(|c| !is_hidden(*c)).map(half_width).collect();
    let bare = plain.trim();
    if bare.len() == 8 && bare.bytes().all(|b| b.is_ascii_digit()) {
        return read_day(&format!("{}-{}-{}", &bare[..4], &bare[4..6], &bare[6..]));
    }
    read_day(bare)
}

/// True for characters without width, which pages of the web leave in what is copied from them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A number as offices write it: 1,234 · １２３ · .5 · −5 and (12) for minus · 12.5%, which is the value 0.125.
pub(in crate::source) fn number(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| !is_hidden(*c)).map(half_width).collect();
    let mut plain = plain.trim().to_owned();
    let bracketed = plain.strip_prefix('(').and_then(|t| t.strip_suffix(')')).map(str::to_owned);
    let negative = bracketed.is_some();
    if let Some(inner) = bracketed {
        plain = inner;
    }
    let percent = plain.strip_suffix('%').map(str::to_owned);
    let digits = percent.as_deref().unwrap_or(&plain).trim();
    let ungrouped = ungrouped(digits)?;
    let number = Decimal::parse(&ungrouped)?;
    let number = if negative { number.negated()? } else { number };
    if percent.is_none() {
        // Zeros before the digits, as 007 has them, mean a code; the author calls it a number.
        return Some(number);
    }
    let shown = format!("{}%", number.print()?);
    let places = number.places()? + 2;
    let value = number.over(&Decimal::whole(100))?;
    Some(value.shown_as(Some(&shown), Some(places)))
}

/// The ASCII character of a full-width one; − and its like as `-`.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2212}' | '\u{2013}' | '\u{2014}' => '-',
        '\u{3000}' | '\u{a0}' => ' ',
        '。' => '.',
        other => other,
    }
}

/// The digits without their commas, which part groups of three or, as some write, of four.
fn ungrouped(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next()?.len();
    let rest: Vec<usize> = groups.map(str::len).collect();
    let even = |size: usize| (1..=size).contains(&first) && rest.iter().all(|length| *length == size);
    if !(even(3) || even(4)) || fraction.is_some_and(|f| f.contains(',')) {
        return None;
    }
    Some(text.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_offices_write_them() {
        for (written, printed) in [
            ("1,234.50", "1234.50"),
            (".5", "0.5"),
            ("+5", "5"),
            ("−3.5", "-3.5"),
            ("１２", "12"),
            ("(12)", "-12"),
            ("（1,234）", "-1234"),
            ("12.5%", "12.5%"),
            ("-3%", "-3%"),
            ("1.", "1"),
        ] {
            assert_eq!(number(written).and_then(|n| n.print()).as_deref(), Some(printed), "{written}");
        }
        for bad in ["1,23", "12,3456,7", "~", "NA", "超20000*", "1.2.3", "", "—"] {
            assert!(number(bad).is_none(), "{bad}");
        }
        assert_eq!(number("12.5%").unwrap(), Decimal::parse("0.125").unwrap());
    }
}

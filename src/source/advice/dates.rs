//! Days that no calendar has, and days of the week that are not those of their date.

use time::{Date, Month, Weekday};

use super::prose::Char;
use crate::diagnostic::{Code, Diagnostic, Message, say};

/// A year for dates without one: it has a 29th of February.
const LEAP_YEAR: i32 = 2000;

/// Tells of 2024年2月30日, of 13月, and of a Monday that was a Tuesday.
pub(super) fn impossible(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in (0..text.len()).filter(|&at| text[at].c == '月') {
        let Some((month_at, month)) = number_before(text, at, 2) else { continue };
        let year = month_at.checked_sub(1).filter(|&i| text[i].c == '年').and_then(|i| number_before(text, i, 4));
        let year = year.filter(|(from, _)| month_at - from == 5);
        let start = year.map_or(month_at, |(from, _)| from);
        let digits = text[at + 1..].iter().take_while(|ch| ch.c.is_ascii_digit()).count();
        let end = at + 1 + digits;
        let day = (1..=2).contains(&digits).then(|| value(&text[at + 1..end])).flatten();
        let day = day.filter(|_| text.get(end).is_some_and(|ch| matches!(ch.c, '日' | '号')));
        let last = if day.is_some() { end } else { at };
        if year.is_none() && day.is_none() {
            continue;
        }
        let shown: String = text[start..=last].iter().map(|ch| ch.c).collect();
        let (place, behind) = (&text[start..=last], &text[last + 1..]);
        let whole = year.map_or(LEAP_YEAR, |(_, year)| i32::try_from(year).unwrap_or(LEAP_YEAR));
        match date(whole, month, day.unwrap_or(1)) {
            None => tell(
                place,
                say!("没有“{shown}”这个日期", "there is no {shown}"),
                say!("改正日期", "correct the date"),
                out,
            ),
            Some(date) => {
                let typed = year.zip(day).and_then(|_| weekday(behind));
                let Some((typed, length)) = typed.filter(|(typed, _)| *typed != date.weekday()) else { continue };
                let (typed, real) = (han(typed), han(date.weekday()));
                tell(
                    &text[start..=last + length],
                    say!("{shown}不是星期{typed}", "{shown} was not 星期{typed}"),
                    say!("这一天是星期{real}；改正日期或星期", "it was 星期{real}: correct the date or the day"),
                    out,
                );
            }
        }
    }
}

/// Tells of 1月8日至5日 and 2024年至2021年, which end before they begin.
pub(super) fn backwards(text: &[Char], out: &mut Vec<Diagnostic>) {
    for at in (0..text.len()).filter(|&at| matches!(text[at].c, '至' | '到' | '—' | '-' | '~' | '～' | '－')) {
        let behind = &text[at + 1..];
        let digits = behind.iter().take_while(|ch| ch.c.is_ascii_digit()).count();
        let Some(unit) = behind.get(digits).map(|ch| ch.c).filter(|c| matches!(c, '年' | '日')) else { continue };
        let Some(last) = (1..=4).contains(&digits).then(|| value(&behind[..digits])).flatten() else { continue };
        // The first one's unit may be left out: 1月8—5日.
        let named = at.checked_sub(1).is_some_and(|before| text[before].c == unit);
        let Some((from, first)) = number_before(text, at - usize::from(named), digits.max(2)) else { continue };
        let before = from.checked_sub(1).map(|i| text[i].c);
        let comparable = match unit {
            '年' => {
                at - usize::from(named) - from == 4 && digits == 4 && before.is_none_or(|c| !c.is_ascii_alphanumeric())
            }
            _ => before == Some('月') && digits <= 2,
        };
        if comparable && first > last {
            let place = &text[from..=at + 1 + digits];
            let shown: String = place.iter().map(|ch| ch.c).collect();
            tell(
                place,
                say!("“{shown}”的起止颠倒了", "{shown} ends before it begins"),
                say!("改正起止的日期", "correct the dates"),
                out,
            );
        }
    }
}

fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, u8::try_from(day).ok()?).ok()
}

/// The digits right before a character, at most so many: where they begin, and their number.
fn number_before(text: &[Char], at: usize, most: usize) -> Option<(usize, u32)> {
    let count = text[..at].iter().rev().take_while(|ch| ch.c.is_ascii_digit()).count();
    let joined = at.checked_sub(count + 1).is_some_and(|i| matches!(text[i].c, '.' | '-' | '/' | '~' | '—' | '－'));
    if count == 0 || count > most || joined {
        return None;
    }
    value(&text[at - count..at]).map(|number| (at - count, number))
}

fn value(digits: &[Char]) -> Option<u32> {
    digits.iter().map(|ch| ch.c).collect::<String>().parse().ok()
}

const WEEK: [(char, Weekday); 8] = [
    ('一', Weekday::Monday),
    ('二', Weekday::Tuesday),
    ('三', Weekday::Wednesday),
    ('四', Weekday::Thursday),
    ('五', Weekday::Friday),
    ('六', Weekday::Saturday),
    ('日', Weekday::Sunday),
    ('天', Weekday::Sunday),
];

fn han(day: Weekday) -> char {
    WEEK.iter().find(|(_, weekday)| *weekday == day).map_or('日', |(c, _)| *c)
}

/// A day of the week directly after a date, in brackets or not: the day, and how many characters it takes.
fn weekday(behind: &[Char]) -> Option<(Weekday, usize)> {
    let bracket = usize::from(behind.first().is_some_and(|ch| matches!(ch.c, '（' | '(')));
    let rest: String = behind[bracket..].iter().take(3).map(|ch| ch.c).collect();
    let (name, length) = match (rest.strip_prefix("星期"), rest.strip_prefix('周')) {
        (Some(name), _) => (name, 3),
        (None, Some(name)) => (name, 2),
        _ => return None,
    };
    let name = name.chars().next()?;
    WEEK.iter().find(|(c, _)| *c == name).map(|(_, day)| (*day, bracket + length))
}

fn tell(place: &[Char], message: Message, hint: Message, out: &mut Vec<Diagnostic>) {
    if let (Some(first), Some(last)) = (place.first(), place.last()) {
        out.push(Diagnostic::advice(Code::IMPOSSIBLE_DATE, first.span.to(last.span), message, hint));
    }
}

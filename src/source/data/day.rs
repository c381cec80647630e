//! Days as people write them.

use time::{Date, Month};

use super::datum::Day;

/// The day that a text writes, alone: 2024年1月8日, 2024-01-08, 2024/1/8, 2024.1.8, with a time of day where it has one.
pub(in crate::source) fn read_day(text: &str) -> Option<Day> {
    let text = text.trim();
    let (year, rest) = number(text, 4)?;
    let (separator, end) = match rest.chars().next()? {
        '年' => ('月', Some('日')),
        c @ ('-' | '/' | '.') => (c, None),
        _ => return None,
    };
    let (month, rest) = number(rest.strip_prefix(['年', '-', '/', '.'])?, 2)?;
    let (day, rest) = number(rest.strip_prefix(separator)?, 2)?;
    let rest = end.map_or(Some(rest), |end| rest.strip_prefix(end))?;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    let seconds = if rest.is_empty() { 0 } else { clock(rest.strip_prefix([' ', 'T'])?.trim())? };
    Some(Day { date, seconds, shown: chinese(date).into() })
}

/// Seconds since midnight: 12:30, 12:30:15.
fn clock(text: &str) -> Option<u32> {
    let mut parts = text.split(':');
    let mut part = |limit: u32| parts.next().and_then(|p| p.parse::<u32>().ok()).filter(|n| *n < limit);
    let (hour, minute) = (part(24)?, part(60)?);
    let second = parts.next().map_or(Some(0), |p| p.parse::<u32>().ok().filter(|n| *n < 60))?;
    parts.next().is_none().then_some((hour * 60 + minute) * 60 + second)
}

/// 2024年1月8日.
pub(super) fn chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), u8::from(date.month()), date.day())
}

/// Up to `most` digits at the start of a text, and what follows.
fn number(text: &str, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, &text[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_texts() {
        for text in ["2024年1月8日", "2024-01-08", "2024/1/8", "2024.1.8", "2024-01-08 12:30:15", "2024-01-08T12:30"]
        {
            let day = read_day(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&*day.shown, "2024年1月8日", "{text}");
        }
        for text in
            ["2024-01-08垃圾", "2024年1月8", "2024-13-01", "2024-02-30", "12024-01-01", "2024", "2024-01-08 25:00"]
        {
            assert!(read_day(text).is_none(), "{text}");
        }
    }
}

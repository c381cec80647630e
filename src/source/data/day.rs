//! Days as people write them.

use time::{Date, Month};

use super::datum::Day;

/// The day that a text writes, alone: 2024年1月8日, 2024-01-08, 2024/1/8, 2024.1.8, with a time of day where it has one.
pub(in crate::source) fn read_day(text: &str) -> Option<Day> {
    let text = text.trim();
    // Of a year of two digits nobody knows the century.
    let (year, rest) = number(text, 4).filter(|&(year, _)| year >= 1000)?;
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

impl Day {
    /// True where it is printed as days are by themselves, and not as its cell shows it.
    pub(in crate::source) fn is_plain(&self) -> bool {
        *self.shown == *chinese(self.date)
    }

    /// It as days are printed by themselves.
    pub(in crate::source) fn plain(self) -> Self {
        Self { shown: chinese(self.date).into(), ..self }
    }

    /// It in a form: `%Y`, `%m` and so on; None for a letter that is not known.
    pub(in crate::source) fn written(&self, form: &str) -> Option<String> {
        let (year, month, date) = (self.date.year(), self.date.month(), self.date.day());
        let (hour, minute, second) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        let mut out = String::new();
        let mut characters = form.chars();
        while let Some(c) = characters.next() {
            if c != '%' {
                out.push(c);
                continue;
            }
            let mut letter = characters.next()?;
            let bare = letter == '-';
            if bare {
                letter = characters.next()?;
            }
            let written = match letter {
                'Y' => format!("{year:04}"),
                'y' => format!("{:02}", year.rem_euclid(100)),
                'm' => format!("{:02}", u8::from(month)),
                'B' => month.to_string(),
                'b' => month.to_string().chars().take(3).collect(),
                'd' => format!("{date:02}"),
                'H' => format!("{hour:02}"),
                'M' => format!("{minute:02}"),
                'S' => format!("{second:02}"),
                '%' => "%".to_owned(),
                _ => return None,
            };
            let trimmed = written.trim_start_matches('0');
            out.push_str(match (bare, trimmed.is_empty()) {
                (false, _) => &written,
                (true, true) => "0",
                (true, false) => trimmed,
            });
        }
        Some(out)
    }
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

//! What dates, times of day and durations show in workbooks (ECMA-376, 18.8.30).

use std::fmt::Write as _;

use super::decimal::{Decimal, Rounding};
use super::format_code::{Section, Token};
use super::numerals::{self, OFFICE};

/// True where a format shows a date, a time of day or a duration.
pub(super) fn is_for_time(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t, Token::Date(..) | Token::Elapsed(..)))
}

/// True where a format shows a part of a date: a time of day alone is a text.
pub(super) fn is_for_days(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t, Token::Date('y' | 'm' | 'd' | 'a', _)))
}

/// What a date, a time of day or a duration shows; None where the tokens say something that is not known. `epoch` is what 1904
/// workbooks add to a day.
pub(super) fn show(section: &Section, value: &Decimal, epoch: i64) -> Option<String> {
    let tokens = &section.tokens;
    // Parts of a second.
    if value.is_negative() || tokens.iter().any(|t| matches!(t, Token::Digit(_) | Token::General)) {
        return None;
    }
    if section.numerals.is_some() {
        return han_date(section, value, epoch);
    }
    let names = NameLanguage::of(section)?;
    let day = Decimal::whole(86_400);
    let seconds = value.times(&day)?.round(0, Rounding::HalfUp)?.to_integer()?;
    let serial = seconds / 86_400 + epoch;
    let clock = seconds % 86_400;
    let (year, month, date, weekday) = calendar(serial)?;
    let halves = tokens.iter().any(|t| matches!(t, Token::HalfDay(..)));
    let mut out = String::new();
    for token in tokens {
        match token {
            Token::Date(letter @ ('y' | 'm' | 'd' | 'a'), count) => {
                out.push_str(&date_part(*letter, *count, (year, month, date, weekday), names)?);
            }
            Token::Date(letter, count) => {
                let hour = clock / 3600;
                let number = match letter {
                    'h' if halves => (hour + 11) % 12 + 1,
                    'h' => hour,
                    'n' => clock / 60 % 60,
                    _ => clock % 60,
                };
                let width = if *count > 1 { 2 } else { 1 };
                // Writing into a string cannot fail.
                write!(out, "{number:0width$}").unwrap_or_default();
            }
            Token::Elapsed(letter, width) => {
                let unit = match letter {
                    'h' => 3600,
                    'm' => 60,
                    _ => 1,
                };
                write!(out, "{:0width$}", seconds / unit).unwrap_or_default();
            }
            Token::Point => out.push('.'),
            Token::Comma => out.push(','),
            Token::HalfDay(morning, afternoon) => {
                let (morning, afternoon) =
                    if names == NameLanguage::Chinese { ("上午", "下午") } else { (*morning, *afternoon) };
                out.push_str(if clock < 43_200 { morning } else { afternoon });
            }
            other => out.push_str(other.literal()),
        }
    }
    Some(out.trim().to_owned())
}

/// `[DBNum1]yyyy"年"m"月"d"日"`: 二〇二四年一月八日. None for other parts and numerals, which programs show in ways of their own.
fn han_date(section: &Section, value: &Decimal, epoch: i64) -> Option<String> {
    let plain = section.numerals.is_some_and(|style| *style == OFFICE);
    let seconds = value.times(&Decimal::whole(86_400))?.round(0, Rounding::HalfUp)?.to_integer()?;
    let serial = seconds / 86_400 + epoch;
    let (year, month, day, _) = calendar(serial).filter(|_| plain)?;
    let part = |token: &Token| match token {
        Token::Date('y', 4) => Some(numerals::code(&year.to_string())),
        Token::Date('m', 1) => Some(numerals::count(u64::from(month))),
        Token::Date('d', 1) => Some(numerals::count(u64::from(day))),
        Token::Literal(text) => Some(text.clone()),
        _ => None,
    };
    section.tokens.iter().map(part).collect()
}

/// The language that months and days have names in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameLanguage {
    /// That of format codes without a language.
    English,
    Chinese,
}

impl NameLanguage {
    /// None for names of a language that is not known.
    fn of(section: &Section) -> Option<Self> {
        // The number of a language is in the lower ten bits.
        match section.language.map(|number| number & 0x3FF) {
            None | Some(0x09) => Some(Self::English),
            Some(0x04) => Some(Self::Chinese),
            Some(_) => {
                let named = |token: &Token| {
                    matches!(token, Token::Date('m' | 'd', 3..) | Token::Date('a', _) | Token::HalfDay(..))
                };
                (!section.tokens.iter().any(named)).then_some(Self::English)
            }
        }
    }
}

fn date_part(
    letter: char,
    count: usize,
    (year, month, day, weekday): (i32, u8, u8, u8),
    names: NameLanguage,
) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    const HAN: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];
    const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let name = |names: &[&str], at: u8| names.get(usize::from(at)).map(|n| (*n).to_owned());
    Some(match (letter, count) {
        ('m', 3) if names == NameLanguage::Chinese => format!("{month}月"),
        ('m', 4) if names == NameLanguage::Chinese => format!("{}月", name(&NUMERALS, month - 1)?),
        // Programs differ in it: 周一, or 一.
        ('d', 3) if names == NameLanguage::Chinese => return None,
        ('d', 4) if names == NameLanguage::Chinese => format!("星期{}", name(&HAN, weekday)?),
        ('y', 1 | 2) => format!("{:02}", year % 100),
        ('y', _) => format!("{year:04}"),
        ('m', 1) => month.to_string(),
        ('m', 2) => format!("{month:02}"),
        ('m', 3) => name(&MONTHS, month - 1)?.chars().take(3).collect(),
        ('m', 4) => name(&MONTHS, month - 1)?,
        ('d', 1) => day.to_string(),
        ('d', 2) => format!("{day:02}"),
        ('d', 3) => name(&DAYS, weekday)?.chars().take(3).collect(),
        ('d', 4) => name(&DAYS, weekday)?,
        ('a', 3) => name(&HAN, weekday)?,
        ('a', 4) => format!("星期{}", name(&HAN, weekday)?),
        _ => return None,
    })
}

/// Year, month, day and day of the week (from Sunday) of a day number. Excel counts a 29 February 1900, which never was.
fn calendar(serial: i64) -> Option<(i32, u8, u8, u8)> {
    let date = date_of(serial)?;
    Some((date.year(), u8::from(date.month()), date.day(), date.weekday().number_days_from_sunday()))
}

/// The number of a day: that of which [`date_of`] is the day.
pub(super) fn number_of(date: time::Date) -> i64 {
    let days = (date - time::macros::date!(1899 - 12 - 30)).whole_days();
    if days > 60 { days } else { days - 1 }
}

/// The day of a day number.
pub(super) fn date_of(serial: i64) -> Option<time::Date> {
    let first = time::macros::date!(1899 - 12 - 30);
    if !(0..=2_958_465).contains(&serial) || serial == 60 {
        return None;
    }
    first.checked_add(time::Duration::days(if serial < 60 { serial + 1 } else { serial }))
}

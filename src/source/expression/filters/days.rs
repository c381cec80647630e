//! Filters on days.

use super::super::arguments::Call;
use super::super::fault::{Computed, bad_argument};
use crate::diagnostic::say;
use crate::source::data::numerals::{code, count};
use crate::source::data::{Datum, Entry, read_day};
use std::sync::Arc;

/// A day in another form: `%Y %m %d %H %M %S`, `%-m` and `%-d` without a leading zero, `%B` and `%b` for the month in English, or
/// `"chinese"`; without a form, as days are printed by themselves.
pub(super) fn date(call: &Call<'_>) -> Computed {
    let entry = call.value.scalar();
    let day = match &entry.datum {
        Datum::Day(day) => Some((**day).clone()),
        Datum::Text(text) => read_day(text),
        _ => None,
    };
    let Some(day) = day else {
        return Err(bad_argument(
            call.range,
            say!("这里不是日期", "this is no date"),
            say!("日期写成 2024-01-08 或 2024年1月8日", "write dates as 2024-01-08 or 2024年1月8日"),
        )
        .about(&entry));
    };
    let (year, month, date) = (day.date.year(), u8::from(day.date.month()), day.date.day());
    let Some(pattern) = call.word(0, "format")? else {
        // Printed as the template writes days.
        return Ok(Entry::computed(Datum::Day(Arc::new(day.plain()))));
    };
    if pattern == "chinese" {
        let (year, month, date) = (code(&year.to_string()), count(month.into()), count(date.into()));
        return Ok(Entry::text(format!("{year}年{month}月{date}日")));
    }
    match day.written(&pattern) {
        Some(text) => Ok(Entry::text(text)),
        None => Err(bad_argument(
            call.range,
            say!("日期的写法“{pattern}”看不懂", "the date format \"{pattern}\" is not known"),
            say!("可用 %Y %m %d %-m %-d %B %b %H %M %S", "use %Y %m %d %-m %-d %B %b %H %M %S"),
        )),
    }
}

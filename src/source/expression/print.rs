//! How values are printed.

use super::fault::{Computed, Range, broken, fault};
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Entry, tidy};

/// A computed number with more decimals than this, those that a number may be written with, must be rounded by the author.
const MOST_PRINTED: u32 = 100;

/// What is printed for a value.
pub(in crate::source) fn print(entry: &Entry, range: Range) -> Computed<String> {
    let entry = entry.scalar();
    let refuse = |message, hint| Err(fault(Code::UNPRINTABLE_VALUE, range, message, hint).about(&entry));
    match &entry.datum {
        // The lines of a cell are lines in cells of tables alone.
        Datum::Text(text) if text.contains('\n') => Ok(tidy(text).into_owned()),
        Datum::Text(text) => Ok(text.to_string()),
        Datum::Day(day) => Ok(day.shown.to_string()),
        Datum::Number(number) => {
            let short = entry.span.is_some() || number.places().is_some_and(|p| p <= MOST_PRINTED);
            if let Some(text) = number.print().filter(|_| short) {
                return Ok(text);
            }
            let shown = number.digits(10);
            let message = match number.needed() {
                Some(places) => say!(
                    "结果有 {places} 位小数，太长：{shown}……",
                    "the result has {places} decimals, too many to print: {shown}…"
                ),
                None => say!("结果除不尽：{shown}……", "the quotient does not end: {shown}…"),
            };
            let hint = say!(
                "写明保留几位小数，例如 (a / b * 100) | round(1)",
                "say how many decimals to keep, such as (a / b * 100) | round(1)"
            );
            refuse(message, hint)
        }
        Datum::Broken(_) => broken(&entry, range).map_or_else(|| Ok(String::new()), Err),
        Datum::Null => refuse(
            say!("这里没有值，不能印出", "there is no value here to print"),
            say!(
                "补上数据，或者用 | default(\"—\") 写明空着印什么",
                "give the value, or say by | default(\"—\") what to print"
            ),
        ),
        other => {
            let (zh, en) = other.name();
            refuse(
                say!("{zh}不能直接印出", "{en} cannot be printed"),
                say!(
                    "写到具体的数字或文字为止；列表可用 | join(\"、\")",
                    "name a number or a text; lists can be joined by | join(\"、\")"
                ),
            )
        }
    }
}

//! The filter that writes numbers in Han numerals.

use super::super::arguments::Call;
use super::super::fault::{Computed, bad_argument};
use crate::diagnostic::say;
use crate::source::data::{Entry, numerals};

/// `12` as 十二; `chinese("year")`: 二〇二四; `chinese("formal")`: 壹拾贰.
pub(super) fn chinese(call: &Call<'_>) -> Computed {
    let number = call.number()?;
    let style = call.word(0, "style")?.unwrap_or_else(|| "count".to_owned());
    let text = number.needed().filter(|places| *places <= 20).map(|places| number.digits(places));
    let Some(text) = text.filter(|t| t.split('.').next().is_some_and(|whole| whole.len() <= 16)) else {
        return Err(bad_argument(
            call.range,
            say!("这个数写不成汉字", "this number cannot be written in Han numerals"),
            say!("整数部分最多 16 位，除不尽的先四舍五入", "at most 16 digits before the point; round quotients first"),
        ));
    };
    let (minus, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("负", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let style = match style.as_str() {
        "count" => &numerals::COUNT,
        "formal" => &numerals::MONEY,
        "year" if fraction.is_empty() && minus.is_empty() => return Ok(Entry::text(numerals::code(whole))),
        _ => {
            return Err(bad_argument(
                call.range,
                say!(
                    "没有这种汉字写法，或者这个数不能这样写",
                    "there is no such style, or it does not suit this number"
                ),
                say!(
                    "可用 chinese、chinese(\"year\")（二〇二四）、chinese(\"formal\")（壹贰）",
                    "use chinese, chinese(\"year\") for 二〇二四, or chinese(\"formal\") for 壹贰"
                ),
            ));
        }
    };
    let count: u64 = whole.parse().unwrap_or(0);
    let mut written = minus.to_owned() + &numerals::written(count, style);
    if !fraction.is_empty() {
        written += "点";
        written += &numerals::one_by_one(fraction, &style.digits);
    }
    Ok(Entry::text(written))
}

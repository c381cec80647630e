//! Filters on numbers, in exact decimals.

use super::super::arguments::Call;
use super::super::fault::{Computed, bad_argument, too_large};
use super::super::print::print;
use crate::diagnostic::{Code, say};
use crate::model::grouped;
use crate::source::data::{Datum, Decimal, Entry, Rounding};

/// Rounds halves away from zero: 四舍五入.
pub(super) fn round(call: &Call<'_>) -> Computed {
    let places = call.decimals(0)?.unwrap_or(0);
    rounded(call, &call.number()?, places, Rounding::HalfUp).map(Entry::number)
}

/// Rounds halves to the even digit: GB/T 8170.
pub(super) fn round_even(call: &Call<'_>) -> Computed {
    let places = call.decimals(0)?.unwrap_or(0);
    rounded(call, &call.number()?, places, Rounding::HalfEven).map(Entry::number)
}

/// A number of exactly so many decimals.
pub(super) fn rounded(call: &Call<'_>, number: &Decimal, places: u32, rounding: Rounding) -> Computed<Decimal> {
    remark_twice(call, number, number, places);
    number.round(places, rounding).ok_or_else(|| too_large(call.range))
}

/// Rounding what a filter has rounded may give another figure than rounding once. `scaled` is `number` in another unit.
fn remark_twice(call: &Call<'_>, number: &Decimal, scaled: &Decimal, places: u32) {
    if number.is_rounded() && scaled.needed().is_some_and(|needed| needed > places) {
        call.remark(
            Code::ROUNDED_TWICE,
            say!("已经修约过的数又修约了一次", "a figure that is rounded already is rounded again"),
            say!(
                "连续修约会得出错误的数（GB/T 8170 3.3）：从原数一次修约到要的位数",
                "rounding twice can give a wrong figure (GB/T 8170, 3.3): round the original once"
            ),
        );
    }
}

/// Tells of a figure of which rounding leaves nothing but zeros. `value` is in the unit that is printed.
pub(super) fn remark_nothing(call: &Call<'_>, value: &Decimal, places: u32) {
    if !value.is_zero() && value.round(places, Rounding::HalfUp).is_some_and(|rounded| rounded.is_zero()) {
        call.remark(
            Code::DOUBTFUL_FIGURE,
            say!("这个数不是 0，修约后只剩 0", "this figure is not 0, and only zeros are left of it"),
            say!(
                "多留几位小数，换小一点的单位，或者写“不足”",
                "keep more decimals, take a smaller unit, or say that it is less"
            ),
        );
    }
}

/// Tells of a ratio that is hardly one: most likely it is in percent already. `most`: in percent.
pub(super) fn remark_ratio(call: &Call<'_>, value: &Decimal, most: i64) {
    let far = value.absolute().and_then(|value| value.minus(&Decimal::whole(most))).is_some_and(|d| d.is_positive());
    if far && !call.flag(usize::MAX, "percent") && !call.number().is_ok_and(|number| number.is_percent()) {
        let name = call.name;
        call.remark(
            Code::DOUBTFUL_FIGURE,
            say!(
                "这个数乘以 100 才作百分数，得数超过 {most}%",
                "a hundred times this number is taken as percent, which is over {most}%"
            ),
            say!(
                "数本来就是百分数的，写 {name}(1, percent=true)",
                "if it is in percent already, write {name}(1, percent=true)"
            ),
        );
    }
}

fn scaled(call: &Call<'_>, factor: &Decimal, unit: &str) -> Computed {
    let number = call.number()?;
    let value = number.times(factor).ok_or_else(|| too_large(call.range))?;
    let value = match call.decimals(0)? {
        Some(places) => {
            remark_twice(call, &number, &value, places);
            remark_nothing(call, &value, places);
            value.round(places, Rounding::HalfUp).ok_or_else(|| too_large(call.range))?
        }
        None => value,
    };
    Ok(Entry::text(print(&Entry::number(value), call.range)? + unit))
}

fn power_of_ten(exponent: i32) -> Decimal {
    Decimal::parse(&format!("1e{exponent}")).unwrap_or_else(|| Decimal::whole(1))
}

/// `0.125` as `12.5%`.
pub(super) fn percent(call: &Call<'_>) -> Computed {
    scaled(call, &power_of_ten(2), "%")
}

/// `0.0125` as `12.5‰`.
pub(super) fn permille(call: &Call<'_>) -> Computed {
    scaled(call, &power_of_ten(3), "‰")
}

/// `0.012` as `1.2个百分点`, and `1.2` where it is in percent.
pub(super) fn points(call: &Call<'_>) -> Computed {
    let number = call.number()?;
    let percent = call.flag(usize::MAX, "percent") && !number.is_percent();
    remark_ratio(call, &number.times(&Decimal::whole(100)).ok_or_else(|| too_large(call.range))?, 100);
    scaled(call, &power_of_ten(if percent { 0 } else { 2 }), "个百分点")
}

/// In ten thousands.
pub(super) fn wan(call: &Call<'_>) -> Computed {
    scaled(call, &power_of_ten(-4), "万")
}

/// In hundred millions.
pub(super) fn yi(call: &Call<'_>) -> Computed {
    scaled(call, &power_of_ten(-8), "亿")
}

/// In hundred millions or ten thousands, whichever the figure comes to when it is rounded: never 10000.0万. A smaller one as it is.
pub(super) fn wan_or_yi(call: &Call<'_>) -> Computed {
    let number = call.number()?;
    let reaches = || {
        let value = number.absolute()?.times(&power_of_ten(-4))?;
        let value = match call.decimals(0).ok()? {
            Some(places) => value.round(places, Rounding::HalfUp)?,
            None => value,
        };
        Some(!value.minus(&Decimal::whole(10_000))?.is_negative())
    };
    let wan = number.absolute().and_then(|n| n.minus(&Decimal::whole(10_000))).is_some_and(|d| !d.is_negative());
    match reaches().ok_or_else(|| too_large(call.range))? {
        true => yi(call),
        false if wan => self::wan(call),
        false => Ok(Entry::text(print(&Entry::number(number), call.range)?)),
    }
}

/// `1234567` as `1,234,567`.
pub(super) fn thousands(call: &Call<'_>) -> Computed {
    let number = call.number()?;
    let text = match call.decimals(0)? {
        Some(places) => rounded(call, &number, places, Rounding::HalfUp)?.print().unwrap_or_default(),
        None => print(&Entry::number(bare(&number)), call.range)?,
    };
    Ok(Entry::text(grouped(&text)))
}

/// The number without the way in which its data file shows it.
fn bare(number: &Decimal) -> Decimal {
    number
        .absolute()
        .and_then(|n| if number.is_negative() { n.negated() } else { Some(n) })
        .unwrap_or_else(|| number.clone())
}

/// Without its sign.
pub(super) fn abs(call: &Call<'_>) -> Computed {
    call.number()?.absolute().map(Entry::number).ok_or_else(|| too_large(call.range))
}

/// Without its decimals; a text of digits as a number.
pub(super) fn int(call: &Call<'_>) -> Computed {
    to_number(call).map(|n| Entry::number(n.truncated()))
}

/// A text of digits as a number; a number as it is.
pub(super) fn float(call: &Call<'_>) -> Computed {
    let entry = call.value.scalar();
    if let Ok(number) = call.number() {
        return Ok(Entry { span: entry.span, ..Entry::number(number) });
    }
    to_number(call).map(|n| Entry { span: entry.span, ..Entry::number(n) })
}

fn to_number(call: &Call<'_>) -> Computed<Decimal> {
    if let Datum::Text(text) = &call.value.scalar().datum
        && let Some(number) = Decimal::parse(text.trim())
    {
        return Ok(number);
    }
    call.number()
}

/// A figure of the data with its unit.
pub(super) fn with_unit(call: &Call<'_>) -> Computed {
    let Some(unit) = call.value.get("unit") else {
        return Err(bad_argument(
            call.range,
            say!("这个数据没有写单位", "this figure has no unit"),
            say!(
                "数据写成 {{value: 数, unit: 单位}}，或者把单位直接写在文字里",
                "write the data as {{value: number, unit: …}}, or the unit in the text"
            ),
        )
        .about(call.value));
    };
    Ok(Entry::text(print(call.value, call.range)? + &print(unit, call.range)?))
}

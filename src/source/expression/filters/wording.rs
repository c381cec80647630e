//! Filters that put figures into words. What is said is decided after rounding: never 下降0.0%.

use super::super::arguments::Call;
use super::super::compare::order;
use super::super::fault::{Computed, Fault, bad_argument, not_a_list, too_large};
use super::numbers::{remark_nothing, remark_ratio};
use crate::diagnostic::{Code, say};
use crate::source::data::numerals::count;
use crate::source::data::{Datum, Decimal, Entry, Rounding};

/// The words for more, less and the same.
struct ComparisonWords {
    more: String,
    less: String,
    same: String,
}

fn words(call: &Call<'_>, more: &str, less: &str) -> Computed<ComparisonWords> {
    let word = |name: &str, usual: &str| -> Computed<String> {
        Ok(call
            .arguments
            .named(name)
            .map(|_| call.word(usize::MAX, name))
            .transpose()?
            .flatten()
            .unwrap_or_else(|| usual.to_owned()))
    };
    Ok(ComparisonWords { more: word("more", more)?, less: word("less", less)?, same: word("same", "与上年持平")? })
}

fn places(call: &Call<'_>, at: usize) -> Computed<u32> {
    Ok(call.decimals(at)?.unwrap_or(1))
}

/// `value` is in percent already.
fn said(call: &Call<'_>, value: &Decimal, places: u32, words: &ComparisonWords, unit: &str) -> Computed {
    let rounded = value.round(places, Rounding::HalfUp).ok_or_else(|| too_large(call.range))?;
    if rounded.is_zero() {
        return Ok(Entry::text(words.same.clone()));
    }
    let word = if rounded.is_negative() { &words.less } else { &words.more };
    let digits = rounded.absolute().and_then(|n| n.print()).unwrap_or_default();
    Ok(Entry::text(format!("{word}{digits}{unit}")))
}

/// A hundred times a ratio; a number that is in percent as it is. A cell that shows 12.5% holds 0.125, whatever is said of it.
fn in_percent(call: &Call<'_>, ratio: &Decimal) -> Computed<Decimal> {
    if call.flag(usize::MAX, "percent") && !call.number()?.is_percent() {
        return Ok(ratio.clone());
    }
    ratio.times(&Decimal::whole(100)).ok_or_else(|| too_large(call.range))
}

/// A rate of growth: `0.052 | growth(1)` as 增长5.2%, `5.2 | growth(1, percent=true)` too.
pub(super) fn growth(call: &Call<'_>) -> Computed {
    let value = in_percent(call, &call.number()?)?;
    remark_ratio(call, &value, 200);
    said(call, &value, places(call, 0)?, &words(call, "增长", "下降")?, "%")
}

/// Growth from an earlier figure: `this | change(last, 1)` as 增长5.2%.
pub(super) fn change(call: &Call<'_>) -> Computed {
    let (now, before) = (call.number()?, other(call)?);
    if !before.is_positive() {
        return Err(base(call));
    }
    if now.is_negative() {
        return Err(bad_argument(
            call.range,
            say!("由正数变成负数，不能说下降百分之几", "a fall from above zero to below it is no fall in percent"),
            say!("写成由盈转亏，或者用两数之差", "say that it has turned negative, or give the difference"),
        )
        .about(call.value));
    }
    let rate = now.minus(&before).and_then(|d| d.over(&before)?.times(&Decimal::whole(100)));
    let rate = rate.ok_or_else(|| too_large(call.range))?;
    said(call, &rate, places(call, 1)?, &words(call, "增长", "下降")?, "%")
}

/// The difference of two shares or rates: `this | point_change(last, 1)` as 提高1.2个百分点.
pub(super) fn point_change(call: &Call<'_>) -> Computed {
    let difference = call.number()?.minus(&other(call)?).ok_or_else(|| too_large(call.range))?;
    let value = in_percent(call, &difference)?;
    remark_ratio(call, &value, 100);
    said(call, &value, places(call, 1)?, &words(call, "提高", "下降")?, "个百分点")
}

/// The mean rate of growth over years: `last | average_growth(first, 5, 1)` as 5.2%.
pub(super) fn average_growth(call: &Call<'_>) -> Computed {
    let (now, before) = (call.number()?, other(call)?);
    let years = call.whole(1, "years", (1, 200))?.and_then(|n| u32::try_from(n).ok());
    let places = places(call, 2)?;
    let Some(years) = years else {
        return Err(bad_argument(
            call.range,
            say!("年均增长率要写明年数", "the mean growth needs the count of years"),
            say!("例如 now | average_growth(before, 5, 1)", "such as now | average_growth(before, 5, 1)"),
        ));
    };
    if !before.is_positive() || now.is_negative() {
        return Err(base(call));
    }
    let rate = now.over(&before).and_then(|ratio| {
        // A root that ends is computed whole, so that a half is seen as one; another is never at a half.
        let long = ratio.root(years, 18)?;
        let exact = long.power(&Decimal::whole(i64::from(years)))? == ratio;
        let root = if exact { long } else { ratio.root(years, places + 2)? };
        root.minus(&Decimal::whole(1))?.times(&Decimal::whole(100))?.round(places, Rounding::HalfUp)
    });
    let rate = rate.and_then(|r| r.print()).ok_or_else(|| too_large(call.range))?;
    Ok(Entry::text(rate + "%"))
}

/// How often a figure has doubled: `now | doubled(before)` as 翻一番, 翻两番多.
pub(super) fn doubled(call: &Call<'_>) -> Computed {
    let (now, before) = (call.number()?, other(call)?);
    if !before.is_positive() {
        return Err(base(call));
    }
    let mut target = before;
    let mut times = 0_u32;
    while times < 60 {
        let next = target.plus(&target).ok_or_else(|| too_large(call.range))?;
        if now < next {
            break;
        }
        target = next;
        times += 1;
    }
    let more = if now == target { "" } else { "多" };
    match times {
        0 => Err(bad_argument(
            call.range,
            say!("不到原来的两倍，不能说翻番", "it has not doubled"),
            say!("改用 change，写成增长百分之几", "use change to give the growth in percent"),
        )),
        2 => Ok(Entry::text(format!("翻两番{more}"))),
        _ => Ok(Entry::text(format!("翻{}番{more}", count(times.into())))),
    }
}

/// The share in a whole: `part | share(total, 1)` as 12.5%.
pub(super) fn share(call: &Call<'_>) -> Computed {
    let (part, whole) = (call.number()?, other(call)?);
    if whole.is_zero() {
        return Err(base(call));
    }
    let share = part.over(&whole).and_then(|ratio| ratio.times(&Decimal::whole(100)));
    let over = share.as_ref().and_then(|share| share.minus(&Decimal::whole(100))).is_some_and(|d| d.is_positive());
    if over {
        call.remark(
            Code::DOUBTFUL_FIGURE,
            say!("部分比总数大，占比超过 100%", "the part is greater than the whole"),
            say!(
                "检查两个数是不是写反了，单位是不是相同",
                "see whether the two are the wrong way round or in other units"
            ),
        );
    }
    let share = share.inspect(|share| remark_nothing(call, share, call.decimals(1).ok().flatten().unwrap_or(1)));
    let share = share.and_then(|s| s.round(call.decimals(1).ok()?.unwrap_or(1), Rounding::HalfUp)?.print());
    places(call, 1)?;
    share.map(|s| Entry::text(s + "%")).ok_or_else(|| too_large(call.range))
}

/// The place of a figure among those of a list, from 1 for the greatest; equal figures share a place.
/// `row.提案 | rank(rows, attribute="提案")`, `ascending=true` from the smallest.
pub(super) fn rank(call: &Call<'_>) -> Computed {
    let list = call.arguments.positional.first();
    let Some(Entry { datum: Datum::List(items), .. }) = list else {
        return Err(not_a_list(call.name, list.unwrap_or(call.value), call.range));
    };
    let ascending = call.flag(usize::MAX, "ascending");
    let own = call.value.scalar();
    let mut before = 0;
    for item in items.iter() {
        let item = match call.word(1, "attribute")? {
            Some(name) => item.get(&name).cloned().ok_or_else(|| unknown(call, &name, item))?,
            None => item.clone(),
        };
        let item = item.scalar();
        if matches!(item.datum, Datum::Null) {
            continue;
        }
        let order =
            order(&item, &own).ok_or_else(|| super::super::fault::mismatch(call.name, &item, &own, call.range))?;
        before += i64::from(if ascending { order.is_lt() } else { order.is_gt() });
    }
    Ok(Entry::number(Decimal::whole(before + 1).certain()))
}

fn unknown(call: &Call<'_>, name: &str, item: &Entry) -> Fault {
    bad_argument(
        call.range,
        say!("列表里有一项没有“{name}”", "an entry of the list has no \"{name}\""),
        say!("检查数据文件里这一栏的名称", "check the name of this column in the data file"),
    )
    .about(item)
}

/// The figure that it is compared with.
fn other(call: &Call<'_>) -> Computed<Decimal> {
    let name = call.name;
    let Some(entry) = call.arguments.positional.first() else {
        return Err(bad_argument(
            call.range,
            say!("{name} 要写明和哪个数比", "{name} needs the figure to compare with"),
            say!("例如 this | {name}(last, 1)", "such as this | {name}(last, 1)"),
        ));
    };
    call.number_of(entry)
}

fn base(call: &Call<'_>) -> Fault {
    bad_argument(
        call.range,
        say!("基数是 0 或负数，算不出这个比率", "the base is 0 or negative: there is no such rate"),
        say!("改写这句话，或者用 if 另外写", "word the sentence otherwise, with an if where it varies"),
    )
    .about(call.value)
}

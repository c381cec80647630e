//! Functions of checks: whether figures agree within what their printed decimals represent.
//!
//! A printed figure represents an interval of half a unit of its last decimal on either side, as in XBRL Calculations 1.1.
//! Numbers that the check itself writes are exact.

use super::arguments::Call;
use super::compare::equal;
use super::fault::{Computed, bad_argument, not_a_list, too_large};
use super::print::print;
use super::scope::{Scope, SeenValue};
use crate::diagnostic::{Code, Message, say};
use crate::source::data::{Datum, Decimal, Entry};
use crate::yaml::near::suggestion;

type ApplyFunction = fn(&Call<'_>, &Scope) -> Computed<bool>;

/// Every function, how many arguments it takes, and the names of those that can be named.
const FUNCTIONS: &[(&str, ApplyFunction, usize, &[&str])] = &[
    ("sums_to", sums_to, 2, &["attribute"]),
    ("parts_of", parts_of, 2, &["attribute"]),
    ("between", between, 3, &[]),
    ("year_on_year", year_on_year, 3, &[]),
    ("unique", unique, 2, &["attribute"]),
    ("matches", matches, 2, &[]),
];

/// Applies the function that the call names.
pub(super) fn apply(call: &Call<'_>, scope: &Scope) -> Computed {
    if let Some((_, apply, most, named)) = FUNCTIONS.iter().find(|(name, ..)| *name == call.name) {
        call.takes(*most, named)?;
        return apply(call, scope).map(Entry::truth);
    }
    let name = call.name;
    let names = FUNCTIONS.iter().map(|(name, ..)| *name);
    let all: Vec<&str> = names.clone().collect();
    let (all, all_en) = (all.join("、"), all.join(", "));
    let (near_zh, near_en) = suggestion(name, names);
    Err(bad_argument(
        call.range,
        say!("没有函数“{name}”", "there is no function \"{name}\""),
        say!(
            "可用的函数：{all}{near_zh}；过滤器写成 x | {name}",
            "functions: {all_en}{near_en}; filters are written x | {name}"
        ),
    ))
}

/// A figure and what it may differ by; None for an empty one.
struct CheckedFigure {
    value: Decimal,
    half: Decimal,
}

impl CheckedFigure {
    fn low(&self) -> Option<Decimal> {
        self.value.minus(&self.half)
    }
    fn high(&self) -> Option<Decimal> {
        self.value.plus(&self.half)
    }
}

/// What is told of a check that lacks a value, and what to do.
pub(in crate::source) fn not_checked() -> (Message, Message) {
    (
        say!("有数据是空的，这一条没有核对", "a value is missing: this was not checked"),
        say!("补上数据，或者改这条核对", "give the value, or change the check"),
    )
}

fn figure(call: &Call<'_>, entry: &Entry) -> Computed<Option<CheckedFigure>> {
    if matches!(entry.scalar().datum, Datum::Null) {
        let (message, hint) = not_checked();
        call.remark(Code::CHECK_SKIPPED, message, hint);
        return Ok(None);
    }
    let value = call.number_of(entry)?;
    let half = value.margin().unwrap_or_else(|| Decimal::whole(0));
    Ok(Some(CheckedFigure { value, half }))
}

fn argument<'a>(call: &Call<'a>, at: usize) -> Computed<&'a Entry> {
    let name = call.name;
    call.arguments.positional.get(at).ok_or_else(|| {
        bad_argument(
            call.range,
            say!("{name} 括号里少了一项", "{name} lacks an argument"),
            say!(
                "例如 sums_to([a, b], total)、between(x, 0, 100)、year_on_year(now, before, rate)",
                "such as sums_to([a, b], total), between(x, 0, 100) or year_on_year(now, before, rate)"
            ),
        )
    })
}

/// An entry of a list, or what it has under a name.
fn member(call: &Call<'_>, item: &Entry, name: Option<&str>) -> Computed<Entry> {
    let Some(name) = name else { return Ok(item.clone()) };
    item.named(name).cloned().ok_or_else(|| {
        bad_argument(
            call.range,
            say!("列表里有一项没有“{name}”", "an entry of the list has no \"{name}\""),
            say!("检查数据文件里这一栏的名称", "check the name of this column in the data file"),
        )
        .about(item)
    })
}

/// The parts and the whole; None when one is missing.
fn parts(call: &Call<'_>) -> Computed<Option<(CheckedFigure, CheckedFigure)>> {
    let list = argument(call, 0)?;
    let Datum::List(items) = &list.datum else { return Err(not_a_list(call.name, list, call.range)) };
    let mut sum = CheckedFigure { value: Decimal::whole(0), half: Decimal::whole(0) };
    let large = || too_large(call.range);
    for item in items.iter() {
        let item = member(call, item, call.word(usize::MAX, "attribute")?.as_deref())?;
        let Some(part) = figure(call, &item)? else { return Ok(None) };
        sum.value = sum.value.plus(&part.value).ok_or_else(large)?;
        sum.half = sum.half.plus(&part.half).ok_or_else(large)?;
    }
    let Some(total) = figure(call, argument(call, 1)?)? else { return Ok(None) };
    Ok(Some((sum, total)))
}

fn said(number: &Decimal) -> String {
    number.print().unwrap_or_else(|| number.digits(10) + "…")
}

/// Tells sum, total and difference, for the message of a check that fails.
fn tell(scope: &Scope, sum: &CheckedFigure, total: &CheckedFigure) -> Option<Decimal> {
    let difference = sum.value.minus(&total.value)?;
    see(scope, ("合计", "sum"), &said(&sum.value));
    see(scope, ("总数", "total"), &said(&total.value));
    see(scope, ("相差", "difference"), &said(&difference));
    Some(difference)
}

/// The parts add up to the whole.
fn sums_to(call: &Call<'_>, scope: &Scope) -> Computed<bool> {
    let Some((sum, total)) = parts(call)? else { return Ok(true) };
    let large = || too_large(call.range);
    let difference = tell(scope, &sum, &total).ok_or_else(large)?;
    let allowed = sum.half.plus(&total.half).ok_or_else(large)?;
    let holds = difference.absolute().ok_or_else(large)? <= allowed;
    if holds && !difference.is_zero() {
        let by = said(&difference);
        call.remark(
            Code::SUM_ROUNDED,
            say!(
                "各项之和与合计相差 {by}，在四舍五入的误差以内",
                "parts and total differ by {by}, as rounding may make them"
            ),
            say!(
                "在表注里写：合计与分项之差因四舍五入；或者用 shares 按最大余数法取占比",
                "say in a note that they differ by rounding, or take shares by largest remainder with shares"
            ),
        );
    }
    Ok(holds)
}

/// Some parts are no more than the whole.
fn parts_of(call: &Call<'_>, scope: &Scope) -> Computed<bool> {
    let Some((sum, total)) = parts(call)? else { return Ok(true) };
    let large = || too_large(call.range);
    let difference = tell(scope, &sum, &total).ok_or_else(large)?;
    Ok(difference <= sum.half.plus(&total.half).ok_or_else(large)?)
}

/// Tells a number for the message of a check that fails.
fn see(scope: &Scope, (zh, en): (&str, &str), value: &str) {
    scope.see(|| SeenValue {
        name: say!("{zh}", "{en}"),
        printed: say!("{value}", "{value}"),
        span: None,
        many: false,
        columns: None,
    });
}

/// A figure lies between two others, ends included.
fn between(call: &Call<'_>, scope: &Scope) -> Computed<bool> {
    let figures = [argument(call, 0)?, argument(call, 1)?, argument(call, 2)?];
    let [Some(value), Some(low), Some(high)] =
        [figure(call, figures[0])?, figure(call, figures[1])?, figure(call, figures[2])?]
    else {
        return Ok(true);
    };
    let holds = || {
        let (above, below) = (value.high()? >= low.low()?, value.low()? <= high.high()?);
        let beyond = if above { value.value.minus(&high.value)? } else { low.value.minus(&value.value)? };
        see(scope, ("超出", "beyond by"), &said(&beyond));
        Some(above && below)
    };
    holds().ok_or_else(|| too_large(call.range))
}

/// A rate of growth, in percent, is that from the earlier figure to the later.
fn year_on_year(call: &Call<'_>, scope: &Scope) -> Computed<bool> {
    let figures = [argument(call, 0)?, argument(call, 1)?, argument(call, 2)?];
    let [Some(now), Some(before), Some(mut rate)] =
        [figure(call, figures[0])?, figure(call, figures[1])?, figure(call, figures[2])?]
    else {
        return Ok(true);
    };
    let large = || too_large(call.range);
    let hundred = Decimal::whole(100);
    if rate.value.is_percent() {
        rate.value = rate.value.times(&hundred).ok_or_else(large)?;
        rate.half = rate.half.times(&hundred).ok_or_else(large)?;
    }
    let least = before.low().ok_or_else(large)?;
    if !least.is_positive() {
        return Err(bad_argument(
            call.range,
            say!("基数是 0 或负数，算不出增长率", "the base is 0 or negative: there is no rate of growth"),
            say!("检查数据，或者删去这条核对", "check the data, or remove the check"),
        )
        .about(figures[1]));
    }
    let growth = |now: &Decimal, before: &Decimal| now.minus(before)?.over(before)?.times(&hundred);
    let bounds = || {
        let high_base = before.high()?;
        let from = growth(&now.low()?, if now.low()?.is_negative() { &least } else { &high_base })?;
        let to = growth(&now.high()?, if now.high()?.is_negative() { &high_base } else { &least })?;
        Some((growth(&now.value, &before.value)?, from, to))
    };
    let (exact, from, to) = bounds().ok_or_else(large)?;
    let places = rate.value.places().unwrap_or(1) + 1;
    see(scope, ("算出的增长率", "computed growth"), &format!("{}%", exact.digits(places)));
    let apart = rate.value.minus(&exact).ok_or_else(large)?.digits(places);
    see(scope, ("相差（百分点）", "difference in percentage points"), &apart);
    Ok(rate.high().ok_or_else(large)? >= from && rate.low().ok_or_else(large)? <= to)
}

/// No value comes twice in a list, or in a column of it.
fn unique(call: &Call<'_>, scope: &Scope) -> Computed<bool> {
    let list = argument(call, 0)?;
    let Datum::List(items) = &list.datum else { return Err(not_a_list(call.name, list, call.range)) };
    let name = call.word(1, "attribute")?;
    let mut seen: std::collections::BTreeMap<String, Entry> = std::collections::BTreeMap::new();
    let mut holds = true;
    for item in items.iter() {
        let entry = member(call, item, name.as_deref())?;
        if matches!(entry.scalar().datum, Datum::Null) {
            continue;
        }
        let text = print(&entry, call.range)?;
        match seen.get(&text) {
            Some(first) if equal(first, &entry) => {
                holds = false;
                for entry in [first, &entry] {
                    scope.see(|| SeenValue {
                        name: say!("重复", "twice"),
                        printed: say!("{text}", "{text}"),
                        span: entry.scalar().span,
                        many: false,
                        columns: None,
                    });
                }
            }
            _ => {
                seen.insert(text, entry);
            }
        }
    }
    Ok(holds)
}

/// A text, or every text of a list, has the form of a regular expression.
fn matches(call: &Call<'_>, scope: &Scope) -> Computed<bool> {
    let pattern = print(argument(call, 1)?, call.range)?;
    let whole = format!("^(?:{pattern})$");
    let expression = regex_lite::RegexBuilder::new(&whole).size_limit(100_000).build().map_err(|_| {
        bad_argument(
            call.range,
            say!("“{pattern}”不是正则表达式", "\"{pattern}\" is no regular expression"),
            say!("例如 matches(code, \"[0-9]{{6}}\")", "such as matches(code, \"[0-9]{{6}}\")"),
        )
    })?;
    let subject = argument(call, 0)?;
    let one = std::slice::from_ref(subject);
    let items = if let Datum::List(items) = &subject.datum { items } else { one };
    let mut holds = true;
    for item in items {
        if matches!(item.scalar().datum, Datum::Null) {
            continue;
        }
        let text = print(item, call.range)?;
        if !expression.is_match(&text) {
            holds = false;
            scope.see(|| SeenValue {
                name: say!("不合", "no match"),
                printed: say!("{text}", "{text}"),
                span: item.scalar().span,
                many: false,
                columns: None,
            });
        }
    }
    Ok(holds)
}

//! Filters on numbers, in exact decimals, and how values are printed.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal as Exact, RoundingStrategy};

use super::arguments::{Arguments, MOST_DECIMALS};
use super::compare::order;
use super::fault::{Fault, Outcome, fault};
use super::minijinja as bridge;
use crate::diagnostic::{Code, say};
use crate::model::chinese;
use crate::source::data::{Datum, Decimal, Entry};

/// Applies a filter: ours on numbers, minijinja's on the rest.
pub(in crate::source) fn apply(name: &str, value: Entry, arguments: &Arguments, range: (usize, usize)) -> Outcome {
    let number = || match &value.datum {
        Datum::Number(figure) => Ok(figure.value),
        other => Err(not_a_number(name, other, range)),
    };
    match name {
        "default" | "d" => Ok(value),
        "round" => Ok(fixed(number()?, arguments.decimals(range)?.unwrap_or(0), range)?),
        "percent" => {
            let hundredfold = times(number()?, Exact::ONE_HUNDRED, range)?;
            scaled(hundredfold, arguments.decimals(range)?, "%", range)
        }
        "wan" => scaled(number()? / Exact::from(10_000), arguments.decimals(range)?, "万", range),
        "yi" => scaled(number()? / Exact::from(100_000_000), arguments.decimals(range)?, "亿", range),
        "thousands" => {
            let value = number()?;
            let text = print(&value_entry(value, arguments.decimals(range)?, range)?.datum, range)?;
            Ok(Entry::text(grouped(&text)))
        }
        "chinese" => match number()?.to_u32().filter(|n| number().is_ok_and(|v| v.is_integer()) && *n < 1000) {
            Some(count) => Ok(Entry::text(chinese(count))),
            None => Err(fault(
                Code::EXPRESSION_FAILED,
                range,
                say!("chinese 只用于 0 到 999 的整数", "chinese is for whole numbers from 0 to 999"),
                say!("直接用阿拉伯数字", "use Arabic digits"),
            )),
        },
        "abs" => Ok(Entry::number(number()?.abs())),
        "int" if matches!(value.datum, Datum::Number(_)) => Ok(Entry::number(number()?.trunc())),
        "float" if matches!(value.datum, Datum::Number(_)) => Ok(value),
        "sum" => {
            let mut sum = Exact::ZERO;
            for item in items(name, &value, arguments, range)? {
                let Datum::Number(figure) = &item.datum else { return Err(not_a_number(name, &item.datum, range)) };
                sum = sum.checked_add(figure.value).ok_or_else(|| too_large(range))?;
            }
            Ok(Entry::number(sum))
        }
        "min" | "max" => {
            let all = items(name, &value, arguments, range)?;
            let mut best: Option<&Entry> = None;
            for item in &all {
                let wanted = if name == "min" { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
                match best {
                    None => best = Some(item),
                    Some(other) => {
                        let order =
                            order(&item.datum, &other.datum).ok_or_else(|| not_a_number(name, &item.datum, range))?;
                        if order == wanted {
                            best = Some(item);
                        }
                    }
                }
            }
            Ok(best.cloned().unwrap_or_else(|| Entry::computed(Datum::Null)))
        }
        "map" if matches!(value.datum, Datum::List(_)) && arguments.named.iter().any(|(n, _)| n == "attribute") => {
            Ok(Entry::computed(Datum::List(items(name, &value, arguments, range)?.into())))
        }
        "first" | "last" => match &value.datum {
            Datum::List(items) => {
                let item = if name == "first" { items.first() } else { items.last() };
                Ok(item.cloned().unwrap_or_else(|| Entry::computed(Datum::Null)))
            }
            _ => bridge::filter(name, &value, arguments, range),
        },
        "join" => match &value.datum {
            Datum::List(items) => {
                let texts: Outcome<Vec<String>> = items.iter().map(|item| print(&item.datum, range)).collect();
                let between = arguments.one("d").map(|e| print(&e.datum, range)).transpose()?;
                Ok(Entry::text(texts?.join(between.as_deref().unwrap_or(""))))
            }
            _ => bridge::filter(name, &value, arguments, range),
        },
        _ => bridge::filter(name, &value, arguments, range),
    }
}

/// The items of a list, or one attribute of each.
fn items(name: &str, value: &Entry, arguments: &Arguments, range: (usize, usize)) -> Outcome<Vec<Entry>> {
    let Datum::List(items) = &value.datum else {
        let (zh, en) = value.datum.name();
        return Err(fault(
            Code::EXPRESSION_FAILED,
            range,
            say!("“{name}”要用于列表，这里是{zh}", "\"{name}\" is for lists, not {en}"),
            say!("例如 stations | sum(attribute=\"count\")", "such as stations | sum(attribute=\"count\")"),
        ));
    };
    let attribute = arguments.named.iter().find(|(n, _)| n == "attribute");
    let Some((_, Entry { datum: Datum::Text(attribute), .. })) = attribute else { return Ok(items.to_vec()) };
    items
        .iter()
        .map(|item| {
            item.get(attribute).cloned().ok_or_else(|| {
                fault(
                    Code::UNKNOWN_NAME,
                    range,
                    say!("列表里有一项没有“{attribute}”", "an entry of the list has no \"{attribute}\""),
                    say!("检查数据文件里这一栏的名称", "check the name of this column in the data file"),
                )
            })
        })
        .collect()
}

/// A number with exactly so many decimals, halves away from zero (四舍五入).
fn fixed(value: Exact, decimals: u32, range: (usize, usize)) -> Outcome {
    let mut rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    if rounded.scale() != decimals {
        return Err(too_large(range));
    }
    // No −0 for a small negative number.
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    let text = rounded.to_string().into();
    Ok(Entry::computed(Datum::Number(Decimal { value: rounded, text: Some(text) })))
}

fn value_entry(value: Exact, decimals: Option<u32>, range: (usize, usize)) -> Outcome {
    decimals.map_or_else(|| Ok(Entry::number(value)), |d| fixed(value, d, range))
}

fn scaled(value: Exact, decimals: Option<u32>, unit: &str, range: (usize, usize)) -> Outcome {
    let text = print(&value_entry(value, decimals, range)?.datum, range)?;
    Ok(Entry::text(text + unit))
}

fn times(a: Exact, b: Exact, range: (usize, usize)) -> Outcome<Exact> {
    a.checked_mul(b).ok_or_else(|| too_large(range))
}

/// `1234567.5` as `1,234,567.5`.
fn grouped(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |d| ("-", d));
    let (whole, rest) = digits.find('.').map_or((digits, ""), |i| digits.split_at(i));
    let mut out = String::from(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

/// What is printed for a value.
pub(in crate::source) fn print(datum: &Datum, range: (usize, usize)) -> Outcome<String> {
    let refuse = |message, hint| Err(fault(Code::UNPRINTABLE_VALUE, range, message, hint));
    match datum {
        Datum::Text(text) => Ok(text.to_string()),
        Datum::Number(figure) if figure.text.is_none() && figure.value.normalize().scale() > MOST_DECIMALS => {
            let shown = figure.value.round_dp(MOST_DECIMALS).to_string();
            refuse(
                say!("结果除不尽：{shown}……", "the quotient does not end: {shown}…"),
                say!(
                    "写明保留几位小数，例如 (a / b * 100) | round(1)",
                    "say how many decimals to keep, such as (a / b * 100) | round(1)"
                ),
            )
        }
        Datum::Number(figure) => Ok(figure.print()),
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

fn not_a_number(name: &str, datum: &Datum, range: (usize, usize)) -> Fault {
    let (zh, en) = datum.name();
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("“{name}”要用于数字，这里是{zh}", "\"{name}\" is for numbers, not {en}"),
        say!("检查数据；加了引号的数字是文字", "check the data; a number in quotation marks is text"),
    )
}

fn too_large(range: (usize, usize)) -> Fault {
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!("结果太大，算不出来", "the result is too large"),
        say!("数字最多 28 位", "numbers have at most 28 digits"),
    )
}

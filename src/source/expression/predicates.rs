//! Tests: `x is defined`, `select("odd")`.

use super::arguments::Call;
use super::compare::{equal, order};
use super::fault::{Computed, bad_argument, mismatch};
use super::print::print;
use crate::diagnostic::say;
use crate::source::data::{Datum, Decimal, Entry};
use crate::yaml::near::suggestion;

type Test = fn(&Call<'_>) -> Computed<bool>;

/// Every test.
const TESTS: &[(&str, Test)] = &[
    ("defined", |_| Ok(true)),
    ("undefined", |_| Ok(false)),
    ("none", |call| Ok(matches!(call.value.scalar().datum, Datum::Null))),
    ("number", |call| Ok(matches!(call.value.scalar().datum, Datum::Number(_)))),
    ("integer", |call| Ok(matches!(call.value.scalar().datum, Datum::Number(n) if n.is_whole()))),
    ("float", |call| Ok(matches!(call.value.scalar().datum, Datum::Number(n) if !n.is_whole()))),
    ("string", |call| Ok(matches!(call.value.scalar().datum, Datum::Text(_)))),
    ("date", |call| Ok(matches!(call.value.scalar().datum, Datum::Day(_)))),
    ("boolean", |call| Ok(matches!(call.value.datum, Datum::Bool(_)))),
    ("true", |call| Ok(matches!(call.value.datum, Datum::Bool(true)))),
    ("false", |call| Ok(matches!(call.value.datum, Datum::Bool(false)))),
    ("sequence", |call| Ok(matches!(call.value.datum, Datum::List(_)))),
    ("iterable", |call| Ok(matches!(call.value.datum, Datum::List(_) | Datum::Map(_) | Datum::Text(_)))),
    ("mapping", |call| Ok(matches!(call.value.datum, Datum::Map(_)))),
    ("odd", |call| parity(call).map(|even| !even)),
    ("even", parity),
    ("divisibleby", |call| {
        let divisor = call.number_of(argument(call)?)?;
        let rest = call.number()?.rest_of(&divisor);
        Ok(rest.is_some_and(|r| r.is_zero()))
    }),
    ("eq", |call| Ok(equal(call.value, argument(call)?))),
    ("==", |call| Ok(equal(call.value, argument(call)?))),
    ("equalto", |call| Ok(equal(call.value, argument(call)?))),
    ("sameas", |call| Ok(equal(call.value, argument(call)?))),
    ("ne", |call| Ok(!equal(call.value, argument(call)?))),
    ("!=", |call| Ok(!equal(call.value, argument(call)?))),
    ("lt", |call| ordered(call, std::cmp::Ordering::is_lt)),
    ("<", |call| ordered(call, std::cmp::Ordering::is_lt)),
    ("lessthan", |call| ordered(call, std::cmp::Ordering::is_lt)),
    ("le", |call| ordered(call, std::cmp::Ordering::is_le)),
    ("<=", |call| ordered(call, std::cmp::Ordering::is_le)),
    ("gt", |call| ordered(call, std::cmp::Ordering::is_gt)),
    (">", |call| ordered(call, std::cmp::Ordering::is_gt)),
    ("greaterthan", |call| ordered(call, std::cmp::Ordering::is_gt)),
    ("ge", |call| ordered(call, std::cmp::Ordering::is_ge)),
    (">=", |call| ordered(call, std::cmp::Ordering::is_ge)),
    ("in", |call| {
        contains(argument(call)?, call.value).ok_or_else(|| mismatch("in", call.value, call.value, call.range))
    }),
    ("startingwith", |call| Ok(call.text()?.starts_with(&print(argument(call)?, call.range)?))),
    ("endingwith", |call| Ok(call.text()?.ends_with(&print(argument(call)?, call.range)?))),
    ("containing", |call| {
        contains(call.value, argument(call)?).ok_or_else(|| mismatch("containing", call.value, call.value, call.range))
    }),
    ("lower", |call| call.text().map(|t| t == t.to_lowercase())),
    ("upper", |call| call.text().map(|t| t == t.to_uppercase())),
];

/// Applies the test that the call names.
pub(super) fn test(call: &Call<'_>) -> Computed<bool> {
    if let Some((_, test)) = TESTS.iter().find(|(name, _)| *name == call.name) {
        return test(call);
    }
    let name = call.name;
    let (near_zh, near_en) = suggestion(name, TESTS.iter().map(|(name, _)| *name));
    Err(bad_argument(
        call.range,
        say!("没有“is {name}”这种用法", "there is no \"is {name}\""),
        say!(
            "常用的：defined、none、number、even、odd、divisibleby、in{near_zh}",
            "the usual ones: defined, none, number, even, odd, divisibleby, in{near_en}"
        ),
    ))
}

/// Whether a list, text or map holds a value; None where it can hold none.
pub(super) fn contains(whole: &Entry, part: &Entry) -> Option<bool> {
    match (&whole.datum, &part.scalar().datum) {
        (Datum::List(items), _) => Some(items.iter().any(|item| equal(item, part))),
        (Datum::Text(whole), Datum::Text(part)) => Some(whole.contains(&**part)),
        (Datum::Map(map), Datum::Text(key)) => Some(map.keys.contains(key)),
        _ => None,
    }
}

fn argument<'a>(call: &Call<'a>) -> Computed<&'a Entry> {
    let name = call.name;
    call.arguments.positional.first().ok_or_else(|| {
        bad_argument(
            call.range,
            say!("“{name}”要写明和什么比", "\"{name}\" needs a value to compare with"),
            say!("例如 selectattr(\"件数\", \"{name}\", 10)", "such as selectattr(\"count\", \"{name}\", 10)"),
        )
    })
}

fn parity(call: &Call<'_>) -> Computed<bool> {
    let rest = call.number()?.rest_of(&Decimal::whole(2));
    Ok(rest.is_some_and(|r| r.is_zero()))
}

fn ordered(call: &Call<'_>, wanted: fn(std::cmp::Ordering) -> bool) -> Computed<bool> {
    let other = argument(call)?;
    let order = order(call.value, other).ok_or_else(|| mismatch(call.name, call.value, other, call.range))?;
    Ok(wanted(order))
}

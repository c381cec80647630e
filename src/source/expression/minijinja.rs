//! Values to minijinja's and back, for its filters and tests on text and lists.

use std::sync::Arc;

use ::minijinja::value::{Kwargs, Value, ValueKind};
use ::minijinja::{Environment, ErrorKind};
use rust_decimal::Decimal as Exact;
use rust_decimal::prelude::ToPrimitive as _;

use super::arguments::{Arguments, NAMES};
use super::fault::{Fault, Outcome, fault};
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Decimal, Entry};
use crate::yaml::near::suggestion;

/// Applies one of minijinja's own filters.
pub(in crate::source) fn filter(name: &str, value: &Entry, arguments: &Arguments, range: (usize, usize)) -> Outcome {
    let environment = Environment::new();
    environment
        .empty_state()
        .apply_filter(name, &values(value, arguments))
        .map(|value| from_minijinja(&value))
        .map_err(|error| failed("|", name, NAMES, &error, range))
}

/// Applies one of minijinja's own tests.
pub(in crate::source) fn test(
    name: &str,
    value: &Entry,
    arguments: &Arguments,
    range: (usize, usize),
) -> Outcome<bool> {
    let environment = Environment::new();
    environment.empty_state().perform_test(name, &values(value, arguments)).map_err(|error| {
        failed("is ", name, &["defined", "none", "number", "even", "odd", "divisibleby", "in"], &error, range)
    })
}

fn values(value: &Entry, arguments: &Arguments) -> Vec<Value> {
    let mut all = vec![to_minijinja(&value.datum)];
    all.extend(arguments.positional.iter().map(|e| to_minijinja(&e.datum)));
    if !arguments.named.is_empty() {
        let named = arguments.named.iter().map(|(k, e)| (k.as_str(), to_minijinja(&e.datum)));
        all.push(named.collect::<Kwargs>().into());
    }
    all
}

fn failed(sign: &str, name: &str, known: &[&'static str], error: &::minijinja::Error, range: (usize, usize)) -> Fault {
    let unknown = matches!(error.kind(), ErrorKind::UnknownFilter | ErrorKind::UnknownTest);
    let (near_zh, near_en) = suggestion(name, known.iter().copied());
    let all = known.join("、");
    let (message, hint) = if unknown {
        (
            say!("没有“{sign}{name}”这种用法", "there is no \"{sign}{name}\""),
            say!("常用的：{all}{near_zh}", "the usual ones: {all}{near_en}"),
        )
    } else {
        let detail = error.detail().unwrap_or("").to_owned();
        (
            say!("“{sign}{name}”用不上（{detail}）", "\"{sign}{name}\" does not apply ({detail})"),
            say!("检查数据的种类和括号里的参数", "check the kind of the data and the arguments"),
        )
    };
    fault(Code::EXPRESSION_FAILED, range, message, hint)
}

fn to_minijinja(datum: &Datum) -> Value {
    match datum {
        Datum::Null => Value::from(()),
        Datum::Bool(value) => Value::from(*value),
        Datum::Number(figure) => {
            let whole = figure.value.is_integer().then(|| figure.value.to_i64()).flatten();
            whole.map_or_else(|| Value::from(figure.value.to_f64().unwrap_or(f64::NAN)), Value::from)
        }
        Datum::Text(text) => Value::from(&**text),
        Datum::List(items) => items.iter().map(|e| to_minijinja(&e.datum)).collect(),
        Datum::Map(entries) => Value::from_pairs(entries.iter().map(|(k, e)| (&**k, to_minijinja(&e.datum)))),
    }
}

/// A value of minijinja: a constant of an expression, or the result of one of its filters.
pub(in crate::source) fn from_minijinja(value: &Value) -> Entry {
    let items = |value: &Value| value.try_iter().map(|i| i.map(|v| from_minijinja(&v)).collect::<Vec<_>>());
    let datum = match value.kind() {
        ValueKind::Undefined | ValueKind::None => Datum::Null,
        ValueKind::Bool => Datum::Bool(value.is_true()),
        ValueKind::Number => {
            // The shortest decimal that a binary fraction stands for is what was written.
            let figure = value.as_i64().map(Exact::from).map(Decimal::computed);
            match figure.or_else(|| Decimal::parse(&value.to_string())) {
                Some(figure) => Datum::Number(figure),
                None => Datum::Text(value.to_string().into()),
            }
        }
        ValueKind::Seq | ValueKind::Iterable => Datum::List(items(value).unwrap_or_default().into()),
        ValueKind::Map => {
            let keys = value.try_iter().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
            let entry = |key: &Value| {
                let item = value.get_item(key).map_or_else(|_| Entry::computed(Datum::Null), |v| from_minijinja(&v));
                (Arc::from(key.to_string()), item)
            };
            Datum::Map(keys.iter().map(entry).collect())
        }
        _ => Datum::Text(value.to_string().into()),
    };
    Entry::computed(datum)
}

//! Filters on lists. What they pick keeps the place that defines it.

use std::cmp::Ordering;
use std::sync::Arc;

use super::super::arguments::{Arguments, Call};
use super::super::compare::{distinct, equal, order};
use super::super::doubt::no_column;
use super::super::fault::{
    Computed, Fault, bad_argument, broken, fault, mismatch, not_a_list, not_a_map, too_large, too_long,
};
use super::super::print::print;
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Decimal, Entry, Rounding};
use crate::yaml::near::suggestion;

/// The most entries that a filter makes.
pub(super) const MOST_ITEMS: i64 = 1_000_000;

/// What an attribute names in an entry: a column, a path, a place in a list.
pub(super) fn attribute(call: &Call<'_>, entry: &Entry, name: &Entry) -> Computed<Entry> {
    let found = match &name.datum {
        Datum::Number(index) => index.to_integer().and_then(|i| entry.item(i)),
        Datum::Text(path) => entry.named(path).or_else(|| path.split('.').try_fold(entry, |e, part| e.named(part))),
        _ => None,
    };
    if let Some(found) = found {
        return broken(found, call.range).map_or_else(|| Ok(found.clone()), Err);
    }
    let shown = print(name, call.range)?;
    let (zh, en) = suggestion(&shown, entry.keys());
    let known: Vec<&str> = entry.keys().take(12).collect();
    let (known_zh, known_en) = (known.join("、"), known.join(", "));
    let missing = fault(
        Code::UNKNOWN_NAME,
        call.range,
        say!("列表里有一项没有“{shown}”", "an entry of the list has no \"{shown}\""),
        if known.is_empty() {
            say!("检查数据文件里这一栏的名称", "check the name of this column in the data file")
        } else {
            say!("可用的名称：{known_zh}{zh}", "names: {known_en}{en}")
        },
    );
    Err(missing.about(entry))
}

/// The entries of the list, or an attribute of each.
fn values(call: &Call<'_>) -> Computed<Vec<Entry>> {
    let items = call.list()?;
    let first = matches!(call.name, "sum" | "min" | "max" | "average");
    let named = if first { call.arguments.find(0, "attribute") } else { call.arguments.named("attribute") };
    match named {
        Some(name) => items.iter().map(|item| attribute(call, item, name)).collect(),
        None => Ok(items.to_vec()),
    }
}

/// The numbers of the list; entries without a value are left out.
fn numbers(call: &Call<'_>) -> Computed<Vec<Decimal>> {
    let all = values(call)?;
    let given = all.iter().filter(|e| !matches!(e.scalar().datum, Datum::Null));
    let numbers: Vec<Decimal> = given.map(|e| call.number_of(e)).collect::<Computed<_>>()?;
    if numbers.is_empty() && !all.is_empty() {
        return Err(no_values(call));
    }
    Ok(numbers)
}

fn no_values(call: &Call<'_>) -> Fault {
    let name = call.name;
    fault(
        Code::EXPRESSION_FAILED,
        call.range,
        say!("“{name}”要算的数全是空的", "\"{name}\" finds no value"),
        say!("补上数据，或者检查栏名", "give the values, or check the name of the column"),
    )
    .about(call.value)
}

fn total(call: &Call<'_>, numbers: &[Decimal]) -> Computed<Decimal> {
    Decimal::sum(numbers).ok_or_else(|| too_large(call.range))
}

pub(super) fn sum(call: &Call<'_>) -> Computed {
    total(call, &numbers(call)?).map(Entry::number)
}

pub(super) fn average(call: &Call<'_>) -> Computed {
    let numbers = numbers(call)?;
    let count = Decimal::whole(i64::try_from(numbers.len()).unwrap_or(i64::MAX));
    if numbers.is_empty() {
        return Err(no_values(call));
    }
    let total = total(call, &numbers)?;
    let margin = total.margin().and_then(|margin| margin.over(&count));
    total.over(&count).map(|mean| Entry::number(mean.within(margin))).ok_or_else(|| too_large(call.range))
}

pub(super) fn min(call: &Call<'_>) -> Computed {
    extreme(call, Ordering::Less)
}

pub(super) fn max(call: &Call<'_>) -> Computed {
    extreme(call, Ordering::Greater)
}

fn extreme(call: &Call<'_>, wanted: Ordering) -> Computed {
    let all = values(call)?;
    let mut best: Option<&Entry> = None;
    for item in all.iter().filter(|e| !matches!(e.scalar().datum, Datum::Null)) {
        let Some(other) = best else {
            best = Some(item);
            continue;
        };
        let order = order(item, other).ok_or_else(|| mismatch(call.name, item, other, call.range))?;
        if order == wanted {
            best = Some(item);
        }
    }
    best.cloned().ok_or_else(|| no_values(call))
}

pub(super) fn first(call: &Call<'_>) -> Computed {
    pick(call, <[Entry]>::first, |text| text.chars().next())
}

pub(super) fn last(call: &Call<'_>) -> Computed {
    pick(call, <[Entry]>::last, |text| text.chars().next_back())
}

fn pick(call: &Call<'_>, item: fn(&[Entry]) -> Option<&Entry>, character: fn(&str) -> Option<char>) -> Computed {
    match &call.value.datum {
        Datum::List(items) => Ok(item(items).cloned().unwrap_or_else(|| Entry::computed(Datum::Null))),
        Datum::Text(text) => Ok(Entry::text(character(text).map(String::from).unwrap_or_default())),
        _ => Err(not_a_list(call.name, call.value, call.range)),
    }
}

pub(super) fn length(call: &Call<'_>) -> Computed {
    let count = match &call.value.datum {
        Datum::List(items) => items.len(),
        Datum::Map(map) => map.keys.len(),
        Datum::Text(text) => text.chars().count(),
        _ => return Err(not_a_list(call.name, call.value, call.range)),
    };
    Ok(Entry::number(Decimal::whole(i64::try_from(count).unwrap_or(i64::MAX)).certain()))
}

/// The entries; of a map its names, of a text its characters.
pub(super) fn list(call: &Call<'_>) -> Computed {
    match &call.value.datum {
        Datum::List(_) => Ok(call.value.clone()),
        Datum::Map(map) => Ok(Entry::list(map.keys.iter().map(|k| Entry::text(Arc::clone(k))).collect::<Vec<_>>())),
        Datum::Text(text) => Ok(Entry::list(text.chars().map(|c| Entry::text(c.to_string())).collect::<Vec<_>>())),
        _ => Err(not_a_list(call.name, call.value, call.range)),
    }
}

pub(super) fn join(call: &Call<'_>) -> Computed {
    let texts: Vec<String> = values(call)?.iter().map(|e| print(e, call.range)).collect::<Computed<_>>()?;
    Ok(Entry::text(texts.join(&call.word(0, "d")?.unwrap_or_default())))
}

/// 甲、乙和丙.
pub(super) fn join_and(call: &Call<'_>) -> Computed {
    let texts: Vec<String> = values(call)?.iter().map(|e| print(e, call.range)).collect::<Computed<_>>()?;
    let word = call.word(0, "last")?.unwrap_or_else(|| "和".to_owned());
    Ok(Entry::text(match texts.split_last() {
        Some((last, rest)) if !rest.is_empty() => rest.join("、") + &word + last,
        Some((last, _)) => last.clone(),
        None => String::new(),
    }))
}

/// The list in order. Entries without a value come last.
pub(super) fn sort(call: &Call<'_>) -> Computed {
    let reverse = call.flag(0, "reverse");
    let fold_case = !call.flag(1, "case_sensitive");
    sorted(call, call.arguments.named("attribute"), SortOrder { reverse, fold_case }).map(Entry::list)
}

/// How a list is sorted.
#[derive(Clone, Copy)]
pub(super) struct SortOrder {
    /// The greatest first.
    pub(super) reverse: bool,
    /// Small and capital letters are the same.
    pub(super) fold_case: bool,
}

pub(super) fn sorted(call: &Call<'_>, name: Option<&Entry>, order_by: SortOrder) -> Computed<Vec<Entry>> {
    let SortOrder { reverse, fold_case } = order_by;
    let names: Vec<Entry> = match name.map(|n| &n.datum) {
        Some(Datum::Text(names)) => names.split(',').map(|n| Entry::text(n.trim())).collect(),
        _ => name.into_iter().cloned().collect(),
    };
    let folded = |entry: Entry| match &entry.datum {
        Datum::Text(text) if fold_case => Entry::text(text.to_lowercase()),
        _ => entry.scalar(),
    };
    let mut keyed = Vec::new();
    for item in call.list()? {
        let keys: Vec<Entry> = if names.is_empty() {
            vec![folded(item.clone())]
        } else {
            names.iter().map(|n| attribute(call, item, n).map(folded)).collect::<Computed<_>>()?
        };
        keyed.push((keys, item));
    }
    let mut wrong = None;
    keyed.sort_by(|(a, _), (b, _)| {
        for (a, b) in a.iter().zip(b) {
            let found = match (&a.datum, &b.datum) {
                (Datum::Null, Datum::Null) => Ordering::Equal,
                (Datum::Null, _) => return Ordering::Greater,
                (_, Datum::Null) => return Ordering::Less,
                _ => order(a, b).unwrap_or_else(|| {
                    wrong.get_or_insert_with(|| mismatch(call.name, a, b, call.range));
                    Ordering::Equal
                }),
            };
            if found != Ordering::Equal {
                return if reverse { found.reverse() } else { found };
            }
        }
        Ordering::Equal
    });
    match wrong {
        Some(fault) => Err(fault),
        None => Ok(keyed.into_iter().map(|(_, item)| item.clone()).collect()),
    }
}

/// The entries that differ, each once; with an attribute, those in which it differs.
pub(super) fn unique(call: &Call<'_>) -> Computed {
    let items = call.list()?;
    let keys = values(call)?;
    let mut kept: Vec<(&Entry, &Entry)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (key, item) in keys.iter().zip(items) {
        let new = match distinct(key) {
            Some(text) => seen.insert(text),
            None => !kept.iter().any(|(known, _)| equal(known, key)),
        };
        if new {
            kept.push((key, item));
        }
    }
    Ok(Entry::list(kept.into_iter().map(|(_, item)| item.clone()).collect::<Vec<_>>()))
}

pub(super) fn reverse(call: &Call<'_>) -> Computed {
    match &call.value.datum {
        Datum::List(items) => Ok(Entry::list(items.iter().rev().cloned().collect::<Vec<_>>())),
        Datum::Text(text) => Ok(Entry::text(text.chars().rev().collect::<String>())),
        _ => Err(not_a_list(call.name, call.value, call.range)),
    }
}

/// An attribute of each entry, or a filter applied to each: `map("round", 2)`.
pub(super) fn map(call: &Call<'_>) -> Computed {
    if let Some(name) = call.arguments.named("attribute") {
        call.takes(0, &["attribute", "default"])?;
        let default = call.arguments.named("default");
        let value = |item: &Entry| match (attribute(call, item, name), default) {
            (Err(missing), Some(default)) if missing.0.code == Code::UNKNOWN_NAME => Ok(default.clone()),
            (found, _) => found,
        };
        let items = call.list()?;
        if let (Some(_), Some(row), Datum::Text(name)) = (default, items.first(), &name.datum)
            && !name.contains('.')
        {
            call.remarks.borrow_mut().extend(no_column(row, name, call.range));
        }
        return Ok(Entry::list(items.iter().map(value).collect::<Computed<Vec<_>>>()?));
    }
    let Some(name) = call.word(0, "filter")? else {
        return Err(bad_argument(
            call.range,
            say!("map 要写明栏名或过滤器", "map needs an attribute or a filter"),
            say!(
                "例如 map(attribute=\"count\")、map(\"round\", 2)",
                "such as map(attribute=\"count\") or map(\"round\", 2)"
            ),
        ));
    };
    let rest = following(call, 1);
    let apply = |item: &Entry| (call.filter)(&call.on(&name, item, &rest));
    Ok(Entry::list(call.list()?.iter().map(apply).collect::<Computed<Vec<_>>>()?))
}

/// The arguments from a place on.
fn following(call: &Call<'_>, from: usize) -> Arguments {
    let positional = call.arguments.positional.iter().skip(from).cloned().collect();
    Arguments { positional, named: call.arguments.named.clone() }
}

/// `select` and `reject`: the entries that pass a test, or do not.
pub(super) fn select(call: &Call<'_>) -> Computed {
    let test = call.word(0, "test")?;
    let rest = following(call, 1);
    filtered(call, call.name == "select", |item| passes(call, test.as_deref(), item, &rest))
}

/// `selectattr` and `rejectattr`: the entries of which an attribute passes a test, or does not.
pub(super) fn select_attribute(call: &Call<'_>) -> Computed {
    let Some(name) = call.arguments.positional.first() else {
        return Err(bad_argument(
            call.range,
            say!("要写明栏名", "the attribute is missing"),
            say!("例如 selectattr(\"区\", \"eq\", \"甲区\")", "such as selectattr(\"name\", \"eq\", \"A\")"),
        ));
    };
    let test = call.word(1, "test")?;
    let rest = following(call, 2);
    filtered(call, call.name == "selectattr", |item| match (attribute(call, item, name), test.as_deref()) {
        (Err(missing), Some(test @ ("defined" | "undefined"))) if missing.0.code == Code::UNKNOWN_NAME => {
            Ok(test == "undefined")
        }
        (value, test) => passes(call, test, &value?, &rest),
    })
}

fn passes(call: &Call<'_>, test: Option<&str>, item: &Entry, arguments: &Arguments) -> Computed<bool> {
    match test {
        Some(test) => (call.test)(&call.on(test, item, arguments)),
        None => Ok(item.scalar().datum.is_true()),
    }
}

fn filtered(call: &Call<'_>, keep: bool, test: impl Fn(&Entry) -> Computed<bool>) -> Computed {
    let mut kept = Vec::new();
    for item in call.list()? {
        if test(item)? == keep {
            kept.push(item.clone());
        }
    }
    Ok(Entry::list(kept))
}

/// Entries with the same attribute together: `{grouper, list}` for each.
pub(super) fn group_by(call: &Call<'_>) -> Computed {
    let Some(name) = call.arguments.find(0, "attribute") else { return select_attribute(call) };
    let mut groups: Vec<(Entry, Vec<Entry>)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for item in call.list()? {
        let key = attribute(call, item, name)?;
        let own = distinct(&key).map_or_else(|| print(&key, call.range), Ok)?;
        let place = *places.entry(own).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, items)) => items.push(item.clone()),
            None => groups.push((key, vec![item.clone()])),
        }
    }
    let group =
        |(key, items): (Entry, Vec<Entry>)| Entry::map([("grouper".into(), key), ("list".into(), Entry::list(items))]);
    Ok(Entry::list(groups.into_iter().map(group).collect::<Vec<_>>()))
}

/// The one entry with this attribute: `towns | find("名称", row.名称)`.
pub(super) fn find(call: &Call<'_>) -> Computed {
    let (Some(name), Some(wanted)) = (call.arguments.positional.first(), call.arguments.positional.get(1)) else {
        return Err(bad_argument(
            call.range,
            say!("find 要写明栏名和要找的值", "find needs an attribute and a value"),
            say!("例如 towns | find(\"名称\", \"甲区\")", "such as towns | find(\"name\", \"A\")"),
        ));
    };
    let mut found: Option<&Entry> = None;
    for item in call.list()? {
        if !equal(&attribute(call, item, name)?, wanted) {
            continue;
        }
        if let Some(other) = found {
            let shown = print(wanted, call.range)?;
            let twice = fault(
                Code::EXPRESSION_FAILED,
                call.range,
                say!("列表里不止一项是“{shown}”", "the list has more than one \"{shown}\""),
                say!("改用 selectattr，或者改正数据", "use selectattr, or correct the data"),
            );
            return Err(twice.about(other).about(item));
        }
        found = Some(item);
    }
    let shown = print(wanted, call.range)?;
    found.cloned().ok_or_else(|| {
        fault(
            Code::UNKNOWN_NAME,
            call.range,
            say!("列表里没有“{shown}”", "the list has no \"{shown}\""),
            say!("检查要找的值和数据", "check the value and the data"),
        )
        .about(call.value)
    })
}

/// Lists of so many entries each.
pub(super) fn batch(call: &Call<'_>) -> Computed {
    let size = call.whole(0, "count", (1, MOST_ITEMS))?.unwrap_or(1);
    let size = usize::try_from(size).unwrap_or(1);
    let items = call.list()?;
    let mut rows: Vec<Vec<Entry>> = items.chunks(size).map(<[Entry]>::to_vec).collect();
    if let (Some(fill), Some(last)) = (call.arguments.find(1, "fill_with"), rows.last_mut()) {
        if size > items.len().max(1000) {
            return Err(too_long(call.range));
        }
        last.resize(size, fill.clone());
    }
    Ok(Entry::list(rows.into_iter().map(Entry::list).collect::<Vec<_>>()))
}

/// So many lists, as even as may be.
pub(super) fn slice(call: &Call<'_>) -> Computed {
    let count = call.whole(0, "count", (1, MOST_ITEMS))?.unwrap_or(1);
    let count = usize::try_from(count).unwrap_or(1);
    let items = call.list()?;
    if count > items.len().max(1000) {
        return Err(too_long(call.range));
    }
    let (each, more) = (items.len() / count, items.len() % count);
    let mut rest = items;
    let mut slices = Vec::new();
    for at in 0..count {
        let (head, tail) = rest.split_at(each + usize::from(at < more));
        let mut part = head.to_vec();
        if let Some(fill) = call.arguments.find(1, "fill_with")
            && at >= more
            && more > 0
        {
            part.push(fill.clone());
        }
        slices.push(Entry::list(part));
        rest = tail;
    }
    Ok(Entry::list(slices))
}

/// Names and values of a map: `[[name, value], …]`; `dictsort` sorts them by name.
pub(super) fn items(call: &Call<'_>) -> Computed {
    let Datum::Map(map) = &call.value.datum else { return Err(not_a_map(call.name, call.value, call.range)) };
    let mut pairs: Vec<(&Arc<str>, &Entry)> = map.iter().collect();
    if call.name == "dictsort" {
        pairs.sort_by_key(|(key, _)| Arc::clone(key));
    }
    let pair = |(key, value): (&Arc<str>, &Entry)| Entry::list(vec![Entry::text(Arc::clone(key)), value.clone()]);
    Ok(Entry::list(pairs.into_iter().map(pair).collect::<Vec<_>>()))
}

/// The shares of the entries in their sum, in percent with so many decimals, which add up to 100: by largest remainder.
pub(super) fn shares(call: &Call<'_>) -> Computed {
    let places = call.decimals(0)?.unwrap_or(1);
    let numbers = numbers(call)?;
    let total = total(call, &numbers)?;
    if !total.is_positive() || numbers.iter().any(Decimal::is_negative) {
        return Err(bad_argument(
            call.range,
            say!("占比要各数不为负、合计大于 0", "shares need numbers that are not negative and a sum above 0"),
            say!("检查数据", "check the data"),
        )
        .about(call.value));
    }
    let hundred = Decimal::whole(100);
    let exact: Option<Vec<Decimal>> = numbers.iter().map(|n| n.times(&hundred)?.over(&total)).collect();
    let exact = exact.ok_or_else(|| too_large(call.range))?;
    let cut: Option<Vec<Decimal>> = exact.iter().map(|n| n.round(places, Rounding::Cut)).collect();
    let mut cut = cut.ok_or_else(|| too_large(call.range))?;
    let unit = Decimal::parse(&format!("1e-{places}")).unwrap_or_else(|| Decimal::whole(1));
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let rest = |at: usize| exact[at].minus(&cut[at]).unwrap_or_else(|| Decimal::whole(0));
    // Equal remainders go to the first.
    order.sort_by(|&a, &b| rest(b).cmp(&rest(a)).then(a.cmp(&b)));
    let mut short = cut.iter().try_fold(hundred, |left, n| left.minus(n)).ok_or_else(|| too_large(call.range))?;
    for at in order {
        if short < unit {
            break;
        }
        short = short.minus(&unit).ok_or_else(|| too_large(call.range))?;
        cut[at] = cut[at].plus(&unit).ok_or_else(|| too_large(call.range))?;
    }
    call.remark(
        Code::SHARES_ADJUSTED,
        say!("占比按最大余数法调整，合计为 100%", "shares are adjusted by largest remainder to add up to 100%"),
        say!(
            "个别占比与单独四舍五入的结果会差一个末位；在表注里说明",
            "some differ by a unit from rounding alone; say so in a note"
        ),
    );
    // What has no value keeps its place.
    let mut cut = cut.into_iter();
    let of = |item: &Entry| match item.scalar().datum {
        Datum::Null => Some(item.clone()),
        _ => cut.next().map(Entry::number),
    };
    Ok(Entry::list(values(call)?.iter().filter_map(of).collect::<Vec<_>>()))
}

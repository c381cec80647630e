//! The table of filters.

use super::super::arguments::Call;
use super::super::fault::{Computed, bad_argument};
use super::{days, lists, numbers, numerals, texts, wording};
use crate::diagnostic::say;
use crate::source::data::{Datum, Entry};
use crate::yaml::near::suggestion;

type ApplyFilter = fn(&Call<'_>) -> Computed;

/// The filters that hints name.
const NAMES_SHOWN: &[&str] = &[
    "round",
    "percent",
    "wan",
    "yi",
    "thousands",
    "chinese",
    "growth",
    "sum",
    "average",
    "min",
    "max",
    "length",
    "join",
    "default",
    "date",
    "with_unit",
];

/// Every filter and what it does.
const FILTERS: &[(&str, ApplyFilter)] = &[
    ("default", default),
    ("d", default),
    ("round", numbers::round),
    ("round_even", numbers::round_even),
    ("percent", numbers::percent),
    ("permille", numbers::permille),
    ("points", numbers::points),
    ("wan", numbers::wan),
    ("yi", numbers::yi),
    ("thousands", numbers::thousands),
    ("abs", numbers::abs),
    ("int", numbers::int),
    ("float", numbers::float),
    ("with_unit", numbers::with_unit),
    ("chinese", numerals::chinese),
    ("growth", wording::growth),
    ("change", wording::change),
    ("point_change", wording::point_change),
    ("average_growth", wording::average_growth),
    ("doubled", wording::doubled),
    ("share", wording::share),
    ("rank", wording::rank),
    ("date", days::date),
    ("sum", lists::sum),
    ("average", lists::average),
    ("min", lists::min),
    ("max", lists::max),
    ("first", lists::first),
    ("last", lists::last),
    ("length", lists::length),
    ("count", lists::length),
    ("list", lists::list),
    ("join", lists::join),
    ("join_and", lists::join_and),
    ("sort", lists::sort),
    ("top", lists::top),
    ("unique", lists::unique),
    ("reverse", lists::reverse),
    ("map", lists::map),
    ("select", lists::select),
    ("reject", lists::select),
    ("selectattr", lists::select_attribute),
    ("rejectattr", lists::select_attribute),
    ("groupby", lists::group_by),
    ("find", lists::find),
    ("batch", lists::batch),
    ("slice", lists::slice),
    ("items", lists::items),
    ("dictsort", lists::items),
    ("shares", lists::shares),
    ("string", texts::string),
    ("bool", texts::truth),
    ("upper", texts::upper),
    ("lower", texts::lower),
    ("title", texts::title),
    ("capitalize", texts::capitalize),
    ("trim", texts::trim),
    ("replace", texts::replace),
    ("split", texts::split),
    ("lines", texts::lines),
    ("format", texts::format),
];

/// The names of all filters.
fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|(name, _)| *name)
}

/// Applies the filter that the call names.
pub(in super::super) fn apply(call: &Call<'_>) -> Computed {
    if let Some((_, apply)) = FILTERS.iter().find(|(name, _)| *name == call.name) {
        return apply(call);
    }
    let name = call.name;
    let (all, all_en) = (NAMES_SHOWN.join("、"), NAMES_SHOWN.join(", "));
    let (near_zh, near_en) = suggestion(name, names());
    Err(bad_argument(
        call.range,
        say!("没有“|{name}”这种用法", "there is no \"|{name}\""),
        say!("常用的：{all}{near_zh}", "the usual ones: {all_en}{near_en}"),
    ))
}

/// The value, or the argument where there is none.
#[expect(clippy::unnecessary_wraps, reason = "every filter has this signature")]
fn default(call: &Call<'_>) -> Computed {
    let missing = match &call.value.scalar().datum {
        Datum::Null => true,
        _ if call.flag(1, "boolean") => !call.value.datum.is_true(),
        _ => false,
    };
    if !missing {
        return Ok(call.value.clone());
    }
    Ok(call.arguments.find(0, "default_value").cloned().unwrap_or_else(|| Entry::text("")))
}

//! The table of filters.

use super::super::arguments::Call;
use super::super::fault::{Computed, bad_argument};
use super::{days, lists, numbers, numerals, texts, top, wording};
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

/// How many arguments a filter takes at most, and the names of those that can be named; None for one that hands them on.
type FilterArguments = Option<(usize, &'static [&'static str])>;

/// Every filter, what it does, and what it takes: a slip in a name must not pass for an argument that is not given.
const FILTERS: &[(&str, ApplyFilter, FilterArguments)] = &[
    ("default", default, Some((2, &["default_value", "boolean"]))),
    ("d", default, Some((2, &["default_value", "boolean"]))),
    ("round", numbers::round, Some((1, &["precision"]))),
    ("round_even", numbers::round_even, Some((1, &["precision"]))),
    ("percent", numbers::percent, Some((1, &["precision"]))),
    ("permille", numbers::permille, Some((1, &["precision"]))),
    ("points", numbers::points, Some((1, &["precision", "percent"]))),
    ("wan", numbers::wan, Some((1, &["precision"]))),
    ("yi", numbers::yi, Some((1, &["precision"]))),
    ("wan_or_yi", numbers::wan_or_yi, Some((1, &["precision"]))),
    ("thousands", numbers::thousands, Some((1, &["precision"]))),
    ("abs", numbers::abs, Some((0, &[]))),
    ("int", numbers::int, Some((0, &[]))),
    ("float", numbers::float, Some((0, &[]))),
    ("with_unit", numbers::with_unit, Some((0, &[]))),
    ("chinese", numerals::chinese, Some((1, &["style"]))),
    ("growth", wording::growth, Some((1, &["precision", "percent", "more", "less", "same"]))),
    ("change", wording::change, Some((2, &["precision", "more", "less", "same"]))),
    ("point_change", wording::point_change, Some((2, &["precision", "percent", "more", "less", "same"]))),
    ("average_growth", wording::average_growth, Some((3, &["years", "precision"]))),
    ("doubled", wording::doubled, Some((1, &[]))),
    ("share", wording::share, Some((2, &["precision"]))),
    ("rank", wording::rank, Some((2, &["attribute", "ascending"]))),
    ("date", days::date, Some((1, &["format"]))),
    ("sum", lists::sum, Some((1, &["attribute"]))),
    ("average", lists::average, Some((1, &["attribute"]))),
    ("min", lists::min, Some((1, &["attribute"]))),
    ("max", lists::max, Some((1, &["attribute"]))),
    ("first", lists::first, Some((0, &[]))),
    ("last", lists::last, Some((0, &[]))),
    ("length", lists::length, Some((0, &[]))),
    ("count", lists::length, Some((0, &[]))),
    ("list", lists::list, Some((0, &[]))),
    ("join", lists::join, Some((1, &["d", "attribute"]))),
    ("join_and", lists::join_and, Some((1, &["last", "attribute"]))),
    ("sort", lists::sort, Some((2, &["reverse", "case_sensitive", "attribute"]))),
    ("top", top::top, Some((2, &["count", "attribute"]))),
    ("unique", lists::unique, Some((1, &["attribute"]))),
    ("reverse", lists::reverse, Some((0, &[]))),
    ("map", lists::map, None),
    ("select", lists::select, None),
    ("reject", lists::select, None),
    ("selectattr", lists::select_attribute, None),
    ("rejectattr", lists::select_attribute, None),
    ("groupby", lists::group_by, Some((1, &["attribute"]))),
    ("find", lists::find, Some((2, &[]))),
    ("batch", lists::batch, Some((2, &["count", "fill_with"]))),
    ("slice", lists::slice, Some((2, &["count", "fill_with"]))),
    ("items", lists::items, Some((0, &[]))),
    ("dictsort", lists::items, Some((0, &[]))),
    ("shares", lists::shares, Some((1, &["precision"]))),
    ("string", texts::string, Some((0, &[]))),
    ("bool", texts::truth, Some((0, &[]))),
    ("upper", texts::upper, Some((0, &[]))),
    ("lower", texts::lower, Some((0, &[]))),
    ("title", texts::title, Some((0, &[]))),
    ("capitalize", texts::capitalize, Some((0, &[]))),
    ("trim", texts::trim, Some((1, &["chars"]))),
    ("replace", texts::replace, Some((2, &["from", "to"]))),
    ("split", texts::split, Some((1, &["sep"]))),
    ("lines", texts::lines, Some((0, &[]))),
    ("format", texts::format, None),
];

/// The names of all filters.
fn names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|(name, _, _)| *name)
}

/// Applies the filter that the call names.
pub(in super::super) fn apply(call: &Call<'_>) -> Computed {
    if let Some((_, apply, taken)) = FILTERS.iter().find(|(name, _, _)| *name == call.name) {
        if let Some((most, named)) = taken {
            call.takes(*most, named)?;
        }
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

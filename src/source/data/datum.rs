//! Values of data files: exact, each with the place that defines it.

use std::ops::Range;
use std::sync::Arc;

use time::Date;

use super::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Span};

/// A value and the place that defines it; None for what an expression computes.
#[derive(Clone, Debug)]
pub(in crate::source) struct Entry {
    /// The value.
    pub datum: Datum,
    /// Where a data file defines it.
    pub span: Option<Span>,
}

/// A value. Lists and maps are shared, not copied, however often they are used.
#[derive(Clone, Debug)]
pub(in crate::source) enum Datum {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A day.
    Day(Arc<Day>),
    /// Text.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Entry]>),
    /// A map, in the order of its file.
    Map(Arc<Map>),
    /// A cell or a sheet that cannot be used: anyone who uses it is told why.
    Broken(Arc<Diagnostic>),
}

/// A day, with the time of day where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct Day {
    /// The day.
    pub date: Date,
    /// Seconds since midnight; 0 without a time.
    pub seconds: u32,
    /// How it is printed.
    pub shown: Box<str>,
}

/// The entries of a map. The rows of a table share their keys.
#[derive(Clone, Debug)]
pub(in crate::source) struct Map {
    /// The names.
    pub keys: Arc<[Arc<str>]>,
    /// The value of each name.
    pub values: Box<[Entry]>,
    /// True for a row of a table, which has the columns of all other rows.
    pub is_row: bool,
    /// How a row of a table looks in its file.
    pub look: Option<Arc<FileLook>>,
}

/// The titles over each column of a table, from the top one down.
pub(in crate::source) type TitlePaths = Arc<[Vec<String>]>;

/// How a row looks in its file beyond its values, which a printed table that is bound to it keeps.
#[derive(Debug, Default)]
pub(in crate::source) struct FileLook {
    /// How deep texts are indented, by the place of their name among the keys.
    pub levels: Vec<(usize, u8)>,
    /// Its parts of merged cells.
    pub merged: Vec<MergedPart>,
    /// The titles over each column from the top one down, where some have several.
    pub heads: Option<TitlePaths>,
}

/// What a row has of a merged cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) struct MergedPart {
    /// The place of the cell that holds its value, by which it is known.
    pub cell: Span,
    /// The columns that it covers, by their place among the keys.
    pub columns: Range<usize>,
    /// So many of its rows are above this one.
    pub above: usize,
    /// So many rows it has.
    pub rows: usize,
}

impl Map {
    /// Its entries in the order of the file.
    pub(in crate::source) fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Entry)> {
        self.keys.iter().zip(&self.values)
    }
}

impl FromIterator<(Arc<str>, Entry)> for Map {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Entry)>>(entries: I) -> Self {
        let (keys, values): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        Self { keys: keys.into(), values: values.into(), is_row: false, look: None }
    }
}

/// A step from a value into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) enum Step {
    /// The entry of a name.
    Name(String),
    /// An entry of a list, from 0; from the end where it is negative.
    Index(i64),
}

impl Entry {
    /// A computed value.
    pub(in crate::source) fn computed(datum: Datum) -> Self {
        Self { datum, span: None }
    }

    /// Text.
    pub(in crate::source) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::computed(Datum::Text(text.into()))
    }

    /// A computed number.
    pub(in crate::source) fn number(value: Decimal) -> Self {
        Self::computed(Datum::Number(value))
    }

    /// True or false.
    pub(in crate::source) fn truth(value: bool) -> Self {
        Self::computed(Datum::Bool(value))
    }

    /// A computed list.
    pub(in crate::source) fn list(items: impl Into<Arc<[Self]>>) -> Self {
        Self::computed(Datum::List(items.into()))
    }

    /// A computed map.
    pub(in crate::source) fn map(entries: impl IntoIterator<Item = (Arc<str>, Self)>) -> Self {
        Self::computed(Datum::Map(Arc::new(entries.into_iter().collect())))
    }

    /// The entry of a key.
    pub(in crate::source) fn get(&self, key: &str) -> Option<&Self> {
        match &self.datum {
            Datum::Map(map) => map.keys.iter().position(|k| &**k == key).and_then(|at| map.values.get(at)),
            _ => None,
        }
    }

    /// The entry of a key, or of the one column whose nested heads end with it.
    pub(in crate::source) fn named(&self, name: &str) -> Option<&Self> {
        match &self.datum {
            Datum::Map(map) => column_named(map.keys.iter().map(|key| &**key), name).and_then(|at| map.values.get(at)),
            _ => None,
        }
    }

    /// An entry of a list, from 0; from the end where `index` is negative.
    pub(in crate::source) fn item(&self, index: i64) -> Option<&Self> {
        let Datum::List(items) = &self.datum else { return None };
        items.get(place(index, items.len())?)
    }

    /// How a row of a table looks in its file.
    pub(in crate::source) fn look(&self) -> Option<&FileLook> {
        if let Datum::Map(map) = &self.datum { map.look.as_deref() } else { None }
    }

    /// The keys of a map; none for other values.
    pub(in crate::source) fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        let keys = match &self.datum {
            Datum::Map(map) => &map.keys[..],
            _ => &[],
        };
        keys.iter().map(|k| &**k)
    }

    /// The value that is printed and computed with: of a map with `value`, that value, with the map's `decimals`.
    pub(in crate::source) fn scalar(&self) -> Self {
        let Some(value) = self.get("value").filter(|v| !matches!(v.datum, Datum::List(_) | Datum::Map(_))) else {
            return self.clone();
        };
        let decimals = match self.get("decimals").map(|d| &d.datum) {
            Some(Datum::Number(count)) => count.to_integer().and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= 20),
            _ => None,
        };
        match (&value.datum, decimals) {
            (Datum::Number(number), Some(decimals)) => {
                let datum = Datum::Number(number.clone().shown_as(None, Some(decimals)));
                Self { datum, span: value.span }
            }
            _ => value.clone(),
        }
    }

    /// The value at a path replaced; None when the path leads nowhere.
    pub(in crate::source) fn with(&self, path: &[Step], value: &Self) -> Option<Self> {
        let Some((first, rest)) = path.split_first() else { return Some(value.clone()) };
        let datum = match (&self.datum, first) {
            (Datum::Map(map), Step::Name(name)) => {
                let at = map.keys.iter().position(|k| **k == **name)?;
                let mut values = map.values.clone();
                values[at] = values[at].with(rest, value)?;
                Datum::Map(Arc::new(Map { values, ..(**map).clone() }))
            }
            (Datum::List(items), Step::Index(index)) => {
                let at = place(*index, items.len())?;
                let mut items = items.to_vec();
                items[at] = items[at].with(rest, value)?;
                Datum::List(items.into())
            }
            _ => return None,
        };
        Some(Self { datum, span: self.span })
    }
}

/// The place of a column: by its name, which is the titles from the top one down joined by /, or by the last of them where one
/// column alone ends so.
pub(in crate::source) fn column_named<'a>(names: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Option<usize> {
    let ends = |name: &str| name.rsplit_once('/').is_some_and(|(_, last)| last == wanted);
    names.clone().position(|name| name == wanted).or_else(|| {
        let mut places = names.enumerate().filter(|(_, name)| ends(name)).map(|(at, _)| at);
        places.next().filter(|_| places.next().is_none())
    })
}

/// The index of an entry counted from 0, or from the end; None where there is none.
fn place(index: i64, length: usize) -> Option<usize> {
    let at = usize::try_from(index.unsigned_abs()).ok()?;
    if index < 0 { length.checked_sub(at) } else { Some(at).filter(|at| *at < length) }
}

impl Datum {
    /// What a message adds that wants a list and has found a map: the names of the lists in it, such as the sheets of a workbook.
    pub(in crate::source) fn lists_within(&self) -> (String, String) {
        let Self::Map(map) = self else { return <_>::default() };
        let list = |entry: &Entry| matches!(entry.datum, Self::List(_) | Self::Broken(_));
        let names = map.keys.iter().zip(&map.values).filter(|(_, entry)| list(entry)).map(|(name, _)| &**name);
        let names: Vec<&str> = names.take(20).collect();
        if names.is_empty() {
            return <_>::default();
        }
        (format!("；其中的列表有：{}", names.join("、")), format!("; the lists in it are: {}", names.join(", ")))
    }

    /// What it is, for messages: Chinese and English.
    pub(in crate::source) fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::Null => ("空值", "nothing"),
            Self::Bool(_) => ("真假值", "true or false"),
            Self::Number(_) => ("数字", "a number"),
            Self::Day(_) => ("日期", "a date"),
            Self::Text(_) => ("文字", "text"),
            Self::List(_) => ("列表", "a list"),
            Self::Map(_) => ("一组数据", "a map"),
            Self::Broken(_) => ("不能用的值", "a value that cannot be used"),
        }
    }

    /// What conditions take it for.
    pub(in crate::source) fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(number) => !number.is_zero(),
            Self::Day(_) | Self::Broken(_) => true,
            Self::Text(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(map) => !map.keys.is_empty(),
        }
    }
}

//! Values of data files: exact, each with the place that defines it.

use std::sync::Arc;

use rust_decimal::Decimal as Exact;

use crate::diagnostic::Span;
use crate::yaml::tree::{Kind, Node};

/// A value and the place that defines it; None for what an expression computes.
#[derive(Clone, Debug)]
pub(in crate::source) struct Entry {
    /// The value.
    pub datum: Datum,
    /// Where a data file defines it.
    pub span: Option<Span>,
}

/// A value.
#[derive(Clone, Debug)]
pub(in crate::source) enum Datum {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// Text.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Entry]>),
    /// A map, in the order of its file.
    Map(Arc<[(Arc<str>, Entry)]>),
}

/// A number and how it is written.
#[derive(Clone, Debug)]
pub(in crate::source) struct Decimal {
    /// Its value.
    pub value: Exact,
    /// How the data, or a format, writes it: `0.10`. None for results of arithmetic.
    pub text: Option<Arc<str>>,
}

impl Decimal {
    /// The number that `text` writes, if it is one that 28 digits can hold.
    pub(in crate::source) fn parse(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('+').unwrap_or(text);
        let value = Exact::from_str_exact(bare).or_else(|_| Exact::from_scientific(bare)).ok()?;
        let plain = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
        Some(Self { value, text: plain.then(|| bare.into()) })
    }

    /// A computed number.
    pub(in crate::source) fn computed(value: Exact) -> Self {
        Self { value, text: None }
    }

    /// How it is printed: as written, else without trailing zeros.
    pub(in crate::source) fn print(&self) -> String {
        match &self.text {
            Some(text) => text.to_string(),
            None => self.value.normalize().to_string(),
        }
    }
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
    pub(in crate::source) fn number(value: Exact) -> Self {
        Self::computed(Datum::Number(Decimal::computed(value)))
    }

    /// The value of a YAML node. A number that 28 digits cannot hold is kept as text.
    pub(in crate::source) fn from_node(node: &Node) -> Self {
        let datum = match &node.kind {
            Kind::Null => Datum::Null,
            Kind::Bool(value) => Datum::Bool(*value),
            Kind::Number(text) => Decimal::parse(text).map_or_else(|| Datum::Text(text.as_str().into()), Datum::Number),
            Kind::Text(text) => Datum::Text(text.as_str().into()),
            Kind::List(items) => Datum::List(items.iter().map(Self::from_node).collect()),
            Kind::Map(entries) => {
                Datum::Map(entries.iter().map(|(k, v)| (Arc::from(k.name.as_str()), Self::from_node(v))).collect())
            }
        };
        Self { datum, span: Some(node.span) }
    }

    /// The entry of a key.
    pub(in crate::source) fn get(&self, key: &str) -> Option<&Self> {
        match &self.datum {
            Datum::Map(entries) => entries.iter().find(|(k, _)| &**k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The keys of a map; none for other values.
    pub(in crate::source) fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        let entries = match &self.datum {
            Datum::Map(entries) => &entries[..],
            _ => &[],
        };
        entries.iter().map(|(k, _)| &**k)
    }

    /// The value at a dotted path replaced; None when the path leads nowhere.
    pub(in crate::source) fn with(&self, path: &[&str], value: &Self) -> Option<Self> {
        let Some((first, rest)) = path.split_first() else { return Some(value.clone()) };
        let Datum::Map(entries) = &self.datum else { return None };
        let mut entries = entries.to_vec();
        let entry = entries.iter_mut().find(|(k, _)| &**k == *first)?;
        entry.1 = entry.1.with(rest, value)?;
        Some(Self { datum: Datum::Map(entries.into()), span: self.span })
    }
}

impl Datum {
    /// What it is, for messages: Chinese and English.
    pub(in crate::source) fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::Null => ("空值", "nothing"),
            Self::Bool(_) => ("真假值", "true or false"),
            Self::Number(_) => ("数字", "a number"),
            Self::Text(_) => ("文字", "text"),
            Self::List(_) => ("列表", "a list"),
            Self::Map(_) => ("一组数据", "a map"),
        }
    }

    /// What conditions take it for.
    pub(in crate::source) fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Number(figure) => !figure.value.is_zero(),
            Self::Text(text) => !text.is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Map(entries) => !entries.is_empty(),
        }
    }
}

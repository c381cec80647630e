//! Values of data files: exact, each with the place that defines it.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::diagnostic::Span;
use crate::template::tree::{Kind, Node};

/// A value and the place that defines it; None for what an expression computes.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The value.
    pub datum: Datum,
    /// Where a data file defines it.
    pub span: Option<Span>,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Datum {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Figure),
    /// Text.
    Text(Arc<str>),
    /// A list.
    List(Arc<[Entry]>),
    /// A map, in the order of its file.
    Map(Arc<[(Arc<str>, Entry)]>),
}

/// A number and how it is written.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    /// Its value.
    pub value: Decimal,
    /// How the data, or a format, writes it: `0.10`. None for results of arithmetic.
    pub text: Option<Arc<str>>,
}

impl Figure {
    /// The number that `text` writes, if it is one that 28 digits can hold.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('+').unwrap_or(text);
        let value = Decimal::from_str_exact(bare).or_else(|_| Decimal::from_scientific(bare)).ok()?;
        let plain = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
        Some(Self { value, text: plain.then(|| bare.into()) })
    }

    /// A computed number.
    pub(super) fn computed(value: Decimal) -> Self {
        Self { value, text: None }
    }

    /// How it is printed: as written, else without trailing zeros.
    pub(super) fn print(&self) -> String {
        match &self.text {
            Some(text) => text.to_string(),
            None => self.value.normalize().to_string(),
        }
    }
}

impl Entry {
    /// A computed value.
    pub(super) fn computed(datum: Datum) -> Self {
        Self { datum, span: None }
    }

    /// Text.
    pub(super) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::computed(Datum::Text(text.into()))
    }

    /// A computed number.
    pub(super) fn number(value: Decimal) -> Self {
        Self::computed(Datum::Number(Figure::computed(value)))
    }

    /// The value of a YAML node. A number that 28 digits cannot hold is kept as text.
    pub(super) fn from_node(node: &Node) -> Self {
        let datum = match &node.kind {
            Kind::Null => Datum::Null,
            Kind::Bool(value) => Datum::Bool(*value),
            Kind::Number(text) => Figure::parse(text).map_or_else(|| Datum::Text(text.as_str().into()), Datum::Number),
            Kind::Text(text) => Datum::Text(text.as_str().into()),
            Kind::List(items) => Datum::List(items.iter().map(Self::from_node).collect()),
            Kind::Map(entries) => {
                Datum::Map(entries.iter().map(|(k, v)| (Arc::from(k.name.as_str()), Self::from_node(v))).collect())
            }
        };
        Self { datum, span: Some(node.span) }
    }

    /// The entry of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match &self.datum {
            Datum::Map(entries) => entries.iter().find(|(k, _)| &**k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The keys of a map; none for other values.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        let entries = match &self.datum {
            Datum::Map(entries) => &entries[..],
            _ => &[],
        };
        entries.iter().map(|(k, _)| &**k)
    }

    /// The value at a dotted path replaced; None when the path leads nowhere.
    pub(super) fn with(&self, path: &[&str], value: &Self) -> Option<Self> {
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
    pub(super) fn name(&self) -> (&'static str, &'static str) {
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
    pub(super) fn is_true(&self) -> bool {
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

//! The arguments of filters and tests.

use rust_decimal::prelude::ToPrimitive as _;

use super::fault::{Outcome, fault};
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Entry};

/// The filters that hints name.
pub(in crate::source) const NAMES: &[&str] =
    &["round", "percent", "wan", "yi", "thousands", "chinese", "abs", "sum", "min", "max", "length", "join", "default"];

/// A computed number with more decimals than this is a quotient that does not end: it must be rounded by the author.
pub(in crate::source) const MOST_DECIMALS: u32 = 10;

/// The arguments of a filter or test.
#[derive(Debug, Default)]
pub(in crate::source) struct Arguments {
    /// By place.
    pub positional: Vec<Entry>,
    /// By name.
    pub named: Vec<(String, Entry)>,
}

impl Arguments {
    /// The one argument, by place or by name.
    pub(in crate::source) fn one(&self, name: &str) -> Option<&Entry> {
        self.positional.first().or_else(|| self.named.iter().find(|(n, _)| n == name).map(|(_, e)| e))
    }

    /// The count of decimals, when it is given.
    pub(in crate::source) fn decimals(&self, range: (usize, usize)) -> Outcome<Option<u32>> {
        let Some(entry) = self.one("precision") else { return Ok(None) };
        let count = match &entry.datum {
            Datum::Number(figure) if figure.value.is_integer() => figure.value.to_u32().filter(|d| *d <= MOST_DECIMALS),
            _ => None,
        };
        count.map(Some).ok_or_else(|| {
            fault(
                Code::EXPRESSION_FAILED,
                range,
                say!(
                    "小数位数须是 0 到 {MOST_DECIMALS} 的整数",
                    "the count of decimals is a whole number from 0 to {MOST_DECIMALS}"
                ),
                say!("例如 round(1)", "such as round(1)"),
            )
        })
    }
}

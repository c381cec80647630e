//! Figures: what the report prints of its data, and what each depends on.

use super::{CheckIndex, ValueIndex};
use crate::diagnostic::Span;
use std::collections::BTreeSet;

/// A figure: an entry of the data that the report prints or computes with, or what it computes from several.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its path in the data, as expressions write it: `towns[2].提案`; of a computed figure its expression. Unique.
    pub name: String,
    /// What kind of value it is.
    pub kind: FactKind,
    /// The value: exact digits, a day as 2024-01-08, or a text.
    pub value: String,
    /// How it is printed where no filter changes it.
    pub printed: String,
    /// What it is counted in, where the data says so.
    pub unit: Option<String>,
    /// The decimals that it is printed with.
    pub decimals: Option<u32>,
    /// Where the data defines it; None for what is computed.
    pub defined: Option<Span>,
    /// The names of the figures that a computed one depends on.
    pub from: Vec<String>,
    /// The uses that depend on it, in reading order.
    pub uses: Vec<ValueIndex>,
    /// The checks that look at it.
    pub checks: Vec<CheckIndex>,
}

/// What kind of value a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A number.
    Number,
    /// A day.
    Date,
    /// Text.
    Text,
}

impl FactKind {
    /// Its name in outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// A check of the report. It held, or there would be no document.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The relation as written.
    pub that: String,
    /// Where it is written.
    pub span: Span,
    /// True where a value was missing, so that nothing was compared.
    pub skipped: bool,
    /// The places of the values that it has looked at.
    pub values: BTreeSet<Span>,
    /// The places of the lists that it has looked at, with how the paths of those columns end that it names; none: all of them.
    pub lists: BTreeSet<(Span, Vec<String>)>,
}

impl Check {
    /// True when it has looked at a figure that is defined at a place.
    #[must_use]
    pub fn concerns(&self, defined: Span, name: &str) -> bool {
        let within = |list: &Span| list.file == defined.file && list.start <= defined.start && defined.end <= list.end;
        let named = |columns: &[String]| columns.is_empty() || columns.iter().any(|end| name.ends_with(end.as_str()));
        self.values.contains(&defined) || self.lists.iter().any(|(list, columns)| within(list) && named(columns))
    }
}

//! A call of a filter, test or function: its value, its arguments, and what it may say.

use std::cell::RefCell;

use super::fault::{Computed, Range, bad_argument, not_a_list, not_a_number};
use super::print::print;
use crate::diagnostic::{Code, Message, say};
use crate::source::data::{Datum, Decimal, Entry};
use crate::yaml::near::suggestion;

/// The most decimals that a filter is asked for.
const MOST_DECIMALS: i64 = 20;

/// The arguments of a filter or test.
#[derive(Debug, Default)]
pub(in crate::source) struct Arguments {
    /// By place.
    pub positional: Vec<Entry>,
    /// By name.
    pub named: Vec<(String, Entry)>,
}

impl Arguments {
    /// The argument of a name, or of a place.
    pub(super) fn find(&self, at: usize, name: &str) -> Option<&Entry> {
        self.positional.get(at).or_else(|| self.named(name))
    }

    /// The argument of a name.
    pub(super) fn named(&self, name: &str) -> Option<&Entry> {
        self.named.iter().find(|(n, _)| n == name).map(|(_, e)| e)
    }
}

/// Something that is right but should be looked at.
#[derive(Debug)]
pub(in crate::source) struct ExpressionRemark {
    /// The code.
    pub code: Code,
    /// Bytes of the expression.
    pub range: Range,
    /// What it is.
    pub message: Message,
    /// What to do.
    pub hint: Message,
}

/// Applies a filter by its name: `map("round", 2)`.
pub(super) type ByName<T> = fn(&Call<'_>) -> Computed<T>;

/// A call of a filter or test.
pub(super) struct Call<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is applied to.
    pub value: &'a Entry,
    /// Its arguments.
    pub arguments: &'a Arguments,
    /// Bytes of the expression.
    pub range: Range,
    /// Takes in remarks.
    pub remarks: &'a RefCell<Vec<ExpressionRemark>>,
    /// Applies another filter.
    pub filter: ByName<Entry>,
    /// Applies a test.
    pub test: ByName<bool>,
}

impl<'a> Call<'a> {
    /// The same call of another filter or test, on another value.
    pub(super) fn on<'b>(&'b self, name: &'b str, value: &'b Entry, arguments: &'b Arguments) -> Call<'b> {
        Call { name, value, arguments, ..*self }
    }

    /// The number that it is applied to.
    pub(super) fn number(&self) -> Computed<Decimal> {
        self.number_of(self.value)
    }

    /// The number of an entry.
    pub(super) fn number_of(&self, entry: &Entry) -> Computed<Decimal> {
        let entry = entry.scalar();
        match entry.datum {
            Datum::Number(number) => Ok(number),
            _ => Err(not_a_number(self.name, &entry, self.range)),
        }
    }

    /// The list that it is applied to.
    pub(super) fn list(&self) -> Computed<&'a [Entry]> {
        match &self.value.datum {
            Datum::List(items) => Ok(items),
            _ => Err(not_a_list(self.name, self.value, self.range)),
        }
    }

    /// The text that it is applied to; numbers and days as they are printed.
    pub(super) fn text(&self) -> Computed<String> {
        print(self.value, self.range)
    }

    /// An argument that is text.
    pub(super) fn word(&self, at: usize, name: &str) -> Computed<Option<String>> {
        self.arguments.find(at, name).map(|entry| print(entry, self.range)).transpose()
    }

    /// An argument that is true or false; false where it is not given.
    pub(super) fn flag(&self, at: usize, name: &str) -> bool {
        self.arguments.find(at, name).is_some_and(|entry| entry.datum.is_true())
    }

    /// An argument that is a whole number from `low` to `high`.
    pub(super) fn whole(&self, at: usize, name: &str, (low, high): (i64, i64)) -> Computed<Option<i64>> {
        let Some(entry) = self.arguments.find(at, name) else { return Ok(None) };
        let count = match &entry.scalar().datum {
            Datum::Number(number) => number.to_integer().filter(|n| (low..=high).contains(n)),
            _ => None,
        };
        let filter = self.name;
        count.map(Some).ok_or_else(|| {
            bad_argument(
                self.range,
                say!(
                    "{filter} 括号里的数须是 {low} 到 {high} 的整数",
                    "{filter} takes a whole number from {low} to {high}"
                ),
                say!("例如 {filter}({low})", "such as {filter}({low})"),
            )
        })
    }

    /// Refuses arguments that it does not know.
    pub(super) fn takes(&self, most: usize, named: &[&'static str]) -> Computed<()> {
        let (call, all) = (self.name, named.join("、"));
        if let Some((name, _)) = self.arguments.named.iter().find(|(name, _)| !named.contains(&name.as_str())) {
            let (near_zh, near_en) = suggestion(name, named.iter().copied());
            return Err(bad_argument(
                self.range,
                say!("{call} 没有“{name}”这一项", "{call} has no argument \"{name}\""),
                if named.is_empty() {
                    say!("删去它", "remove it")
                } else {
                    say!("可用的：{all}{near_zh}", "there are: {all}{near_en}")
                },
            ));
        }
        if self.arguments.positional.len() > most {
            return Err(bad_argument(
                self.range,
                say!("{call} 括号里最多 {most} 项", "{call} takes at most {most} arguments"),
                say!("删去多余的", "remove the others"),
            ));
        }
        Ok(())
    }

    /// The count of decimals, where it is given.
    pub(super) fn decimals(&self, at: usize) -> Computed<Option<u32>> {
        Ok(self.whole(at, "precision", (0, MOST_DECIMALS))?.and_then(|n| u32::try_from(n).ok()))
    }

    /// Says that something should be looked at.
    pub(super) fn remark(&self, code: Code, message: Message, hint: Message) {
        self.remarks.borrow_mut().push(ExpressionRemark { code, range: self.range, message, hint });
    }
}

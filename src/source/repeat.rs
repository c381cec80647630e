//! Blocks under a condition (`if`) and for every row of the data (`each`).

use std::sync::Arc;

use super::build::Builder;
use super::data::{Datum, Decimal, Entry};
use super::expression::print;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::yaml::tree::{Key, Kind, Node};

/// The most blocks that all `each` of a report bring, rows without any counted as one: some two thousand pages.
const MOST_BROUGHT: usize = 50_000;

impl Builder<'_> {
    /// Adds the blocks of `body` where the condition holds, else those of `else`.
    pub(super) fn condition(&mut self, node: &Node, test: &Node, level: usize, parent: &str) {
        let Some(holds) = self.holds(test) else { return };
        let branch = node.get(if holds { "body" } else { "else" });
        self.counts.brought += 1;
        for item in branch.and_then(Node::as_list).unwrap_or_default() {
            self.block(item, level, parent);
        }
        self.counts.brought -= 1;
    }

    fn holds(&mut self, test: &Node) -> Option<bool> {
        let Some(_) = test.as_text() else { return Some(test.is_true()) };
        let scalar = Scalar::new(self.sources, test);
        let entry = self.evaluate(&scalar.text, &scalar.map)?;
        if let Datum::Bool(holds) = entry.scalar().datum {
            return Some(holds);
        }
        let (zh, en) = entry.scalar().datum.name();
        self.diagnostics.push(Diagnostic::error(
            Code::CHECK_NOT_BOOLEAN,
            test.span,
            say!("这个条件算出来是{zh}，不是真或假", "this condition gives {en}, neither true nor false"),
            say!("写成比较，例如 a > 0", "write a comparison, such as a > 0"),
        ));
        None
    }

    /// Adds blocks for every row of a list of the data.
    pub(super) fn each(&mut self, node: &Node, names: &Node, level: usize, parent: &str) {
        let Kind::Map(entries) = &names.kind else { return };
        let [(name, rows)] = entries.as_slice() else {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                names.head(),
                say!("each 写一个名称和一个列表", "each takes one name and one list"),
                say!(
                    "例如 each: {{town: towns}}；几层就套几个 each",
                    "such as each: {{town: towns}}; nest each in each for more"
                ),
            ));
            return;
        };
        let told = name.name.contains('：') && rows.kind == Kind::Null;
        if told || !self.is_name(name) {
            return;
        }
        let (Some(scope), Some(_)) = (self.scope, rows.as_text()) else { return };
        let scalar = Scalar::new(self.sources, rows);
        let Some(list) = self.evaluate(&scalar.text, &scalar.map) else { return };
        let Datum::List(items) = &list.datum else {
            let (zh, en) = list.datum.name();
            let (lists_zh, lists_en) = list.datum.lists_within();
            self.shape(
                rows.span,
                list.span,
                say!("each 要写列表的名称，这里是{zh}{lists_zh}", "each names a list, not {en}{lists_en}"),
            );
            return;
        };
        let first = self.diagnostics.len();
        let body = node.get("body").and_then(Node::as_list).unwrap_or_default();
        for (at, row) in items.iter().enumerate() {
            if !self.has_room(names, body.len()) {
                return;
            }
            scope.bind("loop", turn(at, items.len()));
            scope.bind(&name.name, row.clone());
            self.ids.enter(at, label(row).unwrap_or_else(|| (at + 1).to_string()));
            let before = self.diagnostics.len();
            self.counts.brought += 1;
            for item in body {
                self.block(item, level, parent);
            }
            self.counts.brought -= 1;
            self.ids.leave();
            scope.unbind();
            scope.unbind();
            self.name_row(first, before, at + 1, row.span);
        }
    }

    /// True while `each` may bring so many more blocks; told once, at the innermost one.
    fn has_room(&mut self, names: &Node, blocks: usize) -> bool {
        if self.counts.looped > MOST_BROUGHT {
            return false;
        }
        self.counts.looped += blocks.max(1);
        if self.counts.looped <= MOST_BROUGHT {
            return true;
        }
        self.diagnostics.push(Diagnostic::error(
            Code::EACH_LIMIT,
            names.head(),
            say!("each 排出的内容超过 {MOST_BROUGHT} 项", "each brings more than {MOST_BROUGHT} blocks"),
            say!(
                "套在里面的 each 取这一行自己的列表，例如 town.stations；行数多的数据用表格印，或者用 --each 分成几份",
                "let an each within another take the list of its row, such as town.stations; print many rows as a table, or part the report by --each"
            ),
        ));
        false
    }

    /// Refuses a name that no expression can use.
    fn is_name(&mut self, key: &Key) -> bool {
        let name = &key.name;
        let starts = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        let fits = starts && name.chars().all(|c| c.is_alphanumeric() || c == '_') && name != "loop";
        if !fits {
            self.diagnostics.push(Diagnostic::error(
                Code::BAD_VALUE,
                key.span,
                say!("“{name}”不能作一行的名称", "\"{name}\" cannot name a row"),
                say!(
                    "用文字、数字和 _，以文字开头，例如 town",
                    "use letters, digits and _, a letter first, such as town"
                ),
            ));
        }
        fits
    }

    /// Adds to the errors of a row where the row is. Those that an earlier row has had word for word are dropped.
    fn name_row(&mut self, first: usize, before: usize, count: usize, span: Option<Span>) {
        let found = self.diagnostics.split_off(before);
        for error in found {
            let known = |d: &Diagnostic| (d.code, d.span, &d.message) == (error.code, error.span, &error.message);
            if self.diagnostics[first..].iter().any(known) {
                continue;
            }
            let named = error.related.iter().any(|(place, _)| Some(*place) == span);
            self.diagnostics.push(match span.filter(|_| !named) {
                Some(span) => error.with_related(span, say!("在第 {count} 行", "in row {count}")),
                None => error,
            });
        }
    }
}

/// `loop` in the blocks of a row.
fn turn(at: usize, length: usize) -> Entry {
    let number = |n: usize| Decimal::parse(&n.to_string()).map_or_else(|| Entry::computed(Datum::Null), Entry::number);
    let entries = [
        ("index", number(at + 1)),
        ("first", Entry::truth(at == 0)),
        ("last", Entry::truth(at + 1 == length)),
        ("length", number(length)),
    ];
    Entry::map(entries.map(|(name, value)| (Arc::from(name), value)))
}

/// What tells a row from the others, whatever its place: its first value.
fn label(row: &Entry) -> Option<String> {
    let first = match &row.datum {
        Datum::Map(map) => map.values.first()?,
        Datum::List(items) => items.first()?,
        _ => row,
    };
    print(first, (0, 0)).ok().filter(|text| !text.trim().is_empty())
}

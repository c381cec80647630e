//! Figures: from the uses of values to the entries of the data that they depend on.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Datum, Entry};
use super::expression::{ValueTrace, print};
use crate::diagnostic::{FileId, Span};
use crate::model::{Check, CheckIndex, Fact, FactKind, Value, ValueIndex};

/// The decimals that are told of a quotient that does not end.
const ENDLESS: u32 = 20;

/// What a use of a value was computed from.
#[derive(Debug)]
pub(super) struct UseOrigin {
    /// The expression as written, spaces around it included.
    pub expression: String,
    /// The value, before it was printed.
    pub entry: Entry,
    /// What was used to compute it.
    pub trace: ValueTrace,
}

impl UseOrigin {
    /// A cell of a list that a table or chart shows whole. `path`: how an expression would name it.
    pub(super) fn cell(path: &str, entry: &Entry) -> Self {
        let used = if entry.scalar().span.is_some() { Vec::new() } else { vec![(COMPUTED, false)] };
        let trace = ValueTrace { used, ..ValueTrace::default() };
        Self { expression: path.to_owned(), entry: entry.clone(), trace }
    }
}

/// In the place of a list that is computed itself.
const COMPUTED: Span = Span { file: FileId(u32::MAX), start: 0, end: 0 };

/// The figures of a report. `origins`: of each value, by its place.
pub(super) fn facts(root: &Entry, values: &[Value], origins: &[UseOrigin], checks: &[Check]) -> Vec<Fact> {
    let mut names = DefinedNames::of(origins, checks);
    names.walk(root, "", None);
    let mut facts = Facts { names, all: Vec::new(), by_name: BTreeMap::new() };
    for (at, (value, origin)) in values.iter().zip(origins).enumerate() {
        facts.take_in(ValueIndex::new(at), value, origin);
    }
    // What is checked and printed nowhere is a figure too.
    for span in checks.iter().flat_map(|check| &check.values) {
        if let Some(named) = facts.names.found.get(span).copied() {
            facts.of_data(named);
        }
    }
    for fact in &mut facts.all {
        let Some(defined) = fact.defined else { continue };
        let concerned = checks.iter().enumerate().filter(|(_, check)| check.concerns(defined, &fact.name));
        fact.checks = concerned.map(|(at, _)| CheckIndex::new(at)).collect();
    }
    facts.all
}

struct Facts {
    names: DefinedNames,
    all: Vec<Fact>,
    by_name: BTreeMap<String, usize>,
}

impl Facts {
    fn take_in(&mut self, index: ValueIndex, value: &Value, origin: &UseOrigin) {
        let own = origin.entry.scalar().span.and_then(|span| self.names.found.get(&span)).copied();
        let of = |(span, one): &(Span, bool)| if *one { self.names.found.get(span).copied() } else { None };
        let mut from: Vec<usize> = own.into_iter().chain(origin.trace.used.iter().filter_map(of)).collect();
        let mut known = BTreeSet::new();
        from.retain(|named| known.insert(*named));
        let many = origin.trace.used.iter().any(|(_, one)| !one);
        for &named in &from {
            let at = self.of_data(named);
            self.all[at].uses.push(index);
        }
        // What one entry gives is that entry, printed in some way.
        let is_entry = own.is_some() || (from.len() == 1 && !many);
        if !is_entry && (many || !from.is_empty()) {
            self.computed(index, value, origin, &from);
        }
    }

    /// The figure of an entry of the data.
    fn of_data(&mut self, named: usize) -> usize {
        let Named { name, entry, unit } = &self.names.all[named];
        if let Some(&at) = self.by_name.get(name) {
            return at;
        }
        let (kind, exact, decimals) = described(entry);
        self.by_name.insert(name.clone(), self.all.len());
        self.all.push(Fact {
            name: name.clone(),
            kind,
            value: exact,
            printed: print(entry, (0, 0)).unwrap_or_default(),
            unit: unit.clone(),
            decimals,
            defined: entry.scalar().span,
            from: Vec::new(),
            uses: Vec::new(),
            checks: Vec::new(),
        });
        self.all.len() - 1
    }

    /// The figure of an expression over several entries.
    fn computed(&mut self, index: ValueIndex, value: &Value, origin: &UseOrigin, from: &[usize]) {
        let plain = self.expression(origin);
        // Rows that are computed have no path: their figures are told apart by a count.
        let mut name = plain.clone();
        let mut count = 1;
        while let Some(&at) = self.by_name.get(&name) {
            if self.all[at].printed == value.text {
                self.all[at].uses.push(index);
                return;
            }
            count += 1;
            name = format!("{plain} #{count}");
        }
        let (kind, exact, decimals) = described(&origin.entry);
        self.by_name.insert(name.clone(), self.all.len());
        self.all.push(Fact {
            name,
            kind,
            value: exact,
            printed: value.text.clone(),
            unit: None,
            decimals,
            defined: None,
            from: from.iter().map(|&at| self.names.all[at].name.clone()).collect(),
            uses: vec![index],
            checks: Vec::new(),
        });
    }

    /// The expression of a value, with the paths of rows in the place of the names that represent them.
    fn expression(&self, origin: &UseOrigin) -> String {
        let mut text = origin.expression.clone();
        let mut rows: Vec<_> = origin.trace.rows.clone();
        rows.sort_unstable();
        rows.dedup_by_key(|(at, _)| *at);
        for ((start, end), span) in rows.into_iter().rev() {
            let Some(&named) = self.names.rows.get(&span).or_else(|| self.names.found.get(&span)) else { continue };
            if text.is_char_boundary(start) && text.is_char_boundary(end) && start <= end {
                text.replace_range(start..end, &self.names.all[named].name);
            }
        }
        text.trim().to_owned()
    }
}

/// Kind, exact value and decimals.
fn described(entry: &Entry) -> (FactKind, String, Option<u32>) {
    let entry = entry.scalar();
    match &entry.datum {
        Datum::Number(number) => {
            let exact = number.digits(number.needed().unwrap_or(ENDLESS));
            (FactKind::Number, exact, number.print().map(|text| decimals(&text)))
        }
        Datum::Day(day) => (FactKind::Date, day.date.to_string(), None),
        _ => (FactKind::Text, print(&entry, (0, 0)).unwrap_or_default(), None),
    }
}

/// The digits after the decimal point of a printed number.
fn decimals(printed: &str) -> u32 {
    let behind = printed.split_once('.').map_or("", |(_, behind)| behind);
    u32::try_from(behind.chars().take_while(char::is_ascii_digit).count()).unwrap_or(0)
}

struct Named {
    name: String,
    entry: Entry,
    unit: Option<String>,
}

/// The entries of the data at some places, with their paths.
struct DefinedNames {
    wanted: BTreeSet<Span>,
    /// The files that hold them: tables that nobody prints are not walked.
    files: Vec<FileId>,
    all: Vec<Named>,
    found: BTreeMap<Span, usize>,
    /// Rows: the only cell of one has the same place as the row.
    rows: BTreeMap<Span, usize>,
}

impl DefinedNames {
    fn of(origins: &[UseOrigin], checks: &[Check]) -> Self {
        let mut wanted: BTreeSet<Span> = checks.iter().flat_map(|check| check.values.iter().copied()).collect();
        for origin in origins {
            wanted.extend(origin.entry.scalar().span);
            wanted.extend(origin.trace.used.iter().filter(|(_, one)| *one).map(|(span, _)| *span));
            wanted.extend(origin.trace.rows.iter().map(|(_, span)| *span));
        }
        let mut files: Vec<FileId> = wanted.iter().map(|span| span.file).collect();
        files.dedup();
        Self { wanted, files, all: Vec::new(), found: BTreeMap::new(), rows: BTreeMap::new() }
    }

    /// Looks for wanted places at an entry and below it. `figure`: the figure that it is the value of.
    fn walk(&mut self, entry: &Entry, path: &str, figure: Option<usize>) {
        let mut own = figure;
        let many = matches!(entry.scalar().datum, Datum::Map(_) | Datum::List(_));
        let wanted = entry.span.filter(|span| self.wanted.contains(span));
        if let Some(span) = wanted {
            let named = figure.unwrap_or_else(|| self.named(entry, path));
            let names = if many { &mut self.rows } else { &mut self.found };
            own = Some(*names.entry(span).or_insert(named));
        }
        match &entry.datum {
            Datum::Map(map) => {
                // The value of a figure has the figure's name.
                let value = entry.get("value").filter(|_| !matches!(entry.scalar().datum, Datum::Map(_)));
                if let Some(value) = value {
                    let wanted = value.span.is_some_and(|span| self.wanted.contains(&span));
                    let own = own.or_else(|| wanted.then(|| self.named(entry, path)));
                    self.walk(value, path, own);
                }
                for (key, below) in map.iter().filter(|(key, _)| value.is_none() || &***key != "value") {
                    self.walk(below, &step(path, key), None);
                }
            }
            Datum::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if !self.may_hold(item) {
                        continue;
                    }
                    self.walk(item, &format!("{path}[{at}]"), None);
                }
            }
            _ => {}
        }
        if let (true, Some(span), Some(own)) = (many, wanted, own) {
            self.found.entry(span).or_insert(own);
        }
    }

    /// False where no entry of a row is wanted, told without looking at each.
    fn may_hold(&self, entry: &Entry) -> bool {
        let (Some(own), Datum::Map(map)) = (entry.span, &entry.datum) else { return self.is_in_file(entry) };
        let plain = |value: &Entry| !matches!(value.datum, Datum::List(_) | Datum::Map(_));
        let near = |value: &Entry| value.span.is_none_or(|span| span.file == own.file);
        if !map.values.iter().all(|value| plain(value) && near(value)) {
            return self.is_in_file(entry);
        }
        let starts = || map.values.iter().filter_map(|value| value.span).map(|span| span.start);
        let (from, to) = (starts().fold(own.start, u32::min), starts().fold(own.start, u32::max));
        let at = |start: u32, end: u32| Span { file: own.file, start, end };
        self.wanted.range(at(from, 0)..=at(to, u32::MAX)).next().is_some()
    }

    /// False where nothing of an entry is of a wanted file. A row may hold a value that the command line has put there.
    fn is_in_file(&self, entry: &Entry) -> bool {
        let own = entry.span.is_some_and(|span| self.files.contains(&span.file));
        own || match &entry.datum {
            Datum::Map(map) => map.values.iter().any(|value| self.is_in_file(value)),
            Datum::List(items) => items.iter().any(|item| self.is_in_file(item)),
            _ => false,
        }
    }

    fn named(&mut self, entry: &Entry, path: &str) -> usize {
        let unit = entry.get("unit").and_then(|unit| print(unit, (0, 0)).ok());
        self.all.push(Named { name: path.to_owned(), entry: entry.clone(), unit });
        self.all.len() - 1
    }
}

/// How the path of a column's cells ends.
pub(super) fn end_of_path(column: &str) -> String {
    step("x", column).split_off(1)
}

/// A path, one name further: `a.b`, or `a["提案/收到"]` where an expression could not say it with a dot.
fn step(path: &str, name: &str) -> String {
    let starts = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let plain = starts && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    match (plain, path.is_empty()) {
        (_, true) => name.to_owned(),
        (true, false) => format!("{path}.{name}"),
        (false, false) => format!("{path}[\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::{decimals, step};

    #[test]
    fn paths_are_written_as_expressions_write_them() {
        assert_eq!(step("", "数据"), "数据");
        assert_eq!(step("a", "提案"), "a.提案");
        assert_eq!(step("a[0]", "提案/收到"), "a[0][\"提案/收到\"]");
        assert_eq!(step("a", "2023年"), "a[\"2023年\"]");
    }

    #[test]
    fn decimals_are_the_digits_behind_the_point() {
        assert_eq!((decimals("12.50%"), decimals("7"), decimals("-0.5")), (2, 0, 1));
    }
}

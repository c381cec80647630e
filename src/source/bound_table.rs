//! Tables that are bound to rows of the data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::build::Builder;
use super::data::{Datum, Entry, MergedPart};
use super::provenance::UseOrigin;
use super::scalar::Scalar;
use super::table::{bare, plain, stand_in};
use super::table_head::TableHead;
use super::text::trimmed;
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{BlockId, Cell, Column, ColumnAlign, ColumnGroup, Origin, Row, Run, RunKind, Text};
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Kind, Node};

impl Builder<'_> {
    /// Rows of the data: lists, or maps of which the columns take their entries. Rows of a table keep how they look in its file:
    /// heads of several rows where the report names no columns, merged cells, indents. `total`: the last row is a total.
    pub(super) fn rows_from(
        &mut self,
        node: &Node,
        head: &mut TableHead<'_>,
        (id, total): (&BlockId, bool),
    ) -> Vec<Row> {
        let Some((expression, items)) = self.rows_of_data(node) else { return Vec::new() };
        self.totals.extend(items.last().and_then(|last| last.span).filter(|_| total));
        let first = items.iter().find(|item| matches!(item.datum, Datum::Map(_)));
        let mut keys: Vec<String> = head.keys.iter().map(|key| key.name_in(first, &head.keys)).collect();
        if head.columns.is_empty()
            && let Some(first) = items.first()
        {
            if let Datum::List(cells) = &first.datum {
                head.columns.resize_with(cells.len(), bare);
            } else {
                keys = first.keys().map(str::to_owned).collect();
                head_of_data(first, node.span, head);
            }
        }
        let columns = &head.columns;
        let looks = BoundLooks::of(&items, &keys);
        let mut missing = BTreeSet::new();
        let mut rows = Vec::new();
        for (i, item) in items.iter().enumerate() {
            let cells: Vec<(String, Option<Entry>)> = match &item.datum {
                Datum::Map(_) => {
                    // A column that the data does not have is reported once, not in every row.
                    for key in keys.iter().filter(|key| item.get(key).is_none()) {
                        if missing.insert(key.clone()) {
                            self.missing(&expression, key, (i, item), node.span);
                        }
                    }
                    keys.iter().map(|k| (format!("{expression}[{i}].{k}"), item.get(k).cloned())).collect()
                }
                Datum::List(cells) => cells
                    .iter()
                    .enumerate()
                    .map(|(j, c)| (format!("{expression}[{i}][{j}]"), Some(c.clone())))
                    .collect(),
                other => {
                    let ((zh, en), count) = (other.name(), i + 1);
                    self.shape(
                        node.span,
                        item.span,
                        say!(
                            "“{expression}”的第 {count} 项是{zh}，不是一行",
                            "entry {count} of \"{expression}\" is {en}, not a row"
                        ),
                    );
                    continue;
                }
            };
            if cells.len() != columns.len() {
                let (found, wanted) = (cells.len(), columns.len());
                self.shape(
                    node.span,
                    item.span,
                    say!(
                        "数据的一行有 {found} 格，表格有 {wanted} 栏",
                        "a row of the data has {found} cells, the table {wanted} columns"
                    ),
                );
                continue;
            }
            let mut row = Vec::with_capacity(cells.len());
            for (j, ((path, entry), column)) in cells.into_iter().zip(columns).enumerate() {
                let Some((rows, columns)) = looks.size((i, j)) else { continue };
                let text = self.data_text(&path, entry, node, id);
                let indent = if text.is_empty() { 0 } else { looks.level((i, j)) };
                let mut cell = Cell { text, picture: None, columns, rows, indent };
                stand_in(&mut cell, Some(column));
                row.push(cell);
            }
            rows.push(Row { cells: row });
        }
        self.tell_lost_indents(node, &head.columns, &rows);
        rows
    }

    /// Tells of the first column whose texts are indented and which is aligned so that no indent shows.
    fn tell_lost_indents(&mut self, node: &Node, columns: &[Column], rows: &[Row]) {
        let lost = columns.iter().enumerate().find(|(at, column)| {
            let aligned = matches!(column.align, ColumnAlign::Center | ColumnAlign::Right | ColumnAlign::Decimal);
            aligned && rows.iter().any(|row| row.cells.len() == columns.len() && row.cells[*at].indent > 0)
        });
        if let Some((_, column)) = lost {
            let (title, word) = (column.title.on_one_line(), column.align.word());
            self.remarks.push(Diagnostic::advice(
                Code::INDENT_LOST,
                node.span,
                say!(
                    "“{title}”一栏的各级缩进没有印出：align: {word} 的栏没有缩进",
                    "the levels of indent in the column \"{title}\" are not printed: align: {word} has none"
                ),
                say!("写 align: left，或者不写 align", "write align: left, or leave align out"),
            ));
        }
    }

    /// A row of the data lacks what a column is to show.
    fn missing(&mut self, expression: &str, key: &str, (at, row): (usize, &Entry), place: Span) {
        let all: Vec<&str> = row.keys().collect();
        let (near_zh, near_en) = suggestion(key, all.iter().copied());
        let count = at + 1;
        let (all_zh, all_en) = (all.join("、"), all.join(", "));
        let error = Diagnostic::error(
            Code::DATA_SHAPE,
            place,
            say!(
                "“{expression}”的第 {count} 项没有“{key}”{near_zh}",
                "entry {count} of \"{expression}\" has no \"{key}\"{near_en}"
            ),
            say!(
                "columns 的栏名（或 key）写数据里的名称：{all_zh}",
                "name columns (or their key) as the data does: {all_en}"
            ),
        );
        self.diagnostics.push(match row.span {
            Some(span) => error.with_related(span, say!("数据在这里", "the data is here")),
            None => error,
        });
    }

    /// The list of rows that `from` names, and its expression; None when there is none, which is reported.
    pub(super) fn rows_of_data(&mut self, node: &Node) -> Option<(String, Arc<[Entry]>)> {
        let Kind::Text(_) = &node.kind else { return None };
        let scalar = Scalar::new(self.sources, node);
        let expression = scalar.text.trim().to_owned();
        let entry = self.evaluate(&scalar.text, &scalar.map)?;
        let Datum::List(items) = entry.datum else {
            let (zh, en) = entry.datum.name();
            let (lists_zh, lists_en) = entry.datum.lists_within();
            self.shape(
                node.span,
                entry.span,
                say!(
                    "“{expression}”是{zh}，不是各行的列表{lists_zh}",
                    "\"{expression}\" is {en}, not a list of rows{lists_en}"
                ),
            );
            return None;
        };
        if items.is_empty() {
            let error = Diagnostic::error(
                Code::EMPTY,
                node.span,
                say!("“{expression}”里一行也没有", "\"{expression}\" has no rows"),
                say!("在数据里写上各行，或者删去这张表或图", "give the rows in the data, or remove the table or chart"),
            );
            self.diagnostics.push(match entry.span {
                Some(place) => error.with_related(place, say!("数据在这里", "the data is here")),
                None => error,
            });
            return None;
        }
        Some((expression, items))
    }

    fn data_text(&mut self, path: &str, entry: Option<Entry>, node: &Node, id: &BlockId) -> Text {
        let mut text = Text::default();
        match entry {
            None | Some(Entry { datum: Datum::Null, .. }) => {}
            Some(entry) => match self.print(&entry, trimmed(path)) {
                Ok(printed) if printed.is_empty() => {}
                Ok(printed) => {
                    let written = match &entry.datum {
                        Datum::Text(text) if text.contains('\n') => text.to_string(),
                        _ => printed,
                    };
                    for line in written.split('\n') {
                        let map = Origin::Whole(node.span);
                        if !text.runs.is_empty() {
                            text.runs.push(Run::new("\n".to_owned(), RunKind::Break, map.clone()));
                        }
                        let index = self.value(line, node.span, UseOrigin::cell(path, &entry), Some(id));
                        text.runs.push(Run::new(line.to_owned(), RunKind::Value(index), map));
                    }
                }
                Err(fault) => {
                    let detail = *fault.0;
                    let place = entry.span.unwrap_or(node.span);
                    self.diagnostics.push(Diagnostic::error(detail.code, place, detail.message, detail.hint));
                }
            },
        }
        text
    }

    pub(super) fn shape(&mut self, span: Span, defined: Option<Span>, message: Message) {
        let error = Diagnostic::error(
            Code::DATA_SHAPE,
            span,
            message,
            say!(
                "数据写成列表，每项一行，各行的名称与 columns 的栏名（或 key）一致",
                "write the data as a list, an entry a row, its names those of the columns (or their key)"
            ),
        );
        self.diagnostics.push(match defined {
            Some(place) => error.with_related(place, say!("数据在这里", "the data is here")),
            None => error,
        });
    }
}

/// The head of a table whose columns the data names: where titles head several columns, as their file has them.
fn head_of_data(row: &Entry, span: Span, head: &mut TableHead<'_>) {
    let paths = row.look().and_then(|look| look.heads.as_deref());
    let of_keys: Vec<Vec<String>>;
    let paths = if let Some(paths) = paths {
        paths
    } else {
        of_keys = row.keys().map(|key| vec![key.to_owned()]).collect();
        &of_keys
    };
    for (at, path) in paths.iter().enumerate() {
        let Some((title, above)) = path.split_last() else { continue };
        let before = at.checked_sub(1).map_or(&[][..], |at| paths[at].as_slice());
        for level in 0..above.len() {
            // Columns stand below one title where all titles above it are the same too.
            let goes_on = before.len() > level + 1 && before[..=level] == above[..=level];
            let last = head.groups.iter_mut().rev().find(|group| group.level == level);
            if let Some(group) = last.filter(|_| goes_on) {
                group.columns += 1;
            } else {
                let title = plain(&above[level], span);
                head.groups.push(ColumnGroup { title, level, column: at, columns: 1 });
            }
        }
        head.columns.push(Column { title: plain(title, span), level: above.len(), ..bare() });
    }
}

/// What the rows of a bound table keep of their file.
struct BoundLooks {
    /// The cells that are merged, with their rows and columns.
    merged: BTreeMap<(usize, usize), (u16, u16)>,
    /// The cells that one of these covers.
    covered: BTreeSet<(usize, usize)>,
    /// How deep cells are indented.
    levels: BTreeMap<(usize, usize), u8>,
}

impl BoundLooks {
    /// Of some rows, in the columns of these keys.
    fn of(items: &[Entry], keys: &[String]) -> Self {
        let mut looks = Self { merged: BTreeMap::new(), covered: BTreeSet::new(), levels: BTreeMap::new() };
        let known: Option<Vec<&str>> =
            items.iter().find(|item| item.look().is_some()).map(|item| item.keys().collect());
        let Some(known) = known else { return looks };
        // For each printed column the place of its key.
        let places: Vec<Option<usize>> = keys.iter().map(|key| known.iter().position(|known| known == key)).collect();
        for (i, item) in items.iter().enumerate() {
            let Some(look) = item.look() else { continue };
            for &(place, level) in &look.levels {
                let printed = (0..places.len()).filter(|&j| places[j] == Some(place));
                looks.levels.extend(printed.map(|j| ((i, j), level)));
            }
            for part in &look.merged {
                let columns: Vec<usize> = (0..places.len())
                    .filter(|&j| places[j].is_some_and(|place| part.columns.contains(&place)))
                    .collect();
                looks.merge(items, i, part, (&columns, &places));
            }
        }
        looks
    }

    /// Merges the cells of a part, as far as they stand side by side here and below one another as in their file. A list that was
    /// sorted or filtered has the value in each row instead.
    fn merge(&mut self, items: &[Entry], i: usize, part: &MergedPart, (columns, places): (&[usize], &[Option<usize>])) {
        let Some(&first) = columns.first().filter(|first| !self.covered.contains(&(i, **first))) else { return };
        let beside = columns.windows(2).all(|pair| pair[1] == pair[0] + 1 && places[pair[0]] < places[pair[1]]);
        if !beside || places[first] != Some(part.columns.start) {
            return;
        }
        let value = |i: usize, j: usize| match (&items.get(i)?.datum, places[j]) {
            (Datum::Map(map), Some(place)) => map.values.get(place),
            _ => None,
        };
        let alone = |i: usize| {
            columns[1..].iter().all(|&j| value(i, j).is_some_and(|entry| matches!(entry.datum, Datum::Null)))
        };
        let own = value(i, first).and_then(|entry| entry.span);
        let goes_on = |above: usize| {
            let look = items.get(i + above).and_then(Entry::look);
            let same = look.is_some_and(|look| {
                look.merged.iter().any(|p| (p.cell, p.above, &p.columns) == (part.cell, above, &part.columns))
            });
            let repeats = |entry: &Entry| matches!(entry.datum, Datum::Null) || entry.span == own;
            same && value(i + above, first).is_some_and(repeats) && alone(i + above)
        };
        let down = if part.above == 0 && (1..part.rows).all(goes_on) { part.rows } else { 1 };
        if !alone(i) || down * columns.len() < 2 {
            return;
        }
        let (Ok(rows), Ok(across)) = (u16::try_from(down), u16::try_from(columns.len())) else { return };
        self.merged.insert((i, first), (rows, across));
        self.covered.extend((i..i + down).flat_map(|i| columns.iter().map(move |&j| (i, j))));
        self.covered.remove(&(i, first));
    }

    /// The rows and columns of a cell; None for one that another covers.
    fn size(&self, place: (usize, usize)) -> Option<(u16, u16)> {
        (!self.covered.contains(&place)).then(|| self.merged.get(&place).copied().unwrap_or((1, 1)))
    }

    fn level(&self, place: (usize, usize)) -> u8 {
        self.levels.get(&place).copied().unwrap_or(0)
    }
}

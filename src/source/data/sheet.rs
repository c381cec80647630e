//! Rows of cells to a table: a list of maps. The head is found, and what is before and after the data is passed over.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::typed;
use super::datum::{Datum, Entry, Map};
use super::grid::{DataGrid, DataRow, bad, written};
use super::options::{ColumnKind, ColumnOption, DataOptions};
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::yaml::near::suggestion;

/// The name of a first column that has none.
const UNNAMED: &str = "名称";
/// How notes begin that exports put before and after their data.
const NOTES: [&str; 16] = [
    "注",
    "备注",
    "说明",
    "资料来源",
    "数据来源",
    "来源",
    "单位",
    "计量单位",
    "数据库",
    "指标：",
    "时间：",
    "地区：",
    "制表",
    "填报",
    "审核",
    "统计",
];
/// How rows begin that add up others.
const TOTALS: [&str; 5] = ["合计", "总计", "小计", "总 计", "合 计"];

/// What came of a table.
pub(super) struct SheetTable {
    /// The rows.
    pub entry: Entry,
    /// What was passed over.
    pub remarks: Vec<Diagnostic>,
}

/// Makes a table of rows. `at` is where the report names the file.
pub(super) fn table(grid: DataGrid, options: &DataOptions, at: Span) -> Result<SheetTable, Vec<Diagnostic>> {
    let mut binding = Binding { code: grid.code, options, at, diagnostics: Vec::new(), remarks: Vec::new() };
    let entry = binding.bind(grid);
    match entry {
        Some(entry) if binding.diagnostics.is_empty() => Ok(SheetTable { entry, remarks: binding.remarks }),
        _ => Err(binding.diagnostics),
    }
}

struct Binding<'a> {
    code: Code,
    options: &'a DataOptions,
    at: Span,
    diagnostics: Vec<Diagnostic>,
    remarks: Vec<Diagnostic>,
}

impl Binding<'_> {
    fn bind(&mut self, mut grid: DataGrid) -> Option<Entry> {
        if grid.rows.iter().all(DataRow::is_blank) {
            let span = Span { file: grid.file, start: 0, end: 0 };
            self.diagnostics.push(bad(self.code, span, say!("数据表是空的", "the table is empty")));
            return None;
        }
        let first = self.head_row(&grid);
        let depth = self.head_depth(&grid, first);
        let body = first + depth;
        let end = self.end(&grid, body);
        self.tell_skipped(&grid, first, end);
        let columns = self.columns(&grid, (first, body), end)?;
        let whole = grid.rows.first().zip(grid.rows.last()).map(|(a, b)| a.span.to(b.span));
        let rows: Vec<DataRow> = grid.rows.drain(body..end).filter(|row| !row.is_blank()).collect();
        let kinds = self.kinds(&columns);
        let keys: Arc<[Arc<str>]> = columns.iter().map(|(name, _)| Arc::clone(name)).collect();
        let places: Vec<usize> = columns.iter().map(|(_, at)| *at).collect();
        let mut entries = Vec::with_capacity(rows.len());
        let mut total = None;
        for row in rows {
            let start = row.start();
            if self.options.drop.iter().any(|drop| start.starts_with(drop.as_str())) {
                continue;
            }
            if TOTALS.iter().any(|word| start.starts_with(word)) {
                total = Some((row.span, start));
            }
            let span = row.span;
            if let Some(map) = self.row(row, &places, &kinds, &keys) {
                entries.push(Entry { datum: Datum::Map(Arc::new(map)), span: Some(span) });
            }
        }
        if let Some((span, name)) = total.filter(|_| entries.len() > 1) {
            self.remarks.push(Diagnostic::advice(
                Code::TABLE_TOTAL,
                span,
                say!(
                    "“{name}”一行当作数据，sum 会把它也加进去",
                    "the row \"{name}\" is taken as data: sum counts it too"
                ),
                say!("数据里不要这一行的话，写 drop: [{name}]", "write drop: [{name}] to leave it out"),
            ));
        }
        Some(Entry { datum: Datum::List(entries.into()), span: whole })
    }

    /// The first row of the head.
    fn head_row(&self, grid: &DataGrid) -> usize {
        if let Some(skip) = self.options.skip {
            return skip.min(grid.rows.len());
        }
        let width = grid.rows.iter().map(|row| row.filled().count()).max().unwrap_or(0);
        let head = grid.rows.iter().position(|row| {
            let filled = row.filled().count();
            filled > 0 && (width == 1 || filled > 1 && !is_note(row))
        });
        head.unwrap_or(0)
    }

    /// How many rows the head has: as many as its merged cells reach down, which must lie over one another.
    fn head_depth(&self, grid: &DataGrid, first: usize) -> usize {
        if let Some(head) = self.options.head {
            return head.clamp(1, grid.rows.len().saturating_sub(first).max(1));
        }
        let mut depth = 1;
        for at in first..grid.rows.len().min(first + 5) {
            if at >= first + depth {
                break;
            }
            for merged in grid.merged.iter().filter(|m| m.from.0 == at) {
                let across = merged.to.1 > merged.from.1;
                depth = depth.max(merged.to.0 + 1 - first + usize::from(across));
            }
        }
        depth.min(grid.rows.len() - first)
    }

    /// The row after the last one of the data.
    fn end(&self, grid: &DataGrid, body: usize) -> usize {
        let mut end = grid.rows.len();
        if let Some(until) = &self.options.until {
            let stop = grid.rows.iter().enumerate().skip(body).find(|(_, row)| {
                if until == "blank" { row.is_blank() } else { row.start().starts_with(until.as_str()) }
            });
            end = stop.map_or(end, |(at, _)| at);
        }
        while end > body && (grid.rows[end - 1].is_blank() || is_tail(grid, end - 1, body)) {
            end -= 1;
        }
        end
    }

    /// Tells what was passed over before the head and after the data, where the report does not say it itself.
    fn tell_skipped(&mut self, grid: &DataGrid, first: usize, end: usize) {
        let before = if self.options.skip.is_some() { 0..0 } else { 0..first };
        let after = if self.options.until.is_some() { 0..0 } else { end..grid.rows.len() };
        let passed: Vec<&DataRow> =
            grid.rows[before].iter().chain(&grid.rows[after]).filter(|row| !row.is_blank()).collect();
        let Some((head, others)) = passed.split_first() else { return };
        let count = passed.len();
        let mut remark = Diagnostic::advice(
            Code::TABLE_SKIPPED,
            head.span,
            say!("有 {count} 行没有当作数据", "{count} rows are not taken as data"),
            say!(
                "对的话不用管；不对，用 skip、head、until 写明数据从哪一行到哪一行",
                "leave it if that is right; else say by skip, head and until where the data begins and ends"
            ),
        );
        for row in others.iter().take(9) {
            remark = remark.with_related(row.span, say!("这一行也没有", "nor is this row"));
        }
        self.remarks.push(remark);
    }

    /// The columns: names and places. Columns without name and data are left out.
    fn columns(
        &mut self,
        grid: &DataGrid,
        (first, body): (usize, usize),
        end: usize,
    ) -> Option<Vec<(Arc<str>, usize)>> {
        let names = names(grid, first, body);
        let used: Vec<bool> = (0..names.len())
            .map(|at| {
                let holds = |row: &DataRow| row.cells.get(at).is_some_and(|c| !matches!(c.datum, Datum::Null));
                grid.rows[body..end].iter().any(holds)
            })
            .collect();
        let kept = self.beside(grid, (first, body, end), &names, &used);
        let mut columns: Vec<(Arc<str>, usize)> = Vec::new();
        let mut seen: BTreeMap<Arc<str>, Span> = BTreeMap::new();
        for (at, (name, span)) in names.into_iter().enumerate().take(kept) {
            let name: Arc<str> = match (name.is_empty(), used[at]) {
                (true, false) => continue,
                (true, true) if columns.is_empty() => UNNAMED.into(),
                (true, true) => {
                    self.diagnostics.push(bad(self.code, span, say!("有一栏没有名称", "a column has no name")));
                    continue;
                }
                (false, _) => name.into(),
            };
            if let Some(&before) = seen.get(&name) {
                self.diagnostics.push(
                    Diagnostic::error(
                        self.code,
                        span,
                        say!("栏名“{name}”重复", "the column name \"{name}\" is given twice"),
                        say!(
                            "栏名各不相同；两张表并排的，用 range 写明要哪一块，例如 range: A1:C9",
                            "columns have different names; of two tables side by side name one by range, such as range: A1:C9"
                        ),
                    )
                    .with_related(before, say!("第一次写在这里", "first given here")),
                );
            }
            seen.insert(Arc::clone(&name), span);
            columns.push((name, at));
        }
        if columns.is_empty() {
            let span = grid.rows.get(first).map_or(self.at, |row| row.span);
            self.diagnostics.push(bad(self.code, span, say!("数据表没有栏名", "the table has no names of columns")));
            return None;
        }
        Some(columns)
    }

    /// How many columns belong to the table: an empty one with another table to its right ends it.
    fn beside(
        &mut self,
        grid: &DataGrid,
        (first, body, end): (usize, usize, usize),
        names: &[(String, Span)],
        used: &[bool],
    ) -> usize {
        let empty = |at: usize| names[at].0.is_empty() && !used[at];
        let Some(gap) = (1..names.len()).find(|&at| empty(at) && !(0..at).all(empty)) else { return names.len() };
        let Some(next) = (gap..names.len()).find(|&at| !empty(at)) else { return names.len() };
        let repeated =
            names[next..].iter().any(|(name, _)| names[..gap].iter().any(|(n, _)| n == name && !n.is_empty()));
        let filled = |row: &DataRow, columns: std::ops::Range<usize>| {
            columns.into_iter().any(|at| row.cells.get(at).is_some_and(|c| !matches!(c.datum, Datum::Null)))
        };
        let rows = &grid.rows[body..end];
        let alone = rows.iter().filter(|row| filled(row, 0..gap) != filled(row, next..names.len())).count();
        if !repeated && alone == 0 {
            return names.len();
        }
        let span = grid.rows[first].cells.get(next).and_then(|c| c.span).unwrap_or(self.at);
        self.remarks.push(Diagnostic::advice(
            Code::TABLE_SKIPPED,
            span,
            say!("空栏右边的另一张表没有当作数据", "the table to the right of the empty column is not taken as data"),
            say!("要用它，用 range 写明，例如 range: F1:H9", "to use it, name it by range, such as range: F1:H9"),
        ));
        gap
    }

    /// What each column holds, as the report says.
    fn kinds(&mut self, columns: &[(Arc<str>, usize)]) -> Vec<(ColumnKind, Option<u32>)> {
        for ColumnOption { name, span, .. } in &self.options.columns {
            if columns.iter().all(|(known, _)| **known != **name) {
                let names = columns.iter().map(|(n, _)| &**n);
                let (zh, en) = suggestion(name, names.clone());
                let all = names.collect::<Vec<_>>().join("、");
                self.diagnostics.push(Diagnostic::error(
                    Code::DATA_SHAPE,
                    *span,
                    say!("数据表没有“{name}”一栏", "the table has no column \"{name}\""),
                    say!("可用的栏：{all}{zh}", "columns: {all}{en}"),
                ));
            }
        }
        let option = |name: &str| self.options.columns.iter().find(|c| c.name == name);
        columns
            .iter()
            .map(|(name, _)| option(name).map_or((ColumnKind::Auto, None), |c| (c.kind, c.decimals)))
            .collect()
    }

    fn row(
        &mut self,
        row: DataRow,
        places: &[usize],
        kinds: &[(ColumnKind, Option<u32>)],
        keys: &Arc<[Arc<str>]>,
    ) -> Option<Map> {
        let found = row.cells.len();
        let wanted = places.last().map_or(0, |last| last + 1);
        let surplus = row.filled().any(|at| at >= wanted && self.code == Code::BAD_CSV);
        if found < wanted || surplus {
            let names = keys.len();
            let message = say!(
                "这一行有 {found} 格，第一行有 {names} 栏",
                "this row has {found} cells, the first row {names} columns"
            );
            self.diagnostics.push(bad(self.code, row.span, message));
            return None;
        }
        let mut cells = row.cells;
        let values = places.iter().zip(kinds).map(|(&at, &(kind, decimals))| {
            let taken = Entry { datum: Datum::Null, span: cells[at].span };
            let cell = std::mem::replace(&mut cells[at], taken);
            if !self.options.none.is_empty() && self.options.none.contains(&written(&cell)) {
                return Entry { datum: Datum::Null, span: cell.span };
            }
            if kind == ColumnKind::Auto && decimals.is_none() { cell } else { typed(cell, kind, decimals, self.code) }
        });
        Some(Map { values: values.collect(), keys: Arc::clone(keys) })
    }
}

/// The names of the columns, each with its place. A name of several rows is joined by /; cells that are merged across, and in a
/// CSV an empty cell of an upper row, go on with the name at their left.
fn names(grid: &DataGrid, first: usize, body: usize) -> Vec<(String, Span)> {
    let width = grid.rows[first..body].iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut names = Vec::with_capacity(width);
    for column in 0..width {
        let mut parts: Vec<String> = Vec::new();
        let mut span = grid.rows[first].span;
        for at in first..body {
            let (row, mut from) = (&grid.rows[at], (at, column));
            if let Some(merged) = grid.merged.iter().find(|m| m.covers(at, column)) {
                from = merged.from;
            } else if grid.merged.is_empty() && at + 1 < body {
                let before = (0..=column).rev().find(|&c| row.cells.get(c).is_some_and(|c| !written(c).is_empty()));
                from = before.map_or(from, |c| (at, c));
            }
            let cell = grid.rows.get(from.0).and_then(|row| row.cells.get(from.1));
            if let Some(place) = row.cells.get(column).and_then(|c| c.span) {
                span = place;
            }
            let text = cell.map(written).unwrap_or_default();
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        names.push((parts.join("/"), span));
    }
    names
}

/// A row that says something of the table and is none of its rows: one cell, or words such as 单位：.
fn is_note(row: &DataRow) -> bool {
    row.filled().any(|at| {
        let text = written(&row.cells[at]);
        text.contains(['：', ':']) && NOTES.iter().any(|note| text.starts_with(note.trim_end_matches('：')))
    })
}

/// A row after the data: a note, a source, or a lone text that is no row with its values missing.
fn is_tail(grid: &DataGrid, at: usize, body: usize) -> bool {
    let row = &grid.rows[at];
    let mut filled = row.filled();
    let (Some(first), None) = (filled.next(), filled.next()) else { return false };
    let text = written(&row.cells[first]);
    let width = grid.rows[body - 1].filled().count();
    if width < 2 || !matches!(row.cells[first].datum, Datum::Text(_)) {
        return false;
    }
    let lone = row.cells.len() == 1;
    let noted = NOTES.iter().any(|note| text.starts_with(note.trim_end_matches('：')));
    let parted = at > body && grid.rows[at - 1].is_blank();
    let long = text.chars().count() > 20 || text.ends_with('。');
    first == 0 && (lone || noted || parted || long) || noted
}

impl super::grid::Merged {
    fn covers(&self, row: usize, column: usize) -> bool {
        (self.from.0..=self.to.0).contains(&row) && (self.from.1..=self.to.1).contains(&column)
    }
}

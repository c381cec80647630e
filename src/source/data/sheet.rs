//! Rows of cells to a table: a list of maps. The head is found, and what is before and after the data is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::beside::{SideKind, beside};
use super::cell::typed;
use super::datum::{Datum, Entry, Map, column_named};
use super::extent::{TableExtent, extent, goes_on_with, names, numbers_the_columns, repeats_head};
use super::grid::{DataGrid, DataRow, bad, written};
use super::looks::{self, BoundRow, NamedColumn};
use super::options::{ColumnForm, ColumnOption, DataOptions};
use crate::diagnostic::{Code, Diagnostic, Span, cell_name, say};
use crate::yaml::near::suggestion;

/// The name of a first column that has none.
const UNNAMED: &str = "名称";
/// What rows are called that add up others.
const TOTALS: [&str; 4] = ["合计", "总计", "小计", "共计"];
/// What the row of the whole is called among its districts.
const WHOLES: [&str; 17] = [
    "全国",
    "全省",
    "全市",
    "全区",
    "全县",
    "全镇",
    "全乡",
    "全州",
    "全校",
    "全院",
    "全所",
    "全局",
    "全街道",
    "全系统",
    "全部",
    "全年",
    "平均值",
];

/// What came of a table.
pub(super) struct SheetTable {
    /// The rows.
    pub entry: Entry,
    /// What was passed over.
    pub remarks: Vec<DataRemark>,
}

/// A remark on a table of the data.
#[derive(Clone, Debug)]
pub(in crate::source) struct DataRemark {
    /// The place of the table: only remarks on those that are used count.
    pub about: Option<Span>,
    /// It tells of rows that add up others, which does not matter to a table that prints them as such.
    pub of_totals: bool,
    /// What is said.
    pub diagnostic: Diagnostic,
}

impl DataRemark {
    /// A remark on a table at a place.
    pub(super) fn on(about: Option<Span>, diagnostic: Diagnostic) -> Self {
        Self { about, of_totals: false, diagnostic }
    }
}

/// Makes a table of rows. `at` is where the report names the file.
pub(super) fn table(grid: DataGrid, options: &DataOptions, at: Span) -> Result<SheetTable, Vec<Diagnostic>> {
    let (diagnostics, remarks) = (Vec::new(), Vec::new());
    let mut binding = Binding { code: grid.code, options, at, diagnostics, remarks, totals: None };
    let Some(entry) = binding.bind(grid).filter(|_| binding.diagnostics.is_empty()) else {
        return Err(binding.diagnostics);
    };
    let mut remarks: Vec<DataRemark> =
        binding.remarks.into_iter().map(|remark| DataRemark::on(entry.span, remark)).collect();
    let totals = binding.totals.map(|remark| DataRemark { of_totals: true, ..DataRemark::on(entry.span, remark) });
    remarks.extend(totals);
    Ok(SheetTable { entry, remarks })
}

struct Binding<'a> {
    code: Code,
    options: &'a DataOptions,
    at: Span,
    diagnostics: Vec<Diagnostic>,
    remarks: Vec<Diagnostic>,
    /// The remark on rows that add up others.
    totals: Option<Diagnostic>,
}

impl Binding<'_> {
    fn bind(&mut self, mut grid: DataGrid) -> Option<Entry> {
        if grid.rows.iter().all(DataRow::is_blank) {
            let span = Span { file: grid.file, start: 0, end: 0 };
            self.diagnostics.push(bad(self.code, span, say!("数据表是空的", "the table is empty")));
            return None;
        }
        let found = extent(&grid, self.options);
        self.tell_skipped(&grid, found);
        let again = self.heads_again(&grid, found);
        let filled = self.fill_merged(&mut grid, found);
        let (columns, first) = self.columns(&mut grid, found)?;
        let heads = looks::heads(&grid, (first, found.head), &columns);
        let whole = grid.rows.first().zip(grid.rows.last()).map(|(a, b)| a.span.to(b.span));
        let rows = (found.body..found.end).zip(grid.rows.drain(found.body..found.end));
        let kinds = self.kinds(&columns);
        let keys: Arc<[Arc<str>]> = columns.iter().map(|(name, _)| Arc::clone(name)).collect();
        let places: Vec<usize> = columns.iter().map(|(_, at)| *at).collect();
        let mut bound: Vec<BoundRow> = Vec::with_capacity(rows.len());
        let mut totals: Vec<Total> = Vec::new();
        for (at, row) in rows.filter(|(at, row)| !row.is_blank() && !again.contains(at)) {
            // A text that is merged over rows begins the first of them only.
            let own = row.filled().find(|column| !filled.contains(&(at, *column)));
            let start = own.map(|column| written(&row.cells[column])).unwrap_or_default();
            if self.options.drop.iter().any(|drop| start.starts_with(drop.as_str())) {
                continue;
            }
            totals.extend(Total::of(&row, &start));
            let (span, leads) = (row.span, row.leads.clone());
            let counted = |column: usize| !filled.contains(&(at, column));
            if let Some(map) = self.row(row, &places, (&kinds, &counted), &keys) {
                bound.push(BoundRow { at, map, span, leads });
            }
        }
        if bound.len() > 1 {
            self.tell_totals(&totals, &columns);
        }
        let entries = looks::with_looks(bound, &places, (&grid.merged, heads), &mut self.remarks);
        Some(Entry { datum: Datum::List(entries.into()), span: whole })
    }

    /// The rows of the body that repeat the head, as those of a further page do, with their titles. They are told.
    fn heads_again(&mut self, grid: &DataGrid, found: TableExtent) -> BTreeSet<usize> {
        let mut rows = BTreeSet::new();
        for at in (found.body..found.end).filter(|&at| repeats_head(grid, found.first, found.head, at)) {
            rows.insert(at);
            let title = (found.body..at).rev().find(|&at| !grid.rows[at].is_blank());
            rows.extend(title.filter(|&at| goes_on_with(&grid.rows[at])));
        }
        let mut spans = rows.iter().map(|&at| grid.rows[at].span);
        if let Some(first) = spans.next() {
            let count = rows.len();
            let remark = Diagnostic::advice(
                Code::TABLE_SKIPPED,
                first,
                say!(
                    "又写了一遍的栏名（共 {count} 行）没有当作数据",
                    "the head comes again ({count} rows), which is not taken as data"
                ),
                say!(
                    "上下是同一张表的话不用管；不是，用 range 写明要哪一块",
                    "leave it if it is one table; else name the part by range"
                ),
            );
            self.remarks
                .push(spans.take(9).fold(remark, |r, s| r.with_related(s, say!("这一行也没有", "nor is this row"))));
        }
        rows
    }

    /// Gives a value that is merged over several rows to each of them; returns these cells, by row and column. A number counts once:
    /// the others keep none, which is told.
    fn fill_merged(&mut self, grid: &mut DataGrid, found: TableExtent) -> BTreeSet<(usize, usize)> {
        let mut filled = BTreeSet::new();
        let mut counted = None;
        for merged in &grid.merged {
            let ((top, column), (bottom, _)) = (merged.from, merged.to);
            if !(found.body..found.end).contains(&top) || bottom == top {
                continue;
            }
            let Some(cell) = grid.rows[top].cells.get(column).cloned() else { continue };
            let lead = grid.rows[top].leads.iter().find(|(at, _)| *at == column).copied();
            if matches!(cell.datum, Datum::Number(_)) {
                counted = counted.or(cell.span);
                continue;
            }
            for (at, row) in (top + 1..).zip(&mut grid.rows[top + 1..=bottom]) {
                if let Some(below) = row.cells.get_mut(column) {
                    *below = cell.clone();
                    row.leads.extend(lead);
                    filled.insert((at, column));
                }
            }
        }
        self.remarks.extend(counted.map(|span| {
            Diagnostic::advice(
                Code::TABLE_TOTAL,
                span,
                say!("合并的格子里的数只算在第一行", "a number that is merged over rows counts for the first of them"),
                say!(
                    "各行各有一个数的话，在表格里取消合并，逐行填上",
                    "where each row has its own, unmerge the cells in the workbook and fill them in"
                ),
            )
        }));
        filled
    }

    /// Tells of rows that add up others.
    fn tell_totals(&mut self, totals: &[Total], columns: &[NamedColumn]) {
        let Some((first, others)) = totals.split_first() else { return };
        let name = &first.name;
        let begin: BTreeSet<&str> = totals.iter().filter(|t| t.within.is_none()).map(|t| t.name.as_str()).collect();
        let within = totals.iter().find_map(|t| Some((columns.iter().find(|(_, at)| Some(*at) == t.within)?, &t.name)));
        let all = begin.iter().copied().collect::<Vec<_>>().join(", ");
        let hint = match within {
            None => say!("数据里不要这样的行的话，写 drop: [{all}]", "write drop: [{all}] to leave such rows out"),
            // Rows are dropped by what they begin with.
            Some(((column, _), name)) => say!(
                "不在一行开头的，drop 不管；不要的话，写 rejectattr(\"{column}\", \"eq\", \"{name}\")",
                "drop looks at the beginning of a row; to leave out others write rejectattr(\"{column}\", \"eq\", \"{name}\")"
            ),
        };
        let mut remark = Diagnostic::advice(
            Code::TABLE_TOTAL,
            first.span,
            say!(
                "“{name}”一行当作数据，sum 和图会把它也算进去",
                "the row \"{name}\" is taken as data: sums and charts count it too"
            ),
            hint,
        );
        for total in others.iter().take(9) {
            remark = remark.with_related(total.span, say!("这一行也是", "so is this row"));
        }
        self.totals = Some(remark);
    }

    /// Tells what was passed over before the head and after the data, where the report does not say it itself.
    fn tell_skipped(&mut self, grid: &DataGrid, found: TableExtent) {
        let before = if self.options.skip.is_some() { 0..0 } else { 0..found.first };
        // Where `until` has found no row, it is as if it were not there.
        let stopped = self.options.until.is_some() && found.other < grid.rows.len();
        let after = if stopped { 0..0 } else { found.end..found.other };
        let rows = [before, found.head..found.body, after];
        let passed: Vec<&DataRow> =
            rows.into_iter().flat_map(|rows| &grid.rows[rows]).filter(|row| !row.is_blank()).collect();
        if let Some((head, others)) = passed.split_first() {
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
        if let Some(until) = self.options.until.as_ref().filter(|until| !stopped && *until != "blank") {
            self.remarks.push(Diagnostic::advice(
                Code::TABLE_SKIPPED,
                self.at,
                say!(
                    "没有以“{until}”开头的行：until 没有起作用",
                    "no row begins with \"{until}\": until has stopped nothing"
                ),
                say!("改正 until，或者删去", "correct until, or remove it"),
            ));
        }
        if let Some(row) = grid.rows.get(found.other).filter(|_| !stopped) {
            self.remarks.push(Diagnostic::advice(
                Code::TABLE_SKIPPED,
                row.span,
                say!("下面的另一张表没有当作数据", "the table below is not taken as data"),
                match range_below(grid, found.other) {
                    Some(range) => say!("要用它，写 range: {range}", "to use it, write range: {range}"),
                    None => {
                        say!("要用它，用 skip 写明它前面有几行", "to use it, say by skip how many lines are before it")
                    }
                },
            ));
        }
        if let Some(row) = grid.rows[found.body..found.end].first().filter(|row| numbers_the_columns(row)) {
            let start = row.start();
            self.remarks.push(Diagnostic::advice(
                Code::TABLE_TOTAL,
                row.span,
                say!("这一行像是各栏的编号，当作了数据", "this row seems to number the columns; it is taken as data"),
                say!("数据里不要这一行的话，写 drop: [{start}]", "write drop: [{start}] to leave it out"),
            ));
        }
    }

    /// The columns: names and places, and the first row of their head. Columns without name and data are left out, and those of
    /// another table beside them.
    fn columns(&mut self, grid: &mut DataGrid, found: TableExtent) -> Option<(Vec<NamedColumn>, usize)> {
        let TableExtent { mut first, head, body, end, .. } = found;
        let mut names = names(grid, first, head);
        let used: Vec<bool> = (0..names.len())
            .map(|at| {
                let holds = |row: &DataRow| row.cells.get(at).is_some_and(|c| !matches!(c.datum, Datum::Null));
                grid.rows[body..end].iter().any(holds)
            })
            .collect();
        // What the report names by its cells is one table, unless two of its columns have one name.
        let side = beside(grid, found, &names, &used).filter(|_| !self.options.names_cells() || are_repeated(&names));
        if let Some(side) = side {
            self.remarks.push(side.remark(grid, found, self.at));
            if side.kind == SideKind::Another {
                first = side.head(grid, found);
                names = self::names(grid, first, head);
                names.truncate(side.own.end);
                grid.rows[body..end].iter_mut().for_each(|row| row.cells.truncate(side.own.end));
            }
        }
        let mut columns: Vec<NamedColumn> = Vec::new();
        let mut seen: BTreeMap<Arc<str>, Span> = BTreeMap::new();
        for (at, (name, span)) in names.into_iter().enumerate() {
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
        Some((columns, first))
    }

    /// What each column holds, as the report says.
    fn kinds(&mut self, columns: &[NamedColumn]) -> Vec<ColumnForm> {
        for ColumnOption { name, span, .. } in &self.options.columns {
            let names = columns.iter().map(|(n, _)| &**n);
            if column_named(names.clone(), name).is_none() {
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
        let place = |name: &str| column_named(columns.iter().map(|(n, _)| &**n), name);
        let option = |at: usize| self.options.columns.iter().find(|c| place(&c.name) == Some(at));
        (0..columns.len()).map(|at| option(at).map_or_else(ColumnForm::default, |c| c.form)).collect()
    }

    fn row(
        &mut self,
        row: DataRow,
        places: &[usize],
        (kinds, counted): (&[ColumnForm], &dyn Fn(usize) -> bool),
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
        let values = places.iter().zip(kinds).map(|(&at, &form)| {
            let taken = Entry { datum: Datum::Null, span: cells[at].span };
            let cell = std::mem::replace(&mut cells[at], taken);
            if !self.options.none.is_empty() && self.options.none.contains(&written(&cell)) {
                return Entry { datum: Datum::Null, span: cell.span };
            }
            let read = if form == ColumnForm::default() { cell } else { typed(cell, form, self.code) };
            // A number that is merged over rows counts once, a text that is read as one too.
            let again = matches!(read.datum, Datum::Number(_)) && !counted(at);
            if again { Entry { datum: Datum::Null, ..read } } else { read }
        });
        Some(Map { values: values.collect(), keys: Arc::clone(keys), is_row: true, look: None })
    }
}

/// True where two columns have one name.
fn are_repeated(names: &[(String, Span)]) -> bool {
    let mut seen = BTreeSet::new();
    names.iter().any(|(name, _)| !name.is_empty() && !seen.insert(name))
}

/// The cells from a row on, as a range of their sheet; None in a text file.
fn range_below(grid: &DataGrid, first: usize) -> Option<String> {
    let (top, left) = grid.origin?;
    let rows = grid.rows.get(first..)?;
    let last = rows.iter().rposition(|row| !row.is_blank())?;
    let filled = || rows.iter().flat_map(DataRow::filled);
    let (from, to) = (filled().min()?, filled().max()?);
    let name = |row: usize, column: usize| cell_name(top as usize + row, left as usize + column);
    Some(format!("{}:{}", name(first, from), name(first + last, to)))
}

/// A row that adds up others.
struct Total {
    span: Span,
    /// What says so.
    name: String,
    /// The column that says so, where the row does not begin with it.
    within: Option<usize>,
}

impl Total {
    /// `start`: what the row begins with.
    fn of(row: &DataRow, start: &str) -> Option<Self> {
        if adds_up(start) {
            return Some(Self { span: row.span, name: start.to_owned(), within: None });
        }
        let texts = row.filled().take(NAMING).filter(|&at| matches!(row.cells[at].datum, Datum::Text(_)));
        let (within, name) = texts.map(|at| (at, written(&row.cells[at]))).find(|(_, name)| adds_up(name))?;
        Some(Self { span: row.span, name, within: Some(within) })
    }
}

/// So many cells of a row may say what it is: a number, a district, a name.
const NAMING: usize = 3;

/// True for what a total is called: 合计, 全区合计, 小　计.
pub(in crate::source) fn is_total(name: &str) -> bool {
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    TOTALS.iter().any(|word| bare.starts_with(word) || bare.ends_with(word))
}

/// True for a row that adds up others, by what its first cell holds: 合计, 全区合计, 其中：甲.
pub(in crate::source) fn adds_up(start: &str) -> bool {
    let bare: String = start.chars().filter(|c| !c.is_whitespace()).collect();
    is_total(&bare) || WHOLES.contains(&bare.as_str()) || bare.starts_with("其中") || bare.ends_with("平均")
}

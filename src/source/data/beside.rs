//! Tables side by side in one sheet: empty columns part them.

use std::ops::Range;

use super::datum::Datum;
use super::extent::TableExtent;
use super::grid::{DataGrid, DataRow};
use crate::diagnostic::{Code, Diagnostic, Span, cell_name, say};

/// What a column of numbers is called that names the rows of a table.
const KEYS: [&str; 10] = ["年份", "年度", "年", "月份", "季度", "日期", "时间", "序号", "编号", "代码"];

/// Columns up to an empty one, and those behind it.
pub(super) struct SideTables {
    /// The columns of the table that is read.
    pub own: Range<usize>,
    /// The columns between empty ones, from the first on.
    parts: Vec<Range<usize>>,
    /// Where the part begins that is another table, or might be.
    next: usize,
    /// What the parts behind the empty column are.
    pub kind: SideKind,
}

/// What stands behind an empty column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SideKind {
    /// More columns of the same table.
    Joined,
    /// Another table.
    Another,
}

/// Finds what the empty columns of a table part; None where there are none. `named`: the names of the columns; `used`: the columns
/// with data.
pub(super) fn beside(
    grid: &DataGrid,
    found: TableExtent,
    named: &[(String, Span)],
    used: &[bool],
) -> Option<SideTables> {
    let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
    let empty = |at: usize| names[at].is_empty() && !used[at];
    let mut parts: Vec<Range<usize>> = Vec::new();
    for at in (0..names.len()).filter(|&at| !empty(at)) {
        match parts.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    let first = parts.get(1)?.start;
    let body = &grid.rows[found.body..found.end];
    let another = parts.iter().skip(1).find(|part| is_another(body, &names, used, part));
    let (end, kind, next) = match another {
        Some(part) => {
            let before = parts.iter().take_while(|p| p.start < part.start).last().map_or(0, |p| p.end);
            (before, SideKind::Another, part.start)
        }
        None => (names.len(), SideKind::Joined, first),
    };
    Some(SideTables { own: 0..end, parts, next, kind })
}

/// True for a part that has its own rows: a name again, rows without their other half, no names at all, or a first column that names
/// rows of numbers.
fn is_another(body: &[DataRow], names: &[&str], used: &[bool], part: &Range<usize>) -> bool {
    let before = 0..part.start;
    let repeated = names[part.clone()].iter().any(|name| !name.is_empty() && names[before.clone()].contains(name));
    let alone = body.iter().any(|row| holds(row, before.clone()) != holds(row, part.start..names.len()));
    let unnamed = names[part.clone()].iter().all(|name| name.is_empty());
    repeated || alone || unnamed || names_its_rows(body, names, used, part)
}

/// True for a part of which the first column names rows, and a further one holds numbers.
fn names_its_rows(body: &[DataRow], names: &[&str], used: &[bool], part: &Range<usize>) -> bool {
    let column = |at: usize| body.iter().filter_map(move |row| row.cells.get(at)).map(|cell| &cell.datum);
    let known = KEYS.contains(&names[part.start]);
    let texts = used[part.start]
        && column(part.start).all(|datum| matches!(datum, Datum::Text(_) | Datum::Day(_) | Datum::Null));
    let numbers = |at: usize| column(at).any(|datum| matches!(datum, Datum::Number(_)));
    (known || texts) && part.clone().skip(1).any(numbers)
}

fn holds(row: &DataRow, mut columns: Range<usize>) -> bool {
    columns.any(|at| row.cells.get(at).is_some_and(|cell| !matches!(cell.datum, Datum::Null)))
}

impl SideTables {
    /// Where the head of the table that is read begins: below a title of its own, where each of the tables has one.
    pub(super) fn head(&self, grid: &DataGrid, found: TableExtent) -> usize {
        let titled = self.own.len() > 1
            && found.head - found.first > 1
            && grid.rows[found.first].filled().filter(|at| self.own.contains(at)).count() == 1;
        found.first + usize::from(titled && self.kind == SideKind::Another)
    }

    /// What is said of it: both parts with their cells.
    pub(super) fn remark(&self, grid: &DataGrid, found: TableExtent, at: Span) -> Diagnostic {
        let place = grid.rows[found.first..found.head].iter().find_map(|row| row.cells.get(self.next)?.span);
        let own = self.area(grid, found, self.parts.iter().take_while(|part| part.start < self.next));
        let other = self.area(grid, found, self.parts.iter().skip_while(|part| part.start < self.next).take(1));
        let message = match self.kind {
            SideKind::Another => {
                say!(
                    "空栏右边的另一张表没有当作数据",
                    "the table to the right of the empty column is not taken as data"
                )
            }
            SideKind::Joined => say!(
                "空栏两边当作一张表的栏",
                "the columns on both sides of the empty one are taken as those of one table"
            ),
        };
        let hint = match (own.zip(other), self.kind) {
            (Some((own, other)), SideKind::Another) => say!(
                "读的是 {own}；要用右边的，写 range: {other}；是一张表的，写明整个范围，或者删去空栏",
                "{own} is read; for the other write range: {other}; if it is one table, give its whole range or delete the empty column"
            ),
            (Some((own, other)), SideKind::Joined) => say!(
                "对的话不用管；是两张表的，写 range: {own} 或 range: {other}",
                "leave it if that is right; of two tables name one: range: {own} or range: {other}"
            ),
            (None, SideKind::Another) => {
                say!("要用它，另存为一个文件", "to use it, save it as a file of its own")
            }
            (None, SideKind::Joined) => say!(
                "对的话不用管；是两张表的，分成两个文件",
                "leave it if that is right; make two files of two tables"
            ),
        };
        Diagnostic::advice(Code::TABLE_SKIPPED, place.unwrap_or(at), message, hint)
    }

    /// The cells of parts, as a range of the sheet; None in a text file.
    fn area<'p>(
        &self,
        grid: &DataGrid,
        found: TableExtent,
        parts: impl Iterator<Item = &'p Range<usize>>,
    ) -> Option<String> {
        let (top, left) = grid.origin?;
        let columns = parts.cloned().reduce(|a, b| a.start..b.end)?;
        let rows = found.first..found.end;
        let filled: Vec<usize> = rows.filter(|&row| holds(&grid.rows[row], columns.clone())).collect();
        let cell = |row: usize, column: usize| cell_name(top as usize + row, left as usize + column);
        let first = if columns.start < self.next { self.head(grid, found) } else { *filled.first()? };
        Some(format!("{}:{}", cell(first, columns.start), cell(*filled.last()?, columns.end - 1)))
    }
}

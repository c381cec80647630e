//! Where the table lies among the rows of an export: its head, its data, and what stands around them.

use super::datum::Datum;
use super::grid::{DataGrid, DataRow, Merged, written};
use super::options::DataOptions;
use crate::diagnostic::Span;
use crate::model::{UnitUse, units};

/// How notes begin, with or without a colon.
const NOTES: [&str; 6] = ["注", "备注", "说明", "资料来源", "数据来源", "来源"];
/// What stands before a colon around tables: what they tell of, and who has made them.
const LABELS: [&str; 25] = [
    "单位",
    "计量单位",
    "数据库",
    "指标",
    "时间",
    "地区",
    "制表",
    "填报",
    "填表",
    "审核",
    "复核",
    "统计",
    "经办",
    "报出日期",
    "联系",
    "表号",
    "文号",
    "有效期",
    "编号",
    "制定机关",
    "批准机关",
    "综合机关",
    "报送",
    "编制",
    "所属期",
];
/// How the row of the numbers of columns begins: 甲、乙、1、2.
const COLUMN_LETTERS: [&str; 6] = ["甲", "乙", "丙", "A", "B", "C"];
/// The most rows of a head that is found.
const DEEPEST: usize = 5;

/// The rows of a table, by their index in a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TableExtent {
    /// The first row of the head.
    pub first: usize,
    /// The row after the head.
    pub head: usize,
    /// The first row of the data: after a row of units, where there is one.
    pub body: usize,
    /// The row after the data.
    pub end: usize,
    /// The row after the data and what is said of them; from there on the rows are another table.
    pub other: usize,
}

/// Finds the table, as far as the options do not say where it is.
pub(super) fn extent(grid: &DataGrid, options: &DataOptions) -> TableExtent {
    let first = head_row(grid, options);
    let head = first + head_depth(grid, options, first);
    let body = if options.head.is_none() && is_units(grid, first, head) { head + 1 } else { head };
    let mut other = grid.rows.len();
    if let Some(until) = &options.until {
        let stop =
            grid.rows.iter().enumerate().skip(body).find(|(_, row)| {
                if until == "blank" { row.is_blank() } else { row.start().starts_with(until.as_str()) }
            });
        other = stop.map_or(other, |(at, _)| at);
    } else {
        let repeated = same_head_again(grid, (first, head), body);
        other = another_table(grid, body).into_iter().chain(repeated).min().unwrap_or(other);
    }
    let mut end = notes(grid, body, other);
    while end > body && (grid.rows[end - 1].is_blank() || is_tail(grid, end - 1, body)) {
        end -= 1;
    }
    TableExtent { first, head, body, end, other }
}

/// The first row of the head.
fn head_row(grid: &DataGrid, options: &DataOptions) -> usize {
    if let Some(skip) = options.skip {
        let head = grid.rows.iter().skip(skip).position(|row| !row.is_blank());
        return head.map_or(grid.rows.len(), |after| skip + after);
    }
    let width = grid.rows.iter().map(|row| row.filled().count()).max().unwrap_or(0);
    let head = grid.rows.iter().enumerate().position(|(at, row)| {
        let filled = row.filled().count();
        filled > 0 && (width == 1 || filled > 1 && !is_note(row) && !names_the_unit(grid, at))
    });
    head.unwrap_or(0)
}

/// How many rows the head has: as many as its merged cells reach down, which must lie over one another. Where no cells are
/// merged, as in a CSV, the rows below fill in the names that its first row lacks.
fn head_depth(grid: &DataGrid, options: &DataOptions, first: usize) -> usize {
    let rows = grid.rows.len() - first;
    if let Some(head) = options.head {
        return head.max(1).min(rows);
    }
    let mut depth = 1;
    for at in first..grid.rows.len().min(first + DEEPEST) {
        if at >= first + depth {
            break;
        }
        for merged in grid.merged.iter().filter(|m| m.from.0 == at) {
            let across = merged.to.1 > merged.from.1;
            depth = depth.max(merged.to.0 + 1 - first + usize::from(across));
        }
    }
    if depth == 1 && rows > 1 && lacks_names(grid, first, first + 1) {
        let deeper = (2..DEEPEST.min(rows)).take_while(|depth| goes_on(&grid.rows[first + depth - 1]));
        depth = deeper.into_iter().find(|depth| !lacks_names(grid, first, first + depth)).unwrap_or(1);
    }
    depth.min(rows)
}

/// True where a column after the first has cells and no name.
fn lacks_names(grid: &DataGrid, first: usize, head: usize) -> bool {
    let names = names(grid, first, head);
    let mut columns = names.iter().enumerate().skip(1).filter(|(_, (name, _))| name.is_empty());
    columns.any(|(at, _)| grid.rows[head..].iter().any(|row| holds(row, at)))
}

/// True for a row that can go on with a head: all that it holds is text, and nothing stands in its first cell.
fn goes_on(row: &DataRow) -> bool {
    !row.is_blank() && !holds(row, 0) && is_text(row)
}

/// True for a row below the head that gives the units of the columns and no value.
fn is_units(grid: &DataGrid, first: usize, head: usize) -> bool {
    let Some(row) = grid.rows.get(head).filter(|_| head + 1 < grid.rows.len()) else { return false };
    let names = names(grid, first, head);
    let unit = |at: usize| names.get(at).is_some_and(|(name, _)| !name.is_empty()) && is_unit(&written(&row.cells[at]));
    !row.is_blank() && !holds(row, 0) && is_text(row) && row.filled().all(unit)
}

/// True for 亿元, (%), 元/人, 万元、%.
fn is_unit(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '（', '）', ' ']);
    let known = |part: &str| {
        let bare = part.trim_start_matches(['十', '百', '千', '万', '亿']);
        let all = [UnitUse::Kept, UnitUse::Statistic, UnitUse::NoWord].into_iter().flat_map(units);
        bare == "‰" || all.into_iter().any(|unit| unit == part || unit == bare)
    };
    !text.is_empty() && text.split(['、', '/', '／']).all(known)
}

/// True for a row above the head that ends with the unit of the table, such as 房山区 … 2024年12月 … 亿元.
fn names_the_unit(grid: &DataGrid, at: usize) -> bool {
    let filled: Vec<usize> = grid.rows[at].filled().collect();
    let Some(next) = grid.rows.get(at + 1) else { return false };
    let last = filled.last().is_some_and(|last| is_unit(&written(&grid.rows[at].cells[*last])));
    last && is_text(next) && next.filled().count() >= filled.len() && !goes_on(next)
}

/// The row at which another table begins: below an empty row, a title perhaps, and then a head over what were numbers.
fn another_table(grid: &DataGrid, body: usize) -> Option<usize> {
    let mut numbers: Vec<bool> = Vec::new();
    let mut last = body;
    for at in body..grid.rows.len() {
        let row = &grid.rows[at];
        if row.is_blank() {
            continue;
        }
        if at > last + 1 || at > body && grid.rows[at - 1].is_blank() {
            let head = (at..grid.rows.len().min(at + 4)).find(|at| grid.rows[*at].filled().count() > 1);
            let over = head.filter(|head| {
                let row = &grid.rows[*head];
                let below = grid.rows.get(head + 1).is_some_and(|row| row.filled().count() > 1);
                let over = row.filled().any(|column| numbers.get(column) == Some(&true));
                below && is_text(row) && over && !is_note(row)
            });
            if over.is_some() {
                return Some(at);
            }
        }
        last = at;
        numbers.resize(numbers.len().max(row.cells.len()), false);
        for column in row.filled() {
            numbers[column] |= matches!(row.cells[column].datum, Datum::Number(_));
        }
    }
    None
}

/// The row at which another table begins with the same head: the title above that. A head without one is that of the next page.
fn same_head_again(grid: &DataGrid, (first, head): (usize, usize), body: usize) -> Option<usize> {
    let title = |at: usize| (body..at).rev().find(|&at| !grid.rows[at].is_blank());
    let again = (body..grid.rows.len()).filter(|&at| repeats_head(grid, first, head, at));
    let mut titles = again.filter_map(title).filter(|&at| grid.rows[at].filled().count() == 1);
    titles.find(|&at| is_text(&grid.rows[at]) && !goes_on_with(&grid.rows[at]))
}

/// True for the first row of data that only numbers the columns: 甲、乙、1、2.
pub(super) fn numbers_the_columns(row: &DataRow) -> bool {
    let cells: Vec<String> = row.filled().map(|at| written(&row.cells[at])).collect();
    let lettered = cells.iter().take_while(|cell| COLUMN_LETTERS.contains(&cell.as_str())).count();
    let rising = cells[lettered..].iter().zip(1..).all(|(cell, count)| *cell == count.to_string());
    lettered > 0 && cells.len() >= 4 && rising && cells.len() == row.cells.len()
}

/// The names of the columns, each with its place. A name of several rows is joined by /.
pub(super) fn names(grid: &DataGrid, first: usize, head: usize) -> Vec<(String, Span)> {
    paths(grid, first, head).into_iter().map(|(path, span)| (path.join("/"), span)).collect()
}

/// The titles over each column from the top one down, with its place. Cells that are merged across, and where none are, an empty
/// cell of an upper row, go on with the title at their left.
pub(super) fn paths(grid: &DataGrid, first: usize, head: usize) -> Vec<(Vec<String>, Span)> {
    let width = grid.rows[first..head].iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let plain = grid.merged.iter().all(|merged| !(first..head).contains(&merged.from.0));
    let mut names = Vec::with_capacity(width);
    for column in 0..width {
        let mut parts: Vec<String> = Vec::new();
        let mut span = grid.rows[first].span;
        for at in first..head {
            let (row, mut from) = (&grid.rows[at], (at, column));
            if let Some(merged) = grid.merged.iter().find(|m| m.covers(at, column)) {
                from = merged.from;
            } else if plain && at + 1 < head {
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
        names.push((parts, span));
    }
    names
}

/// A row that says something of the table and is none of its rows, such as 单位：万元.
fn is_note(row: &DataRow) -> bool {
    row.filled().any(|at| is_label(&written(&row.cells[at])))
}

/// True for 单位：万元, 金额单位：万元, （单位：个）, 注：快报数, 填表人：张三, 单位负责人：.
fn is_label(text: &str) -> bool {
    let Some((label, _)) = text.split_once(['：', ':']) else { return false };
    let label = label.trim_start_matches(['（', '(']);
    let known = LABELS.iter().chain(&NOTES).any(|known| label.starts_with(known));
    // 金额单位, 填报单位, 单位负责人.
    known || ["单位", "负责人"].iter().any(|end| label.ends_with(end))
}

/// The row at which notes of several lines begin: only lines of one text follow the first of them. Else the end.
fn notes(grid: &DataGrid, body: usize, end: usize) -> usize {
    let mut begin = end;
    for at in (body..end).rev() {
        let row = &grid.rows[at];
        let mut filled = row.filled();
        match (filled.next(), filled.next()) {
            (None, _) => {}
            (Some(first), None) if matches!(row.cells[first].datum, Datum::Text(_)) && row.cells.len() > 1 => {
                if is_noted(&written(&row.cells[first])) {
                    begin = at;
                }
            }
            _ => break,
        }
    }
    begin
}

/// True for a text that begins as notes do: 注：, 注1, 资料来源 区统计局, ①, *.
fn is_noted(text: &str) -> bool {
    let alone = |rest: &str| !rest.starts_with(|c: char| c.is_alphabetic());
    let known = NOTES.iter().any(|note| text.strip_prefix(note).is_some_and(alone));
    is_label(text) || known || text.starts_with(['①', '②', '③', '④', '⑤', '*', '＊', '※'])
}

/// A row after the data: a note, a source, who has made it, or a lone text that is no row with its values missing.
fn is_tail(grid: &DataGrid, at: usize, body: usize) -> bool {
    let row = &grid.rows[at];
    let mut filled = row.filled();
    let Some(first) = filled.next() else { return false };
    let text = written(&row.cells[first]);
    if filled.next().is_some() {
        // A number counts for the table unless a label stands before it, as that of a telephone has.
        let labelled = |at: usize| at > 0 && is_label(&written(&row.cells[at - 1]));
        let bare = |at: usize| matches!(row.cells[at].datum, Datum::Number(_)) && !labelled(at);
        return is_label(&text) && !row.filled().any(bare);
    }
    let width = grid.rows[body.max(1) - 1].filled().count().max(grid.rows[body].filled().count());
    if width < 2 || !matches!(row.cells[first].datum, Datum::Text(_)) {
        return false;
    }
    let lone = row.cells.len() == 1;
    let noted = is_noted(&text);
    let parted = at > body && grid.rows[at - 1].is_blank();
    let long = text.chars().count() > 20 || text.ends_with('。');
    first == 0 && (lone || noted || parted || long) || noted
}

/// True for a row that holds just what a row of the head holds, as on the next page of an export.
pub(super) fn repeats_head(grid: &DataGrid, first: usize, head: usize, at: usize) -> bool {
    let row = &grid.rows[at];
    let cell = |at: usize, named: &DataRow| match (&row.cells[at].datum, &named.cells[at].datum) {
        (Datum::Text(own), Datum::Text(name)) => own.trim() == name.trim(),
        (Datum::Number(_), Datum::Number(_)) | (Datum::Day(_), Datum::Day(_)) => {
            written(&row.cells[at]) == written(&named.cells[at])
        }
        _ => false,
    };
    let same = |named: &DataRow| row.filled().eq(named.filled()) && row.filled().all(|at| cell(at, named));
    row.filled().count() > 1 && grid.rows[first..head].iter().any(same)
}

/// True for the title of a table that goes on: 续表, 续表1.
pub(super) fn goes_on_with(row: &DataRow) -> bool {
    row.filled().count() == 1 && row.start().trim_start_matches(['（', '(']).starts_with('续')
}

fn holds(row: &DataRow, at: usize) -> bool {
    row.cells.get(at).is_some_and(|cell| !matches!(cell.datum, Datum::Null))
}

/// True where all that a row holds is text.
fn is_text(row: &DataRow) -> bool {
    row.filled().all(|at| matches!(row.cells[at].datum, Datum::Text(_)))
}

impl Merged {
    fn covers(&self, row: usize, column: usize) -> bool {
        (self.from.0..=self.to.0).contains(&row) && (self.from.1..=self.to.1).contains(&column)
    }
}

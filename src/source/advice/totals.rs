//! Totals that do not add up, as printed, and totals among the slices of a pie.
//!
//! A printed figure represents an interval of half a unit of its last decimal on either side, so that rounding is never told.
//! Which rows a total adds up is not written anywhere: of the ways that there are, the one that holds best is taken, and where
//! none is likely nothing is told.

use super::added::{AddedRow, RowKind, ways};
use crate::diagnostic::{Code, Diagnostic, Message, Span, say};
use crate::model::{BlockKind, Chart, ChartKind, Document, RunKind, Table, TableGrid, Text, is_dash};
use crate::source::data::{Decimal, adds_up, is_total, number};

/// Remarks on the totals of all tables and pies.
pub(super) fn find(document: &Document, out: &mut Vec<Diagnostic>) {
    for block in &document.blocks {
        match &block.kind {
            BlockKind::Table(table) => totals(document, table, out),
            BlockKind::Chart(chart) if chart.kind == ChartKind::Pie => slices(chart, out),
            _ => {}
        }
    }
}

/// Tells of a slice that is the whole pie again.
fn slices(chart: &Chart, out: &mut Vec<Diagnostic>) {
    for name in &chart.categories {
        let shown = name.unmarked();
        let Some(run) = name.runs.first().filter(|_| is_total(&shown)) else { continue };
        let shown = shown.trim();
        out.push(Diagnostic::advice(
            Code::TOTAL_OFF,
            run.map.whole(),
            say!(
                "饼图里有“{shown}”：它与其余各块重复，各块的份额都小了一半",
                "\"{shown}\" is a slice of the pie: it is all others again, so that each looks half as large"
            ),
            say!(
                "去掉这一项；数据里的，写 drop: [{shown}]，或者在 from 里用 rejectattr 剔除",
                "leave it out: by drop: [{shown}] for the data, or by rejectattr in from"
            ),
        ));
    }
}

/// Words of columns that nobody adds up: rates, means, ranks, dates, codes.
const NOT_ADDED: [&str; 48] = [
    "率",
    "比重",
    "占比",
    "比例",
    "构成",
    "增速",
    "增长",
    "增幅",
    "升降",
    "涨跌",
    "同比",
    "环比",
    "比上年",
    "较上年",
    "%",
    "％",
    "‰",
    "均",
    "排名",
    "名次",
    "位次",
    "排序",
    "年份",
    "年度",
    "序号",
    "编号",
    "代码",
    "编码",
    "指数",
    "单价",
    "价格",
    "标准",
    "系数",
    "密度",
    "强度",
    "得分",
    "评分",
    "分数",
    "温度",
    "湿度",
    "时间",
    "日期",
    "电话",
    "邮编",
    "年龄",
    "倍",
    "累计",
    "行次",
];

/// Words of notes that say why parts and total differ.
const EXPLAINED: [&str; 8] = ["四舍五入", "舍入", "不等于", "不等", "不含", "未列", "重复", "剔除"];

/// Less than so many times the total, a difference is a slip rather than another kind of row.
const NEAR: i64 = 10;

/// A difference between a total and its parts.
struct TotalGap {
    column: usize,
    sum: Decimal,
    by: Decimal,
    parts: (Span, Span),
}

/// What one way of adding up comes to: in how many columns it holds, and in which it does not.
struct AddedColumns {
    holds: usize,
    off: Vec<TotalGap>,
}

/// Looks at the totals of a table.
fn totals(document: &Document, table: &Table, out: &mut Vec<Diagnostic>) {
    let explained = |line: &Text| {
        let said = line.unmarked();
        EXPLAINED.iter().any(|word| said.contains(word))
    };
    if table.below.iter().any(|line| explained(&line.text)) {
        return;
    }
    let grid = TableGrid::new(table);
    let Some(rows) = rows(document, table, &grid) else { return };
    let added: Vec<bool> = (0..grid.columns).map(|column| is_added(table, &grid, column)).collect();
    for (at, total) in rows.iter().enumerate().filter(|(_, row)| row.kind != RowKind::Part) {
        let outcomes = ways(&rows, at);
        let outcomes = outcomes.iter().map(|way| compare(&rows, (at, way), &added));
        let outcomes: Vec<AddedColumns> = outcomes.filter(|found| found.holds + found.off.len() > 0).collect();
        if outcomes.iter().any(|found| found.off.is_empty()) {
            continue;
        }
        let best = outcomes.iter().max_by_key(|found| (found.holds, std::cmp::Reverse(found.off.len())));
        let Some(best) = best else { continue };
        let confirmed = best.holds > 0 && best.holds >= best.off.len();
        let alone = outcomes.len() == 1 && best.holds == 0 && best.off.len() == 1 && is_near(total, &best.off[0]);
        if confirmed || alone {
            best.off.iter().for_each(|off| told(table, total, off, document, out));
        }
    }
    shares(table, &grid, &rows, out);
}

fn is_near(total: &AddedRow, off: &TotalGap) -> bool {
    let Some((total, _)) = total.number(off.column) else { return false };
    let limit = total.absolute().and_then(|whole| whole.over(&Decimal::whole(NEAR)));
    off.by.absolute().zip(limit).is_some_and(|(by, limit)| by <= limit)
}

/// The rows of a table, with what their cells print as numbers; None where some are of another kind: 其中.
fn rows(document: &Document, table: &Table, grid: &TableGrid<'_>) -> Option<Vec<AddedRow>> {
    let mut rows = Vec::new();
    for at in grid.head..grid.rows {
        let cells = || grid.cells.iter().filter(move |cell| cell.row == at);
        let names = cells().filter(|cell| cell.column < 3).map(|cell| (cell.text.unmarked(), cell.indent));
        let names: Vec<(String, u8)> = names.filter(|(name, _)| !name.trim().is_empty()).collect();
        let first = names.first().filter(|(name, _)| number(name).is_none());
        let bold = table.rows.get(at - grid.head).is_some_and(|row| {
            let mut runs = row.cells.iter().flat_map(|cell| &cell.text.runs).peekable();
            runs.peek().is_some() && runs.all(|run| run.strong)
        });
        let word = names.iter().find(|(name, _)| is_total(name)).or(first.filter(|_| bold));
        let (name, indent) = word.or(first).cloned().unwrap_or_default();
        if name.trim_start().starts_with("其中") || name.trim_start().starts_with('#') {
            return None;
        }
        let of = |cell: &crate::model::PlacedCell<'_>| {
            let place = place(document, cell.text);
            let text = cell.text.unmarked();
            let single = cell.rows == 1 && cell.columns == 1;
            (cell.column, (number(&text).filter(|_| single), place, text.trim().chars().all(is_dash)))
        };
        let kind = match &word {
            Some((name, _)) if name.contains("小计") => RowKind::Subtotal,
            Some(_) => RowKind::Total,
            None if adds_up(&name) => RowKind::Other,
            None => RowKind::Part,
        };
        rows.push(AddedRow::new(name, indent, kind, cells().map(of).collect()));
    }
    Some(rows)
}

/// Where a cell's figure is: in the data, or in the report.
fn place(document: &Document, text: &Text) -> Option<Span> {
    let run = text.runs.first()?;
    let value = if let RunKind::Value(index) = run.kind { document.value(index) } else { None };
    Some(value.and_then(|value| value.defined).unwrap_or_else(|| run.map.whole()))
}

/// The titles above a column, from the top.
fn titles(table: &Table, column: usize) -> String {
    let above = table.groups.iter().filter(|group| (group.column..group.column + group.columns).contains(&column));
    let own = table.columns.get(column).map(|column| column.title.unmarked());
    above.map(|group| group.title.unmarked()).chain(own).collect()
}

/// True for a column whose figures may be added up.
fn is_added(table: &Table, grid: &TableGrid<'_>, column: usize) -> bool {
    let unit = table.unit.as_ref().map(|unit| unit.text.unmarked()).unwrap_or_default();
    let named = titles(table, column);
    let cells = grid.cells.iter().filter(|cell| cell.row >= grid.head && cell.column == column);
    let percent = cells.into_iter().any(|cell| cell.text.unmarked().trim_end().ends_with(['%', '％', '‰']));
    !percent && !NOT_ADDED.iter().any(|word| named.contains(word) || unit.trim() == *word)
}

/// Adds up the parts of a total in each column. A column of shares is added up where its total is the whole.
fn compare(rows: &[AddedRow], (at, way): (usize, &[usize]), added: &[bool]) -> AddedColumns {
    let mut outcome = AddedColumns { holds: 0, off: Vec::new() };
    for (column, &added) in added.iter().enumerate() {
        let Some((total, _)) = rows[at].number(column) else { continue };
        if !added && !is_whole(total) {
            continue;
        }
        let Some((sum, parts)) = sum(rows, way, column) else { continue };
        let by = total.minus(&sum);
        let Some((by, allowed)) = by.zip(sum.margin().and_then(|half| half.plus(&total.margin()?))) else { continue };
        if by.absolute().is_some_and(|by| by <= allowed) {
            outcome.holds += usize::from(!total.is_zero());
        } else {
            outcome.off.push(TotalGap { column, sum, by, parts });
        }
    }
    outcome
}

/// The sum of some rows in a column, and where the first and the last of them are; None where one has something else than a number
/// there, or there are not two.
fn sum(rows: &[AddedRow], way: &[usize], column: usize) -> Option<(Decimal, (Span, Span))> {
    let mut all = Vec::new();
    let mut places = Vec::new();
    for row in way.iter().filter_map(|&at| rows.get(at)) {
        if row.is_empty(column) {
            continue;
        }
        let (number, place) = row.number(column)?;
        all.push(number.clone());
        places.extend(place);
    }
    let (first, last) = (*places.first()?, *places.last()?);
    if all.len() < 2 { None } else { Some((Decimal::sum(&all)?, (first, last))) }
}

/// True for 100 and 100.0%.
fn is_whole(total: &Decimal) -> bool {
    let whole = if total.is_percent() { 1 } else { 100 };
    *total == Decimal::whole(whole)
}

fn told(table: &Table, total: &AddedRow, off: &TotalGap, document: &Document, out: &mut Vec<Diagnostic>) {
    let Some((number, Some(place))) = total.number(off.column) else { return };
    // Who has written a check for it knows.
    if document.facts.iter().any(|fact| fact.defined == Some(*place) && !fact.checks.is_empty()) {
        return;
    }
    let (name, title) = (total.name.trim(), titles(table, off.column));
    let printed = |figure: &Decimal| figure.print().unwrap_or_default();
    let (total, sum, by) = (printed(number), shown(&off.sum, number), shown(&off.by, number));
    push(
        *place,
        say!(
            "“{name}”的“{title}”是 {total}，各行相加是 {sum}，相差 {by}",
            "\"{title}\" of \"{name}\" is {total}; its rows add up to {sum}, which differs by {by}"
        ),
        off.parts,
        out,
    );
}

/// A sum as its total is printed: in per cent, or as it is.
fn shown(figure: &Decimal, like: &Decimal) -> String {
    if !like.is_percent() {
        return figure.print().unwrap_or_default();
    }
    figure.times(&Decimal::whole(100)).and_then(|figure| figure.print()).map_or_else(String::new, |text| text + "%")
}

/// Shares of a whole that have no total, and miss the whole by little.
fn shares(table: &Table, grid: &TableGrid<'_>, rows: &[AddedRow], out: &mut Vec<Diagnostic>) {
    if rows.iter().any(|row| row.kind != RowKind::Part) || rows.len() < 3 {
        return;
    }
    let way: Vec<usize> = (0..rows.len()).collect();
    for column in 0..grid.columns {
        let title = titles(table, column);
        let named = ["占比", "比重", "构成"].iter().any(|word| title.contains(word));
        if !named || ["提高", "变化", "增减", "点"].iter().any(|word| title.contains(word)) {
            continue;
        }
        if rows.iter().any(|row| row.is_empty(column) || row.level != rows[0].level) {
            continue;
        }
        let Some((sum, parts)) = sum(rows, &way, column) else { continue };
        let percent = rows[0].number(column).is_some_and(|(first, _)| first.is_percent());
        let whole = Decimal::whole(if percent { 1 } else { 100 });
        let by = whole.minus(&sum).and_then(|by| by.absolute());
        let near = whole.over(&Decimal::whole(20));
        let (Some(by), Some(allowed), Some(near)) = (by, sum.margin(), near) else { continue };
        if by > allowed && by <= near {
            let all = if percent { sum.times(&Decimal::whole(100)) } else { Some(sum) };
            let all = all.and_then(|all| all.print()).unwrap_or_default();
            let words =
                say!("“{title}”各行相加是 {all}%，不是 100%", "the rows of \"{title}\" add up to {all}%, not to 100%");
            push(parts.1, words, parts, out);
        }
    }
}

fn push(place: Span, message: Message, parts: (Span, Span), out: &mut Vec<Diagnostic>) {
    let hint = say!(
        "改正数据；口径本来不同的，在 note 里写明（如 因四舍五入，分项之和不等于合计），就不再提醒",
        "correct the data; where the parts are counted otherwise say so in note, such as 因四舍五入，分项之和不等于合计"
    );
    let advice = Diagnostic::advice(Code::TOTAL_OFF, place, message, hint);
    let advice = advice.with_related(parts.0, say!("加起来的第一格", "the first cell that was added"));
    out.push(advice.with_related(parts.1, say!("加起来的最后一格", "the last cell that was added")));
}

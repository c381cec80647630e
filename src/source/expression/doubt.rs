//! Names and numbers that look for something in data which cannot have it.

use super::arguments::ExpressionRemark;
use super::fault::{Fault, Range, fault};
use crate::diagnostic::{Code, say};
use crate::source::data::{Datum, Entry};
use crate::yaml::near::suggestion;

/// What is told where `default` replaces a column that the row of a table does not have.
pub(super) fn no_column(row: &Entry, name: &str, range: Range) -> Option<ExpressionRemark> {
    if !matches!(&row.datum, Datum::Map(map) if map.is_row) || row.named(name).is_some() {
        return None;
    }
    let names = row.keys().collect::<Vec<_>>();
    let (all, all_en) = (names.join("、"), names.join(", "));
    let (near, near_en) = suggestion(name, row.keys());
    Some(ExpressionRemark {
        code: Code::DEFAULT_FOR_COLUMN,
        range,
        message: say!(
            "数据表没有“{name}”一栏，每一行印的都是 default 里的值",
            "the table has no column \"{name}\": every row prints what default gives"
        ),
        hint: say!(
            "改正栏名，或者删去这一处。可用的栏：{all}{near}",
            "correct the name, or leave it out; columns: {all_en}{near_en}"
        ),
    })
}

/// The fault of a number in brackets after values that have names.
pub(super) fn no_list(base: &Entry, index: &str, range: Range) -> Fault {
    if base.named(index).is_some() {
        return fault(
            Code::EXPRESSION_FAILED,
            range,
            say!("数字开头的名称要加引号", "a name that begins with a digit is quoted"),
            say!("写成 [\"{index}\"]", "write [\"{index}\"]"),
        );
    }
    let names: Vec<&str> = base.keys().take(12).collect();
    let (all, all_en) = (names.join("、"), names.join(", "));
    fault(
        Code::EXPRESSION_FAILED,
        range,
        say!(
            "这里是有名称的几组数据，不是列表，没有第 [{index}] 项",
            "these are values with names, not a list with an entry [{index}]"
        ),
        say!(
            "先写名称：{all}。工作簿有几张工作表的，名称就是表名，也可以在 data: 里用 sheet: 指定一张",
            "give a name first: {all_en}; those of a workbook are its sheets, of which sheet: under data: picks one"
        ),
    )
    .about(base)
}

//! Native charts: DrawingML that a program draws, and the workbook that an editor changes numbers in.

mod part;
mod workbook;

pub(super) use part::part;
pub(super) use workbook::workbook;

use crate::model::Length;
use crate::template::Template;

/// The name of the workbook's only sheet, in the chart's formulas too.
const SHEET: &str = "Sheet1";

/// How charts look.
#[derive(Debug)]
pub(super) struct Look {
    /// How high a chart is, in rows of the grid.
    pub(super) rows: u32,
    /// Width of the axes.
    axis: Length,
    /// Width of the grid's lines.
    grid: Length,
    /// Width of the lines that show data.
    line: Length,
    /// The ink of each series.
    tints: Vec<f32>,
}

impl Look {
    /// As the template has it.
    pub(super) fn of(_template: &Template) -> Self {
        Self {
            rows: 10,
            axis: Length::pt(0.75),
            grid: Length::pt(0.25),
            line: Length::pt(1.5),
            tints: vec![0.8, 0.35, 0.6, 0.15],
        }
    }
}

/// The letters of a column, from 0: A … Z, AA ….
fn column(index: usize) -> String {
    let (mut rest, mut letters) = (index + 1, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A value as programs read it: digits with a sign and a decimal point; None for anything else.
fn decimal(value: &str) -> Option<&str> {
    let value = value.trim();
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (all(whole) && all(fraction)).then_some(value)
}

/// The number format that shows values with as many decimals as the data has.
fn format_code(values: &[String]) -> String {
    let places = values.iter().filter_map(|v| decimal(v)?.split_once('.').map(|(_, f)| f.len())).max().unwrap_or(0);
    if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_their_letters() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(column), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn decimals_are_told_from_text() {
        assert_eq!(["12", "-0.50", " 7 "].map(decimal), [Some("12"), Some("-0.50"), Some("7")]);
        assert_eq!(["", "1e3", "1,000", "甲", "-", "1.", ".5"].map(decimal), [None; 7]);
        assert_eq!(format_code(&["1".to_owned(), "2.25".to_owned()]), "0.00");
    }
}

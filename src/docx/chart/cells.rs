//! Cells of the workbook: their names and number formats.

use crate::model::{Quantity, Series};
use crate::template::Words;

/// The name of the workbook's only sheet, in the chart's formulas too.
pub(super) const SHEET: &str = "Sheet1";

/// The head of a series in the sheet, which names it in the legend.
pub(super) fn series_head(series: &Series, words: &Words) -> String {
    series.name.plain() + words.of_axis(series.axis)
}

/// The letters of a column, from 0: A … Z, AA ….
pub(super) fn column(index: usize) -> String {
    let (mut rest, mut letters) = (index + 1, Vec::new());
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The number format that shows a value with as many decimals as the data writes it.
pub(super) fn format_code(value: &Quantity) -> String {
    let places = value.digits().split_once('.').map_or(0, |(_, fraction)| fraction.len());
    number_format(places, value.is_percent(), value.is_grouped())
}

/// A number format of so many decimals, with a percent sign that changes no value: 12.5 is 12.5%; with commas between thousands where it
/// is grouped.
pub(super) fn number_format(places: usize, percent: bool, grouped: bool) -> String {
    let point = if places == 0 { "" } else { "." };
    let sign = if percent { "\"%\"" } else { "" };
    let whole = if grouped { "#,##0" } else { "0" };
    format!("{whole}{point}{}{sign}", "0".repeat(places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Span};
    use crate::model::{Origin, Run, RunKind, Text};

    #[test]
    fn columns_have_their_letters() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(column), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn formats_keep_the_decimals_of_the_data() {
        let quantity = |text: &str| {
            let map = Origin::Whole(Span { file: FileId(0), start: 0, end: 0 });
            let run = Run::new(text.to_owned(), RunKind::Text, map);
            Quantity { text: Text { runs: vec![run] } }
        };
        let formats = ["2.25", "-12", "0.0", "12.5%", "3%", "1,234.5"].map(|text| format_code(&quantity(text)));
        assert_eq!(formats, ["0.00", "0", "0.0", "0.0\"%\"", "0\"%\"", "#,##0.0"]);
    }
}

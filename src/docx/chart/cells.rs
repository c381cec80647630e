//! Cells of the workbook: their names and number formats.

use crate::model::Quantity;

/// The name of the workbook's only sheet, in the chart's formulas too.
pub(super) const SHEET: &str = "Sheet1";

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
    let places = value.text.plain().split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) }
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
            let run = Run { text: text.to_owned(), strong: false, kind: RunKind::Text, map };
            Quantity { text: Text { runs: vec![run] } }
        };
        assert_eq!(["2.25", "-12", "0.0"].map(|text| format_code(&quantity(text))), ["0.00", "0", "0.0"]);
    }
}

//! Parts of sheets by their names.

/// A part of a sheet: the first and the last row and column, from 0.
pub(super) type CellRange = ((u32, u32), (u32, u32));

/// `B3:F40`, `$B$3:$F$40`, `B:F`; a single cell too.
pub(super) fn area(text: &str) -> Option<CellRange> {
    let text = text.replace('$', "").to_ascii_uppercase();
    let (from, to) = text.split_once(':').unwrap_or((&text, &text));
    let ((top, left), (bottom, right)) = (cell(from.trim())?, cell(to.trim())?);
    let area = ((top.unwrap_or(0), left), (bottom.unwrap_or(1_048_575), right));
    (area.0.0 <= area.1.0 && area.0.1 <= area.1.1).then_some(area)
}

/// Row and column of a cell, from 0; no row for a whole column.
fn cell(text: &str) -> Option<(Option<u32>, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (letters, row) = text.split_at(digits);
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let column = letters.bytes().fold(0_u32, |sum, b| sum * 26 + u32::from(b - b'A') + 1) - 1;
    if row.is_empty() {
        return Some((None, column));
    }
    Some((Some(row.parse::<u32>().ok()?.checked_sub(1)?), column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        assert_eq!(area("B3:F40"), Some(((2, 1), (39, 5))));
        assert_eq!(area("$A$1:$AA$2"), Some(((0, 0), (1, 26))));
        assert_eq!(area("B:C"), Some(((0, 1), (1_048_575, 2))));
        for bad in ["", "3:4", "B0", "F40:B3", "表", "B3:"] {
            assert_eq!(area(bad), None, "{bad}");
        }
    }
}

//! Lengths and numbering samples as templates and reports write them.

use crate::model::{Length, NumberFormat, Scheme};

/// The longest length that makes sense, in points (10 m); it keeps sums finite.
const LONGEST: f64 = 28_346.0;

/// A length with its unit: `37mm`, `2.5cm`, `22pt`, `1in`; a bare 0 needs none. From nothing up to ten metres.
#[must_use]
pub fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text.get(..text.len() - unit.len())?.parse().ok()?;
    let length = match unit.trim() {
        "mm" => Length::mm(number),
        "cm" => Length::mm(number * 10.0),
        "pt" | "磅" => Length::pt(number),
        "in" => Length::pt(number * 72.0),
        "" if number == 0.0 => Length::ZERO,
        _ => return None,
    };
    (0.0..=LONGEST).contains(&length.to_pt()).then_some(length)
}

/// A length, or one in characters of a size: `2em`, `2字`.
#[must_use]
pub fn relative(text: &str, size: Length) -> Option<Length> {
    let text = text.trim();
    let Some(number) = text.strip_suffix("em").or_else(|| text.strip_suffix('字')) else { return length(text) };
    length(&format!("{}pt", number.trim())).map(|count| size * count.to_pt()).filter(|length| length.to_pt() <= LONGEST)
}

/// The scheme whose first number is `sample`: `（一）`, `1.`, `一是`, `表1`, `①`.
#[must_use]
pub fn scheme(sample: &str) -> Option<Scheme> {
    let (at, c, format) = sample.char_indices().find_map(|(at, c)| {
        let format = match c {
            '一' => NumberFormat::Chinese,
            '1' => NumberFormat::Decimal,
            '①' => NumberFormat::Circled,
            _ => return None,
        };
        Some((at, c, format))
    })?;
    Some(Scheme { format, before: sample.get(..at)?.to_owned(), after: sample.get(at + c.len_utf8()..)?.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        assert_eq!(length("37mm"), Some(Length::mm(37.0)));
        assert_eq!(length("2.5 cm"), Some(Length::mm(25.0)));
        assert_eq!(length("15.793pt"), Some(Length::pt(15.793)));
        for wrong in ["37", "mm", "-3mm", "1.2.3mm", "9999in", "12px", "", "٣mm"] {
            assert_eq!(length(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn characters_are_lengths_of_their_size() {
        let size = Length::pt(12.0);
        assert_eq!(relative("2em", size), Some(Length::pt(24.0)));
        assert_eq!(relative(" 1.5 字", size), Some(Length::pt(18.0)));
        assert_eq!(relative("30mm", size), Some(Length::mm(30.0)));
        for wrong in ["em", "2", "-2em", "2pt em", "28346em"] {
            assert_eq!(relative(wrong, size), None, "{wrong}");
        }
    }

    #[test]
    fn schemes_come_from_their_first_number() {
        for (sample, third) in
            [("（一）", "（三）"), ("一、", "三、"), ("1.", "3."), ("一是", "三是"), ("表1", "表3"), ("①", "③")]
        {
            assert_eq!(scheme(sample).map(|s| s.write(3)).as_deref(), Some(third), "{sample}");
        }
        assert_eq!(scheme("第"), None);
    }
}

//! Lengths and numbering samples as they are written, in plain figures.

/// The longest length that makes sense, in points (10 m); it keeps sums finite.
pub const LONGEST: f64 = 28_346.0;

/// A length that may be given in characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// So many points.
    Points(f64),
    /// So many characters of the text that it belongs to.
    Em(f64),
}

/// The points of a length with its unit: `37mm`, `2.5cm`, `22pt`, `1in`; a bare 0 needs none. From nothing up to ten metres.
#[must_use]
pub fn points(text: &str) -> Option<f64> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text.get(..text.len() - unit.len())?.parse().ok()?;
    let points = match unit.trim() {
        "mm" => number * 72.0 / 25.4,
        "cm" => number * 10.0 * 72.0 / 25.4,
        "pt" | "磅" => number,
        "in" => number * 72.0,
        "" if number == 0.0 => 0.0,
        _ => return None,
    };
    (0.0..=LONGEST).contains(&points).then_some(points)
}

/// A length, or one in characters: `2em`, `2字`.
#[must_use]
pub fn measure(text: &str) -> Option<Measure> {
    let text = text.trim();
    let Some(number) = text.strip_suffix("em").or_else(|| text.strip_suffix('字')) else {
        return points(text).map(Measure::Points);
    };
    points(&format!("{}pt", number.trim())).map(Measure::Em)
}

/// A sample of a number: the count 1 and the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample<'a> {
    /// The text before the count.
    pub before: &'a str,
    /// How the count is written: `一`, `1` or `①`.
    pub one: char,
    /// The text after the count.
    pub after: &'a str,
}

/// The parts of a first number: `（一）`, `1.`, `一是`, `表1`, `①`.
#[must_use]
pub fn sample(text: &str) -> Option<Sample<'_>> {
    let (at, one) = text.char_indices().find(|(_, c)| matches!(c, '一' | '1' | '①'))?;
    Some(Sample { before: text.get(..at)?, one, after: text.get(at + one.len_utf8()..)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_units() {
        assert_eq!(points("1in"), Some(72.0));
        assert_eq!(points("15.793pt"), Some(15.793));
        assert_eq!(points("2.54 cm"), Some(72.0));
        for wrong in ["37", "mm", "-3mm", "1.2.3mm", "9999in", "12px", "", "٣mm"] {
            assert_eq!(points(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn characters_are_measures() {
        assert_eq!(measure(" 1.5 字"), Some(Measure::Em(1.5)));
        assert_eq!(measure("30pt"), Some(Measure::Points(30.0)));
        for wrong in ["em", "2", "-2em", "2pt em", "28347em"] {
            assert_eq!(measure(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn samples_show_their_first_number() {
        assert_eq!(sample("（一）"), Some(Sample { before: "（", one: '一', after: "）" }));
        assert_eq!(sample("第"), None);
    }
}

//! Lengths and numbering schemes of templates and reports, from the way they are written.

use crate::model::{Length, NumberFormat, Scheme};
use crate::yaml::units::{LONGEST, Measure, measure, points, sample};

/// A length with its unit: `37mm`, `2.5cm`, `22pt`, `1in`; a bare 0 needs none. From nothing up to ten metres.
#[must_use]
pub fn length(text: &str) -> Option<Length> {
    points(text).map(Length::pt)
}

/// A length, or one in characters of a size: `2em`, `2字`.
#[must_use]
pub fn relative(text: &str, size: Length) -> Option<Length> {
    match measure(text)? {
        Measure::Points(points) => Some(Length::pt(points)),
        Measure::Em(count) => Some(size * count).filter(|length| length.to_pt() <= LONGEST),
    }
}

/// The scheme whose first number is `text`: `（一）`, `1.`, `一是`, `表1`, `①`; `1.1` counts below the level above.
#[must_use]
pub fn scheme(text: &str) -> Option<Scheme> {
    let sample = sample(text)?;
    let format = match sample.one {
        '一' => NumberFormat::Chinese,
        '①' => NumberFormat::Circled,
        _ => NumberFormat::Decimal,
    };
    let (mut above, mut after) = (0, sample.after);
    while let (NumberFormat::Decimal, Some(rest)) = (format, after.strip_prefix(".1")) {
        (above, after) = (above + 1, rest);
    }
    Some(Scheme { format, above, before: sample.before.to_owned(), after: after.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_lengths_of_their_size() {
        let size = Length::pt(12.0);
        assert_eq!(relative("2em", size), Some(Length::pt(24.0)));
        assert_eq!(relative(" 1.5 字", size), Some(Length::pt(18.0)));
        assert_eq!(relative("30mm", size), Some(Length::mm(30.0)));
        assert_eq!(relative("28346em", size), None);
    }

    #[test]
    fn schemes_come_from_their_first_number() {
        for (sample, third) in
            [("（一）", "（三）"), ("一、", "三、"), ("1.", "3."), ("一是", "三是"), ("表1", "表3"), ("①", "③")]
        {
            assert_eq!(scheme(sample).map(|s| s.write(3)).as_deref(), Some(third), "{sample}");
        }
        assert_eq!(scheme("第"), None);
        for (sample, second) in [("1.1", "3.2"), ("1.1.1　", "4.3.2　"), ("1.", "2."), ("第1.1节", "第3.2节")] {
            assert_eq!(scheme(sample).map(|s| s.write_below(&[4, 3], 2)).as_deref(), Some(second), "{sample}");
        }
    }
}

//! A value as its data file writes it, in the place of the one that is there: a number stays a number, a text a text.

use super::encode::{Digits, Within, scalar};

/// How a data file writes values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DataForm {
    /// Numbers without quotes, texts with or without them.
    Yaml,
    /// Texts in quotes.
    Json,
    /// Cells between commas, tabs and the like.
    Delimited,
}

/// What is written in the place of `own`, the characters of a value, so that what was printed as `before` is `after`. None where the
/// data does not say it so, or could not.
pub(super) fn datum(own: &str, (before, after): (&str, &str), form: DataForm) -> Option<String> {
    let mark = own.chars().next().filter(|c| matches!(c, '"' | '\''));
    let bare = own.trim_matches(['"', '\'']);
    let digits = |text: &str| text.chars().filter(|c| !matches!(c, ',' | ' ' | '+')).collect::<String>();
    let is_number = is_number(bare) && (mark.is_none() || form == DataForm::Delimited);
    let put = if bare == before && !is_number {
        after.to_owned()
    } else if digits(bare) == digits(before) {
        digits(after)
    } else {
        return None;
    };
    if put.contains(['\n', '\r', '\t']) || (is_number && !self::is_number(&put)) {
        return None;
    }
    match (form, mark) {
        (_, Some(mark)) if put.contains([mark, '\\']) => None,
        (_, Some(mark)) => Some(format!("{mark}{put}{mark}")),
        (DataForm::Delimited, None) if put.contains([',', ';', '|', '"']) => {
            Some(format!("\"{}\"", put.replace('"', "\"\"")))
        }
        (DataForm::Delimited, None) => Some(put),
        (DataForm::Json, None) => is_number.then_some(put),
        (DataForm::Yaml, None) if is_number => Some(put),
        (DataForm::Yaml, None) => Some(scalar(&put, Within::Flow, Digits::Quoted)),
    }
}

/// True for what all data files read as a number: digits with one point, a minus before them, and no zero too many.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && (whole.len() == 1 || !whole.starts_with('0')) && decimals.is_none_or(all_digits)
}

#[cfg(test)]
mod tests {
    use super::{DataForm, datum};

    #[test]
    fn a_number_stays_a_number() {
        for form in [DataForm::Yaml, DataForm::Json, DataForm::Delimited] {
            let put = |after: &str| datum("1234", ("1,234", after), form);
            assert_eq!(put("2,468").as_deref(), Some("2468"));
            for after in ["00", "１３", "12%", "13.5.1", ".5", "13.", "若干", "1e5"] {
                assert_eq!(put(after), None, "{after}");
            }
        }
        assert_eq!(datum("12", ("13", "14"), DataForm::Yaml), None, "what is printed is computed");
    }

    #[test]
    fn a_text_stays_a_text() {
        let yaml = |own: &str, after: &str| datum(own, (own.trim_matches('"'), after), DataForm::Yaml);
        assert_eq!(yaml("A12B", "12").as_deref(), Some("'12'"));
        assert_eq!(yaml("王伟明", "true").as_deref(), Some("'true'"));
        assert_eq!(yaml("王伟明", "李四: 甲").as_deref(), Some("'李四: 甲'"));
        assert_eq!(yaml("\"2024-03-05\"", "2024-03-06").as_deref(), Some("\"2024-03-06\""));
        assert_eq!(yaml("\"甲\"", "乙\"丙"), None);
        assert_eq!(datum("甲", ("甲", "乙,丙"), DataForm::Delimited).as_deref(), Some("\"乙,丙\""));
        assert_eq!(datum("007", ("007", "008"), DataForm::Delimited).as_deref(), Some("008"));
    }
}

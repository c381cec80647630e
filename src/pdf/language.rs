//! Words of other languages in a Chinese text (14.9.2): a voice has to read them by other rules.

use std::ops::Range;

/// Letters of scripts other than Han, and the language that a Chinese report most likely has them for.
const LETTERS: &[(Range<u32>, &str)] = &[
    (0x41..0x5B, "en"),
    (0x61..0x7B, "en"),
    (0xC0..0xD7, "en"),
    (0xD8..0xF7, "en"),
    (0xF8..0x250, "en"),
    (0x370..0x400, "el"),
    (0x400..0x530, "ru"),
    (0x600..0x700, "ug"),
    (0xF00..0x1000, "bo"),
    (0x1800..0x18B0, "mn"),
    (0x3041..0x30FB, "ja"),
    (0xAC00..0xD7A4, "ko"),
];

/// The language of a letter; None for what every language has, and for Han.
fn of(c: char) -> Option<&'static str> {
    let code = u32::from(c);
    LETTERS.iter().find(|(letters, _)| letters.contains(&code)).map(|&(_, language)| language)
}

/// The stretches of a text, in bytes, that are in another language than Chinese. Two letters make a word: a single one is a name
/// (A级) that a Chinese voice reads by itself. Digits, blanks and marks between two words of a language are within it.
pub(super) fn stretches(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
    if text.chars().all(|c| of(c).is_none()) {
        return found;
    }
    let mut word: Option<(Range<usize>, &'static str, u32)> = None;
    // Nothing but ASCII since the last stretch.
    let mut plain = true;
    let end = |word: &mut Option<(Range<usize>, &'static str, u32)>, found: &mut Vec<(Range<usize>, _)>, plain| {
        let Some((range, language, _)) = word.take().filter(|word| word.2 > 1) else { return false };
        match found.last_mut() {
            Some((last, same)) if *same == language && plain => last.end = range.end,
            _ => found.push((range, language)),
        }
        true
    };
    for (at, c) in text.char_indices() {
        let behind = at + c.len_utf8();
        match (of(c), &mut word) {
            (Some(language), Some((range, same, letters))) if *same == language => {
                range.end = behind;
                *letters += 1;
            }
            (language, _) => {
                if end(&mut word, &mut found, plain) {
                    plain = true;
                }
                word = language.map(|language| (at..behind, language, 1));
                plain &= language.is_some() || c.is_ascii();
            }
        }
    }
    end(&mut word, &mut found, plain);
    found
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn words_are_told_from_single_letters() {
        let found = |text: &'static str| -> Vec<(&str, &str)> {
            stretches(text).into_iter().map(|(range, language)| (&text[range], language)).collect()
        };
        assert_eq!(found("全区GDP增长5%，A级景区"), [("GDP", "en")]);
        assert_eq!(found("见 www.bjfsh.gov.cn 网站"), [("www.bjfsh.gov.cn", "en")]);
        assert_eq!(found("Belt and Road“一带一路”Forum"), [("Belt and Road", "en"), ("Forum", "en")]);
        assert_eq!(found("かな与Москва"), [("かな", "ja"), ("Москва", "ru")]);
        assert_eq!(found("二〇二四年 1.5"), []);
    }
}

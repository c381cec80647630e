//! Scripts as LibreOffice tells them apart: each has a face of its own, and a text portion never holds two.
//!
//! By blocks of Unicode (its `BreakIteratorImpl::getScriptType`); what belongs to none follows the character before it, at
//! the paragraph's start the language of the program, which is taken to be a Western one.

/// The kinds of script that matter for Chinese text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfficeScript {
    /// Set in the East Asian face.
    Asian,
    /// Set in the Western face.
    Latin,
}

/// The script of each character of a paragraph.
pub(crate) fn scripts(text: impl Iterator<Item = char>) -> Vec<OfficeScript> {
    let mut before = OfficeScript::Latin;
    text.map(|c| {
        before = own(c).unwrap_or(before);
        before
    })
    .collect()
}

/// The script of a character; None: it follows the one before.
const fn own(c: char) -> Option<OfficeScript> {
    match c {
        '\u{20}' | '\u{a0}' | '\u{2c7}' | '\u{2ca}' | '\u{2cb}' | '\u{2d9}' => None,
        // Basic Latin to spacing modifiers, Greek to Armenian, Latin and Greek extended.
        '\u{21}'..='\u{2ff}' | '\u{370}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' => Some(OfficeScript::Latin),
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' => Some(OfficeScript::Asian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{OfficeScript, scripts};

    #[test]
    fn marks_follow_what_stands_before_them() {
        let marked = |text: &str| -> String {
            scripts(text.chars()).iter().map(|s| if *s == OfficeScript::Asian { '汉' } else { 'a' }).collect()
        };
        assert_eq!(marked("抗“23·7”洪"), "汉汉aaaaa汉");
        assert_eq!(marked("“好”——是"), "a汉汉汉汉汉");
        assert_eq!(marked("25次，1"), "aa汉汉a");
        assert_eq!(marked("“＋①"), "a汉汉");
    }
}

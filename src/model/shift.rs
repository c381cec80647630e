//! Raised and lowered characters, and those that Unicode has for them.

use unicode_normalization::char::decompose_compatible;

/// How characters sit on the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shift {
    /// On it.
    #[default]
    None,
    /// Small and raised.
    Raised,
    /// Small and lowered.
    Lowered,
}

impl Shift {
    /// The text in characters that stand so by themselves, for places without looks: 10⁻³; as it is where one of its characters has none.
    #[must_use]
    pub fn typed(self, text: &str) -> String {
        let own = text.chars().map(|c| self.character(c)).collect::<Option<String>>();
        own.unwrap_or_else(|| text.to_owned())
    }

    /// The character that is another one, raised or lowered.
    fn character(self, wanted: char) -> Option<char> {
        let wanted = if wanted == '-' { '−' } else { wanted };
        let mut all = "²³¹".chars().chain('\u{2070}'..='\u{209c}');
        all.find(|&c| unshifted(c) == Some((wanted, self)))
    }
}

/// What a character is raised or lowered from; None for one that is neither.
#[must_use]
pub fn unshifted(c: char) -> Option<(char, Shift)> {
    let shift = match c {
        '²' | '³' | '¹' | '\u{2070}'..='\u{207f}' => Shift::Raised,
        '\u{2080}'..='\u{209c}' => Shift::Lowered,
        _ => return None,
    };
    let mut whole = Vec::new();
    decompose_compatible(c, |part| whole.push(part));
    match whole[..] {
        [plain] if plain != c => Some((plain, shift)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shifted_characters_are_typed_where_there_are_such() {
        assert_eq!(Shift::Raised.typed("-3"), "⁻³");
        assert_eq!(Shift::Lowered.typed("2"), "₂");
        assert_eq!(Shift::Raised.typed("n+1"), "ⁿ⁺¹");
        assert_eq!(Shift::Raised.typed("Q"), "Q");
        assert_eq!(Shift::None.typed("2"), "2");
    }
}

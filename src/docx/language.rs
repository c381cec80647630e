//! The languages that the Word file says its text is in.

/// The language of Latin letters, and that of Han characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::docx) struct Languages<'a> {
    pub(in crate::docx) latin: &'a str,
    pub(in crate::docx) han: &'a str,
    /// True where words are divided at line ends: not in a text whose lines end anywhere.
    pub(in crate::docx) hyphenates: bool,
}

impl<'a> Languages<'a> {
    /// Those of a report in a language.
    pub(in crate::docx) fn of(language: &'a str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "zh" | "ja" | "ko" | "" => Self { latin: "en-US", han: language, hyphenates: false },
            // Office programs look dictionaries up by language and country.
            "en" if !language.contains('-') => Self { latin: "en-US", han: "zh-CN", hyphenates: true },
            _ => Self { latin: language, han: "zh-CN", hyphenates: true },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_in_its_language() {
        assert_eq!(Languages::of("zh-CN"), Languages { latin: "en-US", han: "zh-CN", hyphenates: false });
        assert_eq!(Languages::of("en"), Languages { latin: "en-US", han: "zh-CN", hyphenates: true });
        assert_eq!(Languages::of("en-GB").latin, "en-GB");
    }
}

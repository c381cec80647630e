//! Vocabularies: an enum and its words, from one table.

/// An enum whose values are written as words in reports, in templates or on the command line.
pub trait Vocabulary: Copy + Send + Sync + 'static {
    /// The words, in the order of the table.
    const WORDS: &'static [&'static str];
    /// What each is for, in Chinese; empty where the word says it.
    const ABOUT: &'static [&'static str];

    /// The value that a word means.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enum, its words and their reader from one table: a row a value, `Value = "word"` or
/// `Value = "word" ("用途")`.
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $value:ident = $word:literal $(($about:literal))?,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$doc])* $value,)* }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$value),*];

            /// Its word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),* }
            }
        }

        impl $crate::diagnostic::Vocabulary for $name {
            const WORDS: &'static [&'static str] = &[$($word),*];
            const ABOUT: &'static [&'static str] = &[$(concat!($($about)?)),*];

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$value),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

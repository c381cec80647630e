//! Places in the lists of a document. Each list has a type of its own, so that none is taken for another.

/// Defines an index into a list.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The index of the entry `at`, from 0.
            #[must_use]
            pub fn new(at: usize) -> Self {
                Self(u32::try_from(at).unwrap_or(u32::MAX))
            }

            /// The place in the list, from 0.
            #[must_use]
            pub const fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// The place of a block in [`super::Document::blocks`].
    BlockIndex
}
index! {
    /// The place of a use of data in [`super::Document::values`].
    ValueIndex
}
index! {
    /// The place of an address in [`super::Document::links`].
    LinkIndex
}
index! {
    /// The place of a footnote in [`super::Document::notes`].
    NoteIndex
}
index! {
    /// The place of a check in [`super::Document::checks`].
    CheckIndex
}

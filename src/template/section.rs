//! Sections of a template: one table gives the struct, its keys, the shapes of their values, and the reader.

use super::units;
use crate::diagnostic::Vocabulary;
use crate::model::{Length, Scheme};
use crate::yaml::shape::{Field, Object, Shape};
use crate::yaml::tree::{Kind, Node};

/// A value that is read from a tree which its shape has accepted: `None` is what that check has refused.
pub(super) trait Read: Sized {
    /// The value of a node.
    fn read(node: &Node) -> Option<Self>;
}

impl<T: Vocabulary> Read for T {
    fn read(node: &Node) -> Option<Self> {
        T::from_word(node.as_text()?)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node) -> Option<Self> {
        node.as_list()?.iter().map(T::read).collect()
    }
}

impl Read for String {
    fn read(node: &Node) -> Option<Self> {
        node.as_text().map(str::to_owned)
    }
}

impl Read for bool {
    fn read(node: &Node) -> Option<Self> {
        matches!(node.kind, Kind::Bool(_)).then(|| node.is_true())
    }
}

impl Read for u32 {
    fn read(node: &Node) -> Option<Self> {
        node.as_text()?.parse().ok()
    }
}

impl Read for f64 {
    fn read(node: &Node) -> Option<Self> {
        node.as_text()?.parse().ok()
    }
}

impl Read for f32 {
    fn read(node: &Node) -> Option<Self> {
        node.as_text()?.parse().ok()
    }
}

impl Read for Length {
    fn read(node: &Node) -> Option<Self> {
        units::length(node.as_text()?)
    }
}

impl Read for Scheme {
    fn read(node: &Node) -> Option<Self> {
        units::scheme(node.as_text()?)
    }
}

/// Em counts and rows: nothing sensible is larger.
pub(super) const EM: Shape = Shape::Number(0.0, 100.0);

/// A key for each word of a vocabulary, all of one shape.
pub(super) const fn one_each<const N: usize>(
    words: &[&'static str],
    about: &[&'static str],
    shape: Shape,
) -> [Field; N] {
    let mut fields = [Field { key: "", required: true, shape, about: "" }; N];
    let mut at = 0;
    while at < N {
        fields[at].key = words[at];
        fields[at].about = about[at];
        at += 1;
    }
    fields
}

/// A map with known keys, as a constant.
pub(super) const fn object(name: (&'static str, &'static str), fields: &'static [Field]) -> Object {
    Object { name, fields }
}

/// Declares a section: a struct, the table of its keys, and its reader. A row is
///
/// `field: Type = need "key", shape, "what it is for";`
///
/// `may` in place of `need` for keys that can be left out: the field is an `Option`, or `or` gives its value. `with` names
/// another reader than the type's own. `given` names fields that are no keys, which `from_keys` takes.
macro_rules! section {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident = $table:ident ($zh:literal, $en:literal) { $($rows:tt)* }
    ) => {
        section! {
            $(#[$meta])*
            $vis struct $name = $table ($zh, $en) given () { $($rows)* }
        }

        impl $crate::template::section::Read for $name {
            fn read(node: &$crate::yaml::tree::Node) -> Option<Self> {
                Self::from_keys(node)
            }
        }
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident = $table:ident ($zh:literal, $en:literal)
        given ($($(#[$own_doc:meta])* $own:ident: $own_type:ty),*) {
            $(
                $(#[$doc:meta])*
                $field:ident: $type:ty = $need:ident $key:literal $(with $reader:ident)? $(or $default:expr)?,
                $shape:expr, $about:literal;
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name {
            $($(#[$own_doc])* pub $own: $own_type,)*
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $name {
            /// The values of its keys.
            fn from_keys(node: &$crate::yaml::tree::Node $(, $own: $own_type)*) -> Option<Self> {
                Some(Self {
                    $($own,)*
                    $($field: $crate::template::section::value!(
                        node.get($key), $need [$($default)?] $crate::template::section::reader!($($reader)?)
                    ),)*
                })
            }
        }

        pub(super) static $table: $crate::yaml::shape::Object = $crate::template::section::object(($zh, $en), &[
            $($crate::yaml::shape::Field {
                key: $key,
                required: $crate::template::section::required!($need),
                shape: $shape,
                about: $about,
            },)*
        ]);
    };
}

/// The value of a field of a section, from the node of its key.
macro_rules! value {
    ($node:expr, need [] $read:expr) => {
        $read($node?)?
    };
    ($node:expr, may [] $read:expr) => {
        match $node {
            None => None,
            Some(node) => Some($read(node)?),
        }
    };
    ($node:expr, may [$default:expr] $read:expr) => {
        match $node {
            None => $default,
            Some(node) => $read(node)?,
        }
    };
}

/// The reader of a field: the one named, or that of its type.
macro_rules! reader {
    () => {
        $crate::template::section::Read::read
    };
    ($reader:ident) => {
        $reader
    };
}

/// Whether a key must be given.
macro_rules! required {
    (need) => {
        true
    };
    (may) => {
        false
    };
}

pub(super) use {reader, required, section, value};

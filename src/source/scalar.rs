//! The text of a YAML scalar, each character with its place in the file.
//!
//! Line ends become one `\n` each, with the white space around them: whether one prints as a space is decided where the
//! characters on both sides are known.

use crate::diagnostic::{FileId, Sources, Span};
use crate::model::{OffsetMap, Origin};
use crate::yaml::tree::{Kind, Node};

/// The text of a scalar and the places of its characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scalar {
    /// The text; `\n` where the source breaks a line.
    pub text: String,
    /// From offsets of `text` to offsets of the file.
    pub map: Origin,
}

impl Scalar {
    /// The scalar of a node of text or a number; empty for other nodes.
    pub(super) fn new(sources: &Sources, node: &Node) -> Self {
        let value = match &node.kind {
            Kind::Text(text) | Kind::Number(text) => text.as_str(),
            _ => "",
        };
        let slice = sources.text(node.span);
        let quoted = match slice.as_bytes().first() {
            Some(b'"') => Decoder::new(node.span, slice).double(),
            Some(b'\'') => Decoder::new(node.span, slice).single(),
            _ => None,
        };
        // A block scalar may begin with a quotation mark too: the right reading is the one that gives the value.
        quoted
            .filter(|s| same(&s.text, value))
            .or_else(|| Some(Decoder::new(node.span, slice).plain()).filter(|s| same(&s.text, value)))
            .unwrap_or_else(|| Self { text: value.trim().to_owned(), map: Origin::Whole(node.span) })
    }

    /// The place of the text bytes `start..end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.map.span(start, end)
    }

    /// The map of the text bytes `start..end` alone.
    pub(super) fn part(&self, start: usize, end: usize) -> Origin {
        let map = match &self.map {
            Origin::Text(map) => map,
            Origin::Whole(span) => return Origin::Whole(*span),
        };
        let span = map.span(start, end);
        let mut pieces = vec![(0, span.start)];
        for &(text, source) in &map.pieces {
            let at = text as usize;
            if at > start && at < end {
                pieces.push((text - u32::try_from(start).unwrap_or(0), source));
            }
        }
        Origin::Text(OffsetMap { file: map.file, pieces, end: span.end })
    }
}

/// Equal, white space aside, which folding changes.
fn same(a: &str, b: &str) -> bool {
    a == b || a.chars().filter(|c| !c.is_whitespace()).eq(b.chars().filter(|c| !c.is_whitespace()))
}

struct Decoder<'a> {
    file: FileId,
    start: u32,
    slice: &'a str,
    text: String,
    pieces: Vec<(u32, u32)>,
}

impl<'a> Decoder<'a> {
    fn new(span: Span, slice: &'a str) -> Self {
        Self { file: span.file, start: span.start, slice, text: String::with_capacity(slice.len()), pieces: Vec::new() }
    }

    /// Takes in the character at `at` of the slice.
    fn push(&mut self, c: char, at: usize) {
        self.begin(at);
        self.text.push(c);
    }

    /// What is taken in next is from `at` of the slice on.
    fn begin(&mut self, at: usize) {
        let source = self.start + u32::try_from(at).unwrap_or(0);
        let text = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        let in_step = self.pieces.last().is_some_and(|&(t, s)| source >= s && source - s == text - t);
        if !in_step {
            self.pieces.push((text, source));
        }
    }

    /// Takes in the white space from `at` on, which holds a line end; returns where it ends.
    fn line_end(&mut self, at: usize) -> usize {
        let rest = &self.slice[at..];
        let length = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        // Spaces before the line end are taken back.
        let kept = self.text.trim_end_matches([' ', '\t', '\n']).len();
        self.text.truncate(kept);
        while self.pieces.last().is_some_and(|&(t, _)| t as usize > kept) {
            self.pieces.pop();
        }
        if !self.text.is_empty() {
            self.push('\n', at);
        }
        at + length
    }

    fn finish(mut self, end: usize) -> Scalar {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        if self.pieces.is_empty() {
            self.pieces.push((0, self.start));
        }
        let end = self.start + u32::try_from(end).unwrap_or(0);
        let map = OffsetMap { file: self.file, pieces: self.pieces, end };
        Scalar { text: self.text, map: Origin::Text(map) }
    }

    /// Plain and block scalars: the characters as they are.
    fn plain(mut self) -> Scalar {
        let end = self.slice.trim_end().len();
        let mut at = 0;
        while at < end {
            let rest = &self.slice[at..end];
            let line = rest.find(['\r', '\n']).map_or(rest, |length| &rest[..length]);
            if line.is_empty() {
                at = self.line_end(at).min(end);
            } else {
                self.begin(at);
                self.text.push_str(line);
                at += line.len();
            }
        }
        self.finish(end)
    }

    /// `'…'`, with `''` for an apostrophe.
    fn single(mut self) -> Option<Scalar> {
        let end = self.slice.len().checked_sub(1).filter(|&e| e > 0 && self.slice.ends_with('\''))?;
        let mut at = 1;
        while let Some(c) = self.slice.get(at..end)?.chars().next() {
            match c {
                '\r' | '\n' => at = self.line_end(at).min(end),
                '\'' => {
                    self.push(c, at);
                    at += 2;
                }
                _ => {
                    self.push(c, at);
                    at += c.len_utf8();
                }
            }
        }
        Some(self.finish(end))
    }

    /// `"…"`, with escapes.
    fn double(mut self) -> Option<Scalar> {
        let end = self.slice.len().checked_sub(1).filter(|&e| e > 0 && self.slice.ends_with('"'))?;
        let mut at = 1;
        while let Some(c) = self.slice.get(at..end)?.chars().next() {
            match c {
                '\r' | '\n' => at = self.line_end(at).min(end),
                '\\' => at = self.escape(at, end)?,
                _ => {
                    self.push(c, at);
                    at += c.len_utf8();
                }
            }
        }
        Some(self.finish(end))
    }

    /// The escape that begins at `at`; returns where it ends.
    fn escape(&mut self, at: usize, end: usize) -> Option<usize> {
        let c = self.slice.get(at + 1..end)?.chars().next()?;
        let digits = match c {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '\r' | '\n' => {
                // An escaped line end joins without a space.
                let rest = &self.slice[at + 1..end];
                return Some(end - rest.trim_start_matches([' ', '\t', '\r', '\n']).len());
            }
            _ => 0,
        };
        if digits == 0 {
            let value = match c {
                '0' => '\0',
                'a' => '\u{7}',
                'b' => '\u{8}',
                't' | '\t' => '\t',
                'n' => '\n',
                'v' => '\u{b}',
                'f' => '\u{c}',
                'r' => '\r',
                'e' => '\u{1b}',
                'N' => '\u{85}',
                '_' => '\u{a0}',
                'L' => '\u{2028}',
                'P' => '\u{2029}',
                other => other,
            };
            self.push(value, at);
            return Some(at + 1 + c.len_utf8());
        }
        let from = at + 2;
        let code = u32::from_str_radix(self.slice.get(from..from + digits)?, 16).ok()?;
        if (0xd800..0xdc00).contains(&code) {
            // A pair of surrogates, as JSON writes them.
            let low = self.slice.get(from + digits..from + digits + 6)?.strip_prefix("\\u")?;
            let low = u32::from_str_radix(low, 16).ok()?;
            let value = 0x10000 + ((code - 0xd800) << 10) + low.checked_sub(0xdc00)?;
            self.push(char::from_u32(value)?, at);
            return Some(from + digits + 6);
        }
        self.push(char::from_u32(code)?, at);
        Some(from + digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::tree::parse;

    /// The text of the key `t`, and the source of every character that is not a line end.
    fn read(yaml: &str) -> (String, String) {
        let mut sources = Sources::default();
        let file = sources.add("t.yaml", yaml);
        let root = parse(&sources, file, &mut Vec::new()).expect("YAML");
        let scalar = Scalar::new(&sources, root.get("t").expect("t"));
        let origin = scalar.text.char_indices().filter(|&(_, c)| c != '\n');
        let origin = origin.map(|(i, c)| sources.text(scalar.span(i, i + c.len_utf8())).to_owned()).collect();
        (scalar.text, origin)
    }

    #[test]
    fn every_style_maps_to_its_source() {
        for (yaml, text) in [
            ("t: 你好", "你好"),
            ("t: 一\n  二 三", "一\n二 三"),
            ("t: '一''二'", "一'二"),
            ("t: '一\n  二'", "一\n二"),
            ("t: >-\n  一\n  二\n\n  三\n", "一\n二\n三"),
            ("t: |\n  一  \n  二\nu: 3", "一\n二"),
            ("t: >-\n  \"一\" 二\n  三\n", "\"一\" 二\n三"),
            ("t: 0.10", "0.10"),
        ] {
            let (got, origin) = read(yaml);
            assert_eq!(got, text, "{yaml}");
            let wanted: String = text.chars().filter(|&c| c != '\n').collect();
            assert_eq!(origin, wanted, "{yaml}");
        }
    }

    #[test]
    fn escapes_map_to_their_backslash() {
        let (text, _) = read("t: \"一\\u4e8c\\\n   三\\t\\ud840\\udc00\"");
        assert_eq!(text, "一二三\t\u{20000}");
    }
}

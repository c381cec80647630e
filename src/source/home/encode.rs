//! Phrases as inline source, and inline source as scalars.

use super::scalars::ScalarStyle;
use crate::diagnostic::Sources;
use crate::model::{Bit, BitKind, BitLook, Phrase, Shift};
use crate::source::inline::own_markup;

/// A phrase in inline syntax, between two places of which the look is known. What has a place in the source is repeated as it
/// is written there.
pub(super) fn inline(sources: &Sources, phrase: &Phrase, look: (BitLook, BitLook)) -> Vec<EncodedPiece> {
    let mut pieces = Vec::new();
    let mut now = look.0;
    for bit in &phrase.bits {
        if bit.text.trim().is_empty() && bit.kind == BitKind::Text {
            // White space has no weight.
            pieces.push(EncodedPiece::New(bit.text.clone()));
            continue;
        }
        let weighs = matches!(bit.kind, BitKind::Text | BitKind::Value(_) | BitKind::Markup) || bit.map.is_some();
        turn(&mut pieces, &mut now, BitLook { strong: bit.strong && weighs, shift: bit.shift });
        pieces.push(piece(sources, bit));
    }
    turn(&mut pieces, &mut now, look.1);
    pieces
}

/// Puts the marks between two looks.
fn turn(pieces: &mut Vec<EncodedPiece>, now: &mut BitLook, wanted: BitLook) {
    let mut mark = |text: &str| pieces.push(EncodedPiece::New(text.to_owned()));
    if now.shift != wanted.shift {
        match now.shift {
            Shift::None => {}
            Shift::Raised => mark("</sup>"),
            Shift::Lowered => mark("</sub>"),
        }
    }
    if now.strong != wanted.strong {
        mark("**");
    }
    if now.shift != wanted.shift {
        match wanted.shift {
            Shift::None => {}
            Shift::Raised => mark("<sup>"),
            Shift::Lowered => mark("<sub>"),
        }
    }
    *now = wanted;
}

/// Text in the look of its paragraph on both sides.
pub(super) const PLAIN: (BitLook, BitLook) = {
    let plain = BitLook { strong: false, shift: Shift::None };
    (plain, plain)
};

/// Characters for the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EncodedPiece {
    /// To be written as the scalar's kind wants it.
    New(String),
    /// As it is in the source already.
    Raw(String),
}

fn piece(sources: &Sources, bit: &Bit) -> EncodedPiece {
    if let Some(map) = &bit.map {
        let start = map.pieces.first().map_or(map.end, |p| p.1);
        let span = crate::diagnostic::Span { file: map.file, start, end: map.end };
        let escaped = sources.get(map.file).is_some_and(|f| is_escaped(&f.text, start as usize));
        return EncodedPiece::Raw(format!("{}{}", if escaped { "\\" } else { "" }, sources.text(span)));
    }
    EncodedPiece::New(match &bit.kind {
        BitKind::Note(name) => format!("[^{name}]"),
        BitKind::Break => "<br>".to_owned(),
        BitKind::Markup => bit.text.clone(),
        _ => escaped(&bit.text),
    })
}

/// True where a backslash takes the character at `at` as it is.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// Characters with a backslash where they would mean something.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let before = &text[..at];
        let means = (c == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()))
            || (c == '*' && (rest[1..].starts_with('*') || before.ends_with('*')))
            || (c == '{' && (rest[1..].starts_with('{') || before.ends_with('{')))
            || (c == '}' && (rest[1..].starts_with('}') || before.ends_with('}')))
            || (c == '[' && rest[1..].starts_with(['@', '^', '*']))
            || own_markup(rest).is_some();
        if means {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Characters as they are in a scalar of a kind.
pub(super) fn in_scalar(pieces: &[EncodedPiece], style: ScalarStyle) -> String {
    let mut out = String::new();
    for piece in pieces {
        match (piece, style) {
            // Its lines stay as they are folded.
            (EncodedPiece::Raw(text), _) => out.push_str(text),
            (EncodedPiece::New(text), ScalarStyle::Plain | ScalarStyle::Block) => {
                out.push_str(&text.replace('\n', " "));
            }
            (EncodedPiece::New(text), ScalarStyle::Single) => {
                out.push_str(&text.replace('\'', "''").replace('\n', " "));
            }
            (EncodedPiece::New(text), ScalarStyle::Double) => {
                out.push_str(&text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
            }
        }
    }
    out
}

/// The characters of pieces, for a scalar of its own.
pub(super) fn loose(pieces: &[EncodedPiece]) -> String {
    pieces
        .iter()
        .map(|p| match p {
            EncodedPiece::New(text) | EncodedPiece::Raw(text) => text.as_str(),
        })
        .collect()
}

/// A phrase without places in inline syntax.
pub(in super::super) fn said(phrase: &Phrase) -> String {
    loose(&inline(&Sources::default(), phrase, PLAIN))
}

/// A cell of a table as it is in a row in brackets.
pub(in super::super) fn cell(phrase: &Phrase) -> String {
    let text = said(phrase);
    if text.trim().is_empty() { "~".to_owned() } else { scalar(text.trim(), Within::Flow, Digits::Bare) }
}

/// True for a text that needs no quotes.
pub(super) fn is_plain(text: &str, within: Within) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let opening = "-?:,[]{}#&*!|>'\"%@`~".contains(first);
    let next = text.chars().nth(1);
    let harmless = matches!(first, '-' | '?' | ':') && next.is_some_and(|c| !c.is_whitespace());
    if (opening && !harmless) || text != text.trim() {
        return false;
    }
    if text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.contains('\t') {
        return false;
    }
    if within == Within::Flow && text.contains([',', '[', ']', '{', '}']) {
        return false;
    }
    // Words that YAML takes for something else.
    let word = text.to_ascii_lowercase();
    !matches!(word.as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
        && !text.starts_with("---")
        && !text.starts_with("...")
}

/// True for a text that YAML would take for a number.
fn is_numeric(text: &str) -> bool {
    text.trim_start_matches(['+', '-', '.']).starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '_' | ':'))
}

/// What a scalar is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Within {
    /// A list or mapping with an entry a line.
    Block,
    /// A list or mapping in brackets, where commas and brackets mean something.
    Flow,
}

/// How a text of digits is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Digits {
    /// In quotes: it is a text.
    Quoted,
    /// As it is: it is a number.
    Bare,
}

/// A text as a scalar on one line.
pub(in super::super) fn scalar(text: &str, within: Within, digits: Digits) -> String {
    let plain_number =
        digits == Digits::Bare && text.chars().all(|c| c.is_ascii_digit() || c == '.') && is_numeric(text);
    if plain_number || (is_plain(text, within) && !is_numeric(text)) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "''"))
}

/// The width of lines in a folded scalar, in characters.
const LINE: usize = 50;

/// A text as it follows `- ` or `key: `, with the lines that follow indented: plain on one line, or folded.
pub(in super::super) fn block_scalar(text: &str, indent: usize) -> String {
    let length = text.chars().count();
    if length <= LINE && is_plain(text, Within::Block) && !is_numeric(text) {
        return text.to_owned();
    }
    if length <= LINE || text.starts_with(' ') {
        return scalar(text, Within::Block, Digits::Quoted);
    }
    let margin = " ".repeat(indent);
    let lines: Vec<String> = folded(text).into_iter().map(|line| format!("{margin}{line}")).collect();
    format!(">-\n{}", lines.join("\n"))
}

/// A text in lines of a length to read, divided where the join leaves no space: after a Chinese mark and before a Han character.
fn folded(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut count = 0;
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        line.push(c);
        count += 1;
        let ends = matches!(c, '。' | '，' | '；' | '：' | '、' | '？' | '！');
        let next = chars.get(at + 1).is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        if count >= LINE - 10 && ends && next {
            lines.push(std::mem::take(&mut line));
            count = 0;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Digits, Within, block_scalar, escaped, is_plain, scalar};

    #[test]
    fn texts_that_mean_something_are_escaped() {
        assert_eq!(escaped("a**b {{c}} [^d] [e]"), "a\\*\\*b \\{\\{c\\}\\} \\[^d] [e]");
    }

    #[test]
    fn scalars_read_back() {
        for text in ["一、甲", "- 甲", "甲: 乙", "'", "123", "是#", "甲 #乙", "*甲", "~", "true", "“甲”"]
        {
            let written = format!("- {}\n", scalar(text, Within::Block, Digits::Quoted));
            let read: Vec<String> = serde_yaml::from_str(&written).unwrap();
            assert_eq!(read, [text], "{written}");
        }
        assert!(
            is_plain("各位委员：", Within::Block)
                && !is_plain("甲: 乙", Within::Block)
                && !is_plain("甲, 乙", Within::Flow)
        );
    }

    #[test]
    fn long_texts_are_folded() {
        let text = "甲".repeat(30) + "，" + &"乙".repeat(30) + "，" + &"丙".repeat(9) + "。";
        let written = format!("- {}\n", block_scalar(&text, 2));
        let read: Vec<String> = serde_yaml::from_str(&written).unwrap();
        assert_eq!(read[0].replace(' ', ""), text);
    }
}

//! Inline syntax: `**强调**`, `{{ expression }}`, `[@id]`, `[^name]`, `[*term]`, `\` escapes.

use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{OffsetMap, Origin};

/// A piece of inline text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Within `**…**`.
    pub strong: bool,
    /// Its source.
    pub map: Origin,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PieceKind {
    /// Characters.
    Text(String),
    /// A line end of the source.
    LineEnd,
    /// `{{ … }}`: the expression; the map is that of the expression alone, the span that of the whole.
    Expression(String, Span),
    /// `[@id]`.
    Reference(String),
    /// `[^name]`.
    Note(String),
    /// `[*term]`.
    Term(String),
}

/// What opens a call, and the piece that its name makes.
type CallOpening = (&'static str, fn(String) -> PieceKind);

/// What calls something by its name.
const CALLS: [CallOpening; 3] = [("[@", PieceKind::Reference), ("[^", PieceKind::Note), ("[*", PieceKind::Term)];

impl Piece {
    /// The place of the whole piece.
    pub(super) fn span(&self) -> Span {
        if let PieceKind::Expression(_, span) = &self.kind {
            return *span;
        }
        self.map.whole()
    }
}

/// Takes a scalar apart. What is wrong goes to `diagnostics`; what can be told is returned all the same.
pub(super) fn parse(scalar: &Scalar, diagnostics: &mut Vec<Diagnostic>) -> Vec<Piece> {
    let mut parser =
        Parser { scalar, pieces: Vec::new(), from: 0, text: String::new(), holes: Vec::new(), strong: None };
    parser.run(diagnostics);
    parser.pieces
}

/// The half-width form of the characters that markup is made of.
const fn half_width(c: char) -> char {
    match c {
        '｛' => '{',
        '｝' => '}',
        '［' => '[',
        '＠' => '@',
        '＾' => '^',
        '＊' => '*',
        _ => c,
    }
}

/// The character after a backslash that takes it as it is; None where `rest` does not begin with such a pair.
fn escaped(rest: &str) -> Option<char> {
    let next = rest.strip_prefix('\\')?.chars().next()?;
    (next.is_ascii_punctuation() || half_width(next) != next).then_some(next)
}

struct Parser<'a> {
    scalar: &'a Scalar,
    pieces: Vec<Piece>,
    /// Where the text collected in `text` begins.
    from: usize,
    text: String,
    /// Where `text` leaves out a byte of the scalar (a backslash): offset in `text`, offset in the scalar after it.
    holes: Vec<(usize, usize)>,
    /// Where the open `**` is.
    strong: Option<usize>,
}

impl Parser<'_> {
    fn run(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let text = self.scalar.text.as_str();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            // Nearly all characters are Han, and none of those is looked at twice.
            if !c.is_ascii() && !c.is_control() && half_width(c) == c {
                self.text.push(c);
                at += c.len_utf8();
                continue;
            }
            let rest = &text[at..];
            if let Some(escaped) = escaped(rest) {
                if self.text.is_empty() {
                    self.from = at + 1;
                } else {
                    self.holes.push((self.text.len(), at + 1));
                }
                self.text.push(escaped);
                at += 1 + escaped.len_utf8();
            } else if rest.starts_with("**") {
                self.flush(at);
                self.strong = if self.strong.is_some() { None } else { Some(at) };
                at += 2;
                self.from = at;
            } else if c == '\n' {
                self.flush(at);
                self.push(PieceKind::LineEnd, at, at + 1);
                at += 1;
                self.from = at;
            } else if rest.starts_with("{{") {
                self.flush(at);
                at = self.expression(at, diagnostics);
                self.from = at;
            } else if CALLS.iter().any(|(mark, _)| rest.starts_with(mark)) && !rest.starts_with("[**") {
                self.flush(at);
                at = self.call(at, diagnostics);
                self.from = at;
            } else {
                self.refuse_misspelt(at, diagnostics);
                self.text.push(c);
                at += c.len_utf8();
            }
        }
        self.flush(at);
        if let Some(open) = self.strong {
            self.unclosed(open, 2, "**", "**", diagnostics);
        }
    }

    /// Ends the text collected so far, at `end` of the scalar.
    fn flush(&mut self, end: usize) {
        if !self.text.is_empty() {
            let mut map = self.scalar.part(self.from, end);
            if let (false, Origin::Text(places)) = (self.holes.is_empty(), &map) {
                map = self.with_holes(places, end);
            }
            let text = std::mem::take(&mut self.text);
            self.pieces.push(Piece { kind: PieceKind::Text(text), strong: self.strong.is_some(), map });
        }
        self.holes.clear();
        self.from = end;
    }

    /// The map of a text that leaves out the backslashes of its escapes.
    fn with_holes(&self, map: &OffsetMap, end: usize) -> Origin {
        let mut pieces = Vec::new();
        let mut bounds: Vec<(usize, usize)> = vec![(0, self.from)];
        bounds.extend(&self.holes);
        for (i, &(text, from)) in bounds.iter().enumerate() {
            let to = bounds.get(i + 1).map_or(end, |&(_, next)| next - 1);
            let shift = u32::try_from(text).unwrap_or(u32::MAX);
            if let Origin::Text(part) = self.scalar.part(from, to) {
                pieces.extend(part.pieces.into_iter().map(|(t, s)| (t + shift, s)));
            }
        }
        Origin::Text(OffsetMap { file: map.file, pieces, end: map.end })
    }

    fn push(&mut self, kind: PieceKind, start: usize, end: usize) {
        let map = self.scalar.part(start, end);
        self.pieces.push(Piece { kind, strong: self.strong.is_some(), map });
    }

    /// `{{ … }}` from `at`; returns where it ends.
    fn expression(&mut self, at: usize, diagnostics: &mut Vec<Diagnostic>) -> usize {
        let text = self.scalar.text.as_str();
        let inner = at + 2;
        let mut quote = None;
        for (i, c) in text[inner..].char_indices() {
            match (quote, c) {
                (None, '}') if text[inner + i..].starts_with("}}") => {
                    // `{{ {"a": 1} }}` closes its map first.
                    let end = inner + i;
                    let span = self.scalar.span(at, end + 2);
                    self.push(PieceKind::Expression(text[inner..end].to_owned(), span), inner, end);
                    return end + 2;
                }
                // A second one before the end: what is between them is text.
                (None, '{') if text[inner + i..].starts_with("{{") => {
                    self.unclosed(at, 2, "{{", "}}", diagnostics);
                    return inner + i;
                }
                (None, '"' | '\'') => quote = Some(c),
                (Some(q), _) if q == c => quote = None,
                _ => {}
            }
        }
        self.unclosed(at, 2, "{{", "}}", diagnostics);
        text.len()
    }

    /// `[@id]`, `[^name]` or `[*term]` from `at`; returns where it ends.
    fn call(&mut self, at: usize, diagnostics: &mut Vec<Diagnostic>) -> usize {
        let text = self.scalar.text.as_str();
        let inner = at + 2;
        let close = text[inner..].find([']', '\n', '。', '，', '；']).filter(|&i| text[inner + i..].starts_with(']'));
        let Some(length) = close else {
            let mark = &text[at..inner];
            self.unclosed(at, 2, mark, "]", diagnostics);
            return inner;
        };
        let name = text[inner..inner + length].trim().to_owned();
        if let Some((_, kind)) = CALLS.iter().find(|(mark, _)| text[at..].starts_with(mark)) {
            self.push(kind(name), at, inner + length + 1);
        }
        inner + length + 1
    }

    /// Refuses markup that would print as it is typed: in full-width characters, or a `}}` that closes nothing.
    fn refuse_misspelt(&self, at: usize, diagnostics: &mut Vec<Diagnostic>) {
        let rest = &self.scalar.text[at..];
        let mut chars = rest.chars();
        let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return };
        let length = first.len_utf8() + second.len_utf8();
        let meant: String = [half_width(first), half_width(second)].into_iter().collect();
        let written = &rest[..length];
        if written == "}}" {
            return self.unclosed(at, 2, "}}", "{{", diagnostics);
        }
        // ＊＊ hides a name as often as it means emphasis: only a pair of them is taken for that.
        let paired = || rest[length..].contains("＊＊") && !rest[length..].starts_with('＊');
        let known = matches!(meant.as_str(), "{{" | "}}" | "[@" | "[^" | "[*") || (meant == "**" && paired());
        if known && written != meant {
            diagnostics.push(Diagnostic::error(
                Code::FULL_WIDTH_MARKUP,
                self.scalar.span(at, at + length),
                say!("“{written}”是全角的，会照原样印出", "\"{written}\" is full width and would print as it is"),
                say!(
                    "改成半角的 {meant}；要印出“{written}”本身，前面加 \\",
                    "write {meant}, or \\ before \"{written}\" to print it"
                ),
            ));
        }
    }

    fn unclosed(&self, at: usize, length: usize, open: &str, close: &str, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.push(Diagnostic::error(
            Code::UNCLOSED_MARK,
            self.scalar.span(at, at + length),
            say!("“{open}”没有配对的“{close}”", "\"{open}\" is not closed by \"{close}\""),
            say!(
                "补上“{close}”；要印出“{open}”本身，前面加 \\",
                "add \"{close}\", or write \\ before \"{open}\" to print it"
            ),
        ));
    }
}

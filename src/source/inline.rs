//! Inline syntax: `**强调**`, `{{ expression }}`, `[@id]`, `[^name]`, `[*term]`, `[text](address)`, `<br>`, `<sup>…</sup>`,
//! `<sub>…</sub>`, `\` escapes.

use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{OffsetMap, Origin, Shift};
use std::ops::Range;
use std::rc::Rc;

/// A piece of inline text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Within `**…**`.
    pub strong: bool,
    /// Within `<sup>…</sup>` or `<sub>…</sub>`.
    pub shift: Shift,
    /// The link that it is part of.
    pub link: Option<Rc<Address>>,
    /// Its source.
    pub map: Origin,
}

/// Where a link leads, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Address(pub Scalar);

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PieceKind {
    /// Characters.
    Text(String),
    /// A line end of the source.
    LineEnd,
    /// `<br>`.
    Break,
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
    let mut parser = Parser {
        scalar,
        pieces: Vec::new(),
        from: 0,
        text: String::new(),
        holes: Vec::new(),
        strong: None,
        tag: None,
        link: None,
    };
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

/// A tag of HTML that the source has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum MarkupTag {
    Break,
    Open(Shift),
    Close(Shift),
}

/// The tags as they are written, in small letters and without spaces.
const TAGS: [(&str, MarkupTag); 6] = [
    ("<br>", MarkupTag::Break),
    ("<br/>", MarkupTag::Break),
    ("<sup>", MarkupTag::Open(Shift::Raised)),
    ("</sup>", MarkupTag::Close(Shift::Raised)),
    ("<sub>", MarkupTag::Open(Shift::Lowered)),
    ("</sub>", MarkupTag::Close(Shift::Lowered)),
];

/// The tag that a text begins with, and its bytes.
fn tag(rest: &str) -> Option<(usize, MarkupTag)> {
    let length = rest.strip_prefix('<')?.find('>').filter(|&end| end < 8)? + 2;
    let written = rest[..length].to_ascii_lowercase().replace(' ', "");
    TAGS.iter().find(|(known, _)| *known == written).map(|&(_, tag)| (length, tag))
}

/// How many bytes of markup a text begins with: a tag of the source, or a link up to its words.
pub(super) fn own_markup(rest: &str) -> Option<usize> {
    tag(rest).map(|(length, _)| length).or_else(|| link(rest).map(|(_, end)| end))
}

/// How raised or lowered characters begin and end.
const fn names(shift: Shift) -> (&'static str, &'static str) {
    match shift {
        Shift::Lowered => ("<sub>", "</sub>"),
        _ => ("<sup>", "</sup>"),
    }
}

/// The words of the link that a text begins with, and the end of all of it: `[words](address)`.
pub(super) fn link(rest: &str) -> Option<(Range<usize>, usize)> {
    let mut depth = 0_usize;
    let mut chars = rest.char_indices();
    if !rest.starts_with('[') {
        return None;
    }
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let address = rest[at + 1..].strip_prefix('(')?;
            let mut open = 1_usize;
            for (end, c) in address.char_indices() {
                match c {
                    '(' => open += 1,
                    ')' => open -= 1,
                    '\n' => return None,
                    _ => {}
                }
                if open == 0 {
                    let means = at > 1 && is_address(address[..end].trim());
                    return means.then_some((1..at, at + 2 + end + 1));
                }
            }
            return None;
        }
    }
    None
}

/// The markup that a text begins with, but for spaces in it: how many bytes it has, and what is meant by `[ @a ]` or `{ { a } }`.
fn spaced_markup(rest: &str) -> Option<(usize, String)> {
    let first = rest.chars().next()?;
    let blank = |text: &str| text.len() - text.trim_start_matches(|c: char| c != '\n' && c.is_whitespace()).len();
    let inner = first.len_utf8() + blank(&rest[first.len_utf8()..]);
    let mark = rest[inner..].chars().next().filter(|_| inner > first.len_utf8())?;
    let body = inner + mark.len_utf8();
    if (half_width(first), half_width(mark)) == ('{', '{') {
        let length = rest[body..].find(['}', '｝', '\n']).filter(|end| !rest[body + end..].starts_with('\n'))?;
        let rest_end = body + length;
        let close: usize =
            rest[rest_end..].chars().take_while(|c| half_width(*c) == '}' || *c == ' ').map(char::len_utf8).sum();
        let end = rest_end + rest[rest_end..rest_end + close].trim_end().len();
        return Some((end, format!("{{{{ {} }}}}", rest[body..rest_end].trim())));
    }
    let opens = matches!(first, '【' | '〔') || half_width(first) == '[';
    let called = matches!(half_width(mark), '@' | '^' | '*');
    let end = rest[body..].find([']', '］', '】', '〕', '\n', '。', '，', '；'])?;
    let close = rest[body + end..].chars().next().filter(|c| matches!(c, ']' | '］' | '】' | '〕'))?;
    let name = rest[body..body + end].trim();
    let means = opens && called && !name.is_empty() && !name.contains(['*', '＊']);
    means.then(|| (body + end + close.len_utf8(), format!("[{}{name}]", half_width(mark))))
}

/// True for what is meant as an address: other words in brackets are text.
fn is_address(text: &str) -> bool {
    let known = SCHEMES.iter().any(|scheme| text.starts_with(scheme)) || text.starts_with("{{");
    let ascii = text.chars().all(|c| c.is_ascii_graphic()) && text.contains(['.', ':', '/', '#', '@']);
    known || ascii
}

/// What addresses begin with that links may lead to.
pub(super) const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

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
    /// Where the open `<sup>` or `<sub>` is, and what it does.
    tag: Option<(usize, Shift)>,
    /// The link that is open: where its words and where all of it ends, and where it leads.
    link: Option<(usize, usize, Rc<Address>)>,
}

impl Parser<'_> {
    fn run(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let text = self.scalar.text.as_str();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if let Some(&(words, end, _)) = self.link.as_ref()
                && at >= words
            {
                self.flush(at);
                self.link = None;
                at = end.max(at);
                self.from = at;
                continue;
            }
            // Nearly all characters are Han, and none of those is looked at twice.
            if !c.is_ascii() && !c.is_control() && half_width(c) == c && !matches!(c, '【' | '〔') {
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
            } else if let Some((length, tag)) = tag(rest) {
                self.flush(at);
                self.tag(at, length, tag, diagnostics);
                at += length;
                self.from = at;
            } else if CALLS.iter().any(|(mark, _)| rest.starts_with(mark)) && !rest.starts_with("[**") {
                self.flush(at);
                at = self.call(at, diagnostics);
                self.from = at;
            } else if let Some((words, end)) = link(rest).filter(|_| self.link.is_none()) {
                self.flush(at);
                self.link = Some((at + words.end, at + end, self.address(at + words.end + 2, at + end - 1)));
                at += words.start;
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
        if let Some((open, shift)) = self.tag {
            let (open_tag, close) = names(shift);
            self.unclosed(open, open_tag.len(), open_tag, close, diagnostics);
        }
    }

    /// `<br>`, or the beginning or end of raised or lowered characters.
    fn tag(&mut self, at: usize, length: usize, tag: MarkupTag, diagnostics: &mut Vec<Diagnostic>) {
        match (tag, self.tag) {
            (MarkupTag::Break, _) => self.push(PieceKind::Break, at, at + length),
            (MarkupTag::Open(shift), None) => self.tag = Some((at, shift)),
            (MarkupTag::Close(shift), Some((_, open))) if shift == open => self.tag = None,
            (MarkupTag::Open(_), Some((before, open))) => {
                let (open_tag, close) = names(open);
                self.unclosed(before, open_tag.len(), open_tag, close, diagnostics);
                self.tag = None;
            }
            (MarkupTag::Close(shift), _) => {
                let (open, close) = names(shift);
                self.unclosed(at, length, close, open, diagnostics);
            }
        }
    }

    /// The address of a link, from byte to byte of the scalar.
    fn address(&self, start: usize, end: usize) -> Rc<Address> {
        let text = &self.scalar.text[start..end];
        let blank = text.len() - text.trim_start().len();
        let start = start + blank;
        let end = start + text.trim().len();
        Rc::new(Address(Scalar { text: self.scalar.text[start..end].to_owned(), map: self.scalar.part(start, end) }))
    }

    fn shift(&self) -> Shift {
        self.tag.map_or(Shift::None, |(_, shift)| shift)
    }

    fn led(&self) -> Option<Rc<Address>> {
        self.link.as_ref().map(|(_, _, address)| Rc::clone(address))
    }

    /// Ends the text collected so far, at `end` of the scalar.
    fn flush(&mut self, end: usize) {
        if !self.text.is_empty() {
            let mut map = self.scalar.part(self.from, end);
            if let (false, Origin::Text(places)) = (self.holes.is_empty(), &map) {
                map = self.with_holes(places, end);
            }
            let text = std::mem::take(&mut self.text);
            let (strong, shift, link) = (self.strong.is_some(), self.shift(), self.led());
            self.pieces.push(Piece { kind: PieceKind::Text(text), strong, shift, link, map });
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
        let (strong, shift, link) = (self.strong.is_some(), self.shift(), self.led());
        self.pieces.push(Piece { kind, strong, shift, link, map });
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
        let Some(length) = name_end(&text[inner..]) else {
            let mark = &text[at..inner];
            self.unclosed(at, 2, mark, "]", diagnostics);
            return inner;
        };
        let end = inner + length + 1;
        let written = &text[inner..inner + length];
        let name = written.trim();
        if name != written && !name.is_empty() {
            self.spaced(at, end, &format!("{}{name}]", &text[at..inner]), diagnostics);
        }
        if let Some((_, kind)) = CALLS.iter().find(|(mark, _)| text[at..].starts_with(mark)) {
            self.push(kind(name.to_owned()), at, end);
        }
        end
    }

    /// Refuses markup with a space in it.
    fn spaced(&self, at: usize, end: usize, meant: &str, diagnostics: &mut Vec<Diagnostic>) {
        let written = &self.scalar.text[at..end];
        diagnostics.push(Diagnostic::error(
            Code::SPACED_MARKUP,
            self.scalar.span(at, end),
            say!("“{written}”里多了空格，不成记号", "\"{written}\" has a space too many to be markup"),
            say!(
                "写成 {meant}；要印出“{written}”本身，前面加 \\",
                "write {meant}, or \\ before \"{written}\" to print it"
            ),
        ));
    }

    /// Refuses markup that would print as it is typed: in full-width characters, or a `}}` that closes nothing.
    fn refuse_misspelt(&self, at: usize, diagnostics: &mut Vec<Diagnostic>) {
        let rest = &self.scalar.text[at..];
        let mut chars = rest.chars();
        let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return };
        let length = first.len_utf8() + second.len_utf8();
        let second = half_width(second);
        // 【@ represents [@ too; 【* may be meant.
        let first = if matches!(first, '【' | '〔') && matches!(second, '@' | '^') { '[' } else { half_width(first) };
        let meant: String = [first, second].into_iter().collect();
        let written = &rest[..length];
        if written == "}}" {
            return self.unclosed(at, 2, "}}", "{{", diagnostics);
        }
        // ＊＊ hides a name as often as it means emphasis: only a pair of them is taken for that.
        let paired = || rest[length..].contains("＊＊") && !rest[length..].starts_with('＊');
        let known = matches!(meant.as_str(), "{{" | "}}" | "[@" | "[^" | "[*") || (meant == "**" && paired());
        if let Some((length, meant)) = spaced_markup(rest) {
            return self.spaced(at, at + length, &meant, diagnostics);
        }
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

/// Where the name of a call ends: before its bracket, those of an expression in it aside.
fn name_end(text: &str) -> Option<usize> {
    let within = |at: usize| text[..at].matches("{{").count() > text[..at].matches("}}").count();
    let mut ends = text.match_indices([']', '\n', '。', '，', '；']);
    let (at, end) = ends.find(|&(at, end)| end != "]" || !within(at))?;
    (end == "]").then_some(at)
}

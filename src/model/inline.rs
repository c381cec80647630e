//! Text within a block.

use super::{BlockIndex, LinkIndex, NoteIndex, Shift, ValueIndex};
use crate::diagnostic::{FileId, Span};

/// A piece of text as runs, in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// The runs; none of them is empty.
    pub runs: Vec<Run>,
}

impl Text {
    /// The characters of all runs.
    #[must_use]
    pub fn plain(&self) -> String {
        self.runs.iter().map(|r| r.text.as_str()).collect()
    }

    /// The characters without the marks of footnotes and of glossary terms.
    #[must_use]
    pub fn unmarked(&self) -> String {
        self.said().map(|run| run.text.as_str()).collect()
    }

    /// The characters where looks and marks are not to be had: raised and lowered ones are those of Unicode.
    #[must_use]
    pub fn without_looks(&self) -> String {
        self.said().map(|run| run.shift.typed(&run.text)).collect()
    }

    /// The runs that say something: no marks, and nothing that is gone.
    fn said(&self) -> impl Iterator<Item = &Run> {
        let is_mark = |run: &Run| matches!(run.kind, RunKind::Note(_) | RunKind::Term(_));
        self.runs.iter().filter(move |run| !is_mark(run) && run.change != RunChange::Gone)
    }

    /// The characters on one line, without the marks of footnotes and of glossary terms.
    #[must_use]
    pub fn on_one_line(&self) -> String {
        self.title_parts().into_iter().map(|part| part.text).collect()
    }

    /// The same in parts that are raised or lowered alike.
    #[must_use]
    pub fn title_parts(&self) -> Vec<TitlePart> {
        let runs = self.said();
        let mut parts: Vec<TitlePart> = Vec::new();
        let mut broken = false;
        for run in runs {
            if run.kind == RunKind::Break {
                broken = true;
                continue;
            }
            let before = parts.last().map_or("", |part| part.text.as_str());
            let latin = before.ends_with(|c: char| c.is_ascii_graphic())
                && run.text.starts_with(|c: char| c.is_ascii_graphic());
            let space = if std::mem::take(&mut broken) && latin { " " } else { "" };
            let text = format!("{space}{}", run.text);
            match parts.last_mut().filter(|part| part.shift == run.shift) {
                Some(part) => part.text.push_str(&text),
                None => parts.push(TitlePart { text, shift: run.shift }),
            }
        }
        parts
    }

    /// True without any character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|r| r.text.is_empty())
    }

    /// How many bytes of text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.runs.iter().map(|r| r.text.len()).sum()
    }

    /// Takes the text from a byte on off. A run that is cut keeps its kind on both sides.
    #[must_use]
    pub fn split_off(&mut self, at: usize) -> Self {
        let mut start = 0;
        let mut tail = Vec::new();
        for (index, run) in self.runs.iter_mut().enumerate() {
            let end = start + run.text.len();
            if at < end {
                let first = if at > start {
                    tail.extend(run.split_off(at - start));
                    index + 1
                } else {
                    index
                };
                tail.extend(self.runs.drain(first..));
                break;
            }
            start = end;
        }
        Self { runs: tail }
    }

    /// The place in the source of the byte at `offset` of [`Text::plain`].
    #[must_use]
    pub fn place(&self, offset: usize) -> Option<Span> {
        let mut start = 0;
        for run in &self.runs {
            if offset < start + run.text.len() {
                return Some(run.map.span(offset - start, offset - start + 1));
            }
            start += run.text.len();
        }
        None
    }
}

/// Characters of a line that are raised or lowered alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitlePart {
    /// The characters.
    pub text: String,
    /// Raised or lowered.
    pub shift: Shift,
}

impl TitlePart {
    /// Characters on the line.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self { text, shift: Shift::None }
    }
}

/// Characters of one kind and one emphasis.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The characters as they are printed.
    pub text: String,
    /// `**…**` in the source.
    pub strong: bool,
    /// Raised or lowered: `<sup>…</sup>`, `<sub>…</sub>`.
    pub shift: Shift,
    /// The link that they are part of.
    pub link: Option<LinkIndex>,
    /// Where the characters come from.
    pub kind: RunKind,
    /// What a version with its changes in its text says of them.
    pub change: RunChange,
    /// The places of the characters in the source.
    pub map: Origin,
}

impl Run {
    /// Characters of a kind in the look of their paragraph.
    #[must_use]
    pub const fn new(text: String, kind: RunKind, map: Origin) -> Self {
        Self { text, strong: false, shift: Shift::None, link: None, kind, change: RunChange::Kept, map }
    }

    /// The same characters from a byte to another, each with its place; a part of what has one place as a whole has that.
    #[must_use]
    pub fn part(&self, from: usize, to: usize) -> Self {
        let mut part = self.clone();
        if from > 0
            && let Some(behind) = part.split_off(from)
        {
            part = behind;
        }
        if to < from + part.text.len() {
            part.split_off(to.saturating_sub(from));
        }
        part
    }

    /// Takes what follows a byte off; None where no character begins there.
    fn split_off(&mut self, at: usize) -> Option<Self> {
        let (head, tail) = self.text.split_at_checked(at)?;
        let (head, tail) = (head.to_owned(), tail.to_owned());
        let map = match &mut self.map {
            Origin::Text(map) => {
                let behind = map.from(at);
                if !tail.is_empty() {
                    let end = map.span(0, at).end;
                    let at = u32::try_from(at).unwrap_or(u32::MAX);
                    map.pieces.retain(|&(text, _)| text == 0 || text < at);
                    map.end = end;
                }
                Origin::Text(behind)
            }
            Origin::Whole(span) => Origin::Whole(*span),
        };
        self.text = head;
        Some(Self { text: tail, map, ..self.clone() })
    }
}

/// What a version with its changes in its text says of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RunChange {
    /// They were there, and are.
    #[default]
    Kept,
    /// They are new.
    New,
    /// They are gone.
    Gone,
}

/// An address that words lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// http, https or mailto.
    pub address: String,
    /// Where it is written.
    pub span: Span,
}

impl Link {
    /// The address in the characters of a URI: others are written by their bytes (RFC 3987 3.1).
    #[must_use]
    pub fn uri(&self) -> String {
        let mut uri = String::with_capacity(self.address.len());
        for c in self.address.chars() {
            if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
                uri.push(c);
                continue;
            }
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                uri.push('%');
                uri.extend(
                    [byte >> 4, byte & 15]
                        .map(|half| char::from_digit(u32::from(half), 16).unwrap_or('0').to_ascii_uppercase()),
                );
            }
        }
        uri
    }
}

/// Where the characters of a run come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RunKind {
    /// Written in the source.
    Text,
    /// A forced line end `<br>`; the text is a line feed.
    Break,
    /// An automatic number, before the text of a block.
    Number,
    /// The result of `{{ … }}`.
    Value(ValueIndex),
    /// A reference `[@id]` to a block.
    Reference(BlockIndex),
    /// The mark of a glossary term, the block of a [`Term`]; the text is its number.
    ///
    /// [`Term`]: crate::model::BlockKind::Term
    Term(BlockIndex),
    /// The mark of a footnote `[^name]`; the text is the printed mark.
    Note(NoteIndex),
}

/// The places of the characters of a run in the source.
///
/// Two kinds of places: in text each character has its own; a value, a number or a mark has one place as a whole, and its
/// characters have no place there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Each character has its place.
    Text(OffsetMap),
    /// All of it comes from one place.
    Whole(Span),
}

impl Origin {
    /// The source of the text bytes `start..end`.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        match self {
            Self::Text(map) => map.span(start, end),
            Self::Whole(span) => *span,
        }
    }

    /// The source of all of it.
    #[must_use]
    pub fn whole(&self) -> Span {
        match self {
            Self::Text(map) => {
                let start = map.pieces.first().map_or(map.end, |piece| piece.1);
                Span { file: map.file, start, end: map.end }
            }
            Self::Whole(span) => *span,
        }
    }
}

/// From byte offsets of a run's text to byte offsets of the source, piece by piece.
///
/// Within a piece both sides run in step; a piece ends where the source holds something that the text does not
/// (an escape, a folded line end).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffsetMap {
    /// The source file.
    pub file: FileId,
    /// `(text offset, source offset)`, ascending, the first with text offset 0.
    pub pieces: Vec<(u32, u32)>,
    /// Byte offset in the source right after the run.
    pub end: u32,
}

impl OffsetMap {
    /// Text that is in the source as it is printed.
    #[must_use]
    pub fn in_step(span: Span) -> Self {
        Self { file: span.file, pieces: vec![(0, span.start)], end: span.end }
    }

    /// The map of the text from a byte on.
    fn from(&self, at: usize) -> Self {
        let offset = u32::try_from(at).unwrap_or(u32::MAX);
        let first = self.span(at, at).start;
        let later = self.pieces.iter().filter(|&&(t, _)| t > offset).map(|&(t, s)| (t - offset, s));
        Self { file: self.file, pieces: std::iter::once((0, first)).chain(later).collect(), end: self.end }
    }

    /// The source of the text bytes `start..end`.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        let at = |offset: usize| {
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            let i = self.pieces.partition_point(|&(t, _)| t <= offset).saturating_sub(1);
            let (t, s) = self.pieces.get(i).copied().unwrap_or((0, self.end));
            (s + (offset - t)).min(self.end)
        };
        let from = at(start);
        // The end is mapped by its last byte, so that a piece boundary does not stretch the span.
        let to = if end > start { (at(end - 1) + 1).min(self.end) } else { from };
        Span { file: self.file, start: from, end: to.max(from) }
    }
}

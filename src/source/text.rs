//! Inline pieces to runs: values computed, line ends joined, notes counted.

use super::build::Builder;
use super::characters::is_dropped;
use super::data::Entry;
use super::expression::{Fault, Scope, print};
use super::inline::{Piece, PieceKind, parse};
use super::lines::{self, Numbers};
use super::markup;
use super::provenance::UseOrigin;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{BlockId, BlockIndex, Note, NoteIndex, Origin, Run, RunKind, Text, Value, ValueIndex};
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Kind, Node};

impl Builder<'_> {
    /// The pieces of a scalar; none for nodes of another kind (which the table of keys has refused) .
    pub(super) fn pieces(&mut self, node: &Node) -> Vec<Piece> {
        if !matches!(node.kind, Kind::Text(_) | Kind::Number(_)) {
            return Vec::new();
        }
        let scalar = Scalar::new(self.sources, node);
        markup::in_scalar(&scalar, self.diagnostics);
        parse(&scalar, self.diagnostics)
    }

    /// The text of pieces, within a block or a note.
    pub(super) fn text(&mut self, pieces: &[Piece], block: Option<&BlockId>) -> Text {
        let mut out = Joiner::default();
        for (at, piece) in pieces.iter().enumerate() {
            match &piece.kind {
                PieceKind::LineEnd => out.line_end(piece),
                PieceKind::Text(text) => out.push(text.clone(), piece.strong, RunKind::Text, piece.map.clone()),
                PieceKind::Expression(expression, span) => {
                    // An empty expression has no bytes to point at but its braces.
                    let whole = Origin::Whole(*span);
                    let map = if expression.trim().is_empty() { &whole } else { &piece.map };
                    if let Some((text, origin)) = self.compute(expression, map) {
                        let kind = RunKind::Value(self.value(&text, *span, origin, block));
                        out.push(text, piece.strong, kind, Origin::Whole(*span));
                    }
                }
                PieceKind::Reference(id) => {
                    let span = piece.span();
                    // The number may come later in the document: the run holds its place, `references` the rest.
                    let kind = RunKind::Reference(BlockIndex::new(self.references.len()));
                    self.references.push((id.clone(), span));
                    out.push("一".to_owned(), piece.strong, kind, Origin::Whole(span));
                }
                PieceKind::Note(name) => {
                    let span = piece.span();
                    if let Some(index) = self.call_note(name, span) {
                        let mark = self.template.numbering.notes.write(self.notes[index].count);
                        // The mark is raised beside the text: the characters around it meet as if it were not there.
                        out.push_mark(mark, piece.strong, RunKind::Note(NoteIndex::new(index)), Origin::Whole(span));
                    }
                }
                PieceKind::Term(name) => {
                    let span = piece.span();
                    if let Some(place) = self.call_term(name, span) {
                        self.require_term((name, span), block, &out.runs, &pieces[at + 1..]);
                        let mark = self.term_number(place).bare;
                        // The run holds the term's place among the terms until their blocks are known.
                        out.push_mark(mark, piece.strong, RunKind::Term(BlockIndex::new(place)), Origin::Whole(span));
                    }
                }
            }
        }
        let mut text = Text { runs: out.runs };
        lines::join(&mut text, Numbers::Open);
        self.remember(block, &text);
        text
    }

    /// Refuses the mark of a term whose name is not before it in its block: the mark prints a number alone. The mark
    /// may also be within the name.
    fn require_term(&mut self, term: (&str, Span), block: Option<&BlockId>, before: &[Run], after: &[Piece]) {
        let (name, span) = term;
        let mut text = match &self.seen {
            (of, text) if block.is_some() && of.as_ref() == block => text.clone(),
            _ => String::new(),
        };
        text.extend(before.iter().map(|run| run.text.as_str()));
        let mut text = bare(&text);
        let mark = text.len();
        let words =
            after.iter().filter_map(|p| if let PieceKind::Text(text) = &p.kind { Some(text.as_str()) } else { None });
        text.push_str(&bare(&words.collect::<String>()));
        if !text.match_indices(&bare(name)).any(|(at, _)| at < mark) {
            self.diagnostics.push(Diagnostic::error(
                Code::TERM_NOT_BEFORE,
                span,
                say!(
                    "[*{name}] 前面没有“{name}”：这个记号只印序号，不印名词",
                    "\"{name}\" is not before [*{name}], which prints the term's number alone"
                ),
                say!("写成 {name}[*{name}]", "write {name}[*{name}]"),
            ));
        }
    }

    /// Keeps the text of a block for the terms marked further on in it.
    fn remember(&mut self, block: Option<&BlockId>, text: &Text) {
        if self.term_nodes.is_empty() {
            return;
        }
        if block.is_none() || self.seen.0.as_ref() != block {
            self.seen = (block.cloned(), String::new());
        }
        self.seen.1.push_str(&text.unmarked());
    }

    /// The printed result of an expression and what it was computed from.
    fn compute(&mut self, expression: &str, map: &Origin) -> Option<(String, UseOrigin)> {
        let entry = self.evaluate(expression, map)?;
        match print(&entry, trimmed(expression)) {
            Ok(text) => Some((text, self.origin(expression, entry))),
            Err(fault) => {
                self.fault(fault, map);
                None
            }
        }
    }

    /// What the last expression was computed from.
    pub(super) fn origin(&self, expression: &str, entry: Entry) -> UseOrigin {
        let trace = self.scope.map(Scope::take_trace).unwrap_or_default();
        UseOrigin { expression: expression.to_owned(), entry, trace }
    }

    /// The value of an expression whose text `map` places; faults and remarks are reported.
    pub(super) fn evaluate(&mut self, expression: &str, map: &Origin) -> Option<Entry> {
        let scope = self.scope?;
        let result = scope.evaluate(expression);
        self.take_remarks(map);
        match result {
            Ok(entry) => Some(entry),
            Err(fault) => {
                self.fault(fault, map);
                None
            }
        }
    }

    /// Takes in what computing an expression has found worth a look.
    pub(super) fn take_remarks(&mut self, map: &Origin) {
        for remark in self.scope.map(Scope::take_remarks).unwrap_or_default() {
            let place = map.span(remark.range.0, remark.range.1);
            self.remarks.push(Diagnostic::advice(remark.code, place, remark.message, remark.hint));
        }
    }

    /// Reports a fault of an expression whose text `map` places.
    pub(super) fn fault(&mut self, fault: Fault, map: &Origin) {
        let detail = *fault.0;
        let (start, end) = detail.range;
        let mut error = Diagnostic::error(detail.code, map.span(start, end), detail.message, detail.hint);
        error.related = detail.related;
        self.diagnostics.push(error);
    }

    /// Takes in a use of a value; returns its index.
    pub(super) fn value(&mut self, text: &str, used: Span, origin: UseOrigin, block: Option<&BlockId>) -> ValueIndex {
        self.values.push(Value {
            id: self.ids.value(&origin.expression),
            expression: origin.expression.trim().to_owned(),
            text: text.to_owned(),
            used,
            defined: origin.entry.scalar().span,
            block: block.cloned(),
        });
        self.origins.push(origin);
        ValueIndex::new(self.values.len() - 1)
    }

    /// The index of a note, taken in at its first call.
    fn call_note(&mut self, name: &str, span: Span) -> Option<usize> {
        if let Some(index) = self.notes.iter().position(|n| n.name == name) {
            return Some(index);
        }
        let Some((_, node)) = self.note_nodes.iter().find(|(key, _)| key.name == name) else {
            let (zh, en) = suggestion(name, self.note_nodes.iter().map(|(k, _)| k.name.as_str()));
            self.diagnostics.push(Diagnostic::error(
                Code::UNKNOWN_NOTE,
                span,
                say!("没有脚注“{name}”", "there is no note \"{name}\""),
                say!("在 notes: 里写上 {name}: 内容{zh}", "write {name}: … under notes:{en}"),
            ));
            return None;
        };
        let count = u32::try_from(self.notes.len() + 1).unwrap_or(u32::MAX);
        self.notes.push(Note { name: name.to_owned(), count, text: Text::default(), span: node.span });
        Some(self.notes.len() - 1)
    }
}

/// A text without white space and what is dropped from it.
fn bare(text: &str) -> String {
    text.chars().filter(|&c| !c.is_whitespace() && !is_dropped(c)).collect()
}

/// The range of an expression without the spaces around it.
pub(super) fn trimmed(expression: &str) -> (usize, usize) {
    let start = expression.len() - expression.trim_start().len();
    (start, start + expression.trim().len())
}

/// Builds runs. A line end of the source is a `\n` in them until [`lines::join`] decides on it.
#[derive(Default)]
struct Joiner {
    runs: Vec<Run>,
    /// A line end that waits for text after it.
    pending: Option<Origin>,
    strong: bool,
}

impl Joiner {
    fn line_end(&mut self, piece: &Piece) {
        let begun = self.runs.iter().any(|run| !matches!(run.kind, RunKind::Note(_) | RunKind::Term(_)));
        if begun && self.pending.is_none() {
            self.pending = Some(piece.map.clone());
        }
    }

    fn push(&mut self, text: String, strong: bool, kind: RunKind, map: Origin) {
        if text.is_empty() {
            return;
        }
        if let Some(line_end) = self.pending.take() {
            self.add("\n".to_owned(), self.strong && strong, RunKind::Text, line_end);
        }
        self.strong = strong;
        self.add(text, strong, kind, map);
    }

    fn push_mark(&mut self, text: String, strong: bool, kind: RunKind, map: Origin) {
        if !text.is_empty() {
            self.runs.push(Run { text, strong, kind, map });
        }
    }

    /// Adds to the last run where both are text of one emphasis.
    fn add(&mut self, text: String, strong: bool, kind: RunKind, map: Origin) {
        if let (Some(run), Origin::Text(places)) = (self.runs.last_mut(), &map)
            && let Origin::Text(before) = &mut run.map
            && (run.kind, kind) == (RunKind::Text, RunKind::Text)
            && run.strong == strong
        {
            let offset = u32::try_from(run.text.len()).unwrap_or(u32::MAX);
            run.text.push_str(&text);
            before.pieces.extend(places.pieces.iter().map(|&(t, s)| (t.saturating_add(offset), s)));
            before.end = places.end;
            return;
        }
        self.runs.push(Run { text, strong, kind, map });
    }
}

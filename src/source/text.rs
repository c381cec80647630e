//! Inline pieces to runs: values computed, line ends joined, notes counted.

use super::build::Builder;
use super::characters::is_dropped;
use super::data::{Datum, Entry};
use super::expression::{Fault, Scope, print};
use super::inline::{Address, Piece, PieceKind, SCHEMES, parse};
use super::lines::{self, Numbers};
use super::markup;
use super::provenance::UseOrigin;
use super::scalar::Scalar;
use crate::diagnostic::{Code, Diagnostic, Span, say};
use crate::model::{
    BlockId, BlockIndex, Link, LinkIndex, Note, NoteIndex, Origin, Run, RunKind, Text, Value, ValueIndex,
};
use crate::yaml::near::suggestion;
use crate::yaml::tree::{Kind, Node};
use std::rc::Rc;

impl Builder<'_> {
    /// The pieces of a scalar; none for nodes of another kind (which the table of keys has refused) .
    pub(super) fn pieces(&mut self, node: &Node) -> Vec<Piece> {
        if !matches!(node.kind, Kind::Text(_) | Kind::Number(_)) {
            return Vec::new();
        }
        let scalar = Scalar::new(self.sources, node);
        markup::in_scalar(&scalar, self.sources, self.diagnostics);
        parse(&scalar, self.diagnostics)
    }

    /// The text of pieces, within a block or a note.
    pub(super) fn text(&mut self, pieces: &[Piece], block: Option<&BlockId>) -> Text {
        let mut out = Joiner::default();
        let mut open: Option<(Rc<Address>, Option<LinkIndex>)> = None;
        for (at, piece) in pieces.iter().enumerate() {
            let same = match (&open, &piece.link) {
                (Some((open, _)), Some(link)) => Rc::ptr_eq(open, link),
                (None, None) => true,
                _ => false,
            };
            if !same {
                open = piece.link.as_ref().map(|address| (Rc::clone(address), self.link(address)));
            }
            let link = open.as_ref().and_then(|(_, link)| *link);
            if open.is_some() && matches!(piece.kind, PieceKind::Reference(_) | PieceKind::Note(_) | PieceKind::Term(_))
            {
                self.within_link(piece.span());
                continue;
            }
            let run = |text: String, kind: RunKind, map: Origin| Run {
                strong: piece.strong,
                shift: piece.shift,
                link,
                ..Run::new(text, kind, map)
            };
            match &piece.kind {
                PieceKind::LineEnd => out.line_end(piece),
                PieceKind::Break => {
                    let whole = Origin::Whole(piece.span());
                    out.push_break(Run { link, ..Run::new("\n".to_owned(), RunKind::Break, whole) });
                }
                PieceKind::Text(text) => out.push(run(text.clone(), RunKind::Text, piece.map.clone())),
                PieceKind::Expression(expression, span) => {
                    // An empty expression has no bytes to point at but its braces.
                    let whole = Origin::Whole(*span);
                    let map = if expression.trim().is_empty() { &whole } else { &piece.map };
                    if let Some((text, origin)) = self.compute(expression, map) {
                        let kind = RunKind::Value(self.value(&text, *span, origin, block));
                        out.push(run(text, kind, Origin::Whole(*span)));
                    }
                }
                PieceKind::Reference(id) => {
                    let span = piece.span();
                    // The number may come later in the document: the run holds its place, `references` the rest.
                    let kind = RunKind::Reference(BlockIndex::new(self.references.len()));
                    let Some(id) = self.with_values(id, span) else { continue };
                    self.references.push((id, self.ids.row(), span));
                    out.push(run("一".to_owned(), kind, Origin::Whole(span)));
                }
                PieceKind::Note(name) => {
                    let span = piece.span();
                    if let Some(index) = self.call_note(name, span) {
                        let mark = self.template.numbering.notes.write(self.notes[index].count);
                        // The mark is raised beside the text: the characters around it meet as if it were not there.
                        out.push_mark(run(mark, RunKind::Note(NoteIndex::new(index)), Origin::Whole(span)));
                    }
                }
                PieceKind::Term(name) => {
                    let span = piece.span();
                    if let Some(place) = self.call_term(name, span) {
                        self.require_term((name, span), block, &out.runs, &pieces[at + 1..]);
                        let mark = self.term_number(place).bare;
                        // The run holds the term's place among the terms until their blocks are known.
                        out.push_mark(run(mark, RunKind::Term(BlockIndex::new(place)), Origin::Whole(span)));
                    }
                }
            }
        }
        self.trim_breaks(&mut out.runs);
        let mut text = Text { runs: out.runs };
        lines::join(&mut text, Numbers::Open);
        self.remember(block, &text);
        text
    }

    /// A name, the expressions in it computed; None where one cannot be, which is told.
    fn with_values(&mut self, name: &str, span: Span) -> Option<String> {
        let (mut said, mut rest) = (String::new(), name);
        while let Some((before, (expression, behind))) =
            rest.split_once("{{").and_then(|(before, behind)| Some((before, behind.split_once("}}")?)))
        {
            said.push_str(before);
            said.push_str(&self.compute(expression, &Origin::Whole(span))?.0);
            rest = behind;
        }
        Some(said + rest)
    }

    /// Takes out forced line ends at the edges of a text: they part nothing.
    fn trim_breaks(&mut self, runs: &mut Vec<Run>) {
        let first = runs.iter().position(|run| run.kind != RunKind::Break).unwrap_or(runs.len());
        let last = runs.iter().rposition(|run| run.kind != RunKind::Break).map_or(first, |last| last + 1);
        let after = runs.split_off(last);
        let before: Vec<Run> = runs.drain(..first).collect();
        if let Some(edge) = before.iter().chain(&after).next() {
            self.diagnostics.push(Diagnostic::advice(
                Code::EDGE_BREAK,
                edge.map.whole(),
                say!("文字开头、末尾的 <br> 不印出", "<br> at the beginning or the end of a text does not print"),
                say!(
                    "删去它；要留出空行，在它前面写一个全角空格：　<br>",
                    "remove it; for an empty line write a space of full width before it: 　<br>"
                ),
            ));
        }
    }

    /// The characters of a scalar, its expressions computed; None where one cannot be, which is told.
    fn said(&mut self, scalar: &Scalar) -> Option<String> {
        let mut said = String::new();
        for piece in parse(scalar, self.diagnostics) {
            match &piece.kind {
                PieceKind::Expression(expression, _) => said.push_str(&self.compute(expression, &piece.map)?.0),
                PieceKind::Text(text) => said.push_str(text),
                _ => {}
            }
        }
        Some(said)
    }

    /// What is no text of the page, as it is written: the name of a file, an alternative text; only expressions are computed.
    pub(super) fn filled(&mut self, node: &Node) -> Option<String> {
        let text = node.as_text()?;
        if !text.contains("{{") {
            return Some(text.to_owned());
        }
        let scalar = Scalar::new(self.sources, node);
        self.said(&scalar)
    }

    /// What leads elsewhere is refused in the words of a link, which lead to its address.
    fn within_link(&mut self, span: Span) {
        self.diagnostics.push(Diagnostic::error(
            Code::LINK_ADDRESS,
            span,
            say!(
                "链接的文字里不能有引用、脚注和名词标记",
                "the words of a link cannot hold references, notes or marks of terms"
            ),
            say!("把它移到链接的方括号外面", "move it out of the brackets of the link"),
        ));
    }

    /// The place of a link among those of the document; None for an address that leads nowhere, which is refused.
    fn link(&mut self, address: &Address) -> Option<LinkIndex> {
        let Address(scalar) = address;
        let said = self.said(scalar)?;
        let span = scalar.span(0, scalar.text.len());
        let small = said.to_ascii_lowercase();
        let leads = SCHEMES.iter().any(|scheme| small.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        if !leads || said.contains(|c: char| c.is_whitespace() || c.is_control()) {
            self.diagnostics.push(Diagnostic::error(
                Code::LINK_ADDRESS,
                span,
                say!("“{said}”不能作链接的地址", "\"{said}\" cannot be the address of a link"),
                say!(
                    "地址写全，以 https://、http:// 或 mailto: 开头；不是链接的，在“[”前面加 \\",
                    "write a whole address that begins with https://, http:// or mailto:; where no link is meant, put \\ before \"[\""
                ),
            ));
            return None;
        }
        self.links.push(Link { address: said, span });
        Some(LinkIndex::new(self.links.len() - 1))
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
        match self.print(&entry, trimmed(expression)) {
            Ok(text) => Some((text, self.origin(expression, entry))),
            Err(fault) => {
                self.fault(fault, map);
                None
            }
        }
    }

    /// What is printed for a value: a day as the template writes days, unless its cell shows it in its own way.
    pub(super) fn print(&self, entry: &Entry, range: (usize, usize)) -> Result<String, Fault> {
        if let Datum::Day(day) = &entry.scalar().datum
            && day.is_plain()
            && let Some(text) = day.written(&self.template.words.date)
        {
            return Ok(text);
        }
        print(entry, range)
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
        // Braces without quotation marks have been told, and what is computed in their place is nobody's.
        if fault.0.code == Code::UNKNOWN_NAME
            && let Origin::Whole(place) = map
            && self.sources.text(*place).starts_with('{')
        {
            return;
        }
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
        let last = self.runs.iter().rfind(|run| !matches!(run.kind, RunKind::Note(_) | RunKind::Term(_)));
        let begun = last.is_some_and(|run| run.kind != RunKind::Break);
        if begun && self.pending.is_none() {
            self.pending = Some(piece.map.clone());
        }
    }

    fn push(&mut self, run: Run) {
        if run.text.is_empty() {
            return;
        }
        if let Some(line_end) = self.pending.take() {
            let strong = self.strong && run.strong;
            self.add(Run { strong, ..Run::new("\n".to_owned(), RunKind::Text, line_end) });
        }
        self.strong = run.strong;
        self.add(run);
    }

    /// A forced line end; one of the source beside it is none.
    fn push_break(&mut self, run: Run) {
        self.pending = None;
        self.runs.push(run);
    }

    fn push_mark(&mut self, run: Run) {
        if !run.text.is_empty() {
            self.runs.push(run);
        }
    }

    /// Adds to the last run where both are text of one look.
    fn add(&mut self, new: Run) {
        if let (Some(run), Origin::Text(places)) = (self.runs.last_mut(), &new.map)
            && let Origin::Text(before) = &mut run.map
            && (run.kind, new.kind) == (RunKind::Text, RunKind::Text)
            && (run.strong, run.shift, run.link) == (new.strong, new.shift, new.link)
        {
            let offset = u32::try_from(run.text.len()).unwrap_or(u32::MAX);
            run.text.push_str(&new.text);
            before.pieces.extend(places.pieces.iter().map(|&(t, s)| (t.saturating_add(offset), s)));
            before.end = places.end;
            return;
        }
        self.runs.push(new);
    }
}

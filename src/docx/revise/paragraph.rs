//! Paragraphs that both sides have, that one side has, that were moved.

use super::runs::{Gone, RunMarker, Weight, tag};
use super::tree::{Content, XmlNode};
use super::units::{RedlineUnit, RedlineUnitKind};
use crate::model::{Item, Mark, MarkedPiece, PARAGRAPH_END, Phrase};
use std::ops::Range;

/// Paragraphs of both sides that are the same.
pub(super) struct Pair<'a> {
    /// The old items, for their styles.
    pub(super) old: Vec<&'a Item>,
    /// Their text as one.
    pub(super) phrase: &'a Phrase,
    /// The new paragraphs.
    pub(super) new: Vec<&'a XmlNode>,
    /// What is in them, with the ends between.
    pub(super) units: Vec<RedlineUnit>,
    pub(super) pieces: &'a [MarkedPiece],
    /// What is between paragraphs in the text.
    pub(super) end: char,
}

/// Paragraphs as they grow.
struct Growing<'a, 'm, 'b> {
    marker: &'m mut RunMarker<'b>,
    pair: &'a Pair<'a>,
    out: Vec<XmlNode>,
    open: Vec<XmlNode>,
    /// The paragraph in hand on both sides.
    at_old: usize,
    at_new: usize,
}

/// Writes paragraphs that both sides have.
pub(super) fn kept(marker: &mut RunMarker<'_>, pair: &Pair<'_>) -> Vec<XmlNode> {
    let pieces = snapped(pair.pieces, &pair.units);
    let mut units: std::collections::VecDeque<RedlineUnit> = pair.units.clone().into();
    let mut growing = Growing { marker, pair, out: Vec::new(), open: Vec::new(), at_old: 0, at_new: 0 };
    for piece in &pieces {
        if piece.mark == Mark::Gone {
            growing.gone(&piece.old);
        } else {
            growing.take(&mut units, piece);
        }
    }
    // What follows the last character: ends of bookmarks.
    for unit in units {
        growing.open.extend(unit.nodes);
    }
    growing.close(Mark::Same);
    growing.out
}

impl Growing<'_, '_, '_> {
    /// Takes what a piece covers.
    fn take(&mut self, units: &mut std::collections::VecDeque<RedlineUnit>, piece: &MarkedPiece) {
        let mut left = piece.new.len();
        let mut fresh: Vec<XmlNode> = Vec::new();
        while let Some(mut unit) = units.pop_front() {
            if left == 0 && !(unit.text.is_empty() && unit.kind == RedlineUnitKind::Fixed) {
                units.push_front(unit);
                break;
            }
            if unit.text.len() > left && unit.kind == RedlineUnitKind::Text {
                units.push_front(unit.split_off(left));
            }
            left = left.saturating_sub(unit.text.len());
            match unit.kind {
                RedlineUnitKind::End => {
                    self.put(&mut fresh, piece);
                    self.close(if piece.mark == Mark::Weight { Mark::Same } else { piece.mark });
                }
                RedlineUnitKind::Fixed => {
                    self.put(&mut fresh, piece);
                    self.open.extend(unit.nodes);
                }
                RedlineUnitKind::Text | RedlineUnitKind::Whole => fresh.extend(unit.nodes),
            }
        }
        self.put(&mut fresh, piece);
        if piece.mark.stays() {
            let ends = piece_ends(self.pair, &piece.old);
            self.at_old = self.at_old.max(ends);
        }
    }

    fn put(&mut self, fresh: &mut Vec<XmlNode>, piece: &MarkedPiece) {
        let nodes = std::mem::take(fresh);
        let marked = match piece.mark {
            Mark::New => self.marker.inserted(nodes, tag(piece.mark)),
            Mark::Weight => {
                let was = if is_bold(self.pair.phrase, piece.old.start) { Weight::Bold } else { Weight::Regular };
                self.marker.weighed(nodes, was)
            }
            Mark::Same | Mark::Gone => nodes,
        };
        self.open.extend(marked);
    }

    /// Writes what is gone.
    fn gone(&mut self, range: &Range<usize>) {
        let plain = self.pair.phrase.plain();
        let said = plain.get(range.clone()).unwrap_or_default();
        let mut start = range.start;
        let split = self.pair.end == PARAGRAPH_END;
        for (at, part) in said.split(|c| split && c == PARAGRAPH_END).enumerate() {
            if at > 0 {
                self.close(Mark::Gone);
            }
            let item = self.pair.old[self.at_old.min(self.pair.old.len() - 1)];
            let gone = Gone { item, phrase: self.pair.phrase, range: start..start + part.len() };
            let nodes = self.marker.deleted(&gone);
            self.open.extend(nodes);
            start += part.len() + self.pair.end.len_utf8();
        }
    }

    /// Ends the paragraph in hand.
    fn close(&mut self, mark: Mark) {
        let new = self.pair.new[self.at_new.min(self.pair.new.len() - 1)];
        let last = self.at_new + 1 >= self.pair.new.len() && mark == Mark::Same;
        let mut properties = new.child("w:pPr").cloned().unwrap_or_else(|| XmlNode::new("w:pPr", &[]));
        if mark != Mark::Same {
            properties.remove("w:sectPr");
            let name = tag(mark);
            self.marker.mark_end(&mut properties, name);
        }
        if let Some(old) = self.pair.old.get(self.at_old) {
            restyled(self.marker, &mut properties, old);
        }
        let attributes = if last || mark != Mark::Gone { new.attributes.clone() } else { Vec::new() };
        let content = std::mem::take(&mut self.open);
        let node = XmlNode { name: "w:p".to_owned(), attributes, children: Vec::new() };
        self.out.push(node.with([properties]).with(content));
        self.at_new += usize::from(mark != Mark::Gone);
        self.at_old += usize::from(mark != Mark::New);
    }
}

/// True where the character at a byte of a phrase is bold.
fn is_bold(phrase: &Phrase, at: usize) -> bool {
    let mut end = 0;
    phrase.bits.iter().any(|bit| {
        let start = end;
        end += bit.text.len();
        bit.strong && start <= at && at < end
    })
}

/// How many paragraphs of the old text end before the end of a range.
fn piece_ends(pair: &Pair<'_>, range: &Range<usize>) -> usize {
    let plain = pair.phrase.plain();
    plain.get(..range.end).map_or(0, |before| before.matches(pair.end).count())
}

/// Says how a paragraph looked before, where its style has changed.
fn restyled(marker: &mut RunMarker<'_>, properties: &mut XmlNode, old: &Item) {
    let Some(was) = marker.style_of(old) else { return };
    if properties.val("w:pStyle") == Some(&was) {
        return;
    }
    let mut before = marker.properties.get(&was).cloned().unwrap_or_else(|| XmlNode::new("w:pPr", &[]));
    if before.val("w:pStyle").is_none() {
        before = XmlNode::new("w:pPr", &[]).with([XmlNode::new("w:pStyle", &[("w:val", &was)])]);
    }
    let change = marker.tracked("w:pPrChange").with([before]);
    properties.children.push(Content::Node(change));
}

/// Pieces whose borders do not lie within what is marked as a whole.
fn snapped(pieces: &[MarkedPiece], units: &[RedlineUnit]) -> Vec<MarkedPiece> {
    let mut pieces = pieces.to_vec();
    let mut start = 0;
    for unit in units {
        let whole = start..start + unit.text.len();
        start = whole.end;
        if unit.kind != RedlineUnitKind::Whole || whole.len() < 2 {
            continue;
        }
        let inside = |p: &MarkedPiece| p.new.start < whole.end && whole.start < p.new.end;
        let split = |p: &MarkedPiece| {
            (p.new.start > whole.start && p.new.start < whole.end) || (p.new.end > whole.start && p.new.end < whole.end)
        };
        if pieces.iter().any(split) {
            pieces = covered(&pieces, &whole, inside);
        }
    }
    pieces
}

/// The pieces with all that touches `whole` put together: gone and new.
fn covered(pieces: &[MarkedPiece], whole: &Range<usize>, inside: impl Fn(&MarkedPiece) -> bool) -> Vec<MarkedPiece> {
    let touches =
        |p: &MarkedPiece| inside(p) || (p.new.is_empty() && p.new.start > whole.start && p.new.start < whole.end);
    let mut out: Vec<MarkedPiece> = Vec::new();
    let mut gone: Option<Range<usize>> = None;
    let mut rest: Option<MarkedPiece> = None;
    for piece in pieces {
        if !touches(piece) {
            flush(&mut out, &mut gone, whole);
            out.extend(rest.take());
            out.push(piece.clone());
            continue;
        }
        let (mut from, mut to) = (piece.old.start, piece.old.end);
        if piece.mark.stays() {
            let head = whole.start.saturating_sub(piece.new.start);
            let tail = piece.new.end.saturating_sub(whole.end);
            if head > 0 {
                out.push(MarkedPiece {
                    mark: piece.mark,
                    old: from..from + head,
                    new: piece.new.start..piece.new.start + head,
                });
            }
            if tail > 0 {
                rest = Some(MarkedPiece {
                    mark: piece.mark,
                    old: to - tail..to,
                    new: piece.new.end - tail..piece.new.end,
                });
            }
            (from, to) = (from + head, to - tail);
        } else if piece.mark == Mark::New {
            // What is new beside the whole stays new.
            if piece.new.start < whole.start {
                out.push(MarkedPiece { mark: Mark::New, old: from..from, new: piece.new.start..whole.start });
            }
            if piece.new.end > whole.end {
                rest = Some(MarkedPiece { mark: Mark::New, old: to..to, new: whole.end..piece.new.end });
            }
        }
        gone = Some(gone.map_or(from..to, |g| g.start.min(from)..g.end.max(to)));
    }
    flush(&mut out, &mut gone, whole);
    out.extend(rest);
    out
}

fn flush(out: &mut Vec<MarkedPiece>, gone: &mut Option<Range<usize>>, whole: &Range<usize>) {
    if let Some(gone) = gone.take() {
        let end = gone.end;
        if !gone.is_empty() {
            out.push(MarkedPiece { mark: Mark::Gone, old: gone, new: whole.start..whole.start });
        }
        out.push(MarkedPiece { mark: Mark::New, old: end..end, new: whole.clone() });
    }
}

/// A paragraph that is new, or moved here, its end not yet marked. `name`: the mark.
pub(super) fn new(marker: &mut RunMarker<'_>, paragraph: &XmlNode, name: &str) -> XmlNode {
    let properties = paragraph.child("w:pPr").cloned().unwrap_or_else(|| XmlNode::new("w:pPr", &[]));
    let content: Vec<XmlNode> = paragraph.nodes().filter(|n| n.name != "w:pPr").cloned().collect();
    let marked = marker.inserted(content, name);
    XmlNode { name: "w:p".to_owned(), attributes: paragraph.attributes.clone(), children: Vec::new() }
        .with([properties])
        .with(marked)
}

/// A paragraph that is gone, or moved away, its end not yet marked; None where nothing of it can be shown. `name`: the mark.
pub(super) fn gone(marker: &mut RunMarker<'_>, item: &Item, name: &str) -> Option<XmlNode> {
    let whole = Gone { item, phrase: &item.phrase, range: 0..item.phrase.plain().len() };
    // What was moved away is no deleted text.
    let runs = marker.old_runs(&whole, if name == "w:del" { "w:delText" } else { "w:t" });
    if runs.is_empty() {
        return None;
    }
    let content = marker.tracked(name).with(runs);
    let style = marker.style_of(item);
    let mut properties = XmlNode::new("w:pPr", &[]);
    if let Some(style) = style {
        let alike = marker.properties.get(&style).cloned();
        properties = alike.unwrap_or_else(|| properties.with([XmlNode::new("w:pStyle", &[("w:val", &style)])]));
    }
    Some(XmlNode::new("w:p", &[]).with([properties, content]))
}

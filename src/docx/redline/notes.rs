//! Footnotes: those that changed, those that are new, those that only the old text calls.

use super::paragraph::{Pair, kept};
use super::runs::{Gone, Marker};
use super::table::{apart, within};
use super::tree::{Content, Node};
use super::units::fitted;
use crate::docx::Error;
use crate::model::{Item, Manuscript, Mark, Marked};
use std::collections::BTreeMap;

/// What a note of the new manuscript is to the version with marks.
pub(super) enum Call {
    /// Both sides call it in the same place.
    Same,
    /// Only the new text calls it there.
    New,
}

/// Marks the part. `ids`: the numbers of the new manuscript's notes in it; `calls`: how each is called.
pub(super) fn mark(
    marker: &mut Marker<'_>,
    part: &Node,
    (old, new, marked): (&Manuscript, &Manuscript, &Marked),
    ids: &[String],
    calls: &[Call],
) -> Result<Node, Error> {
    let mut out = part.clone();
    let place: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    for child in &mut out.children {
        let Content::Node(note) = child else { continue };
        let Some(&at) = note.attribute("w:id").and_then(|id| place.get(id)) else { continue };
        let paragraphs: Vec<Node> = note.nodes().filter(|n| n.name == "w:p").cloned().collect();
        let made = if matches!(calls.get(at), Some(Call::New)) {
            paragraphs.iter().map(|p| super::paragraph::new(marker, &unnumbered(p).1, "w:ins")).collect()
        } else {
            let Some(pair) = marked.notes.iter().find(|n| n.new == at) else { continue };
            if pair.pieces.iter().all(|p| p.mark == Mark::Same) {
                continue;
            }
            let all: Vec<&Node> = paragraphs.iter().collect();
            let units = fitted(within(&all), &new.notes[at].phrase).ok_or_else(apart)?;
            let was = Item { style: String::new(), ..old.notes[pair.old].clone() };
            let pieces = &pair.pieces;
            kept(marker, &Pair { old: vec![&was], phrase: &was.phrase, new: all, units, pieces, end: '\n' })
        };
        let made = numbered(made, &paragraphs);
        note.remove("w:p");
        *note = std::mem::take(note).with(made);
    }
    let like = ids.first().and_then(|id| part.nodes().find(|n| n.attribute("w:id") == Some(id)));
    let like = like.and_then(|n| n.child("w:p")).cloned();
    for (name, id) in marker.old_notes.clone() {
        let Some(note) = old.notes.iter().find(|n| n.marks.first() == Some(&name)) else { continue };
        let gone = Gone { item: note, phrase: &note.phrase, range: 0..note.phrase.plain().len() };
        let runs = marker.deleted(&gone);
        let properties = like
            .as_ref()
            .and_then(|p| p.child("w:pPr"))
            .cloned()
            .unwrap_or_else(|| Node::new("w:pPr", &[]).with([Node::new("w:pStyle", &[("w:val", "FootnoteText")])]));
        let p = Node::new("w:p", &[]).with([properties, number()]).with(runs);
        out = out.with([Node::new("w:footnote", &[("w:id", &id)]).with([p])]);
    }
    Ok(out)
}

/// The run that shows the note's number.
fn number() -> Node {
    let style = Node::new("w:rStyle", &[("w:val", "FootnoteReference")]);
    Node::new("w:r", &[]).with([Node::new("w:rPr", &[]).with([style]), Node::new("w:footnoteRef", &[])])
}

/// A paragraph without the run that shows the note's number, which is never marked.
fn unnumbered(paragraph: &Node) -> (bool, Node) {
    let mut bare = paragraph.clone();
    let shows = |c: &Content| matches!(c, Content::Node(n) if n.name == "w:r" && n.child("w:footnoteRef").is_some());
    let had = bare.children.iter().any(shows);
    bare.children.retain(|c| !shows(c));
    (had, bare)
}

/// Puts the number back before the text.
fn numbered(mut made: Vec<Node>, old: &[Node]) -> Vec<Node> {
    let had = old.first().is_some_and(|p| unnumbered(p).0);
    if let Some(first) = made.first_mut()
        && had
        && !unnumbered(first).0
    {
        let place = usize::from(first.child("w:pPr").is_some());
        first.children.insert(place, Content::Node(number()));
    }
    made
}

//! Footnotes: those that changed, those that are new, those that the old text calls elsewhere.

use super::paragraph::{Pair, kept};
use super::runs::{Gone, RunMarker};
use super::table::{apart, within};
use super::tree::{Content, XmlNode};
use super::units::fitted;
use crate::docx::WordError;
use crate::model::{Item, Manuscript, Mark, Marked};
use std::collections::BTreeMap;

/// Marks the part. `ids`: the numbers of the new manuscript's notes in it.
pub(super) fn mark(
    marker: &mut RunMarker<'_>,
    part: &XmlNode,
    (old, new, marked): (&Manuscript, &Manuscript, &Marked),
    ids: &[String],
) -> Result<XmlNode, WordError> {
    let mut out = part.clone();
    let place: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    for child in &mut out.children {
        let Content::Node(note) = child else { continue };
        let Some(&at) = note.attribute("w:id").and_then(|id| place.get(id)) else { continue };
        let paragraphs: Vec<XmlNode> = note.nodes().filter(|n| n.name == "w:p").cloned().collect();
        let name = new.notes.get(at).and_then(|note| note.marks.first());
        let made = if name.is_some_and(|name| marker.calls.stays(name)) {
            let Some(pair) = marked.notes.iter().find(|n| n.new == at) else { continue };
            if pair.pieces.iter().all(|p| p.mark == Mark::Same) {
                continue;
            }
            let all: Vec<&XmlNode> = paragraphs.iter().collect();
            let units = fitted(within(&all), &new.notes[at].phrase).ok_or_else(apart)?;
            let was = Item { style: String::new(), ..old.notes[pair.old].clone() };
            let pieces = &pair.pieces;
            kept(marker, &Pair { old: vec![&was], phrase: &was.phrase, new: all, units, pieces, end: '\n' })
        } else {
            paragraphs.iter().map(|p| super::paragraph::new(marker, &unnumbered(p).1, "w:ins")).collect()
        };
        let made = numbered(made, &paragraphs);
        note.remove("w:p");
        *note = std::mem::take(note).with(made);
    }
    let like = ids.first().and_then(|id| part.nodes().find(|n| n.attribute("w:id") == Some(id)));
    let like = like.and_then(|n| n.child("w:p")).cloned();
    for (name, id) in marker.calls.written().clone() {
        let Some(note) = old.notes.iter().find(|n| n.marks.first() == Some(&name)) else { continue };
        let gone = Gone { item: note, phrase: &note.phrase, range: 0..note.phrase.plain().len() };
        let runs = marker.deleted(&gone);
        let properties = like.as_ref().and_then(|p| p.child("w:pPr")).cloned().unwrap_or_else(|| {
            XmlNode::new("w:pPr", &[]).with([XmlNode::new("w:pStyle", &[("w:val", "FootnoteText")])])
        });
        let p = XmlNode::new("w:p", &[]).with([properties, number()]).with(runs);
        out = out.with([XmlNode::new("w:footnote", &[("w:id", &id)]).with([p])]);
    }
    Ok(out)
}

/// The run that shows the note's number.
fn number() -> XmlNode {
    let style = XmlNode::new("w:rStyle", &[("w:val", "FootnoteReference")]);
    XmlNode::new("w:r", &[]).with([XmlNode::new("w:rPr", &[]).with([style]), XmlNode::new("w:footnoteRef", &[])])
}

/// A paragraph without the run that shows the note's number, which is never marked.
fn unnumbered(paragraph: &XmlNode) -> (bool, XmlNode) {
    let mut bare = paragraph.clone();
    let shows = |c: &Content| matches!(c, Content::Node(n) if n.name == "w:r" && n.child("w:footnoteRef").is_some());
    let had = bare.children.iter().any(shows);
    bare.children.retain(|c| !shows(c));
    (had, bare)
}

/// Puts the number back before the text.
fn numbered(mut made: Vec<XmlNode>, old: &[XmlNode]) -> Vec<XmlNode> {
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

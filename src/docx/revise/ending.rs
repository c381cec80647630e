//! The blocks of a body on their way, and the end of the last paragraph, which can be neither taken out nor put in.
//!
//! Where two paragraphs become one, Word gives it the properties of the mark that stays, LibreOffice those of the first paragraph. What
//! is written here is right either way.

use super::runs::RunMarker;
use super::tree::{Content, XmlNode};

/// A block of the body on its way.
pub(super) struct DocumentEntry {
    pub(super) before: Option<XmlNode>,
    pub(super) node: XmlNode,
    pub(super) after: Option<XmlNode>,
    /// The mark of its end.
    pub(super) end: Option<&'static str>,
}

impl DocumentEntry {
    pub(super) fn plain(node: XmlNode) -> Self {
        Self { before: None, node, after: None, end: None }
    }

    fn is_gone(&self) -> bool {
        matches!(self.end, Some("w:del" | "w:moveFrom"))
    }

    /// What is in the paragraph, with what is around it.
    fn content(self) -> impl Iterator<Item = XmlNode> {
        let inside = self.node.into_nodes().filter(|node| node.name != "w:pPr");
        self.before.into_iter().chain(inside).chain(self.after)
    }
}

/// Marks the end of a body whose last paragraphs are gone or new.
pub(super) fn last_end(marker: &mut RunMarker<'_>, entries: &mut Vec<DocumentEntry>) {
    let Some(last) = entries.iter().rposition(|e| e.node.name != "w:sectPr") else { return };
    let mut first = last + 1;
    while first > 0 && entries[first - 1].end.is_some() {
        first -= 1;
    }
    let gone = (first..=last).rev().find(|&at| entries[at].is_gone());
    let new = (first..=last).rev().find(|&at| !entries[at].is_gone());
    if let (Some(gone), Some(new)) = (gone, new) {
        return replace_last(marker, entries, (gone, new), last);
    }
    let stays = first.checked_sub(1).filter(|&at| entries[at].node.name == "w:p");
    if let Some(stays) = stays.filter(|_| first <= last) {
        shift(marker, entries, stays, last);
    }
}

/// The last paragraph that is gone and the last that is new become one, whose mark is on both sides.
fn replace_last(
    marker: &mut RunMarker<'_>,
    entries: &mut Vec<DocumentEntry>,
    (gone, new): (usize, usize),
    last: usize,
) {
    let mut pair = [entries.remove(gone.max(new)), entries.remove(gone.min(new))];
    if gone < new {
        pair.reverse();
    }
    let [old, own] = pair;
    let (was, mut now) = (bare(&old.node), properties(&own.node));
    say_before(marker, &mut now, &was);
    let attributes = own.node.attributes.clone();
    let node = XmlNode { name: "w:p".to_owned(), attributes, children: Vec::new() };
    let node = node.with([now]).with(old.content()).with(own.content());
    entries.insert(last - 1, DocumentEntry::plain(node));
}

/// The end before the last is marked in its place, and so on up to the last paragraph that both sides have. The mark that stays is
/// that of the other paragraph on one side.
fn shift(marker: &mut RunMarker<'_>, entries: &mut [DocumentEntry], stays: usize, last: usize) {
    let stayed = bare(&entries[stays].node);
    let before = entries[stays].node.child("w:pPr").and_then(|p| p.child("w:pPrChange"));
    let before = before.and_then(|change| change.child("w:pPr")).map_or_else(|| stayed.clone(), without_own);
    let ended = bare(&entries[last].node);
    let are_gone = entries[last].is_gone();
    let (now, was) = if are_gone { (stayed.clone(), ended) } else { (ended, before.clone()) };
    for at in stays..=last {
        let next = entries.get(at + 1).filter(|_| at < last).and_then(|e| e.end);
        entries[at].end = next.map(|name| match name {
            "w:moveFrom" => "w:del",
            "w:moveTo" => "w:ins",
            other => other,
        });
    }
    let mut own = properties(&entries[last].node);
    own.children.retain(|content| matches!(content, Content::Node(n) if matches!(&*n.name, "w:rPr" | "w:sectPr")));
    let kept = std::mem::replace(&mut own.children, now.children);
    own.children.extend(kept);
    say_before(marker, &mut own, &was);
    let node = &mut entries[last].node;
    node.remove("w:pPr");
    node.children.insert(0, Content::Node(own));
}

fn properties(paragraph: &XmlNode) -> XmlNode {
    paragraph.child("w:pPr").cloned().unwrap_or_else(|| XmlNode::new("w:pPr", &[]))
}

/// The properties of a paragraph that another one may have.
fn bare(paragraph: &XmlNode) -> XmlNode {
    without_own(&properties(paragraph))
}

fn without_own(properties: &XmlNode) -> XmlNode {
    let mut bare = properties.clone();
    for own in ["w:rPr", "w:sectPr", "w:pPrChange"] {
        bare.remove(own);
    }
    bare
}

/// Says in properties what they were before, where that is something else.
fn say_before(marker: &mut RunMarker<'_>, properties: &mut XmlNode, was: &XmlNode) {
    properties.remove("w:pPrChange");
    if without_own(properties).children == was.children {
        return;
    }
    let change = marker.tracked("w:pPrChange").with([was.clone()]);
    properties.children.push(Content::Node(change));
}

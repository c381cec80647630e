//! Runs of what is gone, and the marks around what is new.

use super::calls::OldCalls;
use super::picture::TrackedPictures;
use super::tree::XmlNode;
use crate::model::{BitKind, Item, Mark, PARAGRAPH_END, Phrase, Trace};
use std::collections::BTreeMap;
use std::ops::Range;

/// The first number of a tracked change: bookmarks have the low ones.
const FIRST_ID: usize = 100_000;

/// Whose changes they are, and what all parts share.
pub(super) struct RunMarker<'a> {
    by: &'a Trace,
    next: usize,
    pub(super) calls: OldCalls,
    pub(super) pictures: TrackedPictures,
    /// Style ids by name.
    pub(super) styles: BTreeMap<String, String>,
    /// Properties of a paragraph of a style.
    pub(super) properties: BTreeMap<String, XmlNode>,
}

/// How heavy characters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Bold,
    Regular,
}

/// A range of an old item's text.
pub(super) struct Gone<'a> {
    pub(super) item: &'a Item,
    pub(super) phrase: &'a Phrase,
    pub(super) range: Range<usize>,
}

impl<'a> RunMarker<'a> {
    pub(super) fn new(by: &'a Trace) -> Self {
        Self {
            by,
            next: FIRST_ID,
            calls: OldCalls::default(),
            pictures: TrackedPictures::default(),
            styles: BTreeMap::new(),
            properties: BTreeMap::new(),
        }
    }

    /// An element that names a tracked change.
    pub(super) fn tracked(&mut self, name: &str) -> XmlNode {
        self.next += 1;
        let id = self.next.to_string();
        let mut node = XmlNode::new(name, &[("w:id", &id), ("w:author", &self.by.author)]);
        if !self.by.date.is_empty() {
            node.attributes.push(("w:date".to_owned(), self.by.date.clone()));
        }
        node
    }

    /// The two ends of a range that was moved.
    pub(super) fn move_range(&mut self, name: &str, number: usize) -> (XmlNode, XmlNode) {
        let mut start = self.tracked(&format!("{name}RangeStart"));
        start.attributes.insert(1, ("w:name".to_owned(), format!("move{}", number + 1)));
        let id = start.attribute("w:id").unwrap_or_default().to_owned();
        (start, XmlNode::new(&format!("{name}RangeEnd"), &[("w:id", &id)]))
    }

    /// Runs as new: links and fields hold their marks within.
    pub(super) fn inserted(&mut self, nodes: Vec<XmlNode>, name: &str) -> Vec<XmlNode> {
        let mut out: Vec<XmlNode> = Vec::new();
        let mut runs: Vec<XmlNode> = Vec::new();
        for node in nodes {
            match node.name.as_str() {
                "w:r" => runs.push(node),
                "w:hyperlink" | "w:fldSimple" | "w:smartTag" => {
                    self.flush(&mut out, &mut runs, name);
                    let (node_name, attributes) = (node.name.clone(), node.attributes.clone());
                    let inner = self.inserted(node.into_nodes().collect(), name);
                    out.push(XmlNode { name: node_name, attributes, children: Vec::new() }.with(inner));
                }
                _ => {
                    self.flush(&mut out, &mut runs, name);
                    out.push(node);
                }
            }
        }
        self.flush(&mut out, &mut runs, name);
        out
    }

    fn flush(&mut self, out: &mut Vec<XmlNode>, runs: &mut Vec<XmlNode>, name: &str) {
        if !runs.is_empty() {
            let mark = self.tracked(name);
            out.push(mark.with(std::mem::take(runs)));
        }
    }

    /// Marks a paragraph's end in its properties.
    pub(super) fn mark_end(&mut self, properties: &mut XmlNode, name: &str) {
        let mark = self.tracked(name);
        let run = if let Some(at) = properties.children.iter().position(|c| is(c, "w:rPr")) {
            match properties.children.remove(at) {
                super::tree::Content::Node(node) => node,
                super::tree::Content::Text(_) => XmlNode::new("w:rPr", &[]),
            }
        } else {
            XmlNode::new("w:rPr", &[])
        };
        let marked = XmlNode { children: Vec::new(), ..run.clone() }.with([mark]).with(run.into_nodes());
        let place = properties.children.iter().position(|c| is(c, "w:sectPr") || is(c, "w:pPrChange"));
        let place = place.unwrap_or(properties.children.len());
        properties.children.insert(place, super::tree::Content::Node(marked));
    }

    /// Runs of old text, bare. `text`: the element that holds characters. The ends of paragraphs within are line ends.
    pub(super) fn old_runs(&mut self, gone: &Gone<'_>, text: &str) -> Vec<XmlNode> {
        let mut runs = Vec::new();
        let mut at = 0;
        let mut pictures = 0;
        for bit in &gone.phrase.bits {
            let end = at + bit.text.len();
            let (from, to) = (gone.range.start.max(at), gone.range.end.min(end));
            if from < to {
                let piece = bit.text.get(from - at..to - at).unwrap_or_default();
                match &bit.kind {
                    BitKind::Note(name) => {
                        self.next += 1;
                        runs.extend(self.calls.runs((name, piece), self.next, text));
                    }
                    BitKind::Object => {
                        runs.extend(gone.item.pictures.get(pictures).and_then(|p| self.pictures.run(p)));
                    }
                    _ => characters(piece, bit.strong, text, &mut runs),
                }
            }
            pictures += usize::from(bit.kind == BitKind::Object);
            at = end;
        }
        runs
    }

    /// Runs that were bold before, or were not.
    pub(super) fn weighed(&mut self, nodes: Vec<XmlNode>, was: Weight) -> Vec<XmlNode> {
        nodes.into_iter().map(|node| self.weighed_one(node, was)).collect()
    }

    fn weighed_one(&mut self, mut node: XmlNode, was: Weight) -> XmlNode {
        if node.name != "w:r" {
            let inner = XmlNode { children: Vec::new(), ..node.clone() };
            return if matches!(node.name.as_str(), "w:hyperlink" | "w:fldSimple" | "w:smartTag") {
                inner.with(self.weighed(node.into_nodes().collect(), was))
            } else {
                node
            };
        }
        let mut now = node.child("w:rPr").cloned().unwrap_or_else(|| XmlNode::new("w:rPr", &[]));
        node.remove("w:rPr");
        let mut before = now.clone();
        before.remove("w:b");
        before.remove("w:bCs");
        if was == Weight::Bold {
            // Style and faces come before the weight.
            let place = before.nodes().take_while(|n| matches!(n.name.as_str(), "w:rStyle" | "w:rFonts")).count();
            let bold = ["w:b", "w:bCs"].map(|name| super::tree::Content::Node(XmlNode::new(name, &[])));
            before.children.splice(place..place, bold);
        }
        let change = self.tracked("w:rPrChange").with([before]);
        now.children.push(super::tree::Content::Node(change));
        node.children.insert(0, super::tree::Content::Node(now));
        node
    }

    /// Runs as gone.
    pub(super) fn deleted(&mut self, gone: &Gone<'_>) -> Vec<XmlNode> {
        let runs = self.old_runs(gone, "w:delText");
        if runs.is_empty() {
            return runs;
        }
        let mark = self.tracked("w:del");
        vec![mark.with(runs)]
    }

    /// The id of an old paragraph's style, where the file has it.
    pub(super) fn style_of(&self, item: &Item) -> Option<String> {
        self.styles.get(&item.style.to_lowercase()).cloned()
    }
}

fn is(content: &super::tree::Content, name: &str) -> bool {
    matches!(content, super::tree::Content::Node(n) if n.name == name)
}

/// Characters as runs; tabs and line ends are Word's own.
fn characters(piece: &str, strong: bool, text: &str, runs: &mut Vec<XmlNode>) {
    let mut run = XmlNode::new("w:r", &[]);
    let mut properties = XmlNode::new("w:rPr", &[]).with([XmlNode::new("w:rFonts", &[("w:hint", "eastAsia")])]);
    if strong {
        properties = properties.with([XmlNode::new("w:b", &[]), XmlNode::new("w:bCs", &[])]);
    }
    run = run.with([properties]);
    let mut said = String::new();
    let mut parts: Vec<XmlNode> = Vec::new();
    let put = |said: &mut String, parts: &mut Vec<XmlNode>| {
        if !said.is_empty() {
            parts.push(XmlNode::text(text, &std::mem::take(said)));
        }
    };
    for c in piece.chars() {
        match c {
            '\n' | PARAGRAPH_END => {
                put(&mut said, &mut parts);
                parts.push(XmlNode::new("w:br", &[]));
            }
            '\t' => {
                put(&mut said, &mut parts);
                parts.push(XmlNode::new("w:tab", &[]));
            }
            c if crate::docx::xml::forbidden(c.encode_utf8(&mut [0; 4])).is_some() => {}
            c => said.push(c),
        }
    }
    put(&mut said, &mut parts);
    runs.push(run.with(parts));
}

/// The name of the mark of what became of a stretch.
pub(super) const fn tag(mark: Mark) -> &'static str {
    match mark {
        Mark::Gone => "w:del",
        Mark::New | Mark::Same | Mark::Weight => "w:ins",
    }
}

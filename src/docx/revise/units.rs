//! What is in a paragraph of ours, in units that are marked as a whole or cut.

use super::tree::{Content, XmlNode};
use crate::model::{BitKind, Phrase, held_spaces};
use std::ops::Range;

/// A piece of a paragraph: a run, a field with all its runs, a link, a bookmark.
#[derive(Clone, Debug)]
pub(super) struct RedlineUnit {
    /// What the reader makes of it.
    pub(super) text: String,
    pub(super) nodes: Vec<XmlNode>,
    pub(super) kind: RedlineUnitKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RedlineUnitKind {
    /// One run of text, which can be cut.
    Text,
    /// It is marked as a whole.
    Whole,
    /// Bookmarks and the like, which are never marked.
    Fixed,
    /// The end of a paragraph.
    End,
}

/// A field that is open: its instruction, and whether its result has begun.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    open: Vec<(String, bool)>,
}

impl Fields {
    fn skips(&self) -> bool {
        self.open.iter().any(|(instruction, _)| is(instruction, "TOC"))
    }

    fn shows(&self) -> bool {
        self.open.iter().all(|(instruction, result)| *result && !is(instruction, "TOC") && !is(instruction, "NOTEREF"))
    }
}

fn is(instruction: &str, name: &str) -> bool {
    instruction.split_whitespace().next() == Some(name)
}

/// The units of a paragraph. `fields` are those open before it, and then after it.
pub(super) fn units(paragraph: &XmlNode, fields: &mut Fields) -> Vec<RedlineUnit> {
    let mut found: Vec<RedlineUnit> = Vec::new();
    let mut whole: Option<RedlineUnit> = None;
    for node in paragraph.nodes().filter(|n| n.name != "w:pPr") {
        let before = fields.open.len();
        let mut parts = if node.name == "w:r" { run(node, fields) } else { vec![other(node, fields)] };
        if before > 0 || !fields.open.is_empty() {
            // Within a field: all of it is one.
            let unit = whole.get_or_insert(RedlineUnit {
                text: String::new(),
                nodes: Vec::new(),
                kind: RedlineUnitKind::Whole,
            });
            for part in &mut parts {
                unit.text.push_str(&part.text);
            }
            unit.nodes.push(node.clone());
            if fields.open.is_empty() {
                found.extend(whole.take());
            }
        } else {
            found.append(&mut parts);
        }
    }
    found.extend(whole);
    found
}

/// A run, cut to what it holds.
fn run(run: &XmlNode, fields: &mut Fields) -> Vec<RedlineUnit> {
    let properties = run.child("w:rPr");
    let part = |node: &XmlNode| XmlNode::new("w:r", &[]).with(properties.cloned()).with([node.clone()]);
    if properties.is_some_and(|p| p.child("w:vanish").is_some()) {
        // Hidden: entries of contents.
        return vec![RedlineUnit { text: String::new(), nodes: vec![run.clone()], kind: RedlineUnitKind::Fixed }];
    }
    let mut found = Vec::new();
    for node in run.nodes().filter(|n| n.name != "w:rPr") {
        let (text, kind) = content(node, fields);
        found.push(RedlineUnit { text, nodes: vec![part(node)], kind });
    }
    found
}

/// Stands for the mark of a note until its place in the manuscript is known.
const NOTE: &str = "\u{1}";

/// What the reader makes of something in a run.
fn content(node: &XmlNode, fields: &mut Fields) -> (String, RedlineUnitKind) {
    let shown = |text: &str, fields: &Fields| if fields.shows() { text.to_owned() } else { String::new() };
    match node.name.as_str() {
        "w:fldChar" => {
            let mut text = String::new();
            match node.attribute("w:fldCharType") {
                Some("begin") => fields.open.push((String::new(), false)),
                Some("separate") => {
                    if let Some(field) = fields.open.last_mut() {
                        field.1 = true;
                        if is(&field.0, "NOTEREF") {
                            NOTE.clone_into(&mut text);
                        }
                    }
                }
                _ => {
                    fields.open.pop();
                }
            }
            (text, RedlineUnitKind::Whole)
        }
        "w:instrText" => {
            if let Some(field) = fields.open.last_mut() {
                field.0.push_str(&node.all_text());
            }
            (String::new(), RedlineUnitKind::Whole)
        }
        "w:t" => (shown(&node.all_text(), fields), RedlineUnitKind::Text),
        "w:tab" => (shown("\t", fields), RedlineUnitKind::Whole),
        "w:br" if !matches!(node.attribute("w:type"), Some("page" | "column")) => {
            (shown("\n", fields), RedlineUnitKind::Whole)
        }
        "w:noBreakHyphen" => (shown("\u{2011}", fields), RedlineUnitKind::Whole),
        "w:footnoteReference" => (NOTE.to_owned(), RedlineUnitKind::Whole),
        "w:drawing" => ("\u{fffc}".to_owned(), RedlineUnitKind::Whole),
        _ => (String::new(), RedlineUnitKind::Fixed),
    }
}

/// What is not a run: a link is one unit with its runs.
fn other(node: &XmlNode, fields: &mut Fields) -> RedlineUnit {
    match node.name.as_str() {
        "w:hyperlink" | "w:fldSimple" | "w:sdt" | "w:smartTag" => {
            let mut text = String::new();
            node.visit(&mut |n| {
                if n.name == "w:r" {
                    text.extend(run(n, fields).into_iter().map(|u| u.text));
                }
            });
            RedlineUnit { text, nodes: vec![node.clone()], kind: RedlineUnitKind::Whole }
        }
        _ => RedlineUnit { text: String::new(), nodes: vec![node.clone()], kind: RedlineUnitKind::Fixed },
    }
}

/// True in a paragraph of the contents, which no manuscript has.
pub(super) fn skipped(fields: &Fields) -> bool {
    fields.skips()
}

/// Makes ordinary spaces of those that hold a number to its unit, as the reader of the file does.
fn fold_spaces(units: &mut [RedlineUnit]) {
    let all: String = units.iter().map(|u| u.text.as_str()).collect();
    let mut held = held_spaces(&all).into_iter();
    for unit in units {
        unit.text = unit.text.chars().zip(&mut held).map(|(c, held)| if held { ' ' } else { c }).collect();
    }
}

/// Gives the marks of notes their characters, takes off the white space that the reader takes off, and holds the units against
/// the manuscript: None where they differ.
pub(super) fn fitted(mut units: Vec<RedlineUnit>, phrase: &Phrase) -> Option<Vec<RedlineUnit>> {
    let mut marks = phrase.bits.iter().filter(|b| matches!(b.kind, BitKind::Note(_)));
    for unit in &mut units {
        while unit.text.contains(NOTE) {
            unit.text = unit.text.replacen(NOTE, &marks.next()?.text, 1);
        }
    }
    fold_spaces(&mut units);
    let plain = phrase.plain();
    let all: String = units.iter().map(|u| u.text.as_str()).collect();
    if all != plain {
        let from = all.len() - all.trim_start().len();
        let to = all.trim_end().len();
        if all.get(from..to)? != plain {
            return None;
        }
        // White space around is nobody's text: it stays where it is, unmarked.
        let mut at = 0;
        for unit in &mut units {
            let end = at + unit.text.len();
            let kept = from.clamp(at, end) - at..to.clamp(at, end) - at;
            if kept.len() < unit.text.len() && unit.kind == RedlineUnitKind::Text && !kept.is_empty() {
                // Typed indents in the run itself: they go with it.
                set_text(unit, kept);
            } else if kept.is_empty() && !unit.text.is_empty() {
                unit.text.clear();
                unit.kind = RedlineUnitKind::Fixed;
            }
            at = end;
        }
    }
    Some(units)
}

fn set_text(unit: &mut RedlineUnit, range: Range<usize>) {
    let text = unit.text.get(range).unwrap_or_default().to_owned();
    unit.nodes = vec![with_text(&unit.nodes[0], &text)];
    unit.text = text;
}

/// A run of one text, with other characters.
fn with_text(run: &XmlNode, text: &str) -> XmlNode {
    let mut run = run.clone();
    if let Some(t) = run.child_mut("w:t") {
        t.children = vec![Content::Text(text.to_owned())];
        if t.attribute("xml:space").is_none() {
            t.attributes.push(("xml:space".to_owned(), "preserve".to_owned()));
        }
    }
    run
}

impl RedlineUnit {
    /// Takes off what follows a byte.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let tail = self.text.split_off(at);
        let run = self.nodes[0].clone();
        self.nodes = vec![with_text(&run, &self.text)];
        Self { nodes: vec![with_text(&run, &tail)], text: tail, kind: RedlineUnitKind::Text }
    }
}

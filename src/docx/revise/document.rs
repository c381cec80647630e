//! The whole file: the body in the order of both sides, the notes, the parts that come with what is gone.

use super::calls::OldCalls;
use super::ending::{DocumentEntry, last_end};
use super::notes;
use super::paragraph::{self, Pair};
use super::runs::RunMarker;
use super::table::{self, apart};
use super::tree::{Content, XmlNode, parse, write};
use super::units::{Fields, RedlineUnit, RedlineUnitKind, fitted, skipped, units};
use crate::docx::WordError;
use crate::docx::package::{OFFICE, Parts};
use crate::model::{BitKind, Item, Manuscript, Mark, Marked, MarkedStep, PARAGRAPH_END, Phrase, Trace};
use std::collections::BTreeMap;

const DOCUMENT: &str = "word/document.xml";
const NOTES: &str = "word/footnotes.xml";

/// Where an item of the new manuscript is in the body.
struct DocumentPlace {
    top: usize,
    /// Where it is in the table of pictures side by side that it is part of.
    inner: Option<InnerPlace>,
    units: Vec<RedlineUnit>,
}

impl DocumentPlace {
    /// The paragraph or table.
    fn node<'n>(&self, tops: &[&'n XmlNode]) -> Option<&'n XmlNode> {
        let top = tops.get(self.top).copied()?;
        self.inner.map_or(Some(top), |inner| inner.of(top))
    }
}

/// A paragraph in a table of pictures side by side: the places of its row, its cell and itself among what is in the element above.
#[derive(Clone, Copy)]
struct InnerPlace([usize; 3]);

impl InnerPlace {
    /// All of a table, column by column, as they are read.
    fn all(table: &XmlNode) -> Vec<Self> {
        let nodes = |node: &XmlNode, name: &str| -> Vec<usize> {
            let is = |content: &Content| matches!(content, Content::Node(node) if node.name == name);
            node.children.iter().enumerate().filter(|(_, content)| is(content)).map(|(at, _)| at).collect()
        };
        let mut found = Vec::new();
        for row in nodes(table, "w:tr") {
            let Some(Content::Node(line)) = table.children.get(row) else { continue };
            for (column, cell) in nodes(line, "w:tc").into_iter().enumerate() {
                let Some(Content::Node(node)) = line.children.get(cell) else { continue };
                found.extend(nodes(node, "w:p").into_iter().map(|p| (column, Self([row, cell, p]))));
            }
        }
        found.sort_by_key(|(column, _)| *column);
        found.into_iter().map(|(_, place)| place).collect()
    }

    fn of(self, table: &XmlNode) -> Option<&XmlNode> {
        self.0.into_iter().try_fold(table, |node, at| match node.children.get(at) {
            Some(Content::Node(inner)) => Some(inner),
            _ => None,
        })
    }

    /// Puts what became of the paragraph into the last table of the body so far. `paragraphs`: of how many it became that.
    fn put(self, entries: &mut [DocumentEntry], nodes: Vec<XmlNode>, paragraphs: usize) -> Result<(), WordError> {
        let [row, cell, p] = self.0;
        let table = entries.iter_mut().rev().find(|e| e.node.name == "w:tbl").filter(|_| paragraphs == 1);
        let mut cell_node = table.map(|entry| &mut entry.node);
        for at in [row, cell] {
            cell_node = cell_node.and_then(|node| match node.children.get_mut(at) {
                Some(Content::Node(inner)) => Some(inner),
                _ => None,
            });
        }
        let cell_node = cell_node.filter(|node| p < node.children.len()).ok_or_else(apart)?;
        cell_node.children.splice(p..=p, nodes.into_iter().map(Content::Node));
        Ok(())
    }
}

/// The file with tracked changes. `bytes`: a file that this program wrote, `new` what it reads as; `old`: what it is compared with,
/// the notes named as in `new`.
///
/// # Errors
/// [`WordError::Part`] for a file that `new` is not the text of.
pub fn redline(
    bytes: &[u8],
    (old, new): (&Manuscript, &Manuscript),
    marked: &Marked,
    by: &Trace,
) -> Result<Vec<u8>, WordError> {
    let mut parts = Parts::open(bytes)?;
    let root = parse(&parts.text(DOCUMENT)?)?;
    let mut marker = RunMarker::new(by);
    marker.styles = styles(&parse(&parts.text("word/styles.xml")?)?);
    let body = root.child("w:body").ok_or_else(apart)?;
    let tops: Vec<&XmlNode> = body.nodes().collect();
    marker.properties = properties(&tops);
    let note_part = parse(&parts.text(NOTES)?)?;
    let number = |n: &XmlNode| n.attribute("w:id").and_then(|id| id.parse::<usize>().ok());
    let next_note = note_part.nodes().filter_map(number).max().unwrap_or(0) + 1;
    marker.calls = OldCalls::new(marked.notes_in_place(new), (old, new), next_note);
    let places = places(&tops, &new.items)?;
    let entries = entries(&mut marker, &tops, places, (old, new), marked)?;
    let nodes = finished(&mut marker, entries);
    let ids = calls(body);
    let note_part = notes::mark(&mut marker, &note_part, (old, new, marked), &ids)?;
    let mut root = root.clone();
    if let Some(body) = root.child_mut("w:body") {
        body.children = nodes.into_iter().map(Content::Node).collect();
    }
    parts.put(DOCUMENT, write(&root).into_bytes());
    parts.put(NOTES, write(&note_part).into_bytes());
    pictures(&mut parts, &marker)?;
    parts.pack()
}

/// Paragraph styles: their ids by their names, small letters.
fn styles(root: &XmlNode) -> BTreeMap<String, String> {
    let paragraphs = root.nodes().filter(|n| n.name == "w:style" && n.attribute("w:type") == Some("paragraph"));
    paragraphs.filter_map(|n| Some((n.val("w:name")?.to_lowercase(), n.attribute("w:styleId")?.to_owned()))).collect()
}

/// The properties of the first paragraph of each style, without what is its own.
fn properties(tops: &[&XmlNode]) -> BTreeMap<String, XmlNode> {
    let mut found: BTreeMap<String, XmlNode> = BTreeMap::new();
    for properties in tops.iter().filter(|n| n.name == "w:p").filter_map(|p| p.child("w:pPr")) {
        let Some(style) = properties.val("w:pStyle") else { continue };
        let mut bare = properties.clone();
        for own in ["w:sectPr", "w:rPr", "w:pageBreakBefore", "w:keepNext"] {
            bare.remove(own);
        }
        found.entry(style.to_owned()).or_insert(bare);
    }
    found
}

/// Finds the items of the manuscript in the body, in their order.
fn places(tops: &[&XmlNode], items: &[Item]) -> Result<Vec<DocumentPlace>, WordError> {
    let mut found = Vec::with_capacity(items.len());
    let mut fields = Fields::default();
    for (top, node) in tops.iter().enumerate() {
        let item = items.get(found.len());
        match node.name.as_str() {
            "w:p" => {
                let skip = skipped(&fields);
                let own = units(node, &mut fields);
                if skip || own.iter().all(|u| u.text.trim().is_empty()) {
                    continue;
                }
                let units = item.filter(|i| !i.is_table()).and_then(|i| fitted(own, &i.phrase)).ok_or_else(apart)?;
                found.push(DocumentPlace { top, inner: None, units });
            }
            "w:tbl" if item.is_some_and(Item::is_table) => {
                found.push(DocumentPlace { top, inner: None, units: Vec::new() });
            }
            "w:tbl" => {
                // Pictures side by side are read as if they stood one below the other.
                for inner in InnerPlace::all(node) {
                    let own = inner.of(node).map(|p| units(p, &mut fields)).unwrap_or_default();
                    if own.iter().all(|u| u.text.trim().is_empty()) {
                        continue;
                    }
                    let item = items.get(found.len()).filter(|i| !i.is_table());
                    let units = item.and_then(|i| fitted(own, &i.phrase)).ok_or_else(apart)?;
                    found.push(DocumentPlace { top, inner: Some(inner), units });
                }
            }
            _ => {}
        }
    }
    if found.len() == items.len() { Ok(found) } else { Err(apart()) }
}

/// The body's blocks in the order of both sides.
fn entries(
    marker: &mut RunMarker<'_>,
    tops: &[&XmlNode],
    mut places: Vec<DocumentPlace>,
    (old, new): (&Manuscript, &Manuscript),
    marked: &Marked,
) -> Result<Vec<DocumentEntry>, WordError> {
    let mut entries: Vec<DocumentEntry> = Vec::new();
    let mut cursor = 0;
    let mut ranges: BTreeMap<usize, usize> = BTreeMap::new();
    let upto = |entries: &mut Vec<DocumentEntry>, cursor: &mut usize, end: usize| {
        entries.extend(tops[*cursor..end.max(*cursor)].iter().map(|&n| DocumentEntry::plain(n.clone())));
        *cursor = end.max(*cursor);
    };
    for step in &marked.steps {
        match step {
            MarkedStep::Kept { old: olds, new: news, pieces } => {
                let (first, last) = (places[news[0]].top, places[news[news.len() - 1]].top);
                upto(&mut entries, &mut cursor, first);
                let node = |j: usize| places[j].node(tops).ok_or_else(apart);
                let sources = news.iter().map(|&j| node(j)).collect::<Result<Vec<&XmlNode>, WordError>>()?;
                let same = |(&i, source): (&usize, &&XmlNode)| same_style(marker, &old.items[i], source);
                if step.is_same() && olds.iter().zip(&sources).all(same) {
                    upto(&mut entries, &mut cursor, last + 1);
                    continue;
                }
                let inner = news.iter().find_map(|&j| places[j].inner);
                let all = taken_units(&mut places, news);
                let phrase = joined(olds.iter().map(|&i| &old.items[i]));
                let pair = Pair {
                    old: olds.iter().map(|&i| &old.items[i]).collect(),
                    phrase: &phrase,
                    new: sources,
                    units: all,
                    pieces,
                    end: PARAGRAPH_END,
                };
                let nodes = paragraph::kept(marker, &pair);
                if let Some(inner) = inner {
                    upto(&mut entries, &mut cursor, last + 1);
                    inner.put(&mut entries, nodes, news.len())?;
                    continue;
                }
                entries.extend(nodes.into_iter().map(DocumentEntry::plain));
                let others = (first..=last).filter(|t| news.iter().all(|&j| places[j].top != *t));
                entries.extend(others.map(|t| DocumentEntry::plain(tops[t].clone())));
                cursor = last + 1;
            }
            MarkedStep::Table { old: i, new: j, rows } => {
                let top = places[*j].top;
                upto(&mut entries, &mut cursor, top);
                let node = table::rows(marker, tops[top], (&old.items[*i], &new.items[*j]), rows)?;
                entries.push(DocumentEntry::plain(node));
                cursor = top + 1;
            }
            MarkedStep::Gone { old: i, moved } => {
                let item = &old.items[*i];
                if item.is_table() {
                    let like = tops.iter().find(|n| n.name == "w:tbl").and_then(|t| t.child("w:tblPr"));
                    entries.push(DocumentEntry::plain(table::gone(marker, item, like)));
                } else {
                    let name = if moved.is_some() { "w:moveFrom" } else { "w:del" };
                    let node = paragraph::gone(marker, item, name);
                    entries.extend(node.map(|node| whole(marker, node, *moved, &mut ranges, Mark::Gone)));
                }
            }
            MarkedStep::New { new: j, moved } => {
                let top = places[*j].top;
                let name = if moved.is_some() { "w:moveTo" } else { "w:ins" };
                if let (Some(inner), Some(node)) = (places[*j].inner, places[*j].node(tops)) {
                    upto(&mut entries, &mut cursor, top + 1);
                    inner.put(&mut entries, vec![paragraph::new(marker, node, "w:ins")], 1)?;
                    continue;
                }
                upto(&mut entries, &mut cursor, top);
                if new.items[*j].is_table() {
                    entries.push(DocumentEntry::plain(table::new(marker, tops[top])));
                } else {
                    let node = paragraph::new(marker, tops[top], name);
                    entries.push(whole(marker, node, *moved, &mut ranges, Mark::New));
                }
                cursor = top + 1;
            }
        }
    }
    upto(&mut entries, &mut cursor, tops.len());
    Ok(entries)
}

/// The units of paragraphs as one row of them, taken out of their places.
fn taken_units(places: &mut [DocumentPlace], news: &[usize]) -> Vec<RedlineUnit> {
    let mut all: Vec<RedlineUnit> = Vec::new();
    for &j in news {
        if !all.is_empty() {
            let text = PARAGRAPH_END.to_string();
            all.push(RedlineUnit { text, nodes: Vec::new(), kind: RedlineUnitKind::End });
        }
        all.append(&mut places[j].units);
    }
    all
}

fn same_style(marker: &RunMarker<'_>, old: &Item, new: &XmlNode) -> bool {
    let now = new.child("w:pPr").and_then(|p| p.val("w:pStyle"));
    marker.style_of(old).is_none_or(|was| now == Some(was.as_str()))
}

/// A paragraph that is gone or new as a whole; a moved one in its range.
fn whole(
    marker: &mut RunMarker<'_>,
    node: XmlNode,
    moved: Option<usize>,
    ranges: &mut BTreeMap<usize, usize>,
    mark: Mark,
) -> DocumentEntry {
    let gone = mark == Mark::Gone;
    let Some(group) = moved else {
        return DocumentEntry { end: Some(if gone { "w:del" } else { "w:ins" }), ..DocumentEntry::plain(node) };
    };
    let count = ranges.len();
    let number = *ranges.entry(group).or_insert(count);
    let name = if gone { "w:moveFrom" } else { "w:moveTo" };
    let (start, end) = marker.move_range(name, number);
    DocumentEntry { before: Some(start), node, after: Some(end), end: Some(name) }
}

/// Several paragraphs as one text.
fn joined<'i>(items: impl Iterator<Item = &'i Item>) -> Phrase {
    let mut all = Phrase::default();
    for (at, item) in items.enumerate() {
        if at > 0 {
            let end = crate::model::Bit { text: PARAGRAPH_END.to_string(), kind: BitKind::Break, ..Default::default() };
            all.bits.push(end);
        }
        all.bits.extend(item.phrase.bits.iter().cloned());
    }
    all
}

/// Marks the ends of paragraphs and parts tables that would touch.
fn finished(marker: &mut RunMarker<'_>, mut entries: Vec<DocumentEntry>) -> Vec<XmlNode> {
    last_end(marker, &mut entries);
    let mut nodes: Vec<XmlNode> = Vec::with_capacity(entries.len());
    for mut entry in entries {
        if let Some(end) = entry.end {
            let mut properties = entry.node.child("w:pPr").cloned().unwrap_or_else(|| XmlNode::new("w:pPr", &[]));
            marker.mark_end(&mut properties, end);
            entry.node.remove("w:pPr");
            entry.node.children.insert(0, Content::Node(properties));
        }
        if entry.node.name == "w:tbl" && nodes.last().is_some_and(|n| n.name == "w:tbl") {
            nodes.push(table::between(marker));
        }
        nodes.extend(entry.before);
        nodes.push(entry.node);
        nodes.extend(entry.after);
    }
    nodes
}

/// The numbers of the notes in the order of their first call.
fn calls(body: &XmlNode) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    body.visit(&mut |node| {
        if node.name == "w:footnoteReference"
            && let Some(id) = node.attribute("w:id")
            && !found.iter().any(|known| known == id)
        {
            found.push(id.to_owned());
        }
    });
    found
}

/// Adds the pictures that are gone.
fn pictures(parts: &mut Parts, marker: &RunMarker<'_>) -> Result<(), WordError> {
    if marker.pictures.parts.is_empty() {
        return Ok(());
    }
    let (types, relations) = ("[Content_Types].xml", "word/_rels/document.xml.rels");
    let mut kinds = parse(&parts.text(types)?)?;
    let mut links = parse(&parts.text(relations)?)?;
    for (id, name, bytes) in &marker.pictures.parts {
        let ending = name.rsplit_once('.').map_or("", |(_, e)| e);
        let known = |n: &XmlNode| n.attribute("Extension") == Some(ending);
        if !kinds.nodes().any(known) {
            let kind = format!("image/{ending}");
            let node = XmlNode::new("Default", &[("Extension", ending), ("ContentType", &kind)]);
            kinds.children.insert(0, Content::Node(node));
        }
        let kind = format!("{OFFICE}image");
        links = links.with([XmlNode::new("Relationship", &[("Id", id), ("Type", &kind), ("Target", name)])]);
        parts.put(&format!("word/{name}"), bytes.clone());
    }
    parts.put(types, write(&kinds).into_bytes());
    parts.put(relations, write(&links).into_bytes());
    Ok(())
}

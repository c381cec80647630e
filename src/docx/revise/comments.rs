//! Comments at the paragraphs that they are about, with their replies and what is settled.

use super::table::apart;
use super::tree::{Content, XmlNode, parse, write};
use super::units::{Fields, RedlineUnit, RedlineUnitKind, units};
use crate::docx::WordError;
use crate::docx::package::{OFFICE, Parts};
use crate::model::Comment;

/// A comment and the bookmark of the block that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedComment {
    /// The block's bookmark.
    pub bookmark: String,
    /// The comment.
    pub comment: Comment,
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";
const W15: &str = "http://schemas.microsoft.com/office/word/2012/wordml";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// Ids of paragraphs in comments begin here; those of the body are derived from the blocks.
const FIRST_PARAGRAPH: usize = 0x7D00_0000;

/// What is written of all comments.
struct CommentParts {
    part: XmlNode,
    threads: XmlNode,
    count: usize,
}

/// A file with comments, and those that it has no place for.
#[derive(Clone, Debug, Default)]
pub struct Commented {
    /// The file.
    pub bytes: Vec<u8>,
    /// Comments whose block is not there any more.
    pub left: Vec<Comment>,
}

/// A file that this program wrote, with comments.
///
/// # Errors
/// [`WordError::Part`] for a file that this program did not write.
pub fn with_comments(bytes: &[u8], comments: &[PlacedComment]) -> Result<Commented, WordError> {
    let mut parts = Parts::open(bytes)?;
    let mut root = parse(&parts.text("word/document.xml")?)?;
    let spaces =
        [("xmlns:w", W), ("xmlns:w14", W14), ("xmlns:w15", W15), ("xmlns:mc", MC), ("mc:Ignorable", "w14 w15")];
    let mut written = CommentParts {
        part: XmlNode::new("w:comments", &spaces),
        threads: XmlNode::new("w15:commentsEx", &spaces),
        count: 0,
    };
    let body = root.child_mut("w:body").ok_or_else(apart)?;
    let mut left = Vec::new();
    for placed in comments {
        let table = quoting_table(body, placed);
        let paragraph = match table.and_then(|at| body.children.get_mut(at)) {
            Some(Content::Node(table)) => quoting(table, &placed.comment.quote),
            _ => None,
        };
        let paragraph = match paragraph {
            Some(paragraph) => Some(paragraph),
            None => find(body, &placed.bookmark),
        };
        if let Some(paragraph) = paragraph {
            let ids = written.add(&placed.comment, None);
            anchor(paragraph, &placed.comment.quote, &ids);
        } else {
            left.push(placed.comment.clone());
        }
    }
    if written.count == 0 {
        return Ok(Commented { bytes: bytes.to_vec(), left });
    }
    parts.put("word/document.xml", write(&root).into_bytes());
    parts.put("word/comments.xml", write(&written.part).into_bytes());
    parts.put("word/commentsExtended.xml", write(&written.threads).into_bytes());
    relate(&mut parts)?;
    Ok(Commented { bytes: parts.pack()?, left })
}

/// The index of the table that follows the bookmark's caption, if the text that the comment quotes is in a cell and not in the caption.
fn quoting_table(body: &XmlNode, placed: &PlacedComment) -> Option<usize> {
    let quote = placed.comment.quote.as_str();
    let holds = |node: &XmlNode| {
        let mut found = false;
        node.visit(&mut |n| {
            found |= n.name == "w:bookmarkStart" && n.attribute("w:name") == Some(&placed.bookmark);
        });
        found
    };
    let node = |content: &Content| if let Content::Node(node) = content { Some(node.clone()) } else { None };
    let at = body.children.iter().position(|child| matches!(child, Content::Node(node) if holds(node)))?;
    let caption = node(&body.children[at])?;
    if quote.is_empty() || caption.name != "w:p" || said(&caption).contains(quote) {
        return None;
    }
    let next = at + 1;
    let table = body.children.get(next).and_then(node)?;
    (table.name == "w:tbl" && said(&table).contains(quote)).then_some(next)
}

/// The characters in a node.
fn said(node: &XmlNode) -> String {
    let mut said = String::new();
    node.visit(&mut |n| {
        if n.name == "w:t" {
            said.extend(
                n.children.iter().filter_map(|c| if let Content::Text(text) = c { Some(text.as_str()) } else { None }),
            );
        }
    });
    said
}

/// The first paragraph in a node that has some words.
fn quoting<'n>(parent: &'n mut XmlNode, quote: &str) -> Option<&'n mut XmlNode> {
    for child in &mut parent.children {
        let Content::Node(node) = child else { continue };
        if !said(node).contains(quote) {
            continue;
        }
        if node.name == "w:p" {
            return Some(node);
        }
        // Words of several cells are in no paragraph.
        if let Some(found) = quoting(node, quote) {
            return Some(found);
        }
    }
    None
}

/// The paragraph that a bookmark begins in.
fn find<'n>(parent: &'n mut XmlNode, bookmark: &str) -> Option<&'n mut XmlNode> {
    let holds = |node: &XmlNode| {
        let mut found = false;
        node.visit(&mut |n| found |= n.name == "w:bookmarkStart" && n.attribute("w:name") == Some(bookmark));
        found
    };
    for child in &mut parent.children {
        let Content::Node(node) = child else { continue };
        if !holds(node) {
            continue;
        }
        return if node.name == "w:p" { Some(node) } else { find(node, bookmark) };
    }
    None
}

impl CommentParts {
    /// Adds a comment and its replies; returns their numbers.
    fn add(&mut self, comment: &Comment, parent: Option<&str>) -> Vec<String> {
        let id = self.count.to_string();
        let paragraph = format!("{:08X}", FIRST_PARAGRAPH + self.count);
        self.count += 1;
        let mut node = XmlNode::new("w:comment", &[("w:id", &id), ("w:author", &comment.author)]);
        if !comment.date.is_empty() {
            node.attributes.push(("w:date".to_owned(), comment.date.clone()));
        }
        let lines: Vec<&str> = comment.text.split('\n').collect();
        for (at, line) in lines.iter().enumerate() {
            // The paragraph by which a thread names a comment is its last one.
            let named = [("w14:paraId", paragraph.as_str())];
            let run = XmlNode::new("w:r", &[]).with([XmlNode::text("w:t", line)]);
            node = node.with([XmlNode::new("w:p", if at + 1 == lines.len() { &named } else { &[] }).with([run])]);
        }
        self.part.children.push(Content::Node(node));
        let done = if comment.resolved { "1" } else { "0" };
        let mut thread = vec![("w15:paraId", paragraph.as_str())];
        thread.extend(parent.map(|p| ("w15:paraIdParent", p)));
        thread.push(("w15:done", done));
        self.threads.children.push(Content::Node(XmlNode::new("w15:commentEx", &thread)));
        let mut ids = vec![id];
        for reply in &comment.replies {
            ids.extend(self.add(reply, Some(parent.unwrap_or(&paragraph))));
        }
        ids
    }
}

/// Marks what a comment is about: its words, or the paragraph where they are not found.
fn anchor(paragraph: &mut XmlNode, quote: &str, ids: &[String]) {
    let mut own = units(paragraph, &mut Fields::default());
    let all: String = own.iter().map(|u| u.text.as_str()).collect();
    let found = if quote.is_empty() { None } else { all.find(quote) };
    let range = found.map_or(0..all.len(), |at| at..at + quote.len());
    let start = split(&mut own, range.start);
    let end = split(&mut own, range.end).max(start);
    let mark = |name: &str, id: &String| XmlNode::new(name, &[("w:id", id)]);
    let call = |id: &String| XmlNode::new("w:r", &[]).with([mark("w:commentReference", id)]);
    let mut content: Vec<XmlNode> = Vec::new();
    for (at, unit) in own.into_iter().map(Some).chain([None]).enumerate() {
        if at == start {
            content.extend(ids.iter().map(|id| mark("w:commentRangeStart", id)));
        }
        if at == end {
            content.extend(ids.iter().flat_map(|id| [mark("w:commentRangeEnd", id), call(id)]));
        }
        content.extend(unit.into_iter().flat_map(|u| u.nodes));
    }
    let properties = paragraph.child("w:pPr").cloned();
    paragraph.children.clear();
    *paragraph = std::mem::take(paragraph).with(properties).with(content);
}

/// Cuts units at a byte of their text and returns how many come before it. A unit that is marked as a whole is not cut.
fn split(units: &mut Vec<RedlineUnit>, at: usize) -> usize {
    let mut start = 0;
    for index in 0..units.len() {
        let end = start + units[index].text.len();
        if at <= start && !units[index].text.is_empty() {
            return index;
        }
        if at < end {
            if units[index].kind != RedlineUnitKind::Text {
                return index;
            }
            let tail = units[index].split_off(at - start);
            units.insert(index + 1, tail);
            return index + 1;
        }
        start = end;
    }
    units.len()
}

/// Adds the parts to what the package lists.
fn relate(parts: &mut Parts) -> Result<(), WordError> {
    let (types, relations) = ("[Content_Types].xml", "word/_rels/document.xml.rels");
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    let mut kinds = parse(&parts.text(types)?)?;
    let mut links = parse(&parts.text(relations)?)?;
    let extended = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended".to_owned();
    for (id, name, relation) in
        [("rIdComments", "comments", format!("{OFFICE}comments")), ("rIdThreads", "commentsExtended", extended)]
    {
        let (part, content) = (format!("/word/{name}.xml"), format!("{kind}{name}+xml"));
        kinds = kinds.with([XmlNode::new("Override", &[("PartName", &part), ("ContentType", &content)])]);
        let target = format!("{name}.xml");
        links = links.with([XmlNode::new("Relationship", &[("Id", id), ("Type", &relation), ("Target", &target)])]);
    }
    parts.put(types, write(&kinds).into_bytes());
    parts.put(relations, write(&links).into_bytes());
    Ok(())
}

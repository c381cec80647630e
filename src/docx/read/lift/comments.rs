//! Comments, with their replies and whether they are settled.

use super::super::ReadError;
use super::super::parse::{Element, OpenedPackage, Relationship, Stream, tree};

use crate::model::Comment;
use std::collections::BTreeMap;

/// The comments of a file by their ids; replies are in what they answer.
pub(super) type Comments = BTreeMap<String, Comment>;

/// Stands for a comment until all are known: its id in place of its text.
pub(super) fn anchor(id: &str) -> Comment {
    Comment { text: id.to_owned(), ..Comment::default() }
}

/// Puts the comments in the place of their ids. Replies have none of their own.
pub(super) fn fill(anchors: &mut Vec<Comment>, comments: &Comments, quotes: &BTreeMap<String, String>) {
    let ids = std::mem::take(anchors);
    for id in ids.into_iter().map(|anchor| anchor.text) {
        if let Some(comment) = comments.get(&id) {
            let quote = quotes.get(&id).map(|q| q.trim_end_matches('\n').to_owned()).unwrap_or_default();
            anchors.push(Comment { quote, ..comment.clone() });
        }
    }
}

/// Reads the comments.
pub(super) fn read(package: &mut OpenedPackage<'_>, relationships: &[Relationship]) -> Result<Comments, ReadError> {
    let part = |kind: &str| relationships.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    let Some(name) = part("/comments") else { return Ok(Comments::new()) };
    let Some(xml) = package.xml(&name)? else { return Ok(Comments::new()) };
    let mut comments = Comments::new();
    // The paragraph by which a thread names a comment is its last one.
    let mut by_paragraph: BTreeMap<String, String> = BTreeMap::new();
    let mut stream = Stream::new(&xml, &name);
    if stream.enter("comments")? {
        while let Some(element) = stream.next()? {
            let Some(id) = element.attribute("id") else { continue };
            let of = |key| element.attribute(key).unwrap_or_default().to_owned();
            let paragraphs: Vec<String> = element.elements().filter(|e| e.is_word("p")).map(said).collect();
            let last = element.elements().filter(|e| e.is_word("p")).last();
            if let Some(paragraph) = last.and_then(|p| p.attribute("paraId")) {
                by_paragraph.insert(paragraph.to_owned(), id.to_owned());
            }
            let text = paragraphs.join("\n").trim().to_owned();
            let comment = Comment { author: of("author"), date: of("date"), text, ..Comment::default() };
            comments.insert(id.to_owned(), comment);
        }
    }
    if let Some(name) = part("/commentsExtended")
        && let Some(xml) = package.xml(&name)?
        && let Ok(root) = tree(&xml, &name)
    {
        thread(&root, &by_paragraph, &mut comments);
    }
    Ok(comments)
}

/// The characters of a paragraph of a comment.
fn said(paragraph: &Element) -> String {
    let mut text = String::new();
    collect(paragraph, &mut text);
    text
}

fn collect(element: &Element, text: &mut String) {
    for child in element.elements() {
        match &*child.name {
            "t" => text.push_str(&child.all_text()),
            "tab" if child.elements().next().is_none() => text.push(' '),
            "pPr" | "rPr" | "del" => {}
            _ => collect(child, text),
        }
    }
}

/// Puts replies under what they answer, and marks what is settled.
fn thread(root: &Element, by_paragraph: &BTreeMap<String, String>, comments: &mut Comments) {
    let mut replies: Vec<(String, String)> = Vec::new();
    for entry in root.elements().filter(|e| &*e.name == "commentEx") {
        let Some(id) = entry.attribute("paraId").and_then(|p| by_paragraph.get(p)) else { continue };
        let done = matches!(entry.attribute("done"), Some("1" | "true" | "on"));
        if let Some(comment) = comments.get_mut(id) {
            comment.resolved = done;
        }
        if let Some(parent) = entry.attribute("paraIdParent").and_then(|p| by_paragraph.get(p)) {
            replies.push((parent.clone(), id.clone()));
        }
    }
    for (parent, reply) in replies {
        if parent == reply || !comments.contains_key(&parent) {
            continue;
        }
        if let Some(reply) = comments.remove(&reply)
            && let Some(parent) = comments.get_mut(&parent)
        {
            parent.replies.push(reply);
        }
    }
}

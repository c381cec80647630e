//! Calls of notes that are gone: the footnote itself, or a field that leads to it.

use super::tree::XmlNode;
use crate::docx::bookmark::note_bookmark;
use crate::docx::styles::id;
use crate::model::Manuscript;
use std::collections::{BTreeMap, BTreeSet};

/// How the old text calls its notes.
#[derive(Default)]
pub(super) struct OldCalls {
    /// Notes whose footnote stays where it is: calls that are gone lead to it.
    in_place: BTreeSet<String>,
    /// The names of the old text's notes.
    known: BTreeSet<String>,
    /// The names of the new text's notes.
    taken: BTreeSet<String>,
    /// The footnotes of the old text that are written anew, by name: their numbers in the part.
    written: BTreeMap<String, String>,
    /// The first free number of a note.
    next: usize,
}

impl OldCalls {
    /// `next`: the first free number of a note.
    pub(super) fn new(in_place: BTreeSet<String>, (old, new): (&Manuscript, &Manuscript), next: usize) -> Self {
        let names = |manuscript: &Manuscript| -> BTreeSet<String> {
            manuscript.notes.iter().filter_map(|note| note.marks.first().cloned()).collect()
        };
        Self { in_place, known: names(old), taken: names(new), written: BTreeMap::new(), next }
    }

    /// True for a note whose footnote stays where it is.
    pub(super) fn stays(&self, name: &str) -> bool {
        self.in_place.contains(name)
    }

    /// The footnotes that are written anew.
    pub(super) const fn written(&self) -> &BTreeMap<String, String> {
        &self.written
    }

    /// A call, told in the order of the old text: what its mark shows, a number that no bookmark has, the element that holds characters.
    pub(super) fn runs(&mut self, (name, shown): (&str, &str), free: usize, text: &str) -> Vec<XmlNode> {
        if self.stays(name) {
            return field(name, shown, text);
        }
        if !self.known.contains(name) {
            return vec![run().with([XmlNode::text(text, shown)])];
        }
        let bookmark = self.bookmark(name);
        if self.written.contains_key(name) {
            return field(&bookmark, shown, text);
        }
        let number = self.next.to_string();
        self.next += 1;
        let call = run().with([XmlNode::new("w:footnoteReference", &[("w:id", &number)])]);
        self.written.insert(name.to_owned(), number);
        let free = free.to_string();
        let start = XmlNode::new("w:bookmarkStart", &[("w:id", &free), ("w:name", &bookmark)]);
        vec![start, call, XmlNode::new("w:bookmarkEnd", &[("w:id", &free)])]
    }

    /// The bookmark of a footnote that is written anew: that of the note where the new text has none of its name.
    fn bookmark(&self, name: &str) -> String {
        let own = name.strip_prefix("n_").unwrap_or(name);
        let mut bookmark = note_bookmark(own);
        let mut before = String::from("old-");
        while self.taken.contains(&bookmark) {
            bookmark = note_bookmark(&format!("{before}{own}"));
            before.push_str("old-");
        }
        bookmark
    }
}

/// A run in the look of a note's mark.
fn run() -> XmlNode {
    let style = XmlNode::new("w:rStyle", &[("w:val", id::NOTE_MARK)]);
    XmlNode::new("w:r", &[]).with([XmlNode::new("w:rPr", &[]).with([style])])
}

/// A field that leads to the footnote at a bookmark.
fn field(bookmark: &str, shown: &str, text: &str) -> Vec<XmlNode> {
    let mark = |kind: &str| run().with([XmlNode::new("w:fldChar", &[("w:fldCharType", kind)])]);
    let instruction = if text == "w:delText" { "w:delInstrText" } else { "w:instrText" };
    vec![
        mark("begin"),
        run().with([XmlNode::text(instruction, &format!(" NOTEREF {bookmark} \\h "))]),
        mark("separate"),
        run().with([XmlNode::text(text, shown)]),
        mark("end"),
    ]
}

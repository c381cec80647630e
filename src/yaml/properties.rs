//! Anchors that no alias uses, and tags: nearly always a text that begins with `&` or `!`, of which YAML drops the first word.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, FileId, Span, quoted, say};

/// What ends an anchor or a tag, or comes before it.
const AROUND: [char; 8] = [' ', '\t', '\r', '\n', '[', ']', '{', ','];

/// The tags that say what a value is without changing how it is read here.
const KINDS: [&str; 7] = ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"];

/// The anchors and tags of a file.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// Where the values begin that aliases repeat.
    pub used: BTreeSet<u32>,
    /// Where those are that have been told.
    told: BTreeSet<usize>,
}

impl Properties {
    /// True for a file that may have any.
    pub(super) fn may_be_in(text: &str) -> bool {
        text.contains(['&', '!'])
    }

    /// What is told of a value that has an anchor without an alias, or a tag; a value is told once.
    ///
    /// `text`: the file. `start`: where the value begins.
    pub(super) fn lost(&mut self, file: FileId, text: &str, start: u32) -> Option<Diagnostic> {
        let head = text.get(..start as usize)?.trim_end();
        let at = head.rfind(AROUND).map_or(0, |before| before + 1);
        let line = head.rfind('\n').map_or(0, |end| end + 1);
        let found = &head[at..];
        let anchor = found.len() > 1 && found.starts_with('&') && !self.used.contains(&start);
        let tag = found.starts_with('!') && !KINDS.contains(&found);
        // A comment may hold anything.
        let remark = head[line..at].trim_start().starts_with('#') || head[line..at].contains(" #");
        if !(anchor || tag) || remark || !self.told.insert(at) {
            return None;
        }
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let place = Span { file, start: clip(at), end: clip(head.len()) };
        Some(if tag { lost_tag(place, found) } else { lost_anchor(place, found) })
    }
}

fn lost_anchor(place: Span, found: &str) -> Diagnostic {
    let shown = quoted(found);
    // A name as programs give them may be an anchor whose alias has gone; other characters are text.
    let is_name = found[1..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let make = if is_name { Diagnostic::advice } else { Diagnostic::error };
    make(
        Code::YAML_ANCHOR,
        Some(place),
        say!(
            "YAML 把“{shown}”当作锚点，这些字会丢掉",
            "YAML takes \"{shown}\" for an anchor: these characters would be lost"
        ),
        say!(
            "文字以 & 开头的，把整段放进引号；真是锚点的，用 * 引用它，或者删去",
            "put text that begins with & in quotation marks; give an anchor its alias, or remove it"
        ),
    )
}

fn lost_tag(place: Span, found: &str) -> Diagnostic {
    let shown = quoted(found);
    Diagnostic::error(
        Code::YAML_ANCHOR,
        place,
        say!(
            "YAML 把“{shown}”当作标签，这些字会丢掉",
            "YAML takes \"{shown}\" for a tag: these characters would be lost"
        ),
        say!(
            "文字以 ! 开头的，把整段放进引号；不是文字的，删去它",
            "put text that begins with ! in quotation marks; else remove it"
        ),
    )
}

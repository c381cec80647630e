//! Anchors that no alias uses: nearly always a text that begins with `&`, of which YAML drops the first word.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, FileId, Span, quoted, say};

/// What ends the name of an anchor, or stands before its `&`.
const AROUND: [char; 8] = [' ', '\t', '\r', '\n', '[', ']', '{', ','];

/// The anchors of a file.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Where the values begin that aliases repeat.
    pub used: BTreeSet<u32>,
    /// Where those anchors are that have been told.
    told: BTreeSet<usize>,
}

impl Anchors {
    /// What is told of a value that has an anchor without an alias; a value is told once.
    ///
    /// `text`: the file. `start`: where the value begins.
    pub(super) fn unused(&mut self, file: FileId, text: &str, start: u32) -> Option<Diagnostic> {
        if self.used.contains(&start) {
            return None;
        }
        let head = text.get(..start as usize)?.trim_end();
        let at = head.rfind(AROUND).map_or(0, |before| before + 1);
        let line = head.rfind('\n').map_or(0, |end| end + 1);
        let anchor = head[at..].strip_prefix('&').is_some_and(|name| !name.is_empty());
        // A comment may hold anything.
        let remark = head[line..at].trim_start().starts_with('#') || head[line..at].contains(" #");
        if !anchor || remark || !self.told.insert(at) {
            return None;
        }
        let shown = quoted(&head[at..]);
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        // A name as programs give them may be an anchor whose alias has gone; other characters are text.
        let is_name = head[at + 1..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let make = if is_name { Diagnostic::advice } else { Diagnostic::error };
        Some(make(
            Code::YAML_ANCHOR,
            Some(Span { file, start: clip(at), end: clip(head.len()) }),
            say!(
                "YAML 把“{shown}”当作锚点，这些字会丢掉",
                "YAML takes \"{shown}\" for an anchor: these characters would be lost"
            ),
            say!(
                "文字以 & 开头的，把整段放进引号；真是锚点的，用 * 引用它，或者删去",
                "put text that begins with & in quotation marks; give an anchor its alias, or remove it"
            ),
        ))
    }
}

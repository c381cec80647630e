//! Full-width commas in lists in brackets, which part nothing.

use super::tree::{Kind, Node};
use crate::diagnostic::{Code, Diagnostic, quoted, say};

/// The first full-width comma of a tree in a list in brackets where several entries may be meant.
pub(super) fn first(text: &str, root: &Node) -> Option<Diagnostic> {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::List(items) => {
                if let Some(found) = full_width(text, items) {
                    return Some(found);
                }
                open.extend(items.iter().rev());
            }
            Kind::Map(entries) => open.extend(entries.iter().rev().map(|(_, value)| value)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => {}
        }
    }
    None
}

/// A full-width comma in the only entry of a list in brackets.
fn full_width(text: &str, items: &[Node]) -> Option<Diagnostic> {
    const SENTENCE: [char; 5] = ['。', '！', '？', '；', '：'];
    let [only] = items else { return None };
    let Kind::Text(value) = &only.kind else { return None };
    let start = only.span.start as usize;
    let plain = !text.get(start..)?.starts_with(['"', '\'']);
    let meant = plain && text.get(..start)?.trim_end().ends_with('[') && !value.contains(SENTENCE);
    let count = value.matches('，').count() + 1;
    (meant && count > 1).then(|| {
        let shown = quoted(value);
        Diagnostic::advice(
            Code::FULL_WIDTH_COMMA,
            only.span,
            say!(
                "方括号里的“{shown}”是一项：全角逗号不分项",
                "\"{shown}\" in brackets is one entry: full-width commas part nothing"
            ),
            say!(
                "是 {count} 项的话，改成半角逗号加一个空格；是一项的话，加引号",
                "if it is {count}, write half-width commas with a space after each; if it is one, quote it"
            ),
        )
    })
}

//! Commas in lists in brackets: full-width ones, which part nothing, and those of numbers, which part what is one.

use super::tree::{Kind, Node};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, quoted, say};

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

/// What stands beside a list in brackets in the list that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListBeside {
    /// It is in no list.
    Nothing,
    /// Lists without a space after their commas, or none.
    Close,
    /// A list with a space after a comma.
    Spaced,
}

/// The lists in brackets of a tree in which commas part the digits of numbers.
pub(super) fn split_numbers(file: FileId, text: &str, root: &Node) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open = vec![(root, ListBeside::Nothing)];
    while let Some((node, beside)) = open.pop() {
        match &node.kind {
            Kind::List(items) => {
                found.extend(split_number(file, text, &places(items), beside));
                let spaced = items.iter().filter_map(Node::as_list).any(|list| has_spaces(text, &places(list)));
                let beside = if spaced { ListBeside::Spaced } else { ListBeside::Close };
                open.extend(items.iter().rev().map(|item| (item, beside)));
            }
            Kind::Map(entries) => open.extend(entries.iter().rev().map(|(_, value)| (value, ListBeside::Nothing))),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => {}
        }
    }
    found
}

fn places(items: &[Node]) -> Vec<Span> {
    items.iter().map(|item| item.span).collect()
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

/// True for a list in brackets that has a space after a comma.
fn has_spaces(text: &str, items: &[Span]) -> bool {
    (0..items.len().saturating_sub(1)).any(|at| is_spaced(text, items, at))
}

fn is_spaced(text: &str, items: &[Span], at: usize) -> bool {
    gap(text, items, at).is_some_and(|gap| gap.starts_with(',') && gap.len() > 1)
}

/// What stands between an entry and the next.
fn gap<'a>(text: &'a str, items: &[Span], at: usize) -> Option<&'a str> {
    text.get(items[at].end as usize..items[at + 1].start as usize)
}

/// The diagnostic for a list in brackets where a comma parts the digits of a number: [投资12,345元].
///
/// `text`: the file. `items`: the places of the entries. Three digits follow a comma without a space. Where all entries are parted so, a
/// number is meant when text stands before its digits, when all other entries are words, or when the list is a row of two among others with spaces.
fn split_number(file: FileId, text: &str, items: &[Span], beside: ListBeside) -> Option<Diagnostic> {
    let written = |place: Span| text.get(place.start as usize..place.end as usize).unwrap_or_default();
    let pairs = 0..items.len().saturating_sub(1);
    let spaced = has_spaces(text, items) || (beside == ListBeside::Spaced && items.len() == 2);
    let words = items.iter().filter(|place| written(**place).starts_with(|c: char| !c.is_ascii())).count();
    let alone = beside == ListBeside::Nothing && words > 0 && words + 2 == items.len();
    let found = pairs.into_iter().find(|&at| {
        let (before, after) = (written(items[at]), written(items[at + 1]));
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let typed = before.len() - head.len();
        let said = !head.is_ascii();
        gap(text, items, at) == Some(",")
            && digits == 3
            && (1..=3).contains(&typed)
            && (said || ((spaced || alone) && head.is_empty()))
    })?;
    let (start, end) = (items[found].start, items[found + 1].end);
    let shown = quoted(text.get(start as usize..end as usize)?);
    Some(Diagnostic::advice(
        Code::SPLIT_NUMBER,
        Span { file, start, end },
        say!("方括号里的逗号把“{shown}”分成了两项", "in brackets, the comma makes two entries of \"{shown}\""),
        say!(
            "是一个数的话，给这一项加引号；真是两项的话，逗号后面空一格",
            "quote the entry if this is one number; write a space after the comma if it is two entries"
        ),
    ))
}

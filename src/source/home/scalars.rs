//! Scalars in a tree: which one a place is in, and how it is written.

use crate::diagnostic::Span;
use crate::yaml::tree::{Kind, Node};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScalarStyle {
    /// As it is.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `>` or `|`
    Block,
}

/// A scalar with what matters of its surroundings.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenScalar<'n> {
    pub(super) node: &'n Node,
    pub(super) style: ScalarStyle,
    /// Within `[…]` or `{…}`.
    pub(super) flow: bool,
}

/// The scalar that holds a place.
pub(super) fn holding<'n>(text: &str, root: &'n Node, span: Span) -> Option<WrittenScalar<'n>> {
    let mut flow = false;
    let mut at = root;
    loop {
        let next = match &at.kind {
            Kind::List(items) => {
                flow |= opens(text, at, '[');
                items.iter().filter(|n| holds(n, span)).min_by_key(|n| n.span.end - n.span.start)
            }
            Kind::Map(entries) => {
                flow |= opens(text, at, '{');
                entries.iter().map(|(_, v)| v).filter(|n| holds(n, span)).min_by_key(|n| n.span.end - n.span.start)
            }
            _ => return Some(WrittenScalar { node: at, style: style(text, at), flow }),
        };
        at = next?;
    }
}

fn holds(node: &Node, span: Span) -> bool {
    node.span.file == span.file && node.span.start <= span.start && span.end <= node.span.end
}

/// True for a list or map in brackets.
pub(super) fn opens(text: &str, node: &Node, bracket: char) -> bool {
    text.get(node.span.start as usize..).is_some_and(|t| t.starts_with(bracket))
}

/// How a scalar is written.
pub(super) fn style(text: &str, node: &Node) -> ScalarStyle {
    if is_block(text, node.span.start as usize) {
        return ScalarStyle::Block;
    }
    match text.get(node.span.start as usize..).and_then(|t| t.chars().next()) {
        Some('"') => ScalarStyle::Double,
        Some('\'') => ScalarStyle::Single,
        _ => ScalarStyle::Plain,
    }
}

/// True for a scalar that begins on the line after `>` or `|`.
fn is_block(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let Some(line_end) = before.trim_end_matches([' ', '\t']).strip_suffix('\n') else { return false };
    let header = line_end.trim_end().rsplit('\n').next().unwrap_or_default();
    // A comment may follow the header.
    let header = header.split(" #").next().unwrap_or_default().trim_end();
    let indicator = header.trim_end_matches(['+', '-']).trim_end_matches(|c: char| c.is_ascii_digit());
    let indicator = indicator.trim_end_matches(['+', '-']);
    let rest = indicator.strip_suffix(['>', '|']);
    rest.is_some_and(|r| r.ends_with(": ") || r.ends_with("- ") || r.trim_start().is_empty())
}

/// Where the characters of a scalar end: in front of its closing mark, or of the white space after it.
pub(super) fn content_end(text: &str, scalar: &WrittenScalar<'_>) -> u32 {
    let span = scalar.node.span;
    match scalar.style {
        ScalarStyle::Single | ScalarStyle::Double => span.end.saturating_sub(1),
        ScalarStyle::Plain | ScalarStyle::Block => {
            let slice = text.get(span.start as usize..span.end as usize).unwrap_or_default();
            span.start + u32::try_from(slice.trim_end().len()).unwrap_or(0)
        }
    }
}

/// Where they begin.
pub(super) fn content_start(scalar: &WrittenScalar<'_>) -> u32 {
    let quoted = matches!(scalar.style, ScalarStyle::Single | ScalarStyle::Double);
    scalar.node.span.start + u32::from(quoted)
}

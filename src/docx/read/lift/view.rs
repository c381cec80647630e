//! Tracked changes, and how they are seen.

use super::super::parse::{Element, Ns};
use crate::model::Trace;

/// How tracked changes are seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As if all were accepted.
    #[default]
    Accepted,
    /// As if all were rejected.
    Rejected,
    /// As if those of one author were accepted, the others rejected.
    By(String),
}

/// Whose look the results of fields have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum FieldLook {
    /// Their own alone: a program makes the rest again.
    #[default]
    Own,
    /// That of their character style too: they become text.
    Styled,
}

/// A tracked change around some content.
#[derive(Clone, Debug)]
pub(super) struct Revision {
    pub(super) removes: bool,
    pub(super) trace: Trace,
}

impl View {
    /// True where content within a change stays.
    pub(super) fn keeps(&self, revision: &Revision) -> bool {
        let accepted = match self {
            Self::Accepted => true,
            Self::Rejected => false,
            Self::By(author) => *author == revision.trace.author,
        };
        accepted != revision.removes
    }
}

/// The tracked change that an element is, if it is one.
pub(super) fn revision(element: &Element) -> Option<Revision> {
    if element.ns != Ns::Word {
        return None;
    }
    let removes = match &*element.name {
        "ins" | "moveTo" | "cellIns" => false,
        "del" | "moveFrom" | "cellDel" => true,
        _ => return None,
    };
    let of = |key| element.attribute(key).unwrap_or_default().to_owned();
    Some(Revision { removes, trace: Trace { author: of("author"), date: of("date") } })
}

/// The properties that count in a view, of a run (`rPr`) or a paragraph (`pPr`): where a tracked change of them is not accepted, those
/// from before it. With the change, where there is one.
pub(super) fn properties<'e>(element: &'e Element, name: &str, view: &View) -> (Option<&'e Element>, Option<Revision>) {
    let Some(now) = element.word(name) else { return (None, None) };
    let Some(change) = now.word(&format!("{name}Change")) else { return (Some(now), None) };
    let of = |key| change.attribute(key).unwrap_or_default().to_owned();
    let revision = Revision { removes: false, trace: Trace { author: of("author"), date: of("date") } };
    let counts = if view.keeps(&revision) { Some(now) } else { change.word(name) };
    (counts, Some(revision))
}
